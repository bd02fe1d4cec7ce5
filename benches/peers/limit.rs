//! The byte-level limit: reads, ranks and writes what `bhyt batch premium` writes for the file of generate.rs, with
//! integers, for this one layout, without a single check. What is slower than this is what checks, dates of law and other
//! layouts cost. Two threads on two cores, as `bhyt` has them.
//!
//! ```text
//! rustc -O benches/peers/limit.rs -o limit && ./limit people.csv out.csv
//! ```

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::{Condvar, Mutex};

const MORE: &[u8] =
    b",premium,person,employer,social_insurance_fund,state,local,other,member_rank,error_code,error\n";
const BLOCK: usize = 512 * 1024;

/// First months, counted from year 0, and base salaries.
const BASES: [(u64, u64); 4] = [
    (2026 * 12 + 6, 2_530_000),
    (2024 * 12 + 6, 2_340_000),
    (2023 * 12 + 6, 1_800_000),
    (2019 * 12 + 6, 1_490_000),
];
const PUPILS_AT_HALF: u64 = 2025 * 12 + 6;

/// Tenths of the first on the ladder.
const LADDER: [u64; 5] = [10, 7, 6, 5, 4];

fn base(month: u64) -> u64 {
    BASES.iter().find(|(from, _)| *from <= month).map_or(0, |(_, amount)| *amount)
}

fn rounded(number: u64, by: u64) -> u64 {
    (number + by / 2) / by
}

fn number(text: &[u8]) -> u64 {
    text.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// Months from year 0 of `YYYY-MM-DD`.
fn month(date: &[u8]) -> u64 {
    number(&date[..4]) * 12 + number(&date[5..7]) - 1
}

fn push(out: &mut Vec<u8>, mut amount: u64) {
    let mut digits = [b','; 21];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (amount % 10) as u8;
        amount /= 10;
        if amount == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start - 1..]);
}

fn answer(block: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.reserve(block.len() * 2);
    let (mut household, mut members): (&[u8], usize) = (b"", 0);
    let mut start = 0;
    while start < block.len() {
        let mut cells: [&[u8]; 8] = [b""; 8];
        let mut at = start;
        for (index, cell) in cells.iter_mut().enumerate() {
            let from = at;
            // Ids, days and codes have known lengths; what is left is looked through.
            at += [8, 10, 10, 2, 0, 10, 10, 0][index];
            while block[at] != b',' && block[at] != b'\n' {
                at += 1;
            }
            *cell = &block[from..at];
            at += 1;
        }
        let row = &block[start..at - 1];
        start = at;
        let [id, _, _, group, salary, from, paid_on, months] = cells;
        if id != household {
            (household, members) = (id, 0);
        }
        let months = number(months);
        let frozen = || base(month(paid_on)) * months * 45;
        let summed = |of: &dyn Fn(u64) -> u64| -> u64 {
            let from = month(from);
            (from..from + months).map(|month| of(base(month))).sum::<u64>() * 45
        };
        let supported = |tenths: u64| {
            let premium = rounded(frozen(), 1_000);
            let person = rounded(frozen() * (10 - tenths), 10_000);
            [premium, person, 0, 0, premium - person]
        };
        let mut rank = 0;
        let parts = match group {
            b"GD" => {
                members += 1;
                rank = members as u64;
                let premium = rounded(frozen() * LADDER[members.min(5) - 1], 10_000);
                [premium, premium, 0, 0, 0]
            }
            b"HS" | b"SV" => supported(if month(paid_on) < PUPILS_AT_HALF { 3 } else { 5 }),
            b"CN" => supported(7),
            b"GB" => supported(3),
            b"DN" | b"CH" => {
                let salary = number(salary);
                let exact = summed(&|base| salary.min(20 * base));
                let (premium, person) = (rounded(exact, 1_000), rounded(exact, 3_000));
                [premium, person, premium - person, 0, 0]
            }
            b"HT" => {
                let premium = rounded(number(salary) * months * 45, 1_000);
                [premium, 0, 0, premium, 0]
            }
            _ => {
                let premium = rounded(summed(&|base| base), 1_000);
                [premium, 0, 0, 0, premium]
            }
        };
        out.extend_from_slice(row);
        parts.into_iter().for_each(|part| push(out, part));
        out.extend_from_slice(b",0,0");
        if rank > 0 { push(out, rank) } else { out.push(b',') }
        out.extend_from_slice(b",,\n");
    }
}

/// What is read and not yet taken: whole households go out, the last one waits for its rest.
struct Input {
    file: File,
    rest: Vec<u8>,
    blocks: u64,
}

impl Input {
    fn next(&mut self, block: &mut Vec<u8>) -> io::Result<Option<u64>> {
        block.clear();
        block.append(&mut self.rest);
        let size = block.len();
        block.resize(size + BLOCK, 0);
        let mut end = size;
        while end < block.len() {
            match self.file.read(&mut block[end..])? {
                0 => break,
                count => end += count,
            }
        }
        let is_last = end < block.len();
        block.truncate(end);
        if !is_last {
            let line = |end: usize| block[..end].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let mut cut = line(end);
            let id = |start: usize| &block[start..start + 8];
            let mut before = line(cut - 1);
            let household = id(before);
            while before > 0 && id(before) == household {
                cut = before;
                before = line(cut - 1);
            }
            self.rest.extend_from_slice(&block[cut..]);
            block.truncate(cut);
        }
        if block.is_empty() {
            return Ok(None);
        }
        self.blocks += 1;
        Ok(Some(self.blocks - 1))
    }
}

fn main() -> io::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut file = File::open(&paths[0])?;
    let mut out = File::create(&paths[1])?;
    let mut header = Vec::new();
    let mut byte = [0];
    while file.read(&mut byte)? == 1 && byte[0] != b'\n' {
        header.push(byte[0]);
    }
    header.extend_from_slice(MORE);
    out.write_all(&header)?;
    let input = Mutex::new(Input { file, rest: Vec::new(), blocks: 0 });
    let output = Mutex::new((out, 0));
    let turn = Condvar::new();
    let work = || -> io::Result<()> {
        let (mut block, mut answers) = (Vec::new(), Vec::new());
        loop {
            let Some(number) = input.lock().expect("input").next(&mut block)? else { return Ok(()) };
            answer(&block, &mut answers);
            let mut line = output.lock().expect("output");
            while line.1 != number {
                line = turn.wait(line).expect("output");
            }
            line.0.write_all(&answers)?;
            line.1 += 1;
            turn.notify_all();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        all.into_iter().try_for_each(|thread| thread.join().expect("a worker"))
    })
}
