//! Published files read as their agencies wrote them: what is found, dropped, summed and told.

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::ingest::{Inputs, Reading, read};
use risk_index::observation::{Cell, Counts, Missing, Nature, Series};
use risk_index::quality::Finding;
use risk_index::register::{Bundled, Matcher, bundled};
use risk_index::study::source::Absent;
use risk_index::study::{Key, Layout, Measure, NumberFormat, Selection, SheetChoice, Source};

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("ingest/the_census_of_2021_is_reconciled", the_census_of_2021_is_reconciled),
        trial(
            "ingest/families_on_vmg_by_county_sum_to_the_printed_total",
            families_on_vmg_by_county_sum_to_the_printed_total,
        ),
        trial("ingest/dropout_has_no_row_for_caras_severin", dropout_has_no_row_for_caras_severin),
        trial("ingest/poverty_is_read_by_region", poverty_is_read_by_region),
        trial(
            "ingest/unemployment_has_thousands_with_commas_beside_rates_with_points",
            unemployment_has_thousands_with_commas_beside_rates_with_points,
        ),
        trial(
            "ingest/unemployment_of_all_months_sums_to_its_total_row",
            unemployment_of_all_months_sums_to_its_total_row,
        ),
        trial(
            "ingest/oddities_of_the_unemployment_files_are_told",
            oddities_of_the_unemployment_files_are_told,
        ),
        trial(
            "ingest/people_over_65_in_covasna_are_five_groups_without_the_total",
            people_over_65_in_covasna_are_five_groups_without_the_total,
        ),
        trial("ingest/files_of_two_counties_are_one_source", files_of_two_counties_are_one_source),
        trial(
            "ingest/health_units_of_covasna_keep_absent_rows_apart_from_zeros",
            health_units_of_covasna_keep_absent_rows_apart_from_zeros,
        ),
        trial(
            "ingest/codes_written_as_decimals_are_recognised",
            codes_written_as_decimals_are_recognised,
        ),
        trial("ingest/the_register_as_a_workbook_is_read", the_register_as_a_workbook_is_read),
        trial(
            "ingest/a_printed_total_that_is_not_the_sum_of_its_counties_is_told",
            a_printed_total_that_is_not_the_sum_of_its_counties_is_told,
        ),
        trial(
            "ingest/an_old_workbook_with_a_header_over_four_rows_is_read",
            an_old_workbook_with_a_header_over_four_rows_is_read,
        ),
        trial(
            "ingest/the_same_localities_are_read_from_ods_and_from_a_damaged_xls",
            the_same_localities_are_read_from_ods_and_from_a_damaged_xls,
        ),
        trial(
            "ingest/commas_between_thousands_are_settled_by_the_rest_of_the_table",
            commas_between_thousands_are_settled_by_the_rest_of_the_table,
        ),
        trial("ingest/declared_marks_need_no_witness", declared_marks_need_no_witness),
    ]
}

/// How much a trial read.
fn summary(outcome: &Outcome) -> String {
    let rows: u64 = outcome.reading.observations.files.iter().map(|file| file.rows_used).sum();
    format!("{rows} rows used, {} findings", outcome.findings.len())
}

struct Outcome {
    register: Bundled,
    reading: Reading,
    findings: Vec<Finding>,
}

/// Reads one source of the real files.
fn outcome(folder: &Path, source: Source) -> Outcome {
    let inputs = Inputs::Folder(folder.join("real-data"));
    let register = bundled("ro-uat-2025").unwrap();
    let (reading, findings) = {
        let matcher = Matcher::new(&register.register, &register.gazetteer, &register.aliases);
        read(&[source], &inputs, &matcher)
    };
    Outcome { register, reading, findings: findings.iter().cloned().collect() }
}

impl Outcome {
    #[track_caller]
    fn series(&self, measure: &str) -> &Series {
        let series = self.reading.observations.series(&format!("s.{measure}"));
        series.unwrap_or_else(|| panic!("no `{measure}`: {:#?}", self.errors()))
    }

    #[track_caller]
    fn cell(&self, measure: &str, area: &str) -> &Cell {
        let series = self.series(measure);
        let level = self.register.register.level(&series.level).unwrap();
        &series.cells[level.position(area).expect("the area is in the register")]
    }

    #[track_caller]
    fn is(&self, measure: &str, area: &str, expected: f64) {
        assert_eq!(*self.cell(measure, area), Cell::Number(expected), "{measure} of {area}");
    }

