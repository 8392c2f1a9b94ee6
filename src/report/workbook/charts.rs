//! The *Charts* sheet: the curve of scores with the limits of classes, and what scores are made of.
//! Both are drawn from formulas over the *Index* sheet, so that they follow changed weights.

use rust_xlsxwriter::utility::{column_number_to_name, quote_sheet_name, row_col_to_cell_absolute};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartSolidFill,
    ChartType, ColNum, RowNum, Worksheet, XlsxError,
};

use super::index::{Grid, Shown};
use super::layout;
use super::layout::TOP_ROWS;
use super::live::{Live, LiveClass, Rounded};
use super::look;
use super::page::{Heading, Page};
use super::weights::Parameter;
use crate::message::labels;
use crate::report::view::View;
use crate::report::words;

/// Points of the curve: more are not told apart on paper.
const POINTS: usize = 200;
/// Rows above the numbers that charts are drawn from: two charts fit there.
const DATA: RowNum = TOP_ROWS + 52;
/// The last column that is printed.
const LAST: ColNum = 15;
const CHART_WIDTH: u32 = 1_000;
const CHART_HEIGHT: u32 = 460;
/// First column of the numbers of the second chart.
const PARTS: ColNum = 9;

/// Whether there is a score to draw.
pub(super) fn has_any(view: &View<'_>) -> bool {
    view.figures.ranked() > 1
}

/// What the charts are drawn from.
struct Drawing<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    live: &'p Live,
    grid: &'p Grid,
    index: String,
    sheet: String,
}

/// Composes the sheet of a view that has something to draw.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    (live, grid): (&Live, &Grid),
) -> Result<(), XlsxError> {
    let name = labels::SHEET_CHARTS.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    page.simulation_title(name)?;
    page.wrap_notice(LAST)?;
    let about = page.word(labels::ABOUT_CHARTS);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    page.sheet.set_portrait().set_print_fit_to_pages(1, 1);
    page.sheet.set_print_area(0, 0, DATA - 2, LAST)?;
    let index = quote_sheet_name(labels::SHEET_INDEX.text(view.language));
    let sheet = quote_sheet_name(name);
    let mut drawing = Drawing { page: &mut page, live, grid, index, sheet };
    drawing.curve()?;
    drawing.parts()
}

