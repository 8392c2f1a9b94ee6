//! What a study and a methodology say that somebody should look at.

use super::declare;

declare! {
    CONCEPTS_MIXED = "concepts-mixed", Warning,
        "a numerator and a denominator of different concepts of population",
        "numărător și numitor după concepte de populație diferite";
    COUNTS_MIXED = "counts-mixed", Warning,
        "families or cases over persons: a ratio that is not a share of people",
        "familii sau cazuri raportate la persoane: un raport care nu este o cotă din populație";
    MIXED_YEARS = "mixed-years", Note,
        "sources of different reference dates in one index",
        "surse cu date de referință diferite într-un singur indice";
    SERIES_BREAK = "series-break", Warning,
        "measures of different series in one indicator",
        "măsuri din serii diferite într-un singur indicator";
    OMITTED = "omitted", Warning,
        "an indicator that the study leaves out, with its reason",
        "un indicator lăsat deoparte de studiu, cu motivul";
}
