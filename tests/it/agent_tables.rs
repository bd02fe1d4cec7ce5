//! Tables of vendors, clerks and old programs, each with its total worked out by hand before it was run, or with what must be said.
//!
//! All people are invented. Base salary 2,530,000: a year is 1,366,200 · 956,340 · 819,720 · 683,100 · 546,480 by place; 2,340,000 until
//! 2026-06-30: 1,263,600 · 884,520.

use crate::batch::Desk;
use crate::program::at_terminal;

const HEAD: &str = "STT,Họ tên,Mã hộ,Đối tượng,Ngày biên lai,Số tháng";

/// A table, the options it needs, and what becomes of it.
struct Given {
    name: &'static str,
    /// `{H}` stands for [`HEAD`].
    text: &'static str,
    options: &'static [&'static str],
    code: u8,
    said: &'static [&'static str],
}

const TABLES: &[Given] = &[
    Given {
        name: "blanks of other kinds around numbers",
        text: "{H},Phải thu\n1,An,H1,GD,05/08/2026,12\u{a0},1\u{a0}366\u{a0}200\n2,Ba,H1,GD,05/08/2026,\u{a0}12,956 340\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    Given {
        name: "decimals that are zeros",
        text: "STT;Họ tên;Mã hộ;Đối tượng;Ngày biên lai;Số tháng;Số tiền\n1;An;H1;GD;05/08/2026;12,0;1.366.200,00\n2;Ba;H1;GD;05/08/2026;12,0;956340.0\n;Cộng;;;;;2.322.540,00\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    Given {
        name: "who signs stands in the columns of people",
        text: "{H}\n1,An,H1,GD,05/08/2026,12\n,,,,,\n2,Ba,H1,GD,05/08/2026,12\n,,,,\"Mẫu, ngày 8 tháng 8 năm 2026\",\n,NGƯỜI LẬP BIỂU,,,KẾ TOÁN TRƯỞNG,\n,(ký),,,(ký),\n,Lê Mẫu,,,Trần Mẫu,\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ", "read 6 = valid 2 + left out 4 + rejected 0"],
    },
    Given {
        name: "somebody below the signatures is somebody",
        text: "{H}\n1,An,H1,GD,05/08/2026,12\n,NGƯỜI LẬP BIỂU,,,KẾ TOÁN TRƯỞNG,\n2,Ba,H1,GD,05/08/2026,12\n3,Cư,H1,GD,05/08/2026,\n",
        options: &[],
        code: 1,
        said: &["Total premium 2,322,540 đ", "1 row E0229"],
    },
    Given {
        name: "a total names two people where one stands",
        text: "{H}\n1,An,H1,GD,05/08/2026,12\n,Tổng số: 2 người,,,,\n",
        options: &[],
        code: 1,
        said: &["E0396", "Total premium 1,366,200 đ"],
    },
    Given {
        name: "totals of households and of all name their people",
        text: "{H},Phải thu\n1,An,H1,GD,05/08/2026,12,1366200\n2,Ba,H1,GD,05/08/2026,12,956340\n,Tóm tắt: 2 người,,,,,2322540\n3,Cư,H2,GD,05/08/2026,12,1366200\n,Tóm tắt: 1 người,,,,,1366200\n,Tổng cộng 3 người,,,,,3688740\n",
        options: &[],
        code: 0,
        said: &["Total premium 3,688,740 đ", "3 rows left out N0291"],
    },
    Given {
        name: "what the ladder takes off, in percent, is not understood and told",
        text: "{H},Mức giảm (%)\n1,An,H1,GD,05/08/2026,12,0\n2,Ba,H1,GD,05/08/2026,12,30\n",
        options: &[],
        code: 1,
        said: &["E0293 Column \"Mức giảm (%)\"", "Total premium 2,322,540 đ"],
    },
    Given {
        name: "the same without households is a question",
        text: "STT,Họ tên,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng,Tỷ lệ giảm (%)\n1,An,1,GD,05/08/2026,12,0\n2,Ba,2,GD,05/08/2026,12,30\n",
        options: &[],
        code: 3,
        said: &["E0490"],
    },
    Given {
        name: "a pension under its own name",
        // 5,000,000 × 4.5 % × 12, all of it from the fund.
        text: "Mã đối tượng: HT\nHọ và tên,Mã số BHXH,Ngày biên lai,Tiền lương hưu,Số tháng\nAn,1,05/08/2026,5.000.000,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,700,000 đ = social_insurance_fund 2,700,000 đ"],
    },
    Given {
        // The same as above in one row of heading, as results have it.
        name: "Mẫu số 3 with its headings joined",
        text: "STT,Họ và tên,Mã số bảo hiểm y tế,Mức đóng – Tiền lương,Tháng tham gia,Tỷ lệ ngân sách nhà nước hỗ trợ (%),Loại thẻ bảo hiểm y tế – Bản điện tử,Ghi chú\n\
               1,An,0000000001,2.530.000,9/2026,,x,12\n2,Ba,0000000002,1.771.000,9/2026,,x,12\n",
        options: &["--set", "group=GD", "--set", "paid-on=2026-08-12"],
        code: 0,
        said: &["Total premium 2,322,540 đ", "`mau-so-3`"],
    },
    Given {
        name: "several labels in one line",
        text: "\"Đối tượng: Hộ gia đình; Ngày thu: 05/08/2026; Số tháng: 12\"\nSTT,Họ tên,Mã hộ\n1,An,H1\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        name: "groups with the number of their kind",
        text: "{H}\n1,An,H1,5. Hộ gia đình,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        name: "what is still to be paid",
        text: "{H},Còn phải nộp\n1,An,H1,GD,05/08/2026,12,100000\n",
        options: &[],
        code: 1,
        said: &["E0293"],
    },
    Given {
        name: "a title about support",
        text: "Ngân sách tỉnh hỗ trợ thêm 20%\nĐối tượng: Hộ gia đình\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["E0450", "Ngân sách tỉnh hỗ trợ thêm 20%", "Total premium 1,366,200 đ"],
    },
    Given {
        // 20 % of 1,366,200.
        name: "the same said for the whole table",
        text: "Ngân sách tỉnh hỗ trợ thêm 20%\nĐối tượng: Hộ gia đình\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &["--set", "local_support=20%"],
        code: 0,
        said: &["person 1,092,960 đ + local 273,240 đ"],
    },
    Given {
        // Near-poor: the state pays 70 % of 1,366,200 = 956,340.
        name: "the state's share in a title",
        text: "DANH SÁCH HỘ CẬN NGHÈO ĐƯỢC NSNN HỖ TRỢ 70 % MỨC ĐÓNG NĂM 2026\nĐối tượng: Cận nghèo\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["person 409,860 đ + state 956,340 đ"],
    },
    Given {
        name: "titles without money say nothing about it",
        text: "DANH SÁCH TĂNG GIẢM THÁNG 8 NĂM 2026\n\"Tỷ lệ NSNN hỗ trợ quy định: 0 %\"\nĐối tượng: Hộ gia đình\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        name: "a first line that names the separator",
        text: "\u{feff}sep=;\r\nSTT;Họ tên;Mã hộ;Đối tượng;Ngày biên lai;Số tháng\r\n1;An;H1;GD;05/08/2026;12\r\n2;Ba;H1;GD;05/08/2026;12\r\n",
        options: &[],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    Given {
        // H1: first 1,366,200, a pupil 1,366,200, second 956,340.
        name: "a pupil between two members has no place",
        text: "{H}\n1,An,H1,GD,05/08/2026,12\n2,Ba,H1,HS,05/08/2026,12\n3,Cư,H1,GD,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 3,688,740 đ"],
    },
    Given {
        // 30 % of 1,366,200 = 409,860; 10 % = 136,620.
        name: "percents of two payers",
        text: "{H},Tỷ lệ NSĐP hỗ trợ (%),Hỗ trợ khác\n1,An,H1,GD,05/08/2026,12,30,10\n",
        options: &[],
        code: 0,
        said: &["person 819,720 đ + local 409,860 đ + other 136,620 đ"],
    },
    Given {
        name: "two rows of heading without merged cells",
        text: "STT,Họ và tên,Mã hộ,Đối tượng,Biên lai,,Số tháng\n,,,,Số,Ngày,\n(1),(2),(3),(4),(5),(6),(7)\n1,An,H1,GD,0001,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        // Bases after the ladder: 2,530,000; 70 % 1,771,000; 60 % 1,518,000 for half a year; then another household for a quarter.
        name: "Mẫu số 3 with the bases of two households",
        text: "Đối tượng: Hộ gia đình\nngày 12 tháng 8 năm 2026\nSTT,Họ và tên,Mã số bảo hiểm y tế,Tiền lương,Tháng tham gia,Tỷ lệ ngân sách nhà nước hỗ trợ (%),Loại thẻ bảo hiểm y tế,Ghi chú\n\
               ,,,,,,Bản điện tử,\n1,An,0000000001,2.530.000,9/2026,,x,12\n2,Ba,0000000002,1.771.000,9/2026,,x,12\n3,Cư,0000000003,1.518.000,9/2026,,x,6\n4,Dần,0000000004,2.530.000,9/2026,,x,3\n",
        options: &[],
        code: 0,
        said: &["Total premium 3,073,950 đ"],
    },
    Given {
        // 1,390,000 × 4.5 % × 12 = 750,600; 70 % of it 525,420.
        name: "D03-TS of 2017 with what participants pay",
        text: "Đối tượng tham gia: Hộ gia đình\nLương cơ sở: 1.390.000 đồng\nSTT,Họ và tên,Mã số BHXH,Ngày tháng năm sinh,\"Biên lai, ngày tham gia\",,\"Tiền lương, trợ cấp hoặc số tiền đóng\",Tỷ lệ NS hỗ trợ (%),Thời hạn sử dụng thẻ,\n\
               ,,,,Số,Ngày,,,Số tháng,Từ ngày\nA,B,1,2,3,4,5,6,7,8\n1,An,0000000001,1970,1,05/08/2018,750.600,,12,05/08/2018\n2,Ba,0000000002,1971,1,05/08/2018,525.420,,12,05/08/2018\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,276,020 đ", "`d03-ts-2017`"],
    },
    Given {
        // 1,300,000 × 4.5 % × 6 = 351,000, of which the state pays 70 % = 245,700.
        name: "D03-TS of 2017, near-poor",
        text: "Đối tượng tham gia: Cận nghèo\nLương cơ sở: 1.300.000 đồng\nSTT,Họ và tên,Mã số BHXH,Ngày tháng năm sinh,\"Biên lai, ngày tham gia\",,\"Tiền lương, trợ cấp hoặc số tiền đóng\",Tỷ lệ NS hỗ trợ (%),Thời hạn sử dụng thẻ,\n\
               ,,,,Số,Ngày,,,Số tháng,Từ ngày\nA,B,1,2,3,4,5,6,7,8\n1,An,0000000001,1970,1,05/08/2017,105.300,70,6,05/08/2017\n",
        options: &[],
        code: 0,
        said: &["person 105,300 đ + state 245,700 đ"],
    },
    Given {
        // 8,000,000 × 4.5 %; 2.34 × 2,530,000 = 5,920,200 × 4.5 % = 266,409.
        name: "D02-LT with a salary and a coefficient",
        text: "11. Đối tượng tham gia: DN\nSTT,Họ và tên,Mã số BHXH,Ngày/ tháng/ năm sinh,Tiền lương,,,,Từ tháng/ năm,Đến tháng/ năm\n,,,,Hệ số lương/ Tiền lương,Hệ số chênh lệch bảo lưu,Phụ cấp,,,\n,,,,,,Chức vụ,Thâm niên VK (%),,\n\
               A,B,1,2,4,5,6,7,14,15\nI,Tăng,,,,,,,,\n1,An,0000000001,01/01/1990,8.000.000,,,,8/2026,8/2026\n2,Ba,0000000002,1991,\"2,34\",,,,8/2026,8/2026\n",
        options: &["--set", "months=1", "--set", "paid-on=2026-08-31"],
        code: 0,
        said: &["Total premium 626,409 đ"],
    },
    Given {
        name: "D02-LT with an allowance that only the payroll adds up",
        text: "11. Đối tượng tham gia: DN\nSTT,Họ và tên,Mã số BHXH,Ngày/ tháng/ năm sinh,Tiền lương,,,,Từ tháng/ năm,Đến tháng/ năm\n,,,,Hệ số lương/ Tiền lương,Hệ số chênh lệch bảo lưu,Phụ cấp,,,\n,,,,,,Chức vụ,Thâm niên VK (%),,\n\
               A,B,1,2,4,5,6,7,14,15\n1,An,0000000001,01/01/1990,8.000.000,,1.000.000,,8/2026,8/2026\n",
        options: &["--set", "months=1", "--set", "paid-on=2026-08-31"],
        code: 1,
        said: &["E0293"],
    },
    Given {
        name: "an agent's web list with percent and day in one cell",
        text: "STT,Mã hộ,Mã số BHXH,Họ và tên,Tỉ lệ/Ngày GT,Mức đóng,Số tháng,Ngày thu\n1,H1,1,An,100% / 01/08/2026,1.366.200,12,01/08/2026\n2,H1,2,Ba,70% / 01/08/2026,956.340,12,01/08/2026\n,,,Tóm tắt: 2 người,,2.322.540,,\n,,,TỔNG CỘNG (2 người),,2.322.540,,\n",
        options: &["--set", "group=GD"],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    Given {
        name: "the percents of such a list tell the places where nothing else does",
        text: "STT,Mã số BHXH,Họ và tên,Tỉ lệ/Ngày GT,Số tháng,Ngày thu\n1,1,An,100% / 01/08/2026,12,01/08/2026\n2,2,Ba,70%/01/08/2026,12,01/08/2026\n",
        options: &["--set", "group=GD"],
        code: 0,
        said: &["Total premium 2,322,540 đ"],
    },
    Given {
        name: "places in words",
        text: "STT,Họ tên,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng,Người tham gia thứ\n1,An,1,GD,05/08/2026,12,Người thứ nhất\n2,Ba,2,GD,05/08/2026,12,Người thứ hai\n3,Cư,3,GD,05/08/2026,12,thứ 3\n4,Dần,4,GD,05/08/2026,12,Người thứ tư\n5,Em,5,GD,05/08/2026,12,Người thứ năm trở đi\n",
        options: &[],
        code: 0,
        said: &["Total premium 4,371,840 đ"],
    },
    Given {
        name: "numbers of rows that count within households are no households",
        text: "STT,Họ tên,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng\n1.1,An,1,GD,05/08/2026,12\n1.2,Ba,2,GD,05/08/2026,12\n2.1,Cư,3,GD,05/08/2026,12\n",
        options: &[],
        code: 3,
        said: &["E0490"],
    },
    Given {
        name: "sections that name heads of households are a question",
        text: "STT,Họ tên,Mã số BHXH,Đối tượng,Ngày biên lai,Số tháng\nI,Hộ ông Mẫu A,,,,\n1,An,1,GD,05/08/2026,12\n2,Ba,2,GD,05/08/2026,12\nII,Hộ bà Mẫu B,,,,\n1,Cư,3,GD,05/08/2026,12\n",
        options: &[],
        code: 3,
        said: &["E0490"],
    },
    Given {
        name: "amounts in thousands",
        text: "{H},Số tiền (nghìn đồng)\n1,An,H1,GD,05/08/2026,12,1366\n",
        options: &[],
        code: 1,
        said: &["E0392"],
    },
    Given {
        name: "a year, a number and an American day as days of payment",
        text: "{H}\n1,An,H1,GD,2026,12\n2,Ba,H2,GD,46239,12\n3,Cư,H3,GD,08/13/2026,12\n4,Dần,H4,GD,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["Total premium 1,366,200 đ", "valid 1 + rejected 3"],
    },
    Given {
        name: "headings in capitals without their marks",
        text: "STT;HO VA TEN;MA HO;DOI TUONG;NGAY BIEN LAI;SO THANG\n1;AN;H1;HO GIA DINH;05/08/2026;12\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        name: "headings with line breaks and remarks",
        text: "STT,\"Họ\nvà tên\",\"Mã\nhộ (nếu có)\",\"Đối\ntượng (*)\",\"Ngày\nbiên lai (dd/mm/yyyy)\",\"Số\ntháng (3,6,12)\"\n1,An,H1,GD,05/08/2026,12\n",
        options: &[],
        code: 0,
        said: &["Total premium 1,366,200 đ"],
    },
    Given {
        name: "the base salary of before in a title",
        text: "Đối tượng: Hộ gia đình\nLương cơ sở: 2.340.000 đồng\nSTT,Họ tên,Mã hộ,Ngày biên lai,Số tháng\n1,An,H1,05/08/2026,12\n",
        options: &[],
        code: 1,
        said: &["E0394"],
    },
    Given {
        name: "text in letters that were taken apart",
        text: "STT;Há»\u{8d} vÃ  tÃªn;MÃ£ há»\u{99};Ä\u{90}á»\u{91}i tÆ°á»£ng;Sá»\u{91} thÃ¡ng\n1;An;H1;GD;12\n",
        options: &[],
        code: 3,
        said: &["E0210"],
    },
    Given {
        name: "the last day instead of the months",
        text: "STT,Họ tên,Mã hộ,Đối tượng,Ngày biên lai,Từ ngày,Đến ngày\n1,An,H1,GD,05/08/2026,05/08/2026,04/08/2027\n",
        options: &[],
        code: 3,
        said: &["E0210", "months missing"],
    },
    Given {
        name: "an amount that is an error of the sheet",
        text: "{H},Thành tiền\n1,An,H1,GD,05/08/2026,12,#REF!\n",
        options: &[],
        code: 1,
        said: &["E0301"],
    },
    Given {
        name: "somebody died, as a program marks it",
        text: "{H},GIAM_DO_CHET\n1,An,H1,GD,05/08/2026,12,0\n2,Ba,H1,GD,05/08/2026,12,1\n",
        options: &[],
        code: 1,
        said: &["E0293 Column \"GIAM_DO_CHET\" speaks of money, shares or plans and has values in 1 rows"],
    },
];

