//! What is said of a spreadsheet that is looked at, and of the source that is drafted for it.

use crate::language::{Language, Words, shown};
use crate::quality::{Message, message, sentences};

pub(crate) use super::portrait::{caption, class, meaning, shape};

/// So many areas of a level of the register.
pub(crate) fn areas(count: usize, level: &str) -> Message {
    match level {
        "uat" => Message::counted(count, ["unit", "units"], ["unitate", "unități"]),
        "county" => Message::counted(count, ["county", "counties"], ["județ", "județe"]),
        other => {
            let areas = Message::counted(count, ["area", "areas"], ["zonă", "zone"]);
            message!("{areas} of `{other}`", "{areas} din `{other}`"; areas = areas)
        }
    }
}

/// A size as people say it.
pub(crate) fn size(bytes: u64) -> Message {
    let of = |unit: f64, name: &str| {
        let amount = bytes as f64 / unit;
        let said = |language| format!("{} {name}", shown(amount, 1, language));
        Message { en: said(Language::En), ro: said(Language::Ro) }
    };
    match bytes {
        0..1024 => {
            let count = usize::try_from(bytes).unwrap_or_default();
            Message::counted(count, ["bytes", "bytes"], ["octet", "octeți"])
        }
        1024..1_048_576 => of(1024.0, "KiB"),
        _ => of(1_048_576.0, "MiB"),
    }
}

/// A count in the marks of each language.
pub(crate) fn whole(count: usize) -> Message {
    Message::number(count as f64, 0)
}

/// Rows, counted.
pub(crate) fn rows(count: usize) -> Message {
    Message::counted(count, ["row", "rows"], ["rând", "rânduri"])
}

/// Cells that the workbook holds more than once.
pub(crate) fn repeated(count: usize) -> Message {
    let en = ["cell stands", "cells stand"];
    Message::counted(count, en, ["celulă apare", "celule apar"])
        .and(" more than once; the last one counts", " de mai multe ori; contează ultima")
}

/// Columns, counted.
pub(crate) fn columns(count: usize) -> Message {
    Message::counted(count, ["column", "columns"], ["coloană", "coloane"])
}

/// Cells, counted.
pub(crate) fn cells(count: usize) -> Message {
    Message::counted(count, ["cell", "cells"], ["celulă", "celule"])
}

