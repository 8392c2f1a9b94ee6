//! `methods`: what comes with the program, and what a methodology can name.

use risk_index::index::reference::{Explanation, Group, reference};
use risk_index::language::Language;
use risk_index::message::suggest;
use risk_index::study::{Bundled, bundled_heads, bundled_text};

use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome};

/// List and print the bundled methodologies and programmes; explain every step a methodology can name
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the bundled methodologies and programmes
    List(Form),
    /// Print a bundled methodology or programme; save it under another name to change it
    Show {
        /// Its name, as `methods list` prints it
        name: String,
    },
    /// Explain steps, weights, aggregates, classes and statistics: formula, parameters, example, source
    Steps {
        /// Explain this one only
        name: Option<String>,
        #[command(flatten)]
        form: Form,
    },
}

/// How a list is printed.
#[derive(Debug, clap::Args)]
struct Form {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let text = match &args.command {
        Command::List(form) => list(form)?,
        Command::Show { name } => show(name)?,
        Command::Steps { name, form } => steps(name.as_deref(), form)?,
    };
    console.data(&text)?;
    Ok(Outcome::Done)
}

fn list(form: &Form) -> Result<String, Failure> {
    let bundled = bundled_heads(Language::En);
    if form.json {
        return json(&bundled);
    }
    let lines = bundled.into_iter().map(|it| {
        let Bundled { name, kind, title, version, status, extends } = it;
        let version = if version.is_empty() { version } else { format!(", version {version}") };
        let status = if status.is_empty() { status } else { format!(", {status}") };
        let extends = extends.map_or_else(String::new, |base| format!(", extends `{base}`"));
        format!("{name:<16} {kind}: {title}{version}{status}{extends}\n")
    });
    Ok(lines.collect())
}

fn show(name: &str) -> Result<String, Failure> {
    bundled_text(name).map(str::to_owned).ok_or_else(|| {
        let known: Vec<&str> =
            bundled_heads(Language::En).into_iter().map(|bundled| bundled.name).collect();
        unknown("bundled methodology or programme", name, &known)
    })
}

fn steps(name: Option<&str>, form: &Form) -> Result<String, Failure> {
    let all = reference();
    let wanted: Vec<Explanation> = match name {
        None => all,
        Some(name) => {
            let found: Vec<Explanation> =
                all.iter().filter(|entry| entry.name == name).cloned().collect();
            if found.is_empty() {
                let known: Vec<&str> = all.iter().map(|entry| entry.name).collect();
                return Err(unknown("step", name, &known));
            }
            found
        }
    };
    if form.json {
        return json(&wanted);
    }
    let mut text = String::new();
    for group in Group::ALL {
        let entries: Vec<&Explanation> =
            wanted.iter().filter(|entry| entry.group == group).collect();
        if entries.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{}\n", group.title()));
        entries.into_iter().for_each(|entry| text.push_str(&explained(entry)));
    }
    Ok(text)
}

/// One entry, as people read it.
fn explained(entry: &Explanation) -> String {
    let mut text = format!("\n{}\n  {}\n", entry.name, entry.summary);
    text.push_str(&format!("  formula    {}\n", entry.formula));
    for (at, parameter) in entry.parameters.iter().enumerate() {
        let caption = if at == 0 { "parameters" } else { "" };
        let default = match parameter.default.as_deref() {
            None => " (must be given)".to_owned(),
            Some("none") => String::new(),
            Some(default) => format!(" (default {default})"),
        };
        text.push_str(&format!(
            "  {caption:<10} {}{default}: {}\n",
            parameter.name, parameter.meaning
        ));
    }
    text.push_str(&format!("  example    {}\n  source     {}\n", entry.example, entry.source));
    text
}

fn json<T: serde::Serialize>(values: &T) -> Result<String, Failure> {
    let text =
        serde_json::to_string_pretty(values).context(|| "cannot be written as JSON".to_owned())?;
    Ok(format!("{text}\n"))
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Failure {
    let failure = Failure::new(format!("there is no {what} `{name}`"));
    match suggest(name, known.iter().copied()) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
