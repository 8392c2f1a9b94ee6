//! Looks at a workbook that is a zip archive before anything in it is unpacked for good.
//!
//! The central directory bounds what unpacking can give, because the zip reader enforces the sizes
//! it declares. What the directory cannot tell (how many shared texts there are, how long one text
//! is) is counted in one streaming pass over large parts only.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::budget::Budget;
use super::format::{Format, NotATable, refuse};
use crate::language::numbered;
use crate::quality::{Message, message};

/// Parts smaller than this cannot do harm, whatever they hold.
const SMALL: u64 = 16 << 20;
/// Parts above `SMALL` that hold numbers inflate three to ten times; only those that inflate more
/// are looked through for one endless text.
const DENSE: u64 = 15;
/// Bytes of memory a shared text takes besides its letters.
const PER_TEXT: u64 = 56;
/// Bytes of the shortest shared text of a binary workbook.
const SHORTEST: u64 = 7;

/// What to do about an archive that is not as spreadsheet programs write it.
fn again() -> Message {
    message!(
        "download it again, or save it again in Excel",
        "descărcați-l din nou sau salvați-l din nou în Excel",
    )
}

/// Decides which workbook an archive is, or why it is refused.
pub(super) fn archive(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if zip.len() > budget.parts {
        let message = message!(
            "it has {parts} parts, more than {limit}",
            "are {de}, peste {limit}",
            parts = zip.len(),
            de = numbered(zip.len(), "parte", "părți"),
            limit = budget.parts,
        );
        let hint = message!("save it again in Excel", "salvați-l din nou în Excel");
        return Err(refuse(message, hint));
    }
    if listed(bytes).is_some_and(|listed| listed > zip.len()) {
        let message = message!(
            "the name of a part stands more than once in it: two programs would read different \
             things",
            "numele unei părți apare de mai multe ori: două programe ar citi lucruri diferite",
        );
        return Err(refuse(message, again()));
    }
    let mut inflated = 0_u64;
    for part in 0..zip.len() {
        let file = zip.by_index_raw(part).map_err(|error| broken(&error))?;
        if file.name().is_ok_and(|name| leads_outside(&name)) {
            let message = message!(
                "the name of a part leads outside the archive",
                "numele unei părți duce în afara arhivei",
            );
            return Err(refuse(message, again()));
        }
        let (size, packed) = (file.size(), file.compressed_size().max(1));
        inflated = inflated.saturating_add(size);
        if size > 10 << 20 && size / packed > budget.ratio {
            return Err(dense(size / packed, budget));
        }
    }
    if inflated > budget.inflated {
        return Err(vast(inflated, budget));
    }
    let format = format(&zip)?;
    for part in 0..zip.len() {
        look_through(&mut zip, part, budget)?;
    }
    Ok(format)
}

/// What to say about a part that inflates so many times.
fn dense(times: u64, budget: &Budget) -> NotATable {
    let message = message!(
        "a part of it inflates {times} times, more than {limit}: such a file can exhaust \
                 the machine",
        "o parte se umflă de {ori}, peste {limit}: un astfel de fișier poate bloca \
                 calculatorul",
        ori = numbered(usize::try_from(times).unwrap_or(usize::MAX), "ori", "ori"),
        limit = budget.ratio,
    );
    let hint = message!(
        "`--max-ratio` raises the limit, if you trust the file",
        "`--max-ratio` ridică limita, dacă aveți încredere în fișier",
    );
    refuse(message, hint)
}

/// What to say about an archive that inflates to so many bytes.
fn vast(inflated: u64, budget: &Budget) -> NotATable {
    let message = message!(
        "it inflates to {size} MiB, more than {limit} MiB: such a file can exhaust the machine",
        "se umflă la {size} MiB, peste {limit} MiB: un astfel de fișier poate bloca calculatorul",
        size = inflated >> 20,
        limit = budget.inflated >> 20,
    );
    let hint = message!(
        "save only the sheet you need, as csv; `--max-inflated-mib` raises the limit",
        "salvați ca csv doar foaia necesară; `--max-inflated-mib` ridică limita",
    );
    refuse(message, hint)
}

/// How many parts the directory at the end of an archive lists; the reader counts different names.
fn listed(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(22).rev().take(1 << 16).find(|end| end.starts_with(b"PK\x05\x06"))?;
    Some(usize::from(u16::from_le_bytes([end[10], end[11]])))
}

