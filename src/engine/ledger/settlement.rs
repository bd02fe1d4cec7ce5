//! Quyết toán một đơn vị: opening, due, adjusted, paid, allocated, closing of every period, and what is late.

use chrono::NaiveDate;

use super::account::{Account, Key, Mismatch, MismatchKind, PeriodEntry};
use super::debts::{Age, DebtOf, Met, OpenDebt, OpenDebts, days_late, minus, plus};
use crate::engine::error::EngineError;
use crate::engine::premium::late::{Lateness, late_charge};
use crate::rulebook::Rulebook;
use crate::rulebook::collection::PaymentDeadline;
use crate::rulebook::timeline::Version;
use crate::terms::citation::RuleRef;
use crate::terms::number::Vnd;
use crate::terms::problem::Problem;
use crate::terms::settlement_period::SettlementPeriod;

/// Months of the longest cycle in which units pay; longer periods have no last day of payment.
const LONGEST_CYCLE: u32 = 6;

/// Cách lập sổ.
#[derive(Debug, Clone, Copy)]
pub struct LedgerTerms {
    /// Day on which debts are aged; none where no table says which period it is about.
    pub as_of: Option<NaiveDate>,
    /// Months of the payment cycle: 1, 3 or 6.
    pub cycle: u32,
}

/// Những gì đã dùng đến: rules and notices.
#[derive(Debug, Default)]
pub(super) struct RulesUsed {
    pub(super) rules: Vec<(RuleRef, NaiveDate)>,
    pub(super) notices: Vec<Problem>,
}

/// Notes a rule once, with the first day it was asked for.
fn note(used: &mut RulesUsed, rule: &RuleRef, day: NaiveDate) {
    let same = |known: &RuleRef| known.rule == rule.rule && known.effective_from == rule.effective_from;
    if !used.rules.iter().any(|(known, _)| same(known)) {
        used.rules.push((rule.clone(), day));
    }
}

/// Một kỳ đã lập.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct Line {
    /// Which period, where the table says it.
    pub period: Option<SettlementPeriod>,
    /// Tiền đầu kỳ.
    pub opening: Vnd,
    /// Số phải đóng.
    pub due: Vnd,
    /// Điều chỉnh.
    pub adjusted: Vnd,
    /// Số đã đóng.
    pub paid: Vnd,
    /// What of payments, and of what was paid too much before, met debts.
    pub allocated: Vnd,
    /// Tiền cuối kỳ.
    pub closing: Vnd,
    /// What the table says the closing is.
    pub stated_closing: Option<Vnd>,
    /// What the opening has that the closing before did not.
    #[serde(skip)]
    pub unexplained: Vnd,
}

/// Đơn vị đã lập sổ.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Whose.
    pub key: Key,
    /// Its name, where given.
    pub name: String,
    /// Its periods.
    pub lines: Vec<Line>,
    /// OpenDebts that are open, the oldest first.
    pub open: Vec<OpenDebt>,
    /// What was paid too much.
    pub credit: Vnd,
    /// Open debts by age, in the order of [`Age::ALL`].
    pub ages: [Vnd; Age::ALL.len()],
    /// Charge for what was paid late and for what is late on the day.
    pub charge: Vnd,
    /// Amounts of which it cannot be told whether they are late, or what that costs: no day, no month or no recorded rate.
    pub undecided: Vnd,
    /// Late for so long that, once reminded, it counts as evasion.
    pub evasion: Vnd,
}

impl Settled {
    /// What is owed; below zero where too much was paid.
    pub fn balance(&self) -> Vnd {
        self.lines.last().map_or(Vnd::ZERO, |line| line.closing)
    }
}

/// Takes one unit through all periods.
pub(super) fn settle(
    rules: &Rulebook,
    account: Account,
    periods: &[Option<SettlementPeriod>],
    terms: LedgerTerms,
    mismatches: &mut Vec<Mismatch>,
    used: &mut RulesUsed,
) -> Result<Settled, EngineError> {
    let order = match first_payment(&account, terms) {
        Some(day) => {
            let version = rules.payment_allocation.at(day)?;
            note(used, &version.rule, day);
            version.value.months
        }
        None => crate::rulebook::collection::MonthOrder::OldestFirst,
    };
    let mut walk = Walk { rules, account, terms, used, debts: OpenDebts::new(order), late: Late::default() };
    let mut lines: Vec<Line> = Vec::new();
    for period in periods {
        let entry = walk.account.entries.get(period).cloned();
        let has_payments = period.is_some_and(|period| walk.account.dated(period).next().is_some());
        if lines.is_empty() && entry.is_none() && !has_payments {
            continue;
        }
        let before = lines.last().copied();
        lines.push(walk.period(*period, &entry.unwrap_or_default(), before, mismatches)?);
    }
    walk.finish(lines)
}

/// The day that picks the order of allocation: that of the first payment, else of the report.
fn first_payment(account: &Account, terms: LedgerTerms) -> Option<NaiveDate> {
    let stated = account.entries.keys().flatten().next().map(|period| period.last_day());
    account.payments.keys().next().copied().or(stated).or(terms.as_of)
}

