//! A sheet with what every sheet has: title, notice, A4 print set-up, texts as cells take them.

use std::borrow::Cow;

use rust_xlsxwriter::{
    ColNum, Format, FormatAlign, Formula, Note, ProtectionOptions, RowNum, Table, TableColumn,
    TableStyle, Url, Worksheet, XlsxError,
};

use super::layout::{self, TOP_ROWS};
use super::styles;
use crate::language::{Words, machine};
use crate::message::labels;
use crate::report::model::{Aside, Column, Head};

/// Characters of a title and of the notice in a print header, which holds 255 with its codes.
const PRINTED_TITLE: usize = 60;
const PRINTED_NOTICE: usize = 150;
/// UTF-16 units of a formula.
const FORMULA_LIMIT: usize = 8_000;
/// Characters that fit a column nobody made wider.
const COLUMN_WIDTH: ColNum = 8;
/// Points a row can be high.
const ROW_HEIGHT_LIMIT: f64 = 409.0;

/// A sheet being written, in one language.
pub(super) struct Page<'a, 'w> {
    pub(super) head: &'w Head<'a>,
    pub(super) sheet: &'w mut Worksheet,
}

/// A column of a list: its header, its width in characters.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) width: u16,
    pub(super) format: Format,
}

impl Heading {
    /// The heading of a column.
    pub(super) fn of(column: &Column<'_>) -> Self {
        let format = match column.aside {
            Aside::Column => styles::broadcast_header(),
            Aside::Nothing | Aside::Cells => styles::header(),
        };
        Self { text: column.heading.clone(), width: column.width, format }
    }

    /// A heading in the ordinary look.
    pub(super) fn new(text: impl Into<String>, width: u16) -> Self {
        Self { text: text.into(), width, format: styles::header() }
    }
}

