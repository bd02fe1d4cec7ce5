//! The shape of documents: what stands under which key, put together from many of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

/// What was seen in one place.
#[derive(Default)]
pub struct Shape {
    kinds: BTreeSet<&'static str>,
    objects: usize,
    keys: BTreeMap<String, (usize, Shape)>,
    items: Option<Box<Shape>>,
}

/// Objects whose keys are names of the data, by their own key.
const MAPS: &[&str] = &["commands", "groups"];

impl Shape {
    /// Takes in what stands there in one more document.
    pub fn take(&mut self, value: &Json) {
        match value {
            Json::Null => drop(self.kinds.insert("null")),
            Json::Bool(_) => drop(self.kinds.insert("boolean")),
            Json::Number(number) => {
                assert!(number.is_i64() || number.is_u64(), "{number}: amounts are never floats");
                self.kinds.insert("integer");
            }
            Json::String(_) => drop(self.kinds.insert("string")),
            Json::Array(items) => {
                self.kinds.insert("array");
                let shape = self.items.get_or_insert_default();
                items.iter().for_each(|item| shape.take(item));
            }
            Json::Object(object) => {
                self.kinds.insert("object");
                self.objects += 1;
                for (key, value) in object {
                    let (seen, shape) = self.keys.entry(key.clone()).or_default();
                    *seen += 1;
                    shape.take(value);
                }
            }
        }
    }

    /// As a JSON Schema.
    pub fn schema(&self) -> Json {
        self.schema_under("")
    }

    fn schema_under(&self, own: &str) -> Json {
        // Where nothing was ever seen, nothing is said.
        if self.kinds.iter().all(|kind| *kind == "null") {
            return json!({});
        }
        let kinds: Vec<&str> = self.kinds.iter().copied().collect();
        let mut out = Map::new();
        out.insert("type".to_owned(), if let [kind] = kinds[..] { json!(kind) } else { json!(kinds) });
        if let Some(items) = &self.items {
            out.insert("items".to_owned(), items.schema_under(""));
        }
        if self.is_map(own) {
            let mut values = Shape::default();
            self.keys.values().for_each(|(_, shape)| values.join(shape));
            out.insert("additionalProperties".to_owned(), values.schema_under(""));
        } else if self.objects > 0 {
            // Words of advice come and go with the words of a message.
            let always = self.keys.iter().filter(|(key, (seen, _))| *seen == self.objects && *key != "hint");
            out.insert("required".to_owned(), always.map(|(key, _)| json!(key)).collect());
            let properties = self.keys.iter().map(|(key, (_, shape))| (key.clone(), shape.schema_under(key)));
            out.insert("properties".to_owned(), Json::Object(properties.collect()));
        }
        Json::Object(out)
    }

    /// Whether the keys are names of the data and not of the contract.
    fn is_map(&self, own: &str) -> bool {
        let is_of_contract =
            |key: &String| key.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        !self.keys.is_empty() && (MAPS.contains(&own) || !self.keys.keys().all(is_of_contract))
    }

    fn join(&mut self, other: &Shape) {
        self.kinds.extend(&other.kinds);
        self.objects += other.objects;
        for (key, (seen, shape)) in &other.keys {
            let (mine, own) = self.keys.entry(key.clone()).or_default();
            *mine += seen;
            own.join(shape);
        }
        if let Some(items) = &other.items {
            self.items.get_or_insert_default().join(items);
        }
    }
}

/// Keys of a document that its schema does not name.
pub fn unknown_keys(document: &Json, schema: &Json) -> Vec<String> {
    match document {
        _ if schema.as_object().is_some_and(Map::is_empty) => Vec::new(),
        Json::Object(object) => object
            .iter()
            .flat_map(|(key, value)| match (&schema["properties"][key], &schema["additionalProperties"]) {
                (Json::Null, Json::Null) => vec![key.clone()],
                (Json::Null, rest) => unknown_keys(value, rest),
                (own, _) => within(key, unknown_keys(value, own)),
            })
            .collect(),
        Json::Array(items) => items.iter().flat_map(|item| unknown_keys(item, &schema["items"])).collect(),
        _ => Vec::new(),
    }
}

fn within(key: &str, keys: Vec<String>) -> Vec<String> {
    keys.into_iter().map(|inner| format!("{key}.{inner}")).collect()
}
