//! Kho phương án: plans kept for a batch, so that people to whom the same law applies share one.
//!
//! A [`Plan`] depends on days only through the versions in force and the ages and windows that policies ask for: on
//! the day of payment and, where every month picks its own rules, on the first day of every month of cover. [`Plans`]
//! finds a kept plan by exactly these facts and otherwise asks [`plan`]: there is one engine, this is its memory. What it keeps of a
//! plan are amounts that [`Plan::amounts`] computed, or the same sum as integers where a salary decides; the latter
//! is compared with [`Plan::amounts`] when it is made, and its parts are added up for every person.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::calendar::{Calendar, Era};
use super::card::{first_day_of_cover, months_counted_from};
use super::error::EngineError;
use super::premium::{Amounts, Base, Payment, Plan, plan};
use crate::case::quote::{Circumstance, Enrollee};
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, Policy};
use crate::rulebook::timeline::Version;
use crate::terms::group::{Payer, PremiumBasis};
use crate::terms::money::{RoundingMode, Vnd, greatest_common_divisor};
use crate::terms::period::{age_on, month_of_cover, whole_months_between};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::Mixer;

/// Plans are looked up in an order that cannot reach any output.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Most plans kept before the memory starts afresh: far above what real tables need.
const MOST_KEPT: usize = 1 << 16;

/// The changes that a month of cover of a group in a province can meet.
fn calendar_of_months(rules: &Rulebook, group: &EnrolleeGroup, province: &str) -> Calendar {
    const FAMILIES: &[&str] =
        &["base-salary", "reference-level", "salary-cap", "premium-rates", "household-ladder"];
    let packs = rules.local.iter().filter(|pack| pack.province == province);
    let policies = rules.state_subsidy.policies.iter().chain(packs.flat_map(|pack| &pack.policies));
    let own: Vec<&str> = policies
        .filter(|policy| policy.groups.contains(&group.id))
        .map(|policy| policy.support.rule())
        .chain([group.terms.rule()])
        .collect();
    Calendar::of(rules, |family, rule| FAMILIES.contains(&family) || own.contains(&rule))
}

/// Những gì một tháng nhìn thấy: era, and the sides of ages and windows a person stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct View {
    era: Era,
    age: u8,
    windows: u64,
}

/// Các tháng của một lần đóng, as far as the plan depends on them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Runs {
    /// Month after month the same but for the era: the eras' changes, packed.
    Eras(u64, u8, u64),
    /// The first month of every view.
    Views(Vec<(u8, View)>, u8),
}

/// Ngưỡng: the ages and windows at which some policy of a place decides otherwise.
#[derive(Debug, Clone, Default)]
struct Thresholds {
    ages: Vec<i32>,
    windows: Vec<(String, Vec<i32>)>,
}

impl Thresholds {
    fn of<'p>(policies: impl Iterator<Item = &'p Policy>) -> Thresholds {
        let (mut ages, mut windows) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<i32>>::new());
        for policy in policies {
            ages.extend(
                policy.when.age_from.iter().chain(&policy.when.age_below).map(|age| age.cast_signed()),
            );
            if let Some(window) = &policy.when.within {
                windows.entry(window.of.clone()).or_default().insert(window.months.cast_signed());
            }
        }
        let windows = windows.into_iter().map(|(tag, months)| (tag, months.into_iter().collect())).collect();
        Thresholds { ages: ages.into_iter().collect(), windows }
    }

    /// Which side of every age threshold a person stands on.
    fn age_class(&self, born: Option<NaiveDate>, day: NaiveDate) -> u8 {
        match born {
            Some(born) if !self.ages.is_empty() => {
                let age = age_on(born, day);
                let passed = self.ages.iter().filter(|threshold| age >= **threshold).count();
                u8::try_from(passed + 1).unwrap_or(u8::MAX)
            }
            _ => 0,
        }
    }

    /// Which side of every window the dated circumstances stand on; `None` where they do not fit.
    fn window_class(&self, circumstances: &[Circumstance], day: NaiveDate) -> Option<u64> {
        if circumstances.is_empty() {
            return Some(0);
        }
        let mut class = 0_u64;
        for (tag, lengths) in &self.windows {
            let event = circumstances.iter().find(|known| known.tag == *tag).and_then(|known| known.date);
            let side = match event {
                None => 0,
                Some(event) if event > day => 1,
                Some(event) => {
                    let months = whole_months_between(event, day);
                    2 + lengths.iter().filter(|length| months >= **length).count() as u64
                }
            };
            if side > 15 || class >> 60 != 0 {
                return None;
            }
            class = class << 4 | side;
        }
        Some(class)
    }
}

