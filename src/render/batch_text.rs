//! Tính hàng loạt trên màn hình: short reasons for rejected rows, progress, and the control totals at the end.

use super::catalogue;
use super::layout::wrap;
use super::wording::{Lang, money, number};
use crate::terms::number::Vnd;
use crate::terms::problem::{Code, Problem};

/// Lý do một dòng bị loại: one short sentence that names the column and never the value, which may be personal.
///
/// `heading` gives the table's own name of a field.
pub fn row_reason(problem: &Problem, heading: &dyn Fn(&str) -> Option<String>, lang: Lang) -> String {
    let field = heading(&problem.place).unwrap_or_else(|| problem.place.clone());
    let named = |vi: &str, en: &str| match lang {
        _ if field.is_empty() => lang.pick([vi, en]).to_owned(),
        Lang::Vi => format!("cột {field}: {vi}"),
        Lang::En => format!("column {field}: {en}"),
    };
    match problem.code {
        Code::CellMissing => named("để trống", "empty"),
        Code::AmountForm => named("không phải số tiền", "not an amount"),
        Code::AmountAmbiguous => named(
            "số tiền có thể hiểu hai cách; viết liền các chữ số",
            "the amount can be read in two ways; write the digits without separators",
        ),
        Code::AmountRange => named("số tiền ngoài khoảng tính được", "the amount is out of range"),
        Code::DateForm => {
            named("không phải ngày (2026-08-01 hoặc 01/08/2026)", "not a date (2026-08-01 or 01/08/2026)")
        }
        Code::DateImpossible => named("ngày không có thật", "a day that does not exist"),
        Code::DateShortYear => named("năm chỉ có hai chữ số", "a two-digit year"),
        Code::MonthsRange => lang
            .say("số tháng không dùng được cho đối tượng này", "this number of months cannot be paid for")
            .to_owned(),
        Code::RankForm => named("không phải số thứ tự", "not a place in the household"),
        Code::TwinColumns => named(
            "hai cột cùng tên có giá trị khác nhau; chọn một cột: --map \"#SỐ=trường\"",
            "two columns of the same heading differ; choose one: --map \"#NUMBER=field\"",
        ),
        Code::SectionRow => named("dòng mục", "a section"),
        Code::TotalRow => named("dòng tổng", "a total"),
        Code::FormText => named("chữ của mẫu", "text of the form"),
        Code::NoPremium => {
            named("người giảm hoặc hoàn trả, không phải mức đóng", "leaves or is paid back: no premium")
        }
        Code::PercentForm => named("không phải tỷ lệ phần trăm", "not a percent"),
        Code::SupportBeyondPart => named("hỗ trợ lớn hơn phần phải đóng", "support beyond the person's part"),
        Code::SupportAsListed => named(
            "hỗ trợ địa phương theo bảng, thay chính sách đã ghi nhận",
            "local support as listed, in place of the recorded policy",
        ),
        Code::NoLadderStep => {
            named("không phải bậc giảm trừ của hộ gia đình", "not a step of the household ladder")
        }
        Code::AmountFitsNoPlace => named(
            "không có mã hộ, thứ tự; số tiền ghi không ứng với thứ tự nào",
            "no household or place, and the amount fits none",
        ),
        Code::PlaceFromAmount => named(
            "thứ tự trong hộ suy ra từ số tiền ghi",
            "the place in the household was read from the stated amount",
        ),
        Code::PlanUnknown => {
            named("phương án hoặc mục không tính được", "a plan or section that cannot be computed")
        }
        Code::BornYearDecides => named(
            "chỉ có năm sinh mà ngày sinh làm thay đổi kết quả; lấy 01/01",
            "only the year of birth is known and the day matters; 1 January was taken",
        ),
        Code::CardsDecide => named(
            "nhiều thẻ có mức hưởng khác nhau trong một lượt; tính theo thẻ có mức cao nhất",
            "several cards with other levels in one visit; computed by the one with the highest",
        ),
        Code::ShareAsFraction => named(
            "tỷ lệ nhỏ hơn 1 được đọc là phần của 1: 0,3 là 30 %",
            "a share below 1 is read as a fraction: 0.3 is 30 %",
        ),
        Code::NumberAgain => named(
            "mã số này đã có ở dòng trên với tên khác",
            "the number stands beside another name further up",
        ),
        Code::UnknownGroup => lang.say("không có đối tượng này", "unknown group").to_owned(),
        Code::AmbiguousGroup => {
            let codes = problem.facts.iter().find(|(name, _)| *name == "candidates");
            let said = lang.say("tên ứng với nhiều đối tượng", "the name matches several groups");
            codes.map_or_else(|| said.to_owned(), |(_, codes)| format!("{said}: {codes}"))
        }
        Code::UnknownProvince => {
            lang.say("không có tỉnh, thành phố này", "no such province or city").to_owned()
        }
        Code::UnknownTag => lang.say("hoàn cảnh không rõ", "unknown circumstance").to_owned(),
        Code::SalaryMissing => lang
            .say("thiếu tiền lương, lương hưu hoặc trợ cấp", "salary, pension or benefit missing")
            .to_owned(),
        Code::InvalidValue => named("giá trị không có trong danh mục", "not one of the accepted values"),
        Code::UnknownVisitCode => {
            lang.say("không có mã đối tượng đến khám này", "no such visit code").to_owned()
        }
        Code::CostOrder => named("lớn hơn tổng chi phí", "above the hospital's cost"),
        Code::DateOrder if problem.place == "born" => named("sau ngày đóng", "after the payment"),
        Code::DateOrder => named("ngày ra trước ngày vào", "discharged before admitted"),
        _ => catalogue::message(problem, lang),
    }
}

