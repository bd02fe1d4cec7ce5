//! `bhyt fund` (`quy`): division of contributions, primary-care retention, facility funds of 2015–2018.

use chrono::NaiveDate;
use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures, MONEY, contributions_flag, date_flag};
use super::help::{self, Texts};
use super::value;
use crate::case::fund::{FacilityCase, SchoolCase};
use crate::engine::allocation::{
    Retention, advance, allocate, crew_retention, enterprise_retention, facility_fund, medics_retention,
    school_retention,
};
use crate::engine::error::EngineError;
use crate::render::pages;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Most people or cards of one computation.
const MOST_PEOPLE: u32 = 200_000_000;
/// Most months of one payment.
const MOST_MONTHS: u32 = 24;

const COUNT: [&str; 2] = ["N", "N"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Phân bổ quỹ, trích lại cho trường học, doanh nghiệp, quỹ tại cơ sở",
            "Division of the fund, retention of schools and enterprises, facility funds",
        ],
        usage: ["fund LỆNH …", "fund COMMAND …"],
        examples: [
            "Ví dụ:\n  bhyt fund allocate --contributions 1.000.000.000 --date 01/08/2026\n  bhyt fund school --pupils 1000 --months 12 --date 01/09/2026",
            "Examples:\n  bhyt fund allocate --contributions 1,000,000,000 --date 2026-08-01\n  bhyt fund school --pupils 1000 --months 12 --date 2026-09-01",
        ],
    };
    help::command("fund", "quy", lang, &texts)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommands([
            allocate_command(lang),
            school_command(lang),
            enterprise_command(lang),
            crew_command(lang),
            medics_command(lang),
            super::fund_forces::command(lang),
            advance_command(lang),
            facility_command(lang),
            super::fund_balance::command(lang),
        ])
}

fn allocate_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Phân bổ tiền đóng: khám chữa bệnh, quản lý, dự phòng",
            "Divide contributions: care, administration, reserve",
        ],
        usage: [
            "fund allocate --contributions SỐ_TIỀN [--date NGÀY]",
            "fund allocate --contributions AMOUNT [--date DATE]",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund allocate --contributions 1.000.000.000 --date 01/08/2026",
            "Example:\n  bhyt fund allocate --contributions 1,000,000,000 --date 2026-08-01",
        ],
    };
    help::command("allocate", "phan-bo", lang, &texts).arg(contributions_flag(lang)).arg(date_flag(lang))
}

fn school_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Số tiền trích lại cho trường học", "What a school keeps for primary care"],
        usage: [
            "fund school --pupils N --months N [--date NGÀY] …",
            "fund school --pupils N --months N [--date DATE] …",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund school --pupils 1000 --months 12 --date 01/09/2026",
            "Example:\n  bhyt fund school --pupils 1000 --months 12 --date 2026-09-01",
        ],
    };
    help::command("school", "truong-hoc", lang, &texts)
        .arg(
            help::value(
                "pupils",
                COUNT,
                lang,
                ["Học sinh, sinh viên có thẻ", "Pupils and students with a card"],
            )
            .required(true),
        )
        .arg(help::value("months", COUNT, lang, ["Số tháng đóng", "Months paid for"]).required(true))
        .arg(help::value(
            "under-six",
            COUNT,
            lang,
            ["Trẻ em dưới 6 tuổi có thẻ", "Children under six with a card"],
        ))
        .arg(help::value(
            "staff-contributions",
            MONEY,
            lang,
            ["Tiền đóng của người lao động trong trường", "Contributions of the school's own staff"],
        ))
        .arg(date_flag(lang))
}

fn enterprise_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Số tiền trích lại cho cơ quan, doanh nghiệp có y tế",
            "What an enterprise with a clinic keeps",
        ],
        usage: [
            "fund enterprise --contributions SỐ_TIỀN [--date NGÀY]",
            "fund enterprise --contributions AMOUNT [--date DATE]",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund enterprise --contributions 250.000.000 --date 01/08/2026",
            "Example:\n  bhyt fund enterprise --contributions 250,000,000 --date 2026-08-01",
        ],
    };
    help::command("enterprise", "doanh-nghiep", lang, &texts)
        .arg(contributions_flag(lang))
        .arg(date_flag(lang))
}

