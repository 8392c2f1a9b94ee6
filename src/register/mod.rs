//! Who is counted: the units of a register, their codes and names, and the areas they lie in.

mod aliases;
mod bundled;
mod labels;
mod matcher;
mod matches;
mod names;
mod rows;
mod unit_lookup;
mod units;

pub use aliases::{Alias, Aliases, Meaning};
pub use bundled::{AreaLabels, Bundled, Gazetteer, Locality, LocalityKind, bundled, bundled_names};
pub use matcher::Matcher;
pub use matches::{AreaMatch, CodeMatch, How, NameMatch, RowClass};
pub use unit_lookup::{UnitNotFound, find_county, find_unit, units_of_county};
pub use units::{Level, NATIONAL, Register, RegisterError, UNIT, Unit};
