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
mod marks;
mod portrait;
mod sheets;
mod sketch;
mod tables;
mod text;

pub use begin::{Folder, NewStudy, bystander, empty_study, study_of};
pub use portrait::{
    Draft, KeyColumn, KeyPortrait, Obstacle, Portrait, RowCount, TablePortrait, WritingPortrait,
};

use self::sheets::LookedAt;
use self::tables::PortrayedFile;
use crate::ingest::{self, Inputs, Page, Sheet};
use crate::register::Matcher;
use crate::study::SheetChoice;

/// Looks at one file. `wanted` is the sheet to portray; without it every sheet is tried, and the one with the
/// table of the finest areas is portrayed, the newest of several.
pub fn portray(
    inputs: &Inputs,
    path: &str,
    wanted: Option<&SheetChoice>,
    matcher: &Matcher<'_>,
) -> Portrait {
    let mut probe = ingest::probe(inputs, path, wanted);
    let mut portrait = Portrait::of(path, &probe);
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
    let mut sheets: Vec<LookedAt> = pages.into_iter().map(look).collect();
    let chosen = sheets::choose(&sheets);
    sheets::describe(&mut portrait, &sheets, chosen);
    let Some(chosen) = chosen else { return portrait };
    let notes = sheets::notes(&sheets, chosen, matcher);
    let LookedAt { page, mut tables, .. } = sheets.swap_remove(chosen);
    if let Some(first) = tables.first_mut() {
        first.sketch.notes.extend(notes);
    }
    let open = Sheet::of_page(page, path, &probe);
    let mut drafted = tables.into_iter().map(|table| {
        let draft = draft::draft(table.sketch, &open, matcher);
        TablePortrait { draft, ..table.portrait }
    });
    let doubts = open.doubts().into_iter().map(|doubt| doubt.message.en).collect();
    portrait.table = drafted.next().map(|table| TablePortrait { doubts, ..table });
    portrait.beside = drafted.collect();
    portrait
}
