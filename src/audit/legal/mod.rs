//! Tính theo luật: the share that the recorded law gives each line, by the same engine as `bhyt claim`.
//!
//! Group, visit code, dates, cards and exemption go in as the file states them; the level, the rate and the cheap
//! visit come out. What the file cannot prove (co-payments of the year, rank of the facility) leaves a line
//! undecided unless every possibility gives the same share.

mod entitlement;
pub mod facilities;
mod memory;
mod probe;
mod vocabulary;

use chrono::{Datelike, NaiveDate};

use self::entitlement::Days;
pub use self::entitlement::{LineLaw, Span};
use self::facilities::Register;
use self::memory::Memory;
use self::probe::Probe;
pub(super) use self::vocabulary::{is_visit_kind, residence, visit_code};
use super::claim_file::{ClaimFile, FileLine};
use super::figure::Figure;
use super::moment::FileMoment;
use super::prices::{NO_PRICES, PriceLists};
use super::replay::Replay;
use crate::case::claim::CardSpan;
use crate::rulebook::Rulebook;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::problem::Code;

/// Kết luận theo luật về một hồ sơ.
#[derive(Debug, Clone)]
pub struct LegalReplay {
    /// Of each line, in the order of the claim.
    pub lines: Vec<LineLaw>,
    /// The same if the patient were exempt from co-payment, where that is another share.
    pub if_exempt: Vec<Option<Figure>>,
    /// The same without the exemption that the file states, where it lies before the five years.
    pub if_not_exempt: Vec<Option<Figure>>,
    /// Why nothing could be decided.
    pub undecided: Option<Code>,
    /// Shares that some rank of the facility could give, when the rank is what is missing.
    pub possible: Vec<Figure>,
    /// The register contradicts the visit code: rate by code, rate by facts.
    pub contradiction: Option<(Figure, Figure)>,
    /// Shares by the rules before a change of levels inside the stay, where those are others.
    pub before_change: Vec<Option<Figure>>,
    /// Groups of the cards, with their days.
    pub cards: Vec<CardSpan>,
    /// Of the days of the stay, where there are no lines and the right may change inside it.
    pub stay: Option<LineLaw>,
}

/// Luật để đối chiếu: rulebook, register and what was looked up before; one for each thread.
#[derive(Debug)]
pub struct Law<'r> {
    /// The law.
    pub rules: &'r Rulebook,
    /// The lists of prices that were given.
    pub prices: &'r PriceLists,
    /// The day of the run: nothing of a claim can have happened after it. Unknown, nothing is late.
    pub today: Option<NaiveDate>,
    register: &'r Register,
    memory: Memory,
}

