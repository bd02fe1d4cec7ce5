//! One stay in a hospital: what the fund and the patient pay.
//!
//! `cargo run --example reimbursement`

use bhyt::{ClaimCase, Costs, Rulebook, VisitFacts, Vnd, claim};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rulebook::bundled();
    let costs =
        Costs::Totals { hospital: Vnd::whole(12_000_000), covered: Vnd::whole(10_000_000), other: Vnd::ZERO };
    let mut visit = ClaimCase::of("household", "2026-08-01".parse()?, "2026-08-05".parse()?, costs);
    visit.visit = VisitFacts { code: Some("1.3".to_owned()), ..VisitFacts::default() };
    let paid = claim(&rules, &visit)?;

    println!("level {}, rate {}", paid.benefit_level, paid.network_rate);
    println!("fund {}, co-payment {}, own payment {}", paid.total.fund, paid.total.copayment, paid.total.own);
    Ok(())
}
