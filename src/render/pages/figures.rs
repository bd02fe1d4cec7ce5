//! Trang vài con số: late charge, refund, transport and the divisions of the fund.

use crate::engine::allocation::{Allocation, FacilityFund, Retention};
use crate::engine::transport::{PaidTo, TransportPayment};
use crate::render::page::{Block, Cell, Figure, Line, Page, Paper, Tone};
use crate::render::wording::{self, Lang};
use crate::terms::money::Vnd;

fn page(title: &str, lang: Lang) -> Page {
    Page::new(Paper::Slip, title, "", lang)
}

/// `Số tiền phải nộp: 1.350.000 đ`.
fn main(page: &mut Page, name: &str, amount: Vnd) {
    page.add(Line::new(format!("{name}: {}", wording::money(amount, page.lang))).tone(Tone::Main));
}

/// Charge for paying late.
pub fn late(charge: Vnd, lang: Lang) -> Page {
    let mut page = page(lang.say("Tiền chậm đóng bảo hiểm y tế", "Late-payment charge"), lang);
    main(&mut page, lang.say("Số tiền phải nộp", "Late-payment charge"), charge);
    page
}

/// Premium of months that were not used.
pub fn refund(refund: Vnd, lang: Lang) -> Page {
    let mut page = page(lang.say("Hoàn trả tiền đóng bảo hiểm y tế", "Refund of premiums"), lang);
    main(&mut page, lang.say("Số tiền hoàn trả", "Refund"), refund);
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
        page.add(Line::new(format!("{}: {} ({way})", lang.say("Trả cho", "Paid to"), payee(to, lang))));
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
    let figure = |(name, amount): &(String, Vnd)| Figure::new(name, Cell::money(*amount, lang));
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
