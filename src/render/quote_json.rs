//! Báo mức đóng dạng JSON: the `result` of `bhyt quote`.

use serde_json::{Value as Json, json};

use crate::case::quote::QuoteCase;
use crate::engine::premium::quote::{MemberPremium, PayerShare, Quote};
use crate::rulebook::Rulebook;
use crate::terms::listed::Listed;

/// The figures of a quote.
pub fn result(quote: &Quote) -> Json {
    json!({
        "from": quote.from.to_string(),
        "until": quote.until.to_string(),
        "months": quote.months,
        "paid_on": quote.paid_on.to_string(),
        "members": quote.members.iter().map(member).collect::<Vec<_>>(),
        "total": quote.total,
        "payable": quote.payable,
        "alternatives": quote.alternatives.iter().map(|alternative| json!({
            "months": alternative.months,
            "total": alternative.total,
            "payable": alternative.payable,
        })).collect::<Vec<_>>(),
    })
}

fn member(member: &MemberPremium) -> Json {
    json!({
        "rank": member.rank,
        "name": member.name,
        "group": member.group,
        "code": member.code,
        "ladder_step": member.ladder_step,
        "from": member.from.to_string(),
        "until": member.until.to_string(),
        "months": member.months,
        "paid_on": member.paid_on.to_string(),
        "premium": member.premium,
        "shares": member.shares.iter().map(share).collect::<Vec<_>>(),
    })
}

/// One payer's part of a premium.
pub fn share(share: &PayerShare) -> Json {
    json!({
        "payer": share.payer.key(),
        "amount": share.amount,
        "share": share.share,
        "basis": share.rule.rule,
    })
}

/// Which place was understood.
fn place(id: &str, rules: &Rulebook) -> Json {
    let [vi, en] = rules.place_name(id);
    json!({"id": id, "name_vi": vi, "name_en": en, "merged_into": rules.merged_into(id).map(|(unit, _)| unit)})
}

/// What was understood of the input, defaults filled in.
pub fn input(case: &QuoteCase, rules: &Rulebook) -> Json {
    json!({
        "paid_on": case.paid_on.to_string(),
        "from": case.from.map(|day| day.to_string()),
        "until": case.until.map(|day| day.to_string()),
        "months": case.months,
        "province": case.province,
        "place": case.province.as_deref().map(|id| place(id, rules)),
        "already": case.already,
        "members": case.members.iter().map(|member| json!({
            "name": member.name,
            "group": member.group,
            "also": member.also,
            "school_province": member.school,
            "born": member.born.map(|day| day.to_string()),
            "salary": member.salary,
            "paid_on": member.own.paid_on.map(|day| day.to_string()),
            "from": member.own.from.map(|day| day.to_string()),
            "months": member.own.months,
            "until": member.own.until.map(|day| day.to_string()),
            "tags": member.circumstances.iter().map(|known| match known.date {
                Some(day) => format!("{}={day}", known.tag),
                None => known.tag.clone(),
            }).collect::<Vec<_>>(),
            "contracts": member.contracts.iter().map(|contract| json!({
                "salary": contract.salary,
                "months": contract.months,
                "signed": contract.signed.map(|day| day.to_string()),
                "compulsory_insurance": contract.compulsory_insurance,
            })).collect::<Vec<_>>(),
            "special_months": member.special.iter().map(|span| json!({
                "kind": span.kind,
                "from": span.from.map(|day| day.to_string()),
                "months": span.months,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
