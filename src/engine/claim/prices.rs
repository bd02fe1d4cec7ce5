//! Giá thanh toán của một dòng: the price of the bill and the one that the insurance pays by.

use super::claim_error::ClaimError;
use super::day_rules::DayRules;
use crate::case::claim::{ClaimCase, CostLine, Pricing, PublicOffer, Tender};
use crate::engine::error::EngineError;
use crate::rulebook::benefit::caps::PublicPrice;
use crate::rulebook::benefit::special_prices::{AbortedService, SpecialPrices, TransferPrice};
use crate::terms::care::{
    CareLevel, DifferenceBearer, DirectCase, FormerTier, LineKind, PricePlace, SentElsewhere, TenderKind,
};
use crate::terms::listed::Listed;
use crate::terms::number::{ExactVnd, Measure};
use crate::terms::problem::{Code, Problem};

/// Giá của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePrices {
    /// What the bill charges.
    pub hospital: Measure,
    /// What the insurance pays by.
    pub insured: Measure,
}

/// Prices of a line, with the caps that its case knows.
///
/// # Errors
/// [`ClaimError`] where no rule is in force for the case of the line, or a fact is missing.
pub fn prices(
    day: &DayRules<'_>,
    case: &ClaimCase,
    index: usize,
    line: &CostLine,
    notices: &mut Vec<Problem>,
) -> Result<LinePrices, EngineError> {
    let mut prices = by_case(day, case, line)?;
    let bears = line.difference_borne_by.unwrap_or_else(|| bearer(case, line));
    let capped = case.visit.private || case.direct == Some(DirectCase::SelfBought);
    if case.own_purchase && !line.tenders.is_empty() {
        special(day, "own-purchase", |rule| rule.own_purchase.then_some(()))?;
        cap(index, &mut prices, tender(&line.tenders, level(case)?), notices);
    }
    let public = match line.public_price {
        Some(price) => Some(price),
        None if line.public_prices.is_empty() => None,
        None => public_price(day, case, &line.public_prices)?,
    };
    if public.is_some() && capped {
        cap(index, &mut prices, public, notices);
    } else if public.is_none()
        && case.visit.private
        && (matches!(line.kind, LineKind::Exam | LineKind::Bed | LineKind::Surgery)
            || !line.public_prices.is_empty())
    {
        let caps = day.rules.benefit.private_prices.at(day.governing).ok();
        let cap = caps.zip(case.visit.care_level).map(|(caps, level)| caps.value.of(level).key());
        notices.push(
            Problem::new(Code::PriceCapUndecided)
                .with("line", index + 1)
                .with("cap", cap.unwrap_or_default()),
        );
    }
    if bears == DifferenceBearer::Facility && prices.insured < prices.hospital {
        notices.push(
            Problem::new(Code::DifferenceBorneByFacility)
                .with("line", index + 1)
                .with("price", prices.hospital)
                .with("insured", prices.insured),
        );
        prices.hospital = prices.insured;
    }
    Ok(prices)
}

/// Dịch vụ thanh toán theo giá của dịch vụ khác: the patient does not pay the difference (TT 35/2016 art. 4.3.b). What a
/// private facility charges, and the prices of drugs and supplies, are another matter.
fn bearer(case: &ClaimCase, line: &CostLine) -> DifferenceBearer {
    let is_service = match line.kind {
        LineKind::Exam
        | LineKind::Laboratory
        | LineKind::Imaging
        | LineKind::FunctionTest
        | LineKind::Surgery
        | LineKind::Procedure => true,
        LineKind::Bed
        | LineKind::Drug
        | LineKind::Blood
        | LineKind::Supply
        | LineKind::Transport
        | LineKind::Other => false,
    };
    let own = line.pricing == Pricing::Own && !case.visit.private && case.direct.is_none();
    // Where others pay a part, whose difference it is has to be said.
    let own = own && line.other_source.is_zero();
    if is_service && own { DifferenceBearer::Facility } else { DifferenceBearer::Patient }
}

