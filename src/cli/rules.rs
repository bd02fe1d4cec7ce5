//! `bhyt rules` (`quy-dinh`): list, show, compare and check the recorded law.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::value;
use crate::engine::premium::place_map::coverage_table;
use crate::render::json::Body;
use crate::render::wording::Lang;
use crate::render::{diagnostics, pages, rules_json};
use crate::rulebook::Rulebook;
use crate::rulebook::diagnostic::DiagnosticSeverity;
use crate::rulebook::diff::compare;
use crate::rulebook::entries::{Entry, EntryVersion};
use crate::rulebook::facts::Fact;
use crate::rulebook::load::load;
use crate::rulebook::source::gather;
use crate::terms::fold::{fold, nearest};
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Bộ quy định đã ghi nhận: liệt kê, xem, so sánh, kiểm tra",
            "The recorded law: list, show, compare, check",
        ],
        usage: ["rules list|show|diff|check …", "rules list|show|diff|check …"],
        examples: [
            "Ví dụ:\n  bhyt rules diff 2026-06-30 2026-07-01\n  bhyt rules show base-salary\n  bhyt rules list --gaps",
            "Examples:\n  bhyt rules diff 2026-06-30 2026-07-01\n  bhyt rules show base-salary\n  bhyt rules list --gaps",
        ],
    };
    help::command("rules", "quy-dinh", lang, &texts)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommands([list_command(lang), show_command(lang), diff_command(lang), check_command(lang)])
}

fn date_flag(lang: Lang) -> Arg {
    help::value(
        "date",
        ["NGÀY", "DATE"],
        lang,
        ["Chỉ phiên bản có hiệu lực ngày này", "Only the version in force on this day"],
    )
}

fn list_command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Liệt kê quy định đã ghi nhận", "List the recorded rules"],
        usage: [
            "rules list [--family ID] [--date NGÀY] [--gaps] [--provinces]",
            "rules list [--family ID] [--date DATE] [--gaps] [--provinces]",
        ],
        examples: [
            "Ví dụ:\n  bhyt rules list --date 2026-08-01\n  bhyt rules list --family state-subsidy\n  bhyt rules list --gaps",
            "Examples:\n  bhyt rules list --date 2026-08-01\n  bhyt rules list --family state-subsidy\n  bhyt rules list --gaps",
        ],
    };
    help::command("list", "danh-sach", lang, &texts)
        .arg(help::value("family", ["ID", "ID"], lang, ["Chỉ một họ quy định", "One family only"]))
        .arg(date_flag(lang))
        .arg(help::switch("gaps", lang, ["Những gì chưa mô hình hóa", "What is not modelled"]))
        .arg(help::switch(
            "provinces",
            lang,
            ["34 tỉnh, thành phố và chính sách đã biết", "The 34 provinces and cities and what is known"],
        ))
}

fn show_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Một quy định với mọi phiên bản, căn cứ và ghi chú",
            "One rule with all versions, citations and notes",
        ],
        usage: ["rules show QUY_ĐỊNH [--date NGÀY]", "rules show RULE [--date DATE]"],
        examples: [
            "Ví dụ:\n  bhyt rules show base-salary\n  bhyt rules show state-subsidy/near-poor",
            "Examples:\n  bhyt rules show base-salary\n  bhyt rules show state-subsidy/near-poor",
        ],
    };
    let rule = Arg::new("rule")
        .required(true)
        .value_name(lang.say("QUY_ĐỊNH", "RULE"))
        .help(lang.say("Tên trong bhyt rules list", "Name from bhyt rules list"));
    help::command("show", "xem", lang, &texts).arg(rule).arg(date_flag(lang))
}

fn diff_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Điều gì thay đổi giữa hai ngày, theo văn bản nào",
            "What changed between two dates, and by which document",
        ],
        usage: ["rules diff NGÀY NGÀY [--against THƯ_MỤC]", "rules diff DATE DATE [--against DIR]"],
        examples: [
            "Ví dụ:\n  bhyt rules diff 2026-06-30 2026-07-01",
            "Example:\n  bhyt rules diff 2026-06-30 2026-07-01",
        ],
    };
    let date =
        |name, help| Arg::new(name).required(true).value_name(lang.say("NGÀY", "DATE")).help(lang.pick(help));
    help::command("diff", "so-sanh", lang, &texts)
        .arg(date("old", ["Ngày trước", "Earlier day"]))
        .arg(date("new", ["Ngày sau", "Later day"]))
        .arg(help::value(
            "against",
            ["THƯ_MỤC", "DIR"],
            lang,
            ["Thư mục quy định cho ngày sau", "Rule folder for the later day"],
        ))
}

