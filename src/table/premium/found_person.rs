//! Người của một dòng: a person and a payment as a row gives them, and what only rows of lists say.

use chrono::NaiveDate;

use super::list::RepeatedPerson;
use super::money::{MoneyFacts, MoneyWeight};
use crate::engine::premium::plans::PlanQuestion;

/// Một người và một lần đóng, as a row gives them.
#[derive(Debug, Clone, Copy)]
pub struct FoundPerson<'p> {
    /// The person and the payment, as plans are asked for them.
    pub question: PlanQuestion<'p>,
    /// Place on the ladder, for groups that have one.
    pub rank: u32,
    /// Whether nothing says which place on the ladder the person has.
    pub is_placeless: bool,
    /// Whether a circumstance is one that no policy asks for.
    pub unknown_tag: bool,
    /// What only rows of lists say.
    pub listed: Option<&'p ListedFacts>,
}

/// Điều chỉ danh sách mới ghi: what a row says beside a person and a payment.
#[derive(Debug, Clone, Copy, Default)]
pub struct ListedFacts {
    /// The latest day of birth, where only the year is known.
    pub born_until: Option<NaiveDate>,
    /// What the row says about money.
    pub money: MoneyFacts,
    /// What that comes to.
    pub weight: MoneyWeight,
    /// Whether a row further up is about the same person.
    pub again: RepeatedPerson,
    /// Whether the row names a last day that so many months from its first day do not reach, or pass.
    pub ends_elsewhere: bool,
}

impl FoundPerson<'_> {
    /// What the row says that is not asked of the rules; a year of birth is left aside.
    #[inline]
    pub fn weight(&self) -> MoneyWeight {
        match self.listed {
            None => MoneyWeight::Nothing,
            Some(listed) if listed.again != RepeatedPerson::No || listed.ends_elsewhere => {
                MoneyWeight::Something
            }
            Some(listed) => listed.weight,
        }
    }
}
