//! `schema`: the JSON Schema of a file that users write.

use risk_index::study::schema::{Document, schema};

use super::console::Console;
use super::outcome::{Failure, Outcome};

/// Print the JSON Schema of a study, methodology, programme or file of doubts
///
/// Editors that know JSON Schema complete and check the TOML files with it. Save it beside the file
/// and name it in a first line such as `#:schema ./study.schema.json`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `study`, `methodology`, `programme` or `robustness`
    #[arg(value_name = "FILE", value_parser = document)]
    document: Document,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let text = serde_json::to_string_pretty(&schema(args.document))?;
    console.data(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}

fn document(word: &str) -> Result<Document, String> {
    Document::ALL.into_iter().find(|document| document.name() == word).ok_or_else(|| {
        let known: Vec<String> =
            Document::ALL.iter().map(|document| format!("`{}`", document.name())).collect();
        format!("there is no schema of `{word}`: choose one of {}", known.join(", "))
    })
}
