//! Tỷ lệ dịch vụ: examinations are ranked over all days of a visit, interventions within their operation; what is
//! written is checked, what is not is filled in.

use super::day_rules::DayRules;
use crate::case::claim::{ClaimCase, CostLine};
use crate::engine::claim::network_rate::reads;
use crate::engine::error::EngineError;
use crate::terms::care::{BedType, LineKind, Reading, SurgicalTeam};
use crate::terms::number::{ExactVnd, Share};
use crate::terms::problem::{Code, Problem};

/// The ratio of every line.
///
/// # Errors
/// [`EngineError::Overflow`] for quantities beyond exact arithmetic.
pub fn ratios(
    day: &DayRules<'_>,
    case: &ClaimCase,
    lines: &[CostLine],
    notices: &mut Vec<Problem>,
) -> Result<Vec<Share>, EngineError> {
    let mut found: Vec<Share> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let known = day.service_ratios.map_or(&[][..], |version| version.value.of(line.kind));
        if let Some(given) = line.service_ratio.filter(|given| !known.is_empty() && !known.contains(given)) {
            notices.push(Problem::new(Code::ServiceRatioUnusual).with("line", index + 1).with("read", given));
        }
        found.push(bed_ratio(day, case, line));
    }
    rank_examinations(day, lines, &mut found, notices)?;
    rank_operations(day, lines, &mut found, notices);
    Ok(found)
}

/// Giường: shared, stretcher, lodging; other lines as written, or whole.
fn bed_ratio(day: &DayRules<'_>, case: &ClaimCase, line: &CostLine) -> Share {
    let rule = day.bed_days.map(|rule| &rule.value);
    let written_third = day.service_ratios.and_then(|version| version.value.bed.last().copied());
    let Some(rule) = rule.filter(|_| line.kind == LineKind::Bed) else {
        return line.service_ratio.unwrap_or(Share::WHOLE);
    };
    if let Some(given) = line.service_ratio {
        let is_third = Some(given) == written_third && reads(&case.readings, Reading::SharedBedOneThird);
        return if is_third { rule.shared[1] } else { given };
    }
    let of_kind = match line.bed.kind {
        BedType::Stretcher => rule.stretcher,
        BedType::Lodging => rule.lodging.share,
        BedType::Ordinary | BedType::Surgical => Share::WHOLE,
    };
    let of_patients = match line.bed.patients {
        0 | 1 => Share::WHOLE,
        2 => rule.shared[0],
        3.. => rule.shared[1],
    };
    // Two patients on one stretcher share its price.
    of_kind.times(of_patients).unwrap_or(of_kind)
}

/// Khám bệnh: over the days of one visit each further examination takes its step, and all together stay within the
/// sum of the steps; a quantity is so many examinations.
fn rank_examinations(
    day: &DayRules<'_>,
    lines: &[CostLine],
    found: &mut [Share],
    notices: &mut Vec<Problem>,
) -> Result<(), EngineError> {
    let Some(rule) = day.service_ratios else { return Ok(()) };
    let steps = &rule.value.exam;
    let step = |rank: usize| steps.get(rank).or(steps.last()).copied().unwrap_or(Share::WHOLE);
    let number = |share: Share| {
        let (up, down) = share.parts();
        ExactVnd::ratio(up.into(), down.into())
    };
    let mut left = ExactVnd::ZERO;
    for share in steps {
        left = left.plus(number(*share))?;
    }
    let mut order: Vec<usize> =
        (0..lines.len()).filter(|&index| lines[index].kind == LineKind::Exam).collect();
    // Of examinations at one moment the dearest comes first, so that the order of the lines says nothing.
    order.sort_by_key(|&index| {
        let line = &lines[index];
        (line.date, line.at, std::cmp::Reverse(line.insured_price), index)
    });
    let lodges = lines.iter().any(|line| line.kind == LineKind::Bed && line.bed.kind == BedType::Lodging);
    let mut rank = 0;
    for index in order {
        let line = &lines[index];
        if lodges && day.bed_days.is_some() {
            // No examination is paid beside a lodging bed.
            found[index] = Share::NONE;
            continue;
        }
        let units = line.quantity.whole_number().and_then(|units| usize::try_from(units).ok()).unwrap_or(1);
        let mut wanted = ExactVnd::ZERO;
        for unit in 0..units.min(steps.len()) {
            wanted = wanted.plus(number(line.service_ratio.unwrap_or_else(|| step(rank + unit))))?;
        }
        // What is beyond the steps stands on the last one.
        let further = i128::try_from(units.saturating_sub(steps.len())).unwrap_or(i128::MAX);
        let last = number(line.service_ratio.unwrap_or_else(|| step(steps.len())));
        wanted = wanted.plus(last.times(further, 1)?)?;
        let paid = if wanted.compare(left)?.is_gt() { left } else { wanted };
        left = left.minus(paid)?;
        let (up, down) = paid.fraction();
        let of = i128::try_from(units.max(1)).unwrap_or(1);
        let ratio = Share::fraction(up, down * of).unwrap_or(Share::NONE);
        let line_number = index + 1;
        match line.service_ratio {
            None if rank > 0 || units > 1 => notices
                .push(Problem::new(Code::ExamRatioApplied).with("line", line_number).with("ratio", ratio)),
            Some(given) if ratio != given || given > step(rank) => notices.push(
                Problem::new(Code::ExamRatioTooHigh)
                    .with("line", line_number)
                    .with("read", given)
                    .with("accepted", step(rank).at_most(ratio))
                    .with("applied", ratio),
            ),
            None | Some(_) => {}
        }
        found[index] = ratio;
        rank += units;
    }
    Ok(())
}

