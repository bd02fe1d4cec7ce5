//! Bảng lượt khám: one visit a row, by its totals, and the batch that answers with what the fund pays.

use chrono::{Datelike, NaiveDate};

mod coded;
mod declared;
mod kernel;
mod particulars;
mod repeats;
mod row_checks;
mod row_fields;

use self::coded::{card_group, in_words, least_group};
use self::declared::{ClaimedAmounts, DeclaredColumns};
pub use self::kernel::{APPENDED, ClaimKernel};
use self::particulars::ParticularColumns;
pub use self::row_checks::RowChecks;
use super::cells::{claim_amount, digits, empty, text};
use super::csv::TableRow;
use super::days::birth;
use super::field_source::FieldSource;
use super::groups::Groups;
use super::heading::{Epoch, Field, Layout, Sample, Schema, field};
use super::known_days::KnownDays;
use crate::case::claim::{Particulars, VisitFacts, visit_facts};
use crate::engine::claim::visit_answer::{VisitFigures, VisitQuestion, check_totals};
use crate::rulebook::Rulebook;
use crate::terms::fold::fold;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

const GROUP: &str = "group";
const ADMITTED: &str = "admitted";
const DISCHARGED: &str = "discharged";
const HOSPITAL_COST: &str = "hospital_cost";
const COVERED_COST: &str = "covered_cost";
const COPAID: &str = "copaid_this_year";
const FIVE_YEARS: &str = "five_years_since";
const BORN: &str = "born";
const CARD: &str = "card";
const ROUTE_CODE: &str = "route_code";
const INSURED_TOTAL: &str = "insured_total";
const OTHER_SOURCE: &str = "other_source";
const STATED_FUND: &str = "stated_fund";
const STATED_COPAYMENT: &str = "stated_copayment";
const STATED_OWN: &str = "stated_own";
const STATED_PATIENT: &str = "stated_patient";

/// Most points a facility can be given.
const MOST_POINTS: u64 = 100;

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
            field(CARD, false, &["mathe", "mathebhyt", "sothe", "sothebhyt"]),
            field(ROUTE_CODE, false, &["malydovvien", "malydovaovien", "malydovv"]),
            field(INSURED_TOTAL, false, &[]),
            field(OTHER_SOURCE, false, &["tnguonkhac", "nguonkhac"]),
            field(STATED_FUND, false, &["tbhtt", "bhtt", "quybhyttra", "denghiquybhytthanhtoan"]),
            field(STATED_COPAYMENT, false, &["tbncct", "bncct"]),
            field(STATED_OWN, false, &["tbntt", "bntt"]),
            field(STATED_PATIENT, false, &[]),
            field(particulars::COLUMNS[0].0, false, particulars::COLUMNS[0].1),
            field(particulars::COLUMNS[1].0, false, particulars::COLUMNS[1].1),
            field(particulars::COLUMNS[2].0, false, particulars::COLUMNS[2].1),
            field(particulars::COLUMNS[3].0, false, particulars::COLUMNS[3].1),
            field(particulars::COLUMNS[4].0, false, particulars::COLUMNS[4].1),
            field(particulars::COLUMNS[5].0, false, particulars::COLUMNS[5].1),
            field(particulars::COLUMNS[6].0, false, particulars::COLUMNS[6].1),
            field(particulars::COLUMNS[7].0, false, particulars::COLUMNS[7].1),
            field(particulars::COLUMNS[8].0, false, particulars::COLUMNS[8].1),
            field(particulars::COLUMNS[9].0, false, particulars::COLUMNS[9].1),
            field(particulars::COLUMNS[10].0, false, particulars::COLUMNS[10].1),
            $(field(column!($fact), false, &[$($heading),*]),)*
        ];

        /// Columns that say how and where, in the order in which they are read.
        const FACTS: &[&str] = &[$(column!($fact)),*];

        /// Reads the facts from their cells, in the order of [`FACTS`].
        fn read_facts<'c>(cell: impl Fn(usize) -> &'c [u8]) -> Result<VisitFacts, Problem> {
            let mut at = 0..;
            let mut next = || cell(at.next().unwrap_or_default());
            Ok(VisitFacts {
                $($fact: read_fact!($kind, next()).map_err(|problem| problem.at(column!($fact)))?,)*
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

/// Bảng lượt khám.
pub const SCHEMA: Schema = Schema {
    // Where codes say how somebody came, the complaint is free text.
    yields: &[("lydovv", "route", "visit_code"), ("lydovaovien", "route", "visit_code")],
    profiles: include_str!("../../../profiles/visits.toml"),
    sample: Some(Sample {
        template: "batch-claim",
        columns: &["group", "discharged", "hospital_cost", "covered_cost"],
        takes_facts: true,
    }),
    ..Schema::of(FIELDS)
};

/// Where a row says what.
#[derive(Debug, Clone)]
struct Sources {
    group: FieldSource,
    card: FieldSource,
    discharged: FieldSource,
    hospital: FieldSource,
    covered: FieldSource,
    /// One sum for both, in files that know the insured total only.
    insured_total: FieldSource,
    admitted: FieldSource,
    copaid: FieldSource,
    five_years: FieldSource,
    born: FieldSource,
    route_code: FieldSource,
    declared: Option<DeclaredColumns>,
    particulars: Option<ParticularColumns>,
}

/// Runs of neighbouring columns, first and last of each.
fn runs(columns: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut columns: Vec<usize> = columns.collect();
    columns.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for column in columns {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 >= column => *last = column,
            _ => runs.push((column, column)),
        }
    }
    runs
}

/// Most facts that a reader remembers, and the longest cells of them.
const MOST_FACTS: usize = 1 << 12;
const LONGEST_FACTS: usize = 256;

/// Đọc lượt khám: one reader a thread.
pub struct VisitReader<'r> {
    sources: Sources,
    /// Where the [`FACTS`] stand.
    facts: Vec<FieldSource>,
    /// The columns of them and of the way of arrival.
    fact_runs: Vec<(usize, usize)>,
    epoch: Option<Epoch>,
    days: KnownDays,
    groups: Groups<'r>,
    /// Positions among the known facts, by the text of their cells.
    by_cells: QuickMap<Vec<u8>, Result<usize, Problem>>,
    known: Vec<VisitFacts>,
    /// Facts that were forgotten: numbers are not used twice.
    forgotten: u64,
    key: Vec<u8>,
    /// Of the row that was read last.
    particulars: Option<Particulars>,
}

/// Một lượt khám, as a row gives it.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'v> {
    /// The question to the plans.
    pub question: VisitQuestion<'v>,
    /// Tổng chi phí.
    pub hospital: Vnd,
    /// The group of another card of the row, where they are of several.
    pub other_group: Option<usize>,
    /// The latest day of birth, where only the year is known.
    pub born_until: Option<NaiveDate>,
    /// What the row says that fund and patient pay.
    pub declared: ClaimedAmounts,
}

