//! Bảng người tham gia: rows of people as persons and payments, and the batch that answers with premiums.
//!
//! `unemployment-fund` has no column of its own: its part is added to `social_insurance_fund`.

mod fields;
mod found_person;
mod known_money;
mod left_out;
mod list;
mod list_words;
mod listed;
mod money;
mod money_law;
mod note;
mod odd;
mod people;
mod place;
mod schema;
mod tags;
mod whereabouts;

pub use self::found_person::{FoundPerson, ListedFacts};
pub use self::left_out::LeftOut;
use self::list::ListReader;
use self::listed::{ListedRow, Notes};
use self::money::{MoneyColumns, MoneyWeight};
use self::note::KnownNotes;
use self::odd::Computed;
pub use self::people::People;
pub use self::schema::SCHEMA;
use self::whereabouts::PlaceReader;
use super::batch::kernel::{Aside, Kernel, RowAnswer};
use super::batch::tally::BatchTally;
use super::csv::TableRow;
use super::heading::Layout;
use crate::engine::premium::plans::{Kept, Plans};
use crate::engine::premium::{Payment, PremiumAmounts};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["premium", "person", "employer", "social_insurance_fund", "state", "local", "other", "member_rank"];

/// The same for tables that state amounts: stated less computed.
const APPENDED_WITH_DIFFERENCE: &[&str] = &[
    "premium",
    "person",
    "employer",
    "social_insurance_fund",
    "state",
    "local",
    "other",
    "member_rank",
    "stated_difference",
];

/// Tính mức đóng cho từng dòng.
#[derive(Debug, Clone)]
pub struct PremiumKernel<'r> {
    rules: &'r Rulebook,
    /// Whether a warning rejects the row.
    strict: bool,
    /// Whether the table states amounts to compare.
    has_stated: bool,
    /// Whether rows are read one after another.
    in_order: bool,
    /// What is said of a list too long for that whose rows would be compared.
    too_long: Option<Problem>,
    notes: Notes,
}

impl<'r> PremiumKernel<'r> {
    /// A kernel for tables of this layout; under `strict` a warning rejects the row.
    pub fn new(rules: &'r Rulebook, strict: bool, layout: &Layout) -> PremiumKernel<'r> {
        PremiumKernel {
            rules,
            strict,
            has_stated: MoneyColumns::has_stated(layout),
            in_order: layout.in_order,
            too_long: (layout.is_list && !layout.in_order && ListReader::compares(layout))
                .then(Layout::too_long_to_compare),
            notes: Notes::of(layout),
        }
    }
}

/// What a thread of the premium batch holds.
pub struct PremiumWorker<'r> {
    people: People<'r>,
    plans: Plans<'r, Written>,
    separator: u8,
    numbers: itoa::Buffer,
    /// The place that an amount said last.
    inferred: u32,
    known_notes: KnownNotes,
    /// Names of places in columns that were not understood.
    odd_places: PlaceReader<'r>,
}

/// Amounts of a plan as they are written, by rank.
#[derive(Debug, Default)]
struct Written(Vec<(Sums, Vec<u8>)>);

/// Premium and payers in the order of the columns.
type Sums = [i64; 7];

