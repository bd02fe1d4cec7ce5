//! Danh mục văn bản và khoảng trống: the register of documents, and what of the law is not modelled.

use serde::{Deserialize, Serialize};

use crate::terms::citation::DocumentKind;
use crate::terms::period::RuleDate;

/// Văn bản: an entry of the register of documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Document {
    /// Id used in citations.
    pub id: String,
    /// Official number, for instance `188/2025/NĐ-CP`.
    pub number: String,
    /// The same in English, where the number is words.
    pub number_en: Option<String>,
    /// Kind of instrument.
    pub kind: DocumentKind,
    /// Vietnamese title.
    pub title_vi: String,
    /// Day of signature, where known.
    pub signed: Option<RuleDate>,
    /// First day in force, where known.
    pub effective: Option<RuleDate>,
    /// How far the text itself was read.
    pub read: DocumentRead,
    /// Documents it replaces or amends.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// Điều người đọc cần biết.
    pub note_vi: Option<String>,
    /// What a reader should know.
    pub note_en: Option<String>,
}

/// Đã đọc văn bản đến đâu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRead {
    /// The whole text.
    Whole,
    /// The parts that are cited.
    Parts,
    /// The text of a scan, through character recognition.
    Scan,
    /// Not read: known through others.
    NotRead,
}

/// Khoảng trống đã biết: what is not modelled, from when to when, and why.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Gap {
    /// Id of the gap.
    pub id: String,
    /// Vietnamese wording.
    pub what_vi: String,
    /// English wording.
    pub what_en: String,
    /// First day concerned.
    pub from: Option<RuleDate>,
    /// Last day concerned.
    pub until: Option<RuleDate>,
    /// Vì sao còn bỏ ngỏ.
    pub why_vi: String,
    /// Why it is open.
    pub why_en: String,
    /// Chương trình xử lý thế nào trong lúc chờ.
    pub meanwhile_vi: String,
    /// What the program does meanwhile.
    pub meanwhile_en: String,
}
