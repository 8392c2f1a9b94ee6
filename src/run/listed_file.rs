//! A file that holds a list, as one of the files that a run read.

use crate::ingest::Inputs;
use crate::message::selection::lists as message;
use crate::observation::InputFile;
use crate::quality::Finding;
use crate::report::sha256;
use crate::study::ListSource;

/// The file of a list among those of a run, and the finding that it is not the pinned one.
pub(super) fn input_file(
    list: &ListSource,
    inputs: &Inputs,
    rows: usize,
) -> Option<(InputFile, Option<Finding>)> {
    let bytes = inputs.bytes(&list.file).ok()?;
    let digest = sha256(&bytes);
    let pin = list.sha256.as_ref().filter(|pin| **pin != digest);
    let finding = pin.map(|pin| message::pin_differs(&list.id, &list.file, &digest, pin));
    let ending = list.file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let workbook = ["xlsx", "xls", "xlsb", "ods"].contains(&ending.as_str());
    let file = InputFile {
        source: list.id.clone(),
        path: list.file.clone(),
        sha256: Some(digest),
        bytes: Some(bytes.len() as u64),
        format: if workbook { ending } else { "text".to_owned() },
        sheets: Vec::new(),
        encoding: None,
        delimiter: None,
        rows_used: rows as u64,
    };
    Some((file, finding))
}
