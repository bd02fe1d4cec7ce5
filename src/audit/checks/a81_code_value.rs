//! A81 Mã ngoài danh mục: a field that holds one code of a short list has another.

use super::evidence::Examined;
use crate::audit::finding::{AuditCheck, Cite, Class, Finding, FindingValue, Severity};
use crate::audit::tag::Tag;

/// The check.
pub const CHECK: AuditCheck = AuditCheck {
    code: "A81-code-value",
    severity: Severity::Warning,
    class: Class::Form,
    title: ["Mã ngoài danh mục của chỉ tiêu", "Code outside the list of its field"],
    says: [
        "{field} = {declared} không có trong danh mục ({codes}): không biết có nghĩa gì.",
        "{field} = {declared} is not in its list ({codes}): what it means is not known.",
    ],
    explain: [
        "Các chỉ tiêu chỉ nhận một mã của danh mục ngắn (bhyt rules show claim-file-standards): GIOI_TINH, KET_QUA_DTRI, MA_LOAI_RV của XML1; MA_PTTT, \
         VET_THUONG_TP của dòng. Để trống hoặc 0 không bị báo. PHAM_VI, TAI_SU_DUNG, NGUON_CTRA, MA_NHOM, MA_LOAI_KCB, MA_DOITUONG_KCB có phép kiểm tra riêng.",
        "Fields that take one code of a short list (bhyt rules show claim-file-standards): GIOI_TINH, KET_QUA_DTRI and MA_LOAI_RV of XML1; MA_PTTT and \
         VET_THUONG_TP of lines. Nothing and 0 are not reported. PHAM_VI, TAI_SU_DUNG, NGUON_CTRA, MA_NHOM, MA_LOAI_KCB and MA_DOITUONG_KCB have checks of their own.",
    ],
    cites: &[
        Cite::table("qd-130-2023", "bảng 1, chỉ tiêu 7, 41, 42; bảng 2, chỉ tiêu 36, 38", "table 1, nos. 7, 41 and 42; table 2, nos. 36 and 38"),
    ],
};

/// Looks for it in one claim.
pub(super) fn run(examined: &Examined<'_>, findings: &mut Vec<Finding>) {
    let summary = &examined.claim.summary;
    let ending = if examined.claim.standard.has_single_amount() { Tag::TinhTrangRv } else { Tag::MaLoaiRv };
    for (tag, code) in [(Tag::GioiTinh, summary.sex), (Tag::KetQuaDtri, summary.result), (ending, summary.ending)] {
        findings.extend(outside(examined, tag, code).map(|seen| seen.told(examined.at_summary(&CHECK, tag))));
    }
    for (line, _) in examined.lines() {
        let codes = [
            (Tag::MaPttt, line.payment_method),
            (Tag::VetThuongTp, line.war_wound),
        ];
        for (tag, code) in codes {
            let seen = outside(examined, tag, code);
            findings.extend(seen.map(|seen| seen.told(examined.at_line(&CHECK, line, tag))));
        }
    }
}

/// A code, and the list that does not hold it.
struct Outside<'l> {
    code: u32,
    list: &'l [u32],
}

impl Outside<'_> {
    fn told(&self, finding: Finding) -> Finding {
        let listed: Vec<String> = self.list.iter().map(u32::to_string).collect();
        finding
            .values(FindingValue::Text(self.code.to_string()), FindingValue::None)
            .with("codes", FindingValue::Text(listed.join(", ")))
    }
}

fn outside<'e>(examined: &Examined<'e>, tag: Tag, code: Option<u32>) -> Option<Outside<'e>> {
    // Software that has no empty numbers writes 0.
    let code = code.filter(|code| *code != 0)?;
    let list = examined.edition.value.field_codes.get(tag.as_str())?;
    (!list.contains(&code)).then_some(Outside { code, list })
}