fn crew_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Số tiền trích lại cho tàu cá", "What an offshore fishing crew keeps"],
        usage: ["fund crew --crew N --months N [--date NGÀY]", "fund crew --crew N --months N [--date DATE]"],
        examples: [
            "Ví dụ:\n  bhyt fund crew --crew 20 --months 12 --date 01/08/2026",
            "Example:\n  bhyt fund crew --crew 20 --months 12 --date 2026-08-01",
        ],
    };
    help::command("crew", "tau-ca", lang, &texts)
        .arg(help::value("crew", COUNT, lang, ["Số thuyền viên có thẻ", "Crew with a card"]).required(true))
        .arg(help::value("months", COUNT, lang, ["Số tháng đóng", "Months paid for"]).required(true))
        .arg(date_flag(lang))
}

fn medics_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Số tiền chuyển cho quân y đơn vị, y tế cơ quan của lực lượng vũ trang",
            "What goes to the medics of units of army, police and cipher",
        ],
        usage: [
            "fund unit-medics --contributions SỐ_TIỀN [--date NGÀY]",
            "fund unit-medics --contributions AMOUNT [--date DATE]",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund unit-medics --contributions 2.000.000.000 --date 01/08/2024",
            "Example:\n  bhyt fund unit-medics --contributions 2,000,000,000 --date 2024-08-01",
        ],
    };
    help::command("unit-medics", "quan-y", lang, &texts).arg(contributions_flag(lang)).arg(date_flag(lang))
}

fn advance_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Tạm ứng kinh phí khám bệnh, chữa bệnh hằng quý",
            "Quarterly advance of the cost of care to a facility",
        ],
        usage: [
            "fund advance --reported SỐ_TIỀN [--date NGÀY]",
            "fund advance --reported AMOUNT [--date DATE]",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund advance --reported 1.000.000.000 --date 01/08/2026",
            "Example:\n  bhyt fund advance --reported 1,000,000,000 --date 2026-08-01",
        ],
    };
    help::command("advance", "tam-ung", lang, &texts)
        .arg(
            help::value(
                "reported",
                MONEY,
                lang,
                [
                    "Chi phí theo báo cáo quyết toán quý trước",
                    "Cost in the settlement report of the previous quarter",
                ],
            )
            .required(true),
        )
        .arg(date_flag(lang))
}

fn facility_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Quỹ tại cơ sở đăng ký ban đầu (2015–2018)",
            "Fund of a facility of first registration (2015–2018)",
        ],
        usage: [
            "fund facility --district-fund SỐ_TIỀN --primary-care SỐ_TIỀN …",
            "fund facility --district-fund AMOUNT --primary-care AMOUNT …",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund facility --district-fund 10.000.000.000 --primary-care 1.000.000.000 --cards-total 30000 --cards-registered 6000 --services in-and-outpatient --date 15/03/2017",
            "Example:\n  bhyt fund facility --district-fund 10,000,000,000 --primary-care 1,000,000,000 --cards-total 30000 --cards-registered 6000 --services in-and-outpatient --date 2017-03-15",
        ],
    };
    help::command("facility", "co-so", lang, &texts)
        .arg(
            help::value(
                "district-fund",
                MONEY,
                lang,
                ["Quỹ khám chữa bệnh của huyện, tỉnh", "Care fund of the district or province"],
            )
            .required(true),
        )
        .arg(
            help::value("primary-care", MONEY, lang, ["Phần chăm sóc sức khỏe ban đầu", "Primary-care part"])
                .required(true),
        )
        .arg(help::value("cards-total", COUNT, lang, ["Tổng số thẻ", "Cards in all"]).required(true))
        .arg(
            help::value(
                "cards-registered",
                COUNT,
                lang,
                ["Số thẻ đăng ký tại cơ sở", "Cards registered at the facility"],
            )
            .required(true),
        )
        .arg(
            help::value(
                "services",
                ["in-and-outpatient|outpatient-only", "in-and-outpatient|outpatient-only"],
                lang,
                ["Dịch vụ của cơ sở", "Services of the facility"],
            )
            .required(true),
        )
        .arg(date_flag(lang))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("allocate", matches)) => run_allocate(context, matches),
        Some(("school", matches)) => run_school(context, matches),
        Some(("enterprise", matches)) => run_enterprise(context, matches),
        Some(("crew", matches)) => run_crew(context, matches),
        Some(("unit-medics", matches)) => run_medics(context, matches),
        Some(("forces", matches)) => super::fund_forces::run(context, matches),
        Some(("advance", matches)) => run_advance(context, matches),
        Some(("facility", matches)) => run_facility(context, matches),
        Some(("balance", matches)) => super::fund_balance::run(context, matches),
        _ => Err(Failure::usage(Problem::new(Code::NothingToDo))),
    }
}

