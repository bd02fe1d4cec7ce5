//! Mô phỏng trên một bảng: every row of a table through all stages of a reform.
//!
//! [`kind`] tells people from visits by the heading; [`people`] and [`visits`] read rows and ask every stage.

pub mod kind;
pub mod people;
pub mod visits;

use std::marker::PhantomData;

use super::batch::kernel::{Aside, Kernel, RowAnswer};
use super::csv::TableRow;
use super::heading::Layout;
use crate::engine::error::EngineError;
use crate::engine::simulation::reform::{SimulatedDays, Stage};
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::{PartySums, Reliefs, SimulationTally, UnansweredSide};
use crate::rulebook::Rulebook;
use crate::terms::care::Relief;
use crate::terms::problem::{Code, Problem};

/// Loại dòng: how rows of a kind are read and answered.
pub trait Population<'r>: Send + Sized {
    /// What the rows are.
    const SUBJECT: Subject;

    /// A reader by the rules after the change, and what every stage needs to answer.
    fn new(stages: &'r [Stage], reading: &'r Rulebook, days: SimulatedDays, layout: &Layout) -> Self;

    /// Reads a row and asks every stage; gives the position of its group among those of the reading rulebook.
    ///
    /// # Errors
    /// Why the row is rejected.
    fn ask(
        &mut self,
        row: &TableRow<'_>,
        days: SimulatedDays,
        answers: &mut StageAnswers,
    ) -> Result<usize, Problem>;

    /// Begins a block whose first line is this one.
    fn begin_block(&mut self, _line: u64) {}

    /// Whether a row is one to ask about at all.
    fn aside(&mut self, _: &TableRow<'_>) -> Aside {
        Aside::No
    }
}

/// Câu trả lời của các chặng for one row.
#[derive(Debug, Default)]
pub struct StageAnswers {
    stages: Vec<Option<PartySums>>,
    reliefs: Reliefs,
    left_out: Option<(UnansweredSide, Code)>,
    /// Warnings of the first and the last stage, once each.
    warnings: Vec<Code>,
    /// Whether nothing says the person's place in a household.
    is_placeless: bool,
}

impl StageAnswers {
    fn begin(&mut self) {
        self.stages.clear();
        self.reliefs = [None; 2];
        self.left_out = None;
        self.warnings.clear();
        self.is_placeless = false;
    }

    /// Asks every stage in turn, until the first or the last has no answer; warnings are added to the given list.
    ///
    /// # Errors
    /// A failed check or an amount beyond what is exact: the row is rejected.
    fn of_stages<S>(
        &mut self,
        stages: &mut [S],
        mut ask: impl FnMut(&mut S, &mut Vec<Code>) -> Result<(PartySums, Option<Relief>), EngineError>,
    ) -> Result<(), Problem> {
        self.begin();
        let last = stages.len().saturating_sub(1);
        let mut between = Vec::new();
        for (index, stage) in stages.iter_mut().enumerate() {
            let is_end = index == 0 || index == last;
            match ask(stage, if is_end { &mut self.warnings } else { &mut between }) {
                Ok((sums, relief)) => {
                    self.stages.push(Some(sums));
                    self.reliefs[usize::from(index > 0)] = relief;
                }
                Err(error @ (EngineError::Internal(_) | EngineError::Overflow(_))) => {
                    return Err(error.problem());
                }
                Err(error) if is_end => {
                    let side = if index == 0 { UnansweredSide::Before } else { UnansweredSide::After };
                    self.left_out = Some((side, error.problem().code));
                    return Ok(());
                }
                Err(_) => self.stages.push(None),
            }
        }
        Ok(())
    }
}

/// Tính mọi dòng qua các chặng của một cải cách.
pub struct SimulationKernel<'r, P> {
    stages: &'r [Stage],
    /// Rules by which groups and provinces of the table are read: those after the change.
    reading: &'r Rulebook,
    days: SimulatedDays,
    population: PhantomData<fn() -> P>,
}

/// What a thread of the simulation holds.
pub struct SimulationWorker<P> {
    population: P,
    answers: StageAnswers,
    tally: SimulationTally,
}

impl<'r, P: Population<'r>> SimulationKernel<'r, P> {
    /// A kernel for the stages of a reform; none without stages.
    pub fn new(stages: &'r [Stage], days: SimulatedDays) -> Option<SimulationKernel<'r, P>> {
        Some(SimulationKernel { stages, reading: &stages.last()?.rules, days, population: PhantomData })
    }

    fn tally(&self) -> SimulationTally {
        SimulationTally::new(P::SUBJECT, self.stages.len())
    }

    /// Adds up what the workers counted.
    pub fn finish(&self, workers: Vec<SimulationWorker<P>>) -> SimulationTally {
        let mut total = self.tally();
        workers.into_iter().for_each(|worker| total.merge(worker.tally));
        total
    }
}

impl<'r, P: Population<'r>> Kernel for SimulationKernel<'r, P> {
    type Worker = SimulationWorker<P>;

    fn appended(&self) -> &'static [&'static str] {
        &[]
    }

    fn worker(&self, layout: &Layout) -> SimulationWorker<P> {
        SimulationWorker {
            population: P::new(self.stages, self.reading, self.days, layout),
            answers: StageAnswers::default(),
            tally: self.tally(),
        }
    }

    fn begin_block(&self, worker: &mut SimulationWorker<P>, line: u64) {
        worker.population.begin_block(line);
    }

    fn aside(&self, worker: &mut SimulationWorker<P>, row: &TableRow<'_>) -> Aside {
        worker.population.aside(row)
    }

    fn row(
        &self,
        worker: &mut SimulationWorker<P>,
        row: &TableRow<'_>,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem> {
        let SimulationWorker { population, answers, tally } = worker;
        if row.begins_household {
            tally.begin_household();
        }
        let group = population.ask(row, self.days, answers)?;
        if answers.is_placeless {
            answer.placeless();
        }
        if let Some((side, code)) = answers.left_out {
            tally.leave_out(side, code, 1);
            return Ok(());
        }
        let group = self.reading.groups().get(group).map_or("", |group| group.id.as_str());
        tally.add(group, answers.reliefs, &answers.stages);
        answers.warnings.iter().for_each(|code| tally.warn(*code));
        let ends = [answers.stages.first(), answers.stages.last()];
        for sums in ends.into_iter().flatten().flatten() {
            answer
                .add(&[sums.whole, sums.parts_together()].map(|sum| i64::try_from(sum).unwrap_or_default()));
        }
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        match sums {
            [whole, parts, ..] if whole == parts => Ok(()),
            [whole, parts, ..] => Err(format!("whole {whole}, parts {parts}")),
            _ => Err("no sums".to_owned()),
        }
    }

    fn labels(&self) -> &'static [&'static str] {
        &["whole", "parts"]
    }
}

/// Position in the rules of a stage of each group of the reading rulebook.
fn group_positions(stage: &Stage, reading: &Rulebook) -> Vec<Option<usize>> {
    let position = |id: &str| stage.rules.groups().iter().position(|group| group.id == id);
    reading.groups().iter().map(|group| position(&group.id)).collect()
}
