//! Layers of how sure places are: the standing of each unit, and the list under each alternative by itself.

use super::layers::{Layer, MapRun, Rest};
use crate::language::Language;
use crate::message::labels::robustness as words;
use crate::message::robustness as message;
use crate::robustness::Moves;
use crate::selection::Standing;

/// The standings of a list, then one layer an alternative; nothing where no doubts were drawn.
pub(super) fn sureness(run: &MapRun<'_>) -> Vec<Layer> {
    standings(run).into_iter().chain(alternatives(run)).collect()
}

/// Who is certain, the darkest, who is contested and who is out.
fn standings(run: &MapRun<'_>) -> Option<Layer> {
    let assessed = run.selection?.robustness?;
    let word = |standing: crate::language::Words| standing.text(run.language).to_owned();
    let names = [words::OUT, words::IS_CONTESTED, words::CERTAIN].map(word).to_vec();
    let mut units = vec![None; run.figures.register.len()];
    for unit in assessed.outcome.units.iter().filter(|unit| unit.eligible) {
        units[unit.unit] = unit.standing.map(|standing| match standing {
            Standing::Out => 0,
            Standing::Contested => 1,
            Standing::Certain => 2,
        });
    }
    // an area takes the class nearest to the mean of its units
    let values = units.iter().map(|class: &Option<usize>| class.map(|it| it as f64)).collect();
    let cuts = vec![0.5, 1.5];
    let mut layer = Layer::of_values(word(words::BANDS), names, units, (values, cuts));
    layer.rest = Rest::NotEligible;
    Some(layer)
}

/// The list that each alternative alone would give, beside the declared one.
fn alternatives(run: &MapRun<'_>) -> Vec<Layer> {
    let Some(chosen) = run.selection else { return Vec::new() };
    let Some(assessed) = chosen.robustness else { return Vec::new() };
    let language = run.language;
    let listed: Vec<bool> = run
        .figures
        .register
        .codes()
        .iter()
        .map(|code| chosen.selection.unit(code).is_some_and(|unit| unit.phase.is_some()))
        .collect();
    let layer = |doubt: usize, name: &str, moves: &Moves| {
        let doubt = assessed.doubts.doubts[doubt].label.text(language);
        let title = message::list_if(doubt, name).text(language).to_owned();
        of_moves(title, &listed, moves, language)
    };
    let made = assessed.singly.iter().filter_map(|it| Some((it, &it.result.as_ref()?.2)));
    made.map(|(it, moves)| layer(it.doubt, &it.name, moves)).collect()
}

/// Who stays on the list, who would leave it and who would enter, the darkest.
fn of_moves(title: String, listed: &[bool], moves: &Moves, language: Language) -> Layer {
    let names = [words::STAYS, words::WOULD_LEAVE, words::WOULD_ENTER];
    let names = names.map(|it| it.text(language).to_owned()).to_vec();
    let mut units: Vec<Option<usize>> = listed.iter().map(|on| on.then_some(0)).collect();
    moves.leave.iter().for_each(|&unit| units[unit] = Some(1));
    moves.enter.iter().for_each(|&unit| units[unit] = Some(2));
    let mut layer = Layer::of_values(title, names, units, (Vec::new(), Vec::new()));
    layer.rest = Rest::NoPlace;
    layer
}
