//! Kết quả thanh toán dạng JSON: the `result` of `bhyt claim`; amounts are strings, since they may carry decimals.

use serde_json::{Value as Json, json};

use super::json::{AmountsView, Plain};
use super::pages::claim::rounded;
use crate::case::claim::{ClaimCase, Copaid, Costs, VisitFacts, visit_facts};
use crate::engine::claim::reimbursement::{ItemAmounts, LineOutcome, Reimbursement};
use crate::engine::claim::year::YearTotal;
use crate::engine::extra::Extra;
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;

/// The figures of a claim.
pub fn result(outcome: &Reimbursement, rules: &Rulebook) -> Json {
    let mut out = json!({
        "benefit_level": outcome.benefit_level,
        "network_rate": outcome.network_rate,
        "network_rule": outcome.network_rule,
        "relief": outcome.relief.map_or("none", Listed::key),
    });
    extend(&mut out, money(&outcome.total));
    let ceiling = outcome.ceiling.map(|state| {
        json!({
            "year": state.year,
            "limit": state.limit.to_string(),
            "paid_before": state.paid_before.to_string(),
            "left_before": state.left_before.to_string(),
            "left_after": state.left_after.to_string(),
            "five_years": state.five_years,
        })
    });
    extend(
        &mut out,
        json!({
            "direct_payment": outcome.direct_payment.to_string(),
            "employer_refund": outcome.employer_refund.map(|refund| refund.to_string()),
            "facility_deduction": outcome.facility_deduction.to_string(),
            "booking_year": outcome.beside.booking_year,
            "state_budget": sum(&outcome.beside.state_budget),
            "state_budget_parts": extras(&outcome.beside.state_budget),
            "local_support": sum(&outcome.beside.local_support),
            "local_support_parts": extras(&outcome.beside.local_support),
            "counted_copayment": outcome.counted_copayment.to_string(),
            "annual_ceiling": ceiling,
            "bill": money(&rounded(outcome, rules)),
            "governed_by": outcome.governed_by.to_string(),
            "lines": outcome.lines.iter().map(line).collect::<Vec<_>>(),
        }),
    );
    out
}

fn sum(extras: &[Extra]) -> String {
    extras.iter().map(|extra| extra.amount).sum::<Vnd>().to_string()
}

/// What is paid beside the fund's part, by part.
pub fn extras(extras: &[Extra]) -> Json {
    extras.iter().map(|extra| json!({"of": extra.part.key(), "amount": extra.amount.to_string()})).collect()
}

/// Totals of a year.
pub fn year(year: &YearTotal) -> Json {
    json!({
        "year": year.year,
        "fund_payment": year.fund.to_string(),
        "copayment": year.copayment.to_string(),
        "counted_copayment": year.counted.to_string(),
        "passed_on": year.passed_on.map(|day| day.to_string()),
        "exempt_until": year.passed_on.map(|_| format!("{}-12-31", year.year)),
        "due_back": year.due_back.to_string(),
    })
}

fn line(line: &LineOutcome) -> Json {
    let mut out = json!({
        "line": line.line,
        "kind": line.kind.key(),
        "name": line.name,
        "from": line.from.to_string(),
        "until": line.until.to_string(),
        "group": line.group,
        "quantity": line.quantity.to_string(),
        "price": line.price.to_string(),
        "insured_price": line.insured_price.to_string(),
        "service_ratio": line.service_ratio,
        "list_ratio": line.list_ratio,
        "benefit_level": line.level,
        "benefit_share": line.benefit_share,
        "package": line.package,
        "before_card": line.before_card,
    });
    extend(&mut out, money(&line.amounts));
    out
}

fn money(amounts: &ItemAmounts) -> Json {
    json!(AmountsView {
        hospital_cost: Plain(amounts.hospital),
        covered_cost: Plain(amounts.covered),
        fund_payment: Plain(amounts.fund),
        copayment: Plain(amounts.copayment),
        own_payment: Plain(amounts.own),
        other_source: Plain(amounts.other),
    })
}

fn extend(out: &mut Json, more: Json) {
    if let (Json::Object(out), Json::Object(more)) = (out, more) {
        out.extend(more);
    }
}

