//! What measures are called before people: by what they count, or by the indicator that they make.

use crate::index::Figures;
use crate::index::method::Origin;
use crate::language::{Label, Language, Noun};
use crate::message::explain;
use crate::observation::{Counts, Nature, Series};
use crate::study::Source;

/// What a count counts: as the study says it, else what is known of it.
pub(super) fn noun(series: &Series, sources: &[Source]) -> Option<Noun> {
    if series.nature != Nature::Count {
        return None;
    }
    let id = series.name.rsplit_once('.').map_or("", |(_, id)| id);
    let measure = sources[series.source].measures.iter().find(|measure| measure.id == id);
    let declared = measure.and_then(|measure| measure.noun.clone());
    declared.or_else(|| {
        Some(match series.counts? {
            Counts::Persons => explain::persons(),
            Counts::Families => explain::families(),
            Counts::Cases => explain::cases(),
        })
    })
}

/// The indicator that a measure makes, the first of several, with its unit where it is the measure
/// itself.
pub(super) fn label(
    figures: &Figures<'_>,
    measure: &str,
    nodes: &[usize],
) -> (Label, Option<Label>) {
    let Some(&first) = nodes.first() else { return (Label::default(), None) };
    let node = &figures.method.nodes[first];
    let itself = match &node.origin {
        Origin::Measures(formula) => formula.text().trim() == measure,
        Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => false,
    };
    let named = |language| figures.node_label(first, language).to_owned();
    let label = Label { ro: named(Language::Ro), en: named(Language::En) };
    (label, node.unit.clone().filter(|_| itself))
}
