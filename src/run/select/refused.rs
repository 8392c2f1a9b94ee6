//! What the engine refuses, shown in the file and on the line that it is about.

use super::lists::Lists;
use crate::language::thousands;
use crate::run::{Run, Stopped};
use crate::selection::{Objection, Refusal, RuleRef};
use crate::study::Problems;
use crate::study::programme::Plan;

/// Units named beside the first one that the same problem is about.
const NAMED: usize = 5;

/// A refusal as problems of the files. What is wrong with many units for one reason is told once.
pub(super) fn refused(refusal: Refusal, run: &Run, plan: &Plan, lists: &Lists) -> Stopped {
    let mut problems = run.notes.clone();
    let row = |problem: &Objection| {
        let code = problem.unit.as_deref().unwrap_or_default();
        match problem.key {
            "decisions.source" => lists.decided.get(code),
            "unions.neighbours" => lists.bordering.get(code),
            _ => None,
        }
    };
    let line = |problem: &Objection| plan.lines.of(&key(problem)).map(|line| line.line);
    let same = |one: &Objection, other: &Objection| {
        let told = (one.rule, one.key, &one.hint) == (other.rule, other.key, &other.hint);
        let unit = one.unit.is_some() && one.conflict.is_none() && other.unit.is_some();
        told && unit && line(one) == line(other) && row(one).or(row(other)).is_none()
    };
    for alike in refusal.objections.chunk_by(same) {
        let message = with_names(alike, run);
        let hint = alike[0].hint.clone();
        match row(&alike[0]) {
            Some((file, row)) => problems.error_on_line(file, *row, message, hint),
            None => on_line(&mut problems, plan, &key(&alike[0]), message, hint),
        }
    }
    Stopped::Refused { problems, refusal }
}

/// Adds a problem on the line of a key of the programme.
pub(super) fn on_line(
    problems: &mut Problems,
    plan: &Plan,
    key: &str,
    message: String,
    hint: Option<String>,
) {
    match plan.lines.of(key) {
        Some(line) => problems.error_on_line(&line.file, line.line, message, hint),
        None => problems.error_in_file(&format!("programme `{}`", plan.rules.id), message, hint),
    }
}

/// The message of the first problem with the name of its unit, and the units of the others.
fn with_names(alike: &[Objection], run: &Run) -> String {
    let position =
        |problem: &Objection| problem.unit.as_deref().and_then(|code| run.register.position(code));
    let name = |problem: &Objection| position(problem).map(|unit| &run.register.names()[unit]);
    let mut message = match name(&alike[0]) {
        Some(name) => format!("{} ({name})", alike[0].message),
        None => alike[0].message.clone(),
    };
    let others = &alike[1..];
    if !others.is_empty() {
        let told = |problem: &Objection| {
            let code = problem.unit.as_deref().unwrap_or_default();
            name(problem).map_or_else(|| format!("`{code}`"), |name| format!("`{code}` ({name})"))
        };
        let mut list: Vec<String> = others.iter().take(NAMED).map(told).collect();
        if others.len() > NAMED {
            list.push(format!("and {} more", thousands(others.len() - NAMED)));
        }
        let units = if others.len() == 1 { "one more unit" } else { "more units" };
        message += &format!("; the same for {units}: {}", list.join(", "));
    }
    message
}

/// The narrowest key that a problem is about.
fn key(problem: &Objection) -> String {
    if let Some(conflict) = &problem.conflict {
        let clause = conflict.rules.iter().find_map(clause_key);
        return clause.unwrap_or_else(|| format!("phase.upto/{}", conflict.phase));
    }
    match &problem.unit {
        Some(code) => format!("{}/{code}", problem.key),
        None => problem.key.to_owned(),
    }
}

fn clause_key(clause: &RuleRef) -> Option<String> {
    match clause {
        RuleRef::Least { phase, by, .. }
        | RuleRef::Most { phase, by, .. }
        | RuleRef::Quota { phase, by, .. } => Some(format!("phase.quota/{phase}/{by}")),
        RuleRef::Money { .. } => Some("budget.limit".to_owned()),
        RuleRef::Locked { .. } => Some("eligible.include".to_owned()),
        RuleRef::Unions => Some("unions".to_owned()),
        RuleRef::Places { .. } | RuleRef::Phases => None,
    }
}
