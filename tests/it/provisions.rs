//! Cases by hand for every provision that computes the money of a visit: the count, made visible.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cases::named_case_files;

/// Cases that every provision has at least.
const EACH: usize = 5;
/// Cases beyond these, in all.
const FURTHER: usize = 250;

#[derive(Deserialize)]
struct Provisions {
    provision: Vec<Provision>,
}

#[derive(Deserialize)]
struct Provision {
    text: String,
    cases: Vec<String>,
}

/// `cargo test --test it provisions -- --nocapture` prints the table.
#[test]
fn every_provision_has_five_cases_and_all_have_250_more() {
    let text = include_str!("../data/provisions.toml");
    let list: Provisions = toml::from_str(text).expect("the list of provisions");
    let counts: BTreeMap<String, usize> = ["claim", "fund", "transport"]
        .iter()
        .flat_map(|topic| {
            named_case_files(topic)
                .into_iter()
                .map(move |(name, file)| (format!("{topic}/{name}"), file.case.len()))
        })
        .collect();
    let (mut all, mut wrong) = (0, Vec::new());
    for provision in &list.provision {
        let count: usize = provision
            .cases
            .iter()
            .map(|file| counts.get(file).copied().unwrap_or_else(|| panic!("no case file {file}")))
            .sum();
        println!("{count:>4}  {}", provision.text);
        all += count;
        if count < EACH {
            wrong.push(format!("{}: {count}", provision.text));
        }
    }
    let further = all - EACH * list.provision.len();
    println!("{} provisions, {all} cases, {further} beyond five each", list.provision.len());
    assert!(wrong.is_empty(), "fewer than {EACH} cases: {wrong:#?}");
    assert!(further >= FURTHER, "only {further} cases beyond {EACH} each");
}
