//! Mẫu 02/BH: quarterly settlement tables of circular 12/2026, a tree of rows by `STT_CHA` whose leaves are the amounts.

use std::collections::{BTreeMap, BTreeSet};

use super::amount::amount;
use super::{FundOptions, FundTables, SumMismatch, is_sum};
use crate::engine::fund_balance::{Given, SettlementSums};
use crate::table::again::Again;
use crate::table::grid::Grid;
use crate::table::{ReadOptions, Trouble};
use crate::terms::fold::fold;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

/// Rows among which the heading is looked for.
const HEAD: usize = 40;
/// Most rows of a table.
const MOST_ROWS: usize = 200_000;
/// Deepest tree.
const DEEPEST: usize = 20;

/// Columns of amounts, as the form calls them.
const AMOUNTS: [&str; 6] = ["T_TONGCHI_BV", "T_TONGCHI_BH", "T_BHTT", "T_BNCCT", "T_NGUONKHAC", "T_BNTT"];
const WHOLE: usize = 0;
const COVERED: usize = 1;
const FUND: usize = 2;
const COPAYMENT: usize = 3;
const OTHER: usize = 4;
const OWN: usize = 5;

/// Whether the table is such a form.
///
/// # Errors
/// [`Trouble`] for what cannot be read.
pub(super) fn is_settlement(input: &Again<'_>, options: &ReadOptions) -> Result<bool, Trouble> {
    Ok(heading(&Grid::read(input, options, HEAD)?).is_some())
}

/// The row of the heading.
fn heading(grid: &Grid) -> Option<usize> {
    (0..grid.rows.len().min(HEAD)).find(|row| {
        let has = |name: &str| (0..grid.rows[*row].1.len()).any(|column| grid.key(*row, column) == name);
        has("sttcha") && has("tbhtt")
    })
}

/// Một dòng của mẫu.
struct SettlementRow {
    line: u64,
    number: String,
    parent: String,
    item: String,
    facility: String,
    visits: Option<Vnd>,
    amounts: [Option<Vnd>; AMOUNTS.len()],
}

impl SettlementRow {
    fn is_blank(&self) -> bool {
        self.visits.is_none() && self.amounts.iter().all(Option::is_none)
    }

    fn place(&self) -> String {
        match (self.item.is_empty(), self.facility.is_empty()) {
            (true, _) => self.number.clone(),
            (false, true) => self.item.clone(),
            (false, false) => format!("{} ({})", self.item, self.facility),
        }
    }
}

/// Reads a form into the tables.
///
/// # Errors
/// [`Trouble`] where the quarter is not said, or a cell is no amount.
pub(super) fn read(
    tables: &mut FundTables,
    input: &Again<'_>,
    options: &ReadOptions,
    asked: FundOptions,
    name: &str,
) -> Result<(), Trouble> {
    let grid = Grid::read(input, options, MOST_ROWS)?;
    if grid.rows.len() >= MOST_ROWS {
        return Err(Trouble::input(Problem::new(Code::ReportTooLong).with("count", MOST_ROWS).at(name)));
    }
    let first = heading(&grid).unwrap_or(0);
    let period = title_period(&grid, first).or(asked.period).ok_or_else(|| {
        let missing =
            Problem::new(Code::MissingArgument).with("read", "--period").with("command", "fund balance");
        Trouble::usage(missing.at(name))
    })?;
    let mut rows = Vec::new();
    let mut totals = Vec::new();
    for at in first + 1..grid.rows.len() {
        match row(&grid, first, at) {
            Ok(row) if row.number.is_empty() && is_sum(&row.item) => totals.push(row),
            Ok(row) if row.number.is_empty() && row.is_blank() => tables.aside += 1,
            Ok(row) => rows.push(row),
            Err(problem) => {
                tables.rows += 1;
                tables.rejected.push(problem.at(format!("{name}:{}", grid.rows[at].0)));
            }
        }
    }
    take(tables, &rows, &totals, period, name);
    Ok(())
}

fn row(grid: &Grid, heading: usize, at: usize) -> Result<SettlementRow, Problem> {
    let cell = |name: &str| {
        let column = (0..grid.rows[heading].1.len()).find(|column| grid.key(heading, *column) == name);
        column.map_or("", |column| grid.cell(at, column)).trim().to_owned()
    };
    let key = |name: &str| name.to_lowercase().replace('_', "");
    // The form is in đồng, whatever the unit of the other tables.
    let money = |name: &str| {
        let written = cell(&key(name));
        amount(&written, 1, Some(',')).map_err(|problem| problem.with("read", &written).with("field", name))
    };
    let mut amounts = [None; AMOUNTS.len()];
    for (place, name) in amounts.iter_mut().zip(AMOUNTS) {
        *place = money(name)?;
    }
    Ok(SettlementRow {
        line: grid.rows[at].0,
        number: cell("stt"),
        parent: cell("sttcha"),
        item: cell("chitieu"),
        facility: cell("macskcb"),
        visits: money("SO_LUOT")?,
        amounts,
    })
}

