//! Giới hạn: how much of anything a claim file may hold before it is refused.

/// Giới hạn khi đọc: chosen far above real files, so that only hostile or broken ones meet them.
#[derive(Debug, Clone, Copy)]
pub struct ReadLimits {
    /// Depth of nested elements.
    pub depth: usize,
    /// Bytes of one decoded part.
    pub part: usize,
    /// Bytes of one tag, comment or text outside a part.
    pub markup: u64,
    /// Lines of one claim.
    pub lines: usize,
    /// Bytes of one file.
    pub file: u64,
    /// Decoded bytes from which the parts of a claim are read one claim at a time in the whole process.
    pub heavy: usize,
    /// Names of items are kept too.
    pub names: bool,
}

const KIB: u64 = 1 << 10;
const MIB: usize = 1 << 20;

impl Default for ReadLimits {
    fn default() -> ReadLimits {
        ReadLimits {
            depth: 64,
            part: 64 * MIB,
            markup: 1024 * KIB,
            lines: 50_000,
            file: 4096 * 1024 * KIB,
            heavy: 4 * MIB,
            names: false,
        }
    }
}
