//! Loại bảng: people or visits, told apart by the heading.

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::simulation::subject::Subject;
use crate::table::heading::Schema;
use crate::table::{Input, OpenTable, ReadOptions, Trouble, claim, premium};
use crate::terms::problem::Code;

/// What the columns of a table can mean, by what its rows are.
const KINDS: [(Subject, &Schema); 2] =
    [(Subject::Premiums, &premium::SCHEMA), (Subject::Claims, &claim::SCHEMA)];

/// Mở bảng and finds out whether its rows are people or visits: the kind whose required columns are all there.
///
/// # Errors
/// [`Trouble`] of the kind that the heading comes nearest to.
pub fn open<'i>(input: Input<'i>, options: &ReadOptions) -> Result<(Subject, OpenTable<'i>), Trouble> {
    let input = Again::of(input);
    let mut nearest: Option<Trouble> = None;
    for (subject, schema) in KINDS {
        match OpenTable::open(input.take(), schema, options) {
            Ok(table) => {
                input.forget();
                return Ok((subject, table));
            }
            Err(trouble) => {
                if nearest.as_ref().is_none_or(|known| missing(&trouble) < missing(known)) {
                    nearest = Some(trouble);
                }
            }
        }
    }
    Err(nearest.unwrap_or_else(|| Trouble::internal("a table of no kind")))
}

/// How far a heading is from a kind: missing columns, or a `--map` to a field that this kind does not have. Any other
/// trouble is one of the table itself.
fn missing(trouble: &Trouble) -> usize {
    let fact = |name: &str| trouble.problem.facts.iter().find(|(known, _)| *known == name);
    match trouble.problem.code {
        Code::MissingColumns => fact("missing").map_or(0, |(_, names)| names.split(',').count()),
        Code::ColumnMap | Code::SetForm | Code::ProfileUnknown => usize::MAX,
        _ => 0,
    }
}

/// An input that can be opened more than once: a file by its path, a stream with what was read of it.
enum Again<'i> {
    File(std::path::PathBuf),
    Stream(Arc<Mutex<Remembered<'i>>>, String),
}

/// Dòng dữ liệu còn nhớ phần đã đọc, while its kind is not known.
struct Remembered<'i> {
    inner: Box<dyn Read + Send + 'i>,
    seen: Option<Vec<u8>>,
}

impl<'i> Again<'i> {
    fn of(input: Input<'i>) -> Again<'i> {
        match input {
            Input::File(path) => Again::File(path),
            Input::Stream(inner, name) => {
                Again::Stream(Arc::new(Mutex::new(Remembered { inner, seen: Some(Vec::new()) })), name)
            }
        }
    }

    /// The input from its beginning.
    fn take(&self) -> Input<'i> {
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
    fn forget(self) {
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
