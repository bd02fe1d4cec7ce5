//! A table of the month beside the claim files: 79a, XML1 as a table, 20a; sums that agree and sums that do not.

use std::path::Path;

use serde_json::Value;

use crate::program::bhyt;
use crate::synthetic::draft::{DraftClaim, DraftLine};
use crate::synthetic::{Style, claims, envelope};
use bhyt::workshop::{FilePart, Standard};

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

/// The hospital's amounts of the lines that belong to a list.
fn amounts(of: impl Fn(&DraftLine) -> bool) -> Vec<String> {
    drafts()
        .iter()
        .flat_map(|draft| &draft.lines)
        .filter(|line| of(line))
        .map(|line| dong(line.amounts.hospital))
        .collect()
}

/// The printed lists of the month, with titles, numbered columns, sections and totals; and the same tables as files.
#[test]
fn printed_lists_are_set_beside_their_part_of_the_claims() {
    let folder = tempfile::tempdir().expect("a folder");
    let is_drug = |line: &DraftLine| line.part == FilePart::Drugs;
    let is_supply = |line: &DraftLine| !is_drug(line) && line.is_supply();
    let is_service = |line: &DraftLine| !is_drug(line) && !line.is_supply();
    let printed = |title: &str, heading: &str, names: usize, amounts: &[String]| {
        let filler = ",x".repeat(names);
        let rows: String =
            amounts.iter().enumerate().map(|(at, amount)| format!("{}{filler},{amount}\n", at + 1)).collect();
        let numbers: Vec<String> = (1..=names + 2).map(|column| column.to_string()).collect();
        format!(
            "{title}\n{heading}\n{}\nI,Nhóm một\n{rows},Tổng cộng{},1\n",
            numbers.join(","),
            ",".repeat(names - 1)
        )
    };
    let drugs = printed(
        "Mẫu số 20/BHYT",
        "STT,Tên hoạt chất,Tên thuốc thành phẩm,Thành tiền (đồng)",
        2,
        &amounts(is_drug),
    );
    let supplies = printed(
        "Mẫu số 19/BHYT",
        "STT,Tên VTYT theo danh mục,Tên thương mại,Giá mua vào(đồng),Giá thanh toán BHYT(đồng),Thành tiền",
        4,
        &amounts(is_supply),
    );
    let services = printed(
        "Mẫu số 21/BHYT",
        "STT,Mã số theo danh mục BHYT,Tên dịch vụ y tế,Thành tiền (đồng)",
        2,
        &amounts(is_service),
    );
    let flat = |heading: &str, amounts: &[String]| {
        let rows: String = amounts.iter().map(|amount| format!("LK1,a,b,1,{amount},7\n")).collect();
        format!("{heading}\n{rows}")
    };
    let of_drugs = flat("MA_LK,MA_THUOC,TEN_THUOC,SO_LUONG,THANH_TIEN_BV,T_BHTT", &amounts(is_drug));
    let of_services =
        flat("MA_LK,MA_DICH_VU,MA_VAT_TU,SO_LUONG,THANH_TIEN_BV,T_BHTT", &amounts(|line| !is_drug(line)));
    for (table, column) in [
        (drugs, "T_THUOC"),
        (supplies, "T_VTYT"),
        (services, "T_TONGCHI_BV − T_THUOC − T_VTYT"),
        (of_drugs, "T_THUOC"),
        (of_services, "T_TONGCHI_BV − T_THUOC"),
    ] {
        let (code, sums) = beside(folder.path(), &table);
        assert_eq!((code, sums), (0, vec![(column.to_owned(), "0".to_owned())]), "{table}");
        // An amount changed is a difference, whatever else the list says.
        let (code, _) = beside(folder.path(), &table.replacen('.', "9.", 1));
        assert_eq!(code, 1, "{table}");
        // By itself it has nothing to replay, and says so.
        let list = folder.path().join("table.csv");
        std::fs::write(&list, &table).expect("a table");
        let run = bhyt(&["audit", list.to_str().expect("letters")], "");
        assert!(run.code == 3 && run.stderr.contains("E0294"), "{table}{}{}", run.stdout, run.stderr);
    }
}

