//! Viết hồ sơ: a draft as the XML of its edition, and as an envelope in the forms that exporters really use.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::draft::{DraftClaim, DraftLine, Habit, Written};
use bhyt::workshop::{FieldKind, FilePart, Tag};

/// Dạng của NOIDUNGFILE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Base64 in one line.
    Base64,
    /// Base64 in lines of 76 letters.
    Wrapped,
    /// The inner document as it is.
    Inline,
    /// Base64 in a CDATA section.
    CdataBase64,
    /// The inner document in a CDATA section.
    CdataXml,
}

impl Packing {
    /// All of them.
    pub const ALL: [Packing; 5] =
        [Packing::Base64, Packing::Wrapped, Packing::Inline, Packing::CdataBase64, Packing::CdataXml];
}

/// How an envelope is written.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a peculiarity of its own that real exporters have"
)]
pub struct Style {
    /// Form of the parts.
    pub packing: Packing,
    /// A byte order mark before the file.
    pub mark: bool,
    /// A byte order mark and a declaration in each part.
    pub inner_mark: bool,
    /// A declaration that names another encoding than the bytes have.
    pub wrong_declaration: bool,
    /// Empty placeholders for parts without content.
    pub placeholders: bool,
    /// A signature element.
    pub signed: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            packing: Packing::Base64,
            mark: false,
            inner_mark: false,
            wrong_declaration: false,
            placeholders: true,
            signed: true,
        }
    }
}

/// An envelope with these claims.
pub fn envelope(claims: &[DraftClaim], style: Style) -> Vec<u8> {
    let mut out = String::new();
    if style.mark {
        out.push('\u{feff}');
    }
    let encoding = if style.wrong_declaration { "utf-16" } else { "utf-8" };
    let _ = write!(out, "<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<GIAMDINHHS>\n");
    let facility = claims.first().map_or("", |claim| claim.facility.as_str());
    let _ = write!(out, " <THONGTINDONVI><MACSKCB>{facility}</MACSKCB></THONGTINDONVI>\n <THONGTINHOSO>\n");
    let day =
        claims.first().map(|claim| claim.discharged.day.format("%Y%m%d").to_string()).unwrap_or_default();
    let _ = write!(
        out,
        "  <NGAYLAP>{day}</NGAYLAP><SOLUONGHOSO>{}</SOLUONGHOSO>\n  <DANHSACHHOSO>\n",
        claims.len()
    );
    for claim in claims {
        out.push_str("   <HOSO>\n");
        for (name, document) in parts(claim) {
            file(&mut out, name, &document, style);
        }
        if style.placeholders {
            out.push_str("    <FILEHOSO><LOAIHOSO>XML6</LOAIHOSO><NOIDUNGFILE></NOIDUNGFILE></FILEHOSO>\n");
            out.push_str("    <FILEHOSO><LOAIHOSO>XML9</LOAIHOSO><NOIDUNGFILE/></FILEHOSO>\n");
        }
        out.push_str("   </HOSO>\n");
    }
    out.push_str("  </DANHSACHHOSO>\n </THONGTINHOSO>\n");
    if style.signed {
        out.push_str(" <CHUKYDONVI><Signature>c3ludGhldGlj</Signature></CHUKYDONVI>\n");
    }
    out.push_str("</GIAMDINHHS>\n");
    out.into_bytes()
}

fn file(out: &mut String, name: &str, document: &str, style: Style) {
    let inner = if style.inner_mark {
        format!("\u{feff}<?xml version=\"1.0\" encoding=\"windows-1258\"?>\n{document}")
    } else {
        document.to_owned()
    };
    let _ = write!(out, "    <FILEHOSO><LOAIHOSO>{name}</LOAIHOSO><NOIDUNGFILE>");
    match style.packing {
        Packing::Base64 => out.push_str(&STANDARD.encode(&inner)),
        Packing::Wrapped => {
            for line in STANDARD.encode(&inner).as_bytes().chunks(76) {
                out.push('\n');
                out.extend(line.iter().map(|letter| char::from(*letter)));
            }
            out.push('\n');
        }
        Packing::Inline => out.push_str(document),
        Packing::CdataBase64 => {
            let _ = write!(out, "<![CDATA[{}]]>", STANDARD.encode(&inner));
        }
        Packing::CdataXml => {
            let _ = write!(out, "<![CDATA[{}]]>", inner.replace("]]>", "]] >"));
        }
    }
    out.push_str("</NOIDUNGFILE></FILEHOSO>\n");
}

