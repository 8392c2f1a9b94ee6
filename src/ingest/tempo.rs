//! Reads the layout `tempo`: INS's long form, one row a combination of labels, one column of values.

use std::collections::BTreeSet;

use super::columns;
use super::cuts::Constants;
use super::dimensions::{self, Cube};
use super::header::{self, Header};
use super::labels::list;
use super::matrix::{Matrix, place_rows};
use super::source::{Current, Progress};
use super::sums::{Rows, read_measure};
use super::table::names_of;
use super::territory::{self, Territory};
use crate::message;
use crate::quality::message;
use crate::register::RowClass;
use crate::study::Selection;

/// Reads one file; answers the rows that gave values.
pub(super) fn read(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    constants: &mut Constants,
) -> BTreeSet<u32> {
    let header = find_header(progress, current);
    let cube = match dimensions::read(&current.opened.grid, &header) {
        Ok(cube) => cube,
        Err(message) => {
            progress.ledger.tell_at(
                &message::ingest::COLUMN_MISSING,
                message,
                current.opened.place(),
            );
            progress.fail_all();
            return BTreeSet::new();
        }
    };
    let selections = selections(progress, current, (&header, &cube));
    let Some(territory) = find_territory(progress, current, (&header, &cube), &selections) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    let matrix = place_rows(progress, current, cube, territory);
    let mut rows = Rows::default();
    for (measure, selection) in selections.into_iter().enumerate() {
        if let Some(selection) = selection
            && !progress.drafts[measure].failed
        {
            read_measure(progress, &matrix, (measure, &selection), constants, &mut rows);
        }
    }
    account(progress, &matrix, rows)
}

fn find_header(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> Header {
    let grid = &current.opened.grid;
    if let Some(rows) = &progress.source.header {
        return header::declared(grid, rows);
    }
    let mut wanted = vec!["Valoare"];
    for measure in &progress.source.measures {
        if let Selection::Where(labels) = &measure.selection {
            wanted.extend(labels.keys().map(String::as_str));
        }
    }
    header::detect(grid, &wanted)
}

/// For each measure its selected dimensions, by position, with the texts of the study; `None` for a
/// measure that fails.
type Selections<'s> = Vec<Option<Vec<(usize, &'s [String])>>>;

fn selections<'s>(
    progress: &mut Progress<'s, '_>,
    current: &Current<'_>,
    (header, cube): (&Header, &Cube),
) -> Selections<'s> {
    let mut all = Vec::new();
    for measure in 0..progress.drafts.len() {
        let draft = &progress.drafts[measure];
        let Selection::Where(wanted) = &draft.measure.selection else {
            let message = message!(
                "`{id}` names a column, which TEMPO does not have",
                "`{id}` numește o coloană, ceea ce TEMPO nu are",
                id = &draft.measure.id,
            );
            progress.ledger.tell(&message::ingest::COLUMN_MISSING, message).hint = Some(message!(
                "say `where`, or `layout = \"table\"`",
                "scrieți `where` sau `layout = \"table\"`",
            ));
            progress.fail(measure);
            all.push(None);
            continue;
        };
        let mut selection = Vec::new();
        let mut complete = true;
        for (name, labels) in wanted {
            let column = columns::find(header, name, current.opened.grid.width());
            let at = column.map(|column| {
                cube.dimensions.iter().position(|dimension| dimension.column == column)
            });
            match at {
                Ok(Some(at)) => selection.push((at, labels.as_slice())),
                Ok(None) => complete = false,
                Err(error) => {
                    let place = current.opened.place();
                    progress
                        .ledger
                        .tell_at(&message::ingest::COLUMN_MISSING, error.message, place)
                        .hint = Some(error.hint);
                    complete = false;
                }
            }
        }
        if !complete {
            progress.fail(measure);
        }
        all.push(complete.then_some(selection));
    }
    all
}

