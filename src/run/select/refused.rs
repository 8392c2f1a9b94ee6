//! A selection that cannot be made, as problems of the files: each on its line, once for all units alike.

use super::lists::Lists;
use super::pool::Unusable;
use crate::index;
use crate::message::selection::lists as lists_message;
use crate::quality::{Advice, Message};
use crate::run::{Run, RunError};
use crate::selection::{Objection, ProgrammeKey, Refusal};
use crate::study::Problems;
use crate::study::programme::{CheckedProgramme, Line};

/// Missing values as problems of the programme.
pub(super) fn unusable(wrong: Vec<Unusable>, run: &Run, plan: &CheckedProgramme) -> RunError {
    let mut problems = run.notes.clone();
    for Unusable { key, message } in wrong {
        on_line(&mut problems, plan, plan.positions.of_key(key), message.into());
    }
    RunError::Invalid(problems)
}

/// Units named beside the first one that the same problem is about.
const NAMED: usize = 5;

/// A refusal as problems of the files. What is wrong with many units for one reason is reported once.
pub(super) fn refused(
    refusal: Refusal,
    run: &Run,
    plan: &CheckedProgramme,
    lists: &Lists,
) -> RunError {
    let mut problems = run.notes.clone();
    let row = |objection: &Objection| {
        let code = objection.unit.as_deref().unwrap_or_default();
        match objection.key {
            Some(ProgrammeKey::Decisions) => {
                let mut known = lists.decided.iter();
                known.find(|((decided, _), _)| decided == code).map(|(_, row)| row)
            }
            Some(ProgrammeKey::Neighbours) => lists.bordering.get(code),
            _ => None,
        }
    };
    let line = |objection: &Objection| plan.positions.of_refusal(objection).map(|line| line.line);
    let same = |one: &Objection, other: &Objection| {
        let alike = (one.rule, one.key, &one.hint) == (other.rule, other.key, &other.hint)
            && one.counted.is_empty();
        let unit = one.unit.is_some() && one.conflict.is_none() && other.unit.is_some();
        alike && unit && line(one) == line(other) && row(one).or(row(other)).is_none()
    };
    for alike in refusal.objections.chunk_by(same) {
        let said = with_names(alike, run).advise(alike[0].hint.clone());
        match row(&alike[0]) {
            Some((file, row)) => problems.error_on_line(file, *row, said),
            None => {
                let line = plan.positions.of_refusal(&alike[0]);
                on_line(&mut problems, plan, line, said);
            }
        }
    }
    RunError::Refused { problems, refusal }
}

/// Adds a problem on a line of the programme, or about the whole programme.
fn on_line(problems: &mut Problems, plan: &CheckedProgramme, line: Option<Line>, said: Advice) {
    match line {
        Some(Line { file, line }) => problems.error_on_line(&file, line, said),
        None => problems.error_in_file(&lists_message::programme(&plan.rules.id), said),
    }
}

/// The message of the first problem with the name of its unit, and the units of the others.
fn with_names(alike: &[Objection], run: &Run) -> Message {
    let position = |objection: &Objection| {
        objection.unit.as_deref().and_then(|code| run.register.position(code))
    };
    let name = |objection: &Objection| position(objection).map(|unit| &run.register.names()[unit]);
    let others = &alike[1..];
    let unit = |objection: &Objection| {
        let code = objection.unit.as_deref().unwrap_or_default();
        lists_message::code_and_name(code, name(objection).map(String::as_str))
    };
    let shown: Vec<String> = others.iter().take(NAMED).map(unit).collect();
    let more = others.len().saturating_sub(NAMED);
    let first = name(&alike[0]).map(String::as_str);
    let counted: Vec<usize> =
        alike[0].counted.iter().filter_map(|code| run.register.position(code)).collect();
    if !counted.is_empty() {
        return lists_message::who(&alike[0].message, &index::named(&run.register, &counted));
    }
    lists_message::same_for(&alike[0].message, first, &shown, more)
}
