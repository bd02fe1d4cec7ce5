//! Tìm tiêu đề: the heading among the first rows, the known layout it belongs to, and what holds for all rows.

use super::Trouble;
use super::csv::HeadRecord;
use super::heading::{self, HouseholdBy, Layout, Meanings, Name, Schema};
use super::heading_rows::{self, HEADING_ROWS, HeadingRows};
use super::input::{ReadOptions, TableKind};
use super::profile::{self, Profile};
use super::text;
use crate::terms::column::heading as words_of;
use crate::terms::fold::{fold, tidy};
use crate::terms::problem::{Code, Problem};

/// A heading that was found.
pub(super) struct Heading {
    pub(super) layout: Layout,
    /// Bytes up to the end of the heading.
    pub(super) offset: usize,
    /// Lines up to there.
    pub(super) lines: u64,
    pub(super) skipped: u64,
    pub(super) notices: Vec<Problem>,
}

/// Fields named, separator, first records, their cells, and where the heading stands among them.
type Candidate = (usize, u8, Vec<HeadRecord>, Vec<Vec<String>>, HeadingRows);

/// What a heading is looked for with.
pub(super) struct Search<'s> {
    pub(super) schema: &'s Schema,
    pub(super) options: &'s ReadOptions,
    pub(super) map: &'s [(String, &'static str)],
    pub(super) kind: TableKind,
}

