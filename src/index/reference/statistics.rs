//! Statistics of an area, explained.

use super::{Entry, Options};

/// A statistic; none has parameters.
const fn statistic(name: &'static str, texts: [&'static str; 3], source: &'static str) -> Entry {
    let [summary, formula, example] = texts;
    Entry { name, summary, formula, example, source, options: Options::None }
}

const ENGLISH: &str = "English Indices of Deprivation 2019, technical report: summary measures";

pub(super) const TABLE: &[Entry] = &[
    statistic(
        "mean",
        ["Mean of the scores, weighted by `weight`", "Σpx/Σp", "columns = { mean = \"irc\" }"],
        ENGLISH,
    ),
    statistic(
        "mean_rank",
        [
            "Mean of the places, 1 for the highest score, weighted by `weight`",
            "Σpr/Σp",
            "columns = { mean_rank = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "worst_tenth",
        [
            "Share of the area's units in the worst tenth of all, units counted alike",
            "#(ceil(10r/n) <= 1)/units",
            "columns = { worst_tenth = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "extent",
        [
            "Weighted share of the area in the worst three tenths, less and less beyond the worst",
            "Σpv/Σp, v = 1 for c <= 10, 0.95 - (c - 11)·0.9/19 for c <= 30, else 0; c = ceil(100r/n)",
            "columns = { extent = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "concentration",
        [
            "Weighted mean over the area's highest values that hold exactly a tenth of its weight",
            "Σp'x/Σp', p' = p from the highest x down to Σp' = Σp/10, the last in part",
            "columns = { concentration = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "count",
        ["Units of the area with a score", "n", "columns = { count = \"irc\" }"],
        "arithmetic",
    ),
    statistic(
        "max",
        ["Greatest score of the area", "max x", "columns = { max = \"irc\" }"],
        "arithmetic",
    ),
    statistic(
        "headcount",
        [
            "Weighted share of the units above 0: H of a counting node",
            "Σp·1(x > 0)/Σp",
            "columns = { headcount = \"poverty\" }",
        ],
        "Alkire and Foster (2011)",
    ),
    statistic(
        "intensity",
        [
            "Weighted mean of the units above 0: A of a censored counting node, whose mean is M0 = H·A",
            "Σpx/Σp over x > 0",
            "columns = { intensity = \"poverty\" }",
        ],
        "Alkire and Foster (2011)",
    ),
];
