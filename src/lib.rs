//! Decides, in the open, which communities get help first.
//!
//! A run is a pure function of a study file and its inputs. Data flows one way through the rooms of
//! this library: [`study`] turns what the user wrote into checked types, [`register`] knows who is
//! counted, `ingest` turns files into [`observation`]s, [`index`] turns those into scores, ranks and
//! classes, [`selection`] turns scores into lists by what `optimise`
//! solves, and `report` turns values into bytes.
//! [`explain`] gives the account of one unit, [`archive`] makes and replays
//! bags, [`compare`] sets two runs side by side.
//! [`boundaries`] knows where units lie and who borders whom; [`quality`] collects what was repaired,
//! dropped or doubted on the way. `index` does no input or output; only the binary prints, reads the clock or
//! the environment.
//!
//! The library serves the `risk-index` command and its examples and makes no promise of stability.

pub mod archive;
pub mod boundaries;
pub mod compare;
pub mod explain;
pub mod index;
pub mod ingest;
pub mod inspect;
pub mod language;
pub mod message;
pub mod observation;
mod optimise;
pub mod quality;
pub mod register;
pub mod report;
pub mod robustness;
pub mod run;
pub mod selection;
pub mod spelling;
pub mod study;
pub mod watch;
