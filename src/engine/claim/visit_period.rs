//! Kỳ của lượt khám: what the rules of one era decide for visits that end in one era and year.

use chrono::NaiveDate;

use super::benefit_level::{GroupLevel, at_age, recorded_level};
use super::copayment::ceiling_room;
use super::day_rules::DayRules;
use super::flow::{self, Compared, Cost, Course, Event, Witness};
use super::network_rate::{Access, access};
use super::rights::is_exempt;
use super::visit_answer::{VisitFigures, note};
use super::visit_terms::{ItemPayment, VisitTerms};
use crate::case::claim::{Copaid, VisitFacts};
use crate::engine::doubt::doubts;
use crate::engine::error::EngineError;
use crate::engine::premium::card::child_card_end;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::level::AgedLevel;
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Share, Vnd};
use crate::terms::problem::Code;

/// Kỳ: the rules of one era for visits that end in one era and year.
#[derive(Debug)]
pub(super) struct Period<'r> {
    day: DayRules<'r>,
    low_cost_below: ExactVnd,
    ceiling: Option<Ceiling>,
    /// Warnings of every visit.
    always: Vec<Code>,
    /// Of visits that the low-cost rule reaches.
    on_low_cost: Vec<Code>,
    /// Of visits at the initial level.
    on_initial: Vec<Code>,
    /// Of groups to which list ratios do not apply.
    on_exemption: Vec<Code>,
    /// Whether the forces' own rules apply, by position of the group.
    pub(super) forces: Vec<bool>,
    /// Levels, by position of the group.
    groups: Vec<Option<GroupPlan>>,
}

/// Ngưỡng của năm, before anything was paid.
#[derive(Debug)]
struct Ceiling {
    limit: ExactVnd,
    split_at_new_year: bool,
    /// Whether a co-payment without dates may have been paid under another base.
    is_undated: bool,
    warnings: Vec<Code>,
}

/// Mức hưởng của một đối tượng trong một kỳ.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupPlan {
    level: Share,
    aged: Option<AgedLevel>,
    exempt_at_full_rate: bool,
    exempt: bool,
    /// The card ends with an age.
    child: bool,
}

/// Cách tiếp cận trong một kỳ.
#[derive(Debug, PartialEq)]
pub(super) struct AccessPlan {
    pub(super) rate: Share,
    low_cost: bool,
    initial: bool,
    counts: bool,
    warnings: Vec<Code>,
}

impl<'r> Period<'r> {
    /// The rules of a governing day, for visits that end on a day.
    pub(super) fn of(
        rules: &'r Rulebook,
        governing: NaiveDate,
        discharged: NaiveDate,
    ) -> Result<Period<'r>, EngineError> {
        let day = DayRules::on(rules, governing, discharged)?;
        let (low_cost_below, _, base_rule) = day.amount(day.low_cost.value.below)?;
        let codes = |rules: &[&RuleRef]| {
            let mut codes = Vec::new();
            for found in rules.iter().flat_map(|rule| doubts(rule, discharged)) {
                note(&mut codes, found.code);
            }
            codes
        };
        let ceiling = day
            .ceiling
            .map(|rule| -> Result<Ceiling, EngineError> {
                let paid = Copaid::ThisYear(Vnd::whole(1));
                let room = ceiling_room(&day, rule, &paid, discharged)?;
                Ok(Ceiling {
                    limit: room.limit,
                    split_at_new_year: rule.value.split_at_new_year,
                    is_undated: room.notices.iter().any(|notice| notice.code == Code::CopaidUndated),
                    warnings: codes(&[&rule.rule, room.base_rule]),
                })
            })
            .transpose()?;
        Ok(Period {
            low_cost_below,
            ceiling,
            always: codes(&[base_rule, &day.levels.rule, &day.rates.rule, &day.rounding.rule]),
            on_low_cost: codes(&[&day.low_cost.rule]),
            on_initial: codes(&[&day.initial.rule]),
            on_exemption: day.exemptions.map(|rule| codes(&[&rule.rule])).unwrap_or_default(),
            forces: rules.groups().iter().map(|group| day.rates.value.forces.contains(&group.id)).collect(),
            groups: vec![None; rules.groups().len()],
            day,
        })
    }

    /// The level of the group at a position of the rulebook.
    pub(super) fn group(&mut self, at: usize) -> Result<GroupPlan, EngineError> {
        if let Some(Some(known)) = self.groups.get(at) {
            return Ok(*known);
        }
        let day = &self.day;
        let group = day.rules.groups().get(at);
        let group =
            group.ok_or_else(|| EngineError::Internal("a group that is not registered".to_owned()))?;
        let (id, terms) = (&group.id, group.terms.at(day.discharged).ok());
        let (level, aged) = recorded_level(day, id)?;
        let plan = GroupPlan {
            child: terms.is_some_and(|terms| terms.value.until_child_months),
            level,
            aged,
            exempt: is_exempt(day, false, id, Share::NONE),
            exempt_at_full_rate: is_exempt(day, false, id, Share::WHOLE),
        };
        self.groups[at] = Some(plan);
        Ok(plan)
    }

    /// What these facts come to.
    pub(super) fn access(&self, facts: &VisitFacts, forces: bool) -> Result<AccessPlan, EngineError> {
        let access = access(&self.day, facts, forces, &[])?;
        let mut warnings = Vec::new();
        access.notices.iter().for_each(|notice| note(&mut warnings, notice.code));
        let Access { rate, low_cost, initial, counts, .. } = access;
        Ok(AccessPlan { rate, low_cost, initial, counts, warnings })
    }

    /// The card of a child ended before the visit.
    fn child_card_ended(&self, visit: &VisitFigures) -> bool {
        let validity = self.day.rules.card_validity.at(visit.discharged).ok();
        let last = validity.zip(visit.born).and_then(|(rule, born)| child_card_end(&rule.value, born));
        last.is_some_and(|last| last < visit.admitted)
    }

    /// Tính một lượt khám; warnings are added once each.
    pub(super) fn pay(
        &self,
        group: GroupPlan,
        access: &AccessPlan,
        visit: &VisitFigures,
        warnings: &mut Vec<Code>,
    ) -> Result<ItemPayment, EngineError> {
        let mut heard = Heard { period: self, copaid: visit.copaid, warnings };
        heard.warn(&access.warnings);
        heard.warn(&self.always);
        let GroupLevel { level, age_unknown } = at_age(group.level, group.aged, visit.born, visit.discharged);
        if age_unknown.is_some() {
            heard.warn(&[Code::LevelAgeUnknown]);
        }
        if group.child && self.child_card_ended(visit) {
            heard.warn(&[Code::ChildCardEnded]);
        }
        if group.exempt || (group.exempt_at_full_rate && access.rate == Share::WHOLE) {
            heard.warn(&self.on_exemption);
        }
        let terms = VisitTerms {
            level,
            rate: access.rate,
            of: self.day.rates.value.of,
            low_cost_below: access.low_cost.then_some(self.low_cost_below),
            initial: access.initial,
            counts: access.counts,
            counts_network_rest: false,
            rounding: self.day.rounding.value.product,
        };
        let course = Course {
            admitted: visit.admitted,
            discharged: visit.discharged,
            five_years_since: visit.five_years_since,
            exempt_from: None,
            ceiling_by_year: self.ceiling.as_ref().map(|ceiling| ceiling.split_at_new_year),
            ceiling_lifts_self_referral: false,
        };
        let compared = Compared { taken: visit.covered, other: visit.covered, limit: self.low_cost_below };
        let relief = flow::relief(&terms, compared, &mut heard)?;
        flow::pay(&terms, &course, Cost { covered: visit.covered, day: None }, relief, &mut heard)
    }
}

