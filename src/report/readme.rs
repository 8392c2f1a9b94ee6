//! `CITESTE-MA.txt` or `README.txt`: what each file of a run is, for whoever opens the folder.

use super::file::File;
use super::{View, record};
use crate::index::method::Status;
use crate::language::Language;
use crate::message::labels;

/// What a file of a run is, in Romanian and English; the first pattern that fits counts, `*`
/// standing for any text.
const MEANINGS: &[(&str, &str, &str)] = &[
    (
        "report.xlsx",
        "raportul pentru oameni: indicele cu formule vii și ponderi care se pot schimba, grafice, \
         hartă, egalități, surse, metodă, calitatea datelor",
        "the report for people: the index with live formulas and weights one may change, charts, \
         map, ties, sources, method, data quality",
    ),
    (
        "report.html",
        "aceleași rezultate într-o singură pagină cu hartă, căutare și profilul fiecărei unități; \
         se deschide în orice navigator, fără rețea",
        "the same results on one page with a map, search and the profile of each unit; opens in \
         any browser, without a network",
    ),
    (
        "map/index.geojson",
        "rezultatele fiecărei unități ca GeoJSON, pentru programe de hărți",
        "the results of each unit as GeoJSON, for map programs",
    ),
    (
        "map/*.svg",
        "harta ca desen SVG, câte un fișier pe strat",
        "the map as an SVG drawing, one file a layer",
    ),
    (
        "map/*.png",
        "aceeași hartă ca imagine PNG, pentru documente și prezentări",
        "the same map as a PNG picture, for documents and slides",
    ),
    (
        "tables/index.csv",
        "un rând pe unitate: valori măsurate și normalizate, scor, loc, clasă; UTF-8, virgulă, \
         punct zecimal",
        "one row a unit: measured and normalised values, score, rank, class; UTF-8, comma, \
         decimal point",
    ),
    ("tables/index.parquet", "același tabel, în format Parquet", "the same table as Parquet"),
    (
        "tables/trace.parquet",
        "fiecare pas al fiecărei celule, în ordinea în care s-a aplicat",
        "every step of every cell, in the order in which they ran",
    ),
    (
        "tables/findings.csv",
        "ce a fost reparat, eliminat sau pus la îndoială, cu fișierul, foaia și celula",
        "what was repaired, dropped or doubted, with file, sheet and cell",
    ),
    (
        "tables/observations.csv",
        "de unde vine fiecare cifră: fișier, foaie, celule (în fișierele text, D17 este câmpul 4 \
         de pe linia 17)",
        "where each number came from: file, sheet, cells (in text files D17 is field 4 of line 17)",
    ),
    (
        "selection.json",
        "selecția pentru audit: reguli, demonstrații, linii de selecție, prețul fiecărei reguli",
        "the selection for an auditor: rules, proofs, cuts, the price of each rule",
    ),
    (
        "tables/selection.csv",
        "fiecare unitate din registru: etapă, loc, stare, decizie, motiv, distanță",
        "each registered unit: phase, place, state, decision, reason, distance",
    ),
    (
        "tables/reserve.csv",
        "lista de rezervă, în ordinea intrării",
        "the reserve in the order of entry",
    ),
    (
        "tables/replacements.csv",
        "pentru fiecare loc: cine ar intra dacă ar fi cedat acum",
        "for each place: who would enter if it were given up now",
    ),
    ("tables/unions.csv", "proiectele și membrele lor", "projects and their members"),
    (
        "tables/decisions.csv",
        "fiecare loc cu cei care l-au deținut și documentele lor",
        "each place with everybody who held it and their documents",
    ),
    (
        "tables/changes.csv",
        "cine a intrat și cine a ieșit față de lista publicată",
        "who entered and who left since the published list",
    ),
    (
        "tables/capacity.csv",
        "ce are, ce îi trebuie și ce îi lipsește fiecărei unități, lângă scorul ei",
        "what each unit has, needs and lacks, beside its score",
    ),
    ("tables/summary_*", "rezultatele adunate pe arii mai mari", "results by larger areas"),
    (
        "tables/statistics.csv",
        "distribuția fiecărui nod, înainte și după pași",
        "the distribution of each node, before and after its steps",
    ),
    (
        "tables/correlations.csv",
        "corelațiile dintre indicatori: Pearson, Spearman, Kendall, cu valorile p",
        "correlations between indicators: Pearson, Spearman, Kendall, with p-values",
    ),
    (
        "tables/influence.csv",
        "ponderea folosită și cea efectivă a fiecărei componente, alfa Cronbach",
        "weight used and effective weight of each component, Cronbach's alpha",
    ),
    (
        "tables/components.csv",
        "componentele principale ale fiecărui agregat",
        "principal components of each aggregate",
    ),
    (
        "excel-csv/*",
        "aceleași tabele pentru deschidere directă în Excel românesc (punct și virgulă, virgulă \
         zecimală, texte neutralizate); nu pentru prelucrare",
        "the same tables to open directly in a Romanian Excel (semicolon, decimal comma, inert \
         texts); not for processing",
    ),
];

