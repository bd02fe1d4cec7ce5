//! Đề nghị tính mức đóng: who joins, when it is paid, from when and for how long.

use chrono::NaiveDate;

use crate::terms::fold::fold;
use crate::terms::number::Vnd;
use crate::terms::period::{month_of_cover, parse_date};

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
            None => Ok(Circumstance { tag: fold(text), date: None }),
            Some((name, date)) => match parse_date(date) {
                Ok(day) => Ok(Circumstance { tag: fold(name), date: Some(day) }),
                Err(_) => Err(date.to_owned()),
            },
        }
    }
}

/// Tags that the program itself understands, besides those that policies ask for.
pub mod tag {
    /// First year of primary school; its date, if given, lies in the year in which it begins.
    pub const GRADE_1: &str = "grade-1";
    /// Last year of general school.
    pub const GRADE_12: &str = "grade-12";
    /// First year of a course; its date is the day of enrolment, on which the card starts unless that of grade 12 still runs.
    pub const FIRST_YEAR: &str = "first-year";
    /// Last year of a course; its date is the day the course ends.
    pub const FINAL_YEAR: &str = "final-year";
    /// The date is the last day of the previous card.
    pub const PREVIOUS_CARD: &str = "previous-card";
    /// The reading of who waits for a first card that the agency's practice followed; carried like a circumstance.
    pub const CARD_BY_PRACTICE: &str = "card-start-by-agency-practice";

    /// All of the above.
    pub const ALL: [&str; 6] = [GRADE_1, GRADE_12, FIRST_YEAR, FINAL_YEAR, PREVIOUS_CARD, CARD_BY_PRACTICE];
}

/// Hợp đồng lao động: one of several contracts that a person has at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Salary of the contract, a month.
    pub salary: Vnd,
    /// Term in months; none for an indefinite one.
    pub months: Option<u32>,
    /// Day of signature.
    pub signed: Option<NaiveDate>,
    /// The contract is the base of compulsory social insurance.
    pub compulsory_insurance: bool,
}

/// Các tháng đặc biệt: months in which a worker was suspended, on maternity, sick or unpaid leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialSpan {
    /// Id of the kind (`suspended`).
    pub kind: String,
    /// First day, none for all months of the payment.
    pub from: Option<NaiveDate>,
    /// Number of months from that day, none to the end of the payment.
    pub months: Option<u32>,
}

impl SpecialSpan {
    /// Whether a month of cover that begins on this day lies in the span.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let Some(from) = self.from else { return true };
        let end = self.months.and_then(|months| month_of_cover(from, months));
        day >= from && end.is_none_or(|end| day < end)
    }
}

/// Người tham gia: one person of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollee {
    /// Name, only to be printed back.
    pub name: Option<String>,
    /// Id of the group.
    pub group: String,
    /// Ids of further groups that the person belongs to at the same time.
    pub also: Vec<String>,
    /// Birth date, for age bands and children's cards.
    pub born: Option<NaiveDate>,
    /// Circumstances.
    pub circumstances: Vec<Circumstance>,
    /// Salary, pension, allowance or benefit on which the premium rests, a month.
    pub salary: Option<Vnd>,
    /// Several labour contracts; their salaries stand in for `salary`.
    pub contracts: Vec<Contract>,
    /// Months with rules of their own.
    pub special: Vec<SpecialSpan>,
    /// Id of the place where the person goes to school, where that is not where the person lives.
    pub school: Option<String>,
    /// Payment of this person where it is not that of the others.
    pub own: OwnPayment,
}

/// Kỳ đóng riêng của một người trong hộ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnPayment {
    /// Day of payment.
    pub paid_on: Option<NaiveDate>,
    /// First day of cover.
    pub from: Option<NaiveDate>,
    /// Months of cover.
    pub months: Option<u32>,
    /// Last day of cover: the months that are left are paid for.
    pub until: Option<NaiveDate>,
}

impl Enrollee {
    /// A person of a group about whom nothing else is known.
    pub fn of_group(group: &str) -> Enrollee {
        Enrollee {
            name: None,
            group: group.to_owned(),
            also: Vec::new(),
            born: None,
            circumstances: Vec::new(),
            salary: None,
            contracts: Vec::new(),
            special: Vec::new(),
            school: None,
            own: OwnPayment::default(),
        }
    }

    /// The circumstance with a name.
    #[inline]
    pub fn circumstance(&self, tag: &str) -> Option<&Circumstance> {
        self.circumstances.iter().find(|known| known.tag == tag)
    }

    /// Whether a circumstance is given, or another category of the person has its name.
    #[inline]
    pub fn answers(&self, tag: &str) -> bool {
        self.circumstance(tag).is_some() || self.also.iter().any(|group| group == tag)
    }

    /// The same person joining under one of the person's categories, the others kept beside it.
    #[must_use]
    pub fn joining_under(&self, group: &str) -> Enrollee {
        let also = std::iter::once(&self.group).chain(&self.also).filter(|other| *other != group);
        Enrollee { group: group.to_owned(), also: also.cloned().collect(), ..self.clone() }
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
    /// Common last day of cover: everybody pays the months that are left.
    pub until: Option<NaiveDate>,
    /// Province whose local policies count.
    pub province: Option<String>,
    /// Members who already paid as household members this fiscal year.
    pub already: u32,
    /// The people to be quoted, in the order of joining.
    pub members: Vec<Enrollee>,
}

impl QuoteCase {
    /// People who join on a day of payment, about whom nothing else is known.
    pub fn of(paid_on: NaiveDate, months: u32, members: Vec<Enrollee>) -> QuoteCase {
        QuoteCase { paid_on, from: None, months, until: None, province: None, already: 0, members }
    }
}
