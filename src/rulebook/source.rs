//! Nguồn quy định: the bundled rule files, a folder in their place, overlays on top. The only file access here.

use std::borrow::Cow;
use std::path::Path;

use crate::terms::problem::{Code, Problem};

/// Một tệp quy định as text, with what it is called in messages.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path shown to people: `rules/base_salary.toml`, or the user's path.
    pub name: String,
    /// The text.
    pub text: Cow<'static, str>,
    /// Where it came from.
    pub origin: Origin,
}

/// Xuất xứ của một tệp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Part of the program.
    Bundled,
    /// From the folder given with `--rules`.
    Folder,
    /// Given with `--overlay`.
    Overlay,
}

impl Source {
    /// A file of the program.
    pub(super) fn bundled(file: &BundledFile) -> Source {
        Source { name: file.name.to_owned(), text: Cow::Borrowed(file.text), origin: Origin::Bundled }
    }

    /// File name without folder and ending, dashes for underscores: the id the file must carry.
    pub fn stem(&self) -> String {
        let file = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        file.trim_end_matches(".toml").replace('_', "-")
    }
}

/// Một tệp quy định đi kèm.
#[derive(Debug, Clone, Copy)]
pub struct BundledFile {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// The same, as the build packed it.
    pub(super) packed: &'static str,
}

/// The bundled rule files, listed and packed by the build script from the folder `rules/`.
pub const BUNDLED: &[BundledFile] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// SHA-256 of the canonical form of the bundled files.
pub(super) const BUNDLED_SHA256: &str = include_str!(concat!(env!("OUT_DIR"), "/bundled.sha256"));

/// The sources of a rulebook: bundled files, replaced whole by those of `folder`, then overlays in order.
///
/// # Errors
/// A [`Problem`] naming the folder or file that cannot be read.
pub fn gather(folder: Option<&Path>, overlays: &[std::path::PathBuf]) -> Result<Vec<Source>, Problem> {
    gather_over(BUNDLED.iter().map(Source::bundled).collect(), folder, overlays)
}

/// The same over other sources than the bundled ones.
///
/// # Errors
/// A [`Problem`] naming the folder or file that cannot be read.
pub fn gather_over(
    mut sources: Vec<Source>,
    folder: Option<&Path>,
    overlays: &[std::path::PathBuf],
) -> Result<Vec<Source>, Problem> {
    if let Some(folder) = folder {
        for path in toml_files(folder)? {
            let own = read(&path, Origin::Folder)?;
            let replaced = sources
                .iter_mut()
                .find(|known| known.origin == Origin::Bundled && known.stem() == own.stem());
            match replaced {
                // A copy of a bundled file is that file: nothing was replaced.
                Some(known) if own.text.replace("\r\n", "\n") == known.text => {}
                Some(known) => *known = own,
                None => sources.push(own),
            }
        }
    }
    for path in overlays {
        sources.push(read(path, Origin::Overlay)?);
    }
    Ok(sources)
}

/// All rule files of a folder and of its `local` folder, in the order of their names.
fn toml_files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Problem> {
    let mut paths = Vec::new();
    for part in [folder.to_path_buf(), folder.join("local")] {
        let listing = match std::fs::read_dir(&part) {
            Ok(listing) => listing,
            Err(_) if part != folder => continue,
            Err(error) => return Err(unreadable(&part, &error)),
        };
        for entry in listing {
            let path = entry.map_err(|error| unreadable(&part, &error))?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path, origin: Origin) -> Result<Source, Problem> {
    #[expect(clippy::disallowed_methods, reason = "this module is the rulebook's only file access")]
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| Problem::new(Code::NotUtf8).at(&name))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source { name, text: Cow::Owned(text), origin })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(Code::UnreadableInput).because(error).at(path.display())
}
