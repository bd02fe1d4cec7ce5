//! Dòng của danh sách in: section rows, totals, signatures and people who leave, told from people who pay.
//!
//! A row is left out only for a reason it shows itself; whatever names a person is a person, and is answered or rejected. What a
//! section says (*Giảm*, a group) holds until the next section, so that such lists are read row after row.

use twox_hash::XxHash3_64;

use super::fields::{
    BORN, BORN_YEAR, CITIZEN_ID, FROM, FROM_MONTH, HOUSEHOLD, MONTHS, MONTHS_NOTE, NAME, ORDINAL, PAID_ON,
    PAY_OR_STATED, PAY_OR_STATED_WITH_OTHER, PLAN, SHEET, SOCIAL_NUMBER, STATED, STATED_NEXT, STATED_PREMIUM,
};
use super::list_words::{depth, is_foot, is_section_mark, is_section_title, is_total, people_named};
use crate::rulebook::Rulebook;
use crate::table::batch::kernel::Aside;
use crate::table::cells::{amount, digits, text};
use crate::table::csv::TableRow;
use crate::table::groups::find_group;
use crate::table::heading::Layout;
use crate::table::heading_rows::is_number_row;
use crate::terms::fold::fold;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};
use crate::terms::quick_hash::QuickMap;

/// Có ở dòng trên chưa: whether a row further up is about the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RepeatedPerson {
    /// No.
    #[default]
    No,
    /// Another name stands beside the same number.
    Number,
    /// The same number, name and first day.
    Person,
}

/// Mục của danh sách.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    /// People who join or go on.
    #[default]
    Joining,
    /// People who leave: no premiums.
    Leaving,
    /// Changes that are no premiums of their own: cannot be computed from a row.
    Changes,
}

/// Phương án của một dòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    Pays,
    Leaves,
    Unknown,
}

/// Tổng đang cộng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    /// What rows state.
    stated: i128,
    /// What was computed for them.
    computed: i128,
    people: u64,
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.stated += other.stated;
        self.computed += other.computed;
        self.people += other.people;
    }
}

/// Những gì đã đọc của danh sách.
#[derive(Debug, Clone, Default)]
struct State {
    section: Section,
    group: Option<String>,
    foot: bool,
    /// How deep the section stands that named the group.
    group_depth: u8,
    since_section: Sums,
    since_total: Sums,
    all: Sums,
    /// The sheet of the row that was read last.
    sheet: Option<u64>,
    /// A total above all rows: its line, and what it says.
    on_top: Option<(u64, i128)>,
    /// Numbers of people with their names and first days.
    seen: QuickMap<Vec<u8>, (u64, u64)>,
    again: RepeatedPerson,
}

/// Đọc danh sách in.
pub(super) struct ListReader {
    /// Columns of the rows themselves.
    own_columns: usize,
    /// The column that names the sheet of a row, where several are read.
    sheet: Option<usize>,
    months: [Option<usize>; 2],
    name: Option<usize>,
    ordinal: Option<usize>,
    plan: Option<usize>,
    /// Columns that only a person fills.
    person: Vec<usize>,
    stated: Vec<usize>,
    /// Columns that tell people apart: numbers, and what stands beside them.
    numbers: [Option<usize>; 2],
    from: Option<usize>,
    names: Vec<String>,
    in_order: bool,
    state: State,
    /// The state at the start of a block, for blocks that are read twice.
    at_block: Option<(u64, State)>,
}

impl ListReader {
    /// A reader for lists of this layout; none for tables that hold nothing but people.
    pub(super) fn of(layout: &Layout) -> Option<ListReader> {
        let column = |field: &str| layout.column(field);
        let person = [PAID_ON, BORN, BORN_YEAR, FROM, SOCIAL_NUMBER, CITIZEN_ID, HOUSEHOLD];
        let stated = [STATED, STATED_NEXT, STATED_PREMIUM, PAY_OR_STATED, PAY_OR_STATED_WITH_OTHER];
        let own = |field: &str| column(field).filter(|at| *at < layout.own_columns);
        (layout.is_list || column(PLAN).is_some()).then(|| ListReader {
            own_columns: layout.own_columns,
            sheet: column(SHEET),
            months: [own(MONTHS), own(MONTHS_NOTE)],
            name: column(NAME),
            ordinal: column(ORDINAL),
            plan: column(PLAN),
            person: person.into_iter().filter_map(own).collect(),
            stated: stated.into_iter().filter_map(column).collect(),
            numbers: [column(SOCIAL_NUMBER), column(CITIZEN_ID)],
            from: column(FROM).or_else(|| column(FROM_MONTH)),
            names: layout.names.clone(),
            in_order: layout.in_order,
            state: State::default(),
            at_block: None,
        })
    }

