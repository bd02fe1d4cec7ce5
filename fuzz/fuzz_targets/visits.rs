//! Rows of visits: any bytes as rows of a table end in a visit whose cost is borne whole, or in a coded reason.
#![no_main]

use std::cell::RefCell;
use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use bhyt::Rulebook;
use bhyt::workshop::{Input, OpenTable, ReadOptions, Splitter, TableLimits, VisitPlans, VisitReader, claim_table};
use bhyt_fuzz::{AMOUNTS, Column, DAYS, row};
use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;

const TABLES: [&str; 2] = [
    "group,discharged,admitted,hospital_cost,covered_cost,visit_code,setting,copaid_this_year,five_years_since,born\nGD,2026-08-01,,1000000,900000,1.1,,,,\n",
    "group,discharged,hospital_cost,covered_cost,care_level,former_tier,points,route,setting,residence,direct_payment,card_shown\nGD,2026-08-01,1000000,900000,basic,district,,registered,outpatient,,,\n",
];

type Reader = (VisitReader<'static>, VisitPlans<'static>);

fn readers() -> Vec<Reader> {
    static RULES: OnceLock<Arc<Rulebook>> = OnceLock::new();
    let rules = RULES.get_or_init(Rulebook::bundled);
    let of = |table: &&str| {
        let stream = Input::Stream(Box::new(Cursor::new(table.as_bytes().to_vec())), "fuzz".to_owned());
        let open = OpenTable::open(stream, &claim_table::SCHEMA, &ReadOptions::default()).ok().expect("a table");
        (VisitReader::new(rules, open.layout()), VisitPlans::new(rules))
    };
    TABLES.iter().map(of).collect()
}

thread_local! {
    static READERS: RefCell<Vec<Reader>> = RefCell::new(readers());
}

/// What the columns of each table hold.
const COLUMNS: [&[Column]; 2] = [
    &[GROUPS, DAYS, DAYS, AMOUNTS, AMOUNTS, CODES, SETTINGS, AMOUNTS, DAYS, DAYS],
    &[GROUPS, DAYS, AMOUNTS, AMOUNTS, LEVELS, TIERS, POINTS, ROUTES, SETTINGS, RESIDENCES, YES, DAYS],
];
const GROUPS: Column = &["GD", "TE", "HT", "CN", "CC", "GD4790000000017", "GD;HT", "XX", ""];
const CODES: Column = &["1.1", "1.14", "2", "3.1", "3.3", "4", "7.5", "9", ""];
const SETTINGS: Column = &["outpatient", "inpatient", "day-treatment", "nội trú", ""];
const LEVELS: Column = &["initial", "basic", "specialised", "2", ""];
const TIERS: Column = &["commune", "district", "province", "central", ""];
const POINTS: Column = &["", "49", "50", "70", "100", "101"];
const ROUTES: Column = &["registered", "referred", "emergency", "self-referred", "trái tuyến", ""];
const RESIDENCES: Column = &["", "K1", "K2", "K3"];
const YES: Column = &["", "1", "0", "x", "không"];

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
        let (reader, plans) = &mut readers[at];
        let _ = splitter.walk(rows, 2, |row| {
            let Ok(visit) = reader.read(&row) else { return Ok(()) };
            assert!(visit.question.figures.admitted <= visit.question.figures.discharged);
            let mut warnings = Vec::new();
            if let Ok(answer) = plans.answer(&visit.question, &mut warnings) {
                let paid = answer.amounts(visit.hospital, visit.question.figures.covered);
                if visit.question.particulars.is_none() {
                    assert_eq!(paid.fund + paid.copayment + paid.own, visit.hospital);
                }
            }
            Ok(())
        });
    });
});