/// C79-HD: the insured total, what the fund is asked for, and the co-payment.
#[test]
fn the_list_of_visits_of_2018_is_set_beside_the_claims() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |(at, draft): (usize, &DraftClaim)| {
        let sums = &draft.totals.amounts;
        format!(
            "{},Giả Lập,J02,{},{},{}\n",
            at + 1,
            dong(sums.covered),
            dong(sums.fund),
            dong(sums.copayment)
        )
    };
    let rows: String = drafts().iter().enumerate().map(row).collect();
    let table = format!(
        "Mẫu số: C79-HD\nSTT,Họ và tên,Mã bệnh,Tổng cộng,Đề nghị quỹ BHYT thanh toán,Cùng chi trả\nA,B,G,1,11,14\n{rows}"
    );
    let (code, sums) = beside(folder.path(), &table);
    let columns: Vec<&str> = sums.iter().map(|(column, _)| column.as_str()).collect();
    assert_eq!((code, columns), (0, vec!["T_TONGCHI_BH", "T_BHTT", "T_BNCCT"]), "{sums:?}");
    assert!(sums.iter().all(|(_, difference)| difference == "0"), "{sums:?}");
}

/// One row a line with the totals of its claim repeated: only the columns of the line are summed.
#[test]
fn repeated_totals_of_inspection_tables_are_no_sums() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |(at, draft): (usize, &DraftClaim)| {
        let rows = draft.lines.iter().map(|line| {
            let (sums, amounts) = (&draft.totals.amounts, &line.amounts);
            let figures =
                [sums.fund, amounts.hospital, amounts.fund, amounts.copayment, amounts.own].map(dong);
            format!("{at},LK{at},{}\n", figures.join(","))
        });
        rows.collect::<String>()
    };
    let rows: String = drafts().iter().enumerate().map(row).collect();
    let table = format!("ID_CP,Ma_LK,T_BHTT,Thanh_Tien,T_BHTT_DTL,T_BNCCT_DTL,T_BNTT_DTL\n{rows}");
    let (code, sums) = beside(folder.path(), &table);
    assert_eq!((code, sums.len()), (0, 4), "{sums:?}");
}

/// Sums by item have no known layout; their number above the table says what they are.
#[test]
fn a_form_of_sums_is_called_by_its_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("c80.csv");
    for title in ["Mẫu số: C80-HD", "Mẫu số C80a-HD", "Mẫu 02/BH,,"] {
        let table = format!("{title}\nTỔNG HỢP CHI PHÍ\nNội dung,Số lượt,Số tiền\nNgoại trú,1,100\n");
        std::fs::write(&list, table).expect("a table");
        let run = bhyt(&["audit", list.to_str().expect("letters")], "");
        assert!(run.code == 3 && run.stderr.contains("E0294"), "{title}: {}{}", run.stdout, run.stderr);
    }
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

/// A heading without rows compares nothing, and does not pass for agreement.
#[test]
fn an_empty_list_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, list) = (folder.path().join("claims.xml"), folder.path().join("list.csv"));
    std::fs::write(&file, envelope(&drafts(), Style::default())).expect("claims");
    for (flag, heading) in [("--prices", "MA_THUOC,DON_GIA_BH\n"), ("--against", "STT,T_TONGCHI_BH,T_BHTT\n")]
    {
        std::fs::write(&list, heading).expect("a list");
        let run =
            bhyt(&["audit", file.to_str().expect("letters"), flag, list.to_str().expect("letters")], "");
        assert!(run.code == 3 && run.stderr.contains("E0202"), "{flag} {} {}", run.stdout, run.stderr);
    }
}

/// The heading of the rows below: XML1 as a table, what bears on money, level and days.
const XML1: &str = "MA_LK,MA_THE_BHYT,MA_DKBD,GT_THE_TU,GT_THE_DEN,NGAY_SINH,GIOI_TINH,MA_DOITUONG_KCB,NGAY_VAO,NGAY_RA,SO_NGAY_DTRI,T_TONGCHI_BV,T_TONGCHI_BH,T_BNTT,T_BNCCT,T_BHTT,MA_LOAI_KCB,NAM_QT,THANG_QT";

/// A visit in order: a household card, 1,000,000 at 80 %.
const ROW: &str = "LK1,GD4000000000000,00001,20260101,20261231,19800101,1,1.1,202608030800,202608031000,0,1000000,1000000,0,200000,800000,01,2026,08";

/// Exit code, standard error, and the column of findings of each row.
fn findings_of(folder: &Path, table: &str) -> (u8, String, Vec<String>) {
    let (code, said, rows) = rows_of(folder, table, &["findings"]);
    (code, said, rows.into_iter().map(|mut row| row.remove(0)).collect())
}

