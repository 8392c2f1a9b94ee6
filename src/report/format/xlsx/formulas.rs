//! The formulas of the *Index* sheet: each says over cells what the engine computed from numbers.

use std::fmt::Write as _;

use rust_xlsxwriter::RowNum;

use super::layout::{INDEX_FIRST, Parameter, Places, rows};
use crate::index::class::Side;
use crate::index::stats::{Order, Ties};
use crate::report::model::{
    Live, LiveClass, LiveMean, LiveOutput, LivePhases, LiveRank, Norm, OUTSIDE, Rounded, Rule,
    Shown,
};

/// What formulas are made from.
#[derive(Clone, Copy)]
pub(super) struct Formulas<'f> {
    pub(super) live: &'f Live,
    pub(super) places: &'f Places,
}

impl Formulas<'_> {
    /// The formula of a column for a unit; `None` where its cell is a value.
    pub(super) fn of(&self, shown: Shown, unit: usize, is_measured: bool) -> Option<String> {
        let row = INDEX_FIRST + rows(unit);
        // what a formula says of masked cells would not be what the engine computed
        let is_open = !self.live.is_masked[unit];
        match shown {
            Shown::Normalised(node) => {
                // what a rule filled in has no measured cell to point at
                let norm = self.live.norms.get(&node).filter(|_| is_open && is_measured)?;
                Some(self.normalised(node, norm, row))
            }
            Shown::Weighted(node, child) if is_open => Some(self.weighted(node, child, unit)),
            Shown::Aggregate(node) => {
                let mean = self.live.means.get(&node).filter(|_| is_open)?;
                Some(self.score(node, mean, unit))
            }
            Shown::Output(output) => match self.live.outputs.get(&output)? {
                LiveOutput::Share(node, child) => is_open.then(|| self.share(*node, *child, row)),
                LiveOutput::Rank(rank) => is_open.then(|| self.place(rank, unit)),
                LiveOutput::Class(class) => Some(self.class(output, class, row)),
            },
            Shown::Rounded(rounded) => self.live.ranked[unit].then(|| self.rounded(rounded, row)),
            Shown::Published | Shown::Order | Shown::Phase => {
                let phases = self.live.phases.as_ref().filter(|it| it.turns[unit].is_some())?;
                Some(match shown {
                    Shown::Published => self.published(phases, row),
                    Shown::Order => self.order(row),
                    _ => self.phase(phases, row),
                })
            }
            _ => None,
        }
    }

    /// The normalised value of a measured one.
    fn normalised(&self, node: usize, norm: &Norm, row: RowNum) -> String {
        let at = |parameter| self.places.parameter(self.places.bounds[&node], parameter);
        let mut x = self.places.cell(Shown::Raw(node), row);
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
                let (own, all) = (self.places.cell(rounded, row), self.places.range(rounded));
                format!("RANK({own},{all},{})", direction(*order))
            }
        }
    }

    /// A value rounded to decimals, for units of the distribution.
    fn rounded(&self, rounded: Rounded, row: RowNum) -> String {
        let cell = self.places.cell(self.column_of(rounded), row);
        format!("IF(ISNUMBER({cell}),ROUND({cell},{}),\":\")", rounded.decimals)
    }

    fn column_of(&self, rounded: Rounded) -> Shown {
        match (self.live.is_indicator[rounded.node], rounded.raw) {
            (true, true) => Shown::Raw(rounded.node),
            (true, false) => Shown::Normalised(rounded.node),
            (false, _) => Shown::Aggregate(rounded.node),
        }
    }

    fn child(&self, mean: &LiveMean, child: usize, row: RowNum) -> String {
        let node = mean.children[child];
        let is_indicator = self.live.is_indicator[node];
        let shown = if is_indicator { Shown::Normalised(node) } else { Shown::Aggregate(node) };
        self.places.cell(shown, row)
    }

    fn weight(&self, node: usize, child: usize) -> String {
        self.places.parameter(self.places.weights[&node] + rows(child), Parameter::Weight)
    }

    /// What a child adds to its parent: weight times value, over the weights present in a mean.
    fn weighted(&self, node: usize, child: usize, unit: usize) -> String {
        let row = INDEX_FIRST + rows(unit);
        let mean = &self.live.means[&node];
        let x = self.child(mean, child, row);
        let weight = self.weight(node, child);
        let children = mean.children.len();
        let all = self.weight(node, children);
        let is_whole = mean.is_whole[unit];
        let product = match (mean.is_mean, mean.rescale) {
            (true, true) if is_whole => {
                return format!("IF({all}=0,\":\",{weight}*{x}/{all})");
            }
            (true, rescale) if !is_whole => {
                let present: Vec<String> = (0..children)
                    .map(|at| {
                        let x = self.child(mean, at, row);
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
    fn score(&self, node: usize, mean: &LiveMean, unit: usize) -> String {
        let row = INDEX_FIRST + rows(unit);
        let children = mean.children.len();
        let first = self.places.cell(Shown::Weighted(node, 0), row);
        let last = self.places.cell(Shown::Weighted(node, children - 1), row);
        let sum = format!("SUM({first}:{last})");
        if mean.is_whole[unit] {
            return format!("IF(COUNT({first}:{last})=0,\":\",{sum})");
        }
        let (mut present, mut lost) = (String::new(), String::new());
        for at in 0..children {
            let (x, weight) = (self.child(mean, at, row), self.weight(node, at));
            let plus = if at == 0 { "" } else { "+" };
            write!(present, "{plus}({weight}<>0)*ISNUMBER({x})").expect("a text takes all");
            write!(lost, "{plus}({weight}<>0)*(({x}=\":\")+({x}=\"c\"))")
                .expect("a text takes all");
        }
        let [part, whole] = mean.require.terms();
        format!("IF(AND({present}>0,({present})*{whole}>=({present}+{lost})*{part}),{sum},\":\")")
    }

    /// A place among the units of the distribution.
    fn place(&self, rank: &LiveRank, unit: usize) -> String {
        let row = INDEX_FIRST + rows(unit);
        let shown = Shown::Rounded(rank.rounded);
        let (own, all) = (self.places.cell(shown, row), self.places.range(shown));
        let score = self.places.cell(self.column_of(rank.rounded), row);
        let is_in = self.live.ranked[unit];
        let value =
            if is_in { own.clone() } else { format!("ROUND({score},{})", rank.rounded.decimals) };
        let before = match rank.order {
            Order::HighestFirst => ">",
            Order::LowestFirst => "<",
        };
        let within = rank.within.map(|place| {
            let areas = Shown::Place(place);
            format!("{},{},", self.places.range(areas), self.places.cell(areas, row))
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
    fn class(&self, output: usize, class: &LiveClass, row: RowNum) -> String {
        let score = self.places.cell(self.column_of(class.rounded), row);
        let first = self.places.classes[&output];
        let end = first + rows(class.labels.len()) - 1;
        let names = self.places.parameters(first, end, Parameter::ClassName);
        if class.cuts.is_empty() {
            return format!("IF(ISNUMBER({score}),INDEX({names},1),\":\")");
        }
        let cuts = self.places.parameters(first, end - 1, Parameter::Cut);
        let below = match class.closed {
            Side::Left => "<=",
            Side::Right => "<",
        };
        let value = format!("ROUND({score},{})", class.rounded.decimals);
        let number = format!("1+SUMPRODUCT(--({cuts}{below}{value}))");
        format!("IF(ISNUMBER({score}),INDEX({names},{number}),\":\")")
    }

    /// The published score of a unit that may take a place.
    fn published(&self, phases: &LivePhases, row: RowNum) -> String {
        let score = Rounded { node: phases.node, raw: false, decimals: phases.decimals.into() };
        self.rounded(score, row)
    }

    /// The number of a unit in the order of a selection: score, then turn among equals.
    fn order(&self, row: RowNum) -> String {
        let (own, all) =
            (self.places.cell(Shown::Published, row), self.places.range(Shown::Published));
        let (turn, turns) = (self.places.cell(Shown::Turn, row), self.places.range(Shown::Turn));
        let equals = format!("COUNTIFS({all},{own},{turns},\"<\"&{turn})");
        format!("IF(ISNUMBER({own}),RANK({own},{all},0)+{equals},\":\")")
    }

    /// The phase of a unit: the first whose places reach its number.
    fn phase(&self, phases: &LivePhases, row: RowNum) -> String {
        let order = self.places.cell(Shown::Order, row);
        let first = self.places.first_phase;
        let mut phase = format!("\"{OUTSIDE}\"");
        for at in (first..first + rows(phases.upto.len())).rev() {
            let places = self.places.parameter(at, Parameter::Places);
            let name = self.places.parameter(at, Parameter::PhaseName);
            phase = format!("IF({order}<={places},{name},{phase})");
        }
        format!("IF(ISNUMBER({order}),{phase},\"{OUTSIDE}\")")
    }

    /// The share of a child in the score.
    fn share(&self, node: usize, child: usize, row: RowNum) -> String {
        let part = self.places.cell(Shown::Weighted(node, child), row);
        let score = self.places.cell(Shown::Aggregate(node), row);
        format!("IFERROR({part}/{score},\":\")")
    }
}

fn direction(order: Order) -> u8 {
    match order {
        Order::HighestFirst => 0,
        Order::LowestFirst => 1,
    }
}
