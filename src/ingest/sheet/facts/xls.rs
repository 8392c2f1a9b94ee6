//! What the records of an Excel 97-2003 workbook say besides the contents of cells ([MS-XLS]).

use std::collections::{BTreeMap, BTreeSet};

use super::sst::SharedTexts;
use super::{Facts, Rectangle, RichText, compound, shows_percent};
use crate::ingest::bytes::limits::Budget;
use crate::quality::Message;

/// Kinds of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const NAME: u16 = 0x0018;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const COLUMNS: u16 = 0x007d;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const FILTERED: u16 = 0x009b;
    pub(super) const FILTER_ARROWS: u16 = 0x009d;
    pub(super) const NUMBERS: u16 = 0x00bd;
    pub(super) const STYLE: u16 = 0x00e0;
    pub(super) const MERGES: u16 = 0x00e5;
    pub(super) const RICH_TEXT: u16 = 0x00d6;
    pub(super) const SHARED_TEXTS: u16 = 0x00fc;
    pub(super) const SHARED_TEXT: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const SHORT_NUMBER: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// Versions of which the records are known: Excel 95 and 97-2003.
const VERSIONS: [u16; 2] = [0x0500, 0x0600];
/// The built-in `0%` and `0.00%`, which need no code in the file.
const PERCENTS: [u16; 2] = [9, 10];

/// A workbook with what its records say of all sheets.
#[derive(Default)]
pub(in crate::ingest::sheet) struct XlsFacts {
    records: Vec<u8>,
    /// Where each sheet begins.
    sheets: Vec<usize>,
    /// For each style of cells, whether it shows per cents.
    percent: Vec<bool>,
    /// For each font, by its name, whether it raises letters; none where no font does.
    raised: Vec<bool>,
    /// Shared texts with raised letters, by position.
    shared: BTreeMap<u32, RichText>,
    /// The rows of filters, first and last, by position of their sheet from 1.
    filters: BTreeMap<u16, (u16, u16)>,
}

impl XlsFacts {
    /// Looks through a workbook; `None` where it cannot be told what it says.
    pub(in crate::ingest::sheet) fn of(bytes: &[u8]) -> Option<Self> {
        let records = compound::workbook(bytes)?;
        let mut book = Self::default();
        let mut formats: BTreeSet<u16> = PERCENTS.into();
        let mut styles = Vec::new();
        let mut fonts = Vec::new();
        let mut texts = Vec::new();
        let (mut version, mut before) = (0, 0);
        for (kind, data) in Records(&records) {
            match kind {
                kind::BEGIN => {
                    version = short(data, 0).filter(|version| VERSIONS.contains(version))?;
                }
                kind::END => break,
                kind::FONT => fonts.push(short(data, 8) == Some(1)),
                kind::FORMAT => formats.extend(percent_format(data, version)),
                kind::STYLE => styles.push(short(data, 2)?),
                kind::SHEET => book.sheets.push(long(data, 0)? as usize),
                kind::NAME => book.filters.extend(filter(data)),
                kind::SHARED_TEXTS => texts = vec![data],
                kind::CONTINUE if before == kind::SHARED_TEXTS => texts.push(data),
                _ => {}
            }
            before = if kind == kind::CONTINUE { before } else { kind };
        }
        book.percent = styles.iter().map(|format| formats.contains(format)).collect();
        if fonts.contains(&true) {
            // there is no font 4: the fifth is called 5
            let font = |name: u16| usize::from(name).saturating_sub(usize::from(name > 4));
            let is_raised = |name| fonts.get(font(name)) == Some(&true);
            book.shared = SharedTexts::new(texts).raised(is_raised);
            let names = 0..u16::try_from(fonts.len() + 1).unwrap_or(u16::MAX);
            book.raised = names.map(is_raised).collect();
        }
        book.records = records;
        Some(book)
    }

    /// What a sheet says, by its position.
    ///
    /// # Errors
    /// That it says more than is allowed.
    pub(in crate::ingest::sheet) fn sheet(
        &self,
        at: usize,
        budget: &Budget,
    ) -> Result<Facts, Message> {
        let records = self.sheets.get(at).and_then(|&from| self.records.get(from..));
        let Some(records) = records else { return Ok(Facts::untold()) };
        let mut facts = Facts::default();
        let mut is_filtered = false;
        let mut depth = 0_u32;
        for (kind, data) in Records(records) {
            match kind {
                kind::BEGIN => depth = depth.saturating_add(1),
                kind::END if depth <= 1 => break,
                kind::END => depth -= 1,
                // what stands inside of a chart is no cell
                _ if depth > 1 => {}
                kind::FILTERED | kind::FILTER_ARROWS => is_filtered = true,
                kind => {
                    self.see(kind, data, &mut facts);
                    facts.keeps_to(budget)?;
                }
            }
        }
        let filter = u16::try_from(at + 1).ok().and_then(|sheet| self.filters.get(&sheet));
        if let Some(&(first, last)) = filter.filter(|_| is_filtered) {
            facts.filter(from_one(first), from_one(last));
        }
        Ok(facts.settled())
    }

