//! Sentences about the files that people write, whatever they say: letters, syntax, keys, values.

use crate::language::Words;
use crate::message::suggest;
use crate::quality::{Message, Said, message, sentences};

sentences! {
    byte_order_mark()
        "this file starts with a byte order mark, as Notepad saves it",
        "fișierul începe cu un marcaj de ordine a octeților (BOM), cum îl salvează Notepad"
        => "nothing to do: it was skipped",
           "nu trebuie făcut nimic: a fost sărit";
    utf_16()
        "this file is UTF-16, as PowerShell's `>` and Notepad's Unicode write it",
        "fișierul este UTF-16, cum îl scriu `>` din PowerShell și opțiunea „Unicode” din Notepad"
        => "save the file as UTF-8 (Notepad: Save as › Encoding › UTF-8; PowerShell: `Set-Content -Encoding utf8`)",
           "salvați fișierul ca UTF-8 (în Notepad: „Salvare ca” › „Codificare” › UTF-8; în PowerShell: `Set-Content -Encoding utf8`)";
    not_utf_8(line: usize)
        "line {line} holds letters that are not UTF-8",
        "linia {line} are litere care nu sunt UTF-8"
        => "save the file as UTF-8 (Notepad: Save as › Encoding › UTF-8; PowerShell: `Set-Content -Encoding utf8`)",
           "salvați fișierul ca UTF-8 (în Notepad: „Salvare ca” › „Codificare” › UTF-8; în PowerShell: `Set-Content -Encoding utf8`)";
    unclosed_list()
        "this line was taken for an element of a list",
        "linia a fost luată drept element al unei liste"
        => "a list above this line is not closed with `]`",
           "o listă de deasupra acestei linii nu este închisă cu `]`";
    no_escape(letter: char)
        "between double quotes a backslash begins an escape, and `\\{letter}` is none",
        "între ghilimele duble, bara inversă începe o secvență specială, iar `\\{letter}` nu este una"
        => "write paths with `/`, on Windows too: `inputs/vmg.xlsx`",
           "scrieți căile cu `/`, și în Windows: `inputs/vmg.xlsx`";
    no_text_file(file: &str)
        "`{file}` is a spreadsheet or a document, not a study",
        "`{file}` este o foaie de calcul sau un document, nu un studiu"
        => "a study is a text file such as `study.toml`: `risk-index init --from FOLDER` writes one for a folder of spreadsheets, `risk-index inspect {file}` says what is in this one",
           "un studiu este un fișier text, de exemplu `study.toml`: `risk-index init --from DOSAR` scrie unul pentru un dosar cu foi de calcul, iar `risk-index inspect {file}` spune ce este în acesta";
    curly_quotes()
        "typographic quotation marks stand where TOML wants straight ones",
        "ghilimelele tipografice nu sunt înțelese aici"
        => "write texts between straight quotes: `\"text\"` or `'text'`",
           "scrieți textele între ghilimele drepte: `\"text\"` sau `'text'`";
    backslash_in_quotes()
        "between double quotes a backslash begins an escape",
        "între ghilimele duble, bara inversă începe o secvență specială"
        => "write paths with `/`, as in `\"inputs/vmg.xlsx\"`, or between single quotes",
           "scrieți căile cu `/`, ca în `\"inputs/vmg.xlsx\"`, sau între apostrofuri";
    per_cent()
        "a number is written without a per cent sign",
        "un număr se scrie fără semnul de procent"
        => "write a share as a decimal, `0.1`, or as text where per cent are allowed: `\"10 %\"`",
           "scrieți o parte ca fracție zecimală, `0.1`, sau ca text unde sunt permise procente: `\"10 %\"`";
    decimal_comma()
        "a decimal number is written with a point, not with a comma",
        "un număr zecimal se scrie cu punct, nu cu virgulă"
        => "write `1.5`, not `1,5`",
           "scrieți `1.5`, nu `1,5`";
    backslashes(path: &str)
        "the path `{path}` is written with backslashes",
        "calea `{path}` este scrisă cu bare inverse"
        => "write paths with `/`, on Windows too: `inputs/vmg.xlsx`",
           "scrieți căile cu `/`, și în Windows: `inputs/vmg.xlsx`";
    expected(what: &dyn Said, found: &dyn Said)
        "expected {what}, found {found}",
        "se aștepta {what}, s-a găsit {found}";
    the_first()
        "the first is",
        "primul este";
    the_indicator()
        "the indicator is",
        "indicatorul este";
    stands_on_line(what: &Message, line: u32)
        "{what} on line {line}",
        "{what} pe linia {line}";
    stands_in_file(what: &Message, line: u32, file: &str)
        "{what} on line {line} of {file}",
        "{what} pe linia {line} din {file}";
    key_missing(table: &Message, key: &str)
        "{table} needs the key `{key}`",
        "în {table} lipsește cheia `{key}`";
    unknown_key(key: &str, table: &Message)
        "unknown key `{key}` in {table}",
        "cheie necunoscută în {table}: `{key}`";
    list_of_tables(key: &str)
        "`{key}` is a list of tables",
        "`{key}` este o listă de tabele"
        => "write `[[{key}]]` with two brackets: there may be several",
           "scrieți `[[{key}]]`, cu paranteze duble: pot fi mai multe";
    id_twice(id: &str)
        "the id `{id}` stands twice",
        "identificatorul `{id}` apare de două ori";
    twice_in_list(id: &str)
        "`{id}` stands twice in this list",
        "`{id}` apare de două ori în această listă";
    two_forms()
        "a noun has two forms, that of one and that of several",
        "un substantiv are două forme, pentru unul și pentru mai multe"
        => "write `[\"un copil\", \"copii\"]` in Romanian, `[\"one child\", \"children\"]` in English",
           "scrieți `[\"un copil\", \"copii\"]` în română, `[\"one child\", \"children\"]` în engleză";
    empty_text()
        "this text is empty",
        "acest text este gol";
    empty_list()
        "this list is empty",
        "această listă este goală";
    empty_table()
        "this table is empty",
        "acest tabel este gol";
    no_identifier(word: &str, marks: &Message)
        "`{word}` cannot be an identifier",
        "`{word}` nu poate fi identificator"
        => "use lower-case letters a-z, digits and {marks}, starting with a letter",
           "folosiți litere mici a-z, cifre și {marks}, începând cu o literă";
    word_of_formulas(word: &str)
        "`{word}` is a word of the formula language",
        "`{word}` este un cuvânt al limbajului de formule"
        => "choose another identifier",
           "alegeți alt identificator";
    underscore()
        "`_`",
        "`_`";
    underscore_and_hyphen()
        "`_` and `-`",
        "`_` și `-`";
    no_date(text: &str)
        "`{text}` is not a date",
        "`{text}` nu este o dată"
        => "write year, month and day: 2026-01-15",
           "scrieți anul, luna și ziua: 2026-01-15";
    no_sha256()
        "a SHA-256 has 64 hexadecimal digits",
        "o amprentă SHA-256 are 64 de cifre hexazecimale";
    one_character()
        "expected one character",
        "se aștepta un singur caracter";
    outside_inputs()
        "a path may not leave the inputs folder",
        "o cale nu poate ieși din dosarul cu date de intrare"
        => "put the file under the inputs folder, or say where that is with `--inputs`",
           "puneți fișierul în dosarul cu date de intrare sau spuneți unde este acesta cu `--inputs`";
    no_pattern(path: &str, place: usize)
        "`{path}` is not a valid pattern: character {place} is out of place",
        "`{path}` nu este un tipar valid: caracterul {place} nu are ce căuta acolo";
    absolute_path(path: &str)
        "`{path}` is an absolute path",
        "`{path}` este o cale absolută"
        => "a run must be replayable elsewhere: use a path relative to this file, or to the inputs folder that `--inputs` names",
           "o rulare trebuie să poată fi repetată în altă parte: scrieți o cale față de acest fișier sau față de dosarul numit cu `--inputs`";
    extend_each_other(noun: Words, way: &str)
        "{noun} extend each other in a cycle: {way}",
        "{noun} se extind reciproc, în cerc: {way}";
    layer_unread(noun: Words, name: &str, reason: &Message)
        "cannot read the {noun} `{name}`: {reason}",
        "nu se poate citi {noun} `{name}`: {reason}";
    not_bundled(noun: Words, name: &str)
        "no {noun} `{name}` comes with the program",
        "{noun} `{name}` nu vine împreună cu aplicația";
    adopted_without_act(noun: Words)
        "an adopted {noun} names the act that adopted it",
        "pentru {noun} cu `status = \"adopted\"` trebuie numit actul de adoptare"
        => "add `act = \"Ordin …\"`, or write `status = \"illustrative\"`",
           "adăugați `act = \"Ordin …\"` sau scrieți `status = \"illustrative\"`";
    act_of_illustrative(noun: Words)
        "an illustrative {noun} has no act",
        "cu `status = \"illustrative\"`, {noun} nu are act de adoptare";
}

