//! Câu hỏi đặt cho bộ tính: a claim file as a case of the engine.
//!
//! The engine is asked for shares, not amounts: one line carries the covered cost of the whole visit (which decides
//! whether it is a cheap one), and a line without price stands on every day that is asked about.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::entitlement::{Days, Entitlement, LineLaw, Span};
use super::facilities::Register;
use super::memory::{LawQuestion, Memory};
use super::vocabulary::{reason, residence, setting, states_reason, visit_code};
use crate::audit::claim_file::ClaimFile;
use crate::audit::figure::Figure;
use crate::audit::replay::Replay;
use crate::case::claim::{CardSpan, ClaimCase, CostLine, Costs, VisitFacts};
use crate::engine::claim::claim;
use crate::engine::claim::reimbursement::{LineOutcome, Reimbursement};
use crate::engine::step::StepId;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::caps::TransitionMethod;
use crate::terms::care::{CareLevel, FormerTier, LineKind};
use crate::terms::citation::Citation;
use crate::terms::listed::Listed;
use crate::terms::number::{Measure, Share, Vnd};
use crate::terms::problem::Code;

/// What a claim file says about the visit, in the engine's words.
#[derive(Clone)]
pub(super) struct Probe {
    /// Groups and days of the cards.
    pub cards: Vec<CardSpan>,
    born: Option<NaiveDate>,
    admitted: NaiveDate,
    discharged: NaiveDate,
    visit: VisitFacts,
    covered: Vnd,
    five_years_since: Option<NaiveDate>,
    cheap: bool,
    /// Another covered cost that the file gives too, on the other side of the limit of a cheap visit.
    other_sum: Option<Vnd>,
    /// One card covers the whole stay, and no rule changes inside it: answers can be remembered.
    simple: bool,
}

impl Probe {
    /// The case of a claim, unless something it needs is not stated.
    pub fn of(
        claim: &ClaimFile<'_>,
        replay: &Replay,
        rules: &Rulebook,
        register: &Register,
        memory: &mut Memory,
    ) -> Result<Probe, Code> {
        if !claim.whole.can_be_judged() {
            return Err(Code::ClaimNotWhole);
        }
        let summary = &claim.summary;
        let (admitted, discharged) = summary.admitted.zip(summary.discharged).ok_or(Code::DateForm)?;
        let (admitted, discharged) = (admitted.date(), discharged.date());
        if admitted > discharged {
            return Err(Code::DateOrder);
        }
        let mut cards = Vec::new();
        for card in &summary.cards {
            let group = memory.group(card.letters(), rules).ok_or(Code::UnknownGroup)?;
            cards.push(CardSpan { from: card.from, until: card.until, ..CardSpan::of(&group) });
        }
        if cards.is_empty() {
            return Err(Code::NoCard);
        }
        let covered = covered_of(claim, replay).ok_or(Code::AmountForm)?;
        let limit = memory.cheap_limit(discharged, rules).ok_or(Code::NotInForce)?;
        let is_cheap = |sum: Vnd| sum.exact().compare(limit).is_ok_and(std::cmp::Ordering::is_lt);
        let cheap = is_cheap(covered);
        let other_sum = declared_sums(claim).into_iter().flatten().find(|sum| is_cheap(*sum) != cheap);
        let aged = rules
            .benefit
            .levels
            .at(discharged)
            .is_ok_and(|levels| cards.iter().any(|card| levels.value.from_age.contains_key(&card.group)));
        let whole = |card: &CardSpan| card.covers(admitted) && card.covers(discharged);
        let simple = cards.len() == 1
            && cards.iter().all(whole)
            && !aged
            && admitted.year() == discharged.year()
            && !spans_transition(admitted, discharged, rules);
        Ok(Probe {
            born: summary.born,
            visit: visit_of(claim, register)?,
            five_years_since: summary.five_years_since,
            cards,
            admitted,
            discharged,
            covered,
            cheap,
            other_sum,
            simple,
        })
    }

    /// True when answers can be remembered: one card, one year, no change of rules.
    pub const fn is_simple(&self) -> bool {
        self.simple
    }

