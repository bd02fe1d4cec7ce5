//! Parquet (stub).
use std::fs::File;
use std::path::Path;

use super::Trouble;
use super::output::{CellKind, Sink};
use super::source::Unrolled;

pub(super) fn unroll<'i>(_path: &Path) -> Result<Unrolled<'i>, Trouble> {
    Err(Trouble::internal("stub"))
}
pub(super) fn sink<'o>(
    _f: File,
    _n: &[String],
    _k: &[CellKind],
    _s: u8,
) -> Result<Box<dyn Sink + 'o>, Trouble> {
    Err(Trouble::internal("stub"))
}
