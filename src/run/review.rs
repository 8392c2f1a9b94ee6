//! Doubts about what is put together: concepts, counts, series, dates and small populations.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::Method;
use crate::index::method::{Node, Origin};
use crate::observation::{Counts, Observations, Series};
use crate::quality::{Finding, Findings, rules};
use crate::register::{Register, UNIT};
use crate::study::{Source, Study};

/// Below this many inhabitants a rate of a unit moves by more than 0.2 points with one case.
const SMALL: f64 = 500.0;

/// What a run put together.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) study: &'a Study,
    pub(super) method: &'a Method,
    pub(super) register: &'a Register,
    pub(super) observations: &'a Observations,
}

/// Tells every doubt that the declarations of sources and measures raise about the indicators made
/// from them.
pub(super) fn review(parts: Parts<'_>, findings: &mut Findings) {
    for node in &parts.method.nodes {
        let used = parts.used_by(node);
        counts(node, &used, findings);
        told_apart(&parts, node, &used, findings);
    }
    let used: Vec<&Series> = parts.method.nodes.iter().flat_map(|n| parts.used_by(n)).collect();
    dates(&parts, &used, findings);
    small_populations(&parts, &used, findings);
}

impl<'a> Parts<'a> {
    /// The measures an indicator is made from.
    fn used_by(&self, node: &Node) -> Vec<&'a Series> {
        let names: Vec<&str> = match &node.origin {
            Origin::Measures(formula) => formula.names().iter().map(String::as_str).collect(),
            Origin::Category(name) => vec![name],
            Origin::Children(_) | Origin::Nodes(_) => Vec::new(),
        };
        names.into_iter().filter_map(|name| self.observations.series(name)).collect()
    }

    fn source(&self, series: &Series) -> &'a Source {
        &self.study.sources[series.source]
    }
}

/// Families over persons is a ratio, not a share of people.
fn counts(node: &Node, used: &[&Series], findings: &mut Findings) {
    let named = |counts: &[Counts]| -> Vec<&str> {
        used.iter()
            .filter(|series| series.counts.is_some_and(|known| counts.contains(&known)))
            .map(|series| series.name.as_str())
            .collect()
    };
    let (persons, others) = (named(&[Counts::Persons]), named(&[Counts::Families, Counts::Cases]));
    if persons.is_empty() || others.is_empty() {
        return;
    }
    let message = format!(
        "`{}` sets `{}`, which does not count persons, against `{}`, which does: it is a ratio, \
         not a share of people",
        node.id,
        others.join("`, `"),
        persons.join("`, `")
    );
    let hint = "label it so, for example families per 100 inhabitants";
    findings.push(Finding::new(&rules::COUNTS_MIXED, &node.id, message).hint(hint));
}

/// Different concepts of population, or different series, in one indicator.
fn told_apart(parts: &Parts<'_>, node: &Node, used: &[&Series], findings: &mut Findings) {
    let words = |of: fn(&Source) -> Option<&String>| -> BTreeMap<&str, &str> {
        used.iter()
            .filter_map(|series| {
                let source = parts.source(series);
                of(source).map(|word| (word.as_str(), source.id.as_str()))
            })
            .collect()
    };
    let listed = |words: &BTreeMap<&str, &str>| {
        let each: Vec<String> =
            words.iter().map(|(word, source)| format!("`{word}` (source `{source}`)")).collect();
        each.join(", ")
    };
    let concepts = words(|source| source.concept.as_ref());
    if concepts.len() > 1 {
        let message = format!("`{}` mixes concepts of population: {}", node.id, listed(&concepts));
        let hint = "take numerator and denominator of one concept, or accept this with a reason";
        findings.push(Finding::new(&rules::CONCEPTS_MIXED, &node.id, message).hint(hint));
    }
    let series = words(|source| source.series.as_ref());
    if series.len() > 1 {
        let message = format!("`{}` mixes series: {}", node.id, listed(&series));
        let hint = "a break between series makes their numbers incomparable";
        findings.push(Finding::new(&rules::SERIES_BREAK, &node.id, message).hint(hint));
    }
}

/// Reference years that differ between the sources of one index.
fn dates(parts: &Parts<'_>, used: &[&Series], findings: &mut Findings) {
    let sources: BTreeSet<usize> = used.iter().map(|series| series.source).collect();
    let mut years: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources.into_iter().map(|at| &parts.study.sources[at]) {
        if let Some(year) = source.reference.as_deref().and_then(|text| text.get(..4)) {
            years.entry(year).or_default().push(&source.id);
        }
    }
    if years.len() < 2 {
        return;
    }
    let each: Vec<String> =
        years.iter().map(|(year, ids)| format!("{year}: `{}`", ids.join("`, `"))).collect();
    let message = format!("sources refer to different years ({})", each.join("; "));
    findings.push(Finding::new(&rules::MIXED_YEARS, &parts.method.id, message));
}

/// Units with so few inhabitants that their rates jump. The population is the largest count of
/// persons by unit that an indicator uses.
fn small_populations(parts: &Parts<'_>, used: &[&Series], findings: &mut Findings) {
    let total = |series: &Series| -> f64 {
        series.cells.iter().filter_map(crate::observation::Cell::number).fold(0.0, |sum, n| sum + n)
    };
    let persons = used
        .iter()
        .filter(|series| series.level == UNIT && series.counts == Some(Counts::Persons))
        .max_by(|a, b| total(a).total_cmp(&total(b)).then_with(|| b.name.cmp(&a.name)));
    let Some(population) = persons else { return };
    let small: Vec<usize> = (0..parts.register.len())
        .filter(|&unit| population.cells[unit].number().is_some_and(|count| count < SMALL))
        .collect();
    if small.is_empty() {
        return;
    }
    let names: Vec<&str> =
        small.iter().take(5).map(|&unit| parts.register.names()[unit].as_str()).collect();
    let dots = if small.len() > names.len() { " …" } else { "" };
    let message = format!(
        "{} units have fewer than {SMALL} persons in `{}`: {}{dots}",
        small.len(),
        population.name,
        names.join(", ")
    );
    let hint = "read their rates with care: one case more or less moves them";
    let subject = &parts.source(population).id;
    findings.push(Finding::new(&rules::SMALL_POPULATION, subject, message).hint(hint));
}
