//! C17-TS: biên lai thu tiền, the receipts of an agent with their sum in figures and words.

use rust_xlsxwriter::XlsxError;

use super::List;
use super::book::{self, FormBook, dong};
use crate::render::spelled::in_words;
use crate::render::wording::Lang;
use crate::terms::number::Vnd;

/// One sheet a list: receipts in the order of the table, people of one receipt together.
pub(super) fn sheet(book: &mut FormBook, list: &List) -> Result<(), XlsxError> {
    let (plain, bold, head) = (book.plain.clone(), book.bold.clone(), book.head.clone());
    let (cell, number) = (book.cell.clone(), book.number.clone());
    let (strong, strong_number) = (book.strong.clone(), book.strong_number.clone());
    let mut receipts: Vec<(&str, &str, Vnd)> = Vec::new();
    for person in &list.people {
        let known = receipts.iter_mut().find(|(receipt, day, _)| {
            !receipt.is_empty() && (*receipt, *day) == (&*person.receipt, &*person.paid_on)
        });
        match known {
            Some((_, _, amount)) => *amount += person.own_part,
            None => receipts.push((&person.receipt, &person.paid_on, person.own_part)),
        }
    }
    let collector = list.people.first().map_or("", |person| person.collector.as_str());
    let sheet = book.sheet(&format!("C17 {}", list.code))?;
    sheet.set_portrait();
    sheet.merge_range(0, 0, 0, 4, "BẢNG KÊ BIÊN LAI THU TIỀN ĐÓNG BẢO HIỂM Y TẾ", &bold)?;
    sheet.write_string_with_format(1, 0, format!("Nhân viên thu: {collector}"), &plain)?;
    sheet.write_string_with_format(2, 0, format!("Đối tượng: {}", list.group), &plain)?;
    book::headings(
        sheet,
        &[
            (4, 0, 5, 0, "STT"),
            (4, 1, 4, 2, "Số biên lai"),
            (5, 1, 5, 1, "Quyển"),
            (5, 2, 5, 2, "Số"),
            (4, 3, 5, 3, "Ngày"),
            (4, 4, 5, 4, "Số tiền thu (đồng)"),
        ],
        &head,
    )?;
    book::widths(sheet, &[6, 12, 16, 14, 20])?;
    let mut total = Vnd::ZERO;
    let mut at = 6;
    for (index, (receipt, day, paid)) in receipts.iter().enumerate() {
        let texts = [(index + 1).to_string(), String::new(), (*receipt).to_owned(), (*day).to_owned()];
        book::texts(sheet, at, &texts, &cell)?;
        book::amount(sheet, at, 4, *paid, &number)?;
        total += *paid;
        at += 1;
    }
    book::texts(sheet, at, &["", "Tổng cộng", "", ""], &strong)?;
    book::amount(sheet, at, 4, total, &strong_number)?;
    let words = format!("Số tiền: {} đồng. Bằng chữ: {}.", dong(total), in_words(total, Lang::Vi));
    sheet.write_string_with_format(at + 2, 0, words, &plain)?;
    sheet.write_string_with_format(at + 4, 3, "(ký, ghi rõ họ tên)", &plain)?;
    Ok(())
}