fn find_territory(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    (header, cube): (&Header, &Cube),
    selections: &Selections<'_>,
) -> Option<Territory> {
    if let Some(key) = &progress.source.key {
        let [_, name, county, glued, area, _] = names_of(key);
        let width = current.opened.grid.width();
        let mut position = |wanted: &str| match columns::find(header, wanted, width) {
            Ok(column) => cube.dimensions.iter().position(|d| d.column == column),
            Err(error) => {
                let place = current.opened.place();
                progress
                    .ledger
                    .tell_at(&message::ingest::COLUMN_MISSING, error.message, place)
                    .hint = Some(error.hint);
                None
            }
        };
        let own = position(glued.or(area).or(name)?)?;
        let county = county.and_then(&mut position);
        return Some(Territory { own, glued: area.is_none(), county });
    }
    let selected: Vec<usize> = selections.iter().flatten().flatten().map(|&(at, _)| at).collect();
    let found = territory::find(&progress.recogniser, cube, &selected);
    if found.is_none() {
        let level = progress.recogniser.level;
        let message = message!(
            "no dimension has labels of the level `{level}`",
            "nicio dimensiune nu are etichete de nivelul `{level}`",
        );
        let names = cube.dimensions.iter().map(|dimension| dimension.name.as_str());
        progress
            .ledger
            .tell_at(&message::ingest::KEY_MISSING, message, current.opened.place())
            .hint = Some(message!(
            "look at `level`, or name the dimension in `key`; there are {names}",
            "verificați `level` sau numiți dimensiunea în `key`; există {names}";
            names = list(names, 10),
        ));
    }
    found
}

fn account(progress: &mut Progress<'_, '_>, matrix: &Matrix<'_, '_>, rows: Rows) -> BTreeSet<u32> {
    let column = matrix.own_column();
    for (number, class) in rows.dropped {
        progress.drop_row(class, matrix.current.opened.cell(number, column));
    }
    for &number in &matrix.cube.blank {
        progress.drop_row(RowClass::Blank, matrix.current.opened.place().at_row(number));
    }
    rows.used
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Outcome, labels, outcome, source};
    use crate::message;
    use crate::observation::{Missing, Nature};
    use crate::study::source::Absent;
    use crate::study::{Layout, Measure, Source};

    const AGES: &str =
        "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare
Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 100
   0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 30
      0 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 4
      1 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 5
      2 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 6
   80-84 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 2
   85 ani si peste, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 1
Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50
      0 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 2
      2 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 0
   80-84 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, :
   85 ani si peste, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 1
Total, Total, Alba, TOTAL, Anul 2026, Numar persoane, 150
";

    fn ages(id: &str, wanted: &str) -> Measure {
        labels(id, &[("varste si grupe de varsta", &[wanted]), ("Ani", &["2026"])], Nature::Count)
    }

    fn tempo(measures: Vec<Measure>) -> Source {
        let mut source = source("in.csv", None, measures);
        source.layout = Layout::Tempo;
        source
    }

    fn read_text(source: Source, text: &str) -> Outcome {
        outcome(&[source], &[("in.csv", text.as_bytes())])
    }

    #[test]
    fn labels_are_selected_and_ages_summed_once() {
        let measures = vec![ages("total", "Total"), ages("small", "0-2"), ages("old", "80+")];
        let outcome = read_text(tempo(measures), AGES);
        outcome.is("total", "1017", 100.0);
        outcome.is("small", "1017", 15.0);
        outcome.is("old", "1017", 3.0);
        outcome.lacks("old", "1213", Missing::NotAvailable);
        let origins = outcome.series("small").origins.iter().find(|cells| cells.len() == 3);
        assert!(origins.is_some_and(|cells| cells.iter().all(|cell| cell.column == 7)));
        assert_eq!(outcome.told(&message::ingest::AGES_TILED).len(), 2);
        assert_eq!(outcome.reading.observations.files[0].delimiter, Some(','));
    }

    #[test]
    fn a_sum_with_an_absent_row_is_missing_unless_absent_means_zero() {
        let outcome = read_text(tempo(vec![ages("small", "0-2")]), AGES);
        outcome.lacks("small", "1213", Missing::NotAvailable);
        assert_eq!(outcome.one(&message::ingest::PARTS_ABSENT).places.len(), 1);
        let mut measure = ages("small", "0-2");
        measure.absent = Absent::Zero;
        let outcome = read_text(tempo(vec![measure]), AGES);
        outcome.is("small", "1213", 2.0);
        assert_eq!(outcome.told(&message::ingest::ABSENT_AS_ZERO).len(), 2);
    }

    #[test]
    fn the_total_of_a_county_is_dropped_and_not_counted() {
        let outcome = read_text(tempo(vec![ages("total", "Total")]), AGES);
        let dropped = outcome.one(&message::ingest::ROWS_DROPPED);
        assert!(dropped.message.en.contains("county row"), "{}", dropped.message);
        assert_eq!(outcome.reading.observations.files[0].rows_used, 2);
    }

    #[test]
    fn a_dimension_that_nobody_settled_is_told_with_its_labels() {
        let measure = labels("x", &[("Ani", &["2026"])], Nature::Count);
        let outcome = read_text(tempo(vec![measure]), AGES);
        assert_eq!(outcome.reading.unread, ["s.x"]);
        let finding = outcome.one(&message::ingest::DIMENSION_OPEN);
        assert!(finding.hint.as_ref().unwrap().en.contains("`80-84 ani`"), "{:?}", finding.hint);
    }

    #[test]
    fn a_range_that_labels_do_not_fill_is_refused() {
        let outcome = read_text(tempo(vec![ages("children", "0-17")]), AGES);
        assert_eq!(outcome.reading.unread, ["s.children"]);
        assert!(outcome.one(&message::ingest::LABELS_OVERLAP).message.en.contains("`0-17`"));
    }

    #[test]
    fn a_label_or_dimension_that_is_not_there_gets_a_suggestion() {
        let measures = vec![
            labels("a", &[("Varste si grupe de varsta", &["Totall"])], Nature::Count),
            labels("b", &[("Varste", &["Total"])], Nature::Count),
        ];
        let outcome = read_text(tempo(measures), AGES);
        assert_eq!(outcome.reading.unread, ["s.a", "s.b"]);
        let label = outcome.one(&message::ingest::LABEL_MISSING);
        assert!(label.hint.as_ref().unwrap().en.starts_with("did you mean `Total`?"));
        let column = outcome.one(&message::ingest::COLUMN_MISSING);
        assert!(column.hint.as_ref().unwrap().en.contains("Varste si grupe de varsta"));
    }

    #[test]
    fn a_combination_in_two_rows_is_an_error() {
        let text = format!(
            "{AGES}Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 7\n"
        );
        let outcome = read_text(tempo(vec![ages("total", "Total")]), &text);
        assert_eq!(outcome.reading.unread, ["s.total"]);
        assert_eq!(outcome.one(&message::ingest::DUPLICATE_ROW).places.len(), 2);
    }

    const COUNTIES: &str =
        "\r\nNiveluri , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare
