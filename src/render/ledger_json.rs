//! Sổ thu – nợ dạng JSON: stable keys, whole đồng as integers.

use serde_json::{Value as Json, json};

use super::report::{percent_json, rules_json};
use crate::engine::ledger::debts::{Age, DebtOf};
use crate::engine::ledger::settlement::Settled;
use crate::engine::ledger::totals::Sum;
use crate::engine::ledger::{Ledger, Mismatch, fund_key};
use crate::rulebook::Rulebook;
use crate::terms::percent::Percent;
use crate::terms::settlement_period::SettlementPeriod;

/// The result of the command.
pub fn result(ledger: &Ledger, rules: &Rulebook) -> Json {
    let totals = &ledger.totals;
    let period = |(period, sum): &(Option<SettlementPeriod>, Sum)| named_sum("period", period, sum);
    json!({
        "as_of": ledger.terms.as_of.map(|day| day.to_string()),
        "units": ledger.accounts.len(),
        "opening": totals.all.opening,
        "due": totals.all.due,
        "adjusted": totals.all.adjusted,
        "to_collect": totals.all.to_collect(),
        "paid": totals.all.paid,
        "allocated": totals.all.allocated,
        "unexplained": totals.all.unexplained,
        "closing": totals.all.closing,
        "short": totals.short,
        "over": totals.over,
        "rate": percent_json(totals.all.rate()),
        "rate_of_due": percent_json(totals.all.rate_of_due()),
        "charge": totals.charge,
        "charge_undecided": totals.undecided,
        "evasion_if_reminded": totals.evasion,
        "ages": Age::ALL.iter().zip(totals.ages).map(|(age, (amount, units))| json!({
            "age": age.key(), "amount": amount, "units": units,
        })).collect::<Vec<_>>(),
        "years": totals.years.iter().map(|(year, sum)| named_sum("year", year, sum)).collect::<Vec<_>>(),
        "periods": totals.periods.iter().map(period).collect::<Vec<_>>(),
        "accounts": ledger.accounts.iter().map(account).collect::<Vec<_>>(),
        "mismatches": ledger.mismatches.iter().map(mismatch).collect::<Vec<_>>(),
        "rules": rules_json(&ledger.rules, rules),
    })
}

fn named_sum(name: &str, value: &impl serde::Serialize, sum: &Sum) -> Json {
    json!({
        name: value,
        "opening": sum.opening,
        "due": sum.due,
        "adjusted": sum.adjusted,
        "to_collect": sum.to_collect(),
        "paid": sum.paid,
        "allocated": sum.allocated,
        "closing": sum.closing,
        "rate": percent_json(sum.rate()),
        "rate_of_due": percent_json(sum.rate_of_due()),
    })
}

fn account(settled: &Settled) -> Json {
    let closing = settled.balance();
    let due = settled.lines.last().map(|line| line.due).unwrap_or_default();
    let ratio = Percent::of(i128::from(closing.hundredths()), i128::from(due.hundredths()));
    let debt = |of: DebtOf| match of {
        DebtOf::CarriedOver => json!("carried-over"),
        DebtOf::Unnamed => Json::Null,
        DebtOf::Period(period) => json!(period),
    };
    json!({
        "unit": settled.key.unit,
        "name": settled.name,
        "fund": fund_key(settled.key.fund),
        "closing": closing,
        "credit": settled.credit,
        "closing_of_due": percent_json(ratio),
        "charge": settled.charge,
        "charge_undecided": settled.undecided,
        "evasion_if_reminded": settled.evasion,
        "debts": settled.open.iter().map(|open| json!({"period": debt(open.of), "amount": open.left})).collect::<Vec<_>>(),
        "ages": Age::ALL.iter().zip(settled.ages).filter(|(_, amount)| !amount.is_zero()).map(|(age, amount)| {
            json!({"age": age.key(), "amount": amount})
        }).collect::<Vec<_>>(),
        "lines": settled.lines,
    })
}

fn mismatch(found: &Mismatch) -> Json {
    json!({
        "kind": found.kind,
        "unit": found.key.unit,
        "fund": fund_key(found.key.fund),
        "period": found.period,
        "stated": found.stated,
        "computed": found.computed,
        "difference": found.stated.checked_sub(found.computed),
    })
}
