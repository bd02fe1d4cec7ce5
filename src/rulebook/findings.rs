//! Kết quả kiểm tra: where the checks of a rulebook put what they find.

use super::Rulebook;
use super::diagnostic::{Diagnostic, RuleCheck};
use super::source::Source;
use super::timeline::SourcePlace;

/// Where checks put what they find.
pub(super) struct Findings<'a> {
    pub(super) sources: &'a [Source],
    pub(super) found: Vec<Diagnostic>,
}

impl Findings<'_> {
    pub(super) fn add(&mut self, check: RuleCheck, place: &SourcePlace, facts: &[(&'static str, String)]) {
        if let Some(source) = self.sources.get(place.source) {
            let mut diagnostic = Diagnostic::new(check, &source.name, &source.text, place.span.clone());
            diagnostic.facts.extend_from_slice(facts);
            self.found.push(diagnostic);
        }
    }
}

pub(super) type CheckFn = fn(&Rulebook, &mut Findings<'_>);
