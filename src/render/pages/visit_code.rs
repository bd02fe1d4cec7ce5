//! Giải thích một mã đối tượng đến khám or a reading: what it stands for, what it is paid, since when.

use chrono::NaiveDate;

use crate::case::claim::VisitFacts;
use crate::engine::claim::day_rules::DayRules;
use crate::engine::claim::network_rate::access;
use crate::render::explain::cites;
use crate::render::page::{On, Page, Paper, TextLine};
use crate::render::provision;
use crate::render::wording::{self, Lang};
use crate::rulebook::Rulebook;
use crate::rulebook::benefit::access::{CodeMeaning, VisitCode, VisitCodes};
use crate::rulebook::timeline::Version;
use crate::terms::care::{Reading, Relief, Setting};
use crate::terms::listed::Listed;

/// Trang của một mã đối tượng đến khám, or nothing for a text that is no such code.
pub fn page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<Page> {
    let mut lists = rules.benefit.visit_codes.versions.versions().iter().rev();
    let (list, code) = lists.find_map(|list| {
        // A code of an earlier list is explained as long as it was taken.
        Some((list, list.value.find(typed, list.rule.effective_from)?))
    })?;
    let title = lang.say("Mã đối tượng đến khám", "Visit code");
    let mut page = Page::new(Paper::Report, format!("{title} {}", code.code), "", lang);
    let name = lang.pick([&code.name_vi, &code.name_en]);
    page.add(TextLine::new(format!("{title} {} · {name}", code.code)));
    match &code.means {
        CodeMeaning::Undecided(why) => {
            let label = lang.say("Không tự tính được", "Not computed");
            page.add(said(format!("{label}: {}", lang.pick([&why.why_vi, &why.why_en]))));
        }
        CodeMeaning::Visit(_) => rates(&mut page, list, code, rules),
    }
    if let Some(until) = code.until {
        let label = lang.say("Dùng đến hết ngày", "Taken until");
        page.add(said(format!("{label} {}", wording::date(until.0, lang))));
    }
    if let Some((vi, en)) = code.only_when_vi.as_ref().zip(code.only_when_en.as_ref()) {
        page.add(said(lang.pick([vi, en])));
    }
    let basis = lang.say("Căn cứ", "Basis");
    page.add(said(format!(
        "{basis}: {}; {}",
        provision::places(&code.by, lang),
        cites(&list.rule, rules, lang)
    )));
    Some(page)
}

/// What the code is paid, period by period; equal neighbours are said once.
fn rates(page: &mut Page, list: &Version<VisitCodes>, code: &VisitCode, rules: &Rulebook) {
    let lang = page.lang;
    let mut last = String::new();
    let rates = rules.benefit.network_rates.versions.versions().iter();
    let first = list.rule.effective_from;
    let mut days: Vec<NaiveDate> =
        rates.map(|version| version.rule.effective_from).filter(|day| first < *day).collect();
    days.insert(0, first);
    for from in days.into_iter().filter(|day| code.until.is_none_or(|until| *day <= until.0)) {
        let Ok(day) = DayRules::on(rules, from, from) else { continue };
        let paid: Vec<String> = [Setting::Outpatient, Setting::Inpatient]
            .into_iter()
            .map(|setting| format!("{} {}", wording::setting(setting, lang), paid(&day, code, setting, lang)))
            .collect();
        let paid = paid.join("; ");
        if paid != last {
            let since = lang.say("từ", "from");
            page.add(said(format!("{since} {}: {paid}", wording::date(from, lang))));
            last = paid;
        }
    }
}

/// What belongs to the title above it.
fn said(text: impl Into<String>) -> TextLine {
    TextLine::new(text).inset(2, 4)
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
pub fn reading_page(typed: &str, rules: &Rulebook, lang: Lang) -> Option<Page> {
    let reading = Reading::parse(typed.trim())?;
    let notes = rules.benefit.readings.versions.versions().last()?;
    let note = notes.value.iter().find(|note| note.id == reading)?;
    let mut page = Page::new(Paper::Report, format!("`{}`", reading.key()), "", lang);
    page.add_on(On::Screen, TextLine::new(format!("`{}`", reading.key())));
    let lines = [
        (lang.say("Chương trình hiểu", "The program reads"), lang.pick([&note.taken_vi, &note.taken_en])),
        (lang.say("Cách hiểu khác", "The other reading"), lang.pick([&note.other_vi, &note.other_en])),
    ];
    for (label, text) in lines {
        page.add(said(format!("{label}: {text}")));
    }
    let how = lang.say("Tính theo cách kia", "To compute with it");
    page.add(said(format!("{how}: bhyt claim … --reading {}", reading.key())));
    Some(page)
}
