//! Columns of outputs on the *Index* sheet: places, shares, classes with their colours.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Format, XlsxError,
};

use super::{FIRST, Scale, Sheet, number_look};
use crate::index::OutputColumn;
use crate::message::labels;
use crate::report::words;
use crate::report::workbook::live::LiveOutput;
use crate::report::workbook::look::{self, NumberLook};

impl Sheet<'_, '_, '_> {
    /// One output: live where it can be, its class in words and colours.
    pub(super) fn output(&mut self, column: ColNum, output: usize) -> Result<(), XlsxError> {
        let view = self.page.view;
        let formulas = self.formulas;
        let live = formulas.live.outputs.get(&output);
        match (&view.figures.index.outputs[output].column, live) {
            (OutputColumn::Numbers(shares), Some(LiveOutput::Share(node, child))) => {
                let look = NumberLook::new(look::PERCENT, Scale::Own);
                let formula = |_, row| formulas.share(*node, *child, row);
                self.live((column, |_| true), shares, &look, formula)
            }
            (OutputColumn::Numbers(places), Some(LiveOutput::Rank(rank))) => {
                let look = number_look(places, Scale::Own);
                let formula = |unit, row| formulas.place(rank, (unit, row));
                self.live((column, |_| true), places, &look, formula)
            }
            (OutputColumn::Numbers(shares), _) if view.figures.contribution(output).is_some() => {
                self.formatted(column, shares, &NumberLook::new(look::PERCENT, Scale::Own))
            }
            (OutputColumn::Numbers(numbers), _) => self.values(column, numbers, Scale::Own),
            (OutputColumn::Classes(classes), live) => {
                let format = look::set_off();
                for (row, class) in (FIRST..).zip(classes) {
                    let class = class.as_deref().unwrap_or(":");
                    let word = words::named(labels::CLASSES, class, view.language);
                    match live {
                        Some(LiveOutput::Class(class)) => {
                            let formula = formulas.class(output, class, row);
                            self.page.formula_text((row, column), &formula, word, &format)?;
                        }
                        _ => self.page.text(row, column, word, &format)?,
                    }
                }
                self.colours(column, output, live)
            }
        }
    }

    /// Behind each class its colour, light for the lowest: the word says the same.
    fn colours(
        &mut self,
        column: ColNum,
        output: usize,
        live: Option<&LiveOutput>,
    ) -> Result<(), XlsxError> {
        let view = self.page.view;
        let Some(LiveOutput::Class(class)) = live else { return Ok(()) };
        let last = self.formulas.grid.last;
        debug_assert!(
            output < view.figures.index.outputs.len(),
            "a live output is one of the index"
        );
        for (label, fill) in class.labels.iter().zip(look::class_fills(class.labels.len())) {
            let word = words::named(labels::CLASSES, label, view.language);
            let rule = ConditionalFormatCellRule::EqualTo(word.to_owned());
            let format = Format::new().set_background_color(fill);
            let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
            self.page.sheet.add_conditional_format(FIRST, column, last, column, &condition)?;
        }
        Ok(())
    }
}
