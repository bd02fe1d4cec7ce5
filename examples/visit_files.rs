//! Many visit files in one go: what covered cost, fund, co-payment, own payment, direct payment and employer's refund come to.
//!
//! `cargo run --example visit_files < visits.txt > paid.csv`, where a line that begins with `%` ends a visit and names the
//! readings it asks for. The oracle of claims is compared this way (tests/oracle/claim_lines.py).

use std::ffi::OsString;
use std::io::{self, BufRead, Cursor, Write};

use bhyt::workshop::World;

/// Figures of a result, in the order of the columns.
const FIGURES: [&str; 6] =
    ["covered_cost", "fund_payment", "copayment", "own_payment", "direct_payment", "employer_refund"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut visit = String::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Some(readings) = line.strip_prefix('%') else {
            visit.push_str(&line);
            visit.push('\n');
            continue;
        };
        writeln!(out, "{}", paid(&visit, readings)?)?;
        visit.clear();
    }
    Ok(out.flush()?)
}

/// The figures of a visit, or the code of what is wrong with it.
fn paid(visit: &str, readings: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut args: Vec<OsString> = ["bhyt", "claim", "-", "--json", "--no-input"].map(OsString::from).to_vec();
    args.extend(readings.split_whitespace().flat_map(|reading| ["--reading", reading].map(OsString::from)));
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    bhyt::workshop::run(
        &args,
        &mut World {
            stdin: &mut Cursor::new(visit.as_bytes().to_vec()),
            stdout: &mut stdout,
            stderr: &mut stderr,
            interactive: false,
            window_closes: false,
            stderr_is_terminal: false,
            today: bhyt::workshop::today(),
            env: |_| None,
        },
    );
    let answer: serde_json::Value = serde_json::from_slice(&stdout)
        .or_else(|_| serde_json::from_slice(&stderr))
        .map_err(|_| String::from_utf8_lossy(&stderr).into_owned())?;
    if let Some(code) = answer["error"]["code"].as_str() {
        return Ok(code.to_owned());
    }
    let figure = |name: &&str| match &answer["result"][*name] {
        serde_json::Value::String(amount) => amount.clone(),
        serde_json::Value::Null => "0".to_owned(),
        other => other.to_string(),
    };
    Ok(FIGURES.iter().map(figure).collect::<Vec<_>>().join(","))
}
