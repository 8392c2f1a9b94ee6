//! `methods`: what comes with the program, and what a methodology can name.

use risk_index::index::reference::{Explanation, Group, reference};
use risk_index::language::Language;
use risk_index::message::suggest;
use risk_index::quality::Message;
use risk_index::study::{Bundled, bundled_heads, bundled_text};

use super::console::Console;
use super::outcome::{Failure, Outcome, told};

/// List and print the bundled methodologies, programmes and doubts; explain every step a methodology can name
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the bundled methodologies, programmes and files of doubts
    List(Form),
    /// Print a bundled methodology, programme or file of doubts; save it under another name to change it
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
    let language = console.language();
    let text = match &args.command {
        Command::List(form) => list(form, language)?,
        Command::Show { name } => show(name)?,
        Command::Steps { name, form } => steps(name.as_deref(), form, language)?,
    };
    console.data(&text)?;
    Ok(Outcome::Done)
}

fn list(form: &Form, language: Language) -> Result<String, Failure> {
    let bundled = bundled_heads(language);
    if form.json {
        return json(&bundled);
    }
    let lines = bundled.into_iter().map(|it| {
        let Bundled { name, kind, title, version, status, extends } = it;
        let version = (!version.is_empty())
            .then(|| told!("version {version}", "versiunea {version}"))
            .map(|said| said.text(language).to_owned());
        let status = Some(said(&status, language)).filter(|status| !status.is_empty());
        let extends = extends
            .map(|base| told!("extends `{base}`", "extinde `{base}`").text(language).to_owned());
        let kind = said(kind, language);
        let about = [Some(title), version, status, extends];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("{name:<16} {kind}: {about}\n")
    });
    Ok(lines.collect())
}

/// A kind or a status of a bundled file in words.
fn said(id: &str, language: Language) -> String {
    let ro = match id {
        "methodology" => "metodologie",
        "programme" => "program",
        "robustness" => "robustețe",
        "illustrative" => "ilustrativ",
        "adopted" => "adoptat",
        other => other,
    };
    told!("{id}", "{ro}").text(language).to_owned()
}

fn show(name: &str) -> Result<String, Failure> {
    bundled_text(name).map(str::to_owned).ok_or_else(|| {
        let known: Vec<&str> =
            bundled_heads(Language::En).into_iter().map(|bundled| bundled.name).collect();
        let missing = told!(
            "there is no bundled methodology, programme or file of doubts `{name}`",
            "nu există o metodologie, un program sau un fișier de incertitudini inclus `{name}`",
        );
        unknown(missing, name, &known)
    })
}

fn steps(name: Option<&str>, form: &Form, language: Language) -> Result<String, Failure> {
    let all = reference(language);
    let wanted: Vec<Explanation> = match name {
        None => all,
        Some(name) => {
            let found: Vec<Explanation> =
                all.iter().filter(|entry| entry.name == name).cloned().collect();
            if found.is_empty() {
                let known: Vec<&str> = all.iter().map(|entry| entry.name).collect();
                let missing = told!("there is no step `{name}`", "nu există pasul `{name}`");
                return Err(unknown(missing, name, &known));
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
        text.push_str(&format!("{}\n", group.title(language)));
        entries.into_iter().for_each(|entry| text.push_str(&explained(entry, language)));
    }
    Ok(text)
}

/// One entry, as people read it.
fn explained(entry: &Explanation, language: Language) -> String {
    let mut text = format!("\n{}\n  {}\n", entry.name, entry.summary);
    let mut line = |caption: Message, said: &str| {
        text.push_str(&format!("  {:<10} {said}\n", caption.text(language)));
    };
    line(told!("formula", "formula"), entry.formula);
    for (at, parameter) in entry.parameters.iter().enumerate() {
        let first = told!("parameters", "parametri");
        let caption = if at == 0 { first } else { told!("", "") };
        let default = match parameter.default.as_deref() {
            None => told!(" (must be given)", " (trebuie dat)"),
            Some("none") => told!("", ""),
            Some(default) => told!(" (default {default})", " (implicit {default})"),
        };
        let (name, default) = (&parameter.name, default.text(language));
        line(caption, &format!("{name}{default}: {}", parameter.meaning));
    }
    line(told!("example", "exemplu"), entry.example);
    line(told!("source", "sursă"), entry.source);
    text
}

fn json<T: serde::Serialize>(values: &T) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(values)?;
    Ok(format!("{text}\n"))
}

fn unknown(missing: Message, name: &str, known: &[&str]) -> Failure {
    let failure = Failure::new(missing);
    match suggest(name, known.iter().copied()) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
