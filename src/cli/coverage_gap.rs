//! Người còn thiếu trên dòng lệnh: as which groups they are valued, in which proportions, in which province.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::ArgMatches;

use super::exit::{Exit, Failure};
use super::{figures, value};
use crate::engine::coverage::cost::{self, GapCost, GapTerms};
use crate::engine::coverage::gap::{self, GapError, GapMix, Missing, MixBasis};
use crate::engine::coverage::tally::Tally;
use crate::rulebook::Rulebook;
use crate::terms::fold::fold;
use crate::terms::problem::{Code, Problem};

/// Largest household that may stand for the missing persons.
const MOST_MEMBERS: u32 = 20;
/// Most months of one payment.
const MOST_MONTHS: u32 = 12;
/// Words for proportions as the tables show them.
const OBSERVED: [&str; 3] = ["observed", "quan-sat", "thuc-te"];
/// How `--gap-group` is written.
const ACCEPTED: &str = "GD · GD=60%,HS=40% · GD,HS,CN · observed (quan-sat)";

/// Người còn thiếu: as whom they are valued.
pub struct GapFlags {
    mix: GapMix,
    terms: GapTerms,
    /// Id of the province of communes whose tables name none, and as it was typed.
    province: Option<(String, String)>,
}

/// What the gap costs, and what must be said of it.
pub struct GapValued {
    /// Under the law, and under a draft where there is one.
    pub costs: Vec<(&'static str, GapCost)>,
    /// How the persons were divided.
    pub missing: Option<Missing>,
    /// Provinces of tables that the register does not know.
    pub unknown_provinces: Vec<Problem>,
}

impl GapFlags {
    /// Reads the flags.
    ///
    /// # Errors
    /// [`Failure`] for what cannot be read.
    pub fn read(matches: &ArgMatches, rules: &Rulebook, day: NaiveDate) -> Result<GapFlags, Failure> {
        let members = figures::optional(matches, "gap-members", |text| {
            value::count(text, 1..=MOST_MEMBERS, Code::InvalidValue)
        })?;
        let months = figures::optional(matches, "months", |text| {
            value::count(text, 1..=MOST_MONTHS, Code::MonthsRange)
        })?;
        let salary = figures::optional(matches, "salary", value::amount)?;
        let province = figures::optional(matches, "province", |text| {
            Ok((value::province(text, rules)?.on(day)?, text.to_owned()))
        })?;
        let mut circumstances = Vec::new();
        for typed in matches.get_many::<String>("tag").unwrap_or_default() {
            let (tag, _) =
                value::circumstance(typed, rules).map_err(|problem| Failure::usage(problem.at("--tag")))?;
            circumstances.push(tag);
        }
        let texts: Vec<&str> =
            matches.get_many::<String>("gap-group").unwrap_or_default().map(String::as_str).collect();
        let mix = mix(&texts, rules).map_err(|problem| Failure::usage(problem.at("--gap-group")))?;
        let months = months.unwrap_or(MOST_MONTHS);
        let terms = GapTerms { paid_on: day, months, members: members.unwrap_or(1), circumstances, salary };
        Ok(GapFlags { mix, terms, province })
    }

    /// The province of communes whose tables name none, as it was typed.
    pub fn province(&self) -> Option<&str> {
        self.province.as_ref().map(|(_, typed)| typed.as_str())
    }

    /// Id of that province.
    pub fn province_id(&self) -> Option<&str> {
        self.province.as_ref().map(|(id, _)| id.as_str())
    }

    /// Ids of the groups, with commas; `observed` where the tables were to say and nobody is missing.
    pub fn groups(&self, missing: Option<&Missing>) -> String {
        match (missing, &self.mix) {
            (Some(missing), _) => missing.groups.join(","),
            (None, GapMix::Stated(parts)) => {
                parts.iter().map(|(group, _)| group.as_str()).collect::<Vec<_>>().join(",")
            }
            (None, GapMix::Observed(groups)) if groups.is_empty() => "observed".to_owned(),
            (None, GapMix::Observed(groups)) => groups.join(","),
        }
    }

    /// Months, members of a household.
    pub const fn terms(&self) -> &GapTerms {
        &self.terms
    }

    /// The missing persons under the law, and under a draft where there is one.
    ///
    /// # Errors
    /// [`Failure`] where groups or premiums are not known.
    pub fn valued(
        &self,
        tally: &Tally,
        rules: &Rulebook,
        draft: Option<&Rulebook>,
    ) -> Result<GapValued, Failure> {
        let mut valued = GapValued { costs: Vec::new(), missing: None, unknown_provinces: Vec::new() };
        if tally.communes.iter().all(|commune| commune.needed.is_none_or(|needed| needed == 0)) {
            return Ok(valued);
        }
        let missing = gap::missing(&tally.communes, &self.mix, rules).map_err(unclear)?;
        let provinces = self.provinces(tally, rules, &mut valued.unknown_provinces);
        for (name, rules) in [("law", Some(rules)), ("draft", draft)] {
            let Some(rules) = rules else { continue };
            let cost = cost::value(rules, &self.terms, &missing, tally, &provinces);
            valued.costs.push((name, cost.map_err(|error| Failure::engine(&error, Exit::Usage))?));
        }
        valued.missing = Some(missing);
        Ok(valued)
    }

