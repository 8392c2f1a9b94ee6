//! What speaks against a bag, and what its replay finds.

use crate::language::Words;
use crate::quality::{Message, message, sentences};

/// Why a path may not stand in a bag, behind its name.
pub(crate) const ABSOLUTE: Words = Words::new(
    "este absolut sau scris cu `\\` ori `:`",
    "is absolute, or written with `\\` or `:`",
);
/// As above.
pub(crate) const LEAVES: Words = Words::new(
    "iese din dosarul lui sau are o parte goală",
    "leaves its folder, or has an empty part",
);
/// As above.
pub(crate) const LONG: Words =
    Words::new("are o parte de peste 100 de caractere", "has a part of more than 100 characters");
/// As above.
pub(crate) const LETTERS: Words = Words::new(
    "are litere pe care nu le poate păstra orice sistem",
    "has letters that not every system can hold",
);
/// As above.
pub(crate) const DOT: Words = Words::new(
    "se termină cu un punct, pe care Windows îl pierde",
    "ends in a dot, which Windows drops",
);
/// As above.
pub(crate) const DEVICE: Words = Words::new(
    "este un nume păstrat de Windows pentru un dispozitiv",
    "is a name that Windows keeps for a device",
);

/// Steps that make what stands in a file.
pub(crate) const IN_THAT_ROW: Words =
    Words::new("pasul numit pe acel rând", "the step named in that row");
/// As above.
pub(crate) const READING: Words = Words::new("citirea intrărilor", "reading the inputs");
/// As above.
pub(crate) const CHECKS: Words =
    Words::new("verificările la citire și la calcul", "checks while reading and computing");
/// As above.
pub(crate) const DESCRIPTION: Words =
    Words::new("descrierea fișierelor", "the description of the files");
/// As above.
pub(crate) const ORDER: Words = Words::new("comanda arhivei", "the order of the archive");
/// As above.
pub(crate) const GIVEN: Words = Words::new("dat de utilizator", "given by the user");
/// As above.
pub(crate) const TABLE: Words =
    Words::new("tabelul făcut din indice", "the table made from the index");
/// As above.
pub(crate) const REPORT: Words =
    Words::new("raportul făcut din tabele", "the report made from the tables");
/// As above.
pub(crate) const UNMASKED: Words =
    Words::new("același lucru cu numerele așa cum sunt", "the same with the counts as they are");
/// As above.
pub(crate) const ARCHIVE: Words = Words::new("arhiva", "the archive");
/// As above.
pub(crate) const INDEX: Words = Words::new("calculul indicelui", "computing the index");
/// As above.
pub(crate) const NO_STEP: Words = Words::new(
    "niciunul: urmele celor două rulări sunt la fel, deci tabelul a fost schimbat după ce a fost făcut",
    "none: the trace of both runs agrees, so this table was changed after it was made",
);

/// What stands, or not, at a place that differs.
pub(crate) const NO_CELL: Words = Words::new("nicio celulă", "no cell");
/// As above.
pub(crate) const NO_LINE: Words = Words::new("nicio linie", "no line");
/// As above.
pub(crate) const PRESENT: Words = Words::new("există", "present");
/// As above.
pub(crate) const ABSENT: Words = Words::new("lipsește", "absent");
/// As above.
pub(crate) const OTHERS: Words = Words::new("altele", "others");
/// As above.
pub(crate) const OURS: Words = Words::new("ale noastre", "ours");
/// As above.
pub(crate) const SOUND: Words = Words::new("un fișier întreg", "a sound one");
/// As above.
pub(crate) const NO_PARQUET: Words =
    Words::new("niciun fișier Parquet întreg", "no sound Parquet file");
/// As above.
pub(crate) const NO_PICTURE: Words =
    Words::new("nicio imagine întreagă de-a noastră", "no sound picture of ours");
/// As above.
pub(crate) const NO_WORKBOOK: Words =
    Words::new("niciun registru de calcul întreg", "no sound workbook");

/// Places that differ.
pub(crate) const ROWS: Words = Words::new("numărul de rânduri", "number of rows");
/// As above.
pub(crate) const WHOLE_FILE: Words = Words::new("întregul fișier", "the whole file");
/// As above.
pub(crate) const SHAPE: Words = Words::new("forma și coloanele", "shape and columns");
/// As above.
pub(crate) const TYPES: Words = Words::new("tipurile coloanelor", "the types of the columns");
/// As above.
pub(crate) const BYTES: Words = Words::new("octeții", "its bytes");

