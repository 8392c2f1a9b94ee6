//! From a `[[source]]` table whose rows are no measurements to a checked [`ListSource`].

use std::collections::BTreeMap;

use super::fields::{Fields, Item};
use super::file::{ListKind, ListSource};
use super::problem::{Problems, position};
use super::read_source::sheet;
use super::shapes::{self, identifier, text, text_or_number};
use super::spelling;

/// The kind of list that the `layout` of a source names.
pub(super) fn kind(fields: &Fields<'_>) -> Option<ListKind> {
    let word = fields.text_of("layout")?;
    let all = [ListKind::Units, ListKind::Borders, ListKind::Decisions, ListKind::Selection];
    all.into_iter().find(|kind| kind.word() == word)
}

/// Reads one list.
pub(super) fn list(
    mut fields: Fields<'_>,
    kind: ListKind,
    problems: &mut Problems,
) -> Option<ListSource> {
    let at = fields.at();
    let (line, _) = position(problems.text(at.file), at.span.start);
    let id = fields.required("id", identifier, problems);
    let file = fields.required("file", shapes::input_path, problems);
    fields.item("layout");
    let sheet = fields.optional("sheet", sheet, problems);
    let columns = |item: &Item<'_>, problems: &mut Problems| columns(item, kind, problems);
    let columns = fields.optional("columns", columns, problems).unwrap_or_default();
    let publisher = fields.optional("publisher", text, problems);
    let reference = fields.optional("reference", text_or_number, problems);
    let sha256 = fields.optional("sha256", shapes::sha256, problems);
    fields.finish(problems);
    Some(ListSource {
        id: id?,
        kind,
        file: file?,
        line,
        sheet,
        columns,
        publisher,
        reference,
        sha256,
    })
}

fn columns(
    item: &Item<'_>,
    kind: ListKind,
    problems: &mut Problems,
) -> Option<BTreeMap<String, String>> {
    let mut columns = BTreeMap::new();
    for (column, at, item) in item.table("`columns`", problems)?.rest() {
        if !kind.all_columns().any(|name| name == column) {
            let message = format!("a list of {} has no column `{column}`", kind.of_what());
            problems.error(&at, message, spelling::suggest(column, kind.all_columns()));
        } else if let Some(called) = text_or_number(&item, problems) {
            columns.insert(column.to_owned(), called);
        }
    }
    Some(columns)
}
