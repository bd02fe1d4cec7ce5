//! Người của một dòng: a person and a payment as a row gives them, and what only rows of lists say.

use chrono::NaiveDate;

use super::list::RepeatedPerson;
use super::money::Stated;
use crate::case::quote::Enrollee;
use crate::engine::premium::Payment;
use crate::engine::premium::given_support::GivenSupport;
use crate::engine::premium::plans::PlanQuestion;
use crate::terms::number::Share;

/// Một người và một lần đóng, as a row gives them.
#[derive(Debug, Clone, Copy)]
pub struct FoundPerson<'p> {
    /// The person.
    pub person: &'p Enrollee,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Stands for the names of the circumstances.
    pub names: u32,
    /// Payment, with the province as the rulebook knows it.
    pub payment: Payment<'p>,
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
    /// What the row says that others pay.
    pub support: GivenSupport,
    /// What the row says is to be paid.
    pub stated: Stated,
    /// Whether the row states a base salary that is not the one of its day.
    pub other_base: bool,
    /// Whether a share of the row was written as a fraction.
    pub as_fraction: bool,
    /// Whether a row further up is about the same person.
    pub again: RepeatedPerson,
    /// Whether the row names a last day that so many months from its first day do not reach, or pass.
    pub ends_elsewhere: bool,
}

impl ListedFacts {
    /// Whether nothing but support may stand there.
    fn is_plain_but_for_support(&self) -> bool {
        self.stated.is_empty()
            && self.born_until.is_none()
            && !self.other_base
            && self.again == RepeatedPerson::No
            && !self.ends_elsewhere
    }
}

impl<'p> FoundPerson<'p> {
    /// The question to the plans.
    pub fn question(&self) -> PlanQuestion<'p> {
        PlanQuestion { person: self.person, group: self.group, names: self.names, payment: self.payment }
    }

    /// Whether all that the row says about money is that the budgets pay nothing.
    pub fn says_no_support(&self) -> bool {
        self.listed.is_some_and(|listed| {
            listed.is_plain_but_for_support()
                && listed.support == GivenSupport { budget: Some(Share::NONE), ..GivenSupport::default() }
        })
    }

    /// Whether the row says nothing about money that is not asked of the rules.
    pub fn is_plain(&self) -> bool {
        self.listed.is_none_or(|listed| listed.is_plain_but_for_support() && listed.support.is_empty())
    }
}
