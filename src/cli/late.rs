//! `bhyt late` (`cham-dong`): late-payment charge, of one debt or of a table of debts.

use std::path::Path;

use chrono::NaiveDate;
use clap::{ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures};
use super::help::{self, Texts};
use super::io::read_text;
use super::value;
use crate::engine::premium::late::{LateCharge, Lateness, late_charge};
use crate::render::catalogue::message;
use crate::render::pages::figures::{LateLine, late};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::debts::{Debt, Debts, SCHEMA};
use crate::table::{Input, OpenTable, ReadOptions};
use crate::terms::number::{Share, Vnd};
use crate::terms::period::{last_month_of_cycle, parse_month};
use crate::terms::problem::{Code, Problem};

/// The command line of `late`.
pub fn late_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Số tiền phải nộp thêm khi chậm đóng, trốn đóng",
            "What is due on top of late or evaded contributions",
        ],
        usage: [
            "late --amount SỐ_TIỀN (--month … --paid-on … | --days N …)",
            "late --amount AMOUNT (--month … --paid-on … | --days N …)",
        ],
        examples: [
            "Ví dụ:\n  bhyt late --amount 100.000.000 --month 07/2025 --paid-on 15/10/2025\n  bhyt late --amount 100.000.000 --days 45 --date 01/08/2026\n  bhyt late --amount 15.000.000 --month 01/2018 --paid-on 20/05/2018 --rate 2018=5%\n  bhyt late --table no-dong.csv --paid-on 15/10/2025",
            "Examples:\n  bhyt late --amount 100,000,000 --month 2025-07 --paid-on 2025-10-15\n  bhyt late --amount 100,000,000 --days 45 --date 2026-08-01\n  bhyt late --amount 15,000,000 --month 2018-01 --paid-on 2018-05-20 --rate 2018=5%\n  bhyt late --table debts.csv --paid-on 2025-10-15",
        ],
    };
    let flag = |name, shown, help| help::value(name, shown, lang, help);
    help::command("late", "cham-dong", lang, &texts)
        .arg(
            flag("amount", ["SỐ_TIỀN", "AMOUNT"], ["Số tiền phải đóng của tháng", "Contribution due for the month"])
                .required_unless_present("table")
                .conflicts_with("table")
                .allow_negative_numbers(true),
        )
        .arg(
            flag(
                "month",
                ["THÁNG", "MONTH"],
                ["Tháng phải đóng: 07/2025, 2025-07; --thang", "Month that the money is for: 2025-07, 07/2025"],
            )
            .alias("thang")
            .requires("paid-on")
            .conflicts_with_all(["days", "table"]),
        )
        .arg(
            flag("paid-on", ["NGÀY", "DATE"], ["Ngày đóng tiền; --ngay-dong", "Day of payment"])
                .alias("ngay-dong")
                .conflicts_with("days"),
        )
        .arg(flag(
            "cycle",
            ["N", "N"],
            ["Phương thức đóng: 1, 3 hoặc 6 tháng một lần (mặc định 1)", "Paid every 1, 3 or 6 months (default 1)"],
        ))
        .arg(
            flag("days", ["N", "N"], ["Số ngày chậm đóng, nếu tự đếm", "Days late, if you counted them"])
                .required_unless_present_any(["month", "table"]),
        )
        .arg(flag("date", ["NGÀY", "DATE"], ["Ngày áp dụng quy định (với --days)", "Day whose rule counts (with --days)"]))
        .arg(
            flag(
                "rate",
                ["LÃI_SUẤT", "RATE"],
                [
                    "Lãi suất năm trước 07/2025 chưa ghi nhận: 2018=5% hoặc 5%; dùng nhiều lần được",
                    "Yearly rate before 2025-07 that is not recorded: 2018=5% or 5%; may be repeated",
                ],
            )
            .action(clap::ArgAction::Append),
        )
        .arg(flag(
            "table",
            ["TỆP", "FILE"],
            [
                "Bảng các khoản nợ: cột tháng, số tiền, có thể có ngày đóng, phương thức; - là đầu vào chuẩn",
                "Table of debts: columns month, amount, and paid_on, cycle where they differ; - is standard input",
            ],
        ))
}

/// Most days late that are computed (ten years).
const MOST_DAYS: u32 = 3_660;
/// Payment every so many months.
const CYCLES: [u32; 3] = [1, 3, 6];

