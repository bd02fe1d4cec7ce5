//! Bảng lượt khám: one visit a row, by its totals, and the batch that answers with what the fund pays.

use std::borrow::Cow;

use super::batch::{Answer, Kernel};
use super::cells::{Map, claim_amount, date, digits, empty, text};
use super::csv::Row;
use super::groups::Groups;
use super::heading::{Epoch, Field, Layout};
use crate::case::claim::{VisitFacts, visit_facts};
use crate::engine::claim::visit_plan::{VisitFigures, VisitPlans, VisitQuestion, check_totals};
use crate::rulebook::Rulebook;
use crate::terms::care::Listed;
use crate::terms::fold::fold;
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::share::Share;

const GROUP: &str = "group";
const ADMITTED: &str = "admitted";
const DISCHARGED: &str = "discharged";
const HOSPITAL_COST: &str = "hospital_cost";
const COVERED_COST: &str = "covered_cost";
const COPAID: &str = "copaid_this_year";
const FIVE_YEARS: &str = "five_years_since";
const BORN: &str = "born";

/// Most points a facility can be given.
const MOST_POINTS: u64 = 100;

const fn field(name: &'static str, required: bool, aliases: &'static [&'static str]) -> Field {
    Field { name, required, aliases }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $fact:ident: $kind:ident = $key:literal [$($heading:literal),*],)*) => {
        /// What the columns of a table of visits can mean. `claim_id` and all others are carried through.
        pub const FIELDS: &[Field] = &[
            field("claim_id", false, &[]),
            field(GROUP, true, &["doituong", "nhom", "nhomdoituong", "madoituongthe", "doituongthe"]),
            field(ADMITTED, false, &["ngayvao", "ngayvaovien", "tungay"]),
            field(DISCHARGED, true, &["ngayra", "ngayravien", "denngay", "ngayketthuc"]),
            field(
                HOSPITAL_COST,
                true,
                &["tongchi", "tongchiphi", "ttongchi", "ttongchibv", "tongchibv", "tongchiphibenhvien"],
            ),
            field(
                COVERED_COST,
                true,
                &["ttongchibh", "tongchibh", "chiphibhyt", "chiphitrongphamvi", "tongchiphibhyt", "trongphamvi"],
            ),
            field(COPAID, false, &["dacungchitra", "dacungchitratrongnam", "cungchitratrongnam"]),
            field(
                FIVE_YEARS,
                false,
                &["namnamlientuc", "5namlientuc", "ngaydu5nam", "du5namlientuc", "thoidiemdu5nam"],
            ),
            field(BORN, false, &["ngaysinh", "birthdate", "dateofbirth", "dob"]),
            $(field(column!($fact), false, &[$($heading),*]),)*
        ];

        /// Columns that say how and where, in the order in which they are read.
        const FACTS: &[&str] = &[$(column!($fact)),*];

        /// Reads the facts from their cells, in the order of [`FACTS`].
        fn read_facts<'c>(cell: impl Fn(usize) -> Cow<'c, [u8]>) -> Result<VisitFacts, Problem> {
            let mut at = 0..;
            let mut next = || cell(at.next().unwrap_or_default());
            Ok(VisitFacts {
                $($fact: read_fact!($kind, &next()).map_err(|problem| problem.at(column!($fact)))?,)*
                ..VisitFacts::default()
            })
        }
    };
}

/// The column of a fact: its name.
macro_rules! column {
    (code) => {
        "visit_code"
    };
    ($fact:ident) => {
        stringify!($fact)
    };
}

/// Reads the cell of a fact of a kind.
macro_rules! read_fact {
    (text, $cell:expr) => {
        written_in($cell)
    };
    (points, $cell:expr) => {
        points($cell)
    };
    (known, $cell:expr) => {
        yes_or_no($cell)
    };
    (flag, $cell:expr) => {
        yes_or_no($cell).map(Option::unwrap_or_default)
    };
    ($listed:ident, $cell:expr) => {
        listed($cell)
    };
}

visit_facts!(columns);

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["benefit_level", "network_rate", "relief", "fund_payment", "copayment", "own_payment"];

/// Columns of a table by what they mean.
#[derive(Debug, Clone, Copy)]
struct Columns {
    group: usize,
    discharged: usize,
    hospital: usize,
    covered: usize,
    admitted: Option<usize>,
    copaid: Option<usize>,
    five_years: Option<usize>,
    born: Option<usize>,
}

/// Most facts that a reader remembers, and the longest cells of them.
const MOST_FACTS: usize = 1 << 15;
const LONGEST_FACTS: usize = 256;

