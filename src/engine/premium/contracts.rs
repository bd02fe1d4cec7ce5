//! Nhiều hợp đồng lao động: the one contract that a worker's premium rests on.

use chrono::NaiveDate;

use crate::case::quote::{Contract, Enrollee};
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::contracts::ContractChoice;
use crate::terms::citation::RuleRef;
use crate::terms::number::Vnd;

/// Hợp đồng được chọn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChosenContract<'r> {
    /// Position among the contracts of the person, from 1.
    pub number: usize,
    /// Its salary.
    pub salary: Vnd,
    /// Rule that picks it.
    pub rule: &'r RuleRef,
    /// True where the day of signature stood in for a statement about compulsory insurance.
    pub by_signature: bool,
}

/// Chọn hợp đồng làm căn cứ đóng; `None` for a person without several contracts or of another group.
///
/// # Errors
/// [`EngineError::NotInForce`] before the rule is recorded, [`EngineError::ContractTooShort`] when none is long enough,
/// [`EngineError::ContractUndecided`] when nothing says which one compulsory insurance rests on.
pub fn choose<'r>(
    rules: &'r Rulebook,
    person: &Enrollee,
    day: NaiveDate,
) -> Result<Option<ChosenContract<'r>>, EngineError> {
    if person.contracts.is_empty() {
        return Ok(None);
    }
    let version = rules.concurrent_contracts.at(day)?;
    if !version.value.groups.contains(&person.group) {
        return Ok(None);
    }
    let shortest = version.value.shortest_months;
    let long_enough = |contract: &Contract| contract.months.is_none_or(|months| months >= shortest);
    let counting: Vec<(usize, &Contract)> =
        (1..).zip(&person.contracts).filter(|(_, known)| long_enough(known)).collect();
    if counting.is_empty() {
        return Err(EngineError::ContractTooShort { months: shortest });
    }
    let (number, contract, by_signature) = match version.value.choice {
        ContractChoice::HighestSalary => {
            highest_salary(&counting).map(|(number, contract)| (number, contract, false))
        }
        ContractChoice::CompulsoryInsurance => compulsory_insurance(&counting),
    }
    .ok_or(EngineError::ContractUndecided)?;
    Ok(Some(ChosenContract { number, salary: contract.salary, rule: &version.rule, by_signature }))
}

/// The highest salary; of equal ones the first.
fn highest_salary<'c>(contracts: &[(usize, &'c Contract)]) -> Option<(usize, &'c Contract)> {
    contracts.iter().rev().max_by_key(|(_, contract)| contract.salary).copied()
}

/// The contract that is said to be the base of compulsory insurance, a single one, or the one signed first where every
/// day of signature is given.
fn compulsory_insurance<'c>(contracts: &[(usize, &'c Contract)]) -> Option<(usize, &'c Contract, bool)> {
    let stated: Vec<_> = contracts.iter().filter(|(_, contract)| contract.compulsory_insurance).collect();
    match (&stated[..], contracts) {
        ([(number, contract)], _) | ([], [(number, contract)]) => Some((*number, contract, false)),
        ([], _) if contracts.iter().all(|(_, contract)| contract.signed.is_some()) => {
            let first = contracts.iter().min_by_key(|(_, contract)| contract.signed)?;
            let alone =
                contracts.iter().filter(|(_, contract)| contract.signed == first.1.signed).count() == 1;
            alone.then_some((first.0, first.1, true))
        }
        _ => None,
    }
}
