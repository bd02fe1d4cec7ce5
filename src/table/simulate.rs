//! Mô phỏng trên một bảng: every row of a table of people through all stages of a reform.

use chrono::NaiveDate;

use super::batch::{Answer, Kernel};
use super::csv::Row;
use super::heading::Layout;
use super::premium::{Found, People};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::engine::plans::{Plans, Question};
use crate::engine::premium::{Amounts, Payment};
use crate::engine::simulation::reform::{PaymentDays, Stage, moved};
use crate::engine::simulation::tally::{Side, Tally};
use crate::rulebook::Rulebook;
use crate::terms::problem::Problem;

/// Tính mọi dòng qua các chặng của một cải cách.
pub struct SimulationKernel<'r> {
    stages: &'r [Stage],
    /// Rules by which groups and provinces of the table are read: those after the change.
    reading: &'r Rulebook,
    days: PaymentDays,
}

/// What a thread of the simulation holds.
pub struct Worker<'r> {
    people: People<'r>,
    stages: Vec<StagePlans<'r>>,
    amounts: Vec<Option<Amounts>>,
    tally: Tally,
    shifted: Enrollee,
}

/// Plans of one stage.
struct StagePlans<'r> {
    plans: Plans<'r, ()>,
    /// Position of each group of the reading rulebook.
    groups: Vec<Option<usize>>,
    shifted: bool,
}

impl<'r> SimulationKernel<'r> {
    /// A kernel for the stages of a reform; none without stages.
    pub fn new(stages: &'r [Stage], days: PaymentDays) -> Option<SimulationKernel<'r>> {
        Some(SimulationKernel { stages, reading: &stages.last()?.rules, days })
    }

    /// Adds up what the workers counted.
    pub fn finish(&self, workers: Vec<Worker<'r>>) -> Tally {
        let mut total = Tally::new(self.stages.len());
        workers.into_iter().for_each(|worker| total.merge(worker.tally));
        total
    }

    /// Amounts of a person at a stage.
    fn at_stage(
        plans: &mut StagePlans<'r>,
        found: &Found<'_>,
        person: &Enrollee,
        payment: Payment<'_>,
    ) -> Result<Amounts, EngineError> {
        let group = plans.groups.get(found.group).copied().flatten();
        let group = group.ok_or_else(|| EngineError::UnknownGroup(person.group.clone()))?;
        let kept = plans.plans.find(&Question { person, group, names: found.names, payment })?;
        kept.amounts(kept.on_ladder.then_some(found.rank), person.salary)
    }
}

impl<'r> Kernel for SimulationKernel<'r> {
    type Worker = Worker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        &[]
    }

    fn worker(&self, layout: &Layout) -> Worker<'r> {
        let stage = |stage: &'r Stage| {
            let position = |id: &str| stage.rules.groups.1.iter().position(|group| group.id == id);
            StagePlans {
                plans: Plans::new(&stage.rules),
                groups: self.reading.groups.1.iter().map(|group| position(&group.id)).collect(),
                shifted: stage.shifted,
            }
        };
        Worker {
            people: match self.days.paid_on {
                Some(_) => People::new(self.reading, layout).paying_together(),
                None => People::new(self.reading, layout),
            },
            stages: self.stages.iter().map(stage).collect(),
            amounts: Vec::with_capacity(self.stages.len()),
            tally: Tally::new(self.stages.len()),
            shifted: Enrollee::of_group(""),
        }
    }

    fn row(&self, worker: &mut Worker<'r>, row: &Row<'_>, answer: &mut Answer<'_>) -> Result<(), Problem> {
        let Worker { people, stages, amounts, tally, shifted } = worker;
        if row.begins_household {
            tally.begin_household();
        }
        let found = people.read(row)?;
        let (before, after) = self.days.of(found.payment.paid_on);
        shift(shifted, found.person, before, after);
        let pays = |day: NaiveDate| Payment {
            paid_on: day,
            from: found.payment.from.map(|from| moved(from, found.payment.paid_on, day)),
            ..found.payment
        };
        amounts.clear();
        let last = stages.len().saturating_sub(1);
        for (index, plans) in stages.iter_mut().enumerate() {
            let (person, day) = if plans.shifted { (&*shifted, after) } else { (found.person, before) };
            match SimulationKernel::at_stage(plans, &found, person, pays(day)) {
                Ok(found) => amounts.push(Some(found)),
                Err(error @ (EngineError::Internal(_) | EngineError::Overflow(_))) => {
                    return Err(error.problem());
                }
                Err(error) if index == 0 || index == last => {
                    let side = if index == 0 { Side::Before } else { Side::After };
                    tally.leave_out(side, error.problem().code);
                    return Ok(());
                }
                Err(_) => amounts.push(None),
            }
        }
        tally.add(&found.person.group, amounts);
        let ends = [amounts.first(), amounts.last()];
        for sums in ends.into_iter().flatten().flatten() {
            let dong = |amount: crate::terms::money::Vnd| amount.hundredths() / 100;
            let parts = sums.by_payer.iter().map(|part| dong(*part)).sum();
            answer.add(&[dong(sums.premium), parts]);
        }
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        match sums {
            [premium, parts, ..] if premium == parts => Ok(()),
            [premium, parts, ..] => Err(format!("premiums {premium}, payers {parts}")),
            _ => Err("no sums".to_owned()),
        }
    }

    fn labels(&self) -> &'static [&'static str] {
        &["premium", "payers"]
    }
}

/// The person of the later day: the previous card ends as long before the payment as it did.
fn shift(shifted: &mut Enrollee, person: &Enrollee, before: NaiveDate, after: NaiveDate) {
    shifted.clone_from(person);
    if before == after {
        return;
    }
    for known in shifted.circumstances.iter_mut().filter(|known| known.tag == tag::PREVIOUS_CARD) {
        known.date = known.date.map(|day| moved(day, before, after));
    }
}
