//! Inputs damaged at random, the same for the same seed: nothing may panic, hang, or say what is not so.
//!
//! Each subject tries a fixed number of inputs. `RISK_INDEX_MUTATION_INPUTS` asks for another number and
//! `RISK_INDEX_MUTATION_SEED` for other inputs; `RISK_INDEX_MUTATION_FIRST` begins at the one that a
//! failure names. The long run is
//!
//! ```sh
//! RISK_INDEX_MUTATION_INPUTS=10000000 cargo test --test it mutation -- --nocapture --test-threads=1
//! ```

mod books;
mod random;
mod study;
mod texts;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use random::Random;

/// An input that takes longer than this hangs.
const HANGS: Duration = Duration::from_mins(1);

#[expect(clippy::disallowed_methods, reason = "the long run is told its size")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Tries a subject on so many inputs, unless the environment asks for another number. `attempt` makes
/// an input from random numbers and looks at what became of it.
#[expect(clippy::disallowed_methods, reason = "what hangs is found by the clock")]
#[expect(clippy::print_stdout, reason = "the long run says how far it went")]
#[expect(clippy::print_stderr, reason = "a failure names its input")]
fn inputs(subject: &str, usually: u64, mut attempt: impl FnMut(&mut Random)) {
    let seed = number("RISK_INDEX_MUTATION_SEED").unwrap_or(1);
    let first = number("RISK_INDEX_MUTATION_FIRST").unwrap_or(0);
    let count = number("RISK_INDEX_MUTATION_INPUTS").unwrap_or(usually);
    let (start, mut slowest) = (Instant::now(), (Duration::ZERO, 0));
    for at in first..first + count {
        let begun = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| attempt(&mut Random::of(seed, at))));
        if let Err(panic) = done {
            eprintln!("{subject}: RISK_INDEX_MUTATION_SEED={seed} RISK_INDEX_MUTATION_FIRST={at}");
            resume_unwind(panic);
        }
        slowest = slowest.max((begun.elapsed(), at));
        assert!(slowest.0 < HANGS, "{subject}: input {at} of seed {seed} took {:?}", slowest.0);
    }
    println!(
        "{subject}: {count} inputs of seed {seed} in {:.0?}; the slowest, {}, took {:.1?}",
        start.elapsed(),
        slowest.1,
        slowest.0
    );
}
