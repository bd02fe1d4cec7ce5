//! `bhyt completions`: completion scripts for the usual shells.

use clap::{Arg, ArgMatches, Command};
use clap_complete::Shell;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::render::wording::Lang;
use crate::terms::problem::{Code, Problem};

const SHELLS: [(&str, Shell); 5] = [
    ("bash", Shell::Bash),
    ("elvish", Shell::Elvish),
    ("fish", Shell::Fish),
    ("powershell", Shell::PowerShell),
    ("zsh", Shell::Zsh),
];

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["In kịch bản gõ tắt cho trình lệnh", "Print a completion script for a shell"],
        usage: ["completions bash|elvish|fish|powershell|zsh", "completions bash|elvish|fish|powershell|zsh"],
        examples: [
            "Ví dụ:\n  bhyt completions bash > ~/.local/share/bash-completion/completions/bhyt",
            "Example:\n  bhyt completions bash > ~/.local/share/bash-completion/completions/bhyt",
        ],
    };
    help::command("completions", "go-tat", lang, &texts)
        .arg(Arg::new("shell").required(true).value_name("SHELL").help("bash, elvish, fish, powershell, zsh"))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let typed = matches.get_one::<String>("shell").map(String::as_str).unwrap_or_default();
    let accepted = || SHELLS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let shell = SHELLS.iter().find(|(name, _)| name.eq_ignore_ascii_case(typed)).map(|(_, shell)| *shell);
    let shell = shell.ok_or_else(|| {
        Failure::usage(Problem::new(Code::InvalidValue).with("read", typed).with("accepted", accepted()))
    })?;
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut super::whole_command(super::COMMANDS, context.lang()),
        "bhyt",
        &mut script,
    );
    context.emit(&String::from_utf8_lossy(&script))
}
