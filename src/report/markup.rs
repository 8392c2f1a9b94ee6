//! Pages and drawings as text: letters that neither may hold are replaced, whoever wrote them.
//!
//! Markup is made by `maud`, which escapes every text that is put into it.

use maud::Markup;

/// The text of a page or a drawing. Control letters, which XML forbids, and letters that turn the
/// direction of writing become `�`, wherever they stand.
pub(crate) fn markup_text(markup: Markup) -> String {
    let text = markup.into_string();
    if text.contains(is_forbidden) { text.replace(is_forbidden, "\u{fffd}") } else { text }
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn a_text_stays_a_text_wherever_it_stands() {
        let text = "<a b='c' d=\"e\">&";
        let markup = html! { p title=(text) { (text) } };
        let escaped = "&lt;a b='c' d=&quot;e&quot;&gt;&amp;";
        assert_eq!(markup_text(markup), format!("<p title=\"{escaped}\">{escaped}</p>"));
        assert_eq!(markup_text(html! { ("Iași\u{1}\u{202e}") }), "Iași\u{fffd}\u{fffd}");
    }
}
