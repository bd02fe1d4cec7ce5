//! Tệp chưa xong: written beside its place, moved there when it is whole. The one way in which a result becomes a file.
//!
//! While it is being written nobody else may read it (results hold data of people), and no second run may write it:
//! the unfinished file is locked. A link is followed, and what is no plain file is never replaced.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Trouble;
use crate::terms::problem::{Code, Problem};

/// Tệp chưa xong: beside its place until it is whole.
#[derive(Debug)]
pub struct PartFile {
    target: PathBuf,
    part: PathBuf,
    file: Arc<File>,
    written: u64,
    /// It lies in its place.
    is_placed: bool,
}

/// Chỗ đã giữ trong tệp: bytes of the unfinished file that are promised and written by whoever holds this, while others write theirs.
#[derive(Debug)]
pub(super) struct HeldPlace {
    file: Arc<File>,
    target: PathBuf,
    at: u64,
}

impl HeldPlace {
    /// Writes the bytes for which the place was held.
    ///
    /// # Errors
    /// When the disk is full or gone.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<(), Trouble> {
        write_at(&self.file, bytes, self.at).map_err(|error| Trouble::writing(&error, self.target.display()))
    }
}

/// Nơi đặt kết quả: where a result of this name goes, links followed.
///
/// # Errors
/// [`Code::OutputExists`] for a file that may not be replaced, [`Code::OutputNotAFile`] for a folder, a device, a pipe or a
/// link that leads nowhere.
pub fn place(target: &Path, force: bool) -> Result<PathBuf, Trouble> {
    let Ok(found) = std::fs::symlink_metadata(target) else { return Ok(target.to_owned()) };
    let no_file = || Trouble::usage(Problem::new(Code::OutputNotAFile).at(target.display()));
    let target =
        if found.is_symlink() { target.canonicalize().map_err(|_| no_file())? } else { target.to_owned() };
    match std::fs::metadata(&target) {
        Ok(found) if !found.is_file() => Err(no_file()),
        Ok(_) if !force => Err(Trouble::usage(Problem::new(Code::OutputExists).at(target.display()))),
        _ => Ok(target),
    }
}

/// How a file is made that nobody else may read.
pub(super) fn own() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "elsewhere the folder decides who reads"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Name of the unfinished file beside a target.
pub fn part_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

impl PartFile {
    /// Starts a file; what an earlier run left unfinished is dropped.
    ///
    /// # Errors
    /// [`Code::OutputBusy`] while another run writes it, else why it cannot be made.
    pub fn create(target: &Path) -> Result<PartFile, Trouble> {
        replaceable(target).map_err(|error| Trouble::writing(&error, target.display()))?;
        let (part, file) = locked(target, own().read(true).write(true).create(true).truncate(false))?;
        file.set_len(0).map_err(|error| Trouble::writing(&error, target.display()))?;
        Ok(PartFile { target: target.to_owned(), part, file: Arc::new(file), written: 0, is_placed: false })
    }

    /// Goes on with a part that an earlier run left, cut to what is known to be good.
    pub(super) fn go_on(target: &Path, length: u64) -> Result<PartFile, Trouble> {
        let (part, file) = locked(target, OpenOptions::new().read(true).write(true))?;
        let failed = |error: io::Error| Trouble::writing(&error, target.display());
        if file.metadata().map_err(failed)?.len() < length {
            return Err(Trouble::input(
                Problem::new(Code::ResumeMismatch).with("what", "output").at(part.display()),
            ));
        }
        file.set_len(length).map_err(failed)?;
        Ok(PartFile {
            target: target.to_owned(),
            part,
            file: Arc::new(file),
            written: length,
            is_placed: false,
        })
    }

    /// The same, where the earlier run was stopped just after it had put this file in its place.
    pub(super) fn go_on_from_its_place(target: &Path, length: u64) -> Result<PartFile, Trouble> {
        let part = part_of(target);
        if !part.exists() && target.is_file() {
            rename(target, &part).map_err(|error| Trouble::writing(&error, target.display()))?;
        }
        PartFile::go_on(target, length)
    }

