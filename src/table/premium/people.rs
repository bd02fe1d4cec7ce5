//! Đọc người tham gia: rows as persons and payments.

use chrono::NaiveDate;

use super::fields::{
    ALREADY, BORN, BORN_YEAR, FROM, FROM_MONTH, GROUP, HOUSEHOLD, MONTHS, MONTHS_NOTE, PAID_ON, PROVINCE,
    RANK, SALARY, SCHOOL, TAGS, UNTIL,
};
use super::found_person::{FoundPerson, ListedFacts};
use super::list::{ListReader, RepeatedPerson};
use super::money::{About, MoneyReader, RowMoney, pay};
use super::money_law::MoneyLaws;
use super::note::{months, months_in_note, other_support};
use super::place::{self, LARGEST_RANK, PlaceCell};
use super::tags::TagReader;
use super::whereabouts::PlaceReader;
use crate::case::quote::Enrollee;
use crate::engine::premium::Payment;
use crate::engine::premium::plans::PlanQuestion;
use crate::engine::premium::plans::may_be_on_ladder;
use crate::rulebook::Rulebook;
use crate::rulebook::family::EnrolleeGroup;
use crate::table::MOST_HOUSEHOLD_ROWS;
use crate::table::batch::kernel::Aside;
use crate::table::cells::{amount, digits, empty, text};
use crate::table::csv::TableRow;
use crate::table::days::{Birth, birth, day_or_month, month};
use crate::table::field_source::FieldSource;
use crate::table::groups::Groups;
use crate::table::heading::{Epoch, HouseholdBy, Layout};
use crate::table::known_days::KnownDays;
use crate::table::places::HouseholdPlaces;
use crate::terms::number::Vnd;
use crate::terms::period::last_day_of_cover;
use crate::terms::problem::{Code, Problem};

/// A number of members that can be meant.
const MOST_MEMBERS: u32 = LARGEST_RANK;

/// Where a row says what.
#[derive(Debug, Clone)]
struct Sources {
    group: FieldSource,
    months: FieldSource,
    paid_on: FieldSource,
    from: FieldSource,
    born: FieldSource,
    salary: FieldSource,
    province: FieldSource,
    school: FieldSource,
    tags: FieldSource,
    rank: FieldSource,
    already: FieldSource,
}

/// What only lists of agencies have.
struct ListSources {
    born_year: FieldSource,
    from_month: FieldSource,
    months_note: FieldSource,
    until: FieldSource,
    twins: Vec<(usize, usize)>,
    money: Option<MoneyReader>,
    rows: Option<ListReader>,
    /// Where a list names households; a row that names none has none.
    household: Option<FieldSource>,
}

/// Đọc người tham gia: one reader a thread, rows of a household in their order.
pub struct People<'r> {
    rules: &'r Rulebook,
    sources: Sources,
    epoch: Option<Epoch>,
    lists: Option<Box<ListSources>>,
    groups: Groups<'r>,
    on_ladder: Vec<bool>,
    needs_pay: Vec<bool>,
    days: KnownDays,
    laws: MoneyLaws<'r>,
    places: PlaceReader<'r>,
    tags: TagReader<'r>,
    person: Enrollee,
    listed: ListedFacts,
    /// Position of the person's group.
    group: usize,
    ranks: HouseholdPlaces,
    /// Whether every household starts anew with a fiscal year.
    by_fiscal_year: bool,
    /// Whether all rows are one household.
    whole_file: bool,
    /// Rows of the one household.
    rows: u32,
    /// Whether rows say which household they belong to, or somebody said it for them.
    knows_households: bool,
}