/// The page; its name is in the language of the run.
pub(crate) fn readme(view: &View<'_>, files: &[File]) -> File {
    let language = view.language;
    let mut lines = vec![view.study.title.text(language).to_owned()];
    lines.extend(view.study.notice.as_ref().map(|notice| notice.text(language).to_owned()));
    if view.figures.method.status == Status::Illustrative {
        lines.push(labels::ILLUSTRATIVE.text(language).to_owned());
    }
    lines.push(String::new());
    lines.push(format!(
        "{}: {} ({} {})",
        labels::METHODOLOGY.text(language),
        view.figures.method.title.text(language),
        view.figures.method.id,
        view.figures.method.version
    ));
    lines.push(format!("{}: risk-index {}", labels::PROGRAM.text(language), view.stamp.version));
    lines.push(String::new());
    let paths = files.iter().map(|file| file.path.as_str()).chain([record::RECORD]);
    let width = paths.clone().map(|path| path.chars().count()).max().unwrap_or(0);
    for path in paths {
        lines.push(format!("{path:width$}  {}", meaning(path, language)));
    }
    lines.push(String::new());
    lines.push(check(language).to_owned());
    // Notepad shows these lines wherever the folder is opened, so they end as Windows ends them.
    lines.push(String::new());
    File { path: name(language).to_owned(), bytes: lines.join("\r\n").into_bytes() }
}

fn name(language: Language) -> &'static str {
    match language {
        Language::Ro => "CITESTE-MA.txt",
        Language::En => "README.txt",
    }
}

fn meaning(path: &str, language: Language) -> &'static str {
    let fits = |pattern: &str| match pattern.split_once('*') {
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => path == pattern,
    };
    let record = (
        record::RECORD,
        "versiunea programului și amprentele SHA-256 ale tuturor intrărilor și ieșirilor",
        "version of the program and SHA-256 digests of all inputs and outputs",
    );
    let known = MEANINGS.iter().chain([&record]).find(|(pattern, ..)| fits(pattern));
    known.map_or("", |(_, ro, en)| match language {
        Language::Ro => ro,
        Language::En => en,
    })
}

fn check(language: Language) -> &'static str {
    match language {
        Language::Ro => {
            "Aceleași intrări, aceeași metodologie și aceeași versiune dau aceleași fișiere, octet \
             cu octet; amprentele din run.json se verifică cu sha256sum sau Get-FileHash."
        }
        Language::En => {
            "The same inputs, methodology and version give the same files, byte for byte; check \
             the digests of run.json with sha256sum or Get-FileHash."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::{Format, files};
    use crate::watch::Unwatched;

    #[test]
    fn every_file_of_a_run_is_explained_in_both_languages() {
        let fixture = Fixture::new();
        for language in [Language::Ro, Language::En] {
            let view = fixture.view_in(language);
            for file in files(&view, &Format::ALL, &Unwatched).unwrap() {
                let is_page = file.path == name(language);
                assert!(is_page || !meaning(&file.path, language).is_empty(), "{}", file.path);
            }
        }
    }

    #[test]
    fn the_page_says_loudly_that_a_methodology_is_illustrative() {
        let fixture = Fixture::new();
        let page = String::from_utf8(readme(&fixture.view(), &[]).bytes).unwrap();
        assert!(page.contains("Date demonstrative"));
        assert!(page.contains("METODOLOGIE ILUSTRATIVĂ"));
    }
}
