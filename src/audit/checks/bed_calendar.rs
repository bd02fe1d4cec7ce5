//! Lịch giường: which days the bed lines of a stay lie on, and where a day or a line holds more than it can.
//!
//! Wards change in halves: with a half among the quantities the days of each line are open, and nothing is said.

use chrono::NaiveDate;

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::moment::FileMoment;
use std::collections::BTreeMap;

/// Chỗ quá nhiều giường.
pub(super) struct Crowded<'e> {
    /// The line, or the last one of the day.
    pub line: &'e FileLine<'e>,
    /// Which of the two it is.
    pub why: &'static str,
    /// First day of the line, or the day.
    pub day: NaiveDate,
    /// Bed days claimed there.
    pub claimed: Figure,
    /// Bed days that it can hold.
    pub allowed: Figure,
    /// What the fund pays too much.
    pub fund: Figure,
}

/// Lines longer than their own days, and days with two beds.
pub(super) fn crowded<'e>(beds: &[&'e FileLine<'e>]) -> Vec<Crowded<'e>> {
    let long: Vec<Crowded<'_>> = beds.iter().filter_map(|line| longer_than_its_days(line)).collect();
    if !long.is_empty() {
        return long;
    }
    let mut days: BTreeMap<NaiveDate, Vec<&FileLine<'_>>> = BTreeMap::new();
    for line in beds {
        let Some(run) = whole_days(line) else { return Vec::new() };
        for day in run {
            days.entry(day).or_default().push(line);
        }
    }
    days.into_iter()
        .filter(|(_, lines)| lines.len() > 1)
        .filter_map(|(day, lines)| doubled(day, &lines))
        .collect()
}

/// First and last day that a line states.
fn stated(line: &FileLine<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = (line.day()?.date(), line.finished.map(FileMoment::date)?);
    (first < last).then_some((first, last))
}

/// More days than nights between the two moments, and one more that a last day may count.
fn longer_than_its_days<'e>(line: &'e FileLine<'e>) -> Option<Crowded<'e>> {
    let (first, last) = stated(line)?;
    let allowed = Figure::whole((last - first).num_days() + 1);
    let (claimed, fund) = (line.quantity?, line.fund?);
    let right = fund.exact().times(allowed.millionths(), claimed.millionths()).ok()?;
    let right = Figure::from_vnd(right.round(crate::audit::figure::TWO_DECIMALS).ok()?);
    (claimed > allowed).then(|| Crowded {
        line,
        why: "bed-line",
        day: first,
        claimed,
        allowed,
        fund: fund - right,
    })
}

/// The days of a line whose quantity is their number; none where they are open, `None` where a half is among them.
fn whole_days(line: &FileLine<'_>) -> Option<Vec<NaiveDate>> {
    let count = i64::from(line.quantity?.count()?);
    let (first, nights) = match stated(line) {
        Some((first, last)) => (first, (last - first).num_days()),
        None => (line.day()?.date(), 1),
    };
    // Fewer days than the moments span: which ones is open.
    let known = count == nights || count == nights + 1;
    Some(first.iter_days().take(usize::try_from(count).ok()?).filter(|_| known).collect())
}

/// Two wards on a day: half a day of the dearest and half of the cheapest.
fn doubled<'e>(day: NaiveDate, lines: &[&'e FileLine<'e>]) -> Option<Crowded<'e>> {
    let mut each: Vec<Figure> = lines.iter().filter_map(|line| line.fund?.part_of(line.quantity?)).collect();
    each.sort_unstable();
    let (least, most) = (each.first()?, each.last()?);
    let paid: Figure = each.iter().copied().sum();
    let right = (*least + *most).part(1, 2);
    let line = lines.last().copied()?;
    let claimed = Figure::whole(i64::try_from(lines.len()).ok()?);
    (each.len() == lines.len()).then(|| Crowded {
        line,
        why: "bed-day",
        day,
        claimed,
        allowed: Figure::whole(1),
        fund: paid - right,
    })
}
