//! `bhyt subsidy` from the command line, and what holds for everybody's support.

use std::path::PathBuf;

use bhyt::workshop::{Payment, PlanQuestion, Plans, local, parse_date, plan};
use bhyt::{
    Circumstance, EngineError, Enrollee, Payer, QuoteCase, Rulebook, Share, Vnd, subsidy_report as report,
};
use chrono::NaiveDate;
use serde_json::Value as Json;

use crate::program::bhyt;

/// A file of a test, in a folder of its own.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("bhyt-subsidy-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a writable folder");
    path
}

fn json(args: &[&str]) -> Json {
    let run = bhyt(&[args, &["--json"]].concat(), "");
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a day")
}

#[test]
fn a_pack_from_the_template_works_without_touching_the_program() {
    let template = bhyt(&["template", "local-policy"], "");
    assert_eq!(template.code, 0);
    let path = file("local-policy.toml", &template.stdout);
    let overlay = path.to_str().expect("a text path");
    let args = |group: &'static str, more: &[&'static str]| -> Vec<String> {
        let fixed = ["subsidy", "--group", group, "--months", "12", "--paid-on", "2026-08-01"];
        let pack = ["--province", "Tỉnh Mẫu", "--overlay", overlay];
        fixed.iter().chain(&pack).chain(more).map(|arg| (*arg).to_owned()).collect()
    };
    let ask = |args: Vec<String>| json(&args.iter().map(String::as_str).collect::<Vec<_>>());
    // 1,366,200: 70 % = 956,340 by the state, 20 % = 273,240 by the pack, 10 % = 136,620 by the person.
    let near_poor = ask(args("CN", &[]));
    let amount = |json: &Json, payer: &str| {
        let shares = json["result"]["shares"].as_array().expect("shares").clone();
        shares.iter().find(|share| share["payer"] == payer).and_then(|share| share["amount"].as_i64())
    };
    assert_eq!(amount(&near_poor, "state"), Some(956_340));
    assert_eq!(amount(&near_poor, "local"), Some(273_240));
    assert_eq!(amount(&near_poor, "person"), Some(136_620));
    assert_eq!(near_poor["rulebook"]["overlays"][0].as_str(), Some("local-policy.toml"));
    // Target 100 % from 65 to under 75.
    let aged = ask(args("GD", &["--born", "1961-08-01"]));
    assert_eq!((amount(&aged, "local"), amount(&aged, "person")), (Some(1_366_200), None));
    let younger = ask(args("GD", &["--born", "1961-08-02"]));
    assert_eq!((amount(&younger, "local"), amount(&younger, "person")), (None, Some(1_366_200)));
    assert_eq!(bhyt(&["quote", "--group", "CN", "--province", "mau", "--overlay", overlay], "").code, 0);
}

#[test]
fn the_report_reads_in_both_languages_within_eighty_columns() {
    for (lang, phrases) in [
        ("vi", ["Ai đóng", "Không áp dụng", "← rẻ nhất", "từ người thứ 5 trở đi", "Mức hưởng"]),
        ("en", ["Who pays", "Not applied", "← cheapest", "from rank 5 on", "Benefit level"]),
    ] {
        let args = [
            "subsidy",
            "-g",
            "GB",
            "--rank",
            "5",
            "-p",
            "gia-lai",
            "--paid-on",
            "2026-08-01",
            "--lang",
            lang,
        ];
        let run = bhyt(&args, "");
        assert_eq!(run.code, 0, "{}", run.stderr);
        for phrase in phrases {
            assert!(run.stdout.contains(phrase), "{phrase} is missing:\n{}", run.stdout);
        }
        let over: Vec<&str> = run.stdout.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(over.is_empty(), "{over:#?}");
    }
}

#[test]
fn an_unrecorded_percentage_is_said_with_the_name_of_the_resolution() {
    let run = bhyt(&["ho-tro", "--group", "CN", "--province", "Hà Tĩnh", "--paid-on", "2026-08-01"], "");
    assert_eq!(run.code, 4);
    assert!(run.stdout.is_empty());
    assert!(
        run.stderr.contains("E0602") && run.stderr.contains("Hà Tĩnh: Nghị quyết 182/2025"),
        "{}",
        run.stderr
    );
}

#[test]
fn strict_refuses_support_that_rests_on_a_warning() {
    let args =
        ["subsidy", "--group", "trafficking-victim", "--tag", "confirmed-trafficking-victim", "--strict"];
    let run = bhyt(&[&args[..], &["--paid-on", "2026-08-01"]].concat(), "");
    assert_eq!(run.code, 4);
    assert!(run.stderr.contains("W0604"), "{}", run.stderr);
}

