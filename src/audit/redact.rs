//! Che dữ liệu cá nhân: what a report may say about whom a claim is for.
//!
//! Reports carry no names, birth dates or card numbers at all: they are never read out of the file. What remains is
//! the claim's own key (MA_LK) and the name of the file.

use sha2::{Digest, Sha256};

/// Cách che.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redaction {
    /// The last characters only.
    Mask,
    /// A keyed fingerprint: the same claim has the same one under the same key.
    Hash(Vec<u8>),
    /// Nothing.
    Drop,
    /// As it stands; only on request.
    Show,
}

/// Characters of a key that a mask leaves.
const LEFT: usize = 3;

/// Digits in a row from which a part of a file name is taken for a number of a person.
const PERSONAL_DIGITS: usize = 9;

impl Redaction {
    /// Mã lượt khám as it may be shown.
    pub fn id(&self, id: &str) -> String {
        match self {
            Redaction::Mask if id.chars().count() <= 2 * LEFT => "****".to_owned(),
            Redaction::Mask => {
                let end: Vec<char> = id.chars().rev().take(LEFT).collect();
                format!("****{}", end.into_iter().rev().collect::<String>())
            }
            Redaction::Hash(key) => fingerprint(key, id),
            Redaction::Drop => String::new(),
            Redaction::Show => id.to_owned(),
        }
    }

    /// Tên tệp as it may be shown: long numbers in it are masked, since some exporters name files by card or claim.
    pub fn file(&self, name: &str) -> String {
        if *self == Redaction::Show {
            return name.to_owned();
        }
        let mut out = String::with_capacity(name.len());
        let mut digits = String::new();
        for letter in name.chars().chain(['\0']) {
            if letter.is_ascii_digit() {
                digits.push(letter);
                continue;
            }
            if digits.len() >= PERSONAL_DIGITS {
                out.push('…');
                out.push_str(&digits[digits.len() - 2..]);
            } else {
                out.push_str(&digits);
            }
            digits.clear();
            if letter != '\0' {
                out.push(letter);
            }
        }
        out
    }
}

/// Bytes of a block of the hash.
const BLOCK: usize = 64;

/// HMAC-SHA-256, the first 16 hexadecimal digits.
fn fingerprint(key: &[u8], text: &str) -> String {
    let mut block = [0_u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize();
    outer.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_leave_the_end_and_drop_leaves_nothing() {
        assert_eq!(Redaction::Mask.id("LK000123456"), "****456");
        assert_eq!(Redaction::Mask.id("12345"), "****");
        assert_eq!(Redaction::Drop.id("LK000123456"), "");
        assert_eq!(Redaction::Show.id("LK000123456"), "LK000123456");
    }

    /// RFC 4231, test case 2.
    #[test]
    fn the_fingerprint_is_an_hmac() {
        assert_eq!(fingerprint(b"Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e");
        let hash = |key: &str| Redaction::Hash(key.as_bytes().to_vec()).id("LK000123456");
        assert_eq!(hash("a"), hash("a"));
        assert_ne!(hash("a"), hash("b"));
    }

    #[test]
    fn long_numbers_in_file_names_are_masked_and_dates_are_not() {
        assert_eq!(Redaction::Mask.file("out/GD4790123456789_20260701.xml"), "out/GD…89_20260701.xml");
        assert_eq!(Redaction::Show.file("GD4790123456789.xml"), "GD4790123456789.xml");
    }
}
