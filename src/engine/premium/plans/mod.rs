//! Kho phương án: plans kept for a batch, so that people to whom the same law applies share one.
//!
//! A [`Plan`](super::Plan) depends on a person only through the versions in force and the sides of the conditions that policies ask about: on
//! the day of payment and, where every month picks its own rules, on the first day of every month of cover. [`Plans`]
//! finds a kept plan by exactly these facts and otherwise asks [`plan`]: there is one engine, this is its memory. What it keeps of a
//! plan are amounts that [`Plan::amounts`](super::Plan::amounts) computed, or the same sum as integers where a salary decides; the latter
//! is compared with [`Plan::amounts`](super::Plan::amounts) when it is made, and its parts are added up for every person.

mod asked;
mod declared;
mod kept;

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;

use self::asked::AskedConditions;
pub use self::kept::Kept;
use self::kept::KeptAmounts;
use crate::case::quote::Enrollee;
use crate::engine::calendar::{Calendar, Era};
use crate::engine::error::EngineError;
use crate::engine::premium::card::{Start, start};
use crate::engine::premium::school::may_be_cut;
use crate::engine::premium::subsidy::Dates;
use crate::engine::premium::{Payment, plan};
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms};
use crate::rulebook::places::Whereabouts;
use crate::rulebook::timeline::Version;
use crate::terms::group::PremiumBasis;
use crate::terms::period::month_of_cover;
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::Mixer;

/// Plans are looked up in an order that cannot reach any output.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Most plans kept before the memory starts afresh: far above what real tables need.
const MOST_KEPT: usize = 1 << 16;

/// The changes that a month of cover of a group can meet in some places.
fn calendar_of_months(rules: &Rulebook, group: &EnrolleeGroup, places: Whereabouts<'_>) -> Calendar {
    const FAMILIES: &[&str] =
        &["base-salary", "reference-level", "salary-cap", "premium-rates", "household-ladder"];
    let own: Vec<&str> = rules
        .policies_at(places)
        .filter(|policy| policy.groups.contains(&group.id))
        .map(|policy| policy.support.rule())
        .chain([group.terms.rule()])
        .collect();
    Calendar::of(rules, |family, rule| FAMILIES.contains(&family) || own.contains(&rule))
}

/// Những gì một tháng nhìn thấy: era, and the sides of conditions a person stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct View {
    era: Era,
    sides: u64,
}

/// Các tháng của một lần đóng, as far as the plan depends on them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Runs {
    /// Month after month the same but for the era: the eras' changes, packed.
    Eras(u64, u64),
    /// The first month of every view.
    Views(Vec<(u8, View)>, u8),
}

/// Câu hỏi: one person's facts as a batch row gives them.
#[derive(Debug, Clone, Copy)]
pub struct PlanQuestion<'q> {
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
    /// On which side of every condition the person stands on the day of payment.
    sides: u64,
    names: u32,
    group: u16,
    paid: Era,
    /// Era of the first day, where the group has no terms on the day of payment.
    from: Era,
    places: PlacesKey,
    months: u8,
}

/// Nơi ở và nơi học, by their numbers; 0 stands for none.
type PlacesKey = (u8, u8);

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

