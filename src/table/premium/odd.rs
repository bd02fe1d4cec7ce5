//! Cột lạ: columns whose heading is not understood, and what their cells look like.
//!
//! A place in the household, a share, an amount, a number of months, a day or a province under a heading of somebody's own would
//! change what is paid. Such a column is compared with what was computed for its rows, and named where the two part.

use chrono::{Months, NaiveDate};

use super::fields::{
    FROM, FROM_MONTH, HOUSEHOLD, LADDER_PERCENT, LADDER_PERCENT_OR_FIRST, MONTHS, PAY_OR_LADDER_BASE,
    PROVINCE, RANK,
};
use super::note::months;
use super::place::{self, PlaceCell};
use super::whereabouts::PlaceReader;
use crate::table::cells::text;
use crate::table::csv::TableRow;
use crate::table::days::day_or_month;
use crate::table::heading::Layout;
use crate::terms::fold::fold;
use crate::terms::problem::Code;

/// Một cột lạ giống gì.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Amounts and shares.
    Money,
    /// Places in the household.
    Place,
    /// Members of a family by their relation.
    Relation,
    /// Numbers of months.
    Months,
    /// Days about the time of payment.
    Day,
    /// Provinces.
    Province,
    /// Nothing stands in the first rows: every cell speaks for itself.
    Unseen,
}

impl Look {
    /// The code that says that such a column was left out.
    pub(super) fn code(self) -> Code {
        match self {
            Look::Money => Code::MoneyColumnLeftOut,
            _ => Code::OddColumn,
        }
    }

    /// What it looks like in both languages, and the field to map it to.
    pub(super) fn words(self) -> [&'static str; 3] {
        match self {
            Look::Money => ["số tiền hoặc tỷ lệ", "amounts or shares", "stated"],
            Look::Place => ["thứ tự trong hộ", "places in the household", RANK],
            Look::Relation => ["quan hệ trong hộ", "members of a household", HOUSEHOLD],
            Look::Months => ["số tháng", "numbers of months", MONTHS],
            Look::Day => ["ngày bắt đầu", "first days", FROM],
            Look::Province => ["tỉnh, thành phố", "provinces", PROVINCE],
            Look::Unseen => ["tiền, tỷ lệ hoặc thứ tự", "amounts, shares or places", RANK],
        }
    }
}

/// Điều đã tính cho một dòng: what an odd cell is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Computed {
    /// The place on the ladder, for groups that have one.
    pub(super) rank: Option<u32>,
    /// Whether nothing but the order of rows says it.
    pub(super) is_placeless: bool,
    pub(super) months: u32,
    pub(super) paid_on: NaiveDate,
}

/// Một cột lạ.
#[derive(Debug, Clone)]
pub(super) struct OddColumn {
    pub(super) column: usize,
    pub(super) look: Look,
    pub(super) heading: String,
}

/// Các cột lạ đáng hỏi lại.
pub(super) fn columns(layout: &Layout) -> Vec<OddColumn> {
    let has = |fields: &[&str]| fields.iter().any(|field| layout.has(field));
    let says_day = has(&[FROM, FROM_MONTH]);
    let says_province = has(&[PROVINCE]);
    let says_place = has(&[RANK, LADDER_PERCENT, LADDER_PERCENT_OR_FIRST, PAY_OR_LADDER_BASE]);
    let odd = layout.odd.iter().filter_map(|(column, cells)| {
        let heading = Heading::of(&layout.names[*column]);
        let look = heading.look(&cells.iter().map(|cell| cell.trim()).collect::<Vec<_>>())?;
        let is_said = match look {
            Look::Day => says_day,
            Look::Province => says_province,
            Look::Place => says_place,
            _ => false,
        };
        (!is_said).then(|| OddColumn { column: *column, look, heading: layout.names[*column].clone() })
    });
    // What was seen comes before what may turn up.
    let (unseen, mut seen): (Vec<OddColumn>, Vec<OddColumn>) =
        odd.partition(|column| column.look == Look::Unseen);
    seen.extend(unseen);
    seen
}