    #[track_caller]
    fn lacks(&self, measure: &str, area: &str) {
        assert_eq!(*self.cell(measure, area), Cell::Missing(Missing::NotAvailable), "{area}");
    }

    #[track_caller]
    fn sums(&self, measure: &str, areas: usize, expected: f64) {
        let numbers: Vec<f64> =
            self.series(measure).cells.iter().filter_map(Cell::number).collect();
        assert_eq!((numbers.len(), numbers.iter().sum::<f64>()), (areas, expected), "{measure}");
    }

    fn told(&self, rule: &str) -> Vec<&Finding> {
        self.findings.iter().filter(|finding| finding.rule == rule).collect()
    }

    #[track_caller]
    fn says(&self, rule: &str, words: &str) -> &Finding {
        let told = self.told(rule);
        let found = told.iter().copied().find(|finding| finding.message.en.contains(words));
        found.unwrap_or_else(|| panic!("no {rule} says `{words}`: {told:#?}"))
    }

    fn errors(&self) -> Vec<String> {
        let error = risk_index::quality::Severity::Error;
        let errors = self.findings.iter().filter(|finding| finding.severity == error);
        errors
            .map(|finding| format!("{}: {} {:?}", finding.rule, finding.message, finding.hint))
            .collect()
    }

    #[track_caller]
    fn has_no_error(&self) {
        assert_eq!(self.errors(), Vec::<String>::new());
    }

    fn dropped(&self, class: &str) -> usize {
        let told = self.told("rows-dropped");
        let found = told.iter().find(|finding| finding.message.en.contains(class));
        found.map_or(0, |finding| finding.places.len())
    }
}

fn source(file: &str, key: impl Into<Option<Key>>, measures: Vec<Measure>) -> Source {
    Source { key: key.into(), measures, ..Source::new("s", file) }
}

fn tempo(file: &str, level: &str, measures: Vec<Measure>) -> Source {
    let source = source(file, None, measures);
    Source { layout: Layout::Tempo, level: level.to_owned(), ..source }
}

fn by_code(code: &str, name: Option<&str>, county: Option<&str>) -> Key {
    let [name, county] = [name, county].map(|text| text.map(str::to_owned));
    Key::Code { code: code.to_owned(), name, county, period: None }
}

fn by_county(column: &str) -> Key {
    Key::Area { level: "county".to_owned(), column: column.to_owned() }
}

fn column(id: &str, column: &str, nature: Nature) -> Measure {
    measure(id, Selection::Column(column.to_owned()), nature)
}

fn labels(id: &str, wanted: &[(&str, &[&str])], nature: Nature) -> Measure {
    let owned = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
    let wanted = wanted.iter().map(|(name, labels)| ((*name).to_owned(), owned(labels))).collect();
    measure(id, Selection::Where(wanted), nature)
}

fn measure(id: &str, selection: Selection, nature: Nature) -> Measure {
    Measure {
        id: id.to_owned(),
        nature,
        counts: (nature == Nature::Count).then_some(Counts::Persons),
        noun: None,
        selection,
        absent: Absent::NotAvailable,
        numbers: None,
        unit: None,
    }
}

fn the_census_of_2021_is_reconciled(folder: &Path) -> String {
    let key = by_code("cod_siruta", Some("localitate"), Some("judet"));
    let measures = vec![column("people", "pop", Nature::Count)];
    let file = "population/uat_cif_pop_2021.csv";
    let outcome = outcome(folder, source(file, key, measures));
    outcome.has_no_error();
    outcome.sums("people", 3_181, 19_053_815.0);
    outcome.is("people", "1017", 64_227.0);
    outcome.is("people", "179132", 1_716_983.0);
    assert_eq!(outcome.dropped("county rows"), 41);
    assert_eq!(outcome.dropped("sectors of Bucharest"), 6);
    outcome.says("sums-reconciled", "41 of 41 county rows equal the sum of their units");
    outcome.says("sums-reconciled", "6 sectors of Bucharest add up to the 1,716,983");
    assert!(outcome.told("sums-differ").is_empty());
    assert!(outcome.told("unit-absent").is_empty());
    assert_eq!(outcome.reading.observations.files[0].rows_used, 3_181);
    summary(&outcome)
}

const VMG: &str = "vmg/ASS118F - Social allowances assuring the minimum guaranteed income.csv";

