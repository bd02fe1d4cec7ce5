//! Rule files: any text ends in a rulebook or in diagnostics that lie in the file. The first byte says whose family it is.
#![no_main]

use bhyt::load;
use bhyt::workshop::{BUNDLED, Origin, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let file = &BUNDLED[usize::from(*first) % BUNDLED.len()];
    let source = Source { name: file.name.into(), text: text.to_owned().into(), origin: Origin::Overlay };
    for found in &load(std::slice::from_ref(&source)).diagnostics {
        assert!(found.line <= text.lines().count() + 1, "{}:{}", found.file, found.line);
    }
});
