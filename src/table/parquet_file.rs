//! Parquet: flat files read column by column in batches of rows, and written in small groups of rows.

use std::fmt::Display;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescriptor, Type};

use super::Trouble;
use super::csv::Splitter;
use super::input::Unrolled;
use super::json_lines::{io_error, own_rows};
use super::pipe::{self, RowSender};
use super::sink::{CellKind, Sink};
use crate::terms::number::parse_claim_amount;
use crate::terms::period::{days_after, parse_date};
use crate::terms::problem::{Code, Problem};

/// Rows taken from every column at a time.
const BATCH: usize = 2048;
/// Rows of a group that is written.
const GROUP: usize = 64 * 1024;
/// Bytes of text of a group that is written.
const GROUP_BYTES: usize = 16 * 1024 * 1024;
/// Bytes to which one group of a file that is read may unfold.
const MOST_GROUP: i64 = 2 * 1024 * 1024 * 1024;
/// Columns of a file.
const MOST_COLUMNS: usize = 4096;

fn damaged(detail: impl Display) -> Problem {
    Problem::new(Code::ParquetDamaged).with("detail", detail)
}

/// Rows of a file as text.
pub(super) fn unroll<'i>(path: &Path) -> Result<Unrolled<'i>, Trouble> {
    let file = File::open(path)
        .map_err(|error| Trouble::input(Problem::new(Code::UnreadableInput).because(&error)))?;
    let reader = SerializedFileReader::new(file).map_err(|error| Trouble::input(damaged(error)))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    if schema.num_columns() > MOST_COLUMNS {
        return Err(Trouble::input(damaged("too many columns")));
    }
    let mut kinds = Vec::new();
    for column in schema.columns() {
        if column.max_rep_level() > 0 || column.path().parts().len() != 1 {
            let name = column.path().string();
            return Err(Trouble::input(
                Problem::new(Code::ColumnKind).with("column", name).with("detail", "nested"),
            ));
        }
        kinds.push(kind_of(column));
    }
    let too_large = reader
        .metadata()
        .row_groups()
        .iter()
        .any(|group| !(0..=MOST_GROUP).contains(&group.total_byte_size()));
    if too_large {
        return Err(Trouble::input(damaged("a group of rows is too large")));
    }
    let reader = pipe::spawn(Code::ParquetDamaged, move |rows| send_rows(&reader, rows));
    Ok(Unrolled {
        reader,
        notices: Vec::new(),
        epoch: None,
        merged: Vec::new(),
        hidden: Vec::new(),
        kinds: Some(kinds),
    })
}

/// What a column holds, as far as it can be written back with its type.
fn kind_of(column: &ColumnDescriptor) -> CellKind {
    match (column.physical_type(), column.converted_type()) {
        (Physical::INT32, ConvertedType::DATE) => CellKind::Date,
        (
            Physical::INT32 | Physical::INT64,
            ConvertedType::NONE
            | ConvertedType::INT_8
            | ConvertedType::INT_16
            | ConvertedType::INT_32
            | ConvertedType::INT_64
            | ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32,
        ) if !matches!(column.logical_type_ref(), Some(LogicalType::Timestamp(_) | LogicalType::Time(_))) => {
            CellKind::Number
        }
        _ => CellKind::Text,
    }
}

/// Sends the heading and all rows.
fn send_rows(reader: &SerializedFileReader<File>, rows: &mut RowSender) -> Result<(), Option<Problem>> {
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names: Vec<&[u8]> = schema.columns().iter().map(|column| column.name().as_bytes()).collect();
    rows.row(names.into_iter())?;
    let failed = |error: ParquetError| Some(damaged(error));
    for index in 0..reader.num_row_groups() {
        let group = reader.get_row_group(index).map_err(failed)?;
        let count = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let mut columns = (0..schema.num_columns())
            .map(|column| Column::new(&*group, column))
            .collect::<Result<Vec<Column>, ParquetError>>()
            .map_err(failed)?;
        let mut left = count;
        while left > 0 {
            let wanted = left.min(BATCH);
            for column in &mut columns {
                column.fill(wanted).map_err(failed)?;
            }
            for row in 0..wanted {
                rows.row(columns.iter().map(|column| column.cells.get(row).map_or(&[][..], Vec::as_slice)))?;
            }
            left -= wanted;
        }
    }
    Ok(())
}

