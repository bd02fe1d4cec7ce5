//! Phát hiện: one thing that is wrong in a claim, where, by how much, and by which text.

use std::sync::Arc;

use super::figure::Figure;
use super::tag::{FilePart, Tag};
use crate::terms::citation::Citation;
use crate::terms::listed::{Listed, listed};

listed! {
    /// Mức độ.
    Severity {
        /// Money differs, or cannot be told.
        Error = "error",
        /// A rule is broken without a difference in money of its own.
        Warning = "warning",
        /// The file cannot prove it: a person has to look.
        Question = "question",
        /// Worth knowing.
        Note = "note",
    }
}

listed! {
    /// Loại phép kiểm tra, by which they can be chosen.
    Class {
        /// The file is whole and can be read: always told.
        Form = "form",
        /// Amounts on the file's own terms.
        Money = "money",
        /// What the law gives.
        Law = "law",
        /// Moments and days.
        Times = "times",
        /// Whose claim it is, and whether it comes twice.
        Identity = "identity",
    }
}

/// Những loại được chọn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classes([bool; Class::ALL.len()]);

impl Classes {
    /// Every class.
    pub const ALL: Classes = Classes([true; Class::ALL.len()]);

    /// These, and the form of the file: what cannot be read is told whatever was asked for.
    pub fn only(wanted: &[Class]) -> Classes {
        let mut chosen = Classes::ALL;
        for (class, chosen) in Class::ALL.iter().zip(&mut chosen.0) {
            *chosen = *class == Class::Form || wanted.contains(class);
        }
        chosen
    }

    /// All but these.
    #[must_use]
    pub fn without(mut self, unwanted: &[Class]) -> Classes {
        for (class, chosen) in Class::ALL.iter().zip(&mut self.0) {
            *chosen &= !unwanted.contains(class);
        }
        self
    }

    /// True for a class that was chosen.
    pub fn has(self, class: Class) -> bool {
        Class::ALL.iter().zip(self.0).any(|(known, chosen)| chosen && *known == class)
    }
}

/// Một phép kiểm tra: code, words and the texts it rests on. One file of `checks/` each, beside what finds it.
#[derive(Debug)]
pub struct AuditCheck {
    /// Stable code, for instance `A01-fund-share`.
    pub code: &'static str,
    /// How grave a finding is, unless it says otherwise itself.
    pub severity: Severity,
    /// What kind of thing it looks for.
    pub class: Class,
    /// Short name: Vietnamese, English.
    pub title: [&'static str; 2],
    /// Sentence with `{facts}`: Vietnamese, English.
    pub says: [&'static str; 2],
    /// The page of `bhyt explain`: how it is checked, an example, known exceptions.
    pub explain: [&'static str; 2],
    /// Căn cứ.
    pub cites: &'static [Cite],
}

impl AuditCheck {
    /// The part of the code before the dash: `A01`.
    pub fn number(&self) -> &'static str {
        self.code.split('-').next().unwrap_or(self.code)
    }
}

/// Căn cứ của một phép kiểm tra.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cite {
    /// Id of the document in the register.
    pub document: &'static str,
    /// Điều, where the place is an article.
    pub article: Option<u32>,
    /// Khoản.
    pub clause: Option<u32>,
    /// Where else in the text: table and number. Vietnamese, English.
    pub place: [&'static str; 2],
}

impl Cite {
    /// A place in the tables of a claim-file standard.
    pub const fn table(document: &'static str, vi: &'static str, en: &'static str) -> Cite {
        Cite { document, article: None, clause: None, place: [vi, en] }
    }

    /// An article of a legal text.
    pub const fn article(document: &'static str, article: u32, clause: Option<u32>) -> Cite {
        Cite { document, article: Some(article), clause, place: ["", ""] }
    }
}

/// Giá trị khai báo hoặc tính lại.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingValue {
    /// Nothing to show.
    None,
    /// An amount, a price, a quantity.
    Amount(Figure),
    /// A percentage.
    Percent(Figure),
    /// A code, a count, the shape of an unreadable text.
    Text(String),
}

/// Phát hiện.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was found.
    pub check: &'static AuditCheck,
    /// How grave; as the check says, unless the amount is too small to matter.
    pub severity: Severity,
    /// The table.
    pub part: FilePart,
    /// The line in it, from 1; none for XML1.
    pub line: Option<u32>,
    /// The field, by the name of the file's own edition.
    pub tag: Option<Tag>,
    /// What the file says.
    pub declared: FindingValue,
    /// What it should say.
    pub expected: FindingValue,
    /// Declared less expected, where both are amounts.
    pub difference: Option<Figure>,
    /// What the fund pays too much (above zero) or too little because of it.
    pub fund: Figure,
    /// What the patient pays too much (above zero) or too little because of it.
    pub patient: Figure,
    /// Further facts of the sentence.
    pub facts: Vec<(&'static str, FindingValue)>,
    /// The texts of the law behind it, besides those of the check.
    pub law: Option<Arc<Vec<Citation>>>,
    /// Department of the line or claim (MA_KHOA).
    pub department: String,
    /// Who ordered the line (MA_BAC_SI).
    pub doctor: String,
}

impl Finding {
    /// A finding of a check at a place, about which nothing else is said yet.
    pub fn new(check: &'static AuditCheck, part: FilePart, tag: Option<Tag>, department: String) -> Finding {
        Finding {
            check,
            severity: check.severity,
            part,
            line: None,
            tag,
            declared: FindingValue::None,
            expected: FindingValue::None,
            difference: None,
            fund: Figure::ZERO,
            patient: Figure::ZERO,
            facts: Vec::new(),
            law: None,
            department,
            doctor: String::new(),
        }
    }

