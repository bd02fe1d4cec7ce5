//! Dữ kiện của một quy định: a value of law taken apart into named facts, from the value itself.
//!
//! Rule types are compared as values (`PartialEq`) and shown as what they serialise to, so no field can be forgotten.
//! How a value becomes facts: a field is named by its path; entries of a map and rows of a list stand under their own
//! key; the variant of an enum stands in place of the field; `name-vi` and `name-en` are one text in two languages.

use std::any::Any;

use serde::Serialize;

pub use super::taken_apart::FactValue;
use super::taken_apart::{Node, take_apart};

/// Một dữ kiện.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The field it comes from, `*` in place of a key: `groups.*`.
    pub path: String,
    /// The key of the entry or row, where the field has several.
    pub key: Option<String>,
    /// What it says.
    pub value: FactValue,
}

impl Fact {
    /// The stable name in results: the key of an entry, else the field.
    pub fn name(&self) -> String {
        let (_, below) = self.path.split_once('*').unwrap_or(("", &self.path));
        match &self.key {
            Some(key) => format!("{key}{}", below.replace('.', "-")),
            None => below.replace('.', "-"),
        }
    }
}

/// Một giá trị của luật: compared as it is, shown as what it serialises to.
pub trait RuleValue: Any + std::fmt::Debug {
    /// The value in parts.
    fn node(&self) -> Node;
    /// True when another value of the same type says the same.
    fn same(&self, other: &dyn RuleValue) -> bool;
    /// For the comparison.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Serialize + PartialEq + std::fmt::Debug + 'static> RuleValue for T {
    fn node(&self) -> Node {
        take_apart(self)
    }

    fn same(&self, other: &dyn RuleValue) -> bool {
        other.as_any().downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The facts of a value that is a field, or is the whole where the field has no name.
pub(super) fn facts(field: &str, value: &dyn RuleValue) -> Vec<Fact> {
    let mut facts = Vec::new();
    At::default().walk(field, value.node(), &mut facts);
    facts
}

/// Where in a value one stands.
#[derive(Debug, Clone, Default)]
struct At {
    path: String,
    key: Option<String>,
}

impl At {
    /// A field below; one without a name is its owner.
    fn field(&self, name: &str) -> At {
        let path = match (self.path.is_empty(), name.is_empty()) {
            (true, _) => name.to_owned(),
            (false, true) => self.path.clone(),
            (false, false) => format!("{}.{name}", self.path),
        };
        At { path, key: self.key.clone() }
    }

    /// An entry of a map or a list.
    fn entry(&self, key: String) -> At {
        At { path: self.field("*").path, key: Some(key) }
    }

    fn walk(&self, field: &str, node: Node, facts: &mut Vec<Fact>) {
        let here = self.field(field);
        match node {
            Node::Nothing => {}
            Node::Value(value) => facts.push(here.or_root("amount").fact(value)),
            Node::Unit { of, is } => {
                facts.push(here.or_root(&of.to_lowercase()).fact(FactValue::Name(is.to_owned())));
            }
            Node::Variant(name, inner) => match *inner {
                Node::Fields(fields) => walk_fields(self, fields, facts),
                inner => self.walk(name, inner, facts),
            },
            Node::Fields(fields) => walk_fields(&here, fields, facts),
            Node::Entries(entries) => {
                for (key, node) in entries {
                    here.entry(key).walk("", node, facts);
                }
            }
            Node::List(items) => here.walk_list(items, facts),
        }
    }

    fn walk_list(&self, items: Vec<Node>, facts: &mut Vec<Fact>) {
        if items.is_empty() {
            return;
        }
        match items.iter().map(Node::text).collect::<Option<Vec<String>>>() {
            Some(texts) => facts.push(self.clone().fact(FactValue::Name(texts.join(", ")))),
            None => items.into_iter().for_each(|item| self.walk_row(item, facts)),
        }
    }

    /// A row is known by its first field; the second is what it says.
    fn walk_row(&self, item: Node, facts: &mut Vec<Fact>) {
        let Node::Fields(fields) = item else { return self.walk("", item, facts) };
        let mut fields = bilingual(fields).into_iter();
        let Some((name, known_by)) = fields.next() else { return };
        let row = self.entry(known_by.text().unwrap_or_default());
        // A key has one language; the other one is not lost.
        if matches!(known_by, Node::Value(FactValue::Words(_))) {
            row.walk(&name, known_by, facts);
        }
        for (index, (name, node)) in fields.enumerate() {
            row.walk(if index == 0 { "" } else { &name }, node, facts);
        }
    }

    /// A value without any field has a name of its own.
    fn or_root(self, name: &str) -> At {
        if self.path.is_empty() { self.field(name) } else { self }
    }

    fn fact(self, value: FactValue) -> Fact {
        Fact { path: self.path, key: self.key, value }
    }
}

fn walk_fields(at: &At, fields: Vec<(String, Node)>, facts: &mut Vec<Fact>) {
    for (name, node) in bilingual(fields) {
        at.walk(&name, node, facts);
    }
}

/// Fields `x-vi` and `x-en` as one text `x`.
fn bilingual(fields: Vec<(String, Node)>) -> Vec<(String, Node)> {
    let mut merged: Vec<(String, Node)> = Vec::new();
    for (name, node) in fields {
        let stem = name.strip_suffix("-en").map(|stem| format!("{stem}-vi"));
        match merged.last_mut() {
            Some((known, vietnamese)) if Some(&*known) == stem.as_ref() => {
                let texts = [vietnamese.text().unwrap_or_default(), node.text().unwrap_or_default()];
                known.truncate(known.len() - "-vi".len());
                *vietnamese = Node::Value(FactValue::Words(texts));
            }
            _ => merged.push((name, node)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::terms::number::{Share, Vnd};

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Sample {
        amount: Vnd,
        shares: BTreeMap<String, Share>,
        lapse: Lapse,
        rows: Vec<Row>,
        months: Vec<u32>,
        bounds: Bounds,
        missing: Option<u32>,
    }

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    enum Lapse {
        InDays(u32),
    }

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Row {
        id: String,
        name_vi: String,
        name_en: String,
        asked: bool,
    }

    #[derive(Debug, PartialEq, Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Bounds {
        middle_from: u32,
    }

    #[test]
    fn every_field_becomes_a_fact_under_its_path() {
        let sample = Sample {
            amount: Vnd::from_hundredths(1),
            shares: BTreeMap::from([("pupil".to_owned(), Share::WHOLE)]),
            lapse: Lapse::InDays(90),
            rows: vec![Row { id: "a".into(), name_vi: "một".into(), name_en: "one".into(), asked: true }],
            months: vec![3, 6],
            bounds: Bounds { middle_from: 50 },
            missing: None,
        };
        let facts = facts("", &sample);
        let shown: Vec<String> =
            facts.iter().map(|fact| format!("{} {} {:?}", fact.path, fact.name(), fact.value)).collect();
        let name = |text: &str| format!("{:?}", FactValue::Name(text.to_owned()));
        assert_eq!(
            shown,
            [
                format!("amount amount {:?}", FactValue::Money(Vnd::from_hundredths(1))),
                format!("shares.* pupil {:?}", FactValue::Share(Share::WHOLE)),
                format!("in-days in-days {:?}", FactValue::Count(90)),
                format!("rows.* a {:?}", FactValue::Words(["một".to_owned(), "one".to_owned()])),
                format!("rows.*.asked a-asked {}", name("true")),
                format!("months months {}", name("3, 6")),
                format!("bounds.middle-from bounds-middle-from {:?}", FactValue::Count(50)),
            ]
        );
    }
}
