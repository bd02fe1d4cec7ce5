//! `bhyt coverage` (`bao-phu`): who is covered on a day, against the targets of communes, and what closing the gap costs.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgAction, ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures;
use super::help::{self, Texts};
use super::progress::Shown as Progressing;
use super::report_tables::{self, FORMATS, Report};
use super::table_input::{self, USUAL_JOBS, jobs};
use super::value;
use crate::case::quote::QuoteCase;
use crate::engine::coverage::cost::{self, GapCost};
use crate::engine::coverage::tally::{self, Tally};
use crate::engine::trace::rules_of;
use crate::render::pages::coverage::{self as pages, CoverageShown};
use crate::render::wording::Lang;
use crate::render::{coverage_json, coverage_words};
use crate::rulebook::Rulebook;
use crate::table::coverage::{CoverageAsked, CoverageTables};
use crate::terms::problem::{Code, Problem};

/// Largest household that may stand for the missing persons.
const MOST_MEMBERS: u32 = 20;
/// Most months of one payment.
const MOST_MONTHS: u32 = 12;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Bao phủ: bao nhiêu người có thẻ trong ngày, so với chỉ tiêu từng xã, còn thiếu bao nhiêu người, tốn bao nhiêu",
            "Coverage: how many have a card on a day, against the target of each commune, how many are missing, at what cost",
        ],
        usage: [
            "coverage BẢNG… [--date NGÀY] [--gap-group MÃ] [--against TỆP] …",
            "coverage TABLE… [--date DATE] [--gap-group CODE] [--against FILE] …",
        ],
        examples: [
            "Bảng: danh sách người tham gia (commune, group, until; có thể thêm person_id,\nhousehold_id, district, from), hoặc số liệu theo xã (commune, population,\nparticipants hoặc các nhóm, target_rate, target_persons; biểu giao chỉ tiêu).\n\nVí dụ:\n  bhyt coverage bieu-giao-chi-tieu.xlsx\n  bhyt coverage danh-sach.csv chi-tieu.csv --date 30/09/2026\n  bhyt coverage chi-tieu.csv --gap-members 4 --province \"Gia Lai\" \\\n    -f html -o bao-phu.html",
            "CoverageTables: a list of participants (commune, group, until; also person_id,\nhousehold_id, district, from), or numbers by commune (commune, population,\nparticipants or groups, target_rate, target_persons; a table of targets).\n\nExamples:\n  bhyt coverage targets.xlsx\n  bhyt coverage people.csv targets.csv --date 2026-09-30\n  bhyt coverage targets.csv --gap-members 4 --province \"Gia Lai\" \\\n    -f html -o coverage.html",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    let command = help::command("coverage", "bao-phu", lang, &texts).arg(report_tables::tables(lang));
    report_tables::flags(command, lang)
        .arg(flag(
            "date",
            ["NGÀY", "DATE"],
            ["Ngày tính bao phủ, ngày đóng", "Day of coverage and of payment"],
        ))
        .arg(flag(
            "gap-group",
            ["MÃ", "CODE"],
            ["Người còn thiếu thuộc nhóm nào (mặc định: GD)", "Group of the missing persons (default: GD)"],
        ))
        .arg(flag(
            "gap-members",
            ["N", "N"],
            [
                "Số người của một hộ mới, với GD (mặc định: 1)",
                "Members of a new household, for GD (default: 1)",
            ],
        ))
        .arg(flag("months", ["N", "N"], ["Số tháng đóng (mặc định: 12)", "Months paid for (default: 12)"]))
        .arg(flag(
            "province",
            ["TỈNH", "PROVINCE"],
            ["Tỉnh có chính sách hỗ trợ", "Province whose support counts"],
        ))
        .arg(
            flag(
                "tag",
                ["MÃ", "ID"],
                ["Hoàn cảnh của người còn thiếu", "Circumstance of the missing persons"],
            )
            .action(ArgAction::Append),
        )
        .arg(
            flag(
                "against",
                ["TỆP|THƯ_MỤC", "FILE|DIR"],
                [
                    "So với dự thảo: tệp thêm phiên bản, hoặc thư mục",
                    "Compare with a draft: an overlay, or a folder",
                ],
            )
            .action(ArgAction::Append),
        )
        .arg(
            flag("jobs", ["N", "N"], ["Số luồng tính (mặc định: số nhân)", "Threads (default: cores)"])
                .short('j'),
        )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let (day, mut notices) = figures::day(context, matches)?;
    let options = table_input::dialect(matches)?;
    let jobs = jobs(matches, USUAL_JOBS)?;
    let against: Vec<PathBuf> =
        matches.get_many::<String>("against").unwrap_or_default().map(PathBuf::from).collect();
    let rules = context.rulebook()?;
    let draft = if against.is_empty() { None } else { Some(context.rulebook_against(&against)?) };
    let gap = Gap::read(matches, &rules, day)?;
    let mut tables = CoverageTables::default();
    let asked = CoverageAsked { options: &options, day, jobs, rules: &rules };
    for name in matches.get_many::<String>("table").unwrap_or_default() {
        let (lang, verbose) = (context.lang(), context.options.verbose);
        let terminal = context.world.stderr_is_terminal && !context.options.quiet;
        let mut shown = Progressing::new(&mut *context.world.stderr, lang, terminal, verbose);
        let input = report_tables::input(name, &mut *context.world.stdin);
        let read = tables.read(input, &asked, &mut |progress| shown.show(progress));
        shown.clear();
        read?;
    }
    if tables.communes().is_empty() && tables.rejected.is_empty() {
        return Err(Failure::input(Problem::new(Code::EmptyInput)));
    }
    if !tables.says_participants() {
        let missing = Problem::new(Code::MissingColumns).with("missing", "participants");
        return Err(Failure::input(missing.with("first", "participants")));
    }
    let unsaid: Vec<Problem> = tables.left_out.iter().cloned().chain(tables.unsaid()).collect();
    let mut tally = tally::add_up(tables.communes()).map_err(|what| Failure {
        problem: Problem::new(Code::Internal).with("what", what),
        exit: Exit::Internal,
    })?;
    tally.mismatches.append(&mut tables.mismatches);
    let costs = gap.costs(&tally, &rules, draft.as_deref())?;
    report_tables::say(context, &tables.notices, &tables.rejected)?;
    let lang = context.lang();
    notices.extend(said(&tables, &tally, lang));
    notices.extend(unsaid.iter().cloned());
    for (_, cost) in &costs {
        notices.push(gap.notice(&rules));
        // What concerns a single card (its first day, its base) says nothing about the sum.
        notices.extend(cost.notices.iter().filter(|notice| notice.is_warning()).cloned());
    }
    notices = once(notices);
    let shown = CoverageShown { tally: &tally, day, has_list: tables.persons.is_some(), costs: &costs };
    let page = pages::page(&shown, &rules, lang);
    let used: Vec<_> = costs
        .first()
        .map(|(_, cost)| rules_of(&cost.trace).into_iter().map(|(rule, day)| (rule.clone(), day)).collect())
        .unwrap_or_default();
    let look = !tally.mismatches.is_empty() || tables.rejected_count > 0 || !unsaid.is_empty();
    let report = Report {
        schema: "bhyt.coverage/1",
        input: json!({
            "date": day.to_string(),
            "gap_group": gap.case.members.first().map(|member| member.group.clone()),
            "gap_members": gap.case.members.len(),
            "months": gap.case.months,
            "province": gap.case.province,
            "rows": {"read": tables.rows, "rejected": tables.rejected_count, "aside": tables.aside},
        }),
        result: coverage_json::result(&tally, tables.persons.as_ref(), &costs),
        page,
        used: &used,
        notices,
    };
    let exit = report_tables::emit(context, &rules, report, format)?;
    Ok(if look && exit == Exit::Done { Exit::Look } else { exit })
}

