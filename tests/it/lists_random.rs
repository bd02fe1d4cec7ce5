//! Random invented households in every known layout, with what such files have on them: the totals are those of `quote`.

use bhyt::{Enrollee, QuoteCase, Rulebook, Vnd, quote};

use crate::batch::Desk;
use crate::program::bhyt;

const HOUSEHOLDS: usize = 300;

/// A simple generator, the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// One of some texts.
    pub fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.below(texts.len() as u64)).expect("small")]
    }
}

/// One person of a household, with the amount that `quote` gives.
pub struct Person {
    pub household: usize,
    pub place: usize,
    pub months: u32,
    pub premium: i64,
    pub born: String,
    pub id: usize,
}

/// Random households that pay on one day.
pub fn people(dice: &mut Dice) -> Vec<Person> {
    people_of(dice, "2026-08-05", None)
}

/// People of households that pay on a day, for so many months where all pay for the same.
pub fn people_of(dice: &mut Dice, paid_on: &str, all_months: Option<u32>) -> Vec<Person> {
    let rules = Rulebook::bundled();
    let mut found = Vec::new();
    for household in 1..=HOUSEHOLDS {
        let size = usize::try_from(1 + dice.below(7)).expect("small");
        let months = [3, 6, 12][usize::try_from(dice.below(3)).expect("small")];
        let months = all_months.unwrap_or(months);
        let members = vec![Enrollee::of_group("household"); size];
        let case = QuoteCase::of(paid_on.parse().expect("a day"), months, members);
        let answer = quote(&rules, &case).expect("a quote");
        for (index, member) in answer.members.iter().enumerate() {
            let (day, month, year) = (1 + dice.below(28), 1 + dice.below(12), 1950 + dice.below(60));
            let born = match dice.below(4) {
                0 => year.to_string(),
                1 => format!("{year}{month:02}{day:02}"),
                2 => format!("{year}00000000"),
                _ => format!("{day:02}/{month:02}/{year}"),
            };
            let premium = member.premium.dong().expect("whole đồng");
            found.push(Person { household, place: index + 1, months, premium, born, id: found.len() + 1 });
        }
    }
    found
}

/// An amount with a mark before every three digits.
pub fn grouped(amount: i64, mark: char) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// What a place pays of the whole.
pub fn percent(place: usize) -> &'static str {
    ["100", "70", "60", "50", "40"][place.min(5) - 1]
}

/// Rows of a table.
pub type Rows = Vec<Vec<String>>;
/// Writes people as a program or form would.
pub type Layout = fn(&[Person], &mut Dice) -> Rows;

/// The layouts, with what the file itself does not say.
pub const LAYOUTS: [(&str, Layout, &[&str]); 7] = [
    ("tst", tst, &[]),
    ("vnpt", vnpt, &["--set", "group=GD"]),
    ("ebh", ebh, &["--set", "group=GD"]),
    ("d03-ts", d03, &[]),
    ("d03a-ts", d03a, &["--set", "group=GD"]),
    ("e-declaration", grid, &["--set", "group=GD"]),
    ("agent", agent, &[]),
];

/// Cells of a row.
pub fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

/// TST: percents of the ladder, a year of birth of its own, days and months as text.
fn tst(people: &[Person], dice: &mut Dice) -> Rows {
    let mut rows = vec![row(&[
        "STT",
        "SOBHXH",
        "HOTEN",
        "NGAYSINH",
        "NAMSINH",
        "GIOITINH",
        "MADT",
        "TUNGAY",
        "SOTHANG",
        "TUTHANG",
        "DENTHANG",
        "TYLE",
        "TYLE_NSNN",
        "TYLEDONG",
        "ML",
        "PA",
        "SOBL",
        "NGAYBL",
    ])];
    for person in people {
        let is_year = person.born.len() == 4;
        let (day, year) = if is_year { ("", person.born.as_str()) } else { (person.born.as_str(), "") };
        let plan = dice.one_of(&["TM", "GH", "ON", ""]);
        rows.push(row(&[
            &person.id.to_string(),
            &format!("{:010}", person.id),
            "Mẫu",
            day,
            year,
            "1",
            "GD",
            "05/08/2026",
            &person.months.to_string(),
            "8/26",
            "",
            "4.5",
            "0",
            percent(person.place),
            "2530000",
            plan,
            "1",
            "05/08/2026",
        ]));
    }
    rows
}