/// Đọc lượt khám: one reader a thread.
pub struct Visits<'r> {
    columns: Columns,
    /// Columns of [`FACTS`].
    facts: Vec<Option<usize>>,
    epoch: Option<Epoch>,
    groups: Groups<'r>,
    /// Positions among the known facts, by the text of their cells.
    by_cells: Map<Vec<u8>, Result<usize, Problem>>,
    known: Vec<VisitFacts>,
    /// Facts that were forgotten: numbers are not used twice.
    forgotten: u64,
    key: Vec<u8>,
}

/// Một lượt khám, as a row gives it.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'v> {
    /// The question to the plans.
    pub question: VisitQuestion<'v>,
    /// Tổng chi phí.
    pub hospital: Vnd,
}

impl<'r> Visits<'r> {
    /// A reader for tables of this layout.
    pub fn new(rules: &'r Rulebook, layout: &Layout) -> Visits<'r> {
        let required = |field: &str| layout.column(field).unwrap_or(usize::MAX);
        Visits {
            columns: Columns {
                group: required(GROUP),
                discharged: required(DISCHARGED),
                hospital: required(HOSPITAL_COST),
                covered: required(COVERED_COST),
                admitted: layout.column(ADMITTED),
                copaid: layout.column(COPAID),
                five_years: layout.column(FIVE_YEARS),
                born: layout.column(BORN),
            },
            facts: FACTS.iter().map(|field| layout.column(field)).collect(),
            epoch: layout.epoch,
            groups: Groups::new(rules),
            by_cells: Map::default(),
            known: Vec::new(),
            forgotten: 0,
            key: Vec::new(),
        }
    }

    /// The visit of a row.
    ///
    /// # Errors
    /// A [`Problem`] for the first cell that cannot be used; its place is the field.
    pub fn read(&mut self, row: &Row<'_>) -> Result<Visit<'_>, Problem> {
        let columns = self.columns;
        let group = self.groups.find(&row.cell(columns.group), GROUP).map_err(|problem| problem.at(GROUP))?;
        let epoch = self.epoch;
        let day = |column: Option<usize>, field: &'static str| {
            date(&row.cell_of(column), epoch).map_err(|problem| problem.at(field))
        };
        let amount = |column: Option<usize>, field: &'static str| {
            claim_amount(&row.cell_of(column)).map_err(|problem| problem.at(field))
        };
        let discharged = day(Some(columns.discharged), DISCHARGED)?.ok_or_else(|| empty(DISCHARGED))?;
        let admitted = day(columns.admitted, ADMITTED)?.unwrap_or(discharged);
        if admitted > discharged {
            let problem = Problem::new(Code::DateOrder).with("first", admitted).with("second", discharged);
            return Err(problem.at(DISCHARGED));
        }
        let hospital = amount(Some(columns.hospital), HOSPITAL_COST)?.ok_or_else(|| empty(HOSPITAL_COST))?;
        let covered = amount(Some(columns.covered), COVERED_COST)?.ok_or_else(|| empty(COVERED_COST))?;
        check_totals(hospital, covered).map_err(|error| error.problem().at(COVERED_COST))?;
        let figures = VisitFigures {
            admitted,
            discharged,
            covered,
            copaid: amount(columns.copaid, COPAID)?.unwrap_or(Vnd::ZERO),
            five_years_since: day(columns.five_years, FIVE_YEARS)?,
            born: day(columns.born, BORN)?,
        };
        let at = self.facts(row)?;
        let facts = &self.known[at];
        let facts_number = self.forgotten + at as u64;
        Ok(Visit { question: VisitQuestion { facts, facts_number, group, figures }, hospital })
    }

    /// Position of the facts of a row, remembered by the text of their cells.
    fn facts(&mut self, row: &Row<'_>) -> Result<usize, Problem> {
        self.key.clear();
        for column in self.facts.iter().copied().flatten() {
            let cell = row.cell(column);
            // A key with a longer cell is too long to be kept.
            self.key.push(u8::try_from(cell.len()).unwrap_or(u8::MAX));
            self.key.extend_from_slice(&cell);
        }
        if let Some(known) = self.by_cells.get(&self.key) {
            return known.clone();
        }
        let read = read_facts(|at| row.cell_of(self.facts[at]));
        if self.known.len() >= MOST_FACTS || self.by_cells.len() >= MOST_FACTS {
            self.forgotten += self.known.len() as u64;
            self.known.clear();
            self.by_cells.clear();
        }
        let found = read.map(|facts| {
            self.known.push(facts);
            self.known.len() - 1
        });
        if self.key.len() <= LONGEST_FACTS {
            self.by_cells.insert(self.key.clone(), found.clone());
        }
        found
    }
}

