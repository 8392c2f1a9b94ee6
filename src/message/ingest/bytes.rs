//! What the bytes of a file say before anything in it is read.

use super::{FILE_MISSING, FILE_UNREADABLE, FORMAT_DIFFERS, PIN_DIFFERS, Refusal, found, list};
use crate::language::{numbered, thousands};
use crate::quality::{Finding, Message, Place, message};

/// A path that separates folders by `\`.
pub(crate) fn backslashes(file: &str) -> Finding {
    let message =
        message!("the path `{file}` is written with `\\`", "calea `{file}` este scrisă cu `\\`");
    found(&FILE_MISSING, message).hint(message!(
        "write `/` between folders: `{path}`",
        "scrieți `/` între dosare: `{path}`",
        path = file.replace('\\', "/"),
    ))
}

/// A file that is not there; `near` is the one among `names` that was probably meant.
pub(crate) fn file_missing(file: &str, near: Option<&str>, names: &[String]) -> Finding {
    let message = message!("there is no file `{file}`", "nu există fișierul `{file}`");
    found(&FILE_MISSING, message).hint(there_is(file, near, names))
}

/// A pattern that fits no file; `near` is the one among `names` that was probably meant.
pub(crate) fn no_file_matches(file: &str, near: Option<&str>, names: &[String]) -> Finding {
    let message = message!("no file matches `{file}`", "niciun fișier nu corespunde lui `{file}`");
    found(&FILE_MISSING, message).hint(there_is(file, near, names))
}

/// A pattern that cannot be understood.
pub(crate) fn not_a_pattern(file: &str, error: &str) -> Finding {
    let message = message!(
        "`{file}` is not a pattern of file names: {error}",
        "`{file}` nu este un model de nume de fișiere: {error}",
    );
    found(&FILE_MISSING, message)
}

fn there_is(file: &str, near: Option<&str>, names: &[String]) -> Message {
    if let Some(name) = near {
        return message!("did you mean `{name}`?", "ați vrut să scrieți `{name}`?");
    }
    if names.is_empty() {
        let folder = match file.rsplit_once('/') {
            Some((parent, _)) => message!("`{parent}`", "dosarul `{parent}`"),
            None => message!("the inputs folder", "dosarul fișierelor de intrare"),
        };
        message!(
            "{folder} holds no files; `--inputs DIR` says where relative paths start",
            "{folder} nu conține fișiere; `--inputs DIR` spune de unde pornesc căile relative";
            folder = folder,
        )
    } else {
        let names = list(names.iter().map(String::as_str), 8);
        message!("there is {names}", "există {names}"; names = names)
    }
}

/// That a set of files in memory does not have the one that is read.
pub(crate) fn not_among_the_inputs() -> Message {
    message!("not among the inputs", "nu este printre fișierele de intrare")
}

/// A file that is larger than allowed.
pub(crate) fn too_large_to_read(path: &str, why: &Message) -> Finding {
    let message =
        message!("`{path}` was not read: {why}", "`{path}` nu a fost citit: {why}"; why = why);
    found(&FILE_UNREADABLE, message).hint(smaller()).at(Place::file(path))
}

/// What to do about a file that is too large.
pub(crate) fn smaller() -> Message {
    message!(
        "save only the sheet and columns that the study needs",
        "salvați doar foaia și coloanele de care are nevoie studiul",
    )
}

/// A file that cannot be opened.
pub(crate) fn not_opened(path: &str, why: &Message) -> Finding {
    let message = message!(
        "`{path}` could not be opened: {why}",
        "`{path}` nu a putut fi deschis: {why}";
        why = why,
    );
    let hint = message!(
        "close the file in other programs and look at its permissions",
        "închideți fișierul în alte programe și verificați-i permisiunile",
    );
    found(&FILE_UNREADABLE, message).hint(hint).at(Place::file(path))
}

/// That a file which belongs to no study cannot be opened.
pub(crate) fn it_was_not_opened(why: &Message) -> Message {
    message!("it could not be opened: {why}", "nu a putut fi deschis: {why}"; why = why)
}

/// What to do about a file of no study that cannot be opened.
pub(crate) fn look_at_path() -> Message {
    message!("look at the path and its permissions", "verificați calea și permisiunile")
}

/// A file that was opened and cannot be read.
pub(crate) fn unreadable(path: &str, why: &Message, hint: Message) -> Finding {
    let message =
        message!("`{path}` cannot be read: {why}", "`{path}` nu poate fi citit: {why}"; why = why);
    found(&FILE_UNREADABLE, message).hint(hint).at(Place::file(path))
}

