//! The *Weights* sheet: weights and cuts that one may change, and the bounds formulas point at.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};

use super::layout::{self, CHANGED, Parameter, Places, TOP_ROWS, rows};
use super::page::{Heading, Page, giving_number, giving_text};
use super::styles;
use crate::index::stats;
use crate::language::Words;
use crate::message::labels;
use crate::report::model::{Book, Bound, ClassSet, PhaseSet, Rule, Shown, WeightSet};

/// Column of a share of units at which a quantile cuts, and of what was signed.
const SHARE: ColNum = 2;
const SIGNED: ColNum = 4;
const CHANGE: ColNum = 5;
const WIDTHS: [u16; 8] = [44, 44, 18, 15, 15, 15, 15, 15];

/// A sheet being written.
struct Sheet<'p, 'w> {
    page: Page<'p, 'w>,
    places: &'p Places,
    /// Cells that differ when somebody changed a parameter: the cell and what was signed.
    pairs: Vec<(String, String)>,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    places: &Places,
) -> Result<(), XlsxError> {
    let name = labels::SHEET_WEIGHTS.text(book.head.language);
    let mut page = Page::new(sheet, &book.head, name)?;
    page.simulation_title(name)?;
    for (column, width) in (0..).zip(WIDTHS) {
        page.sheet.set_column_width(column, width)?;
    }
    let about = page.word(labels::ABOUT_WEIGHTS);
    page.text(TOP_ROWS, 0, about, &styles::quiet())?;
    let mut sheet = Sheet { page, places, pairs: Vec::new() };
    let parameters = &book.parameters;
    sheet.weights(&parameters.weights)?;
    sheet.classes(&parameters.classes)?;
    if let Some(phases) = &parameters.phases {
        sheet.phases(phases)?;
    }
    sheet.bounds(&parameters.bounds)?;
    sheet.changed()
}

impl Sheet<'_, '_> {
    fn begin(&mut self, first: RowNum, title: Words, headings: &[Words]) -> Result<(), XlsxError> {
        let text = self.page.word(title);
        self.page.text(first - 2, 0, text, &styles::section())?;
        let headings: Vec<Heading> = headings
            .iter()
            .zip(WIDTHS)
            .map(|(words, width)| Heading::new(self.page.word(*words), width))
            .collect();
        self.page.headings(first - 1, &headings)
    }

    fn weights(&mut self, sets: &[WeightSet]) -> Result<(), XlsxError> {
        let Some(set) = sets.first() else { return Ok(()) };
        let headings = [
            labels::PARENT,
            labels::CHILD,
            labels::NODE,
            labels::WEIGHT_USED,
            labels::WEIGHT_SIGNED,
            labels::CHANGED_MARK,
        ];
        self.begin(self.places.weights[&set.node], labels::SECTION_WEIGHTS, &headings)?;
        sets.iter().try_for_each(|set| self.weight_set(set))
    }

    fn weight_set(&mut self, set: &WeightSet) -> Result<(), XlsxError> {
        let column = Parameter::Weight.column();
        let first = self.places.weights[&set.node];
        for (row, entry) in (first..).zip(&set.entries) {
            let cell = styles::cell();
            self.page.text(row, 0, &set.label, &cell)?;
            self.page.text(row, 1, &entry.label, &cell)?;
            self.page.text(row, 2, &entry.id, &styles::quiet())?;
            let look = if set.is_live { styles::input("0.######") } else { fixed("0.######") };
            self.page.number(row, column, entry.weight, &look)?;
            self.signed(row, entry.weight, "0.######", column)?;
        }
        // the sum of the weights stands below them
        let last = first + rows(set.entries.len());
        let label = format!("{}: {}", self.page.word(labels::WEIGHT_SUM), set.label);
        self.page.text(last, 0, &label, &styles::caption())?;
        let range =
            format!("{}:{}", row_col_to_cell(first, column), row_col_to_cell(last - 1, column));
        let sum = stats::sum(set.entries.iter().map(|entry| entry.weight));
        self.page.formula(
            (last, column),
            giving_number(&format!("SUM({range})"), sum),
            &fixed("0.######"),
        )
    }

