//! Dòng của danh sách: rows that state support, amounts or only a year of birth, answered and compared.

use super::fields::{NOTE, STATUS};
use super::found_person::{FoundPerson, ListedFacts};
use super::list::RepeatedPerson;
use super::note::KnownNotes;
use super::odd::{self, Computed, OddColumn};
use super::whereabouts::PlaceReader;
use crate::engine::premium::PremiumAmounts;
use crate::engine::premium::given_support::SupportError;
use crate::engine::premium::plans::{PlanQuestion, Plans};
use crate::table::batch::kernel::RowAnswer;
use crate::table::batch::tally::{BatchTally, MOST_NOTES, with_differences};
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::number::{Rounding, Vnd};
use crate::terms::problem::{Code, Problem};

/// Một dòng có ghi thêm tiền hoặc hỗ trợ.
pub(super) struct ListedRow<'p> {
    /// Whether a warning rejects the row.
    pub(super) rules_strict: bool,
    /// Whether rows are read one after another.
    pub(super) in_order: bool,
    pub(super) found: FoundPerson<'p>,
    pub(super) said: ListedFacts,
}

/// Amounts, place on the ladder, stated less computed.
type Answered = (PremiumAmounts, Option<u32>, Option<Vnd>);

impl ListedRow<'_> {
    /// Trả lời: the split with what the row says in it.
    pub(super) fn answer<T: Default>(
        &self,
        plans: &mut Plans<'_, T>,
        inferred: &mut u32,
        answer: &mut RowAnswer<'_>,
    ) -> Result<Answered, Problem> {
        let (found, said) = (self.found, self.said);
        let (amounts, rank) = self.amounts(plans, &found.question, inferred, answer)?;
        if let Some(last) = said.born_until {
            let mut later = found.question.person.clone();
            later.born = Some(last);
            let question = PlanQuestion { person: &later, ..found.question };
            let other = plans.find(&question).map_err(|error| error.problem())?;
            let other = other.amounts(rank, found.question.person.salary).map_err(|error| error.problem())?;
            let first = plans.find(&found.question).map_err(|error| error.problem())?;
            let first = first.amounts(rank, found.question.person.salary).map_err(|error| error.problem())?;
            if first != other {
                self.warn(Code::BornYearDecides, answer)?;
            }
        }
        if said.money.as_fraction {
            self.warn(Code::ShareAsFraction, answer)?;
        }
        match said.again {
            RepeatedPerson::No => {}
            RepeatedPerson::Number => self.warn(Code::NumberAgain, answer)?,
            RepeatedPerson::Person => answer.note(REPEATED),
        }
        if said.money.other_base {
            answer.note(OTHER_BASE);
        }
        if said.ends_elsewhere {
            answer.note(ENDS_ELSEWHERE);
        }
        let difference = said.money.stated.difference(&amounts);
        if difference.is_some_and(|difference| difference != Vnd::ZERO) {
            answer.note(DIFFERS);
        }
        Ok((amounts, rank, difference))
    }

    fn warn(&self, code: Code, answer: &mut RowAnswer<'_>) -> Result<(), Problem> {
        if self.rules_strict {
            return Err(Problem::new(code));
        }
        answer.warn(code);
        Ok(())
    }

    fn amounts<T: Default>(
        &self,
        plans: &mut Plans<'_, T>,
        question: &PlanQuestion<'_>,
        inferred: &mut u32,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(PremiumAmounts, Option<u32>), Problem> {
        let (found, said) = (self.found, self.said);
        let kept = plans.find(question).map_err(|error| error.problem())?;
        let rounding = kept.rounding;
        let at = |rank: Option<u32>| {
            kept.amounts(rank, found.question.person.salary).map_err(|error| error.problem())
        };
        let rank = kept.on_ladder.then_some(found.rank);
        if rank.is_none() || !found.is_placeless {
            return Ok((self.supported(&at(rank)?, rounding, answer)?, rank));
        }
        if said.money.stated.is_empty() || !self.in_order {
            answer.placeless();
            return Ok((self.supported(&at(rank)?, rounding, answer)?, rank));
        }
        // Nothing but the amount says which place the person has: it must be the next one, or begin a household.
        let last = kept.step(Some(u32::MAX)).and_then(|step| u32::try_from(step + 1).ok()).unwrap_or(1);
        let next = (*inferred + 1).min(last);
        for rank in [next, 1] {
            let split =
                self.said.money.support.split(&at(Some(rank))?, rounding).map_err(|error| refused(&error))?;
            if said.money.stated.difference(&split.amounts) == Some(Vnd::ZERO) {
                self.warn(Code::PlaceFromAmount, answer)?;
                answer.place_inferred(rank);
                *inferred = rank;
                return Ok((self.supported(&at(Some(rank))?, rounding, answer)?, Some(rank)));
            }
        }
        Err(Problem::new(Code::AmountFitsNoPlace))
    }

    fn supported(
        &self,
        amounts: &PremiumAmounts,
        rounding: Rounding,
        answer: &mut RowAnswer<'_>,
    ) -> Result<PremiumAmounts, Problem> {
        if self.said.money.support.is_empty() {
            return Ok(*amounts);
        }
        let split = self.said.money.support.split(amounts, rounding).map_err(|error| refused(&error))?;
        if split.in_place_of_policy {
            self.warn(Code::SupportAsListed, answer)?;
        }
        if split.budget_differs {
            answer.note(BUDGET);
        }
        Ok(split.amounts)
    }
}

