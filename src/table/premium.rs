//! Bảng người tham gia: rows of people as persons and payments, and the batch that answers with premiums.
//!
//! `unemployment-fund` has no column of its own: its part is added to `social_insurance_fund`.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::batch::{Answer, Kernel};
use super::csv::Row;
use super::heading::{Epoch, Field, Layout};
use crate::case::quote::{Circumstance, Enrollee, tag};
use crate::engine::plans::{Kept, Plans, Question, may_be_on_ladder};
use crate::engine::premium::{Amounts, Payment};
use crate::rulebook::{GroupLookup, Rulebook};
use crate::terms::amount::{AmountError, parse_amount};
use crate::terms::fold::tidy;
use crate::terms::group::Payer;
use crate::terms::money::{LARGEST_AMOUNT, Vnd};
use crate::terms::period::{DateError, days_after, parse_date};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::Mixer;

const GROUP: &str = "group";
const MONTHS: &str = "months";
const PAID_ON: &str = "paid_on";
const FROM: &str = "from";
const BORN: &str = "born";
const SALARY: &str = "salary";
const PROVINCE: &str = "province";
const TAGS: &str = "tags";
const RANK: &str = "rank";
const ALREADY: &str = "already";

/// Field whose equal neighbours are one household.
pub const HOUSEHOLD: &str = "household_id";

const fn field(name: &'static str, required: bool, aliases: &'static [&'static str]) -> Field {
    Field { name, required, aliases }
}

/// What the columns of a table of people can mean. `person_id` and all others are carried through.
pub const FIELDS: &[Field] = &[
    field(
        GROUP,
        true,
        &[
            "doituong", "madoituong", "madt", "nhom", "manhom", "nhomdoituong", "loaidoituong", "doituongthamgia",
            "madoituongthamgia", "nhomdoituongthamgia", "doituongbhyt", "madoituongbhyt", "loaihinhthamgia", "dt",
        ],
    ),
    field(
        MONTHS,
        true,
        &[
            "sothang", "sothangdong", "sothangthamgia", "thang", "sothangdongbhyt", "tongsothang", "thoihan",
            "sothangdanhky", "sothangdangky", "kydong", "thoigiandong",
        ],
    ),
    field(
        PAID_ON,
        true,
        &[
            "ngaydong", "ngaydongtien", "ngaynop", "ngaynoptien", "ngaythu", "ngaythutien", "ngaybienlai", "ngaybl",
            "bienlaingay", "ngaylapbienlai", "ngaythanhtoan", "ngaychungtu", "paidon", "paymentdate",
        ],
    ),
    field(
        FROM,
        false,
        &[
            "tungay", "giatritungay", "thetungay", "thegiatritungay", "thecogiatritungay", "hanthetungay", "gttungay",
            "handungtungay", "ngaybatdau", "hieuluctungay", "ngayhieuluc", "ngaybatdauthe", "startdate",
        ],
    ),
    field(BORN, false, &["ngaysinh", "ngaythangnamsinh", "ngsinh", "sinhngay", "birthdate", "dateofbirth", "dob"]),
    field(
        SALARY,
        false,
        &[
            "luong", "tienluong", "mucluong", "luongthang", "tienluongthang", "mucluongdongbhyt", "tienluongdongbhyt",
            "mucluongdongbhxh", "luonghuu", "trocap", "tienluongtrocap", "luonghuutrocap", "tienluonghuutrocap",
            "mucluonghuutrocap", "cancudong", "mucdongcancu", "tienluonghoactrocap", "wage",
        ],
    ),
    field(PROVINCE, false, &["tinh", "tinhthanh", "tinhthanhpho", "tinhtp", "tentinh", "thanhpho"]),
    field(TAGS, false, &["hoancanh", "dienhotro", "dien", "doituonghotro", "dieukien", "hoancanhhotro"]),
    field(RANK, false, &["thutu", "thututhanhvien", "thanhvienthu", "nguoithu", "thutunguoi", "thuturanho", "thututrongho"]),
    field(ALREADY, false, &["dadong", "songuoidadong", "songuoidathamgia", "sothanhviendadong"]),
    field(
        HOUSEHOLD,
        false,
        &["maho", "mahogiadinh", "soho", "sohogiadinh", "mahgd", "mashogd", "mahogd", "sohokhau", "sosohokhau", "household"],
    ),
    field("person_id", false, &[]),
];

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["premium", "person", "employer", "social_insurance_fund", "state", "local", "other", "member_rank"];

/// Longest list of texts of a kind that a reader remembers.
const MOST_REMEMBERED: usize = 4096;

/// Largest place on the ladder, and number of members who already paid, that can be meant.
const LARGEST_RANK: u32 = 999;

#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Mixer>>;

/// Columns of a table by what they mean.
#[derive(Debug, Clone, Copy)]
struct Columns {
    group: usize,
    months: usize,
    paid_on: usize,
    from: Option<usize>,
    born: Option<usize>,
    salary: Option<usize>,
    province: Option<usize>,
    tags: Option<usize>,
    rank: Option<usize>,
    already: Option<usize>,
}

/// Hoàn cảnh của một ô.
#[derive(Debug, Clone)]
struct Tags {
    /// Stands for the names, the same for the same names only.
    names: u32,
    circumstances: Vec<Circumstance>,
    /// Circumstances that no policy asks for.
    unknown: bool,
}

/// Đọc người tham gia: one reader a thread, rows of a household in their order.
pub struct People<'r> {
    rules: &'r Rulebook,
    columns: Columns,
    epoch: Option<Epoch>,
    groups: Map<Vec<u8>, Result<usize, Problem>>,
    /// Groups by two capital letters.
    codes: Vec<u16>,
    on_ladder: Vec<bool>,
    provinces: Map<Vec<u8>, Result<&'r str, Problem>>,
    tags: Map<Vec<u8>, Result<Tags, Problem>>,
    names: Map<Vec<String>, u32>,
    known_tags: Vec<&'r str>,
    person: Enrollee,
    /// Position of the person's group.
    group: usize,
    place: u32,
}