    /// What was signed, and whether the cell still says it.
    fn signed(
        &mut self,
        row: RowNum,
        number: f64,
        format: &str,
        column: ColNum,
    ) -> Result<(), XlsxError> {
        self.page.number(row, SIGNED, number, &fixed(format))?;
        let (cell, signed) = (row_col_to_cell(row, column), row_col_to_cell(row, SIGNED));
        let [yes, no] = [labels::CHANGED_WORD, labels::UNCHANGED_WORD].map(|it| self.page.word(it));
        let formula = format!("IF({cell}<>{signed},\"{yes}\",\"{no}\")");
        self.page.formula(
            (row, CHANGE),
            giving_text(&formula, no),
            &styles::caption().set_indent(1),
        )?;
        self.pairs.push((cell, signed));
        Ok(())
    }

    fn classes(&mut self, sets: &[ClassSet]) -> Result<(), XlsxError> {
        let Some(set) = sets.first() else { return Ok(()) };
        let headings = [
            labels::COLUMN,
            labels::CLASS,
            labels::CLASS_SHARE,
            labels::CLASS_CUT,
            labels::CUT_SIGNED,
            labels::CHANGED_MARK,
        ];
        self.begin(self.places.classes[&set.output], labels::SECTION_CUTS, &headings)?;
        sets.iter().try_for_each(|set| self.class_set(set))
    }

    fn class_set(&mut self, set: &ClassSet) -> Result<(), XlsxError> {
        let class = &set.class;
        let first = self.places.classes[&set.output];
        for (at, (row, name)) in (first..).zip(&set.names).enumerate() {
            self.page.text(row, 0, &set.title, &styles::cell())?;
            self.page.text(row, Parameter::ClassName.column(), name, &styles::cell())?;
            let Some(&cut) = class.cuts.get(at) else { continue };
            let column = Parameter::Cut.column();
            let Some(&share) = class.shares.get(at) else {
                self.page.number(row, column, cut, &styles::input("#,##0.00####"))?;
                self.signed(row, cut, "#,##0.00####", column)?;
                continue;
            };
            self.page.number(row, SHARE, share, &styles::input("0.0####"))?;
            let range = self.places.range(Shown::Rounded(class.rounded));
            let sheet = layout::index_sheet(self.page.head.language);
            let share_cell = row_col_to_cell(row, SHARE);
            let formula = format!("ROUND(PERCENTILE({sheet}!{range},{share_cell}),9)");
            self.page.formula(
                (row, column),
                giving_number(&formula, cut),
                &fixed("#,##0.00####"),
            )?;
            self.signed(row, share, "0.0####", SHARE)?;
        }
        Ok(())
    }

    /// The places of each phase; what a phase adds stands beside them.
    fn phases(&mut self, phases: &PhaseSet) -> Result<(), XlsxError> {
        let headings = [
            labels::PROGRAMME,
            labels::PHASE,
            labels::PLACES_ADDED,
            labels::PLACES_UPTO,
            labels::CUT_SIGNED,
            labels::CHANGED_MARK,
        ];
        let first = self.places.first_phase;
        self.begin(first, labels::SECTION_PLACES, &headings)?;
        let (column, mut before) = (Parameter::Places.column(), None);
        for (row, (id, upto)) in (first..).zip(&phases.upto) {
            self.page.text(row, 0, &phases.title, &styles::cell())?;
            self.page.text(row, Parameter::PhaseName.column(), id, &styles::cell())?;
            let cell = row_col_to_cell(row, column);
            let (formula, added) = match before {
                None => (cell, f64::from(*upto)),
                Some((above, other)) => (format!("{cell}-{above}"), f64::from(*upto) - other),
            };
            self.page.formula((row, SHARE), giving_number(&formula, added), &fixed("#,##0"))?;
            self.page.number(row, column, f64::from(*upto), &styles::input("#,##0"))?;
            self.signed(row, f64::from(*upto), "#,##0", column)?;
            before = Some((row_col_to_cell(row, column), f64::from(*upto)));
        }
        Ok(())
    }

