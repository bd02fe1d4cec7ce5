//! Mục lục quy định phía hưởng: the benefit families as named facts, for listing, comparing and checking.

use super::BenefitRules;
use super::access::{Answer, CodeMeaning, NetworkRates, RateOf, RateRow, ReadingNote, VisitCode, VisitCodes};
use super::caps::{
    CardExpiry, ClaimRounding, DirectLimit, DirectPayment, PrivatePriceCaps, SelfBought, ServiceRatios,
    StayTransition, SupplyCap, TransitionMethod,
};
use super::fund::{FacilityFunds, FundAllocation, LegalCliffs, PrimaryCareRetention, SupportRules};
use super::level::{
    AnnualCeiling, BenefitLevels, CardDigits, CeilingMethod, InitialFacilities, InitialLevel, Interruption,
    LowCostVisit, NamedItem, OutOfScopePayment, RatioExemptions,
};
use super::transport::{TransportMethod, TransportRules};
use crate::rulebook::entries::{Entry, Fact, Facts, count, entry, family, name, share};
use crate::rulebook::table::Row;
use crate::terms::care::Listed;
use crate::terms::money::Vnd;
use crate::terms::share::{Multiple, Share};

impl BenefitRules {
    /// Every recorded rule of the benefit side, family by family.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = vec![
            family(&self.levels),
            family(&self.card_digits),
            family(&self.ratio_exemptions),
            family(&self.out_of_scope),
            family(&self.low_cost_visit),
            family(&self.initial_level),
            family(&self.annual_ceiling),
            family(&self.network_rates),
            family(&self.visit_codes),
            family(&self.supply_cap),
            family(&self.service_ratios),
            family(&self.private_prices),
            family(&self.direct_payment),
            family(&self.self_bought),
            family(&self.card_expiry),
            family(&self.stay_transition),
            family(&self.claim_rounding),
            family(&self.transport),
            family(&self.fund_allocation),
            family(&self.primary_care),
            family(&self.facility_funds),
            family(&self.legal_cliffs),
            family(&self.readings),
        ];
        entries.extend(
            self.patient_support
                .iter()
                .map(|pack| entry(&pack.header, &pack.header.name_vi, &pack.header.name_en, &pack.versions)),
        );
        entries
    }
}

/// `6 × base-salary`.
fn multiple(key: &str, multiple: Multiple) -> (String, Fact) {
    let of = match multiple.of {
        crate::terms::share::NamedBase::BaseSalary => "base-salary",
        crate::terms::share::NamedBase::ReferenceLevel => "reference-level",
    };
    name(key, format!("{} × {of}", multiple.times))
}

fn shares(key: &str, shares: &[Share]) -> (String, Fact) {
    name(key, shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

fn items(items: &[NamedItem]) -> impl Iterator<Item = (String, Fact)> {
    items.iter().map(|item| name(&item.id, &item.name_vi))
}

impl Facts for BenefitLevels {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts: Vec<(String, Fact)> = self
            .levels
            .iter()
            .rev()
            .flat_map(|(level, groups)| groups.iter().map(|group| share(group, *level)))
            .collect();
        facts.sort_by(|a, b| a.0.cmp(&b.0));
        facts.extend(
            self.from_age.iter().map(|(group, aged)| share(&format!("{group} ({}+)", aged.age), aged.level)),
        );
        facts
    }
}

impl Facts for CardDigits {
    fn facts(&self) -> Vec<(String, Fact)> {
        self.digits.iter().map(|(digit, level)| share(digit, *level)).collect()
    }
}

impl Facts for RatioExemptions {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts = vec![
            name("groups", self.groups.join(", ")),
            name("groups-at-full-rate", self.groups_at_full_rate.join(", ")),
        ];
        facts.extend(items(&self.persons));
        facts
    }
}

impl Facts for OutOfScopePayment {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![name("groups", self.groups.join(", "))]
    }
}

impl Facts for LowCostVisit {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![multiple("below", self.below)]
    }
}

