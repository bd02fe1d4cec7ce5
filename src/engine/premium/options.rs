//! Phương án đóng hợp pháp: joining with support against joining as a household member, and which is cheaper.

use chrono::NaiveDate;

use super::Payment;
use super::category::{JoinedCategory, joining};
use super::quote::{PayerShare, Quote, quote};
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::GroupTerms;
use crate::rulebook::priority::{Choice, Priority};
use crate::terms::citation::RuleRef;
use crate::terms::group::PremiumBasis;
use crate::terms::number::{Share, Vnd};
use crate::terms::period::age_on;
use crate::terms::problem::Code;

/// Một phương án đóng.
#[derive(Debug, Clone)]
pub struct JoiningOption {
    /// Id of the group.
    pub group: String,
    /// Card code, or the id.
    pub code: String,
    /// Vietnamese and English name of the group.
    pub name: [String; 2],
    /// Thứ tự trong hộ, for the household form.
    pub rank: Option<u32>,
    /// First day of cover.
    pub from: NaiveDate,
    /// The premium of the period.
    pub premium: Vnd,
    /// What the person pays.
    pub payable: Vnd,
    /// Who pays what.
    pub shares: Vec<PayerShare>,
    /// Mức hưởng, where it is recorded.
    pub level: Option<Share>,
    /// What allows it, or what keeps it from being allowed.
    pub standing: OptionStanding,
    /// A local percentage was not found, so the figures may be too high.
    pub uncertain: bool,
    /// The cheapest of the lawful options.
    pub cheapest: bool,
}

/// Vì sao được hoặc không được chọn một phương án.
#[derive(Debug, Clone)]
pub enum OptionStanding {
    /// The category under which the person joins.
    Joined,
    /// The law leaves the choice.
    Chosen(RuleRef),
    /// The law does not offer the choice: the article that lists who has it.
    NotOffered(Option<RuleRef>),
}

impl OptionStanding {
    /// True when the person may pay this way.
    pub const fn is_lawful(&self) -> bool {
        matches!(self, OptionStanding::Joined | OptionStanding::Chosen(_))
    }
}

/// Các phương án của một người.
#[derive(Debug, Clone, Default)]
pub struct PersonOptions {
    /// The options, the category under which the person joins first.
    pub options: Vec<JoiningOption>,
    /// The first rank from which the household form costs the person less, where it is lawful.
    pub break_even_rank: Option<u32>,
}

/// So sánh các phương án của một người thuộc nhóm được hỗ trợ hoặc tự đóng.
///
/// # Errors
/// Those of [`quote`]; a household form that the recorded law cannot compute is left out.
pub fn options(
    rules: &Rulebook,
    person: &Enrollee,
    payment: Payment<'_>,
    rank: u32,
) -> Result<PersonOptions, EngineError> {
    let joining = joining(rules, person, payment)?;
    let case = |person: Enrollee, already: u32| QuoteCase {
        paid_on: payment.paid_on,
        from: payment.from,
        months: payment.months,
        until: None,
        province: payment.province.map(str::to_owned),
        already,
        members: vec![person],
    };
    let mut joined = person.joining_under(&joining.group);
    joined.also.clear();
    let own_rank = rank.saturating_sub(1);
    let mut own = option(rules, &case(person.clone(), own_rank), OptionStanding::Joined)?;
    // The level is that of the best category a person has, whichever of them pays.
    let held: Vec<&str> = std::iter::once(&person.group).chain(&person.also).map(String::as_str).collect();
    own.level = level(rules, &held, person.born, own.from);
    let is_household = own.rank.is_some();
    let mut found = vec![own];
    let mut break_even_rank = None;
    let other = household_form(rules, payment.paid_on).filter(|_| !is_household);
    if let Some((household, standing)) = other.zip(household_standing(rules, &joining, payment)) {
        let form = |rank: u32| {
            let person = Enrollee { group: household.to_owned(), ..joined.clone() };
            option(rules, &case(person, rank.saturating_sub(1)), standing.clone())
        };
        if let Ok(mut option) = form(rank) {
            option.level = level(rules, &[household], person.born, option.from);
            if standing.is_lawful() {
                break_even_rank = first_cheaper_rank(rules, payment, found[0].payable, &form);
            }
            found.push(option);
        }
    }
    mark_cheapest(&mut found);
    Ok(PersonOptions { options: found, break_even_rank })
}