/// VNPT: two empty rows above, headings twice, places with `5+`, amounts paid.
fn vnpt(people: &[Person], dice: &mut Dice) -> Rows {
    let mut rows = vec![row(&["", "", ""]), row(&["", "", ""])];
    rows.push(row(&[
        "STT",
        "HoTen",
        "MasoBHXH",
        "PA",
        "TyleNSDP",
        "NgayBienLai",
        "SoBienLai",
        "NguoiThamGiaThu",
        "Tiendong",
        "TienDongThucTe",
        "TuNgay",
        "HotroKhac",
        "Sothang",
        "NgaySinh",
        "Maho_Giadinh",
        "",
        "CMND",
        "SoCCCD",
        "SoBienLai",
        "NgayBienLai",
    ]));
    for person in people {
        let place = person.place.to_string();
        let place =
            if person.place >= 5 { dice.one_of(&["5", "5+", "người thứ 5 trở đi"]) } else { &place };
        let rows_own = row(&[
            &person.id.to_string(),
            "Mẫu, tổ 1",
            &format!("{:010}", person.id),
            "ON",
            "",
            "05/08/2026",
            "7",
            place,
            "2530000",
            &person.premium.to_string(),
            "05/08/2026",
            "",
            &person.months.to_string(),
            &person.born,
            &format!("HGD{:07}", person.household),
            "",
            "1",
            "2",
            "7",
            "05/08/2026",
        ]);
        rows.push(rows_own);
    }
    rows
}

/// EBH: formulas in headings, percents with their sign, bases after the ladder, premiums.
fn ebh(people: &[Person], dice: &mut Dice) -> Rows {
    let mut rows = vec![row(&[
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Tỷ lệ đóng BHYT(%)",
        "Thời hạn sử dụng thẻ BHYT, từ ngày",
        "Số tháng",
        "Mức đóng HGĐ (100%/70%/60%/50%/40%)",
        "Số tiền đóng(=Lương cơ sở*mức đóng HGĐ)",
        "Mức tiền đóng(=Số tiền đóng*Số tháng*Tỷ lệ đóng BHYT)",
        "Số biên lai",
        "Ngày biên lai",
        "Hộ gia đình",
        "Mã hộ gia đình",
    ])];
    for person in people {
        let share: i64 = percent(person.place).parse().expect("a number");
        let mark = if dice.below(2) == 0 { "%" } else { " %" };
        rows.push(row(&[
            &person.id.to_string(),
            "Mẫu",
            &person.born,
            "4,5",
            "05/08/2026",
            &person.months.to_string(),
            &format!("{}{mark}", percent(person.place)),
            &grouped(25_300 * share, '.'),
            &grouped(person.premium, '.'),
            "7",
            "05/08/2026",
            "Có",
            &format!("H{}", person.household),
        ]));
    }
    rows
}

