//! The table of hostile claim files: what is wrong with each, and what must become of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::synthetic::{Style, claims, envelope};
use bhyt::Code;
use bhyt::workshop::Standard;

use crate::audit_hostile_archives::archives;

/// What must become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// This error, for the file or for a claim of it.
    Refused(Code),
    /// Claims are read, whatever is found in them.
    Read,
}

pub struct Sample {
    pub name: String,
    pub bytes: Vec<u8>,
    pub fate: Fate,
}

pub const MIB: usize = 1 << 20;

/// One valid claim as an envelope.
pub fn valid() -> String {
    let drafts: Vec<_> = claims(Standard::Qd1931, 3).take(1).collect();
    String::from_utf8(envelope(&drafts, Style::default())).expect("UTF-8")
}

/// An envelope around the files of one claim.
fn around(files: &str) -> String {
    format!(
        "<GIAMDINHHS><THONGTINHOSO><DANHSACHHOSO><HOSO>{files}</HOSO></DANHSACHHOSO></THONGTINHOSO></GIAMDINHHS>"
    )
}

/// A part as it stands.
fn part(kind: &str, content: &str) -> String {
    format!("<FILEHOSO><LOAIHOSO>{kind}</LOAIHOSO><NOIDUNGFILE>{content}</NOIDUNGFILE></FILEHOSO>")
}

/// A part in base64.
fn coded(kind: &str, content: impl AsRef<[u8]>) -> String {
    part(kind, &STANDARD.encode(content))
}

const SUMMARY: &str =
    "<TONG_HOP><MA_LK>1</MA_LK><NGAY_RA>202608031000</NGAY_RA><T_TONGCHI_BV>0</T_TONGCHI_BV></TONG_HOP>";

pub struct Corpus(Vec<Sample>);

impl Corpus {
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>, fate: Fate) {
        self.0.push(Sample { name: name.into(), bytes: bytes.into(), fate });
    }

    pub fn refuse(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>, code: Code) {
        self.add(name, bytes, Fate::Refused(code));
    }

    pub fn read(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.add(name, bytes, Fate::Read);
    }
}

/// Bytes in gzip.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut coder, bytes).expect("memory");
    coder.finish().expect("memory")
}

