//! Cột tiền của danh sách: pay, bases, support and stated amounts, whose meaning depends on the group of the row.

use super::fields::{
    BASE_SALARY, BUDGET_PERCENT, COEFFICIENT, LADDER_PERCENT, LADDER_PERCENT_OR_FIRST, LEVEL_OR_STATED,
    LOCAL_SUPPORT, OTHER_SUPPORT, PAY_OR_BASE, PAY_OR_LADDER_BASE, PAY_OR_STATED, PAY_OR_STATED_WITH_OTHER,
    SALARY, STATED, STATED_NEXT, STATED_PREMIUM, STATED_STATE, STATED_STATE_NEXT,
};
use super::known_money::KnownMoney;
use super::money_law::MoneyLaw;
use super::place::{PlaceCell, percent, step};
use crate::engine::calendar::Era;
use crate::engine::premium::PremiumAmounts;
use crate::engine::premium::given_support::{GivenSupport, SupportPart};
use crate::table::cells::{amount, text};
use crate::table::csv::TableRow;
use crate::table::field_source::FieldSource;
use crate::table::heading::Layout;
use crate::terms::group::Payer;
use crate::terms::number::{Rounding, RoundingMode, Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Below this a number in a column of pay is a coefficient of the base salary.
const MOST_COEFFICIENT: i64 = 100;

/// Số tiền ghi trong danh sách, to be compared with what is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated {
    /// What the person pays.
    person: Option<Vnd>,
    /// What the person and other organisations pay.
    with_other: Option<Vnd>,
    /// The whole premium.
    premium: Option<Vnd>,
    /// What the state pays.
    state: Option<Vnd>,
}

impl Stated {
    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Stated::default()
    }

    /// Stated less computed; `None` where nothing is stated.
    pub fn difference(&self, amounts: &PremiumAmounts) -> Option<Vnd> {
        let person = amounts.of(Payer::Person);
        let pairs = [
            (self.person, person),
            (self.with_other, person + amounts.of(Payer::Other)),
            (self.premium, amounts.premium),
            (self.state, amounts.of(Payer::State)),
        ];
        let mut known = None;
        for (stated, computed) in pairs {
            let Some(stated) = stated else { continue };
            let difference = stated - computed;
            if known.is_none_or(|known: Vnd| known == Vnd::ZERO) {
                known = Some(difference);
            }
        }
        known
    }
}

/// Những gì các cột tiền của một dòng nói.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowMoney {
    pub(super) salary: Option<Vnd>,
    pub(super) rank: Option<u32>,
    pub(super) facts: MoneyFacts,
    /// What the facts come to.
    pub(super) weight: MoneyWeight,
}

/// What a row says about money beside pay and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MoneyFacts {
    /// What the row says is to be paid.
    pub stated: Stated,
    /// What the row says that others pay.
    pub support: GivenSupport,
    /// A base salary is stated that is not the one of the day.
    pub other_base: bool,
    /// A share was written as a fraction, `0.3` for 30 %.
    pub as_fraction: bool,
}

/// What such facts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MoneyWeight {
    /// Nothing that is not asked of the rules.
    #[default]
    Nothing,
    /// No more than that the budgets pay nothing.
    NoBudget,
    /// Something to compare or to put into the split.
    Something,
}

impl MoneyFacts {
    /// What the facts come to.
    pub(super) fn weight(&self) -> MoneyWeight {
        let no_budget = GivenSupport { budget: Some(Share::NONE), ..GivenSupport::default() };
        match () {
            () if !self.stated.is_empty() || self.other_base => MoneyWeight::Something,
            () if self.support.is_empty() => MoneyWeight::Nothing,
            () if self.support == no_budget => MoneyWeight::NoBudget,
            () => MoneyWeight::Something,
        }
    }
}

/// Các cột tiền.
pub(super) struct MoneyColumns {
    salary: FieldSource,
    coefficient: FieldSource,
    pay_or_base: FieldSource,
    pay_or_ladder_base: FieldSource,
    pay_or_stated: FieldSource,
    pay_or_stated_with_other: FieldSource,
    base: FieldSource,
    ladder_percent: FieldSource,
    /// The same, where an empty cell is the first member, who pays in full.
    percent_or_first: FieldSource,
    /// A percent or base of the ladder, or what is to be paid: told by the cell.
    level_or_stated: FieldSource,
    local: FieldSource,
    other: FieldSource,
    budget: FieldSource,
    stated: [FieldSource; 2],
    premium: FieldSource,
    state: [FieldSource; 2],
}

