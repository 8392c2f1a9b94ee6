//! Begins a study from the files of a folder: finds what the bundled methodologies ask for, and says
//! what is missing or in doubt in the order in which a person mends it.
//!
//! ```text
//! portraits ─▶ offer: what each table has ─▶ fit: which gives which measure ─▶ trial: read them
//!              (vocabulary, period)          (needs of irc and irc-vmi)          │
//!                                                        text of the study ◀─ account
//! ```

mod account;
mod alike;
mod fit;
mod needs;
mod offer;
mod text;
mod trial;
mod vocabulary;

use toml::Value;

use self::account::Account;
use self::fit::{Failed, Fit};
use self::offer::Offer;
use self::trial::Trial;
use super::portrait::Portrait;
use super::versions::newer_versions;
use crate::ingest::Inputs;
use crate::language::Language;
use crate::message::begin as message;
use crate::quality::Message;
use crate::register::Matcher;

/// Files that are looked at, and the register their rows are joined to.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'a> {
    /// Its files.
    pub inputs: &'a Inputs,
    /// Who is counted.
    pub matcher: &'a Matcher<'a>,
    /// The language in which it is said what they hold.
    pub language: Language,
}

/// A new study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStudy {
    /// `study.toml`.
    pub study: String,
    /// [`METHODOLOGY`], where a measure stands in another file than the others of its source.
    pub methodology: Option<String>,
    /// Paths of the files that it reads.
    pub files: Vec<String>,
    /// What was looked at and used, in a line.
    pub summary: String,
    /// What is missing or in doubt, in the order in which a person mends it.
    pub mend: Vec<String>,
    /// What was left aside, and why.
    pub know: Vec<String>,
}

/// What a study calls the methodology that is written beside it.
pub const METHODOLOGY: &str = "methodology.toml";

/// A study without sources, with examples in comments.
pub fn empty_study(language: Language) -> String {
    text::empty(language)
}

/// Why a file is no source, where its name tells and nothing is to be opened: a lock, or what a file
/// manager keeps for itself; or a link.
pub fn bystander(path: &str, is_link: bool) -> Option<Message> {
    let name = offer::file_name(path);
    if is_link {
        return Some(message::link());
    }
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Some(message::lock_file());
    }
    let kept = ["thumbs.db", "desktop.ini", ".ds_store"];
    let is_kept = name.starts_with('.') || kept.contains(&name.to_lowercase().as_str());
    is_kept.then(message::system_file)
}

/// The files of a folder without those that are older versions of another, which can be a source too; and
/// these, each with the reason.
pub fn newest(portraits: Vec<Portrait>) -> (Vec<Portrait>, Vec<(String, Message)>) {
    let standing = portraits.iter().filter(|portrait| portrait.stands());
    let standing: Vec<String> = standing.map(|portrait| portrait.path.clone()).collect();
    let older = newer_versions(&standing);
    let kept = portraits.into_iter().filter(|portrait| !older.contains_key(&portrait.path));
    let kept = kept.collect();
    (kept, older.into_iter().map(|(path, newer)| (path, message::older(&newer))).collect())
}

