//! Bảng thu – nợ: dues, payments, the office's ledger (one row a unit) and form C12-TS, as accounts of units.

mod amount;
mod form;

use std::collections::BTreeMap;

use self::amount::signed;
use super::again::Again;
use super::cells;
use super::csv::TableRow;
use super::grid::Grid;
use super::heading::{Field, Layout, Schema};
use super::{Input, OpenTable, ReadOptions, Trouble};
use crate::engine::ledger::{Account, Key, Mismatch, PeriodEntry};
use crate::rulebook::Rulebook;
use crate::terms::fold::tidy;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

const UNIT: &str = "unit";
const NAME: &str = "name";
const PERIOD: &str = "period";
const OPENING: &str = "opening";
const DUE: &str = "due";
const ADJUSTED: &str = "adjusted";
const PAID: &str = "paid";
const CLOSING: &str = "closing";
const DIFFERENCE: &str = "difference";
const PAID_ON: &str = "paid_on";

const fn field(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field { name, required: false, aliases }
}

/// What the columns can mean.
const FIELDS: &[Field] = &[
    field(UNIT, &["madvi", "madonvi", "masodonvi", "madonvidiemthu", "madv", "unitcode"]),
    field(NAME, &["tendvi", "tendonvi", "tendonvidiemthu", "donvi"]),
    field(PERIOD, &["month", "thang", "ky", "thangnam", "kythu", "nam", "year", "quy", "quarter"]),
    field(
        OPENING,
        &[
            "tiendauky",
            "sodauky",
            "dauky",
            "kytruocmangsang",
            "kytruocchuyensang",
            "nodauky",
            "nokytruocchuyensang",
        ],
    ),
    field(
        DUE,
        &["sophaidong", "sotienphainop", "sotienphaidong", "phaidong", "phaithu", "sophaithu", "phainop"],
    ),
    field(ADJUSTED, &["dieuchinhkytruoc", "sotiendieuchinhkytruoc", "dieuchinh"]),
    field(
        PAID,
        &[
            "sodadong",
            "tiendanop",
            "sotiendanop",
            "sotiendadong",
            "dadong",
            "danop",
            "dathu",
            "sodathu",
            "amount",
            "sotien",
            "sotiennop",
        ],
    ),
    field(CLOSING, &["tiencuoiky", "socuoiky", "cuoiky", "chuyenkysau", "nocuoiky"]),
    field(DIFFERENCE, &["sobilech", "sotienlech", "lech"]),
    field(PAID_ON, &["day", "date", "ngay", "ngaynop", "ngaydong", "ngaychungtu", "ngaynoptien", "ngayunc"]),
];

/// Bảng thu – nợ.
const SCHEMA: Schema =
    Schema { titles: &[("thang", PERIOD), ("ky", PERIOD), ("madonvi", UNIT)], ..Schema::of(FIELDS) };

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

impl LedgerTables {
    /// Reads one more table; `period` is that of rows that do not say it.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be used at all.
    pub fn read(
        &mut self,
        input: Input<'_>,
        options: &ReadOptions,
        period: Option<SettlementPeriod>,
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
        let columns = Columns::of(table.layout(), &name)?;
        self.notices.extend(table.notices().iter().cloned());
        table.for_each(|row| {
            self.row(row, &columns, period, &name);
            Ok(())
        })
    }

