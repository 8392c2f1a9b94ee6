//! `index.csv`: one row a unit, with what was measured, normalised, scored, ranked and classed.

use crate::index::{Column, OutputColumn};
use crate::report::View;
use crate::report::table::Table;

/// Register columns that lead the table, empty where a register has no such column.
pub(crate) const PLACES: [&str; 3] = ["kind", "county", "region"];

/// `code,name,kind,county,region`, then per indicator `<id>` (as measured) and `<id>.normalised`,
/// per aggregate `<id>`, per output `<id>`.
pub(crate) fn index<'a>(view: &View<'a>) -> Table<'a> {
    let mut table = Table::default();
    let units = 0..view.figures.register.len();
    table.text("code", view.figures.register.codes().iter().map(String::as_str));
    table.text("name", view.figures.register.names().iter().map(String::as_str));
    for place in PLACES {
        table.text(place, units.clone().map(|unit| view.figures.register_text(place, unit)));
    }
    let nodes = || view.figures.method.nodes.iter().zip(&view.figures.index.nodes);
    for (node, result) in nodes().filter(|(node, _)| node.is_indicator()) {
        table.numbers(node.id.as_str(), numbers(&result.raw));
        table.numbers(format!("{}.normalised", node.id), numbers(&result.value));
    }
    for (node, result) in nodes().filter(|(node, _)| !node.is_indicator()) {
        table.numbers(node.id.as_str(), numbers(&result.value));
    }
    for output in &view.figures.index.outputs {
        match &output.column {
            OutputColumn::Numbers(column) => table.numbers(output.id.as_str(), numbers(column)),
            OutputColumn::Classes(classes) => {
                let words = classes.iter().map(|class| class.as_deref().unwrap_or(""));
                table.text(output.id.as_str(), words);
            }
        }
    }
    table
}

fn numbers(column: &Column) -> impl Iterator<Item = Option<f64>> {
    (0..column.len()).map(|unit| column.value(unit))
}

#[cfg(test)]
mod tests {
    use super::index;
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    #[test]
    fn a_row_holds_measured_normalised_score_and_outputs() {
        let fixture = Fixture::new();
        let text = String::from_utf8(csv(&index(&fixture.view()))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "code,name,kind,county,region,children,children.normalised,unemployed,\
             unemployed.normalised,irc,rank,class"
        );
        assert_eq!(lines[1], "10,Alfa,town,Alba,Centru,20,50,5.5,0,25,4,low");
        assert_eq!(lines[2], "11,=2+3,commune,Alba,Centru,40,100,5.5,0,50,1,high");
        // a measured zero is not an empty cell, and what nobody measured is not a zero
        assert_eq!(lines[4], "20,Delta,commune,Cluj,Nord-Vest,0,0,,100,50,1,high");
        assert_eq!(lines[5], "21,23 August,commune,Cluj,Nord-Vest,,,,100,,,");
        assert_eq!(lines.len(), 1 + 5);
    }
}
