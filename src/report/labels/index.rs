//! Words of the index: its sheet, its live formulas, ties, charts and areas.

use super::labels;

labels! { INDEX_LABELS:
    // live formulas
    SIMULATION = "SIMULARE, ponderi sau praguri schimbate", "SIMULATION, weights or cuts changed";
    CHECK = "Diferențe între locul calculat de program și cel recalculat aici", "Differences between the place the program computed and the one recalculated here";
    LEGEND_LIVE = "scorul, locul și clasa sunt formule vii; „valoare fixă” nu se recalculează", "score, place and class are live formulas; a fixed value does not recalculate";
    FIXED_VALUE = "valoare fixă", "fixed value";
    COMPUTED = "calculat de program", "as computed";
    WEIGHTED = "ponderat", "weighted";
    ROUNDED = "rotunjit, zecimale:", "rounded, decimals:";
    GROUP_UNIT = "Unitatea", "Unit";
    GROUP_RESULT = "Rezultat", "Result";
    GROUP_MEASURED = "Valori măsurate", "Measured values";
    GROUP_NORMALISED = "Valori normalizate", "Normalised values";
    GROUP_WEIGHTED = "Valori ponderate (suma lor este scorul)", "Weighted values (they add up to the score)";
    GROUP_SHARE = "Contribuția la scor", "Share in the score";
    GROUP_ROUNDED = "Valori rotunjite, pentru loc", "Rounded values, for the place";
    WEIGHT_USED = "Pondere", "Weight";
    WEIGHT_SIGNED = "Pondere asumată", "Signed weight";
    WEIGHT_SUM = "Suma ponderilor", "Sum of the weights";
    CHANGED_MARK = "Schimbat", "Changed";
    CHANGED_WORD = "schimbat", "changed";
    UNCHANGED_WORD = "–", "–";
    CHANGED_COUNT = "Ponderi și praguri schimbate", "Weights and cuts changed";
    SECTION_CUTS = "Clase", "Classes";
    CLASS = "Clasă", "Class";
    CLASS_SHARE = "Cota unităților până aici", "Share of units up to here";
    CLASS_CUT = "Limita de sus", "Upper limit";
    CUT_SIGNED = "Asumat", "Signed";
    SECTION_BOUNDS = "Limite la care trimit valorile normalizate", "Bounds normalised values point at";
    BOUND_INDICATOR = "Indicator", "Indicator";
    BOUND_RULE = "Normalizare", "Normalisation";
    BOUND_CUT_LOW = "Tăiat jos la", "Cut below at";
    BOUND_CUT_HIGH = "Tăiat sus la", "Cut above at";
    BOUND_FROM = "Minim sau medie", "Minimum or mean";
    BOUND_TO = "Maxim sau abatere", "Maximum or deviation";
    BOUND_FIRST = "Devine (jos)", "Becomes (low)";
    BOUND_SECOND = "Devine (sus)", "Becomes (high)";
    RULE_SAME = "valoarea însăși", "the value itself";
    RULE_MINMAX = "min-max", "min-max";
    RULE_ZSCORE = "scor standard (z)", "standard score (z)";
    RULE_RANK = "loc", "rank";
    RULE_TURNED = "întoarsă (mai mult înseamnă mai puțin risc)", "turned (more means less risk)";
    // ties and charts
    TIE_SCORE = "Scor", "Score";
    TIE_PLACE = "Loc", "Place";
    TIE_COUNT = "Unități", "Units";
    TIE_UNITS = "Care", "Which";
    NO_TIES = "Nu există unități cu același scor.", "No two units have the same score.";
    CHART_CURVE = "Scorurile în ordine", "Scores in order";
    CHART_PARTS = "Din ce se compune scorul mediu al fiecărei clase", "What the mean score of each class is made of";
    CHART_UNITS = "unități, de la scorul cel mai mare", "units, from the highest score";
    CHART_CUT = "limita clasei", "class limit";
    ABOUT_INDEX = "fiecare unitate: valori măsurate, valori normalizate, scor, loc și clasă", "each unit: measured values, normalised values, score, place and class";
    ABOUT_SUMMARY = "aceleași rezultate, adunate pe arii mai mari", "the same results by larger areas";
    ABOUT_SOURCES = "de unde vin cifrele: fișiere, foi, publicare, dată de referință, amprentă SHA-256", "where the numbers come from: files, sheets, publisher, reference date, SHA-256 digest";
    ABOUT_METHOD = "cum se calculează: formule, pași în ordinea aplicării, ponderi", "how it is computed: formulas, steps in the order in which they run, weights";
    ABOUT_QUALITY = "ce a fost reparat, eliminat sau pus la îndoială la citire și la calcul", "what was repaired, dropped or doubted while reading and computing";
    // index
    CODE = "Cod", "Code";
    NAME = "Denumire", "Name";
    KIND = "Tip", "Kind";
    COUNTY = "Județ", "County";
    REGION = "Regiune", "Region";
    VALUE_OF = "valoare de", "value of the";
    NORMALISED = "normalizat", "normalised";
    NORMALISED_NOTE = "Valoarea de mai sus după toți pașii metodei; mai mare înseamnă mai multă vulnerabilitate.", "The value to the left after all steps of the method; higher means more at risk.";
    LEGEND = "Legendă", "Legend";
    LEGEND_BROADCAST = "cursiv gri: valoare a unei arii mai mari, nemăsurată în această unitate", "grey italics: value of a larger area, not measured in this unit";
    LEGEND_IMPUTED = "valoare completată printr-o regulă declarată", "value filled in by a declared rule";
    LEGEND_NOT_AVAILABLE = ": = indisponibil", ": = not available";
    LEGEND_CONFIDENTIAL = "c = confidențial", "c = confidential";
    LEGEND_NOT_APPLICABLE = "z = nu se aplică", "z = not applicable";
    LEGEND_CONSTANT = "k = coloană constantă", "k = constant column";
    LEGEND_ZERO = "0 = zero măsurat", "0 = measured zero";
    NOTE_UNIT = "Unitate de măsură", "Unit";
    NOTE_FORMULA = "Formulă", "Formula";
    NOTE_SOURCE = "Sursă", "Source";
    NOTE_LEVEL = "Măsurat la nivel de", "Measured at the level of";
    NOTE_DIRECTION = "Sens", "Direction";
    // areas
    STATISTIC_MEAN = "scor mediu", "mean score";
    STATISTIC_MEAN_RANK = "loc mediu", "mean rank";
    STATISTIC_WORST_TENTH = "cota în zecimea cea mai vulnerabilă", "share in the worst tenth";
    STATISTIC_EXTENT = "extindere", "extent";
    STATISTIC_CONCENTRATION = "concentrare locală", "local concentration";
    STATISTIC_COUNT = "unități cu scor", "scored units";
    STATISTIC_HEADCOUNT = "cota unităților peste 0", "share of units above 0";
    STATISTIC_INTENSITY = "intensitate", "intensity";
    STATISTIC_MAX = "scor maxim", "greatest score";
}