/// What many rows with the same code have in common.
fn in_general(code: Code, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| lang.say(vi, en).to_owned();
    match code {
        Code::AmbiguousGroup => say(
            "tên ứng với nhiều đối tượng; ghi mã của một đối tượng, hoặc --set group=MÃ",
            "the name matches several groups; write the code of one, or --set group=CODE",
        ),
        Code::CellCount => say("số ô khác với tiêu đề", "more or fewer cells than the heading"),
        Code::CellTooLong => say("ô quá dài", "a cell is too long"),
        Code::CellEncoding => say("có byte không phải văn bản", "bytes that are no text"),
        Code::CellMissing => say("ô bắt buộc để trống", "a required cell is empty"),
        Code::HouseholdTooLarge => say("hộ có quá nhiều dòng", "too many rows in one household"),
        Code::NotInForce => say(
            "quy định đã ghi nhận không có câu trả lời cho ngày đó",
            "the law as recorded has no answer for that day",
        ),
        Code::UnknownTag => {
            say("không chính sách nào hỏi đến hoàn cảnh đó", "a circumstance no policy asks for")
        }
        Code::MonthsUnusual => {
            say("số tháng không phải kỳ đóng thường dùng", "months are not a usual payment cycle")
        }
        Code::Unverified => {
            say("quy định chưa được đối chiếu với văn bản gốc", "a rule not checked against its text")
        }
        Code::BeyondVerified => {
            say("sau ngày quy định được đối chiếu lần cuối", "later than the rules were verified for")
        }
        Code::ByAnalogy => {
            say("áp dụng tương tự vì văn bản không nói rõ", "by analogy, where the text is silent")
        }
        Code::TagWithoutDate => {
            say("hoàn cảnh không có ngày nên chưa kiểm tra được thời hạn", "a circumstance without its date")
        }
        Code::LocalUnrecorded => {
            say("chính sách địa phương chưa tìm được tỷ lệ", "a local policy whose percentage was not found")
        }
        Code::PlaceNotSearched => say(
            "chưa tìm chính sách của tỉnh cho ngày đó",
            "nobody has looked for local support there on that day",
        ),
        Code::LocalPolicyStale => {
            say("chính sách địa phương lâu không thấy áp dụng", "a local policy not seen in force for long")
        }
        Code::FormerTerritoryPresumed => say(
            "chính sách chỉ áp dụng trong địa bàn cũ của tỉnh",
            "a policy of the former territory of a province only",
        ),
        Code::LocalReadingTaken => say(
            "các nguồn mâu thuẫn về chính sách địa phương",
            "sources that contradict each other on a local policy",
        ),
        Code::SupportNotMet => {
            say("không điều kiện hỗ trợ nào được đáp ứng", "no condition of the state's support is met")
        }
        Code::DateOrder => say("các ngày trái thứ tự", "days in the wrong order"),
        _ => of_visits(code, lang)
            .map_or_else(|| trimmed(&row_reason(&Problem::new(code), &|_| None, lang)), str::to_owned),
    }
}

