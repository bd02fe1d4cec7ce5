//! Một hồ sơ trong các tệp: the n-th claim of some files, examined, for reports on a single claim.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::sync::Mutex;

use crate::audit::examine::{Examination, examine};
use crate::audit::legal::Law;
use crate::audit::source::Unit;
use crate::audit::xml::encoding::{Transcoder, mark};
use crate::audit::xml::{Bundle, Envelope, Limits};
use crate::terms::problem::{Code, Problem};

/// Examines the n-th readable claim (from 1) and hands it to `show` with the name of its file. Archives are not
/// looked into.
///
/// # Errors
/// [`Problem`] for a file that cannot be read before the claim is met, and when there is no such claim.
pub fn with_claim<T>(
    units: &[Unit],
    wanted: usize,
    law: &mut Law<'_>,
    stdin: &dyn Fn() -> Box<dyn Read>,
    show: impl FnOnce(&str, &Examination<'_>) -> T,
) -> Result<T, Problem> {
    let (gate, limits) = (Mutex::new(()), Limits::default());
    let mut bundle = Bundle::default();
    let mut left = wanted.max(1);
    for unit in units {
        let name = unit.name();
        let mut input = open(unit, stdin).map_err(|problem| problem.at(&name))?;
        let kind = mark(input.fill_buf().map_err(|error| io_problem(&error).at(&name))?);
        let input: Box<dyn BufRead> = match Transcoder::new(input, kind) {
            Ok(transcoder) => Box::new(transcoder),
            Err(input) => input,
        };
        let mut envelope = Envelope::new(input, limits, &gate);
        while envelope.next(&mut bundle).map_err(|error| error.problem().at(&name))? {
            left -= 1;
            if left == 0 {
                let raw = bundle.read(&limits).map_err(|error| error.problem().at(&name))?;
                return examine(raw, law)
                    .map(|found| show(&name, &found))
                    .map_err(|problem| problem.at(&name));
            }
        }
    }
    Err(Problem::new(Code::NoClaims))
}

fn open(unit: &Unit, stdin: &dyn Fn() -> Box<dyn Read>) -> Result<Box<dyn BufRead>, Problem> {
    Ok(match unit {
        Unit::Stdin => Box::new(BufReader::new(stdin())),
        Unit::File(path) => Box::new(BufReader::new(File::open(path).map_err(|error| io_problem(&error))?)),
    })
}

fn io_problem(error: &std::io::Error) -> Problem {
    Problem::new(Code::UnreadableInput).because(error)
}
