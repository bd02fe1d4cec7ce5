//! Các phép kiểm tra quy định phía hưởng: each is one sentence of what the benefit side of a rulebook must be.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::access::NetworkRates;
use crate::rulebook::Rulebook;
use crate::rulebook::diagnostic::RuleCheck;
use crate::rulebook::family::EnrolleeGroup;
use crate::rulebook::findings::{CheckFn, Findings};
use crate::rulebook::table::{DecisionFault, DecisionRow, faults};
use crate::rulebook::timeline::{SourcePlace, Version};
use crate::terms::care::Reading;
use crate::terms::listed::Listed;
use crate::terms::number::Share;

/// Every check of the benefit side.
pub(in crate::rulebook) const CHECKS: &[CheckFn] = &[
    every_group_has_one_level,
    rate_tables_answer_once,
    direct_payment_answers_once,
    bands_of_points_rise,
    visit_codes_are_unique,
    fund_parts_are_whole,
    exam_ratios_fall,
    readings_are_known,
    named_groups_exist,
];

/// Most faults of one table that are reported; a table with more is better rewritten.
const MOST_FAULTS: usize = 20;

/// Every group that exists while a version is in force stands under exactly one level, and no other group does.
fn every_group_has_one_level(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let versions = rulebook.benefit.levels.versions.versions();
    for (index, version) in versions.iter().enumerate() {
        let until = last_day(version, versions.get(index + 1));
        let listed: Vec<&String> = version.value.levels.values().flatten().collect();
        let mut seen = BTreeSet::new();
        for group in &listed {
            if !seen.insert(group.as_str()) {
                findings.add(RuleCheck::LevelTwice, &version.place, &[("read", (*group).clone())]);
            }
        }
        for group in rulebook.groups() {
            let exists = exists_within(group, version.rule.effective_from, until);
            let has_level = seen.contains(group.id.as_str());
            let facts = [("read", group.id.clone()), ("date", version.rule.effective_from.to_string())];
            if exists && !has_level {
                findings.add(RuleCheck::LevelMissing, &version.place, &facts);
            } else if has_level && !exists && !version.value.without_terms.contains(&group.id) {
                findings.add(RuleCheck::LevelExtra, &version.place, &facts);
            }
        }
    }
}

fn last_day<T>(version: &Version<T>, next: Option<&Version<T>>) -> Option<NaiveDate> {
    version.rule.effective_until.or_else(|| next.and_then(|next| next.rule.effective_from.pred_opt()))
}

/// Whether a group has terms on some day of a period.
fn exists_within(group: &EnrolleeGroup, from: NaiveDate, until: Option<NaiveDate>) -> bool {
    let versions = group.terms.versions();
    versions.iter().enumerate().any(|(index, version)| {
        let ends = last_day(version, versions.get(index + 1));
        until.is_none_or(|until| version.rule.effective_from <= until) && ends.is_none_or(|ends| ends >= from)
    })
}

/// Network rates answer every combination of facts exactly once.
fn rate_tables_answer_once(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.network_rates.versions.versions() {
        report_faults(&version.value.rows, &version.place, findings);
    }
}

/// Direct payment answers every combination of facts exactly once.
fn direct_payment_answers_once(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.direct_payment.versions.versions() {
        report_faults(&version.value.rows, &version.place, findings);
    }
}

fn report_faults<R: DecisionRow>(rows: &[R], place: &SourcePlace, findings: &mut Findings<'_>) {
    for fault in faults(rows).into_iter().take(MOST_FAULTS) {
        match fault {
            DecisionFault::Overlap { first, second, cell } => {
                let rows = [("first", first.to_string()), ("second", second.to_string()), ("cell", cell)];
                findings.add(RuleCheck::TableOverlap, place, &rows);
            }
            DecisionFault::Hole { cell } => findings.add(RuleCheck::TableHole, place, &[("cell", cell)]),
        }
    }
}

/// The bands of points follow each other.
fn bands_of_points_rise(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.network_rates.versions.versions() {
        let NetworkRates { points, .. } = &version.value;
        if points.is_some_and(|points| points.middle_from >= points.high_from) {
            findings.add(RuleCheck::BandsOutOfOrder, &version.place, &[]);
        }
    }
}

/// A visit code stands once in the list.
fn visit_codes_are_unique(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.visit_codes.versions.versions() {
        let mut seen = BTreeSet::new();
        for code in version.value.codes.iter().filter(|code| !seen.insert(code.code.as_str())) {
            findings.add(RuleCheck::VisitCodeDuplicate, &version.place, &[("read", code.code.clone())]);
        }
    }
}

