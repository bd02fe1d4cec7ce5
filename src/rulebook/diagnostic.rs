//! Kết quả kiểm tra quy định: what is wrong in a rule file, where, and under which named check.

use std::ops::Range;

/// Declares the closed list of checks.
macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Phép kiểm tra: every way in which a rule file can be refused or doubted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum RuleCheck { $($(#[$doc])* $name,)* }
        impl RuleCheck {
            /// All checks.
            pub const ALL: &'static [RuleCheck] = &[$(RuleCheck::$name,)*];
            /// The stable printed name.
            pub const fn as_str(self) -> &'static str { match self { $(RuleCheck::$name => $text,)* } }
        }
    };
}

checks! {
    /// The file is not TOML.
    TomlSyntax = "toml-syntax",
    /// A key that the format does not have.
    UnknownKey = "unknown-key",
    /// A key that the format requires.
    MissingKey = "missing-key",
    /// A name that is none of a closed list.
    UnknownName = "unknown-name",
    /// A value of the wrong kind or out of range.
    WrongValue = "wrong-value",
    /// A number with a point outside quotes.
    BareFloat = "bare-float",
    /// The format number of the file is not known.
    UnknownSchema = "unknown-schema",
    /// The id is not the file name.
    IdNotFileName = "id-not-file-name",
    /// A file for which there is no family.
    UnknownFamily = "unknown-family",
    /// A rule without a citation.
    CitationMissing = "citation-missing",
    /// A citation of a document that is not in the register.
    DocumentUnknown = "document-unknown",
    /// Two documents with one id.
    DocumentDuplicate = "document-duplicate",
    /// A document that nothing cites.
    DocumentUncited = "document-uncited",
    /// A rule without any version.
    VersionsMissing = "versions-missing",
    /// Two versions that start on the same day.
    VersionDuplicate = "version-duplicate",
    /// A version that ends after its successor starts.
    VersionsOverlap = "versions-overlap",
    /// Days without a rule between two versions.
    GapBetweenVersions = "gap-between-versions",
    /// A version that ends before it starts.
    UntilBeforeFrom = "until-before-from",
    /// An unverified version that does not say what is doubtful.
    UnverifiedWithoutNote = "unverified-without-note",
    /// A note in one language only.
    NoteUntranslated = "note-untranslated",
    /// Shares that should be the whole and are not.
    SharesNotWhole = "shares-not-whole",
    /// A ladder that rises or is empty.
    LadderRises = "ladder-rises",
    /// A group id that is not registered.
    GroupUnknown = "group-unknown",
    /// Two groups with one id.
    GroupDuplicate = "group-duplicate",
    /// Two groups with one card code.
    CodeDuplicate = "code-duplicate",
    /// A group that the state supports without a share.
    SupportMissing = "support-missing",
    /// A kind of support that does not belong in this file.
    SupportMisplaced = "support-misplaced",
    /// Two policies with one id in a file.
    PolicyDuplicate = "policy-duplicate",
    /// A circumstance named twice.
    CircumstanceDuplicate = "circumstance-duplicate",
    /// A policy asks for a circumstance that the vocabulary does not have.
    CircumstanceUnknown = "circumstance-unknown",
    /// A pack, search or merger names a place that the register does not have.
    PlaceUnknown = "place-unknown",
    /// A pack older than the merger that claims the whole province.
    TerritoryMissing = "territory-missing",
    /// A pack replaces a document or policy that is not registered.
    ReplacesUnknown = "replaces-unknown",
    /// Conditions that nobody can meet.
    ConditionsEmpty = "conditions-empty",
    /// The list of remainder takers leaves a payer out.
    RemainderIncomplete = "remainder-incomplete",
    /// A number of months outside what the program computes.
    MonthsOutOfRange = "months-out-of-range",
    /// Two rows of a decision table that answer the same facts.
    TableOverlap = "table-overlap",
    /// Facts that no row of a decision table answers.
    TableHole = "table-hole",
    /// A group that exists and has no benefit level.
    LevelMissing = "level-missing",
    /// A benefit level for a group that does not exist at the time.
    LevelExtra = "level-extra",
    /// A group under two benefit levels.
    LevelTwice = "level-twice",
    /// Bands of points that do not follow each other.
    BandsOutOfOrder = "bands-out-of-order",
    /// Two visit codes of one list that are the same.
    VisitCodeDuplicate = "visit-code-duplicate",
    /// A reading of the program that is not described, or described twice.
    ReadingMissing = "reading-missing",
    /// A base that is defined by itself.
    BaseCircular = "base-circular",
    /// An order of categories that leaves a group out, or names it twice.
    OrderIncomplete = "order-incomplete",
}

/// Nặng nhẹ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiagnosticSeverity {
    /// The rulebook is refused.
    Error,
    /// Worth a look.
    Warning,
}

/// Một phát hiện trong tệp quy định.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The named check.
    pub check: RuleCheck,
    /// Error or warning.
    pub severity: DiagnosticSeverity,
    /// Name of the file as shown.
    pub file: String,
    /// Line and column, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line concerned.
    pub excerpt: String,
    /// Width of the marked part in characters, at least 1.
    pub width: usize,
    /// Facts by the name the sentence uses for them.
    pub facts: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// Points at a byte range of a source text.
    pub fn new(check: RuleCheck, file: &str, text: &str, span: Range<usize>) -> Diagnostic {
        let start = floor_boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor_boundary(text, span.end).clamp(start, line_end);
        Diagnostic {
            check,
            severity: if check == RuleCheck::DocumentUncited {
                DiagnosticSeverity::Warning
            } else {
                DiagnosticSeverity::Error
            },
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            excerpt: text[line_start..line_end].trim_end().to_owned(),
            width: text[start..end].chars().count().max(1),
            facts: Vec::new(),
        }
    }

    /// The same with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl std::fmt::Display) -> Diagnostic {
        self.facts.push((name, fact.to_string()));
        self
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Maps a message of the reader of rule types to the check it belongs to.
pub(super) fn check_of_message(message: &str) -> RuleCheck {
    const MARKS: [(&str, RuleCheck); 5] = [
        ("unknown field", RuleCheck::UnknownKey),
        ("unknown variant", RuleCheck::UnknownName),
        ("missing field", RuleCheck::MissingKey),
        ("floating point", RuleCheck::BareFloat),
        ("wanted exactly 1 element", RuleCheck::UnknownKey),
    ];
    MARKS.iter().find(|(mark, _)| message.contains(mark)).map_or(RuleCheck::WrongValue, |(_, check)| *check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_at_line_and_column_in_characters() {
        let text = "a = 1\ntên = \"70%\"\n";
        let at = text.find("\"70%\"").unwrap();
        let diagnostic = Diagnostic::new(RuleCheck::WrongValue, "x.toml", text, at..at + 5);
        assert_eq!((diagnostic.line, diagnostic.column, diagnostic.width), (2, 7, 5));
        assert_eq!(diagnostic.excerpt, "tên = \"70%\"");
    }
}
