//! Lời của mô phỏng: names of stages, sides and amounts, the same in text, JSON, CSV and HTML.

use super::catalogue;
use super::wording::{self, Lang};
use crate::engine::simulation::Report;
use crate::engine::simulation::reform::StageChange;
use crate::engine::simulation::tally::{GroupTally, Side};
use crate::rulebook::evolve::ChangeKind;
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};

/// Số tiền lớn, in whole đồng with the marks of the language.
pub fn amount(dong: i128, lang: Lang) -> String {
    match i64::try_from(dong).ok().filter(|dong| dong.unsigned_abs() < u64::MAX / 400) {
        Some(dong) => wording::number(Vnd::whole(dong), lang),
        None => dong.to_string(),
    }
}

/// Đơn vị của bảng trên màn hình: đồng, or thousands and millions of millions where amounts would not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    size: i128,
    /// Vietnamese and English name.
    pub name: [&'static str; 2],
}

/// Units with the largest amount that each still shows well.
const UNITS: [(i128, Unit); 3] = [
    (10_000_000_000, Unit { size: 1, name: ["đồng", "đồng"] }),
    (1_000_000_000_000_000, Unit { size: 1_000_000, name: ["triệu đồng", "million đồng"] }),
    (i128::MAX, Unit { size: 1_000_000_000, name: ["tỷ đồng", "billion đồng"] }),
];

impl Unit {
    /// The unit for amounts of at most this size.
    pub fn for_largest(amount: i128) -> Unit {
        let fits = |(limit, _): &&(i128, Unit)| amount < *limit;
        UNITS.iter().find(fits).map_or(UNITS[0].1, |(_, unit)| *unit)
    }

    /// An amount in this unit, half away from zero.
    pub fn amount(self, dong: i128, lang: Lang) -> String {
        amount(self.rounded(dong), lang)
    }

    /// A change in this unit, with its sign.
    pub fn change(self, dong: i128, lang: Lang) -> String {
        change(self.rounded(dong), lang)
    }

    const fn rounded(self, dong: i128) -> i128 {
        let (whole, rest) = (dong / self.size, (dong % self.size).abs());
        if self.size > 1 && rest * 2 >= self.size { whole + dong.signum() } else { whole }
    }
}

/// Thay đổi, with its sign.
pub fn change(dong: i128, lang: Lang) -> String {
    let sign = match dong {
        ..0 => "−",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", amount(dong.abs(), lang))
}

/// Số người, số hộ.
pub fn count(number: u64, lang: Lang) -> String {
    amount(i128::from(number), lang)
}

/// Name of a change.
pub fn stage(change: &StageChange, lang: Lang) -> String {
    match change {
        StageChange::Before => lang.say("trước thay đổi", "before").to_owned(),
        StageChange::Days => {
            lang.say("đổi ngày, giữ quy định của ngày đầu", "later day, rules of the first held").to_owned()
        }
        StageChange::Version(version, _) => {
            let name = lang.pick([&version.name[0], &version.name[1]]);
            let day = wording::date(version.effective_from, lang);
            match (version.kind, lang) {
                (ChangeKind::Removed, Lang::Vi) => format!("{name}: bỏ quy định từ {day}"),
                (ChangeKind::Removed, Lang::En) => format!("{name}: without the version from {day}"),
                (_, Lang::Vi) => format!("{name}, từ {day}"),
                (_, Lang::En) => format!("{name}, from {day}"),
            }
        }
        StageChange::Family { name, versions, .. } => {
            let name = lang.pick([&name[0], &name[1]]);
            match lang {
                Lang::Vi => format!("{name} ({versions} phiên bản)"),
                Lang::En => format!("{name} ({versions} versions)"),
            }
        }
        StageChange::Remainder => lang.say("phần chưa giải thích được", "not explained by these").to_owned(),
    }
}

/// What the first step of a shifted day means.
pub fn days_note(report: &Report, lang: Lang) -> Option<&'static str> {
    let shifted = report.stages.iter().any(|stage| stage.change == StageChange::Days);
    shifted.then(|| {
        lang.say(
            "Bước đổi ngày tính như thể quy định của ngày đầu vẫn giữ nguyên, kể cả cho các tháng sau đó; các bước tiếp theo đưa từng quy định mới vào.",
            "The step of the later day counts as if the rules of the first day went on, later months included; the next steps bring the new rules in one by one.",
        )
    })
}

/// Groups with their tallies, the largest first.
pub fn groups(report: &Report) -> Vec<(&str, &GroupTally)> {
    let mut groups: Vec<(&str, &GroupTally)> =
        report.tally.groups.iter().map(|(id, group)| (id.as_str(), group)).collect();
    groups.sort_by_key(|(id, group)| (std::cmp::Reverse(group.people), *id));
    groups
}

/// Stable key of a change.
pub const fn stage_key(change: &StageChange) -> &'static str {
    match change {
        StageChange::Before => "before",
        StageChange::Days => "days",
        StageChange::Version(version, _) => match version.kind {
            ChangeKind::Added => "version-added",
            ChangeKind::Replaced => "version-replaced",
            ChangeKind::Removed => "version-removed",
        },
        StageChange::Family { .. } => "family",
        StageChange::Remainder => "remainder",
    }
}

/// Which side.
pub const fn side_key(side: Side) -> &'static str {
    match side {
        Side::Before => "before",
        Side::After => "after",
    }
}

/// Why people were left out, in short: code, side and how many.
pub fn left_out(report: &Report, lang: Lang) -> Option<Problem> {
    let total: u64 = report.tally.left_out.values().sum();
    let reason = |((side, code), number): (&(Side, Code), &u64)| {
        let side = match side {
            Side::Before => lang.say("trước", "before"),
            Side::After => lang.say("sau", "after"),
        };
        format!("{code} {side}: {number}")
    };
    let reasons: Vec<String> = report.tally.left_out.iter().map(reason).collect();
    (total > 0).then(|| {
        Problem::new(Code::PeopleLeftOut)
            .with("count", count(total, lang))
            .with("reasons", reasons.join(", "))
    })
}

/// What was compared with what: two lines.
pub fn sides(report: &Report, lang: Lang) -> [String; 2] {
    let day = |day: Option<chrono::NaiveDate>| match day {
        Some(day) => format!("{} {}", lang.say("đóng ngày", "paid on"), wording::date(day, lang)),
        None => lang.say("ngày đóng trong bảng", "days of payment of the table").to_owned(),
    };
    let identity = |index: Option<usize>| {
        let stage = index.and_then(|index| report.stages.get(index))?;
        let identity = &stage.rules.identity;
        let own: Vec<&str> = identity.replaced.iter().chain(&identity.overlays).map(String::as_str).collect();
        let own = if own.is_empty() { String::new() } else { format!(" + {}", own.join(" + ")) };
        let name = lang.say("bộ quy định", "rulebook");
        Some(format!("{name} {}{}", identity.sha256.get(..12).unwrap_or_default(), wording::harmless(&own)))
    };
    let before = identity(Some(0)).unwrap_or_default();
    let after = identity(report.stages.len().checked_sub(1)).unwrap_or_default();
    let later = report.days.shift_to.or(report.days.paid_on);
    [format!("{before}; {}", day(report.days.paid_on)), format!("{after}; {}", day(later))]
}

/// Every notice with the count of people left out.
pub fn notices(report: &Report, lang: Lang) -> Vec<Problem> {
    report.notices.iter().cloned().chain(left_out(report, lang)).collect()
}

/// A notice as a sentence.
pub fn notice(notice: &Problem, lang: Lang) -> String {
    catalogue::message(notice, lang)
}