/// Một người và một lần đóng, as a row gives them.
#[derive(Debug, Clone, Copy)]
pub struct Found<'p> {
    /// The person.
    pub person: &'p Enrollee,
    /// Position of the group in the rulebook.
    pub group: usize,
    /// Stands for the names of the circumstances.
    pub names: u32,
    /// Payment, with the province as the rulebook knows it.
    pub payment: Payment<'p>,
    /// Place on the ladder, for groups that have one.
    pub rank: u32,
    /// Whether a circumstance is one that no policy asks for.
    pub unknown_tag: bool,
}

impl<'p> Found<'p> {
    /// The question to the plans.
    pub fn question(&self) -> Question<'p> {
        Question { person: self.person, group: self.group, names: self.names, payment: self.payment }
    }
}

const NO_GROUP: u16 = u16::MAX;

impl<'r> People<'r> {
    /// A reader for tables of this layout.
    pub fn new(rules: &'r Rulebook, layout: &Layout) -> People<'r> {
        let groups = &rules.groups.1;
        let mut codes = vec![NO_GROUP; 26 * 26];
        for code in groups.iter().flat_map(|group| &group.codes) {
            let found = rules.find_group(code).ok();
            let at = found.and_then(|found| groups.iter().position(|group| group.id == found.id));
            if let (Some(slot), Some(at)) = (letters(code.as_bytes()), at) {
                codes[slot] = u16::try_from(at).unwrap_or(NO_GROUP);
            }
        }
        People {
            rules,
            columns: Columns {
                group: layout.column(GROUP).unwrap_or(usize::MAX),
                months: layout.column(MONTHS).unwrap_or(usize::MAX),
                paid_on: layout.column(PAID_ON).unwrap_or(usize::MAX),
                from: layout.column(FROM),
                born: layout.column(BORN),
                salary: layout.column(SALARY),
                province: layout.column(PROVINCE),
                tags: layout.column(TAGS),
                rank: layout.column(RANK),
                already: layout.column(ALREADY),
            },
            epoch: layout.epoch,
            groups: Map::default(),
            codes,
            on_ladder: (0..groups.len()).map(|group| may_be_on_ladder(rules, group)).collect(),
            provinces: Map::default(),
            tags: Map::default(),
            names: Map::default(),
            known_tags: rules.known_tags().into_iter().chain(tag::ALL).collect(),
            person: Enrollee::of_group(""),
            group: usize::MAX,
            place: 0,
        }
    }

    /// The person and payment of a row.
    ///
    /// # Errors
    /// A [`Problem`] for the first cell that cannot be used; its place is the field.
    pub fn read(&mut self, row: &Row<'_>) -> Result<Found<'_>, Problem> {
        let columns = self.columns;
        if row.begins_household {
            self.place = 0;
        }
        let group = self.group(&row.cell(columns.group)).map_err(|problem| problem.at(GROUP))?;
        self.place += u32::from(self.on_ladder[group]);
        let months = months(&row.cell(columns.months)).map_err(|problem| problem.at(MONTHS))?;
        let epoch = self.epoch;
        let date = |column: Option<usize>, field: &'static str| {
            date(&row.cell_of(column), epoch).map_err(|problem| problem.at(field))
        };
        let paid_on = date(Some(columns.paid_on), PAID_ON)?.ok_or_else(|| empty(PAID_ON))?;
        let from = date(columns.from, FROM)?;
        let born = date(columns.born, BORN)?;
        let salary = amount(&row.cell_of(columns.salary)).map_err(|problem| problem.at(SALARY))?;
        let province = self.province(&row.cell_of(columns.province)).map_err(|problem| problem.at(PROVINCE))?;
        let rank = match &*row.cell_of(columns.rank) {
            [] => None,
            cell => count(cell, 1).map_err(|problem| problem.at(RANK))?,
        };
        let already = match &*row.cell_of(columns.already) {
            [] => None,
            cell => count(cell, 0).map_err(|problem| problem.at(ALREADY))?,
        };
        let (names, unknown_tag) = self.tags(&row.cell_of(columns.tags)).map_err(|problem| problem.at(TAGS))?;
        if self.group != group {
            self.group = group;
            self.person.group.clone_from(&self.rules.groups.1[group].id);
        }
        self.person.born = born;
        self.person.salary = salary;
        Ok(Found {
            person: &self.person,
            group,
            names,
            payment: Payment { paid_on, from, months, province },
            rank: rank.unwrap_or(self.place + already.unwrap_or(0)),
            unknown_tag,
        })
    }

    fn group(&mut self, cell: &[u8]) -> Result<usize, Problem> {
        if let Some(code) = letters(cell).and_then(|slot| self.codes.get(slot)).filter(|code| **code != NO_GROUP) {
            return Ok(usize::from(*code));
        }
        if let Some(known) = self.groups.get(cell) {
            return known.clone();
        }
        let text = text(cell)?;
        let found = if text.is_empty() {
            Err(empty(GROUP))
        } else {
            let at = |id: &str| self.rules.groups.1.iter().position(|group| group.id == id);
            self.rules
                .find_group(&text)
                .map_err(|lookup| match lookup {
                    GroupLookup::Unknown(_) => Problem::new(Code::UnknownGroup),
                    GroupLookup::Ambiguous(_) => Problem::new(Code::AmbiguousGroup),
                })
                .and_then(|group| at(&group.id).ok_or_else(|| Problem::new(Code::UnknownGroup)))
        };
        remember(&mut self.groups, cell, found.clone());
        found
    }

    fn province(&mut self, cell: &[u8]) -> Result<Option<&'r str>, Problem> {
        if cell.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.provinces.get(cell) {
            return known.clone().map(Some);
        }
        let text = text(cell)?;
        if text.is_empty() {
            return Ok(None);
        }
        let found = self.rules.find_province(&text).ok_or_else(|| Problem::new(Code::UnknownProvince));
        remember(&mut self.provinces, cell, found.clone());
        found.map(Some)
    }

