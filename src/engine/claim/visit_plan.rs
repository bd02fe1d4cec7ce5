//! Phương án của một lượt khám: what access, group and day decide, worked out once for all visits alike.
//!
//! [`claim`](super::claim) takes its terms from here; a batch keeps whole plans, since visits with the same
//! facts, group and era differ only in their amounts.

use chrono::{Datelike, NaiveDate};

use super::apart::{self, Apart};
use super::benefit_level::{GroupLevel, at_age, group_level};
use super::claim_error::ClaimError;
use super::copayment::ceiling_room;
use super::day_rules::DayRules;
use super::flow::{self, Compared, Cost, Course, Event, Witness};
use super::network_rate::{ACCESS_FAMILIES, Access, access};
use super::reimbursement::ItemAmounts;
use super::rights::is_exempt;
use super::visit_terms::{ItemPayment, VisitTerms};
use crate::case::claim::{Copaid, Particulars, VisitFacts};
use crate::engine::calendar::{Calendar, Era};
use crate::engine::doubt::doubts;
use crate::engine::error::EngineError;
use crate::engine::premium::card::child_card_end;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::caps::TransitionMethod;
use crate::rulebook::benefit::level::AgedLevel;
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Share, Vnd};
use crate::terms::problem::Code;
use crate::terms::quick_hash::Mixer;

/// Điều kiện chi trả of a visit for one level.
///
/// # Errors
/// [`EngineError`] when a base is not recorded.
pub fn terms(
    day: &DayRules<'_>,
    access: &Access<'_>,
    rate: Share,
    level: Share,
) -> Result<VisitTerms, EngineError> {
    let (low_cost_below, _, _) = day.amount(day.low_cost.value.below)?;
    Ok(VisitTerms {
        level,
        rate,
        of: day.rates.value.of,
        low_cost_below: access.low_cost.then_some(low_cost_below),
        initial: access.initial,
        counts: access.counts,
        counts_network_rest: false,
        rounding: day.rounding.value.product,
    })
}

/// The days before a change of rules that leaves stays across it the better of both, with the rule that says so.
pub fn transition_eves(rules: &Rulebook) -> impl Iterator<Item = (NaiveDate, &RuleRef)> {
    let versions = rules.benefit.stay_transition.versions.versions().iter();
    versions.filter(|version| version.value.method == TransitionMethod::MoreFavourable).map(|version| {
        let first = version.rule.effective_from;
        (first.pred_opt().unwrap_or(first), &version.rule)
    })
}

/// Số liệu của một lượt khám tính theo tổng.
#[derive(Debug, Clone, Copy)]
pub struct VisitFigures {
    /// Ngày vào.
    pub admitted: NaiveDate,
    /// Ngày ra.
    pub discharged: NaiveDate,
    /// Chi phí trong phạm vi.
    pub covered: Vnd,
    /// Đã cùng chi trả trong năm.
    pub copaid: Vnd,
    /// Thời điểm đủ 5 năm liên tục; that day counts.
    pub five_years_since: Option<NaiveDate>,
    /// Ngày sinh.
    pub born: Option<NaiveDate>,
}

/// Kết quả của một lượt khám tính theo tổng.
#[derive(Debug, Clone, Copy)]
pub struct VisitAnswer {
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    /// Level, relief and what the fund pays.
    pub payment: ItemPayment,
    /// The money of a visit with particulars.
    pub apart: Option<Apart>,
}

impl VisitAnswer {
    /// Ai trả bao nhiêu of a visit with these costs.
    pub fn amounts(&self, hospital: Vnd, covered: Vnd) -> ItemAmounts {
        if let Some(apart) = &self.apart {
            return apart.amounts;
        }
        let fund = self.payment.fund;
        let (copayment, own) = (covered - fund, hospital - covered);
        ItemAmounts { hospital, covered, fund, copayment, own, other: Vnd::ZERO }
    }
}

/// Kỳ: the rules of one era for visits that end in one era and year.
#[derive(Debug)]
struct Period<'r> {
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
    forces: Vec<bool>,
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
struct GroupPlan {
    level: Share,
    aged: Option<AgedLevel>,
    exempt_at_full_rate: bool,
    exempt: bool,
    /// The card ends with an age.
    child: bool,
}

/// Cách tiếp cận trong một kỳ.
#[derive(Debug, PartialEq)]
struct AccessPlan {
    rate: Share,
    low_cost: bool,
    initial: bool,
    counts: bool,
    warnings: Vec<Code>,
}

