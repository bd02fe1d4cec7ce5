//! Phương án theo ngày: where a person has no circumstances, names no place and is of no group that is asked for its age, the days,
//! the months and the group are all that decides, and many rows of a table share them.

use std::hash::Hasher;

use chrono::{Datelike, NaiveDate};

use super::{PlanQuestion, has_no_circumstances};
use crate::terms::quick_hash::Mixer;

/// Questions kept at a time.
const KEPT: usize = 1 << 11;

/// Câu hỏi chỉ có ngày.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayQuestion {
    paid_on: NaiveDate,
    from: Option<NaiveDate>,
    group: u16,
    months: u16,
    names: u32,
}

impl DayQuestion {
    /// The question of a person without circumstances and places.
    #[inline]
    pub(super) fn of(question: &PlanQuestion<'_>) -> Option<DayQuestion> {
        let PlanQuestion { person, payment, .. } = question;
        if payment.province.is_some() || person.school.is_some() || !has_no_circumstances(person) {
            return None;
        }
        Some(DayQuestion {
            paid_on: payment.paid_on,
            from: payment.from,
            group: u16::try_from(question.group).ok()?,
            months: u16::try_from(payment.months).ok()?,
            names: question.names,
        })
    }

    #[inline]
    fn slot(self) -> usize {
        let day = |day: NaiveDate| u64::from(day.year().cast_unsigned() << 9 | day.ordinal());
        let days = day(self.paid_on) << 32 | self.from.map_or(0, day);
        let other = u64::from(self.group) << 8 | u64::from(self.months);
        let mut hash = Mixer::default();
        hash.write_u64(days);
        hash.write_u64(other);
        usize::try_from(hash.finish()).unwrap_or_default() % KEPT
    }
}

/// Phương án theo ngày: the position of the plan that such a question led to; whoever looks compares in full.
#[derive(Debug)]
pub(super) struct PlansByDays(Vec<Option<(DayQuestion, u32)>>);

impl Default for PlansByDays {
    fn default() -> PlansByDays {
        PlansByDays(vec![None; KEPT])
    }
}

impl PlansByDays {
    #[inline]
    pub(super) fn find(&self, asked: DayQuestion) -> Option<usize> {
        let (known, at) = self.0[asked.slot()]?;
        (known == asked).then_some(at as usize)
    }

    /// Keeps what a question led to.
    pub(super) fn keep(&mut self, asked: DayQuestion, at: usize) {
        self.0[asked.slot()] = u32::try_from(at).ok().map(|at| (asked, at));
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(None);
    }
}
