//! Báo cáo hỗ trợ dạng JSON: the `result` of `bhyt subsidy`.

use serde_json::{Value as Json, json};

use super::json::RuleView;
use super::quote_json::share;
use super::subsidy_words as words;
use super::wording::Lang;
use crate::engine::premium::entitlement::PolicyVerdict;
use crate::engine::premium::options::{JoiningOption, OptionStanding};
use crate::engine::premium::subsidy_report::{MemberSupport, OtherCategory, OtherWhy, SubsidyReport};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;

/// The figures of a report.
pub fn result(report: &SubsidyReport, rules: &Rulebook, lang: Lang) -> Json {
    let numbered = || (1..).zip(&report.members);
    let eligible: Vec<Json> = numbered()
        .flat_map(|(number, member)| member.findings.iter().map(move |finding| (number, finding)))
        .map(|(number, each)| finding(number, each, rules, lang))
        .collect();
    let options: Vec<Json> = numbered()
        .flat_map(|(number, member)| member.options.options.iter().map(move |option| (number, option)))
        .map(|(number, each)| option(number, each, rules))
        .collect();
    json!({
        "date": report.day().to_string(),
        "from": report.quote.from.to_string(),
        "until": report.quote.until.to_string(),
        "months": report.quote.months,
        "eligible": eligible,
        "shares": report.shares().iter().map(|total| json!({
            "payer": total.payer.key(),
            "amount": total.amount,
            "share": total.share,
            "basis": total.basis,
        })).collect::<Vec<_>>(),
        "total": report.quote.total,
        "payable": report.quote.payable,
        "members": report.members.iter().map(|each| member(each, rules)).collect::<Vec<_>>(),
        "options": options,
    })
}

fn member(member: &MemberSupport, rules: &Rulebook) -> Json {
    let premium = &member.premium;
    json!({
        "name": premium.name,
        "group": premium.group,
        "code": premium.code,
        "rank": premium.rank,
        "decided_by": member.decided_by.as_ref().map(|by| RuleView::new(by, rules)),
        "other_categories": member.passed_over.iter().map(other_category).collect::<Vec<_>>(),
        "premium": premium.premium,
        "shares": premium.shares.iter().map(share).collect::<Vec<_>>(),
        "from": premium.from.to_string(),
        "until": premium.until.to_string(),
        "break_even_rank": member.options.break_even_rank,
    })
}

fn other_category(other: &OtherCategory) -> Json {
    let support = match other.why {
        OtherWhy::LowerSupport(share) => Some(share),
        OtherWhy::Later | OtherWhy::NotInForce => None,
    };
    json!({
        "group": other.group,
        "reason": words::other_key(&other.why),
        "support": support,
        "basis": other.rule.as_ref().map(|rule| &rule.rule),
    })
}

fn finding(number: usize, finding: &PolicyVerdict, rules: &Rulebook, lang: Lang) -> Json {
    json!({
        "member": number,
        "policy": finding.policy,
        "name": words::policy(finding, lang),
        "payer": finding.payer.key(),
        "share": finding.share,
        "granted": finding.granted,
        "from": finding.from.map(|day| day.to_string()),
        "until": finding.until.map(|day| day.to_string()),
        "applied": finding.applied(),
        "reason": finding.reason.key(),
        "why": words::reason(&finding.reason, rules, lang),
        "rule": RuleView::new(&finding.rule, rules),
    })
}

fn option(number: usize, option: &JoiningOption, rules: &Rulebook) -> Json {
    let basis = match &option.standing {
        OptionStanding::Joined => None,
        OptionStanding::Chosen(by) => Some(by),
        OptionStanding::NotOffered(by) => by.as_ref(),
    };
    json!({
        "member": number,
        "group": option.group,
        "code": option.code,
        "rank": option.rank,
        "premium": option.premium,
        "payable": option.payable,
        "shares": option.shares.iter().map(share).collect::<Vec<_>>(),
        "benefit_level": option.level,
        "lawful": option.standing.is_lawful(),
        "cheapest": option.cheapest,
        "reason": words::standing_key(&option.standing),
        "uncertain": option.uncertain,
        "rule": basis.map(|by| RuleView::new(by, rules)),
    })
}
