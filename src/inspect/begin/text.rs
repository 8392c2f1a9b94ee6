//! The text of a new study: what to mend at the top, then its sources as they were fitted.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::fit::{By, Fit, Fitted, Taken};
use super::offer::Offer;
use super::{is_boundaries, vocabulary};
use crate::inspect::sketch::{identifier, quoted};
use crate::language::{Language, Words};
use crate::message::begin as message;
use crate::observation::{Counts, Nature};
use crate::quality::Message;

/// The longest line of a comment.
const WIDTH: usize = 100;

const REGISTER: &str = "
[register]                               # who is counted
bundled = \"ro-uat-2025\"
";

/// A study without sources, with examples in comments.
pub(super) fn empty(language: Language) -> String {
    let [head, notes, example] = match language {
        Language::En => [HEAD.en, NOTES.en, EXAMPLE.en],
        Language::Ro => [HEAD.ro, NOTES.ro, EXAMPLE.ro],
    };
    format!("{head}{}{notes}{REGISTER}{example}", study_table(None, "irc"))
}

const HEAD: Words = Words::new(
    "\
# Un studiu: ce an, ce fișiere. `risk-index init --from DOSAR` îl scrie din fișierele unui dosar, cu tot
# ce știe despre ele; acesta este gol. Rândurile cu `#` arată ce poate sta în el.

",
    "\
# A study: which year, which files. `risk-index init --from FOLDER` writes it from the files of a folder,
# with all it knows of them; this one is empty. Lines that begin with `#` say what may stand there.

",
);

const NOTES: Words = Words::new(
    "\
# notice    = { ro = \"Date provizorii\", en = \"Provisional data\" }    # tipărit pe fiecare pagină
# omit      = { poverty = \"încă fără sursă\" }                        # indicatori lăsați deoparte, cu motiv
",
    "\
# notice    = { ro = \"Date provizorii\", en = \"Provisional data\" }    # printed on every page
# omit      = { poverty = \"no source yet\" }                          # indicators left out, with a reason
",
);

const EXAMPLE: Words = Words::new(
    "\
# aliases = \"aliases.csv\"                # nume scrise altfel în fișiere; `check --aliases` le propune

# [[accept]]                             # ce a verificat cineva; `check` tipărește acest bloc
# finding = \"near-match\"
# source  = \"population\"
# unit    = \"Apa, Satu Mare\"             # sau `text` ori `cell`; fără ele, orice unitate
# count   = 1                            # câte au fost verificate; dacă sunt mai multe, nu se acceptă niciuna
# reason  = \"secretarul județului a confirmat scrierea\"

# Câte un bloc pentru fiecare fișier. `risk-index inspect --source FIȘIER >> study.toml` îl scrie.
#
# [[source]]
# id        = \"population\"
# file      = \"inputs/POP107D_*.csv\"     # un fișier, sau un tipar pentru mai multe de același fel
# layout    = \"tempo\"                    # INS TEMPO; fără el, un tabel obișnuit
# publisher = \"INS\"
# reference = \"2024-01-01\"
# [[source.measure]]
# id     = \"total\"
# nature = \"count\"                       # count | rate | amount | category | text
# counts = \"persons\"                     # persons | families | cases
# where  = { \"Varste si grupe de varsta\" = \"Total\", \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }
#
# [[source]]
# id      = \"vmg\"
# file    = \"inputs/vmg.xlsx\"
# sheet   = \"2023\"
# header  = [4, 5]                       # rândurile antetului
# key     = { code = \"SIRUTA\" }          # sau { name = \"UAT\", county = \"Județ\" }, sau { county = \"Județ\" }
# [[source.measure]]
# id     = \"families\"
# column = \"Nr. dosare\"
# nature = \"count\"
# counts = \"families\"
",
    "\
# aliases = \"aliases.csv\"                # names that files write otherwise; `check --aliases` proposes them

# [[accept]]                             # what somebody looked at; `check` prints this block
# finding = \"near-match\"
# source  = \"population\"
# unit    = \"Apa, Satu Mare\"             # or `text` or `cell`; without them every unit
# count   = 1                            # how many were looked at; where there are more, none is accepted
# reason  = \"the clerk of the county confirmed the spelling\"

# One block for each file. `risk-index inspect --source FILE >> study.toml` writes it for you.
#
# [[source]]
# id        = \"population\"
# file      = \"inputs/POP107D_*.csv\"     # a file, or a pattern for several of one kind
# layout    = \"tempo\"                    # INS TEMPO; leave it out for ordinary tables
# publisher = \"INS\"
# reference = \"2024-01-01\"
# [[source.measure]]
# id     = \"total\"
# nature = \"count\"                       # count | rate | amount | category | text
# counts = \"persons\"                     # persons | families | cases
# where  = { \"Varste si grupe de varsta\" = \"Total\", \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }
#
# [[source]]
# id      = \"vmg\"
# file    = \"inputs/vmg.xlsx\"
# sheet   = \"2023\"
# header  = [4, 5]                       # rows of the header
# key     = { code = \"SIRUTA\" }          # or { name = \"UAT\", county = \"Judet\" }, or { county = \"Judet\" }
# [[source.measure]]
# id     = \"families\"
# column = \"Nr. dosare\"
# nature = \"count\"
# counts = \"families\"
",
);

