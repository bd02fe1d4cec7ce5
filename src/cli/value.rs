//! Giá trị trên dòng lệnh và trong tệp: dates, amounts, months, groups and circumstances from text.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::case::quote::{Circumstance, SpecialSpan, tag};
use crate::rulebook::{GroupLookup, Rulebook};
use crate::terms::care::Reading;
use crate::terms::fold::{fold, nearest};
use crate::terms::listed::Listed;
use crate::terms::moment::Moment;
use crate::terms::number::{AmountError, Measure, Share, Vnd, parse_amount, parse_claim_amount};
use crate::terms::period::{DateError, parse_date, parse_month};
use crate::terms::problem::{Code, Problem};

/// Ngày.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    parse_date(text).map_err(|error| not_a_date(text, &error))
}

/// Ngày giờ: a day, or a day with its time.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn moment(text: &str) -> Result<Moment, Problem> {
    Moment::parse(text).map_err(|error| not_a_date(text, &error))
}

fn not_a_date(text: &str, error: &DateError) -> Problem {
    match error {
        DateError::Form => Problem::new(Code::DateForm).with("read", text),
        DateError::ShortYear => Problem::new(Code::DateShortYear).with("read", text),
        DateError::Impossible { days_in_month } => {
            let days = days_in_month.map(|days| days.to_string()).unwrap_or_default();
            Problem::new(Code::DateImpossible).with("read", text).with("days", days)
        }
    }
}

/// Tháng: `07/2025`, `2025-07`.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn month(text: &str) -> Result<NaiveDate, Problem> {
    parse_month(text)
        .map_err(|_| Problem::new(Code::InvalidValue).with("read", text).with("accepted", "07/2025, 2025-07"))
}

/// Số tiền.
///
/// # Errors
/// A [`Problem`] naming what was read and, where it is ambiguous, both readings.
pub fn amount(text: &str) -> Result<Vnd, Problem> {
    parse_amount(text).map_err(|error| amount_problem(error, text))
}

fn amount_problem(error: AmountError, text: &str) -> Problem {
    match error {
        AmountError::Form => Problem::new(Code::AmountForm).with("read", text),
        AmountError::Range => Problem::new(Code::AmountRange).with("read", text),
        AmountError::Ambiguous(first, second) => {
            Problem::new(Code::AmountAmbiguous).with("read", text).with("first", first).with("second", second)
        }
    }
}

/// Số tiền của hồ sơ thanh toán, with up to two decimals.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn claim_amount(text: &str) -> Result<Vnd, Problem> {
    parse_claim_amount(text).map_err(|error| amount_problem(error, text))
}

/// Số lượng, đơn giá: a number with at most three decimals after a dot.
///
/// # Errors
/// A [`Problem`] naming what was read.
pub fn measure(text: &str) -> Result<Measure, Problem> {
    Measure::parse(text).ok_or_else(|| Problem::new(Code::AmountForm).with("read", text))
}

/// Tỷ lệ: `80%`, or a plain number of percent.
///
/// # Errors
/// A [`Problem`] naming what was read; `0.5` without a sign may be half a percent or a half.
pub fn share(text: &str) -> Result<Share, Problem> {
    let written = text.trim();
    let point = written.replace(',', ".");
    if let Some(half) = Share::parse(&format!("{point}%")).ok().filter(|_| point.starts_with("0.")) {
        let (numerator, denominator) = half.parts();
        let whole =
            Share::fraction(i128::from(numerator) * 100, i128::from(denominator)).filter(|_| numerator > 0);
        if let Some(whole) = whole {
            let problem = Problem::new(Code::InvalidValue).with("read", text);
            return Err(problem.with("accepted", format!("{half} / {whole}")));
        }
    }
    let percent = if written.ends_with('%') { written.to_owned() } else { format!("{written}%") };
    Share::parse(&percent.replace(',', "."))
        .map_err(|_| Problem::new(Code::InvalidValue).with("read", text).with("accepted", "0%–100%"))
}

/// Một giá trị của danh sách đóng, spelt in any case, with or without dashes.
///
/// # Errors
/// A [`Problem`] with the accepted keys and the nearest one.
pub fn listed<T: Listed>(text: &str) -> Result<T, Problem> {
    T::read(text).ok_or_else(|| {
        Problem::new(Code::InvalidValue)
            .with("read", text)
            .with("accepted", T::keys())
            .with("suggestion", nearest(text, T::ALL.iter().map(|member| member.key())).unwrap_or_default())
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
    let found = rules.find_group(text);
    let text = without_number(text);
    let text = text.as_ref();
    found.map(|group| group.id.clone()).map_err(|lookup| match lookup {
        GroupLookup::Unknown(near) => {
            Problem::new(Code::UnknownGroup).with("read", text).with("suggestion", near.unwrap_or_default())
        }
        GroupLookup::Ambiguous(candidates) => {
            Problem::new(Code::AmbiguousGroup).with("read", text).with("candidates", candidates.join("; "))
        }
    })
}

/// A text that may be a card or insurance number, without it: messages hold no personal data.
fn without_number(text: &str) -> Cow<'_, str> {
    const FEWEST: usize = 8;
    if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().take_while(char::is_ascii_alphabetic).take(2).chain("…".chars()).collect())
}