    fn bounds(&mut self, bounds: &[Bound]) -> Result<(), XlsxError> {
        let Some(bound) = bounds.first() else { return Ok(()) };
        let headings = [
            labels::BOUND_INDICATOR,
            labels::BOUND_RULE,
            labels::BOUND_CUT_LOW,
            labels::BOUND_CUT_HIGH,
            labels::BOUND_FROM,
            labels::BOUND_TO,
            labels::BOUND_FIRST,
            labels::BOUND_SECOND,
        ];
        self.begin(self.places.bounds[&bound.node], labels::SECTION_BOUNDS, &headings)?;
        bounds.iter().try_for_each(|bound| self.bound(bound))
    }

    fn bound(&mut self, bound: &Bound) -> Result<(), XlsxError> {
        let (norm, row) = (&bound.norm, self.places.bounds[&bound.node]);
        self.page.text(row, 0, &bound.label, &styles::cell())?;
        self.page.text(row, 1, &bound.rule, &styles::wrapped())?;
        self.page.fit_row(row, [(bound.rule.as_str(), WIDTHS[1])])?;
        let look = fixed(&styles::number_format(bound.decimals));
        for (parameter, cut) in [Parameter::CutLow, Parameter::CutHigh].into_iter().zip(norm.cut) {
            if let Some(cut) = cut {
                self.page.number(row, parameter.column(), cut, &look)?;
            }
        }
        let (from, [first, second]) = match norm.rule {
            Rule::Same | Rule::Rank { .. } => return Ok(()),
            Rule::MinMax { from, to } => (from, to),
            Rule::ZScore { centre, spread, mean, sd, .. } => ([centre, spread], [mean, sd]),
        };
        let formulas = norm.from_column.then(|| self.statistics(bound, row));
        for (at, column) in
            [Parameter::From.column(), Parameter::To.column()].into_iter().enumerate()
        {
            match &formulas {
                Some(formulas) => {
                    self.page.formula(
                        (row, column),
                        giving_number(&formulas[at], from[at]),
                        &look,
                    )?;
                }
                None => self.page.number(row, column, from[at], &look)?,
            }
        }
        self.page.number(row, Parameter::First.column(), first, &fixed("0.####"))?;
        self.page.number(row, Parameter::Second.column(), second, &fixed("0.####"))
    }

    /// What a normalisation takes from the measured column, as two formulas.
    fn statistics(&self, bound: &Bound, row: RowNum) -> [String; 2] {
        let sheet = layout::index_sheet(self.page.head.language);
        let range = format!("{sheet}!{}", self.places.range(Shown::Raw(bound.node)));
        if let Rule::ZScore { ddof, .. } = bound.norm.rule {
            let deviation = if ddof == 1 { "STDEV" } else { "STDEVP" };
            return [format!("AVERAGE({range})"), format!("{deviation}({range})")];
        }
        let (low, high) = (
            row_col_to_cell(row, Parameter::CutLow.column()),
            row_col_to_cell(row, Parameter::CutHigh.column()),
        );
        ["MIN", "MAX"].map(|extreme| {
            let mut formula = format!("{extreme}({range})");
            if bound.norm.cut[1].is_some() {
                formula = format!("MIN({formula},{high})");
            }
            if bound.norm.cut[0].is_some() {
                formula = format!("MAX({formula},{low})");
            }
            formula
        })
    }

    /// How many parameters differ from what was signed.
    fn changed(&mut self) -> Result<(), XlsxError> {
        let text = self.page.word(labels::CHANGED_COUNT);
        self.page.text(CHANGED, 0, text, &styles::caption())?;
        let sum: Vec<String> =
            self.pairs.iter().map(|(cell, signed)| format!("({cell}<>{signed})")).collect();
        if sum.is_empty() || sum.len() > 400 {
            return self.page.number(CHANGED, 1, 0.0, &fixed("0"));
        }
        self.page.formula(
            (CHANGED, 1),
            giving_number(&format!("0+{}", sum.join("+")), 0.0),
            &fixed("0"),
        )
    }
}

fn fixed(format: &str) -> Format {
    styles::cell().set_num_format(format)
}
