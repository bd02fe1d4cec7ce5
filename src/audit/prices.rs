//! Bảng giá mà cơ sở giữ: accepted prices of drugs, supplies and services, by code, tender and day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::claim_file::FileLine;
use super::figure::Figure;
use super::tag::FilePart;
use crate::terms::fold::fold;

/// Loại danh mục.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Thuốc, by MA_THUOC.
    Drug,
    /// Vật tư, by MA_VAT_TU.
    Supply,
    /// Dịch vụ, by MA_DICH_VU.
    Service,
}

/// Một giá được duyệt; what a row leaves open fits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Price {
    /// The price that the fund accepts.
    pub price: Figure,
    /// TYLE_TT_BH of the list, where it has one.
    pub ratio: Option<Figure>,
    /// TEN_THUOC, TEN_VAT_TU, TEN_DICH_VU and the like: every name that the row gives the item.
    pub names: Vec<String>,
    /// SO_DANG_KY.
    pub licence: String,
    /// HAM_LUONG.
    pub strength: String,
    /// TT_THAU.
    pub tender: String,
    /// MA_CSKCB.
    pub facility: String,
    /// TU_NGAY.
    pub from: Option<NaiveDate>,
    /// DEN_NGAY.
    pub until: Option<NaiveDate>,
    /// TU_NGAY_HD: what was bought under the contract comes after it; stock is used up after its end.
    pub contract_from: Option<NaiveDate>,
}

/// Các danh mục đã nạp.
#[derive(Debug, Clone, Default)]
pub struct PriceLists(BTreeMap<ListKind, BTreeMap<String, Vec<Price>>>);

/// No list at all.
pub static NO_PRICES: PriceLists = PriceLists(BTreeMap::new());

impl PriceLists {
    /// Takes a row of a list.
    pub fn add(&mut self, kind: ListKind, code: &str, price: Price) {
        self.0.entry(kind).or_default().entry(code.trim().to_owned()).or_default().push(price);
    }

    /// True when no list was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The prices of a line's code; `None` where no list of its kind was given.
    pub fn of(&self, line: &FileLine<'_>) -> Option<&[Price]> {
        let (kind, code) = match line.part {
            FilePart::Drugs => (ListKind::Drug, line.code),
            _ if line.is_supply() => (ListKind::Supply, line.supply),
            _ => (ListKind::Service, line.code),
        };
        let list = self.0.get(&kind)?;
        Some(list.get(code.trim()).map_or(&[][..], Vec::as_slice))
    }
}

/// Điều của một dòng mà danh mục không có: why no row of a code is meant for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Another SO_DANG_KY.
    Licence,
    /// Another HAM_LUONG.
    Strength,
    /// Another TT_THAU.
    Tender,
    /// The list of another facility.
    Facility,
}

impl Price {
    /// What keeps the row from being meant for such a line of a facility; what either leaves open fits.
    pub fn unfit(&self, line: &FileLine<'_>, facility: &str) -> Option<Unfit> {
        let other = |listed: &str, stated: &str| {
            !listed.is_empty() && !stated.trim().is_empty() && listed.trim() != stated.trim()
        };
        [
            (Unfit::Facility, &self.facility, facility),
            (Unfit::Licence, &self.licence, line.licence),
            (Unfit::Strength, &self.strength, line.strength),
            (Unfit::Tender, &self.tender, line.tender),
        ]
        .into_iter()
        .find_map(|(unfit, listed, stated)| other(listed, stated).then_some(unfit))
    }

    /// True when the row is in force on a day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// True when a name is one of the row's, written in whatever way; one may be a part of the other ("Paracetamol", "Paracetamol 500mg").
    pub fn is_called(&self, name: &str) -> bool {
        let plain =
            |text: &str| fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        let name = plain(name);
        let mut known = self.names.iter().map(|known| plain(known));
        name.is_empty()
            || self.names.is_empty()
            || known.any(|known| known.contains(&name) || name.contains(&known))
    }
}
