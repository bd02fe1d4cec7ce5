//! Cộng dồn mô phỏng: totals by who bears them, stage and group, who gains and who loses, and how the changes are spread.

use std::collections::BTreeMap;

use super::distribution::Distribution;
use super::subject::{Bearer, MOST_BEARERS, SimulationColumn, Subject};
use crate::engine::claim::reimbursement;
use crate::engine::premium;
use crate::terms::care::Relief;
use crate::terms::number::Vnd;
use crate::terms::problem::Code;

/// Hundredths in a đồng.
const DONG: i128 = 100;

/// Tổng số tiền và phần của từng bên, in hundredths of a đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartySums {
    /// All of it: premiums, or what hospitals charge.
    pub whole: i128,
    /// By who bears it, at [`Bearer::index`].
    parts: [i128; MOST_BEARERS],
}

impl PartySums {
    /// Mức đóng of one person. Premiums are whole đồng by the rounding rule; a scenario that rounds to less is
    /// counted in whole đồng.
    pub fn of_premium(amounts: &premium::PremiumAmounts) -> PartySums {
        let dong = |amount: Vnd| i128::from(amount.hundredths()) / DONG * DONG;
        let mut parts = [0; MOST_BEARERS];
        parts.iter_mut().zip(amounts.by_payer).for_each(|(part, amount)| *part = dong(amount));
        PartySums { whole: dong(amounts.premium), parts }
    }

    /// Chi phí of one visit.
    pub fn of_visit(money: &reimbursement::ItemAmounts) -> PartySums {
        let exact = |amount: Vnd| i128::from(amount.hundredths());
        let mut sums = PartySums { whole: exact(money.hospital), ..PartySums::default() };
        sums.parts[Bearer::Fund.index()] = exact(money.fund);
        sums.parts[Bearer::Copayment.index()] = exact(money.copayment);
        sums.parts[Bearer::OwnPayment.index()] = exact(money.own);
        sums
    }

    /// What one of them bears.
    pub const fn of(&self, bearer: Bearer) -> i128 {
        self.parts[bearer.index()]
    }

    /// One of the figures of a subject.
    pub fn figure(&self, figure: SimulationColumn) -> i128 {
        match figure {
            SimulationColumn::Whole => self.whole,
            SimulationColumn::Part(bearer) => self.of(bearer),
            SimulationColumn::Parts(bearers) => bearers.iter().map(|bearer| self.of(*bearer)).sum(),
            SimulationColumn::AllBut(bearers) => self.whole - self.figure(SimulationColumn::Parts(bearers)),
        }
    }

    /// Whether anything is there at all.
    pub fn is_nothing(&self) -> bool {
        self.whole == 0 && self.parts.iter().all(|part| *part == 0)
    }

    /// What the parts add up to.
    pub fn parts_together(&self) -> i128 {
        self.parts.iter().sum()
    }

    fn add(&mut self, more: &PartySums) {
        self.whole += more.whole;
        self.parts.iter_mut().zip(more.parts).for_each(|(sum, more)| *sum += more);
    }

    /// The difference from other sums.
    #[must_use]
    pub fn minus(&self, other: &PartySums) -> PartySums {
        let mut difference = *self;
        difference.whole -= other.whole;
        difference.parts.iter_mut().zip(other.parts).for_each(|(sum, less)| *sum -= less);
        difference
    }
}

/// Whole đồng, away from zero, so that only no change at all counts as none.
fn whole_dong(hundredths: i128) -> i64 {
    let (dong, rest) = (hundredths / DONG, hundredths % DONG);
    i64::try_from(if rest == 0 { dong } else { dong + hundredths.signum() }).unwrap_or_default()
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

    /// Trung bình of the changes of `cases`, in whole đồng, half away from zero.
    pub fn mean(&self, cases: u64) -> i128 {
        let unit = i128::from(cases.max(1)) * DONG;
        let sum = self.losses - self.gains;
        let (whole, rest) = (sum / unit, (sum % unit).abs());
        if rest * 2 >= unit { whole + sum.signum() } else { whole }
    }

    fn merge(&mut self, other: &Outcomes) {
        self.better += other.better;
        self.gains += other.gains;
        self.worse += other.worse;
        self.losses += other.losses;
        self.same += other.same;
    }
}

