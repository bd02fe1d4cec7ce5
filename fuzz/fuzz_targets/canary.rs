//! Chim báo: this target must fail within a minute, or the build is not one that finds anything. Signs one after another show that
//! coverage leads, the number shows that comparisons do. (Texts compared as a whole lead nowhere: seeds and `claims.dict` have them.)
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let [b'B', b'H', b'Y', b'T', first, second, third, fourth, ..] = *data {
        assert_ne!(u32::from_le_bytes([first, second, third, fourth]), 300_072_026, "the canary: found, as it must be");
    }
});