/// Kho phương án.
#[derive(Debug)]
pub struct Plans<'r, T> {
    rules: &'r Rulebook,
    payment_days: Calendar,
    /// Changes that months of cover meet, by group and places; made when first needed.
    month_days: Map<(u16, PlacesKey), Calendar>,
    /// Per era of payment and group: whether the group has terms.
    has_terms: Vec<Vec<bool>>,
    /// Numbers of the places with policies or a place in the register, and the one asked for last.
    places: Map<&'r str, u8>,
    last_place: (&'r str, u8),
    /// What people of a group in their places are asked about, and what was looked up last.
    asked: Vec<AskedConditions<'r>>,
    asked_by: Map<(u16, PlacesKey), u32>,
    last_asked: Option<((u16, PlacesKey), u32)>,
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
        let groups = rules.groups();
        let has_terms = (0..=payment_days.days.len())
            .map(|era| groups.iter().map(|group| group.terms.at(day_in(era)).is_ok()).collect())
            .collect();
        let own = rules.local.iter().map(|pack| pack.province.as_str());
        let ids: BTreeSet<&str> =
            rules.places.entries.iter().map(|place| place.id.as_str()).chain(own).collect();
        let places = ids.into_iter().zip(1..=u8::MAX).collect();
        Plans {
            rules,
            payment_days,
            month_days: Map::default(),
            has_terms,
            places,
            last_place: ("", 0),
            asked: Vec::new(),
            asked_by: Map::default(),
            last_asked: None,
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
    pub fn find(&mut self, question: &PlanQuestion<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
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
        question: &PlanQuestion<'_>,
        key: Key,
        number: u32,
        terms: &'r Version<GroupTerms>,
    ) -> Result<&mut Kept<'r, T>, EngineError> {
        let payment = question.payment;
        let Start { day: from, .. } = if let Some(day) = payment.from {
            Start::on(day)
        } else {
            let validity = self.rules.card_validity.at(payment.paid_on)?;
            start(self.rules, &validity.value, &terms.value, question.person, payment, &mut Vec::new())?
        };
        let Some(runs) = self.runs(question, key, from) else { return self.pass(question) };
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
    fn runs(&mut self, question: &PlanQuestion<'_>, key: Key, from: NaiveDate) -> Option<Runs> {
        const MOST_CUTS: u32 = 10;
        let months = question.payment.months;
        let asked = self.asked.get(self.last_asked?.1 as usize)?;
        let calendar = match self.month_days.entry((key.group, key.places)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let group = self.rules.groups().get(question.group)?;
                place.insert(calendar_of_months(self.rules, group, question.places()))
            }
        };
        let person = question.person;
        let view = |month: u32| {
            let day = month_of_cover(from, month)?;
            let sides = asked.sides(person, Dates { day, month: day, number: month })?;
            Some(View { era: calendar.era(day), sides })
        };
        let (first, last) = (view(0)?, view(months.checked_sub(1)?)?);
        if first.sides == last.sides {
            // Eras only rise, and so do sides: what is equal at both ends is equal in between.
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
            return Some(Runs::Eras(packed << 5 | u64::from(cuts), first.sides));
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
    fn first_answer(&mut self, question: &PlanQuestion<'_>) -> Found<'r> {
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
                .groups()
                .get(question.group)
                .and_then(|group| group.terms.at(question.payment.paid_on).ok())
                .map_or(Found::Refused, |terms| {
                    Found::ByMonths(u32::try_from(self.by_key.len()).unwrap_or(u32::MAX), terms)
                }),
            Err(_) => Found::Refused,
        }
    }

    /// A plan that is not kept.
    fn pass(&mut self, question: &PlanQuestion<'_>) -> Result<&mut Kept<'r, T>, EngineError> {
        let kept = self.make(question)?;
        Ok(self.passing.insert(Box::new(kept)))
    }

    fn make(&self, question: &PlanQuestion<'_>) -> Result<Kept<'r, T>, EngineError> {
        let plan = plan(self.rules, question.person, question.payment)?;
        let on_ladder = plan.segments.iter().any(|segment| segment.ladder.is_some());
        let amounts = KeptAmounts::of(&plan)?;
        let warnings = plan.notices.iter().filter(|notice| holds_for_all(notice)).cloned().collect();
        Ok(Kept { plan, on_ladder, warnings, extra: T::default(), amounts })
    }

    fn key(&mut self, question: &PlanQuestion<'_>) -> Option<Key> {
        let Payment { paid_on, from, months, .. } = question.payment;
        // How many months are paid for then depends on the days of the circumstances.
        if may_be_cut(self.rules, question.person, paid_on) {
            return None;
        }
        let whereabouts = question.places();
        let places = (self.number(whereabouts.home)?, self.number(whereabouts.school)?);
        let group = u16::try_from(question.group).ok()?;
        let asked = self.asked(question, (group, places))?;
        let sides = self.asked.get(asked as usize)?.sides(question.person, Dates::on(paid_on))?;
        let paid = self.payment_days.era(paid_on);
        let has_terms = *self.has_terms.get(usize::from(paid))?.get(question.group)?;
        Some(Key {
            sides,
            names: question.names,
            group,
            paid,
            from: if has_terms { 0 } else { self.payment_days.era(from.unwrap_or(paid_on)) },
            places,
            months: u8::try_from(months).ok()?,
        })
    }

    /// The number of a place; `None` for one that no rulebook knows.
    #[inline]
    fn number(&mut self, place: Option<&str>) -> Option<u8> {
        let Some(place) = place else { return Some(0) };
        if self.last_place.0 != place {
            self.last_place = self.places.get_key_value(place).map(|(id, number)| (*id, *number))?;
        }
        Some(self.last_place.1)
    }

    /// Which conditions people of the question's group and places are asked about.
    #[inline]
    fn asked(&mut self, question: &PlanQuestion<'_>, by: (u16, PlacesKey)) -> Option<u32> {
        if let Some((last, at)) = self.last_asked
            && last == by
        {
            return Some(at);
        }
        let at = if let Some(at) = self.asked_by.get(&by) {
            *at
        } else {
            let group = self.rules.groups().get(question.group)?;
            self.asked.push(AskedConditions::of(self.rules, &group.id, question.places()));
            let at = u32::try_from(self.asked.len() - 1).ok()?;
            self.asked_by.insert(by, at);
            at
        };
        self.last_asked = Some((by, at));
        Some(at)
    }
}

impl<'q> PlanQuestion<'q> {
    /// Where the person lives and learns.
    fn places(&self) -> Whereabouts<'q> {
        Whereabouts { home: self.payment.province, school: self.person.school.as_deref() }
    }
}

/// Warnings about the law, not about one person's days.
fn holds_for_all(notice: &Problem) -> bool {
    notice.code.as_str().starts_with('W') && notice.code != Code::MonthEnd
}

/// Whether members of a group take places on the household ladder in any period.
pub fn may_be_on_ladder(rules: &Rulebook, group: usize) -> bool {
    rules.groups().get(group).is_some_and(|group| {
        group.terms.versions().iter().any(|terms| terms.value.basis == PremiumBasis::HouseholdLadder)
    })
}
