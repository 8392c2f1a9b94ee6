//! Tables of the golden set, as a register and its observations.

use std::path::Path;

use risk_index::language::Label;
use risk_index::observation::{Cell, Missing, Nature, Observations, Origins, Series};
use risk_index::register::{Register, Unit};

/// A CSV table with a header.
pub(crate) struct Frame {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Frame {
    pub(crate) fn read(path: &Path) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        Self { header, rows }
    }

    pub(crate) fn column(&self, name: &str) -> usize {
        self.header.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name}"))
    }

    /// The text of a cell.
    pub(crate) fn text<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        &row[self.column(name)]
    }

    /// The number of a cell; NaN where it is empty or not finite.
    pub(crate) fn number(&self, row: &[String], name: &str) -> f64 {
        number(self.text(row, name))
    }
}

pub(crate) fn number(text: &str) -> f64 {
    text.parse().ok().filter(|number: &f64| number.is_finite()).unwrap_or(f64::NAN)
}

/// Units and what was measured of them.
pub(crate) struct Set {
    pub(crate) register: Register,
    pub(crate) observations: Observations,
}

impl Set {
    /// A set from a table: a code for each row, register columns and measures by name.
    pub(crate) fn new(
        frame: &Frame,
        code: impl Fn(&[String]) -> String,
        columns: &[&str],
        measures: &[&str],
    ) -> Self {
        let units = frame
            .rows
            .iter()
            .map(|row| Unit {
                code: code(row),
                name: code(row),
                values: columns.iter().map(|name| frame.text(row, name).to_owned()).collect(),
            })
            .collect();
        let names = columns.iter().map(|&name| name.to_owned()).collect();
        let register = Register::new("golden", Label::same("golden"), names, units).unwrap();
        let mut order: Vec<usize> = (0..frame.rows.len()).collect();
        order.sort_by_key(|&row| code(&frame.rows[row]));
        let series = measures
            .iter()
            .map(|name| {
                let cells: Vec<Cell> = order
                    .iter()
                    .map(|&row| match frame.number(&frame.rows[row], name) {
                        x if x.is_nan() => Cell::Missing(Missing::NotAvailable),
                        x => Cell::Number(x),
                    })
                    .collect();
                Series {
                    name: (*name).to_owned(),
                    source: 0,
                    level: "uat".into(),
                    nature: Nature::Rate,
                    counts: None,
                    origins: vec![Origins::default(); cells.len()],
                    cells,
                }
            })
            .collect();
        Self { register, observations: Observations { series, ..Observations::default() } }
    }

    /// The position of a unit.
    pub(crate) fn unit(&self, code: &str) -> usize {
        self.register.position(code).unwrap_or_else(|| panic!("{code}"))
    }

    /// The measured numbers of a column.
    pub(crate) fn measure(&self, name: &str) -> Vec<f64> {
        let series = self.observations.series(name).unwrap();
        series.cells.iter().map(|cell| cell.number().unwrap_or(f64::NAN)).collect()
    }
}
