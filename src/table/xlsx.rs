//! Excel (stub).
use std::fs::File;
use std::io;
use std::path::Path;

use super::Trouble;
use super::output::{CellKind, Sink};
use super::source::{ReadOptions, Unrolled};

pub(super) fn unroll<'i>(_path: &Path, _options: &ReadOptions) -> Result<Unrolled<'i>, Trouble> {
    Err(Trouble::internal("stub"))
}
pub struct Workbooks;
impl Workbooks {
    pub fn new(_f: File, _folder: &Path, _n: &[String], _k: &[CellKind], _s: u8) -> io::Result<Workbooks> {
        Ok(Workbooks)
    }
}
impl Sink for Workbooks {
    fn write(&mut self, _rows: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
