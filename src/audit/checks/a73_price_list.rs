//! A73 Dòng khác danh mục giá: price, ratio, name, licence, tender or day other than in the lists given, or a code they do not hold.

use chrono::NaiveDate;

use super::evidence::Examined;
use super::law_effect::of;
use crate::audit::claim_file::FileLine;
use crate::audit::figure::{Figure, TWO_DECIMALS};
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, Severity, FindingValue};
use crate::audit::moment::FileMoment;
use crate::audit::prices::{Price, Unfit};
use crate::audit::tag::{FilePart, Tag};

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A73-price-list",
    severity: Severity::Error,
    class: Class::Money,
    title: ["Dòng khác danh mục giá", "Line that the price list contradicts"],
    says: [
        "{field}[[ khai {declared}]]: {why}[[ {expected}]][[; quỹ trả thừa {over} đ]][[; quỹ trả thiếu {under} đ]].",
        "{field}[[ says {declared}]]: {why}[[ {expected}]][[; the fund pays {over} đ too much]][[; the fund pays {under} đ too little]].",
    ],
    explain: [
        "Chỉ xét khi có --prices (danh mục thuốc, vật tư, dịch vụ của cơ sở). Một mã có thể có nhiều giá trong một ngày: dòng phải trùng \
         một giá còn hiệu lực cùng số đăng ký, hàm lượng, thầu. Cao hơn mọi giá là lỗi, tính theo giá cao nhất; thấp hơn không báo. TYLE_TT_BH cao hơn mọi tỷ lệ của danh mục cũng là lỗi. Mã \
         không có trong danh mục; có mã nhưng khác số đăng ký, hàm lượng, thầu; y lệnh ngoài TU_NGAY–DEN_NGAY hoặc trước TU_NGAY_HD: câu hỏi với số tiền quỹ trả cho dòng. Tên khác danh mục (không kể dấu, hoa \
         thường, phần thêm vào) hoặc thiếu số đăng ký: câu hỏi không kèm tiền. Quyết định phê duyệt giá dịch vụ không có chỉ tiêu nào trong hồ sơ nên không so được.",
        "Looked at with --prices only (lists of drugs, supplies and services of the facility). One code may have several prices on a day: the \
         line must equal one in force with its licence, strength and tender. Above all of them is an error, counted from the highest; below \
         is not told. A TYLE_TT_BH above every ratio of the list is an error too. A code that the list does not hold, one with another licence, strength or tender, an order outside TU_NGAY to DEN_NGAY or before TU_NGAY_HD is a question with what the fund pays. \
         Another name (marks, capitals and additions aside) or a missing licence is a question without money. The decision that approved a service's price has no field in claim files and cannot be compared.",
    ],
    cites: &[Cite::table("qd-130-2023", "bảng 2, chỉ tiêu 19; bảng 3, chỉ tiêu 15", "table 2, no. 19; table 3, no. 15")],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    if examined.prices.is_empty() {
        return;
    }
    for (line, _) in examined.lines().filter(|(line, _)| !line.is_outside_scope()) {
        let (Some(listed), Some(price)) = (examined.prices.of(line), line.insured_price) else { continue };
        let Some(day) = line.ordered.or(examined.claim.summary.discharged).map(FileMoment::date) else { continue };
        if line.fund.is_none_or(|fund| fund <= Figure::ZERO) {
            continue;
        }
        let facility = examined.claim.summary.facility;
        let of_item: Vec<&Price> = listed.iter().filter(|row| row.unfit(line, facility).is_none()).collect();
        let rows: Vec<&Price> = of_item.iter().copied().filter(|row| row.is_in_force(day)).collect();
        if rows.is_empty() {
            findings.push(unlisted(examined, line, listed, &of_item, day));
            continue;
        }
        let prices: Vec<Figure> = rows.iter().map(|row| row.price).collect();
        match prices.iter().max() {
            Some(highest) if price > *highest && !prices.contains(&price) => {
                findings.push(above_the_price(examined, line, price, *highest));
            }
            _ => findings.extend(above_the_ratio(line, &rows, examined.at_line(&CHECK, line, price_tag(line)))),
        }
        findings.extend(otherwise_called(examined, line, &rows));
        findings.extend(before_the_contract(examined, line, &rows, day));
    }
}

fn price_tag(line: &FileLine<'_>) -> Tag {
    if line.part == FilePart::Drugs { Tag::DonGia } else { Tag::DonGiaBh }
}

