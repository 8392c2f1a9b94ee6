//! A look at the lists of a study before anything is selected, whoever uses them.

use std::slice::from_ref;

use super::{Lists, Names, Reader};
use crate::ingest::Inputs;
use crate::message::selection::lists as message;
use crate::quality::{Findings, Place};
use crate::register::{Matcher, Register};
use crate::study::programme::{CheckedProgramme, ListUse};
use crate::study::{ListKind, ListSource, Problem, Problems, Study};

/// What reading the lists of a study finds, whether its programme uses them or not.
pub(in crate::run) fn look(
    study: &Study,
    plan: Option<&CheckedProgramme>,
    (matcher, counted): (&Matcher<'_>, &Register),
    inputs: &Inputs,
) -> Findings {
    let mut found = Findings::default();
    for list in &study.lists {
        let mut reader = Reader {
            lists: from_ref(list),
            inputs,
            findings: Findings::default(),
            files: Vec::new(),
            problems: Problems::new(),
            names: Names::new(matcher, counted),
        };
        reader.look(list);
        let Reader { findings, problems, names, .. } = reader;
        found.extend(findings);
        names.findings().for_each(|finding| found.push(finding));
        let wrong: Vec<&Problem> = problems.iter().collect();
        let Some(first) = wrong.first() else { continue };
        let places = wrong.iter().map(|problem| place(problem)).collect();
        let why = first.message.clone();
        let is_used = plan.is_some_and(|plan| plan.uses_list(&list.id));
        found.push(message::wrong_rows(&list.id, &why, places, is_used));
    }
    found
}

fn place(problem: &Problem) -> Place {
    let file = Place::file(&problem.file);
    problem.line.map_or(file.clone(), |line| file.at_row(line))
}

impl Reader<'_> {
    /// Reads a list as a programme would that uses it.
    fn look(&mut self, list: &ListSource) {
        let (id, mut lists) = (list.id.as_str(), Lists::default());
        match list.layout {
            ListKind::Units => {
                let reason = Some(String::new());
                self.locks(&[ListUse { source: id.to_owned(), reason }]);
            }
            ListKind::Borders => self.borders(id, &mut lists),
            ListKind::Decisions => self.decisions(id, &mut lists),
            ListKind::Selection => drop(self.published(id, 2)),
            // the doubts that name it read it
            ListKind::Weights => {}
        }
    }
}
