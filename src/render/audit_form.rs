//! Bảng kê tính lại: one claim in the sections of form 01/KBCB, with the amounts as they should be, at most 80 wide.

use std::fmt::Write as _;

use super::audit_text::dong;
use super::audit_words as words;
use super::layout::{Lean, shortened, table, wrap};
use super::quote_text::footer;
use super::wording::{self, Lang, harmless};
use crate::audit::claim_file::Line;
use crate::audit::examine::Examination;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, shown_code};
use crate::audit::legal::LineLaw;
use crate::audit::redact::Redaction;
use crate::audit::replay::line::{LineReplay, Split};
use crate::rulebook::Rulebook;

/// Sections of the form, each with the item groups (MA_NHOM) it holds.
const SECTIONS: [(&str, &str, &[u32]); 11] = [
    ("1. Khám bệnh", "1. Examination", &[13]),
    ("2. Ngày giường", "2. Bed", &[14, 15, 16]),
    ("3. Xét nghiệm", "3. Laboratory", &[1]),
    ("4. Chẩn đoán hình ảnh", "4. Imaging", &[2]),
    ("5. Thăm dò chức năng", "5. Function tests", &[3]),
    ("6. Thủ thuật, phẫu thuật", "6. Procedures, surgery", &[8, 18]),
    ("7. Máu, chế phẩm máu", "7. Blood", &[7, 17]),
    ("8. Thuốc, dịch truyền", "8. Drugs", &[4, 5, 6]),
    ("9. Vật tư y tế", "9. Supplies", &[10, 11]),
    ("10. Vận chuyển người bệnh", "10. Transport", &[12]),
    ("11. Khác", "11. Other", &[9, 19]),
];

/// Số tiền của một dòng trên bảng kê.
#[derive(Clone, Copy, Default)]
struct Amounts {
    hospital: Figure,
    covered: Figure,
    fund: Figure,
    copayment: Figure,
    other: Figure,
    own: Figure,
}

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

/// The sections with their lines: titles above, six amounts below each.
fn bill(examination: &Examination<'_>, lang: Lang) -> String {
    let claim = &examination.claim;
    let mut sheet = Sheet { rows: vec![heading(lang)], titles: Vec::new(), lang };
    let mut total = Amounts::default();
    let listed = |group: u32| SECTIONS.iter().any(|(_, _, groups)| groups.contains(&group));
    let unlisted = |line: &Line<'_>| !line.group.is_some_and(listed);
    for (vi, en, groups) in SECTIONS {
        let belongs = |line: &Line<'_>| line.group.is_some_and(|group| groups.contains(&group));
        total = added(total, sheet.section(lang.say(vi, en), examination, &belongs));
    }
    if claim.lines.iter().any(unlisted) {
        let title = lang.say("Nhóm không có trong mẫu", "Groups the form does not have");
        total = added(total, sheet.section(title, examination, &unlisted));
    }
    sheet.add(lang.say("TỔNG CỘNG", "TOTAL").to_owned(), &total);
    sheet.text()
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

    /// The lines of a section with their sum; nothing when it has none.
    fn section(
        &mut self,
        title: &str,
        examination: &Examination<'_>,
        belongs: &dyn Fn(&Line<'_>) -> bool,
    ) -> Amounts {
        let lines = &examination.claim.lines;
        let indices: Vec<usize> = (0..lines.len()).filter(|&index| belongs(&lines[index])).collect();
        let mut sum = Amounts::default();
        for (place, &index) in indices.iter().enumerate() {
            if place == 0 {
                self.titles.push((self.rows.len(), title.to_owned()));
            }
            let amounts = amounts(examination, index);
            let label = label(&lines[index], &examination.legal.lines[index], self.lang);
            self.add(format!("  {label}"), &amounts);
            sum = added(sum, amounts);
        }
        if indices.len() > 1 {
            self.add(format!("  {}", self.lang.say("cộng", "sum")), &sum);
        }
        sum
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (index, line) in table(&self.rows, &[Lean::Right; 6]).lines().enumerate() {
            for (_, title) in self.titles.iter().filter(|(before, _)| *before == index) {
                let _ = writeln!(out, "{title}");
            }
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

fn headline(file: &str, examination: &Examination<'_>, redaction: &Redaction, lang: Lang) -> String {
    let summary = &examination.claim.summary;
    let mut parts = vec![harmless(&redaction.file(file))];
    let id = harmless(&redaction.id(summary.id));
    if !id.is_empty() {
        parts.push(id);
    }
    parts.push(format!("{} {}", lang.say("chuẩn", "standard"), examination.claim.standard));
    let cards: Vec<String> = summary
        .cards
        .iter()
        .map(|card| {
            shown_code(&format!("{}{}", card.object, card.digit.map(String::from).unwrap_or_default()))
        })
        .collect();
    parts.push(cards.join(" + "));
    let days: Vec<String> = [summary.admitted, summary.discharged]
        .iter()
        .flatten()
        .map(|moment| wording::date(moment.date(), lang))
        .collect();
    parts.push(days.join(" – "));
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

/// Longest title of a line.
const LABEL: usize = 60;

fn label(line: &Line<'_>, law: &LineLaw, lang: Lang) -> String {
    let code = if line.is_supply() { line.supply } else { line.code };
    let share = match law {
        LineLaw::Decided(spans) => {
            let mut shares: Vec<String> =
                spans.iter().map(|span| words::percent(span.entitlement.share, lang)).collect();
            shares.dedup();
            shares.join("/")
        }
        LineLaw::Undecided => line.share.map(|share| words::percent(share, lang)).unwrap_or_default(),
    };
    shortened(&format!("{} {share}", shown_code(code)), LABEL)
}

/// Amounts as they should be: corrected products, the share of the law where it is decided.
fn amounts(examination: &Examination<'_>, index: usize) -> Amounts {
    let line = &examination.claim.lines[index];
    let replay: &LineReplay = &examination.replay.lines[index];
    let hospital = replay.hospital.expected().or(line.hospital_amount).unwrap_or_default();
    let covered = replay.covered.expected().or(line.covered_amount).unwrap_or_default();
    let other = line.other.unwrap_or_default();
    if !other.is_zero() {
        let declared = Amounts {
            hospital,
            covered,
            fund: line.fund.unwrap_or_default(),
            copayment: line.copayment.unwrap_or_default(),
            other,
            own: line.own.unwrap_or_default(),
        };
        return match replay.split {
            Split::AidFitsNoCase { expected } => {
                Amounts { fund: expected.fund, copayment: expected.copayment, own: expected.own, ..declared }
            }
            _ => declared,
        };
    }
    let of = |share: Figure, part: Figure| part.product(Figure::whole(1), &[share]).unwrap_or_default();
    let fund = match &examination.legal.lines[index] {
        LineLaw::Decided(spans) => {
            let days: i64 = spans.iter().map(|span| span.days).sum();
            match spans.as_slice() {
                [only] => of(only.entitlement.share, covered),
                _ => spans.iter().map(|span| of(span.entitlement.share, covered.part(span.days, days))).sum(),
            }
        }
        LineLaw::Undecided => of(line.share.unwrap_or_default(), covered),
    };
    Amounts { hospital, covered, fund, copayment: covered - fund, other, own: hospital - covered }
}

fn added(a: Amounts, b: Amounts) -> Amounts {
    Amounts {
        hospital: a.hospital + b.hospital,
        covered: a.covered + b.covered,
        fund: a.fund + b.fund,
        copayment: a.copayment + b.copayment,
        other: a.other + b.other,
        own: a.own + b.own,
    }
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
