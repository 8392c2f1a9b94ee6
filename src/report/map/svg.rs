//! A map as SVG: inside a page, where a script recolours it, or as a file of its own.

use std::fmt::Write as _;

use super::{Layer, Map, Of};
use crate::language::whole;
use crate::report::html::escape;
use crate::report::labels;
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
    let (head, legend) = match look {
        Look::Inside => (0, 0),
        Look::Alone => {
            (height / 9, height / 12 * u32::try_from(layer.names.len() + 2).unwrap_or(9) / 2)
        }
    };
    let whole = height + head + legend;
    let mut out = String::new();
    let alone = if look == Look::Alone { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
    let title = format!("{}: {}", view.study.title.text(view.language), layer.title);
    let title = escape(&title);
    let _ = write!(
        out,
        "<svg{alone} viewBox=\"0 {} {width} {whole}\" role=\"img\" aria-label=\"{title}\">",
        -i64::from(head)
    );
    out.push_str(PATTERN);
    if look == Look::Alone {
        heading(view, map, (head, whole), &title, &mut out);
    }
    out.push_str("<g>");
    let colours = layer.colours();
    for shape in &map.shapes {
        let (class, data) = match shape.of {
            Of::Unit(unit) => (layer.units[unit], format!("data-unit=\"{unit}\"")),
            Of::Area(area) => (layer.area(&map.areas[area]), format!("data-area=\"{area}\"")),
        };
        let fill = class.map_or("url(#gap)", |class| colours[class].as_str());
        let data = match (look, shape.of) {
            (Look::Alone, _) => String::new(),
            (Look::Inside, Of::Unit(_)) => format!(" {data}"),
            (Look::Inside, Of::Area(_)) => format!(" {data} data-name=\"{}\"", escape(&shape.name)),
        };
        let _ = write!(out, "<path class=\"shape\" fill=\"{fill}\" d=\"{}\"{data}/>", shape.path);
    }
    out.push_str("</g>");
    letters(map, layer, &colours, &mut out);
    if look == Look::Alone {
        key(view, map, layer, &mut out);
    }
    out.push_str("</svg>");
    out
}

/// Background, title and notice of a map that stands alone, above the drawing.
fn heading(view: &View<'_>, map: &Map, (head, whole): (u32, u32), title: &str, out: &mut String) {
    let [width, height] = map.size;
    let top = -i64::from(head);
    let _ = write!(
        out,
        "<style>.shape{{stroke:#6b5d4d;stroke-width:.4}}.name{{font:600 30px \
         sans-serif;text-anchor:middle}}</style><rect x=\"0\" y=\"{top}\" width=\"{width}\" \
         height=\"{whole}\" fill=\"#fff\"/>"
    );
    let line = height / 36;
    let notice = crate::report::workbook::notice(view);
    let lines =
        notice.split(" · ").filter(|text| !text.is_empty()).map(|text| ("#9b1c1c", escape(text)));
    let title = ("#1f3a5f", std::borrow::Cow::Borrowed(title));
    for (at, (fill, text)) in (1_u32..).zip(std::iter::once(title).chain(lines)) {
        let size = if at == 1 { line } else { line * 5 / 8 };
        let _ = write!(
            out,
            "<text x=\"0\" y=\"{}\" font-family=\"sans-serif\" font-size=\"{size}\" \
             fill=\"{fill}\">{text}</text>",
            top + i64::from(at * line)
        );
    }
}

/// What stands where there is no value: lines, not white, so that nobody takes it for a low value.
pub(crate) const PATTERN: &str = "<defs><pattern id=\"gap\" width=\"8\" height=\"8\" \
    patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" \
    fill=\"#f2f2f2\"/><rect width=\"3\" height=\"8\" fill=\"#9aa3ad\"/></pattern></defs>";

fn letters(map: &Map, layer: &Layer, colours: &[String], out: &mut String) {
    if map.shapes.iter().all(|shape| shape.letters.is_none()) {
        return;
    }
    out.push_str("<g aria-hidden=\"true\" font-size=\"30\">");
    for shape in &map.shapes {
        let Some((letters, [x, y])) = &shape.letters else { continue };
        let class = match shape.of {
            Of::Unit(unit) => layer.units[unit],
            Of::Area(area) => layer.area(&map.areas[area]),
        };
        debug_assert!(class.is_none_or(|class| class < colours.len()), "a class has a colour");
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

/// The legend of a map that stands alone.
fn key(view: &View<'_>, map: &Map, layer: &Layer, out: &mut String) {
    let [_, height] = map.size;
    let line = height / 24;
    let counts = layer.counts();
    let none = layer.units.iter().filter(|unit| unit.is_none()).count();
    let named =
        layer.names.iter().zip(layer.colours()).zip(counts).map(|((name, colour), count)| {
            (colour, format!("{name} ({})", labels::UNITS.of(count, view.language)))
        });
    let gap = labels::NO_VALUE.text(view.language);
    let missing = (none > 0)
        .then(|| ("url(#gap)".to_owned(), format!("{gap} ({})", whole(none, view.language))));
    for (at, (fill, text)) in (0_u32..).zip(named.chain(missing)) {
        let y = height + line / 2 + at * line;
        let _ = write!(
            out,
            "<rect x=\"0\" y=\"{y}\" width=\"{0}\" height=\"{1}\" fill=\"{fill}\" stroke=\"#555\"/>\
             <text x=\"{2}\" y=\"{3}\" font-family=\"sans-serif\" font-size=\"{4}\">{5}</text>",
            line,
            line * 3 / 4,
            line * 3 / 2,
            y + line * 5 / 8,
            line * 5 / 8,
            escape(&text)
        );
    }
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