fn cap(index: usize, prices: &mut LinePrices, cap: Option<Measure>, notices: &mut Vec<Problem>) {
    let Some(cap) = cap else { return };
    if cap < prices.insured {
        notices.push(Problem::new(Code::PriceCapApplied).with("line", index + 1).with("cap", cap));
        prices.insured = cap;
    }
}

/// The rule of particular cases, or a refusal that names the case.
fn special<T>(
    day: &DayRules<'_>,
    case: &'static str,
    find: impl Fn(&SpecialPrices) -> Option<T>,
) -> Result<T, EngineError> {
    let rule = day.rules.benefit.special_prices.at(day.governing).ok();
    rule.and_then(|rule| find(&rule.value)).ok_or_else(|| {
        ClaimError::Unrecorded { rule: "special-prices", by: case.to_owned(), date: day.governing }.into()
    })
}

fn by_case(day: &DayRules<'_>, case: &ClaimCase, line: &CostLine) -> Result<LinePrices, EngineError> {
    let own = LinePrices { hospital: line.price, insured: line.insured_price };
    let paid_by = |price: Measure| LinePrices { insured: price.at_most(line.price), ..own };
    Ok(match line.pricing {
        Pricing::Own => own,
        Pricing::Lent(price) => {
            special(day, "lender-price", |rule| rule.lent_at_lender.then_some(()))?;
            paid_by(price)
        }
        Pricing::Transferred(price) => match special(day, "transferring-price", |rule| rule.transfer)? {
            TransferPrice::Transferring => paid_by(price),
            TransferPrice::Receiving => own,
        },
        Pricing::SentElsewhere { why, performer, sender } => {
            special(day, "sent-elsewhere", |rule| rule.sent_elsewhere.then_some(()))?;
            paid_by(sent_elsewhere(day, case, line, why, performer, sender)?)
        }
        Pricing::Aborted { used, wages } => {
            let all = match special(day, "aborted", |rule| rule.aborted)? {
                AbortedService::Used => Some(used),
                AbortedService::UsedAndWages => used.plus(wages),
            };
            let all = all.ok_or(EngineError::Overflow(crate::terms::number::Overflow))?;
            LinePrices { hospital: all, insured: all }
        }
        Pricing::Commune(annex) => {
            let share = day.service_ratios.and_then(|version| version.value.commune_services);
            let share = share.filter(|_| may_be_commune_station(case));
            let missing = || ClaimError::Unrecorded {
                rule: "service-ratios",
                by: "annex-price".to_owned(),
                date: day.governing,
            };
            let price = share.ok_or_else(missing)?.of(annex.exact())?;
            let price = Measure::of_amount(price.round(day.rounding.value.product)?);
            LinePrices { hospital: price, insured: price }
        }
        Pricing::Reused { purchase, uses, cleaning } => {
            let norm = special(day, "reuse", |rule| rule.reuse_norm)?;
            let times = norm.of(uses.exact())?;
            let one = price_of_one_use(purchase.exact(), times, cleaning.exact())?;
            let one = Measure::of_amount(one.round(day.rounding.value.product)?);
            LinePrices { hospital: one, insured: one }
        }
    })
}

/// Trạm y tế xã: of the commune tier and the initial level, as far as they are said.
fn may_be_commune_station(case: &ClaimCase) -> bool {
    case.visit.former_tier.is_none_or(|tier| tier == FormerTier::Commune)
        && case.visit.care_level.is_none_or(|level| level == CareLevel::Initial)
}

/// Giá một lần sử dụng: `purchase / n + cleaning × (n − 1) / n`; a supply used less than once is used once.
fn price_of_one_use(
    purchase: ExactVnd,
    times: ExactVnd,
    cleaning: ExactVnd,
) -> Result<ExactVnd, EngineError> {
    let one = ExactVnd::ratio(1, 1);
    let times = if times.compare(one)?.is_lt() { one } else { times };
    let (up, down) = times.fraction();
    let rest = cleaning.minus(cleaning.times(down, up)?)?;
    Ok(purchase.times(down, up)?.plus(rest)?)
}

