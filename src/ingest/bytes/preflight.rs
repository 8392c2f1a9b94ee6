//! Looks at a workbook that is a zip archive before anything in it is unpacked for good.
//!
//! The central directory bounds what unpacking can give, because the zip reader enforces the sizes
//! it declares. What the directory cannot tell (how many shared texts there are, how long one text
//! is) is counted in one streaming pass over large parts only.

use std::io::{Cursor, Read};

use memchr::memchr_iter;
use zip::ZipArchive;

use super::format::{Format, NotATable};
use super::limits::Budget;
use crate::message::ingest::{Refusal, bytes as message};

/// Parts smaller than this cannot do harm, whatever they hold.
const SMALL: u64 = 16 << 20;
/// Parts above `SMALL` that hold numbers inflate three to ten times; only those that inflate more
/// are looked through for one endless text.
const DENSE: u64 = 15;
/// Bytes of memory a shared text takes besides its letters.
const PER_TEXT: u64 = 56;
/// Bytes of the shortest shared text of a binary workbook.
const SHORTEST: u64 = 7;

/// Decides which workbook an archive is, or why it is refused.
pub(super) fn archive(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if zip.len() > budget.parts {
        return unreadable(message::too_many_parts(zip.len(), budget.parts));
    }
    if listed(bytes).is_some_and(|listed| listed > zip.len()) {
        return unreadable(message::repeated_part());
    }
    let mut inflated = 0_u64;
    for part in 0..zip.len() {
        let file = zip.by_index_raw(part).map_err(|error| broken(&error))?;
        if file.name().is_ok_and(|name| leads_outside(&name)) {
            return unreadable(message::part_outside());
        }
        let (size, packed) = (file.size(), file.compressed_size().max(1));
        inflated = inflated.saturating_add(size);
        if size > 10 << 20 && size / packed > budget.ratio {
            return unreadable(message::dense_part(size / packed, budget.ratio));
        }
    }
    if inflated > budget.inflated {
        return unreadable(message::vast_archive(inflated, budget.inflated));
    }
    let format = format(&zip)?;
    for part in 0..zip.len() {
        look_through(&mut zip, part, budget)?;
    }
    Ok(format)
}

fn unreadable<T>(refusal: Refusal) -> Result<T, NotATable> {
    Err(NotATable::unreadable(refusal))
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
    NotATable::unreadable(message::damaged_archive(reason))
}

fn format(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<Format, NotATable> {
    let has = |name: &str| zip.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if has("word/document.xml") {
        Err(NotATable::foreign(message::word()))
    } else if has("ppt/presentation.xml") {
        Err(NotATable::foreign(message::presentation()))
    } else if has("xl/workbook.xml") || has("[Content_Types].xml") {
        Ok(Format::Xlsx)
    } else if has("content.xml") {
        Ok(Format::Ods)
    } else {
        Err(NotATable::foreign(message::zip_archive()))
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
        let is_text = |tag: &&[u8]| matches!(tag, [b'<', b's', b'i', b'>' | b' ' | b'/']);
        let head = &block[..block.len().min(self.tail.len())];
        let seam = [&self.tail, head].concat();
        self.texts += seam.windows(4).filter(is_text).count() as u64;
        let mut from = 0;
        for at in memchr_iter(b'<', block) {
            self.longest = self.longest.max(self.run + (at - from) as u64);
            self.run = 0;
            from = at + 1;
            self.texts += u64::from(block.get(at..at + 4).is_some_and(|tag| is_text(&tag)));
        }
        self.run += (block.len() - from) as u64;
        let ends = if block.len() < self.tail.len() { &seam } else { block };
        if let Some(tail) = ends.last_chunk() {
            self.tail = *tail;
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
            Err(error) => return Err(damaged(&error.to_string())),
        }
    }
    let longest = counts.longest.max(counts.run);
    if longest > budget.run {
        return unreadable(message::endless_text(longest));
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
    if memory > budget.shared {
        return unreadable(message::shared_texts(texts, memory, budget.shared));
    }
    Ok(())
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
        let message = archive(&workbook(parts), budget).unwrap_err().refusal.message;
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
    fn counts_do_not_depend_on_where_blocks_end() {
        let text = b"<sst><si><t>ab</t></si><si/><si ></si><size/> <si";
        for block in [1, 2, 3, 4, 5, 7, 64] {
            let mut counts = Counts::default();
            text.chunks(block).for_each(|block| counts.see(block));
            assert_eq!((counts.texts, counts.longest), (3, 7), "{block}");
        }
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
        let message = of(&honest).unwrap_err().refusal.message;
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