fn check_command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Kiểm tra tệp quy định: mọi lỗi với dòng và cột",
            "Check rule files: every mistake with line and column",
        ],
        usage: ["rules check [THƯ_MỤC|TỆP.toml]", "rules check [DIR|FILE.toml]"],
        examples: [
            "Ví dụ:\n  bhyt rules check\n  bhyt rules check quy-dinh/\n  bhyt rules check nghi-quyet.toml",
            "Examples:\n  bhyt rules check\n  bhyt rules check my-rules/\n  bhyt rules check resolution.toml",
        ],
    };
    let folder = Arg::new("folder").value_name(lang.say("THƯ_MỤC|TỆP", "DIR|FILE")).help(lang.say(
        "Thư mục quy định, hoặc một tệp thêm vào; bỏ trống là bộ đi kèm",
        "Rule folder, or a file laid over the rules; the bundled ones if left out",
    ));
    help::command("check", "kiem-tra", lang, &texts).arg(folder)
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(context, matches),
        Some(("show", matches)) => show(context, matches),
        Some(("diff", matches)) => diff(context, matches),
        Some(("check", matches)) => check(context, matches),
        _ => Err(Failure::usage(
            Problem::new(Code::MissingArgument).with("read", "list|show|diff|check").with("command", "rules"),
        )),
    }
}

fn emit_json(
    context: &mut Context<'_, '_>,
    rules: &Rulebook,
    schema: &str,
    result: Json,
) -> Result<Exit, Failure> {
    context.emit_json(&Body { schema, input: json!({}), result, trace: &[], notices: &[] }, rules)
}

fn list(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let as_json = format == "json";
    let rules = context.rulebook()?;
    let lang = context.lang();
    if matches.get_flag("gaps") {
        return if as_json {
            emit_json(context, &rules, "bhyt.rules/1", rules_json::gaps_json(&rules.gaps))
        } else {
            context.emit_page(pages::rules::gaps(&rules.gaps, &rules, lang), &[], &rules, format)
        };
    }
    let day = day(matches, "date")?;
    if matches.get_flag("provinces") {
        let day = day.unwrap_or(context.world.today);
        let units = coverage_table(&rules, day);
        if as_json {
            return emit_json(context, &rules, "bhyt.rules/1", pages::places::units_json(&units, &rules));
        }
        return context.emit_page(pages::places::units(&units, day, &rules, lang), &[], &rules, format);
    }
    let mut entries = rules.entries();
    if let Some(family) = matches.get_one::<String>("family") {
        let key = fold(family);
        if !entries.iter().any(|entry| entry.header.id == key) {
            let near = nearest(&key, entries.iter().map(|entry| entry.header.id.as_str()))
                .unwrap_or_default()
                .to_owned();
            return Err(Failure::usage(
                Problem::new(Code::InvalidValue).with("read", family).with("suggestion", near).at("--family"),
            ));
        }
        entries.retain(|entry| entry.header.id == key);
    }
    if as_json {
        let result = rules_json::list_json(&entries, day, &rules);
        return emit_json(context, &rules, "bhyt.rules/1", result);
    }
    context.emit_page(pages::rules::list(&entries, day, &rules, lang), &[], &rules, format)
}

