//! Tệp đầu vào dạng TOML: values out of an input file, each mistake with its place.

use toml::{Spanned, Value};

use super::exit::Failure;
use super::value;
use crate::terms::fold::nearest;
use crate::terms::moment::Moment;
use crate::terms::number::Vnd;
use crate::terms::period::RuleDate;
use crate::terms::problem::{Code, Problem};

/// Digits of the longest TOML integer.
const LONGEST_INTEGER: usize = 19;

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

    /// A text looked up in the rulebook or a closed list.
    ///
    /// # Errors
    /// [`Failure`] at the place of the text.
    pub fn look_up<T>(
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
            Value::Datetime(day) => RuleDate::parse(&day.to_string())
                .map(|day| day.0)
                .ok_or_else(|| Problem::new(Code::DateForm).with("read", day)),
            other => Err(Problem::new(Code::DateForm).with("read", other)),
        };
        read.map(Some).map_err(|problem| self.failure(problem, &span))
    }

    /// A day, or a day with its time.
    pub fn moment(&self, given: Option<Spanned<Value>>) -> Result<Option<Moment>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        let read = match given.into_inner() {
            Value::String(text) => value::moment(&text),
            Value::Datetime(at) => value::moment(&at.to_string()),
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

    /// A whole number within bounds.
    ///
    /// # Errors
    /// [`Failure`] at the place of the number.
    pub fn count(
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

    /// A TOML integer or text, read by a given reader.
    ///
    /// # Errors
    /// [`Failure`] at the place of the value.
    pub fn read<T>(
        &self,
        given: Option<Spanned<Value>>,
        reader: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<Option<T>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        let read = match given.into_inner() {
            Value::String(text) => reader(&text),
            Value::Integer(number) => reader(&number.to_string()),
            other => Err(Problem::new(Code::WrongKind).with("detail", format!("`{other}`"))),
        };
        read.map(Some).map_err(|problem| self.failure(problem, &span))
    }

    /// The same for a key that must be there.
    ///
    /// # Errors
    /// [`Failure`] when the key is missing, or at the place of the value.
    pub fn required<T>(&self, key: &str, found: Option<T>) -> Result<T, Failure> {
        found.ok_or_else(|| Failure::input(Problem::new(Code::MissingKey).with("read", key).at(self.name)))
    }
}
