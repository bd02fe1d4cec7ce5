//! Nạp quy định: sources into one rulebook, every family in turn, with all problems together.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::canonical::hex;
use super::checks;
use super::circumstances::CircumstanceEntry;
use super::diagnostic::{Diagnostic, DiagnosticSeverity, RuleCheck};
use super::parsed::ParsedFile;
use super::reader::RuleReader;
use super::register::Document;
use super::source::{BUNDLED, BUNDLED_SHA256, Origin, Source};
use super::{Rulebook, RulebookIdentity};
use crate::terms::fold::fold;

/// Kết quả nạp: the rulebook when no error was found, and everything that was noticed.
#[derive(Debug)]
pub struct Loaded {
    /// The rulebook, when it may be used.
    pub rulebook: Option<Rulebook>,
    /// Errors and warnings, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a set of sources.
pub fn load(sources: &[Source]) -> Loaded {
    let (rulebook, mut diagnostics) = read(sources);
    if let Some(rulebook) = &rulebook {
        diagnostics.extend(checks::run(rulebook, sources));
    }
    let order = |diagnostic: &Diagnostic| sources.iter().position(|source| source.name == diagnostic.file);
    diagnostics.sort_by_key(|diagnostic| (order(diagnostic), diagnostic.line, diagnostic.column));
    let refused = diagnostics.iter().any(|diagnostic| diagnostic.severity == DiagnosticSeverity::Error);
    Loaded { rulebook: rulebook.filter(|_| !refused), diagnostics }
}

/// Reads a set of sources without the checks across families.
pub fn read(sources: &[Source]) -> (Option<Rulebook>, Vec<Diagnostic>) {
    let parsed: Vec<_> = sources.iter().map(ParsedFile::parse).collect();
    let mut loader = Loader::open(&parsed);
    let hash = loader.hash();
    let rulebook = loader.rulebook(identity(sources, hash));
    (rulebook, loader.into_problems())
}

/// Reads the bundled files as the build packed them.
///
/// Without the checks across families: a test runs every check on the same files and finds both readings equal, so a
/// start of the program need not.
pub fn bundled() -> (Option<Rulebook>, Vec<Diagnostic>) {
    let sources: Vec<Source> = BUNDLED.iter().map(Source::bundled).collect();
    let mut loader = Loader { readers: Vec::new(), origins: Vec::new(), problems: Vec::new() };
    for (index, (source, file)) in sources.iter().zip(BUNDLED).enumerate() {
        loader.readers.push(RuleReader::open_packed(index, source, file.packed));
        loader.origins.push(source.origin);
    }
    let identity = identity(&sources, BUNDLED_SHA256.to_owned());
    let rulebook = loader.rulebook(identity);
    (rulebook, loader.into_problems())
}

/// Reads sources family by family.
pub(super) struct Loader<'a> {
    pub(super) readers: Vec<RuleReader<'a>>,
    origins: Vec<Origin>,
    problems: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn open(files: &'a [Result<ParsedFile<'a>, Vec<Diagnostic>>]) -> Loader<'a> {
        let mut loader = Loader { readers: Vec::new(), origins: Vec::new(), problems: Vec::new() };
        for (index, file) in files.iter().enumerate() {
            match file {
                Ok(file) => {
                    loader.readers.push(RuleReader::open(index, file));
                    loader.origins.push(file.source.origin);
                }
                Err(problems) => loader.problems.extend_from_slice(problems),
            }
        }
        loader
    }

    /// Hash of the canonical form of all sources.
    fn hash(&self) -> String {
        let mut order: Vec<usize> = (0..self.readers.len()).collect();
        // Overlays keep their order, since later ones win; the rest is sorted by id.
        order.sort_by_key(|&index| match self.origins[index] {
            Origin::Overlay => (1, String::new(), index),
            _ => (0, self.readers[index].id().unwrap_or_default().to_owned(), 0),
        });
        let mut hash = Sha256::new();
        for index in order {
            self.readers[index].hash_into(&mut hash);
        }
        hex(&hash.finalize())
    }

    fn rulebook(&mut self, identity: RulebookIdentity) -> Option<Rulebook> {
        let documents = self.documents();
        let gaps = self.register("known-gaps", "gap");
        let searches = self.register("local-searches", "search");
        let circumstances = self.circumstances();
        let rulebook = Rulebook::read(self, identity, documents, gaps, searches, circumstances);
        self.refuse_unknown_families();
        let mut rulebook = rulebook?;
        rulebook.resolve_packs();
        Some(rulebook)
    }

    fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems;
        problems.extend(self.readers.into_iter().flat_map(|reader| reader.problems));
        problems
    }

    /// Positions of the readers whose file carries this id: the family file first, overlays after it.
    pub(super) fn with_id(&self, id: &str) -> Vec<usize> {
        (0..self.readers.len()).filter(|&index| self.readers[index].id() == Some(id)).collect()
    }

    fn documents(&mut self) -> Vec<(Document, usize, Range<usize>)> {
        let mut documents = Vec::new();
        for index in 0..self.readers.len() {
            let reader = &mut self.readers[index];
            let is_register = reader.id() == Some("documents");
            for table in reader.take_tables("document") {
                let span = table.span();
                documents.extend(reader.typed::<Document>(table).map(|document| (document, index, span)));
            }
            if is_register {
                reader.header();
            }
        }
        documents
    }

    /// A list of undated entries.
    fn register<T: DeserializeOwned>(&mut self, id: &str, key: &str) -> Vec<T> {
        let mut entries = Vec::new();
        for index in self.with_id(id) {
            let reader = &mut self.readers[index];
            for table in reader.take_tables(key) {
                entries.extend(reader.typed::<T>(table));
            }
            reader.header();
        }
        entries
    }

    /// The vocabulary of circumstances; a pack may bring words of its own.
    fn circumstances(&mut self) -> Vec<CircumstanceEntry> {
        const ID: &str = "circumstances";
        let mut words: Vec<CircumstanceEntry> = Vec::new();
        let mut known = BTreeSet::new();
        for reader in &mut self.readers {
            let is_register = reader.id() == Some(ID);
            for table in reader.take_tables("circumstance") {
                let span = table.span();
                let Some(word) = reader.typed::<CircumstanceEntry>(table) else { continue };
                // A test finds no names twice in the bundled files; their folding is a tenth of a start.
                if reader.is_packed() {
                    words.push(word);
                    continue;
                }
                // Two words for one thing, or one word for two, would split the people of a policy.
                let own: BTreeSet<String> = word.names().map(fold).collect();
                if let Some(name) = own.intersection(&known).next() {
                    reader.report(RuleCheck::CircumstanceDuplicate, span, &[("read", name.clone())]);
                }
                known.extend(own);
                words.push(word);
            }
            if is_register {
                reader.header();
            }
        }
        words
    }

    /// What is still unread belongs to no family.
    fn refuse_unknown_families(&mut self) {
        for reader in &mut self.readers {
            if let Some(id) = reader.id().map(str::to_owned) {
                reader.report(RuleCheck::UnknownFamily, 0..0, &[("read", id)]);
            } else if !reader.is_empty() {
                reader.report(RuleCheck::MissingKey, 0..0, &[("detail", "missing field `id`".to_owned())]);
            }
        }
    }
}

