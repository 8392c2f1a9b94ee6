//! What `--help` says in Romanian: a text for each command and for each of its arguments.

/// What is said of a command. A text is a line for summaries; what follows its first empty line is in
/// the long help only.
pub(super) struct Said {
    /// Its words behind the name of the program; none for the program itself.
    pub(super) command: &'static str,
    pub(super) about: &'static str,
    /// Its own arguments, by id.
    pub(super) arguments: &'static [(&'static str, &'static str)],
}

const LANGUAGE_OF_REPORTS: &str =
    "Limba rapoartelor: ro sau en; fără opțiune, cea a studiului, altfel ro";

/// Every command.
pub(super) const COMMANDS: &[Said] = &[
    Said {
        command: "",
        about: "Calculează un indice de risc comunitar din foile de calcul publicate de instituții",
        arguments: &[("version", "Afișează versiunea")],
    },
    Said {
        command: "init",
        about: "Începe un studiu: un fișier comentat de completat, unul cu sursele unui dosar, sau \
                demonstrația\n\n\
                Nimic din ce există deja nu este suprascris.",
        arguments: &[
            ("folder", "Dosarul studiului; este creat dacă nu există"),
            (
                "from",
                "Cercetează toate fișierele din DOSAR și din subdosare, găsește coloanele cerute de \
                 metodologia inclusă, scrie din ele un studiu care spune la început ce lipsește sau ce \
                 este nesigur, și copiază fișierele folosite în subdosarul `inputs` al studiului; \
                 celelalte fișiere sunt numite, cu motivul",
            ),
            ("demo", "Copiază studiul demonstrativ, cu fișierele lui"),
        ],
    },
    Said {
        command: "inspect",
        about: "Spune ce este într-o foaie de calcul: foi, antet, coloane, chei și un bloc `[[source]]` \
                pentru studiu\n\n\
                Formatul este hotărât de octeții fișierului, niciodată de extensie. Antetul și rândurile \
                de date se găsesc prin potrivirea coloanelor cu registrul inclus; blocul de la sfârșit a \
                fost încercat pe fișier înainte de a fi tipărit, astfel încât `check` îl acceptă așa cum \
                este. Se încearcă fiecare foaie a registrului de calcul. Pentru ce nu poate fi sursă se \
                spune de ce.\n\n\
                Codul de ieșire este 0 dacă fiecare fișier poate fi sursă așa cum este și 1 dacă vreunul \
                nu poate, oricare ar fi motivul: nu are un tabel de zone, este de alt fel, este stricat \
                sau prea mare. Dintre fișierele care, după nume, sunt versiuni ale aceluiași fișier \
                (`vmg.xls`, `vmg_vechi.xls`) se propune cel mai nou, iar celelalte sunt numite.",
        arguments: &[
            ("files", "Fișiere sau tipare între ghilimele"),
            (
                "sheet",
                "Foaia cercetată, după nume sau, dacă niciuna nu se numește așa, după număr; fără \
                 opțiune, cea cu tabelul celor mai mici zone, iar dintre mai multe cea mai nouă",
            ),
            (
                "register",
                "Registrul cu care se potrivesc coloanele, în locul celui inclus: un studiu al cărui \
                 `[register]` îl numește sau un tabel cu coloanele `code`, `name` și cele ale zonelor \
                 mai mari",
            ),
            ("source", "Tipărește numai blocurile `[[source]]`, pentru a fi adăugate unui studiu"),
            ("json", "Tipărește JSON: o listă cu un obiect pentru fiecare fișier"),
        ],
    },
    Said {
        command: "check",
        about: "Citește și leagă tot ce numește un studiu și spune ce a găsit; nu calculează nimic\n\n\
                Constatările sunt grupate pe surse, cu locuri și sfaturi; urmează sumele comparate și \
                pentru câte zone are valoare fiecare măsură și fiecare indicator. Se scriu numai \
                fișierele cerute. Codul de ieșire este 0: nicio constatare la nivel de eroare pe care \
                studiul să nu o accepte; 1: există; 2: studiul este greșit sau nu poate fi citit.",
        arguments: &[
            ("findings", "Scrie toate constatările, cu toate locurile lor, într-un fișier CSV"),
            (
                "aliases",
                "Scrie un fișier de denumiri pentru numele refuzate, cu ce înseamnă probabil fiecare",
            ),
        ],
    },
    Said {
        command: "compute",
        about: "Calculează indicele, pozițiile și clasele unui studiu; scrie dosarul rulării",
        arguments: &[
            ("lang", LANGUAGE_OF_REPORTS),
            ("json", "Tipărește procesul-verbal al rulării (`run.json`) la ieșirea standard"),
        ],
    },
    Said {
        command: "select",
        about: "Aplică un program de selecție unui studiu: cine primește un loc, cine așteaptă, cine nu, \
                fiecare cu motivul\n\n\
                Scrie ce scrie `compute` și, alături, `tables/selection.csv` (fiecare unitate din \
                registru cu etapa, locul, starea, decizia, motivul și distanța până la limită), \
                `reserve.csv`, `replacements.csv`, `unions.csv`, `summary_places_*.csv`, \
                `selection.json` (dovezi, limite, prețul fiecărei reguli) și foile registrului de \
                calcul. Codul de ieșire este 1: o listă nedovedită ca fiind cea mai bună (i se spune \
                diferența) sau un plafon la care nu se ajunge; 2: regulile nu permit nicio listă, cu cel \
                mai mic grup de reguli care se contrazic și cu ce ar ajuta.",
        arguments: &[
            ("lang", LANGUAGE_OF_REPORTS),
            (
                "county",
                "Scrie pachetul unui județ, după indicativul auto sau nume: numai unitățile lui, cu \
                 pozițiile pe care le au între toate",
            ),
            (
                "what_if",
                "Încearcă o schimbare și spune cine ar intra și cine ar ieși; nu scrie nimic. Se repetă \
                 pentru mai multe deodată\n\n\
                 Ultimul cuvânt este schimbarea: `+1`, `-1`, `=5`, `+5%` pentru o pondere. Înaintea lui \
                 stă ce se schimbă: `county Teleorman` (toate pragurile acelui grup), `max county \
                 Teleorman`, `min county` (ale tuturor grupurilor), `places`, `phase I places`, `limit` \
                 (lei), `weight NOD`; cu `phase I` în față, numai în acea etapă.",
            ),
            (
                "json",
                "Tipărește la ieșirea standard `selection.json` sau motivul pentru care nu s-a selectat \
                 nimic; cu `--what-if`, răspunsul ei",
            ),
        ],
    },
    Said {
        command: "robustness",
        about: "Spune cât de sigur este fiecare loc de pe o listă: la alte alegeri ale metodei și la erorile \
                datelor\n\n\
                Scrie ce scrie `select` și, alături, `tables/robustness.csv` (fiecare unitate eligibilă \
                cu ponderea variantelor declarate în care are loc, cu intervalul pozițiilor ei și cu \
                încadrarea: sigură, disputată sau în afara listei), `sensitivity.csv`, `leave_out.csv`, \
                `variants.csv`, `pairs.csv`, `summary_robustness_county.csv` și `robustness.json`. Ce se \
                pune la îndoială stă într-un fișier separat: cel numit de studiu sau cel care vine cu \
                metodologia. Ponderea variantelor nu este o probabilitate. Codul de ieșire este 1: \
                variante fără listă sau o listă nedovedită ca fiind cea mai bună.",
        arguments: &[
            ("lang", LANGUAGE_OF_REPORTS),
            (
                "variants",
                "Face variantele dintr-un tabel (`variants.csv`) în locul celor trase la sorți",
            ),
            ("json", "Tipărește la ieșirea standard `robustness.json`"),
        ],
    },
    Said {
        command: "explain",
        about: "Explică o unitate: de la celulele foilor de calcul la scor, poziție, clasă și decizie\n\n\
                UNITATE este un cod din registru sau un nume, cu sau fără diacritice, însoțit de județ \
                dacă îl au mai multe: `Apa`, `\"apa, satu mare\"`, `\"Apa (SM)\"`. Se arată celulele \
                sursă cu ce scrie în ele, fiecare pas, ponderile și contribuțiile, vecinii de pe listă \
                și, pentru fiecare număr în parte, cea mai mică schimbare posibilă (persoane sau familii \
                întregi, ultima zecimală publicată) care ar fi dat alt rezultat; fiecare dintre ele a \
                fost confirmată rulând din nou calculul cu acel singur număr schimbat.",
        arguments: &[
            (
                "words",
                "Fișierul studiului (lipsește cu `--demo`), apoi codul sau numele unității (lipsește cu \
                 `--county` și `--all`)",
            ),
            ("json", "Tipărește JSON, cu fiecare celulă"),
            ("letter", "O pagină A4 care poate fi înmânată primarului, ca HTML gata de tipărit"),
            (
                "lang",
                "Limba scrisorilor și a ceea ce se scrie în `--out`: ro sau en; fără opțiune, cea a \
                 studiului, altfel ro",
            ),
            (
                "county",
                "Câte una pentru fiecare unitate a unui județ (după nume sau indicativul auto), în locul \
                 lui UNITATE, în dosarul `--out`",
            ),
            (
                "all",
                "Câte una pentru fiecare unitate din registru, în locul lui UNITATE, în dosarul `--out`",
            ),
            ("out", "Fișierul scris în locul ieșirii standard; cu `--county` și `--all`, un dosar"),
        ],
    },
    Said {
        command: "archive",
        about: "Rulează un studiu și îl pune, cu tot ce a citit, într-o arhivă pe care oricine o poate \
                verifica și repeta\n\n\
                Arhiva (RFC 8493) cuprinde studiul, metodologia și programul așa cum au fost folosite, \
                fișierele de intrare octet cu octet, ce s-a citit din ele ca tabele, dosarul rulării și \
                o pagină care spune cum se verifică toate acestea cu `sha256sum`. Conținutul ei este un \
                Frictionless Data Package. Dacă studiul numește un program, se face selecția (cu \
                `--robustness` se spune și cât de sigur este fiecare loc, iar `replay` trage din nou \
                variantele), altfel se calculează. Codul de ieșire este 2 dacă unele coloane par a avea date \
                personale (coduri \
                numerice personale, numere de telefon, adrese de e-mail) și nimeni nu spune de ce pot fi \
                arhivate.",
        arguments: &[
            ("lang", LANGUAGE_OF_REPORTS),
            (
                "out",
                "Arhiva scrisă: un dosar, sau un ZIP dacă numele se termină cu `.zip`; o arhivă mai \
                 veche de acolo este înlocuită, orice altceva este refuzat",
            ),
            (
                "clock",
                "Ziua arhivei pentru `bag-info.txt`, `AAAA-LL-ZZ`; fără opțiune, cea din \
                 `SOURCE_DATE_EPOCH`, altfel niciuna",
            ),
            (
                "personal_data",
                "Arhivează coloanele care par a avea date personale, din acest motiv, pe care îl \
                 păstrează `bag-info.txt`",
            ),
            (
                "workbook",
                "Scrie și registrul de calcul de înmânat, cu SHA-256 al manifestului etichetelor pe \
                 copertă; cel din arhivă nu poate numi amprenta arhivei în care se află",
            ),
            (
                "json",
                "Tipărește JSON: calea, amprenta manifestului etichetelor, numărul de fișiere, octeții",
            ),
        ],
    },
    Said {
        command: "replay",
        about: "Verifică amprentele unei arhive, îi repetă rularea și spune `identic` sau arată prima \
                celulă care diferă\n\n\
                Se compară fiecare fișier al conținutului: ce s-a citit, rezultate, rapoarte, \
                procesul-verbal. Pentru fiecare fișier care diferă se arată prima celulă, cu ambele \
                valori și pasul care a făcut-o. Codul de ieșire este 0: identic; 1: ceva diferă; 2: \
                arhiva este refuzată (o amprentă, un fișier lipsă, în plus sau nesigur, o legătură, un \
                ZIP comprimat) sau studiul ei nu poate fi rulat.",
        arguments: &[
            ("bag", "Arhiva: un dosar sau un ZIP făcut de `archive`"),
            (
                "against",
                "Rulează acest studiu în locul celui arhivat, cu sursele, metodologia și programul lui, \
                 pe fișierele de intrare din arhivă, și arată ce se schimbă, ca `compare`; codul de \
                 ieșire este 1 dacă un scor sau o decizie este alta",
            ),
        ],
    },
    Said {
        command: "compare",
        about: "Pune alături două studii, dosare de rulare sau arhive: cine se mută, cine intră, cine \
                iese și de ce\n\n\
                Se arată ce s-a schimbat în fișiere, studiu, metodologie și program, corelațiile \
                pozițiilor, cât este comun din primele locuri, cele mai mari mutări, cât din fiecare \
                mutare vine din fiecare schimbare, și mișcarea pe județe. Un studiu este rulat pentru \
                aceasta; dacă s-au schimbat mai multe lucruri, se rulează și amestecuri ale celor două \
                studii sau arhive, cu unele schimbări și fără celelalte. Un dosar de rulare nu cuprinde \
                ce este nevoie pentru aceasta.",
        arguments: &[
            ("a", "Un fișier de studiu, un dosar de rulare sau o arhivă (dosar sau ZIP)"),
            ("b", "Celălalt"),
            ("json", "Tipărește JSON, cu fiecare unitate care s-a mutat"),
        ],
    },
    Said {
        command: "selftest",
        about: "Rulează demonstrația cuprinsă în program și compară tabelele ei cu amprentele cuprinse în \
                program\n\n\
                Dovada, pe o mașină nouă, că acest executabil calculează acolo ce a calculat unde a fost \
                făcut: `identic`, sau tabelele care diferă. Nu citește și nu scrie niciun fișier. Codul \
                de ieșire este 0: identic; 1: nu.",
        arguments: &[],
    },
    Said {
        command: "methods",
        about: "Listează și tipărește metodologiile și programele incluse; explică fiecare pas pe care îl \
                poate numi o metodologie",
        arguments: &[],
    },
    Said {
        command: "methods list",
        about: "Listează metodologiile și programele incluse",
        arguments: &[],
    },
    Said {
        command: "methods show",
        about: "Tipărește o metodologie sau un program inclus; salvați-l sub alt nume pentru a-l schimba",
        arguments: &[("name", "Numele, așa cum îl tipărește `methods list`")],
    },
    Said {
        command: "methods steps",
        about: "Explică pașii, ponderile, agregările, clasele și statisticile: formulă, parametri, \
                exemplu, sursă",
        arguments: &[("name", "Explică numai acest nume")],
    },
    Said {
        command: "schema",
        about: "Tipărește schema JSON a unui studiu, a unei metodologii sau a unui program\n\n\
                Editoarele care cunosc JSON Schema completează și verifică cu ea fișierele TOML. \
                Salvați-o lângă fișier și numiți-o în primul rând, de exemplu `#:schema \
                ./study.schema.json`.",
        arguments: &[("document", "`study`, `methodology` sau `programme`")],
    },
];

