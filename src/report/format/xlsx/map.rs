//! The *Map* sheet: the score, and after a selection the phases, as pictures; one a printed page.

use rust_xlsxwriter::{ColNum, Image, RowNum, Worksheet, XlsxError};

use super::layout::{self, TOP_ROWS};
use super::page::{Page, cell_text};
use super::styles;
use crate::message::labels;
use crate::report::file::ReportError;
use crate::report::format::png::png;
use crate::report::format::svg::svg;
use crate::report::model::{Drawing, Layer};

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

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    drawing: &Drawing<'_>,
    layers: &[Layer],
    without: &[String],
) -> Result<(), ReportError> {
    let language = drawing.head.language;
    let mut page = Page::new(sheet, &drawing.head, labels::SHEET_MAP.text(language))?;
    page.wrap_notice(LAST)?;
    let about = styles::quiet().set_text_wrap();
    page.sheet.merge_range(TOP_ROWS, 0, TOP_ROWS, LAST, "", &about)?;
    page.about_still(labels::ABOUT_MAP.text(language), labels::MAP_SIMULATION, &about)?;
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
        let words = legend(&mut page, row, drawing, layer)?;
        let picture = png(&svg(drawing, layer))?;
        let image = Image::new_from_buffer(&picture)?
            .set_scale_to_size(WIDTH, HEIGHT, true)
            .set_alt_text(spoken(&layer.title, &words));
        page.sheet.insert_image(row, 0, &image)?;
        last = row + rows(&image);
        row += STEP;
    }
    if !without.is_empty() {
        // the units that no picture shows, below the legends
        page.text(row, WORDS, page.word(labels::MAP_WITHOUT), &styles::header())?;
        for (row, unit) in (row + 1..).zip(without) {
            page.text(row, WORDS, unit, &styles::cell())?;
        }
    }
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
    drawing: &Drawing<'_>,
    layer: &Layer,
) -> Result<Vec<String>, XlsxError> {
    let language = drawing.head.language;
    let classes = layer.legend(language).into_iter().map(|(_, text)| text);
    let lines: Vec<String> = classes.chain(drawing.map.remarks(layer, language)).collect();
    page.text(row, WORDS, &layer.title, &styles::header())?;
    for (row, line) in (row + 1..).zip(&lines) {
        page.text(row, WORDS, line, &styles::wrapped())?;
    }
    Ok(lines)
}

/// What a screen reader says instead of a picture: what it shows, then as much of its legend as an
/// alternative text holds; the whole legend stands beside it.
fn spoken(title: &str, legend: &[String]) -> String {
    let text = format!("{title}: {}", legend.join("; "));
    let text = cell_text(&text).into_owned();
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
