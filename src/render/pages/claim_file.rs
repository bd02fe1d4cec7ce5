//! Bảng kê tính lại: one claim of a file in the sections of form 01/KBCB, with the amounts as they should be, and what
//! the file says otherwise.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::bill::{self, BillItem, Money, OTHERS, PACKAGES};
use crate::audit::claim_file::{FileCard, FileLine};
use crate::audit::due::{Due, DueAmounts, due};
use crate::audit::examine::Examination;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, shown_code};
use crate::audit::redact::Redaction;
use crate::render::audit_words as words;
use crate::render::page::{Cell, Page, Paper, TextLine};
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ItemKind;

/// The bill.
pub fn page(
    file: &str,
    examination: &Examination<'_>,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Page {
    let mut page = Page::new(
        Paper::Form,
        lang.say("Bảng kê chi phí khám bệnh, chữa bệnh", "Bill of a visit"),
        lang.say(
            "BẢNG KÊ CHI PHÍ KHÁM BỆNH, CHỮA BỆNH (mẫu 01/KBCB, số tiền tính lại)",
            "BILL OF A VISIT (after form 01/KBCB, amounts replayed)",
        ),
        lang,
    );
    page.form = Some(lang.say("Theo mẫu 01/KBCB", "After form 01/KBCB").to_owned());
    let stamp = lang.say(
        "Số tiền tính lại từ tệp, không thay thế bảng kê của cơ sở",
        "Amounts replayed from the file, not the facility's bill",
    );
    page.stamp = Some(stamp.to_owned());
    page.add(TextLine::new(headline(file, examination, redaction, lang)));
    page.gap();
    let cards = cards(examination, lang);
    let items = cards.iter().flat_map(|card| &card.items);
    let total = items.fold(DueAmounts::default(), |sum, item| sum.plus(item.money));
    page.add(bill::table(&cards, total, lang));
    page.gap();
    differences(&mut page, examination);
    page.gap();
    page.footer(rules);
    page
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

impl Money for DueAmounts {
    const SUMS: [[&'static str; 2]; 2] = [["  cộng", "  sum"], ["  cộng thẻ", "  sum of the card"]];

    fn plus(self, more: DueAmounts) -> DueAmounts {
        DueAmounts::plus(self, more)
    }

    fn cells(self, lang: Lang) -> [Cell; 6] {
        [self.hospital, self.covered, self.fund, self.copayment, self.other, self.own]
            .map(|amount| Cell::number(wording::number(amount.rounded_to_dong(), lang), amount))
    }
}

/// Blocks by card, those without a valid card last.
fn cards(examination: &Examination<'_>, lang: Lang) -> Vec<bill::BillCard<DueAmounts>> {
    let mut parts: Vec<(&FileLine<'_>, Due)> = Vec::new();
    for (index, line) in examination.claim.lines.iter().enumerate() {
        parts.extend(due(examination, index).into_iter().map(|due| (line, due)));
    }
    let cards = &examination.claim.summary.cards;
    if cards.len() < 2 {
        let items = parts.iter().map(|(line, due)| item(line, due, lang)).collect();
        return vec![bill::BillCard { heading: None, items }];
    }
    let block = |place: Option<usize>| {
        let own = parts.iter().filter(|(_, due)| card_on(cards, due.from) == place);
        bill::BillCard {
            heading: Some(card_title(place.map(|place| &cards[place]), lang)),
            items: own.map(|(line, due)| item(line, due, lang)).collect(),
        }
    };
    let all = (0..cards.len()).map(Some).chain([None]).map(block);
    all.filter(|card| !card.items.is_empty()).collect()
}

/// The card in force on a day; of several the one that came last.
fn card_on(cards: &[FileCard<'_>], day: Option<NaiveDate>) -> Option<usize> {
    let day = day?;
    let valid = |card: &FileCard<'_>| {
        card.from.is_none_or(|from| from <= day) && card.until.is_none_or(|until| day <= until)
    };
    (0..cards.len()).filter(|&place| valid(&cards[place])).max_by_key(|&place| cards[place].from)
}

fn card_title(card: Option<&FileCard<'_>>, lang: Lang) -> String {
    let Some(card) = card else {
        return lang.say("Không có thẻ còn giá trị", "No valid card").to_owned();
    };
    let from = card.from.map(|day| format!(" {} {}", lang.say("từ", "from"), wording::date(day, lang)));
    format!("{} {}{}", lang.say("Thẻ", "Card"), card_code(card), from.unwrap_or_default())
}

fn card_code(card: &FileCard<'_>) -> String {
    shown_code(&format!("{}{}", card.letters(), card.digit.map(String::from).unwrap_or_default()))
}

fn item(line: &FileLine<'_>, due: &Due, lang: Lang) -> BillItem<DueAmounts> {
    let number = |figure: Option<Figure>| {
        figure.map_or(Cell::text("?"), |figure| Cell::number(words::amount(figure, lang), figure))
    };
    let package =
        if line.package.is_empty() { String::new() } else { format!(", {}", shown_code(line.package)) };
    let note = format!("({}{package}; {})", days(due, lang), share(due, lang));
    BillItem {
        section: section_of(line),
        label: label(line, due, lang),
        columns: [
            Cell::Noted(code(line), note),
            Cell::blank(),
            number(line.quantity),
            number(line.hospital_price),
            number(line.insured_price),
            number(line.service_ratio),
            number(line.list_ratio),
        ],
        money: due.amounts,
    }
}

fn code(line: &FileLine<'_>) -> String {
    shown_code(if line.is_supply() { line.supply } else { line.code })
}

/// First day, and how many days of how many where a line is divided.
fn days(due: &Due, lang: Lang) -> String {
    let from = due.from.map(|day| wording::date(day, lang)).unwrap_or_default();
    match due.days {
        Some((days, all)) => format!("{from}, {days}/{all} {}", lang.say("ngày", "days")),
        None => from,
    }
}

fn share(due: &Due, lang: Lang) -> String {
    due.share.map_or("?".to_owned(), |share| words::percent(share, lang))
}

/// Columns 1 to 6 and 8 of the form: content, quantity, prices, ratios; then the day and what was applied.
fn label(line: &FileLine<'_>, due: &Due, lang: Lang) -> String {
    let number = |figure: Option<Figure>| figure.map_or("?".to_owned(), |figure| words::amount(figure, lang));
    let mut text = format!("{}: {} × {}", code(line), number(line.quantity), number(line.hospital_price));
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
    format!("{text}; {} {} {}", days(due, lang), lang.say("hưởng", "at"), share(due, lang))
}

/// The section of a line.
fn section_of(line: &FileLine<'_>) -> u32 {
    match line.kind {
        Some(ItemKind::Exam) => 1,
        Some(ItemKind::DayBed | ItemKind::InpatientBed | ItemKind::ObservationBed) => 2,
        Some(ItemKind::Laboratory) => 3,
        Some(ItemKind::Imaging) => 4,
        Some(ItemKind::FunctionTest) => 5,
        Some(ItemKind::Surgery | ItemKind::Procedure) => 6,
        Some(ItemKind::Blood) => 7,
        Some(ItemKind::Drug) => 8,
        Some(ItemKind::Supply) if line.package.is_empty() => 9,
        Some(ItemKind::Supply) => PACKAGES,
        Some(ItemKind::Transport) => 11,
        Some(ItemKind::RatioService | ItemKind::Other) | None => OTHERS,
    }
}

/// What differs from the file, below the bill.
fn differences(page: &mut Page, examination: &Examination<'_>) {
    let lang = page.lang;
    let findings = &examination.findings;
    if findings.is_empty() {
        let agrees = lang.say("Khớp với tệp.", "Agrees with the file.");
        return page.add(TextLine::new(format!("✔ {agrees}")).inset(2, 2));
    }
    page.add(TextLine::heading(lang.say("Khác với tệp:", "Other than the file:")));
    let line = |finding: &Finding| {
        let at = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{} {}{at} {}", finding.check.number(), finding.part, words::message(finding, lang))
    };
    findings.iter().for_each(|finding| page.add(TextLine::new(line(finding)).inset(2, 6)));
}
