//! Words of need, supply and gap beside risk.

use super::labels;

labels! { CAPACITY_LABELS:
    WHOLE_COUNTRY = "toată țara", "the whole country";
    LIST_CAPACITY = "Capacitate", "Capacity";
    ABOUT_CAPACITY = "ce este necesar, ce există și ce lipsește, lângă risc; ce are în plus o unitate nu acoperă lipsa alteia", "what is needed, what there is and what is missing, beside risk; what one unit has too much does not fill the gap of another";
    MEAN_SCORE = "Scor mediu", "Mean score";
    RESOURCE_UNITS = "UAT-uri", "units";
    NEED = "necesar", "need";
    SUPPLY = "existent", "supply";
    UNITS_SHORT = "UAT-uri cu lipsă", "units with a gap";
    UNITS_HAVING = "UAT-uri care au", "units that have some";
    UNITS_UNKNOWN = "UAT-uri necunoscute", "units not known";
    UNITS_NAMED = "care", "which";
    ABOUT_CAPACITY_UNITS = "fiecare unitate cu scorul ei și cu ce îi lipsește, cele mai vulnerabile întâi", "each unit with its score and what it lacks, the most vulnerable first";
    LIST_CAPACITY_UNITS = "Capacitate pe UAT", "Capacity by unit";
    NOT_KNOWN = "necunoscut", "not known";
    AGAINST_NEED = "față de un necesar de", "against a need of";
    IT_LACKS = "lipsesc", "missing:";
    OUT_OF = "din", "of";
    HAVE_SOME = "au", "have some";
    WITHOUT_VALUE_IN = "fără valoare în", "without a value in";
    FIRST_SHORT = "cele mai vulnerabile cu lipsă", "the most vulnerable with a gap";
    NO_SOURCE = "studiul nu are sursa", "the study has no source";
}
