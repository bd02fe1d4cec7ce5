//! Họ quy định gồm nhiều mục có tên: one file, several rules, each with an id, names and its own versions.

use serde::de::DeserializeOwned;

use super::family::Header;
use super::timeline::Timeline;

/// Nội dung của một mục có tên.
pub trait NamedRule: DeserializeOwned {
    /// The key under which the rule file writes each entry: `rule` for `[[rule]]`.
    const KEY: &'static str;
}

/// Một mục có tên.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// Id within its file.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Other names people type.
    pub aliases: Vec<String>,
    /// What it says, by date.
    pub versions: Timeline<T>,
}

/// Họ quy định gồm nhiều mục có tên.
#[derive(Debug, Clone)]
pub struct NamedFamily<T> {
    /// What the file says about itself.
    pub header: Header,
    /// Its entries, in the order of the file.
    pub entries: Vec<Named<T>>,
}

impl<T> NamedFamily<T> {
    /// The entry with an id.
    pub fn entry(&self, id: &str) -> Option<&Named<T>> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}
