//! CSV: records as bytes, cut into blocks between households.
//!
//! A quotation mark counts only at the start of a cell. What a quoted cell may hold is bounded, since one mark that
//! is never closed would otherwise swallow the rest of the table without an error.

mod block;
mod marks;
mod row;
mod splitter;
mod tracker;

pub use self::block::{Blocks, RowBlock};
pub use self::row::{TableRow, push_cell};
pub(in crate::table) use self::splitter::HeadRecord;
pub use self::splitter::{Splitter, Walked};
pub use self::tracker::{Begins, HouseholdTracker};

#[cfg(test)]
mod tests {
    use memchr::memchr_iter;

    use super::*;
    use crate::table::{TableLimits, Trouble};
    use crate::terms::problem::Code;

    const COMMAS: Splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>, Trouble> {
        let mut rows = Vec::new();
        COMMAS.walk(text.as_bytes(), 1, |row| {
            let cells = (0..row.width()).map(|at| String::from_utf8_lossy(row.cell(at)).into_owned());
            rows.push((row.number, cells.collect()));
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn quoted_and_plain_rows_come_apart_alike() {
        let plain = rows("a,b,\r\n\n,,\nc,d,e").expect("rows");
        assert_eq!(
            plain,
            [(1, vec!["a".into(), "b".into(), String::new()]), (4, vec!["c".into(), "d".into(), "e".into()])]
        );
        let quoted = rows("\"a\",b,\r\n\n,,\nc,\"d \"\"x\"\",\n1\",e").expect("rows");
        assert_eq!(quoted[0], plain[0]);
        assert_eq!(quoted[1], (4, vec!["c".into(), "d \"x\",\n1".into(), "e".into()]));
        assert_eq!(rows("a \"b\",c\n").expect("rows")[0].1, ["a \"b\"", "c"]);
    }

    #[test]
    fn blanks_alone_are_no_row_whatever_stands_elsewhere() {
        let table = "a,b\n , \n,\t\n  \nc,d\n";
        let plain = rows(table).expect("rows");
        assert_eq!(plain.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 5]);
        let quoted = rows(&format!("{table}\"e\",f\n")).expect("rows");
        assert_eq!(quoted[..2], plain[..]);
    }

    /// What `walk` tells, read record by record without a look at stretches of plain rows.
    fn record_by_record(splitter: Splitter, text: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Code> {
        let (mut rows, mut bounds, mut start, mut number) = (Vec::new(), Vec::new(), 0, 1);
        while start < text.len() {
            bounds.clear();
            let record = splitter.record(&text[start..], &mut bounds);
            let trouble = |found: splitter::Malformed| found.trouble(number, splitter.limits).problem.code;
            let record = record.map_err(trouble)?.ok_or(Code::UnclosedQuote)?;
            let bytes = row::without_return(&text[start..start + record.length]);
            let undoubled = record.doubled.then(|| row::Undoubled::of(bytes, &bounds));
            let undoubled = undoubled.as_ref();
            let row = TableRow { number, bytes, begins_household: false, bounds: &bounds, undoubled };
            if !row.is_blank() {
                let cells = (0..row.width()).map(|at| String::from_utf8_lossy(row.cell(at)).into_owned());
                rows.push((number, cells.collect()));
            }
            number += 1 + record.inner_lines;
            start += record.length + 1;
        }
        Ok(rows)
    }

    #[test]
    fn stretches_of_plain_rows_change_nothing() {
        let tight = Splitter { limits: TableLimits { cell: 9, line_breaks: 2, row: 14 }, ..COMMAS };
        let mut seed = 1_u64;
        for _ in 0..60_000 {
            let mut next = |below: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(seed >> 33).unwrap_or_default() % below
            };
            let length = next(40);
            let text: Vec<u8> = (0..length).map(|_| b"ab ,,\n\n\r\"\""[next(10)]).collect();
            for splitter in [COMMAS, tight] {
                let mut found = Vec::new();
                let walked = splitter.walk(&text, 1, |row| {
                    let cells = (0..row.width()).map(|at| String::from_utf8_lossy(row.cell(at)).into_owned());
                    found.push((row.number, cells.collect()));
                    Ok(())
                });
                let found = walked.map(|_| found).map_err(|trouble| trouble.problem.code);
                // A table without marks is never refused for its length here, but by the batch.
                if text.contains(&b'"') || splitter.limits.row > text.len() {
                    assert_eq!(
                        found,
                        record_by_record(splitter, &text),
                        "{:?}",
                        String::from_utf8_lossy(&text)
                    );
                }
            }
        }
    }

    #[test]
    fn marks_that_do_not_close_are_errors_with_their_line() {
        let open = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(30));
        for (text, code) in [
            (open.as_str(), Code::UnclosedQuote),
            ("a,b\n1,\"x\n2,y\n", Code::UnclosedQuote),
            ("a,b\n1,\"x\n2,\"y\"\n", Code::TextAfterQuote),
        ] {
            let trouble = rows(text).expect_err("an error");
            assert_eq!(
                (trouble.problem.code, &trouble.problem.facts.last().expect("a fact").1[..]),
                (code, "2")
            );
        }
    }

    #[test]
    fn blocks_end_between_households_whatever_the_quotes() {
        for mark in ["", "\""] {
            let mut text = String::new();
            let mut wanted = Vec::new();
            for household in 0..40_000 {
                for member in 0..=(household % 5) {
                    text.push_str(&format!("{mark}H{household}{mark},{member},xxxxxxxxxxxxxxxx\n"));
                }
            }
            wanted.extend_from_slice(text.as_bytes());
            let mut blocks = Blocks::new(Box::new(std::io::Cursor::new(text)), COMMAS, Some(0), 1);
            let (mut block, mut joined, mut count, mut line) = (RowBlock::default(), Vec::new(), 0, 1);
            let mut last = Vec::new();
            while blocks.next(&mut block).expect("a block") {
                count += 1;
                assert_eq!(block.first_line, line);
                let first = block.bytes().split(|byte| *byte == b',').next().expect("a cell").to_vec();
                assert_ne!(first, last);
                let mut ends = block.bytes().rsplit(|byte| *byte == b'\n').skip(1);
                last =
                    ends.next().expect("a row").split(|byte| *byte == b',').next().expect("a cell").to_vec();
                line += memchr_iter(b'\n', block.bytes()).count() as u64;
                joined.extend_from_slice(block.bytes());
            }
            assert!(count > 3);
            assert_eq!(joined, wanted);
        }
    }
}
