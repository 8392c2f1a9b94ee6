//! The table of all units: what a reader searches, sorts and filters, and what stands for the map
//! where nobody sees it.

use maud::{Markup, html};

use super::{cell, word};
use crate::language::{Language, machine};
use crate::message::labels;
use crate::report::model::{Cells, Column, Page, Units, shown_number};

/// The part with search, filters and table.
pub(super) fn part(page: &Page<'_>) -> Markup {
    let columns = page.units.table.page_columns();
    html! {
        section aria-labelledby="table-part" {
            h2 id="table-part" { (word(page, labels::PART_TABLE)) }
            (tools(page))
            p class="quiet" id="count" role="status" {}
            div class="scroll" tabindex="0" role="region"
                aria-label=(word(page, labels::TABLE_REGION)) {
                table id="units" {
                    caption { (word(page, labels::TABLE_CAPTION)) }
                    thead { tr { @for column in &columns { (heading(column)) } } }
                    tbody { @for &unit in &page.units.order { (row(page, &columns, unit)) } }
                }
            }
            p { button type="button" id="more" hidden {} }
        }
    }
}

fn tools(page: &Page<'_>) -> Markup {
    html! {
        div class="tools" role="search" {
            label {
                (word(page, labels::SEARCH))
                input type="search" id="search" autocomplete="off";
            }
            @for filter in &page.units.filters {
                label {
                    (filter.title)
                    select data-filter=(filter.name) {
                        option value="" { (word(page, labels::FILTER_ALL)) }
                        @for (value, text) in &filter.values { option value=(value) { (text) } }
                    }
                }
            }
            button type="button" id="clear" { (word(page, labels::SEARCH_CLEAR)) }
        }
    }
}

fn is_number(column: &Column<'_>) -> bool {
    !matches!(column.cells, Cells::Text(_))
}

fn heading(column: &Column<'_>) -> Markup {
    let sorted = (column.id == "place").then_some("ascending");
    html! {
        th scope="col" class=[is_number(column).then_some("n")] aria-sort=[sorted] {
            button type="button" { (column.heading) }
        }
    }
}

fn row(page: &Page<'_>, columns: &[&Column<'_>], unit: usize) -> Markup {
    let row = &page.units.rows[unit];
    let place = columns.first().map(|column| shown_number(column, unit, page.head.language));
    html! {
        tr id={ "s" (row.code) } data-unit=(unit) data-code=(row.code) data-name=(row.name)
            data-find={ (row.name) " " (row.code) " " (row.county) } data-county=(row.county)
            data-kind=(row.kind) data-class=(row.class) data-class-name=(row.class_name)
            data-place=(place.unwrap_or_default()) data-about=(row.about) data-phase=(row.phase) {
            @for column in columns { (unit_cell(&page.units, column, unit, page.head.language)) }
        }
    }
}

/// The name of a unit leads to its profile; numbers, and words that have an order, say by what they
/// are sorted.
fn unit_cell(units: &Units<'_>, column: &Column<'_>, unit: usize, language: Language) -> Markup {
    let text = cell(column, unit, language);
    let key = |keys: &Vec<Option<usize>>| keys[unit].map(|key| key.to_string()).unwrap_or_default();
    let keys = units.keys.iter().find(|(id, _)| *id == column.id).map(|(_, keys)| key(keys));
    let number = column.cells.number(unit).map(machine).unwrap_or_default();
    html! {
        @if column.id == "name" {
            th scope="row" { a href={ "#s" (units.rows[unit].code) } { (text) } }
        } @else if is_number(column) {
            td class="n" data-value=(number) { (text) }
        } @else {
            td data-value=[keys] { (text) }
        }
    }
}
