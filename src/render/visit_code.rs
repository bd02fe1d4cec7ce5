//! Giải thích một mã đối tượng đến khám or a reading: what it stands for, what it is paid, since when.

use chrono::NaiveDate;

use super::layout::wrap;
use super::wording::{self, Lang};
use crate::case::claim::VisitFacts;
use crate::engine::claim::day_rules::DayRules;
use crate::engine::claim::network_rate::access;
use crate::render::explain::cites;
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::access::{CodeMeaning, VisitCode, VisitCodes};
use crate::rulebook::timeline::Version;
use crate::terms::care::{Reading, Relief, Setting};
use crate::terms::listed::Listed;

/// Trang của một mã đối tượng đến khám, or nothing for a text that is no such code.
pub fn page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<String> {
    let mut lists = rules.benefit.visit_codes.versions.versions().iter().rev();
    let (list, code) = lists.find_map(|list| {
        // A code of an earlier list is explained as long as it was taken.
        Some((list, list.value.find(typed, list.rule.effective_from)?))
    })?;
    let title = lang.say("Mã đối tượng đến khám", "Visit code");
    let mut out = wrap(&format!("{title} {} · {}", code.code, lang.pick([&code.name_vi, &code.name_en])), 2);
    match &code.means {
        CodeMeaning::Undecided(why) => {
            let label = lang.say("Không tự tính được", "Not computed");
            out.push_str(&wrap(&format!("  {label}: {}", lang.pick([&why.why_vi, &why.why_en])), 4));
        }
        CodeMeaning::Visit(_) => out.push_str(&rates(list, code, rules, lang)),
    }
    if let Some(until) = code.until {
        let label = lang.say("Dùng đến hết ngày", "Taken until");
        out.push_str(&wrap(&format!("  {label} {}", wording::date(until.0, lang)), 4));
    }
    if let Some((vi, en)) = code.only_when_vi.as_ref().zip(code.only_when_en.as_ref()) {
        out.push_str(&wrap(&format!("  {}", lang.pick([vi, en])), 4));
    }
    let basis = lang.say("Căn cứ", "Basis");
    out.push_str(&wrap(
        &format!("  {basis}: {}; {}", wording::provision(&code.by, lang), cites(&list.rule, rules, lang)),
        4,
    ));
    Some(out)
}

/// What the code is paid, period by period; equal neighbours are said once.
fn rates(list: &Version<VisitCodes>, code: &VisitCode, rules: &Rulebook, lang: Lang) -> String {
    let mut out = String::new();
    let mut last = String::new();
    let rates = rules.benefit.network_rates.versions.versions().iter();
    let first = list.rule.effective_from;
    let mut days: Vec<NaiveDate> =
        rates.map(|version| version.rule.effective_from).filter(|day| first < *day).collect();
    days.insert(0, first);
    for from in days.into_iter().filter(|day| code.until.is_none_or(|until| *day <= until.0)) {
        let Ok(day) = DayRules::on(rules, from, from) else { continue };
        let said: Vec<String> = [Setting::Outpatient, Setting::Inpatient]
            .into_iter()
            .map(|setting| format!("{} {}", wording::setting(setting, lang), paid(&day, code, setting, lang)))
            .collect();
        let said = said.join("; ");
        if said != last {
            let since = lang.say("từ", "from");
            out.push_str(&wrap(&format!("  {since} {}: {said}", wording::date(from, lang)), 4));
            last = said;
        }
    }
    out
}

/// Tỷ lệ và những gì nâng được mức hưởng, of one setting.
fn paid(day: &DayRules<'_>, code: &VisitCode, setting: Setting, lang: Lang) -> String {
    let facts = VisitFacts { code: Some(code.code.clone()), setting: Some(setting), ..VisitFacts::default() };
    let Ok(found) = access(day, &facts, false, &[]) else {
        return lang.say("không dùng mã này", "is another code").to_owned();
    };
    let mut text = wording::share(found.rate, lang);
    let lifts: Vec<&str> = [
        (Relief::LowCostVisit, found.low_cost),
        (Relief::InitialLevel, found.initial),
        (Relief::AnnualCeiling, found.counts),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds && !found.rate.is_none())
    .map(|(relief, _)| wording::short_relief(relief, lang))
    .collect();
    if !lifts.is_empty() {
        text.push_str(&format!(
            " ({} {})",
            lang.say("lên 100% được nhờ", "lifted to 100% by"),
            lifts.join(", ")
        ));
    }
    text
}

/// Trang của một cách hiểu: the one taken and the other one.
pub fn reading_page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<String> {
    let reading = Reading::parse(typed.trim())?;
    let notes = rules.benefit.readings.versions.versions().last()?;
    let note = notes.value.iter().find(|note| note.id == reading)?;
    let mut out = format!("{}\n", reading.key());
    let lines = [
        (lang.say("Chương trình hiểu", "The program reads"), lang.pick([&note.taken_vi, &note.taken_en])),
        (lang.say("Cách hiểu khác", "The other reading"), lang.pick([&note.other_vi, &note.other_en])),
    ];
    for (label, text) in lines {
        out.push_str(&wrap(&format!("  {label}: {text}"), 4));
    }
    let how = lang.say("Tính theo cách kia", "To compute with it");
    out.push_str(&wrap(&format!("  {how}: bhyt claim … --reading {}", reading.key()), 4));
    Some(out)
}
