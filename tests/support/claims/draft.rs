//! Hồ sơ giả lập: a synthetic claim as plain integers, with arithmetic of its own.
//!
//! The amounts are formed here from the published formulas without any of the program's replay, so that the two
//! can disagree.

use chrono::{NaiveDate, TimeDelta};

use bhyt::workshop::{FilePart, Standard, Tag};

/// Minutes since the first minute of a day far back; the generator's only clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute {
    /// The day.
    pub day: NaiveDate,
    /// Minute of the day.
    pub minute: u16,
}

impl Minute {
    /// A minute of a day.
    pub const fn new(day: NaiveDate, minute: u16) -> Minute {
        Minute { day, minute }
    }

    /// So many minutes later.
    #[must_use]
    pub fn plus(self, minutes: i64) -> Minute {
        let all = i64::from(self.minute) + minutes;
        let days = all.div_euclid(24 * 60);
        Minute {
            day: self.day + TimeDelta::days(days),
            minute: u16::try_from(all.rem_euclid(24 * 60)).unwrap_or(0),
        }
    }

    /// `yyyymmddHHMM`.
    pub fn text(self) -> String {
        format!("{}{:02}{:02}", self.day.format("%Y%m%d"), self.minute / 60, self.minute % 60)
    }
}

/// A card of the patient.
#[derive(Debug, Clone)]
pub struct DraftCard {
    /// Two letters and the digit.
    pub object: String,
    /// The twelve digits after them.
    pub number: String,
    /// Registered facility.
    pub registered: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// What kind of aid reaches a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aid {
    /// For the patient: reduces own payment, co-payment, fund.
    Patient,
    /// For the facility: off the total first.
    Facility,
    /// A special order: the co-payment and nothing else.
    Copayment,
}

/// A line, in thousandths (quantity, prices), hundredths (amounts) and tenths of a percent (share).
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// XML2 or XML3.
    pub part: FilePart,
    /// MA_THUOC or MA_DICH_VU.
    pub code: String,
    /// MA_VAT_TU.
    pub supply: String,
    /// GOI_VTYT.
    pub package: String,
    /// Its name.
    pub name: String,
    /// MA_KHOA.
    pub department: &'static str,
    /// MA_NHOM.
    pub group: u32,
    /// PHAM_VI.
    pub scope: u32,
    /// SO_LUONG in thousandths.
    pub quantity: i64,
    /// DON_GIA_BV or DON_GIA in thousandths.
    pub hospital_price: i64,
    /// DON_GIA_BH in thousandths.
    pub insured_price: i64,
    /// TYLE_TT_DV in percent.
    pub service_ratio: i64,
    /// TYLE_TT_BH in percent.
    pub list_ratio: i64,
    /// MUC_HUONG in tenths of a percent.
    pub share: i64,
    /// T_TRANTT in hundredths.
    pub cap: Option<i64>,
    /// Aid, and which of the four sources it comes from.
    pub aid: Option<(Aid, i64, usize)>,
    /// NGAY_YL.
    pub ordered: Minute,
    /// NGAY_TH_YL.
    pub done: Minute,
    /// NGAY_KQ.
    pub finished: Minute,
    /// MA_PTTT.
    pub method: u32,
    /// NGUON_CTRA.
    pub payer: &'static str,
    /// VET_THUONG_TP.
    pub wound: &'static str,
    /// TAI_SU_DUNG.
    pub reused: &'static str,
    /// The amounts that follow.
    pub amounts: Amounts,
}

/// Amounts of a line or of a claim, in hundredths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amounts {
    /// THANH_TIEN_BV.
    pub hospital: i64,
    /// THANH_TIEN_BH.
    pub covered: i64,
    /// T_NGUONKHAC.
    pub other: i64,
    /// T_BNTT.
    pub own: i64,
    /// T_BNCCT.
    pub copayment: i64,
    /// T_BHTT.
    pub fund: i64,
}

/// The declared totals of XML1, in hundredths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DraftTotals {
    /// The sums that lines have too.
    pub amounts: Amounts,
    /// T_THUOC.
    pub drugs: i64,
    /// T_VTYT.
    pub supplies: i64,
    /// T_BHTT_GDV.
    pub fee_for_service: i64,
    /// T_NGOAIDS (QĐ 4210).
    pub outside_capitation: i64,
}

/// A field written otherwise than the draft says.
#[derive(Debug, Clone)]
pub struct Override {
    /// The table.
    pub part: FilePart,
    /// Line in it, from 1; 1 for XML1.
    pub line: u32,
    /// The field.
    pub tag: Tag,
    /// What stands there instead.
    pub text: Written,
}

/// How an overridden field is written.
#[derive(Debug, Clone)]
pub enum Written {
    /// This text.
    Text(String),
    /// Not at all.
    Absent,
    /// As it is, and once more with this text.
    Again(String),
}

/// A claim.
#[derive(Debug, Clone)]
pub struct DraftClaim {
    /// Form of the file.
    pub standard: Standard,
    /// MA_LK.
    pub id: String,
    /// HO_TEN.
    pub name: String,
    /// NGAY_SINH.
    pub born: NaiveDate,
    /// Cards in order.
    pub cards: Vec<DraftCard>,
    /// MA_DOITUONG_KCB, or MA_LYDO_VVIEN.
    pub visit_code: String,
    /// MA_LOAI_KCB.
    pub visit_kind: String,
    /// MA_CSKCB.
    pub facility: String,
    /// MA_KHUVUC.
    pub residence: String,
    /// NGAY_VAO.
    pub admitted: Minute,
    /// NGAY_RA.
    pub discharged: Minute,
    /// NGAY_MIEN_CCT.
    pub exempt_from: String,
    /// NAM_NAM_LIEN_TUC.
    pub five_years_since: Option<NaiveDate>,
    /// The lines.
    pub lines: Vec<DraftLine>,
    /// The declared totals.
    pub totals: DraftTotals,
    /// Fields written otherwise.
    pub overrides: Vec<Override>,
    /// A table that is not written.
    pub left_out: Option<FilePart>,
    /// A table that is written twice.
    pub twice: Option<FilePart>,
    /// Amounts and prices are written with a dot between thousands.
    pub grouped: bool,
    /// How the exporter writes what the standard leaves open.
    pub habit: Habit,
}

