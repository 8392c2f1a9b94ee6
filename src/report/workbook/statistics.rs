//! The *Statistics* sheet: distributions, correlations, influence, reliability and components.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::index::diagnostics::{Description, FamilyStatistics, Statistics};
use crate::index::stats::Link;
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::report::statistics::{grouping, statistics};
use crate::report::view::View;
use crate::report::words;

/// From this correlation on two indicators say nearly the same.
const REDUNDANT: f64 = 0.9;
/// Widths of names and of numbers.
const NAME: u16 = 30;
const NUMBER: u16 = 12;
/// Columns of names on the left, and of numbers at most.
const NAMES: ColNum = 2;
const NUMBERS: ColNum = 15;

/// A sheet being written, part by part.
struct Parts<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    row: RowNum,
}

/// Composes the sheet.
pub(super) fn compose(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let all = statistics(view);
    let name = labels::SHEET_STATISTICS.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    for column in 0..NAMES + NUMBERS {
        page.sheet.set_column_width(column, if column < NAMES { NAME } else { NUMBER })?;
    }
    let about = page.word(labels::STATISTICS_OVER);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let mut parts = Parts { page: &mut page, row: TOP_ROWS + 1 };
    parts.distributions(&all)?;
    parts.correlations(&all)?;
    parts.influence(&all)?;
    parts.components(&all)?;
    page.sheet.set_freeze_panes(TOP_ROWS + 1, 1)?;
    Ok(())
}

