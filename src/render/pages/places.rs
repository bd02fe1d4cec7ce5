//! Trang hỗ trợ theo nơi: what a place gives to whom, what is known of every unit, and the words of circumstances.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::rules::titled;
use crate::engine::premium::place_map::{Offer, PlaceMap, UnitCoverage};
use crate::render::explain::cites;
use crate::render::json::RuleView;
use crate::render::page::{Cell, Column, On, Page, Paper, Table, TextLine, Tone};
use crate::render::predicate_words::{Typed, conditions};
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::rulebook::circumstances::CircumstanceEntry;
use crate::rulebook::family::{Policy, Support};
use crate::rulebook::places::{Coverage, PlaceKind};
use crate::rulebook::predicate::{Predicate, opposite};
use crate::terms::citation::Evidence;

/// Longest cells on a screen.
const WHO_WIDTH: usize = 34;

fn name(place: &str, rules: &Rulebook, lang: Lang) -> String {
    let [vi, en] = rules.place_name(place);
    lang.pick([vi, en]).to_owned()
}

/// `+30%`, `đến 100%`.
fn share(support: Support, lang: Lang) -> String {
    let shown = |share| wording::share(share, lang);
    let up_to = lang.say("đến", "up to");
    match support {
        Support::Floor(part) | Support::Extra(part) => format!("+{}", shown(part)),
        Support::Target(part) => format!("{up_to} {}", shown(part)),
        Support::UpTo { extra, total } => format!("+{}, {up_to} {}", shown(extra), shown(total)),
        Support::Unrecorded => lang.say("chưa rõ", "not found").to_owned(),
    }
}

fn evidence(evidence: Evidence, lang: Lang) -> &'static str {
    match evidence {
        Evidence::Primary => lang.say("đã đọc văn bản", "text read"),
        Evidence::Secondary => lang.say("nguồn thứ cấp", "secondary"),
        Evidence::Unverified => lang.say("chưa kiểm chứng", "unverified"),
    }
}

/// What is known where nothing is in force.
fn coverage(coverage: Coverage<'_>, lang: Lang) -> String {
    match coverage {
        Coverage::Recorded => lang.say("có chính sách", "recorded").to_owned(),
        Coverage::NoneFound(search) => {
            let day = wording::date(search.searched_on.0, lang);
            format!("{} {day}", lang.say("đã tìm, không thấy", "searched, none found"))
        }
        Coverage::NotLooked => lang.say("chưa tìm", "not searched").to_owned(),
    }
}

/// `bhyt subsidy --province …` without a person: what the place gives to whom.
pub fn map(map: &PlaceMap<'_>, rules: &Rulebook, lang: Lang) -> Page {
    let place = name(map.place, rules, lang);
    let title = format!("{} – {place}", lang.say("Hỗ trợ thêm của địa phương", "Local support"));
    let mut page = Page::new(Paper::Wide, title.clone(), title, lang);
    let day = wording::date(map.day, lang);
    page.add(TextLine::new(match lang {
        Lang::Vi => format!(
            "Có hiệu lực ngày {day}; tỷ lệ tính trên toàn bộ mức đóng, cộng thêm trên mức chung cả nước"
        ),
        Lang::En => {
            format!("In force on {day}; shares are of the full premium, on top of the national share")
        }
    }));
    if let Some((unit, rule)) =
        rules.merged_into(map.place).filter(|(_, rule)| rule.effective_from <= map.day)
    {
        let (unit, from) = (name(unit, rules, lang), wording::date(rule.effective_from, lang));
        page.add(TextLine::new(format!("{} {unit} ({from})", lang.say("Nay thuộc", "Now part of"))));
    }
    page.gap();
    if map.offers.is_empty() {
        page.add(TextLine::new(coverage(map.coverage, lang)).tone(Tone::Strong));
        if let Coverage::NoneFound(search) = map.coverage {
            page.add(TextLine::new(lang.pick([search.note_vi.as_str(), search.note_en.as_str()])));
        }
    } else {
        page.add(offers(map, rules, lang));
        page.gap();
        for offer in &map.offers {
            details(&mut page, offer, rules);
        }
    }
    page.footer(rules);
    page
}

