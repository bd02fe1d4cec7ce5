//! Hai ngôn ngữ: Vietnamese and English, from one place.

/// Ngôn ngữ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The Vietnamese or the English one of a pair.
    pub const fn pick<T: Copy>(self, pair: [T; 2]) -> T {
        match self {
            Lang::Vi => pair[0],
            Lang::En => pair[1],
        }
    }

    /// Shorthand for a pair of phrases.
    pub const fn say(self, vi: &'static str, en: &'static str) -> &'static str {
        self.pick([vi, en])
    }
}