    /// Puts the circumstances of a cell into the person; gives the number of their names.
    fn tags(&mut self, cell: &[u8]) -> Result<(u32, bool), Problem> {
        if cell.is_empty() {
            self.person.circumstances.clear();
            return Ok((0, false));
        }
        if !self.tags.contains_key(cell) {
            let found = self.parse_tags(cell);
            remember(&mut self.tags, cell, found);
        }
        let tags = match self.tags.get(cell) {
            Some(Ok(tags)) => tags,
            Some(Err(problem)) => return Err(problem.clone()),
            None => return Err(Problem::new(Code::Internal).with("what", "circumstances")),
        };
        self.person.circumstances.clone_from(&tags.circumstances);
        Ok((tags.names, tags.unknown))
    }

    fn parse_tags(&mut self, cell: &[u8]) -> Result<Tags, Problem> {
        let mut circumstances = Vec::new();
        for part in text(cell)?.split(';').filter(|part| !part.trim().is_empty()) {
            circumstances.push(Circumstance::parse(part).map_err(|_| Problem::new(Code::DateForm))?);
        }
        let unknown = circumstances.iter().any(|known| !self.known_tags.contains(&known.tag.as_str()));
        let names: Vec<String> = circumstances.iter().map(|known| known.tag.clone()).collect();
        let next = u32::try_from(self.names.len() + 1).unwrap_or(u32::MAX);
        let names = if names.is_empty() { 0 } else { *self.names.entry(names).or_insert(next) };
        Ok(Tags { names, circumstances, unknown })
    }
}

