//! Tổng hợp cả đợt: counts and money by rule, department and month, built up claim by claim.

use std::collections::{BTreeMap, BTreeSet};

use super::checks::CHECKS;
use super::claim_file::FileTotals;
use super::due::DueAmounts;
use super::figure::Figure;
use super::finding::{AuditCheck, Finding, Severity};
use super::run::outcome::ClaimStanding;
use super::run::{AuditedClaim, FileFacts, ForgottenClaims, Outcome};
use crate::rulebook::claim_files::Standard;
use crate::terms::listed::Listed;
use crate::terms::problem::{Code, Problem};

/// Departments and facilities told apart; claims of any further ones are counted together.
const MOST_KEYS: usize = 5_000;

/// Examples kept of each rule.
const EXAMPLES: usize = 3;

/// Unreadable files and claims kept for the report.
const UNREADABLE_KEPT: usize = 1_000;

/// Số phát hiện và số tiền của một nhóm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckTally {
    /// Findings.
    pub findings: u64,
    /// Claims that have one.
    pub claims: u64,
    /// What the fund pays too much.
    pub fund_over: Figure,
    /// What the fund pays too little (below zero).
    pub fund_under: Figure,
    /// What patients pay too much.
    pub patient_over: Figure,
    /// What patients pay too little (below zero).
    pub patient_under: Figure,
    /// What the fund has at stake in questions.
    pub asked: Figure,
}

impl CheckTally {
    /// Adds a finding; `is_first` when it is the first one of its claim here.
    fn add(&mut self, finding: &Finding, is_first: bool) {
        self.findings += 1;
        self.claims += u64::from(is_first);
        let split = |amount: Figure, over: &mut Figure, under: &mut Figure| {
            if amount.is_negative() { *under += amount } else { *over += amount }
        };
        split(finding.fund, &mut self.fund_over, &mut self.fund_under);
        split(finding.patient, &mut self.patient_over, &mut self.patient_under);
        if finding.severity == Severity::Question {
            self.asked += finding.difference.unwrap_or_default().abs();
        }
    }
}

/// Tổng hợp.
#[derive(Debug, Clone, Default)]
pub struct AuditSummary {
    /// Files read to their end, or refused.
    pub files: u64,
    /// Files whose declared number of claims is another than that of the claims in them.
    pub wrong_counts: u64,
    /// Files with a signature element.
    pub signed: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Claims judged.
    pub claims: u64,
    /// Claims in which everything fits, notes at most.
    pub agreeing: u64,
    /// Claims with a question, or whose share the law could not decide, and nothing wrong.
    pub to_ask: u64,
    /// Claims with an error or a warning.
    pub wrong: u64,
    /// Questions that the hospital has answered, and answers that fit no question.
    pub answered: (u64, u64),
    /// The first of the answers that fit no question, as a report may show them.
    pub answers_left: Vec<String>,
    /// Lines of the judged claims.
    pub lines: u64,
    /// Files and claims that could not be read.
    pub unreadable: u64,
    /// The first of them.
    pub unreadable_kept: Vec<(std::sync::Arc<str>, Option<u32>, Problem)>,
    /// How many by code.
    pub unreadable_codes: BTreeMap<Code, u64>,
    /// Claims by edition.
    pub standards: BTreeMap<Standard, u64>,
    /// Claims whose share the law could not decide, by reason.
    pub undecided: BTreeMap<Code, u64>,
    /// By severity, in the order of [`Severity::ALL`].
    pub severities: [u64; Severity::ALL.len()],
    /// By code of the check.
    pub checks: BTreeMap<&'static str, CheckTally>,
    /// By department (MA_KHOA).
    pub departments: BTreeMap<String, CheckTally>,
    /// By doctor (MA_BAC_SI).
    pub doctors: BTreeMap<String, CheckTally>,
    /// By month of discharge.
    pub months: BTreeMap<(i32, u32), CheckTally>,
    /// Sums of declared totals.
    pub declared: DueAmounts,
    /// Sum of T_THUOC as declared.
    pub declared_drugs: Figure,
    /// Sum of T_VTYT as declared.
    pub declared_supplies: Figure,
    /// Sums of recomputed totals.
    pub replayed: DueAmounts,
    /// Sums of a table of the month beside those of the files.
    pub compared: Vec<ComparedSum>,
    /// Places of the first findings of each check: file, claim, part, line.
    pub examples: BTreeMap<&'static str, Vec<String>>,
    /// What was read of every file, for run information; kept while there are not too many.
    pub file_facts: Vec<FileFacts>,
    /// How many files there were beyond those.
    pub file_facts_left: u64,
    /// Claims that those after them were not compared with.
    pub forgotten: Option<ForgottenClaims>,
}

/// Một tổng của bảng đối chiếu, beside what the claim files declare together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedSum {
    /// The column, by the name of XML1.
    pub column: &'static str,
    /// Sum of the table.
    pub table: Figure,
    /// Sum of the files.
    pub files: Figure,
}

impl ComparedSum {
    /// The table less the files; tables are kept in whole đồng, so a difference within half a đồng a claim is rounding.
    pub fn difference(&self, claims: u64) -> Figure {
        let difference = self.table - self.files;
        let slack = Figure::from_millionths(i128::from(claims) * 500_000);
        if difference.abs() <= slack { Figure::ZERO } else { difference }
    }
}