    /// Whether rows of such a list are compared with one another: by the numbers of people, or by what rows and totals state.
    pub(super) fn compares(layout: &Layout) -> bool {
        ListReader::of(layout)
            .is_some_and(|list| list.numbers.iter().any(Option::is_some) || !list.stated.is_empty())
    }

    /// Begins a block, or the same block again.
    pub(super) fn begin_block(&mut self, line: u64) {
        match &self.at_block {
            Some((known, state)) if *known == line => self.state = state.clone(),
            _ => self.at_block = Some((line, self.state.clone())),
        }
    }

    /// The group that the section names.
    pub(super) fn group(&self) -> Option<&str> {
        self.state.group.as_deref()
    }

    /// Whether the rows of the section say something that a row alone cannot answer.
    pub(super) fn is_change(&self) -> bool {
        self.state.section == Section::Changes
    }

    /// Counts a person who was answered.
    #[inline]
    pub(super) fn count(&mut self, computed: Vnd) {
        // Totals are compared where rows are read one after another.
        if !self.in_order {
            return;
        }
        let sums = Sums { computed: i128::from(computed.hundredths()), ..Sums::default() };
        self.add(sums);
    }

    fn add(&mut self, sums: Sums) {
        for to in [&mut self.state.since_section, &mut self.state.since_total, &mut self.state.all] {
            to.add(sums);
        }
    }

    /// Why a row is none to answer.
    pub(super) fn aside(&mut self, row: &TableRow<'_>, rules: &Rulebook) -> Aside {
        let cell = |column: &Option<usize>| column.is_some_and(|at| !row.cell(at).trim_ascii().is_empty());
        if let Some(aside) = self.sheet_of(row) {
            return aside;
        }
        if !self.is_usual(row) {
            if self.is_heading(row) {
                return Aside::LeftOut(Code::FormText);
            }
            let names_a_person = self.person.iter().any(|at| !row.cell(*at).trim_ascii().is_empty());
            let pays = self.months.iter().any(cell);
            let aside = match (names_a_person, pays) {
                (false, _) => self.no_person(row, rules, pays),
                (true, false) => self.signature(row),
                (true, true) => None,
            };
            if let Some(aside) = aside {
                return aside;
            }
        }
        if self.state.section == Section::Leaving {
            return Aside::LeftOut(Code::NoPremium);
        }
        match self.plan_of(row) {
            Plan::Pays => {}
            Plan::Leaves => return Aside::LeftOut(Code::NoPremium),
            Plan::Unknown => return Aside::Rejected(Problem::new(Code::PlanUnknown).at(PLAN)),
        }
        if self.in_order {
            let stated: i64 = self.stated_of(row).map(Vnd::hundredths).sum();
            self.add(Sums { stated: i128::from(stated), people: 1, ..Sums::default() });
            self.state.again = self.seen_before(row);
        }
        Aside::No
    }

    /// Whether a row is a person at first sight: a day and months in digits, and no row of column numbers.
    #[inline]
    fn is_usual(&self, row: &TableRow<'_>) -> bool {
        let is_number = |at: usize| row.first_byte(at).is_some_and(|sign| sign.is_ascii_digit());
        let may_number_columns = |at: usize| match *row.cell(at) {
            [b'1', b'0'..=b'9', ..] | [] => false,
            [first, ..] => matches!(first, b'A' | b'(' | b'[' | b'1') || first.is_ascii_whitespace(),
        };
        self.person.first().is_some_and(|at| is_number(*at))
            && self.months[0].is_some_and(is_number)
            && !self.ordinal.is_some_and(may_number_columns)
    }

