//! The *Map* sheet: the first layer of the map as a picture, with its legend in cells.

use rust_xlsxwriter::{Color, Format, FormatBorder, Image, RowNum, Workbook, XlsxError};

use super::look;
use super::page::{Page, TOP_ROWS};
use crate::report::ReportError;
use crate::report::labels;
use crate::report::map::{self, Layer, Map, Picture};
use crate::report::view::View;

/// Row of the title of the layer, and the first of the legend.
const LAYER: RowNum = TOP_ROWS + 1;
const LEGEND: RowNum = TOP_ROWS + 2;
/// Width of the picture on the sheet in pixels.
const SHOWN: f64 = 900.0;
/// Letters of the words that a screen reader says of a picture.
const ALT_LIMIT: usize = 250;

/// The picture that the sheet shows; `None` where nothing says where units lie.
pub(super) struct Drawn {
    layer: Layer,
    map: Map,
    picture: Picture,
}

impl Drawn {
    /// Draws the first layer.
    pub(super) fn new(view: &View<'_>) -> Option<Self> {
        let map = Map::of(view)?;
        let layer = map::layers(view).into_iter().next()?;
        let picture = map::picture(view, &map, &layer);
        Some(Self { layer, map, picture })
    }
}

/// Adds the sheet.
pub(super) fn add(
    workbook: &mut Workbook,
    view: &View<'_>,
    drawn: &Drawn,
) -> Result<(), ReportError> {
    let mut page = Page::add(workbook, view, labels::SHEET_MAP.text(view.language))?;
    let about = page.word(labels::ABOUT_MAP);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    page.text(LAYER, 0, &drawn.layer.title, &look::section())?;
    page.sheet.set_column_width(0, 5)?;
    page.sheet.set_column_width(1, 44)?;
    let last = legend(&mut page, drawn)?;
    let [width, _] = drawn.picture.size;
    let scale = SHOWN / f64::from(width);
    let said: String = drawn.layer.title.chars().take(ALT_LIMIT).collect();
    let image = Image::new_from_buffer(&drawn.picture.bytes)?
        .set_scale_width(scale)
        .set_scale_height(scale)
        .set_alt_text(said);
    page.sheet.insert_image(last + 1, 0, &image)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

/// A coloured cell for each class beside its name and count; then what the map shows of whom.
fn legend(page: &mut Page<'_, '_>, drawn: &Drawn) -> Result<RowNum, XlsxError> {
    let view = page.view;
    let layer = &drawn.layer;
    let none = layer.units.iter().filter(|class| class.is_none()).count();
    let units = |count: usize| labels::UNITS.of(count, view.language);
    let mut row = LEGEND;
    for ((name, colour), count) in layer.names.iter().zip(layer.colours()).zip(layer.counts()) {
        let fill = swatch().set_background_color(Color::from(colour.as_str()));
        page.text(row, 0, "", &fill)?;
        page.text(row, 1, &format!("{name} ({})", units(count)), &look::cell())?;
        row += 1;
    }
    if none > 0 {
        let gap = page.word(labels::NO_VALUE);
        let lines = swatch().set_pattern(rust_xlsxwriter::FormatPattern::LightUp);
        page.text(row, 0, "", &lines)?;
        page.text(row, 1, &format!("{gap} ({})", units(none)), &look::cell())?;
        row += 1;
    }
    let shows = if drawn.map.areas.is_empty() { labels::MAP_UNITS } else { labels::MAP_TILES };
    let shows = page.word(shows);
    page.text(row, 0, shows, &look::quiet())?;
    if !drawn.map.without.is_empty() {
        row += 1;
        let text =
            format!("{}: {}", page.word(labels::MAP_WITHOUT), units(drawn.map.without.len()));
        page.text(row, 0, &text, &look::quiet())?;
    }
    Ok(row)
}

fn swatch() -> Format {
    Format::new().set_border(FormatBorder::Thin)
}