/// The table `[study]`.
pub(super) fn study_table(year: Option<u16>, methodology: &str) -> String {
    let title = message::title(year);
    format!(
        "[study]\ntitle       = {{ ro = {}, en = {} }}\nlang        = \"ro\"                       # ro | en: \
         language of reports\nmethodology = {}\n",
        quoted(&title.ro),
        quoted(&title.en),
        quoted(methodology)
    )
}

/// The methodology of a study with measures under other names than the bundled one gives them; nothing
/// where it is that one.
pub(super) fn methodology(fit: &Fit, language: Language) -> Option<String> {
    let renamed = fit.renamed();
    if renamed.is_empty() {
        return None;
    }
    let said = message::own_methodology(fit.methodology);
    let mut text = wrapped(said.text(language), "# ", "# ");
    text.push_str("\n[methodology]\n");
    line(&mut text, "id", &quoted(&format!("{}-own", fit.methodology)));
    line(&mut text, "version", &quoted("1"));
    line(&mut text, "extends", &quoted(fit.methodology));
    for (indicator, value) in renamed {
        text.push_str("\n[[indicator]]\n");
        line(&mut text, "id", &quoted(indicator));
        line(&mut text, "value", &quoted(&value));
    }
    Some(text)
}

/// The key `omit`: indicators with the reason why each is left out.
pub(super) fn omit(indicators: &[(String, Message)], language: Language) -> String {
    let entries: Vec<String> = indicators
        .iter()
        .map(|(id, reason)| format!("{id} = {}", quoted(reason.text(language))))
        .collect();
    if entries.is_empty() {
        String::new()
    } else {
        format!("omit        = {{ {} }}\n", entries.join(", "))
    }
}

/// The table `[register]`, of these counties where there are any.
pub(super) fn register(counties: &[String]) -> String {
    if counties.is_empty() {
        return REGISTER.to_owned();
    }
    let names: Vec<String> = counties.iter().map(|county| format!("'{county}'")).collect();
    let chosen = format!("county IN ({})", names.join(", "));
    format!("{REGISTER}where   = {}\n", quoted(&chosen))
}

/// A list of sentences as comments, numbered where their order matters.
pub(super) fn comments(
    head: &Message,
    items: &[Message],
    numbered: bool,
    language: Language,
) -> String {
    let mut text = wrapped(head.text(language), "# ", "# ");
    for (number, item) in (1..).zip(items) {
        let first = if numbered { format!("# {number:>2}. ") } else { "#  -  ".to_owned() };
        text.push_str(&wrapped(item.text(language), &first, "#     "));
    }
    text
}

