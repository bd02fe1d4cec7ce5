//! Quy định mà các ô tiền dựa vào: the base salary and the steps of the ladder of a day of payment, which is all that reading the
//! cells of money sees of the law.

use chrono::NaiveDate;

use crate::engine::calendar::{Calendar, Era};
use crate::rulebook::Rulebook;
use crate::terms::number::{Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Mức lương cơ sở và các bậc của hộ gia đình of a day of payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MoneyLaw<'r> {
    /// The base salary; none on days for which none is recorded.
    pub(super) base_salary: Option<Vnd>,
    steps: &'r [Share],
}

impl<'r> MoneyLaw<'r> {
    /// What is in force on a day.
    pub(super) fn at(rules: &'r Rulebook, day: NaiveDate) -> MoneyLaw<'r> {
        MoneyLaw {
            base_salary: rules.base_salary.at(day).ok().map(|version| version.value),
            steps: rules.household_ladder.at(day).map_or(&[], |ladder| ladder.value.steps.as_slice()),
        }
    }

    /// The place whose step of the ladder is this share.
    pub(super) fn rank(self, share: Share) -> Result<u32, Problem> {
        let step = self.steps.iter().position(|step| *step == share);
        let rank = step.and_then(|step| u32::try_from(step + 1).ok());
        rank.ok_or_else(|| Problem::new(Code::NoLadderStep))
    }

    /// The place whose share of the base salary is this amount.
    pub(super) fn rank_of_base(self, base: Vnd) -> Result<u32, Problem> {
        let salary = self.base_salary.ok_or_else(|| Problem::new(Code::NoLadderStep))?;
        let share = Share::fraction(i128::from(base.hundredths()), i128::from(salary.hundredths()));
        self.rank(share.ok_or_else(|| Problem::new(Code::NoLadderStep))?)
    }

    /// Whether an amount is the base salary.
    pub(super) fn is_base(self, amount: Vnd) -> bool {
        amount == Vnd::ZERO || self.base_salary == Some(amount)
    }
}

/// Các kỳ của những quy định đó.
#[derive(Debug)]
pub(super) struct MoneyLaws<'r> {
    changes: Calendar,
    by_era: Vec<MoneyLaw<'r>>,
}

impl<'r> MoneyLaws<'r> {
    /// The law of all days.
    pub(super) fn of(rules: &'r Rulebook) -> MoneyLaws<'r> {
        let base = rules.base_salary.versions.versions().iter().map(|version| &version.rule);
        let ladder = rules.household_ladder.versions.versions().iter().map(|version| &version.rule);
        let ends = |until: Option<NaiveDate>| until.and_then(|last| last.succ_opt());
        let days = base
            .chain(ladder)
            .flat_map(|rule| std::iter::once(rule.effective_from).chain(ends(rule.effective_until)));
        let mut days: Vec<NaiveDate> = days.collect();
        days.sort_unstable();
        days.dedup();
        let starts = std::iter::once(NaiveDate::MIN).chain(days.iter().copied());
        let by_era = starts.map(|day| MoneyLaw::at(rules, day)).collect();
        MoneyLaws { changes: Calendar { days }, by_era }
    }

    /// The law of a day, and its era.
    #[inline]
    pub(super) fn on(&self, day: NaiveDate) -> (Era, MoneyLaw<'r>) {
        let era = self.changes.era(day);
        (era, self.by_era[usize::from(era)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_of_an_era_is_that_of_each_of_its_days() {
        let rules = Rulebook::bundled();
        let laws = MoneyLaws::of(&rules);
        let first = NaiveDate::from_ymd_opt(2008, 1, 1).expect("a day");
        let mut eras = 0;
        for day in first.iter_days().take(12_000) {
            let (era, law) = laws.on(day);
            assert_eq!(law, MoneyLaw::at(&rules, day), "{day}");
            eras = eras.max(era);
        }
        assert!(eras > 3, "{eras}");
    }
}
