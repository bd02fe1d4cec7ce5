//! Lỗi đọc hồ sơ: why a file, or one claim of it, cannot be read.

use std::io;

use super::metered::Stop;
use crate::audit::tag::FilePart;
use crate::terms::problem::{Code, Problem};

/// Lý do không đọc được.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// The first letter is no `<`.
    #[error("the file is not XML")]
    NotXml,
    /// Markup that no reader accepts.
    #[error("broken markup near byte {0}")]
    Syntax(u64),
    /// The file ends inside an element.
    #[error("the file ends in the middle")]
    Truncated,
    /// Elements nested beyond the limit.
    #[error("nested deeper than {0}")]
    Depth(usize),
    /// A document type, which may hide entities and files.
    #[error("a DOCTYPE is not accepted")]
    Doctype,
    /// A reference other than the five of XML and characters by number.
    #[error("an entity that XML does not define")]
    Entity,
    /// A zero byte.
    #[error("a NUL byte")]
    Nul,
    /// Bytes that are not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// One tag, comment or text longer than the limit.
    #[error("one tag or text is longer than {0} bytes")]
    TooLong(u64),
    /// A second root element.
    #[error("two root elements")]
    TwoRoots,
    /// Base64 that cannot be decoded.
    #[error("the base64 of {part} is broken")]
    Base64 {
        /// `XML2` as written in the file.
        part: PartName,
    },
    /// A part larger than the limit.
    #[error("{part} is larger than {limit} bytes")]
    PartTooLarge {
        /// `XML2` as written in the file.
        part: PartName,
        /// The limit in bytes.
        limit: usize,
    },
    /// A part that holds parts.
    #[error("{part} holds a part itself")]
    PartInsidePart {
        /// `XML2` as written in the file.
        part: PartName,
    },
    /// A decoded part that is not XML.
    #[error("{part} is not XML")]
    PartNotXml {
        /// `XML2` as written in the file.
        part: PartName,
    },
    /// A decoded part with broken markup.
    #[error("broken markup in {part} near byte {at}")]
    PartSyntax {
        /// `XML2` as written in the file.
        part: PartName,
        /// Where.
        at: u64,
    },
    /// A claim without XML1.
    #[error("the claim has no XML1")]
    NoSummary,
    /// A claim with two XML1.
    #[error("the claim has two XML1")]
    TwoSummaries,
    /// An item inside an item.
    #[error("an item inside an item")]
    NestedItem,
    /// More lines than a claim can have.
    #[error("more than {0} lines")]
    TooManyLines(usize),
    /// More wrappers around a file than are taken off.
    #[error("too many wrappers")]
    Wrapped,
    /// A zip archive inside a wrapper.
    #[error("an archive inside a wrapper")]
    Archive,
    /// A notice of check-in.
    #[error("a check-in file")]
    CheckIn,
    /// Well-formed XML without any claim.
    #[error("no claim in the file")]
    NoClaims,
    /// The file itself larger than the limit.
    #[error("larger than {0} bytes")]
    FileTooLarge(u64),
    /// The operating system could not deliver the bytes.
    #[error("cannot be read: {0}")]
    Io(String),
}

/// Tên phần: `XML1` … `XML15`, or `?` for anything else, so that no foreign text reaches a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartName(u8);

impl PartName {
    /// Reads `XML3`; anything else is unknown.
    pub fn of(text: &str) -> PartName {
        let number = text.trim().strip_prefix("XML").and_then(|number| number.parse::<u8>().ok());
        PartName(number.filter(|number| (1..=15).contains(number)).unwrap_or(0))
    }

    /// The table, for the parts that bear money.
    pub const fn table(self) -> Option<FilePart> {
        match self.0 {
            1 => Some(FilePart::Summary),
            2 => Some(FilePart::Drugs),
            3 => Some(FilePart::Services),
            _ => None,
        }
    }

    /// True for the parts that bear no money.
    pub const fn is_without_money(self) -> bool {
        self.0 > 3
    }
}

