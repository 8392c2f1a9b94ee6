//! The columns of weighted values, which add up to a score.

use crate::index::aggregate::Combine;
use crate::index::method::Origin;
use crate::index::{Column, stats};
use crate::observation::Missing;
use crate::report::view::View;
use crate::report::workbook::weights;

/// What a child adds to a live mean or sum, as the formulas have it.
pub(in crate::report::workbook) fn weighted(view: &View<'_>, node: usize, child: usize) -> Column {
    let weights = weights::used(view, node);
    let all = stats::sum(weights.iter().copied());
    let children: Vec<&Column> = view
        .figures
        .children(&view.figures.method.nodes[node])
        .into_iter()
        .map(|child| &view.figures.index.nodes[child].value)
        .collect();
    let (is_mean, rescale) = match &view.figures.method.nodes[node].origin {
        Origin::Children(aggregate) => {
            (aggregate.combine == Combine::Arithmetic, aggregate.rescale)
        }
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => (false, false),
    };
    let value = |unit: usize| {
        let product = weights[child] * children[child].value(unit)?;
        let present =
            children.iter().zip(&weights).filter(|(column, _)| column.value(unit).is_some());
        let present = stats::sum(present.map(|(_, weight)| *weight));
        let scale = if rescale { 1.0 } else { all };
        Some(if is_mean { product * scale / present } else { product })
    };
    Column::new(
        (0..view.figures.register.len()).map(|unit| value(unit).ok_or(Missing::NotAvailable)),
    )
}
