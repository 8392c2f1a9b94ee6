//! Keeps a panic inside the reader of a damaged file from ending the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::quality::{Message, message};

thread_local! {
    /// Whether this thread is inside a reader, whose panics are told as findings and not printed.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// What a reader read. The libraries that read workbooks trust numbers in the file here and there, and
/// panic where arithmetic on one of them overflows or a position is not there.
///
/// # Errors
/// Those of the reader; that the file is damaged, where it panicked.
pub(super) fn caught<T>(read: impl FnOnce() -> Result<T, Message>) -> Result<T, Message> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !READING.get() {
                others(panic);
            }
        }));
    });
    let outer = READING.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    READING.set(outer);
    read.unwrap_or_else(|_| {
        Err(message!(
            "the reader stopped: the file is damaged",
            "cititorul s-a oprit: fișierul este deteriorat",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_an_error() {
        let rows = u32::MAX;
        let read = caught(|| Ok(rows.checked_add(1).expect("the file says so")));
        assert_eq!(read.unwrap_err().en, "the reader stopped: the file is damaged");
        assert_eq!(caught(|| Ok(7)).unwrap(), 7);
    }
}