    /// A record that is too short says nothing.
    fn see(&self, kind: u16, data: &[u8], facts: &mut Facts) -> Option<()> {
        match kind {
            kind::ROW if short(data, 12)? & 0x20 != 0 => {
                let row = from_one(short(data, 0)?);
                facts.hide_row(row, row, false);
            }
            kind::COLUMNS if short(data, 8)? & 1 != 0 => {
                facts.hide_column(from_one(short(data, 0)?), from_one(short(data, 2)?));
            }
            kind::MERGES => {
                let ranges = data.get(2..)?.as_chunks::<8>().0;
                let count = usize::from(short(data, 0)?);
                facts.merges.extend(ranges.iter().take(count).copied().filter_map(range_of));
            }
            kind::NUMBER | kind::SHORT_NUMBER | kind::FORMULA => {
                self.style(short(data, 4)?, place(data)?, facts);
            }
            kind::NUMBERS => {
                let (row, first) = place(data)?;
                // six bytes a cell, its style first; behind them the last column
                let cells = data.get(4..data.len().checked_sub(2)?)?.as_chunks::<6>().0;
                for (column, cell) in (first..).zip(cells) {
                    self.style(short(cell, 0)?, (row, column), facts);
                }
            }
            kind::RICH_TEXT => {
                let (row, column) = place(data)?;
                facts.mark(&self.rich_text(data)?, column, (row, row));
            }
            kind::SHARED_TEXT => {
                let text = self.shared.get(&long(data, 6)?)?;
                let (row, column) = place(data)?;
                facts.mark(text, column, (row, row));
            }
            _ => {}
        }
        Some(())
    }

    /// A text of Excel 95 in runs of one font each; one with other letters than those of ASCII is left
    /// as it is, since its code page is not known here.
    fn rich_text(&self, data: &[u8]) -> Option<RichText> {
        let length = usize::from(short(data, 6)?);
        let text = data.get(8..8 + length).filter(|text| text.is_ascii())?;
        let count = usize::from(*data.get(8 + length)?);
        let runs = data.get(9 + length..)?.as_chunks::<2>().0;
        let runs: Vec<[u8; 2]> = runs.iter().take(count).copied().collect();
        let mut rich = RichText::default();
        for (at, letter) in text.iter().enumerate() {
            let run = runs.iter().rev().find(|[first, _]| usize::from(*first) <= at);
            let is_raised = run.is_some_and(|[_, font]| {
                self.raised.get(usize::from(*font)).copied().unwrap_or_default()
            });
            rich.push(char::from(*letter).encode_utf8(&mut [0; 4]), is_raised);
        }
        Some(rich)
    }

    fn style(&self, style: u16, at: (u32, u32), facts: &mut Facts) {
        if self.percent.get(usize::from(style)) == Some(&true) {
            facts.show_percent(Rectangle::between(at, at));
        }
    }
}

/// Records one after the other: kind and data. They end where one breaks off.
struct Records<'r>(&'r [u8]);

impl<'r> Iterator for Records<'r> {
    type Item = (u16, &'r [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.0, 0)?, short(self.0, 2)?);
        let (data, rest) = self.0.get(4..)?.split_at_checked(usize::from(length))?;
        self.0 = rest;
        Some((kind, data))
    }
}

/// The number of a format that shows per cents.
fn percent_format(data: &[u8], version: u16) -> Option<u16> {
    let narrow = |from: usize| {
        data.get(from..).map(|text| text.iter().map(|byte| u16::from(*byte)).collect())
    };
    let code: Vec<u16> = if version == VERSIONS[0] {
        // its length in one byte
        narrow(3)?
    } else if data.get(4)? & 1 == 0 {
        narrow(5)?
    } else {
        data.get(5..)?.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect()
    };
    shows_percent(&String::from_utf16_lossy(&code)).then(|| short(data, 0)).flatten()
}

/// The sheet (from 1) and the rows of a filter, which is the built-in name 13 of a range.
fn filter(data: &[u8]) -> Option<(u16, (u16, u16))> {
    let is_built_in = short(data, 0)? & 0x20 != 0;
    let is_filter = is_built_in && data.get(3) == Some(&1) && data.get(14..16) == Some(&[0, 13]);
    let is_range = matches!(data.get(16)?, 0x3b | 0x5b | 0x7b);
    (is_filter && is_range).then_some(())?;
    Some((short(data, 8)?, (short(data, 19)?, short(data, 21)?)))
}

fn range_of(range: [u8; 8]) -> Option<Rectangle> {
    let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| short(&range, at).map(from_one));
    Some(Rectangle::between((top?, left?), (bottom?, right?)))
}

/// Row and column of a cell, from 1.
fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((from_one(short(data, 0)?), from_one(short(data, 2)?)))
}

fn from_one(number: u16) -> u32 {
    u32::from(number) + 1
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raised_run_of_excel_95_is_a_mark() {
        let book = XlsFacts { raised: vec![false, true], ..XlsFacts::default() };
        let record = |text: &[u8], runs: &[u8]| {
            let head = [4, 0, 2, 0, 0, 0, u8::try_from(text.len()).unwrap(), 0];
            [&head[..], text, runs].concat()
        };
        let mut facts = Facts::default();
        book.see(kind::RICH_TEXT, &record(b"1391", &[1, 3, 1]), &mut facts);
        assert_eq!(facts.unmarked(5, 3), Some("139"));
        for damaged in [&record(b"1391", &[1, 3])[..7], &record(b"1391", &[]), b""] {
            book.see(kind::RICH_TEXT, damaged, &mut facts);
        }
        assert_eq!(facts.raised.len(), 1);
    }
}
