//! `bhyt man`: the manual pages, one after another.

use clap::{ArgMatches, Command};

use super::context::Context;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use crate::render::wording::Lang;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["In trang hướng dẫn (man)", "Print the manual pages"],
        usage: ["man", "man"],
        examples: ["Ví dụ:\n  bhyt man > bhyt.1", "Example:\n  bhyt man > bhyt.1"],
    };
    help::command("man", "sach", lang, &texts)
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, _: &ArgMatches) -> Result<Exit, Failure> {
    let root = super::whole_command(super::COMMANDS, context.lang());
    let mut pages = Vec::new();
    let render = |command: Command, pages: &mut Vec<u8>| {
        clap_mangen::Man::new(command).render(pages).map_err(|error| Failure::write(&error, "man"))
    };
    render(root.clone(), &mut pages)?;
    for command in root.get_subcommands() {
        render(command.clone().name(format!("bhyt-{}", command.get_name())), &mut pages)?;
    }
    context.emit(&String::from_utf8_lossy(&pages))
}