/// Thói quen của phần mềm xuất dữ liệu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// As the standard has it.
    Plain,
    /// Amounts with three decimals.
    ThreeDecimals,
    /// Nothing where an amount is zero.
    EmptyZeros,
    /// Shares in whole numbers.
    WholeShares,
}

/// A quotient rounded half away from zero.
pub fn rounded(numerator: i128, denominator: i128) -> i64 {
    let doubled = numerator.abs() * 2 + denominator;
    let size = doubled / (denominator * 2);
    i64::try_from(if numerator < 0 { -size } else { size }).unwrap_or(i64::MAX)
}

/// quantity × price × percent × percent, in hundredths.
fn product(quantity: i64, price: i64, service: i64, list: i64) -> i64 {
    let all = i128::from(quantity) * i128::from(price) * i128::from(service) * i128::from(list);
    rounded(all, 1_000 * 1_000 * 100 * 100 / 100)
}

/// A share in tenths of a percent of an amount in hundredths.
pub fn share_of(amount: i64, tenths: i64) -> i64 {
    rounded(i128::from(amount) * i128::from(tenths), 1_000)
}

impl DraftLine {
    /// Forms the amounts by the edition's formulas.
    pub fn form(&mut self, standard: Standard) {
        let drug = self.part == FilePart::Drugs;
        let carried = if drug || standard == Standard::Qd130 { 100 } else { self.service_ratio };
        let hospital = product(self.quantity, self.hospital_price, carried, 100);
        let ratio = if drug { 100 } else { self.service_ratio };
        let covered = if standard.has_single_amount() {
            rounded(i128::from(hospital) * i128::from(self.list_ratio), 100)
        } else {
            product(self.quantity, self.insured_price, ratio, self.list_ratio)
        };
        self.amounts = Amounts { hospital, covered, ..Amounts::default() };
        self.split();
    }

    /// Divides the amounts among the payers.
    pub fn split(&mut self) {
        let Amounts { hospital, covered, .. } = self.amounts;
        let fund = share_of(covered, self.share);
        let (own, copayment) = (hospital - covered, covered - fund);
        self.amounts = Amounts { hospital, covered, other: 0, own, copayment, fund };
        match self.aid {
            None => {}
            Some((Aid::Patient, aid, _)) => {
                let off_own = aid.min(own);
                let off_copayment = (aid - off_own).min(copayment);
                self.amounts.other = aid;
                self.amounts.own = own - off_own;
                self.amounts.copayment = copayment - off_copayment;
                self.amounts.fund = fund - (aid - off_own - off_copayment);
            }
            Some((Aid::Facility, aid, _)) => {
                let ratio = if self.part == FilePart::Drugs { 100 } else { self.service_ratio };
                let insured = product(self.quantity, self.insured_price, ratio, 100);
                let covered = rounded(i128::from(insured - aid) * i128::from(self.list_ratio), 100);
                let fund = share_of(covered, self.share);
                let own = hospital - aid - covered;
                self.amounts =
                    Amounts { hospital, covered, other: aid, own, copayment: covered - fund, fund };
            }
            Some((Aid::Copayment, _, _)) => {
                self.amounts.other = copayment;
                self.amounts.copayment = 0;
            }
        }
    }

    /// True for a line that names a supply.
    pub fn is_supply(&self) -> bool {
        !self.supply.is_empty()
    }
}

impl DraftClaim {
    /// Forms every line and the totals.
    pub fn form(&mut self) {
        let standard = self.standard;
        self.lines.iter_mut().for_each(|line| line.form(standard));
        self.total();
    }

    /// Adds the lines up as they stand.
    pub fn total(&mut self) {
        let mut totals = DraftTotals::default();
        for line in &self.lines {
            let amounts = &line.amounts;
            totals.amounts.hospital += amounts.hospital;
            totals.amounts.covered += amounts.covered;
            totals.amounts.other += amounts.other;
            totals.amounts.own += amounts.own;
            totals.amounts.copayment += amounts.copayment;
            totals.amounts.fund += amounts.fund;
            match line.part {
                FilePart::Drugs => totals.drugs += amounts.hospital,
                FilePart::Services if line.is_supply() => totals.supplies += amounts.hospital,
                FilePart::Services | FilePart::Summary => {}
            }
            if line.method == 1 {
                totals.fee_for_service += amounts.fund;
            }
        }
        self.totals = totals;
    }

    /// Covered cost of the whole episode, in hundredths.
    pub fn covered(&self) -> i64 {
        self.lines.iter().map(|line| line.amounts.covered).sum()
    }

    /// Position of a line within its part, from 1.
    pub fn number_of(&self, index: usize) -> u32 {
        let part = self.lines.get(index).map(|line| line.part);
        let before = self.lines.iter().take(index).filter(|line| Some(line.part) == part).count();
        u32::try_from(before + 1).unwrap_or(1)
    }
}
