//! Chi phí để đạt chỉ tiêu: the persons still needed, valued by the premium engine as the groups they come from, by place and payer.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::apportion;
use super::gap::Missing;
use super::tally::Tally;
use crate::case::quote::{Circumstance, Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::engine::premium::quote::{MemberPremium, quote};
use crate::engine::trace::Step;
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::number::{ExactVnd, Overflow, Rounding, RoundingMode, Vnd};
use crate::terms::problem::Problem;

/// Người còn thiếu đóng thế nào.
#[derive(Debug, Clone)]
pub struct GapTerms {
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Months.
    pub months: u32,
    /// Members of a new household.
    pub members: u32,
    /// Circumstances of all.
    pub circumstances: Vec<Circumstance>,
    /// Salary of groups whose premium rests on one.
    pub salary: Option<Vnd>,
}

impl GapTerms {
    /// A household of one group in a province, about whom nothing else is known.
    fn household(&self, rules: &Rulebook, group: &str, province: Option<&str>) -> QuoteCase {
        let terms = rules.group(group).and_then(|group| group.terms.at(self.paid_on).ok());
        let salary = self.salary.filter(|_| terms.is_some_and(|terms| terms.value.basis.needs_amount()));
        let member =
            Enrollee { circumstances: self.circumstances.clone(), salary, ..Enrollee::of_group(group) };
        let members = (0..self.members).map(|_| member.clone()).collect();
        QuoteCase {
            province: province.map(str::to_owned),
            ..QuoteCase::of(self.paid_on, self.months, members)
        }
    }
}

/// Số tiền của một số người.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Valued {
    /// Persons.
    pub persons: u64,
    /// Their premiums.
    pub premium: Vnd,
    /// Who bears them.
    pub shares: BTreeMap<Payer, Vnd>,
    /// Premium for each percentage point of coverage.
    pub per_point: Option<Vnd>,
}

impl Valued {
    /// Cho mỗi điểm phần trăm: premium × population ÷ (persons × 100), in whole đồng.
    fn over(&mut self, population: Option<u64>) -> Result<(), EngineError> {
        const DONG: Rounding = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
        if let Some(population) = population.filter(|_| self.persons > 0) {
            let people = (i128::from(population), i128::from(self.persons) * 100);
            let exact: ExactVnd = self.premium.exact().times(people.0, people.1)?;
            self.per_point = Some(exact.round(DONG)?);
        }
        Ok(())
    }

    fn add(&mut self, other: &Valued) -> Result<(), EngineError> {
        self.persons += other.persons;
        self.premium = plus(self.premium, other.premium)?;
        for (payer, amount) in &other.shares {
            let known = self.shares.entry(*payer).or_default();
            *known = plus(*known, *amount)?;
        }
        Ok(())
    }

    /// The same person so many times.
    fn times(&self, persons: u64) -> Result<Valued, EngineError> {
        let shares = self.shares.iter().map(|(payer, amount)| Ok((*payer, many(*amount, persons)?)));
        Ok(Valued {
            persons,
            premium: many(self.premium, persons)?,
            shares: shares.collect::<Result<_, EngineError>>()?,
            per_point: None,
        })
    }

    fn check(&self) -> Result<(), EngineError> {
        let together = self.shares.values().try_fold(Vnd::ZERO, |sum, share| plus(sum, *share))?;
        if together == self.premium {
            Ok(())
        } else {
            Err(EngineError::Internal(format!("shares {together} of {}", self.premium)))
        }
    }
}

/// Chi phí.
#[derive(Debug, Clone, Default)]
pub struct GapCost {
    /// All together.
    pub all: Valued,
    /// By group.
    pub groups: Vec<(String, Valued)>,
    /// By commune, in the order of the tally; so districts and provinces.
    pub communes: Vec<Valued>,
    /// By district.
    pub districts: Vec<Valued>,
    /// By province.
    pub provinces: Vec<Valued>,
    /// What the engine said of the households that stand for all.
    pub notices: Vec<Problem>,
    /// How their premiums came about.
    pub trace: Vec<Step>,
}

