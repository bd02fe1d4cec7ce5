//! Hỏi đáp: five questions that end in a quote and in the command line that would have given it.

use std::io::{BufRead, BufReader, Write};

use chrono::NaiveDate;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::quote;
use super::value;
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::premium::quote::quote as compute;
use crate::render::catalogue;
use crate::render::wording::{Lang, date, money};
use crate::rulebook::Rulebook;
use crate::terms::group::PremiumBasis;
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};

/// Groups offered by number; any other may be typed.
const OFFERED: [&str; 5] = ["household", "pupil", "student", "near-poor", "worker"];
/// Months offered first.
const USUAL_MONTHS: u32 = 12;

/// What was answered so far.
#[derive(Clone)]
struct Answers {
    group: String,
    people: u32,
    salary: Option<Vnd>,
    months: u32,
    paid_on: NaiveDate,
    province: Option<String>,
}

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
        group: OFFERED[0].to_owned(),
        people: 1,
        salary: None,
        months: USUAL_MONTHS,
        paid_on: today,
        province: None,
    };
    let mut lines = BufReader::new(&mut *context.world.stdin);
    let out = &mut *context.world.stdout;
    say(out, lang.say(
        "Tính mức đóng BHYT.\nEnter = chọn giá trị trong ngoặc, ? = giải thích, b = quay lại, q = thoát.\n",
        "Health insurance premium. Enter = value in brackets, ? = explain, b = back, q = quit.\n",
    ))?;
    let questions: [Question; 5] = [ask_group, ask_people, ask_months, ask_paid_on, ask_province];
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        let (prompt, help) = prompt(at, &answers, &rules, lang);
        say(out, &format!("{}/{} {prompt}: ", at + 1, questions.len()))?;
        let mut line = String::new();
        if lines.read_line(&mut line).map_err(|error| Failure::write(&error, "stdin"))? == 0 {
            say(out, "\n")?;
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
    let exit = quote::emit(context, &rules, &case, &outcome, "text")?;
    let line = format!(
        "\n{} {}\n",
        lang.say("Lần sau có thể gõ:", "Next time you can type:"),
        answers.command_line(&rules)
    );
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
    match at {
        0 => {
            let list: Vec<String> = OFFERED
                .iter()
                .enumerate()
                .map(|(index, id)| format!("\n      {} {}", index + 1, name(id)))
                .collect();
            let ask = lang.say("Đối tượng, số hoặc mã trên thẻ", "Group, number or card code");
            (
                format!("{ask}{}\n    [1]", list.concat()),
                lang.say(
                    "Mã hai chữ in trên thẻ (GD, HS, CN …) hoặc tên đối tượng.",
                    "The two letters on the card (GD, HS, CN …) or the name of the group.",
                )
                .to_owned(),
            )
        }
        1 if needs_salary(&answers.group, rules, answers.paid_on) => (
            lang.say("Tiền lương, lương hưu hoặc trợ cấp một tháng", "Salary, pension or benefit a month")
                .to_owned(),
            lang.say(
                "Căn cứ đóng của đối tượng này; viết 12.000.000 hoặc 12000000.",
                "What the premium of this group rests on; write 12,000,000 or 12000000.",
            )
            .to_owned(),
        ),
        1 => (
            format!("{} [1]", lang.say("Số người cùng đóng", "Number of people")),
            lang.say(
                "Thành viên hộ gia đình cùng tham gia được giảm dần từ người thứ hai.",
                "Household members who join together pay less from the second on.",
            )
            .to_owned(),
        ),
        2 => (
            format!("{} [{USUAL_MONTHS}]", lang.say("Số tháng (3, 6 hoặc 12)", "Months (3, 6 or 12)")),
            lang.say(
                "Kỳ đóng của hộ gia đình và học sinh là 3, 6 hoặc 12 tháng.",
                "Households and pupils pay for 3, 6 or 12 months.",
            )
            .to_owned(),
        ),
        3 => (
            format!("{} [{}]", lang.say("Ngày đóng tiền", "Day of payment"), date(answers.paid_on, lang)),
            lang.say(
                "Lương cơ sở tại ngày đóng quyết định số tiền.",
                "The base salary on the day of payment decides the amount.",
            )
            .to_owned(),
        ),
        _ => (
            format!(
                "{} [{}]",
                lang.say("Tỉnh, để tính hỗ trợ thêm", "Province, for local support"),
                lang.say("bỏ qua", "skip")
            ),
            lang.say(
                "Nhiều tỉnh hỗ trợ thêm cho một số đối tượng.",
                "Many provinces add support for some groups.",
            )
            .to_owned(),
        ),
    }
}

fn needs_salary(group: &str, rules: &Rulebook, day: NaiveDate) -> bool {
    let terms = rules.group(group).and_then(|group| group.terms.at(day).ok());
    terms.is_some_and(|terms| PremiumBasis::needs_amount(terms.value.basis))
}

fn ask_group(typed: &str, answers: &mut Answers, rules: &Rulebook) -> Result<(), Problem> {
    let typed = if typed.is_empty() { "1" } else { typed };
    let offered = typed.parse::<usize>().ok().and_then(|number| OFFERED.get(number.wrapping_sub(1)));
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
        answers.people = value::count(typed, 1..=super::quote_input::MOST_MEMBERS, Code::MemberCount)?;
    }
    Ok(())
}

fn ask_months(typed: &str, answers: &mut Answers, _: &Rulebook) -> Result<(), Problem> {
    if !typed.is_empty() {
        answers.months = value::count(typed, 1..=15, Code::MonthsRange)?;
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
    answers.province = if typed.is_empty() { None } else { Some(value::province(typed, rules)?) };
    Ok(())
}

/// The amount with what is known so far, so that every answer shows its effect.
fn running_total(answers: &Answers, rules: &Rulebook, lang: Lang) -> String {
    match compute(rules, &answers.case()) {
        Ok(outcome) => format!("    = {}\n", money(outcome.payable, lang)),
        Err(_) => String::new(),
    }
}

impl Answers {
    fn case(&self) -> QuoteCase {
        let mut person = Enrollee::of_group(&self.group);
        person.salary = self.salary;
        QuoteCase {
            paid_on: self.paid_on,
            from: None,
            months: self.months,
            province: self.province.clone(),
            already: 0,
            members: vec![person; self.people as usize],
        }
    }

    fn command_line(&self, rules: &Rulebook) -> String {
        let code = rules.group(&self.group).map_or(self.group.as_str(), |group| group.code());
        let mut line = format!("bhyt quote --group {code}");
        if self.people > 1 {
            line.push_str(&format!(" --members {}", self.people));
        }
        if let Some(salary) = self.salary {
            line.push_str(&format!(" --salary {salary}"));
        }
        line.push_str(&format!(" --months {} --paid-on {}", self.months, self.paid_on));
        if let Some(province) = &self.province {
            line.push_str(&format!(" --province {province}"));
        }
        line
    }
}
