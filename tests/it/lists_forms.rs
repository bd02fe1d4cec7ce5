//! Random invented households on printed forms, with sections, second pages, totals and people who leave: the totals are those of `quote`.

use bhyt::{Enrollee, QuoteCase, Rulebook, quote};

use crate::batch::Desk;
use crate::lists_random::{Dice, Person, Rows, csv, grouped, people_of, percent, row};
use crate::program::Run;

/// A row of so many columns with a few of them filled.
fn wide<const WIDTH: usize>(cells: &[(usize, &str)]) -> Vec<String> {
    let mut row = vec![String::new(); WIDTH];
    cells.iter().for_each(|(at, text)| row[*at] = (*text).to_owned());
    row
}

/// Whether a run ended well with this total, and read all rows as people or as parts of the form.
fn ends_with(run: &Run, layout: &str, total: i64, people: usize) {
    let flat = run.stderr.replace('\u{a0}', " ");
    assert_eq!(run.code, 0, "{layout}: {flat}");
    let wanted = format!("Total premium {} đ", grouped(total, ','));
    assert!(flat.contains(&wanted), "{layout}: {wanted} is not in\n{flat}");
    assert!(flat.contains(&format!("`{layout}`")), "{layout} is not recognised: {flat}");
    let valid = format!("= valid {} + left out", grouped(i64::try_from(people).expect("few"), ','));
    assert!(flat.contains(&valid) && flat.contains("+ rejected 0"), "{layout}: {valid} is not in\n{flat}");
}

fn sum(people: &[Person]) -> i64 {
    people.iter().map(|person| person.premium).sum()
}

/// Mẫu số 3: bases after the ladder, months in the notes, the day in a title.
#[test]
fn form_no_3() {
    let desk = Desk::new();
    let mut dice = Dice(31);
    let people = people_of(&mut dice, "2026-08-05", None);
    let heading = [
        wide::<15>(&[
            (0, "STT"),
            (1, "Họ và tên"),
            (2, "Mã số bảo hiểm y tế"),
            (3, "Số căn cước công dân/ Định danh cá nhân"),
            (4, "Nơi đăng ký khám chữa bệnh ban đầu"),
            (5, "Mức đóng"),
            (10, "Tháng tham gia"),
            (11, "Tỷ lệ ngân sách nhà nước hỗ trợ (%)"),
            (12, "Loại thẻ bảo hiểm y tế"),
            (14, "Ghi chú"),
        ]),
        wide::<15>(&[
            (5, "Tiền lương"),
            (6, "Phụ cấp"),
            (9, "Các khoản phụ cấp lương và thu nhập bổ sung"),
            (12, "Bản điện tử"),
            (13, "Bản giấy"),
        ]),
        wide::<15>(&[(6, "Chức vụ"), (7, "Thâm niên vượt khung (%)"), (8, "Thâm niên nghề (%)")]),
        (0..15).map(|at| if at < 2 { ["A", "B"][at].to_owned() } else { (at - 1).to_string() }).collect(),
    ];
    let mut rows: Rows = vec![
        wide::<15>(&[(0, "Tên cơ quan/tổ chức: Điểm thu mẫu"), (6, "Đối tượng tham gia: Hộ gia đình")]),
        wide::<15>(&[(0, "Mã nhân viên thu: NV001")]),
        wide::<15>(&[(0, "DANH SÁCH ĐỐI TƯỢNG THAM GIA BẢO HIỂM Y TẾ")]),
        wide::<15>(&[(0, "Số: 01 ; ngày 05 tháng 08 năm 2026")]),
    ];
    rows.extend(heading.clone());
    rows.push(wide::<15>(&[(0, "(1)"), (1, "Tăng")]));
    for person in &people {
        let share: i64 = percent(person.place).parse().expect("a number");
        let base = 25_300 * share;
        let base = if dice.below(2) == 0 { grouped(base, '.') } else { base.to_string() };
        let note = match dice.below(3) {
            0 => person.months.to_string(),
            1 => format!("{} tháng", person.months),
            _ => format!("Tham gia {:02} tháng", person.months),
        };
        rows.push(wide::<15>(&[
            (0, &person.id.to_string()),
            (1, "Mẫu"),
            (2, &format!("79{:08}", person.id)),
            (5, &base),
            (10, dice.one_of(&["8/2026", "08/2026", "01/08/2026"])),
            (12, "x"),
            (14, &note),
        ]));
        if dice.below(60) == 0 {
            rows.extend(heading.clone());
        }
    }
    rows.push(wide::<15>(&[(0, "(2)"), (1, "Giảm")]));
    rows.push(wide::<15>(&[(0, "1"), (1, "Hoàng Mẫu"), (2, "7999999999"), (5, "2.530.000"), (14, "Chết")]));
    rows.push(wide::<15>(&[(0, "Đề nghị cơ quan BHXH thanh toán thù lao theo quy định.")]));
    rows.push(wide::<15>(&[(10, "(ký, ghi rõ họ tên)")]));
    desk.put("in.csv", csv(&rows, ';'));
    let run = desk.premium("in.csv", &["--lang", "en"]);
    ends_with(&run, "mau-so-3", sum(&people), people.len());
}

