//! Trợ giúp và lỗi dòng lệnh, in the language of the user.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::exit::{Exit, Failure};
use super::io::{self, World};
use crate::render::catalogue;
use crate::render::layout::{WIDTH, wrap};
use crate::render::wording::{Lang, harmless};
use crate::terms::problem::{Code, Problem};

/// Ngôn ngữ: the flag, else English for an English locale, else Vietnamese.
pub fn language(args: &[OsString], env: fn(&str) -> Option<String>) -> Lang {
    let mut words = args.iter().filter_map(|arg| arg.to_str());
    while let Some(word) = words.next() {
        let chosen = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        match chosen {
            Some("en") => return Lang::En,
            Some(_) => return Lang::Vi,
            None => {}
        }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(env).unwrap_or_default();
    if locale.starts_with("en") { Lang::En } else { Lang::Vi }
}

/// Whether errors are to be machine-readable.
pub fn wants_json(args: &[OsString]) -> bool {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    words.iter().any(|word| matches!(*word, "--json" | "--format=json" | "--format=jsonl" | "-fjson"))
        || words.windows(2).any(|pair| matches!(pair[0], "--format" | "-f") && pair[1].starts_with("json"))
}

/// The program without its commands.
pub fn root(lang: Lang) -> Command {
    let about = lang.say(
        "Tính mức đóng, mức hỗ trợ, mức hưởng bảo hiểm y tế, kèm điều luật của mỗi con số.",
        "Premiums, subsidies and reimbursements of Vietnamese social health insurance, each figure with its article of law.",
    );
    let examples = lang.say(
        "Ví dụ:\n  bhyt quote --members 4 --months 12 --paid-on 01/08/2026\n  bhyt quote --group HS --months 12\n  bhyt rules diff 2026-06-30 2026-07-01\n\nKhông đối số: hỏi đáp từng bước.\nMã thoát: 0 xong, 1 cần xem lại, 2 sai lệnh, 3 tệp không dùng được, 4 quy định\nkhông có câu trả lời, 5 bộ quy định bị từ chối, 70 lỗi nội bộ, 74 lỗi đọc ghi,\n130 dừng bằng Ctrl-C.",
        "Examples:\n  bhyt quote --members 4 --months 12 --paid-on 2026-08-01\n  bhyt quote --group HS --months 12\n  bhyt rules diff 2026-06-30 2026-07-01\n\nNo arguments: step-by-step questions.\nExit codes: 0 done, 1 look, 2 wrong command line, 3 unusable input, 4 the law\nhas no answer, 5 rulebook refused, 70 internal, 74 reading or writing failed,\n130 stopped with Ctrl-C.",
    );
    global_options(
        styled(Command::new("bhyt"), lang, about, ["[LỆNH] [TÙY CHỌN]", "[COMMAND] [OPTIONS]"], examples),
        lang,
    )
    .version(env!("CARGO_PKG_VERSION"))
    .term_width(WIDTH)
    .disable_version_flag(true)
    .disable_help_subcommand(true)
    .arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(lang.say("In phiên bản", "Print the version")),
    )
}

/// A command with its texts: description, usage and examples.
pub fn command(name: &'static str, alias: &'static str, lang: Lang, texts: &Texts) -> Command {
    let command = Command::new(name).alias(alias);
    // The alias stands in the list of commands, where clap would label it in English.
    let about = format!("{} [{alias}]", lang.pick(texts.about));
    styled(command, lang, about, texts.usage, lang.pick(texts.examples))
}

