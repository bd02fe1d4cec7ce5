//! Lists as offices and agents hold them: right at first try, or a question, never a silently wrong total.
//!
//! The samples are invented people in the layouts of real forms; their totals are computed by hand (tests/data/samples/README.md).

use crate::batch::Desk;
use crate::program::{Run, bhyt};

/// A run over a sample, with the rows it wrote.
fn sample(name: &str, more: &[&str]) -> (Run, Vec<String>) {
    let desk = Desk::new();
    let path = format!("{}/tests/data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let out = desk.path("out.csv").display().to_string();
    let mut args = vec!["batch", "premium", &path, "-o", &out, "--lang", "en"];
    args.extend(more);
    let run = bhyt(&args, "");
    let rows = std::fs::read_to_string(&out).unwrap_or_default();
    (run, rows.lines().map(str::to_owned).collect())
}

fn says(run: &Run, what: &str) {
    let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
    assert!(flat.contains(what), "{what} is not in:\n{}", run.stderr);
}

#[test]
fn the_samples_give_their_totals() {
    for (name, more, code, total) in [
        ("d03-ts.xlsx", &[][..], 0, "Total premium 5,328,180 đ = person 5,328,180 đ"),
        ("d03-ts.xlsx", &["--sheet", "import"], 0, "Total premium 5,328,180 đ = person 5,328,180 đ"),
        (
            "agent-export.csv",
            &["--set", "group=GD"],
            0,
            "Total premium 7,929,090 đ = person 7,350,010 đ + local 379,080 đ + other 200,000 đ",
        ),
        (
            "mau-3-4.xlsx",
            &["--set", "group=HS"],
            0,
            "Total premium 3,073,950 đ = person 1,263,735 đ + state 1,536,975 đ + local 273,240 đ",
        ),
        (
            "mau-3-4.xlsx",
            &["--sheet", "Mau so 4", "--set", "paid-on=2026-09-20"],
            0,
            "Total premium 3,142,260 đ = person 3,142,260 đ",
        ),
    ] {
        let (run, _) = sample(name, more);
        says(&run, total);
        assert_eq!(run.code, code, "{name} {more:?}: {}", run.stderr);
    }
}

/// Every row is answered, left out by name, or rejected: 19 rows of the sheet are 7 people, 12 rows of the form.
#[test]
fn rows_of_a_printed_form_are_left_out_by_name() {
    let (run, rows) = sample("d03-ts.xlsx", &[]);
    says(&run, "read 19 = valid 7 + left out 12 + rejected 0");
    for reason in
        ["7 rows left out N0290", "3 rows left out N0291", "1 row left out N0292", "1 row left out N0293"]
    {
        says(&run, reason);
    }
    assert_eq!(rows.len(), 20);
    assert!(rows.iter().any(|row| row.contains("Hoàng Mẫu Tám") && row.contains("N0293")));
}

#[test]
fn members_without_household_or_place_are_asked_about_never_taken_for_first_members() {
    let desk = Desk::new();
    let heading = "Họ và tên,Mã số BHXH,Đối tượng,Số tháng,Ngày biên lai";
    let table = |rows: &[&str]| format!("{heading}\n{}\n", rows.join("\n"));
    let people = ["An,1,GD,12,05/08/2026", "Ba,2,GD,12,05/08/2026", "Cư,3,GD,12,05/08/2026"];
    desk.put("in.csv", table(&people));
    let run = desk.premium("in.csv", &[]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(run.stderr.contains("E0490") && run.stderr.contains("--household"), "{}", run.stderr);
    assert_eq!(desk.files(), ["in.csv"]);
    // LCS 2,530,000: 1,366,200 + 956,340 + 819,720 as one household, 3 × 1,366,200 apart.
    for (how, total) in [
        (&["--household", "whole-file"][..], "3.142.260"),
        (&["--household", "each-row"], "4.098.600"),
        (&["--household", "by Ngày biên lai"], "3.142.260"),
    ] {
        let run = desk.premium("in.csv", &[how, &["--force", "--lang", "vi"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains(total), "{how:?}: {}", run.stderr);
    }
    assert_eq!(desk.premium("in.csv", &["--household", "some"]).code, 2);
    // Others than members of the ladder have nothing to be asked about; one member alone is a first member.
    desk.put(
        "mixed.csv",
        table(&["An,1,GD,12,05/08/2026", "Ba,2,HS,12,05/08/2026", "Cư,3,HS,12,05/08/2026"]),
    );
    assert_eq!(desk.premium("mixed.csv", &["--force"]).code, 0);
    // The same under the names of the contract, and for a simulation.
    let contract = desk.put("plain.csv", "group,months,paid_on\nGD,12,2026-08-05\nGD,12,2026-08-05\n");
    assert_eq!(desk.premium("plain.csv", &["--force"]).code, 3);
    let simulated = bhyt(&["simulate", &contract, "--paid-on", "2026-06-30", "--shift-to", "2026-07-01"], "");
    assert_eq!(simulated.code, 3, "{}", simulated.stderr);
}

/// 40 % of all seven premiums is 2,869,020: what came out when a percent was taken for a place.
#[test]
fn a_place_of_40_to_100_is_a_percent_of_the_ladder() {
    let (run, _) = sample("d03-ts.xlsx", &["--sheet", "import", "--map", "TYLEDONG=rank"]);
    says(&run, "Total premium 5,328,180 đ");
    let desk = Desk::new();
    desk.put(
        "in.csv",
        "group,months,paid_on,rank\nGD,12,2026-08-05,70\nGD,12,2026-08-05,45\nHS,12,2026-08-05,45\n",
    );
    let run = desk.premium("in.csv", &[]);
    assert_eq!(run.code, 1);
    let out = desk.text("out.csv");
    let rows: Vec<&str> = out.lines().collect();
    assert!(rows[1].contains(",956340,956340,"), "{}", rows[1]);
    assert!(rows[2].contains("E0491"), "45 % is no step: {}", rows[2]);
    assert!(rows[3].contains(",1366200,683100,"), "pupils have no step: {}", rows[3]);
}

#[test]
fn stated_amounts_are_compared_in_every_row_and_in_sum() {
    let desk = Desk::new();
    desk.put(
        "in.csv",
        "Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Số tiền thu\n\
         H1,GD,12,05/08/2026,1.366.200\nH1,GD,12,05/08/2026,1.366.200\nH2,GD,3,05/08/2026,300000\n",
    );
    let run = desk.premium("in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    // 1,366,200 − 956,340 = 409,860 too much; 300,000 − 341,550 = 41,550 too little.
    says(
        &run,
        "In 2 rows the stated amount is not the computed one: 409,860 đ too much, 41,550 đ too little, together 368,310 đ too much",
    );
    let out = desk.text("out.csv");
    let differences: Vec<&str> =
        out.lines().map(|row| row.split(',').nth(13).expect("a difference")).collect();
    assert_eq!(differences, ["stated_difference", "0", "409860", "-41550"]);
}

/// When amounts say the places, they must say them for everybody; that all are first members says nothing.
#[test]
fn places_from_amounts_are_told_and_doubted() {
    let desk = Desk::new();
    let table = |amounts: &[&str]| {
        let rows: String = amounts.iter().map(|amount| format!("1,GD,12,05/08/2026,{amount}\n")).collect();
        format!("Mã số BHXH,Đối tượng,Số tháng,Ngày biên lai,Số tiền thu\n{rows}")
    };
    desk.put("in.csv", table(&["1366200", "956340", "1366200"]));
    let run = desk.premium("in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    says(&run, "3 rows with warning W0493");
    desk.put("in.csv", table(&["1366200", "1366200", "1366200"]));
    assert_eq!(desk.premium("in.csv", &["--force"]).code, 3);
    // 819,720 is the third place, which cannot follow the first.
    desk.put("in.csv", table(&["1366200", "819720", "956340"]));
    let run = desk.premium("in.csv", &["--force"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(desk.text("out.csv").contains("E0492"));
}

#[test]
fn a_column_about_money_is_understood_or_named() {
    let desk = Desk::new();
    desk.put(
        "in.csv",
        "Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Hỗ trợ của thôn,Tỷ lệ NSĐP hỗ trợ (%),Từ tháng\n\
         H1,GB,12,05/08/2026,,20,10/2026\nH2,GB,12,05/08/2026,0,,\n",
    );
    let run = desk.premium("in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 0, "an empty column leaves nothing out: {}", run.stderr);
    let out = desk.text("out.csv");
    // 1,366,200: state 30 % 409,860, local 20 % 273,240, person the rest.
    assert!(out.contains(",1366200,683100,0,0,409860,273240,0,"), "{out}");
    desk.put("in.csv", "Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Hỗ trợ của thôn\nH1,GD,12,05/08/2026,50000\n");
    let run = desk.premium("in.csv", &["--lang", "en", "--force"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    says(&run, "E0293 Column \"Hỗ trợ của thôn\"");
    let run = desk.premium("in.csv", &["--force", "--map", "Hỗ trợ của thôn=other_support"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(desk.text("out.csv").contains(",1366200,1316200,0,0,0,0,50000,1"), "{}", desk.text("out.csv"));
}

#[test]
fn columns_of_the_same_heading_are_told_by_their_place() {
    let desk = Desk::new();
    let table = |second: &str| {
        format!("Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Ngày biên lai\nH1,GD,12,05/08/2026,{second}\n")
    };
    desk.put("in.csv", table("05/08/2026"));
    assert_eq!(desk.premium("in.csv", &[]).code, 0);
    desk.put("in.csv", table("05/06/2026"));
    let run = desk.premium("in.csv", &["--force"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(desk.text("out.csv").contains("E0291"));
    for (choice, premium) in [("#4=paid_on", "1366200"), ("E=paid_on", "1263600")] {
        let run = desk.premium("in.csv", &["--force", "--map", choice]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(desk.text("out.csv").contains(premium), "{choice}");
    }
    // Two headings that mean the same: the remedy that is printed works.
    desk.put("in.csv", "Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Ngày thu\nH1,GD,12,05/08/2026,05/08/2026\n");
    let run = desk.premium("in.csv", &["--force"]);
    assert!(run.code == 3 && run.stderr.contains("--map \"#4=paid_on\""), "{}", run.stderr);
    assert_eq!(desk.premium("in.csv", &["--force", "--map", "#4=paid_on"]).code, 0);
}

/// A run of `batch claim` over a sample.
fn visits(name: &str, more: &[&str]) -> (Run, Vec<String>) {
    let desk = Desk::new();
    let path = format!("{}/tests/data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let out = desk.path("out.csv").display().to_string();
    let mut args = vec!["batch", "claim", &path, "-o", &out, "--lang", "en"];
    args.extend(more);
    let run = bhyt(&args, "");
    let rows = std::fs::read_to_string(&out).unwrap_or_default();
    (run, rows.lines().map(str::to_owned).collect())
}

/// Claim 8 is filed at 80 % where the card has 95 %: the fund is owed 150,000 more, all else agrees.
#[test]
fn xml1_as_a_table_is_compared_with_what_it_declares() {
    let (run, rows) = visits("xml1-flat.csv", &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    says(
        &run,
        "Total hospital_cost 50,340,000 đ = fund_payment 37,745,000 đ + copayment 10,445,000 đ + own_payment 2,150,000 đ",
    );
    says(&run, "for the fund 0 đ too much, 150,000 đ too little, together 150,000 đ too little");
    assert!(rows[8].ends_with(",95%,100%,none,950000,50000,0,0,0,-150000,150000,0,,"), "{}", rows[8]);
    assert!(rows[1..8].iter().all(|row| row.ends_with(",0,0,0,,")), "{rows:#?}");
}

/// Row 7 came by itself: the file does not say to what kind of facility, so that it is asked about or told.
#[test]
fn a_79a_is_compared_with_what_it_declares() {
    let (run, rows) = visits("7980a.xlsx", &["--set", "care-level=basic", "--set", "former-tier=provincial"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    says(&run, "fund_payment 36,305,000 đ");
    says(&run, "for the fund 0 đ too much, 150,000 đ too little, together 150,000 đ too little");
    assert!(rows[8].ends_with(",-150000,150000,,"), "{}", rows[8]);
    let (run, rows) = visits("7980a.xlsx", &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    says(&run, "read 8 = valid 7 + rejected 1");
    assert!(rows[6].contains("E0701"), "{}", rows[6]);
}

/// 79a with names in capitals and kinds of two digits has all that the patient pays in T_BNTT; where T_BNCCT stands beside it (QĐ 4210, exports
/// of inspection) it has the rest. 1,000,000 at 80 %: 800,000 and 200,000.
#[test]
fn variants_of_79a_and_of_older_xml1_are_told_apart_by_the_copayment() {
    let desk = Desk::new();
    let usual = "MA_THE,MA_LYDO_VVIEN,NGAY_VAO,NGAY_RA,T_TONGCHI,T_BHTT,MA_LOAIKCB,T_NGUONKHAC";
    let visit = "GD4790000000001,1,202608010800,202608011000,1000000,800000";
    for (more, cells, layout, code) in [
        ("T_BNTT,MA_LK,T_GIUONG", "01,0,200000,x,0", "7980a", 0),
        ("T_BNTT,MA_LK,T_GIUONG", "01,0,0,x,0", "7980a", 1),
        ("MA_LK,T_BNTT,T_BNCCT,MUC_HUONG", "1,0,x,0,200000,80", "xml1-4210", 0),
        ("MA_LK,T_BNTT,T_BNCCT,MUC_HUONG", "1,0,x,0,150000,80", "xml1-4210", 1),
    ] {
        let input = desk.put("in.csv", format!("{usual},{more}\n{visit},{cells}\n"));
        let run = bhyt(&["batch", "claim", &input, "--dry-run", "--lang", "en"], "");
        assert_eq!(run.code, code, "{more} {cells}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("`{layout}`")), "{more}: {}", run.stderr);
        assert_eq!(run.stderr.contains("E0397"), code == 1, "{more} {cells}: {}", run.stderr);
    }
}

#[test]
fn tables_without_visits_or_people_are_called_what_they_are() {
    let desk = Desk::new();
    for (command, heading) in [
        ("claim", "STT,Mã số theo danh mục BHYT,Tên dịch vụ y tế,Ngoại trú,Nội trú,Đơn giá,Thành tiền"),
        ("claim", "LOAI,TEN_HOATCHAT,MA_THUOC,SL_NGOAI_TRU,SL_NOI_TRU,SO_LUONG,DON_GIA,THANH_TIEN"),
        ("claim", "STT,STT_CHA,CHI_TIEU,SO_LUOT,T_TONGCHI_BV,T_TONGCHI_BH,T_BHTT"),
        ("claim", "STT,Họ và tên,Năm sinh,Mã thẻ BHYT,Mã bệnh,Ngày vào,Ngày ra,Số ngày điều trị,Tổng"),
        ("premium", "madvi;tendvi;tiền đầu kỳ;tiền cuối kỳ;số phải đóng;số đã đóng"),
        ("premium", "STT;NỘI DUNG;BHXH;BHYT;BHTN;BHTNLĐ, BNN;CỘNG"),
        ("premium", "TT;Xã, phường;Dân số;Tổng số;Tỷ lệ bao phủ (%);Ghi chú"),
    ] {
        let input = desk.put("in.csv", format!("{heading}\n1,2,3,4,5,6,7,8,9\n"));
        let run = bhyt(&["batch", command, &input, "--dry-run", "--lang", "en"], "");
        assert_eq!(run.code, 3, "{heading}: {}", run.stderr);
        assert!(run.stderr.contains("E0294"), "{heading}: {}", run.stderr);
    }
}

/// Ledgers, notices of payment and targets handed to the premiums, or dropped on the program, are called what they are.
#[test]
fn ledgers_and_targets_are_no_people() {
    for name in ["c12-ledger.csv", "c12-ts.csv", "commune-targets.xlsx"] {
        let path = format!("{}/tests/data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
        let desk = Desk::new();
        let output = desk.path("out.csv").display().to_string();
        for args in [&["batch", "premium", &path, "-o", &output][..], &[&path]] {
            let run = bhyt(args, "");
            assert_eq!((run.code, run.stderr.contains("E0294")), (3, true), "{name}: {}", run.stderr);
        }
        assert!(desk.files().is_empty(), "{name}");
    }
}

/// A form that is written says what its readers understand: the same people, the same totals.
#[test]
fn forms_are_filled_and_read_back() {
    let desk = Desk::new();
    let path = |name: &str| format!("{}/tests/data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    for (name, more, form, back, total) in [
        ("d03-ts.xlsx", &["--sheet", "import"][..], "d03-ts", &[][..], "5.328.180"),
        ("mau-3-4.xlsx", &["--set", "group=HS"], "mau-3", &[], "3.073.950"),
        (
            "mau-3-4.xlsx",
            &["--sheet", "Mau so 4", "--set", "paid-on=2026-09-20"],
            "mau-4",
            &["--set", "paid-on=2026-09-20"],
            "3.142.260",
        ),
    ] {
        let (input, output) = (path(name), desk.path("form.xlsx").display().to_string());
        let mut args =
            vec!["batch", "premium", &input, "-o", &output, "--form", form, "--force", "--lang", "vi"];
        args.extend(more);
        let run = bhyt(&args, "");
        assert!(run.stderr.contains(total), "{name}: {}", run.stderr);
        assert!(desk.path("form.xlsx").exists(), "{name}: {}", run.stderr);
        let mut args = vec!["batch", "premium", &output, "--dry-run", "--lang", "vi"];
        args.extend(back);
        let run = bhyt(&args, "");
        assert_eq!(run.code, 0, "{name} {form}: {}", run.stderr);
        assert!(run.stderr.contains(total), "{name} {form}: {}", run.stderr);
    }
    // A list with a row that could not be answered is not made into a form to sign.
    let bad =
        desk.put("bad.csv", "household_id,group,months,paid_on\nH1,GD,12,2026-08-05\nH1,GD,x,2026-08-05\n");
    let output = desk.path("bad.xlsx").display().to_string();
    let run = bhyt(&["batch", "premium", &bad, "-o", &output, "--form", "mau-3"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("E0296") && !desk.path("bad.xlsx").exists(), "{}", run.stderr);
    assert_eq!(bhyt(&["batch", "premium", &bad, "-o", &output, "--form", "c99"], "").code, 2);
    assert_eq!(bhyt(&["batch", "premium", &bad, "--form", "mau-3"], "").code, 2);
    for form in ["c69", "C69a-HD"] {
        let run = bhyt(&["batch", "premium", &bad, "-o", &output, "--form", form], "");
        assert!(
            run.code == 2 && run.stderr.contains("E0150") && run.stderr.contains("mau-3"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn files_that_are_no_tables_are_called_what_they_are() {
    let desk = Desk::new();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let container =
        |stream: &str| [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &wide(stream)].concat();
    for (name, bytes, code) in [
        ("page.xls", b"<html><body><p>1</p></body></html>".to_vec(), "E0295"),
        ("claims.csv", b"<?xml version=\"1.0\"?><GIAMDINHHS></GIAMDINHHS>".to_vec(), "bhyt audit"),
        ("old.xls", container("Workbook\0"), "97"),
        ("locked.xlsx", container("EncryptedPackage"), "E0220"),
    ] {
        let input = desk.put(name, bytes);
        let run = bhyt(&["batch", "premium", &input, "--dry-run"], "");
        assert_eq!(run.code, 3, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(code), "{name}: {}", run.stderr);
    }
}

#[test]
fn every_household_of_a_table_gets_its_page() {
    let desk = Desk::new();
    let path = format!("{}/tests/data/samples/agent-export.csv", env!("CARGO_MANIFEST_DIR"));
    let folder = desk.path("sheets").display().to_string();
    let to = "Vietcombank:0123456789:NGUYEN VAN MAU";
    let args = [
        "batch",
        "premium",
        &path,
        "--set",
        "group=GD",
        "--sheets",
        &folder,
        "--transfer-to",
        to,
        "--lang",
        "vi",
    ];
    let run = bhyt(&args, "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = |name: &str| {
        std::fs::read_to_string(desk.path("sheets").join(name)).expect("a page").replace('\u{a0}', " ")
    };
    // 4,548,960 for six; 631,800 + 221,130; 884,520 after local 379,080; 1,063,600 after other 200,000.
    for (name, amount) in [
        ("0001-HGD0000001.html", "4.548.960 đ"),
        ("0002-HGD0000002.html", "852.930 đ"),
        ("0003-HGD0000003.html", "884.520 đ"),
        ("0004-HGD0000004.html", "1.063.600 đ"),
    ] {
        let text = page(name);
        assert!(text.contains(amount) && text.contains("<svg"), "{name} has no {amount} or no code");
    }
    assert!(page("0003-HGD0000003.html").contains("379.080"));
    assert_eq!(bhyt(&args, "").code, 2, "pages that are there already stay");
    // One that is there stops all of them, the earlier ones too.
    std::fs::remove_file(desk.path("sheets/0001-HGD0000001.html")).expect("a page");
    assert_eq!(bhyt(&args, "").code, 2, "a page that is there already");
    assert!(!desk.path("sheets/0001-HGD0000001.html").exists(), "a part of the pages was written");
}

/// In a list an empty household says nothing, and one person without a place among others with one is asked about too.
#[test]
fn an_empty_household_or_percent_in_a_list_is_no_first_place() {
    let desk = Desk::new();
    for (heading, rows) in [
        (
            "Mã hộ,Mã số BHXH,Đối tượng,Số tháng,Ngày biên lai",
            &[",1,GD,12,05/08/2026", ",2,GD,12,05/08/2026"][..],
        ),
        (
            "Mã hộ,Mã số BHXH,Đối tượng,Số tháng,Ngày biên lai",
            &["H1,1,GD,12,05/08/2026", ",2,GD,12,05/08/2026"],
        ),
        ("TYLEDONG,SOBHXH,MADT,SOTHANG,NGAYBL", &["100,1,GD,12,05/08/2026", ",2,GD,12,05/08/2026"]),
        ("NguoiThamGiaThu,SOBHXH,MADT,SOTHANG,NGAYBL", &["1,1,GD,12,05/08/2026", ",2,GD,12,05/08/2026"]),
    ] {
        desk.put("in.csv", format!("{heading}\n{}\n", rows.join("\n")));
        let run = desk.premium("in.csv", &["--force"]);
        assert_eq!(run.code, 3, "{heading}: {}", run.stderr);
        assert!(run.stderr.contains("E0490"), "{heading}: {}", run.stderr);
    }
}