/// Whether the name of a part is a path out of the folder in which an archive is unpacked.
fn leads_outside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with(['/', '\\']) || drive || name.split(['/', '\\']).any(|part| part == "..")
}

fn broken(error: &zip::result::ZipError) -> NotATable {
    damaged(&error.to_string())
}

fn damaged(reason: &str) -> NotATable {
    let message = message!(
        "the workbook is damaged: {reason}",
        "registrul de calcul este deteriorat: {reason}",
    );
    refuse(message, again())
}

fn format(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<Format, NotATable> {
    let has = |name: &str| zip.index_for_name(name).is_some();
    let save = || {
        message!(
            "copy its table into a spreadsheet and save that as xlsx",
            "copiați tabelul lui într-o foaie de calcul și salvați-o ca xlsx",
        )
    };
    if has("xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if has("word/document.xml") {
        let is = message!("it is a Word document", "este un document Word");
        Err(refuse(is, save()).of_another_kind())
    } else if has("ppt/presentation.xml") {
        let is = message!("it is a PowerPoint presentation", "este o prezentare PowerPoint");
        Err(refuse(is, save()).of_another_kind())
    } else if has("xl/workbook.xml") || has("[Content_Types].xml") {
        Ok(Format::Xlsx)
    } else if has("content.xml") {
        Ok(Format::Ods)
    } else {
        let is = message!(
            "it is a zip archive, not a spreadsheet",
            "este o arhivă zip, nu o foaie de calcul",
        );
        let hint = message!(
            "unpack it and name the file inside",
            "despachetați-o și numiți fișierul dinăuntru",
        );
        Err(refuse(is, hint).of_another_kind())
    }
}

/// What a streaming pass counts.
#[derive(Default)]
struct Counts {
    /// Shared texts: tags that begin with `<si` and end there.
    texts: u64,
    /// Longest stretch without a `<`.
    longest: u64,
    run: u64,
    /// The last bytes, in case a tag is cut by the end of a block.
    tail: [u8; 3],
}

impl Counts {
    fn see(&mut self, block: &[u8]) {
        for &byte in block {
            if self.tail == *b"<si" && matches!(byte, b'>' | b' ' | b'/') {
                self.texts += 1;
            }
            self.tail = [self.tail[1], self.tail[2], byte];
            if byte == b'<' {
                self.longest = self.longest.max(self.run);
                self.run = 0;
            } else {
                self.run += 1;
            }
        }
    }
}

/// Counts what a large part holds and refuses what would not fit into memory.
fn look_through(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    part: usize,
    budget: &Budget,
) -> Result<(), NotATable> {
    let mut file = zip.by_index(part).map_err(|error| broken(&error))?;
    let (size, packed) = (file.size(), file.compressed_size().max(1));
    let name = file.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase());
    let is_shared = name.contains("sharedstrings");
    let is_binary = name.ends_with(".bin");
    if size <= SMALL || (!is_shared && (is_binary || size / packed < DENSE)) {
        return Ok(());
    }
    if is_binary {
        let texts = declared_texts(&mut file).unwrap_or(u64::MAX).min(size / SHORTEST);
        return shared_fit(texts, size, budget);
    }
    let mut counts = Counts::default();
    let mut block = vec![0_u8; 1 << 16];
    loop {
        match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => counts.see(&block[..read]),
            Err(error) => {
                return Err(damaged(&error.to_string()));
            }
        }
    }
    let longest = counts.longest.max(counts.run);
    if longest > budget.run {
        let message = message!(
            "one text in it has {size} MiB",
            "un text din el are {size} MiB",
            size = longest >> 20,
        );
        let hint =
            message!("save only the sheet you need, as csv", "salvați ca csv doar foaia necesară");
        return Err(refuse(message, hint));
    }
    if is_shared { shared_fit(counts.texts, size, budget) } else { Ok(()) }
}

/// How many shared texts a binary workbook says to have: the second number of its first record. Its
/// reader reads no more.
fn declared_texts(part: &mut impl Read) -> Option<u64> {
    let mut head = [0_u8; 11];
    part.read_exact(&mut head).ok()?;
    let [0x9f, 0x01, 8, _, _, _, _, texts @ ..] = head else { return None };
    Some(u32::from_le_bytes(texts).into())
}

