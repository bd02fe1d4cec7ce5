//! Trang `bhyt.html`: the program in a page. The page asks in JSON and gets what a terminal would show.

mod form;
mod words;

use std::ffi::OsString;

use bhyt::NaiveDate;
use bhyt::workshop::{Lang, PAGE_COMMANDS, World, run_among};
use serde_json::{Value as Json, json};

/// Room for a question of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn bhyt_room(length: usize) -> *mut u8 {
    Box::leak(vec![0_u8; length].into_boxed_slice()).as_mut_ptr()
}

/// Answers the question that stands in the room; the answer is a room of its own: address × 2³² + length.
///
/// # Safety
/// `room` came from [`bhyt_room`] with this length, and is given up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bhyt_ask(room: *mut u8, length: usize) -> u64 {
    let question = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(room, length)) };
    let answer = answer(&question).to_string().into_bytes().into_boxed_slice();
    let length = answer.len() as u64;
    let address = Box::leak(answer).as_mut_ptr() as u64;
    (address << 32) | length
}

/// Gives an answer's room up.
///
/// # Safety
/// `room` and `length` came from [`bhyt_ask`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn bhyt_done(room: *mut u8, length: usize) {
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(room, length)) });
}

/// `{"ask": "run", "args", "stdin", "today"}`, `{"ask": "form"}` or `{"ask": "near"}`, each in a language on a day.
fn answer(question: &[u8]) -> Json {
    let question: Json = match serde_json::from_slice(question) {
        Ok(question) => question,
        Err(error) => return refused(&error.to_string()),
    };
    let text = |key: &str| question[key].as_str().unwrap_or_default();
    let Ok(today) = text("today").parse() else { return refused("today") };
    let lang = if text("lang") == "en" { Lang::En } else { Lang::Vi };
    match text("ask") {
        "form" => form::form(today, lang),
        "near" => form::near(&question, today, lang),
        "run" => run(&question["args"], text("stdin"), today),
        other => refused(other),
    }
}

fn refused(why: &str) -> Json {
    json!({ "code": 70, "stdout": "", "stderr": why })
}

/// What the program says to a command line.
fn run(args: &Json, stdin: &str, today: NaiveDate) -> Json {
    let words = args.as_array().into_iter().flatten().filter_map(Json::as_str);
    let args: Vec<OsString> = std::iter::once("bhyt").chain(words).map(OsString::from).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut world = World {
        stdin: &mut stdin.as_bytes(),
        stdout: &mut out,
        stderr: &mut err,
        interactive: false,
        window_closes: false,
        stderr_is_terminal: false,
        today,
        env: |_| None,
    };
    let code = run_among(PAGE_COMMANDS, &args, &mut world);
    json!({ "code": code, "stdout": String::from_utf8_lossy(&out), "stderr": String::from_utf8_lossy(&err) })
}