impl Facts for InitialLevel {
    fn facts(&self) -> Vec<(String, Fact)> {
        let facilities = match self.facilities {
            InitialFacilities::FormerTier(tiers) => name("former-tier", tiers.to_string()),
            InitialFacilities::ListedOfLevel(levels) => name("listed-of-level", levels.to_string()),
        };
        vec![
            facilities,
            name("regional-polyclinics", self.regional_polyclinics.to_string()),
            name("except-drugs-ordered-above", self.except_drugs_ordered_above.to_string()),
        ]
    }
}

impl Facts for AnnualCeiling {
    fn facts(&self) -> Vec<(String, Fact)> {
        let interruption = match self.interruption {
            Interruption::Months(months) => count("interruption-months", months),
            Interruption::Days(days) => count("interruption-days", days),
        };
        let method = match self.method {
            CeilingMethod::AnnualCeiling => "annual-ceiling",
            CeilingMethod::AnnualCeilingConverted => "annual-ceiling-converted",
        };
        vec![
            multiple("above", self.above),
            count("years", self.years),
            interruption,
            name("method", method),
            name("split-at-new-year", self.split_at_new_year.to_string()),
        ]
    }
}

/// The facts a row answers for, without columns that allow everything.
fn telling(row: &impl Row) -> String {
    let cells = row.cells();
    let parts: Vec<String> = cells
        .iter()
        .filter(|cell| cell.mask.count_ones() as usize != cell.keys.len())
        .map(|cell| {
            let keys = cell.keys.iter().enumerate().filter(|(index, _)| cell.mask & (1 << index) != 0);
            format!("{} {}", cell.column, keys.map(|(_, key)| *key).collect::<Vec<_>>().join("|"))
        })
        .collect();
    parts.join(", ")
}

impl RateRow {
    /// The answer in words of the rule file.
    pub fn answer_text(&self) -> String {
        let answer = match self.pays {
            Answer::Rate(rate) => rate.to_string(),
            Answer::Unrecorded => "unrecorded".to_owned(),
        };
        let reliefs: Vec<&str> = self.reliefs.iter().map(|relief| relief.key()).collect();
        if reliefs.is_empty() {
            format!("{answer} ({})", self.by)
        } else {
            format!("{answer} ({}; {})", self.by, reliefs.join(", "))
        }
    }
}

impl Facts for NetworkRates {
    fn facts(&self) -> Vec<(String, Fact)> {
        let of = match self.of {
            RateOf::Level => "level",
            RateOf::Cost => "cost",
        };
        let mut facts = vec![name("of", of)];
        if let Some(points) = self.points {
            facts.push(count("points-middle-from", points.middle_from));
            facts.push(count("points-high-from", points.high_from));
        }
        facts.extend(self.rows.iter().map(|row| name(&telling(row), row.answer_text())));
        facts
    }
}

impl VisitCode {
    /// The facts it stands for, in words of the rule file.
    pub fn meaning_text(&self) -> String {
        let facts = match &self.means {
            CodeMeaning::Undecided(why) => return why.why_vi.clone(),
            CodeMeaning::Visit(facts) => facts,
        };
        let mut parts = vec![facts.route.key().to_owned()];
        parts.extend(facts.care_level.map(|level| level.key().to_owned()));
        parts.extend(facts.former_tier.map(|tier| format!("former {tier}")));
        parts.extend(facts.points.map(|band| format!("points {band}")));
        parts.extend(facts.ground.map(|ground| ground.key().to_owned()));
        parts.extend(facts.only.or(facts.usually).map(|stay| stay.key().to_owned()));
        parts.extend(
            facts.listed_initial.map(|listed| if listed { "listed" } else { "not listed" }.to_owned()),
        );
        parts.join(", ")
    }
}

impl Facts for VisitCodes {
    fn facts(&self) -> Vec<(String, Fact)> {
        self.codes.iter().map(|code| name(&code.code, code.meaning_text())).collect()
    }
}

impl Facts for Vec<ReadingNote> {
    fn facts(&self) -> Vec<(String, Fact)> {
        self.iter().map(|note| name(note.id.key(), format!("{}; {}", note.taken_vi, note.other_vi))).collect()
    }
}

