//! Thẻ XML: elements and attributes in the text of a part, told without a parser.

/// The texts between `<name ` and `>` of elements, with or without a prefix.
pub(super) fn elements<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    text.split('<').skip(1).filter_map(move |part| {
        let (tag, rest) = part.split_once(|letter: char| letter.is_whitespace())?;
        let local = tag.rsplit(':').next().unwrap_or(tag);
        (local == name).then(|| rest.split('>').next().unwrap_or_default())
    })
}

/// An attribute of an element, by its name or by what follows a prefix.
pub(super) fn attribute<'t>(element: &'t str, name: &str, prefixed: bool) -> Option<&'t str> {
    let mut rest = element;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = after.trim_start();
        let mark = after.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let (value, next) = after[1..].split_once(mark)?;
        let matches =
            if prefixed { key.rsplit_once(':').is_some_and(|(_, local)| local == name) } else { key == name };
        if matches {
            return Some(value);
        }
        rest = next;
    }
    None
}
