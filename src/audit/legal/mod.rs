//! Tính theo luật: the share that the recorded law gives each line, by the same engine as `bhyt claim`.
//!
//! Group, visit code, dates, cards and exemption go in as the file states them; the level, the rate and the cheap
//! visit come out. What the file cannot prove (co-payments of the year, rank of the facility) leaves a line
//! undecided unless every possibility gives the same share.

pub mod facilities;
mod memory;
mod probe;
mod vocabulary;

use std::sync::Arc;

use chrono::NaiveDate;

use self::facilities::Register;
use self::memory::Memory;
use self::probe::Probe;
use super::claim_file::{ClaimFile, Line};
use super::figure::Figure;
use super::moment::Moment;
use super::replay::Replay;
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::care::Relief;
use crate::terms::citation::Citation;
use crate::terms::problem::Code;

/// Quyền lợi trong một khoảng ngày: what the law gives, and by which texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// MUC_HUONG by law, in percent.
    pub share: Figure,
    /// Mức hưởng after relief, in percent.
    pub level: Figure,
    /// Tỷ lệ theo cơ sở, in percent.
    pub rate: Figure,
    /// Why the level is above that of the group.
    pub relief: Option<Relief>,
    /// List ratios do not apply to the holder of the card.
    pub without_list_ratio: bool,
    /// A card is valid.
    pub insured: bool,
    /// The texts.
    pub cites: Arc<Vec<Citation>>,
}

/// Một đoạn ngày của một dòng dưới cùng quyền lợi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Days of it.
    pub days: i64,
    /// What the law gives.
    pub entitlement: Arc<Entitlement>,
}

/// Kết luận theo luật về một dòng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineLaw {
    /// The whole line is under one entitlement, or divided by day among several.
    Decided(Vec<Span>),
    /// The file does not state enough.
    Undecided,
}

impl LineLaw {
    /// The one share of the line.
    pub fn single(&self) -> Option<&Entitlement> {
        match self {
            LineLaw::Decided(spans) => {
                let (first, rest) = spans.split_first()?;
                rest.iter()
                    .all(|span| span.entitlement.share == first.entitlement.share)
                    .then_some(&*first.entitlement)
            }
            LineLaw::Undecided => None,
        }
    }
}

/// Kết luận theo luật về một hồ sơ.
#[derive(Debug, Clone)]
pub struct LegalReplay {
    /// Of each line, in the order of the claim.
    pub lines: Vec<LineLaw>,
    /// The same if the patient were exempt from co-payment, where that is another share.
    pub if_exempt: Vec<Option<Figure>>,
    /// Why nothing could be decided.
    pub undecided: Option<Code>,
    /// Shares that some rank of the facility could give, when the rank is what is missing.
    pub possible: Vec<Figure>,
    /// The register contradicts the visit code: rate by code, rate by facts.
    pub contradiction: Option<(Figure, Figure)>,
}

/// Luật để đối chiếu: rulebook, register and what was looked up before; one for each thread.
#[derive(Debug)]
pub struct Law<'r> {
    /// The law.
    pub rules: &'r Rulebook,
    register: &'r Register,
    memory: Memory,
}

impl<'r> Law<'r> {
    /// Ready to judge.
    pub fn new(rules: &'r Rulebook, register: &'r Register) -> Law<'r> {
        Law { rules, register, memory: Memory::default() }
    }

    /// Xét một hồ sơ theo luật.
    pub fn judge(&mut self, claim: &ClaimFile<'_>, replay: &Replay) -> LegalReplay {
        let probe = match Probe::of(claim, replay, self.rules, self.register, &mut self.memory) {
            Ok(probe) => probe,
            Err(why) => return LegalReplay::undecided(claim, why),
        };
        let days: Vec<LineDays> = claim.lines.iter().map(|line| LineDays::of(line, claim)).collect();
        let co_paying: Vec<Days> = days.iter().map(|days| days.co_paying).collect();
        let plain = match probe.entitlements(&co_paying, false, self.rules, &mut self.memory) {
            Ok(plain) => plain,
            Err(why) => {
                let possible = probe.possible_shares(why, self.rules);
                return LegalReplay { possible, ..LegalReplay::undecided(claim, why) };
            }
        };
        // Exempt shares are asked for where the file claims them, or where they would explain what it claims.
        let mut lifted = vec![LineLaw::Undecided; claim.lines.len()];
        let mut if_exempt = vec![None; claim.lines.len()];
        if probe.may_be_exempt() || days.iter().any(|days| days.exempt.is_some()) {
            let exempt: Vec<Days> = days.iter().map(|days| days.exempt.or(days.co_paying)).collect();
            lifted = probe.entitlements(&exempt, true, self.rules, &mut self.memory).unwrap_or(lifted);
            if probe.may_be_exempt() {
                if_exempt = lifted.iter().map(|law| law.single().map(|found| found.share)).collect();
            }
        }
        let lines =
            days.iter().zip(plain).zip(lifted).map(|((days, plain), lifted)| days.choose(plain, lifted));
        LegalReplay {
            lines: lines.collect(),
            if_exempt,
            undecided: None,
            possible: Vec::new(),
            contradiction: probe.contradiction(self.rules, &mut self.memory),
        }
    }
}

