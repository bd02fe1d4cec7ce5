//! The bundled rulebook: accepted without a remark, identified by its content only.

use std::borrow::Cow;

use bhyt::workshop::{ChangeKind, NamedBase, RuleCheck, Source, compare, version_changes};
use bhyt::{Rulebook, gather, load};
use chrono::{Days, NaiveDate};

#[test]
fn bundled_rules_are_accepted() {
    let sources = gather(None, &[]).expect("bundled sources need no file");
    let loaded = load(&sources);
    for found in &loaded.diagnostics {
        println!(
            "{:?} {}:{}:{} {:?} {}",
            found.severity, found.file, found.line, found.column, found.facts, found.excerpt
        );
    }
    assert_eq!(loaded.diagnostics.len(), 0);
    assert!(loaded.rulebook.is_some());
}

/// What a start reads was packed by the build; whoever brings rules of their own reads text.
#[test]
fn packed_rules_say_what_their_text_says() {
    let sources = gather(None, &[]).expect("bundled sources");
    let read = format!("{:#?}", load(&sources).rulebook.expect("accepted"));
    let packed = format!("{:#?}", *Rulebook::bundled());
    let differ = read.lines().zip(packed.lines()).find(|(read, packed)| read != packed);
    assert_eq!(differ, None);
    assert_eq!(read.len(), packed.len());
}

#[test]
fn the_hash_depends_on_facts_not_on_layout() {
    let hash = |change: &dyn Fn(&str, String) -> String| {
        let mut sources = gather(None, &[]).expect("bundled sources");
        for source in &mut sources {
            source.text = Cow::Owned(change(&source.name, source.text.to_string()));
        }
        load(&sources).rulebook.map(|rules| rules.identity().sha256.clone())
    };
    let plain = hash(&|_, text| text);
    let commented = hash(&|_, text| format!("# a comment\n{}\n\n", text.replace(" = ", "   =  ")));
    let reordered = hash(&|_, text| text.replace("2_530_000", "2530000"));
    let changed = hash(&|_, text| text.replace("2_530_000", "2_540_000"));
    assert_eq!(plain, commented);
    assert_eq!(plain, reordered);
    assert_ne!(plain, changed);
    assert_eq!(plain.as_deref(), Some(Rulebook::bundled().identity().sha256.as_str()));
}

#[test]
fn held_rules_stand_as_they_were_and_are_released_one_by_one() {
    let rules = Rulebook::bundled();
    let entries = rules.entries();
    let salary = entries.iter().find(|entry| entry.rule == "base-salary").expect("the base salary");
    let change = salary.versions.last().expect("a version").rule.effective_from;
    let (since, until) = (change - Days::new(1), change + Days::new(100));
    let held = rules.held(since, until);
    let amount = |rules: &Rulebook, day| rules.base(NamedBase::BaseSalary, day).expect("in force").0;
    assert_eq!(amount(&held, change), amount(&rules, since));
    assert_ne!(amount(&held, change), amount(&rules, change));
    let changes = version_changes(&held, &rules);
    assert!(changes.iter().any(|found| found.rule == "base-salary" && found.kind == ChangeKind::Added));
    let mut again = held.clone();
    changes.iter().for_each(|change| again.take_over(&rules, change));
    assert_eq!(version_changes(&again, &rules), []);
}

#[test]
fn an_ended_rule_goes_on_while_it_is_held() {
    let rules = Rulebook::bundled();
    let ended = rules.groups().iter().find_map(|group| {
        let last = group.terms.versions().last()?.rule.effective_until?;
        Some((group.id.as_str(), last))
    });
    let (id, last) = ended.expect("a group that is no more");
    let later = last + Days::new(60);
    let held = rules.held(last - Days::new(30), later);
    let exists = |rules: &Rulebook| rules.group(id).expect("recorded").terms.at(later).is_ok();
    assert_eq!((exists(&rules), exists(&held)), (false, true));
    let mut again = held.clone();
    version_changes(&held, &rules).iter().for_each(|change| again.take_over(&rules, change));
    assert_eq!(version_changes(&again, &rules), []);
}