/// Keeps what a text means, starting afresh when there are too many texts.
fn remember<V>(map: &mut Map<Vec<u8>, V>, key: &[u8], value: V) {
    if map.len() >= MOST_REMEMBERED {
        map.clear();
    }
    map.insert(key.to_vec(), value);
}

/// Slot of a two-letter code in capitals.
#[inline]
fn letters(cell: &[u8]) -> Option<usize> {
    match cell {
        [first @ b'A'..=b'Z', second @ b'A'..=b'Z'] => Some(usize::from(first - b'A') * 26 + usize::from(second - b'A')),
        _ => None,
    }
}

fn empty(field: &'static str) -> Problem {
    Problem::new(Code::CellMissing).with("field", field).at(field)
}

fn text(cell: &[u8]) -> Result<Cow<'_, str>, Problem> {
    match std::str::from_utf8(cell) {
        Ok(text) if text.is_ascii() => Ok(Cow::Borrowed(text.trim())),
        Ok(text) => Ok(Cow::Owned(tidy(text))),
        Err(_) => Err(Problem::new(Code::CellEncoding).with("encoding", "UTF-8")),
    }
}

/// The number that decimal digits alone make, up to 18 of them.
#[inline]
fn digits(cell: &[u8]) -> Option<u64> {
    if cell.is_empty() || cell.len() > 18 {
        return None;
    }
    cell.iter().try_fold(0_u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

fn months(cell: &[u8]) -> Result<u32, Problem> {
    let number = digits(cell).or_else(|| digits(cell.trim_ascii()));
    match number.and_then(|number| u32::try_from(number).ok()) {
        Some(months @ 1..=99) => Ok(months),
        _ if cell.trim_ascii().is_empty() => Err(empty(MONTHS)),
        _ => Err(Problem::new(Code::MonthsRange)),
    }
}

fn count(cell: &[u8], least: u32) -> Result<Option<u32>, Problem> {
    let cell = cell.trim_ascii();
    if cell.is_empty() {
        return Ok(None);
    }
    let number = digits(cell).and_then(|number| u32::try_from(number).ok());
    match number {
        Some(number) if (least..=LARGEST_RANK).contains(&number) => Ok(Some(number)),
        _ => Err(Problem::new(Code::RankForm)),
    }
}

/// A date; two of the accepted forms are read here, the rest by [`parse_date`].
#[inline]
fn date(cell: &[u8], epoch: Option<Epoch>) -> Result<Option<NaiveDate>, Problem> {
    let digit = |byte: u8| u32::from(byte.wrapping_sub(b'0'));
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *cell {
        let all = [y1, y2, y3, y4, m1, m2, d1, d2];
        if all.iter().all(u8::is_ascii_digit) {
            let year = digit(y1) * 1000 + digit(y2) * 100 + digit(y3) * 10 + digit(y4);
            let (month, day) = (digit(m1) * 10 + digit(m2), digit(d1) * 10 + digit(d2));
            if (1900..=2200).contains(&year) {
                let found = NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
                return found.map(Some).ok_or_else(|| Problem::new(Code::DateImpossible));
            }
        }
    }
    if cell.is_empty() { Ok(None) } else { other_date(cell, epoch) }
}

fn other_date(cell: &[u8], epoch: Option<Epoch>) -> Result<Option<NaiveDate>, Problem> {
    let text = text(cell)?;
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(epoch) = epoch
        && let Some(day) = digits(text.as_bytes()).and_then(|days| serial_date(days, epoch))
    {
        return Ok(Some(day));
    }
    parse_date(without_time(&text)).map(Some).map_err(|error| {
        Problem::new(match error {
            DateError::Form => Code::DateForm,
            DateError::ShortYear => Code::DateShortYear,
            DateError::Impossible { .. } => Code::DateImpossible,
        })
    })
}

/// A day without the time of day that databases write behind it; a time zone would move the day and is left in place.
fn without_time(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.')) => day,
        _ => text,
    }
}

/// Smallest and largest number that is taken for a day and not for a year or a written date: 1927 to 2118.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;

/// Ngày theo số thứ tự của bảng tính, for cells that hold a bare number.
fn serial_date(days: u64, epoch: Epoch) -> Option<NaiveDate> {
    let days = u32::try_from(days).ok().filter(|_| SERIALS.contains(&days))?;
    let start = match epoch {
        // Past February 1900, which a spreadsheet takes for a leap month.
        Epoch::Year1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        Epoch::Year1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    days_after(start, days)
}

#[inline]
fn amount(cell: &[u8]) -> Result<Option<Vnd>, Problem> {
    if cell.is_empty() {
        return Ok(None);
    }
    match digits(cell).and_then(|dong| i64::try_from(dong).ok()) {
        Some(dong) if dong <= LARGEST_AMOUNT => Ok(Some(Vnd::whole(dong))),
        _ => {
            let text = text(cell)?;
            if text.is_empty() {
                return Ok(None);
            }
            parse_amount(&text).map(Some).map_err(|error| {
                Problem::new(match error {
                    AmountError::Form => Code::AmountForm,
                    AmountError::Ambiguous(..) => Code::AmountAmbiguous,
                    AmountError::Range => Code::AmountRange,
                })
            })
        }
    }
}

/// Tính mức đóng cho từng dòng.
#[derive(Debug, Clone, Copy)]
pub struct PremiumKernel<'r> {
    /// The rulebook.
    pub rules: &'r Rulebook,
    /// Whether a warning rejects the row.
    pub strict: bool,
}

/// What a thread of the premium batch holds.
pub struct PremiumWorker<'r> {
    people: People<'r>,
    plans: Plans<'r, Written>,
    separator: u8,
    numbers: itoa::Buffer,
}

