//! Thanh toán chi phí vận chuyển người bệnh.

use super::claim::claim_error::ClaimError;
use super::error::EngineError;
use super::extra::{Extra, ExtraPart};
use super::trace::{Formula, Step, StepValue, Term};
use crate::case::transport::{TransportBeyond, TransportCase};
use crate::engine::step::{StepId, StepPath};
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::transport::{TransportMethod, TransportRules};
use crate::rulebook::timeline::Version;
use crate::terms::care::{Among, FacilityRank, Vehicle};
use crate::terms::listed::{Listed, listed};
use crate::terms::number::{ExactVnd, Vnd};
use crate::terms::problem::{Code, Problem};

listed! {
    /// Ai nhận tiền.
    PaidTo {
        /// Cơ sở chuyển người bệnh đi.
        SendingFacility = "sending-facility",
        /// Cơ sở nhận người bệnh, which refunds the patient.
        ReceivingFacility = "receiving-facility",
        /// Người bệnh.
        Patient = "patient",
    }
}

/// Kết quả thanh toán vận chuyển.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransportPayment {
    /// Quỹ thanh toán.
    pub payment: Vnd,
    /// Ai nhận; nobody where nothing is paid.
    pub paid_to: Option<PaidTo>,
    /// One way or both ways.
    pub directions: u32,
    /// Mức theo định mức nhiên liệu, one way.
    pub fuel_norm: Vnd,
    /// Ngân sách nhà nước trả: what is beyond the fund, for the forces.
    pub state_budget: Vec<Extra>,
    /// How it came about.
    pub trace: Vec<Step>,
    /// What the user should know.
    pub notices: Vec<Problem>,
}

/// Thanh toán vận chuyển: no level and no network rate apply.
///
/// # Errors
/// [`EngineError::NotInForce`] before the record, [`ClaimError::InvoiceMissing`] for own transport that is paid by
/// its invoice.
pub fn transport(rules: &Rulebook, case: &TransportCase) -> Result<TransportPayment, EngineError> {
    let version = rules.benefit.transport.at(case.date)?;
    let rounding = rules.benefit.claim_rounding.at(case.date)?.value.product;
    let litres = version.value.litres_per_km;
    let one_way =
        |price: Vnd| -> Result<ExactVnd, EngineError> { Ok(case.distance_km.of(litres.of(price.exact())?)?) };
    let norm = one_way(case.fuel_price)?;
    let fuel_norm = norm.round(rounding)?;
    let mut payment = TransportPayment {
        payment: Vnd::ZERO,
        paid_to: None,
        directions: if case.vehicle == Vehicle::Facility { 2 } else { 1 },
        fuel_norm,
        state_budget: Vec::new(),
        trace: Vec::new(),
        notices: Vec::new(),
    };
    if let Some(refusal) = refusal(&version.value, case) {
        payment.notices.push(refusal);
        payment.explain(
            StepId::TransportPayment,
            StepValue::Money(Vnd::ZERO),
            Formula::Recorded,
            version,
            case,
        );
        payment.add_state_budget(rules, case)?;
        return Ok(payment);
    }
    let norm_terms = vec![Term::Measure(case.distance_km), Term::Times(litres), Term::Money(case.fuel_price)];
    payment.notices.extend(assumed(&version.value, case));
    payment.explain(
        StepId::FuelNorm,
        StepValue::Money(fuel_norm),
        Formula::Product(norm_terms.clone()),
        version,
        case,
    );
    if case.patients > 1 {
        payment.notices.push(Problem::new(Code::PatientsAsOne).with("read", case.patients));
    }
    let both_ways = |terms: &[Term]| {
        Formula::Product(std::iter::once(Term::Count(2)).chain(terms.iter().copied()).collect())
    };
    let (amount, paid_to, formula) = match (version.value.method, case.vehicle) {
        (TransportMethod::FuelNorm, Vehicle::Facility) => {
            (norm.times(2, 1)?, PaidTo::SendingFacility, both_ways(&norm_terms))
        }
        (TransportMethod::FuelNorm, Vehicle::Own) => (norm, PaidTo::Patient, Formula::Product(norm_terms)),
        (TransportMethod::ApprovedPriceFirst, Vehicle::Facility) => {
            match (case.approved_price, case.fuel_invoice) {
                (Some(approved), _) => {
                    payment.directions = 1;
                    (approved.exact(), PaidTo::SendingFacility, Formula::Recorded)
                }
                (None, Some(invoiced)) => {
                    let price = invoiced.min(case.fuel_price);
                    let terms = [Term::Measure(case.distance_km), Term::Times(litres), Term::Money(price)];
                    (one_way(price)?.times(2, 1)?, PaidTo::SendingFacility, both_ways(&terms))
                }
                (None, None) => (norm.times(2, 1)?, PaidTo::SendingFacility, both_ways(&norm_terms)),
            }
        }
        (TransportMethod::ApprovedPriceFirst, Vehicle::Own) => {
            let invoice = case.invoice.ok_or(ClaimError::InvoiceMissing)?;
            let limit = if invoice.exact().compare(norm)?.is_gt() { norm } else { invoice.exact() };
            let formula = Formula::Least(Term::Money(invoice), Term::Money(fuel_norm));
            (limit, PaidTo::ReceivingFacility, formula)
        }
    };
    if version.value.method == TransportMethod::FuelNorm && case.approved_price.is_some() {
        payment.notices.push(Problem::new(Code::ApprovedPriceUnused).with("date", case.date));
    }
    payment.payment = amount.round(rounding)?;
    payment.paid_to = Some(paid_to);
    let value = StepValue::Money(payment.payment);
    payment.explain(StepId::TransportPayment, value, formula, version, case);
    payment.add_state_budget(rules, case)?;
    Ok(payment)
}