/// Trần chi phí vật tư của một lần sử dụng dịch vụ, on the day of discharge.
pub fn supply_cap(claim: &ClaimFile<'_>, rules: &Rulebook) -> Option<Figure> {
    let day = claim.summary.discharged?.date();
    let multiple = rules.benefit.supply_cap.at(day).ok()?.value.at_most;
    let (base, _) = rules.base(multiple.of, day).ok()?;
    let exact = multiple.times.of(base.exact()).ok()?;
    exact.as_recorded().map(Figure::from_vnd)
}

impl LegalReplay {
    fn undecided(claim: &ClaimFile<'_>, why: Code) -> LegalReplay {
        LegalReplay {
            lines: vec![LineLaw::Undecided; claim.lines.len()],
            if_exempt: vec![None; claim.lines.len()],
            undecided: Some(why),
            possible: Vec::new(),
            contradiction: None,
        }
    }
}

/// A run of days, if there is one.
type Days = Option<(NaiveDate, NaiveDate)>;

/// Các ngày của một dòng: those before an exemption from co-payment, and those after it.
struct LineDays {
    co_paying: Days,
    exempt: Days,
}

impl LineDays {
    fn of(line: &Line<'_>, claim: &ClaimFile<'_>) -> LineDays {
        let Some((first, last)) = days_of(line, claim) else {
            return LineDays { co_paying: None, exempt: None };
        };
        let Some(from) = claim.summary.exempt_from else {
            return LineDays { co_paying: Some((first, last)), exempt: None };
        };
        let start = line.day().or(claim.summary.discharged);
        if start.is_some_and(|start| !start.is_before(from)) {
            return LineDays { co_paying: None, exempt: Some((first, last)) };
        }
        // A bed is free of co-payment from the first whole day on.
        let begins = if from.minute().unwrap_or(0) == 0 { Some(from.date()) } else { from.date().succ_opt() };
        match begins
            .filter(|begins| first < *begins && *begins <= last)
            .and_then(|day| Some((day, day.pred_opt()?)))
        {
            Some((begins, eve)) => LineDays { co_paying: Some((first, eve)), exempt: Some((begins, last)) },
            None => LineDays { co_paying: Some((first, last)), exempt: None },
        }
    }

    /// What the law gives on all the days.
    fn choose(&self, plain: LineLaw, lifted: LineLaw) -> LineLaw {
        match (self.co_paying, self.exempt, plain, lifted) {
            (Some(_), None, plain, _) => plain,
            (None, Some(_), _, lifted) => lifted,
            (Some(_), Some(_), LineLaw::Decided(mut spans), LineLaw::Decided(more)) => {
                spans.extend(more);
                LineLaw::Decided(spans)
            }
            _ => LineLaw::Undecided,
        }
    }
}

/// First and last day of a line. A bed's last day is not charged when it is another than the first.
fn days_of(line: &Line<'_>, claim: &ClaimFile<'_>) -> Days {
    let first = line.day().or(claim.summary.discharged)?.date();
    let is_bed = line.kind.is_some_and(ItemKind::is_bed);
    let last = line.finished.map(Moment::date).filter(|last| is_bed && *last > first);
    Some((first, last.and_then(|last| last.pred_opt()).unwrap_or(first)))
}
