//! Bảng cân đối quỹ: years, quarters or months with contributions, what was allocated and spent, by facility or in all, and
//! quarterly settlement tables 02/BH.

pub(super) mod amount;
mod settlement;

use std::collections::{BTreeMap, BTreeSet};

use self::amount::{amount, decimal_mark, half_of_last_digit};
use super::again::Again;
use super::cells;
use super::csv::TableRow;
use super::heading::{Field, Layout, Sample, Schema, field};
use super::sum_rows::SumRows;
use super::{Input, OpenTable, ReadOptions, Trouble, money_unit};
use crate::engine::fund_balance::{Given, SettlementSums};
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::settlement_period::SettlementPeriod;

const PERIOD: &str = "period";
const YEAR: &str = "year";
const FACILITY: &str = "facility";
const CONTRIBUTIONS: &str = "contributions";
const CARE: &str = "care";
const PRIMARY: &str = "primary_care";
const ALLOCATED: &str = "allocated";
const SPENT: &str = "spent";
const MONTHS: &str = "months";
const SURPLUS: &str = "surplus";
const DEFICIT: &str = "deficit";
/// What a title says of the unit of amounts.
const MONEY_UNIT: &str = "money_unit";

/// Columns of amounts, in the order of sum rows.
const AMOUNTS: [&str; 5] = [CONTRIBUTIONS, CARE, PRIMARY, ALLOCATED, SPENT];

const FIELDS: &[Field] = &[
    field(PERIOD, true, &["ky", "quy", "quarter", "thang", "month", "kyquyettoan", "quyquyettoan"]),
    field(YEAR, false, &["nam"]),
    field(FACILITY, false, &["macskcb", "coso", "tencoso", "cosokcb"]),
    field(
        CONTRIBUTIONS,
        false,
        &["sothu", "thu", "tongthu", "tongsothu", "sotienthu", "thubhyt", "sothubhyt", "tongthubhyt"],
    ),
    field(
        CARE,
        false,
        &["quykcb", "quykhamchuabenh", "quykhambenhchuabenh", "quykcbbhyt", "care_fund", "carefund"],
    ),
    field(PRIMARY, false, &["cssksbd", "csskbd", "chamsocsuckhoebandau", "trichlai", "primarycare"]),
    field(
        ALLOCATED,
        false,
        &[
            "dutoan",
            "dutoangiao",
            "duocgiao",
            "sogiao",
            "quyduocsudung",
            "budget",
            "dutoanchi",
            "dutoanduocgiao",
        ],
    ),
    field(
        SPENT,
        false,
        &[
            "chi",
            "sochi",
            "chikcb",
            "chikhamchuabenh",
            "chikcbbhyt",
            "quyettoan",
            "tbhtt",
            "dachi",
            "tongchi",
            "sodachi",
        ],
    ),
    field(MONTHS, false, &["sothang"]),
    field(SURPLUS, false, &["ketdu", "ketduboichi", "candoi", "canddoi", "chenhlech", "thuchi"]),
    field(DEFICIT, false, &["boichi", "bochi", "vuotchi"]),
];

pub(super) const SCHEMA: Schema = Schema {
    titles: &[("donvitinh", MONEY_UNIT), ("dvt", MONEY_UNIT), ("donvi", MONEY_UNIT), ("unit", MONEY_UNIT)],
    money: &["thu", "chi", "quy", "tien", "dutoan", "quyettoan", "duphong", "quanly", "giao"],
    asks_cells: false,
    harmless: &["ghichu", "note", "donvi", "donvitinh", "diachi", "noidung", "chitieu", "tyle", "tylesudung"],
    sample: Some(Sample {
        template: "fund-balance",
        columns: &[PERIOD, CONTRIBUTIONS, SPENT],
        takes_facts: false,
    }),
    ..Schema::of(FIELDS)
};

