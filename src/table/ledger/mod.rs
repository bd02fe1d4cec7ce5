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
use super::sum_rows::SumRows;
use super::{Input, OpenTable, ReadOptions, Trouble};
use crate::engine::ledger::{Account, Key, Mismatch, MismatchKind, PeriodEntry};
use crate::rulebook::Rulebook;
use crate::terms::fold::tidy;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

const UNIT: &str = "unit";
const NAME: &str = "name";
const PERIOD: &str = "period";
const YEAR: &str = "year";
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
    field(PERIOD, &["month", "thang", "ky", "thangnam", "kythu", "quy", "quarter"]),
    field(YEAR, &["nam"]),
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
            "sodudauky",
            "dudauky",
            "nocu",
        ],
    ),
    field(
        DUE,
        &[
            "sophaidong",
            "sotienphainop",
            "sotienphaidong",
            "phaidong",
            "phaithu",
            "sophaithu",
            "phainop",
            "sophainop",
            "sotienphaithu",
            "phatsinh",
            "phatsinhtrongky",
            "sophatsinh",
            "phatsinhphaithu",
            "phatsinhphaidong",
            "phaithutrongky",
            "phaidongtrongky",
            "phainoptrongky",
            "sophaithutrongky",
            "sophaidongtrongky",
        ],
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
            "sotiendathu",
            "dathutrongky",
            "dadongtrongky",
            "danoptrongky",
            "sodathutrongky",
            "sodadongtrongky",
            "thutrongky",
            "noptrongky",
        ],
    ),
    field(
        CLOSING,
        &[
            "tiencuoiky",
            "socuoiky",
            "cuoiky",
            "chuyenkysau",
            "nocuoiky",
            "soducuoiky",
            "ducuoiky",
            "conno",
            "noconlai",
        ],
    ),
    field(DIFFERENCE, &["sobilech", "sotienlech", "lech"]),
    field(PAID_ON, &["day", "date", "ngay", "ngaynop", "ngaydong", "ngaychungtu", "ngaynoptien", "ngayunc"]),
];

/// Bảng thu – nợ.
const SCHEMA: Schema = Schema {
    titles: &[("thang", PERIOD), ("ky", PERIOD), ("quy", PERIOD), ("madonvi", UNIT)],
    money: &[
        "phai", "dong", "nop", "thu", "tien", "phatsinh", "chuyen", "dau", "cuoi", "no", "lai", "due", "paid",
    ],
    harmless: &[
        "diachi",
        "dienthoai",
        "nguoilh",
        "nguoilienhe",
        "thue",
        "masothue",
        "noidung",
        "ghichu",
        "note",
        "hinhthucnop",
        "hinhthucdong",
        "nguoinop",
        "tyleno",
        "songayno",
        "nganhang",
        "sounc",
        "sochungtu",
        "loaihinh",
        "phuongthuc",
        "phuongthucdong",
    ],
    ..Schema::of(FIELDS)
};

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
        let mut sums = SumRows::default();
        let mut left_out: Vec<u64> = vec![0; table.layout().watched.len()];
        let watched = table.layout().watched.clone();
        table.for_each(|row| {
            self.row(row, &columns, period, &name, &mut sums);
            for (count, column) in left_out.iter_mut().zip(&watched) {
                *count +=
                    u64::from(matches!(signed(&row.cell(*column)), Ok(Some(amount)) if !amount.is_zero()));
            }
            Ok(())
        })?;
        for (count, column) in left_out.into_iter().zip(watched).filter(|(count, _)| *count > 0) {
            let heading = &columns.layout.names[column];
            let problem = Problem::new(Code::ReportColumnLeftOut).with("column", heading);
            self.left_out.push(problem.with("count", count));
        }
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

/// Most units that a notice names.
const UNITS_NAMED: usize = 5;

