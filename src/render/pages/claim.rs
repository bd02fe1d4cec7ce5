//! Bảng kê của một lượt khám: what the fund, the patient and others pay, in the sections of form 01/KBCB.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::bill::{self, BillItem, Money, OTHERS, PACKAGES};
use crate::case::claim::ClaimCase;
use crate::engine::claim::reimbursement::{ItemAmounts, LineOutcome, Reimbursement};
use crate::engine::trace::rules_of;
use crate::render::explain::cites;
use crate::render::layout::shortened;
use crate::render::page::{Block, Cell, NamedFigure, Page, Paper, Table, TextLine, Tone};
use crate::render::provision;
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::care::LineKind;
use crate::terms::listed::Listed;
use crate::terms::number::{Share, Vnd};

/// Longest name of a line on a screen.
const NAME_WIDTH: usize = 40;

/// The whole bill.
pub fn page(case: &ClaimCase, outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = Page::new(
        Paper::Form,
        lang.say("Bảng kê chi phí khám bệnh, chữa bệnh", "Bill of a visit"),
        lang.say(
            "BẢNG KÊ CHI PHÍ KHÁM BỆNH, CHỮA BỆNH (theo mẫu 01/KBCB)",
            "BILL OF A VISIT (after form 01/KBCB)",
        ),
        lang,
    );
    page.form = Some(lang.say("Theo mẫu 01/KBCB", "After form 01/KBCB").to_owned());
    let stamp = lang
        .say("Bản tính lại, không thay thế bảng kê của cơ sở", "A recalculation, not the facility's bill");
    page.stamp = Some(stamp.to_owned());
    page.add(TextLine::new(headline(case, outcome, rules, lang)));
    page.add(TextLine::new(levels(outcome, lang)).tone(Tone::Strong));
    page.gap();
    if !outcome.lines.is_empty() {
        page.add(bill::table(&cards(outcome, rules, lang), outcome.total, lang));
        page.gap();
    }
    page.add(Block::Figures(totals(&rounded(outcome, rules), lang)));
    let apart = apart(case, outcome, lang);
    if !apart.is_empty() {
        page.gap();
        page.add(Block::Figures(apart));
    }
    page.gap();
    page.add(TextLine::new(legal_basis(outcome, rules, lang)).tone(Tone::Small));
    page.notes(&outcome.notices);
    page.footer(rules);
    page.data = Some(data(outcome));
    page
}