    /// The id of the province of each commune.
    fn provinces(&self, tally: &Tally, rules: &Rulebook, unknown: &mut Vec<Problem>) -> Vec<Option<String>> {
        let mut known: BTreeMap<&str, Option<String>> = BTreeMap::new();
        let own = self.province_id();
        let mut id_of = |name: &str| {
            let found = value::province(name, rules).and_then(|place| place.on(self.terms.paid_on)).ok();
            if found.is_none() {
                unknown.push(Problem::new(Code::GapProvinceUnknown).with("read", name));
            }
            found
        };
        let of = |commune: &crate::engine::coverage::tally::Place| {
            let is_own = commune.province.is_empty() || Some(commune.province.as_str()) == self.province();
            if is_own { own.map(str::to_owned) } else { None }
        };
        let mut ids = Vec::with_capacity(tally.communes.len());
        for commune in &tally.communes {
            let id = of(commune);
            let named = commune.province.as_str();
            ids.push(match id {
                None if !named.is_empty() => known.entry(named).or_insert_with(|| id_of(named)).clone(),
                found => found,
            });
        }
        ids
    }

    /// How the missing persons were valued.
    pub fn notices(&self, missing: &Missing, rules: &Rulebook) -> Vec<Problem> {
        let groups = || missing.groups.iter().filter_map(|id| rules.group(id));
        let names = [
            groups().map(|group| group.name_vi.as_str()).collect::<Vec<_>>().join("; "),
            groups().map(|group| group.name_en.as_str()).collect::<Vec<_>>().join("; "),
        ];
        let members = self.terms.members;
        let valued = Problem::new(Code::GapValued)
            .with("vi", format!("{}, hộ {members} người", names[0]))
            .with("en", format!("{}, households of {members}", names[1]))
            .with("months", self.terms.months)
            .with("date", self.terms.paid_on);
        let basis = match missing.basis {
            MixBasis::Stated => None,
            MixBasis::WithoutCard => Some([
                "những người trong danh sách không có thẻ trong ngày",
                "the persons of the list without a card on the day",
            ]),
            MixBasis::Covered => Some(["những người đang có thẻ", "those who are covered"]),
        };
        let observed = basis.map(|[vi, en]| Problem::new(Code::GapObserved).with("vi", vi).with("en", en));
        [valued].into_iter().chain(observed).collect()
    }
}

fn unclear(error: GapError) -> Failure {
    Failure::input(match error {
        GapError::NothingSeen => Problem::new(Code::GapNothingSeen).at("--gap-group"),
        GapError::Unclear(groups) => {
            Problem::new(Code::GapGroupUnclear).with("read", groups.join(", ")).at("--gap-group")
        }
    })
}

/// `GD`, `GD=60%,HS=40%`, `GD,HS,CN` or `observed`.
fn mix(texts: &[&str], rules: &Rulebook) -> Result<GapMix, Problem> {
    let parts: Vec<String> = texts.iter().flat_map(|text| pieces(text)).collect();
    let unread = |read: &str| Problem::new(Code::InvalidValue).with("read", read).with("accepted", ACCEPTED);
    let mut groups: Vec<String> = Vec::new();
    let mut weights: Vec<u64> = Vec::new();
    let mut in_percent = false;
    for part in &parts {
        let (name, weight) =
            part.split_once('=').map_or((part.as_str(), None), |(name, weight)| (name, Some(weight)));
        if parts.len() == 1 && weight.is_none() && OBSERVED.contains(&fold(name).as_str()) {
            return Ok(GapMix::Observed(Vec::new()));
        }
        let group = value::group(name.trim(), rules)?;
        if groups.contains(&group) {
            return Err(unread(part));
        }
        groups.push(group);
        if let Some(weight) = weight {
            in_percent |= weight.contains('%');
            weights.push(self::weight(weight).ok_or_else(|| unread(part))?);
        }
    }
    match (groups.len(), weights.len()) {
        (0, _) => Ok(GapMix::Stated(vec![("household".to_owned(), 1)])),
        (1, 0) => Ok(GapMix::Stated(groups.into_iter().map(|group| (group, 1)).collect())),
        (_, 0) => Ok(GapMix::Observed(groups)),
        (all, given) if all != given => Err(unread(&texts.join(" "))),
        _ => {
            let sum: u64 = weights.iter().sum();
            if sum == 0 || (in_percent && sum != 100 * WEIGHT_UNIT) {
                let shown = format!("{}.{:03}", sum / WEIGHT_UNIT, sum % WEIGHT_UNIT);
                let shown = shown.trim_end_matches('0').trim_end_matches('.').to_owned();
                return Err(Problem::new(Code::GapSharesSum).with("sum", shown));
            }
            Ok(GapMix::Stated(groups.into_iter().zip(weights).collect()))
        }
    }
}

/// Parts between commas, semicolons or spaces; a comma before a digit is that of decimals.
fn pieces(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let is_decimal = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        let ends = match letter {
            ';' | '+' => true,
            ',' => !is_decimal,
            _ => false,
        };
        match parts.last_mut() {
            Some(part) if !ends => part.push(*letter),
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Thousandths in a whole weight.
const WEIGHT_UNIT: u64 = 1000;

/// `60`, `60%`, `37,5 %`, in thousandths.
fn weight(text: &str) -> Option<u64> {
    let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || decimals.len() > 3 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<3}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_as_people_write_them() {
        assert_eq!(pieces("GD=60,5%, HS=39,5%"), ["GD=60,5%", "HS=39,5%"]);
        assert_eq!(pieces("GD;HS + CN"), ["GD", "HS", "CN"]);
        assert_eq!((weight("37,5 %"), weight("60"), weight("0.25")), (Some(37_500), Some(60_000), Some(250)));
        assert!(weight("-1").is_none() && weight("").is_none() && weight("1.2345").is_none());
    }
}
