//! Mẫu in từ kết quả: the answers of `batch premium` in the office's forms (`--form`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use clap::ArgMatches;

use super::exit::{Exit, Failure};
use super::io;
use super::quote_flags;
use crate::render::forms::{self, Form, List, Person, slip};
use crate::render::html;
use crate::render::transfer::Transfer;
use crate::render::wording::Lang;
use crate::rulebook::Rulebook;
use crate::table::batch::CarriedColumns;
use crate::table::cells::{amount, date};
use crate::table::csv::{Splitter, TableRow};
use crate::table::groups::find_group;
use crate::table::heading::Layout;
use crate::table::part_file::place;
use crate::table::profile::{self, Profile};
use crate::table::{TableLimits, premium};
use crate::terms::fold::fold;
use crate::terms::number::{Rounding, RoundingMode, Vnd};
use crate::terms::problem::{Code, Problem};

/// Most bytes of answers that are held for a form.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// The form that is asked for.
///
/// # Errors
/// [`Failure`] for a name that no form has.
fn asked(typed: Option<&String>) -> Result<Option<Form>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    if fold(typed).starts_with("c69") {
        return Err(Failure::usage(of_the_office(typed).at("--form")));
    }
    let known = Form::NAMES.iter().find(|(name, _)| name == typed).map(|(_, form)| Some(*form));
    known.ok_or_else(|| {
        let accepted = Form::NAMES.map(|(name, _)| name).join(", ");
        let problem = Problem::new(Code::InvalidValue).with("read", typed).with("accepted", accepted);
        Failure::usage(problem.at("--form"))
    })
}

/// C69-HD: what is due by person and period, which the office draws up from its own books. It carries balances of earlier periods
/// that no list of payments holds, and the annex with its 38 columns is not among the texts at hand.
fn of_the_office(typed: &str) -> Problem {
    Problem::new(Code::FormNotWritten)
        .with("read", typed)
        .with("why_vi", "C69-HD do cơ quan BHXH lập từ sổ của mình, có số kỳ trước mang sang mà danh sách người đóng không có; văn bản hiện có (QĐ 366/QĐ-BHXH) không kèm mẫu in các cột")
        .with("why_en", "C69-HD is drawn up by the office from its books, with balances of earlier periods that a list of payers does not hold; the text at hand (Decision 366/QĐ-BHXH) comes without its columns")
        .with("hint_vi", "Danh sách để nộp: --form mau-3 hoặc mau-4; biên lai trong ngày: --form c17. Bốn nguồn của C69a (người tham gia, NSNN, NSNN hỗ trợ thêm, khác) là các cột person, state, local, other của: bhyt batch premium BẢNG -o ket-qua.xlsx")
        .with("hint_en", "A list to hand in: --form mau-3 or mau-4; the receipts of a day: --form c17. The four payers of C69a (participant, state, further state support, other) are the columns person, state, local, other of: bhyt batch premium TABLE -o result.xlsx")
}

/// Điều muốn lập từ kết quả: a form, or a page for every household.
pub(super) struct Wanted {
    pub(super) form: Option<Form>,
    sheets: Option<PathBuf>,
    transfer: Option<Transfer>,
}

impl Wanted {
    /// What the command line asks for.
    ///
    /// # Errors
    /// [`Failure`] for a form nobody knows, and for pages beside an output file.
    pub(super) fn of(matches: &ArgMatches, has_output: bool) -> Result<Wanted, Failure> {
        let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten();
        let sheets = text("sheets").map(PathBuf::from);
        if sheets.is_some() && has_output {
            return Err(Failure::usage(
                Problem::new(Code::ConflictingArguments).with("read", "--sheets").with("other", "-o"),
            ));
        }
        let transfer = if sheets.is_some() { quote_flags::recipient(matches)? } else { None };
        Ok(Wanted { form: asked(text("form"))?, sheets, transfer })
    }

    pub(super) fn is_any(&self) -> bool {
        self.form.is_some() || self.sheets.is_some()
    }

    /// Draws and writes what is wanted; gives what is to be said about it. Nothing is drawn while a row is missing.
    ///
    /// # Errors
    /// [`Failure`] when rows were rejected, or nothing can be written.
    pub(super) fn write(
        &self,
        held: &Held,
        rejected: u64,
        (layout, rules): (&Layout, &Rulebook),
        output: Option<&Path>,
        (force, lang): (bool, Lang),
    ) -> Result<Vec<Problem>, Failure> {
        if rejected > 0 {
            let problem = Problem::new(Code::FormIncomplete).with("count", rejected);
            return Err(Failure { problem, exit: Exit::Look });
        }
        let mut said = Vec::new();
        if let (Some(form), Some(path)) = (self.form, output) {
            said.extend(write(form, held, layout, rules, path, force)?);
        }
        if let Some(folder) = &self.sheets {
            let options = (self.transfer.as_ref(), force, lang);
            let written = write_slips(held, layout, rules, folder, options)?;
            said.push(Problem::new(Code::SlipsWritten).with("count", written).with("read", folder.display()));
        }
        Ok(said)
    }
}

