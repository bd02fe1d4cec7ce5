//! Các tháng của một kỳ đóng: the rules of every month of cover, and what the user should know where they change.

use chrono::NaiveDate;

use super::card::CardTerm;
use super::dates::Dates;
use super::predicate::Side;
use super::segment::{Segment, segment};
use super::special::{Special, special};
use super::support::MonthSupport;
use crate::case::quote::Enrollee;
use crate::engine::error::EngineError;
use crate::rulebook::Rulebook;
use crate::rulebook::family::{EnrolleeGroup, GroupTerms, LocalPack, Payers, Policy};
use crate::rulebook::special::SpecialEffect;
use crate::rulebook::timeline::Version;
use crate::terms::group::BaseDate;
use crate::terms::number::Overflow;
use crate::terms::period::month_of_cover;
use crate::terms::problem::{Code, Problem};

/// Người, đối tượng và ngày đóng: what the rules of every month are looked up with.
pub(super) struct Months<'r, 'c> {
    pub(super) rules: &'r Rulebook,
    pub(super) group: &'r EnrolleeGroup,
    /// Terms of the group on the day of payment.
    pub(super) terms: &'r Version<GroupTerms>,
    pub(super) person: &'c Enrollee,
    pub(super) paid_on: NaiveDate,
    /// Local policies for the group in the person's places.
    pub(super) local: Vec<(&'r LocalPack, &'r Policy)>,
}

impl<'r> Months<'r, '_> {
    /// Months of cover, neighbours under the same rules joined.
    pub(super) fn segments(
        &self,
        card: &CardTerm<'_>,
        notices: &mut Vec<Problem>,
    ) -> Result<Vec<Segment<'r>>, EngineError> {
        let mut segments: Vec<Segment<'r>> = Vec::new();
        let mut known: Option<MonthSupport<'r>> = None;
        let alike = !self.vary_by_month();
        let months = card.months;
        for month in 0..if alike { 1 } else { months } {
            let day = month_of_cover(card.from, month).ok_or(Overflow)?;
            let (mut next, support) = self.month(day, month)?;
            let uncovered = next.special.is_some_and(|special| *special.effect == SpecialEffect::NoCover);
            if uncovered && !notices.iter().any(|notice| notice.code == Code::MonthWithoutCover) {
                notices.push(Problem::new(Code::MonthWithoutCover).with("date", day));
            }
            next.months = if alike { months } else { 1 };
            self.tell(known.as_ref(), &support, (day, month), notices);
            known = Some(support);
            match segments.last_mut() {
                Some(last) if last.same_rules(&next) => last.months += 1,
                _ => segments.push(next),
            }
        }
        Ok(segments)
    }

    /// Whether the months of one payment can fall under different rules.
    pub(super) fn vary_by_month(&self) -> bool {
        let varies = |policy: &Policy| {
            let moves = policy.when.iter().any(|predicate| predicate.moves(self.person));
            let dates = Dates::on(self.paid_on);
            let open =
                policy.when.iter().all(|predicate| predicate.side(self.person, dates) != Side::Unknown);
            moves || (policy.base_date == Some(BaseDate::EachMonth) && open)
        };
        self.terms.value.base_date == BaseDate::EachMonth
            || !self.person.special.is_empty()
            || self.policies().any(varies)
    }

    /// National and local policies for the group.
    fn policies(&self) -> impl Iterator<Item = &'r Policy> {
        let national = self.rules.state_subsidy.policies.iter();
        let own = national.filter(|policy| policy.groups.contains(&self.group.id));
        own.chain(self.local.iter().map(|(_, policy)| *policy))
    }

    /// Rules of one month, and who supports it.
    fn month(&self, day: NaiveDate, number: u32) -> Result<(Segment<'r>, MonthSupport<'r>), EngineError> {
        let special = special(self.rules, self.person, day)?;
        if let Some(Special { effect: SpecialEffect::Joins(group), .. }) = special {
            let group = self.rules.group(group).ok_or_else(|| EngineError::UnknownGroup(group.clone()))?;
            let support = MonthSupport::default();
            let segment = segment(self.rules, group, &support, BaseDate::EachMonth, day, special)?;
            return Ok((segment, support));
        }
        let terms = &self.terms.value;
        let dates = Dates::of(terms.base_date, self.paid_on, day, number);
        let support = MonthSupport::find_among(self.rules, &self.local, self.person, terms, dates)?;
        let base_date = support.base_date(terms);
        let day = Dates::of(base_date, self.paid_on, day, number).day;
        Ok((segment(self.rules, self.group, &support, base_date, day, special)?, support))
    }

    /// Notes what changes with a month.
    fn tell(
        &self,
        before: Option<&MonthSupport<'r>>,
        support: &MonthSupport<'r>,
        (day, number): (NaiveDate, u32),
        notices: &mut Vec<Problem>,
    ) {
        if before.is_some_and(|before| before.same_as(support)) {
            return;
        }
        let supported = matches!(self.terms.value.payers, Payers::StateSupported);
        match before {
            None if supported && support.national.is_none() => {
                notices.push(Problem::new(Code::SupportNotMet).with("group", &self.group.id));
            }
            Some(before) if before.share() != support.share() => notices.push(
                Problem::new(Code::SupportChanges)
                    .with("date", day)
                    .with("before", before.share())
                    .with("after", support.share()),
            ),
            _ => {}
        }
        let dates = Dates::of(self.terms.value.base_date, self.paid_on, day, number);
        for notice in support.notices(self.rules, self.person, &self.terms.value, dates) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
}
