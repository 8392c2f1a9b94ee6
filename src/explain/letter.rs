//! One page that a mayor can be handed: what was decided, the reasons, what would have changed it, how
//! to appeal.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Explanation;
use super::citation::{Page, area, things, words};
use super::what_if::WhatIf;
use crate::language::{Label, Language, whole};
use crate::message::explain as message;
use crate::message::labels;
use crate::message::selection::reasons;
use crate::quality::Message;
use crate::report::markup_text;
use crate::selection::State;
use crate::study::LetterHead;

/// Changes listed.
const CHANGES: usize = 4;

/// The page as HTML that prints on one sheet of A4; nothing in it is loaded from elsewhere.
pub fn letter(it: &Explanation, language: Language) -> String {
    let page = Page { it, language };
    let body = html! {
        (page.head())
        @if let Some(notice) = &it.notice { (paragraph("notice", notice.text(language))) }
        @if it.act.is_none() { (page.said("notice", &message::illustrative())) }
        h1 { (page.text(&page.name())) } "\n"
        (paragraph("about", &page.about()))
        (page.decision())
        (page.result())
        (page.differences())
        (page.changes())
        (page.appeal())
        (page.foot())
    };
    markup_text(document(&format!("{} ({})", it.name, it.code), language, &body))
}

/// A paragraph on a line of its own.
fn paragraph(class: &str, text: &str) -> Markup {
    html! { p class=(class) { (text) } "\n" }
}

impl Page<'_> {
    pub(super) fn said(&self, class: &str, message: &Message) -> Markup {
        paragraph(class, self.text(message))
    }

    pub(super) fn heading(&self, message: &Message) -> Markup {
        html! { h2 { (self.text(message)) } "\n" }
    }

    fn name(&self) -> Message {
        reasons::named(&self.it.name, self.county())
    }

    fn county(&self) -> &str {
        self.it.columns.get("county").map_or("", String::as_str)
    }

    /// Who writes to whom, by which act: as the study says it, with lines to fill in for the rest.
    fn head(&self) -> Markup {
        let head = self.it.letter.clone().unwrap_or_default();
        let own =
            |label: &Option<Label>| label.as_ref().map(|it| it.text(self.language).to_owned());
        let lines = [
            (message::issuer(), own(&head.issuer)),
            (message::number(), head.number.clone()),
            (message::date(), head.date.clone()),
            (message::addressee(), own(&head.addressee).map(|text| self.addressed(&text))),
            (message::legal_basis(), own(&head.legal_basis)),
        ];
        html! {
            div class="head" {
                "\n"
                @for (caption, text) in &lines { (self.line(caption, text.as_deref())) }
            }
            "\n"
        }
    }

    /// A line with its caption, to be filled in where there is no text.
    fn line(&self, caption: &Message, text: Option<&str>) -> Markup {
        html! {
            p { (self.text(caption)) ": " @match text {
                Some(text) => { (text) },
                None => { span class="blank" {} },
            } } "\n"
        }
    }

    /// A text to the unit, with its name and county.
    fn addressed(&self, text: &str) -> String {
        text.replace(LetterHead::NAME, &self.it.name).replace(LetterHead::COUNTY, self.county())
    }

    fn about(&self) -> String {
        let it = self.it;
        let title = Message { en: it.method_title.en.clone(), ro: it.method_title.ro.clone() };
        let mut parts = vec![
            self.text(&message::code(&it.code)).to_owned(),
            it.study.text(self.language).to_owned(),
            self.text(&message::methodology(&title, &it.method_version)).to_owned(),
        ];
        parts.extend(it.act.as_ref().map(|act| self.text(&message::adopted_by(act)).to_owned()));
        parts.join(" · ")
    }

    /// The score; its place in the index only where no programme has an order of its own.
    fn result(&self) -> Markup {
        let standing = &self.it.standing;
        let Some(value) = standing.value else {
            if standing.is_withheld {
                return html! {
                    (self.heading(&message::result()))
                    (self.said("", &message::withheld_score()))
                };
            }
            let lacking = self.it.nodes.iter().filter(|node| {
                node.steps.last().is_none_or(|step| step.shown.value.is_none())
                    && !node.measures.is_empty()
            });
            let (ro, en): (Vec<&str>, Vec<&str>) =
                lacking.map(|node| (node.label.ro.as_str(), node.label.en.as_str())).unzip();
            let lacking = Message { en: en.join("; "), ro: ro.join("; ") };
            return html! {
                (self.heading(&message::result()))
                (self.said("", &message::no_score(&lacking)))
            };
        };
        let points = Message::number(value, 3);
        let has_order = self.it.decision.as_ref().is_some_and(|decision| decision.rank.is_some());
        let said = match standing.place.filter(|_| !has_order) {
            Some(place) => {
                let of = Message {
                    en: whole(standing.of, Language::En),
                    ro: whole(standing.of, Language::Ro),
                };
                let place = message::place(&Message::number(place, 0), &of, standing.sharing);
                message::score(&points, &place)
            }
            None => message::score_of_a_list(&points),
        };
        html! { (self.heading(&message::result())) (self.said("", &said)) }
    }

    /// What became of the unit, then what the list says of it.
    fn decision(&self) -> Markup {
        let Some(decision) = &self.it.decision else { return html! {} };
        let title = Message { en: decision.title.en.clone(), ro: decision.title.ro.clone() };
        let basis = match &decision.act {
            Some(act) => message::programme_adopted(act),
            None => message::programme_illustrative(),
        };
        let told: Vec<&Label> = decision.afterwards.iter().chain(&decision.because).collect();
        html! {
            (self.heading(&message::decision(&title)))
            @for (at, sentence) in told.iter().enumerate() {
                (paragraph(if at == 0 { "result" } else { "" }, sentence.text(self.language)))
            }
            @if let Some(sureness) = &decision.sureness {
                @let told: Vec<&str> =
                    sureness.told.iter().map(|it| it.text(self.language)).collect();
                (paragraph("", &told.join(" ")))
            }
            (self.said("", &basis))
        }
    }

    /// The smallest changes, of the unit's own numbers first.
    fn changes(&self) -> Markup {
        let mut all: Vec<&WhatIf> =
            self.it.what_if.iter().filter(|it| !it.changes.is_empty()).collect();
        all.sort_by_key(|it| it.above_unit);
        let listed: Vec<String> =
            all.into_iter().flat_map(|it| self.changed(it)).take(CHANGES).collect();
        if listed.is_empty() {
            return html! {};
        }
        let heading = match &self.it.decision {
            Some(decision) if decision.state == State::Selected.word() => {
                message::changes_of_selected()
            }
            Some(_) => message::changes_of_others(),
            None => message::changes_of_class(),
        };
        html! {
            (self.heading(&heading))
            ul { "\n" @for text in &listed { li { (text) "." } "\n" } }
            "\n"
        }
    }

    fn changed(&self, it: &WhatIf) -> Vec<String> {
        let number = |value: f64| {
            let unit = |language: Language| {
                it.unit
                    .as_ref()
                    .map_or_else(String::new, |unit| format!(" {}", unit.text(language)))
            };
            let decimals = decimals_of(it.step);
            Message::number(value, decimals).and(&unit(Language::En), &unit(Language::Ro))
        };
        let one = |change: &super::Change| {
            let said = match &it.noun {
                Some(noun) => {
                    let count = |language| things(noun, (change.to - it.from).abs(), language);
                    let count = Message { en: count(Language::En), ro: count(Language::Ro) };
                    let (to, from) = (
                        Message::number(change.to, 0),
                        Message::number(it.from, decimals_of_count(it.from)),
                    );
                    if change.to > it.from {
                        message::more(&count, &to, &from)
                    } else {
                        message::fewer(&count, &to, &from)
                    }
                }
                None => message::instead(&number(change.to), &number(it.from)),
            };
            let mut text = self.text(&said).to_owned();
            if it.noun.is_none() || it.nodes.len() == 1 {
                text = format!("{}: {text}", it.label.text(self.language));
            }
            if it.above_unit {
                let area = message::for_all_of(&area(&it.level, &it.area));
                text = format!("{text} ({})", self.text(&area));
            }
            match self.it.decision {
                Some(_) => text,
                None => format!("{text}; {}", self.text(&Self::class(&change.outcome))),
            }
        };
        it.changes.iter().map(one).collect()
    }

    /// The class that a change gives, in words.
    fn class(outcome: &str) -> Message {
        let id = outcome.rsplit_once(' ').map_or(outcome, |(_, class)| class);
        let known = labels::CLASSES.iter().find(|(class, _)| *class == id);
        message::result_would_be(&known.map_or_else(|| Message::same(id), |(_, it)| words(*it)))
    }

    fn appeal(&self) -> Markup {
        let head = self.it.letter.clone().unwrap_or_default();
        let term = head.appeal.map(|term| term.text(self.language).to_owned());
        html! {
            (self.heading(&message::appeals()))
            (self.line(&message::term(), term.as_deref()))
            (self.said("", &message::appeal(&self.it.version)))
        }
    }

    /// What identifies the list, and who signs.
    fn foot(&self) -> Markup {
        let head = self.it.letter.clone().unwrap_or_default();
        let signs = head.signatory.map(|it| it.text(self.language).to_owned());
        let digest = self.it.list_digest.as_ref();
        html! {
            @if let Some(digest) = digest { (self.said("digest", &message::digest_of_list(digest))) }
            (self.line(&message::signatory(), signs.as_deref()))
        }
    }
}

