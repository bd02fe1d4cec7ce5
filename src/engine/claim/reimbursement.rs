//! Kết quả thanh toán một lượt khám: what fund, patient and other sources pay, in total and line by line.

use chrono::NaiveDate;

use crate::engine::error::EngineError;
use crate::engine::extra::Beside;
use crate::engine::trace::Step;
use crate::terms::care::{LineKind, Relief};
use crate::terms::number::{Measure, Share, Vnd};
use crate::terms::problem::Problem;

/// Kết quả thanh toán.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reimbursement {
    /// Mức hưởng after relief; that of the group where the annual ceiling divides the visit.
    pub benefit_level: Share,
    /// Tỷ lệ theo cơ sở.
    pub network_rate: Share,
    /// Provision behind the rate.
    pub network_rule: String,
    /// Why the level is above that of the group.
    pub relief: Option<Relief>,
    /// The money of the whole visit.
    pub total: ItemAmounts,
    /// Phần quỹ trả trực tiếp cho người bệnh, inside the fund's part.
    pub direct_payment: Vnd,
    /// Người sử dụng lao động phải hoàn trả, where the case is one of arrears.
    pub employer_refund: Option<Vnd>,
    /// Khấu trừ của cơ sở for self-bought items inside the price of a service.
    pub facility_deduction: Vnd,
    /// Cùng chi trả của lượt này được tính vào ngưỡng trong năm.
    pub counted_copayment: Vnd,
    /// Ngưỡng cùng chi trả trong năm, where the visit counts.
    pub ceiling: Option<CeilingState>,
    /// Line by line; empty when only totals were given.
    pub lines: Vec<LineOutcome>,
    /// Ngoài phần của quỹ.
    pub beside: Beside,
    /// The day whose rules were applied.
    pub governed_by: NaiveDate,
    /// How every number came about.
    pub trace: Vec<Step>,
    /// What the user should know, each once.
    pub notices: Vec<Problem>,
}

/// Các số tiền của một khoản; they always add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemAmounts {
    /// Thành tiền bệnh viện.
    pub hospital: Vnd,
    /// Thành tiền bảo hiểm.
    pub covered: Vnd,
    /// Quỹ thanh toán.
    pub fund: Vnd,
    /// Người bệnh cùng chi trả.
    pub copayment: Vnd,
    /// Người bệnh tự trả.
    pub own: Vnd,
    /// Nguồn khác.
    pub other: Vnd,
}

impl ItemAmounts {
    /// Sum of two.
    #[must_use]
    pub fn plus(self, more: ItemAmounts) -> ItemAmounts {
        ItemAmounts {
            hospital: self.hospital + more.hospital,
            covered: self.covered + more.covered,
            fund: self.fund + more.fund,
            copayment: self.copayment + more.copayment,
            own: self.own + more.own,
            other: self.other + more.other,
        }
    }

    /// Holds in every build: parts add up, none is negative, the fund pays no more than is covered.
    ///
    /// # Errors
    /// [`EngineError::Internal`] naming the figures.
    pub fn check(self) -> Result<(), EngineError> {
        let sum = self.fund + self.copayment + self.own + self.other;
        let none_negative =
            [self.fund, self.copayment, self.own, self.other].iter().all(|part| !part.is_negative());
        if sum == self.hospital && none_negative && self.fund <= self.covered {
            Ok(())
        } else {
            Err(EngineError::Internal(format!("parts of a claim do not add up: {self:?}")))
        }
    }
}

/// Ngưỡng cùng chi trả trong năm quanh lượt khám này.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CeilingState {
    /// The calendar year.
    pub year: i32,
    /// Ngưỡng trong năm.
    pub limit: Vnd,
    /// Đã cùng chi trả trước lượt này.
    pub paid_before: Vnd,
    /// Còn phải cùng chi trả trước lượt này, rounded to the unit of the claim.
    pub left_before: Vnd,
    /// Còn phải cùng chi trả sau lượt này.
    pub left_after: Vnd,
    /// Đủ 5 năm liên tục.
    pub five_years: bool,
}

/// Một dòng sau thanh toán.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LineOutcome {
    /// Number of the given line, from 1; parts of one line share it.
    pub line: usize,
    /// Mục.
    pub kind: LineKind,
    /// Nội dung as given.
    pub name: Option<String>,
    /// Đơn vị tính as given.
    pub unit: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Group of the card, where one is valid.
    pub group: Option<String>,
    /// Số lượng.
    pub quantity: Measure,
    /// Đơn giá bệnh viện.
    pub price: Measure,
    /// Đơn giá bảo hiểm.
    pub insured_price: Measure,
    /// Tỷ lệ dịch vụ.
    pub service_ratio: Share,
    /// Tỷ lệ bảo hiểm.
    pub list_ratio: Share,
    /// Mức hưởng after relief.
    pub level: Share,
    /// Mức hưởng nhân tỷ lệ (MUC_HUONG).
    pub benefit_share: Share,
    /// Gói vật tư y tế.
    pub package: Option<String>,
    /// Used before the card was shown.
    pub before_card: bool,
    /// The money.
    pub amounts: ItemAmounts,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check([hospital, covered, fund, copayment, own, other]: [i64; 6]) -> Result<(), EngineError> {
        let [hospital, covered, fund, copayment, own, other] =
            [hospital, covered, fund, copayment, own, other].map(Vnd::whole);
        ItemAmounts { hospital, covered, fund, copayment, own, other }.check()
    }

    #[test]
    fn parts_that_do_not_add_up_are_a_failed_check() {
        // 64 + 16 + 15 + 5 = 100; a part may be nothing, and the fund may pay all that is covered.
        for sound in [[100, 80, 64, 16, 15, 5], [100, 80, 80, 0, 20, 0], [0, 0, 0, 0, 0, 0]] {
            assert!(check(sound).is_ok(), "{sound:?}");
        }
        let too_much_or_little = [[99, 80, 64, 16, 15, 5], [101, 80, 64, 16, 15, 5]];
        let below_nothing = [
            [100, 80, -1, 81, 20, 0],
            [100, 80, 80, -1, 21, 0],
            [100, 80, 64, 16, -1, 21],
            [100, 80, 64, 16, 21, -1],
        ];
        let more_than_covered = [[100, 80, 81, 0, 19, 0]];
        for wrong in too_much_or_little.iter().chain(&below_nothing).chain(&more_than_covered) {
            assert!(matches!(check(*wrong), Err(EngineError::Internal(_))), "{wrong:?}");
        }
    }
}
