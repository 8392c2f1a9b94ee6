//! The sheets *By county*, *By region* and by whatever else a methodology sums up.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, ColNum, ConditionalFormatDataBar, RowNum,
    Worksheet, XlsxError,
};

use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::index::SummaryResult;
use crate::index::method::Statistic;
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::report::view::View;

const HEADER: RowNum = TOP_ROWS + 1;
/// More areas than this make a chart nobody reads.
const CHART_AREAS: RowNum = 60;

/// Names of the sheets, one for each summary.
pub(super) fn names(view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let mut names: Vec<String> = Vec::new();
    for summary in &view.figures.index.summaries {
        let base = match summary.by.as_str() {
            "county" => labels::SHEET_COUNTY.text(language).to_owned(),
            "region" => labels::SHEET_REGION.text(language).to_owned(),
            by => sheet_name(&format!("{} {by}", labels::SHEET_BY.text(language))),
        };
        let numbered = (2..).map(|again| format!("{base} {again}"));
        let name = std::iter::once(base.clone())
            .chain(numbered)
            .find(|name| !names.iter().any(|used| used.to_lowercase() == name.to_lowercase()));
        names.push(name.expect("numbers do not run out"));
    }
    names
}

/// Spreadsheets refuse some letters in the name of a sheet, and more than 31.
pub(super) fn sheet_name(name: &str) -> String {
    let refused = ['[', ']', ':', '*', '?', '/', '\\', '\''];
    name.chars().filter(|c| !refused.contains(c) && !c.is_control()).take(26).collect()
}

/// Composes one sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    name: &str,
    summary: usize,
) -> Result<(), XlsxError> {
    let mut page = Page::new(sheet, view, name)?;
    let result = &view.figures.index.summaries[summary];
    let about = page.word(labels::ABOUT_SUMMARY);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let headings = headings(view, summary);
    if result.areas.is_empty() {
        return page.headings(HEADER, &headings);
    }
    let table = format!("SummaryTable{}", summary + 1);
    page.table(&table, HEADER, result.areas.len(), &headings)?;
    let format = look::cell();
    for (row, area) in (HEADER + 1..).zip(&result.areas) {
        page.text(row, 0, area, &format)?;
    }
    for (column, (_, statistic, values)) in (1..).zip(&result.columns) {
        write(&mut page, column, *statistic, values)?;
    }
    bars(&mut page, result)?;
    chart(&mut page, name, result)?;
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    Ok(())
}

fn headings(view: &View<'_>, summary: usize) -> Vec<Heading> {
    let result = &view.figures.index.summaries[summary];
    let declared = view.figures.method.summaries.get(summary);
    let first = match result.by.as_str() {
        "county" => labels::COUNTY.text(view.language),
        "region" => labels::REGION.text(view.language),
        by => by,
    };
    let mut headings = vec![Heading::new(first, 26)];
    for (id, statistic, _) in &result.columns {
        let shown = declared.and_then(|declared| declared.columns.iter().find(|it| &it.id == id));
        let node = shown.map(|column| view.figures.node_label(column.of, view.language));
        let text = label(*statistic).text(view.language);
        let text = node.map_or(text.to_owned(), |node| format!("{text} · {node}"));
        headings.push(Heading::new(text, 18));
    }
    headings
}

fn label(statistic: Statistic) -> Words {
    match statistic {
        Statistic::Mean => labels::STATISTIC_MEAN,
        Statistic::MeanRank => labels::STATISTIC_MEAN_RANK,
        Statistic::WorstTenth => labels::STATISTIC_WORST_TENTH,
        Statistic::Extent => labels::STATISTIC_EXTENT,
        Statistic::Concentration => labels::STATISTIC_CONCENTRATION,
        Statistic::Count => labels::STATISTIC_COUNT,
        Statistic::Max => labels::STATISTIC_MAX,
        Statistic::Headcount => labels::STATISTIC_HEADCOUNT,
        Statistic::Intensity => labels::STATISTIC_INTENSITY,
    }
}

fn write(
    page: &mut Page<'_, '_>,
    column: ColNum,
    statistic: Statistic,
    values: &[f64],
) -> Result<(), XlsxError> {
    let format = match statistic {
        Statistic::WorstTenth | Statistic::Extent | Statistic::Headcount => {
            look::PERCENT.to_owned()
        }
        Statistic::Count => look::number_format(0),
        Statistic::Mean
        | Statistic::MeanRank
        | Statistic::Concentration
        | Statistic::Max
        | Statistic::Intensity => look::number_format(language::decimals(values)),
    };
    let (number, gap) = (look::cell().set_num_format(format), look::NumberLook::missing());
    for (row, &value) in (HEADER + 1..).zip(values) {
        if value.is_finite() {
            page.number(row, column, value, &number)?;
        } else {
            page.text(row, column, ":", &gap)?;
        }
    }
    Ok(())
}

fn bars(page: &mut Page<'_, '_>, result: &SummaryResult) -> Result<(), XlsxError> {
    let mean = result.columns.iter().position(|(_, statistic, _)| *statistic == Statistic::Mean);
    let Some(column) = mean.and_then(|at| ColNum::try_from(at + 1).ok()) else { return Ok(()) };
    let last = HEADER + RowNum::try_from(result.areas.len()).unwrap_or(0);
    let bars = ConditionalFormatDataBar::new()
        .set_fill_color(look::BAR)
        .set_solid_fill(true)
        .set_border_off(true);
    page.sheet.add_conditional_format(HEADER + 1, column, last, column, &bars)?;
    Ok(())
}

/// Bars of the mean beside the table, in its order.
fn chart(page: &mut Page<'_, '_>, name: &str, result: &SummaryResult) -> Result<(), XlsxError> {
    let mean = result.columns.iter().position(|(_, statistic, _)| *statistic == Statistic::Mean);
    let Some(column) = mean.and_then(|at| ColNum::try_from(at + 1).ok()) else { return Ok(()) };
    let areas = RowNum::try_from(result.areas.len()).unwrap_or(0);
    if areas > CHART_AREAS {
        return Ok(());
    }
    let (first, last) = (HEADER + 1, HEADER + areas);
    let mut chart = Chart::new(ChartType::Bar);
    let fill = ChartSolidFill::new().set_color(look::INK).clone();
    chart
        .add_series()
        .set_name((name, HEADER, column))
        .set_categories((name, first, 0, last, 0))
        .set_values((name, first, column, last, column))
        .set_gap(40)
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    chart.legend().set_hidden();
    // the first row of the table on top
    chart.y_axis().set_reverse();
    let title = page
        .view
        .figures
        .headline()
        .map_or("", |node| page.view.figures.node_label(node, page.view.language));
    let title = format!("{} · {title}", labels::STATISTIC_MEAN.text(page.view.language));
    chart.title().set_name(&title);
    chart.set_width(620).set_height(120 + 19 * areas).set_alt_text(&title);
    let beside = ColNum::try_from(result.columns.len() + 2).unwrap_or(ColNum::MAX);
    page.sheet.insert_chart(HEADER, beside, &chart)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::sheet_name;

    #[test]
    fn a_sheet_has_a_name_spreadsheets_take() {
        assert_eq!(sheet_name("Pe tip/[zonă]'*"), "Pe tipzonă");
        assert!(sheet_name(&"x".repeat(99)).len() <= 31);
    }
}
