//! Trang để in: a page as one HTML file without scripts or any outside reference.

use std::fmt::Write as _;

use super::page::{
    Block, Cell, Column, ColumnKind, NamedFigure, Note, Page, Paper, Role, Row, Table, TextLine, Tone,
};
use super::wording::{Lang, harmless};

/// The style of every sheet, made for ruled forms; papers add what they need.
const STYLE: &str = "*{box-sizing:border-box}body{font:9.5pt/1.3 'Noto Sans','Segoe UI',Arial,sans-serif;color:#111;margin:0 auto;max-width:277mm;padding:4mm 0}h1{font-size:14pt;margin:0 0 1mm;text-align:center}p{margin:1.2mm 0}.form{float:right;border:1px solid #111;padding:.5mm 2mm;font-size:8.5pt;font-weight:600}.not{border:1px solid #111;display:inline-block;padding:.5mm 2mm;font-size:8.5pt;font-weight:600}table{border-collapse:collapse;width:100%;margin:2mm 0}th,td{border:1px solid #999;padding:.7mm 1.2mm;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th{font-size:8.5pt;font-weight:600;text-align:center;white-space:normal;vertical-align:middle}td.t{text-align:left;white-space:normal}td.t:first-child{min-width:32mm}.fine{font-size:7pt}.fine th{font-size:6.5pt}.fine th,.fine td{padding:.5mm .8mm}tr.sec td{text-align:left;font-weight:700;background:#f2f2f2}tr.sum td{font-weight:700}tr.sum{break-before:avoid}tr{break-inside:avoid}tr.sec{break-after:avoid}table.tot{width:auto;margin-left:auto;break-inside:avoid}table.tot td{border:0;border-bottom:1px solid #bbb}table.tot td:first-child{text-align:left;white-space:pre}.small{font-size:8pt;color:#333}ul{margin:1mm 0;padding-left:5mm}@media screen{body{padding:8mm;box-shadow:0 0 3mm #bbb;margin:6mm auto;max-width:297mm}}";

/// Open tables, headings to the left, parts set in: everything but ruled forms.
const OPEN: &str = "h1{text-align:left}h2{font-size:11.5pt;margin:5mm 0 1mm;break-after:avoid}th,td{border:0;border-bottom:1px solid #bbb;vertical-align:top}th{text-align:right;vertical-align:bottom;border-bottom:1.5px solid #111}th.t{text-align:left}tr.sum td{border-top:1.5px solid #111}table.tot{margin-left:0}.main{font-size:1.2em;font-weight:700}.in{padding-left:5mm}";

/// What reports with charts need.
const REPORT: &str = ".frame{border:2px solid #b35806;padding:2mm 3mm;font-weight:600}.scroll{overflow-x:auto}td.bar{text-align:left;padding:0 1.2mm}svg{vertical-align:middle;max-width:100%;height:auto}svg text{font:12px 'Noto Sans','Segoe UI',Arial,sans-serif;fill:#111}.key span{display:inline-block;width:3mm;height:3mm;margin:0 1mm 0 3mm;vertical-align:-.2mm}.key span:first-child{margin-left:0}.key .less{background:#2166ac}.key .more{background:#b35806}.cards{display:flex;flex-wrap:wrap;gap:2.5mm;margin:2.5mm 0}.card{border:1px solid #bbb;padding:1.5mm 3mm;min-width:32mm;break-inside:avoid}.card b{display:block;font-size:15pt}.error{color:#9c1c1c}.warning{color:#8a5a00}.question{color:#1d4f91}.note{color:#555}@media print{.scroll{overflow:visible}.frame,svg,.key span{print-color-adjust:exact}td.bar svg{max-width:34mm}li{break-inside:avoid}}";

/// Size, reading size and width of a paper.
fn style(paper: Paper) -> String {
    let (size, more) = match paper {
        Paper::Form => ("A4 landscape", String::new()),
        Paper::Slip => (
            "A5",
            format!(
                "{OPEN}body{{font-size:10.5pt;max-width:128mm}}td.t:first-child{{min-width:0}}@media screen{{body{{max-width:148mm}}}}"
            ),
        ),
        Paper::Report => (
            "A4",
            format!(
                "{OPEN}{REPORT}body{{max-width:190mm}}@media print{{th{{white-space:normal}}td.t:first-child{{min-width:0}}}}@media screen{{body{{font-size:11pt;max-width:275mm}}}}"
            ),
        ),
        Paper::Wide => (
            "A4 landscape",
            format!("{OPEN}{REPORT}td.t:first-child{{min-width:0}}@media screen{{body{{max-width:310mm}}}}"),
        ),
    };
    format!("@page{{size:{size};margin:10mm}}{STYLE}{more}")
}