/// One unit under way.
struct Walk<'w> {
    rules: &'w Rulebook,
    account: Account,
    terms: LedgerTerms,
    used: &'w mut RulesUsed,
    debts: OpenDebts,
    late: Late,
}

/// What was or is late.
#[derive(Debug, Default)]
struct Late {
    charge: Vnd,
    undecided: Vnd,
    evasion: Vnd,
    ages: [Vnd; Age::ALL.len()],
}

impl<'w> Walk<'w> {
    fn period(
        &mut self,
        period: Option<SettlementPeriod>,
        entry: &PeriodEntry,
        before: Option<Line>,
        mismatches: &mut Vec<Mismatch>,
    ) -> Result<Line, EngineError> {
        mismatches.extend(self.account.difference(period, entry));
        let carried = self.debts.balance()?;
        let opening = entry.opening.unwrap_or(carried);
        let unexplained = minus(opening, carried)?;
        self.carry(unexplained)?;
        if let Some(before) = before {
            let expected = before.stated_closing.unwrap_or(before.closing);
            if opening != expected {
                mismatches.push(self.mismatch(MismatchKind::Opening, period, opening, expected));
            }
        }
        let of = period.map_or(DebtOf::Unnamed, DebtOf::Period);
        let mut allocated = Vnd::ZERO;
        for owed in [entry.due, entry.adjusted] {
            if owed.is_negative() {
                // What is taken back was due before: it reduces the debts a payment would meet.
                self.debts.pay(minus(Vnd::ZERO, owed)?)?;
            } else if let Some(met) = self.debts.owe(of, owed)? {
                allocated = plus(allocated, met.amount)?;
            }
        }
        let mut paid = Vnd::ZERO;
        for (day, amount) in self.payments(period, entry, mismatches)? {
            paid = plus(paid, amount)?;
            if amount.is_negative() {
                // Money returned is owed again.
                self.debts.owe(DebtOf::CarriedOver, minus(Vnd::ZERO, amount)?)?;
                continue;
            }
            for met in self.debts.pay(amount)? {
                allocated = plus(allocated, met.amount)?;
                self.meet(met, day, period)?;
            }
        }
        let closing = self.debts.balance()?;
        let line = Line {
            period,
            opening,
            due: entry.due,
            adjusted: entry.adjusted,
            paid,
            allocated,
            closing,
            stated_closing: entry.closing,
            unexplained: if before.is_some() { unexplained } else { Vnd::ZERO },
        };
        if let Some(stated) = entry.closing.filter(|stated| *stated != closing) {
            mismatches.push(self.mismatch(MismatchKind::Closing, period, stated, closing));
        }
        Ok(line)
    }

    fn mismatch(
        &self,
        kind: MismatchKind,
        period: Option<SettlementPeriod>,
        stated: Vnd,
        computed: Vnd,
    ) -> Mismatch {
        Mismatch { kind, key: self.account.key.clone(), period, stated, computed }
    }

    /// An opening that the periods before do not explain.
    fn carry(&mut self, unexplained: Vnd) -> Result<(), EngineError> {
        if unexplained.is_negative() {
            self.debts.pay(minus(Vnd::ZERO, unexplained)?)?;
        } else if !unexplained.is_zero() {
            self.debts.owe(DebtOf::CarriedOver, unexplained)?;
        }
        Ok(())
    }

    /// The payments of a period: those with a day where there are any, else what the table says as a whole.
    fn payments(
        &self,
        period: Option<SettlementPeriod>,
        entry: &PeriodEntry,
        mismatches: &mut Vec<Mismatch>,
    ) -> Result<Vec<(Option<NaiveDate>, Vnd)>, EngineError> {
        let dated: Vec<(Option<NaiveDate>, Vnd)> = match period {
            Some(period) => self.account.dated(period).map(|(day, amount)| (Some(day), amount)).collect(),
            None => Vec::new(),
        };
        if dated.is_empty() {
            return Ok(entry.paid.map(|amount| (None, amount)).into_iter().collect());
        }
        if let Some(stated) = entry.paid {
            let sum = dated.iter().try_fold(Vnd::ZERO, |sum, (_, amount)| plus(sum, *amount))?;
            if sum != stated {
                mismatches.push(self.mismatch(MismatchKind::Paid, period, stated, sum));
            }
        }
        Ok(dated)
    }

    /// A debt that a payment met: late or not.
    fn meet(
        &mut self,
        met: Met,
        day: Option<NaiveDate>,
        period: Option<SettlementPeriod>,
    ) -> Result<(), EngineError> {
        match (self.last_day(met.of), day, period) {
            (Some(last), Some(day), _) => self.charge(met.amount, met.of, last, day),
            // Paid some day of a period that ends in time: not late.
            (Some(last), None, Some(period)) if period.last_day() <= last => Ok(()),
            _ => {
                self.late.undecided = plus(self.late.undecided, met.amount)?;
                Ok(())
            }
        }
    }