impl Parts<'_, '_, '_> {
    fn word(&self, words: Words) -> &'static str {
        self.page.word(words)
    }

    /// The title of a part and the headings of its columns.
    fn begin(&mut self, title: Words, about: Words, headings: &[String]) -> Result<(), XlsxError> {
        self.row += 1;
        let text = self.word(title);
        self.page.text(self.row, 0, text, &look::section())?;
        self.row += 1;
        let text = self.word(about);
        self.page.text(self.row, 0, text, &look::quiet())?;
        self.row += 1;
        let headings: Vec<Heading> = (0..)
            .zip(headings)
            .map(|(at, text)| Heading::new(text, if at < NAMES { NAME } else { NUMBER }))
            .collect();
        self.page.headings(self.row, &headings)?;
        self.row += 1;
        Ok(())
    }

    fn headings(&self, words: &[Words]) -> Vec<String> {
        words.iter().map(|words| self.word(*words).to_owned()).collect()
    }

    fn name(&mut self, column: ColNum, text: &str) -> Result<(), XlsxError> {
        self.page.text(self.row, column, text, &look::cell())
    }

    /// A number with that many decimals, or the sign of a missing one.
    fn number(
        &mut self,
        column: ColNum,
        number: Option<f64>,
        decimals: usize,
    ) -> Result<(), XlsxError> {
        match number.filter(|number| number.is_finite()) {
            Some(number) => {
                let format = look::cell().set_num_format(look::number_format(decimals));
                self.page.number(self.row, column, number, &format)
            }
            None => self.page.text(self.row, column, ":", &look::NumberLook::missing()),
        }
    }

    fn count(&mut self, column: ColNum, count: usize) -> Result<(), XlsxError> {
        self.number(column, Some(count as f64), 0)
    }

    fn share(&mut self, column: ColNum, share: Option<f64>) -> Result<(), XlsxError> {
        match share.filter(|share| share.is_finite()) {
            Some(share) => {
                let format = look::cell().set_num_format(look::PERCENT);
                self.page.number(self.row, column, share, &format)
            }
            None => self.page.text(self.row, column, ":", &look::NumberLook::missing()),
        }
    }

    /// Name of a node for people.
    fn node(&self, id: &str) -> String {
        let view = self.page.view;
        view.figures
            .method
            .node(id)
            .map_or(id, |node| view.figures.node_label(node, view.language))
            .to_owned()
    }

    fn distributions(&mut self, all: &Statistics) -> Result<(), XlsxError> {
        let mut headings = self.headings(&[
            labels::NODE,
            labels::STAGE,
            labels::COUNT_PRESENT,
            labels::COUNT_MISSING,
            labels::COUNT_ZEROS,
            labels::COUNT_DISTINCT,
            labels::MINIMUM,
            labels::LOWER_QUARTILE,
            labels::MEDIAN,
            labels::UPPER_QUARTILE,
            labels::MAXIMUM,
            labels::MEAN,
            labels::DEVIATION,
            labels::SKEWNESS,
            labels::KURTOSIS,
            labels::OUTLIERS,
        ]);
        let language = self.page.view.language;
        let by = words::named(labels::LEVELS, grouping(self.page.view), language);
        headings.push(format!("{} ({by})", self.word(labels::BETWEEN_AREAS)));
        self.begin(labels::SECTION_DISTRIBUTIONS, labels::ABOUT_DISTRIBUTIONS, &headings)?;
        for node in &all.nodes {
            let name = self.node(&node.id);
            let level = words::named(labels::LEVELS, &node.level, language);
            let before = format!("{} ({level})", self.word(labels::BEFORE_STEPS));
            let after = self.word(labels::AFTER_STEPS).to_owned();
            self.distribution([&name, &before], &node.raw, None)?;
            self.distribution([&name, &after], &node.value, node.between)?;
        }
        Ok(())
    }

    fn distribution(
        &mut self,
        [name, stage]: [&str; 2],
        of: &Description,
        between: Option<f64>,
    ) -> Result<(), XlsxError> {
        self.name(0, name)?;
        self.name(1, stage)?;
        for (column, count) in (NAMES..).zip([of.n, of.missing, of.zeros, of.unique]) {
            self.count(column, count)?;
        }
        let quantities =
            [of.min, of.lower_quartile, of.median, of.upper_quartile, of.max, of.mean, of.sd];
        let decimals = language::decimals(&quantities);
        for (column, number) in (NAMES + 4..).zip(quantities) {
            self.number(column, Some(number), decimals)?;
        }
        self.number(NAMES + 11, Some(of.skewness), 2)?;
        self.number(NAMES + 12, Some(of.kurtosis), 2)?;
        self.count(NAMES + 13, of.outliers)?;
        self.share(NAMES + 14, between)?;
        self.row += 1;
        Ok(())
    }

    fn correlations(&mut self, all: &Statistics) -> Result<(), XlsxError> {
        let headings = self.headings(&[
            labels::INDICATOR,
            labels::INDICATOR,
            labels::PEARSON,
            labels::P_VALUE,
            labels::SPEARMAN,
            labels::P_VALUE,
            labels::KENDALL,
            labels::P_VALUE,
            labels::NOTE_REDUNDANT,
        ]);
        self.begin(labels::SECTION_CORRELATIONS, labels::ABOUT_CORRELATIONS, &headings)?;
        for pair in &all.pairs {
            let (a, b) = (self.node(&pair.a), self.node(&pair.b));
            self.name(0, &a)?;
            self.name(1, &b)?;
            let links = [pair.pearson, pair.spearman, pair.kendall];
            for (column, link) in (NAMES..).step_by(2).zip(links) {
                self.link(column, link)?;
            }
            let redundant = pair.pearson.is_some_and(|link| link.r.abs() >= REDUNDANT);
            let note = if redundant { self.word(labels::SAY_THE_SAME) } else { "" };
            self.page.text(self.row, NAMES + 6, note, &look::cell())?;
            self.row += 1;
        }
        Ok(())
    }

    fn link(&mut self, column: ColNum, link: Option<Link>) -> Result<(), XlsxError> {
        self.number(column, link.map(|link| link.r), 3)?;
        self.number(column + 1, link.map(|link| link.p), 4)
    }

    fn influence(&mut self, all: &Statistics) -> Result<(), XlsxError> {
        let headings = self.headings(&[
            labels::PARENT,
            labels::CHILD,
            labels::WEIGHT_NOMINAL,
            labels::WEIGHT_EFFECTIVE,
            labels::PEARSON,
            labels::CORRELATION_RATIO,
            labels::COUNT_DISTINCT,
            labels::ALPHA,
        ]);
        self.begin(labels::SECTION_INFLUENCE, labels::ABOUT_INFLUENCE, &headings)?;
        let distinct = |view: &View<'_>, id: &str| {
            view.figures.method.node(id).map(|node| view.figures.index.nodes[node].distinct as f64)
        };
        for family in &all.families {
            let parent = self.node(&family.id);
            for child in &family.influence {
                let name = self.node(&child.child);
                self.name(0, &parent)?;
                self.name(1, &name)?;
                self.number(NAMES, Some(child.nominal), 3)?;
                self.share(NAMES + 1, child.effective)?;
                self.number(NAMES + 2, child.pearson, 3)?;
                self.share(NAMES + 3, child.ratio)?;
                let distinct = distinct(self.page.view, &child.child);
                self.number(NAMES + 4, distinct, 0)?;
                self.number(NAMES + 5, family.alpha, 3)?;
                self.row += 1;
            }
        }
        Ok(())
    }

    fn components(&mut self, all: &Statistics) -> Result<(), XlsxError> {
        let headings = self.headings(&[
            labels::PARENT,
            labels::CHILD,
            labels::COMPONENT,
            labels::LOADING,
            labels::EIGENVALUE,
            labels::VARIANCE_SHARE,
            labels::COUNT_COMPLETE,
        ]);
        self.begin(labels::SECTION_COMPONENTS, labels::ABOUT_COMPONENTS, &headings)?;
        all.families.iter().try_for_each(|family| self.components_of(family))
    }

    fn components_of(&mut self, family: &FamilyStatistics) -> Result<(), XlsxError> {
        let Some(parts) = &family.components else { return Ok(()) };
        let parent = self.node(&family.id);
        for (part, loadings) in parts.loadings.iter().enumerate() {
            for (child, loading) in family.influence.iter().zip(loadings) {
                let name = self.node(&child.child);
                self.name(0, &parent)?;
                self.name(1, &name)?;
                self.count(NAMES, part + 1)?;
                self.number(NAMES + 1, Some(*loading), 3)?;
                self.number(NAMES + 2, Some(parts.eigenvalues[part]), 3)?;
                self.share(NAMES + 3, Some(parts.shares[part]))?;
                self.count(NAMES + 4, parts.rows)?;
                self.row += 1;
            }
        }
        Ok(())
    }
}
