//! Mẫu số 4: danh sách thành viên hộ gia đình tham gia bảo hiểm y tế (annex of Decree 188/2025), one household a sheet.

use rust_xlsxwriter::XlsxError;

use super::book::{self, FormBook, FormHeading, dong};
use super::{List, Person, households, note, percent, sum};
use crate::terms::number::Vnd;

const COLUMNS: usize = 12;
/// Letters of each column.
const WIDTHS: [u16; COLUMNS] = [5, 24, 12, 14, 12, 18, 12, 12, 10, 8, 8, 14];
const HEADINGS: &[FormHeading<'_>] = &[
    (5, 0, 6, 0, "STT"),
    (5, 1, 6, 1, "Họ và tên"),
    (5, 2, 6, 2, "Mã số bảo hiểm y tế"),
    (5, 3, 6, 3, "Số CCCD/ ĐDCN"),
    (5, 4, 6, 4, "Ngày, tháng, năm sinh"),
    (5, 5, 6, 5, "Nơi đăng ký khám bệnh, chữa bệnh ban đầu"),
    (5, 6, 6, 6, "Tiền lương"),
    (5, 7, 6, 7, "Quan hệ với chủ hộ"),
    (5, 8, 6, 8, "Tỷ lệ NSNN hỗ trợ (%)"),
    (5, 9, 5, 10, "Thẻ bảo hiểm y tế"),
    (6, 9, 6, 9, "Bản điện tử"),
    (6, 10, 6, 10, "Bản giấy"),
    (5, 11, 6, 11, "Ghi chú"),
];

/// One sheet for every household of the list.
pub(super) fn sheets(book: &mut FormBook, list: &List) -> Result<(), XlsxError> {
    let households = households(&list.people);
    for (index, people) in households.iter().enumerate() {
        household(book, index + 1, people)?;
    }
    Ok(())
}

fn household(book: &mut FormBook, number: usize, people: &[Person]) -> Result<(), XlsxError> {
    let (plain, bold, head, cell) =
        (book.plain.clone(), book.bold.clone(), book.head.clone(), book.cell.clone());
    let first = people.first();
    let id = first.map_or("", |person| person.household.as_str());
    let sheet = book.sheet(&if id.is_empty() { format!("Hộ {number}") } else { format!("Hộ {id}") })?;
    sheet.merge_range(1, 0, 1, 11, "DANH SÁCH THÀNH VIÊN HỘ GIA ĐÌNH THAM GIA BẢO HIỂM Y TẾ", &bold)?;
    let head_of = people.iter().find(|person| person.relation.to_lowercase().contains("chủ hộ")).or(first);
    let name = head_of.map_or("", |person| person.name.as_str());
    let address = head_of.map_or("", |person| person.address.as_str());
    sheet.write_string_with_format(
        2,
        0,
        format!("Họ và tên chủ hộ: {name}; số điện thoại (nếu có): "),
        &plain,
    )?;
    sheet.write_string_with_format(
        3,
        0,
        format!("Địa chỉ: Số nhà, đường/phố, thôn/xóm: {address}"),
        &plain,
    )?;
    book::headings(sheet, HEADINGS, &head)?;
    book::texts(sheet, 7, &book::numbers(COLUMNS), &head)?;
    book::heights(sheet, 5, &[2, 2])?;
    book::widths(sheet, &WIDTHS)?;
    for (index, person) in people.iter().enumerate() {
        let budget = percent(person.state + person.local, person.premium);
        let has_budget = person.state + person.local != Vnd::ZERO;
        let cells = [
            (index + 1).to_string(),
            person.name.clone(),
            person.social_number.clone(),
            person.citizen_id.clone(),
            person.born.clone(),
            person.facility.clone(),
            dong(person.base_salary),
            person.relation.clone(),
            if has_budget { budget } else { String::new() },
            "x".to_owned(),
            String::new(),
            note(person),
        ];
        book::fit(sheet, 8 + book::row(index), &cells, &WIDTHS)?;
        book::texts(sheet, 8 + book::row(index), &cells, &cell)?;
    }
    let below = 9 + book::row(people.len());
    let foot = format!("Tổng số người đề nghị cấp thẻ bảo hiểm y tế: {}", people.len());
    sheet.write_string_with_format(below, 0, foot, &plain)?;
    let paid = format!("Ghi chú: số tiền phải đóng {} đồng", dong(sum(people, |person| person.own_part)));
    sheet.write_string_with_format(below + 1, 0, paid, &plain)?;
    sheet.write_string_with_format(below + 3, 7, "(ký, ghi rõ họ tên)", &plain)?;
    Ok(())
}
