//! Bảng kê tính lại: one claim in the sections of form 01/KBCB, with the amounts as they should be, at most 80 wide.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::audit_text::dong;
use super::audit_words as words;
use super::layout::{Lean, table, wrap};
use super::page::footer;
use super::wording::{self, Lang, harmless};
use crate::audit::claim_file::{Card, Line};
use crate::audit::due::{Amounts, Due, due};
use crate::audit::examine::Examination;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, shown_code};
use crate::audit::redact::Redaction;
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ItemKind;

/// Mục của mẫu: number, names, and the kinds of items it holds. Supplies of a package have their own.
const SECTIONS: [(u32, [&str; 2], &[ItemKind]); 12] = [
    (1, ["Khám bệnh", "Examination"], &[ItemKind::Exam]),
    (2, ["Ngày giường", "Bed days"], &[ItemKind::DayBed, ItemKind::InpatientBed, ItemKind::ObservationBed]),
    (3, ["Xét nghiệm", "Laboratory"], &[ItemKind::Laboratory]),
    (4, ["Chẩn đoán hình ảnh", "Imaging"], &[ItemKind::Imaging]),
    (5, ["Thăm dò chức năng", "Function tests"], &[ItemKind::FunctionTest]),
    (6, ["Thủ thuật, phẫu thuật", "Procedures and surgery"], &[ItemKind::Surgery, ItemKind::Procedure]),
    (7, ["Máu, chế phẩm máu, vận chuyển máu", "Blood and blood products"], &[ItemKind::Blood]),
    (8, ["Thuốc, dịch truyền", "Drugs and infusions"], &[ItemKind::Drug]),
    (9, ["Vật tư y tế", "Supplies"], &[ItemKind::Supply]),
    (PACKAGES, ["Gói vật tư y tế", "Supply packages"], &[]),
    (11, ["Vận chuyển người bệnh", "Patient transport"], &[ItemKind::Transport]),
    (OTHERS, ["Dịch vụ khác", "Other services"], &[ItemKind::RatioService, ItemKind::Other]),
];

/// The section of supply packages.
const PACKAGES: u32 = 10;

/// The section of whatever has no other.
const OTHERS: u32 = 12;

/// The bill.
pub fn text(
    file: &str,
    examination: &Examination<'_>,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> String {
    let mut out = format!(
        "{}\n",
        lang.say(
            "BẢNG KÊ CHI PHÍ KHÁM BỆNH, CHỮA BỆNH (mẫu 01/KBCB, số tiền tính lại)",
            "BILL OF A VISIT (after form 01/KBCB, amounts replayed)"
        )
    );
    out.push_str(&wrap(&headline(file, examination, redaction, lang), 2));
    out.push('\n');
    out.push_str(&bill(examination, lang));
    out.push_str(&differences(examination, lang));
    out.push('\n');
    out.push_str(&wrap(&footer(rules, lang), 2));
    out
}

/// Dòng của bảng kê: a line, or the days of a line that one card covers.
struct Item<'e> {
    line: &'e Line<'e>,
    due: Due,
}

/// Blocks by card, sections inside them: titles above, six amounts below each.
fn bill(examination: &Examination<'_>, lang: Lang) -> String {
    let mut items: Vec<Item<'_>> = Vec::new();
    for (index, line) in examination.claim.lines.iter().enumerate() {
        items.extend(due(examination, index).into_iter().map(|due| Item { line, due }));
    }
    let cards = &examination.claim.summary.cards;
    let mut sheet = Sheet { rows: vec![heading(lang)], titles: Vec::new(), lang };
    if cards.len() < 2 {
        sheet.sections(&items.iter().collect::<Vec<_>>());
    } else {
        for place in (0..cards.len()).map(Some).chain([None]) {
            let own: Vec<&Item<'_>> =
                items.iter().filter(|item| card_on(cards, item.due.from) == place).collect();
            if own.is_empty() {
                continue;
            }
            sheet.titles.push((sheet.rows.len(), card_title(place.map(|place| &cards[place]), lang)));
            sheet.sections(&own);
            sheet.add(format!("  {}", lang.say("cộng thẻ", "sum of the card")), &total(&own));
        }
    }
    let all = total(&items.iter().collect::<Vec<_>>());
    sheet.add(lang.say("TỔNG CỘNG", "TOTAL").to_owned(), &all);
    sheet.text()
}

/// The card in force on a day; of several the one that came last.
fn card_on(cards: &[Card<'_>], day: Option<NaiveDate>) -> Option<usize> {
    let day = day?;
    let valid = |card: &Card<'_>| {
        card.from.is_none_or(|from| from <= day) && card.until.is_none_or(|until| day <= until)
    };
    (0..cards.len()).filter(|&place| valid(&cards[place])).max_by_key(|&place| cards[place].from)
}

fn card_title(card: Option<&Card<'_>>, lang: Lang) -> String {
    let Some(card) = card else {
        return lang.say("Không có thẻ còn giá trị", "No valid card").to_owned();
    };
    let from = card.from.map(|day| format!(" {} {}", lang.say("từ", "from"), wording::date(day, lang)));
    format!("{} {}{}", lang.say("Thẻ", "Card"), card_code(card), from.unwrap_or_default())
}

fn card_code(card: &Card<'_>) -> String {
    shown_code(&format!("{}{}", card.object, card.digit.map(String::from).unwrap_or_default()))
}

/// Rows of amounts, and the titles that stand above some of them.
struct Sheet {
    rows: Vec<Vec<String>>,
    titles: Vec<(usize, String)>,
    lang: Lang,
}