    /// The charge on an amount of a period that is paid, or still open, on a day; `last` is its last day of payment.
    fn charge(
        &mut self,
        amount: Vnd,
        of: DebtOf,
        last: NaiveDate,
        day: NaiveDate,
    ) -> Result<(), EngineError> {
        let DebtOf::Period(period) = of else { return Ok(()) };
        if days_late(last, day) == 0 {
            return Ok(());
        }
        let lateness = Lateness::Month { month: period.cycle(self.terms.cycle).last_day(), paid_on: day };
        match late_charge(self.rules, amount, lateness, &[]) {
            Ok(charge) => {
                self.late.charge = plus(self.late.charge, charge.charge)?;
                charge.trace.iter().for_each(|step| note(self.used, &step.rule, step.governing_date));
                let is_new =
                    |notice: &Problem| !self.used.notices.iter().any(|known| known.code == notice.code);
                let new: Vec<Problem> = charge.notices.into_iter().filter(is_new).collect();
                self.used.notices.extend(new);
            }
            Err(EngineError::NotInForce(_) | EngineError::RateMissing { .. }) => {
                self.late.undecided = plus(self.late.undecided, amount)?;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Hạn đóng of what is due in a period; none where no rule or no month is known.
    fn last_day(&mut self, of: DebtOf) -> Option<NaiveDate> {
        let DebtOf::Period(period) = of else { return None };
        if period.months() > LONGEST_CYCLE {
            return None;
        }
        let version = self.deadline(period)?;
        note(self.used, &version.rule, period.last_day());
        Some(period.cycle(self.terms.cycle).months_after(version.value.months_after))
    }

    fn deadline(&self, period: SettlementPeriod) -> Option<&'w Version<PaymentDeadline>> {
        self.rules.payment_deadline.at(period.last_day()).ok()
    }

    /// Ages what is open, charges what is late, and checks that nothing was lost.
    fn finish(mut self, lines: Vec<Line>) -> Result<Settled, EngineError> {
        let open: Vec<OpenDebt> = self.debts.open.iter().copied().collect();
        for debt in &open {
            let age = self.age(*debt)?;
            let place = Age::ALL.iter().position(|known| *known == age).unwrap_or(0);
            self.late.ages[place] = plus(self.late.ages[place], debt.left)?;
        }
        for line in &lines {
            let explained = plus(plus(line.opening, line.due)?, minus(line.adjusted, line.paid)?)?;
            if explained != line.closing {
                let what = format!("closing {} of {:?} is not {explained}", line.closing, line.period);
                return Err(EngineError::Internal(what));
            }
        }
        let aged = self.late.ages.iter().try_fold(Vnd::ZERO, |sum, amount| plus(sum, *amount))?;
        let balance = lines.last().map_or(Vnd::ZERO, |line| line.closing);
        if minus(aged, self.debts.credit)? != balance {
            return Err(EngineError::Internal(format!("debts of {aged} are not the balance {balance}")));
        }
        let Late { charge, undecided, evasion, ages } = self.late;
        let Account { key, name, .. } = self.account;
        Ok(Settled { key, name, lines, open, credit: self.debts.credit, ages, charge, undecided, evasion })
    }

    fn age(&mut self, debt: OpenDebt) -> Result<Age, EngineError> {
        let (Some(last), Some(day)) = (self.last_day(debt.of), self.terms.as_of) else {
            self.late.undecided = plus(self.late.undecided, debt.left)?;
            let carried = debt.of == DebtOf::CarriedOver;
            return Ok(if carried { Age::CarriedOver } else { Age::Undated });
        };
        let days = days_late(last, day);
        self.charge(debt.left, debt.of, last, day)?;
        if let DebtOf::Period(period) = debt.of
            && let Some(longest) = self.deadline(period).and_then(|version| version.value.evasion_after_days)
            && days > longest
        {
            self.late.evasion = plus(self.late.evasion, debt.left)?;
        }
        Ok(Age::of(i64::from(days)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::period::parse_date;

    #[test]
    fn a_version_of_a_rule_is_noted_once_with_the_first_day_it_was_asked_for() {
        let rules = Rulebook::bundled();
        let deadline = &rules.payment_deadline.versions.versions()[0].rule;
        let order = &rules.payment_allocation.versions.versions()[0].rule;
        let day = |text| parse_date(text).expect("a day");
        let later = RuleRef { effective_from: day("2030-01-01"), ..deadline.clone() };
        let mut used = RulesUsed::default();
        for (rule, on) in [
            (deadline, "2026-01-31"),
            (order, "2026-02-28"),
            (deadline, "2026-03-31"),
            (&later, "2030-01-31"),
            (order, "2026-04-30"),
        ] {
            note(&mut used, rule, day(on));
        }
        let noted: Vec<_> =
            used.rules.iter().map(|(rule, on)| (rule.rule.as_str(), on.to_string())).collect();
        let expected = [(deadline, "2026-01-31"), (order, "2026-02-28"), (deadline, "2030-01-31")];
        assert_eq!(noted, expected.map(|(rule, on)| (rule.rule.as_str(), on.to_owned())));
    }
}
