//! Các phép kiểm tra: one file a finding, with its check, words, citation and page.

mod bed_calendar;
mod effect;
pub mod evidence;
mod faults;
mod law_effect;

use self::evidence::Examined;
use super::figure::Figure;
use super::finding::{AuditCheck, Class, Finding, Severity};
use super::tag::Tag;

/// Looks for one kind of thing in a claim.
type Look = fn(&Examined<'_>, &mut Vec<Finding>);

/// What runs on a single claim; what needs the whole batch does not.
macro_rules! look {
    (claim $name:ident) => {
        Some($name::run as Look)
    };
    (batch $name:ident) => {
        None
    };
}

/// The fields of XML1 that a check rests on when nothing but XML1 is there; none where it looks at lines.
macro_rules! of_summary {
    () => {
        None
    };
    ($($tag:ident)+) => {
        Some(&[$(Tag::$tag),+] as &[Tag])
    };
}

/// Declares the checks: a line makes the module, the entry of the list, and the run. Fields in brackets: the check has all it
/// asks for in XML1, so that it runs on tables of visits too.
macro_rules! checks {
    ($($scope:ident { $($name:ident $([$($tag:ident),+])?,)* })*) => {
        $($(mod $name;)*)*

        /// Every check, in the order of the codes.
        pub const CHECKS: &[&AuditCheck] = &[$($(&$name::CHECK,)*)*];

        const RUNS: &[Option<Look>] = &[$($(look!($scope $name),)*)*];

        const OF_SUMMARY: &[Option<&[Tag]>] = &[$($(of_summary!($($($tag)+)?),)*)*];
    };
}

checks! {
    claim {
        a01_fund_share,
        a02_benefit_share,
        a03_copayment_as_own,
        a04_drug_price,
        a05_total,
        a06_service_ratio,
        a07_visit_code,
        a08_card_change [MaTheBhyt, GtTheTu, GtTheDen, NgayVao, NgayRa, TBhtt],
        a09_number_form,
        a10_payers_sum,
        a11_hospital_amount,
        a12_covered_amount,
        a13_copayment,
        a14_own_payment,
        a15_other_source_sum,
        a16_other_source_range,
        a17_unreadable_number,
        a18_scope,
        a19_ratio_range,
        a20_service_ratio_value,
        a21_item_group,
        a22_card_lists [MaTheBhyt, MaDkbd, GtTheTu, GtTheDen],
        a23_date_order [NgayVao, NgayRa],
        a24_missing_number,
        a25_fee_for_service,
        a26_outside_capitation,
        a27_unpriced_service,
        a28_other_source_split,
        a29_negative,
        a30_repeated_field,
        a31_date_form,
        a32_outdated_standard,
        a33_code_setting [MaDoituongKcb, MaLoaiKcb],
        a34_list_ratio_exempt,
        a36_no_valid_card [MaTheBhyt, GtTheTu, GtTheDen, NgayVao, TBhtt],
        a40_accumulated_copayment,
        a41_facility_rank,
        a42_code_facility [MaDoituongKcb, MaCskcb],
        a43_package_cap,
        a44_missing_part,
        a45_repeated_part,
        a46_grouped_amounts,
        a47_rounded_percent,
        a48_above_limit_price,
        a49_insured_above_hospital,
        a50_reused_supply_price,
        a51_other_payer,
        a52_war_wound,
        a53_transport,
        a54_fund_without_card,
        a55_card_form [MaTheBhyt],
        a56_card_age [MaTheBhyt, NgaySinh],
        a57_newborn [MaDoituongKcb, NgaySinh],
        a58_exam_ratios,
        a59_bed_days,
        a60_operations,
        a61_outpatient_bed,
        a62_medicine_only,
        a63_route_evidence [MaDoituongKcb, MaDkbd, MaCskcb, MaNoiDi, GiayChuyenTuyen, MaKhuvuc],
        a64_levels_changed,
        a65_moment_outside_stay,
        a66_treatment_days [SoNgayDtri, MaLoaiKcb, NgayVao],
        a67_same_line_twice,
    }
    batch {
        a68_same_claim_twice [MaTheBhyt, NgayVao, NgayRa, TBhtt],
        a69_overlapping_stay [MaTheBhyt, NgayVao, NgayRa, MaLoaiKcb],
    }
    claim {
        a70_claim_key,
        a71_period [NamQt, ThangQt],
        a72_dates_missing,
        a73_price_list,
        a74_visit_hours [MaLoaiKcb, NgayVao],
        a75_ratio_group,
    }
    batch {
        a76_second_visit [MaTheBhyt, NgayVao],
    }
    claim {
        a77_dose_quantity,
        a78_withdrawn_claim [MaDoituongKcb, TBhtt],
        a79_item_without_code,
        a80_visit_kind [MaLoaiKcb],
        a81_code_value [MaTheBhyt],
        a82_impossible_day [NgayVao, NgayRa],
    }
}

/// The same claim twice.
pub const SAME_CLAIM: &AuditCheck = &a68_same_claim_twice::CHECK;

/// Overlapping stays of one person.
pub const OVERLAP: &AuditCheck = &a69_overlapping_stay::CHECK;

/// Two examinations of a day in full, in two claims.
pub const SECOND_VISIT: &AuditCheck = &a76_second_visit::CHECK;

/// Runs every check on a claim; findings come in the order of parts, lines and codes.
pub fn run(examined: &Examined<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    RUNS.iter().flatten().for_each(|look| look(examined, &mut findings));
    // Amounts read a thousand times too small say nothing about money or law (A46).
    if examined.claim.whole.grouped.is_some() {
        let told = |class: Class| !matches!(class, Class::Money | Class::Law);
        findings.retain(|finding| told(finding.check.class) && finding.check.number() != "A09");
    }
    findings.iter_mut().for_each(soften);
    findings.sort_by_key(|finding| (finding.part, finding.line, finding.check.code));
    findings
}

/// The checks that need no more of a claim than these fields of XML1.
pub fn of_summary(fields: &[Tag]) -> Vec<&'static AuditCheck> {
    let suffices = |needed: &&[Tag]| needed.iter().all(|tag| fields.contains(tag));
    let all = CHECKS.iter().zip(OF_SUMMARY);
    all.filter(|(_, needed)| needed.as_ref().is_some_and(suffices)).map(|(check, _)| *check).collect()
}

/// Runs some of the checks on a claim of which there is XML1 alone.
pub fn run_on_summary(examined: &Examined<'_>, wanted: &[&'static AuditCheck]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (check, look) in CHECKS.iter().zip(RUNS) {
        if wanted.iter().any(|wanted| wanted.code == check.code) {
            look.iter().for_each(|look| look(examined, &mut findings));
        }
    }
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
pub fn find(typed: &str) -> Option<&'static AuditCheck> {
    let typed = typed.trim();
    CHECKS
        .iter()
        .copied()
        .find(|check| check.code.eq_ignore_ascii_case(typed) || check.number().eq_ignore_ascii_case(typed))
}
