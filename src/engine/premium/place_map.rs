//! Bản đồ hỗ trợ của một nơi: what a place gives to whom on a day, without a person.

use chrono::NaiveDate;

use crate::rulebook::Rulebook;
use crate::rulebook::family::{LocalPack, Policy, Support};
use crate::rulebook::places::{Coverage, ProvinceUnit};
use crate::rulebook::timeline::Version;

/// Một chính sách có hiệu lực ở một nơi.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'r> {
    /// The place whose council adopted it: the place itself, the unit it is part of, or a part of the unit.
    pub place: &'r str,
    /// The resolution.
    pub pack: &'r LocalPack,
    /// The policy.
    pub policy: &'r Policy,
    /// Its version on the day.
    pub version: &'r Version<Support>,
    /// It holds in a part of the unit only, not in the place that was asked for.
    pub elsewhere: bool,
    /// It has gone too long without a sign of life.
    pub stale: bool,
}

/// Bản đồ hỗ trợ.
#[derive(Debug, Clone)]
pub struct PlaceMap<'r> {
    /// Id of the place.
    pub place: &'r str,
    /// The day.
    pub day: NaiveDate,
    /// Every policy in force, those of the place first, then those of single parts of it.
    pub offers: Vec<Offer<'r>>,
    /// What is known where nothing is in force.
    pub coverage: Coverage<'r>,
}

/// Lập bản đồ của một nơi vào một ngày.
pub fn place_map<'r>(rules: &'r Rulebook, place: &'r str, day: NaiveDate) -> PlaceMap<'r> {
    let merged = |part: &str| rules.merged_into(part).is_some_and(|(_, rule)| rule.effective_from <= day);
    let parts = rules.taken_in(place).into_iter().filter(|part| merged(&part.id));
    let parts: Vec<&str> = parts.map(|part| part.id.as_str()).collect();
    let mut offers = Vec::new();
    for pack in &rules.local {
        let here = pack.serves(place);
        let part = parts.iter().find(|part| pack.serves(part));
        if !here && part.is_none() {
            continue;
        }
        for policy in &pack.policies {
            let Ok(version) = policy.support.at(day) else { continue };
            let stale = policy.stale_from(&version.rule, pack).is_some_and(|from| day >= from);
            let place = if here { place } else { pack.province.as_str() };
            offers.push(Offer { place, pack, policy, version, elsewhere: !here, stale });
        }
    }
    offers.sort_by_key(|offer| (offer.elsewhere, offer.pack.header.id.clone()));
    PlaceMap { place, day, offers, coverage: rules.coverage(place, day) }
}

/// Một đơn vị trong bảng tổng hợp.
#[derive(Debug, Clone)]
pub struct UnitCoverage<'r> {
    /// Id of the unit.
    pub unit: &'r str,
    /// Its code.
    pub code: &'r str,
    /// The places it took in.
    pub parts: Vec<&'r str>,
    /// What is in force there and in its parts.
    pub map: PlaceMap<'r>,
}

/// Bảng tổng hợp các đơn vị có vào một ngày, in the order of their codes.
pub fn coverage_table(rules: &Rulebook, day: NaiveDate) -> Vec<UnitCoverage<'_>> {
    let mut units: Vec<UnitCoverage<'_>> = rules
        .places
        .entries
        .iter()
        .filter_map(|place| {
            // Before the codes were in force the units of today answer for their parts.
            let version = place.versions.at(day).ok().or_else(|| place.versions.versions().first())?;
            let (ProvinceUnit::Province(code) | ProvinceUnit::City(code)) = &version.value else {
                return None;
            };
            let parts = rules.taken_in(&place.id).into_iter().map(|part| part.id.as_str()).collect();
            Some(UnitCoverage { unit: &place.id, code, parts, map: place_map(rules, &place.id, day) })
        })
        .collect();
    units.sort_by_key(|unit| unit.code);
    units
}
