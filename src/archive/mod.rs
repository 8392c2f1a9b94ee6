//! A run that anybody can check and repeat: a bag with everything that was read and everything that
//! came out, and its replay.
//!
//! | file | holds |
//! |---|---|
//! | `names`, `personal` | safe names of inputs; columns that look like personal data |
//! | `payload`, `package` | a run turned into the files of a bag |
//! | `bag`, `container` | tag files and manifests; folder and ZIP |
//! | `replay`, `diff` | digests, a new run, and the first cell that differs |

mod bag;
mod container;
mod diff;
mod names;
mod package;
mod payload;
mod personal;
mod replay;

pub use bag::{BAG, Bag, BagInfo, Refused, bag, is_bag};
pub use container::{read, unzip, zip};
pub use diff::{Difference, Trouble};
pub use payload::{BagContents, payload};
pub use personal::{PersonalColumn, personal_columns};
pub(crate) use replay::BagInputs;
pub use replay::{ReplayError, Replayed, inputs, replay};