/// What to do about a file that its reader cannot read.
pub(crate) fn save_again() -> Message {
    message!(
        "open it, save it as xlsx or csv, and try again",
        "deschideți-l, salvați-l ca xlsx sau csv și încercați din nou",
    )
}

/// Files whose digest is not the one that the study pins.
pub(crate) fn pin_differs<'p>(found: &str, paths: impl IntoIterator<Item = &'p str>) -> Finding {
    let message = message!(
        "the input is not the one pinned: its SHA-256 is `{found}`",
        "fișierul de intrare nu este cel fixat: amprenta lui SHA-256 este `{found}`",
    );
    super::found(&PIN_DIFFERS, message)
        .hint(message!(
            "put back the file that was pinned, or pin the new one in `sha256`",
            "puneți la loc fișierul fixat sau fixați-l pe cel nou în `sha256`",
        ))
        .places(paths.into_iter().map(Place::file))
}

/// A file whose extension promises another format.
pub(crate) fn format_differs(path: &str, extension: &str, format: &str) -> Finding {
    let message = message!(
        "`{path}` is called `.{extension}` but holds {format}",
        "`{path}` se numește `.{extension}`, dar conține {format}",
    );
    found(&FORMAT_DIFFERS, message).at(Place::file(path))
}

/// A sheet or text file with more cells than allowed.
pub(crate) fn too_many_cells(limit: usize) -> Message {
    message!(
        "it holds more than {cells} cells; `--max-cells` raises the limit",
        "conține peste {celule}; `--max-cells` ridică limita",
        cells = thousands(limit),
        celule = numbered(limit, "celulă", "celule"),
    )
}

/// A file with more bytes than allowed.
pub(crate) fn too_large(bytes: u64, limit: u64) -> Message {
    message!(
        "it has {size} MiB, more than {limit} MiB; `--max-file-mib` raises the limit",
        "are {size} MiB, peste {limit} MiB; `--max-file-mib` ridică limita",
        size = bytes >> 20,
        limit = limit >> 20,
    )
}

/// A sheet or text file with more text than allowed.
pub(crate) fn too_much_text(limit: usize) -> Message {
    message!(
        "its cells hold more than {limit} MiB of text; `--max-text-mib` raises the limit",
        "celulele lui conțin peste {limit} MiB de text; `--max-text-mib` ridică limita",
        limit = limit >> 20,
    )
}

/// What to do about an archive that is not as spreadsheet programs write it.
fn archive_again() -> Message {
    message!(
        "download it again, or save it again in Excel",
        "descărcați-l din nou sau salvați-l din nou în Excel",
    )
}

fn one_sheet_as_csv() -> Message {
    message!("save only the sheet you need, as csv", "salvați ca csv doar foaia necesară")
}

/// An archive of too many parts.
pub(crate) fn too_many_parts(parts: usize, limit: usize) -> Refusal {
    Refusal::new(
        message!(
            "it has {parts} parts, more than {limit}",
            "are {de}, peste {limit}",
            de = numbered(parts, "parte", "părți"),
        ),
        message!("save it again in Excel", "salvați-l din nou în Excel"),
    )
}

/// An archive in which two parts have one name.
pub(crate) fn repeated_part() -> Refusal {
    let message = message!(
        "the name of a part stands more than once in it: two programs would read different things",
        "numele unei părți apare de mai multe ori: două programe ar citi lucruri diferite",
    );
    Refusal::new(message, archive_again())
}

/// An archive that would write outside of the folder in which it is unpacked.
pub(crate) fn part_outside() -> Refusal {
    let message = message!(
        "the name of a part leads outside the archive",
        "numele unei părți duce în afara arhivei",
    );
    Refusal::new(message, archive_again())
}

/// An archive of which a part inflates too many times.
pub(crate) fn dense_part(times: u64, limit: u64) -> Refusal {
    let message = message!(
        "a part of it inflates {times} times, more than {limit}: such a file can exhaust \
                 the machine",
        "o parte se umflă de {ori}, peste {limit}: un astfel de fișier poate bloca \
                 calculatorul",
        ori = numbered(usize::try_from(times).unwrap_or(usize::MAX), "ori", "ori"),
    );
    let hint = message!(
        "`--max-ratio` raises the limit, if you trust the file",
        "`--max-ratio` ridică limita, dacă aveți încredere în fișier",
    );
    Refusal::new(message, hint)
}

