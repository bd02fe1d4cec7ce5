//! Tables of the field by kind: headings of other vendors, old fonts, hidden rows, carried sums, days and months as people write them.
//!
//! Every expectation was written down before the table was run. All people are invented. Base salary 2,530,000: a year is
//! 1,366,200 · 956,340 · 819,720 by place.

use rust_xlsxwriter::Workbook;

use crate::batch::Desk;

const HEAD: &str = "STT;Họ tên;Mã hộ;Đối tượng;Ngày biên lai;Số tháng";
/// A first and a second member: 1,366,200 + 956,340.
const TWO: &str = "1;An;H1;GD;05/08/2026;12\n2;Ba;H1;GD;05/08/2026;12\n";
const OF_TWO: &str = "Total premium 2,322,540 đ";

/// Exit code and what is said of a text.
fn run(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> (u8, String) {
    desk.put(name, bytes);
    let run = desk.premium(name, &[options, &["--force", "--lang", "en"]].concat());
    (run.code, run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " "))
}

fn expect(desk: &Desk, text: &str, code: u8, said: &str) {
    let (found, flat) = run(desk, "in.csv", text, &[]);
    assert_eq!(found, code, "{text}\n{flat}");
    assert!(flat.contains(said), "{said} is not in\n{flat}\nof {text}");
}

/// Households under the headings of agents; *Hộ* is one, *Họ* (a family name) is none, whatever the file keeps of its marks.
#[test]
fn households_are_known_by_their_headings() {
    let desk = Desk::new();
    for heading in
        ["Hộ", "HỘ", "Hộ số", "STT hộ", "TT hộ", "Số TT hộ", "Mã số HGĐ", "Số sổ hộ", "Số thứ tự hộ"]
    {
        expect(&desk, &format!("{}\n{TWO}", HEAD.replace("Mã hộ", heading)), 0, OF_TWO);
    }
    let taken_apart = "STT;Họ tên;Ho\u{302}\u{323};Đối tượng;Ngày biên lai;Số tháng";
    expect(&desk, &format!("{taken_apart}\n{TWO}"), 0, OF_TWO);
    for heading in ["Họ", "Ho", "Hồ sơ", "Họ tên chủ hộ"] {
        expect(&desk, &format!("{}\n{TWO}", HEAD.replace("Mã hộ", heading)), 3, "E0490");
    }
}

/// Places and steps of the ladder under other headings: the third place is 60 %, also for somebody who stands alone in the file.
#[test]
fn places_are_known_by_their_headings() {
    let desk = Desk::new();
    let table = |heading: &str, cell: &str| {
        format!(
            "Số;Họ tên;Mã số BHXH;Đối tượng;Ngày biên lai;Số tháng;{heading}\n1;An;7900000001;GD;05/08/2026;12;{cell}\n"
        )
    };
    for heading in [
        "Người thứ mấy",
        "Người tham gia thứ mấy",
        "STT trong hộ",
        "Thứ tự tham gia",
        "Thứ tự TV",
        "STT thành viên",
    ] {
        expect(&desk, &table(heading, "3"), 0, "Total premium 819,720 đ");
    }
    for cell in ["TV3", "NTG thứ 3", "Thành viên 3"] {
        expect(&desk, &table("Thứ tự", cell), 0, "Total premium 819,720 đ");
    }
    for heading in ["Tỉ lệ đóng", "TI LE DONG (%)", "Tỉ lệ đóng HGĐ"] {
        expect(&desk, &table(heading, "60"), 0, "Total premium 819,720 đ");
    }
    // What may be a step of the ladder or another share is named.
    for (heading, cell) in
        [("% đóng", "60%"), ("Phần trăm đóng", "60"), ("Tỉ lệ mức đóng", "60"), ("Cột lạ", "60%")]
    {
        expect(&desk, &table(heading, cell), 1, "E0293");
    }
}

