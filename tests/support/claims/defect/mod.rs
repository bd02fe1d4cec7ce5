//! Lỗi cài vào: one defect of a kind put into a clean claim, and the one finding it must give.

mod amount;
mod field;
mod field_case;
mod law;
mod other_source;
mod total;
mod whole;

use super::draft::{DraftClaim, DraftLine, Override, Written};
use super::random::Random;
use bhyt::workshop::{FilePart, Standard, Tag};

/// The finding that a defect must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Code of the check.
    pub code: &'static str,
    /// The table.
    pub part: FilePart,
    /// The line in it; none for XML1.
    pub line: Option<u32>,
    /// Declared less expected in hundredths, where both are amounts.
    pub difference: Option<i64>,
}

/// A kind of defect.
pub struct Defect {
    /// The code whose finding it causes.
    pub code: &'static str,
    /// Puts it into a claim; nothing when the claim has no place for it.
    pub inject: fn(&mut DraftClaim, &mut Random) -> Option<Expected>,
}

/// Every kind of defect.
pub const DEFECTS: &[Defect] = &[
    Defect { code: "A01-fund-share", inject: amount::fund_share },
    Defect { code: "A02-benefit-share", inject: law::benefit_share },
    Defect { code: "A03-copayment-as-own", inject: amount::copayment_as_own },
    Defect { code: "A04-drug-price", inject: amount::drug_price },
    Defect { code: "A05-total", inject: total::total },
    Defect { code: "A06-service-ratio", inject: amount::service_ratio },
    Defect { code: "A07-visit-code", inject: law::visit_code },
    Defect { code: "A08-card-change", inject: law::card_change },
    Defect { code: "A09-number-form", inject: field::number_form },
    Defect { code: "A10-payers-sum", inject: other_source::payers_sum },
    Defect { code: "A11-hospital-amount", inject: amount::hospital_amount },
    Defect { code: "A12-covered-amount", inject: amount::covered_amount },
    Defect { code: "A13-copayment", inject: amount::copayment },
    Defect { code: "A14-own-payment", inject: amount::own_payment },
    Defect { code: "A15-other-source-sum", inject: other_source::other_source_sum },
    Defect { code: "A16-other-source-range", inject: other_source::other_source_range },
    Defect { code: "A17-unreadable-number", inject: field::unreadable_number },
    Defect { code: "A18-scope", inject: field::scope },
    Defect { code: "A19-ratio-range", inject: field::ratio_range },
    Defect { code: "A20-service-ratio-value", inject: field::service_ratio_value },
    Defect { code: "A21-item-group", inject: field::item_group },
    Defect { code: "A22-card-lists", inject: field::card_lists },
    Defect { code: "A23-date-order", inject: field::date_order },
    Defect { code: "A24-missing-number", inject: field::missing_number },
    Defect { code: "A25-fee-for-service", inject: total::fee_for_service },
    Defect { code: "A26-outside-capitation", inject: total::outside_capitation },
    Defect { code: "A27-unpriced-service", inject: amount::unpriced_service },
    Defect { code: "A28-other-source-split", inject: other_source::other_source_split },
    Defect { code: "A29-negative", inject: amount::negative },
    Defect { code: "A30-repeated-field", inject: field::repeated_field },
    Defect { code: "A31-date-form", inject: field::date_form },
    Defect { code: "A32-outdated-standard", inject: law::outdated_standard },
    Defect { code: "A33-code-setting", inject: law::code_setting },
    Defect { code: "A34-list-ratio-exempt", inject: law::list_ratio_exempt },
    Defect { code: "A36-no-valid-card", inject: law::no_valid_card },
    Defect { code: "A40-accumulated-copayment", inject: law::accumulated_copayment },
    Defect { code: "A41-facility-rank", inject: law::facility_rank },
    Defect { code: "A43-package-cap", inject: law::package_cap },
    Defect { code: "A44-missing-part", inject: whole::missing_part },
    Defect { code: "A45-repeated-part", inject: whole::repeated_part },
    Defect { code: "A46-grouped-amounts", inject: whole::grouped_amounts },
    Defect { code: "A47-rounded-percent", inject: field_case::rounded_percent },
    Defect { code: "A48-above-limit-price", inject: field_case::above_limit_price },
    Defect { code: "A49-insured-above-hospital", inject: field_case::insured_above_hospital },
    Defect { code: "A50-reused-supply-price", inject: field_case::reused_supply_price },
    Defect { code: "A51-other-payer", inject: field_case::other_payer },
    Defect { code: "A52-war-wound", inject: field_case::war_wound },
    Defect { code: "A53-transport", inject: field_case::transport },
    Defect { code: "A54-fund-without-card", inject: field_case::fund_without_card },
    Defect { code: "A55-card-form", inject: field_case::card_form },
    Defect { code: "A56-card-age", inject: field_case::card_age },
    Defect { code: "A57-newborn", inject: field_case::newborn },
    Defect { code: "A58-exam-ratios", inject: field_case::exam_ratios },
    Defect { code: "A59-bed-days", inject: field_case::bed_days },
    Defect { code: "A60-operations", inject: field_case::operations },
    Defect { code: "A61-outpatient-bed", inject: field_case::outpatient_bed },
    Defect { code: "A62-medicine-only", inject: field_case::medicine_only },
    Defect { code: "A63-route-evidence", inject: field_case::route_evidence },
    Defect { code: "A64-levels-changed", inject: field_case::levels_changed },
    Defect { code: "A65-moment-outside-stay", inject: whole::moment_outside_stay },
    Defect { code: "A66-treatment-days", inject: whole::treatment_days },
    Defect { code: "A67-same-line-twice", inject: whole::same_line_twice },
    Defect { code: "A70-claim-key", inject: whole::claim_key },
    Defect { code: "A71-period", inject: whole::period },
    Defect { code: "A72-dates-missing", inject: whole::dates_missing },
    Defect { code: "A74-visit-hours", inject: whole::visit_hours },
    Defect { code: "A77-dose-quantity", inject: field_case::dose_quantity },
    Defect { code: "A75-ratio-group", inject: field_case::ratio_group },
    Defect { code: "A78-withdrawn-claim", inject: law::withdrawn_claim },
    Defect { code: "A79-item-without-code", inject: whole::item_without_code },
    Defect { code: "A80-visit-kind", inject: whole::visit_kind },
    Defect { code: "A81-code-value", inject: whole::code_value },
    Defect { code: "A82-impossible-day", inject: whole::impossible_day },
];

