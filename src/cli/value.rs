//! Giá trị trên dòng lệnh và trong tệp: dates, amounts, months, groups and circumstances from text.

use chrono::NaiveDate;

use crate::case::quote::{Circumstance, tag};
use crate::rulebook::{GroupLookup, Rulebook};
use crate::terms::amount::{AmountError, parse_amount};
use crate::terms::fold::nearest;
use crate::terms::money::Vnd;
use crate::terms::period::{DateError, parse_date};
use crate::terms::problem::{Code, Problem};

/// Ngày.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    parse_date(text).map_err(|error| match error {
        DateError::Form => Problem::new(Code::DateForm).with("read", text),
        DateError::ShortYear => Problem::new(Code::DateShortYear).with("read", text),
        DateError::Impossible { days_in_month } => {
            let days = days_in_month.map(|days| days.to_string()).unwrap_or_default();
            Problem::new(Code::DateImpossible).with("read", text).with("days", days)
        }
    })
}

/// Số tiền.
///
/// # Errors
/// A [`Problem`] naming what was read and, where it is ambiguous, both readings.
pub fn amount(text: &str) -> Result<Vnd, Problem> {
    parse_amount(text).map_err(|error| match error {
        AmountError::Form => Problem::new(Code::AmountForm).with("read", text),
        AmountError::Range => Problem::new(Code::AmountRange).with("read", text),
        AmountError::Ambiguous(first, second) => {
            Problem::new(Code::AmountAmbiguous).with("read", text).with("first", first).with("second", second)
        }
    })
}

/// Số đếm (người, tháng, ngày) within bounds.
///
/// # Errors
/// A [`Problem`] with the given code, naming what was read and what is accepted.
pub fn count(text: &str, accepted: std::ops::RangeInclusive<u32>, code: Code) -> Result<u32, Problem> {
    let number = text.trim().parse::<u32>().ok().filter(|number| accepted.contains(number));
    number.ok_or_else(|| {
        Problem::new(code)
            .with("read", text)
            .with("accepted", format!("{}–{}", accepted.start(), accepted.end()))
    })
}

/// Đối tượng: id of the group that a code, id or name stands for.
///
/// # Errors
/// A [`Problem`] with the nearest name or the candidates.
pub fn group(text: &str, rules: &Rulebook) -> Result<String, Problem> {
    rules.find_group(text).map(|group| group.id.clone()).map_err(|lookup| match lookup {
        GroupLookup::Unknown(near) => {
            Problem::new(Code::UnknownGroup).with("read", text).with("suggestion", near.unwrap_or_default())
        }
        GroupLookup::Ambiguous(candidates) => {
            Problem::new(Code::AmbiguousGroup).with("read", text).with("candidates", candidates.join("; "))
        }
    })
}

/// Tỉnh: id of the province whose policies are recorded.
///
/// # Errors
/// A [`Problem`] with the nearest name.
pub fn province(text: &str, rules: &Rulebook) -> Result<String, Problem> {
    rules.find_province(text).map(str::to_owned).ok_or_else(|| {
        let near = rules.nearest_province(text).unwrap_or_default();
        Problem::new(Code::UnknownProvince).with("read", text).with("suggestion", near)
    })
}

/// Hoàn cảnh, with a warning when no policy asks for it.
///
/// # Errors
/// A [`Problem`] when the part after `=` is not a date.
pub fn circumstance(text: &str, rules: &Rulebook) -> Result<(Circumstance, Option<Problem>), Problem> {
    let circumstance = Circumstance::parse(text)
        .map_err(|read| date(&read).err().unwrap_or_else(|| Problem::new(Code::DateForm)))?;
    let known = rules.known_tags();
    let is_known =
        tag::ALL.contains(&circumstance.tag.as_str()) || known.iter().any(|tag| *tag == circumstance.tag);
    let warning = (!is_known).then(|| {
        let near = nearest(&circumstance.tag, known.iter().copied().chain(tag::ALL)).unwrap_or_default();
        Problem::new(Code::UnknownTag).with("read", &circumstance.tag).with("suggestion", near)
    });
    Ok((circumstance, warning))
}