/// The witness of a batch: codes only, and one year whose ceiling is known.
struct Heard<'h, 'r> {
    period: &'h Period<'r>,
    copaid: Vnd,
    warnings: &'h mut Vec<Code>,
}

impl Heard<'_, '_> {
    /// Takes warnings in, once each; lists that are kept hold nothing else.
    #[inline]
    fn warn(&mut self, codes: &[Code]) {
        for code in codes {
            if !self.warnings.contains(code) {
                self.warnings.push(*code);
            }
        }
    }
}

impl Witness for Heard<'_, '_> {
    #[inline]
    fn hear(&mut self, event: Event) {
        match event {
            Event::LowCostCompared => self.warn(&self.period.on_low_cost),
            Event::InitialLevel => self.warn(&self.period.on_initial),
            Event::CeilingConsulted(_) => {
                let Some(ceiling) = &self.period.ceiling else { return };
                self.warn(&ceiling.warnings);
                if ceiling.is_undated && !self.copaid.is_zero() {
                    self.warn(&[Code::CopaidUndated]);
                }
            }
            Event::Undivided(_) => self.warn(&[Code::TotalsUndivided]),
            Event::ReadingMatters(_) | Event::CeilingReached(_) => {}
        }
    }

    #[inline]
    fn open(&mut self, _: i32) -> Result<(), EngineError> {
        Ok(())
    }

    fn left(&mut self, _: i32) -> Result<ExactVnd, EngineError> {
        let limit = self.period.ceiling.as_ref().map_or(ExactVnd::ZERO, |ceiling| ceiling.limit);
        let left = limit.minus(self.copaid.exact())?;
        Ok(if left.compare(ExactVnd::ZERO)?.is_lt() { ExactVnd::ZERO } else { left })
    }

    #[inline]
    fn spend(&mut self, _: i32, _: Vnd) -> Result<(), EngineError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    #[test]
    fn a_doubt_about_the_exemption_is_told_to_those_whom_it_spares() {
        let (rules, day) = (Rulebook::bundled(), parse_date("2025-03-03").expect("a day"));
        let mut period = Period::of(&rules, day, day).expect("rules of the day");
        period.always = Vec::new();
        period.on_exemption = vec![Code::Unverified];
        let share = |text| Share::parse(text).expect("a share");
        let told = |exempt, exempt_at_full_rate, rate| {
            let level = share("80%");
            let group = GroupPlan { level, aged: None, exempt_at_full_rate, exempt, child: false };
            let (rate, warnings) = (share(rate), Vec::new());
            let access = AccessPlan { rate, low_cost: false, initial: false, counts: false, warnings };
            let visit = VisitFigures {
                admitted: day,
                discharged: day,
                covered: Vnd::whole(1_000_000),
                copaid: Vnd::ZERO,
                five_years_since: None,
                born: None,
            };
            let mut told = Vec::new();
            period.pay(group, &access, &visit, &mut told).expect("a payment");
            !told.is_empty()
        };
        assert!(told(true, false, "40%") && told(true, true, "100%"), "whatever the rate");
        assert!(told(false, true, "100%"), "at the full rate");
        assert!(!told(false, true, "40%"), "and at no other");
        assert!(!told(false, false, "100%") && !told(false, false, "40%"), "nobody else");
    }
}
