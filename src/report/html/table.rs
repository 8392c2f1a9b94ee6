//! The table of all units: what a reader searches, sorts and filters, and what stands for the map
//! where nobody sees it.

use std::fmt::Write as _;

use super::Page;
use crate::index::OutputColumn;
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::report::markup::escape;
use crate::report::phases::Phases;
use crate::report::view::View;
use crate::report::words;

/// Writes the part with search, filters and table.
pub(super) fn write(page: &mut Page<'_, '_>) {
    page.put("<section aria-labelledby=\"table-part\">");
    page.element("h2 id=\"table-part\"", page.word(labels::PART_TABLE));
    tools(page);
    page.put("<p class=\"quiet\" id=\"count\" role=\"status\"></p>");
    let label = escape(page.word(labels::TABLE_REGION)).into_owned();
    let _ = write!(
        page.out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table id=\"units\">"
    );
    page.element("caption", page.word(labels::TABLE_CAPTION));
    header(page);
    page.put("<tbody>");
    let rows = Rows::new(page.view);
    for unit in rows.order(page.view) {
        rows.write(page, unit);
    }
    page.put("</tbody></table></div><p><button type=\"button\" id=\"more\" hidden></button></p>");
    page.put("</section>");
}

fn tools(page: &mut Page<'_, '_>) {
    page.put("<div class=\"tools\" role=\"search\"><label>");
    page.text(page.word(labels::SEARCH));
    page.put("<input type=\"search\" id=\"search\" autocomplete=\"off\"></label>");
    let view = page.view;
    let column = |name: &str| -> Vec<String> {
        view.figures.register.level(name).map(|level| level.areas.clone()).unwrap_or_default()
    };
    select(page, "county", labels::COUNTY, &column("county"));
    select(page, "kind", labels::KIND, &column("kind"));
    let rows = Rows::new(view);
    select(page, "class", labels::CLASS, &rows.class_ids);
    let phases = rows.phases.as_ref().map_or(&[][..], |phases| &phases.names);
    select(page, "phase", labels::PHASE, phases);
    page.put("<button type=\"button\" id=\"clear\">");
    page.text(page.word(labels::SEARCH_CLEAR));
    page.put("</button></div>");
}

fn select(page: &mut Page<'_, '_>, name: &str, title: Words, values: &[String]) {
    if values.is_empty() {
        return;
    }
    page.put("<label>");
    page.text(page.word(title));
    let all = escape(page.word(labels::FILTER_ALL)).into_owned();
    let _ = write!(page.out, "<select data-filter=\"{name}\"><option value=\"\">{all}</option>");
    for value in values {
        let shown = words::named(labels::KINDS, value, page.view.language);
        let shown = words::named(labels::CLASSES, shown, page.view.language);
        let _ = write!(page.out, "<option value=\"{}\">{}</option>", escape(value), escape(shown));
    }
    page.put("</select></label>");
}

fn header(page: &mut Page<'_, '_>) {
    page.put("<thead><tr>");
    let phase = page.view.chosen.map(|_| (labels::PHASE, false));
    let columns = [
        (labels::TIE_PLACE, true),
        (labels::NAME, false),
        (labels::CODE, false),
        (labels::KIND, false),
        (labels::COUNTY, false),
        (labels::TIE_SCORE, true),
        (labels::CLASS, false),
    ];
    for (words, is_number) in columns.into_iter().chain(phase) {
        let class = if is_number { " class=\"n\"" } else { "" };
        let sorted = if words == labels::TIE_PLACE { " aria-sort=\"ascending\"" } else { "" };
        let _ = write!(
            page.out,
            "<th scope=\"col\"{class}{sorted}><button type=\"button\">{}</button></th>",
            escape(page.word(words))
        );
    }
    page.put("</tr></thead>");
}

/// What the rows are written from.
struct Rows {
    decimals: usize,
    /// Class of each unit by the first class output of the headline.
    classes: Vec<Option<String>>,
    /// Ids of the classes, the lowest first, and a colour for each.
    class_ids: Vec<String>,
    places: Vec<Option<f64>>,
    phases: Option<Phases>,
}

