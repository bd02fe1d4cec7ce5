//! Xác định người đóng: category and contract settled before a premium is computed.

use std::borrow::Cow;

use super::Payment;
use super::category::{JoinedCategory, joining};
use super::contracts::{ChosenContract, choose};
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::Payers;
use crate::rulebook::priority::Priority;
use crate::terms::group::{Payer, PremiumBasis};
use crate::terms::problem::{Code, Problem};

/// Người đóng với đối tượng và hợp đồng đã xác định.
#[derive(Debug, Clone)]
pub struct Enrolled<'r, 'c> {
    /// The person, joining under one group with one salary.
    pub person: Cow<'c, Enrollee>,
    /// How the group was found.
    pub joining: JoinedCategory<'r>,
    /// The contract that pays, where there are several.
    pub contract: Option<ChosenContract<'r>>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Xác định đối tượng và hợp đồng của một người.
///
/// # Errors
/// Those of [`joining`] and [`choose`].
pub fn enrol<'r, 'c>(
    rules: &'r Rulebook,
    person: &'c Enrollee,
    payment: Payment<'_>,
) -> Result<Enrolled<'r, 'c>, EngineError> {
    let joining = joining(rules, person, payment)?;
    let mut notices = Vec::new();
    let mut enrolled = Cow::Borrowed(person);
    if !person.also.is_empty() {
        enrolled = Cow::Owned(person.joining_under(&joining.group));
        let rule = joining.decided_by.map(|rule| rule.rule.clone()).unwrap_or_default();
        notices.push(Problem::new(Code::CategoryChosen).with("group", &joining.group).with("rule", rule));
        if beside_a_contract(rules, &joining, payment) {
            notices.push(Problem::new(Code::OrderByLetter).with("group", &joining.group));
        }
        let named = |form: &str| person.group == form || person.also.iter().any(|group| group == form);
        if joining.choice.is_some_and(|(form, _)| named(form)) {
            notices.push(Problem::new(Code::HouseholdFormPossible).with("group", &joining.group));
        }
    }
    let contract = choose(rules, &enrolled, payment.paid_on)?;
    if let Some(chosen) = &contract {
        enrolled.to_mut().salary = Some(chosen.salary);
        let code = if chosen.by_signature { Code::ContractBySignature } else { Code::ContractChosen };
        notices.push(
            Problem::new(code)
                .with("number", chosen.number)
                .with("amount", chosen.salary)
                .with("rule", &chosen.rule.rule),
        );
    }
    Ok(Enrolled { person: enrolled, joining, contract, notices })
}

/// Whether a group whose employer pays on a salary was preferred to one with an order of its own: the letter of the Law may
/// say otherwise, but no practice is known.
fn beside_a_contract(rules: &Rulebook, joining: &JoinedCategory<'_>, payment: Payment<'_>) -> bool {
    let terms = rules.group(&joining.group).and_then(|group| group.terms.at(payment.paid_on).ok());
    let with_employer = terms.is_some_and(|terms| match &terms.value.payers {
        Payers::Shared(shares) => {
            let employer = shares.iter().any(|(payer, _)| *payer == Payer::Employer);
            employer && terms.value.basis == PremiumBasis::Salary
        }
        Payers::StateSupported => false,
    });
    let priority = rules.category_priority.at(payment.paid_on).unwrap_or_default();
    let own_order = |group: &str| {
        priority.iter().any(|version| match &version.value {
            Priority::Yields(yields) => yields.groups.iter().any(|known| known == group),
            _ => false,
        })
    };
    with_employer && joining.others.iter().any(|other| own_order(&other.group))
}
