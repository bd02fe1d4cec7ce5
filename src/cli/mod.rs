//! Dòng lệnh: commands, options, exit codes. Only this layer knows standard streams, the clock and the environment.

mod conform;
mod conform_pack;
mod context;
mod dropped;
mod exit;
mod help;
mod help_topics;
pub mod io;

mod audit;
mod audit_answers;
mod audit_output;
mod audit_report;
mod batch;
mod claim;
pub(crate) mod claim_input;
mod claim_line;
mod claim_year;
mod completions;
mod coverage;
mod coverage_gap;
mod doctor;
mod doctor_cases;
mod doctor_machine;
mod explain;
mod figures;
mod forms;
mod fund;
mod fund_balance;
mod fund_forces;
mod interactive;
mod interactive_answers;
mod interactive_sheet;
mod late;
mod ledger;
mod man;
pub mod program;
mod progress;
mod quote;
mod quote_case;
mod quote_flags;
pub(crate) mod quote_input;
mod quote_table;
mod refund;
mod report_tables;
mod rules;
mod simulate;
mod source_text;
mod subsidy;
mod table_input;
mod template;
mod transport;
mod value;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use self::context::{Context, Options};
use self::exit::{Exit, Failure};
use self::io::World;
use crate::audit::run::seen::MOST_KEPT;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::rulebook::source::Source;
use crate::terms::problem::{Code, Problem};

/// Một lệnh: its name, how its help is built and what runs it.
#[derive(Clone, Copy)]
pub struct Command {
    name: &'static str,
    build: fn(Lang) -> clap::Command,
    run: fn(&mut Context<'_, '_>, &ArgMatches) -> Result<Exit, Failure>,
}

/// Every command, in the order of the help.
const COMMANDS: &[Command] = &[
    Command { name: "quote", build: quote::command, run: quote::run },
    Command { name: "subsidy", build: subsidy::command, run: subsidy::run },
    Command { name: "claim", build: claim::command, run: claim::run },
    Command { name: "transport", build: transport::command, run: transport::run },
    Command { name: "fund", build: fund::command, run: fund::run },
    Command { name: "batch", build: batch::command, run: batch::run },
    Command { name: "simulate", build: simulate::command, run: simulate::run },
    Command { name: "audit", build: audit::command, run: audit::run },
    Command { name: "late", build: late::late_command, run: late::run_late },
    Command { name: "refund", build: refund::refund_command, run: refund::run_refund },
    Command { name: "coverage", build: coverage::command, run: coverage::run },
    Command { name: "ledger", build: ledger::command, run: ledger::run },
    Command { name: "conform", build: conform::command, run: conform::run },
    Command { name: "doctor", build: doctor::command, run: doctor::run },
    Command { name: "rules", build: rules::command, run: rules::run },
    Command { name: "explain", build: explain::command, run: explain::run },
    Command { name: "template", build: template::command, run: template::run },
    Command { name: "help", build: help_topics::command, run: help_topics::run },
    Command { name: "completions", build: completions::command, run: completions::run },
    Command { name: "man", build: man::command, run: man::run },
];

/// Các lệnh của trang `bhyt.html`, which carries nothing but what these need.
pub const PAGE_COMMANDS: &[Command] = &[
    Command { name: "quote", build: quote::command, run: quote::run },
    Command { name: "claim", build: claim::command, run: claim::run },
];

/// Runs the program on a command line and returns its exit code.
pub fn run(args: &[OsString], world: &mut World<'_>) -> u8 {
    let lang = help::language(args, world.env);
    // All commands with their help cost more than a quote does: made again only where they are asked for.
    let is_command = |word: &str| whole_command(COMMANDS, lang).find_subcommand(word).is_some();
    let files = dropped::files(args, is_command);
    let exit = match &files {
        Some(files) => run_dropped(files, world, lang),
        None => run_among(COMMANDS, args, world),
    };
    // Started by a double click, the window closes with the program and takes the result with it.
    if world.interactive && world.window_closes && (files.is_some() || args.len() <= 1) {
        let _ = dropped::keep_window(world, lang);
    }
    exit
}

/// Runs a command line that begins with one of these commands and returns its exit code.
pub fn run_among(commands: &[Command], args: &[OsString], world: &mut World<'_>) -> u8 {
    run_under(&Given::default(), commands, args, world)
}

/// Bộ quy định khác: rules in the place of the bundled ones, with their sources.
#[derive(Debug)]
pub struct OtherLaw {
    /// The rules.
    pub rules: Arc<Rulebook>,
    /// What they were read from.
    pub sources: Vec<Source>,
}

