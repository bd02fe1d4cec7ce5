//! Quyền lợi theo luật: what the law gives on the days of a line.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::audit::figure::Figure;
use crate::terms::care::Relief;
use crate::terms::citation::Citation;

/// A run of days, if there is one.
pub(super) type Days = Option<(NaiveDate, NaiveDate)>;

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

impl Entitlement {
    /// MUC_HUONG by law: nothing without a valid card.
    pub const fn paid_share(&self) -> Figure {
        if self.insured { self.share } else { Figure::ZERO }
    }

    /// True when both pay the same, for the same reasons.
    pub(super) fn is_like(&self, other: &Entitlement) -> bool {
        self.insured == other.insured && self.share == other.share && self.relief == other.relief
    }
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
    /// True where the law is known, and no card is valid on any of the days.
    pub(super) fn is_uninsured(&self) -> bool {
        matches!(self, LineLaw::Decided(spans) if spans.iter().all(|span| !span.entitlement.insured))
    }

    /// Cùng một kết luận dù tính theo số nào: the conclusion, where another basis gives the same shares.
    pub(super) fn agreeing(self, other: &LineLaw) -> LineLaw {
        let shares = |law: &LineLaw| match law {
            LineLaw::Decided(spans) => spans.iter().map(|span| span.entitlement.share).collect(),
            LineLaw::Undecided => Vec::new(),
        };
        if shares(&self) == shares(other) { self } else { LineLaw::Undecided }
    }

    /// The one share of the line.
    #[inline]
    pub fn single(&self) -> Option<&Entitlement> {
        match self {
            LineLaw::Decided(spans) => {
                let (first, rest) = spans.split_first()?;
                let same = |span: &Span| span.entitlement.paid_share() == first.entitlement.paid_share();
                rest.iter().all(same).then_some(&*first.entitlement)
            }
            LineLaw::Undecided => None,
        }
    }
}