/// Câu hỏi: one person's facts as a batch row gives them.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The person; the group is that of `group`.
    pub person: &'q Enrollee,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Number that stands for the names of the person's circumstances, the same for the same names only.
    pub names: u32,
    /// Day of payment, first day where named, months, province (an id of the rulebook).
    pub payment: Payment<'q>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    windows: u64,
    names: u32,
    group: u16,
    paid: Era,
    /// Era of the first day, where the group has no terms on the day of payment.
    from: Era,
    province: u16,
    months: u8,
    age: u8,
}

/// What a key leads to.
#[derive(Debug, Clone, Copy)]
enum Found<'r> {
    /// The same plan whatever the days of cover.
    Plan(usize),
    /// A plan for every arrangement of the months of cover.
    ByMonths(u32, &'r Version<GroupTerms>),
    /// The law has no answer.
    Refused,
}

/// Phương án được giữ: a plan with its amounts, and room for what the caller keeps with it.
#[derive(Debug)]
pub struct Kept<'r, T> {
    /// The plan; its days are those of the first person it was made for.
    pub plan: Plan<'r>,
    /// Whether members take a place on the household ladder.
    pub on_ladder: bool,
    /// Warnings that hold for everybody to whom the plan applies.
    pub warnings: Vec<Problem>,
    /// What the caller keeps.
    pub extra: T,
    amounts: KeptAmounts,
}

#[derive(Debug)]
enum KeptAmounts {
    /// By rank; the last one repeats.
    ByRank(Vec<Amounts>),
    /// A sum over months that a declared amount decides.
    Declared(Declared),
    /// Neither: asked anew for every person.
    Open,
}