/// Exit code, standard error, and some columns of the result.
fn rows_of(folder: &Path, table: &str, wanted: &[&str]) -> (u8, String, Vec<Vec<String>>) {
    let (list, out) = (folder.join("visits.csv"), folder.join("out.csv"));
    std::fs::write(&list, table).expect("a table");
    let run = bhyt(
        &[
            "audit",
            list.to_str().expect("letters"),
            "-o",
            out.to_str().expect("letters"),
            "--force",
            "--lang",
            "en",
        ],
        "",
    );
    let written = std::fs::read_to_string(&out).unwrap_or_default();
    let mut rows = written.lines().map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
    let heading = rows.next().unwrap_or_default();
    let column = |wanted: &&str| {
        let found = heading.iter().position(|name| name == wanted);
        found.unwrap_or_else(|| panic!("no {wanted} in {heading:?}: {}", run.stderr))
    };
    let columns: Vec<usize> = wanted.iter().map(column).collect();
    let rows = rows.map(|row| columns.iter().map(|column| row[*column].clone()).collect());
    let rows = rows.collect();
    (run.code, run.stderr, rows)
}

/// The checks of an audit that need no lines run on the rows of XML1 as a table: one field changed, one finding.
#[test]
fn a_row_of_xml1_is_checked_as_the_file_would_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_patient = ",202608030800,202608071000,5,1000000,1000000,0,200000,800000,03,";
    let of_days = ",202608030800,202608031000,0,1000000,1000000,0,200000,800000,01,";
    for (changes, expected) in [
        (vec![], ""),
        // The card ended before, begins after, begins inside the stay, ends inside it.
        (vec![("20260101,20261231", "20240101,20251231")], "A36"),
        (vec![("20260101,20261231", "20260901,20261231")], "A36"),
        // Two of the five days are before the card; days after its end are days of grace, fifteen at most (NĐ 188 art. 50.4).
        (vec![("20260101,20261231", "20260805,20261231"), (of_days, in_patient)], "A08"),
        (vec![("20260101,20261231", "20260101,20260805"), (of_days, in_patient)], ""),
        (vec![("20260101,20261231", "20260101,20260720"), (of_days, in_patient)], "A36"),
        // As a spreadsheet or a person writes days.
        (vec![("20260101,20261231", "01/01/2024,31/12/2025")], "A36"),
        (vec![("20260101,20261231", "01/01/2026,2026-12-31"), ("19800101", "01/01/1980")], ""),
        (vec![("GD4000000000000", "GD400000000")], "A55"),
        (
            vec![
                ("GD4000000000000", "TE1000000000000"),
                ("0,200000,800000", "0,0,1000000"),
                ("19800101", "20150101"),
            ],
            "A56",
        ),
        (vec![(",0,1000000,", ",3,1000000,")], "A66"),
        (vec![(",2026,08", ",2026,13")], "A71"),
        (vec![("19800101,1,", "19800101,7,")], "A81"),
        // 126 years, and a visit of a month after the day of the tests.
        (vec![("19800101", "19000101")], "A82"),
        (
            vec![(",202608030800,202608031000,", ",202612200800,202612201000,"), (",2026,08", ",2026,12")],
            "A82",
        ),
        (vec![("20260101,20261231", "20260101;20260601,20261231")], "A22"),
        (vec![("20260101,20261231", "20240101,20251231"), ("19800101,1,", "19800101,7,")], "A36 A81"),
    ] {
        let row = changes.iter().fold(ROW.to_owned(), |row, (from, to)| {
            assert!(row.contains(from), "{row} has no {from}");
            row.replacen(from, to, 1)
        });
        let (code, said, found) = findings_of(folder.path(), &format!("{XML1}\n{row}\n"));
        assert_eq!(
            (found, code),
            (vec![expected.to_owned()], u8::from(!expected.is_empty())),
            "{row}\n{said}"
        );
        assert!(said.contains("W0398"), "{said}");
        for check in expected.split_whitespace() {
            assert!(said.contains(&format!("In 1 rows {check} is found")), "{said}");
        }
    }
    // 79a has the days of cards, and no field of its own for the rest.
    let table = "ma_the,ma_dkbd,gt_the_tu,gt_the_den,ma_lydo_vvien,ngay_vao,ngay_ra,ma_loaikcb,t_tongchi,t_bntt,t_bhtt\nGD4000000000000,00001,20200101,20211231,1,202608030800,202608031000,1,1000000,200000,800000\n";
    assert_eq!(findings_of(folder.path(), table).2, ["A36"]);
    // A class that is left out is not looked for.
    let list = folder.path().join("visits.csv");
    let run = bhyt(&["audit", list.to_str().expect("letters"), "--skip", "law", "--lang", "en"], "");
    assert!(!run.stderr.contains("A36"), "{}", run.stderr);
}

