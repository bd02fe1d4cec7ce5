//! `bhyt fund forces` (`quy luc-luong`): a year of the care fund of army, police and cipher.

use clap::{ArgMatches, Command};
use serde_json::{Map, json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures, MONEY, contributions_flag, date_flag};
use super::help::{self, Texts};
use super::value;
use crate::engine::forces_fund::{ForcesYear, forces_settlement};
use crate::render::pages;
use crate::render::wording::Lang;
use crate::terms::listed::Listed;

pub(super) fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Quỹ khám bệnh, chữa bệnh của quân đội, công an, cơ yếu: phân bổ, phần dư, phần thiếu",
            "Care fund of army, police and cipher: division, surplus, deficit",
        ],
        usage: [
            "fund forces --contributions SỐ_TIỀN --in-scope SỐ_TIỀN …",
            "fund forces --contributions AMOUNT --in-scope AMOUNT …",
        ],
        examples: [
            "Ví dụ:\n  bhyt fund forces --contributions 1.000.000.000 --in-scope 700.000.000 --date 31/12/2023",
            "Example:\n  bhyt fund forces --contributions 1,000,000,000 --in-scope 700,000,000 --date 2023-12-31",
        ],
    };
    let in_scope = ["Chi trong phạm vi và vận chuyển", "Spent in scope, with transport"];
    let beyond = ["Chi ngoài phạm vi", "Spent beyond the scope"];
    help::command("forces", "luc-luong", lang, &texts)
        .arg(contributions_flag(lang))
        .arg(help::value("in-scope", MONEY, lang, in_scope).required(true))
        .arg(help::value("beyond-scope", MONEY, lang, beyond))
        .arg(date_flag(lang))
}

pub(super) fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let (date, notices) = figures::day(context, matches)?;
    let year = ForcesYear {
        contributions: figures::flag(matches, "contributions", value::amount)?,
        in_scope: figures::flag(matches, "in-scope", value::amount)?,
        beyond_scope: figures::optional(matches, "beyond-scope", value::amount)?.unwrap_or_default(),
        date,
    };
    let outcome = forces_settlement(&rules, year).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    let parts = outcome.parts.iter().map(|(part, amount)| (part.key().replace('-', "_"), json!(amount)));
    let figures = Figures {
        schema: "bhyt.fund/1",
        input: json!({
            "contributions": year.contributions,
            "in_scope": year.in_scope,
            "beyond_scope": year.beyond_scope,
            "date": date.to_string(),
        }),
        result: parts.collect::<Map<_, _>>().into(),
        page: pages::figures::forces(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}
