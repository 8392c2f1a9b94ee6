//! How sure a list is, in the terminal.

use crate::message::robustness as message;
use crate::report::model::Wording;
use crate::robustness::{Assessed, Design};

/// The sureness of a list in a few lines.
pub(super) fn lines(wording: &Wording<'_>, assessed: &Assessed) -> Vec<String> {
    let outcome = &assessed.outcome;
    let mut said = Vec::new();
    if let Some(joint) = outcome.designs.get(&Design::Joint) {
        said.push(message::variants(joint.made, joint.tried));
        said.push(message::bands(outcome.bands(), outcome.eligible()));
    }
    if let Some((exchanged, lost)) = &outcome.misallocation {
        let places = wording.chosen.selection.list().len();
        said.push(message::misallocated(*exchanged, places));
        said.extend((lost.people >= 1.0).then(|| message::people_lost(lost.people)));
    }
    if let Some([measured, bias]) = outcome.flattered.as_ref().and_then(|all| all.first()) {
        said.push(message::flattered(*measured, measured - bias));
    }
    said.into_iter().map(|line| line.text(wording.language).to_owned()).collect()
}
