//! Nạp quy định: sources into one rulebook, every family in turn, with all problems together.

use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeTable;

use super::checks;
use super::diagnostic::{Check, Diagnostic, Severity};
use super::family::{
    Conditions, Document, EnrolleeGroup, Family, Gap, Header, LocalPack, Policy, PolicyFamily,
};
use super::named::{Named, NamedFamily};
use super::reader::Reader;
use super::source::{Origin, Source};
use super::{Identity, Rulebook};
use crate::terms::group::BaseDate;

/// Kết quả nạp: the rulebook when no error was found, and everything that was noticed.
#[derive(Debug)]
pub struct Loaded {
    /// The rulebook, when it may be used.
    pub rulebook: Option<Rulebook>,
    /// Errors and warnings, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a set of sources.
pub fn load(sources: &[Source]) -> Loaded {
    let (rulebook, mut diagnostics) = read(sources);
    if let Some(rulebook) = &rulebook {
        diagnostics.extend(checks::run(rulebook, sources));
    }
    let order = |diagnostic: &Diagnostic| sources.iter().position(|source| source.name == diagnostic.file);
    diagnostics.sort_by_key(|diagnostic| (order(diagnostic), diagnostic.line, diagnostic.column));
    let refused = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Loaded { rulebook: rulebook.filter(|_| !refused), diagnostics }
}

/// Reads a set of sources without the checks across families.
///
/// For the bundled files only: a test runs every check on them, so a start of the program need not.
pub(super) fn read(sources: &[Source]) -> (Option<Rulebook>, Vec<Diagnostic>) {
    let mut loader = Loader::open(sources);
    let identity = loader.identity(sources);
    let rulebook = loader.rulebook(identity);
    (rulebook, loader.into_problems())
}

/// Reads sources family by family.
pub(super) struct Loader<'a> {
    pub(super) readers: Vec<Reader<'a>>,
    origins: Vec<Origin>,
    problems: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn open(sources: &'a [Source]) -> Loader<'a> {
        let mut loader = Loader { readers: Vec::new(), origins: Vec::new(), problems: Vec::new() };
        for (index, source) in sources.iter().enumerate() {
            match Reader::open(index, source) {
                Ok(reader) => {
                    loader.readers.push(reader);
                    loader.origins.push(source.origin);
                }
                Err(problems) => loader.problems.extend(problems),
            }
        }
        loader
    }

    /// Hash of the canonical form of all sources, and what was replaced or added.
    fn identity(&self, sources: &[Source]) -> Identity {
        let mut order: Vec<usize> = (0..self.readers.len()).collect();
        // Overlays keep their order, since later ones win; the rest is sorted by id.
        order.sort_by_key(|&index| match self.origins[index] {
            Origin::Overlay => (1, String::new(), index),
            _ => (0, self.readers[index].id().unwrap_or_default().to_owned(), 0),
        });
        let mut hash = Sha256::new();
        for index in order {
            self.readers[index].hash_into(&mut hash);
        }
        let named = |origin: Origin| {
            sources
                .iter()
                .filter(|source| source.origin == origin)
                .map(|source| source.name.clone())
                .collect()
        };
        Identity {
            sha256: hex(&hash.finalize()),
            families: sources.iter().filter(|source| source.origin != Origin::Overlay).count(),
            replaced: named(Origin::Folder),
            overlays: named(Origin::Overlay),
        }
    }

    fn rulebook(&mut self, identity: Identity) -> Option<Rulebook> {
        let documents = self.documents();
        // Every family is read before the first missing one ends the reading, so that all problems show.
        let groups = self.groups();
        let base_salary = self.family("base-salary");
        let reference_level = self.family("reference-level");
        let premium_rates = self.family("premium-rates");
        let salary_cap = self.family("salary-cap");
        let household_ladder = self.family("household-ladder");
        let payment_cycles = self.family("payment-cycles");
        let card_validity = self.family("card-validity");
        let school_calendar = self.family("school-calendar");
        let late_payment = self.family("late-payment");
        let refund_cases = self.family("refund-cases");
        let premium_rounding = self.family("premium-rounding");
        let state_subsidy = self.policies("state-subsidy");
        let category_priority = self.named("category-priority", "rule");
        let concurrent_contracts = self.family("concurrent-contracts");
        let special_months = self.named("special-months", "kind");
        let benefit = self.benefit();
        let claim_files = self.family("claim-file-standards");
        let gaps = self.gaps();
        let local = self.local_packs();
        self.refuse_unknown_families();
        Some(Rulebook {
            identity,
            documents,
            groups: groups?,
            base_salary: base_salary?,
            reference_level: reference_level?,
            premium_rates: premium_rates?,
            salary_cap: salary_cap?,
            household_ladder: household_ladder?,
            payment_cycles: payment_cycles?,
            card_validity: card_validity?,
            school_calendar: school_calendar?,
            late_payment: late_payment?,
            refund_cases: refund_cases?,
            premium_rounding: premium_rounding?,
            state_subsidy: state_subsidy?,
            category_priority: category_priority?,
            concurrent_contracts: concurrent_contracts?,
            special_months: special_months?,
            benefit: benefit?,
            claim_files: claim_files?,
            local,
            gaps,
        })
    }

    fn into_problems(self) -> Vec<Diagnostic> {
        let mut problems = self.problems;
        problems.extend(self.readers.into_iter().flat_map(|reader| reader.problems));
        problems
    }

    /// Positions of the readers whose file carries this id: the family file first, overlays after it.
    fn with_id(&self, id: &str) -> Vec<usize> {
        (0..self.readers.len()).filter(|&index| self.readers[index].id() == Some(id)).collect()
    }

    /// A family made of `[[version]]` entries.
    pub(super) fn family<T: DeserializeOwned>(&mut self, id: &str) -> Option<Family<T>> {
        let mut family: Option<Family<T>> = None;
        for index in self.with_id(id) {
            let reader = &mut self.readers[index];
            let tables = reader.take_tables("version");
            let Some(header) = reader.header() else { continue };
            let versions = reader.versions(id, &header, tables, 0..0);
            match &mut family {
                None => family = Some(Family { header, versions }),
                Some(family) => family.versions.overlay(versions.into_versions()),
            }
        }
        family
    }

    fn documents(&mut self) -> Vec<(Document, usize, Range<usize>)> {
        let mut documents = Vec::new();
        for index in 0..self.readers.len() {
            let reader = &mut self.readers[index];
            let is_register = reader.id() == Some("documents");
            for table in reader.take_tables("document") {
                let span = table.span();
                documents.extend(reader.typed::<Document>(table).map(|document| (document, index, span)));
            }
            if is_register {
                reader.header();
            }
        }
        documents
    }

    fn groups(&mut self) -> Option<(Header, Vec<EnrolleeGroup>)> {
        const ID: &str = "enrollee-groups";
        let mut known: Option<(Header, Vec<EnrolleeGroup>)> = None;
        for index in self.with_id(ID) {
            let reader = &mut self.readers[index];
            let tables = reader.take_tables("group");
            let Some(header) = reader.header() else { continue };
            let mut groups: Vec<EnrolleeGroup> = Vec::new();
            for mut table in tables {
                let versions = reader.take_nested(&mut table, "version");
                let span = table.span();
                let Some(raw) = reader.typed::<RawGroup>(table) else { continue };
                let id = raw.id.get_ref().clone();
                if groups.iter().any(|group| group.id == id) {
                    reader.report(Check::GroupDuplicate, raw.id.span(), &[("read", id.clone())]);
                }
                let terms = reader.versions(&format!("{ID}/{id}"), &header, versions, span);
                groups.push(EnrolleeGroup {
                    id,
                    codes: raw.codes,
                    name_vi: raw.name_vi,
                    name_en: raw.name_en,
                    aliases: raw.aliases,
                    terms,
                });
            }
            match &mut known {
                None => known = Some((header, groups)),
                Some((_, known)) => overlay_groups(known, groups),
            }
        }
        known
    }

    fn policies(&mut self, id: &str) -> Option<PolicyFamily> {
        let mut family: Option<PolicyFamily> = None;
        for index in self.with_id(id) {
            let tables = self.readers[index].take_tables("policy");
            let Some(header) = self.readers[index].header() else { continue };
            let policies = read_policies(&mut self.readers[index], &header, tables);
            match &mut family {
                None => family = Some(PolicyFamily { header, policies }),
                Some(family) => overlay_policies(&mut family.policies, policies),
            }
        }
        family
    }

    /// A family made of `[[key]]` entries, each with its own versions.
    fn named<T: DeserializeOwned>(&mut self, id: &str, key: &str) -> Option<NamedFamily<T>> {
        let mut family: Option<NamedFamily<T>> = None;
        for index in self.with_id(id) {
            let reader = &mut self.readers[index];
            let tables = reader.take_tables(key);
            let Some(header) = reader.header() else { continue };
            let mut entries: Vec<Named<T>> = Vec::new();
            for mut table in tables {
                let versions = reader.take_nested(&mut table, "version");
                let span = table.span();
                let Some(raw) = reader.typed::<RawNamed>(table) else { continue };
                let entry = raw.id.get_ref().clone();
                if entries.iter().any(|known| known.id == entry) {
                    reader.report(Check::PolicyDuplicate, raw.id.span(), &[("read", entry.clone())]);
                }
                let versions = reader.versions(&format!("{id}/{entry}"), &header, versions, span);
                entries.push(Named { id: entry, name_vi: raw.name_vi, name_en: raw.name_en, versions });
            }
            match &mut family {
                None => family = Some(NamedFamily { header, entries }),
                Some(family) => overlay_named(&mut family.entries, entries),
            }
        }
        family
    }

    fn gaps(&mut self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for index in self.with_id("known-gaps") {
            let reader = &mut self.readers[index];
            for table in reader.take_tables("gap") {
                gaps.extend(reader.typed::<Gap>(table));
            }
            reader.header();
        }
        gaps
    }

    /// Every file that names a province is a pack; a later one with the same id replaces an earlier one.
    fn local_packs(&mut self) -> Vec<LocalPack> {
        let mut packs: Vec<LocalPack> = Vec::new();
        for reader in &mut self.readers {
            let Some(province) = reader.take_text("province") else { continue };
            let province_vi = reader.take_text("province-vi").unwrap_or_else(|| province.clone());
            let province_aliases = reader.take_texts("province-aliases");
            let merged_into = reader.take_text("merged-into");
            let document = reader.take_text("document-id").unwrap_or_default();
            let tables = reader.take_tables("policy");
            let Some(header) = reader.header() else { continue };
            let policies = read_policies(reader, &header, tables);
            packs.retain(|pack| pack.header.id != header.id);
            packs.push(LocalPack {
                header,
                province,
                province_vi,
                province_aliases,
                merged_into,
                document,
                policies,
            });
        }
        packs.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        packs
    }

    /// What is still unread belongs to no family.
    fn refuse_unknown_families(&mut self) {
        for reader in &mut self.readers {
            if let Some(id) = reader.id().map(str::to_owned) {
                reader.report(Check::UnknownFamily, 0..0, &[("read", id)]);
            } else if !reader.is_empty() {
                reader.report(Check::MissingKey, 0..0, &[("detail", "missing field `id`".to_owned())]);
            }
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.extend(
            [byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(u32::from(digit), 16)),
        );
        text
    })
}

/// A group as written, without its versions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawGroup {
    id: Spanned<String>,
    #[serde(default)]
    codes: Vec<String>,
    name_vi: String,
    name_en: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// An entry of a family of named rules as written, without its versions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawNamed {
    id: Spanned<String>,
    name_vi: String,
    name_en: String,
}

