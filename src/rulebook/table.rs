//! Bảng quyết định: rows that answer every combination of facts exactly once, in no order.

use crate::terms::care::Among;
use crate::terms::listed::Listed;

/// Một cột của một dòng: which values of one fact the row answers for.
#[derive(Debug, Clone)]
pub struct DecisionCell {
    /// Name of the column.
    pub column: &'static str,
    /// Keys of all values of the column.
    pub keys: Vec<&'static str>,
    /// One bit for each value the row allows.
    pub mask: u32,
}

impl DecisionCell {
    /// The cell of a column.
    pub fn of<T: Listed>(column: &'static str, among: Among<T>) -> DecisionCell {
        DecisionCell { column, keys: T::ALL.iter().map(|member| member.key()).collect(), mask: among.mask() }
    }

    fn named(&self, mask: u32) -> String {
        let all = (1_u32 << self.keys.len()) - 1;
        if mask & all == all {
            return format!("{} *", self.column);
        }
        let keys = self.keys.iter().enumerate().filter(|(index, _)| mask & (1 << index) != 0);
        format!("{} {}", self.column, keys.map(|(_, key)| *key).collect::<Vec<_>>().join("|"))
    }
}

/// Declares the columns of decision tables once: the facts that are looked up, and rows with what each table answers.
///
/// `asked` is the key of the input that a user is asked for, where it is not the name of the column.
macro_rules! decision {
    (@key $key:literal) => { $key };
    (@key $key:literal $asked:literal) => { $asked };
    (@facts [$($doc:tt)*] $facts:ident $defaults:ident {
        $($(#[$note:meta])* $column:ident: $kind:ty = $key:literal $(asked $asked:literal)?,)*
    }) => {
        $($doc)*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $facts { $($(#[$note])* pub $column: Among<$kind>,)* }

        impl $facts {
            /// The same with what stands for a fact that nobody gave.
            #[must_use]
            pub fn or(mut self, defaults: &$defaults) -> $facts {
                $(if self.$column == Among::every() { self.$column = Among::known(defaults.$column); })*
                self
            }

            /// Every fact that these were filled in with and that matters: the key of the input, and the value. `matters` is asked
            /// about the facts without it.
            pub fn filled(
                &self,
                given: &$facts,
                matters: impl Fn($facts) -> bool,
            ) -> Vec<(&'static str, &'static str)> {
                let mut found = Vec::new();
                $(if given.$column == Among::every()
                    && let Some(member) = self.$column.single()
                    && matters($facts { $column: Among::every(), ..*self })
                {
                    found.push((decision!(@key $key $($asked)?), member.key()));
                })*
                found
            }
        }

        /// Giá trị thay cho dữ kiện không được cho biết.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, Serialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $defaults { $($(#[$note])* pub $column: Option<$kind>,)* }
    };
    (@row [$($doc:tt)*] $row:ident $facts:ident {
        $($(#[$note:meta])* $column:ident: $kind:ty = $key:literal $(asked $asked:literal)?,)*
    } { $($answer:tt)* }) => {
        $($doc)*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $row { $($(#[$note])* #[serde(default)] pub $column: Among<$kind>,)* $($answer)* }

        impl DecisionRow for $row {
            fn cells(&self) -> Vec<DecisionCell> {
                vec![$(DecisionCell::of($key, self.$column),)*]
            }
        }

        impl $row {
            /// Whether the row may be the one for these facts.
            pub fn meets(&self, facts: &$facts) -> bool {
                $(self.$column.meets(facts.$column))&&*
            }

            /// The open facts in which rows differ, by the keys of the input.
            pub fn open(rows: &[&$row], facts: &$facts) -> Vec<&'static str> {
                let mut open = Vec::new();
                $(if facts.$column.single().is_none()
                    && rows.windows(2).any(|pair| pair[0].$column != pair[1].$column)
                {
                    open.push(decision!(@key $key $($asked)?));
                })*
                open
            }
        }
    };
    ($(#[$doc:meta])* facts $facts:ident unless $defaults:ident $columns:tt $($(#[$about:meta])* row $row:ident $answer:tt)*) => {
        decision!(@facts [$(#[$doc])*] $facts $defaults $columns);
        $(decision!(@row [$(#[$about])*] $row $facts $columns $answer);)*
    };
}
pub(crate) use decision;

/// A row of a decision table.
pub trait DecisionRow {
    /// Its cells, the same columns in the same order for every row of a table.
    fn cells(&self) -> Vec<DecisionCell>;
}

/// The facts a row answers for, without columns that allow everything.
pub fn telling(row: &impl DecisionRow) -> String {
    let cells = row.cells();
    let parts: Vec<String> = cells
        .iter()
        .filter(|cell| cell.mask.count_ones() as usize != cell.keys.len())
        .map(|cell| cell.named(cell.mask))
        .collect();
    parts.join(", ")
}

/// Lỗi của bảng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecisionFault {
    /// Two rows (from 1) answer the same facts.
    Overlap {
        /// The first row.
        first: usize,
        /// The second row.
        second: usize,
        /// The facts that both answer.
        cell: String,
    },
    /// No row answers these facts.
    Hole {
        /// The facts without an answer.
        cell: String,
    },
}

/// Every doubly-hit part and every hole of a table.
pub fn faults<R: DecisionRow>(rows: &[R]) -> Vec<DecisionFault> {
    let rows: Vec<Vec<DecisionCell>> = rows.iter().map(DecisionRow::cells).collect();
    let Some(columns) = rows.first().cloned() else {
        return vec![DecisionFault::Hole { cell: "*".to_owned() }];
    };
    let mut found = Vec::new();
    for (index, first) in rows.iter().enumerate() {
        for (later, second) in rows.iter().enumerate().skip(index + 1) {
            let shared: Vec<u32> = first.iter().zip(second).map(|(a, b)| a.mask & b.mask).collect();
            if shared.iter().all(|mask| *mask != 0) {
                let cell = name(&columns, &shared);
                found.push(DecisionFault::Overlap { first: index + 1, second: later + 1, cell });
            }
        }
    }
    let all: Vec<usize> = (0..rows.len()).collect();
    holes(&columns, &rows, &all, &mut Vec::new(), &mut found);
    found
}

/// Walks the columns; values of a column that leave the same rows are walked together.
fn holes(
    columns: &[DecisionCell],
    rows: &[Vec<DecisionCell>],
    left: &[usize],
    chosen: &mut Vec<u32>,
    found: &mut Vec<DecisionFault>,
) {
    let Some(column) = columns.get(chosen.len()) else { return };
    let mut classes: Vec<(u32, Vec<usize>)> = Vec::new();
    for value in 0..column.keys.len() {
        let bit = 1_u32 << value;
        let kept: Vec<usize> =
            left.iter().copied().filter(|&row| rows[row][chosen.len()].mask & bit != 0).collect();
        match classes.iter_mut().find(|(_, rows)| *rows == kept) {
            Some((mask, _)) => *mask |= bit,
            None => classes.push((bit, kept)),
        }
    }
    for (mask, kept) in classes {
        chosen.push(mask);
        if kept.is_empty() {
            let mut whole = chosen.clone();
            whole.extend(columns[chosen.len()..].iter().map(|_| u32::MAX));
            found.push(DecisionFault::Hole { cell: name(columns, &whole) });
        } else {
            holes(columns, rows, &kept, chosen, found);
        }
        chosen.pop();
    }
}

fn name(columns: &[DecisionCell], masks: &[u32]) -> String {
    let named = columns.iter().zip(masks).map(|(column, mask)| column.named(*mask));
    let telling: Vec<String> = named.filter(|name| !name.ends_with(" *")).collect();
    if telling.is_empty() { "*".to_owned() } else { telling.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::care::{CareLevel, Stay};

    struct Pair(Among<CareLevel>, Among<Stay>);

    impl DecisionRow for Pair {
        fn cells(&self) -> Vec<DecisionCell> {
            vec![DecisionCell::of("care-level", self.0), DecisionCell::of("stay", self.1)]
        }
    }

    fn pair(level: Option<CareLevel>, stay: Option<Stay>) -> Pair {
        Pair(Among::known(level), Among::known(stay))
    }

    #[test]
    fn a_complete_and_disjoint_table_has_no_fault() {
        let rows = [
            pair(Some(CareLevel::Initial), None),
            pair(Some(CareLevel::Basic), None),
            pair(Some(CareLevel::Specialised), Some(Stay::Inpatient)),
            pair(Some(CareLevel::Specialised), Some(Stay::Outpatient)),
        ];
        assert_eq!(faults(&rows), []);
    }

    #[test]
    fn holes_and_double_hits_are_named() {
        let rows = [pair(Some(CareLevel::Initial), None), pair(None, Some(Stay::Inpatient))];
        assert_eq!(
            faults(&rows),
            [
                DecisionFault::Overlap {
                    first: 1,
                    second: 2,
                    cell: "care-level initial, stay inpatient".to_owned()
                },
                DecisionFault::Hole { cell: "care-level basic|specialised, stay outpatient".to_owned() },
            ]
        );
    }

    #[test]
    fn a_cell_that_allows_every_value_is_named_by_a_star() {
        let every = DecisionCell::of("stay", Among::<Stay>::every());
        assert_eq!(every.named(every.mask), "stay *");
        let one = DecisionCell::of("stay", Among::only(Stay::Inpatient));
        assert_eq!(one.named(one.mask), "stay inpatient");
        assert_eq!(one.named(every.mask), "stay *");
    }
}