/// A column of a group of rows, as text.
struct Column {
    reader: ColumnReader,
    about: Arc<ColumnDescriptor>,
    cells: Vec<Vec<u8>>,
}

impl Column {
    fn new(group: &dyn RowGroupReader, index: usize) -> Result<Column, ParquetError> {
        let about = group.metadata().column(index).column_descr_ptr();
        Ok(Column { reader: group.get_column_reader(index)?, about, cells: Vec::new() })
    }

    /// Reads the next rows as text.
    fn fill(&mut self, wanted: usize) -> Result<(), ParquetError> {
        let Column { reader, about, cells } = self;
        cells.clear();
        match reader {
            ColumnReader::BoolColumnReader(reader) => {
                read(reader, about, wanted, cells, std::string::ToString::to_string)
            }
            ColumnReader::Int32ColumnReader(reader) => {
                read(reader, about, wanted, cells, |number| int32_text(*number, about))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                read(reader, about, wanted, cells, |number| int64_text(*number, about))
            }
            ColumnReader::Int96ColumnReader(reader) => read(reader, about, wanted, cells, |time| {
                let seconds = time.to_seconds();
                moment(seconds, true)
            }),
            ColumnReader::FloatColumnReader(reader) => read(reader, about, wanted, cells, plain),
            ColumnReader::DoubleColumnReader(reader) => read(reader, about, wanted, cells, plain),
            ColumnReader::ByteArrayColumnReader(reader) => {
                read_bytes(reader, about, wanted, cells, |bytes| bytes.data().to_vec())
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                read_bytes(reader, about, wanted, cells, |bytes| bytes.data().to_vec())
            }
        }
    }
}

fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    about: &ColumnDescriptor,
    wanted: usize,
    cells: &mut Vec<Vec<u8>>,
    text: impl Fn(&T::T) -> String,
) -> Result<(), ParquetError> {
    read_bytes(reader, about, wanted, cells, |value| text(value).into_bytes())
}

/// Reads exactly the rows wanted; a missing value is an empty cell.
fn read_bytes<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    about: &ColumnDescriptor,
    wanted: usize,
    cells: &mut Vec<Vec<u8>>,
    bytes: impl Fn(&T::T) -> Vec<u8>,
) -> Result<(), ParquetError> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut rows = 0;
    while rows < wanted {
        let (read, _, _) = reader.read_records(wanted - rows, Some(&mut levels), None, &mut values)?;
        if read == 0 {
            return Err(ParquetError::General("rows are missing".to_owned()));
        }
        rows += read;
    }
    let decimal = decimal_scale(about);
    let mut next = values.iter();
    let is_required = about.max_def_level() == 0;
    for row in 0..wanted {
        let is_there = is_required || levels.get(row).is_some_and(|level| *level == about.max_def_level());
        let cell = match next.as_slice() {
            [value, ..] if is_there => {
                next.next();
                let raw = bytes(value);
                match (decimal, about.physical_type()) {
                    (Some(scale), Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY) => {
                        big_endian(&raw).map(|number| decimal_text(number, scale).into_bytes()).unwrap_or(raw)
                    }
                    _ => raw,
                }
            }
            _ => Vec::new(),
        };
        cells.push(cell);
    }
    Ok(())
}

fn decimal_scale(about: &ColumnDescriptor) -> Option<u32> {
    (about.converted_type() == ConvertedType::DECIMAL).then(|| u32::try_from(about.type_scale()).unwrap_or(0))
}

/// A number in bytes, highest first, with sign.
fn big_endian(bytes: &[u8]) -> Option<i128> {
    if bytes.is_empty() || bytes.len() > 16 {
        return None;
    }
    let fill = if bytes[0] & 0x80 == 0 { 0 } else { 0xff };
    let mut whole = [fill; 16];
    whole[16 - bytes.len()..].copy_from_slice(bytes);
    Some(i128::from_be_bytes(whole))
}

