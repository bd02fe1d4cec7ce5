//! `bhyt refund` (`hoan-tra`): premium of unused months, and the card afterwards.

use clap::{ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures};
use super::help::{self, Texts};
use super::value;
use crate::engine::premium::refund::{Cards, RefundCase, refund};
use crate::render::pages;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::fold::{fold, nearest};
use crate::terms::number::Share;
use crate::terms::problem::{Code, Problem};

/// The command line of `refund`.
pub fn refund_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Số tiền hoàn trả cho các tháng không dùng đến", "Premium paid back for unused months"],
        usage: [
            "refund --case ID --amount SỐ_TIỀN --months N --unused N …",
            "refund --case ID --amount AMOUNT --months N --unused N …",
        ],
        examples: [
            "Ví dụ:\n  bhyt refund --case earlier-category --amount 1.366.200 --months 12 --unused 5\n  bhyt refund --case support-raised --amount 631.800 --months 12 --unused 3 --old-share 50% --new-share 70%\n  bhyt rules show refund-cases",
            "Examples:\n  bhyt refund --case earlier-category --amount 1,366,200 --months 12 --unused 5\n  bhyt refund --case support-raised --amount 631,800 --months 12 --unused 3 --old-share 50% --new-share 70%\n  bhyt rules show refund-cases",
        ],
    };
    let flag = |name, shown, help| help::value(name, shown, lang, help);
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
        .arg(
            flag("months", ["N", "N"], ["Số tháng đã đóng", "Months paid for"])
                .required_unless_present("card-from"),
        )
        .arg(
            flag("unused", ["N", "N"], ["Số tháng chưa dùng", "Unused months"])
                .required_unless_present("card-from"),
        )
        .arg(
            flag(
                "old-share",
                ["TỶ_LỆ", "SHARE"],
                ["Mức hỗ trợ khi đóng (support-raised): 50%", "Support when paid (support-raised): 50%"],
            )
            .requires("new-share"),
        )
        .arg(
            flag(
                "new-share",
                ["TỶ_LỆ", "SHARE"],
                ["Mức hỗ trợ sau khi tăng: 70%", "Support after the raise: 70%"],
            )
            .requires("old-share"),
        )
        .arg(
            flag(
                "card-from",
                ["NGÀY", "DATE"],
                ["Ngày đầu của thẻ đã đóng", "First day of the card paid for"],
            )
            .requires("card-until")
            .conflicts_with_all(["months", "unused"]),
        )
        .arg(
            flag(
                "card-until",
                ["NGÀY", "DATE"],
                ["Ngày cuối của thẻ đã đóng", "Last day of the card paid for"],
            )
            .requires("card-from"),
        )
        .arg(
            flag(
                "other-from",
                ["NGÀY", "DATE"],
                [
                    "Ngày đầu của thẻ theo đối tượng khác, hoặc ngày quyết định",
                    "First day of the other card, or of the decision",
                ],
            )
            .requires("card-from"),
        )
        .arg(
            flag(
                "other-until",
                ["NGÀY", "DATE"],
                [
                    "Ngày cuối của thẻ theo đối tượng khác; sau đó thẻ cũ có giá trị trở lại",
                    "Last day of the other card; the old one is valid again after it",
                ],
            )
            .requires("other-from"),
        )
        .arg(flag("date", ["NGÀY", "DATE"], ["Ngày áp dụng quy định", "Day whose rule counts"]))
}

/// Most months of one payment.
const MOST_MONTHS: u32 = 24;

/// Runs `refund`.
pub fn run_refund(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let case = figures::flag(matches, "case", |text| refund_case(text, &rules))?;
    let paid = figures::flag(matches, "amount", value::amount)?;
    let cards = cards(matches)?;
    let (months, unused) = if let Some(cards) = &cards {
        cards.months().map_err(|error| Failure::engine(&error, Exit::Usage))?
    } else {
        let count = |name, least, most| {
            figures::flag(matches, name, |text| value::count(text, least..=most, Code::MonthsRange))
        };
        let months = count("months", 1, MOST_MONTHS)?;
        (months, count("unused", 0, months)?)
    };
    let shares = shares(matches)?;
    // The case arises on the first day of the other card; without it, on the day given or today.
    let (day, mut notices) = match (&cards, matches.get_one::<String>("date")) {
        (Some(cards), None) => (cards.other.0, Vec::new()),
        _ => figures::day(context, matches)?,
    };
    let asked = RefundCase { case, paid, months, unused, shares, day };
    let outcome = refund(&rules, &asked).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    notices.extend(outcome.notices.iter().cloned());
    let span = |days: Option<(chrono::NaiveDate, chrono::NaiveDate)>| {
        days.map_or(Json::Null, |(from, until)| json!({"from": from.to_string(), "until": until.to_string()}))
    };
    let figures = Figures {
        schema: "bhyt.refund/1",
        input: json!({
            "case": asked.case, "amount": paid, "months": months, "unused": unused, "date": day.to_string(),
            "old_share": shares.map(|(old, _)| old.to_string()),
            "new_share": shares.map(|(_, new)| new.to_string()),
        }),
        result: json!({
            "refund": outcome.refund,
            "months": months,
            "unused": unused,
            "card_before": span(cards.and_then(|cards| cards.before())),
            "card_restored": span(cards.and_then(|cards| cards.restored())),
        }),
        page: pages::figures::refund(outcome.refund, cards.as_ref(), context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}

/// The cards, where their days are given.
fn cards(matches: &ArgMatches) -> Result<Option<Cards>, Failure> {
    let day = |name| figures::optional(matches, name, value::date);
    let (Some(from), Some(until)) = (day("card-from")?, day("card-until")?) else { return Ok(None) };
    let other = day("other-from")?.ok_or_else(|| {
        Failure::usage(
            Problem::new(Code::MissingArgument).with("read", "--other-from").with("command", "refund"),
        )
    })?;
    let other_until = day("other-until")?;
    let ordered = |first: chrono::NaiveDate, second: chrono::NaiveDate, place: &str| {
        let problem = Problem::new(Code::DateOrder).with("first", first).with("second", second).at(place);
        if first <= second { Ok(()) } else { Err(Failure::usage(problem)) }
    };
    ordered(from, until, "--card-until")?;
    ordered(other, other_until.unwrap_or(other), "--other-until")?;
    Ok(Some(Cards { paid: (from, until), other: (other, other_until) }))
}

/// Support before and after, the second one higher.
fn shares(matches: &ArgMatches) -> Result<Option<(Share, Share)>, Failure> {
    let share = |name| figures::optional(matches, name, value::share);
    let (Some(old), Some(new)) = (share("old-share")?, share("new-share")?) else { return Ok(None) };
    if new > old {
        return Ok(Some((old, new)));
    }
    let problem = Problem::new(Code::InvalidValue).with("read", new).with("accepted", format!("> {old}"));
    Err(Failure::usage(problem.at("--new-share")))
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
