//! Hỏi đáp: five questions, a few more where they count, that end in a quote and in the input that would have given it.

use std::io::{BufRead, BufReader, Write};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::interactive_answers::Answers;
use super::interactive_sheet;
use super::quote;
use super::quote_input;
use super::value;
use crate::case::quote::{Circumstance, tag};
use crate::engine::premium::quote::quote as compute;
use crate::render::catalogue;
use crate::render::layout::wrap;
use crate::render::pages;
use crate::render::questions::{self, Inquiry};
use crate::render::wording::{Lang, date, money, share};
use crate::rulebook::Rulebook;
use crate::terms::group::PremiumBasis;
use crate::terms::problem::{Code, Problem};

/// Questions asked of everybody; whoever stops answering after them gets the result.
const COMMON: usize = 5;

/// The questions about what the place supports, the earlier card and the school year.
const SUPPORT: usize = 7;
const CARD: usize = 8;
const SCHOOL: usize = 9;

/// What an answer leads to.
enum Reply {
    Next,
    Back,
    Again,
    Quit,
}

/// Asks, quotes, and prints the equivalent command line.
pub fn run(context: &mut Context<'_, '_>) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let lang = context.lang();
    let today = context.world.today;
    let mut answers = Answers {
        group: questions::OFFERED[0].to_owned(),
        people: 1,
        salary: None,
        months: questions::USUAL_MONTHS,
        paid_on: today,
        province: None,
        already: 0,
        others: Vec::new(),
        born: None,
        circumstances: Vec::new(),
        previous_card: None,
        school_year: None,
    };
    // Nothing is read ahead: whoever asks next reads on.
    let mut lines = BufReader::with_capacity(1, &mut *context.world.stdin);
    let out = &mut *context.world.stdout;
    say(out, lang.say(
        "Tính mức đóng BHYT.\nEnter = chọn giá trị trong ngoặc, ? = giải thích, b = quay lại, q = thoát.\n",
        "Health insurance premium. Enter = value in brackets, ? = explain, b = back, q = quit.\n",
    ))?;
    let questions: [Question; 10] = [
        ask_group,
        ask_people,
        ask_months,
        ask_paid_on,
        ask_province,
        ask_already,
        ask_others,
        ask_support,
        ask_card,
        ask_school,
    ];
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        if need_not_answer(&answers, at, &rules) {
            at += 1;
            continue;
        }
        let (prompt, help) = prompt(at, &answers, &rules, lang);
        let number = if at < COMMON { format!("{}/{COMMON}", at + 1) } else { "+".to_owned() };
        say(out, &format!("{number} {prompt}: "))?;
        let mut line = String::new();
        if lines.read_line(&mut line).map_err(|error| Failure::write(&error, "stdin"))? == 0 {
            say(out, "\n")?;
            if at >= COMMON {
                break;
            }
            return Ok(Exit::Done);
        }
        let reply = match line.trim() {
            "?" => {
                say(out, &format!("    {help}\n"))?;
                Reply::Again
            }
            "b" => Reply::Back,
            "q" => Reply::Quit,
            typed => match question(typed, &mut answers, &rules) {
                Ok(()) => Reply::Next,
                Err(problem) => {
                    say(out, &format!("    ✖ {} {}\n", problem.code, catalogue::message(&problem, lang)))?;
                    Reply::Again
                }
            },
        };
        match reply {
            Reply::Next => {
                say(out, &running_total(&answers, &rules, lang))?;
                at += 1;
            }
            Reply::Back => at = at.saturating_sub(1),
            Reply::Again => {}
            Reply::Quit => return Ok(Exit::Done),
        }
    }
    drop(lines);
    let case = answers.case();
    let outcome = compute(&rules, &case).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    say(&mut *context.world.stdout, "\n")?;
    let exit = quote::emit(context, &rules, &case, &outcome, None, "text")?;
    interactive_sheet::offer(context.world, &pages::quote::page(&outcome, &rules, None, lang), lang)?;
    let line = if answers.others.is_empty() {
        let next = lang.say("Lần sau có thể gõ:", "Next time you can type:");
        format!("\n{next} {}\n", answers.command_line(&rules))
    } else {
        let next = lang.say(
            "Lần sau có thể ghi tệp ho.toml như sau và gõ: bhyt quote ho.toml",
            "Next time you can write a file ho.toml like this and type: bhyt quote ho.toml",
        );
        format!("\n{next}\n\n{}", answers.file(&rules))
    };
    say(&mut *context.world.stdout, &line)?;
    Ok(exit)
}

