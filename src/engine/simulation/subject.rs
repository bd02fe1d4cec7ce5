//! Đối tượng mô phỏng: what the rows of a table are, who bears their money, and which rules move it.

use crate::rulebook::Rulebook;
use crate::terms::group::Payer;
use crate::terms::listed::Listed;

/// Most bearers that one subject has.
pub const MOST_BEARERS: usize = Payer::ALL.len();

/// Điều được mô phỏng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Mức đóng of people.
    Premiums,
    /// Thanh toán of visits.
    Claims,
}

/// Ai trả: who bears a part of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Nguồn đóng.
    Payer(Payer),
    /// Quỹ bảo hiểm y tế.
    Fund,
    /// Người bệnh cùng chi trả.
    Copayment,
    /// Người bệnh tự trả.
    OwnPayment,
}

impl Bearer {
    /// Place among the bearers of its subject.
    pub const fn index(self) -> usize {
        match self {
            Bearer::Payer(payer) => payer as usize,
            Bearer::Fund => 0,
            Bearer::Copayment => 1,
            Bearer::OwnPayment => 2,
        }
    }

    /// Stable key in JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Bearer::Payer(payer) => payer.key(),
            Bearer::Fund => "fund_payment",
            Bearer::Copayment => "copayment",
            Bearer::OwnPayment => "own_payment",
        }
    }
}

/// Một cột số: a figure that tables of a simulation show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimulationColumn {
    /// All of the money.
    Whole,
    /// What one bears.
    Part(Bearer),
    /// What these bear together.
    Parts(&'static [Bearer]),
    /// What all others bear.
    AllBut(&'static [Bearer]),
}

const PERSON: Bearer = Bearer::Payer(Payer::Person);
const STATE: Bearer = Bearer::Payer(Payer::State);

const PAYERS: [Bearer; MOST_BEARERS] = {
    let mut bearers = [PERSON; MOST_BEARERS];
    let mut at = 0;
    while at < MOST_BEARERS {
        bearers[at] = Bearer::Payer(Payer::ALL[at]);
        at += 1;
    }
    bearers
};

impl Subject {
    /// Everybody who may bear a part, in the order of results.
    pub const fn bearers(self) -> &'static [Bearer] {
        match self {
            Subject::Premiums => &PAYERS,
            Subject::Claims => &[Bearer::Fund, Bearer::Copayment, Bearer::OwnPayment],
        }
    }

    /// What people pay themselves.
    pub const fn own(self) -> SimulationColumn {
        match self {
            Subject::Premiums => SimulationColumn::Part(PERSON),
            Subject::Claims => SimulationColumn::Parts(&[Bearer::Copayment, Bearer::OwnPayment]),
        }
    }

    /// What a change of the law is watched for first.
    pub const fn main(self) -> SimulationColumn {
        match self {
            Subject::Premiums => SimulationColumn::Whole,
            Subject::Claims => SimulationColumn::Part(Bearer::Fund),
        }
    }

    /// What tables of causes show, the main figure first.
    pub const fn figures(self) -> &'static [SimulationColumn] {
        match self {
            Subject::Premiums => &[
                SimulationColumn::Whole,
                SimulationColumn::Part(PERSON),
                SimulationColumn::Part(STATE),
                SimulationColumn::AllBut(&[PERSON, STATE]),
            ],
            Subject::Claims => &[
                SimulationColumn::Part(Bearer::Fund),
                SimulationColumn::Part(Bearer::Copayment),
                SimulationColumn::Part(Bearer::OwnPayment),
            ],
        }
    }

    /// Key of the whole in JSON and CSV.
    pub const fn whole_key(self) -> &'static str {
        match self {
            Subject::Premiums => "premium",
            Subject::Claims => "hospital_cost",
        }
    }

    /// Key of the rows in JSON and CSV.
    pub const fn cases_key(self) -> &'static str {
        match self {
            Subject::Premiums => "people",
            Subject::Claims => "visits",
        }
    }

    /// Whether a rule may move the money: base amounts move both, every other rule stands on one side; how claim
    /// files are written moves neither.
    pub fn concerns(self, rules: &Rulebook, rule: &str) -> bool {
        let is_base =
            [rules.base_salary.versions.rule(), rules.reference_level.versions.rule()].contains(&rule);
        let is_benefit = || rules.benefit.entries().iter().any(|entry| entry.rule == rule);
        let is_of_files = rule == rules.claim_files.versions.rule();
        is_base || (!is_of_files && is_benefit() == (self == Subject::Claims))
    }
}
