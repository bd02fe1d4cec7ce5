//! Bảng người tham gia: rows of people as persons and payments, and the batch that answers with premiums.
//!
//! `unemployment-fund` has no column of its own: its part is added to `social_insurance_fund`.

use super::batch::{Answer, Kernel};
use super::cells::{Map, amount, date, digits, empty, remember, text};
use super::csv::Row;
use super::groups::Groups;
use super::heading::{Epoch, Field, Layout};
use super::places::Places;
use crate::case::quote::{Circumstance, Enrollee, tag};
use crate::engine::plans::{Kept, Plans, Question, may_be_on_ladder};
use crate::engine::premium::{Amounts, Payment};
use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::money::Vnd;
use crate::terms::problem::{Code, Problem};

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
            "doituong",
            "madoituong",
            "madt",
            "nhom",
            "manhom",
            "nhomdoituong",
            "loaidoituong",
            "doituongthamgia",
            "madoituongthamgia",
            "nhomdoituongthamgia",
            "doituongbhyt",
            "madoituongbhyt",
            "loaihinhthamgia",
            "dt",
        ],
    ),
    field(
        MONTHS,
        true,
        &[
            "sothang",
            "sothangdong",
            "sothangthamgia",
            "thang",
            "sothangdongbhyt",
            "tongsothang",
            "thoihan",
            "sothangdanhky",
            "sothangdangky",
            "kydong",
            "thoigiandong",
        ],
    ),
    field(
        PAID_ON,
        true,
        &[
            "ngaydong",
            "ngaydongtien",
            "ngaynop",
            "ngaynoptien",
            "ngaythu",
            "ngaythutien",
            "ngaybienlai",
            "ngaybl",
            "bienlaingay",
            "ngaylapbienlai",
            "ngaythanhtoan",
            "ngaychungtu",
            "paidon",
            "paymentdate",
        ],
    ),
    field(
        FROM,
        false,
        &[
            "tungay",
            "giatritungay",
            "thetungay",
            "thegiatritungay",
            "thecogiatritungay",
            "hanthetungay",
            "gttungay",
            "handungtungay",
            "ngaybatdau",
            "hieuluctungay",
            "ngayhieuluc",
            "ngaybatdauthe",
            "startdate",
        ],
    ),
    field(
        BORN,
        false,
        &["ngaysinh", "ngaythangnamsinh", "ngsinh", "sinhngay", "birthdate", "dateofbirth", "dob"],
    ),
    field(
        SALARY,
        false,
        &[
            "luong",
            "tienluong",
            "mucluong",
            "luongthang",
            "tienluongthang",
            "mucluongdongbhyt",
            "tienluongdongbhyt",
            "mucluongdongbhxh",
            "luonghuu",
            "trocap",
            "tienluongtrocap",
            "luonghuutrocap",
            "tienluonghuutrocap",
            "mucluonghuutrocap",
            "cancudong",
            "mucdongcancu",
            "tienluonghoactrocap",
            "wage",
        ],
    ),
    field(PROVINCE, false, &["tinh", "tinhthanh", "tinhthanhpho", "tinhtp", "tentinh", "thanhpho"]),
    field(TAGS, false, &["hoancanh", "dienhotro", "dien", "doituonghotro", "dieukien", "hoancanhhotro"]),
    field(
        RANK,
        false,
        &["thutu", "thututhanhvien", "thanhvienthu", "nguoithu", "thutunguoi", "thuturanho", "thututrongho"],
    ),
    field(ALREADY, false, &["dadong", "songuoidadong", "songuoidathamgia", "sothanhviendadong"]),
    field(
        HOUSEHOLD,
        false,
        &[
            "maho",
            "mahogiadinh",
            "soho",
            "sohogiadinh",
            "mahgd",
            "mashogd",
            "mahogd",
            "sohokhau",
            "sosohokhau",
            "household",
        ],
    ),
    field("person_id", false, &[]),
];

/// Columns that the batch appends before `error_code` and `error`.
pub const APPENDED: &[&str] =
    &["premium", "person", "employer", "social_insurance_fund", "state", "local", "other", "member_rank"];

