//! Nợ còn lại: what a unit still owes, month by month, and what it paid too much.

use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::engine::error::EngineError;
use crate::rulebook::collection::MonthOrder;
use crate::terms::number::Vnd;
use crate::terms::settlement_period::SettlementPeriod;

/// Một khoản nợ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDebt {
    /// What it is owed for.
    pub of: DebtOf,
    /// How much is left of it.
    pub left: Vnd,
}

/// Nợ của kỳ nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DebtOf {
    /// Carried over from before the tables begin: the month is not known.
    CarriedOver,
    /// Due in a period without a name.
    Unnamed,
    /// Due in this period.
    Period(SettlementPeriod),
}

/// Các khoản nợ, the oldest first.
#[derive(Debug, Clone)]
pub struct OpenDebts {
    /// Open debts.
    pub open: VecDeque<OpenDebt>,
    /// Số đóng thừa.
    pub credit: Vnd,
    order: MonthOrder,
}

/// A payment, or a part of it, that met a debt.
#[derive(Debug, Clone, Copy)]
pub struct Met {
    /// What it was owed for.
    pub of: DebtOf,
    /// How much of the payment it took.
    pub amount: Vnd,
}

impl OpenDebts {
    /// Nothing owed.
    pub fn new(order: MonthOrder) -> OpenDebts {
        OpenDebts { open: VecDeque::new(), credit: Vnd::ZERO, order }
    }

    /// Owes more; what was paid too much before is taken for it.
    ///
    /// # Errors
    /// [`EngineError::Overflow`].
    pub fn owe(&mut self, of: DebtOf, amount: Vnd) -> Result<Option<Met>, EngineError> {
        let from_credit = amount.min(self.credit);
        self.credit = minus(self.credit, from_credit)?;
        let left = minus(amount, from_credit)?;
        if !left.is_zero() {
            self.open.push_back(OpenDebt { of, left });
        }
        Ok((!from_credit.is_zero()).then_some(Met { of, amount: from_credit }))
    }

    /// Pays; what is more than all debts is kept.
    ///
    /// # Errors
    /// [`EngineError::Overflow`].
    pub fn pay(&mut self, amount: Vnd) -> Result<Vec<Met>, EngineError> {
        let mut rest = amount;
        let mut met = Vec::new();
        while !rest.is_zero() {
            let next = match self.order {
                MonthOrder::OldestFirst => self.open.front_mut(),
                MonthOrder::NewestFirst => self.open.back_mut(),
            };
            let Some(debt) = next else { break };
            let part = rest.min(debt.left);
            debt.left = minus(debt.left, part)?;
            rest = minus(rest, part)?;
            met.push(Met { of: debt.of, amount: part });
            if debt.left.is_zero() {
                match self.order {
                    MonthOrder::OldestFirst => self.open.pop_front(),
                    MonthOrder::NewestFirst => self.open.pop_back(),
                };
            }
        }
        self.credit = plus(self.credit, rest)?;
        Ok(met)
    }

    /// What is owed in all; below zero where too much was paid.
    ///
    /// # Errors
    /// [`EngineError::Overflow`].
    pub fn balance(&self) -> Result<Vnd, EngineError> {
        let owed = self.open.iter().try_fold(Vnd::ZERO, |sum, debt| plus(sum, debt.left))?;
        minus(owed, self.credit)
    }
}

/// Tuổi nợ: how many days a debt is past its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Its last day has not passed.
    NotDue,
    /// 1 to 30 days late.
    To30,
    /// 31 to 60 days late.
    To60,
    /// 61 to 180 days late.
    To180,
    /// 181 to 365 days late.
    To365,
    /// More than 365 days late.
    Above365,
    /// Due in a period whose last day of payment cannot be told.
    Undated,
    /// Carried over: the month is not known.
    CarriedOver,
}

