//! The interview asks for what sets the days of a card, and ends in the command line that would have given the same.

use crate::program::at_terminal;

/// What the program says to a collection agent who types these lines.
fn asked(lines: &[&str]) -> String {
    let run = at_terminal(&["--lang", "vi"], &(lines.join("\n") + "\n"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn says(told: &str, wanted: &[&str]) {
    for part in wanted {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

/// Born in November 2019: 13 × 105,300 × 50 % = 684,450, to the end of the next year (Decree 188/2025 art. 13.7.a, 13.10).
#[test]
fn a_child_in_grade_1_is_asked_for_the_birth_date() {
    let told = asked(&["HS", "1", "13", "20/09/2025", "", "", "1 20/11/2019"]);
    says(&told, &["684.450", "30/11/2025 – 31/12/2026", "--born 2019-11-20 --tag grade-1"]);
}

/// Paid on the day after the earlier card: no day without cover (Law art. 16.3.b, Decree 188/2025 art. 13.9).
#[test]
fn a_renewal_is_asked_for_the_earlier_card() {
    let told = asked(&["GD", "1", "12", "01/02/2026", "", "0", "", "31/01/2026"]);
    says(&told, &["01/02/2026 – 31/01/2027", "--tag previous-card=2026-01-31"]);
    let first = asked(&["GD", "1", "12", "01/02/2026", "", "0", "", ""]);
    says(&first, &["03/03/2026 – 02/03/2027"]);
}

/// Four months left of 2025: 4 × 105,300 × 50 % = 210,600, to 31 December.
#[test]
fn a_pupil_pays_what_is_left_of_the_year() {
    let told = asked(&["hoc sinh", "1", "4", "05/09/2025", "", "31/08/2025", ""]);
    says(&told, &["210.600", "05/09/2025 – 31/12/2025"]);
}

/// From enrolment (Decree 188/2025 art. 13.8.a).
#[test]
fn a_first_year_student_is_asked_for_the_day_of_enrolment() {
    let told = asked(&["SV", "1", "12", "10/09/2025", "", "", "3 08/09/2025"]);
    says(&told, &["Thẻ có giá trị: 08/09/2025", "--tag first-year=2025-09-08"]);
    let again = asked(&["SV", "1", "12", "10/09/2025", "", "", "3", "4 30/06/2026"]);
    says(&again, &["✖", "--tag final-year=2026-06-30"]);
}

/// Workers wait for no card and go to no school.
#[test]
fn nobody_is_asked_for_nothing() {
    let told = asked(&["DN", "10.000.000", "1", "10/09/2025", ""]);
    assert!(!told.contains("Thẻ trước") && !told.contains("Lớp, năm học"), "{told}");
    says(&told, &["300.000", "150.000"]);
}

/// The longest names of what a place supports still fit a screen, and a birth date answers one that asks for it
/// (Đồng Nai 2026-2030: all for people from 70 to under 75 of zone I communes).
#[test]
fn what_a_place_supports_is_asked_within_the_width_of_a_screen() {
    let told = asked(&["GD", "1", "12", "01/12/2026", "Đồng Nai", "0", "", "3 15/03/1955", "31/12/2026"]);
    let long: Vec<&str> = told
        .lines()
        .take_while(|line| !line.starts_with("Lần sau"))
        .filter(|line| line.chars().count() > 80)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
    says(&told, &["kèm ngày sinh", "= 0\u{a0}đ", "--born 1955-03-15", "1.366.200\u{a0}đ  100%"]);
}

/// The sheet is written where the answer says, and only when one was asked for; a file that is there stays.
#[test]
fn a_sheet_to_print_is_offered_at_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = folder.path().join("phiếu.html");
    let name = sheet.display().to_string();
    let answers = ["GD", "4", "12", "01/08/2026", "", "0", "", "", &name];
    let told = asked(&answers);
    says(&told, &["Phiếu để in", &format!("Đã ghi {name}"), "Ctrl-P"]);
    let written = std::fs::read_to_string(&sheet).expect("the sheet");
    says(&written, &["3.825.360", "Không thay thế biên lai thu tiền"]);
    let again = at_terminal(&["--lang", "vi"], &(answers.join("\n") + "\n"));
    assert!(again.code != 0 && again.stderr.contains("E0802"), "{} {}", again.code, again.stderr);
    let told = asked(&["GD", "4", "12", "01/08/2026", "", "0", "", "", "thôi"]);
    assert!(!told.contains("Đã ghi"), "{told}");
}
