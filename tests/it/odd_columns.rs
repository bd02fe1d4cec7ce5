//! Columns under headings of somebody's own: what their cells look like is understood, or named with an exit code of its own.
//!
//! Every expectation was written down before the table was run: the right total with exit 0, or the column's name with exit 1 or 3,
//! never another total with exit 0. Before, 46 of these tables gave a first member's premium, or left support out, with exit 0.
//! All people are invented. Base salary 2,530,000: a year is 1,366,200 · 956,340 · 819,720 by place.

use crate::batch::Desk;
use crate::program::bhyt;

const ALONE: &str = "Số;Họ tên;Mã số BHXH;Đối tượng;Ngày biên lai;Số tháng";
const TOGETHER: &str = "STT;Họ tên;Mã hộ;Đối tượng;Ngày biên lai;Số tháng";

/// Exit code and what is said of a table.
fn run(desk: &Desk, text: &str) -> (u8, String) {
    desk.put("in.csv", text);
    let run = desk.premium("in.csv", &["--force", "--lang", "en"]);
    (run.code, run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " "))
}

fn alone(desk: &Desk, heading: &str, cell: &str) -> (u8, String) {
    run(desk, &format!("{ALONE};{heading}\n1;An;7900000001;GD;05/08/2026;12;{cell}\n"))
}

fn together(desk: &Desk, heading: &str, [first, second]: [&str; 2]) -> (u8, String) {
    let rows = format!("1;An;H1;GD;05/08/2026;12;{first}\n2;Ba;H1;GD;05/08/2026;12;{second}\n");
    run(desk, &format!("{TOGETHER};{heading}\n{rows}"))
}

/// Whether what was not understood is named, and something else than success.
fn is_named(heading: &str, (code, said): &(u8, String)) -> bool {
    let problems = said.split(" ✖ ").skip(1);
    matches!(code, 1 | 3) && problems.clone().any(|problem| problem.contains(&format!("\"{heading}\"")))
}

/// The third of a household, alone in the file: 819,720, or a question.
#[test]
fn a_place_in_words_not_known_never_makes_a_first_member() {
    let desk = Desk::new();
    for (heading, cell) in [
        ("Thành viên", "3"),
        ("THANH VIEN", "TV3"),
        ("Thanh vien trong HGD", "3"),
        ("T.viên", "3"),
        ("TV thứ", "3"),
        ("STT TV", "3"),
        ("Lần tham gia", "3"),
        ("Lần", "3"),
        ("Lượt", "3"),
        ("NTG", "NTG3"),
        ("NTG", "3"),
        ("TT NTG", "3"),
        ("Người t.gia thứ", "3"),
        ("Người tham gia thư", "3"),
        ("Thành viên thứ", "3"),
        ("THU TU NGUOI DONG", "3"),
        ("Thú tự", "3"),
        ("Thứ", "3"),
        ("Thứ hạng", "Người thứ ba"),
        ("Bậc", "III"),
        ("Member", "3"),
        ("Member no.", "3"),
        ("Order", "3"),
        ("Rank in HH", "3"),
        ("Vị trí trong hộ", "3"),
        ("Cột G", "thứ 3"),
        ("K", "3"),
        ("Bậc giảm", "60"),
        ("Mức giảm trừ", "60%"),
        ("% hưởng", "60"),
        ("Tỷ lệ giảm", "40"),
        ("NGUOI THU", "3"),
    ] {
        let found = alone(&desk, heading, cell);
        let is_right = found.0 == 0 && found.1.contains("Total premium 819,720 đ");
        assert!(is_right || is_named(heading, &found), "{heading} = {cell}: {found:?}");
    }
    let wife = alone(&desk, "Thành viên", "Vợ");
    assert!(is_named("Thành viên", &wife), "{wife:?}");
    // The order of rows says the same, or somebody else's relation says nothing about the money.
    for (heading, cells) in
        [("Lần tham gia", ["1", "2"]), ("Thành viên", ["Chủ hộ", "Vợ"]), ("NTG thứ", ["1", "2"])]
    {
        let found = together(&desk, heading, cells);
        assert!(found.0 == 0 && found.1.contains("Total premium 2,322,540 đ"), "{heading}: {found:?}");
    }
    let other = together(&desk, "Người", ["2", "3"]);
    assert!(is_named("Người", &other), "{other:?}");
}

