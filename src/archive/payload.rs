//! The payload of a bag: a pure function of a run and of what it read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::safe;
use super::package::{Column, Described, REGISTER, package};
use crate::index::Figures;
use crate::language::{Label, Language};
use crate::observation::{Cell, Missing};
use crate::register::{Register, UNIT};
use crate::report::{
    Column as TableColumn, File, Role, Table, View, csv, published_columns, table_columns,
};
use crate::run::NamedBytes;
use crate::study::{Source, bundled_text};

/// What stands first in `archive.json`.
pub(super) const FORMAT: &str = "risk-index archive 1";
/// The folder of the run as it is published, and of the run with the counts as they are.
const RUN: &str = "run";
const UNMASKED: &str = "unmasked";
/// The record of the order: which study, with which options.
pub(super) const ORDER: &str = "archive.json";
/// The descriptor.
pub(super) const PACKAGE: &str = "datapackage.json";

/// `archive.json`: the order of a run, so that it can be repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Always the same word, by which an archive is recognised.
    pub format: String,
    /// Version of the program.
    pub version: String,
    /// Name of the study file.
    pub study: String,
    /// A methodology instead of the one that the study names.
    pub methodology: Option<String>,
    /// A programme instead of the one that the study names.
    pub programme: Option<String>,
    /// A file of doubts instead of the one that the study names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubts: Option<String>,
    /// Whether a programme was applied.
    pub selects: bool,
    /// Whether the doubts were drawn over it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub robustness: bool,
    /// Language of the reports.
    pub language: Language,
    /// Formats of the reports.
    pub formats: Vec<String>,
    /// The files that were read, each with the name under which the run requested it.
    pub files: Vec<Archived>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Archived {
    /// Its path in the payload.
    pub path: String,
    /// `study`, `beside` (the study), `bundled` (with the program) or `input`.
    pub role: String,
    /// The name under which the run requested it.
    pub name: String,
}

/// A run with everything that it read.
pub struct BagContents<'a> {
    /// The run.
    pub view: View<'a>,
    /// The study file.
    pub study: &'a NamedBytes,
    /// Methodologies, programmes and files of doubts beside the study, by the path that names them.
    pub beside: &'a BTreeMap<String, Cow<'static, [u8]>>,
    /// Input files, by the path that names them.
    pub inputs: &'a BTreeMap<String, Cow<'static, [u8]>>,
    /// Overrides of methodology, programme and file of doubts.
    pub overrides: [Option<&'a str>; 3],
    /// Formats of the reports, by name.
    pub formats: &'a [String],
    /// The files of the run folder, as they are published.
    pub files: &'a [File],
    /// The run with the counts as they are and the files it would write, where they are not published.
    pub unmasked: Option<(View<'a>, &'a [File])>,
}

