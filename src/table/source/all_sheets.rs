//! Mọi trang tính của một sổ: sheets with the same columns read as one table (`--sheet "*"`), as books with a form a household need.
//!
//! What a sheet says for all of its rows (titles, one household) becomes columns, so that each sheet keeps its own.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use super::{IN_ORDER, OpenTable};
use crate::table::Trouble;
use crate::table::csv::push_cell;
use crate::table::heading::{HouseholdBy, Schema};
use crate::table::input::{ALL_SHEETS, Input, ReadOptions, SHEET};
use crate::terms::problem::{Code, Problem};

/// Một trang đang mở.
struct PartSheet<'i> {
    name: String,
    table: OpenTable<'i>,
}

/// All visible sheets with the columns of the first that fits, as one table.
///
/// # Errors
/// [`Trouble`] for a book that has none, is too large to be read row after row, or has a sheet that says too little.
pub(super) fn open<'i>(
    path: &Path,
    schema: &Schema,
    options: &ReadOptions,
) -> Result<OpenTable<'i>, Trouble> {
    if std::fs::metadata(path).is_ok_and(|about| about.len() > IN_ORDER) {
        let shown = format!("> {} MiB", IN_ORDER / (1024 * 1024));
        return Err(Trouble::input(
            Problem::new(Code::WorkbookTooLarge).with("part", "--sheet *").with("detail", shown),
        ));
    }
    let sheets = crate::table::xlsx::visible_sheets(path).ok_or_else(|| {
        Trouble::input(Problem::new(Code::UnknownSheet).with("read", ALL_SHEETS).with("accepted", ""))
    })?;
    let required = schema.fields.iter().filter(|field| field.required).count();
    let (mut parts, mut others, mut first) = (Vec::<PartSheet<'_>>::new(), Vec::new(), None);
    for name in sheets {
        let own = ReadOptions { sheet: Some(name.clone()), ..options.clone() };
        match OpenTable::open_at(Input::File(path.to_owned()), schema, &own) {
            Ok(table)
                if parts.first().is_none_or(|part| part.table.layout().names == table.layout().names) =>
            {
                parts.push(PartSheet { name, table });
            }
            Ok(_) => others.push(name),
            // A list that lacks a word of its title is no other table.
            Err(trouble) if is_other(&trouble.problem, required) => {
                first = first.or(Some(trouble));
            }
            Err(trouble) => return Err(Trouble { problem: trouble.problem.at(&name), ..trouble }),
        }
    }
    let Some(main) = parts.first().map(|part| part.table.layout().clone()) else {
        return Err(first.unwrap_or_else(|| Trouble::input(Problem::new(Code::EmptyInput))));
    };
    let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let mut titles = Vec::new();
    let hidden: Vec<Problem> = parts
        .iter()
        .flat_map(|part| part.table.notices().iter().map(move |notice| (part, notice)))
        .filter(|(_, notice)| notice.code == Code::RowsHidden)
        .map(|(part, notice)| notice.clone().at(&part.name))
        .collect();
    let text = joined(&mut parts, schema, &mut titles)?;
    let own = ReadOptions { sheet: None, separator: Some(b','), encoding: None, ..options.clone() };
    let input = Input::Stream(Box::new(Cursor::new(text)), path.display().to_string());
    let mut table = OpenTable::open_at(input, schema, &own)?;
    let mut notices = vec![Problem::new(Code::SheetsRead).with("read", names.join(", "))];
    if !others.is_empty() {
        notices.push(Problem::new(Code::SheetsAlike).with("others", others.join(", ")));
    }
    notices.extend(hidden);
    table.is_of_sheets(&main, titles, notices);
    Ok(table)
}

/// Whether a sheet holds something else than a list: too little of what a list needs.
fn is_other(problem: &Problem, required: usize) -> bool {
    let missing = problem.facts.iter().find(|(name, _)| *name == "missing");
    match problem.code {
        Code::EmptyInput | Code::TableOfOtherKind => true,
        Code::MissingColumns => missing.is_none_or(|(_, fields)| fields.split(", ").count() >= required),
        _ => false,
    }
}

/// The rows of all sheets below one heading.
fn joined(
    parts: &mut [PartSheet<'_>],
    schema: &Schema,
    titles: &mut Vec<String>,
) -> Result<Vec<u8>, Trouble> {
    let mut fields: Vec<&str> = Vec::new();
    for (field, _) in parts.iter().flat_map(|part| &part.table.layout().facts) {
        if !fields.contains(field) {
            fields.push(field);
        }
    }
    let household = schema.household.filter(|field| {
        let is_one = |part: &PartSheet<'_>| part.table.layout().households == HouseholdBy::WholeFile;
        !fields.contains(field) && parts.iter().any(is_one)
    });
    let mut text = Vec::new();
    let line = |text: &mut Vec<u8>, cells: &mut dyn Iterator<Item = &[u8]>| {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                text.push(b',');
            }
            push_cell(text, cell, b',');
        }
        text.push(b'\n');
    };
    let Some(first) = parts.first() else { return Ok(text) };
    let names = first.table.layout().names.clone();
    let heading =
        names.iter().map(String::as_str).chain(fields.iter().copied()).chain(household).chain([SHEET]);
    line(&mut text, &mut heading.map(str::as_bytes));
    let all: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for (at, PartSheet { name, table }) in parts.iter_mut().enumerate() {
        let by_id = schema.household.and_then(|field| table.layout().column(field));
        let layout = table.layout().clone();
        titles.extend(layout.titles_of_support.iter().cloned());
        let said: Vec<&str> = fields.iter().map(|field| layout.fact(field).unwrap_or_default()).collect();
        let own: Vec<&str> = household.map(|_| name.as_str()).into_iter().collect();
        table.for_each(|row| {
            // One that goes on, or two that are numbered alike: nobody but the user knows.
            let id = row.cell_of(by_id).trim_ascii().to_vec();
            if let Some(other) = known.insert(id.clone(), at).filter(|other| *other != at && !id.is_empty()) {
                let sheets = format!("{}, {}", all[other], all[at]);
                return Err(Trouble::input(Problem::new(Code::HouseholdOnSheets).with("read", sheets)));
            }
            let cells: Vec<_> = (0..names.len()).map(|at| row.cell_of(Some(at))).collect();
            // A blank row stays one.
            if cells.iter().all(|cell| cell.is_empty()) {
                text.push(b'\n');
                return Ok(());
            }
            let more = said.iter().chain(&own).map(|value| value.as_bytes()).chain([name.as_bytes()]);
            line(&mut text, &mut cells.iter().map(|cell| &cell[..]).chain(more));
            Ok(())
        })?;
    }
    Ok(text)
}
