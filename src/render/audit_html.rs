//! Giám định dạng HTML: summary, charts and the first findings in one file without any outside reference.

use std::fmt::Write as _;

use super::audit_csv::month;
use super::audit_json::place;
use super::audit_text::{dong, sum_heads, sums};
use super::audit_words as words;
use super::catalogue;
use super::page::footer;
use super::wording::{Lang, harmless};
use crate::audit::figure::Figure;
use crate::audit::finding::Severity;
use crate::audit::redact::Redaction;
use crate::audit::run::AuditedClaim;
use crate::audit::summary::{Summary, Tally};
use crate::rulebook::Rulebook;

/// Findings listed one by one; all of them are in the other formats.
pub const LISTED: usize = 500;

/// Rows of a summary table.
const ROWS: usize = 40;

const STYLE: &str = "@page{size:A4 landscape;margin:12mm}*{box-sizing:border-box}body{font:10.5pt/1.4 'Noto Sans','Segoe UI',Arial,sans-serif;color:#1a1a1a;margin:0 auto;max-width:1180px;padding:16px}h1{font-size:17pt;margin:0 0 4px}h2{font-size:12.5pt;margin:22px 0 6px}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:3px 8px;text-align:left;vertical-align:top}th{font-size:9pt;border-bottom:1.5px solid #333}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tr.sum td{font-weight:600;border-top:1.5px solid #333}.cards{display:flex;flex-wrap:wrap;gap:10px;margin:10px 0}.card{border:1px solid #bbb;padding:6px 12px;min-width:130px}.card b{display:block;font-size:15pt}.error{color:#9c1c1c}.warning{color:#8a5a00}.question{color:#1d4f91}.note{color:#555}.small{font-size:9pt;color:#444}svg{max-width:100%;height:auto}@media print{body{padding:0}h2{break-after:avoid}tr,svg,.card{break-inside:avoid}}";

/// A listed finding, already in words.
#[derive(Debug, Clone)]
pub struct Row {
    place: String,
    claim: String,
    code: &'static str,
    severity: Severity,
    at: String,
    message: String,
    cites: String,
    fund: String,
    patient: String,
}

/// The rows of a claim, as many as there is room for.
pub fn rows(
    claim: &AuditedClaim,
    room: usize,
    redaction: &Redaction,
    rules: &Rulebook,
    lang: Lang,
) -> Vec<Row> {
    let row = |finding: &crate::audit::finding::Finding| Row {
        place: place(&claim.file, Some(claim.number), redaction),
        claim: harmless(&redaction.id(&claim.id)),
        code: finding.check.number(),
        severity: finding.severity,
        at: format!("{}{}", finding.part, finding.line.map(|line| format!(":{line}")).unwrap_or_default()),
        message: words::message(finding, lang),
        cites: words::cites(finding, rules, lang),
        fund: dong(finding.fund, lang),
        patient: dong(finding.patient, lang),
    };
    claim.findings.iter().take(room).map(row).collect()
}

/// The page.
pub fn page(summary: &Summary, rows: &[Row], redaction: &Redaction, rules: &Rulebook, lang: Lang) -> String {
    let title = lang.say("Giám định hồ sơ khám bệnh, chữa bệnh BHYT", "Audit of health insurance claims");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        lang.say("vi", "en"),
    );
    out.push_str(&cards(summary, lang));
    out.push_str(&by_rule(summary, lang));
    out.push_str(&chart(
        lang.say("Tiền quỹ chênh theo quy tắc (đ)", "Fund difference by rule (đ)"),
        &bars(summary.by_money().into_iter().map(|(check, tally)| (check.number().to_owned(), tally))),
        lang,
    ));
    let months = summary.months.iter().map(|(key, tally)| (month(Some(*key)), tally));
    out.push_str(&section(lang.say("Theo tháng ra viện", "By month of discharge"), months.clone(), lang));
    out.push_str(&chart(
        lang.say("Tiền quỹ chênh theo tháng (đ)", "Fund difference by month (đ)"),
        &bars(months),
        lang,
    ));
    let departments = summary.departments.iter().map(|(key, tally)| (key.clone(), tally));
    out.push_str(&section(lang.say("Theo khoa", "By department"), departments, lang));
    out.push_str(&findings(summary, rows, lang));
    out.push_str(&unreadable(summary, redaction, lang));
    out.push_str(&run(summary, rules, lang));
    out + "</body>\n</html>\n"
}

