//! What the peer refuses with an error: ours names the units and cells, or refuses the parameter.

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::aggregate::{Combine, Generalised};
use risk_index::index::method::Origin;

use super::synth::{Variant, set};
use super::{run, values};
use crate::data::trial;

pub(super) fn trials() -> Vec<Trial> {
    vec![trial("coinr/refused", refused)]
}

fn refused(folder: &Path) -> String {
    let set = set(folder);
    let mut told = Vec::new();
    let mut without_score = |norm: &'static str, combine: Combine, name: &str| {
        let mut method = Variant { norm, ..Variant::PLAIN }.method();
        for node in &mut method.nodes {
            if let Origin::Children(aggregate) = &mut node.origin {
                aggregate.combine = combine.clone();
            }
        }
        let (index, findings) = run(&method, &set);
        let named = findings.iter().filter(|it| it.rule == "geometric-zero");
        let units: usize = named.map(|finding| finding.units.len()).sum();
        assert!(units > 0, "{name} of {norm} names nobody");
        let scored = values(&index, "IDX").iter().filter(|score| !score.is_nan()).count();
        assert!(scored > 0 && scored < set.register.len(), "{name} of {norm}: {scored}");
        told.push(format!("{name} of {norm}: {units} cells named"));
    };
    for norm in ["mm100", "z01", "borda", "dist2max", "d2targ"] {
        without_score(norm, Combine::Geometric, "gmean");
    }
    without_score("mm100", Combine::Harmonic, "hmean");
    without_score("mm100", Combine::Generalised(Generalised { p: -1.0 }), "gen p = -1");
    let zero = Combine::Generalised(Generalised { p: 0.0 });
    assert!(!zero.problems(2).is_empty(), "p = 0 is refused before anything is computed");
    told.join("; ")
}
