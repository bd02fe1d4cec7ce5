//! A82 Ngày không thể có: moments that lie after the day of the run, and births that are no day or too long ago.

use chrono::Datelike;

use super::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, FindingValue, Severity};
use crate::audit::moment::FileMoment;
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A82-impossible-day",
    severity: Severity::Warning,
    class: Class::Times,
    title: ["Ngày không thể có", "Day that cannot be"],
    says: ["{field} ({declared}): {why}.", "{field} ({declared}): {why}."],
    explain: [
        "Ngày vào, ngày ra, ngày thanh toán, ngày y lệnh hoặc kỳ quyết toán sau ngày chạy chương trình; ngày sinh không đọc được hoặc cách ngày vào quá 125 năm. Ngày ra của điều trị ngoại trú, lĩnh \
         thuốc (loại 02, 05, 07) là ngày dùng thuốc cuối cùng nên được ở tương lai. Mức hưởng và giá chọn theo ngày, nên phải sửa ngày trước.",
        "An admission, discharge, payment, order or settlement period after the day of the run; a birth that cannot be read, or more than 125 years before the admission. The discharge of \
         out-patient treatment and of drugs by appointment (kinds 02, 05 and 07) is the last day of the drugs and may lie ahead. Shares and prices go by days, so the day comes first.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 6, 35–37, 44", "table 1, nos. 6, 35 to 37 and 44")],
};

/// Years that nobody has lived.
const MOST_YEARS: i32 = 125;

/// A clock may lag behind: claims of the coming day are let pass.
const SLACK: i64 = 1;

/// MA_LOAI_KCB whose NGAY_RA is the last day of drugs or services.
const UNTIL_THE_DRUGS_END: [&str; 3] = ["2", "5", "7"];

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    findings.extend(birth(examined));
    let Some(last) = examined.today.map(|today| today + chrono::TimeDelta::days(SLACK)) else { return };
    let summary = &examined.claim.summary;
    let is_ahead = |moment: &FileMoment| moment.date() > last;
    let ends_later = UNTIL_THE_DRUGS_END.contains(&examined.visit_kind());
    let discharged = summary.discharged.filter(|_| !ends_later);
    let of_stay = [(Tag::NgayVao, summary.admitted), (Tag::NgayRa, discharged), (Tag::NgayTtoan, summary.paid)];
    // One mistake, one finding: a whole claim that lies ahead is told once.
    let ahead = of_stay.into_iter().find_map(|(tag, moment)| Some((tag, moment.filter(is_ahead)?)));
    if let Some((tag, moment)) = ahead {
        findings.push(told(examined.at_summary(&CHECK, tag), moment.to_string(), "after-the-run"));
        return;
    }
    for (line, _) in examined.lines() {
        let moments = [(Tag::NgayYl, line.ordered), (Tag::NgayThYl, line.done)];
        let ahead = moments.into_iter().find_map(|(tag, moment)| Some((tag, moment.filter(is_ahead)?)));
        if let Some((tag, moment)) = ahead.filter(|_| ends_later) {
            // Elsewhere a line after the stay is told by the stay (A65).
            findings.push(told(examined.at_line(&CHECK, line, tag), moment.to_string(), "after-the-run"));
        }
    }
    let period = summary.settlement.filter(|(_, month)| (1..=12).contains(month));
    let month = (u32::try_from(last.year()).unwrap_or_default(), last.month());
    if let Some((year, of_year)) = period.filter(|period| *period > month) {
        findings.push(told(examined.at_summary(&CHECK, Tag::NamQt), format!("{of_year}/{year}"), "after-the-run"));
    }
}

/// A birth that is neither a day nor a year, or one of longer ago than anybody has lived.
fn birth(examined: &Examined<'_>) -> Option<Finding> {
    let summary = &examined.claim.summary;
    let written = summary.birth.trim();
    if written.is_empty() {
        return None;
    }
    let finding = || examined.at_summary(&CHECK, Tag::NgaySinh);
    let year = match summary.born {
        Some(born) => born.year(),
        None => match year_of(written) {
            Some(year) => year,
            None => return Some(told(finding(), "?".to_owned(), "no-birth")),
        },
    };
    let admitted = summary.admitted.or(summary.discharged)?.date().year();
    (admitted - year > MOST_YEARS).then(|| told(finding(), year.to_string(), "too-long-ago"))
}

/// `1981`, `198100000000`, and days before 1900, which are read as years only.
fn year_of(written: &str) -> Option<i32> {
    let day = written.get(..8);
    let year_alone = written.len() == 4 || day.is_some_and(|day| day.ends_with("0000") || day.ends_with("00"));
    let digits = written.bytes().all(|byte| byte.is_ascii_digit());
    let year: i32 = written.get(..4).filter(|_| digits)?.parse().ok()?;
    let is_old = day.is_some_and(|day| {
        let number = |from: usize, to: usize| day[from..to].parse::<u32>().unwrap_or_default();
        year < 1900 && (1..=12).contains(&number(4, 6)) && (1..=31).contains(&number(6, 8))
    });
    (year_alone || is_old).then_some(year)
}

fn told(finding: Finding, declared: String, why: &str) -> Finding {
    finding.values(FindingValue::Text(declared), FindingValue::None).with("why", FindingValue::Text(why.to_owned()))
}
