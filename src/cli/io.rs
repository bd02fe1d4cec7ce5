//! Vào ra: the only place that knows standard streams, the clock, the environment and output files.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

use super::exit::Failure;
use crate::table::output::{progress_path, rejects_path};
use crate::table::part_file::{PartFile, part_of, place};
use crate::terms::problem::{Code, Problem};

/// Largest input file read whole (TOML inputs; tables are streamed).
const LARGEST_TOML: u64 = 16 * 1024 * 1024;

/// Vietnam is seven hours ahead of UTC all year; "today" is the day there.
const VIETNAM_OFFSET: Duration = Duration::from_hours(7);

/// Whether there are files at all: a page has none, and carries nothing that only reads or writes some.
pub const HAS_FILES: bool = cfg!(not(target_family = "wasm"));

/// The outside world as a command sees it; tests put their own in.
pub struct World<'w> {
    /// Data in.
    pub stdin: &'w mut (dyn Read + Send),
    /// Data out.
    pub stdout: &'w mut (dyn Write + Send),
    /// Talk.
    pub stderr: &'w mut (dyn Write + Send),
    /// Whether questions can be asked and answered.
    pub interactive: bool,
    /// Whether the window may close with the program, as one opened by a double click does.
    pub window_closes: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Value of an environment variable.
    pub env: fn(&str) -> Option<String>,
}

/// Today in Vietnam, by the machine's clock.
pub fn today() -> NaiveDate {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    let now = SystemTime::now();
    let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default() + VIETNAM_OFFSET;
    let seconds = i64::try_from(seconds.as_secs()).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive()).unwrap_or_default()
}

/// Environment variable, if it is set and text.
pub fn env(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a person sits at both ends.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Text of an input file, or of standard input for `-`.
///
/// # Errors
/// [`Failure`] for a file that cannot be read, is empty or is not UTF-8.
pub(super) fn read_text(path: &Path, world: &mut World<'_>) -> Result<String, Failure> {
    if path != Path::new("-") {
        return read_file(path);
    }
    let mut bytes = Vec::new();
    let failed =
        |error: io::Error| Failure::input(Problem::new(Code::UnreadableInput).because(&error).at("stdin"));
    world.stdin.take(LARGEST_TOML).read_to_end(&mut bytes).map_err(failed)?;
    text_of(bytes).map_err(|problem| Failure::input(problem.at("stdin")))
}

/// Text of a file.
///
/// # Errors
/// As [`read_text`].
pub(super) fn read_file(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let failed =
        |error: io::Error| Failure::input(Problem::new(Code::UnreadableInput).because(&error).at(&name));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LARGEST_TOML).read_to_end(&mut bytes).map_err(failed)?;
    text_of(bytes).map_err(|problem| Failure::input(problem.at(&name)))
}

/// UTF-8 text without its byte order mark.
fn text_of(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::new(Code::NotUtf8).with("read", "UTF-16"));
    }
    let text = String::from_utf8(bytes).map_err(|_| Problem::new(Code::NotUtf8))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() { Err(Problem::new(Code::EmptyInput)) } else { Ok(text) }
}

/// Writes a result to standard output; a reader that went away is a success.
///
/// # Errors
/// [`Failure`] with exit code 74 when the device is full or gone.
pub(super) fn write_stdout(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::write(&error, "stdout")),
        _ => Ok(()),
    }
}

/// Writes a result file whole or not at all: beside the target first, then in its place.
///
/// # Errors
/// [`Failure`] when the file may not be replaced, or when writing fails; nothing is left behind.
pub(super) fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    let target = place(path, force)?;
    let mut part = PartFile::create(&target)?;
    match part.write(bytes) {
        Ok(()) => part.commit().map_err(Failure::from),
        Err(trouble) => {
            part.discard();
            Err(Failure::from(trouble))
        }
    }
}

/// Files of a folder that commands read as input, by their ending.
const READ_IN_FOLDERS: &[&str] = &["xml", "zip", "gz", "toml"];

/// Kết quả không ghi đè đầu vào: whatever else the command line names is not what `-o` may replace, even with `--force`.
///
/// # Errors
/// [`Failure`] when a file that is written is a file of the command line, or an input file of a folder that it names.
pub(super) fn refuse_own_input(args: &[OsString], output: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output else { return Ok(()) };
    let beside =
        [rejects_path(output), progress_path(output), part_of(output), part_of(&rejects_path(output))];
    let written: Vec<PathBuf> = std::iter::once(output.to_owned())
        .chain(beside)
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let is_read = |ending: &OsStr| READ_IN_FOLDERS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let mut before = OsStr::new("");
    for arg in args.iter().skip(1) {
        let names_output = before == "-o" || before == "--output";
        before = arg;
        let Some(named) = named_path(arg).and_then(|path| path.canonicalize().ok()).filter(|_| !names_output)
        else {
            continue;
        };
        let harmed = written.iter().find(|target| {
            named == **target
                || (named.is_dir() && target.starts_with(&named) && target.extension().is_some_and(is_read))
        });
        if let Some(target) = harmed {
            let place = if output.canonicalize().is_ok_and(|path| path == *target) { output } else { target };
            return Err(Failure::usage(Problem::new(Code::OutputIsInput).at(place.display())));
        }
    }
    Ok(())
}

/// What a word of the command line may name: itself, or what stands behind the sign of a flag: `--overlay=a.toml`.
fn named_path(arg: &OsStr) -> Option<PathBuf> {
    match arg.to_str().filter(|text| text.starts_with('-')) {
        Some(flag) if flag.starts_with("--output=") => None,
        Some(flag) => flag.split_once('=').map(|(_, value)| PathBuf::from(value)),
        None => Some(PathBuf::from(arg)),
    }
}
