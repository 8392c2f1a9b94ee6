//! What identifies a run without naming a clock, a machine or a person.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the program and digests of what it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Version of the program (`CARGO_PKG_VERSION`).
    pub version: String,
    /// Creation date in the properties of the workbook, `YYYY-MM-DD`: a date the study declares
    /// (sign-off, act), never the clock. Without one it is 1980-01-01, the epoch of ZIP files.
    pub created: Option<String>,
    /// The files that told the program what to do, in the order of [`Role`].
    pub files: Vec<FileDigest>,
    /// SHA-256 of the tag manifest of the bag in which the run lies: only in a workbook that is made
    /// beside the bag, since a file inside it cannot name the digest of what holds it.
    pub bag: Option<String>,
}

/// A file that told the program what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// What it is.
    pub role: Role,
    /// Bundled name, or path as the user wrote it, with `/`; never absolute.
    pub name: String,
    /// Lower-case hexadecimal SHA-256 of its bytes.
    pub sha256: String,
}

/// What a file told the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Which year, which files.
    Study,
    /// How risk is measured.
    Methodology,
    /// Who is chosen.
    Programme,
    /// What might be otherwise.
    Robustness,
    /// Who is counted.
    Register,
    /// Other names and codes of units.
    Aliases,
}

impl Provenance {
    /// The digest of the first file of that role.
    pub(crate) fn digest(&self, role: Role) -> Option<&str> {
        self.files.iter().find(|file| file.role == role).map(|file| file.sha256.as_str())
    }
}

/// Lower-case hexadecimal SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal SHA-256 of everything a reader gives.
///
/// # Errors
/// Those of the reader.
pub fn sha256_of(reader: &mut dyn Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(&block[..read]),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).expect("a nibble is below 16"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn the_digest_of_nothing_is_the_published_one() {
        // FIPS 180-4 example value for the empty message
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