/// The text of a cell, unless it is empty.
fn written_in(cell: &[u8]) -> Result<Option<String>, Problem> {
    let text = text(cell)?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

fn points(cell: &[u8]) -> Result<Option<u32>, Problem> {
    let Some(text) = written_in(cell)? else { return Ok(None) };
    let points = digits(text.as_bytes()).filter(|points| *points <= MOST_POINTS);
    points.and_then(|points| u32::try_from(points).ok()).map(Some).ok_or_else(not_listed)
}

fn not_listed() -> Problem {
    Problem::new(Code::InvalidValue)
}

fn listed<T: Listed>(cell: &[u8]) -> Result<Option<T>, Problem> {
    written_in(cell)?.map(|text| T::read(&text).ok_or_else(not_listed)).transpose()
}

fn yes_or_no(cell: &[u8]) -> Result<Option<bool>, Problem> {
    written_in(cell)?
        .map(|text| match fold(&text).as_str() {
            "true" | "yes" | "1" | "x" | "co" => Ok(true),
            "false" | "no" | "0" | "khong" => Ok(false),
            _ => Err(not_listed()),
        })
        .transpose()
}

/// Tính từng lượt khám.
#[derive(Debug, Clone, Copy)]
pub struct ClaimKernel<'r> {
    /// The rulebook.
    pub rules: &'r Rulebook,
    /// Whether a warning rejects the row.
    pub strict: bool,
}

/// What a thread of the batch of visits holds.
pub struct ClaimWorker<'r> {
    visits: Visits<'r>,
    plans: VisitPlans<'r>,
    warnings: Vec<Code>,
    shares: Vec<(Share, String)>,
    separator: u8,
    numbers: itoa::Buffer,
}

impl<'r> Kernel for ClaimKernel<'r> {
    type Worker = ClaimWorker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        APPENDED
    }

    fn worker(&self, layout: &Layout) -> ClaimWorker<'r> {
        ClaimWorker {
            visits: Visits::new(self.rules, layout),
            plans: VisitPlans::new(self.rules),
            warnings: Vec::new(),
            shares: Vec::new(),
            separator: layout.separator,
            numbers: itoa::Buffer::new(),
        }
    }

    fn row(
        &self,
        worker: &mut ClaimWorker<'r>,
        row: &Row<'_>,
        answer: &mut Answer<'_>,
    ) -> Result<(), Problem> {
        let ClaimWorker { visits, plans, warnings, shares, separator, numbers } = worker;
        let visit = visits.read(row)?;
        warnings.clear();
        let found = plans.answer(&visit.question, warnings).map_err(|error| error.problem())?;
        for code in warnings.iter() {
            if self.strict {
                return Err(Problem::new(*code));
            }
            answer.warn(*code);
        }
        let money = found.amounts(visit.hospital, visit.question.figures.covered);
        answer.add(&[money.hospital, money.fund, money.copayment, money.own].map(Vnd::hundredths));
        for share in [found.settled.level, found.rate] {
            answer.out.push(*separator);
            answer.out.extend_from_slice(written(shares, share).as_bytes());
        }
        answer.out.push(*separator);
        answer.out.extend_from_slice(found.settled.relief.map_or(NO_RELIEF, Listed::key).as_bytes());
        for amount in [money.fund, money.copayment, money.own] {
            answer.out.push(*separator);
            write_amount(answer.out, amount, numbers);
        }
        // The separator before the error columns is the batch's.
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        let parts: i128 = sums[1..4].iter().sum();
        if sums[0] == parts { Ok(()) } else { Err(format!("total cost {}, parts {parts}", sums[0])) }
    }

    fn labels(&self) -> &'static [&'static str] {
        &[HOSPITAL_COST, "fund_payment", "copayment", "own_payment"]
    }
}

/// What stands for no relief in results.
const NO_RELIEF: &str = "none";

/// A share as it is written; a table meets a handful of them.
fn written(shares: &mut Vec<(Share, String)>, share: Share) -> &str {
    let at = shares.iter().position(|(known, _)| *known == share).unwrap_or_else(|| {
        shares.push((share, share.to_string()));
        shares.len() - 1
    });
    &shares[at].1
}

/// An amount with a dot and no needless zeros.
#[inline]
fn write_amount(out: &mut Vec<u8>, amount: Vnd, numbers: &mut itoa::Buffer) {
    match amount.dong() {
        Some(dong) => out.extend_from_slice(numbers.format(dong).as_bytes()),
        None => out.extend_from_slice(amount.to_string().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_hospitals_are_understood_once_each() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn amounts_are_written_without_needless_zeros() {
        let write = |hundredths| {
            let mut out = Vec::new();
            write_amount(&mut out, Vnd::from_hundredths(hundredths), &mut itoa::Buffer::new());
            String::from_utf8(out).expect("digits")
        };
        assert_eq!([write(100), write(150), write(5), write(0)], ["1", "1.5", "0.05", "0"]);
    }
}
