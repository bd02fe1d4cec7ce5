//! Claims: the table of visit codes, every route on every day, and properties that hold for every visit.

use std::collections::BTreeSet;

use bhyt::workshop::{
    AccessRoute, CareLevel, Copaid, DirectCase, DiseaseList, FormerTier, HospitalClass, LineKind, Reading,
    Relief, Residence, Scope, Setting, VisitFigures, VisitPlans, VisitQuestion, benefit, legal_cliffs,
    levels, network_rates, ratio_exemptions, transport_rights, visit_codes,
};
use bhyt::{
    CardSpan, ClaimCase, Code, CostLine, Costs, EngineError, Listed, Measure, Reimbursement, Rulebook, Share,
    VisitFacts, Vnd, claim,
};
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;

use crate::program::bhyt;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn visit(group: &str, discharged: NaiveDate, facts: VisitFacts, costs: Costs) -> ClaimCase {
    ClaimCase { visit: facts, ..ClaimCase::of(group, discharged, discharged, costs) }
}

fn totals(dong: i64) -> Costs {
    Costs::Totals { hospital: Vnd::whole(dong), covered: Vnd::whole(dong), other: Vnd::ZERO }
}

/// Every code × setting × period of the law sheet, written by hand.
#[test]
fn visit_codes_pay_what_the_table_says() {
    let rules = Rulebook::bundled();
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/claim/visit-codes.csv");
    let text = std::fs::read_to_string(path).expect("the table");
    let mut compared = 0;
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::new();
    for line in text.lines().skip(1) {
        let [code, setting, from, rate, fixed_level, _source] = line.splitn(6, ',').collect::<Vec<_>>()[..]
        else {
            panic!("a line of another shape: {line}");
        };
        let on: NaiveDate = from.parse().expect("a date");
        let setting = Setting::parse(setting).expect("a setting");
        assert!(listed.insert((code.to_owned(), setting, on)), "{line} twice");
        let facts =
            VisitFacts { code: Some(code.to_owned()), setting: Some(setting), ..VisitFacts::default() };
        // A pensioner is at 95 %: a level fixed by the code shows.
        let found = claim(&rules, &visit("pensioner", on, facts, totals(50_000_000)));
        match (rate, found) {
            // The table gives no rate where it is open: day treatment, codes of the other setting, codes 8 and 10.
            ("", Ok(_)) => {
                assert!(setting == Setting::DayTreatment || line.contains("out-patient code"), "{line}");
            }
            ("", Err(EngineError::Claim(_))) => {}
            (_, Err(error)) => wrong.push(format!("{line}: {error}")),
            (rate, Ok(found)) => {
                compared += 1;
                let level = if fixed_level.is_empty() { "95%" } else { fixed_level };
                let said = [found.network_rate.to_string(), found.benefit_level.to_string()];
                if said != [rate, level] {
                    wrong.push(format!("{line}: {said:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(compared, 214);
    assert_eq!(listed, every_code_setting_and_period(&rules), "the table is not exhaustive");
}

/// Every recorded code in every setting, from every day on which codes or network rates change.
fn every_code_setting_and_period(rules: &Rulebook) -> BTreeSet<(String, Setting, NaiveDate)> {
    let lists = visit_codes(rules).versions.versions();
    let first = lists.first().expect("a list of codes").rule.effective_from;
    let rates = network_rates(rules).versions.versions().iter().map(|version| version.rule.effective_from);
    let periods: BTreeSet<NaiveDate> = lists
        .iter()
        .map(|version| version.rule.effective_from)
        .chain(rates)
        .filter(|day| *day >= first)
        .collect();
    let mut all = BTreeSet::new();
    for period in periods {
        let list = &visit_codes(rules).at(period).expect("a list of codes").value;
        for code in list.codes.iter().filter(|code| code.until.is_none_or(|until| period <= until.0)) {
            all.extend(Setting::ALL.iter().map(|setting| (code.code.clone(), *setting, period)));
        }
    }
    all
}

/// Facts that every route can be combined with; which of them matter depends on the day.
fn facilities() -> Vec<VisitFacts> {
    let mut found = Vec::new();
    for care_level in CareLevel::ALL {
        for former_tier in FormerTier::ALL {
            for points in [None, Some(20), Some(50), Some(69), Some(70), Some(100)] {
                for same_province in [true, false] {
                    found.push(VisitFacts {
                        care_level: Some(*care_level),
                        former_tier: Some(*former_tier),
                        points,
                        same_province: Some(same_province),
                        class: Some(HospitalClass::Second),
                        ..VisitFacts::default()
                    });
                }
            }
        }
    }
    found
}

fn figures(discharged: NaiveDate) -> VisitFigures {
    VisitFigures {
        admitted: discharged,
        discharged,
        covered: Vnd::whole(10_000_000),
        copaid: Vnd::ZERO,
        five_years_since: None,
        born: Some(day(1950, 1, 1)),
    }
}

/// The days at which something changes, and the days before.
fn edges(rules: &Rulebook) -> Vec<NaiveDate> {
    let (first, last) = (day(2015, 1, 1), day(2030, 12, 31));
    let mut days = vec![first, last];
    for entry in rules.entries() {
        for version in &entry.versions {
            days.push(version.rule.effective_from);
            days.extend(version.rule.effective_from.pred_opt());
        }
    }
    days.retain(|day| (first..=last).contains(day));
    days.sort_unstable();
    days.dedup();
    days
}

/// Answered, or refused because the law knows no such facility or group then.
fn is_named_refusal(error: &EngineError) -> bool {
    match error {
        EngineError::NotInForce(missing) => missing.rule.starts_with("benefit-levels/"),
        EngineError::Claim(refused) => refused.problem().code == Code::RateUnrecorded,
        _ => false,
    }
}

#[test]
fn every_group_route_setting_and_facility_is_answered_or_refused_by_name_at_every_change() {
    let rules = Rulebook::bundled();
    let mut plans = VisitPlans::new(&rules);
    let mut warnings = Vec::new();
    let (mut answers, mut refusals) = (0_u32, 0_u32);
    let facilities = facilities();
    for discharged in edges(&rules) {
        let mut number = 0;
        for facility in &facilities {
            for route in AccessRoute::ALL {
                for setting in Setting::ALL {
                    let facts =
                        VisitFacts { route: Some(*route), setting: Some(*setting), ..facility.clone() };
                    number += 1;
                    for group in [0, number % rules.groups().len()] {
                        let question = VisitQuestion {
                            facts: &facts,
                            facts_number: number as u64,
                            group,
                            figures: figures(discharged),
                            particulars: None,
                        };
                        warnings.clear();
                        match plans.answer(&question, &mut warnings) {
                            Ok(answer) => {
                                assert!(answer.payment.fund <= figures(discharged).covered);
                                answers += 1;
                            }
                            Err(error) if is_named_refusal(&error) => refusals += 1,
                            Err(error) => panic!("{facts:?} on {discharged}: {error}"),
                        }
                    }
                }
            }
        }
    }
    println!("{answers} answers, {refusals} refusals");
    assert!(answers > 300_000 && refusals * 4 < answers);
}

#[test]
fn every_group_has_a_level_on_every_day_or_is_not_yet_insured() {
    let rules = Rulebook::bundled();
    let mut plans = VisitPlans::new(&rules);
    let facts = VisitFacts {
        route: Some(AccessRoute::Referred),
        setting: Some(Setting::Inpatient),
        care_level: Some(CareLevel::Basic),
        former_tier: Some(FormerTier::Provincial),
        ..VisitFacts::default()
    };
    let mut warnings = Vec::new();
    for (group, known) in rules.groups().iter().enumerate() {
        let (mut answered, mut exists) = (0, false);
        for discharged in day(2015, 1, 1).iter_days().take_while(|day| *day <= self::day(2030, 12, 31)) {
            let question = VisitQuestion {
                facts: &facts,
                facts_number: 1,
                group,
                figures: figures(discharged),
                particulars: None,
            };
            let has_terms = known.terms.at(discharged).is_ok();
            exists |= has_terms;
            match plans.answer(&question, &mut warnings) {
                Ok(_) => answered += 1,
                Err(error) => {
                    assert!(!has_terms, "{} on {discharged}: {error}", known.id);
                    assert!(is_named_refusal(&error), "{} on {discharged}: {error}", known.id);
                }
            }
        }
        // Relatives of workers and members of cooperatives were groups of the first wording of the Law only.
        assert!(answered > 0 || !exists, "{} is never answered", known.id);
    }
}

fn pick<T: Listed>(at: usize) -> T {
    T::ALL[at % T::ALL.len()]
}

prop_compose! {
    /// Facts that are enough for every day from 2015 on.
    fn some_facts()(numbers in prop::array::uniform6(0_usize..60), points in 0_u32..=100, same in any::<bool>()) -> VisitFacts {
        let [route, setting, level, tier, residence, list] = numbers;
        VisitFacts {
            // Half of the visits are self-referred: the other routes are paid alike.
            route: Some(if route < 30 { AccessRoute::SelfReferred } else { pick(route) }),
            setting: Some(pick(setting)),
            care_level: Some(pick(level)),
            former_tier: Some(pick(tier)),
            points: Some(points),
            residence: (residence < 10).then(|| pick::<Residence>(residence)),
            disease_list: (list < 10).then(|| pick::<DiseaseList>(list)),
            same_province: Some(same),
            ..VisitFacts::default()
        }
    }
}

prop_compose! {
    fn some_day()(offset in 0_u64..5_843) -> NaiveDate {
        day(2015, 1, 1) + Days::new(offset)
    }
}

prop_compose! {
    fn some_line(discharged: NaiveDate)(
        kind in 0_usize..12, thousandths in 1_i64..30_000, price in 1_i64..5_000_000, insured in 0_i64..=100,
        ratio in 0_i64..=10, back in 0_u64..3, scope in 0_usize..20, package in 0_usize..4, other in 0_i64..50_000,
    ) -> CostLine {
        let measure = |text: String| Measure::parse(&text).expect("a measure");
        let quantity = measure(format!("{}.{:03}", thousandths / 1000, thousandths % 1000));
        let kind: LineKind = pick(kind);
        CostLine {
            quantity,
            insured_price: measure((price * insured / 100).to_string()),
            list_ratio: Share::parse(&format!("{}%", ratio * 10)).expect("a share"),
            package: (kind == LineKind::Supply && package > 0).then(|| format!("G{package}")),
            scope: match scope {
                0 => Scope::Outside,
                1 => Scope::ForcesOnly,
                _ => Scope::Covered,
            },
            // Further examinations of a day count less than their price.
            other_source: Vnd::whole(if kind == LineKind::Exam { 0 } else { other.min(price * thousandths / 1000) }),
            ..CostLine::of(kind, discharged - Days::new(back), measure(price.to_string()))
        }
    }
}

prop_compose! {
    fn some_case()(discharged in some_day())(
        lines in prop::collection::vec(some_line(discharged), 1..12),
        facts in some_facts(),
        group in 0_usize..200,
        aid in 0_usize..3,
        copaid in 0_i64..20_000_000,
        five_years in prop::option::of(0_u64..2_000),
        discharged in Just(discharged),
    ) -> ClaimCase {
        let rules = Rulebook::bundled();
        let group = &rules.groups()[group % rules.groups().len()].id;
        ClaimCase {
            admitted: discharged - Days::new(3),
            five_years_since: five_years.map(|days| discharged + Days::new(200) - Days::new(days)),
            copaid: Copaid::ThisYear(Vnd::whole(copaid)),
            aid: pick(aid),
            born: Some(day(1960, 1, 1)),
            ..visit(group, discharged, facts, Costs::Lines(lines))
        }
    }
}

/// The outcome, or nothing where the law refuses by name.
fn outcome(case: &ClaimCase) -> Option<Reimbursement> {
    match claim(&Rulebook::bundled(), case) {
        Ok(found) => Some(found),
        Err(error) => {
            assert!(is_named_refusal(&error), "{error}: {case:?}");
            None
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up_in_every_line_and_in_total(case in some_case()) {
        let Some(found) = outcome(&case) else { return Ok(()) };
        let mut sum = Vnd::ZERO;
        for amounts in found.lines.iter().map(|line| line.amounts).chain([found.total]) {
            prop_assert_eq!(amounts.fund + amounts.copayment + amounts.own + amounts.other, amounts.hospital);
            prop_assert!(amounts.fund <= amounts.covered);
            for part in [amounts.fund, amounts.copayment, amounts.own, amounts.other] {
                prop_assert!(!part.is_negative());
            }
        }
        for line in &found.lines {
            sum += line.amounts.fund;
        }
        prop_assert_eq!(sum, found.total.fund);
        prop_assert!(found.counted_copayment <= found.total.covered);
    }

    #[test]
    fn more_cost_never_lowers_the_payment_except_at_the_cliffs_of_the_rule_files(
        facts in some_facts(), discharged in some_day(), group in 0_usize..200,
        low in 0_i64..3_000_000, more in 1_i64..40_000_000, copaid in 0_i64..20_000_000, five in any::<bool>(),
    ) {
        let rules = Rulebook::bundled();
        let group = &rules.groups()[group % rules.groups().len()].id;
        let paid = |dong: i64| {
            let case = ClaimCase {
                copaid: Copaid::ThisYear(Vnd::whole(copaid)),
                five_years_since: five.then_some(discharged),
                ..visit(group, discharged, facts.clone(), totals(dong))
            };
            outcome(&case)
        };
        let (Some(cheap), Some(dear)) = (paid(low), paid(low + more)) else { return Ok(()) };
        if dear.total.fund < cheap.total.fund {
            let cliffs = &legal_cliffs(&rules).at(discharged).expect("the list of cliffs").value.cliffs;
            prop_assert_eq!(cheap.relief, Some(Relief::LowCostVisit));
            prop_assert_ne!(dear.relief, Some(Relief::LowCostVisit));
            prop_assert!(cliffs.iter().any(|cliff| cliff.id == Relief::LowCostVisit.key()));
        }
    }

    #[test]
    fn a_higher_level_never_pays_less(case in some_case(), other in 0_usize..200) {
        let rules = Rulebook::bundled();
        let forces = &network_rates(&rules).at(case.discharged).expect("rates").value.forces;
        let levels = &levels(&rules).at(case.discharged).expect("levels").value;
        let other = rules.groups()[other % rules.groups().len()].id.clone();
        let one = case.cards[0].group.clone();
        let exempt = ratio_exemptions(&rules).at(case.discharged).ok().map(|rule| &rule.value);
        // Groups with rights of their own (rates, ratios, scope, transport) are not told apart by the level alone.
        let transport = &transport_rights(&rules).at(case.discharged).expect("transport").value;
        let own_rights = |group: &String| {
            forces.contains(group)
                || transport.right(group).is_some()
                || exempt.is_some_and(|rule| rule.groups.contains(group) || rule.groups_at_full_rate.contains(group))
        };
        if own_rights(&one) || own_rights(&other) {
            return Ok(());
        }
        let (Some((first, None)), Some((second, None))) = (levels.of(&one), levels.of(&other)) else { return Ok(()) };
        let with = |group: &str| outcome(&ClaimCase {
            cards: vec![CardSpan::of(group)], ..case.clone()
        });
        let (Some(a), Some(b)) = (with(&one), with(&other)) else { return Ok(()) };
        if first <= second {
            prop_assert!(a.total.fund <= b.total.fund, "{one} {first} {} / {other} {second} {}", a.total.fund, b.total.fund);
        }
        if first == second {
            prop_assert_eq!(a.total.fund, b.total.fund);
        }
    }

    #[test]
    fn splitting_a_day_into_visits_leaves_the_annual_ceiling_as_it_is(
        facts in some_facts(), discharged in some_day(), first in 1_i64..60_000_000, second in 1_i64..60_000_000,
        copaid in 0_i64..20_000_000,
    ) {
        let part = |dong: i64, copaid: Vnd| outcome(&ClaimCase {
            copaid: Copaid::ThisYear(copaid),
            five_years_since: Some(discharged),
            ..visit("household", discharged, facts.clone(), totals(dong))
        });
        let before = Vnd::whole(copaid);
        let Some(whole) = part(first + second, before) else { return Ok(()) };
        let Some(one) = part(first, before) else { return Ok(()) };
        let Some(two) = part(second, before + one.counted_copayment) else { return Ok(()) };
        // A cheap visit is paid in full whatever the year; it is the one thing that splitting changes.
        if [&whole, &one, &two].iter().any(|found| found.relief == Some(Relief::LowCostVisit)) {
            return Ok(());
        }
        prop_assert_eq!(one.counted_copayment + two.counted_copayment, whole.counted_copayment);
        prop_assert_eq!(one.total.fund + two.total.fund, whole.total.fund);
    }

    #[test]
    fn a_batch_answers_as_the_single_claim(
        facts in some_facts(), discharged in some_day(), stay in 0_u64..40, group in 0_usize..200,
        covered in 0_i64..6_000_000_000, extra in 0_i64..100_000_000, copaid in 0_i64..2_000_000_000,
        five_years in prop::option::of(0_u64..800), born in prop::option::of(1940_i32..1965),
    ) {
        let rules = Rulebook::bundled();
        let group = group % rules.groups().len();
        let born = born.map(|year| day(year, discharged.month(), 1));
        let figures = VisitFigures {
            admitted: discharged - Days::new(stay),
            discharged,
            covered: Vnd::from_hundredths(covered),
            copaid: Vnd::from_hundredths(copaid),
            five_years_since: five_years.map(|days| discharged + Days::new(400) - Days::new(days)),
            born,
        };
        let case = ClaimCase {
            admitted: figures.admitted,
            born,
            five_years_since: figures.five_years_since,
            copaid: Copaid::ThisYear(figures.copaid),
            ..visit(&rules.groups()[group].id, discharged, facts.clone(), Costs::Totals {
                hospital: Vnd::from_hundredths(covered + extra),
                covered: figures.covered,
                other: Vnd::ZERO,
            })
        };
        let mut plans = VisitPlans::new(&rules);
        let mut warnings = Vec::new();
        // What was asked before, on the days around, must not show in the answer.
        for discharged in [discharged - Days::new(1), discharged + Days::new(1)] {
            let figures = VisitFigures { discharged, admitted: discharged - Days::new(stay), ..figures };
            let _ = plans.answer(&VisitQuestion { facts: &facts, facts_number: 1, group, figures, particulars: None }, &mut warnings);
        }
        warnings.clear();
        let question = VisitQuestion { facts: &facts, facts_number: 1, group, figures, particulars: None };
        match (claim(&rules, &case), plans.answer(&question, &mut warnings)) {
            (Ok(single), Ok(batch)) => {
                prop_assert_eq!(single.total.fund, batch.payment.fund);
                prop_assert_eq!(single.benefit_level, batch.payment.level);
                prop_assert_eq!(single.network_rate, batch.rate);
                prop_assert_eq!(single.relief, batch.payment.relief);
                let mut said: Vec<Code> = single.notices.iter().map(|notice| notice.code).collect();
                said.retain(|code| code.as_str().starts_with('W'));
                said.sort_unstable();
                said.dedup();
                warnings.sort_unstable();
                prop_assert_eq!(said, warnings);
            }
            (Err(single), Err(batch)) => prop_assert_eq!(single, batch),
            (single, batch) => prop_assert!(false, "{single:?} / {batch:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Of two cards the better right counts for each question: their order says nothing, nor does that of the lines.
    #[test]
    fn the_order_of_cards_and_lines_changes_nothing(case in some_case(), other in 0_usize..200) {
        let rules = Rulebook::bundled();
        let group = &rules.groups()[other % rules.groups().len()].id;
        let Costs::Lines(lines) = &case.costs else { return Ok(()) };
        let mut lines = lines.clone();
        // A package is used up line by line, and each line is rounded: only its total is free of the order.
        lines.iter_mut().for_each(|line| line.package = None);
        let both = ClaimCase {
            cards: vec![case.cards[0].clone(), CardSpan::of(group)],
            five_years_since: None,
            costs: Costs::Lines(lines.clone()),
            ..case
        };
        let Some(found) = outcome(&both) else { return Ok(()) };
        let turned = ClaimCase { cards: both.cards.iter().rev().cloned().collect(), ..both.clone() };
        prop_assert_eq!(outcome(&turned).map(|other| other.total), Some(found.total));
        lines.reverse();
        let backward = ClaimCase { costs: Costs::Lines(lines), ..both };
        prop_assert_eq!(outcome(&backward).map(|other| other.total), Some(found.total));
    }

    #[test]
    fn an_emergency_never_pays_less_than_the_same_visit_without(case in some_case(), direct in 0_usize..4) {
        let ways = [None, Some(DirectCase::NoContract), Some(DirectCase::CardNotPresented), Some(DirectCase::Full)];
        let plain = ClaimCase { direct: ways[direct], ..case };
        let visit = VisitFacts { code: None, route: Some(AccessRoute::Emergency), ..plain.visit.clone() };
        let emergency = ClaimCase { visit, ..plain.clone() };
        let judged = |case: &ClaimCase| claim(&Rulebook::bundled(), case).ok();
        let (Some(found), Some(lifted)) = (judged(&plain), judged(&emergency)) else { return Ok(()) };
        prop_assert!(lifted.total.fund >= found.total.fund, "{:?} {:?}", found.total, lifted.total);
    }

    #[test]
    fn a_stay_with_two_cards_is_its_two_parts(before in 1_i64..90_000_000, after in 1_i64..90_000_000) {
        let dear = |dong: i64| Measure::whole(dong + 1_000_000).expect("a price");
        let line = |at: u32, dong: i64| CostLine::of(LineKind::Drug, day(2026, 8, at), dear(dong));
        let facts = VisitFacts {
            route: Some(AccessRoute::Referred),
            setting: Some(Setting::Inpatient),
            care_level: Some(CareLevel::Basic),
            ..VisitFacts::default()
        };
        let stay = |from: u32, until: u32, cards: Vec<CardSpan>, lines: Vec<CostLine>| ClaimCase {
            cards,
            visit: facts.clone(),
            ..ClaimCase::of("", day(2026, 8, from), day(2026, 8, until), Costs::Lines(lines))
        };
        let first = CardSpan { until: Some(day(2026, 8, 9)), ..CardSpan::of("household") };
        let second = CardSpan { from: Some(day(2026, 8, 10)), ..CardSpan::of("pensioner") };
        let (one, two) = (line(5, before), line(12, after));
        let whole = outcome(&stay(1, 20, vec![first.clone(), second.clone()], vec![one.clone(), two.clone()]));
        let parts = [outcome(&stay(1, 9, vec![first], vec![one])), outcome(&stay(10, 20, vec![second], vec![two]))];
        let [Some(left), Some(right)] = parts else { panic!("both parts are judged") };
        prop_assert_eq!(whole.expect("a judged stay").total, left.total.plus(right.total));
    }
}

/// Whatever a result of a claim names can be asked about, in both languages.
#[test]
fn every_code_relief_cap_and_reading_is_explained() {
    let rules = Rulebook::bundled();
    let benefit = benefit(&rules);
    let codes = visit_codes(&rules).versions.versions().iter().flat_map(|version| &version.value.codes);
    let mut asked: BTreeSet<String> = codes.map(|code| code.code.clone()).collect();
    asked.extend(Relief::ALL.iter().map(|relief| relief.key().to_owned()));
    asked.extend(Reading::ALL.iter().map(|reading| reading.key().to_owned()));
    asked.extend(benefit.entries().iter().map(|entry| entry.rule.to_owned()));
    let gaps = include_str!("../../rules/known_gaps.toml");
    for name in &asked {
        for lang in ["vi", "en"] {
            let run = bhyt(&["explain", name, "--lang", lang], "");
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            assert!(run.stdout.lines().count() > 1, "{name}: {}", run.stdout);
        }
    }
    for reading in Reading::ALL {
        let flag = format!("--reading {}", reading.key());
        assert!(gaps.contains(&flag), "{flag} is recorded as no gap");
        let page = bhyt(&["explain", reading.key()], "").stdout;
        assert!(page.contains(&flag), "{page}");
    }
}