/// Changes to the row of a visit, by what stands in it.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(ROW.to_owned(), |row, (from, to)| {
        assert!(row.contains(from), "{row} has no {from}");
        row.replacen(from, to, 1)
    })
}

/// A visit that stands twice, and stays of one person that overlap, are found between the rows of a table as between files.
#[test]
fn rows_are_compared_with_those_before_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let person = ("GD4000000000000", "GD4790000000017");
    let stay = [person, ("202608031000,0", "202608071000,5"), (",01,2026", ",03,2026")];
    let rows = [
        (changed(&[]), "", ""),
        // The same claim again, whatever else of it is another.
        (changed(&[("0,200000,800000", "0,200000,800000.00")]), "A68", "2"),
        // Another claim of nobody's card: zeros are no person.
        (changed(&[("LK1", "LK2")]), "", ""),
        (changed(&[&stay[..], &[("LK1", "LK3")]].concat()), "", ""),
        // Inside the stay; another person; the day after; a course of treatment runs beside.
        (
            changed(&[person, ("LK1", "LK4"), ("202608030800,202608031000", "202608050800,202608051000")]),
            "A69",
            "5",
        ),
        (changed(&[("GD4000000000000", "GD4790000000018"), ("LK1", "LK5")]), "", ""),
        (
            changed(&[person, ("LK1", "LK6"), ("202608030800,202608031000", "202608080800,202608081000")]),
            "",
            "",
        ),
        (
            changed(&[
                person,
                ("LK1", "LK7"),
                ("202608030800,202608031000,0", "202608050800,202608061000,2"),
                (",01,2026", ",02,2026"),
            ]),
            "",
            "",
        ),
        // The key is missing: card, moments and totals are the same.
        (changed(&[("LK1", ""), ("GD4000000000000", "GD4790000000019")]), "", ""),
        (changed(&[("LK1", ""), ("GD4000000000000", "GD4790000000019")]), "A68", "10"),
        (
            changed(&[
                ("LK1", ""),
                ("GD4000000000000", "GD4790000000019"),
                ("202608030800,202608031000", "202608031030,202608031100"),
            ]),
            "",
            "",
        ),
    ];
    let table: String = rows.iter().map(|(row, ..)| format!("{row}\n")).collect();
    let (code, said, found) = rows_of(folder.path(), &format!("{XML1}\n{table}"), &["findings", "other_row"]);
    let expected: Vec<Vec<String>> =
        rows.iter().map(|(_, check, row)| vec![(*check).to_owned(), (*row).to_owned()]).collect();
    assert_eq!((found, code), (expected, 1), "{said}");
    assert!(said.contains("In 2 rows A68 is found") && said.contains("In 1 rows A69 is found"), "{said}");
    // Of classes that leave it out nothing is compared, and no column says so.
    let list = folder.path().join("visits.csv");
    let run = bhyt(&["audit", list.to_str().expect("letters"), "--skip", "identity", "--lang", "en"], "");
    assert!(!run.stderr.contains("A68") && !run.stderr.contains("A69"), "{}", run.stderr);
}

/// 79a has no key of claims and no ratios of examinations: copies are told by card and moments, a second visit of a day by
/// what its examinations cost.
#[test]
fn rows_of_79a_are_compared_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let heading = "stt,ma_bn,ma_the,ma_dkbd,gt_the_tu,gt_the_den,ma_lydo_vvien,ngay_vao,ngay_ra,ma_loaikcb,t_tongchi,t_kham,t_bntt,t_bhtt,ma_cskcb";
    let row = |number: usize, card: &str, from: &str, until: &str, kind: &str, exams: &str| {
        format!(
            "{number},B1,GD4{card},79001,20260101,20261231,1,{from},{until},{kind},1000000,{exams},200000,800000,79001\n"
        )
    };
    let rows = [
        (row(1, "790000000021", "202608030800", "202608030900", "1", "50600"), "", ""),
        (row(2, "790000000021", "202608030800", "202608030900", "1", "50600"), "A68", "2"),
        // Back in the afternoon: in full, at 30 %; on another day.
        (row(3, "790000000021", "202608031400", "202608031500", "1", "50600"), "A76", "2"),
        (row(4, "790000000022", "202608030800", "202608030900", "1", "50600"), "", ""),
        (row(5, "790000000022", "202608031400", "202608031500", "1", "15180"), "", ""),
        (row(6, "790000000022", "202608041400", "202608041500", "1", "50600"), "", ""),
        // The later visit stands first: it is the one at 30 %.
        (row(7, "790000000023", "202608031400", "202608031500", "1", "15180"), "", ""),
        (row(8, "790000000023", "202608030800", "202608030900", "1", "50600"), "", ""),
        // A visit inside a stay in a ward.
        (row(9, "790000000024", "202608030800", "202608100900", "3", "0"), "", ""),
        (row(10, "790000000024", "202608050800", "202608050900", "1", "50600"), "A69", "10"),
    ];
    let table: String = rows.iter().map(|(row, ..)| row.as_str()).collect();
    let (code, said, found) =
        rows_of(folder.path(), &format!("{heading}\n{table}"), &["findings", "other_row"]);
    let expected: Vec<Vec<String>> =
        rows.iter().map(|(_, check, row)| vec![(*check).to_owned(), (*row).to_owned()]).collect();
    assert_eq!((found, code), (expected, 1), "{said}");
    // Without what examinations cost nothing is said about second visits, nor claimed to have been looked for.
    let bare = format!("{heading}\n{table}").replace("t_kham", "ghi_chu");
    let (_, said, found) = rows_of(folder.path(), &bare, &["findings"]);
    assert!(!said.contains("A76") && found[2] == [""], "{said}{found:?}");
}

