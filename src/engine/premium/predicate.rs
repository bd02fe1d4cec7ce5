//! Xét một điều kiện: on which side of a predicate a person stands on the days of a month, and what follows.
//!
//! A verdict is reached through the side alone. A batch keeps plans by the sides of all predicates that a place and a
//! group ask about, so that two people on the same sides are told the same, whatever the predicate.

use chrono::{Datelike, NaiveDate};

use super::dates::Dates;
use crate::case::quote::Enrollee;
use crate::rulebook::predicate::{Predicate, Window, WindowStart, opposite};
use crate::terms::period::{age_on, month_of_cover, whole_months_between};

/// Phía của một điều kiện mà một người đứng: time only ever moves a person to a later side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What it asks for was not given.
    Unknown,
    /// Too early: too young, an event that lies ahead, a card that still runs.
    Before,
    /// It is met, if the circumstance without a date lies inside.
    InsideIfDated,
    /// It is met.
    Inside,
    /// Too late: too old, a window that is over, months used up; or a circumstance that excludes.
    Beyond,
}

/// Điều mà một điều kiện nhìn vào.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// The circumstances and further categories of the person, with their days.
    Circumstances,
    /// The birth date.
    Birth,
    /// Which month of the payment it is.
    MonthNumber,
}

/// Vì sao một điều kiện không đạt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmet {
    /// A circumstance was not given.
    TagMissing(String),
    /// None of several circumstances was given.
    NoneOfTags(Vec<String>),
    /// This circumstance excludes the person.
    Excluded(String),
    /// Too young: lowest age.
    TooYoung(u32),
    /// Too old: age from which it no longer applies.
    TooOld(u32),
    /// An age is asked for and the birth date was not given.
    AgeUnknown,
    /// The window of this many months is over.
    WindowOver(u32),
    /// The event lies after the day.
    WindowAhead,
    /// The card of this circumstance still runs.
    StillRunning(String),
    /// Only so many months of a payment are supported.
    MonthsUsedUp(u32),
}

impl Unmet {
    /// The stable key used in JSON.
    pub const fn key(&self) -> &'static str {
        match self {
            Unmet::TagMissing(_) => "circumstance-missing",
            Unmet::NoneOfTags(_) => "no-circumstance-of",
            Unmet::Excluded(_) => "excluded-by-circumstance",
            Unmet::TooYoung(_) => "too-young",
            Unmet::TooOld(_) => "too-old",
            Unmet::AgeUnknown => "birth-date-missing",
            Unmet::WindowOver(_) => "window-over",
            Unmet::WindowAhead => "window-ahead",
            Unmet::StillRunning(_) => "card-still-running",
            Unmet::MonthsUsedUp(_) => "months-used-up",
        }
    }
}

/// Kết luận về một chính sách.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'r> {
    /// All conditions are met.
    Met,
    /// Met, if the circumstance without a date lies within its window.
    MetIfWithin(&'r str),
    /// The policy is for other groups.
    OtherGroup,
    /// This condition is not met, from this side of it.
    Unmet(&'r Predicate, Side),
}

impl Verdict<'_> {
    /// True when the policy pays.
    pub fn is_met(self) -> bool {
        matches!(self, Verdict::Met | Verdict::MetIfWithin(_))
    }
}

impl Predicate {
    /// What it looks at, and nothing else.
    pub const fn looks(&self) -> Looks {
        match self {
            Predicate::Tags(_)
            | Predicate::AnyTags(_)
            | Predicate::Without(_)
            | Predicate::Presumed(_)
            | Predicate::Within(_)
            | Predicate::After(_) => Looks::Circumstances,
            Predicate::Age { .. } => Looks::Birth,
            Predicate::FirstMonths(_) => Looks::MonthNumber,
        }
    }

    /// Whether months of one payment can stand on different sides of it.
    #[inline]
    pub fn moves(&self, person: &Enrollee) -> bool {
        let dated = |tag: &str| person.circumstance(tag).is_some_and(|known| known.date.is_some());
        match self {
            Predicate::Within(Window { of: tag, .. }) | Predicate::After(tag) => dated(tag),
            Predicate::FirstMonths(_) => true,
            // Ages count on the day that picks the versions, which is one for the whole payment or moves the months anyway.
            Predicate::Age { .. }
            | Predicate::Tags(_)
            | Predicate::AnyTags(_)
            | Predicate::Without(_)
            | Predicate::Presumed(_) => false,
        }
    }

