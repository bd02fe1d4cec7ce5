//! Báo cáo giám định: the summary by rule, month and department, the first findings, what could not be read, the sums.

use super::audit_details::month;
use crate::audit::figure::Figure as Amount;
use crate::audit::finding::{Finding, Severity};
use crate::audit::redact::Redaction;
use crate::audit::run::AuditedClaim;
use crate::audit::summary::{AuditSummary, CheckTally};
use crate::render::audit_json::{forgotten, place};
use crate::render::audit_words as words;
use crate::render::catalogue;
use crate::render::chart::{Bar, two_sided};
use crate::render::page::{Block, Cell, Column, NamedFigure, Narrow, On, Page, Paper, Table, TextLine, Tone};
use crate::render::text;
use crate::render::wording::{self, Lang, harmless};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;

/// Findings listed one by one on a sheet; all of them are in the other formats.
pub const LISTED: usize = 500;

/// Unreadable files and claims named one by one on a screen.
const UNREADABLE_SHOWN: usize = 10;

/// Rows of a table of months or departments, and bars of a chart.
const ROWS: usize = 40;
const BARS: usize = 24;

/// Columns of the rules that always fit a screen: code, counts, the fund's money.
const NARROW: usize = 5;

/// The report; `rows` are the findings that a sheet lists.
pub fn page(
    summary: &AuditSummary,
    rows: Vec<Vec<Cell>>,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Page {
    let mut page = summary_page(summary, redaction, lang);
    let listed = rows.len();
    if listed > 0 {
        page.add_on(On::Sheet, findings(rows, lang));
    }
    if listed > 0 && summary.findings() > listed as u64 {
        let text = format!(
            "{} {listed} / {}; {}",
            lang.say("Liệt kê", "Listed"),
            summary.findings(),
            lang.say("đầy đủ ở dạng xlsx, csv, jsonl.", "all of them in xlsx, csv, jsonl."),
        );
        page.add_on(On::Sheet, TextLine::new(text).tone(Tone::Small));
    }
    unreadable(&mut page, summary, redaction);
    undecided(&mut page, summary);
    page.gap();
    page.add(control(summary, lang));
    if !summary.compared.is_empty() {
        page.gap();
        page.add(beside_a_table(summary, lang));
    }
    page.footer(rules);
    page
}

/// Counts and money by rule, month and department: what the first sheet of a workbook shows.
pub fn summary_page(summary: &AuditSummary, redaction: &Redaction, lang: Lang) -> Page {
    let title = lang.say("Giám định hồ sơ khám bệnh, chữa bệnh BHYT", "Audit of health insurance claims");
    let mut page = Page::new(Paper::Wide, title, "", lang);
    headline_lines(summary, redaction, lang).into_iter().for_each(|line| page.add_on(On::Screen, line));
    page.add_on(On::Sheet, Block::Cards(cards(summary, lang)));
    if let Some(claims) = &summary.forgotten {
        let problem = forgotten(claims, redaction);
        let line = format!("{}: {}", problem.code, catalogue::message(&problem, lang));
        page.add_on(On::Sheet, TextLine::new(line).tone(Tone::Frame));
        page.add_on(On::Sheet, TextLine::new(catalogue::hint(&problem, lang)).tone(Tone::Small));
    }
    if summary.findings() == 0 {
        return page;
    }
    page.gap();
    page.add(by_rule(summary, lang));
    page.gap();
    for (check, _) in summary.by_money() {
        let example = summary.examples.get(check.code).and_then(|examples| examples.first());
        let example = harmless(&example.map(|example| redaction.file(example)).unwrap_or_default());
        let line = format!("{} {} ({example})", check.number(), lang.pick(check.title));
        page.add_on(On::Screen, TextLine::new(line).inset(2, 6));
    }
    page.gap();
    page.add_on(On::Screen, Block::Figures(money(&summary.total(), lang)));
    let rules = summary.by_money();
    let bars = bars(rules.iter().map(|(check, tally)| (check.number().to_owned(), *tally)), lang);
    chart(&mut page, lang.say("Tiền quỹ chênh theo quy tắc (đ)", "Fund difference by rule (đ)"), &bars);
    let months = || summary.months.iter().map(|(key, tally)| (month(Some(*key)), tally));
    page.add_on(
        On::Sheet,
        tallies(lang.say("Theo tháng ra viện", "By month of discharge"), months(), ROWS, lang),
    );
    let title = lang.say("Tiền quỹ chênh theo tháng (đ)", "Fund difference by month (đ)");
    chart(&mut page, title, &self::bars(months(), lang));
    let departments = summary.departments.iter().map(|(key, tally)| (key.clone(), tally));
    page.add_on(On::Sheet, tallies(lang.say("Theo khoa", "By department"), departments, ROWS, lang));
    page
}

/// How many files and claims, and how many of them agree, as text.
pub fn headline(summary: &AuditSummary, redaction: &Redaction, lang: Lang) -> String {
    headline_lines(summary, redaction, lang).iter().map(text::line).collect()
}

fn headline_lines(summary: &AuditSummary, redaction: &Redaction, lang: Lang) -> Vec<TextLine> {
    let number = |number: u64| count(number, lang);
    let mut lines = vec![TextLine::new(format!(
        "{} {}, {} {}, {} {}",
        number(summary.files),
        lang.say("tệp", "files"),
        number(summary.claims),
        lang.say("hồ sơ", "claims"),
        number(summary.lines),
        lang.say("dòng", "lines"),
    ))];
    let mut say = |text: String| lines.push(TextLine::new(text).inset(2, 4));
    let mark = if summary.agreeing > 0 { '✔' } else { '-' };
    say(format!("{mark} {} {}", number(summary.agreeing), lang.say("hồ sơ khớp", "claims agree")));
    if summary.to_ask > 0 {
        say(format!(
            "? {} {}",
            number(summary.to_ask),
            lang.say("hồ sơ cần hỏi", "claims to be asked about")
        ));
    }
    if summary.wrong > 0 {
        say(format!("✖ {} {}", number(summary.wrong), lang.say("hồ sơ sai", "claims are wrong")));
    }
    if summary.findings() > 0 {
        say(format!(
            "  {} {} ({})",
            number(summary.findings()),
            lang.say("phát hiện", "findings"),
            severities(summary, lang),
        ));
    }
    if summary.answered.0 > 0 {
        say(format!(
            "✔ {} {}",
            number(summary.answered.0),
            lang.say("câu hỏi đã có trả lời", "questions answered")
        ));
    }
    if summary.answered.1 > 0 {
        let what = lang.say("câu trả lời không ứng với câu hỏi nào", "answers fit no question");
        say(format!("! {} {what}", number(summary.answered.1)));
        summary.answers_left.iter().for_each(|answer| say(format!("    {}", harmless(answer))));
        if summary.answered.1 > summary.answers_left.len() as u64 {
            say("    …".to_owned());
        }
    }
    let apart = summary.compared.iter().filter(|sum| !sum.difference(summary.claims).is_zero()).count();
    if apart > 0 {
        let what = lang.say("tổng của bảng khác tổng các hồ sơ", "sums of the table differ from the claims");
        say(format!("! {} {what}", number(apart as u64)));
    }
    if summary.unreadable > 0 {
        let what = lang.say("tệp hoặc hồ sơ không đọc được", "files or claims unreadable");
        say(format!("! {} {what}", number(summary.unreadable)));
    }
    if let Some(claims) = &summary.forgotten {
        let problem = forgotten(claims, redaction);
        say(format!("! {}: {}", problem.code, catalogue::message(&problem, lang)));
        say(format!("  {}", catalogue::hint(&problem, lang)));
    }
    lines
}

/// `12.345`.
fn count(number: u64, lang: Lang) -> String {
    wording::number(Vnd::whole(i64::try_from(number).unwrap_or(i64::MAX / 200)), lang)
}

fn counted(number: u64, lang: Lang) -> Cell {
    Cell::number(count(number, lang), number)
}

fn severities(summary: &AuditSummary, lang: Lang) -> String {
    let parts: Vec<String> = Severity::ALL
        .iter()
        .zip(summary.severities)
        .filter(|(_, found)| *found > 0)
        .map(|(severity, found)| format!("{} {}", count(found, lang), words::severity(*severity, lang)))
        .collect();
    parts.join(", ")
}

/// Đồng without decimals; nothing stands as a dash.
fn dong(figure: Amount, lang: Lang) -> Cell {
    let shown =
        if figure.is_zero() { "–".to_owned() } else { wording::number(figure.rounded_to_dong(), lang) };
    Cell::number(shown, figure)
}

/// `trả thiếu 232.500`: the way in a word, the amount without a sign.
fn sided(figure: Amount, lang: Lang) -> Cell {
    dong(figure, lang).sided(lang.pick([["trả thừa", "trả thiếu"], ["over", "under"]]))
}

fn cards(summary: &AuditSummary, lang: Lang) -> Vec<NamedFigure> {
    let total = summary.total();
    let counts = [
        (lang.say("hồ sơ", "claims"), summary.claims),
        (lang.say("khớp", "agree"), summary.agreeing),
        (lang.say("cần hỏi", "to be asked"), summary.to_ask),
        (lang.say("sai", "wrong"), summary.wrong),
        (lang.say("phát hiện", "findings"), summary.findings()),
        (lang.say("không đọc được", "unreadable"), summary.unreadable),
    ];
    let amounts = [
        (lang.say("quỹ trả thừa (đ)", "fund overpaid (đ)"), total.fund_over),
        (lang.say("quỹ trả thiếu (đ)", "fund underpaid (đ)"), total.fund_under.abs()),
        (lang.say("người bệnh trả thừa (đ)", "patients overcharged (đ)"), total.patient_over),
        (lang.say("người bệnh trả thiếu (đ)", "patients undercharged (đ)"), total.patient_under.abs()),
        (lang.say("quỹ: đang hỏi (đ)", "fund: asked about (đ)"), total.asked),
    ];
    let counts = counts.into_iter().map(|(name, number)| NamedFigure::new(name, counted(number, lang)));
    counts
        .chain(amounts.into_iter().map(|(name, amount)| NamedFigure::new(name, dong(amount, lang))))
        .collect()
}

/// Counts and money of a tally, and the heads over them; the head says which way, so that the amount has no sign.
fn tally_heads(lang: Lang) -> [Column; 7] {
    let column = |wide: [&'static str; 2], narrow: [&'static str; 2]| {
        Column::numbers(lang.pick(wide)).short(lang.pick(narrow))
    };
    [
        column(["Phát hiện", "Findings"], ["Số", "No."]),
        column(["Hồ sơ", "Claims"], ["Hồ sơ", "Claims"]),
        column(["Quỹ trả thừa", "Fund over"], ["Quỹ thừa", "Fund over"]),
        column(["Quỹ trả thiếu", "Fund under"], ["Quỹ thiếu", "Fund under"]),
        column(["Người bệnh trả thừa", "Patient over"], ["Người bệnh thừa", "Pat. over"]),
        column(["Người bệnh trả thiếu", "Patient under"], ["Người bệnh thiếu", "Pat. under"]),
        column(["Quỹ: đang hỏi", "Fund: asked"], ["Đang hỏi", "Asked"]),
    ]
}

fn tally_cells(tally: &CheckTally, lang: Lang) -> [Cell; 7] {
    [
        counted(tally.findings, lang),
        counted(tally.claims, lang),
        dong(tally.fund_over, lang),
        dong(tally.fund_under.abs(), lang),
        dong(tally.patient_over, lang),
        dong(tally.patient_under.abs(), lang),
        dong(tally.asked, lang),
    ]
}

fn by_rule(summary: &AuditSummary, lang: Lang) -> Table {
    let mut columns = vec![
        Column::words(lang.say("Mã", "Code")),
        Column::words(lang.say("Quy tắc", "Rule")).on(On::Sheet),
        Column::words(lang.say("Mức độ", "Severity")).on(On::Sheet),
    ];
    columns.extend(tally_heads(lang));
    let mut table = Table::new(columns).titled(lang.say("Theo quy tắc", "By rule"));
    // Sums of a province leave no room for the patients' columns; theirs stand in the totals below.
    table.narrow = Narrow::First(NARROW);
    for (check, tally) in summary.by_money() {
        let mut row = vec![
            Cell::text(check.number()),
            Cell::text(lang.pick(check.title)),
            Cell::Marked(words::severity(check.severity, lang).to_owned(), check.severity.key()),
        ];
        row.extend(tally_cells(tally, lang));
        table.row(row);
    }
    let mut row = vec![Cell::text(lang.say("Cộng", "Total")), Cell::blank(), Cell::blank()];
    row.extend(tally_cells(&summary.total(), lang));
    table.sum(row);
    table
}

fn money(total: &CheckTally, lang: Lang) -> Vec<NamedFigure> {
    let sum = |vi, en, figure: Amount| NamedFigure::new(lang.say(vi, en), dong(figure, lang));
    vec![
        sum("Quỹ trả thừa", "The fund pays too much", total.fund_over),
        sum("Quỹ trả thiếu", "The fund pays too little", total.fund_under.abs()),
        sum("Người bệnh trả thừa", "Patients pay too much", total.patient_over),
        sum("Người bệnh trả thiếu", "Patients pay too little", total.patient_under.abs()),
        sum("Quỹ: số tiền đang hỏi", "The fund: asked about", total.asked),
    ]
}

/// One row a name, as many as there is room for.
pub fn tallies<'t>(
    title: &str,
    rows: impl Iterator<Item = (String, &'t CheckTally)>,
    room: usize,
    lang: Lang,
) -> Table {
    let mut columns = vec![Column::words("")];
    columns.extend(tally_heads(lang));
    let mut table = Table::new(columns).titled(title);
    let mut left = 0;
    for (at, (name, tally)) in rows.enumerate() {
        if at >= room {
            left += 1;
            continue;
        }
        let mut row = vec![Cell::text(if name.is_empty() { "–".to_owned() } else { name })];
        row.extend(tally_cells(tally, lang));
        table.row(row);
    }
    say_left(&mut table, left);
    table
}

fn bars<'t>(rows: impl Iterator<Item = (String, &'t CheckTally)>, lang: Lang) -> Vec<Bar> {
    let side = |figure: Amount| (figure.abs().millionths(), dong(figure.abs(), lang).shown(false));
    rows.filter(|(_, tally)| !tally.fund_over.is_zero() || !tally.fund_under.is_zero())
        .take(BARS)
        .map(|(name, tally)| Bar { name, right: side(tally.fund_over), left: side(tally.fund_under) })
        .collect()
}