/// Wrappers that give more than they take, nest without end, or hold nothing.
fn wrappers(corpus: &mut Corpus) {
    let one = valid();
    let bomb = gzip(&[b"<a>".to_vec(), vec![b' '; 200 * MIB]].concat());
    corpus.refuse("bomb.xml.gz", bomb.clone(), Code::XmlTooLong);
    corpus.refuse("bomb-coded.xml", STANDARD.encode(&bomb), Code::XmlTooLong);
    corpus.refuse("bomb-in-bomb.xml.gz", gzip(&bomb), Code::XmlTooLong);
    corpus.refuse("bomb-in-a-part.xml", around(&coded("XML1", &bomb)), Code::PartTooLarge);
    let cut = gzip(one.as_bytes());
    corpus.refuse("cut.xml.gz", &cut[..cut.len() / 2], Code::UnreadableInput);
    let mut nest = one.clone().into_bytes();
    for _ in 0..8 {
        nest = STANDARD.encode(&nest).into_bytes();
    }
    corpus.refuse("base64-in-base64.xml", nest, Code::TooManyWrappers);
    let coded_times = |times: usize| {
        (0..times).fold(one.clone().into_bytes(), |inner, _| STANDARD.encode(inner).into_bytes())
    };
    corpus.read("base64-four-deep.xml", coded_times(4));
    corpus.refuse("base64-five-deep.xml", coded_times(5), Code::TooManyWrappers);
    let escaped_times = |times: usize| {
        let escape = |text: String, _| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<r><a>{}</a></r>", (0..times).fold(valid(), escape))
    };
    corpus.read("escaped-four-deep.xml", escaped_times(4));
    corpus.refuse("escaped-five-deep.xml", escaped_times(5), Code::TooManyWrappers);
    corpus.refuse("escaped-without-a-file.xml", "&amp;".repeat(MIB), Code::NotXml);
    // Marks that open nothing, close to each other and far apart.
    let marked = |marks: &str| {
        let file =
            valid().replacen("<THONGTINHOSO>", &format!("<GHI_CHU>{marks}</GHI_CHU><THONGTINHOSO>"), 1);
        assert!(file.contains("<GHI_CHU>"), "the envelope has no such place");
        file
    };
    corpus.read("bare-marks.xml", marked(&"<a".repeat(1_000)));
    corpus.refuse("bare-marks-without-end.xml", "<a".repeat(MIB), Code::NotXml);
    corpus.refuse("a-tag-without-end.xml", format!("<a {}", "b".repeat(3 * MIB)), Code::XmlTooLong);
    let cdata = format!("<r><fileHSBase64><![CDATA[{}]]></fileHSBase64></r>", STANDARD.encode(&one));
    corpus.read("portal-cdata.xml", cdata);
    corpus.refuse(
        "archive-in-base64.xml",
        STANDARD.encode(b"PK\x03\x04 and more of an archive than fits here"),
        Code::ArchiveInWrapper,
    );
    corpus.refuse("bomb-in-coded-bomb.xml", STANDARD.encode(gzip(&bomb)), Code::XmlTooLong);
    corpus.refuse("bomb-coded-in-bomb.xml.gz", gzip(STANDARD.encode(&bomb).as_bytes()), Code::XmlTooLong);
    let five = gzip(&gzip(&gzip(&gzip(&gzip(one.as_bytes())))));
    corpus.refuse("gzip-five-deep.xml.gz", five, Code::TooManyWrappers);
    let portal_bomb = format!("{{\"fileHSBase64\":\"{}\"}}", STANDARD.encode(&bomb));
    corpus.refuse("bomb-in-the-portals-json.xml", portal_bomb, Code::XmlTooLong);
    corpus.refuse(
        "deep-arrays.json.xml",
        format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        Code::NotXml,
    );
    let deep = format!("{}\"x\"{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    corpus.refuse("deep-objects.json.xml", deep.clone(), Code::NotXml);
    let beside = format!("{{\"a\":{deep},\"fileHSBase64\":\"{}\"}}", STANDARD.encode(&one));
    corpus.refuse("deep-beside-the-file.json.xml", beside, Code::NotXml);
    corpus.refuse("deep.json.xml", "[".repeat(MIB), Code::NotXml);
    corpus.refuse(
        "deep-field.json.xml",
        format!("{}\"fileHSBase64\":", "{\"a\":".repeat(1_000)),
        Code::NotXml,
    );
    corpus.refuse("no-field.json.xml", "{\"a\": \"b\"}", Code::NotXml);
    // No string of them holds a claim file, whatever the field is called.
    corpus.refuse("no-base64.json.xml", "{\"fileHSBase64\": \"€€€€\"}", Code::NotXml);
    corpus.refuse("empty-field.json.xml", "{\"fileHSBase64\": \"\"}", Code::NotXml);
    let portal = format!("{{\"fileHSBase64\":\"{}\"}}", STANDARD.encode(&one));
    corpus.read("portal.json.xml", portal.clone());
    corpus.read("portal-in-base64.xml", STANDARD.encode(portal));
}

/// The whole table.
pub fn corpus() -> Vec<Sample> {
    let mut corpus = Corpus(Vec::new());
    nothing(&mut corpus);
    wrappers(&mut corpus);
    entities(&mut corpus);
    depth_and_length(&mut corpus);
    encodings(&mut corpus);
    base64_parts(&mut corpus);
    structure(&mut corpus);
    numbers(&mut corpus);
    cuts(&mut corpus);
    archives(&mut corpus);
    corpus.0
}

fn nothing(corpus: &mut Corpus) {
    corpus.refuse("empty.xml", "", Code::EmptyInput);
    corpus.refuse("blanks.xml", " \n\t ", Code::NoClaims);
    corpus.refuse("bom-only.xml", "\u{feff}", Code::NoClaims);
    corpus.refuse("declaration-only.xml", "<?xml version=\"1.0\"?>", Code::NoClaims);
    corpus.refuse("comment-only.xml", "<!-- nothing -->", Code::NoClaims);
    corpus.refuse("root-only.xml", "<GIAMDINHHS/>", Code::NoClaims);
    corpus.refuse("other-xml.xml", "<html><body>hello</body></html>", Code::NoClaims);
    for (name, text) in [
        ("text", "hello"),
        ("json", "{\"a\":1}"),
        ("csv", "a,b\n1,2\n"),
        ("pdf", "%PDF-1.7"),
        ("rtf", "{\\rtf1"),
    ] {
        corpus.refuse(format!("not-xml-{name}.xml"), text, Code::NotXml);
    }
    corpus.refuse("base64-whole-empty.xml", "PEdJQU1ESU5ISFM+PC9HSUFNRElOSEhTPg==", Code::NoClaims);
    corpus.refuse(
        "no-claims.xml",
        "<GIAMDINHHS><THONGTINHOSO><SOLUONGHOSO>1</SOLUONGHOSO></THONGTINHOSO></GIAMDINHHS>",
        Code::NoClaims,
    );
    corpus.refuse("empty-claim.xml", around(""), Code::SummaryMissing);
}

fn entities(corpus: &mut Corpus) {
    let laughs: String =
        (1..9).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    for (name, doctype) in [
        ("bomb", format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]>")),
        ("plain", "<!DOCTYPE GIAMDINHHS>".to_owned()),
        ("lower", "<!doctype GIAMDINHHS>".to_owned()),
        ("external", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">".to_owned()),
        ("external-entity", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>".to_owned()),
        ("parameter", "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1/x.dtd\"> %p;]>".to_owned()),
        ("quadratic", format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>", "a".repeat(60_000))),
    ] {
        let inner = SUMMARY.replacen("<MA_LK>1", "<MA_LK>&l8;", 1);
        corpus.refuse(format!("doctype-{name}.xml"), format!("{doctype}{}", valid()), Code::XmlDoctype);
        corpus.refuse(
            format!("doctype-part-{name}.xml"),
            around(&coded("XML1", format!("{doctype}{inner}"))),
            Code::XmlDoctype,
        );
        corpus.refuse(
            format!("doctype-cdata-{name}.xml"),
            around(&part("XML1", &format!("<![CDATA[{doctype}{SUMMARY}]]>"))),
            Code::XmlDoctype,
        );
    }
    corpus.refuse("doctype-unclosed.xml", "<!DOCTYPE x [<!ENTITY a \"b\">", Code::XmlDoctype);
    for (name, reference) in
        [("named", "&foo;"), ("nbsp", "&nbsp;"), ("file", "&xxe;"), ("beyond", "&#x110000;")]
    {
        let inner = SUMMARY.replacen("<MA_LK>1", &format!("<MA_LK>{reference}"), 1);
        corpus.refuse(format!("entity-{name}.xml"), around(&coded("XML1", &inner)), Code::XmlEntity);
        corpus.refuse(format!("entity-inline-{name}.xml"), around(&part("XML1", &inner)), Code::XmlEntity);
    }
    let good = SUMMARY.replacen("<MA_LK>1", "<MA_LK>&lt;&#65;&#x42;&amp;", 1);
    corpus.read("entity-standard.xml", around(&coded("XML1", good)));
    corpus
        .read("lone-ampersand.xml", around(&coded("XML1", SUMMARY.replacen("<MA_LK>1", "<MA_LK>A & B", 1))));
}

fn depth_and_length(corpus: &mut Corpus) {
    for depth in [65, 100, 1_000, 100_000, 1_000_000] {
        let nested = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        corpus.refuse(format!("depth-{depth}.xml"), nested.clone(), Code::XmlDepth);
        if depth <= 100_000 {
            corpus.refuse(format!("depth-part-{depth}.xml"), around(&coded("XML3", nested)), Code::XmlDepth);
        }
    }
    corpus.read(
        "depth-60.xml",
        around(&coded("XML1", format!("{}{SUMMARY}{}", "<a>".repeat(60), "</a>".repeat(60)))),
    );
    let attributes = |count: usize| (0..count).map(|n| format!(" a{n}=\"\"")).collect::<String>();
    corpus.read(
        "attributes-20000.xml",
        around(&coded("XML1", SUMMARY)).replacen("<HOSO>", &format!("<HOSO{}>", attributes(20_000)), 1),
    );
    corpus.refuse(
        "attributes-200000.xml",
        format!("<GIAMDINHHS{}></GIAMDINHHS>", attributes(200_000)),
        Code::XmlTooLong,
    );
    let tag = around(&coded("XML1", format!("<x{}>{SUMMARY}</x>", attributes(200_000))));
    corpus.read("attributes-part.xml", tag);
    for (name, text) in [
        ("comment", format!("<!--{}-->", "x".repeat(2 * MIB))),
        ("instruction", format!("<?x {}?>", "x".repeat(2 * MIB))),
        ("name", format!("<{}/>", "x".repeat(2 * MIB))),
        ("text", format!("<a>{}</a>", "x".repeat(2 * MIB))),
        ("cdata", format!("<a><![CDATA[{}]]></a>", "x".repeat(2 * MIB))),
        ("attribute", format!("<a b=\"{}\"/>", "x".repeat(2 * MIB))),
    ] {
        corpus.refuse(
            format!("long-{name}.xml"),
            format!("<GIAMDINHHS>{text}</GIAMDINHHS>"),
            Code::XmlTooLong,
        );
    }
    let items = "<CHI_TIET_DVKT/>".repeat(60_000);
    corpus.refuse(
        "lines-60000.xml",
        around(&format!("{}{}", coded("XML1", SUMMARY), coded("XML3", format!("<d>{items}</d>")))),
        Code::LinesTooMany,
    );
    corpus.refuse("lines-inline.xml", around(&part("XML3", &items)), Code::LinesTooMany);
    let huge = "QUFB".repeat(23 * MIB);
    corpus.refuse("part-64-mib.xml", around(&part("XML3", &huge)), Code::PartTooLarge);
    let cdata = format!("<![CDATA[{}]]>", "x".repeat(65 * MIB));
    corpus.refuse("part-64-mib-cdata.xml", around(&part("XML3", &cdata)), Code::PartTooLarge);
    let words = format!(
        "<d>{}</d>",
        "<CHI_TIET_DVKT><MA_DICH_VU>xxxxxxxxxxxxxxxxxxxxxxxx</MA_DICH_VU></CHI_TIET_DVKT>".repeat(600_000)
    );
    corpus.refuse("part-50-mib-of-lines.xml", around(&coded("XML3", words)), Code::LinesTooMany);
    let blank = format!("<d>{}</d>", " ".repeat(60 * MIB));
    corpus.refuse("part-60-mib-of-blanks.xml", around(&coded("XML3", blank)), Code::SummaryMissing);
    corpus.read(
        "skipped-part-of-80-mib.xml",
        around(&format!("{}{}", coded("XML1", SUMMARY), part("XML5", &"QUFB".repeat(20 * MIB)))),
    );
}

fn encodings(corpus: &mut Corpus) {
    let text = valid();
    let utf16 =
        |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    corpus.read("utf-16-le.xml", utf16(&marked, u16::to_le_bytes));
    corpus.read("utf-16-be.xml", utf16(&marked, u16::to_be_bytes));
    corpus.read("utf-16-le-unmarked.xml", utf16(&text, u16::to_le_bytes));
    corpus.read("utf-16-be-unmarked.xml", utf16(&text, u16::to_be_bytes));
    corpus.read("utf-16-part.xml", around(&coded("XML1", utf16(SUMMARY, u16::to_le_bytes))));
    let mut odd = utf16(SUMMARY, u16::to_le_bytes);
    odd.pop();
    corpus.refuse("utf-16-part-odd.xml", around(&coded("XML1", odd)), Code::XmlEncoding);
    corpus.read("utf-8-mark.xml", marked.clone());
    corpus.read(
        "declares-utf-16.xml",
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-16\"?>{}",
            text.split_once("?>").expect("a declaration").1
        ),
    );
    corpus.refuse(
        "utf-32.xml",
        text.chars().take(2_000).flat_map(|letter| u32::from(letter).to_le_bytes()).collect::<Vec<u8>>(),
        Code::XmlNul,
    );
    let latin = |text: &str| {
        text.bytes()
            .flat_map(|byte| if byte == b'@' { vec![0xC0, 0xFF] } else { vec![byte] })
            .collect::<Vec<u8>>()
    };
    corpus.refuse(
        "bytes-in-envelope.xml",
        latin(&around(&format!("<x>@</x>{}", coded("XML1", SUMMARY)))),
        Code::XmlEncoding,
    );
    corpus.read(
        "bytes-in-part.xml",
        around(&coded("XML1", latin(&SUMMARY.replacen("</MA_LK>", "</MA_LK><HO_TEN>@</HO_TEN>", 1)))),
    );
    corpus.refuse("bytes-in-tag.xml", latin(&around("<@/>")), Code::XmlEncoding);
    for (name, at) in [("start", 0), ("middle", 200), ("late", text.len() - 25)] {
        let mut bytes = text.clone().into_bytes();
        bytes.insert(at, 0);
        // At the start it looks like UTF-16, and as UTF-16 it is nonsense.
        let code = if at == 0 { Code::NotXml } else { Code::XmlNul };
        corpus.refuse(format!("nul-{name}.xml"), bytes, code);
    }
    corpus.refuse("nul-part.xml", around(&coded("XML1", SUMMARY.replacen('1', "\0", 1))), Code::XmlNul);
    corpus.read(
        "escapes-in-text.xml",
        around(&coded("XML1", SUMMARY.replacen("<MA_LK>1", "<MA_LK>\u{1b}[2J\u{1b}]0;x\u{7}\u{202e}", 1))),
    );
    corpus.refuse("gzip.xml", vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], Code::UnreadableInput);
    corpus.refuse(
        "random.xml",
        (0..4_096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect::<Vec<u8>>(),
        Code::XmlEncoding,
    );
}

fn base64_parts(corpus: &mut Corpus) {
    let good = STANDARD.encode(SUMMARY);
    for (name, content) in [
        ("junk", "!!!!".to_owned()),
        ("one-letter", "Q".to_owned()),
        ("padding-first", "====".to_owned()),
        ("padding-inside", "QU==QUFB".to_owned()),
        ("too-much-padding", "QUE====".to_owned()),
        ("letters", "đồng".to_owned()),
        ("trailing-bits", "QUF=".replace("F=", "G=")),
        ("dots", "....".to_owned()),
        ("percent", "%50%44".to_owned()),
        ("quoted", format!("\"{good}\"")),
        ("cut", good[..good.len() - 7].to_owned() + "*"),
        ("escape", "\u{1b}[2J".to_owned()),
        ("bidi", "\u{202e}QUFB".to_owned()),
    ] {
        corpus.refuse(format!("base64-{name}.xml"), around(&part("XML1", &content)), Code::PartBase64);
    }
    corpus.read("base64-unpadded.xml", around(&part("XML1", good.trim_end_matches('='))));
    corpus.read(
        "base64-blanks.xml",
        around(&part("XML1", &good.chars().map(|letter| format!("{letter} \t\r\n")).collect::<String>())),
    );
    corpus.read("base64-cdata.xml", around(&part("XML1", &format!("<![CDATA[{good}]]>"))));
    corpus.read("base64-after-comment.xml", around(&part("XML1", &format!("<!-- x -->{good}"))));
    corpus.refuse(
        "base64-then-comment.xml",
        around(&part("XML1", &format!("{}<!-- x -->!!", &good[..8]))),
        Code::PartBase64,
    );
    for (name, content) in [
        ("text", &b"hello"[..]),
        ("gzip", &[0x1f, 0x8b, 8, 1][..]),
        ("jpeg", &[0xff, 0xd8, 0xff, 0xe0][..]),
        ("json", &b"{\"TONG_HOP\":1}"[..]),
        ("pdf", &b"%PDF"[..]),
    ] {
        corpus.refuse(format!("part-is-{name}.xml"), around(&coded("XML1", content)), Code::PartNotXml);
    }
    for (name, content) in [("object", "{\"TONG_HOP\": {\"MA_LK\": \"1\"}}"), ("list", " [{\"MA_LK\": 1}]")] {
        corpus.refuse(
            format!("part-is-plain-json-{name}.xml"),
            around(&part("XML1", content)),
            Code::PartNotXml,
        );
    }
    corpus.read("base64-twice.xml", around(&coded("XML1", &good)));
    corpus.read("base64-data-url.xml", around(&part("XML1", &format!("data:text/xml;base64,{good}"))));
    corpus.refuse("base64-url-alphabet.xml", around(&part("XML1", "PD94-_8=")), Code::XmlTruncated);
    corpus.refuse("part-empty.xml", around(&part("XML1", "")), Code::SummaryMissing);
    corpus.refuse("part-blank.xml", around(&coded("XML1", "  \n ")), Code::SummaryMissing);
    for (name, inner) in [
        ("envelope", valid()),
        ("hoso", format!("<HOSO>{SUMMARY}</HOSO>")),
        ("content", format!("<x><NOIDUNGFILE>{good}</NOIDUNGFILE></x>")),
    ] {
        let inner = inner.trim_start_matches("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        corpus.refuse(
            format!("part-inside-part-{name}.xml"),
            around(&coded("XML1", inner)),
            Code::PartInsidePart,
        );
        corpus.refuse(
            format!("part-inside-part-inline-{name}.xml"),
            around(&part("XML1", inner)),
            Code::PartInsidePart,
        );
    }
    let deep = (0..40).fold(good.clone(), |inner, _| format!("<NOIDUNGFILE>{inner}</NOIDUNGFILE>"));
    corpus.refuse("part-inside-part-40.xml", around(&part("XML1", &deep)), Code::PartInsidePart);
}

fn structure(corpus: &mut Corpus) {
    let one = coded("XML1", SUMMARY);
    corpus.refuse("two-roots.xml", format!("{0}<OTHER/>", around(&one)), Code::XmlTwoRoots);
    corpus.refuse("text-after-root.xml", format!("{}x", around(&one)), Code::XmlTwoRoots);
    corpus.refuse(
        "two-roots-part.xml",
        around(&coded("XML1", format!("{SUMMARY}{SUMMARY}"))),
        Code::XmlTwoRoots,
    );
    corpus.refuse("two-summaries.xml", around(&format!("{one}{one}")), Code::SummaryTwice);
    corpus.refuse("no-summary.xml", around(&coded("XML2", "<d><CHI_TIET_THUOC/></d>")), Code::SummaryMissing);
    corpus.refuse("summary-called-xml4.xml", around(&coded("XML4", SUMMARY)), Code::SummaryMissing);
    corpus.read(
        "kind-after-content.xml",
        around(&format!(
            "<FILEHOSO><NOIDUNGFILE>{}</NOIDUNGFILE><LOAIHOSO>XML1</LOAIHOSO></FILEHOSO>",
            STANDARD.encode(SUMMARY)
        )),
    );
    corpus.read("kind-unknown.xml", around(&coded("XML99", SUMMARY)));
    corpus.read("kind-escape.xml", around(&coded("\u{1b}[31mXML1", SUMMARY)));
    corpus.read("prefixed.xml", around(&coded("XML1", SUMMARY.replace("TONG_HOP", "a:TONG_HOP"))));
    corpus.read("bare-part.xml", SUMMARY);
    corpus.refuse(
        "item-in-item.xml",
        around(&coded("XML2", "<d><CHI_TIET_THUOC><CHI_TIET_THUOC/></CHI_TIET_THUOC></d>")),
        Code::ItemNested,
    );
    corpus.refuse(
        "standard-unknown.xml",
        around(&coded("XML1", "<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>")),
        Code::StandardUnknown,
    );
    corpus.refuse(
        "standard-undated.xml",
        around(&coded("XML1", "<TONG_HOP><T_TONGCHI_BV>1</T_TONGCHI_BV></TONG_HOP>")),
        Code::StandardUnknown,
    );
    for (name, markup) in [("mismatched", "<a></b>"), ("closing-only", "</a>"), ("unquoted-bang", "<!x>")] {
        corpus.refuse(
            format!("markup-{name}.xml"),
            format!("<GIAMDINHHS>{markup}</GIAMDINHHS>"),
            Code::XmlSyntax,
        );
        corpus.refuse(
            format!("markup-part-{name}.xml"),
            around(&coded("XML1", format!("<d>{markup}</d>"))),
            Code::XmlSyntax,
        );
    }
    for (name, markup) in [
        ("tag", "<GIAMDINHHS"),
        ("comment", "<GIAMDINHHS><!-- x"),
        ("cdata", "<GIAMDINHHS><![CDATA[x"),
        ("instruction", "<GIAMDINHHS><?x"),
        ("element", "<GIAMDINHHS><HOSO>"),
        ("quote", "<GIAMDINHHS a=\"x>"),
    ] {
        corpus.refuse(format!("unclosed-{name}.xml"), markup, Code::XmlTruncated);
    }
    corpus.refuse("unclosed-part.xml", around(&coded("XML1", &SUMMARY[..60])), Code::XmlTruncated);
    corpus.refuse(
        "unclosed-content.xml",
        "<GIAMDINHHS><HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>QUFB",
        Code::XmlTruncated,
    );
    corpus.read(
        "claims-1000.xml",
        format!("<GIAMDINHHS>{}</GIAMDINHHS>", format!("<HOSO>{one}</HOSO>").repeat(1_000)),
    );
    corpus.read("claim-in-claim.xml", around(&format!("<HOSO>{one}</HOSO>")));
    corpus.read(
        "formula-names.xml",
        around(&coded("XML1", SUMMARY.replacen("<MA_LK>1", "<MA_LK>=HYPERLINK(\"http://x\")", 1))),
    );
}

fn numbers(corpus: &mut Corpus) {
    let digits = "9".repeat(10_000);
    for (index, number) in [
        digits.as_str(),
        "1e999",
        "1e-999",
        "-1e30",
        "NaN",
        "inf",
        "0x10",
        "1_000",
        "٣",
        "１２",
        "1.2.3.4",
        "--1",
        "+-1",
        "1e",
        "e1",
        ".",
        "-",
        "1,",
        ",1",
        "1 2",
        "1\u{a0}000\u{a0}000",
        "\u{202e}1",
        "=1+1",
        "@1",
        "½",
        "1/2",
        "1%%",
        "1e1e1",
        "999999999999999999999.9",
        "0.0000000000000000001",
    ]
    .iter()
    .enumerate()
    {
        let inner = SUMMARY.replacen("<T_TONGCHI_BV>0", &format!("<T_TONGCHI_BV>{number}"), 1);
        corpus.read(format!("number-{index:02}.xml"), around(&coded("XML1", inner)));
    }
    for (index, date) in
        ["99999999999999", "00000000", "20260230", "-1", "202607312460", "2026080310001", &digits]
            .iter()
            .enumerate()
    {
        let inner = SUMMARY.replacen("</MA_LK>", &format!("</MA_LK><NGAY_VAO>{date}</NGAY_VAO>"), 1);
        corpus.read(format!("date-{index:02}.xml"), around(&coded("XML1", inner)));
    }
}

/// A valid file cut at many places.
fn cuts(corpus: &mut Corpus) {
    let text = valid();
    let bytes = text.as_bytes();
    for index in 1..=30 {
        let at = bytes.len() * index / 32;
        corpus.refuse(format!("cut-{index:02}.xml"), &bytes[..at], Code::XmlTruncated);
    }
}
