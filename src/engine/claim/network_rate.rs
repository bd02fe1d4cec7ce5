//! Tỷ lệ theo cơ sở: facts of a visit, with what its code stands for, looked up in the decision table.
//!
//! Facts win over labels: a fact given beside a visit code takes the place of what the code says, and a
//! contradiction is reported with both rates. Of several grounds that a patient has, the best counts.

use super::claim_error::ClaimError;
use super::day_rules::DayRules;
use crate::case::claim::VisitFacts;
use crate::engine::error::EngineError;
use crate::rulebook::benefit::access::{
    CodeFacts, CodeMeaning, Facts, NetworkRates, RateAnswer, RateRow, Undecided,
};
use crate::rulebook::benefit::level::InitialFacilities;
use crate::terms::care::{
    AccessRoute, Among, Border, DiseaseList, FormerTier, Ground, Locality, Reading, RegisteredLevel, Relief,
    Setting, Stay,
};
use crate::terms::listed::Listed;
use crate::terms::number::Share;
use crate::terms::problem::{Code, Problem};

/// Cách tiếp cận được trả bao nhiêu: the row that decides a visit and what it allows.
#[derive(Debug, Clone)]
pub struct Access<'r> {
    /// Tỷ lệ.
    pub rate: Share,
    /// Provision behind the rate.
    pub by: &'r str,
    /// The low-cost rule reaches the visit.
    pub low_cost: bool,
    /// The facility is paid in full whatever the card.
    pub initial: bool,
    /// The visit counts toward the annual ceiling.
    pub counts: bool,
    /// Facts that were looked up.
    pub facts: Facts,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Các họ quy định mà [`access`] dựa vào, besides the facts: on days that see the same versions of them it answers alike.
pub const ACCESS_FAMILIES: [&str; 5] =
    ["network-rates", "visit-codes", "initial-level", "low-cost-visit", "readings"];

/// A second reading is asked for.
pub fn reads(readings: &[Reading], wanted: Reading) -> bool {
    readings.contains(&wanted)
}

/// Tra tỷ lệ của một lượt khám.
///
/// # Errors
/// [`ClaimError`] for an unknown or undecided code, missing facts, and visits for which no rate is recorded.
pub fn access<'r>(
    day: &DayRules<'r>,
    visit: &VisitFacts,
    forces: bool,
    readings: &[Reading],
) -> Result<Access<'r>, EngineError> {
    let mut notices = Vec::new();
    let code = code_facts(day, visit, &mut notices)?;
    let merged = Merged::of(day, visit, code, readings)?;
    let grounds = [
        Some(Ground::Ordinary),
        visit.residence.map(|_| Ground::DifficultArea),
        visit.disease_list.map(|list| match list {
            DiseaseList::Appendix1 => Ground::ListedDisease1,
            DiseaseList::Appendix2 => Ground::ListedDisease2,
        }),
        code.and_then(|facts| facts.ground),
        forces.then_some(Ground::Forces),
    ];
    let best = best(day, merged.facts, &grounds)?;

    if let Some(code) = code.filter(|code| visit.disagrees_with(*code)) {
        let label = Merged::of(
            day,
            &VisitFacts { setting: visit.setting, ..VisitFacts::default() },
            Some(code),
            readings,
        );
        let label_grounds = [Some(Ground::Ordinary), code.ground];
        if let Ok(said) = label.and_then(|label| self::best(day, label.facts, &label_grounds))
            && said.rate != best.rate
        {
            let code = visit.code.as_deref().unwrap_or_default();
            notices.push(
                Problem::new(Code::CodeContradictsFacts)
                    .with("code", code)
                    .with("label", said.rate)
                    .with("rate", best.rate)
                    .with("by", best.by),
            );
        }
    }
    notices.extend(merged.day_treatment_notice(day, &grounds, best.rate, readings));
    notices.extend(merged.assumed(day, &grounds, best.rate, visit));
    if let Some(level) = visit.registered_at_border() {
        let assumed = Problem::new(Code::FactAssumed).with("fact", "registered-level");
        notices.push(assumed.with("value", level.key()));
    }
    let low_cost = !merged.are_drugs_ordered_above(day, visit)
        && (best.allows(Relief::LowCostVisit)
            || (reads(readings, Reading::LowCostOutOfNetwork) && !best.rate.is_none()));
    let initial = best.allows(Relief::InitialLevel) && merged.is_initial(day, visit);
    if initial
        && visit.listed_initial.is_none()
        && merged.listed_initial.is_none()
        && !visit.regional_polyclinic
    {
        notices.push(Problem::new(Code::FactAssumed).with("fact", "listed-initial").with("value", "true"));
    }
    Ok(Access {
        rate: best.rate,
        by: best.by,
        low_cost,
        initial,
        counts: best.allows(Relief::AnnualCeiling),
        facts: merged.facts,
        notices,
    })
}

