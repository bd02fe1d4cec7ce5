//! Dòng tiêu đề: where a heading of one to five rows stands, what its columns are called, and what stands above it.

use super::Trouble;
use super::csv::HeadRecord;
use super::heading::{Meanings, Name, Schema, key};
use crate::terms::fold::{fold, nearest, tidy};
use crate::terms::problem::{Code, Problem};

/// Rows among which a heading is looked for.
pub(super) const HEADING_ROWS: usize = 60;
/// Most rows of a heading.
const MOST_DEEP: usize = 5;
/// Fields that a row must name to be taken for a heading.
const LEAST_FIELDS: usize = 2;

/// Một khối tiêu đề.
#[derive(Debug, Clone)]
pub(super) struct HeadingRows {
    /// First row, counted from 0.
    pub(super) first: usize,
    /// Last row, with the row of column numbers below it.
    pub(super) last: usize,
    /// Rows joined into names.
    pub(super) deep: usize,
    pub(super) names: Vec<Name>,
    /// Fields that it names.
    pub(super) known: usize,
}

/// Finds the rows that name most fields; of equals the fewest and first.
pub(super) fn find(records: &[Vec<String>], meanings: &Meanings<'_>) -> Option<HeadingRows> {
    let mut best: Option<HeadingRows> = None;
    // Rows of a heading name something by themselves; a wide table of other things is passed by quickly.
    let alone = |row: &Vec<String>| meanings.read(&row.iter().map(|cell| Name::of(cell)).collect::<Vec<_>>());
    let named: Vec<usize> = records.iter().map(|row| alone(row).columns.len()).collect();
    for last in 0..records.len() {
        for deep in 1..=MOST_DEEP.min(last + 1) {
            let first = last + 1 - deep;
            if named[first..=last].iter().sum::<usize>() == 0 {
                continue;
            }
            // A title stands alone in its row; a heading does not.
            if filled(&records[first]).count() < 2 {
                break;
            }
            let names = joined(&records[first..=last]);
            let reading = meanings.read(&names);
            let known = reading.columns.len();
            let complete = reading.missing.is_empty();
            let better = best.as_ref().is_none_or(|best| known > best.known);
            if better && (known >= LEAST_FIELDS || complete) {
                best = Some(HeadingRows { first, last, deep, names, known });
            }
        }
    }
    if let Some(found) = &mut best {
        take_in_parts(found, records, meanings);
        take_in_numbers(found, records);
    }
    best
}

/// A row of further parts of the heading: words only, below headings that stand above several columns.
fn take_in_parts(found: &mut HeadingRows, records: &[Vec<String>], meanings: &Meanings<'_>) {
    let is_part = |row: &Vec<String>| {
        // Somebody's row has a number or a name in front.
        filled(row).count() > 0
            && row.iter().take(2).all(String::is_empty)
            && filled(row).all(|cell| !cell.chars().any(|letter| letter.is_ascii_digit()))
    };
    while found.deep < MOST_DEEP && records.get(found.last + 1).is_some_and(is_part) {
        let names = joined(&records[found.first..=found.last + 1]);
        // What was a name before stays one.
        if meanings.read(&names).columns.len() < found.known {
            return;
        }
        (found.names, found.last, found.deep) = (names, found.last + 1, found.deep + 1);
    }
}

/// A row of column numbers ends a heading: what stands between belongs to it.
fn take_in_numbers(found: &mut HeadingRows, records: &[Vec<String>]) {
    const MOST_BETWEEN: usize = 3;
    let numbers = (1..=MOST_BETWEEN)
        .map(|below| found.last + below)
        .find(|row| records.get(*row).is_some_and(|row| is_number_row(row)));
    let Some(numbers) = numbers else { return };
    if numbers > found.last + 1 {
        found.names = joined(&records[found.first..numbers]);
        found.deep = numbers - found.first;
    }
    found.last = numbers;
}

/// All rows that could be a heading, joined.
pub(super) fn blocks(records: &[Vec<String>]) -> impl Iterator<Item = Vec<Name>> + '_ {
    const MOST_JOINED: usize = 3;
    const MOST_WIDE: usize = 256;
    let fits = |rows: &[Vec<String>]| rows.iter().all(|row| row.len() <= MOST_WIDE);
    (0..records.len()).flat_map(move |last| {
        (1..=MOST_JOINED.min(last + 1))
            .map(move |deep| &records[last + 1 - deep..=last])
            .filter(move |rows| fits(rows))
            .map(joined)
    })
}

