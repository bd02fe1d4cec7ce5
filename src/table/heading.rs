//! Tiêu đề: which column of a table is which field.

use std::collections::BTreeMap;

use crate::terms::fold::{fold, nearest, tidy};
use crate::terms::problem::{Code, Problem};

use super::Trouble;
use super::sink::CellKind;

/// Một trường: what a column can mean.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name in the command contract.
    pub name: &'static str,
    /// Whether a table without it is refused.
    pub required: bool,
    /// Other headings that people and agencies use, folded and without dashes; in lower case with diacritics where those decide.
    pub aliases: &'static [&'static str],
}

/// A field.
pub(super) const fn field(name: &'static str, required: bool, aliases: &'static [&'static str]) -> Field {
    Field { name, required, aliases }
}

/// A field without which a table still says something.
pub(super) const fn optional(name: &'static str, aliases: &'static [&'static str]) -> Field {
    field(name, false, aliases)
}

/// Lược đồ: what the rows of a kind of table can say.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// What columns can mean.
    pub fields: &'static [Field],
    /// Field whose equal neighbours stay together in one block.
    pub household: Option<&'static str>,
    /// Fields that decide nothing: the first of several columns is taken.
    pub loose: &'static [&'static str],
    /// Fields for which one cell may stand beside several rows, merged downwards.
    pub spreads: &'static [&'static str],
    /// Headings that mean their field only where another field has no column: heading, field, the other.
    pub yields: &'static [(&'static str, &'static str, &'static str)],
    /// Fields that a line above the heading can state for all rows, by what stands before its colon.
    pub titles: &'static [(&'static str, &'static str)],
    /// Fields of which titles may say the same in two ways.
    pub joined: &'static [&'static str],
    /// Field that the day of a list stands for, where no column has it.
    pub dated: Option<&'static str>,
    /// Parts of headings that speak of money, shares or plans: such a column is understood or named.
    pub money: &'static [&'static str],
    /// Whether columns that are not understood are asked what their cells look like.
    pub asks_cells: bool,
    /// Headings of that kind that change nothing.
    pub harmless: &'static [&'static str],
    /// Known layouts, as TOML.
    pub profiles: &'static str,
    /// A table of this kind for who has none.
    pub sample: Option<Sample>,
}

/// Bảng mẫu: what a table of a kind looks like at least.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Name for `bhyt template`.
    pub template: &'static str,
    /// Its first columns.
    pub columns: &'static [&'static str],
    /// Whether the command takes facts for all rows (`--set`).
    pub takes_facts: bool,
}

impl Schema {
    /// A kind of table of which nothing but its columns is known.
    pub const fn of(fields: &'static [Field]) -> Schema {
        Schema {
            fields,
            household: None,
            loose: &[],
            spreads: &[],
            yields: &[],
            titles: &[],
            joined: &[],
            dated: None,
            money: &[],
            asks_cells: false,
            harmless: &[],
            profiles: "profile = []",
            sample: None,
        }
    }

    /// A heading without some columns, and how such a table looks.
    pub fn lacks(&self, fields: &[&str]) -> Problem {
        let columns = self.sample.map_or(&[][..], |sample| sample.columns);
        let fields = if fields.is_empty() { columns } else { fields };
        let first = fields.first().copied().unwrap_or_default();
        let takes_facts = self.sample.is_some_and(|sample| sample.takes_facts);
        Problem::new(Code::MissingColumns)
            .with("missing", fields.join(", "))
            .with("set", if takes_facts { first } else { "" })
            .with("columns", columns.join(","))
            .with("template", self.sample.map_or("", |sample| sample.template))
    }
}

