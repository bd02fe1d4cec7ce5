//! Điều đã biết về một nơi: what a person should know about the record of local support there.

use chrono::NaiveDate;

use crate::rulebook::Rulebook;
use crate::rulebook::family::EnrolleeGroup;
use crate::rulebook::places::{Coverage, PlaceKind, Whereabouts};
use crate::terms::problem::{Code, Problem};

/// Những điều cần biết về nơi ở và nơi học, where some resolution anywhere supports the group.
pub fn place_notices(
    rules: &Rulebook,
    group: &EnrolleeGroup,
    places: Whereabouts<'_>,
    day: NaiveDate,
) -> Vec<Problem> {
    if places.home.is_none() && places.school.is_none() {
        return Vec::new();
    }
    let mut notices = Vec::new();
    for (place, kind) in [(places.home, PlaceKind::Home), (places.school, PlaceKind::School)] {
        if let Some(place) = place.filter(|_| is_supported(rules, group, kind)) {
            notices.extend(about(rules, place, day));
        }
    }
    notices
}

/// Whether some resolution anywhere supports a group by this kind of place.
pub(super) fn is_supported(rules: &Rulebook, group: &EnrolleeGroup, kind: PlaceKind) -> bool {
    let policies = rules.local.iter().flat_map(|pack| &pack.policies);
    policies.filter(|policy| policy.place == kind).any(|policy| policy.groups.contains(&group.id))
}

/// What to know about the record of a place on a day.
pub(super) fn about(rules: &Rulebook, place: &str, day: NaiveDate) -> Vec<Problem> {
    let about = |code: Code| {
        let [vi, en] = rules.place_name(place);
        Problem::new(code).with("name_vi", vi).with("name_en", en).with("date", day)
    };
    let mut notices = Vec::new();
    if let Some((unit, rule)) = rules.merged_into(place).filter(|(_, rule)| rule.effective_from <= day) {
        let [vi, en] = rules.place_name(unit);
        let merged = about(Code::PlaceMerged).with("unit_vi", vi).with("unit_en", en);
        notices.push(merged.with("from", rule.effective_from));
    }
    match rules.coverage(place, day) {
        Coverage::Recorded => {}
        Coverage::NoneFound(search) => {
            notices.push(about(Code::NoLocalSupportFound).with("searched", search.searched_on.0));
        }
        Coverage::NotLooked => notices.push(about(Code::PlaceNotSearched)),
    }
    notices
}
