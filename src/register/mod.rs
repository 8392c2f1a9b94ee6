//! Who is counted: the units of a register, their codes and names, and the areas they lie in.

mod aliases;
mod gazetteer;
mod matching;
mod units;

pub use aliases::Aliases;
pub use gazetteer::Gazetteer;
pub use matching::{AreaMatch, CodeMatch, How, Matcher, NameMatch, RowClass};
pub use units::{Level, NATIONAL, Register, RegisterError, UNIT, Unit};