/// Bố cục: the columns of a table and what they mean.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way in which tables differ")]
pub struct Layout {
    /// Names of all columns.
    pub names: Vec<String>,
    /// The heading as it came; empty for tables without one.
    pub heading: Vec<u8>,
    /// Whether the table has a heading.
    pub has_heading: bool,
    /// Separator of cells.
    pub separator: u8,
    /// Whether numbers in date columns are days counted by a spreadsheet, and from when.
    pub epoch: Option<Epoch>,
    /// What the columns hold, where the file says so.
    pub kinds: Option<Vec<CellKind>>,
    /// Whether rows may leave out empty cells at their end, as sheets do.
    pub pads_rows: bool,
    /// Whether rows may be sections, totals and signatures, as in printed lists.
    pub is_list: bool,
    /// Whether some column was understood by another name than that of the contract.
    pub by_other_name: bool,
    /// Whether rows are read one after another, so that sections and totals can be followed.
    pub in_order: bool,
    /// What holds for rows that do not say it themselves, by field.
    pub facts: Vec<(&'static str, String)>,
    /// A column and another with the same heading to the letter.
    pub twins: Vec<(usize, usize)>,
    /// Columns that speak of money and were not understood.
    pub watched: Vec<usize>,
    /// The other columns of a list that were not understood, with their first cells.
    pub odd: Vec<(usize, Vec<String>)>,
    /// Columns of the rows themselves; behind them stand those that say what holds for a sheet.
    pub own_columns: usize,
    /// Lines above the heading that speak of support, and that nothing follows.
    pub titles_of_support: Vec<String>,
    /// Which rows are one household.
    pub households: HouseholdBy,
    columns: Vec<(&'static str, usize)>,
}

/// Các dòng nào là một hộ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HouseholdBy {
    /// As the rows say.
    #[default]
    Rows,
    /// The whole table is one household.
    WholeFile,
    /// Every row is a household of its own.
    EachRow,
    /// Neighbours with the same value in a column.
    Column(usize),
}

/// Ngày đầu của bảng tính.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// Day 1 is 1900-01-01, and 1900 wrongly counts as a leap year.
    Year1900,
    /// Day 0 is 1904-01-01.
    Year1904,
}

impl Layout {
    /// A layout from its columns.
    pub fn new(names: Vec<String>, separator: u8, columns: Vec<(&'static str, usize)>) -> Layout {
        Layout {
            own_columns: names.len(),
            names,
            heading: Vec::new(),
            has_heading: false,
            separator,
            epoch: None,
            kinds: None,
            pads_rows: false,
            is_list: false,
            by_other_name: false,
            in_order: false,
            facts: Vec::new(),
            twins: Vec::new(),
            watched: Vec::new(),
            odd: Vec::new(),
            titles_of_support: Vec::new(),
            households: HouseholdBy::Rows,
            columns,
        }
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().find(|(name, _)| *name == field).map(|(_, column)| *column)
    }

    /// The field of a column.
    pub fn field_of(&self, column: usize) -> Option<&'static str> {
        self.columns.iter().find(|(_, known)| *known == column).map(|(name, _)| *name)
    }

    /// What holds for rows that leave a field empty.
    pub fn fact(&self, field: &str) -> Option<&str> {
        self.facts.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    /// Whether a column or a fact says something about a field.
    pub fn has(&self, field: &str) -> bool {
        self.column(field).is_some() || self.fact(field).is_some()
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.names.len()
    }
}

/// Tiêu đề so sánh được: folded, without what stands in brackets and without dashes; *tỉ lệ* is spelt *tỷ lệ*.
pub fn key(heading: &str) -> String {
    let plain = heading.split(['(', '[']).next().unwrap_or_default();
    let plain = if plain.trim().is_empty() { heading } else { plain };
    fold(plain).replace('-', "").replace(['*', ':', '\'', '%'], "").replace("tile", "tyle")
}

/// The lowest text of a heading with its diacritics: *Hộ* is a household, *Họ* a family name.
fn with_diacritics(shown: &str) -> String {
    let lowest = shown.rsplit(" – ").next().unwrap_or_default();
    let plain = lowest.split(['(', '[']).next().unwrap_or_default();
    tidy(plain).to_lowercase()
}

/// Tên một cột: its lowest text, all its texts, and how it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Key of the lowest text.
    pub leaf: String,
    /// Key of all texts above each other.
    pub joint: String,
    /// As it is shown.
    pub shown: String,
}

impl Name {
    /// The name of a column with one text.
    pub fn of(text: &str) -> Name {
        let leaf = key(text);
        Name { joint: leaf.clone(), leaf, shown: text.to_owned() }
    }

    /// Whether a typed heading means it.
    fn answers(&self, typed: &str) -> bool {
        !typed.is_empty() && (self.leaf == typed || self.joint == typed || key(&self.shown) == typed)
    }
}

/// How a column came to mean a field, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Alias,
    Name,
    Profile,
    Asked,
}

/// What headings can mean, ready to be asked.
#[derive(Debug)]
pub struct Meanings<'m> {
    schema: &'m Schema,
    by_key: BTreeMap<String, (Match, &'static str)>,
    map: &'m [(String, &'static str)],
    profile: BTreeMap<String, &'static str>,
}