impl Rows {
    fn new(view: &View<'_>) -> Self {
        let headline = view.figures.headline();
        let found = view.figures.index.outputs.iter().find_map(|result| match &result.column {
            OutputColumn::Classes(classes) => {
                (Some(result.of) == headline && result.child.is_none()).then(|| classes.clone())
            }
            OutputColumn::Numbers(_) => None,
        });
        let classes = found.unwrap_or_else(|| vec![None; view.figures.register.len()]);
        let mut class_ids: Vec<String> = Vec::new();
        // in the order of scores, so that the filter lists them as the legend does
        for unit in view.figures.most_at_risk(usize::MAX).into_iter().rev() {
            if let Some(class) = &classes[unit]
                && !class_ids.contains(class)
            {
                class_ids.push(class.clone());
            }
        }
        let decimals =
            view.figures.scores().map_or(2, |scores| language::decimals(scores.values()));
        let places =
            (0..view.figures.register.len()).map(|unit| view.figures.place(unit)).collect();
        Self { decimals, classes, class_ids, places, phases: Phases::of(view) }
    }

    /// The units as the table first shows them: by place, then those without one, by code.
    fn order(&self, view: &View<'_>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..view.figures.register.len()).collect();
        let place = |unit: usize| self.places[unit].unwrap_or(f64::INFINITY);
        order.sort_by(|&a, &b| place(a).total_cmp(&place(b)).then(a.cmp(&b)));
        order
    }

    fn write(&self, page: &mut Page<'_, '_>, unit: usize) {
        let view = page.view;
        let (code, name) =
            (&view.figures.register.codes()[unit], &view.figures.register.names()[unit]);
        let text = |column: &str| view.figures.register_text(column, unit);
        let kind = words::named(labels::KINDS, text("kind"), view.language);
        let class = self.classes[unit].as_deref();
        let class_name = class.map_or("", |id| words::named(labels::CLASSES, id, view.language));
        let score = view.figures.scores().and_then(|scores| scores.value(unit));
        let shown = score
            .map_or_else(|| "–".to_owned(), |it| language::shown(it, self.decimals, view.language));
        let place = self.places[unit];
        let placed =
            place.map_or_else(|| "–".to_owned(), |place| language::shown(place, 0, view.language));
        let about: Vec<&str> = [kind, text("county"), text("region")]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let find = format!("{name} {code} {}", text("county"));
        let (find, about) = (escape(&find), about.join(", "));
        let _ = write!(
            page.out,
            "<tr id=\"s{0}\" data-unit=\"{unit}\" data-code=\"{0}\" data-name=\"{1}\" \
             data-find=\"{find}\" data-county=\"{2}\" data-kind=\"{3}\" data-class=\"{4}\" \
             data-class-name=\"{5}\" data-place=\"{placed}\" data-about=\"{6}\" \
             data-phase=\"{7}\">",
            escape(code),
            escape(name),
            escape(text("county")),
            escape(text("kind")),
            escape(class.unwrap_or("")),
            escape(class_name),
            escape(&about),
            escape(self.phases.as_ref().and_then(|phases| phases.name(unit)).unwrap_or("")),
        );
        let place_value = place.map(language::machine).unwrap_or_default();
        let score_value = score.map(language::machine).unwrap_or_default();
        let _ = write!(
            page.out,
            "<td class=\"n\" data-value=\"{place_value}\">{placed}</td><th scope=\"row\">\
             <a href=\"#s{0}\">{1}</a></th><td>{0}</td><td>{2}</td><td>{3}</td>\
             <td class=\"n\" data-value=\"{score_value}\">{shown}</td>",
            escape(code),
            escape(name),
            escape(kind),
            escape(text("county")),
        );
        let at = class.and_then(|class| self.class_ids.iter().position(|id| id == class));
        let sort = at.map(|at| at.to_string()).unwrap_or_default();
        let _ = write!(page.out, "<td data-value=\"{sort}\">{}</td>", escape(class_name));
        if let Some(phases) = &self.phases {
            let phase = phases.units[unit].map(|phase| phase.to_string()).unwrap_or_default();
            let name = escape(phases.name(unit).unwrap_or(""));
            let _ = write!(page.out, "<td data-value=\"{phase}\">{name}</td>");
        }
        page.put("</tr>");
    }
}
