//! A map as SVG: inside a page, where a script recolours it, or as a file of its own.

use maud::{Markup, PreEscaped, Render, html};

use crate::report::markup::markup_text;
use crate::report::model::{Drawing, Head, Layer, Map, Of, Rest, Shape};

/// Anchors of the colours: light to dark of one order of hues (`YlOrBr` of `ColorBrewer`).
const ANCHORS: [[u8; 3]; 5] = [
    [0xFF, 0xF7, 0xC8],
    [0xFE, 0xD9, 0x8E],
    [0xFE, 0x99, 0x29],
    [0xD9, 0x5F, 0x0E],
    [0x8A, 0x2F, 0x04],
];

/// Colours of the title, of the study and of the notice.
const TITLE: &str = "#1f3a5f";
const STUDY: &str = "#333";
const NOTICE: &str = "#9b1c1c";
/// Width of a letter for its size in thousandths: the mean of wide faces, so that lines fit in
/// every face a reader may have.
const LETTER: u32 = 620;

/// Colours for that many classes, evenly spread over the anchors.
fn palette(classes: usize) -> Vec<String> {
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

/// A colour for each class of a layer: light to dark, told apart by every kind of colour vision; what is
/// withheld is filled with dots.
pub(crate) fn colours(layer: &Layer) -> Vec<String> {
    let mut colours = palette(layer.names.len() - usize::from(layer.withholds));
    colours.extend(layer.withholds.then(|| "url(#withheld)".to_owned()));
    colours
}

/// What units without a class are filled with: lines where a value is missing, which nobody takes
/// for a low one; a plain grey where nothing is.
pub(crate) fn fill(rest: Rest) -> &'static str {
    match rest {
        Rest::NoValue => "url(#gap)",
        Rest::NoPlace | Rest::NotEligible => "#e6e8eb",
    }
}

/// The drawing in the colours of a layer as a file of its own, with title and legend.
pub(crate) fn svg(drawing: &Drawing<'_>, layer: &Layer) -> String {
    let map = &drawing.map;
    let [width, _] = map.size;
    let frame = Frame::new(drawing, layer);
    // lines about as thick as a hair on an A4 page, however large the drawing is
    let stroke = f64::from(width) / 2_000.0;
    let style = format!(
        ".shape{{stroke:#6b5d4d;stroke-width:{stroke}}}.name{{font:600 30px \
         sans-serif;text-anchor:middle}}.stands{{stroke:#000;stroke-width:{};\
         stroke-dasharray:{}}}",
        4.0 * stroke,
        8.0 * stroke
    );
    markup_text(html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(frame.view_box()) role="img"
            aria-label=(title(&drawing.head, layer)) {
            (gap_pattern(f64::from(width) / 160.0))
            style { (PreEscaped(style)) }
            (frame.before())
            (shapes(map, layer, false))
            (letters(map))
            (frame.after())
        }
    })
}

/// The drawing inside a page, which has a title, a legend and a table beside it.
pub(crate) fn inside(drawing: &Drawing<'_>, layer: &Layer) -> Markup {
    let map = &drawing.map;
    let [width, height] = map.size;
    html! {
        svg viewBox=(format!("0 0 {width} {height}")) role="img"
            aria-label=(title(&drawing.head, layer)) {
            (gap_pattern(8.0))
            (shapes(map, layer, true))
            (letters(map))
        }
    }
}

fn title(head: &Head<'_>, layer: &Layer) -> String {
    format!("{}: {}", head.title, layer.title)
}

/// The shapes; `named` ones say what they are, for the script of a page.
fn shapes(map: &Map, layer: &Layer, named: bool) -> Markup {
    let colours = colours(layer);
    let class = |shape: &Shape| match shape.of {
        Of::Unit(unit) => layer.units[unit],
        Of::Area(area) => layer.area(&map.areas[area]),
    };
    let colour = |class: Option<usize>| class.map_or(fill(layer.rest), |it| colours[it].as_str());
    let unit = |shape: &Shape| match shape.of {
        Of::Unit(unit) => named.then_some(unit),
        Of::Area(_) => None,
    };
    let look = |shape: &Shape| match shape.of {
        Of::Unit(unit) if layer.stands.get(unit) == Some(&true) => "shape stands",
        Of::Unit(_) | Of::Area(_) => "shape",
    };
    let area = |shape: &Shape| match shape.of {
        Of::Area(area) => named.then_some(area),
        Of::Unit(_) => None,
    };
    html! {
        g {
            @for shape in &map.shapes {
                path class=(look(shape)) fill=(colour(class(shape))) d=(shape.path)
                    data-unit=[unit(shape)] data-area=[area(shape)]
                    data-name=[area(shape).map(|_| &shape.name)] {}
            }
        }
    }
}

/// What stands where there is no value: lines, not white, so that nobody takes it for a low value; dots
/// where there is one that is withheld.
fn gap_pattern(side: f64) -> Markup {
    html! {
        defs {
            pattern id="gap" width=(number(side)) height=(number(side))
                patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width=(number(side)) height=(number(side)) fill="#f2f2f2" {}
                rect width=(number(side * 3.0 / 8.0)) height=(number(side)) fill="#9aa3ad" {}
            }
            pattern id="withheld" width=(number(side)) height=(number(side))
                patternUnits="userSpaceOnUse" {
                rect width=(number(side)) height=(number(side)) fill="#fff" {}
                circle cx=(number(side / 2.0)) cy=(number(side / 2.0)) r=(number(side / 4.0))
                    fill="#54606c" {}
            }
        }
    }
}

/// A length as short as it can be written.
fn number(length: f64) -> String {
    length.to_string()
}