/// Values the missing persons; `provinces` are the ids of the provinces of communes.
///
/// # Errors
/// [`EngineError`] where the law has no premium for them, or the parts do not make the whole.
pub fn value(
    rules: &Rulebook,
    terms: &GapTerms,
    missing: &Missing,
    tally: &Tally,
    provinces: &[Option<String>],
) -> Result<GapCost, EngineError> {
    let mut cost = GapCost { communes: vec![Valued::default(); tally.communes.len()], ..GapCost::default() };
    let mut places: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (at, province) in provinces.iter().enumerate() {
        places.entry(province.as_deref()).or_default().push(at);
    }
    for (at, group) in missing.groups.iter().enumerate() {
        let mut of_group = Valued::default();
        for (province, communes) in &places {
            let persons: Vec<u64> = communes.iter().map(|commune| missing.persons[*commune][at]).collect();
            if persons.iter().all(|persons| *persons == 0) {
                continue;
            }
            let outcome = quote(rules, &terms.household(rules, group, *province))?;
            let places: Vec<Valued> = outcome.members.iter().map(one).collect();
            for (commune, valued) in communes.iter().zip(households(&places, &persons)?) {
                of_group.add(&valued)?;
                cost.communes[*commune].add(&valued)?;
            }
            cost.notices.extend(outcome.notices);
            cost.trace.extend(outcome.trace);
        }
        cost.groups.push((group.clone(), of_group));
    }
    cost.add_up(tally)?;
    Ok(cost)
}

impl GapCost {
    fn add_up(&mut self, tally: &Tally) -> Result<(), EngineError> {
        self.districts = vec![Valued::default(); tally.districts.len()];
        self.provinces = vec![Valued::default(); tally.provinces.len()];
        for (valued, lies) in self.communes.iter().zip(&tally.lies_in) {
            self.all.add(valued)?;
            if let Some(district) = lies.district {
                self.districts[district].add(valued)?;
            }
            if let Some(province) = lies.province {
                self.provinces[province].add(valued)?;
            }
        }
        let mut by_group = Valued::default();
        for (_, valued) in &self.groups {
            by_group.add(valued)?;
        }
        self.communes.iter().chain([&self.all]).try_for_each(Valued::check)?;
        if by_group != self.all {
            let what = format!("groups {}, communes {}", by_group.premium, self.all.premium);
            return Err(EngineError::Internal(what));
        }
        let levels = [
            (&mut self.communes, &tally.communes),
            (&mut self.districts, &tally.districts),
            (&mut self.provinces, &tally.provinces),
        ];
        for (valued, place) in levels.into_iter().flat_map(|(valued, places)| valued.iter_mut().zip(places)) {
            valued.over(place.population)?;
        }
        self.all.over(tally.all.population)?;
        match tally.all.needed {
            Some(needed) if needed != self.all.persons => {
                Err(EngineError::Internal(format!("valued {} persons of {needed}", self.all.persons)))
            }
            _ => Ok(()),
        }
    }
}

/// One member of a household.
fn one(member: &MemberPremium) -> Valued {
    let mut valued = Valued { persons: 1, premium: member.premium, ..Valued::default() };
    for share in &member.shares {
        let known = valued.shares.entry(share.payer).or_default();
        *known += share.amount;
    }
    valued
}

/// Persons of communes as members of households: full households of all of them, then one of the rest.
fn households(members: &[Valued], persons: &[u64]) -> Result<Vec<Valued>, EngineError> {
    let size = (members.len() as u64).max(1);
    let all: u64 = persons.iter().sum();
    let (full, rest) = (all / size, all % size);
    let columns: Vec<u64> = (0..size).map(|place| full + u64::from(place < rest)).collect();
    let of = |parts: &Vec<u64>| {
        let mut valued = Valued::default();
        for (member, times) in members.iter().zip(parts).filter(|(_, times)| **times > 0) {
            valued.add(&member.times(*times)?)?;
        }
        Ok(valued)
    };
    apportion::table(persons, &columns).iter().map(of).collect()
}

fn many(amount: Vnd, times: u64) -> Result<Vnd, EngineError> {
    let product = i128::from(amount.hundredths()) * i128::from(times);
    i64::try_from(product).map(Vnd::from_hundredths).map_err(|_| EngineError::Overflow(Overflow))
}

fn plus(a: Vnd, b: Vnd) -> Result<Vnd, EngineError> {
    a.checked_add(b).ok_or(EngineError::Overflow(Overflow))
}