/// Bảng đã đọc.
#[derive(Debug, Default)]
pub struct FundTables {
    /// What they give, by period.
    pub periods: BTreeMap<SettlementPeriod, Given>,
    /// What was allocated and spent, by facility.
    pub facilities: BTreeMap<String, Given>,
    /// What quarterly settlement tables give.
    pub settlements: Vec<SettlementSums>,
    /// What the user should know about how the tables were read.
    pub notices: Vec<Problem>,
    /// Columns with numbers that were not understood.
    pub left_out: Vec<Problem>,
    /// What a table states that does not follow from its rows.
    pub mismatches: Vec<SumMismatch>,
    /// Rows that were read.
    pub rows: u64,
    /// Rows that are sums.
    pub aside: u64,
    /// Rows that could not be read, with their places.
    pub rejected: Vec<Problem>,
    /// Rows of a period as a whole, and of facilities.
    wholes: BTreeMap<SettlementPeriod, Given>,
    parts: BTreeMap<SettlementPeriod, Given>,
    known: BTreeSet<(SettlementPeriod, String)>,
    /// Surplus as tables state it, with the rounding of the figures it follows from.
    surplus: BTreeMap<SettlementPeriod, (Vnd, Vnd)>,
}

/// Số ghi trong bảng và số tính ra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumMismatch {
    /// Which row.
    pub place: String,
    /// Which column.
    pub field: String,
    /// What the table says.
    pub stated: Vnd,
    /// What follows from its rows.
    pub computed: Vnd,
}

/// What is needed to read a table of the fund.
#[derive(Debug, Clone, Copy)]
pub struct FundOptions {
    /// Đồng in the unit of amounts whose table does not name it.
    pub unit: Option<i64>,
    /// The period of tables that do not say it.
    pub period: Option<SettlementPeriod>,
}

impl FundTables {
    /// Đọc một bảng nữa.
    ///
    /// # Errors
    /// [`Trouble`] for what cannot be used.
    pub fn read(
        &mut self,
        input: Input<'_>,
        options: &ReadOptions,
        asked: FundOptions,
    ) -> Result<(), Trouble> {
        let name = input.name();
        let again = Again::of(input);
        if settlement::is_settlement(&again, options)? {
            return settlement::read(self, &again, options, asked, &name);
        }
        let mut table = OpenTable::open(again.take(), &SCHEMA, options)?;
        let layout = table.layout().clone();
        FundTables::fits(&layout, &name)?;
        self.notices.extend(table.notices().iter().cloned());
        let mut decimals: BTreeSet<char> = BTreeSet::new();
        let columns = AMOUNTS.iter().filter_map(|field| layout.column(field));
        let columns: Vec<usize> = columns.chain(layout.watched.iter().copied()).collect();
        table.for_each(|row| {
            let marks =
                columns.iter().filter_map(|column| decimal_mark(&String::from_utf8_lossy(row.cell(*column))));
            decimals.extend(marks);
            Ok(())
        })?;
        let title = layout.fact(MONEY_UNIT);
        let mut units: BTreeMap<&'static str, i64> = BTreeMap::new();
        for field in AMOUNTS.into_iter().chain([SURPLUS, DEFICIT]) {
            let Some(column) = layout.column(field) else { continue };
            let unit = money_unit::of_column(&layout.names[column], title, asked.unit);
            units.insert(field, unit.map_err(|problem| Trouble::input(problem.at(&name)))?);
        }
        if asked.unit.is_none() {
            self.notices.extend(money_unit::said(units.values().copied()));
        }
        // One mark that all cells agree on settles the cells that alone could be two numbers.
        let decimal = if decimals.len() == 1 { decimals.first().copied() } else { None };
        let mut table = OpenTable::open(again.take(), &SCHEMA, options)?;
        again.forget();
        let mut reader = Reader {
            tables: self,
            layout: &layout,
            units,
            decimal,
            period: asked.period,
            sums: SumRows::default(),
        };
        let mut left_out = vec![0_u64; layout.watched.len()];
        table.for_each(|row| {
            if let Err(problem) = reader.row(row) {
                reader.tables.rejected.push(problem.at(format!("{name}:{}", row.number)));
            }
            for (count, column) in left_out.iter_mut().zip(&layout.watched) {
                let text = String::from_utf8_lossy(row.cell(*column)).into_owned();
                *count +=
                    u64::from(matches!(amount(&text, 1, Some(',')), Ok(Some(amount)) if !amount.is_zero()));
            }
            Ok(())
        })?;
        reader.compare_sums();
        for (count, column) in left_out.into_iter().zip(&layout.watched).filter(|(count, _)| *count > 0) {
            let problem = Problem::new(Code::ReportColumnLeftOut).with("column", &layout.names[*column]);
            self.left_out.push(problem.with("count", count));
        }
        Ok(())
    }