primar, TOTAL, Anul 2016, Procente, 1.8
primar, MACROREGIUNEA UNU, Anul 2016, Procente, 2
primar, Regiunea NORD-VEST, Anul 2016, Procente, 1.234
primar, Bihor, Anul 2016, Procente, .8
primar, Cluj, Anul 2016, Procente, 1
primar, Mun. Bucuresti -incl. SAI, Anul 2016, Procente, 3
";

    #[test]
    fn territories_above_the_level_are_dropped() {
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "county".to_owned();
        let outcome = read_text(source, COUNTIES);
        outcome.is("rate", "Bihor", 0.8);
        outcome.is("rate", "Cluj", 1.0);
        let dropped: usize = outcome
            .told(&message::ingest::ROWS_DROPPED)
            .iter()
            .map(|finding| finding.places.len())
            .sum();
        assert_eq!(dropped, 4);
        assert!(outcome.told(&message::ingest::SUMS_DIFFER).is_empty(), "rates are not summed");
    }

    #[test]
    fn the_same_file_serves_another_level() {
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "region".to_owned();
        read_text(source, COUNTIES).is("rate", "Nord-Vest", 1.234);
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "national".to_owned();
        read_text(source, COUNTIES).is("rate", "national", 1.8);
    }

    #[test]
    fn rates_are_never_added_up() {
        let mut source =
            tempo(vec![labels("rate", &[("Niveluri", &["primar", "gimnazial"])], Nature::Rate)]);
        source.level = "county".to_owned();
        let text = format!("{COUNTIES}gimnazial, Cluj, Anul 2016, Procente, 5\n");
        let outcome = read_text(source, &text);
        assert!(
            outcome
                .one(&message::ingest::LABELS_OVERLAP)
                .message
                .en
                .contains("only counts and amounts")
        );
    }

    #[test]
    fn files_of_one_source_must_agree_on_what_is_constant() {
        let mut source = tempo(vec![labels("x", &[], Nature::Count)]);
        source.file = "*.csv".to_owned();
        let file = |code: &str, year: u32| {
            format!("Localitati, Ani, UM: Numar, Valoare\n{code}, Anul {year}, Numar, 5\n")
        };
        let (a, b) = (file("1017 MUNICIPIUL ALBA IULIA", 2024), file("1213 MUNICIPIUL AIUD", 2025));
        let outcome = outcome(&[source], &[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())]);
        let finding = outcome.one(&message::ingest::DIMENSION_OPEN);
        assert!(
            finding.message.en.contains("`Anul 2024`")
                && finding.message.en.contains("`Anul 2025`")
        );
        assert_eq!(outcome.reading.unread, ["s.x"]);
    }
}
