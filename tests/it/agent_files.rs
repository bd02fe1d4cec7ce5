//! Files nobody named: lists as agents, clerks and their programs make them, each with its total by hand or its question.
//!
//! All people are invented. Base salary 2,530,000: a year is 1,366,200 · 956,340 · 819,720 · 683,100 · 546,480 by place, half a year the half.

use rust_xlsxwriter::{Format, Workbook};

use crate::batch::Desk;
use crate::program::bhyt;

/// A file, the options it needs, and what becomes of it: the exit code, and parts of what is said.
struct File {
    name: &'static str,
    text: &'static str,
    options: &'static [&'static str],
    code: u8,
    said: &'static [&'static str],
}

const HEAD: &str = "STT,Họ tên,Mã hộ,Đối tượng,Ngày biên lai,Số tháng";

const FILES: &[File] = &[
    File {
        name: "what holds for all stands in titles, the group with its code in brackets",
        text: "DANH SÁCH THAM GIA\nĐối tượng: Hộ gia đình (GD),,,,\nNgày thu: 05/08/2026,,,,\nSTT,Họ tên,Mã hộ,Số tháng,Thành tiền\n\
               1,An,H1,12,1366200\n2,Ba,H1,12,956340\n,Tổng cộng,,,2322540\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    File {
        name: "a title that names two groups",
        text: "Nhóm đối tượng: Học sinh; sinh viên\nNgày nộp: 05/09/2026\nSTT,Họ tên,Số tháng\n1,An,12\n",
        options: &[],
        code: 1,
        said: &["E0305"],
    },
    File {
        // 1,366,200 + 956,340 + pupils 1,366,200 + near-poor 1,366,200.
        name: "sections name the groups",
        text: "STT,Họ và tên,Mã hộ,Ngày biên lai,Số tháng\nI,BHYT hộ gia đình,,,\n1,An,H1,05/08/2026,12\n2,Ba,H1,05/08/2026,12\n\
               II,Học sinh,,,\n1,Cư,,05/08/2026,12\nIII,Hộ cận nghèo,,,\n1,Dần,H3,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 5,054,940 đ", "3 rows left out N0290"],
    },
    File {
        name: "a section that names no known group has none, not the one before",
        text: "STT,Họ và tên,Mã hộ,Ngày biên lai,Số tháng\nI,Hộ gia đình,,,\n1,An,H1,05/08/2026,12\nII,Nhóm lạ,,,\n1,Cư,H2,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["1 row E0229", "Total premium 1,366,200 đ"],
    },
    File {
        name: "villages are sections within the group",
        text: "STT,Họ và tên,Mã hộ,Ngày biên lai,Số tháng\nI,Hộ gia đình,,,\nI.1,Thôn 1,,,\n1,An,H1,05/08/2026,12\nI.2,Thôn 2,,,\n1,Ba,H2,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,732,400 đ"],
    },
    File {
        // 1,366,200 + 478,170 (second place, half a year) + 204,930 (third, a quarter).
        name: "months in words, days with dots",
        text: "{HEAD}\n1,An,H1,GD,'05/08/2026,12 tháng\n2,Ba,H1,GD,05.08.2026,06\n3,Cư,H1,GD,5/8/2026,3.0\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,049,300 đ"],
    },
    File {
        name: "places with decimals",
        text: "STT,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng,Thứ tự\n1,1,GD,05/08/2026,12,1.0\n2,2,GD,05/08/2026,12.0,\"2,00\"\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    File {
        name: "the steps of the ladder as a sheet keeps percents",
        text: "STT,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng,Mức đóng HGĐ\n1,1,GD,05/08/2026,12,1\n2,2,GD,05/08/2026,12,0.7\n3,3,GD,05/08/2026,12,0.6\n",
        options: &[],
        code: 0,
        said: &["Total premium 3,142,260 đ"],
    },
    File {
        // 30 % of 1,366,200 = 409,860, not 0.3 % = 4,099.
        name: "support as a sheet keeps percents",
        text: "{HEAD},Tỷ lệ NSĐP hỗ trợ (%)\n1,An,H1,GD,05/08/2026,12,0.3\n",
        options: &[],
        code: 0,
        said: &["person 956,340 đ + local 409,860 đ", "W0390"],
    },
    File {
        name: "support of 1: one percent or all of it",
        text: "{HEAD},Tỷ lệ NSĐP hỗ trợ (%)\n1,An,H1,GD,05/08/2026,12,1\n",
        options: &[],
        code: 1,
        said: &["E0390"],
    },
    File {
        name: "the heading stands again on the second page, inside a household",
        text: "{HEAD}\n1,An,H1,GD,05/08/2026,12\n{HEAD}\n2,Ba,H1,GD,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ", "1 row left out N0292"],
    },
    File {
        name: "a total above the rows",
        text: "{HEAD},Phải thu\n,TỔNG SỐ,,,,,2322540\n1,An,H1,GD,05/08/2026,12,1366200\n2,Ba,H1,GD,05/08/2026,12,956340\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ", "1 row left out N0291"],
    },
    File {
        name: "a total above the rows that is not theirs",
        text: "{HEAD},Phải thu\n,TỔNG SỐ,,,,,2322541\n1,An,H1,GD,05/08/2026,12,1366200\n2,Ba,H1,GD,05/08/2026,12,956340\n",
        options: &[],
        code: 1,
        said: &["E0395 Total row 2 says 2,322,541 đ"],
    },
    File {
        name: "somebody twice",
        text: "STT,Họ tên,Mã hộ,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng\n1,An,H1,7912345678,GD,05/08/2026,12\n2,An,H2,7912345678,GD,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["E0496", "Total premium 2,732,400 đ"],
    },
    File {
        name: "one number for two people, numbers that stand for none",
        text: "STT,Họ tên,Mã hộ,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng\n1,An,H1,7912345678,GD,05/08/2026,12\n2,Ba,H1,7912345678,GD,05/08/2026,12\n\
               3,Cư,H2,0000000000,GD,05/08/2026,12\n4,Dần,H3,0000000000,GD,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["1 row with warning W0496"],
    },
    File {
        name: "a note about support",
        text: "{HEAD},Ghi chú\n1,An,H1,GB,05/08/2026,12,Tỉnh hỗ trợ thêm 20%\n2,Ba,H2,GB,05/08/2026,12,thẻ giấy\n",
        options: &[],
        code: 1,
        said: &["E0497 1 rows"],
    },
    File {
        name: "who supports is a name, not money",
        text: "{HEAD},Hỗ trợ khác,Đơn vị hỗ trợ\n1,An,H1,GD,05/08/2026,12,200000,Hội Mẫu\n",
        options: &[],
        code: 0,
        said: &["other 200,000 đ"],
    },
    File {
        // 1,366,200 + 956,340 by percents; base of the third step 1,518,000; what is to be paid as stated.
        name: "one heading for percents, bases and what is to be paid",
        text: "STT,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng,Mức đóng\n1,1,GD,05/08/2026,12,100%\n2,2,GD,05/08/2026,12,70\n3,3,GD,05/08/2026,12,1.518.000\n",
        options: &[],
        code: 0,
        said: &["Total premium 3,142,260 đ"],
    },
    File {
        name: "the same with what is to be paid, and one amount wrong",
        text: "{HEAD},Mức đóng\n1,An,H1,GD,05/08/2026,12,1366200\n2,Ba,H1,GD,05/08/2026,12,956000\n",
        options: &[],
        code: 1,
        said: &["E0392", "340 đ too little"],
    },
    File {
        name: "the first day of the card below a heading of months",
        text: "{HEAD},Từ tháng,Tháng bắt đầu\n1,An,H1,GD,05/08/2026,12,2026-09-01,\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    File {
        // 10 % of 1,366,200 = 136,620.
        name: "Mẫu số 3 says in its notes what other organisations pay",
        text: "Đối tượng: Hộ gia đình\nngày 12 tháng 8 năm 2026\nSTT,Họ và tên,Mã số bảo hiểm y tế,Tiền lương,Tháng tham gia,Tỷ lệ ngân sách nhà nước hỗ trợ (%),Loại thẻ bảo hiểm y tế,Ghi chú\n\
               ,,,,,,Bản điện tử,\n1,An,0000000001,2.530.000,9/2026,,x,\"12 tháng; tổ chức, cá nhân khác hỗ trợ 10 %\"\n",
        options: &[],
        code: 0,
        said: &["person 1,229,580 đ + other 136,620 đ", "`mau-so-3`"],
    },
    File {
        name: "one id for all rows is one household",
        text: "STT,Họ tên,Mã số,Đối tượng,Ngày biên lai,Số tháng\n1,An,1,GD,05/08/2026,12\n2,Ba,2,GD,05/08/2026,12\n",
        options: &["--set", "household_id=H1"],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    File {
        name: "titles that name two groups",
        text: "Đối tượng: Học sinh\nMã đối tượng: GD\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["E0305"],
    },
    File {
        name: "titles that name two days of payment",
        text: "Đối tượng: GD\nNgày thu: 05/06/2026\nNgày biên lai: 05/08/2026\nSTT,Họ tên,Mã hộ,Số tháng\n1,An,H1,12\n",
        options: &[],
        code: 3,
        said: &["E0210", "(`paid_on`) missing"],
    },
    File {
        name: "a sum without a label that is not theirs",
        text: "{HEAD},Thành tiền\n1,An,H1,GD,05/08/2026,12,1366200\n,,,,,,1366205\n",
        options: &[],
        code: 1,
        said: &["E0395"],
    },
    File {
        name: "headings of an exchange, places in a sentence",
        text: "stt,ho_ten,maso_bhxh,ngay_bien_lai,tien_dong,so_thang,pa,nguoi_tham_gia\n1,An,1,05/08/2026,1366200,12,TM,1\n\
               2,Ba,2,05/08/2026,546480,12,TM,Từ thành viên thứ 5 trở đi\n",
        options: &["--set", "group=GD"],
        code: 0,
        said: &["Total premium 1,912,680 đ"],
    },
    File {
        name: "the group under its long heading",
        text: "Stt,Họ và tên người tham gia,Số hộ,Đối tượng tham gia BHYT,Ngày thu tiền,Kỳ đóng (tháng),Số tiền phải thu\n\
               01,An,7,Hộ gia đình,05/8/2026,12,1.366.200 đ\n02,Ba,7,Hộ gia đình,05/8/2026,12,956.340đ\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
];

#[test]
fn files_nobody_named_give_their_total_or_their_question() {
    let desk = Desk::new();
    for file in FILES {
        desk.put("in.csv", file.text.replace("{HEAD}", HEAD));
        let run = desk.premium("in.csv", &[file.options, &["--force", "--lang", "en"]].concat());
        let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
        assert_eq!(run.code, file.code, "{}: {flat}", file.name);
        for part in file.said {
            assert!(flat.contains(part), "{}: {part} is not in {flat}", file.name);
        }
    }
}

/// A cell merged beside the rows of a household speaks for all of them; one of amounts does not.
#[test]
fn a_household_may_be_one_merged_cell() {
    let desk = Desk::new();
    let make = |merged_amount: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let heads = ["STT", "Mã hộ", "Họ tên", "Đối tượng", "Ngày biên lai", "Số tháng", "Thành tiền"];
        for (column, head) in (0..).zip(heads) {
            sheet.merge_range(0, column, 1, column, head, &Format::new()).expect("a heading");
        }
        for (row, name, amount) in [(2, "An", 1_366_200), (3, "Ba", 956_340), (4, "Cư", 1_366_200)] {
            sheet.write_number(row, 0, f64::from(row) - 1.0).expect("a number");
            for (column, text) in [(2, name), (3, "GD"), (4, "05/08/2026"), (5, "12")] {
                sheet.write_string(row, column, text).expect("a text");
            }
            sheet.write_number(row, 6, f64::from(amount)).expect("an amount");
        }
        sheet.merge_range(2, 1, 3, 1, "H1", &Format::new()).expect("a household");
        sheet.write_string(4, 1, "H2").expect("a household");
        if merged_amount {
            sheet.merge_range(2, 6, 3, 6, "2322540", &Format::new()).expect("an amount");
        }
        book.save_to_buffer().expect("a workbook")
    };
    desk.put("in.xlsx", make(false));
    let run = desk.premium("in.xlsx", &["--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.replace('\u{a0}', " ").contains("Total premium 3,688,740 đ"), "{}", run.stderr);
    desk.put("in.xlsx", make(true));
    let run = desk.premium("in.xlsx", &["--force"]);
    assert!(run.code == 3 && run.stderr.contains("E0223"), "{}", run.stderr);
}

/// Excel 97–2003: the sample as LibreOffice writes it, both sheets; then cut and broken at every few bytes.
#[test]
fn old_workbooks_are_read_and_broken_ones_refused() {
    let path = format!("{}/tests/data/samples/d03-ts.xls", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the sample");
    let desk = Desk::new();
    desk.put("in.xls", &bytes);
    for more in [&[][..], &["--sheet", "import"]] {
        let run = desk.premium("in.xls", &[more, &["--force", "--lang", "en"]].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.replace('\u{a0}', " ").contains("Total premium 5,328,180 đ"), "{}", run.stderr);
    }
    for at in (0..bytes.len()).step_by(bytes.len() / 40) {
        desk.put("cut.xls", &bytes[..at]);
        let run = desk.premium("cut.xls", &["--force", "--sheet", "import"]);
        assert!(run.code != 0 && run.code != 70, "{at}: {} {}", run.code, run.stderr);
        let mut broken = bytes.clone();
        broken.iter_mut().skip(at).take(24).for_each(|byte| *byte = 0xff);
        desk.put("broken.xls", broken);
        let run = desk.premium("broken.xls", &["--force", "--sheet", "import"]);
        // Bytes of a name may change and nothing else; whatever else is broken is said.
        let has_all = run.stderr.contains("5.328.180");
        assert!(has_all || run.code != 0, "{at}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked") && run.code != 70, "{at}: {}", run.stderr);
    }
}

/// Villages on sheets of their own: what is not read is said, and changes the end.
#[test]
fn sheets_that_go_on_with_the_same_columns_are_not_passed_over() {
    let mut book = Workbook::new();
    for (name, day) in [("Thôn 1", "05/08/2026"), ("Thôn 2", "05/08/2026"), ("Mẫu trống", "")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (column, head) in (0..).zip(["Họ tên", "Mã hộ", "Đối tượng", "Ngày biên lai", "Số tháng"])
        {
            sheet.write_string(0, column, head).expect("a heading");
        }
        if !day.is_empty() {
            for (column, text) in (0..).zip(["An", name, "GD", day, "12"]) {
                sheet.write_string(1, column, text).expect("a cell");
            }
        }
    }
    let desk = Desk::new();
    desk.put("in.xlsx", book.save_to_buffer().expect("a workbook"));
    let run = desk.premium("in.xlsx", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("E0297 Sheets Thôn 2 have"), "{flat}");
    let run = desk.premium("in.xlsx", &["--force", "--sheet", "Thôn 2"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    // Both villages at once: 2 × 1,366,200; the sheet stands behind what it holds.
    let run = desk.premium("in.xlsx", &["--force", "--sheet", "*", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.replace('\u{a0}', " ").contains("Total premium 2,732,400 đ"), "{}", run.stderr);
    assert!(desk.text("out.csv").contains(",Thôn 2,1366200,"), "{}", desk.text("out.csv"));
    // Villages that each begin with household 1 are no household of both.
    let mut book = Workbook::new();
    for name in ["Thôn 1", "Thôn 2"] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (column, (head, text)) in (0..).zip([
            ("Họ tên", "An"),
            ("Mã hộ", "1"),
            ("Đối tượng", "GD"),
            ("Ngày biên lai", "05/08/2026"),
            ("Số tháng", "12"),
        ]) {
            sheet.write_string(0, column, head).expect("a heading");
            sheet.write_string(1, column, text).expect("a cell");
        }
    }
    desk.put("in.xlsx", book.save_to_buffer().expect("a workbook"));
    let run = desk.premium("in.xlsx", &["--force", "--sheet", "*"]);
    assert!(run.code == 3 && run.stderr.contains("E0452"), "{}", run.stderr);
}

/// Mẫu số 4 of two households in one book: each sheet is a household, whatever stands below the people of the one before.
#[test]
fn every_household_of_a_book_of_forms_is_read_at_once() {
    let form = |households: &[(&str, &[&str])]| {
        let mut book = Workbook::new();
        for (name, months) in households {
            let sheet = book.add_worksheet().set_name(*name).expect("a name");
            let mut put = |row: u32, column: u16, text: &str| {
                sheet.write_string(row, column, text).expect("a cell");
            };
            put(0, 0, "DANH SÁCH THÀNH VIÊN HỘ GIA ĐÌNH THAM GIA BẢO HIỂM Y TẾ");
            for (column, head) in
                (0..).zip(["STT", "Họ và tên", "Tiền lương", "Quan hệ với chủ hộ", "Tỷ lệ NSNN hỗ trợ (%)"])
            {
                put(2, column, head);
            }
            put(2, 5, "Thẻ bảo hiểm y tế");
            put(3, 5, "Bản điện tử");
            put(3, 6, "Bản giấy");
            put(2, 7, "Ghi chú");
            for (row, months) in (4..).zip(*months) {
                for (column, text) in
                    [(0, "1"), (1, "Mẫu"), (2, "2.530.000"), (3, "Con"), (5, "x"), (7, months)]
                {
                    put(row, column, text);
                }
            }
            put(20, 0, &format!("Tổng số người đề nghị cấp thẻ bảo hiểm y tế: {}", months.len()));
            put(22, 3, "(ký, ghi rõ họ tên)");
        }
        book.save_to_buffer().expect("a workbook")
    };
    let desk = Desk::new();
    let all = ["--sheet", "*", "--set", "paid-on=2026-08-05", "--force", "--lang", "en"];
    desk.put("in.xlsx", form(&[("Hộ 1", &["12", "12"]), ("Hộ 2", &["12", "6 tháng"])]));
    let run = desk.premium("in.xlsx", &all);
    // 1,366,200 + 956,340, and 1,366,200 + 478,170: two first places.
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.replace('\u{a0}', " ").contains("Total premium 4,166,910 đ"), "{}", run.stderr);
    // Without the day of payment the first sheet is asked about; a number of people is that of its sheet.
    let run = desk.premium("in.xlsx", &["--sheet", "*", "--force"]);
    assert!(run.code == 3 && run.stderr.contains("Hộ 1"), "{}", run.stderr);
    let input = desk.put("in.csv", "a,b\n1,2\n");
    assert_eq!(bhyt(&["batch", "premium", &input, "--sheet", "*", "--dry-run"], "").code, 3);
}
