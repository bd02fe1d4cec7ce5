//! Cộng dồn mô phỏng: totals by payer, stage and group, who gains and who loses, and how the changes are spread.

use std::collections::BTreeMap;

use super::distribution::Distribution;
use crate::engine::premium::Amounts;
use crate::terms::group::Payer;
use crate::terms::money::Vnd;
use crate::terms::problem::Code;

/// Tổng mức đóng và phần của từng nguồn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// All premiums, in đồng.
    pub premium: i128,
    /// By payer, in the order of [`Payer::ALL`].
    pub by_payer: [i128; Payer::ALL.len()],
}

impl Sums {
    /// What one payer bears.
    pub fn of(&self, payer: Payer) -> i128 {
        self.by_payer[payer as usize]
    }

    fn add(&mut self, amounts: &Amounts) {
        self.premium += dong(amounts.premium);
        for (sum, amount) in self.by_payer.iter_mut().zip(amounts.by_payer) {
            *sum += dong(amount);
        }
    }

    fn merge(&mut self, other: &Sums) {
        self.premium += other.premium;
        for (sum, more) in self.by_payer.iter_mut().zip(other.by_payer) {
            *sum += more;
        }
    }

    /// The difference from other sums.
    #[must_use]
    pub fn minus(&self, other: &Sums) -> Sums {
        let mut difference = *self;
        difference.premium -= other.premium;
        for (sum, less) in difference.by_payer.iter_mut().zip(other.by_payer) {
            *sum -= less;
        }
        difference
    }
}

/// Premiums are whole đồng by the rounding rule; a scenario that rounds to less is counted in whole đồng.
fn dong(amount: Vnd) -> i128 {
    i128::from(amount.hundredths() / 100)
}

/// Người được, người mất: how many, and how much together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Pay less.
    pub better: u64,
    /// How much less, together.
    pub gains: i128,
    /// Pay more.
    pub worse: u64,
    /// How much more, together.
    pub losses: i128,
    /// Pay the same.
    pub same: u64,
}

impl Outcomes {
    fn add(&mut self, change: i128) {
        match change {
            0 => self.same += 1,
            ..0 => {
                self.better += 1;
                self.gains -= change;
            }
            _ => {
                self.worse += 1;
                self.losses += change;
            }
        }
    }

    fn merge(&mut self, other: &Outcomes) {
        self.better += other.better;
        self.gains += other.gains;
        self.worse += other.worse;
        self.losses += other.losses;
        self.same += other.same;
    }
}

/// Một đối tượng trong mô phỏng.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTally {
    /// People computed on both sides.
    pub people: u64,
    /// Sums before.
    pub before: Sums,
    /// Sums after.
    pub after: Sums,
    /// Who pays more or less.
    pub outcomes: Outcomes,
}

/// Bên nào không tính được.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Before the change.
    Before,
    /// After it.
    After,
}

/// Kết quả cộng dồn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// People computed on both sides.
    pub people: u64,
    /// Households of whom somebody was computed.
    pub households: u64,
    /// Sums at every stage, the first before, the last after.
    pub stages: Vec<Sums>,
    /// People for whom a stage alone had no answer; their change counts at the next stage that has one.
    pub deferred: Vec<u64>,
    /// By group id.
    pub groups: BTreeMap<String, GroupTally>,
    /// People by what they pay themselves.
    pub by_person: Outcomes,
    /// Households by what they pay themselves.
    pub by_household: Outcomes,
    /// Changes of what people pay themselves.
    pub changes: Distribution,
    /// People who could not be computed, by side and reason.
    pub left_out: BTreeMap<(Side, Code), u64>,
    household: Option<i128>,
}

impl Tally {
    /// Nothing yet, for this many stages.
    pub fn new(stages: usize) -> Tally {
        Tally {
            people: 0,
            households: 0,
            stages: vec![Sums::default(); stages],
            deferred: vec![0; stages],
            groups: BTreeMap::new(),
            by_person: Outcomes::default(),
            by_household: Outcomes::default(),
            changes: Distribution::default(),
            left_out: BTreeMap::new(),
            household: None,
        }
    }

    /// A new household begins with the next person.
    pub fn begin_household(&mut self) {
        if let Some(change) = self.household.take() {
            self.households += 1;
            self.by_household.add(change);
        }
    }

    /// Adds a person with the amounts at every stage; a stage without an answer keeps those of the stage before.
    pub fn add(&mut self, group: &str, stages: &[Option<Amounts>]) {
        let Some(Some(before)) = stages.first() else { return };
        let mut known = *before;
        for (index, stage) in stages.iter().enumerate() {
            match stage {
                Some(amounts) => known = *amounts,
                None => self.deferred[index] += 1,
            }
            self.stages[index].add(&known);
        }
        let change = dong(known.of(Payer::Person)) - dong(before.of(Payer::Person));
        self.people += 1;
        self.by_person.add(change);
        self.changes.add(i64::try_from(change).unwrap_or_default());
        *self.household.get_or_insert(0) += change;
        if !self.groups.contains_key(group) {
            self.groups.insert(group.to_owned(), GroupTally::default());
        }
        if let Some(tally) = self.groups.get_mut(group) {
            tally.people += 1;
            tally.before.add(before);
            tally.after.add(&known);
            tally.outcomes.add(change);
        }
    }

    /// Counts a person for whom one side has no answer.
    pub fn leave_out(&mut self, side: Side, code: Code) {
        *self.left_out.entry((side, code)).or_default() += 1;
    }

    /// Adds what another worker counted; both must have ended their households.
    pub fn merge(&mut self, mut other: Tally) {
        self.begin_household();
        other.begin_household();
        self.people += other.people;
        self.households += other.households;
        self.stages.iter_mut().zip(&other.stages).for_each(|(sums, more)| sums.merge(more));
        self.deferred.iter_mut().zip(&other.deferred).for_each(|(count, more)| *count += more);
        for (group, more) in other.groups {
            let tally = self.groups.entry(group).or_default();
            tally.people += more.people;
            tally.before.merge(&more.before);
            tally.after.merge(&more.after);
            tally.outcomes.merge(&more.outcomes);
        }
        self.by_person.merge(&other.by_person);
        self.by_household.merge(&other.by_household);
        self.changes.merge(&other.changes);
        for (key, count) in other.left_out {
            *self.left_out.entry(key).or_default() += count;
        }
    }

    /// Sums before the change.
    pub fn before(&self) -> Sums {
        self.stages.first().copied().unwrap_or_default()
    }

    /// Sums after it.
    pub fn after(&self) -> Sums {
        self.stages.last().copied().unwrap_or_default()
    }

    /// Holds in every build: at every stage parts add up to the premiums, and groups to the whole.
    ///
    /// # Errors
    /// What does not add up.
    pub fn check(&self) -> Result<(), String> {
        for (index, sums) in self.stages.iter().enumerate() {
            let parts: i128 = sums.by_payer.iter().sum();
            if parts != sums.premium {
                return Err(format!("stage {index}: payers bear {parts} of {}", sums.premium));
            }
        }
        let by_group: i128 = self.groups.values().map(|group| group.after.premium).sum();
        let counted: u64 = self.groups.values().map(|group| group.people).sum();
        let outcomes = self.by_person.better + self.by_person.worse + self.by_person.same;
        if by_group != self.after().premium || counted != self.people || outcomes != self.people {
            return Err(format!("groups hold {counted} of {} people", self.people));
        }
        Ok(())
    }
}
