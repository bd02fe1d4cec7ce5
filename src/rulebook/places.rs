//! Danh mục tỉnh, thành phố: the units of today and those they were made of, and what is known about their support.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};

use super::Rulebook;
use super::family::{LocalPack, Policy};
use super::named::{Named, NamedRule};
use crate::terms::citation::RuleRef;
use crate::terms::fold::fold;
use crate::terms::period::RuleDate;

/// Đơn vị hành chính cấp tỉnh trong một thời kỳ.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProvinceUnit {
    /// Tỉnh, with its official code.
    Province(String),
    /// Thành phố trực thuộc trung ương, with its official code.
    City(String),
    /// Đã nhập vào đơn vị khác.
    MergedInto(String),
}

impl NamedRule for ProvinceUnit {
    const KEY: &'static str = "place";
}

impl ProvinceUnit {
    /// The official code.
    pub fn code(&self) -> Option<&str> {
        match self {
            ProvinceUnit::Province(code) | ProvinceUnit::City(code) => Some(code),
            ProvinceUnit::MergedInto(_) => None,
        }
    }
}

/// Phạm vi lãnh thổ của một nghị quyết.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Territory {
    /// The whole province of the council that adopted it.
    #[default]
    Whole,
    /// The territory that the province had before it took others in.
    Former,
}

/// The circumstance of living in the territory that a province had before it took others in.
pub const FORMER_TERRITORY: &str = "former-territory";

/// Nơi nào của một người quyết định.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// Where the person lives.
    #[default]
    Home,
    /// Where the person goes to school.
    School,
}

/// The usual case is not said.
impl Serialize for Territory {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Territory::Whole => out.serialize_none(),
            Territory::Former => out.serialize_str("former"),
        }
    }
}

/// The usual case is not said.
impl Serialize for PlaceKind {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            PlaceKind::Home => out.serialize_none(),
            PlaceKind::School => out.serialize_str("school"),
        }
    }
}

/// Thay thế: what a resolution ends.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Replacement {
    /// The document that ends, or ends in part.
    pub document: String,
    /// The policies that end; all of them when none is named.
    #[serde(default)]
    pub policies: Vec<String>,
    /// First day on which they are no longer in force.
    pub from: RuleDate,
}

/// Đã tìm, không thấy: a search for local support that found nothing in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocalSearch {
    /// Id of the place.
    pub place: String,
    /// Day of the search.
    pub searched_on: RuleDate,
    /// First day about which it says something.
    pub from: RuleDate,
    /// What was found instead, in Vietnamese.
    pub note_vi: String,
    /// What was found instead, in English.
    pub note_en: String,
}

/// Nơi ở và nơi học của một người, by the ids of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whereabouts<'p> {
    /// Where the person lives.
    pub home: Option<&'p str>,
    /// Where the person goes to school, where that is elsewhere.
    pub school: Option<&'p str>,
}

impl<'p> Whereabouts<'p> {
    /// The place that a policy looks at; who names no school learns at home.
    pub fn place(self, kind: PlaceKind) -> Option<&'p str> {
        match kind {
            PlaceKind::Home => self.home,
            PlaceKind::School => self.school.or(self.home),
        }
    }
}

/// Địa danh đã hiểu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundPlace<'r> {
    /// Id of the place.
    pub id: &'r str,
    /// First day from which what was typed means it: that of the codes.
    pub since: Option<NaiveDate>,
}

/// Tên các nơi: names and codes of places, folded once for many look-ups.
#[derive(Debug)]
pub struct PlaceNames<'r> {
    rules: &'r Rulebook,
    by_key: BTreeMap<String, FoundPlace<'r>>,
}