/// A column with amounts is understood or named, whatever its heading.
#[test]
fn amounts_without_a_known_heading_are_named() {
    let desk = Desk::new();
    for heading in [
        "Người dân đóng",
        "Tiền BHYT",
        "Thu",
        "Tiền mặt",
        "Đã thu",
        "Thực nộp",
        "Mức phí",
        "Đơn giá",
        "Tổng cộng",
    ] {
        for amount in ["1.366.000", "1366000", "1,366,000 đ"] {
            expect(&desk, &format!("{HEAD};{heading}\n1;An;H1;GD;05/08/2026;12;{amount}\n"), 1, "E0293");
        }
    }
    // The heading says nothing: what stands below does.
    let unknown =
        format!("{HEAD};Cột 7\n1;An;H1;GD;05/08/2026;12;1366200\n2;Ba;H1;GD;05/08/2026;12;956340\n");
    expect(&desk, &unknown, 1, "E0293");
    for heading in ["NS tỉnh", "NS xã", "Ngân sách phường"] {
        expect(&desk, &format!("{HEAD};{heading}\n1;An;H1;GD;05/08/2026;12;20\n"), 1, "E0293");
    }
    // Telephones, identity numbers, places, days of issue and codes are no money.
    let others = format!(
        "{HEAD};Điện thoại;Số CCCD;Mã xã;Ngày cấp;Mã điểm thu;Người thu tiền\n\
         1;An;H1;GD;05/08/2026;12;0912.345.670;079123456780;26740;20100520;100200;Lê Mẫu\n\
         2;Ba;H1;GD;05/08/2026;12;0912345680;079123456790;26740;20110311;100200;Lê Mẫu\n"
    );
    expect(&desk, &others, 0, OF_TWO);
    // A table of the contract carries what it likes.
    let contract =
        "household_id,group,paid_on,months,score\nH1,GD,2026-08-05,12,1366200\nH1,GD,2026-08-05,12,956340\n";
    expect(&desk, contract, 0, OF_TWO);
}

/// Sums that printed lists carry from page to page, sums of parts, amounts in words.
#[test]
fn carried_sums_and_sums_of_parts_are_no_people() {
    let desk = Desk::new();
    let pages = [
        ["Cộng trang 1", "Mang sang"],
        ["Cộng chuyển trang sau", "Trang trước chuyển sang"],
        ["Cộng", "Số trang trước"],
    ];
    for [end, begin] in pages {
        let text = format!(
            "{HEAD};Thành tiền\n1;An;H1;GD;05/08/2026;12;1366200\n;{end};;;;;1366200\n;{begin};;;;;1366200\n2;Ba;H1;GD;05/08/2026;12;956340\n\
             ;Tổng cộng;;;;;2322540\n;Số tiền bằng chữ: Hai triệu ba trăm hai mươi hai nghìn năm trăm bốn mươi đồng;;;;;\n"
        );
        expect(&desk, &text, 0, OF_TWO);
        expect(&desk, &text.replace("2322540", "2322000"), 1, "E0395");
    }
    // 1,366,200 and a pupil's half, 683,100; the numbers in brackets are parts, or people.
    for (label, code, said) in [
        ("Tổng cộng (I+II)", 0, "Total premium 2,732,400 đ"),
        ("Tổng cộng (1+2)", 0, "Total premium 2,732,400 đ"),
        ("TỔNG CỘNG (2 người)", 0, "Total premium 2,732,400 đ"),
        ("TỔNG CỘNG (3 người)", 1, "E0396 The table names 3 people"),
    ] {
        let text = format!(
            "{HEAD};Thành tiền\nI;Hộ gia đình;;;;;\n1;An;H1;GD;05/08/2026;12;1366200\n;Cộng I;;;;;1366200\nII;Học sinh;;;;;\n1;Cư;;HS;05/09/2026;12;683100\n\
             ;Cộng II;;;;;683100\n;{label};;;;;2049300\n"
        );
        expect(&desk, &text, code, said);
    }
}

#[test]
fn days_and_months_as_people_write_them() {
    let desk = Desk::new();
    for day in ["2026/08/05", "05 / 08 / 2026", "Ngày 05/08/2026", "2026.8.5", "05/08/2026 14:30"] {
        expect(&desk, &format!("{HEAD}\n1;An;H1;GD;{day};12\n"), 0, "Total premium 1,366,200 đ");
    }
    for day in ["05/08/26", "08/25/2026", "05-Aug-2026", "2026/25/08"] {
        expect(&desk, &format!("{HEAD}\n1;An;H1;GD;{day};12\n"), 1, "valid 0 + rejected 1");
    }
    for months in ["12T", "12 th", "1 năm", "Một năm", "12 tháng (một năm)"] {
        expect(&desk, &format!("{HEAD}\n1;An;H1;GD;05/08/2026;{months}\n"), 0, "Total premium 1,366,200 đ");
    }
    for months in ["12 tháng/lần", "năm", "3+6"] {
        expect(&desk, &format!("{HEAD}\n1;An;H1;GD;05/08/2026;{months}\n"), 1, "valid 0 + rejected 1");
    }
}

