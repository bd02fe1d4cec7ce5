//! Cải cách ở cả hai phía: what is paid in for people and what is paid for their visits, before and after one change.

use super::SimulationReport;
use super::subject::{Bearer, SimulationColumn, Subject};
use super::tally::PartySums;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;

/// Một con số của cải cách.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReformFigure {
    /// Tổng mức đóng.
    Premiums,
    /// Quỹ chi trả.
    FundPayments,
    /// Mức đóng trừ quỹ chi: what is left for everything else the fund bears.
    Left,
    /// Người tham gia tự đóng.
    PeoplePremiums,
    /// Người bệnh cùng chi trả và tự trả.
    Patients,
    /// Người dân: what people pay in and at the visit.
    People,
    /// What a payer other than the participants pays in.
    PaidBy(Payer),
}

/// Trước và sau, in hundredths of a đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReformLine {
    /// Which figure.
    pub figure: ReformFigure,
    /// Before the change.
    pub before: i128,
    /// After it.
    pub after: i128,
}

/// The figures of a reform over people and visits, in the order of results.
///
/// # Errors
/// What does not add up: a failed check of the program's own result.
pub fn lines(premiums: &SimulationReport, claims: &SimulationReport) -> Result<Vec<ReformLine>, String> {
    let sides =
        [(premiums.tally.before(), claims.tally.before()), (premiums.tally.after(), claims.tally.after())];
    let of = |figure: ReformFigure| {
        let [before, after] = sides.map(|(paid, treated)| amount(figure, &paid, &treated));
        ReformLine { figure, before, after }
    };
    let payers = Payer::ALL.iter().copied().filter(|payer| *payer != Payer::Person).map(ReformFigure::PaidBy);
    let lines: Vec<ReformLine> = [
        ReformFigure::Premiums,
        ReformFigure::FundPayments,
        ReformFigure::Left,
        ReformFigure::PeoplePremiums,
        ReformFigure::Patients,
        ReformFigure::People,
    ]
    .into_iter()
    .chain(payers)
    .map(of)
    .collect();
    check(&lines).map(|()| lines)
}

fn amount(figure: ReformFigure, paid: &PartySums, treated: &PartySums) -> i128 {
    let fund = treated.of(Bearer::Fund);
    let patients = treated.figure(Subject::Claims.own());
    let person = paid.figure(SimulationColumn::Part(Bearer::Payer(Payer::Person)));
    match figure {
        ReformFigure::Premiums => paid.whole,
        ReformFigure::FundPayments => fund,
        ReformFigure::Left => paid.whole - fund,
        ReformFigure::PeoplePremiums => person,
        ReformFigure::Patients => patients,
        ReformFigure::People => person + patients,
        ReformFigure::PaidBy(payer) => paid.of(Bearer::Payer(payer)),
    }
}

/// The payers bear the premiums, and what is left is premiums less payments, on both sides.
fn check(lines: &[ReformLine]) -> Result<(), String> {
    type Side = fn(&ReformLine) -> i128;
    let sides: [Side; 2] = [|line| line.before, |line| line.after];
    for side in sides {
        let of = |wanted: ReformFigure| lines.iter().find(|line| line.figure == wanted).map_or(0, side);
        let others: i128 =
            lines.iter().filter(|line| matches!(line.figure, ReformFigure::PaidBy(_))).map(side).sum();
        let premiums = of(ReformFigure::Premiums);
        if of(ReformFigure::PeoplePremiums) + others != premiums {
            return Err(format!("payers of {premiums}"));
        }
        if premiums - of(ReformFigure::FundPayments) != of(ReformFigure::Left) {
            return Err(format!("what is left of {premiums}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payers_that_do_not_bear_the_premiums_are_a_failed_check() {
        let line = |figure, before, after| ReformLine { figure, before, after };
        let mut lines = vec![
            line(ReformFigure::Premiums, 100, 120),
            line(ReformFigure::FundPayments, 60, 70),
            line(ReformFigure::Left, 40, 50),
            line(ReformFigure::PeoplePremiums, 70, 90),
            line(ReformFigure::PaidBy(Payer::State), 30, 30),
        ];
        assert_eq!(check(&lines), Ok(()));
        lines[4].after = 31;
        assert!(check(&lines).is_err());
        lines[4].after = 30;
        lines[2].before = 41;
        assert!(check(&lines).is_err());
    }
}
