//! What a change that is tried out would do to a list, in the terminal.

use crate::message::labels;
use crate::quality::printable;
use crate::report::model::{View, Wording};
use crate::selection::{Shift, WhatIf};

/// The numbers that were changed, then who would enter and leave, of the whole list and of each phase.
pub fn what_if(view: &View<'_>, answer: &WhatIf) -> String {
    let Some(chosen) = view.selection else { return String::new() };
    let wording = Wording::new(chosen, view.figures.register, view.language);
    let mut lines = vec![wording.word(labels::SIMULATED).to_owned()];
    lines.extend(answer.changed.iter().map(|changed| {
        let from = changed.from.as_deref().unwrap_or("-");
        format!("  {}: {from} -> {}", changed.what, changed.to)
    }));
    let difference = &answer.difference;
    if difference.moves_nobody() {
        lines.push(wording.word(labels::NOBODY_WOULD_MOVE).to_owned());
    } else {
        lines.extend(told(&wording, wording.word(labels::WHOLE_LIST), &difference.whole));
    }
    let is_phased = difference.phases.len() > 1;
    let phases = difference.phases.iter().filter(|(_, shift)| is_phased && !shift.moves_nobody());
    for (id, shift) in phases {
        let phase = format!("{} {id}", wording.word(labels::PHASE_NAMED));
        lines.extend(told(&wording, &phase, shift));
    }
    if answer.is_tied {
        lines.push(wording.word(labels::SIMULATED_TIE).to_owned());
    }
    if !answer.selection.proved() {
        lines.push(wording.word(labels::SIMULATED_UNPROVED).to_owned());
    }
    lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}

/// How many enter and leave with what the totals gain, then each by name.
fn told(wording: &Wording<'_>, what: &str, shift: &Shift) -> Vec<String> {
    let count = |codes: &[String], word| {
        format!("{}: {}", wording.word(word), wording.count(codes.len() as i128))
    };
    let mut lines = vec![format!(
        "{what}: {}, {}; {}",
        count(&shift.enters, labels::ENTER),
        count(&shift.leaves, labels::LEAVE),
        wording.amounts(shift)
    )];
    for (sign, codes) in [('+', &shift.enters), ('-', &shift.leaves)] {
        let units = codes.iter().map(|code| wording.placed(std::slice::from_ref(code), 1));
        lines.extend(units.map(|unit| format!("  {sign} {unit}")));
    }
    lines
}
