//! `bhyt conform` (`doi-chung`): runs another program on a pack of cases and says what differs from the law.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command as Program, Stdio};

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::conform_pack::{self, Difference, PackCase};
use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::render::json::Body;
use crate::render::page::{Block, Cell, Column, NamedFigure, On, Page, Paper, Table, TextLine};
use crate::render::report::{count, count_text};
use crate::render::wording::Lang;
use crate::terms::problem::{Code, Problem};

const FORMATS: &[&str] = &["text", "json", "html", "csv", "xlsx"];

/// Most differences that a screen lists.
const MOST_SHOWN: usize = 50;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Đối chứng một phần mềm khác với luật: đưa từng ca, so từng con số",
            "Hold another program against the law: give it every case, compare every figure",
        ],
        usage: [
            "conform BỘ [--only …] [--keys …] -- LỆNH…",
            "conform PACK [--only …] [--keys …] -- COMMAND…",
        ],
        examples: [
            "Phần mềm đọc mỗi dòng một JSON (id, command, facts) và trả lời mỗi dòng một JSON\n(id, result, hoặc skip); xem conformance/README.md.\n\nVí dụ:\n  bhyt conform conformance/cases.jsonl --only quote --keys premium,total \\\n    -- python3 conformance/household_premiums.py",
            "The program reads one JSON a line (id, command, facts) and answers one JSON a\nline (id, result, or skip); see conformance/README.md.\n\nExample:\n  bhyt conform conformance/cases.jsonl --only quote --keys premium,total \\\n    -- python3 conformance/household_premiums.py",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    help::command("conform", "doi-chung", lang, &texts)
        .arg(
            Arg::new("pack")
                .required(true)
                .value_name(lang.say("BỘ", "PACK"))
                .help(lang.say("Bộ đối chứng, mỗi dòng một ca", "The pack, one case a line")),
        )
        .arg(
            flag(
                "only",
                ["ĐẦU_MÃ,…", "START,…"],
                ["Chỉ các ca có mã bắt đầu như vậy", "Only cases whose id begins so"],
            )
            .value_delimiter(',')
            .action(ArgAction::Append),
        )
        .arg(
            flag(
                "keys",
                ["TÊN,…", "NAME,…"],
                ["Chỉ so các con số có tên này", "Compare only figures of these names"],
            )
            .value_delimiter(',')
            .action(ArgAction::Append),
        )
        .arg(
            Arg::new("program")
                .required(true)
                .last(true)
                .num_args(1..)
                .value_name(lang.say("LỆNH", "COMMAND"))
                .help(lang.say("Phần mềm được đối chứng và tham số của nó", "The program and its arguments")),
        )
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(FORMATS)?;
    let many = |name: &str| -> Vec<String> { matches.get_many(name).unwrap_or_default().cloned().collect() };
    let path = matches.get_one::<String>("pack").map(String::as_str).unwrap_or_default();
    let text = super::io::read_text(std::path::Path::new(path), context.world)?;
    let cases = conform_pack::read(&text, &many("only"), &many("keys"))
        .map_err(|problem| Failure::input(problem.at(path)))?;
    if cases.is_empty() {
        return Err(Failure::input(Problem::new(Code::EmptyInput).at(path)));
    }
    let outcome = ask(&cases, &many("program"))?;
    let rules = context.rulebook()?;
    let look = outcome.failed > 0 || outcome.passed == 0;
    let mut notices = Vec::new();
    if outcome.failed > 0 {
        notices.push(Problem::new(Code::ConformDiffers).with("count", outcome.failed));
    }
    if outcome.left_out > 0 {
        notices.push(Problem::new(Code::ConformLeftOut).with("count", outcome.left_out));
    }
    context.refuse_warnings(&notices)?;
    let exit = if format == "json" {
        let body = Body {
            schema: "bhyt.conform/1",
            input: json!({"pack": path, "cases": cases.len()}),
            result: result(&outcome),
            trace: &[],
            notices: &notices,
        };
        context.emit_json(&body, &rules)?
    } else {
        let mut page = page(&outcome, context.lang());
        page.gap();
        page.notes(&notices);
        context.emit_page(page, &[], &rules, format)?
    };
    Ok(if look && exit == Exit::Done { Exit::Look } else { exit })
}

/// Kết quả đối chứng.
struct Outcome {
    passed: u64,
    failed: u64,
    left_out: u64,
    differences: Vec<Difference>,
    /// Passed, failed and left out, by what was asked.
    commands: BTreeMap<String, [u64; 3]>,
}

