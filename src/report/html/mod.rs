//! `report.html`: one page with a map, a table of all units and their profiles, from one file that
//! needs no network and no other file.

mod about;
mod data;
mod table;

use std::fmt::Write as _;

use super::map::{self, Layer, Look, Map};
use super::markup::escape;
use super::view::View;
use super::workbook;
use crate::language::Words;
use crate::language::{Language, whole};
use crate::message::labels;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page being written, in one language.
struct Page<'p, 'a> {
    view: &'p View<'a>,
    out: String,
}

/// The page as bytes; the same view gives the same bytes.
pub(crate) fn page(view: &View<'_>) -> Vec<u8> {
    let map = Map::of(view);
    let layers = map::layers(view);
    let mut page = Page { view, out: String::new() };
    page.head();
    page.header();
    page.put("<main id=\"main\">");
    page.map_part(map.as_ref(), &layers);
    table::write(&mut page);
    about::write(&mut page);
    page.put("</main>");
    about::footer(&mut page);
    page.put("<script type=\"application/json\" id=\"data\">");
    let data = data::json(view, map.as_ref(), &layers);
    page.put(&data);
    page.put("</script><script>");
    page.put(SCRIPT);
    page.put("</script></body></html>\n");
    page.out.into_bytes()
}

impl Page<'_, '_> {
    /// Writes what is already a part of a page.
    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Writes a text.
    fn text(&mut self, text: &str) {
        self.out.push_str(&escape(text));
    }

    /// Writes an element that holds a text; `tag` may carry attributes.
    fn element(&mut self, tag: &str, text: &str) {
        let name = tag.split(' ').next().unwrap_or(tag);
        let _ = write!(self.out, "<{tag}>{}</{name}>", escape(text));
    }