fn offers(map: &PlaceMap<'_>, rules: &Rulebook, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::words(lang.say("Ai", "Who")).limit(WHO_WIDTH),
        Column::words(lang.say("Mức", "Share")),
        Column::words(lang.say("Từ", "From")),
        Column::words(lang.say("Đến", "Until")),
        Column::words(lang.say("Điều kiện", "Conditions")).on(On::Sheet),
        Column::words(lang.say("Đối tượng", "Groups")).on(On::Sheet),
        Column::words(lang.say("Nghị quyết", "Resolution")).on(On::Sheet),
        Column::words(lang.say("Bằng chứng", "Evidence")).on(On::Sheet),
        Column::words(lang.say("Lần cuối thấy", "Last seen")).on(On::Sheet),
    ]);
    let mut part = None;
    for offer in &map.offers {
        if offer.elsewhere && part != Some(offer.place) {
            part = Some(offer.place);
            let place = name(offer.place, rules, lang);
            table.section(format!("{} {place}", lang.say("Chỉ ở địa bàn cũ của", "Only in the former")));
        }
        let rule = &offer.version.rule;
        let policy = offer.policy;
        let until = rule.effective_until.map(|day| wording::date(day, lang));
        let seen = if rule.effective_until.is_some() {
            String::new()
        } else {
            let seen = wording::date(policy.seen(offer.pack), lang);
            if offer.stale { format!("{seen} (!)") } else { seen }
        };
        table.row(vec![
            Cell::text(lang.pick([policy.name_vi.as_str(), policy.name_en.as_str()])),
            Cell::text(share(offer.version.value, lang)),
            Cell::text(wording::date(rule.effective_from, lang)),
            Cell::text(until.unwrap_or_else(|| lang.say("chưa rõ", "open").to_owned())),
            Cell::text(terms(policy, rules, Typed::Left, lang).join("; ")),
            Cell::text(groups(offer, rules, lang).join(", ")),
            Cell::text(lang.pick([offer.pack.header.name_vi.as_str(), offer.pack.header.name_en.as_str()])),
            Cell::text(evidence(rule.evidence, lang)),
            Cell::text(seen),
        ]);
    }
    table
}

/// Card codes of the groups of a policy; a group without a code by its name.
fn groups(offer: &Offer<'_>, rules: &Rulebook, lang: Lang) -> Vec<String> {
    let shown = |id: &String| {
        let group = rules.group(id);
        group.map_or_else(
            || id.clone(),
            |group| match group.codes.first() {
                Some(code) => code.clone(),
                None => lang.pick([&group.name_vi, &group.name_en]).clone(),
            },
        )
    };
    offer.policy.groups.iter().map(shown).collect()
}

/// What a policy asks for, whose money it is, and how else its text may be read.
fn terms(policy: &Policy, rules: &Rulebook, typed: Typed, lang: Lang) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(Some(conditions(policy, rules, typed, lang)).filter(|words| !words.is_empty()));
    if policy.place == PlaceKind::School {
        words.push(lang.say("xét theo nơi học", "by the place of the school").to_owned());
    }
    words.extend(policy.sources.iter().map(|source| {
        let share = source.share.map(|share| format!(" {}", wording::share(share, lang)));
        let name = lang.pick([source.name_vi.as_str(), source.name_en.as_str()]);
        format!("{name}{}", share.unwrap_or_default())
    }));
    words.extend(policy.reading.as_ref().map(|reading| {
        let option = match typed {
            Typed::Shown => format!(" (--reading {})", reading.id),
            Typed::Left => String::new(),
        };
        let other = lang.pick([reading.other_vi.as_str(), reading.other_en.as_str()]);
        format!("{}{option}: {other}", lang.say("cách hiểu khác", "other reading"))
    }));
    words
}

