//! Đề nghị tính mức đóng: who joins, when it is paid, from when and for how long.

use chrono::NaiveDate;

use crate::terms::fold::fold;
use crate::terms::money::Vnd;
use crate::terms::period::parse_date;

/// Hoàn cảnh: a circumstance a policy asks for, with its date where it has one (`left-poverty=2025-03-01`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Circumstance {
    /// Name of the circumstance, folded.
    pub tag: String,
    /// Day of the event, if given.
    pub date: Option<NaiveDate>,
}

impl Circumstance {
    /// Đọc `tên` hoặc `tên=ngày`.
    ///
    /// # Errors
    /// The part after `=` when it is not a date.
    pub fn parse(text: &str) -> Result<Circumstance, String> {
        match text.split_once('=') {
            None => Ok(Circumstance { tag: tag::canonical(text), date: None }),
            Some((name, date)) => match parse_date(date) {
                Ok(day) => Ok(Circumstance { tag: tag::canonical(name), date: Some(day) }),
                Err(_) => Err(date.to_owned()),
            },
        }
    }
}

/// Tags that the program itself understands, besides those that policies ask for.
pub mod tag {
    /// First year of primary school.
    pub const GRADE_1: &str = "grade-1";
    /// Last year of general school.
    pub const GRADE_12: &str = "grade-12";
    /// Last year of a course; its date is the day the course ends.
    pub const FINAL_YEAR: &str = "final-year";
    /// The date is the last day of the previous card.
    pub const PREVIOUS_CARD: &str = "previous-card";
    /// Other names under which people give a circumstance that policies ask for.
    const ALIASES: [(&str, &str); 2] =
        [("newly-out-of-poverty", "left-poverty"), ("moi-thoat-ngheo", "left-poverty")];

    /// Tên chuẩn của một hoàn cảnh, whatever its spelling.
    pub fn canonical(typed: &str) -> String {
        let key = super::fold(typed);
        let alias = ALIASES.iter().find(|(alias, _)| *alias == key);
        alias.map_or(key, |(_, name)| (*name).to_owned())
    }

    /// All of the above.
    pub const ALL: [&str; 4] = [GRADE_1, GRADE_12, FINAL_YEAR, PREVIOUS_CARD];
}

/// Người tham gia: one person of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollee {
    /// Name, only to be printed back.
    pub name: Option<String>,
    /// Id of the group.
    pub group: String,
    /// Birth date, for age bands and children's cards.
    pub born: Option<NaiveDate>,
    /// Circumstances.
    pub circumstances: Vec<Circumstance>,
    /// Salary, pension, allowance or benefit on which the premium rests, a month.
    pub salary: Option<Vnd>,
}

impl Enrollee {
    /// A person of a group about whom nothing else is known.
    pub fn of_group(group: &str) -> Enrollee {
        Enrollee { name: None, group: group.to_owned(), born: None, circumstances: Vec::new(), salary: None }
    }

    /// The circumstance with a name.
    pub fn circumstance(&self, tag: &str) -> Option<&Circumstance> {
        self.circumstances.iter().find(|known| known.tag == tag)
    }
}

/// Đề nghị tính mức đóng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteCase {
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// First day of cover, when the user names it.
    pub from: Option<NaiveDate>,
    /// Months of cover.
    pub months: u32,
    /// Province whose local policies count.
    pub province: Option<String>,
    /// Members who already paid as household members this fiscal year.
    pub already: u32,
    /// The people to be quoted, in the order of joining.
    pub members: Vec<Enrollee>,
}
