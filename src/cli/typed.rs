//! What was typed: the command line parsed, with help and errors in the language that it asks for.

use std::any::TypeId;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _, Error, FromArgMatches as _};

use super::Cli;
use super::console::language_of_environment;
use super::outcome::Failure;
use super::romanian::{COMMANDS, EXIT_CODES, HELP, SHARED, Said, VALUES};
use risk_index::language::Language;

/// Parses the words of a command line; where there is nothing to carry out, it was said why.
pub(super) fn parsed(words: &[OsString]) -> Result<Cli, ExitCode> {
    let language = language(words);
    let mut command = match language {
        Language::En => Cli::command(),
        Language::Ro => in_romanian(Cli::command()),
    };
    let matches = command.try_get_matches_from_mut(words);
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| {
        if language == Language::Ro
            && let Some(failure) = (Refused { error: &error, words }).failure(&command)
        {
            return failure.report(language);
        }
        // nothing is left to do when even the terminal is closed
        error.print().ok();
        if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
    })
}

/// The language in which to say what is wrong with the words themselves: that of `--lang` among them, else
/// that of the environment, else English.
fn language(words: &[OsString]) -> Language {
    let options = || words.iter().take_while(|word| *word != "--").filter_map(|word| word.to_str());
    let after = options().zip(options().skip(1)).filter(|(option, _)| *option == "--lang");
    let asked = after.map(|(_, value)| value);
    let glued = options().filter_map(|word| word.strip_prefix("--lang="));
    let asked = asked.chain(glued).find_map(|word| word.parse().ok());
    let environment = || language_of_environment().ok().flatten();
    asked.or_else(environment).unwrap_or(Language::En)
}

/// What stands around the texts of a help page.
const TEMPLATE: &str = "{about-with-newline}\nUtilizare: {usage}\n\n{all-args}{after-help}";

/// The command with its texts in Romanian.
fn in_romanian(mut command: Command) -> Command {
    // help, version and what all commands share become arguments of each
    command.build();
    translated(command, "").after_help(EXIT_CODES)
}

/// A command and those below it. `path` are its words behind the name of the program.
fn translated(command: Command, path: &str) -> Command {
    let said = said(path);
    let about = said.map_or(HELP, |said| said.about);
    let mut command = command
        .mut_args(|argument| argument_in_romanian(argument, said))
        .mut_subcommands(|below| {
            let path = format!("{path} {}", below.get_name());
            translated(below, path.trim_start())
        })
        .about(summary(about))
        .help_template(TEMPLATE)
        .subcommand_help_heading("Comenzi")
        .subcommand_value_name("COMANDĂ");
    if summary(about) != about {
        command = command.long_about(about);
    }
    let usage = command.render_usage().to_string().replace("[OPTIONS]", "[OPȚIUNI]");
    command.override_usage(usage.trim_start_matches(USAGE).to_owned())
}

/// What stands before a usage.
const USAGE: &str = "Usage: ";

/// What is said of a command; the commands below `help` are those that it explains.
fn said(path: &str) -> Option<&'static Said> {
    let path = path.replace("help ", "");
    COMMANDS.iter().find(|said| said.command == path)
}

