//! The claims of a file, replayed by law: what is wrong with them, and by how much.
//!
//! `cargo run --example audit`

use std::path::PathBuf;

use bhyt::{ArchiveLimits, Batch, Outcome, ReadLimits, Register, Rulebook, SourceFile, audit as run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rulebook::bundled();
    let batch = Batch {
        rules: &rules,
        register: &Register::default(),
        limits: ReadLimits::default(),
        archive: ArchiveLimits::default(),
        jobs: 2,
        hash: false,
        prices: &bhyt::NO_PRICES,
        classes: bhyt::Classes::ALL,
        today: None,
    };
    let files = [SourceFile::File(PathBuf::from("examples/claims.xml"))];
    run(&batch, &files, &|| Box::new(std::io::empty()), &mut |outcome| {
        if let Outcome::Claim(claim) = outcome {
            println!("claim {}: {} findings", claim.number, claim.findings.len());
        }
        Ok::<(), std::convert::Infallible>(())
    })?;
    Ok(())
}
