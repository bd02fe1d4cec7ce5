//! Chỗ không đọc được trong tệp quy định: why a value is not what its type wants, and where it stands.

use std::fmt;
use std::ops::Range;

/// Why something could not be read, and where it stands. One pointer, since every value may return it.
#[derive(Debug)]
pub(super) struct Unreadable(Box<(String, Option<Spot>)>);

/// A place in the file.
#[derive(Debug, Clone)]
pub(super) enum Spot {
    /// A value.
    Value(Range<usize>),
    /// The key of a value.
    Key(String, Range<usize>),
}

impl Unreadable {
    /// The place is that of the innermost value.
    pub(super) fn within(mut self, value: Range<usize>) -> Unreadable {
        self.0.1.get_or_insert(Spot::Value(value));
        self
    }

    pub(super) fn at_key(mut self, key: &str, value: Range<usize>) -> Unreadable {
        self.0.1.get_or_insert_with(|| Spot::Key(key.to_owned(), value));
        self
    }

    pub(super) fn message(&self) -> &str {
        &self.0.0
    }

    pub(super) fn place(&self) -> Option<&Spot> {
        self.0.1.as_ref()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.message())
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(message: T) -> Unreadable {
        Unreadable(Box::new((message.to_string(), None)))
    }
}
