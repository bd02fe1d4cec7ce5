//! Các tháng của một lần đóng, as far as a plan depends on them.

use crate::terms::ordered::count_before;
use chrono::{Days, NaiveDate};

use super::asked::AskedConditions;
use crate::case::quote::Enrollee;
use crate::engine::calendar::{Calendar, Era};
use crate::engine::premium::dates::Dates;
use crate::terms::period::month_of_cover;

/// Những gì một tháng nhìn thấy: era, and the sides of conditions a person stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct View {
    era: Era,
    sides: u64,
}

/// Các tháng của một lần đóng, as far as the plan depends on them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Runs {
    /// Month after month the same but for the era: the eras' changes, packed.
    Eras(u64, u64),
    /// The first month of every view.
    Views(Box<[(u8, View)]>, u8),
}

/// First and last day of cover that certainly lead to the same months, as far as eras decide.
type Alike = Option<(NaiveDate, NaiveDate)>;

/// The months of a cover; `None` where they cannot be told apart.
pub(super) fn of(
    asked: &AskedConditions<'_>,
    person: &Enrollee,
    from: NaiveDate,
    months: u32,
) -> Option<(Runs, Alike)> {
    const MOST_CUTS: u32 = 10;
    let calendar = &asked.months;
    let view = |month: u32| {
        let day = month_of_cover(from, month)?;
        let sides = asked.sides(person, Dates { day, month: day, number: month })?;
        Some(View { era: calendar.era(day), sides })
    };
    let (first, last) = (view(0)?, view(months.checked_sub(1)?)?);
    if first.sides == last.sides {
        // Eras only rise, and so do sides: what is equal at both ends is equal in between.
        let mut packed = u64::from(first.era);
        let (mut known, mut cuts) = (first.era, 0);
        if last.era != first.era {
            for month in 1..months {
                let era = calendar.era(month_of_cover(from, month)?);
                // Several changes inside one month count as several cuts at the same place.
                for _ in known..era {
                    cuts += 1;
                    packed = packed << 5 | u64::from(month);
                }
                known = era;
            }
        }
        if cuts > MOST_CUTS || months >= 32 || first.era >= 1 << 9 {
            return None;
        }
        let alike = alike(calendar, from, months);
        return Some((Runs::Eras(packed << 5 | u64::from(cuts), first.sides), alike));
    }
    let mut views = vec![(0, first)];
    for month in 1..months {
        let next = view(month)?;
        if views.last().is_none_or(|(_, known)| *known != next) {
            views.push((u8::try_from(month).ok()?, next));
        }
    }
    let alike = alike(calendar, from, months);
    Some((Runs::Views(views.into(), u8::try_from(months).ok()?), alike))
}

/// First days of cover around one whose months all lie in the same eras.
///
/// When the first day moves by some days, a later month moves by as many, give or take the ends of short months: at most
/// three days for a February on the way and three for its own last days.
fn alike(calendar: &Calendar, from: NaiveDate, months: u32) -> Alike {
    const UNEVEN: i64 = 6;
    const FAR: i64 = 366;
    let (mut before, mut after) = (FAR, FAR);
    for month in 0..months {
        let day = month_of_cover(from, month)?;
        let next = usize::from(calendar.era(day));
        if let Some(last) = next.checked_sub(1) {
            before = before.min((day - calendar.days[last]).num_days());
        }
        if let Some(next) = calendar.days.get(next) {
            after = after.min((*next - day).num_days() - 1);
        }
    }
    let days = |reach: i64| Days::new(u64::try_from(reach - UNEVEN).unwrap_or_default());
    Some((from.checked_sub_days(days(before))?, from.checked_add_days(days(after))?))
}

/// First days of cover that lead to one kept plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstDays {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) at: usize,
}

/// Các khoảng ngày đầu, in order.
#[derive(Debug, Default)]
pub(super) struct KnownFirstDays(Vec<FirstDays>);

