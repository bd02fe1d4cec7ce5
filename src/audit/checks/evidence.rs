//! Chứng cứ: what a check sees of a claim, and how it points at a place in it.

use crate::audit::claim_file::{ClaimFile, Line, official};
use crate::audit::figure::Figure;
use crate::audit::finding::{Check, Finding, Value, shown_code};
use crate::audit::legal::{LegalReplay, LineLaw};
use crate::audit::replay::Replay;
use crate::audit::replay::line::LineReplay;
use crate::audit::tag::{Part, Tag};
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ClaimFileStandard;
use crate::rulebook::timeline::Version;

/// Hồ sơ đang được kiểm tra: the claim, its replay and the rules.
#[derive(Debug, Clone, Copy)]
pub struct Examined<'e> {
    /// The claim.
    pub claim: &'e ClaimFile<'e>,
    /// The edition whose formulas apply.
    pub edition: &'e Version<ClaimFileStandard>,
    /// The recomputed amounts.
    pub replay: &'e Replay,
    /// What the law gives.
    pub legal: &'e LegalReplay,
    /// The law.
    pub rules: &'e Rulebook,
}

impl<'e> Examined<'e> {
    /// A finding at a field of a line.
    pub fn at_line(&self, check: &'static Check, line: &Line<'_>, tag: Tag) -> Finding {
        Finding {
            line: Some(line.number),
            department: shown_code(line.department),
            ..self.at(check, line.part, Some(tag))
        }
    }

    /// A finding at a field of XML1.
    pub fn at_summary(&self, check: &'static Check, tag: Tag) -> Finding {
        self.at(check, Part::Summary, Some(tag))
    }

    fn at(&self, check: &'static Check, part: Part, tag: Option<Tag>) -> Finding {
        Finding {
            check,
            severity: check.severity,
            part,
            line: None,
            tag: tag.map(|tag| official(tag, self.claim.standard)),
            declared: Value::None,
            expected: Value::None,
            difference: None,
            fund: Figure::ZERO,
            patient: Figure::ZERO,
            facts: Vec::new(),
            law: None,
            department: shown_code(self.claim.summary.department),
        }
    }

    /// The lines with their replays.
    pub fn lines(&self) -> impl Iterator<Item = (&'e Line<'e>, &'e LineReplay)> {
        self.claim.lines.iter().zip(&self.replay.lines)
    }

    /// The lines with what the law gives them, and what it would give an exempt patient.
    pub fn law(&self) -> impl Iterator<Item = (&'e Line<'e>, &'e LineLaw, Option<Figure>)> {
        let laws = self.legal.lines.iter().zip(self.legal.if_exempt.iter().copied());
        self.claim.lines.iter().zip(laws).map(|(line, (law, exempt))| (line, law, exempt))
    }
}