impl OddColumn {
    /// Whether a row says something here that was not computed.
    pub(super) fn differs(
        &self,
        row: &TableRow<'_>,
        computed: &Computed,
        places: &mut PlaceReader<'_>,
    ) -> bool {
        let cell = row.cell(self.column);
        let Ok(read) = text(cell) else { return false };
        if read.is_empty() {
            return false;
        }
        match self.look {
            Look::Money => says_amount(&read),
            Look::Place => other_place(&read, computed),
            Look::Relation => computed.is_placeless && !is_head(&read),
            Look::Months => number_of_months(&read).is_some_and(|months| months != computed.months),
            Look::Day => near_day(&read, computed.paid_on),
            Look::Province => places.find(cell, computed.paid_on).is_ok_and(|place| place.is_some()),
            Look::Unseen => {
                is_grouped(&read)
                    || is_percent(&read) && says_amount(&read)
                    || is_place_in_words(&read) && other_place(&read, computed)
            }
        }
    }
}

/// Words of a heading.
struct Heading {
    /// Between dashes.
    folded: String,
}

/// What speaks of a place in the household, whatever its cells.
const OF_PLACES: [&str; 10] = [
    "thanh-vien",
    "t-vien",
    "tv",
    "ntg",
    "thu-tu",
    "thu-hang",
    "lan-tham-gia",
    "nguoi-thu",
    "trong-ho",
    "bac",
];
/// What speaks of money where numbers like amounts stand below it.
const OF_MONEY: [&str; 14] = [
    "tien", "phi", "thu", "nop", "dong", "gia", "cong", "hoi", "quy", "ung-ho", "tang", "nguon", "mtq", "ns",
];
/// Numbers of papers and codes, and what is known of people, change nothing.
const HARMLESS: [&str; 30] = [
    "bien-lai",
    "phieu",
    "chung-tu",
    "ten",
    "sdt",
    "dien-thoai",
    "dia-chi",
    "email",
    "tuoi",
    "gioi",
    "dan-toc",
    "quoc-tich",
    "chieu-cao",
    "can-nang",
    "lop",
    "khoi",
    "truong",
    "trang",
    "quyen",
    "to-so",
    "so-to",
    "so-nha",
    "so-the",
    "so-luong",
    "so-nguoi",
    "so-thanh-vien",
    "so-nhan-khau",
    "so-khau",
    "muc-huong",
    "tham-nien",
];
/// Small numbers below these are those of places and units where people live.
const OF_AREAS: [&str; 22] = [
    "to", "doi", "thon", "ap", "khom", "xom", "khu", "pho", "duong", "ngo", "kiet", "hem", "xa", "phuong",
    "quan", "huyen", "vung", "ban", "buon", "lang", "diem", "cum",
];
/// Days that are not those of a card.
const OF_PAPERS: [&str; 18] = [
    "cap", "sinh", "in", "hen", "nhap", "tra", "giao", "nhan", "gui", "ky", "cu", "het", "han", "chet",
    "lap", "tao", "duyet", "cmnd",
];
/// Provinces of birth and papers.
const OF_ORIGIN: [&str; 8] = ["sinh", "que", "nguyen-quan", "cap", "kcb", "kham", "benh-vien", "don-vi"];

impl Heading {
    fn of(shown: &str) -> Heading {
        let words = fold(shown).replace(|sign: char| !sign.is_alphanumeric(), "-");
        Heading { folded: format!("-{}-", words.trim_matches('-')) }
    }

    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.folded.contains(&format!("-{word}-")))
    }

    /// What the first cells of the column look like.
    fn look(&self, cells: &[&str]) -> Option<Look> {
        // Two rows of ten may be sections and totals.
        let most = |fits: &dyn Fn(&str) -> bool| {
            cells.iter().filter(|cell| fits(cell)).count() * 5 >= cells.len() * 4
        };
        let of_places = self.says(&OF_PLACES);
        if self.folded.starts_with("-ma-") || self.says(&HARMLESS) {
            return None;
        }
        if cells.is_empty() {
            return Some(Look::Unseen);
        }
        let of_area = self.says(&OF_AREAS) && !of_places;
        let is_place =
            |cell: &str| is_digit(cell) && !of_area || is_place_in_words(cell) || is_roman(cell) && !of_area;
        let is_number =
            |cell: &str| of_places && cell.len() <= 2 && cell.bytes().all(|byte| byte.is_ascii_digit());
        let looks: [(Look, bool); 7] = [
            (Look::Money, holds_amounts(cells, self.says(&OF_MONEY))),
            (Look::Place, most(&|cell| is_place(cell) || is_number(cell)) && (of_places || !count_up(cells))),
            (Look::Money, most(&is_share) && !(self.says(&OF_AREAS) && self.says(&["so"]))),
            (Look::Months, most(&|cell| number_of_months(cell).is_some())),
            (Look::Day, most(&is_day) && !self.says(&OF_PAPERS)),
            (Look::Relation, most(&is_relation) && !self.says(&["quan-he"])),
            (Look::Province, most(&is_name) && repeats(cells) && !self.says(&OF_ORIGIN)),
        ];
        looks.into_iter().find(|(_, looks)| *looks).map(|(look, _)| look)
    }
}

