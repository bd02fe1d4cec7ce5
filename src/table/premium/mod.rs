//! Bảng người tham gia: rows of people as persons and payments, and the batch that answers with premiums.
//!
//! `unemployment-fund` has no column of its own: its part is added to `social_insurance_fund`.

mod fields;
mod people;

pub use self::fields::{FIELDS, HOUSEHOLD};
pub use self::people::{Found, People};
use super::batch::{Answer, Kernel};
use super::csv::Row;
use super::heading::Layout;
use crate::engine::premium::Amounts;
use crate::engine::premium::plans::{Kept, Plans};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["premium", "person", "employer", "social_insurance_fund", "state", "local", "other", "member_rank"];

/// Tính mức đóng cho từng dòng.
#[derive(Debug, Clone, Copy)]
pub struct PremiumKernel<'r> {
    /// The rulebook.
    pub rules: &'r Rulebook,
    /// Whether a warning rejects the row.
    pub strict: bool,
}

/// What a thread of the premium batch holds.
pub struct PremiumWorker<'r> {
    people: People<'r>,
    plans: Plans<'r, Written>,
    separator: u8,
    numbers: itoa::Buffer,
}

/// Amounts of a plan as they are written, by rank.
#[derive(Debug, Default)]
struct Written(Vec<(Sums, Vec<u8>)>);

/// Premium and payers in the order of the columns.
type Sums = [i64; 7];

impl<'r> Kernel for PremiumKernel<'r> {
    type Worker = PremiumWorker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        APPENDED
    }

    fn worker(&self, layout: &Layout) -> PremiumWorker<'r> {
        PremiumWorker {
            people: People::new(self.rules, layout),
            plans: Plans::new(self.rules),
            separator: layout.separator,
            numbers: itoa::Buffer::new(),
        }
    }

    fn row(
        &self,
        worker: &mut PremiumWorker<'r>,
        row: &Row<'_>,
        answer: &mut Answer<'_>,
    ) -> Result<(), Problem> {
        let PremiumWorker { people, plans, separator, numbers } = worker;
        let found = people.read(row)?;
        if found.unknown_tag {
            if self.strict {
                return Err(Problem::new(Code::UnknownTag));
            }
            answer.warn(Code::UnknownTag);
        }
        let kept = plans.find(&found.question()).map_err(|error| error.problem())?;
        if !kept.warnings.is_empty() {
            for (index, warning) in kept.warnings.iter().enumerate() {
                if self.strict {
                    return Err(Problem::new(warning.code));
                }
                // A row counts once for each kind of warning.
                if kept.warnings[..index].iter().all(|other| other.code != warning.code) {
                    answer.warn(warning.code);
                }
            }
        }
        let rank = kept.on_ladder.then_some(found.rank);
        if let Some(step) = kept.step(rank) {
            if kept.extra.0.len() <= step {
                write_steps(kept, step, *separator, numbers)?;
            }
            let (sums, written) = &kept.extra.0[step];
            answer.add(sums);
            answer.out.extend_from_slice(written);
        } else {
            let amounts = kept.amounts(rank, found.person.salary).map_err(|error| error.problem())?;
            let sums = in_columns(&amounts)?;
            answer.add(&sums);
            write(answer.out, &sums, *separator, numbers);
        }
        if let Some(rank) = rank {
            answer.out.extend_from_slice(numbers.format(rank).as_bytes());
        }
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        let payers: i128 = sums[1..7].iter().sum();
        if sums[0] == payers { Ok(()) } else { Err(format!("total premium {}, payers {payers}", sums[0])) }
    }

    fn labels(&self) -> &'static [&'static str] {
        &APPENDED[..7]
    }
}

/// Writes the amounts of all ranks up to a step.
fn write_steps(
    kept: &mut Kept<'_, Written>,
    step: usize,
    separator: u8,
    numbers: &mut itoa::Buffer,
) -> Result<(), Problem> {
    for at in kept.extra.0.len()..=step {
        let rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let amounts = kept.amounts(Some(rank), None).map_err(|error| error.problem())?;
        let sums = in_columns(&amounts)?;
        let mut written = Vec::new();
        write(&mut written, &sums, separator, numbers);
        kept.extra.0.push((sums, written));
    }
    Ok(())
}

/// Whole đồng in the order of the columns.
fn in_columns(amounts: &Amounts) -> Result<Sums, Problem> {
    let dong = |amount: Vnd| {
        amount.dong().ok_or_else(|| Problem::new(Code::Internal).with("what", "a premium with decimals"))
    };
    let of = |payer: Payer| dong(amounts.of(payer));
    Ok([
        dong(amounts.premium)?,
        of(Payer::Person)?,
        of(Payer::Employer)?,
        of(Payer::SocialInsuranceFund)? + of(Payer::UnemploymentFund)?,
        of(Payer::State)?,
        of(Payer::Local)?,
        of(Payer::Other)?,
    ])
}

/// Every amount behind a separator, and a separator for the rank.
#[inline]
fn write(out: &mut Vec<u8>, sums: &Sums, separator: u8, numbers: &mut itoa::Buffer) {
    for amount in sums {
        out.push(separator);
        out.extend_from_slice(numbers.format(*amount).as_bytes());
    }
    out.push(separator);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_agencies_are_understood_once_each() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
