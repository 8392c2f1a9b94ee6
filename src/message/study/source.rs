//! Sentences about a study file: its register, its sources and lists, what it accepts.

use crate::quality::{Message, message, sentences};

sentences! {
    no_level(register: &str, level: &str, source: &str)
        "the register `{register}` has no level `{level}`, which source `{source}` measures",
        "registrul `{register}` nu are nivelul `{level}`, la care măsoară sursa `{source}`";
    key_of_a_panel(source: &str)
        "the key of source `{source}` names a column of the period, and the register is no panel",
        "cheia sursei `{source}` numește o coloană a perioadei, dar registrul nu este un panel"
        => "declare `period` in `[register]` too, or leave it out of the key",
           "declarați `period` și în `[register]` sau scoateți-o din cheie";
    register_without_column(name: &str)
        "the register has no column `{name}`",
        "registrul nu are coloana `{name}`";
    no_unit_chosen()
        "`where` chooses no unit of the register",
        "`where` nu alege nicio unitate a registrului";
    two_registers()
        "a register is either `bundled` or a `file` of your own, not both",
        "un registru este ori `bundled` (livrat cu aplicația), ori un `file` propriu, nu amândouă";
    which_register()
        "`[register]` does not say which register",
        "`[register]` nu spune care registru"
        => "write `bundled = \"ro-uat-2025\"`, or `file = …` with `code` and `name`",
           "scrieți `bundled = \"ro-uat-2025\"` sau `file = …` cu `code` și `name`";
    register_column_name(key: &str)
        "`{key}` cannot be the name of a register column",
        "`{key}` nu poate fi numele unei coloane a registrului"
        => "use lower-case letters a-z, digits and `_`, starting with a letter",
           "folosiți litere mici a-z, cifre și `_`, începând cu o literă";
    source_twice(id: &str, first: u32)
        "the source `{id}` is declared twice",
        "sursa `{id}` este declarată de două ori"
        => "the first is on line {first}",
           "prima dată, pe linia {first}";
    accepted_of_nobody(subject: &str, meant: &str)
        "`{subject}` is not a source of this study",
        "`{subject}` nu este o sursă a acestui studiu"
        => "did you mean `{meant}`?",
           "ați vrut să scrieți `{meant}`?";
    unknown_blank()
        "only `{{name}}` and `{{county}}` can stand in braces here",
        "aici pot sta între acolade numai `{{name}}` și `{{county}}`"
        => "they become the name and the county of the unit that the letter goes to",
           "ele devin denumirea și județul unității căreia îi este adresată scrisoarea";
    nothing_looked_at()
        "nothing was looked at",
        "nu s-a verificat nimic"
        => "leave the `[[accept]]` out, or count what was looked at",
           "scoateți `[[accept]]` sau scrieți câte s-au verificat";
    no_small_count()
        "no count from 1 up is below this",
        "nicio valoare de la 1 în sus nu este sub acest prag"
        => "write 2 or more; 5 is usual",
           "scrieți 2 sau mai mult; obișnuit este 5";
    masked_without_counts()
        "`masked_below` is about counts, and this source has none",
        "`masked_below` se referă la numărători, iar această sursă nu are niciuna"
        => "declare `nature = \"count\"` for what was counted, or leave the key out",
           "scrieți `nature = \"count\"` la ce s-a numărat sau scoateți cheia";
    unknown_finding(id: &str)
        "unknown finding `{id}`",
        "constatare necunoscută: `{id}`";
    no_methodology()
        "this study names no methodology, nor a programme that names one",
        "studiul nu numește nicio metodologie și niciun program care să numească una"
        => "add `methodology = \"…\"` to `[study]`, or name one with `--methodology`",
           "adăugați `methodology = \"…\"` în `[study]` sau numiți una cu `--methodology`";
    no_programme()
        "this study names no programme",
        "studiul nu numește niciun program"
        => "add `programme = \"…\"` to `[study]`, or name one with `--programme`",
           "adăugați `programme = \"…\"` în `[study]` sau numiți unul cu `--programme`";
    no_doubts()
        "this study names no file of doubts, and none comes with its methodology",
        "studiul nu numește niciun fișier de incertitudini și niciunul nu vine împreună cu metodologia lui"
        => "add `robustness = \"…\"` to `[study]`, or name one with `--doubts`",
           "adăugați `robustness = \"…\"` în `[study]` sau numiți unul cu `--doubts`";
    no_doubt_applies()
        "no doubt of the bundled file applies to this study",
        "nicio incertitudine din fișierul inclus nu se aplică acestui studiu"
        => "name a file of your own as `robustness = \"…\"` in `[study]`, or with `--doubts`",
           "numiți un fișier propriu ca `robustness = \"…\"` în `[study]` sau cu `--doubts`";
    list_without_column(kind: &Message, key: &str)
        "a list of {kind} has no column `{key}`",
        "o listă de {kind} nu are coloana `{key}`";
    only_lists_have_columns()
        "only lists have `columns`",
        "numai listele au `columns`"
        => "a measure names its own `column`",
           "o măsură își numește coloana cu `column`";
    level_against_key(level: &str, implied: &str)
        "the level is `{level}` and the key names a `{implied}`",
        "nivelul este `{level}`, iar cheia numește `{implied}`";
    table_without_key()
        "a source with the layout `table` needs a `key`: how does a row say which area it is about?",
        "o sursă cu așezarea `table` are nevoie de `key`: cum spune un rând despre ce arie este vorba?"
        => "for example `key = {{ code = \"SIRUTA\" }}`, `{{ glued = … }}`, `{{ name = …, county = … }}` or `{{ county = … }}`",
           "de exemplu `key = {{ code = \"SIRUTA\" }}`, `{{ glued = … }}`, `{{ name = …, county = … }}` sau `{{ county = … }}`";
    boundaries_without_key()
        "a source with the layout `boundaries` needs the `key` of a unit: which properties hold its code or name?",
        "o sursă cu așezarea `boundaries` are nevoie de `key`: în ce proprietăți stă codul sau denumirea unității?"
        => "for example `key = {{ code = \"natcode\", name = \"name\" }}`",
           "de exemplu `key = {{ code = \"natcode\", name = \"name\" }}`";
    of_tables_only(key: &str)
        "`{key}` belongs to the layout `table`",
        "`{key}` ține de așezarea `table`";
    not_of_boundaries(key: &str)
        "`{key}` says how cells are read, and boundaries have none",
        "`{key}` spune cum se citesc celulele, iar limitele nu au celule"
        => "leave it out", "scoateți cheia";
    level_of_boundaries()
        "boundaries are those of units",
        "limitele sunt ale unităților"
        => "leave `level` out", "scoateți `level`";
    key_of_tempo()
        "a source with the layout `tempo` finds its areas by a column of codes with names, of names with counties, or of areas",
        "o sursă cu așezarea `tempo` își găsește ariile într-o coloană de coduri cu denumiri, de denumiri cu județ ori de arii"
        => "leave `key` out where the file has one such column, or write `{{ glued = … }}`, `{{ name = …, county = … }}` or `{{ county = … }}`",
           "scoateți `key` unde fișierul are o singură coloană de acest fel ori scrieți `{{ glued = … }}`, `{{ name = …, county = … }}` sau `{{ county = … }}`";
    numbers_of_words()
        "`numbers` says how numbers are written, and this measure holds words",
        "`numbers` spune cum se scriu numerele, iar această măsură conține cuvinte"
        => "leave it out", "scoateți cheia";
    no_column_of_the_key(column: &str, known: &str)
        "`{column}` is no column of the key or of `rows`",
        "`{column}` nu este o coloană a cheii sau din `rows`"
        => "`fill` repeats the texts of a key, written as there: {known}",
           "`fill` repetă textele unei chei, scrise ca acolo: {known}";
    parts_not_summed(id: &str)
        "the parts of `{id}` cannot be summed",
        "părțile măsurii `{id}` nu se pot aduna"
        => "only counts and amounts add up: give it a source of its own",
           "se adună numai numărările și sumele: puneți măsura într-o sursă a ei";
    unit_of_no_table()
        "`unit` stands behind the numbers of a table",
        "`unit` stă în urma numerelor unui tabel"
        => "leave it out",
           "scoateți-l";
    list_of_every_sheet()
        "a list is read from one sheet",
        "o listă se citește dintr-o singură foaie"
        => "name it by its name or number",
           "numiți foaia după nume sau număr";
    no_measures()
        "this layout holds no measures",
        "această așezare nu are măsuri"
        => "leave `measure` out, or read the numbers as another source",
           "scoateți `measure` sau citiți numerele ca altă sursă";
    measure_twice(id: &str)
        "the measure `{id}` is declared twice in this source",
        "măsura `{id}` este declarată de două ori în această sursă";
    counts_of_no_count()
        "`counts` says what a count counts, and this is not a count",
        "`counts` spune ce numără o numărătoare, iar aceasta nu este una"
        => "leave it out, or write `nature = \"count\"`",
           "scoateți-l sau scrieți `nature = \"count\"`";
    noun_of_no_count()
        "`noun` names what a count counts, and this is not a count",
        "`noun` numește ce numără o numărătoare, iar aceasta nu este una"
        => "leave it out, or write `nature = \"count\"`",
           "scoateți-l sau scrieți `nature = \"count\"`";
    zero_of_no_sum()
        "an absent row can mean zero for counts and amounts only",
        "un rând absent poate însemna zero numai la numărări și sume";
    column_and_labels()
        "a measure has either a `column` or a `where`, not both",
        "o măsură are ori `column`, ori `where`, nu amândouă";
    tempo_column()
        "a TEMPO file has no column a measure: say `where`",
        "un fișier TEMPO nu are câte o coloană pentru fiecare măsură: scrieți `where`"
        => "for example `where = {{ \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }}`",
           "de exemplu `where = {{ \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }}`";
    labels_of_table()
        "`where` chooses labels of a TEMPO file",
        "`where` alege etichete dintr-un fișier TEMPO"
        => "add `layout = \"tempo\"` to the source, or name a `column`",
           "adăugați `layout = \"tempo\"` la sursă sau numiți o coloană cu `column`";
    unknown_word(word: &str)
        "unknown word `{word}`",
        "cuvânt necunoscut: `{word}`";
    counted_from_one()
        "rows and sheets count from 1",
        "rândurile și foile se numără de la 1";
    header_order()
        "header rows go from top to bottom",
        "rândurile de antet se scriu de sus în jos";
    no_key()
        "this key does not say one area",
        "această cheie nu spune o arie"
        => "one of `{{ code = … }}`, `{{ glued = … }}`, `{{ name = …, county = … }}`, `{{ name = …, county_from = … }}`, `{{ county = … }}` or another level with its column",
           "una dintre `{{ code = … }}`, `{{ glued = … }}`, `{{ name = …, county = … }}`, `{{ name = …, county_from = … }}`, `{{ county = … }}` sau alt nivel cu coloana lui";
    decimal_mark()
        "the decimal mark is `.` or `,`",
        "semnul zecimal este `.` sau `,`";
    thousands_mark()
        "the thousands mark is `.`, `,`, a space or `'`",
        "semnul miilor este `.`, `,`, un spațiu sau `'`";
    same_marks()
        "both marks are the same",
        "cele două semne sunt același";
    range_backwards()
        "this range ends before it starts",
        "acest interval se termină înainte să înceapă";
    unknown_encoding(label: &str)
        "unknown encoding `{label}`",
        "codificare necunoscută: `{label}`";
}

/// What a list of units lists.
pub(crate) fn units() -> Message {
    message!("units", "unități")
}

/// What a list of borders lists.
pub(crate) fn neighbours() -> Message {
    message!("neighbours", "vecini")
}

/// What a list of decisions lists.
pub(crate) fn decisions() -> Message {
    message!("decisions", "decizii")
}

/// What a list that was published lists.
pub(crate) fn published_places() -> Message {
    message!("published places", "locuri publicate")
}

/// What a list of weights lists.
pub(crate) fn weights() -> Message {
    message!("weights", "ponderi")
}
