//! Tables: any bytes as a list of prices, a table of sums or a sheet of answers end in rows or a coded error.
#![no_main]

use std::io::Cursor;

use bhyt::PriceLists;
use bhyt::workshop::{AnswerReader, Input, OpenTable, PriceList, ReadOptions, Schema, TableSums, answers, price_list, table_sums};
use libfuzzer_sys::fuzz_target;

fn open<'i>(data: &[u8], schema: &'static Schema) -> Option<OpenTable<'i>> {
    let stream = Input::Stream(Box::new(Cursor::new(data.to_vec())), "fuzz".to_owned());
    OpenTable::open(stream, schema, &ReadOptions::default()).ok()
}

fuzz_target!(|data: &[u8]| {
    if let Some(mut table) = open(data, &price_list::SCHEMA)
        && let Ok(list) = PriceList::new(table.layout())
    {
        let mut prices = PriceLists::default();
        let _ = table.for_each(|row| {
            let _ = list.read(row, &mut prices);
            Ok(())
        });
    }
    if let Some(mut table) = open(data, &table_sums::SCHEMA)
        && let Ok(mut sums) = TableSums::new(table.layout())
    {
        let _ = table.for_each(|row| {
            let _ = sums.read(row);
            Ok(())
        });
    }
    if let Some(mut table) = open(data, &answers::SCHEMA) {
        let mut answers = AnswerReader::new(table.layout());
        let _ = table.for_each(|row| {
            let _ = answers.read(row);
            Ok(())
        });
    }
});
