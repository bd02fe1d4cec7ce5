//! Peer: the straightforward Rust program. `csv` with serde structs, `rust_decimal` for money, `chrono`
//! for dates, one thread, rows in a streaming loop (fields borrowed from one reused record, as the csv
//! crate's own performance chapter advises).
//!
//! It counts months of cover one by one with `checked_add_months`; the other peers count them in closed
//! form, so agreement between them checks both.
//!
//! ```text
//! plain_csv_serde in.csv out.csv
//! ```

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};

use chrono::{Months, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{dec, Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Person<'a> {
    household_id: &'a str,
    person_id: &'a str,
    born: NaiveDate,
    group: &'a str,
    salary: Option<Decimal>,
    from: NaiveDate,
    paid_on: NaiveDate,
    months: u32,
}

#[derive(Serialize)]
struct Assessed<'a> {
    household_id: &'a str,
    person_id: &'a str,
    born: NaiveDate,
    group: &'a str,
    salary: Option<Decimal>,
    from: NaiveDate,
    paid_on: NaiveDate,
    months: u32,
    premium: u64,
    person: u64,
    employer: u64,
    social_insurance_fund: u64,
    state: u64,
    local: u64,
    other: u64,
    member_rank: Option<usize>,
}

#[derive(Default)]
struct Shares {
    premium: u64,
    person: u64,
    employer: u64,
    social_insurance_fund: u64,
    state: u64,
}

const RATE: Decimal = dec!(0.045);
const CAP: Decimal = dec!(20);
const LADDER: [Decimal; 5] = [dec!(1), dec!(0.7), dec!(0.6), dec!(0.5), dec!(0.4)];

struct Law {
    base_salary: [(NaiveDate, Decimal); 4],
    pupils_at_half: NaiveDate,
}

impl Law {
    fn new() -> Self {
        let day = |y, m| NaiveDate::from_ymd_opt(y, m, 1).expect("a date of the calendar");
        Self {
            base_salary: [
                (day(2026, 7), dec!(2530000)),
                (day(2024, 7), dec!(2340000)),
                (day(2023, 7), dec!(1800000)),
                (day(2019, 7), dec!(1490000)),
            ],
            pupils_at_half: day(2025, 7),
        }
    }

    fn base_salary(&self, on: NaiveDate) -> Result<Decimal> {
        let step = self.base_salary.iter().find(|(from, _)| *from <= on);
        step.map(|(_, amount)| *amount).ok_or_else(|| format!("no base salary on {on}").into())
    }

    fn assess(&self, row: &Person, rank: Option<usize>) -> Result<Shares> {
        let months = Decimal::from(row.months);
        let frozen = self.base_salary(row.paid_on)? * RATE * months;
        match row.group {
            "GD" => {
                let step = rank.ok_or("a ladder member without a rank")?.min(LADDER.len());
                let premium = dong(frozen * LADDER[step - 1])?;
                Ok(Shares { premium, person: premium, ..Shares::default() })
            }
            "HS" | "SV" if row.paid_on < self.pupils_at_half => supported(frozen, dec!(0.3)),
            "HS" | "SV" => supported(frozen, dec!(0.5)),
            "CN" => supported(frozen, dec!(0.7)),
            "GB" => supported(frozen, dec!(0.3)),
            "HN" | "TE" => {
                let premium = dong(self.sum_of_months(row, |base| base)? * RATE)?;
                Ok(Shares { premium, state: premium, ..Shares::default() })
            }
            "DN" | "CH" => {
                let salary = row.salary.ok_or("a worker without a salary")?;
                let exact = self.sum_of_months(row, |base| salary.min(CAP * base))? * RATE;
                let (premium, person) = (dong(exact)?, dong(exact / dec!(3))?);
                Ok(Shares { premium, person, employer: premium - person, ..Shares::default() })
            }
            "HT" => {
                let premium = dong(row.salary.ok_or("a pensioner without a pension")? * RATE * months)?;
                Ok(Shares { premium, social_insurance_fund: premium, ..Shares::default() })
            }
            other => Err(format!("unknown group {other}").into()),
        }
    }

    /// Adds up what each month of cover contributes, given the base salary in force on its first day.
    fn sum_of_months(&self, row: &Person, of: impl Fn(Decimal) -> Decimal) -> Result<Decimal> {
        let mut sum = Decimal::ZERO;
        for month in 0..row.months {
            let first_day = row.from.checked_add_months(Months::new(month)).ok_or("date out of range")?;
            sum += of(self.base_salary(first_day)?);
        }
        Ok(sum)
    }
}

/// The state bears this share of the premium, the person the rest.
fn supported(exact: Decimal, share: Decimal) -> Result<Shares> {
    let (premium, person) = (dong(exact)?, dong(exact * (Decimal::ONE - share))?);
    Ok(Shares { premium, person, state: premium - person, ..Shares::default() })
}

/// Whole đồng, half away from zero.
fn dong(exact: Decimal) -> Result<u64> {
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    whole.to_u64().ok_or_else(|| format!("{exact} is not an amount").into())
}

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let (input, output) = (args.next().ok_or("no input")?, args.next().ok_or("no output")?);
    let mut reader = csv::Reader::from_reader(BufReader::with_capacity(1 << 20, File::open(input)?));
    let mut writer = csv::Writer::from_writer(BufWriter::with_capacity(1 << 20, File::create(output)?));

    let law = Law::new();
    let headers = reader.headers()?.clone();
    let mut record = csv::StringRecord::new();
    let mut household = String::new();
    let mut ladder_members = 0;

    while reader.read_record(&mut record)? {
        let row: Person = record.deserialize(Some(&headers))?;
        if row.household_id != household {
            household.clear();
            household.push_str(row.household_id);
            ladder_members = 0;
        }
        let member_rank = (row.group == "GD").then(|| {
            ladder_members += 1;
            ladder_members
        });
        let shares = law.assess(&row, member_rank)?;
        writer.serialize(Assessed {
            household_id: row.household_id,
            person_id: row.person_id,
            born: row.born,
            group: row.group,
            salary: row.salary,
            from: row.from,
            paid_on: row.paid_on,
            months: row.months,
            premium: shares.premium,
            person: shares.person,
            employer: shares.employer,
            social_insurance_fund: shares.social_insurance_fund,
            state: shares.state,
            local: 0,
            other: 0,
            member_rank,
        })?;
    }
    writer.flush()?;
    Ok(())
}