/// What is paid in another way than by the fund to the facility.
fn apart(case: &ClaimCase, outcome: &Reimbursement, lang: Lang) -> Vec<NamedFigure> {
    let rows = [
        (
            ["Trong đó trả trực tiếp cho người bệnh", "Of the fund's part, paid to the patient"],
            Some(outcome.direct_payment).filter(|amount| !amount.is_zero()),
        ),
        (
            ["Người sử dụng lao động phải hoàn trả", "To be paid back by the employer"],
            outcome.employer_refund,
        ),
        (
            ["Khấu trừ của cơ sở", "Deducted from the facility"],
            Some(outcome.facility_deduction).filter(|amount| !amount.is_zero()),
        ),
    ];
    let figure = |([vi, en], amount): ([&'static str; 2], Option<Vnd>)| {
        amount.map(|amount| NamedFigure::new(lang.say(vi, en), Cell::money(amount, lang)))
    };
    let mut found: Vec<NamedFigure> = rows.into_iter().filter_map(figure).collect();
    let beside = &outcome.beside;
    let payers = [
        (["Ngân sách nhà nước trả", "Paid by the state budget"], &beside.state_budget),
        (["Địa phương hỗ trợ", "Local support"], &beside.local_support),
    ];
    for ([vi, en], extras) in payers {
        found.extend(extras.iter().map(|extra| {
            let name = format!("{}: {}", lang.say(vi, en), wording::extra(extra.part, lang));
            NamedFigure::new(name, Cell::money(extra.amount, lang))
        }));
    }
    let over_new_year = case.admitted.year() != case.discharged.year();
    if let Some(year) = beside.booking_year.filter(|_| over_new_year) {
        let name =
            match case.beside.contract_renewed {
                Some(true) => lang
                    .say("Tính vào chi phí năm (hợp đồng tiếp tục)", "Booked to the year (contract goes on)"),
                Some(false) => lang
                    .say("Tính vào chi phí năm (hợp đồng kết thúc)", "Booked to the year (contract ended)"),
                None => lang.say(
                    "Tính vào chi phí năm (coi như hợp đồng tiếp tục)",
                    "Booked to the year (if the contract goes on)",
                ),
            };
        found.push(NamedFigure::new(name, Cell::text(year.to_string())));
    }
    found
}

/// Who, when and how.
fn headline(case: &ClaimCase, outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let cards: Vec<String> = case.cards.iter().map(|card| group(&card.group, rules, lang)).collect();
    let mut parts = vec![cards.join(" + ")];
    let (from, until) = (wording::date(case.admitted, lang), wording::date(case.discharged, lang));
    parts.push(if from == until { from } else { format!("{from} – {until}") });
    parts.extend(case.visit.setting.map(|setting| wording::setting(setting, lang).to_owned()));
    let code = |code: &String| format!("{} {}", lang.say("mã đến khám", "visit code"), harmless(code));
    parts.extend(case.visit.code.as_ref().map(code));
    parts.extend(case.visit.route.map(|route| wording::route(route, lang).to_owned()));
    if outcome.governed_by != case.discharged {
        let day = wording::date(outcome.governed_by, lang);
        parts.push(format!("{} {day}", lang.say("theo quy định ngày", "by the rules of")));
    }
    parts.join("; ")
}

/// Name and code of a group.
fn group(id: &str, rules: &Rulebook, lang: Lang) -> String {
    rules.group(id).map_or_else(
        || id.to_owned(),
        |group| format!("{} ({})", lang.pick([&group.name_vi, &group.name_en]), group.code()),
    )
}

/// Mức hưởng × tỷ lệ, and why.
fn levels(outcome: &Reimbursement, lang: Lang) -> String {
    let levels: BTreeSet<Share> =
        outcome.lines.iter().filter(|line| line.group.is_some()).map(|line| line.level).collect();
    let level = match (levels.first(), levels.last()) {
        // Cards of different levels, or an exemption inside the visit: no one level is that of the bill.
        (Some(least), Some(most)) if least != most => {
            format!("{} – {}", wording::share(*least, lang), wording::share(*most, lang))
        }
        _ => wording::share(outcome.benefit_level, lang),
    };
    let mut text = format!(
        "{} {level} × {} {}",
        lang.say("Mức hưởng", "Level"),
        lang.say("tỷ lệ", "network rate"),
        wording::share(outcome.network_rate, lang),
    );
    if outcome.network_rule.starts_with(|first: char| first.is_ascii_digit()) {
        text.push_str(&format!(" ({})", provision::places(&outcome.network_rule, lang)));
    }
    if let Some(product) = outcome.benefit_level.times(outcome.network_rate)
        && outcome.network_rate != Share::WHOLE
        && levels.len() < 2
    {
        text.push_str(&format!(" = {}", wording::share(product, lang)));
    }
    if let Some(relief) = outcome.relief {
        text.push_str(&format!("; {}", wording::relief(relief, lang)));
    }
    text
}

impl Money for ItemAmounts {
    const SUMS: [[&'static str; 2]; 2] =
        [["  Cộng mục", "  Sum of the section"], ["Cộng thẻ", "Sum of the card"]];

    fn plus(self, more: ItemAmounts) -> ItemAmounts {
        ItemAmounts::plus(self, more)
    }

    fn cells(self, lang: Lang) -> [Cell; 6] {
        [self.hospital, self.covered, self.fund, self.copayment, self.other, self.own]
            .map(|amount| Cell::amount(amount, lang))
    }
}

/// Blocks by card, in the order in which the cards come into force.
fn cards(outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> Vec<bill::BillCard<ItemAmounts>> {
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
        bill::BillCard {
            heading: is_divided.then(|| card_heading(card, &own, rules, lang)),
            items: own.into_iter().map(|line| item(line, lang)).collect(),
        }
    };
    cards.into_iter().map(block).collect()
}

/// `Thẻ HN · Hộ nghèo: từ 01/08/2026, mức hưởng 100%`.
fn card_heading(card: Option<&str>, lines: &[&LineOutcome], rules: &Rulebook, lang: Lang) -> String {
    let (Some(card), Some(first)) = (card, lines.iter().min_by_key(|line| line.from)) else {
        return lang.say("Không có thẻ còn giá trị", "No valid card").to_owned();
    };
    format!(
        "{} {}: {} {}, {} {}",
        lang.say("Thẻ", "Card"),
        group(card, rules, lang),
        lang.say("từ", "from"),
        wording::date(first.from, lang),
        lang.say("mức hưởng", "level"),
        wording::share(first.level, lang),
    )
}

fn item(line: &LineOutcome, lang: Lang) -> BillItem<ItemAmounts> {
    let name = line.name.clone().unwrap_or_else(|| wording::line_kind(line.kind, lang).to_owned());
    let package = line.package.as_ref().map(|package| format!(", {package}")).unwrap_or_default();
    let level = wording::share(line.benefit_share, lang);
    let measure = |measure| Cell::number(wording::measure(measure, lang), measure);
    let percent = |share: Share| {
        let digits = |text: String| text.replace('%', "");
        Cell::number(digits(wording::share(share, lang)), digits(share.to_string()).as_str())
    };
    BillItem {
        section: section_of(line),
        label: label(line, lang),
        columns: [
            Cell::Noted(name, format!("({}{package}; {level}{})", days(line, lang), before_card(line, lang))),
            Cell::text(line.unit.as_deref().unwrap_or_default()),
            measure(line.quantity),
            measure(line.price),
            measure(line.insured_price),
            percent(line.service_ratio),
            percent(line.list_ratio),
        ],
        money: line.amounts,
    }
}

fn days(line: &LineOutcome, lang: Lang) -> String {
    let from = wording::date(line.from, lang);
    if line.until > line.from { format!("{from} – {}", wording::date(line.until, lang)) } else { from }
}

/// Columns 1 to 6 and 8 of the form: content, unit, quantity, prices, ratios; then what was applied.
fn label(line: &LineOutcome, lang: Lang) -> String {
    let name = line.name.as_deref().map_or_else(
        || wording::line_kind(line.kind, lang).to_owned(),
        |name| shortened(&harmless(name), NAME_WIDTH),
    );
    let unit = line.unit.as_deref().map(|unit| format!(" {}", harmless(unit))).unwrap_or_default();
    let (quantity, price) = (wording::measure(line.quantity, lang), wording::measure(line.price, lang));
    let mut text = format!("{name}: {quantity}{unit} × {price}");
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
    let before = before_card(line, lang);
    format!("{text}; {} {} {level}{before}", days(line, lang), lang.say("hưởng", "at"))
}

/// Marks what was used before the card was shown.
const fn before_card(line: &LineOutcome, lang: Lang) -> &'static str {
    if line.before_card { lang.say(", trước khi trình thẻ", ", before the card") } else { "" }
}

/// The section of a line, as the form numbers them.
const fn section_of(line: &LineOutcome) -> u32 {
    match line.kind {
        LineKind::Exam => 1,
        LineKind::Bed => 2,
        LineKind::Laboratory => 3,
        LineKind::Imaging => 4,
        LineKind::FunctionTest => 5,
        LineKind::Surgery | LineKind::Procedure => 6,
        LineKind::Blood => 7,
        LineKind::Drug => 8,
        LineKind::Supply if line.package.is_none() => 9,
        LineKind::Supply => PACKAGES,
        LineKind::Transport => 11,
        LineKind::Other => OTHERS,
    }
}

/// Tổng cộng làm tròn đến đồng: fund, co-payment and other sources rounded, own payment what is left.
pub fn rounded(outcome: &Reimbursement, rules: &Rulebook) -> ItemAmounts {
    let Ok(version) = rules.benefit.claim_rounding.at(outcome.governed_by) else { return outcome.total };
    let round = |amount: Vnd| amount.exact().round(version.value.bill).unwrap_or(amount);
    let total = outcome.total;
    let (hospital, covered) = (round(total.hospital), round(total.covered));
    let (fund, copayment, other) = (round(total.fund), round(total.copayment), round(total.other));
    let own = hospital - fund - copayment - other;
    if own.is_negative() {
        // The odd đồng of the roundings comes off the co-payment.
        return ItemAmounts { hospital, covered, fund, copayment: copayment + own, own: Vnd::ZERO, other };
    }
    ItemAmounts { hospital, covered, fund, copayment, own, other }
}

/// The totals block of the form, rounded to whole đồng.
fn totals(bill: &ItemAmounts, lang: Lang) -> Vec<NamedFigure> {
    let whole = |vi, en, amount| NamedFigure::new(lang.say(vi, en), Cell::money(amount, lang));
    let part = |vi, en, amount| NamedFigure::part(lang.say(vi, en), Cell::money(amount, lang));
    vec![
        whole("Tổng chi phí (làm tròn đến đồng)", "Total cost (rounded to the đồng)", bill.hospital),
        part("trong phạm vi bảo hiểm y tế", "covered", bill.covered),
        whole("Quỹ bảo hiểm y tế thanh toán", "Paid by the fund", bill.fund),
        whole("Người bệnh trả", "Paid by the patient", bill.copayment + bill.own),
        part("cùng chi trả", "co-payment", bill.copayment),
        part("tự trả", "own payment", bill.own),
        whole("Nguồn khác", "Other sources", bill.other),
    ]
}

/// The articles behind the figures, each once.
fn legal_basis(outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
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

/// A row a line and the total, with the keys of the JSON result.
fn data(outcome: &Reimbursement) -> Table {
    let mut table = Table::data(&[
        "line",
        "kind",
        "name",
        "from",
        "until",
        "group",
        "quantity",
        "price",
        "insured_price",
        "service_ratio",
        "list_ratio",
        "benefit_level",
        "benefit_share",
        "package",
        "hospital_cost",
        "covered_cost",
        "fund_payment",
        "copayment",
        "own_payment",
        "other_source",
    ]);
    let money = |amounts: &ItemAmounts| {
        [amounts.hospital, amounts.covered, amounts.fund, amounts.copayment, amounts.own, amounts.other]
            .map(Cell::exact)
    };
    let words = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    for line in &outcome.lines {
        let mut row = vec![
            Cell::exact(line.line),
            Cell::text(line.kind.key()),
            words(&line.name),
            Cell::text(line.from.to_string()),
            Cell::text(line.until.to_string()),
            words(&line.group),
            Cell::exact(line.quantity),
            Cell::exact(line.price),
            Cell::exact(line.insured_price),
            Cell::text(line.service_ratio.to_string()),
            Cell::text(line.list_ratio.to_string()),
            Cell::text(line.level.to_string()),
            Cell::text(line.benefit_share.to_string()),
            words(&line.package),
        ];
        row.extend(money(&line.amounts));
        table.row(row);
    }
    let mut row = vec![Cell::blank(), Cell::text("total")];
    row.resize(14, Cell::blank());
    row.extend(money(&outcome.total));
    table.sum(row);
    table
}
