//! The *Charts* sheet: the curve of scores with the limits of classes, and what scores are made of.
//! Both are drawn from formulas over the *Index* sheet, so that they follow changed weights.

use rust_xlsxwriter::utility::{column_number_to_name, quote_sheet_name};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartSolidFill,
    ChartType, ColNum, RowNum, Worksheet, XlsxError,
};

use super::layout::{self, Parameter, Places, TOP_ROWS, rows};
use super::page::{Heading, Page, giving_number};
use super::styles;
use crate::message::labels;
use crate::report::model::{Book, Charts, Parts, Shown};

/// Rows above the numbers that charts are drawn from: two charts fit there.
const DATA: RowNum = TOP_ROWS + 52;
/// The last column that is printed.
const LAST: ColNum = 15;
const CHART_WIDTH: u32 = 1_000;
const CHART_HEIGHT: u32 = 460;
/// First column of the numbers of the second chart.
const PARTS: ColNum = 9;

/// What the charts are drawn from.
struct Drawing<'p, 'w> {
    page: Page<'p, 'w>,
    charts: &'p Charts,
    /// The cuts of the class, each where it stands among the parameters.
    cuts: Vec<(String, f64)>,
    places: &'p Places,
    index: String,
    sheet: String,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    charts: &Charts,
    places: &Places,
) -> Result<(), XlsxError> {
    let name = labels::SHEET_CHARTS.text(book.head.language);
    let mut page = Page::new(sheet, &book.head, name)?;
    page.simulation_title(name)?;
    page.wrap_notice(LAST)?;
    let about = page.word(labels::ABOUT_CHARTS);
    page.text(TOP_ROWS, 0, about, &styles::quiet())?;
    page.sheet.set_portrait().set_print_fit_to_pages(1, 1);
    page.sheet.set_print_area(0, 0, DATA - 2, LAST)?;
    let class = book.parameters.classes.iter().find(|set| Some(set.output) == charts.class);
    let cut = |output: usize, at: usize, cut: f64| {
        let row = places.classes[&output] + rows(at);
        (places.parameter(row, Parameter::Cut), cut)
    };
    let cuts = class.map(|set| {
        let cuts = set.class.cuts.iter().enumerate();
        cuts.map(|(at, &value)| cut(set.output, at, value)).collect()
    });
    let mut drawing = Drawing {
        page,
        charts,
        cuts: cuts.unwrap_or_default(),
        places,
        index: layout::index_sheet(book.head.language),
        sheet: quote_sheet_name(name),
    };
    drawing.curve()?;
    match (&charts.parts, charts.class) {
        (Some(parts), Some(output)) => drawing.parts(parts, output),
        _ => Ok(()),
    }
}

impl Drawing<'_, '_> {
    fn curve(&mut self) -> Result<(), XlsxError> {
        let rounded = Shown::Rounded(self.charts.rounded);
        let is_live = self.places.column(rounded).is_some();
        self.curve_headings()?;
        let number = styles::cell().set_num_format("0.00");
        for (row, &(place, score)) in (DATA + 1..).zip(&self.charts.curve) {
            self.page.number(row, 0, place as f64, &styles::count())?;
            if is_live {
                let range = self.places.range(rounded);
                let formula = format!("LARGE({}!{range},{place})", self.index);
                self.page.formula((row, 1), giving_number(&formula, score), &number)?;
            } else {
                self.page.number(row, 1, score, &number)?;
            }
            for (column, (formula, cut)) in (2..).zip(&self.cuts) {
                self.page.formula((row, column), giving_number(formula, *cut), &number)?;
            }
        }
        self.draw_curve(self.charts.curve.len(), self.cuts.len())
    }

    fn curve_headings(&mut self) -> Result<(), XlsxError> {
        let mut headings = vec![
            Heading::new(self.page.word(labels::TIE_PLACE), 9),
            Heading::new(self.page.word(labels::TIE_SCORE), 11),
        ];
        let limit = self.page.word(labels::CHART_CUT);
        let cuts = 1..=self.cuts.len();
        headings.extend(cuts.map(|cut| Heading::new(format!("{limit} {cut}"), 11)));
        self.page.headings(DATA, &headings)
    }

    fn draw_curve(&mut self, points: usize, cuts: usize) -> Result<(), XlsxError> {
        let last = DATA + rows(points);
        let mut chart = Chart::new(ChartType::Line);
        for column in 0..=cuts {
            let column = 1 + ColNum::try_from(column).unwrap_or(0);
            let name = column_number_to_name(column);
            let line = match column {
                1 => ChartLine::new().set_color(styles::INK).set_width(2.25).clone(),
                _ => ChartLine::new()
                    .set_color(styles::CUT_LINE)
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
        chart.y_axis().set_name(&self.charts.score).set_num_format("0");
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_width(CHART_WIDTH).set_height(CHART_HEIGHT).set_alt_text(title);
        self.page.sheet.insert_chart(TOP_ROWS + 2, 0, &chart)?;
        Ok(())
    }

    /// Mean weighted value of each child by class, stacked.
    fn parts(&mut self, parts: &Parts, output: usize) -> Result<(), XlsxError> {
        for (column, label) in (PARTS + 1..).zip(&parts.children) {
            self.page.text(DATA, column, label, &styles::header())?;
            self.page.sheet.set_column_width(column, 12)?;
        }
        let number = styles::cell().set_num_format("0.00");
        for (row, (class, means)) in (DATA + 1..).zip(&parts.classes) {
            self.page.text(row, PARTS, class, &styles::cell())?;
            let own = format!("${}{}", column_number_to_name(PARTS), row + 1);
            for (column, (child, mean)) in (PARTS + 1..).zip(means.iter().enumerate()) {
                let formula = format!(
                    "IFERROR(AVERAGEIF({0}!{1},{own},{0}!{2}),0)",
                    self.index,
                    self.places.range(Shown::Output(output)),
                    self.places.range(Shown::Weighted(parts.node, child))
                );
                self.page.formula((row, column), giving_number(&formula, *mean), &number)?;
            }
        }
        self.draw_parts(parts.classes.len(), parts.children.len())
    }

    fn draw_parts(&mut self, classes: usize, children: usize) -> Result<(), XlsxError> {
        let last = DATA + rows(classes);
        let name = |column: ColNum| column_number_to_name(column);
        let mut chart = Chart::new(ChartType::BarStacked);
        for (column, fill) in (PARTS + 1..).zip(styles::part_fills(children)) {
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
