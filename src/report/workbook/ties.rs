//! The *Ties* sheet: units whose scores are equal at nine decimals, as ranks compare them.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::index::stats;
use crate::language;
use crate::language::whole;
use crate::message::labels;
use crate::report::view::View;

const HEADER: RowNum = TOP_ROWS + 1;
const WIDTHS: [u16; 4] = [9, 14, 9, 120];
/// Units named of a tie; the rest are counted.
const NAMED: usize = 40;

/// Units that share a score.
struct Tie {
    score: f64,
    units: Vec<usize>,
}

/// Composes the sheet.
pub(super) fn compose(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_TIES.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    let about = page.word(labels::ABOUT_TIES);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let ties = ties(view);
    if ties.is_empty() {
        page.sheet.set_column_width(0, 60)?;
        let none = page.word(labels::NO_TIES);
        return page.text(HEADER, 0, none, &look::wrapped());
    }
    let words = [labels::TIE_PLACE, labels::TIE_SCORE, labels::TIE_COUNT, labels::TIE_UNITS];
    let headings: Vec<Heading> =
        words.iter().zip(WIDTHS).map(|(it, width)| Heading::new(page.word(*it), width)).collect();
    page.table("TiesTable", HEADER, ties.len(), &headings)?;
    let decimals =
        view.figures.scores().map_or(2, |scores| language::decimals(scores.values()).max(4));
    let score = look::wrapped().set_num_format(look::number_format(decimals));
    for (row, tie) in (HEADER + 1..).zip(&ties) {
        let place = view.figures.place(tie.units[0]).unwrap_or(f64::NAN);
        page.number(row, 0, place, &look::count())?;
        page.number(row, 1, tie.score, &score)?;
        page.number(row, 2, tie.units.len() as f64, &look::count())?;
        let text = named(view, &tie.units);
        page.text(row, 3, &text, &look::wrapped())?;
        page.fit_row(row, [(text.as_str(), WIDTHS[3])])?;
    }
    page.sheet.set_freeze_panes(HEADER + 1, 0)?;
    Ok(())
}

/// Blocks of two or more units of the distribution, the highest score first.
fn ties(view: &View<'_>) -> Vec<Tie> {
    let Some(scores) = view.figures.scores() else { return Vec::new() };
    let mut ties: Vec<Tie> = Vec::new();
    for unit in view.figures.most_at_risk(usize::MAX) {
        let score = stats::half_up(scores.values()[unit], 9);
        match ties.last_mut() {
            Some(tie) if tie.score.total_cmp(&score).is_eq() => tie.units.push(unit),
            _ => ties.push(Tie { score, units: vec![unit] }),
        }
    }
    ties.retain(|tie| tie.units.len() > 1);
    ties
}

fn named(view: &View<'_>, units: &[usize]) -> String {
    let name = |&unit: &usize| {
        let county = view.figures.register_text("county", unit);
        let separator = if county.is_empty() { "" } else { ", " };
        format!(
            "{}{separator}{county} ({})",
            view.figures.register.names()[unit],
            view.figures.register.codes()[unit]
        )
    };
    let mut text = units.iter().take(NAMED).map(name).collect::<Vec<_>>().join("; ");
    if units.len() > NAMED {
        let more = labels::AND_MORE.text(view.language);
        text.push_str(&format!(" {more} {}", whole(units.len() - NAMED, view.language)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    #[test]
    fn equal_scores_are_one_block_with_its_names() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let found = ties(&view);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].units, [1, 3]);
        assert_eq!(named(&view, &found[0].units), "=2+3, Alba (11); Delta, Cluj (20)");
    }
}
