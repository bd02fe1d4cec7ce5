//! Một hồ sơ trong các tệp: the n-th claim of some files, examined, for reports on a single claim.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::sync::Mutex;

use super::reader::io_problem;
use crate::audit::examine::{Examination, examine};
use crate::audit::legal::Law;
use crate::audit::source::SourceFile;
use crate::audit::source::archive::{ArchiveLimits, FIRST_BYTES, Member, read_archive};
use crate::audit::source::wrapper::unwrapped;
use crate::audit::xml::{Bundle, Envelope, ReadError, ReadLimits};
use crate::terms::problem::{Code, Problem};

/// Examines the n-th readable claim (from 1) and hands it to `show` with the name of its file.
///
/// # Errors
/// [`Problem`] for a file that cannot be read before the claim is met, and when there is no such claim.
pub fn with_claim<T>(
    units: &[SourceFile],
    wanted: usize,
    law: &mut Law<'_>,
    stdin: &dyn Fn() -> Box<dyn Read>,
    show: impl FnOnce(&str, &Examination<'_>) -> T,
) -> Result<T, Problem> {
    let mut search = Search { left: wanted.max(1), law, show: Some(show), found: None };
    for unit in units {
        let name = unit.name();
        search.look_into(unit, stdin, &name)?;
        if let Some(found) = search.found {
            return Ok(found);
        }
    }
    Err(Problem::new(Code::NoClaims))
}

/// What is left to be looked for, and what was made of it.
struct Search<'s, 'r, T, F> {
    left: usize,
    law: &'s mut Law<'r>,
    show: Option<F>,
    found: Option<T>,
}

impl<T, F: FnOnce(&str, &Examination<'_>) -> T> Search<'_, '_, T, F> {
    fn look_into(
        &mut self,
        unit: &SourceFile,
        stdin: &dyn Fn() -> Box<dyn Read>,
        name: &str,
    ) -> Result<(), Problem> {
        let failed = |error: &std::io::Error| io_problem(error).at(name);
        match unit {
            SourceFile::Stdin => self.look_at(&mut BufReader::new(stdin()), name),
            SourceFile::File(path) | SourceFile::Named(path, _) => {
                let open = || File::open(path).map_err(|error| failed(&error));
                let mut input = BufReader::new(open()?);
                if !input.fill_buf().map_err(|error| failed(&error))?.starts_with(FIRST_BYTES) {
                    return self.look_at(&mut input, name);
                }
                let limits = ArchiveLimits::default();
                read_archive(open()?, &limits, &mut |member, content| {
                    let name = format!("{name}!{member}");
                    match content {
                        Member::Readable(_) if self.found.is_some() => Ok(()),
                        Member::Readable(input) => self.look_at(input, &name),
                        Member::Refused(problem) => Err(problem.at(&name)),
                    }
                })
            }
        }
    }

    fn look_at(&mut self, input: &mut dyn BufRead, name: &str) -> Result<(), Problem> {
        let mut input = unwrapped(input).map_err(|error| ReadError::of(&error).problem().at(name))?;
        self.count(input.as_mut(), name)
    }

    /// Counts claims down to the wanted one.
    fn count(&mut self, input: impl BufRead, name: &str) -> Result<(), Problem> {
        let (gate, limits) = (Mutex::new(()), ReadLimits::default());
        let mut envelope = Envelope::new(input, limits, &gate);
        let mut bundle = Bundle::default();
        while envelope.next(&mut bundle).map_err(|error| error.problem().at(name))? {
            self.left -= 1;
            if self.left > 0 {
                continue;
            }
            let raw = bundle.read(&limits).map_err(|error| error.problem().at(name))?;
            let examination = examine(raw, self.law).map_err(|problem| problem.at(name))?;
            self.found = self.show.take().map(|show| show(name, &examination));
            return Ok(());
        }
        Ok(())
    }
}
