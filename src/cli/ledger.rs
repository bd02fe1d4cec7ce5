//! `bhyt ledger` (`thu-no`): what units owe, pay and carry over, from dues, payments, the office's ledger or C12-TS.

use chrono::NaiveDate;
use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures;
use super::help::{self, Texts};
use super::report_tables::{self, FORMATS, Report, money_unit};
use super::table_input;
use super::value;
use crate::engine::ledger::{self, Account, Ledger, LedgerTerms};
use crate::render::pages;
use crate::render::report::rule_doubts;
use crate::render::wording::Lang;
use crate::render::{ledger_json, ledger_words};
use crate::table::ledger::{LedgerAsked, LedgerTables};
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Sổ thu – nợ của đơn vị: đầu kỳ, phải đóng, đã đóng, cuối kỳ, tuổi nợ, tiền chậm đóng, tỷ lệ thu",
            "Ledger of units: opening, due, paid, closing, arrears by age, late charges, rate of collection",
        ],
        usage: [
            "ledger BẢNG… [--period KỲ] [--date NGÀY] [--cycle 1|3|6]",
            "ledger TABLE… [--period P] [--date DATE] [--cycle 1|3|6]",
        ],
        examples: [
            "Bảng: phải đóng (mã đơn vị `unit`, kỳ `period`, số phải đóng `due`), tiền nộp\n(`unit`, ngày nộp `paid_on`, số đã đóng `paid`), sổ của cơ quan (`madvi`, tiền\nđầu kỳ, số phải đóng, số đã đóng, tiền cuối kỳ …), hoặc Mẫu C12-TS. Nhiều bảng\nthì cộng lại.\n\nVí dụ:\n  bhyt ledger so-c12.csv\n  bhyt ledger phai-dong.csv tien-nop.csv --date 30/09/2026\n  bhyt ledger so-2014-2018.xlsx -f html -o thu-no.html",
            "LedgerTables: dues (unit, period, due), payments (unit, paid_on, paid), the office's\nledger (unit, opening, due, paid, closing …), or form C12-TS. Several tables are\nput together.\n\nExamples:\n  bhyt ledger c12.csv\n  bhyt ledger dues.csv payments.csv --date 2026-09-30\n  bhyt ledger ledger-2014-2018.xlsx -f html -o ledger.html",
        ],
    };
    let command = help::command("ledger", "thu-no", lang, &texts).arg(report_tables::tables(lang));
    report_tables::flags(command, lang)
        .arg(help::value(
            "period",
            ["KỲ", "PERIOD"],
            lang,
            ["Kỳ của các dòng không ghi kỳ: 07/2026, 2026", "Period of rows without one: 2026-07, 2026"],
        ))
        .arg(help::value(
            "date",
            ["NGÀY", "DATE"],
            lang,
            [
                "Ngày tính tuổi nợ (mặc định: cuối kỳ cuối)",
                "Day of the ages (default: end of the last period)",
            ],
        ))
        .arg(help::value(
            "cycle",
            ["1|3|6", "1|3|6"],
            lang,
            ["Số tháng của một lần đóng (mặc định: 1)", "Months of a payment cycle (default: 1)"],
        ))
        .arg(report_tables::in_unit(lang))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let period = figures::optional(matches, "period", period)?;
    let unit = figures::optional(matches, "in", money_unit)?;
    let day = figures::optional(matches, "date", value::date)?;
    let cycle = figures::optional(matches, "cycle", cycle)?.unwrap_or(1);
    let options = table_input::dialect(matches)?;
    let rules = context.rulebook()?;
    let mut tables = LedgerTables::default();
    for name in matches.get_many::<String>("table").unwrap_or_default() {
        let input = report_tables::input(name, &mut *context.world.stdin);
        tables.read(input, &options, LedgerAsked { period, unit }, &rules)?;
    }
    let found = std::mem::take(&mut tables.mismatches);
    let accounts = tables.accounts()?;
    if accounts.is_empty() && tables.rejected.is_empty() {
        return Err(Failure::input(Problem::new(Code::EmptyInput)));
    }
    let terms = LedgerTerms { as_of: day.or_else(|| last_day(&accounts)), cycle };
    let ledger = ledger::settle(&rules, accounts, terms, found)
        .map_err(|error| Failure::engine(&error, Exit::Input))?;
    report_tables::say(context, &tables.notices, &tables.rejected)?;
    let notices = notices(&ledger, &tables, context.lang());
    let look = !ledger.mismatches.is_empty() || tables.rejected_count > 0 || !tables.left_out.is_empty();
    let page = pages::ledger::page(&ledger, context.lang());
    let report = Report {
        schema: "bhyt.ledger/1",
        input: json!({
            "period": period,
            "as_of": terms.as_of.map(|day| day.to_string()),
            "cycle": cycle,
            "rows": {"read": tables.rows, "rejected": tables.rejected_count, "aside": tables.aside},
        }),
        result: ledger_json::result(&ledger, &rules),
        page,
        used: &ledger.rules,
        notices,
    };
    let exit = report_tables::emit(context, &rules, report, format)?;
    Ok(if look && exit == Exit::Done { Exit::Look } else { exit })
}

fn period(text: &str) -> Result<SettlementPeriod, Problem> {
    SettlementPeriod::parse(text).ok_or_else(|| Problem::new(Code::LedgerPeriodForm).with("read", text))
}

fn cycle(text: &str) -> Result<u32, Problem> {
    match text.trim() {
        "1" => Ok(1),
        "3" => Ok(3),
        "6" => Ok(6),
        other => Err(Problem::new(Code::InvalidValue).with("read", other).with("accepted", "1, 3, 6")),
    }
}

/// The last day that some table speaks of.
fn last_day(accounts: &[Account]) -> Option<NaiveDate> {
    accounts.iter().flat_map(Account::periods).map(SettlementPeriod::last_day).max()
}

fn notices(ledger: &Ledger, tables: &LedgerTables, lang: Lang) -> Vec<Problem> {
    let mut notices = rule_doubts(&ledger.rules);
    notices.extend(ledger.notices.iter().cloned());
    notices.extend(tables.left_out.iter().cloned());
    notices.extend(ledger.mismatches.iter().map(|found| ledger_words::mismatch(found, lang)));
    if tables.rejected_count > 0 {
        notices.push(Problem::new(Code::ReportRowsRejected).with("count", tables.rejected_count));
    }
    if tables.aside > 0 {
        notices.push(Problem::new(Code::ReportRowsAside).with("count", tables.aside));
    }
    let undecided = ledger.totals.undecided;
    if !undecided.is_zero() {
        notices.push(Problem::new(Code::LedgerUndecided).with("amount", undecided));
    }
    notices
}
