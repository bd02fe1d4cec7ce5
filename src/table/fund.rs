//! Bảng cân đối quỹ: years, quarters or months with contributions, what was allocated and spent, by facility or in all.

use std::collections::BTreeMap;

use super::cells;
use super::csv::TableRow;
use super::heading::{Field, Layout, Schema};
use super::{Input, OpenTable, ReadOptions, Trouble};
use crate::engine::fund_balance::Given;
use crate::terms::number::{LARGEST_AMOUNT, Vnd};
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

const PERIOD: &str = "period";
const FACILITY: &str = "facility";
const CONTRIBUTIONS: &str = "contributions";
const CARE: &str = "care";
const PRIMARY: &str = "primary_care";
const ALLOCATED: &str = "allocated";
const SPENT: &str = "spent";
const MONTHS: &str = "months";

const fn field(name: &'static str, required: bool, aliases: &'static [&'static str]) -> Field {
    Field { name, required, aliases }
}

const FIELDS: &[Field] = &[
    field(PERIOD, true, &["year", "nam", "ky", "quy", "quarter", "thang", "month", "kyquyettoan"]),
    field(FACILITY, false, &["macskcb", "coso", "tencoso", "cosokcb"]),
    field(CONTRIBUTIONS, false, &["sothu", "thu", "tongthu", "tongsothu", "sotienthu", "thubhyt"]),
    field(CARE, false, &["quykcb", "quykhamchuabenh", "quykhambenhchuabenh", "care_fund", "carefund"]),
    field(PRIMARY, false, &["cssksbd", "csskbd", "chamsocsuckhoebandau", "trichlai", "primarycare"]),
    field(ALLOCATED, false, &["dutoan", "dutoangiao", "duocgiao", "sogiao", "quyduocsudung", "budget"]),
    field(SPENT, false, &["chi", "sochi", "chikcb", "chikhamchuabenh", "quyettoan", "tbhtt", "dachi"]),
    field(MONTHS, false, &["sothang"]),
];

const SCHEMA: Schema = Schema::of(FIELDS);

/// Bảng đã đọc.
#[derive(Debug, Default)]
pub struct FundTable {
    /// What it gives, by period.
    pub periods: BTreeMap<SettlementPeriod, Given>,
    /// What was allocated and spent, by facility.
    pub facilities: BTreeMap<String, Given>,
    /// What the user should know about how the table was read.
    pub notices: Vec<Problem>,
    /// Rows that were read.
    pub rows: u64,
    /// Rows that are sums.
    pub aside: u64,
    /// Rows that could not be read, with their places.
    pub rejected: Vec<Problem>,
}

/// Đọc bảng; amounts are in multiples of `unit` đồng.
///
/// # Errors
/// [`Trouble`] for what cannot be used.
pub fn read(input: Input<'_>, options: &ReadOptions, unit: i64) -> Result<FundTable, Trouble> {
    let name = input.name();
    let mut table = OpenTable::open(input, &SCHEMA, options)?;
    let layout = table.layout().clone();
    if ![CONTRIBUTIONS, CARE, ALLOCATED, SPENT].iter().any(|field| layout.column(field).is_some()) {
        let missing = Problem::new(Code::MissingColumns).with("missing", SPENT).with("first", SPENT);
        return Err(Trouble::input(missing.at(name)));
    }
    let mut read = FundTable { notices: table.notices().to_vec(), ..FundTable::default() };
    table.for_each(|row| {
        if let Err(problem) = read.row(row, &layout, unit) {
            read.rejected.push(problem.at(format!("{name}:{}", row.number)));
        }
        Ok(())
    })?;
    Ok(read)
}

impl FundTable {
    fn row(&mut self, row: &TableRow<'_>, layout: &Layout, unit: i64) -> Result<(), Problem> {
        let text =
            |field: &str| cells::text(&row.cell_of(layout.column(field))).map(std::borrow::Cow::into_owned);
        let written = text(PERIOD)?;
        let lower = written.to_lowercase();
        if matches!(lower.split(' ').next(), Some("cộng" | "tổng" | "total")) {
            self.aside += 1;
            return Ok(());
        }
        self.rows += 1;
        if written.is_empty() {
            return Err(cells::empty(PERIOD));
        }
        let period = SettlementPeriod::parse(&written).ok_or_else(|| {
            Problem::new(Code::LedgerPeriodForm).with("read", &written).with("field", PERIOD)
        })?;
        let money = |field: &'static str| -> Result<Option<Vnd>, Problem> {
            let written = text(field)?;
            amount(&written, unit).map_err(|problem| problem.with("read", &written).with("field", field))
        };
        let months = text(MONTHS)?;
        let months = if months.is_empty() {
            None
        } else {
            let count = months.parse().ok().filter(|count| (1..=period.months()).contains(count));
            Some(count.ok_or_else(|| {
                Problem::new(Code::MonthsRange)
                    .with("read", &months)
                    .with("accepted", format!("1–{}", period.months()))
            })?)
        };
        let given = Given {
            contributions: money(CONTRIBUTIONS)?,
            care: money(CARE)?,
            primary_care: money(PRIMARY)?,
            allocated: money(ALLOCATED)?,
            spent: money(SPENT)?,
            months,
        };
        let facility = text(FACILITY)?;
        if facility.is_empty() && self.periods.contains_key(&period) {
            return Err(Problem::new(Code::FundPeriodTwice).with("period", period));
        }
        merge(self.periods.entry(period).or_default(), &given)?;
        if !facility.is_empty() {
            merge(self.facilities.entry(facility).or_default(), &given)?;
        }
        Ok(())
    }
}

