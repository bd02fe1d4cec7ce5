//! Premiums of a household of four, who pays what, and the article behind every figure.
//!
//! `cargo run --example quote`

use bhyt::{Enrollee, QuoteCase, Rulebook, quote};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rulebook::bundled();
    let members = vec![Enrollee::of_group("household"); 4];
    let quote = quote(&rules, &QuoteCase::of("2026-08-01".parse()?, 12, members))?;

    for member in &quote.members {
        let place = member.rank.map_or_else(String::new, |rank| format!("member {rank}: "));
        println!("{place}{} from {} to {}", member.premium, member.from, member.until);
    }
    println!("total {}", quote.total);
    for step in &quote.trace {
        let cited: Vec<_> = step.rule.cites.iter().map(|cite| cite.document.as_str()).collect();
        println!("{:?} = {:?} by {} of {}", step.id, step.value, step.rule.rule, cited.join(", "));
    }
    Ok(())
}
