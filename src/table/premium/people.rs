//! Đọc người tham gia: rows as persons and payments.

use chrono::NaiveDate;

use super::fields::{ALREADY, BORN, FROM, GROUP, MONTHS, PAID_ON, PROVINCE, RANK, SALARY, SCHOOL, TAGS};
use crate::case::quote::{Circumstance, Enrollee, tag};
use crate::engine::premium::Payment;
use crate::engine::premium::plans::{Question, may_be_on_ladder};
use crate::rulebook::Rulebook;
use crate::rulebook::places::FoundPlace;
use crate::table::cells::{Map, amount, date, digits, empty, remember, text};
use crate::table::csv::Row;
use crate::table::groups::Groups;
use crate::table::heading::{Epoch, Layout};
use crate::table::places::Places;
use crate::terms::problem::{Code, Problem};

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
    school: Option<usize>,
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
    provinces: Map<Vec<u8>, Result<FoundPlace<'r>, Problem>>,
    tags: Map<Vec<u8>, Result<Tags, Problem>>,
    names: Map<Vec<String>, u32>,
    known_tags: Vec<String>,
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
                school: layout.column(SCHOOL),
                tags: layout.column(TAGS),
                rank: layout.column(RANK),
                already: layout.column(ALREADY),
            },
            epoch: layout.epoch,
            groups: Groups::new(rules),
            on_ladder: (0..rules.groups().len()).map(|group| may_be_on_ladder(rules, group)).collect(),
            provinces: Map::default(),
            tags: Map::default(),
            names: Map::default(),
            known_tags: rules.known_tags().into_iter().chain(tag::ALL.map(str::to_owned)).collect(),
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
        let province = self.place(&row.cell_of(columns.province), paid_on);
        let province = province.map_err(|problem| problem.at(PROVINCE))?;
        let school =
            self.place(&row.cell_of(columns.school), paid_on).map_err(|problem| problem.at(SCHOOL))?;
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
            self.person.group.clone_from(&self.rules.groups()[group].id);
        }
        if self.person.school.as_deref() != school {
            self.person.school = school.map(str::to_owned);
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

    /// The place of a cell; a code is one from the day on which the codes were in force.
    fn place(&mut self, cell: &[u8], day: NaiveDate) -> Result<Option<&'r str>, Problem> {
        if cell.is_empty() {
            return Ok(None);
        }
        if !self.provinces.contains_key(cell) {
            let text = text(cell)?;
            if text.is_empty() {
                return Ok(None);
            }
            let found = self.rules.find_place(&text).ok_or_else(|| Problem::new(Code::UnknownProvince));
            remember(&mut self.provinces, cell, found);
        }
        match self.provinces.get(cell) {
            Some(Ok(found)) if found.since.is_some_and(|since| day < since) => {
                Err(Problem::new(Code::PlaceCodeTooEarly))
            }
            Some(Ok(found)) => Ok(Some(found.id)),
            Some(Err(problem)) => Err(problem.clone()),
            None => Err(Problem::new(Code::Internal).with("what", "places")),
        }
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
            let mut one = Circumstance::parse(part).map_err(|_| Problem::new(Code::DateForm))?;
            one.tag = self.rules.canonical_tag(&one.tag);
            circumstances.push(one);
        }
        let unknown = circumstances.iter().any(|known| !self.known_tags.contains(&known.tag));
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
