//! The page: a map, a table of all units, their profiles, and how the index came about.

use super::column::{Column, Kind};
use super::index::index;
use super::map::{Layer, Map, layers};
use super::method::MethodTables;
use super::selection::{Phases, Wording};
use super::sensitivity::{Masks, Rows, of_node};
use super::table::{Table, Titled};
use super::{Head, View};
use super::{findings, sources};
use crate::index::{self as engine, Figures, Mark, OutputColumn, stats};
use crate::language::{Language, Words, decimals, shown};
use crate::message::labels;
use crate::report::provenance::FileDigest;
use crate::report::words;
use crate::robustness::{Design, UnitStanding};

/// A map with what stands at its head.
pub(crate) struct Drawing<'a> {
    pub(crate) head: Head<'a>,
    pub(crate) map: Map,
}

/// Everything the page shows.
pub(crate) struct Page<'a> {
    pub(crate) head: Head<'a>,
    /// Counts of the run, each with what it counts.
    pub(crate) facts: Vec<(usize, &'static str)>,
    pub(crate) drawing: Option<Drawing<'a>>,
    pub(crate) layers: Vec<Layer>,
    /// The units that the map does not show.
    pub(crate) without: Vec<String>,
    pub(crate) units: Units<'a>,
    /// The scores, with their decimals.
    pub(crate) scores: Option<&'a engine::Column>,
    pub(crate) decimals: usize,
    pub(crate) indicators: Vec<Indicator<'a>>,
    /// How sure the places are, where doubts were drawn.
    pub(crate) sureness: Option<Sureness>,
    /// Nodes and weights of the methodology.
    pub(crate) method: Vec<Titled<'a>>,
    /// Indicators that the study leaves out, with the reason.
    pub(crate) omitted: Vec<String>,
    pub(crate) sources: Table<'a>,
    pub(crate) findings: Table<'a>,
    pub(crate) digests: &'a [FileDigest],
}

/// How sure the place of each unit is, by position in the register; nothing of a unit that cannot have one, or
/// of which nothing may be said.
pub(crate) struct Sureness {
    /// Its rank in the declared run, and the lower end, median and upper end of its ranks.
    pub(crate) ranks: Vec<Option<[f64; 4]>>,
    /// The share of the variants in which it has a place.
    pub(crate) shares: Vec<Option<f64>>,
}

impl Sureness {
    fn of(view: &View<'_>) -> Option<Self> {
        let assessed = view.selection?.robustness?;
        let joint = assessed.outcome.designs.get(&Design::Joint)?.made;
        let none = view.figures.register.len();
        let mut sureness = Self { ranks: vec![None; none], shares: vec![None; none] };
        let shown = |unit: &&UnitStanding| unit.eligible && !view.masks.is_masked(unit.unit);
        for unit in assessed.outcome.units.iter().filter(shown) {
            let ranks = unit.rank.zip(unit.ranks);
            sureness.ranks[unit.unit] =
                ranks.map(|(rank, [median, low, high])| [f64::from(rank), low, median, high]);
            sureness.shares[unit.unit] = Some(unit.times.share(joint));
        }
        Some(sureness)
    }
}

/// An indicator as the profile of a unit shows it.
pub(crate) struct Indicator<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: String,
    /// That its values are those of a larger area.
    pub(crate) note: String,
    pub(crate) raw: &'a engine::Column,
    pub(crate) normalised: &'a engine::Column,
    /// Least and greatest normalised value, where they differ.
    pub(crate) range: Option<[f64; 2]>,
    /// Its share in the score.
    pub(crate) share: Option<&'a engine::Column>,
}

/// The table of all units.
pub(crate) struct Units<'a> {
    /// Its columns; rows in the order of the register.
    pub(crate) table: Table<'a>,
    /// The order in which rows first stand.
    pub(crate) order: Vec<usize>,
    /// By what a column of words is sorted: a number for each row.
    pub(crate) keys: Vec<(&'static str, Vec<Option<usize>>)>,
    pub(crate) filters: Vec<Filter>,
    /// What the script of the page knows of each unit.
    pub(crate) rows: Vec<UnitRow<'a>>,
}

/// A choice of rows.
pub(crate) struct Filter {
    /// The property of a row that it compares.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// Values, each with what is shown for it.
    pub(crate) values: Vec<(String, String)>,
}

