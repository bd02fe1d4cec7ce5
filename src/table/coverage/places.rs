//! Tên địa bàn: communes as tables write them, compared without the words for their kind.

use crate::terms::fold::fold;

/// Khóa so sánh: `Xã Mẫu C`, `xa mau c` and `Mẫu C` of one district are one commune.
///
/// A ward and a commune of the same name and district differ by their kind, so that the kind stays in the key.
pub(super) fn place_key(name: &str, district: &str) -> String {
    format!("{}/{}", fold(district), fold(name))
}
