//! Mẫu C12-TS: the notice of one unit's contributions, fund by fund, of Decision 595/2017 and of Decision 366/2026.
//!
//! Row numbers repeat from block to block and are misprinted inside one, so that a row is known by its block, its number
//! and its place.

use std::collections::BTreeMap;

use super::amount::signed;
use super::columns::SCHEMA;
use crate::engine::ledger::division::{self, Owed};
use crate::engine::ledger::{Account, Key, Mismatch, MismatchKind, PeriodEntry};
use crate::rulebook::Rulebook;
use crate::table::Trouble;
use crate::table::grid::Grid;
use crate::terms::fold::fold;
use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::number::Vnd;
use crate::terms::settlement_period::SettlementPeriod;

/// Mẫu đã đọc.
pub(super) struct C12Form {
    pub(super) accounts: Vec<Account>,
    pub(super) mismatches: Vec<Mismatch>,
    pub(super) rows: u64,
}

/// Column of the numbers and of the words.
const NUMBER: usize = 0;
const WORDS: usize = 1;

/// Khối của mẫu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Before,
    Arisen,
    Received,
    Allocated,
    After,
}

/// Whether the grid is such a form: a block A that carries over, and the word for what is due.
pub(super) fn is_form(grid: &Grid) -> bool {
    (0..grid.rows.len()).any(|row| grid.key(row, NUMBER) == "a" && grid.key(row, WORDS).contains("mangsang"))
}

/// The amounts of one row by column.
type Amounts = BTreeMap<usize, Vnd>;

/// What a form is read with.
struct Reader<'g> {
    grid: &'g Grid,
    funds: BTreeMap<usize, InsuranceFund>,
    total: Option<usize>,
    rows: BTreeMap<(Part, String), Amounts>,
    /// Payments: what block C lists.
    payments: Vec<Vnd>,
    received: Option<Vnd>,
    key: Key,
    period: Option<SettlementPeriod>,
    mismatches: Vec<Mismatch>,
}

/// Reads a form.
///
/// # Errors
/// [`Trouble`] where the columns of the funds are not found, or a cell is no amount.
pub(super) fn read(
    grid: &Grid,
    rules: &Rulebook,
    period: Option<SettlementPeriod>,
    table: &str,
) -> Result<C12Form, Trouble> {
    let first = (0..grid.rows.len())
        .find(|row| grid.key(*row, NUMBER) == "a" && grid.key(*row, WORDS).contains("mangsang"));
    let first = first.unwrap_or(0);
    let (funds, total) = columns(grid, first);
    if funds.is_empty() {
        return Err(Trouble::input(SCHEMA.lacks(&["BHYT"]).at(table)));
    }
    let mut reader = Reader {
        grid,
        funds,
        total,
        rows: BTreeMap::new(),
        payments: Vec::new(),
        received: None,
        key: Key::of(title(grid, first, &["madonvi", "madvi"]).unwrap_or_else(|| table.to_owned())),
        period: title_period(grid, first).or(period),
        mismatches: Vec::new(),
    };
    reader.walk(first, table)?;
    reader.sums();
    let name = title(grid, first, &["tendonvi"]).unwrap_or_default();
    let accounts = reader.accounts(&name);
    reader.divided(rules, &accounts);
    Ok(C12Form { accounts, mismatches: reader.mismatches, rows: (grid.rows.len() - first) as u64 })
}

/// Which column is which fund, from the texts above each other between the heading and block A.
fn columns(grid: &Grid, first: usize) -> (BTreeMap<usize, InsuranceFund>, Option<usize>) {
    let heading = (0..first).rev().find(|row| grid.key(*row, NUMBER) == "stt").unwrap_or(0);
    let width = grid.rows[heading..first].iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let (mut funds, mut total) = (BTreeMap::new(), None);
    for column in WORDS + 1..width {
        let texts: String =
            (heading..first).map(|row| fold(grid.cell(row, column)).replace('-', "")).collect();
        let has = |word: &str| texts.contains(word);
        let fund = if has("odts") || has("omdau") {
            InsuranceFund::SicknessMaternity
        } else if has("httt") || has("huutri") {
            InsuranceFund::Pension
        } else if has("bhyt") {
            InsuranceFund::Health
        } else if has("bhtnld") || has("bnn") {
            InsuranceFund::Accident
        } else if has("bhtn") {
            InsuranceFund::Unemployment
        } else if has("bhxh") {
            InsuranceFund::SocialInsurance
        } else {
            if has("cong") && total.is_none() {
                total = Some(column);
            }
            continue;
        };
        funds.insert(column, fund);
    }
    (funds, total)
}