/// What is said of an argument: by its command, else by all.
fn text_of(id: &str, said: Option<&'static Said>) -> Option<&'static str> {
    let own = said.map_or(&[][..], |said| said.arguments);
    own.iter().chain(SHARED).find(|(known, _)| *known == id).map(|(_, text)| *text)
}

fn argument_in_romanian(argument: Arg, said: Option<&'static Said>) -> Arg {
    let text = text_of(argument.get_id().as_str(), said).unwrap_or_default();
    let names = argument.get_value_names().unwrap_or_default().iter();
    let names: Vec<&'static str> = names.map(|name| value_in_romanian(name)).collect();
    let heading = match argument.get_help_heading() {
        Some(_) => "Limite pentru fișierele de intrare",
        None if argument.is_positional() => "Argumente",
        None => "Opțiuni",
    };
    let defaults: Vec<_> = argument.get_default_values().iter().map(|it| it.display()).collect();
    let is_told = argument.get_action().takes_values() && !defaults.is_empty();
    let default = if is_told {
        let defaults: Vec<String> = defaults.iter().map(ToString::to_string).collect();
        format!(" [implicit: {}]", defaults.join(" "))
    } else {
        String::new()
    };
    let is_long = summary(text) != text;
    let argument = argument
        .help(format!("{}{default}", summary(text)))
        .help_heading(heading)
        .hide_default_value(true);
    let argument = if names.is_empty() { argument } else { argument.value_names(names) };
    argument.long_help(if is_long {
        Resettable::Value(format!("{text}{default}").into())
    } else {
        Resettable::Reset
    })
}

fn value_in_romanian(name: &str) -> &'static str {
    VALUES.iter().find(|(known, _)| *known == name).map_or("VALOARE", |(_, romanian)| romanian)
}

/// What stands before the first empty line of a text.
fn summary(text: &'static str) -> &'static str {
    text.split("\n\n").next().unwrap_or(text)
}

/// Values as a sentence names them.
fn quoted(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => {
            let quoted: Vec<String> = several.iter().map(|one| format!("`{one}`")).collect();
            quoted.join(", ")
        }
        one => format!("`{one}`"),
    }
}

/// A command line that cannot be carried out.
struct Refused<'a> {
    error: &'a Error,
    words: &'a [OsString],
}

