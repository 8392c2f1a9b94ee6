//! Where a unit stands among the others, with its neighbours above and below.

use serde::Serialize;

use crate::index::Figures;

/// Neighbours told on each side.
const SIDE: usize = 3;

/// The place of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peers {
    /// The node that orders the units.
    pub score: Option<String>,
    /// Its value.
    pub value: Option<f64>,
    /// The place, from 1; those who share a score share the better place.
    pub place: Option<f64>,
    /// How many units share the place, this one among them.
    pub sharing: usize,
    /// How many units have a place.
    pub of: usize,
    /// Those just above, the nearest last.
    pub above: Vec<Peer>,
    /// Those just below, the nearest first.
    pub below: Vec<Peer>,
}

/// A neighbour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Peer {
    /// Its place.
    pub place: Option<f64>,
    /// The register's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its county, where the register has one.
    pub county: String,
    /// Its score.
    pub value: Option<f64>,
}

/// Where a unit stands.
pub(super) fn peers(figures: &Figures<'_>, unit: usize) -> Peers {
    let order = figures.most_at_risk(figures.register.len());
    let at = order.iter().position(|&other| other == unit);
    let around =
        |from: usize, to: usize| order[from..to].iter().map(|&it| peer(figures, it)).collect();
    let (above, below) = match at {
        Some(at) => {
            (around(at.saturating_sub(SIDE), at), around(at + 1, (at + 1 + SIDE).min(order.len())))
        }
        None => (Vec::new(), Vec::new()),
    };
    Peers {
        score: figures.headline().map(|node| figures.method.nodes[node].id.clone()),
        value: figures.scores().and_then(|scores| scores.value(unit)),
        place: at.and_then(|_| figures.place(unit)),
        sharing: if at.is_some() { figures.sharing(unit) } else { 0 },
        of: order.len(),
        above,
        below,
    }
}

fn peer(figures: &Figures<'_>, unit: usize) -> Peer {
    Peer {
        place: figures.place(unit),
        code: figures.register.codes()[unit].clone(),
        name: figures.register.names()[unit].clone(),
        county: figures.register_text("county", unit).to_owned(),
        value: figures.scores().and_then(|scores| scores.value(unit)),
    }
}
