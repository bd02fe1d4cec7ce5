//! Mẫu số 3: danh sách đối tượng tham gia bảo hiểm y tế (annex of Decree 188/2025, as Decision 366/QĐ-BHXH has it filled in).

use rust_xlsxwriter::XlsxError;

use super::book::{self, FormBook, FormHeading, dong};
use super::{List, Person, day_in_words, note, percent};
use crate::terms::number::Vnd;

const COLUMNS: usize = 15;
/// Letters of each column.
const WIDTHS: [u16; COLUMNS] = [5, 24, 12, 14, 14, 12, 7, 8, 8, 11, 10, 10, 7, 7, 16];
const HEADINGS: &[FormHeading<'_>] = &[
    (6, 0, 8, 0, "STT"),
    (6, 1, 8, 1, "Họ và tên"),
    (6, 2, 8, 2, "Mã số bảo hiểm y tế"),
    (6, 3, 8, 3, "Số căn cước công dân/ Định danh cá nhân"),
    (6, 4, 8, 4, "Nơi đăng ký khám chữa bệnh ban đầu"),
    (6, 5, 6, 9, "Mức đóng"),
    (7, 5, 8, 5, "Tiền lương"),
    (7, 6, 7, 8, "Phụ cấp"),
    (8, 6, 8, 6, "Chức vụ"),
    (8, 7, 8, 7, "Thâm niên vượt khung (%)"),
    (8, 8, 8, 8, "Thâm niên nghề (%)"),
    (7, 9, 8, 9, "Các khoản phụ cấp lương và thu nhập bổ sung"),
    (6, 10, 8, 10, "Tháng tham gia"),
    (6, 11, 8, 11, "Tỷ lệ ngân sách nhà nước hỗ trợ (%)"),
    (6, 12, 6, 13, "Loại thẻ bảo hiểm y tế"),
    (7, 12, 8, 12, "Bản điện tử"),
    (7, 13, 8, 13, "Bản giấy"),
    (6, 14, 8, 14, "Ghi chú"),
];

/// One sheet a group and day: the form has no other place for the day of payment.
pub(super) fn sheet(book: &mut FormBook, list: &List) -> Result<(), XlsxError> {
    let (plain, bold, head) = (book.plain.clone(), book.bold.clone(), book.head.clone());
    let centred = book.centred.clone();
    let (cell, strong) = (book.cell.clone(), book.strong.clone());
    let first = list.people.first();
    let day = first.map_or("", |person| person.paid_on.as_str());
    let collector = first.map_or("", |person| person.collector.as_str());
    let sheet = book.sheet(&format!("Mẫu 3 {} {}", list.code, day.replace('/', "-")))?;
    let titles = [
        "Tên cơ quan/tổ chức:".to_owned(),
        "Mã cơ quan,tổ chức:".to_owned(),
        "Họ và tên nhân viên thu:".to_owned(),
        format!("Mã nhân viên thu: {collector}"),
    ];
    for (row, title) in (0..).zip(titles) {
        sheet.write_string_with_format(row, 0, title, &plain)?;
    }
    // The printed form names no group; a reader of the file needs it.
    sheet.write_string_with_format(0, 6, format!("Đối tượng tham gia: {}", list.group), &plain)?;
    sheet.write_string_with_format(1, 6, format!("Mã đối tượng: {}", list.code), &plain)?;
    sheet.merge_range(4, 0, 4, 14, "DANH SÁCH ĐỐI TƯỢNG THAM GIA BẢO HIỂM Y TẾ", &bold)?;
    sheet.merge_range(5, 0, 5, 14, &format!("Số: …… ; {}", day_in_words(day)), &centred)?;
    book::headings(sheet, HEADINGS, &head)?;
    book::texts(sheet, 9, &book::numbers(COLUMNS), &head)?;
    book::heights(sheet, 6, &[2, 3, 4])?;
    book::widths(sheet, &WIDTHS)?;
    let mut at = 10;
    let section = |sheet: &mut rust_xlsxwriter::Worksheet, at: u32, mark: &str, name: &str| {
        let mut cells = vec![""; COLUMNS];
        (cells[0], cells[1]) = (mark, name);
        book::texts(sheet, at, &cells, &strong)
    };
    section(sheet, at, "(1)", "Tăng")?;
    at += 1;
    for (index, person) in list.people.iter().enumerate() {
        let cells = row(index + 1, person);
        book::fit(sheet, at, &cells, &WIDTHS)?;
        book::texts(sheet, at, &cells, &cell)?;
        at += 1;
    }
    section(sheet, at, "(2)", "Giảm")?;
    sheet.write_string_with_format(
        at + 2,
        0,
        "Đề nghị cơ quan BHXH thanh toán thù lao theo quy định.",
        &plain,
    )?;
    sheet.write_string_with_format(at + 4, 10, "(ký, ghi rõ họ tên)", &plain)?;
    Ok(())
}

fn row(number: usize, person: &Person) -> Vec<String> {
    let budget = percent(person.state + person.local, person.premium);
    let has_budget = person.state + person.local != Vnd::ZERO;
    vec![
        number.to_string(),
        person.name.clone(),
        person.social_number.clone(),
        person.citizen_id.clone(),
        person.facility.clone(),
        dong(person.base),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        person.from.clone(),
        if has_budget { budget } else { String::new() },
        "x".to_owned(),
        String::new(),
        note(person),
    ]
}