impl<'r> Kernel for PremiumKernel<'r> {
    type Worker = PremiumWorker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        if self.has_stated { APPENDED_WITH_DIFFERENCE } else { APPENDED }
    }

    fn worker(&self, layout: &Layout) -> PremiumWorker<'r> {
        PremiumWorker {
            people: People::new(self.rules, layout),
            plans: Plans::new(self.rules),
            separator: layout.separator,
            numbers: itoa::Buffer::new(),
            inferred: 0,
            known_notes: KnownNotes::default(),
            odd_places: PlaceReader::of(self.rules),
        }
    }

    fn begin_block(&self, worker: &mut PremiumWorker<'r>, line: u64) {
        worker.people.begin_block(line);
    }

    #[inline]
    fn aside(&self, worker: &mut PremiumWorker<'r>, row: &TableRow<'_>) -> Aside {
        worker.people.aside(row)
    }

    fn finish(&self, worker: &mut PremiumWorker<'r>) -> Option<Problem> {
        worker.people.finish()
    }

    fn row(
        &self,
        worker: &mut PremiumWorker<'r>,
        row: &TableRow<'_>,
        answer: &mut RowAnswer<'_>,
    ) -> Result<(), Problem> {
        let PremiumWorker { people, plans, separator, numbers, inferred, known_notes, odd_places } = worker;
        let found = people.read(row)?;
        if found.unknown_tag {
            if self.strict {
                return Err(Problem::new(Code::UnknownTag));
            }
            answer.warn(Code::UnknownTag);
        }
        self.notes.watch(row, known_notes, answer);
        // A year of birth is as good as a day where nothing asks for either.
        let born_until = found.listed.and_then(|listed| listed.born_until);
        let born_until = born_until.filter(|_| plans.may_ask_birth(&found.question));
        let mut kept = plans.find(&found.question).map_err(|error| error.problem())?;
        if kept.months_by_card {
            let unusual = plans.months_are_unusual(&found.question).map_err(|error| error.problem())?;
            if unusual && self.strict {
                return Err(Problem::new(Code::MonthsUnusual));
            }
            if unusual {
                answer.warn(Code::MonthsUnusual);
            }
            kept = plans.find(&found.question).map_err(|error| error.problem())?;
        }
        for warning in &kept.warnings {
            if self.strict {
                return Err(Problem::new(*warning));
            }
            answer.warn(*warning);
        }
        let rank = kept.on_ladder.then_some(found.rank);
        let is_placeless = found.is_placeless && rank.is_some();
        let Payment { months, paid_on, .. } = found.question.payment;
        let computed = Computed { rank, is_placeless, months, paid_on };
        if rank.is_some() && !is_placeless {
            answer.placed();
        }
        let is_plain = match found.weight() {
            _ if is_placeless || born_until.is_some() => false,
            MoneyWeight::Nothing => true,
            MoneyWeight::NoBudget => pays_no_support(kept, rank, *separator, numbers)?,
            MoneyWeight::Something => false,
        };
        if !is_plain {
            let said = ListedFacts { born_until, ..found.listed.copied().unwrap_or_default() };
            let listed = ListedRow { rules_strict: self.strict, in_order: self.in_order, found, said };
            let (amounts, rank, difference) = listed.answer(plans, inferred, answer)?;
            if self.notes.has_odd() {
                self.notes.hold_against(row, &Computed { rank, ..computed }, odd_places, answer);
            }
            let sums = in_columns(&amounts)?;
            answer.add(&sums);
            write(answer.out, &sums, *separator, numbers);
            if let Some(rank) = rank {
                answer.out.extend_from_slice(numbers.format(rank).as_bytes());
            }
            if self.has_stated {
                answer.out.push(*separator);
                if let Some(difference) = difference.and_then(Vnd::dong) {
                    let (more, less) = (difference.max(0), difference.min(0));
                    answer.add(&[0, 0, 0, 0, 0, 0, 0, more, less]);
                    answer.out.extend_from_slice(numbers.format(difference).as_bytes());
                }
            }
            people.count(amounts.of(Payer::Person));
            return Ok(());
        }
        if self.notes.has_odd() {
            self.notes.hold_against(row, &computed, odd_places, answer);
        }
        let computed;
        if let Some(step) = kept.step(rank) {
            if kept.extra.0.len() <= step {
                write_steps(kept, step, *separator, numbers)?;
            }
            let (sums, written) = &kept.extra.0[step];
            answer.add_for_good(sums);
            answer.out.extend_from_slice(written);
            computed = sums[1];
        } else {
            let amounts =
                kept.amounts(rank, found.question.person.salary).map_err(|error| error.problem())?;
            let sums = in_columns(&amounts)?;
            answer.add_for_good(&sums);
            write(answer.out, &sums, *separator, numbers);
            computed = sums[1];
        }
        if let Some(rank) = rank {
            answer.out.extend_from_slice(numbers.format(rank).as_bytes());
        }
        if self.has_stated {
            answer.out.push(*separator);
        }
        people.count(Vnd::whole(computed));
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        let payers: i128 = sums[1..7].iter().sum();
        if sums[0] == payers { Ok(()) } else { Err(format!("total premium {}, payers {payers}", sums[0])) }
    }

    fn labels(&self) -> &'static [&'static str] {
        &APPENDED[..7]
    }

    fn notices(&self) -> Vec<Problem> {
        self.too_long.iter().cloned().collect()
    }

    fn closing(&self, tally: &BatchTally) -> Vec<Problem> {
        self.notes.closing(tally)
    }
}

/// Whether state and province pay nothing, so that a list that says so adds nothing.
fn pays_no_support(
    kept: &mut Kept<'_, Written>,
    rank: Option<u32>,
    separator: u8,
    numbers: &mut itoa::Buffer,
) -> Result<bool, Problem> {
    let Some(step) = kept.step(rank) else { return Ok(false) };
    if kept.extra.0.len() <= step {
        write_steps(kept, step, separator, numbers)?;
    }
    let [_, _, _, _, state, local, _] = kept.extra.0[step].0;
    Ok(state == 0 && local == 0)
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
fn in_columns(amounts: &PremiumAmounts) -> Result<Sums, Problem> {
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
    use super::fields::FIELDS;

    #[test]
    fn headings_of_agencies_are_understood_once_each() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