/// Nơi giữ kết quả, until the form can be drawn from all of them.
#[derive(Clone, Default)]
pub(super) struct Held(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Held {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() + bytes.len() > MOST_BYTES {
            return Err(std::io::Error::other("too many rows for a form"));
        }
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Draws the form from the rows that were answered and writes it; gives what is to be said about it.
fn write(
    form: Form,
    held: &Held,
    layout: &Layout,
    rules: &Rulebook,
    path: &Path,
    force: bool,
) -> Result<Vec<Problem>, Failure> {
    let lists = lists(held, layout, rules, |list, person| key(form, list, person))?;
    let notices = out_of_force(form, &lists);
    let book = forms::workbook(form, &lists).map_err(|error| Failure {
        problem: Problem::new(Code::Internal).with("what", error),
        exit: Exit::Internal,
    })?;
    io::write_file(path, &book, force)?;
    Ok(notices)
}

/// Viết phiếu: a printable page for every household, into a folder; gives how many.
fn write_slips(
    held: &Held,
    layout: &Layout,
    rules: &Rulebook,
    folder: &Path,
    options: (Option<&Transfer>, bool, Lang),
) -> Result<usize, Failure> {
    let (transfer, force, lang) = options;
    let lists = lists(held, layout, rules, |list, _| list.code.clone())?;
    std::fs::create_dir_all(folder).map_err(|error| Failure::write(&error, folder.display()))?;
    let households: Vec<&[Person]> = lists.iter().flat_map(|list| forms::households(&list.people)).collect();
    let page = |at: usize| folder.join(page_name(at + 1, &households[at][0].household));
    // A page that may not be replaced is said before the first one is written.
    for at in 0..households.len() {
        place(&page(at), force)?;
    }
    for (at, people) in households.iter().enumerate() {
        let text = html::draw(&slip::page(people, transfer, rules, lang));
        io::write_file(&page(at), text.as_bytes(), force)?;
    }
    Ok(households.len())
}

/// Name of a page: its place in the list, and of the household what no file system minds.
fn page_name(number: usize, household: &str) -> String {
    let id: String = household.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    if id.is_empty() { format!("{number:04}.html") } else { format!("{number:04}-{id}.html") }
}

/// The people who were answered, as lists of those with the same key.
fn lists(
    held: &Held,
    layout: &Layout,
    rules: &Rulebook,
    key: impl Fn(&List, &Person) -> String,
) -> Result<Vec<List>, Failure> {
    let bytes = held.0.lock().unwrap_or_else(PoisonError::into_inner);
    let reader = Reader::of(layout, rules);
    let mut lists: Vec<(String, List)> = Vec::new();
    let splitter = Splitter { separator: layout.separator, limits: TableLimits::CELLS, counts_lines: false };
    let mut first = layout.has_heading;
    splitter.walk(&bytes, 1, |row| {
        if std::mem::take(&mut first) {
            return Ok(());
        }
        if let Some((list, person)) = reader.person(&row) {
            let key = key(&list, &person);
            match lists.iter_mut().find(|(known, _)| *known == key) {
                Some((_, list)) => list.people.push(person),
                None => lists.push((key, List { people: vec![person], ..list })),
            }
        }
        Ok(())
    })?;
    Ok(lists.into_iter().map(|(_, list)| list).collect())
}

/// What people of one list have in common: the group, and what the form has one place for.
fn key(form: Form, list: &List, person: &Person) -> String {
    match form {
        Form::Mau3 | Form::C17 => format!("{} {}", list.code, person.paid_on),
        Form::D03 => format!("{} {}", list.code, person.base_salary),
        Form::Mau4 => list.code.clone(),
    }
}

/// Says which lists were paid on a day on which the form was not in force.
fn out_of_force(form: Form, lists: &[List]) -> Vec<Problem> {
    let profiles = profile::bundled();
    let known = form.profile().and_then(|name| profiles.iter().find(|profile| profile.name == name));
    let Some(known) = known else { return Vec::new() };
    let is_out =
        |day: &&str| date(day.as_bytes(), None).ok().flatten().is_some_and(|day| !in_force(known, day));
    let days: Vec<&str> =
        lists.iter().flat_map(|list| &list.people).map(|person| person.paid_on.as_str()).collect();
    let found = days.iter().find(|day| is_out(day));
    found.map_or_else(Vec::new, |day| {
        vec![
            Problem::new(Code::FormNotInForce)
                .with("read", &known.name)
                .with("date", day)
                .with("first", known.from.as_deref().unwrap_or("…"))
                .with("last", known.until.as_deref().unwrap_or("…")),
        ]
    })
}

fn in_force(profile: &Profile, day: NaiveDate) -> bool {
    let parse = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<NaiveDate>().ok());
    parse(&profile.from).is_none_or(|from| from <= day)
        && parse(&profile.until).is_none_or(|until| day <= until)
}

/// Reads answered rows.
struct Reader<'r> {
    layout: &'r Layout,
    rules: &'r Rulebook,
    /// Columns of the input that went on, in their order.
    kept: Vec<usize>,
}