fn letters(map: &Map) -> Markup {
    let lettered = || map.shapes.iter().filter_map(|shape| shape.letters.as_ref());
    html! {
        @if lettered().next().is_some() {
            g aria-hidden="true" font-size="30" {
                // a white edge keeps letters readable on every colour, whatever layer a script chooses
                @for (letters, [x, y]) in lettered() {
                    text class="name" x=(x) y=(y) fill="#111" stroke="#fff" stroke-width="5"
                        paint-order="stroke" { (letters) }
                }
            }
        }
    }
}

/// A line of text: where it begins, its size and colour, and what stands before it in a legend.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    x: u32,
    size: u32,
    colour: &'static str,
    swatch: Option<String>,
}

/// A line at its height in the drawing.
struct Placed<'l>(&'l Line, i64);

impl Render for Placed<'_> {
    fn render(&self) -> Markup {
        let Self(line, y) = self;
        html! {
            text x=(line.x) y=(y) font-family="sans-serif" font-size=(line.size)
                fill=(line.colour) { (line.text) }
        }
    }
}

/// What stands around a map that is a file of its own: lines above and below it, laid out for its
/// width.
#[derive(Clone, Debug)]
struct Frame {
    size: [u32; 2],
    above: Vec<Line>,
    below: Vec<Line>,
}

impl Frame {
    fn new(drawing: &Drawing<'_>, layer: &Layer) -> Self {
        let (head, map) = (&drawing.head, &drawing.map);
        let mut frame = Self { size: map.size, above: Vec::new(), below: Vec::new() };
        let large = frame.large();
        let small = large * 5 / 8;
        frame.above = frame.lines(&layer.title, large, TITLE, None);
        frame.above.extend(frame.lines(&head.title, small, STUDY, None));
        for text in head.notice().split(" · ").filter(|text| !text.is_empty()) {
            frame.above.extend(frame.lines(text, small, NOTICE, None));
        }
        let colours = colours(layer);
        for (class, text) in layer.legend(head.language) {
            let swatch =
                class.map_or_else(|| fill(layer.rest).to_owned(), |at| colours[at].clone());
            frame.below.extend(frame.lines(&text, small * 5 / 4, "#000", Some(swatch)));
        }
        for text in map.remarks(layer, head.language) {
            frame.below.extend(frame.lines(&text, small, STUDY, None));
        }
        frame
    }

    /// Size of the title; everything else goes by it.
    fn large(&self) -> u32 {
        self.size[0] / 40
    }

    fn margin(&self) -> u32 {
        self.size[0] / 50
    }

    /// Height of a line of the legend.
    fn step(&self) -> u32 {
        self.large() * 5 / 4
    }

    fn head(&self) -> u32 {
        self.margin() + u32::try_from(self.above.len() + 1).unwrap_or(9) * self.large()
    }

    fn legend(&self) -> u32 {
        2 * self.margin() + u32::try_from(self.below.len()).unwrap_or(9) * self.step()
    }

    /// Left, top, width and height of the whole drawing.
    fn view_box(&self) -> String {
        let [width, height] = self.size;
        let margin = self.margin();
        let whole = height + self.head() + self.legend();
        format!("-{margin} -{} {} {whole}", self.head(), width + 2 * margin)
    }

    /// A text as lines of a size, colour and swatch.
    fn lines(
        &self,
        text: &str,
        size: u32,
        colour: &'static str,
        mut swatch: Option<String>,
    ) -> Vec<Line> {
        let x = if swatch.is_some() { self.step() * 3 / 2 } else { 0 };
        let letters = ((self.size[0] - x) * 1000 / (size * LETTER).max(1)).max(1) as usize;
        let line = |text| Line { text, x, size, colour, swatch: swatch.take() };
        wrapped(text, letters).into_iter().map(line).collect()
    }

    /// Background, title and notice.
    fn before(&self) -> Markup {
        let [width, height] = self.size;
        let (margin, head) = (self.margin(), self.head());
        let top = i64::from(margin) - i64::from(head);
        let lines = (1..).zip(&self.above);
        html! {
            rect x=(format!("-{margin}")) y=(format!("-{head}")) width=(width + 2 * margin)
                height=(height + head + self.legend()) fill="#fff" {}
            @for (at, line) in lines { (Placed(line, top + at * i64::from(self.large()))) }
        }
    }

    /// The legend.
    fn after(&self) -> Markup {
        let step = self.step();
        let tops = (0..).map(|at| self.size[1] + self.margin() + at * step);
        html! {
            @for (y, line) in tops.zip(&self.below) {
                @if let Some(fill) = &line.swatch {
                    rect class="shape" x="0" y=(y) width=(step) height=(step * 3 / 4) fill=(fill) {}
                }
                (Placed(line, i64::from(y + step * 5 / 8)))
            }
        }
    }
}

/// A text in lines of so many letters, broken between words; a longer word is broken inside.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        for (at, part) in word.chunks(letters).enumerate() {
            let gap = usize::from(at == 0 && used > 0);
            if used > 0 && used + gap + part.len() > letters {
                lines.push(String::new());
                used = 0;
            } else if gap > 0 {
                lines.last_mut().expect("there is a first line").push(' ');
                used += 1;
            }
            lines.last_mut().expect("there is a first line").extend(part);
            used += part.len();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_from_light_to_dark_and_differ() {
        assert_eq!(palette(5), ["#fff7c8", "#fed98e", "#fe9929", "#d95f0e", "#8a2f04"]);
        let ten = palette(10);
        assert_eq!((ten[0].as_str(), ten[9].as_str()), ("#fff7c8", "#8a2f04"));
        assert!(ten.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(palette(1), ["#fff7c8"]);
    }

    #[test]
    fn a_long_text_is_broken_between_words_and_loses_nothing() {
        assert_eq!(wrapped("una două trei patru", 9), ["una două", "trei", "patru"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", 9), [""]);
    }
}
