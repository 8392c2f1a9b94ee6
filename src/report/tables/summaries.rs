//! `summary_*.csv`: one table for each grouping of areas the methodology asks for.

use std::collections::BTreeMap;

use crate::index::SummaryResult;
use crate::report::View;
use crate::report::table::Table;

/// File name without extension, and table: a column named after the grouping, then one for each
/// statistic. A second summary by the same grouping is numbered.
pub(crate) fn summaries<'a>(view: &View<'a>) -> Vec<(String, Table<'a>)> {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    view.figures
        .index
        .summaries
        .iter()
        .map(|summary| {
            let count = seen.entry(&summary.by).or_default();
            *count += 1;
            let name = match *count {
                1 => format!("summary_{}", file_word(&summary.by)),
                again => format!("summary_{}_{again}", file_word(&summary.by)),
            };
            (name, table(summary))
        })
        .collect()
}

fn table(summary: &SummaryResult) -> Table<'_> {
    let mut table = Table::default();
    table.text(summary.by.as_str(), summary.areas.iter().map(String::as_str));
    for (id, _, values) in &summary.columns {
        table.numbers(id.as_str(), values.iter().map(|v| v.is_finite().then_some(*v)));
    }
    table
}

/// A register column as part of a file name: what a study of its own may have called it must
/// neither leave the folder nor be a name some system refuses.
fn file_word(column: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    column.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::{file_word, summaries};
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    #[test]
    fn a_summary_has_its_areas_and_statistics() {
        let fixture = Fixture::new();
        let tables = summaries(&fixture.view());
        assert_eq!(tables[0].0, "summary_county");
        let text = String::from_utf8(csv(&tables[0].1)).unwrap();
        assert_eq!(text, "county,units,mean\nAlba,3,37.5\nCluj,1,\n");
    }

    #[test]
    fn a_grouping_cannot_leave_the_folder() {
        assert_eq!(file_word("../../x y"), "______x_y");
        assert_eq!(file_word("județ"), "județ");
    }
}
