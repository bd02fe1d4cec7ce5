//! Ô bắt buộc: reading fields of a record and noting those that should not be empty.

use super::cards::entries;
use crate::audit::figure::Figure;
use crate::audit::moment::{self, FileMoment};
use crate::audit::number_text::NumberFault;
use crate::audit::record::{CellFault, RawClaim, Record, Shape};
use crate::audit::tag::{FilePart, Tag};
use crate::rulebook::claim_files::{ClaimFileStandard, ItemKind};

/// What an item group stands for; nothing where it belongs to the other table (A21).
pub(super) fn kind_of(part: FilePart, group: u32, standard: &ClaimFileStandard) -> Option<ItemKind> {
    let groups = if part == FilePart::Drugs { &standard.drug_groups } else { &standard.service_groups };
    if groups.contains(&group) { standard.kind_of(group) } else { None }
}

/// The name of the item: of the drug, else of the supply, else of the service.
pub(super) fn name_of<'r>(part: FilePart, fields: &Fields<'r, '_>) -> &'r str {
    match part {
        FilePart::Drugs => fields.word(Tag::TenThuoc),
        _ if !fields.word(Tag::MaVatTu).is_empty() => fields.word(Tag::TenVatTu),
        _ => fields.word(Tag::TenDichVu),
    }
}

/// Reads the fields of one record, collecting what is missing.
pub(super) struct Fields<'r, 'f> {
    raw: &'r RawClaim,
    record: &'r Record,
    faults: &'f mut Vec<CellFault>,
}

impl<'r, 'f> Fields<'r, 'f> {
    pub fn new(raw: &'r RawClaim, record: &'r Record, faults: &'f mut Vec<CellFault>) -> Fields<'r, 'f> {
        Fields { raw, record, faults }
    }

    /// A number that may be left out.
    pub fn optional(&self, tag: Tag) -> Option<Figure> {
        self.raw.number(self.record, tag)
    }

    /// A number that stands for nothing when it is left out.
    pub fn or_zero(&self, tag: Tag) -> Option<Figure> {
        if self.record.is_blank(tag) { Some(Figure::ZERO) } else { self.raw.number(self.record, tag) }
    }

    /// A number that must be there.
    #[inline]
    pub fn required(&mut self, tag: Tag) -> Option<Figure> {
        if self.record.is_blank(tag) {
            self.faults.push(CellFault {
                part: self.record.part,
                number: self.record.number,
                tag,
                fault: NumberFault::Missing,
                shape: Shape::default(),
            });
        }
        self.raw.number(self.record, tag)
    }

    /// A number that must be there, noted as missing only where it was not asked for before.
    pub fn required_once(&mut self, tag: Tag, note: bool) -> Option<Figure> {
        if note { self.required(tag) } else { self.optional(tag) }
    }

    /// Notes the days of cards that cannot be read, or stand in another form: without them a card would look open.
    pub fn days_of_cards(&mut self) {
        for tag in [Tag::GtTheTu, Tag::GtTheDen] {
            for text in entries(self.word(tag)).into_iter().filter(|text| !text.is_empty()) {
                let fault = match moment::read(text.as_bytes()) {
                    Ok((_, fault)) => fault,
                    Err(fault) => Some(fault),
                };
                if let Some(fault) = fault {
                    let (part, number) = (self.record.part, self.record.number);
                    self.faults.push(CellFault {
                        part,
                        number,
                        tag,
                        fault,
                        shape: Shape::of(text.as_bytes()),
                    });
                }
            }
        }
    }

    /// A moment, where one can be read.
    pub fn moment(&self, tag: Tag) -> Option<FileMoment> {
        self.raw.moment(self.record, tag)
    }

    /// A small whole number: a code or a count.
    pub fn count(&self, tag: Tag) -> Option<u32> {
        self.optional(tag).and_then(Figure::count)
    }

    /// A text; empty when it is left out.
    #[inline]
    pub fn word(&self, tag: Tag) -> &'r str {
        self.raw.word(self.record, tag)
    }
}