/// D03-TS as printed: titles, heading of two rows, numbers, sections, totals, foot; neither household nor place.
fn d03(people: &[Person], _: &mut Dice) -> Rows {
    let wide = |cells: &[(usize, &str)]| {
        let mut row = vec![String::new(); 15];
        cells.iter().for_each(|(at, text)| row[*at] = (*text).to_owned());
        row
    };
    let mut rows = vec![
        wide(&[(0, "Tên đơn vị/Điểm thu: Điểm thu mẫu"), (11, "Mẫu D03-TS")]),
        wide(&[(11, "(Ban hành kèm theo QĐ số 490/QĐ-BHXH ngày 28 tháng 3 năm 2023)")]),
        wide(&[(5, "DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT")]),
        wide(&[
            (1, "Đối tượng tham gia: Hộ gia đình"),
            (4, "Mã đối tượng: GD"),
            (8, "Lương cơ sở: 2.530.000 đồng"),
        ]),
        wide(&[
            (0, "STT"),
            (1, "Họ và tên"),
            (2, "Mã số BHXH"),
            (3, "Số CCCD"),
            (4, "Ngày tháng năm sinh"),
            (5, "Giới tính"),
            (6, "Địa chỉ"),
            (7, "Ngày biên lai"),
            (8, "Số biên lai"),
            (9, "Tiền lương hưu, trợ cấp TN, TS"),
            (10, "Hỗ trợ thêm"),
            (12, "Thời gian tham gia"),
            (14, "Ghi chú"),
        ]),
        wide(&[(10, "NSĐP"), (11, "Khác"), (12, "Từ tháng"), (13, "Số tháng")]),
        (0..15).map(|at| if at < 2 { ["A", "B"][at].to_owned() } else { (at - 1).to_string() }).collect(),
        wide(&[(0, "I"), (1, "Tăng")]),
        wide(&[(0, "I.1"), (1, "Người tham gia")]),
    ];
    for person in people {
        rows.push(wide(&[
            (0, &person.id.to_string()),
            (1, "Công Mẫu"),
            (2, &format!("{:010}", person.id)),
            (4, &person.born),
            (7, "05/08/2026"),
            (9, &grouped(person.premium, ',')),
            (10, "0"),
            (11, "0"),
            (12, "8/2026"),
            (13, &person.months.to_string()),
        ]));
    }
    let sum: i64 = people.iter().map(|person| person.premium).sum();
    rows.push(wide(&[(0, "I.2"), (1, "Tiền lương")]));
    rows.push(wide(&[]));
    rows.push(wide(&[(1, "Cộng tăng"), (9, &grouped(sum, ','))]));
    rows.push(wide(&[(0, "II"), (1, "Giảm")]));
    rows.push(wide(&[(0, "1"), (1, "Hoàng Mẫu"), (2, "9999999999"), (4, "1950"), (14, "Chết")]));
    rows.push(wide(&[(1, "Cộng giảm"), (9, "0")]));
    rows.push(wide(&[(0, &format!("Tổng số thẻ BHYT đề nghị cấp: {}", people.len()))]));
    rows.push(wide(&[(11, "Mẫu Một, ngày 08 tháng 08 năm 2026")]));
    rows.push(wide(&[(11, "(ký, ghi rõ họ tên và đóng dấu)")]));
    rows
}

/// D03a-TS: what a member saves in percent, empty for the first; households in their order.
fn d03a(people: &[Person], _: &mut Dice) -> Rows {
    let mut rows = vec![
        row(&[
            "STT",
            "Họ và tên",
            "Mã số BHXH",
            "Ngày tham gia/ngày đóng tiền",
            "Tiền lương",
            "Giảm mức đóng (%)",
            "Thời hạn sử dụng thẻ",
            "",
            "Số tiền đối tượng đóng",
            "",
        ]),
        row(&["", "", "", "", "", "", "Từ ngày", "Đến ngày", "Năm nay", "Năm sau"]),
        row(&["A", "B", "C", "1", "2", "3", "4", "5", "6", "7"]),
    ];
    rows[0].push("Số tháng".to_owned());
    rows[1].push(String::new());
    rows[2].push("8".to_owned());
    for person in people {
        let part = person.premium / 3;
        let saved = if person.place == 1 { "" } else { percent(person.place) };
        rows.push(row(&[
            &person.id.to_string(),
            "Mẫu",
            &format!("{:010}", person.id),
            "05/08/2026",
            "",
            saved,
            "05/08/2026",
            "",
            &part.to_string(),
            &(person.premium - part).to_string(),
            &person.months.to_string(),
        ]));
    }
    rows
}

/// A grid of e-declaration programs: three heading rows, numbers in brackets.
fn grid(people: &[Person], _: &mut Dice) -> Rows {
    let mut rows = vec![
        row(&[
            "STT",
            "Họ và tên",
            "Mã số hộ gia đình",
            "Phương án BHYT",
            "Ngày biên lai/Ngày văn bản phê duyệt",
            "Hỗ trợ thêm",
            "",
            "Thời gian tham gia",
            "",
            "Tiền lương hoặc tổng hệ số",
            "",
            "Ghi chú",
        ]),
        row(&[
            "",
            "",
            "",
            "",
            "",
            "Tỷ lệ NSĐP hỗ trợ(%)",
            "Tổ chức, cá nhân khác hỗ trợ(đồng)",
            "Từ ngày",
            "Số tháng",
            "Tiền lương",
            "Tổng hệ số",
            "",
        ]),
        row(&["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)"]),
    ];
    for person in people {
        rows.push(row(&[
            &person.id.to_string(),
            "Mẫu",
            &format!("{:09}", person.household),
            "Tăng mới",
            "05/08/2026",
            "",
            "",
            "05/08/2026",
            &person.months.to_string(),
            "",
            "",
            "",
        ]));
    }
    rows
}

