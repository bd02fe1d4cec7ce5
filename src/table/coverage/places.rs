//! Tên địa bàn: communes as tables write them, compared without accents, and without the words for their kind where one
//! of two tables leaves them out.

use crate::terms::fold::fold;

/// Words for the kind of a commune, as they stand before its name.
const KINDS: [&str; 8] = ["thi-tran-", "dac-khu-", "phuong-", "xa-", "tt-", "dk-", "p-", "x-"];

/// Khóa so sánh: `Xã Mẫu C` and `xa mau c` of one district are one commune.
///
/// A ward and a commune of the same name and district differ by their kind, so that the kind stays in the key.
pub(super) fn place_key(named: &CommuneName) -> String {
    format!("{}/{}/{}", fold(&named.province), fold(&named.district), fold(&named.name))
}

/// Xã, huyện, tỉnh, as a table names them; empty where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CommuneName {
    pub(super) name: String,
    pub(super) district: String,
    pub(super) province: String,
}

impl CommuneName {
    /// The name alone.
    pub(super) fn alone(&self) -> CommuneName {
        CommuneName { name: self.name.clone(), ..CommuneName::default() }
    }
}

/// Tên không có cấp: `Xã Mẫu C` is `mau-c`.
pub(super) fn bare_name(name: &str) -> String {
    let folded = fold(name);
    let bare = KINDS.iter().find_map(|kind| folded.strip_prefix(kind));
    bare.map_or(folded.clone(), str::to_owned)
}

/// Whether a name begins with the word for its kind.
pub(super) fn has_kind(name: &str) -> bool {
    let folded = fold(name);
    KINDS.iter().any(|kind| folded.starts_with(kind))
}
