//! Cộng sổ: all units together by period and by year, and how much of what was due was collected.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Account;
use super::debts::{Age, minus, plus};
use super::settlement::{Line, Settled};
use crate::engine::error::EngineError;
use crate::terms::number::Vnd;
use crate::terms::percent::Percent;
use crate::terms::settlement_period::SettlementPeriod;

/// Cộng một kỳ hoặc một năm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Tiền đầu kỳ.
    pub opening: Vnd,
    /// Số phải đóng.
    pub due: Vnd,
    /// Điều chỉnh.
    pub adjusted: Vnd,
    /// Số đã đóng.
    pub paid: Vnd,
    /// What met debts.
    pub allocated: Vnd,
    /// Tiền cuối kỳ.
    pub closing: Vnd,
    /// Openings that no closing before explains: units that enter, and rows that do not follow.
    pub unexplained: Vnd,
}

impl Sum {
    /// Tổng phải thu: what was carried over and what became due.
    pub fn to_collect(self) -> Vnd {
        self.opening + self.due + self.adjusted
    }

    /// Tỷ lệ thu trên tổng phải thu.
    pub fn rate(&self) -> Option<Percent> {
        percent(self.paid, self.to_collect())
    }

    /// Tỷ lệ thu trên số phát sinh của kỳ.
    pub fn rate_of_due(&self) -> Option<Percent> {
        percent(self.paid, self.due + self.adjusted)
    }

    fn add(&mut self, line: &Line) -> Result<(), EngineError> {
        for (sum, part) in [
            (&mut self.opening, line.opening),
            (&mut self.due, line.due),
            (&mut self.adjusted, line.adjusted),
            (&mut self.paid, line.paid),
            (&mut self.allocated, line.allocated),
            (&mut self.closing, line.closing),
            (&mut self.unexplained, line.unexplained),
        ] {
            *sum = plus(*sum, part)?;
        }
        Ok(())
    }
}

fn percent(part: Vnd, whole: Vnd) -> Option<Percent> {
    Percent::of(i128::from(part.hundredths()), i128::from(whole.hundredths()))
}

/// Cộng tất cả.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Every period.
    pub periods: Vec<(Option<SettlementPeriod>, Sum)>,
    /// Every year.
    pub years: Vec<(i32, Sum)>,
    /// From the first opening to the last closing.
    pub all: Sum,
    /// Số còn thiếu: balances above zero.
    pub short: Vnd,
    /// Số đóng thừa: balances below zero, as a positive amount.
    pub over: Vnd,
    /// Open debts by age, with the number of accounts that have one.
    pub ages: [(Vnd, u64); Age::ALL.len()],
    /// Charge for late payment.
    pub charge: Vnd,
    /// Amounts of which it cannot be told whether they are late or what that costs.
    pub undecided: Vnd,
    /// Late for so long that, once reminded, it counts as evasion.
    pub evasion: Vnd,
}

/// Every period that some account has, in order.
pub(super) fn periods(accounts: &[Account]) -> Vec<Option<SettlementPeriod>> {
    let mut named: BTreeSet<Option<SettlementPeriod>> = BTreeSet::new();
    for account in accounts {
        named.extend(account.entries.keys().copied());
        named.extend(account.periods().map(Some));
    }
    named.into_iter().collect()
}

/// Adds up all units.
pub(super) fn add_up(
    settled: &[Settled],
    periods: &[Option<SettlementPeriod>],
) -> Result<Totals, EngineError> {
    let mut totals = Totals::default();
    let mut by_period: BTreeMap<Option<SettlementPeriod>, Sum> =
        periods.iter().map(|period| (*period, Sum::default())).collect();
    let mut by_year: BTreeMap<i32, Sum> = BTreeMap::new();
    for unit in settled {
        for line in &unit.lines {
            by_period.entry(line.period).or_default().add(line)?;
        }
        for (year, line) in years_of(unit)? {
            by_year.entry(year).or_default().add(&line)?;
        }
        if let Some(line) = whole(&unit.lines)? {
            totals.all.add(&line)?;
        }
        let balance = unit.balance();
        let side = if balance.is_negative() { &mut totals.over } else { &mut totals.short };
        *side = plus(*side, if balance.is_negative() { minus(Vnd::ZERO, balance)? } else { balance })?;
        for (total, amount) in totals.ages.iter_mut().zip(unit.ages) {
            total.0 = plus(total.0, amount)?;
            total.1 += u64::from(!amount.is_zero());
        }
        totals.charge = plus(totals.charge, unit.charge)?;
        totals.undecided = plus(totals.undecided, unit.undecided)?;
        totals.evasion = plus(totals.evasion, unit.evasion)?;
    }
    totals.periods = by_period.into_iter().collect();
    totals.years = by_year.into_iter().collect();
    Ok(totals)
}

