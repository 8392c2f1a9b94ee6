//! The formulas of the *Index* sheet: each says over cells what the engine computed from numbers.

use std::fmt::Write as _;

use rust_xlsxwriter::RowNum;
use rust_xlsxwriter::utility::row_col_to_cell_absolute;

use super::columns::{Grid, Shown};
use crate::index::aggregate::Combine;
use crate::index::class::Side;
use crate::index::method::{Aggregate, Origin};
use crate::index::stats::{Order, Ties};
use crate::report::view::View;
use crate::report::workbook::layout;
use crate::report::workbook::live::{Live, LiveClass, LivePhases, LiveRank, Norm, Rounded, Rule};
use crate::report::workbook::weights::Parameter;

/// What stands where a unit has no phase.
pub(super) const NO_PHASE: &str = "–";

/// What formulas are made from.
#[derive(Clone, Copy)]
pub(super) struct Formulas<'f, 'a> {
    pub(super) view: &'f View<'a>,
    pub(super) live: &'f Live,
    pub(super) grid: &'f Grid,
    /// Name of the sheet of parameters as formulas write it.
    pub(super) sheet: &'f str,
}

impl Formulas<'_, '_> {
    fn parameter(&self, row: RowNum, parameter: Parameter) -> String {
        format!("{}!{}", self.sheet, row_col_to_cell_absolute(row, parameter.column()))
    }

    /// The normalised value of a measured one.
    pub(super) fn normalised(&self, node: usize, norm: &Norm, row: RowNum) -> String {
        let at = |parameter| self.parameter(self.live.bound_row(node), parameter);
        let mut x = self.grid.cell(Shown::Raw(node), row);
        if norm.cut[1].is_some() {
            x = format!("MIN({x},{})", at(Parameter::CutHigh));
        }
        if norm.cut[0].is_some() {
            x = format!("MAX({x},{})", at(Parameter::CutLow));
        }
        let (from, to) = (at(Parameter::From), at(Parameter::To));
        let (first, second) = (at(Parameter::First), at(Parameter::Second));
        match &norm.rule {
            Rule::Same => x,
            Rule::MinMax { .. } if norm.protective => {
                format!("({to}-{x})/({to}-{from})*({second}-{first})+{first}")
            }
            Rule::MinMax { .. } => format!("({x}-{from})/({to}-{from})*({second}-{first})+{first}"),
            Rule::ZScore { .. } if norm.protective => format!("({from}-{x})/{to}*{second}+{first}"),
            Rule::ZScore { .. } => format!("({x}-{from})/{to}*{second}+{first}"),
            Rule::Rank { order, decimals } => {
                let rounded = Shown::Rounded(Rounded { node, raw: true, decimals: *decimals });
                let (own, all) = (self.grid.cell(rounded, row), self.grid.range(rounded));
                format!("RANK({own},{all},{})", direction(*order))
            }
        }
    }

    /// A value rounded to decimals, for units of the distribution.
    pub(super) fn rounded(&self, rounded: Rounded, row: RowNum) -> String {
        let cell = self.grid.cell(self.column_of(rounded), row);
        format!("IF(ISNUMBER({cell}),ROUND({cell},{}),\":\")", rounded.decimals)
    }

    fn column_of(&self, rounded: Rounded) -> Shown {
        match (self.view.figures.method.nodes[rounded.node].is_indicator(), rounded.raw) {
            (true, true) => Shown::Raw(rounded.node),
            (true, false) => Shown::Normalised(rounded.node),
            (false, _) => Shown::Aggregate(rounded.node),
        }
    }

    fn child(&self, aggregate: &Aggregate, child: usize, row: RowNum) -> String {
        let node = aggregate.children[child].node;
        let is_indicator = self.view.figures.method.nodes[node].is_indicator();
        let shown = if is_indicator { Shown::Normalised(node) } else { Shown::Aggregate(node) };
        self.grid.cell(shown, row)
    }

