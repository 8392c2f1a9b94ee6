//! A drawing as a PNG picture: rendered from the very SVG that is written, with a font that the
//! program carries, so that no machine's own fonts change it.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{ImageHrefResolver, Options, ShapeRendering, Tree};

use crate::message::report as message;
use crate::quality::Message;

/// The most pixels across and down: an A4 page at some 270 dots an inch.
const MOST: [f32; 2] = [2_000.0, 2_800.0];
/// The family of the font that comes with the program.
const FAMILY: &str = "DejaVu Sans";
/// By how much a channel of a pixel may differ in pictures that show the same: processors round
/// the edges of letters differently; two classes of a map are never so close.
const ROUNDING: u8 = 4;

/// Why a drawing could not be made a picture.
#[derive(Debug)]
pub enum PictureError {
    /// It is no drawing.
    Drawing(resvg::usvg::Error),
    /// There is no room for its pixels.
    Room {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Its pixels cannot be written.
    Pixels {
        /// What the encoder says.
        reason: String,
    },
}

impl From<resvg::usvg::Error> for PictureError {
    fn from(error: resvg::usvg::Error) -> Self {
        Self::Drawing(error)
    }
}

impl PictureError {
    /// What it says.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::Drawing(error) => message::no_drawing(&error.to_string()),
            Self::Room { width, height } => message::no_room(*width, *height),
            Self::Pixels { reason } => message::no_pixels(reason),
        }
    }
}

/// The picture of a drawing, as large as fits an A4 page; the same drawing gives the same bytes.
///
/// Areas have hard edges: at this size nobody sees steps, every pixel of a unit has the colour that
/// the legend shows, and the file is a third as large.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let tree = Tree::from_str(svg, &options())?;
    let size = tree.size();
    let scale = (MOST[0] / size.width()).min(MOST[1] / size.height());
    let pixels = |length: f32| whole_pixels(length * scale);
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let room = PictureError::Room { width, height };
    let mut picture = Pixmap::new(width, height).ok_or(room)?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| PictureError::Pixels { reason: error.to_string() })
}

#[expect(clippy::cast_sign_loss, reason = "a length of at least 1")]
fn whole_pixels(length: f32) -> u32 {
    length.round().max(1.0) as u32
}

/// Nothing of the machine: one font, no files, no images.
fn options() -> Options<'static> {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
    fonts.set_sans_serif_family(FAMILY);
    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        image_href_resolver: nothing,
        shape_rendering: ShapeRendering::CrispEdges,
        ..Options::default()
    }
}

/// The first place at which two PNG files show something else: where it is, and the colours there;
/// `None` when they show the same. `Err` when one of them is no sound picture.
pub(crate) fn difference(
    one: &[u8],
    other: &[u8],
) -> Result<Option<(Message, [String; 2])>, NoPicture> {
    let (one, other) = (decoded(one)?, decoded(other)?);
    let size = |picture: &Pixmap| format!("{} x {}", picture.width(), picture.height());
    if size(&one) != size(&other) {
        return Ok(Some((message::width_and_height(), [size(&one), size(&other)])));
    }
    let mut pixels = one.data().chunks_exact(4).zip(other.data().chunks_exact(4)).enumerate();
    let is_near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= ROUNDING;
    let Some((at, (a, b))) = pixels.find(|(_, (a, b))| !a.iter().zip(*b).all(is_near)) else {
        return Ok(None);
    };
    let colour = |pixel: &[u8]| {
        pixel.iter().fold("#".to_owned(), |text, channel| text + &format!("{channel:02x}"))
    };
    let across = one.width() as usize;
    let place = message::pixel(at % across + 1, at / across + 1);
    Ok(Some((place, [colour(a), colour(b)])))
}

/// That a file is no picture, or one larger than any of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoPicture;

fn decoded(bytes: &[u8]) -> Result<Pixmap, NoPicture> {
    let [width, height] = dimensions(bytes).ok_or(NoPicture)?;
    // a few bytes may claim to be billions of pixels
    if [width, height].iter().zip(MOST).any(|(pixels, most)| *pixels > whole_pixels(most)) {
        return Err(NoPicture);
    }
    Pixmap::decode_png(bytes).map_err(|_| NoPicture)
}

