//! Phương án của một lượt khám: what access, group and day decide, worked out once for all visits alike.
//!
//! A batch keeps whole plans, since visits with the same facts, group and era differ only in their amounts.

use chrono::{Datelike, NaiveDate};

use super::apart;
use super::flow;
use super::network_rate::ACCESS_FAMILIES;
use super::visit_answer::{VisitAnswer, VisitFigures, VisitQuestion};
use super::visit_period::{AccessPlan, Period};
use crate::engine::calendar::{Calendar, Era};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::caps::TransitionMethod;
use crate::terms::citation::RuleRef;
use crate::terms::period::last_day_of_month;
use crate::terms::problem::Code;
use crate::terms::quick_hash::QuickMap;

/// The days before a change of rules that leaves stays across it the better of both, with the rule that says so.
pub fn transition_eves(rules: &Rulebook) -> impl Iterator<Item = (NaiveDate, &RuleRef)> {
    let versions = rules.benefit.stay_transition.versions.versions().iter();
    versions.filter(|version| version.value.method == TransitionMethod::MoreFavourable).map(|version| {
        let first = version.rule.effective_from;
        (first.pred_opt().unwrap_or(first), &version.rule)
    })
}

/// Most months that are remembered by their place.
const MOST_MONTHS: usize = 12 * 200;

/// Most questions about an access remembered before the memory starts afresh.
const MOST_KEPT: usize = 1 << 13;

/// Kho phương án: what a batch keeps of the law, by what it depends on.
///
/// There is one engine; this is its memory. A period knows the versions and amounts of its days, a group in a period
/// its level, an access in a period its rate; what is left to do for a visit is arithmetic.
#[derive(Debug)]
pub struct VisitPlans<'r> {
    rules: &'r Rulebook,
    calendar: Calendar,
    eves: Vec<NaiveDate>,
    /// By governing era, era of discharge, and year of discharge, in which a base may have changed.
    periods: QuickMap<(Era, Era, i32), usize>,
    kept: Vec<Period<'r>>,
    /// Changes of the rules that an access rests on: far fewer than those of all rules.
    access_days: Calendar,
    /// Period and era of the access rules of whole months without a change, for visits under the rules of their discharge.
    months: Vec<Option<(u32, Era)>>,
    /// Positions among the accesses, by number of the facts, era of those rules, and whether the forces' own apply.
    by_facts: QuickMap<(u64, u32), u32>,
    /// The different ones; many facts come to the same.
    accesses: Vec<AccessPlan>,
    unheard: Vec<Code>,
}