/// Text between tags.
fn escape(text: &str) -> String {
    harmless(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn cards(summary: &Summary, lang: Lang) -> String {
    let total = summary.total();
    let number = |number: u64| dong(Figure::whole(i64::try_from(number).unwrap_or(0)), lang);
    let cards = [
        (lang.say("hồ sơ", "claims"), number(summary.claims)),
        (lang.say("khớp", "agree"), number(summary.agreeing)),
        (lang.say("phát hiện", "findings"), number(summary.findings())),
        (lang.say("không đọc được", "unreadable"), number(summary.unreadable)),
        (lang.say("quỹ trả thừa (đ)", "fund overpaid (đ)"), dong(total.fund_over, lang)),
        (lang.say("quỹ trả thiếu (đ)", "fund underpaid (đ)"), dong(total.fund_under, lang)),
        (lang.say("người bệnh trả thừa (đ)", "patients overcharged (đ)"), dong(total.patient_over, lang)),
        (lang.say("người bệnh trả thiếu (đ)", "patients undercharged (đ)"), dong(total.patient_under, lang)),
    ];
    let mut out = String::from("<div class=\"cards\">\n");
    for (name, value) in cards {
        let _ = writeln!(out, "<div class=\"card\"><b>{value}</b>{name}</div>");
    }
    out + "</div>\n"
}

fn heads(names: &[(&str, bool)]) -> String {
    let cells: String = names
        .iter()
        .map(|(name, number)| format!("<th{}>{name}</th>", if *number { " class=\"n\"" } else { "" }))
        .collect();
    format!("<table>\n<thead><tr>{cells}</tr></thead>\n")
}

fn money_cells(tally: &Tally, lang: Lang) -> String {
    let amounts = [tally.fund_over, tally.fund_under, tally.patient_over, tally.patient_under];
    amounts.iter().map(|amount| format!("<td class=\"n\">{}</td>", dong(*amount, lang))).collect()
}

fn money_heads(lang: Lang) -> [(&'static str, bool); 4] {
    [
        (lang.say("Quỹ trả thừa", "Fund over"), true),
        (lang.say("Quỹ trả thiếu", "Fund under"), true),
        (lang.say("Người bệnh trả thừa", "Patient over"), true),
        (lang.say("Người bệnh trả thiếu", "Patient under"), true),
    ]
}

fn by_rule(summary: &Summary, lang: Lang) -> String {
    let mut names = vec![
        (lang.say("Mã", "Code"), false),
        (lang.say("Quy tắc", "Rule"), false),
        (lang.say("Mức độ", "Severity"), false),
        (lang.say("Phát hiện", "Findings"), true),
        (lang.say("Hồ sơ", "Claims"), true),
    ];
    names.extend(money_heads(lang));
    let mut out = format!("<h2>{}</h2>\n{}", lang.say("Theo quy tắc", "By rule"), heads(&names));
    for (check, tally) in summary.by_money() {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td class=\"{}\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>{}</tr>",
            check.number(),
            escape(lang.pick(check.title)),
            check.severity.as_str(),
            words::severity(check.severity, lang),
            tally.findings,
            tally.claims,
            money_cells(tally, lang),
        );
    }
    let total = summary.total();
    let _ = writeln!(
        out,
        "<tr class=\"sum\"><td></td><td>{}</td><td></td><td class=\"n\">{}</td><td class=\"n\">{}</td>{}</tr>\n</table>",
        lang.say("Cộng", "Total"),
        total.findings,
        total.claims,
        money_cells(&total, lang),
    );
    out
}

fn section<'t>(title: &str, rows: impl Iterator<Item = (String, &'t Tally)>, lang: Lang) -> String {
    let mut names =
        vec![("", false), (lang.say("Phát hiện", "Findings"), true), (lang.say("Hồ sơ", "Claims"), true)];
    names.extend(money_heads(lang));
    let mut out = format!("<h2>{title}</h2>\n{}", heads(&names));
    for (name, tally) in rows.take(ROWS) {
        let name = if name.is_empty() { "–".to_owned() } else { escape(&name) };
        let _ = writeln!(
            out,
            "<tr><td>{name}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>{}</tr>",
            tally.findings,
            tally.claims,
            money_cells(tally, lang)
        );
    }
    out + "</table>\n"
}

/// A bar of a chart: name, overpaid, underpaid.
type Bar = (String, Figure, Figure);

fn bars<'t>(rows: impl Iterator<Item = (String, &'t Tally)>) -> Vec<Bar> {
    rows.map(|(name, tally)| (name, tally.fund_over, tally.fund_under))
        .filter(|(_, over, under)| !over.is_zero() || !under.is_zero())
        .take(24)
        .collect()
}

/// Width of the area of bars on each side of the middle line.
const HALF: i128 = 250;