/// The hint about a bundled name that is not known.
pub(crate) fn names_that_come<'k>(
    name: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<Message> {
    suggest(name, known).map(|hint| {
        message!(
            "{hint}; the path of a file of your own ends in `.toml`",
            "{hint}; calea unui fișier propriu se termină cu `.toml`";
            hint = hint,
        )
    })
}

/// What a value is, and what was expected in its place.
pub(crate) mod kinds {
    use super::Words;

    macro_rules! kinds {
        ($($name:ident = $en:literal, $ro:literal;)*) => {
            $(#[doc = $en] pub(crate) const $name: Words = Words::new($ro, $en);)*
        };
    }

    kinds! {
        TEXT = "text", "un text";
        WHOLE_NUMBER = "a whole number", "un număr întreg";
        NUMBER = "a number", "un număr";
        TRUTH = "true or false", "adevărat sau fals (`true`, `false`)";
        DATE = "a date", "o dată";
        LIST = "a list", "o listă";
        TABLE = "a table", "un tabel";
        LIST_OF_TABLES = "a list of tables", "o listă de tabele";
        THIS_TABLE = "this table", "acest tabel";
        TEXT_OR_BOTH = "text or `{ ro = …, en = … }`", "un text sau `{ ro = …, en = … }`";
        TEXTS = "a list of texts", "o listă de texte";
        DAY = "a date such as 2026-01-15", "o dată ca 2026-01-15";
        NODES = "a list of nodes", "o listă de noduri";
        STEP = "a step or the name of a recipe", "un pas sau numele unei rețete";
        STEPS = "a list of steps", "o listă de pași";
        LOCKS = "a list of `{ code = …, reason = … }` or `{ source = … }`", "o listă de `{ code = …, reason = … }` sau `{ source = … }`";
        TIES = "a list such as [\"population.children DESC\"]", "o listă ca [\"population.children DESC\"]";
        QUOTAS = "a list such as [ { by = \"county\", min = 1 } ]", "o listă ca [ { by = \"county\", min = 1 } ]";
        METHODOLOGY = "methodology", "metodologia";
        METHODOLOGIES = "methodologies", "metodologiile";
        PROGRAMME = "programme", "programul";
        PROGRAMMES = "programmes", "programele";
        ROBUSTNESS = "file of doubts", "fișierul de incertitudini";
        ROBUSTNESS_FILES = "files of doubts", "fișierele de incertitudini";
        ALTERNATIVES = "a table of alternatives, or a list of texts that name themselves", "un tabel de variante sau o listă de texte care se numesc singure";
        OTHER_STEPS = "\"as-is\", \"left-out\", a step or a list of steps", "\"as-is\", \"left-out\", un pas sau o listă de pași";
        MEASURES = "a list of measures such as [\"dropout.rate\"]", "o listă de măsuri, de exemplu [\"dropout.rate\"]";
        DOCUMENTS = "a list of documents", "o listă de documente";
    }
}
