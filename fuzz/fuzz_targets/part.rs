//! Inner documents: any bytes end in records or a coded error, and what is read is judged without a panic.
#![no_main]

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use bhyt::{Law, ReadLimits, Register, Rulebook, examine};
use bhyt::workshop::{Lang, PartName, RawClaim, finding_message as message, read_part};
use libfuzzer_sys::fuzz_target;

fn law() -> Law<'static> {
    static RULES: OnceLock<Arc<Rulebook>> = OnceLock::new();
    static REGISTER: OnceLock<Register> = OnceLock::new();
    Law::new(RULES.get_or_init(Rulebook::bundled), REGISTER.get_or_init(Register::default))
}

thread_local! {
    static LAW: RefCell<Law<'static>> = RefCell::new(law());
}

fuzz_target!(|data: &[u8]| {
    let limits = ReadLimits { lines: 500, heavy: 1 << 16, ..ReadLimits::default() };
    let mut raw = RawClaim::default();
    if read_part(data, PartName::default(), &mut raw, &limits).is_err() {
        return;
    }
    LAW.with_borrow_mut(|law| {
        if let Ok(examination) = examine(&raw, law) {
            for finding in &examination.findings {
                // Both sentences are complete: no fact is left open.
                for lang in [Lang::Vi, Lang::En] {
                    assert!(!message(finding, lang).contains('{'), "{finding:?}");
                }
            }
        }
    });
});
