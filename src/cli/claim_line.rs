//! Dòng của bảng kê trong tệp lượt khám: kind, days, quantity, and whose price counts.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::exit::Failure;
use super::source_text::SourceText;
use super::value;
use crate::case::claim::{Bed, CostLine, Pricing, PublicOffer, Tender};
use crate::terms::care::{CareLevel, LineKind, PricePlace, Scope, SentElsewhere, TenderKind};
use crate::terms::fold::tidy;
use crate::terms::moment::Moment;
use crate::terms::number::{Measure, Share, Vnd};
use crate::terms::problem::{Code, Problem};

/// Most patients in one bed that a line can name.
const MOST_PATIENTS: u32 = 9;

type Given = Option<Spanned<Value>>;

/// A line as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawLine {
    kind: Option<Spanned<String>>,
    name: Option<String>,
    unit: Option<String>,
    date: Given,
    until: Given,
    quantity: Given,
    price: Given,
    insured_price: Given,
    public_price: Given,
    service_ratio: Given,
    list_ratio: Given,
    package: Option<String>,
    scope: Option<Spanned<String>>,
    other_source: Given,
    ward: Option<String>,
    patients_per_bed: Given,
    bed_type: Option<Spanned<String>>,
    operated: Given,
    later_price: Given,
    session: Option<String>,
    team: Option<Spanned<String>>,
    difference_borne_by: Option<Spanned<String>>,
    sent_elsewhere: Option<Spanned<String>>,
    performer_price: Given,
    sender_price: Given,
    lender_price: Given,
    transferring_price: Given,
    #[serde(default)]
    aborted: bool,
    used_cost: Given,
    wage_cost: Given,
    #[serde(default)]
    on_the_road: bool,
    annex_price: Given,
    reuse_purchase_price: Given,
    reuse_uses_last_year: Given,
    reuse_sterilisation_cost: Given,
    #[serde(default)]
    in_service_price: bool,
    #[serde(default)]
    prices: Vec<RawOffer>,
    #[serde(default)]
    tenders: Vec<RawOffer>,
}

/// A public price, or the result of a tender.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawOffer {
    kind: Option<Spanned<String>>,
    place: Option<Spanned<String>>,
    level: Option<Spanned<String>>,
    price: Given,
}

/// Dịch vụ kỹ thuật, as Annex III prices them.
const fn is_technical_service(kind: LineKind) -> bool {
    matches!(
        kind,
        LineKind::Laboratory
            | LineKind::Imaging
            | LineKind::FunctionTest
            | LineKind::Surgery
            | LineKind::Procedure
            | LineKind::Other
    )
}

