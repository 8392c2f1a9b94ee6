//! How a file becomes the cells of one sheet: letters, fields, sheets, readers.

use super::{
    COLUMN_MISSING, DIALECT, DUPLICATE_CELL, ENCODING, MOJIBAKE, Noun, OLDER_SHEET, Refusal,
    SHEET_CHOSEN, SHEET_MISSING, did_you_mean, found, list,
};
use crate::language::{numbered, thousands};
use crate::quality::{Finding, Message, Place, message};

/// A text that is not plain UTF-8: as what it was read, and why.
pub(crate) fn encoding(name: &str, reason: &Message, place: Place) -> Finding {
    let message = message!(
        "read as `{name}`, because {reason}",
        "citit ca `{name}`, pentru că {reason}";
        reason = reason,
    );
    found(&ENCODING, message).at(place)
}

/// That the first bytes of a text name its encoding.
pub(crate) fn byte_order_mark() -> Message {
    message!("its byte order mark says so", "așa spune marcajul ordinii octeților")
}

/// That the study declares the encoding.
pub(crate) fn study_says_so() -> Message {
    message!("the study says so", "așa spune studiul")
}

/// That the bytes cannot be UTF-8.
pub(crate) fn not_utf_8() -> Message {
    message!("it is not valid UTF-8", "nu este UTF-8 valid")
}

/// That the bytes can be UTF-8.
pub(crate) fn valid_utf_8() -> Message {
    message!("its bytes are valid UTF-8", "octeții lui sunt UTF-8 valid")
}

/// An encoding that nobody knows.
pub(crate) fn no_encoding(label: &str) -> Message {
    message!("there is no encoding called `{label}`", "nu există o codificare numită `{label}`",)
}

/// A text of which some bytes are no letters in its encoding.
pub(crate) fn damaged_text(encoding: &str, place: Place) -> Finding {
    let message = message!(
        "some bytes mean nothing in `{encoding}`",
        "unii octeți nu înseamnă nimic în `{encoding}`"
    );
    found(&MOJIBAKE, message).at(place).hint(message!(
        "say the right `encoding`, or ask for the file again",
        "scrieți în `encoding` codificarea bună sau cereți din nou fișierul",
    ))
}

/// How the fields and records of a text file are separated.
#[derive(Clone, Copy)]
pub(crate) struct Separators<'m> {
    /// The delimiter.
    pub(crate) delimiter: char,
    /// Whether a space follows nearly every delimiter.
    pub(crate) spaced: bool,
    /// Records looked at that have the usual number of delimiters.
    pub(crate) agreeing: usize,
    /// Records looked at.
    pub(crate) looked_at: usize,
    /// The line ends in words.
    pub(crate) line_ends: &'m Message,
}

/// How the fields and records of a text file are separated.
pub(crate) fn dialect(of: Separators<'_>, place: Place) -> Finding {
    let Separators { agreeing, looked_at, line_ends, .. } = of;
    let delimiter = match of.delimiter {
        '\t' => message!("a tab", "tabulator"),
        other => message!("`{other}`", "`{other}`"),
    };
    let spaced = if of.spaced {
        message!(" followed by a space", " urmat de un spațiu")
    } else {
        Message::same("")
    };
    let sure = if agreeing == looked_at {
        Message::same("")
    } else {
        message!(
            ", constant in {agreeing} of the first {looked_at} lines",
            ", constant în {agreeing} din primele {linii}",
            linii = numbered(looked_at, "linie", "linii"),
        )
    };
    let message = message!(
        "fields are parted by {delimiter}{spaced}{sure}; line ends are {line_ends}",
        "câmpurile sunt despărțite prin {delimiter}{spaced}{sure}; sfârșituri de linie: {line_ends}";
        delimiter = delimiter, spaced = spaced, sure = sure, line_ends = line_ends,
    );
    found(&DIALECT, message).at(place)
}

/// A delimiter that takes more than one byte.
pub(crate) fn no_delimiter(delimiter: char) -> Message {
    message!("`{delimiter}` cannot be a delimiter", "`{delimiter}` nu poate fi separator")
}

/// That a text has a single line without an end.
pub(crate) fn no_line_ends() -> Message {
    message!("none", "niciunul")
}

/// That the lines of a text end in several ways, each with its count.
pub(crate) fn mixed_line_ends(kinds: &[String]) -> Message {
    message!("mixed: {kinds}", "amestecate: {kinds}", kinds = kinds.join(", "))
}

/// A quotation mark that swallows the records behind it.
pub(crate) fn endless_quote(line: u32, lines: usize) -> Message {
    message!(
        "a text that begins on line {line} goes on for {lines} lines: a quotation \
                     mark is missing, or there is one too many",
        "un text care începe pe linia {line} ține {linii}: lipsește o \
                     ghilimea sau este una în plus",
        linii = numbered(lines, "linie", "linii"),
        lines = thousands(lines),
    )
}

