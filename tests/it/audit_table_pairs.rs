//! Random claims as rows of tables: 200 copies, overlapping stays and second visits of a day give exactly their check beside
//! the earlier row, and the rows among which they stand give none.

use std::collections::BTreeMap;

use crate::audit_pairs::{
    EACH, is_a_visit_with_an_exam, later_the_same_day, of_every_edition, overlapping_stays,
};
use crate::program::bhyt;
use crate::simulate::cells as csv_cells;
use crate::synthetic::claims;
use crate::synthetic::draft::{DraftClaim, DraftLine};
use crate::synthetic::write::parts;
use bhyt::workshop::Standard;

/// A row by its columns.
type Row = BTreeMap<String, String>;

/// A claim as its XML1 has it; texts with commas are left to other tests.
fn xml1(claim: &DraftClaim) -> Row {
    let (_, summary) = parts(claim).into_iter().find(|(name, _)| *name == "XML1").expect("a summary");
    let field = |part: &str| {
        let (tag, text) = part.rsplit_once('<')?.1.split_once('>')?;
        (!text.contains([',', '"', '\n', '&'])).then(|| (tag.to_owned(), text.to_owned()))
    };
    summary.split("</").filter_map(field).collect()
}

fn dong(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A visit as 79a has it: no key, no kinds of lines, what examinations cost.
fn of_79a(visit: &DraftClaim) -> Row {
    let is_exam = |line: &&DraftLine| line.group == 13;
    let exams: i64 = visit.lines.iter().filter(is_exam).map(|line| line.amounts.covered).sum();
    let (card, sums) = (&visit.cards[0], &visit.totals.amounts);
    [
        ("ma_the", format!("{}{}", card.object, card.number)),
        ("ma_dkbd", card.registered.clone()),
        ("gt_the_tu", card.from.format("%Y%m%d").to_string()),
        ("gt_the_den", card.until.format("%Y%m%d").to_string()),
        ("ma_lydo_vvien", "1".to_owned()),
        ("ngay_vao", visit.admitted.text()),
        ("ngay_ra", visit.discharged.text()),
        ("ma_loaikcb", "1".to_owned()),
        ("ma_cskcb", visit.facility.clone()),
        ("t_tongchi", dong(sums.covered)),
        ("t_kham", dong(exams)),
        ("t_bntt", dong(sums.own + sums.copayment)),
        ("t_bhtt", dong(sums.fund)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

/// Writes a table, and holds of every row the checks between rows and over a change, and the earlier row, against what is
/// expected. Returns what was said beside the table.
fn check(kind: &str, rows: &[(Row, &str, Option<usize>)]) -> String {
    let mut columns: Vec<&String> = rows.iter().flat_map(|(row, ..)| row.keys()).collect();
    columns.sort();
    columns.dedup();
    let cells = |row: &Row| {
        let cells: Vec<&str> = columns.iter().map(|name| row.get(*name).map_or("", String::as_str)).collect();
        cells.join(",")
    };
    let heading: Vec<&str> = columns.iter().map(|name| name.as_str()).collect();
    let body: Vec<String> = rows.iter().map(|(row, ..)| cells(row)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let (list, out) = (folder.path().join("visits.csv"), folder.path().join("out.csv"));
    std::fs::write(&list, format!("{}\n{}\n", heading.join(","), body.join("\n"))).expect("a table");
    let (list, out_text) = (list.to_str().expect("letters"), out.to_str().expect("letters"));
    let run = bhyt(&["audit", list, "-o", out_text, "--lang", "en"], "");
    let written = std::fs::read_to_string(&out).unwrap_or_else(|_| panic!("{kind}: {}", run.stderr));
    let mut lines = written.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let at = |name: &str| {
        names
            .iter()
            .position(|known| *known == name)
            .unwrap_or_else(|| panic!("{kind}: no {name}: {}", run.stderr))
    };
    let (findings, other) = (at("findings"), at("other_row"));
    let mut answered = 0;
    for (line, (row, expected, earlier)) in lines.zip(rows) {
        let cells = csv_cells(line);
        let between = cells[findings].split(' ').filter(|code| ["A08", "A68", "A69", "A76"].contains(code));
        let found: Vec<&str> = between.collect();
        let wanted: Vec<&str> = Some(*expected).filter(|code| !code.is_empty()).into_iter().collect();
        // The heading is the first row of the table.
        let place = earlier.map_or(String::new(), |index| (index + 2).to_string());
        assert_eq!(
            (found, cells[other].as_str()),
            (wanted, place.as_str()),
            "{kind}: {row:?}: {line}: {}",
            run.stderr
        );
        answered += 1;
    }
    assert_eq!(answered, rows.len(), "{kind}: {}", run.stderr);
    run.stderr
}

/// Pairs as rows: both of a pair one behind the other, or all first ones before all second ones.
fn rows(pairs: &[(Row, Row)], code: &'static str, apart: bool) -> Vec<(Row, &'static str, Option<usize>)> {
    let first = pairs.iter().map(|(row, _)| (row.clone(), "", None));
    if apart {
        let second = pairs.iter().enumerate().map(|(at, (_, row))| (row.clone(), code, Some(at)));
        return first.chain(second).collect();
    }
    let second = pairs.iter().enumerate().map(|(at, (_, row))| (row.clone(), code, Some(2 * at)));
    first.zip(second).flat_map(|(first, second)| [first, second]).collect()
}

fn of_edition<T>(
    all: &[T],
    standard: Standard,
    of: impl Fn(&T) -> (&DraftClaim, &DraftClaim),
) -> Vec<(Row, Row)> {
    let own = all.iter().map(of).filter(|(claim, _)| claim.standard == standard);
    own.map(|(first, second)| (xml1(first), xml1(second))).collect()
}

/// Editions of which a table of XML1 can be read.
fn editions(pairs: &[(DraftClaim, DraftClaim)]) -> Vec<Standard> {
    let mut found: Vec<Standard> = Vec::new();
    for (claim, _) in pairs {
        if !found.contains(&claim.standard) {
            found.push(claim.standard);
        }
    }
    found
}

fn check_editions(kind: &'static str, pairs: &[(DraftClaim, DraftClaim)]) {
    assert_eq!(pairs.len(), EACH, "{kind}: too few claims could carry it");
    for standard in editions(pairs) {
        let own = of_edition(pairs, standard, |(first, second)| (first, second));
        for apart in [false, true] {
            check(kind, &rows(&own, kind, apart));
        }
    }
}

#[test]
fn copies_of_random_claims_are_found_between_rows() {
    // Out of the network a row waits for what the facility is, which such a table does not say; a right that changes is asked
    // about by itself.
    let is_answered = |claim: &DraftClaim| {
        claim.visit_code.starts_with('1') && claim.cards.len() == 1 && claim.exempt_from.is_empty()
    };
    let pairs: Vec<(DraftClaim, DraftClaim)> =
        of_every_edition(61).filter(is_answered).take(EACH).map(|claim| (claim.clone(), claim)).collect();
    check_editions("A68", &pairs);
}

#[test]
fn overlapping_stays_of_random_claims_are_asked_about_between_rows() {
    check_editions("A69", &overlapping_stays());
}

#[test]
fn second_visits_of_random_days_are_asked_about_in_79a() {
    let visits = of_every_edition(64).filter(is_a_visit_with_an_exam);
    let pairs: Vec<(Row, Row)> = visits
        .filter_map(|visit| later_the_same_day(&visit).map(|(second, _)| (of_79a(&visit), of_79a(&second))))
        .take(EACH)
        .collect();
    assert_eq!(pairs.len(), EACH);
    for apart in [false, true] {
        check("A76", &rows(&pairs, "A76", apart));
    }
}

/// A second card that pays otherwise from a day inside the stay: of totals alone nobody can say what fell on which day.
#[test]
fn random_stays_over_a_change_of_the_card_are_asked_about() {
    let of_ward = |claim: &DraftClaim| claim.visit_kind == "03" && claim.exempt_from.is_empty();
    let changes =
        |claim: &DraftClaim| claim.cards.len() == 2 && claim.cards[0].object != claim.cards[1].object;
    let asked = claims(Standard::Qd3176, 65).filter(|claim| of_ward(claim) && changes(claim)).take(EACH);
    let plain = claims(Standard::Qd3176, 66)
        .filter(|claim| of_ward(claim) && claim.cards.len() == 1 && claim.visit_code.starts_with('1'))
        .take(EACH);
    let rows: Vec<(Row, &str, Option<usize>)> = asked
        .map(|claim| (xml1(&claim), "A08", None))
        .chain(plain.map(|claim| (xml1(&claim), "", None)))
        .collect();
    assert_eq!(rows.len(), 2 * EACH);
    let said = check("A08", &rows);
    assert!(said.contains("E0499"), "{said}");
}
