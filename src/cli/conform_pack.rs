//! Bộ đối chứng: cases of facts and expected amounts, one JSON a line, and how an answer is held against them.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::terms::problem::{Code, Problem};

/// Một ca.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackCase {
    /// Its name.
    pub id: String,
    /// What is asked.
    pub command: String,
    /// The facts.
    pub facts: Json,
    /// What the answer must hold, by path.
    pub expect: Map<String, Json>,
    /// The article of law or the example.
    pub source: String,
}

/// Chỗ khác: one figure that is not as expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which case.
    pub id: String,
    /// Which figure.
    pub path: String,
    /// What the pack expects.
    pub expected: Json,
    /// What the program gave.
    pub found: Json,
    /// Where the expectation comes from.
    pub source: String,
}

/// Reads a pack; keeps cases whose id begins with `only`, and expectations whose last name is one of `keys`.
///
/// # Errors
/// [`Code::PackBroken`] naming the line.
pub fn read(text: &str, only: &[String], keys: &[String]) -> Result<Vec<PackCase>, Problem> {
    let mut cases = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let mut case: PackCase = serde_json::from_str(line)
            .map_err(|error| Problem::new(Code::PackBroken).with("line", number).with("detail", error))?;
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        case.expect.retain(|path, _| keys.is_empty() || keys.contains(&last(path)));
        let wanted = only.is_empty() || only.iter().any(|start| case.id.starts_with(start.as_str()));
        if wanted && !case.expect.is_empty() {
            cases.push(case);
        }
    }
    Ok(cases)
}

impl PackCase {
    /// What the program is asked.
    pub fn question(&self) -> String {
        serde_json::json!({"id": self.id, "command": self.command, "facts": self.facts}).to_string()
    }

    /// What of an answer is not as expected.
    pub fn differences(&self, answer: &Json) -> Vec<Difference> {
        let differs = |(path, expected): (&String, &Json)| {
            let found = look_up(answer, path);
            let holds = match path.strip_suffix("[]") {
                Some(list) => holds_one(&look_up(answer, list), expected),
                None => same(&found, expected),
            };
            (!holds).then(|| Difference {
                id: self.id.clone(),
                path: path.clone(),
                expected: expected.clone(),
                found,
                source: self.source.clone(),
            })
        };
        self.expect.iter().filter_map(differs).collect()
    }
}

/// A dotted path; `shares[state]` is what that payer bears, nothing when it is not listed.
fn look_up(answer: &Json, path: &str) -> Json {
    let mut at = answer;
    let parts: Vec<&str> = path.split('.').collect();
    for part in parts {
        if let Some((list, payer)) = part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            // A payer who is not listed bears nothing; without a list nothing is said.
            let Some(shares) = at.get(list).and_then(Json::as_array) else { return Json::Null };
            let borne = shares.iter().filter(|share| share["payer"] == payer);
            return Json::from(borne.filter_map(|share| share["amount"].as_i64()).sum::<i64>());
        }
        let next = match part.parse::<usize>() {
            Ok(index) if at.is_array() => at.get(index),
            _ => at.get(part),
        };
        match next {
            Some(next) => at = next,
            None => return Json::Null,
        }
    }
    at.clone()
}

/// Whether a list has an element with these values.
fn holds_one(list: &Json, expected: &Json) -> bool {
    let covers = |item: &Json| match expected.as_object() {
        Some(fields) => fields.iter().all(|(name, value)| same(&item[name], value)),
        None => same(item, expected),
    };
    list.as_array().is_some_and(|items| items.iter().any(covers))
}

/// Numbers are the same whether they are carried as numbers or as texts.
fn same(found: &Json, expected: &Json) -> bool {
    match (found, expected) {
        (Json::Array(found), Json::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| same(a, b))
        }
        (Json::Null | Json::Bool(_) | Json::Object(_), _)
        | (_, Json::Null | Json::Bool(_) | Json::Object(_)) => found == expected,
        _ => match (number(found), number(expected)) {
            (Some(found), Some(expected)) => found == expected,
            _ => found == expected,
        },
    }
}

fn number(value: &Json) -> Option<rust_decimal::Decimal> {
    let text = match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return None,
    };
    rust_decimal::Decimal::from_str_exact(&text).ok().map(|number| number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn case(expect: &Json) -> PackCase {
        let line =
            json!({"id": "quote/a/1", "command": "quote", "facts": {}, "expect": expect, "source": "s"});
        read(&line.to_string(), &[], &[]).expect("a pack").remove(0)
    }

    #[test]
    fn a_changed_number_is_a_difference() {
        let wanted = case(
            &json!({"result.total": 3_825_360, "result.shares[state]": 0, "result.parts[]": {"of": "a", "amount": 5}}),
        );
        let answer = |total: Json| json!({"result": {"total": total, "shares": [], "parts": [{"of": "a", "amount": "5.0"}]}});
        assert!(wanted.differences(&answer(json!(3_825_360))).is_empty());
        assert!(wanted.differences(&answer(json!("3825360.00"))).is_empty());
        let found = wanted.differences(&answer(json!(3_825_361)));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "result.total");
        assert_eq!(wanted.differences(&json!({})).len(), 3);
        assert_eq!(wanted.differences(&json!({"result": {"total": 3_825_360}})).len(), 2);
    }

    #[test]
    fn a_broken_pack_names_its_line() {
        let problem = read("\n{\"id\": 1}\n", &[], &[]).expect_err("a broken pack");
        assert_eq!(problem.code, Code::PackBroken);
        assert_eq!(problem.facts[0].1, "2");
    }
}
