//! `trace.parquet`: every step of every cell, in the order in which they ran.

use super::mark_word;
use crate::report::View;
use crate::report::table::Table;

/// One row a unit and step: `code,node,into,position,step,value,mark`. `into` is the parent into
/// which the node enters for `each` steps; position 0 is the value before the first step.
pub(crate) fn trace<'a>(view: &View<'a>) -> Table<'a> {
    let mut table = Table::default();
    let steps = &view.figures.index.trace;
    let units = view.figures.register.len();
    let of_step = |text: &'a str| std::iter::repeat_n(text, units);
    table.text(
        "code",
        steps.iter().flat_map(|_| view.figures.register.codes().iter().map(String::as_str)),
    );
    table.text("node", steps.iter().flat_map(|step| of_step(&step.node)));
    table.text("into", steps.iter().flat_map(|step| of_step(step.into.as_deref().unwrap_or(""))));
    let position = |position: u32| i32::try_from(position).ok();
    table.integers(
        "position",
        steps.iter().flat_map(|step| std::iter::repeat_n(position(step.position), units)),
    );
    table.text("step", steps.iter().flat_map(|step| of_step(&step.step)));
    table.numbers(
        "value",
        steps.iter().flat_map(|step| (0..units).map(|unit| step.column.value(unit))),
    );
    let marks = steps.iter().flat_map(|step| step.column.marks());
    table.text("mark", marks.map(|&mark| mark_word(mark)));
    table
}

#[cfg(test)]
mod tests {
    use super::trace;
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    #[test]
    fn each_step_of_each_unit_is_a_row() {
        let fixture = Fixture::new();
        let text = String::from_utf8(csv(&trace(&fixture.view()))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "code,node,into,position,step,value,mark");
        assert_eq!(lines[1], "10,children,,0,value,20,value");
        assert_eq!(lines[6], "10,children,,1,minmax,50,value");
        assert_eq!(lines[10], "21,children,,1,minmax,,confidential");
        assert_eq!(lines.len(), 1 + 2 * 5);
    }
}