    /// Begins a sheet: no section, total or signature of the one before holds on it. A total on top of that one that is not its own
    /// ends the run.
    fn sheet_of(&mut self, row: &TableRow<'_>) -> Option<Aside> {
        let sheet = XxHash3_64::oneshot(row.cell(self.sheet?));
        if self.state.sheet.replace(sheet).is_none_or(|known| known == sheet) {
            return None;
        }
        let on_top = self.finish();
        let seen = std::mem::take(&mut self.state.seen);
        self.state = State { sheet: Some(sheet), seen, ..State::default() };
        on_top.map(Aside::Stop)
    }

    /// Whether a row further up is about the person of the row that was read last.
    pub(super) fn again(&self) -> RepeatedPerson {
        self.state.again
    }

    fn seen_before(&mut self, row: &TableRow<'_>) -> RepeatedPerson {
        const LEAST_DIGITS: usize = 9;
        let hash = |cell: &[u8]| XxHash3_64::oneshot(cell.trim_ascii());
        let about = (hash(row.cell_of(self.name)), hash(row.cell_of(self.from)));
        let mut found = RepeatedPerson::No;
        for column in self.numbers {
            let number = row.cell_of(column);
            let number = number.trim_ascii();
            // Numbers of one digit stand where none is known.
            let is_none = number.len() < LEAST_DIGITS || number.windows(2).all(|pair| pair[0] == pair[1]);
            if is_none {
                continue;
            }
            match self.state.seen.get(number) {
                Some(known) if *known == about => return RepeatedPerson::Person,
                Some((name, _)) if *name != about.0 => found = RepeatedPerson::Number,
                Some(_) => {}
                None => {
                    self.state.seen.insert(number.to_vec(), about);
                }
            }
        }
        found
    }

    /// Whether a row is a row of the heading again, as on every page of a printed list.
    fn is_heading(&self, row: &TableRow<'_>) -> bool {
        // Days and numbers of people begin with digits.
        let is_word = |at: &usize| row.cell(*at).first().is_none_or(|sign| !sign.is_ascii_digit());
        self.person.iter().all(is_word) && self.repeats_heading(row) || self.repeats_numbers(row)
    }

    #[cold]
    fn repeats_heading(&self, row: &TableRow<'_>) -> bool {
        let mut is_any = false;
        (0..row.width().min(self.own_columns)).all(|at| {
            let cell = row.cell(at);
            let said = text(cell).unwrap_or_default();
            is_any |= said.chars().count() > 2;
            said.is_empty() || self.names[at].split(" – ").any(|part| part == said)
        }) && is_any
    }

    /// The row of column numbers below a heading; people are numbered in digits alone.
    fn repeats_numbers(&self, row: &TableRow<'_>) -> bool {
        let first = row.cell_of(self.ordinal);
        if !matches!(first.trim_ascii(), b"A" | b"(1)" | b"1" | b"[1]") {
            return false;
        }
        let cells: Vec<_> = (0..row.width().min(self.own_columns)).map(|at| row.cell(at)).collect();
        let cells: Vec<_> = cells.iter().map(|cell| text(cell).unwrap_or_default()).collect();
        is_number_row(&cells)
    }

    /// What is still to be said behind the last row.
    pub(super) fn finish(&mut self) -> Option<Problem> {
        let (line, said) = self.state.on_top.take()?;
        let all = self.state.all;
        (all.stated != said && all.computed != said).then(|| disagrees(line, said, all))
    }

