//! Wrappers: any bytes end in claims or coded errors once gzip, base64, JSON and SOAP were taken off, within bounds.
#![no_main]

use std::io::Read;
use std::sync::Mutex;

use bhyt::ReadLimits;
use bhyt::workshop::{Bundle, Envelope, unwrap_part, unwrapped};
use libfuzzer_sys::fuzz_target;

/// Most bytes taken out of a wrapper here.
const MOST: u64 = 1 << 22;

fuzz_target!(|data: &[u8]| {
    let limits = ReadLimits { part: 1 << 20, markup: 1 << 16, lines: 500, heavy: 1 << 16, ..ReadLimits::default() };
    let mut input = data;
    if let Ok(stream) = unwrapped(&mut input) {
        let mut text = Vec::new();
        let whole = stream.take(MOST).read_to_end(&mut text);
        assert!(text.len() as u64 <= MOST);
        if whole.is_ok() {
            let (gate, mut bundle) = (Mutex::new(()), Bundle::default());
            let mut envelope = Envelope::new(&text[..], limits, &gate);
            while let Ok(true) = envelope.next(&mut bundle) {
                let _ = bundle.read(&limits);
            }
        }
    }
    if let Ok(part) = unwrap_part(data, 1 << 16) {
        assert!(part.len() <= 1 << 16);
    }
});