    /// The file it will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Bytes given so far.
    pub(super) fn written(&self) -> u64 {
        self.written
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

    /// Takes more bytes.
    ///
    /// # Errors
    /// When the disk is full or gone.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.hold(bytes.len()).write(bytes)
    }

    /// Keeps a place for bytes that are written later; the file is whole when all of them are.
    pub(super) fn hold(&mut self, length: usize) -> HeldPlace {
        let at = self.written;
        self.written += length as u64;
        HeldPlace { file: Arc::clone(&self.file), target: self.target.clone(), at }
    }

    /// All that was written is on disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// When the last bytes or the name cannot be written; nothing is left behind then.
    pub fn commit(mut self) -> Result<(), Trouble> {
        self.file
            .sync_all()
            .and_then(|()| rename(&self.part, &self.target))
            .map_err(|error| Trouble::writing(&error, self.target.display()))?;
        self.is_placed = true;
        // The name itself is on disk only when its folder is; not all systems can promise that.
        if let Ok(folder) = File::open(self.folder()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Drops what was written.
    pub fn discard(self) {}
}

/// What did not come to its place is not left behind, however the run ended; only a killed run leaves it, to go on with.
impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.is_placed {
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

/// The unfinished file of a target, held by this run alone.
fn locked(target: &Path, options: &OpenOptions) -> Result<(PathBuf, File), Trouble> {
    let part = part_of(target);
    let failed = |error: io::Error| Trouble::writing(&error, target.display());
    loop {
        let file = options.open(&part).map_err(failed)?;
        match file.try_lock() {
            Ok(()) if still_there(&part, &file) => return Ok((part, file)),
            // The run that held it has just put it in its place: this is its result, not ours to touch.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Trouble::usage(Problem::new(Code::OutputBusy).at(target.display())));
            }
            // A file system without locks: nothing can be promised there, and nothing is lost that was had before.
            Err(TryLockError::Error(_)) => return Ok((part, file)),
        }
    }
}

/// Whether an open file is still the one of its name.
#[cfg(unix)]
fn still_there(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: std::fs::Metadata| (found.dev(), found.ino());
    let (named, open) = (std::fs::metadata(path).map(identity), file.metadata().map(identity));
    matches!((named, open), (Ok(named), Ok(open)) if named == open)
}

/// Where an open file cannot be renamed by others, it is.
#[cfg(not(unix))]
fn still_there(path: &Path, _: &File) -> bool {
    path.exists()
}

/// Writes bytes at their place, wherever others write.
#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

/// Writes bytes at their place, wherever others write.
#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => (bytes, at) = (&bytes[written..], at + written as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Where nothing can be written at a place, there is one thread.
#[cfg(not(any(unix, windows)))]
fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::io::{Seek, SeekFrom, Write};
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

/// Moves a file into place.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| std::fs::rename(from, to))
}

/// Whether a file that is there may be replaced. Windows refuses that while another program has it open, and it is better to
/// hear so before the work than after it.
fn replaceable(target: &Path) -> io::Result<()> {
    if cfg!(windows) && target.is_file() {
        patiently(|| OpenOptions::new().write(true).open(target).map(drop))?;
    }
    Ok(())
}

/// What Windows says of a file that another program holds: no access, shared by nobody, locked.
const HELD: [i32; 3] = [5, 32, 33];

/// Chờ một chút: tries again for a second where a virus scanner or a cloud folder may hold a file for a moment.
fn patiently<T>(action: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let held =
        |error: &io::Error| cfg!(windows) && error.raw_os_error().is_some_and(|code| HELD.contains(&code));
    for _ in 0..10 {
        match action() {
            Err(error) if held(&error) => std::thread::sleep(Duration::from_millis(100)),
            done => return done,
        }
    }
    action()
}
