//! Tables as Parquet files, the one file of this room that knows frames.

use polars::prelude::{Column as Frame, DataFrame, NamedFrom, PolarsResult, Series};
use polars_io::prelude::{ParquetCompression, ParquetWriter};

use crate::report::model::{Cells, Table};

/// A table as a frame: one column of texts, numbers or whole numbers for each of its columns.
pub(crate) fn frame(table: &Table<'_>) -> DataFrame {
    let columns: Vec<Frame> = table
        .file_columns()
        .into_iter()
        .map(|column| {
            let name = column.id.as_str().into();
            let series = match &column.cells {
                Cells::Text(cells) => {
                    Series::new(name, cells.iter().map(Option::as_deref).collect::<Vec<_>>())
                }
                Cells::Numbers(cells) => Series::new(name, cells),
                Cells::Integers(cells) => Series::new(name, cells),
            };
            series.into()
        })
        .collect();
    DataFrame::new(table.rows(), columns).expect("columns of one length with distinct names")
}

/// A table as one Parquet file: one row group, zstd at the default level of the library, written
/// by one thread, so that the same table gives the same bytes on one version of the library.
pub(crate) fn parquet(table: &Table<'_>) -> Vec<u8> {
    // The table's columns have one length and distinct names, and memory does not fail.
    encode(table).expect("a table of plain columns can be encoded")
}

fn encode(table: &Table<'_>) -> PolarsResult<Vec<u8>> {
    let mut frame = frame(table);
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(table.rows().max(1)))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use polars::prelude::AnyValue;
    use polars_io::SerReader;
    use polars_io::prelude::ParquetReader;

    use super::*;
    use crate::report::model::{Column, Sensitivity};

    fn table() -> Table<'static> {
        let mut table = Table::default();
        table.push(Column::text("code", Sensitivity::Public, ["1017", "", "x"]));
        let values = [Some(0.1), None, Some(-2.0)];
        table.push(Column::numbers("value", Sensitivity::Public, values));
        table.push(Column::integers("position", Sensitivity::Public, [Some(0), Some(1), None]));
        table
    }

    #[test]
    fn what_is_written_reads_back_with_its_gaps() {
        let frame = ParquetReader::new(Cursor::new(parquet(&table()))).finish().unwrap();
        assert_eq!(frame.shape(), (3, 3));
        assert_eq!(frame.column("code").unwrap().get(1).unwrap(), AnyValue::Null);
        assert_eq!(frame.column("value").unwrap().get(0).unwrap(), AnyValue::Float64(0.1));
        assert_eq!(frame.column("position").unwrap().get(1).unwrap(), AnyValue::Int32(1));
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        assert_eq!(parquet(&table()), parquet(&table()));
    }

    #[test]
    fn a_table_without_rows_keeps_its_columns() {
        let mut table = Table::default();
        table.push(Column::text("code", Sensitivity::Public, Vec::<&str>::new()));
        let frame = ParquetReader::new(Cursor::new(parquet(&table))).finish().unwrap();
        assert_eq!(frame.shape(), (0, 1));
    }
}
