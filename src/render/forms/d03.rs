//! D03-TS: danh sách người chỉ tham gia BHYT (Decision 490/QĐ-BHXH of 2023), with sections and sums as printed.

use rust_xlsxwriter::XlsxError;

use super::book::{self, FormBook, FormHeading, dong};
use super::{List, Person, percent, sum};
use crate::terms::number::Vnd;

const COLUMNS: usize = 17;
/// Letters of each column.
const WIDTHS: [u16; COLUMNS] = [5, 24, 12, 14, 12, 7, 20, 18, 11, 11, 13, 9, 11, 11, 7, 10, 14];
const HEADINGS: &[FormHeading<'_>] = &[
    (9, 0, 10, 0, "STT"),
    (9, 1, 10, 1, "Họ và tên"),
    (9, 2, 10, 2, "Mã số BHXH"),
    (9, 3, 10, 3, "Số CCCD/ CNTND ĐDCN/hộ chiếu"),
    (9, 4, 10, 4, "Ngày tháng năm sinh"),
    (9, 5, 10, 5, "Giới tính"),
    (9, 6, 10, 6, "Địa chỉ"),
    (9, 7, 10, 7, "Nơi đăng ký KCB ban đầu"),
    (9, 8, 10, 8, "Ngày biên lai"),
    (9, 9, 10, 9, "Số biên lai"),
    (9, 10, 10, 10, "Tiền lương hưu, trợ cấp TN, TS"),
    (9, 11, 9, 12, "Hỗ trợ thêm"),
    (10, 11, 10, 11, "NSĐP"),
    (10, 12, 10, 12, "Khác"),
    (9, 13, 9, 14, "Thời gian tham gia"),
    (10, 13, 10, 13, "Từ tháng"),
    (10, 14, 10, 14, "Số tháng"),
    (9, 15, 10, 15, "Mã số nhân viên thu"),
    (9, 16, 10, 16, "Ghi chú"),
];

/// One sheet a group.
pub(super) fn sheet(book: &mut FormBook, list: &List) -> Result<(), XlsxError> {
    let (plain, bold, head) = (book.plain.clone(), book.bold.clone(), book.head.clone());
    let centred = book.centred.clone();
    let (cell, strong) = (book.cell.clone(), book.strong.clone());
    let base = list.people.first().map_or(Vnd::ZERO, |person| person.base_salary);
    let sheet = book.sheet(&format!("D03-TS {}", list.code))?;
    for (row, title) in [(1, "Tên đơn vị/Điểm thu:"), (2, "Mã đơn vị/Điểm thu:"), (3, "Địa chỉ:")]
    {
        sheet.write_string_with_format(row, 0, title, &plain)?;
    }
    sheet.write_string_with_format(1, 11, "Mẫu D03-TS", &plain)?;
    sheet.merge_range(4, 6, 4, 10, "DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT", &bold)?;
    sheet.merge_range(5, 6, 5, 10, "Số …… tháng …… năm ……", &centred)?;
    sheet.write_string_with_format(7, 1, format!("Đối tượng tham gia: {}", list.group), &plain)?;
    sheet.write_string_with_format(7, 4, format!("Mã đối tượng: {}", list.code), &plain)?;
    sheet.write_string_with_format(7, 8, format!("Lương cơ sở: {} đồng", dong(base)), &plain)?;
    book::headings(sheet, HEADINGS, &head)?;
    book::texts(sheet, 11, &book::numbers(COLUMNS), &head)?;
    book::heights(sheet, 9, &[2, 2])?;
    book::widths(sheet, &WIDTHS)?;
    let mut at = 12;
    let mut line = |sheet: &mut rust_xlsxwriter::Worksheet, cells: &[(usize, String)], format: &_| {
        let mut row = vec![String::new(); COLUMNS];
        for (column, text) in cells {
            row[*column].clone_from(text);
        }
        book::fit(sheet, at, &row, &WIDTHS)?;
        book::texts(sheet, at, &row, format)?;
        at += 1;
        Ok::<(), XlsxError>(())
    };
    let text = |text: &str| text.to_owned();
    line(sheet, &[(0, text("I")), (1, text("Tăng"))], &strong)?;
    line(sheet, &[(0, text("I.1")), (1, text("Người tham gia"))], &strong)?;
    for (index, person) in list.people.iter().enumerate() {
        let cells: Vec<(usize, String)> = row(index + 1, person).into_iter().enumerate().collect();
        line(sheet, &cells, &cell)?;
    }
    line(sheet, &[(0, text("I.2")), (1, text("Tiền lương"))], &strong)?;
    let paid = dong(sum(&list.people, |person| person.own_part));
    let other = dong(sum(&list.people, |person| person.other));
    line(sheet, &[(1, text("Cộng tăng")), (10, paid), (12, other)], &strong)?;
    line(sheet, &[(0, text("II")), (1, text("Giảm"))], &strong)?;
    line(sheet, &[(1, text("Cộng giảm")), (10, text("0"))], &strong)?;
    let foot = format!("Tổng số thẻ BHYT đề nghị cấp: {}", list.people.len());
    sheet.write_string_with_format(at + 1, 0, foot, &plain)?;
    sheet.write_string_with_format(at + 2, 11, "(ký, ghi rõ họ tên và đóng dấu)", &plain)?;
    Ok(())
}

fn row(number: usize, person: &Person) -> Vec<String> {
    let local = if person.local == Vnd::ZERO { String::new() } else { percent(person.local, person.premium) };
    let other = if person.other == Vnd::ZERO { String::new() } else { dong(person.other) };
    vec![
        number.to_string(),
        person.name.clone(),
        person.social_number.clone(),
        person.citizen_id.clone(),
        person.born.clone(),
        person.sex.clone(),
        person.address.clone(),
        person.facility.clone(),
        person.paid_on.clone(),
        person.receipt.clone(),
        dong(person.own_part),
        local,
        other,
        person.from.clone(),
        person.months.clone(),
        person.collector.clone(),
        person.supporter.clone(),
    ]
}
