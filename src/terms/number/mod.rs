//! Các con số: amounts, shares, multiples and measures, all exact; how they are read and written.
//!
//! `Vnd` can be paid, `ExactVnd` cannot until it is rounded by a named rule; `Share` is a part of a whole, `Times` a multiple
//! of a named base, `Measure` a quantity or price.

mod eight_digits;
mod exact;
mod measure;
mod multiple;
mod print;
mod read;
mod share;
mod vnd;

pub use self::eight_digits::up_to_eight_digits;
pub(crate) use self::exact::greatest_common_divisor;
pub use self::exact::{ExactVnd, Overflow, Rounding, RoundingMode};
pub use self::measure::Measure;
pub use self::multiple::{Multiple, NamedBase, Times};
pub use self::print::plain;
pub use self::read::{AmountError, parse_amount, parse_claim_amount};
pub use self::share::{Share, ShareError};
pub use self::vnd::{LARGEST_AMOUNT, Vnd};
