//! Cải cách từng bước: from the rules before to those after, one changed version at a time, in a stated order.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::subject::Subject;
use crate::rulebook::Rulebook;
use crate::rulebook::diff::{VersionChange, version_changes};
use crate::terms::citation::{Evidence, RuleRef};
use crate::terms::period::days_after;
use crate::terms::problem::{Code, Problem};

/// More changes than this are applied family by family.
const MOST_SINGLE_CHANGES: usize = 24;

/// Ngày mô phỏng: when people pay, or visits end, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SimulatedDays {
    /// This day instead of the day in the table.
    pub on: Option<NaiveDate>,
    /// This day after the change.
    pub shift_to: Option<NaiveDate>,
}

/// Một chặng: rules and days with which the population is computed.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The rules.
    pub rules: Arc<Rulebook>,
    /// Whether the later day counts.
    pub shifted: bool,
    /// What is different from the stage before.
    pub change: StageChange,
}

/// Điều thay đổi so với chặng trước.
#[derive(Debug, Clone, PartialEq)]
pub enum StageChange {
    /// The first stage: nothing has changed yet.
    Before,
    /// Only the days move: ages, windows, months of cover; the rules stay those of the first day.
    Days,
    /// One version of one rule.
    Version(VersionChange, Option<RuleRef>),
    /// Several versions of one family.
    Family {
        /// Vietnamese and English name of the family.
        name: [String; 2],
        /// Id of the family.
        family: String,
        /// How many versions.
        versions: usize,
    },
    /// What the changes applied before did not explain.
    Remainder,
}

/// Lập các chặng của một cải cách.
///
/// `after` is the second rulebook, or the first where only the day changes. Where a day is moved, rules that start or
/// end after the first day, up to the later one, are held back first and then released.
pub fn stages(
    before: &Arc<Rulebook>,
    after: &Arc<Rulebook>,
    days: SimulatedDays,
    subject: Subject,
) -> Vec<Stage> {
    let shifted = days.shift_to.is_some();
    let mut stages = vec![Stage { rules: Arc::clone(before), shifted: false, change: StageChange::Before }];
    let start = match (days.shift_to, days.on) {
        (Some(until), Some(since)) if since < until => Arc::new(before.held(since, until)),
        _ => Arc::clone(before),
    };
    if shifted {
        stages.push(Stage { rules: Arc::clone(&start), shifted, change: StageChange::Days });
    }
    let mut changes = version_changes(&start, after);
    changes.retain(|change| subject.concerns(after, &change.rule) || subject.concerns(&start, &change.rule));
    for (change, versions) in steps(changes, after) {
        let last = stages.last().map_or_else(|| Arc::clone(&start), |stage| Arc::clone(&stage.rules));
        let mut rules = Rulebook::clone(&last);
        versions.iter().for_each(|version| rules.take_over(after, version));
        stages.push(Stage { rules: Arc::new(rules), shifted, change });
    }
    stages.push(Stage { rules: Arc::clone(after), shifted, change: StageChange::Remainder });
    stages
}

/// Changes one by one, or family by family where there are many.
fn steps(changes: Vec<VersionChange>, after: &Rulebook) -> Vec<(StageChange, Vec<VersionChange>)> {
    if changes.len() <= MOST_SINGLE_CHANGES {
        return changes
            .into_iter()
            .map(|change| {
                let rule = rule_of(after, &change);
                (StageChange::Version(change.clone(), rule), vec![change])
            })
            .collect();
    }
    let names = family_names(after);
    let mut families: Vec<(String, Vec<VersionChange>)> = Vec::new();
    for change in changes {
        let family = change.rule.split('/').next().unwrap_or_default().to_owned();
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, versions)) => versions.push(change),
            None => families.push((family, vec![change])),
        }
    }
    families
        .into_iter()
        .map(|(family, versions)| {
            if let [only] = &versions[..] {
                return (StageChange::Version(only.clone(), rule_of(after, only)), versions);
            }
            let name = names.get(&family).cloned().unwrap_or_else(|| [family.clone(), family.clone()]);
            (StageChange::Family { name, family, versions: versions.len() }, versions)
        })
        .collect()
}

fn family_names(rules: &Rulebook) -> BTreeMap<String, [String; 2]> {
    let name = |entry: &crate::rulebook::entries::Entry<'_>| {
        (entry.header.id.clone(), [entry.header.name_vi.clone(), entry.header.name_en.clone()])
    };
    rules.entries().iter().map(name).collect()
}

/// The version of a change in the rulebook after, for its citation and evidence.
fn rule_of(after: &Rulebook, change: &VersionChange) -> Option<RuleRef> {
    let entries = after.entries();
    let entry = entries.iter().find(|entry| entry.rule == change.rule)?;
    let mut versions = entry.versions.iter().map(|version| version.rule);
    versions.find(|rule| rule.effective_from == change.effective_from).cloned()
}

