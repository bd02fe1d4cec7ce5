//! Kết quả vận chuyển: the figures of `bhyt transport` as lines.

use super::wording::{self, Lang};
use crate::engine::transport::{PaidTo, TransportPayment};

/// Payment, payee and directions.
pub fn lines(outcome: &TransportPayment, lang: Lang) -> String {
    let payment = wording::money(outcome.payment, lang);
    let mut out =
        format!("{}: {payment}\n", lang.say("Chi phí vận chuyển được thanh toán", "Transport payment"));
    if let Some(to) = outcome.paid_to {
        let way = match outcome.directions {
            1 => lang.say("một chiều", "one way"),
            _ => lang.say("hai chiều", "both ways"),
        };
        out.push_str(&format!("{}: {} ({way})\n", lang.say("Trả cho", "Paid to"), payee(to, lang)));
    }
    out
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
