//! Mẫu bảng đã biết: layouts of known forms and programs, each with what its columns mean there.
//!
//! A heading word means different things in different files; a profile says which. Profiles are data
//! (`profiles/*.toml`), found by the headings they must have; people may bring their own.

use serde::Deserialize;

use super::Trouble;
use super::heading::{Name, Schema, key};
use crate::terms::fold::{fold, nearest};
use crate::terms::problem::{Code, Problem};

/// Một mẫu bảng.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Profile {
    /// What it is called on the command line.
    pub name: String,
    /// Tên: Vietnamese.
    pub title_vi: String,
    /// Name: English.
    pub title_en: String,
    /// Where the layout was read.
    pub source: String,
    /// First day on which the form is in force.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day on which it is.
    #[serde(default)]
    pub until: Option<String>,
    /// Headings without which a table is not of this layout.
    pub signs: Vec<String>,
    /// What columns mean here, by heading; an empty field says that it means nothing.
    #[serde(default)]
    pub columns: toml::map::Map<String, toml::Value>,
    /// What holds for the whole table.
    #[serde(default)]
    pub set: toml::map::Map<String, toml::Value>,
    /// Vì sao không tính: why a known table has nothing to compute.
    #[serde(default)]
    pub refused_vi: Option<String>,
    /// The same in English.
    #[serde(default)]
    pub refused_en: Option<String>,
    /// Cách tính hộ: `whole-file` where a sheet is one household.
    #[serde(default)]
    pub household: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Vec<Profile>,
}

/// Reads a file of profiles.
///
/// # Errors
/// [`Code::ProfileBroken`] for TOML of another shape, or with fields the table does not have.
pub fn parse(text: &str, schema: &Schema, place: &str) -> Result<Vec<Profile>, Trouble> {
    let broken =
        |detail: String| Trouble::input(Problem::new(Code::ProfileBroken).with("detail", detail).at(place));
    let file: File = toml::from_str(text).map_err(|error| broken(error.message().to_owned()))?;
    for profile in &file.profile {
        for field in profile.columns.values().map(toml::Value::as_str) {
            let field = field.ok_or_else(|| broken(format!("`{}`: `columns`", profile.name)))?;
            if !field.is_empty() && field_named(field, schema).is_none() {
                return Err(broken(format!("`{}`: `{field}`", profile.name)));
            }
        }
        if let Some(unknown) = profile.set.keys().find(|field| field_named(field, schema).is_none()) {
            return Err(broken(format!("`{}`: `{unknown}`", profile.name)));
        }
    }
    Ok(file.profile)
}

/// Layouts that the program knows.
pub fn bundled() -> Vec<Profile> {
    [&super::premium::SCHEMA, &super::claim::SCHEMA]
        .into_iter()
        .flat_map(|schema| parse(schema.profiles, schema, "profiles").unwrap_or_default())
        .collect()
}

/// The field that a name means: its own, or one that it is also called.
pub fn field_named(name: &str, schema: &Schema) -> Option<&'static str> {
    // Layouts of the program call fields what they are called.
    if let Some(field) = schema.fields.iter().find(|field| field.name == name) {
        return Some(field.name);
    }
    let wanted = key(name);
    let own = schema.fields.iter().find(|field| key(field.name) == wanted);
    let called = || schema.fields.iter().find(|field| field.aliases.contains(&wanted.as_str()));
    own.or_else(called).map(|field| field.name)
}

impl Profile {
    /// What its columns mean.
    pub fn meanings(&self, schema: &Schema) -> Vec<(String, &'static str)> {
        let columns = self.columns.iter().filter_map(|(heading, field)| {
            let field = field.as_str()?;
            let field = if field.is_empty() { "" } else { field_named(field, schema)? };
            Some((whole_key(heading), field))
        });
        columns.collect()
    }

    /// What holds for all rows.
    pub fn facts(&self, schema: &Schema) -> Vec<(&'static str, String)> {
        let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.set
            .iter()
            .filter_map(|(field, value)| Some((field_named(field, schema)?, text(value))))
            .collect()
    }

    /// Says what a table is that has nothing to compute.
    ///
    /// # Errors
    /// [`Code::TableOfOtherKind`].
    pub fn check(&self) -> Result<(), Trouble> {
        let (Some(vi), Some(en)) = (&self.refused_vi, &self.refused_en) else { return Ok(()) };
        Err(Trouble::input(
            Problem::new(Code::TableOfOtherKind)
                .with("read", &self.name)
                .with("vi", &self.title_vi)
                .with("en", &self.title_en)
                .with("why_vi", vi)
                .with("why_en", en),
        ))
    }

    fn fits(&self, names: &[Name]) -> bool {
        let has = |sign: &String| {
            let sign = whole_key(sign);
            names.iter().any(|name| name.leaf == sign || name.joint == sign)
        };
        !self.signs.is_empty() && self.signs.iter().all(has)
    }
}

/// The key of a heading whose parts stand above each other, written `trên – dưới`.
fn whole_key(heading: &str) -> String {
    heading.split(" – ").map(key).collect()
}

/// The profile that fits a heading best: the one with the most signs.
pub fn find<'p>(profiles: &'p [Profile], names: &[Name]) -> Option<&'p Profile> {
    profiles.iter().filter(|profile| profile.fits(names)).max_by_key(|profile| profile.signs.len())
}

/// The profile with a name.
///
/// # Errors
/// [`Code::ProfileUnknown`].
pub fn named<'p>(profiles: &'p [Profile], name: &str) -> Result<&'p Profile, Trouble> {
    let names = || profiles.iter().map(|profile| profile.name.as_str());
    profiles.iter().find(|profile| fold(&profile.name) == fold(name)).ok_or_else(|| {
        let accepted = names().collect::<Vec<_>>().join(", ");
        Trouble::usage(
            Problem::new(Code::ProfileUnknown)
                .with("read", name)
                .with("suggestion", nearest(name, names()).unwrap_or_default())
                .with("accepted", accepted)
                .at("--profile"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{claim, premium};

    #[test]
    fn every_layout_that_is_known_can_be_read_and_is_told_from_the_others() {
        for schema in [&premium::SCHEMA, &claim::SCHEMA] {
            let profiles = parse(schema.profiles, schema, "profiles").expect("readable layouts");
            for profile in &profiles {
                let names: Vec<Name> = profile
                    .signs
                    .iter()
                    .map(|sign| Name { leaf: whole_key(sign), joint: whole_key(sign), shown: sign.clone() })
                    .collect();
                let found = find(&profiles, &names).map(|found| found.name.as_str());
                assert_eq!(found, Some(profile.name.as_str()));
            }
        }
    }

    #[test]
    fn a_layout_with_unknown_fields_is_refused() {
        let text = "[[profile]]\nname = 'x'\ntitle-vi = 'x'\ntitle-en = 'x'\nsource = 'x'\nsigns = ['x']\ncolumns.x = 'nowhere'";
        let refused = parse(text, &premium::SCHEMA, "x.toml").expect_err("an error");
        assert_eq!(refused.problem.code, Code::ProfileBroken);
    }
}