/// The same for what only visits have.
fn of_visits(code: Code, lang: Lang) -> Option<&'static str> {
    Some(match code {
        Code::ChildCardEnded => lang.say(
            "theo ngày sinh, thẻ trẻ em đã hết giá trị trước lượt khám",
            "by the birth date the child's card ended before the visit",
        ),
        Code::VisitFactsMissing => {
            lang.say("chưa đủ dữ kiện để chọn tỷ lệ", "facts for the rate are missing")
        }
        Code::VisitCodeUndecided => {
            lang.say("mã không cho biết cách thanh toán", "the code does not say how the visit is paid")
        }
        Code::VisitCodeSetting => {
            lang.say("mã không dùng cho hình thức khám này", "the code is not for this setting")
        }
        Code::RateUnrecorded => lang.say("chưa ghi nhận tỷ lệ cho lượt khám đó", "no rate is recorded"),
        Code::CopaidUndated => lang.say(
            "lương cơ sở đổi trong năm; số đã cùng chi trả coi như trả sau ngày đổi",
            "the base salary changed within the year; earlier co-payments count as paid after it",
        ),
        Code::TotalsUndivided => lang.say(
            "quy định đổi trong lượt điều trị; tổng chi phí tính theo ngày ra viện",
            "something changes inside the stay; the day of discharge counts",
        ),
        Code::LevelAgeUnknown => lang.say(
            "mức hưởng cao hơn theo tuổi nhưng thiếu ngày sinh; lấy mức thấp",
            "the level rises with age; without a birth date the lower one counts",
        ),
        Code::CodeNotRecorded => lang.say(
            "chưa có danh mục mã đến khám ngày đó; tính theo dữ kiện",
            "no list of visit codes on that day; the facts decide",
        ),
        Code::CodeOnlyWhen => lang.say(
            "mã chỉ dùng trong trường hợp riêng (bhyt explain MÃ)",
            "the code is for particular circumstances only (bhyt explain CODE)",
        ),
        Code::CodeContradictsFacts => lang
            .say("mã đến khám trái với dữ kiện; tính theo dữ kiện", "code and facts differ; the facts count"),
        _ => return None,
    })
}

/// Tiến độ: one line for a terminal.
pub fn progress(
    rows: u64,
    rejected: u64,
    rate: u64,
    share: Option<u64>,
    left: Option<u64>,
    lang: Lang,
) -> String {
    let count = |value: u64| plain(i128::from(value), lang);
    let mut line = match lang {
        Lang::Vi => format!("{} dòng · {} dòng/giây", count(rows), count(rate)),
        Lang::En => format!("{} rows · {} rows/s", count(rows), count(rate)),
    };
    if let Some(share) = share {
        line = format!("{share} % · {line}");
    }
    if let Some(left) = left {
        line.push_str(&match lang {
            Lang::Vi => format!(" · còn {left} giây"),
            Lang::En => format!(" · {left} s left"),
        });
    }
    if rejected > 0 {
        line.push_str(&match lang {
            Lang::Vi => format!(" · {} dòng lỗi", count(rejected)),
            Lang::En => format!(" · {} rejected", count(rejected)),
        });
    }
    line
}

/// Đối chiếu cuối lần chạy.
pub struct BatchTotals<'a> {
    /// Rows read.
    pub rows: u64,
    /// Rows answered.
    pub valid: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Blank lines.
    pub blank: u64,
    /// Control totals in hundredths of a đồng, by column.
    pub sums: Vec<(&'a str, i128)>,
    /// Rows that are none to answer.
    pub left_out: u64,
    /// The same by code: how many, and lines of the first.
    pub asides: Vec<(Code, u64, Vec<u64>)>,
    /// Rejected rows by code: how many, and lines of the first.
    pub rejections: Vec<(Code, u64, Vec<u64>)>,
    /// Warnings by code.
    pub warnings: Vec<(Code, u64)>,
    /// Where rejected rows were written.
    pub rejects_file: Option<String>,
}

