//! Danh sách đóng: closed lists with stable keys, declared once.

use super::fold::fold;

/// A closed list whose members have stable printed keys and a fixed order.
pub trait Listed: Copy + PartialEq + 'static {
    /// Every member, in order.
    const ALL: &'static [Self];
    /// The keys, in the same order.
    const KEYS: &'static [&'static str];
    /// Other words for each member in inputs, folded, in the same order.
    const OTHER_WORDS: &'static [&'static [&'static str]];
    /// The stable key used in rule files, inputs and results.
    fn key(self) -> &'static str;
    /// All keys, as a message lists what is accepted.
    fn keys() -> String {
        Self::KEYS.join(", ")
    }
    /// The member with a key.
    fn parse(key: &str) -> Option<Self> {
        place_of(Self::KEYS, key).map(|place| Self::ALL[place])
    }
    /// The member that a text means: its key or another word for it, in any case, with or without marks and dashes.
    fn read(text: &str) -> Option<Self> {
        place_meant(Self::KEYS, Self::OTHER_WORDS, text).map(|place| Self::ALL[place])
    }
}

/// What is asked of every list compiles once, by places, not once a list.
fn place_of(keys: &[&str], key: &str) -> Option<usize> {
    keys.iter().position(|known| *known == key)
}

fn place_meant(keys: &[&str], other_words: &[&[&str]], text: &str) -> Option<usize> {
    place_of(keys, text).or_else(|| {
        let read = fold(text);
        let mut members = keys.iter().zip(other_words);
        members.position(|(key, words)| fold(key) == read || words.contains(&read.as_str()))
    })
}

/// Declares a closed list with its keys, read and written by key.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $key:literal $(| $word:literal)*,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        pub enum $name { $($(#[$item])* #[serde(rename = $key)] $variant,)* }
        impl $crate::terms::listed::Listed for $name {
            const ALL: &'static [$name] = &[$($name::$variant,)*];
            const KEYS: &'static [&'static str] = &[$($key,)*];
            const OTHER_WORDS: &'static [&'static [&'static str]] = &[$(&[$($word),*],)*];
            fn key(self) -> &'static str { match self { $($name::$variant => $key,)* } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str($crate::terms::listed::Listed::key(*self))
            }
        }
    };
}
pub(crate) use listed;
