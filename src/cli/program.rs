//! Chương trình dựng một lần: the command line is built once and answers many times, with rules that were read before.

use std::ffi::OsString;
use std::sync::Arc;

use super::context::{Context, Options};
use super::exit::{Exit, Failure};
use super::io::World;
use super::{COMMANDS, help, report, whole_command};
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::terms::problem::{Code, Problem};

/// Chương trình dựng một lần.
pub struct Program {
    root: clap::Command,
}

impl Default for Program {
    fn default() -> Program {
        // Helps are never shown: in which language they are does not matter.
        Program { root: whole_command(COMMANDS, Lang::En) }
    }
}

impl Program {
    /// Runs a command line with these rules and returns its exit code.
    pub fn run(&mut self, args: &[OsString], world: &mut World<'_>, rules: &Arc<Rulebook>) -> u8 {
        let lang = help::language(args, world.env);
        match self.answer(args, world, rules, lang) {
            Ok(exit) => exit.code(),
            Err(failure) => {
                report(&failure, COMMANDS, args, world, lang);
                failure.exit.code()
            }
        }
    }

    /// What comes of a command line with these rules.
    pub(super) fn answer(
        &mut self,
        args: &[OsString],
        world: &mut World<'_>,
        rules: &Arc<Rulebook>,
        lang: Lang,
    ) -> Result<Exit, Failure> {
        let matches = match self.root.try_get_matches_from_mut(args) {
            Ok(matches) => matches,
            Err(error) => return help::answer(&error, &self.root, args, world),
        };
        let unread = || Failure::usage(Problem::new(Code::NothingToDo));
        let (name, matches) = matches.subcommand().ok_or_else(unread)?;
        let command = COMMANDS.iter().find(|command| command.name == name).ok_or_else(unread)?;
        let mut context = Context::new(Options::read(matches, lang)?, world);
        context.given_rules = Some(Arc::clone(rules));
        let exit = (command.run)(&mut context, matches)?;
        Ok(if context.has_unread && exit == Exit::Done { Exit::Look } else { exit })
    }
}
