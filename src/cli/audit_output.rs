//! Nơi ghi báo cáo: a stream as it comes, or a file that appears only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::exit::Failure;
use crate::table::part_file::{PartFile, place};

/// Nơi ghi.
pub struct Output<'o> {
    to: To<'o>,
    /// The reader went away: the rest is not written, and that is no failure.
    closed: bool,
    /// What was last written as JSON; its memory is used again.
    text: Vec<u8>,
}

enum To<'o> {
    Stream(&'o mut dyn Write),
    /// The part is gone once it is in its place.
    File(Option<PartFile>, BufWriter<File>),
}

impl<'o> Output<'o> {
    /// Opens the file beside its place, or takes the stream.
    ///
    /// # Errors
    /// [`Failure`] when the target may not be replaced or the file cannot be made.
    pub fn open(
        target: Option<PathBuf>,
        force: bool,
        stream: &'o mut dyn Write,
    ) -> Result<Output<'o>, Failure> {
        let Some(target) = target else {
            return Ok(Output { to: To::Stream(stream), closed: false, text: Vec::new() });
        };
        let target = place(&target, force)?;
        let part = PartFile::create(&target)?;
        let file = part.handle().map_err(|error| Failure::write(&error, target.display()))?;
        Ok(Output { to: To::File(Some(part), BufWriter::new(file)), closed: false, text: Vec::new() })
    }

    /// Where the bytes go, as messages name it.
    fn name(&self) -> String {
        match &self.to {
            To::File(Some(part), _) => part.target().display().to_string(),
            _ => "stdout".to_owned(),
        }
    }

    /// Writes; a reader that went away is no failure.
    ///
    /// # Errors
    /// [`Failure`] with exit code 74 when the device is full or gone.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if self.closed || bytes.is_empty() {
            return Ok(());
        }
        let written = match &mut self.to {
            To::Stream(stream) => stream.write_all(bytes),
            To::File(_, file) => file.write_all(bytes),
        };
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other.map_err(|error| Failure::write(&error, self.name())),
        }
    }

    /// Writes a value as JSON on one line, without a line end.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn write_json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        serde_json::to_writer(&mut text, value).map_err(|error| self.failed(&error))?;
        let written = self.write(&text);
        self.text = text;
        written
    }

    /// Folder in which temporary files may lie: beside the result, never the system's own.
    pub fn folder(&self) -> PathBuf {
        match &self.to {
            To::File(Some(part), _) => part.folder(),
            _ => PathBuf::from("."),
        }
    }

    /// A handle on the unfinished file, to be written by somebody else; none for a stream.
    ///
    /// # Errors
    /// [`Failure`] when the system has none to give.
    pub fn handle(&self) -> Result<Option<File>, Failure> {
        match &self.to {
            To::File(Some(part), _) => {
                part.handle().map(Some).map_err(|error| Failure::write(&error, self.name()))
            }
            _ => Ok(None),
        }
    }

    /// A failure to write, told by a library.
    pub fn failed(&self, error: &impl std::fmt::Display) -> Failure {
        Failure::write(&io::Error::other(error.to_string()), self.name())
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`Failure`] when the last bytes or the name cannot be written.
    pub fn finish(mut self) -> Result<(), Failure> {
        let name = self.name();
        match &mut self.to {
            To::Stream(stream) => match stream.flush() {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::write(&error, name)),
                _ => Ok(()),
            },
            To::File(part, file) => {
                file.flush().map_err(|error| Failure::write(&error, name))?;
                part.take().map_or(Ok(()), PartFile::commit).map_err(Failure::from)
            }
        }
    }
}

/// What was not finished is not left behind.
impl Drop for Output<'_> {
    fn drop(&mut self) {
        if let To::File(part, _) = &mut self.to {
            part.take().into_iter().for_each(PartFile::discard);
        }
    }
}