    /// The same visit by the other sum of the file, where that changes whether it is a cheap one.
    pub fn by_the_other_sum(&self) -> Option<Probe> {
        self.other_sum.map(|covered| Probe { covered, cheap: !self.cheap, other_sum: None, ..self.clone() })
    }

    /// The visit as if it had ended on the eve of a change of levels inside the stay, and the day of the change.
    pub fn before_a_change_of_levels(&self, rules: &Rulebook) -> Option<(Probe, NaiveDate)> {
        let versions = rules.benefit.levels.versions.versions();
        let starts = versions.iter().map(|version| version.rule.effective_from);
        let change = starts.filter(|start| self.admitted < *start && *start <= self.discharged).max()?;
        Some((Probe { discharged: change.pred_opt()?, simple: false, ..self.clone() }, change))
    }

    /// The patient could have reached the ceiling of the year: five continuous years lie before the discharge.
    pub fn may_be_exempt(&self) -> bool {
        self.five_years_since.is_some_and(|since| since <= self.discharged)
    }

    /// What the law gives on the days of every line.
    pub fn entitlements(
        &self,
        spans: &[Days],
        exempt: bool,
        rules: &Rulebook,
        memory: &mut Memory,
    ) -> Result<Vec<LineLaw>, Code> {
        if self.simple {
            self.remembered(spans, exempt, rules, memory)
        } else {
            self.asked(spans, exempt, rules)
        }
    }

    /// One card throughout: every day of a year is alike.
    fn remembered(
        &self,
        spans: &[Days],
        exempt: bool,
        rules: &Rulebook,
        memory: &mut Memory,
    ) -> Result<Vec<LineLaw>, Code> {
        let mut by_year: [Option<Arc<Entitlement>>; 2] = [None, None];
        let mut laws = Vec::with_capacity(spans.len());
        for days in spans {
            let Some((from, until)) = *days else {
                laws.push(LineLaw::Undecided);
                continue;
            };
            let same_year = !exempt || from.year() == self.discharged.year();
            let known = &mut by_year[usize::from(same_year)];
            let entitlement = if let Some(entitlement) = known {
                Arc::clone(entitlement)
            } else {
                let question = self.question(exempt, same_year, memory);
                let found = memory.answer(question, || self.single(from, exempt, rules))?;
                Arc::clone(known.insert(found))
            };
            let days = (until - from).num_days() + 1;
            laws.push(LineLaw::Decided(vec![Span { from, days, entitlement }]));
        }
        Ok(laws)
    }

    fn question(&self, exempt: bool, same_year: bool, memory: &Memory) -> LawQuestion {
        LawQuestion {
            group: self.cards.first().map(|card| card.group.clone()).unwrap_or_default(),
            discharged: memory.era(self.discharged),
            visit: self.visit.clone(),
            cheap: self.cheap,
            exempt,
            same_year,
        }
    }

    fn single(&self, day: NaiveDate, exempt: bool, rules: &Rulebook) -> Result<Arc<Entitlement>, Code> {
        let laws = self.asked(&[Some((day, day))], exempt, rules)?;
        match laws.into_iter().next() {
            Some(LineLaw::Decided(spans)) => {
                spans.into_iter().next().map(|span| span.entitlement).ok_or(Code::Internal)
            }
            Some(LineLaw::Undecided) | None => Err(Code::Internal),
        }
    }

    /// Puts the whole claim to the engine.
    fn asked(&self, spans: &[Days], exempt: bool, rules: &Rulebook) -> Result<Vec<LineLaw>, Code> {
        if !exempt {
            return self.asked_at_once(spans, false, rules);
        }
        // An exemption holds within a year: days of several years are asked about year by year.
        let mut years: Vec<i32> = spans.iter().flatten().map(|(from, _)| from.year()).collect();
        years.sort_unstable();
        years.dedup();
        let mut laws = vec![LineLaw::Undecided; spans.len()];
        for year in years {
            let of_year: Vec<Days> =
                spans.iter().map(|days| days.filter(|(from, _)| from.year() == year)).collect();
            let found = self.asked_at_once(&of_year, true, rules)?;
            for (law, found) in laws.iter_mut().zip(found) {
                if found != LineLaw::Undecided {
                    *law = found;
                }
            }
        }
        Ok(laws)
    }