/// From the oldest recorded state to the newest and back: every family takes part, whatever kind it is of.
#[test]
fn any_rulebook_becomes_any_other_by_its_changes() {
    let rules = Rulebook::bundled();
    let bare = rules.held(NaiveDate::MIN, NaiveDate::MAX);
    for (from, to) in [(&bare, &*rules), (&*rules, &bare)] {
        let mut evolved = from.clone();
        let changes = version_changes(from, to);
        assert_eq!(changes.len(), rules.entries().iter().map(|entry| entry.versions.len()).sum::<usize>());
        changes.iter().for_each(|change| evolved.take_over(to, change));
        assert_eq!(version_changes(&evolved, to), []);
    }
}

#[test]
fn a_replaced_family_and_an_overlay_are_named_and_change_the_hash() {
    let bundled = gather(None, &[]).expect("bundled sources");
    let mut sources = bundled.clone();
    sources.push(Source {
        name: "scenario.toml".to_owned(),
        text: Cow::Borrowed(SCENARIO),
        origin: bhyt::workshop::Origin::Overlay,
    });
    let loaded = load(&sources);
    let rules = loaded.rulebook.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    assert_eq!(rules.identity().overlays, ["scenario.toml"]);
    assert_ne!(rules.identity().sha256, Rulebook::bundled().identity().sha256);
    let day = chrono::NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");
    assert_eq!(rules.base(NamedBase::BaseSalary, day).expect("in force").0.dong(), Some(3_000_000));
}

/// The rules with an overlay on the base salary in place of the scenario's version.
fn with_salary(version: &str) -> Rulebook {
    let mut sources = gather(None, &[]).expect("bundled sources");
    let head = SCENARIO.split("[[version]]").next().expect("a head");
    let text = format!(
        "{head}\n[[version]]\nstatus = \"unverified\"\nnote-vi = \"kịch bản\"\nnote-en = \"scenario\"\n{version}\n"
    );
    let origin = bhyt::workshop::Origin::Overlay;
    sources.push(Source { name: "scenario.toml".to_owned(), text: Cow::Owned(text), origin });
    let loaded = load(&sources);
    loaded.rulebook.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

const OTHER_PLACE: &str = r#"cite = [{ document = "nd-161-2026", article = 99 }]"#;

#[test]
fn the_same_amount_of_another_article_is_a_change_of_citation_only() {
    let rules = Rulebook::bundled();
    let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
    let restated = with_salary(&format!("effective-from = 2026-07-01\nvalue = 2_530_000\n{OTHER_PLACE}"));
    assert_eq!(version_changes(&rules, &restated), []);
    assert_eq!(compare((&rules, day("2026-06-30")), (&restated, day("2026-06-30"))), []);
    let changes = compare((&rules, day("2026-07-01")), (&restated, day("2026-07-01")));
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.rule.as_str(), change.differing().len()), ("base-salary", 0));
    let articles = [&change.old, &change.new]
        .map(|rule| format!("{:?}", rule.as_ref().expect("in force").cites[0].article));
    assert!(articles[0].contains('3') && articles[1].contains("99"), "{articles:?}");
}

#[test]
fn another_amount_is_one_fact_that_differs_and_a_version_replaced_or_added() {
    let rules = Rulebook::bundled();
    let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
    let kinds = |old: &Rulebook, new: &Rulebook| -> Vec<(String, ChangeKind)> {
        let changes = version_changes(old, new);
        changes
            .into_iter()
            .map(|change| (format!("{} {}", change.rule, change.effective_from), change.kind))
            .collect()
    };
    let of = |from: &str, kind| vec![(format!("base-salary {from}"), kind)];
    let higher = with_salary(&format!("effective-from = 2026-07-01\nvalue = 2_540_000\n{OTHER_PLACE}"));
    assert_eq!(kinds(&rules, &higher), of("2026-07-01", ChangeKind::Replaced));
    let ended = with_salary(&format!(
        "effective-from = 2026-07-01\neffective-until = 2030-06-30\nvalue = 2_530_000\n{OTHER_PLACE}"
    ));
    assert_eq!(kinds(&rules, &ended), of("2026-07-01", ChangeKind::Replaced));
    let later = with_salary(&format!("effective-from = 2030-01-01\nvalue = 3_000_000\n{OTHER_PLACE}"));
    assert_eq!(kinds(&rules, &later), of("2030-01-01", ChangeKind::Added));
    assert_eq!(kinds(&later, &rules), of("2030-01-01", ChangeKind::Removed));

    assert_eq!(compare((&rules, day("2029-12-31")), (&later, day("2029-12-31"))), []);
    let changes = compare((&rules, day("2030-01-01")), (&later, day("2030-01-01")));
    let [change] = &changes[..] else { panic!("{changes:?}") };
    let differing = change.differing();
    let [(Some(before), Some(after))] = &differing[..] else { panic!("{differing:?}") };
    let said = |fact: &bhyt::workshop::Fact| format!("{:?}", fact.value);
    assert!(said(before).contains("2530000") && said(after).contains("3000000"), "{differing:?}");

    // On the last day both say the same with another citation; the day after only one is in force.
    let of_last_day = compare((&rules, day("2030-06-30")), (&ended, day("2030-06-30")));
    assert_eq!(of_last_day.iter().map(|change| change.after.len()).collect::<Vec<_>>(), [1]);
    let changes = compare((&rules, day("2030-07-01")), (&ended, day("2030-07-01")));
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.before.len(), change.after.len(), &change.new), (1, 0, &None));
    let back = compare((&ended, day("2030-07-01")), (&rules, day("2030-07-01")));
    assert_eq!(
        back.iter().map(|change| (change.before.len(), change.after.len())).collect::<Vec<_>>(),
        [(0, 1)]
    );
}

