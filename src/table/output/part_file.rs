//! Tệp chưa xong: written beside its place, moved there when it is whole.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::table::Trouble;
use crate::terms::problem::{Code, Problem};

/// Tệp chưa xong: beside its place until it is whole.
#[derive(Debug)]
pub(super) struct PartFile {
    pub(super) target: PathBuf,
    pub(super) part: PathBuf,
    pub(super) file: File,
    pub(super) written: u64,
}

/// Name of the unfinished file beside a target.
pub(super) fn part_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

impl PartFile {
    pub(super) fn create(target: &Path) -> Result<PartFile, Trouble> {
        let part = part_of(target);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&part);
        let file = file.map_err(|error| Trouble::writing(&error, target.display()))?;
        Ok(PartFile { target: target.to_owned(), part, file, written: 0 })
    }

    /// Goes on with a part that an earlier run left, cut to what is known to be good.
    pub(super) fn go_on(target: &Path, length: u64) -> Result<PartFile, Trouble> {
        let part = part_of(target);
        let failed = |error: io::Error| Trouble::writing(&error, target.display());
        let mut file = OpenOptions::new().read(true).write(true).open(&part).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() < length {
            return Err(Trouble::input(
                Problem::new(Code::ResumeMismatch).with("what", "output").at(part.display()),
            ));
        }
        file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(failed)?;
        Ok(PartFile { target: target.to_owned(), part, file, written: length })
    }

    /// A second handle on the unfinished file.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// The folder it lies in.
    pub fn folder(&self) -> PathBuf {
        match self.target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.written += bytes.len() as u64;
        self.file.write_all(bytes).map_err(|error| Trouble::writing(&error, self.target.display()))
    }

    pub(super) fn commit(self) -> Result<(), Trouble> {
        let failed = |error: &io::Error| Trouble::writing(error, self.target.display());
        let done = self.file.sync_all().and_then(|()| rename(&self.part, &self.target));
        if let Err(error) = done {
            let _ = std::fs::remove_file(&self.part);
            return Err(failed(&error));
        }
        // The name itself is on disk only when its folder is; not all systems can promise that.
        if let Ok(folder) = File::open(self.folder()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    pub(super) fn discard(self) {
        let _ = std::fs::remove_file(&self.part);
    }
}

/// Moves a file into place; another program may hold the target for a moment.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut tries = 0;
    loop {
        match std::fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && tries < 4 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(75));
            }
            done => return done,
        }
    }
}