impl VisitFacts {
    /// Whether a fact given beside the code is another than the one the code stands for.
    fn disagrees_with(&self, code: CodeFacts) -> bool {
        fn other<T: PartialEq + Copy>(given: Option<T>, said: Option<T>) -> bool {
            given.is_some() && given != said
        }
        other(self.route, Some(code.route))
            || other(self.care_level, code.care_level)
            || other(self.former_tier, code.former_tier)
            || self.points.is_some()
            || self.residence.is_some()
            || self.disease_list.is_some()
            || other(self.listed_initial, code.listed_initial)
            || code.locality.is_some_and(|said| {
                self.same_province.is_some_and(|same| same != (said == Locality::SameProvince))
            })
    }

    /// Registered across a common border: at a facility of the same kind as this one.
    #[inline]
    fn registered_at_border(&self) -> Option<RegisteredLevel> {
        match self.former_tier.filter(|_| self.border && self.registered_level.is_none())? {
            FormerTier::Commune => Some(RegisteredLevel::Commune),
            FormerTier::District => Some(RegisteredLevel::District),
            _ => None,
        }
    }

    /// Enough facts to do without a code.
    fn stands_alone(&self) -> bool {
        self.route.is_some()
    }
}

/// What the code stands for, unless there is none or its list does not reach back to the day.
fn code_facts(
    day: &DayRules<'_>,
    visit: &VisitFacts,
    notices: &mut Vec<Problem>,
) -> Result<Option<CodeFacts>, EngineError> {
    let Some(code) = &visit.code else { return Ok(None) };
    let list = match day.rules.benefit.visit_codes.at(day.governing) {
        Ok(list) => list,
        Err(_) if visit.stands_alone() => {
            notices.push(Problem::new(Code::CodeNotRecorded).with("code", code).with("date", day.governing));
            return Ok(None);
        }
        Err(missing) => return Err(missing.into()),
    };
    let undecided = |why: &Undecided| {
        if visit.stands_alone() {
            return Ok(None);
        }
        Err(ClaimError::CodeUndecided { code: code.clone(), why: why.clone() }.into())
    };
    let Some(known) = list.value.find(code, day.governing) else {
        let unread = list.value.why_unread(code).ok_or_else(|| ClaimError::UnknownCode(code.clone()))?;
        return undecided(&unread);
    };
    if let Some((vi, en)) = known.only_when_vi.as_ref().zip(known.only_when_en.as_ref()) {
        let only = Problem::new(Code::CodeOnlyWhen).with("code", code);
        notices.push(only.with("when_vi", vi).with("when_en", en));
    }
    match &known.means {
        CodeMeaning::Visit(facts) => Ok(Some(*facts)),
        CodeMeaning::Undecided(why) => undecided(why),
    }
}

/// Facts of the visit laid over those of the code and the table's defaults.
struct Merged {
    facts: Facts,
    /// The same before the defaults.
    known: Facts,
    setting: Option<Setting>,
    listed_initial: Option<bool>,
}

