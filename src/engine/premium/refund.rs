//! Hoàn trả: the premium of unused months, or what a raised support leaves of it, and the card afterwards.

use chrono::NaiveDate;

use crate::engine::error::EngineError;
use crate::engine::step::StepId;
use crate::engine::trace::{Formula, Step, StepValue, Term};
use crate::rulebook::Rulebook;
use crate::rulebook::family::RefundFrom;
use crate::rulebook::timeline::NotInForce;
use crate::terms::number::{Overflow, Share, Vnd};
use crate::terms::period::{last_day_of_cover, month_of_cover};
use crate::terms::problem::{Code, Problem};

/// Đề nghị hoàn trả.
#[derive(Debug, Clone)]
pub struct RefundCase {
    /// Id of the case.
    pub case: String,
    /// What the person paid.
    pub paid: Vnd,
    /// Months paid for.
    pub months: u32,
    /// Months that were not used.
    pub unused: u32,
    /// Support before and after it was raised.
    pub shares: Option<(Share, Share)>,
    /// Day whose rule counts.
    pub day: NaiveDate,
}

/// Thẻ đã đóng và thẻ của nhóm khác: days from which the unused months follow.
#[derive(Debug, Clone, Copy)]
pub struct Cards {
    /// First and last day of the card that was paid for.
    pub paid: (NaiveDate, NaiveDate),
    /// First day, and last one if it ended, of the card under the other category.
    pub other: (NaiveDate, Option<NaiveDate>),
}

impl Cards {
    /// Months of the card that was paid for, and those of them that lie inside the other card whole.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] at the end of the calendar.
    pub fn months(&self) -> Result<(u32, u32), EngineError> {
        let (first, last) = self.paid;
        let (mut months, mut unused) = (0, 0);
        loop {
            let begins = month_of_cover(first, months).ok_or(Overflow)?;
            if begins > last {
                return Ok((months, unused));
            }
            let ends = last_day_of_cover(first, months + 1).ok_or(Overflow)?.min(last);
            let inside = begins >= self.other.0 && self.other.1.is_none_or(|until| ends <= until);
            unused += u32::from(inside);
            months += 1;
        }
    }

    /// The card of before as it is valid again after the other one.
    pub fn restored(&self) -> Option<(NaiveDate, NaiveDate)> {
        let again = self.other.1?.succ_opt()?.max(self.paid.0);
        (again <= self.paid.1).then_some((again, self.paid.1))
    }

    /// The card of before up to the other one.
    pub fn before(&self) -> Option<(NaiveDate, NaiveDate)> {
        let last = self.other.0.pred_opt()?.min(self.paid.1);
        (last >= self.paid.0).then_some((self.paid.0, last))
    }
}

/// Số tiền hoàn trả.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refund {
    /// What is paid back.
    pub refund: Vnd,
    /// From when months count as unused.
    pub counted_from: RefundFrom,
    /// How it came about.
    pub trace: Vec<Step>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Hoàn trả: the paid premium of the unused months, in a case that the rules list. Where support was raised, only the
/// difference between the person's shares comes back.
///
/// # Errors
/// [`EngineError::NotInForce`] when the case is not listed on the day, [`EngineError::Internal`] for shares that were not
/// raised.
pub fn refund(rules: &Rulebook, asked: &RefundCase) -> Result<Refund, EngineError> {
    let RefundCase { case, paid, months, unused, shares, day } = asked;
    let version = rules.refund_cases.at(*day)?;
    let listed = version.value.cases.iter().find(|known| known.id == *case).ok_or_else(|| {
        let rule = format!("refund-cases/{case}");
        EngineError::from(NotInForce { rule, date: *day, first: None, last: None })
    })?;
    let returned = if listed.counted_from == RefundFrom::Beginning { *months } else { *unused };
    let time = Share::fraction(i128::from(returned), i128::from(*months))
        .ok_or_else(|| EngineError::Internal("more unused months than paid ones".to_owned()))?;
    let mut factors = vec![Term::Money(*paid), Term::Share(time)];
    let mut exact = time.of(paid.exact())?;
    let mut notices = Vec::new();
    if listed.carried_on {
        notices.push(Problem::new(Code::RefundCarriedOn).with("case", case));
    }
    if listed.counted_from == RefundFrom::DecisionDate {
        match shares {
            Some((old, new)) => {
                let part = difference(*old, *new)
                    .ok_or_else(|| EngineError::Internal("shares that were not raised".to_owned()))?;
                exact = part.of(exact)?;
                factors.push(Term::Share(part));
            }
            None => notices.push(Problem::new(Code::RaisedToWhole)),
        }
    }
    let rounding = rules.premium_rounding.at(*day)?.value.rounding;
    let refund = exact.round(rounding)?;
    let step = Step {
        id: StepId::Refund.into(),
        value: StepValue::Money(refund),
        formula: Formula::Product(factors),
        rule: version.rule.clone(),
        governing_date: *day,
    };
    Ok(Refund { refund, counted_from: listed.counted_from, trace: vec![step], notices })
}