/// Refuses shared texts that would not fit into memory.
fn shared_fit(texts: u64, size: u64, budget: &Budget) -> Result<(), NotATable> {
    let memory = texts.saturating_mul(PER_TEXT).saturating_add(size / 2);
    if memory <= budget.shared {
        return Ok(());
    }
    let message = message!(
        "its {texts} shared texts would take {size} MiB of memory, more than {limit} MiB",
        "{texte} ale lui ar lua {size} MiB de memorie, peste {limit} MiB",
        texte =
            numbered(usize::try_from(texts).unwrap_or(usize::MAX), "text comun", "texte comune"),
        size = memory >> 20,
        limit = budget.shared >> 20,
    );
    let hint = message!(
        "save only the sheet you need, as csv; `--max-shared-mib` raises the limit",
        "salvați ca csv doar foaia necesară; `--max-shared-mib` ridică limita",
    );
    Err(refuse(message, hint))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[track_caller]
    fn refused(parts: &[(&str, &[u8])], budget: &Budget, expected: &str) {
        let message = archive(&workbook(parts), budget).unwrap_err().message;
        assert!(message.en.contains(expected), "{message}");
    }

    #[test]
    fn what_inflates_beyond_reason_is_refused() {
        let zeros = vec![0_u8; 12 << 20];
        let parts: [(&str, &[u8]); 1] = [("xl/workbook.xml", &zeros)];
        refused(&parts, &Budget::default(), "inflates");
        let small = Budget { inflated: 10, ..Budget::default() };
        refused(&[("xl/workbook.xml", b"<workbook/>")], &small, "MiB");
    }

    #[test]
    fn shared_texts_and_endless_texts_are_counted() {
        let open = Budget { ratio: u64::MAX, ..Budget::default() };
        let texts = "<si><t/></si>".repeat(2 << 20);
        let parts: [(&str, &[u8]); 2] =
            [("xl/workbook.xml", b"<w/>"), ("xl/sharedStrings.xml", texts.as_bytes())];
        let tight = Budget { shared: 64 << 20, ..open };
        refused(&parts, &tight, "2097152 shared texts");
        assert!(archive(&workbook(&parts), &open).is_ok());
        let spaces = vec![b' '; 17 << 20];
        let parts: [(&str, &[u8]); 2] =
            [("xl/workbook.xml", b"<w/>"), ("xl/worksheets/sheet1.xml", &spaces)];
        refused(&parts, &open, "one text in it has 17 MiB");
    }

    #[test]
    fn shared_texts_of_binary_workbooks_are_counted_and_their_sheets_are_no_texts() {
        let open = Budget { ratio: u64::MAX, ..Budget::default() };
        let tight = Budget { shared: 64 << 20, ..open };
        let empty = [0x13, 5, 0, 0, 0, 0, 0].repeat(3 << 20);
        let texts = |head: &[u8]| [head, &empty].concat();
        let honest = texts(&[0x9f, 0x01, 8, 0, 0, 0x30, 0, 0, 0, 0x30, 0]);
        let of = |shared: &[u8]| {
            let parts: [(&str, &[u8]); 2] =
                [("xl/workbook.bin", b""), ("xl/sharedStrings.bin", shared)];
            archive(&workbook(&parts), &tight)
        };
        let message = of(&honest).unwrap_err().message;
        assert!(message.en.contains("3145728 shared texts"), "{message}");
        // one text is all that its reader would read
        assert!(of(&texts(&[0x9f, 0x01, 8, 1, 0, 0, 0, 1, 0, 0, 0])).is_ok());
        assert!(of(&texts(&[])).is_err(), "without a head, as many as there may be");
        let blanks = vec![1_u8; 17 << 20];
        let parts: [(&str, &[u8]); 2] =
            [("xl/workbook.bin", b""), ("xl/worksheets/sheet1.bin", &blanks)];
        assert!(archive(&workbook(&parts), &open).is_ok());
    }

    #[test]
    fn other_archives_are_called_by_their_names() {
        refused(&[("word/document.xml", b"<w/>")], &Budget::default(), "Word");
        refused(&[("a.txt", b"a")], &Budget::default(), "zip archive");
    }
}
