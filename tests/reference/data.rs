//! Where the reference data lie, and how a trial tells what it compared.

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;

/// The folder of reference data, when it is set.
fn folder() -> Option<PathBuf> {
    std::env::var_os("RISK_INDEX_REFERENCE_DATA").map(PathBuf::from)
}

/// A trial on the reference data: answers in words what it compared; ignored without the data.
pub(crate) fn trial(name: &str, run: impl FnOnce(&Path) -> String + Send + 'static) -> Trial {
    let Some(folder) = folder() else {
        return Trial::test(name, || Ok(())).with_ignored_flag(true);
    };
    let label = name.to_owned();
    Trial::test(name, move || {
        say(&format!("{label}: {}", run(&folder)));
        Ok(())
    })
}

/// A trial that needs no data.
pub(crate) fn always(name: &str, run: impl FnOnce() -> String + Send + 'static) -> Trial {
    let label = name.to_owned();
    Trial::test(name, move || {
        say(&format!("{label}: {}", run()));
        Ok(())
    })
}

/// Whether the table of match rates is to be written into docs/published.md instead of compared with it.
pub(crate) fn write_page() -> bool {
    std::env::var_os("RISK_INDEX_WRITE_PAGE").is_some()
}

#[expect(clippy::print_stdout, reason = "a trial says what it compared")]
fn say(line: &str) {
    println!("{line}");
}