impl<'r> People<'r> {
    /// A reader for tables of this layout.
    pub fn new(rules: &'r Rulebook, layout: &Layout) -> People<'r> {
        let source = |field: &str| FieldSource::of(layout, field);
        let lists = ListSources {
            born_year: source(BORN_YEAR),
            from_month: source(FROM_MONTH),
            months_note: source(MONTHS_NOTE),
            until: source(UNTIL),
            twins: layout.twins.clone(),
            money: MoneyReader::of(layout),
            rows: ListReader::of(layout),
            household: (layout.households == HouseholdBy::Rows).then(|| source(HOUSEHOLD)),
        };
        let groups = rules.groups();
        let needs_pay = |group: &EnrolleeGroup| {
            group.terms.versions().iter().any(|terms| terms.value.basis.needs_amount())
        };
        People {
            rules,
            sources: Sources {
                group: source(GROUP),
                months: source(MONTHS),
                paid_on: source(PAID_ON),
                from: source(FROM),
                born: source(BORN),
                salary: source(SALARY),
                province: source(PROVINCE),
                school: source(SCHOOL),
                tags: source(TAGS),
                rank: source(RANK),
                already: source(ALREADY),
            },
            epoch: layout.epoch,
            lists: (layout.by_other_name || !layout.facts.is_empty()).then_some(Box::new(lists)),
            groups: Groups::new(rules).settled_by(layout.fact(GROUP)),
            on_ladder: (0..groups.len()).map(|group| may_be_on_ladder(rules, group)).collect(),
            needs_pay: groups.iter().map(needs_pay).collect(),
            days: KnownDays::default(),
            laws: MoneyLaws::of(rules),
            places: PlaceReader::of(rules),
            tags: TagReader::of(rules),
            person: Enrollee::of_group(""),
            listed: ListedFacts::default(),
            group: usize::MAX,
            ranks: HouseholdPlaces::default(),
            by_fiscal_year: true,
            whole_file: layout.households == HouseholdBy::WholeFile,
            rows: 0,
            knows_households: layout.has(HOUSEHOLD) || layout.households != HouseholdBy::Rows,
        }
    }

    /// The same reader for people who all pay on one day, whatever day their rows name.
    #[must_use]
    pub fn paying_together(mut self) -> People<'r> {
        self.by_fiscal_year = false;
        self
    }

    /// Begins a block whose first line is this one.
    pub fn begin_block(&mut self, line: u64) {
        if let Some(rows) = self.list_rows() {
            rows.begin_block(line);
        }
    }

    /// Why a row is no person who pays.
    #[inline]
    pub fn aside(&mut self, row: &TableRow<'_>) -> Aside {
        let rules = self.rules;
        self.list_rows().map_or(Aside::No, |rows| rows.aside(row, rules))
    }

    /// Counts what was computed for a person, for the totals that a list states.
    #[inline]
    pub fn count(&mut self, computed: Vnd) {
        if let Some(rows) = self.list_rows() {
            rows.count(computed);
        }
    }

    /// What is still to be said behind the last row.
    pub(super) fn finish(&mut self) -> Option<Problem> {
        self.list_rows()?.finish()
    }

    #[inline]
    fn list_rows(&mut self) -> Option<&mut ListReader> {
        self.lists.as_deref_mut().and_then(|lists| lists.rows.as_mut())
    }

