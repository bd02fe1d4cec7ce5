//! Bảng kê trên màn hình: a claim in the sections and columns of form 01/KBCB, at most 80 columns wide.

use super::bill::{self, Block};
use super::explain::cites;
use super::layout::{Lean, WIDTH, shortened, table, wrap};
use super::page::footer;
use super::text::notices;
use super::wording::{self, Lang, harmless};
use crate::case::claim::ClaimCase;
use crate::engine::claim::reimbursement::{Amounts, LineOutcome, Reimbursement};
use crate::engine::trace::rules_of;
use crate::rulebook::Rulebook;
use crate::terms::share::Share;

/// Longest name of a line.
const NAME_WIDTH: usize = 40;

/// The whole bill.
pub fn text(case: &ClaimCase, outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let mut out = format!(
        "{}\n",
        lang.say(
            "BẢNG KÊ CHI PHÍ KHÁM BỆNH, CHỮA BỆNH (theo mẫu 01/KBCB)",
            "BILL OF A VISIT (after form 01/KBCB)"
        )
    );
    out.push_str(&wrap(&headline(case, outcome, rules, lang), 2));
    out.push_str(&wrap(&levels(outcome, lang), 2));
    out.push('\n');
    let blocks = bill::blocks(outcome, rules, lang);
    if !blocks.is_empty() {
        out.push_str(&lines(&blocks, outcome, lang));
        out.push('\n');
    }
    out.push_str(&totals(outcome, rules, lang));
    out.push('\n');
    out.push_str(&wrap(&legal_basis(outcome, rules, lang), 2));
    out.push_str(&notices(&outcome.notices, lang));
    out.push_str(&wrap(&footer(rules, lang), 2));
    out
}

/// Who, when and how.
pub fn headline(case: &ClaimCase, outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let group = |id: &str| {
        rules.group(id).map_or_else(
            || id.to_owned(),
            |group| format!("{} ({})", lang.pick([&group.name_vi, &group.name_en]), group.code()),
        )
    };
    let cards: Vec<String> = case.cards.iter().map(|card| group(&card.group)).collect();
    let mut parts = vec![cards.join(" + ")];
    let (from, until) = (wording::date(case.admitted, lang), wording::date(case.discharged, lang));
    parts.push(if from == until { from } else { format!("{from} – {until}") });
    parts.extend(case.visit.setting.map(|setting| wording::setting(setting, lang).to_owned()));
    parts.extend(
        case.visit
            .code
            .as_ref()
            .map(|code| format!("{} {}", lang.say("mã đến khám", "visit code"), harmless(code))),
    );
    parts.extend(case.visit.route.map(|route| wording::route(route, lang).to_owned()));
    if outcome.governed_by != case.discharged {
        let day = wording::date(outcome.governed_by, lang);
        parts.push(format!("{} {day}", lang.say("theo quy định ngày", "by the rules of")));
    }
    parts.join("; ")
}

/// Mức hưởng × tỷ lệ, and why.
pub fn levels(outcome: &Reimbursement, lang: Lang) -> String {
    let mut text = format!(
        "{} {} × {} {}",
        lang.say("Mức hưởng", "Level"),
        wording::share(outcome.benefit_level, lang),
        lang.say("tỷ lệ", "network rate"),
        wording::share(outcome.network_rate, lang),
    );
    if outcome.network_rule.starts_with(|first: char| first.is_ascii_digit()) {
        text.push_str(&format!(" ({})", wording::provision(&outcome.network_rule, lang)));
    }
    if let Some(product) = outcome.benefit_level.times(outcome.network_rate)
        && outcome.network_rate != Share::WHOLE
    {
        text.push_str(&format!(" = {}", wording::share(product, lang)));
    }
    if let Some(relief) = outcome.relief {
        text.push_str(&format!("; {}", wording::relief(relief, lang)));
    }
    text
}