/// An archive that inflates to too many bytes.
pub(crate) fn vast_archive(inflated: u64, limit: u64) -> Refusal {
    let message = message!(
        "it inflates to {size} MiB, more than {limit} MiB: such a file can exhaust the machine",
        "se umflă la {size} MiB, peste {limit} MiB: un astfel de fișier poate bloca calculatorul",
        size = inflated >> 20,
        limit = limit >> 20,
    );
    let hint = message!(
        "save only the sheet you need, as csv; `--max-inflated-mib` raises the limit",
        "salvați ca csv doar foaia necesară; `--max-inflated-mib` ridică limita",
    );
    Refusal::new(message, hint)
}

/// An archive that cannot be unpacked.
pub(crate) fn damaged_archive(reason: &str) -> Refusal {
    let message = message!(
        "the workbook is damaged: {reason}",
        "registrul de calcul este deteriorat: {reason}",
    );
    Refusal::new(message, archive_again())
}

/// An archive with one text of so many bytes.
pub(crate) fn endless_text(bytes: u64) -> Refusal {
    let message = message!(
        "one text in it has {size} MiB",
        "un text din el are {size} MiB",
        size = bytes >> 20,
    );
    Refusal::new(message, one_sheet_as_csv())
}

/// An archive whose shared texts need more memory than allowed.
pub(crate) fn shared_texts(texts: u64, memory: u64, limit: u64) -> Refusal {
    let message = message!(
        "its {texts} shared texts would take {size} MiB of memory, more than {limit} MiB",
        "{texte} ale lui ar lua {size} MiB de memorie, peste {limit} MiB",
        texte =
            numbered(usize::try_from(texts).unwrap_or(usize::MAX), "text comun", "texte comune"),
        size = memory >> 20,
        limit = limit >> 20,
    );
    let hint = message!(
        "save only the sheet you need, as csv; `--max-shared-mib` raises the limit",
        "salvați ca csv doar foaia necesară; `--max-shared-mib` ridică limita",
    );
    Refusal::new(message, hint)
}

/// A workbook that cannot be opened without its password.
pub(crate) fn password() -> Refusal {
    Refusal::new(
        message!(
            "the workbook is protected by a password",
            "registrul de calcul este protejat cu parolă",
        ),
        message!(
            "remove the password in Excel: File, Info, Protect Workbook",
            "scoateți parola în Excel: Fișier, Informații, Protejare registru de lucru",
        ),
    )
}

/// Bytes that are no text.
pub(crate) fn neither_sheet_nor_text() -> Refusal {
    Refusal::new(
        message!(
            "it is neither a spreadsheet nor a text",
            "nu este nici foaie de calcul, nici text",
        ),
        message!("save it as xlsx, ods or csv", "salvați-l ca xlsx, ods sau csv"),
    )
}

/// Sentences about files of other kinds: what it is, and what to do.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $ro:literal; $hint:expr;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $name() -> Refusal {
                Refusal::new(message!($en, $ro), $hint)
            }
        )*
    };
}

kinds! {
    /// No bytes at all.
    empty_file = "the file is empty", "fișierul este gol";
        message!("download it again", "descărcați-l din nou");
    /// A PDF.
    pdf = "it is a PDF", "este un PDF";
        message!(
            "ask the publisher for the spreadsheet behind it",
            "cereți instituției care publică foaia de calcul după care a fost făcut",
        );
    /// Rich text.
    rtf = "it is a text document (RTF)", "este un document text (RTF)";
        copy_table();
    /// gzip.
    gzip = "it is packed with gzip", "este arhivat cu gzip"; unpack();
    /// 7z.
    seven_zip = "it is a 7z archive", "este o arhivă 7z"; unpack();
    /// rar.
    rar = "it is a rar archive", "este o arhivă rar"; unpack();
    /// zstd.
    zstd = "it is packed with zstd", "este arhivat cu zstd"; unpack();
    /// Parquet.
    parquet = "it is Parquet", "este Parquet"; save_as_csv();
    /// Arrow.
    arrow = "it is an Arrow file", "este un fișier Arrow"; save_as_csv();
    /// `SQLite`.
    sqlite = "it is a SQLite database", "este o bază de date SQLite";
        message!("export the table as csv", "exportați tabelul ca csv");
    /// PNG.
    png = "it is a picture (PNG)", "este o imagine (PNG)"; behind_picture();
    /// JPEG.
    jpeg = "it is a picture (JPEG)", "este o imagine (JPEG)"; behind_picture();
    /// GIF.
    gif = "it is a picture (GIF)", "este o imagine (GIF)"; behind_picture();
    /// SVG.
    svg = "it is a picture (SVG)", "este o imagine (SVG)"; behind_picture();
    /// HTML under another name.
    web_page = "it is a web page (HTML), whatever its extension says",
        "este o pagină web (HTML), orice ar spune extensia"; save_in_excel();
    /// The XML of Excel 2003.
    excel_2003 = "it is an Excel 2003 workbook in XML",
        "este un registru de calcul Excel 2003 în XML"; save_by_hand();
    /// The flat XML of the Open Document Format.
    flat_ods = "it is a flat OpenDocument spreadsheet (fods)",
        "este o foaie OpenDocument într-un singur fișier XML (fods)"; save_by_hand();
    /// Other XML.
    xml = "it is XML, not a table", "este XML, nu un tabel"; save_in_excel();
    /// A text document in a zip archive.
    word = "it is a Word document", "este un document Word"; copy_table();
    /// Slides in a zip archive.
    presentation = "it is a PowerPoint presentation", "este o prezentare PowerPoint"; copy_table();
    /// Any other zip archive.
    zip_archive = "it is a zip archive, not a spreadsheet",
        "este o arhivă zip, nu o foaie de calcul"; unpack_archive();
}

