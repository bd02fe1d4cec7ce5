//! Lượt khám trong mô phỏng: what fund and patient pay for every visit of a table at every stage.

use chrono::NaiveDate;

use super::{Population, StageAnswers, group_positions};
use crate::case::claim::Particulars;
use crate::engine::claim::visit_answer::{VisitFigures, VisitQuestion};
use crate::engine::claim::visit_plan::VisitPlans;
use crate::engine::error::EngineError;
use crate::engine::simulation::reform::{SimulatedDays, Stage, moved};
use crate::engine::simulation::subject::Subject;
use crate::engine::simulation::tally::PartySums;
use crate::rulebook::Rulebook;
use crate::table::claim::VisitReader;
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::moment::Moment;
use crate::terms::problem::Problem;

/// Lượt khám.
pub struct Claims<'r> {
    visits: VisitReader<'r>,
    stages: Vec<StagePlans<'r>>,
}

/// Plans of one stage.
struct StagePlans<'r> {
    plans: VisitPlans<'r>,
    /// Position of each group of the reading rulebook.
    groups: Vec<Option<usize>>,
    shifted: bool,
}

impl<'r> Population<'r> for Claims<'r> {
    const SUBJECT: Subject = Subject::Claims;

    fn new(stages: &'r [Stage], reading: &'r Rulebook, _: SimulatedDays, layout: &Layout) -> Claims<'r> {
        let plans = |stage: &'r Stage| StagePlans {
            plans: VisitPlans::new(&stage.rules),
            groups: group_positions(stage, reading),
            shifted: stage.shifted,
        };
        Claims { visits: VisitReader::new(reading, layout), stages: stages.iter().map(plans).collect() }
    }

    fn ask(
        &mut self,
        row: &TableRow<'_>,
        days: SimulatedDays,
        answers: &mut StageAnswers,
    ) -> Result<usize, Problem> {
        let Claims { visits, stages } = self;
        let visit = visits.read(row)?;
        let asked = visit.question;
        let (before, after) = days.of(asked.figures.discharged);
        answers.of_stages(stages, |stage, warnings| {
            let group = stage.groups.get(asked.group).copied().flatten();
            let group = group.ok_or_else(|| EngineError::UnknownGroup(String::new()))?;
            let day = if stage.shifted { after } else { before };
            let figures = placed(asked.figures, day);
            let particulars =
                asked.particulars.map(|known| placed_beside(known, asked.figures.discharged, day));
            let particulars = particulars.as_ref();
            let found =
                stage.plans.answer(&VisitQuestion { group, figures, particulars, ..asked }, warnings)?;
            let money = found.amounts(visit.hospital, figures.covered);
            Ok((PartySums::of_visit(&money), found.payment.relief))
        })?;
        Ok(asked.group)
    }
}

/// The visit as if it ended on a day: it lasts as long, and five years are complete as long before or after it.
fn placed(figures: VisitFigures, day: NaiveDate) -> VisitFigures {
    let along = |known: NaiveDate| moved(known, figures.discharged, day);
    VisitFigures {
        admitted: along(figures.admitted),
        discharged: day,
        five_years_since: figures.five_years_since.map(along),
        ..figures
    }
}

/// The particulars of the visit as if it ended on a day.
fn placed_beside(known: &Particulars, discharged: NaiveDate, day: NaiveDate) -> Particulars {
    let along = |known: NaiveDate| moved(known, discharged, day);
    Particulars {
        card_shown: known.card_shown.map(|shown| Moment { day: along(shown.day), ..shown }),
        exempt_from: known.exempt_from.map(along),
        ..known.clone()
    }
}
