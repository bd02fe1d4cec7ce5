//! Nạp quy định phía hưởng: the rule files of the benefit side, family by family.

use super::BenefitRules;
use super::fund::PatientSupport;
use crate::rulebook::load::Loader;

/// Marks a local file that holds a support fund for patients instead of premium subsidies.
const PATIENT_SUPPORT: &str = "patient-support";

impl Loader<'_> {
    /// All families of the benefit side; every one is read before the first missing one ends the reading.
    pub(in crate::rulebook) fn benefit(&mut self) -> Option<BenefitRules> {
        let levels = self.family("benefit-levels");
        let card_digits = self.family("card-digits");
        let ratio_exemptions = self.family("ratio-exemptions");
        let out_of_scope = self.family("out-of-scope-payment");
        let low_cost_visit = self.family("low-cost-visit");
        let initial_level = self.family("initial-level");
        let annual_ceiling = self.family("annual-ceiling");
        let network_rates = self.family("network-rates");
        let visit_codes = self.family("visit-codes");
        let supply_cap = self.family("supply-cap");
        let service_ratios = self.family("service-ratios");
        let private_prices = self.family("private-price-caps");
        let direct_payment = self.family("direct-payment");
        let self_bought = self.family("self-bought");
        let card_expiry = self.family("card-expiry");
        let stay_transition = self.family("stay-transition");
        let claim_rounding = self.family("claim-rounding");
        let transport = self.family("transport");
        let fund_allocation = self.family("fund-allocation");
        let primary_care = self.family("primary-care-retention");
        let facility_funds = self.family("facility-funds");
        let legal_cliffs = self.family("legal-cliffs");
        let readings = self.family("readings");
        let patient_support = self.patient_support();
        Some(BenefitRules {
            levels: levels?,
            card_digits: card_digits?,
            ratio_exemptions: ratio_exemptions?,
            out_of_scope: out_of_scope?,
            low_cost_visit: low_cost_visit?,
            initial_level: initial_level?,
            annual_ceiling: annual_ceiling?,
            network_rates: network_rates?,
            visit_codes: visit_codes?,
            supply_cap: supply_cap?,
            service_ratios: service_ratios?,
            private_prices: private_prices?,
            direct_payment: direct_payment?,
            self_bought: self_bought?,
            card_expiry: card_expiry?,
            stay_transition: stay_transition?,
            claim_rounding: claim_rounding?,
            transport: transport?,
            fund_allocation: fund_allocation?,
            primary_care: primary_care?,
            facility_funds: facility_funds?,
            legal_cliffs: legal_cliffs?,
            readings: readings?,
            patient_support,
        })
    }

    /// Local files with `kind = "patient-support"`; a later one with the same id replaces an earlier one.
    fn patient_support(&mut self) -> Vec<PatientSupport> {
        let mut packs: Vec<PatientSupport> = Vec::new();
        for reader in &mut self.readers {
            if reader.text("kind") != Some(PATIENT_SUPPORT) {
                continue;
            }
            reader.take_text("kind");
            let province = reader.take_text("province").unwrap_or_default();
            let province_vi = reader.take_text("province-vi").unwrap_or_else(|| province.clone());
            let merged_into = reader.take_text("merged-into");
            let tables = reader.take_tables("version");
            let Some(header) = reader.header() else { continue };
            let versions = reader.versions(&header.id, &header, tables, 0..0);
            packs.retain(|pack| pack.header.id != header.id);
            packs.push(PatientSupport { header, province, province_vi, merged_into, versions });
        }
        packs.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        packs
    }
}
