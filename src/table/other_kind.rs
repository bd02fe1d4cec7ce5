//! Tệp không phải bảng: files that carry the name of a table and are something else, told by their bytes.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use memchr::memmem;

use crate::terms::problem::{Code, Problem};

/// Bytes of a container that are looked at.
const MOST_LOOKED_AT: u64 = 32 * 1024 * 1024;

/// Một loại tệp: how it is called, and what to do with it, in both languages.
struct Kind {
    vi: &'static str,
    en: &'static str,
    hint: [&'static str; 2],
}

const SAVE_AS: [&str; 2] = [
    "Mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx hay .csv.",
    "Open it in Excel or LibreOffice and save it as .xlsx or .csv.",
];

const OLD_WORKBOOK: Kind =
    Kind { vi: "sổ Excel 97–2003 (.xls)", en: "a workbook of Excel 97–2003 (.xls)", hint: SAVE_AS };
const HTML: Kind = Kind {
    vi: "trang web (HTML) không có bảng nào, dù tên có thể là .xls",
    en: "a web page (HTML) without any table, whatever its name says",
    hint: SAVE_AS,
};
const WEB_ARCHIVE: Kind = Kind {
    vi: "trang web một tệp (MHTML), dù tên có thể là .xls",
    en: "a web page in one file (MHTML), whatever its name says",
    hint: SAVE_AS,
};
const XML_WORKBOOK: Kind =
    Kind { vi: "sổ Excel dạng XML 2003", en: "a workbook in the XML of Excel 2003", hint: SAVE_AS };
const CLAIM_FILE: Kind = Kind {
    vi: "tệp XML hồ sơ khám chữa bệnh",
    en: "an XML claim file",
    hint: ["Dùng: bhyt audit TỆP", "Use: bhyt audit FILE"],
};
const PDF: Kind = Kind {
    vi: "tệp PDF",
    en: "a PDF file",
    hint: [
        "Lấy bảng gốc (Excel, CSV) từ phần mềm đã in ra.",
        "Take the table itself (Excel, CSV) from the program that printed it.",
    ],
};

impl Kind {
    fn problem(&self) -> Problem {
        Problem::new(Code::OtherKindOfFile)
            .with("vi", self.vi)
            .with("en", self.en)
            .with("hint_vi", self.hint[0])
            .with("hint_en", self.hint[1])
    }
}

/// What a container of old office files holds: an old workbook, or something that cannot be told.
pub(super) fn of_container(file: &mut File) -> Problem {
    let mut bytes = Vec::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(MOST_LOOKED_AT).read_to_end(&mut bytes));
    let has_stream = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(&bytes, &wide).is_some()
    };
    // New workbooks with a password lie in such a container too.
    let is_locked = has_stream("EncryptedPackage");
    match read {
        Ok(_) if !is_locked && (has_stream("Workbook\0") || has_stream("Book\0")) => OLD_WORKBOOK.problem(),
        _ => Problem::new(Code::WorkbookDamaged),
    }
}

/// What a text is that is no table.
pub(super) fn of_text(head: &[u8]) -> Option<Problem> {
    let start = &head[..head.len().min(4096)];
    let text = String::from_utf8_lossy(start).to_lowercase();
    let text = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    if text.starts_with("%pdf-") {
        return Some(PDF.problem());
    }
    if text.starts_with("mime-version:") {
        return Some(WEB_ARCHIVE.problem());
    }
    if !text.starts_with('<') {
        return None;
    }
    let holds = |what: &str| text.contains(what);
    match () {
        () if holds("giamdinhhs") || holds("<tong_hop") || holds("<chi_tieu") || holds("filehoso") => {
            Some(CLAIM_FILE.problem())
        }
        () if holds("<workbook") || holds("mso-application") => Some(XML_WORKBOOK.problem()),
        () => None,
    }
}

/// Mẫu in ra: forms of sums whose number stands above the table, as the head of it says.
const PRINTED: [(&str, &str, &str); 4] = [
    ("c80-hd", "C80-HD: bảng tổng hợp chi phí", "C80-HD: sums of costs"),
    ("c80a-hd", "C80a-HD: tổng hợp chi phí nội trú", "C80a-HD: sums of in-patient costs"),
    ("02/bh", "02/BH: tổng hợp theo chỉ tiêu", "02/BH: sums by item"),
    ("14b", "14b: tổng hợp theo cơ sở", "14b: sums by facility"),
];

/// A form of sums, where a table without the headings of visits names one in its first lines.
pub(super) fn of_title(head: &[u8]) -> Option<Problem> {
    const TITLES: usize = 1024;
    let text = String::from_utf8_lossy(&head[..head.len().min(TITLES)]).to_lowercase();
    let mut words =
        text.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '"' | ':' | '('));
    let (name, vi, en) = words.find_map(|word| PRINTED.iter().find(|(name, ..)| *name == word))?;
    Some(
        Problem::new(Code::TableOfOtherKind)
            .with("read", *name)
            .with("vi", *vi)
            .with("en", *en)
            .with("why_vi", "bảng cộng, không có từng lượt khám; dùng tệp XML của cùng tháng")
            .with("why_en", "sums, no visits; use the XML files of the month"),
    )
}

/// Whether a text is a web page; what of it is a table is told by reading it.
pub(super) fn is_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    // Nearly every table ends here, before all of its first block is folded.
    if !text.starts_with('<') {
        return false;
    }
    let text = text.to_lowercase();
    let marks = ["<html", "<table", "<!doctype html", "<meta", "<tr>", "<tr ", "<body"];
    marks.iter().any(|mark| text.contains(mark))
}

/// A web page without a table.
pub(super) fn page() -> Problem {
    HTML.problem()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_called_what_they_are() {
        let kind = |text: &str| {
            let problem = of_text(text.as_bytes())?;
            problem.facts.iter().find(|(name, _)| *name == "en").map(|(_, kind)| kind.clone())
        };
        let claim = kind("\u{feff}<?xml version=\"1.0\"?><GIAMDINHHS><THONGTINDONVI>");
        assert_eq!(claim.as_deref(), Some(CLAIM_FILE.en));
        assert!(kind("  <html><table><tr><td>1</td>").is_none() && is_page(b" <html><table><tr><td>1</td>"));
        assert!(!is_page("<ghi chú>,months\n".as_bytes()));
        assert_eq!(
            kind("MIME-Version: 1.0\nContent-Type: multipart/related").as_deref(),
            Some(WEB_ARCHIVE.en)
        );
        assert_eq!(
            kind("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>").as_deref(),
            Some(XML_WORKBOOK.en)
        );
        assert_eq!(kind("%PDF-1.7").as_deref(), Some(PDF.en));
        assert_eq!(kind("group,months\n"), None);
        assert_eq!(kind("<ghi chú>,months\n"), None);
    }
}