/// Bars to the right for money paid too much, to the left for money paid too little.
fn chart(page: &mut Page, title: &str, bars: &[Bar]) {
    let lang = page.lang;
    let sides = [lang.say("trả thiếu", "paid too little"), lang.say("trả thừa", "paid too much")];
    if let Some(picture) = two_sided(title, sides, bars) {
        page.add_on(On::Sheet, TextLine::heading(title));
        page.add_on(On::Sheet, Block::Picture(picture));
    }
}

/// The findings of a claim for the sheet, as many as there is room for.
pub fn rows(
    claim: &AuditedClaim,
    room: usize,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Vec<Vec<Cell>> {
    let row = |finding: &Finding| {
        let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        vec![
            Cell::Noted(place(&claim.file, Some(claim.number), redaction), redaction.id(&claim.id)),
            Cell::Marked(finding.check.number().to_owned(), finding.severity.key()),
            Cell::text(format!("{}{line}", finding.part)),
            Cell::text(words::message(finding, lang)),
            sided(finding.fund, lang),
            sided(finding.patient, lang),
            Cell::Marked(words::cites(finding, rules, lang), "small"),
        ]
    };
    claim.findings.iter().take(room).map(row).collect()
}

fn findings(rows: Vec<Vec<Cell>>, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Hồ sơ", "Claim")),
        Column::words(lang.say("Mã", "Code")),
        Column::words(lang.say("Chỗ", "Place")),
        Column::words(lang.say("Nội dung", "What")),
        Column::numbers(lang.say("Quỹ (đ)", "Fund (đ)")),
        Column::numbers(lang.say("Người bệnh (đ)", "Patient (đ)")),
        Column::words(lang.say("Căn cứ", "Basis")),
    ])
    .titled(lang.say("Phát hiện", "Findings"));
    rows.into_iter().for_each(|row| table.row(row));
    table
}