/// Điều cần biết về một cải cách: scenarios without a text on either side, and a reform that changes nothing.
pub fn notices(stages: &[Stage]) -> Vec<Problem> {
    let mut found: Vec<RuleRef> = Vec::new();
    for stage in [stages.first(), stages.last()].into_iter().flatten() {
        for rule in scenarios(&stage.rules) {
            if !found
                .iter()
                .any(|known| known.rule == rule.rule && known.effective_from == rule.effective_from)
            {
                found.push(rule);
            }
        }
    }
    let nothing = stages.len() == 2 && stages[1].change == StageChange::Remainder;
    let nothing = nothing.then(|| Problem::new(Code::NothingChanges));
    found.iter().map(scenario).chain(nothing).collect()
}

/// Versions of overlays that no text supports, whichever step applies them.
fn scenarios(rules: &Rulebook) -> Vec<RuleRef> {
    let overlays = &rules.identity.overlays;
    let is_overlay = |rule: &RuleRef| rule.origin.as_ref().is_some_and(|origin| overlays.contains(origin));
    let entries = rules.entries();
    let versions = entries.iter().flat_map(|entry| entry.versions.iter().map(|version| version.rule));
    versions.filter(|rule| rule.evidence == Evidence::Unverified && is_overlay(rule)).cloned().collect()
}

fn scenario(rule: &RuleRef) -> Problem {
    let note = rule.note.clone().unwrap_or_default();
    Problem::new(Code::ScenarioVersion)
        .with("rule", &rule.rule)
        .with("from", rule.effective_from)
        .with("note_vi", &note[0])
        .with("note_en", &note[1])
}

impl SimulatedDays {
    /// Days before and after of what the table places on `day`.
    pub fn of(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let before = self.on.unwrap_or(day);
        (before, self.shift_to.unwrap_or(before))
    }
}

/// The same day as far after `to` as it lies after `from`.
pub fn moved(day: NaiveDate, from: NaiveDate, to: NaiveDate) -> NaiveDate {
    let days = (to - from).num_days();
    let moved = match u32::try_from(days.unsigned_abs()) {
        Ok(distance) if days >= 0 => days_after(day, distance),
        Ok(distance) => day.checked_sub_days(chrono::Days::new(u64::from(distance))),
        Err(_) => None,
    };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn a_later_day_releases_the_versions_in_between() {
        let rules = Rulebook::bundled();
        let days = SimulatedDays { on: Some(day("2026-06-30")), shift_to: Some(day("2026-07-01")) };
        let names = |subject| -> Vec<String> {
            stages(&rules, &rules, days, subject)
                .iter()
                .map(|stage| match &stage.change {
                    StageChange::Version(change, _) => change.rule.clone(),
                    other => format!("{other:?}").split([' ', '(']).next().unwrap_or_default().to_owned(),
                })
                .collect()
        };
        assert_eq!(names(Subject::Premiums), ["Before", "Days", "base-salary", "Remainder"]);
        let claims = ["Before", "Days", "base-salary", "network-rates", "service-ratios", "Remainder"];
        assert_eq!(names(Subject::Claims), claims);
    }

    #[test]
    fn the_same_rules_on_the_same_day_have_nothing_to_explain() {
        let rules = Rulebook::bundled();
        assert_eq!(stages(&rules, &rules, SimulatedDays::default(), Subject::Premiums).len(), 2);
    }

    #[test]
    fn days_move_both_ways() {
        assert_eq!(moved(day("2026-08-01"), day("2026-06-30"), day("2026-07-01")), day("2026-08-02"));
        assert_eq!(moved(day("2026-08-01"), day("2026-07-01"), day("2026-06-30")), day("2026-07-31"));
    }

    #[test]
    fn many_changes_are_told_family_by_family_and_a_lone_one_by_itself() {
        let rules = Rulebook::bundled();
        let change = |rule: &str, year: usize| VersionChange {
            rule: rule.to_owned(),
            name: [String::new(), String::new()],
            effective_from: day(&format!("{year}-01-01")),
            kind: crate::rulebook::diff::ChangeKind::Added,
        };
        let mut changes: Vec<_> =
            (0..MOST_SINGLE_CHANGES).map(|at| change("base-salary", 2100 + at)).collect();
        changes.insert(1, change("premium-rates", 2100));
        let told: Vec<(String, usize)> = steps(changes, &rules)
            .into_iter()
            .map(|(step, versions)| match step {
                StageChange::Family { family, .. } => (family, versions.len()),
                StageChange::Version(change, _) => (change.rule, versions.len()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(told, [("base-salary".to_owned(), MOST_SINGLE_CHANGES), ("premium-rates".to_owned(), 1)]);
    }
}