/// What to do about a text that its reader cannot read: a spreadsheet would read it in its own way.
pub(crate) fn mend_text() -> Message {
    message!(
        "look at that place in a text editor; a spreadsheet would hide it and may change codes",
        "verificați locul într-un editor de text; o foaie de calcul l-ar ascunde și poate schimba coduri",
    )
}

/// A cell whose text is longer than a grid can hold.
pub(crate) fn text_too_long(limit_mib: u32) -> Message {
    message!(
        "one text in it has more than {limit_mib} MiB",
        "un text din el are peste {limit_mib} MiB",
    )
}

/// A number of a sheet that the workbook does not have.
pub(crate) fn no_sheet_number<'s>(
    number: u32,
    visible: usize,
    sheets: impl Iterator<Item = &'s str> + Clone,
) -> Refusal {
    let is_name = sheets.clone().any(|sheet| sheet.trim() == number.to_string());
    let message = message!(
        "there is no sheet {number}: the workbook has {sheets}",
        "nu există foaia {number}: registrul de calcul are {sheets}";
        sheets = Message::counted(
            visible,
            ["visible sheet", "visible sheets"],
            ["foaie vizibilă", "foi vizibile"],
        ),
    );
    if is_name {
        return Refusal::new(
            message,
            message!(
                "a number counts the sheets; one is called so, and its name stands in quotes: \
             `sheet = \"{number}\"`",
                "un număr numără foile; una se numește așa, iar numele ei se scrie între ghilimele: \
             `sheet = \"{number}\"`",
            ),
        );
    }
    Refusal::new(message, the_sheets_are(sheets))
}

/// A name of a sheet that the workbook does not have; `near` is the one that was probably meant.
pub(crate) fn no_sheet<'s>(
    name: &str,
    near: Option<&str>,
    sheets: impl Iterator<Item = &'s str>,
) -> Refusal {
    let message = message!("there is no sheet `{name}`", "nu există foaia `{name}`");
    Refusal::new(message, did_you_mean(near, the_sheets_are(sheets)))
}

fn the_sheets_are<'s>(sheets: impl Iterator<Item = &'s str>) -> Message {
    message!("the sheets are {names}", "foile sunt {names}"; names = list(sheets, 20))
}

/// A workbook without the sheet that is read.
pub(crate) fn sheet_missing(path: &str, refusal: Refusal) -> Finding {
    let Refusal { message, hint } = refusal;
    found(&SHEET_MISSING, message.about(path)).hint(hint).at(Place::file(path))
}

/// A workbook of which every visible sheet is empty.
pub(crate) fn nothing_visible(hidden: &[&str]) -> Message {
    if hidden.is_empty() {
        return message!(
            "no visible sheet has anything in it",
            "nicio foaie vizibilă nu conține ceva"
        );
    }
    message!(
        "no visible sheet has anything in it; hidden ones are read when `sheet` names them: \
         {names}",
        "nicio foaie vizibilă nu conține ceva; cele ascunse se citesc dacă `sheet` le numește: \
         {names}";
        names = list(hidden.iter().copied(), 8),
    )
}

/// The sheet that was read because none was declared, and the other visible ones.
pub(crate) fn sheet_chosen(name: &str, others: &[&str], file: Place) -> Finding {
    let rest = if others.is_empty() {
        Message::same("")
    } else {
        message!(
            ", the first with data; the others are {others}",
            ", prima cu date; celelalte sunt {others}";
            others = list(others.iter().copied(), 8),
        )
    };
    let message = message!(
        "the sheet `{name}` was read{rest}",
        "s-a citit foaia `{name}`{rest}";
        rest = rest,
    );
    found(&SHEET_CHOSEN, message).at(file.on_sheet(name))
}

/// The sheet that was read because none was declared, although another one is of a later period.
pub(crate) fn newer_sheet(read: &str, newest: &str, file: Place) -> Finding {
    let message = message!(
        "the sheet `{read}` was read because it is the first, and `{newest}` is of a later period",
        "s-a citit foaia `{read}`, fiindcă este prima, iar `{newest}` este dintr-o perioadă mai nouă",
    );
    found(&OLDER_SHEET, message).at(file.on_sheet(read)).hint(message!(
        "say in the source which is meant: `sheet = \"{newest}\"` or `sheet = \"{read}\"`",
        "spuneți la sursă care se ia: `sheet = \"{newest}\"` sau `sheet = \"{read}\"`",
    ))
}

/// The sheet that was read because none was declared and it is the first with all columns named.
pub(crate) fn sheet_with_columns(name: &str, file: Place) -> Finding {
    let message = message!(
        "the sheet `{name}` was read, the first with all columns that the study names",
        "s-a citit foaia `{name}`, prima cu toate coloanele numite în studiu",
    );
    found(&SHEET_CHOSEN, message).at(file.on_sheet(name))
}

