//! Keeps, of what was read for a whole register, what belongs to the units that a study counts.

use crate::boundaries::Border;
use crate::observation::{Observations, Series};
use crate::register::Register;

/// The observations of the areas of `counted`, in its order. `counted` has some of the units of
/// `whole` and the same columns, so each of its areas is an area of `whole`.
pub(super) fn keep(
    observations: Observations,
    whole: &Register,
    counted: &Register,
) -> Observations {
    if whole.len() == counted.len() {
        return observations;
    }
    let Observations { files, series, maps, borders } = observations;
    let series = series.into_iter().map(|one| of_areas(one, whole, counted)).collect();
    let is_counted = |code: &str| counted.position(code).is_some();
    let maps = maps.into_iter().map(|(id, map)| (id, map.of(is_counted))).collect();
    let both = |border: &Border| is_counted(&border.a) && is_counted(&border.b);
    let keep = |pairs: Vec<Border>| pairs.into_iter().filter(both).collect();
    let borders = borders.into_iter().map(|(id, pairs)| (id, keep(pairs))).collect();
    Observations { files, series, maps, borders }
}

fn of_areas(series: Series, whole: &Register, counted: &Register) -> Series {
    let level = |register: &Register| {
        register.level(&series.level).expect("levels are checked before reading").clone()
    };
    let (before, after) = (level(whole), level(counted));
    let kept: Vec<usize> = after
        .areas
        .iter()
        .map(|area| before.position(area).expect("a counted area is an area of the whole"))
        .collect();
    Series {
        cells: kept.iter().map(|&at| series.cells[at].clone()).collect(),
        origins: kept.iter().map(|&at| series.origins[at].clone()).collect(),
        ..series
    }
}
