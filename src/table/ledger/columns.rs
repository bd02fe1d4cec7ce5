//! Cột của bảng thu – nợ: what the columns can mean, and what a row says.

use std::collections::BTreeMap;

use super::amount::signed_in;
use crate::engine::ledger::{Account, Key, PeriodEntry};
use crate::table::Trouble;
use crate::table::cells;
use crate::table::csv::TableRow;
use crate::table::heading::{Field, Layout, Sample, Schema, optional};
use crate::table::money_unit;
use crate::terms::fold::tidy;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

const UNIT: &str = "unit";
const NAME: &str = "unit_name";
const PERIOD: &str = "period";
const YEAR: &str = "year";
const OPENING: &str = "opening";
const DUE: &str = "due";
const ADJUSTED: &str = "adjusted";
const PAID: &str = "paid";
const CLOSING: &str = "closing";
const DIFFERENCE: &str = "difference";
const PAID_ON: &str = "paid_on";
/// What a title says of the unit of amounts.
const MONEY_UNIT: &str = "money_unit";

/// What the columns can mean.
const FIELDS: &[Field] = &[
    optional(UNIT, &["madvi", "madonvi", "masodonvi", "madonvidiemthu", "madv", "unitcode"]),
    optional(NAME, &["name", "tendvi", "tendonvi", "tendonvidiemthu", "donvi"]),
    optional(PERIOD, &["month", "thang", "ky", "thangnam", "kythu", "quy", "quarter"]),
    optional(YEAR, &["nam"]),
    optional(
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
    optional(
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
    optional(ADJUSTED, &["dieuchinhkytruoc", "sotiendieuchinhkytruoc", "dieuchinh"]),
    optional(
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
    optional(
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
    optional(DIFFERENCE, &["sobilech", "sotienlech", "lech"]),
    optional(
        PAID_ON,
        &["day", "date", "ngay", "ngaynop", "ngaydong", "ngaychungtu", "ngaynoptien", "ngayunc"],
    ),
];

/// Bảng thu – nợ.
/// What is due, by month.
const SAMPLE: Sample = Sample { template: "ledger", columns: &[UNIT, PERIOD, DUE], takes_facts: false };

pub(in crate::table) const SCHEMA: Schema = Schema {
    titles: &[
        ("thang", PERIOD),
        ("ky", PERIOD),
        ("quy", PERIOD),
        ("madonvi", UNIT),
        ("donvitinh", MONEY_UNIT),
        ("dvt", MONEY_UNIT),
    ],
    money: &[
        "phai", "dong", "nop", "thu", "tien", "phatsinh", "chuyen", "dau", "cuoi", "no", "lai", "due", "paid",
    ],
    asks_cells: false,
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
    sample: Some(SAMPLE),
    ..Schema::of(FIELDS)
};

/// Một dòng nói gì.
pub(super) enum LedgerRow {
    /// A title or signature.
    Aside,
    /// A sum row, with what it states.
    Sum(String, [Option<i128>; 5]),
    /// What a unit owes or pays, with the same amounts for the sums.
    Account(Box<Account>, [Option<i128>; 5]),
}

/// Các cột.
pub(super) struct Columns {
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
    /// Đồng in the unit of each column of amounts.
    pub(super) units: BTreeMap<&'static str, i64>,
    pub(super) layout: Layout,
}

impl Columns {
    pub(super) fn of(layout: &Layout, table: &str, unit: Option<i64>) -> Result<Columns, Trouble> {
        let at = |field: &str| layout.column(field);
        let amounts = [OPENING, DUE, PAID, CLOSING].iter().any(|field| at(field).is_some());
        let has_period = layout.has(PERIOD) || layout.has(YEAR);
        // Balances alone say nothing of what was due and paid between them.
        let moves = [DUE, ADJUSTED, PAID].iter().any(|field| at(field).is_some());
        if !moves || !amounts || !(at(UNIT).is_some() || at(NAME).is_some() || has_period) {
            let missing = if amounts && moves { UNIT } else { DUE };
            return Err(Trouble::input(SCHEMA.lacks(&[missing]).at(table)));
        }
        let mut units = BTreeMap::new();
        for field in [OPENING, DUE, ADJUSTED, PAID, CLOSING, DIFFERENCE] {
            let Some(column) = at(field) else { continue };
            let found = money_unit::of_column(&layout.names[column], layout.fact(MONEY_UNIT), unit);
            units.insert(field, found.map_err(|problem| Trouble::input(problem.at(table)))?);
        }
        Ok(Columns {
            units,
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
    pub(super) fn read(
        &self,
        row: &TableRow<'_>,
        period: Option<SettlementPeriod>,
    ) -> Result<LedgerRow, Problem> {
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
        let day = cells::date(day, self.layout.epoch).map_err(|problem| {
            problem.with("read", String::from_utf8_lossy(day)).at_field(PAID_ON, &self.layout)
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
            signed_in(cell, self.units.get(field).copied().unwrap_or(1)).map_err(|problem| {
                problem.with("read", String::from_utf8_lossy(cell)).at_field(field, &self.layout)
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
        cells::text(cell).map(std::borrow::Cow::into_owned)
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
    (0..row.width().min(3)).any(|at| is_total(&tidy(&String::from_utf8_lossy(row.cell(at)))))
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
