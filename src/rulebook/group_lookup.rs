//! Tìm đối tượng: the group that a card code, a name or a title stands for, or the question to ask.

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
    /// A part of a name is a question, never an answer: it leaves out what tells one group from another (`người cao tuổi` is no
    /// `người cao tuổi hưởng trợ cấp tuất`).
    ///
    /// # Errors
    /// [`GroupLookup`] when no group or more than one answers to the text.
    pub fn find_group(&self, typed: &str) -> Result<&EnrolleeGroup, GroupLookup> {
        let groups = self.groups();
        if let Some(code) = code_on_card(typed)
            && let Some(group) = groups.iter().find(|group| group.codes.contains(&code))
        {
            return Ok(group);
        }
        let key = fold(typed);
        let squeezed = key.replace('-', "");
        let answering = |answers: &dyn Fn(&str) -> bool| -> Vec<&EnrolleeGroup> {
            groups.iter().filter(|group| names(group).any(|name| answers(&fold(name)))).collect()
        };
        let mut named = answering(&|name| name == key);
        if named.is_empty() {
            named = answering(&|name| name.replace('-', "") == squeezed);
        }
        match named[..] {
            [group] => return Ok(group),
            [] => {}
            _ => return Err(ambiguous(&named)),
        }
        let mut meant =
            if key.len() < SHORTEST_PART { Vec::new() } else { answering(&|name| holds(name, &key)) };
        if meant.is_empty() {
            meant = self.named_within(&key);
        }
        Err(match meant[..] {
            [] => {
                let all = groups.iter().flat_map(names);
                GroupLookup::Unknown(nearest(typed, all).map(str::to_owned))
            }
            [group] => GroupLookup::Unknown(Some(shown(group))),
            _ => ambiguous(&meant),
        })
    }

    /// The groups with the longest name of several words that stands in the text (`học sinh` in `học sinh lớp 1`).
    fn named_within(&self, key: &str) -> Vec<&EnrolleeGroup> {
        let within = |group: &EnrolleeGroup| {
            let names = names(group).map(fold);
            names.filter(|name| name.contains('-') && holds(key, name)).map(|name| name.len()).max()
        };
        let longest = self.groups().iter().filter_map(within).max();
        self.groups().iter().filter(|group| longest.is_some() && within(group) == longest).collect()
    }
}

/// Every name of a group.
fn names(group: &EnrolleeGroup) -> impl Iterator<Item = &str> {
    let official = [&group.id, &group.name_vi, &group.name_en];
    official.into_iter().chain(&group.codes).chain(&group.aliases).map(String::as_str)
}

/// Whether a folded text holds another as whole words.
fn holds(text: &str, part: &str) -> bool {
    format!("-{text}-").contains(&format!("-{part}-"))
}

fn ambiguous(groups: &[&EnrolleeGroup]) -> GroupLookup {
    GroupLookup::Ambiguous(groups.iter().map(|group| shown(group)).collect())
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
