//! A08 Một dòng kéo dài qua ngày đổi mức: a line that spans a change of the share goes by one share throughout.

use super::law_effect::{MoneyLine, money_lines};
use crate::audit::figure::Figure;
use crate::audit::checks::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::legal::{LineLaw, Span};
use crate::audit::replay::is_near;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A08-card-change",
    severity: Severity::Error,
    class: Class::Law,
    title: ["Dòng kéo dài qua ngày đổi mức hưởng", "Line spans a change of the share"],
    says: [
        "Dòng {days} ngày tính một mức {declared}; theo luật {shares}: {field} nên là {expected_fund} đ, khai {fund} đ.",
        "A line of {days} days goes by {declared} throughout; by law {shares}: {field} should be {expected_fund} đ, not {fund} đ.",
    ],
    explain: [
        "Mức hưởng mới tính từ ngày thẻ mới có giá trị. Dòng giường kéo dài qua ngày đó phải tách theo ngày; số tiền được chia đều cho \
         từng ngày. Ngày cuối của dòng giường (ngày ra) không tính.",
        "A new level counts from the day on which the new card is valid. A bed line across that day must be divided by days; the amount \
         is spread evenly over them. The last day of a bed line (the day of leaving) is not charged.",
    ],
    cites: &[Cite::article("nd-188-2025", 21, None)],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if let Some(LineLaw::Decided(spans)) = &examined.legal.stay {
        findings.extend(of_stay(examined, spans));
    }
    for MoneyLine { line, law, base, .. } in money_lines(examined) {
        let LineLaw::Decided(spans) = law else { continue };
        let Some(declared) = line.share else { continue };
        if law.single().is_some() || !line.other.is_some_and(Figure::is_zero) {
            continue;
        }
        let expected = divided(base, spans);
        let fund = line.fund.unwrap_or_default();
        if is_near(fund, expected) {
            continue;
        }
        let (days, shares) = (days(spans), shares(spans));
        let mut finding = examined
            .at_line(&CHECK, line, Tag::TBhtt)
            .values(FindingValue::Percent(declared), FindingValue::Text(shares.clone()))
            .bearing(fund - expected, expected - fund)
            .with("days", FindingValue::Text(days.to_string()))
            .with("shares", FindingValue::Text(shares))
            .with("fund", FindingValue::Amount(fund))
            .with("expected_fund", FindingValue::Amount(expected));
        finding.difference = Some(fund - expected);
        if let Some(first) = spans.first() {
            finding = finding.by(&first.entitlement.cites);
        }
        findings.push(finding);
    }
}

/// Đợt điều trị kéo dài qua ngày đổi mức: a visit of which there are totals only. How much of them fell on which day is not
/// there, so it is a question; spread evenly they show what is at stake.
fn of_stay(examined: &Examined<'_>, spans: &[Span]) -> Option<Finding> {
    let same = spans.windows(2).all(|two| two[0].entitlement.paid_share() == two[1].entitlement.paid_share());
    let totals = &examined.claim.summary.totals;
    let (fund, covered) = (totals.fund?, totals.covered.or(totals.hospital)?);
    let expected = divided(covered, spans);
    if same || is_near(fund, expected) {
        return None;
    }
    let finding = examined
        .at_summary(&CHECK, Tag::TBhtt)
        .amounts(fund, expected)
        .with("days", FindingValue::Text(days(spans).to_string()))
        .with("shares", FindingValue::Text(shares(spans)))
        .with("fund", FindingValue::Amount(fund))
        .with("expected_fund", FindingValue::Amount(expected));
    Some(Finding { severity: Severity::Question, ..finding })
}

fn days(spans: &[Span]) -> i64 {
    spans.iter().map(|span| span.days).sum()
}

/// `3 × 80 + 2 × 0`.
fn shares(spans: &[Span]) -> String {
    let share = |span: &Span| format!("{} × {}", span.days, span.entitlement.paid_share());
    spans.iter().map(share).collect::<Vec<_>>().join(" + ")
}

/// The fund's part when the amount is spread evenly over the days.
fn divided(covered: Figure, spans: &[Span]) -> Figure {
    let days = days(spans);
    let mut left = covered;
    let mut fund = Figure::ZERO;
    for (index, span) in spans.iter().enumerate() {
        let part = if index + 1 == spans.len() { left } else { covered.part(span.days, days) };
        left = left - part;
        fund += part.product(Figure::whole(1), &[span.entitlement.paid_share()]).unwrap_or_default();
    }
    fund
}
