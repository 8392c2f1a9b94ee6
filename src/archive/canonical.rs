//! What was read from the inputs as plain tables, one a source, and the register.

use crate::observation::{Cell, Missing};
use crate::register::UNIT;
use crate::report::{File, Table, View, csv};

use super::package::{Column, Described};

/// `inputs/tables/register.csv` and `inputs/tables/<source>.csv`, each with its columns: one row an
/// area in the order of the register, for each measure its value and, as `<measure>.state`, what
/// the cell is.
pub(super) fn tables(view: &View<'_>) -> Vec<(File, Described)> {
    let mut all = vec![register(view)];
    for (at, source) in view.study.sources.iter().enumerate() {
        let series: Vec<_> =
            view.figures.observations.series.iter().filter(|series| series.source == at).collect();
        let Some(first) = series.first() else { continue };
        let Some(level) = view.figures.register.level(&first.level) else { continue };
        let is_unit = first.level == UNIT;
        let area = if is_unit { "code" } else { "area" };
        let mut table = Table::default();
        table.text(area, level.areas.iter().map(String::as_str));
        let mut columns = vec![Column::text(area)];
        for one in series.iter().filter(|one| one.level == first.level) {
            let id = one.name.split_once('.').map_or(one.name.as_str(), |(_, id)| id);
            if one.nature.is_number() {
                table.numbers(id, one.cells.iter().map(Cell::number));
                columns.push(Column::number(id));
            } else {
                table.text(id, one.cells.iter().map(word));
                columns.push(Column::text(id));
            }
            let state = format!("{id}.state");
            columns.push(Column::text(&state));
            table.text(state, one.cells.iter().map(state_of));
        }
        let path = format!("inputs/tables/{}.csv", source.id);
        let described = Described {
            columns,
            key: Some(area.to_owned()),
            in_register: is_unit,
            path: path.clone(),
        };
        all.push((File { path, bytes: csv(&table) }, described));
    }
    all
}

fn register(view: &View<'_>) -> (File, Described) {
    let mut table = Table::default();
    table.text("code", view.figures.register.codes().iter().map(String::as_str));
    table.text("name", view.figures.register.names().iter().map(String::as_str));
    let mut columns = vec![Column::text("code"), Column::text("name")];
    for name in view.figures.register.columns() {
        let values = view.figures.register.column(name).unwrap_or_default();
        table.text(name.clone(), values.iter().map(String::as_str));
        columns.push(Column::text(name));
    }
    let path = super::package::REGISTER.to_owned();
    let key = Some("code".to_owned());
    let described = Described { columns, key, in_register: false, path: path.clone() };
    (File { path, bytes: csv(&table) }, described)
}

fn word(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::Missing(_) => "",
    }
}

fn state_of(cell: &Cell) -> &str {
    match cell {
        Cell::Number(_) | Cell::Text(_) => "value",
        Cell::Missing(Missing::NotAvailable) => "not-available",
        Cell::Missing(Missing::Confidential) => "confidential",
        Cell::Missing(Missing::NotApplicable) => "not-applicable",
    }
}
