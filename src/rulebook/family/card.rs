//! Thẻ và năm học: when cards begin and lapse, and the calendar of schools.

use serde::{Deserialize, Serialize};

use crate::terms::period::MonthDay;

/// Thời điểm thẻ có giá trị sử dụng.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardValidity {
    /// Days from payment to the first day of a card that waits.
    pub waiting_days: u32,
    /// Days from payment to the first day on which such a card pays for high technology, where they are more.
    #[serde(default)]
    pub high_technology_days: Option<u32>,
    /// When an old card counts as lapsed.
    pub lapse: Lapse,
    /// Age in months at which a child's card ends.
    pub child_months: u32,
    /// Categories of art. 12 whose first or lapsed card waits.
    pub waiting_categories: Vec<u8>,
    /// Further groups that wait like them.
    #[serde(default)]
    pub waiting_groups: Vec<String>,
    /// The groups that alone waited by the practice of the agency, where it differs from the law: another reading.
    #[serde(default)]
    pub waiting_in_practice: Option<Vec<String>>,
    /// Last day of the year's cards of children who reach that age by then; the day of the age itself where none is named.
    #[serde(default)]
    pub child_card_ends: Option<MonthDay>,
    /// Whose card starts on a day that an authority names.
    #[serde(default)]
    pub by_decision: CardByDecision,
}

/// Thẻ có giá trị từ ngày ghi trong quyết định.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CardByDecision {
    /// These groups.
    pub groups: Vec<String>,
    /// These, where the state bears the whole premium.
    pub when_paid_for: Vec<String>,
}

/// Gián đoạn: how long after its end an old card still counts as running on.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lapse {
    /// This many months within the fiscal year.
    #[serde(rename(serialize = "lapse-months-in-fiscal-year"))]
    MonthsInFiscalYear(u32),
    /// This many days.
    #[serde(rename(serialize = "lapse-days"))]
    Days(u32),
}

/// Thời hạn thẻ của học sinh, sinh viên.
#[derive(Debug, Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SchoolCalendar {
    /// First day of cover of grade 1 in its first year.
    pub grade_1_starts: MonthDay,
    /// A child born after the autumn day starts when the child's card ends.
    #[serde(default)]
    pub grade_1_follows_child_card: bool,
    /// Last day of cover of grade 12; like the final year where none is named.
    #[serde(default)]
    pub grade_12_ends: Option<MonthDay>,
    /// What ends the card of a final-year student.
    pub final_year_ends: FinalYearEnd,
    /// Grade 12 and the final year may pay to the end of the year with the subsidy.
    pub may_pay_to_year_end: bool,
}

/// Thẻ năm cuối hết hạn khi nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalYearEnd {
    /// The last day of the month in which the course ends.
    EndOfMonth,
    /// The day the course ends.
    CourseEnd,
}