    fn asked_at_once(&self, spans: &[Days], exempt: bool, rules: &Rulebook) -> Result<Vec<LineLaw>, Code> {
        let mut days: Vec<(NaiveDate, NaiveDate)> = spans.iter().copied().flatten().collect();
        days.sort_unstable();
        days.dedup();
        let outcome = claim(rules, &self.case(&days, exempt)).map_err(|error| error.problem().code)?;
        let cites = Arc::new(cites_of(&outcome));
        let rate = Figure::percent_of(outcome.network_rate).ok_or(Code::Internal)?;
        let law = |wanted: (NaiveDate, NaiveDate)| {
            let index = days.binary_search(&wanted).ok()?;
            // The first line carries the cost; the days follow it.
            let parts = outcome.lines.iter().filter(|part| part.line == index + 2);
            let spans: Option<Vec<Span>> = parts.map(|part| span(part, &outcome, rate, &cites)).collect();
            spans.filter(|spans| !spans.is_empty()).map(LineLaw::Decided)
        };
        Ok(spans.iter().map(|days| days.and_then(law).unwrap_or(LineLaw::Undecided)).collect())
    }

    fn case(&self, days: &[(NaiveDate, NaiveDate)], exempt: bool) -> ClaimCase {
        let insured = |day: &NaiveDate| self.cards.iter().any(|card| card.covers(*day));
        let starts = days.iter().map(|(from, _)| *from);
        let anchor = std::iter::once(self.admitted).chain(starts).find(insured).unwrap_or(self.admitted);
        let mut lines = vec![line(anchor, anchor, self.covered, Share::WHOLE)];
        // A list ratio on the days shows whether the holder of the card is exempt from it.
        let half = Share::fraction(1, 2).unwrap_or(Share::WHOLE);
        lines.extend(days.iter().map(|(from, until)| line(*from, *until, Vnd::ZERO, half)));
        // An exemption ends with its year; the days asked about lie in one.
        let year = days.last().and_then(|(day, _)| NaiveDate::from_yo_opt(day.year(), 1));
        let first = days.iter().map(|(from, _)| *from).chain([self.admitted]).min().max(year);
        ClaimCase {
            cards: self.cards.clone(),
            born: self.born,
            visit: self.visit.clone(),
            exempt_from: first.filter(|_| exempt),
            ..ClaimCase::of("", self.admitted, self.discharged, Costs::Lines(lines))
        }
    }

    /// Shares that some rank of the facility could give, when the rank is what the law asks for.
    pub fn possible_shares(&self, why: Code, rules: &Rulebook, memory: &mut Memory) -> Vec<Figure> {
        if why != Code::VisitFactsMissing {
            return Vec::new();
        }
        if self.simple {
            let question = self.question(false, true, memory);
            return memory.possible(question, || self.shares_of_all_ranks(rules));
        }
        self.shares_of_all_ranks(rules)
    }

    fn shares_of_all_ranks(&self, rules: &Rulebook) -> Vec<Figure> {
        let mut shares: Vec<Figure> = Vec::new();
        for level in CareLevel::ALL.iter().map(|level| Some(*level)).chain([None]) {
            for tier in FormerTier::ALL {
                let mut visit = self.visit.clone();
                visit.care_level = visit.care_level.or(level);
                visit.former_tier = visit.former_tier.or(Some(*tier));
                let ranked = Probe { visit, ..self.clone() };
                for exempt in [false, true] {
                    let found = ranked.single(self.discharged, exempt, rules);
                    shares.extend(found.map(|entitlement| entitlement.share));
                }
            }
        }
        shares.sort_unstable();
        shares.dedup();
        shares
    }

