//! Every day × every group answers or says that no rule is in force: no gap, no overlap, no panic.

use bhyt::workshop::{Dates, Payers, Payment, national, plan};
use bhyt::{EngineError, Enrollee, Listed, Payer, Rulebook, Vnd};
use chrono::NaiveDate;

use crate::cases::UNIVERSAL_FAMILIES;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// First and last day of the sweep.
fn span() -> (NaiveDate, NaiveDate) {
    (day(2009, 7, 1), day(2030, 12, 31))
}

#[test]
fn every_day_and_group_has_exactly_one_answer_or_a_named_refusal() {
    let rules = Rulebook::bundled();
    let (first, last) = span();
    let mut answers = 0_u32;
    let mut refusals = 0_u32;
    for group in rules.groups() {
        let mut person = Enrollee::of_group(&group.id);
        person.salary = Some(Vnd::whole(10_000_000));
        let mut was_answered = false;
        for paid_on in first.iter_days().take_while(|day| *day <= last) {
            let in_force = group.terms.versions().iter().filter(|version| {
                version.rule.effective_from <= paid_on
                    && version.rule.effective_until.is_none_or(|until| paid_on <= until)
            });
            // Versions start in order, so the last started one governs; an ended one never revives.
            let recorded = in_force.count() > 0 && group.terms.at(paid_on).is_ok();
            let payment = Payment { paid_on, from: Some(paid_on), months: 1, province: None };
            match plan(&rules, &person, payment) {
                Ok(plan) => {
                    assert!(recorded, "{} answered on {paid_on} without a rule", group.id);
                    let amounts = plan.amounts(Some(1), person.salary).expect("an amount");
                    let parts: Vnd = Payer::ALL.iter().copied().map(|payer| amounts.of(payer)).sum();
                    assert_eq!(parts, amounts.premium, "{} on {paid_on}", group.id);
                    assert!(amounts.premium > Vnd::ZERO, "{} on {paid_on} is free", group.id);
                    was_answered = true;
                    answers += 1;
                }
                Err(EngineError::NotInForce(missing)) => {
                    assert!(!missing.rule.is_empty());
                    refusals += 1;
                }
                Err(other) => panic!("{} on {paid_on}: {other}", group.id),
            }
        }
        assert!(was_answered, "{} never has an answer", group.id);
    }
    println!("{answers} answers, {refusals} refusals");
    assert!(answers > 300_000);
}

#[test]
fn families_without_groups_answer_every_day_from_their_first_on() {
    let (first, last) = span();
    let rules = Rulebook::bundled();
    let entries = rules.entries();
    let starts = UNIVERSAL_FAMILIES.iter().map(|id| {
        let entry = entries.iter().find(|entry| entry.rule == *id).expect("a family");
        let start = entry.versions[0].rule.effective_from;
        for day in start.max(first).iter_days().take_while(|day| *day <= last) {
            assert!(entry.at(day).is_some(), "{id} on {day}");
        }
        (*id, start)
    });
    let starts: std::collections::BTreeMap<&str, NaiveDate> = starts.collect();
    assert!(starts["base-salary"] <= first, "the record begins on 2009-07-01");
    assert_eq!(starts["premium-rates"], first, "nothing is recorded before");
}

#[test]
fn supported_groups_always_find_their_national_share() {
    let rules = Rulebook::bundled();
    for group in rules.groups() {
        for version in group
            .terms
            .versions()
            .iter()
            .filter(|version| matches!(version.value.payers, Payers::StateSupported))
        {
            let person = Enrollee::of_group(&group.id);
            let found = national(&rules, &person, Dates::on(version.rule.effective_from));
            assert!(found.is_ok(), "{} on {}", group.id, version.rule.effective_from);
        }
    }
}