/// The inner documents of a claim.
pub fn parts(claim: &DraftClaim) -> Vec<(&'static str, String)> {
    let (drugs, services) = if claim.standard.has_single_amount() {
        (("", "DSACH_CHI_TIET_THUOC"), ("", "DSACH_CHI_TIET_DVKT"))
    } else {
        (
            ("CHITIEU_CHITIET_THUOC", "DSACH_CHI_TIET_THUOC"),
            ("CHITIEU_CHITIET_DVKT_VTYT", "DSACH_CHI_TIET_DVKT"),
        )
    };
    let mut documents = vec![("XML1", summary(claim))];
    for (name, part, (root, list)) in
        [("XML2", FilePart::Drugs, drugs), ("XML3", FilePart::Services, services)]
    {
        let items: Vec<usize> =
            (0..claim.lines.len()).filter(|&index| claim.lines[index].part == part).collect();
        if items.is_empty() {
            continue;
        }
        let mut body = String::new();
        for index in items {
            item(&mut body, claim, index);
        }
        let document = if root.is_empty() {
            format!("<{list}>\n{body}</{list}>\n")
        } else {
            format!("<{root}>\n<{list}>\n{body}</{list}>\n</{root}>\n")
        };
        if claim.left_out == Some(part) {
            continue;
        }
        if claim.twice == Some(part) {
            documents.push((name, document.clone()));
        }
        documents.push((name, document));
    }
    documents.push(("XML4", tests(claim)));
    documents
}

/// Test results: no money, but weight, as in real files.
fn tests(claim: &DraftClaim) -> String {
    let mut out = String::from("<CHITIEU_CHITIET_DICHVUCANLAMSANG><DSACH_CHI_TIET_CLS>\n");
    for number in 1..=claim.lines.len().min(6) {
        let _ = writeln!(
            out,
            "<CHI_TIET_CLS><MA_LK>{}</MA_LK><STT>{number}</STT><MA_CHI_SO>{number}</MA_CHI_SO>\
             <GIA_TRI>4.{number}</GIA_TRI><KET_LUAN>Binh thuong</KET_LUAN></CHI_TIET_CLS>",
            claim.id
        );
    }
    out.push_str("</DSACH_CHI_TIET_CLS></CHITIEU_CHITIET_DICHVUCANLAMSANG>\n");
    out
}

/// Writes the fields of one item, with its overrides.
struct Item<'c> {
    out: &'c mut String,
    claim: &'c DraftClaim,
    part: FilePart,
    line: u32,
}