/// The checks that refuse the rules with this overlay.
fn refused(name: &str, text: String) -> Vec<RuleCheck> {
    let mut sources = gather(None, &[]).expect("bundled sources");
    let origin = bhyt::workshop::Origin::Overlay;
    sources.push(Source { name: name.to_owned(), text: Cow::Owned(text), origin });
    let loaded = load(&sources);
    assert_eq!(loaded.rulebook.is_none(), !loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.diagnostics.iter().map(|found| found.check).collect()
}

/// An overlay on a family with this value from 2030 on.
fn overlay(family: &str, value: &str) -> String {
    let head = SCENARIO
        .split("[[version]]")
        .next()
        .expect("a head")
        .replace("\"base-salary\"", &format!("\"{family}\""));
    format!(
        "{head}\n[[version]]\neffective-from = 2030-01-01\nstatus = \"unverified\"\nnote-vi = \"kịch bản\"\n\
         note-en = \"scenario\"\n{OTHER_PLACE}\nvalue = {value}\n"
    )
}

#[test]
fn a_group_that_only_the_other_rulebook_has_is_taken_over() {
    let head = SCENARIO
        .split("[[version]]")
        .next()
        .expect("a head")
        .replace("\"base-salary\"", "\"enrollee-groups\"");
    let text = format!(
        "{head}\n[[group]]\nid = \"invented\"\ncodes = [\"QQ\"]\nname-vi = \"Nhóm giả định\"\nname-en = \"Invented group\"\n\
         [[group.version]]\neffective-from = 2030-01-01\nstatus = \"unverified\"\nnote-vi = \"kịch bản\"\nnote-en = \"scenario\"\n\
         {OTHER_PLACE}\nvalue = {{ item = \"12.1\", category = 1, basis = \"salary\", \
         payers = {{ shared = {{ employer = \"2/3\", person = \"1/3\" }} }}, base-date = \"each-month\" }}\n"
    );
    let mut sources = gather(None, &[]).expect("bundled sources");
    let origin = bhyt::workshop::Origin::Overlay;
    sources.push(Source { name: "scenario.toml".to_owned(), text: Cow::Owned(text), origin });
    // Without the checks across families: a group without a level and a place in the order is no law.
    let other = bhyt::workshop::read(&sources).0.expect("a rulebook");
    let rules = Rulebook::bundled();
    let changes = version_changes(&rules, &other);
    let [change] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.rule.as_str(), change.kind), ("enrollee-groups/invented", ChangeKind::Added));
    let mut evolved = (*rules).clone();
    evolved.take_over(&other, change);
    assert_eq!(version_changes(&evolved, &other), []);
    assert_eq!(evolved.groups().len(), rules.groups().len() + 1);
    assert!(evolved.group("invented").is_some_and(|group| group.terms.versions().len() == 1));
    let mut back = other.clone();
    version_changes(&other, &rules).iter().for_each(|change| back.take_over(&rules, change));
    assert_eq!(version_changes(&back, &rules), []);
}