fn lines(blocks: &[Block<'_>], outcome: &Reimbursement, lang: Lang) -> String {
    let mut rows = vec![heading(lang)];
    let mut titles: Vec<(usize, String)> = Vec::new();
    for block in blocks {
        titles.extend(block.heading.iter().map(|heading| (rows.len(), heading.clone())));
        for section in &block.sections {
            titles.push((rows.len(), format!("{}. {}", section.number, section.name)));
            for line in &section.lines {
                titles.push((rows.len(), format!("  {}", title(line, lang))));
                rows.push(money_row(&line.amounts, lang));
            }
            if section.lines.len() > 1 {
                titles.push((rows.len(), lang.say("  Cộng mục", "  Sum of the section").to_owned()));
                rows.push(money_row(&bill::sum(&section.lines), lang));
            }
        }
        if block.heading.is_some() {
            titles.push((rows.len(), lang.say("Cộng thẻ", "Sum of the card").to_owned()));
            rows.push(money_row(&block.sum, lang));
        }
    }
    titles.push((rows.len(), lang.say("TỔNG CỘNG", "TOTAL").to_owned()));
    rows.push(money_row(&outcome.total, lang));
    let (printed, lines_a_row) = columns_that_fit(&rows);
    let mut out = String::new();
    for (index, row) in printed.lines().enumerate() {
        for (_, title) in titles.iter().filter(|(before, _)| *before * lines_a_row == index) {
            out.push_str(&wrap(title, 4));
        }
        out.push_str(row);
        out.push('\n');
    }
    out
}

/// Six columns of amounts, or three over three where they would pass the width of a screen; and the lines of a row.
fn columns_that_fit(rows: &[Vec<String>]) -> (String, usize) {
    const HALF: usize = 3;
    let wide = table(rows, &[Lean::Right; 2 * HALF]);
    if wide.lines().all(|line| line.chars().count() <= WIDTH) {
        return (wide, 1);
    }
    let halves: Vec<Vec<String>> =
        rows.iter().flat_map(|row| row.chunks(HALF)).map(<[String]>::to_vec).collect();
    (table(&halves, &[Lean::Right; HALF]), 2)
}

fn heading(lang: Lang) -> Vec<String> {
    bill::columns(lang).map(str::to_owned).to_vec()
}

/// Columns 1 to 6 and 8 of the form: content, unit, quantity, prices, ratios; then what was applied.
fn title(line: &LineOutcome, lang: Lang) -> String {
    let name = line.name.as_deref().map_or_else(
        || wording::line_kind(line.kind, lang).to_owned(),
        |name| shortened(&harmless(name), NAME_WIDTH),
    );
    let unit = line.unit.as_deref().map(|unit| format!(" {}", harmless(unit))).unwrap_or_default();
    let mut text = format!(
        "{name}: {}{unit} × {}",
        wording::measure(line.quantity, lang),
        wording::measure(line.price, lang)
    );
    if line.insured_price != line.price {
        let price = wording::measure(line.insured_price, lang);
        text.push_str(&format!(" ({} {price})", lang.say("giá BH", "insured")));
    }
    for (name, ratio) in [
        (lang.say("dịch vụ", "service"), line.service_ratio),
        (lang.say("danh mục", "list"), line.list_ratio),
    ] {
        if ratio != Share::WHOLE {
            text.push_str(&format!(", {name} {}", wording::share(ratio, lang)));
        }
    }
    if let Some(package) = &line.package {
        text.push_str(&format!(", {}", harmless(package)));
    }
    let level = wording::share(line.benefit_share, lang);
    let mut days = wording::date(line.from, lang);
    if line.until > line.from {
        days.push_str(&format!(" – {}", wording::date(line.until, lang)));
    }
    text.push_str(&format!("; {days} {}", lang.say("hưởng", "at")));
    format!("{text} {level}")
}

fn money_row(amounts: &Amounts, lang: Lang) -> Vec<String> {
    let columns =
        [amounts.hospital, amounts.covered, amounts.fund, amounts.copayment, amounts.other, amounts.own];
    columns.map(|amount| wording::number(amount, lang)).to_vec()
}

/// The totals block of the form, rounded to whole đồng.
fn totals(outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let bill = bill::rounded(outcome, rules);
    let rows: Vec<Vec<String>> = total_rows(&bill, lang)
        .into_iter()
        .map(|(name, amount)| vec![name.to_owned(), wording::money(amount, lang)])
        .collect();
    table(&rows, &[Lean::Left, Lean::Right])
}

/// Names and amounts of the totals block.
pub fn total_rows(bill: &Amounts, lang: Lang) -> Vec<(&'static str, crate::terms::money::Vnd)> {
    vec![
        (lang.say("Tổng chi phí (làm tròn đến đồng)", "Total cost (rounded to the đồng)"), bill.hospital),
        (lang.say("  trong phạm vi bảo hiểm y tế", "  covered"), bill.covered),
        (lang.say("Quỹ bảo hiểm y tế thanh toán", "Paid by the fund"), bill.fund),
        (lang.say("Người bệnh trả", "Paid by the patient"), bill.copayment + bill.own),
        (lang.say("  cùng chi trả", "  co-payment"), bill.copayment),
        (lang.say("  tự trả", "  own payment"), bill.own),
        (lang.say("Nguồn khác", "Other sources"), bill.other),
    ]
}

/// The articles behind the figures, each once.
pub fn legal_basis(outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let mut seen: Vec<String> = Vec::new();
    for (rule, _) in rules_of(&outcome.trace) {
        for text in cites(rule, rules, lang).split("; ").map(str::to_owned) {
            if !text.is_empty() && !seen.contains(&text) {
                seen.push(text);
            }
        }
    }
    format!("{}: {}", lang.say("Căn cứ", "Legal basis"), seen.join("; "))
}
