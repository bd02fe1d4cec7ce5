//! A table of the month beside the claim files: 79a, XML1 as a table, 20a; sums that agree and sums that do not.

use std::path::Path;

use serde_json::Value;

use crate::program::bhyt;
use crate::synthetic::draft::DraftClaim;
use crate::synthetic::{Style, claims, envelope};
use bhyt::audit::tag::FilePart;
use bhyt::rulebook::claim_files::Standard;

fn drafts() -> Vec<DraftClaim> {
    claims(Standard::Qd1931, 41).take(5).collect()
}

fn dong(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Exit code, and of every column the difference of the table.
fn beside(folder: &Path, table: &str) -> (u8, Vec<(String, String)>) {
    let (file, list) = (folder.join("claims.xml"), folder.join("table.csv"));
    std::fs::write(&file, envelope(&drafts(), Style::default())).expect("claims");
    std::fs::write(&list, table).expect("a table");
    let args =
        ["audit", file.to_str().expect("letters"), "--against", list.to_str().expect("letters"), "--json"];
    let run = bhyt(&args, "");
    let document: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}{}", run.stdout, run.stderr));
    let sums = document["result"]["summary"]["against_table"].as_array().cloned().unwrap_or_default();
    let text = |sum: &Value, key: &str| sum[key].as_str().unwrap_or_default().to_owned();
    (run.code, sums.iter().map(|sum| (text(sum, "column"), text(sum, "difference"))).collect())
}

#[test]
fn sums_of_a_table_agree_or_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = |off: i64| -> String {
        let row = |(at, draft): (usize, &DraftClaim)| {
            let sums = &draft.totals.amounts;
            let fund = sums.fund + if at == 0 { off } else { 0 };
            let amounts = [sums.hospital, sums.covered, fund, sums.copayment, sums.own, sums.other].map(dong);
            format!("{},{}\n", at + 1, amounts.join(","))
        };
        let rows: String = drafts().iter().enumerate().map(row).collect();
        // A total at the foot is no claim.
        format!("STT,T_TONGCHI_BV,T_TONGCHI_BH,T_BHTT,T_BNCCT,T_BNTT,T_NGUONKHAC\n{rows}Cộng,1,1,1,1,1,1\n")
    };
    let (code, sums) = beside(folder.path(), &rows(0));
    assert_eq!((code, sums.len()), (0, 6));
    assert!(sums.iter().all(|(_, difference)| difference == "0"), "{sums:?}");
    let (code, sums) = beside(folder.path(), &rows(100_000));
    assert_eq!(code, 1);
    let apart: Vec<_> = sums.into_iter().filter(|(_, difference)| difference != "0").collect();
    assert_eq!(apart, [("T_BHTT".to_owned(), "1000".to_owned())]);
}

/// In 79a the patient pays own payment and co-payment in one column.
#[test]
fn the_patients_column_of_79a_holds_the_copayment_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |(at, draft): (usize, &DraftClaim)| {
        let sums = &draft.totals.amounts;
        format!("{},{},{},{}\n", at + 1, dong(sums.covered), dong(sums.own + sums.copayment), dong(sums.fund))
    };
    let rows: String = drafts().iter().enumerate().map(row).collect();
    let (code, sums) = beside(folder.path(), &format!("stt,t_tongchi,t_bntt,t_bhtt\n{rows}"));
    assert_eq!((code, sums.len()), (0, 3), "{sums:?}");
}

#[test]
fn a_list_of_drugs_is_set_beside_t_thuoc() {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = drafts();
    let drugs = drafts.iter().flat_map(|draft| &draft.lines).filter(|line| line.part == FilePart::Drugs);
    let rows: String = drugs.map(|line| format!("{},{}\n", line.code, dong(line.amounts.hospital))).collect();
    let (code, sums) = beside(folder.path(), &format!("MA_THUOC,THANH_TIEN\n{rows}"));
    assert_eq!((code, sums), (0, vec![("T_THUOC".to_owned(), "0".to_owned())]));
}

/// A list with a lower ratio than the line: 100 in the file, 80 in the list.
#[test]
fn a_ratio_above_the_list_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, list) = (folder.path().join("claims.xml"), folder.path().join("list.csv"));
    let is_plain = |draft: &DraftClaim| {
        draft.visit_code == "1.1"
            && draft.lines.iter().all(|line| line.aid.is_none() && line.list_ratio == 100)
    };
    let draft = claims(Standard::Qd1931, 43).find(is_plain).expect("a claim");
    let line = draft
        .lines
        .iter()
        .find(|line| line.part == FilePart::Drugs && line.amounts.fund > 0)
        .expect("a drug");
    std::fs::write(&file, envelope(std::slice::from_ref(&draft), Style::default())).expect("claims");
    let mut rows = "MA_THUOC,DON_GIA_BH,TYLE_TT_BH\n".to_owned();
    for drug in draft.lines.iter().filter(|line| line.part == FilePart::Drugs) {
        let ratio = if drug.code == line.code { 80 } else { 100 };
        rows += &format!(
            "{},{}.{:03},{ratio}\n",
            drug.code,
            drug.insured_price / 1_000,
            drug.insured_price % 1_000
        );
    }
    std::fs::write(&list, rows).expect("a list");
    let args =
        ["audit", file.to_str().expect("letters"), "--prices", list.to_str().expect("letters"), "-f", "csv"];
    let run = bhyt(&args, "");
    let found: Vec<&str> = run.stdout.lines().skip(1).collect();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        found.iter().all(|row| row.contains("A73-price-list") && row.contains("TYLE_TT_BH")),
        "{found:#?}"
    );
    assert!(!found.is_empty());
}