impl Drawing<'_, '_, '_> {
    /// The live class of the headline, whose limits cross the curve.
    fn class(&self) -> Option<(usize, RowNum, LiveClass)> {
        let headline = self.page.view.figures.headline()?;
        let mut classes = self.live.classes();
        let (output, row, class) = classes.find(|(_, _, class)| class.rounded.node == headline)?;
        Some((output, row, class.clone()))
    }

    fn curve(&mut self) -> Result<(), XlsxError> {
        let view = self.page.view;
        let Some(headline) = view.figures.headline() else { return Ok(()) };
        let units = view.figures.most_at_risk(usize::MAX);
        let points = units.len().min(POINTS);
        let scores = view.figures.scores().map_or(&[][..], crate::index::Column::values);
        let rounded = Shown::Rounded(Rounded { node: headline, raw: false, decimals: 9 });
        let is_live = self.grid.column(rounded).is_some();
        let place = |point: usize| match points {
            1 => 1,
            _ => 1 + point * (units.len() - 1) / (points - 1),
        };
        let class = self.class();
        let cuts = class.as_ref().map_or(&[][..], |(_, _, class)| class.cuts.as_slice());
        self.curve_headings(cuts.len())?;
        let number = look::cell().set_num_format("0.00");
        for (row, point) in (DATA + 1..).zip(0..points) {
            let place = place(point);
            self.page.number(row, 0, place as f64, &look::count())?;
            let score = scores[units[place - 1]];
            if is_live {
                let range = self.grid.range(rounded);
                let formula = format!("LARGE({}!{range},{place})", self.index);
                self.page.formula((row, 1), &formula, score, &number)?;
            } else {
                self.page.number(row, 1, score, &number)?;
            }
            for (column, (at, cut)) in (2..).zip(cuts.iter().enumerate()) {
                let first = class.as_ref().map_or(0, |(_, row, _)| *row);
                let from = first + layout::rows(at);
                let cell = row_col_to_cell_absolute(from, Parameter::Cut.column());
                let formula = format!("{}!{cell}", layout::reference(view));
                self.page.formula((row, column), &formula, *cut, &number)?;
            }
        }
        self.draw_curve(points, cuts.len())
    }

    fn curve_headings(&mut self, cuts: usize) -> Result<(), XlsxError> {
        let mut headings = vec![
            Heading::new(self.page.word(labels::TIE_PLACE), 9),
            Heading::new(self.page.word(labels::TIE_SCORE), 11),
        ];
        let limit = self.page.word(labels::CHART_CUT);
        headings.extend((1..=cuts).map(|cut| Heading::new(format!("{limit} {cut}"), 11)));
        self.page.headings(DATA, &headings)
    }

    fn draw_curve(&mut self, points: usize, cuts: usize) -> Result<(), XlsxError> {
        let last = DATA + layout::rows(points);
        let mut chart = Chart::new(ChartType::Line);
        for column in 0..=cuts {
            let column = 1 + ColNum::try_from(column).unwrap_or(0);
            let name = column_number_to_name(column);
            let line = match column {
                1 => ChartLine::new().set_color(look::INK).set_width(2.25).clone(),
                _ => ChartLine::new()
                    .set_color(look::CUT_LINE)
                    .set_width(1.0)
                    .set_dash_type(ChartLineDashType::Dash)
                    .clone(),
            };
            chart
                .add_series()
                .set_name(format!("={}!${name}${}", self.sheet, DATA + 1).as_str())
                .set_categories(format!("={}!$A${}:$A${}", self.sheet, DATA + 2, last + 1).as_str())
                .set_values(
                    format!("={}!${name}${}:${name}${}", self.sheet, DATA + 2, last + 1).as_str(),
                )
                .set_format(ChartFormat::new().set_line(&line));
        }
        let title = self.page.word(labels::CHART_CURVE);
        chart.title().set_name(title);
        chart
            .x_axis()
            .set_name(self.page.word(labels::CHART_UNITS))
            .set_label_interval(20)
            .set_tick_interval(20);
        let score =
            self.page.view.figures.headline().map_or("", |node| {
                self.page.view.figures.node_label(node, self.page.view.language)
            });
        chart.y_axis().set_name(score).set_num_format("0");
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(CHART_WIDTH).set_height(CHART_HEIGHT).set_alt_text(title);
        self.page.sheet.insert_chart(TOP_ROWS + 2, 0, &chart)?;
        Ok(())
    }

    /// Mean weighted value of each child by class, stacked.
    fn parts(&mut self) -> Result<(), XlsxError> {
        let view = self.page.view;
        let (Some(node), Some((output, _, class))) = (view.figures.headline(), self.class()) else {
            return Ok(());
        };
        if !self.live.aggregates.contains(&node) {
            return Ok(());
        }
        let children = view.figures.children(&view.figures.method.nodes[node]);
        let labels: Vec<&str> =
            children.iter().map(|&child| view.figures.node_label(child, view.language)).collect();
        for (column, label) in (PARTS + 1..).zip(&labels) {
            self.page.text(DATA, column, label, &look::header())?;
            self.page.sheet.set_column_width(column, 12)?;
        }
        let classes = classes(view, output);
        let number = look::cell().set_num_format("0.00");
        for (row, id) in (DATA + 1..).zip(&class.labels) {
            let word = words::named(labels::CLASSES, id, view.language);
            self.page.text(row, PARTS, word, &look::cell())?;
            let own = format!("${}{}", column_number_to_name(PARTS), row + 1);
            for (column, child) in (PARTS + 1..).zip(0..children.len()) {
                let shown = Shown::Weighted(node, child);
                let formula = format!(
                    "IFERROR(AVERAGEIF({0}!{1},{own},{0}!{2}),0)",
                    self.index,
                    self.grid.range(Shown::Output(output)),
                    self.grid.range(shown)
                );
                let mean = mean_of(&super::index::weighted(view, node, child), &classes, id);
                self.page.formula((row, column), &formula, mean, &number)?;
            }
        }
        self.draw_parts(class.labels.len(), children.len())
    }

    fn draw_parts(&mut self, classes: usize, children: usize) -> Result<(), XlsxError> {
        let last = DATA + layout::rows(classes);
        let name = |column: ColNum| column_number_to_name(column);
        let mut chart = Chart::new(ChartType::BarStacked);
        for (column, fill) in (PARTS + 1..).zip(look::part_fills(children)) {
            let column = name(column);
            chart
                .add_series()
                .set_name(format!("={}!${column}${}", self.sheet, DATA + 1).as_str())
                .set_categories(
                    format!("={0}!${1}${2}:${1}${3}", self.sheet, name(PARTS), DATA + 2, last + 1)
                        .as_str(),
                )
                .set_values(
                    format!("={0}!${column}${1}:${column}${2}", self.sheet, DATA + 2, last + 1)
                        .as_str(),
                )
                .set_gap(60)
                .set_format(
                    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(fill)),
                );
        }
        let title = self.page.word(labels::CHART_PARTS);
        chart.title().set_name(title);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(CHART_WIDTH).set_height(CHART_HEIGHT).set_alt_text(title);
        self.page.sheet.insert_chart(TOP_ROWS + 27, 0, &chart)?;
        Ok(())
    }
}

fn classes(view: &View<'_>, output: usize) -> Vec<Option<String>> {
    match &view.figures.index.outputs[output].column {
        crate::index::OutputColumn::Classes(classes) => classes.clone(),
        crate::index::OutputColumn::Numbers(_) => Vec::new(),
    }
}

fn mean_of(column: &crate::index::Column, classes: &[Option<String>], id: &str) -> f64 {
    let units = classes.iter().enumerate().filter(|(_, class)| class.as_deref() == Some(id));
    let values: Vec<f64> = units.filter_map(|(unit, _)| column.value(unit)).collect();
    if values.is_empty() { 0.0 } else { crate::index::stats::mean(&values) }
}