/// Several lines of one unit as one.
fn whole(lines: &[Line]) -> Result<Option<Line>, EngineError> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Ok(None) };
    let mut whole = Line { period: None, opening: first.opening, closing: last.closing, ..Line::default() };
    for (place, line) in lines.iter().enumerate() {
        whole.due = plus(whole.due, line.due)?;
        whole.adjusted = plus(whole.adjusted, line.adjusted)?;
        whole.paid = plus(whole.paid, line.paid)?;
        whole.allocated = plus(whole.allocated, line.allocated)?;
        if place > 0 {
            whole.unexplained = plus(whole.unexplained, line.unexplained)?;
        }
    }
    Ok(Some(whole))
}

fn years_of(unit: &Settled) -> Result<Vec<(i32, Line)>, EngineError> {
    let mut years = Vec::new();
    for lines in unit.lines.chunk_by(|a, b| year(a) == year(b)) {
        if let (Some(year), Some(line)) = (lines.first().and_then(year), whole(lines)?) {
            years.push((year, line));
        }
    }
    Ok(years)
}

fn year(line: &Line) -> Option<i32> {
    line.period.map(SettlementPeriod::year)
}

impl Totals {
    /// Opening + due + adjusted + unexplained − paid = closing, for every period, year and all together; and the debts
    /// by age are what is owed.
    ///
    /// # Errors
    /// What does not add up.
    pub fn check(&self, settled: &[Settled]) -> Result<(), String> {
        let sums = self
            .periods
            .iter()
            .map(|(_, sum)| Sum { unexplained: Vnd::ZERO, ..*sum })
            .chain(self.years.iter().map(|(_, sum)| *sum))
            .chain([self.all]);
        for sum in sums {
            let closing = [sum.due, sum.adjusted, sum.unexplained]
                .into_iter()
                .try_fold(sum.opening, Vnd::checked_add)
                .and_then(|owed| owed.checked_sub(sum.paid));
            if closing != Some(sum.closing) {
                return Err(format!("opening {} … closing {} of {}", sum.opening, sum.closing, sum.due));
            }
        }
        let aged: i128 = self.ages.iter().map(|(amount, _)| i128::from(amount.hundredths())).sum();
        let credit: i128 = settled.iter().map(|unit| i128::from(unit.credit.hundredths())).sum();
        let closing = i128::from(self.all.closing.hundredths());
        let sides = i128::from(self.short.hundredths()) - i128::from(self.over.hundredths());
        if aged - credit == closing && sides == closing {
            Ok(())
        } else {
            Err(format!("debts {aged}, credit {credit}, closing {closing}, short less over {sides}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ledger::{Key, Ledger};
    use crate::engine::ledger::{LedgerTerms, PeriodEntry, settle};
    use crate::rulebook::Rulebook;

    fn ledger() -> Ledger {
        let entry =
            PeriodEntry { due: Vnd::whole(1000), paid: Some(Vnd::whole(400)), ..PeriodEntry::default() };
        let period = SettlementPeriod::parse("2026-05");
        let account =
            Account { key: Key::of("A"), entries: BTreeMap::from([(period, entry)]), ..Account::default() };
        let terms = LedgerTerms { as_of: None, cycle: 1 };
        settle(&Rulebook::bundled(), vec![account], terms, Vec::new()).expect("a ledger")
    }

    #[test]
    fn totals_that_are_not_conserved_are_a_failed_check() {
        let sound = ledger();
        assert_eq!(sound.totals.check(&sound.accounts), Ok(()));
        let changes: [fn(&mut Totals); 5] = [
            |totals| totals.all.closing = Vnd::whole(601),
            |totals| totals.periods[0].1.paid = Vnd::whole(399),
            |totals| totals.years[0].1.due = Vnd::whole(1001),
            |totals| totals.ages[0].0 = Vnd::whole(1),
            |totals| totals.short = Vnd::whole(1),
        ];
        for (place, change) in changes.into_iter().enumerate() {
            let mut wrong = ledger();
            change(&mut wrong.totals);
            assert!(wrong.totals.check(&wrong.accounts).is_err(), "change {place}");
        }
    }
}
