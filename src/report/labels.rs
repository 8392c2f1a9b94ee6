//! Every word of the reports in Romanian and English.

use super::numbers::Counted;
use crate::language::Language;

/// A text of the reports in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Romanian.
    pub(crate) ro: &'static str,
    /// English.
    pub(crate) en: &'static str,
}

impl Words {
    /// The text in `language`.
    pub(crate) fn text(self, language: Language) -> &'static str {
        match language {
            Language::Ro => self.ro,
            Language::En => self.en,
        }
    }
}

const fn words(ro: &'static str, en: &'static str) -> Words {
    Words { ro, en }
}

/// Declares the labels and the list of all of them from one table.
macro_rules! labels {
    ($($name:ident = $ro:literal, $en:literal;)*) => {
        $(pub(crate) const $name: Words = words($ro, $en);)*

        #[cfg(test)]
        const ALL: &[Words] = &[$($name),*];
    };
}

labels! {
    // sheets
    SHEET_COVER = "Copertă", "Cover";
    SHEET_INDEX = "Indice", "Index";
    SHEET_SOURCES = "Surse", "Sources";
    SHEET_METHOD = "Metodă", "Method";
    SHEET_QUALITY = "Calitatea datelor", "Data quality";
    SHEET_COUNTY = "Pe județe", "By county";
    SHEET_REGION = "Pe regiuni", "By region";
    SHEET_BY = "Pe", "By";
    SHEET_WEIGHTS = "Ponderi", "Weights";
    SHEET_TIES = "Egalități", "Ties";
    SHEET_TRACE = "Trasabilitate", "Trace";
    SHEET_CHARTS = "Grafice", "Charts";
    // what each sheet is
    ABOUT_WEIGHTS = "celulele galbene pot fi schimbate: foaia Indice se recalculează, iar titlul devine SIMULARE; restul foii este protejat fără parolă", "yellow cells may be changed: the sheet Index recalculates and its title becomes SIMULATION; the rest is protected without a password";
    ABOUT_TIES = "unități cu același scor la nouă zecimale: metoda nu le desparte, programul de selecție o face", "units with the same score at nine decimals: the method does not part them, the programme does";
    ABOUT_TRACE = "drumul fiecărei unități, de la celulele citite, pas cu pas, până la scor; în fișierele text D17 este câmpul 4 al rândului 17", "each unit's way from the cells that were read, step by step, to its score; in text files D17 is field 4 of line 17";
    ABOUT_CHARTS = "curba scorurilor cu limitele claselor și din ce se compune scorul fiecărei clase", "the curve of scores with the limits of classes, and what the score of each class is made of";
    // live formulas
    SIMULATION = "SIMULARE, ponderi, praguri sau locuri schimbate", "SIMULATION, weights, cuts or places changed";
    CHECK = "Diferențe între locurile și etapele calculate de program și cele recalculate aici", "Differences between the places and phases the program computed and those recalculated here";
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
    GROUP_OTHER_READ = "Alte valori citite", "Other values read";
    READ_VALUE = "citit", "read";
    READ_CELLS = "din celulele", "from cells";
    LEGEND_LINKS = "scorul și valorile măsurate sunt legături spre foaia Trasabilitate", "scores and measured values are links to the sheet Trace";
    GROUP_ORDER = "Ordinea selecției", "Order of the selection";
    SELECTION_ORDER = "Ordine în selecție", "Order in the selection";
    SELECTION_TURN = "Rând la scor egal", "Turn among equal scores";
    PUBLISHED_SCORE = "Scor publicat, doar cine poate primi un loc", "Published score of those who may take a place";
    SECTION_PLACES = "Etapele programului", "Phases of the programme";
    PROGRAMME = "Program de selecție", "Programme";
    PLACES_UPTO = "Locuri până la această etapă inclusiv", "Places up to and including this phase";
    PLACES_ADDED = "Locuri ale acestei etape", "Places of this phase";
    LIST_SIMULATION = "Ponderi, praguri sau locuri schimbate: lista de mai jos este cea calculată de program; simularea este pe foaia", "Weights, cuts or places changed: the list below is the one the program computed; the simulation is on the sheet";
    WEIGHT_USED = "Pondere", "Weight";
    WEIGHT_SIGNED = "Pondere asumată", "Signed weight";
    WEIGHT_SUM = "Suma ponderilor", "Sum of the weights";
    CHANGED_MARK = "Schimbat", "Changed";
    CHANGED_WORD = "schimbat", "changed";
    UNCHANGED_WORD = "–", "–";
    CHANGED_COUNT = "Ponderi, praguri și locuri schimbate", "Weights, cuts and places changed";
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
    // cover
    ILLUSTRATIVE = "METODOLOGIE ILUSTRATIVĂ: cifrele metodei sunt ipoteze, neadoptate prin niciun act", "ILLUSTRATIVE METHODOLOGY: its numbers are assumptions, adopted by no act";
    ILLUSTRATIVE_WORD = "ilustrativă", "illustrative";
    ADOPTED_WORD = "adoptată prin", "adopted by";
    METHODOLOGY = "Metodologie", "Methodology";
    VERSION = "versiunea", "version";
    STATUS = "Statut", "Status";
    ADOPTED_ACT = "Act de adoptare", "Adopting act";
    OF_DATE = "din", "of";
    REGISTER = "Registru", "Register";
    UNITS_COUNTED = "Unități în registru", "Units in the register";
    UNITS_SCORED = "Unități cu scor", "Units with a score";
    UNITS_UNSCORED = "Unități fără scor", "Units without a score";
    UNITS_RANKED = "Unități cu scor în distribuție", "Scored units in the distribution";
    DISTRIBUTION = "Distribuția care dă limite și locuri", "Distribution that sets bounds and ranks";
    DISTINCT_SCORES = "Scoruri distincte", "Distinct scores";
    FINDINGS = "Constatări deschise", "Open findings";
    OMITTED = "Indicatori omiși", "Omitted indicators";
    INDICATORS = "Indicatori", "Indicators";
    SIGN_OFF = "Asumare", "Sign-off";
    PREPARED = "Întocmit", "Prepared by";
    APPROVED = "Aprobat", "Approved by";
    DATE = "Data", "Date";
    DIGESTS = "Amprente SHA-256", "SHA-256 digests";
    PROGRAM = "Program", "Program";
    CONTENTS = "Cuprins", "Contents";
    RESULT = "Rezultat", "Result";
    INPUT_FILES = "Fișiere de intrare", "Input files";
    SEE_SHEET = "vezi foaia", "see sheet";
    ROLE_STUDY = "studiu", "study";
    ROLE_METHODOLOGY = "metodologie", "methodology";
    ROLE_PROGRAMME = "program de selecție", "selection programme";
    ROLE_REGISTER = "registru", "register";
    ROLE_ALIASES = "alias-uri", "aliases";
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
    // sources
    SOURCE = "Sursă", "Source";
    FILE = "Fișier", "File";
    SHEETS = "Foi citite", "Sheets read";
    FORMAT = "Format", "Format";
    ENCODING = "Codificare, separator", "Encoding, delimiter";
    PUBLISHER = "Publicat de", "Publisher";
    REFERENCE = "Referință", "Reference";
    CONCEPT = "Concept de populație", "Population concept";
    SERIES = "Serie", "Series";
    LEVEL = "Nivel", "Level";
    MEASURES = "Măsuri", "Measures";
    ROWS_USED = "Rânduri folosite", "Rows used";
    DIGEST = "SHA-256", "SHA-256";
    // method
    NODE = "Nod", "Node";
    LABEL = "Denumire", "Label";
    ROLE = "Rol", "Role";
    FROM = "Din ce se calculează", "Computed from";
    UNIT_OF_MEASURE = "Unitate", "Unit";
    DIRECTION = "Sens", "Direction";
    PLAUSIBLE = "Interval plauzibil", "Plausible range";
    BASIS = "Temei", "Basis";
    BASIS_ASSUMPTION = "ipoteză", "assumption";
    OVERLAPS = "se suprapune cu", "overlaps";
    INDICATOR = "indicator", "indicator";
    AGGREGATE = "agregat", "aggregate";
    FORMULA = "formulă", "formula";
    COLUMN = "Coloană", "Column";
    DIRECTION_RISK = "mai mult = mai vulnerabil", "more = more at risk";
    DIRECTION_PROTECTIVE = "mai mult = mai puțin vulnerabil", "more = less at risk";
    SECTION_NODES = "Indicatori și agregate", "Indicators and aggregates";
    SECTION_STEPS = "Pașii, în ordinea în care se aplică", "Steps, in the order in which they run";
    SECTION_WEIGHTS = "Ponderi", "Weights";
    SECTION_OUTPUTS = "Coloane de rezultat", "Output columns";
    POSITION = "Nr.", "No.";
    STEP = "Ce face", "What it does";
    DECLARED = "Cum este declarat", "As declared";
    ENTERING = "la intrarea în", "entering";
    PARENT = "Agregat", "Aggregate";
    CHILD = "Componentă", "Component";
    WEIGHT_ORIGIN = "De unde vine ponderea", "Where the weight comes from";
    WEIGHT_DECLARED = "Pondere declarată", "Declared weight";
    WEIGHT_NOMINAL = "Pondere folosită", "Weight used";
    WEIGHT_EFFECTIVE = "Pondere efectivă (r²)", "Effective weight (r²)";
    REQUIRE = "componente necesare", "components required";
    SHOWS = "Arată", "Shows";
    CLASS_RULE = "Clase", "Classes";
    WITHIN = "în interiorul", "within";
    ONLY_WHERE = "doar unde", "only where";
    // quality
    SEVERITY = "Gravitate", "Severity";
    RULE = "Regulă", "Rule";
    MEANING = "Ce înseamnă", "What it means";
    SUBJECT = "Despre", "About";
    MESSAGE = "Ce s-a văzut", "What was seen";
    PLACES = "Unde", "Where";
    PLACE_COUNT = "Locuri", "Places";
    HINT = "Ce e de făcut", "What to do";
    ACCEPTED = "Acceptată, cu motivul", "Accepted, with the reason";
    AND_MORE = "și încă", "and more:";
    ALL_PLACES = "Toate locurile: tables/findings.csv", "All places: tables/findings.csv";
    NO_FINDINGS = "Nicio constatare.", "No findings.";
    ERROR = "eroare", "error";
    WARNING = "avertizare", "warning";
    NOTE = "notă", "note";
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
    // page
    PAGE_SKIP = "Sari la conținut", "Skip to content";
    PART_MAP = "Hartă și profil", "Map and profile";
    PART_TABLE = "Toate unitățile", "All units";
    MAP_NONE = "Studiul nu are limite de unități și nici județe cunoscute: nu există hartă.", "The study has neither boundaries nor known counties: there is no map.";
    MAP_LAYER = "Strat", "Layer";
    MAP_IN = "Mărește harta", "Zoom in";
    MAP_OUT = "Micșorează harta", "Zoom out";
    MAP_LEFT = "Mută spre stânga", "Move left";
    MAP_RIGHT = "Mută spre dreapta", "Move right";
    MAP_UP = "Mută în sus", "Move up";
    MAP_DOWN = "Mută în jos", "Move down";
    MAP_WHOLE = "Toată harta", "Whole map";
    MAP_TILES = "O casetă este un județ, colorat după media simplă a unităților sale; un clic filtrează tabelul. În paranteze, câte unități sunt în fiecare clasă. Tabelul de mai jos spune același lucru în cuvinte.", "A tile is a county, coloured by the plain mean of its units; a click filters the table. In brackets, how many units each class has. The table below says the same in words.";
    MAP_UNITS = "O suprafață este o unitate; un clic îi arată profilul. În paranteze, câte unități sunt în fiecare clasă. Tabelul de mai jos spune același lucru în cuvinte.", "An area is a unit; a click shows its profile. In brackets, how many units each class has. The table below says the same in words.";
    MAP_WITHOUT = "Fără limite în fișierul hărții", "Without boundaries in the file of the map";
    PHASE = "Etapă", "Phase";
    PHASE_RESERVE = "rezervă", "reserve";
    PHASE_LAYER = "Etapa de selecție", "Phase of the selection";
    GAP = "lipsă", "gap";
    NO_VALUE = "fără valoare", "no value";
    PROFILE = "Profilul unei unități", "Profile of a unit";
    PROFILE_SHORT = "Profil", "Profile";
    PROFILE_CHOOSE = "Alegeți o unitate din tabel sau căutați-o după nume ori cod.", "Choose a unit in the table, or search for its name or code.";
    PROFILE_UNSCORED = "Această unitate nu are scor.", "This unit has no score.";
    PROFILE_CAPTION = "Din ce se compune scorul", "What the score is made of";
    PROFILE_MEASURED = "Măsurat", "Measured";
    PROFILE_NORMALISED = "Normalizat", "Normalised";
    PROFILE_CONTRIBUTION = "Contribuție", "Contribution";
    STATE_NOT_AVAILABLE = "indisponibil", "not available";
    STATE_CONFIDENTIAL = "confidențial", "confidential";
    STATE_NOT_APPLICABLE = "nu se aplică", "not applicable";
    STATE_CONSTANT = "constant", "constant";
    SEARCH = "Caută nume, cod sau județ, cu sau fără diacritice", "Search name, code or county, with or without diacritics";
    SEARCH_CLEAR = "Șterge filtrele", "Clear filters";
    FILTER_ALL = "toate", "all";
    TABLE_REGION = "Tabelul unităților", "Table of units";
    TABLE_CAPTION = "Un titlu de coloană sortează tabelul; numele unei unități îi arată profilul.", "A column title sorts the table; the name of a unit shows its profile.";
    COUNT_SHOWN = "{n} din {all} unități", "{n} of {all} units";
    SHOW_ALL = "Arată toate cele {n} unități", "Show all {n} units";
    // statistics
    SHEET_STATISTICS = "Statistici", "Statistics";
    ABOUT_STATISTICS = "distribuții, corelații, influența componentelor, consistență, componente principale", "distributions, correlations, influence of components, reliability, principal components";
    STATISTICS_OVER = "Toate statisticile privesc unitățile din distribuție; valorile lipsă sunt lăsate deoparte. Aceleași cifre, cu toate zecimalele: tables/statistics.csv, correlations.csv, influence.csv, components.csv", "All statistics are over the units of the distribution; missing values are left out. The same numbers with all digits: tables/statistics.csv, correlations.csv, influence.csv, components.csv";
    SECTION_DISTRIBUTIONS = "Distribuții", "Distributions";
    ABOUT_DISTRIBUTIONS = "Fiecare nod înainte și după pașii lui; cuartile de tip 7, abatere standard cu n – 1, asimetrie și boltire ca în Excel, extreme dincolo de 1,5 intervale intercuartilice; partea din varianță care stă între arii.", "Each node before and after its steps; quartiles of type 7, standard deviation with n - 1, skewness and kurtosis as in Excel, outliers beyond 1.5 interquartile ranges; the share of the variance that lies between areas.";
    SECTION_CORRELATIONS = "Corelații între indicatori", "Correlations between indicators";
    ABOUT_CORRELATIONS = "Între valorile de după pași, pe perechile complete, cu valorile p; de la 0,9 doi indicatori spun aproape același lucru.", "Between the values after their steps, over complete pairs, with p-values; from 0.9 on two indicators say nearly the same.";
    SECTION_INFLUENCE = "Influența componentelor", "Influence of components";
    ABOUT_INFLUENCE = "Ponderea folosită lângă cea efectivă (r²) și raportul de corelație: o pondere declarată nu este o influență.", "The weight used beside the effective one (r²) and the correlation ratio: a declared weight is not an influence.";
    SECTION_COMPONENTS = "Componente principale", "Principal components";
    ABOUT_COMPONENTS = "Ale matricei de corelație a componentelor fiecărui agregat, pe unitățile care le au pe toate.", "Of the correlation matrix of the components of each aggregate, over the units that have all of them.";
    STAGE = "Etapă (nivel de măsurare)", "Stage (level of measurement)";
    BEFORE_STEPS = "înainte de pași", "before its steps";
    AFTER_STEPS = "după pași", "after its steps";
    COUNT_PRESENT = "Valori", "Values";
    COUNT_MISSING = "Lipsă", "Missing";
    COUNT_ZEROS = "Zerouri", "Zeros";
    COUNT_DISTINCT = "Valori distincte", "Distinct values";
    COUNT_COMPLETE = "Unități complete", "Complete units";
    MINIMUM = "Minim", "Minimum";
    LOWER_QUARTILE = "Cuartila 1", "Lower quartile";
    MEDIAN = "Mediană", "Median";
    UPPER_QUARTILE = "Cuartila 3", "Upper quartile";
    MAXIMUM = "Maxim", "Maximum";
    MEAN = "Medie", "Mean";
    DEVIATION = "Abatere standard", "Standard deviation";
    SKEWNESS = "Asimetrie", "Skewness";
    KURTOSIS = "Boltire", "Kurtosis";
    OUTLIERS = "Extreme", "Outliers";
    BETWEEN_AREAS = "Varianță între arii", "Variance between areas";
    PEARSON = "Pearson", "Pearson";
    SPEARMAN = "Spearman", "Spearman";
    KENDALL = "Kendall (tau-b)", "Kendall (tau-b)";
    P_VALUE = "p", "p";
    NOTE_REDUNDANT = "Observație", "Remark";
    SAY_THE_SAME = "spun aproape același lucru", "say nearly the same";
    CORRELATION_RATIO = "Raport de corelație", "Correlation ratio";
    ALPHA = "Alfa Cronbach al agregatului", "Cronbach's alpha of the aggregate";
    COMPONENT = "Componenta nr.", "Component no.";
    LOADING = "Încărcare", "Loading";
    EIGENVALUE = "Valoare proprie", "Eigenvalue";
    VARIANCE_SHARE = "Parte din varianță", "Share of variance";
    // print
    PAGE = "Pagina", "Page";
    PAGE_OF = "din", "of";
    // terminal
    WITH_SCORE = "cu scor", "with a score";
    STILL = "încă", "and";
    SAME_SCORE = "cu același scor", "with the same score";
    MOST_AT_RISK = "cele mai vulnerabile", "most at risk";
    WITHOUT_VALUE = "fără valoare pentru", "no value for";
    OUTSIDE_METHOD = "fără scor prin regulile metodei", "no score by the rules of the method";
    READ_FINDINGS = "toate constatările", "all findings";
    WRITTEN = "în dosarul", "written to";
    OPEN_REPORT = "raportul", "report";
}

