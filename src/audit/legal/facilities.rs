//! Danh mục cơ sở khám bệnh, chữa bệnh: facts about facilities that claim files do not carry.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::terms::care::{CareLevel, FormerTier};
use crate::terms::problem::{Code, Problem};

/// Danh mục cơ sở, by code (MA_CSKCB).
#[derive(Debug, Clone, Default)]
pub struct Register(BTreeMap<String, Facility>);

/// Một cơ sở khám bệnh, chữa bệnh.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Facility {
    /// MA_CSKCB.
    pub code: String,
    /// Cấp chuyên môn kỹ thuật.
    pub care_level: Option<CareLevel>,
    /// Tuyến trước 2025.
    pub former_tier: Option<FormerTier>,
    /// Điểm xếp cấp.
    pub points: Option<u32>,
    /// One of the initial-level facilities that the law lists.
    pub listed_initial: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    facility: Vec<Facility>,
}

impl Register {
    /// Reads a register: `[[facility]]` tables.
    ///
    /// # Errors
    /// [`Code::TomlSyntax`] with what is wrong.
    pub fn read(text: &str) -> Result<Register, Problem> {
        let file: File = toml::from_str(text)
            .map_err(|error| Problem::new(Code::TomlSyntax).with("detail", error.message()))?;
        Ok(Register(file.facility.into_iter().map(|facility| (facility.code.clone(), facility)).collect()))
    }

    /// What is known of a facility.
    pub fn find(&self, code: &str) -> Option<&Facility> {
        self.0.get(code.trim())
    }

    /// Number of facilities.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_known_and_refuses_other_keys() {
        let register = Register::read(
            "[[facility]]\ncode = \"00001\"\ncare-level = \"basic\"\nformer-tier = \"district\"\npoints = 45\n",
        )
        .unwrap();
        let facility = register.find("00001").unwrap();
        assert_eq!((facility.care_level, facility.points), (Some(CareLevel::Basic), Some(45)));
        assert!(register.find("00002").is_none());
        assert!(Register::read("[[facility]]\ncode = \"1\"\nname = \"x\"\n").is_err());
    }
}
