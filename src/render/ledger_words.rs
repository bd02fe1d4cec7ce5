//! Từ ngữ của sổ thu – nợ: ages of debts, funds, and what does not agree.

use super::wording::{self, Lang};
use crate::engine::ledger::debts::Age;
use crate::engine::ledger::{Key, Mismatch, MismatchKind};
use crate::terms::insurance_fund::InsuranceFund;
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Tuổi nợ.
pub const fn age(age: Age, lang: Lang) -> &'static str {
    match age {
        Age::NotDue => lang.say("chưa đến hạn", "not yet due"),
        Age::To30 => lang.say("chậm 1–30 ngày", "1–30 days late"),
        Age::To60 => lang.say("chậm 31–60 ngày", "31–60 days late"),
        Age::To180 => lang.say("chậm 61–180 ngày", "61–180 days late"),
        Age::To365 => lang.say("chậm 181–365 ngày", "181–365 days late"),
        Age::Above365 => lang.say("chậm trên 365 ngày", "more than 365 days late"),
        Age::Undated => lang.say("của kỳ này, không rõ hạn", "of this period, no due day known"),
        Age::CarriedOver => lang.say("kỳ trước chuyển sang, không rõ tháng", "carried over, month not known"),
    }
}

/// Quỹ.
pub const fn fund(fund: InsuranceFund, lang: Lang) -> &'static str {
    match fund {
        InsuranceFund::SocialInsurance => lang.say("BHXH", "social insurance"),
        InsuranceFund::SicknessMaternity => lang.say("ốm đau, thai sản", "sickness, maternity"),
        InsuranceFund::Pension => lang.say("hưu trí, tử tuất", "pension, survivors"),
        InsuranceFund::Health => lang.say("BHYT", "health"),
        InsuranceFund::Unemployment => lang.say("BHTN", "unemployment"),
        InsuranceFund::Accident => lang.say("TNLĐ, BNN", "accident, disease"),
    }
}

/// Đơn vị và quỹ.
pub fn account(key: &Key, lang: Lang) -> String {
    let unit = wording::harmless(&key.unit);
    match key.fund {
        None => unit,
        Some(of) => format!("{unit} · {}", fund(of, lang)),
    }
}

const fn kind(kind: MismatchKind) -> [&'static str; 2] {
    match kind {
        MismatchKind::Closing => [
            "tiền cuối kỳ không bằng đầu kỳ + phải đóng + điều chỉnh − đã đóng",
            "closing is not opening + due + adjusted − paid",
        ],
        MismatchKind::Difference => {
            ["số lệch không bằng phải đóng − đã đóng", "difference is not due − paid"]
        }
        MismatchKind::Opening => {
            ["tiền đầu kỳ không bằng tiền cuối kỳ trước", "opening is not the closing of the period before"]
        }
        MismatchKind::Paid => {
            ["số đã đóng của kỳ không bằng tổng các lần nộp", "what was paid is not the sum of the payments"]
        }
        MismatchKind::Sum => ["dòng tổng không bằng tổng các phần", "a sum is not the sum of its parts"],
        MismatchKind::Division => [
            "tiền nộp phân bổ cho quỹ không theo thứ tự",
            "the payment was divided among the funds in another order",
        ],
    }
}

/// What does not agree, as a message.
pub fn mismatch(found: &Mismatch, lang: Lang) -> Problem {
    let said = |lang: Lang| {
        let period = found.period.map(|period| format!(" {period}")).unwrap_or_default();
        format!("{}{period}: {}", account(&found.key, lang), lang.pick(kind(found.kind)))
    };
    let problem = Problem::new(Code::LedgerMismatch).with("vi", said(Lang::Vi)).with("en", said(Lang::En));
    stated_and_computed(problem, found.stated, found.computed, lang)
}

/// Ghi thừa, ghi thiếu: both amounts, and what is between them by its sense and without a sign.
pub fn stated_and_computed(problem: Problem, stated: Vnd, computed: Vnd, lang: Lang) -> Problem {
    let is_more = stated > computed;
    let (larger, smaller) = if is_more { (stated, computed) } else { (computed, stated) };
    problem
        .with("stated", wording::money(stated, lang))
        .with("computed", wording::money(computed, lang))
        .with(if is_more { "more" } else { "less" }, larger.checked_sub(smaller).unwrap_or(Vnd::ZERO))
}
