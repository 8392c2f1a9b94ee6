//! What a study that is begun from a folder says of the files: what is missing, what is in doubt, what
//! was left aside. They are comments for the person who goes on.

use crate::language::Words;
use crate::quality::{Message, message};

/// What stands above the list of what to mend.
pub(crate) fn to_mend(files: usize, methodology: &str) -> Message {
    message!(
        "Begun from {files} for the methodology `{methodology}`. To mend, in this order; then \
         `risk-index check` looks again:",
        "Început din {files} pentru metodologia `{methodology}`. De îndreptat, în această ordine; apoi \
         `risk-index check` verifică din nou:";
        files = looked_at(files), methodology = Message::same(methodology),
    )
}

/// What stands there when nothing is to be mended.
pub(crate) fn nothing_to_mend(files: usize, methodology: &str) -> Message {
    message!(
        "Begun from {files} for the methodology `{methodology}`. Nothing is missing, and nothing in \
         doubt; `risk-index check` tells what was read.",
        "Început din {files} pentru metodologia `{methodology}`. Nu lipsește și nu e îndoielnic nimic; \
         `risk-index check` spune ce s-a citit.";
        files = looked_at(files), methodology = Message::same(methodology),
    )
}

fn looked_at(files: usize) -> Message {
    Message::counted(files, ["file", "files"], ["fișier", "fișiere"])
}

/// What stands above the list of what is good to know.
pub(crate) fn to_know() -> Message {
    message!("Good to know:", "De știut:")
}

/// Looked at a folder.
pub(crate) fn looked(files: usize, sources: usize, copied: usize) -> Message {
    message!(
        "looked at {files}: {copied} of them used in {sources}",
        "{files} cercetate: {copied} dintre ele folosite în {sources}";
        files = looked_at(files),
        copied = Message::same(copied.to_string()),
        sources = Message::counted(sources, ["source", "sources"], ["sursă", "surse"]),
    )
}

/// The title of a study of a year.
pub(crate) fn title(year: Option<u16>) -> Message {
    let year = year.map(|year| format!(" {year}")).unwrap_or_default();
    message!("Community risk index{year}", "Indicele de risc comunitar{year}")
}

/// A measure that no file gives.
pub(crate) fn missing(measure: &str, what: Words, levels: &[&str]) -> Message {
    message!(
        "no file gives `{measure}`: {what}, by {levels}; put one into the folder and run `init --from` \
         again, or add its `[[source]]`",
        "niciun fișier nu dă `{measure}`: {ce}, pe {nivele}; puneți unul în dosar și rulați din nou \
         `init --from` sau adăugați-i `[[source]]`",
        ce = what.ro,
        what = what.en,
        nivele = levels.join(" sau "),
        levels = levels.join(" or "),
    )
}

/// Why an indicator is left out.
pub(crate) fn omitted(measures: &[String]) -> Message {
    message!(
        "no file gives {measures}",
        "niciun fișier nu dă {measures}",
        measures = measures.join(", ")
    )
}

/// Nothing of what a methodology asks for was found.
pub(crate) fn nothing_fits(methodology: &str) -> Message {
    message!(
        "no file of the folder gives any measure that `{methodology}` asks for, so this study cannot be \
         computed yet; `risk-index inspect FILE` shows what a file holds",
        "niciun fișier din dosar nu dă vreo măsură cerută de `{methodology}`, deci studiul nu se poate \
         calcula încă; `risk-index inspect FIȘIER` arată ce conține un fișier",
    )
}

/// A measure that was recognised and could not be read.
pub(crate) fn unreadable(measure: &str, column: &str, file: &str, why: &Message) -> Message {
    message!(
        "`{column}` of `{file}` would be `{measure}`, but it cannot be read: {why}",
        "`{column}` din `{file}` ar fi `{measure}`, dar nu se poate citi: {why}";
        measure = Message::same(measure), column = Message::same(column),
        file = Message::same(file), why = why.clone(),
    )
}

/// A file that may hold a missing measure and is no source.
pub(crate) fn perhaps(measure: &str, file: &str, why: &Message) -> Message {
    message!(
        "`{file}` may hold `{measure}`, but it cannot be a source as it is: {why}",
        "`{file}` poate conține `{measure}`, dar nu poate fi sursă așa cum este: {why}";
        file = Message::same(file), measure = Message::same(measure), why = why.clone(),
    )
}

/// A table that speaks of a missing measure and has other columns.
pub(crate) fn related(measure: &str, file: &str, columns: &[String]) -> Message {
    message!(
        "`{file}` speaks of it, but none of its columns is recognised as `{measure}`: {columns}",
        "`{file}` vorbește despre aceasta, dar nicio coloană nu e recunoscută drept `{measure}`: {columns}",
        columns = files(columns),
    )
}

