//! Lời của mô phỏng: names of stages, sides and amounts, the same in text, JSON, CSV and HTML.

use super::catalogue;
use super::wording::{self, Lang};
use crate::engine::simulation::SimulationReport;
use crate::engine::simulation::reform::StageChange;
use crate::engine::simulation::subject::{Bearer, SimulationColumn, Subject};
use crate::engine::simulation::tally::{PartTally, Reliefs, UnansweredSide};
use crate::engine::simulation::together::ReformFigure;
use crate::rulebook::diff::ChangeKind;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Quantiles that machines get, per thousand.
pub const QUANTILES: [u64; 11] = [0, 10, 50, 100, 250, 500, 750, 900, 950, 990, 1000];

/// Vietnamese and English.
type Pair = [&'static str; 2];

/// Tên gọi theo điều được mô phỏng.
#[derive(Debug)]
pub struct Names {
    /// Title of a report.
    pub title: Pair,
    /// What the rows are, inside a sentence.
    pub cases: Pair,
    /// The same as a heading.
    pub cases_heading: Pair,
    /// Who bears the money.
    pub bearers: Pair,
    /// What people pay themselves.
    pub own: Pair,
    /// The same in a narrow column.
    pub own_short: Pair,
    /// Title of winners and losers.
    pub winners: Pair,
    /// How what people pay themselves changes, over all cases.
    pub spread: Pair,
    /// The quantiles of these changes.
    pub quantiles: Pair,
    /// What columns of the picture count.
    pub counted: Pair,
    /// Days as they stand in the table.
    pub own_days: Pair,
    /// What happens on a common day.
    pub on_day: Pair,
}

const PREMIUMS: Names = Names {
    title: ["Mô phỏng mức đóng bảo hiểm y tế", "Simulation of health insurance premiums"],
    cases: ["người", "people"],
    cases_heading: ["Người", "People"],
    bearers: ["Nguồn đóng", "Payer"],
    own: ["Phần tự đóng", "Own payment"],
    own_short: ["Tự đóng", "Own part"],
    winners: ["Ai được, ai mất: phần tự đóng", "Winners and losers: what people pay themselves"],
    spread: ["Phân bố thay đổi phần tự đóng", "How the changes are spread"],
    quantiles: ["Phân vị thay đổi phần tự đóng (đồng)", "Quantiles of the change (đồng)"],
    counted: ["Số người theo mức thay đổi", "People by the size of the change"],
    own_days: ["ngày đóng trong bảng", "days of payment of the table"],
    on_day: ["đóng ngày", "paid on"],
};

const CLAIMS: Names = Names {
    title: ["Mô phỏng thanh toán chi phí khám, chữa bệnh BHYT", "Simulation of health insurance claims"],
    cases: ["lượt khám", "visits"],
    cases_heading: ["Lượt", "Visits"],
    bearers: ["Ai trả", "Who pays"],
    own: ["Người bệnh trả", "Patients pay"],
    own_short: ["Người bệnh", "Patients"],
    winners: ["Ai được, ai mất: phần người bệnh trả", "Winners and losers: what patients pay"],
    spread: ["Phân bố thay đổi phần người bệnh trả", "How the changes for patients are spread"],
    quantiles: ["Phân vị thay đổi phần người bệnh trả (đồng)", "Quantiles of the change (đồng)"],
    counted: ["Số lượt khám theo mức thay đổi", "Visits by the size of the change"],
    own_days: ["ngày ra viện trong bảng", "days of discharge of the table"],
    on_day: ["ra viện ngày", "discharged on"],
};

/// Names for a subject.
pub const fn names(subject: Subject) -> &'static Names {
    match subject {
        Subject::Premiums => &PREMIUMS,
        Subject::Claims => &CLAIMS,
    }
}

/// What the rows are, for notices: Vietnamese and English.
pub const fn rows(subject: Subject) -> Pair {
    match subject {
        Subject::Premiums => ["người tham gia", "insured people"],
        Subject::Claims => ["lượt khám, chữa bệnh", "visits"],
    }
}

/// Who bears a part.
pub const fn bearer(bearer: Bearer, lang: Lang) -> &'static str {
    match bearer {
        Bearer::Payer(payer) => wording::payer(payer, lang),
        Bearer::Fund => lang.say("quỹ BHYT", "insurance fund"),
        Bearer::Copayment => lang.say("người bệnh cùng chi trả", "co-payment of patients"),
        Bearer::OwnPayment => lang.say("người bệnh tự trả", "own payment of patients"),
    }
}

