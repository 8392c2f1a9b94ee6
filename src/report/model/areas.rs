//! Results by larger areas: a table for each grouping that the methodology asks for.

use std::collections::BTreeMap;

use super::column::{Column, Kind};
use super::sensitivity::{Masks, Rows, Sensitivity, of_node};
use super::table::Table;
use crate::index::method::Statistic;
use crate::index::{Figures, SummaryResult};
use crate::language::{Language, Words, decimals};
use crate::message::labels;

/// A table by area, with its names as a file and as a sheet.
pub(crate) struct Areas<'a> {
    /// File name without extension.
    pub(crate) file: String,
    /// Name of the sheet.
    pub(crate) sheet: String,
    pub(crate) table: Table<'a>,
    /// The column on a sheet that holds the mean, which is drawn beside the table.
    pub(crate) mean: Option<usize>,
}

/// The tables; a second one by the same grouping is numbered.
pub(crate) fn areas<'a>(
    figures: &Figures<'a>,
    masks: &'a Masks,
    language: Language,
) -> Vec<Areas<'a>> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut sheets: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for (at, summary) in figures.index.summaries.iter().enumerate() {
        let count = seen.entry(&summary.by).or_default();
        *count += 1;
        let file = match *count {
            1 => format!("summary_{}", file_word(&summary.by)),
            again => format!("summary_{}_{again}", file_word(&summary.by)),
        };
        let sheet = unused(&sheet_title(&summary.by, language), &sheets);
        sheets.push(sheet.clone());
        let statistics = summary.columns.iter().map(|(_, statistic, _)| *statistic);
        let mean = statistics.clone().position(|statistic| statistic == Statistic::Mean);
        let mean = mean.map(|column| column + 1);
        all.push(Areas { file, sheet, table: table(figures, at, masks, language), mean });
    }
    all
}

fn sheet_title(by: &str, language: Language) -> String {
    match by {
        "county" => labels::SHEET_COUNTY.text(language).to_owned(),
        "region" => labels::SHEET_REGION.text(language).to_owned(),
        by => sheet_name(&format!("{} {by}", labels::SHEET_BY.text(language))),
    }
}

/// A name that no sheet has yet, letter case aside: numbered where one has it.
fn unused(name: &str, used: &[String]) -> String {
    let numbered = (2..).map(|again| format!("{name} {again}"));
    let is_free =
        |name: &String| !used.iter().any(|used| used.to_lowercase() == name.to_lowercase());
    let found = std::iter::once(name.to_owned()).chain(numbered).find(is_free);
    found.expect("numbers do not run out")
}

/// Spreadsheets refuse some letters in the name of a sheet, and more than 31.
pub(crate) fn sheet_name(name: &str) -> String {
    let refused = ['[', ']', ':', '*', '?', '/', '\\', '\''];
    name.chars().filter(|c| !refused.contains(c) && !c.is_control()).take(26).collect()
}

/// A column named after the grouping, then one for each statistic.
fn table<'a>(
    figures: &Figures<'a>,
    summary: usize,
    masks: &'a Masks,
    language: Language,
) -> Table<'a> {
    let result = &figures.index.summaries[summary];
    let heading = match result.by.as_str() {
        "county" => labels::COUNTY.text(language),
        "region" => labels::REGION.text(language),
        by => by,
    };
    let mut table = Table::new(Rows::Areas(members(figures, result)), masks);
    table.push(
        Column::text(result.by.as_str(), Column::PUBLIC, result.areas.iter().map(String::as_str))
            .headed(heading)
            .wide(26)
            .shown_as(Kind::Word),
    );
    let declared = figures.method.summaries.get(summary);
    for (id, statistic, values) in &result.columns {
        let node = declared
            .and_then(|declared| declared.columns.iter().find(|column| column.id == *id))
            .map(|column| column.of);
        let text = label(*statistic).text(language);
        let heading = node.map_or(text.to_owned(), |node| {
            format!("{text} · {}", figures.node_label(node, language))
        });
        let cells = values.iter().map(|value| value.is_finite().then_some(*value));
        table.push(
            Column::numbers(id.as_str(), sensitivity(figures, *statistic, node), cells)
                .headed(heading)
                .wide(18)
                .shown_as(kind(*statistic, values))
                .with_gap(":")
                .in_files_and_sheets(),
        );
    }
    table
}

/// The units of each area of a summary.
fn members(figures: &Figures<'_>, result: &SummaryResult) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); result.areas.len()];
    let Some(level) = figures.register.level(&result.by) else { return members };
    for (unit, &area) in level.of_unit.iter().enumerate() {
        let name = &level.areas[area as usize];
        if let Some(at) = result.areas.iter().position(|area| area == name) {
            members[at].push(unit);
        }
    }
    members
}

/// From every statistic of a node a masked value of one unit could be computed, or where it lies.
fn sensitivity(figures: &Figures<'_>, statistic: Statistic, node: Option<usize>) -> Sensitivity {
    match (statistic, node) {
        (
            Statistic::Mean
            | Statistic::MeanRank
            | Statistic::WorstTenth
            | Statistic::Extent
            | Statistic::Headcount
            | Statistic::Max
            | Statistic::Concentration
            | Statistic::Intensity,
            Some(node),
        ) => of_node(figures, node),
        _ => Column::PUBLIC,
    }
}

fn kind(statistic: Statistic, values: &[f64]) -> Kind {
    match statistic {
        Statistic::WorstTenth | Statistic::Extent | Statistic::Headcount => Kind::Percent,
        Statistic::Count => Kind::Decimals(0),
        Statistic::Mean
        | Statistic::MeanRank
        | Statistic::Concentration
        | Statistic::Max
        | Statistic::Intensity => Kind::Decimals(decimals(values)),
    }
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

/// A register column as part of a file name: what a study of its own may have called it must
/// neither leave the folder nor be a name some system refuses.
fn file_word(column: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    column.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::format::csv;

    #[test]
    fn a_summary_has_its_areas_and_statistics() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let tables = areas(&view.figures, view.masks, view.language);
        assert_eq!(tables[0].file, "summary_county");
        let text = String::from_utf8(csv(&tables[0].table)).unwrap();
        assert_eq!(text, "county,units,mean\nAlba,3,37.5\nCluj,1,\n");
    }

    #[test]
    fn a_grouping_cannot_leave_the_folder() {
        assert_eq!(file_word("../../x y"), "______x_y");
        assert_eq!(file_word("județ"), "județ");
    }

    #[test]
    fn a_sheet_has_a_name_spreadsheets_take() {
        assert_eq!(sheet_name("Pe tip/[zonă]'*"), "Pe tipzonă");
        assert!(sheet_name(&"x".repeat(99)).len() <= 31);
    }
}
