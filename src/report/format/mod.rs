//! The formats a run can be written in, each a renderer of the model into files.

mod csv;
mod geojson;
mod html;
mod parquet;
mod png;
mod record;
mod robustness_json;
mod selection_json;
mod svg;
mod xlsx;

use std::fmt;
use std::str::FromStr;

pub(crate) use self::csv::csv;
pub(super) use parquet::frame;
pub(crate) use png::PictureError;
pub(crate) use png::{NoPicture, difference};
pub use record::RECORD;
pub(crate) use record::{Recognised, record};
pub use selection_json::{refused_json, what_if_json};

use super::file::{File, ReportError};
use super::mask::Masked;
use super::model::{self, Cells, Profile, Table, View};
use super::pack::Pack;
use super::provenance::Provenance;
use crate::watch::{Stage, Watch};

/// Declares the formats: what each writes, its name on the command line, its renderer.
macro_rules! formats {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $render:expr;)*) => {
        /// A format of `--format`. The record and the page that says what each file is are always
        /// written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Format {
            /// All of them, in the order in which they are made.
            pub(crate) const ALL: [Self; [$($word),*].len()] = [$(Self::$name),*];

            /// The name on the command line.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The files of a run in this format.
            fn files(self, view: &View<'_>) -> Result<Vec<File>, ReportError> {
                let render: fn(&View<'_>) -> Result<Vec<File>, ReportError> = match self {
                    $(Self::$name => $render,)*
                };
                render(view)
            }
        }
    };
}

formats! {
    /// `report.xlsx`.
    Xlsx = "xlsx", |view| Ok(one("report.xlsx", xlsx::workbook(&model::book(view))?));
    /// `report.html`.
    Html = "html", |view| Ok(one("report.html", html::page(&model::page(view))));
    /// `tables/*.csv` for machines.
    Csv = "csv", |view| Ok(each(&model::tables(view), "tables", "csv", csv));
    /// `excel-csv/*.csv` for Excel where it speaks Romanian.
    ExcelCsv = "excel-csv",
        |view| Ok(each(&model::tables(view), "excel-csv", "csv", csv::excel_csv));
    /// `tables/*.parquet`.
    Parquet = "parquet",
        |view| Ok(each(&model::frames(view), "tables", "parquet", parquet::parquet));
    /// `map/index.geojson`.
    Geojson = "geojson",
        |view| Ok(one("map/index.geojson", geojson::geojson(&model::features(view))));
    /// `map/*.svg`, one for each layer.
    Svg = "svg", |view| Ok(drawn(view, "svg", |svg| Ok(svg.into_bytes()))?);
    /// `map/*.png`, the same drawings as pictures.
    Png = "png", |view| Ok(drawn(view, "png", |svg| png::png(&svg))?);
}

impl Format {
    /// What is written when nobody says otherwise.
    pub const DEFAULT: [Self; 4] = [Self::Xlsx, Self::Html, Self::Csv, Self::Parquet];
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format `{name}`: the formats are {}", known())]
pub struct UnknownFormat {
    name: String,
}

fn known() -> String {
    Format::ALL.map(|format| format!("`{format}`")).join(", ")
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let format = Self::ALL.into_iter().find(|format| format.name() == name);
        format.ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// Every file of a run in the formats asked for, ready for [`crate::report::folder::write`]; the record
/// stands last. Small counts are masked where the study asks for it.
pub fn files(
    view: &View<'_>,
    formats: &[Format],
    watch: &dyn Watch,
) -> Result<Vec<File>, ReportError> {
    match Masked::new(view) {
        Some(masked) => full_files(&masked.view(view), formats, watch),
        None => full_files(view, formats, watch),
    }
}

/// As [`files`], with nothing masked: for the archive of a run, which is not published.
pub fn full_files(
    view: &View<'_>,
    formats: &[Format],
    watch: &dyn Watch,
) -> Result<Vec<File>, ReportError> {
    match Pack::new(view) {
        Some(pack) => written(&pack.view(view), formats, watch),
        None => written(view, formats, watch),
    }
}

/// The files of a run as it is shown.
fn written(
    view: &View<'_>,
    formats: &[Format],
    watch: &dyn Watch,
) -> Result<Vec<File>, ReportError> {
    let asked = || Format::ALL.into_iter().filter(|format| formats.contains(format));
    let total = asked().count();
    let mut files = Vec::new();
    for (done, format) in asked().enumerate() {
        watch.at(Stage::Reporting, done, total)?;
        files.extend(format.files(view)?);
    }
    watch.at(Stage::Reporting, total, total)?;
    if let Some(chosen) = view.selection {
        let bytes = selection_json::json(chosen, Profile::of(chosen).as_ref());
        files.push(File { path: "selection.json".to_owned(), bytes });
        if let Some(assessed) = chosen.robustness {
            let bytes = robustness_json::json(chosen, assessed);
            files.push(File { path: "robustness.json".to_owned(), bytes });
        }
    }
    files.push(record::readme(&view.head(), &files));
    files.push(File { path: RECORD.to_owned(), bytes: record(view, &files) });
    Ok(files)
}

/// The workbook as [`files`] makes it, with the SHA-256 of the tag manifest of the bag in which the
/// run lies on its cover: what is handed out, and can be checked against the archive.
///
/// # Errors
/// As [`files`].
pub fn handed_out(
    view: &View<'_>,
    digest: &str,
    watch: &dyn Watch,
) -> Result<Vec<u8>, ReportError> {
    let provenance = Provenance { bag: Some(digest.to_owned()), ..view.provenance.clone() };
    let view = View { provenance: &provenance, ..*view };
    let files = files(&view, &[Format::Xlsx], watch)?;
    let book = files.into_iter().find(|file| file.path == "report.xlsx");
    Ok(book.expect("a workbook was asked for").bytes)
}

/// A format that is one file.
fn one(path: &str, bytes: Vec<u8>) -> Vec<File> {
    vec![File { path: path.to_owned(), bytes }]
}

/// A file for each layer of the map.
fn drawn(
    view: &View<'_>,
    ending: &str,
    render: fn(String) -> Result<Vec<u8>, PictureError>,
) -> Result<Vec<File>, PictureError> {
    let file = |(name, svg): (String, String)| {
        Ok(File { path: format!("{name}.{ending}"), bytes: render(svg)? })
    };
    drawings(view).into_iter().map(file).collect()
}

/// As [`table_columns`], of a run as it is published.
pub(crate) fn published_columns(view: &View<'_>) -> Vec<(String, Vec<(String, &'static str)>)> {
    Masked::new(view)
        .map_or_else(|| table_columns(view), |masked| table_columns(&masked.view(view)))
}

/// The columns of each `tables/*.csv` of a run: its path, and for each column its name and the type
/// that Frictionless gives it.
pub(crate) fn table_columns(view: &View<'_>) -> Vec<(String, Vec<(String, &'static str)>)> {
    let kind = |cells: &Cells<'_>| match cells {
        Cells::Text(_) => "string",
        Cells::Numbers(_) => "number",
        Cells::Integers(_) => "integer",
    };
    let of = |(name, table): &(String, Table<'_>)| {
        let columns = table.file_columns();
        let columns = columns.into_iter().map(|it| (it.id.clone(), kind(&it.cells)));
        (format!("tables/{name}.csv"), columns.collect())
    };
    model::tables(view).iter().map(of).collect()
}

