//! Điều được hỏi của `quote` và `subsidy`: the case from the file or the flags, with what was filled in.

use std::path::Path;

use clap::ArgMatches;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::io::read_text;
use super::quote_input::{self, Draft, MOST_MEMBERS, MOST_MONTHS};
use super::value;
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::engine::premium::quote::{MemberPremium, Quote};
use crate::rulebook::Rulebook;
use crate::terms::care::Reading;
use crate::terms::group::PremiumBasis;
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

/// Group that `--members` stands for.
pub(super) const HOUSEHOLD: &str = "household";
/// Months quoted when the user names none.
pub(super) const USUAL_MONTHS: u32 = 12;

/// Điều người dùng hỏi: the case, what was filled in, and how to end when the engine refuses what was given.
pub struct Asked {
    /// The case.
    pub case: QuoteCase,
    /// What was filled in or ignored.
    pub notices: Vec<Problem>,
    /// Exit code for something given that cannot be used.
    pub given: Exit,
    /// Where the number of months stands.
    months_at: String,
}

impl Asked {
    /// Why the engine refuses, with the place of what it refuses.
    pub fn refusal(&self, error: &EngineError) -> Failure {
        let mut failure = Failure::engine(error, self.given);
        if failure.problem.code == Code::MonthsRange {
            failure.problem = failure.problem.at(&self.months_at);
        }
        failure
    }
}

/// Reads the case from the file or the flags.
///
/// # Errors
/// [`Failure`] naming the flag or the place in the file.
pub fn read(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    rules: &Rulebook,
    command: &'static str,
) -> Result<Asked, Failure> {
    let (mut draft, given) = match matches.get_one::<String>("file") {
        Some(file) => {
            let text = read_text(Path::new(file), context.world)?;
            let name = if file == "-" { "stdin" } else { file };
            (quote_input::read(&text, name, rules)?, Exit::Input)
        }
        None => (from_flags(matches, rules, command)?, Exit::Usage),
    };
    let (of_law, local) = readings(matches, rules)?;
    draft.read_as(of_law.iter().map(|reading| reading.key().to_owned()).chain(local));
    let in_file = draft.months_at.clone().filter(|_| matches.get_one::<String>("months").is_none());
    let months_at = in_file.unwrap_or_else(|| "--months".to_owned());
    let (case, notices) = fill_in(draft, matches, rules, context)?;
    Ok(Asked { case, notices, given, months_at })
}

/// The readings asked for: of the law, and of local policies.
pub(super) fn readings(
    matches: &ArgMatches,
    rules: &Rulebook,
) -> Result<(Vec<Reading>, Vec<String>), Failure> {
    let typed = matches.get_many::<String>("reading").unwrap_or_default();
    let (local, of_law): (Vec<&String>, Vec<&String>) =
        typed.partition(|text| rules.local_readings().any(|known| known == text.as_str()));
    Ok((value::readings(&of_law).map_err(Failure::usage)?, local.into_iter().cloned().collect()))
}

/// People named by flags alone.
fn from_flags(matches: &ArgMatches, rules: &Rulebook, command: &str) -> Result<Draft, Failure> {
    let text = |name: &str| matches.get_one::<String>(name);
    let at = |name: &str| format!("--{name}");
    let members = text("members")
        .map(|typed| {
            value::count(typed, 1..=MOST_MEMBERS, Code::MemberCount)
                .map_err(|problem| Failure::usage(problem.at(at("members"))))
        })
        .transpose()?;
    let find = |typed| value::group(typed, rules).map_err(|problem| Failure::usage(problem.at(at("group"))));
    let typed = matches.get_many::<String>("group").unwrap_or_default();
    let groups: Vec<String> = typed.map(|typed| find(typed)).collect::<Result<_, _>>()?;
    let (count, group) = match (members, groups.first().cloned()) {
        (None, None) => {
            return Err(Failure::usage(
                Problem::new(Code::MissingArgument)
                    .with("read", "--members N / --group …")
                    .with("command", command),
            ));
        }
        (count, group) => (count.unwrap_or(1), group.unwrap_or_else(|| HOUSEHOLD.to_owned())),
    };
    let mut person = Enrollee::of_group(&group);
    person.also = groups.into_iter().filter(|other| *other != group).collect();
    let mut notices = Vec::new();
    for typed in matches.get_many::<String>("special").unwrap_or_default() {
        let span = value::special_span(typed, rules, MOST_MONTHS);
        person.special.push(span.map_err(|problem| Failure::usage(problem.at(at("special"))))?);
    }
    person.born = text("born")
        .map(|typed| value::date(typed).map_err(|problem| Failure::usage(problem.at(at("born")))))
        .transpose()?;
    person.salary = text("salary")
        .map(|typed| value::amount(typed).map_err(|problem| Failure::usage(problem.at(at("salary")))))
        .transpose()?;
    for typed in matches.get_many::<String>("tag").unwrap_or_default() {
        let (circumstance, warning) =
            value::circumstance(typed, rules).map_err(|problem| Failure::usage(problem.at(at("tag"))))?;
        person.circumstances.push(circumstance);
        notices.extend(warning);
    }
    Ok(Draft {
        paid_on: None,
        from: None,
        months: None,
        until: None,
        months_at: None,
        province: None,
        school: None,
        schools: Vec::new(),
        already: 0,
        members: vec![person; count as usize],
        notices,
    })
}

