//! Small files of the kinds that offices send, from public reports of faults: each is read to the value
//! that its README states, or answered by the finding that it asks for. The kind of a trial is what
//! is wrong with the file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Trial;

use crate::data::{always, trial};

/// A case: its folder, what is wrong with it, what is tried.
struct Case {
    folder: &'static str,
    kind: &'static str,
    tries: &'static [Try],
}

/// A study of a case, perhaps with a line added below its key or instead of it, and what must come of
/// it.
struct Try {
    study: &'static str,
    line: &'static str,
    outcome: Outcome,
}

enum Outcome {
    /// `check` ends with 1 and says all of this.
    Refused(&'static [&'static str]),
    /// `check` ends with 0 and says all of this.
    Told(&'static [&'static str]),
    /// The values of units by code, and a sentence of `check`.
    Read(&'static [(&'static str, f64)], &'static str),
    /// `inspect` drafts a source for the file with all of these lines.
    Drafted(&'static str, &'static [&'static str]),
    /// `inspect` drafts none, and says all of this.
    Undrafted(&'static str, &'static [&'static str]),
}

use Outcome::{Drafted, Read, Refused, Told, Undrafted};

const fn plain(outcome: Outcome) -> Try {
    Try { study: "study.toml", line: "", outcome }
}

const fn with(line: &'static str, outcome: Outcome) -> Try {
    Try { study: "study.toml", line, outcome }
}

const fn of(study: &'static str, outcome: Outcome) -> Try {
    Try { study, line: "", outcome }
}

const BABADAG: &str = "159650";
const FILL: &str = "fill = [\"Județ\"]";
const SUM: &str = "parts = \"sum\"";
const MARKED: &str = "a raised mark was taken for a footnote mark and not for a digit";
const PERCENT: &str = "51 cells shown in per cent but stored as fractions";
const HIDDEN: &[&str] = &[
    "11 hidden rows were read like all others: 10–19 (by a filter), 53 [hidden-rows",
    "I.C. Brătianu (161525) stands in 2 rows and was given no value; the row of `B53` is hidden",
];
const MERGED: &[&str] = &["2 cells in a cell merged over several units, which none of them gets"];

const CASES: &[Case] = &[
    Case {
        folder: "F01-brackets",
        kind: "brackets",
        tries: &[
            plain(Refused(&["2 cells with a number in brackets", "brackets = \"value\""])),
            with("brackets = \"value\"", Read(&[("161552", 3.11), ("160092", 4.59)], "")),
            with("brackets = \"minus\"", Read(&[("161552", -3.11)], "")),
        ],
    },
    Case {
        folder: "F02-superscript-rich",
        kind: "footnote marks",
        tries: &[
            plain(Read(&[("161552", 139.0)], MARKED)),
            of("study-xls.toml", Read(&[("161552", 139.0)], MARKED)),
            of("study-ods.toml", Read(&[("161552", 139.0)], MARKED)),
        ],
    },
    Case {
        folder: "F03-sentinel",
        kind: "scale",
        tries: &[
            plain(Refused(&["2 cells with `-999`", "\"-999\" = \"not-available\""])),
            with(
                "missing = { \"-999\" = \"not-available\" }",
                Told(&["2 cells not available, written `-999`"]),
            ),
        ],
    },
    Case {
        folder: "F04-thousands-eaten",
        kind: "scale",
        tries: &[plain(Refused(&["of a count not whole, such as 1.274"]))],
    },
    Case {
        folder: "F05-percent-xls",
        kind: "scale",
        tries: &[
            plain(Read(&[(BABADAG, 0.02)], PERCENT)),
            of("study-ods.toml", Read(&[(BABADAG, 0.02)], PERCENT)),
            of("study-xlsx.toml", Read(&[(BABADAG, 0.02)], PERCENT)),
        ],
    },
    Case {
        folder: "F06-hidden-rows",
        kind: "hidden rows",
        tries: &[
            plain(Refused(HIDDEN)),
            of("study-xls.toml", Refused(HIDDEN)),
            of("study-ods.toml", Refused(HIDDEN)),
        ],
    },
    Case {
        folder: "F07-shifted-codes",
        kind: "codes",
        tries: &[
            plain(Refused(&[
                "the code `159963` is that of Casimcea, the name beside it is `Carcaliu`",
            ])),
            of("study-names.toml", Refused(&["code-name-mismatch"])),
        ],
    },
    Case {
        folder: "F08b-county-once",
        kind: "county",
        tries: &[
            plain(Refused(&["beside an empty county", "fill = [\"Județ\"]"])),
            with(FILL, Read(&[(BABADAG, 10.0), ("159785", 11.0)], "repeats the one above")),
        ],
    },
    Case {
        folder: "F08c-county-once-villages",
        kind: "county",
        tries: &[
            plain(Refused(&["beside an empty county"])),
            with(FILL, Told(&["4 villages give no values", "4 rows used"])),
        ],
    },
    Case {
        folder: "F09-section-rows",
        kind: "county",
        tries: &[
            plain(Refused(&["there is no column `Județ`"])),
            with(
                "key = { name = \"Localitatea\", county_from = \"section\" }",
                Read(&[(BABADAG, 101.0), ("159785", 102.0)], "the county is taken from"),
            ),
            plain(Drafted(
                "s.xlsx",
                &["key     = { name = \"Localitatea\", county_from = \"section\" }"],
            )),
        ],
    },
    Case {
        folder: "F11-unicode-text-nobom",
        kind: "encoding",
        tries: &[
            plain(Refused(&["two bytes a letter", "encoding = \"utf-16le\""])),
            of("study-encoding.toml", Read(&[(BABADAG, 2.0)], "")),
        ],
    },
    Case {
        folder: "F14-spreadsheetml",
        kind: "file kind",
        tries: &[plain(Refused(&["Excel 2003 workbook in XML", "save it as xlsx"]))],
    },
    Case {
        folder: "F21b-range-as-date",
        kind: "dates",
        tries: &[plain(Refused(&["1 cell with a date", "ask the publisher"]))],
    },
    Case {
        folder: "F23b-gss-repeated",
        kind: "marks",
        tries: &[
            plain(Refused(&[
                "`[c]` 10×, `[x]` 6×, `..` 4×, `n/a` 4×, `x` 4×, `NA` 3×",
                "3 cells with a dash that nobody declared",
            ])),
            plain(Drafted(
                "c.csv",
                &[
                    "[source.missing]",
                    "\"[c]\" = \"confidential\"  # 10 cells",
                    "\"[x]\" = \"not-available\"  # 6 cells",
                    "\"..\" = \"not-available\"  # 4 cells",
                    "\"x\" = \"not-available\"  # 4 cells; say what it means",
                    "\"n/a\" = \"not-available\"  # 4 cells",
                    "\"NA\" = \"not-available\"  # 3 cells",
                    "\"—\" = \"not-available\"  # 3 cells; say whether it is `zero`",
                    "column = \"Rata sau număr\"",
                ],
            )),
        ],
    },
    Case {
        folder: "F29-total-named-as-seat",
        kind: "totals",
        tries: &[plain(Refused(&["`Tulcea` has 5,635", "the sum of the other 46 units"]))],
    },
    Case {
        folder: "F31-side-by-side",
        kind: "layout",
        tries: &[
            plain(Refused(&["2 columns are called `Cod SIRUTA`", "by its letter: `A`, `E`"])),
            of(
                "study-letters.toml",
                Told(&[
                    "25 of 51 units have no row",
                    "column `E` is called `Cod SIRUTA`",
                    "names 25 units",
                ]),
            ),
            plain(Drafted(
                "n.xlsx",
                &[
                    "key     = { code = \"A\", name = \"B\" }",
                    "column = \"C\"",
                    "id      = \"n_2\"",
                    "key     = { code = \"E\", name = \"F\" }",
                    "column = \"G\"",
                    "`COALESCE(n.nr, n_2.nr)`",
                ],
            )),
        ],
    },
    Case {
        folder: "F32b-stacked-shifted",
        kind: "headers",
        tries: &[plain(Refused(&["a second header stands here, with `Populație`"]))],
    },
    Case {
        folder: "F37-code-spellings",
        kind: "codes",
        tries: &[
            plain(Refused(&["`159.945`", "`159,963`", "`1.60172E+05`", "`16022`", "5 errors"])),
            of("study-code.toml", Refused(&["`159.945`", "5 errors"])),
        ],
    },
    Case {
        folder: "F38-sectors",
        kind: "parts",
        tries: &[
            plain(Told(&["only rows of villages or sectors: `București`", "parts = \"sum\""])),
            with(SUM, Read(&[("179132", 2100.0)], "6 rows are summed to 1 unit")),
        ],
    },
    Case {
        folder: "F39-villages",
        kind: "parts",
        tries: &[
            plain(Refused(&["141 rows are of villages or sectors", "parts = \"sum\""])),
            with(SUM, Read(&[(BABADAG, 3.0)], "rows are summed to")),
            Try {
                study: "study-uat.toml",
                line: SUM,
                outcome: Read(&[(BABADAG, 3.0)], "rows are summed to"),
            },
        ],
    },
    Case {
        folder: "F41-sheet-per-county",
        kind: "sheets",
        tries: &[
            plain(Refused(&[
                "there is no column `Județ`",
                "county_from = \"sheet\"",
                "`sheet = \"*\"` where each county has a sheet",
            ])),
            with(
                "key = { name = \"Localitatea\", county_from = \"sheet\" }\nsheet = \"*\"",
                Read(&[(BABADAG, 10.0), ("75472", 77.0)], "3 sheets were read"),
            ),
            with(
                "key = { name = \"Localitatea\", county_from = \"title\" }\nsheet = \"*\"",
                Read(&[(BABADAG, 10.0)], "3 sheets were read"),
            ),
            plain(Drafted(
                "w.xlsx",
                &[
                    "sheet   = \"*\"",
                    "key     = { name = \"Localitatea\", county_from = \"sheet\" }",
                    "column = \"Familii\"",
                ],
            )),
        ],
    },
    Case {
        folder: "F42-transposed",
        kind: "layout",
        tries: &[
            plain(Refused(&["`Cod SIRUTA` and `Populație` stand below each other", "Transpose"])),
            plain(Undrafted("t.xlsx", &["side by side in row 1", "the table is transposed"])),
        ],
    },
    Case {
        folder: "R11-tranzactii",
        kind: "layout",
        tries: &[
            plain(Refused(&[
                "42 areas stand in several rows",
                "differ in `date`",
                "rows = \"date = '2023-02-28'\"",
            ])),
            with("rows = \"date = '2023-02-28'\"", Read(&[("Alba", 851.0)], "rows are left out")),
            with(
                "rows = \"date = '2023-02-29'\"",
                Refused(&["never holds `2023-02-29`", "it holds `2019-12-31`"]),
            ),
        ],
    },
    Case {
        folder: "F51-formula-protected",
        kind: "codes",
        tries: &[plain(Read(&[(BABADAG, 100.0)], ""))],
    },
    Case {
        folder: "F62-mixed-scale",
        kind: "scale",
        tries: &[plain(Refused(&["8 cells of at most 1, far below the others"]))],
    },
    Case {
        folder: "F63-date-codes",
        kind: "codes",
        tries: &[
            plain(Told(&["in 4 rows the code of column `Cod SIRUTA` is formatted as a date"])),
            of("study-names.toml", Told(&["formatted as a date and matched by its number"])),
        ],
    },
    Case {
        folder: "F65-units-in-cells",
        kind: "layout",
        tries: &[plain(Read(&[(BABADAG, 100.0), ("159785", 113.0)], "carry `lei`"))],
    },
    Case {
        folder: "F68-valoare",
        kind: "layout",
        tries: &[
            plain(Read(&[("100004", 0.0), ("10006", 0.1)], "3181 rows used")),
            plain(Drafted(
                "nat.csv",
                &[
                    "key     = { code = \"Cod SIRUTA\", name = \"UAT\", county = \"Județ\" }",
                    "column = \"Valoare\"",
                ],
            )),
        ],
    },
    Case {
        folder: "F70-empty-is-zero",
        kind: "declarations",
        tries: &[
            plain(Told(&["13 units have no value"])),
            of("study-zero.toml", Read(&[(BABADAG, 0.0), ("159785", 113.0)], "read as zero")),
        ],
    },
    Case {
        folder: "F71-export-summary",
        kind: "sheets",
        tries: &[
            plain(Read(&[(BABADAG, 100.0)], "the first with all columns")),
            plain(Drafted(
                "n.xlsx",
                &["`Export Summary`: 4 rows", "sheet   = \"Foaia 1 - Tabel 1\"", "header  = [2]"],
            )),
        ],
    },
    Case {
        folder: "F77-glob-other-columns",
        kind: "headers",
        tries: &[
            plain(Refused(&["there is no column `Rata`", "F_BR.csv"])),
            of(
                "study-letter.toml",
                Refused(&["column `E` is `Rata` in this file and `Șomeri` in"]),
            ),
        ],
    },
    Case {
        folder: "F79-unquoted-decimal-comma",
        kind: "rows",
        tries: &[plain(Refused(&["50 rows have more fields than the header", "decimal comma"]))],
    },
    Case {
        folder: "F81-merged-value",
        kind: "merged cells",
        tries: &[
            plain(Refused(MERGED)),
            of("study-xls.toml", Refused(MERGED)),
            of("study-ods.toml", Refused(MERGED)),
        ],
    },
    Case {
        folder: "F83-footnote-in-name-column",
        kind: "footnotes",
        tries: &[plain(Drafted(
            "pop.xlsx",
            &[
                "key     = { code = \"Cod SIRUTA\", name = \"UAT\", county = \"Județ\" }",
                "below      1) date provizorii",
            ],
        ))],
    },
    Case {
        folder: "R13-decedati",
        kind: "headers",
        tries: &[plain(Read(
            &[("Alba", 11.8), ("Bistrița-Năsăud", 10.1), ("București", 10.9)],
            "`Bistrita-N.` is Bistrița-Năsăud: abbreviated",
        ))],
    },
];

/// Cases of third parties, which lie with the reference data.
const THIRD_PARTY: [&str; 2] = ["R11-tranzactii", "R13-decedati"];

pub(crate) fn trials() -> Vec<Trial> {
    let trial = |case: &'static Case| {
        let name = format!("field/{}", case.folder);
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/field");
        let trial = if THIRD_PARTY.contains(&case.folder) {
            trial(&name, |data| case.run(&data.join("field")))
        } else {
            always(&name, move || case.run(&own))
        };
        trial.with_kind(case.kind)
    };
    CASES.iter().map(trial).collect()
}

impl Case {
    fn run(&self, cases: &Path) -> String {
        let from = cases.join(self.folder);
        for attempt in self.tries {
            let folder = copy(&from);
            let text = fs::read_to_string(folder.path().join(attempt.study)).unwrap();
            let key = text.lines().find(|line| line.starts_with("key")).unwrap();
            let key_again = if attempt.line.starts_with("key") { "" } else { key };
            let text = text.replace(key, &format!("{key_again}\n{}", attempt.line));
            fs::write(folder.path().join("tried.toml"), text).unwrap();
            attempt.outcome.is_that_of(folder.path(), self.folder);
        }
        format!("{} answered as stated", self.tries.len())
    }
}

fn copy(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_risk-index"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

impl Outcome {
    fn is_that_of(&self, folder: &Path, name: &str) {
        let (command, expected, words): (_, i32, &[&str]) = match self {
            Refused(words) => (["check", "tried.toml"], 1, words),
            Told(words) => (["check", "tried.toml"], 0, words),
            Read(_, word) => (["check", "tried.toml"], 0, std::slice::from_ref(word)),
            Drafted(file, words) => (["inspect", file], 0, words),
            Undrafted(file, words) => (["inspect", file], 1, words),
        };
        let (exit, text) = run(folder, &command);
        assert_eq!(exit, expected, "{name}: {text}");
        for word in words {
            assert!(text.contains(word), "{name}: no `{word}` in {text}");
        }
        if let Read(values, _) = self {
            let found = values_of(folder);
            for (code, value) in *values {
                assert_eq!(found.get(*code), Some(value), "{name}: {code}");
            }
        }
    }
}

/// What was read for each unit, from the table of a run.
fn values_of(folder: &Path) -> BTreeMap<String, f64> {
    let (exit, text) = run(folder, &["compute", "tried.toml", "--format", "csv", "--out", "out"]);
    assert_eq!(exit, 0, "{text}");
    let path: PathBuf = folder.join("out/tables/observations.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader
        .records()
        .map(|row| row.unwrap())
        .filter_map(|row| Some((row[2].to_owned(), row[4].parse().ok()?)))
        .collect()
}
