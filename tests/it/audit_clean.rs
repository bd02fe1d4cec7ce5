//! Clean synthetic claims of every edition give no finding, in whatever form their envelope is written.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::synthetic::draft::Habit;
use crate::synthetic::{DraftClaim, Packing, Style, claims, envelope};
use bhyt::workshop::{AuditedClaim, Bundle, Envelope, Figure, Standard, unwrapped};
use bhyt::{Classes, Law, Listed, ReadLimits, Register, Rulebook, examine};

/// Findings of every claim of a file, as short texts.
pub fn findings_of(file: &[u8], rules: &Rulebook) -> Vec<Vec<String>> {
    findings_of_stream(file, rules)
}

fn findings_of_stream(file: impl BufRead, rules: &Rulebook) -> Vec<Vec<String>> {
    let register = Register::default();
    let mut law = Law::new(rules, &register);
    let gate = Mutex::new(());
    let limits = ReadLimits::default();
    let mut envelope = Envelope::new(file, limits, &gate);
    let mut bundle = Bundle::default();
    let mut all = Vec::new();
    while envelope.next(&mut bundle).expect("the envelope is readable") {
        let raw = bundle.read(&limits).expect("the claim is readable");
        let examination = examine(raw, &mut law).expect("the edition is known");
        let shown = |finding: &bhyt::Finding| {
            format!(
                "{} {} {:?} {:?} {:?} -> {:?} ({:?})",
                finding.check.code,
                finding.part,
                finding.line,
                finding.tag.map(bhyt::workshop::Tag::as_str),
                finding.declared,
                finding.expected,
                finding.difference.map(|figure| figure.to_string()),
            )
        };
        all.push(examination.findings.iter().map(shown).collect());
    }
    all
}