/// What is said of arguments that several commands have, where a command says nothing else.
pub(super) const SHARED: &[(&str, &str)] = &[
    ("study", "Fișierul studiului; fără el, `study.toml` din acest dosar"),
    ("demo", "Folosește studiul demonstrativ cuprins în program"),
    ("inputs", "Dosarul din care pornesc căile relative ale fișierelor; altfel dosarul studiului"),
    ("methodology", "Metodologia (nume inclus sau fișier) în locul celei numite de studiu"),
    ("programme", "Programul (nume inclus sau fișier) în locul celui numit de studiu"),
    (
        "robustness",
        "Spune și cât de sigur este fiecare loc, cu incertitudinile studiului sau cu cele din `--doubts`, ca \
         `robustness`",
    ),
    ("doubts", "Fișierul de incertitudini (nume inclus sau fișier) în locul celui numit de studiu"),
    (
        "out",
        "Dosarul rulării; o rulare mai veche de acolo este înlocuită, orice altceva este refuzat",
    ),
    ("format", "Formatele scrise: xlsx, html, csv, excel-csv, parquet, geojson, svg, png"),
    (
        "lang",
        "Limba mesajelor din terminal: ro sau en; fără opțiune, cea din `RISK_INDEX_LANG`, altfel en",
    ),
    ("quiet", "Nu spune nimic în afară de erori"),
    ("json", "Tipărește JSON"),
    ("help", "Afișează acest ajutor (`-h` pe scurt, `--help` pe larg)"),
    ("max_file_mib", "MiB pentru un fișier"),
    ("max_cells", "Celule dintr-o foaie sau dintr-un fișier text"),
    ("max_text_mib", "MiB de text în celulele unei foi"),
    ("max_inflated_mib", "MiB până la care se poate despacheta un registru de calcul"),
    (
        "max_ratio",
        "De câte ori se poate mări la despachetare o parte mare a unui registru de calcul",
    ),
    ("max_shared_mib", "MiB de memorie pentru textele comune ale unui registru de calcul"),
    (
        "max_memory_mib",
        "MiB de memorie pentru citirea unui fișier xls sau ods, într-un proces separat",
    ),
    ("max_seconds", "Secunde de lucru pentru citirea unui fișier xls sau ods"),
];