/// Đọc các cột tiền, each text once.
pub(super) struct MoneyReader {
    columns: MoneyColumns,
    known: KnownMoney<RowMoney>,
    /// What a row said that is not remembered.
    passing: RowMoney,
}

/// What is known of a row when its money is read.
#[derive(Clone, Copy)]
pub(super) struct About<'r> {
    pub(super) law: MoneyLaw<'r>,
    /// Whether the group's premium rests on an amount of its own.
    pub(super) needs_pay: bool,
    pub(super) on_ladder: bool,
}

impl MoneyReader {
    /// A reader for a layout; none where it has no more than a salary.
    pub(super) fn of(layout: &Layout) -> Option<MoneyReader> {
        let columns = MoneyColumns::of(layout);
        let known = KnownMoney::of(columns.all().filter_map(FieldSource::column).collect());
        let is_any = columns.all().any(FieldSource::is_there);
        is_any.then_some(MoneyReader { columns, known, passing: RowMoney::default() })
    }

    /// What a row says about money under the law of an era, remembered by its text. Pay is different from row to row, and is read
    /// anew.
    #[inline]
    pub(super) fn read(
        &mut self,
        row: &TableRow<'_>,
        era: Era,
        about: About<'_>,
    ) -> Result<&RowMoney, Problem> {
        let MoneyReader { columns, known, passing } = self;
        if about.needs_pay {
            *passing = columns.read(row, about)?;
            return Ok(passing);
        }
        known.find_or_read(row, (era, about.on_ladder), || columns.read(row, about))
    }
}

impl MoneyColumns {
    fn of(layout: &Layout) -> MoneyColumns {
        let source = |field| FieldSource::of(layout, field);
        MoneyColumns {
            salary: source(SALARY),
            coefficient: source(COEFFICIENT),
            pay_or_base: source(PAY_OR_BASE),
            pay_or_ladder_base: source(PAY_OR_LADDER_BASE),
            pay_or_stated: source(PAY_OR_STATED),
            pay_or_stated_with_other: source(PAY_OR_STATED_WITH_OTHER),
            base: source(BASE_SALARY),
            ladder_percent: source(LADDER_PERCENT),
            percent_or_first: source(LADDER_PERCENT_OR_FIRST),
            level_or_stated: source(LEVEL_OR_STATED),
            local: source(LOCAL_SUPPORT),
            other: source(OTHER_SUPPORT),
            budget: source(BUDGET_PERCENT),
            stated: [source(STATED), source(STATED_NEXT)],
            premium: source(STATED_PREMIUM),
            state: [source(STATED_STATE), source(STATED_STATE_NEXT)],
        }
    }

    /// Every column but that of pay.
    fn all(&self) -> impl Iterator<Item = &FieldSource> {
        [
            &self.coefficient,
            &self.pay_or_base,
            &self.pay_or_ladder_base,
            &self.pay_or_stated,
            &self.pay_or_stated_with_other,
            &self.base,
            &self.ladder_percent,
            &self.percent_or_first,
            &self.level_or_stated,
            &self.local,
            &self.other,
            &self.budget,
            &self.premium,
        ]
        .into_iter()
        .chain(&self.stated)
        .chain(&self.state)
    }

    /// Whether stated amounts can be compared.
    pub(super) fn has_stated(layout: &Layout) -> bool {
        [STATED, STATED_PREMIUM, STATED_STATE, PAY_OR_STATED, PAY_OR_STATED_WITH_OTHER, LEVEL_OR_STATED]
            .iter()
            .any(|field| layout.column(field).is_some())
    }

