//! Lỗi trình bày: a finding at the cell whose text departs from the standard.

use super::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::finding::{AuditCheck, Finding, FindingValue};
use crate::audit::record::CellFault;
use crate::audit::tag::FilePart;
use crate::terms::listed::Listed;

/// A finding at a faulty cell, showing the shape of its text and never the text.
pub(super) fn at_fault(examined: &Examined<'_>, check: &'static AuditCheck, cell: &CellFault) -> Finding {
    let of_cell = |line: &&FileLine<'_>| line.part == cell.part && line.number == cell.number;
    let line = examined.claim.lines.iter().find(of_cell);
    let mut finding = match line {
        Some(line) if cell.part != FilePart::Summary => examined.at_line(check, line, cell.tag),
        _ => examined.at_summary(check, cell.tag),
    };
    // The fault stands in the field that was read, whatever the edition calls it.
    finding.tag = Some(cell.tag);
    finding.declared = FindingValue::Text(cell.shape.as_str().to_owned());
    finding.with("fault", FindingValue::Text(cell.fault.key().to_owned()))
}
