//! How the workbook looks: one palette, one place for every format.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::index::Mark;
use crate::report::model::{Aside, Cells, Column, Kind};

/// Dark blue of titles and header cells.
pub(super) const INK: Color = Color::RGB(0x1F_3A_5F);
/// Pale blue behind header cells.
const HEADER_FILL: Color = Color::RGB(0xDC_E6_F1);
/// Lines between rows.
const LINE: Color = Color::RGB(0xD0_D5_DB);
/// Text that is there for the record.
const QUIET: Color = Color::RGB(0x6B_72_80);
/// The notice and whatever must not be overlooked.
const ALARM: Color = Color::RGB(0xB0_1E_1E);
/// Pale red behind the notice.
const ALARM_FILL: Color = Color::RGB(0xFD_EC_EA);
/// Values that a rule filled in.
const IMPUTED: Color = Color::RGB(0x9A_4D_00);
/// Behind values that a rule filled in.
const IMPUTED_FILL: Color = Color::RGB(0xFF_F0_D9);
/// Data bars; orange on white is told apart by every kind of colour vision.
pub(super) const BAR: Color = Color::RGB(0xF8_CB_AD);

/// The limits of classes in a chart.
pub(super) const CUT_LINE: Color = Color::RGB(0xC0_5A_00);
/// Parts of a whole in a chart, told apart by every kind of colour vision (Okabe and Ito 2008).
const PART_FILLS: [Color; 8] = [
    Color::RGB(0x00_72_B2),
    Color::RGB(0xE6_9F_00),
    Color::RGB(0x00_9E_73),
    Color::RGB(0xCC_79_A7),
    Color::RGB(0x56_B4_E9),
    Color::RGB(0xD5_5E_00),
    Color::RGB(0xF0_E4_42),
    Color::RGB(0x88_88_88),
];
/// Behind cells one may change.
const INPUT_FILL: Color = Color::RGB(0xFF_F9_D6);
/// Behind classes, from the lowest; they are told apart by every kind of colour vision and in print.
const CLASS_FILLS: [Color; 5] = [
    Color::RGB(0xFF_FF_D4),
    Color::RGB(0xFE_E3_91),
    Color::RGB(0xFE_C4_4F),
    Color::RGB(0xFE_99_29),
    Color::RGB(0xEC_7A_3C),
];

/// Title of a sheet.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(16).set_font_color(INK)
}

/// Title of a part of a sheet.
pub(super) fn section() -> Format {
    Format::new().set_bold().set_font_size(12).set_font_color(INK)
}

/// The notice on every sheet.
pub(super) fn notice() -> Format {
    Format::new().set_bold().set_font_color(ALARM)
}

/// The notice on the cover.
pub(super) fn banner() -> Format {
    notice().set_background_color(ALARM_FILL).set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

/// An explanation above a list.
pub(super) fn quiet() -> Format {
    Format::new().set_font_size(9).set_font_color(QUIET)
}

/// Identifiers above the header, as machine files name the columns.
pub(super) fn identifier() -> Format {
    quiet().set_font_size(8).set_align(FormatAlign::Center).set_shrink()
}

/// A cell one may change.
pub(super) fn input(number_format: &str) -> Format {
    cell()
        .set_num_format(number_format)
        .set_background_color(INPUT_FILL)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_unlocked()
}

/// The name of a group of columns, above them.
pub(super) fn group() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(10)
        .set_font_color(INK)
        .set_align(FormatAlign::Left)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(INK)
        .set_border_left(FormatBorder::Thin)
        .set_border_left_color(LINE)
}

/// The line that says whether live and computed columns agree.
pub(super) fn check() -> Format {
    Format::new().set_bold().set_font_size(10).set_font_color(INK)
}

/// A colour for each part of a whole; after eight they begin again.
pub(super) fn part_fills(parts: usize) -> impl Iterator<Item = Color> {
    PART_FILLS.into_iter().cycle().take(parts)
}

/// A colour for each class, the lightest for the lowest.
pub(super) fn class_fills(classes: usize) -> Vec<Color> {
    let last = CLASS_FILLS.len() - 1;
    let spread = |at: usize| match classes {
        0 | 1 => last,
        _ => at * last / (classes - 1),
    };
    (0..classes).map(|at| CLASS_FILLS[spread(at)]).collect()
}

