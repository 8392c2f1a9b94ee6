//! What an index shows about itself: distributions, correlations, influence and components.

use super::column::{Column, Kind};
use super::table::{Table, Titled};
use crate::index::diagnostics::{
    self, Components, Description, FamilyStatistics, OPPOSED, Pair, REDUNDANT, Statistics,
};
use crate::index::stats::{Link, Links, significant};
use crate::index::{ChildWeight, Figures, Influence};
use crate::language::{Language, Words, decimals};
use crate::message::labels;
use crate::register::{NATIONAL, UNIT};
use crate::report::words;

/// Significant digits of p-values.
const P_DIGITS: u32 = 4;
/// Widths of names and of numbers on a sheet.
const NAME: u16 = 30;
const NUMBER: u16 = 12;

/// The four tables, by file name without extension; their titles are those of parts of a sheet.
pub(crate) fn statistics<'a>(
    figures: &Figures<'a>,
    language: Language,
) -> Vec<(&'static str, Titled<'a>)> {
    let by = grouping(figures);
    let all = diagnostics::statistics(figures.method, figures.register, figures.index, by);
    let tables = Tables { figures, language };
    let titled = |title: Words, about: Words, table| Titled {
        title: title.text(language).to_owned(),
        about: about.text(language).to_owned(),
        table,
    };
    vec![
        (
            "statistics",
            titled(
                labels::SECTION_DISTRIBUTIONS,
                labels::ABOUT_DISTRIBUTIONS,
                tables.distributions(&all, by),
            ),
        ),
        (
            "correlations",
            titled(
                labels::SECTION_CORRELATIONS,
                labels::ABOUT_CORRELATIONS,
                tables.correlations(&all.pairs),
            ),
        ),
        (
            "influence",
            titled(labels::SECTION_INFLUENCE, labels::ABOUT_INFLUENCE, tables.influence(&all)),
        ),
        (
            "components",
            titled(labels::SECTION_COMPONENTS, labels::ABOUT_COMPONENTS, tables.components(&all)),
        ),
    ]
}

/// The register column between whose areas variance is shared out: counties where the register has
/// them, else its first grouping.
fn grouping<'a>(figures: &Figures<'a>) -> &'a str {
    let mut names = figures.register.level_names();
    let first = figures.register.level_names().find(|name| *name != UNIT && *name != NATIONAL);
    names.find(|name| *name == "county").or(first).unwrap_or(NATIONAL)
}

struct Tables<'t, 'a> {
    figures: &'t Figures<'a>,
    language: Language,
}

/// A node before its steps, or after them.
struct Stage<'s> {
    node: &'s str,
    level: &'s str,
    id: &'static str,
    of: &'s Description,
    /// The share of the variance that lies between areas.
    between: Option<f64>,
}

/// A loading of a child on a component.
struct Loading<'s> {
    parent: &'s str,
    component: usize,
    child: &'s str,
    loading: f64,
    parts: &'s Components,
}

