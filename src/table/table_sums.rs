//! Bảng của cùng kỳ: a table of the month (79a/80a, 01/BH, XML1 as a table, 19 to 21), whose sums are set beside those of
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
    optional(COVERED, &["ttongchibh", "ttongchi"]),
    optional(FUND, &["tbhtt"]),
    optional(COPAYMENT, &["tbncct"]),
    optional(OWN, &["tbntt"]),
    optional(OTHER, &["tnguonkhac"]),
    optional(DRUG, &["mathuoc"]),
    optional(SUPPLY, &["mavattu"]),
    optional(SERVICE, &["madichvu"]),
    optional(AMOUNT, &["thanhtien"]),
];

/// What a table of sums can say.
pub const SCHEMA: Schema = Schema::of(FIELDS);

/// Columns of money, in the order of their sums.
const SUMMED: [&str; 7] = [HOSPITAL, COVERED, FUND, COPAYMENT, OWN, OTHER, AMOUNT];

/// Tổng các cột của một bảng.
#[derive(Debug)]
pub struct TableSums {
    number: Option<usize>,
    columns: [Option<usize>; SUMMED.len()],
    /// Which of the lists of codes it is, where it is one.
    list: Option<&'static str>,
    sums: [Figure; SUMMED.len()],
}

impl TableSums {
    /// Ready to add the rows of such a table.
    ///
    /// # Errors
    /// A [`Problem`] for a table without any amount to compare.
    pub fn new(layout: &Layout) -> Result<TableSums, Problem> {
        let columns = SUMMED.map(|name| layout.column(name));
        let list = [DRUG, SUPPLY, SERVICE].into_iter().find(|name| layout.column(name).is_some());
        let has_totals = columns[..6].iter().any(Option::is_some);
        if !has_totals && (columns[6].is_none() || list.is_none()) {
            return Err(empty("T_TONGCHI_BH, T_BHTT, T_BNCCT, THANH_TIEN"));
        }
        let list = if has_totals { None } else { list };
        Ok(TableSums { number: layout.column(NUMBER), columns, list, sums: [Figure::ZERO; SUMMED.len()] })
    }

    /// Adds a row; sections and totals, which have no running number, are left out.
    ///
    /// # Errors
    /// A [`Problem`] with the column of an amount that cannot be read.
    pub fn read(&mut self, row: &TableRow<'_>) -> Result<(), Problem> {
        if self.number.is_some() {
            let cell = row.cell_of(self.number);
            let number = text(&cell)?;
            let number = number.trim().trim_end_matches(".0");
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return Ok(());
            }
        }
        for (index, name) in SUMMED.iter().enumerate() {
            let read = claim_amount(&row.cell_of(self.columns[index])).map_err(|problem| problem.at(name))?;
            self.sums[index] += read.map(Figure::from_vnd).unwrap_or_default();
        }
        Ok(())
    }

    /// The sums beside those that the claim files declare.
    pub fn beside(&self, summary: &AuditSummary) -> Vec<ComparedSum> {
        let files = &summary.declared;
        if let Some(list) = self.list {
            let (drugs, supplies) = (summary.declared_drugs, summary.declared_supplies);
            let (column, files) = match list {
                DRUG => ("T_THUOC", drugs),
                SUPPLY => ("T_VTYT", supplies),
                _ => ("T_TONGCHI_BV − T_THUOC − T_VTYT", files.hospital - drugs - supplies),
            };
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
