//! A map as SVG: inside a page, where a script recolours it, or as a file of its own.

use std::fmt::Write as _;

use super::frame::Frame;
use super::{Layer, Map, Of};
use crate::report::markup::escape;
use crate::report::view::View;

/// Anchors of the colours: light to dark of one order of hues (`YlOrBr` of `ColorBrewer`).
const ANCHORS: [[u8; 3]; 5] = [
    [0xFF, 0xF7, 0xC8],
    [0xFE, 0xD9, 0x8E],
    [0xFE, 0x99, 0x29],
    [0xD9, 0x5F, 0x0E],
    [0x8A, 0x2F, 0x04],
];

/// Where a map stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// In a page, which has a title, a legend and a table beside it.
    Inside,
    /// A file of its own, with title and legend.
    Alone,
}

/// Colours for that many classes, evenly spread over the anchors.
pub(crate) fn colours(classes: usize) -> Vec<String> {
    let last = ANCHORS.len() - 1;
    let colour = |at: usize| {
        let steps = classes.saturating_sub(1).max(1);
        let (whole, rest) = (at * last / steps, at * last % steps);
        let next = (whole + 1).min(last);
        let mix = |channel: usize| {
            let (from, to) =
                (usize::from(ANCHORS[whole][channel]), usize::from(ANCHORS[next][channel]));
            (from * (steps - rest) + to * rest) / steps
        };
        format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
    };
    (0..classes).map(colour).collect()
}

/// The map in the colours of a layer.
pub(crate) fn svg(view: &View<'_>, map: &Map, layer: &Layer, look: Look) -> String {
    let [width, height] = map.size;
    let mut out = String::new();
    let frame = (look == Look::Alone).then(|| Frame::new(view, map, layer));
    let (alone, view_box) = match &frame {
        Some(frame) => (" xmlns=\"http://www.w3.org/2000/svg\"", frame.view_box()),
        None => ("", format!("0 0 {width} {height}")),
    };
    let title = format!("{}: {}", view.study.title.text(view.language), layer.title);
    let _ = write!(
        out,
        "<svg{alone} viewBox=\"{view_box}\" role=\"img\" aria-label=\"{}\">",
        escape(&title)
    );
    pattern(map, look, &mut out);
    if let Some(frame) = &frame {
        // lines about as thick as a hair on an A4 page, however large the drawing is
        let stroke = f64::from(width) / 2_000.0;
        let _ = write!(
            out,
            "<style>.shape{{stroke:#6b5d4d;stroke-width:{stroke}}}.name{{font:600 30px \
             sans-serif;text-anchor:middle}}</style>"
        );
        frame.before(&mut out);
    }
    shapes(map, layer, look, &mut out);
    letters(map, &mut out);
    if let Some(frame) = &frame {
        frame.after(&mut out);
    }
    out.push_str("</svg>");
    out
}

fn shapes(map: &Map, layer: &Layer, look: Look, out: &mut String) {
    out.push_str("<g>");
    let colours = layer.colours();
    for shape in &map.shapes {
        let (class, data) = match shape.of {
            Of::Unit(unit) => (layer.units[unit], format!("data-unit=\"{unit}\"")),
            Of::Area(area) => (layer.area(&map.areas[area]), format!("data-area=\"{area}\"")),
        };
        let fill = class.map_or(layer.rest.fill(), |class| colours[class].as_str());
        let data = match (look, shape.of) {
            (Look::Alone, _) => String::new(),
            (Look::Inside, Of::Unit(_)) => format!(" {data}"),
            (Look::Inside, Of::Area(_)) => format!(" {data} data-name=\"{}\"", escape(&shape.name)),
        };
        let _ = write!(out, "<path class=\"shape\" fill=\"{fill}\" d=\"{}\"{data}/>", shape.path);
    }
    out.push_str("</g>");
}

/// What stands where there is no value: lines, not white, so that nobody takes it for a low value.
fn pattern(map: &Map, look: Look, out: &mut String) {
    let side = match look {
        Look::Inside => 8.0,
        Look::Alone => f64::from(map.size[0]) / 160.0,
    };
    let _ = write!(
        out,
        "<defs><pattern id=\"gap\" width=\"{side}\" height=\"{side}\" \
         patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"{side}\" \
         height=\"{side}\" fill=\"#f2f2f2\"/><rect width=\"{}\" height=\"{side}\" \
         fill=\"#9aa3ad\"/></pattern></defs>",
        side * 3.0 / 8.0
    );
}

fn letters(map: &Map, out: &mut String) {
    if map.shapes.iter().all(|shape| shape.letters.is_none()) {
        return;
    }
    out.push_str("<g aria-hidden=\"true\" font-size=\"30\">");
    for shape in &map.shapes {
        let Some((letters, [x, y])) = &shape.letters else { continue };
        // a white edge keeps letters readable on every colour, whatever layer a script chooses
        let _ = write!(
            out,
            "<text class=\"name\" x=\"{x}\" y=\"{y}\" fill=\"#111\" stroke=\"#fff\" \
             stroke-width=\"5\" paint-order=\"stroke\">{}</text>",
            escape(letters)
        );
    }
    out.push_str("</g>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_from_light_to_dark_and_differ() {
        assert_eq!(colours(5), ["#fff7c8", "#fed98e", "#fe9929", "#d95f0e", "#8a2f04"]);
        let ten = colours(10);
        assert_eq!((ten[0].as_str(), ten[9].as_str()), ("#fff7c8", "#8a2f04"));
        assert!(ten.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(colours(1), ["#fff7c8"]);
    }
}
