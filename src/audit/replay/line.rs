//! Tính lại một dòng: the hospital's amount, the covered amount, and who bears them.

use super::aid::{self, Shares};
use super::limits::{self, insured};
use super::terms::{TOLERANCE, Terms, is_near};
use crate::audit::claim_file::{ClaimFile, FileLine};
use crate::audit::figure::Figure;
use crate::audit::tag::FilePart;
use crate::rulebook::claim_files::HospitalAmount;

/// Kết luận về một số tiền.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// As it should be.
    Fits,
    /// Cannot be recomputed: something it rests on is missing or unreadable.
    Unknown,
    /// Should be this.
    Expected(Figure),
}

impl Judged {
    /// The expected amount where it differs.
    pub const fn expected(self) -> Option<Figure> {
        match self {
            Judged::Expected(figure) => Some(figure),
            Judged::Fits | Judged::Unknown => None,
        }
    }
}

/// Kết luận về một dòng.
#[derive(Debug, Clone, Copy)]
pub struct LineReplay {
    /// Thành tiền bệnh viện.
    pub hospital: Judged,
    /// The hospital's amount is right but for the service ratio, which was left out.
    pub ratio_ignored: bool,
    /// Thành tiền trong phạm vi.
    pub covered: Judged,
    /// Nguồn khác bằng tổng bốn nguồn.
    pub sources: Judged,
    /// Nguồn khác không âm và không vượt thành tiền.
    pub other_in_range: bool,
    /// Ai trả bao nhiêu.
    pub split: Split,
    /// The amount that fund and co-payment share: what is covered, or less of it where a limit price stands.
    pub base: Option<Figure>,
    /// The price that the fund accepts is above the hospital's own.
    pub inverted: bool,
    /// A ratio of the list that was rounded to a whole number, and what the amount really goes by.
    pub rounded_ratio: Option<Figure>,
    /// The share that the amounts go by, of which MUC_HUONG states the whole part only.
    pub rounded_share: Option<Figure>,
    /// The share of the law that the amounts go by, where MUC_HUONG states another one.
    pub paid_share: Option<Figure>,
}

/// Kết luận về phần chi trả của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// As it should be, in one of the ways the standard has.
    Fits,
    /// Cannot be recomputed.
    Unknown,
    /// Single amounts differ.
    Differs {
        /// T_BHTT.
        fund: Judged,
        /// T_BNCCT.
        copayment: Judged,
        /// T_BNTT.
        own: Judged,
    },
    /// The co-payment stands in the patient's own payment.
    CopaymentAsOwn {
        /// What the co-payment should be.
        copayment: Figure,
        /// What the own payment should be.
        own: Figure,
    },
    /// Other sources, and none of the three ways of the standard fits.
    AidFitsNoCase {
        /// The shares when the aid is given to the patient (case a).
        expected: Shares,
    },
    /// The payers do not add up to the amount.
    Sum {
        /// What they add up to.
        paid: Figure,
    },
}

/// Tính lại một dòng.
pub fn replay(line: &FileLine<'_>, claim: &ClaimFile<'_>, terms: &Terms<'_>) -> LineReplay {
    let (hospital, ratio_ignored) = hospital_amount(line, terms);
    let (covered, rounded_ratio) = covered_amount(line, claim, hospital, terms);
    let other_in_range = match (line.other, line.hospital_amount) {
        (Some(other), Some(amount)) => !other.is_negative() && other <= amount,
        _ => true,
    };
    let inverted = limits::is_inverted(line);
    let (split, base) = if !other_in_range || inverted {
        (Split::Unknown, line.covered_amount)
    } else if line.is_outside_scope() {
        (outside(line, hospital), Some(Figure::ZERO))
    } else {
        match limits::base(line, claim, terms) {
            Some(base) => (Split::Fits, Some(base)),
            None => (split(line, hospital, covered, claim, terms), line.covered_amount),
        }
    };
    LineReplay {
        hospital,
        ratio_ignored,
        covered,
        sources: sources(line),
        other_in_range,
        split,
        base,
        inverted,
        rounded_ratio,
        rounded_share: None,
        paid_share: None,
    }
}

/// Ngoài phạm vi: the patient, or another source, pays it all, and nothing of it is co-payment.
fn outside(line: &FileLine<'_>, hospital: Judged) -> Split {
    let (Some(amount), Some(copayment), Some(own), Some(other)) =
        (line.hospital_amount, line.copayment, line.own, line.other)
    else {
        return Split::Unknown;
    };
    let pays_it_all = either(amount, hospital).any(|amount| is_near(own, amount - other));
    // A part of it booked as co-payment is one mistake: what the patient pays is the same.
    let moved = is_near(copayment + own + other, amount);
    if pays_it_all && copayment.is_zero() {
        return Split::Fits;
    }
    Split::Differs {
        fund: Judged::Fits,
        copayment: if copayment.is_zero() { Judged::Fits } else { Judged::Expected(Figure::ZERO) },
        own: if pays_it_all || moved { Judged::Fits } else { Judged::Expected(amount - other) },
    }
}

