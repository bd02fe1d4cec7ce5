//! The price of a reform: the same household under the recorded law and under a draft, change by change.
//!
//! `cargo run --example reform`

use std::path::PathBuf;
use std::sync::Arc;

use bhyt::{Enrollee, QuoteCase, Rulebook, gather, load, quote};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let today = Rulebook::bundled();
    let draft = PathBuf::from("examples/scenario-premium-rate-5-1-percent.toml");
    let sources = gather(None, &[draft]).map_err(|problem| problem.code.as_str())?;
    let draft = Arc::new(load(&sources).rulebook.ok_or("the draft was refused")?);

    let case = QuoteCase::of("2027-01-01".parse()?, 12, vec![Enrollee::of_group("household"); 4]);
    let (before, after) = (quote(&today, &case)?.total, quote(&draft, &case)?.total);
    println!("{before} today, {after} under the draft: {} more", after - before);
    Ok(())
}