/// Tỉnh, thành phố: the place that an old or new name, a short form or a code stands for.
///
/// # Errors
/// A [`Problem`] with the nearest names.
pub fn province(text: &str, rules: &Rulebook) -> Result<KnownPlace, Problem> {
    match rules.find_place(text) {
        Some(found) => {
            Ok(KnownPlace { id: found.id.to_owned(), since: found.since.map(|day| (text.to_owned(), day)) })
        }
        None => Err(Problem::new(Code::UnknownProvince)
            .with("read", text)
            .with("suggestion", rules.near_places(text).join(", "))),
    }
}

/// Địa danh đã hiểu, and from when on the code that was typed means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlace {
    id: String,
    since: Option<(String, NaiveDate)>,
}

impl KnownPlace {
    /// The id on a day.
    ///
    /// # Errors
    /// A [`Problem`] when the place was given by a code that was not yet in use.
    pub fn on(self, day: NaiveDate) -> Result<String, Problem> {
        match self.since {
            Some((read, since)) if day < since => Err(Problem::new(Code::PlaceCodeTooEarly)
                .with("read", read)
                .with("since", since)
                .with("date", day)),
            _ => Ok(self.id),
        }
    }
}

/// Hoàn cảnh, with a warning when no policy asks for it.
///
/// # Errors
/// A [`Problem`] when the part after `=` is not a date.
pub fn circumstance(text: &str, rules: &Rulebook) -> Result<(Circumstance, Option<Problem>), Problem> {
    let mut circumstance = Circumstance::parse(text)
        .map_err(|read| date(&read).err().unwrap_or_else(|| Problem::new(Code::DateForm)))?;
    circumstance.tag = rules.canonical_tag(&circumstance.tag);
    let known = rules.known_tags();
    let is_known = tag::ALL.contains(&circumstance.tag.as_str()) || known.contains(&circumstance.tag);
    let warning = (!is_known).then(|| {
        let names = known.iter().map(String::as_str).chain(tag::ALL);
        let near = nearest(&circumstance.tag, names).unwrap_or_default();
        Problem::new(Code::UnknownTag).with("read", &circumstance.tag).with("suggestion", near)
    });
    Ok((circumstance, warning))
}

/// Loại tháng đặc biệt: id of the kind that an id or name stands for.
///
/// # Errors
/// A [`Problem`] with the kinds that exist.
pub fn special_kind(text: &str, rules: &Rulebook) -> Result<String, Problem> {
    let kinds = &rules.special_months.entries;
    let wanted = fold(text);
    let answers = |name: &str| fold(name) == wanted;
    let found =
        kinds.iter().find(|kind| answers(&kind.id) || answers(&kind.name_vi) || answers(&kind.name_en));
    found.map(|kind| kind.id.clone()).ok_or_else(|| {
        let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
        let near = nearest(text, ids.iter().copied()).unwrap_or_default();
        Problem::new(Code::InvalidValue)
            .with("read", text)
            .with("accepted", ids.join(", "))
            .with("suggestion", near)
    })
}

/// Tháng đặc biệt: `suspended`, `suspended=2026-03-01` or `suspended=2026-03-01:2` for two months.
///
/// # Errors
/// A [`Problem`] naming the part that cannot be read.
pub fn special_span(text: &str, rules: &Rulebook, most_months: u32) -> Result<SpecialSpan, Problem> {
    let (kind, span) = text.split_once('=').map_or((text, None), |(kind, span)| (kind, Some(span)));
    let kind = special_kind(kind, rules)?;
    let Some(span) = span else { return Ok(SpecialSpan { kind, from: None, months: None }) };
    let (from, months) = span.split_once(':').map_or((span, None), |(from, months)| (from, Some(months)));
    let months = months.map(|months| count(months, 1..=most_months, Code::MonthsRange)).transpose()?;
    Ok(SpecialSpan { kind, from: Some(date(from)?), months })
}

/// Cách hiểu: the readings of these names.
///
/// # Errors
/// A [`Problem`] for a reading nobody knows.
pub fn readings(typed: &[&String]) -> Result<Vec<Reading>, Problem> {
    let unknown = |text: &str, problem: &Problem| {
        let suggestion = problem.facts.iter().find(|(name, _)| *name == "suggestion");
        Problem::new(Code::UnknownReading)
            .with("read", text)
            .with("suggestion", suggestion.map_or("", |(_, near)| near.as_str()))
            .at("--reading")
    };
    typed.iter().map(|text| listed(text).map_err(|problem| unknown(text, &problem))).collect()
}