/// A right that changes inside a stay of which only totals are there: asked about, as long as the fund's total does not go by
/// the days.
#[test]
fn a_stay_over_a_change_of_the_share_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let heading = XML1.replace("NGAY_VAO,", "NGAY_MIEN_CCT,NGAY_VAO,");
    let row = |cards: &str, from: &str, until: &str, exempt: &str, days: &str, money: &str, month: &str| {
        format!("LK1,{cards},00001,{from},{until},19800101,1,1.1,{exempt},{days},{money},03,{month}\n")
    };
    let (whole, august) = ("1000000,1000000,0,200000,800000", "2026,08");
    for (row, expected) in [
        (
            row("GD4790000000031", "20260101", "20261231", "", "202608030800,202608071000,5", whole, august),
            "",
        ),
        // Twenty days, of which the last four are beyond the fifteen of grace: 31 July, then 1 to 15 August.
        (
            row("GD4790000000031", "20260101", "20260731", "", "202607310800,202608191000,20", whole, august),
            "A08",
        ),
        (
            row("GD4790000000031", "20260101", "20260731", "", "202607310800,202608151000,16", whole, august),
            "",
        ),
        // A second card that pays in full, from the third day of five on; the fund's total that goes by the days (2 × 80 + 3 × 100).
        (
            row(
                "GD4790000000031;HN2790000000031",
                "20260101;20260805",
                "20260804;20261231",
                "",
                "202608030800,202608071000,5",
                whole,
                august,
            ),
            "A08 A22",
        ),
        (
            row(
                "GD4790000000031;HN2790000000031",
                "20260101;20260805",
                "20260804;20261231",
                "",
                "202608030800,202608071000,5",
                "1000000,1000000,0,80000,920000",
                august,
            ),
            "A22",
        ),
        // Another card of the same share changes nothing.
        (
            row(
                "GD4790000000031;DN4790000000031",
                "20260101;20260805",
                "20260804;20261231",
                "",
                "202608030800,202608071000,5",
                whole,
                august,
            ),
            "A22",
        ),
        // Exempt from the fourth day on.
        (
            row(
                "GD4790000000031",
                "20260101",
                "20261231",
                "20260806",
                "202608030800,202608071000,5",
                whole,
                august,
            ),
            "A08",
        ),
    ] {
        let (_, said, found) = findings_of(folder.path(), &format!("{heading}\n{row}"));
        assert_eq!(found, [expected], "{row}{said}");
    }
}

/// Cards of several groups in one row: said where they pay differently, since all of it goes by the best.
#[test]
fn cards_that_pay_differently_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    for (cards, is_said) in [
        ("GD4790000000031", false),
        ("GD4790000000031;GD4790000000032", false),
        ("GD4790000000031;DN4790000000031", false),
        ("GD4790000000031;HN2790000000031", true),
        ("TE1790000000031; HS4790000000031", true),
        ("HT3790000000031;GD4790000000031", true),
    ] {
        let list = folder.path().join("visits.csv");
        std::fs::write(&list, format!("{XML1}\n{}\n", changed(&[("GD4000000000000", cards)])))
            .expect("a table");
        let run = bhyt(&["batch", "claim", list.to_str().expect("letters"), "--dry-run", "--lang", "en"], "");
        assert_eq!(run.stderr.contains("E0499"), is_said, "{cards}: {}", run.stderr);
        assert!(!is_said || run.code == 1, "{cards}: {}", run.stderr);
    }
}