    fn fits(layout: &Layout, name: &str) -> Result<(), Trouble> {
        let has = |field: &str| layout.column(field).is_some();
        if [CONTRIBUTIONS, CARE, ALLOCATED, SPENT].into_iter().any(has) {
            return Ok(());
        }
        Err(Trouble::input(SCHEMA.lacks(&[SPENT]).at(name)))
    }

    /// A row of a facility or of a period as a whole.
    fn take(&mut self, period: SettlementPeriod, facility: String, given: &Given) -> Result<(), Problem> {
        if !self.known.insert((period, facility.clone())) {
            return Err(Problem::new(Code::FundPeriodTwice)
                .with("period", period)
                .with("facility", facility));
        }
        if facility.is_empty() {
            self.wholes.insert(period, *given);
            return Ok(());
        }
        merge(self.parts.entry(period).or_default(), given)?;
        merge(self.facilities.entry(facility).or_default(), given)
    }

    /// Compares the surplus that tables state with what is left of each period.
    pub fn compare_surplus(&mut self, left: impl Fn(SettlementPeriod) -> Option<Vnd>) {
        for (period, stated) in std::mem::take(&mut self.surplus) {
            if let Some(left) = left(period) {
                self.surplus_differs(period.to_string(), stated, left);
            }
        }
    }

    fn surplus_differs(&mut self, place: String, (stated, rounding): (Vnd, Vnd), computed: Vnd) {
        let apart = stated.max(computed).checked_sub(stated.min(computed));
        if apart.is_none_or(|apart| apart > rounding) {
            self.mismatches.push(SumMismatch { place, field: SURPLUS.to_owned(), stated, computed });
        }
    }

    /// Puts rows of facilities and of whole periods together.
    ///
    /// # Errors
    /// [`Code::PeriodsOverlap`] where a year and one of its quarters would count twice.
    pub fn finish(&mut self) -> Result<(), Trouble> {
        for (period, parts) in std::mem::take(&mut self.parts) {
            let whole = self.wholes.entry(period).or_default();
            let pairs = [
                (CONTRIBUTIONS, &mut whole.contributions, parts.contributions),
                (CARE, &mut whole.care, parts.care),
                (PRIMARY, &mut whole.primary_care, parts.primary_care),
                (ALLOCATED, &mut whole.allocated, parts.allocated),
                (SPENT, &mut whole.spent, parts.spent),
            ];
            for (field, stated, computed) in pairs {
                if let (Some(stated), Some(computed)) = (*stated, computed)
                    && stated != computed
                {
                    let (place, field) = (period.to_string(), field.to_owned());
                    self.mismatches.push(SumMismatch { place, field, stated, computed });
                }
                *stated = computed.or(*stated);
            }
            whole.months = whole.months.or(parts.months);
            whole.rounding = whole.rounding.max(parts.rounding);
        }
        self.periods = std::mem::take(&mut self.wholes);
        let mut longest: Option<SettlementPeriod> = None;
        for period in self.periods.keys().copied() {
            if let Some(known) = longest.filter(|known| known.overlaps(period)) {
                let problem = Problem::new(Code::PeriodsOverlap).with("first", known).with("second", period);
                return Err(Trouble::input(problem));
            }
            if longest.is_none_or(|known| known.last_day() < period.last_day()) {
                longest = Some(period);
            }
        }
        Ok(())
    }
}

