//! Đưa về một mối: each edition's records into the one [`ClaimFile`], and telling the editions apart.
//!
//! QĐ 130 and its amendments (4750, 3176, 1931) name their fields alike and differ in formulas only, which stand
//! in the rule file; QĐ 4210 names them otherwise.

mod cards;
mod fields;
mod of_one;
mod qd130;
mod qd4210;

use chrono::NaiveDate;

use super::claim_file::ClaimFile;
use super::record::{RawClaim, Record};
use super::tag::Tag;
use crate::rulebook::claim_files::{ClaimFileStandard, Standard};
use crate::rulebook::family::Family;
use crate::rulebook::timeline::Version;
use crate::terms::problem::{Code, Problem};

/// Nhận dạng chuẩn và đưa hồ sơ về một mối.
///
/// # Errors
/// [`Code::StandardUnknown`] when neither tags nor dates tell the edition.
pub fn adapt<'r, 's>(
    raw: &'r RawClaim,
    standards: &'s Family<ClaimFileStandard>,
) -> Result<(ClaimFile<'r>, &'s Version<ClaimFileStandard>), Problem> {
    let unknown = || Problem::new(Code::StandardUnknown);
    let summary = raw.summary.as_ref().ok_or_else(unknown)?;
    let edition = edition(raw, summary, standards).ok_or_else(unknown)?;
    let claim = if edition.value.standard.has_single_amount() {
        qd4210::claim(raw, summary, &edition.value)
    } else {
        qd130::claim(raw, summary, &edition.value)
    };
    Ok((claim, edition))
}

/// Tags tell the family of the edition, the day of discharge the edition within it.
fn edition<'s>(
    raw: &RawClaim,
    summary: &Record,
    standards: &'s Family<ClaimFileStandard>,
) -> Option<&'s Version<ClaimFileStandard>> {
    let single = if summary.has(Tag::TTongchiBv) || summary.has(Tag::TTongchiBh) {
        false
    } else if summary.has(Tag::TTongchi) {
        true
    } else {
        return None;
    };
    let day = day_of(raw, summary);
    // A day that is there and cannot be read is a fault of its own (A31); no day at all leaves the edition open.
    if day.is_none()
        && ![Tag::NgayRa, Tag::NgayTtoan, Tag::NgayVao].iter().any(|tag| summary.is_unreadable(*tag))
    {
        return None;
    }
    let of_family =
        |version: &&Version<ClaimFileStandard>| version.value.standard.has_single_amount() == single;
    let versions = standards.versions.versions();
    // A file in the older form after its end, or in the newer form before its start, is still read by its tags;
    // one without a readable day by the newest edition of its form.
    versions
        .iter()
        .filter(of_family)
        .rfind(|version| day.is_none_or(|day| version.rule.effective_from <= day))
        .or_else(|| versions.iter().find(of_family))
}

fn day_of(raw: &RawClaim, summary: &Record) -> Option<NaiveDate> {
    [Tag::NgayRa, Tag::NgayTtoan, Tag::NgayVao]
        .into_iter()
        .find_map(|tag| raw.moment(summary, tag))
        .or_else(|| raw.lines.iter().find_map(|line| raw.moment(line, Tag::NgayYl)))
        .map(super::moment::FileMoment::date)
}

/// True when a file of this edition is out of its time: the newer form is in force on the day of discharge.
pub fn is_outdated(standard: Standard, day: NaiveDate, standards: &Family<ClaimFileStandard>) -> bool {
    // The form of QĐ 130 and that of QĐ 4210 were used side by side until QĐ 4750.
    standard.has_single_amount()
        && standards.at(day).is_ok_and(|version| version.value.standard >= Standard::Qd4750)
}
