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

pub(crate) use aliases::{Alias, Aliases};
pub use bundled::{Bundled, bundled};
pub(crate) use bundled::{Gazetteer, LocalityKind, bundled_names, is_bundled};
pub use matcher::Matcher;
pub(crate) use matches::How;
pub use matches::{AreaMatch, CodeMatch, NameMatch, RowClass};
pub use unit_lookup::{UnitNotFound, find_county, find_unit, units_of_county};
pub(crate) use units::{COUNTY, Level, NATIONAL, RegisterError, UNIT};
pub use units::{Register, Unit};