/// What the script of the page knows of a unit.
pub(crate) struct UnitRow<'a> {
    pub(crate) code: &'a str,
    pub(crate) name: &'a str,
    pub(crate) county: &'a str,
    pub(crate) kind: &'a str,
    /// Id and name of its class.
    pub(crate) class: String,
    pub(crate) class_name: String,
    /// Kind, county and region in words.
    pub(crate) about: String,
    pub(crate) phase: String,
}

/// The page of a run.
pub(crate) fn page<'a>(view: &View<'a>) -> Page<'a> {
    let (figures, language) = (view.figures, view.language);
    let word = |words: Words| words.text(language);
    let (all, scored) = (figures.register.len(), figures.scored());
    let mut facts = vec![
        (all, word(labels::UNITS_COUNTED)),
        (scored, word(labels::UNITS_SCORED)),
        (all - scored, word(labels::UNITS_UNSCORED)),
    ];
    let headline = figures.headline();
    let distinct = headline.map(|headline| figures.index.nodes[headline].distinct);
    facts.extend(distinct.map(|distinct| (distinct, word(labels::DISTINCT_SCORES))));
    let drawing = drawing(view);
    let without = drawing.as_ref().map(|drawing| unit_names(&figures, &drawing.map.without));
    let tables = MethodTables { figures: &view.figures, language };
    let titled =
        |title: Words, table| Titled { title: word(title).to_owned(), about: String::new(), table };
    let mut method = vec![titled(labels::SECTION_NODES, tables.nodes())];
    if figures.index.nodes.iter().any(|node| !node.weights.is_empty()) {
        method.push(titled(labels::SECTION_WEIGHTS, tables.weights()));
    }
    let (study, files) = (view.study, &figures.observations.files);
    let omitted = study.omit.iter().map(|(indicator, reason)| format!("{indicator}: {reason}"));
    let scores = figures.scores();
    Page {
        head: view.head(),
        facts,
        drawing,
        layers: layers(&view.map_run()),
        without: without.unwrap_or_default(),
        units: Units::of(view),
        scores,
        decimals: scores.map_or(2, |scores| decimals(scores.values())),
        indicators: indicators(&figures, language),
        sureness: Sureness::of(view),
        method,
        omitted: omitted.collect(),
        sources: sources::by_source(&study.sources, files, language),
        findings: findings::by_finding(view.findings, figures.register, language),
        digests: &view.provenance.files,
    }
}

/// The map of a run; `None` where nothing says where units lie.
pub(crate) fn drawing<'a>(view: &View<'a>) -> Option<Drawing<'a>> {
    Some(Drawing { head: view.head(), map: Map::of(&view.figures)? })
}

/// Names of units with their codes.
pub(crate) fn unit_names(figures: &Figures<'_>, units: &[usize]) -> Vec<String> {
    let (names, codes) = (figures.register.names(), figures.register.codes());
    units.iter().map(|&unit| format!("{} ({})", names[unit], codes[unit])).collect()
}

fn indicators<'a>(figures: &Figures<'a>, language: Language) -> Vec<Indicator<'a>> {
    let nodes = figures.method.nodes.iter().enumerate();
    let indicator = |at: usize| {
        let result = &figures.index.nodes[at];
        let share = (0..figures.index.outputs.len()).find_map(|output| {
            let (declared, child) = figures.contribution(output)?;
            let of_headline = Some(declared.of) == figures.headline() && child == at;
            match &figures.index.outputs[output].column {
                OutputColumn::Numbers(column) if of_headline => Some(column),
                _ => None,
            }
        });
        let present = stats::present(result.value.values());
        let (low, high) = (stats::minimum(&present), stats::maximum(&present));
        let note = figures.broadcast_level(at).map_or_else(String::new, |level| {
            let level = words::named(labels::LEVELS, level, language);
            format!("{} {level}", labels::VALUE_OF.text(language))
        });
        Indicator {
            id: &result.id,
            title: figures.node_title(at, language),
            note,
            raw: &result.raw,
            normalised: &result.value,
            range: (low < high).then_some([low, high]),
            share,
        }
    };
    nodes.filter(|(_, node)| node.is_indicator()).map(|(at, _)| indicator(at)).collect()
}

/// Classes of units by the first class output of the headline.
struct Classes {
    of_unit: Vec<Option<String>>,
    /// What each of them is, where one is withheld.
    states: Vec<Mark>,
    /// Ids, the lowest first.
    ids: Vec<String>,
}