/// A sentence as lines of a comment.
pub(super) fn wrapped(text: &str, first: &str, next: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !is_empty && line.chars().count() + word.chars().count() >= WIDTH {
            lines.push_str(line.trim_end());
            lines.push('\n');
            next.clone_into(&mut line);
        } else if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

/// The block of a fitted source. `file` is what the study calls its file.
pub(super) fn source(fitted: &Fitted, offer: &Offer, file: &str, language: Language) -> String {
    let mut text = String::from("\n");
    for taken in &fitted.measures {
        let known = known_by(&fitted.name(taken), taken, offer);
        text.push_str(&wrapped(known.text(language), "# ", "#   "));
    }
    for note in &offer.notes {
        text.push_str(&wrapped(note, "# ", "#   "));
    }
    text.push_str("[[source]]\n");
    line(&mut text, "id", &quoted(&fitted.id));
    line(&mut text, "file", &quoted(file));
    for (key, value) in &offer.block {
        match (key.as_str(), value) {
            ("missing", Value::Table(marks)) => {
                let marks = standing(marks, fitted, offer);
                if !marks.is_empty() {
                    line(&mut text, key, &format!("{{ {} }}", marks.join(", ")));
                }
            }
            _ => line(&mut text, key, &value.to_string()),
        }
    }
    if let Some(period) = fitted.period().filter(|_| !offer.block.contains_key("reference")) {
        line(&mut text, "reference", &quoted(&period.text()));
    }
    if fitted.measures.iter().any(|taken| taken.term.measure[0] == "population")
        && let Some(concept) = vocabulary::concept([&offer.title, &offer.sheet, &offer.name])
        && !offer.block.contains_key("concept")
    {
        line(&mut text, "concept", &quoted(concept));
    }
    for taken in &fitted.measures {
        measure(&mut text, taken, offer);
    }
    text
}

/// The block of an offer with the first of its measures, to try it by; `None` when it has none.
pub(super) fn first_measure(offer: &Offer) -> Option<String> {
    let measure = offer.measures.first()?;
    let mut text = String::from("\n[[source]]\n");
    line(&mut text, "id", &quoted("tried"));
    line(&mut text, "file", &quoted(&offer.path));
    for (key, value) in &offer.block {
        line(&mut text, key, &value.to_string());
    }
    text.push_str("[[source.measure]]\n");
    for (key, value) in &measure.declared {
        line(&mut text, key, &value.to_string());
    }
    Some(text)
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key:<9} = {value}").expect("a String takes all");
}

/// The marks that stand in the columns that are taken, each with its meaning; those of labels were not
/// counted and stay.
fn standing(marks: &Table, fitted: &Fitted, offer: &Offer) -> Vec<String> {
    let columns = || fitted.measures.iter().map(|taken| &offer.measures[taken.at]);
    let stands = |mark: &String| {
        columns().any(|column| {
            column.whole.is_none() || column.marks.iter().any(|(known, _)| known == mark)
        })
    };
    let standing = marks.iter().filter(|(mark, _)| stands(mark));
    standing.map(|(mark, meaning)| format!("{} = {meaning}", quoted(mark))).collect()
}

fn measure(text: &mut String, taken: &Taken, offer: &Offer) {
    let declared = &offer.measures[taken.at].declared;
    let nature = match taken.term.nature {
        Nature::Count => "count",
        Nature::Rate => "rate",
        Nature::Amount => "amount",
        Nature::Category => "category",
        Nature::Text => "text",
    };
    let counts = taken.term.counts.map(|counts| match counts {
        Counts::Persons => "persons",
        Counts::Families => "families",
        Counts::Cases => "cases",
    });
    text.push_str("[[source.measure]]\n");
    line(text, "id", &quoted(taken.term.measure[1]));
    for (key, value) in declared {
        if !["id", "nature", "counts"].contains(&key.as_str()) {
            line(text, key, &value.to_string());
        }
    }
    line(text, "nature", &quoted(nature));
    if let Some(counts) = counts {
        line(text, "counts", &quoted(counts));
    }
}

fn known_by(name: &str, taken: &Taken, offer: &Offer) -> Message {
    let by = match taken.by {
        By::Header => message::BY_HEADER,
        By::Title => message::BY_TITLE,
        By::Doubt => message::BY_FILE,
    };
    message::known_by(name, &offer.measures[taken.at].shown, by)
}

/// The block of a table that the index does not use, with its id: a list of units by the columns of the
/// key that was found, or boundaries.
pub(super) fn more(
    offer: &Offer,
    file: &str,
    ids: &[String],
    language: Language,
) -> (String, String) {
    let is_drawn = is_boundaries(offer);
    let word = if is_drawn { "borders" } else { vocabulary::LISTED_ID };
    let id = identifier(word, "list", ids);
    let note = if is_drawn { message::drawn(file) } else { message::listed(file) };
    let mut text = format!("\n{}[[source]]\n", wrapped(note.text(language), "# ", "#   "));
    line(&mut text, "id", &quoted(&id));
    line(&mut text, "file", &quoted(file));
    if is_drawn {
        for (key, value) in &offer.block {
            line(&mut text, key, &value.to_string());
        }
        return (id, text);
    }
    line(&mut text, "layout", &quoted("units"));
    if let Some(sheet) = offer.block.get("sheet") {
        line(&mut text, "sheet", &sheet.to_string());
    }
    if let Some(key) = offer.block.get("key") {
        line(&mut text, "columns", &key.to_string());
    }
    (id, text)
}