fn people(text: &str) -> Result<u32, Problem> {
    value::count(text, 0..=MOST_PEOPLE, Code::InvalidValue)
}

fn run_allocate(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let contributions = figures::flag(matches, "contributions", value::amount)?;
    let (date, notices) = figures::day(context, matches)?;
    let outcome =
        allocate(&rules, contributions, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({"contributions": contributions, "date": date.to_string()}),
        result: json!({
            "care": outcome.care,
            "administration_limit": outcome.administration_limit,
            "reserve_minimum": outcome.reserve_minimum,
        }),
        page: pages::figures::allocation(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

fn run_school(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let (date, notices) = figures::day(context, matches)?;
    let case = SchoolCase {
        pupils: figures::flag(matches, "pupils", people)?,
        under_six: figures::optional(matches, "under-six", people)?.unwrap_or(0),
        months: figures::flag(matches, "months", |text| {
            value::count(text, 1..=MOST_MONTHS, Code::MonthsRange)
        })?,
        staff_contributions: figures::optional(matches, "staff-contributions", value::amount)?,
        date,
    };
    let outcome = school_retention(&rules, &case).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({
            "pupils": case.pupils,
            "under_six": case.under_six,
            "months": case.months,
            "staff_contributions": case.staff_contributions,
            "date": date.to_string(),
        }),
        result: json!({
            "retention": outcome.retention,
            "parts": outcome.parts.iter().map(|(of, amount)| json!({"of": of, "amount": amount})).collect::<Vec<_>>(),
        }),
        page: pages::figures::retention(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

fn run_enterprise(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    run_of_contributions(context, matches, enterprise_retention)
}

fn run_medics(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    run_of_contributions(context, matches, medics_retention)
}

/// A part of contributions that stays with those who pay them.
fn run_of_contributions(
    context: &mut Context<'_, '_>,
    matches: &ArgMatches,
    retained: fn(&Rulebook, Vnd, NaiveDate) -> Result<Retention, EngineError>,
) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let contributions = figures::flag(matches, "contributions", value::amount)?;
    let (date, notices) = figures::day(context, matches)?;
    let outcome =
        retained(&rules, contributions, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({"contributions": contributions, "date": date.to_string()}),
        result: json!({"retention": outcome.retention}),
        page: pages::figures::retention(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

fn run_crew(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let crew = figures::flag(matches, "crew", people)?;
    let months =
        figures::flag(matches, "months", |text| value::count(text, 1..=MOST_MONTHS, Code::MonthsRange))?;
    let (date, notices) = figures::day(context, matches)?;
    let outcome =
        crew_retention(&rules, crew, months, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({"crew": crew, "months": months, "date": date.to_string()}),
        result: json!({"retention": outcome.retention}),
        page: pages::figures::retention(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

fn run_advance(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let reported = figures::flag(matches, "reported", value::amount)?;
    let (date, notices) = figures::day(context, matches)?;
    let (amount, trace) =
        advance(&rules, reported, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({"reported": reported, "date": date.to_string()}),
        result: json!({"advance": amount}),
        page: pages::figures::advance(amount, context.lang()),
        trace,
    };
    figures::emit(context, &rules, figures, notices)
}

fn run_facility(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let (date, notices) = figures::day(context, matches)?;
    let outpatient_only = figures::flag(matches, "services", |text| match text {
        "in-and-outpatient" => Ok(false),
        "outpatient-only" => Ok(true),
        other => Err(Problem::new(Code::InvalidValue)
            .with("read", other)
            .with("accepted", "in-and-outpatient, outpatient-only")),
    })?;
    let case = FacilityCase {
        district_fund: figures::flag(matches, "district-fund", value::amount)?,
        primary_care: figures::flag(matches, "primary-care", value::amount)?,
        cards_total: figures::flag(matches, "cards-total", people)?,
        cards_registered: figures::flag(matches, "cards-registered", people)?,
        outpatient_only,
        date,
    };
    let outcome = facility_fund(&rules, &case).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({
            "district_fund": case.district_fund,
            "primary_care": case.primary_care,
            "cards_total": case.cards_total,
            "cards_registered": case.cards_registered,
            "outpatient_only": case.outpatient_only,
            "date": date.to_string(),
        }),
        result: json!({
            "facility_fund": outcome.fund,
            "parts": outcome.parts.iter().map(|(share, amount)| json!({"share": share, "amount": amount})).collect::<Vec<_>>(),
        }),
        page: pages::figures::facility(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}