/// What was understood of the input, defaults filled in.
pub fn input(case: &ClaimCase) -> Json {
    let visit = &case.visit;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let time = |time: Option<chrono::NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
    let copayments = match &case.copaid {
        Copaid::ThisYear(sum) => json!({"this_year": sum.to_string()}),
        Copaid::Dated(payments) => payments
            .iter()
            .map(|(date, amount)| json!({"date": date.to_string(), "amount": amount.to_string()}))
            .collect(),
    };
    let costs = match &case.costs {
        Costs::Lines(lines) => json!({"lines": lines.len()}),
        Costs::Totals { hospital, covered, other } => json!({
            "hospital_cost": hospital.to_string(),
            "covered_cost": covered.to_string(),
            "other_source": other.to_string(),
        }),
    };
    let mut out = json!({
        "cards": case.cards.iter().map(|card| json!({
            "group": card.group,
            "valid_from": day(card.from),
            "valid_until": day(card.until),
            "entitled_from": day(card.entitled_from),
        })).collect::<Vec<_>>(),
        "card_digit": case.card_digit,
        "born": day(case.born),
        "admitted": case.admitted.to_string(),
        "discharged": case.discharged.to_string(),
        "visit_code": visit.code,
        "route": visit.route.map(Listed::key),
        "setting": visit.setting.map(Listed::key),
        "care_level": visit.care_level.map(Listed::key),
        "former_tier": visit.former_tier.map(Listed::key),
        "points": visit.points,
        "class": visit.class.map(Listed::key),
        "residence": visit.residence.map(Listed::key),
        "disease_list": visit.disease_list.map(Listed::key),
        "same_province": visit.same_province,
        "listed_initial": visit.listed_initial,
        "regional_polyclinic": visit.regional_polyclinic,
        "private": visit.private,
        "registered_level": visit.registered_level.map(Listed::key),
        "border": visit.border,
        "referred_after_self_referral": visit.referred_after_self_referral,
        "referral_reason": visit.referral_reason.map(Listed::key),
        "admitted_at": time(case.admitted_at),
        "discharged_at": time(case.discharged_at),
        "outcome": case.outcome.map(Listed::key),
        "beds": if case.counts_beds { Some("count") } else { None },
        "card_shown": case.card_shown.map(|shown| match shown.time {
            Some(time) => format!("{} {}", shown.day, time.format("%H:%M")),
            None => shown.day.to_string(),
        }),
        "employer_arrears": case.employer_arrears,
        "own_purchase": case.own_purchase,
        "drugs_ordered_above": visit.drugs_ordered_above,
        "five_years_since": day(case.five_years_since),
        "exempt_from": day(case.exempt_from),
        "copayments": copayments,
        "no_ratio": case.no_ratio,
        "aid_kind": case.aid.key(),
        "direct_payment": case.direct.map(Listed::key),
        "readings": case.readings.iter().map(|reading| reading.key()).collect::<Vec<_>>(),
        "costs": costs,
    });
    let beside = json!({
        "contract_renewed": case.beside.contract_renewed,
        "meal_difference_a_day": case.beside.meal_difference_a_day.map(|amount| amount.to_string()),
        "meal_days": case.beside.meal_days,
        "patient_support": case.beside.support,
        "patient_support_rate": case.beside.support_rate,
    });
    extend(&mut out, beside);
    if let Json::Object(out) = &mut out {
        // A fact that has no place of its own above stands behind the others.
        for (key, value) in facts_of(visit) {
            out.entry(key).or_insert(value);
        }
    }
    out
}

macro_rules! fact_json {
    (text $fact:expr) => {
        json!($fact)
    };
    (points $fact:expr) => {
        json!($fact)
    };
    (known $fact:expr) => {
        json!($fact)
    };
    (flag $fact:expr) => {
        json!($fact)
    };
    ($listed:ident $fact:expr) => {
        json!($fact.map(Listed::key))
    };
}

macro_rules! facts_by_key {
    ($($(#[$doc:meta])* $field:ident: $kind:ident = $key:literal [$($heading:literal),*],)*) => {
        /// Every fact about the facility and the way to it, by its key: none can be forgotten.
        fn facts_of(visit: &VisitFacts) -> Vec<(String, Json)> {
            vec![$(($key.replace('-', "_"), fact_json!($kind visit.$field))),*]
        }
    };
}
visit_facts!(facts_by_key);
