//! Thứ tự chỉ tiêu của một dòng.

use super::error::ReadError;
use crate::audit::tag::{FilePart, Tag};

/// Thứ tự chỉ tiêu: the fields of an item as the item before had them, by the tags that close them; exporters seldom change it.
#[derive(Debug, Default)]
pub struct FieldOrder(Vec<(Box<str>, Option<Tag>)>);

/// Fields remembered of an item, and the longest of their names; no edition has as many, or a longer one.
const MOST_FIELDS: usize = 256;
const LONGEST_NAME: usize = 64;

impl FieldOrder {
    /// The tag that closes the field that the item before had in a place, `</NAME>`, and the field.
    #[inline]
    pub(super) fn expected(&self, place: usize) -> Option<(&[u8], Option<Tag>)> {
        self.0.get(place).map(|(closing, tag)| (closing.as_bytes(), *tag))
    }

    /// The field of a name at a place, remembered.
    pub(super) fn field(&mut self, place: usize, name: &str) -> Result<Option<Tag>, ReadError> {
        match self.0.get(place) {
            Some((closing, tag)) if closing[2..].strip_suffix('>') == Some(name) => Ok(*tag),
            _ => {
                let tag = Tag::of(name);
                if tag.is_none() && FilePart::of_item(name).is_some() {
                    return Err(ReadError::NestedItem);
                }
                if place < MOST_FIELDS && name.len() <= LONGEST_NAME {
                    self.0.truncate(place);
                    self.0.push((["</", name, ">"].concat().into(), tag));
                }
                Ok(tag)
            }
        }
    }
}