/// Some lines on a screen, all that was kept on a sheet.
fn unreadable(page: &mut Page, summary: &AuditSummary, redaction: &Redaction) {
    let lang = page.lang;
    if summary.unreadable == 0 {
        return;
    }
    page.gap();
    for (file, claim, problem) in summary.unreadable_kept.iter().take(UNREADABLE_SHOWN) {
        let place = place(file, *claim, redaction);
        let line = format!("! {place}: {} {}", problem.code, catalogue::message(problem, lang));
        page.add_on(On::Screen, TextLine::new(line).inset(2, 4));
    }
    let more = summary.unreadable.saturating_sub(UNREADABLE_SHOWN as u64);
    if more > 0 {
        let line = format!("! … {} {}", count(more, lang), lang.say("nữa", "more"));
        page.add_on(On::Screen, TextLine::new(line).inset(2, 4));
    }
    page.add_on(On::Sheet, unreadable_table(summary, redaction, lang));
}

/// What could not be read, and why.
pub fn unreadable_table(summary: &AuditSummary, redaction: &Redaction, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Tệp", "File")),
        Column::words(lang.say("Mã", "Code")),
        Column::words(lang.say("Lý do", "Why")),
    ])
    .titled(lang.say("Không đọc được", "Unreadable"));
    for (file, claim, problem) in &summary.unreadable_kept {
        table.row(vec![
            Cell::text(place(file, *claim, redaction)),
            Cell::text(problem.code.as_str()),
            Cell::text(catalogue::message(problem, lang)),
        ]);
    }
    say_left(&mut table, summary.unreadable.saturating_sub(summary.unreadable_kept.len() as u64));
    table
}