/// Mẫu số 4: one form a household, the base salary for all; each of the 300 households is a file of its own.
#[test]
fn form_no_4() {
    let desk = Desk::new();
    let mut dice = Dice(41);
    let people = people_of(&mut dice, "2026-08-05", None);
    for household in people.chunk_by(|one, other| one.household == other.household) {
        let mut rows: Rows = vec![
            wide::<12>(&[(0, "DANH SÁCH THÀNH VIÊN HỘ GIA ĐÌNH THAM GIA BẢO HIỂM Y TẾ")]),
            wide::<12>(&[(0, "Họ và tên chủ hộ: Mẫu; số điện thoại (nếu có): ………")]),
            wide::<12>(&[
                (0, "STT"),
                (1, "Họ và tên"),
                (2, "Mã số bảo hiểm y tế"),
                (3, "Số CCCD/ ĐDCN"),
                (4, "Ngày, tháng, năm sinh"),
                (5, "Nơi đăng ký khám bệnh, chữa bệnh ban đầu"),
                (6, "Tiền lương"),
                (7, "Quan hệ với chủ hộ"),
                (8, "Tỷ lệ NSNN hỗ trợ (%)"),
                (9, "Thẻ bảo hiểm y tế"),
                (11, "Ghi chú"),
            ]),
            wide::<12>(&[(9, "Bản điện tử"), (10, "Bản giấy")]),
            (0..12).map(|at| if at < 2 { ["A", "B"][at].to_owned() } else { (at - 1).to_string() }).collect(),
        ];
        for person in household {
            rows.push(wide::<12>(&[
                (0, &person.place.to_string()),
                (1, "Mẫu"),
                (2, &format!("79{:08}", person.id)),
                (4, &person.born),
                (6, dice.one_of(&["2.530.000", "2530000", ""])),
                (7, if person.place == 1 { "Chủ hộ" } else { "Con" }),
                (9, "x"),
                (11, &format!("{} tháng", person.months)),
            ]));
        }
        rows.push(wide::<12>(&[(
            0,
            &format!("Tổng số người đề nghị cấp thẻ bảo hiểm y tế: {}", household.len()),
        )]));
        rows.push(wide::<12>(&[(7, "(ký, ghi rõ họ tên)")]));
        desk.put("in.csv", csv(&rows, ','));
        let run = desk.premium("in.csv", &["--set", "paid-on=2026-08-05", "--force", "--lang", "en"]);
        ends_with(&run, "mau-so-4", sum(household), household.len());
    }
}

