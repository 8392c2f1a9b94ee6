//! Which dimensions of a TEMPO file tell where: the one of the source's level, and the one above it.

use super::dimensions::{Cube, Dimension};
use super::keys::Recogniser;
use super::labels::fold;
use crate::register::{AreaMatch, CodeMatch, UNIT};

/// How many labels of a dimension are looked at.
const LOOKED_AT: usize = 200;

/// The territorial dimensions, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    /// The dimension whose labels are areas of the source's level.
    pub own: usize,
    /// Whether its labels are code and name glued together.
    pub glued: bool,
    /// The dimension of counties beside localities.
    pub county: Option<usize>,
}

/// Finds the territorial dimensions among those that the study does not select labels of; `None` when
/// no dimension has mostly labels of areas.
pub(super) fn find(
    recogniser: &Recogniser<'_>,
    cube: &Cube,
    selected: &[usize],
) -> Option<Territory> {
    let score = |dimension: &Dimension| recognised(recogniser, dimension);
    let own = (0..cube.dimensions.len())
        .filter(|at| !selected.contains(at))
        .filter_map(|at| Some((score(&cube.dimensions[at])?, at)))
        .max_by_key(|&(score, at)| (says_so(&cube.dimensions[at]), score, at))
        .map(|(_, at)| at)?;
    let glued = recogniser.level == UNIT;
    let county = glued
        .then(|| {
            (0..cube.dimensions.len())
                .filter(|&at| at != own)
                .find(|&at| are_counties(recogniser, &cube.dimensions[at]))
        })
        .flatten();
    Some(Territory { own, glued, county })
}

/// Whether a dimension is called by what INS calls territories.
fn says_so(dimension: &Dimension) -> bool {
    let name = fold(&dimension.name);
    ["judet", "localit", "regiun", "municip", "teritor"].iter().any(|word| name.contains(word))
}

/// How many labels are areas of the level or totals above them, when most are and one is an area.
fn recognised(recogniser: &Recogniser<'_>, dimension: &Dimension) -> Option<usize> {
    let (mut areas, mut known, mut all) = (0_usize, 0_usize, 0_usize);
    for label in dimension.labels.iter().take(LOOKED_AT).filter(|label| !label.is_empty()) {
        all += 1;
        if recogniser.level == UNIT {
            let code = recogniser.matcher.split_glued(label).map(|(code, _)| code);
            if matches!(code.map(|code| recogniser.matcher.code(code)), Some(CodeMatch::Unit(..))) {
                areas += 1;
                known += 1;
            }
        } else {
            match recogniser.matcher.area(recogniser.level, label) {
                AreaMatch::Area(..) => {
                    areas += 1;
                    known += 1;
                }
                AreaMatch::Total => known += 1,
                // Smaller areas than those asked for stand in the same dimension.
                AreaMatch::Unknown(_) => {
                    let county = recogniser.matcher.area("county", label);
                    let region = recogniser.matcher.area("region", label);
                    let finer = |found: &AreaMatch| matches!(found, AreaMatch::Area(..));
                    known += usize::from(finer(&county) || finer(&region));
                }
            }
        }
    }
    (areas > 0 && known * 2 >= all).then_some(known)
}

fn are_counties(recogniser: &Recogniser<'_>, dimension: &Dimension) -> bool {
    let county =
        |label: &&String| matches!(recogniser.matcher.area("county", label), AreaMatch::Area(..));
    let looked_at = || dimension.labels.iter().take(LOOKED_AT).filter(|label| !label.is_empty());
    let counties = looked_at().filter(county).count();
    let totals = looked_at()
        .filter(|label| matches!(recogniser.matcher.area("county", label), AreaMatch::Total))
        .count();
    let all = looked_at().count();
    counties > 0 && (counties + totals) * 10 >= all * 9
}