sentences! {
    not_read(why: &Message)
        "no: {why}",
        "nu: {why}";
    hint(what: &Message)
        "hint: {what}",
        "de făcut: {what}";
    block_of(number: usize, all: usize)
        "{number} of {all}",
        "{number} din {all}";
    and_not(extension: &str)
        " (and not .{extension})",
        " (și nu .{extension})";
    damaged()
        "; some bytes mean nothing in it",
        "; unii octeți nu înseamnă nimic în ea";
    a_tab()
        "a tab",
        "un tabulator";
    with_space()
        " followed by a space",
        " urmat de un spațiu";
    dialect(delimiter: &Message, spaced: &Message, agreeing: usize, looked_at: usize, ends: &Message)
        "fields parted by {delimiter}{spaced}: as often in {agreeing} of the first {looked_at} lines; \
         lines end in {ends}",
        "câmpuri despărțite de {delimiter}{spaced}: la fel de des în {agreeing} din primele {looked_at} \
         linii; sfârșit de linie {ends}";
    empty()
        "empty",
        "goală";
    rows_and_columns(rows: &Message, columns: &Message)
        "{rows}, {columns}",
        "{rows}, {columns}";
    hidden()
        ", hidden: read only when named",
        ", ascunsă: se citește numai când este numită";
    shown_below()
        ", shown below",
        ", arătată mai jos";
    and_more(more: usize)
        "and {more} more",
        "și încă {more}";
    tempo()
        "tempo: one row a combination of labels, the value last",
        "tempo: un rând pentru fiecare combinație de etichete, valoarea la urmă";
    boundaries(features: &Message)
        "boundaries: polygons of {features} features",
        "boundaries: poligoane, elemente: {features}";
    row(number: &str)
        "row {number}",
        "rândul {number}";
    several_rows(numbers: &str)
        "rows {numbers}",
        "rândurile {numbers}";
    empty_cells(count: &Message)
        ", {count} empty",
        ", goale {count}";
    different(count: &Message)
        "{count} different",
        "diferite {count}";
    at_least_different(count: &Message)
        "{count} or more different",
        "diferite cel puțin {count}";
    in_per_cent(count: &Message)
        "; {count} shown in per cent",
        "; arătate în procente: {count}";
    among_them(marks: &Message)
        "        among them {marks}",
        "        între ele {marks}";
    no_key()
        "    no column names units or larger areas of the register",
        "    nicio coloană nu numește unități sau zone mai mari din registru";
    of_all(areas: &Message, all: &Message)
        "{areas} of {all}",
        "{areas} din {all}";
    in_several_rows(areas: &Message)
        ", {areas} of them in several rows",
        ", pe mai multe rânduri: {areas}";
    near(near: &Message, aliases: &Message)
        "        {near} at one letter's distance, {aliases} through the alias table",
        "        la o literă distanță: {near}, prin tabelul de aliasuri: {aliases}";
    always(value: &str)
        "always {value}",
        "mereu {value}";
    remark(row: u32, what: &Message)
        "row {row}: {what}",
        "rândul {row}: {what}";
    with_advice(what: &Message, advice: &Message)
        "{what}; {advice}",
        "{what}; {advice}";
    no_boundaries_either(what: &Message, why: &Message)
        "{what}; nor can it be boundaries: {why}",
        "{what}; nici limite nu poate fi: {why}";
    no_polygon()
        "none of its features has a polygon",
        "niciun element al lui nu are poligon";

    two_readings(mark: char, example: &str)
        "undecided: `{mark}` in `{example}` can be read in two ways",
        "nehotărâte: `{mark}` din `{example}` se poate citi în două feluri";
    contradiction(first: &str, second: &str)
        "undecided: `{first}` and `{second}` contradict each other",
        "nehotărâte: `{first}` și `{second}` se contrazic";
    cells_that(cells: &Message, what: &Message)
        "{cells} {what}",
        "{cells} {what}";

    no_table()
        "it has no table",
        "nu are un tabel";
    no_source(file: &str, why: &Message)
        "`{file}` cannot be a source as it is: {why}",
        "`{file}` nu poate fi o sursă așa cum este: {why}";
    measure_left_out(id: &str)
        "`{id}` is left out: it cannot be read as it is",
        "`{id}` este lăsată deoparte: nu poate fi citită așa cum este";
    unreadable()
        "it cannot be read",
        "nu poate fi citit";
    unreadable_as_drafted()
        "it cannot be read as drafted",
        "nu poate fi citit așa cum este propus";
    no_block()
        "its block cannot be written",
        "blocul lui nu poate fi scris";
    check_will_tell(rule: &str, times: &Message, example: &Message)
        "`check` will tell `{rule}` {times}, as in: {example}",
        "`check` va spune `{rule}` ({times}), de exemplu: {example}";
    zero_where_measured()
        "`zero` where a mark means a measured zero",
        "`zero` acolo unde semnul înseamnă un zero măsurat";
    say_which(cells: &Message)
        "{cells}; say whether it is `zero`, `not-applicable` or this",
        "{cells}; spuneți dacă este `zero`, `not-applicable` sau aceasta";
    say_what(cells: &Message)
        "{cells}; say what it means",
        "{cells}; spuneți ce înseamnă";
    beside_the_study()
        "put the file beside the study, or say `--inputs` where it is",
        "puneți fișierul lângă studiu sau spuneți cu `--inputs` unde este";
    blocks(count: usize, formula: &str)
        "{count} blocks stand side by side, each a source of its own; a formula takes one list from all \
         of them: `COALESCE({formula})`",
        "blocuri alăturate, fiecare o sursă: {count}; o formulă ia o singură listă din toate: \
         `COALESCE({formula})`";
    no_areas()
        "no column names units or larger areas of the register: add one with SIRUTA codes, or with names \
         beside their counties",
        "nicio coloană nu numește unități sau zone mai mari din registru: adăugați una cu coduri SIRUTA \
         sau cu denumiri lângă județele lor";
    several_rows_an_area(rows: &Message)
        "every area stands in {rows} rows on average: say by `rows` in its source which are meant, as in \
         `rows = \"An = 2023\"`, or save one file for each period or kind",
        "fiecare zonă apare în medie pe {rows} rânduri: spuneți prin `rows` la sursă care se iau, de \
         exemplu `rows = \"An = 2023\"`, sau salvați câte un fișier pentru fiecare perioadă sau fel";
    too_long()
        "it is too long to be joined to its end",
        "este prea lung ca să fie legat de registru până la capăt";
    no_header()
        "the table has no header: give it one, so that columns have names",
        "tabelul nu are antet: dați-i unul, ca să aibă coloanele nume";
    left_out(name: &str, why: &Message)
        "`{name}` is left out: {why}",
        "`{name}` este lăsată deoparte: {why}";
    many_columns(name: &str)
        "`{name}` and those behind it are left out: there are many",
        "`{name}` și cele de după ea sunt lăsate deoparte: sunt multe";
    nothing_to_measure()
        "it has no column of numbers or words",
        "nu are nicio coloană de numere sau de cuvinte";
    other_polygons(level: &str)
        "its polygons are areas of `{level}`, and boundaries are those of units",
        "poligoanele lui sunt zone din `{level}`, iar limitele sunt ale unităților";
    no_property()
        "no property of its polygons has the codes or names of units",
        "nicio proprietate a poligoanelor nu are codurile sau denumirile unităților";
    no_dimension()
        "no dimension names areas of the register",
        "nicio dimensiune nu numește zone din registru";
    choose_labels()
        "`where` takes totals and the last period: choose what you need",
        "`where` ia totalurile și ultima perioadă: alegeți ce vă trebuie";
    undecided(name: &str, format: &Message)
        "`{name}` is left out, its numbers are {format}: have one corrected",
        "`{name}` este lăsată deoparte, numerele ei sunt {format}: cereți să fie corectate";
    miswritten(name: &str, text: &str)
        "`{name}` is left out: `{text}` stands among its numbers and is none; have it corrected, or say \
         in `missing` what it means",
        "`{name}` este lăsată deoparte: `{text}` stă între numerele ei și nu este număr; cereți să fie \
         corectat sau spuneți în `missing` ce înseamnă";
    texts_among(name: &str, text: &str)
        "`{name}` is left out: texts stand among its numbers, such as `{text}`",
        "`{name}` este lăsată deoparte: între numerele ei stau texte, cum este `{text}`";
    thousands_taken(id: &str, mark: char, example: &str, digits: &str)
        "doubt: `{mark}` in `{example}` of `{id}` can part thousands or decimals, and nothing in the file \
         says which. Its `numbers` say thousands, so that it is {digits}: look at a number that you know, \
         and turn them round if it is decimals",
        "îndoială: `{mark}` din `{example}` (`{id}`) poate despărți miile sau zecimalele, și nimic din \
         fișier nu spune care. `numbers` spune mii, deci este {digits}: priviți un număr cunoscut și \
         inversați-le dacă sunt zecimale";
    decimals_taken(id: &str, mark: char, example: &str)
        "doubt: `{mark}` in `{example}` of `{id}` can part thousands or decimals, and nothing in the file \
         says which. Its `numbers` say decimals: look at a number that you know, and turn them round if \
         it is thousands",
        "îndoială: `{mark}` din `{example}` (`{id}`) poate despărți miile sau zecimalele, și nimic din \
         fișier nu spune care. `numbers` spune zecimale: priviți un număr cunoscut și inversați-le dacă \
         sunt mii";
    turned(what: &Message, advice: &Message)
        "{what}: {advice}",
        "{what}: {advice}";

    other_counties(sheets: &Message, hold: Words, chosen: &str)
        "{sheets} {hold} the tables of other counties: this source reads `{chosen}` alone, and each of the \
         others needs a source of its own",
        "{sheets} {hold} tabelele altor județe: această sursă citește numai `{chosen}`, iar fiecare dintre \
         celelalte are nevoie de o sursă a ei";
    sheets_are_parts(sheets: &Message)
        "`sheet = \"*\"` reads every visible sheet with these columns as a part of one table: {sheets}",
        "`sheet = \"*\"` citește fiecare foaie vizibilă cu aceste coloane ca parte a unui singur tabel: {sheets}";
    not_on_every_sheet(id: &str)
        "`{id}` is left out: not every sheet has its column",
        "`{id}` se lasă deoparte: nu fiecare foaie are coloana ei";
    older_periods(sheets: &Message, hold: Words, chosen: &str)
        "{sheets} {hold} such a table of an older period: `{chosen}` is the newest by its name, `sheet` \
         takes another",
        "{sheets} {hold} un asemenea tabel, dintr-o perioadă mai veche: după nume, `{chosen}` este cea mai \
         nouă; `sheet` ia alta";
    nobody_says_which(sheets: &Message, hold: Words, chosen: &str)
        "{sheets} {hold} such a table too, and nothing says which is meant: `{chosen}` is the first, \
         `sheet` takes another",
        "{sheets} {hold} și ele un asemenea tabel, și nimic nu spune care este cel dorit: `{chosen}` este \
         prima; `sheet` ia alta";
    other_areas(sheets: &Message)
        "there are tables of other areas in {sheets}",
        "tabele ale altor zone sunt în {sheets}";
    hidden_one(sheets: &Message)
        "{sheets} holds a table too and the workbook hides it: it is read only when `sheet` names it",
        "{sheets} conține și ea un tabel și este ascunsă: se citește numai când o numește `sheet`";
    hidden_ones(sheets: &Message)
        "each of {sheets} holds a table too and the workbook hides it: it is read only when `sheet` names \
         it",
        "{sheets} conțin și ele câte un tabel și sunt ascunse: o foaie se citește numai când o numește \
         `sheet`";
}