/// A last day that belongs to another number of months is told; one that is a day, or the end of a month, off is not.
#[test]
fn a_last_day_of_other_months_is_told() {
    let desk = Desk::new();
    for (until, code) in [
        ("04/08/2027", 0),
        ("05/08/2027", 0),
        ("31/08/2027", 0),
        ("8/2027", 0),
        ("", 0),
        ("04/02/2027", 1),
        ("04/11/2026", 1),
        ("31/12/2026", 1),
    ] {
        let text = format!("{HEAD};Từ ngày;Đến ngày\n1;An;H1;GD;05/08/2026;12;05/08/2026;{until}\n");
        let said = if code == 0 { "Total premium 1,366,200 đ" } else { "E0498 In 1 rows" };
        expect(&desk, &text, code, said);
    }
}

/// Columns of states beside those of notes.
#[test]
fn states_of_people_are_read_as_notes() {
    let desk = Desk::new();
    for (heading, cell, code) in [
        ("Tình trạng", "Đã chết", 1),
        ("Trạng thái", "Hủy", 1),
        ("Trạng thái", "Đã hủy biên lai", 1),
        ("Lý do", "Không tham gia", 1),
        ("Trạng thái", "Đã nộp", 0),
        ("Tình trạng", "Còn hạn", 0),
    ] {
        let text = format!("{HEAD};Ghi chú;{heading}\n1;An;H1;GD;05/08/2026;12;thẻ giấy;{cell}\n");
        expect(&desk, &text, code, if code == 0 { "Total premium" } else { "E0497 1 rows" });
    }
}

/// Files of other kinds are called what they are.
#[test]
fn fonts_and_files_of_other_kinds_are_named() {
    let desk = Desk::new();
    let tcvn3 =
        "STT;Hä vµ tªn;M· hé;§èi t\u{ad}îng;Ngµy biªn lai;Sè th¸ng\n1;NguyÔn V¨n MÉu;H1;GD;05/08/2026;12\n";
    let bytes: Vec<u8> = tcvn3.chars().map(|sign| u8::try_from(sign).expect("one byte")).collect();
    let vni = "STT;Hoï vaø teân;Maõ hoä;Ñoái töôïng;Ngaøy bieân lai;Soá thaùng\n1;Nguyeãn Vaên Maãu;H1;GD;05/08/2026;12\n";
    let json = "{\"d03_ts\":[{\"ho_ten\":\"An\",\"so_thang\":12}]}";
    let mut named = vec![
        (tcvn3.as_bytes().to_vec(), "TCVN3"),
        (bytes, "TCVN3"),
        (vni.into(), "VNI"),
        (json.into(), "JSON"),
    ];
    let mut zip = b"PK\x03\x04\x14\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0".to_vec();
    zip.extend_from_slice(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK");
    named.push((zip, "OpenDocument"));
    for (bytes, name) in named {
        let (code, flat) = run(&desk, "in.csv", bytes, &[]);
        assert_eq!((code, flat.contains("E0295") && flat.contains(name)), (3, true), "{name}: {flat}");
    }
    // Names in such a font harm nobody where the headings are codes.
    let tst = "STT;Hä vµ tªn;MADT;NGAYBL;SOTHANG;Maho_Giadinh\n1;MÉu;GD;05/08/2026;12;H1\n";
    expect(&desk, tst, 0, "Total premium 1,366,200 đ");
}

/// Rows that a filter hides are counted, and said; those above the heading or without anything are not.
#[test]
fn hidden_rows_are_told() {
    let desk = Desk::new();
    let book = |hidden: &[u32]| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "DANH SÁCH").expect("a title");
        let text = format!("{HEAD}\n{TWO}");
        for (row, line) in (1..).zip(text.lines()) {
            for (column, cell) in (0..).zip(line.split(';')) {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
        hidden.iter().for_each(|row| {
            sheet.set_row_hidden(*row).expect("a row");
        });
        book.save_to_buffer().expect("a workbook")
    };
    for (hidden, code, said) in [
        (&[][..], 0, OF_TWO),
        (&[0, 9], 0, OF_TWO),
        (
            &[3],
            1,
            "E0298 The sheet hides 1 rows with data below the heading (by a filter or by hand), from row 4",
        ),
        (&[2, 3], 1, "E0298 The sheet hides 2 rows"),
    ] {
        for sheet in [&[][..], &["--sheet", "*"]] {
            let (found, flat) = run(&desk, "in.xlsx", book(hidden), sheet);
            assert_eq!((found, flat.contains(said)), (code, true), "{hidden:?}: {flat}");
            assert!(flat.contains(OF_TWO), "{flat}");
        }
    }
}
