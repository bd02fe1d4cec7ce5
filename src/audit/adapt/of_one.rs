//! Tỷ lệ ghi theo phần của 1: ratios and shares that stand as 1 or 0.8 for 100 or 80 percent. No list has a ratio of one percent, and
//! it is read so only where the amounts go by the percent.

use crate::audit::claim_file::FileLine;
use crate::audit::figure::Figure;
use crate::audit::number_text::NumberFault;
use crate::audit::record::{CellFault, Shape};
use crate::audit::replay::is_near;
use crate::audit::tag::Tag;

/// Puts a line in percent, with a fault for each field that was not.
pub(super) fn in_percent(line: &mut FileLine<'_>, faults: &mut Vec<CellFault>) {
    let hundredfold = |ratio: Option<Figure>| {
        let small = ratio.filter(|ratio| *ratio > Figure::ZERO && *ratio <= Figure::whole(1))?;
        Some(Figure::from_millionths(small.millionths() * 100))
    };
    let [service, list, share] = [line.service_ratio, line.list_ratio, line.share].map(hundredfold);
    if service.is_none() && list.is_none() && share.is_none() {
        return;
    }
    let read = FileLine {
        service_ratio: service.or(line.service_ratio),
        list_ratio: list.or(line.list_ratio),
        share: share.or(line.share),
        ..*line
    };
    let written = [line.service_ratio, line.list_ratio, line.share];
    if (service.is_some() || list.is_some()) && is_covered(&read) {
        (line.service_ratio, line.list_ratio) = (read.service_ratio, read.list_ratio);
    }
    if share.is_some() && is_paid(&read) {
        line.share = read.share;
    }
    let now =
        [(Tag::TyleTtDv, line.service_ratio), (Tag::TyleTtBh, line.list_ratio), (Tag::MucHuong, line.share)];
    for ((tag, now), written) in now.into_iter().zip(written) {
        if now == written {
            continue;
        }
        let (part, number) = (line.part, line.number);
        // One mistake, one finding: that it also has decimals is no news.
        faults.retain(|known| (known.part, known.number, known.tag) != (part, number, tag));
        let text = written.map(|figure| figure.to_string()).unwrap_or_default();
        let shape = Shape::of(text.as_bytes());
        faults.push(CellFault { part, number, tag, fault: NumberFault::OfOne, shape });
    }
}

/// The covered amount is quantity × price × both ratios.
fn is_covered(line: &FileLine<'_>) -> bool {
    let formed = || {
        let (service, list) = (line.service_ratio?, line.list_ratio?);
        line.quantity?.product(line.insured_price?, &[service, list])
    };
    let covered = line.covered_amount.filter(|covered| *covered > Figure::ZERO);
    covered.zip(formed()).is_some_and(|(declared, formed)| is_near(declared, formed))
}

/// The fund pays this share of the covered amount.
fn is_paid(line: &FileLine<'_>) -> bool {
    let formed = || line.covered_amount?.product(Figure::whole(1), &[line.share?]);
    let fund = line.fund.filter(|fund| *fund > Figure::ZERO);
    fund.zip(formed()).is_some_and(|(declared, formed)| is_near(declared, formed))
}