/// Câu chữ của một lệnh.
pub struct Texts {
    /// One sentence, Vietnamese and English.
    pub about: [&'static str; 2],
    /// What stands after `bhyt` in the usage line, Vietnamese and English.
    pub usage: [&'static str; 2],
    /// Examples, Vietnamese and English.
    pub examples: [&'static str; 2],
}

fn styled(
    command: Command,
    lang: Lang,
    about: impl Into<clap::builder::StyledStr>,
    usage: [&'static str; 2],
    examples: &'static str,
) -> Command {
    let template = lang.say(
        "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    );
    command
        .about(about)
        .help_template(template)
        .override_usage(format!("bhyt {}", lang.pick(usage)))
        .after_help(examples)
        .subcommand_help_heading(lang.say("Lệnh", "Commands"))
        .next_help_heading(lang.say("Tùy chọn", "Options"))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(lang.say("In trợ giúp này", "Print this help")),
        )
}

/// A flag that takes a value.
pub fn value(name: &'static str, value_name: [&'static str; 2], lang: Lang, help: [&'static str; 2]) -> Arg {
    Arg::new(name).long(name).value_name(lang.pick(value_name)).help(lang.pick(help)).action(ArgAction::Set)
}

/// A flag that is either there or not.
pub fn switch(name: &'static str, lang: Lang, help: [&'static str; 2]) -> Arg {
    Arg::new(name).long(name).help(lang.pick(help)).action(ArgAction::SetTrue)
}

fn global_options(command: Command, lang: Lang) -> Command {
    let heading = lang.say("Tùy chọn chung", "Options that mean the same everywhere");
    let global = |arg: Arg| arg.global(true).help_heading(heading);
    let choice = |arg: Arg, values: &'static [&'static str]| {
        arg.value_parser(PossibleValuesParser::new(values)).ignore_case(true).hide_possible_values(true)
    };
    command
        .arg(global(
            value(
                "format",
                ["DẠNG", "FORMAT"],
                lang,
                [
                    "Dạng kết quả: text, json, csv, html … tùy lệnh",
                    "Form of the result: text, json, csv, html …",
                ],
            )
            .short('f'),
        ))
        .arg(global(switch("json", lang, ["Như --format json", "Same as --format json"])))
        .arg(global(
            value("output", ["TỆP", "FILE"], lang, ["Ghi kết quả vào tệp", "Write the result to a file"])
                .short('o'),
        ))
        .arg(global(switch("force", lang, ["Ghi đè tệp kết quả đã có", "Overwrite an existing output file"])))
        .arg(global(choice(value("lang", ["vi|en", "vi|en"], lang, ["Ngôn ngữ", "Language"]), &["vi", "en"])))
        .arg(global(value(
            "rules",
            ["THƯ_MỤC", "DIR"],
            lang,
            ["Thư mục quy định thay cho bộ đi kèm", "Rule files that replace bundled families"],
        )))
        .arg(global(
            value(
                "overlay",
                ["TỆP", "FILE"],
                lang,
                [
                    "Thêm, thay phiên bản quy định (nhiều lần được)",
                    "Add or replace dated rule versions; may be repeated",
                ],
            )
            .action(ArgAction::Append),
        ))
        .arg(global(value(
            "rulebook-hash",
            ["MÃ", "PREFIX"],
            lang,
            ["Từ chối bộ quy định có mã khác", "Refuse any other rulebook"],
        )))
        .arg(global(switch("strict", lang, ["Coi cảnh báo là lỗi", "Treat warnings as errors"])))
        .arg(global(switch(
            "explain",
            lang,
            ["In từng bước tính kèm điều luật", "Print every step with its article"],
        )))
        .arg(global(choice(
            value(
                "color",
                ["LÚC", "WHEN"],
                lang,
                ["Màu chữ: auto, always, never", "Colours: auto, always, never"],
            ),
            &["auto", "always", "never"],
        )))
        .arg(global(switch("no-input", lang, ["Không hỏi gì", "Never ask"])))
        .arg(global(switch("quiet", lang, ["Bớt lời", "Say less"]).short('q')))
        .arg(global(
            Arg::new("verbose")
                .short('v')
                .long("verbose")
                .action(ArgAction::Count)
                .help(lang.say("Nói thêm", "Say more")),
        ))
}

/// Help and version go to standard output; everything else becomes one of our own messages.
pub fn answer(
    error: &clap::Error,
    root: &Command,
    args: &[OsString],
    world: &mut World<'_>,
) -> Result<Exit, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            io::write_stdout(world.stdout, format!("{}\n", text.trim_end()).as_bytes())?;
            Ok(Exit::Done)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            let (path, command) = meant(root, args);
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let missing = Problem::new(Code::MissingArgument).with("read", names.join(" | "));
            Err(Failure::usage(missing.with("command", path)))
        }
        _ => Err(Failure::usage(problem_of(error).with("command", meant(root, args).0))),
    }
}

