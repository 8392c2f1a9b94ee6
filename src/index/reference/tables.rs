//! What a methodology can name besides steps, explained.

use schemars::{Schema, schema_for};

use super::{Entry, Options};
use crate::index::aggregate::{
    Copeland, CountAbove, FactorWeights, Generalised, GeometricReversed, MazziottaPareto,
    OptimisedWeights, Owa, PcaScore, PcaWeights,
};
use crate::index::class::Class;
use crate::language::Words;

/// Where weights can come from.
pub(super) const WEIGHTS: &[Entry] = &[
    Entry {
        name: "declared",
        summary: Words::new(
            "Cele declarate de `of`; tot așa se păstrează ponderile altei ediții",
            "As `of` declares them, which is also how weights of another edition are kept",
        ),
        formula: "w",
        example: "weights = \"declared\"",
        source: "OECD/JRC Handbook (2008), step 6",
        options: Options::None,
    },
    Entry {
        name: "equal",
        summary: Words::new("Toate la fel", "All the same"),
        formula: "1",
        example: "weights = \"equal\"",
        source: "OECD/JRC Handbook (2008), step 6",
        options: Options::None,
    },
    Entry {
        name: "pca",
        summary: Words::new(
            "Prima componentă principală a componentelor",
            "The first principal component of the children",
        ),
        formula: "the eigenvector of the largest eigenvalue of the correlation matrix over complete units, its sum positive",
        example: "weights = { pca = { signs = \"checked\" } }",
        source: "OECD/JRC Handbook (2008), steps 4 and 6",
        options: Options::All(|| schema_for!(PcaWeights)),
    },
    Entry {
        name: "factor",
        summary: Words::new(
            "Coeficienții de scor ai unui model cu un factor, potrivit prin verosimilitate maximă",
            "Score coefficients of a one-factor model fitted by maximum likelihood",
        ),
        formula: "λ/ψ scaled to sum 1; ψ makes Σ(γ - ln γ - 1) over all but the first eigenvalue γ of Ψ^-½RΨ^-½ least",
        example: "weights = { factor = { tolerance = 1e-10, heywood = 0.005 } }",
        source: "Jöreskog (1967); NIMDM 2017, annex D; SIMD 2016",
        options: Options::All(|| schema_for!(FactorWeights)),
    },
    Entry {
        name: "optimise",
        summary: Words::new(
            "Găsite astfel încât fiecare componentă să aibă partea de influență pe care o declară `of`",
            "Found so that each child has the share of influence that `of` declares",
        ),
        formula: "r(child, parent)/Σr = declared share, for every child",
        example: "weights = { optimise = { tolerance = 1e-9 } }",
        source: "Becker, Saisana, Paruolo and Vandecasteele (2017)",
        options: Options::All(|| schema_for!(OptimisedWeights)),
    },
];

const HANDBOOK: &str = "OECD/JRC Handbook (2008), step 6";