impl Item<'_> {
    fn field(&mut self, tag: Tag, text: &str) {
        let of_field =
            |part: FilePart, line: u32, known: Tag| part == self.part && line == self.line && known == tag;
        let grouped = self.claim.grouped
            && matches!(tag.kind(), FieldKind::Amount | FieldKind::Measure)
            && tag != Tag::SoLuong;
        let text = &if grouped { by_thousands(text) } else { text.to_owned() };
        let text = &habitual(self.claim.habit, tag, text);
        let written = self
            .claim
            .overrides
            .iter()
            .find(|other| of_field(other.part, other.line, other.tag))
            .map(|other| &other.text);
        match written {
            None => self.plain(tag.as_str(), text),
            Some(Written::Text(other)) => self.plain(tag.as_str(), other),
            Some(Written::Absent) => {}
            Some(Written::Again(other)) => {
                self.plain(tag.as_str(), text);
                self.plain(tag.as_str(), other);
            }
        }
    }

    /// A field that the program does not read.
    fn plain(&mut self, name: &str, text: &str) {
        let _ = writeln!(self.out, "<{name}>{}</{name}>", escaped(text));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Hundredths with two decimals, as most software writes amounts.
fn amount(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

/// Thousandths with three decimals.
fn measure(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", thousandths.abs() / 1_000, thousandths.abs() % 1_000)
}

fn percent(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// XML1.
fn summary(claim: &DraftClaim) -> String {
    let mut out = String::from("<TONG_HOP>\n");
    let old = claim.standard.has_single_amount();
    let joined = |of: &dyn Fn(&super::draft::DraftCard) -> String| {
        claim.cards.iter().map(of).collect::<Vec<_>>().join(";")
    };
    let mut item = Item { out: &mut out, claim, part: FilePart::Summary, line: 1 };
    item.field(Tag::MaLk, &claim.id);
    item.field(Tag::Stt, "1");
    item.plain("MA_BN", &format!("BN{}", claim.id));
    item.plain("HO_TEN", &claim.name);
    item.field(Tag::NgaySinh, &claim.born.format(if old { "%Y%m%d" } else { "%Y%m%d0000" }).to_string());
    item.field(Tag::GioiTinh, "2");
    item.plain("DIA_CHI", "Thon 1, xa Gia Lap");
    item.field(
        if old { Tag::MaThe } else { Tag::MaTheBhyt },
        &joined(&|card| format!("{}{}", card.object, card.number)),
    );
    item.field(Tag::MaDkbd, &joined(&|card| card.registered.clone()));
    item.field(Tag::GtTheTu, &joined(&|card| card.from.format("%Y%m%d").to_string()));
    item.field(Tag::GtTheDen, &joined(&|card| card.until.format("%Y%m%d").to_string()));
    item.field(if old { Tag::MienCungCt } else { Tag::NgayMienCct }, &claim.exempt_from);
    item.plain(if old { "TEN_BENH" } else { "CHAN_DOAN_RV" }, "Viêm họng cấp & theo dõi < 3 ngày");
    item.plain(if old { "MA_BENH" } else { "MA_BENH_CHINH" }, "J02.9");
    item.field(if old { Tag::MaLydoVvien } else { Tag::MaDoituongKcb }, &claim.visit_code);
    item.field(Tag::NgayVao, &claim.admitted.text());
    item.field(Tag::NgayRa, &claim.discharged.text());
    let days = (claim.discharged.day - claim.admitted.day).num_days();
    let in_patient = matches!(claim.visit_kind.trim_start_matches('0'), "2" | "3" | "4" | "6");
    let days = if in_patient && !old {
        days + 1
    } else if old {
        days
    } else {
        0
    };
    item.field(Tag::SoNgayDtri, &days.to_string());
    // A code with a slip has one; the numbers are made up like everything else.
    let (sender, slip) = match claim.visit_code.as_str() {
        "1.3" => ("00009", "GCT/00009/1"),
        "1.5" => ("", "GHK/00001/1"),
        _ => ("", ""),
    };
    item.field(Tag::MaNoiDi, sender);
    item.field(Tag::GiayChuyenTuyen, slip);
    item.field(Tag::KetQuaDtri, "1");
    item.field(if old { Tag::TinhTrangRv } else { Tag::MaLoaiRv }, "1");
    item.field(Tag::NgayTtoan, &claim.discharged.plus(20).text());
    totals(&mut item, claim);
    item.field(Tag::NamQt, &claim.discharged.day.format("%Y").to_string());
    item.field(Tag::ThangQt, &claim.discharged.day.format("%m").to_string());
    item.field(Tag::MaLoaiKcb, &claim.visit_kind);
    item.field(Tag::MaKhoa, "K01");
    item.field(Tag::MaCskcb, &claim.facility);
    item.field(Tag::MaKhuvuc, &claim.residence);
    let five = claim.five_years_since.map(|day| day.format("%Y%m%d").to_string()).unwrap_or_default();
    if !old {
        item.field(Tag::NamNamLienTuc, &five);
    }
    item.plain("DU_PHONG", "");
    out.push_str("</TONG_HOP>\n");
    out
}

fn totals(item: &mut Item<'_>, claim: &DraftClaim) {
    let totals = &claim.totals;
    let old = claim.standard.has_single_amount();
    item.field(Tag::TThuoc, &amount(totals.drugs));
    item.field(Tag::TVtyt, &amount(totals.supplies));
    if old {
        item.field(Tag::TTongchi, &amount(totals.amounts.hospital));
    } else {
        item.field(Tag::TTongchiBv, &amount(totals.amounts.hospital));
        item.field(Tag::TTongchiBh, &amount(totals.amounts.covered));
    }
    item.field(Tag::TBntt, &amount(totals.amounts.own));
    item.field(Tag::TBncct, &amount(totals.amounts.copayment));
    item.field(Tag::TBhtt, &amount(totals.amounts.fund));
    item.field(Tag::TNguonkhac, &amount(totals.amounts.other));
    if old {
        item.field(Tag::TNgoaids, &amount(totals.outside_capitation));
    } else {
        item.field(Tag::TBhttGdv, &amount(totals.fee_for_service));
    }
}

/// An item of XML2 or XML3.
fn item(out: &mut String, claim: &DraftClaim, index: usize) {
    let line = &claim.lines[index];
    let number = claim.number_of(index);
    let _ = writeln!(out, "<{}>", line.part.item());
    let mut item = Item { out, claim, part: line.part, line: number };
    item.field(Tag::MaLk, &claim.id);
    item.field(Tag::Stt, &number.to_string());
    if line.part == FilePart::Drugs {
        item.field(Tag::MaThuoc, &line.code);
        item.field(Tag::MaNhom, &line.group.to_string());
        item.plain("TEN_THUOC", &line.name);
        item.plain("DON_VI_TINH", "Viên");
        item.plain("HAM_LUONG", "500mg");
        item.plain("DUONG_DUNG", "1.01");
        item.field(Tag::LieuDung, "2 viên/lần * 2 lần/ngày");
        item.plain("SO_DANG_KY", "VD-00000-00");
        item.plain("TT_THAU", "0000/QD-SYT;G1;N1;2026");
    } else {
        item.field(Tag::MaDichVu, &line.code);
        item.field(Tag::MaVatTu, &line.supply);
        item.field(Tag::MaNhom, &line.group.to_string());
        item.field(Tag::GoiVtyt, &line.package);
        item.plain("TEN_DICH_VU", &line.name);
        item.plain("DON_VI_TINH", "Lần");
    }
    item.field(Tag::PhamVi, &line.scope.to_string());
    item.field(Tag::SoLuong, &measure(line.quantity));
    if claim.standard.has_single_amount() {
        amounts_4210(&mut item, line);
    } else {
        amounts_130(&mut item, line);
    }
    item.field(Tag::MaKhoa, line.department);
    item.plain("MA_BAC_SI", "000000/HT-CCHN");
    item.plain(if claim.standard.has_single_amount() { "MA_BENH" } else { "MA_BENH_CHINH" }, "J02.9");
    item.field(Tag::NgayYl, &line.ordered.text());
    if !claim.standard.has_single_amount() {
        item.field(Tag::NgayThYl, &line.done.text());
    }
    item.field(Tag::NgayKq, &line.finished.text());
    item.field(Tag::MaPttt, &line.method.to_string());
    if !claim.standard.has_single_amount() || line.payer != "1" {
        item.field(Tag::NguonCtra, line.payer);
    }
    item.field(Tag::VetThuongTp, line.wound);
    item.field(Tag::TaiSuDung, line.reused);
    item.plain("DU_PHONG", "");
    let _ = writeln!(out, "</{}>", line.part.item());
}

fn amounts_130(item: &mut Item<'_>, line: &DraftLine) {
    if line.part == FilePart::Drugs {
        item.field(Tag::DonGia, &measure(line.hospital_price));
    } else {
        item.field(Tag::DonGiaBv, &measure(line.hospital_price));
        item.field(Tag::DonGiaBh, &measure(line.insured_price));
        item.field(Tag::TyleTtDv, &line.service_ratio.to_string());
        item.field(Tag::TTrantt, &line.cap.map(amount).unwrap_or_default());
    }
    item.field(Tag::TyleTtBh, &line.list_ratio.to_string());
    let amounts = &line.amounts;
    item.field(Tag::ThanhTienBv, &amount(amounts.hospital));
    item.field(Tag::ThanhTienBh, &amount(amounts.covered));
    let source = line.aid.map(|(_, _, source)| source);
    let tags = [Tag::TNguonkhacNsnn, Tag::TNguonkhacVtnn, Tag::TNguonkhacVttn, Tag::TNguonkhacCl];
    for (index, tag) in tags.into_iter().enumerate() {
        item.field(tag, &amount(if source == Some(index) { amounts.other } else { 0 }));
    }
    item.field(Tag::TNguonkhac, &amount(amounts.other));
    item.field(Tag::MucHuong, &percent(line.share));
    item.field(Tag::TBntt, &amount(amounts.own));
    item.field(Tag::TBncct, &amount(amounts.copayment));
    item.field(Tag::TBhtt, &amount(amounts.fund));
}

fn amounts_4210(item: &mut Item<'_>, line: &DraftLine) {
    let amounts = &line.amounts;
    // One ratio: the service's where the amount carries it, the list's elsewhere.
    let ratio = if line.service_ratio == 100 { line.list_ratio } else { line.service_ratio };
    item.field(Tag::DonGia, &measure(line.hospital_price));
    item.field(Tag::TyleTt, &ratio.to_string());
    item.field(Tag::ThanhTien, &amount(amounts.hospital));
    item.field(Tag::MucHuong, &percent(line.share));
    item.field(Tag::TNguonkhac, &amount(amounts.other));
    item.field(Tag::TBntt, &amount(amounts.own));
    item.field(Tag::TBhtt, &amount(amounts.fund));
    item.field(Tag::TBncct, &amount(amounts.copayment));
    item.field(Tag::TNgoaids, &amount(0));
}

/// `37500.00` as `37.500`, `1234567.00` as `1.234.567`; what is below a thousand stays.
fn by_thousands(text: &str) -> String {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A field as an exporter of that habit writes it.
fn habitual(habit: Habit, tag: Tag, text: &str) -> String {
    let may_be_empty = matches!(
        tag,
        Tag::TNguonkhac
            | Tag::TNguonkhacNsnn
            | Tag::TNguonkhacVtnn
            | Tag::TNguonkhacVttn
            | Tag::TNguonkhacCl
            | Tag::TTrantt
            | Tag::TBhttGdv
            | Tag::TVtyt
            | Tag::TThuoc
    );
    match habit {
        Habit::ThreeDecimals if tag.kind() == FieldKind::Amount && !text.is_empty() => format!("{text}0"),
        Habit::EmptyZeros if may_be_empty && text == "0.00" => String::new(),
        Habit::WholeShares if tag == Tag::MucHuong => text.split('.').next().unwrap_or(text).to_owned(),
        _ => text.to_owned(),
    }
}