/// The page.
pub fn draw(page: &Page) -> String {
    let title = escape(&page.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{}</style>\n</head>\n<body>\n",
        page.lang.say("vi", "en"),
        style(page.paper),
    );
    if let Some(form) = &page.form {
        let _ = writeln!(out, "<span class=\"form\">{}</span>", escape(form));
    }
    let _ = writeln!(out, "<h1>{title}</h1>");
    if let Some(stamp) = &page.stamp {
        let _ = writeln!(out, "<p class=\"not\">{}</p>", escape(stamp));
    }
    for block in page.blocks(false) {
        match block {
            Block::Gap => {}
            Block::Line(each) => out.push_str(&line(each, page.paper)),
            Block::Table(each) => out.push_str(&table(each, page.paper)),
            Block::Figures(each) => out.push_str(&figures(each)),
            Block::Notes(each) => out.push_str(&notes(each, page)),
            Block::Picture(svg) => {
                let _ = writeln!(out, "<div class=\"scroll\">{svg}</div>");
            }
            Block::Cards(each) => out.push_str(&cards(each)),
        }
    }
    out + "</body>\n</html>\n"
}

fn line(line: &TextLine, paper: Paper) -> String {
    let text = escape(&line.text);
    let class = if line.margin > 0 { " class=\"in\"" } else { "" };
    match line.tone {
        // The heads of a form are its own; a title below them is a bold line.
        Tone::Heading if paper == Paper::Form => format!("<p><strong>{text}</strong></p>\n"),
        Tone::Heading => format!("<h2>{text}</h2>\n"),
        Tone::Strong => format!("<p{class}><strong>{text}</strong></p>\n"),
        Tone::Main => format!("<p class=\"main\">{text}</p>\n"),
        Tone::Small => format!("<p class=\"small\">{text}</p>\n"),
        Tone::Frame => format!("<p class=\"frame\">{text}</p>\n"),
        Tone::Plain => format!("<p{class}>{text}</p>\n"),
    }
}

/// Names and values; parts keep their blanks in front.
fn figures(figures: &[NamedFigure]) -> String {
    let mut out = String::from("<table class=\"tot\">\n");
    for figure in figures {
        let inset = if figure.part { "  " } else { "" };
        let _ = writeln!(
            out,
            "<tr><td>{inset}{}</td><td>{}</td></tr>",
            escape(&figure.name),
            escape(&figure.value.shown(false))
        );
    }
    out + "</table>\n"
}

fn cards(cards: &[NamedFigure]) -> String {
    let mut out = String::from("<div class=\"cards\">\n");
    for card in cards {
        let _ = writeln!(
            out,
            "<div class=\"card\"><b>{}</b>{}</div>",
            escape(&card.value.shown(false)),
            escape(&card.name)
        );
    }
    out + "</div>\n"
}

/// Codes stand on reports; a slip or a form is for people who would not look them up.
fn notes(notes: &[Note], page: &Page) -> String {
    let title = page.lang.say("Lưu ý", "Please note");
    let with_codes = matches!(page.paper, Paper::Report | Paper::Wide);
    let mut out = if with_codes {
        format!("<h2>{title}</h2>\n<ul>\n")
    } else {
        format!("<p class=\"small\">{title}:</p>\n<ul class=\"small\">\n")
    };
    for note in notes {
        let code = if with_codes { format!("{} ", note.code) } else { String::new() };
        let _ = writeln!(out, "<li>{code}{}</li>", escape(&note.on_paper().replace('`', "")));
    }
    out + "</ul>\n"
}