/// Units that pay and owe nothing, where others owe: their code may be written otherwise in the table of dues.
fn payments_without_dues(accounts: &[Account]) -> Option<Problem> {
    let only_pays = |account: &&Account| account.entries.is_empty() && !account.payments.is_empty();
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

/// Một dòng nói gì.
enum LedgerRow {
    /// A title or signature.
    Aside,
    /// A sum row, with what it states.
    Sum(String, [Option<i128>; 5]),
    /// What a unit owes or pays, with the same amounts for the sums.
    Account(Box<Account>, [Option<i128>; 5]),
}

/// Các cột.
struct Columns {
    unit: Option<usize>,
    name: Option<usize>,
    period: Option<usize>,
    year: Option<usize>,
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
        let has_period = layout.has(PERIOD) || layout.has(YEAR);
        // Balances alone say nothing of what was due and paid between them.
        let moves = [DUE, ADJUSTED, PAID].iter().any(|field| at(field).is_some());
        if !moves || !amounts || !(at(UNIT).is_some() || at(NAME).is_some() || has_period) {
            let missing = if amounts && moves { UNIT } else { DUE };
            return Err(Trouble::input(
                Problem::new(Code::MissingColumns).with("missing", missing).with("first", missing).at(table),
            ));
        }
        Ok(Columns {
            unit: at(UNIT),
            name: at(NAME),
            period: at(PERIOD),
            year: at(YEAR),
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

    /// What a row says.
    fn read(&self, row: &TableRow<'_>, period: Option<SettlementPeriod>) -> Result<LedgerRow, Problem> {
        let code = Columns::text(row, self.unit)?;
        let name = Columns::text(row, self.name)?;
        let written = Columns::text(row, self.period)?;
        // Codes of units are compared without their case; names stand as they are where there is no code.
        let unit = if self.unit.is_some() { code.to_uppercase() } else { name.clone() };
        let is_named = !unit.is_empty() && !is_total(&unit);
        let sum = [&code, &name, &written].into_iter().find(|text| is_total(text)).cloned();
        if !is_named && (sum.is_some() || row_is_total(row)) {
            let entry = self.entry(row)?;
            let name = sum.unwrap_or_else(|| "Cộng".to_owned());
            return Ok(LedgerRow::Sum(
                name,
                in_hundredths(&entry, |amount| (!amount.is_zero()).then_some(amount)),
            ));
        }
        let entry = self.entry(row)?;
        if entry == PeriodEntry::default() && unit.is_empty() {
            return Ok(LedgerRow::Aside);
        }
        if unit.is_empty() && (self.unit.is_some() || self.name.is_some()) {
            return Err(self.missing(if self.unit.is_some() { UNIT } else { NAME }));
        }
        let amounts = in_hundredths(&entry, Some);
        let mut account = Account { key: Key::of(unit), name, ..Account::default() };
        let day = row.cell_of(self.paid_on);
        let day = cells::date(&day, self.layout.epoch).map_err(|problem| {
            problem.with("read", String::from_utf8_lossy(&day)).at_field(PAID_ON, &self.layout)
        })?;
        if let Some(day) = day {
            let amount = entry.paid.ok_or_else(|| self.missing(PAID))?;
            if entry != (PeriodEntry { paid: entry.paid, ..PeriodEntry::default() }) {
                return Err(Problem::new(Code::LedgerTwoThings));
            }
            account.payments.insert(day, amount);
            return Ok(LedgerRow::Account(Box::new(account), amounts));
        }
        if self.paid_on.is_some() && self.due.is_none() && self.opening.is_none() && self.closing.is_none() {
            return Err(self.missing(PAID_ON));
        }
        account.entries.insert(self.period_of(row, &written, period)?, entry);
        Ok(LedgerRow::Account(Box::new(account), amounts))
    }

    fn period_of(
        &self,
        row: &TableRow<'_>,
        written: &str,
        period: Option<SettlementPeriod>,
    ) -> Result<Option<SettlementPeriod>, Problem> {
        let year = Columns::text(row, self.year)?;
        if written.is_empty() && year.is_empty() {
            return Ok(match self.layout.fact(PERIOD) {
                Some(fact) => SettlementPeriod::parse(fact).or(period),
                None => period,
            });
        }
        let heading = self.period.map_or("", |column| self.layout.names[column].as_str());
        SettlementPeriod::parse_under(heading, written, &year).map(Some).ok_or_else(|| {
            let read = if year.is_empty() { written.to_owned() } else { format!("{written} {year}") };
            Problem::new(Code::LedgerPeriodForm).with("read", read.trim()).at_field(PERIOD, &self.layout)
        })
    }

    fn entry(&self, row: &TableRow<'_>) -> Result<PeriodEntry, Problem> {
        let money = |column: Option<usize>, field: &'static str| -> Result<Option<Vnd>, Problem> {
            let cell = row.cell_of(column);
            signed(&cell).map_err(|problem| {
                problem.with("read", String::from_utf8_lossy(&cell)).at_field(field, &self.layout)
            })
        };
        Ok(PeriodEntry {
            opening: money(self.opening, OPENING)?,
            due: money(self.due, DUE)?.unwrap_or_default(),
            adjusted: money(self.adjusted, ADJUSTED)?.unwrap_or_default(),
            paid: money(self.paid, PAID)?,
            closing: money(self.closing, CLOSING)?,
            difference: money(self.difference, DIFFERENCE)?,
        })
    }

    /// An empty cell that a row needs; its place is the row.
    fn missing(&self, field: &'static str) -> Problem {
        Problem::new(Code::CellMissing).at_field(field, &self.layout)
    }

    fn text(row: &TableRow<'_>, column: Option<usize>) -> Result<String, Problem> {
        let cell = row.cell_of(column);
        cells::text(&cell).map(std::borrow::Cow::into_owned)
    }
}

/// Opening, due, adjusted, paid and closing of a row, as sum rows add them up.
fn in_hundredths(entry: &PeriodEntry, stated: fn(Vnd) -> Option<Vnd>) -> [Option<i128>; 5] {
    let amounts = [entry.opening, stated(entry.due), stated(entry.adjusted), entry.paid, entry.closing];
    amounts.map(|amount| amount.map(|amount| i128::from(amount.hundredths())))
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
