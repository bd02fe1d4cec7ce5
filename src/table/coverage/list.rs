//! Danh sách người tham gia: one row a person or card, of any number of rows, read by all cores.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::places::CommuneName;
use super::{CoverageAsked, CoverageTables};
use crate::engine::coverage::persons::{CardRow, Counted, Ending, State};
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::{Kernel, RowAnswer};
use crate::table::batch::{self, Finished, Progress, RunOptions};
use crate::table::cells;
use crate::table::csv::TableRow;
use crate::table::groups::Groups;
use crate::table::heading::{Epoch, Field, Layout, Sample, Schema, field};
use crate::table::output::{Format, Outputs, Target};
use crate::table::{OpenTable, Trouble};
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

const PERSON: &str = "person_id";
const HOUSEHOLD: &str = "household_id";
const COMMUNE: &str = "commune";
const DISTRICT: &str = "district";
const PROVINCE: &str = "province";
const GROUP: &str = "group";
const FROM: &str = "from";
const UNTIL: &str = "until";

const FIELDS: &[Field] = &[
    field(PERSON, false, &["masobhxh", "mabhxh", "masobhyt", "sobhxh", "cccd", "socccd", "sodinhdanh"]),
    field(HOUSEHOLD, false, &["mahogiadinh", "maho", "mahogd", "mahgd"]),
    field(
        COMMUNE,
        true,
        &["xaphuong", "xa", "phuong", "maxa", "tenxa", "xaphuongthitran", "communecode", "phuongxa"],
    ),
    field(DISTRICT, false, &["huyen", "mahuyen", "quanhuyen", "tenhuyen"]),
    field(PROVINCE, false, &["tinh", "tinhthanh", "tinhthanhpho", "tinhtp", "tentinh", "thanhpho", "matinh"]),
    field(GROUP, true, &["madt", "madoituong", "doituong", "nhom", "mathe", "mathebhyt"]),
    field(FROM, false, &["tungay", "gtthetu", "hantheotu", "giatritu", "handungtu", "validfrom"]),
    field(
        UNTIL,
        true,
        &["denngay", "gttheden", "hanthe", "hantheden", "giatriden", "handungden", "validuntil"],
    ),
];

pub(in crate::table) const SCHEMA: Schema =
    Schema { household: Some(HOUSEHOLD), sample: Some(SAMPLE), ..Schema::of(FIELDS) };

/// Counts of communes: what most offices have.
const SAMPLE: Sample =
    Sample { template: "coverage", columns: &["commune", "population", "participants"], takes_facts: false };

/// Most communes of one list: more than the country has.
const MOST_COMMUNES: usize = u16::MAX as usize;

/// Group whose members are pupils and students.
const PUPIL: &str = "pupil";

struct ListKernel<'r> {
    rules: &'r Rulebook,
    day: NaiveDate,
}

/// What one thread holds.
struct Worker<'r> {
    columns: Columns,
    groups: Groups<'r>,
    communes: QuickMap<Vec<u8>, u16>,
    names: Vec<CommuneName>,
    records: Compartments,
    households: Vec<Household>,
    open: Option<Household>,
    /// Where the block began, for blocks that are read twice.
    begun: (u64, Vec<usize>, usize),
}

/// Dòng theo ngăn: records in compartments by person, each in pieces, so that growing never copies them and one compartment
/// after the other can be sorted and freed.
struct Compartments(Vec<Vec<Vec<CardRow>>>);

/// As many as a byte tells apart.
const COMPARTMENTS: usize = 256;
/// Records of a piece.
const PIECE: usize = 1 << 12;

impl Compartments {
    fn new() -> Compartments {
        Compartments((0..COMPARTMENTS).map(|_| Vec::new()).collect())
    }