/// Phẫu thuật, thủ thuật of one operation: the dearest operation counts in full, what is done beside it in part.
fn rank_operations(day: &DayRules<'_>, lines: &[CostLine], found: &mut [Share], notices: &mut Vec<Problem>) {
    let Some(rule) = day.service_ratios else { return };
    let (surgery, procedure) = (&rule.value.surgery, &rule.value.procedure);
    let beside = |line: &CostLine| match (line.kind, line.team) {
        (LineKind::Surgery, SurgicalTeam::Same) => surgery.get(1),
        (LineKind::Surgery, SurgicalTeam::Another) => surgery.get(2),
        _ => procedure.get(1),
    };
    let intervention = |line: &CostLine| matches!(line.kind, LineKind::Surgery | LineKind::Procedure);
    let mut sessions: Vec<&str> =
        lines.iter().filter(|line| intervention(line)).filter_map(|line| line.session.as_deref()).collect();
    sessions.sort_unstable();
    sessions.dedup();
    for session in sessions {
        let of_it =
            |index: &usize| intervention(&lines[*index]) && lines[*index].session.as_deref() == Some(session);
        let members: Vec<usize> = (0..lines.len()).filter(of_it).collect();
        let dearest = dearest(lines, &members);
        for index in members {
            let line = &lines[index];
            let right = if Some(index) == dearest { Some(&Share::WHOLE) } else { beside(line) };
            let right = right.copied().unwrap_or(Share::WHOLE);
            match line.service_ratio {
                None => found[index] = right,
                Some(given) if given != right => notices.push(differs(index, given, right)),
                Some(_) => {}
            }
        }
    }
    // Operations of one day that nobody put into a session: the dearest should be the one in full, and only one.
    let loose = |index: &usize| lines[*index].kind == LineKind::Surgery && lines[*index].session.is_none();
    let mut of_a_day: Vec<usize> = (0..lines.len()).filter(loose).collect();
    of_a_day.sort_by_key(|&index| (lines[index].date, index));
    for same in of_a_day.chunk_by(|&a, &b| lines[a].date == lines[b].date).filter(|same| same.len() > 1) {
        let Some(dearest) = dearest(lines, same) else { continue };
        if found[dearest] != Share::WHOLE {
            notices.push(differs(dearest, found[dearest], Share::WHOLE));
        }
        if same.iter().filter(|&&index| found[index] == Share::WHOLE).count() > 1 {
            let numbers: Vec<String> = same.iter().map(|index| (index + 1).to_string()).collect();
            notices.push(Problem::new(Code::OperationsAtFullPrice).with("lines", numbers.join(", ")));
        }
    }
}

/// The dearest operation, or the dearest intervention where there is no operation.
fn dearest(lines: &[CostLine], members: &[usize]) -> Option<usize> {
    let is_operation = |index: &usize| lines[*index].kind == LineKind::Surgery;
    members
        .iter()
        .copied()
        .max_by_key(|index| (is_operation(index), lines[*index].insured_price, std::cmp::Reverse(*index)))
}

fn differs(index: usize, given: Share, right: Share) -> Problem {
    Problem::new(Code::OperationRatioDiffers)
        .with("line", index + 1)
        .with("read", given)
        .with("accepted", right)
}
