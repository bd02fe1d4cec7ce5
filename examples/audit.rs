//! The claims of a file, replayed by law: what is wrong with them, and by how much.
//!
//! `cargo run --example audit`

use std::path::PathBuf;

use bhyt::Rulebook;
use bhyt::audit::legal::facilities::Register;
use bhyt::audit::run::{Batch, Outcome, run};
use bhyt::audit::source::SourceFile;
use bhyt::audit::source::archive::ArchiveLimits;
use bhyt::audit::xml::ReadLimits;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rulebook::bundled();
    let batch = Batch {
        rules: &rules,
        register: &Register::default(),
        limits: ReadLimits::default(),
        archive: ArchiveLimits::default(),
        jobs: 2,
        hash: false,
        prices: &bhyt::audit::prices::NO_PRICES,
        classes: bhyt::audit::finding::Classes::ALL,
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