    /// The compartment of a person; numbers of rows stand for persons where the list has none, and are spread too.
    fn of(person: u64) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let [first, ..] = person.wrapping_mul(SPREAD).to_be_bytes();
        usize::from(first)
    }

    fn push(&mut self, record: CardRow) {
        let pieces = &mut self.0[Compartments::of(record.person)];
        match pieces.last_mut() {
            Some(last) if last.len() < PIECE => last.push(record),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(record);
                pieces.push(piece);
            }
        }
    }

    /// How many records each compartment has.
    fn lengths(&self) -> Vec<usize> {
        let of = |pieces: &Vec<Vec<CardRow>>| {
            pieces.last().map_or(0, |last| (pieces.len() - 1) * PIECE + last.len())
        };
        self.0.iter().map(of).collect()
    }

    fn truncate(&mut self, lengths: &[usize]) {
        for (pieces, length) in self.0.iter_mut().zip(lengths) {
            pieces.truncate(length.div_ceil(PIECE));
            if let Some(last) = pieces.last_mut() {
                last.truncate(length - (length - 1) / PIECE * PIECE);
            }
        }
    }
}

/// Hộ gia đình: members with and without a card on the day.
#[derive(Debug, Clone, Copy)]
struct Household {
    commune: u16,
    with: u32,
    without: u32,
}

struct Columns {
    person: Option<usize>,
    household: Option<usize>,
    commune: Option<usize>,
    district: Option<usize>,
    province: Option<usize>,
    group: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
    epoch: Option<Epoch>,
}

impl<'r> Kernel for ListKernel<'r> {
    type Worker = Worker<'r>;

    fn appended(&self) -> &'static [&'static str] {
        &[]
    }

    fn worker(&self, layout: &Layout) -> Worker<'r> {
        let at = |field: &str| layout.column(field);
        Worker {
            columns: Columns {
                person: at(PERSON),
                household: at(HOUSEHOLD),
                commune: at(COMMUNE),
                district: at(DISTRICT),
                province: at(PROVINCE),
                group: at(GROUP),
                from: at(FROM),
                until: at(UNTIL),
                epoch: layout.epoch,
            },
            groups: Groups::new(self.rules),
            communes: QuickMap::default(),
            names: Vec::new(),
            records: Compartments::new(),
            households: Vec::new(),
            open: None,
            begun: (u64::MAX, Vec::new(), 0),
        }
    }

    fn begin_block(&self, worker: &mut Worker<'r>, line: u64) {
        worker.close();
        let (known, records, households) = &worker.begun;
        if *known == line {
            worker.records.truncate(records);
            worker.households.truncate(*households);
        }
        worker.begun = (line, worker.records.lengths(), worker.households.len());
    }

    fn row(&self, worker: &mut Worker<'r>, row: &TableRow<'_>, _: &mut RowAnswer<'_>) -> Result<(), Problem> {
        let record = worker.record(row, self.day)?;
        if worker.columns.household.is_some() {
            worker.household(row, record);
        }
        worker.records.push(record);
        Ok(())
    }

    fn check(&self, _: &[i128]) -> Result<(), String> {
        Ok(())
    }

    fn labels(&self) -> &'static [&'static str] {
        &[]
    }
}

