//! Each kind of defect, put into clean claims, gives exactly its own finding with its difference, and no other.

use std::sync::Mutex;

use bhyt::audit::examine::examine;
use bhyt::audit::figure::Figure;
use bhyt::audit::finding::Finding;
use bhyt::audit::generator::defect::{DEFECTS, Defect, Expected};
use bhyt::audit::generator::random::Random;
use bhyt::audit::generator::{DraftClaim, Style, claims, envelope};
use bhyt::audit::legal::Law;
use bhyt::audit::legal::facilities::Register;
use bhyt::audit::xml::{Bundle, Envelope, Limits};
use bhyt::rulebook::Rulebook;
use bhyt::rulebook::claim_files::Standard;

/// Defects of each kind that are tried.
const EACH: usize = 200;

fn found(draft: &DraftClaim, law: &mut Law<'_>) -> Vec<(Expected, String)> {
    let file = envelope(std::slice::from_ref(draft), Style::default());
    let (gate, limits) = (Mutex::new(()), Limits::default());
    let mut bundle = Bundle::default();
    assert!(Envelope::new(&file[..], limits, &gate).next(&mut bundle).expect("readable"));
    let raw = bundle.read(&limits).expect("readable");
    let examination = examine(raw, law).expect("known edition");
    let findings = examination.findings;
    findings.iter().map(|finding| (shown(finding), format!("{finding:?}"))).collect()
}

fn shown(finding: &Finding) -> Expected {
    let hundredths =
        |figure: Figure| i64::try_from(figure.millionths() / 10_000).expect("a small difference");
    Expected {
        code: finding.check.code,
        part: finding.part,
        line: finding.line,
        difference: finding.difference.map(hundredths),
    }
}

/// The excess over a cap is checked by hand elsewhere; everything else to the hundredth.
fn agrees(found: &Expected, expected: &Expected) -> bool {
    let difference = found.difference == expected.difference || expected.code == "A43-package-cap";
    (found.code, found.part, found.line) == (expected.code, expected.part, expected.line) && difference
}

/// Puts one kind of defect into many claims; returns how many took it.
fn try_kind(defect: &Defect, seed: u64, rules: &Rulebook) -> usize {
    let register = Register::default();
    let mut law = Law::new(rules, &register);
    let mut random = Random::new(seed);
    let mut sources: Vec<_> = Standard::ALL.into_iter().map(|standard| claims(standard, seed)).collect();
    let mut taken = 0;
    for turn in 0..EACH * 200 {
        let count = sources.len();
        let Some(mut draft) = sources[turn % count].next() else { break };
        let Some(expected) = (defect.inject)(&mut draft, &mut random) else { continue };
        let found = found(&draft, &mut law);
        assert!(
            found.len() == 1 && agrees(&found[0].0, &expected),
            "{} in {} ({} {}): expected {expected:?}, found {found:#?}",
            defect.code,
            draft.id,
            draft.standard,
            draft.visit_code,
        );
        taken += 1;
        if taken == EACH {
            break;
        }
    }
    taken
}

#[test]
fn every_defect_gives_exactly_its_finding() {
    let rules = Rulebook::bundled();
    for defect in DEFECTS {
        assert_eq!(try_kind(defect, 2026, &rules), EACH, "{}", defect.code);
    }
}
