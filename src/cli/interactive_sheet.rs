//! Phiếu để in, after the interview: the sheet as a file beside the program, for whoever never types a command.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::io::{self, World};
use crate::render::html;
use crate::render::page::Page;
use crate::render::wording::Lang;

/// Sheets of one folder that get a number.
const MOST_SHEETS: u32 = 1000;

/// Offers the sheet and writes it where the answer says.
///
/// # Errors
/// [`Failure`] when the terminal is gone or the file cannot be written.
pub(super) fn offer(world: &mut World<'_>, page: &Page, lang: Lang) -> Result<(), Failure> {
    let asks = lang.say(
        "\nPhiếu để in: i = ghi phieu-bhyt.html (hoặc gõ tên tệp .html), Enter = không: ",
        "\nSheet to print: i = write phieu-bhyt.html (or type the name of an .html file), Enter = none: ",
    );
    say(world, asks)?;
    let mut typed = String::new();
    let mut lines = BufReader::with_capacity(1, &mut *world.stdin);
    lines.read_line(&mut typed).map_err(|error| Failure::write(&error, "stdin"))?;
    let Some(path) = place(typed.trim()) else {
        return say(world, if typed.ends_with('\n') { "" } else { "\n" });
    };
    io::write_file(&path, html::draw(page).as_bytes(), false)?;
    let (written, how) = lang.pick([
        ("Đã ghi", "mở bằng nhấp đúp, rồi Ctrl-P để in"),
        ("Written:", "open it with a double click, then Ctrl-P prints it"),
    ]);
    say(world, &format!("{written} {}: {how}.\n", path.display()))
}

/// The file that an answer asks for.
fn place(typed: &str) -> Option<PathBuf> {
    if typed.eq_ignore_ascii_case("i") {
        return Some(free_name());
    }
    let path = Path::new(typed);
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")).then(|| path.to_owned())
}

/// A name that no other file has: the sheet of the last customer stays.
fn free_name() -> PathBuf {
    let named = |number: u32| match number {
        1 => PathBuf::from("phieu-bhyt.html"),
        _ => PathBuf::from(format!("phieu-bhyt-{number}.html")),
    };
    (1..MOST_SHEETS).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(MOST_SHEETS))
}

fn say(world: &mut World<'_>, text: &str) -> Result<(), Failure> {
    io::write_stdout(world.stdout, text.as_bytes())
}