/// How many rows there would be more.
fn say_left(table: &mut Table, left: u64) {
    if left > 0 {
        let mut row = vec![Cell::blank(); table.columns.len()];
        row[0] = Cell::text(format!("… +{left}"));
        table.row(row);
    }
}

fn undecided(page: &mut Page, summary: &AuditSummary) {
    let lang = page.lang;
    if !summary.undecided.is_empty() {
        page.gap();
    }
    for (code, claims) in &summary.undecided {
        let line = format!(
            "? {} {} {}: {}",
            count(*claims, lang),
            lang.say("hồ sơ", "claims"),
            lang.say("chưa xét được mức hưởng theo luật", "whose share the law could not decide"),
            words::undecided(*code, lang),
        );
        page.add(TextLine::new(line).inset(2, 4).tone(Tone::Small));
    }
}

/// Field, declared, replayed.
fn sums(summary: &AuditSummary) -> [(&'static str, Amount, Amount); 6] {
    let (declared, replayed) = (&summary.declared, &summary.replayed);
    [
        ("T_TONGCHI_BV", declared.hospital, replayed.hospital),
        ("T_TONGCHI_BH", declared.covered, replayed.covered),
        ("T_BHTT", declared.fund, replayed.fund),
        ("T_BNCCT", declared.copayment, replayed.copayment),
        ("T_BNTT", declared.own, replayed.own),
        ("T_NGUONKHAC", declared.other, replayed.other),
    ]
}

/// The sums that prove that nothing was lost.
pub fn control(summary: &AuditSummary, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Tổng cả đợt", "Sums")),
        Column::numbers(lang.say("Khai", "Declared")),
        Column::numbers(lang.say("Tính lại", "Replayed")),
        Column::numbers(lang.say("Chênh", "Difference")),
    ])
    .titled(lang.say("Đối chiếu tổng số (đ)", "Control totals (đ)"));
    for (tag, declared, replayed) in sums(summary) {
        let difference = dong(declared - replayed, lang)
            .sided(lang.pick([["khai thừa", "khai thiếu"], ["over", "under"]]));
        table.row(vec![Cell::text(tag), dong(declared, lang), dong(replayed, lang), difference]);
    }
    table
}

/// Đối chiếu với bảng: the sums of a table of the month beside those of the claim files.
fn beside_a_table(summary: &AuditSummary, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Cột", "Column")),
        Column::numbers(lang.say("Bảng", "Table")),
        Column::numbers(lang.say("Hồ sơ", "Claims")),
        Column::numbers(lang.say("Chênh", "Difference")),
    ])
    .titled(lang.say("Đối chiếu với bảng (đ)", "Beside the table (đ)"));
    for sum in &summary.compared {
        let difference = dong(sum.difference(summary.claims), lang)
            .sided(lang.pick([["bảng thừa", "bảng thiếu"], ["table over", "table under"]]));
        table.row(vec![Cell::text(sum.column), dong(sum.table, lang), dong(sum.files, lang), difference]);
    }
    table
}