    #[inline(never)]
    fn read(&self, row: &TableRow<'_>, about: About<'_>) -> Result<RowMoney, Problem> {
        let vnd = |source: &FieldSource, field: &'static str| {
            if !source.is_there() {
                return Ok(None);
            }
            amount(source.cell(row)).map_err(|problem| problem.at(field))
        };
        let mut found = RowMoney::default();
        if about.needs_pay {
            found.salary = self.pay(row, about)?;
        } else {
            let facts = &mut found.facts;
            facts.stated.person = vnd(&self.pay_or_stated, PAY_OR_STATED)?;
            facts.stated.with_other = vnd(&self.pay_or_stated_with_other, PAY_OR_STATED_WITH_OTHER)?;
            let bases = [vnd(&self.pay_or_base, PAY_OR_BASE)?, vnd(&self.base, BASE_SALARY)?];
            facts.other_base = bases.into_iter().flatten().any(|base| !about.law.is_base(base));
            if let Some(base) = vnd(&self.pay_or_ladder_base, PAY_OR_LADDER_BASE)? {
                if about.on_ladder {
                    let rank = about.law.rank_of_base(base);
                    found.rank = Some(rank.map_err(|problem| problem.at(PAY_OR_LADDER_BASE))?);
                } else {
                    facts.other_base |= !about.law.is_base(base);
                }
            }
        }
        if about.on_ladder {
            let rank = self.rank(row, about).map_err(|problem| problem.at(LADDER_PERCENT))?;
            found.rank = rank.or(found.rank);
        }
        self.level(row, about, &mut found).map_err(|problem| problem.at(LEVEL_OR_STATED))?;
        let both = |sources: &[FieldSource; 2], field| -> Result<Option<Vnd>, Problem> {
            let [one, next] = [vnd(&sources[0], field)?, vnd(&sources[1], field)?];
            Ok(one.or(next).map(|_| one.unwrap_or(Vnd::ZERO) + next.unwrap_or(Vnd::ZERO)))
        };
        let facts = &mut found.facts;
        facts.stated.person = facts.stated.person.or(both(&self.stated, STATED)?);
        facts.stated.premium = vnd(&self.premium, STATED_PREMIUM)?;
        facts.stated.state = both(&self.state, STATED_STATE)?;
        let fraction = &mut facts.as_fraction;
        facts.support = GivenSupport {
            budget: share(self.budget.cell(row), fraction).map_err(|problem| problem.at(BUDGET_PERCENT))?,
            local: given(self.local.cell(row), fraction).map_err(|problem| problem.at(LOCAL_SUPPORT))?,
            other: given(self.other.cell(row), fraction).map_err(|problem| problem.at(OTHER_SUPPORT))?,
        };
        found.weight = found.facts.weight();
        Ok(found)
    }

    /// *Mức đóng*: a percent or base of the ladder, the base salary, or what is to be paid.
    fn level(&self, row: &TableRow<'_>, about: About<'_>, found: &mut RowMoney) -> Result<(), Problem> {
        if !self.level_or_stated.is_there() {
            return Ok(());
        }
        let cell = self.level_or_stated.cell(row);
        let cell = text(cell)?;
        if cell.is_empty() {
            return Ok(());
        }
        if let Ok(place) = step(&cell) {
            if about.on_ladder {
                found.rank = Some(place.rank(about.law)?);
            } else if place != PlaceCell::Percent(Share::WHOLE) {
                return Err(Problem::new(Code::NoLadderStep));
            }
            return Ok(());
        }
        let Some(amount) = amount(cell.as_bytes())? else { return Ok(()) };
        match about.law.rank_of_base(amount) {
            // The base salary itself stands beside every member in some lists.
            _ if about.law.is_base(amount) => {}
            Ok(rank) if about.on_ladder => found.rank = Some(rank),
            _ if about.needs_pay && found.salary.is_none() => found.salary = Some(amount),
            _ => found.facts.stated.person = Some(amount),
        }
        Ok(())
    }

    /// The step that a column of percents names.
    fn rank(&self, row: &TableRow<'_>, about: About<'_>) -> Result<Option<u32>, Problem> {
        for source in [&self.ladder_percent, &self.percent_or_first].into_iter().filter(|it| it.is_there()) {
            let cell = source.cell(row);
            let cell = text(cell)?;
            // Some lists write the day of the card behind it: `70% / 01/08/2026`.
            let cell = cell.split('/').next().unwrap_or_default();
            if !cell.is_empty() {
                return step(cell)?.rank(about.law).map(Some);
            }
        }
        Ok(self.percent_or_first.is_there().then_some(1))
    }

    /// Lương, lương hưu, trợ cấp: an amount, or a coefficient of the base salary.
    fn pay(&self, row: &TableRow<'_>, about: About<'_>) -> Result<Option<Vnd>, Problem> {
        let sources = [
            (&self.salary, SALARY),
            (&self.pay_or_base, PAY_OR_BASE),
            (&self.pay_or_ladder_base, PAY_OR_LADDER_BASE),
            (&self.pay_or_stated, PAY_OR_STATED),
            (&self.pay_or_stated_with_other, PAY_OR_STATED_WITH_OTHER),
            (&self.coefficient, COEFFICIENT),
        ];
        for (source, field) in sources.into_iter().filter(|(source, _)| source.is_there()) {
            let cell = source.cell(row);
            let cell = text(cell)?;
            if !cell.is_empty() && cell != "0" {
                return pay(&cell, about).map(Some).map_err(|problem| problem.at(field));
            }
        }
        Ok(None)
    }
}

