//! Số tiền cơ sở đề nghị: what a table declares that fund and patient pay, compared with what is computed.

use super::{OTHER_SOURCE, STATED_COPAYMENT, STATED_FUND, STATED_OWN, STATED_PATIENT};
use crate::table::batch::kernel::RowAnswer;
use crate::table::batch::tally::{BatchTally, with_differences};
use crate::table::cells::claim_amount;
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Các cột đề nghị.
#[derive(Debug, Clone)]
pub(super) struct DeclaredColumns {
    fund: Option<usize>,
    copayment: Option<usize>,
    own: Option<usize>,
    patient: Option<usize>,
    other: Option<usize>,
}

/// Số tiền một dòng đề nghị.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimedAmounts {
    fund: Option<Vnd>,
    copayment: Option<Vnd>,
    own: Option<Vnd>,
    patient: Option<Vnd>,
    /// Nguồn khác.
    other: Vnd,
}

/// Chênh lệch: declared less computed, where something is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Differences {
    pub(super) fund: Option<Vnd>,
    pub(super) copayment: Option<Vnd>,
    pub(super) own: Option<Vnd>,
    pub(super) patient: Option<Vnd>,
}

impl DeclaredColumns {
    /// The columns of a layout; none where it declares nothing.
    pub(super) fn of(layout: &Layout) -> Option<DeclaredColumns> {
        let column = |field: &str| layout.column(field);
        let columns = DeclaredColumns {
            fund: column(STATED_FUND),
            copayment: column(STATED_COPAYMENT),
            own: column(STATED_OWN),
            patient: column(STATED_PATIENT),
            other: column(OTHER_SOURCE),
        };
        let declared = [columns.fund, columns.copayment, columns.own, columns.patient];
        declared.iter().any(Option::is_some).then_some(columns)
    }

    pub(super) fn read(&self, row: &TableRow<'_>) -> Result<ClaimedAmounts, Problem> {
        let amount = |column: Option<usize>, field: &'static str| {
            claim_amount(row.cell_of(column)).map_err(|problem| problem.at(field))
        };
        Ok(ClaimedAmounts {
            fund: amount(self.fund, STATED_FUND)?,
            copayment: amount(self.copayment, STATED_COPAYMENT)?,
            own: amount(self.own, STATED_OWN)?,
            patient: amount(self.patient, STATED_PATIENT)?,
            other: amount(self.other, OTHER_SOURCE)?.unwrap_or(Vnd::ZERO),
        })
    }
}

impl ClaimedAmounts {
    /// Compares with fund, co-payment and own payment. Other sources take from the co-payment, then from the rest.
    pub(super) fn differences(&self, [fund, copayment, own]: [Vnd; 3]) -> Differences {
        let of_copayment = self.other.min(copayment);
        let of_own = (self.other - of_copayment).min(own);
        let less = |declared: Option<Vnd>, computed: Vnd| declared.map(|declared| declared - computed);
        Differences {
            fund: less(self.fund, fund),
            copayment: less(self.copayment, copayment - of_copayment),
            own: less(self.own, own - of_own),
            patient: less(self.patient, copayment + own - of_copayment - of_own),
        }
    }
}

/// The note for rows that differ, and the sums of what is declared for the fund beyond and below the law.
const DIFFERS: usize = 0;
const MORE: usize = 4;
const LESS: usize = 5;

impl Differences {
    /// Counts a row that differs.
    pub(super) fn count(&self, answer: &mut RowAnswer<'_>) {
        let all = [self.fund, self.copayment, self.own, self.patient];
        if all.into_iter().flatten().any(|difference| difference != Vnd::ZERO) {
            answer.note(DIFFERS);
        }
        let fund = self.fund.unwrap_or(Vnd::ZERO).hundredths();
        answer.add(&[0, 0, 0, 0, fund.max(0), fund.min(0)]);
    }
}

/// What is to be said of the whole table.
pub(super) fn closing(tally: &BatchTally) -> Vec<Problem> {
    let count = tally.notes[DIFFERS];
    let [more, less] = [MORE, LESS].map(|at| tally.sums[at] / 100);
    let differs = Problem::new(Code::DeclaredDiffers).with("count", count);
    if count > 0 { vec![with_differences(differs, more, less)] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sources_take_from_the_copayment_first() {
        let vnd = Vnd::whole;
        let declared = ClaimedAmounts {
            fund: Some(vnd(2400)),
            patient: Some(vnd(100)),
            other: vnd(500),
            ..ClaimedAmounts::default()
        };
        let differences = declared.differences([vnd(2400), vnd(600), vnd(0)]);
        assert_eq!((differences.fund, differences.patient), (Some(Vnd::ZERO), Some(Vnd::ZERO)));
        let declared = ClaimedAmounts {
            own: Some(vnd(50)),
            copayment: Some(vnd(0)),
            other: vnd(700),
            ..ClaimedAmounts::default()
        };
        let differences = declared.differences([vnd(2400), vnd(600), vnd(150)]);
        assert_eq!((differences.copayment, differences.own), (Some(Vnd::ZERO), Some(Vnd::ZERO)));
    }
}