impl<'r> PlaceNames<'r> {
    /// The names that a rulebook knows; the first place of a name has it.
    pub fn of(rules: &'r Rulebook) -> PlaceNames<'r> {
        let mut by_key = BTreeMap::new();
        let mut add = |name: &str, found| {
            by_key.entry(place_key(name)).or_insert(found);
        };
        for place in &rules.places.entries {
            let named = |since| FoundPlace { id: &place.id, since };
            let names = [&place.id, &place.name_vi, &place.name_en].into_iter().chain(&place.aliases);
            names.for_each(|name| add(name, named(None)));
            for version in place.versions.versions() {
                if let Some(code) = version.value.code() {
                    add(code, named(Some(version.rule.effective_from)));
                }
            }
        }
        for pack in &rules.local {
            let names = std::iter::once(&pack.province).chain(&pack.province_vi);
            let named = FoundPlace { id: pack.province.as_str(), since: None };
            names.chain(&pack.province_aliases).for_each(|name| add(name, named));
        }
        PlaceNames { rules, by_key }
    }

    /// As [`Rulebook::find_place`].
    pub fn find(&self, typed: &str) -> Option<FoundPlace<'r>> {
        self.named(typed).or_else(|| self.of_address(typed))
    }

    /// The place with a name or code.
    fn named(&self, typed: &str) -> Option<FoundPlace<'r>> {
        let key = place_key(typed);
        // Spreadsheets drop the zero that a code begins with.
        let key = if key.len() == 1 { format!("0{key}") } else { key };
        self.by_key.get(&key).copied()
    }

    /// The place at the end of an address, or the old province beside the new one (`Hải Phòng (Hải Dương cũ)`).
    fn of_address(&self, typed: &str) -> Option<FoundPlace<'r>> {
        let text = typed.replace([';', '(', ')', '/'], ",").replace(" - ", ",").replace("nay là", ",");
        let mut found: Vec<FoundPlace<'r>> = Vec::new();
        for place in text.split(',').filter_map(|part| self.named(part)) {
            if found.iter().all(|known| known.id != place.id) {
                found.push(place);
            }
        }
        let within = |old: &FoundPlace<'_>, new: &FoundPlace<'_>| {
            self.rules.merged_into(old.id).is_some_and(|(unit, _)| unit == new.id)
        };
        match found[..] {
            [only] => Some(only),
            [old, new] if within(&old, &new) => Some(old),
            [new, old] if within(&old, &new) => Some(old),
            _ => None,
        }
    }
}

/// Điều đã biết về hỗ trợ của một nơi trong một ngày.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage<'r> {
    /// Some policy is recorded as in force.
    Recorded,
    /// A search found none.
    NoneFound(&'r LocalSearch),
    /// Nobody has looked.
    NotLooked,
}

impl Named<ProvinceUnit> {
    /// The unit into which it merged, with the rule that says so.
    #[inline]
    pub fn merged_into(&self) -> Option<(&str, &RuleRef)> {
        self.versions.versions().iter().find_map(|version| match &version.value {
            ProvinceUnit::MergedInto(unit) => Some((unit.as_str(), &version.rule)),
            _ => None,
        })
    }
}

impl LocalPack {
    /// Whether it holds in a place.
    #[inline]
    pub fn serves(&self, place: &str) -> bool {
        self.served.iter().any(|served| served == place)
    }
}

impl Rulebook {
    /// Every policy of the places of a person, with its pack.
    pub fn local_policies<'r, 'p>(
        &'r self,
        places: Whereabouts<'p>,
    ) -> impl Iterator<Item = (&'r LocalPack, &'r Policy)> + use<'r, 'p> {
        let (home, school) = (places.place(PlaceKind::Home), places.place(PlaceKind::School));
        let at = |pack: &LocalPack, place: Option<&str>| place.is_some_and(|place| pack.serves(place));
        // Packs are asked once, and not policy by policy: a person's places are few among many.
        self.local.iter().map(move |pack| (pack, at(pack, home), at(pack, school))).flat_map(
            |(pack, home, school)| {
                let policies: &[Policy] = if home || school { &pack.policies } else { &[] };
                let here = move |policy: &&Policy| match policy.place {
                    PlaceKind::Home => home,
                    PlaceKind::School => school,
                };
                policies.iter().filter(here).map(move |policy| (pack, policy))
            },
        )
    }

