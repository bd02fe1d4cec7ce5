//! Ảnh hưởng của mức hưởng: lines that bear money, and what another share does to fund and patient.

use super::evidence::Examined;
use crate::audit::claim_file::Line;
use crate::audit::figure::Figure;
use crate::audit::legal::LineLaw;
use crate::rulebook::claim_files::ItemKind;

/// The lines whose share matters: something is covered.
pub(super) fn money_lines<'e>(
    examined: &Examined<'e>,
) -> impl Iterator<Item = (&'e Line<'e>, &'e LineLaw, Option<Figure>)> {
    examined.law().filter(|(line, _, _)| {
        line.kind != Some(ItemKind::Transport)
            && line.covered_amount.is_some_and(|covered| covered > Figure::ZERO)
    })
}

/// What the fund and the patient pay too much when a line goes by another share than it should.
pub(super) fn share_effect(line: &Line<'_>, declared: Figure, expected: Figure) -> (Figure, Figure) {
    let covered = line.covered_amount.unwrap_or_default();
    let of = |share: Figure| covered.product(Figure::whole(1), &[share]).unwrap_or_default();
    let fund = of(declared) - of(expected);
    (fund, -fund)
}