/// The case: the file's or the flags' people, with dates and months from flags, then file, then defaults.
pub(super) fn fill_in(
    mut draft: Draft,
    matches: &ArgMatches,
    rules: &Rulebook,
    context: &Context<'_, '_>,
) -> Result<(QuoteCase, Vec<Problem>), Failure> {
    let text = |name: &str| matches.get_one::<String>(name);
    let date = |name: &str| {
        text(name)
            .map(|typed| {
                value::date(typed).map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
            })
            .transpose()
    };
    let count = |name: &str, accepted, code| {
        text(name)
            .map(|typed| {
                value::count(typed, accepted, code)
                    .map_err(|problem| Failure::usage(problem.at(format!("--{name}"))))
            })
            .transpose()
    };
    let mut notices = std::mem::take(&mut draft.notices);
    draft.from = date("from")?.or(draft.from);
    draft.until = date("until")?.or(draft.until);
    draft.already = count("already", 0..=MOST_MEMBERS, Code::MemberCount)?.unwrap_or(draft.already);
    // Any number is the engine's to refuse: it knows what the group may pay for.
    let months = match text("months").and_then(|typed| typed.trim().parse().ok()) {
        Some(number) => number,
        None => count("months", 1..=MOST_MONTHS, Code::MonthsRange)?.or(draft.months).unwrap_or(USUAL_MONTHS),
    };
    let place = |name: &str| {
        let refused = |problem: Problem| no_answer(problem.at(format!("--{name}")));
        text(name).map(|typed| value::province(typed, rules).map_err(refused)).transpose()
    };
    draft.province = place("province")?.or(draft.province);
    if let Some(school) = place("school-province")? {
        (draft.school, draft.schools) = (Some(school), Vec::new());
    }
    let paid_on = date("paid-on")?.or(draft.paid_on).unwrap_or_else(|| {
        notices.push(Problem::new(Code::DateAssumed).with("date", context.world.today));
        context.world.today
    });
    let case = draft.into_case(paid_on, months).map_err(no_answer)?;
    if let Some(born) = case.members.iter().filter_map(|member| member.born).find(|born| *born > paid_on) {
        let place = if matches.get_one::<String>("born").is_some() { "--born" } else { "members.born" };
        let problem = Problem::new(Code::DateOrder).with("first", born).with("second", paid_on).at(place);
        let exit = if place == "--born" { Exit::Usage } else { Exit::Input };
        return Err(Failure { problem, exit });
    }
    Ok((case, notices))
}

/// Điều cần biết cạnh kết quả: what was noticed while reading, and what is known once each person has a category.
pub(super) fn tell(mut notices: Vec<Problem>, case: &QuoteCase, rules: &Rulebook, outcome: &mut Quote) {
    notices.extend(unused_salaries(case, rules, outcome));
    let has_rank = |member: &MemberPremium| member.group == HOUSEHOLD;
    if outcome.members.iter().any(has_rank) && !outcome.members.iter().all(has_rank) {
        notices.push(Problem::new(Code::NoRank));
    }
    outcome.notices.splice(0..0, notices);
}

/// The recorded law has no answer for the place.
fn no_answer(problem: Problem) -> Failure {
    Failure { problem, exit: Exit::NoAnswer }
}

/// A salary given for a person who joins under a group whose premium does not rest on one.
fn unused_salaries(case: &QuoteCase, rules: &Rulebook, outcome: &Quote) -> Vec<Problem> {
    let rests_on_amount = |group: &str| {
        let terms = rules.group(group).and_then(|group| group.terms.at(case.paid_on).ok());
        terms.is_none_or(|terms| PremiumBasis::needs_amount(terms.value.basis))
    };
    let mut notices: Vec<Problem> = Vec::new();
    for (person, member) in case.members.iter().zip(&outcome.members) {
        if person.salary.is_none() || rests_on_amount(&member.group) {
            continue;
        }
        let notice = Problem::new(Code::SalaryUnused).with("group", &member.group);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}