sentences! {
    no_order(order: &str)
        "the bag holds no `{order}` of this program",
        "arhiva nu conține un `{order}` al acestui program";
    not_in_bag(order: &str, path: &str)
        "`{order}` names `{path}`, which is not in the bag",
        "`{order}` numește `{path}`, care nu este în arhivă";
    has_no(name: &str)
        "the bag has no `{name}`",
        "arhiva nu are `{name}`";
    not_listed(manifest: &str, name: &str)
        "`{manifest}` does not list `{name}`",
        "`{manifest}` nu cuprinde `{name}`";
    in_no_manifest(path: &str)
        "`{path}` is in the bag and in no manifest",
        "`{path}` este în arhivă, dar în niciun manifest";
    size_unsaid(name: &str, size: &str)
        "`{name}` does not say the size of the payload, {size}",
        "`{name}` nu spune mărimea conținutului, {size}";
    name_with_fault(name: &str, fault: Words)
        "the name `{name}` {fault}",
        "numele `{name}` {fault}";
    one_file(one: &str, other: &str)
        "`{one}` and `{other}` are one file where case does not count",
        "`{one}` și `{other}` sunt un singur fișier acolo unde nu se deosebesc majusculele";
    no_lines(name: &str)
        "`{name}` is no list of lines in UTF-8",
        "`{name}` nu este o listă de linii în UTF-8";
    no_digest(name: &str)
        "`{name}` has a line that is no digest and name",
        "`{name}` are o linie care nu este o sumă de control cu un nume";
    out_of_order(name: &str, path: &str)
        "`{name}` is not in the order of its names at `{path}`",
        "`{name}` nu este în ordinea numelor la `{path}`";
    listed_and_missing(name: &str, path: &str)
        "`{name}` lists `{path}`, which is not in the bag",
        "`{name}` cuprinde `{path}`, care nu este în arhivă";
    other_digest(path: &str, name: &str)
        "`{path}` does not have the SHA-256 that `{name}` says",
        "`{path}` nu are suma SHA-256 pe care o spune `{name}`";
    no_zip(why: &str)
        "it is no sound ZIP: {why}",
        "nu este un ZIP întreg: `{why}`";
    many_files(most: usize)
        "it has more than {most} files",
        "are mai multe fișiere decât {most}";
    compressed(name: &str)
        "`{name}` is compressed or encrypted, which no bag of ours is",
        "`{name}` este comprimat sau criptat, cum nu este nicio arhivă de-a noastră";
    link(name: &str)
        "`{name}` is a link",
        "`{name}` este o legătură";
    empty_folder(name: &str)
        "`{name}` is an empty folder",
        "`{name}` este un dosar gol";
    damaged(name: &str)
        "`{name}` is damaged, or stands there twice",
        "`{name}` este deteriorat sau apare de două ori";
    outside(name: &str)
        "`{name}` is outside the one folder of a bag",
        "`{name}` este în afara singurului dosar al unei arhive";
    several_folders()
        "it holds more than one folder",
        "conține mai multe dosare";
    not_that_zip(byte: usize)
        "it is not the ZIP that these files give: they differ from byte {byte} on",
        "nu este fișierul ZIP pe care îl dau aceste fișiere: diferă de la octetul {byte} încolo";
    unopened(path: &str, why: &Message)
        "cannot open `{path}`: {why}",
        "nu se poate deschide `{path}`: {why}";
    unread(path: &str, why: &Message)
        "cannot read `{path}`: {why}",
        "nu se poate citi `{path}`: {why}";
    too_large(path: &str)
        "`{path}` is larger than 4 GiB",
        "`{path}` este mai mare de 4 GiB";
    too_deep(name: &str)
        "`{name}` lies too deep",
        "`{name}` se află prea adânc";
    no_plain_file(name: &str)
        "`{name}` is a link or no plain file",
        "`{name}` este o legătură sau nu este un fișier obișnuit";
    too_much(name: &str)
        "`{name}` is more than a bag may hold (4 GiB, 10,000 files)",
        "`{name}` trece peste cât poate cuprinde o arhivă (4 GiB, 10.000 de fișiere)";

    made_by_other_version(made: &str, ours: &str)
        "the bag was made by version {made}, and this is {ours}: what changed between them is in \
         CHANGELOG.md",
        "arhiva a fost făcută de versiunea {made}, iar aceasta este {ours}: ce s-a schimbat între ele \
         stă în CHANGELOG.md";
    carries_another(name: &str, path: &str)
        "`{name}` as it came with the program then is in the bag as `{path}`; this version carries \
         another one, which this run used",
        "`{name}`, așa cum venea atunci cu programul, este în arhivă ca `{path}`; această versiune are \
         altul, pe care l-a folosit rularea de acum";
    header_column(number: usize)
        "header, column {number}",
        "antet, coloana {number}";
    row_and_column(row: usize, key: &str, column: &str)
        "row {row} ({key}), column `{column}`",
        "rândul {row} ({key}), coloana `{column}`";
    row_of_column(row: usize, column: &str)
        "row {row}, column `{column}`",
        "rândul {row}, coloana `{column}`";
    line(number: usize)
        "line {number}",
        "linia {number}";
    step_of(step: &str, node: &str, position: &str)
        "`{step}` of `{node}`, position {position}",
        "`{step}` din `{node}`, poziția {position}";
    in_part(part: &str, place: &Message)
        "{part} › {place}",
        "{part} › {place}";
    differs(file: &str, place: &Message, archived: &Message, now: &Message, step: &Message)
        "{file} › {place}: archived `{archived}`, now `{now}` (step: {step})",
        "{file} › {place}: în arhivă `{archived}`, acum `{now}` (pasul: {step})";
    not_made(file: &str)
        "{file}: a new run does not make this file",
        "{file}: o rulare nouă nu face acest fișier";
    not_archived(file: &str)
        "{file}: the archive lacks this file",
        "{file}: fișierul lipsește din arhivă";
}

/// A declaration that is not the one of our bags.
pub(crate) fn no_bagit(name: &str) -> Message {
    message!(
        "`{name}` does not declare BagIt 1.0 in UTF-8",
        "`{name}` nu declară BagIt 1.0 în UTF-8",
    )
}
