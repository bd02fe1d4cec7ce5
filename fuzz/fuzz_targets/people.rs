//! Rows of people: any bytes as rows of a table in plain columns, or of a list as offices hand it in, end in a person whose
//! payers bear the whole premium, or in a coded reason.
#![no_main]

use std::cell::RefCell;
use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use bhyt::workshop::{Input, OpenTable, People, Plans, ReadOptions, SCHEMA, Splitter, TableLimits};
use bhyt::{Listed, Payer, Rulebook, Vnd};
use bhyt_fuzz::{AMOUNTS, Column, DAYS, row};
use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

const TABLES: [&str; 2] = [
    "household_id,group,months,paid_on,from,born,salary,province,school,tags,rank,already\nH1,GD,12,2026-08-01,,,,,,,,\n",
    "Mã hộ,Đối tượng,Số tháng,Ngày biên lai,Từ ngày,Ngày sinh,Tiền lương,Tỉnh,Số tiền,Ghi chú\nH1,GD,12,01/08/2026,,1990,,,1366200,\n",
];

type Reader = (People<'static>, Plans<'static, ()>);

fn readers() -> Vec<Reader> {
    static RULES: OnceLock<Arc<Rulebook>> = OnceLock::new();
    let rules = RULES.get_or_init(Rulebook::bundled);
    let of = |table: &&str| {
        let stream = Input::Stream(Box::new(Cursor::new(table.as_bytes().to_vec())), "fuzz".to_owned());
        let open = OpenTable::open(stream, &SCHEMA, &ReadOptions::default()).ok().expect("a table");
        (People::new(rules, open.layout()), Plans::new(rules))
    };
    TABLES.iter().map(of).collect()
}

thread_local! {
    static READERS: RefCell<Vec<Reader>> = RefCell::new(readers());
}

/// What the columns of each table hold.
const COLUMNS: [&[Column]; 2] = [
    &[HOUSEHOLDS, GROUPS, MONTHS, DAYS, DAYS, DAYS, AMOUNTS, PLACES, PLACES, TAGS, RANKS, RANKS],
    &[HOUSEHOLDS, GROUPS, MONTHS, DAYS, DAYS, DAYS, AMOUNTS, PLACES, AMOUNTS, NOTES],
];
const HOUSEHOLDS: Column = &["H1", "H1", "H2", ""];
const GROUPS: Column = &[
    "GD", "HS", "CN", "DN", "HX", "TE", "GB", "HT", "DT", "QN", "Hộ gia đình", "học sinh", "GD4790000000017", "XX", "",
];
const MONTHS: Column = &["12", "6", "3", "1", "9", "0", "13", "12 tháng", "1 năm", ""];
const PLACES: Column = &["", "Gia Lai", "Hà Nội", "tp hcm", "ha-tinh", "79", "Thanh Hoá", "Tỉnh Bình Dương"];
const TAGS: Column = &["", "newly-out-of-poverty", "chronic-disease;elderly", "Người khuyết tật", "?"];
const RANKS: Column = &["", "1", "2", "5", "5+", "70%", "Người thứ hai", "999", "1000"];
const NOTES: Column = &["", "6 tháng", "Tỉnh hỗ trợ thêm 20%", "đã đóng 3 tháng", "thẻ giấy"];

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    let at = usize::from(*which) % COLUMNS.len();
    let mut made = Vec::new();
    // Half of the inputs are rows as they are, half say of what cells rows are made.
    let rows = if which & 0x80 == 0 {
        rest
    } else {
        let mut input = Unstructured::new(rest);
        for _ in 0..1 + usize::from(which >> 1) % 3 {
            if row(&mut input, COLUMNS[at], &mut made).is_err() {
                break;
            }
        }
        &made[..]
    };
    let splitter = Splitter { separator: b',', limits: TableLimits::TEXT, counts_lines: true };
    READERS.with_borrow_mut(|readers| {
        let (people, plans) = &mut readers[at];
        people.begin_block(2);
        let _ = splitter.walk(rows, 2, |row| {
            let Ok(found) = people.read(&row) else { return Ok(()) };
            assert!(found.question.payment.months > 0);
            let Ok(kept) = plans.find(&found.question) else { return Ok(()) };
            let rank = kept.on_ladder.then_some(found.rank);
            assert_ne!(rank, Some(0), "somebody on the ladder has a place");
            if let Ok(amounts) = kept.amounts(rank, found.question.person.salary) {
                let borne: Vnd = Payer::ALL.iter().map(|payer| amounts.of(*payer)).sum();
                assert_eq!(borne, amounts.premium);
            }
            Ok(())
        });
    });
});