/// What a council adopted before its province took others in holds where it held, and has to say so.
#[test]
fn a_resolution_of_before_the_merger_names_its_territory() {
    let template = crate::program::bhyt(&["template", "local-policy"], "").stdout;
    let pack = |from: &str, more: &str| {
        let text = template
            .replace(
                "province = \"tinh-mau\"\nprovince-vi = \"Tỉnh Mẫu\"\nprovince-aliases = [\"mau\"]",
                &format!("province = \"ca-mau\"\n{more}"),
            )
            .replace("effective-from = 2026-01-01", &format!("effective-from = {from}"));
        refused("local-policy.toml", text)
    };
    // Cà Mau took Bạc Liêu in on 2025-07-01.
    assert_eq!(pack("2025-07-01", ""), []);
    assert_eq!(pack("2025-06-30", ""), [RuleCheck::TerritoryMissing, RuleCheck::TerritoryMissing]);
    assert_eq!(pack("2025-06-30", "territory = \"former\"\n"), []);
}

#[test]
fn a_condition_that_nobody_can_meet_is_refused() {
    let template = crate::program::bhyt(&["template", "local-policy"], "").stdout;
    let when = |condition: &str| {
        refused(
            "local-policy.toml",
            template.replace("when = { age-from = 65, age-below = 75 }", &format!("when = {condition}")),
        )
    };
    for condition in [
        "{ age-from = 65, age-below = 66 }",
        "{ within = { months = 1, of = \"left-poverty\" } }",
        "{ first-months = 1 }",
    ] {
        assert_eq!(when(condition), [], "{condition}");
    }
    for condition in [
        "{ age-from = 65, age-below = 65 }",
        "{ within = { months = 0, of = \"left-poverty\" } }",
        "{ first-months = 0 }",
    ] {
        assert_eq!(when(condition), [RuleCheck::ConditionsEmpty], "{condition}");
    }
}

/// An overlay on one policy leaves the others as they are.
#[test]
fn a_version_of_one_policy_is_a_change_of_that_policy() {
    let head =
        SCENARIO.split("[[version]]").next().expect("a head").replace("\"base-salary\"", "\"state-subsidy\"");
    let text = format!(
        "{head}\n[[policy]]\nid = \"near-poor\"\nname-vi = \"Cận nghèo\"\nname-en = \"Near-poor\"\ngroups = [\"near-poor\"]\n\
         [[policy.version]]\neffective-from = 2030-01-01\nstatus = \"unverified\"\nnote-vi = \"kịch bản\"\nnote-en = \"scenario\"\n\
         {OTHER_PLACE}\nvalue = {{ floor = \"80%\" }}\n"
    );
    let mut sources = gather(None, &[]).expect("bundled sources");
    let origin = bhyt::workshop::Origin::Overlay;
    sources.push(Source { name: "scenario.toml".to_owned(), text: Cow::Owned(text), origin });
    let loaded = load(&sources);
    let other = loaded.rulebook.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let changes = version_changes(&Rulebook::bundled(), &other);
    let told: Vec<String> =
        changes.iter().map(|change| format!("{} {}", change.rule, change.effective_from)).collect();
    assert_eq!(told, ["state-subsidy/near-poor 2030-01-01"]);
    assert_eq!(changes[0].kind, ChangeKind::Added);
}

#[test]
fn bands_of_points_rise() {
    let bands = |points: &str| {
        let mut sources = gather(None, &[]).expect("bundled sources");
        for source in &mut sources {
            let text = source
                .text
                .replace("points = { middle-from = 50, high-from = 70 }", &format!("points = {points}"));
            source.text = Cow::Owned(text);
        }
        let found = load(&sources).diagnostics;
        found.iter().filter(|found| found.check == RuleCheck::BandsOutOfOrder).count()
    };
    assert_eq!(bands("{ middle-from = 69, high-from = 70 }"), 0);
    assert!(bands("{ middle-from = 70, high-from = 70 }") >= 3);
}

#[test]
fn a_ladder_begins_with_the_whole_and_never_rises() {
    let ladder = |steps: &str| {
        refused(
            "x.toml",
            overlay(
                "household-ladder",
                &format!("{{ steps = [{steps}], joining = \"within-fiscal-year\" }}"),
            ),
        )
    };
    for steps in [r#""100%", "80%""#, r#""100%""#, r#""100%", "100%", "40%", "40%""#] {
        assert_eq!(ladder(steps), [], "{steps}");
    }
    for steps in [r#""90%", "80%""#, r#""100%", "80%", "81%""#, r#""80%", "100%""#] {
        assert_eq!(ladder(steps), [RuleCheck::LadderRises], "{steps}");
    }
}

