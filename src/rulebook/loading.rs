//! Nạp từng họ quy định: how each shape of family is read from its files, the family file first, overlays after it.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::benefit::fund::PatientSupport;
use super::diagnostic::RuleCheck;
use super::family::{
    EnrolleeGroup, Family, GroupFamily, Header, LocalPack, MoneySource, OtherReading, Policy, PolicyFamily,
};
use super::load::Loader;
use super::named::{Named, NamedFamily, NamedRule};
use super::packed::PackedTable;
use super::places::{PlaceKind, Replacement, Territory};
use super::predicate::Conditions;
use super::reader::RuleReader;
use crate::terms::group::BaseDate;
use crate::terms::period::RuleDate;

/// Marks a local file that holds a support fund for patients instead of premium subsidies.
const PATIENT_SUPPORT: &str = "patient-support";

/// A family that is read from the files with its id.
pub(super) trait Loading: Sized {
    /// The family, or nothing where its file is missing or has no header.
    fn load(loader: &mut Loader<'_>, id: &str) -> Option<Self>;
}

/// Made of `[[version]]` entries.
impl<T: DeserializeOwned> Loading for Family<T> {
    fn load(loader: &mut Loader<'_>, id: &str) -> Option<Family<T>> {
        let mut family: Option<Family<T>> = None;
        for index in loader.with_id(id) {
            let reader = &mut loader.readers[index];
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
}

/// Made of `[[group]]` entries, each with its own versions.
impl Loading for GroupFamily {
    fn load(loader: &mut Loader<'_>, id: &str) -> Option<GroupFamily> {
        let mut family: Option<GroupFamily> = None;
        for index in loader.with_id(id) {
            let reader = &mut loader.readers[index];
            let tables = reader.take_tables("group");
            let Some(header) = reader.header() else { continue };
            let groups = read_groups(reader, &header, tables);
            match &mut family {
                None => family = Some(GroupFamily { header, groups }),
                Some(family) => overlay_groups(&mut family.groups, groups),
            }
        }
        family
    }
}

/// Made of `[[policy]]` entries, each with its own versions.
impl Loading for PolicyFamily {
    fn load(loader: &mut Loader<'_>, id: &str) -> Option<PolicyFamily> {
        let mut family: Option<PolicyFamily> = None;
        for index in loader.with_id(id) {
            let tables = loader.readers[index].take_tables("policy");
            let Some(header) = loader.readers[index].header() else { continue };
            let policies = read_policies(&mut loader.readers[index], &header, tables);
            match &mut family {
                None => family = Some(PolicyFamily { header, policies }),
                Some(family) => overlay_policies(&mut family.policies, policies),
            }
        }
        family
    }
}

/// Made of entries under a key of their kind, each with its own versions.
impl<T: NamedRule> Loading for NamedFamily<T> {
    fn load(loader: &mut Loader<'_>, id: &str) -> Option<NamedFamily<T>> {
        let mut family: Option<NamedFamily<T>> = None;
        for index in loader.with_id(id) {
            let reader = &mut loader.readers[index];
            let tables = reader.take_tables(T::KEY);
            let Some(header) = reader.header() else { continue };
            let entries = read_named(reader, &header, tables);
            match &mut family {
                None => family = Some(NamedFamily { header, entries }),
                Some(family) => overlay_named(&mut family.entries, entries),
            }
        }
        family
    }
}

/// Every file that names a province is a pack; a later one with the same id replaces an earlier one.
impl Loading for Vec<LocalPack> {
    fn load(loader: &mut Loader<'_>, _: &str) -> Option<Vec<LocalPack>> {
        let mut packs: Vec<LocalPack> = Vec::new();
        for reader in &mut loader.readers {
            let Some(province) = reader.take_text("province") else { continue };
            let province_vi = reader.take_text("province-vi");
            let province_aliases = reader.take_texts("province-aliases");
            let document = reader.take_text("document-id").unwrap_or_default();
            let PackLife { territory, replaces, seen_in_force } =
                reader.take(&["territory", "replaces", "seen-in-force"]).unwrap_or_default();
            let tables = reader.take_tables("policy");
            let Some(header) = reader.header() else { continue };
            let mut policies = read_policies(reader, &header, tables);
            policies.iter_mut().for_each(|policy| policy.of_place.clone_from(&province));
            packs.retain(|pack| pack.header.id != header.id);
            packs.push(LocalPack {
                header,
                province,
                province_vi,
                province_aliases,
                seen_in_force,
                territory,
                served: Vec::new(),
                replaces,
                document,
                policies,
            });
        }
        packs.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        Some(packs)
    }
}

/// Local files with `kind = "patient-support"`; a later one with the same id replaces an earlier one.
impl Loading for Vec<PatientSupport> {
    fn load(loader: &mut Loader<'_>, _: &str) -> Option<Vec<PatientSupport>> {
        let mut packs: Vec<PatientSupport> = Vec::new();
        for reader in &mut loader.readers {
            if reader.text("kind") != Some(PATIENT_SUPPORT) {
                continue;
            }
            reader.take_text("kind");
            let province = reader.take_text("province").unwrap_or_default();
            // The register of places names it; older files name it here too.
            reader.take_text("province-vi");
            let merged_into = reader.take_text("merged-into");
            let tables = reader.take_tables("version");
            let Some(header) = reader.header() else { continue };
            let versions = reader.versions(&header.id, &header, tables, 0..0);
            packs.retain(|pack| pack.header.id != header.id);
            packs.push(PatientSupport { header, province, merged_into, versions });
        }
        packs.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        Some(packs)
    }
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
    #[serde(default)]
    aliases: Vec<String>,
}

/// The life of a pack as written: where it holds, what it ends, when it was last seen.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct PackLife {
    territory: Territory,
    replaces: Vec<Replacement>,
    seen_in_force: Option<RuleDate>,
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
    #[serde(default)]
    place: PlaceKind,
    base_date: Option<BaseDate>,
    seen_in_force: Option<RuleDate>,
    #[serde(default)]
    sources: Vec<MoneySource>,
    reading: Option<OtherReading>,
}

fn read_groups<'a>(
    reader: &mut RuleReader<'a>,
    header: &Header,
    tables: Vec<Spanned<PackedTable<'a>>>,
) -> Vec<EnrolleeGroup> {
    let mut groups: Vec<EnrolleeGroup> = Vec::new();
    for mut table in tables {
        let versions = reader.take_nested(&mut table, "version");
        let span = table.span();
        let Some(raw) = reader.typed::<RawGroup>(table) else { continue };
        let id = raw.id.get_ref().clone();
        if groups.iter().any(|group| group.id == id) {
            reader.report(RuleCheck::GroupDuplicate, raw.id.span(), &[("read", id.clone())]);
        }
        let terms = reader.versions(&format!("{}/{id}", header.id), header, versions, span);
        groups.push(EnrolleeGroup {
            id,
            codes: raw.codes,
            name_vi: raw.name_vi,
            name_en: raw.name_en,
            aliases: raw.aliases,
            terms,
        });
    }
    groups
}

fn read_named<'a, T: DeserializeOwned>(
    reader: &mut RuleReader<'a>,
    header: &Header,
    tables: Vec<Spanned<PackedTable<'a>>>,
) -> Vec<Named<T>> {
    let mut entries: Vec<Named<T>> = Vec::new();
    for mut table in tables {
        let versions = reader.take_nested(&mut table, "version");
        let span = table.span();
        let Some(raw) = reader.typed::<RawNamed>(table) else { continue };
        let id = raw.id.get_ref().clone();
        if entries.iter().any(|known| known.id == id) {
            reader.report(RuleCheck::PolicyDuplicate, raw.id.span(), &[("read", id.clone())]);
        }
        let versions = reader.versions(&format!("{}/{id}", header.id), header, versions, span);
        let (name_vi, name_en, aliases) = (raw.name_vi, raw.name_en, raw.aliases);
        entries.push(Named { id, name_vi, name_en, aliases, versions });
    }
    entries
}

fn read_policies<'a>(
    reader: &mut RuleReader<'a>,
    header: &Header,
    tables: Vec<Spanned<PackedTable<'a>>>,
) -> Vec<Policy> {
    let mut policies: Vec<Policy> = Vec::new();
    for mut table in tables {
        let versions = reader.take_nested(&mut table, "version");
        let span = table.span();
        let Some(raw) = reader.typed::<RawPolicy>(table) else { continue };
        let id = raw.id.get_ref().clone();
        if policies.iter().any(|policy| policy.id == id) {
            reader.report(RuleCheck::PolicyDuplicate, raw.id.span(), &[("read", id.clone())]);
        }
        let support = reader.versions(&format!("{}/{id}", header.id), header, versions, span);
        policies.push(Policy {
            id,
            name_vi: raw.name_vi,
            name_en: raw.name_en,
            groups: raw.groups,
            when: raw.when,
            of_place: String::new(),
            place: raw.place,
            base_date: raw.base_date,
            seen_in_force: raw.seen_in_force,
            sources: raw.sources,
            reading: raw.reading,
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
