//! Hoàn cảnh: the one vocabulary of circumstances that all policies share.

use serde::Deserialize;

use super::Rulebook;
use super::predicate::{Predicate, opposite};
use crate::terms::fold::fold;

/// Một hoàn cảnh.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CircumstanceEntry {
    /// What rule files and `--tag` call it.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Other names people type.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What its date is, in Vietnamese, where it has one.
    pub date_vi: Option<String>,
    /// What its date is, in English.
    pub date_en: Option<String>,
}

impl CircumstanceEntry {
    /// Every name under which people may give it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.name_vi, &self.name_en].into_iter().chain(&self.aliases).map(String::as_str)
    }
}

impl Rulebook {
    /// The registered circumstance with an id.
    pub fn circumstance(&self, id: &str) -> Option<&CircumstanceEntry> {
        self.circumstances.iter().find(|known| known.id == id)
    }

    /// Tên chuẩn của một hoàn cảnh, whatever its spelling; what nobody registered stays as typed.
    pub fn canonical_tag(&self, typed: &str) -> String {
        let key = fold(typed);
        let called = |key: &str| {
            let known = self.circumstances.iter().find(|known| known.names().any(|name| fold(name) == key));
            known.map(|known| known.id.clone())
        };
        // What is denied: `no-` before the id, `không` or `chưa` before a Vietnamese name.
        let denied = || {
            let of = ["no-", "khong-", "chua-"].iter().find_map(|not| key.strip_prefix(not))?;
            called(of).or_else(|| called(bare(of))).map(|id| opposite(&id))
        };
        called(&key).or_else(denied).or_else(|| called(bare(&key))).unwrap_or(key)
    }

    /// Hoàn cảnh mà các chính sách hỏi đến: every circumstance some policy asks for, and its opposite.
    pub fn known_tags(&self) -> Vec<String> {
        let asked = self.policies().flat_map(|policy| policy.when.iter()).flat_map(Predicate::circumstances);
        let asked = asked.chain(self.circumstances.iter().map(|known| &known.id));
        let mut tags: Vec<String> = asked.flat_map(|tag| [tag.clone(), opposite(tag)]).collect();
        tags.extend(self.local_readings().map(str::to_owned));
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    /// Names of the other readings of local policies, which a person carries like circumstances.
    pub fn local_readings(&self) -> impl Iterator<Item = &str> {
        self.policies().filter_map(|policy| policy.reading.as_ref()).map(|reading| reading.id.as_str())
    }

    /// Names of a circumstance in Vietnamese and English, the id where it has none.
    pub fn tag_name(&self, tag: &str) -> [String; 2] {
        if let Some(known) = self.circumstance(tag) {
            return [known.name_vi.clone(), known.name_en.clone()];
        }
        match self.circumstance(&opposite(tag)) {
            Some(known) => {
                [format!("không {}", lower(&known.name_vi)), format!("not: {}", lower(&known.name_en))]
            }
            None => [tag.to_owned(), tag.to_owned()],
        }
    }
}

/// A folded name without the words people put before it (`là người dân tộc`, `có hộ khẩu thường trú`, `đang hưởng lương hưu`).
fn bare(key: &str) -> &str {
    const BEFORE: [&str; 9] = ["la-", "co-", "bi-", "duoc-", "dang-", "huong-", "thuoc-", "nguoi-", "dien-"];
    let mut rest = key;
    while let Some(shorter) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest
}

/// A name inside a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    let second_is_upper = name.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
