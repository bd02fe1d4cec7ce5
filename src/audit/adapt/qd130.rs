//! QĐ 130 và các quyết định sửa đổi (4750, 3176, 1931): hospital and insured amounts apart.

use super::cards::{cards, date, entries};
use super::fields::{Fields, kind_of, name_of};
use super::of_one::in_percent;
use crate::audit::claim_file::Wholeness;
use crate::audit::claim_file::{ClaimFile, FileLine, FileSummary, FileTotals};
use crate::audit::figure::Figure;
use crate::audit::record::{RawClaim, Record};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::ClaimFileStandard;

/// The claim of a raw one.
pub(super) fn claim<'r>(
    raw: &'r RawClaim,
    summary: &'r Record,
    standard: &ClaimFileStandard,
) -> ClaimFile<'r> {
    let mut faults = raw.faults.clone();
    let lines: Vec<FileLine<'_>> = raw
        .lines
        .iter()
        .map(|record| {
            let mut line = line(record, Fields::new(raw, record, &mut faults), standard);
            in_percent(&mut line, &mut faults);
            line
        })
        .collect();
    let summary = summary_of(raw, summary, Fields::new(raw, summary, &mut faults));
    let whole = Wholeness::of(raw, &summary.totals, &lines, standard.standard);
    ClaimFile { standard: standard.standard, summary, lines, faults, sender: &raw.sender, whole }
}

fn summary_of<'r>(raw: &'r RawClaim, record: &'r Record, mut fields: Fields<'r, '_>) -> FileSummary<'r> {
    fields.days_of_cards();
    let registered = entries(fields.word(Tag::MaDkbd));
    let (cards, list_lengths) = cards(
        fields.word(Tag::MaTheBhyt),
        fields.word(Tag::MaDkbd),
        fields.word(Tag::GtTheTu),
        fields.word(Tag::GtTheDen),
    );
    FileSummary {
        id: fields.word(Tag::MaLk),
        cards,
        list_lengths,
        visit_code: fields.word(Tag::MaDoituongKcb),
        visit_kind: fields.word(Tag::MaLoaiKcb),
        facility: fields.word(Tag::MaCskcb),
        sent_from: fields.word(Tag::MaNoiDi),
        slip: fields.word(Tag::GiayChuyenTuyen),
        registered,
        residence: fields.word(Tag::MaKhuvuc),
        department: fields.word(Tag::MaKhoa),
        admitted: raw.moment(record, Tag::NgayVao),
        admitted_to_ward: raw.moment(record, Tag::NgayVaoNoiTru),
        discharged: raw.moment(record, Tag::NgayRa),
        paid: raw.moment(record, Tag::NgayTtoan),
        treatment_days: fields.count(Tag::SoNgayDtri),
        result: fields.count(Tag::KetQuaDtri),
        ending: fields.count(Tag::MaLoaiRv),
        exempt_from: raw.moment(record, Tag::NgayMienCct),
        five_years_since: raw.moment(record, Tag::NamNamLienTuc).map(super::super::moment::FileMoment::date),
        born: date(fields.word(Tag::NgaySinh).get(..8).unwrap_or("")),
        birth: fields.word(Tag::NgaySinh),
        sex: fields.count(Tag::GioiTinh),
        settlement: fields.count(Tag::NamQt).zip(fields.count(Tag::ThangQt)),
        totals: FileTotals {
            hospital: fields.required(Tag::TTongchiBv),
            covered: fields.required(Tag::TTongchiBh),
            drugs: fields.or_zero(Tag::TThuoc),
            supplies: fields.or_zero(Tag::TVtyt),
            fund: fields.required(Tag::TBhtt),
            copayment: fields.required(Tag::TBncct),
            own: fields.required(Tag::TBntt),
            other: fields.or_zero(Tag::TNguonkhac),
            outside_capitation: fields.or_zero(Tag::TBhttGdv),
        },
    }
}

fn line<'r>(record: &'r Record, mut fields: Fields<'r, '_>, standard: &ClaimFileStandard) -> FileLine<'r> {
    let of_part = |drugs: Tag, services: Tag| if record.part == FilePart::Drugs { drugs } else { services };
    let whole = Some(Figure::whole(100));
    let group = fields.count(Tag::MaNhom);
    FileLine {
        part: record.part,
        number: record.number,
        code: fields.word(of_part(Tag::MaThuoc, Tag::MaDichVu)),
        supply: fields.word(Tag::MaVatTu),
        package: fields.word(Tag::GoiVtyt),
        department: fields.word(Tag::MaKhoa),
        group,
        kind: group.and_then(|group| kind_of(record.part, group, standard)),
        scope: fields.count(Tag::PhamVi),
        quantity: fields.required(Tag::SoLuong),
        hospital_price: fields.required(of_part(Tag::DonGia, Tag::DonGiaBv)),
        insured_price: fields
            .required_once(of_part(Tag::DonGia, Tag::DonGiaBh), record.part == FilePart::Services),
        service_ratio: if record.part == FilePart::Drugs { whole } else { fields.required(Tag::TyleTtDv) },
        list_ratio: fields.required(Tag::TyleTtBh),
        hospital_amount: fields.required(Tag::ThanhTienBv),
        covered_amount: fields.required(Tag::ThanhTienBh),
        cap: fields.optional(Tag::TTrantt),
        share: fields.required(Tag::MucHuong),
        sources: [Tag::TNguonkhacNsnn, Tag::TNguonkhacVtnn, Tag::TNguonkhacVttn, Tag::TNguonkhacCl]
            .map(|tag| fields.or_zero(tag)),
        other: fields.or_zero(Tag::TNguonkhac),
        own: fields.required(Tag::TBntt),
        copayment: fields.required(Tag::TBncct),
        fund: fields.required(Tag::TBhtt),
        outside_capitation: None,
        ordered: fields.moment(Tag::NgayYl),
        done: fields.moment(Tag::NgayThYl),
        finished: fields.moment(Tag::NgayKq),
        payment_method: fields.count(Tag::MaPttt),
        claim_key: fields.word(Tag::MaLk),
        doctor: fields.word(Tag::MaBacSi),
        name: name_of(record.part, &fields),
        licence: fields.word(Tag::SoDangKy),
        strength: fields.word(Tag::HamLuong),
        tender: fields.word(Tag::TtThau),
        dose: fields.word(Tag::LieuDung),
        payer: fields.count(Tag::NguonCtra),
        war_wound: fields.count(Tag::VetThuongTp),
        reused: fields.count(Tag::TaiSuDung),
    }
}