/// What a row of cells means as a heading.
#[derive(Debug, Default)]
pub struct Reading {
    /// Columns by field, in the order of the fields.
    pub columns: Vec<(&'static str, usize)>,
    /// Required fields that no column means.
    pub missing: Vec<&'static str>,
    /// True where some column was understood by another name than that of the contract.
    pub by_other_name: bool,
    /// A column and another with the same heading to the letter.
    pub twins: Vec<(usize, usize)>,
    /// Columns of different headings that mean the same.
    pub doubled: Option<(&'static str, Vec<usize>)>,
}

impl<'m> Meanings<'m> {
    /// The meanings of a kind of table; `map` names columns for fields.
    pub fn of(schema: &'m Schema, map: &'m [(String, &'static str)]) -> Meanings<'m> {
        let mut by_key = BTreeMap::new();
        for field in schema.fields {
            by_key.insert(field.name.replace('_', ""), (Match::Name, field.name));
            for alias in field.aliases {
                by_key.entry((*alias).to_owned()).or_insert((Match::Alias, field.name));
            }
        }
        Meanings { schema, by_key, map, profile: BTreeMap::new() }
    }

    /// The same with what a known layout calls its columns.
    #[must_use]
    pub fn in_layout(mut self, columns: impl Iterator<Item = (String, &'static str)>) -> Meanings<'m> {
        self.profile = columns.collect();
        self
    }

    fn meaning(
        &self,
        name: &Name,
        column: usize,
        asked: &[(usize, &'static str)],
    ) -> Option<(Match, &'static str)> {
        if let Some((_, field)) = asked.iter().find(|(known, _)| *known == column) {
            return Some((Match::Asked, field));
        }
        let keys = [&name.joint, &name.leaf];
        let layout = keys.iter().find_map(|key| self.profile.get(*key));
        if let Some(field) = layout {
            // A layout may say that a column means nothing here.
            return (!field.is_empty()).then_some((Match::Profile, *field));
        }
        let found = keys.iter().find_map(|key| self.by_key.get(*key).copied());
        found.or_else(|| self.by_key.get(&with_diacritics(&name.shown)).copied())
    }

    /// Reads a row of names as a heading.
    pub fn read(&self, names: &[Name]) -> Reading {
        let asked: Vec<(usize, &'static str)> = self
            .map
            .iter()
            .flat_map(|(typed, field)| columns_named(typed, names).into_iter().map(move |at| (at, *field)))
            .collect();
        let mut found: BTreeMap<&'static str, Vec<(Match, usize)>> = BTreeMap::new();
        for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.leaf.is_empty()) {
            if let Some((rank, field)) = self.meaning(name, column, &asked) {
                found.entry(field).or_default().push((rank, column));
            }
        }
        let mut reading = Reading::default();
        for field in self.schema.fields {
            let found = found.remove(field.name).unwrap_or_default();
            let best = found.iter().map(|(rank, _)| *rank).max();
            let best: Vec<(Match, usize)> =
                found.into_iter().filter(|(rank, _)| Some(*rank) == best).collect();
            let alike = |column: usize| names[column].shown == names[best[0].1].shown;
            match best[..] {
                [] if field.required => reading.missing.push(field.name),
                [] => {}
                [(rank, column), ref rest @ ..] => {
                    reading.by_other_name |= rank != Match::Name;
                    reading.columns.push((field.name, column));
                    if self.schema.loose.contains(&field.name) {
                        continue;
                    }
                    if rest.iter().all(|(_, other)| alike(*other)) {
                        reading.twins.extend(rest.iter().map(|(_, other)| (column, *other)));
                    } else {
                        let columns = best.iter().map(|(_, column)| *column).collect();
                        reading.doubled = reading.doubled.or(Some((field.name, columns)));
                    }
                }
            }
        }
        let yields = |field: &str, column: usize| {
            self.schema.yields.iter().any(|(heading, own, other)| {
                *own == field
                    && names[column].leaf == *heading
                    && reading.columns.iter().any(|(known, _)| known == other)
            })
        };
        let gone: Vec<&str> = reading
            .columns
            .iter()
            .filter(|(field, column)| yields(field, *column))
            .map(|(field, _)| *field)
            .collect();
        reading.columns.retain(|(field, _)| !gone.contains(field));
        reading
    }
}

/// Hai cột cùng nghĩa.
pub fn doubled(field: &str, columns: &[usize], names: &[Name]) -> Trouble {
    let shown = |column: &usize| format!("{} (#{})", names[*column].shown, column + 1);
    Trouble::input(
        Problem::new(Code::DuplicateColumn)
            .with("field", field)
            .with("columns", columns.iter().map(shown).collect::<Vec<_>>().join(", "))
            .with("first", columns.first().map_or(1, |column| column + 1)),
    )
}

/// The columns that somebody means: by heading, by place (`#8`), or by letter.
pub fn columns_named(typed: &str, names: &[Name]) -> Vec<usize> {
    let at = |place: usize| if (1..=names.len()).contains(&place) { vec![place - 1] } else { Vec::new() };
    if let Some(place) = typed.trim().strip_prefix('#').and_then(|place| place.trim().parse().ok()) {
        return at(place);
    }
    let asked = key(typed);
    let named: Vec<usize> = (0..names.len()).filter(|column| names[*column].answers(&asked)).collect();
    if named.is_empty() { letters(typed.trim()).map_or_else(Vec::new, at) } else { named }
}

/// Place of a column by its letters in a sheet, counted from 1.
fn letters(name: &str) -> Option<usize> {
    let is_letters = (1..=3).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_uppercase());
    is_letters.then(|| name.bytes().fold(0, |place, letter| place * 26 + usize::from(letter - b'A') + 1))
}

/// Reads `--map "cột=trường"` options.
///
/// # Errors
/// [`Code::ColumnMap`] for a field that does not exist.
pub fn read_map(options: &[String], fields: &[Field]) -> Result<Vec<(String, &'static str)>, Trouble> {
    let names = || fields.iter().map(|field| field.name);
    options
        .iter()
        .map(|option| {
            let refused = |problem: Problem| {
                let accepted = names().collect::<Vec<_>>().join(", ");
                Trouble::usage(problem.with("read", option).with("accepted", accepted).at("--map"))
            };
            let (column, field) =
                option.rsplit_once('=').ok_or_else(|| refused(Problem::new(Code::ColumnMap)))?;
            match names().find(|name| key(name) == key(field)) {
                Some(name) => Ok((column.trim().to_owned(), name)),
                None => Err(refused(
                    Problem::new(Code::ColumnMap)
                        .with("field", field.trim())
                        .with("suggestion", nearest(field, names()).unwrap_or_default()),
                )),
            }
        })
        .collect()
}

/// Refuses a `--map` that names no column of the heading.
///
/// # Errors
/// [`Code::ColumnMap`].
pub fn check_map(map: &[(String, &'static str)], names: &[Name]) -> Result<(), Trouble> {
    match map.iter().find(|(column, _)| columns_named(column, names).is_empty()) {
        None => Ok(()),
        Some((column, field)) => Err(Trouble::usage(
            Problem::new(Code::ColumnMap)
                .with("read", format!("{column}={field}"))
                .with("column", column)
                .with(
                    "suggestion",
                    nearest(column, names.iter().map(|name| name.shown.as_str())).unwrap_or_default(),
                )
                .at("--map"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field { name: "group", required: true, aliases: &["doituong"] },
        Field { name: "paid_on", required: true, aliases: &["ngaydong"] },
        Field { name: "born", required: false, aliases: &["ngaysinh"] },
    ];

    const SCHEMA: Schema = Schema { loose: &["born"], profiles: "", ..Schema::of(FIELDS) };

    fn names(text: &str) -> Vec<Name> {
        text.split(',').map(Name::of).collect()
    }

    #[test]
    fn names_of_the_contract_come_before_others_and_maps_before_both() {
        let read = |text: &str, map: &[(String, &'static str)]| Meanings::of(&SCHEMA, map).read(&names(text));
        assert_eq!(read("paid_on,GROUP", &[]).columns, [("group", 1), ("paid_on", 0)]);
        assert_eq!(
            read("Đối tượng (*),Ngày đóng\n(dd/mm/yyyy),group", &[]).columns,
            [("group", 2), ("paid_on", 1)]
        );
        let map = |option: &str| read_map(&[option.to_owned()], FIELDS).expect("a map");
        assert_eq!(read("group,Loại,Ngày đóng", &map("Loại=group")).columns, [("group", 1), ("paid_on", 2)]);
        assert_eq!(read("group,x,Ngày đóng", &map("#2=group")).columns, [("group", 1), ("paid_on", 2)]);
        assert_eq!(read("group,x,Ngày đóng", &map("B=group")).columns, [("group", 1), ("paid_on", 2)]);
        assert_eq!(read("a,b", &[]).missing, ["group", "paid_on"]);
    }

    #[test]
    fn doubles_are_told_twins_are_kept_apart_and_wrong_maps_are_refused() {
        let read = |text: &str| Meanings::of(&SCHEMA, &[]).read(&names(text));
        assert_eq!(read("Đối tượng,doi_tuong,paid_on").doubled, Some(("group", vec![0, 1])));
        assert_eq!(read("Ngày đóng,Đối tượng,Ngày đóng").twins, [(0, 2)]);
        assert_eq!(read("Đối tượng,x,x,paid_on").doubled, None);
        assert_eq!(read("Đối tượng,Ngày sinh,paid_on,ngaysinh").doubled, None);
        assert!(read_map(&["x=grup".to_owned()], FIELDS).is_err());
        assert!(check_map(&[("Loại".to_owned(), "group")], &names("group,paid_on")).is_err());
        assert!(check_map(&[("#3".to_owned(), "group")], &names("group,paid_on")).is_err());
    }
}
