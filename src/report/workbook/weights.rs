//! The *Weights* sheet: weights and cuts that one may change, and the bounds formulas point at.

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet, XlsxError};

use super::index::{Grid, Shown};
use super::layout::{CHANGED, TOP_ROWS, rows};
use super::live::{Live, LiveClass, LivePhases, Norm, Rule};
use super::look;
use super::page::{Heading, Page};
use crate::index::method::Origin;
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::report::view::View;
use crate::report::words;

/// A parameter of formulas, by its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    /// Weight of a child.
    Weight,
    /// Name of a class.
    ClassName,
    /// Upper end of a class.
    Cut,
    /// Name of a phase.
    PhaseName,
    /// Places filled up to and including a phase.
    Places,
    /// Least value kept.
    CutLow,
    /// Greatest value kept.
    CutHigh,
    /// Least of the distribution, or its mean.
    From,
    /// Greatest of the distribution, or its deviation.
    To,
    /// What the least becomes, or the mean of the result.
    First,
    /// What the greatest becomes, or the deviation of the result.
    Second,
}

impl Parameter {
    pub(super) fn column(self) -> ColNum {
        match self {
            Self::ClassName | Self::PhaseName => 1,
            Self::CutLow => 2,
            Self::Weight | Self::Cut | Self::Places | Self::CutHigh => 3,
            Self::From => 4,
            Self::To => 5,
            Self::First => 6,
            Self::Second => 7,
        }
    }
}

/// Column of a share of units at which a quantile cuts, and of what was signed.
const SHARE: ColNum = 2;
const SIGNED: ColNum = 4;
const CHANGE: ColNum = 5;
const WIDTHS: [u16; 8] = [44, 44, 18, 15, 15, 15, 15, 15];

/// A sheet being written.
struct Sheet<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    live: &'p Live,
    grid: &'p Grid,
    /// Cells that differ when somebody changed a parameter: the cell and what was signed.
    pairs: Vec<(String, String)>,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    (live, grid): (&Live, &Grid),
) -> Result<(), XlsxError> {
    let name = labels::SHEET_WEIGHTS.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    page.simulation_title(name)?;
    for (column, width) in (0..).zip(WIDTHS) {
        page.sheet.set_column_width(column, width)?;
    }
    let about = page.word(labels::ABOUT_WEIGHTS);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let mut sheet = Sheet { page: &mut page, live, grid, pairs: Vec::new() };
    sheet.weights()?;
    sheet.classes()?;
    if let Some(phases) = &live.phases {
        sheet.phases(phases)?;
    }
    sheet.bounds()?;
    sheet.changed()
}