/// A price above every accepted one, counted from the highest.
fn above_the_price(examined: &Examined<'_>, line: &FileLine<'_>, price: Figure, highest: Figure) -> Finding {
    let over = line.quantity.zip(line.service_ratio.zip(line.list_ratio));
    let over = over.and_then(|(quantity, (service, list))| quantity.product(price - highest, &[service, list]));
    let money = of(over.unwrap_or_default(), line.share.unwrap_or_default());
    examined
        .at_line(&CHECK, line, price_tag(line))
        .amounts(price, highest)
        .bearing(money, -money)
        .with("why", FindingValue::Text("price-above".to_owned()))
        .with("money", FindingValue::Amount(money))
}

/// No row of the list is meant for the line: the code, the licence, the strength, the tender or the day is another.
fn unlisted(
    examined: &Examined<'_>,
    line: &FileLine<'_>,
    listed: &[Price],
    of_item: &[&Price],
    day: NaiveDate,
) -> Finding {
    let code = if line.is_supply() { Tag::MaVatTu } else if line.part == FilePart::Drugs { Tag::MaThuoc } else { Tag::MaDichVu };
    let unfit = || listed.iter().filter_map(|row| row.unfit(line, examined.claim.summary.facility)).max_by_key(|unfit| *unfit as u8);
    let (tag, why) = if listed.is_empty() {
        (code, "code-not-listed")
    } else if let Some(row) = of_item.first() {
        let shown = |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let days = format!("{} – {}", shown(row.from), shown(row.until));
        return asked(examined.at_line(&CHECK, line, Tag::NgayYl), line.fund, "outside-approval")
            .values(FindingValue::Text(day.to_string()), FindingValue::Text(days));
    } else {
        match unfit() {
            Some(Unfit::Licence) => (Tag::SoDangKy, "other-licence"),
            Some(Unfit::Strength) => (Tag::HamLuong, "other-strength"),
            Some(Unfit::Tender) => (Tag::TtThau, "other-tender"),
            Some(Unfit::Facility) | None => (Tag::MaCskcb, "no-price-fits"),
        }
    };
    asked(examined.at_line(&CHECK, line, tag), line.fund, why)
}

/// A name that no row in force has, and a licence left empty where all of them have one: nothing is said about money.
fn otherwise_called(examined: &Examined<'_>, line: &FileLine<'_>, rows: &[&Price]) -> Option<Finding> {
    let tag = match line.part {
        FilePart::Drugs => Tag::TenThuoc,
        _ if line.is_supply() => Tag::TenVatTu,
        _ => Tag::TenDichVu,
    };
    if !rows.iter().any(|row| row.is_called(line.name)) {
        let known = rows.iter().find_map(|row| row.names.first()).cloned().unwrap_or_default();
        let finding = asked(examined.at_line(&CHECK, line, tag), None, "other-name");
        return Some(finding.values(FindingValue::None, FindingValue::Text(known)));
    }
    let unlicensed = line.part == FilePart::Drugs
        && line.licence.trim().is_empty()
        && rows.iter().all(|row| !row.licence.is_empty());
    unlicensed.then(|| asked(examined.at_line(&CHECK, line, Tag::SoDangKy), None, "no-licence"))
}

/// An order before the contract of every row in force: it was not bought yet.
fn before_the_contract(examined: &Examined<'_>, line: &FileLine<'_>, rows: &[&Price], day: NaiveDate) -> Option<Finding> {
    let first = rows.iter().map(|row| row.contract_from).collect::<Option<Vec<_>>>()?.into_iter().min()?;
    (day < first).then(|| {
        asked(examined.at_line(&CHECK, line, Tag::NgayYl), line.fund, "before-contract")
            .values(FindingValue::Text(day.to_string()), FindingValue::Text(first.to_string()))
    })
}

fn asked(mut finding: Finding, fund: Option<Figure>, why: &str) -> Finding {
    finding.severity = Severity::Question;
    finding.difference = fund;
    finding
        .with("why", FindingValue::Text(why.to_owned()))
        .with("money", fund.map_or(FindingValue::None, FindingValue::Amount))
}

/// A ratio above every one of the list's rows that fit: what the fund pays above the highest of them.
fn above_the_ratio(line: &FileLine<'_>, rows: &[&Price], finding: Finding) -> Option<Finding> {
    let highest = rows.iter().map(|row| row.ratio).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    let (ratio, covered, share) = (line.list_ratio?, line.covered_amount?, line.share?);
    let right = covered.exact().times(highest.millionths(), ratio.millionths()).ok()?.round(TWO_DECIMALS).ok()?;
    let money = of(covered - Figure::from_vnd(right), share);
    (ratio > highest).then(|| Finding {
        tag: Some(Tag::TyleTtBh),
        ..finding
            .amounts(ratio, highest)
            .bearing(money, -money)
            .with("why", FindingValue::Text("ratio-above".to_owned()))
            .with("money", FindingValue::Amount(money))
    })
}
