//! Speed of the engine, from one plan to a table in memory.
//!
//! `cargo bench --bench engine`. A batch keeps plans: compare `kept_*` with `asked_*` to see what that saves, and
//! `table` (rows a second of one thread, nothing read from or written to disk) with the figures of benches/peers.

use std::io::Cursor;

use bhyt::workshop::{
    APPENDED, ClaimKernel, Format, Input, OpenTable, Outputs, Payment, PlanQuestion, Plans, PremiumKernel,
    ReadOptions, RunOptions, SCHEMA, Target, claim_table as claim, plan, run_batch as run,
};
use bhyt::{Enrollee, QuoteCase, Rulebook, Vnd, gather, load, quote};
use chrono::{Days, NaiveDate};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// Payment of a year that the base salary changes in.
fn payment(days: u64) -> Payment<'static> {
    let paid_on = day(2025, 10, 1) + Days::new(days);
    Payment { paid_on, from: Some(paid_on), months: 12, province: None }
}

fn member() -> Enrollee {
    Enrollee::of_group("household")
}

fn worker() -> Enrollee {
    Enrollee { salary: Some(Vnd::whole(12_345_677)), ..Enrollee::of_group("worker") }
}

#[divan::bench]
fn rules_loaded() -> bool {
    let sources = gather(None, &[]).expect("bundled sources");
    load(&sources).rulebook.is_some()
}

#[divan::bench]
fn quote_of_a_household_of_four(bencher: Bencher) {
    let rules = Rulebook::bundled();
    let case = QuoteCase {
        paid_on: day(2026, 8, 1),
        from: None,
        months: 12,
        until: None,
        province: None,
        already: 0,
        members: vec![member(); 4],
    };
    bencher.bench(|| quote(&rules, divan::black_box(&case)).expect("a quote").total);
}

#[divan::bench(args = ["household", "worker"])]
fn asked_for_plan_and_amounts(bencher: Bencher, group: &str) {
    let rules = Rulebook::bundled();
    let person = if group == "worker" { worker() } else { member() };
    let mut days = 0;
    bencher.bench_local(|| {
        days = (days + 1) % 200;
        let plan = plan(&rules, &person, payment(days)).expect("a plan");
        plan.amounts(Some(2), person.salary).expect("amounts").premium
    });
}

#[divan::bench(args = ["household", "worker"])]
fn asked_for_amounts(bencher: Bencher, group: &str) {
    let rules = Rulebook::bundled();
    let person = if group == "worker" { worker() } else { member() };
    let plan = plan(&rules, &person, payment(0)).expect("a plan");
    bencher.bench(|| plan.amounts(divan::black_box(Some(2)), person.salary).expect("amounts").premium);
}

#[divan::bench(args = ["household", "worker"])]
fn kept_plan_and_amounts(bencher: Bencher, group: &str) {
    let rules = Rulebook::bundled();
    let person = if group == "worker" { worker() } else { member() };
    let position = rules.groups().iter().position(|known| known.id == person.group).expect("a group");
    let mut plans: Plans<'_, ()> = Plans::new(&rules);
    let mut days = 0;
    bencher.bench_local(|| {
        days = (days + 1) % 200;
        let question = PlanQuestion { person: &person, group: position, names: 0, payment: payment(days) };
        let kept = plans.find(&question).expect("a plan");
        kept.amounts(Some(2), person.salary).expect("amounts").premium
    });
}

/// Rows of a table in memory, households of four of mixed groups.
fn table(rows: usize) -> String {
    let mut text = String::from("household_id,person_id,born,group,salary,from,paid_on,months\n");
    for row in 0..rows {
        let (group, salary) = [("GD", ""), ("GD", ""), ("HS", ""), ("DN", "12345677")][row % 4];
        let paid_on = payment(row as u64 / 4 % 400).paid_on;
        text.push_str(&format!(
            "H{:07},{row:010},1990-01-01,{group},{salary},{paid_on},{paid_on},12\n",
            row / 4
        ));
    }
    text
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn table_of_400_000_rows(bencher: Bencher, jobs: usize) {
    const ROWS: usize = 400_000;
    let rules = Rulebook::bundled();
    let text = table(ROWS);
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let input = Input::Stream(Box::new(Cursor::new(text.as_bytes())), "memory".to_owned());
        let table = OpenTable::open(input, &SCHEMA, &ReadOptions::default()).expect("a table");
        let kernel = PremiumKernel::new(&rules, false, table.layout());
        let target = Target::Stream(Box::new(std::io::sink()));
        let outputs = Outputs::plan(target, Format::Csv, table.layout(), APPENDED).expect("outputs");
        let say = |_: &_| String::new();
        let options = RunOptions { jobs, strict: false, checkpoint: None, resume: None, say: &say };
        run(table, &kernel, outputs, options, &mut |_| {}).expect("a run").tally.valid
    });
}

/// Visits of mixed groups and codes on every day of two years in which rules change.
fn visits(rows: u64) -> String {
    let codes = ["1.1", "1.2", "1.3", "1.12", "1.14", "2", "3.1", "3.3"];
    let groups = ["GD", "HS", "HT", "CN", "DN", "TE", "HN"];
    let mut text = String::from(
        "claim_id,group,visit_code,setting,admitted,discharged,hospital_cost,covered_cost,copaid_this_year,five_years_since\n",
    );
    let pick = |list: &[&'static str], row: u64| list[usize::try_from(row).unwrap_or(0) % list.len()];
    for row in 0..rows {
        let discharged = day(2025, 1, 1) + Days::new(row * 7 % 730);
        let admitted = discharged - Days::new(row % 5);
        let covered = 50_000 + row * 7_919 % 30_000_000;
        let (code, group) = (pick(&codes, row / 3), pick(&groups, row));
        let setting = ["outpatient", "inpatient"][usize::from(row % 5 > 0)];
        let (copaid, five) = [("", ""), ("14500000", "2019-01-01")][usize::from(row % 8 == 0)];
        text.push_str(&format!(
            "V{row:08},{group},{code},{setting},{admitted},{discharged},{},{covered},{copaid},{five}\n",
            covered + row % 3 * 10_000,
        ));
    }
    text
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn table_of_400_000_visits(bencher: Bencher, jobs: usize) {
    const ROWS: u64 = 400_000;
    let rules = Rulebook::bundled();
    let text = visits(ROWS);
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let input = Input::Stream(Box::new(Cursor::new(text.as_bytes())), "memory".to_owned());
        let table = OpenTable::open(input, &claim::SCHEMA, &ReadOptions::default()).expect("a table");
        let kernel = ClaimKernel::new(&rules, false, table.layout());
        let target = Target::Stream(Box::new(std::io::sink()));
        let outputs = Outputs::plan(target, Format::Csv, table.layout(), claim::APPENDED).expect("outputs");
        let say = |_: &_| String::new();
        let options = RunOptions { jobs, strict: false, checkpoint: None, resume: None, say: &say };
        run(table, &kernel, outputs, options, &mut |_| {}).expect("a run").tally.valid
    });
}