/// The sheets that were read as parts of one table, and those without its columns.
pub(crate) fn sheets_chosen(read: &[&str], skipped: &[&str], file: Place) -> Finding {
    let sheets = Noun::new(["sheet was", "sheets were"], ["foaie citită", "foi citite"]);
    let rest = if skipped.is_empty() {
        Message::same("")
    } else {
        message!(
            "; without the columns of the source, and skipped: {names}",
            "; fără coloanele sursei, deci sărite: {names}";
            names = list(skipped.iter().copied(), 8),
        )
    };
    let message = message!(
        "{sheets} read as parts of one table: {names}{rest}",
        "{sheets} ca părți ale unui singur tabel: {names}{rest}";
        sheets = sheets.counted(read.len()),
        names = list(read.iter().copied(), 50),
        rest = rest,
    );
    found(&SHEET_CHOSEN, message).at(file)
}

/// A sheet that has some columns of the table of which every sheet is a part, and lacks another.
pub(crate) fn sheet_lacks_column(refusal: Refusal, place: Place) -> Finding {
    let Refusal { message: why, hint } = refusal;
    let message = message!(
        "{why}; the sheet has other columns of the source and is not read",
        "{why}; foaia are alte coloane ale sursei și nu se citește";
        why = why,
    );
    found(&COLUMN_MISSING, message).at(place).hint(message!(
        "{hint}; correct the header, or hide the sheet if it is no part of the table",
        "{hint}; corectați antetul sau ascundeți foaia, dacă nu face parte din tabel";
        hint = hint,
    ))
}

/// A text of two bytes a letter that does not begin with the mark of its encoding.
pub(crate) fn utf_16(encoding: &str) -> Refusal {
    Refusal::new(
        message!(
            "it is a text of two bytes a letter without the mark that says so",
            "este un text cu doi octeți pentru o literă, fără semnul care o spune",
        ),
        message!(
            "add `encoding = \"{encoding}\"` to the source",
            "adăugați la sursă `encoding = \"{encoding}\"`",
        ),
    )
}

/// A cell that the workbook holds more than once.
pub(crate) fn duplicate_cell(place: Place) -> Finding {
    let message = message!(
        "a cell stands more than once in the workbook; the last one counts",
        "o celulă apare de mai multe ori în registrul de calcul; se ia ultima",
    );
    found(&DUPLICATE_CELL, message).at(place)
}

/// A sheet that breaks off behind a cell.
pub(crate) fn unreadable_beyond(cell: &str, error: &str) -> Message {
    message!(
        "the sheet cannot be read beyond {cell}: {error}",
        "foaia nu poate fi citită dincolo de {cell}: {error}",
    )
}

/// A sheet that is not read because the reader of the workbook has ended.
pub(crate) fn not_read_any_more() -> Message {
    message!("not read any more", "nu se mai citește")
}

/// A reader that panicked.
pub(crate) fn reader_panicked() -> Message {
    message!(
        "the reader stopped: the file is damaged",
        "cititorul s-a oprit: fișierul este deteriorat",
    )
}

/// A worker that could not be started.
pub(crate) fn worker_not_started(error: &str) -> Message {
    message!(
        "its reader could not be started: {error}",
        "cititorul lui nu a putut fi pornit: {error}",
    )
}

/// A worker that was stopped because it took too long.
pub(crate) fn worker_too_slow(seconds: u32) -> Message {
    message!(
        "its reader was stopped after {seconds} seconds; `--max-seconds` raises the limit",
        "cititorul lui a fost oprit după {secunde}; `--max-seconds` ridică limita",
        secunde = numbered(seconds as usize, "secundă", "secunde"),
    )
}

/// A worker that needs too much memory.
pub(crate) fn worker_too_large(limit_mib: u32) -> Message {
    message!(
        "its reader needs more than {limit_mib} MiB of memory; `--max-memory-mib` raises the limit",
        "cititorul lui are nevoie de peste {limit_mib} MiB de memorie; `--max-memory-mib` ridică \
         limita",
    )
}

/// A worker that ended by itself.
pub(crate) fn worker_stopped() -> Message {
    message!(
        "its reader stopped: the file is damaged",
        "cititorul lui s-a oprit: fișierul este deteriorat",
    )
}

/// A worker that gave another answer than the one that was due.
pub(crate) fn worker_out_of_turn() -> Message {
    message!("its reader answered out of turn", "cititorul lui a răspuns când nu era rândul lui")
}

/// A worker of which nothing is known any more.
pub(crate) fn worker_lost(error: &str) -> Message {
    message!("its reader was lost: {error}", "cititorul lui s-a pierdut: {error}")
}

/// A sheet that the worker does not have.
pub(crate) fn worker_has_no_sheet<'s>(
    name: &str,
    sheets: impl Iterator<Item = &'s str>,
) -> Message {
    message!(
        "there is no sheet `{name}`, but {known}",
        "nu există foaia `{name}`, ci {known}";
        known = list(sheets, 8),
    )
}
