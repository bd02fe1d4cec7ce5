//! Phương án của một lượt khám: what access, group and day decide, worked out once for all visits alike.
//!
//! [`claim`](super::claim::claim) takes its terms from here; a batch keeps whole plans, since visits with the same
//! facts, group and era differ only in their amounts.

use chrono::{Datelike, NaiveDate};

use super::benefit_level::group_level;
use super::calendar::{Calendar, Era};
use super::claim_error::ClaimError;
use super::copayment::ceiling_room;
use super::day_rules::DayRules;
use super::doubt::doubts;
use super::error::EngineError;
use super::line::is_exempt;
use super::network_rate::{Access, access};
use super::settle::{Settled, VisitTerms};
use crate::case::claim::{Copaid, VisitFacts};
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::caps::TransitionMethod;
use crate::rulebook::benefit::level::AnnualCeiling;
use crate::rulebook::timeline::Version;
use crate::terms::care::Relief;
use crate::terms::citation::RuleRef;
use crate::terms::money::Vnd;
use crate::terms::period::age_on;
use crate::terms::problem::Code;
use crate::terms::quick_hash::Mixer;
use crate::terms::share::Share;

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

/// Phương án.
#[derive(Debug, Clone)]
pub struct VisitPlan<'r> {
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    terms: VisitTerms,
    /// Age from which the level is another, and its terms.
    aged: Option<(u32, VisitTerms)>,
    ceiling: Option<&'r Version<AnnualCeiling>>,
    warnings: Warnings,
}

/// Cảnh báo theo từng nhánh, each code once.
#[derive(Debug, Clone, Default)]
struct Warnings {
    always: Vec<Code>,
    on_relief: Vec<Code>,
    on_ceiling: Vec<Code>,
}

/// Kết quả của một lượt khám tính theo tổng.
#[derive(Debug, Clone, Copy)]
pub struct VisitAnswer {
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    /// Level, relief and what the fund pays.
    pub settled: Settled,
}

impl<'r> VisitPlan<'r> {
    /// Lập phương án: under the rules of one day, for a visit that ends on another.
    ///
    /// # Errors
    /// [`EngineError`] when the law has no answer or the facts do not suffice.
    pub fn make(day: &DayRules<'r>, facts: &VisitFacts, group: &str) -> Result<VisitPlan<'r>, EngineError> {
        let forces = day.rates.value.forces.iter().any(|known| known == group);
        let access = access(day, facts, forces, &[])?;
        let level = group_level(day, group, None)?;
        let terms = terms(day, &access, access.rate, level.level)?;
        let aged = day.levels.value.of(group).and_then(|(_, aged)| aged);
        let aged = aged.map(|aged| (aged.age, VisitTerms { level: aged.level, ..terms }));
        let mut plan =
            VisitPlan { rate: access.rate, terms, aged, ceiling: day.ceiling, warnings: Warnings::default() };
        plan.warn(day, &access, group)?;
        Ok(plan)
    }

    /// Collects what everybody with this plan is warned of.
    fn warn(&mut self, day: &DayRules<'_>, access: &Access<'_>, group: &str) -> Result<(), EngineError> {
        let Warnings { always, on_relief, on_ceiling } = &mut self.warnings;
        for notice in &access.notices {
            note(always, notice.code);
        }
        let doubt = |warnings: &mut Vec<Code>, rule: &RuleRef| {
            for found in doubts(rule, day.discharged) {
                note(warnings, found.code);
            }
        };
        let (_, _, base_rule) = day.amount(day.low_cost.value.below)?;
        for rule in [base_rule, &day.levels.rule, &day.rates.rule, &day.rounding.rule] {
            doubt(always, rule);
        }
        if self.terms.low_cost_below.is_some() && self.terms.level != Share::WHOLE {
            doubt(always, &day.low_cost.rule);
        }
        if let Some(rule) = day.exemptions.filter(|_| is_exempt(day, false, group, self.rate)) {
            doubt(always, &rule.rule);
        }
        if self.terms.initial {
            doubt(on_relief, &day.initial.rule);
        }
        if let Some(rule) = day.ceiling {
            doubt(on_ceiling, &rule.rule);
            doubt(on_ceiling, day.rules.base(rule.value.above.of, day.discharged)?.1);
        }
        Ok(())
    }

    /// Tính một lượt khám; warnings are added once each.
    ///
    /// # Errors
    /// [`EngineError::Overflow`] for amounts beyond exact arithmetic.
    pub fn settle(
        &self,
        day: &DayRules<'r>,
        visit: &VisitFigures,
        warnings: &mut Vec<Code>,
    ) -> Result<Settled, EngineError> {
        self.warnings.always.iter().for_each(|code| note(warnings, *code));
        let terms = self.terms_of(visit, warnings);
        if terms.level == Share::WHOLE || terms.rate.is_none() {
            return terms.settle(visit.covered, None, None);
        }
        let relief = terms.relief_of_visit(visit.covered)?;
        if let Some(relief) = relief {
            if relief == Relief::InitialLevel {
                self.warnings.on_relief.iter().for_each(|code| note(warnings, *code));
            }
            return terms.settle(visit.covered, Some(relief), None);
        }
        let Some(rule) = self.ceiling else { return terms.settle(visit.covered, None, None) };
        if terms.counts && rule.value.split_at_new_year && visit.admitted.year() < visit.discharged.year() {
            note(warnings, Code::TotalsUndivided);
        }
        let Some(since) = visit.five_years_since else { return terms.settle(visit.covered, None, None) };
        let room = ceiling_room(day, rule, &Copaid::ThisYear(visit.copaid), visit.discharged)?;
        self.warnings.on_ceiling.iter().for_each(|code| note(warnings, *code));
        room.notices.iter().for_each(|notice| note(warnings, notice.code));
        let reached = terms.counts && since <= visit.discharged;
        terms.settle(visit.covered, None, reached.then_some(room.left))
    }

    fn terms_of(&self, visit: &VisitFigures, warnings: &mut Vec<Code>) -> &VisitTerms {
        match (&self.aged, visit.born) {
            (None, _) => &self.terms,
            (Some(_), None) => {
                note(warnings, Code::LevelAgeUnknown);
                &self.terms
            }
            (Some((age, aged)), Some(born)) => {
                if age_on(born, visit.discharged) >= age.cast_signed() {
                    aged
                } else {
                    &self.terms
                }
            }
        }
    }
}

/// Takes a warning in, once.
fn note(warnings: &mut Vec<Code>, code: Code) {
    if code.as_str().starts_with('W') && !warnings.contains(&code) {
        warnings.push(code);
    }
}

/// Plans are looked up in an order that cannot reach any output.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Most plans kept before the memory starts afresh.
const MOST_KEPT: usize = 1 << 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    facts: u32,
    group: u32,
    governing: Era,
    discharged: Era,
    /// The year of discharge, in which a base may have changed.
    year: i32,
}