type Question = fn(&str, &mut Answers, &Rulebook) -> Result<(), Problem>;

fn say(out: &mut dyn Write, text: &str) -> Result<(), Failure> {
    super::io::write_stdout(out, text.as_bytes())
}

/// The question with its default, and what `?` says.
fn prompt(at: usize, answers: &Answers, rules: &Rulebook, lang: Lang) -> (String, String) {
    let name = |id: &str| {
        rules
            .group(id)
            .map(|group| lang.pick([group.name_vi.clone(), group.name_en.clone()].each_ref()).clone())
            .unwrap_or_default()
    };
    let explained = |inquiry: Inquiry, default: &str| {
        (format!("{} [{default}]", lang.pick(inquiry.ask)), lang.pick(inquiry.help).to_owned())
    };
    match at {
        0 => {
            let offered = (1..).zip(questions::OFFERED);
            let list: Vec<String> =
                offered.map(|(number, id)| format!("\n      {number} {}", name(id))).collect();
            let ask = lang.pick(questions::GROUP.ask);
            (format!("{ask}{}\n    [1]", list.concat()), lang.pick(questions::GROUP.help).to_owned())
        }
        1 if needs_salary(&answers.group, rules, answers.paid_on) => {
            (lang.pick(questions::SALARY.ask).to_owned(), lang.pick(questions::SALARY.help).to_owned())
        }
        1 => explained(questions::PEOPLE, "1"),
        2 => explained(questions::MONTHS, &questions::USUAL_MONTHS.to_string()),
        3 => explained(questions::PAID_ON, &date(answers.paid_on, lang)),
        4 => explained(questions::PROVINCE, lang.say("bỏ qua", "skip")),
        5 => explained(questions::ALREADY, "0"),
        CARD => explained(questions::CARD, lang.say("chưa có thẻ", "none")),
        SCHOOL => school_prompt(lang),
        SUPPORT => support_prompt(answers, rules, lang),
        _ => explained(questions::OTHERS, lang.say("không", "none")),
    }
}

fn needs_salary(group: &str, rules: &Rulebook, day: chrono::NaiveDate) -> bool {
    let terms = rules.group(group).and_then(|group| group.terms.at(day).ok());
    terms.is_some_and(|terms| PremiumBasis::needs_amount(terms.value.basis))
}

fn ask_group(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    let typed = if typed.is_empty() { "1" } else { typed };
    let offered =
        typed.parse::<usize>().ok().and_then(|number| questions::OFFERED.get(number.wrapping_sub(1)));
    answers.group = match offered {
        Some(id) => (*id).to_owned(),
        None => value::group(typed, rules)?,
    };
    Ok(())
}

fn ask_people(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    if needs_salary(&answers.group, rules, answers.paid_on) {
        answers.salary = Some(value::amount(typed)?);
        answers.people = 1;
    } else {
        let typed = if typed.is_empty() { "1" } else { typed };
        answers.people = value::count(typed, 1..=quote_input::MOST_MEMBERS, Code::MemberCount)?;
    }
    Ok(())
}

fn ask_months(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    if !typed.is_empty() {
        answers.months = value::count(typed, 1..=16, Code::MonthsRange)?;
    }
    Ok(())
}

fn ask_paid_on(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    if !typed.is_empty() {
        answers.paid_on = value::date(typed)?;
    }
    Ok(())
}

fn ask_province(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    answers.province =
        if typed.is_empty() { None } else { Some(value::province(typed, rules)?.on(answers.paid_on)?) };
    Ok(())
}

fn ask_already(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    answers.already = if typed.is_empty() {
        0
    } else {
        value::count(typed, 0..=quote_input::MOST_MEMBERS, Code::MemberCount)?
    };
    Ok(())
}

/// The question about the school year.
fn school_prompt(lang: Lang) -> (String, String) {
    let years = (1..)
        .zip(questions::SCHOOL_YEARS)
        .map(|(number, (_, name, _))| format!("\n      {number} {}", lang.pick(name)));
    let ask = lang.pick(questions::SCHOOL.ask);
    let list = years.collect::<String>();
    (
        format!("{ask}{list}\n    [{}]", lang.say("không", "none")),
        lang.pick(questions::SCHOOL.help).to_owned(),
    )
}

