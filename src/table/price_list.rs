//! Danh mục giá: the lists of drugs, supplies and services that a facility holds (03/DM, 04/DM, 05/DM), as a table.

use super::cells::{date, empty, text};
use super::csv::TableRow;
use super::heading::{Epoch, Field, Layout, Schema, optional};
use crate::audit::figure::Figure;
use crate::audit::number_text;
use crate::audit::prices::{ListKind, Price, PriceLists};
use crate::terms::problem::{Code, Problem};

const DRUG: &str = "drug_code";
const SUPPLY: &str = "supply_code";
const SERVICE: &str = "service_code";
const LICENCE: &str = "licence";
const STRENGTH: &str = "strength";
const TENDER: &str = "tender";
const INSURED: &str = "insured_price";
const PRICE: &str = "price";
const FACILITY: &str = "facility";
const FROM: &str = "from";
const UNTIL: &str = "until";
const RATIO: &str = "list_ratio";
const NAME: &str = "item_name";
const PRICED_NAME: &str = "priced_name";
const CONTRACT: &str = "contract_from";

/// What the columns of a list can mean.
const FIELDS: &[Field] = &[
    optional(DRUG, &["mathuoc"]),
    optional(SUPPLY, &["mavattu"]),
    optional(SERVICE, &["madichvu", "matuongduong"]),
    optional(LICENCE, &["sodangky"]),
    optional(STRENGTH, &["hamluong"]),
    optional(TENDER, &["ttthau"]),
    optional(INSURED, &["dongiabh", "giathanhtoan"]),
    optional(PRICE, &["dongia"]),
    optional(FACILITY, &["macskcb"]),
    optional(FROM, &["tungay"]),
    optional(UNTIL, &["denngay"]),
    optional(RATIO, &["tylettbh", "tylett"]),
    optional(NAME, &["tenthuoc", "tenvattu", "tendichvu", "tendvktpheduyet"]),
    optional(PRICED_NAME, &["tendvktgia"]),
    optional(CONTRACT, &["tungayhd"]),
];

/// What a list of prices can say.
pub const SCHEMA: Schema = Schema::of(FIELDS);

/// Đọc các dòng của một danh mục.
#[derive(Debug)]
pub struct PriceList {
    columns: [Option<usize>; FIELDS.len()],
    epoch: Option<Epoch>,
}

impl PriceList {
    /// A reader for lists of this layout.
    ///
    /// # Errors
    /// A [`Problem`] for a table with no column of codes, or none of prices.
    pub fn new(layout: &Layout) -> Result<PriceList, Problem> {
        let columns = [
            DRUG,
            SUPPLY,
            SERVICE,
            LICENCE,
            STRENGTH,
            TENDER,
            INSURED,
            PRICE,
            FACILITY,
            FROM,
            UNTIL,
            RATIO,
            NAME,
            PRICED_NAME,
            CONTRACT,
        ]
        .map(|name| layout.column(name));
        if columns[..3].iter().all(Option::is_none) {
            return Err(empty("MA_THUOC, MA_VAT_TU, MA_DICH_VU"));
        }
        if columns[6].is_none() && columns[7].is_none() {
            return Err(empty("DON_GIA_BH, DON_GIA, GIA_THANH_TOAN"));
        }
        Ok(PriceList { columns, epoch: layout.epoch })
    }

    /// Takes the row of a list.
    ///
    /// # Errors
    /// A [`Problem`] with the column.
    pub fn read(&self, row: &TableRow<'_>, prices: &mut PriceLists) -> Result<(), Problem> {
        let word = |index: usize| -> Result<String, Problem> {
            Ok(text(row.cell_of(self.columns[index]))?.trim().to_owned())
        };
        let day = |index: usize, name: &'static str| {
            date(row.cell_of(self.columns[index]), self.epoch).map_err(|problem| problem.at(name))
        };
        let typed = match word(6)? {
            insured if !insured.is_empty() => insured,
            _ => word(7)?,
        };
        if typed.is_empty() {
            return Err(empty(PRICE));
        }
        let (price, _) = number_text::read(typed.as_bytes())
            .map_err(|_| Problem::new(Code::AmountForm).with("read", &typed).at(PRICE))?;
        let price = Price {
            price,
            ratio: ratio(&word(11)?)?,
            names: [word(12)?, word(13)?].into_iter().filter(|name| !name.is_empty()).collect(),
            contract_from: day(14, CONTRACT)?,
            licence: word(3)?,
            strength: word(4)?,
            tender: word(5)?,
            facility: word(8)?,
            from: day(9, FROM)?,
            until: day(10, UNTIL)?,
        };
        let mut coded = false;
        for (index, kind) in [(0, ListKind::Drug), (1, ListKind::Supply), (2, ListKind::Service)] {
            let code = word(index)?;
            if !code.is_empty() {
                coded = true;
                prices.add(kind, &code, price.clone());
            }
        }
        if coded { Ok(()) } else { Err(empty(SERVICE)) }
    }
}

/// A ratio of the list in percent; nothing where the cell is empty.
fn ratio(typed: &str) -> Result<Option<Figure>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Problem::new(Code::PercentForm).with("read", typed).at(RATIO);
    number_text::read(typed.trim_end_matches('%').as_bytes()).map(|(ratio, _)| Some(ratio)).map_err(wrong)
}