    fn weight(&self, node: usize, child: usize) -> String {
        let row = self.live.weight_row(node, child).expect("a live mean has weights");
        self.parameter(row, Parameter::Weight)
    }

    fn aggregate(&self, node: usize) -> Option<&Aggregate> {
        match &self.view.figures.method.nodes[node].origin {
            Origin::Children(aggregate) => Some(aggregate),
            Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => None,
        }
    }

    /// Whether every child of a unit is an indicator with a value, which no weight can change.
    fn is_whole(&self, aggregate: &Aggregate, unit: usize) -> bool {
        aggregate.children.iter().all(|child| {
            self.view.figures.method.nodes[child.node].is_indicator()
                && self.view.figures.index.nodes[child.node].value.value(unit).is_some()
        })
    }

    /// What a child adds to its parent: weight times value, over the weights present in a mean.
    pub(super) fn weighted(
        &self,
        node: usize,
        child: usize,
        (unit, row): (usize, RowNum),
    ) -> String {
        let Some(aggregate) = self.aggregate(node) else { return String::new() };
        let x = self.child(aggregate, child, row);
        let weight = self.weight(node, child);
        let children = aggregate.children.len();
        let all = self.weight(node, children);
        let is_whole = self.is_whole(aggregate, unit);
        let product = match (&aggregate.combine, aggregate.rescale) {
            (Combine::Arithmetic, true) if is_whole => {
                return format!("IF({all}=0,\":\",{weight}*{x}/{all})");
            }
            (Combine::Arithmetic, rescale) if !is_whole => {
                let present: Vec<String> = (0..children)
                    .map(|at| {
                        let x = self.child(aggregate, at, row);
                        format!("{}*ISNUMBER({x})", self.weight(node, at))
                    })
                    .collect();
                let present = present.join("+");
                let whole = if rescale { String::new() } else { format!("*{all}") };
                format!("IF({present}=0,\":\",{weight}*{x}{whole}/({present}))")
            }
            _ => format!("{weight}*{x}"),
        };
        if is_whole { product } else { format!("IF(ISNUMBER({x}),{product},\":\")") }
    }

    /// The score: what the children add, where enough of them have a value.
    pub(super) fn score(&self, node: usize, (unit, row): (usize, RowNum)) -> String {
        let Some(aggregate) = self.aggregate(node) else { return String::new() };
        let children = aggregate.children.len();
        let first = self.grid.cell(Shown::Weighted(node, 0), row);
        let last = self.grid.cell(Shown::Weighted(node, children - 1), row);
        let sum = format!("SUM({first}:{last})");
        if self.is_whole(aggregate, unit) {
            return format!("IF(COUNT({first}:{last})=0,\":\",{sum})");
        }
        let (mut present, mut lost) = (String::new(), String::new());
        for at in 0..children {
            let (x, weight) = (self.child(aggregate, at, row), self.weight(node, at));
            let plus = if at == 0 { "" } else { "+" };
            write!(present, "{plus}({weight}<>0)*ISNUMBER({x})").expect("a text takes all");
            write!(lost, "{plus}({weight}<>0)*(({x}=\":\")+({x}=\"c\"))")
                .expect("a text takes all");
        }
        let require = aggregate.missing.require;
        format!(
            "IF(AND({present}>0,{present}>={require}*({present}+{lost})-0.000000001),{sum},\":\")"
        )
    }