/// `12.50` of 1250 with two decimals, `12` of 1200.
fn decimal_text(number: i128, scale: u32) -> String {
    if scale > 38 {
        return number.to_string();
    }
    let mut text = String::new();
    let _ = crate::terms::number::plain(&mut text, number, scale);
    text
}

/// A number without needless decimals.
fn plain(number: &impl Display) -> String {
    number.to_string()
}

fn int32_text(number: i32, about: &ColumnDescriptor) -> String {
    if let Some(scale) = decimal_scale(about) {
        return decimal_text(i128::from(number), scale);
    }
    match about.converted_type() {
        ConvertedType::DATE => day(i64::from(number)),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 => {
            number.cast_unsigned().to_string()
        }
        _ => number.to_string(),
    }
}

fn int64_text(number: i64, about: &ColumnDescriptor) -> String {
    if let Some(scale) = decimal_scale(about) {
        return decimal_text(i128::from(number), scale);
    }
    if let Some(LogicalType::Timestamp(stamp)) = about.logical_type_ref() {
        let a_second = match stamp.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        };
        return moment(number.div_euclid(a_second), stamp.is_adjusted_to_u_t_c);
    }
    match about.converted_type() {
        ConvertedType::TIMESTAMP_MILLIS => moment(number.div_euclid(1_000), true),
        ConvertedType::TIMESTAMP_MICROS => moment(number.div_euclid(1_000_000), true),
        ConvertedType::UINT_64 => number.cast_unsigned().to_string(),
        _ => number.to_string(),
    }
}

/// The day that many days after 1970-01-01.
fn day(days: i64) -> String {
    let start = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
    let found = match u32::try_from(days) {
        Ok(days) => days_after(start, days),
        Err(_) => u64::try_from(-days).ok().and_then(|days| start.checked_sub_days(chrono::Days::new(days))),
    };
    found.map_or_else(|| days.to_string(), |day| day.to_string())
}

