//! Places: every name on every day has an answer, and no two resolutions contradict each other without a rule.

use std::collections::BTreeSet;

use bhyt::workshop::{Coverage, Payment, PlanQuestion, Plans, ProvinceUnit, Whereabouts, local, places};
use bhyt::{Enrollee, Payer, Rulebook};
use chrono::NaiveDate;

use crate::program::bhyt;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The 34 names of today and the 63 old ones, as the register spells them.
fn names(rules: &Rulebook) -> Vec<String> {
    let places = &bhyt::workshop::places(rules).entries;
    let today = places.iter().filter(|place| rules.merged_into(&place.id).is_none());
    let mut names: Vec<String> = today.map(|place| place.name_vi.clone()).collect();
    assert_eq!(names.len(), 34);
    assert_eq!(places.len(), 63);
    // Each unit that kept its name is one of the 63 too; Huế had another one.
    names.extend(places.iter().map(|place| match place.id.as_str() {
        "hue" => "Thừa Thiên Huế".to_owned(),
        _ => format!("{} (cũ)", place.name_vi),
    }));
    names
}

#[test]
fn every_name_on_every_day_has_an_answer_or_a_named_refusal() {
    let rules = Rulebook::bundled();
    let mut plans: Plans<'_, ()> = Plans::new(&rules);
    let groups =
        ["near-poor", "pupil", "average-income-farm-household", "household", "multidimensional-poor"];
    let position = |id: &str| rules.groups().iter().position(|group| group.id == id).expect("a group");
    let people: Vec<(usize, Enrollee)> =
        groups.iter().map(|id| (position(id), Enrollee::of_group(id))).collect();
    let (mut answered, mut refused, mut supported) = (0, 0, 0);
    let last = day("2027-12-31");
    for name in names(&rules) {
        let found = rules.find_place(&name).unwrap_or_else(|| panic!("{name} is not understood"));
        for (number, paid_on) in day("2015-01-01").iter_days().take_while(|day| *day <= last).enumerate() {
            let (group, person) = &people[number % people.len()];
            let payment = Payment { paid_on, from: None, months: 3, province: Some(found.id) };
            let question = PlanQuestion { person, group: *group, names: 0, payment };
            match plans.find(&question) {
                Ok(kept) => {
                    answered += 1;
                    let rank = kept.on_ladder.then_some(1);
                    let amounts = kept.amounts(rank, None).expect("amounts");
                    supported += u64::from(!amounts.of(Payer::Local).is_zero());
                    let known = rules.coverage(found.id, paid_on) != Coverage::NotLooked;
                    let said = kept.warnings.iter().any(|code| code.as_str() == "W0641");
                    assert!(known || said, "{name} on {paid_on}: nobody looked, and nothing says so");
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.problem().code.as_str().starts_with('E'), "{name} on {paid_on}");
                }
            }
        }
    }
    assert_eq!(answered + refused, 97 * 4_748);
    assert!(answered > 350_000 && supported > 20_000, "{answered} {refused} {supported}");
}

