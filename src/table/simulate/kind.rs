//! Loại bảng: people or visits, told apart by the heading.

use crate::engine::simulation::subject::Subject;
use crate::table::again::Again;
use crate::table::heading::Schema;
use crate::table::{Input, OpenTable, ReadOptions, Trouble, claim, premium};
use crate::terms::problem::Code;

/// What the columns of a table can mean, by what its rows are.
const KINDS: [(Subject, &Schema); 2] =
    [(Subject::Premiums, &premium::SCHEMA), (Subject::Claims, &claim::SCHEMA)];

/// Mở bảng and finds out whether its rows are people or visits: the kind whose required columns are all there.
///
/// # Errors
/// [`Trouble`] of the kind that the heading comes nearest to.
pub fn open<'i>(input: Input<'i>, options: &ReadOptions) -> Result<(Subject, OpenTable<'i>), Trouble> {
    let input = Again::of(input);
    let mut nearest: Option<Trouble> = None;
    for (subject, schema) in KINDS {
        match OpenTable::open(input.take(), schema, options) {
            Ok(table) => {
                input.forget();
                return Ok((subject, table));
            }
            Err(trouble) => {
                if nearest.as_ref().is_none_or(|known| missing(&trouble) < missing(known)) {
                    nearest = Some(trouble);
                }
            }
        }
    }
    Err(nearest.unwrap_or_else(|| Trouble::internal("a table of no kind")))
}

/// How far a heading is from a kind: missing columns, or a `--map` to a field that this kind does not have. Any other
/// trouble is one of the table itself.
fn missing(trouble: &Trouble) -> usize {
    let fact = |name: &str| trouble.problem.facts.iter().find(|(known, _)| *known == name);
    match trouble.problem.code {
        Code::MissingColumns => fact("missing").map_or(0, |(_, names)| names.split(',').count()),
        Code::ColumnMap | Code::SetForm | Code::ProfileUnknown => usize::MAX,
        _ => 0,
    }
}
