//! Tài khoản của đơn vị: what tables say about one unit, or about one fund of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::listed::listed;
use crate::terms::number::Vnd;
use crate::terms::settlement_period::SettlementPeriod;

/// Đơn vị, and the fund where the table divides by funds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Key {
    /// Code of the unit.
    pub unit: String,
    /// Fund, where accounts are kept by fund.
    pub fund: Option<InsuranceFund>,
}

impl Key {
    /// The account of a whole unit.
    pub fn of(unit: impl Into<String>) -> Key {
        Key { unit: unit.into(), fund: None }
    }
}

/// Một kỳ của một đơn vị, as a table states it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodEntry {
    /// Tiền đầu kỳ; below zero where too much was paid.
    pub opening: Option<Vnd>,
    /// Số phải đóng.
    pub due: Vnd,
    /// Điều chỉnh kỳ trước.
    pub adjusted: Vnd,
    /// Số đã đóng, where the table gives it for the whole period.
    pub paid: Option<Vnd>,
    /// Tiền cuối kỳ.
    pub closing: Option<Vnd>,
    /// Số bị lệch.
    pub difference: Option<Vnd>,
}

/// Tài khoản.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Whose.
    pub key: Key,
    /// Name of the unit, where given.
    pub name: String,
    /// Periods; the one without a name stands alone.
    pub entries: BTreeMap<Option<SettlementPeriod>, PeriodEntry>,
    /// Payments with their day.
    pub payments: BTreeMap<NaiveDate, Vnd>,
}

impl Account {
    /// Months in which something was paid, and periods that a table names.
    pub fn periods(&self) -> impl Iterator<Item = SettlementPeriod> {
        let stated = self.entries.keys().flatten().copied();
        // A payment belongs to the period that a table names for its day, else to its month.
        let paid = self.payments.keys().map(|day| self.period_of(*day));
        stated.chain(paid)
    }

    /// The period of a payment.
    pub fn period_of(&self, day: NaiveDate) -> SettlementPeriod {
        let holds = |period: &&SettlementPeriod| period.first_day() <= day && day <= period.last_day();
        self.entries.keys().flatten().find(holds).copied().unwrap_or(SettlementPeriod::month_of(day))
    }

    /// The payments of a period.
    pub fn dated(&self, period: SettlementPeriod) -> impl Iterator<Item = (NaiveDate, Vnd)> {
        // Other units may be kept by month where this one is kept by year: a payment counts in its own period only.
        let range = self.payments.range(period.first_day()..=period.last_day());
        range.filter(move |(day, _)| self.period_of(**day) == period).map(|(day, amount)| (*day, *amount))
    }

    /// Số lệch: what a row says of itself that does not follow from its cells.
    pub(super) fn difference(
        &self,
        period: Option<SettlementPeriod>,
        entry: &PeriodEntry,
    ) -> Option<Mismatch> {
        let computed = entry.due.checked_sub(entry.paid.unwrap_or_default())?;
        let stated = entry.difference.filter(|stated| *stated != computed)?;
        Some(Mismatch { kind: MismatchKind::Difference, key: self.key.clone(), period, stated, computed })
    }
}

/// Chỗ không khớp: what a table says and what follows from its other cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What does not agree.
    pub kind: MismatchKind,
    /// Whose account.
    pub key: Key,
    /// In which period, where the table says it.
    pub period: Option<SettlementPeriod>,
    /// What the table says.
    pub stated: Vnd,
    /// What follows from the rest.
    pub computed: Vnd,
}

listed! {
    /// Loại không khớp.
    MismatchKind {
        /// Closing is not opening + due + adjusted − paid.
        Closing = "closing",
        /// The difference is not due − paid.
        Difference = "difference",
        /// Opening is not the closing of the period before.
        Opening = "opening",
        /// What was paid in the period is not the sum of its payments.
        Paid = "paid",
        /// A row is not the sum of its funds, or a part more than its whole.
        Sum = "sum",
        /// The payment was divided among the funds in another order.
        Division = "division",
    }
}