/// Position of a random line that will do.
fn choose(claim: &DraftClaim, random: &mut Random, will_do: impl Fn(&DraftLine) -> bool) -> Option<usize> {
    let fitting: Vec<usize> = (0..claim.lines.len()).filter(|&index| will_do(&claim.lines[index])).collect();
    if fitting.is_empty() { None } else { Some(random.pick(&fitting)) }
}

fn at(claim: &DraftClaim, index: usize, code: &'static str, difference: Option<i64>) -> Expected {
    Expected { code, part: claim.lines[index].part, line: Some(claim.number_of(index)), difference }
}

fn is_old(claim: &DraftClaim) -> bool {
    claim.standard.has_single_amount()
}

/// QĐ 4210 out of network splits in a way of its own.
fn is_out_of_network(claim: &DraftClaim) -> bool {
    is_old(claim) && claim.visit_code == "3"
}

/// The visit codes of these editions are recorded, so that the law decides the share.
fn is_judged(claim: &DraftClaim) -> bool {
    matches!(claim.standard, Standard::Qd3176 | Standard::Qd1931)
        || (is_old(claim) && !is_out_of_network(claim))
}

/// A difference that no rounding explains, up to some thousands of đồng.
fn delta(random: &mut Random) -> i64 {
    random.between(250, 900_000)
}

fn of_summary(code: &'static str, difference: Option<i64>) -> Expected {
    Expected { code, part: FilePart::Summary, line: None, difference }
}

fn overriding(
    claim: &mut DraftClaim,
    index: usize,
    tag: Tag,
    text: Written,
    code: &'static str,
) -> Option<Expected> {
    let expected = at(claim, index, code, None);
    let (part, line) = (expected.part, expected.line?);
    claim.overrides.push(Override { part, line, tag, text });
    Some(expected)
}