/// Largest place on the ladder, and number of members who already paid, that can be meant.
const LARGEST_RANK: u32 = 999;

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
    groups: Groups<'r>,
    on_ladder: Vec<bool>,
    provinces: Map<Vec<u8>, Result<&'r str, Problem>>,
    tags: Map<Vec<u8>, Result<Tags, Problem>>,
    names: Map<Vec<String>, u32>,
    known_tags: Vec<&'r str>,
    person: Enrollee,
    /// Position of the person's group.
    group: usize,
    places: Places,
    /// Whether every household starts anew with a fiscal year.
    by_fiscal_year: bool,
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

impl<'r> People<'r> {
    /// A reader for tables of this layout.
    pub fn new(rules: &'r Rulebook, layout: &Layout) -> People<'r> {
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
            groups: Groups::new(rules),
            on_ladder: (0..rules.groups.1.len()).map(|group| may_be_on_ladder(rules, group)).collect(),
            provinces: Map::default(),
            tags: Map::default(),
            names: Map::default(),
            known_tags: rules.known_tags().into_iter().chain(tag::ALL).collect(),
            person: Enrollee::of_group(""),
            group: usize::MAX,
            places: Places::default(),
            by_fiscal_year: true,
        }
    }

    /// The same reader for people who all pay on one day, whatever day their rows name.
    #[must_use]
    pub fn paying_together(mut self) -> People<'r> {
        self.by_fiscal_year = false;
        self
    }

    /// The person and payment of a row.
    ///
    /// # Errors
    /// A [`Problem`] for the first cell that cannot be used; its place is the field.
    pub fn read(&mut self, row: &Row<'_>) -> Result<Found<'_>, Problem> {
        let columns = self.columns;
        if row.begins_household {
            self.places.begin();
        }
        let group = self.groups.find(&row.cell(columns.group), GROUP).map_err(|problem| problem.at(GROUP))?;
        let epoch = self.epoch;
        let date = |column: Option<usize>, field: &'static str| {
            date(&row.cell_of(column), epoch).map_err(|problem| problem.at(field))
        };
        let paid_on = date(Some(columns.paid_on), PAID_ON);
        if let Some(day) = paid_on.as_ref().ok().copied().flatten().filter(|_| self.by_fiscal_year) {
            self.places.turn_to(self.rules, day);
        }
        // A row that is rejected keeps its place.
        self.places.take(self.on_ladder[group]);
        let months = months(&row.cell(columns.months)).map_err(|problem| problem.at(MONTHS))?;
        let paid_on = paid_on?.ok_or_else(|| empty(PAID_ON))?;
        let from = date(columns.from, FROM)?;
        let born = date(columns.born, BORN)?;
        if let Some(born) = born.filter(|born| *born > paid_on) {
            return Err(Problem::new(Code::DateOrder).with("first", born).with("second", paid_on).at(BORN));
        }
        let salary = amount(&row.cell_of(columns.salary)).map_err(|problem| problem.at(SALARY))?;
        let province =
            self.province(&row.cell_of(columns.province)).map_err(|problem| problem.at(PROVINCE))?;
        let rank = match &*row.cell_of(columns.rank) {
            [] => None,
            cell => count(cell, 1).map_err(|problem| problem.at(RANK))?,
        };
        // What one row of a household says holds for the rows after it that leave the cell empty.
        if let cell @ [_, ..] = &*row.cell_of(columns.already)
            && let Some(members) = count(cell, 0).map_err(|problem| problem.at(ALREADY))?
        {
            self.places.already(members);
        }
        let (names, unknown_tag) =
            self.tags(&row.cell_of(columns.tags)).map_err(|problem| problem.at(TAGS))?;
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
            rank: rank.unwrap_or_else(|| self.places.rank()),
            unknown_tag,
        })
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

    fn row(
        &self,
        worker: &mut PremiumWorker<'r>,
        row: &Row<'_>,
        answer: &mut Answer<'_>,
    ) -> Result<(), Problem> {
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
        if let Some(step) = kept.step(rank) {
            if kept.extra.0.len() <= step {
                write_steps(kept, step, *separator, numbers)?;
            }
            let (sums, written) = &kept.extra.0[step];
            answer.add(sums);
            answer.out.extend_from_slice(written);
        } else {
            let amounts = kept.amounts(rank, found.person.salary).map_err(|error| error.problem())?;
            let sums = in_columns(&amounts)?;
            answer.add(&sums);
            write(answer.out, &sums, *separator, numbers);
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
    fn headings_of_agencies_are_understood_once_each() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|field| field.aliases).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