impl SourceText<'_> {
    /// A line; `counted` beds have no quantity of their own.
    pub(super) fn line(
        &self,
        mut raw: RawLine,
        discharged: NaiveDate,
        counted: bool,
    ) -> Result<CostLine, Failure> {
        let kind: Option<LineKind> = self.listed(raw.kind.take())?;
        let kind = self.required("lines.kind", kind)?;
        let pricing = self.pricing(&mut raw)?;
        if matches!(pricing, Pricing::Commune(_)) && !is_technical_service(kind) {
            let problem = Problem::new(Code::ConflictingArguments)
                .with("read", "lines.annex-price")
                .with("other", format!("kind = \"{kind}\""));
            return Err(Failure::input(problem.at(self.name)));
        }
        let price = self.read(raw.price.take(), value::measure)?;
        if matches!(pricing, Pricing::Commune(_)) && price.is_some() {
            let problem = Problem::new(Code::ConflictingArguments)
                .with("read", "lines.price")
                .with("other", "lines.annex-price");
            return Err(Failure::input(problem.at(self.name)));
        }
        let price = match pricing {
            Pricing::Reused { .. } | Pricing::Commune(_) => price.unwrap_or_default(),
            _ => self.required("lines.price", price)?,
        };
        let text = |text: Option<String>| text.map(|text| tidy(&text)).filter(|text| !text.is_empty());
        let from = self.moment(raw.date.take())?.unwrap_or(Moment { day: discharged, time: None });
        let until = self.moment(raw.until.take())?;
        if let Some(until) = until.filter(|until| *until < from) {
            let problem = Problem::new(Code::DateOrder).with("first", from.day).with("second", until.day);
            return Err(Failure::input(problem.at(self.name)));
        }
        if counted && kind == LineKind::Bed && raw.quantity.is_some() {
            let problem = Problem::new(Code::ConflictingArguments)
                .with("read", "lines.quantity")
                .with("other", "beds = \"count\"");
            return Err(Failure::input(problem.at(self.name)));
        }
        let patients = self.count(raw.patients_per_bed.take(), 1..=MOST_PATIENTS, Code::InvalidValue)?;
        let bed = Bed {
            ward: text(raw.ward.take()),
            patients: patients.unwrap_or(1),
            kind: self.listed(raw.bed_type.take())?.unwrap_or(crate::terms::care::BedType::Ordinary),
            operated: self.date(raw.operated.take())?,
            later_price: self.read(raw.later_price.take(), value::measure)?,
        };
        let plain = CostLine::of(kind, from.day, price);
        Ok(CostLine {
            name: text(raw.name.take()),
            unit: text(raw.unit.take()),
            at: from.time,
            until: until.map(|until| until.day),
            until_at: until.and_then(|until| until.time),
            quantity: self.read(raw.quantity.take(), value::measure)?.unwrap_or(Measure::ONE),
            insured_price: self.read(raw.insured_price.take(), value::measure)?.unwrap_or(price),
            public_price: self.read(raw.public_price.take(), value::measure)?,
            service_ratio: self.read(raw.service_ratio.take(), value::share)?,
            list_ratio: self.read(raw.list_ratio.take(), value::share)?.unwrap_or(Share::WHOLE),
            package: text(raw.package.take()),
            scope: self.listed(raw.scope.take())?.unwrap_or(Scope::Covered),
            other_source: self.read(raw.other_source.take(), value::claim_amount)?.unwrap_or(Vnd::ZERO),
            bed,
            session: text(raw.session.take()),
            team: self.listed(raw.team.take())?.unwrap_or(plain.team),
            pricing,
            public_prices: raw.prices.into_iter().map(|offer| self.offer(offer)).collect::<Result<_, _>>()?,
            tenders: raw.tenders.into_iter().map(|offer| self.tender(offer)).collect::<Result<_, _>>()?,
            on_the_road: raw.on_the_road,
            difference_borne_by: self.listed(raw.difference_borne_by)?,
            in_service_price: raw.in_service_price,
            ..plain
        })
    }

    /// Whose price counts; a line has one case at most.
    fn pricing(&self, raw: &mut RawLine) -> Result<Pricing, Failure> {
        let why: Option<SentElsewhere> = self.listed(raw.sent_elsewhere.take())?;
        let price = |given: &mut Given| self.read(given.take(), value::measure);
        let (performer, sender) = (price(&mut raw.performer_price)?, price(&mut raw.sender_price)?);
        let (lender, transferring) = (price(&mut raw.lender_price)?, price(&mut raw.transferring_price)?);
        let (used, wages) = (price(&mut raw.used_cost)?, price(&mut raw.wage_cost)?);
        let purchase = price(&mut raw.reuse_purchase_price)?;
        let annex = price(&mut raw.annex_price)?;
        let (uses, cleaning) =
            (price(&mut raw.reuse_uses_last_year)?, price(&mut raw.reuse_sterilisation_cost)?);
        let mut found: Vec<(&'static str, Pricing)> = Vec::new();
        found.extend(lender.map(|price| ("lender-price", Pricing::Lent(price))));
        found.extend(transferring.map(|price| ("transferring-price", Pricing::Transferred(price))));
        found.extend(annex.map(|price| ("annex-price", Pricing::Commune(price))));
        found.extend(why.map(|why| ("sent-elsewhere", Pricing::SentElsewhere { why, performer, sender })));
        if raw.aborted {
            let used = self.required("lines.used-cost", used)?;
            found.push(("aborted", Pricing::Aborted { used, wages: wages.unwrap_or_default() }));
        }
        if let Some(purchase) = purchase {
            let uses = self.required("lines.reuse-uses-last-year", uses)?;
            let cleaning = cleaning.unwrap_or_default();
            found.push(("reuse-purchase-price", Pricing::Reused { purchase, uses, cleaning }));
        }
        let unused = [
            ("performer-price", why.is_none() && performer.is_some()),
            ("sender-price", why.is_none() && sender.is_some()),
            ("used-cost", !raw.aborted && used.is_some()),
            ("wage-cost", !raw.aborted && wages.is_some()),
            ("reuse-uses-last-year", purchase.is_none() && uses.is_some()),
            ("reuse-sterilisation-cost", purchase.is_none() && cleaning.is_some()),
        ];
        let conflict = |read: &str, other: &str| {
            let problem = Problem::new(Code::ConflictingArguments).with("read", read).with("other", other);
            Failure::input(problem.at(self.name))
        };
        if let [(first, _), (second, _), ..] = found[..] {
            return Err(conflict(first, second));
        }
        if let Some((key, _)) = unused.iter().find(|(_, is_unused)| *is_unused) {
            let needs = match *key {
                "performer-price" | "sender-price" => "lines.sent-elsewhere",
                "used-cost" | "wage-cost" => "lines.aborted",
                _ => "lines.reuse-purchase-price",
            };
            return self.required(needs, None);
        }
        Ok(found.pop().map_or(Pricing::Own, |(_, pricing)| pricing))
    }

    fn offer(&self, raw: RawOffer) -> Result<PublicOffer, Failure> {
        let level: Option<CareLevel> = self.listed(raw.level)?;
        Ok(PublicOffer {
            place: self.listed(raw.place)?.unwrap_or(PricePlace::Province),
            level: self.required("lines.prices.level", level)?,
            price: self.required("lines.prices.price", self.read(raw.price, value::measure)?)?,
        })
    }

    fn tender(&self, raw: RawOffer) -> Result<Tender, Failure> {
        let kind: Option<TenderKind> = self.listed(raw.kind)?;
        let kind = self.required("lines.tenders.kind", kind)?;
        let level = self.listed(raw.level)?;
        let level = if kind == TenderKind::Facility {
            Some(self.required("lines.tenders.level", level)?)
        } else {
            level
        };
        Ok(Tender {
            kind,
            place: self.listed(raw.place)?.unwrap_or(PricePlace::Province),
            level,
            price: self.required("lines.tenders.price", self.read(raw.price, value::measure)?)?,
        })
    }
}
