//! Bao phủ dạng JSON: stable keys; numbers of persons are integers, rates are texts.

use serde_json::{Map, Value as Json, json};

use super::report::percent_json;
use crate::engine::coverage::cost::GapCost;
use crate::engine::coverage::persons::Counted;
use crate::engine::coverage::tally::{Place, Tally};
use crate::terms::listed::Listed;

/// The result of the command.
pub fn result(tally: &Tally, persons: Option<&Counted>, costs: &[(&'static str, GapCost)]) -> Json {
    let mut out = place(&tally.all, persons.is_some());
    out.remove("name");
    out.remove("district");
    out.insert(
        "districts".into(),
        tally.districts.iter().map(|each| Json::Object(place(each, persons.is_some()))).collect(),
    );
    out.insert(
        "by_commune".into(),
        tally.communes.iter().map(|each| Json::Object(place(each, persons.is_some()))).collect(),
    );
    out.insert("persons".into(), json!(persons));
    out.insert("cost".into(), costs.iter().map(|(name, each)| cost(name, each)).collect());
    out.insert("mismatches".into(), json!(tally.mismatches));
    Json::Object(out)
}

fn place(place: &Place, has_list: bool) -> Map<String, Json> {
    let mut out = Map::new();
    let mut put = |name: &str, value: Json| out.insert(name.to_owned(), value);
    put("name", json!(place.name));
    put("district", json!(place.district));
    put("communes", json!(place.communes));
    put("population", json!(place.population));
    put("covered", json!(place.covered));
    put("uncovered", json!(place.uncovered()));
    put("beyond", json!(place.beyond));
    put("rate", percent_json(place.rate()));
    put("target_rate", percent_json(place.target()));
    put("target_persons", json!(place.wanted));
    put("needed", json!(place.needed));
    put("groups", json!(place.groups));
    if has_list {
        let listed = &place.listed;
        put("without_card", json!(listed.without));
        put("ending_30", json!(listed.within_30));
        put("ending_60", json!(listed.within_60));
        put("ending_90", json!(listed.within_90));
        put("households_partly_covered", json!(listed.partly));
        put("members_without_card", json!(listed.partly_without));
        put("pupils", json!(listed.pupils));
        put("pupils_covered", json!(listed.pupils_covered));
        put("pupils_rate", percent_json(place.pupils()));
    }
    out
}

fn cost(name: &str, cost: &GapCost) -> Json {
    json!({
        "under": name,
        "persons": cost.persons,
        "premium": cost.premium,
        "shares": cost.shares.iter().map(|(payer, amount)| json!({"payer": payer.key(), "amount": amount})).collect::<Vec<_>>(),
        "per_point": cost.per_point,
    })
}
