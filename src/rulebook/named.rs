//! Họ quy định gồm nhiều mục có tên: one file, several rules, each with an id, names and its own versions.

use super::family::Header;
use super::timeline::Timeline;

/// Một mục có tên.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// Id within its file.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
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
