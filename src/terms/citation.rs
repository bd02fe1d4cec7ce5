//! Căn cứ pháp lý: documents, articles, and how well a rule was verified.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Loại văn bản.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// Luật.
    Law,
    /// Nghị quyết.
    Resolution,
    /// Nghị định.
    Decree,
    /// Thông tư, thông tư liên tịch.
    Circular,
    /// Quyết định.
    Decision,
    /// Công văn.
    OfficialLetter,
    /// A practice or convention without a text of its own.
    Practice,
}

/// Số hiệu điều, khoản: a number with an optional letter (`6`, `48b`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numeral(String);

impl Numeral {
    /// A plain number.
    pub fn number(number: u32) -> Numeral {
        Numeral(number.to_string())
    }

    /// The numeral as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Numeral {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Plain numbers become JSON integers, `48b` stays a text.
impl Serialize for Numeral {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u32>() {
            Ok(number) => out.serialize_u32(number),
            Err(_) => out.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Numeral {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Numeral, D::Error> {
        struct Reader;
        impl de::Visitor<'_> for Reader {
            type Value = Numeral;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number (6) or a number with a letter (\"48b\")")
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Numeral, E> {
                u32::try_from(number).map(|number| Numeral(number.to_string())).map_err(E::custom)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Numeral, E> {
                if text.starts_with(|first: char| first.is_ascii_digit()) {
                    Ok(Numeral(text.to_owned()))
                } else {
                    Err(E::custom(format!("`{text}` does not start with a number")))
                }
            }
        }
        input.deserialize_any(Reader)
    }
}

/// Trích dẫn: the place in a legal text on which a recorded rule rests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenCitation")]
pub struct Citation {
    /// Id of the document in the register.
    pub document: String,
    /// Điều.
    pub article: Option<Numeral>,
    /// Khoản.
    pub clause: Option<Numeral>,
    /// Điểm, including đ.
    pub point: Option<String>,
    /// Điều của luật được sửa: where an amending act rewrote a provision, the provision people know (`13.3.b`).
    pub amends: Option<String>,
    /// What a reader should know about this citation, in Vietnamese and in English.
    pub note: Option<[String; 2]>,
}

/// A citation as rule files write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenCitation {
    document: String,
    article: Option<Numeral>,
    clause: Option<Numeral>,
    point: Option<String>,
    amends: Option<String>,
    note_vi: Option<String>,
    note_en: Option<String>,
}

impl TryFrom<WrittenCitation> for Citation {
    type Error = &'static str;

    fn try_from(written: WrittenCitation) -> Result<Citation, &'static str> {
        let WrittenCitation { document, article, clause, point, amends, note_vi, note_en } = written;
        let note = match (note_vi, note_en) {
            (Some(vi), Some(en)) => Some([vi, en]),
            (None, None) => None,
            _ => return Err("`note-vi` and `note-en` go together"),
        };
        Ok(Citation { document, article, clause, point, amends, note })
    }
}

/// Mức độ kiểm chứng: how the recorded rule was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The legal text itself was read.
    Primary,
    /// Independent secondary sources agree; the text was not read.
    Secondary,
    /// Recorded from memory or a single weak source; results carry a warning.
    Unverified,
}

/// Ngày quyết định áp dụng: which date of a case picks the version of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DatedBy {
    /// Ngày đóng tiền.
    PaymentDate,
    /// Tháng được bảo hiểm.
    CoverageMonth,
    /// Ngày thẻ bắt đầu có giá trị.
    CoverageStart,
    /// Ngày phải đóng.
    DueDate,
    /// Ngày vào viện.
    Admission,
    /// Ngày ra viện, kết thúc lượt khám.
    Discharge,
    /// Ngày thực hiện dịch vụ.
    ServiceDate,
    /// Ngày chuyển người bệnh.
    TransferDate,
    /// The group's own row says which date governs (base salary: payment or each month).
    ByGroup,
}

/// Xuất xứ của một quy định: where a value came from, as every result carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRef {
    /// Rule family, or family and entry: `base-salary`, `state-subsidy/near-poor`.
    pub rule: String,
    /// First day of the version.
    pub effective_from: NaiveDate,
    /// Last day of the version where the text names one.
    pub effective_until: Option<NaiveDate>,
    /// How it was verified.
    pub evidence: Evidence,
    /// Day on which a person last compared the version with its sources.
    pub checked_on: NaiveDate,
    /// Day after which the family makes no claim to be current.
    pub verified_until: Option<NaiveDate>,
    /// What was disputed or could not be read, in Vietnamese and in English.
    pub note: Option<[String; 2]>,
    /// The texts it rests on; shared, since every step of every result has them.
    pub cites: Arc<[Citation]>,
    /// Overlay or folder the version came from, when it is not a bundled one.
    pub origin: Option<String>,
}
