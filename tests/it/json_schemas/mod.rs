//! `docs/schemas`: what every JSON of every command looks like. Documents of all commands are held against the published
//! schemas by a validator, and no key may be missing in them; UPDATE_GOLDEN=1 writes them anew from what the cases give.

mod corpus;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use self::shape::Shape;
use crate::program::bhyt;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas")
}

/// The file of a schema: `bhyt.quote/1` stands in `bhyt.quote-1.json`.
fn file_of(name: &str) -> PathBuf {
    folder().join(format!("{}.json", name.replace('/', "-")))
}

/// What every document of an error holds.
fn error_schema() -> Json {
    let text_or_nothing = json!({"type": ["string", "null"]});
    json!({
        "type": "object",
        "required": ["schema", "tool", "rulebook", "status", "error"],
        "properties": {
            "schema": {"type": "string", "pattern": "^bhyt\\.[a-z-]+/[0-9]+$"},
            "tool": {"type": "object", "required": ["name", "version"], "properties": {"name": {"const": "bhyt"}, "version": {"type": "string"}}},
            "rulebook": {"type": ["object", "null"]},
            "status": {"const": "error"},
            "error": {
                "type": "object",
                "required": ["code", "message", "hint", "where"],
                "properties": {
                    "code": {"type": "string", "pattern": "^E[0-9]{4}$"},
                    "message": {"type": "string", "minLength": 1},
                    "hint": text_or_nothing,
                    "where": text_or_nothing,
                },
            },
        },
    })
}

/// Name of the schema of errors that come before a command is known.
const ERROR: &str = "bhyt.error/1";