    /// The person and payment of a row.
    ///
    /// # Errors
    /// A [`Problem`] for the first cell that cannot be used; its place is the field.
    #[expect(
        clippy::inline_always,
        reason = "what is found is many words long; where it is used at once it need not be moved"
    )]
    #[inline(always)]
    pub fn read(&mut self, row: &TableRow<'_>) -> Result<FoundPerson<'_>, Problem> {
        if row.begins_household && !self.whole_file {
            self.ranks.begin();
        }
        if let Some(lists) = &self.lists {
            lists.check(row)?;
        }
        if self.whole_file {
            self.rows += 1;
            if self.rows > MOST_HOUSEHOLD_ROWS {
                return Err(Problem::new(Code::HouseholdTooLarge).with("limit", MOST_HOUSEHOLD_ROWS));
            }
        }
        let group = if self.lists.is_some() {
            self.listed_group(row)?
        } else {
            self.groups.find(self.sources.group.cell(row), GROUP).map_err(|problem| problem.at(GROUP))?
        };
        let epoch = self.epoch;
        let paid_on =
            self.days.date(self.sources.paid_on.cell(row), epoch).map_err(|problem| problem.at(PAID_ON));
        if let Some(day) = paid_on.as_ref().ok().copied().flatten().filter(|_| self.by_fiscal_year) {
            self.ranks.turn_to(self.rules, day);
        }
        // A row that is rejected keeps its place.
        self.ranks.take(self.on_ladder[group]);
        let months = if self.lists.is_some() {
            self.listed_months(row)?
        } else {
            months(self.sources.months.cell(row)).map_err(|problem| problem.at(MONTHS))?
        };
        let paid_on = paid_on?.ok_or_else(|| empty(PAID_ON))?;
        let (from, (born, born_until)) = if self.lists.is_some() {
            (self.listed_first_day(row)?, self.listed_birth(row)?)
        } else {
            let Sources { from, born, .. } = &self.sources;
            let from = self.days.date(from.cell(row), epoch).map_err(|problem| problem.at(FROM))?;
            let born = self.days.date(born.cell(row), epoch).map_err(|problem| problem.at(BORN))?;
            (from, (born, None))
        };
        if let Some(born) = born.filter(|born| *born > paid_on) {
            return Err(Problem::new(Code::DateOrder).with("first", born).with("second", paid_on).at(BORN));
        }
        let (salary, rank) = if self.lists.is_some() {
            self.listed_money(row, group, paid_on, born_until)?
        } else {
            (amount(self.sources.salary.cell(row)).map_err(|problem| problem.at(SALARY))?, None)
        };
        if let Some(lists) = &self.lists
            && lists.until.is_there()
        {
            self.listed.ends_elsewhere = ends_elsewhere(from, months, lists.until.cell(row), epoch);
        }
        // Columns that the table lacks are not looked at, row by row.
        let Sources { province, school, .. } = &self.sources;
        let province = if province.is_there() {
            self.places.find(province.cell(row), paid_on).map_err(|problem| problem.at(PROVINCE))?
        } else {
            None
        };
        let school = if school.is_there() {
            self.places.find(school.cell(row), paid_on).map_err(|problem| problem.at(SCHOOL))?
        } else {
            None
        };
        let Sources { rank: places, already, .. } = &self.sources;
        let rank = if places.is_there() || already.is_there() {
            self.rank(row, group, paid_on)?.or(rank)
        } else {
            rank
        };
        let tags = &self.sources.tags;
        let (names, unknown_tag) = if tags.is_there() {
            let circumstances = &mut self.person.circumstances;
            self.tags.read(tags.cell(row), circumstances).map_err(|problem| problem.at(TAGS))?
        } else {
            (0, false)
        };
        if self.group != group {
            self.group = group;
            self.person.group.clone_from(&self.rules.groups()[group].id);
        }
        match (&mut self.person.school, school) {
            (None, None) => {}
            (Some(known), Some(school)) => school.clone_into(known),
            (known, school) => *known = school.map(str::to_owned),
        }
        self.person.born = born;
        self.person.salary = salary;
        Ok(FoundPerson {
            question: PlanQuestion {
                person: &self.person,
                group,
                names,
                payment: Payment { paid_on, from, months, province },
            },
            rank: rank.unwrap_or_else(|| self.ranks.rank()),
            is_placeless: self.on_ladder[group] && rank.is_none() && !self.knows_household(row),
            unknown_tag,
            listed: self.lists.is_some().then_some(&self.listed),
        })
    }

    /// The place on the ladder that a row names; what it says of members who already paid holds for the rows after it.
    #[inline]
    fn rank(&mut self, row: &TableRow<'_>, group: usize, paid_on: NaiveDate) -> Result<Option<u32>, Problem> {
        let Sources { rank, already, .. } = &self.sources;
        let rank = match *rank.cell(row) {
            [] => None,
            [rank @ b'1'..=b'9'] => Some(u32::from(rank - b'0')),
            ref cell => match place::read(cell).map_err(|problem| problem.at(RANK))? {
                Some(PlaceCell::Rank(rank)) => Some(rank),
                // Only members of the ladder have a step of it.
                Some(percent) if self.on_ladder[group] => {
                    let (_, law) = self.laws.on(paid_on);
                    Some(percent.rank(law).map_err(|problem| problem.at(RANK))?)
                }
                _ => None,
            },
        };
        // What one row of a household says holds for the rows after it that leave the cell empty.
        if already.is_there()
            && let cell @ [_, ..] = already.cell(row)
            && let Some(members) = count(cell, 0).map_err(|problem| problem.at(ALREADY))?
        {
            self.ranks.already(members);
        }
        Ok(rank)
    }

    /// Whether a row says its household, or somebody said it for all rows. In a table of the contract an empty cell says that
    /// the row stands alone; in a list it says nothing.
    #[inline]
    fn knows_household(&self, row: &TableRow<'_>) -> bool {
        let named = self.lists.as_ref().and_then(|lists| lists.household.as_ref());
        self.knows_households && named.is_none_or(|source| !source.cell(row).trim_ascii().is_empty())
    }

    /// Position of the group that a row of a list, its section or the table names.
    fn listed_group(&mut self, row: &TableRow<'_>) -> Result<usize, Problem> {
        let section = self.lists.as_deref().and_then(|lists| lists.rows.as_ref()?.group());
        let cell = self.sources.group.cell(row);
        let found = match section {
            Some(section) if !self.sources.group.has_column() => self.groups.find(section.as_bytes(), GROUP),
            _ => self.groups.find(cell, GROUP),
        };
        found.map_err(|problem| problem.at(GROUP))
    }

    fn listed_months(&self, row: &TableRow<'_>) -> Result<u32, Problem> {
        let cell = self.sources.months.cell(row);
        if let Some(lists) = &self.lists
            && lists.months_note.is_there()
            && cell.trim_ascii().is_empty()
        {
            return months_in_note(lists.months_note.cell(row)).map_err(|problem| problem.at(MONTHS_NOTE));
        }
        months(cell).map_err(|problem| problem.at(MONTHS))
    }

    fn listed_first_day(&mut self, row: &TableRow<'_>) -> Result<Option<NaiveDate>, Problem> {
        let cell = self.sources.from.cell(row);
        match (self.days.date(cell, self.epoch), &self.lists) {
            // Exports write the first day of the card below a heading of months.
            (Ok(None), Some(lists)) => {
                day_or_month(lists.from_month.cell(row), self.epoch).map_err(|problem| problem.at(FROM_MONTH))
            }
            (Err(problem), Some(_)) if problem.code == Code::DateForm => {
                month(cell).map_err(|_| problem.at(FROM))
            }
            (found, _) => found.map_err(|problem| problem.at(FROM)),
        }
    }

    /// The day of birth of a list, with the latest it can be where only the year is known.
    fn listed_birth(
        &mut self,
        row: &TableRow<'_>,
    ) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Problem> {
        let born = birth(self.sources.born.cell(row), self.epoch, &mut self.days)
            .map_err(|problem| problem.at(BORN))?;
        let born = match (born, &self.lists) {
            (None, Some(lists)) => birth(lists.born_year.cell(row), None, &mut self.days)
                .map_err(|problem| problem.at(BORN_YEAR))?,
            (born, _) => born,
        };
        Ok(born.map_or((None, None), |Birth { first, last }| (Some(first), last)))
    }

    /// Pay, and the place on the ladder that an amount of a list says; what else it says is noted.
    #[inline]
    fn listed_money(
        &mut self,
        row: &TableRow<'_>,
        group: usize,
        paid_on: NaiveDate,
        born_until: Option<NaiveDate>,
    ) -> Result<(Option<Vnd>, Option<u32>), Problem> {
        let Some(lists) = self.lists.as_deref_mut() else { return Ok((None, None)) };
        let (era, law) = self.laws.on(paid_on);
        let about = About { law, needs_pay: self.needs_pay[group], on_ladder: self.on_ladder[group] };
        let money = match &mut lists.money {
            Some(money) => money.read(row, era, about)?,
            None => &salary_alone(&self.sources.salary, row, about)?,
        };
        let listed = &mut self.listed;
        (listed.money, listed.weight, listed.born_until) = (money.facts, money.weight, born_until);
        listed.again = lists.rows.as_ref().map_or(RepeatedPerson::No, ListReader::again);
        listed.ends_elsewhere = false;
        let found = (money.salary, money.rank);
        if lists.months_note.is_there() {
            let said =
                other_support(lists.months_note.cell(row)).map_err(|problem| problem.at(MONTHS_NOTE))?;
            let support = &mut listed.money.support;
            support.other = support.other.or(said);
            listed.weight = listed.money.weight();
        }
        Ok(found)
    }
}

