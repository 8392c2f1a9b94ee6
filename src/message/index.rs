//! What computing the index finds: formulas, steps, scores, diagnostics.

use super::declare;

declare! {
    OUTSIDE_PLAUSIBLE = "outside-plausible", Error,
        "a value outside the range declared plausible",
        "o valoare în afara intervalului declarat plauzibil";
    DIVISION_BY_ZERO = "division-by-zero", Error,
        "a formula that divides by zero",
        "o formulă care împarte la zero";
    NOT_A_NUMBER = "not-a-number", Error,
        "a formula or step whose result is not a finite number",
        "o formulă sau un pas al cărui rezultat nu este un număr finit";
    VALUE_MISSING = "value-missing", Warning,
        "units for which an indicator has no value",
        "unități pentru care un indicator nu are valoare";
    IMPUTED = "imputed", Warning,
        "cells filled by a declared rule",
        "celule completate printr-o regulă declarată";
    TREATED = "treated", Note,
        "cells changed by a declared treatment of outliers",
        "celule schimbate printr-un tratament declarat al valorilor extreme";
    CONSTANT_COLUMN = "constant-column", Warning,
        "an indicator that is the same for all units and cannot separate them",
        "un indicator identic pentru toate unitățile, care nu le poate deosebi";
    NO_SCORE = "no-score", Warning,
        "units without a score, with the reason",
        "unități fără scor, cu motivul";
    RESCALED_WEIGHTS = "rescaled-weights", Note,
        "units whose score comes from fewer children, with weights rescaled",
        "unități al căror scor vine din mai puține componente, cu ponderi rescalate";
    BROADCAST = "broadcast", Note,
        "a value measured for a larger area and shared by its units",
        "o valoare măsurată pentru o arie mai mare și împărtășită de unitățile ei";
    RESOLUTION = "resolution", Warning,
        "how few distinct scores there are, and what shares them",
        "cât de puține scoruri distincte există și ce le împart";
    OVERLAP = "overlap", Note,
        "declared double counting between indicators",
        "dublă numărare declarată între indicatori";
    NEGATIVE_CORRELATION = "negative-correlation", Warning,
        "an indicator that moves against its parent",
        "un indicator care merge împotriva agregatului său";
    LOW_INFLUENCE = "low-influence", Warning,
        "an indicator that carries less than two per cent of the variance of its parent",
        "un indicator care poartă sub două procente din variația agregatului său";
    REDUNDANT_PAIR = "redundant-pair", Warning,
        "two indicators that say nearly the same",
        "doi indicatori care spun aproape același lucru";
    GEOMETRIC_ZERO = "geometric-zero", Warning,
        "a geometric or harmonic mean fed with values it cannot take",
        "o medie geometrică sau armonică cu valori pe care nu le poate primi";
    SCREENED = "screened", Note,
        "units left out by a declared screening rule",
        "unități lăsate deoparte de o regulă de selecție declarată";
    UNKNOWN_CATEGORY = "unknown-category", Error,
        "a category or value that the methodology gives no score",
        "o categorie sau o valoare căreia metodologia nu îi dă scor";
    SUM_INCOMPLETE = "sum-incomplete", Warning,
        "an area whose sum is missing because one of its parts is",
        "o arie a cărei sumă lipsește fiindcă lipsește una dintre părți";
    DIRECTION_UNUSED = "direction-unused", Warning,
        "a protective indicator that no normalising step turns round",
        "un indicator protector pe care nu îl întoarce niciun pas de normalizare";
    MIXED_SIGNS = "mixed-signs", Error,
        "weights from a principal component or factor that disagree in sign",
        "ponderi dintr-o componentă principală sau un factor, cu semne contrare";
    WEIGHTS_NOT_FOUND = "weights-not-found", Error,
        "weights from the data that cannot be found",
        "ponderi care trebuiau găsite din date și nu pot fi găsite";
    UNCLASSED = "unclassed", Warning,
        "values that fall in no declared class",
        "valori care nu cad în nicio clasă declarată";
}