/// A moment: a plain day at midnight; `Z` where it is one of universal time, whose day may not be that of Vietnam.
fn moment(seconds: i64, universal: bool) -> String {
    let Some(time) = DateTime::from_timestamp(seconds, 0) else { return seconds.to_string() };
    let time = time.naive_utc();
    let at_midnight = seconds.rem_euclid(86_400) == 0;
    match (at_midnight, universal) {
        (true, _) => time.date().to_string(),
        (false, true) => format!("{}Z", time.format("%Y-%m-%dT%H:%M:%S")),
        (false, false) => time.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Ghi Parquet.
pub struct ParquetSink {
    writer: Option<SerializedFileWriter<File>>,
    columns: Vec<Waiting>,
    splitter: Splitter,
    rows: usize,
    bytes: usize,
}

/// Cells of a column that wait for their group.
struct Waiting {
    levels: Vec<i16>,
    values: Values,
}

/// Decimals and digits of amounts.
const SCALE: i32 = 2;
const PRECISION: i32 = 18;

enum Values {
    Text(Vec<ByteArray>),
    Number(Vec<i64>),
    /// Hundredths of a đồng.
    Amount(Vec<i64>),
    Date(Vec<i32>),
}

impl ParquetSink {
    /// A file with these columns, each of which may be empty.
    ///
    /// # Errors
    /// When the file cannot be begun.
    pub fn new(file: File, names: &[String], kinds: &[CellKind], separator: u8) -> io::Result<ParquetSink> {
        let mut fields = Vec::new();
        let mut taken: Vec<String> = Vec::new();
        for (name, kind) in names.iter().zip(kinds) {
            let mut unique = if name.is_empty() { "column".to_owned() } else { name.clone() };
            while taken.contains(&unique) {
                unique.push('_');
            }
            taken.push(unique.clone());
            let (physical, logical) = match kind {
                CellKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                CellKind::Amount => (Physical::INT64, Some(LogicalType::decimal(SCALE, PRECISION))),
                CellKind::Number => (Physical::INT64, None),
                CellKind::Date => (Physical::INT32, Some(LogicalType::Date)),
            };
            let field = Type::primitive_type_builder(&unique, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            // The builder wants both once more for amounts, and neither elsewhere.
            let field = match kind {
                CellKind::Amount => field.with_scale(SCALE).with_precision(PRECISION).build(),
                CellKind::Text | CellKind::Number | CellKind::Date => field.build(),
            };
            fields.push(Arc::new(field.map_err(failed)?));
        }
        let schema = Type::group_type_builder("bhyt").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer =
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        let columns =
            kinds.iter().map(|kind| Waiting { levels: Vec::new(), values: Values::of(*kind) }).collect();
        Ok(ParquetSink { writer: Some(writer), columns, splitter: own_rows(separator), rows: 0, bytes: 0 })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = writer.next_row_group()?;
        for waiting in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            let levels = Some(waiting.levels.as_slice());
            match &waiting.values {
                Values::Text(values) => column.typed::<ByteArrayType>().write_batch(values, levels, None)?,
                Values::Number(values) | Values::Amount(values) => {
                    column.typed::<Int64Type>().write_batch(values, levels, None)?
                }
                Values::Date(values) => column.typed::<Int32Type>().write_batch(values, levels, None)?,
            };
            column.close()?;
            waiting.levels.clear();
            waiting.values.clear();
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Values {
    fn of(kind: CellKind) -> Values {
        match kind {
            CellKind::Text => Values::Text(Vec::new()),
            CellKind::Number => Values::Number(Vec::new()),
            CellKind::Amount => Values::Amount(Vec::new()),
            CellKind::Date => Values::Date(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Values::Text(values) => values.clear(),
            Values::Number(values) | Values::Amount(values) => values.clear(),
            Values::Date(values) => values.clear(),
        }
    }

    /// Takes a cell that is not empty.
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let unfit = || Trouble::internal("a cell that is no value of its column");
        let text = || std::str::from_utf8(cell).map_err(|_| unfit());
        match self {
            Values::Text(values) => values.push(ByteArray::from(cell.to_vec())),
            Values::Number(values) => values.push(text()?.parse().map_err(|_| unfit())?),
            Values::Amount(values) => {
                let amount = parse_claim_amount(text()?).map_err(|_| unfit())?;
                values.push(amount.hundredths());
            }
            Values::Date(values) => {
                let day = parse_date(text()?).map_err(|_| unfit())?;
                let start = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
                values.push(i32::try_from((day - start).num_days()).map_err(|_| unfit())?);
            }
        }
        Ok(())
    }
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other.to_string()),
        },
        other => io::Error::other(other.to_string()),
    }
}

impl Sink for ParquetSink {
    fn write(&mut self, rows: &[u8]) -> io::Result<()> {
        let splitter = self.splitter;
        splitter
            .walk(rows, 1, |row| {
                for (column, waiting) in self.columns.iter_mut().enumerate() {
                    let cell = row.cell(column);
                    waiting.levels.push(i16::from(!cell.is_empty()));
                    if !cell.is_empty() {
                        waiting.values.push(cell)?;
                    }
                }
                self.rows += 1;
                self.bytes += row.bytes.len();
                Ok(())
            })
            .map_err(io_error)?;
        if self.rows >= GROUP || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write_group().map_err(failed)?;
        match self.writer.take() {
            Some(writer) => writer.close().map(|_| ()).map_err(failed),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_moments_as_text() {
        assert_eq!(decimal_text(1_250, 2), "12.5");
        assert_eq!(decimal_text(-1_200, 2), "-12");
        assert_eq!(decimal_text(5, 3), "0.005");
        assert_eq!(big_endian(&[0xff, 0x9c]), Some(-100));
        assert_eq!(day(20_666), "2026-08-01");
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(moment(1_785_542_400, true), "2026-08-01");
        assert_eq!(moment(1_785_542_460, false), "2026-08-01 00:01:00");
    }
}
