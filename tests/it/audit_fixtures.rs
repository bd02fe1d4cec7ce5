//! One fixture for each finding: a synthetic claim with that defect alone, and the findings it gives in both languages.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; the claims come from the generator, so no patient stands behind them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::synthetic::defect::DEFECTS;
use crate::synthetic::random::Random;
use crate::synthetic::{DraftClaim, Packing, Style, claims, envelope, example_file};
use bhyt::workshop::{CHECKS, Standard};
use bhyt::{Listed, Rulebook};

use crate::audit_pairs as pairs;
use crate::program::bhyt;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/audit")
}

/// Findings whose fixtures are made here: by a register, or by two claims.
const OF_THEIR_OWN: [&str; 5] = [
    "A42-code-facility",
    "A68-same-claim-twice",
    "A69-overlapping-stay",
    "A73-price-list",
    "A76-second-visit",
];

/// The claims of a fixture.
fn examples(code: &str) -> Option<Vec<DraftClaim>> {
    let mut drafts = claims(Standard::Qd1931, 5).filter(|claim| claim.lines.len() <= 9);
    match code {
        "A73-price-list" => {
            // Nothing is wrong with the claim itself: the list, a file beside it, has a lower price.
            let drug = |claim: &DraftClaim| claim.lines.iter().any(|line| line.code == "40.48");
            drafts.find(|claim| claim.visit_code == "1.1" && drug(claim)).map(|claim| vec![claim])
        }
        "A76-second-visit" => {
            let visit = claims(Standard::Qd1931, 5).take(400).find(pairs::is_a_visit_with_an_exam)?;
            let (second, _) = pairs::later_the_same_day(&visit)?;
            Some(vec![visit, second])
        }
        "A68-same-claim-twice" => {
            let claim = drafts.next()?;
            Some(vec![claim.clone(), claim])
        }
        "A69-overlapping-stay" => {
            let stay = claims(Standard::Qd1931, 5).take(400).find(|claim| {
                claim.visit_kind == "03" && claim.visit_code == "1.1" && claim.cards.len() == 1
            })?;
            // The same person is examined elsewhere on the second day of the stay.
            let mut visit = drafts.find(|claim| claim.visit_code == "1.1" && claim.visit_kind == "01")?;
            visit.cards = stay.cards.clone();
            visit.born = stay.born;
            let object = visit.cards[0].object.clone();
            let by = stay.admitted.day + chrono::TimeDelta::days(1) - visit.admitted.day;
            for moment in [&mut visit.admitted, &mut visit.discharged] {
                moment.day += by;
            }
            let share = if object == "HT3" { 950 } else { 800 };
            for line in &mut visit.lines {
                for moment in [&mut line.ordered, &mut line.done, &mut line.finished] {
                    moment.day += by;
                }
                line.share = if visit.cards.len() == 1 && line.share == 1_000 { 1_000 } else { share };
            }
            visit.form();
            Some(vec![stay, visit])
        }
        _ => example(code).map(|claim| vec![claim]),
    }
}

/// The short claim that carries a kind of defect.
fn example(code: &str) -> Option<DraftClaim> {
    if code == "A42-code-facility" {
        // Nothing is wrong with the claim itself: the register, a file beside it, knows the facility better.
        return claims(Standard::Qd1931, 5).take(100).find(|claim| claim.visit_code == "1.14");
    }
    let defect = DEFECTS.iter().find(|defect| defect.code == code)?;
    let mut random = Random::new(5);
    let mut sources: Vec<_> = Standard::ALL.iter().map(|standard| claims(*standard, 5)).collect();
    for turn in 0..4_000 {
        let count = sources.len();
        let mut draft = sources[count - 1 - turn % count].next()?;
        if draft.lines.len() <= 9 && (defect.inject)(&mut draft, &mut random).is_some() {
            return Some(draft);
        }
    }
    // Some defects need a long stay.
    for turn in 0..4_000 {
        let count = sources.len();
        let mut draft = sources[count - 1 - turn % count].next()?;
        if (defect.inject)(&mut draft, &mut random).is_some() {
            return Some(draft);
        }
    }
    None
}