impl Facts for SupplyCap {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            multiple("at-most", self.at_most),
            name("spares-ratio-items", self.spares_ratio_items.to_string()),
        ]
    }
}

impl Facts for ServiceRatios {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            shares("exam", &self.exam),
            shares("bed", &self.bed),
            shares("surgery", &self.surgery),
            shares("procedure", &self.procedure),
        ]
    }
}

impl Facts for PrivatePriceCaps {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            name("initial", self.initial.key()),
            name("basic", self.basic.key()),
            name("specialised", self.specialised.key()),
        ]
    }
}

impl Facts for DirectPayment {
    fn facts(&self) -> Vec<(String, Fact)> {
        let row = |row: &super::access::DirectRow| match row.pays {
            DirectLimit::AtMost(limit) => multiple(&telling(row), limit),
            DirectLimit::Full => name(&telling(row), "full"),
            DirectLimit::Nothing => name(&telling(row), "nothing"),
            DirectLimit::Unrecorded => name(&telling(row), "unrecorded"),
        };
        self.rows.iter().map(row).collect()
    }
}

impl Facts for SelfBought {
    fn facts(&self) -> Vec<(String, Fact)> {
        items(&self.items).chain(items(&self.conditions)).chain(items(&self.price_order)).collect()
    }
}

impl Facts for CardExpiry {
    fn facts(&self) -> Vec<(String, Fact)> {
        let days = self.days.map_or_else(|| name("days", "until-discharge"), |days| count("days", days));
        vec![name("settings", self.settings.to_string()), days]
    }
}

impl Facts for StayTransition {
    fn facts(&self) -> Vec<(String, Fact)> {
        let method = match self.method {
            TransitionMethod::EndOfVisit => "end-of-visit",
            TransitionMethod::MoreFavourable => "more-favourable",
        };
        vec![name("method", method)]
    }
}

impl Facts for ClaimRounding {
    fn facts(&self) -> Vec<(String, Fact)> {
        let unit = |rounding: crate::terms::money::Rounding| Vnd::from_hundredths(rounding.unit_hundredths);
        vec![
            ("product".to_owned(), Fact::Money(unit(self.product))),
            ("bill".to_owned(), Fact::Money(unit(self.bill))),
        ]
    }
}

impl Facts for TransportRules {
    fn facts(&self) -> Vec<(String, Fact)> {
        let method = match self.method {
            TransportMethod::FuelNorm => "fuel-norm",
            TransportMethod::ApprovedPriceFirst => "approved-price-first",
        };
        let mut facts = vec![name("method", method), name("litres-per-km", self.litres_per_km.to_string())];
        facts.extend(
            self.rights
                .iter()
                .map(|right| name(&format!("{} → {}", right.from, right.to), right.groups.join(", "))),
        );
        facts
    }
}

impl Facts for FundAllocation {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            share("care", self.care),
            share("administration-at-most", self.administration_at_most),
            share("reserve-at-least", self.reserve_at_least),
        ]
    }
}

impl Facts for PrimaryCareRetention {
    fn facts(&self) -> Vec<(String, Fact)> {
        let mut facts = vec![share("pupils", self.pupils), share("children", self.children)];
        facts.extend(self.school_staff.map(|part| share("school-staff", part)));
        facts.push(share("enterprise", self.enterprise));
        facts.extend(self.fishing_crews.map(|part| share("fishing-crews", part)));
        facts
    }
}

impl Facts for FacilityFunds {
    fn facts(&self) -> Vec<(String, Fact)> {
        vec![
            shares("in-and-outpatient", &self.in_and_outpatient),
            shares("outpatient-only", &self.outpatient_only),
        ]
    }
}

impl Facts for LegalCliffs {
    fn facts(&self) -> Vec<(String, Fact)> {
        items(&self.cliffs).collect()
    }
}

impl Facts for SupportRules {
    fn facts(&self) -> Vec<(String, Fact)> {
        std::iter::once(multiple("meals-a-day", self.meals_a_day))
            .chain(self.treatment.iter().map(|each| share(&each.name_vi, each.share)))
            .collect()
    }
}
