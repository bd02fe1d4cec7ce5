//! `bhyt fund balance` (`can-doi`): contributions → care fund → allocated → spent → surplus or deficit, by period.

use chrono::NaiveDate;
use clap::{ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures;
use super::help::{self, Texts};
use super::report_tables::{self, FORMATS, Report, money_unit};
use super::table_input;
use crate::engine::fund_balance::{Balance, BalanceError, FundBalance, Given, SettlementSums, balance};
use crate::render::ledger_words;
use crate::render::pages;
use crate::render::report::{percent_json, rule_doubts, rules_json};
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::table::fund::{FundOptions, FundTables};
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Cân đối quỹ: số thu → quỹ khám chữa bệnh → dự toán → số chi → kết dư hay bội chi từng kỳ",
            "Balance of the fund: contributions → care fund → allocated → spent → surplus or deficit by period",
        ],
        usage: [
            "fund balance BẢNG… [--in ty|trieu|dong] [--period KỲ]",
            "fund balance TABLE… [--in billion|million|dong] [--period P]",
        ],
        examples: [
            "Cột: kỳ (`period`: năm, quý, tháng), số thu (`contributions`), quỹ khám chữa\nbệnh (`care`), chăm sóc sức khỏe ban đầu (`primary_care`), được sử dụng\n(`allocated`), đã chi (`spent`), số tháng đã chi, để ước cả kỳ (`months`), cơ sở\n(`facility`); hoặc mẫu 02/BH từng quý.\nNhiều bảng thì ghép lại theo kỳ.\n\nVí dụ:\n  bhyt fund balance quy-2017-2024.csv --in ty\n  bhyt fund balance quy.xlsx -f html -o can-doi.html",
            "Columns: period (year, quarter, month), contributions, care, primary_care,\nallocated, spent, months (months spent, to estimate the period), facility; or form 02/BH of a\nquarter. Several tables are put together by period.\n\nExamples:\n  bhyt fund balance fund-2017-2024.csv --in billion\n  bhyt fund balance fund.xlsx -f html -o balance.html",
        ],
    };
    let command = help::command("balance", "can-doi", lang, &texts).arg(report_tables::tables(lang));
    let period = help::value(
        "period",
        ["KỲ", "PERIOD"],
        lang,
        ["Kỳ của bảng không ghi kỳ: Q1/2026, 2026", "Period of tables without one: 2026-Q1, 2026"],
    );
    report_tables::flags(command, lang).arg(period).arg(report_tables::in_unit(lang))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let unit = figures::optional(matches, "in", money_unit)?;
    let options = table_input::dialect(matches)?;
    let rules = context.rulebook()?;
    let period = figures::optional(matches, "period", |text| {
        SettlementPeriod::parse(text).ok_or_else(|| Problem::new(Code::LedgerPeriodForm).with("read", text))
    })?;
    let mut table = FundTables::default();
    for name in matches.get_many::<String>("table").unwrap_or_default() {
        let input = report_tables::input(name, &mut *context.world.stdin);
        table.read(input, &options, FundOptions { unit, period })?;
    }
    table.finish()?;
    if table.periods.is_empty() && table.rejected.is_empty() {
        return Err(Failure::input(Problem::new(Code::EmptyInput)));
    }
    let found = balance(&rules, &table.periods).map_err(refused)?;
    table.compare_surplus(|period| {
        found.periods.iter().find(|each| each.period == Some(period)).and_then(|each| each.left)
    });
    report_tables::say(context, &table.notices, &table.rejected)?;
    let lang = context.lang();
    let notices = notices(&found, &table, context.world.today, lang);
    let facilities: Vec<(String, Given)> = table.facilities.clone().into_iter().collect();
    let differs = found.periods.iter().any(|each| each.care_by_share.is_some());
    let look =
        differs || !table.rejected.is_empty() || !table.mismatches.is_empty() || !table.left_out.is_empty();
    let report = Report {
        schema: "bhyt.fund/1",
        input: json!({"unit": unit.unwrap_or(1), "rows": {"read": table.rows, "rejected": table.rejected.len(), "aside": table.aside}}),
        result: result(&found, &facilities, &table.settlements, &rules),
        page: pages::balance::page(&found, &facilities, &table.settlements, lang),
        used: &found.rules,
        notices,
    };
    let exit = report_tables::emit(context, &rules, report, format)?;
    Ok(if look && exit == Exit::Done { Exit::Look } else { exit })
}

fn refused(error: BalanceError) -> Failure {
    match error {
        BalanceError::Engine(error) => Failure::engine(&error, Exit::Input),
        BalanceError::ShareChanges { period, from } => Failure {
            problem: Problem::new(Code::FundShareChanges).with("period", period).with("date", from),
            exit: Exit::NoAnswer,
        },
    }
}

