//! Chứng cứ: what a check sees of a claim, and how it points at a place in it.

use chrono::NaiveDate;

use crate::audit::claim_file::{ClaimFile, FileLine, official};
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Finding, shown_code, shown_doctor};
use crate::audit::legal::{LegalReplay, LineLaw, visit_code};
use crate::audit::moment::FileMoment;
use crate::audit::prices::PriceLists;
use crate::audit::replay::Replay;
use crate::audit::replay::line::LineReplay;
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::access::VisitCode;
use crate::rulebook::benefit::caps::ServiceRatios;
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
    /// The lists of prices that were given.
    pub prices: &'e PriceLists,
    /// The day of the run, where it is known.
    pub today: Option<NaiveDate>,
}

impl<'e> Examined<'e> {
    /// A finding at a field of a line.
    pub fn at_line(&self, check: &'static AuditCheck, line: &FileLine<'_>, tag: Tag) -> Finding {
        Finding {
            line: Some(line.number),
            department: shown_code(line.department),
            doctor: shown_doctor(line.doctor),
            ..self.at(check, line.part, Some(tag))
        }
    }

    /// A finding at a field of XML1.
    pub fn at_summary(&self, check: &'static AuditCheck, tag: Tag) -> Finding {
        self.at(check, FilePart::Summary, Some(tag))
    }

    fn at(&self, check: &'static AuditCheck, part: FilePart, tag: Option<Tag>) -> Finding {
        let tag = tag.map(|tag| official(tag, self.claim.standard));
        Finding::new(check, part, tag, shown_code(self.claim.summary.department))
    }

    /// Day of discharge, which picks most rules.
    pub fn day(&self) -> Option<NaiveDate> {
        self.claim.summary.discharged.map(FileMoment::date)
    }

    /// MA_LOAI_KCB without its leading zero.
    pub fn visit_kind(&self) -> &'e str {
        self.claim.summary.visit_kind.trim().trim_start_matches('0')
    }

    /// The entry of the visit code in the list of the day.
    pub fn visit_code(&self) -> Option<&'e VisitCode> {
        let summary = &self.claim.summary;
        let day = self.day()?;
        let list = self.rules.benefit.visit_codes.at(day).ok()?;
        let stated = !self.claim.standard.has_single_amount();
        list.value.find(&visit_code(summary.visit_code), day).filter(|_| stated)
    }

    /// Ratios and counting of services on the day of discharge.
    pub fn service_ratios(&self) -> Option<&'e Version<ServiceRatios>> {
        self.rules.benefit.service_ratios.at(self.day()?).ok()
    }

    /// Letters and digit of the first card, as they may be shown.
    pub fn card(&self) -> String {
        let card = self.claim.summary.cards.first();
        let shown = card
            .map(|card| format!("{}{}", card.letters(), card.digit.map(String::from).unwrap_or_default()));
        shown_code(&shown.unwrap_or_default())
    }

    /// The lines with their replays.
    #[inline]
    pub fn lines(&self) -> impl Iterator<Item = (&'e FileLine<'e>, &'e LineReplay)> {
        self.claim.lines.iter().zip(&self.replay.lines)
    }

    /// The lines with what the law gives them, and what it would give an exempt patient.
    pub fn law(&self) -> impl Iterator<Item = (&'e FileLine<'e>, &'e LineLaw, Option<Figure>)> {
        let laws = self.legal.lines.iter().zip(self.legal.if_exempt.iter().copied());
        self.claim.lines.iter().zip(laws).map(|(line, (law, exempt))| (line, law, exempt))
    }
}