impl Merged {
    fn of(
        day: &DayRules<'_>,
        visit: &VisitFacts,
        code: Option<CodeFacts>,
        readings: &[Reading],
    ) -> Result<Merged, EngineError> {
        let table = &day.rates.value;
        let stay = match visit.setting {
            Some(setting) => Some(stay_of(setting, readings)),
            None => code.and_then(|code| code.only.or(code.usually)),
        };
        if let (Some(only), Some(stay)) = (code.and_then(|code| code.only), stay)
            && only != stay
            && visit.route.is_none()
        {
            let code = visit.code.clone().unwrap_or_default();
            return Err(ClaimError::CodeSetting { code, only }.into());
        }
        let given = visit.points.zip(table.points).map(|(points, bounds)| bounds.band(points));
        let points = given.or(code.and_then(|code| code.points));
        let locality = visit
            .same_province
            .map(|same| if same { Locality::SameProvince } else { Locality::OtherProvince })
            .or(code.and_then(|code| code.locality));
        let route = visit.route.or(code.map(|code| code.route));
        let registered_level = Among::known(visit.registered_level.or(visit.registered_at_border()));
        let demoted = table.self_referral.iter().find(|rule| {
            let registered = registered_level.single().or(table.unless_given.registered_level);
            let excused = !visit.referred_after_self_referral || visit.referral_reason.is_some();
            route == Some(rule.route)
                && registered.is_none_or(|level| rule.registered_level.contains(level))
                && !(rule.after_self_referral && excused)
        });
        let border = if visit.border { Border::Common } else { Border::Elsewhere };
        let known = Facts {
            route: Among::known(demoted.map_or(route, |_| Some(AccessRoute::SelfReferred))),
            care_level: Among::known(visit.care_level.or(code.and_then(|code| code.care_level))),
            former_tier: Among::known(visit.former_tier.or(code.and_then(|code| code.former_tier))),
            points: Among::known(points),
            stay: Among::known(stay),
            locality: Among::known(locality),
            registered_level,
            border: Among::only(border),
            class: Among::known(visit.class),
            ..Facts::default()
        };
        Ok(Merged {
            facts: known.or(&table.unless_given),
            known,
            setting: visit.setting,
            listed_initial: code.and_then(|code| code.listed_initial),
        })
    }

    /// Whether the facility is one that is paid in full whatever the card.
    fn is_initial(&self, day: &DayRules<'_>, visit: &VisitFacts) -> bool {
        let rule = &day.initial.value;
        if rule.except_drugs_ordered_above && visit.drugs_ordered_above {
            return false;
        }
        let polyclinic = rule.regional_polyclinics
            && visit.regional_polyclinic
            && self.facts.stay.single() == Some(Stay::Outpatient);
        self.is_initial_facility(day, visit) || polyclinic
    }

    fn is_initial_facility(&self, day: &DayRules<'_>, visit: &VisitFacts) -> bool {
        match day.initial.value.facilities {
            InitialFacilities::FormerTier(tiers) => {
                self.facts.former_tier.single().is_some_and(|tier| tiers.contains(tier))
            }
            InitialFacilities::ListedOfLevel(levels) => {
                let listed =
                    visit.listed_initial.or(self.listed_initial).unwrap_or(!visit.regional_polyclinic);
                listed && self.facts.care_level.single().is_some_and(|level| levels.contains(level))
            }
        }
    }

    /// Drugs drawn at the commune on the order of a higher facility are no cheap visit of their own.
    fn are_drugs_ordered_above(&self, day: &DayRules<'_>, visit: &VisitFacts) -> bool {
        let rule = &day.low_cost.value;
        rule.except_drugs_ordered_above && visit.drugs_ordered_above && self.is_initial_facility(day, visit)
    }

    /// Says which reading was taken where day treatment makes a difference.
    fn day_treatment_notice(
        &self,
        day: &DayRules<'_>,
        grounds: &[Option<Ground>],
        rate: Share,
        readings: &[Reading],
    ) -> Option<Problem> {
        if self.setting != Some(Setting::DayTreatment) {
            return None;
        }
        let other = match stay_of(Setting::DayTreatment, readings) {
            Stay::Inpatient => Stay::Outpatient,
            Stay::Outpatient => Stay::Inpatient,
        };
        let facts = Facts { stay: Among::only(other), ..self.facts };
        let differs = best(day, facts, grounds).is_ok_and(|best| best.rate != rate);
        differs.then(|| reading_notice(day, Reading::DayTreatmentAsOutpatient, readings))
    }

