//! Small methods over a few units in counties, and what they compute.

use crate::index::method::{Aggregate, Child, Method, Node, Origin, Status, Steps};
use crate::index::{Formula, Index, Operand, TraceMode, compute};
use crate::language::Label;
use crate::observation::{Cell, Missing, Nature, Observations, Origins, Series};
use crate::quality::Findings;
use crate::register::{Register, Unit};

/// An indicator that is one series: its name, its level, its values by area.
pub(crate) type Measured<'a> = (&'a str, &'a str, &'a [f64]);

/// Units in counties, whose letters are given, one a unit.
pub(crate) fn register(counties: &str) -> Register {
    let unit = |(at, county): (usize, char)| Unit {
        code: format!("{at:04}"),
        name: format!("Place {at}"),
        values: vec![county.into()],
    };
    let units = counties.chars().enumerate().map(unit).collect();
    Register::new("r", Label::same("r"), vec!["county".into()], units).unwrap()
}

/// A method of indicators without steps, and of parents behind them: id and children by position
/// with their weights.
pub(crate) fn method(indicators: &[Measured<'_>], parents: &[(&str, &[(usize, f64)])]) -> Method {
    let numbers = |operands: &[Operand<'_>]| match operands[0] {
        Operand::Numbers(numbers) => numbers.iter().copied().map(Some).collect(),
        Operand::Texts(_) => Vec::new(),
    };
    let indicators = indicators.iter().map(|(id, ..)| {
        let formula = Formula::new(*id, vec![(*id).into()], numbers);
        Node::new(id, Origin::Measures(formula), Steps::default())
    });
    let parents = parents.iter().map(|(id, children)| {
        let children = children.iter().map(|&(node, weight)| Child { node, weight });
        Node::new(id, Origin::Children(Aggregate::of(children.collect())), Steps::default())
    });
    Method {
        id: "m".into(),
        version: "1".into(),
        status: Status::Illustrative,
        title: Label::same("m"),
        description: None,
        over: None,
        period: None,
        headline: None,
        nodes: indicators.chain(parents).collect(),
        outputs: Vec::new(),
        summaries: Vec::new(),
    }
}

pub(crate) fn observations(indicators: &[Measured<'_>]) -> Observations {
    let cell = |&value: &f64| match value {
        gap if gap.is_nan() => Cell::Missing(Missing::NotAvailable),
        number => Cell::Number(number),
    };
    let series = |&(name, level, values): &Measured<'_>| Series {
        name: name.into(),
        source: 0,
        level: level.into(),
        nature: Nature::Rate,
        counts: None,
        cells: values.iter().map(cell).collect(),
        origins: vec![Origins::default(); values.len()],
    };
    let series = indicators.iter().map(series).collect();
    Observations { series, ..Observations::default() }
}

pub(crate) fn run(
    method: &Method,
    register: &Register,
    indicators: &[Measured<'_>],
) -> (Index, Findings) {
    compute(method, register, &observations(indicators), TraceMode::Keep)
}