/// Whether percents, or numbers written as amounts, stand there. Digits alone may be the number of anything: they count where the
/// heading names money, where they are thousands, and where they differ and are all whole tens.
fn holds_amounts(cells: &[&str], is_named: bool) -> bool {
    if cells.iter().any(|cell| is_grouped(cell) || is_percent(cell)) {
        return true;
    }
    let lengths = if is_named { 5..=9 } else { 6..=8 };
    let is_plain = |cell: &&&str| {
        lengths.contains(&cell.len())
            && cell.bytes().all(|digit| digit.is_ascii_digit())
            && !cell.starts_with('0')
            && cell.ends_with('0')
    };
    let plain: Vec<&&str> = cells.iter().filter(is_plain).collect();
    let differ = plain.iter().any(|cell| **cell != *plain[0]);
    let are_thousands =
        plain.iter().all(|cell| cell.ends_with("000") || cell.len() == 7 && cell.ends_with("00"));
    plain.len() * 2 > cells.len() && (is_named || differ || are_thousands)
}

/// `1.366.200`, `956,340 đ`.
fn is_grouped(cell: &str) -> bool {
    let plain = cell.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let is_number = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
    let mut parts = plain.split(['.', ',']);
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    matches!(first.len(), 1..=3)
        && is_number(first)
        && !first.starts_with('0')
        && !rest.is_empty()
        && rest.iter().all(|part| part.len() == 3 && is_number(part))
        && first.len() + 3 * rest.len() > 4
}

fn is_percent(cell: &str) -> bool {
    cell.ends_with('%') && cell.starts_with(|sign: char| sign.is_ascii_digit())
}

/// Whether more than zeros stands there.
fn says_amount(cell: &str) -> bool {
    cell.chars().any(|sign| !matches!(sign, '0' | '.' | ',' | '%' | '-' | ' '))
}

/// `10` to `100` in whole tens, and `0.3`, as shares are.
fn is_share(cell: &str) -> bool {
    matches!(cell.as_bytes(), [b'1'..=b'9', b'0'] | [b'1', b'0', b'0'] | [b'0', b'.' | b',', b'1'..=b'9', ..])
}

fn is_digit(cell: &str) -> bool {
    matches!(cell.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'+'])
}

fn is_roman(cell: &str) -> bool {
    roman(cell).is_some()
}

fn roman(cell: &str) -> Option<u32> {
    (1..).zip(["I", "II", "III", "IV", "V", "VI"]).find(|(_, sign)| *sign == cell).map(|(number, _)| number)
}

/// `Người thứ ba`, `TV2`, `NTG 3`; a word for a number alone may be a name.
fn is_place_in_words(cell: &str) -> bool {
    let folded = fold(cell);
    let begins = ["nguoi", "thu-", "thanh-vien", "tv", "ntg", "thanh vien"]
        .iter()
        .any(|word| folded.starts_with(word));
    begins && matches!(place::read(cell.as_bytes()), Ok(Some(PlaceCell::Rank(_))))
}

/// Whether a cell names another place than the one that was computed.
fn other_place(cell: &str, computed: &Computed) -> bool {
    let Some(rank) = computed.rank else { return false };
    let read = roman(cell).map(PlaceCell::Rank).or_else(|| place::read(cell.as_bytes()).ok().flatten());
    match read {
        Some(PlaceCell::Rank(place)) => place != rank && !(cell.ends_with('+') && rank > place),
        Some(PlaceCell::Percent(_)) => true,
        None => false,
    }
}