impl KnownFirstDays {
    /// The plan of a first day, where it is known.
    #[inline]
    pub(super) fn find(&self, day: NaiveDate) -> Option<usize> {
        let at = count_before(self.0.len(), |at| self.0[at].first <= day).checked_sub(1)?;
        Some(self.0[at]).filter(|span| day <= span.last).map(|span| span.at)
    }

    /// KnownFirstDays of one plan that meet become one.
    pub(super) fn keep(&mut self, mut span: FirstDays) {
        self.0.retain(|known| {
            let meet = known.at == span.at && known.first <= span.last && span.first <= known.last;
            if meet {
                span.first = span.first.min(known.first);
                span.last = span.last.max(known.last);
            }
            !meet
        });
        let at = count_before(self.0.len(), |at| self.0[at].first < span.first);
        self.0.insert(at, span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The claim on which spans rest.
    #[test]
    fn months_of_cover_move_with_their_first_day_but_for_six_days() {
        let start = NaiveDate::from_ymd_opt(2023, 1, 1).expect("a day");
        for from in start.iter_days().take(2 * 366) {
            for moved in (0_u64..400).step_by(3).chain(0..35) {
                let to = from + Days::new(moved);
                for month in [0, 1, 2, 3, 5, 6, 7, 11, 12, 23, 35] {
                    let days = [from, to].map(|day| month_of_cover(day, month).expect("a day"));
                    let uneven = (days[1] - days[0]).num_days() - moved.cast_signed();
                    assert!(uneven.abs() <= 6, "{from} {to} {month}: {uneven}");
                }
            }
        }
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, number).expect("a day")
    }

    /// Keeps spans one after the other; all of them in their order.
    fn kept(spans: &[(u32, u32, usize)]) -> KnownFirstDays {
        let mut known = KnownFirstDays::default();
        for (first, last, at) in spans {
            known.keep(FirstDays { first: day(*first), last: day(*last), at: *at });
        }
        known
    }

    fn told(known: &KnownFirstDays) -> Vec<(u32, u32, usize)> {
        use chrono::Datelike;
        known.0.iter().map(|span| (span.first.day(), span.last.day(), span.at)).collect()
    }

    #[test]
    fn a_first_day_is_known_from_the_first_to_the_last_day_of_a_span() {
        let known = kept(&[(20, 24, 1), (5, 9, 0)]);
        let found = [4, 5, 7, 9, 10, 19, 20, 24, 25].map(|number| known.find(day(number)));
        assert_eq!(found, [None, Some(0), Some(0), Some(0), None, None, Some(1), Some(1), None]);
        assert_eq!(KnownFirstDays::default().find(day(1)), None);
    }

    #[test]
    fn spans_of_one_plan_that_meet_become_one_and_others_stay_in_order() {
        for (spans, expected) in [
            (&[(5, 9, 0), (9, 12, 0)][..], &[(5, 12, 0)][..]),
            (&[(9, 12, 0), (5, 9, 0)], &[(5, 12, 0)]),
            (&[(5, 9, 0), (6, 7, 0)], &[(5, 9, 0)]),
            (&[(6, 7, 0), (5, 9, 0)], &[(5, 9, 0)]),
            (&[(5, 9, 0), (10, 12, 0)], &[(5, 9, 0), (10, 12, 0)]),
            (&[(10, 12, 0), (5, 9, 0)], &[(5, 9, 0), (10, 12, 0)]),
            (&[(1, 3, 0), (5, 7, 0), (9, 11, 1), (3, 5, 0)], &[(1, 7, 0), (9, 11, 1)]),
            (&[(20, 22, 1), (1, 3, 1), (10, 12, 0)], &[(1, 3, 1), (10, 12, 0), (20, 22, 1)]),
        ] {
            assert_eq!(told(&kept(spans)), expected, "{spans:?}");
        }
    }
}