fn families_on_vmg_by_county_sum_to_the_printed_total(folder: &Path) -> String {
    let measures = vec![labels("families", &[("Ani", &["2017"])], Nature::Count)];
    let outcome = outcome(folder, tempo(VMG, "county", measures));
    outcome.has_no_error();
    outcome.sums("families", 42, 233_966.0);
    outcome.is("families", "Dolj", 14_462.0);
    assert_eq!(outcome.dropped("national row"), 1);
    assert_eq!(outcome.dropped("region or macroregion rows"), 12);
    outcome.says("sums-reconciled", "the national row prints 233,966");
    outcome.says("sums-reconciled", "8 of 8 region rows");
    outcome.says("sums-reconciled", "4 of 4 macroregion rows");
    summary(&outcome)
}

fn dropout_has_no_row_for_caras_severin(folder: &Path) -> String {
    let file = "dropout/SCL113A - Abandon rate in pre-university education.csv";
    let level: (&str, &[&str]) = ("Niveluri de instruire", &["Invatamant primar si gimnazial"]);
    let measures = vec![labels("lower", &[level, ("Ani", &["2016"])], Nature::Rate)];
    let outcome = outcome(folder, tempo(file, "county", measures));
    outcome.has_no_error();
    outcome.is("lower", "Alba", 1.4);
    outcome.is("lower", "Ilfov", 2.0);
    outcome.lacks("lower", "Caraș-Severin");
    outcome.says("unit-absent", "1 of 42 areas have no row: `Caraș-Severin`");
    assert!(outcome.told("sums-differ").is_empty(), "rates are not summed");
    summary(&outcome)
}

fn poverty_is_read_by_region(folder: &Path) -> String {
    let file = "marginalisation/SAR111C - AROPE-at risk of poverty or social exclusion rate.csv";
    let measures = vec![labels("arope", &[("Ani", &["Anul 2017"])], Nature::Rate)];
    let outcome = outcome(folder, tempo(file, "region", measures));
    outcome.has_no_error();
    outcome.is("arope", "București-Ilfov", 25.0);
    outcome.is("arope", "Sud-Vest Oltenia", 45.3);
    assert_eq!(outcome.dropped("region or macroregion rows"), 4);
    assert_eq!(outcome.dropped("national row"), 1);
    summary(&outcome)
}

fn unemployment(folder: &Path, file: &str, measures: Vec<Measure>) -> Outcome {
    let file = format!("unemployment/somajul_inregistrat_{file}.csv");
    let source = source(&file, by_county("judet"), measures);
    outcome(folder, Source { level: "county".to_owned(), ..source })
}

fn table_one() -> Vec<Measure> {
    vec![
        column("total", "Numar total someri", Nature::Count),
        column("rate", "Rata somajului (%)", Nature::Rate),
    ]
}

fn unemployment_has_thousands_with_commas_beside_rates_with_points(folder: &Path) -> String {
    let outcome = unemployment(folder, "martie_2024_1", table_one());
    outcome.has_no_error();
    outcome.sums("total", 42, 252_588.0);
    outcome.is("total", "Alba", 5_320.0);
    outcome.is("rate", "Alba", 3.37);
    outcome.says("number-format", "thousands parted by a comma");
    outcome.says("sums-reconciled", "the national row prints 252,588");
    assert_eq!(outcome.dropped("blank rows"), 48);
    summary(&outcome)
}

fn unemployment_of_all_months_sums_to_its_total_row(folder: &Path) -> String {
    let three = |total: &str| vec![column("total", total, Nature::Count)];
    let cases = [
        ("iunie_2019_1", table_one(), 257_583.0),
        ("februarie_2019_1", table_one(), 288_568.0),
        ("februarie_2019_2", three("Numar total someri"), 288_568.0),
        ("mai_2019_1", three("Numar total someri"), 254_631.0),
        ("mai_2019_2", three("total"), 254_631.0),
        ("august_2018_1", table_one(), 302_589.0),
        ("august_2018_4", three("TOTAL"), 302_589.0),
        ("ianuarie_2023_1", table_one(), 242_063.0),
        ("ianuarie_2023_2", three("NUMAR TOTAL SOMERI"), 242_063.0),
        ("ianuarie_2023_3", table_one(), 242_063.0),
        ("martie_2023_3", three("Total someri, din care:"), 236_726.0),
        ("martie_2024_2", three("NUMAR TOTAL SOMERI"), 252_588.0),
        ("martie_2024_4", three("TOTAL"), 252_588.0),
    ];
    let count = cases.len();
    for (file, measures, total) in cases {
        let outcome = unemployment(folder, file, measures);
        assert_eq!(outcome.errors(), Vec::<String>::new(), "{file}");
        outcome.sums("total", 42, total);
        assert_eq!(outcome.told("sums-reconciled").len(), 1, "{file}");
    }
    format!("{count} files")
}