    /// Names a default that matters: without it the table would not know the rate.
    fn assumed(
        &self,
        day: &DayRules<'_>,
        grounds: &[Option<Ground>],
        rate: Share,
        visit: &VisitFacts,
    ) -> Vec<Problem> {
        if visit.code.is_some() {
            return Vec::new();
        }
        let matters = |facts: Facts| !best(day, facts, grounds).is_ok_and(|best| best.rate == rate);
        let filled = self.facts.filled(&self.known, matters).into_iter();
        let assumed = |(fact, value)| Problem::new(Code::FactAssumed).with("fact", fact).with("value", value);
        filled.map(assumed).collect()
    }
}

/// Nội trú hay ngoại trú khi tra tỷ lệ: day treatment counts as inpatient unless the other reading is asked for.
pub fn stay_of(setting: Setting, readings: &[Reading]) -> Stay {
    match setting {
        Setting::Outpatient => Stay::Outpatient,
        Setting::Inpatient => Stay::Inpatient,
        Setting::DayTreatment if reads(readings, Reading::DayTreatmentAsOutpatient) => Stay::Outpatient,
        Setting::DayTreatment => Stay::Inpatient,
    }
}

/// The note that a reading was taken and which other one may be asked for.
pub fn reading_notice(day: &DayRules<'_>, reading: Reading, readings: &[Reading]) -> Problem {
    let note = day.rules.benefit.readings.at(day.governing).ok();
    let note = note.and_then(|version| version.value.iter().find(|note| note.id == reading));
    let other_taken = reads(readings, reading);
    let pick = |taken: &str, other: &str| if other_taken { other.to_owned() } else { taken.to_owned() };
    let (vi, en) = note.map_or((String::new(), String::new()), |note| {
        (pick(&note.taken_vi, &note.other_vi), pick(&note.taken_en, &note.other_en))
    });
    Problem::new(Code::ReadingTaken).with("what_vi", vi).with("what_en", en).with("reading", reading.key())
}

/// The answer of the table for one patient.
struct Best<'r> {
    rate: Share,
    by: &'r str,
    /// Of every row that gives the rate.
    reliefs: Among<Relief>,
}

impl Best<'_> {
    fn allows(&self, relief: Relief) -> bool {
        self.reliefs.contains(relief)
    }

    /// Whether none of these rows could give more.
    fn covers<'t>(&self, mut rows: impl Iterator<Item = &'t RateRow>) -> bool {
        rows.all(|row| match row.pays {
            RateAnswer::Rate(rate) if rate == self.rate => {
                row.reliefs.iter().all(|relief| self.allows(*relief))
            }
            RateAnswer::Rate(rate) => rate < self.rate,
            RateAnswer::Unrecorded => true,
        })
    }
}

/// The best rate over all grounds; reliefs of every row that gives it.
///
/// A ground that open facts leave undecided is no harm where no row of it could be better than what another ground
/// gives for certain.
fn best<'r>(day: &DayRules<'r>, facts: Facts, grounds: &[Option<Ground>]) -> Result<Best<'r>, EngineError> {
    let table = &day.rates.value;
    let mut found: Option<Best<'r>> = None;
    let mut refused: Option<&'r RateRow> = None;
    let mut open = Among::of(&[]);
    for ground in grounds.iter().flatten() {
        let mut rows = look_up(table, facts, *ground);
        let Some(row) = rows.next() else {
            return Err(EngineError::Internal("a rate table with a hole".to_owned()));
        };
        if rows.any(|other| (other.pays, &other.reliefs) != (row.pays, &row.reliefs)) {
            open = open.or(Among::only(*ground));
            continue;
        }
        let RateAnswer::Rate(rate) = row.pays else {
            refused = refused.or(Some(row));
            continue;
        };
        let reliefs = Among::of(&row.reliefs);
        match &mut found {
            Some(best) if best.rate == rate => {
                // Of equal rates the ground of the patient names the provision, not the rule for everybody.
                best.by = &row.by;
                best.reliefs = best.reliefs.or(reliefs);
            }
            Some(best) if best.rate > rate => {}
            _ => found = Some(Best { rate, by: &row.by, reliefs }),
        }
    }
    let open = grounds.iter().flatten().filter(|ground| open.contains(**ground));
    for ground in open {
        let rows = || look_up(table, facts, *ground);
        if !found.as_ref().is_some_and(|best| best.covers(rows())) {
            return Err(
                ClaimError::FactsMissing { facts: open_facts(&rows().collect::<Vec<_>>(), facts) }.into()
            );
        }
    }
    found.ok_or_else(|| {
        let by = refused.map(|row| row.by.clone()).unwrap_or_default();
        ClaimError::Unrecorded { rule: "network-rates", by, date: day.governing }.into()
    })
}