/// Support, shares, months, days and provinces of rows.
#[test]
fn money_months_days_and_provinces_in_words_not_known_are_named() {
    let desk = Desk::new();
    for (heading, cells) in [
        ("Xã", ["20", "20"]),
        ("MTQ", ["300000", "300000"]),
        ("Mạnh thường quân", ["300.000", "300.000"]),
        ("Xã hội hóa", ["30%", "30%"]),
        ("Tỉnh hỗ trợ", ["20%", "20%"]),
        ("Ủng hộ", ["200.000đ", ""]),
        ("Quỹ khuyến học", ["20", "20"]),
        ("Hội CTĐ", ["273240", "273240"]),
        ("NS", ["20", "20"]),
        ("Cột 9", ["0.3", "0.3"]),
        ("Nguồn khác", ["100000", "100000"]),
        ("Phần tỉnh", ["20", "20"]),
        ("Địa phương", ["20%", "20%"]),
        ("Thời gian", ["12 tháng", "6 tháng"]),
        ("Kỳ", ["12T", "6T"]),
        ("Thẻ GT", ["01/10/2026", "01/10/2026"]),
        ("Ngày", ["01/10/2026", "15/10/2026"]),
        ("Tham gia", ["10/2026", "10/2026"]),
        ("Thời điểm", ["2026-10-01", "2026-10-01"]),
        ("Địa bàn", ["Hà Tĩnh", "Hà Tĩnh"]),
        ("Đ.phương", ["Gia Lai", "Gia Lai"]),
        ("Nơi ở", ["TP. Hồ Chí Minh", "TP. Hồ Chí Minh"]),
    ] {
        let found = together(&desk, heading, cells);
        assert!(is_named(heading, &found), "{heading} = {cells:?}: {found:?}");
    }
    let same = together(&desk, "Thời gian", ["12 tháng", "12 tháng"]);
    assert!(same.0 == 0 && same.1.contains("Total premium 2,322,540 đ"), "{same:?}");
    // A column that is empty in the first rows may speak further down.
    let mut text = format!("{TOGETHER};Cột thêm\n");
    for household in 1..=80 {
        let cell = if household == 75 { "20%" } else { "" };
        text += &format!("{household};An;H{household};GD;05/08/2026;12;{cell}\n");
    }
    let late = run(&desk, &text);
    assert!(is_named("Cột thêm", &late), "{late:?}");
}

/// Households: read, or asked for by name.
#[test]
fn households_in_words_not_known_are_asked_for() {
    let desk = Desk::new();
    for heading in [
        "Mã GĐ",
        "Mã gia đình",
        "Gia đình số",
        "Family ID",
        "Household No.",
        "Sổ HK",
        "Số HKGĐ",
        "MA HO DAN",
        "Hộ dân",
        "SỐ HỘ GĐ",
        "Mã định danh hộ",
        "ID hộ",
        "Tên chủ hộ",
        "Nhóm người",
    ] {
        let rows = "1;An;H1;GD;05/08/2026;12\n2;Ba;H1;GD;05/08/2026;12\n3;Cư;H2;GD;05/08/2026;12\n";
        let found = run(&desk, &format!("STT;Họ tên;{heading};Đối tượng;Ngày biên lai;Số tháng\n{rows}"));
        let is_right = found.0 == 0 && found.1.contains("Total premium 3,688,740 đ");
        let is_asked = found.1.contains("E0490") && is_named(heading, &found);
        assert!(is_right || is_asked, "{heading}: {found:?}");
    }
}

/// What agents note beside their people, and what changes nothing.
#[test]
fn columns_that_change_nothing_are_left_in_peace() {
    let desk = Desk::new();
    for (heading, cells) in [
        ("Tổ", ["3", "5"]),
        ("Ấp", ["5", "5"]),
        ("Khu phố", ["2", "2"]),
        ("Thôn/Tổ", ["7", "7"]),
        ("Lớp", ["3", "4"]),
        ("Dân tộc", ["1", "1"]),
        ("Dân tộc", ["Kinh", "Kinh"]),
        ("Quốc tịch", ["Việt Nam", "Việt Nam"]),
        ("Giới tính", ["1", "0"]),
        ("Số thẻ", ["1", "1"]),
        ("Quyển số", ["3", "3"]),
        ("Trang", ["2", "2"]),
        ("Tuổi", ["40", "50"]),
        ("Số nhà", ["10", "20"]),
        ("Số người", ["2", "2"]),
        ("Ngày cấp CCCD", ["05/08/2021", "05/08/2026"]),
        ("Hạn thẻ cũ", ["31/07/2026", "31/07/2026"]),
        ("Ngày in thẻ", ["07/08/2026", "07/08/2026"]),
        ("Ngày lập", ["05/08/2026", "05/08/2026"]),
        ("Nơi sinh", ["Hà Tĩnh", "Hà Tĩnh"]),
        ("Khu vực", ["K1", "K2"]),
        ("Mã xã", ["26740", "26740"]),
        ("Mã vùng", ["3", "3"]),
        ("SĐT", ["0912345670", "0912345680"]),
        ("Nhân viên thu", ["Lê Mẫu", "Lê Mẫu"]),
        ("Người thu", ["Lê Mẫu", "Lê Mẫu"]),
        ("Thôn", ["Đông", "Đông"]),
        ("Nghề nghiệp", ["Nông dân", "Nông dân"]),
        ("Tên chủ hộ", ["Lê Văn Mẫu", "Lê Văn Mẫu"]),
        ("Email", ["a@b", "c@d"]),
        ("Thẻ BHYT cũ", ["GD4790000000001", "GD4790000000002"]),
        ("Điểm thu", ["BĐX Mẫu", "BĐX Mẫu"]),
    ] {
        let found = together(&desk, heading, cells);
        assert!(found.0 == 0 && found.1.contains("Total premium 2,322,540 đ"), "{heading}: {found:?}");
    }
}