fn show(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let as_json = format == "json";
    let rules = context.rulebook()?;
    let day = day(matches, "date")?;
    let typed = matches.get_one::<String>("rule").map(String::as_str).unwrap_or_default();
    let entries = rules.entries();
    let family_part = |rule: &str| rule.rsplit('/').next().unwrap_or_default().to_owned();
    let mut found: Vec<_> = entries
        .iter()
        .filter(|entry| entry.rule == typed || entry.header.id == typed || family_part(entry.rule) == typed)
        .collect();
    // A refusal names the part of a rule that says nothing (`primary-care-retention/unit-medics`): the rule is shown.
    if found.is_empty()
        && let Some((whole, part)) = typed.split_once('/')
    {
        found.extend(entries.iter().filter(|entry| entry.rule == whole && has_part(entry, part, &rules)));
    }
    if found.is_empty() {
        let near = nearest(typed, entries.iter().map(|entry| entry.rule)).unwrap_or_default();
        return Err(Failure::usage(
            Problem::new(Code::InvalidValue).with("read", typed).with("suggestion", near),
        ));
    }
    if as_json {
        let result = json!({"rules": found.iter().map(|entry| json!({
            "rule": entry.rule,
            "versions": entry.versions.iter().filter(|version| day.is_none_or(|day| entry.at(day).is_some_and(|known| std::ptr::eq(known.rule, version.rule))))
                .map(|version| rules_json::version_json(entry, version, &rules)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>()});
        return emit_json(context, &rules, "bhyt.rules/1", result);
    }
    let lang = context.lang();
    context.emit_page(pages::rules::show(&found, day, &rules, lang), &[], &rules, format)
}

/// True where a rule speaks of this in some version: a field, a key of a list, or a category.
fn has_part(rule: &Entry<'_>, part: &str, rules: &Rulebook) -> bool {
    let is_named = |fact: &Fact| {
        fact.key.as_deref() == Some(part) || fact.path.split('.').any(|field| field.replace('_', "-") == part)
    };
    let facts = || rule.versions.iter().flat_map(EntryVersion::facts);
    rules.group(part).is_some() || facts().any(|fact| is_named(&fact))
}

fn diff(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let as_json = format == "json";
    let position = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let read = |name: &str| value::date(position(name)).map_err(Failure::usage);
    let (old, new) = (read("old")?, read("new")?);
    let rules = context.rulebook()?;
    let other =
        matches.get_one::<String>("against").map(|folder| rulebook_of(context, folder)).transpose()?;
    let later = other.as_ref().unwrap_or(&rules);
    let changes = compare((&rules, old), (later, new));
    if as_json {
        return emit_json(
            context,
            &rules,
            "bhyt.rules-diff/1",
            rules_json::diff_json(&changes, (&rules, later)),
        );
    }
    let page = pages::rules::diff(&changes, (old, new), (&rules, later), context.lang());
    context.emit_page(page, &[], &rules, format)
}

/// The rulebook of a folder given for one side of a comparison.
fn rulebook_of(context: &mut Context<'_, '_>, folder: &str) -> Result<Rulebook, Failure> {
    let refused = |problem| Failure { problem, exit: Exit::Rulebook };
    let loaded = load(&gather(Some(&PathBuf::from(folder)), &[]).map_err(refused)?);
    let count = loaded.diagnostics.len();
    if loaded.rulebook.is_none() {
        let text = diagnostics::text(&loaded.diagnostics, context.lang());
        super::io::write_stdout(context.world.stderr, text.as_bytes())?;
    }
    loaded.rulebook.ok_or_else(|| refused(Problem::new(Code::RulebookRefused).with("count", count)))
}

fn check(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let as_json = context.format(&["text", "json"])? == "json";
    let lang = context.lang();
    let loaded = context.load_rules(matches.get_one::<String>("folder").map(PathBuf::from))?;
    let errors =
        loaded.diagnostics.iter().filter(|found| found.severity == DiagnosticSeverity::Error).count();
    let exit = if errors > 0 || (context.options.strict && !loaded.diagnostics.is_empty()) {
        Exit::Look
    } else {
        Exit::Done
    };
    if as_json {
        let rows: Vec<Json> = loaded.diagnostics.iter().map(|found| json!({
            "check": found.check.as_str(), "file": found.file, "line": found.line, "column": found.column,
            "severity": if found.severity == DiagnosticSeverity::Error { "error" } else { "warning" },
        })).collect();
        let text = serde_json::to_string_pretty(&json!({
            "schema": "bhyt.rules-check/1",
            "result": {"errors": errors, "findings": rows, "sha256": loaded.rulebook.as_ref().map(|rules| &rules.identity.sha256)},
            "status": "ok",
        })).unwrap_or_default();
        context.emit(&(text + "\n"))?;
        return Ok(exit);
    }
    let mut text = diagnostics::text(&loaded.diagnostics, lang);
    if let Some(rules) = &loaded.rulebook {
        let entries = rules.entries();
        let versions: usize = entries.iter().map(|entry| entry.versions.len()).sum();
        text.push_str(&match lang {
            Lang::Vi => format!(
                "✔ {} quy định, {versions} phiên bản, {} văn bản, {} gói địa phương\n",
                entries.len(),
                rules.documents.len(),
                rules.local.len()
            ),
            Lang::En => format!(
                "✔ {} rules, {versions} versions, {} documents, {} local packs\n",
                entries.len(),
                rules.documents.len(),
                rules.local.len()
            ),
        });
        text.push_str(&format!("sha256 {}\n", rules.identity.sha256));
    } else {
        text.push_str(&format!("✖ {errors} {}\n", lang.say("lỗi", "errors")));
    }
    context.emit(&text)?;
    Ok(exit)
}

fn day(matches: &ArgMatches, name: &str) -> Result<Option<chrono::NaiveDate>, Failure> {
    matches
        .get_one::<String>(name)
        .map(|typed| value::date(typed).map_err(|problem| Failure::usage(problem.at(format!("--{name}")))))
        .transpose()
}