/// What a line above the heading says: `Mã đơn vị: TA0002X`, with or without the colon, in one cell or two.
fn title(grid: &Grid, first: usize, labels: &[&str]) -> Option<String> {
    for row in 0..first {
        let cells: Vec<&str> =
            grid.rows[row].1.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        for (place, cell) in cells.iter().enumerate() {
            let words: Vec<&str> = cell.split([' ', ':', '\u{a0}']).filter(|word| !word.is_empty()).collect();
            for taken in 1..=words.len().min(4) {
                let label = fold(&words[..taken].join(" ")).replace('-', "");
                if labels.contains(&label.as_str()) {
                    let rest = words[taken..].join(" ");
                    let next = cells.get(place + 1).map(|next| (*next).to_owned());
                    return if rest.is_empty() { next } else { Some(rest) };
                }
            }
        }
    }
    None
}

fn title_period(grid: &Grid, first: usize) -> Option<SettlementPeriod> {
    let cells = grid.rows[..first].iter().flat_map(|(_, cells)| cells);
    cells.filter(|cell| fold(cell).starts_with("thang")).find_map(|cell| SettlementPeriod::parse(cell))
}

impl Reader<'_> {
    fn walk(&mut self, first: usize, table: &str) -> Result<(), Trouble> {
        let mut part = Part::Before;
        for row in first..self.grid.rows.len() {
            let number = self.grid.cell(row, NUMBER).trim().trim_end_matches('.').to_owned();
            match number.as_str() {
                "A" => part = Part::Before,
                "B" => part = Part::Arisen,
                "C" => part = Part::Received,
                "D" => part = Part::Allocated,
                "Đ" => part = Part::After,
                _ => {}
            }
            let amounts = self.amounts(row, table)?;
            if part == Part::Received {
                let amount = self.total.and_then(|total| amounts.get(&total)).copied();
                match amount {
                    Some(amount) if number == "C" => self.received = Some(amount),
                    Some(amount) => self.payments.push(amount),
                    None => {}
                }
                continue;
            }
            // The first row of a number counts: 1.1 and 1.2 come again below the wage fund, by misprint.
            self.rows.entry((part, number)).or_insert(amounts);
        }
        Ok(())
    }

    fn amounts(&self, row: usize, table: &str) -> Result<Amounts, Trouble> {
        let mut amounts = Amounts::new();
        for column in self.funds.keys().copied().chain(self.total) {
            let cell = self.grid.cell(row, column);
            let read = signed(cell.as_bytes()).map_err(|problem| {
                let (line, _) = self.grid.rows[row];
                Trouble::input(problem.with("read", cell).at(format!("{table}:{line}")))
            })?;
            amounts.extend(read.map(|amount| (column, amount)));
        }
        Ok(amounts)
    }

    fn at(&self, part: Part, number: &str, column: usize) -> Option<Vnd> {
        self.rows.get(&(part, number.to_owned())).and_then(|amounts| amounts.get(&column)).copied()
    }

    fn amount(&self, part: Part, number: &str, column: usize) -> Vnd {
        self.at(part, number, column).unwrap_or_default()
    }

    /// Số phải đóng của tháng; where the row is empty, what was added less what was taken off.
    fn due(&self, column: usize) -> Vnd {
        self.at(Part::Arisen, "3", column).unwrap_or_else(|| {
            self.amount(Part::Arisen, "3.1", column) - self.amount(Part::Arisen, "3.2", column)
        })
    }

    fn balance(&self, part: Part, column: usize) -> Vnd {
        self.amount(part, "2.2", column) - self.amount(part, "2.1", column)
    }

    fn adjusted(&self, column: usize) -> Vnd {
        self.amount(Part::Arisen, "4.1", column) - self.amount(Part::Arisen, "4.2", column)
    }

    fn accounts(&self, name: &str) -> Vec<Account> {
        let account = |(column, fund): (&usize, &InsuranceFund)| {
            let entry = PeriodEntry {
                opening: Some(self.balance(Part::Before, *column)),
                due: self.due(*column),
                adjusted: self.adjusted(*column),
                paid: Some(self.amount(Part::Allocated, "1", *column)),
                closing: Some(self.balance(Part::After, *column)),
                difference: None,
            };
            Account {
                key: Key { fund: Some(*fund), ..self.key.clone() },
                name: name.to_owned(),
                entries: BTreeMap::from([(self.period, entry)]),
                payments: BTreeMap::new(),
            }
        };
        self.funds.iter().map(account).collect()
    }

    /// Rows that are sums of others: CỘNG of the funds, 2.2 of its parts, C of its payments, C divided in D.
    fn sums(&mut self) {
        const ADDED: [(Part, &str); 11] = [
            (Part::Before, "2.1"),
            (Part::Before, "2.2"),
            (Part::Arisen, "3"),
            (Part::Arisen, "3.1"),
            (Part::Arisen, "3.2"),
            (Part::Arisen, "4.1"),
            (Part::Arisen, "4.2"),
            (Part::Allocated, "1"),
            (Part::Allocated, "2"),
            (Part::After, "2.1"),
            (Part::After, "2.2"),
        ];
        let mut found = Vec::new();
        for (part, number) in ADDED {
            let Some(stated) = self.total.and_then(|total| self.at(part, number, total)) else { continue };
            let computed: Vnd = self.funds.keys().map(|column| self.amount(part, number, *column)).sum();
            found.push((stated, computed));
        }
        for part in [Part::Before, Part::After] {
            for column in self.funds.keys().copied().chain(self.total) {
                let parts = ["2.2.1", "2.2.2", "2.2.3"].map(|number| self.at(part, number, column));
                if let Some(stated) =
                    self.at(part, "2.2", column).filter(|_| parts.iter().any(Option::is_some))
                {
                    found.push((stated, parts.into_iter().flatten().sum()));
                }
            }
        }
        if let Some(stated) = self.received {
            if !self.payments.is_empty() {
                found.push((stated, self.payments.iter().copied().sum()));
            }
            found.push((stated, self.divided_in_all()));
        }
        let wrong = found.into_iter().filter(|(stated, computed)| stated != computed);
        self.mismatches.extend(wrong.map(|(stated, computed)| Mismatch {
            kind: MismatchKind::Sum,
            key: self.key.clone(),
            period: self.period,
            stated,
            computed,
        }));
    }

    /// What block D gives to the funds, contributions and charges together.
    fn divided_in_all(&self) -> Vnd {
        let of = |column: &usize| {
            let charge = self.at(Part::Allocated, "2", *column).unwrap_or_else(|| {
                self.amount(Part::Allocated, "2.1", *column) + self.amount(Part::Allocated, "2.2", *column)
            });
            self.amount(Part::Allocated, "1", *column) + charge
        };
        self.funds.keys().map(of).sum()
    }

    /// Whether the payment was divided in the order of the law.
    fn divided(&mut self, rules: &Rulebook, accounts: &[Account]) {
        let Some(day) = self.period.map(SettlementPeriod::last_day) else { return };
        let Ok(version) = rules.payment_allocation.at(day) else { return };
        let owed = |account: &Account| {
            let entry = account.entries.values().next()?;
            let owed = entry.opening.unwrap_or_default() + entry.due + entry.adjusted;
            Some(Owed { fund: account.key.fund?, owed, got: entry.paid.unwrap_or_default() })
        };
        let owed: Vec<Owed> = accounts.iter().filter_map(owed).collect();
        let paid = owed.iter().map(|owed| owed.got).sum();
        for (rank, should, got) in division::compare(&version.value, paid, &owed) {
            let fund = rank.first().copied();
            self.mismatches.push(Mismatch {
                kind: MismatchKind::Division,
                key: Key { fund, ..self.key.clone() },
                period: self.period,
                stated: got,
                computed: should,
            });
        }
    }
}