impl<'a, 'w> Page<'a, 'w> {
    /// Begins a sheet with title, notice and print set-up.
    pub(super) fn new(
        sheet: &'w mut Worksheet,
        head: &'w Head<'a>,
        name: &str,
    ) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        let mut page = Self { head, sheet };
        let title = &head.title;
        page.text(0, 0, &format!("{title} – {name}"), &styles::title())?;
        page.sheet.set_row_height(0, 24)?;
        let notice = head.notice();
        if !notice.is_empty() {
            page.text(1, 0, &notice, &styles::notice())?;
        }
        page.print_setup(&notice);
        page.protect();
        Ok(page)
    }

    /// Guards cells against slips, not against people: there is no password, filters and widths
    /// stay free, and only cells meant to be changed are unlocked.
    fn protect(&mut self) {
        self.sheet.protect_with_options(&Self::protection());
    }

    /// Breaks the notice into lines above columns of ordinary width, the last of which is given.
    pub(super) fn wrap_notice(&mut self, last: ColNum) -> Result<(), XlsxError> {
        let notice = self.head.notice();
        if notice.is_empty() {
            return Ok(());
        }
        let format = styles::notice().set_text_wrap().set_align(FormatAlign::Top);
        self.sheet.merge_range(1, 0, 1, last, "", &format)?;
        self.text(1, 0, &notice, &format)?;
        // bold letters are wider, and so is a face that stands in for one a machine lacks
        let width = (last + 1) * COLUMN_WIDTH * 3 / 4;
        self.fit_row(1, [(notice.as_str(), width)])
    }

    /// Lets pictures be marked and copied, as whoever writes a letter wants to.
    pub(super) fn free_pictures(&mut self) {
        let options = ProtectionOptions { edit_objects: true, ..Self::protection() };
        self.sheet.protect_with_options(&options);
    }

    fn protection() -> ProtectionOptions {
        ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            sort: true,
            use_autofilter: true,
            edit_objects: false,
            ..ProtectionOptions::new()
        }
    }

    /// Makes the title say that it is a simulation as soon as somebody changes a weight or a cut.
    pub(super) fn simulation_title(&mut self, name: &str) -> Result<(), XlsxError> {
        let title = cell_text(&format!("{} – {name}", self.head.title)).into_owned();
        let warning = self.word(labels::SIMULATION);
        let changed = layout::changed(self.head.language);
        let formula = format!("IF({changed}=0,\"\",\"{warning} – \")&{}", literal(&title));
        if formula.encode_utf16().count() < FORMULA_LIMIT {
            self.formula((0, 0), giving_text(&formula, &title), &styles::title())?;
        }
        Ok(())
    }

    /// Says what a list is; after a change of a parameter, that the list is not the simulated one.
    pub(super) fn about_list(&mut self, about: &str) -> Result<(), XlsxError> {
        self.about_still(about, labels::LIST_SIMULATION, &styles::quiet())
    }

    /// Says what stands below and does not follow a change of a parameter; after a change, that.
    pub(super) fn about_still(
        &mut self,
        about: &str,
        changed: Words,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let index = self.word(labels::SHEET_INDEX);
        let warning = format!("{} {index}.", self.word(changed));
        let changed = layout::changed(self.head.language);
        let formula = format!("IF({changed}=0,{},{})", literal(about), literal(&warning));
        self.formula((TOP_ROWS, 0), giving_text(&formula, about), format)
    }

    /// Writes above columns what they have in common.
    pub(super) fn group(
        &mut self,
        row: RowNum,
        (first, last): (ColNum, ColNum),
        text: &str,
    ) -> Result<(), XlsxError> {
        let format = styles::group();
        if last > first {
            self.sheet.merge_range(row, first, row, last, "", &format)?;
        }
        self.text(row, first, text, &format)
    }

    /// Makes a cell a link; what it shows is written afterwards.
    pub(super) fn link(&mut self, row: RowNum, column: ColNum, link: Url) -> Result<(), XlsxError> {
        self.sheet.write_url(row, column, link)?;
        Ok(())
    }

    fn print_setup(&mut self, notice: &str) {
        let language = self.head.language;
        let title = printable(&self.head.title, PRINTED_TITLE);
        let footer = format!(
            "&L&8risk-index {}&C&8&A&R&8{} &P {} &N",
            printable(self.head.version, PRINTED_TITLE),
            labels::PAGE.text(language),
            labels::PAGE_OF.text(language)
        );
        self.sheet
            .set_paper_size(9) // A4
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.65, 0.55, 0.3, 0.25)
            .set_screen_gridlines(false)
            // one below the other: side by side they would overlap on a page that is narrow
            .set_header(format!(
                "&L&8&\"-,Regular\"{title}\n&8&B{}",
                printable(notice, PRINTED_NOTICE)
            ))
            .set_footer(footer);
    }

    /// Words of the label table in the language of the report.
    pub(super) fn word(&self, words: Words) -> &'static str {
        words.text(self.head.language)
    }

    /// Writes a text as text, whatever it starts with.
    pub(super) fn text(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, cell_text(text), format)?;
        Ok(())
    }

    /// Writes a number.
    pub(super) fn number(
        &mut self,
        row: RowNum,
        column: ColNum,
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        // Minus zero would be shown with its sign.
        self.sheet.write_number_with_format(row, column, number + 0.0, format)?;
        Ok(())
    }

    /// Writes a formula with the result that we computed: [`giving_number`], [`giving_text`].
    pub(super) fn formula(
        &mut self,
        (row, column): (RowNum, ColNum),
        formula: Formula,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// Puts a note on a cell.
    pub(super) fn note(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
    ) -> Result<(), XlsxError> {
        let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 44).sum();
        let height = 18 * u32::try_from(lines.clamp(3, 30)).unwrap_or(30);
        let note =
            Note::new(cell_text(text)).add_author_prefix(false).set_width(300).set_height(height);
        self.sheet.insert_note(row, column, &note)?;
        Ok(())
    }

    /// Writes the header row of a list that is not a spreadsheet table.
    pub(super) fn headings(&mut self, row: RowNum, headings: &[Heading]) -> Result<(), XlsxError> {
        for (column, heading) in (0..).zip(headings) {
            self.text(row, column, &heading.text, &heading.format)?;
        }
        self.fit_header(row, headings)
    }

    /// Makes rows `header..=last` a spreadsheet table with filters, frozen and repeated above.
    pub(super) fn table(
        &mut self,
        name: &str,
        header: RowNum,
        rows: usize,
        headings: &[Heading],
    ) -> Result<(), XlsxError> {
        let last = header + RowNum::try_from(rows).unwrap_or(RowNum::MAX - header);
        let columns: Vec<TableColumn> = distinct(headings)
            .into_iter()
            .zip(headings)
            .map(|(text, heading)| {
                TableColumn::new().set_header(text).set_header_format(&heading.format)
            })
            .collect();
        let table = Table::new().set_name(name).set_style(TableStyle::None).set_columns(&columns);
        let end = last_column(headings);
        self.sheet.add_table(header, 0, last, end, &table)?;
        for (column, heading) in (0..).zip(headings) {
            self.sheet.set_column_width(column, heading.width)?;
        }
        self.fit_header(header, headings)?;
        self.sheet.set_repeat_rows(header, header)?;
        Ok(())
    }

    fn fit_header(&mut self, row: RowNum, headings: &[Heading]) -> Result<(), XlsxError> {
        // A filter button takes about two letters of the last line.
        let lines = headings.iter().map(|it| lines(&it.text, it.width) as f64);
        let tallest = lines.fold(1.0, f64::max).min(12.0);
        self.sheet.set_row_height(row, 10.0 + 12.0 * tallest)?;
        Ok(())
    }

    /// Makes a row as high as its texts need in columns of those widths. Spreadsheets would do it
    /// on opening, but not all of them, and never for merged cells.
    pub(super) fn fit_row<'t>(
        &mut self,
        row: RowNum,
        texts: impl IntoIterator<Item = (&'t str, u16)>,
    ) -> Result<(), XlsxError> {
        let tallest = texts.into_iter().map(|(text, width)| lines(text, width)).max();
        let height = 15.0 * tallest.unwrap_or(1) as f64;
        self.sheet.set_row_height(row, height.min(ROW_HEIGHT_LIMIT))?;
        Ok(())
    }
}