/// One table under way.
struct Reader<'t> {
    tables: &'t mut FundTables,
    layout: &'t Layout,
    units: BTreeMap<&'static str, i64>,
    decimal: Option<char>,
    period: Option<SettlementPeriod>,
    sums: SumRows<5>,
}

impl Reader<'_> {
    fn row(&mut self, row: &TableRow<'_>) -> Result<(), Problem> {
        let text = |field: &str| {
            cells::text(row.cell_of(self.layout.column(field))).map(std::borrow::Cow::into_owned)
        };
        let (written, year, facility) = (text(PERIOD)?, text(YEAR)?, text(FACILITY)?);
        let given = self.amounts(row)?;
        let stated = in_hundredths(&given);
        let says_nothing = stated.iter().all(Option::is_none);
        if let Some(name) = [&written, &year, &facility].into_iter().find(|text| is_sum(text)) {
            self.tables.aside += 1;
            self.sums.state(name, stated);
            return Ok(());
        }
        if says_nothing && written.is_empty() && year.is_empty() && facility.is_empty() {
            self.tables.aside += 1;
            return Ok(());
        }
        self.tables.rows += 1;
        let period = self.period_of(&written, &year)?;
        let months = text(MONTHS)?;
        let months = if months.is_empty() {
            None
        } else {
            let count = months.parse().ok().filter(|count| (1..=period.months()).contains(count));
            Some(count.ok_or_else(|| {
                let accepted = format!("1–{}", period.months());
                Problem::new(Code::MonthsRange).with("read", &months).with("accepted", accepted)
            })?)
        };
        // Beside rows of facilities, one without is the sum of its period, which is compared at the end.
        if let Some(stated) = self.surplus(row)? {
            let of_row = given.allocated.zip(given.spent).and_then(|(a, b)| a.checked_sub(b));
            match (facility.is_empty(), of_row) {
                (true, _) => drop(self.tables.surplus.insert(period, stated)),
                (false, Some(left)) => self.tables.surplus_differs(facility.clone(), stated, left),
                (false, None) => {}
            }
        }
        let is_part = !facility.is_empty() || self.layout.column(FACILITY).is_none();
        self.tables.take(period, facility, &Given { months, ..given })?;
        if is_part {
            self.sums.add(stated);
        }
        Ok(())
    }

    fn period_of(&self, written: &str, year: &str) -> Result<SettlementPeriod, Problem> {
        if written.is_empty() && year.is_empty() {
            return self.period.ok_or_else(|| Problem::new(Code::CellMissing).with("field", PERIOD));
        }
        let heading = self.layout.column(PERIOD).map_or("", |column| self.layout.names[column].as_str());
        SettlementPeriod::parse_under(heading, written, year).ok_or_else(|| {
            let read = format!("{written} {year}");
            Problem::new(Code::LedgerPeriodForm).with("read", read.trim()).with("field", PERIOD)
        })
    }

    fn amounts(&self, row: &TableRow<'_>) -> Result<Given, Problem> {
        let money = |field: &'static str| -> Result<Option<Vnd>, Problem> {
            let cell = row.cell_of(self.layout.column(field));
            let written = cells::text(cell)?;
            amount(&written, self.unit(field), self.decimal)
                .map_err(|problem| problem.with("read", &written).with("field", field))
        };
        Ok(Given {
            contributions: money(CONTRIBUTIONS)?,
            care: money(CARE)?,
            primary_care: money(PRIMARY)?,
            allocated: money(ALLOCATED)?,
            spent: money(SPENT)?,
            rounding: self.rounding(row)?,
            months: None,
        })
    }

    /// Half of the last digit in which contributions and care are written, together; nothing in đồng.
    fn rounding(&self, row: &TableRow<'_>) -> Result<Vnd, Problem> {
        self.halves(row, &[CONTRIBUTIONS, CARE])
    }

    fn halves(&self, row: &TableRow<'_>, fields: &[&'static str]) -> Result<Vnd, Problem> {
        let mut halves = Vnd::ZERO;
        for field in fields.iter().copied().filter(|field| self.unit(field) > 1) {
            let cell = row.cell_of(self.layout.column(field));
            let written = cells::text(cell)?;
            if !written.is_empty() {
                halves += half_of_last_digit(&written, self.unit(field), self.decimal);
            }
        }
        Ok(halves)
    }

    fn unit(&self, field: &str) -> i64 {
        self.units.get(field).copied().unwrap_or(1)
    }

    /// Kết dư (below zero bội chi) as the row states it, with the rounding of all it follows from.
    fn surplus(&self, row: &TableRow<'_>) -> Result<Option<(Vnd, Vnd)>, Problem> {
        let read = |field: &'static str| -> Result<Option<Vnd>, Problem> {
            let cell = row.cell_of(self.layout.column(field));
            let written = cells::text(cell)?;
            let read = amount(&written, self.unit(field), self.decimal);
            Ok(read
                .map_err(|problem| problem.with("read", &written).with("field", field))?
                .filter(|amount| !amount.is_zero()))
        };
        let stated = match (read(SURPLUS)?, read(DEFICIT)?) {
            (Some(surplus), _) => surplus,
            (None, Some(deficit)) if deficit.is_negative() => deficit,
            (None, Some(deficit)) => Vnd::ZERO - deficit,
            (None, None) => return Ok(None),
        };
        Ok(Some((stated, self.halves(row, &[CARE, PRIMARY, ALLOCATED, SPENT, SURPLUS, DEFICIT])?)))
    }

    fn compare_sums(self) {
        let amount =
            |hundredths: i128| i64::try_from(hundredths).map(Vnd::from_hundredths).unwrap_or_default();
        let heading = |column: usize| {
            let found = self.layout.column(AMOUNTS[column]);
            found.map_or(String::new(), |found| self.layout.names[found].clone())
        };
        self.tables.mismatches.extend(self.sums.wrong().into_iter().map(|wrong| SumMismatch {
            place: wrong.name,
            field: heading(wrong.column),
            stated: amount(wrong.stated),
            computed: amount(wrong.computed),
        }));
    }
}

