//! Where weights can come from, explained.

use schemars::schema_for;

use super::{Entry, Options};
use crate::index::aggregate::{FactorWeights, OptimisedWeights, PcaWeights};

pub(super) const TABLE: &[Entry] = &[
    Entry {
        name: "declared",
        summary: "As `of` declares them, which is also how weights of another edition are kept",
        formula: "w",
        example: "weights = \"declared\"",
        source: "OECD/JRC Handbook (2008), step 6",
        options: Options::None,
    },
    Entry {
        name: "equal",
        summary: "All the same",
        formula: "1",
        example: "weights = \"equal\"",
        source: "OECD/JRC Handbook (2008), step 6",
        options: Options::None,
    },
    Entry {
        name: "pca",
        summary: "The first principal component of the children",
        formula: "the eigenvector of the largest eigenvalue of the correlation matrix over complete units, its sum positive",
        example: "weights = { pca = { signs = \"checked\" } }",
        source: "OECD/JRC Handbook (2008), steps 4 and 6",
        options: Options::All(|| schema_for!(PcaWeights)),
    },
    Entry {
        name: "factor",
        summary: "Score coefficients of a one-factor model fitted by maximum likelihood",
        formula: "λ/ψ scaled to sum 1; ψ makes Σ(γ - ln γ - 1) over all but the first eigenvalue γ of Ψ^-½RΨ^-½ least",
        example: "weights = { factor = { tolerance = 1e-10, heywood = 0.005 } }",
        source: "Jöreskog (1967); NIMDM 2017, annex D; SIMD 2016",
        options: Options::All(|| schema_for!(FactorWeights)),
    },
    Entry {
        name: "optimise",
        summary: "Found so that each child has the share of influence that `of` declares",
        formula: "r(child, parent)/Σr = declared share, for every child",
        example: "weights = { optimise = { tolerance = 1e-9 } }",
        source: "Becker, Saisana, Paruolo and Vandecasteele (2017)",
        options: Options::All(|| schema_for!(OptimisedWeights)),
    },
];
