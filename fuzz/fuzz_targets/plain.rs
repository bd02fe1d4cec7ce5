//! Plain parts: the one-pass reader says what the XML reader says, or leaves the part to it.
#![no_main]

use bhyt::ReadLimits;
use bhyt::workshop::readers_agree;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // NUL bytes are refused before either of them.
    if !text.contains('\0') {
        let limits = ReadLimits { lines: 5, depth: 8, ..ReadLimits::default() };
        assert_ne!(readers_agree(text, &limits), Some(false));
    }
});
