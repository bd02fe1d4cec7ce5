//! Tệp được thả vào chương trình: a file in the place of a command is recognised, and the command for it is offered.

use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::io::{self, World};
use crate::engine::simulation::subject::Subject;
use crate::render::wording::Lang;
use crate::table::simulate::kind;
use crate::table::{Input, ReadOptions};
use crate::terms::problem::{Code, Problem};

/// Endings of hospitals' claim files and of archives of them.
const CLAIM_FILES: &[&str] = &["xml", "zip", "gz"];

/// Results of one file that get a number; the last of them is refused like any other file that exists.
const MOST_RESULTS: u32 = 1000;

/// Loại tệp: what a file holds, and so which command reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Household,
    Visit,
    People,
    Visits,
    ClaimFiles,
}

impl Kind {
    /// What it is called.
    fn name(self, lang: Lang) -> &'static str {
        match self {
            Kind::Household => {
                lang.say("một hộ hoặc một người: tính mức đóng", "a household or person: premium")
            }
            Kind::Visit => lang.say("một lượt khám: tính phần quỹ trả", "a visit: what the fund pays"),
            Kind::People => lang.say("danh sách người tham gia: tính mức đóng", "a list of people: premiums"),
            Kind::Visits => {
                lang.say("danh sách lượt khám: tính phần quỹ trả", "a list of visits: what the fund pays")
            }
            Kind::ClaimFiles => {
                lang.say("hồ sơ XML của bệnh viện: giám định", "hospitals' claim files: audit")
            }
        }
    }

    /// The words of its command.
    fn command(self) -> &'static [&'static str] {
        match self {
            Kind::Household => &["quote"],
            Kind::Visit => &["claim"],
            Kind::People => &["batch", "premium"],
            Kind::Visits => &["batch", "claim"],
            Kind::ClaimFiles => &["audit", "--format", "xlsx"],
        }
    }

    /// Ending of its result, where that is a file and not the screen.
    fn result(self) -> Option<&'static str> {
        match self {
            Kind::Household | Kind::Visit => None,
            Kind::People | Kind::Visits | Kind::ClaimFiles => Some("ket-qua.xlsx"),
        }
    }
}

/// The files of a command line that has nothing else: existing ones, none of them the name of a command.
pub fn files(args: &[OsString], is_command: impl Fn(&str) -> bool) -> Option<Vec<PathBuf>> {
    let given = args.get(1..).filter(|given| !given.is_empty())?;
    let is_file = |arg: &OsString| {
        let text = arg.to_string_lossy();
        !text.starts_with('-') && Path::new(arg).exists() && !is_command(&text)
    };
    given.iter().all(is_file).then(|| given.iter().map(PathBuf::from).collect())
}

/// The command line for some dropped files; on a terminal only after the user agreed.
///
/// # Errors
/// [`Failure`] for files that no command reads, for files of several kinds, and, without a terminal, naming the command.
pub fn command_line(
    files: &[PathBuf],
    world: &mut World<'_>,
    lang: Lang,
) -> Result<Option<Vec<OsString>>, Failure> {
    let kind = one_kind(files)?;
    let mut words: Vec<OsString> = kind.command().iter().map(OsString::from).collect();
    words.extend(files.iter().map(OsString::from));
    if let Some((ending, first)) = kind.result().zip(files.first()) {
        words.extend([OsString::from("-o"), free_name(first, ending).into_os_string()]);
    }
    let shown = words.iter().map(|word| shown(&word.to_string_lossy())).collect::<Vec<_>>().join(" ");
    if !world.interactive {
        let problem = Problem::new(Code::CommandMissing).with("command", format!("bhyt {shown}"));
        return Err(Failure::usage(problem));
    }
    let text = format!(
        "{}: {}\n{}: bhyt {shown}\n{} ",
        files.first().map(|file| file.display().to_string()).unwrap_or_default(),
        kind.name(lang),
        lang.say("Sẽ chạy", "To be run"),
        lang.say("Enter = chạy, q = thoát:", "Enter = run, q = quit:"),
    );
    io::write_stdout(world.stderr, text.as_bytes())?;
    Ok(answer(world)?.is_empty().then_some(words))
}

/// Giữ cửa sổ: waits for a key where the window would close with the result in it.
///
/// # Errors
/// [`Failure`] when the terminal is gone.
pub fn keep_window(world: &mut World<'_>, lang: Lang) -> Result<(), Failure> {
    let text = lang.say("\nNhấn Enter để đóng cửa sổ. ", "\nPress Enter to close the window. ");
    io::write_stdout(world.stderr, text.as_bytes())?;
    answer(world).map(drop)
}

fn answer(world: &mut World<'_>) -> Result<String, Failure> {
    let mut line = String::new();
    let mut lines = std::io::BufReader::with_capacity(1, &mut *world.stdin);
    lines.read_line(&mut line).map_err(|error| Failure::write(&error, "stdin"))?;
    Ok(line.trim().to_lowercase())
}

/// What all the files are; several at once only where one command reads them together.
fn one_kind(files: &[PathBuf]) -> Result<Kind, Failure> {
    let mut kinds = files.iter().map(|file| kind_of(file));
    let first = kinds.next().unwrap_or_else(|| Err(Failure::usage(Problem::new(Code::NothingToDo))))?;
    for other in kinds {
        if first != Kind::ClaimFiles || other? != first {
            return Err(Failure::usage(Problem::new(Code::DroppedSeveral)));
        }
    }
    Ok(first)
}

fn kind_of(file: &Path) -> Result<Kind, Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    match ending.as_str() {
        _ if file.is_dir() => Ok(Kind::ClaimFiles),
        known if CLAIM_FILES.contains(&known) => Ok(Kind::ClaimFiles),
        "toml" => kind_of_toml(file),
        _ => match kind::open(Input::File(file.to_owned()), &ReadOptions::default()) {
            Ok((Subject::Premiums, _)) => Ok(Kind::People),
            Ok((Subject::Claims, _)) => Ok(Kind::Visits),
            Err(trouble) => Err(Failure::from(trouble)),
        },
    }
}

/// A household has people, a visit has a day of admission.
fn kind_of_toml(file: &Path) -> Result<Kind, Failure> {
    let unusable = |problem: Problem| Failure::input(problem.at(file.display()));
    #[expect(clippy::disallowed_methods, reason = "the command line reads files")]
    let text = std::fs::read_to_string(file)
        .map_err(|error| unusable(Problem::new(Code::UnreadableInput).because(&error)))?;
    let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| unusable(Problem::new(Code::TomlSyntax).with("detail", error.message())))?;
    match (table.contains_key("members"), table.contains_key("admitted")) {
        (true, false) => Ok(Kind::Household),
        (false, true) => Ok(Kind::Visit),
        _ => Err(unusable(Problem::new(Code::FileUnrecognised))),
    }
}

/// A name beside the file that no other file has.
fn free_name(file: &Path, ending: &str) -> PathBuf {
    let named = |number: u32| {
        let (stem, kind) = ending.split_once('.').unwrap_or((ending, ""));
        let numbered = if number > 1 { format!("{stem}-{number}.{kind}") } else { ending.to_owned() };
        file.with_extension(numbered)
    };
    (1..MOST_RESULTS).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(MOST_RESULTS))
}

/// A word as it would be typed.
fn shown(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() }
}
