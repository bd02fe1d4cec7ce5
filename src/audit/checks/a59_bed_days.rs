//! A59 Ngày giường vượt thời gian nằm viện: more bed days than the stay has.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::tag::Tag;
use crate::rulebook::benefit::bed_days::BedDays;
use crate::rulebook::claim_files::ItemKind;
use crate::terms::care::StayOutcome;
use crate::terms::citation::Evidence;
use super::bed_calendar as calendar;
use super::evidence::Examined;
use super::law_effect::{of, weighed};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A59-bed-days",
    severity: Severity::Question,
    class: Class::Law,
    title: ["Số ngày giường vượt thời gian điều trị", "More bed days than the stay allows"],
    says: [
        "{why}: khai {declared} ngày, theo quy định {expected}[[ ({hours} giờ)]][[ ({day})]][[: quỹ trả thừa {over} đ]][[: quỹ trả thiếu {under} đ]].",
        "{why}: {declared} days declared, by the rules {expected}[[ ({hours} hours)]][[ ({day})]][[: the fund pays {over} đ too much]][[: the fund pays {under} đ too little]].",
    ],
    explain: [
        "Số ngày giường = ngày ra − ngày vào nội trú; cộng 1 khi người bệnh nặng tử vong, xin về hoặc chuyển viện; trên 4 giờ đến dưới 24 giờ là 1 ngày; đến 4 giờ không tính. Tính từ NGAY_VAO_NOI_TRU nếu có. Phần vượt lấy từ dòng giường cuối. Ít ngày hơn không hỏi. Khi tổng không vượt: một dòng nhiều ngày hơn khoảng NGAY_TH_YL – NGAY_KQ của nó, hai khoa cùng một ngày (mỗi khoa nửa ngày; nhiều khoa: nửa ngày của khoa đắt nhất và rẻ nhất), giường ban ngày nhiều hơn số ngày đến, được hỏi. Là lỗi khi văn bản đang áp dụng đã đọc được (đến 16/11/2023), sau đó là câu hỏi (TT 22/2023, TT 39/2024 chưa đọc được).",
        "Bed days are discharge less admission to the ward; one more for a severe patient who dies, is taken home or transferred; above 4 and below 24 hours count 1; up to 4 hours none. They count from NGAY_VAO_NOI_TRU where it is filled. The excess is taken from the last bed line. Fewer days are not asked about. Where the total fits, a line with more days than its own NGAY_TH_YL to NGAY_KQ, two wards on one day (half a day each; of several, half of the dearest and of the cheapest) and more day beds than days are asked about. An error where the text in force was read (until 2023-11-16), a question after it (TT 22/2023 and TT 39/2024 were not seen).",
    ],
    cites: &[Cite::article("tt-39-2018", 6, Some(1))],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let rule = examined.day().and_then(|day| examined.rules.benefit.bed_days.at(day).ok());
    let Some(rule) = rule else { return };
    let is_bed = |line: &&FileLine<'_>| {
        line.kind.is_some_and(ItemKind::is_bed) && line.fund.is_some_and(|fund| fund > Figure::ZERO)
    };
    let mut beds: Vec<&FileLine<'_>> = examined.claim.lines.iter().filter(is_bed).collect();
    beds.sort_by_key(|line| (line.day(), line.number));
    let Some(last) = beds.last().copied() else { return };
    let allowed = match examined.visit_kind() {
        "3" | "9" => allowed(examined, &rule.value),
        "4" => days_of_visits(examined).map(|days| (None, days)),
        _ => None,
    };
    let Some((hours, allowed)) = allowed else { return };
    let claimed: Figure = beds.iter().filter_map(|line| line.quantity).sum();
    let mut excess = claimed - Figure::whole(allowed);
    if excess <= Figure::ZERO {
        findings.extend(calendar::crowded(&beds).into_iter().map(|crowded| {
            let finding = examined
                .at_line(&CHECK, crowded.line, Tag::SoLuong)
                .values(FindingValue::Amount(crowded.claimed), FindingValue::Amount(crowded.allowed))
                .with("why", FindingValue::Text(crowded.why.to_owned()))
                .with("day", FindingValue::Text(crowded.day.to_string()))
                .with("hours", FindingValue::None);
            weighed(finding, crowded.fund, false)
        }));
        return;
    }
    let mut fund = Figure::ZERO;
    for line in beds.iter().rev() {
        let taken = excess.min(line.quantity.unwrap_or_default());
        fund += of(price(line, taken).unwrap_or_default(), line.share.unwrap_or_default());
        excess = excess - taken;
    }
    let finding = examined
        .at_line(&CHECK, last, Tag::SoLuong)
        .values(FindingValue::Amount(claimed), FindingValue::Amount(Figure::whole(allowed)))
        .with("why", FindingValue::Text("bed-total".to_owned()))
        .with("day", FindingValue::None)
        .with("hours", hours.map_or(FindingValue::None, |hours| FindingValue::Text(hours.to_string())));
    findings.push(weighed(finding, fund, rule.rule.evidence == Evidence::Primary));
}

fn price(line: &FileLine<'_>, days: Figure) -> Option<Figure> {
    days.product(line.insured_price?, &[line.service_ratio?, line.list_ratio?])
}

/// Điều trị ban ngày: a bed for each day from the first to the last at most.
fn days_of_visits(examined: &Examined<'_>) -> Option<i64> {
    let (admitted, discharged) = examined.claim.summary.admitted.zip(examined.claim.summary.discharged)?;
    Some((discharged.date() - admitted.date()).num_days() + 1).filter(|days| *days > 0)
}

/// Whole hours of the stay, and the bed days that they give.
fn allowed(examined: &Examined<'_>, rule: &BedDays) -> Option<(Option<i64>, i64)> {
    let summary = &examined.claim.summary;
    let start = summary.admitted_to_ward.or(summary.admitted)?;
    let end = summary.discharged?;
    let (from, until) = (i64::from(start.minute()?), i64::from(end.minute()?));
    let nights = (end.date() - start.date()).num_days();
    let minutes = nights * 24 * 60 + until - from;
    if minutes < 0 {
        return None;
    }
    let hours = minutes / 60;
    if minutes <= i64::from(rule.none_up_to_hours) * 60 {
        return Some((Some(hours), 0));
    }
    let short = nights == 0 || (nights == 1 && minutes < i64::from(rule.one_below_hours) * 60);
    if short {
        return Some((Some(hours), 1));
    }
    let standard = &examined.edition.value;
    let lists = |list: &[u32], code: Option<u32>| code.is_some_and(|code| list.contains(&code));
    let counts = |outcome: StayOutcome| rule.one_more_after.contains(&outcome);
    let severe = lists(&standard.severe_results, summary.result)
        && (counts(StayOutcome::Died) || counts(StayOutcome::Worse));
    let moved = lists(&standard.transfer_endings, summary.ending) && counts(StayOutcome::Transferred);
    Some((Some(hours), nights + i64::from(severe || moved)))
}