fn refused(error: &SupportError) -> Problem {
    match error {
        SupportError::BeyondPart => Problem::new(Code::SupportBeyondPart),
        SupportError::Engine(error) => error.problem(),
    }
}

/// Notes for which rows are counted.
const DIFFERS: usize = 0;
const BUDGET: usize = 1;
const OTHER_BASE: usize = 2;
const NOTED: usize = 3;
const REPEATED: usize = 4;
const ENDS_ELSEWHERE: usize = 5;
/// Notes from here on are those of watched columns.
const WATCHED: usize = 6;
/// Sums of what rows state beyond and below what is computed.
const MORE: usize = 7;
const LESS: usize = 8;

/// Những điều cần xem lại của cả bảng.
#[derive(Debug, Clone)]
pub(super) struct Notes {
    /// Columns that speak of money and were not understood, with their headings.
    watched: Vec<(usize, String)>,
    /// Other columns that were not understood.
    odd: Vec<OddColumn>,
    /// Columns of notes.
    written: Vec<usize>,
    /// Lines above the heading that speak of support.
    titles: Vec<String>,
}

impl Notes {
    pub(super) fn of(layout: &Layout) -> Notes {
        let named = layout.watched.iter().map(|column| (*column, layout.names[*column].clone()));
        let written = [NOTE, STATUS].iter().filter_map(|field| layout.column(field)).collect();
        let titles = layout.titles_of_support.clone();
        let watched: Vec<_> = named.take(MOST_NOTES - WATCHED).collect();
        let mut odd = odd::columns(layout);
        odd.truncate(MOST_NOTES - WATCHED - watched.len());
        Notes { watched, odd, written, titles }
    }

    /// Counts rows in which an odd column says something else than what was computed.
    pub(super) fn hold_against(
        &self,
        row: &TableRow<'_>,
        computed: &Computed,
        places: &mut PlaceReader<'_>,
        answer: &mut RowAnswer<'_>,
    ) {
        for (at, column) in self.odd.iter().enumerate() {
            if column.differs(row, computed, places) {
                answer.note(WATCHED + self.watched.len() + at);
            }
        }
    }

    /// Whether columns are held against what is computed.
    #[inline]
    pub(super) fn has_odd(&self) -> bool {
        !self.odd.is_empty()
    }

    /// Counts rows in which a watched column says something.
    #[inline]
    pub(super) fn watch(&self, row: &TableRow<'_>, known: &mut KnownNotes, answer: &mut RowAnswer<'_>) {
        for (at, (column, _)) in self.watched.iter().enumerate() {
            let cell = row.cell(*column);
            let says = cell.iter().any(|byte| !matches!(byte, b'0' | b'.' | b',' | b'%' | b'-' | b' '));
            if says {
                answer.note(WATCHED + at);
            }
        }
        let says = |column: &usize| {
            let note = row.cell(*column);
            !note.is_empty() && known.matters(note)
        };
        if self.written.iter().any(says) {
            answer.note(NOTED);
        }
    }

    /// What is to be said at the end.
    pub(super) fn closing(&self, tally: &BatchTally) -> Vec<Problem> {
        let counted = |at: usize, code: Code| {
            (tally.notes[at] > 0).then(|| Problem::new(code).with("count", tally.notes[at]))
        };
        let differs = counted(DIFFERS, Code::StatedDiffers).map(|problem| {
            let [more, less] = [MORE, LESS].map(|at| tally.sums[at]);
            with_differences(problem, more, less)
        });
        let mut said: Vec<Problem> = [
            differs,
            counted(BUDGET, Code::BudgetDiffers),
            counted(OTHER_BASE, Code::OtherBaseSalary),
            counted(NOTED, Code::NoteMatters),
            counted(REPEATED, Code::PersonAgain),
            counted(ENDS_ELSEWHERE, Code::LastDayDiffers),
        ]
        .into_iter()
        .flatten()
        .collect();
        said.extend(self.titles.iter().map(|title| Problem::new(Code::TitleMatters).with("read", title)));
        for (at, (_, name)) in self.watched.iter().enumerate() {
            let left_out = counted(WATCHED + at, Code::MoneyColumnLeftOut);
            said.extend(left_out.map(|problem| problem.with("column", name)));
        }
        for (at, column) in self.odd.iter().enumerate() {
            let found = counted(WATCHED + self.watched.len() + at, column.look.code());
            let [vi, en, field] = column.look.words();
            said.extend(found.map(|problem| {
                let problem = problem.with("column", &column.heading);
                problem.with("like_vi", vi).with("like_en", en).with("field", field)
            }));
        }
        said
    }
}
