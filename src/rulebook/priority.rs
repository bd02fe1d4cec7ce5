//! Thứ tự đóng khi thuộc nhiều đối tượng: the order of art. 12 and its exceptions, each dated on its own.

use serde::{Deserialize, Serialize};

use super::named::{NamedFamily, NamedRule};
use super::timeline::{NotInForce, Version};

/// Nội dung của một quy tắc về thứ tự.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Every group, first to last.
    Order(Vec<String>),
    /// Whoever has one of these joins under it, whatever else the person has.
    Always(Vec<String>),
    /// These groups come after every group of certain categories.
    Yields(Yields),
    /// Among these groups the one with the highest support counts, not the first.
    HighestSupport(Vec<String>),
    /// People of these groups may choose the household form instead.
    Choice(Choice),
}

/// Đối tượng nhường đối tượng khác.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Yields {
    /// The groups that give way.
    #[serde(rename(serialize = "yields"))]
    pub groups: Vec<String>,
    /// Categories of art. 12 to which they give way, first to last.
    pub to_categories: Vec<u8>,
    /// Groups that stand before them in art. 12, and which they do not give way to all the same.
    #[serde(default)]
    pub but_not_to: Vec<String>,
}

/// Quyền chọn hình thức hộ gia đình.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Choice {
    /// The groups that may choose it.
    #[serde(rename(serialize = "choice"))]
    pub groups: Vec<String>,
    /// Group of the household form.
    pub household: String,
}

impl NamedRule for Priority {
    const KEY: &'static str = "rule";
}

impl Priority {
    /// Every group the rule names.
    pub fn groups(&self) -> Vec<&str> {
        let (groups, more) = match self {
            Priority::Order(groups) | Priority::Always(groups) | Priority::HighestSupport(groups) => {
                (groups, &[][..])
            }
            Priority::Yields(Yields { groups, but_not_to, .. }) => (groups, but_not_to.as_slice()),
            Priority::Choice(Choice { groups, household }) => (groups, std::slice::from_ref(household)),
        };
        groups.iter().chain(more).map(String::as_str).collect()
    }
}

/// Thứ tự đóng: the order and its exceptions.
pub type CategoryPriority = NamedFamily<Priority>;

impl CategoryPriority {
    /// The rules in force on a day.
    ///
    /// # Errors
    /// [`NotInForce`] when not even an order is recorded for the day.
    pub fn at(&self, date: chrono::NaiveDate) -> Result<Vec<&Version<Priority>>, NotInForce> {
        let found: Vec<&Version<Priority>> =
            self.entries.iter().filter_map(|rule| rule.versions.at(date).ok()).collect();
        if found.iter().any(|version| matches!(version.value, Priority::Order(_))) {
            return Ok(found);
        }
        let starts = self.entries.iter().flat_map(|rule| rule.versions.versions());
        let first = starts.map(|version| version.rule.effective_from).min();
        Err(NotInForce { rule: format!("{}/order", self.header.id), date, first, last: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left out here could be misspelt in a rule file and nobody would say so.
    #[test]
    fn every_group_that_a_rule_names_is_among_its_groups() {
        let named = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
        for list in [Priority::Order, Priority::Always, Priority::HighestSupport] {
            assert_eq!(list(named(&["worker", "pupil"])).groups(), ["worker", "pupil"]);
        }
        let (groups, but_not_to) = (named(&["worker"]), named(&["pupil", "student"]));
        let yields = Priority::Yields(Yields { groups, to_categories: vec![2], but_not_to });
        assert_eq!(yields.groups(), ["worker", "pupil", "student"]);
        let choice =
            Priority::Choice(Choice { groups: named(&["worker"]), household: "household".to_owned() });
        assert_eq!(choice.groups(), ["worker", "household"]);
    }
}
