//! `bhyt doctor` (`kiem-tra`): whether this program, on this machine, computes as it should, and what is wrong if not.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value as Json, json};

use super::conform_pack::Difference;
use super::context::Context;
use super::doctor_cases::{self, Recomputed};
use super::doctor_machine as machine;
use super::exit::{Exit, Failure};
use super::help::{self, Texts};
use super::io::World;
use crate::render::json::Body;
use crate::render::page::{Block, Cell, NamedFigure, Page, Paper, TextLine};
use crate::render::report::count;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::rulebook::load::load;
use crate::rulebook::source::gather;
use crate::terms::problem::{Code, Problem};

/// Most differing cases that a screen lists.
const MOST_SHOWN: usize = 5;

/// Letters that look alike only where the encoding of the screen is the right one.
const LETTERS: &str = "ăâđêôơư ắằẳẵặ ếềểễệ ốồổỗộ ứừửữự ỳỷỹỵ";

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: [
            "Kiểm tra chương trình trên máy này: tính lại các ca mẫu, bộ quy định, thư mục, ổ đĩa, chữ Việt",
            "Check the program on this machine: sample cases, rulebook, folders, disk, letters",
        ],
        usage: ["doctor [THƯ_MỤC…]", "doctor [FOLDER…]"],
        examples: [
            "Mã thoát 0: mọi thứ tốt; 1: có điều cần xem.\n\nVí dụ:\n  bhyt doctor\n  bhyt kiem-tra D:\\ket-qua\n  bhyt doctor --overlay du-thao.toml --json",
            "Exit code 0: all is well; 1: something is to be looked at.\n\nExamples:\n  bhyt doctor\n  bhyt doctor D:\\results\n  bhyt doctor --overlay draft.toml --json",
        ],
    };
    help::command("doctor", "kiem-tra", lang, &texts).arg(
        Arg::new("folder").num_args(0..).value_name(lang.say("THƯ_MỤC", "FOLDER")).help(
            lang.say("Nơi sẽ ghi kết quả (mặc định: thư mục này)", "Where results are to go (default: here)"),
        ),
    )
}