    /// On which side of it a person stands.
    ///
    /// A window is looked at on the first day of each month of cover: support for 36 months pays no 37th, whenever it
    /// was paid.
    pub fn side(&self, person: &Enrollee, dates: Dates) -> Side {
        let met_if = |met: bool| if met { Side::Inside } else { Side::Unknown };
        let excluded_if = |out: bool| if out { Side::Beyond } else { Side::Inside };
        match self {
            Predicate::Tags(tags) => met_if(tags.iter().all(|tag| person.answers(tag))),
            Predicate::AnyTags(tags) => met_if(tags.iter().any(|tag| person.answers(tag))),
            Predicate::Without(tags) => excluded_if(tags.iter().any(|tag| person.answers(tag))),
            Predicate::Presumed(tags) => excluded_if(denied(tags, person)),
            Predicate::Age { from, below } => {
                let Some(born) = person.born else { return Side::Unknown };
                let age = age_on(born, dates.day);
                match (from, below) {
                    (Some(from), _) if age < from.cast_signed() => Side::Before,
                    (_, Some(below)) if age >= below.cast_signed() => Side::Beyond,
                    _ => Side::Inside,
                }
            }
            Predicate::Within(window) => match person.circumstance(&window.of).map(|known| known.date) {
                None => Side::Unknown,
                Some(None) => Side::InsideIfDated,
                Some(Some(event)) => window.side(event, dates),
            },
            Predicate::After(tag) => match person.circumstance(tag).and_then(|known| known.date) {
                Some(last) if dates.month <= last => Side::Before,
                _ => Side::Inside,
            },
            Predicate::FirstMonths(months) => {
                if dates.number < *months {
                    Side::Inside
                } else {
                    Side::Beyond
                }
            }
        }
    }

    /// What standing on a side of it means.
    pub fn verdict(&self, side: Side) -> Verdict<'_> {
        match (self, side) {
            (Predicate::Within(window), Side::InsideIfDated) => Verdict::MetIfWithin(&window.of),
            (_, Side::Inside | Side::InsideIfDated) => Verdict::Met,
            _ => Verdict::Unmet(self, side),
        }
    }

    /// Why a person who stands on a side that does not meet it is refused.
    pub fn unmet(&self, side: Side, person: &Enrollee) -> Unmet {
        match (self, side) {
            (Predicate::Tags(tags), _) => {
                let missing = tags.iter().find(|tag| !person.answers(tag)).or(tags.first());
                Unmet::TagMissing(missing.cloned().unwrap_or_default())
            }
            (Predicate::AnyTags(tags), _) => Unmet::NoneOfTags(tags.clone()),
            (Predicate::Without(tags) | Predicate::Presumed(tags), _) => {
                let known = |tag: &&String| person.answers(tag);
                let opposites: Vec<String> = tags.iter().map(|tag| opposite(tag)).collect();
                let given = tags.iter().find(known).or_else(|| opposites.iter().find(known));
                Unmet::Excluded(given.cloned().unwrap_or_default())
            }
            (Predicate::Age { from, .. }, Side::Before) => Unmet::TooYoung(from.unwrap_or_default()),
            (Predicate::Age { below, .. }, Side::Beyond) => Unmet::TooOld(below.unwrap_or_default()),
            (Predicate::Age { .. }, _) => Unmet::AgeUnknown,
            (Predicate::Within(_), Side::Before) => Unmet::WindowAhead,
            (Predicate::Within(window), Side::Beyond) => Unmet::WindowOver(window.months),
            (Predicate::Within(window), _) => Unmet::TagMissing(window.of.clone()),
            (Predicate::After(tag), _) => Unmet::StillRunning(tag.clone()),
            (Predicate::FirstMonths(months), _) => Unmet::MonthsUsedUp(*months),
        }
    }

    /// Circumstances that nobody stated and that are taken as given, by the names that confirm them.
    pub fn unconfirmed(&self, person: &Enrollee) -> Vec<String> {
        let not_given = |tag: &String| !person.answers(tag);
        match self {
            Predicate::Presumed(tags) => tags.iter().filter(|tag| not_given(tag)).cloned().collect(),
            Predicate::Without(tags) => tags.iter().map(|tag| opposite(tag)).filter(not_given).collect(),
            Predicate::Tags(_)
            | Predicate::AnyTags(_)
            | Predicate::Age { .. }
            | Predicate::Within(_)
            | Predicate::After(_)
            | Predicate::FirstMonths(_) => Vec::new(),
        }
    }

    /// First and last day on which a person stands inside, as far as the days of the person bound it.
    pub fn span(&self, person: &Enrollee) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Predicate::Age { from, below } => {
                let reaches = |age: &Option<u32>| {
                    age.zip(person.born).and_then(|(age, born)| crate::terms::period::birthday(born, age))
                };
                (reaches(from), reaches(below).and_then(|day| day.pred_opt()))
            }
            Predicate::Within(window) => {
                let event = person.circumstance(&window.of).and_then(|known| known.date);
                let from = event.map(|event| window.starts(event));
                let end = from.and_then(|from| month_of_cover(from, window.months));
                (from, end.and_then(|end| end.pred_opt()))
            }
            Predicate::After(tag) => {
                let last = person.circumstance(tag).and_then(|known| known.date);
                (last.and_then(|last| last.succ_opt()), None)
            }
            Predicate::Tags(_)
            | Predicate::AnyTags(_)
            | Predicate::Without(_)
            | Predicate::Presumed(_)
            | Predicate::FirstMonths(_) => (None, None),
        }
    }
}

