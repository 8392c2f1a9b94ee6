//! A run that anybody can check and repeat: a bag with everything that was read and everything that
//! came out, and its replay.
//!
//! | file | holds |
//! |---|---|
//! | `names`, `personal` | safe names of inputs; columns that look like personal data |
//! | `payload`, `canonical`, `package`, `pages` | a run turned into the files of a bag |
//! | `bag`, `container` | tag files and manifests; folder and ZIP |
//! | `replay`, `differ` | digests, a new run, and the first cell that differs |

mod bag;
mod canonical;
mod container;
mod differ;
mod names;
mod package;
mod pages;
mod payload;
mod personal;
mod replay;

pub use bag::{BAG, Bag, BagInfo, Refused, bag, is_bag};
pub use container::{read, unzip, zip};
pub use differ::{Difference, Trouble};
pub use payload::{Archived, Made, Order, payload};
pub use personal::{PersonalColumn, personal_columns};
pub(crate) use replay::Kept;
pub use replay::{ReplayError, Replayed, inputs, replay};