fn last_column(headings: &[Heading]) -> ColNum {
    ColNum::try_from(headings.len().saturating_sub(1)).unwrap_or(ColNum::MAX)
}

/// Headers of a spreadsheet table must differ, letter case aside, and stay below 256 letters.
fn distinct(headings: &[Heading]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    headings
        .iter()
        .map(|heading| {
            let base: String = cell_text(&heading.text).chars().take(240).collect();
            let numbered = (2..).map(|again| format!("{base} ({again})"));
            std::iter::once(base.clone())
                .chain(numbered)
                .find(|text| seen.insert(text.to_lowercase()))
                .expect("numbers do not run out")
        })
        .collect()
}

/// A formula and the number that we computed for it.
pub(super) fn giving_number(formula: &str, result: f64) -> Formula {
    giving_text(formula, &machine(result))
}

/// A formula and the text that we computed for it.
pub(super) fn giving_text(formula: &str, result: &str) -> Formula {
    Formula::new(formula).set_result(result)
}

/// UTF-16 units a cell can hold.
const CELL_LIMIT: usize = 32_767;
/// Letters of a text inside a formula, halved for quotes and wide letters.
const LITERAL_LIMIT: usize = 100;

/// Lines a text takes in a column of that width.
pub(super) fn lines(text: &str, width: u16) -> usize {
    // A column is as wide as so many digits; letters are narrower by about an eighth.
    let width = (usize::from(width) * 9 / 8).max(1);
    text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>().max(1)
}

/// A text as a formula writes it: quoted, in parts a formula takes.
pub(super) fn literal(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let part = |part: &[char]| {
        let part: String = part.iter().collect();
        format!("\"{}\"", part.replace('"', "\"\""))
    };
    let parts: Vec<String> = letters.chunks(LITERAL_LIMIT).map(part).collect();
    if parts.is_empty() { "\"\"".to_owned() } else { parts.join("&") }
}

/// A text a cell can hold: letters XML forbids become `�`, what is too long ends in `…`.
pub(super) fn cell_text(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let text = if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    if text.encode_utf16().count() <= CELL_LIMIT {
        return text;
    }
    // Every letter is at most two units, so half as many letters fit.
    let cut: String = text.chars().take(CELL_LIMIT / 2 - 1).collect();
    Cow::Owned(format!("{cut}…"))
}

/// A text in a print header, where `&` starts a code and is doubled; cut at `limit` letters.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        length += if letter == '&' { 2 } else { 1 };
        if length > limit {
            out.push('…');
            break;
        }
        out.push(letter);
        if letter == '&' {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_a_table_differ() {
        let headings = ["Scor", "scor", "Loc", "Scor"].map(|text| Heading::new(text, 9));
        assert_eq!(distinct(&headings), ["Scor", "scor (2)", "Loc", "Scor (3)"]);
    }

    #[test]
    fn a_text_in_a_formula_stays_a_text() {
        assert_eq!(literal("a \"b\"&1"), "\"a \"\"b\"\"&1\"");
        assert_eq!(literal(""), "\"\"");
        assert_eq!(literal(&"x".repeat(150)).matches('&').count(), 1);
    }

    #[test]
    fn a_cell_takes_any_text() {
        assert_eq!(cell_text("=1+1\u{1}\u{ffff}"), "=1+1\u{fffd}\u{fffd}");
        let long = cell_text(&"𝛼".repeat(40_000)).into_owned();
        assert!(long.encode_utf16().count() <= CELL_LIMIT && long.ends_with('…'));
    }

    #[test]
    fn a_print_header_says_ampersands_and_stays_short() {
        assert_eq!(printable("a & b", 60), "a && b");
        assert!(printable(&"ă".repeat(500), 60).chars().count() <= 61);
    }
}
