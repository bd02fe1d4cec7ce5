//! `bhyt transport` (`van-chuyen`): patient transport payment.

use clap::{ArgMatches, Command};
use serde_json::json;

use super::context::Context;
use super::exit::{Exit, Failure};
use super::figures::{self, Figures};
use super::help::{self, Texts};
use super::value;
use crate::case::transport::{TransportBeyond, TransportCase};
use crate::engine::transport::transport;
use crate::render::claim_json::extras;
use crate::render::pages;
use crate::render::wording::Lang;
use crate::terms::care::Vehicle;
use crate::terms::listed::Listed;
use crate::terms::number::Vnd;
use crate::terms::problem::Code;

/// Most patients in one vehicle.
const MOST_PATIENTS: u32 = 100;

/// The command line of the command.
pub fn command(lang: Lang) -> Command {
    let texts = Texts {
        about: ["Chi phí vận chuyển người bệnh được quỹ thanh toán", "Patient transport paid by the fund"],
        usage: [
            "transport --group MÃ --distance-km N --fuel-price SỐ_TIỀN …",
            "transport --group CODE --distance-km N --fuel-price AMOUNT …",
        ],
        examples: [
            "Ví dụ:\n  bhyt transport --group HN --distance-km 56 --fuel-price 20000 --vehicle facility --date 01/08/2026\n  bhyt transport --group TE --distance-km 60 --fuel-price 21500 --vehicle own --invoice 500000",
            "Examples:\n  bhyt transport --group HN --distance-km 56 --fuel-price 20000 --vehicle facility --date 2026-08-01\n  bhyt transport --group TE --distance-km 60 --fuel-price 21500 --vehicle own --invoice 500000",
        ],
    };
    let flag = |name, value_name, help| help::value(name, value_name, lang, help);
    let money = ["SỐ_TIỀN", "AMOUNT"];
    help::command("transport", "van-chuyen", lang, &texts)
        .arg(
            flag("group", ["MÃ", "CODE"], ["Đối tượng: mã trên thẻ hoặc tên", "Group: card code or name"])
                .short('g')
                .required(true),
        )
        .arg(flag("date", ["NGÀY", "DATE"], ["Ngày chuyển", "Day of the transfer"]))
        .arg(
            flag(
                "distance-km",
                ["KM", "KM"],
                ["Khoảng cách giữa hai cơ sở, một chiều", "Distance between the facilities, one way"],
            )
            .required(true),
        )
        .arg(
            flag(
                "fuel-price",
                money,
                ["Giá xăng một lít tại nơi chuyển đi", "Petrol price a litre where the transfer starts"],
            )
            .required(true),
        )
        .arg(
            flag(
                "vehicle",
                ["facility|own", "facility|own"],
                ["Xe của cơ sở hoặc tự túc", "Facility's vehicle or own transport"],
            )
            .required(true),
        )
        .arg(flag(
            "fuel-invoice",
            money,
            ["Giá một lít trên hóa đơn nhiên liệu", "Price a litre on the fuel invoice"],
        ))
        .arg(flag(
            "invoice",
            money,
            ["Hóa đơn vận chuyển của người bệnh", "Transport invoice of the patient"],
        ))
        .arg(flag(
            "approved-price",
            money,
            ["Giá dịch vụ vận chuyển được phê duyệt", "Approved price of the transport service"],
        ))
        .arg(flag(
            "from-level",
            ["CẤP", "LEVEL"],
            ["Nơi chuyển đi: tuyến hoặc cấp", "Where it starts: tier or care level"],
        ))
        .arg(flag("to-level", ["CẤP", "LEVEL"], ["Nơi chuyển đến", "Where it leads"]))
        .arg(flag(
            "actual-cost",
            money,
            [
                "Chi phí thực tế giữa hai cơ sở (quân đội, công an, cơ yếu)",
                "Actual cost between the facilities (army, police, cipher)",
            ],
        ))
        .arg(flag(
            "to-first-facility",
            money,
            ["Chi phí đến nơi đăng ký ban đầu (quân đội …)", "Cost to the first facility (army …)"],
        ))
        .arg(flag(
            "way-back",
            money,
            ["Chi phí về nơi công tác, cư trú (quân đội …)", "Cost of the way back (army …)"],
        ))
        .arg(flag("escort", money, ["Chi phí người hộ tống (quân đội …)", "Cost of the escort (army …)"]))
        .arg(flag("patients", ["N", "N"], ["Số người bệnh cùng xe", "Patients in the vehicle"]))
}

/// Runs the command.
pub fn run(context: &mut Context<'_, '_>, matches: &ArgMatches) -> Result<Exit, Failure> {
    let rules = context.rulebook()?;
    let amount = |name: &str| figures::optional(matches, name, value::claim_amount);
    let (date, mut notices) = figures::day(context, matches)?;
    let vehicle: Vehicle = figures::flag(matches, "vehicle", value::listed)?;
    let case = TransportCase {
        group: figures::flag(matches, "group", |text| value::group(text, &rules))?,
        date,
        distance_km: figures::flag(matches, "distance-km", value::measure)?,
        fuel_price: figures::flag(matches, "fuel-price", value::claim_amount)?,
        fuel_invoice: amount("fuel-invoice")?,
        vehicle,
        invoice: amount("invoice")?,
        approved_price: amount("approved-price")?,
        from: figures::optional(matches, "from-level", value::listed)?,
        to: figures::optional(matches, "to-level", value::listed)?,
        patients: figures::optional(matches, "patients", |text| {
            value::count(text, 1..=MOST_PATIENTS, Code::InvalidValue)
        })?
        .unwrap_or(1),
        beyond: TransportBeyond {
            actual: amount("actual-cost")?,
            to_first: amount("to-first-facility")?,
            way_back: amount("way-back")?,
            escort: amount("escort")?,
        },
    };
    let outcome = transport(&rules, &case).map_err(|error| Failure::engine(&error, Exit::Usage))?;
    notices.extend(outcome.notices.iter().cloned());
    let figures = Figures {
        schema: "bhyt.transport/1",
        input: json!({
            "group": case.group,
            "date": date.to_string(),
            "distance_km": case.distance_km,
            "fuel_price": case.fuel_price,
            "fuel_invoice": case.fuel_invoice,
            "vehicle": case.vehicle.key(),
            "invoice": case.invoice,
            "approved_price": case.approved_price,
            "from_level": case.from.map(Listed::key),
            "to_level": case.to.map(Listed::key),
            "patients": case.patients,
            "actual_cost": case.beyond.actual,
            "to_first_facility": case.beyond.to_first,
            "way_back": case.beyond.way_back,
            "escort": case.beyond.escort,
        }),
        result: json!({
            "payment": outcome.payment,
            "paid_to": outcome.paid_to.map(super::super::engine::transport::PaidTo::key),
            "directions": outcome.directions,
            "fuel_norm": outcome.fuel_norm,
            "state_budget": outcome.state_budget.iter().map(|extra| extra.amount).sum::<Vnd>(),
            "state_budget_parts": extras(&outcome.state_budget),
        }),
        page: pages::figures::transport(&outcome, context.lang()),
        trace: outcome.trace,
    };
    figures::emit(context, &rules, figures, notices)
}