impl<'r> Reader<'r> {
    fn of(layout: &'r Layout, rules: &'r Rulebook) -> Reader<'r> {
        let kept = CarriedColumns::of(layout, premium::APPENDED).list(layout);
        Reader { layout, rules, kept }
    }

    /// What a row says about a field of the input.
    fn text(&self, row: &TableRow<'_>, field: &str) -> String {
        let at =
            self.layout.column(field).and_then(|column| self.kept.iter().position(|kept| *kept == column));
        let cell = at.map(|at| String::from_utf8_lossy(row.cell(at)).trim().to_owned()).unwrap_or_default();
        if cell.is_empty() { self.layout.fact(field).unwrap_or_default().to_owned() } else { cell }
    }

    /// An appended amount.
    fn amount(&self, row: &TableRow<'_>, name: &str) -> Option<Vnd> {
        let at = premium::APPENDED.iter().position(|known| *known == name)?;
        amount(row.cell(self.kept.len() + at)).ok().flatten()
    }

    /// The list a person belongs to, and the person; none for rows that were not answered.
    fn person(&self, row: &TableRow<'_>) -> Option<(List, Person)> {
        let premium = self.amount(row, "premium")?;
        let day = self.day(row, "paid_on")?;
        let group = find_group(self.rules, &self.text(row, "group")).ok();
        let base_salary = self.rules.base_salary.at(day).ok()?.value;
        let rank =
            self.amount(row, "member_rank").and_then(|rank| u32::try_from(rank.hundredths() / 100).ok());
        let salary = amount(self.text(row, "salary").as_bytes()).ok().flatten();
        let base = match rank {
            Some(rank) => self.of_the_ladder(day, rank, base_salary)?,
            None => salary.unwrap_or(base_salary),
        };
        let shown = |date: NaiveDate| date.format("%d/%m/%Y").to_string();
        let text = |field: &str| self.text(row, field);
        let months = text("months");
        let months = if months.is_empty() { text("months_note") } else { months };
        let born = self.day(row, "born").map_or_else(|| text("born"), shown);
        let list = List {
            group: group.map_or_else(|| text("group"), |group| group.name_vi.clone()),
            code: group.and_then(|group| group.codes.first()).cloned().unwrap_or_default(),
            people: Vec::new(),
        };
        let person = Person {
            name: text("name"),
            social_number: text("social_number"),
            citizen_id: text("citizen_id"),
            born: if born.is_empty() { text("born_year") } else { born },
            sex: text("sex"),
            address: text("address"),
            facility: text("facility"),
            relation: text("relation"),
            receipt: text("receipt"),
            collector: text("collector"),
            supporter: text("supporter"),
            household: text("household_id"),
            from: self.day(row, "from").map_or_else(|| text("from"), |day| day.format("%m/%Y").to_string()),
            paid_on: shown(day),
            months: months.split_whitespace().next().unwrap_or_default().to_owned(),
            base,
            base_salary,
            rank,
            premium,
            own_part: self.amount(row, "person")?,
            state: self.amount(row, "state")?,
            local: self.amount(row, "local")?,
            other: self.amount(row, "other")?,
        };
        Some((list, person))
    }

    fn day(&self, row: &TableRow<'_>, field: &str) -> Option<NaiveDate> {
        date(self.text(row, field).as_bytes(), self.layout.epoch).ok().flatten()
    }

    /// Mức lương cơ sở nhân bậc của hộ gia đình.
    fn of_the_ladder(&self, day: NaiveDate, rank: u32, base: Vnd) -> Option<Vnd> {
        let step = self.rules.household_ladder.at(day).ok()?.value.step(rank);
        let whole = Rounding { mode: RoundingMode::HalfAwayFromZero, unit_hundredths: 100 };
        step.of(base.exact()).ok()?.round(whole).ok()
    }
}