fn merge(known: &mut Given, new: &Given) -> Result<(), Problem> {
    let plus = |a: Option<Vnd>, b: Option<Vnd>| match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b).map(Some).ok_or_else(|| Problem::new(Code::AmountRange)),
        (a, b) => Ok(a.or(b)),
    };
    *known = Given {
        contributions: plus(known.contributions, new.contributions)?,
        care: plus(known.care, new.care)?,
        primary_care: plus(known.primary_care, new.primary_care)?,
        allocated: plus(known.allocated, new.allocated)?,
        spent: plus(known.spent, new.spent)?,
        months: known.months.or(new.months),
    };
    Ok(())
}

/// An amount in multiples of a unit, with the decimals of the language it is written in: `1.110,8`, `1,110.8`, `1110.8`.
///
/// # Errors
/// A [`Problem`] for what is no number, or may be two: `1.110` in billions.
fn amount(text: &str, unit: i64) -> Result<Option<Vnd>, Problem> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–") {
        return Ok(None);
    }
    let (sign, plain) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let plain: String =
        plain.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let marks: Vec<char> = plain.chars().filter(|letter| matches!(letter, '.' | ',')).collect();
    let last = marks.last().copied();
    let form = || Problem::new(Code::AmountForm);
    let decimals = match last {
        None => "",
        Some(mark) => {
            let tail = plain.rsplit(mark).next().unwrap_or_default();
            let is_mixed = marks.iter().any(|other| *other != mark);
            let is_single = marks.iter().filter(|other| **other == mark).count() == 1;
            match (is_mixed, is_single, tail.len()) {
                (true, true, _) => tail,
                // One mark before three digits: thousands in whole đồng, two readings in larger units.
                (false, true, 3) if unit > 1 => {
                    let (joined, point) = (plain.replace(mark, ""), plain.replace(mark, "."));
                    return Err(Problem::new(Code::AmountAmbiguous)
                        .with("first", joined)
                        .with("second", point));
                }
                (false, true, 3) | (false, false, _) => "",
                (false, true, _) => tail,
                (true, false, _) => return Err(form()),
            }
        }
    };
    let whole = &plain[..plain.len() - decimals.len()];
    let groups: Vec<&str> = whole.trim_end_matches(['.', ',']).split(['.', ',']).collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits: String = groups.concat();
    let is_number =
        !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !grouped || !is_number || decimals.len() > 12 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(form());
    }
    let mantissa: i128 = format!("{digits}{decimals}").parse().map_err(|_| form())?;
    let scale = 10_i128.pow(u32::try_from(decimals.len()).unwrap_or(0));
    let hundredths = mantissa * i128::from(unit) * 100;
    if hundredths % scale != 0 {
        return Err(form());
    }
    let hundredths = hundredths / scale;
    if hundredths > i128::from(LARGEST_AMOUNT) * 100 {
        return Err(Problem::new(Code::AmountRange));
    }
    Ok(Some(Vnd::from_hundredths(i64::try_from(hundredths).unwrap_or(0) * sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn billions_with_the_decimals_of_either_language() {
        let read =
            |text: &str, unit| amount(text, unit).map(|amount| amount.map(|amount| amount.to_string()));
        for text in ["6.113,4", "6,113.4", "6113,4", "6113.4", "6 113,4", "6.113,40"] {
            assert_eq!(read(text, 1_000_000_000), Ok(Some("6113400000000".to_owned())), "{text}");
        }
        assert_eq!(read("1.366.200", 1), Ok(Some("1366200".to_owned())));
        assert_eq!(read("640.000", 1), Ok(Some("640000".to_owned())));
        assert_eq!(read("-5", 1), Ok(Some("-5".to_owned())));
        assert_eq!(read("1.110", 1_000_000_000).map_err(|problem| problem.code), Err(Code::AmountAmbiguous));
        for text in ["abc", "1.11.000", "1,1.1,1", "1e3"] {
            assert_eq!(read(text, 1).map_err(|problem| problem.code), Err(Code::AmountForm), "{text}");
        }
    }
}
