//! Tệp lượt khám bệnh, chữa bệnh: one visit in TOML, read strictly, with the place of every mistake.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::claim_line::RawLine;
use super::exit::Failure;
use super::source_text::SourceText;
use super::value;
use crate::case::claim::{
    AskedBeside, CardSpan, ClaimCase, Copaid, Costs, MOST_MEAL_DAYS, TotalsBeforeCard, VisitFacts,
    visit_facts,
};
use crate::rulebook::Rulebook;
use crate::terms::care::{AidKind, Reading};
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Most lines of one visit.
const MOST_LINES: usize = 20_000;

/// What `beds` may say.
const COUNT: &str = "count";

/// Highest number of points of a facility.
const MOST_POINTS: u32 = 100;

/// The value of a fact of a kind, as `SourceText` reads it.
macro_rules! read_fact {
    (text, $source:ident, $given:expr) => {
        $source.read($given, |text| Ok(text.trim().to_owned()))
    };
    (points, $source:ident, $given:expr) => {
        $source.count($given, 0..=MOST_POINTS, Code::InvalidValue)
    };
    (known, $source:ident, $given:expr) => {
        $source.yes_or_no($given)
    };
    (flag, $source:ident, $given:expr) => {
        $source.yes_or_no($given).map(Option::unwrap_or_default)
    };
    ($listed:ident, $source:ident, $given:expr) => {
        $source.read($given, value::listed)
    };
}