/// A percent of a cell; an empty one is none.
fn share(cell: &[u8], as_fraction: &mut bool) -> Result<Option<Share>, Problem> {
    let cell = text(cell)?;
    if cell.is_empty() {
        return Ok(None);
    }
    let percent = percent(&cell)?;
    *as_fraction |= percent.is_fraction;
    Ok(Some(percent.share))
}

/// An amount, or a coefficient such as `2,34`.
pub(super) fn pay(cell: &str, about: About<'_>) -> Result<Vnd, Problem> {
    if let Some((numerator, denominator)) = coefficient(cell) {
        let base = about.law.base_salary.ok_or_else(|| Problem::new(Code::AmountForm))?;
        let range = |_| Problem::new(Code::AmountRange);
        let exact = base.exact().times(numerator, denominator).map_err(range)?;
        let whole = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
        return exact.round(whole).map_err(range);
    }
    Ok(amount(cell.as_bytes())?.unwrap_or(Vnd::ZERO))
}

/// A number below a hundred, as a fraction.
fn coefficient(cell: &str) -> Option<(i128, i128)> {
    let (whole, decimals) = cell.split_once([',', '.']).unwrap_or((cell, ""));
    let number = |digits: &str| {
        let plain = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().unwrap_or(0))
    };
    // Three digits behind a mark are thousands.
    if decimals.len() == 3 {
        return None;
    }
    let value: i128 =
        number(whole).filter(|value| !whole.is_empty() && *value < i128::from(MOST_COEFFICIENT))?;
    let denominator = 10_i128.pow(u32::try_from(decimals.len()).ok()?);
    Some((value * denominator + number(decimals)?, denominator))
}

/// Hỗ trợ của một ô: a percent up to a hundred, above that đồng.
pub(super) fn given(cell: &[u8], as_fraction: &mut bool) -> Result<Option<SupportPart>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(percent) = percent(&text) {
        *as_fraction |= percent.is_fraction;
        return Ok(Some(SupportPart::Share(percent.share)));
    }
    if text.ends_with('%') || text == "1" {
        return Err(Problem::new(Code::PercentForm));
    }
    Ok(amount(cell)?.map(SupportPart::Amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_is_a_percent_up_to_a_hundred_and_an_amount_beyond() {
        let read = |cell: &str| given(cell.as_bytes(), &mut false).expect("readable");
        assert_eq!(read("30"), Some(SupportPart::Share(Share::parse("30%").expect("a share"))));
        assert_eq!(read("12,5 %"), Some(SupportPart::Share(Share::parse("12.5%").expect("a share"))));
        assert_eq!(read("200000"), Some(SupportPart::Amount(Vnd::whole(200_000))));
        assert_eq!(read("1.200.000"), Some(SupportPart::Amount(Vnd::whole(1_200_000))));
        assert_eq!(read(""), None);
        for cell in ["120%", "x", "1"] {
            assert!(given(cell.as_bytes(), &mut false).is_err(), "{cell}");
        }
        // A sheet keeps a cell that shows 30 % as 0.3; what bears the sign is meant as it stands.
        for (cell, percent, is_fraction) in
            [("0.3", "30%", true), ("0,125", "12.5%", true), ("0,5%", "0.5%", false)]
        {
            let mut found = false;
            let share = Share::parse(percent).expect("a share");
            assert_eq!(given(cell.as_bytes(), &mut found), Ok(Some(SupportPart::Share(share))), "{cell}");
            assert_eq!(found, is_fraction, "{cell}");
        }
    }

    #[test]
    fn coefficients_are_numbers_below_a_hundred() {
        assert_eq!(coefficient("2,34"), Some((234, 100)));
        assert_eq!(coefficient("4.98"), Some((498, 100)));
        assert_eq!(coefficient("3"), Some((3, 1)));
        for amount in ["100", "12.345", "2340000", "2.340.000", "631.800", ""] {
            assert_eq!(coefficient(amount), None, "{amount}");
        }
    }
}