impl Refused<'_> {
    /// What is wrong with it, in Romanian; nothing where help was asked for.
    fn failure(&self, program: &Command) -> Option<Failure> {
        let sentence = self.sentence()?;
        let near = [
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ];
        let near = near.into_iter().filter_map(|kind| self.error.get(kind));
        let mut hints: Vec<String> =
            near.map(|near| format!("ați vrut să scrieți {}?", quoted(near))).collect();
        let (command, name) = self.command(program);
        hints.extend(self.expected(command));
        hints.push(format!("`{name} --help` arată ce se poate scrie"));
        Some(Failure::in_romanian(sentence, hints.join(" ")))
    }

    /// The command that refused it, and its name with that of the program.
    fn command<'c>(&self, program: &'c Command) -> (&'c Command, String) {
        let words = self.words.iter().filter_map(|word| word.to_str());
        words.skip(1).fold((program, program.get_name().to_owned()), |(command, name), word| {
            match command.find_subcommand(word) {
                Some(below) => (below, format!("{name} {word}")),
                None => (command, name),
            }
        })
    }

    fn quoted(&self, kind: ContextKind) -> String {
        self.error.get(kind).map_or_else(|| "…".to_owned(), quoted)
    }

    fn sentence(&self) -> Option<String> {
        let argument = || self.quoted(ContextKind::InvalidArg);
        let value = || self.quoted(ContextKind::InvalidValue);
        Some(match self.error.kind() {
            ErrorKind::UnknownArgument => format!("argument neașteptat: {}", argument()),
            ErrorKind::InvalidSubcommand => {
                format!("comandă necunoscută: {}", self.quoted(ContextKind::InvalidSubcommand))
            }
            ErrorKind::MissingSubcommand => {
                format!("lipsește comanda; sunt: {}", self.quoted(ContextKind::ValidSubcommand))
            }
            ErrorKind::MissingRequiredArgument => format!("nu este dat: {}", argument()),
            ErrorKind::InvalidValue if self.is_without_value() => {
                format!("{} cere o valoare", argument())
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                format!("{} nu se potrivește la {}", value(), argument())
            }
            ErrorKind::TooManyValues => format!("{} este în plus la {}", value(), argument()),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("numărul de valori nu se potrivește la {}", argument())
            }
            ErrorKind::NoEquals => format!("{} cere `=` înaintea valorii", argument()),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::InvalidUtf8 => "un argument nu este text UTF-8".to_owned(),
            // help and versions are no errors; others come from the system
            _ => return None,
        })
    }

    fn is_without_value(&self) -> bool {
        let value = self.error.get(ContextKind::InvalidValue);
        value.is_none_or(|value| value.to_string().is_empty())
    }

    fn conflict(&self) -> String {
        let argument = self.quoted(ContextKind::InvalidArg);
        let prior = self.quoted(ContextKind::PriorArg);
        if argument == prior {
            format!("{argument} este dat de mai multe ori")
        } else {
            format!("{argument} nu se folosește împreună cu {prior}")
        }
    }

    /// What the argument takes whose value was refused: a number, else what its help says.
    fn expected(&self, command: &Command) -> Option<String> {
        if !matches!(self.error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
            return None;
        }
        let shown = self.error.get(ContextKind::InvalidArg)?.to_string();
        let argument = command.get_arguments().find(|argument| argument.to_string() == shown)?;
        let parser = argument.get_value_parser().type_id();
        if parser == TypeId::of::<u32>() {
            return Some(format!("este nevoie de un număr întreg de la 1 la {}.", u32::MAX));
        }
        if parser == TypeId::of::<u64>() || parser == TypeId::of::<usize>() {
            return Some(format!("este nevoie de un număr întreg de la 0 la {}.", u64::MAX));
        }
        argument.get_help().map(|help| format!("{shown}: {help}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command that is shown, with its path.
    fn walk(command: &Command, path: &str, seen: &mut dyn FnMut(&Command, &str)) {
        seen(command, path);
        for below in
            command.get_subcommands().filter(|it| !it.is_hide_set() && it.get_name() != "help")
        {
            walk(below, format!("{path} {}", below.get_name()).trim_start(), seen);
        }
    }

    #[test]
    fn every_command_and_every_argument_has_a_romanian_text_and_no_text_is_idle() {
        let mut command = Cli::command();
        command.build();
        let (mut missing, mut used) = (Vec::new(), Vec::new());
        walk(&command, "", &mut |command, path| {
            let Some(said) = said(path) else { return missing.push(path.to_owned()) };
            used.push(path.to_owned());
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let own = said.arguments.iter().any(|(known, _)| *known == id);
                match text_of(id, Some(said)) {
                    Some(text) => {
                        assert!(!text.is_empty() && argument.get_help().is_some(), "{path} {id}");
                        used.push(if own { format!("{path} {id}") } else { format!("* {id}") });
                    }
                    None => missing.push(format!("{path} {id}")),
                }
                for name in argument.get_value_names().unwrap_or_default() {
                    let is_known = VALUES.iter().any(|(known, _)| *known == name.as_str());
                    let is_flag = !argument.get_action().takes_values();
                    assert!(is_known || is_flag, "{path} {id}: {name}");
                }
            }
        });
        assert!(missing.is_empty(), "no Romanian text: {missing:?}");
        for said in COMMANDS {
            assert!(used.iter().any(|path| path == said.command), "{}", said.command);
            for (id, _) in said.arguments {
                let path = format!("{} {id}", said.command);
                assert!(used.contains(&path), "idle: {path}");
            }
        }
        for (id, _) in SHARED {
            assert!(used.contains(&format!("* {id}")), "idle: {id}");
        }
    }

    #[test]
    fn the_long_help_says_more_where_it_does_in_english() {
        let mut command = Cli::command();
        command.build();
        walk(&command, "", &mut |command, path| {
            let text = said(path).unwrap().about;
            let is_long = command.get_long_about().is_some();
            assert_eq!(is_long, summary(text) != text, "{path}");
        });
    }

    #[test]
    fn the_language_is_that_of_the_line() {
        let of = |line: &str| language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("risk-index check --lang ro"), Language::Ro);
        assert_eq!(of("risk-index --lang=ro check --nimic"), Language::Ro);
        assert_eq!(of("risk-index check --lang de"), Language::En);
        assert_eq!(of("risk-index check -- --lang ro"), Language::En);
    }
}
