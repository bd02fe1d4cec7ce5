//! Bảng thu – nợ: dues, payments, the office's ledger (one row a unit) and form C12-TS, as accounts of units.

mod amount;
pub(super) mod columns;
mod form;

use std::collections::BTreeMap;

use self::amount::signed;
use self::columns::{Columns, LedgerRow, SCHEMA};
use super::again::Again;
use super::csv::TableRow;
use super::grid::Grid;
use super::sum_rows::SumRows;
use super::{Input, OpenTable, ReadOptions, Trouble, money_unit};
use crate::engine::ledger::{Account, Key, Mismatch, MismatchKind, PeriodEntry};
use crate::rulebook::Rulebook;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

/// Rows among which a form is recognised.
const FORM_HEAD: usize = 40;
/// Most rows of a form.
const FORM_ROWS: usize = 2_000;

/// Các bảng đã đọc.
#[derive(Debug, Default)]
pub struct LedgerTables {
    accounts: BTreeMap<Key, Account>,
    /// What a form says of itself that does not agree.
    pub mismatches: Vec<Mismatch>,
    /// What the user should know about how the tables were read.
    pub notices: Vec<Problem>,
    /// Columns with numbers that were not understood.
    pub left_out: Vec<Problem>,
    /// Rows that were read.
    pub rows: u64,
    /// Rows that are sums, titles or signatures.
    pub aside: u64,
    /// Rows that could not be read, with their places.
    pub rejected: Vec<Problem>,
    /// How many rows could not be read.
    pub rejected_count: u64,
}

/// Most rejected rows that are named one by one.
const MOST_NAMED: usize = 20;

/// What the command line says of tables.
#[derive(Debug, Clone, Copy, Default)]
pub struct LedgerAsked {
    /// The period of rows that do not say it.
    pub period: Option<SettlementPeriod>,
    /// Đồng in the unit of amounts whose table does not name it.
    pub unit: Option<i64>,
}

impl LedgerTables {
    /// Reads one more table.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be used at all.
    pub fn read(
        &mut self,
        input: Input<'_>,
        options: &ReadOptions,
        LedgerAsked { period, unit }: LedgerAsked,
        rules: &Rulebook,
    ) -> Result<(), Trouble> {
        let name = input.name();
        let again = Again::of(input);
        let head = Grid::read(&again, options, FORM_HEAD)?;
        if form::is_form(&head) {
            let grid = Grid::read(&again, options, FORM_ROWS)?;
            again.forget();
            let form = form::read(&grid, rules, period, &name)?;
            self.rows += form.rows;
            self.mismatches.extend(form.mismatches);
            return form
                .accounts
                .into_iter()
                .try_for_each(|account| self.add(account))
                .map_err(Trouble::input);
        }
        let mut table = OpenTable::open(again.take(), &SCHEMA, options)?;
        again.forget();
        let columns = Columns::of(table.layout(), &name, unit)?;
        if unit.is_none() {
            self.notices.extend(money_unit::said(columns.units.values().copied()));
        }
        self.notices.extend(table.notices().iter().cloned());
        let mut sums = SumRows::default();
        let mut left_out: Vec<u64> = vec![0; table.layout().watched.len()];
        let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
        let mut repeated: Vec<String> = Vec::new();
        let watched = table.layout().watched.clone();
        table.for_each(|row| {
            let before = self.rows;
            self.row(row, &columns, period, &name, &mut sums);
            if self.rows > before
                && let Some(first) = seen.insert(fingerprint(row), row.number)
            {
                repeated.push(format!("{first} = {}", row.number));
            }
            for (count, column) in left_out.iter_mut().zip(&watched) {
                *count +=
                    u64::from(matches!(signed(row.cell(*column)), Ok(Some(amount)) if !amount.is_zero()));
            }
            Ok(())
        })?;
        for (count, column) in left_out.into_iter().zip(watched).filter(|(count, _)| *count > 0) {
            let heading = &columns.layout.names[column];
            let problem = Problem::new(Code::ReportColumnLeftOut).with("column", heading);
            self.left_out.push(problem.with("count", count));
        }
        self.left_out.extend(same_rows(&repeated, &name));
        self.sum_rows(&sums);
        Ok(())
    }

    /// What sum rows state that their rows do not.
    fn sum_rows(&mut self, sums: &SumRows<5>) {
        let amount =
            |hundredths: i128| i64::try_from(hundredths).map(Vnd::from_hundredths).unwrap_or_default();
        self.mismatches.extend(sums.wrong().into_iter().map(|wrong| Mismatch {
            kind: MismatchKind::Sum,
            key: Key::of(wrong.name),
            period: None,
            stated: amount(wrong.stated),
            computed: amount(wrong.computed),
        }));
    }

    fn row(
        &mut self,
        row: &TableRow<'_>,
        columns: &Columns,
        period: Option<SettlementPeriod>,
        table: &str,
        sums: &mut SumRows<5>,
    ) {
        match columns.read(row, period) {
            Ok(LedgerRow::Aside) => self.aside += 1,
            Ok(LedgerRow::Sum(name, stated)) => {
                self.aside += 1;
                sums.state(&name, stated);
            }
            Ok(LedgerRow::Account(account, amounts)) => {
                self.rows += 1;
                sums.add(amounts);
                match self.clash(&account) {
                    Some(problem) => self.reject(problem.at(format!("{table}:{}", row.number))),
                    None => {
                        if let Err(problem) = self.add(*account) {
                            self.reject(problem.at(format!("{table}:{}", row.number)));
                        }
                    }
                }
            }
            Err(problem) => {
                self.rows += 1;
                self.reject(problem.at(format!("{table}:{}", row.number)));
            }
        }
    }

