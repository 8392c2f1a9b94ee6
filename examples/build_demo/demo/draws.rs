//! Random draws that depend on a name and a code only, so that adding a unit changes nobody else's.

use sha2::{Digest, Sha256};

/// Changing the seed gives another demonstration country.
const SEED: &str = "risk-index:demo:1";

/// Four numbers in [0, 1), each with 53 random bits.
fn uniforms(variable: &str, code: &str) -> [f64; 4] {
    let digest = Sha256::digest(format!("{SEED}|{variable}|{code}"));
    let mut numbers = [0.0; 4];
    for (number, bytes) in numbers.iter_mut().zip(digest.chunks_exact(8)) {
        let bits = bytes.iter().fold(0_u64, |bits, &byte| (bits << 8) | u64::from(byte));
        *number = (bits >> 11) as f64 / 9_007_199_254_740_992.0;
    }
    numbers
}

/// A number in [0, 1).
pub(super) fn uniform(variable: &str, code: &str) -> f64 {
    uniforms(variable, code)[0]
}

/// A bell-shaped number with mean 0 and standard deviation 1, between -3.5 and 3.5: the sum of four
/// uniform numbers (Irwin-Hall), which needs no function whose last digits differ between machines.
pub(super) fn bell(variable: &str, code: &str) -> f64 {
    const ROOT_OF_THREE: f64 = 1.732_050_807_568_877_2;
    let [a, b, c, d] = uniforms(variable, code);
    (a + b + c + d - 2.0) * ROOT_OF_THREE
}
