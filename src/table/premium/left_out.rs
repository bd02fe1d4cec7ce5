//! Cột chưa tính: what a row says in columns that nobody understood, for readers that compute by the law alone.

use super::found_person::FoundPerson;
use super::odd::{self, Computed, Look, OddColumn};
use super::whereabouts::PlaceReader;
use crate::engine::premium::plans::may_be_on_ladder;
use crate::rulebook::Rulebook;
use crate::table::csv::TableRow;
use crate::table::heading::Layout;
use crate::terms::problem::Code;

/// Các cột chưa hiểu của một bảng.
pub struct LeftOut<'r> {
    rules: &'r Rulebook,
    columns: Vec<OddColumn>,
    places: PlaceReader<'r>,
}

impl<'r> LeftOut<'r> {
    /// The columns of a layout.
    pub fn of(rules: &'r Rulebook, layout: &Layout) -> LeftOut<'r> {
        let watched = layout.watched.iter().map(|column| OddColumn {
            column: *column,
            look: Look::Money,
            heading: layout.names[*column].clone(),
        });
        LeftOut {
            rules,
            columns: watched.chain(odd::columns(layout)).collect(),
            places: PlaceReader::of(rules),
        }
    }

    /// The first column in which a row says what its person does not, and the code that says so.
    pub fn found(&mut self, row: &TableRow<'_>, found: &FoundPerson<'_>) -> Option<(Code, &str)> {
        let LeftOut { rules, columns, places } = self;
        if columns.is_empty() {
            return None;
        }
        let computed = Computed {
            rank: may_be_on_ladder(rules, found.question.group).then_some(found.rank),
            is_placeless: found.is_placeless,
            months: found.question.payment.months,
            paid_on: found.question.payment.paid_on,
        };
        let column = columns.iter().find(|column| column.differs(row, &computed, places))?;
        Some((column.look.code(), &column.heading))
    }
}
