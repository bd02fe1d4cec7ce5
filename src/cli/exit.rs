//! Mã thoát: what the exit code of the program says.

use crate::engine::error::EngineError;
use crate::table::{Trouble, TroubleKind};
use crate::terms::problem::{Code, Problem};

/// Mã thoát.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, but look: something was rejected or found.
    Look,
    /// Wrong command line.
    Usage,
    /// Input unusable; nothing written.
    Input,
    /// The recorded law has no answer.
    NoAnswer,
    /// Rulebook refused.
    Rulebook,
    /// An internal check failed.
    Internal,
    /// Reading or writing failed.
    Io,
    /// Stopped with Ctrl-C.
    Stopped,
}

impl Exit {
    /// The number the shell sees.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Look => 1,
            Exit::Usage => 2,
            Exit::Input => 3,
            Exit::NoAnswer => 4,
            Exit::Rulebook => 5,
            Exit::Internal => 70,
            Exit::Io => 74,
            Exit::Stopped => 130,
        }
    }
}

/// Thất bại: a message and the exit code that goes with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct Failure {
    /// What to say.
    pub problem: Problem,
    /// How to end.
    pub exit: Exit,
}

impl Failure {
    /// A wrong command line.
    pub fn usage(problem: Problem) -> Failure {
        Failure { problem, exit: Exit::Usage }
    }

    /// An unusable input file.
    pub fn input(problem: Problem) -> Failure {
        Failure { problem, exit: Exit::Input }
    }

    /// A refusal of the engine; what the user gave wrongly counts as `given`.
    pub fn engine(error: &EngineError, given: Exit) -> Failure {
        let exit = match error {
            EngineError::NotInForce(_)
            | EngineError::RateMissing { .. }
            | EngineError::Unrecorded { .. }
            | EngineError::SpecialMonth { .. } => Exit::NoAnswer,
            EngineError::Claim(error) if error.is_silence_of_the_law() => Exit::NoAnswer,
            EngineError::Claim(_)
            | EngineError::SalaryMissing { .. }
            | EngineError::Months { .. }
            | EngineError::UnknownGroup(_)
            | EngineError::ContractTooShort { .. }
            | EngineError::ContractUndecided
            | EngineError::EndBeforeStart { .. }
            | EngineError::Overflow(_) => given,
            EngineError::Internal(_) => Exit::Internal,
        };
        Failure { problem: error.problem(), exit }
    }

    /// A failed write; a closed pipe is no failure and never gets here.
    pub fn write(error: &std::io::Error, place: impl std::fmt::Display) -> Failure {
        Failure { problem: Problem::new(Code::WriteFailed).because(error).at(place), exit: Exit::Io }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        let exit = match trouble.kind {
            TroubleKind::Usage => Exit::Usage,
            TroubleKind::Input => Exit::Input,
            TroubleKind::Io => Exit::Io,
            TroubleKind::Internal => Exit::Internal,
            TroubleKind::ReaderGone => Exit::Done,
        };
        Failure { problem: trouble.problem, exit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_of_the_engine_ends_with_70_whatever_else_a_command_would_say() {
        for given in [Exit::Input, Exit::Usage] {
            let failure = Failure::engine(&EngineError::Internal("closing 1 of 2".to_owned()), given);
            assert_eq!((failure.exit, failure.exit.code()), (Exit::Internal, 70));
        }
    }
}