/// Periods that end after today, where the table does not say how many months its amounts are of.
fn open_periods(found: &FundBalance, today: NaiveDate) -> Option<Problem> {
    let is_open = |each: &&Balance| {
        !each.open
            && each.given.spent.is_some()
            && each.period.is_some_and(|period| period.last_day() > today)
    };
    let names: Vec<String> =
        found.periods.iter().filter(is_open).filter_map(|each| Some(each.period?.to_string())).collect();
    (!names.is_empty()).then(|| Problem::new(Code::FundPeriodOpen).with("period", names.join(", ")))
}

fn notices(found: &FundBalance, table: &FundTables, today: NaiveDate, lang: Lang) -> Vec<Problem> {
    let mut notices = rule_doubts(&found.rules);
    for each in &found.periods {
        let period = each.period.map(|period| period.to_string()).unwrap_or_default();
        if let (Some(computed), Some(stated)) = (each.care_by_share, each.given.care) {
            notices.push(
                Problem::new(Code::FundCareDiffers)
                    .with("period", &period)
                    .with("stated", wording::money(stated, lang))
                    .with("computed", wording::money(computed, lang)),
            );
        }
        if let Some(estimate) = each.estimate {
            notices.push(
                Problem::new(Code::FundEstimate)
                    .with("period", &period)
                    .with("months", estimate.months)
                    .with("of", estimate.of),
            );
        }
    }
    notices.extend(open_periods(found, today));
    notices.extend(table.left_out.iter().cloned());
    for wrong in &table.mismatches {
        let place = format!("{} · {}", wording::harmless(&wrong.place), wording::harmless(&wrong.field));
        let problem = Problem::new(Code::LedgerMismatch).with("vi", &place).with("en", &place);
        notices.push(ledger_words::stated_and_computed(problem, wrong.stated, wrong.computed, lang));
    }
    if !table.rejected.is_empty() {
        notices.push(Problem::new(Code::ReportRowsRejected).with("count", table.rejected.len()));
    }
    if table.aside > 0 {
        notices.push(Problem::new(Code::ReportRowsAside).with("count", table.aside));
    }
    notices
}

/// The sums of form 02/BH, by facility.
fn settlement_json(sums: &SettlementSums) -> Json {
    let mut out = serde_json::Map::new();
    out.insert("period".into(), json!(sums.period));
    out.insert("facility".into(), json!(sums.facility));
    out.insert("visits".into(), json!(sums.visits));
    let amounts = SettlementSums::AMOUNTS.iter().zip(sums.amounts);
    out.extend(amounts.map(|(name, amount)| ((*name).to_owned(), json!(amount))));
    Json::Object(out)
}

fn result(
    found: &FundBalance,
    facilities: &[(String, Given)],
    settlements: &[SettlementSums],
    rules: &Rulebook,
) -> Json {
    let years: Vec<Json> = found
        .years
        .iter()
        .map(|(year, each)| {
            let mut out = figures_of(each);
            out.insert("year".into(), json!(year));
            Json::Object(out)
        })
        .collect();
    let periods: Vec<Json> = found.periods.iter().map(|each| Json::Object(figures_of(each))).collect();
    json!({
        "periods": periods,
        "years": years,
        "all": found.all.as_ref().map(figures_of),
        "years_of_surplus": signs(found, false),
        "years_of_deficit": signs(found, true),
        "facilities": facilities.iter().map(|(name, given)| json!({
            "facility": name,
            "allocated": given.allocated,
            "spent": given.spent,
            "left": given.allocated.zip(given.spent).and_then(|(allocated, spent)| allocated.checked_sub(spent)),
        })).collect::<Vec<_>>(),
        "settlements": settlements.iter().map(settlement_json).collect::<Vec<_>>(),
        "rules": rules_json(&found.rules, rules),
    })
}

/// Years that end with a deficit, or with what is left.
fn signs(found: &FundBalance, deficit: bool) -> Vec<i32> {
    let is = |each: &Balance| each.surplus().is_some_and(|surplus| surplus.is_negative() == deficit);
    found.years.iter().filter(|(_, each)| is(each)).map(|(year, _)| *year).collect()
}

fn figures_of(each: &Balance) -> serde_json::Map<String, Json> {
    let json = json!({
        "period": each.period,
        "contributions": each.given.contributions,
        "care": each.care,
        "administration_limit": each.administration_limit,
        "reserve_minimum": each.reserve_minimum,
        "primary_care": each.given.primary_care,
        "allocated": each.given.allocated,
        "available": each.available,
        "spent": each.given.spent,
        "surplus": each.surplus(),
        "open": each.open,
        "months": each.months,
        "left_so_far": each.left_so_far(),
        "used": percent_json(each.used()),
        "estimate": each.estimate.map(|estimate| json!({
            "months": estimate.months,
            "of": estimate.of,
            "method": "even",
            "spent": estimate.spent,
            "surplus": estimate.surplus,
        })),
    });
    json.as_object().cloned().unwrap_or_default()
}
