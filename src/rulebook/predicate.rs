//! Điều kiện được hỗ trợ: predicates from a closed list, as rule files write them under `when`.
//!
//! A predicate says three things: on which side of it a person stands and whether that side meets it
//! (`engine::premium::predicate`), and how it is called (`render::predicate_words`). What a batch may keep rests on the
//! sides alone, so that no predicate can be forgotten there.

use serde::{Deserialize, Serialize, Serializer};

/// Một điều kiện.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// All of these circumstances are given.
    Tags(Vec<String>),
    /// One of these circumstances is given.
    AnyTags(Vec<String>),
    /// None of these circumstances is given; that none holds is taken as given, and said to be.
    Without(Vec<String>),
    /// Age in full years.
    Age {
        /// Lowest age, included.
        from: Option<u32>,
        /// Age from which it no longer applies.
        below: Option<u32>,
    },
    /// A window after an event.
    Within(Window),
    /// Months that begin after the day of this circumstance, such as the last day of a running card.
    After(String),
    /// The first months of a payment only.
    FirstMonths(u32),
    /// Circumstances the text asks for that are taken as given, and said to be, unless their opposite is given.
    Presumed(Vec<String>),
}

/// Thời hạn kể từ một sự kiện.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Window {
    /// Length in months.
    pub months: u32,
    /// The circumstance whose date starts it.
    pub of: String,
    /// From which day of the event it counts.
    #[serde(default)]
    pub counted_from: WindowStart,
}

/// Thời hạn tính từ ngày nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WindowStart {
    /// The day of the event.
    #[default]
    Day,
    /// The first day of its month.
    Month,
}

/// `12 (left-poverty)`, `36 (left-poverty, month)`.
impl Serialize for Window {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Window { months, of, counted_from } = self;
        match counted_from {
            WindowStart::Day => out.collect_str(&format_args!("{months} ({of})")),
            WindowStart::Month => out.collect_str(&format_args!("{months} ({of}, month)")),
        }
    }
}

/// Các điều kiện của một chính sách; all must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "Written", into = "Written")]
pub struct Conditions(Vec<Predicate>);

/// What opposes a circumstance: `no-pension` and `pension`.
pub fn opposite(tag: &str) -> String {
    tag.strip_prefix("no-").map_or_else(|| format!("no-{tag}"), str::to_owned)
}

impl Conditions {
    /// The predicates, in the order in which a refusal is told.
    pub fn iter(&self) -> impl Iterator<Item = &Predicate> {
        self.0.iter()
    }

    /// True where no circumstance must be given: everybody of the group meets them at some age and time.
    pub fn ask_for_no_circumstance(&self) -> bool {
        !self.0.iter().any(|one| matches!(one, Predicate::Tags(_) | Predicate::AnyTags(_)))
    }

    /// False where nobody can meet them.
    pub fn can_be_met(&self) -> bool {
        self.0.iter().all(|one| match one {
            Predicate::Age { from, below } => from.zip(*below).is_none_or(|(from, below)| from < below),
            Predicate::Within(window) => window.months > 0,
            Predicate::FirstMonths(months) => *months > 0,
            Predicate::Without(tags) => !tags.iter().any(|tag| self.asks_for(tag)),
            Predicate::Tags(_) | Predicate::AnyTags(_) | Predicate::After(_) | Predicate::Presumed(_) => true,
        })
    }

    /// Adds a circumstance that is taken as given.
    pub(super) fn presume(&mut self, tag: &str) {
        let known = self.0.iter_mut().find_map(|one| match one {
            Predicate::Presumed(tags) => Some(tags),
            _ => None,
        });
        match known {
            Some(tags) => tags.push(tag.to_owned()),
            None => self.0.push(Predicate::Presumed(vec![tag.to_owned()])),
        }
    }

    fn asks_for(&self, tag: &String) -> bool {
        self.0.iter().any(|one| matches!(one, Predicate::Tags(tags) if tags.contains(tag)))
    }
}

impl Predicate {
    /// The circumstances it speaks of, as they are typed.
    pub fn circumstances(&self) -> &[String] {
        match self {
            Predicate::Tags(tags)
            | Predicate::AnyTags(tags)
            | Predicate::Without(tags)
            | Predicate::Presumed(tags) => tags,
            Predicate::Within(Window { of, .. }) | Predicate::After(of) => std::slice::from_ref(of),
            Predicate::Age { .. } | Predicate::FirstMonths(_) => &[],
        }
    }

    /// Whether these circumstances bring a person nearer to it.
    pub const fn asks(&self) -> bool {
        match self {
            Predicate::Tags(_) | Predicate::AnyTags(_) | Predicate::Within(_) => true,
            Predicate::Without(_)
            | Predicate::Age { .. }
            | Predicate::After(_)
            | Predicate::FirstMonths(_)
            | Predicate::Presumed(_) => false,
        }
    }
}

/// Conditions as rule files write them.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_from: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_below: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_months: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    presumed: Vec<String>,
}

impl From<Written> for Conditions {
    fn from(written: Written) -> Conditions {
        let listed = |tags: Vec<String>| Some(tags).filter(|tags| !tags.is_empty());
        let age = (written.age_from, written.age_below);
        let predicates = [
            listed(written.tags).map(Predicate::Tags),
            listed(written.any_tags).map(Predicate::AnyTags),
            listed(written.without).map(Predicate::Without),
            (age != (None, None)).then_some(Predicate::Age { from: age.0, below: age.1 }),
            written.within.map(Predicate::Within),
            written.after.map(Predicate::After),
            written.first_months.map(Predicate::FirstMonths),
            listed(written.presumed).map(Predicate::Presumed),
        ];
        Conditions(predicates.into_iter().flatten().collect())
    }
}

impl From<Conditions> for Written {
    fn from(conditions: Conditions) -> Written {
        let mut written = Written::default();
        for predicate in conditions.0 {
            match predicate {
                Predicate::Tags(tags) => written.tags = tags,
                Predicate::AnyTags(tags) => written.any_tags = tags,
                Predicate::Without(tags) => written.without = tags,
                Predicate::Age { from, below } => (written.age_from, written.age_below) = (from, below),
                Predicate::Within(window) => written.within = Some(window),
                Predicate::After(tag) => written.after = Some(tag),
                Predicate::FirstMonths(months) => written.first_months = Some(months),
                Predicate::Presumed(tags) => written.presumed = tags,
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_have_a_circumstance_is_asked_for_one() {
        let tags = || vec!["ethnic-minority".to_owned()];
        let asks_none = |conditions| Conditions(conditions).ask_for_no_circumstance();
        assert!(asks_none(vec![]) && asks_none(vec![Predicate::Without(tags()), Predicate::FirstMonths(6)]));
        assert!(!asks_none(vec![Predicate::Tags(tags())]) && !asks_none(vec![Predicate::AnyTags(tags())]));
    }

    #[test]
    fn a_window_of_no_months_and_an_age_below_itself_are_met_by_nobody() {
        let is_met = |one: Predicate| Conditions(vec![one]).can_be_met();
        let age = |from, below| is_met(Predicate::Age { from: Some(from), below });
        assert!(age(6, Some(7)) && age(6, None) && !age(6, Some(6)) && !age(7, Some(6)));
        let within = |months| {
            let of = "left-poverty".to_owned();
            is_met(Predicate::Within(Window { months, of, counted_from: WindowStart::Day }))
        };
        assert!(within(1) && !within(0));
        assert!(is_met(Predicate::FirstMonths(1)) && !is_met(Predicate::FirstMonths(0)));
    }
}