/// Vì sao không được thanh toán vận chuyển.
fn refusal(rules: &TransportRules, case: &TransportCase) -> Option<Problem> {
    let Some(right) = rules.right(&case.group) else {
        return Some(Problem::new(Code::TransportNoRight).with("group", &case.group));
    };
    let shown = |rank: Option<FacilityRank>| rank.map(|rank| rank.to_string()).unwrap_or_default();
    let fits = case.from.is_none_or(|from| right.from.contains(from))
        && case.to.is_none_or(|to| right.to.contains(to));
    (!fits).then(|| {
        Problem::new(Code::TransportWrongWay)
            .with("from", shown(case.from))
            .with("to", shown(case.to))
            .with("allowed", format!("{} → {}", right.from, right.to))
    })
}

/// Điều chưa biết mà kết quả dựa vào: where the patient went from and to, and what the fuel cost.
fn assumed(rules: &TransportRules, case: &TransportCase) -> Vec<Problem> {
    let notice =
        |fact: &str, value: String| Problem::new(Code::FactAssumed).with("fact", fact).with("value", value);
    let mut found = Vec::new();
    if let Some(right) = rules.right(&case.group) {
        let ends = [("from-level", case.from, right.from), ("to-level", case.to, right.to)];
        let open = ends.iter().filter(|(_, given, allowed)| given.is_none() && *allowed != Among::every());
        found.extend(open.map(|(fact, _, allowed)| notice(fact, allowed.to_string())));
    }
    let by_invoice = rules.method == TransportMethod::ApprovedPriceFirst && case.vehicle == Vehicle::Facility;
    if by_invoice && case.approved_price.is_none() && case.fuel_invoice.is_none() {
        found.push(notice("fuel-invoice", format!("{} đ", case.fuel_price)));
    }
    found
}

impl TransportPayment {
    /// Ngân sách nhà nước: ways before and after, the escort, and what the transfer cost above the fund's payment.
    fn add_state_budget(&mut self, rules: &Rulebook, case: &TransportCase) -> Result<(), EngineError> {
        let TransportBeyond { actual, to_first, way_back, escort } = case.beyond;
        let above =
            actual.map(|actual| if actual > self.payment { actual - self.payment } else { Vnd::ZERO });
        let given = [
            (ExtraPart::BeyondNorm, above),
            (ExtraPart::ToFirstFacility, to_first),
            (ExtraPart::WayBack, way_back),
            (ExtraPart::Escort, escort),
        ];
        let mut parts = given.into_iter().filter_map(|(part, amount)| Some((part, amount?))).peekable();
        if parts.peek().is_none() {
            return Ok(());
        }
        let version = rules.benefit.budget_extras.at(case.date)?;
        if !version.value.transport.contains(&case.group) {
            let due = Problem::new(Code::ExtraNotDue).with("rule", "budget-extras");
            self.notices
                .push(due.with("what", parts.map(|(part, _)| part.key()).collect::<Vec<_>>().join(", ")));
            return Ok(());
        }
        for (part, amount) in parts.filter(|(_, amount)| !amount.is_zero()) {
            let above = part == ExtraPart::BeyondNorm;
            let formula = match actual.filter(|_| above) {
                Some(actual) => Formula::Difference(Term::Money(actual), vec![Term::Money(self.payment)]),
                None => Formula::Recorded,
            };
            self.state_budget.push(Extra { part, amount });
            self.trace.push(Step {
                id: StepId::StateBudget.of(part.to_string()),
                value: StepValue::Money(amount),
                formula,
                rule: version.rule.clone(),
                governing_date: case.date,
            });
        }
        Ok(())
    }

    fn explain(
        &mut self,
        id: impl Into<StepPath>,
        value: StepValue,
        formula: Formula,
        version: &Version<TransportRules>,
        case: &TransportCase,
    ) {
        self.trace.push(Step {
            id: id.into(),
            value,
            formula,
            rule: version.rule.clone(),
            governing_date: case.date,
        });
    }
}
