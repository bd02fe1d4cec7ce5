//! Chọn trang tính: which sheet of a workbook is read.

use crate::table::Trouble;
use crate::table::input::ReadOptions;
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Một trang tính.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BookSheet {
    pub(super) name: String,
    pub(super) is_visible: bool,
}

/// The sheet that is asked for, else the first visible one; the others are named.
///
/// # Errors
/// [`Code::UnknownSheet`].
pub(super) fn choose(sheets: &[BookSheet], options: &ReadOptions) -> Result<(usize, Vec<Problem>), Trouble> {
    let may_be = |sheet: &&BookSheet| options.sheet.is_some() || sheet.is_visible;
    let names: Vec<&str> = sheets.iter().filter(may_be).map(|sheet| sheet.name.as_str()).collect();
    let chosen = match &options.sheet {
        Some(wanted) => sheets.iter().position(|sheet| fold(&sheet.name) == fold(wanted)),
        None => sheets.iter().position(|sheet| sheet.is_visible),
    };
    let Some(index) = chosen else {
        let wanted = options.sheet.clone().unwrap_or_default();
        return Err(Trouble::input(
            Problem::new(Code::UnknownSheet).with("read", wanted).with("accepted", names.join(", ")),
        ));
    };
    let mut notices = Vec::new();
    let read = &sheets[index].name;
    let others: Vec<&str> = names.into_iter().filter(|other| other != read).collect();
    if !others.is_empty() && options.sheet.is_none() {
        notices.push(Problem::new(Code::OtherSheets).with("read", read).with("others", others.join(", ")));
    }
    Ok((index, notices))
}
