//! Đầu vào đọc lại được: an input that is looked at more than once before it is known what it holds.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::Input;

/// An input that can be opened more than once: a file by its path, a stream with what was read of it.
pub(super) enum Again<'i> {
    File(std::path::PathBuf),
    Stream(Arc<Mutex<Remembered<'i>>>, String),
}

/// Dòng dữ liệu còn nhớ phần đã đọc, while its kind is not known.
pub(super) struct Remembered<'i> {
    inner: Box<dyn Read + Send + 'i>,
    seen: Option<Vec<u8>>,
}

impl<'i> Again<'i> {
    pub(super) fn of(input: Input<'i>) -> Again<'i> {
        match input {
            Input::File(path) => Again::File(path),
            Input::Stream(inner, name) => {
                Again::Stream(Arc::new(Mutex::new(Remembered { inner, seen: Some(Vec::new()) })), name)
            }
        }
    }

    /// The input from its beginning.
    pub(super) fn take(&self) -> Input<'i> {
        match self {
            Again::File(path) => Input::File(path.clone()),
            Again::Stream(shared, name) => {
                let seen = lock(shared).seen.clone().unwrap_or_default();
                let rest = Rest(Arc::clone(shared));
                Input::Stream(Box::new(Cursor::new(seen).chain(rest)), name.clone())
            }
        }
    }

    /// Nothing more need be remembered.
    pub(super) fn forget(self) {
        if let Again::Stream(shared, _) = self {
            lock(&shared).seen = None;
        }
    }
}

fn lock<'g, 'i>(shared: &'g Mutex<Remembered<'i>>) -> std::sync::MutexGuard<'g, Remembered<'i>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was not read yet.
struct Rest<'i>(Arc<Mutex<Remembered<'i>>>);

impl Read for Rest<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut shared = lock(&self.0);
        let count = shared.inner.read(buffer)?;
        if let Some(seen) = &mut shared.seen {
            seen.extend_from_slice(&buffer[..count]);
        }
        Ok(count)
    }
}