/// What a screen has no room for in the table.
fn details(page: &mut Page, offer: &Offer<'_>, rules: &Rulebook) {
    let lang = page.lang;
    let policy = offer.policy;
    let rule = &offer.version.rule;
    let mut words = vec![groups(offer, rules, lang).join(", ")];
    words.extend(terms(policy, rules, Typed::Shown, lang));
    words.push(evidence(rule.evidence, lang).to_owned());
    if offer.stale {
        let seen = wording::date(policy.seen(offer.pack), lang);
        words.push(format!("{} {seen}", lang.say("! lần cuối thấy áp dụng", "! last seen in force")));
    }
    words.push(cites(rule, rules, lang));
    let name = lang.pick([policy.name_vi.as_str(), policy.name_en.as_str()]);
    page.add_on(On::Screen, TextLine::new(format!("{name}: {}", words.join("; "))).inset(0, 2));
}

/// The same for scripts.
pub fn map_json(map: &PlaceMap<'_>, rules: &Rulebook) -> Json {
    let [vi, en] = rules.place_name(map.place);
    json!({
        "place": {"id": map.place, "name_vi": vi, "name_en": en, "merged_into": rules.merged_into(map.place).map(|(unit, _)| unit)},
        "date": map.day.to_string(),
        "coverage": coverage_key(map.coverage),
        "searched_on": searched_on(map.coverage).map(|day| day.to_string()),
        "policies": map.offers.iter().map(|offer| offer_json(offer, rules)).collect::<Vec<_>>(),
    })
}

