//! Files of doubts: loading with what they extend, and checking against study, method and programme.

mod alternatives;
mod check;
mod choices;
mod errors;
mod file;
mod ground;
mod head;
mod others;
#[cfg(test)]
mod tests;
mod weights;

pub(crate) use check::Doubts;
pub(super) use file::RobustnessFile;
pub(crate) use ground::DoubtContext;
