//! Người tham gia trong mô phỏng: what every person of a table pays at every stage.

use chrono::NaiveDate;

use super::{Population, StageAnswers, group_positions};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::engine::premium::Payment;
use crate::engine::premium::plans::{PlanQuestion, Plans};
use crate::engine::simulation::reform::{SimulatedDays, Stage, moved};
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::PartySums;
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::Aside;
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::table::premium::{FoundPerson, LeftOut, People};
use crate::terms::problem::{Code, Problem};

/// Người tham gia.
pub struct Premiums<'r> {
    people: People<'r>,
    left_out: LeftOut<'r>,
    stages: Vec<StagePlans<'r>>,
    shifted: Enrollee,
}

/// Plans of one stage.
struct StagePlans<'r> {
    plans: Plans<'r, ()>,
    /// Position of each group of the reading rulebook.
    groups: Vec<Option<usize>>,
    shifted: bool,
}

impl StagePlans<'_> {
    /// What a person pays.
    fn sums(
        &mut self,
        found: &FoundPerson<'_>,
        person: &Enrollee,
        payment: Payment<'_>,
    ) -> Result<PartySums, EngineError> {
        let group = self.groups.get(found.question.group).copied().flatten();
        let group = group.ok_or_else(|| EngineError::UnknownGroup(person.group.clone()))?;
        let kept = self.plans.find(&PlanQuestion { person, group, names: found.question.names, payment })?;
        let amounts = kept.amounts(kept.on_ladder.then_some(found.rank), person.salary)?;
        Ok(PartySums::of_premium(&amounts))
    }
}

impl<'r> Population<'r> for Premiums<'r> {
    const SUBJECT: Subject = Subject::Premiums;

    fn new(stages: &'r [Stage], reading: &'r Rulebook, days: SimulatedDays, layout: &Layout) -> Premiums<'r> {
        let plans = |stage: &'r Stage| StagePlans {
            plans: Plans::new(&stage.rules),
            groups: group_positions(stage, reading),
            shifted: stage.shifted,
        };
        let people = People::new(reading, layout);
        Premiums {
            people: if days.on.is_some() { people.paying_together() } else { people },
            left_out: LeftOut::of(reading, layout),
            stages: stages.iter().map(plans).collect(),
            shifted: Enrollee::of_group(""),
        }
    }

    fn begin_block(&mut self, line: u64) {
        self.people.begin_block(line);
    }

    fn aside(&mut self, row: &TableRow<'_>) -> Aside {
        self.people.aside(row)
    }

    fn ask(
        &mut self,
        row: &TableRow<'_>,
        days: SimulatedDays,
        answers: &mut StageAnswers,
    ) -> Result<usize, Problem> {
        let Premiums { people, left_out, stages, shifted } = self;
        let found = people.read(row)?;
        let (before, after) = days.of(found.question.payment.paid_on);
        shift(shifted, found.question.person, before, after);
        let pays = |day: NaiveDate| Payment {
            paid_on: day,
            from: found.question.payment.from.map(|from| moved(from, found.question.payment.paid_on, day)),
            ..found.question.payment
        };
        answers.of_stages(stages, |stage, _| {
            let (person, day) =
                if stage.shifted { (&*shifted, after) } else { (found.question.person, before) };
            Ok((stage.sums(&found, person, pays(day))?, None))
        })?;
        answers.is_placeless = found.is_placeless;
        if found.listed.is_some_and(|listed| !listed.money.support.is_empty()) {
            answers.warnings.push(Code::SupportNotSimulated);
        }
        // The columns that nobody understood are not simulated either, and change the end.
        if let Some((code, _)) = left_out.found(row, &found) {
            answers.warnings.push(code);
        }
        Ok(found.question.group)
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