    /// The same with declared and expected amounts, and their difference.
    #[must_use]
    pub fn amounts(mut self, declared: Figure, expected: Figure) -> Finding {
        self.declared = FindingValue::Amount(declared);
        self.expected = FindingValue::Amount(expected);
        self.difference = Some(declared - expected);
        self
    }

    /// The same with other values.
    #[must_use]
    pub fn values(mut self, declared: FindingValue, expected: FindingValue) -> Finding {
        self.declared = declared;
        self.expected = expected;
        self
    }

    /// The same with what the fund and the patient pay too much.
    #[must_use]
    pub fn bearing(mut self, fund: Figure, patient: Figure) -> Finding {
        self.fund = fund;
        self.patient = patient;
        self
    }

    /// The same with the texts of the law behind it.
    #[must_use]
    pub fn by(mut self, cites: &Arc<Vec<Citation>>) -> Finding {
        self.law = Some(Arc::clone(cites));
        self
    }

    /// The same with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: FindingValue) -> Finding {
        self.facts.push((name, fact));
        self
    }
}

/// A short code as it may be shown: digits and dots with at most three letters in a row.
///
/// Codes come from the file and could hold anything, a name included; what does not look like a code is not
/// repeated.
pub fn shown_code(text: &str) -> String {
    let is_code = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b';');
    let letters_in_a_row = text.split(|letter: char| !letter.is_ascii_alphabetic()).map(str::len).max();
    let looks_like_one = text.len() <= LONGEST_CODE && letters_in_a_row.unwrap_or(0) <= MOST_LETTERS;
    if looks_like_one && text.bytes().all(is_code) { text.to_owned() } else { "?".to_owned() }
}

/// A doctor's code as it may be shown: digits, capitals and the marks of licence numbers, at most four capitals in a row.
pub fn shown_doctor(text: &str) -> String {
    let first = text.split(';').next().unwrap_or_default().trim();
    let is_code = |byte: u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'.' | b'-' | b'/' | b'_')
    };
    let capitals = first.split(|letter: char| !letter.is_ascii_alphabetic()).map(str::len).max();
    let looks_like_one = first.len() <= LONGEST_DOCTOR && capitals.unwrap_or(0) <= MOST_LETTERS + 1;
    if looks_like_one && first.bytes().all(is_code) { first.to_owned() } else { "?".to_owned() }
}

/// Longest code of a doctor shown.
const LONGEST_DOCTOR: usize = 24;

/// Longest code shown.
const LONGEST_CODE: usize = 16;

/// Letters in a row that a code may have (`VM.`, `_TB`, `KKB`).
const MOST_LETTERS: usize = 3;

#[cfg(test)]
mod tests {
    use super::shown_code;

    #[test]
    fn codes_are_shown_and_names_are_not() {
        for code in ["1.14", "K02.1907", "VM.12345", "22.0120.1370_TB", "KKB", "GD4", ""] {
            assert_eq!(shown_code(code), code);
        }
        for text in ["NGUYEN", "Nguyễn", "LAN ANH", "1.1 x", "=1+1", "12345678901234567"] {
            assert_eq!(shown_code(text), "?");
        }
    }
}
