//! Tiêu đề: which column of a table is which field.

use crate::terms::fold::{fold, nearest};
use crate::terms::problem::{Code, Problem};

use super::Trouble;
use super::output::CellKind;

/// Một trường: what a column can mean.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name in the command contract.
    pub name: &'static str,
    /// Whether a table without it is refused.
    pub required: bool,
    /// Other headings that people and agencies use, folded and without dashes.
    pub aliases: &'static [&'static str],
}

/// Bố cục: the columns of a table and what they mean.
#[derive(Debug, Clone)]
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
    columns: Vec<(&'static str, usize)>,
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
            names,
            heading: Vec::new(),
            has_heading: false,
            separator,
            epoch: None,
            kinds: None,
            pads_rows: false,
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

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.names.len()
    }
}

/// Tiêu đề so sánh được: folded, without what stands in brackets and without dashes.
pub fn key(heading: &str) -> String {
    let plain = heading.split(['(', '[']).next().unwrap_or_default();
    let plain = if plain.trim().is_empty() { heading } else { plain };
    fold(plain).replace('-', "").replace(['*', ':', '\''], "")
}

/// How a column came to mean a field, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Alias,
    Name,
    Asked,
}

/// What a row of cells means as a heading.
#[derive(Debug, Default)]
pub struct Reading {
    /// Columns by field.
    pub columns: Vec<(&'static str, usize)>,
    /// Required fields that no column means.
    pub missing: Vec<&'static str>,
    /// True where some column was understood by another name than that of the contract.
    pub by_other_name: bool,
}

/// Reads a row of cells as a heading; `map` names columns for fields.
///
/// # Errors
/// [`Code::DuplicateColumn`] when two columns mean the same.
pub fn read(cells: &[String], fields: &[Field], map: &[(String, &'static str)]) -> Result<Reading, Trouble> {
    let mut reading = Reading::default();
    let keys: Vec<String> = cells.iter().map(|cell| key(cell)).collect();
    let asked_for = |column: &str| map.iter().find(|(name, _)| key(name) == column).map(|(_, field)| *field);
    for field in fields {
        let mut found: Vec<(Match, usize)> = Vec::new();
        for (column, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            let rank = match asked_for(key) {
                Some(asked) if asked == field.name => Some(Match::Asked),
                Some(_) => None,
                None if *key == field.name.replace('_', "") => Some(Match::Name),
                None if field.aliases.contains(&key.as_str()) => Some(Match::Alias),
                None => None,
            };
            found.extend(rank.map(|rank| (rank, column)));
        }
        let best = found.iter().map(|(rank, _)| *rank).max();
        let best: Vec<(Match, usize)> = found.into_iter().filter(|(rank, _)| Some(*rank) == best).collect();
        match best[..] {
            [] if field.required => reading.missing.push(field.name),
            [] => {}
            [(rank, column)] => {
                reading.by_other_name |= rank != Match::Name;
                reading.columns.push((field.name, column));
            }
            _ => {
                let columns: Vec<String> = best
                    .iter()
                    .map(|(_, column)| format!("{} ({})", cells[*column].trim(), column + 1))
                    .collect();
                return Err(Trouble::input(
                    Problem::new(Code::DuplicateColumn)
                        .with("field", field.name)
                        .with("columns", columns.join(", ")),
                ));
            }
        }
    }
    Ok(reading)
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
pub fn check_map(map: &[(String, &'static str)], cells: &[String]) -> Result<(), Trouble> {
    match map.iter().find(|(column, _)| !cells.iter().any(|cell| key(cell) == key(column))) {
        None => Ok(()),
        Some((column, field)) => Err(Trouble::usage(
            Problem::new(Code::ColumnMap)
                .with("read", format!("{column}={field}"))
                .with("column", column)
                .with("suggestion", nearest(column, cells.iter().map(String::as_str)).unwrap_or_default())
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

    fn cells(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn names_of_the_contract_come_before_others_and_maps_before_both() {
        let read =
            |text: &str, map: &[(String, &'static str)]| read(&cells(text), FIELDS, map).expect("a reading");
        assert_eq!(read("paid_on,GROUP", &[]).columns, [("group", 1), ("paid_on", 0)]);
        assert_eq!(
            read("Đối tượng (*),Ngày đóng\n(dd/mm/yyyy),group", &[]).columns,
            [("group", 2), ("paid_on", 1)]
        );
        let map = read_map(&["Loại=group".to_owned()], FIELDS).expect("a map");
        assert_eq!(read("group,Loại,Ngày đóng", &map).columns, [("group", 1), ("paid_on", 2)]);
        assert_eq!(read("a,b", &[]).missing, ["group", "paid_on"]);
    }

    #[test]
    fn doubles_and_wrong_maps_are_refused() {
        let doubled = read(&cells("Đối tượng,doi_tuong,paid_on"), FIELDS, &[]).expect_err("an error");
        assert_eq!(doubled.problem.code, Code::DuplicateColumn);
        assert!(read(&cells("Đối tượng,x,x,paid_on"), FIELDS, &[]).is_ok());
        assert!(read_map(&["x=grup".to_owned()], FIELDS).is_err());
        assert!(check_map(&[("Loại".to_owned(), "group")], &cells("group,paid_on")).is_err());
    }
}
