//! Nơi ghi báo cáo: a stream as it comes, or a file that appears only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::io::beside;
use crate::terms::problem::{Code, Problem};

/// Nơi ghi.
pub struct Output<'o> {
    to: To<'o>,
    /// The reader went away: the rest is not written, and that is no failure.
    closed: bool,
}

enum To<'o> {
    Stream(&'o mut dyn Write),
    File { target: PathBuf, part: PathBuf, file: Option<BufWriter<File>> },
}

impl<'o> Output<'o> {
    /// Opens the file beside its place, or takes the stream.
    ///
    /// # Errors
    /// [`Failure`] when the target exists and `force` is off, or the file cannot be made.
    pub fn open(
        target: Option<PathBuf>,
        force: bool,
        stream: &'o mut dyn Write,
    ) -> Result<Output<'o>, Failure> {
        let Some(target) = target else { return Ok(Output { to: To::Stream(stream), closed: false }) };
        if !force && target.exists() {
            let problem = Problem::new(Code::OutputExists).at(target.display());
            return Err(Failure { problem, exit: Exit::Usage });
        }
        let part = beside(&target);
        let file = private_file(&part).map_err(|error| Failure::write(&error, target.display()))?;
        let file = Some(BufWriter::new(file));
        Ok(Output { to: To::File { target, part, file }, closed: false })
    }

    /// Writes; a reader that went away is no failure.
    ///
    /// # Errors
    /// [`Failure`] with exit code 74 when the device is full or gone.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed || bytes.is_empty() {
            return Ok(());
        }
        let (written, place) = match &mut self.to {
            To::Stream(stream) => (stream.write_all(bytes), "stdout".to_owned()),
            To::File { file: Some(file), target, .. } => {
                (file.write_all(bytes), target.display().to_string())
            }
            To::File { file: None, .. } => return Ok(()),
        };
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other.map_err(|error| Failure::write(&error, place)),
        }
    }

    /// Folder in which temporary files may lie: beside the result, never the system's own.
    pub fn folder(&self) -> PathBuf {
        let parent = match &self.to {
            To::Stream(_) => None,
            To::File { target, .. } => target.parent().filter(|folder| !folder.as_os_str().is_empty()),
        };
        parent.unwrap_or(Path::new(".")).to_owned()
    }

    /// The unfinished file, to be written by somebody else.
    pub fn part_path(&mut self) -> PathBuf {
        match &mut self.to {
            To::Stream(_) => PathBuf::new(),
            To::File { part, file, .. } => {
                *file = None;
                part.clone()
            }
        }
    }

    /// A failure to write, told by a library.
    pub fn failed(&self, error: &impl std::fmt::Display) -> Failure {
        let place = match &self.to {
            To::Stream(_) => "stdout".to_owned(),
            To::File { target, .. } => target.display().to_string(),
        };
        Failure::write(&io::Error::other(error.to_string()), place)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Failure`] when the last bytes or the name cannot be written.
    pub fn finish(mut self) -> Result<(), Failure> {
        match &mut self.to {
            To::Stream(stream) => match stream.flush() {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::write(&error, "stdout")),
                _ => Ok(()),
            },
            To::File { target, part, file } => {
                let flushed = match file.take() {
                    Some(file) => file
                        .into_inner()
                        .map_err(std::io::IntoInnerError::into_error)
                        .and_then(|file| file.sync_all()),
                    None => Ok(()),
                };
                flushed
                    .and_then(|()| std::fs::rename(&*part, &*target))
                    .map_err(|error| Failure::write(&error, target.display()))
            }
        }
    }
}

/// What was not finished is not left behind.
impl Drop for Output<'_> {
    fn drop(&mut self) {
        if let To::File { part, .. } = &self.to {
            let _ = std::fs::remove_file(part);
        }
    }
}

/// A file that nobody else may read while it is being written.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
