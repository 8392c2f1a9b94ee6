//! What each rule of the quality checks means, in Romanian; English is said by the rules themselves.

/// Rule and meaning.
const MEANINGS: &[(&str, &str)] = &[
    ("encoding", "cum au fost citiți ca litere octeții unui fișier text"),
    (
        "mojibake",
        "litere din denumiri care arată că fișierul a fost decodat greșit sau stricat înainte de a ajunge la noi",
    ),
    ("dialect", "separatorul și sfârșiturile de linie găsite într-un fișier text"),
    ("ragged-row", "un rând cu mai multe sau mai puține câmpuri decât antetul"),
    ("header-detected", "rândul de antet găsit, fiindcă nu a fost declarat niciunul"),
    ("sheet-chosen", "foaia citită, fiindcă nu a fost declarată niciuna"),
    ("hidden-sheet", "o foaie ascunsă, care nu se citește decât dacă este numită"),
    ("error-cell", "o celulă cu o eroare de calcul tabelar, citită ca indisponibilă"),
    (
        "formula-not-calculated",
        "o formulă pe care foaia de calcul nu a calculat-o niciodată: deschideți fișierul în Excel și salvați-l",
    ),
    ("date-in-numbers", "o dată calendaristică într-o coloană de numere"),
    ("not-finite", "un număr care nu este finit"),
    ("percent-format", "o coloană afișată în procente, ale cărei numere sunt de fapt fracții"),
    ("pin-differs", "un fișier a cărui amprentă SHA-256 nu este cea fixată în studiu"),
    (
        "file-missing",
        "un fișier care nu există sau un model de nume căruia nu îi corespunde niciunul",
    ),
    ("file-unreadable", "un fișier care nu poate fi deschis sau nu este un tabel"),
    ("format-differs", "un fișier al cărui conținut nu este ce spune extensia"),
    ("sheet-missing", "o foaie pe care registrul de calcul nu o are"),
    ("duplicate-cell", "o celulă aflată de mai multe ori în registrul de calcul; se ia ultima"),
    (
        "key-missing",
        "o sursă care nu spune sau ale cărei rânduri nu arată despre ce arie este fiecare",
    ),
    ("unknown-level", "un nivel pe care registrul nu îl are"),
    (
        "column-missing",
        "o coloană sau o dimensiune pe care fișierul nu o are sau o are de mai multe ori",
    ),
    ("label-missing", "o etichetă pe care o dimensiune nu o are"),
    ("dimension-open", "o dimensiune cu mai multe etichete, din care studiul nu alege niciuna"),
    (
        "labels-overlap",
        "etichete care nu se pot aduna: ale unei rate, vârste cu goluri sau cu dublă numărare",
    ),
    ("duplicate-row", "aceeași combinație de etichete pe mai multe rânduri"),
    ("ages-tiled", "etichetele de vârstă a căror sumă este intervalul cerut de studiu"),
    (
        "undeclared-mark",
        "o liniuță într-o coloană de numere, al cărei înțeles nu este declarat în studiu",
    ),
    ("parts-absent", "sume de mai multe rânduri din care unele lipsesc, deci fără sumă"),
    (
        "sums-incomplete",
        "totaluri tipărite care nu se pot compara, fiindcă unele părți nu au valoare",
    ),
    (
        "register-invalid",
        "un registru sau un tabel de alias-uri care nu poate fi folosit așa cum este",
    ),
    (
        "rows-dropped",
        "rânduri care nu sunt unități: totaluri, regiuni, județe, sectoare, sate, note, rânduri goale",
    ),
    ("unknown-code", "un cod care nu există în registru"),
    ("unknown-name", "o denumire care nu există în registru"),
    ("ambiguous-name", "o denumire care se potrivește mai multor unități"),
    (
        "fallback-match",
        "o unitate recunoscută după denumirea simplificată, nu după cod sau denumirea exactă",
    ),
    ("near-match", "o unitate recunoscută la o literă diferență"),
    ("alias-used", "o unitate recunoscută prin tabelul de alias-uri"),
    (
        "check-digit",
        "un cod a cărui cifră de control nu se potrivește; hotărăște prezența în registru",
    ),
    ("code-name-mismatch", "codul și denumirea de pe un rând aparțin unor unități diferite"),
    ("duplicate-unit", "o unitate care apare de mai multe ori într-o sursă"),
    ("unit-absent", "unități din registru pe care o sursă nu le menționează"),
    ("absent-as-zero", "unități fără rând, despre care studiul declară că înseamnă zero"),
    (
        "absent-not-applicable",
        "unități fără rând, cărora, după declarația studiului, măsura nu li se aplică: o listă pe care nu sunt",
    ),
    ("sums-reconciled", "totaluri tipărite, egale cu suma părților lor"),
    ("sums-differ", "un total tipărit care nu este suma părților sale"),
    ("number-format", "semnele de zecimale și de mii hotărâte pentru o coloană"),
    ("ambiguous-numbers", "numere care se pot citi în două feluri; spuneți care prin `numbers`"),
    ("text-in-numbers", "un text într-o coloană de numere"),
    ("missing-values", "celule fără valoare, după starea pe care o înseamnă"),
    ("outside-plausible", "o valoare în afara intervalului declarat plauzibil"),
    ("negative-count", "un număr de persoane sau cazuri sub zero"),
    ("repeated-rate", "o rată identică pentru toate ariile unei surse"),
    ("concepts-mixed", "numărător și numitor după concepte de populație diferite"),
    (
        "counts-mixed",
        "familii sau cazuri raportate la persoane: un raport care nu este o cotă din populație",
    ),
    ("mixed-years", "surse cu date de referință diferite într-un singur indice"),
    ("series-break", "măsuri din serii diferite într-un singur indicator"),
    ("small-population", "unități atât de mici încât ratele lor sunt instabile"),
    ("division-by-zero", "o formulă care împarte la zero"),
    ("not-a-number", "o formulă sau un pas al cărui rezultat nu este un număr finit"),
    ("value-missing", "unități pentru care un indicator nu are valoare"),
    ("imputed", "celule completate printr-o regulă declarată"),
    ("treated", "celule schimbate printr-un tratament declarat al valorilor extreme"),
    ("constant-column", "un indicator identic pentru toate unitățile, care nu le poate deosebi"),
    ("no-score", "unități fără scor, cu motivul"),
    (
        "rescaled-weights",
        "unități al căror scor vine din mai puține componente, cu ponderi rescalate",
    ),
    ("broadcast", "o valoare măsurată pentru o arie mai mare și împărtășită de unitățile ei"),
    ("resolution", "cât de puține scoruri distincte există și ce le împart"),
    ("overlap", "dublă numărare declarată între indicatori"),
    ("omitted", "un indicator lăsat deoparte de studiu, cu motivul"),
    ("negative-correlation", "un indicator care merge împotriva agregatului său"),
    ("low-influence", "un indicator care poartă sub două procente din variația agregatului său"),
    ("redundant-pair", "doi indicatori care spun aproape același lucru"),
    ("geometric-zero", "o medie geometrică sau armonică cu valori pe care nu le poate primi"),
    ("screened", "unități lăsate deoparte de o regulă de selecție declarată"),
    ("unknown-category", "o categorie sau o valoare căreia metodologia nu îi dă scor"),
    ("sum-incomplete", "o arie a cărei sumă lipsește fiindcă lipsește una dintre părți"),
    ("direction-unused", "un indicator protector pe care nu îl întoarce niciun pas de normalizare"),
    ("mixed-signs", "ponderi dintr-o componentă principală sau un factor, cu semne contrare"),
    ("weights-not-found", "ponderi care trebuiau găsite din date și nu pot fi găsite"),
    ("unclassed", "valori care nu cad în nicio clasă declarată"),
    ("illustrative", "o metodologie sau un program cu cifre ipotetice până le adoptă o autoritate"),
    (
        "tie-at-cut",
        "unități cu același scor și aceleași criterii de departajare de o parte și de alta a liniei, decise prin tragere la sorți sau prin cod",
    ),
    (
        "tie-key-missing",
        "unități fără valoarea unui criteriu de departajare, trecute în urma celor cu care sunt la egalitate",
    ),
    (
        "not-proved",
        "o listă despre care nu s-a demonstrat că este cea mai bună în limita de calcul admisă",
    ),
    ("envelope-differs", "un total dat de un document, la care lista nu ajunge"),
    (
        "resource-absent",
        "o resursă a unui program care nu este arătată, fiindcă studiul nu are sursa ei",
    ),
    (
        "universes-differ",
        "un program care alege dintre alte unități decât cele a căror distribuție stabilește limitele și locurile",
    ),
    (
        "register-invalid",
        "un registru sau un tabel de alias-uri care nu se poate folosi așa cum este",
    ),
    ("above-whole", "o cotă peste 100 la sută: numărătorul este mai mare decât numitorul"),
    ("accept-unused", "un `[[accept]]` care nu se potrivește niciunei constatări"),
    ("borders-found", "hotarele comune găsite între poligoanele unei surse"),
    ("boundary-empty", "arii dintr-un fișier de limite care nu au poligon"),
    (
        "boundary-broken",
        "contururi cu mai puțin de trei puncte într-un fișier de limite, lăsate deoparte",
    ),
    ("boundary-overlap", "arii dintr-un fișier de limite care se suprapun"),
    ("outside-register", "rânduri despre care studiul declară că sunt în afara registrului"),
];

/// The meaning of a rule in Romanian.
pub(crate) fn romanian(rule: &str) -> Option<&'static str> {
    MEANINGS.iter().find(|(id, _)| *id == rule).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::rules;

    #[test]
    fn every_rule_is_explained_in_romanian() {
        let unexplained: Vec<&str> =
            rules::ALL.iter().map(|rule| rule.id).filter(|id| romanian(id).is_none()).collect();
        assert_eq!(unexplained, Vec::<&str>::new());
        assert!(MEANINGS.iter().all(|(_, text)| !text.contains(['ş', 'ţ'])));
    }
}
