//! Lỗi trình bày: a finding at the cell whose text departs from the standard.

use super::evidence::Examined;
use crate::audit::claim_file::Line;
use crate::audit::finding::{Check, Finding, Value};
use crate::audit::record::CellFault;
use crate::audit::tag::Part;

/// A finding at a faulty cell, showing the shape of its text and never the text.
pub(super) fn at_fault(examined: &Examined<'_>, check: &'static Check, cell: &CellFault) -> Finding {
    let of_cell = |line: &&Line<'_>| line.part == cell.part && line.number == cell.number;
    let line = examined.claim.lines.iter().find(of_cell);
    let mut finding = match line {
        Some(line) if cell.part != Part::Summary => examined.at_line(check, line, cell.tag),
        _ => examined.at_summary(check, cell.tag),
    };
    // The fault stands in the field that was read, whatever the edition calls it.
    finding.tag = Some(cell.tag);
    finding.declared = Value::Text(cell.shape.as_str().to_owned());
    finding.with("fault", Value::Text(cell.fault.as_str().to_owned()))
}
