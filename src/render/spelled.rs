//! Số tiền bằng chữ: amounts spelt out, as forms ask for them.

use super::wording::Lang;
use crate::terms::number::Vnd;

/// Số tiền bằng chữ: whole đồng in words, with a capital first letter.
pub fn in_words(amount: Vnd, lang: Lang) -> String {
    let dong = amount.hundredths() / 100;
    let words = match lang {
        Lang::Vi => format!("{} đồng", vietnamese_words(dong.unsigned_abs())),
        Lang::En => format!("{} đồng", english_words(dong.unsigned_abs())),
    };
    let signed = if dong < 0 { format!("{} {words}", lang.say("âm", "minus")) } else { words };
    let mut letters = signed.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

const VI_DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

fn vietnamese_words(number: u64) -> String {
    const SCALES: [&str; 4] = ["", " nghìn", " triệu", " tỷ"];
    if number == 0 {
        return VI_DIGITS[0].to_owned();
    }
    if number >= 1_000_000_000 {
        // Beyond a billion the words start over: "một nghìn hai trăm tỷ".
        let (billions, rest) = (number / 1_000_000_000, number % 1_000_000_000);
        let head = format!("{} tỷ", vietnamese_words(billions));
        return if rest == 0 { head } else { format!("{head} {}", vietnamese_groups(rest, true, &SCALES)) };
    }
    vietnamese_groups(number, false, &SCALES)
}

/// Groups of three below a billion; `full` reads leading zero hundreds too.
fn vietnamese_groups(number: u64, full: bool, scales: &[&str; 4]) -> String {
    let mut words = Vec::new();
    let mut started = full;
    for (index, scale) in [(2_u32, 1_000_000_u64), (1, 1_000), (0, 1)] {
        let group = number / scale % 1_000;
        if group > 0 {
            words.push(vietnamese_group(group, started) + scales[index as usize]);
            started = true;
        }
    }
    words.join(" ")
}

/// One group of three digits: mốt, tư, lăm, linh where speech has them.
fn vietnamese_group(group: u64, full: bool) -> String {
    let digit = |value: u64| VI_DIGITS[usize::try_from(value).unwrap_or(0)];
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    let mut words = Vec::new();
    if hundreds > 0 || full {
        words.push(format!("{} trăm", digit(hundreds)));
    }
    match tens {
        0 if ones > 0 && !words.is_empty() => words.push("linh".to_owned()),
        0 => {}
        1 => words.push("mười".to_owned()),
        _ => words.push(format!("{} mươi", digit(tens))),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt".to_owned()),
        (2.., 4) => words.push("tư".to_owned()),
        (1.., 5) => words.push("lăm".to_owned()),
        _ => words.push(digit(ones).to_owned()),
    }
    words.join(" ")
}

fn english_words(number: u64) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const SCALES: [(u64, &str); 5] = [
        (1_000_000_000_000_000, "quadrillion"),
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1_000, "thousand"),
    ];
    let place = |value: u64| usize::try_from(value).unwrap_or(0);
    let joined =
        |head: String, rest: u64| if rest == 0 { head } else { format!("{head} {}", english_words(rest)) };
    for (scale, name) in SCALES {
        if number >= scale {
            return joined(format!("{} {name}", english_words(number / scale)), number % scale);
        }
    }
    match number {
        0..20 => SMALL[place(number)].to_owned(),
        20..100 if number.is_multiple_of(10) => TENS[place(number / 10)].to_owned(),
        20..100 => format!("{}-{}", TENS[place(number / 10)], SMALL[place(number % 10)]),
        _ => joined(format!("{} hundred", SMALL[place(number / 100)]), number % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_words_as_they_are_said() {
        let say = |dong: i64| in_words(Vnd::whole(dong), Lang::Vi);
        assert_eq!(say(1_263_600), "Một triệu hai trăm sáu mươi ba nghìn sáu trăm đồng");
        assert_eq!(say(3_538_080), "Ba triệu năm trăm ba mươi tám nghìn không trăm tám mươi đồng");
        assert_eq!(say(105), "Một trăm linh năm đồng");
        assert_eq!(say(21), "Hai mươi mốt đồng");
        assert_eq!(say(15), "Mười lăm đồng");
        assert_eq!(say(24_000), "Hai mươi tư nghìn đồng");
        assert_eq!(say(1_000_000_005), "Một tỷ không trăm linh năm đồng");
        assert_eq!(say(0), "Không đồng");
        assert_eq!(
            in_words(Vnd::whole(1_366_200), Lang::En),
            "One million three hundred sixty-six thousand two hundred đồng"
        );
    }
}
