use super::*;
use crate::ingest::sheet::facts::{Raised, Rectangle};

#[test]
fn cells_keep_their_absolute_positions() {
    let mut builder = GridBuilder::default();
    builder.cell(4, 2, Content::Text("SIRUTA"));
    builder.cell(5, 2, Content::Number(1017.0));
    builder.cell(5, 9, Content::Bool(true));
    builder.cell(6, 1, Content::Text("x"));
    let (grid, repeated) = builder.finish_cells();
    let shown = Rectangle { top: 5, left: 2, bottom: 5, right: 3 };
    let grid = grid.with(Facts { percent: vec![shown], ..Facts::default() });
    assert!(repeated.is_empty());
    assert_eq!(grid.len(), 3);
    assert_eq!(grid.width(), 9);
    let row = grid.numbered(5).unwrap();
    assert_eq!(row.cell(2), Content::Number(1017.0));
    assert_eq!(row.cell(2).text(), "1017");
    assert!(row.is_percent(2) && !row.is_percent(9));
    assert_eq!(row.cell(3), Content::Empty);
    assert_eq!(row.cell(9), Content::Bool(true));
    assert!(grid.numbered(3).is_none());
    assert_eq!(grid.after(4), 1);
}

#[test]
fn cells_out_of_order_are_sorted_and_the_last_of_a_repeated_one_counts() {
    let mut builder = GridBuilder::default();
    builder.cell(3, 1, Content::Number(3.0));
    builder.cell(1, 1, Content::Text("a"));
    builder.cell(3, 1, Content::Number(9.0));
    let (grid, repeated) = builder.finish_cells();
    assert_eq!(repeated, [(3, 1)]);
    assert_eq!(grid.numbered(3).unwrap().cell(1), Content::Number(9.0));
    assert_eq!(grid.numbered(3).unwrap().cells().count(), 1);
}

#[test]
fn rows_without_visible_cells_are_blank() {
    let mut builder = GridBuilder::default();
    builder.begin_row(1, 3);
    builder.field(1, "\u{a0}");
    builder.begin_row(2, 3);
    builder.field(2, " x ");
    let grid = builder.finish_text(String::new());
    assert!(grid.row(0).is_blank());
    assert!(!grid.row(1).is_blank());
    assert_eq!(grid.row(1).cell(2), Content::Text(" x "));
    assert_eq!(grid.row(1).fields(), 3);
}

#[test]
fn a_raised_mark_is_no_digit_of_the_number_before_it() {
    let mut builder = GridBuilder::default();
    let cells = [(1, "1391"), (2, "26,31"), (3, "-1"), (4, "0071"), (5, "Beștepe1"), (6, "1391")];
    for (column, text) in cells {
        builder.cell(1, column, Content::Text(text));
    }
    let plain = [(1, "139"), (2, "26,3 "), (3, "-"), (4, "007"), (5, "Beștepe"), (9, "139")];
    let raised = plain.map(|(column, plain)| {
        let (plain, mark) = (plain.to_owned(), "1".to_owned());
        Raised { column, top: 1, bottom: 2, plain, mark }
    });
    let grid = builder.finish_cells().0.with(Facts { raised: raised.into(), ..Facts::default() });
    let row = grid.numbered(1).unwrap();
    let cells: Vec<_> = row.cells().map(|(_, cell)| cell).collect();
    assert_eq!(
        cells,
        [
            Content::Number(139.0),
            Content::Text("26,3"),
            Content::Text("-"),
            Content::Text("007"),
            Content::Text("Beștepe1"),
            Content::Text("1391"),
        ]
    );
    assert_eq!((row.unmarked(5), row.unmarked(1)), (Some("Beștepe"), None));
    assert_eq!(grid.facts.unmarked.len(), 4);
}
