//! `bhyt late` (`cham-dong`) and `bhyt refund` (`hoan-tra`): late-payment charge, premium of unused months.

use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures};
use super::help::{self, Texts};
use super::value;
use crate::engine::premium::late::{late_charge, refund};
use crate::render::pages;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::fold::{fold, nearest};
use crate::terms::problem::{Code, Problem};

/// The command line of `late`.
pub fn late_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Số tiền phải nộp thêm khi chậm đóng, trốn đóng",
            "What is due on top of late or evaded contributions",
        ],
        usage: [
            "late --amount SỐ_TIỀN --days N [--date NGÀY]",
            "late --amount AMOUNT --days N [--date DATE]",
        ],
        examples: [
            "Ví dụ:\n  bhyt late --amount 100.000.000 --days 45 --date 01/08/2026",
            "Example:\n  bhyt late --amount 100,000,000 --days 45 --date 2026-08-01",
        ],
    };
    help::command("late", "cham-dong", lang, &texts)
        .arg(
            help::value(
                "amount",
                ["SỐ_TIỀN", "AMOUNT"],
                lang,
                ["Số tiền phải đóng của tháng", "Contribution due for the month"],
            )
            .required(true)
            .allow_negative_numbers(true),
        )
        .arg(help::value("days", ["N", "N"], lang, ["Số ngày chậm đóng", "Days late"]).required(true))
        .arg(help::value("date", ["NGÀY", "DATE"], lang, ["Ngày áp dụng quy định", "Day whose rule counts"]))
}

/// The command line of `refund`.
pub fn refund_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Số tiền hoàn trả cho các tháng không dùng đến", "Premium paid back for unused months"],
        usage: [
            "refund --case ID --amount SỐ_TIỀN --months N --unused N …",
            "refund --case ID --amount AMOUNT --months N --unused N …",
        ],
        examples: [
            "Ví dụ:\n  bhyt refund --case earlier-category --amount 1.366.200 --months 12 --unused 5\n  bhyt rules show refund-cases",
            "Examples:\n  bhyt refund --case earlier-category --amount 1,366,200 --months 12 --unused 5\n  bhyt rules show refund-cases",
        ],
    };
    help::command("refund", "hoan-tra", lang, &texts)
        .arg(
            help::value(
                "case",
                ["ID", "ID"],
                lang,
                [
                    "Trường hợp hoàn trả; xem bhyt rules show refund-cases",
                    "Case; see bhyt rules show refund-cases",
                ],
            )
            .required(true),
        )
        .arg(
            help::value(
                "amount",
                ["SỐ_TIỀN", "AMOUNT"],
                lang,
                ["Số tiền người tham gia đã đóng", "What the person paid"],
            )
            .required(true)
            .allow_negative_numbers(true),
        )
        .arg(help::value("months", ["N", "N"], lang, ["Số tháng đã đóng", "Months paid for"]).required(true))
        .arg(help::value("unused", ["N", "N"], lang, ["Số tháng chưa dùng", "Unused months"]).required(true))
        .arg(help::value("date", ["NGÀY", "DATE"], lang, ["Ngày áp dụng quy định", "Day whose rule counts"]))
}

/// Most days late that are computed (ten years).
const MOST_DAYS: u32 = 3_660;
/// Most months of one payment.
const MOST_MONTHS: u32 = 24;

/// Runs `late`.
pub fn run_late(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let debt = figures::flag(matches, "amount", value::amount)?;
    let days = figures::flag(matches, "days", |text| value::count(text, 0..=MOST_DAYS, Code::InvalidValue))?;
    let (date, notices) = figures::day(context, matches)?;
    let outcome =
        late_charge(&rules, debt, days, date).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.late/1",
        input: json!({"amount": debt, "days": days, "date": date.to_string()}),
        result: json!({"charge": outcome.charge}),
        page: pages::figures::late(outcome.charge, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

/// Runs `refund`.
pub fn run_refund(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let case = figures::flag(matches, "case", |text| refund_case(text, &rules))?;
    let paid = figures::flag(matches, "amount", value::amount)?;
    let months =
        figures::flag(matches, "months", |text| value::count(text, 1..=MOST_MONTHS, Code::MonthsRange))?;
    let unused = figures::flag(matches, "unused", |text| value::count(text, 0..=months, Code::MonthsRange))?;
    let (date, notices) = figures::day(context, matches)?;
    let outcome = refund(&rules, &case, paid, months, unused, date)
        .map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let figures = Figures {
        schema: "bhyt.refund/1",
        input: json!({"case": case, "amount": paid, "months": months, "unused": unused, "date": date.to_string()}),
        result: json!({"refund": outcome.refund}),
        page: pages::figures::refund(outcome.refund, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

/// Trường hợp hoàn trả: id of a case that some recorded version lists; whether it counts on the day is the engine's.
///
/// # Errors
/// A [`Problem`] with the cases that exist.
fn refund_case(text: &str, rules: &Rulebook) -> Result<String, Problem> {
    let cases = || rules.refund_cases.versions.versions().iter().flat_map(|version| &version.value.cases);
    let wanted = fold(text);
    let answers = |name: &str| fold(name) == wanted;
    let found = cases().find(|case| answers(&case.id) || answers(&case.name_vi) || answers(&case.name_en));
    found.map(|case| case.id.clone()).ok_or_else(|| {
        let mut ids: Vec<&str> = cases().map(|case| case.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let near = nearest(text, ids.iter().copied()).unwrap_or_default();
        Problem::new(Code::InvalidValue)
            .with("read", text)
            .with("accepted", ids.join(", "))
            .with("suggestion", near)
    })
}