/// Runs `late`.
pub fn run_late(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let asked = Asked {
        rates: rates(matches)?,
        paid_on: figures::optional(matches, "paid-on", value::date)?,
        cycle: figures::optional(matches, "cycle", cycle)?.unwrap_or(1),
    };
    if let Some(file) = matches.get_one::<String>("table") {
        return table(context, &rules, file, &asked);
    }
    let debt = figures::flag(matches, "amount", value::amount)?;
    let by_month = matches.get_one::<String>("month").is_some();
    let (lateness, mut notices, input) = if let Some(paid_on) = asked.paid_on.filter(|_| by_month) {
        let month = figures::flag(matches, "month", value::month)?;
        let last = last_month_of_cycle(month, asked.cycle);
        let input = json!({
            "amount": debt, "month": month.format("%Y-%m").to_string(), "cycle": asked.cycle,
            "paid_on": paid_on.to_string(),
        });
        (Lateness::Month { month: last, paid_on }, Vec::new(), input)
    } else {
        let days =
            figures::flag(matches, "days", |text| value::count(text, 0..=MOST_DAYS, Code::InvalidValue))?;
        let (date, notices) = figures::day(context, matches)?;
        let input = json!({"amount": debt, "days": days, "date": date.to_string()});
        (Lateness::Days { days, date }, notices, input)
    };
    let outcome = late_charge(&rules, debt, lateness, &asked.rates)
        .map_err(|error| Failure::engine(&error, Exit::Usage))?;
    notices.extend(outcome.notices.iter().cloned());
    let figures = Figures {
        schema: "bhyt.late/1",
        input,
        result: result(&outcome),
        page: late(outcome.charge, &[], context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

/// What holds for every debt.
struct Asked {
    rates: Vec<(Option<i32>, Share)>,
    paid_on: Option<NaiveDate>,
    cycle: u32,
}

fn result(outcome: &LateCharge) -> Json {
    json!({
        "charge": outcome.charge,
        "due": outcome.due.map(|day| day.to_string()),
        "days": outcome.days,
        "months": outcome.months,
    })
}

/// One line each, and the totals.
fn table(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    file: &str,
    asked: &Asked,
) -> Result<Exit, Failure> {
    let lang = context.lang();
    let input = if file == "-" {
        let text = read_text(Path::new(file), context.world)?;
        Input::Stream(Box::new(std::io::Cursor::new(text.into_bytes())), "stdin".to_owned())
    } else {
        Input::File(file.into())
    };
    let mut table = OpenTable::open(input, &SCHEMA, &ReadOptions::default())?;
    let debts = Debts::new(table.layout());
    let (mut lines, mut json, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let (mut owed, mut charged) = (Vnd::ZERO, Vnd::ZERO);
    let mut notices = table.notices().to_vec();
    table.for_each(|row| {
        match debts.read(row).and_then(|debt| answer(rules, &debt, asked).map(|outcome| (debt, outcome))) {
            Ok((debt, outcome)) => {
                owed += debt.amount;
                charged += outcome.charge;
                let mut line = result(&outcome);
                line["line"] = json!(row.number);
                line["month"] = json!(debt.month.format("%Y-%m").to_string());
                line["amount"] = json!(debt.amount);
                json.push(line);
                lines.push(LateLine { month: debt.month, amount: debt.amount, outcome });
            }
            Err(problem) => refused.push((row.number, problem)),
        }
        Ok(())
    })?;
    for notice in lines.iter().flat_map(|line| &line.outcome.notices) {
        if !notices.iter().any(|known| known.code == notice.code) {
            notices.push(notice.clone());
        }
    }
    let rejected: Vec<Json> = refused
        .iter()
        .map(|(number, problem)| {
            let said = message(problem, lang);
            json!({"line": number, "code": problem.code.as_str(), "message": said, "where": problem.place})
        })
        .collect();
    if !refused.is_empty() {
        let shown = refused.iter().map(|(line, problem)| format!("{line} ({})", problem.code));
        notices.push(
            Problem::new(Code::DebtsRefused)
                .with("count", refused.len())
                .with("lines", shown.collect::<Vec<_>>().join(", ")),
        );
    }
    let figures = Figures {
        schema: "bhyt.late/1",
        input: json!({"table": true, "cycle": asked.cycle, "paid_on": asked.paid_on.map(|day| day.to_string())}),
        result: json!({"amount": owed, "charge": charged, "lines": json, "rejected": rejected}),
        page: late(charged, &lines, lang),
        trace: Vec::new(),
    };
    let done = figures::emit(context, rules, figures, notices)?;
    Ok(if refused.is_empty() { done } else { Exit::Look })
}

fn answer(rules: &Rulebook, debt: &Debt, asked: &Asked) -> Result<LateCharge, Problem> {
    let paid_on = debt.paid_on.or(asked.paid_on);
    let paid_on =
        paid_on.ok_or_else(|| Problem::new(Code::CellMissing).with("field", "paid_on").at("paid_on"))?;
    let month = last_month_of_cycle(debt.month, debt.cycle.unwrap_or(asked.cycle));
    let lateness = Lateness::Month { month, paid_on };
    late_charge(rules, debt.amount, lateness, &asked.rates).map_err(|error| error.problem())
}

fn cycle(text: &str) -> Result<u32, Problem> {
    let number = text.trim().parse().ok().filter(|number| CYCLES.contains(number));
    number.ok_or_else(|| Problem::new(Code::InvalidValue).with("read", text).with("accepted", "1, 3, 6"))
}

/// `5%`, or `2018=5%` for one year.
fn rates(matches: &ArgMatches) -> Result<Vec<(Option<i32>, Share)>, Failure> {
    let read = |text: &String| {
        let (year, rate) = match text.split_once('=') {
            Some((year, rate)) => {
                let year =
                    parse_month(&format!("{}-01", year.trim())).map(|day| chrono::Datelike::year(&day));
                (Some(year.map_err(|_| invalid(text))?), rate)
            }
            None => (None, text.as_str()),
        };
        Ok((year, value::share(rate)?))
    };
    let typed = matches.get_many::<String>("rate").unwrap_or_default();
    typed.map(read).collect::<Result<_, Problem>>().map_err(|problem| Failure::usage(problem.at("--rate")))
}

fn invalid(text: &str) -> Problem {
    Problem::new(Code::InvalidValue).with("read", text).with("accepted", "5%, 2018=5%")
}