/// A study of the files that were looked at. `beside` are files that were not, each with the reason;
/// `called` is what the study calls a file.
pub fn study_of(
    portraits: &[Portrait],
    beside: &[(String, Message)],
    folder: &Folder<'_>,
    called: impl Fn(&str) -> String,
) -> NewStudy {
    let offers: Vec<Offer> = portraits.iter().flat_map(offer::offers).collect();
    let paths: Vec<&str> = portraits.iter().map(|portrait| portrait.path.as_str()).collect();
    let offers = alike::merged(offers, &paths, folder);
    let (fit, trial, refused) = tried(&offers, folder);
    let account = Account { portraits, beside, offers: &offers, fit: &fit, trial: &trial };
    let mend = account.to_mend(refused);
    let know = account.to_know();
    let mut told = know.clone();
    let mut blocks = text::register(&trial.counties);
    let mut files = Vec::new();
    for fitted in &fit.sources {
        let offer = &offers[fitted.offer];
        blocks.push_str(&text::source(fitted, offer, &called(&offer.path), folder.language));
        files.extend(offer.files().map(str::to_owned));
    }
    let mut ids: Vec<String> = fit.sources.iter().map(|source| source.id.clone()).collect();
    for offer in account.more() {
        let file = called(&offer.path);
        let (id, block) = text::more(offer, &file, &ids, folder.language);
        told.push(account::of_more(offer));
        ids.push(id);
        blocks.push_str(&block);
        files.extend(offer.files().map(str::to_owned));
    }
    files.sort();
    files.dedup();
    let in_language = |sentences: &[Message]| -> Vec<String> {
        sentences.iter().map(|sentence| sentence.text(folder.language).to_owned()).collect()
    };
    NewStudy {
        study: written(&account, &mend, &know, &blocks, folder.language),
        methodology: text::methodology(&fit, folder.language),
        summary: message::looked(portraits.len() + beside.len(), ids.len(), files.len())
            .text(folder.language)
            .to_owned(),
        files,
        mend: in_language(&mend),
        know: in_language(&told),
    }
}

/// Tables fitted and read; what cannot be read is told, and the next best is taken.
fn tried(offers: &[Offer], folder: &Folder<'_>) -> (Fit, Trial, Vec<Message>) {
    let mut failed = Failed::new();
    let mut refused = Vec::new();
    loop {
        let fit = Fit::best(offers, &failed);
        if fit.sources.is_empty() {
            return (fit, Trial::default(), refused);
        }
        let mut study =
            format!("{}{}", text::study_table(None, fit.methodology), text::register(&[]));
        for fitted in &fit.sources {
            let offer = &offers[fitted.offer];
            study.push_str(&text::source(fitted, offer, &offer.path, folder.language));
        }
        let trial = match Trial::of(&study, folder) {
            Ok(trial) => trial,
            Err(why) => {
                refused.push(why);
                return (fit, Trial::default(), refused);
            }
        };
        let before = failed.len();
        for (fitted, taken) in fit.taken() {
            let name = fitted.name(taken);
            let why = trial.unread.iter().find(|(unread, _)| *unread == name);
            if let Some((_, why)) = why {
                let offer = &offers[fitted.offer];
                let column = &offer.measures[taken.at].shown;
                refused.push(message::unreadable(&name, column, &offer.path, why));
                failed.insert((fitted.offer, taken.at));
            }
        }
        if failed.len() == before {
            return (fit, trial, refused);
        }
    }
}

/// The whole text of `study.toml`.
fn written(
    account: &Account<'_>,
    mend: &[Message],
    know: &[Message],
    blocks: &str,
    language: Language,
) -> String {
    let Account { portraits, beside, fit, .. } = account;
    let looked_at = portraits.len() + beside.len();
    let head = if mend.is_empty() {
        message::nothing_to_mend(looked_at, fit.methodology)
    } else {
        message::to_mend(looked_at, fit.methodology)
    };
    let mut study = text::comments(&head, mend, true, language);
    study.push('\n');
    let periods = fit.taken().filter_map(|(_, taken)| taken.period);
    let year = periods.max().map(|period| period.year);
    let own = !fit.renamed().is_empty();
    let methodology = if own { METHODOLOGY } else { fit.methodology };
    study.push_str(&text::study_table(year, methodology));
    study.push_str(&text::omit(&account.omitted(), language));
    study.push_str(blocks);
    if !know.is_empty() {
        study.push('\n');
        study.push_str(&text::comments(&message::to_know(), know, false, language));
    }
    study
}

/// Whether an offer is one of polygons.
fn is_boundaries(offer: &Offer) -> bool {
    offer.block.get("layout").and_then(Value::as_str) == Some("boundaries")
}