macro_rules! raw_visit {
    ($($(#[$doc:meta])* $fact:ident: $kind:ident = $key:literal [$($heading:literal),*],)*) => {
        /// The file as written; a fact of the visit stands at the top or in `[facility]`.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        struct RawVisit {
            group: Option<Spanned<String>>,
            #[serde(default)]
            cards: Vec<RawCard>,
            card_digit: Option<Spanned<Value>>,
            born: Option<Spanned<Value>>,
            admitted: Option<Spanned<Value>>,
            discharged: Option<Spanned<Value>>,
            $(#[serde(rename = $key)] $fact: Option<Spanned<Value>>,)*
            facility: Option<RawFacility>,
            outcome: Option<Spanned<String>>,
            beds: Option<Spanned<String>>,
            card_shown: Option<Spanned<Value>>,
            copayment_collected: Option<Spanned<Value>>,
            #[serde(default)]
            employer_arrears: bool,
            #[serde(default)]
            own_purchase: bool,
            five_years_since: Option<Spanned<Value>>,
            exempt_from: Option<Spanned<Value>>,
            copaid_this_year: Option<Spanned<Value>>,
            #[serde(default)]
            copayments: Vec<RawCopayment>,
            #[serde(default)]
            no_ratio: bool,
            aid_kind: Option<Spanned<String>>,
            direct_payment: Option<Spanned<String>>,
            contract_renewed: Option<Spanned<Value>>,
            meal_difference_a_day: Option<Spanned<Value>>,
            meal_days: Option<Spanned<Value>>,
            patient_support: Option<Spanned<String>>,
            patient_support_rate: Option<Spanned<String>>,
            hospital_cost: Option<Spanned<Value>>,
            covered_cost: Option<Spanned<Value>>,
            other_source: Option<Spanned<Value>>,
            hospital_cost_before_card: Option<Spanned<Value>>,
            covered_cost_before_card: Option<Spanned<Value>>,
            #[serde(default)]
            lines: Vec<RawLine>,
        }

        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        struct RawFacility {
            $(#[serde(rename = $key)] $fact: Option<Spanned<Value>>,)*
            #[serde(default)]
            private: bool,
        }

        impl SourceText<'_> {
            fn visit(&self, raw: &mut RawVisit) -> Result<VisitFacts, Failure> {
                let facility = raw.facility.take().unwrap_or_default();
                Ok(VisitFacts {
                    $($fact: read_fact!($kind, self, raw.$fact.take().or(facility.$fact))?,)*
                    private: facility.private,
                })
            }
        }
    };
}
visit_facts!(raw_visit);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCard {
    group: Spanned<String>,
    valid_from: Option<Spanned<Value>>,
    valid_until: Option<Spanned<Value>>,
    entitled_from: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCopayment {
    date: Option<Spanned<Value>>,
    amount: Option<Spanned<Value>>,
}

/// Reads a visit file; readings come from the command line.
///
/// # Errors
/// [`Failure`] with exit code 3 and `file:line:column`.
pub fn read(text: &str, name: &str, rules: &Rulebook, readings: Vec<Reading>) -> Result<ClaimCase, Failure> {
    let source = SourceText { text, name };
    let mut raw: RawVisit = toml::from_str(text).map_err(|error| source.toml_failure(&error))?;
    let admitted = source.moment(raw.admitted.take())?;
    let discharged = source.moment(raw.discharged.take())?;
    let discharged = source.required("discharged", discharged)?;
    let admitted = admitted.unwrap_or(discharged);
    let is_turned = match (admitted.time, discharged.time) {
        (Some(_), Some(_)) => admitted > discharged,
        _ => admitted.day > discharged.day,
    };
    if is_turned {
        let problem =
            Problem::new(Code::DateOrder).with("first", admitted.day).with("second", discharged.day);
        return Err(Failure::input(problem.at(name)));
    }
    let counts_beds = source.counts_beds(raw.beds.take())?;
    let beside = source.beside(&mut raw, rules)?;
    Ok(ClaimCase {
        admitted_at: admitted.time,
        discharged_at: discharged.time,
        outcome: source.listed(raw.outcome.take())?,
        counts_beds,
        card_shown: source.moment(raw.card_shown.take())?,
        before_card: source.before_card(&mut raw)?,
        copayment_collected: source.read(raw.copayment_collected.take(), value::claim_amount)?,
        employer_arrears: raw.employer_arrears,
        own_purchase: raw.own_purchase,
        cards: source.cards(&mut raw, rules)?,
        born: source.date(raw.born.take())?,
        card_digit: source.read(raw.card_digit.take(), |text| Ok(text.trim().to_owned()))?,
        admitted: admitted.day,
        discharged: discharged.day,
        visit: source.visit(&mut raw)?,
        five_years_since: source.date(raw.five_years_since.take())?,
        exempt_from: source.date(raw.exempt_from.take())?,
        copaid: source.copaid(&mut raw)?,
        no_ratio: raw.no_ratio,
        aid: source.listed(raw.aid_kind.take())?.unwrap_or(AidKind::Patient),
        direct: source.listed(raw.direct_payment.take())?,
        costs: source.costs(raw, discharged.day, counts_beds)?,
        readings,
        beside,
    })
}

impl SourceText<'_> {
    /// `beds = "count"`: bed days are counted from the stay.
    fn counts_beds(&self, given: Option<Spanned<String>>) -> Result<bool, Failure> {
        let Some(given) = given else { return Ok(false) };
        if given.get_ref().trim() == COUNT {
            return Ok(true);
        }
        let problem = Problem::new(Code::InvalidValue).with("read", given.get_ref()).with("accepted", COUNT);
        Err(self.failure(problem, &given.span()))
    }

    pub(super) fn listed<T: Listed>(&self, typed: Option<Spanned<String>>) -> Result<Option<T>, Failure> {
        typed.map(|typed| self.look_up(&typed, value::listed)).transpose()
    }

    fn yes_or_no(&self, given: Option<Spanned<Value>>) -> Result<Option<bool>, Failure> {
        let Some(given) = given else { return Ok(None) };
        let span = given.span();
        match given.into_inner() {
            Value::Boolean(is_so) => Ok(Some(is_so)),
            other => {
                Err(self.failure(Problem::new(Code::WrongKind).with("detail", format!("`{other}`")), &span))
            }
        }
    }

    /// Điều hỏi ngoài phần của quỹ: a fund of a province and its rate are looked up.
    fn beside(&self, raw: &mut RawVisit, rules: &Rulebook) -> Result<AskedBeside, Failure> {
        let packs = &rules.benefit.patient_support;
        let mut known: Vec<&str> = Vec::new();
        let support = raw.patient_support.take();
        if let Some(wanted) = &support {
            let pack = packs.iter().find(|pack| pack.header.id == *wanted.get_ref());
            let ids = || packs.iter().map(|pack| pack.header.id.as_str()).collect::<Vec<_>>();
            let pack = pack.ok_or_else(|| self.not_among(wanted, &ids()))?;
            let rates = pack.versions.versions().iter().flat_map(|version| &version.value.treatment);
            known.extend(rates.map(|rate| rate.id.as_str()));
        }
        let rate = raw.patient_support_rate.take();
        if rate.is_some() && support.is_none() {
            return self.required("patient-support", None);
        }
        if let Some(wanted) = rate.as_ref().filter(|wanted| !known.contains(&wanted.get_ref().as_str())) {
            return Err(self.not_among(wanted, &known));
        }
        let meal_difference_a_day = self.read(raw.meal_difference_a_day.take(), value::claim_amount)?;
        let meal_days = self.count(raw.meal_days.take(), 1..=MOST_MEAL_DAYS, Code::InvalidValue)?;
        if meal_days.is_some() && meal_difference_a_day.is_none() && support.is_none() {
            return self.required("meal-difference-a-day", None);
        }
        Ok(AskedBeside {
            contract_renewed: self.yes_or_no(raw.contract_renewed.take())?,
            meal_difference_a_day,
            meal_days,
            support: support.map(Spanned::into_inner),
            support_rate: rate.map(Spanned::into_inner),
        })
    }

    fn not_among(&self, wanted: &Spanned<String>, known: &[&str]) -> Failure {
        let problem = Problem::new(Code::InvalidValue).with("read", wanted.get_ref());
        self.failure(problem.with("accepted", known.join(", ")), &wanted.span())
    }

    /// Chi phí trước khi xuất trình thẻ, of a visit by its totals.
    fn before_card(&self, raw: &mut RawVisit) -> Result<Option<TotalsBeforeCard>, Failure> {
        let hospital = self.read(raw.hospital_cost_before_card.take(), value::claim_amount)?;
        let covered = self.read(raw.covered_cost_before_card.take(), value::claim_amount)?;
        if (hospital.is_some() || covered.is_some()) && !raw.lines.is_empty() {
            let problem = Problem::new(Code::ConflictingArguments)
                .with("read", "[[lines]]")
                .with("other", "hospital-cost-before-card, covered-cost-before-card");
            return Err(Failure::input(problem.at(self.name)));
        }
        Ok(TotalsBeforeCard::of(hospital, covered))
    }

    fn cards(&self, raw: &mut RawVisit, rules: &Rulebook) -> Result<Vec<CardSpan>, Failure> {
        let mut cards = Vec::new();
        if let Some(group) = raw.group.take() {
            let group = self.look_up(&group, |text| value::group(text, rules))?;
            cards.push(CardSpan::of(&group));
        }
        for card in std::mem::take(&mut raw.cards) {
            cards.push(CardSpan {
                group: self.look_up(&card.group, |text| value::group(text, rules))?,
                from: self.date(card.valid_from)?,
                until: self.date(card.valid_until)?,
                entitled_from: self.date(card.entitled_from)?,
            });
        }
        if cards.is_empty() {
            return Err(Failure::input(Problem::new(Code::MissingKey).with("read", "group").at(self.name)));
        }
        Ok(cards)
    }

    fn copaid(&self, raw: &mut RawVisit) -> Result<Copaid, Failure> {
        let sum = self.read(raw.copaid_this_year.take(), value::claim_amount)?;
        let mut dated = Vec::new();
        for payment in std::mem::take(&mut raw.copayments) {
            let date = self.required("copayments.date", self.date(payment.date)?)?;
            let amount = self.read(payment.amount, value::claim_amount)?;
            dated.push((date, self.required("copayments.amount", amount)?));
        }
        match (sum, dated.is_empty()) {
            (Some(_), false) => {
                let problem = Problem::new(Code::ConflictingArguments)
                    .with("read", "copaid-this-year")
                    .with("other", "[[copayments]]");
                Err(Failure::input(problem.at(self.name)))
            }
            (sum, true) => Ok(Copaid::ThisYear(sum.unwrap_or(Vnd::ZERO))),
            (None, false) => {
                dated.sort_by_key(|(date, _)| *date);
                Ok(Copaid::Dated(dated))
            }
        }
    }

    fn costs(
        &self,
        raw: RawVisit,
        discharged: chrono::NaiveDate,
        counts_beds: bool,
    ) -> Result<Costs, Failure> {
        let hospital = self.read(raw.hospital_cost, value::claim_amount)?;
        let covered = self.read(raw.covered_cost, value::claim_amount)?;
        let other = self.read(raw.other_source, value::claim_amount)?.unwrap_or(Vnd::ZERO);
        if raw.lines.is_empty() {
            let hospital = self.required("hospital-cost", hospital)?;
            return Ok(Costs::Totals { hospital, covered: covered.unwrap_or(hospital), other });
        }
        if hospital.is_some() || covered.is_some() || !other.is_zero() {
            let problem = Problem::new(Code::ConflictingArguments)
                .with("read", "[[lines]]")
                .with("other", "hospital-cost, covered-cost, other-source");
            return Err(Failure::input(problem.at(self.name)));
        }
        if raw.lines.len() > MOST_LINES {
            let problem = Problem::new(Code::InvalidValue)
                .with("read", format!("{} [[lines]]", raw.lines.len()))
                .with("accepted", format!("1–{MOST_LINES}"));
            return Err(Failure::input(problem.at(self.name)));
        }
        let lines = raw
            .lines
            .into_iter()
            .map(|line| self.line(line, discharged, counts_beds))
            .collect::<Result<_, _>>()?;
        Ok(Costs::Lines(lines))
    }
}