/// The `help` command that every command with commands of its own has.
pub(super) const HELP: &str = "Afișează acest ajutor sau pe cel al comenzii numite";

/// Exit codes, below the help of the program.
pub(super) const EXIT_CODES: &str = "\
Coduri de ieșire:
  0    făcut
  1    făcut, cu constatări la nivel de eroare pe care studiul nu le acceptă
  2    nu s-a putut: comandă greșită, citire sau scriere, fișier nevalid, oprire cerută de reguli
  130  întrerupt; nu s-a scris nimic";

/// What stands for a value in help.
pub(super) const VALUES: &[(&str, &str)] = &[
    ("A", "A"),
    ("B", "B"),
    ("BAG", "ARHIVĂ"),
    ("CHANGE", "SCHIMBARE"),
    ("COUNTY", "JUDEȚ"),
    ("DATE", "ZI"),
    ("DIR", "DOSAR"),
    ("FILE", "FIȘIER"),
    ("FOLDER", "DOSAR"),
    ("LANG", "LIMBĂ"),
    ("LIST", "LISTĂ"),
    ("MIB", "MIB"),
    ("N", "N"),
    ("NAME", "NUME"),
    ("PATH", "CALE"),
    ("REASON", "MOTIV"),
    ("SHEET", "FOAIE"),
    ("SM", "SM"),
    ("STUDY", "STUDIU"),
    ("UNIT", "UNITATE"),
];