#[test]
fn no_two_resolutions_contradict_each_other() {
    let rules = Rulebook::bundled();
    let mut days = BTreeSet::new();
    for version in
        local(&rules).iter().flat_map(|pack| &pack.policies).flat_map(|each| each.support.versions())
    {
        days.insert(version.rule.effective_from);
        days.extend(version.rule.effective_until.and_then(|last| last.succ_opt()));
    }
    let mut found = BTreeSet::new();
    for place in &places(&rules).entries {
        let here = Whereabouts { home: Some(&place.id), school: None };
        let policies: Vec<_> = rules.local_policies(here).collect();
        for (index, (pack, policy)) in policies.iter().enumerate() {
            for (other_pack, other) in &policies[index + 1..] {
                let same_people = policy.when == other.when
                    && policy.groups.iter().any(|group| other.groups.contains(group));
                if pack.header.id == other_pack.header.id || !same_people {
                    continue;
                }
                for day in &days {
                    if let (Ok(one), Ok(two)) = (policy.support.at(*day), other.support.at(*day))
                        && one.value != two.value
                        // What is not known contradicts nothing.
                        && ![one.value, two.value].contains(&bhyt::workshop::Support::Unrecorded)
                    {
                        found.insert(format!("{}: {} and {}", place.id, one.rule.rule, two.rule.rule));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_register_is_the_law_of_the_merger() {
    let rules = Rulebook::bundled();
    let merged = places(&rules).entries.iter().filter(|place| rules.merged_into(&place.id).is_some());
    assert_eq!(merged.count(), 29);
    let units = places(&rules).entries.iter().filter(|place| !rules.taken_in(&place.id).is_empty());
    assert_eq!(units.count(), 23);
    let at = |id: &str, day: NaiveDate| {
        places(&rules).entry(id).expect("a place").versions.at(day).map(|v| v.value.clone())
    };
    assert_eq!(at("dong-nai", day("2026-04-29")), Ok(ProvinceUnit::Province("75".to_owned())));
    assert_eq!(at("dong-nai", day("2026-04-30")), Ok(ProvinceUnit::City("75".to_owned())));
    let cities = places(&rules)
        .entries
        .iter()
        .filter(|place| matches!(at(&place.id, day("2026-11-26")), Ok(ProvinceUnit::City(_))));
    assert_eq!(cities.count(), 7);
}

#[test]
fn open_policies_say_when_they_were_last_seen() {
    let rules = Rulebook::bundled();
    for pack in local(&rules) {
        for policy in &pack.policies {
            let open =
                policy.support.versions().last().is_some_and(|last| last.rule.effective_until.is_none());
            let seen = policy.seen_in_force.or(pack.seen_in_force).is_some();
            assert!(!open || seen, "{} has no end and no sign of life", policy.support.rule());
        }
    }
}

#[test]
fn a_place_without_a_person_shows_what_it_gives_in_every_format() {
    let base = ["subsidy", "--province", "Hải Dương", "--paid-on", "2026-11-26"];
    let text = bhyt(&base, "");
    assert_eq!(text.code, 0, "{}", text.stderr);
    for phrase in ["Hải Dương", "Nay thuộc Hải Phòng", "đến 100%", "+30%", "chưa rõ"] {
        assert!(text.stdout.contains(phrase), "{phrase} is missing:\n{}", text.stdout);
    }
    let long: Vec<&str> = text.stdout.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:#?}");
    let json = bhyt(&[&base[..], &["--json"]].concat(), "");
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["result"]["place"]["merged_into"], "hai-phong");
    assert_eq!(json["result"]["policies"].as_array().map(Vec::len), Some(7));
    let html = bhyt(&[&base[..], &["--format", "html", "--lang", "en"]].concat(), "");
    assert!(html.stdout.contains("<table") && html.stdout.contains("up to 100%"), "{}", html.stdout);
    let nothing = bhyt(&["subsidy", "--province", "son-la", "--paid-on", "2026-11-26"], "");
    assert!(nothing.stdout.contains("đã tìm, không thấy 26/11/2026"), "{}", nothing.stdout);
    let parts = bhyt(&["subsidy", "--province", "Quảng Ngãi", "--paid-on", "2026-11-26"], "");
    assert!(parts.stdout.contains("Chỉ ở địa bàn cũ của Kon Tum"), "{}", parts.stdout);
}

#[test]
fn the_table_of_all_units_and_the_vocabulary_are_listed() {
    for lang in ["vi", "en"] {
        let run = bhyt(&["rules", "list", "--provinces", "--date", "2026-11-26", "--lang", lang], "");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(
            run.stdout
                .lines()
                .filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()))
                .count(),
            34
        );
        let words = bhyt(&["explain", "circumstances", "--lang", lang], "");
        assert!(words.stdout.contains("`waste-collector`"), "{}", words.stdout);
    }
    let json = bhyt(&["rules", "list", "--provinces", "--date", "2026-11-26", "--json"], "");
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let units = json["result"]["provinces"].as_array().expect("units");
    assert_eq!(units.len(), 34);
    assert_eq!(units.iter().filter(|unit| unit["coverage"] == "none-found").count(), 13);
}

#[test]
fn the_other_reading_of_a_local_policy_can_be_asked_for() {
    let base = [
        "quote",
        "--group",
        "HS",
        "--tag",
        "poor-family",
        "--province",
        "HN",
        "--paid-on",
        "2026-03-02",
        "--json",
    ];
    // 1,263,600: 50 % by the state; 70 % more is cut to 50 %; 70 % in total leaves 20 % = 252,720 and 379,080.
    let mut told = Vec::new();
    for (more, local, person) in
        [(&[][..], 631_800, 0), (&["--reading", "ha-noi-pupils-in-hardship"][..], 252_720, 379_080)]
    {
        let run = bhyt(&[&base[..], more].concat(), "");
        let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let shares = json["result"]["members"][0]["shares"].as_array().expect("shares");
        let of = |payer: &str| {
            shares
                .iter()
                .find(|share| share["payer"] == payer)
                .and_then(|share| share["amount"].as_i64())
                .unwrap_or(0)
        };
        assert_eq!((of("local"), of("person")), (local, person), "{}", run.stdout);
        let warned = json["warnings"].as_array().expect("warnings").iter().find(|one| one["code"] == "W0644");
        let said = warned.and_then(|one| one["message"].as_str()).unwrap_or_else(|| panic!("{}", run.stdout));
        let (taken, other) = said
            .split_once("Cách hiểu đã dùng: ")
            .and_then(|(_, rest)| rest.split_once(". Cách khác: "))
            .expect(said);
        told.push((taken.to_owned(), other.trim_end_matches('.').to_owned()));
    }
    // What is taken by one is the other of the other.
    assert_ne!(told[0].0, told[0].1);
    assert_eq!((&told[0].0, &told[0].1), (&told[1].1, &told[1].0));
    let words = local(&Rulebook::bundled()).iter().flat_map(|pack| &pack.policies).find_map(|policy| {
        policy.reading.clone().filter(|reading| reading.id == "ha-noi-pupils-in-hardship")
    });
    assert_eq!(words.map(|words| (words.taken_vi, words.other_vi)), Some(told.swap_remove(0)));
}

#[test]
fn what_an_agent_forgot_is_hinted_and_asked() {
    let run = bhyt(&["quote", "--group", "GD", "--province", "Hải Phòng", "--paid-on", "2026-11-26"], "");
    assert!(run.stdout.contains("N0646") && run.stdout.contains("--born"), "{}", run.stdout);
    let known = bhyt(
        &[
            "quote",
            "--group",
            "GD",
            "--province",
            "Hải Phòng",
            "--paid-on",
            "2026-11-26",
            "--born",
            "1960-01-01",
        ],
        "",
    );
    assert!(!known.stdout.contains("N0646"), "{}", known.stdout);
}

/// What a terminal says with an option, a printed sheet says to people who type none.
#[test]
fn a_printed_sheet_speaks_to_who_types_no_command() {
    let lives_and_pays = |who: &[&str], place: &str| -> Vec<String> {
        let rest = ["--province", place, "--paid-on", "2026-11-26", "--format", "html"];
        ["quote"].iter().chain(who).chain(&rest).map(|word| (*word).to_owned()).collect()
    };
    let mut sheets = vec![
        lives_and_pays(&["--group", "GD"], "Hải Phòng"),
        lives_and_pays(&["--group", "HS"], "TP.HCM"),
        lives_and_pays(&["--group", "HS", "--tag", "poor-family"], "Hà Nội"),
        lives_and_pays(&["--group", "HS"], "Kon Tum"),
        lives_and_pays(&["--group", "GB", "--already", "2"], "Sơn La"),
        lives_and_pays(&["--group", "CN"], "Tây Ninh"),
        lives_and_pays(&["--group", "TE", "--tag", "previous-card"], "Cà Mau"),
    ];
    for place in ["Hà Nội", "Quảng Ngãi", "TP.HCM", "Sơn La"] {
        let map = ["subsidy", "--province", place, "--paid-on", "2026-11-26", "--format", "html"];
        sheets.push(map.map(str::to_owned).to_vec());
    }
    sheets.push(["rules", "list", "--provinces", "--format", "html"].map(str::to_owned).to_vec());
    for args in &sheets {
        for lang in ["vi", "en"] {
            let args: Vec<&str> = args.iter().map(String::as_str).chain(["--lang", lang]).collect();
            let run = bhyt(&args, "");
            assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
            let body = run.stdout.split("<body>").nth(1).expect("a body");
            for typed in ["--", "bhyt subsidy", "bhyt explain", "bhyt rules", "(permanent-resident)", "(no-"]
            {
                assert!(!body.contains(typed), "{typed} in {args:?}:\n{body}");
            }
        }
    }
    let map = |place: &str| {
        bhyt(&["subsidy", "--province", place, "--paid-on", "2026-11-26", "--format", "html"], "").stdout
    };
    assert!(map("Hà Nội").contains("cách hiểu khác: tổng mức hỗ trợ là 70%"), "{}", map("Hà Nội"));
    assert!(map("TP.HCM").contains("xét theo nơi học"), "{}", map("TP.HCM"));
    let run = bhyt(&["quote", "--group", "GD", "--province", "Hải Phòng", "--format", "html"], "");
    for said in ["60 đến 74 tuổi", "Nếu đúng, báo cho nơi thu.", "báo ngày hết hạn của thẻ đó"]
    {
        assert!(run.stdout.contains(said), "{said}:\n{}", run.stdout);
    }
}

/// Among several people a note that does not concern all says whom.
#[test]
fn a_note_says_whom_it_concerns() {
    let file = "paid-on = 2026-08-01\nmonths = 12\n[[members]]\ngroup = \"GD\"\ntags = [\"previous-card=2026-07-31\"]\n[[members]]\ngroup = \"GD\"\n[[members]]\ngroup = \"GD\"\n";
    let run = bhyt(&["quote", "-"], file);
    assert!(run.stdout.contains("- N0509 Người 2, 3: Tính như tham gia lần đầu"), "{}", run.stdout);
    let all = bhyt(&["quote", "--members", "3", "--paid-on", "2026-08-01"], "");
    assert!(all.stdout.contains("- N0509 Tính như tham gia lần đầu"), "{}", all.stdout);
    let file = file.replacen("GD", "HS", 1);
    let run = bhyt(&["quote", "-", "--lang", "en"], &file);
    assert!(run.stdout.contains("- N0509 Member 2, 3: Taken as a first card"), "{}", run.stdout);
}

/// Whatever was typed, the result names the place that was understood.
#[test]
fn a_result_names_its_place() {
    let names = [
        ("Hai Phong", "Hải Phòng"),
        ("BRVT", "Bà Rịa - Vũng Tàu"),
        ("79", "TP. Hồ Chí Minh"),
        ("HN", "Hà Nội"),
    ];
    for (typed, name) in names {
        let args =
            ["quote", "--group", "DN", "--salary", "10tr", "--paid-on", "2026-08-01", "--province", typed];
        for format in ["text", "html"] {
            let run = bhyt(&[&args[..], &["--format", format]].concat(), "");
            assert!(run.stdout.contains(&format!("01/08/2026; {name}")), "{typed}: {}", run.stdout);
        }
    }
}