/// A measure that is read from another file of the same period than the others of its source.
pub(crate) fn two_files((asked, name): (&str, &str), [file, other]: [&str; 2]) -> Message {
    message!(
        "`{asked}` is read from `{file}` and the rest of its source from `{other}`, of the same period; \
         `methodology.toml` calls it `{name}`",
        "`{asked}` se citește din `{file}`, iar restul sursei din `{other}`, din aceeași perioadă; \
         `methodology.toml` îi spune `{name}`",
    )
}

/// A measure that is read from another file than the others of its source, which is of another period or
/// says none.
pub(crate) fn two_dates(
    (asked, name): (&str, &str),
    [file, other]: [&str; 2],
    periods: [Option<String>; 2],
) -> Message {
    let [of, of_other] = periods.map(|period| match period {
        Some(period) => message!(" ({period})", " ({period})"),
        None => message!(" (no period said)", " (perioada nu este scrisă)"),
    });
    message!(
        "`{asked}` is read from `{file}`{of} and the rest of its source from `{other}`{of_other}: see that \
         both are of one date and one population; `methodology.toml` calls it `{name}`",
        "`{asked}` se citește din `{file}`{of}, iar restul sursei din `{other}`{of_other}: verificați că \
         ambele sunt la aceeași dată și din aceeași populație; `methodology.toml` îi spune `{name}`";
        asked = Message::same(asked), file = Message::same(file), of = of,
        other = Message::same(other), of_other = of_other, name = Message::same(name),
    )
}

/// What a methodology that is written beside a study is.
pub(crate) fn own_methodology(base: &str) -> Message {
    message!(
        "`{base}` with its own formulas; only the names of measures are others, because the files of the \
         folder have them apart.",
        "`{base}`, cu formulele ei; diferă doar numele măsurilor, fiindcă fișierele din dosar le au \
         separat.",
    )
}

/// One list that is printed as several blocks.
pub(crate) fn blocks(source: &str, file: &str) -> Message {
    message!(
        "`{file}` has `{source}` in several blocks side by side, of which only the first is read: write \
         them below each other, or join them with COALESCE in a methodology of your own",
        "`{file}` are `{source}` în mai multe blocuri alăturate, din care se citește doar primul: \
         scrieți-le unul sub altul sau uniți-le cu COALESCE într-o metodologie proprie",
    )
}

/// An error that `check` will find.
pub(crate) fn error(source: &str, what: &Message, hint: Option<&Message>) -> Message {
    let what = message!(
        "`check` will stop at `{source}`: {what}",
        "`check` se va opri la `{source}`: {what}";
        source = Message::same(source), what = what.clone(),
    );
    match hint {
        Some(hint) => {
            message!("{what} ({hint})", "{what} ({hint})"; what = what, hint = hint.clone())
        }
        None => what,
    }
}

/// A text among numbers whose meaning nobody declared.
pub(crate) fn mark(source: &str, mark: &str, (column, count): (&str, usize)) -> Message {
    message!(
        "`{mark}` stands in {cells} of `{column}` and is read as not available, so these areas get no \
         value; where the publisher means none by it, write \"{mark}\" = \"zero\" in `missing` of \
         `{source}`",
        "`{mark}` stă în {cells} din `{column}` și este citit ca indisponibil, deci aceste zone nu au \
         valoare; dacă cine a publicat tabelul înțelege prin el zero, scrieți \"{mark}\" = \"zero\" în `missing` la \
         `{source}`";
        mark = Message::same(mark), column = Message::same(column), source = Message::same(source),
        cells = Message::counted(count, ["cell", "cells"], ["celulă", "celule"]),
    )
}

/// A column that only the name of its file, or a title of several things, speaks for.
pub(crate) fn by_file(measure: &str, column: &str, file: &str, what: Words) -> Message {
    message!(
        "`{column}` of `{file}` is taken for `{measure}` by the name of the file or a title of several \
         things: look whether it is {what}",
        "`{column}` din `{file}` este luată drept `{measure}` după numele fișierului sau un titlu despre mai multe \
         lucruri: verificați dacă este vorba de {ce}",
        ce = what.ro,
        what = what.en,
    )
}

/// Numbers whose mark may part thousands or decimals.
pub(crate) fn two_readings(measure: &str, column: &str, numbers: &str) -> Message {
    message!(
        "the numbers of `{column}`, taken for `{measure}`, can be read in two ways; they are read by \
         `numbers = {numbers}`: compare one with what you know",
        "numerele din `{column}`, luate drept `{measure}`, se pot citi în două feluri; se citesc cu \
         `numbers = {numbers}`: comparați unul cu ce știți",
    )
}

/// Several columns of one table could be a measure.
pub(crate) fn several(measure: &str, column: &str, others: &[String]) -> Message {
    message!(
        "`{measure}` is taken from `{column}`; it could be {others} as well",
        "`{measure}` este luată din `{column}`; ar putea fi și {others}",
        others = others.join(", "),
    )
}

/// Another table of the same period has a measure too.
pub(crate) fn as_new(source: &str, taken: &str, other: &str) -> Message {
    message!(
        "`{source}` is taken from `{taken}`; `{other}` has it too, and no later period tells which is \
         meant",
        "`{source}` este luată din `{taken}`; o are și `{other}`, iar perioada nu arată care e cea bună",
    )
}