/// Amounts of a plan as they are written, by rank.
#[derive(Debug, Default)]
struct Written(Vec<(Sums, Vec<u8>)>);

/// Premium and payers in the order of the columns.
type Sums = [i64; 7];

impl<'r> Kernel for PremiumKernel<'r> {
    type Worker = PremiumWorker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        APPENDED
    }

    fn worker(&self, layout: &Layout) -> PremiumWorker<'r> {
        PremiumWorker {
            people: People::new(self.rules, layout),
            plans: Plans::new(self.rules),
            separator: layout.separator,
            numbers: itoa::Buffer::new(),
        }
    }

    fn row(&self, worker: &mut PremiumWorker<'r>, row: &Row<'_>, answer: &mut Answer<'_>) -> Result<(), Problem> {
        let PremiumWorker { people, plans, separator, numbers } = worker;
        let found = people.read(row)?;
        if found.unknown_tag {
            if self.strict {
                return Err(Problem::new(Code::UnknownTag));
            }
            answer.warn(Code::UnknownTag);
        }
        let kept = plans.find(&found.question()).map_err(|error| error.problem())?;
        if !kept.warnings.is_empty() {
            for (index, warning) in kept.warnings.iter().enumerate() {
                if self.strict {
                    return Err(Problem::new(warning.code));
                }
                // A row counts once for each kind of warning.
                if kept.warnings[..index].iter().all(|other| other.code != warning.code) {
                    answer.warn(warning.code);
                }
            }
        }
        let rank = kept.on_ladder.then_some(found.rank);
        match kept.step(rank) {
            Some(step) => {
                if kept.extra.0.len() <= step {
                    write_steps(kept, step, *separator, numbers)?;
                }
                let (sums, written) = &kept.extra.0[step];
                answer.add(sums);
                answer.out.extend_from_slice(written);
            }
            None => {
                let amounts = kept.amounts(rank, found.person.salary).map_err(|error| error.problem())?;
                let sums = in_columns(&amounts)?;
                answer.add(&sums);
                write(answer.out, &sums, *separator, numbers);
            }
        }
        if let Some(rank) = rank {
            answer.out.extend_from_slice(numbers.format(rank).as_bytes());
        }
        Ok(())
    }

    fn check(&self, sums: &[i128]) -> Result<(), String> {
        let payers: i128 = sums[1..7].iter().sum();
        if sums[0] == payers { Ok(()) } else { Err(format!("total premium {}, payers {payers}", sums[0])) }
    }

    fn labels(&self) -> &'static [&'static str] {
        &APPENDED[..7]
    }
}

