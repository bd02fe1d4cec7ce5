//! Hồ sơ giả lập: synthetic claim files of every edition, the same for the same seed, and defects put into them.
//!
//! No real patient stands behind any of it: names, numbers and stays are made from a seed. Prices are plausible
//! and bind nobody.

mod build;
pub mod defect;
pub mod draft;
pub mod random;
pub mod scenario;
pub mod write;

pub use self::draft::DraftClaim;
#[allow(unused_imports, reason = "the bench needs fewer of them")]
pub use self::write::{Packing, Style, envelope};

use self::defect::DEFECTS;
use self::random::Random;
use bhyt::workshop::Standard;

/// Claims without defects, one after another: the scenarios of an edition in turn.
pub fn claims(standard: Standard, seed: u64) -> impl Iterator<Item = DraftClaim> {
    let scenarios = build::of_standard(standard);
    let mut random = Random::new(seed);
    (0_u64..).map(move |serial| {
        let index = usize::try_from(serial).unwrap_or(0) % scenarios.len().max(1);
        build::claim(scenarios[index], seed % 1_000 * 1_000_000 + serial, &mut random)
    })
}

/// Claims of the example file.
const EXAMPLE_CLAIMS: usize = 12;

/// Tệp mẫu: a dozen claims of the newest editions, some with one defect each.
pub fn example_file() -> Vec<u8> {
    let mut random = Random::new(2026);
    let old = claims(Standard::Qd3176, 20).filter(|claim| claim.lines.len() < 12);
    let new = claims(Standard::Qd1931, 21).filter(|claim| claim.lines.len() < 12);
    let mut drafts: Vec<DraftClaim> =
        old.zip(new).flat_map(|(old, new)| [old, new]).take(EXAMPLE_CLAIMS).collect();
    let kinds = ["A01-fund-share", "A02-benefit-share", "A05-total", "A09-number-form", "A06-service-ratio"];
    let mut spoilt = 0;
    for draft in &mut drafts {
        let Some(defect) =
            kinds.get(spoilt).and_then(|code| DEFECTS.iter().find(|defect| defect.code == *code))
        else {
            break;
        };
        if (defect.inject)(draft, &mut random).is_some() {
            spoilt += 1;
        }
    }
    envelope(&drafts, Style::default())
}
