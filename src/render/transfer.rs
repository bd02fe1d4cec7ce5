//! Mã VietQR: where a premium is to be transferred, as text and as the picture that banking apps read.
//!
//! The text is the one of EMVCo for merchants' codes with the account template of NAPAS (transfer to an account): fields of
//! number, length and value, closed by a checksum. Nothing about accounts is built in; whoever calls names theirs.

use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};

use super::wording::Lang;
use crate::terms::fold::fold;
use crate::terms::number::Vnd;

/// Ngân hàng: names people type, and the number by which NAPAS knows the bank. Any other is given by its six digits.
const BANKS: &[(&[&str], &str)] = &[
    (&["acb"], "970416"),
    (&["agribank", "vbard"], "970405"),
    (&["bidv"], "970418"),
    (&["eximbank"], "970431"),
    (&["hdbank"], "970437"),
    (&["lpbank", "lienvietpostbank"], "970449"),
    (&["mb", "mbbank"], "970422"),
    (&["msb"], "970426"),
    (&["ocb"], "970448"),
    (&["sacombank"], "970403"),
    (&["shb"], "970443"),
    (&["techcombank", "tcb"], "970407"),
    (&["tpbank"], "970423"),
    (&["vib"], "970441"),
    (&["vietcombank", "vcb"], "970436"),
    (&["vietinbank"], "970415"),
    (&["vpbank"], "970432"),
];

/// Most letters of a message that banks pass on.
const MESSAGE: usize = 25;

/// Nơi nhận chuyển khoản.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The bank as it was written.
    pub bank: String,
    /// Its number.
    pub bin: String,
    /// Số tài khoản.
    pub account: String,
    /// Tên chủ tài khoản, for the payer to compare with what the bank shows.
    pub holder: String,
    /// Nội dung, where the usual one is not wanted.
    message: Option<String>,
}

impl Transfer {
    /// Đọc `NGÂN HÀNG:SỐ TÀI KHOẢN:TÊN` or the same with `:NỘI DUNG`; `None` when a part is missing or unknown.
    pub fn parse(text: &str) -> Option<Transfer> {
        let parts: Vec<&str> = text.split(':').map(str::trim).collect();
        let ([bank, account, holder], message) = match parts[..] {
            [bank, account, holder] => ([bank, account, holder], None),
            [bank, account, holder, message] => ([bank, account, holder], Some(plain(message))),
            _ => return None,
        };
        let digits = bank.len() == 6 && bank.bytes().all(|byte| byte.is_ascii_digit());
        let bin = if digits { bank.to_owned() } else { number_of(bank)?.to_owned() };
        let account_fits =
            (6..=19).contains(&account.len()) && account.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_whole = account_fits && !holder.is_empty() && message.as_deref() != Some("");
        is_whole.then(|| Transfer {
            bank: bank.to_owned(),
            bin,
            account: account.to_owned(),
            holder: holder.to_owned(),
            message,
        })
    }

    /// Nội dung chuyển khoản: what was asked for, else this one, in the letters that banks pass on.
    pub fn message(&self, usual: &str) -> String {
        self.message.clone().unwrap_or_else(|| plain(usual))
    }

    /// The text inside the code; `None` for an amount with decimals, which cannot be transferred.
    pub fn payload(&self, amount: Vnd, message: &str) -> Option<String> {
        let account = field("00", &self.bin) + &field("01", &self.account);
        let template = field("00", "A000000727") + &field("01", &account) + &field("02", "QRIBFTTA");
        let text = field("00", "01")
            + &field("01", "12")
            + &field("38", &template)
            + &field("53", "704")
            + &field("54", &amount.dong()?.to_string())
            + &field("58", "VN")
            + &field("62", &field("08", message))
            + "6304";
        Some(format!("{text}{:04X}", checksum(text.as_bytes())))
    }
}

/// The bank of a name.
fn number_of(bank: &str) -> Option<&'static str> {
    let typed = fold(bank).replace([' ', '-'], "");
    BANKS.iter().find(|(names, _)| names.contains(&typed.as_str())).map(|(_, number)| *number)
}

/// Letters, digits and blanks without marks, no more than banks pass on.
fn plain(text: &str) -> String {
    let folded = fold(text).replace('-', " ");
    let kept = folded.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ');
    kept.take(MESSAGE).collect::<String>().trim().to_uppercase()
}

/// A field: number, length, value.
fn field(number: &str, value: &str) -> String {
    format!("{number}{:02}{value}", value.len())
}

