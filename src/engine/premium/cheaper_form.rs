//! Hình thức đóng rẻ hơn, where a person may choose: said beside the quote.

use super::enrolment::Enrolled;
use super::{Payment, plan};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Hình thức hộ gia đình rẻ hơn: the first rank from which the form that a person may choose costs less.
pub(super) fn cheaper_form(
    rules: &Rulebook,
    enrolled: &Enrolled<'_, '_>,
    payment: Payment<'_>,
    own: Vnd,
) -> Option<Problem> {
    let (form, _) = enrolled.joining.choice?;
    let mut person = enrolled.person.joining_under(&enrolled.joining.group);
    person.also.clear();
    form.clone_into(&mut person.group);
    let other = plan(rules, &person, payment).ok()?;
    let steps = rules.household_ladder.at(payment.paid_on).ok()?.value.steps.len();
    let costs = |rank: u32| other.amounts(Some(rank), None).ok().map(|amounts| amounts.of(Payer::Person));
    let rank = (1..=u32::try_from(steps).ok()?).find(|rank| costs(*rank).is_some_and(|cost| cost < own))?;
    let hint = Problem::new(Code::CheaperForm).with("group", &enrolled.joining.group).with("rank", rank);
    Some(hint.with("amount", costs(rank)?).with("own", own))
}
