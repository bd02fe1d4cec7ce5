//! Mẫu in: lists of people in the office's forms, filled from the answers of a batch, ready to be signed.
//!
//! Headings, sections, order of columns and places of cells are those of the printed forms; the readers of tables understand what
//! is written here.

mod book;
mod c17;
mod d03;
mod mau3;
mod mau4;
pub mod slip;

use rust_xlsxwriter::XlsxError;

use self::book::{FormBook, dong};
use crate::terms::number::Vnd;

/// Mẫu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Mẫu số 3: people who only join health insurance.
    Mau3,
    /// Mẫu số 4: one household a sheet.
    Mau4,
    /// D03-TS of 2023.
    D03,
    /// C17-TS: receipts of an agent.
    C17,
}

impl Form {
    /// All forms with the names that `--form` knows.
    pub const NAMES: [(&'static str, Form); 4] =
        [("mau-3", Form::Mau3), ("mau-4", Form::Mau4), ("d03-ts", Form::D03), ("c17", Form::C17)];

    /// The profile of the form's layout; none for a form that is only written.
    pub const fn profile(self) -> Option<&'static str> {
        match self {
            Form::Mau3 => Some("mau-so-3"),
            Form::Mau4 => Some("mau-so-4"),
            Form::D03 => Some("d03-ts"),
            Form::C17 => None,
        }
    }
}

/// Một người trên mẫu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Họ và tên.
    pub name: String,
    /// Mã số BHXH.
    pub social_number: String,
    /// Số căn cước.
    pub citizen_id: String,
    /// Ngày sinh, as the table has it.
    pub born: String,
    /// Giới tính, as the table has it.
    pub sex: String,
    /// Địa chỉ.
    pub address: String,
    /// Nơi đăng ký khám chữa bệnh ban đầu.
    pub facility: String,
    /// Quan hệ với chủ hộ.
    pub relation: String,
    /// Số biên lai.
    pub receipt: String,
    /// Mã nhân viên thu.
    pub collector: String,
    /// Who pays [`Person::other`], as the table names it.
    pub supporter: String,
    /// Mã hộ.
    pub household: String,
    /// Tháng đầu, as the table has it.
    pub from: String,
    /// Ngày đóng (dd/mm/yyyy).
    pub paid_on: String,
    /// Số tháng.
    pub months: String,
    /// Mức làm căn cứ đóng một tháng, after the ladder where there is one.
    pub base: Vnd,
    /// Lương cơ sở của ngày đóng.
    pub base_salary: Vnd,
    /// Thứ tự trong hộ.
    pub rank: Option<u32>,
    /// Mức đóng.
    pub premium: Vnd,
    /// Người tham gia đóng.
    pub own_part: Vnd,
    /// Ngân sách nhà nước.
    pub state: Vnd,
    /// Ngân sách địa phương.
    pub local: Vnd,
    /// Nguồn khác.
    pub other: Vnd,
}

/// Một danh sách: people of one group who paid on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Tên đối tượng.
    pub group: String,
    /// Mã đối tượng.
    pub code: String,
    /// People in their order.
    pub people: Vec<Person>,
}

/// The workbook of a form.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn workbook(form: Form, lists: &[List]) -> Result<Vec<u8>, XlsxError> {
    let mut book = FormBook::new();
    for list in lists {
        match form {
            Form::Mau3 => mau3::sheet(&mut book, list)?,
            Form::Mau4 => mau4::sheets(&mut book, list)?,
            Form::D03 => d03::sheet(&mut book, list)?,
            Form::C17 => c17::sheet(&mut book, list)?,
        }
    }
    book.finish()
}

/// A part of a whole in percent, with a comma where it is no whole number.
fn percent(part: Vnd, whole: Vnd) -> String {
    if whole == Vnd::ZERO {
        return "0".to_owned();
    }
    let hundredths = (i128::from(part.hundredths()) * 10_000 + i128::from(whole.hundredths()) / 2)
        / i128::from(whole.hundredths());
    let (whole, decimals) = (hundredths / 100, hundredths % 100);
    if decimals == 0 { whole.to_string() } else { format!("{whole},{decimals:02}") }
}

/// Ghi chú của Mẫu số 3 và 4: months, and what other organisations pay, in percent as the guide has it and in đồng, which is exact.
fn note(person: &Person) -> String {
    if person.other == Vnd::ZERO {
        return format!("{} tháng", person.months);
    }
    let who = if person.supporter.is_empty() { String::new() } else { format!(" ({})", person.supporter) };
    let (share, amount) = (percent(person.other, person.premium), dong(person.other));
    format!("{} tháng; tổ chức, cá nhân khác{who} hỗ trợ {share} % ({amount} đồng)", person.months)
}

/// Các hộ của một danh sách: neighbours with the same household, or up to the next place that begins anew.
pub fn households(people: &[Person]) -> Vec<&[Person]> {
    let goes_on = |before: &Person, person: &Person| {
        before.household == person.household
            && (!person.household.is_empty() || person.rank.is_some_and(|rank| rank > 1))
    };
    people.chunk_by(goes_on).collect()
}

/// The sum of an amount over people.
fn sum(people: &[Person], amount: impl Fn(&Person) -> Vnd) -> Vnd {
    people.iter().map(amount).sum()
}

/// A day `05/08/2026` in the words of a form.
fn day_in_words(day: &str) -> String {
    let parts: Vec<&str> = day.split('/').collect();
    match parts[..] {
        [day, month, year] => format!("ngày {day} tháng {month} năm {year}"),
        _ => "ngày … tháng … năm …".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_percents_as_forms_print_them() {
        assert_eq!(
            [dong(Vnd::whole(0)), dong(Vnd::whole(683_100)), dong(Vnd::whole(2_530_000))],
            ["0", "683.100", "2.530.000"]
        );
        assert_eq!(percent(Vnd::whole(956_340), Vnd::whole(1_366_200)), "70");
        assert_eq!(percent(Vnd::whole(1), Vnd::whole(3)), "33,33");
        assert_eq!(day_in_words("05/08/2026"), "ngày 05 tháng 08 năm 2026");
    }
}
