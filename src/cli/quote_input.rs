//! Tệp đề nghị tính mức đóng: a household in TOML, read strictly, with the place of every mistake.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::exit::Failure;
use super::value;
use crate::case::quote::{Circumstance, Enrollee, QuoteCase};
use crate::rulebook::Rulebook;
use crate::terms::fold::{nearest, tidy};
use crate::terms::money::Vnd;
use crate::terms::period::RuleDate;
use crate::terms::problem::{Code, Problem};

/// Most members that one household may have.
pub const MOST_MEMBERS: u32 = 200;

/// Digits of the longest TOML integer.
const LONGEST_INTEGER: usize = 19;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawHousehold {
    paid_on: Option<Spanned<Value>>,
    from: Option<Spanned<Value>>,
    months: Option<Spanned<Value>>,
    province: Option<Spanned<String>>,
    already: Option<Spanned<Value>>,
    #[serde(default)]
    members: Vec<RawMember>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawMember {
    name: Option<String>,
    group: Option<Spanned<String>>,
    born: Option<Spanned<Value>>,
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    salary: Option<Spanned<Value>>,
}

/// Đề nghị đọc được from a file, before the command line fills or overrides parts of it.
#[derive(Debug)]
pub struct Draft {
    /// The case; a day of payment that the file leaves out is `None` here.
    pub paid_on: Option<chrono::NaiveDate>,
    /// First day of cover.
    pub from: Option<chrono::NaiveDate>,
    /// Months, where given.
    pub months: Option<u32>,
    /// Province id, where given.
    pub province: Option<String>,
    /// Members who already paid.
    pub already: u32,
    /// The people.
    pub members: Vec<Enrollee>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

impl Draft {
    /// The case with its day of payment and months settled.
    pub fn into_case(self, paid_on: chrono::NaiveDate, months: u32) -> QuoteCase {
        QuoteCase {
            paid_on,
            from: self.from,
            months,
            province: self.province,
            already: self.already,
            members: self.members,
        }
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
    let members = raw
        .members
        .into_iter()
        .map(|member| source.member(member, rules, &mut notices))
        .collect::<Result<_, _>>()?;
    Ok(Draft {
        paid_on: source.date(raw.paid_on)?,
        from: source.date(raw.from)?,
        months: source.count(raw.months, 1..=24, Code::MonthsRange)?,
        province: raw
            .province
            .map(|typed| source.look_up(&typed, |text| value::province(text, rules)))
            .transpose()?,
        already: source.count(raw.already, 0..=MOST_MEMBERS, Code::MemberCount)?.unwrap_or(0),
        members,
        notices,
    })
}

/// The text of an input file, to turn byte ranges into places.
pub struct SourceText<'t> {
    /// The text.
    pub text: &'t str,
    /// What the file is called.
    pub name: &'t str,
}

impl SourceText<'_> {
    /// `file:line:column` of a byte offset.
    pub fn place(&self, offset: usize) -> String {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.name)
    }

    /// A mistake at a byte range.
    pub fn failure(&self, problem: Problem, span: &std::ops::Range<usize>) -> Failure {
        Failure::input(problem.at(self.place(span.start)))
    }

    /// A mistake that the TOML reader found.
    pub fn toml_failure(&self, error: &toml::de::Error) -> Failure {
        let message = error.message();
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let problem = match quoted.split_first() {
            Some((read, accepted)) if message.starts_with("unknown field") => Problem::new(Code::UnknownKey)
                .with("read", read)
                .with("suggestion", nearest(read, accepted.iter().copied()).unwrap_or_default())
                .with("accepted", accepted.join(", ")),
            Some((read, _))
                if message.starts_with("invalid type: integer `") && read.len() > LONGEST_INTEGER =>
            {
                Problem::new(Code::AmountRange).with("read", read.split(' ').next().unwrap_or(read))
            }
            Some((read, _)) if message.starts_with("missing field") => {
                Problem::new(Code::MissingKey).with("read", read)
            }
            _ if message.starts_with("invalid type") || message.contains("expected a") => {
                Problem::new(Code::WrongKind).with("detail", message)
            }
            _ => Problem::new(Code::TomlSyntax).with("detail", message),
        };
        self.failure(problem, &error.span().unwrap_or(0..0))
    }

    fn member(
        &self,
        raw: RawMember,
        rules: &Rulebook,
        notices: &mut Vec<Problem>,
    ) -> Result<Enrollee, Failure> {
        let group = raw.group.ok_or_else(|| {
            Failure::input(Problem::new(Code::MissingKey).with("read", "group").at(self.name))
        })?;
        Ok(Enrollee {
            name: raw.name.map(|name| tidy(&name)).filter(|name| !name.is_empty()),
            group: self.look_up(&group, |text| value::group(text, rules))?,
            born: self.date(raw.born)?,
            circumstances: self.circumstances(&raw.tags, rules, notices)?,
            salary: self.amount(raw.salary)?,
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

    fn look_up<T>(
        &self,
        typed: &Spanned<String>,
        find: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<T, Failure> {
        find(typed.get_ref()).map_err(|problem| self.failure(problem, &typed.span()))
    }

    /// A TOML date, or a text in one of the accepted forms.
    pub fn date(&self, given: Option<Spanned<Value>>) -> Result<Option<chrono::NaiveDate>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        let read = match given.into_inner() {
            Value::String(text) => value::date(&text),
            Value::Datetime(day) => RuleDate::deserialize(Value::Datetime(day))
                .map(|day| day.0)
                .map_err(|_| Problem::new(Code::DateForm).with("read", day)),
            other => Err(Problem::new(Code::DateForm).with("read", other)),
        };
        read.map(Some).map_err(|problem| self.failure(problem, &span))
    }

    /// A TOML integer, or a text in one of the accepted forms.
    pub fn amount(&self, given: Option<Spanned<Value>>) -> Result<Option<Vnd>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        let read = match given.into_inner() {
            Value::String(text) => value::amount(&text),
            Value::Integer(dong) => value::amount(&dong.to_string()),
            other => Err(Problem::new(Code::AmountForm).with("read", other)),
        };
        read.map(Some).map_err(|problem| self.failure(problem, &span))
    }

    fn count(
        &self,
        given: Option<Spanned<Value>>,
        accepted: std::ops::RangeInclusive<u32>,
        code: Code,
    ) -> Result<Option<u32>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        let text = match given.into_inner() {
            Value::Integer(number) => number.to_string(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        value::count(&text, accepted, code).map(Some).map_err(|problem| self.failure(problem, &span))
    }
}
