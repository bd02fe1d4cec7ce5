//! `bhyt quote` (`muc-dong`): premium of a household or a person, who pays which share, card dates.

use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io::read_text;
use super::quote_input::{self, Draft, MOST_MEMBERS, MOST_MONTHS};
use super::quote_table;
use super::value;
use crate::case::quote::{Enrollee, QuoteCase};
use crate::engine::error::EngineError;
use crate::engine::premium::quote::{Quote, quote};
use crate::render::json::{Body, is_warning};
use crate::render::page::Page;
use crate::render::transfer::Transfer;
use crate::render::wording::Lang;
use crate::render::{pages, quote_json};
use crate::rulebook::Rulebook;
use crate::terms::care::Reading;
use crate::terms::group::PremiumBasis;
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

/// Group that `--members` stands for.
pub(super) const HOUSEHOLD: &str = "household";
/// Months quoted when the user names none.
const USUAL_MONTHS: u32 = 12;

const FORMATS: &[&str] = &["text", "json", "chat", "html", "csv", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Mức đóng của hộ gia đình hoặc một người: ai đóng bao nhiêu, thẻ có giá trị từ ngày nào",
            "Premium of a household or a person: who pays what, and the dates of the card",
        ],
        usage: [
            "quote [TỆP.toml|.xlsx] [--members N | --group MÃ] [--months N] …",
            "quote [FILE.toml|.xlsx] [--members N | --group CODE] [--months N] …",
        ],
        examples: [
            "Ví dụ:\n  bhyt quote --members 4 --months 12 --paid-on 01/08/2026\n  bhyt quote --group DN --salary 12.000.000 --months 1\n  bhyt quote --group CN --province \"Gia Lai\" --format chat\n  bhyt quote ho-gia-dinh.toml --format html -o phieu.html\n  bhyt template quote -o cac-ho.xlsx; bhyt quote cac-ho.xlsx",
            "Examples:\n  bhyt quote --members 4 --months 12 --paid-on 2026-08-01\n  bhyt quote --group DN --salary 12,000,000 --months 1\n  bhyt quote --group CN --province \"Gia Lai\" --format chat\n  bhyt quote household.toml --format html -o quote.html\n  bhyt template quote -o households.xlsx; bhyt quote households.xlsx",
        ],
    };
    flags(help::command("quote", "muc-dong", lang, &texts), lang).arg(transfer_flag(lang))
}

/// Where a premium is to be transferred.
pub fn transfer_flag(lang: Lang) -> Arg {
    help::value(
        "transfer-to",
        ["TK", "TO"],
        lang,
        [
            "Mã VietQR: NGÂN_HÀNG:SỐ_TÀI_KHOẢN:TÊN[:NỘI DUNG] (text, html, chat)",
            "VietQR code: BANK:ACCOUNT:NAME[:MESSAGE] (text, html, chat)",
        ],
    )
}

/// Where the premium is to be transferred, if somewhere.
///
/// # Errors
/// [`Failure`] for a recipient without bank, account or name.
pub fn recipient(matches: &ArgMatches) -> Result<Option<Transfer>, Failure> {
    let refused = |typed: &String| {
        let problem = Problem::new(Code::InvalidValue).with("read", typed);
        Failure::usage(problem.with("accepted", "Vietcombank:0123456789:NGUYEN VAN MAU").at("--transfer-to"))
    };
    let typed = matches.get_one::<String>("transfer-to");
    typed.map(|typed| Transfer::parse(typed).ok_or_else(|| refused(typed))).transpose()
}