impl<'r> VisitReader<'r> {
    /// A reader for tables of this layout.
    pub fn new(rules: &'r Rulebook, layout: &Layout) -> VisitReader<'r> {
        let source = |field: &str| FieldSource::of(layout, field);
        let facts: Vec<FieldSource> = FACTS.iter().map(|field| source(field)).collect();
        let route_code = source(ROUTE_CODE);
        VisitReader {
            fact_runs: runs(facts.iter().chain([&route_code]).filter_map(FieldSource::column)),
            sources: Sources {
                group: source(GROUP),
                card: source(CARD),
                discharged: source(DISCHARGED),
                hospital: source(HOSPITAL_COST),
                covered: source(COVERED_COST),
                insured_total: source(INSURED_TOTAL),
                admitted: source(ADMITTED),
                copaid: source(COPAID),
                five_years: source(FIVE_YEARS),
                born: source(BORN),
                route_code,
                declared: DeclaredColumns::of(layout),
                particulars: ParticularColumns::of(layout),
            },
            facts,
            epoch: layout.epoch,
            days: KnownDays::default(),
            groups: Groups::new(rules),
            by_cells: QuickMap::default(),
            known: Vec::new(),
            forgotten: 0,
            key: Vec::new(),
            particulars: None,
        }
    }

    /// The visit of a row.
    ///
    /// # Errors
    /// A [`Problem`] for the first cell that cannot be used; its place is the field.
    #[expect(
        clippy::inline_always,
        reason = "what is found is many words long; where it is used at once it need not be moved"
    )]
    #[inline(always)]
    pub fn read(&mut self, row: &TableRow<'_>) -> Result<Visit<'_>, Problem> {
        let (group, other_group) = self.group(row)?;
        let sources = &self.sources;
        let epoch = self.epoch;
        let days = &mut self.days;
        let mut day = |source: &FieldSource, field: &'static str| {
            days.date(source.cell(row), epoch).map_err(|problem| problem.at(field))
        };
        let amount = |source: &FieldSource, field: &'static str| {
            claim_amount(source.cell(row)).map_err(|problem| problem.at(field))
        };
        let discharged = day(&sources.discharged, DISCHARGED)?.ok_or_else(|| empty(DISCHARGED))?;
        let admitted = day(&sources.admitted, ADMITTED)?.unwrap_or(discharged);
        if admitted > discharged {
            let problem = Problem::new(Code::DateOrder).with("first", admitted).with("second", discharged);
            return Err(problem.at(DISCHARGED));
        }
        // Few tables have the one sum for both.
        let total = match &sources.insured_total {
            total if total.is_there() => amount(total, INSURED_TOTAL)?,
            _ => None,
        };
        let hospital = amount(&sources.hospital, HOSPITAL_COST)?.or(total);
        let hospital = hospital.ok_or_else(|| empty(HOSPITAL_COST))?;
        let covered = amount(&sources.covered, COVERED_COST)?.or(total).ok_or_else(|| empty(COVERED_COST))?;
        check_totals(hospital, covered).map_err(|error| error.problem().at(COVERED_COST))?;
        let five_years_since = day(&sources.five_years, FIVE_YEARS)?;
        let born = birth(sources.born.cell(row), epoch, days).map_err(|problem| problem.at(BORN))?;
        let figures = VisitFigures {
            admitted,
            discharged,
            covered,
            copaid: amount(&sources.copaid, COPAID)?.unwrap_or(Vnd::ZERO),
            five_years_since,
            born: born.map(|born| born.first),
        };
        let declared = match &sources.declared {
            Some(columns) => columns.read(row)?,
            None => ClaimedAmounts::default(),
        };
        if let Some(columns) = &sources.particulars {
            let over_new_year = figures.admitted.year() != figures.discharged.year();
            self.particulars = columns.read(row, hospital, over_new_year, epoch)?;
        }
        let at = self.facts(row)?;
        let facts = &self.known[at];
        let facts_number = self.forgotten + at as u64;
        let born_until = born.and_then(|born| born.last);
        let question =
            VisitQuestion { facts, facts_number, group, figures, particulars: self.particulars.as_ref() };
        Ok(Visit { question, hospital, other_group, born_until, declared })
    }

    /// Position of the group that a row names, or the first two letters of its card; and of another card, where it has several.
    fn group(&mut self, row: &TableRow<'_>) -> Result<(usize, Option<usize>), Problem> {
        let cell = self.sources.group.cell(row);
        let found = if cell.trim_ascii().is_empty() && self.sources.card.is_there() {
            let card = self.sources.card.cell(row);
            let mut find = |letters| self.groups.find(letters, CARD);
            let best = card_group(card).and_then(&mut find).map_err(|problem| problem.at(CARD))?;
            return Ok((best, least_group(card).and_then(|letters| find(letters).ok())));
        } else {
            self.groups.find(cell, GROUP)
        };
        found.map(|group| (group, None)).map_err(|problem| problem.at(GROUP))
    }

    /// Position of the facts of a row, remembered by the text of their cells.
    fn facts(&mut self, row: &TableRow<'_>) -> Result<usize, Problem> {
        self.key.clear();
        // Cells as they came tell facts apart: separators, marks and ends of runs included. What holds for the whole table
        // holds for every row.
        for (first, last) in &self.fact_runs {
            self.key.extend_from_slice(row.raw_cells(*first, *last));
            self.key.push(b'\n');
        }
        if let Some(known) = self.by_cells.get(&self.key) {
            return known.clone();
        }
        let code = self.sources.route_code.cell(row);
        let read = read_facts(|at| in_words(FACTS[at], self.facts[at].cell(row), code));
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
#[inline]
fn written_in(cell: &[u8]) -> Result<Option<String>, Problem> {
    let text = text(cell)?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

fn points(cell: &[u8]) -> Result<Option<u32>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    let points = digits(text.as_bytes()).filter(|points| *points <= MOST_POINTS);
    points.and_then(|points| u32::try_from(points).ok()).map(Some).ok_or_else(not_listed)
}

fn not_listed() -> Problem {
    Problem::new(Code::InvalidValue)
}

fn listed<T: Listed>(cell: &[u8]) -> Result<Option<T>, Problem> {
    let text = text(cell)?;
    if text.is_empty() { Ok(None) } else { T::read(&text).map(Some).ok_or_else(not_listed) }
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
}