impl<'r> Law<'r> {
    /// Ready to judge.
    pub fn new(rules: &'r Rulebook, register: &'r Register) -> Law<'r> {
        Law { rules, prices: &NO_PRICES, today: None, register, memory: Memory::new(rules) }
    }

    /// The same with lists of prices.
    #[must_use]
    pub fn with_prices(self, prices: &'r PriceLists) -> Law<'r> {
        Law { prices, ..self }
    }

    /// The same on a day.
    #[must_use]
    pub fn on(self, today: Option<NaiveDate>) -> Law<'r> {
        Law { today, ..self }
    }

    /// Xét một hồ sơ theo luật.
    pub fn judge(&mut self, claim: &ClaimFile<'_>, replay: &Replay) -> LegalReplay {
        let probe = match Probe::of(claim, replay, self.rules, self.register, &mut self.memory) {
            Ok(probe) => probe,
            Err(why) => return LegalReplay::undecided(claim, why),
        };
        let days: Vec<LineDays> = match &claim.lines[..] {
            [] => vec![LineDays::of_cards(claim)],
            lines => lines.iter().map(|line| LineDays::of(line, claim, !probe.is_simple())).collect(),
        };
        let mut lines = match self.lines(&probe, &days) {
            Ok(lines) => lines,
            Err(why) => {
                let possible = probe.possible_shares(why, self.rules, &mut self.memory);
                return LegalReplay { possible, cards: probe.cards, ..LegalReplay::undecided(claim, why) };
            }
        };
        let (mut undecided, mut stay) = (None, None);
        // The sums of the file lie on both sides of the limit of a cheap visit: only what holds on both is said.
        if let Some(other) = probe.by_the_other_sum() {
            let others = self.lines(&other, &days).unwrap_or_default();
            let agreeing: Vec<LineLaw> =
                lines.iter().zip(&others).map(|(law, other)| law.clone().agreeing(other)).collect();
            undecided = (agreeing != lines).then_some(Code::SumsContradict);
            lines = agreeing;
        }
        if claim.lines.is_empty() {
            let is_paid = claim.summary.totals.fund.is_some_and(|fund| fund > Figure::ZERO);
            let uninsured = lines.iter().all(LineLaw::is_uninsured);
            lines.clear();
            undecided = (is_paid && uninsured).then_some(Code::NoCard);
            let may_change = !probe.is_simple() || claim.summary.exempt_from.is_some();
            if is_paid && !uninsured && may_change {
                stay = self.lines(&probe, &[LineDays::of_stay(claim)]).ok().and_then(|mut laws| laws.pop());
            }
        }
        LegalReplay {
            lines,
            if_exempt: self.if_exempt(&probe, claim),
            if_not_exempt: self.if_not_exempt(&probe, claim),
            undecided,
            possible: Vec::new(),
            contradiction: probe.contradiction(self.rules, &mut self.memory),
            before_change: self.before_change(&probe, claim),
            cards: probe.cards,
            stay,
        }
    }

    /// What the law gives on the days of every line, with the exemption that the file states.
    fn lines(&mut self, probe: &Probe, days: &[LineDays]) -> Result<Vec<LineLaw>, Code> {
        let runs = |exempt: bool| -> Vec<Days> {
            let all = days.iter().flat_map(|days| &days.runs);
            all.filter(|run| run.exempt == exempt).map(|run| Some((run.from, run.until))).collect()
        };
        let (plain, lifted) = (runs(false), runs(true));
        let mut plain = probe.entitlements(&plain, false, self.rules, &mut self.memory)?.into_iter();
        let mut lifted = probe.entitlements(&lifted, true, self.rules, &mut self.memory)?.into_iter();
        let mut lines = Vec::with_capacity(days.len());
        for days in days {
            let laws = days.runs.iter().map(|run| if run.exempt { lifted.next() } else { plain.next() });
            lines.push(joined(laws.map(|law| law.unwrap_or(LineLaw::Undecided))));
        }
        Ok(lines)
    }

    /// Exempt shares, asked for where they would explain what the file claims.
    fn if_exempt(&mut self, probe: &Probe, claim: &ClaimFile<'_>) -> Vec<Option<Figure>> {
        if !probe.may_be_exempt() {
            return vec![None; claim.lines.len()];
        }
        let days: Vec<Days> = claim.lines.iter().map(|line| days_of(line, claim)).collect();
        let laws = probe.entitlements(&days, true, self.rules, &mut self.memory).unwrap_or_default();
        let mut shares: Vec<Option<Figure>> =
            laws.iter().map(|law| law.single().map(|found| found.share)).collect();
        shares.resize(claim.lines.len(), None);
        shares
    }

    /// Miễn trước khi đủ 05 năm liên tục: the shares without an exemption that begins before the five years.
    fn if_not_exempt(&mut self, probe: &Probe, claim: &ClaimFile<'_>) -> Vec<Option<Figure>> {
        let none = vec![None; claim.lines.len()];
        let summary = &claim.summary;
        let dates = summary.exempt_from.map(FileMoment::date).zip(summary.five_years_since);
        if dates.is_none_or(|(exempt, five_years)| five_years <= exempt) {
            return none;
        }
        let days: Vec<Days> = claim.lines.iter().map(|line| days_of(line, claim)).collect();
        let Ok(laws) = probe.entitlements(&days, false, self.rules, &mut self.memory) else { return none };
        laws.iter().map(|law| law.single().map(|found| found.share)).collect()
    }

    fn before_change(&mut self, probe: &Probe, claim: &ClaimFile<'_>) -> Vec<Option<Figure>> {
        let none = vec![None; claim.lines.len()];
        let Some((before, change)) = probe.before_a_change_of_levels(self.rules) else { return none };
        let early = |days: Days| days.filter(|(_, until)| *until < change);
        let days: Vec<Days> = claim.lines.iter().map(|line| early(days_of(line, claim))).collect();
        let Ok(laws) = before.entitlements(&days, false, self.rules, &mut self.memory) else { return none };
        laws.iter().map(|law| law.single().map(|found| found.share)).collect()
    }
}

/// The conclusions on the runs of a line as one, days of the same entitlement together.
fn joined(laws: impl Iterator<Item = LineLaw>) -> LineLaw {
    let mut spans: Vec<Span> = Vec::new();
    for law in laws {
        let LineLaw::Decided(more) = law else { return LineLaw::Undecided };
        if spans.is_empty() && more.len() == 1 {
            spans = more;
            continue;
        }
        for span in more {
            match spans.last_mut() {
                Some(last) if last.entitlement.is_like(&span.entitlement) => last.days += span.days,
                _ => spans.push(span),
            }
        }
    }
    if spans.is_empty() { LineLaw::Undecided } else { LineLaw::Decided(spans) }
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
            if_not_exempt: vec![None; claim.lines.len()],
            undecided: Some(why),
            possible: Vec::new(),
            contradiction: None,
            before_change: vec![None; claim.lines.len()],
            cards: Vec::new(),
            stay: None,
        }
    }

    /// Group of the card that is valid on a day, or of the only card.
    pub fn group_on(&self, day: NaiveDate) -> Option<&str> {
        let valid = self.cards.iter().rfind(|card| card.covers(day));
        valid.or_else(|| self.cards.last()).map(|card| card.group.as_str())
    }
}

