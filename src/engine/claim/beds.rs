//! Ngày giường: the days of a stay and the wards they are spent in, counted in halves of a day.

use chrono::{Days, NaiveDate};

use crate::case::claim::{ClaimCase, CostLine};
use crate::rulebook::benefit::bed_days::BedDays;
use crate::terms::care::{BedType, LineKind, Reading};
use crate::terms::moment::Moment;
use crate::terms::number::Measure;

/// Minutes of an hour.
const HOUR: i64 = 60;

/// Một ngày trên giường của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BedDay {
    /// The day.
    pub day: NaiveDate,
    /// Halves of it.
    pub halves: u32,
    /// At the price that follows that of a surgical bed.
    pub at_later_price: bool,
}

/// Các ngày được tính: the days of a stay for which a bed is paid.
pub fn counted_days(rule: &BedDays, case: &ClaimCase) -> Vec<NaiveDate> {
    let (admitted, discharged) = (case.admitted, case.discharged);
    let nights = (discharged - admitted).num_days();
    if nights <= 1
        && let Some(minutes) = minutes(case)
    {
        if minutes <= i64::from(rule.none_up_to_hours) * HOUR {
            return Vec::new();
        }
        if minutes < i64::from(rule.one_below_hours) * HOUR {
            return vec![admitted];
        }
    }
    if nights == 0 {
        return vec![admitted];
    }
    let mut days: Vec<NaiveDate> = admitted.iter_days().take_while(|day| *day < discharged).collect();
    days.extend(case.outcome.filter(|outcome| rule.one_more_after.contains(outcome)).map(|_| discharged));
    days
}

/// The stay lasts at most a night and its hours are not known: up to four hours would count nothing.
pub fn hours_matter(case: &ClaimCase) -> bool {
    (case.discharged - case.admitted).num_days() == 0 && minutes(case).is_none()
}

/// A stay of less than a day, which is one day of its own, over midnight too.
fn is_short(rule: &BedDays, case: &ClaimCase) -> bool {
    minutes(case).is_some_and(|minutes| minutes < i64::from(rule.one_below_hours) * HOUR)
}

fn minutes(case: &ClaimCase) -> Option<i64> {
    let (from, until) = (case.admitted_at?, case.discharged_at?);
    let end = Moment { day: case.discharged, time: Some(until) };
    let start = Moment { day: case.admitted, time: Some(from) };
    Some(end.minutes_since(case.admitted) - start.minutes_since(case.admitted))
}

/// Ngày giường đã đếm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedBeds {
    /// Bed days of every line.
    pub of_lines: Vec<Vec<BedDay>>,
    /// Days of the stay that no ward has.
    pub uncovered: Vec<NaiveDate>,
}

/// Bed days of every line: one ward a day whole, two half and half, of more the dearest and the cheapest half each.
pub fn count(rule: &BedDays, case: &ClaimCase, lines: &[CostLine]) -> CountedBeds {
    let mut found: Vec<Vec<BedDay>> = vec![Vec::new(); lines.len()];
    let mut uncovered = Vec::new();
    let days = counted_days(rule, case);
    let only = is_short(rule, case);
    for day in days {
        let touched: Vec<usize> = (0..lines.len())
            .filter(|&index| lines[index].kind == LineKind::Bed)
            .filter(|&index| minutes_in(case, &lines[index], day, only).is_some())
            .collect();
        let mut add = |index: usize, halves: u32| {
            let line = &lines[index];
            let most = (line.bed.kind == BedType::Lodging).then_some(rule.lodging.at_most_days as usize);
            if most.is_some_and(|most| found[index].len() >= most) {
                return;
            }
            let at_later_price = is_after_surgery(rule, case, line, day);
            match found[index].last_mut().filter(|last| last.day == day) {
                Some(last) => last.halves += halves,
                None => found[index].push(BedDay { day, halves, at_later_price }),
            }
        };
        match touched[..] {
            [] => uncovered.push(day),
            [one] => add(one, 2),
            [first, second] => {
                add(first, 1);
                add(second, 1);
            }
            _ => {
                let least = i64::from(rule.ward_above_hours) * HOUR;
                let long = |index: &&usize| {
                    minutes_in(case, &lines[**index], day, only).is_some_and(|minutes| minutes > least)
                };
                let mut long: Vec<usize> = touched.iter().filter(long).copied().collect();
                if long.is_empty() {
                    long.clone_from(&touched);
                }
                let price = |index: &&usize| lines[**index].insured_price;
                add(long.iter().max_by_key(price).copied().unwrap_or(touched[0]), 1);
                add(long.iter().min_by_key(price).copied().unwrap_or(touched[0]), 1);
            }
        }
    }
    CountedBeds { of_lines: found, uncovered }
}

/// Minutes that a line's ward has of a day, if any; the only day of a short stay is the whole stay.
fn minutes_in(case: &ClaimCase, line: &CostLine, day: NaiveDate, only: bool) -> Option<i64> {
    let lasts = line.until.is_some();
    let from = if lasts {
        Moment { day: line.date, time: line.at }
    } else {
        Moment { day: case.admitted, time: case.admitted_at }
    };
    let until = if lasts {
        Moment { day: line.until.unwrap_or(line.date), time: line.until_at }
    } else {
        Moment { day: case.discharged, time: case.discharged_at }
    };
    let last = if only { case.discharged.max(day) } else { day };
    let end_of_day = Moment { day: last.checked_add_days(Days::new(1)).unwrap_or(last), time: None };
    let end = match until.time {
        Some(_) => until.minutes_since(day),
        // A day without its hour is the whole day.
        None => Moment { day: until.day.checked_add_days(Days::new(1)).unwrap_or(until.day), time: None }
            .minutes_since(day),
    };
    let (start, end) = (from.minutes_since(day).max(0), end.min(end_of_day.minutes_since(day)));
    // A stay that ends with the stroke of midnight still has its day of discharge.
    let ends_at_midnight = end == 0 && day == case.discharged && until.day == day;
    (start < end || ends_at_midnight).then_some(end - start)
}

/// Past the days at the price of a surgical bed.
fn is_after_surgery(rule: &BedDays, case: &ClaimCase, line: &CostLine, day: NaiveDate) -> bool {
    let Some(operated) = line.bed.operated.filter(|_| line.bed.kind == BedType::Surgical) else {
        return false;
    };
    let later = u32::from(case.readings.contains(&Reading::SurgicalBedAfterDayOfOperation));
    (day - operated).num_days() >= i64::from(rule.surgical_days + later)
}

/// Total of given bed days, of lodging beds or of the others.
pub fn given(lines: &[CostLine], lodging: bool) -> Option<Measure> {
    let is_lodging = |line: &CostLine| line.bed.kind == BedType::Lodging;
    let beds = lines.iter().filter(|line| line.kind == LineKind::Bed && is_lodging(line) == lodging);
    beds.map(|line| line.quantity).try_fold(Measure::default(), Measure::plus)
}