/// Gives every case to the program and reads every answer.
fn ask(cases: &[PackCase], program: &[String]) -> Result<Outcome, Failure> {
    let refused = |detail: String| Failure {
        problem: Problem::new(Code::ConformProgram).with("detail", detail),
        exit: Exit::Input,
    };
    let (name, arguments) = program.split_first().ok_or_else(|| refused("--".to_owned()))?;
    let mut child = Program::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| refused(format!("{name}: {error}")))?;
    let answered = talk(&mut child, cases).map_err(refused);
    // A program that is not wanted any more must not be waited for.
    if answered.is_err() {
        let _ = child.kill();
    }
    let _ = child.wait();
    answered
}

fn talk(child: &mut Child, cases: &[PackCase]) -> Result<Outcome, String> {
    let (Some(mut questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("stdin, stdout".to_owned());
    };
    let mut outcome =
        Outcome { passed: 0, failed: 0, left_out: 0, differences: Vec::new(), commands: BTreeMap::new() };
    std::thread::scope(|scope| {
        // Asked from a thread of its own, so that neither side waits for the other's full pipe.
        scope.spawn(move || {
            let asked = cases.iter().try_for_each(|case| writeln!(questions, "{}", case.question()));
            // A program that ends early closes the pipe; the missing answer says so.
            let _ = asked;
        });
        let mut lines = BufReader::new(answers).lines();
        for case in cases {
            let line = lines.next().ok_or_else(|| format!("no answer to {}", case.id))?;
            let line = line.map_err(|error| error.to_string())?;
            let answer: Json =
                serde_json::from_str(&line).map_err(|error| format!("{}: {error}", case.id))?;
            if answer["id"] != case.id {
                return Err(format!("an answer to {} where {} was asked", answer["id"], case.id));
            }
            outcome.add(case, &answer);
        }
        Ok(())
    })?;
    Ok(outcome)
}

impl Outcome {
    fn add(&mut self, case: &PackCase, answer: &Json) {
        let counts = self.commands.entry(case.command.clone()).or_default();
        if answer["skip"] == true {
            self.left_out += 1;
            counts[2] += 1;
            return;
        }
        let differences = case.differences(answer);
        if differences.is_empty() {
            self.passed += 1;
            counts[0] += 1;
        } else {
            self.failed += 1;
            counts[1] += 1;
        }
        self.differences.extend(differences);
    }
}

fn result(outcome: &Outcome) -> Json {
    let difference = |each: &Difference| json!({"id": each.id, "path": each.path, "expected": each.expected, "found": each.found, "source": each.source});
    let commands: BTreeMap<&str, Json> = outcome
        .commands
        .iter()
        .map(|(name, [passed, failed, left_out])| {
            (name.as_str(), json!({"passed": passed, "failed": failed, "left_out": left_out}))
        })
        .collect();
    json!({
        "passed": outcome.passed,
        "failed": outcome.failed,
        "left_out": outcome.left_out,
        "commands": commands,
        "differences": outcome.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn page(outcome: &Outcome, lang: Lang) -> Page {
    let title = lang.say("Đối chứng với luật", "Held against the law");
    let mut page = Page::new(Paper::Wide, title, title, lang);
    page.gap();
    page.add(Block::Figures(vec![
        NamedFigure::new(lang.say("Đúng", "Passed"), count(outcome.passed, lang)),
        NamedFigure::new(lang.say("Khác", "Failed"), count(outcome.failed, lang)),
        NamedFigure::new(lang.say("Không trả lời", "Left out"), count(outcome.left_out, lang)),
    ]));
    for each in outcome.differences.iter().take(MOST_SHOWN) {
        page.gap();
        page.add_on(On::Screen, TextLine::new(format!("{} · {}", each.id, each.path)).inset(0, 2));
        let said = format!(
            "{} {} · {} {} · {}",
            lang.say("phải là", "expected"),
            each.expected,
            lang.say("nhận được", "found"),
            each.found,
            each.source
        );
        page.add_on(On::Screen, TextLine::new(said).inset(2, 4));
    }
    if outcome.differences.len() > MOST_SHOWN {
        let more = (outcome.differences.len() - MOST_SHOWN) as u64;
        let text = format!(
            "… {} {}",
            count_text(more, lang),
            lang.say("chỗ khác nữa: -f json, csv, xlsx", "more: -f json, csv, xlsx")
        );
        page.add_on(On::Screen, TextLine::new(text));
    }
    let mut table = Table::new(vec![
        Column::words(lang.say("Ca", "Case")),
        Column::words(lang.say("Con số", "NamedFigure")),
        Column::words(lang.say("Phải là", "Expected")),
        Column::words(lang.say("Nhận được", "Found")),
        Column::words(lang.say("Căn cứ", "Source")),
    ]);
    for each in &outcome.differences {
        let plain = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        table.row(vec![
            Cell::text(each.id.clone()),
            Cell::text(each.path.clone()),
            Cell::text(plain(&each.expected)),
            Cell::text(plain(&each.found)),
            Cell::text(each.source.clone()),
        ]);
    }
    if !table.is_empty() {
        page.add_on(On::Sheet, table);
    }
    page
}
