//! Máy của người dùng: folders, disk and screen, as `doctor` looks at them.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::table::part_file::{PartFile, part_of};
use crate::terms::problem::Problem;

/// Free space below which a large table may not find room.
pub const ENOUGH_SPACE: u64 = 100 * 1024 * 1024;

/// Writes a file as results are written, reads it back and takes it away; whether a second run would be noticed.
///
/// # Errors
/// Why no result could be written there.
pub fn try_writing(folder: &Path) -> Result<bool, Problem> {
    let target = folder.join(format!("bhyt-kiem-tra-{}.tmp", std::process::id()));
    let mut part = PartFile::create(&target).map_err(|trouble| trouble.problem)?;
    let keeps_others_out = File::open(part_of(&target))
        .is_ok_and(|second| matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
    if let Err(trouble) = part.write(b"bhyt") {
        part.discard();
        return Err(trouble.problem);
    }
    part.commit().map_err(|trouble| trouble.problem)?;
    let _ = std::fs::remove_file(&target);
    Ok(keeps_others_out)
}

/// Bytes that are free on the disk of a folder.
#[cfg(any(unix, windows))]
pub fn free_space(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

/// A page has no disk.
#[cfg(not(any(unix, windows)))]
pub fn free_space(_: &Path) -> Option<u64> {
    None
}

/// The encoding that the screen is set to, where it can be another than UTF-8: on Windows text for the console is handed over
/// as UTF-16, elsewhere the locale names it.
pub fn encoding_of_screen(env: fn(&str) -> Option<String>) -> Option<String> {
    if cfg!(windows) {
        return None;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(env);
    Some(match locale {
        Some(locale) => locale.split_once('.').map_or(locale.clone(), |(_, encoding)| encoding.to_owned()),
        None => "POSIX".to_owned(),
    })
}

/// Whether a name means UTF-8.
pub fn is_utf8(encoding: &str) -> bool {
    let name = encoding.split('@').next().unwrap_or_default();
    name.eq_ignore_ascii_case("utf-8") || name.eq_ignore_ascii_case("utf8")
}