    /// Rate by the visit code and rate by the register's facts, where they differ.
    pub fn contradiction(&self, rules: &Rulebook, memory: &mut Memory) -> Option<(Figure, Figure)> {
        self.visit.code.as_ref()?;
        let known = self.visit.care_level.is_some()
            || self.visit.former_tier.is_some()
            || self.visit.points.is_some();
        if !known {
            return None;
        }
        let mut rate = |visit: VisitFacts| {
            let asked = Probe { visit, ..self.clone() };
            let ask = || asked.single(self.discharged, false, rules);
            let question = asked.question(false, true, memory);
            let found = if self.simple { memory.answer(question, ask) } else { ask() };
            found.ok().map(|entitlement| entitlement.rate)
        };
        let label = VisitFacts {
            code: self.visit.code.clone(),
            setting: self.visit.setting,
            residence: self.visit.residence,
            ..VisitFacts::default()
        };
        let (label, facts) = (rate(label)?, rate(self.visit.clone())?);
        (label != facts).then_some((label, facts))
    }
}

/// Facts of the visit, with those of the register.
fn visit_of(claim: &ClaimFile<'_>, register: &Register) -> Result<VisitFacts, Code> {
    let summary = &claim.summary;
    let mut visit = VisitFacts {
        setting: setting(summary.visit_kind),
        residence: residence(summary.residence),
        ..VisitFacts::default()
    };
    if states_reason(claim.standard) {
        let (route, tier) = reason(summary.visit_code).ok_or(Code::UnknownVisitCode)?;
        visit.route = Some(route);
        visit.former_tier = tier;
    } else {
        visit.code = Some(visit_code(summary.visit_code));
    }
    if let Some(facility) = register.find(summary.facility) {
        visit.care_level = facility.care_level;
        visit.former_tier = visit.former_tier.or(facility.former_tier);
        visit.points = facility.points;
        visit.listed_initial = facility.listed_initial;
    }
    Ok(visit)
}

/// Covered cost of the visit: the sum of its lines, each as it should be.
fn covered_of(claim: &ClaimFile<'_>, replay: &Replay) -> Option<Vnd> {
    if claim.lines.is_empty() {
        let totals = claim.summary.totals;
        return totals.covered.or(totals.hospital)?.vnd().filter(|sum| !sum.is_negative());
    }
    let right = claim.lines.iter().zip(&replay.lines).filter(|(line, _)| !line.is_outside_scope());
    let sum: Option<Figure> =
        right.map(|(line, replay)| replay.covered.expected().or(line.covered_amount)).sum();
    sum?.vnd().filter(|sum| !sum.is_negative())
}

/// The covered cost as the file itself has it: the sum of its lines, and the total of XML1.
fn declared_sums(claim: &ClaimFile<'_>) -> [Option<Vnd>; 3] {
    let covered = claim.lines.iter().filter(|line| !line.is_outside_scope()).map(|line| line.covered_amount);
    let lines: Option<Figure> = covered.sum();
    let outside = claim.lines.iter().filter(|line| line.is_outside_scope()).map(|line| line.covered_amount);
    let outside: Option<Figure> = outside.sum();
    let total = claim.summary.totals.covered.zip(outside).map(|(total, outside)| total - outside);
    // Goods given back hide what the visit cost: without them it may be on the other side of the limit.
    let kept = claim
        .lines
        .iter()
        .filter(|line| !line.is_outside_scope() && !line.covered_amount.is_some_and(Figure::is_negative));
    let kept: Option<Figure> = kept.map(|line| line.covered_amount).sum();
    [lines, total, kept].map(|sum| sum?.vnd().filter(|sum| !sum.is_negative()))
}

fn spans_transition(admitted: NaiveDate, discharged: NaiveDate, rules: &Rulebook) -> bool {
    rules.benefit.stay_transition.versions.versions().iter().any(|version| {
        let eve = version.rule.effective_from.pred_opt();
        version.value.method == TransitionMethod::MoreFavourable
            && eve.is_some_and(|eve| (admitted..discharged).contains(&eve))
    })
}

