//! Tệp không phải bảng: files that carry the name of a table and are something else, told by their bytes.

use std::borrow::Cow;
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
const OPEN_DOCUMENT: Kind =
    Kind { vi: "bảng tính OpenDocument (.ods)", en: "an OpenDocument spreadsheet (.ods)", hint: SAVE_AS };
const JSON: Kind = Kind {
    vi: "tệp JSON (dữ liệu trao đổi giữa các phần mềm)",
    en: "a JSON file (data that programs exchange)",
    hint: [
        "Xuất danh sách ra .xlsx hay .csv từ phần mềm đó.",
        "Let the program that wrote it export the list as .xlsx or .csv.",
    ],
};
const TO_UNICODE: [&str; 2] = [
    "Chuyển sang Unicode dựng sẵn (ví dụ bằng công cụ chuyển mã của bộ gõ) rồi lưu lại.",
    "Convert it to Unicode (for example with the converter of an input method) and save it again.",
];
const TCVN3: Kind = Kind {
    vi: "bảng gõ bằng phông TCVN3 (ABC), không phải Unicode",
    en: "a table typed with TCVN3 (ABC) fonts, not Unicode",
    hint: TO_UNICODE,
};
const VNI: Kind = Kind {
    vi: "bảng gõ bằng phông VNI, không phải Unicode",
    en: "a table typed with VNI fonts, not Unicode",
    hint: TO_UNICODE,
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

/// What an archive is that is no workbook, by what it says of itself in front.
pub(super) fn of_archive(file: &mut File) -> Option<Problem> {
    const FRONT: u64 = 128;
    let mut front = Vec::new();
    file.seek(SeekFrom::Start(0)).and_then(|_| file.take(FRONT).read_to_end(&mut front)).ok()?;
    memmem::find(&front, b"opendocument.spreadsheet").map(|_| OPEN_DOCUMENT.problem())
}

/// Fonts from before Unicode: their letters stand where Western ones do, so that a heading names nothing. Told where no
/// heading was found, by signs within words that no other text has there.
pub(super) fn of_old_font(head: &[u8]) -> Option<Problem> {
    const LOOKED_AT: usize = 4096;
    const LEAST: usize = 3;
    let text = String::from_utf8_lossy(&head[..head.len().min(LOOKED_AT)]).into_owned();
    // Vietnamese in Unicode has letters with two marks; text that was decoded wrongly has control signs or arrows of its own.
    if text.chars().any(|sign| matches!(sign, '\u{1ea0}'..='\u{1ef9}' | '\u{80}'..='\u{9f}'))
        || text.contains("á»")
    {
        return None;
    }
    let signs: Vec<char> = text.chars().collect();
    let beside = |first: fn(char) -> bool, second: fn(char) -> bool| {
        signs.windows(2).filter(|pair| first(pair[0]) && second(pair[1])).count()
    };
    let is_tcvn3 = |sign| "µ¸¶·¹¨»¾¼½©ªº¬§®\u{ad}".contains(sign);
    let letter = |sign: char| sign.is_ascii_alphabetic();
    let found = signs
        .windows(2)
        .filter(|pair| letter(pair[0]) && is_tcvn3(pair[1]) || is_tcvn3(pair[0]) && letter(pair[1]))
        .count();
    if found >= LEAST {
        return Some(TCVN3.problem());
    }
    let vowel = |sign: char| "aeiouyAEIOUYôöÔÖ".contains(sign);
    let tone = |sign: char| "øùûõïâåêëáàãäéèæÿñØÙÛÕÏÂÅÊËÁÀÃÄÉÈ".contains(sign);
    (beside(vowel, tone) >= LEAST).then(|| VNI.problem())
}

/// What a text is that is no table.
pub(super) fn of_text(head: &[u8]) -> Option<Problem> {
    let start = &head[..head.len().min(4096)];
    let text = String::from_utf8_lossy(start).to_lowercase();
    let text = text.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
    if text.starts_with("%pdf-") {
        return Some(PDF.problem());
    }
    if text.starts_with(['{', '[']) && text.contains("\":") {
        return Some(JSON.problem());
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
    // Nearly every head is text up to its end, which is seen sooner than where it is none.
    let text = str::from_utf8(head).map_or_else(|_| String::from_utf8_lossy(head), Cow::Borrowed);
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
    fn fonts_from_before_unicode_are_told_from_unicode_and_from_other_text() {
        let font = |text: &str| {
            let problem = of_old_font(text.as_bytes())?;
            problem.facts.iter().find(|(name, _)| *name == "en").map(|(_, font)| font.clone())
        };
        for text in [
            "STT;Hä vµ tªn;M· hé;§èi t\u{ad}îng;Ngµy biªn lai;Sè th¸ng",
            "Hä tªn\nNguyÔn V¨n MÉu\nTrÇn ThÞ N¨m\nLª ThÞ B¶y",
        ] {
            assert_eq!(font(text).as_deref(), Some(TCVN3.en), "{text}");
        }
        for text in
            ["STT;Hoï vaø teân;Maõ hoä;Ñoái töôïng;Ngaøy bieân lai;Soá thaùng", "TEÂN;SOÁ THAÙNG;NGAØY"]
        {
            assert_eq!(font(text).as_deref(), Some(VNI.en), "{text}");
        }
        for text in [
            "Họ và tên,Đối tượng,Số tháng",
            "Ho va ten,Doi tuong,So thang",
            "nom,prénom,numéro,âge,où",
            "Há»\u{8d} vÃ  tÃªn;MÃ£ há»\u{99};Sá»\u{91} thÃ¡ng",
            "Tên,Mã,Năm",
        ] {
            assert_eq!(font(text), None, "{text}");
        }
    }

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
        assert_eq!(kind("[{\"ho_ten\": \"An\"}]").as_deref(), Some(JSON.en));
        assert_eq!(kind("[1],[2]\n{x},\"a\"\n"), None);
        assert_eq!(kind("<ghi chú>,months\n"), None);
    }
}
