//! The shared texts of an Excel 97-2003 workbook of which letters are raised ([MS-XLS] 2.4.265).

use std::collections::BTreeMap;

use super::RichText;

/// The table of shared texts, which goes on from record to record.
pub(super) struct SharedTexts<'s> {
    /// What is left of each record.
    records: Vec<&'s [u8]>,
    at: usize,
}

impl<'s> SharedTexts<'s> {
    /// In a record and those that continue it.
    pub(super) fn new(records: Vec<&'s [u8]>) -> Self {
        Self { records, at: 0 }
    }

    /// The texts with letters in one of the raised fonts, by position, up to where the table breaks off.
    pub(super) fn raised(mut self, is_raised: impl Fn(u16) -> bool) -> BTreeMap<u32, RichText> {
        let mut texts = BTreeMap::new();
        let Some(count) = self.long().and_then(|_| self.long()) else { return texts };
        for position in 0..count {
            let Some((letters, runs)) = self.text() else { break };
            let text = split(&letters, &runs, &is_raised);
            if text.has_mark() {
                texts.insert(position, text);
            }
        }
        texts
    }

    /// The next text: its letters, and from which letter on which font is used.
    fn text(&mut self) -> Option<(Vec<u16>, Vec<(u16, u16)>)> {
        let count = self.short()?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.short()? } else { 0 };
        let more = if flags & 4 != 0 { self.long()? } else { 0 };
        let letters = self.letters(count, flags & 1 != 0, runs > 0)?;
        let runs =
            (0..runs).map(|_| Some((self.short()?, self.short()?))).collect::<Option<_>>()?;
        self.skip(more)?;
        Some((letters, runs))
    }

    /// So many letters; where they go on in the next record, that begins with how wide they are there.
    fn letters(&mut self, count: u16, mut is_wide: bool, is_kept: bool) -> Option<Vec<u16>> {
        let mut letters = Vec::new();
        let mut left = usize::from(count);
        while left > 0 {
            if self.rest().is_empty() {
                self.at += 1;
                is_wide = self.records.get(self.at)?.first()? & 1 != 0;
                self.byte()?;
            }
            let width = if is_wide { 2 } else { 1 };
            let here = (self.rest().len() / width).min(left);
            let bytes = self.take(here * width)?;
            if is_kept {
                let unit =
                    |unit: &[u8]| u16::from_le_bytes([unit[0], unit.get(1).copied().unwrap_or(0)]);
                letters.extend(bytes.chunks(width).map(unit));
            }
            if here == 0 {
                // half a letter at the end of a record: the table is damaged
                return None;
            }
            left -= here;
        }
        Some(letters)
    }

    fn rest(&self) -> &'s [u8] {
        self.records.get(self.at).copied().unwrap_or_default()
    }

    /// So many bytes of the record at hand.
    fn take(&mut self, count: usize) -> Option<&'s [u8]> {
        let (taken, rest) = self.records.get(self.at)?.split_at_checked(count)?;
        self.records[self.at] = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            self.at += 1;
            self.records.get(self.at)?;
        }
        self.take(1)?.first().copied()
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from(self.short()?) | u32::from(self.short()?) << 16)
    }

    fn skip(&mut self, bytes: u32) -> Option<()> {
        let mut left = bytes as usize;
        while left > 0 {
            let here = self.rest().len().min(left);
            self.take(here)?;
            left -= here;
            if left > 0 {
                self.at += 1;
            }
        }
        Some(())
    }
}

/// A text by its letters and the fonts from some of them on.
fn split(letters: &[u16], runs: &[(u16, u16)], is_raised: impl Fn(u16) -> bool) -> RichText {
    let mut text = RichText::default();
    if !runs.iter().any(|(_, font)| is_raised(*font)) {
        return text;
    }
    let mut from = 0;
    let mut font = None;
    let ends = runs.iter().map(|(at, font)| (usize::from(*at), Some(*font)));
    for (to, next) in ends.chain([(letters.len(), None)]) {
        let part = letters.get(from..to).unwrap_or_default();
        text.push(&String::from_utf16_lossy(part), font.is_some_and(&is_raised));
        (from, font) = (to.max(from), next);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(records: Vec<&[u8]>) -> Vec<(u32, String, String)> {
        let texts = SharedTexts::new(records).raised(|font| font == 5);
        texts.into_iter().map(|(at, text)| (at, text.plain, text.mark)).collect()
    }

    const HEAD: [u8; 8] = [2, 0, 0, 0, 2, 0, 0, 0];
    /// `ab`, then `1391` with the font 5 from its fourth letter on.
    const TEXTS: [u8; 18] =
        [2, 0, 0, b'a', b'b', 4, 0, 8, 1, 0, b'1', b'3', b'9', b'1', 3, 0, 5, 0];

    #[test]
    fn letters_of_a_raised_font_are_marks() {
        let whole = [&HEAD[..], &TEXTS].concat();
        let expected = [(1, "139".to_owned(), "1".to_owned())];
        assert_eq!(raised(vec![&whole]), expected);
        // the letters of the second text go on in the next record, in two bytes each
        let first = [&HEAD[..], &TEXTS[..12]].concat();
        let second = [1, b'9', 0, b'1', 0, 3, 0, 5, 0];
        assert_eq!(raised(vec![&first, &second]), expected);
    }

    #[test]
    fn a_table_that_breaks_off_gives_what_came_before() {
        let whole = [&HEAD[..], &TEXTS].concat();
        for length in 0..whole.len() {
            assert!(raised(vec![&whole[..length]]).is_empty());
        }
        let endless =
            [&HEAD[..], &[0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, b'a']].concat();
        assert!(raised(vec![&endless, &[], &[1]]).is_empty());
    }
}
