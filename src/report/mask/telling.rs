//! What would say something of a small count although the count and its score are withheld: classes near a
//! cut, and findings about the numbers of all units.

use std::collections::{BTreeMap, BTreeSet};

use super::kept;
use crate::index::OutputColumn;
use crate::message::small_counts as message;
use crate::quality::{Finding, Findings};
use crate::report::model::View;

/// What of a run is withheld besides small counts and what is computed from them.
///
/// It is found from runs with other small counts, and from none with the counts as they are: it says of
/// these no more than which cells they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Telling {
    /// Classes: position of the output, position of the unit.
    classes: BTreeSet<(usize, usize)>,
    /// Findings: rule and subject.
    findings: BTreeSet<(&'static str, String)>,
}

impl Telling {
    /// What is not the same in all of these runs of one study.
    pub(crate) fn between(runs: &[View<'_>]) -> Self {
        let Some((first, others)) = runs.split_first() else { return Self::default() };
        let (mut classes, mut findings) = (BTreeSet::new(), BTreeSet::new());
        let own = said(first);
        for other in others {
            let outputs = first.figures.index.outputs.iter().zip(&other.figures.index.outputs);
            for (output, (one, two)) in outputs.enumerate() {
                let (OutputColumn::Classes(one), OutputColumn::Classes(two)) =
                    (&one.column, &two.column)
                else {
                    continue;
                };
                let units = one.iter().zip(two).enumerate().filter(|(_, (one, two))| one != two);
                classes.extend(units.map(|(unit, _)| (output, unit)));
            }
            let theirs = said(other);
            let about = own.keys().chain(theirs.keys());
            findings.extend(about.filter(|it| own.get(it) != theirs.get(it)).cloned());
        }
        Self { classes, findings }
    }

    /// The units whose class of an output is withheld.
    pub(super) fn classes_of(&self, output: usize) -> impl Iterator<Item = usize> {
        let classes = self.classes.iter().filter(move |(of, _)| *of == output);
        classes.map(|(_, unit)| *unit)
    }

    /// The classes that are withheld.
    pub(super) fn classes(&self) -> &BTreeSet<(usize, usize)> {
        &self.classes
    }

    /// The findings that may be published, and which kinds of findings are not among them.
    pub(super) fn published(&self, findings: Findings) -> Findings {
        if self.findings.is_empty() {
            return findings;
        }
        let is_kept = |it: &&Finding| !self.findings.contains(&(it.rule, it.subject.clone()));
        let mut kept: Findings = findings.iter().filter(is_kept).cloned().collect();
        kept.push(message::withheld_findings(&self.findings));
        kept.sort();
        kept
    }
}

/// The findings of a run as they are published, by rule and subject.
fn said(view: &View<'_>) -> BTreeMap<(&'static str, String), Vec<Finding>> {
    let mut said: BTreeMap<(&'static str, String), Vec<Finding>> = BTreeMap::new();
    for finding in kept(view, &view.figures.observations.withheld).iter() {
        said.entry((finding.rule, finding.subject.clone())).or_default().push(finding.clone());
    }
    said
}