fn oddities_of_the_unemployment_files_are_told(folder: &Path) -> String {
    let june = unemployment(folder, "iunie_2019_1", table_one());
    june.says("dialect", "mixed: 1 CRLF, 91 CR");
    let february = unemployment(folder, "februarie_2019_1", table_one());
    february.says("repeated-rate", "the rate is 3.37 in all 42 areas");
    february.says("mojibake", "`?` stands in names");
    let april = unemployment(folder, "aprilie_2024_1", table_one());
    april.says("file-unreadable", "it is JSON");
    assert_eq!(april.reading.unread, ["s.total", "s.rate"]);
    "3 files".to_owned()
}

const AGES: &str = "Varste si grupe de varsta";

fn people_over_65_in_covasna_are_five_groups_without_the_total(folder: &Path) -> String {
    let measures = vec![
        labels("total", &[(AGES, &["Total"])], Nature::Count),
        labels("old", &[(AGES, &["65+"])], Nature::Count),
    ];
    let file = "population/tempo_POP107D_2026_covasna.csv";
    let outcome = outcome(folder, tempo(file, "uat", measures));
    outcome.has_no_error();
    outcome.sums("total", 45, 219_461.0);
    outcome.sums("old", 45, 40_008.0);
    outcome.is("total", "63394", 59_845.0);
    outcome.is("old", "63394", 12_688.0);
    outcome.is("old", "63447", 1_701.0);
    outcome.says("ages-tiled", "the sum of 5 labels");
    assert!(outcome.series("old").origins.iter().all(|cells| [0, 5].contains(&cells.len())));
    summary(&outcome)
}

fn files_of_two_counties_are_one_source(folder: &Path) -> String {
    let measures = vec![labels("total", &[(AGES, &["Total"]), ("Ani", &["2026"])], Nature::Count)];
    let file = "population/tempo_POP107D_2026_*.csv";
    let outcome = outcome(folder, tempo(file, "uat", measures));
    outcome.has_no_error();
    outcome.sums("total", 46, 219_461.0 + 2_108_049.0);
    let files: Vec<&str> =
        outcome.reading.observations.files.iter().map(|file| file.path.as_str()).collect();
    assert!(files[0].ends_with("bucuresti.csv") && files[1].ends_with("covasna.csv"));
    summary(&outcome)
}

fn health_units_of_covasna_keep_absent_rows_apart_from_zeros(folder: &Path) -> String {
    let kind: (&str, &[&str]) =
        ("Categorii de unitati sanitare", &["Cabinete medicale de familie"]);
    let owner: (&str, &[&str]) =
        ("Forme de proprietate", &["Proprietate publica", "Proprietate privata"]);
    let measures = vec![labels("doctors", &[kind, owner], Nature::Count)];
    let file = "other/tempo_SAN101B_2024_covasna.csv";
    let outcome = outcome(folder, tempo(file, "uat", measures));
    outcome.has_no_error();
    outcome.sums("doctors", 37, 89.0);
    outcome.is("doctors", "65011", 0.0);
    outcome.is("doctors", "63394", 27.0);
    // Dalnic, Aita Mare and Mereni are in no row of the file at all.
    for code in ["65147", "63777", "65105"] {
        outcome.lacks("doctors", code);
    }
    summary(&outcome)
}

fn codes_written_as_decimals_are_recognised(folder: &Path) -> String {
    let measures = vec![column("rank", "TIP", Nature::Category)];
    let key = by_code("SIRUTA", None, None);
    let file = "siruta/siruta_2013_cp1250_decimal-codes.csv";
    let outcome = outcome(folder, source(file, key, measures));
    outcome.has_no_error();
    assert_eq!(*outcome.cell("rank", "1017"), Cell::Text("1".to_owned()));
    assert_eq!(outcome.dropped("county rows"), 42);
    assert_eq!(outcome.dropped("sectors of Bucharest"), 6);
    assert_eq!(outcome.dropped("villages"), 13_749);
    outcome.says("encoding", "windows-1250");
    assert!(outcome.told("unit-absent").is_empty());
    summary(&outcome)
}