impl AuditSummary {
    /// Adds an outcome.
    pub fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Claim(claim) => self.add_claim(claim),
            Outcome::Unreadable { file, claim, problem } => {
                self.unreadable += 1;
                *self.unreadable_codes.entry(problem.code).or_default() += 1;
                if self.unreadable_kept.len() < UNREADABLE_KEPT {
                    self.unreadable_kept.push((std::sync::Arc::clone(file), *claim, problem.clone()));
                }
            }
            Outcome::FileEnd(facts) => self.add_file(facts),
            Outcome::Forgotten(claims) => self.forgotten = Some(claims.clone()),
        }
    }

    fn add_file(&mut self, facts: &FileFacts) {
        self.files += 1;
        self.bytes += facts.bytes;
        self.signed += u64::from(facts.signed);
        self.wrong_counts +=
            u64::from(facts.declared_claims.is_some_and(|declared| declared != facts.claims));
        if facts.sha256.is_none() {
        } else if self.file_facts.len() < UNREADABLE_KEPT {
            self.file_facts.push(facts.clone());
        } else {
            self.file_facts_left += 1;
        }
    }

    fn add_claim(&mut self, claim: &AuditedClaim) {
        self.claims += 1;
        self.lines += claim.lines as u64;
        match claim.standing() {
            ClaimStanding::Agrees => self.agreeing += 1,
            ClaimStanding::ToAsk => self.to_ask += 1,
            ClaimStanding::Wrong => self.wrong += 1,
        }
        *self.standards.entry(claim.standard).or_default() += 1;
        if let Some(code) = claim.undecided {
            *self.undecided.entry(code).or_default() += 1;
        }
        self.declared = self.declared.plus(declared(claim));
        self.declared_drugs += claim.declared.drugs.unwrap_or_default();
        self.declared_supplies += claim.declared.supplies.unwrap_or_default();
        self.replayed = self.replayed.plus(claim.replayed);
        let (mut checks, mut departments, mut doctors) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (index, finding) in claim.findings.iter().enumerate() {
            self.add_finding(claim, finding);
            self.checks
                .entry(finding.check.code)
                .or_default()
                .add(finding, checks.insert(finding.check.code));
            let is_first = departments.insert(finding.department.as_str());
            bounded(&mut self.departments, &finding.department).add(finding, is_first);
            if !finding.doctor.is_empty() {
                let is_first = doctors.insert(finding.doctor.as_str());
                bounded(&mut self.doctors, &finding.doctor).add(finding, is_first);
            }
            if let Some(month) = claim.month {
                self.months.entry(month).or_default().add(finding, index == 0);
            }
        }
    }

    fn add_finding(&mut self, claim: &AuditedClaim, finding: &Finding) {
        let severity = Severity::ALL.iter().position(|known| *known == finding.severity).unwrap_or(0);
        self.severities[severity] += 1;
        let examples = self.examples.entry(finding.check.code).or_default();
        if examples.len() < EXAMPLES {
            let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
            examples.push(format!("{}#{} {}{line}", claim.file, claim.number, finding.part));
        }
    }

    /// Findings of all checks.
    pub fn findings(&self) -> u64 {
        self.severities.iter().sum()
    }

    /// The checks that found something, those with most money first.
    pub fn by_money(&self) -> Vec<(&'static AuditCheck, &CheckTally)> {
        let mut found: Vec<(&'static AuditCheck, &CheckTally)> = CHECKS
            .iter()
            .filter_map(|check| self.checks.get(check.code).map(|tally| (*check, tally)))
            .collect();
        let money = |tally: &CheckTally| {
            let fund = tally.fund_over - tally.fund_under;
            let patient = tally.patient_over - tally.patient_under;
            fund.max(patient)
        };
        found.sort_by(|a, b| {
            let rank = |tally: &CheckTally| (money(tally), tally.asked, tally.findings);
            (a.0.severity, rank(b.1)).cmp(&(b.0.severity, rank(a.1)))
        });
        found
    }

    /// All money together.
    pub fn total(&self) -> CheckTally {
        let mut total = CheckTally::default();
        for tally in self.checks.values() {
            total.findings += tally.findings;
            total.fund_over += tally.fund_over;
            total.fund_under += tally.fund_under;
            total.patient_over += tally.patient_over;
            total.patient_under += tally.patient_under;
            total.asked += tally.asked;
        }
        total.claims = self.claims - self.agreeing;
        total
    }
}

/// The tally of a key, or that of all keys beyond the bound.
fn bounded<'m>(map: &'m mut BTreeMap<String, CheckTally>, key: &str) -> &'m mut CheckTally {
    let key = if map.len() < MOST_KEYS || map.contains_key(key) { key } else { "…" };
    map.entry(key.to_owned()).or_default()
}

/// Totals as declared. QĐ 4210 has no field for the covered cost; there the sum of the lines stands in.
fn declared(claim: &AuditedClaim) -> DueAmounts {
    let FileTotals { hospital, covered, fund, copayment, own, other, .. } = claim.declared;
    let stated = |figure: Option<Figure>| figure.unwrap_or_default();
    let covered = if claim.standard.has_single_amount() { claim.replayed.covered } else { stated(covered) };
    DueAmounts {
        hospital: stated(hospital),
        covered,
        fund: stated(fund),
        copayment: stated(copayment),
        own: stated(own),
        other: stated(other),
    }
}
