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
            let cells = (0..row.width()).map(|at| String::from_utf8_lossy(&row.cell(at)).into_owned());
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