impl<'r> VisitPlans<'r> {
    /// An empty memory.
    pub fn new(rules: &'r Rulebook) -> VisitPlans<'r> {
        VisitPlans {
            rules,
            calendar: Calendar::of(rules, |_, _| true),
            eves: transition_eves(rules).map(|(eve, _)| eve).collect(),
            access_days: Calendar::of(rules, |family, _| ACCESS_FAMILIES.contains(&family)),
            months: Vec::new(),
            periods: QuickMap::default(),
            kept: Vec::new(),
            by_facts: QuickMap::default(),
            accesses: Vec::new(),
            unheard: Vec::new(),
        }
    }

    /// Tính một lượt khám; codes of warnings are added once each.
    ///
    /// # Errors
    /// [`EngineError`] when the law has no answer or the facts do not suffice.
    pub fn answer(
        &mut self,
        question: &VisitQuestion<'_>,
        warnings: &mut Vec<Code>,
    ) -> Result<VisitAnswer, EngineError> {
        if let Some(particulars) = question.particulars {
            return apart::answer(self.rules, question, particulars, warnings);
        }
        let VisitFigures { admitted, discharged, .. } = question.figures;
        let spans = |eve: &NaiveDate| (admitted..discharged).contains(eve);
        if !self.eves.iter().any(spans) {
            return self.answer_under(question, discharged, warnings);
        }
        let mut best = self.answer_under(question, discharged, warnings);
        for at in 0..self.eves.len() {
            let eve = self.eves[at];
            if !spans(&eve) {
                continue;
            }
            let mut heard = std::mem::take(&mut self.unheard);
            heard.clear();
            let old = self.answer_under(question, eve, &mut heard);
            let fund = |answer: &Result<VisitAnswer, EngineError>| match answer {
                Ok(found) => Ok(found.payment.fund),
                Err(_) => Err(()),
            };
            if flow::prefers_old(&fund(&best), &fund(&old)) {
                best = old;
                std::mem::swap(warnings, &mut heard);
            }
            self.unheard = heard;
        }
        best
    }

    fn answer_under(
        &mut self,
        question: &VisitQuestion<'_>,
        governing: NaiveDate,
        warnings: &mut Vec<Code>,
    ) -> Result<VisitAnswer, EngineError> {
        let (at, era) = self.place(governing, question.figures.discharged)?;
        let access = self.access(at, era, question).map_err(|refused| refused.on(governing))?;
        let (period, access) = (&mut self.kept[at], &self.accesses[access]);
        let group = period.group(question.group).map_err(|refused| refused.on(governing))?;
        let payment = period.pay(group, access, &question.figures, warnings)?;
        Ok(VisitAnswer { rate: access.rate, payment, apart: None })
    }

    /// Position of the access of a visit in a period.
    fn access(&mut self, at: usize, era: Era, question: &VisitQuestion<'_>) -> Result<usize, EngineError> {
        let period = &self.kept[at];
        let forces = period.forces.get(question.group).copied().unwrap_or_default();
        let key = (question.facts_number, u32::from(era) << 1 | u32::from(forces));
        if let Some(known) = self.by_facts.get(&key) {
            return Ok(*known as usize);
        }
        let access = period.access(question.facts, forces)?;
        let found = self.accesses.iter().position(|known| *known == access).unwrap_or_else(|| {
            self.accesses.push(access);
            self.accesses.len() - 1
        });
        if self.by_facts.len() >= MOST_KEPT {
            self.by_facts.clear();
        }
        self.by_facts.insert(key, narrow(found));
        Ok(found)
    }

    /// Position of the period of a visit, and the era of the rules of its access.
    fn place(&mut self, governing: NaiveDate, discharged: NaiveDate) -> Result<(usize, Era), EngineError> {
        // Counted from the year in which the record of the law begins.
        let years = self.calendar.days.first().map_or(0, |first| discharged.year() - first.year());
        let month = usize::try_from(12 * years + discharged.month0().cast_signed()).ok();
        let month = month.filter(|month| governing == discharged && *month < MOST_MONTHS);
        if let Some(Some((at, era))) = month.and_then(|month| self.months.get(month)) {
            return Ok((*at as usize, *era));
        }
        let at = self.period(governing, discharged)?;
        let era = self.access_days.era(governing);
        // Days that see the same of all rules see the same of some.
        let ends = [discharged.with_day(1), Some(last_day_of_month(discharged))];
        if let (Some(month), [Some(first), Some(last)]) = (month, ends)
            && self.calendar.era(first) == self.calendar.era(last)
        {
            self.months.resize(self.months.len().max(month + 1), None);
            self.months[month] = Some((narrow(at), era));
        }
        Ok((at, era))
    }

    /// Position of the period of a visit.
    fn period(&mut self, governing: NaiveDate, discharged: NaiveDate) -> Result<usize, EngineError> {
        let era = self.calendar.era(discharged);
        let governed = if governing == discharged { era } else { self.calendar.era(governing) };
        let key = (governed, era, discharged.year());
        if let Some(at) = self.periods.get(&key) {
            return Ok(*at);
        }
        self.kept.push(Period::of(self.rules, governing, discharged)?);
        self.periods.insert(key, self.kept.len() - 1);
        Ok(self.kept.len() - 1)
    }
}

/// A position; there are far fewer periods and accesses than this type holds.
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::claim::VisitFacts;
    use crate::terms::care::{AccessRoute, CareLevel, DiseaseList, FormerTier, Residence, Setting};
    use crate::terms::number::Vnd;