fn error_alone() -> Json {
    let mut schema = error_schema();
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!(ERROR);
    schema
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema as published: a result or an error.
fn published(name: &str, shape: &Shape) -> Json {
    let mut result = shape.schema();
    result["properties"]["schema"] = json!({"const": name.replace("-line/", "/")});
    result["properties"]["status"] = json!({"enum": ["ok"]});
    json!({
        "$schema": DRAFT,
        "title": name,
        "description": "Keys are added, never renamed or retyped: readers ignore keys they do not know. Amounts are integers of đồng or, where they may carry decimals, texts with a dot.",
        "anyOf": [{"$ref": "#/$defs/result"}, {"$ref": "#/$defs/error"}],
        "$defs": {"result": result, "error": error_schema()},
    })
}

/// Keys of `result` that the contract of commands promises.
const PROMISED: &[(&str, &[&str])] = &[
    ("bhyt.quote/1", &["from", "until", "months", "paid_on", "members", "total", "payable", "alternatives"]),
    ("bhyt.subsidy/1", &["eligible", "shares"]),
    (
        "bhyt.claim/1",
        &[
            "benefit_level",
            "network_rate",
            "hospital_cost",
            "covered_cost",
            "fund_payment",
            "copayment",
            "own_payment",
            "other_source",
            "relief",
            "lines",
        ],
    ),
    ("bhyt.transport/1", &["payment", "paid_to", "directions"]),
    ("bhyt.audit-line/1", &["claim", "standard", "declared", "replayed", "findings"]),
    ("bhyt.doctor/1", &["ok", "cases", "differing", "checks", "differences"]),
];

#[test]
fn every_document_is_as_its_schema_says() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    // All cases take a minute: an eighth of them is enough to see that nothing drifts.
    let documents = corpus::documents(if update { 1 } else { 8 });
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for (name, document) in documents.iter().filter(|(_, document)| document["status"] != "error") {
        shapes.entry(name.clone()).or_default().take(document);
    }
    if update {
        std::fs::create_dir_all(folder()).expect("a writable tree");
        let results = shapes.iter().map(|(name, shape)| (name.as_str(), published(name, shape)));
        for (name, schema) in results.chain([(ERROR, error_alone())]) {
            let text = serde_json::to_string_pretty(&schema).expect("JSON");
            std::fs::write(file_of(name), text + "\n").expect("a writable tree");
        }
    }
    let mut problems = BTreeSet::new();
    let mut schemas = BTreeMap::new();
    for (name, document) in &documents {
        let name =
            if file_of(name).exists() || document["status"] != "error" { name.as_str() } else { ERROR };
        let (schema, validator) = schemas.entry(name.to_owned()).or_insert_with(|| {
            let text =
                std::fs::read_to_string(file_of(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            let schema: Json = serde_json::from_str(&text).expect("a schema");
            let validator = jsonschema::validator_for(&schema).expect("a schema of the draft");
            (schema, validator)
        });
        if !validator.is_valid(document) {
            let mut alone = if document["status"] == "error" {
                error_schema()
            } else {
                schema["$defs"]["result"].clone()
            };
            alone["$schema"] = json!(DRAFT);
            let why = jsonschema::validator_for(&alone).expect("a schema");
            problems.extend(
                why.iter_errors(document).map(|error| format!("{name}: {} {error}", error.instance_path())),
            );
        } else if document["status"] != "error" {
            problems.extend(
                shape::unknown_keys(document, &schema["$defs"]["result"])
                    .into_iter()
                    .map(|key| format!("{name}: {key} is in no schema")),
            );
        }
    }
    assert!(
        problems.is_empty(),
        "{problems:#?}\nrefresh with UPDATE_GOLDEN=1 cargo test every_document, then read the difference"
    );
    for (name, keys) in PROMISED {
        let (schema, _) = schemas.get(*name).unwrap_or_else(|| panic!("no document of {name}"));
        let required = &schema["$defs"]["result"]["properties"]["result"]["required"];
        for key in *keys {
            assert!(
                required.as_array().is_some_and(|all| all.contains(&json!(key))),
                "{name}: {key} is promised, not required"
            );
        }
    }
    assert!(schemas.len() >= 18, "only {:?}", schemas.keys());
}

/// A schema that says something else is noticed: the validator is no ornament.
#[test]
fn a_document_that_is_not_as_its_schema_says_is_refused() {
    let schema: Json =
        serde_json::from_str(&std::fs::read_to_string(file_of("bhyt.quote/1")).expect("a schema"))
            .expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let run = bhyt(&["quote", "--members", "2", "--paid-on", "2026-08-01", "--json"], "");
    let sound: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert!(validator.is_valid(&sound));
    let spoiled = |change: fn(&mut Json)| {
        let mut document = sound.clone();
        change(&mut document);
        !validator.is_valid(&document)
    };
    assert!(spoiled(|document| document["result"]["total"] = json!("2322540")));
    assert!(spoiled(|document| document["result"]["total"] = json!(2_322_540.5)));
    assert!(spoiled(|document| drop(
        document["result"].as_object_mut().expect("an object").remove("payable")
    )));
    assert!(spoiled(|document| document["result"]["members"] = json!({})));
    assert!(spoiled(|document| document["status"] = json!("error")));
}

#[test]
fn the_program_tells_its_schemas() {
    let all: Json = serde_json::from_str(&bhyt(&["help", "json-schema"], "").stdout).expect("JSON");
    let files = std::fs::read_dir(folder()).expect("the schemas").count();
    assert_eq!(all.as_object().map(serde_json::Map::len), Some(files));
    for (name, schema) in all.as_object().expect("an object") {
        let kept: Json =
            serde_json::from_str(&std::fs::read_to_string(file_of(name)).expect("a schema")).expect("JSON");
        assert_eq!(*schema, kept, "{name}");
        let one: Json =
            serde_json::from_str(&bhyt(&["tro-giup", "json-schema", name], "").stdout).expect("JSON");
        assert_eq!(one, kept, "{name}");
    }
    let run = bhyt(&["help", "json-schema", "bhyt.quot/1", "--lang", "en"], "");
    assert!(run.code == 2 && run.stderr.contains("bhyt.quote/1"), "{}", run.stderr);
    assert_eq!(bhyt(&["help", "fund", "school"], "").stdout, bhyt(&["fund", "school", "--help"], "").stdout);
    assert_eq!(bhyt(&["help"], "").stdout, bhyt(&["--help"], "").stdout);
}
