//! Runs the program inside the test process, with its own streams, clock and environment.

use std::ffi::OsString;
use std::io::Cursor;
use std::sync::Arc;

use bhyt::Rulebook;
use bhyt::workshop::{OtherLaw, Program, World};
use chrono::NaiveDate;

use crate::known_law::last_signed;

/// What a run left behind.
pub struct Run {
    /// Exit code.
    pub code: u8,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// The day that counts as today in tests.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day of the calendar")
}

/// Runs `bhyt` with these arguments and this standard input.
pub fn bhyt(args: &[&str], stdin: &str) -> Run {
    run_in(args, stdin.as_bytes(), false, None, bhyt::workshop::run)
}

/// The same on another day.
pub fn bhyt_on(args: &[&str], day: NaiveDate) -> Run {
    run_in(args, b"", false, Some(day), bhyt::workshop::run)
}

/// The same as if these rules were the bundled ones.
pub fn bhyt_with(law: &OtherLaw, args: &[&str], stdin: &str) -> Run {
    run_in(args, stdin.as_bytes(), false, None, |args, world| bhyt::workshop::run_with(law, args, world))
}

/// The same as if a person sat at a terminal.
pub fn at_terminal(args: &[&str], stdin: &str) -> Run {
    run_in(args, stdin.as_bytes(), true, None, bhyt::workshop::run)
}

/// The same with an audit that remembers so many visits.
pub fn bhyt_remembering(visits: usize, args: &[&str]) -> Run {
    run_in(args, b"", false, None, |args, world| bhyt::workshop::run_remembering(visits, args, world))
}

/// Runs a program that is built once for many command lines, with these rules.
pub fn answer_of(program: &mut Program, rules: &Arc<Rulebook>, args: &[&str], stdin: &str) -> Run {
    run_in(args, stdin.as_bytes(), false, None, |args, world| program.run(args, world, rules))
}

fn run_in(
    args: &[&str],
    stdin: &[u8],
    interactive: bool,
    day: Option<NaiveDate>,
    run: impl FnOnce(&[OsString], &mut World<'_>) -> u8,
) -> Run {
    let args: Vec<OsString> =
        std::iter::once("bhyt").chain(args.iter().copied()).map(OsString::from).collect();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let code = run(
        &args,
        &mut World {
            stdin: &mut Cursor::new(stdin.to_vec()),
            stdout: &mut stdout,
            stderr: &mut stderr,
            interactive,
            window_closes: false,
            stderr_is_terminal: interactive,
            today: match day {
                Some(day) => day,
                // A clock that is right is not behind the newest document.
                None if args.iter().any(|arg| arg == "doctor" || arg == "kiem-tra") => {
                    today().max(last_signed())
                }
                None => today(),
            },
            env: |_| None,
        },
    );
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code, stdout: text(stdout), stderr: text(stderr) }
}