    /// Chính sách đối với một người: the national ones, then those of the person's places.
    pub fn policies_at<'r, 'p>(
        &'r self,
        places: Whereabouts<'p>,
    ) -> impl Iterator<Item = &'r Policy> + use<'r, 'p> {
        self.state_subsidy.policies.iter().chain(self.local_policies(places).map(|(_, policy)| policy))
    }

    /// Resolves where packs hold and what ends them.
    pub(super) fn resolve_packs(&mut self) {
        let mut packs = std::mem::take(&mut self.local);
        packs.iter_mut().for_each(|pack| self.resolve_territory(pack));
        self.local = packs;
        self.end_replaced();
    }

    /// Where a pack holds follows from its territory.
    fn resolve_territory(&self, pack: &mut LocalPack) {
        pack.served = vec![pack.province.clone()];
        let taken_in = self.taken_in(&pack.province).into_iter().map(|part| part.id.clone());
        match pack.territory {
            Territory::Whole => pack.served.extend(taken_in),
            Territory::Former if taken_in.count() > 0 => {
                pack.policies.iter_mut().for_each(|policy| policy.when.presume(FORMER_TERRITORY));
            }
            Territory::Former => {}
        }
    }

    /// Ends what later resolutions replace.
    fn end_replaced(&mut self) {
        let ends: Vec<Replacement> =
            self.local.iter().flat_map(|pack| pack.replaces.iter().cloned()).collect();
        for Replacement { document, policies, from } in ends {
            let Some(last) = from.0.pred_opt() else { continue };
            for pack in self.local.iter_mut().filter(|pack| pack.document == document) {
                let ended = |policy: &&mut Policy| policies.is_empty() || policies.contains(&policy.id);
                pack.policies.iter_mut().filter(ended).for_each(|policy| policy.support.end(last));
            }
        }
    }

    /// The unit into which a place merged, with the rule that says so.
    #[inline]
    pub fn merged_into(&self, place: &str) -> Option<(&str, &RuleRef)> {
        self.places.entry(place)?.merged_into()
    }

    /// The places that a unit took in.
    pub fn taken_in<'r>(&'r self, unit: &str) -> Vec<&'r Named<ProvinceUnit>> {
        let merged = |place: &&Named<ProvinceUnit>| place.merged_into().is_some_and(|(into, _)| into == unit);
        self.places.entries.iter().filter(merged).collect()
    }

    /// Tìm tỉnh, thành phố theo tên cũ, tên mới, tên tắt, mã, hoặc ở cuối một địa chỉ.
    pub fn find_place(&self, typed: &str) -> Option<FoundPlace<'_>> {
        PlaceNames::of(self).find(typed)
    }

    /// Vietnamese and English name of a place.
    pub fn place_name(&self, id: &str) -> [&str; 2] {
        if let Some(place) = self.places.entry(id) {
            return [&place.name_vi, &place.name_en];
        }
        let own = self.local.iter().find(|pack| pack.province == id);
        let name = own.and_then(|pack| pack.province_vi.as_deref());
        own.map_or(["", ""], |pack| [name.unwrap_or(&pack.province); 2])
    }

    /// Names near to what was typed, nearest first, for "did you mean".
    pub fn near_places(&self, typed: &str) -> Vec<&str> {
        const MOST: usize = 3;
        let key = place_key(typed);
        let unregistered = self.local.iter().filter(|pack| self.places.entry(&pack.province).is_none());
        let own = unregistered.map(|pack| pack.province_vi.as_deref().unwrap_or(&pack.province));
        let distance = |name: &str| {
            let letters = strsim::damerau_levenshtein(&key, &place_key(name));
            if shortens(&fold(typed), &fold(name)) { 0 } else { letters }
        };
        let mut near: Vec<(usize, &str)> = self
            .places
            .entries
            .iter()
            .map(|place| place.name_vi.as_str())
            .chain(own)
            .map(|name| (distance(name), name))
            .filter(|(distance, _)| *distance <= key.len().div_ceil(4))
            .collect();
        near.sort_unstable();
        near.dedup();
        // One slip of a finger means one name; several count only where none is that near.
        let slip = near.first().is_some_and(|(distance, _)| *distance <= 1);
        near.retain(|(distance, _)| !slip || *distance <= 1);
        near.into_iter().take(MOST).map(|(_, name)| name).collect()
    }

    /// What is known about the support of a place on a day.
    pub fn coverage(&self, place: &str, day: NaiveDate) -> Coverage<'_> {
        let packs = self.local.iter().filter(|pack| pack.serves(place));
        if packs.flat_map(|pack| &pack.policies).any(|policy| policy.support.at(day).is_ok()) {
            return Coverage::Recorded;
        }
        let unit = self.merged_into(place).filter(|(_, rule)| rule.effective_from <= day);
        let about = |search: &&LocalSearch| {
            let here = search.place == place || unit.is_some_and(|(unit, _)| search.place == unit);
            here && search.from.0 <= day
        };
        self.searches
            .iter()
            .filter(about)
            .max_by_key(|search| search.searched_on.0)
            .map_or(Coverage::NotLooked, Coverage::NoneFound)
    }
}

