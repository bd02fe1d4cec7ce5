//! Tính từng lượt khám: the batch that answers visits with what the fund pays.

use chrono::Datelike;

use super::declared::closing;
use super::particulars;
use super::row_checks::{RowAuditor, RowChecks};
use super::{HOSPITAL_COST, STATED_COPAYMENT, STATED_FUND, STATED_OWN, STATED_PATIENT, VisitReader};
use crate::engine::claim::visit_answer::VisitQuestion;
use crate::engine::claim::visit_plan::VisitPlans;
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::{Kernel, RowAnswer};
use crate::table::batch::tally::BatchTally;
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::listed::Listed;
use crate::terms::number::{Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["benefit_level", "network_rate", "relief", "fund_payment", "copayment", "own_payment"];

/// What a table adds to them: money beside the visit, and declared less computed.
const PAID_DIRECTLY: &str = "paid_directly";
const EMPLOYER_REFUND: &str = "employer_refund";
const STATE_BUDGET: &str = "state_budget";
const LOCAL_SUPPORT: &str = "local_support";
const BOOKING_YEAR: &str = "booking_year";
const FUND_LESS: &str = "fund_difference";
const COPAYMENT_LESS: &str = "copayment_difference";
const OWN_LESS: &str = "own_difference";
const PATIENT_LESS: &str = "patient_difference";

/// The codes of what an audit finds in the row itself, and the row that says the same visit or overlaps with it.
const FINDINGS: &str = "findings";
const OTHER_ROW: &str = "other_row";

/// Tính từng lượt khám.
#[derive(Debug, Clone)]
pub struct ClaimKernel<'r> {
    rules: &'r Rulebook,
    strict: bool,
    declares: Declares,
    beside: Beside,
    checks: Option<RowChecks<'r>>,
    appended: Vec<&'static str>,
}

/// What stands beside the parts of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    /// What is paid directly and what the employer pays back: the table has columns of particulars.
    Paid,
    /// The state budget, the support of a province and the year of booking too.
    PaidAndBooked,
}

/// What a table declares that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Declares {
    Nothing,
    /// Fund, co-payment and own payment.
    Parts,
    /// Fund, and the patient in one sum.
    Patient,
}

impl<'r> ClaimKernel<'r> {
    /// A kernel for tables of this layout; under `strict` a warning rejects the row.
    pub fn new(rules: &'r Rulebook, strict: bool, layout: &Layout) -> ClaimKernel<'r> {
        let has = |field: &str| layout.column(field).is_some();
        let declares = match () {
            () if has(STATED_PATIENT) => Declares::Patient,
            () if [STATED_FUND, STATED_COPAYMENT, STATED_OWN].into_iter().any(has) => Declares::Parts,
            () => Declares::Nothing,
        };
        let beside = match () {
            () if particulars::ask_beside(layout) => Beside::PaidAndBooked,
            () if particulars::are_in(layout) => Beside::Paid,
            () => Beside::Nothing,
        };
        let mut kernel = ClaimKernel { rules, strict, declares, beside, checks: None, appended: Vec::new() };
        kernel.appended = kernel.columns();
        kernel
    }

    /// The same with the checks of an audit on every row.
    #[must_use]
    pub fn with_checks(mut self, checks: Option<RowChecks<'r>>) -> ClaimKernel<'r> {
        self.checks = checks;
        self.appended = self.columns();
        self
    }

    fn columns(&self) -> Vec<&'static str> {
        let beside: &[&'static str] = match self.beside {
            Beside::Nothing => &[],
            Beside::Paid => &[PAID_DIRECTLY, EMPLOYER_REFUND],
            Beside::PaidAndBooked => {
                &[PAID_DIRECTLY, EMPLOYER_REFUND, STATE_BUDGET, LOCAL_SUPPORT, BOOKING_YEAR]
            }
        };
        let declares: &[&'static str] = match self.declares {
            Declares::Nothing => &[],
            Declares::Parts => &[FUND_LESS, COPAYMENT_LESS, OWN_LESS],
            Declares::Patient => &[FUND_LESS, PATIENT_LESS],
        };
        let checks: &[&'static str] = match &self.checks {
            Some(checks) if checks.compare_rows() => &[FINDINGS, OTHER_ROW],
            Some(_) => &[FINDINGS],
            None => &[],
        };
        [APPENDED, beside, declares, checks].concat()
    }
}

/// What a thread of the batch of visits holds.
pub struct ClaimWorker<'r> {
    visits: VisitReader<'r>,
    plans: VisitPlans<'r>,
    warnings: Vec<Code>,
    shares: Vec<(Share, String)>,
    separator: u8,
    numbers: itoa::Buffer,
    checks: Option<RowAuditor<'r>>,
}

impl<'r> Kernel for ClaimKernel<'r> {
    type Worker = ClaimWorker<'r>;

    fn appended(&self) -> &[&'static str] {
        &self.appended
    }