/// Claims of each edition that a test looks at; `BHYT_MANY=2000` for a long run.
pub fn many(usual: usize) -> usize {
    std::env::var("BHYT_MANY").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn clean_claims_of_every_edition_give_no_finding() {
    let rules = Rulebook::bundled();
    for standard in Standard::ALL.iter().copied() {
        let drafts: Vec<DraftClaim> = claims(standard, 7).take(many(400)).collect();
        let found = findings_of(&envelope(&drafts, Style::default()), &rules);
        assert_eq!(found.len(), drafts.len());
        for (draft, findings) in drafts.iter().zip(found) {
            assert!(findings.is_empty(), "{standard} {} {}: {findings:#?}", draft.id, draft.visit_code);
        }
    }
}

/// 2,000 claims in each habit of exporters: no error, no warning; a share in whole numbers is a note.
#[test]
fn the_habits_of_exporters_are_no_mistakes() {
    let rules = Rulebook::bundled();
    for habit in [Habit::ThreeDecimals, Habit::EmptyZeros, Habit::WholeShares] {
        for standard in Standard::ALL.iter().copied() {
            let drafts: Vec<DraftClaim> =
                claims(standard, 17).take(many(400)).map(|draft| DraftClaim { habit, ..draft }).collect();
            for findings in findings_of(&envelope(&drafts, Style::default()), &rules) {
                assert!(
                    findings.iter().all(|found| found.starts_with("A47")),
                    "{standard} {habit:?}: {findings:#?}"
                );
            }
        }
    }
}

/// Limit prices of supplies in T_TRANTT: what is covered cut to them, or only the shares.
#[test]
fn limit_prices_are_no_mistakes() {
    let rules = Rulebook::bundled();
    for standard in Standard::ALL.iter().copied().filter(|standard| !standard.has_single_amount()) {
        let mut drafts = Vec::new();
        for (place, mut draft) in claims(standard, 19).take(many(200) * 6).enumerate() {
            if draft.covered() < 100_000_000 {
                continue;
            }
            for line in draft.lines.iter_mut().filter(|line| line.is_supply() && line.aid.is_none()) {
                let limit = line.amounts.covered / 1_000 * 600;
                if limit == 0 {
                    continue;
                }
                line.cap = Some(limit);
                let whole = line.amounts.covered;
                line.amounts.covered = limit;
                line.split();
                if place % 2 == 0 {
                    // The covered amount stays, only the shares rest on the limit.
                    line.amounts.covered = whole;
                }
            }
            draft.total();
            if draft.covered() >= 60_000_000 {
                drafts.push(draft);
            }
        }
        assert!(drafts.len() >= many(200), "{standard}: only {}", drafts.len());
        let found = findings_of(&envelope(&drafts, Style::default()), &rules);
        for (draft, findings) in drafts.iter().zip(found) {
            assert!(findings.is_empty(), "{standard} {}: {findings:#?}", draft.id);
        }
    }
}

/// What should be is what is: totals of clean claims come out of the replay to the hundredth.
#[test]
fn replayed_totals_of_clean_claims_are_the_declared_ones() {
    let rules = Rulebook::bundled();
    let register = Register::default();
    let mut law = Law::new(&rules, &register);
    let file: Arc<str> = "x".into();
    for standard in Standard::ALL.iter().copied() {
        for draft in claims(standard, 13).take(200) {
            let text = envelope(std::slice::from_ref(&draft), Style::default());
            let (gate, limits, mut bundle) = (Mutex::new(()), ReadLimits::default(), Bundle::default());
            assert!(Envelope::new(&text[..], limits, &gate).next(&mut bundle).expect("readable"));
            let raw = bundle.read(&limits).expect("readable");
            let claim =
                AuditedClaim::of(&file, 1, examine(raw, &mut law).expect("a known edition"), Classes::ALL);
            let expected = draft.totals.amounts;
            let hundredths = |figure: Figure| figure.millionths() / 10_000;
            let found = claim.replayed;
            assert_eq!(
                [found.hospital, found.fund, found.copayment, found.own, found.other].map(hundredths),
                [expected.hospital, expected.fund, expected.copayment, expected.own, expected.other]
                    .map(i128::from),
                "{standard} {}",
                draft.id
            );
            if !standard.has_single_amount() {
                assert_eq!(
                    hundredths(found.covered),
                    i128::from(expected.covered),
                    "{standard} {}",
                    draft.id
                );
            }
        }
    }
}

#[test]
fn every_form_of_the_envelope_reads_alike() {
    let rules = Rulebook::bundled();
    for standard in Standard::ALL.iter().copied() {
        let drafts: Vec<DraftClaim> = claims(standard, 11).take(many(12)).collect();
        for packing in Packing::ALL {
            for flag in [false, true] {
                let style = Style {
                    packing,
                    mark: flag,
                    inner_mark: flag,
                    wrong_declaration: flag,
                    placeholders: !flag,
                    signed: !flag,
                };
                let found = findings_of(&envelope(&drafts, style), &rules);
                assert_eq!(found.len(), drafts.len(), "{standard} {style:?}");
                assert!(found.iter().all(Vec::is_empty), "{standard} {style:?}: {found:?}");
            }
        }
    }
}

/// What stands around a whole file on its way: taken off, nothing is left that could be a mistake.
#[test]
fn wrappers_around_a_file_are_no_mistakes() {
    let rules = Rulebook::bundled();
    for (name, wrap) in WRAPPERS {
        for standard in Standard::ALL.iter().copied() {
            let drafts: Vec<DraftClaim> = claims(standard, 23).take(many(40) / Standard::ALL.len()).collect();
            let file = wrap(&envelope(&drafts, Style::default()));
            let mut bytes = &file[..];
            let stream = unwrapped(&mut bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            let found = findings_of_stream(stream, &rules);
            assert_eq!(found.len(), drafts.len(), "{name} {standard}");
            assert!(found.iter().all(Vec::is_empty), "{name} {standard}: {found:?}");
        }
    }
}

type Wrap = fn(&[u8]) -> Vec<u8>;

const WRAPPERS: [(&str, Wrap); 16] = [
    ("gzip", gzip),
    ("base64", |file| STANDARD.encode(file).into_bytes()),
    ("the alphabet for addresses", |file| URL_SAFE_NO_PAD.encode(file).into_bytes()),
    ("data:", |file| format!("data:text/xml;base64,{}", STANDARD.encode(file)).into_bytes()),
    ("JSON of the portal", |file| {
        format!("{{\"maTinh\":\"79\",\"fileHSBase64\":\"{}\"}}", STANDARD.encode(file)).into_bytes()
    }),
    ("JSON under another name", |file| {
        format!("[{{\"ten\":\"a.xml\",\"noi_dung\":\"{}\"}}]", STANDARD.encode(file)).into_bytes()
    }),
    ("XML in a string of JSON", |file| {
        serde_json::json!({"ten": "a.xml", "xml": String::from_utf8_lossy(file)}).to_string().into_bytes()
    }),
    ("SOAP of the portal", |file| {
        format!(
            "<s:Envelope><s:Body><fileHSBase64>{}</fileHSBase64></s:Body></s:Envelope>",
            STANDARD.encode(file)
        )
        .into_bytes()
    }),
    ("SOAP under another name", |file| {
        format!("<s:Envelope><ma>1</ma><duLieu><![CDATA[{}]]></duLieu></s:Envelope>", STANDARD.encode(file))
            .into_bytes()
    }),
    ("XML in an element of SOAP", |file| {
        let text = escaped(&String::from_utf8_lossy(file));
        format!("<s:Envelope><s:Body><xml>{text}</xml></s:Body></s:Envelope>").into_bytes()
    }),
    ("XML escaped twice in SOAP", |file| {
        let text = escaped(&escaped(&String::from_utf8_lossy(file)));
        format!("<s:Envelope><s:Body><xml>{text}</xml></s:Body></s:Envelope>").into_bytes()
    }),
    ("escaped XML in JSON", |file| {
        serde_json::json!({"ten": "a.xml", "xml": escaped(&String::from_utf8_lossy(file))})
            .to_string()
            .into_bytes()
    }),
    ("UTF-16", wide),
    ("base64 of UTF-16", |file| STANDARD.encode(wide(file)).into_bytes()),
    ("UTF-16 around base64", |file| wide(STANDARD.encode(file).as_bytes())),
    ("gzip in base64 in JSON", |file| {
        format!("{{\"du_lieu\":\"{}\"}}", STANDARD.encode(gzip(file))).into_bytes()
    }),
];

fn gzip(file: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(file).expect("memory");
    encoder.finish().expect("memory")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// UTF-16 with its mark.
fn wide(file: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(file);
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
