//! Danh sách đóng: closed lists with stable keys, declared once.

/// A closed list whose members have stable printed keys and a fixed order.
pub trait Listed: Copy + PartialEq + 'static {
    /// Every member, in order.
    const ALL: &'static [Self];
    /// The stable key used in rule files, inputs and results.
    fn key(self) -> &'static str;
    /// Other words for the member in inputs, folded.
    fn other_words(self) -> &'static [&'static str];
    /// All keys, as a message lists what is accepted.
    fn keys() -> String {
        Self::ALL.iter().map(|member| member.key()).collect::<Vec<_>>().join(", ")
    }
    /// The member with a key.
    fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.key() == key)
    }
    /// The member that a text means: its key or another word for it, in any case, with or without marks and dashes.
    fn read(text: &str) -> Option<Self> {
        if let Some(member) = Self::parse(text) {
            return Some(member);
        }
        let read = crate::terms::fold::fold(text);
        Self::ALL.iter().copied().find(|member| {
            crate::terms::fold::fold(member.key()) == read || member.other_words().contains(&read.as_str())
        })
    }
}

/// Declares a closed list with its keys, read and written by key.
macro_rules! listed {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $key:literal $(| $word:literal)*,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        pub enum $name { $($(#[$item])* #[serde(rename = $key)] $variant,)* }
        impl $crate::terms::listed::Listed for $name {
            const ALL: &'static [$name] = &[$($name::$variant,)*];
            fn key(self) -> &'static str { match self { $($name::$variant => $key,)* } }
            fn other_words(self) -> &'static [&'static str] {
                match self { $($name::$variant => &[$($word),*],)* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str($crate::terms::listed::Listed::key(*self))
            }
        }
    };
}
pub(crate) use listed;