#[test]
fn tables_give_the_total_worked_out_before_or_say_what_is_missing() {
    let desk = Desk::new();
    for given in TABLES {
        desk.put("in.csv", given.text.replace("{H}", HEAD));
        let run = desk.premium("in.csv", &[given.options, &["--force", "--lang", "en"]].concat());
        let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
        assert_eq!(run.code, given.code, "{}: {flat}", given.name);
        for part in given.said {
            assert!(flat.contains(part), "{}: {part} is not in {flat}", given.name);
        }
    }
}

/// 1,366,200 + 956,340 + 683,100 (first place, half a year) = 3,005,640.
const PAGE: &str = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta charset=utf-8><style>td{mso-number-format:\"\\@\"}</style></head><body>
<h3>DANH SÁCH</h3><p>Đối tượng: Hộ gia đình (GD)<br>Ngày thu: 05/08/2026</p>
<table border=1><tr><th rowspan=2>STT<th rowspan=2>Họ và tên<th rowspan=2>Mã hộ<th rowspan=2>Số tháng<th colspan=2>Biên lai<th rowspan=2>Phải thu</tr><tr><th>Số<th>Ngày</tr>
<tr><td>1<td>An<td rowspan=2>H1<td>12<td>7<td>05/08/2026<td>1.366.200
<tr><td>2<td>Ba<td>12<td>7<td>05/08/2026<td>956.340
<tr><td>3<td>Cư<td>H2<td>6<td>8<td>05/08/2026<td>683.100
<tr><td colspan=6>Tổng cộng<td>3.005.640</tr></table></body></html>";

#[test]
fn web_pages_that_are_named_xls_are_read() {
    let desk = Desk::new();
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [PAGE.as_bytes().to_vec(), [b"\xef\xbb\xbf\r\n", PAGE.as_bytes()].concat(), wide] {
        let path = desk.put("in.xls", bytes);
        let run = desk.premium("in.xls", &["--force", "--lang", "en"]);
        let flat = run.stderr.replace('\u{a0}', " ");
        assert_eq!(run.code, 0, "{flat}");
        assert!(flat.contains("N0250") && flat.contains("Total premium 3,005,640 đ"), "{flat}");
        assert!(flat.contains("read 4 = valid 3 + left out 1 + rejected 0"), "{flat}");
        // Dropped on the program it is a list of people.
        assert!(at_terminal(&[&path], "q\n").stderr.contains("bhyt batch premium"));
    }
    // A total on the page that does not add up, an amount that covers two rows, a page without a table, and one in another wrapping.
    for (page, code, said) in [
        (PAGE.replace("3.005.640", "3.005.641"), 1, "E0395"),
        (PAGE.replace("<td>1.366.200", "<td rowspan=2>2.322.540").replace("<td>956.340", ""), 3, "E0223"),
        ("<html><body><p>Phiên làm việc đã hết, đăng nhập lại</p></body></html>".to_owned(), 3, "E0295"),
        (format!("MIME-Version: 1.0\nContent-Type: multipart/related\n\n{PAGE}"), 3, "E0295"),
        ("<table><tr><td>Một<td>Hai</table>".to_owned(), 3, "E0210"),
        (format!("<table>{}<tr><td>x</table>", "<td colspan=1000>".repeat(17)), 3, "E0215"),
    ] {
        desk.put("in.xls", page);
        let run = desk.premium("in.xls", &["--force"]);
        assert_eq!((run.code, run.stderr.contains(said)), (code, true), "{said}: {}", run.stderr);
    }
}

/// Files of offices dropped on the program: people are offered their command, tables without people are called what they are.
#[test]
fn every_kind_of_table_may_be_dropped() {
    let path = |name: &str| format!("{}/tests/data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    for (name, said) in [
        ("d03-ts.xlsx", "bhyt batch premium"),
        ("d03-ts.xls", "bhyt batch premium"),
        ("7980a.xlsx", "bhyt batch claim"),
        ("xml1-flat.csv", "bhyt batch claim"),
    ] {
        let asked = at_terminal(&[&path(name)], "q\n");
        assert_eq!((asked.code, asked.stderr.contains(said)), (0, true), "{name}: {}", asked.stderr);
    }
    let desk = Desk::new();
    for (name, text) in [
        (
            "vnpt.csv",
            "HoTen,NguoiThamGiaThu,TienDongThucTe,Maho_Giadinh,NgayBienLai,Sothang,MaDT\nAn,1,,H1,05/08/2026,12,GD\n",
        ),
        ("tst.txt", "SOBHXH\tHOTEN\tMADT\tSOTHANG\tTYLEDONG\tNGAYBL\n1\tAn\tGD\t12\t100\t05/08/2026\n"),
    ] {
        let asked = at_terminal(&[&desk.put(name, text)], "q\n");
        assert_eq!(
            (asked.code, asked.stderr.contains("bhyt batch premium")),
            (0, true),
            "{name}: {}",
            asked.stderr
        );
    }
}
