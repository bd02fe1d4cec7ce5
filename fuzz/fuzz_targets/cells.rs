//! Cells of tables and numbers of claim files: any bytes as a day, an amount, a number end in one or in a coded reason. What is read
//! twice, by a quick and by a patient reader, is the same; what is read is read again from the way it is written.
#![no_main]

use std::cell::RefCell;

use bhyt::workshop::cells::{amount, claim_amount, date, digits, whole};
use bhyt::workshop::{KnownDays, number_text};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static KNOWN: RefCell<KnownDays> = RefCell::new(KnownDays::default());
}

/// The number of digits alone, one after another.
fn counted(cell: &[u8]) -> Option<u64> {
    let is_number = (1..=18).contains(&cell.len()) && cell.iter().all(u8::is_ascii_digit);
    is_number.then(|| cell.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

fuzz_target!(|cell: &[u8]| {
    let day = date(cell, None);
    let known = KNOWN.with_borrow_mut(|known| known.date(cell, None));
    assert_eq!(day.as_ref().ok(), known.as_ref().ok(), "a day that was met before is another");
    if let Ok(Some(day)) = day {
        assert_eq!(date(day.to_string().as_bytes(), None).ok().flatten(), Some(day));
    }
    if let Ok(Some(money)) = amount(cell)
        && let Some(dong) = money.dong()
    {
        assert_eq!(amount(dong.to_string().as_bytes()).ok().flatten(), Some(money));
    }
    if let Ok(Some(money)) = claim_amount(cell) {
        assert_eq!(claim_amount(money.to_string().as_bytes()).ok().flatten(), Some(money));
    }
    assert_eq!(digits(cell), counted(cell));
    if let (Some(number), Some(same)) = (digits(cell), whole(cell)) {
        assert_eq!(number, same);
    }
    for decimals in [0, 2, 3, 6] {
        if let Some(millionths) = number_text::plain(cell, decimals) {
            let read = number_text::read(cell).map(|(figure, fault)| (figure.millionths(), fault));
            assert_eq!(read, Ok((i128::from(millionths), None)));
        }
    }
});