    fn stated_of<'a>(&'a self, row: &'a TableRow<'_>) -> impl Iterator<Item = Vnd> + 'a {
        self.stated.iter().filter_map(|at| amount(row.cell(*at)).ok().flatten())
    }

    fn plan_of(&self, row: &TableRow<'_>) -> Plan {
        let cell = row.cell_of(self.plan);
        match cell.trim_ascii() {
            [] | b"TM" | b"GH" | b"ON" | b"TT" => return Plan::Pays,
            b"GT" | b"GK" | b"GG" | b"GM" | b"TU" | b"GC" => return Plan::Leaves,
            _ => {}
        }
        let folded = text(cell).map(|text| fold(&text)).unwrap_or_default();
        let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
        match () {
            () if matches!(folded.as_str(), "tm" | "gh" | "on" | "tt") => Plan::Pays,
            () if matches!(folded.as_str(), "gt" | "gk" | "gg" | "gm" | "tu" | "gc") => Plan::Leaves,
            () if begins(&["giam", "hoan-tra", "thoai", "dung", "thoi-"]) => Plan::Leaves,
            () if begins(&["tang", "gia-han", "tiep", "moi", "tai-tuc", "tham-gia", "truy-"]) => Plan::Pays,
            () => Plan::Unknown,
        }
    }

    /// Who signs, below the columns of people: words where a person has days and numbers.
    #[cold]
    fn signature(&mut self, row: &TableRow<'_>) -> Option<Aside> {
        let said =
            |at: usize| text(row.cell(at)).map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
        if self.ordinal.is_some_and(|at| said(at).starts_with(|sign: char| sign.is_ascii_digit())) {
            return None;
        }
        let is_foot_row =
            self.state.foot || (0..row.width().min(self.own_columns)).any(|at| is_foot(&said(at)));
        let is_none_of_a_person = |at: &usize| {
            let cell = said(*at);
            is_foot(&cell) || !cell.bytes().any(|byte| byte.is_ascii_digit())
        };
        let is_signed = is_foot_row && self.person.iter().all(is_none_of_a_person);
        self.state.foot |= is_signed && self.in_order;
        is_signed.then_some(Aside::LeftOut(Code::FormText))
    }

    /// A row without anything that only a person has.
    #[cold]
    fn no_person(&mut self, row: &TableRow<'_>, rules: &Rulebook, pays: bool) -> Option<Aside> {
        let cells: Vec<String> = (0..row.width().min(self.own_columns))
            .map(|at| text(row.cell(at)).map_or_else(|_| String::new(), std::borrow::Cow::into_owned))
            .collect();
        let cell = |column: Option<usize>| column.and_then(|at| cells.get(at)).map_or("", String::as_str);
        let (ordinal, name) = (cell(self.ordinal).to_owned(), cell(self.name).to_owned());
        let first = cells.iter().find(|cell| !cell.is_empty())?.clone();
        let label = if name.is_empty() { first.clone() } else { name.clone() };
        // Amounts alone are a sum, whatever its label was.
        let is_amount = |(at, cell): (usize, &String)| cell.is_empty() || self.stated.contains(&at);
        if is_total(&label) || cells.iter().enumerate().all(is_amount) {
            return Some(self.total(row, &cells));
        }
        if pays {
            return None;
        }
        let repeats = |(cell, name): (&String, &String)| !cell.is_empty() && name.ends_with(cell.as_str());
        if is_number_row(&cells) || cells.iter().zip(&self.names).filter(|pair| repeats(*pair)).count() > 2 {
            return Some(Aside::LeftOut(Code::FormText));
        }
        if let Some(aside) = self.section(&ordinal, &name, &first, rules, row.number) {
            return Some(aside);
        }
        let numbered = digits(ordinal.as_bytes()).is_some();
        if !numbered && (self.state.foot || is_foot(&first) || cells.iter().any(|cell| is_foot(cell))) {
            self.state.foot |= self.in_order;
            return Some(self.counted(&first, &[]));
        }
        // A name alone may be a person whose cells were forgotten.
        (!numbered && name.is_empty()).then_some(Aside::LeftOut(Code::FormText))
    }

    fn section(
        &mut self,
        ordinal: &str,
        name: &str,
        first: &str,
        rules: &Rulebook,
        line: u64,
    ) -> Option<Aside> {
        let title = if name.is_empty() { first } else { name };
        let folded = fold(title.trim_start_matches(|sign: char| "IVX.()0123456789- ".contains(sign)));
        let begins = |words: &[&str]| {
            words.iter().any(|word| folded == *word || folded.starts_with(&format!("{word}-")))
        };
        let marked =
            is_section_mark(ordinal) || (ordinal.is_empty() || ordinal == title) && is_section_title(title);
        let kind = match () {
            () if begins(&["giam"]) => Some(Section::Leaving),
            () if begins(&["tang"]) => Some(Section::Joining),
            () if begins(&["tien-luong", "dieu-chinh", "khac", "muc-dong"])
                && self.state.section != Section::Leaving =>
            {
                Some(Section::Changes)
            }
            () if begins(&["nguoi-tham-gia", "lao-dong"]) && self.state.section == Section::Changes => {
                Some(Section::Joining)
            }
            () => None,
        };
        let words = kind.is_some() || begins(&["nguoi-tham-gia", "lao-dong", "tien-luong"]);
        let titled = words && digits(ordinal.as_bytes()).is_none();
        if !(marked || titled) {
            return None;
        }
        if !self.in_order {
            return Some(Aside::Stop(Problem::new(Code::SectionsNeedOrder).with("row", line)));
        }
        let group = title.trim_start_matches(|sign: char| "IVX.()0123456789- ".contains(sign));
        let group = group.rsplit(':').next().unwrap_or(group).trim();
        if !words {
            let depth = depth(if ordinal.is_empty() { title } else { ordinal });
            match find_group(rules, group) {
                Ok(group) => (self.state.group, self.state.group_depth) = (Some(group.id.clone()), depth),
                // A village within the group keeps it; another section beside it has one of its own.
                Err(_) if depth <= self.state.group_depth => self.state.group = None,
                Err(_) => {}
            }
        }
        if let Some(kind) = kind {
            self.state.section = kind;
        }
        self.state.since_section = Sums::default();
        Some(Aside::LeftOut(Code::SectionRow))
    }

    /// A total row: what it says is compared with what stands above it.
    fn total(&mut self, row: &TableRow<'_>, cells: &[String]) -> Aside {
        let said: Vec<i128> = self
            .stated_of(row)
            .map(|amount| i128::from(amount.hundredths()))
            .filter(|sum| *sum != 0)
            .collect();
        let State { since_section, since_total, all, section, .. } = self.state;
        self.state.since_total = Sums::default();
        let above = [since_total.people];
        let label = cells.iter().enumerate().filter(|(at, _)| !self.stated.contains(at));
        let label = label.map(|(_, cell)| cell.as_str()).collect::<Vec<_>>().join(" ");
        if !self.in_order || section == Section::Leaving || said.is_empty() {
            return self.counted(&label, &above);
        }
        let said: i128 = said.iter().sum();
        if all == Sums::default() {
            self.state.on_top = Some((row.number, said));
            return Aside::LeftOut(Code::TotalRow);
        }
        let known = [since_section, since_total, all];
        if known.iter().any(|sums| sums.stated == said || sums.computed == said) {
            return self.counted(&label, &above);
        }
        let found = if since_section.people > 0 { since_section } else { all };
        Aside::LeftOutWith(Code::TotalRow, disagrees(row.number, said, found))
    }

    /// `Tổng số thẻ đề nghị cấp: 7`, `Tổng cộng 7 người` name how many people a list, a section or what stands above holds.
    fn counted(&self, label: &str, above: &[u64]) -> Aside {
        let code = if is_total(label) { Code::TotalRow } else { Code::FormText };
        let State { all, since_section, section, .. } = self.state;
        let known = [all.people, since_section.people];
        let is_joining = section == Section::Joining && all.people > 0;
        match people_named(label, is_joining).filter(|_| self.in_order) {
            Some(number) if !known.iter().chain(above).any(|people| *people == number) => Aside::LeftOutWith(
                code,
                Problem::new(Code::CountDisagrees).with("read", number).with("found", all.people),
            ),
            _ => Aside::LeftOut(code),
        }
    }
}

fn disagrees(line: u64, said: i128, found: Sums) -> Problem {
    let dong = |sum: i128| sum / 100;
    Problem::new(Code::TotalDisagrees)
        .with("row", line)
        .with("read", dong(said))
        .with("rows", dong(found.stated))
        .with("computed", dong(found.computed))
}