/// Kho phương án: plans of a batch, by what they depend on.
#[derive(Debug)]
pub struct VisitPlans<'r> {
    rules: &'r Rulebook,
    calendar: Calendar,
    eves: Vec<NaiveDate>,
    kept: Map<Key, (DayRules<'r>, VisitPlan<'r>)>,
    unheard: Vec<Code>,
}

/// Câu hỏi: one visit as a batch row gives it.
#[derive(Debug, Clone, Copy)]
pub struct VisitQuestion<'q> {
    /// How and where.
    pub facts: &'q VisitFacts,
    /// Number that stands for the facts, the same for the same facts only.
    pub facts_number: u32,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Dates and amounts.
    pub figures: VisitFigures,
}

impl<'r> VisitPlans<'r> {
    /// An empty memory.
    pub fn new(rules: &'r Rulebook) -> VisitPlans<'r> {
        VisitPlans {
            rules,
            calendar: Calendar::of(rules, |_, _| true),
            eves: transition_eves(rules).map(|(eve, _)| eve).collect(),
            kept: Map::default(),
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
            let is_better = match (&best, &old) {
                (Ok(new), Ok(old)) => old.settled.fund > new.settled.fund,
                (Err(_), Ok(_)) => true,
                (_, Err(_)) => false,
            };
            if is_better {
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
        let discharged = question.figures.discharged;
        let key = Key {
            facts: question.facts_number,
            group: u32::try_from(question.group).unwrap_or(u32::MAX),
            governing: self.calendar.era(governing),
            discharged: self.calendar.era(discharged),
            year: discharged.year(),
        };
        if let Some((day, plan)) = self.kept.get(&key) {
            return Ok(VisitAnswer {
                rate: plan.rate,
                settled: plan.settle(day, &question.figures, warnings)?,
            });
        }
        let group = self.rules.groups.1.get(question.group);
        let group =
            group.ok_or_else(|| EngineError::Internal("a group that is not registered".to_owned()))?;
        let day = DayRules::on(self.rules, governing, discharged)?;
        let plan = VisitPlan::make(&day, question.facts, &group.id)?;
        let answer =
            VisitAnswer { rate: plan.rate, settled: plan.settle(&day, &question.figures, warnings)? };
        if self.kept.len() >= MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(key, (day, plan));
        Ok(answer)
    }
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
