//! How the bytes of a text file become letters.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1250};

use crate::message::ingest::sheet as message;
use crate::quality::Message;

/// A text and how its bytes were read.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    /// The letters.
    pub(super) text: Cow<'b, str>,
    /// Name of the encoding, lower case (`utf-8`, `windows-1250`).
    pub(super) name: String,
    /// Why that encoding.
    pub(super) reason: Reason,
    /// Whether some bytes mean nothing in that encoding.
    pub(super) damaged: bool,
}

/// Why bytes are read in an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Their byte order mark is that of the encoding.
    ByteOrderMark,
    /// The study declares it.
    Declared,
    /// They are valid in it.
    ValidUtf8,
    /// They are not valid UTF-8.
    NotUtf8,
}

impl Reason {
    /// In words.
    pub(super) fn words(self) -> Message {
        match self {
            Self::ByteOrderMark => message::byte_order_mark(),
            Self::Declared => message::study_says_so(),
            Self::ValidUtf8 => message::valid_utf_8(),
            Self::NotUtf8 => message::not_utf_8(),
        }
    }
}

impl Decoded<'_> {
    /// Whether it is what everybody expects: UTF-8 by its bytes.
    pub(super) fn is_plain(&self) -> bool {
        let by_bytes = matches!(self.reason, Reason::ByteOrderMark | Reason::ValidUtf8);
        by_bytes && self.name.eq_ignore_ascii_case(UTF_8.name())
    }
}

/// Reads bytes as letters: a byte order mark decides, then the declared encoding, then strict UTF-8,
/// else Windows-1250, which for the ten Romanian letters has the bytes of ISO-8859-2 and -16.
///
/// # Errors
/// That no encoding is called as declared.
pub(super) fn decode<'b>(
    bytes: Cow<'b, [u8]>,
    declared: Option<&str>,
) -> Result<Decoded<'b>, Message> {
    let known = |label: &str| {
        Encoding::for_label(label.as_bytes()).ok_or_else(|| message::no_encoding(label))
    };
    let wanted = declared.map(known).transpose()?;
    let name = |encoding: &'static Encoding| encoding.name().to_ascii_lowercase();
    let (encoding, reason, bytes) = if let Some((marked, _)) = Encoding::for_bom(&bytes) {
        (marked, Reason::ByteOrderMark, bytes)
    } else if let Some(encoding) = wanted {
        (encoding, Reason::Declared, bytes)
    } else {
        match utf_8(bytes) {
            Ok(text) => {
                let (name, reason) = (name(UTF_8), Reason::ValidUtf8);
                return Ok(Decoded { text, name, reason, damaged: false });
            }
            Err(bytes) => (WINDOWS_1250, Reason::NotUtf8, bytes),
        }
    };
    let (text, damaged) = match bytes {
        Cow::Borrowed(bytes) => {
            let (text, _, damaged) = encoding.decode(bytes);
            (text, damaged)
        }
        Cow::Owned(bytes) => {
            let (text, _, damaged) = encoding.decode(&bytes);
            (Cow::Owned(text.into_owned()), damaged)
        }
    };
    Ok(Decoded { text, name: name(encoding), reason, damaged })
}

/// The text in the memory of its bytes, or the bytes where they are not UTF-8.
fn utf_8(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Cow<'_, [u8]>> {
    match bytes {
        Cow::Borrowed(bytes) => {
            str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| Cow::Borrowed(bytes))
        }
        Cow::Owned(bytes) => {
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| Cow::Owned(error.into_bytes()))
        }
    }
}

/// Signs that the letters of a Romanian name went through a wrong encoding on their way to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Damage {
    /// Letters that Romanian does not have where it has ș, ț, ă: another encoding reads them right.
    WrongLetters,
    /// A question mark or replacement sign where a letter was: nothing can bring it back.
    Lost,
}

/// Whether a name shows that it was decoded wrongly or damaged before.
pub(in crate::ingest) fn damage(name: &str) -> Option<Damage> {
    if name.is_ascii() && !name.contains('?') {
        return None;
    }
    if name.contains(['?', '\u{fffd}']) {
        return Some(Damage::Lost);
    }
    let wrong = ['º', 'ª', 'þ', 'Þ', 'ã', 'Ã', 'õ', 'Õ', 'Ä', 'Å', 'È', 'ī', 'Ī', 'ā', '›', '™'];
    name.contains(wrong).then_some(Damage::WrongLetters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(bytes: &[u8], declared: Option<&str>, text: &str, name: &str) {
        for bytes in [Cow::Borrowed(bytes), Cow::Owned(bytes.to_vec())] {
            let decoded = decode(bytes, declared).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.name.as_str()), (text, name));
        }
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_not_part_of_the_text() {
        reads(b"\xef\xbb\xbfIa\xc8\x99i", None, "Iași", "utf-8");
        reads(b"\xff\xfeI\0a\0\x19\x02i\0", None, "Iași", "utf-16le");
        reads(b"\xfe\xff\0I\0a\x02\x19\0i", None, "Iași", "utf-16be");
    }

    #[test]
    fn what_is_not_utf_8_is_read_as_windows_1250_unless_declared() {
        reads(b"Ia\xbai", None, "Iaşi", "windows-1250");
        reads(b"Ia\xbai", Some("iso-8859-2"), "Iaşi", "iso-8859-2");
        reads(b"Ia\xbai", Some("iso-8859-16"), "Iași", "iso-8859-16");
        reads(b"Iasi", None, "Iasi", "utf-8");
    }

    #[test]
    fn an_unknown_encoding_is_refused() {
        assert!(
            decode(Cow::Borrowed(b""), Some("cp-romana")).unwrap_err().en.contains("`cp-romana`")
        );
    }

    #[test]
    fn wrong_letters_in_names_are_seen() {
        assert_eq!(damage("Iaºi"), Some(Damage::WrongLetters));
        assert_eq!(damage("Timiþ"), Some(Damage::WrongLetters));
        assert_eq!(damage("CARA?-SEVERIN"), Some(Damage::Lost));
        assert_eq!(damage("Bucure\u{fffd}ti"), Some(Damage::Lost));
        for sound in ["Iași", "Iaşi", "Târgu Mureş", "Odorheiu Secuiesc", "Gîrbova", "Székely"]
        {
            assert_eq!(damage(sound), None, "{sound}");
        }
    }
}
