use super::*;

#[test]
fn cells_keep_their_absolute_positions() {
    let mut builder = GridBuilder::default();
    builder.cell(4, 2, Content::Text("SIRUTA"));
    builder.cell(5, 2, Content::Number(1017.0));
    builder.cell(5, 9, Content::Bool(true));
    let (grid, repeated) = builder.finish_cells(&[(5, 2)]);
    assert!(repeated.is_empty());
    assert_eq!(grid.len(), 2);
    assert_eq!(grid.width(), 9);
    let row = grid.numbered(5).unwrap();
    assert_eq!(row.cell(2), Content::Number(1017.0));
    assert_eq!(row.cell(2).text(), "1017");
    assert!(row.is_percent(2));
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
    let (grid, repeated) = builder.finish_cells(&[]);
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
