//! Kết quả về quỹ: the figures of `bhyt fund` as lines.

use super::layout::{Lean, table};
use super::wording::{self, Lang};
use crate::engine::allocation::{Allocation, FacilityFund, Retention};

/// Care, administration and reserve.
pub fn allocation(outcome: &Allocation, lang: Lang) -> String {
    let row = |name: &str, amount| vec![name.to_owned(), wording::money(amount, lang)];
    table(
        &[
            row(lang.say("Khám bệnh, chữa bệnh", "Care"), outcome.care),
            row(
                lang.say("Tổ chức và hoạt động, tối đa", "Administration at most"),
                outcome.administration_limit,
            ),
            row(lang.say("Quỹ dự phòng, tối thiểu", "Reserve at least"), outcome.reserve_minimum),
        ],
        &[Lean::Left, Lean::Right],
    )
}

/// The retention with its parts.
pub fn retention(outcome: &Retention, lang: Lang) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    if outcome.parts.len() > 1 {
        for (of, amount) in &outcome.parts {
            rows.push(vec![people(of, lang).to_owned(), wording::money(*amount, lang)]);
        }
    }
    rows.push(vec![
        lang.say("Số tiền trích lại", "Retention").to_owned(),
        wording::money(outcome.retention, lang),
    ]);
    table(&rows, &[Lean::Left, Lean::Right])
}

/// The fund of a facility with its parts.
pub fn facility(outcome: &FacilityFund, lang: Lang) -> String {
    let mut rows =
        vec![vec![lang.say("Quỹ tại cơ sở", "Fund").to_owned(), wording::money(outcome.fund, lang)]];
    rows.extend(
        outcome
            .parts
            .iter()
            .map(|(share, amount)| vec![wording::share(*share, lang), wording::money(*amount, lang)]),
    );
    table(&rows, &[Lean::Left, Lean::Right])
}

fn people(of: &str, lang: Lang) -> &'static str {
    match of {
        "pupils" => lang.say("Học sinh, sinh viên", "Pupils and students"),
        "children" => lang.say("Trẻ em dưới 6 tuổi", "Children under six"),
        "staff" => lang.say("Người lao động trong trường", "Own staff"),
        _ => lang.say("Người lao động", "Employees"),
    }
}
