//! Đối tượng của một ô: which group a cell names, remembered.

use super::cells::{empty, remember, text};
use crate::rulebook::family::EnrolleeGroup;
use crate::rulebook::{GroupLookup, GroupNames, Rulebook};
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

const NO_GROUP: u16 = u16::MAX;

/// Nhận ra đối tượng: by card code, id or name.
pub struct Groups<'r> {
    rules: &'r Rulebook,
    by_text: QuickMap<Vec<u8>, Result<usize, Problem>>,
    /// Groups by the two capital letters that named them before.
    by_code: Vec<u16>,
    /// Made when the first text is met.
    names: Option<GroupNames<'r>>,
    /// The group that holds for all rows: it settles a name that several groups have.
    for_all: Option<String>,
}

impl<'r> Groups<'r> {
    /// The groups of a rulebook.
    pub fn new(rules: &'r Rulebook) -> Groups<'r> {
        Groups {
            rules,
            by_text: QuickMap::default(),
            by_code: vec![NO_GROUP; 26 * 26],
            names: None,
            for_all: None,
        }
    }

    /// The same where a group was named for all rows: `HSSV` is then the one of pupils and students that was named.
    #[must_use]
    pub fn settled_by(mut self, group: Option<&str>) -> Groups<'r> {
        self.for_all = group.map(str::to_owned);
        self
    }

    /// Position of the group that a cell names.
    ///
    /// # Errors
    /// A [`Problem`] for a cell of the field `field` that names no group, or several.
    #[inline]
    pub fn find(&mut self, cell: &[u8], field: &'static str) -> Result<usize, Problem> {
        let code = letters(cell);
        match code.map(|slot| self.by_code[slot]) {
            Some(known) if known != NO_GROUP => Ok(usize::from(known)),
            _ => self.find_by_text(cell, code, field),
        }
    }

    fn find_by_text(
        &mut self,
        cell: &[u8],
        code: Option<usize>,
        field: &'static str,
    ) -> Result<usize, Problem> {
        if let Some(known) = self.by_text.get(cell) {
            return known.clone();
        }
        let named = text(cell)?;
        let found = if named.is_empty() {
            Err(empty(field))
        } else {
            let names = self.names.get_or_insert_with(|| GroupNames::of(self.rules));
            let for_all = self.for_all.as_deref().and_then(|group| position_among(names, group).ok());
            position_among(names, &named).or_else(|meant| match for_all {
                Some(group) if meant.contains(&group) => Ok(group),
                _ if meant.len() > 1 => {
                    let codes: Vec<&str> = meant.iter().map(|at| self.rules.groups()[*at].code()).collect();
                    Err(Problem::new(Code::AmbiguousGroup).with("candidates", codes.join(", ")))
                }
                _ => Err(Problem::new(Code::UnknownGroup)),
            })
        };
        match (code, found.as_ref().ok().and_then(|at| u16::try_from(*at).ok())) {
            (Some(slot), Some(at)) => self.by_code[slot] = at,
            _ => remember(&mut self.by_text, cell, found.clone()),
        }
        found
    }
}

/// The group that a list names: `GD`, `Hộ gia đình (GD)`, `GD - Hộ gia đình`, `BHYT hộ gia đình`. Parts that name two groups name none.
///
/// # Errors
/// [`GroupLookup`].
pub fn find_group<'r>(rules: &'r Rulebook, named: &str) -> Result<&'r EnrolleeGroup, GroupLookup> {
    let name = |at: usize| rules.groups()[at].name_vi.clone();
    match position_among(&GroupNames::of(rules), named) {
        Ok(at) => Ok(&rules.groups()[at]),
        // What may have been meant is found where it is asked for.
        Err(meant) => rules.find_group(named).map_err(|whole| match whole {
            GroupLookup::Unknown(_) if meant.len() > 1 => {
                GroupLookup::Ambiguous(meant.into_iter().map(name).collect())
            }
            whole => whole,
        }),
    }
}

/// Position of the group that a list names, or those that its parts name.
fn position_among(names: &GroupNames<'_>, named: &str) -> Result<usize, Vec<usize>> {
    let whole = match names.position(named) {
        Ok(at) => return Ok(at),
        Err(meant) => meant,
    };
    let plain = |part: &str| {
        let folded = fold(part);
        // `5. Hộ gia đình`, as lists number their kinds.
        let folded =
            folded.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ')' | '-'));
        let folded = ["bhyt-", "doi-tuong-", "nhom-", "bao-hiem-y-te-"]
            .iter()
            .fold(folded, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        folded.strip_suffix("-bhyt").unwrap_or(folded).to_owned()
    };
    // Names in a row must all be known: `Học sinh, sinh viên` are two groups.
    let several: Vec<_> = named.split([',', ';', '+']).map(|part| names.position(&plain(part))).collect();
    if let [Ok(first), rest @ ..] = &several[..]
        && rest.iter().any(|other| other.as_ref().is_ok_and(|other| other != first))
    {
        return Err(several.into_iter().flatten().collect());
    }
    let parts = named.split(['(', ')', '[', ']', ':', '–']).flat_map(|part| part.split(" - "));
    let mut found: Option<usize> = None;
    for part in parts.map(plain).filter(|part| !part.is_empty()) {
        match (names.position(&part), found) {
            (Ok(group), Some(known)) if known != group => return Err(vec![known, group]),
            (Ok(group), _) => found = Some(group),
            (Err(_), _) => {}
        }
    }
    found.ok_or(whole)
}

/// Slot of a two-letter code in capitals.
#[inline]
fn letters(cell: &[u8]) -> Option<usize> {
    match cell {
        [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] => {
            Some(usize::from(first - b'A') * 26 + usize::from(second - b'A'))
        }
        _ => None,
    }
}