fn the_register_as_a_workbook_is_read(folder: &Path) -> String {
    let measures = vec![
        column("region", "REGIUNE", Nature::Category),
        column("parent", "SIRSUP", Nature::Text),
    ];
    let key = by_code("SIRUTA", Some("DENLOC"), None);
    let outcome = outcome(folder, source("siruta/SIR_DIACRITIC.xlsx", key, measures));
    outcome.has_no_error();
    assert_eq!(*outcome.cell("region", "179132"), Cell::Text("8".to_owned()));
    assert_eq!(*outcome.cell("parent", "1017"), Cell::Text("10".to_owned()));
    assert_eq!(outcome.reading.observations.files[0].rows_used, 3_181);
    assert_eq!(outcome.dropped("villages"), 13_749);
    summary(&outcome)
}

fn a_printed_total_that_is_not_the_sum_of_its_counties_is_told(folder: &Path) -> String {
    let measures = vec![column("total", "Total someri, din care:", Nature::Count)];
    let outcome = unemployment(folder, "martie_2024_3", measures);
    outcome.sums("total", 42, 252_567.0);
    outcome.says("sums-differ", "prints 252,588, its areas sum to 252,567");
    summary(&outcome)
}

fn an_old_workbook_with_a_header_over_four_rows_is_read(folder: &Path) -> String {
    let file = "siruta/machetecodsirutasiuatpejudete.xls";
    let key = by_code(
        "Codul SIRUTA al unităților administrativ-teritoriale",
        Some("Denumirea unităților administrativ-teritoriale"),
        Some("Denumire judet"),
    );
    let measures = vec![column("kind", "Nume", Nature::Category)];
    let mut whole = source(file, key, measures);
    whole.sheet = Some(SheetChoice::Name("toata tara".to_owned()));
    let outcome = outcome(folder, whole);
    outcome.says("header-detected", "the header is rows 4, 7");
    assert_eq!(*outcome.cell("kind", "1017"), Cell::Text("M".to_owned()));
    assert_eq!(outcome.dropped("county rows"), 41);
    assert_eq!(outcome.dropped("sectors of Bucharest"), 6);
    assert_eq!(outcome.reading.observations.files[0].rows_used, 3_180);
    // The row of Racșa carries the code of its village.
    outcome.says("unit-absent", "1 of 3,181 units have no row: `Racșa`");
    summary(&outcome)
}

fn the_same_localities_are_read_from_ods_and_from_a_damaged_xls(folder: &Path) -> String {
    let key = Key::Name { name: "nume".to_owned(), county: "judet".to_owned() };
    let measures = vec![column("people", "populatie", Nature::Count)];
    let of = |file: &str| outcome(folder, source(file, key.clone(), measures.clone()));
    let ods = of("population/localitati.ods");
    let xls = of("population/localitati.xls");
    assert_eq!(ods.series("people").cells, xls.series("people").cells);
    assert_eq!(ods.reading.observations.files[0].format, "ods");
    assert!(ods.dropped("villages") > 8_000, "{}", ods.dropped("villages"));
    summary(&ods)
}

fn commas_between_thousands_are_settled_by_the_rest_of_the_table(folder: &Path) -> String {
    let key = by_code("natcode", Some("name"), Some("county"));
    let measures = vec![column("people", "pop2015", Nature::Count)];
    let outcome = outcome(folder, source("population/ro_uat_point.csv", key, measures));
    outcome.has_no_error();
    outcome.sums("people", 3_180, 22_279_183.0 - 2_103_346.0);
    outcome.is("people", "151709", 1_587.0);
    outcome.says("number-format", "thousands parted by a comma");
    outcome.says("unit-absent", "only rows of villages or sectors: `București`");
    summary(&outcome)
}

fn declared_marks_need_no_witness(folder: &Path) -> String {
    let key = by_code("natcode", None, None);
    let mut measure = column("people", "L", Nature::Count);
    measure.numbers = Some(NumberFormat { decimal: '.', thousands: Some(',') });
    let outcome = outcome(folder, source("population/ro_uat_point.csv", key, vec![measure]));
    outcome.is("people", "151709", 1_587.0);
    assert!(outcome.told("number-format").is_empty());
    summary(&outcome)
}
