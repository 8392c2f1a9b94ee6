//! What the columns of the *Index* sheet are called.

use super::columns::Shown;
use super::formulas::Formulas;
use crate::index::OutputColumn;
use crate::language::Words;
use crate::message::labels;
use crate::report::view::View;
use crate::report::workbook::look;
use crate::report::workbook::page::Heading;
use crate::report::{tables, words};

/// The identifier of a column, as machine files have it.
pub(super) fn identifier(view: &View<'_>, shown: Shown) -> String {
    let id = |node: usize| view.figures.method.nodes[node].id.as_str();
    match shown {
        Shown::Code => "code".to_owned(),
        Shown::Name => "name".to_owned(),
        Shown::Place(at) => tables::PLACES[at].to_owned(),
        Shown::Profile => String::new(),
        Shown::Order => "selection.order".to_owned(),
        Shown::Phase => "phase".to_owned(),
        Shown::Selected => "phase.computed".to_owned(),
        Shown::Published => "selection.published".to_owned(),
        Shown::Turn => "selection.turn".to_owned(),
        Shown::Raw(node) | Shown::Aggregate(node) => id(node).to_owned(),
        Shown::Normalised(node) => format!("{}.normalised", id(node)),
        Shown::Weighted(node, child) => {
            format!("{}.weighted.{}", id(node), view.figures.index.nodes[node].weights[child].child)
        }
        Shown::Output(output) => view.figures.index.outputs[output].id.clone(),
        Shown::Computed(output) => format!("{}.computed", view.figures.index.outputs[output].id),
        Shown::Rounded(rounded) => format!("{}.rounded", id(rounded.node)),
    }
}

/// The heading of a column.
pub(super) fn heading(formulas: &Formulas<'_, '_>, shown: Shown) -> Heading {
    let view = formulas.view;
    let figures = view.figures;
    let label = |node: usize| figures.node_label(node, view.language);
    let title = |output: usize| figures.output_title(output, view.language);
    let word = |words: Words| words.text(view.language);
    let plain = |text: String, width| Heading::new(text, width);
    // What the program computed and a spreadsheet does not is said so in its header.
    let computed = |text: String, is_live: bool, width| {
        let fixed = word(labels::FIXED_VALUE);
        Heading::new(if is_live { text } else { format!("{text} · {fixed}") }, width)
    };
    match shown {
        Shown::Code => plain(word(labels::CODE).to_owned(), 9),
        Shown::Name => plain(word(labels::NAME).to_owned(), 24),
        Shown::Place(0) => plain(word(labels::KIND).to_owned(), 12),
        Shown::Place(1) => plain(word(labels::COUNTY).to_owned(), 15),
        Shown::Place(_) => plain(word(labels::REGION).to_owned(), 17),
        Shown::Profile => plain(word(labels::PROFILE_SHORT).to_owned(), 12),
        Shown::Raw(node) => measured(view, node),
        Shown::Normalised(node) => {
            let text = format!("{} – {}", label(node), word(labels::NORMALISED));
            let heading = computed(text, formulas.live.norms.contains_key(&node), 13);
            match figures.broadcast_level(node) {
                None => heading,
                Some(_) => Heading { format: look::broadcast_header(), ..heading },
            }
        }
        Shown::Weighted(node, child) => {
            let child = &figures.index.nodes[node].weights[child].child;
            let label = view.figures.method.node(child).map_or(child.as_str(), |at| label(at));
            plain(format!("{label} – {}", word(labels::WEIGHTED)), 13)
        }
        Shown::Aggregate(node) => computed(
            figures.node_title(node, view.language),
            formulas.live.aggregates.contains(&node),
            13,
        ),
        Shown::Output(output) => {
            let width = match figures.index.outputs[output].column {
                OutputColumn::Numbers(_) => 11,
                OutputColumn::Classes(_) => 16,
            };
            let is_live = formulas.live.outputs.contains_key(&output);
            computed(title(output), is_live, width)
        }
        Shown::Computed(output) => {
            let text = format!("{} – {}", title(output), word(labels::COMPUTED));
            Heading { format: look::broadcast_header(), ..plain(text, 11) }
        }
        Shown::Order | Shown::Phase | Shown::Selected | Shown::Published | Shown::Turn => {
            selection(formulas, shown)
        }
        Shown::Rounded(rounded) => {
            let decimals = rounded.decimals;
            let text = word(labels::ROUNDED);
            plain(format!("{} – {text} {decimals}", label(rounded.node)), 13)
        }
    }
}

/// The heading of a measured column.
fn measured(view: &View<'_>, node: usize) -> Heading {
    let title = view.figures.node_title(node, view.language);
    match view.figures.broadcast_level(node) {
        None => Heading::new(title, 13),
        Some(level) => {
            let level = words::named(labels::LEVELS, level, view.language);
            let text = format!("{title} · {} {level}", labels::VALUE_OF.text(view.language));
            Heading { format: look::broadcast_header(), ..Heading::new(text, 13) }
        }
    }
}

/// The heading of a column that a selection adds.
fn selection(formulas: &Formulas<'_, '_>, shown: Shown) -> Heading {
    let word = |words: Words| words.text(formulas.view.language);
    match shown {
        Shown::Order => Heading::new(word(labels::SELECTION_ORDER), 11),
        Shown::Phase => Heading::new(word(labels::PHASE), 11),
        Shown::Published => Heading::new(word(labels::PUBLISHED_SCORE), 13),
        Shown::Turn => Heading::new(word(labels::SELECTION_TURN), 13),
        _ => {
            let mark = match formulas.live.phases {
                Some(_) => labels::COMPUTED,
                None => labels::FIXED_VALUE,
            };
            let text = format!("{} – {}", word(labels::PHASE), word(mark));
            Heading { format: look::broadcast_header(), ..Heading::new(text, 11) }
        }
    }
}