/// Một con số của cải cách.
pub fn reform_figure(figure: ReformFigure, lang: Lang) -> String {
    match figure {
        ReformFigure::Premiums => lang.say("Tổng mức đóng", "All premiums").to_owned(),
        ReformFigure::FundPayments => lang.say("Quỹ chi trả", "Fund pays for visits").to_owned(),
        ReformFigure::Left => lang.say("Mức đóng trừ quỹ chi", "Premiums less payments").to_owned(),
        ReformFigure::PeoplePremiums => lang.say("Người dân tự đóng", "People: premiums").to_owned(),
        ReformFigure::Patients => lang.say("Người bệnh trả khi khám", "People: at visits").to_owned(),
        ReformFigure::People => lang.say("Người dân trả cộng lại", "People, both together").to_owned(),
        ReformFigure::PaidBy(payer) => {
            format!("{}: {}", lang.say("Đóng", "Premiums"), wording::payer(payer, lang))
        }
    }
}

/// Its key in JSON and CSV.
pub fn reform_key(figure: ReformFigure) -> String {
    match figure {
        ReformFigure::Premiums => "premiums".to_owned(),
        ReformFigure::FundPayments => "fund_payments".to_owned(),
        ReformFigure::Left => "premiums_less_payments".to_owned(),
        ReformFigure::PeoplePremiums => "people_premiums".to_owned(),
        ReformFigure::Patients => "patients".to_owned(),
        ReformFigure::People => "people".to_owned(),
        ReformFigure::PaidBy(payer) => format!("premiums_{}", payer.key()),
    }
}

/// Heading of a figure in a wide and in a narrow table.
pub fn figure(figure: SimulationColumn) -> [Pair; 2] {
    let same = |name: Pair| [name, name];
    match figure {
        SimulationColumn::Whole => [["Tổng mức đóng", "All premiums"], ["Mức đóng", "Premiums"]],
        SimulationColumn::Part(Bearer::Payer(crate::terms::group::Payer::State)) => {
            [["Ngân sách nhà nước", "State"], ["NSNN", "State"]]
        }
        SimulationColumn::Part(Bearer::Payer(_)) => same(["Người tham gia", "People"]),
        SimulationColumn::Part(Bearer::Fund) => same(["Quỹ BHYT", "Fund"]),
        SimulationColumn::Part(Bearer::Copayment) => same(["Cùng chi trả", "Co-payment"]),
        SimulationColumn::Part(Bearer::OwnPayment) => same(["Tự trả", "Own payment"]),
        SimulationColumn::Parts(_) => same(CLAIMS.own_short),
        SimulationColumn::AllBut(_) => same(["Nguồn khác", "Others"]),
    }
}

/// Trường hợp 100 % before and after; one word where it stays.
pub fn reliefs(reliefs: Reliefs, lang: Lang) -> String {
    let name = |relief: Option<crate::terms::care::Relief>| {
        relief.map_or(lang.say("không có", "none"), |relief| wording::short_relief(relief, lang))
    };
    let [before, after] = reliefs.map(name);
    if before == after { before.to_owned() } else { format!("{before} → {after}") }
}

/// Stable key of a relief, or of none.
pub fn relief_key(relief: Option<crate::terms::care::Relief>) -> &'static str {
    relief.map_or("none", crate::terms::listed::Listed::key)
}

/// An amount without marks of a language: a dot, at most two decimals, no needless zeros.
pub fn plain(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (dong, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{dong}"),
        (_, 0) => format!("{sign}{dong}.{}", rest / 10),
        _ => format!("{sign}{dong}.{rest:02}"),
    }
}

/// Số tiền lớn, given in hundredths of a đồng, with the marks of the language.
pub fn amount(hundredths: i128, lang: Lang) -> String {
    match i64::try_from(hundredths) {
        Ok(hundredths) => wording::number(Vnd::from_hundredths(hundredths), lang),
        Err(_) => plain(hundredths),
    }
}

/// Hundredths of whole đồng.
pub fn dong(dong: i64) -> i128 {
    i128::from(dong) * 100
}

/// Đơn vị của bảng trên màn hình: đồng, or thousands and millions of millions where amounts would not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyUnit {
    size: i128,
    /// Vietnamese and English name.
    pub name: [&'static str; 2],
}

/// Units with the largest amount, in hundredths of a đồng, that each still shows well.
const UNITS: [(i128, MoneyUnit); 3] = [
    (1_000_000_000_000, MoneyUnit { size: 1, name: ["đồng", "đồng"] }),
    (100_000_000_000_000_000, MoneyUnit { size: 1_000_000, name: ["triệu đồng", "million đồng"] }),
    (i128::MAX, MoneyUnit { size: 1_000_000_000, name: ["tỷ đồng", "billion đồng"] }),
];

impl MoneyUnit {
    /// The unit for amounts of at most this size.
    pub fn for_largest(hundredths: i128) -> MoneyUnit {
        let fits = |(limit, _): &&(i128, MoneyUnit)| hundredths < *limit;
        UNITS.iter().find(fits).map_or(UNITS[0].1, |(_, unit)| *unit)
    }