/// Nouns that follow a number.
pub(crate) const UNITS: Counted =
    Counted { ro: ["unitate", "unități", "de unități"], en: ["unit", "units"] };
/// Units that a list leaves out.
pub(crate) const MORE_UNITS: Counted =
    Counted { ro: ["unitate", "unități", "de unități"], en: ["more unit", "more units"] };
/// Errors.
pub(crate) const ERRORS: Counted =
    Counted { ro: ["eroare", "erori", "de erori"], en: ["error", "errors"] };
/// Warnings.
pub(crate) const WARNINGS: Counted =
    Counted { ro: ["avertizare", "avertizări", "de avertizări"], en: ["warning", "warnings"] };
/// Notes.
pub(crate) const NOTES: Counted =
    Counted { ro: ["notă", "note", "de note"], en: ["note", "notes"] };
/// Files.
pub(crate) const FILES: Counted =
    Counted { ro: ["fișier", "fișiere", "de fișiere"], en: ["file", "files"] };
/// Distinct scores.
pub(crate) const SCORES: Counted = Counted {
    ro: ["scor distinct", "scoruri distincte", "de scoruri distincte"],
    en: ["distinct score", "distinct scores"],
};

/// How children are combined.
pub(crate) const COMBINES: &[(&str, Words)] = &[
    ("arithmetic", words("medie aritmetică ponderată", "weighted arithmetic mean")),
    ("geometric", words("medie geometrică ponderată", "weighted geometric mean")),
    ("harmonic", words("medie armonică ponderată", "weighted harmonic mean")),
    ("min", words("minimul componentelor", "least child")),
    ("max", words("maximul componentelor", "greatest child")),
    ("median", words("mediană ponderată", "weighted median")),
    ("product", words("produs", "product")),
    ("sum", words("sumă ponderată", "weighted sum")),
    ("present", words("cota componentelor cu valoare", "share of children with a value")),
    ("copeland", words("majoritate pe perechi", "pairwise majority")),
];

