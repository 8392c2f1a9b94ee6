//! Who is counted: the units of a register, their codes and names, and the areas they lie in.

mod aliases;
mod bundled;
mod codes;
mod control_digit;
mod folding;
mod gazetteer;
mod labels;
mod matching;
mod names;
mod plates;
mod rows;
mod units;

pub use aliases::{Alias, AliasProblem, Aliases, Meaning};
pub use bundled::{Bundled, bundled, bundled_names};
pub use gazetteer::{AreaLabels, Gazetteer, Locality, LocalityKind};
pub use matching::{AreaMatch, CodeMatch, How, Matcher, NameMatch, RowClass};
pub use plates::county_of_plate;
pub use units::{Level, NATIONAL, Register, RegisterError, UNIT, Unit};