    fn worker(&self, layout: &Layout) -> ClaimWorker<'r> {
        ClaimWorker {
            visits: VisitReader::new(self.rules, layout),
            plans: VisitPlans::new(self.rules),
            warnings: Vec::new(),
            shares: Vec::new(),
            separator: layout.separator,
            numbers: itoa::Buffer::new(),
            checks: self.checks.as_ref().map(|checks| checks.auditor(layout.epoch)),
        }
    }

    fn row(
        &self,
        worker: &mut ClaimWorker<'r>,
        row: &TableRow<'_>,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem> {
        let ClaimWorker { visits, plans, warnings, shares, separator, numbers, checks } = worker;
        let visit = visits.read(row)?;
        warnings.clear();
        let found = plans.answer(&visit.question, warnings).map_err(|error| error.problem())?;
        for code in warnings.iter() {
            if self.strict {
                return Err(Problem::new(*code));
            }
            answer.warn(*code);
        }
        let money = found.amounts(visit.hospital, visit.question.figures.covered);
        let level = found.payment.level;
        let rate = found.rate;
        let relief = found.payment.relief;
        answer.add(&[
            money.hospital.hundredths(),
            money.fund.hundredths(),
            money.copayment.hundredths(),
            money.own.hundredths(),
        ]);
        for share in [level, rate] {
            answer.out.push(*separator);
            answer.out.extend_from_slice(written(shares, share).as_bytes());
        }
        answer.out.push(*separator);
        answer.out.extend_from_slice(relief.map_or(NO_RELIEF, Listed::key).as_bytes());
        for amount in [money.fund, money.copayment, money.own] {
            answer.out.push(*separator);
            write_amount(answer.out, amount, numbers);
        }
        if self.beside != Beside::Nothing {
            let refund = found.apart.and_then(|apart| apart.employer_refund);
            for amount in [found.apart.map(|apart| apart.direct), refund] {
                answer.out.push(*separator);
                write_amount(answer.out, amount.unwrap_or(Vnd::ZERO), numbers);
            }
        }
        if self.beside == Beside::PaidAndBooked {
            for amount in
                [found.apart.map(|apart| apart.state_budget), found.apart.map(|apart| apart.local_support)]
            {
                answer.out.push(*separator);
                write_amount(answer.out, amount.unwrap_or(Vnd::ZERO), numbers);
            }
            let year = match found.apart {
                Some(apart) => apart.booking_year,
                None => Some(visit.question.figures.discharged.year()),
            };
            answer.out.push(*separator);
            answer.out.extend(year.into_iter().flat_map(|year| year.to_string().into_bytes()));
        }
        if self.declares != Declares::Nothing {
            let differences = visit.declared.differences([money.fund, money.copayment, money.own]);
            let shown = match self.declares {
                Declares::Patient => vec![differences.fund, differences.patient],
                _ => vec![differences.fund, differences.copayment, differences.own],
            };
            for difference in shown {
                answer.out.push(*separator);
                if let Some(difference) = difference {
                    write_amount(answer.out, difference, numbers);
                }
            }
            differences.count(answer);
        }
        if let Some(auditor) = checks {
            answer.out.push(*separator);
            auditor.audit(row, *separator, answer)?;
        }
        // What the row leaves open is told where it decides the amount: the day of birth, the days of each of several cards.
        let born = visit.born_until.map(|last| {
            let mut question = visit.question;
            question.figures.born = Some(last);
            (Code::BornYearDecides, question)
        });
        let card =
            visit.other_group.map(|group| (Code::CardsDecide, VisitQuestion { group, ..visit.question }));
        for (code, question) in born.into_iter().chain(card) {
            warnings.clear();
            let other = plans.answer(&question, warnings).map_err(|error| error.problem())?;
            if other.amounts(visit.hospital, question.figures.covered).fund != money.fund {
                if self.strict {
                    return Err(Problem::new(code));
                }
                answer.warn(code);
            }
        }
        // The separator before the error columns is the batch's.
        Ok(())
    }

    fn notices(&self) -> Vec<Problem> {
        self.checks.iter().flat_map(RowChecks::notices).collect()
    }

    fn closing(&self, tally: &BatchTally) -> Vec<Problem> {
        let mut said = closing(tally);
        said.extend(self.checks.iter().flat_map(|checks| checks.closing(tally)));
        said
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        let parts: i128 = sums[1..4].iter().sum();
        if sums[0] == parts { Ok(()) } else { Err(format!("total cost {}, parts {parts}", sums[0])) }
    }

    fn labels(&self) -> &'static [&'static str] {
        &[HOSPITAL_COST, "fund_payment", "copayment", "own_payment"]
    }
}

/// What stands for no relief in results.
const NO_RELIEF: &str = "none";

/// A share as it is written; a table meets a handful of them.
fn written(shares: &mut Vec<(Share, String)>, share: Share) -> &str {
    let at = shares.iter().position(|(known, _)| *known == share).unwrap_or_else(|| {
        shares.push((share, share.to_string()));
        shares.len() - 1
    });
    &shares[at].1
}

/// An amount with a dot and no needless zeros.
#[inline]
fn write_amount(out: &mut Vec<u8>, amount: Vnd, numbers: &mut itoa::Buffer) {
    let hundredths = amount.hundredths();
    let (dong, rest) = (hundredths / 100, (hundredths % 100).unsigned_abs());
    if hundredths < 0 && dong == 0 {
        out.push(b'-');
    }
    out.extend_from_slice(numbers.format(dong).as_bytes());
    if rest != 0 {
        out.extend_from_slice(&[b'.', digit(rest / 10)]);
        if rest % 10 != 0 {
            out.push(digit(rest % 10));
        }
    }
}

fn digit(value: u64) -> u8 {
    b'0' + u8::try_from(value % 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_without_needless_zeros() {
        let write = |hundredths| {
            let mut out = Vec::new();
            write_amount(&mut out, Vnd::from_hundredths(hundredths), &mut itoa::Buffer::new());
            String::from_utf8(out).expect("digits")
        };
        assert_eq!([write(100), write(150), write(5), write(0)], ["1", "1.5", "0.05", "0"]);
        for hundredths in (-12_345..12_345).chain([i64::MAX, i64::MIN]) {
            assert_eq!(write(hundredths), Vnd::from_hundredths(hundredths).to_string());
        }
    }
}