fn judged(declared: Figure, expected: Option<Figure>) -> Judged {
    match expected {
        None => Judged::Unknown,
        Some(expected) if is_near(declared, expected) => Judged::Fits,
        Some(expected) => Judged::Expected(expected),
    }
}

fn hospital_amount(line: &FileLine<'_>, terms: &Terms<'_>) -> (Judged, bool) {
    let Some(declared) = line.hospital_amount else { return (Judged::Unknown, false) };
    let ways: &[HospitalAmount] =
        if line.part == FilePart::Drugs { &[HospitalAmount::Gross] } else { &terms.standard.hospital_amount };
    let mut judgement = Judged::Unknown;
    for way in ways {
        match (judged(declared, formed(line, *way)), judgement) {
            (Judged::Fits, _) => return (Judged::Fits, false),
            (found, Judged::Unknown) => judgement = found,
            (Judged::Unknown | Judged::Expected(_), _) => {}
        }
    }
    let gross = formed(line, HospitalAmount::Gross).is_some_and(|gross| is_near(gross, declared));
    (judgement, gross && judgement.expected().is_some())
}

/// Thành tiền bệnh viện lập theo một cách.
fn formed(line: &FileLine<'_>, way: HospitalAmount) -> Option<Figure> {
    let (quantity, price) = (line.quantity?, line.hospital_price?);
    match way {
        HospitalAmount::Gross => quantity.product(price, &[]),
        HospitalAmount::ServiceRatio => quantity.product(price, &[line.service_ratio?]),
        HospitalAmount::InsuredReduction => {
            let rest = Figure::whole(100) - line.service_ratio?;
            let off = quantity.product(line.insured_price?, &[rest])?;
            Some(quantity.product(price, &[])? - off)
        }
    }
}

/// The judgement, and the ratio behind an amount whose list ratio was rounded to a whole number.
fn covered_amount(
    line: &FileLine<'_>,
    claim: &ClaimFile<'_>,
    hospital: Judged,
    terms: &Terms<'_>,
) -> (Judged, Option<Figure>) {
    let Some(declared) = line.covered_amount else { return (Judged::Unknown, None) };
    // Under QĐ 4210 no field states it: it is derived from the amount, and wrong only together with it.
    if claim.standard.has_single_amount() {
        let derived = |amount: Figure| amount.product(Figure::whole(1), &[line.list_ratio?]);
        let judgement = hospital.expected().and_then(derived).map_or(Judged::Fits, Judged::Expected);
        return (judgement, None);
    }
    // What another source bears need not be covered at all (A51 looks at the fund's part).
    if line.is_outside_scope() || (declared.is_zero() && line.is_left_to_others()) {
        return (Judged::Fits, None);
    }
    let expected = insured(line, Figure::ZERO);
    let judgement = match (judged(declared, expected), line.other) {
        // Aid to the facility is taken off before the insured amount is formed.
        (Judged::Expected(expected), Some(other)) if !other.is_zero() => {
            if insured(line, other).is_some_and(|reduced| is_near(reduced, declared)) {
                Judged::Fits
            } else {
                Judged::Expected(expected)
            }
        }
        (Judged::Expected(expected), _)
            if declared < expected
                && (limits::cut_to_cap(line, claim, terms) || limits::cut_to_price(line, claim)) =>
        {
            Judged::Fits
        }
        (judgement, _) => judgement,
    };
    match (judged(declared, expected), limits::rounded_ratio(line)) {
        (Judged::Expected(_), Some(ratio)) => (Judged::Fits, Some(ratio)),
        _ => (judgement, None),
    }
}

fn sources(line: &FileLine<'_>) -> Judged {
    let Some(declared) = line.other else { return Judged::Unknown };
    match line.sources.into_iter().sum::<Option<Figure>>() {
        None => Judged::Unknown,
        Some(total) if total == declared => Judged::Fits,
        Some(total) => Judged::Expected(total),
    }
}

/// An amount as declared, and as it should be where that differs: what follows from it may rest on either.
fn either(declared: Figure, judgement: Judged) -> impl Iterator<Item = Figure> + Clone {
    std::iter::once(declared).chain(judgement.expected())
}

