//! Bội số: multiples of a named base, such as "45 × base salary".

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::exact::{ExactVnd, Overflow};

/// Bội số: how many times a named base ("15 % of", "6 ×", "45 × base salary").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    numerator: i64,
    denominator: i64,
}

impl Times {
    /// This many times an amount, exactly.
    ///
    /// # Errors
    /// [`Overflow`] when the amount is too large.
    pub fn of(self, amount: ExactVnd) -> Result<ExactVnd, Overflow> {
        amount.times(i128::from(self.numerator), i128::from(self.denominator))
    }

    /// Numerator and denominator as written.
    pub const fn parts(self) -> (i64, i64) {
        (self.numerator, self.denominator)
    }
}

/// `20`, `0.15`, `2.5`.
impl fmt::Display for Times {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.denominator.ilog10();
        write!(out, "{}", Decimal::new(self.numerator, scale).normalize())
    }
}

impl Serialize for Times {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// Written as a TOML integer (`20`) or a decimal text (`"0.15"`), never a float.
impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Times, D::Error> {
        struct Reader;
        impl de::Visitor<'_> for Reader {
            type Value = Times;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an integer such as 20 or a decimal text such as \"0.15\"")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Times, E> {
                if value > 0 {
                    Ok(Times { numerator: value, denominator: 1 })
                } else {
                    Err(E::custom(format!("a multiple must be above zero, not {value}")))
                }
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Times, E> {
                let value = Decimal::from_str_exact(text).map_err(E::custom)?;
                let numerator = i64::try_from(value.mantissa()).map_err(E::custom)?;
                if numerator <= 0 || value.scale() > 6 {
                    return Err(E::custom(format!(
                        "`{text}` is not a multiple above zero with at most six decimals"
                    )));
                }
                Ok(Times { numerator, denominator: 10_i64.pow(value.scale()) })
            }
        }
        input.deserialize_any(Reader)
    }
}

/// Căn cứ tính: the amount a multiple is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamedBase {
    /// Lương cơ sở.
    BaseSalary,
    /// Mức tham chiếu, since Law 51/2024.
    ReferenceLevel,
}

/// Bội số của một căn cứ: "20 × base salary".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Multiple {
    /// How many times.
    pub times: Times,
    /// Of what.
    pub of: NamedBase,
}

/// `6 × base-salary`.
impl Serialize for Multiple {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Multiple { times, of } = self;
        let of = match of {
            NamedBase::BaseSalary => "base-salary",
            NamedBase::ReferenceLevel => "reference-level",
        };
        out.collect_str(&format_args!("{times} × {of}"))
    }
}
