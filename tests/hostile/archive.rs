//! Archives whose directory may lie, and parts that inflate to anything.

use flate2::{Compress, Compression, FlushCompress};

/// A deflated part: what it says of itself, and its bytes.
pub(crate) struct Packed {
    name: String,
    bytes: Vec<u8>,
    crc: u32,
    size: u32,
}

impl Packed {
    /// A part that inflates to `unit`, so many times over. The blocks of one unit are repeated, so that
    /// gigabytes cost nothing to make; without `checked` its checksum is wrong.
    pub(crate) fn repeated(name: &str, unit: &[u8], times: u32, checked: bool) -> Self {
        // A flush ends a block at a whole byte, and what follows refers to nothing before it, because
        // a unit begins as it did the first time.
        let mut block = Vec::with_capacity(unit.len() + (1 << 16));
        let mut compress = Compress::new(Compression::best(), false);
        compress.compress_vec(unit, &mut block, FlushCompress::Sync).unwrap();
        let mut bytes = block.repeat(times as usize);
        bytes.extend([3, 0]);
        let crc = if checked { (0..times).fold(0, |crc, _| checksum(crc, unit)) } else { 0 };
        let size = u32::try_from(unit.len()).unwrap() * times;
        Self { name: name.to_owned(), bytes, crc, size }
    }

    /// A part with those bytes.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        Self::repeated(name, bytes, 1, true)
    }

    /// The same part, that says it has another size.
    pub(crate) fn lying(mut self, size: u32) -> Self {
        self.size = size;
        self
    }
}

/// The checksum of an archive (CRC-32), continued over more bytes.
fn checksum(before: u32, bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256_u32)
        .map(|at| (0..8).fold(at, |bits, _| (bits >> 1) ^ (0xedb8_8320 * (bits & 1))))
        .collect();
    let step = |crc: u32, byte: &u8| table[usize::from(crc.to_le_bytes()[0] ^ byte)] ^ (crc >> 8);
    !bytes.iter().fold(!before, step)
}

/// An archive of those parts, also of two with the same name.
pub(crate) fn archive(parts: &[Packed]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let at = u32::try_from(file.len()).unwrap();
        let packed = u32::try_from(part.bytes.len()).unwrap();
        let name = u16::try_from(part.name.len()).unwrap();
        let mut both = [20_u16, 0, 8, 0, 0x21].map(u16::to_le_bytes).concat();
        both.extend([part.crc, packed, part.size].map(u32::to_le_bytes).concat());
        both.extend([name, 0].map(u16::to_le_bytes).concat());
        file.extend([b"PK\x03\x04".as_slice(), &both, part.name.as_bytes()].concat());
        file.extend(&part.bytes);
        directory.extend([b"PK\x01\x02".as_slice(), &20_u16.to_le_bytes(), &both].concat());
        directory.extend([0_u16, 0, 0].map(u16::to_le_bytes).concat());
        directory.extend([0, at].map(u32::to_le_bytes).concat());
        directory.extend(part.name.as_bytes());
    }
    let count = u16::try_from(parts.len()).unwrap();
    let (start, length) =
        (u32::try_from(file.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count, count].map(u16::to_le_bytes).concat());
    file.extend([length, start].map(u32::to_le_bytes).concat());
    file.extend([0, 0]);
    file
}