/// Bars to the right for money paid too much, to the left for money paid too little.
fn chart(title: &str, bars: &[Bar], lang: Lang) -> String {
    let most = bars.iter().map(|(_, over, under)| over.abs().max(under.abs())).max().unwrap_or_default();
    if most.is_zero() {
        return String::new();
    }
    let width = |amount: Figure| {
        (amount.abs().millionths() * HALF / most.millionths()).max(i128::from(!amount.is_zero()))
    };
    let (middle, row, top) = (430_i128, 22, 26);
    let height = top + bars.len() * row + 6;
    let mut out = format!(
        "<h2>{title}</h2>\n<svg viewBox=\"0 0 880 {height}\" width=\"880\" height=\"{height}\" role=\"img\" aria-label=\"{title}\" font-family=\"sans-serif\" font-size=\"12\">\n<text x=\"{}\" y=\"14\" text-anchor=\"end\" fill=\"#1d4f91\">{}</text>\n<text x=\"{}\" y=\"14\" fill=\"#9c1c1c\">{}</text>\n",
        middle - 8,
        lang.say("trả thiếu", "paid too little"),
        middle + 8,
        lang.say("trả thừa", "paid too much"),
    );
    for (index, (name, over, under)) in bars.iter().enumerate() {
        let y = top + index * row;
        let text = y + 13;
        let (right, left) = (width(*over), width(*under));
        let _ = writeln!(out, "<text x=\"4\" y=\"{text}\">{}</text>", escape(name));
        if left > 0 {
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{y}\" width=\"{left}\" height=\"16\" fill=\"#1d4f91\"/><text x=\"{}\" y=\"{text}\" text-anchor=\"end\" fill=\"#333\">{}</text>",
                middle - left,
                middle - left - 4,
                dong(*under, lang),
            );
        }
        if right > 0 {
            let _ = writeln!(
                out,
                "<rect x=\"{middle}\" y=\"{y}\" width=\"{right}\" height=\"16\" fill=\"#9c1c1c\"/><text x=\"{}\" y=\"{text}\" fill=\"#333\">{}</text>",
                middle + right + 4,
                dong(*over, lang),
            );
        }
    }
    let _ = writeln!(
        out,
        "<line x1=\"{middle}\" y1=\"{}\" x2=\"{middle}\" y2=\"{height}\" stroke=\"#333\"/>\n</svg>",
        top - 6
    );
    out
}

fn findings(summary: &Summary, rows: &[Row], lang: Lang) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut out = format!("<h2>{}</h2>\n", lang.say("Phát hiện", "Findings"));
    if summary.findings() > rows.len() as u64 {
        let _ = writeln!(
            out,
            "<p class=\"small\">{} {} / {}; {}</p>",
            lang.say("Liệt kê", "Listed"),
            rows.len(),
            summary.findings(),
            lang.say("đầy đủ ở dạng xlsx, csv, jsonl.", "all of them in xlsx, csv, jsonl."),
        );
    }
    out.push_str(&heads(&[
        (lang.say("Hồ sơ", "Claim"), false),
        (lang.say("Mã", "Code"), false),
        (lang.say("Chỗ", "Place"), false),
        (lang.say("Nội dung", "What"), false),
        (lang.say("Quỹ (đ)", "Fund (đ)"), true),
        (lang.say("Người bệnh (đ)", "Patient (đ)"), true),
        (lang.say("Căn cứ", "Basis"), false),
    ]));
    for row in rows {
        let _ = writeln!(
            out,
            "<tr><td>{}<br><span class=\"small\">{}</span></td><td class=\"{}\">{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"small\">{}</td></tr>",
            escape(&row.place),
            escape(&row.claim),
            row.severity.as_str(),
            row.code,
            escape(&row.at),
            escape(&row.message),
            row.fund,
            row.patient,
            escape(&row.cites),
        );
    }
    out + "</table>\n"
}

fn unreadable(summary: &Summary, redaction: &Redaction, lang: Lang) -> String {
    if summary.unreadable_kept.is_empty() {
        return String::new();
    }
    let mut out = format!("<h2>{}</h2>\n", lang.say("Không đọc được", "Unreadable"));
    out.push_str(&heads(&[
        (lang.say("Tệp", "File"), false),
        (lang.say("Mã", "Code"), false),
        (lang.say("Lý do", "Why"), false),
    ]));
    for (file, claim, problem) in &summary.unreadable_kept {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&place(file, *claim, redaction)),
            problem.code,
            escape(&catalogue::message(problem, lang)),
        );
    }
    out + "</table>\n"
}

fn run(summary: &Summary, rules: &Rulebook, lang: Lang) -> String {
    let [name, declared, replayed, difference] = sum_heads(lang);
    let mut out = format!("<h2>{}</h2>\n", lang.say("Đối chiếu tổng số (đ)", "Control totals (đ)"));
    out.push_str(&heads(&[(name, false), (declared, true), (replayed, true), (difference, true)]));
    for (tag, declared, replayed) in sums(summary) {
        let cells: String = [declared, replayed, declared - replayed]
            .iter()
            .map(|amount| format!("<td class=\"n\">{}</td>", dong(*amount, lang)))
            .collect();
        let _ = writeln!(out, "<tr><td>{tag}</td>{cells}</tr>");
    }
    out.push_str("</table>\n");
    for (code, claims) in &summary.undecided {
        let _ = writeln!(
            out,
            "<p class=\"small\">{claims} {}: {}</p>",
            lang.say(
                "hồ sơ chưa xét được mức hưởng theo luật",
                "claims whose share the law could not decide"
            ),
            words::undecided(*code, lang),
        );
    }
    let _ = writeln!(out, "<p class=\"small\">{}</p>", escape(&footer(rules, lang)));
    out
}