/// Một điều đã kiểm tra.
struct Checked {
    /// Its name in JSON.
    name: &'static str,
    /// Its name for people.
    title: [&'static str; 2],
    /// What was found.
    found: String,
    /// What is wrong.
    wrong: Vec<Problem>,
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let format = context.format(&["text", "json"])?;
    let folders: Vec<PathBuf> =
        matches.get_many::<String>("folder").unwrap_or_default().map(PathBuf::from).collect();
    let folders = if folders.is_empty() { vec![PathBuf::from(".")] } else { folders };
    let rules = context.rulebook()?;
    let recomputed = doctor_cases::recompute(&rules);
    let mut checked = vec![cases(&recomputed, &rules), rulebook(&rules)];
    let of_folder = |folder: &PathBuf| {
        [writable(folder, machine::try_writing(folder)), space(folder, machine::free_space(folder))]
    };
    checked.extend(folders.iter().flat_map(of_folder));
    checked.push(letters(context.world));
    checked.push(clock(context.world, &rules));
    let notices: Vec<Problem> = checked.iter().flat_map(|check| check.wrong.iter().cloned()).collect();
    context.refuse_warnings(&notices)?;
    let exit = if format == "json" {
        let body = Body {
            schema: "bhyt.doctor/1",
            input: json!({"folders": folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>()}),
            result: result(&checked, &recomputed),
            trace: &[],
            notices: &notices,
        };
        context.emit_json(&body, &rules)?
    } else {
        let mut page = page(&checked, &recomputed, context.lang());
        page.gap();
        page.notes(&notices);
        page.gap();
        page.footer(&rules);
        context.emit_page(page, &[], &rules, format)?
    };
    Ok(if notices.is_empty() { exit } else { Exit::Look })
}

/// The cases that travel with the program give what they gave when they were worked out by hand.
fn cases(recomputed: &Recomputed, rules: &Rulebook) -> Checked {
    let is_own = !rules.identity.overlays.is_empty() || !rules.identity.replaced.is_empty();
    let mut wrong = Vec::new();
    if recomputed.is_damaged {
        wrong.push(Problem::new(Code::DoctorDamaged));
    }
    if recomputed.differing > 0 {
        let code = if is_own { Code::DoctorOwnRules } else { Code::DoctorCases };
        wrong.push(Problem::new(code).with("count", recomputed.differing).with("of", recomputed.cases));
    }
    let found = format!("{} / {}", recomputed.cases - recomputed.differing, recomputed.cases);
    Checked {
        name: "cases",
        title: ["Ca mẫu tính lại đúng", "Sample cases that come out right"],
        found,
        wrong,
    }
}

/// The texts of the rules still have the hash that the build gave them.
fn rulebook(rules: &Rulebook) -> Checked {
    let read = gather(None, &[]).map(|sources| load(&sources));
    let is_whole = read.is_ok_and(|loaded| {
        loaded.rulebook.is_some_and(|found| found.identity.sha256 == Rulebook::bundled().identity.sha256)
    });
    let wrong = if is_whole { Vec::new() } else { vec![Problem::new(Code::DoctorDamaged)] };
    Checked {
        name: "rulebook",
        title: ["Mã của bộ quy định", "Hash of the rulebook"],
        found: rules.identity.sha256[..12].to_owned(),
        wrong,
    }
}

/// A result can be written where it is to go, as results are.
fn writable(folder: &Path, tried: Result<bool, Problem>) -> Checked {
    let wrong = match tried {
        Ok(true) => Vec::new(),
        Ok(false) => vec![Problem::new(Code::DoctorLocks).with("read", folder.display())],
        Err(problem) => {
            let cause =
                problem.facts.iter().find(|(name, _)| *name == "cause").map(|(_, cause)| cause.clone());
            vec![
                Problem::new(Code::DoctorFolder)
                    .with("read", folder.display())
                    .with("cause", cause.unwrap_or_else(|| problem.code.to_string())),
            ]
        }
    };
    Checked {
        name: "folder",
        title: ["Ghi được vào", "Results can be written to"],
        found: folder.display().to_string(),
        wrong,
    }
}

/// There is room for results.
fn space(folder: &Path, free: Option<u64>) -> Checked {
    let found = free.map_or_else(|| "?".to_owned(), |bytes| format!("{} MiB", bytes / (1024 * 1024)));
    let is_short = free.is_some_and(|bytes| bytes < machine::ENOUGH_SPACE);
    let short = || Problem::new(Code::DoctorSpace).with("read", folder.display()).with("found", &found);
    let wrong = if is_short { vec![short()] } else { Vec::new() };
    Checked {
        name: "space", title: ["Chỗ trống của ổ đĩa", "Free space of its disk"], found, wrong
    }
}

/// The screen shows Vietnamese letters.
fn letters(world: &World<'_>) -> Checked {
    let encoding = machine::encoding_of_screen(world.env);
    // A result that goes into a pipe or a file is UTF-8 whatever the screen could show.
    let is_seen = world.interactive || world.stderr_is_terminal;
    let wrong = match &encoding {
        Some(other) if is_seen && !machine::is_utf8(other) => {
            vec![Problem::new(Code::DoctorLetters).with("read", other)]
        }
        _ => Vec::new(),
    };
    let found = encoding.unwrap_or_else(|| "UTF-8".to_owned());
    Checked { name: "letters", title: ["Mã chữ của màn hình", "Encoding of the screen"], found, wrong }
}

/// The clock fills in the days that a user leaves out.
fn clock(world: &World<'_>, rules: &Rulebook) -> Checked {
    let newest = rules.documents.iter().filter_map(|(document, _, _)| document.signed).map(|day| day.0).max();
    let wrong = match newest {
        Some(newest) if world.today < newest => {
            vec![Problem::new(Code::DoctorClock).with("date", world.today).with("after", newest)]
        }
        _ => Vec::new(),
    };
    Checked {
        name: "clock",
        title: ["Hôm nay, theo máy", "Today, by the machine"],
        found: world.today.to_string(),
        wrong,
    }
}

fn result(checked: &[Checked], recomputed: &Recomputed) -> Json {
    let of = |check: &Checked| {
        json!({
            "check": check.name,
            "ok": check.wrong.is_empty(),
            "found": check.found,
            "codes": check.wrong.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(),
        })
    };
    let difference = |each: &Difference| json!({"id": each.id, "path": each.path, "expected": each.expected, "found": each.found, "source": each.source});
    json!({
        "ok": checked.iter().all(|check| check.wrong.is_empty()),
        "cases": recomputed.cases,
        "differing": recomputed.differing,
        "checks": checked.iter().map(of).collect::<Vec<_>>(),
        "differences": recomputed.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn page(checked: &[Checked], recomputed: &Recomputed, lang: Lang) -> Page {
    let title = lang.say("Kiểm tra chương trình", "Check of the program");
    let mut page = Page::new(Paper::Report, title, title, lang);
    page.gap();
    let figure = |check: &Checked| {
        let mark = if check.wrong.is_empty() { "✔" } else { "✖" };
        let found = match check.name {
            "cases" => {
                let right = (recomputed.cases - recomputed.differing) as u64;
                format!(
                    "{} / {}",
                    count(right, lang).shown(true),
                    count(recomputed.cases as u64, lang).shown(true)
                )
            }
            _ => check.found.clone(),
        };
        NamedFigure::new(lang.pick(check.title), Cell::text(format!("{found} {mark}")))
    };
    page.add(Block::Figures(checked.iter().map(figure).collect()));
    page.gap();
    let eye = lang.say("Dòng này phải đọc được đủ dấu", "These letters should all be readable");
    page.add(TextLine::new(format!("{eye}: {LETTERS}")).inset(0, 2));
    for each in recomputed.differences.iter().take(MOST_SHOWN) {
        page.gap();
        page.add(TextLine::new(format!("{} · {}", each.id, each.path)).inset(0, 2));
        let (wanted, got) = (lang.say("phải là", "expected"), lang.say("nhận được", "found"));
        let said = format!("{wanted} {} · {got} {} · {}", each.expected, each.found, each.source);
        page.add(TextLine::new(said).inset(2, 4));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(checked: &Checked) -> Vec<&str> {
        checked.wrong.iter().map(|problem| problem.code.as_str()).collect()
    }

    #[test]
    fn a_program_file_that_was_changed_is_told_beside_cases_that_come_out_wrong() {
        let rules = Rulebook::bundled();
        let sound = Recomputed { cases: 640, ..Recomputed::default() };
        assert_eq!(codes(&cases(&sound, &rules)), [""; 0]);
        let damaged = Recomputed { is_damaged: true, differing: 3, ..sound };
        let told = cases(&damaged, &rules);
        assert_eq!((codes(&told), told.found.as_str()), (vec!["W0905", "W0903"], "637 / 640"));
    }

    #[test]
    fn a_folder_whose_files_cannot_be_locked_is_told() {
        let folder = Path::new("ket-qua");
        assert_eq!(codes(&writable(folder, Ok(true))), [""; 0]);
        let told = writable(folder, Ok(false));
        assert_eq!(codes(&told), ["W0907"]);
        assert!(told.wrong[0].facts.iter().any(|(name, read)| *name == "read" && read == "ket-qua"));
        assert_eq!(codes(&writable(folder, Err(Problem::new(Code::UnreadableInput)))), ["W0906"]);
    }

    /// 100 MiB are enough; one byte less is not. Unknown room is no fault.
    #[test]
    fn a_disk_without_room_is_told() {
        let folder = Path::new("ket-qua");
        let of = |free: Option<u64>| space(folder, free);
        assert_eq!(codes(&of(Some(104_857_600))), [""; 0]);
        assert_eq!(codes(&of(None)), [""; 0]);
        let told = of(Some(104_857_599));
        assert_eq!((codes(&told), told.found.as_str()), (vec!["W0908"], "99 MiB"));
    }
}