impl Sheet<'_, '_, '_> {
    fn begin(&mut self, first: RowNum, title: Words, headings: &[Words]) -> Result<(), XlsxError> {
        let text = self.page.word(title);
        self.page.text(first - 2, 0, text, &look::section())?;
        let headings: Vec<Heading> = headings
            .iter()
            .zip(WIDTHS)
            .map(|(words, width)| Heading::new(self.page.word(*words), width))
            .collect();
        self.page.headings(first - 1, &headings)
    }

    fn weights(&mut self) -> Result<(), XlsxError> {
        let Some((_, first)) = self.live.weights().next() else { return Ok(()) };
        let headings = [
            labels::PARENT,
            labels::CHILD,
            labels::NODE,
            labels::WEIGHT_USED,
            labels::WEIGHT_SIGNED,
            labels::CHANGED_MARK,
        ];
        self.begin(first, labels::SECTION_WEIGHTS, &headings)?;
        let view = self.page.view;
        let nodes: Vec<(usize, RowNum)> = self.live.weights().collect();
        for (node, first) in nodes {
            let weights = used(view, node);
            let Origin::Children(aggregate) = &view.figures.method.nodes[node].origin else {
                continue;
            };
            let is_live = self.live.aggregates.contains(&node);
            for (row, (child, weight)) in (first..).zip(aggregate.children.iter().zip(&weights)) {
                let cell = look::cell();
                self.page.text(row, 0, view.figures.node_label(node, view.language), &cell)?;
                self.page.text(
                    row,
                    1,
                    view.figures.node_label(child.node, view.language),
                    &cell,
                )?;
                self.page.text(
                    row,
                    2,
                    &view.figures.method.nodes[child.node].id,
                    &look::quiet(),
                )?;
                let look = if is_live { look::input("0.######") } else { fixed("0.######") };
                self.page.number(row, Parameter::Weight.column(), *weight, &look)?;
                self.signed(row, *weight, "0.######", Parameter::Weight.column())?;
            }
            self.sum(node, first, &weights)?;
        }
        Ok(())
    }

    /// The sum of a node's weights, below them.
    fn sum(&mut self, node: usize, first: RowNum, weights: &[f64]) -> Result<(), XlsxError> {
        let column = Parameter::Weight.column();
        let last = first + rows(weights.len());
        let text = self.page.word(labels::WEIGHT_SUM);
        let label =
            format!("{text}: {}", self.page.view.figures.node_label(node, self.page.view.language));
        self.page.text(last, 0, &label, &look::caption())?;
        let range =
            format!("{}:{}", row_col_to_cell(first, column), row_col_to_cell(last - 1, column));
        let sum = crate::index::stats::sum(weights.iter().copied());
        self.page.formula((last, column), &format!("SUM({range})"), sum, &fixed("0.######"))
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
        self.page.formula_text((row, CHANGE), &formula, no, &look::caption().set_indent(1))?;
        self.pairs.push((cell, signed));
        Ok(())
    }

    fn classes(&mut self) -> Result<(), XlsxError> {
        let Some((_, first, _)) = self.live.classes().next() else { return Ok(()) };
        let headings = [
            labels::COLUMN,
            labels::CLASS,
            labels::CLASS_SHARE,
            labels::CLASS_CUT,
            labels::CUT_SIGNED,
            labels::CHANGED_MARK,
        ];
        self.begin(first, labels::SECTION_CUTS, &headings)?;
        let classes: Vec<(usize, RowNum, LiveClass)> =
            self.live.classes().map(|(output, row, class)| (output, row, class.clone())).collect();
        classes.iter().try_for_each(|(output, row, class)| self.class(*output, *row, class))
    }

    fn class(&mut self, output: usize, first: RowNum, class: &LiveClass) -> Result<(), XlsxError> {
        let view = self.page.view;
        let title = view.figures.output_title(output, view.language);
        for (at, (row, label)) in (first..).zip(&class.labels).enumerate() {
            self.page.text(row, 0, &title, &look::cell())?;
            let name = words::named(labels::CLASSES, label, view.language);
            self.page.text(row, Parameter::ClassName.column(), name, &look::cell())?;
            let Some(&cut) = class.cuts.get(at) else { continue };
            let column = Parameter::Cut.column();
            let Some(&share) = class.shares.get(at) else {
                self.page.number(row, column, cut, &look::input("#,##0.00####"))?;
                self.signed(row, cut, "#,##0.00####", column)?;
                continue;
            };
            self.page.number(row, SHARE, share, &look::input("0.0####"))?;
            let range = self.grid.range(Shown::Rounded(class.rounded));
            let sheet = quote_sheet_name(labels::SHEET_INDEX.text(view.language));
            let share_cell = row_col_to_cell(row, SHARE);
            let formula = format!("ROUND(PERCENTILE({sheet}!{range},{share_cell}),9)");
            self.page.formula((row, column), &formula, cut, &fixed("#,##0.00####"))?;
            self.signed(row, share, "0.0####", SHARE)?;
        }
        Ok(())
    }

    /// The places of each phase; what a phase adds stands beside them.
    fn phases(&mut self, phases: &LivePhases) -> Result<(), XlsxError> {
        let headings = [
            labels::PROGRAMME,
            labels::PHASE,
            labels::PLACES_ADDED,
            labels::PLACES_UPTO,
            labels::CUT_SIGNED,
            labels::CHANGED_MARK,
        ];
        let first = self.live.first_phase();
        self.begin(first, labels::SECTION_PLACES, &headings)?;
        let view = self.page.view;
        let title = view.chosen.map_or("", |it| it.plan.rules.title.text(view.language));
        let (column, mut before) = (Parameter::Places.column(), None);
        for (row, (id, upto)) in (first..).zip(&phases.upto) {
            self.page.text(row, 0, title, &look::cell())?;
            self.page.text(row, Parameter::PhaseName.column(), id, &look::cell())?;
            let cell = row_col_to_cell(row, column);
            let (formula, added) = match before {
                None => (cell, f64::from(*upto)),
                Some((above, other)) => (format!("{cell}-{above}"), f64::from(*upto) - other),
            };
            self.page.formula((row, SHARE), &formula, added, &fixed("#,##0"))?;
            self.page.number(row, column, f64::from(*upto), &look::input("#,##0"))?;
            self.signed(row, f64::from(*upto), "#,##0", column)?;
            before = Some((row_col_to_cell(row, column), f64::from(*upto)));
        }
        Ok(())
    }

    fn bounds(&mut self) -> Result<(), XlsxError> {
        let Some((_, first, _)) = self.live.bounds().next() else { return Ok(()) };
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
        self.begin(first, labels::SECTION_BOUNDS, &headings)?;
        let norms: Vec<(usize, RowNum, Norm)> =
            self.live.bounds().map(|(node, row, norm)| (node, row, norm.clone())).collect();
        norms.iter().try_for_each(|(node, row, norm)| self.bound(*node, *row, norm))
    }

    fn bound(&mut self, node: usize, row: RowNum, norm: &Norm) -> Result<(), XlsxError> {
        let view = self.page.view;
        self.page.text(row, 0, view.figures.node_label(node, view.language), &look::cell())?;
        let rule = match norm.rule {
            Rule::Same => labels::RULE_SAME,
            Rule::MinMax { .. } => labels::RULE_MINMAX,
            Rule::ZScore { .. } => labels::RULE_ZSCORE,
            Rule::Rank { .. } => labels::RULE_RANK,
        };
        let mut text = self.page.word(rule).to_owned();
        if norm.protective && norm.rule != Rule::Same {
            text.push_str(", ");
            text.push_str(self.page.word(labels::RULE_TURNED));
        }
        self.page.text(row, 1, &text, &look::wrapped())?;
        self.page.fit_row(row, [(text.as_str(), WIDTHS[1])])?;
        let values = view.figures.index.nodes[node].raw.values();
        let look = fixed(&look::number_format(language::decimals(values).max(2)));
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
        let formulas = norm.from_column.then(|| self.statistics(node, row, norm));
        for (at, column) in
            [Parameter::From.column(), Parameter::To.column()].into_iter().enumerate()
        {
            match &formulas {
                Some(formulas) => {
                    self.page.formula((row, column), &formulas[at], from[at], &look)?;
                }
                None => self.page.number(row, column, from[at], &look)?,
            }
        }
        self.page.number(row, Parameter::First.column(), first, &fixed("0.####"))?;
        self.page.number(row, Parameter::Second.column(), second, &fixed("0.####"))
    }

    /// What a normalisation takes from the measured column, as two formulas.
    fn statistics(&self, node: usize, row: RowNum, norm: &Norm) -> [String; 2] {
        let sheet = quote_sheet_name(labels::SHEET_INDEX.text(self.page.view.language));
        let range = format!("{sheet}!{}", self.grid.range(Shown::Raw(node)));
        if let Rule::ZScore { ddof, .. } = norm.rule {
            let deviation = if ddof == 1 { "STDEV" } else { "STDEVP" };
            return [format!("AVERAGE({range})"), format!("{deviation}({range})")];
        }
        let (low, high) = (
            row_col_to_cell(row, Parameter::CutLow.column()),
            row_col_to_cell(row, Parameter::CutHigh.column()),
        );
        ["MIN", "MAX"].map(|extreme| {
            let mut formula = format!("{extreme}({range})");
            if norm.cut[1].is_some() {
                formula = format!("MIN({formula},{high})");
            }
            if norm.cut[0].is_some() {
                formula = format!("MAX({formula},{low})");
            }
            formula
        })
    }

    /// How many parameters differ from what was signed.
    fn changed(&mut self) -> Result<(), XlsxError> {
        let text = self.page.word(labels::CHANGED_COUNT);
        self.page.text(CHANGED, 0, text, &look::caption())?;
        let sum: Vec<String> =
            self.pairs.iter().map(|(cell, signed)| format!("({cell}<>{signed})")).collect();
        if sum.is_empty() || sum.len() > 400 {
            return self.page.number(CHANGED, 1, 0.0, &fixed("0"));
        }
        self.page.formula((CHANGED, 1), &format!("0+{}", sum.join("+")), 0.0, &fixed("0"))
    }
}

/// The weights of a node's children as the engine used them: declared ones as they were declared.
pub(super) fn used(view: &View<'_>, node: usize) -> Vec<f64> {
    use crate::index::aggregate::Weights;
    let Origin::Children(aggregate) = &view.figures.method.nodes[node].origin else {
        return Vec::new();
    };
    match aggregate.weights {
        Weights::Declared => aggregate.children.iter().map(|child| child.weight).collect(),
        Weights::Equal => vec![1.0; aggregate.children.len()],
        Weights::Pca(_) | Weights::Factor(_) | Weights::Optimise(_) => {
            view.figures.index.nodes[node].weights.iter().map(|weight| weight.nominal).collect()
        }
    }
}

fn fixed(format: &str) -> Format {
    look::cell().set_num_format(format)
}