/// Whether folded words are the initials of a name (`qn`), or each begins the word in its place (`q-nam`).
fn shortens(typed: &str, name: &str) -> bool {
    let words: Vec<&str> = name.split('-').collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    let begun: Vec<&str> = typed.split('-').collect();
    let begins = || begun.iter().zip(&words).all(|(begun, word)| word.starts_with(begun));
    typed == initials || (begun.len() == words.len() && begins())
}

/// Khóa so sánh tên tỉnh: folded, without the word for province or city around it.
pub fn place_key(name: &str) -> String {
    let folded = fold(&name.replace(['(', ')'], " "));
    let words = ["tinh-", "thanh-pho-", "thu-do-", "tp-", "t-p-", "t-"];
    let bare = words.iter().find_map(|kind| folded.strip_prefix(kind)).unwrap_or(&folded);
    let ends = ["-cu", "-province", "-city"];
    let bare = ends.iter().find_map(|kind| bare.strip_suffix(kind)).unwrap_or(bare);
    bare.replace(['-', '\''], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_with_a_quarter_of_its_letters_wrong() {
        let rules = Rulebook::bundled();
        // Six letters, two missing; five letters, three missing.
        assert_eq!(rules.near_places("haiphg"), ["Hải Phòng"]);
        assert!(!rules.near_places("haiph").contains(&"Hải Phòng"));
        // One slip of a finger means one name.
        assert_eq!(rules.near_places("hai phogn"), ["Hải Phòng"]);
    }

    #[test]
    fn a_unit_knows_what_it_took_in() {
        let rules = Rulebook::bundled();
        let taken_in =
            |unit: &str| -> Vec<&str> { rules.taken_in(unit).iter().map(|part| part.id.as_str()).collect() };
        assert_eq!(taken_in("ca-mau"), ["bac-lieu"]);
        assert_eq!(taken_in("ha-noi"), Vec::<&str>::new());
        assert_eq!(rules.merged_into("bac-lieu").map(|(unit, _)| unit), Some("ca-mau"));
    }

    #[test]
    fn the_former_territory_is_presumed_where_a_province_took_another_in() {
        let rules = Rulebook::bundled();
        let presumed = |province: &str| {
            let mut pack = rules.local[0].clone();
            pack.province = province.to_owned();
            pack.territory = Territory::Former;
            for policy in &mut pack.policies {
                policy.when = crate::rulebook::predicate::Conditions::default();
            }
            rules.resolve_territory(&mut pack);
            pack.policies
                .iter()
                .all(|policy| policy.when != crate::rulebook::predicate::Conditions::default())
        };
        assert!(presumed("ca-mau") && !presumed("ha-noi"));
    }

    #[test]
    fn what_was_looked_for_is_known_from_the_first_day_of_the_search_on() {
        let rules = Rulebook::bundled();
        let known = |search: &LocalSearch, day: NaiveDate| {
            !matches!(rules.coverage(&search.place, day), Coverage::NotLooked)
        };
        let first = rules.searches.iter().filter(|search| known(search, search.from.0)).count();
        assert_eq!(first, rules.searches.len());
        let before = |search: &&LocalSearch| !known(search, search.from.0.pred_opt().expect("a day"));
        assert!(rules.searches.iter().filter(before).count() > 0);
    }
}
