//! Trang dạng CSV: the flat table of a page, or all its tables one below the other.

use super::page::{Block, Cell, Page, Table};

/// The page.
pub fn draw(page: &Page) -> String {
    if let Some(data) = &page.data {
        return table(data);
    }
    let mut out = Vec::new();
    for block in page.blocks(false) {
        match block {
            Block::Table(each) => out.push(table(each)),
            Block::Figures(figures) => out.push(
                figures
                    .iter()
                    .map(|figure| format!("{},{}\n", cell(&figure.name), written(&figure.value)))
                    .collect(),
            ),
            _ => {}
        }
    }
    out.join("\n")
}

fn table(table: &Table) -> String {
    let shown = table.shown(false);
    let heads: Vec<String> = shown.iter().map(|&column| cell(&table.columns[column].head)).collect();
    let mut out = heads.join(",") + "\n";
    for row in &table.rows {
        let cells: Vec<String> =
            shown.iter().map(|&column| row.cells.get(column).map(written).unwrap_or_default()).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A number is written as it is: its minus sign is no formula. Everything else is a text.
pub fn written(value: &Cell) -> String {
    match value {
        Cell::Number { exact, .. } => exact.clone(),
        other => cell(&other.shown(false)),
    }
}

/// A text cell: quoted where CSV needs it, disarmed where a spreadsheet would run it as a formula.
pub fn cell(text: &str) -> String {
    let armed = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) && !is_number(text);
    let text = if armed { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Digits with at most a minus sign and dots: no spreadsheet runs them.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_are_disarmed_and_quotes_doubled() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("Nguyễn Văn A"), "Nguyễn Văn A");
        assert_eq!([cell("-12.50"), cell("-1+2")], ["-12.50", "'-1+2"]);
    }
}
