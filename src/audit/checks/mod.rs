//! Các phép kiểm tra: one file a finding, with its check, words, citation and page.

mod a01_fund_share;
mod a02_benefit_share;
mod a03_copayment_as_own;
mod a04_drug_price;
mod a05_total;
mod a06_service_ratio;
mod a07_visit_code;
mod a08_card_change;
mod a09_number_form;
mod a10_payers_sum;
mod a11_hospital_amount;
mod a12_covered_amount;
mod a13_copayment;
mod a14_own_payment;
mod a15_other_source_sum;
mod a16_other_source_range;
mod a17_unreadable_number;
mod a18_scope;
mod a19_ratio_range;
mod a20_service_ratio_value;
mod a21_item_group;
mod a22_card_lists;
mod a23_date_order;
mod a24_missing_number;
mod a25_fee_for_service;
mod a26_outside_capitation;
mod a27_unpriced_service;
mod a28_other_source_split;
mod a29_negative;
mod a30_repeated_field;
mod a31_date_form;
mod a32_outdated_standard;
mod a33_code_setting;
mod a34_list_ratio_exempt;
mod a36_no_valid_card;
mod a40_accumulated_copayment;
mod a41_facility_rank;
mod a42_code_facility;
mod a43_package_cap;
mod effect;
mod faults;
mod law_effect;

use super::figure::Figure;
use super::finding::{Check, Examined, Finding, Severity};

/// Every check, in the order of the codes.
pub const CHECKS: &[&Check] = &[
    &a01_fund_share::CHECK,
    &a02_benefit_share::CHECK,
    &a03_copayment_as_own::CHECK,
    &a04_drug_price::CHECK,
    &a05_total::CHECK,
    &a06_service_ratio::CHECK,
    &a07_visit_code::CHECK,
    &a08_card_change::CHECK,
    &a09_number_form::CHECK,
    &a10_payers_sum::CHECK,
    &a11_hospital_amount::CHECK,
    &a12_covered_amount::CHECK,
    &a13_copayment::CHECK,
    &a14_own_payment::CHECK,
    &a15_other_source_sum::CHECK,
    &a16_other_source_range::CHECK,
    &a17_unreadable_number::CHECK,
    &a18_scope::CHECK,
    &a19_ratio_range::CHECK,
    &a20_service_ratio_value::CHECK,
    &a21_item_group::CHECK,
    &a22_card_lists::CHECK,
    &a23_date_order::CHECK,
    &a24_missing_number::CHECK,
    &a25_fee_for_service::CHECK,
    &a26_outside_capitation::CHECK,
    &a27_unpriced_service::CHECK,
    &a28_other_source_split::CHECK,
    &a29_negative::CHECK,
    &a30_repeated_field::CHECK,
    &a31_date_form::CHECK,
    &a32_outdated_standard::CHECK,
    &a33_code_setting::CHECK,
    &a34_list_ratio_exempt::CHECK,
    &a36_no_valid_card::CHECK,
    &a40_accumulated_copayment::CHECK,
    &a41_facility_rank::CHECK,
    &a42_code_facility::CHECK,
    &a43_package_cap::CHECK,
];

/// Runs every check on a claim; findings come in the order of parts, lines and codes.
pub fn run(examined: &Examined<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    CHECKS.iter().for_each(|check| (check.run)(examined, &mut findings));
    findings.iter_mut().for_each(soften);
    findings.sort_by_key(|finding| (finding.part, finding.line, finding.check.code));
    findings
}

/// A difference below one đồng is a matter of rounding: worth a look, but no error of money.
fn soften(finding: &mut Finding) {
    let below_one = finding.difference.is_some_and(|difference| difference.abs() < Figure::whole(1));
    if below_one && finding.severity == Severity::Error {
        finding.severity = Severity::Warning;
    }
}

/// The check with a code, given whole (`A01-fund-share`) or by its number (`a01`).
pub fn find(typed: &str) -> Option<&'static Check> {
    let typed = typed.trim();
    CHECKS
        .iter()
        .copied()
        .find(|check| check.code.eq_ignore_ascii_case(typed) || check.number().eq_ignore_ascii_case(typed))
}