/// The control totals, rejected rows by reason, and warnings.
pub fn totals(totals: &BatchTotals<'_>, lang: Lang) -> String {
    let count = |value: u64| plain(i128::from(value), lang);
    let mut out = match lang {
        Lang::Vi => format!(
            "Đối chiếu: đọc {} = hợp lệ {}{} + lỗi {} ✔",
            count(totals.rows),
            count(totals.valid),
            beside(totals.left_out, "để ngoài", lang),
            count(totals.rejected)
        ),
        Lang::En => format!(
            "Reconciled: read {} = valid {}{} + rejected {} ✔",
            count(totals.rows),
            count(totals.valid),
            beside(totals.left_out, "left out", lang),
            count(totals.rejected)
        ),
    };
    if totals.blank > 0 {
        out.push_str(&match lang {
            Lang::Vi => format!(" · {} dòng trống", count(totals.blank)),
            Lang::En => format!(" · {} blank lines", count(totals.blank)),
        });
    }
    out.push('\n');
    if let Some(((label, whole), parts)) = totals.sums.split_first() {
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, sum)| *sum != 0)
            .map(|(name, sum)| format!("{} {}", total_of(name, lang), dong(*sum, lang)))
            .collect();
        let parts = if parts.is_empty() { dong(0, lang) } else { parts.join(" + ") };
        let whole = dong(*whole, lang);
        let line =
            format!("{} {} {whole} = {parts}\u{a0}✔", lang.say("Tổng", "Total"), total_of(label, lang));
        out.push_str(&wrap(&line, 2));
    }
    for (code, times, lines) in &totals.asides {
        let (reason, times) = (in_general(*code, lang), count(*times));
        let lines = lines.iter().map(|line| count(*line)).collect::<Vec<_>>().join("; ");
        let line = match lang {
            Lang::Vi => format!("- {times} dòng để ngoài {code} ({reason}), ví dụ dòng {lines}"),
            Lang::En => format!("- {} left out {code} ({reason}), for example line {lines}", rows(&times)),
        };
        out.push_str(&wrap(&line, 2));
    }
    for (code, rejected, lines) in &totals.rejections {
        let (reason, rejected) = (in_general(*code, lang), count(*rejected));
        let lines: Vec<String> = lines.iter().map(|line| count(*line)).collect();
        let lines = lines.join("; ");
        let line = match lang {
            Lang::Vi => format!("✖ {rejected} dòng {code} ({reason}), ví dụ dòng {lines}"),
            Lang::En => format!("✖ {} {code} ({reason}), for example line {lines}", rows(&rejected)),
        };
        out.push_str(&wrap(&line, 2));
    }
    if let Some(file) = &totals.rejects_file {
        out.push_str(&wrap(&format!("  → {file}"), 4));
    }
    for (code, times) in &totals.warnings {
        let (reason, times) = (in_general(*code, lang), count(*times));
        let line = match lang {
            Lang::Vi => format!("! {times} dòng có cảnh báo {code}: {reason}"),
            Lang::En => format!("! {} with warning {code}: {reason}", rows(&times)),
        };
        out.push_str(&wrap(&line, 2));
    }
    out
}

/// A further part of the rows that were read, where there is one.
fn beside(count: u64, what: &str, lang: Lang) -> String {
    if count == 0 { String::new() } else { format!(" + {what} {}", plain(i128::from(count), lang)) }
}

fn rows(count: &str) -> String {
    format!("{count} {}", if count == "1" { "row" } else { "rows" })
}

/// What a column of amounts adds up, in words; English readers know the names of the columns.
fn total_of(column: &str, lang: Lang) -> &str {
    let vi = match column {
        "premium" => "mức đóng",
        "person" => "người tham gia",
        "employer" => "người sử dụng lao động",
        // What the unemployment fund pays is in this column too.
        "social_insurance_fund" => "quỹ BHXH, BH thất nghiệp",
        "state" => "ngân sách nhà nước",
        "local" => "ngân sách địa phương",
        "other" => "nguồn khác",
        "hospital_cost" => "chi phí",
        "fund_payment" => "quỹ BHYT trả",
        "copayment" => "cùng chi trả",
        "own_payment" => "người bệnh tự trả",
        _ => column,
    };
    lang.pick([vi, column])
}

/// A sentence of the catalogue without its facts, shortened to what it says in general.
fn trimmed(sentence: &str) -> String {
    sentence.replace("``", "…").replace("“”", "…").replace(" :", ":").trim_end_matches('.').replace("  ", " ")
}

/// A count or sum of whole đồng, however large.
fn plain(value: i128, lang: Lang) -> String {
    match i64::try_from(value) {
        Ok(value) if value < i64::MAX / 100 => number(Vnd::whole(value), lang),
        _ => value.to_string(),
    }
}

fn dong(sum: i128, lang: Lang) -> String {
    match i64::try_from(sum) {
        Ok(sum) => money(Vnd::from_hundredths(sum), lang),
        Err(_) => format!("{}\u{a0}đ", sum / 100),
    }
}
