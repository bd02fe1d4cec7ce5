//! Bảng kê để in: a claim in the sections and the thirteen columns of form 01/KBCB, one HTML file without any
//! outside reference.

use std::fmt::Write as _;

use super::bill;
use super::catalogue;
use super::claim_text::{headline, legal_basis, levels, total_rows};
use super::html::escape;
use super::page::footer;
use super::wording::{self, Lang};
use crate::case::claim::ClaimCase;
use crate::engine::claim::reimbursement::{Amounts, LineOutcome, Reimbursement};
use crate::rulebook::Rulebook;

const STYLE: &str = "@page{size:A4 landscape;margin:10mm}*{box-sizing:border-box}body{font:9.5pt/1.3 'Noto Sans','Segoe UI',Arial,sans-serif;color:#111;margin:0 auto;max-width:277mm;padding:4mm 0}h1{font-size:14pt;margin:0 0 1mm;text-align:center}p{margin:1.2mm 0}.form{float:right;border:1px solid #111;padding:.5mm 2mm;font-size:8.5pt;font-weight:600}.not{border:1px solid #111;display:inline-block;padding:.5mm 2mm;font-size:8.5pt;font-weight:600}table{border-collapse:collapse;width:100%;margin:2mm 0}th,td{border:1px solid #999;padding:.7mm 1.2mm;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th{font-size:8.5pt;font-weight:600;text-align:center;white-space:normal;vertical-align:middle}td.t{text-align:left;white-space:normal}td.t:first-child{min-width:32mm}.fine{font-size:7pt}.fine th{font-size:6.5pt}.fine th,.fine td{padding:.5mm .8mm}tr.sec td{text-align:left;font-weight:700;background:#f2f2f2}tr.sum td{font-weight:700}tr.sum{break-before:avoid}tr{break-inside:avoid}tr.sec{break-after:avoid}table.tot{width:auto;margin-left:auto;break-inside:avoid}table.tot td{border:0;border-bottom:1px solid #bbb}table.tot td:first-child{text-align:left;white-space:pre}.small{font-size:8pt;color:#333}ul{margin:1mm 0;padding-left:5mm}@media screen{body{padding:8mm;box-shadow:0 0 3mm #bbb;margin:6mm auto;max-width:297mm}}";

/// The sheet.
pub fn text(case: &ClaimCase, outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let title = lang.say("Bảng kê chi phí khám bệnh, chữa bệnh", "Bill of a visit");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<span class=\"form\">{}</span>\n<h1>{title}</h1>\n<p class=\"not\">{}</p>\n<p>{}</p>\n<p><strong>{}</strong></p>\n",
        lang.say("vi", "en"),
        lang.say("Theo mẫu 01/KBCB", "After form 01/KBCB"),
        lang.say(
            "Bản tính lại, không thay thế bảng kê của cơ sở",
            "A recalculation, not the facility's bill"
        ),
        escape(&headline(case, outcome, rules, lang)),
        escape(&levels(outcome, lang)),
    );
    if !outcome.lines.is_empty() {
        out.push_str(&lines(outcome, rules, lang));
    }
    out.push_str("<table class=\"tot\">\n");
    for (name, amount) in total_rows(&bill::rounded(outcome, rules), lang) {
        let _ = writeln!(out, "<tr><td>{}</td><td>{}</td></tr>", escape(name), wording::money(amount, lang));
    }
    out.push_str("</table>\n");
    let _ = writeln!(out, "<p class=\"small\">{}</p>", escape(&legal_basis(outcome, rules, lang)));
    if !outcome.notices.is_empty() {
        let _ = write!(
            out,
            "<p class=\"small\">{}:</p>\n<ul class=\"small\">\n",
            lang.say("Lưu ý", "Please note")
        );
        for notice in &outcome.notices {
            let _ = writeln!(out, "<li>{}</li>", escape(&catalogue::message(notice, lang)));
        }
        out.push_str("</ul>\n");
    }
    let _ = write!(out, "<p class=\"small\">{}</p>\n</body>\n</html>\n", escape(&footer(rules, lang)));
    out
}

/// Letters of an amount beyond which thirteen columns fit the sheet only in small print.
const WIDE_AMOUNT: usize = 10;