/// Width and height as the header of a PNG file says them (PNG specification, 11.2.1).
fn dimensions(bytes: &[u8]) -> Option<[u32; 2]> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some([number(0)?, number(4)?])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::format::svg::{colours, inside, svg};
    use crate::report::mask::Masked;
    use crate::report::model::{Drawing, Map, Of, Shape, View, drawing, main_layers};

    fn drawn(fixture: &Fixture) -> String {
        let view = fixture.view();
        svg(&drawing(&view).unwrap(), &main_layers(&view.map_run())[0])
    }

    #[test]
    fn a_picture_is_as_wide_as_a_page_and_comes_out_the_same_again() {
        let drawing = drawn(&Fixture::new());
        let bytes = png(&drawing).unwrap();
        let [width, height] = dimensions(&bytes).unwrap();
        assert!(width == 2_000 && (1_500..=2_800).contains(&height), "{width} x {height}");
        assert_eq!(bytes, png(&drawing).unwrap());
        let tall = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 4000000000\"/>";
        assert_eq!(dimensions(&png(tall).unwrap()), Some([1, 2_800]));
    }

    #[test]
    fn letters_are_drawn_with_the_font_that_comes_along() {
        let text = |text: &str| {
            png(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 40\"><text x=\"0\" \
                 y=\"30\" font-family=\"sans-serif\" font-size=\"30\">{text}</text></svg>"
            ))
            .unwrap()
        };
        let empty = text("");
        assert!(difference(&empty, &text("Iași")).unwrap().is_some());
        // a letter that the font lacks would be the same empty box as any other
        assert!(difference(&text("ș"), &text("ț")).unwrap().is_some());
        assert!(difference(&text("ș"), &text("s")).unwrap().is_some());
        assert!(difference(&text("ă"), &text("\u{E000}")).unwrap().is_some());
    }

    /// The colours of each unit on a map on which unit after unit is a square of 100.
    fn painted(view: &View<'_>) -> Vec<BTreeSet<String>> {
        let square = |unit: usize| Shape {
            of: Of::Unit(unit),
            name: String::new(),
            path: format!("M{} 0h100v100h-100z", 100 * unit),
            letters: None,
        };
        let shapes: Vec<Shape> = (0..view.figures.register.len()).map(square).collect();
        let map = Map { size: [500, 100], shapes, ..Map::default() };
        let drawing = Drawing { map, ..drawing(view).unwrap() };
        let inside = inside(&drawing, &main_layers(&view.map_run())[0]).into_string();
        let alone = inside.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
        let picture = Pixmap::decode_png(&png(&alone).unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), (2_000, 400));
        let colour = |x: u32, y: u32| {
            let pixel = picture.pixel(x, y).unwrap();
            format!("#{:02x}{:02x}{:02x}", pixel.red(), pixel.green(), pixel.blue())
        };
        let of = |unit: u32| {
            let across = (400 * unit + 40..400 * unit + 360).step_by(3);
            across
                .flat_map(|x| (40..360).step_by(3).map(move |y| (x, y)))
                .map(|(x, y)| colour(x, y))
                .collect()
        };
        (0..5).map(of).collect()
    }

    #[test]
    fn a_masked_unit_has_no_colour_of_its_own() {
        let mut fixture = Fixture::new();
        let layer = &main_layers(&fixture.view().map_run())[0];
        let colours: BTreeSet<String> = colours(layer).into_iter().collect();
        let open = painted(&fixture.view());
        assert!(open[0].len() == 1 && open[0].is_subset(&colours), "{open:?}");
        fixture.withhold(&[(0, 0)]);
        let view = fixture.view();
        let masked = Masked::new(&view).unwrap();
        let shown = painted(&masked.view(&view));
        assert!(shown[0].is_disjoint(&colours), "{:?}", shown[0]);
        assert!(shown[4].is_disjoint(&colours), "no score: {:?}", shown[4]);
        assert!(shown[1].len() == 1 && shown[1].is_subset(&colours), "{shown:?}");
    }

    #[test]
    fn pictures_are_compared_by_what_they_show() {
        let drawing = |colour: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><rect \
                 width=\"50\" height=\"100\" fill=\"{colour}\"/></svg>"
            )
        };
        let one = png(&drawing("#404040")).unwrap();
        assert_eq!(difference(&one, &remarked(&one)), Ok(None));
        assert_eq!(difference(&one, &png(&drawing("#424242")).unwrap()), Ok(None));
        let other = png(&drawing("#505040")).unwrap();
        let colours = ["#404040ff", "#505040ff"].map(str::to_owned);
        assert_eq!(difference(&one, &other), Ok(Some((message::pixel(1, 1), colours))));
        assert_eq!(difference(&one, b"no picture"), Err(NoPicture));
        let mut huge = one.clone();
        huge[16..20].fill(0x7F);
        assert_eq!(difference(&one, &huge), Err(NoPicture));
    }

    /// The same pixels in a file that also holds a remark.
    fn remarked(bytes: &[u8]) -> Vec<u8> {
        let remark = b"tEXtComment\0packed otherwise";
        let mut sum = flate2::Crc::new();
        sum.update(remark);
        let length = u32::try_from(remark.len() - 4).unwrap().to_be_bytes();
        let (header, rest) = bytes.split_at(33);
        [header, &length, remark, &sum.sum().to_be_bytes(), rest].concat()
    }
}
