//! The cells of a sheet together with what it says of them besides.

use super::{Entry, Grid, Kind, LENGTH, PERCENT};
use crate::ingest::labels::trim;
use crate::ingest::sheet::facts::{Facts, Raised, Rectangle};

impl Grid {
    /// The same cells with what the sheet says of them besides: those shown in per cent know it, and
    /// numbers stand without the raised mark behind them.
    pub(in crate::ingest) fn with(mut self, mut facts: Facts) -> Self {
        for cells in std::mem::take(&mut facts.percent) {
            self.mark_percent(cells);
        }
        for raised in std::mem::take(&mut facts.raised) {
            if !raised.is_behind_number() {
                facts.raised.push(raised);
            } else if self.write(&raised) {
                facts.unmarked.push(raised);
            }
        }
        self.facts = facts;
        self
    }

    fn mark_percent(&mut self, cells: Rectangle) {
        let from = self.rows.partition_point(|row| row.number < cells.top);
        let to = self.rows.partition_point(|row| row.number <= cells.bottom);
        for row in self.rows.get(from..to).unwrap_or_default() {
            let entries = &mut self.entries[row.from..row.to];
            let from = entries.partition_point(|entry| entry.column < cells.left);
            let shown = entries[from..].iter_mut().take_while(|entry| entry.column <= cells.right);
            shown.for_each(|entry| entry.tag |= PERCENT);
        }
    }

    /// Writes the text of cells without its raised mark: a number where it has only digits, because
    /// the mark alone made a text of it. Answers whether there is such a cell.
    fn write(&mut self, raised: &Raised) -> bool {
        let text = trim(&raised.plain);
        let column = raised.column;
        let is_whole = text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        let written = match text.parse::<f64>() {
            Ok(value) if is_whole => Entry::new(column, Kind::Number, 0, value.to_bits()),
            _ => {
                let at = self.text.len() as u64;
                self.text.push_str(text);
                let length = u32::try_from(text.len()).unwrap_or(LENGTH).min(LENGTH);
                Entry::new(column, Kind::Text, length, at)
            }
        };
        let mut is_there = false;
        let from = self.rows.partition_point(|row| row.number < raised.top);
        let to = self.rows.partition_point(|row| row.number <= raised.bottom);
        for row in self.rows.get(from..to).unwrap_or_default() {
            let entries = &mut self.entries[row.from..row.to];
            if let Ok(at) = entries.binary_search_by_key(&column, |entry| entry.column) {
                entries[at] = written;
                is_there = true;
            }
        }
        is_there
    }
}