/// Một phần của bảng: one group, or the visits of one relief.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartTally {
    /// People or visits computed on both sides.
    pub cases: u64,
    /// Sums before.
    pub before: PartySums,
    /// Sums after.
    pub after: PartySums,
    /// Who pays more or less.
    pub outcomes: Outcomes,
}

impl PartTally {
    fn add(&mut self, before: &PartySums, after: &PartySums, change: i128) {
        self.cases += 1;
        self.before.add(before);
        self.after.add(after);
        self.outcomes.add(change);
    }

    fn merge(&mut self, more: &PartTally) {
        self.cases += more.cases;
        self.before.add(&more.before);
        self.after.add(&more.after);
        self.outcomes.merge(&more.outcomes);
    }
}

/// Bên nào không tính được.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnansweredSide {
    /// Before the change.
    Before,
    /// After it.
    After,
}

/// Trường hợp 100 % before and after the change.
pub type Reliefs = [Option<Relief>; 2];

/// Kết quả cộng dồn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationTally {
    /// What the rows are.
    pub subject: Subject,
    /// People or visits computed on both sides.
    pub cases: u64,
    /// Households of whom somebody was computed.
    pub households: u64,
    /// Sums at every stage, the first before, the last after.
    pub stages: Vec<PartySums>,
    /// Cases for which a stage alone had no answer; their change counts at the next stage that has one.
    pub deferred: Vec<u64>,
    /// By group id.
    pub groups: BTreeMap<String, PartTally>,
    /// Visits by their reliefs before and after; empty for premiums.
    pub reliefs: BTreeMap<Reliefs, PartTally>,
    /// Cases by what people pay themselves.
    pub by_case: Outcomes,
    /// Households by what they pay themselves.
    pub by_household: Outcomes,
    /// Changes of what people pay themselves, in whole đồng away from zero.
    pub changes: Distribution,
    /// Cases that could not be computed, by side and reason.
    pub left_out: BTreeMap<(UnansweredSide, Code), u64>,
    /// Cases with a warning on either side, by its code.
    pub warnings: BTreeMap<Code, u64>,
    household: Option<i128>,
}