/// Other tables have a measure of an older period, or of fewer or larger areas.
pub(crate) fn passed_over(source: &str, taken: &str, others: &[String]) -> Message {
    message!(
        "`{source}` is taken from `{taken}`, which is newer, of a finer level or more complete than \
         {others}",
        "`{source}` se ia din `{taken}`, care este mai nou, la un nivel mai fin sau mai complet decât \
         {others}",
        others = files(others),
    )
}

/// Paths, as sentences name them.
fn files(paths: &[String]) -> String {
    paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
}

/// Areas without a value.
pub(crate) fn gaps(measure: &str, (without, of): (usize, usize), confidential: usize) -> Message {
    let withheld = match confidential {
        0 => Message::same(""),
        _ => message!(
            " ({withheld} withheld by the publisher)",
            " ({withheld} confidențiale)",
            withheld = confidential,
        ),
    };
    message!(
        "`{measure}` has no value for {without} of {of}{withheld}: as long as the methodology asks for \
         every component, their units get no score",
        "`{measure}` nu are valoare pentru {without} din {of}{withheld}: cât timp metodologia cere toate \
         componentele, unitățile lor nu primesc scor";
        measure = Message::same(measure), without = Message::same(without.to_string()),
        of = Message::counted(of, ["area", "areas"], ["zonă", "zone"]),
        withheld = withheld,
    )
}

/// Only the counties of the files are counted.
pub(crate) fn restricted(counties: &[&str]) -> Message {
    message!(
        "only the units of {counties} are counted, because the files have no others; without `where` \
         in `[register]` the whole country is",
        "sunt numărate doar unitățile din {counties}, fiindcă fișierele nu au altele; fără `where` în \
         `[register]` este numărată toată țara",
        counties = counties.join(", "),
    )
}

/// A file that is read as a list.
pub(crate) fn listed(file: &str) -> Message {
    message!(
        "`{file}` is a list of units: a programme may take or exclude them, the index does not use it",
        "`{file}` este o listă de unități: un program le poate lua sau exclude, indicele nu o folosește",
    )
}

/// Boundaries of units.
pub(crate) fn drawn(file: &str) -> Message {
    message!(
        "`{file}` has the boundaries of units: maps are drawn from it, the index does not use it",
        "`{file}` are limitele unităților: din el se desenează hărțile, indicele nu îl folosește",
    )
}

/// Files of which nothing is needed.
pub(crate) fn not_needed(paths: &[String], methodology: &str) -> Message {
    message!(
        "no column is recognised as one that `{methodology}` needs, so that they are not read: {files}",
        "nicio coloană nu e recunoscută ca necesară pentru `{methodology}`, deci nu se citesc: {files}",
        files = files(paths),
    )
}

/// Files that cannot be sources, for one reason.
pub(crate) fn no_source(paths: &[String], why: &Message) -> Message {
    let verb = match paths.len() {
        1 => message!("is no source", "nu este o sursă"),
        _ => message!("are no sources", "nu sunt surse"),
    };
    message!(
        "{files} {verb}: {why}",
        "{files} {verb}: {why}";
        files = Message::same(files(paths)), verb = verb, why = why.clone(),
    )
}

/// Where a measure is taken from, and what says so.
pub(crate) fn known_by(measure: &str, column: &str, by: Words) -> Message {
    message!(
        "{measure}: `{column}`, known by {en}",
        "{measure}: `{column}`, recunoscută după {ro}",
        en = by.en,
        ro = by.ro,
    )
}

/// What says that a column is a measure: header, title, name of the file.
pub(crate) const BY_HEADER: Words = Words::new("antet", "its header");
pub(crate) const BY_TITLE: Words = Words::new("titlul tabelului", "the title of its table");
pub(crate) const BY_FILE: Words = Words::new("numele fișierului", "the name of its file");

/// A file of which another is the newer version.
pub(crate) fn older(newer: &str) -> Message {
    message!(
        "it is by its name an older version of `{newer}`, which is taken",
        "după nume este o versiune mai veche a fișierului `{newer}`, care se folosește",
    )
}

/// The lock of somebody who has a workbook open.
pub(crate) fn lock_file() -> Message {
    message!(
        "it is the mark that somebody has a workbook open; what is unsaved there is not in the workbook \
         yet",
        "este semnul că cineva are un registru deschis; ce nu a salvat nu este încă în registru",
    )
}

/// A file of the file manager.
pub(crate) fn system_file() -> Message {
    message!(
        "the file manager keeps it for itself, it has no data",
        "este ținut de administratorul de fișiere, nu are date",
    )
}

/// A link to something elsewhere.
pub(crate) fn link() -> Message {
    message!(
        "it is a link to a file elsewhere; copy the file itself",
        "este o legătură către un fișier din altă parte; copiați fișierul însuși",
    )
}
