//! What the bag is, how to check it without us and how to repeat it, in Romanian and in English.

use crate::report::{File, View};

/// `CITESTE-MA.txt` and `README.txt`.
pub(super) fn pages(view: &View<'_>) -> [File; 2] {
    let (title, version) = (&view.study.title, &view.stamp.version);
    let ro = format!(
        "{}\n\n\
         Această arhivă ține tot ce a citit și tot ce a scris o rulare a programului risk-index \
         {version}.\n\n\
         study/          fișierele studiului, metodologiei și programului, așa cum au fost folosite\n\
         inputs/raw/     fișierele-sursă, octet cu octet; numele originale sunt în \
         datapackage.json (originalPath)\n\
         inputs/tables/  ce s-a citit din ele, ca tabele CSV, și registrul unităților\n\
         run/            dosarul rulării: raport, tabele, run.json\n\
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
         run/            the run folder: report, tables, run.json\n\
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