fn split(
    line: &FileLine<'_>,
    hospital: Judged,
    covered: Judged,
    claim: &ClaimFile<'_>,
    terms: &Terms<'_>,
) -> Split {
    let (Some(fund), Some(copayment), Some(own), Some(other)) =
        (line.fund, line.copayment, line.own, line.other)
    else {
        return Split::Unknown;
    };
    let Some(amount) = line.hospital_amount else { return Split::Unknown };
    let declared = Shares { fund, copayment, own };
    let adds_up = |total: Figure| (declared.sum() + other - total).abs() <= slack(claim);
    // Nobody's card was read yet: the fund pays nothing, whatever share the line states.
    if claim.summary.cards.is_empty() && fund.is_zero() && adds_up(amount) {
        return Split::Unknown;
    }
    let (Some(covered_amount), Some(share)) = (line.covered_amount, line.share) else {
        let fits = either(amount, hospital).any(adds_up);
        return if fits { Split::Unknown } else { Split::Sum { paid: declared.sum() + other } };
    };
    if !other.is_zero() {
        let cases = either(amount, hospital)
            .flat_map(|amount| either(covered_amount, covered).map(move |covered| (amount, covered)))
            .any(|(amount, covered)| aid::fits(declared, amount, covered, share, other));
        return match (cases, adds_up(amount)) {
            (true, _) => Split::Fits,
            (false, true) => aid::to_patient(amount, covered_amount, share, other)
                .map_or(Split::Unknown, |expected| Split::AidFitsNoCase { expected }),
            (false, false) => Split::Sum { paid: declared.sum() + other },
        };
    }
    let bases = Bases { amount, hospital, covered_amount, covered };
    if out_of_network_fits(declared, &bases, share, claim, terms) {
        return Split::Fits;
    }
    plain_split(declared, &bases, share, slack(claim))
}

/// Differences allowed in sums: none, but where the covered amount is derived and not stated.
fn slack(claim: &ClaimFile<'_>) -> Figure {
    if claim.standard.has_single_amount() { TOLERANCE } else { Figure::ZERO }
}

/// The amounts a split rests on.
struct Bases {
    amount: Figure,
    hospital: Judged,
    covered_amount: Figure,
    covered: Judged,
}

/// Không có nguồn khác: the fund's share, the rest of what is covered, the rest of the amount.
fn plain_split(declared: Shares, bases: &Bases, share: Figure, slack: Figure) -> Split {
    let Shares { fund, copayment, own } = declared;
    let Some(expected_fund) = bases.covered_amount.product(Figure::whole(1), &[share]) else {
        return Split::Unknown;
    };
    let funds = either(bases.covered_amount, bases.covered)
        .filter_map(|covered| covered.product(Figure::whole(1), &[share]));
    let fund_fits = funds.clone().any(|expected| is_near(fund, expected));
    let rests = either(bases.covered_amount, bases.covered)
        .flat_map(|covered| funds.clone().chain([fund]).map(move |fund| covered - fund));
    let copayment_fits = rests.clone().any(|rest| (rest - copayment).abs() <= slack);
    let owns = either(bases.amount, bases.hospital)
        .flat_map(|amount| either(bases.covered_amount, bases.covered).map(move |covered| amount - covered));
    let own_fits = owns.clone().any(|expected| (own - expected).abs() <= slack);
    let rest = bases.covered_amount - fund;
    if !copayment_fits && copayment.is_zero() && is_near(own, bases.amount - fund) && rest.abs() > TOLERANCE {
        return Split::CopaymentAsOwn { copayment: rest, own: bases.amount - bases.covered_amount };
    }
    let of = |fits: bool, expected: Figure| if fits { Judged::Fits } else { Judged::Expected(expected) };
    match (fund_fits, copayment_fits, own_fits) {
        (true, true, true) => Split::Fits,
        _ => Split::Differs {
            fund: of(fund_fits, expected_fund),
            copayment: of(copayment_fits, rest),
            own: of(own_fits, bases.amount - bases.covered_amount),
        },
    }
}

/// Trái tuyến theo QĐ 4210: the co-payment counts within the network rate only, the rest is the patient's own.
///
/// The file states the share (level × rate), not the rate; a rate is accepted when a level of the law lies behind it.
fn out_of_network_fits(
    declared: Shares,
    bases: &Bases,
    share: Figure,
    claim: &ClaimFile<'_>,
    terms: &Terms<'_>,
) -> bool {
    const OUT_OF_NETWORK: &str = "3";
    if !claim.standard.has_single_amount() || claim.summary.visit_code != OUT_OF_NETWORK {
        return false;
    }
    let Shares { fund, copayment, own } = declared;
    let fund_fits = bases
        .covered_amount
        .product(Figure::whole(1), &[share])
        .is_some_and(|expected| is_near(fund, expected));
    let sum_fits = is_near(declared.sum(), bases.amount);
    let within_rate = |level: &Figure| {
        level_behind(share, *level)
            .and_then(|rate| bases.covered_amount.product(Figure::whole(1), &[rate]))
            .is_some_and(|within| is_near(copayment, within - fund))
    };
    let before_the_rule = copayment.is_zero() && is_near(own, bases.amount - fund);
    fund_fits && sum_fits && (before_the_rule || terms.levels.iter().any(within_rate))
}

/// The network rate of which a share is that level.
fn level_behind(share: Figure, level: Figure) -> Option<Figure> {
    let hundredfold = share.millionths().checked_mul(100 * 1_000_000)?;
    (!level.is_zero()).then(|| Figure::from_millionths(hundredfold / level.millionths()))
}
