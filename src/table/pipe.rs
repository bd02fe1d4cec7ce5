//! Ống: rows that a thread of its own unrolls from a workbook or Parquet file, read as CSV text.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::as_io;
use super::csv::push_cell;
use crate::terms::problem::{Code, Problem};

/// Pieces on their way at any time.
const PIECES: usize = 4;
/// Bytes of a piece.
const PIECE: usize = 64 * 1024;

enum Message {
    Text(Vec<u8>),
    Trouble(Problem),
    End,
}

/// Nơi nhận các dòng: collects rows into pieces of text.
pub(super) struct RowSender {
    channel: SyncSender<Message>,
    text: Vec<u8>,
}

/// The reader went away; there is nobody left to unroll for.
pub(super) struct Unwanted;

impl RowSender {
    /// Sends a row of cells.
    pub(super) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) -> Result<(), Unwanted> {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.text.push(b',');
            }
            push_cell(&mut self.text, cell, b',');
        }
        self.end_row()
    }

    /// Sends blank rows, so that rows keep their numbers.
    pub(super) fn blank(&mut self, count: u64) -> Result<(), Unwanted> {
        (0..count).try_for_each(|_| self.end_row())
    }

    fn end_row(&mut self) -> Result<(), Unwanted> {
        self.text.push(b'\n');
        if self.text.len() < PIECE {
            return Ok(());
        }
        let text = std::mem::replace(&mut self.text, Vec::with_capacity(PIECE + PIECE / 4));
        self.channel.send(Message::Text(text)).map_err(|_| Unwanted)
    }
}

/// Reads what a thread sends.
struct RowReader {
    channel: Receiver<Message>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
    /// What to say when the thread stops without a word.
    silence: Code,
}

/// Runs `unroll` on a thread and reads the rows it sends; `silence` is said when it dies.
pub(super) fn spawn<F>(silence: Code, unroll: F) -> Box<dyn Read + Send>
where
    F: FnOnce(&mut RowSender) -> Result<(), Option<Problem>> + Send + 'static,
{
    let (sender, channel) = sync_channel(PIECES);
    std::thread::spawn(move || {
        let mut rows = RowSender { channel: sender, text: Vec::with_capacity(PIECE + PIECE / 4) };
        let result = unroll(&mut rows);
        let text = std::mem::take(&mut rows.text);
        let last = match result {
            Ok(()) => Message::End,
            Err(Some(problem)) => Message::Trouble(problem),
            Err(None) => return,
        };
        if rows.channel.send(Message::Text(text)).is_ok() {
            let _ = rows.channel.send(last);
        }
    });
    Box::new(RowReader { channel, text: Vec::new(), given: 0, ended: false, silence })
}

impl From<Unwanted> for Option<Problem> {
    fn from(_: Unwanted) -> Option<Problem> {
        None
    }
}

impl Read for RowReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.ended {
                return Ok(0);
            }
            match self.channel.recv() {
                Ok(Message::Text(text)) => (self.text, self.given) = (text, 0),
                Ok(Message::End) => self.ended = true,
                Ok(Message::Trouble(problem)) => return Err(as_io(problem)),
                Err(_) => return Err(as_io(Problem::new(self.silence).with("detail", "unexpected end"))),
            }
        }
        let count = out.len().min(self.text.len() - self.given);
        out[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