impl Search<'_> {
    pub(super) fn without_heading(
        &self,
        columns: &[String],
        separator: Option<u8>,
        head: &[u8],
    ) -> Result<Heading, Trouble> {
        let names: Vec<Name> = columns.iter().map(|name| Name::of(&tidy(name))).collect();
        let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let fits = |separator: &u8| memchr::memchr_iter(*separator, first).count() + 1 == names.len();
        let separator = separator.or_else(|| text::SEPARATORS.into_iter().find(fits)).unwrap_or(b',');
        let (layout, notices) = self.layout(&names, separator, (&[], &[]))?;
        Ok(Heading { layout, offset: 0, lines: 0, skipped: 0, notices })
    }

    /// Looks for the heading among the first rows, with every separator that may be meant.
    pub(super) fn find_heading(
        &self,
        head: &[u8],
        whole: bool,
        separator: Option<u8>,
    ) -> Result<Heading, Trouble> {
        let candidates = separator.map_or_else(|| text::separators_in(head), |separator| vec![separator]);
        let meanings = Meanings::of(self.schema, self.map).in_layout(self.asked_for()?.into_iter());
        let mut best: Option<Candidate> = None;
        for separator in candidates {
            let records = self.kind.splitter(separator).first_records(head, whole, HEADING_ROWS);
            let rows = heading_rows::cells(&records);
            if let Some(found) = heading_rows::find(&rows, &meanings)
                && best.as_ref().is_none_or(|(known, ..)| found.known > *known)
            {
                best = Some((found.known, separator, records, rows, found));
            }
        }
        let named = |rows: &[Vec<String>]| -> Result<(), Trouble> {
            let profiles = self.profiles()?;
            let of_other_kind = heading_rows::blocks(rows)
                .filter_map(|names| profile::find(&profiles, &names).cloned())
                .find(|profile| profile.check().is_err());
            of_other_kind.map_or(Ok(()), |profile| profile.check())
        };
        let Some((_, separator, records, rows, found)) = best else {
            for separator in text::SEPARATORS {
                let records = self.kind.splitter(separator).first_records(head, whole, HEADING_ROWS);
                named(&heading_rows::cells(&records))?;
            }
            if let Some(problem) =
                super::other_kind::of_title(head).or_else(|| super::other_kind::of_old_font(head))
            {
                return Err(Trouble::input(problem));
            }
            let required = self.schema.fields.iter().filter(|field| field.required).map(|field| field.name);
            return Err(Trouble::input(self.schema.lacks(&required.collect::<Vec<_>>())));
        };
        let made = self.layout(&found.names, separator, (&rows[..found.first], &rows[found.last + 1..]));
        if made.as_ref().is_err_and(|trouble| trouble.problem.code == Code::MissingColumns) {
            named(&rows)?;
            if let Some(problem) = super::other_kind::of_old_font(head) {
                return Err(Trouble::input(problem));
            }
        }
        let (mut layout, notices) = made?;
        layout.has_heading = true;
        layout.heading = if found.deep == 1 {
            records[found.first].bytes.clone()
        } else {
            joined_heading(&layout.names, separator)
        };
        let has_titles = rows[..found.first].iter().flatten().any(|cell| !cell.is_empty());
        layout.is_list =
            layout.by_other_name || has_titles || found.last > found.first || !layout.has("group");
        let end = &records[found.last];
        Ok(Heading { layout, offset: end.end, lines: end.lines, skipped: found.first as u64, notices })
    }

    /// What the columns of a heading mean, with what holds for all rows.
    fn layout(
        &self,
        names: &[Name],
        separator: u8,
        (above, below): (&[Vec<String>], &[Vec<String>]),
    ) -> Result<(Layout, Vec<Problem>), Trouble> {
        let schema = self.schema;
        heading::check_map(self.map, names)?;
        let profiles = self.profiles()?;
        let profile = match &self.options.profile {
            Some(name) => Some(profile::named(&profiles, name)?),
            None => profile::find(&profiles, names),
        };
        if let Some(profile) = profile {
            profile.check()?;
        }
        let known = profile.map(|profile| profile.meanings(schema)).unwrap_or_default();
        let reading = Meanings::of(schema, self.map).in_layout(known.iter().cloned()).read(names);
        if let Some((field, columns)) = &reading.doubled {
            return Err(heading::doubled(field, columns, names));
        }
        let mut notices = Vec::new();
        if let Some(profile) = profile {
            notices.push(
                Problem::new(Code::ProfileFound)
                    .with("read", &profile.name)
                    .with("vi", &profile.title_vi)
                    .with("en", &profile.title_en),
            );
        }
        let shown = names.iter().map(|name| name.shown.clone()).collect();
        let mut layout = Layout::new(shown, separator, reading.columns);
        layout.by_other_name = reading.by_other_name || profile.is_some();
        layout.twins = reading.twins;
        layout.facts = self.facts(profile, above, &layout)?;
        let said = ["local_support", "other_support", "budget_percent"];
        let is_said = |option: &String| said.iter().any(|field| option.replace('-', "_").starts_with(field));
        if !self.options.set.iter().any(is_said) {
            layout.titles_of_support = heading_rows::of_support(above, schema);
        }
        layout.watched = self.watched(names, &layout, &known);
        layout.odd = self.odd(names, &layout, &known, below);
        layout.households = self.households(profile, names, &layout)?;
        let missing_fields: Vec<&str> = reading
            .missing
            .iter()
            .filter(|field| layout.fact(field).is_none() && !stands_in(field, &layout))
            .filter(|field| **field != "group" || !heading_rows::begins_with_section(below))
            .copied()
            .collect();
        if !missing_fields.is_empty() {
            return Err(Trouble::input(self.schema.lacks(&missing_fields)));
        }
        let told: Vec<String> =
            layout.facts.iter().map(|(field, value)| format!("{field} = {value}")).collect();
        if !told.is_empty() {
            notices.push(Problem::new(Code::FactsForAll).with("read", told.join("; ")));
        }
        Ok((layout, notices))
    }

    /// Which rows are one household: as the user says, else as the layout has it.
    fn households(
        &self,
        profile: Option<&Profile>,
        names: &[Name],
        layout: &Layout,
    ) -> Result<HouseholdBy, Trouble> {
        if let Some(typed) = &self.options.household_column {
            return match heading::columns_named(typed, names)[..] {
                [column, ..] => Ok(HouseholdBy::Column(column)),
                [] => Err(Trouble::usage(
                    Problem::new(Code::HouseholdOption).with("read", format!("by {typed}")).at("--household"),
                )),
            };
        }
        // One id for all rows is one household.
        let is_named = self.schema.household.is_some_and(|field| layout.fact(field).is_some());
        let whole = is_named && self.schema.household.is_some_and(|field| layout.column(field).is_none())
            || self.schema.household.is_some_and(|field| layout.column(field).is_none())
                && profile.is_some_and(|profile| profile.household.as_deref() == Some("whole-file"));
        let usual = if whole { HouseholdBy::WholeFile } else { HouseholdBy::Rows };
        Ok(self.options.households.unwrap_or(usual))
    }

    /// Layouts that are known, the user's own first.
    fn profiles(&self) -> Result<Vec<Profile>, Trouble> {
        let mut profiles = match &self.options.profiles {
            Some((place, text)) => profile::parse(text, self.schema, place)?,
            None => Vec::new(),
        };
        profiles.extend(profile::parse(self.schema.profiles, self.schema, "profiles")?);
        Ok(profiles)
    }

    /// What the layouts that the user brings or names call their columns: a heading may have no word that others use.
    fn asked_for(&self) -> Result<Vec<(String, &'static str)>, Trouble> {
        let profiles = match (&self.options.profile, &self.options.profiles) {
            (Some(name), _) => vec![profile::named(&self.profiles()?, name)?.clone()],
            (None, Some((place, text))) => profile::parse(text, self.schema, place)?,
            (None, None) => Vec::new(),
        };
        Ok(profiles.iter().flat_map(|profile| profile.meanings(self.schema)).collect())
    }

    /// What holds for rows that do not say it: what the user says, then the title, then the layout. Where a column says it,
    /// only the user's word counts.
    fn facts(
        &self,
        profile: Option<&Profile>,
        above: &[Vec<String>],
        layout: &Layout,
    ) -> Result<Vec<(&'static str, String)>, Trouble> {
        let mut facts = heading_rows::facts_of(&self.options.set, self.schema)?;
        let titles = heading_rows::titles(above, self.schema);
        let known = profile.map(|profile| profile.facts(self.schema)).unwrap_or_default();
        for (field, value) in titles.into_iter().chain(known) {
            if layout.column(field).is_none() && facts.iter().all(|(known, _)| *known != field) {
                facts.push((field, value));
            }
        }
        Ok(facts)
    }

    /// Columns that speak of money, shares or plans and mean nothing that is known.
    fn watched(&self, names: &[Name], layout: &Layout, known: &[(String, &str)]) -> Vec<usize> {
        let speaks = |name: &Name| self.schema.money.iter().any(|word| name.joint.contains(word));
        self.unknown(names, layout, known)
            .filter(|column| speaks(&names[*column]))
            .take(super::batch::tally::MOST_NOTES)
            .collect()
    }

    /// The other columns that nothing is known of, with their first cells, where rows are asked what such columns look like.
    fn odd(
        &self,
        names: &[Name],
        layout: &Layout,
        known: &[(String, &str)],
        below: &[Vec<String>],
    ) -> Vec<(usize, Vec<String>)> {
        if !self.schema.asks_cells || !layout.by_other_name {
            return Vec::new();
        }
        let first = |column: usize| {
            below.iter().filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty()).cloned()
        };
        self.unknown(names, layout, known)
            .filter(|column| !layout.watched.contains(column))
            .map(|column| (column, first(column).collect()))
            .collect()
    }

    /// Columns that mean no field, that no layout knows, and that are not known to change nothing.
    fn unknown(
        &self,
        names: &[Name],
        layout: &Layout,
        known: &[(String, &str)],
    ) -> impl Iterator<Item = usize> {
        let is_known = |name: &Name| {
            known.iter().any(|(key, _)| *key == name.leaf || *key == name.joint)
                || self.schema.harmless.contains(&name.leaf.as_str())
        };
        let twin = |column: usize| layout.twins.iter().any(|(_, other)| *other == column);
        (0..names.len())
            .filter(move |column| layout.field_of(*column).is_none() && !twin(*column))
            .filter(move |column| !is_known(&names[*column]))
    }
}