    /// Visits of many kinds.
    fn kinds() -> Vec<VisitFacts> {
        let plain = VisitFacts::default;
        let code = |code: &str, setting| VisitFacts {
            code: Some(code.to_owned()),
            setting: Some(setting),
            ..VisitFacts::default()
        };
        let mut kinds: Vec<VisitFacts> = ["1.1", "1.14", "2", "3.1", "3.2", "9"]
            .iter()
            .flat_map(|found| [Setting::Outpatient, Setting::Inpatient].map(|setting| code(found, setting)))
            .collect();
        for route in [AccessRoute::Registered, AccessRoute::Referred, AccessRoute::SelfReferred] {
            for care_level in [CareLevel::Initial, CareLevel::Basic, CareLevel::Specialised] {
                for former_tier in [FormerTier::Commune, FormerTier::District, FormerTier::Central] {
                    for drugs_ordered_above in [false, true] {
                        kinds.push(VisitFacts {
                            route: Some(route),
                            care_level: Some(care_level),
                            former_tier: Some(former_tier),
                            setting: Some(Setting::Outpatient),
                            drugs_ordered_above,
                            ..plain()
                        });
                    }
                }
            }
        }
        for (residence, disease_list) in [
            (Some(Residence::K3), None),
            (None, Some(DiseaseList::Appendix1)),
            (None, Some(DiseaseList::Appendix2)),
        ] {
            let route = Some(AccessRoute::SelfReferred);
            let care_level = Some(CareLevel::Specialised);
            kinds.push(VisitFacts { care_level, route, residence, disease_list, ..plain() });
        }
        kinds
    }

    /// An access is remembered for the days that see the same of its own rules: whatever else changed must not matter.
    #[test]
    fn a_remembered_access_is_the_one_asked_for_anew() {
        let rules = Rulebook::bundled();
        let kinds = kinds();
        let mut plans = VisitPlans::new(&rules);
        let mut compared = 0;
        let changes = Calendar::of(&rules, |_, _| true).days;
        for day in changes.iter().flat_map(|change| [change.pred_opt().unwrap_or(*change), *change]) {
            let Ok(at) = plans.period(day, day) else { continue };
            for (number, facts) in kinds.iter().enumerate() {
                for group in [0, rules.groups().len() - 1] {
                    let figures = VisitFigures {
                        admitted: day,
                        discharged: day,
                        covered: Vnd::ZERO,
                        copaid: Vnd::ZERO,
                        five_years_since: None,
                        born: None,
                    };
                    let question = VisitQuestion {
                        facts,
                        facts_number: number as u64,
                        particulars: None,
                        group,
                        figures,
                    };
                    let forces = plans.kept[at].forces[group];
                    let asked = plans.kept[at].access(facts, forces);
                    let (_, era) = plans.place(day, day).expect("a period that is known");
                    let remembered = plans.access(at, era, &question).map(|at| &plans.accesses[at]);
                    match (asked, remembered) {
                        (Ok(asked), Ok(remembered)) => assert_eq!(asked, *remembered, "{day} {facts:?}"),
                        (asked, remembered) => {
                            assert_eq!(asked.is_err(), remembered.is_err(), "{day} {facts:?}");
                        }
                    }
                    compared += 1;
                }
            }
        }
        assert!(compared > 10_000, "{compared}");
    }

    /// Decree 188/2025 art. 69.1: of a visit begun by 2025-06-30 and ended after it the better of both laws counts. Of a
    /// self-referred out-patient at a basic hospital that was provincial, of 40 points: 100 % by the old one, nothing by the new.
    #[test]
    fn a_visit_across_2025_07_01_is_paid_by_the_better_law() {
        let rules = Rulebook::bundled();
        let group = rules.groups().iter().position(|group| group.id == "household").expect("a group");
        let facts = VisitFacts {
            route: Some(AccessRoute::SelfReferred),
            care_level: Some(CareLevel::Basic),
            former_tier: Some(FormerTier::Provincial),
            points: Some(40),
            setting: Some(Setting::Outpatient),
            ..VisitFacts::default()
        };
        let day = |text: &str| crate::terms::period::parse_date(text).expect("a day");
        let mut plans = VisitPlans::new(&rules);
        for (admitted, discharged, fund) in [
            ("2025-06-29", "2025-06-30", 8_000_000),
            ("2025-06-30", "2025-07-01", 8_000_000),
            ("2025-06-29", "2025-07-03", 8_000_000),
            ("2025-07-01", "2025-07-03", 0),
        ] {
            let figures = VisitFigures {
                admitted: day(admitted),
                discharged: day(discharged),
                covered: Vnd::whole(10_000_000),
                copaid: Vnd::ZERO,
                five_years_since: None,
                born: None,
            };
            let question =
                VisitQuestion { facts: &facts, facts_number: 1, particulars: None, group, figures };
            let answer = plans.answer(&question, &mut Vec::new()).expect("an answer");
            assert_eq!(answer.payment.fund, Vnd::whole(fund), "{admitted} {discharged}");
        }
    }
}