impl SimulationTally {
    /// Nothing yet, for this many stages.
    pub fn new(subject: Subject, stages: usize) -> SimulationTally {
        SimulationTally {
            subject,
            cases: 0,
            households: 0,
            stages: vec![PartySums::default(); stages],
            deferred: vec![0; stages],
            groups: BTreeMap::new(),
            reliefs: BTreeMap::new(),
            by_case: Outcomes::default(),
            by_household: Outcomes::default(),
            changes: Distribution::default(),
            left_out: BTreeMap::new(),
            warnings: BTreeMap::new(),
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

    /// Adds a person or visit with the sums at every stage; a stage without an answer keeps those of the stage before.
    pub fn add(&mut self, group: &str, reliefs: Reliefs, stages: &[Option<PartySums>]) {
        let Some(Some(before)) = stages.first() else { return };
        let mut known = *before;
        for (index, stage) in stages.iter().enumerate() {
            match stage {
                Some(sums) => known = *sums,
                None => self.deferred[index] += 1,
            }
            self.stages[index].add(&known);
        }
        let own = self.subject.own();
        let change = known.figure(own) - before.figure(own);
        self.cases += 1;
        self.by_case.add(change);
        self.changes.add(whole_dong(change));
        match self.subject {
            Subject::Premiums => *self.household.get_or_insert(0) += change,
            Subject::Claims => self.reliefs.entry(reliefs).or_default().add(before, &known, change),
        }
        if !self.groups.contains_key(group) {
            self.groups.insert(group.to_owned(), PartTally::default());
        }
        if let Some(tally) = self.groups.get_mut(group) {
            tally.add(before, &known, change);
        }
    }

    /// Counts a case for which one side has no answer.
    pub fn leave_out(&mut self, side: UnansweredSide, code: Code, cases: u64) {
        *self.left_out.entry((side, code)).or_default() += cases;
    }

    /// Counts a warning of a case.
    pub fn warn(&mut self, code: Code) {
        *self.warnings.entry(code).or_default() += 1;
    }

    /// Adds what another worker counted; both must have ended their households.
    pub fn merge(&mut self, mut other: SimulationTally) {
        self.begin_household();
        other.begin_household();
        self.cases += other.cases;
        self.households += other.households;
        self.stages.iter_mut().zip(&other.stages).for_each(|(sums, more)| sums.add(more));
        self.deferred.iter_mut().zip(&other.deferred).for_each(|(count, more)| *count += more);
        for (group, more) in other.groups {
            self.groups.entry(group).or_default().merge(&more);
        }
        for (reliefs, more) in other.reliefs {
            self.reliefs.entry(reliefs).or_default().merge(&more);
        }
        self.by_case.merge(&other.by_case);
        self.by_household.merge(&other.by_household);
        self.changes.merge(&other.changes);
        for ((side, code), count) in other.left_out {
            self.leave_out(side, code, count);
        }
        for (code, count) in other.warnings {
            *self.warnings.entry(code).or_default() += count;
        }
    }

    /// Sums before the change.
    pub fn before(&self) -> PartySums {
        self.stages.first().copied().unwrap_or_default()
    }

    /// Sums after it.
    pub fn after(&self) -> PartySums {
        self.stages.last().copied().unwrap_or_default()
    }

    /// Holds in every build: at every stage parts add up to the whole, and so do groups and reliefs.
    ///
    /// # Errors
    /// What does not add up.
    pub fn check(&self) -> Result<(), String> {
        for (index, sums) in self.stages.iter().enumerate() {
            let parts = sums.parts_together();
            if parts != sums.whole {
                return Err(format!("stage {index}: parts are {parts} of {}", sums.whole));
            }
        }
        let outcomes = self.by_case.better + self.by_case.worse + self.by_case.same;
        if outcomes != self.cases {
            return Err(format!("{outcomes} outcomes of {} cases", self.cases));
        }
        self.check_parts("groups", self.groups.values())?;
        match self.subject {
            Subject::Premiums => Ok(()),
            Subject::Claims => self.check_parts("reliefs", self.reliefs.values()),
        }
    }

    fn check_parts<'p>(&self, name: &str, parts: impl Iterator<Item = &'p PartTally>) -> Result<(), String> {
        let mut all = PartTally::default();
        parts.for_each(|part| all.merge(part));
        if all.cases == self.cases && all.before == self.before() && all.after == self.after() {
            Ok(())
        } else {
            Err(format!("{name} hold {} of {} cases", all.cases, self.cases))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::group::Payer;

    /// Sums in đồng: the whole, the part of the person, the part of the state.
    fn sums(whole: i128, person: i128, state: i128) -> PartySums {
        let mut parts = [0; MOST_BEARERS];
        parts[Payer::Person as usize] = person * DONG;
        parts[Payer::State as usize] = state * DONG;
        PartySums { whole: whole * DONG, parts }
    }

    /// A member pays 20 more, a pupil 5 and the state 5 more, an old member 10 less; another pays the same.
    fn counted() -> SimulationTally {
        let mut tally = SimulationTally::new(Subject::Premiums, 2);
        for (group, before, after) in [
            ("household", sums(100, 100, 0), sums(120, 120, 0)),
            ("pupil", sums(50, 25, 25), sums(60, 30, 30)),
            ("household", sums(90, 90, 0), sums(80, 80, 0)),
            ("household", sums(70, 70, 0), sums(70, 70, 0)),
        ] {
            tally.add(group, [None, None], &[Some(before), Some(after)]);
        }
        tally
    }

    #[test]
    fn a_part_of_a_dong_is_a_change_of_one() {
        let changes =
            [(0, 0), (1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (-1, -1), (-100, -1), (-101, -2)];
        for (hundredths, dong) in changes {
            assert_eq!(whole_dong(hundredths), dong, "{hundredths}");
        }
    }

    #[test]
    fn a_mean_is_rounded_half_away_from_zero() {
        let mean = |gains, losses, cases| Outcomes { gains, losses, ..Outcomes::default() }.mean(cases);
        // 2.99, 3 and 3.01 đồng for two: 1.495, 1.5 and 1.505 each.
        assert_eq!([mean(0, 299, 2), mean(0, 300, 2), mean(0, 301, 2)], [1, 2, 2]);
        assert_eq!([mean(299, 0, 2), mean(300, 0, 2), mean(301, 0, 2)], [-1, -2, -2]);
        // 10 lost and 4 gained by three: 2 each; by nobody: as by one.
        assert_eq!([mean(400, 1000, 3), mean(0, 1000, 0), mean(0, 0, 7)], [2, 10, 0]);
    }

    const BOTH: &[Bearer] = &[Bearer::Payer(Payer::Person), Bearer::Payer(Payer::State)];

    #[test]
    fn figures_are_parts_of_the_whole() {
        let (person, state) = (Bearer::Payer(Payer::Person), Bearer::Payer(Payer::State));
        let sums = sums(60, 25, 30);
        let of = |figure| sums.figure(figure) / DONG;
        let parts = [SimulationColumn::Whole, SimulationColumn::Part(person), SimulationColumn::Part(state)];
        assert_eq!(parts.map(of), [60, 25, 30]);
        assert_eq!([of(SimulationColumn::Parts(BOTH)), of(SimulationColumn::AllBut(BOTH))], [55, 5]);
        assert_eq!(sums.parts_together(), 55 * DONG);
        assert!(!sums.is_nothing() && PartySums::default().is_nothing());
        // What moves from one bearer to another moves no whole.
        let moved = self::sums(0, -25, 25);
        assert!(!moved.is_nothing());
    }

    #[test]
    fn who_gains_and_who_loses_is_counted_with_how_much() {
        let tally = counted();
        let expected = Outcomes { better: 1, gains: 10 * DONG, worse: 2, losses: 25 * DONG, same: 1 };
        assert_eq!((tally.by_case, tally.cases), (expected, 4));
        let household = &tally.groups["household"];
        let expected = Outcomes { better: 1, gains: 10 * DONG, worse: 1, losses: 20 * DONG, same: 1 };
        assert_eq!((household.outcomes, household.cases), (expected, 3));
        assert_eq!(household.after.minus(&household.before).whole, 10 * DONG);
        assert_eq!((tally.before().whole, tally.after().whole), (310 * DONG, 330 * DONG));
    }

    #[test]
    fn halves_counted_apart_are_the_whole() {
        let mut whole = counted();
        let half = counted();
        whole.merge(half);
        assert_eq!((whole.cases, whole.by_case.same, whole.groups["pupil"].cases), (8, 2, 2));
        assert_eq!((whole.by_case.gains, whole.by_case.losses), (20 * DONG, 50 * DONG));
        assert_eq!((whole.households, whole.by_household.worse), (2, 2));
        assert_eq!((whole.before().whole, whole.check()), (620 * DONG, Ok(())));
    }

    #[test]
    fn sums_that_do_not_add_up_are_a_failed_check() {
        assert_eq!(counted().check(), Ok(()));
        let wrong = |spoil: fn(&mut SimulationTally)| {
            let mut tally = counted();
            spoil(&mut tally);
            tally.check().is_err()
        };
        assert!(wrong(|tally| tally.stages[0].whole += 1));
        assert!(wrong(|tally| tally.stages[1].parts[0] -= 1));
        assert!(wrong(|tally| tally.by_case.better += 1));
        assert!(wrong(|tally| tally.by_case.same += 1));
        let pupil = |tally: &mut SimulationTally| tally.groups.remove("pupil").unwrap_or_default();
        assert!(wrong(|tally| tally.groups.entry("pupil".to_owned()).or_default().cases += 1));
        assert!(wrong(|tally| tally.groups.entry("pupil".to_owned()).or_default().before.whole += 1));
        assert!(wrong(|tally| tally.groups.entry("pupil".to_owned()).or_default().after.parts[0] += 1));
        let mut without = counted();
        assert_eq!((pupil(&mut without).cases, without.check().is_err()), (1, true));
        // Visits by their reliefs add up too; premiums have none.
        let mut visits = SimulationTally { subject: Subject::Claims, ..counted() };
        assert!(visits.check().is_err());
        let all =
            PartTally { cases: 4, before: visits.before(), after: visits.after(), ..PartTally::default() };
        visits.reliefs.insert([None, None], all);
        assert_eq!(visits.check(), Ok(()));
    }
}