/// The command that a command line means, with the names that lead to it: `fund school`.
fn meant<'c>(root: &'c Command, args: &[OsString]) -> (String, &'c Command) {
    let (mut path, mut command) = (Vec::new(), root);
    for word in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if let Some(found) = command.find_subcommand(word) {
            path.push(found.get_name());
            command = found;
        }
    }
    (path.join(" "), command)
}

fn problem_of(error: &clap::Error) -> Problem {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let suggestion =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .map(text)
            .find(|found| !found.is_empty())
            .unwrap_or_default();
    let invalid_arg = text(ContextKind::InvalidArg);
    let flag = invalid_arg.split(' ').next().unwrap_or_default().to_owned();
    match error.kind() {
        ErrorKind::InvalidSubcommand => Problem::new(Code::UnknownArgument)
            .with("read", text(ContextKind::InvalidSubcommand))
            .with("suggestion", suggestion),
        ErrorKind::UnknownArgument => {
            Problem::new(Code::UnknownArgument).with("read", invalid_arg).with("suggestion", suggestion)
        }
        ErrorKind::ArgumentConflict => Problem::new(Code::ConflictingArguments)
            .with("read", invalid_arg)
            .with("other", text(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => Problem::new(Code::MissingArgument).with("read", invalid_arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation
            if text(ContextKind::InvalidValue).is_empty() =>
        {
            Problem::new(Code::MissingArgument).with("read", invalid_arg)
        }
        _ => Problem::new(Code::InvalidValue)
            .with("read", text(ContextKind::InvalidValue))
            .with("accepted", text(ContextKind::ValidValue))
            .with("suggestion", suggestion)
            .at(flag),
    }
}

/// Whether messages are coloured: the flag, else only on a terminal that has not asked for plain text.
pub fn coloured(args: &[OsString], world: &World<'_>) -> bool {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let given = words.windows(2).find(|pair| pair[0] == "--color").map(|pair| pair[1]);
    match given.or_else(|| words.iter().find_map(|word| word.strip_prefix("--color="))) {
        Some("always") => true,
        Some("never") => false,
        _ => {
            let plain =
                (world.env)("NO_COLOR").is_some() || (world.env)("TERM").is_some_and(|term| term == "dumb");
            world.stderr_is_terminal && !plain
        }
    }
}

/// The mark and code of a message in red; colour never carries a meaning of its own.
pub fn painted(text: &str, coloured: bool) -> String {
    match text.split_once("  ") {
        Some((head, rest)) if coloured => format!("\u{1b}[1;31m{head}\u{1b}[0m  {rest}"),
        _ => text.to_owned(),
    }
}

/// A message for people: mark, code, sentence, place, remedy.
pub fn failure_text(problem: &Problem, lang: Lang) -> String {
    let mut out = wrap(&format!("✖ {}  {}", problem.code, catalogue::message(problem, lang)), 9);
    if !problem.place.is_empty() {
        out.push_str(&wrap(&format!("         {}: {}", lang.say("tại", "at"), harmless(&problem.place)), 9));
    }
    let hint = catalogue::hint(problem, lang);
    if !hint.is_empty() {
        out.push_str(&wrap(&format!("         {hint}"), 9));
    }
    out
}

/// A warning or note in one line.
pub(super) fn notice_line(notice: &Problem, lang: Lang) -> String {
    let mark = match notice.code.as_str().as_bytes().first() {
        Some(b'E') => "✖",
        _ if notice.is_warning() => "!",
        _ => "-",
    };
    wrap(&format!("{mark} {} {}", notice.code, catalogue::message(notice, lang)), 2)
}
