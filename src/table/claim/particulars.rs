//! Điều riêng của một lượt khám: columns that few rows fill.

use super::{listed, yes_or_no};
use crate::case::claim::{AskedBeside, MOST_MEAL_DAYS, Particulars, TotalsBeforeCard};
use crate::table::cells::{claim_amount, date, empty, text, whole};
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
const MEAL_DIFFERENCE: &str = "meal_difference_a_day";
const MEAL_DAYS: &str = "meal_days";
const PATIENT_SUPPORT: &str = "patient_support";
const PATIENT_SUPPORT_RATE: &str = "patient_support_rate";

/// The columns that ask for what stands beside the fund's part.
const BESIDE: [&str; 5] =
    [CONTRACT_RENEWED, MEAL_DIFFERENCE, MEAL_DAYS, PATIENT_SUPPORT, PATIENT_SUPPORT_RATE];

/// The columns, in the order in which they are read, with the headings of hospitals.
pub(super) const COLUMNS: [(&str, &[&str]); 11] = [
    (DIRECT_PAYMENT, &["thanhtoantructiep"]),
    (CARD_SHOWN, &["ngayxuattrinhthe", "thoidiemxuattrinhthe"]),
    (HOSPITAL_BEFORE, &["tongchitruocxuattrinhthe"]),
    (COVERED_BEFORE, &["tongchibhtruocxuattrinhthe"]),
    (EMPLOYER_ARREARS, &["donvinodong", "donvichamdong"]),
    (EXEMPT_FROM, &["ngaymiencct", "ngaymiencungchitra"]),
    (CONTRACT_RENEWED, &["tieptuchopdong", "tieptuckyhopdong"]),
    (MEAL_DIFFERENCE, &["tienanchenhlechmotngay", "chenhlechtienanbenhly"]),
    (MEAL_DAYS, &["songayan"]),
    (PATIENT_SUPPORT, &["quyhotronguoibenh"]),
    (PATIENT_SUPPORT_RATE, &["muchotronguoibenh"]),
];

/// Whether a table has one of the columns.
pub(super) fn are_in(layout: &Layout) -> bool {
    COLUMNS.iter().any(|(field, _)| FieldSource::of(layout, field).is_there())
}

/// Whether a table asks for the year of booking, the state budget or the support of a province.
pub(super) fn ask_beside(layout: &Layout) -> bool {
    BESIDE.iter().any(|field| FieldSource::of(layout, field).is_there())
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
    meal_difference: FieldSource,
    meal_days: FieldSource,
    support: FieldSource,
    support_rate: FieldSource,
    asks_beside: bool,
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
            meal_difference: source(MEAL_DIFFERENCE),
            meal_days: source(MEAL_DAYS),
            support: source(PATIENT_SUPPORT),
            support_rate: source(PATIENT_SUPPORT_RATE),
            asks_beside: ask_beside(layout),
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
        let amount = |source: &FieldSource, field| claim_amount(source.cell(row)).map_err(at(field));
        let before = TotalsBeforeCard::of(
            amount(&self.hospital_before, HOSPITAL_BEFORE)?,
            amount(&self.covered_before, COVERED_BEFORE)?,
        );
        let particulars = Particulars {
            hospital,
            direct: listed(self.direct.cell(row)).map_err(at(DIRECT_PAYMENT))?,
            card_shown: moment(self.card_shown.cell(row), epoch).map_err(at(CARD_SHOWN))?,
            before_card: before,
            employer_arrears: yes_or_no(self.arrears.cell(row)).map_err(at(EMPLOYER_ARREARS))? == Some(true),
            exempt_from: date(self.exempt_from.cell(row), epoch).map_err(at(EXEMPT_FROM))?,
            beside: self.beside(row)?,
        };
        // The year to which a visit over New Year is booked is asked of every row of a table that has such columns.
        let asks = over_new_year && self.asks_beside;
        Ok((asks || !particulars.are_none()).then_some(particulars))
    }
}

impl ParticularColumns {
    /// What is asked beside the fund's part.
    fn beside(&self, row: &TableRow<'_>) -> Result<AskedBeside, Problem> {
        let at = |field: &'static str| move |problem: Problem| problem.at(field);
        let word = |source: &FieldSource, field| -> Result<Option<String>, Problem> {
            let cell = source.cell(row);
            let written = text(cell).map_err(at(field))?;
            Ok((!written.is_empty()).then(|| written.into_owned()))
        };
        let asked = AskedBeside {
            contract_renewed: yes_or_no(self.contract_renewed.cell(row)).map_err(at(CONTRACT_RENEWED))?,
            meal_difference_a_day: claim_amount(self.meal_difference.cell(row))
                .map_err(at(MEAL_DIFFERENCE))?,
            meal_days: meal_days(self.meal_days.cell(row)).map_err(at(MEAL_DAYS))?,
            support: word(&self.support, PATIENT_SUPPORT)?,
            support_rate: word(&self.support_rate, PATIENT_SUPPORT_RATE)?,
        };
        if asked.support_rate.is_some() && asked.support.is_none() {
            return Err(empty(PATIENT_SUPPORT));
        }
        if asked.meal_days.is_some() && asked.meal_difference_a_day.is_none() && asked.support.is_none() {
            return Err(empty(MEAL_DIFFERENCE));
        }
        Ok(asked)
    }
}

/// Số ngày ăn; an empty cell is none.
fn meal_days(cell: &[u8]) -> Result<Option<u32>, Problem> {
    if cell.trim_ascii().is_empty() {
        return Ok(None);
    }
    let days = whole(cell).and_then(|days| u32::try_from(days).ok());
    let days = days.filter(|days| (1..=MOST_MEAL_DAYS).contains(days));
    days.map(Some)
        .ok_or_else(|| Problem::new(Code::InvalidValue).with("accepted", format!("1–{MOST_MEAL_DAYS}")))
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
