//! What choosing by a programme finds.

use super::declare;

declare! {
    TIE_AT_CUT = "tie-at-cut", Warning,
        "units that share score and tie keys across a cut, so that the lottery or the code decided",
        "unități cu același scor și aceleași criterii de departajare de o parte și de alta a liniei, decise prin tragere la sorți sau prin cod";
    TIE_KEY_MISSING = "tie-key-missing", Warning,
        "units without a value of a tie key, which puts them behind those they tie with",
        "unități fără valoarea unui criteriu de departajare, trecute în urma celor cu care sunt la egalitate";
    NOT_PROVED = "not-proved", Error,
        "a list that is not proved to be the best one within the work allowed",
        "o listă despre care nu s-a demonstrat că este cea mai bună în limita de calcul admisă";
    ENVELOPE_DIFFERS = "envelope-differs", Error,
        "a total that a document gives and that the list does not come to",
        "un total dat de un document, la care lista nu ajunge";
    RESOURCE_ABSENT = "resource-absent", Note,
        "a resource of a programme that is not shown because the study has no source for it",
        "o resursă a unui program care nu este arătată, fiindcă studiul nu are sursa ei";
    UNIVERSES_DIFFER = "universes-differ", Warning,
        "a programme that chooses among other units than those whose distribution sets bounds and ranks",
        "un program care alege dintre alte unități decât cele a căror distribuție stabilește limitele și locurile";
}
