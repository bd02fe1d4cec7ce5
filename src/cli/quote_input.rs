//! Tệp đề nghị tính mức đóng: a household in TOML, read strictly, with the place of every mistake.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::exit::Failure;
use super::source_text::SourceText;
use super::value::{self, KnownPlace};
use crate::case::quote::{Circumstance, Contract, Enrollee, OwnPayment, QuoteCase, SpecialSpan};
use crate::rulebook::Rulebook;
use crate::terms::fold::tidy;
use crate::terms::problem::{Code, Problem};

/// Most members that one household may have.
pub const MOST_MEMBERS: u32 = 200;

/// Longest cover a file or flag may ask for before the rules have their say, in months.
pub const MOST_MONTHS: u32 = 24;

/// Longest term of a labour contract, in months.
const LONGEST_TERM: u32 = 600;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHousehold {
    paid_on: Option<Spanned<Value>>,
    from: Option<Spanned<Value>>,
    months: Option<Spanned<Value>>,
    until: Option<Spanned<Value>>,
    province: Option<Spanned<String>>,
    school_province: Option<Spanned<String>>,
    already: Option<Spanned<Value>>,
    #[serde(default)]
    members: Vec<RawMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawMember {
    name: Option<String>,
    group: Option<Spanned<String>>,
    #[serde(default)]
    groups: Vec<Spanned<String>>,
    born: Option<Spanned<Value>>,
    school_province: Option<Spanned<String>>,
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    salary: Option<Spanned<Value>>,
    paid_on: Option<Spanned<Value>>,
    from: Option<Spanned<Value>>,
    months: Option<Spanned<Value>>,
    until: Option<Spanned<Value>>,
    #[serde(default)]
    contracts: Vec<RawContract>,
    #[serde(default)]
    special_months: Vec<RawSpan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawContract {
    salary: Spanned<Value>,
    months: Option<Spanned<Value>>,
    signed: Option<Spanned<Value>>,
    #[serde(default)]
    compulsory_insurance: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSpan {
    kind: Spanned<String>,
    from: Option<Spanned<Value>>,
    months: Option<Spanned<Value>>,
}

/// Đề nghị đọc được from a file, before the command line fills or overrides parts of it.
#[derive(Debug)]
pub struct Draft {
    /// The case; a day of payment that the file leaves out is `None` here.
    pub paid_on: Option<chrono::NaiveDate>,
    /// First day of cover.
    pub from: Option<chrono::NaiveDate>,
    /// Common last day of cover.
    pub until: Option<chrono::NaiveDate>,
    /// Months, where given.
    pub months: Option<u32>,
    /// Where they stand.
    pub months_at: Option<String>,
    /// Where the people live, where given.
    pub province: Option<KnownPlace>,
    /// Where they go to school, where given for all of them.
    pub school: Option<KnownPlace>,
    /// Where each of them goes to school, where given for that one.
    pub schools: Vec<Option<KnownPlace>>,
    /// Members who already paid.
    pub already: u32,
    /// The people.
    pub members: Vec<Enrollee>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

impl Draft {
    /// Asks for other readings, which a person carries like a circumstance.
    pub fn read_as(&mut self, readings: impl Iterator<Item = String>) {
        for reading in readings {
            let asked = || Circumstance { tag: reading.clone(), date: None };
            self.members.iter_mut().for_each(|member| member.circumstances.push(asked()));
        }
    }

    /// The case with its day of payment and months settled.
    ///
    /// # Errors
    /// A [`Problem`] when a place is given by a code that was not in use on the day.
    pub fn into_case(mut self, paid_on: chrono::NaiveDate, months: u32) -> Result<QuoteCase, Problem> {
        let on = |place: Option<KnownPlace>| place.map(|place| place.on(paid_on)).transpose();
        self.schools.resize(self.members.len(), None);
        for (member, own) in self.members.iter_mut().zip(self.schools) {
            member.school = on(own.or_else(|| self.school.clone()))?;
        }
        Ok(QuoteCase {
            paid_on,
            from: self.from,
            months,
            until: self.until,
            province: on(self.province)?,
            already: self.already,
            members: self.members,
        })
    }
}

/// Reads a household or person file.
///
/// # Errors
/// [`Failure`] with exit code 3 and `file:line:column`.
pub fn read(text: &str, name: &str, rules: &Rulebook) -> Result<Draft, Failure> {
    let source = SourceText { text, name };
    let raw: RawHousehold = toml::from_str(text).map_err(|error| source.toml_failure(&error))?;
    if raw.members.is_empty() {
        return Err(Failure::input(Problem::new(Code::MissingKey).with("read", "[[members]]").at(name)));
    }
    if raw.members.len() > MOST_MEMBERS as usize {
        let problem = Problem::new(Code::MemberCount)
            .with("read", raw.members.len())
            .with("accepted", format!("1–{MOST_MEMBERS}"));
        return Err(Failure::input(problem.at(name)));
    }
    let mut notices = Vec::new();
    let months_at = raw.months.as_ref().map(|months| source.place(months.span().start));
    let place = |typed: &Option<Spanned<String>>| {
        let found = typed.as_ref().map(|typed| source.look_up(typed, |text| value::province(text, rules)));
        found.transpose()
    };
    let schools =
        raw.members.iter().map(|member| place(&member.school_province)).collect::<Result<_, _>>()?;
    let members = raw
        .members
        .into_iter()
        .map(|member| source.member(member, rules, &mut notices))
        .collect::<Result<_, _>>()?;
    Ok(Draft {
        paid_on: source.date(raw.paid_on)?,
        from: source.date(raw.from)?,
        months: source.count(raw.months, 1..=MOST_MONTHS, Code::MonthsRange)?,
        until: source.date(raw.until)?,
        months_at,
        province: place(&raw.province)?,
        school: place(&raw.school_province)?,
        schools,
        already: source.count(raw.already, 0..=MOST_MEMBERS, Code::MemberCount)?.unwrap_or(0),
        members,
        notices,
    })
}

impl SourceText<'_> {
    fn member(
        &self,
        raw: RawMember,
        rules: &Rulebook,
        notices: &mut Vec<Problem>,
    ) -> Result<Enrollee, Failure> {
        let mut groups = raw.group.iter().chain(&raw.groups);
        let group = groups.next().ok_or_else(|| {
            Failure::input(Problem::new(Code::MissingKey).with("read", "group").at(self.name))
        })?;
        let find = |typed: &Spanned<String>| self.look_up(typed, |text| value::group(text, rules));
        let group = find(group)?;
        let mut also: Vec<String> = groups.map(find).collect::<Result<_, _>>()?;
        also.retain(|other| *other != group);
        also.dedup();
        let contracts = raw.contracts.into_iter().map(|contract| self.contract(contract));
        let special = raw.special_months.into_iter().map(|span| self.span(span, rules));
        Ok(Enrollee {
            name: raw.name.map(|name| tidy(&name)).filter(|name| !name.is_empty()),
            group,
            also,
            born: self.date(raw.born)?,
            circumstances: self.circumstances(&raw.tags, rules, notices)?,
            salary: self.amount(raw.salary)?,
            contracts: contracts.collect::<Result<_, _>>()?,
            special: special.collect::<Result<_, _>>()?,
            school: None,
            own: OwnPayment {
                paid_on: self.date(raw.paid_on)?,
                from: self.date(raw.from)?,
                months: self.count(raw.months, 1..=MOST_MONTHS, Code::MonthsRange)?,
                until: self.date(raw.until)?,
            },
        })
    }

    fn contract(&self, raw: RawContract) -> Result<Contract, Failure> {
        let missing = || Failure::input(Problem::new(Code::MissingKey).with("read", "salary").at(self.name));
        Ok(Contract {
            salary: self.amount(Some(raw.salary))?.ok_or_else(missing)?,
            months: self.count(raw.months, 1..=LONGEST_TERM, Code::MonthsRange)?,
            signed: self.date(raw.signed)?,
            compulsory_insurance: raw.compulsory_insurance,
        })
    }

    fn span(&self, raw: RawSpan, rules: &Rulebook) -> Result<SpecialSpan, Failure> {
        Ok(SpecialSpan {
            kind: self.look_up(&raw.kind, |text| value::special_kind(text, rules))?,
            from: self.date(raw.from)?,
            months: self.count(raw.months, 1..=MOST_MONTHS, Code::MonthsRange)?,
        })
    }

    fn circumstances(
        &self,
        tags: &[Spanned<String>],
        rules: &Rulebook,
        notices: &mut Vec<Problem>,
    ) -> Result<Vec<Circumstance>, Failure> {
        let mut circumstances = Vec::new();
        for typed in tags {
            let (circumstance, warning) = self.look_up(typed, |text| value::circumstance(text, rules))?;
            circumstances.push(circumstance);
            notices.extend(warning);
        }
        Ok(circumstances)
    }
}
