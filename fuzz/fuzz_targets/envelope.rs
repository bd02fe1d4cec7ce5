//! Whole files: any bytes end in claims or coded errors, within small limits, and every claim is judged.
#![no_main]

use std::sync::{Arc, Mutex, OnceLock};

use bhyt::{Law, ReadLimits, Register, Rulebook, examine};
use bhyt::workshop::{Bundle, Envelope, Transcoder, mark};
use libfuzzer_sys::fuzz_target;

fn rules() -> &'static Rulebook {
    static RULES: OnceLock<Arc<Rulebook>> = OnceLock::new();
    RULES.get_or_init(Rulebook::bundled)
}

fn read(input: impl std::io::BufRead) {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    let limits = ReadLimits { part: 1 << 20, markup: 1 << 16, lines: 500, heavy: 1 << 16, ..ReadLimits::default() };
    let gate = Mutex::new(());
    let mut law = Law::new(rules(), REGISTER.get_or_init(Register::default));
    let mut envelope = Envelope::new(input, limits, &gate);
    let mut bundle = Bundle::default();
    while let Ok(true) = envelope.next(&mut bundle) {
        if let Ok(raw) = bundle.read(&limits)
            && let Ok(examination) = examine(raw, &mut law)
        {
            assert_eq!(examination.claim.lines.len(), examination.replay.lines.len());
        }
    }
}

fuzz_target!(|data: &[u8]| {
    match Transcoder::new(data, mark(data)) {
        Ok(transcoder) => read(transcoder),
        Err(data) => read(data),
    }
});