/// Decimals that show steps of this size, four at most.
fn decimals_of(step: f64) -> usize {
    [1.0, 0.1, 0.01, 0.001].iter().position(|shown| step >= shown * 0.999).unwrap_or(4)
}

/// Decimals of a count, which is whole but where a file says otherwise.
fn decimals_of_count(count: f64) -> usize {
    if count.fract() == 0.0 { 0 } else { 2 }
}

const STYLE: &str = "@page{size:A4;margin:15mm 18mm}body{font:10pt/1.3 serif;max-width:174mm;\
margin:0 auto;color:#000;background:#fff}h1{font-size:15pt;margin:0 0 1mm}h2{font-size:11pt;\
margin:3mm 0 1mm}p,li{margin:0 0 1mm}.notice{border:1pt solid #000;padding:1mm 2mm;\
font-weight:bold}.about{color:#333}.result{font-size:11pt;font-weight:bold}\
.blank{display:inline-block;min-width:70mm;border-bottom:.5pt dotted #000}.head{margin:0 0 3mm}\
.digest{font-size:8pt;overflow-wrap:anywhere}ol,ul{margin:0;padding-left:6mm}";

fn document(title: &str, language: Language, body: &Markup) -> Markup {
    let lang = match language {
        Language::Ro => "ro",
        Language::En => "en",
    };
    html! {
        (DOCTYPE) "\n"
        html lang=(lang) {
            "\n"
            head {
                "\n"
                meta charset="utf-8"; "\n"
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'"; "\n"
                title { (title) } "\n"
                style { (PreEscaped(STYLE)) } "\n"
            }
            "\n"
            body { "\n" (body) }
            "\n"
        }
        "\n"
    }
}
