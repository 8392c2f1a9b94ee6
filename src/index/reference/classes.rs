//! How a column can be cut into classes, explained.

use schemars::{Schema, schema_for};

use super::{Entry, Options};
use crate::index::class::Class;

fn options() -> Schema {
    schema_for!(Class)
}

pub(super) const TABLE: &[Entry] = &[
    Entry {
        name: "quantiles",
        summary: "Equal shares of the units, cut at quantiles of type 7; equal values are never split",
        formula: "cut j = quantile(j/classes), x between two cuts",
        example: "class = { quantiles = 5, closed = \"right\", order = \"lowest-first\" }",
        source: "Hyndman and Fan (1996), type 7; Townsend scores of the UK Data Service",
        options: Options::Some(options, &["closed", "labels", "order", "quantiles"]),
    },
    Entry {
        name: "tenths",
        summary: "Equal shares of the places, by one of two rules",
        formula: "ceil(parts·r/n), or floor(parts·(r - 1)/n) + 1",
        example: "class = { tenths = \"ceil\", parts = 10, order = \"highest-first\" }",
        source: "English Indices of Deprivation (ceil); Welsh and Scottish releases (floor)",
        options: Options::Some(options, &["labels", "order", "parts", "tenths"]),
    },
    Entry {
        name: "cuts",
        summary: "Declared cuts",
        formula: "the interval between rising cuts that holds x, closed on the declared side",
        example: "class = { cuts = [2, 3.5, 5, 6.5], closed = \"left\" }",
        source: "INFORM Risk Index: classes of risk",
        options: Options::Some(options, &["closed", "cuts", "labels"]),
    },
    Entry {
        name: "natural",
        summary: "Natural breaks, exactly",
        formula: "the cuts that make Σ(x - mean of its class)² least",
        example: "class = { natural = 5 }",
        source: "Fisher (1958); FEMA National Risk Index",
        options: Options::Some(options, &["labels", "natural"]),
    },
    Entry {
        name: "bands",
        summary: "Declared bands with names; the first that holds the value",
        formula: "from <= x < below",
        example: "class = { bands = [{ from = 0.8, label = \"very-high\" }, { from = 0.7, label = \"high\" }, { label = \"other\" }] }",
        source: "UNDP, Human Development Report: groups of human development",
        options: Options::Some(options, &["bands"]),
    },
];
