//! Bảng kê chi phí mẫu 01/KBCB: sections and rounded totals of the bill form, shared by text and print.

use super::wording::{self, Lang};
use crate::engine::claim::reimbursement::{Amounts, LineOutcome, Reimbursement};
use crate::rulebook::Rulebook;
use crate::terms::care::LineKind;
use crate::terms::money::Vnd;

/// Mục của mẫu 01/KBCB: its number stays when sections before it are empty.
#[derive(Debug, Clone)]
pub struct Section<'o> {
    /// Number in the form.
    pub number: u32,
    /// Name in the language of the user.
    pub name: &'static str,
    /// Its lines.
    pub lines: Vec<&'o LineOutcome>,
}

/// Phần của một thẻ: the form has a block of sections for every card of the stay.
#[derive(Debug, Clone)]
pub struct Block<'o> {
    /// Card and level; nothing when one card covers every line.
    pub heading: Option<String>,
    /// Its money.
    pub sum: Amounts,
    /// Its sections.
    pub sections: Vec<Section<'o>>,
}

/// Blocks by card, in the order in which the cards come into force.
pub fn blocks<'o>(outcome: &'o Reimbursement, rules: &Rulebook, lang: Lang) -> Vec<Block<'o>> {
    let mut lines: Vec<&LineOutcome> = outcome.lines.iter().collect();
    lines.sort_by_key(|line| line.from);
    let mut cards: Vec<Option<&str>> = Vec::new();
    for line in lines {
        if !cards.contains(&line.group.as_deref()) {
            cards.push(line.group.as_deref());
        }
    }
    let is_divided = cards.len() > 1;
    let block = |card: Option<&str>| {
        let own: Vec<&LineOutcome> =
            outcome.lines.iter().filter(|line| line.group.as_deref() == card).collect();
        let heading = is_divided.then(|| card_heading(card, &own, rules, lang));
        Block { heading, sum: sum(&own), sections: sections(&own, lang) }
    };
    cards.into_iter().map(block).collect()
}

/// `Thẻ HN · Hộ nghèo: từ 01/08/2026, mức hưởng 100%`.
fn card_heading(card: Option<&str>, lines: &[&LineOutcome], rules: &Rulebook, lang: Lang) -> String {
    let (Some(card), Some(first)) = (card, lines.iter().min_by_key(|line| line.from)) else {
        return lang.say("Không có thẻ còn giá trị", "No valid card").to_owned();
    };
    let name = rules.group(card).map_or_else(
        || card.to_owned(),
        |group| format!("{} ({})", lang.pick([&group.name_vi, &group.name_en]), group.code()),
    );
    format!(
        "{} {name}: {} {}, {} {}",
        lang.say("Thẻ", "Card"),
        lang.say("từ", "from"),
        wording::date(first.from, lang),
        lang.say("mức hưởng", "level"),
        wording::share(first.level, lang),
    )
}

/// Sections with lines, in the order of the form.
fn sections<'o>(lines: &[&'o LineOutcome], lang: Lang) -> Vec<Section<'o>> {
    let mut sections: Vec<Section<'o>> = Vec::new();
    for line in lines.iter().copied() {
        let (number, name) = section_of(line, lang);
        match sections.iter_mut().find(|section| section.number == number) {
            Some(section) => section.lines.push(line),
            None => sections.push(Section { number, name, lines: vec![line] }),
        }
    }
    sections.sort_by_key(|section| section.number);
    sections
}

/// The section of a line, as the form numbers them.
fn section_of(line: &LineOutcome, lang: Lang) -> (u32, &'static str) {
    match line.kind {
        LineKind::Exam => (1, lang.say("Khám bệnh", "Examination")),
        LineKind::Bed => (2, lang.say("Ngày giường", "Bed days")),
        LineKind::Laboratory => (3, lang.say("Xét nghiệm", "Laboratory")),
        LineKind::Imaging => (4, lang.say("Chẩn đoán hình ảnh", "Imaging")),
        LineKind::FunctionTest => (5, lang.say("Thăm dò chức năng", "Function tests")),
        LineKind::Surgery | LineKind::Procedure => {
            (6, lang.say("Thủ thuật, phẫu thuật", "Procedures and surgery"))
        }
        LineKind::Blood => (7, lang.say("Máu, chế phẩm máu, vận chuyển máu", "Blood and blood products")),
        LineKind::Drug => (8, lang.say("Thuốc, dịch truyền", "Drugs and infusions")),
        LineKind::Supply if line.package.is_none() => (9, lang.say("Vật tư y tế", "Supplies")),
        LineKind::Supply => (10, lang.say("Gói vật tư y tế", "Supply packages")),
        LineKind::Transport => (11, lang.say("Vận chuyển người bệnh", "Patient transport")),
        LineKind::Other => (12, lang.say("Dịch vụ khác", "Other services")),
    }
}

/// The money of a section.
pub fn sum(lines: &[&LineOutcome]) -> Amounts {
    lines.iter().fold(Amounts::default(), |sum, line| sum.plus(line.amounts))
}

/// Tổng cộng làm tròn đến đồng: fund, co-payment and other sources rounded, own payment what is left.
pub fn rounded(outcome: &Reimbursement, rules: &Rulebook) -> Amounts {
    let Ok(version) = rules.benefit.claim_rounding.at(outcome.governed_by) else { return outcome.total };
    let round = |amount: Vnd| amount.exact().round(version.value.bill).unwrap_or(amount);
    let total = outcome.total;
    let (hospital, covered) = (round(total.hospital), round(total.covered));
    let (fund, copayment, other) = (round(total.fund), round(total.copayment), round(total.other));
    let own = hospital - fund - copayment - other;
    if own.is_negative() {
        // The odd đồng of the roundings comes off the co-payment.
        return Amounts { hospital, covered, fund, copayment: copayment + own, own: Vnd::ZERO, other };
    }
    Amounts { hospital, covered, fund, copayment, own, other }
}

/// Heading of a money column with its number in the form.
pub const fn columns(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Vi => ["(7) BV", "(9) BH", "(10) Quỹ", "(11) Cùng trả", "(12) Khác", "(13) Tự trả"],
        Lang::En => ["(7) Hospital", "(9) Insured", "(10) Fund", "(11) Co-pay", "(12) Other", "(13) Own"],
    }
}
