//! What would say something of a small count although the count and its score are withheld: classes near a
//! cut, and findings about the numbers of all units.

use std::collections::BTreeMap;

use super::kept;
use crate::index::OutputColumn;
use crate::message::small_counts as message;
use crate::quality::{Finding, Findings};
use crate::report::model::{Telling, View};

/// What is not the same in all of these runs of one study.
pub(crate) fn telling(runs: &[View<'_>]) -> Telling {
    let Some((first, others)) = runs.split_first() else { return Telling::default() };
    let mut telling = Telling::default();
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
            telling.classes.extend(units.map(|(unit, _)| (output, unit)));
        }
        let theirs = said(other);
        let about = own.keys().chain(theirs.keys());
        telling.findings.extend(about.filter(|it| own.get(it) != theirs.get(it)).cloned());
    }
    telling
}

/// The findings that may be published, and which kinds of findings are not among them.
pub(super) fn published(findings: Findings, telling: &Telling) -> Findings {
    if telling.findings.is_empty() {
        return findings;
    }
    let is_kept = |it: &&Finding| !telling.findings.contains(&(it.rule, it.subject.clone()));
    let mut kept: Findings = findings.iter().filter(is_kept).cloned().collect();
    kept.push(message::withheld_findings(&telling.findings));
    kept.sort();
    kept
}

/// The findings of a run as they are published, by rule and subject.
fn said(view: &View<'_>) -> BTreeMap<(&'static str, String), Vec<Finding>> {
    let mut said: BTreeMap<(&'static str, String), Vec<Finding>> = BTreeMap::new();
    for finding in kept(view, &view.figures.observations.withheld).iter() {
        said.entry((finding.rule, finding.subject.clone())).or_default().push(finding.clone());
    }
    said
}