fn sent_elsewhere(
    day: &DayRules<'_>,
    case: &ClaimCase,
    line: &CostLine,
    why: SentElsewhere,
    performer: Option<Measure>,
    sender: Option<Measure>,
) -> Result<Measure, EngineError> {
    let missing = |fact: &'static str| EngineError::from(ClaimError::FactsMissing { facts: vec![fact] });
    match why {
        SentElsewhere::TemporarilyUnable => {
            let sender = sender.ok_or_else(|| missing("sender-price"))?;
            Ok(performer.map_or(sender, |performer| performer.at_most(sender)))
        }
        SentElsewhere::NotApproved => match performer.or(line.public_price) {
            Some(price) => Ok(price),
            None => public_price(day, case, &line.public_prices)?.ok_or_else(|| missing("performer-price")),
        },
    }
}

fn level(case: &ClaimCase) -> Result<CareLevel, EngineError> {
    case.visit.care_level.ok_or_else(|| ClaimError::FactsMissing { facts: vec!["care-level"] }.into())
}

/// Giá của cơ sở nhà nước làm trần: in the province, then of a neighbour, then elsewhere where the rule goes so far.
fn public_price(
    day: &DayRules<'_>,
    case: &ClaimCase,
    offers: &[PublicOffer],
) -> Result<Option<Measure>, EngineError> {
    let caps = day.rules.benefit.private_prices.at(day.governing)?;
    let wanted = caps.value.of(level(case)?);
    let wider = special(day, "wider-search", |rule| rule.wider_search.then_some(())).is_ok();
    let places = PricePlace::ALL.iter().filter(|place| wider || **place == PricePlace::Province);
    for place in places {
        let of = |level: CareLevel| {
            let there = offers.iter().filter(move |offer| offer.place == *place && offer.level == level);
            there.map(|offer| offer.price)
        };
        let (highest, lowest) = (|level: CareLevel| of(level).max(), |level: CareLevel| of(level).min());
        let found = match wanted {
            PublicPrice::EquivalentClass | PublicPrice::AgreedClass => highest(level(case)?),
            PublicPrice::HighestSpecialisedElseBasic => {
                highest(CareLevel::Specialised).or_else(|| highest(CareLevel::Basic))
            }
            PublicPrice::HighestBasic => highest(CareLevel::Basic),
            PublicPrice::HighestBasicElseLowestSpecialised => {
                highest(CareLevel::Basic).or_else(|| lowest(CareLevel::Specialised))
            }
            PublicPrice::LowestBasic => lowest(CareLevel::Basic),
            PublicPrice::HighestInitialElseLowestBasic => {
                highest(CareLevel::Initial).or_else(|| lowest(CareLevel::Basic))
            }
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Bậc kết quả lựa chọn nhà thầu: national, then of the province, of its neighbours, of the others; each time central
/// purchasing, the same level, then the lowest of the other levels.
fn tender(tenders: &[Tender], own: CareLevel) -> Option<Measure> {
    let national = tenders.iter().filter(|tender| tender.kind == TenderKind::National);
    national.map(|tender| tender.price).min().or_else(|| {
        PricePlace::ALL.iter().find_map(|place| {
            let lowest = |fits: &dyn Fn(&Tender) -> bool| {
                let there = tenders.iter().filter(|tender| tender.place == *place && fits(tender));
                there.map(|tender| tender.price).min()
            };
            let of_levels = |levels: &[CareLevel]| {
                lowest(&|tender| {
                    tender.kind == TenderKind::Facility
                        && tender.level.is_some_and(|level| levels.contains(&level))
                })
            };
            lowest(&|tender| tender.kind == TenderKind::Provincial)
                .or_else(|| of_levels(&[own]))
                .or_else(|| other_levels(own).iter().find_map(|levels| of_levels(levels)))
        })
    })
}

/// The other levels in the order in which they are asked.
fn other_levels(own: CareLevel) -> &'static [&'static [CareLevel]] {
    match own {
        CareLevel::Initial => &[&[CareLevel::Basic], &[CareLevel::Specialised]],
        CareLevel::Basic => &[&[CareLevel::Initial], &[CareLevel::Specialised]],
        CareLevel::Specialised => &[&[CareLevel::Initial, CareLevel::Basic]],
    }
}
