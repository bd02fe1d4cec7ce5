//! Thứ tự đóng: under which of several categories a person joins, and whether the law leaves a choice.

use super::Payment;
use super::card::card;
use super::dates::Dates;
use super::support::MonthSupport;
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::Payers;
use crate::rulebook::places::Whereabouts;
use crate::rulebook::priority::Priority;
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::number::Share;

/// Đối tượng mà một người tham gia theo.
#[derive(Debug, Clone)]
pub struct JoinedCategory<'r> {
    /// The group under which the person joins.
    pub group: String,
    /// What decided, where the person has several categories.
    pub decided_by: Option<&'r RuleRef>,
    /// The other categories, each with why it does not pay.
    pub others: Vec<PassedOver<'r>>,
    /// The household form, where the person may choose it instead.
    pub choice: Option<(&'r str, &'r RuleRef)>,
}

/// Một đối tượng không dùng để đóng.
#[derive(Debug, Clone)]
pub struct PassedOver<'r> {
    /// The group.
    pub group: String,
    /// Why.
    pub why: PassedWhy<'r>,
}

/// Vì sao không đóng theo đối tượng này.
#[derive(Debug, Clone, Copy)]
pub enum PassedWhy<'r> {
    /// Another category comes first.
    Later(&'r RuleRef),
    /// Another supported category has more support: its own share.
    LowerSupport(Share, &'r RuleRef),
    /// The group is not in force on the day.
    NotInForce,
}

/// Xác định đối tượng đóng của một người.
///
/// # Errors
/// [`EngineError::NotInForce`] when several categories are in force and no order is recorded for the day, or none is.
pub fn joining<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    payment: Payment<'_>,
) -> Result<JoinedCategory<'r>, EngineError> {
    let priority = rules.category_priority.at(payment.paid_on);
    if person.also.is_empty() {
        let choice = priority.ok().and_then(|rules| choice(&rules, &person.group));
        return Ok(JoinedCategory {
            group: person.group.clone(),
            decided_by: None,
            others: Vec::new(),
            choice,
        });
    }
    let named: Vec<&String> = std::iter::once(&person.group).chain(&person.also).collect();
    let in_force =
        |group: &&&String| rules.group(group).is_some_and(|known| known.terms.at(payment.paid_on).is_ok());
    let mut candidates: Vec<&str> = named.iter().filter(in_force).map(|group| group.as_str()).collect();
    let Some(&only) = candidates.first() else { return Err(nothing_in_force(rules, person, payment)) };
    let priority = match priority {
        Ok(priority) => priority,
        Err(_) if candidates.len() == 1 => Vec::new(),
        Err(missing) => return Err(missing.into()),
    };
    let contest = Contest { rules, person, payment, priority: &priority };
    contest.sort(&mut candidates);
    let (group, decided_by) = match candidates.len() {
        1 => (only, None),
        _ => contest.winner(&candidates)?,
    };
    let others = named
        .into_iter()
        .filter(|other| other.as_str() != group)
        .map(|other| contest.passed_over(other, decided_by, candidates.contains(&other.as_str())))
        .collect::<Result<_, _>>()?;
    Ok(JoinedCategory { group: group.to_owned(), decided_by, others, choice: choice(&priority, group) })
}

fn nothing_in_force(rules: &Rulebook, person: &Enrollee, payment: Payment<'_>) -> EngineError {
    match rules.group(&person.group).map(|group| group.terms.at(payment.paid_on)) {
        Some(Err(missing)) => missing.into(),
        _ => EngineError::UnknownGroup(person.group.clone()),
    }
}

/// The household form that a group may choose.
fn choice<'r>(priority: &[&'r Version<Priority>], group: &str) -> Option<(&'r str, &'r RuleRef)> {
    priority.iter().find_map(|version| match &version.value {
        Priority::Choice(choice) if choice.groups.iter().any(|known| known == group) => {
            Some((choice.household.as_str(), &version.rule))
        }
        _ => None,
    })
}

/// Several categories of one person on one day.
struct Contest<'r, 'c> {
    rules: &'r Rulebook,
    person: &'c Enrollee,
    payment: Payment<'c>,
    priority: &'c [&'r Version<Priority>],
}

