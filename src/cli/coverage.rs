//! `bhyt coverage` (`bao-phu`): who is covered on a day, against the targets of communes, and what closing the gap costs.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::coverage_gap::{GapFlags, GapValued};
use super::exit::{Exit, Failure};
use super::figures;
use super::help::{self, Texts};
use super::progress::Shown as Progressing;
use super::report_tables::{self, FORMATS, Report};
use super::table_input::{self, USUAL_JOBS, jobs};
use crate::engine::coverage::tally::{self, Tally};
use crate::engine::trace::rules_of;
use crate::render::pages::coverage::{self as pages, CoverageShown};
use crate::render::wording::Lang;
use crate::render::{coverage_json, coverage_words};
use crate::table::coverage::{CoverageAsked, CoverageTables};
use crate::terms::problem::{Code, Problem};

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
            "Bảng: danh sách người tham gia (xã `commune`, đối tượng `group`, thẻ đến ngày\n`until`; có thể thêm mã người `person_id`, mã hộ `household_id`, huyện\n`district`, từ ngày `from`), hoặc số liệu theo xã (`commune`, dân số\n`population`, số người tham gia `participants` hoặc từng nhóm, chỉ tiêu\n`target_rate` hoặc `target_persons`; biểu giao chỉ tiêu).\n\nVí dụ:\n  bhyt coverage bieu-giao-chi-tieu.xlsx\n  bhyt coverage danh-sach.csv chi-tieu.csv --date 30/09/2026\n  bhyt coverage chi-tieu.csv --gap-members 4 --province \"Gia Lai\" \\\n    -f html -o bao-phu.html",
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
            ["MÃ[=%],…", "CODE[=%],…"],
            [
                "Người còn thiếu thuộc nhóm nào (mặc định: GD): GD=60%,HS=40%; GD,HS theo tỷ lệ trong bảng; observed",
                "Groups of the missing persons (default: GD): GD=60%,HS=40%; GD,HS as in the tables; observed",
            ],
        ).action(ArgAction::Append))
        .arg(flag(
            "salary",
            ["SỐ_TIỀN", "AMOUNT"],
            ["Tiền lương của nhóm đóng theo lương", "Salary of groups whose premium rests on one"],
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
            [
                "Tỉnh có chính sách hỗ trợ, của xã không ghi tỉnh",
                "Province whose support counts, of communes without one",
            ],
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
    let gap = GapFlags::read(matches, &rules, day)?;
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
    if !tables.says_participants() && tables.rejected.is_empty() {
        return Err(Failure::input(CoverageTables::lacks("participants")));
    }
    let unsaid: Vec<Problem> = tables.left_out.iter().cloned().chain(tables.unsaid()).collect();
    if let Some(province) = gap.province() {
        tables.fill_province(province);
    }
    let mut tally = tally::add_up(tables.communes()).map_err(|what| Failure {
        problem: Problem::new(Code::Internal).with("what", what),
        exit: Exit::Internal,
    })?;
    tally.mismatches.append(&mut tables.mismatches);
    let GapValued { costs, missing, unknown_provinces } = gap.valued(&tally, &rules, draft.as_deref())?;
    report_tables::say(context, &tables.notices, &tables.rejected)?;
    let lang = context.lang();
    notices.extend(said(&tables, &tally, lang));
    notices.extend(unsaid.iter().cloned());
    notices.extend(tables.without_target());
    notices.extend(unknown_provinces.iter().cloned());
    if let Some(missing) = &missing {
        notices.extend(gap.notices(missing, &rules));
    }
    for (_, cost) in &costs {
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
    let look = !tally.mismatches.is_empty()
        || tables.rejected_count > 0
        || !unsaid.is_empty()
        || !unknown_provinces.is_empty();
    let report = Report {
        schema: "bhyt.coverage/1",
        input: json!({
            "date": day.to_string(),
            "gap_group": gap.groups(missing.as_ref()),
            "gap_basis": missing.as_ref().map(|missing| missing.basis.key()),
            "gap_members": gap.terms().members,
            "months": gap.terms().months,
            "province": gap.province_id(),
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
