//! Tình huống: what a synthetic claim is about, and the share that the law gives it, worked out by hand.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use bhyt::workshop::Standard;
use toml::value::Datetime;

/// Tình huống của một hồ sơ.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scenario {
    /// What it is about; the list is read by people.
    #[allow(dead_code, reason = "a title")]
    pub name: String,
    /// Form of the file.
    pub standard: Standard,
    from: Datetime,
    until: Datetime,
    /// MA_DOITUONG_KCB or MA_LYDO_VVIEN.
    pub code: String,
    /// MA_LOAI_KCB.
    pub kind: String,
    /// Two letters and the digit of the card.
    pub card: String,
    /// How the covered cost stands to the limit.
    pub size: Size,
    /// The limit of a cheap visit, in đồng.
    pub limit: i64,
    share: String,
    /// Network rate in percent, where the form needs it besides the share (QĐ 4210 out of network).
    pub rate: Option<i64>,
    /// What changes inside the stay.
    pub then: Option<String>,
    then_share: Option<String>,
    /// MA_KHUVUC.
    #[serde(default)]
    pub residence: String,
}

/// Chi phí so với ngưỡng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// Strictly below the limit.
    Small,
    /// The limit itself.
    Exact,
    /// At or above the limit.
    Large,
    /// Either.
    Any,
}

impl Scenario {
    /// First and last day of discharge.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        let day = |written: &Datetime| {
            let date = written.date.expect("a day");
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
                .expect("a day of the calendar")
        };
        (day(&self.from), day(&self.until))
    }

    /// The share in tenths of a percent.
    pub fn share(&self) -> i64 {
        tenths(&self.share)
    }

    /// The share after the change, in tenths of a percent.
    pub fn then_share(&self) -> i64 {
        self.then_share.as_deref().map_or_else(|| self.share(), tenths)
    }
}

/// `47.5` in tenths.
fn tenths(percent: &str) -> i64 {
    let (whole, tenth) = percent.split_once('.').unwrap_or((percent, "0"));
    whole.parse::<i64>().unwrap_or(0) * 10 + tenth.parse::<i64>().unwrap_or(0)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenarios: Vec<Scenario>,
}

/// Every scenario.
///
/// # Panics
/// Never in a released program: a test reads the list.
pub fn all() -> &'static [Scenario] {
    static ALL: OnceLock<Vec<Scenario>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read: Result<File, _> = toml::from_str(include_str!("scenarios.toml"));
        read.map_or_else(|error| panic!("scenarios.toml: {error}"), |file| file.scenarios)
    })
}