/// Runs the program as if these rules were the bundled ones.
pub fn run_with(law: &OtherLaw, args: &[OsString], world: &mut World<'_>) -> u8 {
    run_under(&Given { law: Some(law), ..Given::default() }, COMMANDS, args, world)
}

/// Runs the program with room for fewer visits to compare later ones with than an audit has.
pub fn run_remembering(visits: usize, args: &[OsString], world: &mut World<'_>) -> u8 {
    run_under(&Given { remembered: visits, ..Given::default() }, COMMANDS, args, world)
}

/// What is given besides the command line.
struct Given<'g> {
    law: Option<&'g OtherLaw>,
    remembered: usize,
}

impl Default for Given<'_> {
    fn default() -> Self {
        Given { law: None, remembered: MOST_KEPT }
    }
}

fn run_under(given: &Given<'_>, commands: &[Command], args: &[OsString], world: &mut World<'_>) -> u8 {
    let lang = help::language(args, world.env);
    match dispatch(given, commands, args, world, lang) {
        Ok(exit) => exit.code(),
        Err(failure) => {
            report(&failure, commands, args, world, lang);
            failure.exit.code()
        }
    }
}

/// Files in the place of a command, as they come when they are dropped on the program.
fn run_dropped(files: &[PathBuf], world: &mut World<'_>, lang: Lang) -> u8 {
    match dropped::command_line(files, world, lang) {
        Ok(Some(words)) => {
            let language = ["bhyt", "--lang", lang.say("vi", "en")].map(OsString::from);
            let args: Vec<OsString> = language.into_iter().chain(words).collect();
            run_among(COMMANDS, &args, world)
        }
        Ok(None) => Exit::Done.code(),
        Err(failure) => {
            report(&failure, COMMANDS, &[], world, lang);
            failure.exit.code()
        }
    }
}

/// Dừng bằng Ctrl-C: what is said then, and the exit code.
pub fn stopped(args: &[OsString], env: fn(&str) -> Option<String>) -> (String, u8) {
    let problem = Problem::new(Code::Stopped);
    (help::failure_text(&problem, help::language(args, env)), Exit::Stopped.code())
}

/// The program with these commands.
fn whole_command(commands: &[Command], lang: Lang) -> clap::Command {
    commands.iter().fold(help::root(lang), |root, command| root.subcommand((command.build)(lang)))
}

fn dispatch(
    given: &Given<'_>,
    commands: &[Command],
    args: &[OsString],
    world: &mut World<'_>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let matches = match whole_command(commands, lang).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return help::answer(&error, &whole_command(commands, lang), args, world),
    };
    let options = Options::read(&matches, lang)?;
    io::refuse_own_input(args, options.output.as_deref())?;
    let Some((name, matches)) = matches.subcommand() else {
        return if world.interactive && !options.no_input {
            interactive::run(&mut Context::new(options, world))
        } else {
            let help = whole_command(commands, lang).render_help().to_string();
            io::write_stdout(world.stderr, help.as_bytes())?;
            Err(Failure::usage(Problem::new(Code::NothingToDo)))
        };
    };
    let command = commands.iter().find(|command| command.name == name);
    let command =
        command.ok_or_else(|| Failure::usage(Problem::new(Code::UnknownArgument).with("read", name)))?;
    let mut context = Context::new(Options::read(matches, lang).unwrap_or(options), world);
    context.given_rules = given.law.map(|law| Arc::clone(&law.rules));
    context.given_sources = given.law.map(|law| law.sources.clone());
    context.remembered = given.remembered;
    let exit = (command.run)(&mut context, matches)?;
    Ok(if context.has_unread && exit == Exit::Done { Exit::Look } else { exit })
}

/// Says what went wrong: on standard output as JSON where JSON was asked for, else on standard error.
fn report(failure: &Failure, commands: &[Command], args: &[OsString], world: &mut World<'_>, lang: Lang) {
    if help::wants_json(args) {
        let commands = whole_command(commands, lang);
        let words = || args.iter().skip(1).filter_map(|arg| arg.to_str());
        let known = words().find_map(|word| commands.find_subcommand(word)).map(clap::Command::get_name);
        let canonical = known.or_else(|| words().find(|word| !word.starts_with('-'))).unwrap_or("bhyt");
        let json =
            crate::render::json::error_envelope(&format!("bhyt.{canonical}/1"), &failure.problem, None, lang);
        let text = serde_json::to_string_pretty(&json).unwrap_or_default() + "\n";
        let _ = io::write_stdout(world.stdout, text.as_bytes());
        return;
    }
    let text = help::painted(&help::failure_text(&failure.problem, lang), help::coloured(args, world));
    let _ = io::write_stdout(world.stderr, text.as_bytes());
}