    /// A place among the units of the distribution.
    pub(super) fn place(&self, rank: &LiveRank, (unit, row): (usize, RowNum)) -> String {
        let shown = Shown::Rounded(rank.rounded);
        let (own, all) = (self.grid.cell(shown, row), self.grid.range(shown));
        let score = self.grid.cell(self.column_of(rank.rounded), row);
        let is_in = self.view.figures.index.ranked[unit];
        let value =
            if is_in { own.clone() } else { format!("ROUND({score},{})", rank.rounded.decimals) };
        let before = match rank.order {
            Order::HighestFirst => ">",
            Order::LowestFirst => "<",
        };
        let within = rank.within.map(|place| {
            let areas = Shown::Place(place);
            format!("{},{},", self.grid.range(areas), self.grid.cell(areas, row))
        });
        let count = |sign: &str| match &within {
            Some(areas) => format!("COUNTIFS({areas}{all},\"{sign}\"&{value})"),
            None => format!("COUNTIF({all},\"{sign}\"&{value})"),
        };
        let first = match (&within, is_in) {
            (None, true) => format!("RANK({own},{all},{})", direction(rank.order)),
            _ => format!("{}+1", count(before)),
        };
        let others = if is_in { format!("{}-1", count("=")) } else { count("=") };
        let place = match rank.ties {
            Ties::Max => format!("{first}+{others}"),
            Ties::Mean => format!("{first}+({others})/2"),
            Ties::Min | Ties::Dense | Ties::Ordinal => first,
        };
        format!("IF(ISNUMBER({score}),{place},\":\")")
    }

    /// The class between cuts.
    pub(super) fn class(&self, output: usize, class: &LiveClass, row: RowNum) -> String {
        let score = self.grid.cell(self.column_of(class.rounded), row);
        let first = self.live.class_row(output);
        let end = first + layout::rows(class.labels.len()) - 1;
        let range = |parameter: Parameter, last: RowNum| {
            let column = parameter.column();
            let (from, to) =
                (row_col_to_cell_absolute(first, column), row_col_to_cell_absolute(last, column));
            format!("{}!{from}:{to}", self.sheet)
        };
        let names = range(Parameter::ClassName, end);
        if class.cuts.is_empty() {
            return format!("IF(ISNUMBER({score}),INDEX({names},1),\":\")");
        }
        let cuts = range(Parameter::Cut, end - 1);
        let below = match class.closed {
            Side::Left => "<=",
            Side::Right => "<",
        };
        let value = format!("ROUND({score},{})", class.rounded.decimals);
        let number = format!("1+SUMPRODUCT(--({cuts}{below}{value}))");
        format!("IF(ISNUMBER({score}),INDEX({names},{number}),\":\")")
    }

    /// The published score of a unit that may take a place.
    pub(super) fn published(&self, phases: &LivePhases, row: RowNum) -> String {
        let score = Rounded { node: phases.node, raw: false, decimals: phases.decimals.into() };
        self.rounded(score, row)
    }

    /// The number of a unit in the order of a selection: score, then turn among equals.
    pub(super) fn order(&self, row: RowNum) -> String {
        let (own, all) = (self.grid.cell(Shown::Published, row), self.grid.range(Shown::Published));
        let (turn, turns) = (self.grid.cell(Shown::Turn, row), self.grid.range(Shown::Turn));
        let equals = format!("COUNTIFS({all},{own},{turns},\"<\"&{turn})");
        format!("IF(ISNUMBER({own}),RANK({own},{all},0)+{equals},\":\")")
    }

    /// The phase of a unit: the first whose places reach its number.
    pub(super) fn phase(&self, phases: &LivePhases, row: RowNum) -> String {
        let order = self.grid.cell(Shown::Order, row);
        let first = self.live.first_phase();
        let mut phase = format!("\"{NO_PHASE}\"");
        for at in (first..first + layout::rows(phases.upto.len())).rev() {
            let (places, name) =
                (self.parameter(at, Parameter::Places), self.parameter(at, Parameter::PhaseName));
            phase = format!("IF({order}<={places},{name},{phase})");
        }
        format!("IF(ISNUMBER({order}),{phase},\"{NO_PHASE}\")")
    }

    /// The share of a child in the score.
    pub(super) fn share(&self, node: usize, child: usize, row: RowNum) -> String {
        let part = self.grid.cell(Shown::Weighted(node, child), row);
        let score = self.grid.cell(Shown::Aggregate(node), row);
        format!("IFERROR({part}/{score},\":\")")
    }
}

fn direction(order: Order) -> u8 {
    match order {
        Order::HighestFirst => 0,
        Order::LowestFirst => 1,
    }
}