impl Worker<'_> {
    fn record(&mut self, row: &TableRow<'_>, day: NaiveDate) -> Result<CardRow, Problem> {
        let at = |problem: Problem, field: &'static str| problem.with("field", field);
        let cell = row.cell_of(self.columns.group);
        let group = self.groups.find(card_code(cell), GROUP).map_err(|problem| at(problem, GROUP))?;
        let commune = self.commune(row)?;
        let date = |column: Option<usize>, field: &'static str| {
            cells::date(row.cell_of(column), self.columns.epoch).map_err(|problem| at(problem, field))
        };
        let (from, until) = (date(self.columns.from, FROM)?, date(self.columns.until, UNTIL)?);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(Problem::new(Code::DateOrder).with("first", FROM).with("second", UNTIL));
        }
        let person = match self.columns.person {
            Some(column) => {
                let id = row.cell(column);
                let id = id.trim_ascii();
                if id.is_empty() {
                    return Err(cells::empty(PERSON));
                }
                twox_hash::XxHash3_64::oneshot(id)
            }
            None => row.number,
        };
        let line = u32::try_from(row.number).unwrap_or(u32::MAX);
        let group = u8::try_from(group)
            .map_err(|_| Problem::new(Code::Internal).with("what", "more than 256 groups"))?;
        Ok(CardRow::new(person, line, commune, group, state(from, until, day)))
    }

    /// The place of a commune among those this thread has met.
    fn commune(&mut self, row: &TableRow<'_>) -> Result<u16, Problem> {
        let (name, district) = (row.cell_of(self.columns.commune), row.cell_of(self.columns.district));
        let province = row.cell_of(self.columns.province);
        let mut key = name.trim_ascii().to_vec();
        for above in [&district, &province] {
            key.push(0);
            key.extend_from_slice(above.trim_ascii());
        }
        if let Some(known) = self.communes.get(&key) {
            return Ok(*known);
        }
        let text = |cell: &[u8]| cells::text(cell).map(Cow::into_owned);
        let named = CommuneName { name: text(name)?, district: text(district)?, province: text(province)? };
        if named.name.is_empty() {
            return Err(cells::empty(COMMUNE));
        }
        let place = u16::try_from(self.names.len()).ok().filter(|place| usize::from(*place) < MOST_COMMUNES);
        let place = place.ok_or_else(|| Problem::new(Code::ReportTooLong).with("count", MOST_COMMUNES))?;
        self.names.push(named);
        self.communes.insert(key, place);
        Ok(place)
    }

    fn household(&mut self, row: &TableRow<'_>, record: CardRow) {
        if row.begins_household {
            self.close();
        }
        let covered = record.is_covered();
        let open = self.open.get_or_insert(Household { commune: record.commune, with: 0, without: 0 });
        if covered { open.with += 1 } else { open.without += 1 }
    }

    /// Keeps the household that ends, if some of its members are covered and some are not.
    fn close(&mut self) {
        let ended = self.open.take();
        self.households.extend(ended.filter(|household| household.with > 0 && household.without > 0));
    }
}

/// The code of a group in a cell that may be the number of a card: `GD4420123456789` is `GD`.
fn card_code(cell: &[u8]) -> &[u8] {
    const CARD: usize = 15;
    let cell = cell.trim_ascii();
    if cell.len() == CARD && cell[2..].iter().all(u8::is_ascii_digit) { &cell[..2] } else { cell }
}

/// What the card of a row is on the day.
fn state(from: Option<NaiveDate>, until: Option<NaiveDate>, day: NaiveDate) -> State {
    const SOON: i64 = 90;
    let Some(until) = until else { return State::None };
    match from {
        Some(from) if from > day => {
            if (from - day).num_days() <= SOON {
                State::Coming
            } else {
                State::None
            }
        }
        _ if until < day => State::None,
        _ => State::Valid(Ending::of((until - day).num_days())),
    }
}

/// Reads a list.
///
/// # Errors
/// [`Trouble`] for what cannot be read, and for a second list.
pub(super) fn read(
    tables: &mut CoverageTables,
    table: OpenTable<'_>,
    name: &str,
    asked: &CoverageAsked<'_>,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Result<(), Trouble> {
    if tables.persons.is_some() {
        return Err(Trouble::input(Problem::new(Code::ListTwice)));
    }
    tables.notices.extend(table.notices().iter().cloned());
    tables.persons_known = table.layout().column(PERSON).is_some();
    let kernel = ListKernel { rules: asked.rules, day: asked.day };
    let outputs = Outputs::plan(Target::Nowhere, Format::Csv, table.layout(), &[])?;
    let say = |_: &Problem| String::new();
    let jobs = if table.layout().in_order { 1 } else { asked.jobs };
    let options = RunOptions { jobs, strict: false, checkpoint: None, resume: None, say: &say };
    let Finished { tally, workers, .. } =
        batch::run(table, &kernel, outputs, options, &mut |step: &Progress| progress(step))?;
    tables.rows += tally.rows;
    for (code, rejections) in &tally.rejections {
        tables.rejected_count += rejections.count;
        // What stands in lists of persons is not repeated: the lines say where to look.
        let lines: Vec<String> = rejections.first.iter().map(u64::to_string).collect();
        let more = if rejections.count > lines.len() as u64 { ", …" } else { "" };
        let problem =
            Problem::new(*code).with("count", rejections.count).with("read", "…").with("field", "…");
        let problem = problem.with("first", FROM).with("second", UNTIL);
        tables.rejected.push(problem.at(format!("{name}:{}{more}", lines.join(", "))));
    }
    gather(tables, workers, asked.rules)
}

