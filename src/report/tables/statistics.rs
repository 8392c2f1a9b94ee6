//! `statistics.csv`, `correlations.csv`, `influence.csv` and `components.csv`: what an index shows
//! about itself.

use std::borrow::Cow;

use crate::index::diagnostics::{Description, Pair, Statistics};
use crate::index::stats::Link;
use crate::report::statistics::statistics as of;
use crate::report::table::Table;
use crate::report::{View, statistics::grouping};

/// The four tables, by file name without extension.
pub(crate) fn statistics<'a>(view: &View<'a>) -> Vec<(String, Table<'a>)> {
    let all = of(view);
    vec![
        ("statistics".to_owned(), distributions(view, &all)),
        ("correlations".to_owned(), correlations(&all.pairs)),
        ("influence".to_owned(), influence(&all)),
        ("components".to_owned(), components(&all)),
    ]
}

/// Two rows a node: before its steps (`raw`) and after them (`value`).
fn distributions<'a>(view: &View<'a>, all: &Statistics) -> Table<'a> {
    let rows: Vec<(&str, &str, &str, &Description, Option<f64>)> = all
        .nodes
        .iter()
        .flat_map(|node| {
            let row = |stage, description, between| {
                (node.id.as_str(), node.level.as_str(), stage, description, between)
            };
            [row("raw", &node.raw, None), row("value", &node.value, node.between)]
        })
        .collect();
    let mut table = Table::default();
    let texts = |of: fn(&(&str, &str, &str, &Description, Option<f64>)) -> String| {
        rows.iter().map(of).map(Cow::<'a, str>::Owned).collect::<Vec<_>>()
    };
    table.text("node", texts(|row| row.0.to_owned()));
    table.text("level", texts(|row| row.1.to_owned()));
    table.text("stage", texts(|row| row.2.to_owned()));
    let counts: [(&str, fn(&Description) -> usize); 6] = [
        ("n", |it| it.n),
        ("missing", |it| it.missing),
        ("zeros", |it| it.zeros),
        ("distinct", |it| it.unique),
        ("largest_tie", |it| it.largest_tie),
        ("outliers", |it| it.outliers),
    ];
    for (name, of) in counts {
        table.integers(name, rows.iter().map(|row| i32::try_from(of(row.3)).ok()));
    }
    let numbers: [(&str, fn(&Description) -> f64); 9] = [
        ("min", |it| it.min),
        ("lower_quartile", |it| it.lower_quartile),
        ("median", |it| it.median),
        ("upper_quartile", |it| it.upper_quartile),
        ("max", |it| it.max),
        ("mean", |it| it.mean),
        ("sd", |it| it.sd),
        ("skewness", |it| it.skewness),
        ("kurtosis", |it| it.kurtosis),
    ];
    for (name, of) in numbers {
        table.numbers(name, rows.iter().map(|row| Some(of(row.3)).filter(|x| x.is_finite())));
    }
    let between = format!("between_{}", grouping(view));
    table.numbers(between, rows.iter().map(|row| row.4));
    table
}

fn correlations<'a>(pairs: &[Pair]) -> Table<'a> {
    let mut table = Table::default();
    table.text("a", pairs.iter().map(|pair| pair.a.clone()));
    table.text("b", pairs.iter().map(|pair| pair.b.clone()));
    let kinds: [(&str, fn(&Pair) -> Option<Link>); 3] = [
        ("pearson", |pair| pair.pearson),
        ("spearman", |pair| pair.spearman),
        ("kendall", |pair| pair.kendall),
    ];
    for (name, of) in kinds {
        table.numbers(name, pairs.iter().map(|pair| of(pair).map(|link| link.r)));
        let p = pairs.iter().map(|pair| of(pair).map(|link| link.p).filter(|p| p.is_finite()));
        table.numbers(format!("{name}_p"), p);
    }
    table
}

/// A row for each child of each parent.
fn influence<'a>(all: &Statistics) -> Table<'a> {
    let rows: Vec<_> = all
        .families
        .iter()
        .flat_map(|family| family.influence.iter().map(move |child| (family, child)))
        .collect();
    let mut table = Table::default();
    table.text("parent", rows.iter().map(|(family, _)| family.id.clone()));
    table.text("child", rows.iter().map(|(_, child)| child.child.clone()));
    table.numbers("nominal", rows.iter().map(|(_, child)| Some(child.nominal)));
    table.numbers("effective", rows.iter().map(|(_, child)| child.effective));
    table.numbers("pearson", rows.iter().map(|(_, child)| child.pearson));
    table.numbers("correlation_ratio", rows.iter().map(|(_, child)| child.ratio));
    table.numbers("alpha", rows.iter().map(|(family, _)| family.alpha));
    table
}

/// A row for each loading: parent, component, child.
fn components<'a>(all: &Statistics) -> Table<'a> {
    let rows: Vec<_> = all
        .families
        .iter()
        .filter_map(|family| Some((family, family.components.as_ref()?)))
        .flat_map(|(family, parts)| {
            (0..parts.eigenvalues.len()).flat_map(move |part| {
                let children = family.influence.iter().enumerate();
                children.map(move |(at, child)| {
                    (family.id.clone(), part, child.child.clone(), parts.loadings[part][at], parts)
                })
            })
        })
        .collect();
    let mut table = Table::default();
    table.text("parent", rows.iter().map(|row| row.0.clone()));
    table.integers("component", rows.iter().map(|row| i32::try_from(row.1 + 1).ok()));
    table.text("child", rows.iter().map(|row| row.2.clone()));
    table.numbers("loading", rows.iter().map(|row| Some(row.3)));
    table.numbers("eigenvalue", rows.iter().map(|row| Some(row.4.eigenvalues[row.1])));
    table.numbers("variance_share", rows.iter().map(|row| Some(row.4.shares[row.1])));
    table.integers("complete_units", rows.iter().map(|row| i32::try_from(row.4.rows).ok()));
    table
}

#[cfg(test)]
mod tests {
    use super::statistics;
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    #[test]
    fn every_node_pair_and_child_has_its_row() {
        let fixture = Fixture::new();
        let tables = statistics(&fixture.view());
        let text = |at: usize| String::from_utf8(csv(&tables[at].1)).unwrap();
        let nodes = fixture.method.nodes.len();
        assert_eq!(text(0).lines().count(), 1 + 2 * nodes);
        assert!(text(0).lines().next().unwrap().ends_with(",kurtosis,between_county"));
        assert_eq!(text(1).lines().count(), 2);
        assert!(
            text(1).starts_with("a,b,pearson,pearson_p,spearman,spearman_p,kendall,kendall_p\n")
        );
        assert!(text(1).contains("\nchildren,unemployed,"));
        assert_eq!(text(2).lines().count(), 3);
        assert!(text(3).starts_with("parent,component,child,loading,eigenvalue,"));
    }
}