/// `Quý II năm 2026` somewhere above the heading.
fn title_period(grid: &Grid, heading: usize) -> Option<SettlementPeriod> {
    let cells = grid.rows[..heading].iter().flat_map(|(_, cells)| cells);
    cells.map(|cell| fold(cell)).find_map(|folded| {
        let words: Vec<&str> = folded.split('-').collect();
        let at = words.iter().position(|word| *word == "quy")?;
        (2..=4).find_map(|taken| SettlementPeriod::parse(&words.get(at..at + taken)?.join(" ")))
    })
}

/// Adds the leaves up, by facility and in all, and holds filled parents and sums against them.
fn take(
    tables: &mut FundTables,
    rows: &[SettlementRow],
    totals: &[SettlementRow],
    period: SettlementPeriod,
    name: &str,
) {
    let own: BTreeSet<(String, String)> =
        rows.iter().map(|row| (row.facility.clone(), row.parent.clone())).collect();
    let any: BTreeSet<String> = rows.iter().map(|row| row.parent.clone()).collect();
    let is_parent = |row: &SettlementRow| {
        if row.facility.is_empty() {
            any.contains(&row.number)
        } else {
            own.contains(&(row.facility.clone(), row.number.clone()))
        }
    };
    let parent_of: BTreeMap<(&str, &str), &str> =
        rows.iter().map(|row| ((row.facility.as_str(), row.number.as_str()), row.parent.as_str())).collect();
    let mut known: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut below: BTreeMap<(String, String), [i128; AMOUNTS.len()]> = BTreeMap::new();
    let mut facilities: BTreeMap<String, SettlementSums> = BTreeMap::new();
    let mut all = [0_i128; AMOUNTS.len()];
    for row in rows.iter().filter(|row| !is_parent(row) && !row.is_blank()) {
        tables.rows += 1;
        if !known.insert((row.facility.clone(), row.parent.clone(), row.number.clone())) {
            let twice =
                Problem::new(Code::FundPeriodTwice).with("period", period).with("facility", row.place());
            tables.rejected.push(twice.at(format!("{name}:{}", row.line)));
            continue;
        }
        identities(tables, row);
        let amounts = row.amounts.map(|amount| i128::from(amount.unwrap_or_default().hundredths()));
        add(&mut all, &amounts);
        let mut parent = row.parent.as_str();
        for _ in 0..DEEPEST {
            if parent.is_empty() {
                break;
            }
            for facility in [row.facility.as_str(), ""] {
                add(below.entry((facility.to_owned(), parent.to_owned())).or_default(), &amounts);
                if row.facility.is_empty() {
                    break;
                }
            }
            let up = parent_of.get(&(row.facility.as_str(), parent)).or_else(|| parent_of.get(&("", parent)));
            parent = up.copied().unwrap_or("");
        }
        let sums = facilities
            .entry(row.facility.clone())
            .or_insert_with(|| SettlementSums::of(period, row.facility.clone()));
        sums.visits += row.visits.map_or(0, |visits| visits.hundredths() / 100);
        for (sum, amount) in sums.amounts.iter_mut().zip(row.amounts) {
            *sum = sum.checked_add(amount.unwrap_or_default()).unwrap_or(*sum);
        }
    }
    for row in rows.iter().filter(|row| is_parent(row) && !row.is_blank()) {
        let key = (row.facility.clone(), row.number.clone());
        compare(tables, row, &below.get(&key).copied().unwrap_or_default());
    }
    for total in totals {
        tables.aside += 1;
        compare(tables, total, &all);
    }
    for (facility, sums) in facilities {
        let given = Given { spent: Some(sums.amounts[FUND]), ..Given::default() };
        // A table of one facility without its code is the whole of the period.
        if let Err(problem) = tables.take(period, facility, &given) {
            tables.rejected.push(problem.at(name));
            continue;
        }
        tables.settlements.push(sums);
    }
}

fn add(sums: &mut [i128; AMOUNTS.len()], amounts: &[i128; AMOUNTS.len()]) {
    sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
}

/// What a parent or a sum states that the rows below it do not.
fn compare(tables: &mut FundTables, row: &SettlementRow, computed: &[i128; AMOUNTS.len()]) {
    for ((stated, computed), field) in row.amounts.iter().zip(computed).zip(AMOUNTS) {
        let computed = i64::try_from(*computed).map(Vnd::from_hundredths).unwrap_or_default();
        if let Some(stated) = stated.filter(|stated| *stated != computed) {
            tables.mismatches.push(SumMismatch {
                place: row.place(),
                field: field.to_owned(),
                stated,
                computed,
            });
        }
    }
}

/// The identities of the form: hospital total = covered + other + own, covered = fund + co-payment.
fn identities(tables: &mut FundTables, row: &SettlementRow) {
    let of = |column: usize| row.amounts[column].unwrap_or_default();
    let sum = |columns: &[usize]| {
        columns.iter().try_fold(Vnd::ZERO, |sum, column| sum.checked_add(of(*column))).unwrap_or_default()
    };
    for (column, parts) in [(WHOLE, &[COVERED, OTHER, OWN][..]), (COVERED, &[FUND, COPAYMENT][..])] {
        let computed = sum(parts);
        if let Some(stated) = row.amounts[column].filter(|stated| *stated != computed) {
            let field = AMOUNTS[column].to_owned();
            tables.mismatches.push(SumMismatch { place: row.place(), field, stated, computed });
        }
    }
}
