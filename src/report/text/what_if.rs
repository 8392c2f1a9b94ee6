//! What a change that is tried out would do to a list, in the terminal.

use crate::language::{Language, lei};
use crate::message::labels;
use crate::message::selection::{reasons, what_if as message};
use crate::quality::{Message, printable};
use crate::report::model::{View, Wording};
use crate::selection::{Bound, Changed, Number, Shift, Subject, WhatIf};

/// The numbers that were changed, then who would enter and leave, of the whole list and of each phase.
pub fn what_if(view: &View<'_>, answer: &WhatIf) -> String {
    let Some(chosen) = view.selection else { return String::new() };
    let wording = Wording::new(chosen, view.language);
    let mut lines = vec![wording.word(labels::SIMULATED).to_owned()];
    let changed = answer.changed.iter().map(sentence);
    lines.extend(changed.map(|it| format!("  {}", it.text(view.language))));
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

/// What was changed, as a planner says it.
fn sentence(changed: &Changed) -> Message {
    let now = number(&changed.to);
    let what = match &changed.what {
        Subject::Places { phase } => message::places_of(phase),
        Subject::Money { phase: None } => message::limit(),
        Subject::Money { phase: Some(phase) } => message::limit_of(phase),
        Subject::Weight { node, parent } => message::weight(node, parent),
        Subject::Quota { phase, bound, by, group } => {
            let bound = match bound {
                Bound::Min => message::minimum(),
                Bound::Max => message::maximum(),
                Bound::Exactly => message::exact_number(),
                Bound::Share | Bound::Apportioned => message::share(),
            };
            match group {
                Some(group) => message::bound_of(phase, &bound, &reasons::group(by, group).name),
                None => message::bound_of_each(phase, &bound, &reasons::family(by)),
            }
        }
    };
    match changed.from.as_ref() {
        None => message::is_set(&what, &now),
        Some(from) if *from == changed.to => message::stays(&what, &now),
        Some(from) => message::becomes(&what, &now, &number(from)),
    }
}

fn number(number: &Number) -> Message {
    match number {
        Number::Places(places) => reasons::places(usize::try_from(*places).unwrap_or(usize::MAX)),
        Number::Share(share) => match (u64::from(share.parts) * 100, u64::from(share.of.max(1))) {
            (parts, of) if parts % of == 0 => message::percent(parts / of),
            _ => message::part(share.parts, share.of),
        },
        Number::Bani(bani) => {
            let of = |language| lei(i128::from(*bani), language);
            Message { en: of(Language::En), ro: of(Language::Ro) }
        }
        Number::Weight(weight) => Message::trimmed(*weight, 9),
    }
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
