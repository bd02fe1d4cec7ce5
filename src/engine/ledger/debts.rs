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
