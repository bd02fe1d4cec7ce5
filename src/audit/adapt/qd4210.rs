//! QĐ 4210: one price, one ratio, one amount a line; what is covered follows from them.

use super::cards::{cards, date, entries};
use super::fields::{Fields, kind_of, name_of};
use crate::audit::claim_file::Wholeness;
use crate::audit::claim_file::{ClaimFile, FileLine, FileSummary, FileTotals};
use crate::audit::figure::Figure;
use crate::audit::moment::FileMoment;
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
        .map(|record| line(record, Fields::new(raw, record, &mut faults), standard))
        .collect();
    let summary = summary_of(raw, summary, Fields::new(raw, summary, &mut faults));
    let whole = Wholeness::of(raw, &summary.totals, &lines, standard.standard);
    ClaimFile { standard: standard.standard, summary, lines, faults, sender: &raw.sender, whole }
}

fn summary_of<'r>(raw: &'r RawClaim, record: &'r Record, mut fields: Fields<'r, '_>) -> FileSummary<'r> {
    fields.days_of_cards();
    let registered = entries(fields.word(Tag::MaDkbd));
    let (cards, list_lengths) = cards(
        fields.word(Tag::MaThe),
        fields.word(Tag::MaDkbd),
        fields.word(Tag::GtTheTu),
        fields.word(Tag::GtTheDen),
    );
    FileSummary {
        id: fields.word(Tag::MaLk),
        cards,
        list_lengths,
        visit_code: fields.word(Tag::MaLydoVvien),
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
        ending: fields.count(Tag::TinhTrangRv),
        exempt_from: date(fields.word(Tag::MienCungCt)).map(FileMoment::day),
        five_years_since: None,
        born: date(fields.word(Tag::NgaySinh)),
        birth: fields.word(Tag::NgaySinh),
        sex: fields.count(Tag::GioiTinh),
        settlement: fields.count(Tag::NamQt).zip(fields.count(Tag::ThangQt)),
        totals: FileTotals {
            hospital: fields.required(Tag::TTongchi),
            covered: None,
            drugs: fields.or_zero(Tag::TThuoc),
            supplies: fields.or_zero(Tag::TVtyt),
            fund: fields.required(Tag::TBhtt),
            copayment: fields.or_zero(Tag::TBncct),
            own: fields.required(Tag::TBntt),
            other: fields.or_zero(Tag::TNguonkhac),
            outside_capitation: fields.or_zero(Tag::TNgoaids),
        },
    }
}

fn line<'r>(record: &'r Record, mut fields: Fields<'r, '_>, standard: &ClaimFileStandard) -> FileLine<'r> {
    let is_drug = record.part == FilePart::Drugs;
    let group = fields.count(Tag::MaNhom);
    let price = fields.required(Tag::DonGia);
    let ratio = fields.required(Tag::TyleTt);
    let amount = fields.required(Tag::ThanhTien);
    let whole = Some(Figure::whole(100));
    // In these groups the amount carries the ratio already, so nothing more is taken off it.
    let in_amount = !is_drug && group.is_some_and(|group| standard.ratio_in_amount.contains(&group));
    let (service_ratio, list_ratio) = if in_amount { (ratio, whole) } else { (whole, ratio) };
    FileLine {
        part: record.part,
        number: record.number,
        code: fields.word(if is_drug { Tag::MaThuoc } else { Tag::MaDichVu }),
        supply: fields.word(Tag::MaVatTu),
        package: fields.word(Tag::GoiVtyt),
        department: fields.word(Tag::MaKhoa),
        group,
        kind: group.and_then(|group| kind_of(record.part, group, standard)),
        scope: fields.count(Tag::PhamVi),
        quantity: fields.required(Tag::SoLuong),
        hospital_price: price,
        insured_price: price,
        service_ratio,
        list_ratio,
        hospital_amount: amount,
        covered_amount: covered(amount, list_ratio),
        cap: fields.optional(Tag::TTrantt),
        share: fields.required(Tag::MucHuong),
        sources: [None; 4],
        other: fields.or_zero(Tag::TNguonkhac),
        own: fields.required(Tag::TBntt),
        copayment: fields.or_zero(Tag::TBncct),
        fund: fields.required(Tag::TBhtt),
        outside_capitation: fields.or_zero(Tag::TNgoaids),
        ordered: fields.moment(Tag::NgayYl),
        done: None,
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

fn covered(amount: Option<Figure>, ratio: Option<Figure>) -> Option<Figure> {
    amount?.product(Figure::whole(1), &[ratio?])
}