/// Each notice once.
fn once(notices: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::new();
    for notice in notices {
        if !kept.contains(&notice) {
            kept.push(notice);
        }
    }
    kept
}

fn said(tables: &CoverageTables, tally: &Tally, lang: Lang) -> Vec<Problem> {
    let mut notices: Vec<Problem> =
        tally.mismatches.iter().map(|found| coverage_words::mismatch(found, lang)).collect();
    if let Some(counted) = &tables.persons {
        if tables.persons_known {
            notices.push(coverage_words::counted(counted, lang));
        } else {
            notices.push(Problem::new(Code::PersonsUnknown));
        }
    }
    if tables.rejected_count > 0 {
        notices.push(Problem::new(Code::ReportRowsRejected).with("count", tables.rejected_count));
    }
    if tables.aside > 0 {
        notices.push(Problem::new(Code::ReportRowsAside).with("count", tables.aside));
    }
    notices
}

/// Người còn thiếu: as whom they are valued.
struct Gap {
    case: QuoteCase,
}

impl Gap {
    fn read(matches: &ArgMatches, rules: &Rulebook, day: NaiveDate) -> Result<Gap, Failure> {
        let members = figures::optional(matches, "gap-members", |text| {
            value::count(text, 1..=MOST_MEMBERS, Code::InvalidValue)
        })?;
        let months = figures::optional(matches, "months", |text| {
            value::count(text, 1..=MOST_MONTHS, Code::MonthsRange)
        })?;
        let group = figures::optional(matches, "gap-group", |text| value::group(text, rules))?;
        let province = figures::optional(matches, "province", |text| value::province(text, rules)?.on(day))?;
        let mut tags = Vec::new();
        for typed in matches.get_many::<String>("tag").unwrap_or_default() {
            let (tag, _) =
                value::circumstance(typed, rules).map_err(|problem| Failure::usage(problem.at("--tag")))?;
            tags.push(tag);
        }
        let group = group.unwrap_or_else(|| "household".to_owned());
        let mut household = cost::household(&group, members.unwrap_or(1));
        household.iter_mut().for_each(|member| member.circumstances.clone_from(&tags));
        Ok(Gap {
            case: QuoteCase { province, ..QuoteCase::of(day, months.unwrap_or(MOST_MONTHS), household) },
        })
    }

    /// The missing persons under the law, and under a draft where there is one.
    fn costs(
        &self,
        tally: &Tally,
        rules: &Rulebook,
        draft: Option<&Rulebook>,
    ) -> Result<Vec<(&'static str, GapCost)>, Failure> {
        let Some(needed) = tally.all.needed.filter(|needed| *needed > 0) else { return Ok(Vec::new()) };
        let sides = [("law", Some(rules)), ("draft", draft)];
        let valued = |(name, rules): (&'static str, Option<&Rulebook>)| {
            let rules = rules?;
            let cost = cost::value(rules, &self.case, needed, tally.all.population);
            Some(cost.map(|cost| (name, cost)).map_err(|error| Failure::engine(&error, Exit::Usage)))
        };
        sides.into_iter().filter_map(valued).collect()
    }

    fn notice(&self, rules: &Rulebook) -> Problem {
        let group = self.case.members.first().and_then(|member| rules.group(&member.group));
        let (vi, en) = group.map_or(("", ""), |group| (group.name_vi.as_str(), group.name_en.as_str()));
        let members = self.case.members.len();
        Problem::new(Code::GapValued)
            .with("vi", format!("{vi}, hộ {members} người"))
            .with("en", format!("{en}, households of {members}"))
            .with("months", self.case.months)
            .with("date", self.case.paid_on)
    }
}
