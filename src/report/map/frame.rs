//! What stands around a map that is a file of its own: title and notice above it, legend below.

use std::fmt::Write as _;

use super::{Layer, Map};
use crate::message::labels;
use crate::report::markup::escape;
use crate::report::view::View;

/// Colours of the title, of the study and of the notice.
const TITLE: &str = "#1f3a5f";
const STUDY: &str = "#333";
const NOTICE: &str = "#9b1c1c";
/// Width of a letter for its size in thousandths: the mean of wide faces, so that lines fit in
/// every face a reader may have.
const LETTER: u32 = 620;

/// A line of text: where it begins, its size and colour, and what stands before it in a legend.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    x: u32,
    size: u32,
    colour: &'static str,
    swatch: Option<String>,
}

/// Lines above and below a map, laid out for its width.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    size: [u32; 2],
    above: Vec<Line>,
    below: Vec<Line>,
}

impl Frame {
    pub(super) fn new(view: &View<'_>, map: &Map, layer: &Layer) -> Self {
        let mut frame = Self { size: map.size, above: Vec::new(), below: Vec::new() };
        let large = frame.large();
        let small = large * 5 / 8;
        frame.above = frame.lines(&layer.title, (large, TITLE), None);
        let study = view.study.title.text(view.language);
        frame.above.extend(frame.lines(study, (small, STUDY), None));
        let notice = crate::report::workbook::notice(view);
        for text in notice.split(" · ").filter(|text| !text.is_empty()) {
            frame.above.extend(frame.lines(text, (small, NOTICE), None));
        }
        for (swatch, text) in classes(view, layer) {
            frame.below.extend(frame.lines(&text, (small * 5 / 4, "#000"), Some(swatch)));
        }
        for text in remarks(view, map) {
            frame.below.extend(frame.lines(&text, (small, STUDY), None));
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
    pub(super) fn view_box(&self) -> String {
        let [width, height] = self.size;
        let margin = self.margin();
        let whole = height + self.head() + self.legend();
        format!("-{margin} -{} {} {whole}", self.head(), width + 2 * margin)
    }

    /// A text as lines of a size, colour and swatch.
    fn lines(
        &self,
        text: &str,
        (size, colour): (u32, &'static str),
        swatch: Option<String>,
    ) -> Vec<Line> {
        let x = if swatch.is_some() { self.step() * 3 / 2 } else { 0 };
        let letters = ((self.size[0] - x) * 1000 / (size * LETTER).max(1)).max(1) as usize;
        let mut swatch = swatch;
        let line = |text| Line { text, x, size, colour, swatch: swatch.take() };
        wrapped(text, letters).into_iter().map(line).collect()
    }

    /// Background, title and notice.
    pub(super) fn before(&self, out: &mut String) {
        let [width, height] = self.size;
        let (margin, head) = (self.margin(), self.head());
        let _ = write!(
            out,
            "<rect x=\"-{margin}\" y=\"-{head}\" width=\"{}\" height=\"{}\" fill=\"#fff\"/>",
            width + 2 * margin,
            height + head + self.legend()
        );
        let mut y = i64::from(margin) - i64::from(head);
        for line in &self.above {
            y += i64::from(self.large());
            written(line, y, out);
        }
    }

    /// The legend.
    pub(super) fn after(&self, out: &mut String) {
        let step = self.step();
        let mut y = self.size[1] + self.margin();
        for line in &self.below {
            if let Some(fill) = &line.swatch {
                let _ = write!(
                    out,
                    "<rect class=\"shape\" x=\"0\" y=\"{y}\" width=\"{step}\" height=\"{}\" \
                     fill=\"{fill}\"/>",
                    step * 3 / 4
                );
            }
            written(line, i64::from(y + step * 5 / 8), out);
            y += step;
        }
    }
}

fn written(line: &Line, y: i64, out: &mut String) {
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"{}\" \
         fill=\"{}\">{}</text>",
        line.x,
        line.size,
        line.colour,
        escape(&line.text)
    );
}

/// Each class with what it is filled with and how many units it has; units without one last.
pub(crate) fn classes(view: &View<'_>, layer: &Layer) -> Vec<(String, String)> {
    let units = |count| labels::UNITS.of(count, view.language);
    let named = layer.names.iter().zip(layer.colours()).zip(layer.counts());
    let mut all: Vec<(String, String)> = named
        .map(|((name, colour), count)| (colour, format!("{name} ({})", units(count))))
        .collect();
    let none = layer.units.iter().filter(|unit| unit.is_none()).count();
    if none > 0 {
        let word = layer.rest.words().text(view.language);
        all.push((layer.rest.fill().to_owned(), format!("{word} ({})", units(none))));
    }
    all
}

/// What a reader of the legend must know: what a shape is, and who is not drawn.
pub(crate) fn remarks(view: &View<'_>, map: &Map) -> Vec<String> {
    let mut remarks = Vec::new();
    if !map.areas.is_empty() {
        remarks.push(labels::MAP_TILE.text(view.language).to_owned());
    }
    if !map.without.is_empty() {
        let count = labels::UNITS.of(map.without.len(), view.language);
        remarks.push(format!("{}: {count}", labels::MAP_WITHOUT.text(view.language)));
    }
    remarks
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
    fn a_long_text_is_broken_between_words_and_loses_nothing() {
        assert_eq!(wrapped("una două trei patru", 9), ["una două", "trei", "patru"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", 9), [""]);
    }
}
