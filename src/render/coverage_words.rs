//! Từ ngữ của bao phủ: groups of participants and what does not agree.

use super::report::count_text;
use super::wording::{self, Lang};
use crate::engine::coverage::persons::Counted;
use crate::engine::coverage::{CountKind, CountMismatch};
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

/// Nhóm: a category of article 12, a group of the rulebook, or as the table calls it.
pub fn group(name: &str, rules: &Rulebook, lang: Lang) -> String {
    let category = match name {
        "employer-and-employee" => ["Người lao động và người sử dụng lao động", "Employers and employees"],
        "social-insurance" => ["Tổ chức BHXH đóng", "Social insurance pays"],
        "state" => ["NSNN đóng", "The state pays"],
        "state-supported" => ["NSNN hỗ trợ đóng", "The state supports"],
        "household" if rules.group(name).is_none() => ["Hộ gia đình", "Households"],
        other => {
            let known = rules.group(other).or_else(|| rules.find_group(other).ok());
            return match known {
                Some(group) => lang.pick([&group.name_vi, &group.name_en]).to_owned(),
                None => wording::harmless(other),
            };
        }
    };
    lang.pick(category).to_owned()
}

const fn kind(kind: CountKind) -> [&'static str; 2] {
    match kind {
        CountKind::Groups => {
            ["tổng số người tham gia khác tổng các nhóm", "participants are not the sum of the groups"]
        }
        CountKind::Target => [
            "số người được giao khác dân số × tỷ lệ được giao",
            "persons of the target are not population × rate",
        ],
        CountKind::Needed => ["số người còn phải phát triển", "persons still needed"],
        CountKind::Population => {
            ["dòng cộng dân số khác tổng các xã", "the sum of the population is not that of the communes"]
        }
        CountKind::Participants => [
            "dòng cộng người tham gia khác tổng các xã",
            "the sum of participants is not that of the communes",
        ],
        CountKind::Beyond => ["số người tham gia lớn hơn dân số", "more participants than population"],
    }
}

/// What does not agree, as a message.
pub fn mismatch(found: &CountMismatch, lang: Lang) -> Problem {
    let said = |lang: Lang| format!("{}: {}", wording::harmless(&found.place), lang.pick(kind(found.kind)));
    Problem::new(Code::CountMismatch)
        .with("vi", said(Lang::Vi))
        .with("en", said(Lang::En))
        .with("stated", count_text(found.stated, lang))
        .with("computed", count_text(found.computed, lang))
}

/// How the persons of a list were counted.
pub fn counted(counted: &Counted, lang: Lang) -> Problem {
    let count = |number: u64| count_text(number, lang);
    Problem::new(Code::PersonsCounted)
        .with("rows", count(counted.rows))
        .with("persons", count(counted.persons))
        .with("repeated", count(counted.repeated))
        .with("overlapping", count(counted.overlapping))
        .with("several", count(counted.in_several_communes))
}
