//! The columns of the *Index* sheet that a selection adds: order and phase.

use rust_xlsxwriter::{ColNum, XlsxError};

use super::formulas::NO_PHASE;
use super::{FIRST, Sheet, Shown};
use crate::index::stats;
use crate::report::view::View;
use crate::report::workbook::live::LivePhases;
use crate::report::workbook::look::{self, NumberLook, Scale};
use crate::selection::UnitOutcome;

impl Sheet<'_, '_, '_> {
    /// A column of a live selection. Units that may take no place have no number in it.
    pub(super) fn live_selection(
        &mut self,
        column: ColNum,
        shown: Shown,
        phases: &LivePhases,
    ) -> Result<(), XlsxError> {
        let view = self.page.view;
        let scores = &view.figures.index.nodes[phases.node].value;
        let decimals = usize::from(phases.decimals);
        let published = NumberLook::new(&look::number_format(decimals), Scale::Broadcast);
        let (count, text) = (look::cell().set_num_format("0"), look::set_off());
        let gap = NumberLook::missing();
        for (row, (unit, turn)) in (FIRST..).zip(phases.turns.iter().enumerate()) {
            let at = (row, column);
            let outcome = outcome(view, unit);
            match (shown, turn) {
                (Shown::Phase, Some(_)) => {
                    let formula = self.formulas.phase(phases, row);
                    self.page.formula_text(at, &formula, phase(outcome), &text)?;
                }
                (Shown::Phase, None) => self.page.text(row, column, NO_PHASE, &text)?,
                (_, None) => self.page.text(row, column, look::OUTSIDE, &gap)?,
                (Shown::Turn, Some(turn)) => {
                    self.page.number(row, column, f64::from(*turn), &count)?;
                }
                (Shown::Published, Some(_)) => {
                    let formula = self.formulas.published(phases, row);
                    let score = scores.value(unit);
                    let score = score.map(|it| stats::half_up(it, phases.decimals.into()));
                    self.number_or_gap(
                        at,
                        &formula,
                        score,
                        published.of(crate::index::Mark::Value),
                    )?;
                }
                _ => {
                    let order = outcome.and_then(|unit| unit.rank).map(|rank| rank as f64);
                    let formula = self.formulas.order(row);
                    self.number_or_gap(at, &formula, order, &count)?;
                }
            }
        }
        Ok(())
    }

    fn number_or_gap(
        &mut self,
        at: (rust_xlsxwriter::RowNum, ColNum),
        formula: &str,
        result: Option<f64>,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        match result {
            Some(number) => self.page.formula(at, formula, number, format),
            None => self.page.formula_text(at, formula, ":", format),
        }
    }

    /// The phases as the engine gave them.
    pub(super) fn selected(&mut self, column: ColNum) -> Result<(), XlsxError> {
        let view = self.page.view;
        let format = look::set_off();
        for (row, unit) in (FIRST..).zip(0..view.figures.register.len()) {
            self.page.text(row, column, phase(outcome(view, unit)), &format)?;
        }
        Ok(())
    }
}

fn outcome<'a>(view: &View<'a>, unit: usize) -> Option<&'a UnitOutcome> {
    view.chosen?.selection.unit(&view.figures.register.codes()[unit])
}

fn phase(outcome: Option<&UnitOutcome>) -> &str {
    outcome.and_then(|unit| unit.phase.as_deref()).unwrap_or(NO_PHASE)
}