/// A table with its title and its heads.
fn table(table: &Table, paper: Paper) -> String {
    let columns = table.shown(false);
    let mut out = String::new();
    if let Some(title) = &table.title {
        let _ = writeln!(out, "<h2>{}</h2>", escape(title));
    }
    let scrolls = matches!(paper, Paper::Report | Paper::Wide);
    out.push_str(if scrolls { "<div class=\"scroll\">" } else { "" });
    out.push_str(if table.fine { "<table class=\"fine\">\n" } else { "<table>\n" });
    out.push_str(&heads(table, &columns));
    for row in &table.rows {
        out.push_str(&self::row(row, table, &columns));
    }
    out.push_str(if scrolls { "</table></div>\n" } else { "</table>\n" });
    out
}

/// One row of heads, or two where some stand below a common one, and the numbers of the columns.
fn heads(table: &Table, columns: &[usize]) -> String {
    let shown: Vec<&Column> = columns.iter().map(|&column| &table.columns[column]).collect();
    if shown.iter().all(|column| column.head.is_empty()) {
        return String::new();
    }
    let mut out = String::from("<thead>\n<tr>");
    if shown.iter().any(|column| column.over.is_some()) {
        let mut last = None;
        for column in &shown {
            match column.over {
                None => {
                    let _ = write!(out, "<th rowspan=\"2\">{}</th>", escape(&column.head));
                }
                Some(over) if last != Some(over) => {
                    let wide = shown.iter().filter(|other| other.over == Some(over)).count();
                    let _ = write!(out, "<th colspan=\"{wide}\">{}</th>", escape(over));
                }
                Some(_) => {}
            }
            last = column.over;
        }
        out.push_str("</tr>\n<tr>");
        for column in shown.iter().filter(|column| column.over.is_some()) {
            let _ = write!(out, "<th>{}</th>", escape(&column.head));
        }
    } else {
        for column in &shown {
            let class = if column.kind == ColumnKind::Words { " class=\"t\"" } else { "" };
            let _ = write!(out, "<th{class}>{}</th>", escape(&column.head));
        }
    }
    out.push_str("</tr>\n");
    if table.numbered {
        out.push_str("<tr>");
        (1..=shown.len()).for_each(|number| {
            let _ = write!(out, "<th>({number})</th>");
        });
        out.push_str("</tr>\n");
    }
    out + "</thead>\n"
}

fn row(row: &Row, table: &Table, columns: &[usize]) -> String {
    let first = || row.cells.first().map(|cell| escape(&cell.shown(false))).unwrap_or_default();
    let mut out = match row.role {
        Role::Section => {
            let wide = columns.len();
            return format!("<tr class=\"sec\"><td colspan=\"{wide}\">{}</td></tr>\n", first());
        }
        Role::Sum => String::from("<tr class=\"sum\">"),
        Role::Plain => String::from("<tr>"),
    };
    let mut rest = columns;
    if row.span > 1 {
        let _ = write!(out, "<td class=\"t\" colspan=\"{}\">{}</td>", row.span, first());
        rest = &columns[row.span.min(columns.len())..];
    }
    for &column in rest {
        out.push_str(&cell(row.cells.get(column), table.columns[column].kind));
    }
    out + "</tr>\n"
}

fn cell(cell: Option<&Cell>, kind: ColumnKind) -> String {
    let class = |more: &str| match (kind, more) {
        (ColumnKind::Words, "") => " class=\"t\"".to_owned(),
        (ColumnKind::Words, more) => format!(" class=\"t {more}\""),
        (ColumnKind::Bars, _) => " class=\"bar\"".to_owned(),
        (ColumnKind::Numbers, _) => String::new(),
    };
    match cell {
        None => format!("<td{}></td>", class("")),
        Some(Cell::Marked(text, mark)) => format!("<td{}>{}</td>", class(mark), escape(text)),
        Some(Cell::Noted(text, note)) if !note.is_empty() => {
            format!("<td{}>{} <span class=\"small\">{}</span></td>", class(""), escape(text), escape(note))
        }
        Some(Cell::Picture(svg)) => format!("<td{}>{svg}</td>", class("")),
        Some(other) => format!("<td{}>{}</td>", class(""), escape(&other.shown(false))),
    }
}

/// Chú giải màu: blue for less, brown for more.
pub fn colour_key(lang: Lang) -> String {
    format!(
        "<p class=\"small key\"><span class=\"less\"></span>{}<span class=\"more\"></span>{}</p>",
        lang.say("giảm", "less"),
        lang.say("tăng", "more")
    )
}

/// Text made safe for HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in harmless(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
