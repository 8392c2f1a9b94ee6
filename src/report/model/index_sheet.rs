//! The sheet *Index*: one row a unit, from its class and score back to what was measured.

use super::View;
use super::column::{Aside, Column, Kind};
use super::index::PLACES;
use super::live::{Live, LiveOutput, LivePhases, Rounded};
use super::method::{about_indicator, made_from};
use super::sensitivity::{Rows, Sensitivity, of_node, of_output};
use super::table::Table;
use crate::index::{Figures, OutputColumn, stats};
use crate::language::Words;
use crate::message::labels;
use crate::report::words;
use crate::selection::UnitOutcome;

/// What stands where a unit has no phase, or a selection does not look at it.
pub(crate) const OUTSIDE: &str = "–";

/// What a column of the sheet shows. Nodes and outputs by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Code,
    Name,
    Place(usize),
    /// A small drawing of the normalised values.
    Profile,
    Raw(usize),
    Normalised(usize),
    /// An aggregate, and one of its children by number.
    Weighted(usize, usize),
    Aggregate(usize),
    Output(usize),
    /// What the engine computed, as a value beside the live column.
    Computed(usize),
    Rounded(Rounded),
    /// The published score of the units that may take a place.
    Published,
    /// Their turn among equal scores.
    Turn,
    /// Their number in the order of a selection.
    Order,
    /// The phase, recalculated.
    Phase,
    /// The phase as the engine gave it.
    Selected,
}

/// The sheet, with what each of its columns shows.
pub(crate) struct IndexSheet<'a> {
    pub(crate) table: Table<'a>,
    pub(crate) shown: Vec<Shown>,
    /// How many columns from the left are printed: how a value came about stays on the screen.
    pub(crate) printed: usize,
    /// The column of the headline, whose cells have bars.
    pub(crate) headline: Option<Shown>,
}

/// The sheet of a run; `first` says where each node begins on the sheet *Trace*.
pub(crate) fn index_sheet<'a>(view: &View<'a>, live: &Live, first: &[usize]) -> IndexSheet<'a> {
    let figures = &view.figures;
    let units = figures.register.len();
    let maker = Maker { view, figures, live, first };
    let shown = maker.shown();
    let mut table = Table::new(Rows::Units((0..units).map(Some).collect()), view.masks);
    for &shown in &shown {
        let group = maker.group(shown);
        let column = maker.column(shown).grouped(group as usize, group.title().text(view.language));
        table.push(column);
    }
    let printed = shown.iter().filter(|&&shown| maker.group(shown) <= Group::Measured).count();
    IndexSheet { table, shown, printed, headline: figures.headline().map(Shown::Aggregate) }
}

/// Groups of columns, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Unit,
    Result,
    Measured,
    Normalised,
    Weighted,
    Share,
    Rounded,
    Order,
}

impl Group {
    fn title(self) -> Words {
        match self {
            Self::Unit => labels::GROUP_UNIT,
            Self::Result => labels::GROUP_RESULT,
            Self::Measured => labels::GROUP_MEASURED,
            Self::Normalised => labels::GROUP_NORMALISED,
            Self::Weighted => labels::GROUP_WEIGHTED,
            Self::Share => labels::GROUP_SHARE,
            Self::Rounded => labels::GROUP_ROUNDED,
            Self::Order => labels::GROUP_ORDER,
        }
    }
}

/// Makes the columns of the sheet.
struct Maker<'m, 'a> {
    view: &'m View<'a>,
    figures: &'m Figures<'a>,
    live: &'m Live,
    first: &'m [usize],
}