impl<'r> Contest<'r, '_> {
    fn order(&self) -> Option<(&'r [String], &'r RuleRef)> {
        self.priority.iter().find_map(|version| match &version.value {
            Priority::Order(order) => Some((order.as_slice(), &version.rule)),
            _ => None,
        })
    }

    /// Puts categories in the order of art. 12.
    fn sort(&self, candidates: &mut [&str]) {
        let order = self.order().map(|(order, _)| order).unwrap_or_default();
        candidates.sort_by_key(|group| order.iter().position(|known| known == group).unwrap_or(usize::MAX));
    }

    /// The category that pays, and the rule that says so; candidates stand in the order of art. 12.
    fn winner<'g>(&self, candidates: &[&'g str]) -> Result<(&'g str, Option<&'r RuleRef>), EngineError> {
        if let Some((group, rule)) = self.always(candidates) {
            return Ok((group, Some(rule)));
        }
        let first = self.with_own_order(candidates).or(candidates.first().copied()).unwrap_or_default();
        let (group, rule) = match self.yields_to(first, candidates) {
            Some((other, rule)) => (other, Some(rule)),
            None => (first, self.own_order(first).or_else(|| self.order().map(|(_, rule)| rule))),
        };
        match self.highest_support(group, candidates)? {
            Some((best, rule)) => Ok((best, Some(rule))),
            None => Ok((group, rule)),
        }
    }

    fn always<'g>(&self, candidates: &[&'g str]) -> Option<(&'g str, &'r RuleRef)> {
        self.priority.iter().find_map(|version| match &version.value {
            Priority::Always(groups) => candidates
                .iter()
                .find(|candidate| groups.iter().any(|known| known == *candidate))
                .map(|candidate| (*candidate, &version.rule)),
            _ => None,
        })
    }

    fn yields_to<'g>(&self, first: &str, candidates: &[&'g str]) -> Option<(&'g str, &'r RuleRef)> {
        self.priority.iter().find_map(|version| match &version.value {
            Priority::Yields(yields) if yields.groups.iter().any(|known| known == first) => yields
                .to_categories
                .iter()
                .find_map(|category| {
                    candidates.iter().find(|candidate| self.category(candidate) == Some(*category))
                })
                .map(|candidate| (*candidate, &version.rule)),
            _ => None,
        })
    }

    /// A candidate with an order of its own, where only groups stand before it that it does not give way to.
    fn with_own_order<'g>(&self, candidates: &[&'g str]) -> Option<&'g str> {
        self.priority.iter().find_map(|version| {
            let Priority::Yields(yields) = &version.value else { return None };
            let at = candidates.iter().position(|group| yields.groups.iter().any(|known| known == group))?;
            let passes = |group: &&str| yields.but_not_to.iter().any(|known| known == group);
            candidates.get(..at)?.iter().all(passes).then(|| candidates.get(at).copied()).flatten()
        })
    }

    /// The rule that gives a group an order of its own.
    fn own_order(&self, group: &str) -> Option<&'r RuleRef> {
        self.priority.iter().find_map(|version| match &version.value {
            Priority::Yields(yields) if !yields.but_not_to.is_empty() => {
                yields.groups.iter().any(|known| known == group).then_some(&version.rule)
            }
            _ => None,
        })
    }

    fn category(&self, group: &str) -> Option<u8> {
        let terms = self.rules.group(group)?.terms.at(self.payment.paid_on).ok()?;
        Some(terms.value.category)
    }

    /// Among several supported categories the one with the highest support; of equal ones the first in order.
    fn highest_support<'g>(
        &self,
        group: &str,
        candidates: &[&'g str],
    ) -> Result<Option<(&'g str, &'r RuleRef)>, EngineError> {
        let Some((supported, rule)) = self.supported_with(group) else { return Ok(None) };
        let mut best: Option<(&'g str, Share)> = None;
        for candidate in candidates.iter().filter(|one| supported.iter().any(|known| known == *one)) {
            let share = self.support(candidate)?;
            if best.is_none_or(|(_, known)| share > known) {
                best = Some((candidate, share));
            }
        }
        let several = candidates.iter().filter(|one| supported.iter().any(|known| known == *one)).count() > 1;
        Ok(best.filter(|_| several).map(|(candidate, _)| (candidate, rule)))
    }

    fn supported_with(&self, group: &str) -> Option<(&'r [String], &'r RuleRef)> {
        self.priority.iter().find_map(|version| match &version.value {
            Priority::HighestSupport(groups) if groups.iter().any(|known| known == group) => {
                Some((groups.as_slice(), &version.rule))
            }
            _ => None,
        })
    }

    /// Support of the state and of the province if the person joined under a group.
    fn support(&self, group: &str) -> Result<Share, EngineError> {
        let known = self.rules.group(group).ok_or_else(|| EngineError::UnknownGroup(group.to_owned()))?;
        let terms = &known.terms.at(self.payment.paid_on)?.value;
        if !matches!(terms.payers, Payers::StateSupported) {
            return Ok(Share::NONE);
        }
        let person = self.person.joining_under(group);
        let Payment { paid_on, province, .. } = self.payment;
        let month = card(self.rules, terms, &person, self.payment)?.from;
        let dates = Dates { day: paid_on, month, number: 0 };
        let places = Whereabouts { home: province, school: person.school.as_deref() };
        Ok(MonthSupport::find(self.rules, &person, terms, places, dates)?.share())
    }

    fn passed_over(
        &self,
        group: &str,
        decided_by: Option<&'r RuleRef>,
        in_force: bool,
    ) -> Result<PassedOver<'r>, EngineError> {
        let why = match (in_force, decided_by) {
            (true, Some(rule)) => match self.supported_with(group) {
                Some((_, highest)) if std::ptr::eq(highest, rule) => {
                    PassedWhy::LowerSupport(self.support(group)?, rule)
                }
                _ => PassedWhy::Later(rule),
            },
            _ => PassedWhy::NotInForce,
        };
        Ok(PassedOver { group: group.to_owned(), why })
    }
}
