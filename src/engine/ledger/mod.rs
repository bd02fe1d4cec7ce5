//! Sổ thu – nợ: what units owe, pay and carry over, period by period; which debts a payment meets, how late it comes.
//!
//! [`account`] holds what the tables say of a unit, [`debts`] what is open of it, [`settlement`] takes a unit through
//! its periods, [`totals`] adds units up, [`division`] compares how a payment was divided among the funds.

pub mod account;
pub mod debts;
pub mod division;
pub mod settlement;
pub mod totals;

use chrono::NaiveDate;

pub use self::account::{Account, Key, Mismatch, MismatchKind, PeriodEntry};
use self::settlement::RulesUsed;
pub use self::settlement::{LedgerTerms, Settled};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::problem::Problem;

/// Sổ đã lập.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// How it was made.
    pub terms: LedgerTerms,
    /// Every unit, in the order of the codes.
    pub accounts: Vec<Settled>,
    /// All units together.
    pub totals: totals::Totals,
    /// What does not agree.
    pub mismatches: Vec<Mismatch>,
    /// Rules it rests on, each with the first day it was asked for.
    pub rules: Vec<(RuleRef, NaiveDate)>,
    /// What the engine said of single charges, once each.
    pub notices: Vec<Problem>,
}

/// Lập sổ cho mọi đơn vị.
///
/// # Errors
/// [`EngineError`] where a rule is missing that the ages need, amounts are too large, or the accounts are not conserved.
pub fn settle(
    rules: &Rulebook,
    accounts: Vec<Account>,
    terms: LedgerTerms,
    found: Vec<Mismatch>,
) -> Result<Ledger, EngineError> {
    let periods = totals::periods(&accounts);
    let mut used = RulesUsed::default();
    let mut mismatches = found;
    let mut settled = Vec::with_capacity(accounts.len());
    for account in accounts {
        settled.push(settlement::settle(rules, account, &periods, terms, &mut mismatches, &mut used)?);
    }
    mismatches.sort_by(|a, b| (&a.key, a.period, a.kind).cmp(&(&b.key, b.period, b.kind)));
    let totals = totals::add_up(&settled, &periods)?;
    totals.check(&settled).map_err(EngineError::Internal)?;
    Ok(Ledger { terms, accounts: settled, totals, mismatches, rules: used.rules, notices: used.notices })
}

/// A fund as a key of results.
pub fn fund_key(fund: Option<InsuranceFund>) -> Option<&'static str> {
    fund.map(InsuranceFund::key)
}
