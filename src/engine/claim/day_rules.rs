//! Quy định phía hưởng của một ngày: every version that one governing day picks, resolved once.

use chrono::NaiveDate;

use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::access::NetworkRates;
use crate::rulebook::benefit::bed_days::BedDays;
use crate::rulebook::benefit::caps::{CardExpiry, ClaimRounding, ServiceRatios, SupplyCap};
use crate::rulebook::benefit::level::{
    AnnualCeiling, BenefitLevels, InitialLevel, LowCostVisit, OutOfScopePayment, RatioExemptions,
};
use crate::rulebook::timeline::{NotInForce, Version};
use crate::terms::citation::RuleRef;
use crate::terms::number::{ExactVnd, Multiple, Vnd};

/// Quy định phía hưởng của một ngày.
#[derive(Debug, Clone, Copy)]
pub struct DayRules<'r> {
    /// The rulebook they come from.
    pub rules: &'r Rulebook,
    /// The day that picks the versions.
    pub governing: NaiveDate,
    /// Ngày ra viện, which picks the base amounts.
    pub discharged: NaiveDate,
    /// Mức hưởng theo đối tượng.
    pub levels: &'r Version<BenefitLevels>,
    /// Tỷ lệ theo cơ sở.
    pub rates: &'r Version<NetworkRates>,
    /// Chi phí thấp.
    pub low_cost: &'r Version<LowCostVisit>,
    /// Tuyến xã, cấp ban đầu.
    pub initial: &'r Version<InitialLevel>,
    /// Làm tròn.
    pub rounding: &'r Version<ClaimRounding>,
    /// Ngưỡng cùng chi trả, where recorded.
    pub ceiling: Option<&'r Version<AnnualCeiling>>,
    /// Không áp dụng tỷ lệ, where recorded.
    pub exemptions: Option<&'r Version<RatioExemptions>>,
    /// Ngoài phạm vi, where recorded.
    pub out_of_scope: Option<&'r Version<OutOfScopePayment>>,
    /// Trần vật tư, where recorded.
    pub supply_cap: Option<&'r Version<SupplyCap>>,
    /// Tỷ lệ dịch vụ, where recorded.
    pub service_ratios: Option<&'r Version<ServiceRatios>>,
    /// Ngày giường, where recorded.
    pub bed_days: Option<&'r Version<BedDays>>,
    /// Thẻ hết hạn, where recorded.
    pub card_expiry: Option<&'r Version<CardExpiry>>,
}

impl<'r> DayRules<'r> {
    /// The versions in force on the governing day.
    ///
    /// # Errors
    /// [`NotInForce`] for a day before the record.
    pub fn on(
        rules: &'r Rulebook,
        governing: NaiveDate,
        discharged: NaiveDate,
    ) -> Result<DayRules<'r>, NotInForce> {
        let benefit = &rules.benefit;
        Ok(DayRules {
            rules,
            governing,
            discharged,
            levels: benefit.levels.at(governing)?,
            rates: benefit.network_rates.at(governing)?,
            low_cost: benefit.low_cost_visit.at(governing)?,
            initial: benefit.initial_level.at(governing)?,
            rounding: benefit.claim_rounding.at(governing)?,
            ceiling: benefit.annual_ceiling.at(governing).ok(),
            exemptions: benefit.ratio_exemptions.at(governing).ok(),
            out_of_scope: benefit.out_of_scope.at(governing).ok(),
            supply_cap: benefit.supply_cap.at(governing).ok(),
            service_ratios: benefit.service_ratios.at(governing).ok(),
            bed_days: benefit.bed_days.at(governing).ok(),
            card_expiry: benefit.card_expiry.at(governing).ok(),
        })
    }

    /// A multiple of its base on the day of discharge, with the base and its rule.
    ///
    /// # Errors
    /// [`EngineError::NotInForce`] when no base is recorded for the day.
    pub fn amount(&self, multiple: Multiple) -> Result<(ExactVnd, Vnd, &'r RuleRef), EngineError> {
        self.amount_on(multiple, self.discharged)
    }

    /// The same with the base of another day.
    ///
    /// # Errors
    /// [`EngineError::NotInForce`] when no base is recorded for the day.
    pub fn amount_on(
        &self,
        multiple: Multiple,
        day: NaiveDate,
    ) -> Result<(ExactVnd, Vnd, &'r RuleRef), EngineError> {
        let (base, rule) = self.rules.base(multiple.of, day)?;
        Ok((multiple.times.of(base.exact())?, base, rule))
    }
}
