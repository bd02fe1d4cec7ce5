//! Câu hỏi và kết quả của một lượt khám tính theo tổng, as a row of a table asks and is answered.

use chrono::NaiveDate;

use super::claim_error::ClaimError;
use super::reimbursement::ItemAmounts;
use super::visit_terms::ItemPayment;
use crate::case::claim::{Particulars, VisitFacts};
use crate::terms::number::{Share, Vnd};
use crate::terms::problem::Code;

/// Câu hỏi: one visit as a batch row gives it.
#[derive(Debug, Clone, Copy)]
pub struct VisitQuestion<'q> {
    /// How and where.
    pub facts: &'q VisitFacts,
    /// Number that stands for the facts, the same for the same facts only.
    pub facts_number: u64,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Dates and amounts.
    pub figures: VisitFigures,
    /// What few visits have; such a visit goes through the claim itself.
    pub particulars: Option<&'q Particulars>,
}

/// Số liệu của một lượt khám tính theo tổng.
#[derive(Debug, Clone, Copy)]
pub struct VisitFigures {
    /// Ngày vào.
    pub admitted: NaiveDate,
    /// Ngày ra.
    pub discharged: NaiveDate,
    /// Chi phí trong phạm vi.
    pub covered: Vnd,
    /// Đã cùng chi trả trong năm.
    pub copaid: Vnd,
    /// Thời điểm đủ 5 năm liên tục; that day counts.
    pub five_years_since: Option<NaiveDate>,
    /// Ngày sinh.
    pub born: Option<NaiveDate>,
}

/// Kết quả của một lượt khám tính theo tổng.
#[derive(Debug, Clone, Copy)]
pub struct VisitAnswer {
    /// Tỷ lệ theo cơ sở.
    pub rate: Share,
    /// Level, relief and what the fund pays.
    pub payment: ItemPayment,
    /// The money of a visit with particulars.
    pub apart: Option<Apart>,
}

impl VisitAnswer {
    /// Ai trả bao nhiêu of a visit with these costs.
    pub fn amounts(&self, hospital: Vnd, covered: Vnd) -> ItemAmounts {
        if let Some(apart) = &self.apart {
            return apart.amounts;
        }
        let fund = self.payment.fund;
        let (copayment, own) = (covered - fund, hospital - covered);
        ItemAmounts { hospital, covered, fund, copayment, own, other: Vnd::ZERO }
    }
}

/// Tiền của một lượt khám có điều riêng.
#[derive(Debug, Clone, Copy)]
pub struct Apart {
    /// Who pays what.
    pub amounts: ItemAmounts,
    /// Phần quỹ trả trực tiếp cho người bệnh, inside the fund's part.
    pub direct: Vnd,
    /// Người sử dụng lao động phải hoàn trả.
    pub employer_refund: Option<Vnd>,
    /// Ngân sách nhà nước trả.
    pub state_budget: Vnd,
    /// Địa phương hỗ trợ.
    pub local_support: Vnd,
    /// Năm tính chi phí.
    pub booking_year: Option<i32>,
}

/// Checks that the covered cost lies within the whole.
///
/// # Errors
/// [`ClaimError::CostOrder`].
pub fn check_totals(hospital: Vnd, covered: Vnd) -> Result<(), ClaimError> {
    if covered > hospital {
        return Err(ClaimError::CostOrder { part: "covered-cost", whole: "hospital-cost", line: None });
    }
    Ok(())
}

/// Takes a warning in, once.
pub(super) fn note(warnings: &mut Vec<Code>, code: Code) {
    if code.as_str().starts_with('W') && !warnings.contains(&code) {
        warnings.push(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_taken_in_once_and_notes_not_at_all() {
        let mut warnings = Vec::new();
        let heard = [Code::ChildCardEnded, Code::LevelAgeUnknown, Code::ReadingTaken, Code::ChildCardEnded];
        heard.into_iter().for_each(|code| note(&mut warnings, code));
        assert_eq!(warnings, [Code::ChildCardEnded, Code::LevelAgeUnknown]);
    }
}