#[test]
fn every_finding_has_a_fixture_that_gives_it() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok();
    for check in CHECKS {
        let folder = folder().join(check.code);
        let claim = folder.join("claim.xml");
        if update {
            let drafts = examples(check.code).unwrap_or_else(|| panic!("no claim can carry {}", check.code));
            let style = Style { packing: Packing::Inline, placeholders: false, ..Style::default() };
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&claim, envelope(&drafts, style)).expect("a written fixture");
        }
        assert!(claim.exists(), "{} has no fixture", check.code);
        for lang in ["vi", "en"] {
            let path = claim.to_str().expect("a path of letters");
            let mut args = vec!["audit", path, "--format", "csv", "--lang", lang, "-q"];
            let facilities = folder.join("facilities.toml");
            if facilities.exists() {
                args.extend(["--facilities", facilities.to_str().expect("a path of letters")]);
            }
            let prices = folder.join("prices.csv");
            if check.code == "A73-price-list" {
                // 480 đ a tablet in the file; the tender has 450 đ.
                let list = "MA_THUOC,TEN_THUOC,SO_DANG_KY,HAM_LUONG,TT_THAU,DON_GIA,DON_GIA_BH,TU_NGAY,DEN_NGAY\n\
                            40.48,Paracetamol,VD-00000-00,500mg,0000/QD-SYT;G1;N1;2026,450.000,450.000,20260101,\n";
                if update {
                    std::fs::write(&prices, list).expect("a written list");
                }
                args.extend(["--prices", prices.to_str().expect("a path of letters")]);
            }
            let run = bhyt(&args, "");
            let found = run.stdout.replace(path, "claim.xml");
            assert_eq!(run.code, 1, "{}: {}", check.code, run.stderr);
            assert!(found.contains(check.code), "{}: {found}", check.code);
            let golden = folder.join(format!("findings.{lang}.csv"));
            if update {
                std::fs::write(&golden, &found).expect("a written golden file");
            }
            let expected = std::fs::read_to_string(&golden).expect("a golden file");
            assert_eq!(found, expected, "{} in {lang}", check.code);
        }
    }
}

#[test]
fn every_check_is_worded_cited_and_explained() {
    let rules = Rulebook::bundled();
    let mut seen = BTreeSet::new();
    for check in CHECKS {
        assert!(seen.insert(check.number()), "{} twice", check.number());
        let placeholders = |text: &str| -> BTreeSet<String> {
            let names = text.split('{').skip(1).filter_map(|part| part.split('}').next());
            names.map(str::to_owned).collect()
        };
        assert_eq!(placeholders(check.says[0]), placeholders(check.says[1]), "{}", check.code);
        for text in check.title.iter().chain(&check.says).chain(&check.explain) {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {text}", check.code);
        }
        assert!(!check.cites.is_empty(), "{} cites nothing", check.code);
        for cite in check.cites {
            assert!(
                rules.document(cite.document).is_some(),
                "{} cites unknown {}",
                check.code,
                cite.document
            );
        }
        for (lang, title) in [("vi", check.title[0]), ("en", check.title[1])] {
            let page = bhyt(&["explain", check.number(), "--lang", lang], "");
            assert_eq!(page.code, 0, "{}", page.stderr);
            let flat = page.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(title) && flat.contains(check.code), "{flat}");
            assert!(page.stdout.lines().all(|line| line.chars().count() <= 80), "{}", page.stdout);
        }
    }
    let untested: Vec<&str> = CHECKS
        .iter()
        .map(|check| check.code)
        .filter(|code| !OF_THEIR_OWN.contains(code) && !DEFECTS.iter().any(|defect| defect.code == *code))
        .collect();
    assert!(untested.is_empty(), "without a defect: {untested:?}");
}

/// The table of findings in `docs/AUDIT.md` is the list of checks.
#[test]
fn the_documented_findings_are_the_checks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/AUDIT.md");
    let page = std::fs::read_to_string(&path).expect("docs/AUDIT.md");
    let (head, rest) = page.split_once("<!-- findings:").expect("the opening mark");
    let (mark, rest) = rest.split_once("-->\n").expect("the end of the mark");
    let (_, tail) = rest.split_once("<!-- end of findings -->").expect("the closing mark");
    let mut table = String::from("| Code | Severity | Vietnamese | English |\n|---|---|---|---|\n");
    for check in CHECKS {
        table.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            check.code,
            check.severity.key(),
            check.title[0],
            check.title[1]
        ));
    }
    let written = format!("{head}<!-- findings:{mark}-->\n{table}<!-- end of findings -->{tail}");
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, &written).expect("a written page");
    }
    assert!(
        page == written || std::env::var("UPDATE_GOLDEN").is_ok(),
        "refresh with UPDATE_GOLDEN=1 cargo test"
    );
}

/// `examples/claims.xml` is what `bhyt template claim-files` prints.
#[test]
fn the_example_file_is_the_generators() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/claims.xml");
    let made = String::from_utf8(example_file()).expect("text");
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, &made).expect("a written example");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the example"), made);
    assert_eq!(bhyt(&["template", "claim-files"], "").stdout, made);
    let run = bhyt(&["audit", path.to_str().expect("a path of letters")], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 80), "{}", run.stdout);
}