/// Các ngày của một dòng, cut wherever the right may change: at an exemption from co-payment, at the end of its
/// year, and between any two days where cards or rules change inside the stay.
struct LineDays {
    runs: Vec<Run>,
}

/// Days in a row under the same conditions.
struct Run {
    from: NaiveDate,
    until: NaiveDate,
    exempt: bool,
}

impl LineDays {
    /// Những ngày thẻ có thể bắt đầu có giá trị: the day of admission, and those of the stay on which a card begins.
    fn of_cards(claim: &ClaimFile<'_>) -> LineDays {
        let summary = &claim.summary;
        let [admitted, discharged] =
            [summary.admitted, summary.discharged].map(|day| day.map(FileMoment::date));
        let begins = summary.cards.iter().filter_map(|card| card.from);
        let inside = |day: &NaiveDate| Some(*day) > admitted && Some(*day) <= discharged;
        let mut days: Vec<NaiveDate> = admitted.into_iter().chain(begins.filter(inside)).collect();
        days.sort_unstable();
        days.dedup();
        LineDays { runs: days.into_iter().map(|day| Run { from: day, until: day, exempt: false }).collect() }
    }

    fn of(line: &FileLine<'_>, claim: &ClaimFile<'_>, daily: bool) -> LineDays {
        let Some(days) = days_of(line, claim) else { return LineDays { runs: Vec::new() } };
        LineDays::between(days, exempt_days(line, claim), daily)
    }

    /// Mọi ngày của đợt điều trị, one by one.
    fn of_stay(claim: &ClaimFile<'_>) -> LineDays {
        let summary = &claim.summary;
        let days = summary.admitted.zip(summary.discharged);
        let Some((first, last)) = days.map(|(first, last)| (first.date(), last.date())) else {
            return LineDays { runs: Vec::new() };
        };
        let begun = |from: FileMoment| from.minute().unwrap_or(0) != 0;
        let begins = summary
            .exempt_from
            .and_then(|from| if begun(from) { from.date().succ_opt() } else { Some(from.date()) });
        LineDays::between((first, last), begins, true)
    }

    fn between((first, last): (NaiveDate, NaiveDate), begins: Option<NaiveDate>, daily: bool) -> LineDays {
        let is_exempt =
            |day: NaiveDate| begins.is_some_and(|begins| day >= begins && day.year() == begins.year());
        let alone = daily && (last - first).num_days() <= MOST_DAYS;
        let mut runs: Vec<Run> = Vec::new();
        let mut day = first;
        while day <= last {
            let exempt = is_exempt(day);
            match runs.last_mut() {
                Some(run) if !alone && run.exempt == exempt => run.until = day,
                _ => runs.push(Run { from: day, until: day, exempt }),
            }
            let Some(next) = day.succ_opt().filter(|_| runs.len() <= MOST_RUNS) else { break };
            day = next;
        }
        LineDays { runs }
    }
}

/// Longest line that is looked at day by day.
const MOST_DAYS: i64 = 400;

/// Most runs of a line.
const MOST_RUNS: usize = 1_000;

/// First day on which a line is free of co-payment: the day of the exemption where the line starts at or after its
/// minute; a bed that had begun is free from the first whole day on.
fn exempt_days(line: &FileLine<'_>, claim: &ClaimFile<'_>) -> Option<NaiveDate> {
    let from = claim.summary.exempt_from?;
    let start = line.day().or(claim.summary.discharged);
    let begun = start.is_none_or(|start| start.is_before(from));
    if begun && from.minute().unwrap_or(0) != 0 { from.date().succ_opt() } else { Some(from.date()) }
}

/// First and last day of a line. A bed's last day is not charged when it is another than the first.
fn days_of(line: &FileLine<'_>, claim: &ClaimFile<'_>) -> Days {
    let first = line.day().or(claim.summary.discharged)?.date();
    let is_bed = line.kind.is_some_and(ItemKind::is_bed);
    let last = line.finished.map(FileMoment::date).filter(|last| is_bed && *last > first);
    Some((first, last.and_then(|last| last.pred_opt()).unwrap_or(first)))
}
