//! Results that others computed or published, recomputed by ours.
//!
//! The data are not ours to commit: trials find them in the folder that the environment variable
//! `RISK_INDEX_REFERENCE_DATA` names, say how much they compared, and are reported as ignored when
//! it is unset.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod boundaries;
mod coinr;
mod data;
mod field;
mod ingest;
mod inspect;
mod names;
mod published;
mod register;
mod ro_real;

use libtest_mimic::Arguments;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = register::trials();
    trials.extend(boundaries::trials());
    trials.extend(field::trials());
    trials.extend(ingest::trials());
    trials.extend(inspect::trials());
    trials.extend(names::trials());
    trials.extend(published::trials());
    trials.extend(ro_real::trials());
    trials.extend(coinr::trials());
    libtest_mimic::run(&arguments, trials).exit();
}