/// The table of the form: heads, column numbers, sections, total.
fn lines(outcome: &Reimbursement, rules: &Rulebook, lang: Lang) -> String {
    let heads: [&str; 13] = match lang {
        Lang::Vi => [
            "Nội dung",
            "Đơn vị tính",
            "Số lượng",
            "Đơn giá BV",
            "Đơn giá BH",
            "Tỷ lệ thanh toán theo dịch vụ (%)",
            "Thành tiền BV",
            "Tỷ lệ thanh toán BHYT (%)",
            "Thành tiền BH",
            "Quỹ BHYT",
            "Người bệnh cùng chi trả",
            "Khác",
            "Người bệnh tự trả",
        ],
        Lang::En => [
            "Item",
            "Unit",
            "Quantity",
            "Hospital price",
            "Insured price",
            "Service ratio (%)",
            "Hospital amount",
            "List ratio (%)",
            "Insured amount",
            "Fund",
            "Co-payment",
            "Other",
            "Own payment",
        ],
    };
    let longest = wording::number(outcome.total.hospital, lang).chars().count();
    let class = if longest > WIDE_AMOUNT { " class=\"fine\"" } else { "" };
    let mut out = format!("<table{class}>\n<thead>\n<tr>");
    let sources = lang.say("Nguồn thanh toán", "Paid by");
    for (index, head) in heads.iter().enumerate() {
        match index {
            0..9 => {
                let _ = write!(out, "<th rowspan=\"2\">{head}</th>");
            }
            9 => {
                let _ = write!(out, "<th colspan=\"4\">{sources}</th>");
            }
            _ => {}
        }
    }
    out.push_str("</tr>\n<tr>");
    heads[9..].iter().for_each(|head| {
        let _ = write!(out, "<th>{head}</th>");
    });
    out.push_str("</tr>\n<tr>");
    (1..=heads.len()).for_each(|number| {
        let _ = write!(out, "<th>({number})</th>");
    });
    out.push_str("</tr>\n</thead>\n");
    for block in bill::blocks(outcome, rules, lang) {
        if let Some(heading) = &block.heading {
            let _ = writeln!(out, "<tr class=\"sec\"><td colspan=\"13\">{}</td></tr>", escape(heading));
        }
        for section in &block.sections {
            let _ = writeln!(
                out,
                "<tr class=\"sec\"><td colspan=\"13\">{}. {}</td></tr>",
                section.number, section.name
            );
            for line in &section.lines {
                out.push_str(&row(line, lang));
            }
            if section.lines.len() > 1 {
                out.push_str(&sum_row(lang.say("Cộng", "Sum"), &bill::sum(&section.lines), lang));
            }
        }
        if block.heading.is_some() {
            out.push_str(&sum_row(lang.say("Cộng thẻ", "Sum of the card"), &block.sum, lang));
        }
    }
    out.push_str(&sum_row(lang.say("Tổng cộng", "Total"), &outcome.total, lang));
    out + "</table>\n"
}

fn row(line: &LineOutcome, lang: Lang) -> String {
    let name = line.name.clone().unwrap_or_else(|| wording::line_kind(line.kind, lang).to_owned());
    let days = if line.until > line.from {
        format!("{} – {}", wording::date(line.from, lang), wording::date(line.until, lang))
    } else {
        wording::date(line.from, lang)
    };
    let package = line.package.as_ref().map(|package| format!(", {package}")).unwrap_or_default();
    let level = wording::share(line.benefit_share, lang);
    let percent = |share: crate::terms::share::Share| wording::share(share, lang).replace('%', "");
    format!(
        "<tr><td class=\"t\">{} <span class=\"small\">({days}{}; {level})</span></td><td class=\"t\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>{}</tr>\n",
        escape(&name),
        escape(&package),
        escape(line.unit.as_deref().unwrap_or_default()),
        wording::measure(line.quantity, lang),
        wording::measure(line.price, lang),
        wording::measure(line.insured_price, lang),
        percent(line.service_ratio),
        wording::number(line.amounts.hospital, lang),
        percent(line.list_ratio),
        wording::number(line.amounts.covered, lang),
        payers(&line.amounts, lang),
    )
}

fn sum_row(name: &str, amounts: &Amounts, lang: Lang) -> String {
    format!(
        "<tr class=\"sum\"><td class=\"t\" colspan=\"6\">{name}</td><td>{}</td><td></td><td>{}</td>{}</tr>\n",
        wording::number(amounts.hospital, lang),
        wording::number(amounts.covered, lang),
        payers(amounts, lang),
    )
}

fn payers(amounts: &Amounts, lang: Lang) -> String {
    [amounts.fund, amounts.copayment, amounts.other, amounts.own]
        .map(|amount| format!("<td>{}</td>", wording::number(amount, lang)))
        .concat()
}