/// Every group on days around every change, in every province, with and without circumstances.
#[test]
fn what_is_said_to_apply_is_what_is_paid() {
    let rules = Rulebook::bundled();
    let provinces: Vec<Option<&str>> =
        std::iter::once(None).chain(local(&rules).iter().map(|pack| Some(pack.province.as_str()))).collect();
    let tags = ["poor-commune", "ethnic-minority", "poor-family", "left-poverty=2025-03-01"];
    let mut answers = 0;
    let mut refusals = 0;
    for paid_on in
        ["2016-06-01", "2018-12-01", "2023-12-03", "2025-06-30", "2025-07-01", "2026-08-01"].map(day)
    {
        for group in rules.groups() {
            for province in &provinces {
                for with_tags in [false, true] {
                    let mut person = Enrollee::of_group(&group.id);
                    person.salary = Some(Vnd::whole(8_000_000));
                    person.born = Some(day("1958-05-05"));
                    if with_tags {
                        person.circumstances = tags
                            .iter()
                            .map(|tag| Circumstance::parse(tag).expect("a circumstance"))
                            .collect();
                    }
                    let case = QuoteCase {
                        paid_on,
                        from: Some(paid_on),
                        months: 1,
                        until: None,
                        province: province.map(str::to_owned),
                        already: 0,
                        members: vec![person],
                    };
                    match report(&rules, &case, None) {
                        Ok(found) => {
                            agree(&found);
                            answers += 1;
                        }
                        Err(EngineError::NotInForce(_) | EngineError::Unrecorded { .. }) => refusals += 1,
                        Err(other) => panic!("{} on {paid_on}: {other}", group.id),
                    }
                }
            }
        }
    }
    println!("{answers} reports, {refusals} refusals");
    assert!(answers > 5_000 && refusals > 100);
}

/// Findings that apply and payers that pay are the same; options are sound.
fn agree(found: &bhyt::SubsidyReport) {
    let member = &found.members[0];
    let premium = &member.premium;
    let parts: Vnd = premium.shares.iter().map(|share| share.amount).sum();
    assert_eq!(parts, premium.premium);
    for share in premium.shares.iter().filter(|share| share.payer != Payer::Person) {
        let granted: Vec<Share> = member
            .findings
            .iter()
            .filter(|finding| finding.applied() && finding.payer == share.payer)
            .map(|finding| finding.granted)
            .collect();
        assert_eq!(granted, [share.share.expect("one month has one share")], "{}", premium.group);
    }
    let applied = member.findings.iter().filter(|finding| finding.applied()).count();
    let paying = premium.shares.iter().filter(|share| share.payer != Payer::Person).count();
    assert_eq!(applied, paying, "{}", premium.group);
    let options = &member.options.options;
    let cheapest: Vec<_> = options.iter().filter(|option| option.cheapest).collect();
    assert_eq!(cheapest.len(), 1);
    assert!(
        options
            .iter()
            .filter(|option| option.standing.is_lawful())
            .all(|option| option.payable >= cheapest[0].payable)
    );
    assert!(cheapest[0].standing.is_lawful());
    for finding in &member.findings {
        if let (Some(from), Some(until)) = (finding.from, finding.until) {
            assert!(!finding.applied() || from <= until, "{}: {from} to {until}", finding.policy);
        }
    }
}

/// The memory of the batch gives what the engine gives, window by window.
#[test]
fn kept_plans_agree_with_plans_made_for_one_person() {
    let rules = Rulebook::bundled();
    let mut kept: Plans<'_, ()> = Plans::new(&rules);
    let mut compared = 0;
    for (group, tag) in [
        ("ethnic-minority-former-difficult", "left-difficult-list"),
        ("trafficking-victim", "confirmed-trafficking-victim"),
        ("near-poor", "left-poverty"),
    ] {
        let position = rules.groups().iter().position(|known| known.id == group).expect("a group");
        for event in ["2013-01-01", "2023-09-01", "2023-09-15", "2025-12-10", "2026-07-31"] {
            for paid_on in ["2017-10-01", "2018-07-01", "2026-07-01", "2026-08-01", "2026-08-31"].map(day) {
                for months in [1, 3, 12] {
                    for from in [None, Some(paid_on)] {
                        let mut person = Enrollee::of_group(group);
                        let tag = format!("{tag}={event}");
                        person.circumstances = vec![Circumstance::parse(&tag).expect("a circumstance")];
                        let payment = Payment { paid_on, from, months, province: Some("ha-noi") };
                        let question = PlanQuestion { person: &person, group: position, names: 1, payment };
                        let one = plan(&rules, &person, payment).and_then(|plan| plan.amounts(None, None));
                        let many = kept.find(&question).and_then(|kept| kept.amounts(None, None));
                        assert_eq!(one.ok(), many.ok(), "{group} {tag} {paid_on} {months} {from:?}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared, 450);
}

/// Who pays for months of their own is told by person; one payment is told once for all.
#[test]
fn months_of_one_payment_are_said_once_and_others_by_person() {
    let said = |months: &str| {
        let case = format!(
            "paid-on = 2025-08-01\nfrom = 2025-09-01\nmonths = 12\n[[members]]\ngroup = \"GD\"\n[[members]]\ngroup = \"GD\"\n{months}\n"
        );
        let run = bhyt(&["quote", "-", "--lang", "en", "--format", "chat"], &case);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout.contains("months by person")
    };
    assert_eq!(
        ["", "months = 12", "months = 6", "paid-on = 2025-08-02"].map(said),
        [false, false, true, true]
    );
}
