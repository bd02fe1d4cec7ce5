//! Bao phủ dạng JSON: stable keys; numbers of persons are integers, rates are texts.

use serde_json::{Map, Value as Json, json};

use super::report::percent_json;
use crate::engine::coverage::cost::{GapCost, Valued};
use crate::engine::coverage::persons::Counted;
use crate::engine::coverage::tally::{Place, Tally};
use crate::terms::group::Payer;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;

/// The result of the command.
pub fn result(tally: &Tally, persons: Option<&Counted>, costs: &[(&'static str, GapCost)]) -> Json {
    let has_list = persons.is_some();
    let mut out = place(&tally.all, has_list);
    for key in ["name", "district", "province"] {
        out.remove(key);
    }
    let level = |places: &[Place], costs_of: fn(&GapCost) -> &[Valued]| -> Json {
        let of = |(at, each): (usize, &Place)| {
            let mut out = place(each, has_list);
            if !costs.is_empty() {
                let own = costs.iter().filter_map(|(name, cost)| Some(valued(name, costs_of(cost).get(at)?)));
                out.insert("cost".into(), own.map(Json::Object).collect());
            }
            Json::Object(out)
        };
        places.iter().enumerate().map(of).collect()
    };
    out.insert("provinces".into(), level(&tally.provinces, |cost| &cost.provinces));
    out.insert("districts".into(), level(&tally.districts, |cost| &cost.districts));
    out.insert("by_commune".into(), level(&tally.communes, |cost| &cost.communes));
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
    put("province", json!(place.province));
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
    put("ungrouped", json!(place.ungrouped));
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
    let mut out = valued(name, &cost.all);
    let of = |(group, each): &(String, Valued)| {
        let mut out = valued(name, each);
        out.remove("per_point");
        out.insert("group".into(), json!(group));
        Json::Object(out)
    };
    out.insert("by_group".into(), cost.groups.iter().map(of).collect());
    Json::Object(out)
}

fn valued(name: &str, valued: &Valued) -> Map<String, Json> {
    let share = |(payer, amount): (&Payer, &Vnd)| json!({"payer": payer.key(), "amount": amount});
    let out = json!({
        "under": name,
        "persons": valued.persons,
        "premium": valued.premium,
        "shares": valued.shares.iter().map(share).collect::<Vec<_>>(),
        "per_point": valued.per_point,
    });
    out.as_object().cloned().unwrap_or_default()
}
