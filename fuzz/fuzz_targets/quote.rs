//! Households as TOML: any text ends in a case or in a coded reason.
#![no_main]

use std::sync::{Arc, OnceLock};

use bhyt::Rulebook;
use bhyt::workshop::{read_household, read_visit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    static RULES: OnceLock<Arc<Rulebook>> = OnceLock::new();
    let rules = RULES.get_or_init(Rulebook::bundled);
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    // Households and visits are files of the same kind.
    if first % 2 == 0 {
        let _ = read_household(text, "fuzz", rules);
    } else {
        let _ = read_visit(text, "fuzz", rules, Vec::new());
    }
});