impl Age {
    /// All ages.
    pub const ALL: [Age; 8] = [
        Age::NotDue,
        Age::To30,
        Age::To60,
        Age::To180,
        Age::To365,
        Age::Above365,
        Age::Undated,
        Age::CarriedOver,
    ];

    /// Its name in results.
    pub const fn key(self) -> &'static str {
        match self {
            Age::NotDue => "not-due",
            Age::To30 => "1-30",
            Age::To60 => "31-60",
            Age::To180 => "61-180",
            Age::To365 => "181-365",
            Age::Above365 => "above-365",
            Age::Undated => "undated",
            Age::CarriedOver => "carried-over",
        }
    }

    /// The age of a debt so many days after its last day.
    pub const fn of(days: i64) -> Age {
        match days {
            ..=0 => Age::NotDue,
            1..=30 => Age::To30,
            31..=60 => Age::To60,
            61..=180 => Age::To180,
            181..=365 => Age::To365,
            _ => Age::Above365,
        }
    }
}

/// Days from the last day of payment to another day; none before it.
pub fn days_late(last: NaiveDate, day: NaiveDate) -> u32 {
    u32::try_from((day - last).num_days()).unwrap_or(0)
}

/// Sum, or the error of amounts that are too large.
pub(super) fn plus(left: Vnd, right: Vnd) -> Result<Vnd, EngineError> {
    left.checked_add(right).ok_or(EngineError::Overflow(crate::terms::number::Overflow))
}

/// Difference, or the error of amounts that are too large.
pub(super) fn minus(left: Vnd, right: Vnd) -> Result<Vnd, EngineError> {
    left.checked_sub(right).ok_or(EngineError::Overflow(crate::terms::number::Overflow))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn debts(order: MonthOrder) -> OpenDebts {
        let mut debts = OpenDebts::new(order);
        for (of, amount) in [(DebtOf::CarriedOver, 100), (DebtOf::Unnamed, 50)] {
            debts.owe(of, Vnd::whole(amount)).expect("a small sum");
        }
        debts
    }

    /// 120 of 100 and then 50: 100 + 20 from the oldest on, 50 + 70 from the newest on; then 40 of the 30 left, and 10 is kept.
    #[test]
    fn a_payment_goes_from_month_to_month_in_the_order_of_the_rule() {
        let whole = Vnd::whole;
        for (order, met, left) in [
            (
                MonthOrder::OldestFirst,
                [(DebtOf::CarriedOver, 100), (DebtOf::Unnamed, 20)],
                (DebtOf::Unnamed, 30),
            ),
            (
                MonthOrder::NewestFirst,
                [(DebtOf::Unnamed, 50), (DebtOf::CarriedOver, 70)],
                (DebtOf::CarriedOver, 30),
            ),
        ] {
            let mut debts = debts(order);
            let paid = debts.pay(whole(120)).expect("a small sum");
            let paid: Vec<_> = paid.iter().map(|part| (part.of, part.amount)).collect();
            assert_eq!(paid, met.map(|(of, amount)| (of, whole(amount))), "{order:?}");
            assert_eq!(debts.open, [OpenDebt { of: left.0, left: whole(left.1) }], "{order:?}");
            assert_eq!(debts.balance(), Ok(whole(30)));
            debts.pay(whole(40)).expect("a small sum");
            assert_eq!((debts.open.len(), debts.credit), (0, whole(10)));
            assert_eq!(debts.balance(), Ok(whole(-10)));
        }
    }

    #[test]
    fn a_debt_ages_on_the_day_after_its_last_one_and_on_the_31st_61st_181st_and_366th() {
        let ages = [
            (-1, Age::NotDue),
            (0, Age::NotDue),
            (1, Age::To30),
            (30, Age::To30),
            (31, Age::To60),
            (60, Age::To60),
            (61, Age::To180),
            (180, Age::To180),
            (181, Age::To365),
            (365, Age::To365),
            (366, Age::Above365),
        ];
        for (days, age) in ages {
            assert_eq!(Age::of(days), age, "{days} days late");
        }
    }
}
