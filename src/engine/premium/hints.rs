//! Điều cần xem lại: facts of a person that do not fit the group, the card or the months asked for.
//!
//! Nothing here changes an amount. Categories, first days and months are the user's to say; these are the places
//! where the law names a limit that what was said lies beyond.

use chrono::NaiveDate;

use super::card::{CardTerm, child_card_end, start, waits};

use super::within_reach::{WithinReach, within_reach};
use super::{PayerPart, Payment, Plan};
use crate::case::quote::{Enrollee, tag};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::CardByDecision;
use crate::terms::group::{Payer, PremiumBasis};
use crate::terms::number::{Overflow, Share};
use crate::terms::period::{last_day_of_cover, month_of_cover};
use crate::terms::problem::{Code, Problem};

/// Những điều cần xem lại của một người.
///
/// # Errors
/// [`EngineError`] at the end of the calendar, or where a base is not recorded.
pub fn hints(
    rules: &Rulebook,
    person: &Enrollee,
    plan: &Plan<'_>,
    payment: Payment<'_>,
) -> Result<Vec<Problem>, EngineError> {
    let mut hints = near_support(rules, person, plan, payment);
    hints.extend(undated(person));
    hints.extend(salary_below_least(rules, person, plan)?);
    match child_paid_until(person, plan)? {
        Some(hint) => hints.push(hint),
        None => hints.extend(paid_beyond_card(plan)),
    }
    if starts_by_decision(plan) {
        let assumed = payment.from.is_none();
        hints.extend(assumed.then(|| Problem::new(Code::CardByDecision).with("date", plan.card.from)));
    } else {
        hints.extend(before_first_day(rules, person, plan, payment)?);
    }
    Ok(hints)
}

/// Hỗ trợ trong tầm tay: the largest that the place would add if one more thing were said.
fn near_support(rules: &Rulebook, person: &Enrollee, plan: &Plan<'_>, payment: Payment<'_>) -> Vec<Problem> {
    const MOST: usize = 3;
    let reach = within_reach(rules, person, plan, payment);
    let hint = |near: &WithinReach<'_>| {
        Problem::new(Code::SupportWithinReach)
            .with("name_vi", &near.pack.header.name_vi)
            .with("name_en", &near.pack.header.name_en)
            .with("who_vi", &near.policy.name_vi)
            .with("who_en", &near.policy.name_en)
            .with("share", near.share)
            .with("add", near.add())
    };
    let mut hints: Vec<Problem> = reach.iter().take(MOST).map(hint).collect();
    if reach.len() > MOST {
        let place = payment.province.or(person.school.as_deref()).unwrap_or_default();
        let more = Problem::new(Code::MoreSupportWithinReach).with("count", reach.len() - MOST);
        hints.push(more.with("place", place));
    }
    hints
}

/// A day is what these circumstances are about.
fn undated(person: &Enrollee) -> Vec<Problem> {
    let undated = |name: &&&str| person.circumstance(name).is_some_and(|known| known.date.is_none());
    let follows = person.circumstance(tag::PREVIOUS_CARD).is_some_and(|known| known.date.is_some());
    let names = if follows {
        &[tag::FINAL_YEAR][..]
    } else {
        &[tag::PREVIOUS_CARD, tag::FIRST_YEAR, tag::FINAL_YEAR]
    };
    names.iter().filter(undated).map(|name| Problem::new(Code::TagWithoutDate).with("tag", name)).collect()
}