impl Classes {
    fn of(figures: &Figures<'_>, masks: &Masks) -> Self {
        let headline = figures.headline();
        let mut outputs = figures.index.outputs.iter().enumerate();
        let found = outputs.find_map(|(at, result)| match &result.column {
            OutputColumn::Classes(classes) => {
                let is_own = Some(result.of) == headline && result.child.is_none();
                is_own.then(|| (classes.clone(), masks.class_states(at, classes)))
            }
            OutputColumn::Numbers(_) => None,
        });
        let (of_unit, states) =
            found.unwrap_or_else(|| (vec![None; figures.register.len()], Vec::new()));
        let mut ids: Vec<String> = Vec::new();
        // in the order of scores, so that the filter lists them as the legend does
        for unit in figures.most_at_risk(usize::MAX).into_iter().rev() {
            if let Some(class) = &of_unit[unit]
                && !ids.contains(class)
            {
                ids.push(class.clone());
            }
        }
        Self { of_unit, states, ids }
    }

    /// The name of a unit's class, or that it is withheld; empty where it has none.
    fn name(&self, unit: usize, language: Language) -> &str {
        match (&self.of_unit[unit], self.states.get(unit)) {
            (Some(id), _) => class_name(id, language),
            (None, Some(Mark::Withheld)) => labels::WITHHELD.text(language),
            (None, _) => "",
        }
    }

    fn position(&self, unit: usize) -> Option<usize> {
        let class = self.of_unit[unit].as_ref()?;
        self.ids.iter().position(|id| id == class)
    }
}

impl<'a> Units<'a> {
    fn of(view: &View<'a>) -> Self {
        let figures = view.figures;
        let units = 0..figures.register.len();
        let classes = Classes::of(&figures, view.masks);
        let phases =
            view.selection.and_then(|chosen| Phases::of(chosen, figures.register, view.language));
        let places: Vec<Option<f64>> = units.clone().map(|unit| figures.place(unit)).collect();
        let mut order: Vec<usize> = units.clone().collect();
        let place = |unit: usize| places[unit].unwrap_or(f64::INFINITY);
        order.sort_by(|&a, &b| place(a).total_cmp(&place(b)).then(a.cmp(&b)));
        let mut keys = vec![("class", units.map(|unit| classes.position(unit)).collect())];
        keys.extend(phases.as_ref().map(|phases| ("phase", phases.units.clone())));
        Self {
            table: unit_table(view, &places, &classes, phases.as_ref()),
            order,
            keys,
            filters: filters(&figures, &classes, phases.as_ref(), view.language),
            rows: unit_rows(&figures, &classes, phases.as_ref(), view.language),
        }
    }
}

/// Place, names, score, class and phase of each unit, then whatever column is declared for the page.
fn unit_table<'a>(
    view: &View<'a>,
    places: &[Option<f64>],
    classes: &Classes,
    phases: Option<&Phases>,
) -> Table<'a> {
    let (figures, language) = (view.figures, view.language);
    let units = 0..figures.register.len();
    let public = Column::PUBLIC;
    let text = |id: &str, words: Words, of: &dyn Fn(usize) -> String| {
        Column::text(id, public, units.clone().map(of)).headed(words.text(language))
    };
    let kind = |unit| words::named(labels::KINDS, figures.register_text("kind", unit), language);
    let mut table = Table::new(Rows::Units(units.clone().map(Some).collect()), view.masks);
    table.push(
        Column::numbers("place", public, places.iter().copied())
            .headed(labels::TIE_PLACE.text(language))
            .page_at(0),
    );
    let (names, codes) = (figures.register.names(), figures.register.codes());
    table.push(text("name", labels::NAME, &|unit| names[unit].clone()).page_at(1));
    table.push(text("code", labels::CODE, &|unit| codes[unit].clone()).page_at(2));
    table.push(text("kind", labels::KIND, &|unit| kind(unit).to_owned()).page_at(3));
    let county = |unit| figures.register_text("county", unit).to_owned();
    table.push(text("county", labels::COUNTY, &county).page_at(4));
    let scores = units.clone().map(|unit| figures.scores().and_then(|it| it.value(unit)));
    let sensitivity = figures.headline().map_or(public, |node| of_node(&figures, node));
    let shown = figures.scores().map_or(2, |scores| decimals(scores.values()));
    table.push(
        Column::numbers("score", sensitivity, scores)
            .headed(labels::TIE_SCORE.text(language))
            .shown_as(Kind::Decimals(shown))
            .page_at(5),
    );
    table.push(
        text("class", labels::CLASS, &|unit| classes.name(unit, language).to_owned()).page_at(6),
    );
    if let Some(phases) = phases {
        let phase = |unit| phases.name(unit).unwrap_or_default().to_owned();
        table.push(text("phase", labels::PHASE, &phase).page_at(7));
    }
    let everywhere = index(&view.figures, view.masks, language);
    table.extend(everywhere.page_columns().into_iter().cloned());
    if let Some(chosen) = view.selection {
        let wording = Wording::new(chosen, language);
        let selection = wording.units(chosen.masks);
        let rows = selected_rows(&figures, chosen.selection);
        table.extend(selection.page_columns().into_iter().map(|column| column.picked(&rows)));
    }
    table
}

