//! Dòng thời gian của một quy định: dated versions in order, and the one in force on a day.

use chrono::NaiveDate;

use crate::terms::citation::RuleRef;
use crate::terms::ordered::count_before;

/// Vị trí trong tệp quy định: which source file, and which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlace {
    /// Index into the list of sources of the rulebook.
    pub source: usize,
    /// Byte range within that source.
    pub span: std::ops::Range<usize>,
}

/// Một phiên bản: a value of law with where it came from.
#[derive(Debug, Clone)]
pub struct Version<T> {
    /// What the law says.
    pub value: T,
    /// Dates, citations, evidence.
    pub rule: RuleRef,
    /// Where it is written.
    pub place: SourcePlace,
}

/// Chưa có quy định: no version in force, so no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no version of `{rule}` is in force on {date}")]
pub struct NotInForce {
    /// The rule that was looked up.
    pub rule: String,
    /// The day it was looked up for.
    pub date: NaiveDate,
    /// First recorded day, if anything is recorded.
    pub first: Option<NaiveDate>,
    /// Last recorded day, if the record ends.
    pub last: Option<NaiveDate>,
}

/// Các phiên bản theo ngày hiệu lực: versions in the order of their first day; each lasts until the next.
#[derive(Debug, Clone)]
pub struct Timeline<T> {
    rule: String,
    versions: Vec<Version<T>>,
}

impl<T> Timeline<T> {
    /// Sorts versions by first day; a later source replaces a version with the same first day.
    pub fn new(rule: String, versions: Vec<Version<T>>) -> Timeline<T> {
        let first_day = |version: &Version<T>| version.rule.effective_from;
        if versions.windows(2).all(|pair| first_day(&pair[0]) < first_day(&pair[1])) {
            return Timeline { rule, versions };
        }
        let mut timeline = Timeline { rule, versions: Vec::new() };
        timeline.overlay(versions);
        timeline
    }

    /// Adds versions; one with the first day of a recorded one from another source replaces it.
    pub fn overlay(&mut self, versions: Vec<Version<T>>) {
        for version in versions {
            let day = version.rule.effective_from;
            let mut place = self.started(day);
            let mut same_day = place;
            while same_day > 0 && self.versions[same_day - 1].rule.effective_from == day {
                same_day -= 1;
                if self.versions[same_day].place.source != version.place.source {
                    self.versions.remove(same_day);
                    place -= 1;
                }
            }
            self.versions.insert(place, version);
        }
    }

    /// Kết thúc: nothing is in force after a day.
    pub fn end(&mut self, last: NaiveDate) {
        self.versions.retain(|version| version.rule.effective_from <= last);
        if let Some(version) = self.versions.last_mut() {
            let until = version.rule.effective_until.map_or(last, |known| known.min(last));
            version.rule.effective_until = Some(until);
        }
    }

    /// The rule's id.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// All versions, earliest first.
    pub fn versions(&self) -> &[Version<T>] {
        &self.versions
    }

    /// The versions, to be edited where their order by first day stays.
    pub(super) fn versions_mut(&mut self) -> &mut Vec<Version<T>> {
        &mut self.versions
    }

    /// How many versions have begun on a day.
    #[inline]
    pub(super) fn started(&self, date: NaiveDate) -> usize {
        count_before(self.versions.len(), |at| self.versions[at].rule.effective_from <= date)
    }

    /// The versions, to be laid over another timeline.
    pub fn into_versions(self) -> Vec<Version<T>> {
        self.versions
    }

