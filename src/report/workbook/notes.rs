//! What the notes on the header cells of the *Index* sheet say.

use crate::index::method::{Direction, Node, Origin};
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::report::view::View;
use crate::report::words;
use crate::study::Source;

/// What an indicator is, from which source, measured where.
pub(super) fn indicator(view: &View<'_>, node: usize) -> String {
    let language = view.language;
    let mut lines = vec![view.figures.node_label(node, view.language).to_owned()];
    let spec = &view.figures.method.nodes[node];
    let mut say = |label: Words, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{}: {text}", label.text(language)));
        }
    };
    say(labels::NOTE_UNIT, spec.unit.as_ref().map_or("", |unit| unit.text(language)));
    say(labels::NOTE_FORMULA, &formula(spec));
    for source in view.sources_of(spec) {
        say(labels::NOTE_SOURCE, &source_line(source));
    }
    say(labels::NOTE_DIRECTION, direction(spec).text(language));
    let level = &view.figures.index.nodes[node].level;
    say(labels::NOTE_LEVEL, words::named(labels::LEVELS, level, language));
    if view.figures.broadcast_level(node).is_some() {
        lines.push(labels::LEGEND_BROADCAST.text(language).to_owned());
    }
    lines.join("\n")
}

/// What was done to an indicator, step by step.
pub(super) fn normalised(view: &View<'_>, node: usize) -> String {
    let mut lines = vec![labels::NORMALISED_NOTE.text(view.language).to_owned()];
    lines.extend(steps(view, &view.figures.method.nodes[node]));
    lines.join("\n")
}

/// From what an aggregate is made.
pub(super) fn aggregate(view: &View<'_>, node: usize) -> String {
    let spec = &view.figures.method.nodes[node];
    let mut lines = vec![view.figures.node_label(node, view.language).to_owned()];
    lines.push(made_from(view, spec));
    lines.extend(steps(view, spec));
    lines.join("\n")
}

fn steps<'v>(view: &'v View<'_>, node: &'v Node) -> impl Iterator<Item = String> + 'v {
    (1..)
        .zip(&node.steps)
        .map(|(at, step)| format!("{at}. {}", words::step_sentence(step, view.language)))
}

/// The formula of a node, empty for weighted children.
fn formula(node: &Node) -> String {
    match &node.origin {
        Origin::Measures(formula) | Origin::Nodes(formula) => formula.text().to_owned(),
        Origin::Category(column) => column.clone(),
        Origin::Children(_) => String::new(),
    }
}

/// What a node is computed from, in one line.
pub(crate) fn made_from(view: &View<'_>, node: &Node) -> String {
    match &node.origin {
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => formula(node),
        Origin::Children(aggregate) => {
            let children = aggregate.children.iter();
            let named: Vec<&str> =
                children.map(|child| view.figures.method.nodes[child.node].id.as_str()).collect();
            let combined = words::choice(labels::COMBINES, &aggregate.combine, view.language);
            let percent = language::shown(aggregate.missing.require * 100.0, 0, view.language);
            let required = labels::REQUIRE.text(view.language);
            format!("{combined}: {} ({required}: {percent} %)", named.join(", "))
        }
    }
}

/// Which way an indicator points.
pub(super) fn direction(node: &Node) -> Words {
    match node.direction {
        Direction::Risk => labels::DIRECTION_RISK,
        Direction::Protective => labels::DIRECTION_PROTECTIVE,
    }
}

fn source_line(source: &Source) -> String {
    let parts = [Some(&source.id), source.publisher.as_ref(), source.reference.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