/// The payload of a run, by path.
pub fn payload(contents: &BagContents<'_>) -> Vec<File> {
    let (mut files, archived) = read_files(contents);
    let mut described = Vec::new();
    let truth = contents.unmasked.as_ref().map_or(&contents.view, |(view, _)| view);
    for (file, table) in input_tables(&truth.figures, &truth.study.sources) {
        files.push(file);
        described.push(table);
    }
    for file in contents.files {
        files.push(File { path: format!("{RUN}/{}", file.path), bytes: file.bytes.clone() });
    }
    described.extend(run_tables(RUN, published_columns(&contents.view)));
    if let Some((view, made)) = &contents.unmasked {
        for file in *made {
            files.push(File {
                path: format!("{UNMASKED}/{}", file.path),
                bytes: file.bytes.clone(),
            });
        }
        described.extend(run_tables(UNMASKED, table_columns(view)));
    }
    let version = &contents.view.provenance.version;
    files.extend(pages(&contents.view.study.title, version, contents.unmasked.is_some()));
    files.push(File { path: ORDER.to_owned(), bytes: order(contents, &archived) });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let original = |path: &str| {
        let known = archived.iter().find(|archived| archived.path == path);
        known.map(|archived| archived.name.clone())
    };
    let title = &contents.view.study.title;
    let name = ("risk-index-archive", title.text(contents.view.language));
    let bytes = package(name, &files, &described, &original);
    files.push(File { path: PACKAGE.to_owned(), bytes });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What the tables of a run in that folder of the bag are.
fn run_tables(folder: &str, tables: Vec<(String, Vec<(String, &'static str)>)>) -> Vec<Described> {
    let table = |(path, columns): (String, Vec<(String, &'static str)>)| {
        let by_unit = path == "tables/index.csv";
        Described {
            columns: columns.into_iter().map(|(id, kind)| Column::of(id, kind)).collect(),
            key: by_unit.then(|| "code".to_owned()),
            path: format!("{folder}/{path}"),
            in_register: by_unit,
        }
    };
    tables.into_iter().map(table).collect()
}

/// The study, what stands beside it or comes with the program, and the inputs.
fn read_files(contents: &BagContents<'_>) -> (Vec<File>, Vec<Archived>) {
    let mut files = Vec::new();
    let mut archived = Vec::new();
    let mut add = |folder: &str, number: usize, (role, name): (&str, &str), bytes: &[u8]| {
        let path = format!("{folder}/{}", safe(number, name));
        archived.push(Archived {
            path: path.clone(),
            role: role.to_owned(),
            name: name.to_owned(),
        });
        files.push(File { path, bytes: bytes.to_vec() });
    };
    add("study", 0, ("study", &contents.study.name), &contents.study.bytes);
    let mut number = 1;
    for (name, bytes) in contents.beside {
        add("study", number, ("beside", name), bytes);
        number += 1;
    }
    for file in &contents.view.provenance.files {
        let is_layer = matches!(file.role, Role::Methodology | Role::Programme | Role::Robustness);
        if let Some(text) = bundled_text(&file.name)
            && is_layer
            && !contents.beside.contains_key(&file.name)
        {
            add("study", number, ("bundled", &file.name), text.as_bytes());
            number += 1;
        }
    }
    for (at, (name, bytes)) in contents.inputs.iter().enumerate() {
        add("inputs/raw", at + 1, ("input", name), bytes);
    }
    (files, archived)
}

fn order(contents: &BagContents<'_>, archived: &[Archived]) -> Vec<u8> {
    let order = Order {
        format: FORMAT.to_owned(),
        version: contents.view.provenance.version.clone(),
        study: contents.study.name.clone(),
        methodology: contents.overrides[0].map(str::to_owned),
        programme: contents.overrides[1].map(str::to_owned),
        doubts: contents.overrides[2].map(str::to_owned),
        selects: contents.view.selection.is_some(),
        robustness: contents.view.selection.is_some_and(|it| it.robustness.is_some()),
        language: contents.view.language,
        formats: contents.formats.to_vec(),
        files: archived.to_vec(),
    };
    let mut bytes = serde_json::to_vec_pretty(&order).expect("an order is plain data");
    bytes.push(b'\n');
    bytes
}

/// `inputs/tables/register.csv` and `inputs/tables/<source>.csv`, each with its columns: one row an
/// area in the order of the register, for each measure its value and, as `<measure>.state`, what
/// the cell is.
fn input_tables(figures: &Figures<'_>, sources: &[Source]) -> Vec<(File, Described)> {
    let mut all = vec![register_table(figures.register)];
    for (at, source) in sources.iter().enumerate() {
        let series: Vec<_> =
            figures.observations.series.iter().filter(|series| series.source == at).collect();
        let Some(first) = series.first() else { continue };
        let Some(level) = figures.register.level(&first.level) else { continue };
        let is_unit = first.level == UNIT;
        let area = if is_unit { "code" } else { "area" };
        let mut table = Table::default();
        table.push(TableColumn::text(
            area,
            TableColumn::PUBLIC,
            level.areas.iter().map(String::as_str),
        ));
        let mut columns = vec![Column::text(area)];
        for one in series.iter().filter(|one| one.level == first.level) {
            let id = one.name.split_once('.').map_or(one.name.as_str(), |(_, id)| id);
            if one.nature.is_number() {
                table.push(TableColumn::numbers(
                    id,
                    TableColumn::PUBLIC,
                    one.cells.iter().map(Cell::number),
                ));
                columns.push(Column::number(id));
            } else {
                table.push(TableColumn::text(
                    id,
                    TableColumn::PUBLIC,
                    one.cells.iter().map(text_of),
                ));
                columns.push(Column::text(id));
            }
            let state = format!("{id}.state");
            columns.push(Column::text(&state));
            table.push(TableColumn::text(
                state,
                TableColumn::PUBLIC,
                one.cells.iter().map(state_of),
            ));
        }
        let path = format!("inputs/tables/{}.csv", source.id);
        let described = Described {
            columns,
            key: Some(area.to_owned()),
            in_register: is_unit,
            path: path.clone(),
        };
        all.push((File { path, bytes: csv(&table) }, described));
    }
    all
}

fn register_table(register: &Register) -> (File, Described) {
    let mut table = Table::default();
    table.push(TableColumn::text(
        "code",
        TableColumn::PUBLIC,
        register.codes().iter().map(String::as_str),
    ));
    table.push(TableColumn::text(
        "name",
        TableColumn::PUBLIC,
        register.names().iter().map(String::as_str),
    ));
    let mut columns = vec![Column::text("code"), Column::text("name")];
    for name in register.columns() {
        let values = register.column(name).unwrap_or_default();
        table.push(TableColumn::text(
            name.clone(),
            TableColumn::PUBLIC,
            values.iter().map(String::as_str),
        ));
        columns.push(Column::text(name));
    }
    let path = REGISTER.to_owned();
    let key = Some("code".to_owned());
    let described = Described { columns, key, in_register: false, path: path.clone() };
    (File { path, bytes: csv(&table) }, described)
}

fn text_of(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::Substitute(_) | Cell::Missing(_) | Cell::Withheld => "",
    }
}

fn state_of(cell: &Cell) -> &str {
    match cell {
        Cell::Number(_) | Cell::Text(_) => "value",
        Cell::Substitute(_) => "substituted",
        Cell::Missing(Missing::NotAvailable) => "not-available",
        Cell::Missing(Missing::Confidential) => "confidential",
        Cell::Missing(Missing::NotApplicable) => "not-applicable",
        Cell::Withheld => "withheld",
    }
}

/// `CITESTE-MA.txt` and `README.txt`: what the bag is, how to check it without us and how to repeat
/// it.
fn pages(title: &Label, version: &str, is_masked: bool) -> [File; 2] {
    let [ro_unmasked, en_unmasked] = if is_masked {
        [
            "unmasked/       aceeași rulare cu numărătorile mici reale: NU se publică\n",
            "unmasked/       the same run with the true small counts: NOT to be published\n",
        ]
    } else {
        ["", ""]
    };
    let ro = format!(
        "{}\n\n\
         Această arhivă ține tot ce a citit și tot ce a scris o rulare a programului risk-index \
         {version}.\n\n\
         study/          fișierele studiului, metodologiei și programului, așa cum au fost folosite\n\
         inputs/raw/     fișierele-sursă, octet cu octet; numele originale sunt în \
         datapackage.json (originalPath)\n\
         inputs/tables/  ce s-a citit din ele, ca tabele CSV, și registrul unităților\n\
         run/            dosarul rulării, așa cum se publică: raport, tabele, run.json\n\
{ro_unmasked}\
         archive.json    ce s-a cerut: comanda, limba, formatele, rolul fiecărui fișier\n\
         datapackage.json  descrierea fiecărui tabel (Frictionless Data Package)\n\n\
         Verificare fără programul nostru, din dosarul de deasupra (cel cu bagit.txt):\n\
         \x20 sha256sum -c manifest-sha256.txt\n\
         \x20 sha256sum -c tagmanifest-sha256.txt\n\
         \x20 bagit.py --validate .\n\
         \x20 frictionless validate data/datapackage.json\n\
         Suma SHA-256 a fișierului tagmanifest-sha256.txt angajează tot conținutul: păstrați-o în \
         procesul-verbal.\n\n\
         Refacerea calculului:\n\
         \x20 risk-index replay ARHIVA\n\
         spune „identical” sau prima celulă care diferă în fiecare fișier.\n",
        title.ro
    );
    let en = format!(
        "{}\n\n\
         This bag holds everything that a run of risk-index {version} read and everything that it \
         wrote.\n\n\
         study/          the files of study, methodology and programme, as used\n\
         inputs/raw/     the source files byte for byte; their original names are in \
         datapackage.json (originalPath)\n\
         inputs/tables/  what was read from them as CSV tables, and the register of units\n\
         run/            the run folder as it is published: report, tables, run.json\n\
{en_unmasked}\
         archive.json    what was asked for: command, language, formats, the role of each file\n\
         datapackage.json  what each table is (Frictionless Data Package)\n\n\
         To check it without our program, in the folder above (the one with bagit.txt):\n\
         \x20 sha256sum -c manifest-sha256.txt\n\
         \x20 sha256sum -c tagmanifest-sha256.txt\n\
         \x20 bagit.py --validate .\n\
         \x20 frictionless validate data/datapackage.json\n\
         The SHA-256 of tagmanifest-sha256.txt commits to everything: keep it in the minutes.\n\n\
         To repeat the computation:\n\
         \x20 risk-index replay BAG\n\
         says `identical`, or the first cell that differs in each file.\n",
        title.en
    );
    let file = |path: &str, text: String| File { path: path.to_owned(), bytes: text.into_bytes() };
    [file("CITESTE-MA.txt", ro), file("README.txt", en)]
}