/// Phần đã đóng được trả lại: the raise of the support over what the person paid.
fn difference(old: Share, new: Share) -> Option<Share> {
    let (raise, own) = (new.beyond(old), old.rest());
    let ((a, b), (c, d)) = (raise.parts(), own.parts());
    let fraction = Share::fraction(i128::from(a) * i128::from(d), i128::from(b) * i128::from(c));
    fraction.filter(|_| !raise.is_none() && !own.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).expect("a day")
    }

    /// A card of these days beside another one.
    fn cards(first: &str, last: &str, from: &str, until: Option<&str>) -> Cards {
        Cards { paid: (day(first), day(last)), other: (day(from), until.map(day)) }
    }

    #[test]
    fn months_inside_the_other_card_whole_are_unused() {
        let of_2026 =
            |from: &str, until| cards("2026-01-01", "2026-12-31", from, until).months().expect("months");
        assert_eq!(of_2026("2026-07-01", None), (12, 6));
        assert_eq!(of_2026("2026-07-02", None), (12, 5));
        assert_eq!(of_2026("2025-03-01", None), (12, 12));
        assert_eq!(of_2026("2027-01-01", None), (12, 0));
        // July and August; September only with its last day.
        assert_eq!(of_2026("2026-06-15", Some("2026-09-29")), (12, 2));
        assert_eq!(of_2026("2026-06-15", Some("2026-09-30")), (12, 3));
        assert_eq!(of_2026("2026-07-01", Some("2026-07-31")), (12, 1));
        assert_eq!(of_2026("2026-07-02", Some("2026-07-31")), (12, 0));
        // The last month of a card may be cut: one day of it is a month that was paid.
        assert_eq!(cards("2026-01-01", "2026-02-01", "2026-02-01", Some("2026-02-01")).months(), Ok((2, 1)));
        assert_eq!(cards("2026-01-01", "2026-01-31", "2026-01-01", None).months(), Ok((1, 1)));
    }

    #[test]
    fn the_card_of_before_ends_where_the_other_begins_and_comes_back_after_it() {
        let of_2026 = |from: &str, until| {
            let cards = cards("2026-01-01", "2026-12-31", from, until);
            let text = |days: Option<(NaiveDate, NaiveDate)>| {
                days.map(|(from, until)| format!("{from} {until}")).unwrap_or_default()
            };
            [text(cards.before()), text(cards.restored())]
        };
        assert_eq!(of_2026("2026-07-01", None), ["2026-01-01 2026-06-30", ""]);
        assert_eq!(
            of_2026("2026-07-01", Some("2026-09-14")),
            ["2026-01-01 2026-06-30", "2026-09-15 2026-12-31"]
        );
        assert_eq!(
            of_2026("2026-01-02", Some("2026-12-30")),
            ["2026-01-01 2026-01-01", "2026-12-31 2026-12-31"]
        );
        assert_eq!(of_2026("2026-01-01", Some("2026-12-31")), ["", ""]);
        // A card that ended before, and one that begins after it.
        assert_eq!(of_2026("2025-03-01", Some("2025-11-30")), ["", "2026-01-01 2026-12-31"]);
        assert_eq!(of_2026("2027-05-01", None), ["2026-01-01 2026-12-31", ""]);
    }

    #[test]
    fn the_raise_is_a_share_of_what_the_person_paid() {
        let share = |text| Share::parse(text).expect("a share");
        // From 50 % to 70 % of a premium: 20 of 50 that the person paid.
        assert_eq!(difference(share("50%"), share("70%")), Some(share("40%")));
        assert_eq!(difference(share("0%"), share("30%")), Some(share("30%")));
        assert_eq!(difference(share("70%"), share("100%")), Some(Share::WHOLE));
        for (old, new) in [("50%", "50%"), ("70%", "50%"), ("100%", "100%")] {
            assert_eq!(difference(share(old), share(new)), None, "{old} to {new}");
        }
    }
}
