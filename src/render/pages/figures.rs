//! Trang vài con số: late charge, refund, transport and the divisions of the fund.

use chrono::NaiveDate;

use crate::engine::allocation::{Allocation, FacilityFund, Retention};
use crate::engine::forces_fund::{ForcesPart, ForcesSettlement};
use crate::engine::premium::late::LateCharge;
use crate::engine::premium::refund::Cards;
use crate::engine::transport::{PaidTo, TransportPayment};
use crate::render::page::{Block, Cell, Column, NamedFigure, Page, Paper, Table, TextLine, Tone};
use crate::render::wording::{self, Lang};
use crate::terms::number::Vnd;

fn page(title: &str, lang: Lang) -> Page {
    Page::new(Paper::Slip, title, "", lang)
}

/// `Số tiền phải nộp: 1.350.000 đ`.
fn main(page: &mut Page, name: &str, amount: Vnd) {
    page.add(TextLine::new(format!("{name}: {}", wording::money(amount, page.lang))).tone(Tone::Main));
}

/// Một khoản nợ của bảng, with what is due on top of it.
pub struct LateLine {
    /// First day of the month that the money is for.
    pub month: NaiveDate,
    /// The debt.
    pub amount: Vnd,
    /// What is due on top.
    pub outcome: LateCharge,
}

/// Charge for paying late, and the debts of a table behind it.
pub fn late(charge: Vnd, lines: &[LateLine], lang: Lang) -> Page {
    let mut page = page(lang.say("Tiền chậm đóng bảo hiểm y tế", "Late-payment charge"), lang);
    main(&mut page, lang.say("Số tiền phải nộp", "Late-payment charge"), charge);
    if lines.is_empty() {
        return page;
    }
    let mut table = Table::new(vec![
        Column::words(lang.say("Tháng", "Month")),
        Column::numbers(lang.say("Số tiền", "Amount")),
        Column::words(lang.say("Hạn đóng", "Due")),
        Column::numbers(lang.say("Ngày chậm", "Days")),
        Column::numbers(lang.say("Phải nộp", "Charge")),
    ]);
    for line in lines {
        let due = line.outcome.due.map(|day| wording::date(day, lang)).unwrap_or_default();
        let days = line.outcome.days.map_or(Cell::blank(), Cell::exact);
        table.row(vec![
            Cell::text(line.month.format("%m/%Y").to_string()),
            Cell::amount(line.amount, lang),
            Cell::text(due),
            days,
            Cell::amount(line.outcome.charge, lang),
        ]);
    }
    let total = lines.iter().map(|line| line.amount).sum();
    table.sum(vec![
        Cell::text(lang.say("Cộng", "Total")),
        Cell::amount(total, lang),
        Cell::blank(),
        Cell::blank(),
        Cell::amount(charge, lang),
    ]);
    page.add(Block::Table(table));
    page
}

/// Premium of months that were not used, and the card afterwards.
pub fn refund(refund: Vnd, cards: Option<&Cards>, lang: Lang) -> Page {
    let mut page = page(lang.say("Hoàn trả tiền đóng bảo hiểm y tế", "Refund of premiums"), lang);
    main(&mut page, lang.say("Số tiền hoàn trả", "Refund"), refund);
    let Some(cards) = cards else { return page };
    let spans = [
        (lang.say("Thẻ đã đóng dùng đến", "The card paid for was valid"), cards.before()),
        (lang.say("Thẻ có giá trị trở lại", "The card is valid again"), cards.restored()),
    ];
    for (name, (from, until)) in spans.iter().filter_map(|(name, days)| days.map(|days| (name, days))) {
        page.add(TextLine::new(format!(
            "{name}: {} – {}",
            wording::date(from, lang),
            wording::date(until, lang)
        )));
    }
    page
}