/// A drawing for each layer of the map, and its path without the ending; none where nothing says
/// where units lie.
fn drawings(view: &View<'_>) -> Vec<(String, String)> {
    let Some(drawing) = model::drawing(view) else { return Vec::new() };
    let layers = model::layers(&view.map_run());
    let named = |(at, layer)| (format!("map/layer-{at}"), svg::svg(&drawing, layer));
    (1..).zip(&layers).map(named).collect()
}

fn each(
    tables: &[(String, Table<'_>)],
    folder: &str,
    ending: &str,
    form: fn(&Table<'_>) -> Vec<u8>,
) -> Vec<File> {
    let file = |(name, table): &(String, Table<'_>)| File {
        path: format!("{folder}/{name}.{ending}"),
        bytes: form(table),
    };
    tables.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::watch::{Interrupted, Unwatched};

    fn all(fixture: &Fixture) -> Vec<File> {
        files(&fixture.view(), &Format::ALL, &Unwatched).unwrap()
    }

    #[test]
    fn a_run_has_every_file_once_and_its_record_last() {
        let fixture = Fixture::new();
        let paths: Vec<String> = all(&fixture).into_iter().map(|file| file.path).collect();
        assert_eq!(
            paths,
            [
                "report.xlsx",
                "report.html",
                "tables/index.csv",
                "tables/findings.csv",
                "tables/observations.csv",
                "tables/summary_county.csv",
                "tables/statistics.csv",
                "tables/correlations.csv",
                "tables/influence.csv",
                "tables/components.csv",
                "excel-csv/index.csv",
                "excel-csv/findings.csv",
                "excel-csv/observations.csv",
                "excel-csv/summary_county.csv",
                "excel-csv/statistics.csv",
                "excel-csv/correlations.csv",
                "excel-csv/influence.csv",
                "excel-csv/components.csv",
                "tables/index.parquet",
                "tables/trace.parquet",
                "map/index.geojson",
                "map/layer-1.svg",
                "map/layer-2.svg",
                "map/layer-3.svg",
                "map/layer-4.svg",
                "map/layer-1.png",
                "map/layer-2.png",
                "map/layer-3.png",
                "map/layer-4.png",
                "CITESTE-MA.txt",
                "run.json",
            ]
        );
    }

    #[test]
    fn the_same_run_gives_the_same_bytes() {
        let fixture = Fixture::new();
        let first = all(&fixture);
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        for (one, two) in first.iter().zip(all(&fixture)) {
            assert!(one.bytes == two.bytes, "{} differs", one.path);
        }
    }

    #[test]
    fn a_format_is_named_as_on_the_command_line() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = "docx".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no format `docx`: the formats are `xlsx`, `html`, `csv`, `excel-csv`, \
             `parquet`, `geojson`, `svg`, `png`"
        );
    }

    #[test]
    fn a_run_can_be_stopped_between_formats() {
        struct Stop;
        impl Watch for Stop {
            fn at(&self, _: Stage, done: usize, _: usize) -> Result<(), Interrupted> {
                if done == 0 { Ok(()) } else { Err(Interrupted) }
            }
        }
        let fixture = Fixture::new();
        let stopped = files(&fixture.view(), &[Format::Csv, Format::Parquet], &Stop);
        assert!(matches!(stopped, Err(ReportError::Interrupted(_))));
    }
}