/// `12 tháng`, `6T`, `1 năm`, and the usual numbers of months.
fn number_of_months(cell: &str) -> Option<u32> {
    let is_usual = matches!(cell, "3" | "6" | "12");
    let has_unit =
        cell.starts_with(|sign: char| sign.is_ascii_digit()) && cell.chars().any(char::is_alphabetic);
    (is_usual || has_unit).then(|| months(cell.as_bytes()).ok()).flatten()
}

fn is_day(cell: &str) -> bool {
    cell.contains(['/', '-', '.']) && day_or_month(cell.as_bytes(), None).is_ok()
}

/// Whether a day lies within a year of the payment, and is another one.
fn near_day(cell: &str, paid_on: NaiveDate) -> bool {
    const NEAR: Months = Months::new(12);
    let Ok(Some(day)) = day_or_month(cell.as_bytes(), None) else { return false };
    let is_near = paid_on.checked_sub_months(NEAR).is_some_and(|first| day > first)
        && paid_on.checked_add_months(NEAR).is_some_and(|last| day < last);
    is_near && day != paid_on
}

const RELATIONS: [&str; 19] = [
    "vo", "chong", "con", "con-ruot", "con-de", "con-dau", "con-re", "con-nuoi", "bo", "me", "cha", "ba",
    "ong", "chau", "anh", "chi", "em", "bo-de", "me-de",
];

fn is_head(cell: &str) -> bool {
    matches!(fold(cell).as_str(), "chu-ho" | "ch" | "chuho" | "ban-than")
}

fn is_relation(cell: &str) -> bool {
    is_head(cell) || RELATIONS.contains(&fold(cell).as_str())
}

/// Words without digits, as names of places are.
fn is_name(cell: &str) -> bool {
    const LONGEST: usize = 40;
    cell.chars().count() <= LONGEST
        && cell.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '.' | '-'))
}

/// Whether the cells are the numbers of their rows.
fn count_up(cells: &[&str]) -> bool {
    (1..).zip(cells).all(|(number, cell)| **cell == u32::to_string(&number))
}

/// Whether few texts stand in the cells, as in a column of provinces.
fn repeats(cells: &[&str]) -> bool {
    const FEW: usize = 3;
    let mut texts = cells.to_vec();
    texts.sort_unstable();
    texts.dedup();
    texts.len() <= FEW.max(cells.len() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_their_cells_and_by_what_their_heading_leaves_open() {
        for (heading, cells, look) in [
            ("Cột 7", &["1", "2", "1"][..], Some(Look::Place)),
            ("Cột 7", &["1", "2", "3"], None),
            ("Thành viên", &["1", "2", "3"], Some(Look::Place)),
            ("Thành viên", &["Người thứ ba"], Some(Look::Place)),
            ("Thành viên", &["Chủ hộ", "Vợ", "Con"], Some(Look::Relation)),
            ("Thành viên", &["Nguyễn Văn Mẫu", "Trần Thị Mẫu", "Lê Mẫu", "Hồ Mẫu", "Mai Mẫu"], None),
            ("Tổ", &["3", "5"], None),
            ("Ghi thêm", &["20", "30"], Some(Look::Money)),
            ("MTQ", &["300000"], Some(Look::Money)),
            ("Bưu chính", &["100200"], None),
            ("Thời gian", &["12 tháng", "6 tháng"], Some(Look::Months)),
            ("Ngày", &["01/10/2026"], Some(Look::Day)),
            ("Ngày cấp", &["01/10/2026"], None),
            ("Địa bàn", &["Hà Tĩnh", "Hà Tĩnh"], Some(Look::Province)),
            ("Nơi sinh", &["Hà Tĩnh", "Hà Tĩnh"], None),
            ("Ô trống", &[], Some(Look::Unseen)),
            ("Lớp", &["3"], None),
        ] {
            assert_eq!(Heading::of(heading).look(cells), look, "{heading} {cells:?}");
        }
    }
}