/// A header cell.
pub(super) fn header() -> Format {
    Format::new()
        .set_bold()
        .set_font_size(9)
        .set_font_color(INK)
        .set_background_color(HEADER_FILL)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(INK)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// The header of a column whose values belong to a larger area.
pub(super) fn broadcast_header() -> Format {
    header().set_italic().set_font_color(QUIET)
}

/// A cell of a list.
pub(super) fn cell() -> Format {
    Format::new().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(LINE)
}

/// A cell of words to the right of numbers.
pub(super) fn set_off() -> Format {
    cell().set_align(FormatAlign::Left).set_indent(1)
}

/// A text of a list that people read line by line: set off from the number before it.
fn list_text() -> Format {
    wrapped().set_align(FormatAlign::Left).set_indent(1)
}

/// A cell of a count among texts.
pub(super) fn count() -> Format {
    wrapped().set_align(FormatAlign::Center).set_num_format(number_format(0))
}

/// A cell of a list whose text runs over several lines.
pub(super) fn wrapped() -> Format {
    cell().set_text_wrap().set_align(FormatAlign::Top)
}

/// A digest, long and there for the record.
pub(super) fn digest() -> Format {
    wrapped().set_font_name("Consolas").set_font_size(8).set_font_color(QUIET)
}

/// The left column of the cover.
pub(super) fn caption() -> Format {
    cell().set_font_color(QUIET).set_align(FormatAlign::Top)
}

/// Something that must not be overlooked in a list.
pub(super) fn alarm() -> Format {
    wrapped().set_bold().set_font_color(ALARM)
}

/// The link to a sheet.
pub(super) fn link() -> Format {
    cell().set_font_color(INK).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

/// How the cells of a table are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Numbers in rows and columns.
    Grid,
    /// Numbers beside texts of several lines.
    Text,
    /// A list that people read line by line.
    List,
}

/// Whether the texts of a column run over several lines.
pub(super) fn runs_over_lines(column: &Column<'_>) -> bool {
    matches!(column.cells, Cells::Text(_))
        && matches!(column.kind, Kind::Text | Kind::Listed | Kind::Digest)
}

/// The format of a cell without a value.
pub(super) fn missing() -> Format {
    cell().set_font_color(QUIET).set_align(FormatAlign::Right)
}

/// The formats of one column.
pub(super) struct CellStyles {
    value: Format,
    imputed: Format,
    substituted: Format,
    missing: Format,
    alarm: Format,
    /// Where each row has decimals of its own: a format for each count of them.
    by_decimals: Vec<Format>,
}

impl CellStyles {
    /// The formats of a column.
    pub(super) fn new(column: &Column<'_>, look: Look) -> Self {
        let is_text = matches!(column.cells, Cells::Text(_));
        let base = match (&column.kind, look) {
            (Kind::Word, _) => cell(),
            (Kind::SetOff, _) => set_off(),
            (Kind::Text, _) => wrapped(),
            (Kind::Listed, _) => list_text(),
            (Kind::Digest, _) => digest(),
            (Kind::Count, _) => count(),
            (Kind::Parameter(3), _) | (_, Look::List) => cell().set_align(FormatAlign::Top),
            (_, Look::Text) => wrapped(),
            (_, Look::Grid) => cell(),
        };
        let plain = match number_form(&column.kind) {
            Some(form) => base.clone().set_num_format(form),
            None => base.clone(),
        };
        let value = match column.aside {
            Aside::Nothing => plain,
            Aside::Cells | Aside::Column if is_text => plain,
            Aside::Cells | Aside::Column => plain.set_italic().set_font_color(QUIET),
        };
        let by_decimals = match &column.kind {
            Kind::RowDecimals(_) => {
                (0..10).map(|it| base.clone().set_num_format(number_format(it))).collect()
            }
            _ => Vec::new(),
        };
        let missing = match &column.kind {
            Kind::Parameter(3) => base.set_align(FormatAlign::Right),
            _ if is_text => value.clone(),
            _ => missing(),
        };
        let imputed = value.clone().set_font_color(IMPUTED).set_background_color(IMPUTED_FILL);
        let form = number_form(&column.kind).unwrap_or_else(|| "General".to_owned());
        let substituted =
            value.clone().set_font_color(IMPUTED).set_num_format(format!("\"≈\"{form}"));
        Self { value, imputed, substituted, missing, alarm: alarm(), by_decimals }
    }

    /// The format of a cell with a value.
    pub(super) fn of_value(&self) -> &Format {
        &self.value
    }

    /// The format of a cell.
    pub(super) fn of(&self, column: &Column<'_>, row: usize) -> &Format {
        if column.alarms.contains(&row) {
            return &self.alarm;
        }
        let is_known = column.cells.number(row).is_some() || !column.cells.word(row).is_empty();
        match (column.states.get(row), &column.kind) {
            (Some(Mark::Imputed), _) => &self.imputed,
            (Some(Mark::Substituted), _) => &self.substituted,
            _ if !is_known => &self.missing,
            (_, Kind::RowDecimals(decimals)) => &self.by_decimals[decimals[row].min(9)],
            _ => &self.value,
        }
    }
}

/// How the numbers of a column are written.
fn number_form(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Decimals(decimals) => Some(number_format(*decimals)),
        Kind::Parameter(0) => Some("0".to_owned()),
        Kind::Parameter(decimals) => Some(format!("0.{}", "0".repeat(*decimals))),
        Kind::Percent => Some(PERCENT.to_owned()),
        Kind::Probability => Some(PROBABILITY.to_owned()),
        Kind::RowDecimals(_)
        | Kind::Count
        | Kind::Word
        | Kind::SetOff
        | Kind::Text
        | Kind::Listed
        | Kind::Digest
        | Kind::Drawing => None,
    }
}

/// The sign that stands where there is no value, as Eurostat's flags have it; a formula that adds
/// or ranks a column passes over it.
pub(super) fn missing_sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Value | Mark::Imputed | Mark::Substituted => "",
        Mark::NotAvailable => ":",
        Mark::Confidential => "c",
        Mark::Withheld => "w",
        Mark::NotApplicable => "z",
        Mark::Constant => "k",
    }
}

/// Fonts of the legend: what grey italics and filled-in values look like.
pub(super) fn legend_fonts() -> [Format; 3] {
    let plain = Format::new().set_font_size(9);
    [
        plain.clone().set_italic().set_font_color(QUIET),
        plain.clone().set_bold().set_font_color(IMPUTED),
        plain.set_font_color(QUIET),
    ]
}

/// The number format of shares of one.
const PERCENT: &str = "0.0%";
/// Four significant digits, small ones with a power of ten.
const PROBABILITY: &str = "[>=0.1]0.0000;[>=0.01]0.00000;0.000E+00";

/// A number format with thousands and that many decimals. The marks shown are those of the
/// reader's own system, which is what people expect of a spreadsheet.
pub(super) fn number_format(decimals: usize) -> String {
    match decimals {
        0 => "#,##0".to_owned(),
        decimals => format!("#,##0.{}", "0".repeat(decimals)),
    }
}
