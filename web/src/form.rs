//! Mẫu nhập của trang: what it asks on a day, in a language, with every choice as the recorded law names it.

use bhyt::workshop::{
    AccessRoute, CareLevel, DiseaseList, FormerTier, Inquiry, Lang, Payment, PremiumBasis, RegisteredLevel,
    Residence, Setting, names, places, questions, reach, rule_words, share, visit_codes,
};
use bhyt::{Circumstance, Enrollee, Listed, NaiveDate, Rulebook, Vnd};
use serde_json::{Value as Json, json};

use crate::words::{self, VISIT, VisitQuestion, WORDS};

/// The page's words, questions and choices on a day.
pub fn form(day: NaiveDate, lang: Lang) -> Json {
    let rules = Rulebook::bundled();
    let spoken: serde_json::Map<String, Json> =
        WORDS.iter().map(|(key, words)| ((*key).to_owned(), json!(lang.pick(*words)))).collect();
    let asked = |inquiry: Inquiry| json!({ "ask": lang.pick(inquiry.ask), "help": lang.pick(inquiry.help) });
    let plain = |words: [&'static str; 2], inquiry: Inquiry| json!({ "ask": lang.pick(words), "help": lang.pick(inquiry.help) });
    json!({
        "lang": lang.say("vi", "en"),
        "words": spoken,
        "questions": {
            "group": { "ask": lang.pick(words::GROUP) },
            "salary": asked(questions::SALARY),
            "people": asked(questions::PEOPLE),
            "months": plain(words::MONTHS, questions::MONTHS),
            "province": asked(questions::PROVINCE),
            "already": asked(questions::ALREADY),
            "card": asked(questions::CARD),
            "born": { "ask": lang.pick(words::BORN) },
            "event": { "ask": lang.pick(words::EVENT) },
            "school": { "ask": lang.pick(questions::SCHOOL.ask) },
            "year-day": { "ask": lang.pick(words::YEAR_DAY) },
            "support": { "ask": lang.pick(words::SUPPORT) },
        },
        "months": questions::USUAL_MONTHS,
        "groups": groups(&rules, day, lang),
        "provinces": provinces(&rules, lang),
        "years": years(lang),
        "visit": VISIT.iter().map(|question| visit(question, &rules, day, lang)).collect::<Vec<_>>(),
    })
}

fn choice(value: &str, name: &str) -> Json {
    json!({ "value": value, "name": name })
}

/// The groups of the day, the usual ones once more in front.
fn groups(rules: &Rulebook, day: NaiveDate, lang: Lang) -> Json {
    let known = |id: &str| {
        let group = rules.group(id)?;
        let terms = group.terms.at(day).ok()?;
        let name = lang.pick([&group.name_vi, &group.name_en]);
        let name = if group.codes.is_empty() {
            name.clone()
        } else {
            format!("{name} ({})", group.codes.join(", "))
        };
        Some(json!({
            "value": id,
            "name": name,
            "salary": PremiumBasis::needs_amount(terms.value.basis),
            "household": terms.value.basis == PremiumBasis::HouseholdLadder,
            "school": questions::AT_SCHOOL.contains(&id),
        }))
    };
    json!([
        { "name": lang.pick(words::OFFERED), "choices": questions::OFFERED.iter().filter_map(|id| known(id)).collect::<Vec<_>>() },
        { "name": lang.pick(words::ALL_GROUPS), "choices": rules.groups().iter().filter_map(|group| known(&group.id)).collect::<Vec<_>>() },
    ])
}

/// Today's provinces, then those that went into others.
fn provinces(rules: &Rulebook, lang: Lang) -> Json {
    let open = choice("", lang.pick(words::NO_PLACE));
    let named = places(rules)
        .entries
        .iter()
        .map(|place| choice(&place.id, lang.pick([&place.name_vi, &place.name_en])));
    std::iter::once(open).chain(named).collect()
}

fn years(lang: Lang) -> Json {
    let open = json!({ "value": "", "name": lang.pick(words::NONE), "dated": false, "birth": false });
    let named = questions::SCHOOL_YEARS.iter().map(|(tag, names, dated)| {
        let birth = *tag == bhyt::workshop::tag::GRADE_1;
        json!({ "value": tag, "name": lang.pick(*names), "dated": dated, "birth": birth })
    });
    std::iter::once(open).chain(named).collect()
}

/// A question about the visit with its choices.
fn visit(question: &VisitQuestion, rules: &Rulebook, day: NaiveDate, lang: Lang) -> Json {
    let choices = match question.key {
        "visit-code" => codes(rules, day, lang),
        "route" => listed::<AccessRoute>(rules, lang),
        "care-level" => listed::<CareLevel>(rules, lang),
        "former-tier" => listed::<FormerTier>(rules, lang),
        "setting" => listed::<Setting>(rules, lang),
        "residence" => listed::<Residence>(rules, lang),
        "disease-list" => listed::<DiseaseList>(rules, lang),
        "registered-level" => listed::<RegisteredLevel>(rules, lang),
        "same-province" => ["true", "false"].map(|key| choice(key, &said(key, rules, lang))).to_vec(),
        _ => Vec::new(),
    };
    let open = choice("", lang.pick(words::OPEN));
    let choices: Vec<Json> =
        if choices.is_empty() { choices } else { std::iter::once(open).chain(choices).collect() };
    json!({
        "key": question.key,
        "ask": lang.pick(question.words),
        "kind": question.kind,
        "first": question.first,
        "choices": choices,
    })
}

/// The codes that are taken on the day.
fn codes(rules: &Rulebook, day: NaiveDate, lang: Lang) -> Vec<Json> {
    let Ok(list) = visit_codes(rules).versions.at(day) else { return Vec::new() };
    let taken = list.value.codes.iter().filter(|code| code.until.is_none_or(|until| day <= until.0));
    taken
        .map(|code| {
            choice(&code.code, &format!("{} · {}", code.code, lang.pick([&code.name_vi, &code.name_en])))
        })
        .collect()
}

fn listed<T: Listed>(rules: &Rulebook, lang: Lang) -> Vec<Json> {
    T::ALL.iter().map(|member| choice(member.key(), &said(member.key(), rules, lang))).collect()
}

/// A key as people say it.
fn said(key: &str, rules: &Rulebook, lang: Lang) -> String {
    rule_words::in_words(&names::of(key, lang), rules, lang)
}

/// What the place would add for one person who says more: `{group, province, day, months, salary}`.
pub fn near(question: &Json, day: NaiveDate, lang: Lang) -> Json {
    let rules = Rulebook::bundled();
    let mut person = Enrollee::of_group(question["group"].as_str().unwrap_or_default());
    // Only whether there is an amount decides, not how much.
    person.salary = question["salary"].as_bool().unwrap_or_default().then(|| Vnd::whole(1));
    let tags = question["tags"].as_array().into_iter().flatten().filter_map(Json::as_str);
    person.circumstances = tags.map(|tag| Circumstance { tag: tag.to_owned(), date: None }).collect();
    let months = question["months"].as_u64().and_then(|months| u32::try_from(months).ok());
    let Some(months) = months else { return json!([]) };
    let province = question["province"].as_str().filter(|province| !province.is_empty());
    let found = reach(&rules, &person, Payment { paid_on: day, from: None, months, province });
    let said = found.iter().map(|near| {
        let name = lang.pick([near.policy.name_vi.as_str(), near.policy.name_en.as_str()]);
        let dates: Vec<&str> = near
            .tags
            .iter()
            .filter_map(|tag| rules.circumstance(tag))
            .filter_map(|known| known.date_vi.as_deref().zip(known.date_en.as_deref()))
            .map(|(vi, en)| lang.pick([vi, en]))
            .collect();
        json!({
            "name": format!("{name}: {}", share(near.share, lang)),
            "tags": near.tags,
            "birth": near.birth,
            "date": dates.first(),
        })
    });
    said.collect()
}
