//! Writes the input of the peer benchmark: one CSV file in the format of `bhyt batch premium`.
//!
//! Deterministic: the same `--rows` and `--seed` give the same bytes on every machine. A single file
//! without dependencies, so that `rustc -O generate.rs` is all it takes (run.py does that).
//!
//! ```text
//! rustc -O benches/peers/generate.rs -o generate && ./generate --rows 5000000 -o people.csv
//! ```
//!
//! What the people look like. Households of 1 to 8, about 3.2 on average, whose rows stand together. A
//! household is poor (all HN), near-poor (all CN), a farm household of average income (all GB) or, nine
//! times in ten, a mixed one: GD on the ladder among pupils, students, small children, workers and
//! pensioners, who take no place on it. Payment dates run from 2024-01-01 to 2026-10-31, so that both
//! base salary changes (2024-07-01 and 2026-07-01) and the change of the pupils' subsidy (2025-07-01) fall
//! inside, and months of cover run across them. About one salary in twelve lies above the contribution cap, and salaries end
//! in odd đồng, so that rounding shows.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

const HEADER: &str = "household_id,person_id,born,group,salary,from,paid_on,months\n";

/// Days since 1970-01-01 of the first and the last payment date.
const FIRST_PAYMENT: i64 = days_from_civil(2024, 1, 1);
const LAST_PAYMENT: i64 = days_from_civil(2026, 10, 31);

