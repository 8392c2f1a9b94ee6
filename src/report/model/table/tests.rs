use super::*;
use crate::report::model::Sum;

fn masks() -> Masks {
    let units = vec![false, true, true];
    Masks { units, sums: vec![Sum::People], ..Masks::default() }
}

fn numbers(sensitivity: Sensitivity) -> Column<'static> {
    Column::numbers("x", sensitivity, [Some(1.0), Some(2.0), Some(3.0)])
}

#[test]
fn a_column_is_masked_by_what_it_may_give_away() {
    let masks = masks();
    let mut table = Table::new(Rows::Units(vec![Some(0), Some(1), Some(2)]), &masks);
    for sensitivity in [Sensitivity::Public, Sensitivity::Figures, Sensitivity::Unit] {
        table.push(numbers(sensitivity));
    }
    let shown: Vec<Vec<Option<f64>>> = table
        .columns()
        .iter()
        .map(|column| (0..3).map(|row| column.cells.number(row)).collect())
        .collect();
    let all = vec![Some(1.0), Some(2.0), Some(3.0)];
    assert_eq!(shown, [all.clone(), all, vec![Some(1.0), None, None]]);
}

#[test]
fn a_sum_of_which_a_part_is_masked_is_withheld_whole() {
    let masks = masks();
    let mut table = Table::new(Rows::Areas(vec![vec![0], vec![0], vec![0, 2]]), &masks);
    table.push(numbers(Sensitivity::Sum(Sum::People)));
    table.push(numbers(Sensitivity::Sum(Sum::Cost)));
    table.push(numbers(Sensitivity::Unit));
    let ids = |medium| table.of(medium).len();
    assert_eq!((ids(Medium::File), ids(Medium::Sheet)), (2, 3));
    assert!((0..3).all(|row| table.columns()[0].cells.number(row).is_none()));
    assert_eq!(table.columns()[2].cells, Cells::Numbers(vec![Some(1.0), Some(2.0), None]));
}

#[test]
fn each_medium_has_its_columns_in_its_order() {
    let masks = Masks::default();
    let mut table = Table::new(Rows::Other, &masks);
    table.push(Column::text("a", Sensitivity::Public, ["1"]).sheet_at(9));
    table.push(Column::text("b", Sensitivity::Public, ["2"]).page_at(0));
    table.push(Column::text("c", Sensitivity::Public, ["3"]).only(&[Medium::File]));
    let ids =
        |medium| -> String { table.of(medium).iter().map(|column| column.id.as_str()).collect() };
    assert_eq!(
        [Medium::File, Medium::Sheet, Medium::Page, Medium::Map].map(ids),
        ["abc", "ba", "ba", "ab"]
    );
}