/// The rows that known facts leave; one of them is right.
fn look_up(table: &NetworkRates, facts: Facts, ground: Ground) -> impl Iterator<Item = &RateRow> {
    let alone = Among::only(ground);
    let facts = Facts { ground: alone, ..facts };
    // Few rows are of one ground: that is asked first.
    table.rows.iter().filter(move |row| row.ground.meets(alone) && row.meets(&facts))
}

/// The open facts in which the remaining rows differ; without a route nothing else can be asked for yet.
fn open_facts(rows: &[&RateRow], facts: Facts) -> Vec<&'static str> {
    let open = RateRow::open(rows, &facts);
    if open.contains(&"route") { vec!["route"] } else { open }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;
    use crate::terms::care::CareLevel;

    #[test]
    fn what_is_open_does_no_harm_where_no_row_gives_more() {
        let rules = Rulebook::bundled();
        let any = rules.benefit.network_rates.versions.versions()[0].value.rows[0].clone();
        let half = Share::fraction(1, 2).expect("a share");
        let best = Best { rate: half, by: "22.4", reliefs: Among::only(Relief::AnnualCeiling) };
        let covers = |pays, reliefs: &[Relief]| {
            best.covers([RateRow { pays, reliefs: reliefs.to_vec(), ..any.clone() }].iter())
        };
        assert!(covers(RateAnswer::Rate(Share::NONE), &[Relief::LowCostVisit]), "a lower rate");
        assert!(covers(RateAnswer::Rate(half), &[]), "the same rate");
        assert!(covers(RateAnswer::Rate(half), &[Relief::AnnualCeiling]), "the same relief");
        assert!(!covers(RateAnswer::Rate(half), &[Relief::LowCostVisit]), "a relief more");
        assert!(!covers(RateAnswer::Rate(Share::WHOLE), &[]), "a higher rate");
        assert!(covers(RateAnswer::Unrecorded, &[]), "no rate at all");
    }

    #[test]
    fn a_fact_disagrees_with_a_code_where_it_is_another_or_the_code_is_silent() {
        let code = CodeFacts {
            route: AccessRoute::Referred,
            care_level: Some(CareLevel::Basic),
            former_tier: None,
            points: None,
            only: None,
            usually: None,
            ground: None,
            listed_initial: None,
            locality: Some(Locality::SameProvince),
        };
        let no_fact = VisitFacts::default();
        assert!(!no_fact.disagrees_with(code));
        let beside = |facts: VisitFacts| facts.disagrees_with(code);
        let level = |level| beside(VisitFacts { care_level: Some(level), ..no_fact.clone() });
        assert_eq!([level(CareLevel::Basic), level(CareLevel::Specialised)], [false, true]);
        let route = |route| beside(VisitFacts { route: Some(route), ..no_fact.clone() });
        assert_eq!([route(AccessRoute::Referred), route(AccessRoute::Emergency)], [false, true]);
        let same = |same| beside(VisitFacts { same_province: Some(same), ..no_fact.clone() });
        assert_eq!([same(true), same(false)], [false, true]);
        assert!(beside(VisitFacts { former_tier: Some(FormerTier::District), ..no_fact.clone() }));
    }
}
