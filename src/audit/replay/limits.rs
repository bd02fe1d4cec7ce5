//! Mức giá trần và tỷ lệ làm tròn: amounts that stay below the plain products, in the ways that exporters really write.
//!
//! T_TRANTT is the cap of a package by the standard; much software writes the limit price of a supply into it. No
//! text says how the excess is booked, so every way that keeps to the field is accepted.

use super::terms::{TOLERANCE, Terms, is_near};
use crate::audit::claim_file::{ClaimFile, FileLine};
use crate::audit::figure::Figure;

/// What the field T_TRANTT may leave of an amount: as it stands, or for each unit.
pub fn readings(line: &FileLine<'_>) -> impl Iterator<Item = Figure> + use<> {
    let cap = line.cap.filter(|cap| *cap > Figure::ZERO);
    let each = cap.zip(line.quantity).and_then(|(cap, quantity)| cap.product(quantity, &[]));
    cap.into_iter().chain(each)
}

/// The highest of them.
pub fn highest(line: &FileLine<'_>) -> Option<Figure> {
    readings(line).max()
}

/// Phần được chia giữa quỹ và người bệnh theo T_TRANTT: the limit on which the declared shares rest, if they do.
pub(super) fn base(line: &FileLine<'_>, claim: &ClaimFile<'_>, terms: &Terms<'_>) -> Option<Figure> {
    let (amount, covered, share) = (line.hospital_amount?, line.covered_amount?, line.share?);
    let (fund, copayment, own) = (line.fund?, line.copayment?, line.own?);
    if !line.other.is_none_or(Figure::is_zero) {
        return None;
    }
    let fits = |base: &Figure| {
        let expected = base.product(Figure::whole(1), &[share]);
        expected.is_some_and(|expected| is_near(fund, expected))
            && is_near(copayment, *base - fund)
            && is_near(own, amount - *base)
    };
    let package = (!line.package.is_empty()).then_some(terms.supply_cap).flatten();
    let part = package.and_then(|cap| apportioned(line, claim, cap));
    readings(line).chain(part).filter(|base| *base < covered).find(fits)
}

/// The part of a package's cap that falls to a line by its amount.
fn apportioned(line: &FileLine<'_>, claim: &ClaimFile<'_>, cap: Figure) -> Option<Figure> {
    line.cap?;
    let same = |other: &&FileLine<'_>| other.counts_toward_cap() && other.package == line.package;
    let whole: Option<Figure> = claim.lines.iter().filter(same).map(|line| line.covered_amount).sum();
    let whole = whole.filter(|whole| *whole > cap)?;
    let exact = line.covered_amount?.exact().times(cap.millionths(), whole.millionths()).ok()?;
    exact.round(crate::audit::figure::TWO_DECIMALS).ok().map(Figure::from_vnd)
}

/// Thành tiền BHYT đã giảm về T_TRANTT: the limit as it stands, for each unit, or over the lines of the package.
pub(super) fn cut_to_price(line: &FileLine<'_>, claim: &ClaimFile<'_>) -> bool {
    let Some(declared) = line.covered_amount else { return false };
    let with_ratio =
        |limit: Figure| line.list_ratio.and_then(|ratio| limit.product(Figure::whole(1), &[ratio]));
    let single = readings(line).any(|limit| {
        is_near(limit, declared) || with_ratio(limit).is_some_and(|limit| is_near(limit, declared))
    });
    single || line.cap.is_some_and(|cap| cap > Figure::ZERO && adds_up_to(line, claim, cap))
}

fn adds_up_to(line: &FileLine<'_>, claim: &ClaimFile<'_>, cap: Figure) -> bool {
    if line.package.is_empty() {
        return false;
    }
    let package = || claim.lines.iter().filter(|other| other.package == line.package);
    let booked: Option<Figure> = package().map(|line| line.covered_amount).sum();
    let slack: Figure = package().map(|_| TOLERANCE).sum();
    booked.is_some_and(|booked| (booked - cap).abs() <= slack)
}

/// Gói vật tư đã giảm về mức trần: the covered amounts of the package add up to the cap that their products exceed.
/// How the cut is spread over the lines is said nowhere.
pub(super) fn cut_to_cap(line: &FileLine<'_>, claim: &ClaimFile<'_>, terms: &Terms<'_>) -> bool {
    let Some(cap) = terms.supply_cap.filter(|_| line.is_supply() && !line.package.is_empty()) else {
        return false;
    };
    let same = |other: &&FileLine<'_>| other.is_supply() && other.package == line.package;
    let package = || claim.lines.iter().filter(same);
    let full: Option<Figure> = package().map(whole).sum();
    full.is_some_and(|full| full > cap) && adds_up_to(line, claim, cap)
}

/// Quantity × price × service ratio: what a ratio of the list is taken of.
fn whole(line: &FileLine<'_>) -> Option<Figure> {
    line.quantity?.product(line.insured_price?, &[line.service_ratio?])
}

/// Tỷ lệ làm tròn đến số nguyên: the ratio that the covered amount of a supply really goes by, where TYLE_TT_BH
/// states the nearest whole number of it.
pub(super) fn rounded_ratio(line: &FileLine<'_>) -> Option<Figure> {
    let (declared, ratio) = (line.covered_amount?, line.list_ratio?);
    let between = ratio > Figure::ZERO && ratio < Figure::whole(100) && ratio.count().is_some();
    let whole = whole(line).filter(|whole| between && line.is_supply() && *whole > Figure::ZERO)?;
    let real = Figure::from_millionths(
        declared.millionths().checked_mul(100 * Figure::whole(1).millionths())? / whole.millionths(),
    );
    let half = Figure::from_millionths(Figure::whole(1).millionths() / 2);
    (real != ratio && (real - ratio).abs() <= half).then_some(real)
}

/// True where the fund's price is above the hospital's: nobody pays more than was charged.
pub(super) fn is_inverted(line: &FileLine<'_>) -> bool {
    let prices = line.insured_price.zip(line.hospital_price);
    prices.is_some_and(|(insured, hospital)| insured > hospital && hospital > Figure::ZERO)
        && insured(line, Figure::ZERO)
            .zip(line.hospital_amount)
            .is_some_and(|(covered, amount)| covered > amount)
}

/// Thành tiền trong phạm vi, after aid to the facility was taken off.
pub(super) fn insured(line: &FileLine<'_>, aid: Figure) -> Option<Figure> {
    let (quantity, price) = (line.quantity?, line.insured_price?);
    let (service, list) = (line.service_ratio?, line.list_ratio?);
    if aid.is_zero() {
        return quantity.product(price, &[service, list]);
    }
    let whole = quantity.product(price, &[service])? - aid;
    whole.product(Figure::whole(1), &[list])
}