/// A line of the probe: as many units as days, so that it divides evenly.
fn line(from: NaiveDate, until: NaiveDate, price: Vnd, list_ratio: Share) -> CostLine {
    let days = (until - from).num_days() + 1;
    let price = Measure::parse(&price.to_string()).unwrap_or_default();
    CostLine {
        until: (until > from).then_some(until),
        quantity: Measure::whole(days).unwrap_or(Measure::ONE),
        list_ratio,
        ..CostLine::of(LineKind::Other, from, price)
    }
}

fn span(
    part: &LineOutcome,
    outcome: &Reimbursement,
    rate: Figure,
    cites: &Arc<Vec<Citation>>,
) -> Option<Span> {
    Some(Span {
        from: part.from,
        days: (part.until - part.from).num_days() + 1,
        entitlement: Arc::new(Entitlement {
            share: Figure::percent_of(part.benefit_share)?,
            level: Figure::percent_of(part.level)?,
            rate,
            relief: outcome.relief,
            without_list_ratio: part.list_ratio == Share::WHOLE,
            insured: part.group.is_some(),
            cites: Arc::clone(cites),
        }),
    })
}

/// The texts behind level, rate and relief, each once.
fn cites_of(outcome: &Reimbursement) -> Vec<Citation> {
    let mut cites: Vec<Citation> = Vec::new();
    let wanted = |id: StepId| matches!(id, StepId::BenefitLevel | StepId::NetworkRate | StepId::Relief);
    for step in outcome.trace.iter().filter(|step| wanted(step.id.id)) {
        for cite in step.rule.cites.iter() {
            if !cites.contains(cite) {
                cites.push(cite.clone());
            }
        }
    }
    cites
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::Calendar;
    use crate::terms::care::{AccessRoute, Setting};

    /// An answer is remembered for all days of its era and year: it must be the one asked for on each of them.
    #[test]
    fn what_is_remembered_is_what_would_be_asked() {
        let rules = Rulebook::bundled();
        let mut memory = Memory::new(&rules);
        let codes = ["1.1", "1.14", "2", "3.1"].map(|code| VisitFacts {
            code: Some(code.to_owned()),
            setting: Some(Setting::Inpatient),
            ..VisitFacts::default()
        });
        let ranks = [CareLevel::Initial, CareLevel::Basic, CareLevel::Specialised].map(|level| VisitFacts {
            route: Some(AccessRoute::SelfReferred),
            care_level: Some(level),
            setting: Some(Setting::Outpatient),
            ..VisitFacts::default()
        });
        let changes = Calendar::of(&rules, |_, _| true).days;
        let year = |day: &NaiveDate| (2015..=2030).contains(&day.year());
        // The borders of every era and year, and a day inside.
        let borders =
            changes.iter().flat_map(|change| [-1, 0, 9].map(|days| *change + chrono::TimeDelta::days(days)));
        let years = (2015..=2030).flat_map(|year| [(1, 1), (6, 15), (12, 31)].map(|(m, d)| (year, m, d)));
        let years = years.filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let mut decided = 0;
        for day in borders.filter(year).chain(years) {
            for visit in codes.iter().chain(&ranks) {
                for group in
                    ["household", "poor-household", "pensioner"].iter().filter(|id| rules.group(id).is_some())
                {
                    for (cheap, exempt) in [(false, false), (true, false), (false, true)] {
                        let probe = Probe {
                            cards: vec![CardSpan::of(group)],
                            born: None,
                            admitted: day,
                            discharged: day,
                            visit: visit.clone(),
                            covered: Vnd::whole(if cheap { 1_000 } else { 50_000_000 }),
                            five_years_since: None,
                            cheap,
                            other_sum: None,
                            simple: true,
                        };
                        let asked = probe.asked(&[Some((day, day))], exempt, &rules);
                        let remembered = probe.remembered(&[Some((day, day))], exempt, &rules, &mut memory);
                        decided += usize::from(asked.is_ok());
                        assert_eq!(remembered, asked, "{day} {group} {visit:?}");
                    }
                }
            }
        }
        assert!(decided > 2_000, "{decided}");
    }
}
