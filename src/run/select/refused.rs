//! What the engine refuses, shown in the file and on the line that it is about.

use super::lists::Lists;
use crate::run::{Run, Stopped};
use crate::selection::{Clause, Refusal, RefusedFor};
use crate::study::Problems;
use crate::study::programme::Plan;

/// A refusal as problems of the files.
pub(super) fn refused(refusal: Refusal, run: &Run, plan: &Plan, lists: &Lists) -> Stopped {
    let mut problems = run.notes.clone();
    for problem in &refusal.problems {
        let message = with_name(problem, run);
        let hint = problem.hint.clone();
        let code = problem.unit.as_deref().unwrap_or_default();
        let row = match problem.key {
            "decisions.source" => lists.decided.get(code),
            "unions.neighbours" => lists.bordering.get(code),
            _ => None,
        };
        match row {
            Some((file, row)) => problems.error_on_line(file, *row, message, hint),
            None => on_line(&mut problems, plan, &key(problem), message, hint),
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

/// The message with the name of the unit it is about.
fn with_name(problem: &RefusedFor, run: &Run) -> String {
    let unit = problem.unit.as_deref().and_then(|code| run.register.position(code));
    match unit {
        Some(unit) => format!("{} ({})", problem.message, run.register.names()[unit]),
        None => problem.message.clone(),
    }
}

/// The narrowest key that a problem is about.
fn key(problem: &RefusedFor) -> String {
    if let Some(conflict) = &problem.conflict {
        let clause = conflict.clauses.iter().find_map(clause_key);
        return clause.unwrap_or_else(|| format!("phase.upto/{}", conflict.phase));
    }
    match &problem.unit {
        Some(code) => format!("{}/{code}", problem.key),
        None => problem.key.to_owned(),
    }
}

fn clause_key(clause: &Clause) -> Option<String> {
    match clause {
        Clause::Least { phase, by, .. }
        | Clause::Most { phase, by, .. }
        | Clause::Quota { phase, by, .. } => Some(format!("phase.quota/{phase}/{by}")),
        Clause::Money { .. } => Some("budget.limit".to_owned()),
        Clause::Locked { .. } => Some("eligible.include".to_owned()),
        Clause::Unions => Some("unions".to_owned()),
        Clause::Places { .. } | Clause::Phases => None,
    }
}