/// For each unit of the register, its position in a selection.
pub(crate) fn selected_rows(
    figures: &Figures<'_>,
    selection: &crate::selection::Selection,
) -> Vec<Option<usize>> {
    let mut rows = vec![None; figures.register.len()];
    for (row, outcome) in selection.units.iter().enumerate() {
        if let Some(unit) = figures.register.position(&outcome.code) {
            rows[unit].get_or_insert(row);
        }
    }
    rows
}

fn class_name(id: &str, language: Language) -> &str {
    words::named(labels::CLASSES, id, language)
}

fn filters(
    figures: &Figures<'_>,
    classes: &Classes,
    phases: Option<&Phases>,
    language: Language,
) -> Vec<Filter> {
    let level = |name: &str| -> Vec<String> {
        figures.register.level(name).map(|level| level.areas.clone()).unwrap_or_default()
    };
    let phases = phases.map_or_else(Vec::new, |phases| phases.names.clone());
    let all = [
        ("county", labels::COUNTY, level("county")),
        ("kind", labels::KIND, level("kind")),
        ("class", labels::CLASS, classes.ids.clone()),
        ("phase", labels::PHASE, phases),
    ];
    let filter = |(name, title, values): (&'static str, Words, Vec<String>)| {
        let named = |value: String| {
            let kind = words::named(labels::KINDS, &value, language).to_owned();
            let text = class_name(&kind, language).to_owned();
            (value, text)
        };
        let values: Vec<(String, String)> = values.into_iter().map(named).collect();
        let title = title.text(language);
        (!values.is_empty()).then_some(Filter { name, title, values })
    };
    all.into_iter().filter_map(filter).collect()
}

fn unit_rows<'a>(
    figures: &Figures<'a>,
    classes: &Classes,
    phases: Option<&Phases>,
    language: Language,
) -> Vec<UnitRow<'a>> {
    let row = |unit: usize| {
        let text = |column: &str| figures.register_text(column, unit);
        let kind = words::named(labels::KINDS, text("kind"), language);
        let about: Vec<&str> = [kind, text("county"), text("region")]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let class = classes.of_unit[unit].clone().unwrap_or_default();
        let class_name = classes.name(unit, language).to_owned();
        UnitRow {
            code: &figures.register.codes()[unit],
            name: &figures.register.names()[unit],
            county: text("county"),
            kind: text("kind"),
            class,
            class_name,
            about: about.join(", "),
            phase: phases.and_then(|phases| phases.name(unit)).unwrap_or_default().to_owned(),
        }
    };
    (0..figures.register.len()).map(row).collect()
}

/// A number of a column as people read it; a dash where there is none.
pub(crate) fn shown_number(column: &Column<'_>, row: usize, language: Language) -> String {
    let decimals = match &column.kind {
        Kind::Decimals(decimals) | Kind::Parameter(decimals) => *decimals,
        Kind::RowDecimals(decimals) => decimals[row],
        _ => 0,
    };
    let number = column.cells.number(row);
    match (number, column.states.get(row)) {
        (Some(number), Some(Mark::Substituted)) => {
            format!("≈ {}", shown(number, decimals, language))
        }
        (Some(number), _) => shown(number, decimals, language),
        (None, Some(Mark::Withheld)) => labels::WITHHELD.text(language).to_owned(),
        (None, _) => "–".to_owned(),
    }
}