/// Writes the amounts of all ranks up to a step.
fn write_steps(
    kept: &mut Kept<'_, Written>,
    step: usize,
    separator: u8,
    numbers: &mut itoa::Buffer,
) -> Result<(), Problem> {
    for at in kept.extra.0.len()..=step {
        let rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let amounts = kept.amounts(Some(rank), None).map_err(|error| error.problem())?;
        let sums = in_columns(&amounts)?;
        let mut written = Vec::new();
        write(&mut written, &sums, separator, numbers);
        kept.extra.0.push((sums, written));
    }
    Ok(())
}

/// Whole đồng in the order of the columns.
fn in_columns(amounts: &Amounts) -> Result<Sums, Problem> {
    let dong = |amount: Vnd| {
        amount.dong().ok_or_else(|| Problem::new(Code::Internal).with("what", "a premium with decimals"))
    };
    let of = |payer: Payer| dong(amounts.of(payer));
    Ok([
        dong(amounts.premium)?,
        of(Payer::Person)?,
        of(Payer::Employer)?,
        of(Payer::SocialInsuranceFund)? + of(Payer::UnemploymentFund)?,
        of(Payer::State)?,
        of(Payer::Local)?,
        of(Payer::Other)?,
    ])
}

/// Every amount behind a separator, and a separator for the rank.
#[inline]
fn write(out: &mut Vec<u8>, sums: &Sums, separator: u8, numbers: &mut itoa::Buffer) {
    for amount in sums {
        out.push(separator);
        out.extend_from_slice(numbers.format(*amount).as_bytes());
    }
    out.push(separator);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_accepted_forms() {
        let read = |cell: &str, epoch| date(cell.as_bytes(), epoch).map_err(|problem| problem.code);
        let day = NaiveDate::from_ymd_opt(2026, 8, 1);
        for cell in ["2026-08-01", "01/08/2026", " 1/8/2026 ", "01-08-2026"] {
            assert_eq!(read(cell, None), Ok(day), "{cell}");
        }
        assert_eq!(read("46235", Some(Epoch::Year1900)), Ok(day));
        assert_eq!(read("44773", Some(Epoch::Year1904)), Ok(day));
        assert_eq!(read("2026-08-01 00:00:00", None), Ok(day));
        assert_eq!(read("2026-08-01T10:30:00.000", None), Ok(day));
        assert_eq!(read("2026-07-31T17:00:00Z", None), Err(Code::DateForm));
        assert_eq!(read("46235", None), Err(Code::DateForm));
        assert_eq!(read("2026", Some(Epoch::Year1900)), Err(Code::DateForm));
        assert_eq!(read("2026-02-30", None), Err(Code::DateImpossible));
        assert_eq!(read("01/08/26", None), Err(Code::DateShortYear));
        assert_eq!(read("", None), Ok(None));
    }

    #[test]
    fn headings_of_agencies_are_understood_once_each() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
