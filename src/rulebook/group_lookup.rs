//! Tìm đối tượng: the group that a card code, a name or a title stands for, or the question to ask.

use std::sync::OnceLock;

use super::Rulebook;
use super::family::EnrolleeGroup;
use crate::terms::fold::{fold, nearest};

/// Shortest text that may be a part of a name.
const SHORTEST_PART: usize = 4;

/// Không tìm thấy đối tượng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupLookup {
    /// No group answers to the text; what may have been meant.
    Unknown(Option<String>),
    /// Several groups answer to it.
    Ambiguous(Vec<String>),
}

impl Rulebook {
    /// Tìm đối tượng theo mã thẻ, id hoặc tên; case and diacritics do not matter.
    ///
    /// # Errors
    /// [`GroupLookup`] when no group or more than one answers to the text.
    pub fn find_group(&self, typed: &str) -> Result<&EnrolleeGroup, GroupLookup> {
        GroupNames::of(self).find(typed)
    }
}

/// Tên của mọi đối tượng, folded once for many texts.
#[derive(Debug, Clone)]
pub struct GroupNames<'r> {
    groups: &'r [EnrolleeGroup],
    /// Names between dashes, with the positions of their groups in the order of the law; made when a text is no code.
    folded: OnceLock<Vec<(String, usize)>>,
    /// The same names without their filling words, made when a text needs them.
    plain: OnceLock<Vec<String>>,
}

impl<'r> GroupNames<'r> {
    /// The names of the groups of a rulebook.
    pub fn of(rules: &'r Rulebook) -> GroupNames<'r> {
        GroupNames { groups: rules.groups(), folded: OnceLock::new(), plain: OnceLock::new() }
    }

    fn folded(&self) -> &[(String, usize)] {
        self.folded.get_or_init(|| {
            let all = self.groups.iter().enumerate();
            all.flat_map(|(at, group)| names(group).map(move |name| (between_dashes(name), at))).collect()
        })
    }

    fn find(&self, typed: &str) -> Result<&'r EnrolleeGroup, GroupLookup> {
        self.position(typed).map(|at| &self.groups[at]).map_err(|meant| match meant[..] {
            [] => {
                let all = self.groups.iter().flat_map(names);
                GroupLookup::Unknown(nearest(typed, all).map(str::to_owned))
            }
            [at] => GroupLookup::Unknown(Some(shown(&self.groups[at]))),
            _ => GroupLookup::Ambiguous(meant.iter().map(|at| shown(&self.groups[*at])).collect()),
        })
    }

    /// Position of the group that a text names.
    ///
    /// A part of a name is a question, never an answer: it leaves out what tells one group from another (`người cao tuổi` is no
    /// `người cao tuổi hưởng trợ cấp tuất`).
    ///
    /// # Errors
    /// The groups that may have been meant: none, one, or the several that all have the name.
    pub fn position(&self, typed: &str) -> Result<usize, Vec<usize>> {
        if let Some(code) = code_on_card(typed)
            && let Some(at) = self.groups.iter().position(|group| group.codes.contains(&code))
        {
            return Ok(at);
        }
        let key = between_dashes(typed);
        let mut named = self.answering(|name| name == key);
        if named.is_empty() {
            named = self.answering(|name| letters(name).eq(letters(&key)));
        }
        if named.is_empty() {
            named = self.answering_plainly(&without_fillers(&key));
        }
        match named[..] {
            [at] => return Ok(at),
            [] => {}
            _ => return Err(named),
        }
        let is_long = key.len() >= SHORTEST_PART + 2;
        let meant = if is_long { self.answering(|name| name.contains(&key)) } else { Vec::new() };
        Err(if meant.is_empty() { self.named_within(&key) } else { meant })
    }

