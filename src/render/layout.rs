//! Dàn trang: plain tables and wrapped lines for a terminal of 80 columns.

/// Width that text output never exceeds, in characters.
pub const WIDTH: usize = 80;

/// Which side a column leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table with two blanks between columns and two in front; the first row is the heading.
pub fn table(rows: &[Vec<String>], leans: &[Lean]) -> String {
    let columns = leans.len();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate().take(columns) {
            let padding = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
            let (before, after) =
                if leans[column] == Lean::Right { (padding.as_str(), "") } else { ("", padding.as_str()) };
            line.push_str("  ");
            line.push_str(before);
            line.push_str(cell);
            line.push_str(after);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Text broken at blanks so that no line passes [`WIDTH`]; the first line keeps its margin, later lines start with
/// `indent` blanks.
pub fn wrap(text: &str, indent: usize) -> String {
    let margin = text.len() - text.trim_start_matches(' ').len();
    let mut out = " ".repeat(margin);
    let mut column = margin;
    let mut at_start = true;
    for word in text[margin..].split(' ') {
        let length = word.chars().count();
        if !at_start && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if !at_start {
            out.push(' ');
            column += 1;
        }
        at_start = false;
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

/// A text cut to a number of characters, with an ellipsis where something was cut.
pub fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(1)).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_stay_within_the_width() {
        let text = "một hai ba ".repeat(30);
        let wrapped = wrap(text.trim(), 4);
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(wrapped.split_whitespace().count(), 90);
    }

    #[test]
    fn columns_line_up_by_characters_not_bytes() {
        let rows = vec![vec!["đ".to_owned(), "1".to_owned()], vec!["abc".to_owned(), "22".to_owned()]];
        assert_eq!(table(&rows, &[Lean::Left, Lean::Right]), "  đ     1\n  abc  22\n");
    }
}