impl<'a> Tables<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.language)
    }

    /// The id of a node for a file, and its name for a sheet.
    fn nodes<'s>(
        &self,
        id: &str,
        heading: Words,
        nodes: impl Iterator<Item = &'s str> + Clone,
    ) -> [Column<'a>; 2] {
        let label = |id: &str| {
            let node = self.figures.method.node(id);
            node.map_or(id, |node| self.figures.node_label(node, self.language)).to_owned()
        };
        [
            Column::text(id, Column::PUBLIC, nodes.clone().map(str::to_owned)).only_in_files(),
            Column::text(id, Column::PUBLIC, nodes.map(label))
                .headed(self.word(heading))
                .wide(NAME)
                .shown_as(Kind::Word)
                .only_on_sheets(),
        ]
    }

    fn numbers(
        &self,
        id: &str,
        heading: Words,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Column<'a> {
        let finite = cells.map(|cell| cell.filter(|number| number.is_finite()));
        Column::numbers(id, Column::FIGURES, finite)
            .headed(self.word(heading))
            .wide(NUMBER)
            .with_gap(":")
            .in_files_and_sheets()
    }

    fn counts(&self, id: &str, heading: Words, cells: impl Iterator<Item = usize>) -> Column<'a> {
        Column::counts(id, Column::FIGURES, cells.map(Some))
            .headed(self.word(heading))
            .wide(NUMBER)
            .with_gap(":")
            .in_files_and_sheets()
    }

    /// Two rows a node: before its steps (`raw`) and after them (`value`).
    fn distributions(&self, all: &Statistics, by: &str) -> Table<'a> {
        let rows: Vec<Stage<'_>> = all
            .nodes
            .iter()
            .flat_map(|node| {
                let stage =
                    |id, of, between| Stage { node: &node.id, level: &node.level, id, of, between };
                [stage("raw", &node.raw, None), stage("value", &node.value, node.between)]
            })
            .collect();
        let stage = |row: &Stage<'_>| {
            let level = words::named(labels::LEVELS, row.level, self.language);
            match row.id {
                "raw" => format!("{} ({level})", self.word(labels::BEFORE_STEPS)),
                _ => self.word(labels::AFTER_STEPS).to_owned(),
            }
        };
        let text = |id: &str, of: &dyn Fn(&Stage<'_>) -> String| {
            Column::text(id, Column::PUBLIC, rows.iter().map(of))
        };
        let mut table = Table::default();
        table.extend(self.nodes("node", labels::NODE, rows.iter().map(|row| row.node)));
        table.push(text("level", &|row| row.level.to_owned()).only_in_files());
        table.push(text("stage", &|row| row.id.to_owned()).only_in_files());
        table.push(
            text("stage", &stage)
                .headed(self.word(labels::STAGE))
                .wide(NAME)
                .shown_as(Kind::Word)
                .only_on_sheets(),
        );
        self.describe(&mut table, &rows);
        let between = format!("between_{by}");
        let level = words::named(labels::LEVELS, by, self.language);
        let heading = format!("{} ({level})", self.word(labels::BETWEEN_AREAS));
        let shares = self.numbers(&between, labels::BETWEEN_AREAS, rows.iter().map(|r| r.between));
        table.push(shares.headed(heading).shown_as(Kind::Percent));
        table
    }

    /// The columns that describe a distribution.
    fn describe(&self, table: &mut Table<'a>, rows: &[Stage<'_>]) {
        let counts: [(&str, Words, fn(&Description) -> usize); 4] = [
            ("n", labels::COUNT_PRESENT, |it| it.n),
            ("missing", labels::COUNT_MISSING, |it| it.missing),
            ("zeros", labels::COUNT_ZEROS, |it| it.zeros),
            ("distinct", labels::COUNT_DISTINCT, |it| it.unique),
        ];
        for (id, words, of) in counts {
            table.push(self.counts(id, words, rows.iter().map(|row| of(row.of))));
        }
        let largest = rows.iter().map(|row| row.of.largest_tie);
        table.push(self.counts("largest_tie", labels::COUNT_DISTINCT, largest).only_in_files());
        let outliers = rows.iter().map(|row| row.of.outliers);
        let last_but_one = table.columns().len() + 10;
        table.push(self.counts("outliers", labels::OUTLIERS, outliers).sheet_at(last_but_one));
        let quantities: [(&str, Words, fn(&Description) -> f64); 7] = [
            ("min", labels::MINIMUM, |it| it.min),
            ("lower_quartile", labels::LOWER_QUARTILE, |it| it.lower_quartile),
            ("median", labels::MEDIAN, |it| it.median),
            ("upper_quartile", labels::UPPER_QUARTILE, |it| it.upper_quartile),
            ("max", labels::MAXIMUM, |it| it.max),
            ("mean", labels::MEAN, |it| it.mean),
            ("sd", labels::DEVIATION, |it| it.sd),
        ];
        let of_row = |row: &Stage<'_>| decimals(&quantities.map(|(.., of)| of(row.of)));
        let shown: Vec<usize> = rows.iter().map(of_row).collect();
        for (id, words, of) in quantities {
            let column = self.numbers(id, words, rows.iter().map(|row| Some(of(row.of))));
            table.push(column.shown_as(Kind::RowDecimals(shown.clone())));
        }
        let shapes: [(&str, Words, fn(&Description) -> f64); 2] = [
            ("skewness", labels::SKEWNESS, |it| it.skewness),
            ("kurtosis", labels::KURTOSIS, |it| it.kurtosis),
        ];
        for (id, words, of) in shapes {
            let column = self.numbers(id, words, rows.iter().map(|row| Some(of(row.of))));
            table.push(column.shown_as(Kind::Decimals(2)));
        }
    }

    /// A row for each pair of indicators: at which level, over how many areas, how far.
    fn correlations(&self, pairs: &[Pair]) -> Table<'a> {
        let mut table = Table::default();
        table.extend(self.nodes("a", labels::INDICATOR, pairs.iter().map(|pair| pair.a.as_str())));
        table.extend(self.nodes("b", labels::INDICATOR, pairs.iter().map(|pair| pair.b.as_str())));
        let level =
            |pair: &Pair| words::named(labels::LEVELS, &pair.level, self.language).to_owned();
        table.push(
            Column::text("level", Column::PUBLIC, pairs.iter().map(|pair| pair.level.clone()))
                .only_in_files(),
        );
        table.push(
            Column::text("level", Column::PUBLIC, pairs.iter().map(level))
                .headed(self.word(labels::LEVEL))
                .wide(NUMBER)
                .shown_as(Kind::Word)
                .only_on_sheets(),
        );
        table.push(self.counts("n", labels::PAIRS, pairs.iter().map(|pair| pair.links.n)));
        let kinds: [(&str, Words, fn(&Links) -> Option<Link>); 3] = [
            ("pearson", labels::PEARSON, |links| links.pearson),
            ("spearman", labels::SPEARMAN, |links| links.spearman),
            ("kendall", labels::KENDALL, |links| links.kendall),
        ];
        for (id, words, of) in kinds {
            let r = pairs.iter().map(|pair| of(&pair.links).map(|link| link.r));
            table.push(self.numbers(id, words, r).shown_as(Kind::Decimals(3)));
            let p = |pair: &Pair| of(&pair.links).map(|link| significant(link.p, P_DIGITS));
            let name = format!("{id}_p");
            let column = self.numbers(&name, labels::P_VALUE, pairs.iter().map(p));
            table.push(column.shown_as(Kind::Probability));
        }
        table.push(
            Column::text("note", Column::FIGURES, pairs.iter().map(|pair| self.remark(pair)))
                .headed(self.word(labels::NOTE_REDUNDANT))
                .wide(NAME)
                .shown_as(Kind::Word)
                .only_on_sheets(),
        );
        table
    }

    /// What a pair of indicators makes one look at.
    fn remark(&self, pair: &Pair) -> &'static str {
        match pair.links.pearson {
            Some(link) if link.r >= REDUNDANT => self.word(labels::SAY_THE_SAME),
            Some(link) if link.r <= OPPOSED => self.word(labels::SAY_THE_OPPOSITE),
            Some(_) | None => "",
        }
    }

    /// A row for each child of each parent.
    fn influence(&self, all: &Statistics) -> Table<'a> {
        let rows: Vec<(&FamilyStatistics, &ChildWeight)> = all
            .families
            .iter()
            .flat_map(|family| family.influence.iter().map(move |child| (family, child)))
            .collect();
        let distinct = |(_, child): &(&FamilyStatistics, &ChildWeight)| {
            let node = self.figures.method.node(&child.child);
            node.map(|node| self.figures.index.nodes[node].distinct as f64)
        };
        let parents = rows.iter().map(|(family, _)| family.id.as_str());
        let children = rows.iter().map(|(_, child)| child.child.as_str());
        let number =
            |id: &str, words, of: &dyn Fn(&(&FamilyStatistics, &ChildWeight)) -> Option<f64>| {
                self.numbers(id, words, rows.iter().map(of)).shown_as(Kind::Decimals(3))
            };
        let share = |id: &str, words, of: fn(&Influence) -> Option<f64>| {
            number(id, words, &|(_, child)| of(&child.influence)).shown_as(Kind::Percent)
        };
        let mut table = Table::default();
        table.extend(self.nodes("parent", labels::PARENT, parents));
        table.extend(self.nodes("child", labels::CHILD, children));
        let nominal = number("nominal", labels::WEIGHT_NOMINAL, &|(_, it)| Some(it.nominal));
        table.push(nominal.shown_as(Kind::Percent));
        table.push(share("effective", labels::WEIGHT_EFFECTIVE, |it| it.effective));
        table.push(share("covariance_share", labels::COVARIANCE_SHARE, |it| it.covariance));
        let pearson = |(_, child): &(&FamilyStatistics, &ChildWeight)| child.influence.pearson;
        table.push(number("pearson", labels::PEARSON, &pearson));
        table.push(share("r_squared", labels::R_SQUARED, |it| it.pearson.map(|r| r * r)));
        table.push(share("correlation_ratio", labels::CORRELATION_RATIO, |it| it.ratio));
        let distinct = number("distinct", labels::COUNT_DISTINCT, &distinct);
        table.push(distinct.shown_as(Kind::Decimals(0)).only_on_sheets());
        table.push(number("alpha", labels::ALPHA, &|(family, _)| family.alpha));
        table
    }

    /// A row for each loading: parent, component, child.
    fn components(&self, all: &Statistics) -> Table<'a> {
        let mut rows: Vec<Loading<'_>> = Vec::new();
        for family in &all.families {
            let Some(parts) = &family.components else { continue };
            for (component, loadings) in parts.loadings.iter().enumerate() {
                rows.extend(family.influence.iter().zip(loadings).map(|(child, &loading)| {
                    Loading { parent: &family.id, component, child: &child.child, loading, parts }
                }));
            }
        }
        let number = |id: &str, words, of: fn(&Loading<'_>) -> f64| {
            let cells = rows.iter().map(|row| Some(of(row)));
            self.numbers(id, words, cells).shown_as(Kind::Decimals(3))
        };
        let positions = rows.iter().map(|row| row.component + 1);
        let mut table = Table::default();
        table.extend(self.nodes("parent", labels::PARENT, rows.iter().map(|row| row.parent)));
        // a sheet names the child first
        table.push(self.counts("component", labels::COMPONENT, positions).sheet_at(5));
        table.extend(self.nodes("child", labels::CHILD, rows.iter().map(|row| row.child)));
        table.push(number("loading", labels::LOADING, |row| row.loading));
        let eigenvalue = |row: &Loading<'_>| row.parts.eigenvalues[row.component];
        table.push(number("eigenvalue", labels::EIGENVALUE, eigenvalue));
        let share = |row: &Loading<'_>| row.parts.shares[row.component];
        let shares = number("variance_share", labels::VARIANCE_SHARE, share);
        table.push(shares.shown_as(Kind::Percent));
        let complete = rows.iter().map(|row| row.parts.rows);
        table.push(self.counts("complete_units", labels::COUNT_COMPLETE, complete));
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::format::csv;

    #[test]
    fn every_node_pair_and_child_has_its_row() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let tables = statistics(&view.figures, view.language);
        let text = |at: usize| String::from_utf8(csv(&tables[at].1.table)).unwrap();
        let nodes = fixture.method.nodes.len();
        assert_eq!(text(0).lines().count(), 1 + 2 * nodes);
        assert!(text(0).lines().next().unwrap().ends_with(",kurtosis,between_county"));
        assert_eq!(text(1).lines().count(), 2);
        assert!(
            text(1).starts_with(
                "a,b,level,n,pearson,pearson_p,spearman,spearman_p,kendall,kendall_p\n"
            )
        );
        assert!(text(1).contains("\nchildren,unemployed,county,"));
        assert_eq!(text(2).lines().count(), 3);
        assert!(text(3).starts_with("parent,component,child,loading,eigenvalue,"));
    }
}
