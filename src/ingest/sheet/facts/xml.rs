//! XML parts of a workbook: where they are, and their elements one after the other.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use crate::quality::Message;

/// A workbook that is a zip archive.
pub(super) type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What a part holds, one after the other.
pub(super) enum Piece<'e> {
    /// An element begins.
    Begin(&'e str, &'e BytesStart<'e>),
    /// An element ends.
    End(&'e str),
    /// Text, as meant.
    Text(&'e str),
}

/// Reads a part of XML and hands each piece over, elements by their names without the prefix.
///
/// # Errors
/// When it is damaged, or what `see` says.
pub(super) fn read(
    part: impl Read,
    mut see: impl FnMut(Piece<'_>) -> Result<(), Message>,
) -> Result<(), Failure> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
    reader.config_mut().check_end_names = false;
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let seen = match reader.read_event_into(&mut buffer).map_err(|_| Failure::Damaged)? {
            Event::Start(element) => see(Piece::Begin(element.local_name().as_ref(), &element)),
            Event::End(element) => see(Piece::End(element.local_name().as_ref())),
            Event::Text(text) => see(Piece::Text(&text.xml10_content())),
            Event::CData(text) => see(Piece::Text(&text.xml10_content())),
            Event::GeneralRef(name) => match letter(&name) {
                Some(letter) => see(Piece::Text(letter.encode_utf8(&mut [0; 4]))),
                None => Ok(()),
            },
            Event::Eof => return Ok(()),
            _ => Ok(()),
        };
        seen.map_err(Failure::Refused)?;
    }
}

/// Why a part is not read to its end.
#[derive(Debug)]
pub(super) enum Failure {
    /// It is no XML.
    Damaged,
    /// It holds more than is allowed.
    Refused(Message),
}

/// The letter that a reference stands for.
fn letter(name: &BytesRef<'_>) -> Option<char> {
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten(),
    }
}

/// An attribute by its whole name.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let attribute = element.try_get_attribute(name).ok()??;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// An attribute that is a number.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute is there and true.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// The name under which an archive holds a part: letter case and the way of slashes do not count.
pub(super) fn name_of(archive: &Archive<'_>, part: &str) -> Option<String> {
    let plain = |name: &str| name.replace('\\', "/").to_ascii_lowercase();
    let wanted = plain(part);
    let mut names = archive.file_names().filter_map(Result::ok);
    names.find(|name| plain(name) == wanted).map(Cow::into_owned)
}