/// A function without parameters.
const fn plain(
    name: &'static str,
    summary: Words,
    texts: [&'static str; 2],
    source: &'static str,
) -> Entry {
    let [formula, example] = texts;
    Entry { name, summary, formula, example, source, options: Options::None }
}

/// How children can be combined.
pub(super) const AGGREGATES: &[Entry] = &[
    plain(
        "arithmetic",
        Words::new(
            "Media aritmetică ponderată; cu `rescale = false`, suma ponderată",
            "Weighted arithmetic mean; with `rescale = false` the weighted sum",
        ),
        ["Σwx/Σw", "method = \"arithmetic\""],
        HANDBOOK,
    ),
    plain(
        "geometric",
        Words::new(
            "Media geometrică ponderată; valorile trebuie să fie peste 0",
            "Weighted geometric mean; values must be above 0",
        ),
        ["exp(Σw·ln x/Σw)", "method = \"geometric\""],
        "OECD/JRC Handbook (2008), step 6; UNDP, Human Development Report, technical note 1",
    ),
    Entry {
        name: "geometric_reversed",
        summary: Words::new(
            "Media geometrică pe o scară inversată și deplasată, ca o componentă rea să nu se piardă în medie",
            "Geometric mean on a reversed and shifted scale, so that one bad child is not averaged away",
        ),
        formula: "high - (geomean(floor + (high - x)/(high - low)·(high - floor)) - floor)/(high - floor)·(high - low), as (10 - geomean((10 - x)/10·9 + 1))/9·10",
        example: "method = { geometric_reversed = { scale = [0, 10], floor = 1 } }",
        source: "INFORM Risk Index, methodology",
        options: Options::All(|| schema_for!(GeometricReversed)),
    },
    plain(
        "harmonic",
        Words::new(
            "Media armonică ponderată; valorile trebuie să fie peste 0",
            "Weighted harmonic mean; values must be above 0",
        ),
        ["Σw/Σ(w/x)", "method = \"harmonic\""],
        "OECD/JRC Handbook (2008), step 6; UNDP, Gender Inequality Index",
    ),
    Entry {
        name: "generalised",
        summary: Words::new("Media generalizată (de putere)", "Generalised (power) mean"),
        formula: "(Σw·x^p/Σw)^(1/p)",
        example: "method = { generalised = { p = 0.5 } }",
        source: "EU Regional Social Progress Index, methodology",
        options: Options::All(|| schema_for!(Generalised)),
    },
    plain(
        "min",
        Words::new(
            "Cea mai mică dintre componente; o pondere de 0 lasă componenta deoparte",
            "The least child; a weight of 0 leaves a child out",
        ),
        ["min x", "method = \"min\""],
        HANDBOOK,
    ),
    plain(
        "max",
        Words::new(
            "Cea mai mare dintre componente; o pondere de 0 lasă componenta deoparte",
            "The greatest child; a weight of 0 leaves a child out",
        ),
        ["max x", "method = \"max\""],
        "INFORM Risk Index, methodology: human hazard",
    ),
    plain(
        "median",
        Words::new("Mediana ponderată", "Weighted median"),
        [
            "the least x at which half of Σw is reached; the mean of two where exactly half is",
            "method = \"median\"",
        ],
        HANDBOOK,
    ),
    Entry {
        name: "owa",
        summary: Words::new(
            "Media ponderată ordonată: ponderi după poziție, cea mai mare componentă întâi",
            "Ordered weighted average: weights by place, the greatest child first",
        ),
        formula: "Σv_i·x_(i)/Σv, x falling",
        example: "method = { owa = { weights = [3, 2, 1] } }",
        source: "Yager (1988)",
        options: Options::All(|| schema_for!(Owa)),
    },
    plain(
        "product",
        Words::new("Produsul puterilor", "Product of powers"),
        ["Πx^w", "method = \"product\""],
        "World Risk Index: exposure times vulnerability",
    ),
    plain(
        "sum",
        Words::new(
            "Suma ponderată a componentelor prezente, niciodată rescalată",
            "Weighted sum over the children present, never rescaled",
        ),
        ["Σwx", "method = \"sum\""],
        "Townsend, Phillimore and Beattie (1988); CDC/ATSDR SVI",
    ),
    plain(
        "present",
        Words::new(
            "Partea, după pondere, a componentelor care au valoare",
            "Share of the children, by weight, that have a value",
        ),
        ["Σw over those present/Σw", "method = \"present\""],
        "SDG Index: countries with less than 80 % of the data are not ranked",
    ),
    Entry {
        name: "count_above",
        summary: Words::new(
            "Numără privațiunile; cu un prag k și `show`, numărul cenzurat, săracii sau scorul",
            "Counts deprivations; with a cut-off k and `show`, the censored count, the poor or the score",
        ),
        formula: "c = Σw·1(x >= at_least)/Σw; poor when c >= k; the means over units are H, A and M0 = H·A",
        example: "method = { count_above = { at_least = 1, k = 0.5, show = \"censored\" } }",
        source: "Alkire and Foster (2011)",
        options: Options::All(|| schema_for!(CountAbove)),
    },
    Entry {
        name: "mazziotta_pareto",
        summary: Words::new(
            "Media plus sau minus o penalizare pentru componente neechilibrate; ajustată când sunt scalate cu `around_reference`",
            "Mean plus or minus a penalty for unbalanced children; adjusted when they are scaled by `around_reference`",
        ),
        formula: "M ± S·cv, cv = S/M",
        example: "method = { mazziotta_pareto = { penalty = \"plus\", ddof = 0 } }",
        source: "Mazziotta and Pareto (2016, 2018)",
        options: Options::All(|| schema_for!(MazziottaPareto)),
    },
    Entry {
        name: "copeland",
        summary: Words::new(
            "Majoritatea pe perechi: câte unități sunt întrecute minus câte o întrec; o valoare lipsă se numără pe jumătate fiecăreia",
            "Pairwise majority: how many units are beaten, minus how many beat; a missing value counts half for each",
        ),
        formula: "Σ_j sign(Σw·1(x_i > x_j) - Σw·1(x_i < x_j))",
        example: "method = { copeland = { decimals = 9 } }",
        source: "Copeland (1951); OECD/JRC Handbook (2008), step 6",
        options: Options::All(|| schema_for!(Copeland)),
    },
    Entry {
        name: "pca_score",
        summary: Words::new(
            "Scorul pe prima componentă principală a componentelor",
            "Score on the first principal component of the children",
        ),
        formula: "Σv·(x - mean)/sd",
        example: "method = { pca_score = { signs = \"checked\" } }",
        source: "OECD/JRC Handbook (2008), step 4; ABS, SEIFA",
        options: Options::All(|| schema_for!(PcaScore)),
    },
];

fn class_options() -> Schema {
    schema_for!(Class)
}

/// How a column can be cut into classes.
pub(super) const CLASSES: &[Entry] = &[
    Entry {
        name: "quantiles",
        summary: Words::new(
            "Părți egale ale unităților, tăiate la cuantile de tipul 7; valorile egale nu se despart niciodată",
            "Equal shares of the units, cut at quantiles of type 7; equal values are never split",
        ),
        formula: "cut j = quantile(j/classes), x between two cuts",
        example: "class = { quantiles = 5, closed = \"right\", order = \"lowest-first\" }",
        source: "Hyndman and Fan (1996), type 7; Townsend scores of the UK Data Service",
        options: Options::Some(class_options, &["closed", "labels", "order", "quantiles"]),
    },
    Entry {
        name: "tenths",
        summary: Words::new(
            "Părți egale ale pozițiilor, după una din două reguli",
            "Equal shares of the places, by one of two rules",
        ),
        formula: "ceil(parts·r/n), or floor(parts·(r - 1)/n) + 1",
        example: "class = { tenths = \"ceil\", parts = 10, order = \"highest-first\" }",
        source: "English Indices of Deprivation (ceil); Welsh and Scottish releases (floor)",
        options: Options::Some(class_options, &["labels", "order", "parts", "tenths"]),
    },
    Entry {
        name: "cuts",
        summary: Words::new("Praguri declarate", "Declared cuts"),
        formula: "the interval between rising cuts that holds x, closed on the declared side",
        example: "class = { cuts = [2, 3.5, 5, 6.5], closed = \"left\" }",
        source: "INFORM Risk Index: classes of risk",
        options: Options::Some(class_options, &["closed", "cuts", "labels"]),
    },
    Entry {
        name: "natural",
        summary: Words::new("Praguri naturale, exact", "Natural breaks, exactly"),
        formula: "the cuts that make Σ(x - mean of its class)² least",
        example: "class = { natural = 5 }",
        source: "Fisher (1958); FEMA National Risk Index",
        options: Options::Some(class_options, &["labels", "natural"]),
    },
    Entry {
        name: "bands",
        summary: Words::new(
            "Intervale declarate, cu nume; primul care conține valoarea",
            "Declared bands with names; the first that holds the value",
        ),
        formula: "from <= x < below",
        example: "class = { bands = [{ from = 0.8, label = \"very-high\" }, { from = 0.7, label = \"high\" }, { label = \"other\" }] }",
        source: "UNDP, Human Development Report: groups of human development",
        options: Options::Some(class_options, &["bands"]),
    },
];

/// A statistic; none has parameters.
const fn statistic(
    name: &'static str,
    summary: Words,
    texts: [&'static str; 2],
    source: &'static str,
) -> Entry {
    let [formula, example] = texts;
    Entry { name, summary, formula, example, source, options: Options::None }
}

const ENGLISH: &str = "English Indices of Deprivation 2019, technical report: summary measures";

/// Statistics of an area.
pub(super) const STATISTICS: &[Entry] = &[
    statistic(
        "mean",
        Words::new(
            "Media scorurilor, ponderată cu `weight`",
            "Mean of the scores, weighted by `weight`",
        ),
        ["Σpx/Σp", "columns = { mean = \"irc\" }"],
        ENGLISH,
    ),
    statistic(
        "mean_rank",
        Words::new(
            "Media pozițiilor, 1 pentru cel mai mare scor, ponderată cu `weight`",
            "Mean of the places, 1 for the highest score, weighted by `weight`",
        ),
        ["Σpr/Σp", "columns = { mean_rank = \"irc\" }"],
        ENGLISH,
    ),
    statistic(
        "worst_tenth",
        Words::new(
            "Partea unităților zonei aflate în cea mai rea zecime din toate; unitățile se numără la fel",
            "Share of the area's units in the worst tenth of all, units counted alike",
        ),
        ["#(ceil(10r/n) <= 1)/units", "columns = { worst_tenth = \"irc\" }"],
        ENGLISH,
    ),
    statistic(
        "extent",
        Words::new(
            "Partea ponderată a zonei în cele mai rele trei zecimi, tot mai puțin dincolo de cea mai rea",
            "Weighted share of the area in the worst three tenths, less and less beyond the worst",
        ),
        [
            "Σpv/Σp, v = 1 for c <= 10, 0.95 - (c - 11)·0.9/19 for c <= 30, else 0; c = ceil(100r/n)",
            "columns = { extent = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "concentration",
        Words::new(
            "Media ponderată a celor mai mari valori ale zonei, care cuprind exact o zecime din ponderea ei",
            "Weighted mean over the area's highest values that hold exactly a tenth of its weight",
        ),
        [
            "Σp'x/Σp', p' = p from the highest x down to Σp' = Σp/10, the last in part",
            "columns = { concentration = \"irc\" }",
        ],
        ENGLISH,
    ),
    statistic(
        "count",
        Words::new("Unitățile zonei care au scor", "Units of the area with a score"),
        ["n", "columns = { count = \"irc\" }"],
        "arithmetic",
    ),
    statistic(
        "max",
        Words::new("Cel mai mare scor al zonei", "Greatest score of the area"),
        ["max x", "columns = { max = \"irc\" }"],
        "arithmetic",
    ),
    statistic(
        "headcount",
        Words::new(
            "Partea ponderată a unităților peste 0: H al unui nod de numărare",
            "Weighted share of the units above 0: H of a counting node",
        ),
        ["Σp·1(x > 0)/Σp", "columns = { headcount = \"poverty\" }"],
        "Alkire and Foster (2011)",
    ),
    statistic(
        "intensity",
        Words::new(
            "Media ponderată a unităților peste 0: A al unui nod de numărare cenzurat, a cărui medie este M0 = H·A",
            "Weighted mean of the units above 0: A of a censored counting node, whose mean is M0 = H·A",
        ),
        ["Σpx/Σp over x > 0", "columns = { intensity = \"poverty\" }"],
        "Alkire and Foster (2011)",
    ),
];
