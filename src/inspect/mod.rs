//! Says what is in a spreadsheet: how it is written, where its table is, what its columns hold, which
//! column names the areas, and how a study would read it.
//!
//! ```text
//! ingest::probe ─▶ key candidates ─▶ tables ─▶ columns ─▶ sketch ─▶ draft of a source, read once to
//!                  (which column joins the register)               see whether it stands
//! ```
//!
//! The register leads: rows that it recognises are the data, what stands above them is the header.
//! Everything said about numbers, marks and rows is what [`crate::ingest`] would decide.

mod begin;
mod candidates;
mod columns;
mod cube;
mod draft;
mod extent;
mod guesses;
mod join;
mod maps;
mod marks;
mod portrait;
mod sheets;
mod sketch;
mod tables;
mod text;
mod versions;

pub use begin::{Folder, METHODOLOGY, NewStudy, bystander, empty_study, newest, study_of};
pub use portrait::{
    Draft, KeyColumn, KeyPortrait, Obstacle, Portrait, RowCount, TablePortrait, WritingPortrait,
};

pub use versions::newer_versions;

use self::sheets::LookedAt;
use self::tables::PortrayedFile;
use crate::ingest::{self, FileProbe, FileRefusal, Inputs, MapProbe, Page, RefusalKind, Sheet};
use crate::language::Language;
use crate::message::inspect as message;
use crate::quality::Message;
use crate::study::SheetChoice;

/// Looks at one file. `wanted` is the sheet to portray; without it every sheet is tried, and the one with the
/// table of the finest areas is portrayed, the newest of several.
pub fn portray(folder: &Folder<'_>, path: &str, wanted: Option<&SheetChoice>) -> Portrait {
    portrayed(folder, path, wanted).only()
}

fn portrayed(folder: &Folder<'_>, path: &str, wanted: Option<&SheetChoice>) -> Portrait {
    let Folder { inputs, matcher, language } = *folder;
    let mut probe = probe(inputs, path, wanted);
    let mut portrait = Portrait::of(path, &probe, language);
    let is_foreign = |refusal: &FileRefusal| refusal.kind == RefusalKind::Foreign;
    if probe.refusal.as_ref().is_some_and(is_foreign) {
        if let Some(map) = ingest::probe_map(inputs, path, wanted) {
            portray_map(&mut portrait, map, folder);
        }
        return portrait;
    }
    let mut pages: Vec<Page> = probe.page.take().into_iter().collect();
    pages.append(&mut probe.others);
    pages.sort_by_key(|page| page.sheet);
    let file = PortrayedFile { probe: &probe, path, matcher };
    let look = |page: Page| {
        let sheet = &probe.sheets[page.sheet];
        let tables = tables::look(&page, &file);
        // A sheet that was named is drafted, hidden or not.
        let hidden = sheet.hidden && wanted.is_none();
        LookedAt { name: sheet.name.clone(), hidden, tables, page }
    };
    let sheets: Vec<LookedAt> = pages.into_iter().map(look).collect();
    let chosen = sheets::choose(&sheets);
    sheets::describe(&mut portrait, &sheets, chosen);
    if let Some(chosen) = chosen {
        draft_sheets(&mut portrait, (sheets, chosen), &file, language);
    }
    portrait
}

/// Drafts the tables of the chosen sheet, and tries them on the sheets that they are read from.
fn draft_sheets(
    portrait: &mut Portrait,
    (mut sheets, chosen): (Vec<LookedAt>, usize),
    file: &PortrayedFile<'_>,
    language: Language,
) {
    let &PortrayedFile { probe, path, matcher } = file;
    let are_parts = sheets::join_parts(&mut sheets, chosen);
    let notes = sheets::notes(&sheets, chosen, are_parts, matcher);
    let mut tables = std::mem::take(&mut sheets[chosen].tables);
    if let Some(first) = tables.first_mut() {
        first.sketch.notes.extend(notes);
    }
    if are_parts {
        sheets.retain(|sheet| !sheet.hidden);
    } else {
        sheets = vec![sheets.swap_remove(chosen)];
    }
    let open = sheets.into_iter().map(|sheet| Sheet::of_page(sheet.page, path, probe));
    let open: Vec<Sheet> = open.collect();
    let mut drafted = tables.into_iter().map(|table| {
        let draft = draft::draft(table.sketch, language, &|source| {
            ingest::read_sheets(source, &open, matcher)
        });
        TablePortrait { draft, ..table.portrait }
    });
    let doubts = open.iter().flat_map(Sheet::doubts).map(|doubt| doubt.message).collect();
    portrait.table = drafted.next().map(|table| TablePortrait { doubts, ..table });
    portrait.beside = drafted.collect();
}

/// Looks at a file: at the sheet of the name that is wanted, or else of that number.
fn probe(inputs: &Inputs, path: &str, wanted: Option<&SheetChoice>) -> FileProbe {
    let file = ingest::probe(inputs, path, wanted);
    let is_missing =
        file.refusal.as_ref().is_some_and(|refusal| refusal.kind == RefusalKind::SheetMissing);
    match wanted {
        Some(SheetChoice::Name(text)) if is_missing => match text.parse() {
            Ok(number) => ingest::probe(inputs, path, Some(&SheetChoice::Number(number))),
            Err(_) => file,
        },
        _ => file,
    }
}

/// Adds the table of a map to the portrait of its file.
fn portray_map(
    portrait: &mut Portrait,
    map: Result<MapProbe, Message>,
    &Folder { inputs, matcher, language }: &Folder<'_>,
) {
    let map = match map {
        Ok(map) if map.polygons > 0 => map,
        Ok(_) => return portrait.is_no_map(&message::no_polygon()),
        Err(why) => return portrait.is_no_map(&why),
    };
    let path = portrait.path.clone();
    let (table, sketch) = maps::look(&map, &path, matcher);
    let draft =
        draft::draft(sketch, language, &|source| ingest::read_map(source, inputs, &path, matcher));
    portrait.table = Some(TablePortrait { draft, ..table });
    portrait.obstacle = None;
    portrait.format = Some(map.format);
}