/// Payment, payee and directions.
pub fn transport(outcome: &TransportPayment, lang: Lang) -> Page {
    let title = lang.say("Thanh toán chi phí vận chuyển người bệnh", "Payment for patient transport");
    let mut page = page(title, lang);
    main(&mut page, lang.say("Chi phí vận chuyển được thanh toán", "Transport payment"), outcome.payment);
    if let Some(to) = outcome.paid_to {
        let way = match outcome.directions {
            1 => lang.say("một chiều", "one way"),
            _ => lang.say("hai chiều", "both ways"),
        };
        page.add(TextLine::new(format!("{}: {} ({way})", lang.say("Trả cho", "Paid to"), payee(to, lang))));
    }
    for extra in &outcome.state_budget {
        let (payer, what) = (
            lang.say("Ngân sách nhà nước trả", "Paid by the state budget"),
            wording::extra(extra.part, lang),
        );
        page.add(TextLine::new(format!("{payer}, {what}: {}", wording::money(extra.amount, lang))));
    }
    page
}

const fn payee(to: PaidTo, lang: Lang) -> &'static str {
    match to {
        PaidTo::SendingFacility => lang.say("cơ sở chuyển người bệnh đi", "sending facility"),
        PaidTo::ReceivingFacility => lang.say(
            "cơ sở nhận người bệnh, hoàn lại cho người bệnh",
            "receiving facility, which refunds the patient",
        ),
        PaidTo::Patient => lang.say("người bệnh", "patient"),
    }
}

/// A page of names and amounts.
fn list(title: &str, rows: &[(String, Vnd)], lang: Lang) -> Page {
    let mut page = page(title, lang);
    let figure = |(name, amount): &(String, Vnd)| NamedFigure::new(name, Cell::money(*amount, lang));
    page.add(Block::Figures(rows.iter().map(figure).collect()));
    page
}

/// Care, administration and reserve.
pub fn allocation(outcome: &Allocation, lang: Lang) -> Page {
    let rows = [
        (lang.say("Khám bệnh, chữa bệnh", "Care").to_owned(), outcome.care),
        (
            lang.say("Tổ chức và hoạt động, tối đa", "Administration at most").to_owned(),
            outcome.administration_limit,
        ),
        (lang.say("Quỹ dự phòng, tối thiểu", "Reserve at least").to_owned(), outcome.reserve_minimum),
    ];
    list(lang.say("Phân bổ tiền đóng bảo hiểm y tế", "Division of contributions"), &rows, lang)
}

/// The retention with its parts.
pub fn retention(outcome: &Retention, lang: Lang) -> Page {
    let mut rows: Vec<(String, Vnd)> = Vec::new();
    if outcome.parts.len() > 1 {
        rows.extend(outcome.parts.iter().map(|(of, amount)| (people(of, lang).to_owned(), *amount)));
    }
    rows.push((lang.say("Số tiền trích lại", "Retention").to_owned(), outcome.retention));
    list(lang.say("Trích lại cho chăm sóc sức khỏe ban đầu", "Primary-care retention"), &rows, lang)
}

/// The quarterly advance.
pub fn advance(amount: Vnd, lang: Lang) -> Page {
    let rows = [(lang.say("Số tiền tạm ứng", "Advance").to_owned(), amount)];
    list(lang.say("Tạm ứng kinh phí khám bệnh, chữa bệnh", "Quarterly advance"), &rows, lang)
}

/// The fund of a facility with its parts.
pub fn facility(outcome: &FacilityFund, lang: Lang) -> Page {
    let mut rows = vec![(lang.say("Quỹ tại cơ sở", "Fund").to_owned(), outcome.fund)];
    rows.extend(outcome.parts.iter().map(|(share, amount)| (wording::share(*share, lang), *amount)));
    list(lang.say("Quỹ tại cơ sở đăng ký ban đầu", "Fund of a facility of first registration"), &rows, lang)
}

fn people(of: &str, lang: Lang) -> &'static str {
    match of {
        "pupils" => lang.say("Học sinh, sinh viên", "Pupils and students"),
        "children" => lang.say("Trẻ em dưới 6 tuổi", "Children under six"),
        "staff" => lang.say("Người lao động trong trường", "Own staff"),
        _ => lang.say("Người lao động", "Employees"),
    }
}

/// A year of the care fund of army, police and cipher.
pub fn forces(outcome: &ForcesSettlement, lang: Lang) -> Page {
    let shown = |(part, amount): &(ForcesPart, Vnd)| (wording::forces_part(*part, lang).to_owned(), *amount);
    let rows: Vec<(String, Vnd)> = outcome.parts.iter().map(shown).collect();
    list(lang.say("Quỹ khám bệnh, chữa bệnh của lực lượng", "Care fund of the forces"), &rows, lang)
}