impl<'r> Period<'r> {
    fn of(
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

    fn group(&mut self, at: usize) -> Result<GroupPlan, EngineError> {
        if let Some(Some(known)) = self.groups.get(at) {
            return Ok(*known);
        }
        let day = &self.day;
        let group = day.rules.groups().get(at);
        let id = &group.ok_or_else(|| EngineError::Internal("a group that is not registered".to_owned()))?.id;
        let terms = day.rules.group(id).and_then(|group| group.terms.at(day.discharged).ok());
        let plan = GroupPlan {
            child: terms.is_some_and(|terms| terms.value.until_child_months),
            level: group_level(day, id, None)?.level,
            aged: day.levels.value.of(id).and_then(|(_, aged)| aged),
            exempt: is_exempt(day, false, id, Share::NONE),
            exempt_at_full_rate: is_exempt(day, false, id, Share::WHOLE),
        };
        self.groups[at] = Some(plan);
        Ok(plan)
    }

    fn access(&self, facts: &VisitFacts, forces: bool) -> Result<AccessPlan, EngineError> {
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
    fn pay(
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

/// Takes a warning in, once.
pub(super) fn note(warnings: &mut Vec<Code>, code: Code) {
    if code.as_str().starts_with('W') && !warnings.contains(&code) {
        warnings.push(code);
    }
}

/// Rules are looked up in an order that cannot reach any output.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Most questions about an access remembered before the memory starts afresh.
const MOST_KEPT: usize = 1 << 17;

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
    periods: Map<(Era, Era, i32), usize>,
    kept: Vec<Period<'r>>,
    /// Changes of the rules that an access rests on: far fewer than those of all rules.
    access_days: Calendar,
    /// Positions among the accesses, by number of the facts, era of those rules, and whether the forces' own apply.
    by_facts: Map<(u64, u32), u32>,
    /// The different ones; many facts come to the same.
    accesses: Vec<AccessPlan>,
    unheard: Vec<Code>,
}

/// Câu hỏi: one visit as a batch row gives it.
#[derive(Debug, Clone, Copy)]
pub struct VisitQuestion<'q> {
    /// How and where.
    pub facts: &'q VisitFacts,
    /// Number that stands for the facts, the same for the same facts only.
    pub facts_number: u64,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Dates and amounts.
    pub figures: VisitFigures,
    /// What few visits have; such a visit goes through the claim itself.
    pub particulars: Option<&'q Particulars>,
}

impl<'r> VisitPlans<'r> {
    /// An empty memory.
    pub fn new(rules: &'r Rulebook) -> VisitPlans<'r> {
        VisitPlans {
            rules,
            calendar: Calendar::of(rules, |_, _| true),
            eves: transition_eves(rules).map(|(eve, _)| eve).collect(),
            access_days: Calendar::of(rules, |family, _| ACCESS_FAMILIES.contains(&family)),
            periods: Map::default(),
            kept: Vec::new(),
            by_facts: Map::default(),
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
        let at = self.period(governing, question.figures.discharged)?;
        let access = self.access(at, question, governing).map_err(|refused| refused.on(governing))?;
        let (period, access) = (&mut self.kept[at], &self.accesses[access]);
        let group = period.group(question.group).map_err(|refused| refused.on(governing))?;
        let payment = period.pay(group, access, &question.figures, warnings)?;
        Ok(VisitAnswer { rate: access.rate, payment, apart: None })
    }

    /// Position of the access of a visit in a period.
    fn access(
        &mut self,
        at: usize,
        question: &VisitQuestion<'_>,
        governing: NaiveDate,
    ) -> Result<usize, EngineError> {
        let period = &self.kept[at];
        let forces = period.forces.get(question.group).copied().unwrap_or_default();
        let key =
            (question.facts_number, u32::from(self.access_days.era(governing)) << 1 | u32::from(forces));
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

/// Checks that the covered cost lies within the whole.
///
/// # Errors
/// [`ClaimError::CostOrder`].
pub fn check_totals(hospital: Vnd, covered: Vnd) -> Result<(), ClaimError> {
    if covered > hospital {
        return Err(ClaimError::CostOrder { part: "covered-cost", whole: "hospital-cost", line: None });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::care::{AccessRoute, CareLevel, DiseaseList, FormerTier, Residence, Setting};

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
                    let remembered = plans.access(at, &question, day).map(|at| &plans.accesses[at]);
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
}