impl<'a> Maker<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.view.language)
    }

    /// What stands on the sheet, from the left.
    fn shown(&self) -> Vec<Shown> {
        let (figures, live) = (self.figures, self.live);
        let nodes = || figures.method.nodes.iter().enumerate();
        let indicators = || nodes().filter(|(_, node)| node.is_indicator()).map(|(at, _)| at);
        let aggregates = || nodes().filter(|(_, node)| !node.is_indicator()).map(|(at, _)| at);
        let outputs = || 0..figures.index.outputs.len();
        let is_share = |output: &usize| figures.contribution(*output).is_some();
        let mut columns = vec![Shown::Code, Shown::Name];
        columns.extend((0..PLACES.len()).map(Shown::Place));
        columns.extend(aggregates().rev().map(Shown::Aggregate));
        for output in outputs().filter(|output| !is_share(output)) {
            columns.push(Shown::Output(output));
            if self.is_checked(output) {
                columns.push(Shown::Computed(output));
            }
        }
        if live.phases.is_some() {
            columns.extend([Shown::Order, Shown::Phase]);
        }
        if self.view.selection.is_some() {
            columns.push(Shown::Selected);
        }
        if indicators().count() > 1 {
            columns.push(Shown::Profile);
        }
        columns.extend(indicators().map(Shown::Raw));
        columns.extend(indicators().map(Shown::Normalised));
        for (&node, mean) in &live.means {
            columns.extend((0..mean.children.len()).map(|child| Shown::Weighted(node, child)));
        }
        columns.extend(outputs().filter(is_share).map(Shown::Output));
        columns.extend(live.rounded.iter().copied().map(Shown::Rounded));
        if live.phases.is_some() {
            columns.extend([Shown::Published, Shown::Turn]);
        }
        columns
    }

    /// Whether what the engine computed stands beside a live column: for places over all units.
    fn is_checked(&self, output: usize) -> bool {
        let column = &self.figures.index.outputs[output].column;
        let live = self.live.outputs.get(&output);
        matches!(column, OutputColumn::Numbers(_))
            && matches!(live, Some(LiveOutput::Rank(rank)) if rank.within.is_none())
    }

    /// The group a column stands in.
    fn group(&self, shown: Shown) -> Group {
        match shown {
            Shown::Code | Shown::Name | Shown::Place(_) => Group::Unit,
            Shown::Output(output) if self.figures.contribution(output).is_some() => Group::Share,
            Shown::Aggregate(_)
            | Shown::Output(_)
            | Shown::Computed(_)
            | Shown::Profile
            | Shown::Order
            | Shown::Phase
            | Shown::Selected => Group::Result,
            Shown::Raw(_) => Group::Measured,
            Shown::Normalised(_) => Group::Normalised,
            Shown::Weighted(..) => Group::Weighted,
            Shown::Rounded(_) => Group::Rounded,
            Shown::Published | Shown::Turn => Group::Order,
        }
    }

    fn column(&self, shown: Shown) -> Column<'a> {
        match shown {
            Shown::Code | Shown::Name | Shown::Place(_) => self.unit(shown),
            Shown::Profile => {
                let empty = vec![""; self.figures.register.len()];
                Column::text("", Column::PUBLIC, empty)
                    .headed(self.word(labels::PROFILE_SHORT))
                    .wide(12)
                    .shown_as(Kind::Drawing)
            }
            Shown::Raw(node) => self.raw(node),
            Shown::Normalised(node) => self.normalised(node),
            Shown::Weighted(node, child) => self.weighted(node, child),
            Shown::Aggregate(node) => self.aggregate(node),
            Shown::Output(output) => self.output(output),
            Shown::Computed(output) => self.computed(output),
            Shown::Rounded(rounded) => self.rounded(rounded),
            Shown::Published | Shown::Turn | Shown::Order | Shown::Phase => {
                match &self.live.phases {
                    Some(phases) => self.live_selection(shown, phases),
                    None => self.selected(),
                }
            }
            Shown::Selected => self.selected(),
        }
    }

    fn unit(&self, shown: Shown) -> Column<'a> {
        let register = self.figures.register;
        let public = Column::PUBLIC;
        let column = match shown {
            Shown::Code => {
                let codes = register.codes().iter().map(String::as_str);
                Column::text("code", public, codes).headed(self.word(labels::CODE)).wide(9)
            }
            Shown::Place(at) => {
                let (words, width) = match at {
                    0 => (labels::KIND, 12),
                    1 => (labels::COUNTY, 15),
                    _ => (labels::REGION, 17),
                };
                let texts = (0..register.len()).map(|unit| {
                    let text = self.figures.register_text(PLACES[at], unit);
                    words::named(labels::KINDS, text, self.view.language)
                });
                Column::text(PLACES[at], public, texts).headed(self.word(words)).wide(width)
            }
            _ => {
                let names = register.names().iter().map(String::as_str);
                Column::text("name", public, names).headed(self.word(labels::NAME)).wide(24)
            }
        };
        column.shown_as(Kind::Word)
    }

    fn id(&self, node: usize) -> &'a str {
        &self.figures.method.nodes[node].id
    }

    fn label(&self, node: usize) -> &'a str {
        self.figures.node_label(node, self.view.language)
    }

    /// What the program computed and a spreadsheet does not is said so in its heading.
    fn fixed(&self, text: String, is_live: bool) -> String {
        if is_live { text } else { format!("{text} · {}", self.word(labels::FIXED_VALUE)) }
    }

    fn aside_of(&self, node: usize) -> Aside {
        self.figures.broadcast_level(node).map_or(Aside::Nothing, |_| Aside::Column)
    }

    /// A measured column.
    fn raw(&self, node: usize) -> Column<'a> {
        let title = self.figures.node_title(node, self.view.language);
        let heading = self.figures.broadcast_level(node).map_or(title.clone(), |level| {
            let level = words::named(labels::LEVELS, level, self.view.language);
            format!("{title} · {} {level}", self.word(labels::VALUE_OF))
        });
        let raw = &self.figures.index.nodes[node].raw;
        Column::computed(self.id(node), of_node(self.figures, node), raw)
            .headed(heading)
            .wide(13)
            .aside(self.aside_of(node))
            .noted(about_indicator(
                self.figures,
                node,
                &self.view.sources_of(node),
                self.view.language,
            ))
            .linked(self.first[node])
    }

    fn normalised(&self, node: usize) -> Column<'a> {
        let text = format!("{} – {}", self.label(node), self.word(labels::NORMALISED));
        let mut note = vec![self.word(labels::NORMALISED_NOTE).to_owned()];
        note.extend(self.steps(node));
        let id = format!("{}.normalised", self.id(node));
        let value = &self.figures.index.nodes[node].value;
        Column::computed(id, of_node(self.figures, node), value)
            .headed(self.fixed(text, self.live.norms.contains_key(&node)))
            .wide(13)
            .aside(self.aside_of(node))
            .noted(note.join("\n"))
    }

    fn weighted(&self, node: usize, child: usize) -> Column<'a> {
        let mean = &self.live.means[&node];
        let id = format!("{}.weighted.{}", self.id(node), self.id(mean.children[child]));
        let heading =
            format!("{} – {}", self.label(mean.children[child]), self.word(labels::WEIGHTED));
        Column::computed(id, Sensitivity::Unit, &mean.weighted(self.figures, child))
            .headed(heading)
            .wide(13)
    }

    fn aggregate(&self, node: usize) -> Column<'a> {
        let title = self.figures.node_title(node, self.view.language);
        let spec = &self.figures.method.nodes[node];
        let mut note = vec![self.label(node).to_owned()];
        note.push(made_from(self.figures, spec, self.view.language));
        note.extend(self.steps(node));
        let value = &self.figures.index.nodes[node].value;
        Column::computed(self.id(node), of_node(self.figures, node), value)
            .headed(self.fixed(title, self.live.means.contains_key(&node)))
            .wide(13)
            .noted(note.join("\n"))
            .linked(self.first[node])
    }

    fn output(&self, output: usize) -> Column<'a> {
        let result = &self.figures.index.outputs[output];
        let title = self.figures.output_title(output, self.view.language);
        let heading = self.fixed(title, self.live.outputs.contains_key(&output));
        let sensitivity = of_output(self.figures, output);
        match &result.column {
            OutputColumn::Numbers(numbers) => {
                let column = Column::computed(result.id.as_str(), sensitivity, numbers);
                let column = column.headed(heading).wide(11);
                let is_share = self.figures.contribution(output).is_some();
                if is_share { column.shown_as(Kind::Percent) } else { column }
            }
            OutputColumn::Classes(classes) => {
                let name = |class: &'a Option<String>| {
                    let class = class.as_deref().unwrap_or_default();
                    words::named(labels::CLASSES, class, self.view.language)
                };
                Column::text(result.id.as_str(), sensitivity, classes.iter().map(name))
                    .in_states(self.view.masks.class_states(output, classes))
                    .headed(heading)
                    .wide(16)
                    .shown_as(Kind::SetOff)
                    .with_gap(":")
            }
        }
    }

    fn computed(&self, output: usize) -> Column<'a> {
        let title = self.figures.output_title(output, self.view.language);
        self.output(output)
            .named(format!("{}.computed", self.figures.index.outputs[output].id))
            .headed(format!("{title} – {}", self.word(labels::COMPUTED)))
            .aside(Aside::Column)
    }

    fn rounded(&self, rounded: Rounded) -> Column<'a> {
        let result = &self.figures.index.nodes[rounded.node];
        let values = if rounded.raw { &result.raw } else { &result.value };
        let is_ranked = |unit: &usize| self.live.ranked[*unit];
        let cell = |unit| {
            let value = Some(unit).filter(is_ranked).and_then(|unit| values.value(unit))?;
            Some(stats::half_up(value, rounded.decimals))
        };
        let cells = (0..values.len()).map(cell);
        let id = format!("{}.rounded", self.id(rounded.node));
        let text = self.word(labels::ROUNDED);
        Column::numbers(id, of_node(self.figures, rounded.node), cells)
            .headed(format!("{} – {text} {}", self.label(rounded.node), rounded.decimals))
            .wide(13)
            .shown_as(Kind::Parameter(9))
            .aside(Aside::Cells)
    }

    fn outcome(&self, unit: usize) -> Option<&'a UnitOutcome> {
        self.view.selection?.selection.unit(&self.figures.register.codes()[unit])
    }

    fn phases(&self, id: &str, heading: String) -> Column<'a> {
        let units = 0..self.figures.register.len();
        let phase = |unit| self.outcome(unit).and_then(|it| it.phase.as_deref()).unwrap_or(OUTSIDE);
        Column::text(id, Column::PUBLIC, units.map(phase))
            .headed(heading)
            .wide(11)
            .shown_as(Kind::SetOff)
    }

    /// The phases as the engine gave them.
    fn selected(&self) -> Column<'a> {
        let mark = match self.live.phases {
            Some(_) => labels::COMPUTED,
            None => labels::FIXED_VALUE,
        };
        let heading = format!("{} – {}", self.word(labels::PHASE), self.word(mark));
        self.phases("phase.computed", heading).aside(Aside::Column)
    }

    /// A column of a live selection. Units that may take no place have no number in it.
    fn live_selection(&self, shown: Shown, phases: &LivePhases) -> Column<'a> {
        let turn = |unit: usize| phases.turns[unit];
        let units = 0..self.figures.register.len();
        let column = match shown {
            Shown::Phase => return self.phases("phase", self.word(labels::PHASE).to_owned()),
            Shown::Turn => {
                let turns = units.map(|unit| turn(unit).map(f64::from));
                Column::numbers("selection.turn", Column::PUBLIC, turns)
                    .headed(self.word(labels::SELECTION_TURN))
                    .wide(13)
                    .shown_as(Kind::Parameter(0))
            }
            Shown::Published => {
                let scores = &self.figures.index.nodes[phases.node].value;
                let decimals = phases.decimals.into();
                let published = units.map(|unit| {
                    turn(unit)?;
                    Some(stats::half_up(scores.value(unit)?, decimals))
                });
                Column::numbers("selection.published", Sensitivity::Unit, published)
                    .headed(self.word(labels::PUBLISHED_SCORE))
                    .wide(13)
                    .shown_as(Kind::Decimals(phases.decimals.into()))
                    .aside(Aside::Cells)
            }
            _ => {
                let order = units.map(|unit| {
                    turn(unit)?;
                    self.outcome(unit)?.rank.map(|rank| rank as f64)
                });
                Column::numbers("selection.order", Column::PUBLIC, order)
                    .headed(self.word(labels::SELECTION_ORDER))
                    .wide(11)
                    .shown_as(Kind::Parameter(0))
            }
        };
        column.with_gap(OUTSIDE)
    }

    fn steps(&self, node: usize) -> impl Iterator<Item = String> {
        let language = self.view.language;
        let steps = (1..).zip(&self.figures.method.nodes[node].steps);
        steps.map(move |(at, step)| format!("{at}. {}", words::step_sentence(step, language)))
    }
}
