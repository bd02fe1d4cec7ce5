//! Bảng của cùng kỳ: a table of the month (79a/80a, 01/BH, C79-HD, XML1 to XML3 as tables, 19 to 21), whose sums are set beside those of
//! the claim files.

use super::cells::{claim_amount, empty, text};
use super::csv::TableRow;
use super::heading::{Field, Layout, Schema, optional};
use crate::audit::figure::Figure;
use crate::audit::summary::{AuditSummary, ComparedSum};
use crate::terms::problem::Problem;

const NUMBER: &str = "number";
const HOSPITAL: &str = "hospital";
const COVERED: &str = "covered";
const FUND: &str = "fund";
const COPAYMENT: &str = "copayment";
const OWN: &str = "own";
const OTHER: &str = "other";
const DRUG: &str = "drug_code";
const SUPPLY: &str = "supply_code";
const SERVICE: &str = "service_code";
const AMOUNT: &str = "amount";

/// What the columns can mean.
const FIELDS: &[Field] = &[
    optional(NUMBER, &["stt"]),
    optional(HOSPITAL, &["ttongchibv"]),
    optional(COVERED, &["ttongchibh", "ttongchi", "tong", "tongcong", "tongchiphi", "tongso"]),
    optional(
        FUND,
        &[
            "tbhtt",
            "denghiquy",
            "denghiquythanhtoan",
            "denghiquybhytthanhtoan",
            "sodenghiquybhytthanhtoan",
            "tiendenghiquybhytthanhtoan",
            "denghibhxhthanhtoan",
        ],
    ),
    optional(COPAYMENT, &["tbncct", "cungchitra", "nguoibenhcungchitra"]),
    optional(OWN, &["tbntt"]),
    optional(OTHER, &["tnguonkhac", "nguonkhac"]),
    optional(DRUG, &["mathuoc", "tenhoatchat", "tenthuocthanhpham"]),
    optional(SUPPLY, &["mavattu", "tenvtyttheodanhmuc", "tenvattuytetheodanhmuc"]),
    optional(SERVICE, &["madichvu", "tendichvuyte"]),
    optional(AMOUNT, &["thanhtien", "thanhtienbv"]),
];

/// One row a line with the totals of its claim repeated: those are no sums.
const PROFILES: &str = include_str!("../../profiles/sums.toml");

/// What a table of sums can say.
pub const SCHEMA: Schema =
    Schema { loose: &[DRUG, SUPPLY, SERVICE], profiles: PROFILES, ..Schema::of(FIELDS) };

/// Columns of money, in the order of their sums.
const SUMMED: [&str; 7] = [HOSPITAL, COVERED, FUND, COPAYMENT, OWN, OTHER, AMOUNT];

/// Bảng liệt kê từng khoản: what the items of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// 20, XML2.
    Drugs,
    /// 19.
    Supplies,
    /// 21.
    Services,
    /// XML3.
    ServicesAndSupplies,
}

impl List {
    /// The kind of items by the columns of codes that a table has.
    fn of(layout: &Layout) -> Option<List> {
        match [DRUG, SUPPLY, SERVICE].map(|name| layout.column(name).is_some()) {
            [true, false, false] => Some(List::Drugs),
            [false, true, false] => Some(List::Supplies),
            [false, false, true] => Some(List::Services),
            [false, true, true] => Some(List::ServicesAndSupplies),
            _ => None,
        }
    }

    /// The sum of the claim files that it must be.
    fn beside(self, summary: &AuditSummary) -> (&'static str, Figure) {
        let (drugs, supplies) = (summary.declared_drugs, summary.declared_supplies);
        let whole = summary.declared.hospital;
        match self {
            List::Drugs => ("T_THUOC", drugs),
            List::Supplies => ("T_VTYT", supplies),
            List::Services => ("T_TONGCHI_BV − T_THUOC − T_VTYT", whole - drugs - supplies),
            List::ServicesAndSupplies => ("T_TONGCHI_BV − T_THUOC", whole - drugs),
        }
    }
}

/// Tổng các cột của một bảng.
#[derive(Debug)]
pub struct TableSums {
    number: Option<usize>,
    columns: [Option<usize>; SUMMED.len()],
    /// Which of the lists of codes it is, where it is one.
    list: Option<List>,
    sums: [Figure; SUMMED.len()],
}

impl TableSums {
    /// Ready to add the rows of such a table.
    ///
    /// # Errors
    /// A [`Problem`] for a table without any amount to compare.
    pub fn new(layout: &Layout) -> Result<TableSums, Problem> {
        let columns = SUMMED.map(|name| layout.column(name));
        // A list of items may have sums of its own beside the amount; they are those of its items, not of claims.
        let list = List::of(layout).filter(|_| columns[6].is_some());
        if columns[..6].iter().all(Option::is_none) && list.is_none() {
            return Err(empty("T_TONGCHI_BH, T_BHTT, T_BNCCT, THANH_TIEN"));
        }
        Ok(TableSums { number: layout.column(NUMBER), columns, list, sums: [Figure::ZERO; SUMMED.len()] })
    }

    /// Adds a row; sections and totals, which have no running number, are left out.
    ///
    /// # Errors
    /// A [`Problem`] with the column of an amount that cannot be read.
    pub fn read(&mut self, row: &TableRow<'_>) -> Result<(), Problem> {
        if self.number.is_some() {
            let cell = row.cell_of(self.number);
            let number = text(cell)?;
            let number = number.trim().trim_end_matches(".0");
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(());
            }
        }
        for (index, name) in SUMMED.iter().enumerate() {
            let read = claim_amount(row.cell_of(self.columns[index])).map_err(|problem| problem.at(name))?;
            self.sums[index] += read.map(Figure::from_vnd).unwrap_or_default();
        }
        Ok(())
    }

    /// The sums beside those that the claim files declare.
    pub fn beside(&self, summary: &AuditSummary) -> Vec<ComparedSum> {
        let files = &summary.declared;
        if let Some(list) = self.list {
            let (column, files) = list.beside(summary);
            return vec![ComparedSum { column, table: self.sums[6], files }];
        }
        // Without a column of its own the co-payment stands in what the patient pays.
        let own = if self.columns[3].is_some() {
            ("T_BNTT", files.own)
        } else {
            ("T_BNTT + T_BNCCT", files.own + files.copayment)
        };
        let named = [
            ("T_TONGCHI_BV", files.hospital),
            ("T_TONGCHI_BH", files.covered),
            ("T_BHTT", files.fund),
            ("T_BNCCT", files.copayment),
            own,
            ("T_NGUONKHAC", files.other),
        ];
        let columns = self.columns.iter().zip(self.sums);
        named
            .into_iter()
            .zip(columns)
            .filter(|(_, (column, _))| column.is_some())
            .map(|((column, files), (_, table))| ComparedSum { column, table, files })
            .collect()
    }
}