impl ListSources {
    /// Refuses what a row alone cannot settle.
    fn check(&self, row: &TableRow<'_>) -> Result<(), Problem> {
        let differ =
            |(one, other): &&(usize, usize)| row.cell(*one).trim_ascii() != row.cell(*other).trim_ascii();
        if let Some((one, other)) = self.twins.iter().find(differ) {
            let columns = format!("#{}, #{}", one + 1, other + 1);
            return Err(Problem::new(Code::TwinColumns).with("columns", columns).with("first", one + 1));
        }
        match &self.rows {
            Some(rows) if rows.is_change() => Err(Problem::new(Code::PlanUnknown)),
            _ => Ok(()),
        }
    }
}

/// Pay, where it is all that a list says about money.
fn salary_alone(salary: &FieldSource, row: &TableRow<'_>, about: About<'_>) -> Result<RowMoney, Problem> {
    let at = |problem: Problem| problem.at(SALARY);
    let cell = salary.cell(row);
    let cell = text(cell).map_err(at)?;
    let salary = if cell.is_empty() { None } else { Some(pay(&cell, about).map_err(at)?) };
    Ok(RowMoney { salary, ..RowMoney::default() })
}

/// Whether a last day is that of another number of months. First days and months of lists are not always whole, so that
/// there is room; no two periods that are paid for lie closer.
fn ends_elsewhere(from: Option<NaiveDate>, months: u32, until: &[u8], epoch: Option<Epoch>) -> bool {
    const ROOM: i64 = 45;
    let Ok(Some(until)) = day_or_month(until, epoch) else { return false };
    let last = from.and_then(|from| last_day_of_cover(from, months));
    last.is_some_and(|last| (until - last).num_days().abs() > ROOM)
}

fn count(cell: &[u8], least: u32) -> Result<Option<u32>, Problem> {
    let cell = cell.trim_ascii();
    if cell.is_empty() {
        return Ok(None);
    }
    let number = digits(cell).and_then(|number| u32::try_from(number).ok());
    match number {
        Some(number) if (least..=MOST_MEMBERS).contains(&number) => Ok(Some(number)),
        _ => Err(Problem::new(Code::RankForm)),
    }
}
