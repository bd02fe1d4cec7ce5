//! Bảng các hộ cho `bhyt quote`: households of a workbook or CSV table, each read as a file of its own would be.

use std::path::Path;

use chrono::NaiveDate;
use clap::ArgMatches;

use super::exit::Failure;
use super::quote_input::{Draft, MOST_MEMBERS};
use super::value;
use crate::case::quote::{Enrollee, OwnPayment};
use crate::rulebook::Rulebook;
use crate::table::batch::Aside;
use crate::table::csv::TableRow;
use crate::table::premium::{self, FoundPerson, LeftOut, ListedFacts, People};
use crate::table::{Input, OpenTable, ReadOptions, Trouble};
use crate::terms::problem::{Code, Problem};

/// Households that are quoted at once; more are a matter of `bhyt batch premium`.
const MOST_HOUSEHOLDS: usize = 200;
/// Endings of files that hold tables.
const TABLES: &[&str] = &["xlsx", "xls", "csv", "tsv", "parquet"];

/// Whether a file is a table by its name.
pub(super) fn is_table(file: &str) -> bool {
    let ending = Path::new(file).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    TABLES.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The households of a table in their order. Days of payment and months that it leaves out are those of the command line, else
/// today and `months`.
///
/// # Errors
/// [`Failure`] for what cannot be read, with its line; and for what a quote does not take in.
pub(super) fn read(
    file: &str,
    matches: &ArgMatches,
    (today, months): (NaiveDate, u32),
    rules: &Rulebook,
) -> Result<Vec<Draft>, Failure> {
    let given = |name: &str| matches.get_one::<String>(name).cloned();
    let set = vec![
        format!("paid_on={}", given("paid-on").unwrap_or_else(|| today.to_string())),
        format!("months={}", given("months").unwrap_or_else(|| months.to_string())),
    ];
    let options = ReadOptions { set, ..ReadOptions::default() };
    let mut table = OpenTable::open(Input::File(file.into()), &premium::SCHEMA, &options)?;
    let layout = table.layout().clone();
    let mut notices = table.notices().to_vec();
    notices.retain(|problem| problem.code == Code::OtherSheets);
    let paid_on = layout.column("paid_on");
    let mut people = People::new(rules, &layout);
    let mut left_out = LeftOut::of(rules, &layout);
    let mut households = Households { drafts: Vec::new(), placeless: 0, people: 0, rules };
    let mut assumed = false;
    let mut begins = false;
    table.for_each(|row| {
        let refused = |problem: Problem| Trouble::input(problem.at(format!("{file}:{}", row.number)));
        match people.aside(row) {
            Aside::No => {}
            Aside::LeftOut(_) => return Ok(()),
            Aside::LeftOutWith(_, problem) | Aside::Rejected(problem) | Aside::Stop(problem) => {
                return Err(refused(problem));
            }
        }
        begins |= row.begins_household;
        let placed = row.placed(row.number, begins);
        let name = layout.column("name").map(|at| cell(row, at)).filter(|name| !name.is_empty());
        let found = people.read(&placed).map_err(|mut problem| {
            problem.place = format!("{file}:{} {}", row.number, problem.place);
            Trouble::input(problem)
        })?;
        if let Some((_, column)) = left_out.found(&placed, &found) {
            return Err(refused(Problem::new(Code::TableBeyondQuote).with("column", column)));
        }
        assumed |= given("paid-on").is_none() && paid_on.is_none_or(|at| cell(row, at).is_empty());
        households.take(&found, name, begins).map_err(refused)?;
        begins = false;
        Ok(())
    })?;
    let Households { mut drafts, placeless, people, .. } = households;
    if placeless > 0 && people > 1 {
        return Err(Failure::input(Problem::new(Code::HouseholdUnknown).at(file)));
    }
    if assumed {
        notices.push(Problem::new(Code::DateAssumed).with("date", today));
    }
    match drafts.first_mut() {
        Some(first) => first.notices = notices,
        None => return Err(Failure::input(Problem::new(Code::EmptyInput).at(file))),
    }
    Ok(drafts)
}

fn cell(row: &TableRow<'_>, at: usize) -> String {
    String::from_utf8_lossy(row.cell(at)).trim().to_owned()
}

/// Các hộ đang đọc.
struct Households<'r> {
    drafts: Vec<Draft>,
    placeless: u32,
    people: u32,
    rules: &'r Rulebook,
}

impl Households<'_> {
    /// Takes a person in, as the first of a household or as one more of the last.
    fn take(&mut self, found: &FoundPerson<'_>, name: Option<String>, begins: bool) -> Result<(), Problem> {
        let says_money = |listed: &ListedFacts| {
            !listed.money.support.is_empty() || !listed.money.stated.is_empty() || listed.money.other_base
        };
        if found.listed.is_some_and(says_money) {
            return Err(Problem::new(Code::TableBeyondQuote));
        }
        self.people += 1;
        self.placeless += u32::from(found.is_placeless);
        let on_ladder = found.question.person.group == super::quote_case::HOUSEHOLD;
        let payment = found.question.payment;
        if begins || self.drafts.is_empty() {
            if self.drafts.len() == MOST_HOUSEHOLDS {
                return Err(Problem::new(Code::TableBeyondQuote));
            }
            self.drafts.push(Draft {
                paid_on: Some(payment.paid_on),
                from: payment.from,
                until: None,
                months: Some(payment.months),
                months_at: None,
                province: payment.province.map(|id| value::province(id, self.rules)).transpose()?,
                school: None,
                schools: Vec::new(),
                already: 0,
                members: Vec::new(),
                notices: Vec::new(),
            });
        }
        let Some(draft) = self.drafts.last_mut() else { return Ok(()) };
        if draft.members.len() >= MOST_MEMBERS as usize {
            return Err(Problem::new(Code::HouseholdTooLarge).with("limit", MOST_MEMBERS));
        }
        if on_ladder {
            let before =
                draft.members.iter().filter(|member| member.group == super::quote_case::HOUSEHOLD).count();
            let place = draft.already + u32::try_from(before).unwrap_or(u32::MAX) + 1;
            match (before, found.rank.checked_sub(1)) {
                (0, Some(already)) => draft.already = already,
                _ if found.rank == place => {}
                _ => return Err(Problem::new(Code::RankForm)),
            }
        }
        let province = payment.province.map(|id| value::province(id, self.rules)).transpose()?;
        if province != draft.province {
            return Err(Problem::new(Code::TableBeyondQuote));
        }
        let differs = |own: bool| own.then_some(());
        let own = OwnPayment {
            paid_on: differs(draft.paid_on != Some(payment.paid_on)).map(|()| payment.paid_on),
            from: differs(draft.from != payment.from).and(payment.from),
            months: differs(draft.months != Some(payment.months)).map(|()| payment.months),
            until: None,
        };
        if draft.from.is_some() && payment.from.is_none() {
            return Err(Problem::new(Code::TableBeyondQuote));
        }
        draft.schools.push(
            found.question.person.school.as_deref().map(|id| value::province(id, self.rules)).transpose()?,
        );
        draft.members.push(Enrollee { name, school: None, own, ..found.question.person.clone() });
        Ok(())
    }
}