fn filled(row: &[String]) -> impl Iterator<Item = &String> {
    row.iter().filter(|cell| !cell.is_empty())
}

/// The names of columns whose texts stand above each other. A text above several columns stands in the first of them.
pub(super) fn joined(rows: &[Vec<String>]) -> Vec<Name> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let text = |row: usize, column: usize| rows[row].get(column).map_or("", String::as_str);
    let has_below =
        |row: usize, column: usize| (row + 1..rows.len()).any(|below| !text(below, column).is_empty());
    let mut names = vec![Vec::<String>::new(); width];
    for row in 0..rows.len() {
        let mut above = "";
        for (column, name) in names.iter_mut().enumerate() {
            let own = text(row, column);
            let goes_on = column > 0 && has_below(row, column) && has_below(row, column - 1);
            above = if !own.is_empty() {
                own
            } else if goes_on {
                above
            } else {
                ""
            };
            if !above.is_empty() && name.last().is_none_or(|last| last != above) {
                name.push(above.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    let name = |texts: Vec<String>| {
        // A result that is fed back has its headings in one row.
        let parts: Vec<&str> = texts.iter().flat_map(|text| text.split(" – ")).collect();
        let leaf = parts.last().map(|part| key(part)).unwrap_or_default();
        let joint = parts.iter().map(|part| key(part)).collect();
        Name { leaf, joint, shown: texts.join(" – ") }
    };
    names.into_iter().map(name).collect()
}

/// Dòng số cột: `A, B, 1, 2, (2)=(3)+…`, which ends a printed heading.
pub(super) fn is_number_row<T: AsRef<str>>(row: &[T]) -> bool {
    const LEAST: usize = 3;
    let cells: Vec<&str> =
        row.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty()).collect();
    let letter = |cell: &str| cell.chars().count() == 1 && cell.chars().all(char::is_uppercase);
    let number = |cell: &str| {
        let plain = cell.trim_start_matches('(');
        let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
        let rest = plain[digits.len()..].trim_start_matches(')').trim_start();
        digits
            .parse::<u32>()
            .ok()
            .filter(|number| *number < 200 && (rest.is_empty() || rest.starts_with('=')))
    };
    let numbers: Vec<u32> = cells.iter().filter_map(|cell| number(cell)).collect();
    cells.len() >= LEAST
        && cells.iter().all(|cell| letter(cell) || number(cell).is_some())
        && numbers.len() >= 2
        && numbers[0] <= 2
        && numbers.windows(2).all(|pair| pair[0] < pair[1])
}

/// Những gì các dòng phía trên nói cho cả bảng: `Mã đối tượng: GD`, the day of the list.
pub(super) fn titles(rows: &[Vec<String>], schema: &Schema) -> Vec<(&'static str, String)> {
    let mut facts: Vec<(usize, &'static str, String)> = Vec::new();
    let mut days = Vec::new();
    for row in rows {
        let cells: Vec<String> = filled(row).map(String::as_str).flat_map(labels).collect();
        for (index, cell) in cells.iter().enumerate() {
            if let Some((label, value)) = cell.split_once(':') {
                let label = fold(label).replace('-', "");
                let next = cells.get(index + 1).map(String::as_str).filter(|next| !next.contains(':'));
                let value = if value.trim().is_empty() { next.unwrap_or_default() } else { value };
                let known = schema.titles.iter().position(|(known, _)| label.ends_with(known));
                if let Some(at) = known
                    && !tidy(value).is_empty()
                    && !value.trim().chars().all(|sign| matches!(sign, '.' | '…' | '_'))
                {
                    facts.push((at, schema.titles[at].1, tidy(value)));
                }
            }
            if let Some(percent) = state_share(cell)
                && let Some(at) = schema.titles.iter().position(|(label, _)| *label == STATE_SHARE)
            {
                facts.push((at, schema.titles[at].1, percent));
            }
            days.extend(day_in_words(cell));
        }
    }
    days.dedup();
    if let (Some(field), [day]) = (schema.dated, &days[..]) {
        facts.push((usize::MAX, field, day.clone()));
    }
    agreed(facts, schema)
}

/// The parts of a line that have a label each: `Đối tượng: GD; Ngày thu: 05/08/2026`.
fn labels(cell: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in cell.split(';') {
        match parts.last_mut() {
            Some(last) if !part.contains(':') => *last += &format!(";{part}"),
            _ => parts.push(part.trim().to_owned()),
        }
    }
    parts
}

/// The label that names the state's share for all rows.
const STATE_SHARE: &str = "tylensnnhotroquydinh";

/// Percents that a line names.
fn percents(cell: &str) -> Vec<&str> {
    let number = |at: usize| {
        let before = cell[..at].trim_end();
        let digits = before.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ','));
        &before[digits.len()..]
    };
    cell.match_indices('%').map(|(at, _)| number(at)).filter(|number| !number.is_empty()).collect()
}

/// `NSNN hỗ trợ 30 %`: the state's share in a sentence; not where others support as well.
fn state_share(cell: &str) -> Option<String> {
    let folded = format!("-{}-", fold(cell));
    let holds = |words: &[&str]| words.iter().any(|word| folded.contains(&format!("-{word}-")));
    let others = ["dia-phuong", "nsdp", "tinh", "thanh-pho", "huyen", "xa", "phuong", "to-chuc", "ca-nhan"];
    match percents(cell)[..] {
        [percent] if holds(&["nsnn", "nha-nuoc"]) && holds(&["ho-tro"]) && !holds(&others) => {
            Some(format!("{percent}%"))
        }
        _ => None,
    }
}

/// Lines above the heading that speak of support or a reduction with a number, and that no fact says.
pub(super) fn of_support(rows: &[Vec<String>], schema: &Schema) -> Vec<String> {
    let speaks = |cell: &&String| {
        let folded = format!("-{}-", fold(cell));
        let words = ["ho-tro", "tai-tro", "mien", "giam"];
        let is_title = cell.split_once(':').is_some_and(|(label, _)| {
            let label = fold(label).replace('-', "");
            schema.titles.iter().any(|(known, _)| label.ends_with(known))
        });
        let lower = cell.to_lowercase();
        let names_money = lower
            .match_indices("đồng")
            .chain(lower.match_indices("đ/"))
            .any(|(at, _)| lower[..at].trim_end().ends_with(|sign: char| sign.is_ascii_digit()));
        let is_some = |percent: &&str| percent.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        words.iter().any(|word| folded.contains(&format!("-{word}-")))
            && (names_money || percents(cell).iter().any(is_some))
            && !is_title
            && state_share(cell).is_none()
    };
    rows.iter().flatten().filter(speaks).cloned().collect()
}

/// What titles say together: groups are joined, since a code and a name may name the same one; of others that differ nothing is known.
fn agreed(mut facts: Vec<(usize, &'static str, String)>, schema: &Schema) -> Vec<(&'static str, String)> {
    facts.sort_by_key(|(at, ..)| *at);
    let mut said: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (at, field, value) in facts {
        match said.iter_mut().find(|(known, _)| *known == field) {
            // The day of the list comes after the days that titles name.
            Some(_) if at == usize::MAX => {}
            Some((_, values)) if values.iter().all(|known| fold(known) != fold(&value)) => values.push(value),
            Some(_) => {}
            None => said.push((field, vec![value])),
        }
    }
    said.retain(|(field, values)| values.len() == 1 || schema.joined.contains(field));
    said.into_iter().map(|(field, values)| (field, values.join(" - "))).collect()
}

/// The day of a list, `ngày 20 tháng 9 năm 2026`; not the day of a decree that it cites.
fn day_in_words(cell: &str) -> Option<String> {
    let folded = fold(cell);
    let cites = ["ban-hanh", "kem-theo", "quyet-dinh", "nghi-dinh", "thong-tu", "qd", "nd-cp", "thang-nam"];
    if cites.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let after = |word: &str, text: &str| {
        let at = text.find(word)? + word.len();
        let digits: String =
            text[at..].trim_start_matches('-').chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some((digits, at))
    };
    let (day, at) = after("ngay", &folded)?;
    let (month, further) = after("thang", &folded[at..])?;
    let (year, _) = after("nam", &folded[at + further..])?;
    (year.len() == 4).then(|| format!("{day}/{month}/{year}"))
}

/// Reads `--set trường=giá trị` options.
///
/// # Errors
/// [`Code::SetForm`] for a field that does not exist, or without a value.
pub(super) fn facts_of(options: &[String], schema: &Schema) -> Result<Vec<(&'static str, String)>, Trouble> {
    let names = || schema.fields.iter().map(|field| field.name);
    options
        .iter()
        .map(|option| {
            let refused = |suggestion: &str| {
                let accepted = names().collect::<Vec<_>>().join(", ");
                let problem = Problem::new(Code::SetForm).with("read", option).with("accepted", accepted);
                Trouble::usage(problem.with("suggestion", suggestion).at("--set"))
            };
            let (field, value) = option.split_once('=').ok_or_else(|| refused(""))?;
            let known = names().find(|name| key(name) == key(field));
            match known.filter(|_| !value.trim().is_empty()) {
                Some(field) => Ok((field, tidy(value))),
                None => Err(refused(nearest(field, names()).unwrap_or_default())),
            }
        })
        .collect()
}

/// Whether the rows below a heading begin with a section that may name a group: `I | Hộ gia đình`, `A. Học sinh`.
pub(super) fn begins_with_section(below: &[Vec<String>]) -> bool {
    const MOST_FILLED: usize = 3;
    let Some(row) = below.iter().find(|row| filled(row).next().is_some()) else { return false };
    let text = filled(row).map(String::as_str).collect::<Vec<_>>().join(" ");
    let (mark, title) = text.split_once([' ', ')']).unwrap_or_default();
    let mark = mark.trim_matches(['.', '(', ')', ':']);
    let is_mark = !mark.is_empty() && mark.chars().all(|letter| "IVX".contains(letter))
        || mark.chars().count() == 1 && mark.chars().all(char::is_uppercase);
    let title = fold(title);
    let words = ["tang", "giam", "nguoi-tham-gia", "lao-dong", "tien-luong"];
    is_mark
        && filled(row).count() <= MOST_FILLED
        && !title.is_empty()
        && !words.iter().any(|word| title.starts_with(word))
}

/// The cells of records, tidied.
pub(super) fn cells(records: &[HeadRecord]) -> Vec<Vec<String>> {
    records.iter().map(|record| record.cells.iter().map(|cell| tidy(cell)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.split('\n').map(|row| row.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn texts_above_several_columns_go_on_to_the_right() {
        let names = joined(&rows("STT,Mức đóng,,,,Ghi chú\n,Lương,Phụ cấp,,Khác,\n,,Chức vụ,Nghề,,"));
        let shown: Vec<&str> = names.iter().map(|name| name.shown.as_str()).collect();
        assert_eq!(
            shown,
            [
                "STT",
                "Mức đóng – Lương",
                "Mức đóng – Phụ cấp – Chức vụ",
                "Mức đóng – Phụ cấp – Nghề",
                "Mức đóng – Khác",
                "Ghi chú"
            ]
        );
    }

    #[test]
    fn rows_of_column_numbers_are_told_from_people() {
        for row in ["A,B,1,2,3", "A,B,(1),(2)=(3)+…+(7),(3)", ",A,B,1,2,"] {
            assert!(is_number_row(&rows(row)[0]), "{row}");
        }
        for row in ["1,Nguyễn,2", "3,2,1", "GD,12,2026-08-01", "A,B,C", "12,12,12"] {
            assert!(!is_number_row(&rows(row)[0]), "{row}");
        }
    }

    #[test]
    fn the_day_of_the_list_is_not_that_of_a_decree() {
        let day = |text: &str| day_in_words(text);
        assert_eq!(day("Số: 01 /2026; ngày 20 tháng 9 năm 2026").as_deref(), Some("20/9/2026"));
        assert_eq!(day("(Ban hành kèm theo Quyết định số 366, ngày 29 tháng 4 năm 2026)"), None);
        assert_eq!(day("ngày … tháng … năm 2026"), None);
    }
}
