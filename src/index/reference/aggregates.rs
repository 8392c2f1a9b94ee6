//! How children can be combined, explained.

use schemars::schema_for;

use super::{Entry, Options};
use crate::index::aggregate::{
    Copeland, CountAbove, Generalised, GeometricReversed, MazziottaPareto, Owa, PcaScore,
};

const HANDBOOK: &str = "OECD/JRC Handbook (2008), step 6";

/// A function without parameters.
const fn plain(name: &'static str, texts: [&'static str; 3], source: &'static str) -> Entry {
    let [summary, formula, example] = texts;
    Entry { name, summary, formula, example, source, options: Options::None }
}

pub(super) const TABLE: &[Entry] = &[
    plain(
        "arithmetic",
        [
            "Weighted arithmetic mean; with `rescale = false` the weighted sum",
            "Σwx/Σw",
            "method = \"arithmetic\"",
        ],
        HANDBOOK,
    ),
    plain(
        "geometric",
        [
            "Weighted geometric mean; values must be above 0",
            "exp(Σw·ln x/Σw)",
            "method = \"geometric\"",
        ],
        "OECD/JRC Handbook (2008), step 6; UNDP, Human Development Report, technical note 1",
    ),
    Entry {
        name: "geometric_reversed",
        summary: "Geometric mean on a reversed and shifted scale, so that one bad child is not averaged away",
        formula: "high - (geomean(floor + (high - x)/(high - low)·(high - floor)) - floor)/(high - floor)·(high - low), as (10 - geomean((10 - x)/10·9 + 1))/9·10",
        example: "method = { geometric_reversed = { scale = [0, 10], floor = 1 } }",
        source: "INFORM Risk Index, methodology",
        options: Options::All(|| schema_for!(GeometricReversed)),
    },
    plain(
        "harmonic",
        ["Weighted harmonic mean; values must be above 0", "Σw/Σ(w/x)", "method = \"harmonic\""],
        "OECD/JRC Handbook (2008), step 6; UNDP, Gender Inequality Index",
    ),
    Entry {
        name: "generalised",
        summary: "Generalised (power) mean",
        formula: "(Σw·x^p/Σw)^(1/p)",
        example: "method = { generalised = { p = 0.5 } }",
        source: "EU Regional Social Progress Index, methodology",
        options: Options::All(|| schema_for!(Generalised)),
    },
    plain(
        "min",
        ["The least child; a weight of 0 leaves a child out", "min x", "method = \"min\""],
        HANDBOOK,
    ),
    plain(
        "max",
        ["The greatest child; a weight of 0 leaves a child out", "max x", "method = \"max\""],
        "INFORM Risk Index, methodology: human hazard",
    ),
    plain(
        "median",
        [
            "Weighted median",
            "the least x at which half of Σw is reached; the mean of two where exactly half is",
            "method = \"median\"",
        ],
        HANDBOOK,
    ),
    Entry {
        name: "owa",
        summary: "Ordered weighted average: weights by place, the greatest child first",
        formula: "Σv_i·x_(i)/Σv, x falling",
        example: "method = { owa = { weights = [3, 2, 1] } }",
        source: "Yager (1988)",
        options: Options::All(|| schema_for!(Owa)),
    },
    plain(
        "product",
        ["Product of powers", "Πx^w", "method = \"product\""],
        "World Risk Index: exposure times vulnerability",
    ),
    plain(
        "sum",
        ["Weighted sum over the children present, never rescaled", "Σwx", "method = \"sum\""],
        "Townsend, Phillimore and Beattie (1988); CDC/ATSDR SVI",
    ),
    plain(
        "present",
        [
            "Share of the children, by weight, that have a value",
            "Σw over those present/Σw",
            "method = \"present\"",
        ],
        "SDG Index: countries with less than 80 % of the data are not ranked",
    ),
    Entry {
        name: "count_above",
        summary: "Counts deprivations; with a cut-off k and `show`, the censored count, the poor or the score",
        formula: "c = Σw·1(x >= at_least)/Σw; poor when c >= k; the means over units are H, A and M0 = H·A",
        example: "method = { count_above = { at_least = 1, k = 0.5, show = \"censored\" } }",
        source: "Alkire and Foster (2011)",
        options: Options::All(|| schema_for!(CountAbove)),
    },
    Entry {
        name: "mazziotta_pareto",
        summary: "Mean plus or minus a penalty for unbalanced children; adjusted when they are scaled by `around_reference`",
        formula: "M ± S·cv, cv = S/M",
        example: "method = { mazziotta_pareto = { penalty = \"plus\", ddof = 0 } }",
        source: "Mazziotta and Pareto (2016, 2018)",
        options: Options::All(|| schema_for!(MazziottaPareto)),
    },
    Entry {
        name: "copeland",
        summary: "Pairwise majority: how many units are beaten, minus how many beat; a missing value counts half for each",
        formula: "Σ_j sign(Σw·1(x_i > x_j) - Σw·1(x_i < x_j))",
        example: "method = { copeland = { decimals = 9 } }",
        source: "Copeland (1951); OECD/JRC Handbook (2008), step 6",
        options: Options::All(|| schema_for!(Copeland)),
    },
    Entry {
        name: "pca_score",
        summary: "Score on the first principal component of the children",
        formula: "Σv·(x - mean)/sd",
        example: "method = { pca_score = { signs = \"checked\" } }",
        source: "OECD/JRC Handbook (2008), step 4; ABS, SEIFA",
        options: Options::All(|| schema_for!(PcaScore)),
    },
];