/// A policy as written, without its versions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPolicy {
    id: Spanned<String>,
    name_vi: String,
    name_en: String,
    groups: Vec<String>,
    #[serde(default)]
    when: Conditions,
    base_date: Option<BaseDate>,
}

fn read_policies<'a>(
    reader: &mut Reader<'a>,
    header: &Header,
    tables: Vec<Spanned<DeTable<'a>>>,
) -> Vec<Policy> {
    let mut policies: Vec<Policy> = Vec::new();
    for mut table in tables {
        let versions = reader.take_nested(&mut table, "version");
        let span = table.span();
        let Some(raw) = reader.typed::<RawPolicy>(table) else { continue };
        let id = raw.id.get_ref().clone();
        if policies.iter().any(|policy| policy.id == id) {
            reader.report(Check::PolicyDuplicate, raw.id.span(), &[("read", id.clone())]);
        }
        let support = reader.versions(&format!("{}/{id}", header.id), header, versions, span);
        policies.push(Policy {
            id,
            name_vi: raw.name_vi,
            name_en: raw.name_en,
            groups: raw.groups,
            when: raw.when,
            base_date: raw.base_date,
            support,
        });
    }
    policies
}

fn overlay_groups(known: &mut Vec<EnrolleeGroup>, added: Vec<EnrolleeGroup>) {
    for group in added {
        match known.iter_mut().find(|old| old.id == group.id) {
            Some(old) => old.terms.overlay(group.terms.into_versions()),
            None => known.push(group),
        }
    }
}

fn overlay_policies(known: &mut Vec<Policy>, added: Vec<Policy>) {
    for policy in added {
        match known.iter_mut().find(|old| old.id == policy.id) {
            Some(old) => old.support.overlay(policy.support.into_versions()),
            None => known.push(policy),
        }
    }
}

fn overlay_named<T>(known: &mut Vec<Named<T>>, added: Vec<Named<T>>) {
    for entry in added {
        match known.iter_mut().find(|old| old.id == entry.id) {
            Some(old) => old.versions.overlay(entry.versions.into_versions()),
            None => known.push(entry),
        }
    }
}
