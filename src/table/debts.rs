//! Bảng các khoản nợ: month, amount, day of payment and cycle of late contributions.

use chrono::NaiveDate;

use super::cells::{amount, date, empty, text};
use super::csv::TableRow;
use super::heading::{Epoch, Field, Layout, Schema, field};
use crate::terms::number::Vnd;
use crate::terms::period::parse_month;
use crate::terms::problem::{Code, Problem};

const MONTH: &str = "month";
const AMOUNT: &str = "amount";
const PAID_ON: &str = "paid_on";
const CYCLE: &str = "cycle";

/// What the columns of a table of debts can mean.
const FIELDS: &[Field] = &[
    field(MONTH, true, &["thang", "thangphaidong", "thangno", "kydong", "thangphatsinh"]),
    field(AMOUNT, true, &["sotien", "sotienphaidong", "sotienno", "sono", "phaidong", "tienno"]),
    field(PAID_ON, false, &["ngaydong", "ngaynop", "ngaynoptien", "ngaydongtien"]),
    field(CYCLE, false, &["phuongthuc", "phuongthucdong", "sothangmotlan"]),
];

/// What a table of debts can say.
pub const SCHEMA: Schema = Schema::of(FIELDS);

/// Một khoản nợ.
#[derive(Debug, Clone, Copy)]
pub struct Debt {
    /// First day of the month that the money is for.
    pub month: NaiveDate,
    /// The debt.
    pub amount: Vnd,
    /// Day of payment, where the row says it.
    pub paid_on: Option<NaiveDate>,
    /// Months of a cycle, where the row says it.
    pub cycle: Option<u32>,
}

/// Đọc các dòng của một bảng.
#[derive(Debug)]
pub struct Debts {
    month: Option<usize>,
    amount: Option<usize>,
    paid_on: Option<usize>,
    cycle: Option<usize>,
    epoch: Option<Epoch>,
}

impl Debts {
    /// A reader for tables of this layout.
    pub fn new(layout: &Layout) -> Debts {
        Debts {
            month: layout.column(MONTH),
            amount: layout.column(AMOUNT),
            paid_on: layout.column(PAID_ON),
            cycle: layout.column(CYCLE),
            epoch: layout.epoch,
        }
    }

    /// The debt of a row.
    ///
    /// # Errors
    /// A [`Problem`] with the column.
    pub fn read(&self, row: &TableRow<'_>) -> Result<Debt, Problem> {
        let month = row.cell_of(self.month);
        let month = match text(month)?.as_ref() {
            "" => return Err(empty(MONTH)),
            typed => parse_month(typed).map_err(|_| Problem::new(Code::DateForm).at(MONTH))?,
        };
        let owed = amount(row.cell_of(self.amount)).map_err(|problem| problem.at(AMOUNT))?;
        let cycle = row.cell_of(self.cycle);
        let cycle = match text(cycle)?.as_ref() {
            "" => None,
            typed => match typed.parse() {
                Ok(months @ (1 | 3 | 6)) => Some(months),
                _ => return Err(Problem::new(Code::MonthsRange).with("accepted", "1, 3, 6").at(CYCLE)),
            },
        };
        Ok(Debt {
            month,
            amount: owed.ok_or_else(|| empty(AMOUNT))?,
            paid_on: date(row.cell_of(self.paid_on), self.epoch).map_err(|problem| problem.at(PAID_ON))?,
            cycle,
        })
    }
}
