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

pub use self::account::{Account, Key, PeriodEntry};
pub use self::settlement::Settled;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::terms::citation::RuleRef;
use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::number::Vnd;
use crate::terms::problem::Problem;
use crate::terms::settlement_period::SettlementPeriod;

/// Cách lập sổ.
#[derive(Debug, Clone, Copy)]
pub struct LedgerTerms {
    /// Day on which debts are aged; none where no table says which period it is about.
    pub as_of: Option<NaiveDate>,
    /// Months of the payment cycle: 1, 3 or 6.
    pub cycle: u32,
}

/// Chỗ không khớp: what a table says and what follows from its other cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// What does not agree.
    pub kind: MismatchKind,
    /// Whose account.
    pub key: Key,
    /// In which period, where the table says it.
    pub period: Option<SettlementPeriod>,
    /// What the table says.
    pub stated: Vnd,
    /// What follows from the rest.
    pub computed: Vnd,
}

/// Loại không khớp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MismatchKind {
    /// Closing is not opening + due + adjusted − paid.
    Closing,
    /// The difference is not due − paid.
    Difference,
    /// Opening is not the closing of the period before.
    Opening,
    /// What was paid in the period is not the sum of its payments.
    Paid,
    /// A row is not the sum of its funds, or a part more than its whole.
    Sum,
    /// The payment was divided among the funds in another order.
    Division,
}

impl MismatchKind {
    /// Its name in results.
    pub const fn key(self) -> &'static str {
        match self {
            MismatchKind::Closing => "closing",
            MismatchKind::Difference => "difference",
            MismatchKind::Opening => "opening",
            MismatchKind::Paid => "paid",
            MismatchKind::Sum => "sum",
            MismatchKind::Division => "division",
        }
    }
}

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

/// Những gì đã dùng đến: rules and notices.
#[derive(Debug, Default)]
struct Used {
    rules: Vec<(RuleRef, NaiveDate)>,
    notices: Vec<Problem>,
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
    let mut used = Used::default();
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

/// Notes a rule once, with the first day it was asked for.
fn note(used: &mut Used, rule: &RuleRef, day: NaiveDate) {
    let same = |known: &RuleRef| known.rule == rule.rule && known.effective_from == rule.effective_from;
    if !used.rules.iter().any(|(known, _)| same(known)) {
        used.rules.push((rule.clone(), day));
    }
}

/// Sum, or the error of amounts that are too large.
fn plus(left: Vnd, right: Vnd) -> Result<Vnd, EngineError> {
    left.checked_add(right).ok_or(EngineError::Overflow(crate::terms::number::Overflow))
}

/// Difference, or the error of amounts that are too large.
fn minus(left: Vnd, right: Vnd) -> Result<Vnd, EngineError> {
    left.checked_sub(right).ok_or(EngineError::Overflow(crate::terms::number::Overflow))
}

/// A fund as a key of results.
pub fn fund_key(fund: Option<InsuranceFund>) -> Option<&'static str> {
    fund.map(InsuranceFund::key)
}
