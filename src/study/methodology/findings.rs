//! Findings that follow from the files alone: mixed concepts, counts, series and years, omissions.

use std::collections::BTreeSet;

use super::names::MethodologyContext;
use crate::index::method::Origin;
use crate::index::steps::Step;
use crate::index::{Formula, Method};
use crate::message;
use crate::observation::Counts;
use crate::quality::{Finding, Findings, Message};

/// What is allowed and should be looked at before any number is read: `omitted`, `concepts-mixed`,
/// `counts-mixed`, `series-break`, `forgotten` for each indicator and `mixed-years` for the method.
pub(crate) fn findings(method: &Method, context: &MethodologyContext<'_>) -> Findings {
    let mut findings = Findings::default();
    for (id, reason) in &context.study.omit {
        findings.push(message::study::omitted(id, reason));
    }
    for node in &method.nodes {
        let Origin::Measures(formula) = &node.origin else { continue };
        of_indicator(&node.id, formula.names(), context, &mut findings);
    }
    forgotten(method).for_each(|finding| findings.push(finding));
    years(method, context).into_iter().for_each(|finding| findings.push(finding));
    findings
}

fn of_indicator(
    id: &str,
    names: &[String],
    context: &MethodologyContext<'_>,
    findings: &mut Findings,
) {
    let measures: Vec<_> = names.iter().filter_map(|name| context.measure(name)).collect();
    let mut report = |words: BTreeSet<Message>,
                      finding: fn(&str, &BTreeSet<Message>) -> Finding| {
        if words.len() > 1 {
            findings.push(finding(id, &words));
        }
    };
    let concepts = measures.iter().filter_map(|(source, _)| source.concept.as_deref());
    report(concepts.map(Message::same).collect(), message::study::concepts_mixed);
    let counts = measures.iter().filter_map(|(_, measure)| measure.counts);
    report(counts.map(word).collect(), message::study::counts_mixed);
    let series = measures.iter().filter_map(|(source, _)| source.series.as_deref());
    report(series.map(Message::same).collect(), message::study::series_break);
}

/// The indicators that nothing takes, where something is made of indicators.
fn forgotten(method: &Method) -> impl Iterator<Item = Finding> {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let id = |at: usize| method.nodes[at].id.as_str();
    let steps = method.nodes.iter().flat_map(|node| &node.steps);
    let steps = steps.chain(method.outputs.iter().flat_map(|output| &output.steps));
    taken.extend(steps.flat_map(Step::indicators));
    for node in &method.nodes {
        match &node.origin {
            Origin::Children(aggregate) => {
                taken.extend(aggregate.children.iter().map(|child| id(child.node)));
                taken.extend(aggregate.each.iter().flat_map(Step::indicators));
            }
            Origin::Nodes(formula) => taken.extend(formula.names().iter().map(String::as_str)),
            Origin::Measures(_) | Origin::Category(_) => {}
        }
    }
    taken.extend(method.outputs.iter().map(|output| id(output.of)));
    let filters = method.outputs.iter().filter_map(|output| output.filter.as_ref());
    taken.extend(filters.flat_map(Formula::names).map(String::as_str));
    let columns = method.summaries.iter().flat_map(|summary| &summary.columns);
    taken.extend(columns.map(|column| id(column.of)));
    let is_index = method.nodes.iter().any(|node| !node.is_indicator());
    let indicators = method.nodes.iter().filter(move |node| is_index && node.is_indicator());
    let forgotten = indicators.filter(move |node| !taken.contains(node.id.as_str()));
    forgotten.map(|node| message::study::forgotten(&node.id))
}

fn word(counts: Counts) -> Message {
    match counts {
        Counts::Persons => message::study::persons(),
        Counts::Families => message::study::families(),
        Counts::Cases => message::study::cases(),
    }
}

/// One finding when the sources of a method are of different years.
fn years(method: &Method, context: &MethodologyContext<'_>) -> Option<Finding> {
    let mut years: BTreeSet<(String, &str)> = BTreeSet::new();
    for node in &method.nodes {
        let names = match &node.origin {
            Origin::Measures(formula) => formula.names().to_vec(),
            Origin::Category(name) => vec![name.clone()],
            Origin::Children(_) | Origin::Nodes(_) => continue,
        };
        for (source, _) in names.iter().filter_map(|name| context.measure(name)) {
            let year = source.reference.as_deref().and_then(|text| text.get(..4));
            if let Some(year) = year.filter(|year| year.chars().all(|c| c.is_ascii_digit())) {
                years.insert((year.to_owned(), &source.id));
            }
        }
    }
    let distinct: BTreeSet<&str> = years.iter().map(|(year, _)| year.as_str()).collect();
    let sources: Vec<String> = years.iter().map(|(year, id)| format!("{id} {year}")).collect();
    (distinct.len() > 1).then(|| message::study::mixed_years(&method.id, &sources))
}