/// Whether the opposite of what is taken as given was given.
fn denied(tags: &[String], person: &Enrollee) -> bool {
    !person.circumstances.is_empty() && tags.iter().any(|tag| person.answers(&opposite(tag)))
}

impl Window {
    /// The day from which it counts.
    fn starts(&self, event: NaiveDate) -> NaiveDate {
        match self.counted_from {
            WindowStart::Day => event,
            WindowStart::Month => event.with_day(1).unwrap_or(event),
        }
    }

    fn side(&self, event: NaiveDate, Dates { day, month, .. }: Dates) -> Side {
        let from = self.starts(event);
        // Counting from the first of the month does not make an event of tomorrow one of today.
        let ahead = self.counted_from == WindowStart::Month && event > day;
        if from > month || ahead {
            Side::Before
        } else if whole_months_between(from, month) >= self.months.cast_signed() {
            Side::Beyond
        } else {
            Side::Inside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::quote::Circumstance;

    /// The circumstance that refuses is the one that was given, by the name by which it was given.
    #[test]
    fn a_refusal_names_what_was_given_and_not_what_the_text_lists_first() {
        let with = |tag: &str| {
            let circumstances = vec![Circumstance { tag: tag.to_owned(), date: None }];
            Enrollee { circumstances, ..Enrollee::of_group("household") }
        };
        let tags = || vec!["pension".to_owned(), "monthly-allowance".to_owned()];
        let unmet = |predicate: Predicate, person: &Enrollee| predicate.unmet(Side::Beyond, person);
        let excluded = |tag: &str| Unmet::Excluded(tag.to_owned());
        assert_eq!(
            unmet(Predicate::Without(tags()), &with("monthly-allowance")),
            excluded("monthly-allowance")
        );
        let refused = opposite("resident");
        assert_eq!(
            unmet(Predicate::Presumed(vec!["resident".to_owned()]), &with(&refused)),
            excluded(&refused)
        );
    }

    #[test]
    fn a_card_that_runs_and_months_used_up_are_said_by_their_names() {
        let person = Enrollee::of_group("household");
        let running = Predicate::After("previous-card".to_owned()).unmet(Side::Before, &person);
        let used_up = Predicate::FirstMonths(6).unmet(Side::Beyond, &person);
        assert_eq!(
            (running, used_up),
            (Unmet::StillRunning("previous-card".to_owned()), Unmet::MonthsUsedUp(6))
        );
    }
}