/// The annex of TK1-TS: households with their members; months and day are said for all.
#[test]
fn annex_of_tk1() {
    let desk = Desk::new();
    let mut dice = Dice(51);
    let people = people_of(&mut dice, "2026-08-05", Some(12));
    let mut rows: Rows = vec![row(&[
        "STT_D02",
        "HOTEN_CHUHO",
        "MA_HO_GD",
        "DIEN_THOAI",
        "HOTEN_THANHVIEN",
        "MA_SO_BHXH",
        "NGAY_SINH",
        "NAM_SINH",
        "GIOI_TINH",
        "QUANHE_VOI_CHUHO",
        "CMND",
        "GHI_CHU",
        "SDT",
    ])];
    for person in &people {
        let is_year = person.born.len() == 4;
        let (day, year) = if is_year { ("", person.born.as_str()) } else { (person.born.as_str(), "") };
        rows.push(row(&[
            &person.id.to_string(),
            "Mẫu",
            &format!("HGD{:07}", person.household),
            "",
            "Mẫu, tổ 1",
            &format!("79{:08}", person.id),
            day,
            year,
            "1",
            if person.place == 1 { "Chủ hộ" } else { "Con" },
            "",
            "",
            "",
        ]));
    }
    desk.put("in.csv", csv(&rows, ','));
    let run = desk.premium("in.csv", &["--set", "months=12", "--set", "paid-on=2026-08-05", "--lang", "en"]);
    let flat = run.stderr.replace('\u{a0}', " ");
    assert_eq!(run.code, 0, "{flat}");
    let wanted = format!("Total premium {} đ", grouped(sum(&people), ','));
    assert!(flat.contains(&wanted) && flat.contains("`tk1-annex`"), "{wanted} is not in\n{flat}");
}

/// D03-TS of 2017: what participants pay tells the places; sections, sums, a second page.
#[test]
fn d03_of_2017() {
    let desk = Desk::new();
    let mut dice = Dice(61);
    let people = people_of(&mut dice, "2018-08-05", None);
    let heading = [
        wide::<13>(&[
            (0, "STT"),
            (1, "Họ và tên"),
            (2, "Mã số BHXH"),
            (3, "Ngày tháng năm sinh"),
            (4, "Giới tính"),
            (5, "Nơi đăng ký KCB ban đầu"),
            (6, "Biên lai, ngày tham gia"),
            (8, "Tiền lương, trợ cấp hoặc số tiền đóng"),
            (9, "Tỷ lệ NS hỗ trợ (%)"),
            (10, "Thời hạn sử dụng thẻ"),
            (12, "Ghi chú"),
        ]),
        wide::<13>(&[(6, "Số"), (7, "Ngày"), (10, "Số tháng"), (11, "Từ ngày")]),
        (0..13).map(|at| if at < 2 { ["A", "B"][at].to_owned() } else { (at - 1).to_string() }).collect(),
    ];
    let mut rows: Rows = vec![
        wide::<13>(&[(0, "DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT")]),
        wide::<13>(&[(1, "Đối tượng tham gia: Hộ gia đình"), (8, "Lương cơ sở: 1.390.000 đồng")]),
    ];
    rows.extend(heading.clone());
    rows.push(wide::<13>(&[(0, "I"), (1, "Tăng")]));
    for person in &people {
        rows.push(wide::<13>(&[
            (0, &person.id.to_string()),
            (1, "Mẫu"),
            (2, &format!("79{:08}", person.id)),
            (3, &person.born),
            (4, dice.one_of(&["", "x"])),
            (6, "7"),
            (7, "05/08/2018"),
            (8, &grouped(person.premium, '.')),
            (10, &person.months.to_string()),
            (11, "05/08/2018"),
        ]));
        if dice.below(80) == 0 {
            rows.extend(heading.clone());
        }
    }
    rows.push(wide::<13>(&[(1, "Cộng tăng"), (8, &grouped(sum(&people), '.'))]));
    rows.push(wide::<13>(&[(0, "II"), (1, "Giảm")]));
    rows.push(wide::<13>(&[(0, "1"), (1, "Hoàng Mẫu"), (2, "7999999999"), (3, "1950"), (12, "Chết")]));
    rows.push(wide::<13>(&[(1, "Cộng giảm"), (8, "0")]));
    rows.push(wide::<13>(&[(0, &format!("Tổng số thẻ BHYT đề nghị cấp: {}", people.len()))]));
    desk.put("in.csv", csv(&rows, ';'));
    let run = desk.premium("in.csv", &["--lang", "en"]);
    ends_with(&run, "d03-ts-2017", sum(&people), people.len());
}