/// Of a file, which is masculine in Romanian.
fn unpack() -> Message {
    message!("unpack it and name the file inside", "despachetați-l și numiți fișierul dinăuntru")
}

/// Of an archive, which is feminine in Romanian.
fn unpack_archive() -> Message {
    message!("unpack it and name the file inside", "despachetați-o și numiți fișierul dinăuntru")
}

fn save_as_csv() -> Message {
    message!("save it as csv or xlsx", "salvați-l ca csv sau xlsx")
}

fn save_by_hand() -> Message {
    message!(
        "open it in LibreOffice or Excel, answer that its format is right, and save it as xlsx",
        "deschideți-l în LibreOffice sau Excel, confirmați formatul și salvați-l ca xlsx",
    )
}

/// A spreadsheet that opens a page guesses at every cell.
fn save_in_excel() -> Message {
    message!(
        "ask for it as xlsx or csv; a spreadsheet may change its numbers and codes: compare what you save",
        "cereți-l ca xlsx sau csv; o foaie de calcul îi poate schimba numere și coduri: comparați ce salvați",
    )
}

fn behind_picture() -> Message {
    message!(
        "ask the publisher for the table behind it",
        "cereți instituției care publică tabelul după care a fost făcută",
    )
}

fn copy_table() -> Message {
    message!(
        "copy its table into cells of a spreadsheet that are formatted as text, and save that as xlsx",
        "copiați tabelul lui în celule de foaie de calcul formatate ca text și salvați foaia ca xlsx",
    )
}

/// JSON, alone or assigned to a variable of a script.
pub(crate) fn json(in_script: bool) -> Refusal {
    let hint = message!("ask for the table as csv or xlsx", "cereți tabelul ca csv sau xlsx");
    Refusal::new(is_json(&Message::same("JSON"), in_script), hint)
}

/// `TopoJSON`, alone or assigned to a variable of a script.
pub(crate) fn topojson(in_script: bool) -> Refusal {
    let kind = message!("TopoJSON (boundaries)", "TopoJSON (limite)");
    Refusal::new(is_json(&kind, in_script), no_numbers_in_boundaries())
}

/// GeoJSON, alone or assigned to a variable of a script.
pub(crate) fn geojson(in_script: bool) -> Refusal {
    let kind = message!("GeoJSON (boundaries or points)", "GeoJSON (limite sau puncte)");
    Refusal::new(is_json(&kind, in_script), no_numbers_in_boundaries())
}

fn is_json(kind: &Message, in_script: bool) -> Message {
    if in_script {
        message!(
            "it is JavaScript with {kind} inside, not a table",
            "este JavaScript cu {kind} înăuntru, nu un tabel";
            kind = kind,
        )
    } else {
        message!("it is {kind}, not a table", "este {kind}, nu un tabel"; kind = kind)
    }
}

fn no_numbers_in_boundaries() -> Message {
    message!(
        "boundaries are no source of numbers; ask for the table as csv or xlsx",
        "limitele nu sunt o sursă de numere; cereți tabelul ca csv sau xlsx",
    )
}