    /// The groups that have the name but for its filling words.
    fn answering_plainly(&self, key: &str) -> Vec<usize> {
        let plain =
            self.plain.get_or_init(|| self.folded().iter().map(|(name, _)| without_fillers(name)).collect());
        let named = plain
            .iter()
            .zip(self.folded())
            .filter(|(name, _)| key.len() >= SHORTEST_PART + 2 && *name == key);
        let mut found: Vec<usize> = named.map(|(_, (_, at))| *at).collect();
        found.dedup();
        found
    }

    fn answering(&self, answers: impl Fn(&str) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> =
            self.folded().iter().filter(|(name, _)| answers(name)).map(|(_, at)| *at).collect();
        found.dedup();
        found
    }

    /// The groups with the longest name of several words that stands in the text (`học sinh` in `học sinh lớp 1`).
    fn named_within(&self, key: &str) -> Vec<usize> {
        let within = |name: &str| name[1..name.len() - 1].contains('-') && key.contains(name);
        let longest =
            self.folded().iter().map(|(name, _)| name).filter(|name| within(name)).map(String::len).max();
        self.answering(|name| Some(name.len()) == longest && within(name))
    }
}

/// Every name of a group.
fn names(group: &EnrolleeGroup) -> impl Iterator<Item = &str> {
    let official = [&group.id, &group.name_vi, &group.name_en];
    official.into_iter().chain(&group.codes).chain(&group.aliases).map(String::as_str)
}

/// A name as its words stand within longer texts.
fn between_dashes(name: &str) -> String {
    format!("-{}-", fold(name))
}

/// A name without the words that lists leave out or add: `Người thuộc hộ nghèo` is `Người thuộc hộ gia đình nghèo`, an allowance is
/// monthly whether or not that is written.
fn without_fillers(name: &str) -> String {
    let fillers = [("-nguoi-", "-"), ("-thuoc-", "-"), ("-ho-gia-dinh-", "-ho-"), ("-hang-thang-", "-")];
    fillers.iter().fold(name.to_owned(), |name, (filler, plain)| name.replace(filler, plain))
}

/// A name without its dashes.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| *byte != b'-')
}

fn shown(group: &EnrolleeGroup) -> String {
    format!("{} ({})", group.code(), group.name_vi)
}

/// Mã đối tượng ở đầu mã thẻ: the two letters of `GD4` or of a whole card number, which is not kept.
fn code_on_card(typed: &str) -> Option<String> {
    /// Letters, digit of the level, province and number of a card.
    const LONGEST: usize = 15;
    let mut letters = typed.chars().filter(|letter| !matches!(letter, ' ' | '-' | '.'));
    let code: String = letters.by_ref().take(2).filter(char::is_ascii_alphabetic).collect();
    let digits: String = letters.collect();
    let level = digits.starts_with(|first: char| matches!(first, '1'..='5'));
    let fits =
        code.len() == 2 && digits.len() + 2 <= LONGEST && digits.bytes().all(|byte| byte.is_ascii_digit());
    (fits && level).then(|| code.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_letters_of_a_card_number_are_its_code() {
        for typed in ["GD4", "gd4", "GD 4", "GD-4", "GD.4", "GD4797912345678", "GD 4 79 79123 45678", "gd5"] {
            assert_eq!(code_on_card(typed).as_deref(), Some("GD"), "{typed}");
        }
        for typed in [
            "GD",
            "GD0",
            "GD6",
            "G4",
            "4",
            "",
            "GĐ4",
            "1D4",
            "GD4x",
            "GD4797912345678x",
            "GD47979123456789",
            "GDX4",
            "GD_4",
        ] {
            assert_eq!(code_on_card(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_short_text_is_no_part_of_a_name() {
        let rules = Rulebook::bundled();
        let names = GroupNames::of(&rules);
        // Four letters may be a part of a name, three are none.
        let meant = |typed: &str| names.position(typed).err().unwrap_or_default().len();
        assert!(meant("sinh") > 1, "{}", meant("sinh"));
        assert_eq!(meant("sin"), 0);
        // Three letters that are a word of many names, or all of one but for its filling words, are no answer either.
        assert_eq!([meant("hoc"), meant("gia")], [0, 0]);
    }
}
