//! Giám định hồ sơ: hospitals' claim files read, replayed line by line, and compared.
//!
//! ```text
//! bytes ─▶ xml (envelope, parts) ─▶ record (raw fields) ─▶ claim_file (one record for all standards) ─┐
//!                                                                                                     ▼
//!                              report ◀─ finding (code, money, article) ◀─ checks ◀─ replay (what the law gives)
//! ```

pub mod adapt;
pub mod checks;
pub mod claim_file;
pub mod due;
pub mod examine;
pub mod figure;
pub mod finding;
pub mod legal;
pub mod moment;
pub mod number_text;
pub mod prices;
pub mod record;
pub mod redact;
pub mod replay;
pub mod run;
pub mod source;
pub mod summary;
pub mod tag;
pub mod whole;
pub mod xml;