/// Where weights come from.
pub(crate) const WEIGHTS: &[(&str, Words)] = &[
    ("declared", words("declarate în metodologie", "declared in the methodology")),
    ("equal", words("egale", "equal")),
];

/// Levels of measurement, as in "a county value".
pub(crate) const LEVELS: &[(&str, Words)] = &[
    ("uat", words("UAT", "unit")),
    ("county", words("județ", "county")),
    ("region", words("regiune", "region")),
    ("macroregion", words("macroregiune", "macroregion")),
    ("national", words("țară", "country")),
];

/// Classes as bundled methodologies call them; a study may have others.
pub(crate) const CLASSES: &[(&str, Words)] = &[
    ("very-low", words("foarte scăzut", "very low")),
    ("low", words("scăzut", "low")),
    ("medium", words("mediu", "medium")),
    ("high", words("ridicat", "high")),
    ("very-high", words("foarte ridicat", "very high")),
];

/// Kinds of units in the bundled register.
pub(crate) const KINDS: &[(&str, Words)] = &[
    ("commune", words("comună", "commune")),
    ("town", words("oraș", "town")),
    ("municipality", words("municipiu", "municipality")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_said_in_both_languages_with_comma_below_letters() {
        let tables = [COMBINES, WEIGHTS, LEVELS, CLASSES, KINDS];
        let listed = tables.iter().flat_map(|table| table.iter().map(|(_, words)| *words));
        for words in ALL.iter().copied().chain(listed) {
            assert!(!words.ro.trim().is_empty() && !words.en.trim().is_empty(), "{words:?}");
            assert!(!words.ro.contains(['ş', 'ţ', 'Ş', 'Ţ']), "{words:?}");
        }
    }
}