/// D02-LT: workers with salaries and coefficients; each costs what `quote` says for the salary.
#[test]
fn workers_of_a_unit() {
    const WORKERS: usize = 300;
    let desk = Desk::new();
    let mut dice = Dice(71);
    let rules = Rulebook::bundled();
    let mut rows: Rows = vec![
        wide::<14>(&[(0, "11. Đối tượng tham gia: DN")]),
        wide::<14>(&[
            (0, "STT"),
            (1, "Họ và tên"),
            (2, "Mã số BHXH"),
            (3, "Ngày/ tháng/ năm sinh"),
            (4, "Chức vụ, chức danh nghề"),
            (5, "Tiền lương"),
            (11, "Từ tháng/ năm"),
            (12, "Đến tháng/ năm"),
            (13, "Ghi chú"),
        ]),
        wide::<14>(&[(5, "Hệ số lương/ Tiền lương"), (6, "Hệ số chênh lệch bảo lưu"), (7, "Phụ cấp")]),
        wide::<14>(&[
            (7, "Chức vụ"),
            (8, "Thâm niên VK (%)"),
            (9, "Thâm niên nghề (%)"),
            (10, "Các khoản phụ cấp lương và thu nhập bổ sung"),
        ]),
        row(&["A", "B", "1", "2", "3", "4", "5", "6", "7", "8", "9", "14", "15", "19"]),
        wide::<14>(&[(0, "I"), (1, "Tăng")]),
        wide::<14>(&[(0, "I.1"), (1, "Lao động")]),
    ];
    let mut total = 0;
    for worker in 1..=WORKERS {
        // A coefficient in hundredths times 25,300 is a whole number of đồng.
        let hundredths = i64::try_from(100 + dice.below(700)).expect("small");
        let (shown, salary) = match dice.below(3) {
            0 => (format!("{},{:02}", hundredths / 100, hundredths % 100), hundredths * 25_300),
            1 => (grouped(hundredths * 40_000, '.'), hundredths * 40_000),
            _ => ((hundredths * 50_000).to_string(), hundredths * 50_000),
        };
        let mut person = Enrollee::of_group("worker");
        person.salary = Some(bhyt::Vnd::whole(salary));
        let mut case = QuoteCase::of("2026-08-31".parse().expect("a day"), 1, vec![person]);
        case.from = Some("2026-08-01".parse().expect("a day"));
        total += quote(&rules, &case).expect("a quote").members[0].premium.dong().expect("whole đồng");
        rows.push(wide::<14>(&[
            (0, &worker.to_string()),
            (1, "Mẫu"),
            (2, &format!("79{worker:08}")),
            (3, dice.one_of(&["01/01/1990", "1985", "19800102"])),
            (4, "Nhân viên"),
            (5, &shown),
            (11, "8/2026"),
            (12, "8/2026"),
        ]));
    }
    rows.push(wide::<14>(&[(1, "Cộng tăng")]));
    rows.push(wide::<14>(&[(0, "II"), (1, "Giảm")]));
    rows.push(wide::<14>(&[
        (0, "1"),
        (1, "Hoàng Mẫu"),
        (2, "7999999999"),
        (3, "1970"),
        (5, "9.000.000"),
        (13, "Nghỉ việc"),
    ]));
    desk.put("in.csv", csv(&rows, ';'));
    let run = desk.premium("in.csv", &["--set", "months=1", "--set", "paid-on=2026-08-31", "--lang", "en"]);
    ends_with(&run, "d02-lt", total, WORKERS);
}
