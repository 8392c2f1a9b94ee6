//! Random numbers that are the same everywhere, and random damage to bytes.

/// `SplitMix64` (Steele, Lea, Flood 2014), the generator that seeds others.
pub(super) struct Random(u64);

impl Random {
    /// The numbers of one input of one seed, whatever came before it.
    pub(super) fn of(seed: u64, number: u64) -> Self {
        let mut random = Self(seed);
        let first = random.next();
        Self(first ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below another, which is not zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Whether something happens once in so many times.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(super) fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.below(from.len())]
    }

    /// A range inside a length, short more often than long.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = [1, 4, 32, 512][self.below(4)];
        start..(start + 1 + self.below(most)).min(length).max(start)
    }

    /// Damages bytes in one to six places; `words` are what the format takes seriously.
    pub(super) fn damage(&mut self, bytes: &mut Vec<u8>, words: &[&str]) {
        for _ in 0..=self.below(6) {
            let range = self.range(bytes.len());
            match self.below(9) {
                0 => {
                    if let Some(byte) = bytes.get_mut(range.start) {
                        *byte ^= 1 << (self.next() % 8);
                    }
                }
                1 => {
                    if let Some(byte) = bytes.get_mut(range.start) {
                        *byte = [0, 0xff, 0x7f, 0x80, b'"', b'\n', b'<', b'&'][self.below(8)];
                    }
                }
                2 => drop(bytes.drain(range)),
                3 => {
                    let copy = bytes[range.clone()].to_vec();
                    bytes.splice(range.start..range.start, copy);
                }
                4 => {
                    let noise: Vec<u8> =
                        range.clone().map(|_| self.next().to_le_bytes()[0]).collect();
                    bytes.splice(range, noise);
                }
                5 => {
                    let number = [0, 1, u64::MAX, 1 << 31, 0xffff, self.next()][self.below(6)];
                    let width = [2, 4, 8][self.below(3)];
                    let end = (range.start + width).min(bytes.len());
                    let count = end - range.start;
                    bytes[range.start..end].copy_from_slice(&number.to_le_bytes()[..count]);
                }
                6 if self.once_in(3) => bytes.truncate(range.start),
                _ => {
                    let word = self.pick(words).bytes();
                    let at = if self.once_in(2) { range.clone() } else { range.start..range.start };
                    bytes.splice(at, word);
                }
            }
        }
    }

    /// The same for a text.
    pub(super) fn damage_text(&mut self, text: &str, words: &[&str]) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(4) {
            let range = self.range(letters.len());
            match self.below(6) {
                0 => drop(letters.drain(range)),
                1 if range.start + 1 < letters.len() => letters.swap(range.start, range.start + 1),
                2 => {
                    let copy = letters[range.clone()].to_vec();
                    letters.splice(range.start..range.start, copy);
                }
                3 => {
                    let letter = char::from_u32(u32::try_from(self.next() % 0x0250).unwrap());
                    letters.splice(range.start..range.start, letter);
                }
                _ => {
                    let word = self.pick(words);
                    let at = if self.once_in(2) { range.clone() } else { range.start..range.start };
                    letters.splice(at, word.chars());
                }
            }
        }
        letters.into_iter().collect()
    }
}