/// Dòng cộng.
fn is_sum(text: &str) -> bool {
    let lower = text.to_lowercase();
    matches!(lower.split([' ', ':']).next(), Some("cộng" | "tổng" | "total" | "cả" | "toàn" | "lũy" | "luỹ"))
}

fn in_hundredths(given: &Given) -> [Option<i128>; 5] {
    let amounts = [given.contributions, given.care, given.primary_care, given.allocated, given.spent];
    amounts.map(|amount| amount.map(|amount| i128::from(amount.hundredths())))
}

fn merge(known: &mut Given, new: &Given) -> Result<(), Problem> {
    let plus = |a: Option<Vnd>, b: Option<Vnd>| match (a, b) {
        (Some(a), Some(b)) => a.checked_add(b).map(Some).ok_or_else(|| Problem::new(Code::AmountRange)),
        (a, b) => Ok(a.or(b)),
    };
    *known = Given {
        contributions: plus(known.contributions, new.contributions)?,
        care: plus(known.care, new.care)?,
        primary_care: plus(known.primary_care, new.primary_care)?,
        allocated: plus(known.allocated, new.allocated)?,
        spent: plus(known.spent, new.spent)?,
        rounding: plus(Some(known.rounding), Some(new.rounding))?.unwrap_or_default(),
        months: known.months.or(new.months),
    };
    Ok(())
}