/// Last day of the earlier card.
fn ask_card(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    answers.previous_card = if typed.is_empty() { None } else { Some(value::date(typed)?) };
    Ok(())
}

/// A number of the list of school years, with its date.
fn ask_school(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    answers.school_year = None;
    if typed.is_empty() {
        return Ok(());
    }
    let (number, day) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let most = u32::try_from(questions::SCHOOL_YEARS.len()).unwrap_or(u32::MAX);
    let (name, _, dated) =
        questions::SCHOOL_YEARS[value::count(number, 1..=most, Code::InvalidValue)? as usize - 1];
    let day = if day.is_empty() && !dated { None } else { Some(value::date(day.trim())?) };
    answers.born = day.filter(|_| name == tag::GRADE_1).or(answers.born);
    let date = day.filter(|_| name != tag::GRADE_1);
    answers.school_year = Some(Circumstance { tag: name.to_owned(), date });
    Ok(())
}

/// The question about what the place supports, with the policies by number.
fn support_prompt(answers: &Answers, rules: &Rulebook, lang: Lang) -> (String, String) {
    let list: Vec<String> = (1..)
        .zip(answers.within_reach(rules))
        .map(|(number, near)| {
            let name = lang.pick([near.policy.name_vi.as_str(), near.policy.name_en.as_str()]);
            let date = if near.birth { lang.say(", kèm ngày sinh", ", with the birth date") } else { "" };
            let line = format!("      {number} {name}: {}{date}", share(near.share, lang));
            format!("\n{}", wrap(&line, 8).trim_end())
        })
        .collect();
    let ask = lang.pick(questions::SUPPORT.ask);
    let list = list.concat();
    (
        format!("{ask}{list}\n    [{}]", lang.say("không", "none")),
        lang.pick(questions::SUPPORT.help).to_owned(),
    )
}

/// A number of the list, with a date where the policy needs one.
fn ask_support(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    answers.circumstances = Vec::new();
    if typed.is_empty() {
        return Ok(());
    }
    let (number, day) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let found = answers.within_reach(rules);
    let most = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let number = value::count(number, 1..=most, Code::InvalidValue)?;
    let near = &found[number as usize - 1];
    let day = if day.is_empty() && !near.birth { None } else { Some(value::date(day.trim())?) };
    let born = day.filter(|_| near.birth);
    let date = day.filter(|_| !near.birth);
    let circumstances: Vec<Circumstance> =
        near.tags.iter().map(|tag| Circumstance { tag: (*tag).to_owned(), date }).collect();
    answers.born = born.or(answers.born);
    answers.circumstances = circumstances;
    Ok(())
}

/// Groups with their numbers, separated by commas or semicolons: `2 HS, 1 CN`, `học sinh`.
fn ask_others(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    let others: Result<Vec<(String, u32)>, Problem> = typed
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| other(part, rules))
        .collect();
    answers.others = others?;
    Ok(())
}

/// One kind of further members: a number, then the group; one where no number is written.
fn other(part: &str, rules: &Rulebook) -> Result<(String, u32), Problem> {
    let (number, group) = match part.split_once(char::is_whitespace) {
        Some((number, group)) if number.bytes().all(|byte| byte.is_ascii_digit()) => (number, group.trim()),
        _ => ("1", part),
    };
    Ok((value::group(group, rules)?, value::count(number, 1..=quote_input::MOST_MEMBERS, Code::MemberCount)?))
}

/// The amount with what is known so far, so that every answer shows its effect.
fn running_total(answers: &Answers, rules: &Rulebook, lang: Lang) -> String {
    match compute(rules, &answers.case()) {
        Ok(outcome) => format!("    = {}\n", money(outcome.payable, lang)),
        Err(_) => String::new(),
    }
}

/// Whether a question is none for this person.
fn need_not_answer(answers: &Answers, at: usize, rules: &Rulebook) -> bool {
    match at {
        0..COMMON => false,
        SUPPORT => answers.within_reach(rules).is_empty(),
        CARD => !answers.others.is_empty() || !answers.card_waits(rules),
        SCHOOL => answers.is_several() || !questions::AT_SCHOOL.contains(&answers.group.as_str()),
        _ => answers.group != questions::OFFERED[0],
    }
}