#[test]
fn a_number_with_a_point_is_told_once_and_beside_everything_else() {
    let salary = |value: &str| refused("x.toml", overlay("base-salary", value));
    assert_eq!(salary("3_000_000"), []);
    assert_eq!(salary("3.5"), [RuleCheck::BareFloat]);
    assert_eq!(salary("\"many\""), [RuleCheck::WrongValue]);
    let both = overlay("base-salary", "3.5").replace("status = \"unverified\"", "status = \"guessed\"");
    assert_eq!(refused("x.toml", both), [RuleCheck::UnknownName, RuleCheck::BareFloat]);
    let two = overlay("base-salary", "[3.5, 4.5]");
    assert_eq!(refused("x.toml", two), [RuleCheck::WrongValue, RuleCheck::BareFloat, RuleCheck::BareFloat]);
}

#[test]
fn versions_that_leave_days_between_them_are_told() {
    let from = |day: &str| {
        let ended =
            format!("effective-from = 2030-01-01\neffective-until = 2030-06-30\nvalue = 1\n{OTHER_PLACE}");
        let head = overlay("base-salary", "3_000_000")
            .replace("effective-from = 2030-01-01", &format!("effective-from = {day}"));
        let notes = "status = \"unverified\"\nnote-vi = \"kịch bản\"\nnote-en = \"scenario\"";
        refused("x.toml", format!("{head}\n[[version]]\n{notes}\n{ended}\n"))
    };
    assert_eq!(from("2030-07-01"), []);
    assert_eq!(from("2030-07-02"), [RuleCheck::GapBetweenVersions]);
    assert_eq!(from("2030-06-30"), [RuleCheck::VersionsOverlap]);
}

#[test]
fn a_version_of_an_overlay_names_it_and_a_bundled_one_names_nothing() {
    let later = with_salary(&format!("effective-from = 2030-01-01\nvalue = 3_000_000\n{OTHER_PLACE}"));
    let entries = later.entries();
    let salary = entries.iter().find(|entry| entry.rule == "base-salary").expect("the base salary");
    let (last, before) = salary.versions.split_last().expect("versions");
    assert_eq!(last.rule.origin.as_deref(), Some("scenario.toml"));
    assert!(before.iter().all(|version| version.rule.origin.is_none()));
}

#[test]
fn problems_come_in_the_order_of_files_and_lines() {
    let mut sources = gather(None, &[]).expect("bundled sources");
    let origin = bhyt::workshop::Origin::Overlay;
    for (name, family, value) in [("b.toml", "household-ladder", "1"), ("a.toml", "base-salary", "\"x\"")] {
        let text = overlay(family, value).replace("effective-from = 2030-01-01", "effective-from = 1");
        sources.push(Source { name: name.to_owned(), text: Cow::Owned(text), origin });
    }
    let text = overlay("base-salary", "[1.5, 2.5]");
    sources.push(Source { name: "c.toml".to_owned(), text: Cow::Owned(text), origin });
    let places: Vec<(String, usize)> =
        load(&sources).diagnostics.iter().map(|found| (found.file.clone(), found.column)).collect();
    let files: Vec<&str> = places.iter().map(|(file, _)| file.as_str()).collect();
    // The list itself is no amount, and neither of its numbers is a whole one.
    assert_eq!(files, ["b.toml", "a.toml", "c.toml", "c.toml", "c.toml"]);
    assert!(places[2].1 < places[3].1 && places[3].1 < places[4].1, "{places:?}");
}

const SCENARIO: &str = r#"
schema = 1
id = "base-salary"
name-vi = "Kịch bản lương cơ sở"
name-en = "Base salary scenario"
dated-by = "by-group"
dated-by-note-vi = "kịch bản"
dated-by-note-en = "scenario"
checked-on = 2026-11-21

[[version]]
effective-from = 2030-01-01
status = "unverified"
note-vi = "kịch bản giả định"
note-en = "a scenario"
cite = [{ document = "nd-161-2026" }]
value = 3_000_000
"#;
