//! Nguồn hồ sơ: files, folders and archives named on the command line, as a list of units to be read.

pub mod archive;
pub mod base64_text;
mod gzip;
mod json_text;
mod texts;
pub mod wrapper;
pub mod xml_text;

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::terms::problem::{Code, Problem};

/// Một tệp cần đọc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceFile {
    /// An XML file or a `.zip`.
    File(PathBuf),
    /// The same under another name in reports.
    Named(PathBuf, String),
    /// Standard input.
    Stdin,
}

impl SourceFile {
    /// The name shown to people.
    pub fn name(&self) -> String {
        match self {
            SourceFile::File(path) => shown(path),
            SourceFile::Named(_, name) => name.clone(),
            SourceFile::Stdin => "stdin".to_owned(),
        }
    }
}

/// Deepest folder below the one named.
const DEEPEST: usize = 32;

/// Các tệp từ những gì người dùng chỉ: files as given, folders with everything in them that ends in `.xml` or
/// `.zip`, in the order of their names; `-` is standard input. The number of other files is counted.
///
/// # Errors
/// [`Problem`] for a path that does not exist or a folder that cannot be listed.
pub fn gather(paths: &[PathBuf]) -> Result<(Vec<SourceFile>, usize), Problem> {
    let base = shared_folder(paths);
    let file = |path: PathBuf| match report_name(&path, base.as_deref()) {
        Some(name) => SourceFile::Named(path, name),
        None => SourceFile::File(path),
    };
    let mut units = Vec::new();
    let mut others = 0;
    for path in paths {
        if path == Path::new("-") {
            units.push(SourceFile::Stdin);
        } else if path.is_dir() {
            let mut found = Vec::new();
            walk(path, 0, &mut found, &mut others)?;
            units.extend(found.into_iter().map(file));
        } else if path.exists() {
            units.push(file(path.clone()));
        } else {
            return Err(unreadable(path, &io::Error::from(io::ErrorKind::NotFound)));
        }
    }
    Ok((units, others))
}

/// The folder that all absolute paths of the command line have in common. Reports are for others: where on this
/// computer that folder lies is none of their business.
fn shared_folder(paths: &[PathBuf]) -> Option<PathBuf> {
    let folders = paths.iter().filter(|path| path.is_absolute()).filter_map(|path| path.parent());
    folders.map(Path::to_owned).reduce(|shared, folder| {
        let common = |(own, other): &(Component<'_>, Component<'_>)| own == other;
        shared.components().zip(folder.components()).take_while(common).map(|(own, _)| own).collect()
    })
}

/// The name below the shared folder of a path that was given from the root.
fn report_name(path: &Path, base: Option<&Path>) -> Option<String> {
    path.strip_prefix(base?).ok().map(shown)
}

/// A path as reports write it: the same on every system.
fn shown(path: &Path) -> String {
    let name = path.display().to_string();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>, others: &mut usize) -> Result<(), Problem> {
    let listing = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in listing {
        entries.push(entry.map_err(|error| unreadable(folder, &error))?.path());
    }
    entries.sort();
    for path in entries {
        // A link is not followed: it may lead out of the folder or in a circle.
        let is_link = path.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink());
        if path.is_dir() {
            if is_link {
                *others += 1;
            } else if depth < DEEPEST {
                walk(&path, depth + 1, found, others)?;
            } else {
                return Err(Problem::new(Code::FoldersTooDeep).with("limit", DEEPEST).at(path.display()));
            }
        } else if is_claim_file(&path) {
            found.push(path);
        } else {
            *others += 1;
        }
    }
    Ok(())
}

fn is_claim_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ["xml", "zip", "gz"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A path that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(Code::UnreadableInput).because(error).at(path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_name_no_folder_above_what_was_given() {
        let name = |paths: &[&str], path: &str| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            report_name(Path::new(path), shared_folder(&paths).as_deref())
        };
        assert_eq!(name(&["/home/lan/ho-so"], "/home/lan/ho-so/07/a.xml").as_deref(), Some("ho-so/07/a.xml"));
        assert_eq!(
            name(&["/home/lan/x/a.xml", "/home/lan/y/a.xml"], "/home/lan/y/a.xml").as_deref(),
            Some("y/a.xml")
        );
        assert_eq!(name(&["july/a.xml", "/srv/b.xml"], "july/a.xml"), None);
    }
}