/// Zeros among numbers.
pub(crate) fn zeros(count: usize) -> Message {
    let zeros = Message::counted(count, ["zero", "zeros"], ["zero", "zerouri"]);
    message!(", {zeros}", ", {zeros}"; zeros = zeros)
}

/// Columns that are not listed.
pub(crate) fn more_columns(count: usize) -> Message {
    let en = ["more column", "more columns"];
    let more = Message::counted(count, en, ["coloană", "coloane"]);
    message!("    and {more}", "    și încă {more}"; more = more)
}

/// How many of the rows a key recognises, and how many areas.
pub(crate) fn recognised(
    columns: &str,
    [recognised, rows]: [&Message; 2],
    share: &Message,
    areas: &Message,
) -> Message {
    message!(
        "    {columns}: {recognised} of {rows} rows recognised ({share} %), {areas}",
        "    {columns}: rânduri recunoscute {recognised} din {rows} ({share} %), {areas}";
        recognised = recognised,
        rows = rows,
        share = share,
        areas = areas,
    )
}

/// Once, or how many times.
pub(crate) fn times(count: usize) -> Message {
    match count {
        1 => message!("once", "o dată"),
        _ => Message::counted(count, ["times", "times"], ["dată", "ori"]),
    }
}

/// One or several sheets hold something.
pub(crate) fn hold(sheets: usize) -> Words {
    if sheets == 1 { Words::new("conține", "holds") } else { Words::new("conțin", "hold") }
}