/// The flags that name people, dates and circumstances; `subsidy` takes the same.
#[expect(clippy::too_many_lines, reason = "one list of flags")]
pub fn flags(command: Command, lang: Lang) -> Command {
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    command
        .arg(Arg::new("file").value_name(lang.say("TỆP", "FILE")).help(lang.say(
            "Hộ gia đình hoặc người tham gia: TOML, hoặc bảng XLSX, CSV (nhiều hộ); - là đầu vào chuẩn (TOML)",
            "Household or people: TOML, or a table (XLSX, CSV; several households); - is standard input (TOML)",
        )))
        .arg(
            flag(
                "members",
                ["N", "N"],
                [
                    "Số người (nhóm hộ gia đình nếu không ghi --group); --thanh-vien",
                    "Number of people (household group unless --group is given)",
                ],
            )
            .short('n')
            .conflicts_with("file")
            .alias("thanh-vien"),
        )
        .arg(
            flag(
                "group",
                ["MÃ", "CODE"],
                [
                    "Đối tượng: mã trên thẻ (GD, HS, CN …) hoặc tên; lặp lại nếu thuộc nhiều đối tượng; --nhom",
                    "Group: card code (GD, HS, CN …) or name; repeat it for several categories of one person",
                ],
            )
            .short('g')
            .action(clap::ArgAction::Append)
            .conflicts_with("file")
            .alias("nhom")
            .alias("nhóm"),
        )
        .arg(flag(
            "already",
            ["N", "N"],
            [
                "Số người trong hộ đã đóng theo hộ trong năm tài chính này",
                "Members who already paid as household this fiscal year",
            ],
        ))
        .arg(
            flag("months", ["N", "N"], ["Số tháng (mặc định 12); --thang", "Months (default 12)"])
                .short('m')
                .alias("thang")
                .alias("tháng"),
        )
        .arg(
            flag("from", ["NGÀY", "DATE"], ["Ngày thẻ bắt đầu có giá trị; --tu-ngay", "First day of cover"])
                .alias("tu-ngay"),
        )
        .arg(
            flag(
                "until",
                ["NGÀY", "DATE"],
                [
                    "Ngày chung thẻ hết hạn: mỗi người đóng số tháng còn lại; --den-ngay",
                    "Common last day of cover: each pays the months that are left",
                ],
            )
            .alias("den-ngay")
            .conflicts_with("months"),
        )
        .arg(
            flag(
                "paid-on",
                ["NGÀY", "DATE"],
                [
                    "Ngày đóng tiền (quyết định lương cơ sở); --ngay-dong",
                    "Day of payment (decides the base salary)",
                ],
            )
            .alias("ngay-dong"),
        )
        .arg(flag("born", ["NGÀY", "DATE"], ["Ngày sinh", "Birth date"]).conflicts_with("file"))
        .arg(
            flag(
                "salary",
                ["SỐ_TIỀN", "AMOUNT"],
                [
                    "Tiền lương, lương hưu hoặc trợ cấp một tháng; --luong",
                    "Salary, pension or benefit a month",
                ],
            )
            .short('s')
            .conflicts_with("file")
            .alias("luong")
            .alias("lương")
            .allow_negative_numbers(true),
        )
        .arg(
            flag(
                "province",
                ["TỈNH", "ID"],
                ["Tỉnh, để tính hỗ trợ của địa phương; --tinh", "Province, to include local support"],
            )
            .short('p')
            .alias("tinh")
            .alias("tỉnh"),
        )
        .arg(
            flag(
                "school-province",
                ["TỈNH", "ID"],
                [
                    "Tỉnh nơi học, nếu khác nơi ở; --tinh-noi-hoc",
                    "Province of the school, where it is another",
                ],
            )
            .alias("tinh-noi-hoc"),
        )
        .arg(
            flag(
                "tag",
                ["HOÀN_CẢNH", "ID"],
                [
                    "Hoàn cảnh mà chính sách hỏi đến, có thể kèm =NGÀY; dùng nhiều lần được",
                    "Circumstance a policy asks for, with =DATE where it has one; may be repeated",
                ],
            )
            .action(clap::ArgAction::Append)
            .conflicts_with("file"),
        )
        .arg(
            flag(
                "reading",
                ["ID", "ID"],
                [
                    "Cách hiểu khác ở chỗ luật chưa rõ (bhyt explain readings)",
                    "Second reading where the law is silent (bhyt explain readings)",
                ],
            )
            .action(clap::ArgAction::Append),
        )
        .arg(
            flag(
                "special",
                ["THÁNG", "KIND"],
                [
                    "Tháng đặc biệt: suspended, maternity, sick, unpaid-leave, có thể kèm =NGÀY:SỐ_THÁNG",
                    "Special months: suspended, maternity, sick, unpaid-leave, with =DATE:MONTHS for some of them",
                ],
            )
            .action(clap::ArgAction::Append)
            .conflicts_with("file"),
        )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let to = recipient(matches)?;
    let rules = context.rulebook()?;
    if let Some(file) = matches.get_one::<String>("file").filter(|file| quote_table::is_table(file)) {
        return run_table(context, matches, (&rules, to.as_ref()), file, format);
    }
    let asked = read(context, matches, &rules, "quote")?;
    let mut outcome = quote(&rules, &asked.case).map_err(|error| asked.refusal(&error))?;
    outcome.notices.splice(0..0, asked.notices);
    outcome.notices.extend(unused_readings(matches, &rules, &outcome.notices)?);
    if context.options.quiet {
        outcome.notices.retain(is_warning);
    }
    emit(context, &rules, &asked.case, &outcome, to.as_ref(), format)
}

