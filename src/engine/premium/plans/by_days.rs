//! Phương án theo ngày: where a person has no circumstances, names no place and is of no group that is asked for its age, the days,
//! the months and the group are all that decides, and many rows of a table share them.

use std::hash::Hasher;

use chrono::{Datelike, NaiveDate};

use super::{PlanQuestion, has_no_circumstances};
use crate::terms::quick_hash::Mixer;

/// Questions kept at a time.
const KEPT: usize = 1 << 11;

/// Câu hỏi chỉ có ngày, in two words: both days; group, months and the number of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayQuestion {
    days: u64,
    others: u64,
}

impl DayQuestion {
    /// The question of a person without circumstances and places.
    #[inline]
    pub(super) fn of(question: &PlanQuestion<'_>) -> Option<DayQuestion> {
        let PlanQuestion { person, payment, .. } = question;
        if payment.province.is_some() || person.school.is_some() || !has_no_circumstances(person) {
            return None;
        }
        // No day has the number of none: they are counted from 1.
        let number = |day: NaiveDate| u64::from(day.year().cast_unsigned() << 9 | day.ordinal());
        let group = u64::from(u16::try_from(question.group).ok()?);
        let months = u64::from(u16::try_from(payment.months).ok()?);
        Some(DayQuestion {
            days: number(payment.paid_on) << 32 | payment.from.map_or(0, number),
            others: u64::from(question.names) << 32 | group << 16 | months,
        })
    }

    #[inline]
    fn slot(self) -> usize {
        let mut hash = Mixer::default();
        hash.write_u64(self.days);
        hash.write_u64(self.others);
        usize::try_from(hash.finish()).unwrap_or_default() % KEPT
    }
}

/// Phương án theo ngày: the position of the plan that such a question led to; whoever looks compares in full.
#[derive(Debug)]
pub(super) struct PlansByDays {
    kept: Vec<Option<(DayQuestion, u32)>>,
    /// Questions of this stretch that were known, and that were not.
    found: u32,
    missed: u32,
    /// Questions that are not looked up.
    pause: u32,
}

/// Days of some tables do not come again: where so many questions were new and fewer than half as many known, so many are
/// not looked up.
const STRETCH: u32 = 1 << 10;
const PAUSE: u32 = 1 << 14;

impl Default for PlansByDays {
    fn default() -> PlansByDays {
        PlansByDays { kept: vec![None; KEPT], found: 0, missed: 0, pause: 0 }
    }
}

impl PlansByDays {
    /// Whether to look a question up; which way the plan is found changes nothing.
    #[inline]
    pub(super) fn is_worth_a_look(&mut self) -> bool {
        let is_paused = self.pause > 0;
        self.pause -= u32::from(is_paused);
        !is_paused
    }

    #[inline]
    pub(super) fn find(&mut self, asked: DayQuestion) -> Option<usize> {
        match self.kept[asked.slot()] {
            Some((known, at)) if known == asked => {
                self.found += 1;
                Some(at as usize)
            }
            _ => {
                self.miss();
                None
            }
        }
    }

    fn miss(&mut self) {
        self.missed += 1;
        if self.missed == STRETCH {
            self.pause = if self.found < STRETCH / 2 { PAUSE } else { 0 };
            (self.found, self.missed) = (0, 0);
        }
    }

    /// Keeps what a question led to.
    pub(super) fn keep(&mut self, asked: DayQuestion, at: usize) {
        self.kept[asked.slot()] = u32::try_from(at).ok().map(|at| (asked, at));
    }

    pub(super) fn clear(&mut self) {
        self.kept.fill(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::quote::{Circumstance, Enrollee};
    use crate::engine::premium::Payment;

    fn question(day: u64) -> DayQuestion {
        DayQuestion { days: day << 32, others: 12 }
    }

    #[test]
    fn days_that_do_not_come_again_are_not_looked_up_for_a_while() {
        let mut plans = PlansByDays::default();
        let mut look = |day: u64| {
            plans.is_worth_a_look() && {
                let found = plans.find(question(day));
                assert!(found.is_none_or(|at| at as u64 == day));
                if found.is_none() {
                    plans.keep(question(day), usize::try_from(day).expect("a place"));
                }
                true
            }
        };
        assert!((0..u64::from(STRETCH)).all(&mut look), "looked up at first");
        assert!(!(0..u64::from(PAUSE)).any(&mut look), "then left alone");
        assert!(
            (0..u64::from(8 * STRETCH)).all(|day| look(day % 100)),
            "and looked up again, where days come again"
        );
    }

    #[test]
    fn only_days_decide_for_who_has_no_circumstance_no_other_category_and_no_place() {
        let day = |text| crate::terms::period::parse_date(text).expect("a day");
        let payment = Payment { paid_on: day("2026-08-01"), from: None, months: 3, province: None };
        let asked = |person: &Enrollee, payment| {
            DayQuestion::of(&PlanQuestion { person, group: 1, names: 0, payment }).is_some()
        };
        let plain = Enrollee::of_group("household");
        assert!(asked(&plain, payment));
        assert!(!asked(&plain, Payment { province: Some("ha-noi"), ..payment }));
        let circumstances = vec![Circumstance { tag: "left-poverty".to_owned(), date: None }];
        assert!(!asked(&Enrollee { circumstances, ..plain.clone() }, payment));
        assert!(!asked(&Enrollee { also: vec!["pupil".to_owned()], ..plain.clone() }, payment));
        assert!(!asked(&Enrollee { school: Some("ha-noi".to_owned()), ..plain }, payment));
    }
}