fn main() -> ExitCode {
    let mut rows: u64 = 5_000_000;
    let mut seed: u64 = 2026;
    let mut output: Option<String> = None;
    let mut args = std::env::args().skip(1);
    while let Some(flag) = args.next() {
        let value = args.next();
        match (flag.as_str(), value) {
            ("--rows", Some(v)) => rows = v.parse().expect("--rows takes a whole number"),
            ("--seed", Some(v)) => seed = v.parse().expect("--seed takes a whole number"),
            ("-o" | "--output", Some(v)) => output = Some(v),
            _ => {
                eprintln!("usage: generate [--rows N] [--seed N] [-o FILE]");
                return ExitCode::from(2);
            }
        }
    }
    let result = match output {
        Some(path) => File::create(path).and_then(|file| write_people(file, rows, seed)),
        None => write_people(io::stdout().lock(), rows, seed),
    };
    match result {
        Ok(summary) => {
            eprint!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::from(74)
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Poor,
    NearPoor,
    Farm,
    Mixed,
}

const GROUPS: [&str; 10] = ["GD", "HS", "SV", "CN", "GB", "HN", "TE", "DN", "CH", "HT"];
const GD: usize = 0;
const HS: usize = 1;
const SV: usize = 2;
const CN: usize = 3;
const GB: usize = 4;
const HN: usize = 5;
const TE: usize = 6;
const DN: usize = 7;
const CH: usize = 8;
const HT: usize = 9;

fn write_people(mut out: impl Write, rows: u64, seed: u64) -> io::Result<String> {
    let dates = DateTexts::new();
    let mut random = SplitMix64(seed);
    let mut text = String::with_capacity(1 << 20);
    let mut counts = [0_u64; 10];
    let (mut written, mut households) = (0_u64, 0_u64);
    text.push_str(HEADER);

    while written < rows {
        households += 1;
        let size = random.pick(&[120, 220, 280, 220, 100, 40, 14, 6]) as u64 + 1;
        let size = size.min(rows - written);
        let kind = [Kind::Poor, Kind::NearPoor, Kind::Farm, Kind::Mixed][random.pick(&[35, 50, 30, 885])];
        // The household's own payment: its GD members pay together, one in twenty joins later in the year.
        let paid = random.between(FIRST_PAYMENT, LAST_PAYMENT);
        let wait = if random.below(100) < 70 { random.between(1, 29) } else { 30 };
        let months = [12, 6, 3][random.pick(&[60, 25, 15])];

        for position in 0..size {
            let group = match kind {
                Kind::Poor => HN,
                Kind::NearPoor => CN,
                Kind::Farm => GB,
                Kind::Mixed if position == 0 => [GD, DN, CH, HT][random.pick(&[86, 9, 2, 3])],
                Kind::Mixed => [GD, HS, SV, TE, DN, CH, HT][random.pick(&[580, 190, 60, 90, 55, 5, 20])],
            };
            counts[group] += 1;

            let (paid_on, from, months) = match group {
                GD => {
                    let later = if random.below(20) == 0 { random.between(1, 90) } else { 0 };
                    let paid_on = (paid + later).min(last_day_of_year(paid)).min(LAST_PAYMENT);
                    (paid_on, paid_on + wait, months)
                }
                CN | GB => (paid, paid + 1, months),
                HS | SV => {
                    let paid_on = random.between(FIRST_PAYMENT, LAST_PAYMENT);
                    (paid_on, paid_on + random.between(1, 30), [12, 6, 3][random.pick(&[70, 20, 10])])
                }
                HN | TE => {
                    let day = random.between(FIRST_PAYMENT, LAST_PAYMENT);
                    (day, day, [12, 6, 3][random.pick(&[80, 10, 10])])
                }
                _ => {
                    let day = random.between(FIRST_PAYMENT, LAST_PAYMENT);
                    (day, first_day_of_month(day), [3, 6, 12][random.pick(&[50, 20, 30])])
                }
            };
            let (youngest, oldest) = match group {
                TE => (0, 1_780), // still under six when the cover ends
                HS => (6 * 366, 17 * 365),
                SV => (18 * 366, 24 * 365),
                HT => (57 * 366, 90 * 365),
                DN | CH => (19 * 366, 56 * 365),
                _ => (19 * 366, 80 * 365),
            };
            let born = from - random.between(youngest, oldest);

            let _ = write!(text, "H{households:07},{:010},", 7_900_000_000 + written);
            text.push_str(dates.get(born));
            text.push(',');
            text.push_str(GROUPS[group]);
            text.push(',');
            match group {
                DN | CH => {
                    // Skewed: most between 5 and 20 million, one in twelve above the cap, odd đồng in one of three.
                    let salary = match random.pick(&[70, 22, 8]) {
                        0 => random.between(5_000, 20_000),
                        1 => random.between(20_000, 45_000),
                        _ => random.between(45_000, 120_000),
                    } * 1_000;
                    let odd = if random.below(3) == 0 { random.between(0, 999) } else { 0 };
                    let _ = write!(text, "{}", salary + odd);
                }
                // Pensions stay below every cap, so that the question whether it applies to them does not arise.
                HT => {
                    let _ = write!(text, "{}", random.between(3_000_000, 30_000_000) / 100 * 100);
                }
                _ => {}
            }
            text.push(',');
            text.push_str(dates.get(from));
            text.push(',');
            text.push_str(dates.get(paid_on));
            let _ = writeln!(text, ",{months}");
            written += 1;
        }
        if text.len() > (1 << 20) - 4096 {
            out.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    out.write_all(text.as_bytes())?;
    out.flush()?;

    let mut summary = format!("{written} people in {households} households:");
    for (group, count) in GROUPS.iter().zip(counts) {
        let _ = write!(summary, " {group} {:.1} %", 100.0 * count as f64 / written.max(1) as f64);
    }
    summary.push('\n');
    Ok(summary)
}

/// Every date between 1930 and 2028 as text, so that writing a row formats none.
struct DateTexts {
    first: i64,
    texts: Vec<String>,
}

impl DateTexts {
    fn new() -> Self {
        let (first, last) = (days_from_civil(1930, 1, 1), days_from_civil(2028, 12, 31));
        let texts = (first..=last)
            .map(|day| {
                let (y, m, d) = civil_from_days(day);
                format!("{y:04}-{m:02}-{d:02}")
            })
            .collect();
        Self { first, texts }
    }

    fn get(&self, day: i64) -> &str {
        &self.texts[usize::try_from(day - self.first).expect("a date after 1930")]
    }
}

fn first_day_of_month(day: i64) -> i64 {
    let (y, m, _) = civil_from_days(day);
    days_from_civil(y, m, 1)
}

fn last_day_of_year(day: i64) -> i64 {
    days_from_civil(civil_from_days(day).0, 12, 31)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's algorithm).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The reverse of `days_from_civil`.
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z - era * 146_097;
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let shifted = (5 * doy + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = yoe + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, doy - (153 * shifted + 2) / 5 + 1)
}

/// A small generator with a fixed, published sequence (Steele, Lea, Flood 2014): nothing to depend on.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` − 1.
    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    /// An index, drawn with these weights.
    fn pick(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        unreachable!("the weights cover every number drawn")
    }
}
