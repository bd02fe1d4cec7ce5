//! Whether the cases look at every day on which some support begins, ends, or changes with age or an event.

use std::collections::BTreeSet;

use bhyt::Rulebook;
use bhyt::workshop::{
    LocalPack, Policy, Predicate, WindowStart, age_on, local, month_of_cover, state_subsidy,
};
use chrono::{Datelike, NaiveDate};

use crate::cases::case_files;

/// A person of a case given by flags.
struct Asked {
    group: String,
    province: Option<String>,
    /// Day of payment and first day of cover: either may be the one a policy looks at.
    days: Vec<NaiveDate>,
    born: Option<NaiveDate>,
    tags: Vec<(String, Option<NaiveDate>)>,
}

impl Asked {
    fn read(rules: &Rulebook, args: &[String]) -> Option<Asked> {
        let values = |flag: &str| -> Vec<String> {
            args.windows(2).filter(|pair| pair[0] == flag).map(|pair| pair[1].clone()).collect()
        };
        let day = |flag: &str| values(flag).first().and_then(|text| text.parse::<NaiveDate>().ok());
        let group = values("--group").first().and_then(|typed| rules.find_group(typed).ok())?.id.clone();
        let place = |flag: &str| {
            values(flag).first().and_then(|typed| rules.find_place(typed)).map(|found| found.id.to_owned())
        };
        let province = place("--school-province").or_else(|| place("--province"));
        let tag = |text: &String| match text.split_once('=') {
            Some((tag, date)) => (tag.to_owned(), date.parse().ok()),
            None => (text.clone(), None),
        };
        Some(Asked {
            group,
            province,
            days: ["--paid-on", "--from"].into_iter().filter_map(day).collect(),
            born: day("--born"),
            tags: values("--tag").iter().map(tag).collect(),
        })
    }

    fn may_have(&self, policy: &Policy, pack: Option<&LocalPack>) -> bool {
        let carries = |tag: &String| self.tags.iter().any(|(known, _)| known == tag);
        let served = |pack: &LocalPack| self.province.as_ref().is_some_and(|place| pack.serves(place));
        policy.groups.contains(&self.group)
            && pack.is_none_or(served)
            && policy.when.iter().all(|predicate| match predicate {
                Predicate::Tags(tags) => tags.iter().all(carries),
                Predicate::AnyTags(tags) => tags.iter().any(carries),
                Predicate::Without(tags) => !tags.iter().any(carries),
                _ => true,
            })
    }

    /// Whether on the day the person is of the age and inside the window that the policy asks for, so that the day moves
    /// the answer and nothing else.
    fn meets(&self, policy: &Policy, day: NaiveDate) -> bool {
        policy.when.iter().all(|predicate| match predicate {
            Predicate::Age { from, below } => self.born.is_some_and(|born| {
                let age = age_on(born, day).unsigned_abs();
                from.is_none_or(|from| age >= from) && below.is_none_or(|below| age < below)
            }),
            Predicate::Within(window) => {
                let event = self.tags.iter().find(|(tag, _)| *tag == window.of);
                event.is_some_and(|(_, start)| {
                    let end = start.and_then(|start| month_of_cover(start, window.months));
                    start.is_none_or(|start| start <= day) && end.is_none_or(|end| day < end)
                })
            }
            _ => true,
        })
    }
}

fn asked(rules: &Rulebook) -> Vec<Asked> {
    let files = ["quote", "subsidy"].into_iter().flat_map(case_files);
    files.flat_map(|file| file.case).filter_map(|case| Asked::read(rules, &case.args)).collect()
}

/// The day before, the day itself and the day after.
fn around(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten()
}

fn policies(rules: &Rulebook) -> impl Iterator<Item = (&str, Option<&LocalPack>, &Policy)> {
    let national = state_subsidy(rules).policies.iter().map(|policy| ("state-subsidy", None, policy));
    let local = local(rules).iter().flat_map(|pack| {
        pack.policies.iter().map(move |policy| (pack.header.id.as_str(), Some(pack), policy))
    });
    national.chain(local)
}

#[test]
fn every_day_on_which_support_changes_has_cases_around_it() {
    let rules = Rulebook::bundled();
    let asked = asked(&rules);
    let (mut missing, mut days) = (BTreeSet::new(), 0_u32);
    for (family, province, policy) in policies(&rules) {
        let mut demand = |what: &str, seen: &dyn Fn(&Asked) -> bool| {
            days += 1;
            if !asked.iter().any(|person| person.may_have(policy, province) && seen(person)) {
                missing.insert(format!("{family}/{}: {what}", policy.id));
            }
        };
        for version in policy.support.versions() {
            let last = version.rule.effective_until;
            let after_last = last.and_then(|last| last.succ_opt());
            let borders = [Some(version.rule.effective_from), last, after_last];
            for day in borders.into_iter().flatten().flat_map(around) {
                demand(&format!("on {day}"), &|person| {
                    person.days.contains(&day) && person.meets(policy, day)
                });
            }
        }
        let ages = policy.when.iter().flat_map(|predicate| match predicate {
            Predicate::Age { from, below } => [*from, *below],
            _ => [None, None],
        });
        for age in ages.flatten() {
            for shift in -1..=1 {
                demand(&format!("{shift} days from age {age}"), &|person| {
                    let birthday =
                        person.born.and_then(|born| born.with_year(born.year() + i32::try_from(age).ok()?));
                    person
                        .days
                        .iter()
                        .any(|day| birthday.is_some_and(|birthday| (*day - birthday).num_days() == shift))
                });
            }
        }
        let windows = policy.when.iter().filter_map(|predicate| match predicate {
            Predicate::Within(window) => Some(window),
            _ => None,
        });
        for window in windows {
            for (name, months) in [("the event", 0), ("the end of the window", window.months)] {
                for shift in -1..=1 {
                    demand(&format!("{shift} days from {name}"), &|person| {
                        let event = person.tags.iter().find(|(tag, _)| *tag == window.of);
                        let start = event.and_then(|(_, day)| match window.counted_from {
                            WindowStart::Day => *day,
                            WindowStart::Month => day.and_then(|day| day.with_day(1)),
                        });
                        let end = start.and_then(|start| month_of_cover(start, months));
                        person.days.iter().any(|day| end.is_some_and(|end| (*day - end).num_days() == shift))
                    });
                }
            }
        }
    }
    println!("{days} days of {} policies", policies(&rules).count());
    let missing: Vec<String> = missing.into_iter().collect();
    assert!(missing.is_empty(), "{} days without a case:\n{}", missing.len(), missing.join("\n"));
}
