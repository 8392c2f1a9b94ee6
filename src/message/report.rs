//! Why reports cannot be made or written, and what their owner can do about it.

use crate::language::Words;
use crate::quality::{Message, message, sentences};

/// What a folder of ours is called, when it is not one.
pub(crate) const RUN: Words = Words::new("o rulare a acestui program", "run");
/// The same of an archive.
pub(crate) const BAG: Words = Words::new("o arhivă BagIt a acestui program", "bag");
/// The same of accounts of units.
pub(crate) const PAGES: Words = Words::new("un set de pagini al acestui program", "set of pages");

/// Files named of a folder that holds others.
const NAMED: usize = 3;

/// What the pack of a county holds: so many units of all that the run has.
pub(crate) fn pack(county: &Message, [own, all]: [usize; 2]) -> Message {
    let all = Message::counted(all, ["unit", "units"], ["unitate", "unități"]);
    message!(
        "only {county}: {own} of {all}; scores, positions, classes, cuts and prices of rules are those \
         computed over all of them",
        "numai {county}: {own} din {all}; scorurile, pozițiile, clasele, pragurile și costurile \
         regulilor sunt cele calculate pe toate acestea",
        ; county = county, all = all
    )
}

sentences! {
    no_name(path: &str)
        "`{path}` does not end in the name of a folder",
        "`{path}` nu se termină cu numele unui dosar";
    not_a_folder(path: &str)
        "`{path}` is a file, not a folder",
        "`{path}` este un fișier, nu un dosar";
    occupied(path: &str, noun: Words)
        "the folder `{path}` is not empty and holds no {noun} of this program",
        "dosarul `{path}` nu este gol și nu este {noun}";
    unseen(path: &str, why: &Message)
        "cannot look into `{path}`: {why}",
        "nu se poate citi conținutul lui `{path}`: {why}";
    unwritten(path: &str, why: &Message)
        "cannot write `{path}`: {why}",
        "nu se poate scrie `{path}`: {why}";
    unplaced(path: &str, why: &Message)
        "cannot put the new files in place of `{path}`: {why}",
        "fișierele noi nu pot lua locul lui `{path}`: {why}";
    stranded(path: &str, aside: &str, why: &Message)
        "cannot put the new files in place of `{path}`; the older ones are whole in `{aside}`: {why}",
        "fișierele noi nu pot lua locul lui `{path}`; cele vechi sunt întregi în `{aside}`: {why}";
    interrupted()
        "interrupted; nothing was written",
        "întrerupt; nu s-a scris nimic";
    too_many_units(units: usize)
        "a sheet of a workbook cannot hold {units} units",
        "o foaie de calcul nu poate cuprinde atâtea unități: {units}";
    too_many_columns(columns: usize)
        "a sheet of a workbook cannot hold {columns} columns",
        "o foaie de calcul nu poate cuprinde atâtea coloane: {columns}";
    no_workbook(why: &str)
        "the workbook could not be made: {why}",
        "registrul de calcul nu a putut fi făcut: `{why}`";
    no_picture(why: &Message)
        "the map could not be made a picture: {why}",
        "harta nu a putut fi transformată în imagine: {why}";
    no_drawing(why: &str)
        "the drawing cannot be read: {why}",
        "desenul nu poate fi citit: `{why}`";
    no_room(width: u32, height: u32)
        "a picture of {width} x {height} pixels cannot be made",
        "nu se poate face o imagine de {width} x {height} pixeli";
    width_and_height()
        "width and height",
        "lățimea și înălțimea";
    pixel(column: usize, row: usize)
        "pixel {column}, {row}",
        "pixelul {column}, {row}";
    no_pixels(why: &str)
        "the pixels cannot be written as PNG: {why}",
        "pixelii nu pot fi scriși ca PNG: `{why}`";

    name_a_folder()
        "name a folder, as in `--out out`",
        "numiți un dosar, ca în `--out out`";
    name_another()
        "name another folder with `--out`, or move away what is there",
        "numiți alt dosar cu `--out` sau mutați ce se află acolo";
    move_away()
        "move these files elsewhere, or name another folder with `--out`",
        "mutați aceste fișiere în altă parte sau numiți alt dosar cu `--out`";
    free_space()
        "free some space, or name a folder on another disk with `--out`",
        "eliberați spațiu sau numiți cu `--out` un dosar de pe alt disc";
    close_files()
        "close files of this folder that are open in Excel, check that you may write there, or name \
         another folder with `--out`",
        "închideți fișierele din acest dosar deschise în Excel, verificați dacă aveți drept de scriere \
         sau numiți alt dosar cu `--out`";
    wait()
        "another run may be writing there: wait for it, or name another folder with `--out`",
        "poate că altă rulare scrie acolo: așteptați-o sau numiți alt dosar cu `--out`";
    without_workbook()
        "leave the workbook out: `--format csv,parquet`",
        "renunțați la registrul de calcul: `--format csv,parquet`";
    without_pictures()
        "leave pictures and workbook out: `--format html,csv,parquet,svg`",
        "renunțați la imagini și la registrul de calcul: `--format html,csv,parquet,svg`";
}

/// A folder to which somebody added files.
pub(crate) fn foreign(path: &str, noun: Words, files: &[String]) -> Message {
    let named: Vec<String> = files.iter().take(NAMED).map(|file| format!("`{file}`")).collect();
    let named = Message::same(named.join(", ")).and_more(files.len().saturating_sub(NAMED));
    message!(
        "the folder `{path}` holds files that its {noun} did not write: {named}",
        "dosarul `{path}` este {noun_ro}, dar conține și fișiere străine: {named}",
        noun_ro = noun.ro,
        noun = noun.en;
        named = named,
    )
}