impl std::fmt::Display for PartName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == 0 { out.write_str("NOIDUNGFILE") } else { write!(out, "XML{}", self.0) }
    }
}

/// What an input error means: a limit of the meter, or the operating system.
pub(super) fn io_error(error: &io::Error) -> ReadError {
    let stop = error.get_ref().and_then(|cause| cause.downcast_ref::<Stop>());
    match stop {
        Some(Stop::Budget) => ReadError::TooLong(0),
        Some(Stop::File) => ReadError::FileTooLarge(0),
        Some(Stop::Nul) => ReadError::Nul,
        Some(Stop::Wrapped) => ReadError::Wrapped,
        Some(Stop::Archive) => ReadError::Archive,
        Some(Stop::Encoding) => ReadError::Base64 { part: PartName::default() },
        None => ReadError::Io(format!("{:?}", error.kind())),
    }
}

impl ReadError {
    /// What an input error means.
    pub fn of(error: &io::Error) -> ReadError {
        io_error(error)
    }

    /// The code of the catalogue.
    pub const fn code(&self) -> Code {
        match self {
            ReadError::Empty => Code::EmptyInput,
            ReadError::NotXml => Code::NotXml,
            ReadError::Syntax(_) | ReadError::PartSyntax { .. } => Code::XmlSyntax,
            ReadError::Truncated => Code::XmlTruncated,
            ReadError::Depth(_) => Code::XmlDepth,
            ReadError::Doctype => Code::XmlDoctype,
            ReadError::Entity => Code::XmlEntity,
            ReadError::Nul => Code::XmlNul,
            ReadError::Encoding => Code::XmlEncoding,
            ReadError::TooLong(_) => Code::XmlTooLong,
            ReadError::TwoRoots => Code::XmlTwoRoots,
            ReadError::Base64 { .. } => Code::PartBase64,
            ReadError::PartTooLarge { .. } => Code::PartTooLarge,
            ReadError::PartInsidePart { .. } => Code::PartInsidePart,
            ReadError::PartNotXml { .. } => Code::PartNotXml,
            ReadError::NoSummary => Code::SummaryMissing,
            ReadError::TwoSummaries => Code::SummaryTwice,
            ReadError::NestedItem => Code::ItemNested,
            ReadError::TooManyLines(_) => Code::LinesTooMany,
            ReadError::Wrapped => Code::TooManyWrappers,
            ReadError::Archive => Code::ArchiveInWrapper,
            ReadError::CheckIn => Code::CheckInFile,
            ReadError::NoClaims => Code::NoClaims,
            ReadError::FileTooLarge(_) => Code::FileTooLarge,
            ReadError::Io(_) => Code::UnreadableInput,
        }
    }

    /// The error as a message with its facts.
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(self.code());
        match self {
            ReadError::Syntax(at) => problem.with("part", "").with("byte", at),
            ReadError::PartSyntax { part, at } => problem.with("part", part).with("byte", at),
            ReadError::Depth(limit) | ReadError::TooManyLines(limit) => problem.with("limit", limit),
            ReadError::TooLong(limit) | ReadError::FileTooLarge(limit) => problem.with("limit", limit),
            ReadError::PartTooLarge { part, limit } => problem.with("part", part).with("limit", limit),
            ReadError::Base64 { part }
            | ReadError::PartInsidePart { part }
            | ReadError::PartNotXml { part } => problem.with("part", part),
            ReadError::Io(cause) => problem.with("cause", cause),
            ReadError::Empty
            | ReadError::NotXml
            | ReadError::Truncated
            | ReadError::Doctype
            | ReadError::Entity
            | ReadError::Nul
            | ReadError::Encoding
            | ReadError::TwoRoots
            | ReadError::NoSummary
            | ReadError::TwoSummaries
            | ReadError::NestedItem
            | ReadError::Wrapped
            | ReadError::Archive
            | ReadError::CheckIn
            | ReadError::NoClaims => problem,
        }
    }
}