    fn row(&mut self, row: &TableRow<'_>, columns: &Columns, period: Option<SettlementPeriod>, table: &str) {
        match columns.read(row, period) {
            Ok(None) => self.aside += 1,
            Ok(Some(account)) => {
                self.rows += 1;
                match self.clash(&account) {
                    Some(problem) => self.reject(problem.at(format!("{table}:{}", row.number))),
                    None => {
                        if let Err(problem) = self.add(account) {
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
        match unnamed {
            Some(account) if named => {
                Err(Trouble::input(Problem::new(Code::LedgerPeriodMissing).with("unit", &account.key.unit)))
            }
            _ => Ok(accounts),
        }
    }
}

/// Các cột.
struct Columns {
    unit: Option<usize>,
    name: Option<usize>,
    period: Option<usize>,
    opening: Option<usize>,
    due: Option<usize>,
    adjusted: Option<usize>,
    paid: Option<usize>,
    closing: Option<usize>,
    difference: Option<usize>,
    paid_on: Option<usize>,
    layout: Layout,
}

impl Columns {
    fn of(layout: &Layout, table: &str) -> Result<Columns, Trouble> {
        let at = |field: &str| layout.column(field);
        let amounts = [OPENING, DUE, PAID, CLOSING].iter().any(|field| at(field).is_some());
        if !amounts || !(at(UNIT).is_some() || at(NAME).is_some() || layout.has(PERIOD)) {
            let missing = if amounts { UNIT } else { DUE };
            return Err(Trouble::input(
                Problem::new(Code::MissingColumns).with("missing", missing).with("first", missing).at(table),
            ));
        }
        Ok(Columns {
            unit: at(UNIT),
            name: at(NAME),
            period: at(PERIOD),
            opening: at(OPENING),
            due: at(DUE),
            adjusted: at(ADJUSTED),
            paid: at(PAID),
            closing: at(CLOSING),
            difference: at(DIFFERENCE),
            paid_on: at(PAID_ON),
            layout: layout.clone(),
        })
    }

    /// What a row says; none for sums, titles and signatures.
    fn read(&self, row: &TableRow<'_>, period: Option<SettlementPeriod>) -> Result<Option<Account>, Problem> {
        let unit = Columns::text(row, self.unit)?;
        let name = Columns::text(row, self.name)?;
        let written = Columns::text(row, self.period)?;
        let unit = if self.unit.is_some() { unit } else { name.clone() };
        let is_named = !unit.is_empty() && !is_total(&unit);
        if !is_named && (is_total(&unit) || is_total(&written) || row_is_total(row)) {
            return Ok(None);
        }
        let money = |column: Option<usize>, field: &'static str| -> Result<Option<Vnd>, Problem> {
            signed(&row.cell_of(column)).map_err(|problem| problem.at_field(field, &self.layout))
        };
        let entry = PeriodEntry {
            opening: money(self.opening, OPENING)?,
            due: money(self.due, DUE)?.unwrap_or_default(),
            adjusted: money(self.adjusted, ADJUSTED)?.unwrap_or_default(),
            paid: money(self.paid, PAID)?,
            closing: money(self.closing, CLOSING)?,
            difference: money(self.difference, DIFFERENCE)?,
        };
        if entry == PeriodEntry::default() && unit.is_empty() {
            return Ok(None);
        }
        if unit.is_empty() && (self.unit.is_some() || self.name.is_some()) {
            return Err(cells::empty(UNIT));
        }
        let mut account = Account { key: Key::of(unit), name, ..Account::default() };
        let day = cells::date(&row.cell_of(self.paid_on), self.layout.epoch)
            .map_err(|problem| problem.at_field(PAID_ON, &self.layout))?;
        if let Some(day) = day {
            let amount = entry.paid.ok_or_else(|| cells::empty(PAID))?;
            if entry != (PeriodEntry { paid: entry.paid, ..PeriodEntry::default() }) {
                return Err(Problem::new(Code::LedgerTwoThings));
            }
            account.payments.insert(day, amount);
            return Ok(Some(account));
        }
        if self.paid_on.is_some() && self.due.is_none() && self.opening.is_none() && self.closing.is_none() {
            return Err(cells::empty(PAID_ON));
        }
        let period = match written.as_str() {
            "" => match self.layout.fact(PERIOD) {
                Some(fact) => SettlementPeriod::parse(fact).or(period),
                None => period,
            },
            written => Some(SettlementPeriod::parse(written).ok_or_else(|| {
                Problem::new(Code::LedgerPeriodForm).with("read", written).at_field(PERIOD, &self.layout)
            })?),
        };
        account.entries.insert(period, entry);
        Ok(Some(account))
    }

    fn text(row: &TableRow<'_>, column: Option<usize>) -> Result<String, Problem> {
        let cell = row.cell_of(column);
        cells::text(&cell).map(std::borrow::Cow::into_owned)
    }
}

/// A place inside a row.
trait AtField {
    fn at_field(self, field: &'static str, layout: &Layout) -> Problem;
}

impl AtField for Problem {
    fn at_field(self, field: &'static str, layout: &Layout) -> Problem {
        let heading = layout.column(field).map_or(field, |column| layout.names[column].as_str());
        self.with("field", heading)
    }
}

/// Dòng cộng: `Cộng`, `Cộng tăng`, `TỔNG CỘNG`. With its marks, since `Công ty` folds to the same letters.
fn is_total(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ':', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    match words[..] {
        ["cộng" | "tổng" | "total" | "totals" | "cong" | "tong"]
        | ["tổng" | "tong", "cộng" | "số" | "cong" | "so", ..]
        | ["grand", "total"] => words.len() <= MOST_TOTAL_WORDS,
        ["cộng", "đồng", ..] => false,
        ["cộng", ..] => words.len() <= MOST_TOTAL_WORDS,
        _ => false,
    }
}

/// A sum is called by a few words; longer texts are names.
const MOST_TOTAL_WORDS: usize = 4;

/// A sum whose word stands in a column that means nothing here.
fn row_is_total(row: &TableRow<'_>) -> bool {
    (0..row.width().min(3)).any(|at| is_total(&tidy(&String::from_utf8_lossy(&row.cell(at)))))
}

#[cfg(test)]
mod tests {
    use super::is_total;

    #[test]
    fn a_company_is_no_sum() {
        for text in ["Cộng", "Cộng tăng", "TỔNG CỘNG", "Tổng số", "Total", "TONG CONG", "Cộng:"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in
            ["Công ty Mẫu Một", "Tổng công ty Mẫu", "Cộng đồng Mẫu Hai Ba Bốn", "CONG TY A", "", "TA0001X"]
        {
            assert!(!is_total(text), "{text}");
        }
    }
}