/// Care, administration and reserve are the whole of the contributions; so are the parts of a facility fund.
fn fund_parts_are_whole(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let mut check = |rule: &str, parts: &[Share], place: &SourcePlace| {
        let sum = parts.iter().try_fold(Share::NONE, |sum, part| sum.plus(*part));
        if sum != Some(Share::WHOLE) {
            let sum = sum.map_or_else(|| ">100%".to_owned(), |sum| sum.to_string());
            findings.add(RuleCheck::SharesNotWhole, place, &[("rule", rule.to_owned()), ("sum", sum)]);
        }
    };
    for version in rulebook.benefit.fund_allocation.versions.versions() {
        let value = &version.value;
        let parts = [value.care, value.administration_at_most, value.reserve_at_least];
        check("fund-allocation", &parts, &version.place);
    }
    for version in rulebook.benefit.facility_funds.versions.versions() {
        check("facility-funds/in-and-outpatient", &version.value.in_and_outpatient, &version.place);
        check("facility-funds/outpatient-only", &version.value.outpatient_only, &version.place);
    }
}

/// The ratios of further examinations start at the whole and never rise.
fn exam_ratios_fall(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.service_ratios.versions.versions() {
        let exam = &version.value.exam;
        if exam.first() != Some(&Share::WHOLE) || !exam.is_sorted_by(|a, b| a >= b) {
            findings.add(RuleCheck::LadderRises, &version.place, &[]);
        }
    }
}

/// Every reading that the program knows is described, once.
fn readings_are_known(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    for version in rulebook.benefit.readings.versions.versions() {
        for reading in Reading::ALL {
            let described = version.value.iter().filter(|note| note.id == *reading).count();
            if described != 1 {
                findings.add(
                    RuleCheck::ReadingMissing,
                    &version.place,
                    &[("read", reading.key().to_owned())],
                );
            }
        }
    }
}

/// Rules of the benefit side name only groups that are registered.
fn named_groups_exist(rulebook: &Rulebook, findings: &mut Findings<'_>) {
    let benefit = &rulebook.benefit;
    let mut check = |name: &str, place: &SourcePlace| {
        if rulebook.group(name).is_none() {
            findings.add(RuleCheck::GroupUnknown, place, &[("read", name.to_owned())]);
        }
    };
    for version in benefit.levels.versions.versions() {
        let names = version.value.levels.values().flatten().chain(version.value.from_age.keys());
        names.for_each(|name| check(name, &version.place));
    }
    for version in benefit.ratio_exemptions.versions.versions() {
        let names = version.value.groups.iter().chain(&version.value.groups_at_full_rate);
        names.for_each(|name| check(name, &version.place));
    }
    for version in benefit.out_of_scope.versions.versions() {
        version.value.groups.iter().for_each(|name| check(name, &version.place));
    }
    for version in benefit.network_rates.versions.versions() {
        version.value.forces.iter().for_each(|name| check(name, &version.place));
    }
    for version in benefit.supply_cap.versions.versions() {
        version.value.free_groups.iter().for_each(|name| check(name, &version.place));
    }
    for version in benefit.direct_payment.versions.versions() {
        version.value.forces.iter().for_each(|name| check(name, &version.place));
    }
    for version in benefit.budget_extras.versions.versions() {
        let value = &version.value;
        let names = value.emergency.iter().chain(&value.meals).chain(&value.transport);
        names.for_each(|name| check(name, &version.place));
    }
    for version in benefit.transport.versions.versions() {
        let names = version.value.rights.iter().flat_map(|right| &right.groups);
        names.for_each(|name| check(name, &version.place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    #[test]
    fn a_group_exists_on_its_first_and_on_its_last_day() {
        let rules = Rulebook::bundled();
        let mut group = rules.groups().first().expect("a group").clone();
        let day = |text: &str| parse_date(text).expect("a day");
        group.terms.end(day("2020-06-30"));
        let exists = |from: &str, until: Option<&str>| exists_within(&group, day(from), until.map(&day));
        assert!(exists("2020-06-30", None) && !exists("2020-07-01", None));
        assert!(exists("2020-06-30", Some("2030-01-01")) && !exists("2020-07-01", Some("2030-01-01")));
        // The record begins on 2009-07-01.
        assert!(exists("2000-01-01", Some("2009-07-01")) && !exists("2000-01-01", Some("2009-06-30")));
    }

    #[test]
    fn the_upper_band_of_points_begins_above_the_middle_one() {
        let found = |above: u32| {
            let mut rules = (*Rulebook::bundled()).clone();
            let versions = rules.benefit.network_rates.versions.versions_mut();
            let points = versions.iter_mut().find_map(|version| version.value.points.as_mut());
            let points = points.expect("a version with bands");
            points.high_from = points.middle_from + above;
            let sources: Vec<_> = crate::rulebook::source::BUNDLED
                .iter()
                .map(crate::rulebook::source::Source::bundled)
                .collect();
            let mut findings = Findings { sources: &sources, found: Vec::new() };
            bands_of_points_rise(&rules, &mut findings);
            findings.found.len()
        };
        assert_eq!([found(0), found(1)], [1, 0]);
    }
}