/// Puts together what the threads read; who read what does not matter.
fn gather(
    tables: &mut CoverageTables,
    mut workers: Vec<Worker<'_>>,
    rules: &Rulebook,
) -> Result<(), Trouble> {
    workers.iter_mut().for_each(Worker::close);
    let mut names: Vec<CommuneName> =
        workers.iter().flat_map(|worker| worker.names.iter().cloned()).collect();
    names.sort();
    names.dedup();
    if names.len() > MOST_COMMUNES {
        return Err(Trouble::input(Problem::new(Code::ReportTooLong).with("count", MOST_COMMUNES)));
    }
    let mut partly: Vec<Household> = Vec::new();
    let mut moved: Vec<Vec<u16>> = Vec::with_capacity(workers.len());
    for worker in &workers {
        let place = |own: &CommuneName| {
            let found = names.binary_search(own).unwrap_or(0);
            u16::try_from(found).unwrap_or(u16::MAX)
        };
        let places: Vec<u16> = worker.names.iter().map(place).collect();
        let households = worker.households.iter();
        partly.extend(
            households
                .map(|household| Household { commune: places[usize::from(household.commune)], ..*household }),
        );
        moved.push(places);
    }
    let groups = rules.groups();
    let is_pupil = |group: u8| groups.get(usize::from(group)).is_some_and(|group| group.id == PUPIL);
    let mut counted = Counted::new(names.len(), groups.len());
    let mut records: Vec<CardRow> = Vec::new();
    for compartment in 0..COMPARTMENTS {
        records.clear();
        for (worker, places) in workers.iter_mut().zip(&moved) {
            let pieces = std::mem::take(&mut worker.records.0[compartment]);
            let own = pieces.into_iter().flatten();
            records.extend(own.map(|record| record.moved_to(places[usize::from(record.commune)])));
        }
        counted.add(&mut records, is_pupil);
    }
    counted.check().map_err(Trouble::internal)?;
    for household in partly {
        let listed = &mut counted.listed[usize::from(household.commune)];
        listed.partly += 1;
        listed.partly_without += u64::from(household.without);
    }
    for (place, named) in names.iter().enumerate() {
        let at = tables.commune(named).map_err(Trouble::input)?;
        tables.in_list.insert(at);
        let commune = &mut tables.communes[at];
        commune.listed.add(&counted.listed[place]);
        for (at, count) in counted.covered[place].iter().enumerate().filter(|(_, count)| **count > 0) {
            *commune.groups.entry(groups[at].id.clone()).or_default() += count;
        }
        for (at, count) in counted.lapsed[place].iter().enumerate().filter(|(_, count)| **count > 0) {
            *commune.lapsed.entry(groups[at].id.clone()).or_default() += count;
        }
    }
    // Only when every spelling of a name is counted it is known that nobody there has a card.
    for at in &tables.in_list {
        let commune = &mut tables.communes[*at];
        if commune.groups.is_empty() {
            commune.total = commune.total.or(Some(0));
        }
    }
    counted.covered = Vec::new();
    counted.lapsed = Vec::new();
    counted.listed = Vec::new();
    tables.persons = Some(counted);
    Ok(())
}
