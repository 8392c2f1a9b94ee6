//! Selections as a whole: worked out by hand, and against the enumeration of every list.

mod cases;
mod properties;