/// An agent's list: a sub-total after each household, a total below.
fn agent(people: &[Person], _: &mut Dice) -> Rows {
    let mut rows = vec![row(&[
        "Mã hộ",
        "Mã số BHXH",
        "Họ và tên",
        "Đối tượng",
        "Biên lai ngày",
        "Số tháng",
        "Phải thu",
    ])];
    let (mut sum, mut all) = (0, 0);
    for (index, person) in people.iter().enumerate() {
        rows.push(row(&[
            &person.household.to_string(),
            &format!("{:010}", person.id),
            "Tống Mẫu",
            "GD",
            "05-08-2026",
            &person.months.to_string(),
            &grouped(person.premium, '.'),
        ]));
        sum += person.premium;
        if people.get(index + 1).is_none_or(|next| next.household != person.household) {
            rows.push(row(&["", "", "Tóm tắt hộ", "", "", "", &grouped(sum, '.')]));
            all += sum;
            sum = 0;
        }
    }
    rows.push(row(&["", "", &format!("TỔNG CỘNG ({} người)", people.len()), "", "", "", &grouped(all, '.')]));
    rows
}

/// Rows as text.
pub fn csv(rows: &Rows, separator: char) -> String {
    let quoted = |cell: &String| {
        if cell.contains([separator, '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    rows.iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n")
        .collect()
}

#[test]
fn random_households_in_every_layout_cost_what_quote_says() {
    let desk = Desk::new();
    for (seed, (name, layout, more)) in (1..).zip(LAYOUTS) {
        let mut dice = Dice(seed);
        let people = people(&mut dice);
        let total: i64 = people.iter().map(|person| person.premium).sum();
        let mark = ["", "\u{feff}"][usize::try_from(dice.below(2)).expect("small")];
        let separator = [',', ';', '\t'][usize::try_from(dice.below(3)).expect("small")];
        desk.put("in.csv", format!("{mark}{}", csv(&layout(&people, &mut dice), separator)));
        let run = desk.premium("in.csv", &[more, &["--force", "--lang", "en"]].concat());
        let said = run.stderr.replace('\u{a0}', " ");
        assert_eq!(run.code, 0, "{name}: {said}");
        let wanted = grouped(Vnd::whole(total).dong().expect("whole đồng"), ',');
        assert!(said.contains(&format!("Total premium {wanted} đ")), "{name}: {wanted} is not in\n{said}");
        assert!(name == "agent" || said.contains(&format!("`{name}`")), "{name} is not recognised: {said}");
    }
}

/// A total that is not the sum of its rows, and a number of cards that is not theirs, are told with their place.
#[test]
fn totals_that_do_not_add_up_are_told() {
    let desk = Desk::new();
    let mut dice = Dice(9);
    let people = people(&mut dice);
    let mut rows = d03(&people, &mut dice);
    for row in &mut rows {
        if row[1] == "Cộng tăng" {
            row[9] = "1.000.000".to_owned();
        }
        if row[0].starts_with("Tổng số thẻ") {
            row[0] = "Tổng số thẻ BHYT đề nghị cấp: 1".to_owned();
        }
    }
    desk.put("in.csv", csv(&rows, ';'));
    let run = desk.premium("in.csv", &["--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("E0395") && run.stderr.contains("E0396"), "{}", run.stderr);
}

/// A heading that does not end, and one as wide as a sheet can be, are refused in little time.
#[test]
fn headings_without_end_are_refused() {
    let desk = Desk::new();
    let deep: String = (0..200).map(|row| format!("Họ và tên {row};Mức đóng {row};{row}\n")).collect();
    let wide = (0..16_384).map(|column| format!("Cột {column}")).collect::<Vec<_>>().join(";");
    for text in [deep, format!("{wide}\n{wide}\n{}\n", ";".repeat(16_383))] {
        desk.put("in.csv", text);
        let run = desk.premium("in.csv", &["--force"]);
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(run.stderr.contains("E0210"), "{}", run.stderr);
    }
}

/// Payers of the control totals, by their English labels.
const PAYERS: [&str; 5] = ["Total premium", "person", "state", "local", "other"];

/// The control totals that a run states.
fn totals(stderr: &str) -> [i64; 5] {
    let flat = stderr.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let line =
        flat.split("Total premium").nth(1).map(|rest| format!("Total premium{rest}")).expect("a total");
    let line = line.split('✔').next().unwrap_or_default().to_owned();
    PAYERS.map(|label| {
        let amount = line.split(&format!("{label} ")).nth(1).and_then(|rest| rest.split(' ').next());
        amount.map_or(0, |amount| amount.replace(',', "").parse().expect("an amount"))
    })
}

/// Mẫu số 3 and 4 written from random households of several groups with support, each sheet read back: the totals are those of the table.
#[test]
fn forms_come_back_with_the_totals_they_were_written_from() {
    const FEW: usize = 12;
    let desk = Desk::new();
    let mut dice = Dice(21);
    let mut table = String::from(
        "Mã hộ,Họ tên,Mã số BHXH,Đối tượng,Ngày biên lai,Từ ngày,Số tháng,Quan hệ với chủ hộ,Tỷ lệ NSĐP,Hỗ trợ khác,Đơn vị hỗ trợ\n",
    );
    let mut households = Vec::new();
    for person in people(&mut dice).iter().filter(|person| person.household <= FEW) {
        let relation = if person.place == 1 { "Chủ hộ" } else { "Con" };
        let local = dice.one_of(&["", "20", "30"]);
        let other = if dice.below(3) == 0 { (1 + dice.below(90)) * 1_000 } else { 0 };
        let (other, who) = if other == 0 { (String::new(), "") } else { (other.to_string(), "Hội Mẫu") };
        table += &format!(
            "H{0},Mẫu {1},79{1:08},GD,05/08/2026,01/09/2026,{2},{relation},{local},{other},{who}\n",
            person.household, person.id, person.months
        );
        if households.last() != Some(&person.household) {
            households.push(person.household);
        }
    }
    // Pupils stand in households of their own, with the state's half and what the province adds.
    for pupil in 1..=5 {
        let local = dice.one_of(&["", "10", "20"]);
        table += &format!(
            "H{0},Học sinh {pupil},78{pupil:08},HS,05/08/2026,01/09/2026,12,Con,{local},,\n",
            900 + pupil
        );
    }
    let input = desk.put("in.csv", table);
    let written = |form: &str| {
        let output = desk.path(&format!("{form}.xlsx")).display().to_string();
        let run = bhyt(&["batch", "premium", &input, "-o", &output, "--form", form, "--lang", "en"], "");
        assert_eq!(run.code, 0, "{form}: {}", run.stderr);
        (totals(&run.stderr), output)
    };
    let read = |output: &str, sheet: &str, more: &[&str]| {
        let args = ["batch", "premium", output, "--dry-run", "--lang", "en", "--sheet", sheet];
        let run = bhyt(&[&args[..], more].concat(), "");
        assert_eq!(run.code, 0, "{sheet}: {}", run.stderr);
        totals(&run.stderr)
    };
    let plus = |one: [i64; 5], other: [i64; 5]| std::array::from_fn(|at| one[at] + other[at]);
    let (whole, form) = written("mau-3");
    let back = ["Mẫu 3 GD 05-08-2026", "Mẫu 3 HS 05-08-2026"].map(|sheet| read(&form, sheet, &[]));
    assert_eq!(plus(back[0], back[1]), whole, "Mẫu số 3");
    // All sheets at once: groups and days of each as its titles say.
    assert_eq!(read(&form, "*", &[]), whole, "Mẫu số 3, all sheets");
    let (whole, form) = written("mau-4");
    let mut back = [0; 5];
    for household in households {
        back = plus(back, read(&form, &format!("Hộ H{household}"), &["--set", "paid-on=2026-08-05"]));
    }
    for pupil in 1..=5 {
        let more = ["--set", "paid-on=2026-08-05", "--set", "group=HS"];
        back = plus(back, read(&form, &format!("Hộ H{}", 900 + pupil), &more));
    }
    assert_eq!(back, whole, "Mẫu số 4");
}