    /// The version in force on a day.
    ///
    /// # Errors
    /// [`NotInForce`] before the first version, or after one that ended without a successor.
    #[inline]
    pub fn at(&self, date: NaiveDate) -> Result<&Version<T>, NotInForce> {
        match self.versions[..self.started(date)].last() {
            Some(version) if version.rule.effective_until.is_none_or(|last| date <= last) => Ok(version),
            _ => Err(NotInForce {
                rule: self.rule.clone(),
                date,
                first: self.versions.first().map(|version| version.rule.effective_from),
                last: self.versions.last().and_then(|version| version.rule.effective_until),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::citation::Evidence;

    fn version(from: &str, until: Option<&str>, source: usize, value: i32) -> Version<i32> {
        let day = |text: &str| crate::terms::period::parse_date(text).unwrap();
        Version {
            value,
            rule: RuleRef {
                rule: "test".into(),
                effective_from: day(from),
                effective_until: until.map(day),
                evidence: Evidence::Primary,
                checked_on: day("2026-11-21"),
                verified_until: None,
                note: None,
                cites: [].into(),
                origin: None,
            },
            place: SourcePlace { source, span: 0..0 },
        }
    }

    #[test]
    fn of_two_versions_of_one_day_the_later_source_counts() {
        let both = vec![version("2020-01-01", None, 0, 1), version("2020-01-01", None, 1, 2)];
        let timeline = Timeline::new("test".into(), both);
        assert_eq!(timeline.versions().iter().map(|version| version.value).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn each_version_lasts_until_the_next_and_an_ended_one_does_not_revive() {
        let timeline = Timeline::new(
            "test".into(),
            vec![
                version("2020-01-01", None, 0, 2),
                version("2010-01-01", None, 0, 1),
                version("2025-01-01", Some("2025-12-31"), 0, 3),
            ],
        );
        let at = |text: &str| {
            timeline.at(crate::terms::period::parse_date(text).unwrap()).map(|version| version.value).ok()
        };
        assert_eq!(at("2009-12-31"), None);
        assert_eq!(at("2010-01-01"), Some(1));
        assert_eq!(at("2019-12-31"), Some(1));
        assert_eq!(at("2020-01-01"), Some(2));
        assert_eq!(at("2025-12-31"), Some(3));
        assert_eq!(at("2026-01-01"), None);
    }

    #[test]
    fn an_overlay_replaces_the_version_with_the_same_first_day() {
        let mut timeline = Timeline::new("test".into(), vec![version("2020-01-01", None, 0, 1)]);
        timeline.overlay(vec![version("2020-01-01", None, 1, 9), version("2030-01-01", None, 1, 10)]);
        let values: Vec<i32> = timeline.versions().iter().map(|version| version.value).collect();
        assert_eq!(values, [9, 10]);
        let overlaid = |from: &str| -> Vec<i32> {
            let mut timeline = Timeline::new("test".into(), vec![version("2020-01-01", None, 0, 1)]);
            timeline.overlay(vec![version(from, None, 1, 9)]);
            timeline.versions().iter().map(|version| version.value).collect()
        };
        assert_eq!(overlaid("2019-12-31"), [9, 1]);
        assert_eq!(overlaid("2020-01-01"), [9]);
        assert_eq!(overlaid("2020-01-02"), [1, 9]);
    }

    #[test]
    fn nothing_is_in_force_after_an_end_and_what_begins_on_its_last_day_has_that_day() {
        let ended = |last: &str| -> Vec<String> {
            let versions =
                vec![version("2020-01-01", None, 0, 1), version("2021-01-01", Some("2021-06-30"), 0, 2)];
            let mut timeline = Timeline::new("test".into(), versions);
            timeline.end(crate::terms::period::parse_date(last).unwrap());
            let until = |it: &Version<i32>| it.rule.effective_until.map(|day| day.to_string());
            timeline
                .versions()
                .iter()
                .map(|it| format!("{}: {}", it.value, until(it).unwrap_or_default()))
                .collect()
        };
        assert_eq!(ended("2020-12-31"), ["1: 2020-12-31"]);
        assert_eq!(ended("2021-01-01"), ["1: ", "2: 2021-01-01"]);
        assert_eq!(ended("2021-06-29"), ["1: ", "2: 2021-06-29"]);
        assert_eq!(ended("2021-12-31"), ["1: ", "2: 2021-06-30"]);
    }
}