/// Hash of all sources, and what was replaced or added.
fn identity(sources: &[Source], sha256: String) -> RulebookIdentity {
    let named = |origin: Origin| {
        let found = sources.iter().filter(|source| source.origin == origin);
        found.map(|source| source.name.clone()).collect()
    };
    RulebookIdentity {
        sha256,
        families: sources.iter().filter(|source| source.origin != Origin::Overlay).count(),
        replaced: named(Origin::Folder),
        overlays: named(Origin::Overlay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned().into(), origin: Origin::Folder }
    }

    #[test]
    fn what_is_wrong_stands_in_the_order_of_the_files_and_lines() {
        let names = ["rules/the_second.toml", "rules/a_third.toml", "rules/the_first.toml"];
        let files = names.map(|name| file(name, "schema = 1\nid = = 1\n"));
        let found = load(&files).diagnostics;
        let broken = found.iter().filter(|problem| problem.check == RuleCheck::TomlSyntax);
        let mut order: Vec<&str> = broken.map(|problem| problem.file.as_str()).collect();
        order.dedup();
        assert_eq!(order, names);
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_is_refused_unless_it_is_empty() {
        let found = |text: &str| -> Vec<RuleCheck> {
            let (_, found) = read(&[file("rules/of_nobody.toml", text)]);
            let own = found.iter().filter(|problem| problem.file == "rules/of_nobody.toml");
            own.map(|problem| problem.check).collect()
        };
        assert_eq!(found("schema = 1\n"), [RuleCheck::MissingKey]);
        assert_eq!(found("# Nothing is said here.\n"), []);
    }
}