    /// An amount in this unit, half away from zero.
    pub fn amount(self, hundredths: i128, lang: Lang) -> String {
        amount(self.rounded(hundredths), lang)
    }

    /// A change in this unit, with its sign.
    pub fn change(self, hundredths: i128, lang: Lang) -> String {
        change(self.rounded(hundredths), lang)
    }

    /// Whole units, half away from zero, as hundredths of them.
    const fn rounded(self, hundredths: i128) -> i128 {
        let unit = self.size * 100;
        let (whole, rest) = (hundredths / unit, (hundredths % unit).abs());
        (if rest * 2 >= unit { whole + hundredths.signum() } else { whole }) * 100
    }
}

/// Thay đổi, with its sign.
pub fn change(hundredths: i128, lang: Lang) -> String {
    let sign = match hundredths {
        ..0 => "−",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}", amount(hundredths.abs(), lang))
}

/// Số người, số hộ, số lượt.
pub fn count(number: u64, lang: Lang) -> String {
    amount(i128::from(number) * 100, lang)
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
pub fn days_note(report: &SimulationReport, lang: Lang) -> Option<&'static str> {
    let shifted = report.stages.iter().any(|stage| stage.change == StageChange::Days);
    shifted.then(|| {
        lang.say(
            "Bước đổi ngày tính như thể quy định của ngày đầu vẫn giữ nguyên, kể cả cho các tháng sau đó; các bước tiếp theo đưa từng quy định mới vào.",
            "The step of the later day counts as if the rules of the first day went on, later months included; the next steps bring the new rules in one by one.",
        )
    })
}

/// Groups with their tallies, the largest first.
pub fn groups(report: &SimulationReport) -> Vec<(&str, &PartTally)> {
    let mut groups: Vec<(&str, &PartTally)> =
        report.tally.groups.iter().map(|(id, group)| (id.as_str(), group)).collect();
    groups.sort_by_key(|(id, group)| (std::cmp::Reverse(group.cases), *id));
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
pub const fn side_key(side: UnansweredSide) -> &'static str {
    match side {
        UnansweredSide::Before => "before",
        UnansweredSide::After => "after",
    }
}

/// Why rows were left out, in short: code, side and how many.
pub fn left_out(report: &SimulationReport, lang: Lang) -> Option<Problem> {
    let total: u64 = report.tally.left_out.values().sum();
    let reason = |((side, code), number): (&(UnansweredSide, Code), &u64)| {
        let side = match side {
            UnansweredSide::Before => lang.say("trước", "before"),
            UnansweredSide::After => lang.say("sau", "after"),
        };
        format!("{code} {side}: {number}")
    };
    let reasons: Vec<String> = report.tally.left_out.iter().map(reason).collect();
    (total > 0).then(|| {
        Problem::new(Code::RowsLeftOut).with("count", count(total, lang)).with("reasons", reasons.join(", "))
    })
}

/// Warnings about single rows, in short: code and how many.
fn warned(report: &SimulationReport) -> Option<Problem> {
    let reason = |(code, number): (&Code, &u64)| format!("{code}: {number}");
    let reasons: Vec<String> = report.tally.warnings.iter().map(reason).collect();
    (!reasons.is_empty()).then(|| Problem::new(Code::RowsWarned).with("reasons", reasons.join(", ")))
}

/// What was compared with what: two lines.
pub fn sides(report: &SimulationReport, lang: Lang) -> [String; 2] {
    let names = names(report.tally.subject);
    let day = |day: Option<chrono::NaiveDate>| match day {
        Some(day) => format!("{} {}", lang.pick(names.on_day), wording::date(day, lang)),
        None => lang.pick(names.own_days).to_owned(),
    };
    let identity = |index: Option<usize>| {
        let stage = index.and_then(|index| report.stages.get(index))?;
        let identity = &stage.rules.identity;
        let own: Vec<&str> =
            identity.replaced.iter().chain(&identity.overlays).map(|file| wording::file_name(file)).collect();
        let own = if own.is_empty() { String::new() } else { format!(" + {}", own.join(" + ")) };
        let name = lang.say("bộ quy định", "rulebook");
        Some(format!("{name} {}{}", identity.sha256.get(..12).unwrap_or_default(), wording::harmless(&own)))
    };
    let before = identity(Some(0)).unwrap_or_default();
    let after = identity(report.stages.len().checked_sub(1)).unwrap_or_default();
    let later = report.days.shift_to.or(report.days.on);
    [format!("{before}; {}", day(report.days.on)), format!("{after}; {}", day(later))]
}

/// Every notice, with the count of rows left out and of rows with warnings.
pub fn notices(report: &SimulationReport, lang: Lang) -> Vec<Problem> {
    report.notices.iter().cloned().chain(left_out(report, lang)).chain(warned(report)).collect()
}

/// A notice as a sentence.
pub fn notice(notice: &Problem, lang: Lang) -> String {
    catalogue::message(notice, lang)
}
