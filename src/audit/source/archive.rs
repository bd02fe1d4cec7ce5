//! Tệp nén: a `.zip` of claim files, read member by member, never unpacked to disk, within bounds.
//!
//! What a header declares is not believed: bytes are counted as they come out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::terms::problem::{Code, Problem};

/// Giới hạn của tệp nén.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveLimits {
    /// Members.
    pub members: usize,
    /// Bytes that come out of all members together.
    pub total: u64,
    /// How many times the archive's own size may come out, above the floor.
    pub ratio: u64,
    /// Bytes that may always come out.
    pub floor: u64,
}

const MIB: u64 = 1 << 20;

impl Default for ArchiveLimits {
    fn default() -> ArchiveLimits {
        ArchiveLimits { members: 50_000, total: 8 * 1024 * MIB, ratio: 200, floor: 64 * MIB }
    }
}

/// What a member of an archive turned out to be.
pub enum Member<'m> {
    /// A claim file to read.
    Readable(&'m mut dyn BufRead),
    /// Something that is refused, with the reason.
    Refused(Problem),
}

/// Reads an archive, handing every member with its name to `each`; members that are no claim files are skipped.
///
/// # Errors
/// [`Problem`] for an archive that cannot be opened, and whatever `each` refuses to go on with.
pub fn read_archive(
    mut file: File,
    limits: &ArchiveLimits,
    each: &mut dyn FnMut(&str, Member<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let size = file.metadata().map_or(0, |data| data.len());
    refuse_many_members(&mut file, size, limits)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| zip_problem(&error))?;
    if archive.len() > limits.members {
        return Err(too_many(limits));
    }
    let allowed = limits.total.min(size.saturating_mul(limits.ratio).max(limits.floor));
    let mut left = allowed;
    if archive.has_duplicate_names() {
        each("", Member::Refused(Problem::new(Code::ZipName)))?;
    }
    let mut found = false;
    for index in 0..archive.len() {
        let mut member = match archive.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                found = true;
                each(&format!("#{}", index + 1), Member::Refused(zip_problem(&error)))?;
                continue;
            }
        };
        if member.is_dir() {
            continue;
        }
        let name = member.name().map_or_else(|_| format!("#{}", index + 1), std::borrow::Cow::into_owned);
        if let Some(refusal) = refusal(&name, member.is_symlink()) {
            found = true;
            each(&name, Member::Refused(refusal))?;
            continue;
        }
        if !ends_with(&name, ".xml") && !ends_with(&name, ".xml.gz") {
            continue;
        }
        found = true;
        let mut counted = Counted { inner: &mut member, left: &mut left, exceeded: false };
        let mut reader = BufReader::with_capacity(64 * 1024, &mut counted);
        each(&name, Member::Readable(&mut reader))?;
        drop(reader);
        if counted.exceeded {
            return Err(Problem::new(Code::ZipTooLarge).with("limit", allowed).with("ratio", limits.ratio));
        }
    }
    if found { Ok(()) } else { Err(Problem::new(Code::NoClaims)) }
}

/// Nothing is ever unpacked to a name of the archive, so that the rule is one for all systems.
fn refusal(name: &str, points_elsewhere: bool) -> Option<Problem> {
    let is_odd = name.starts_with('/') || name.contains("..") || name.contains(['\\', '\0']);
    if points_elsewhere || is_odd {
        Some(Problem::new(Code::ZipName))
    } else if ends_with(name, ".zip") {
        Some(Problem::new(Code::ZipNested))
    } else {
        None
    }
}

fn ends_with(name: &str, ending: &str) -> bool {
    name.len() >= ending.len()
        && name.get(name.len() - ending.len()..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// Bytes at the end of a file in which the directory's closing record must stand.
const TAIL: u64 = 22 + 65_535;

/// The closing record of the directory, and where it counts the members.
const CLOSING: &[u8] = b"PK\x05\x06";

/// First bytes of an archive.
pub const FIRST_BYTES: &[u8] = b"PK\x03\x04";
const COUNT_AT: usize = 10;

/// Refuses an archive by the number of members it declares, before its directory is read into memory.
fn refuse_many_members(file: &mut File, size: u64, limits: &ArchiveLimits) -> Result<(), Problem> {
    let broken = |_: io::Error| Problem::new(Code::ZipBroken);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL))).map_err(broken)?;
    file.take(TAIL).read_to_end(&mut tail).map_err(broken)?;
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let at = memchr::memmem::rfind(&tail, CLOSING).ok_or_else(|| Problem::new(Code::ZipBroken))?;
    let count = tail.get(at + COUNT_AT..at + COUNT_AT + 2).ok_or_else(|| Problem::new(Code::ZipBroken))?;
    let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
    if count > limits.members { Err(too_many(limits)) } else { Ok(()) }
}

fn too_many(limits: &ArchiveLimits) -> Problem {
    Problem::new(Code::ZipMembers).with("limit", limits.members)
}

fn zip_problem(error: &ZipError) -> Problem {
    match error {
        ZipError::InvalidPassword => Problem::new(Code::ZipEncrypted),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Problem::new(Code::ZipEncrypted),
        _ => Problem::new(Code::ZipBroken),
    }
}

/// A member's bytes, counted against what the whole archive may give.
struct Counted<'c, R> {
    inner: R,
    left: &'c mut u64,
    exceeded: bool,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if *self.left == 0 {
            self.exceeded = true;
            return Ok(0);
        }
        let most = usize::try_from(*self.left).unwrap_or(usize::MAX).min(into.len());
        let amount = self.inner.read(&mut into[..most])?;
        *self.left -= amount as u64;
        Ok(amount)
    }
}