const fn coverage_key(coverage: Coverage<'_>) -> &'static str {
    match coverage {
        Coverage::Recorded => "recorded",
        Coverage::NoneFound(_) => "none-found",
        Coverage::NotLooked => "not-searched",
    }
}

fn searched_on(coverage: Coverage<'_>) -> Option<NaiveDate> {
    match coverage {
        Coverage::NoneFound(search) => Some(search.searched_on.0),
        Coverage::Recorded | Coverage::NotLooked => None,
    }
}

fn offer_json(offer: &Offer<'_>, rules: &Rulebook) -> Json {
    let (policy, rule) = (offer.policy, &offer.version.rule);
    json!({
        "policy": policy.support.rule(),
        "name_vi": policy.name_vi,
        "name_en": policy.name_en,
        "groups": policy.groups,
        "support": offer.version.value,
        "conditions": policy.when,
        "conditions_vi": conditions(policy, rules, Typed::Shown, Lang::Vi),
        "conditions_en": conditions(policy, rules, Typed::Shown, Lang::En),
        "by_place_of": if policy.place == PlaceKind::School { "school" } else { "home" },
        "from": rule.effective_from.to_string(),
        "until": rule.effective_until.map(|day| day.to_string()),
        "seen_in_force": rule.effective_until.is_none().then(|| policy.seen(offer.pack).to_string()),
        "stale": offer.stale,
        "holds_in": offer.place,
        "sources": policy.sources,
        "rule": RuleView::new(rule, rules),
    })
}

/// `bhyt rules list --provinces`: what is known of every unit.
pub fn units(units: &[UnitCoverage<'_>], day: NaiveDate, rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.say("Tỉnh, thành phố và hỗ trợ thêm", "Provinces, cities and their support");
    let mut page = Page::new(Paper::Report, title, "", lang);
    let mut table = Table::new(vec![
        Column::words(lang.say("Mã", "Code")),
        Column::words(lang.say("Tỉnh, thành phố", "Unit")).limit(18),
        Column::words(lang.say("Gồm cả", "With")).limit(22),
        Column::words(lang.say("Có hiệu lực", "In force")),
        Column::words(lang.say("Lần cuối thấy", "Last seen")).on(On::Sheet),
        Column::words(lang.say("Gói", "Packs")).on(On::Sheet),
    ]);
    for unit in units {
        let offers = &unit.map.offers;
        let parts: Vec<String> = unit.parts.iter().map(|part| name(part, rules, lang)).collect();
        let mut packs: Vec<&str> = offers.iter().map(|offer| offer.pack.header.id.as_str()).collect();
        packs.dedup();
        let here = offers.iter().filter(|offer| !offer.elsewhere).count();
        let state = match (here, offers.len() - here) {
            (0, 0) => coverage(unit.map.coverage, lang),
            (0, parts) => format!("{}; +{parts}", coverage(unit.map.coverage, lang)),
            (here, 0) => here.to_string(),
            (here, parts) => format!("{here} + {parts}"),
        };
        let seen = last_seen(offers);
        table.row(vec![
            Cell::text(unit.code),
            Cell::text(name(unit.unit, rules, lang)),
            Cell::text(parts.join(", ")),
            Cell::text(state),
            Cell::text(seen.map(|day| wording::date(day, lang)).unwrap_or_default()),
            Cell::text(packs.join(", ")),
        ]);
    }
    page.add(table);
    page.gap();
    let day = wording::date(day, lang);
    page.add(TextLine::new(match lang {
        Lang::Vi => {
            format!("Ngày {day}; “3 + 2”: ba chính sách của cả tỉnh, hai chính sách chỉ ở địa bàn cũ.")
        }
        Lang::En => {
            format!("On {day}; “3 + 2”: three policies of the unit, two of former parts only.")
        }
    }));
    page.add_on(
        On::Screen,
        TextLine::new(
            lang.say("Chi tiết: bhyt subsidy --province TỈNH", "Details: bhyt subsidy --province NAME"),
        ),
    );
    page.footer_on(On::Sheet, rules);
    page
}

/// The last sign of life of policies without an end.
fn last_seen(offers: &[Offer<'_>]) -> Option<NaiveDate> {
    let open = offers.iter().filter(|offer| offer.version.rule.effective_until.is_none());
    open.map(|offer| offer.policy.seen(offer.pack)).max()
}

/// The same for scripts.
pub fn units_json(units: &[UnitCoverage<'_>], rules: &Rulebook) -> Json {
    let unit = |unit: &UnitCoverage<'_>| {
        let [vi, en] = rules.place_name(unit.unit);
        let offers = &unit.map.offers;
        json!({
            "id": unit.unit, "code": unit.code, "name_vi": vi, "name_en": en, "parts": unit.parts,
            "coverage": coverage_key(unit.map.coverage),
            "searched_on": searched_on(unit.map.coverage).map(|day| day.to_string()),
            "policies": offers.iter().filter(|offer| !offer.elsewhere).count(),
            "policies_of_parts": offers.iter().filter(|offer| offer.elsewhere).count(),
            "last_seen": last_seen(offers).map(|day| day.to_string()),
        })
    };
    json!({"provinces": units.iter().map(unit).collect::<Vec<_>>()})
}

/// One circumstance in a line.
fn word(known: &CircumstanceEntry, lang: Lang) -> TextLine {
    let name = lang.pick([known.name_vi.as_str(), known.name_en.as_str()]);
    let date = lang.pick([&known.date_vi, &known.date_en]).as_ref();
    let date = date.map(|date| format!("; `={}`: {date}", lang.say("NGÀY", "DATE"))).unwrap_or_default();
    TextLine::new(format!("{name} (`{}`{date})", known.id)).inset(0, 4)
}

/// `bhyt explain CIRCUMSTANCE`: what it is, and which policies ask for it.
pub fn circumstance(known: &CircumstanceEntry, rules: &Rulebook, lang: Lang) -> Page {
    let mut page = Page::new(Paper::Report, known.id.clone(), "", lang);
    page.add(word(known, lang));
    let no = opposite(&known.id);
    let asks = |policy: &&Policy| {
        let mut tags = policy.when.iter().flat_map(Predicate::circumstances);
        tags.any(|tag| *tag == known.id || *tag == no)
    };
    for policy in rules.policies().filter(asks) {
        let name = lang.pick([policy.name_vi.as_str(), policy.name_en.as_str()]);
        page.add(TextLine::new(titled(name, policy.support.rule())).inset(2, 4));
    }
    page
}

/// `bhyt explain circumstances`: the vocabulary that all packs share.
pub fn circumstances(rules: &Rulebook, lang: Lang) -> Page {
    let title = lang.say("Hoàn cảnh mà các chính sách hỏi đến", "Circumstances that policies ask for");
    let mut page = Page::new(Paper::Report, title, title, lang);
    for known in &rules.circumstances {
        page.add(word(known, lang));
    }
    page.gap();
    page.add(TextLine::new(lang.say(
        "Ghi --tag TÊN hoặc --tag TÊN=NGÀY; --tag no-TÊN nói là không có hoàn cảnh đó.",
        "Write --tag NAME or --tag NAME=DATE; --tag no-NAME says that it does not hold.",
    )));
    page
}