/// Answers every household of a table.
fn run_table(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    (rules, to): (&Rulebook, Option<&Transfer>),
    file: &str,
    format: &str,
) -> Result<Exit, Failure> {
    let drafts = quote_table::read(file, matches, (context.world.today, USUAL_MONTHS), rules)?;
    let is_one = drafts.len() == 1;
    if !is_one && !["text", "chat", "html"].contains(&format) {
        let problem =
            Problem::new(Code::InvalidValue).with("read", format).with("accepted", "text, chat, html");
        return Err(Failure::usage(problem.at("--format")));
    }
    let lang = context.lang();
    let (of_law, local) = readings(matches, rules)?;
    let mut whole: Option<Page> = None;
    for mut draft in drafts {
        draft.read_as(of_law.iter().map(|reading| reading.key().to_owned()).chain(local.iter().cloned()));
        let (case, notices) = fill_in(draft, matches, rules, context)?;
        let mut outcome = quote(rules, &case).map_err(|error| Failure::engine(&error, Exit::Input))?;
        outcome.notices.splice(0..0, notices);
        if context.options.quiet {
            outcome.notices.retain(is_warning);
        }
        if is_one {
            return emit(context, rules, &case, &outcome, to, format);
        }
        context.refuse_warnings(&outcome.notices)?;
        let page = match format {
            "chat" => pages::quote::message(&outcome, rules, to, lang),
            _ => pages::quote::page(&outcome, rules, to, lang),
        };
        match &mut whole {
            Some(whole) => whole.join(page),
            None => whole = Some(page),
        }
    }
    whole.map_or(Ok(Exit::Done), |page| context.emit_page(page, &[], rules, format))
}

/// Readings asked for that nothing in the quote turned on.
fn unused_readings(
    matches: &ArgMatches,
    rules: &Rulebook,
    notices: &[Problem],
) -> Result<Vec<Problem>, Failure> {
    let taken = |reading: &&str| {
        let names = |problem: &Problem| problem.facts.iter().any(|(_, fact)| fact == reading);
        let told = [Code::ReadingTaken, Code::LocalReadingTaken];
        notices.iter().any(|problem| told.contains(&problem.code) && names(problem))
    };
    let (of_law, local) = readings(matches, rules)?;
    let asked = of_law.iter().map(|reading| reading.key()).chain(local.iter().map(String::as_str));
    let unused = asked.filter(|reading| !taken(reading));
    Ok(unused.map(|reading| Problem::new(Code::ReadingUnused).with("reading", reading)).collect())
}

/// The readings asked for: of the law, and of local policies.
fn readings(matches: &ArgMatches, rules: &Rulebook) -> Result<(Vec<Reading>, Vec<String>), Failure> {
    let typed = matches.get_many::<String>("reading").unwrap_or_default();
    let (local, of_law): (Vec<&String>, Vec<&String>) =
        typed.partition(|text| rules.local_readings().any(|known| known == text.as_str()));
    Ok((super::claim::read_readings(&of_law)?, local.into_iter().cloned().collect()))
}

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

/// Writes a quote in the format asked for.
pub fn emit(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    case: &QuoteCase,
    outcome: &Quote,
    to: Option<&Transfer>,
    format: &str,
) -> Result<Exit, Failure> {
    context.refuse_warnings(&outcome.notices)?;
    let lang = context.lang();
    if format == "json" {
        let body = Body {
            schema: "bhyt.quote/1",
            input: quote_json::input(case, rules),
            result: quote_json::result(outcome),
            trace: &outcome.trace,
            notices: &outcome.notices,
        };
        return context.emit_json(&body, rules);
    }
    let page = match format {
        "chat" => pages::quote::message(outcome, rules, to, lang),
        _ => pages::quote::page(outcome, rules, to, lang),
    };
    context.emit_page(page, &outcome.trace, rules, format)
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
fn fill_in(
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
    notices.extend(unused_salaries(&case, rules));
    if case.members.iter().any(|member| member.group == HOUSEHOLD)
        && case.members.iter().any(|member| member.group != HOUSEHOLD)
    {
        notices.push(Problem::new(Code::NoRank));
    }
    Ok((case, notices))
}

/// The recorded law has no answer for the place.
fn no_answer(problem: Problem) -> Failure {
    Failure { problem, exit: Exit::NoAnswer }
}

/// A salary given for a group whose premium does not rest on one.
fn unused_salaries(case: &QuoteCase, rules: &Rulebook) -> Vec<Problem> {
    let rests_on_amount = |group: &str| {
        let terms = rules.group(group).and_then(|group| group.terms.at(case.paid_on).ok());
        terms.is_none_or(|terms| PremiumBasis::needs_amount(terms.value.basis))
    };
    let mut notices: Vec<Problem> = Vec::new();
    for member in
        case.members.iter().filter(|member| member.salary.is_some() && !rests_on_amount(&member.group))
    {
        let notice = Problem::new(Code::SalaryUnused).with("group", &member.group);
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}
