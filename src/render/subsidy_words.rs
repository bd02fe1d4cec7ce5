//! Lời giải thích hỗ trợ: why a policy or a category counts or does not, as people say it.

use super::predicate_words;
use super::wording::{self, Lang};
use crate::engine::premium::entitlement::{PolicyVerdict, Reason};
use crate::engine::premium::options::{JoiningOption, OptionStanding};
use crate::engine::premium::subsidy_report::OtherWhy;
use crate::rulebook::Rulebook;

/// Name of a policy with its resolution.
pub fn policy(finding: &PolicyVerdict, lang: Lang) -> String {
    let name = lang.pick([finding.name[0].as_str(), finding.name[1].as_str()]);
    match &finding.pack {
        Some(pack) => format!("{}: {name}", lang.pick([pack[0].as_str(), pack[1].as_str()])),
        None => name.to_owned(),
    }
}

/// Why a policy pays or does not.
pub fn reason(reason: &Reason, rules: &Rulebook, lang: Lang) -> String {
    let pair = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match reason {
        Reason::PayerOfGroup => lang.say("nguồn đóng của đối tượng này", "payer of this group").to_owned(),
        Reason::HighestShare => {
            lang.say("mức cao nhất trong các mức được hưởng", "highest share among those met").to_owned()
        }
        Reason::Stacks => {
            lang.say("cộng thêm trên mức của ngân sách nhà nước", "on top of the national share").to_owned()
        }
        Reason::LowerShare(rule) => {
            let other = name_of(rule, rules, lang);
            pair(format!("thấp hơn hoặc bằng {other}"), format!("not more than {other}"))
        }
        Reason::AlreadyWhole => {
            lang.say("đã được hỗ trợ toàn bộ mức đóng", "the whole premium is supported already").to_owned()
        }
        Reason::Unrecorded => lang
            .say(
                "chưa tìm được tỷ lệ; không làm thay đổi kết quả",
                "percentage not found; it cannot change the result",
            )
            .to_owned(),
        Reason::OtherGroup(groups) => {
            let names = group_names(groups, rules, lang);
            pair(format!("dành cho {names}"), format!("for {names}"))
        }
        Reason::Unmet(unmet) => predicate_words::unmet(unmet, rules, lang),
        Reason::NotYet(day) => {
            let day = wording::date(*day, lang);
            pair(format!("có hiệu lực từ {day}"), format!("in force from {day}"))
        }
        Reason::Over(day) => {
            let day = wording::date(*day, lang);
            pair(format!("hết hiệu lực sau {day}"), format!("ended on {day}"))
        }
    }
}

/// Why a category of the person does not pay.
pub fn other_category(why: &OtherWhy, lang: Lang) -> String {
    match why {
        OtherWhy::Later => lang.say("đứng sau theo thứ tự của luật", "comes later in the order").to_owned(),
        OtherWhy::LowerSupport(share) => {
            format!("{} {}", lang.say("mức hỗ trợ chỉ", "support of only"), wording::share(*share, lang))
        }
        OtherWhy::NotInForce => lang.say("không có quy định ngày này", "not in force on the day").to_owned(),
    }
}

/// Stable key of why a category does not pay.
pub const fn other_key(why: &OtherWhy) -> &'static str {
    match why {
        OtherWhy::Later => "later-in-order",
        OtherWhy::LowerSupport(_) => "lower-support",
        OtherWhy::NotInForce => "not-in-force",
    }
}

/// Stable key of where an option stands.
pub const fn standing_key(standing: &OptionStanding) -> &'static str {
    match standing {
        OptionStanding::Joined => "joined",
        OptionStanding::Chosen(_) => "choice",
        OptionStanding::NotOffered(_) => "not-offered",
    }
}

/// An option: code, rank, name of the group.
pub fn option(option: &JoiningOption, lang: Lang) -> String {
    let name = lang.pick([option.name[0].as_str(), option.name[1].as_str()]);
    let rank = option.rank.map(|rank| format!(", {} {rank}", lang.say("thứ", "rank"))).unwrap_or_default();
    format!("{}{rank}: {name}", option.code)
}

/// Names of groups, the first few.
fn group_names(groups: &[String], rules: &Rulebook, lang: Lang) -> String {
    const SHOWN: usize = 2;
    let name = |id: &String| {
        let group = rules.group(id);
        group.map_or_else(|| id.clone(), |group| lang.pick([&group.name_vi, &group.name_en]).clone())
    };
    let mut names: Vec<String> = groups.iter().take(SHOWN).map(name).collect();
    if groups.len() > SHOWN {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// Name of the policy with a rule id.
fn name_of(rule: &str, rules: &Rulebook, lang: Lang) -> String {
    let found = rules.policies().find(|policy| policy.support.rule() == rule);
    found.map_or_else(
        || rule.to_owned(),
        |policy| format!("“{}”", lang.pick([&policy.name_vi, &policy.name_en])),
    )
}
