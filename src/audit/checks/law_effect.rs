//! Ảnh hưởng của mức hưởng: lines that bear money, and what another share does to fund and patient.

use super::evidence::Examined;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{Finding, FindingValue, Severity};
use crate::audit::legal::LineLaw;
use crate::audit::replay::line::LineReplay;
use crate::rulebook::claim_files::ItemKind;

/// A line whose share matters, and what the law says of it.
pub(super) struct MoneyLine<'e> {
    /// Position among the lines.
    pub index: usize,
    /// The line.
    pub line: &'e FileLine<'e>,
    /// Its recomputed amounts.
    pub replay: &'e LineReplay,
    /// What the law gives.
    pub law: &'e LineLaw,
    /// The share of an exempt patient.
    pub if_exempt: Option<Figure>,
    /// What fund and co-payment share.
    pub base: Figure,
}

/// The lines whose share matters: something is covered. Transport knows neither level nor rate (A53).
pub(super) fn money_lines<'e>(examined: &Examined<'e>) -> impl Iterator<Item = MoneyLine<'e>> {
    let replays = &examined.replay.lines;
    examined.law().zip(replays).enumerate().filter_map(|(index, ((line, law, if_exempt), replay))| {
        let base = replay.base.filter(|base| *base > Figure::ZERO)?;
        let counts = line.kind != Some(ItemKind::Transport) && !line.is_outside_scope();
        counts.then_some(MoneyLine { index, line, replay, law, if_exempt, base })
    })
}

/// What the fund and the patient pay too much when an amount goes by another share than it should.
pub(super) fn share_effect(base: Figure, declared: Figure, expected: Figure) -> (Figure, Figure) {
    let fund = of(base, declared) - of(base, expected);
    (fund, -fund)
}

/// A share of an amount.
pub(super) fn of(amount: Figure, share: Figure) -> Figure {
    amount.product(Figure::whole(1), &[share]).unwrap_or_default()
}

/// An error where the text in force was read, else a question with the amount at stake.
pub(super) fn weighed(mut finding: Finding, fund: Figure, certain: bool) -> Finding {
    finding.difference = Some(fund);
    finding.severity = if certain { Severity::Error } else { Severity::Question };
    if certain {
        finding = finding.bearing(fund, -fund);
    }
    finding.with("money", FindingValue::Amount(fund))
}
