//! Each kind of defect, put into clean claims, gives exactly its own finding with its difference, and no other.

use std::sync::Mutex;

use chrono::NaiveDate;

use crate::synthetic::defect::{DEFECTS, Defect, Expected};
use crate::synthetic::random::Random;
use crate::synthetic::{DraftClaim, Style, claims, envelope};
use bhyt::workshop::{AuditedClaim, Bundle, Envelope, Figure, Standard};
use bhyt::{Classes, Finding, Law, Listed, ReadLimits, Register, Rulebook, examine};

/// Defects of each kind that are tried.
const EACH: usize = 200;

fn found(draft: &DraftClaim, law: &mut Law<'_>) -> Vec<(Expected, String)> {
    let file = envelope(std::slice::from_ref(draft), Style::default());
    let (gate, limits) = (Mutex::new(()), ReadLimits::default());
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

/// Base salaries by their first days (Decrees 72/2018, 38/2019, 24/2023, 73/2024, 161/2026).
const BASES: [((i32, u32, u32), i64); 5] = [
    ((2018, 7, 1), 1_390_000),
    ((2019, 7, 1), 1_490_000),
    ((2023, 7, 1), 1_800_000),
    ((2024, 7, 1), 2_340_000),
    ((2026, 7, 1), 2_530_000),
];

/// What the supplies of the injected package cost above 45 base salaries, in hundredths.
fn excess(draft: &DraftClaim) -> Option<i64> {
    let day = draft.discharged.day;
    let from = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let (_, base) = BASES.iter().rev().find(|(first, _)| from(*first) <= day)?;
    let package = draft.lines.iter().filter(|line| line.package == "G9" && line.list_ratio == 100);
    Some(package.map(|line| line.amounts.covered).sum::<i64>() - 45 * base * 100)
}

/// Puts one kind of defect into many claims; returns how many took it, or the first that gave something else.
fn try_kind(defect: &Defect, seed: u64, rules: &Rulebook) -> Result<usize, String> {
    let register = Register::default();
    let mut law = Law::new(rules, &register);
    let mut random = Random::new(seed);
    let mut sources: Vec<_> = Standard::ALL.iter().map(|standard| claims(*standard, seed)).collect();
    let mut taken = 0;
    for turn in 0..EACH * 200 {
        let count = sources.len();
        let Some(mut draft) = sources[turn % count].next() else { break };
        let Some(mut expected) = (defect.inject)(&mut draft, &mut random) else { continue };
        if defect.code == "A43-package-cap" {
            // The generator knows no base salary.
            expected.difference = Some(excess(&draft).expect("a recorded base salary"));
        }
        let found = found(&draft, &mut law);
        if found.len() != 1 || found[0].0 != expected {
            let found: Vec<&Expected> = found.iter().map(|(found, _)| found).collect();
            return Err(format!(
                "{} in {} ({} {}): expected {expected:?}, found {found:?}",
                defect.code, draft.id, draft.standard, draft.visit_code,
            ));
        }
        taken += 1;
        if taken == EACH {
            break;
        }
    }
    Ok(taken)
}

#[test]
fn every_defect_gives_exactly_its_finding() {
    let rules = Rulebook::bundled();
    let mut wrong = Vec::new();
    for defect in DEFECTS {
        match try_kind(defect, 2026, &rules) {
            Ok(EACH) => {}
            Ok(taken) => wrong.push(format!("{}: only {taken} claims could carry it", defect.code)),
            Err(found) => wrong.push(found),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the findings take off the fund and the patient is what the recomputed totals differ by: an accountant adds it up.
#[test]
fn recomputed_totals_are_the_declared_ones_less_the_findings() {
    let rules = Rulebook::bundled();
    let register = Register::default();
    let mut law = Law::new(&rules, &register);
    let file: std::sync::Arc<str> = "x".into();
    let mut wrong = std::collections::BTreeMap::new();
    for defect in DEFECTS.iter().filter(|defect| !UNADDED.contains(&&defect.code[..3])) {
        let mut random = Random::new(77);
        let mut taken = 0;
        for standard in Standard::ALL.iter().copied() {
            for mut draft in claims(standard, 77).take(300) {
                if (defect.inject)(&mut draft, &mut random).is_none() {
                    continue;
                }
                taken += 1;
                let text = envelope(std::slice::from_ref(&draft), Style::default());
                let (gate, limits, mut bundle) = (Mutex::new(()), ReadLimits::default(), Bundle::default());
                assert!(Envelope::new(&text[..], limits, &gate).next(&mut bundle).expect("readable"));
                let raw = bundle.read(&limits).expect("readable");
                let examination = examine(raw, &mut law).expect("a known edition");
                let claim = AuditedClaim::of(&file, 1, examination, Classes::ALL);
                let stated = |figure: Option<Figure>| figure.unwrap_or_default();
                let declared = claim.declared;
                let off = [
                    stated(declared.fund) - claim.replayed.fund,
                    stated(declared.copayment) + stated(declared.own)
                        - claim.replayed.copayment
                        - claim.replayed.own,
                ];
                let told = claim.findings.iter().fold([Figure::ZERO; 2], |sum, finding| {
                    [sum[0] + finding.fund, sum[1] + finding.patient]
                });
                if off != told {
                    wrong.entry(defect.code).or_insert_with(|| {
                        format!("{} {}: totals {off:?}, findings {told:?}", draft.id, draft.standard)
                    });
                }
                if taken % 40 == 0 {
                    break;
                }
            }
        }
        assert!(taken > 0, "{}", defect.code);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Files whose amounts cannot be read or are not whole: no sums of theirs can be set side by side.
const UNADDED: [&str; 4] = ["A17", "A24", "A44", "A46"];

/// Nothing is wrong with such a claim but that the register knows the facility better than its visit code; the
/// shares then go by the register.
#[test]
fn a_code_that_contradicts_the_register_is_said_once() {
    let rules = Rulebook::bundled();
    let register = Register::read(
        "[[facility]]\ncode = \"00001\"\ncare-level = \"basic\"\nformer-tier = \"district\"\npoints = 45\n",
    )
    .expect("a register");
    let mut law = Law::new(&rules, &register);
    let mut drafts = claims(Standard::Qd1931, 2026).filter(|draft| draft.visit_code == "1.14");
    for _ in 0..EACH {
        let mut draft = drafts.next().expect("a claim of that code");
        draft.facility = "00001".to_owned();
        let found = found(&draft, &mut law);
        let contradictions = found.iter().filter(|(found, _)| found.code == "A42-code-facility").count();
        let others = found.iter().filter(|(found, _)| found.code != "A02-benefit-share").count();
        assert_eq!((contradictions, others), (1, 1), "{}: {found:#?}", draft.id);
    }
}
