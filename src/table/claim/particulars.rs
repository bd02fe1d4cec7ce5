//! Điều riêng của một lượt khám: columns that few rows fill.

use super::{listed, yes_or_no};
use crate::case::claim::{Particulars, TotalsBeforeCard};
use crate::table::cells::{claim_amount, date, text};
use crate::table::csv::TableRow;
use crate::table::field_source::FieldSource;
use crate::table::heading::{Epoch, Layout};
use crate::terms::moment::Moment;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

const DIRECT_PAYMENT: &str = "direct_payment";
const CARD_SHOWN: &str = "card_shown";
const HOSPITAL_BEFORE: &str = "hospital_cost_before_card";
const COVERED_BEFORE: &str = "covered_cost_before_card";
const EMPLOYER_ARREARS: &str = "employer_arrears";
const EXEMPT_FROM: &str = "exempt_from";
const CONTRACT_RENEWED: &str = "contract_renewed";

/// The columns, in the order in which they are read, with the headings of hospitals.
pub(super) const COLUMNS: [(&str, &[&str]); 7] = [
    (DIRECT_PAYMENT, &["thanhtoantructiep"]),
    (CARD_SHOWN, &["ngayxuattrinhthe", "thoidiemxuattrinhthe"]),
    (HOSPITAL_BEFORE, &["tongchitruocxuattrinhthe"]),
    (COVERED_BEFORE, &["tongchibhtruocxuattrinhthe"]),
    (EMPLOYER_ARREARS, &["donvinodong", "donvichamdong"]),
    (EXEMPT_FROM, &["ngaymiencct", "ngaymiencungchitra"]),
    (CONTRACT_RENEWED, &["tieptuchopdong", "tieptuckyhopdong"]),
];

/// Whether a table has one of the columns.
pub(super) fn are_in(layout: &Layout) -> bool {
    COLUMNS.iter().any(|(field, _)| FieldSource::of(layout, field).is_there())
}

/// Whether a table asks for the year to which a visit is booked.
pub(super) fn ask_for_year(layout: &Layout) -> bool {
    FieldSource::of(layout, CONTRACT_RENEWED).is_there()
}

/// Các cột điều riêng.
#[derive(Debug, Clone)]
pub(super) struct ParticularColumns {
    direct: FieldSource,
    card_shown: FieldSource,
    hospital_before: FieldSource,
    covered_before: FieldSource,
    arrears: FieldSource,
    exempt_from: FieldSource,
    contract_renewed: FieldSource,
}

impl ParticularColumns {
    /// The columns of a layout; none where it has none of them.
    pub(super) fn of(layout: &Layout) -> Option<ParticularColumns> {
        let source = |field: &str| FieldSource::of(layout, field);
        are_in(layout).then(|| ParticularColumns {
            direct: source(DIRECT_PAYMENT),
            card_shown: source(CARD_SHOWN),
            hospital_before: source(HOSPITAL_BEFORE),
            covered_before: source(COVERED_BEFORE),
            arrears: source(EMPLOYER_ARREARS),
            exempt_from: source(EXEMPT_FROM),
            contract_renewed: source(CONTRACT_RENEWED),
        })
    }

    /// What a row says, where it says something.
    pub(super) fn read(
        &self,
        row: &TableRow<'_>,
        hospital: Vnd,
        over_new_year: bool,
        epoch: Option<Epoch>,
    ) -> Result<Option<Particulars>, Problem> {
        let at = |field: &'static str| move |problem: Problem| problem.at(field);
        let amount = |source: &FieldSource, field| claim_amount(&source.cell(row)).map_err(at(field));
        let before = TotalsBeforeCard::of(
            amount(&self.hospital_before, HOSPITAL_BEFORE)?,
            amount(&self.covered_before, COVERED_BEFORE)?,
        );
        let particulars = Particulars {
            hospital,
            direct: listed(&self.direct.cell(row)).map_err(at(DIRECT_PAYMENT))?,
            card_shown: moment(&self.card_shown.cell(row), epoch).map_err(at(CARD_SHOWN))?,
            before_card: before,
            employer_arrears: yes_or_no(&self.arrears.cell(row)).map_err(at(EMPLOYER_ARREARS))? == Some(true),
            exempt_from: date(&self.exempt_from.cell(row), epoch).map_err(at(EXEMPT_FROM))?,
            contract_renewed: yes_or_no(&self.contract_renewed.cell(row)).map_err(at(CONTRACT_RENEWED))?,
        };
        // The year to which a visit over New Year is booked is asked of every row of a table that has the column.
        let asks = over_new_year && self.contract_renewed.is_there();
        Ok((asks || !particulars.are_none()).then_some(particulars))
    }
}

/// A day, with its hour where it is written in one of the forms of visit files.
fn moment(cell: &[u8], epoch: Option<Epoch>) -> Result<Option<Moment>, Problem> {
    let Some(day) = date(cell, epoch)? else { return Ok(None) };
    let written = text(cell)?;
    let time = Moment::parse(&written).ok().and_then(|moment| moment.time);
    if time.is_none() && written.contains(':') {
        return Err(Problem::new(Code::DateForm));
    }
    Ok(Some(Moment { day, time }))
}