impl Sheet {
    fn add(&mut self, title: String, amounts: &Amounts) {
        self.titles.push((self.rows.len(), title));
        self.rows.push(row(amounts, self.lang));
    }

    /// The sections that have lines; their numbers stay when others are empty.
    fn sections(&mut self, items: &[&Item<'_>]) {
        for (number, names, _) in SECTIONS {
            let own: Vec<&Item<'_>> =
                items.iter().copied().filter(|item| section_of(item.line) == number).collect();
            if own.is_empty() {
                continue;
            }
            self.titles.push((self.rows.len(), format!("{number}. {}", self.lang.pick(names))));
            for item in &own {
                self.add(format!("  {}", label(item, self.lang)), &item.due.amounts);
            }
            if own.len() > 1 {
                self.add(format!("  {}", self.lang.say("cộng", "sum")), &total(&own));
            }
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (index, line) in table(&self.rows, &[Lean::Right; 6]).lines().enumerate() {
            for (_, title) in self.titles.iter().filter(|(before, _)| *before == index) {
                out.push_str(&wrap(title, 4));
            }
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

/// The section of a line.
fn section_of(line: &Line<'_>) -> u32 {
    match SECTIONS.iter().find(|(_, _, kinds)| line.kind.is_some_and(|kind| kinds.contains(&kind))) {
        Some((9, ..)) if !line.package.is_empty() => PACKAGES,
        Some((number, ..)) => *number,
        None => OTHERS,
    }
}

fn total(items: &[&Item<'_>]) -> Amounts {
    items.iter().fold(Amounts::default(), |sum, item| sum.plus(item.due.amounts))
}

fn headline(file: &str, examination: &Examination<'_>, redaction: &Redaction, lang: Lang) -> String {
    let summary = &examination.claim.summary;
    let mut parts = vec![harmless(&redaction.file(file))];
    let id = harmless(&redaction.id(summary.id));
    if !id.is_empty() {
        parts.push(id);
    }
    parts.push(format!("{} {}", lang.say("chuẩn", "standard"), examination.claim.standard));
    let cards: Vec<String> = summary.cards.iter().map(card_code).collect();
    parts.push(cards.join(" + "));
    let days: Vec<String> = [summary.admitted, summary.discharged]
        .iter()
        .flatten()
        .map(|moment| wording::date(moment.date(), lang))
        .collect();
    parts.push(days.join(" – "));
    parts.push(format!("{} {}", lang.say("loại hình", "kind"), shown_code(summary.visit_kind)));
    parts.push(format!("{} {}", lang.say("mã đến khám", "visit code"), shown_code(summary.visit_code)));
    parts.join("; ")
}

fn heading(lang: Lang) -> Vec<String> {
    [
        lang.say("Bệnh viện", "Hospital"),
        lang.say("BHYT", "Covered"),
        lang.say("Quỹ", "Fund"),
        lang.say("Cùng trả", "Co-pay"),
        lang.say("Khác", "Other"),
        lang.say("Tự trả", "Own"),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Columns 1 to 6 and 8 of the form: content, quantity, prices, ratios; then the day and what was applied.
fn label(item: &Item<'_>, lang: Lang) -> String {
    let line = item.line;
    let number = |figure: Option<Figure>| figure.map_or("?".to_owned(), |figure| words::amount(figure, lang));
    let code = shown_code(if line.is_supply() { line.supply } else { line.code });
    let mut text = format!("{code}: {} × {}", number(line.quantity), number(line.hospital_price));
    if line.insured_price != line.hospital_price {
        let _ = write!(text, " ({} {})", lang.say("giá BH", "insured"), number(line.insured_price));
    }
    let ratios = [
        (lang.say("dịch vụ", "service"), line.service_ratio),
        (lang.say("danh mục", "list"), line.list_ratio),
    ];
    for (name, ratio) in ratios {
        if let Some(ratio) = ratio.filter(|ratio| *ratio != Figure::whole(100)) {
            let _ = write!(text, ", {name} {}", words::percent(ratio, lang));
        }
    }
    if !line.package.is_empty() {
        let _ = write!(text, ", {}", shown_code(line.package));
    }
    if let Some((days, all)) = item.due.days {
        let _ = write!(text, ", {days}/{all} {}", lang.say("ngày", "days"));
    }
    let day = item.due.from.map(|day| format!(" {}", wording::date(day, lang))).unwrap_or_default();
    let share = item.due.share.map_or("?".to_owned(), |share| words::percent(share, lang));
    let _ = write!(text, ";{day} {} {share}", lang.say("hưởng", "at"));
    text
}

fn row(amounts: &Amounts, lang: Lang) -> Vec<String> {
    let cells =
        [amounts.hospital, amounts.covered, amounts.fund, amounts.copayment, amounts.other, amounts.own];
    cells.iter().map(|amount| dong(*amount, lang)).collect()
}

/// What differs from the file, below the bill.
fn differences(examination: &Examination<'_>, lang: Lang) -> String {
    let findings = &examination.findings;
    if findings.is_empty() {
        return format!("\n  ✔ {}\n", lang.say("Khớp với tệp.", "Agrees with the file."));
    }
    let mut out = format!("\n{}\n", lang.say("Khác với tệp:", "Other than the file:"));
    let line = |finding: &Finding| {
        let at = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("  {} {}{at} {}", finding.check.number(), finding.part, words::message(finding, lang))
    };
    for finding in findings {
        let _ = write!(out, "{}", wrap(&line(finding), 6));
    }
    out
}
