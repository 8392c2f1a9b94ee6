//! The *Map* sheet: the score, and after a selection the phases, as pictures; one a printed page.

use rust_xlsxwriter::{ColNum, Image, RowNum, Worksheet, XlsxError};

use super::layout::{self, TOP_ROWS};
use super::look;
use super::page::Page;
use crate::message::labels;
use crate::report::file::ReportError;
use crate::report::map::{self, Layer, Look, Map};
use crate::report::view::View;

/// Pixels of a sheet that a picture may take; on paper it is as wide as an A4 page.
const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 1_300.0;
/// The last column that is printed: sixteen columns of 64 pixels.
const LAST: ColNum = 15;
/// Rows from one picture to the next: about those of a printed page. A sheet fitted to the width of
/// a page begins a new one by itself there in Excel, which then passes over breaks that are set.
const STEP: RowNum = 70;
/// Pixels of a row nobody made higher.
const ROW: f64 = 20.0;
/// Where the legends stand as text, for whoever searches or has the sheet read aloud.
const WORDS: ColNum = LAST + 2;
/// UTF-16 units of an alternative text.
const SPOKEN: usize = 255;

/// The maps of a workbook.
pub(super) struct Maps {
    map: Map,
    layers: Vec<Layer>,
}

impl Maps {
    /// `None` where nothing says where units lie or there is no score to show.
    pub(super) fn of(view: &View<'_>) -> Option<Self> {
        let layers = map::main_layers(view);
        let map = Map::of(view).filter(|_| !layers.is_empty())?;
        Some(Self { map, layers })
    }
}

/// Composes the sheet of a view that has a map.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    Maps { map, layers }: &Maps,
) -> Result<(), ReportError> {
    let mut page = Page::new(sheet, view, labels::SHEET_MAP.text(view.language))?;
    page.wrap_notice(LAST)?;
    let about = look::quiet().set_text_wrap();
    page.sheet.merge_range(TOP_ROWS, 0, TOP_ROWS, LAST, "", &about)?;
    page.about_still(labels::ABOUT_MAP.text(view.language), labels::MAP_SIMULATION, &about)?;
    page.sheet.set_row_height(TOP_ROWS, 2.0 * 15.0)?;
    page.sheet.set_column_width(WORDS, 60)?;
    page.free_pictures();
    let mut row = TOP_ROWS + 2;
    let mut last = row;
    let mut breaks = Vec::new();
    for layer in layers {
        if row > TOP_ROWS + 2 {
            breaks.push(row);
        }
        let words = legend(&mut page, row, (map, layer))?;
        let picture = map::png(&map::svg(view, map, layer, Look::Alone))?;
        let image = Image::new_from_buffer(&picture)?
            .set_scale_to_size(WIDTH, HEIGHT, true)
            .set_alt_text(spoken(&layer.title, &words));
        page.sheet.insert_image(row, 0, &image)?;
        last = row + rows(&image);
        row += STEP;
    }
    without(&mut page, row, map)?;
    page.sheet
        .set_portrait()
        .set_print_center_horizontally(true)
        .set_page_breaks(&breaks)?
        .set_print_area(0, 0, last, LAST)?;
    Ok(())
}

/// Rows that a picture covers.
#[expect(clippy::cast_sign_loss, reason = "a height above 0")]
fn rows(image: &Image) -> RowNum {
    let (width, height) = (image.width(), image.height());
    let shown = height * (WIDTH / width).min(HEIGHT / height);
    layout::rows((shown / ROW).ceil() as usize)
}

/// The legend of a picture in words beside it; gives its lines.
fn legend(
    page: &mut Page<'_, '_>,
    row: RowNum,
    (map, layer): (&Map, &Layer),
) -> Result<Vec<String>, XlsxError> {
    let classes = map::classes(page.view, layer).into_iter().map(|(_, text)| text);
    let lines: Vec<String> = classes.chain(map::remarks(page.view, map)).collect();
    page.text(row, WORDS, &layer.title, &look::header())?;
    for (row, line) in (row + 1..).zip(&lines) {
        page.text(row, WORDS, line, &look::wrapped())?;
    }
    Ok(lines)
}

/// Names the units that no picture shows, below the legends.
fn without(page: &mut Page<'_, '_>, row: RowNum, map: &Map) -> Result<(), XlsxError> {
    if map.without.is_empty() {
        return Ok(());
    }
    let register = page.view.figures.register;
    page.text(row, WORDS, page.word(labels::MAP_WITHOUT), &look::header())?;
    for (row, &unit) in (row + 1..).zip(&map.without) {
        let text = format!("{} ({})", register.names()[unit], register.codes()[unit]);
        page.text(row, WORDS, &text, &look::cell())?;
    }
    Ok(())
}

/// What a screen reader says instead of a picture: what it shows, then as much of its legend as an
/// alternative text holds; the whole legend stands beside it.
fn spoken(title: &str, legend: &[String]) -> String {
    let text = format!("{title}: {}", legend.join("; "));
    let text = super::page::cell_text(&text).into_owned();
    if text.encode_utf16().count() <= SPOKEN {
        return text;
    }
    // every letter is at most two units
    let mut cut = String::new();
    for letter in text.chars() {
        if cut.encode_utf16().count() + letter.len_utf16() >= SPOKEN {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_text_is_never_longer_than_a_sheet_takes() {
        assert_eq!(spoken("Scor", &["a".into(), "b".into()]), "Scor: a; b");
        let long = spoken("𝛼", &vec!["𝛼".to_owned(); 300]);
        assert!(long.encode_utf16().count() <= SPOKEN && long.ends_with('…'), "{long}");
    }
}