    fn word(&self, words: Words) -> &'static str {
        words.text(self.view.language)
    }

    fn head(&mut self) {
        let language = match self.view.language {
            Language::Ro => "ro",
            Language::En => "en",
        };
        let _ = write!(self.out, "<!DOCTYPE html>\n<html lang=\"{language}\">");
        // Nothing is fetched from anywhere, whatever a text in the data would like.
        self.put(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\"><meta \
             http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
             'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">",
        );
        self.element("title", self.view.study.title.text(self.view.language));
        self.put("<style>");
        self.put(STYLE);
        self.put("</style></head><body>");
    }

    fn header(&mut self) {
        let view = self.view;
        let language = view.language;
        self.put("<a class=\"skip\" href=\"#main\">");
        self.text(self.word(labels::PAGE_SKIP));
        self.put("</a><header>");
        self.element("h1", view.study.title.text(language));
        let method = format!(
            "{} ({}, {} {})",
            view.figures.method.title.text(language),
            view.figures.method.id,
            self.word(labels::VERSION),
            view.figures.method.version
        );
        self.element("p class=\"quiet\"", &method);
        let notice = workbook::notice(view);
        if !notice.is_empty() {
            self.element("p class=\"notice\"", &notice);
        }
        self.put("<ul class=\"facts\">");
        let mut facts = vec![
            (view.figures.register.len(), labels::UNITS_COUNTED),
            (view.figures.scored(), labels::UNITS_SCORED),
            (view.figures.register.len() - view.figures.scored(), labels::UNITS_UNSCORED),
        ];
        if let Some(headline) = view.figures.headline() {
            facts.push((view.figures.index.nodes[headline].distinct, labels::DISTINCT_SCORES));
        }
        for (count, words) in facts {
            self.put("<li>");
            self.element("b", &whole(count, language));
            self.text(self.word(words));
            self.put("</li>");
        }
        self.put("</ul>");
        self.navigation();
        self.put("</header>");
    }

    fn navigation(&mut self) {
        let _ = write!(
            self.out,
            "<nav aria-label=\"{}\"><ul>",
            escape(labels::CONTENTS.text(self.view.language))
        );
        let parts = [
            ("map-part", labels::PART_MAP),
            ("table-part", labels::PART_TABLE),
            ("method-part", labels::SHEET_METHOD),
            ("sources-part", labels::SHEET_SOURCES),
            ("quality-part", labels::SHEET_QUALITY),
        ];
        for (id, words) in parts {
            let _ = write!(self.out, "<li><a href=\"#{id}\">{}</a></li>", escape(self.word(words)));
        }
        self.put("</ul></nav>");
    }

    /// The map with its layers and the profile of the chosen unit.
    fn map_part(&mut self, map: Option<&Map>, layers: &[Layer]) {
        self.put("<section aria-labelledby=\"map-part\">");
        self.element("h2 id=\"map-part\"", self.word(labels::PART_MAP));
        self.put("<div class=\"split\">");
        if let (Some(map), Some(layer)) = (map, layers.first()) {
            self.figure(map, layer, layers);
        } else {
            self.element("p", self.word(labels::MAP_NONE));
        }
        self.put("<section class=\"profile\" id=\"profile\" aria-live=\"polite\">");
        self.element("h3", self.word(labels::PROFILE));
        self.element("p", self.word(labels::PROFILE_CHOOSE));
        self.put("</section></div></section>");
    }

    fn figure(&mut self, map: &Map, layer: &Layer, layers: &[Layer]) {
        self.put("<div><div class=\"tools\"><label>");
        self.text(self.word(labels::MAP_LAYER));
        self.put("<select id=\"layer\">");
        for (at, layer) in layers.iter().enumerate() {
            let _ = write!(self.out, "<option value=\"{at}\">{}</option>", escape(&layer.title));
        }
        self.put("</select></label>");
        let buttons = [
            ("in", "+", labels::MAP_IN),
            ("out", "−", labels::MAP_OUT),
            ("left", "←", labels::MAP_LEFT),
            ("right", "→", labels::MAP_RIGHT),
            ("up", "↑", labels::MAP_UP),
            ("down", "↓", labels::MAP_DOWN),
            ("whole", "⤢", labels::MAP_WHOLE),
        ];
        for (act, sign, words) in buttons {
            let _ = write!(
                self.out,
                "<button type=\"button\" data-map=\"{act}\" aria-label=\"{0}\" title=\"{0}\">{sign}</button>",
                escape(self.word(words))
            );
        }
        self.put("</div><figure aria-describedby=\"map-about\"><div class=\"map\" id=\"map\">");
        let svg = map::svg(self.view, map, layer, Look::Inside);
        self.put(&svg);
        self.put("<div class=\"tip\" id=\"tip\" aria-hidden=\"true\" hidden></div></div>");
        self.put("<figcaption>");
        // on paper there is no list of layers to say which one this is
        self.element("p class=\"paper\" id=\"layer-title\"", &layer.title);
        for (at, layer) in layers.iter().enumerate() {
            self.legend(at, layer);
        }
        let about = if map.areas.is_empty() { labels::MAP_UNITS } else { labels::MAP_TILES };
        self.element("p class=\"quiet\" id=\"map-about\"", self.word(about));
        self.without(map);
        self.put("</figcaption></figure></div>");
    }

    /// Names the units that boundaries do not show: none is left out silently.
    fn without(&mut self, map: &Map) {
        if map.without.is_empty() {
            return;
        }
        let count = labels::UNITS.of(map.without.len(), self.view.language);
        self.put("<details id=\"without\">");
        self.element("summary", &format!("{}: {count}", self.word(labels::MAP_WITHOUT)));
        let named = |&unit: &usize| {
            let (name, code) = (
                &self.view.figures.register.names()[unit],
                &self.view.figures.register.codes()[unit],
            );
            format!("{name} ({code})")
        };
        let names: Vec<String> = map.without.iter().map(named).collect();
        self.element("p", &names.join("; "));
        self.put("</details>");
    }

    fn legend(&mut self, at: usize, layer: &Layer) {
        let hidden = if at == 0 { "" } else { " hidden" };
        let _ = write!(self.out, "<ul class=\"legend\" data-legend=\"{at}\"{hidden}>");
        let named = layer.names.iter().zip(layer.colours()).zip(layer.counts());
        for ((name, colour), count) in named {
            let text = format!("{name} ({})", whole(count, self.view.language));
            let _ = write!(
                self.out,
                "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" \
                 height=\"10\" fill=\"{colour}\" stroke=\"#555\"/></svg>{}</li>",
                escape(&text)
            );
        }
        let none = layer.units.iter().filter(|class| class.is_none()).count();
        if none > 0 {
            let count = whole(none, self.view.language);
            let text = format!("{} ({count})", self.word(layer.rest.words()));
            let _ = write!(
                self.out,
                "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" \
                 height=\"10\" fill=\"{}\" stroke=\"#555\"/></svg>{}</li>",
                layer.rest.fill(),
                escape(&text)
            );
        }
        self.put("</ul>");
    }
}

#[cfg(test)]
mod tests;
