//! The input files of the demonstration study, generated over the real register.
//!
//! Each source has the layout and the quirks of the agency that publishes it; the values describe
//! no real place. The same register gives the same bytes.

mod anchors;
mod assistance;
mod census;
mod country;
mod draws;
mod ground;
mod lists;
mod marginalisation;
mod polygons;
mod population;
mod regional;
mod spelling;
mod tempo;
mod unemployment;

use std::io::{Cursor, Write};

use risk_index::register::Register;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use country::Country;

/// Printed wherever a layout has room for a note.
const NOTICE: &str = "Date demonstrative, generate: nu descriu nicio comună reală";

const READ_ME: &str = "\
Date demonstrative, generate: nu descriu nicio comună reală.
Codurile și denumirile sunt cele din registrul SIRUTA. Nivelurile județelor și regiunilor (AROPE, abandon, șomaj, VMG) și
mărimile localităților urmează cifre publicate, numite în programul care a generat fișierele; tot ce este sub nivelul lor,
limitele și răspunsurile comunelor sunt inventate, în afară de cifrele județului Satu Mare din registrul serviciilor
(prezentarea județeană din 15.02.2024). Fiecare răspuns, serviciu și furnizor este un exemplu.

Demonstration data, generated: they describe no real commune.
Codes and names are those of the SIRUTA register. Levels of counties and regions (AROPE, dropout, unemployment, VMG) and
sizes of places follow published figures, named in the program that made the files; everything below their level, the
boundaries and the answers of communes are invented, except the figures of Satu Mare in the register of services (the
county's presentation of 15.02.2024). Every answer, service and provider is an example.
";

/// A file of the study's folder.
pub(crate) struct File {
    /// Path inside the study's folder, with `/`.
    pub(crate) path: String,
    /// Contents.
    pub(crate) bytes: Vec<u8>,
}

impl File {
    fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: format!("inputs/{name}"), bytes: bytes.into() }
    }
}

/// Every input file, sorted by path.
pub(crate) fn files(register: &Register) -> Vec<File> {
    let country = Country::generate(register);
    let mut files = population::files(&country);
    files.extend(assistance::files(&country));
    files.push(census::file(&country));
    files.push(unemployment::file(&country));
    files.push(regional::dropout(&country));
    files.push(regional::poverty(&country));
    files.push(marginalisation::file(&country));
    files.push(lists::marginalised(&country));
    files.push(lists::services(&country));
    files.push(lists::providers());
    files.push(lists::answers());
    files.push(polygons::file(&country));
    files.push(File::new("CITESTE-MA.txt", READ_ME));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files in one archive, without clock or owner, so that equal files make equal bytes.
pub(crate) fn archive(files: &[File]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(file.path.as_str(), options).expect("the name is short and new");
        archive.write_all(&file.bytes).expect("memory takes everything");
    }
    archive.finish().expect("memory takes everything").into_inner()
}
