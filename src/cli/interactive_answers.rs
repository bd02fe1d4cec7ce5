//! Các câu trả lời của phần hỏi đáp, and the quote, file or command line that they make.

use chrono::NaiveDate;

use crate::case::quote::{Circumstance, Enrollee, QuoteCase, tag};
use crate::engine::premium::Payment;
use crate::engine::premium::card::waits;
use crate::engine::premium::within_reach::{WithinReach, reach};
use crate::rulebook::Rulebook;
use crate::terms::number::Vnd;

/// What was answered so far.
#[derive(Clone)]
pub struct Answers {
    /// Group, by id.
    pub group: String,
    /// Number of people of the group.
    pub people: u32,
    /// Salary, pension or benefit.
    pub salary: Option<Vnd>,
    /// Months paid for.
    pub months: u32,
    /// Day of payment.
    pub paid_on: NaiveDate,
    /// Where they live.
    pub province: Option<String>,
    /// Members of the household who paid before, this fiscal year.
    pub already: u32,
    /// Further members of the household, who join under other groups.
    pub others: Vec<(String, u32)>,
    /// Birth date, where support of the place depends on it.
    pub born: Option<NaiveDate>,
    /// Circumstances that the support of the place asks for.
    pub circumstances: Vec<Circumstance>,
    /// Last day of the earlier card, where a first one waits.
    pub previous_card: Option<NaiveDate>,
    /// The school year of a pupil or student, where it sets the days of the card.
    pub school_year: Option<Circumstance>,
}

impl Answers {
    /// Whether more than one person joins; what holds for one of them only is then asked for in a file.
    pub fn is_several(&self) -> bool {
        self.people != 1 || !self.others.is_empty()
    }

    /// Whether a first card of the person waits.
    pub fn card_waits(&self, rules: &Rulebook) -> bool {
        let terms = rules.group(&self.group).and_then(|group| group.terms.at(self.paid_on).ok());
        let validity = rules.card_validity.at(self.paid_on).ok();
        let person = Enrollee::of_group(&self.group);
        terms.zip(validity).is_some_and(|(terms, rule)| waits(&rule.value, &terms.value, &person))
    }

    /// What the place would add for one person who says more.
    pub fn within_reach<'r>(&self, rules: &'r Rulebook) -> Vec<WithinReach<'r>> {
        if self.is_several() {
            return Vec::new();
        }
        let mut person = Enrollee::of_group(&self.group);
        person.salary = self.salary;
        let (paid_on, months, province) = (self.paid_on, self.months, self.province.as_deref());
        reach(rules, &person, Payment { paid_on, from: None, months, province })
    }

    /// Everything that was said of the person.
    pub fn circumstances(&self) -> Vec<Circumstance> {
        let card = || Circumstance { tag: tag::PREVIOUS_CARD.to_owned(), date: self.previous_card };
        let card = self.previous_card.map(|_| card());
        self.circumstances.iter().cloned().chain(card).chain(self.school_year.clone()).collect()
    }

    pub fn case(&self) -> QuoteCase {
        let mut person = Enrollee::of_group(&self.group);
        person.salary = self.salary;
        person.born = self.born;
        person.circumstances = self.circumstances();
        let others =
            self.others.iter().flat_map(|(group, count)| (0..*count).map(|_| Enrollee::of_group(group)));
        let members = (0..self.people).map(|_| person.clone()).chain(others).collect();
        let (province, already) = (self.province.clone(), self.already);
        QuoteCase { province, already, ..QuoteCase::of(self.paid_on, self.months, members) }
    }

    /// The household as a file of `quote`.
    pub fn file(&self, rules: &Rulebook) -> String {
        let mut lines = vec![format!("paid-on = {}", self.paid_on), format!("months = {}", self.months)];
        if self.already > 0 {
            lines.push(format!("already = {}", self.already));
        }
        lines.extend(self.province.iter().map(|province| format!("province = \"{province}\"")));
        let code = |group: &str| rules.group(group).map_or(group.to_owned(), |group| group.code().to_owned());
        for member in self.case().members {
            lines.push(format!("\n[[members]]\ngroup = \"{}\"", code(&member.group)));
        }
        lines.join("\n") + "\n"
    }

    pub fn command_line(&self, rules: &Rulebook) -> String {
        let code = rules.group(&self.group).map_or(self.group.as_str(), |group| group.code());
        let mut line = format!("bhyt quote --group {code}");
        if self.people > 1 {
            line.push_str(&format!(" --members {}", self.people));
        }
        if self.already > 0 {
            line.push_str(&format!(" --already {}", self.already));
        }
        if let Some(salary) = self.salary {
            line.push_str(&format!(" --salary {salary}"));
        }
        line.push_str(&format!(" --months {} --paid-on {}", self.months, self.paid_on));
        if let Some(province) = &self.province {
            line.push_str(&format!(" --province {province}"));
        }
        if let Some(born) = self.born {
            line.push_str(&format!(" --born {born}"));
        }
        for Circumstance { tag, date } in self.circumstances() {
            let date = date.map(|date| format!("={date}")).unwrap_or_default();
            line.push_str(&format!(" --tag {tag}{date}"));
        }
        line
    }
}
