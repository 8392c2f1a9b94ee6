//! The stream of records in a compound file, which is how Excel 97-2003 stores a workbook ([MS-CFB]).

/// A sector that is none.
const LAST: u32 = 0xffff_fffa;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// The records of a workbook; `None` where there are none.
pub(super) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::of(bytes)?;
    let directory = file.chain(word(bytes, 48)?);
    let entries = directory.as_chunks::<ENTRY>().0;
    let root = entries.first()?;
    let stream = ["workbook", "book"]
        .iter()
        .find_map(|name| entries.iter().find(|entry| is_stream(entry, name)))?;
    let (start, size) = (word(stream, 116)?, word(stream, 120)?);
    let mut records = if size < word(bytes, 56)? {
        let container = file.chain(word(root, 116)?);
        let table = words(&file.chain(word(bytes, 60)?));
        let shift = sector_shift(bytes, 32)?;
        let sector = |at: u32| part(&container, (at as usize).checked_shl(shift)?, 1 << shift);
        follow(&table, start, sector)
    } else {
        file.chain(start)
    };
    records.truncate(size as usize);
    Some(records)
}

/// A file in sectors, with the table that says which follows which.
struct Compound<'b> {
    bytes: &'b [u8],
    shift: u32,
    table: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut file = Self { bytes, shift: sector_shift(bytes, 30)?, table: Vec::new() };
        let mut parts = words(bytes.get(76..512)?);
        let mut more = word(bytes, 68)?;
        // each sector of the list of the table's sectors ends with where the list goes on
        for _ in 0..word(bytes, 72)?.min(file.most()) {
            let mut list = words(file.sector(more)?);
            more = list.pop()?;
            parts.extend(list);
        }
        let count = (word(bytes, 44)?.min(file.most())) as usize;
        let parts = parts.into_iter().filter(|&part| part < LAST).take(count);
        file.table = parts.filter_map(|part| file.sector(part)).flat_map(words).collect();
        Some(file)
    }

    /// How many sectors there can be.
    fn most(&self) -> u32 {
        u32::try_from(self.bytes.len() >> self.shift).unwrap_or(u32::MAX)
    }

    fn sector(&self, at: u32) -> Option<&'b [u8]> {
        part(self.bytes, (at as usize).checked_add(1)?.checked_shl(self.shift)?, 1 << self.shift)
    }

    /// The sectors that follow each other from one on.
    fn chain(&self, start: u32) -> Vec<u8> {
        follow(&self.table, start, |at| self.sector(at))
    }
}

/// Sectors that follow each other by a table; a circle ends after one round.
fn follow<'s>(table: &[u32], start: u32, sector: impl Fn(u32) -> Option<&'s [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = start;
    for _ in 0..table.len() {
        let Some(part) = (at < LAST).then(|| sector(at)).flatten() else { break };
        bytes.extend_from_slice(part);
        at = table.get(at as usize).copied().unwrap_or(LAST);
    }
    bytes
}

/// So many bytes from a position on; fewer at the end of the file.
fn part(bytes: &[u8], from: usize, length: usize) -> Option<&[u8]> {
    let part = bytes.get(from..)?;
    Some(&part[..part.len().min(length)]).filter(|part| !part.is_empty())
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

/// The power of two that is the size of a sector.
fn sector_shift(bytes: &[u8], at: usize) -> Option<u32> {
    let shift = u32::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    (4..=16).contains(&shift).then_some(shift)
}

/// Whether an entry of the directory is the stream of that name.
fn is_stream(entry: &[u8; ENTRY], name: &str) -> bool {
    let units: Vec<u16> =
        entry[..64].as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let own = String::from_utf16_lossy(&units);
    entry[66] == 2 && own.trim_end_matches('\0').eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_compound_file_has_no_records() {
        let mut bytes = vec![0xff; 2_048];
        assert_eq!(workbook(&bytes), None);
        bytes[30..34].copy_from_slice(&[9, 0, 6, 0]);
        assert_eq!(workbook(&bytes), None);
        assert_eq!(workbook(b""), None);
    }

    #[test]
    fn a_circle_of_sectors_ends() {
        let bytes = follow(&[1, 0], 0, |_| Some(&[7]));
        assert_eq!(bytes, [7, 7]);
    }
}