/// Tiền lương thấp hơn mức thấp nhất làm căn cứ đóng bảo hiểm xã hội bắt buộc.
fn salary_below_least(
    rules: &Rulebook,
    person: &Enrollee,
    plan: &Plan<'_>,
) -> Result<Option<Problem>, EngineError> {
    let Some(salary) = person.salary else { return Ok(None) };
    // Who pays alone and ahead has a level that is judged when it is paid.
    for segment in &plan.segments {
        let terms = &segment.terms.value;
        if terms.basis != PremiumBasis::Salary {
            continue;
        }
        let day = if terms.payers.is_person_alone() { plan.paid_on } else { segment.day };
        let limits = rules.salary_cap.at(day)?.value;
        let Some(least) = limits.least_times else { continue };
        let amount = least.of(rules.base(limits.of, day)?.0.exact())?;
        if salary.exact().compare(amount)?.is_lt() {
            let least = amount.round(plan.rounding.value.rounding)?;
            return Ok(Some(
                Problem::new(Code::SalaryBelowLeast).with("amount", salary).with("least", least).with(
                    "part_time",
                    if terms.payers.is_person_alone() { "" } else { plan.group.id.as_str() },
                ),
            ));
        }
    }
    Ok(None)
}

/// Ngân sách đóng cho trẻ đến ngày đủ tháng tuổi, while the months asked for go on.
fn child_paid_until(person: &Enrollee, plan: &Plan<'_>) -> Result<Option<Problem>, EngineError> {
    let Some(born) = person.born.filter(|_| plan.terms.value.until_child_months) else { return Ok(None) };
    let age = plan.card.validity.value.child_months;
    let reached = month_of_cover(born, age).ok_or(Overflow)?;
    let full = last_day_of_cover(plan.card.from, plan.card.months).ok_or(Overflow)?;
    let card_end = child_card_end(&plan.card.validity.value, born);
    if full < reached {
        return Ok(None);
    }
    Ok(Some(
        Problem::new(Code::ChildPaidUntil)
            .with("age", age)
            .with("date", reached)
            .with("fit", months_begun(plan.card.from, plan.card.months, |day| day < reached))
            .with("months", plan.card.months)
            .with("until", card_end.map(|day| day.to_string()).unwrap_or_default()),
    ))
}

/// Thẻ hết hạn trước khi hết số tháng đã đóng: some of the months begin after its end.
fn paid_beyond_card(plan: &Plan<'_>) -> Option<Problem> {
    let CardTerm { from, until, months, .. } = plan.card;
    let fit = months_begun(from, months, |day| day <= until);
    (fit < months as usize).then(|| {
        Problem::new(Code::PaidBeyondCard).with("months", months).with("date", until).with("fit", fit)
    })
}

/// How many of the months begin on a day that counts.
fn months_begun(from: NaiveDate, months: u32, counts: impl Fn(NaiveDate) -> bool) -> usize {
    (0..months).filter_map(|month| month_of_cover(from, month)).filter(|day| counts(*day)).count()
}

/// Thẻ có giá trị từ ngày ghi trong quyết định, which only the user knows.
fn starts_by_decision(plan: &Plan<'_>) -> bool {
    let CardByDecision { groups, when_paid_for } = &plan.card.validity.value.by_decision;
    let whole = |part: &PayerPart<'_>| part.payer == Payer::State && part.share == Share::WHOLE;
    let paid_for = || plan.segments.first().is_some_and(|segment| segment.parts.iter().any(whole));
    groups.contains(&plan.group.id) || (when_paid_for.contains(&plan.group.id) && paid_for())
}

/// Ngày đầu do người dùng ghi sớm hơn ngày mà luật cho.
fn before_first_day(
    rules: &Rulebook,
    person: &Enrollee,
    plan: &Plan<'_>,
    payment: Payment<'_>,
) -> Result<Option<Problem>, EngineError> {
    let validity = &plan.card.validity.value;
    let waits = waits(validity, &plan.terms.value, person);
    let Some(wanted) = payment.from.filter(|_| waits) else { return Ok(None) };
    let lawful = start(rules, validity, &plan.terms.value, person, payment, &mut Vec::new())?.day;
    Ok((wanted < lawful)
        .then(|| Problem::new(Code::FirstDayAsGiven).with("date", wanted).with("lawful", lawful)))
}