/// Whether another field says what a missing one would.
fn stands_in(field: &str, layout: &Layout) -> bool {
    const STAND_INS: [(&str, &str); 5] = [
        ("period", "year"),
        ("months", "months_note"),
        ("group", "card"),
        ("hospital_cost", "insured_total"),
        ("covered_cost", "insured_total"),
    ];
    STAND_INS.iter().any(|(missing, other)| *missing == field && layout.has(other))
}

/// A heading of several rows as one.
fn joined_heading(names: &[String], separator: u8) -> Vec<u8> {
    let mut heading = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            heading.push(separator);
        }
        super::csv::push_cell(&mut heading, name.as_bytes(), separator);
    }
    heading
}

/// Which columns were understood as what, by the names people know.
pub(super) fn understood(layout: &Layout) -> Problem {
    let quoted = |column: usize| format!("\"{}\"", layout.names[column]);
    let (mut read, mut unused) = ([Vec::new(), Vec::new()], Vec::new());
    for column in 0..layout.width() {
        match layout.field_of(column) {
            Some(field) => read.iter_mut().zip(words_of(field)).for_each(|(read, name)| {
                let same = fold(&layout.names[column]) == fold(name);
                read.push(if same { quoted(column) } else { format!("{} → {name}", quoted(column)) });
            }),
            None if layout.names[column].is_empty() => {}
            None => unused.push(quoted(column)),
        }
    }
    let [vi, en] = read.map(|names| names.join(", "));
    Problem::new(Code::ColumnsUnderstood)
        .with("read_vi", vi)
        .with("read_en", en)
        .with("unused", unused.join(", "))
}

#[cfg(test)]
mod tests {
    use super::words_of;
    use crate::table::{answers, claim, coverage, debts, fund, ledger, premium, price_list, table_sums};

    #[test]
    fn every_column_of_every_table_has_a_name() {
        let schemas = [
            premium::SCHEMA,
            claim::SCHEMA,
            ledger::columns::SCHEMA,
            fund::SCHEMA,
            coverage::list::SCHEMA,
            price_list::SCHEMA,
            answers::SCHEMA,
            debts::SCHEMA,
            table_sums::SCHEMA,
        ];
        for schema in schemas {
            let names: Vec<&str> = schema.fields.iter().map(|field| words_of(field.name)[0]).collect();
            let keys: Vec<&str> = schema.fields.iter().map(|field| field.name).collect();
            let bare: Vec<&&str> = names.iter().filter(|name| keys.contains(*name)).collect();
            assert!(bare.is_empty(), "{bare:?}");
        }
    }
}