/// The group whose premium falls with the rank.
fn household_form(rules: &Rulebook, day: NaiveDate) -> Option<&str> {
    let on_ladder = |terms: &GroupTerms| terms.basis == PremiumBasis::HouseholdLadder;
    let found =
        rules.groups().iter().find(|group| group.terms.at(day).is_ok_and(|terms| on_ladder(&terms.value)));
    found.map(|group| group.id.as_str())
}

/// Whether the household form is a choice, refused, or no question for the category.
fn household_standing(
    rules: &Rulebook,
    joining: &JoinedCategory<'_>,
    payment: Payment<'_>,
) -> Option<OptionStanding> {
    if let Some((_, rule)) = joining.choice {
        return Some(OptionStanding::Chosen(rule.clone()));
    }
    let terms = rules.group(&joining.group)?.terms.at(payment.paid_on).ok()?;
    if !terms.value.payers.is_state_supported() {
        return None;
    }
    let priority = rules.category_priority.at(payment.paid_on).unwrap_or_default();
    let listing = priority.iter().find(|version| {
        matches!(&version.value, Priority::Choice(choice) if names_supported_group(rules, choice, payment))
    });
    Some(OptionStanding::NotOffered(listing.map(|version| version.rule.clone())))
}

/// Whether a choice is one between support and the household form.
fn names_supported_group(rules: &Rulebook, choice: &Choice, payment: Payment<'_>) -> bool {
    choice.groups.iter().filter_map(|group| rules.group(group)).any(|group| {
        group.terms.at(payment.paid_on).is_ok_and(|terms| terms.value.payers.is_state_supported())
    })
}

fn option(
    rules: &Rulebook,
    case: &QuoteCase,
    standing: OptionStanding,
) -> Result<JoiningOption, EngineError> {
    let outcome = quote(rules, case)?;
    let uncertain = is_uncertain(&outcome);
    let payable = outcome.payable;
    let member = outcome
        .members
        .into_iter()
        .next()
        .ok_or_else(|| EngineError::Internal("an option without a member".to_owned()))?;
    Ok(JoiningOption {
        group: member.group,
        code: member.code,
        name: [member.group_vi, member.group_en],
        rank: member.rank,
        from: member.from,
        premium: member.premium,
        payable,
        shares: member.shares,
        level: None,
        standing,
        uncertain,
        cheapest: false,
    })
}

fn is_uncertain(outcome: &Quote) -> bool {
    outcome.notices.iter().any(|notice| notice.code == Code::LocalUnrecorded)
}

/// The first rank at which the household form costs less than a payment.
fn first_cheaper_rank(
    rules: &Rulebook,
    payment: Payment<'_>,
    payable: Vnd,
    form: &impl Fn(u32) -> Result<JoiningOption, EngineError>,
) -> Option<u32> {
    let steps = rules.household_ladder.at(payment.paid_on).ok()?.value.steps.len();
    let last = u32::try_from(steps).ok()?;
    (1..=last).find(|rank| form(*rank).is_ok_and(|option| option.payable < payable))
}

/// Mức hưởng của các đối tượng: the highest of their levels on a day (art. 22.2 of the Law), where it is recorded.
fn level(rules: &Rulebook, groups: &[&str], born: Option<NaiveDate>, day: NaiveDate) -> Option<Share> {
    let levels = &rules.benefit.levels.at(day).ok()?.value;
    let of = |group: &&str| {
        let (level, aged) = levels.of(group)?;
        let reached = |age: u32| born.is_some_and(|born| age_on(born, day) >= age.cast_signed());
        Some(aged.filter(|aged| reached(aged.age)).map_or(level, |aged| aged.level.max(level)))
    };
    groups.iter().filter_map(of).max()
}

/// Marks the lawful option that costs the person least; of equal ones the higher level, then the first.
fn mark_cheapest(options: &mut [JoiningOption]) {
    let lawful = |option: &&JoiningOption| option.standing.is_lawful();
    let best =
        options.iter().filter(lawful).map(|option| (option.payable, std::cmp::Reverse(option.level))).min();
    if let Some(best) = best
        && let Some(found) = options.iter_mut().find(|option| {
            option.standing.is_lawful() && (option.payable, std::cmp::Reverse(option.level)) == best
        })
    {
        found.cheapest = true;
    }
}
