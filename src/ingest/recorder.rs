//! What a run reads, byte for byte: an archive holds these bytes and no others.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Bytes of the files that were read, by the path under which they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    files: Arc<Mutex<BTreeMap<String, Cow<'static, [u8]>>>>,
}

impl Recorder {
    /// Notes a file that was read. Of a file that is read twice the last bytes count; a run compares
    /// digests, so that a file which changed in between is told.
    pub fn note(&self, path: &str, bytes: Cow<'static, [u8]>) {
        if let Ok(mut files) = self.files.lock() {
            files.insert(path.to_owned(), bytes);
        }
    }

    /// Everything that was read.
    pub fn files(&self) -> BTreeMap<String, Cow<'static, [u8]>> {
        self.files.lock().map(|files| files.clone()).unwrap_or_default()
    }
}