/// CRC-16/CCITT-FALSE, as EMVCo asks for.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff_u16, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
        })
    })
}

/// The code of a text; medium correction, since sheets get creased.
fn code(payload: &str) -> Option<QrCode> {
    QrCode::with_error_correction_level(payload, EcLevel::M).ok()
}

/// The picture for a sheet.
pub fn picture(payload: &str) -> Option<String> {
    let drawn = code(payload)?.render::<svg::Color<'_>>().min_dimensions(150, 150).build();
    // The declaration of a document of its own has no place inside another.
    Some(drawn.split_once("?>").map_or(drawn.as_str(), |(_, svg)| svg).to_owned())
}

/// The picture for a screen, dark on light whatever the terminal's colours.
pub fn blocks(payload: &str) -> Option<Vec<String>> {
    let drawn = code(payload)?
        .render::<unicode::Dense1x2>()
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark)
        .build();
    Some(drawn.lines().map(str::to_owned).collect())
}

/// The usual message: what is paid for, without a name.
pub fn usual_message(people: usize, months: Option<u32>, lang: Lang) -> String {
    match (lang, months) {
        (Lang::Vi, Some(months)) => format!("BHYT {people} nguoi {months} thang"),
        (Lang::En, Some(months)) => format!("BHYT {people} people {months} mths"),
        (Lang::Vi, None) => format!("BHYT {people} nguoi"),
        (Lang::En, None) => format!("BHYT {people} people"),
    }
}

/// The usual message for one household of many, which its code tells apart; as much of it as fits.
pub fn household_message(household: &str, people: usize, months: Option<u32>, lang: Lang) -> String {
    let usual = usual_message(people, months, lang);
    let code = plain(household);
    if code.is_empty() {
        return usual;
    }
    let with_code = |usual: String| usual.replacen("BHYT", &format!("BHYT {code}"), 1);
    let all = [with_code(usual), with_code(usual_message(people, None, lang)), format!("BHYT {code}")];
    all.into_iter().find(|text| text.chars().count() <= MESSAGE).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_household_is_named_as_far_as_there_is_room() {
        let message = |household: &str| household_message(household, 3, Some(12), Lang::Vi);
        assert_eq!(message(""), "BHYT 3 nguoi 12 thang");
        assert_eq!(message("H1"), "BHYT H1 3 nguoi 12 thang");
        assert_eq!(message("HGD0000001"), "BHYT HGD0000001 3 nguoi");
        assert_eq!(message("hộ 0123456789012345"), "BHYT HO 0123456789012345");
        assert_eq!(message(&"7".repeat(40)), "7".repeat(25));
    }

    /// The check value that every catalogue of checksums gives for this one.
    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0x29b1);
    }

    /// The account field of the public example of NAPAS: bank 970415, account 113366668888.
    #[test]
    fn the_text_has_the_fields_of_the_standard() {
        let to = Transfer::parse("VietinBank:113366668888:Quỹ vắc xin:Ủng hộ quỹ vắc xin").unwrap();
        let text = to.payload(Vnd::whole(79_000), &to.message("")).unwrap();
        let fields = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA5303704540579000\
                      5802VN62220818UNG HO QUY VAC XIN6304";
        assert_eq!(&text[..text.len() - 4], fields);
        assert_eq!(text[text.len() - 4..], format!("{:04X}", checksum(fields.as_bytes())));
    }

    #[test]
    fn a_recipient_has_a_bank_an_account_and_a_name() {
        for text in
            ["970436:0123456789:NGUYEN VAN MAU", "viet com bank:0123456789:Nguyễn Văn Mẫu", "VCB:001122:A"]
        {
            assert_eq!(Transfer::parse(text).map(|to| to.bin).as_deref(), Some("970436"), "{text}");
        }
        for text in [
            "",
            "VCB:0123456789",
            "VCB:0123456789:",
            "Không có:0123456789:A",
            "97043:0123456789:A",
            "VCB:12 34:A",
        ] {
            assert_eq!(Transfer::parse(text), None, "{text}");
        }
        let to = Transfer::parse("VCB:0123456789:A").unwrap();
        assert_eq!(to.message("Thẻ của hộ ông Đỗ - thôn Đoài, xã Mẫu"), "THE CUA HO ONG DO THON DO");
        assert_eq!(to.payload(Vnd::from_hundredths(150), "A"), None);
    }
}