    fn reject(&mut self, problem: Problem) {
        self.rejected_count += 1;
        if self.rejected.len() < MOST_NAMED {
            self.rejected.push(problem);
        }
    }

    /// Two rows that state the opening or closing of the same period of the same unit cannot both be right.
    fn clash(&self, account: &Account) -> Option<Problem> {
        let known = self.accounts.get(&account.key)?;
        let (period, entry) = account.entries.iter().next()?;
        let other = known.entries.get(period)?;
        let twice = |a: Option<Vnd>, b: Option<Vnd>| a.is_some() && b.is_some();
        (twice(entry.opening, other.opening) || twice(entry.closing, other.closing)).then(|| {
            let period = period.map(|period| period.to_string()).unwrap_or_default();
            Problem::new(Code::LedgerPeriodTwice).with("unit", &account.key.unit).with("period", period)
        })
    }

    /// Adds what one more row says of a unit.
    fn add(&mut self, account: Account) -> Result<(), Problem> {
        let known = self
            .accounts
            .entry(account.key.clone())
            .or_insert_with(|| Account { key: account.key.clone(), ..Account::default() });
        if known.name.is_empty() {
            known.name = account.name;
        }
        let plus = |a: Vnd, b: Vnd| a.checked_add(b).ok_or_else(|| Problem::new(Code::AmountRange));
        for (period, entry) in account.entries {
            let merged = known.entries.entry(period).or_default();
            merged.opening = merged.opening.or(entry.opening);
            merged.closing = merged.closing.or(entry.closing);
            merged.difference = merged.difference.or(entry.difference);
            merged.due = plus(merged.due, entry.due)?;
            merged.adjusted = plus(merged.adjusted, entry.adjusted)?;
            merged.paid = match (merged.paid, entry.paid) {
                (Some(a), Some(b)) => Some(plus(a, b)?),
                (a, b) => a.or(b),
            };
        }
        for (day, amount) in account.payments {
            let paid = known.payments.entry(day).or_default();
            *paid = plus(*paid, amount)?;
        }
        Ok(())
    }

    /// All units, in the order of their codes.
    ///
    /// # Errors
    /// [`Code::LedgerPeriodMissing`] where some rows name their period and others do not.
    pub fn accounts(&mut self) -> Result<Vec<Account>, Trouble> {
        let accounts: Vec<Account> = std::mem::take(&mut self.accounts).into_values().collect();
        let named = accounts.iter().any(|account| account.periods().next().is_some());
        let unnamed = accounts.iter().find(|account| account.entries.contains_key(&None));
        if let Some(account) = unnamed.filter(|_| named) {
            return Err(Trouble::input(
                Problem::new(Code::LedgerPeriodMissing).with("unit", &account.key.unit),
            ));
        }
        if let Some((account, first, second)) = accounts.iter().find_map(overlap) {
            let problem = Problem::new(Code::PeriodsOverlap).with("first", first).with("second", second);
            return Err(Trouble::input(problem.with("unit", &account.key.unit)));
        }
        self.left_out.extend(payments_without_dues(&accounts));
        Ok(accounts)
    }
}

/// Two periods of an account that have days in common: what is in both would count twice.
fn overlap(account: &Account) -> Option<(&Account, SettlementPeriod, SettlementPeriod)> {
    let periods: Vec<SettlementPeriod> = account.entries.keys().flatten().copied().collect();
    let mut longest: Option<SettlementPeriod> = None;
    for period in periods {
        if let Some(known) = longest.filter(|known| known.overlaps(period)) {
            return Some((account, known, period));
        }
        if longest.is_none_or(|known| known.last_day() < period.last_day()) {
            longest = Some(period);
        }
    }
    None
}

/// A number for all cells of a row.
fn fingerprint(row: &TableRow<'_>) -> u64 {
    let mut text = Vec::new();
    for at in 0..row.width() {
        text.extend_from_slice(row.cell(at).trim_ascii());
        text.push(0);
    }
    twox_hash::XxHash3_64::oneshot(&text)
}

/// Rows that say the same in every cell: twice the same row, or two payments that look alike.
fn same_rows(repeated: &[String], table: &str) -> Option<Problem> {
    let mut named = repeated.iter().take(UNITS_NAMED).cloned().collect::<Vec<_>>().join(", ");
    if repeated.len() > UNITS_NAMED {
        named.push('…');
    }
    let problem = Problem::new(Code::RowsRepeated).with("count", repeated.len()).with("rows", named);
    (!repeated.is_empty()).then(|| problem.at(table))
}

/// Most units that a notice names.
const UNITS_NAMED: usize = 5;

/// Units that pay and owe nothing, where others owe: their code may be written otherwise in the table of dues.
fn payments_without_dues(accounts: &[Account]) -> Option<Problem> {
    let owes = |entry: &PeriodEntry| {
        let some = |amount: Option<Vnd>| amount.is_some_and(|amount| !amount.is_zero());
        !entry.due.is_zero() || !entry.adjusted.is_zero() || some(entry.opening) || some(entry.closing)
    };
    let pays = |account: &Account| {
        let in_table = |entry: &PeriodEntry| entry.paid.is_some_and(|paid| !paid.is_zero());
        !account.payments.is_empty() || account.entries.values().any(in_table)
    };
    let only_pays = |account: &&Account| pays(account) && !account.entries.values().any(owes);
    let units: Vec<&str> =
        accounts.iter().filter(only_pays).map(|account| account.key.unit.as_str()).collect();
    if units.is_empty() || units.len() == accounts.len() {
        return None;
    }
    let mut named = units.iter().take(UNITS_NAMED).copied().collect::<Vec<_>>().join(", ");
    if units.len() > UNITS_NAMED {
        named.push('…');
    }
    Some(Problem::new(Code::PaymentsWithoutDues).with("count", units.len()).with("units", named))
}