/// `HSSV` names pupils and students: asked, with the codes; settled by what is said for all rows.
#[test]
fn a_name_of_two_groups_is_settled_by_what_holds_for_all_rows() {
    let desk = Desk::new();
    for name in ["HSSV", "Học sinh, sinh viên", "HS-SV"] {
        let text = format!("{ALONE}\n1;An;7900000001;{name};05/09/2026;12\n");
        let (code, said) = run(&desk, &text);
        assert!(code == 1 && said.contains("E0305") && said.contains("--set group=CODE"), "{name}: {said}");
        let rejected = std::fs::read_to_string(desk.path("out.csv")).expect("an output");
        assert!(rejected.contains("the name matches several groups: HS, SV"), "{rejected}");
        desk.put("in.csv", &text);
        let settled = desk.premium("in.csv", &["--force", "--lang", "en", "--set", "group=HS"]);
        assert_eq!(settled.code, 0, "{name}: {}", settled.stderr);
        let flat = settled.stderr.replace('\u{a0}', " ");
        assert!(flat.contains("Total premium 1,366,200 đ"), "{name}: {flat}");
    }
    // A group that the name does not name settles nothing.
    let text = format!("{ALONE}\n1;An;7900000001;HSSV;05/09/2026;12\n");
    desk.put("in.csv", &text);
    assert_eq!(desk.premium("in.csv", &["--force", "--set", "group=GD"]).code, 1);
}

/// A book whose headings are its owner's words: read with the owner's layout, by its name too.
#[test]
fn a_layout_of_ones_own_needs_no_word_that_others_use() {
    let desk = Desk::new();
    let layout = "[[profile]]\nname = 'diem-thu-mau'\ntitle-vi = 'Sổ của điểm thu Mẫu'\ntitle-en = 'Book of Mẫu'\nsource = 'own'\n\
                  signs = ['Khách', 'Nhà', 'Kỳ hạn']\ncolumns.'Nhà' = 'household_id'\ncolumns.'Kỳ hạn' = 'months'\n\
                  columns.'Hôm thu' = 'paid_on'\ncolumns.'Xã cho' = 'local_support'\nset.group = 'GD'\n";
    let profile = desk.put("own.toml", layout);
    desk.put("in.csv", "Khách;Nhà;Kỳ hạn;Hôm thu;Xã cho\nAn;N1;12;05/08/2026;20\nBa;N1;12;05/08/2026;20\n");
    let run = desk.premium("in.csv", &["--force", "--lang", "en", "--profile", &profile]);
    let flat = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
    assert_eq!(run.code, 0, "{flat}");
    // 1,366,200 + 956,340, a fifth of the premiums paid by the commune: 273,240 + 191,268.
    let wanted = "Total premium 2,322,540 đ = person 1,858,032 đ + local 464,508 đ";
    assert!(flat.contains("`diem-thu-mau`") && flat.contains(wanted), "{flat}");
    // Without it nothing is guessed.
    assert_eq!(desk.premium("in.csv", &["--force"]).code, 3);
}

/// Who computes by the law alone says too what a column it does not know would change: a quote refuses the table, a simulation ends with 1.
#[test]
fn quotes_and_simulations_say_what_they_leave_out() {
    let desk = Desk::new();
    for (heading, cells) in
        [("Tỉnh hỗ trợ", ["20%", "20%"]), ("Thành viên", ["3", "4"]), ("MTQ", ["300.000", ""])]
    {
        let [first, second] = cells;
        let rows = format!("1;An;H1;GD;05/08/2026;12;{first}\n2;Ba;H1;GD;05/08/2026;12;{second}\n");
        let table = desk.put("in.csv", format!("{TOGETHER};{heading}\n{rows}"));
        let quoted = bhyt(&["quote", &table, "--lang", "en"], "");
        let flat = quoted.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            quoted.code == 3 && flat.contains("E0193") && flat.contains(&format!("\"{heading}\"")),
            "{heading}: {flat}"
        );
        let days = ["--paid-on", "2026-06-30", "--shift-to", "2026-07-01"];
        let simulated = bhyt(&[&["simulate", &table, "--lang", "en"][..], &days[..]].concat(), "");
        assert!(simulated.code == 1 && simulated.stdout.contains("E029"), "{heading}: {}", simulated.stdout);
    }
    let table = desk
        .put("in.csv", format!("{TOGETHER};Tổ\n1;An;H1;GD;05/08/2026;12;3\n2;Ba;H1;GD;05/08/2026;12;5\n"));
    assert_eq!(bhyt(&["quote", &table], "").code, 0);
    assert_eq!(
        bhyt(&["simulate", &table, "--paid-on", "2026-06-30", "--shift-to", "2026-07-01"], "").code,
        0
    );
}