/// Kho phương án.
#[derive(Debug)]
pub struct Plans<'r, T> {
    rules: &'r Rulebook,
    payment_days: Calendar,
    /// Changes that months of cover meet, by group and province; made when first needed.
    month_days: Map<(u16, u16), Calendar>,
    /// Per era of payment and group: whether the group has terms.
    has_terms: Vec<Vec<bool>>,
    /// Provinces with policies; the first entry stands for no province.
    provinces: Vec<(&'r str, Thresholds)>,
    by_key: Map<Key, Found<'r>>,
    by_months: Map<(u32, Runs), Option<usize>>,
    kept: Vec<Kept<'r, T>>,
    /// A plan that could not be kept.
    passing: Option<Box<Kept<'r, T>>>,
    last: Option<(Key, Found<'r>)>,
}

impl<'r, T: Default> Plans<'r, T> {
    /// An empty memory.
    pub fn new(rules: &'r Rulebook) -> Plans<'r, T> {
        let payment_days = Calendar::of(rules, |_, _| true);
        let day_in = |era: usize| match era.checked_sub(1) {
            Some(change) => payment_days.days.get(change).copied().unwrap_or(NaiveDate::MAX),
            None => NaiveDate::MIN,
        };
        let groups = &rules.groups.1;
        let has_terms = (0..=payment_days.days.len())
            .map(|era| groups.iter().map(|group| group.terms.at(day_in(era)).is_ok()).collect())
            .collect();
        let state = || rules.state_subsidy.policies.iter();
        let mut provinces = vec![("", Thresholds::of(state()))];
        for pack in &rules.local {
            if provinces.iter().all(|(known, _)| *known != pack.province) {
                let packs = rules.local.iter().filter(|other| other.province == pack.province);
                let thresholds = Thresholds::of(state().chain(packs.flat_map(|pack| &pack.policies)));
                provinces.push((pack.province.as_str(), thresholds));
            }
        }
        Plans {
            rules,
            payment_days,
            month_days: Map::default(),
            has_terms,
            provinces,
            by_key: Map::default(),
            by_months: Map::default(),
            kept: Vec::new(),
            passing: None,
            last: None,
        }
    }

    /// The plan for a person, made where no kept one applies.
    ///
    /// # Errors
    /// As [`plan`].
    pub fn find(&mut self, question: &Question<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
        if self.kept.len() >= MOST_KEPT || self.by_key.len() >= MOST_KEPT {
            self.by_key.clear();
            self.by_months.clear();
            self.kept.clear();
            self.last = None;
        }
        let Some(key) = self.key(question) else { return self.pass(question) };
        let found = match self.last {
            Some((last, found)) if last == key => found,
            _ => {
                let found = if let Some(found) = self.by_key.get(&key) {
                    *found
                } else {
                    let found = self.first_answer(question);
                    self.by_key.insert(key, found);
                    found
                };
                self.last = Some((key, found));
                found
            }
        };
        match found {
            Found::Plan(at) => Ok(&mut self.kept[at]),
            Found::Refused => self.pass(question),
            Found::ByMonths(number, terms) => self.by_months_of_cover(question, key, number, terms),
        }
    }

    fn by_months_of_cover(
        &mut self,
        question: &Question<'_>,
        key: Key,
        number: u32,
        terms: &'r Version<GroupTerms>,
    ) -> Result<&mut Kept<'r, T>, EngineError> {
        let payment = question.payment;
        let from = if let Some(day) = payment.from {
            day
        } else {
            let validity = self.rules.card_validity.at(payment.paid_on)?;
            let mut unheard = Vec::new();
            first_day_of_cover(
                self.rules,
                &validity.value,
                &terms.value,
                question.person,
                payment.paid_on,
                &mut unheard,
            )?
        };
        let validity = &self.rules.card_validity.at(payment.paid_on)?.value;
        let days = (payment.paid_on, payment.from);
        let counted = months_counted_from(validity, &terms.value, question.person, days, from);
        let Some(runs) = self.runs(question, key, from, counted) else { return self.pass(question) };
        let found = (number, runs);
        let at = if let Some(at) = self.by_months.get(&found) {
            *at
        } else {
            let at = self.make(question).ok().map(|kept| {
                self.kept.push(kept);
                self.kept.len() - 1
            });
            self.by_months.insert(found, at);
            at
        };
        match at {
            Some(at) => Ok(&mut self.kept[at]),
            None => self.pass(question),
        }
    }

    /// The months of a cover as far as a plan depends on them; `None` where they cannot be told apart.
    ///
    /// Rules are picked by the months of cover, windows by the months that are paid for.
    fn runs(
        &mut self,
        question: &Question<'_>,
        key: Key,
        from: NaiveDate,
        counted: NaiveDate,
    ) -> Option<Runs> {
        const MOST_CUTS: u32 = 10;
        let months = question.payment.months;
        let (_, thresholds) = self.provinces.get(usize::from(key.province))?;
        let calendar = match self.month_days.entry((key.group, key.province)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let group = self.rules.groups.1.get(question.group)?;
                let province = self.provinces.get(usize::from(key.province))?.0;
                place.insert(calendar_of_months(self.rules, group, province))
            }
        };
        let person = question.person;
        let view = |month: u32| {
            let day = month_of_cover(from, month)?;
            let age = thresholds.age_class(person.born, day);
            let windows = if person.circumstances.is_empty() {
                0
            } else {
                thresholds.window_class(&person.circumstances, month_of_cover(counted, month)?)?
            };
            Some(View { era: calendar.era(day), age, windows })
        };
        let (first, last) = (view(0)?, view(months.checked_sub(1)?)?);
        if (first.age, first.windows) == (last.age, last.windows) {
            // Eras only rise, and so do ages and windows: what is equal at both ends is equal in between.
            let mut packed = u64::from(first.era);
            let (mut known, mut cuts) = (first.era, 0);
            if last.era != first.era {
                for month in 1..months {
                    let era = calendar.era(month_of_cover(from, month)?);
                    // Several changes inside one month count as several cuts at the same place.
                    for _ in known..era {
                        cuts += 1;
                        packed = packed << 5 | u64::from(month);
                    }
                    known = era;
                }
            }
            if cuts > MOST_CUTS || months >= 32 || first.era >= 1 << 9 {
                return None;
            }
            return Some(Runs::Eras(packed << 5 | u64::from(cuts), first.age, first.windows));
        }
        let mut views = vec![(0, first)];
        for month in 1..months {
            let next = view(month)?;
            if views.last().is_none_or(|(_, known)| *known != next) {
                views.push((u8::try_from(month).ok()?, next));
            }
        }
        Some(Runs::Views(views, u8::try_from(months).ok()?))
    }

    /// What everybody with the same key will be told.
    fn first_answer(&mut self, question: &Question<'_>) -> Found<'r> {
        match self.make(question) {
            Ok(kept) if kept.plan.by_month => {
                let number = u32::try_from(self.by_key.len()).unwrap_or(u32::MAX);
                Found::ByMonths(number, kept.plan.terms)
            }
            Ok(kept) => {
                self.kept.push(kept);
                Found::Plan(self.kept.len() - 1)
            }
            // Whether a later month of cover has an answer depends on the days of cover.
            Err(EngineError::NotInForce(missing)) if missing.date != question.payment.paid_on => self
                .rules
                .groups
                .1
                .get(question.group)
                .and_then(|group| group.terms.at(question.payment.paid_on).ok())
                .map_or(Found::Refused, |terms| {
                    Found::ByMonths(u32::try_from(self.by_key.len()).unwrap_or(u32::MAX), terms)
                }),
            Err(_) => Found::Refused,
        }
    }

    /// A plan that is not kept.
    fn pass(&mut self, question: &Question<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
        let kept = self.make(question)?;
        Ok(self.passing.insert(Box::new(kept)))
    }

    fn make(&self, question: &Question<'_>) -> Result<Kept<'r, T>, EngineError> {
        let plan = plan(self.rules, question.person, question.payment)?;
        let on_ladder = plan.segments.iter().any(|segment| segment.ladder.is_some());
        let amounts = KeptAmounts::of(&plan)?;
        let warnings = plan.notices.iter().filter(|notice| holds_for_all(notice)).cloned().collect();
        Ok(Kept { plan, on_ladder, warnings, extra: T::default(), amounts })
    }

    fn key(&self, question: &Question<'_>) -> Option<Key> {
        let Payment { paid_on, from, months, province } = question.payment;
        let province = match province {
            None => 0,
            Some(id) => self.provinces.iter().position(|(known, _)| *known == id)?,
        };
        let thresholds = &self.provinces.get(province)?.1;
        let paid = self.payment_days.era(paid_on);
        let has_terms = *self.has_terms.get(usize::from(paid))?.get(question.group)?;
        Some(Key {
            windows: thresholds.window_class(&question.person.circumstances, paid_on)?,
            names: question.names,
            group: u16::try_from(question.group).ok()?,
            paid,
            from: if has_terms { 0 } else { self.payment_days.era(from.unwrap_or(paid_on)) },
            province: u16::try_from(province).ok()?,
            months: u8::try_from(months).ok()?,
            age: thresholds.age_class(question.person.born, paid_on),
        })
    }
}

/// Warnings about the law, not about one person's days.
fn holds_for_all(notice: &Problem) -> bool {
    notice.code.as_str().starts_with('W') && notice.code != Code::MonthEnd
}

/// Whether members of a group take places on the household ladder in any period.
pub fn may_be_on_ladder(rules: &Rulebook, group: usize) -> bool {
    rules.groups.1.get(group).is_some_and(|group| {
        group.terms.versions().iter().any(|terms| terms.value.basis == PremiumBasis::HouseholdLadder)
    })
}

impl<T> Kept<'_, T> {
    /// Số tiền của một người, as [`Plan::amounts`] gives it.
    ///
    /// # Errors
    /// As [`Plan::amounts`].
    pub fn amounts(&self, rank: Option<u32>, declared: Option<Vnd>) -> Result<Amounts, EngineError> {
        match &self.amounts {
            KeptAmounts::ByRank(by_rank) => {
                let at = self.step(rank).unwrap_or(0);
                by_rank
                    .get(at)
                    .copied()
                    .ok_or_else(|| EngineError::Internal("a rank without amounts".to_owned()))
            }
            KeptAmounts::Declared(sum) => {
                match declared.and_then(|amount| u64::try_from(amount.hundredths()).ok()) {
                    Some(amount) if (1..=sum.limit).contains(&amount) => sum.amounts(amount),
                    _ => self.plan.amounts(rank, declared),
                }
            }
            KeptAmounts::Open => self.plan.amounts(rank, declared),
        }
    }

    /// Where equal ranks pay the same whatever was declared: the place of the rank's amounts, else `None`.
    pub fn step(&self, rank: Option<u32>) -> Option<usize> {
        match &self.amounts {
            KeptAmounts::ByRank(by_rank) => {
                let rank = usize::try_from(rank.unwrap_or(1)).unwrap_or(usize::MAX);
                Some(rank.saturating_sub(1).min(by_rank.len().saturating_sub(1)))
            }
            KeptAmounts::Declared(_) | KeptAmounts::Open => None,
        }
    }
}

impl KeptAmounts {
    fn of(plan: &Plan<'_>) -> Result<KeptAmounts, EngineError> {
        let recorded = plan.segments.iter().all(|segment| matches!(segment.base, Base::Recorded(..)));
        if recorded {
            let steps = plan.segments.iter().filter_map(|segment| segment.ladder);
            let longest = steps.map(|ladder| ladder.value.steps.len()).max().unwrap_or(1).max(1);
            let ranks = 1..=u32::try_from(longest).unwrap_or(1);
            let by_rank = ranks.map(|rank| plan.amounts(Some(rank), None)).collect::<Result<_, _>>()?;
            return Ok(KeptAmounts::ByRank(by_rank));
        }
        Ok(Declared::of(plan)?.map_or(KeptAmounts::Open, KeptAmounts::Declared))
    }
}

/// Tổng theo số tiền khai: premium and parts of a declared amount as integers over one denominator.
#[derive(Debug)]
struct Declared {
    /// What months with a recorded base add.
    fixed: Weights,
    /// Caps in hundredths of a đồng (or none) and weights of months with a declared base.
    months: Vec<(u64, Weights)>,
    /// Denominator of the weights times the unit of rounding.
    divisor: u64,
    unit: i64,
    mode: RoundingMode,
    taker: usize,
    /// Payers that bear a part, without the taker of the remainder.
    others: Vec<usize>,
    /// Largest declared amount, in hundredths, for which nothing can overflow.
    limit: u64,
}

/// Weights of the whole premium and of every payer.
#[derive(Debug, Clone, Copy, Default)]
struct Weights {
    whole: u64,
    parts: [u64; Payer::ALL.len()],
}

impl Declared {
    /// `None` where the sum does not fit; an error where it disagrees with [`Plan::amounts`].
    fn of(plan: &Plan<'_>) -> Result<Option<Declared>, EngineError> {
        let Some(sum) = Declared::fit(plan) else { return Ok(None) };
        let caps = sum.months.iter().map(|(cap, _)| *cap).filter(|cap| *cap < u64::MAX - 100);
        let around = caps.flat_map(|cap| [cap.saturating_sub(100), cap, cap + 100]);
        let probes = (0..14).flat_map(|power| [7, 9, 11].map(|factor| factor * u64::pow(10, power) + 100));
        for amount in probes.chain(around).filter(|amount| (1..=sum.limit).contains(amount)) {
            let declared = Vnd::from_hundredths(i64::try_from(amount).unwrap_or(i64::MAX));
            if sum.amounts(amount)? != plan.amounts(None, Some(declared))? {
                return Err(EngineError::Internal(format!("kept sums differ for group {}", plan.group.id)));
            }
        }
        Ok(Some(sum))
    }

    fn fit(plan: &Plan<'_>) -> Option<Declared> {
        if plan.segments.iter().any(|segment| segment.ladder.is_some() || segment.special.is_some()) {
            return None;
        }
        let rounding = plan.rounding.value.rounding;
        let unit = u64::try_from(rounding.unit_hundredths).ok().filter(|unit| *unit > 0)?;
        let mut denominator = 1_u64;
        for segment in &plan.segments {
            let rate = u64::try_from(segment.rate.parts().1).ok()?;
            for part in &segment.parts {
                denominator = common_multiple(
                    denominator,
                    rate.checked_mul(u64::try_from(part.share.parts().1).ok()?)?,
                )?;
            }
        }
        let mut sum = Declared {
            fixed: Weights::default(),
            months: Vec::new(),
            divisor: denominator.checked_mul(unit)?,
            unit: rounding.unit_hundredths,
            mode: rounding.mode,
            taker: plan.remainder_taker()? as usize,
            others: Vec::new(),
            limit: 0,
        };
        let mut heaviest = 1_u64;
        for segment in &plan.segments {
            let mut weights = Weights::default();
            let (rate, per) = segment.rate.parts();
            for part in &segment.parts {
                let (share, of) = part.share.parts();
                let up = u64::try_from(rate).ok()?.checked_mul(u64::try_from(share).ok()?)?;
                let up = up.checked_mul(u64::from(segment.months))?;
                let down = u64::try_from(per).ok()?.checked_mul(u64::try_from(of).ok()?)?;
                let weight = up.checked_mul(denominator / down)?;
                let slot = part.payer as usize;
                weights.parts[slot] = weights.parts[slot].checked_add(weight)?;
                weights.whole = weights.whole.checked_add(weight)?;
                if slot != sum.taker && !sum.others.contains(&slot) {
                    sum.others.push(slot);
                }
            }
            match segment.base {
                Base::Recorded(base, _) => {
                    let base = u64::try_from(base.hundredths()).ok()?;
                    sum.fixed.add(&weights, base)?;
                }
                Base::Declared(cap) => {
                    let cap = match cap {
                        Some(cap) => u64::try_from(cap.amount.hundredths()).ok()?,
                        None => u64::MAX,
                    };
                    heaviest = heaviest.checked_add(weights.whole)?;
                    sum.months.push((cap, weights));
                }
            }
        }
        sum.others.sort_unstable();
        let room = (u64::MAX / 4).checked_sub(sum.fixed.whole)?.checked_sub(sum.divisor)?;
        sum.limit = (room / heaviest).min(i64::MAX.unsigned_abs());
        Some(sum)
    }

    /// Amounts for a declared amount of at most the limit, in hundredths of a đồng.
    #[inline]
    fn amounts(&self, declared: u64) -> Result<Amounts, EngineError> {
        let mut exact = self.fixed;
        for (cap, weights) in &self.months {
            let base = declared.min(*cap);
            exact.whole += base * weights.whole;
            for slot in &self.others {
                exact.parts[*slot] += base * weights.parts[*slot];
            }
        }
        let premium = self.round(exact.whole)?;
        let mut amounts = Amounts { premium, by_payer: [Vnd::ZERO; Payer::ALL.len()] };
        let mut others = Vnd::ZERO;
        for slot in &self.others {
            let part = self.round(exact.parts[*slot])?.min(premium - others);
            amounts.by_payer[*slot] = part;
            others += part;
        }
        amounts.by_payer[self.taker] = premium - others;
        amounts.check()?;
        Ok(amounts)
    }

    #[inline]
    fn round(&self, numerator: u64) -> Result<Vnd, EngineError> {
        let (whole, rest) = (numerator / self.divisor, numerator % self.divisor);
        let away = match self.mode {
            RoundingMode::HalfAwayFromZero => rest >= self.divisor - rest,
            RoundingMode::Down => false,
            RoundingMode::Up => rest > 0,
        };
        i64::try_from(whole + u64::from(away))
            .ok()
            .and_then(|units| units.checked_mul(self.unit))
            .map(Vnd::from_hundredths)
            .ok_or(EngineError::Overflow(crate::terms::money::Overflow))
    }
}

impl Weights {
    fn add(&mut self, other: &Weights, times: u64) -> Option<()> {
        self.whole = self.whole.checked_add(other.whole.checked_mul(times)?)?;
        for (mine, theirs) in self.parts.iter_mut().zip(other.parts) {
            *mine = mine.checked_add(theirs.checked_mul(times)?)?;
        }
        Some(())
    }
}

fn common_multiple(a: u64, b: u64) -> Option<u64> {
    let divisor = u64::try_from(greatest_common_divisor(u128::from(a), u128::from(b))).ok()?;
    a.checked_mul(b / divisor.max(1))
}
