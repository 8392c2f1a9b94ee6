//! The tables of units by what was computed: every unit, and those that share a score.

use super::column::{Column, Kind};
use super::sensitivity::{Masks, Rows, of_node, of_output};
use super::table::Table;
use crate::index::{Figures, OutputColumn, stats};
use crate::language::{Language, decimals, whole};
use crate::message::labels;
use crate::register::is_bundled;

/// Register columns that lead the table where a register has them.
pub(crate) const PLACES: [&str; 3] = ["kind", "county", "region"];

/// `code,name`, columns of the register (`kind,county,region` of a bundled one), then per indicator `<id>` (as measured) and `<id>.normalised`,
/// per aggregate `<id>`, per output `<id>`; one row a unit, in the order of the register.
///
/// The sheet *Index* stands beside it with formulas, and the page has places and scores of its own
/// beside the columns that are declared for it.
pub(crate) fn index<'a>(figures: &Figures<'a>, masks: &'a Masks, language: Language) -> Table<'a> {
    let units = 0..figures.register.len();
    let public = Column::PUBLIC;
    let mut table = Table::new(Rows::Units(units.clone().map(Some).collect()), masks);
    let (codes, names) = (figures.register.codes(), figures.register.names());
    table.push(Column::text("code", public, codes.iter().map(String::as_str)).in_files_and_maps());
    table.push(Column::text("name", public, names.iter().map(String::as_str)).in_files_and_maps());
    for place in places(figures) {
        let texts = units.clone().map(|unit| figures.register_text(place, unit));
        table.push(Column::text(place, public, texts).shown_as(Kind::Word).in_files_and_maps());
    }
    let nodes = || figures.method.nodes.iter().zip(&figures.index.nodes).enumerate();
    for (at, (node, result)) in nodes().filter(|(_, (node, _))| node.is_indicator()) {
        let sensitivity = of_node(figures, at);
        let title = figures.node_title(at, language);
        table.push(
            Column::computed(node.id.as_str(), sensitivity, &result.raw)
                .headed(title.clone())
                .in_files_and_maps(),
        );
        let normalised = labels::NORMALISED.text(language);
        table.push(
            Column::computed(format!("{}.normalised", node.id), sensitivity, &result.value)
                .headed(format!("{title} – {normalised}"))
                .only_in_files(),
        );
    }
    for (at, (node, result)) in nodes().filter(|(_, (node, _))| !node.is_indicator()) {
        table.push(
            Column::computed(node.id.as_str(), of_node(figures, at), &result.value)
                .headed(figures.node_title(at, language))
                .in_files_and_maps(),
        );
    }
    for (at, output) in figures.index.outputs.iter().enumerate() {
        let sensitivity = of_output(figures, at);
        let column = match &output.column {
            OutputColumn::Numbers(column) => {
                Column::computed(output.id.as_str(), sensitivity, column)
            }
            OutputColumn::Classes(classes) => {
                let words = classes.iter().map(|class| class.as_deref().unwrap_or(""));
                let column = Column::text(output.id.as_str(), sensitivity, words);
                column.in_states(masks.class_states(at, classes))
            }
        };
        let column = column.headed(figures.output_title(at, language));
        let is_share = figures.contribution(at).is_some();
        table.push(if is_share { column.only_in_files() } else { column.in_files_and_maps() });
    }
    table
}

/// Columns of the register that lead the table: of a bundled one kind, county and region; of one of the
/// study's own these as far as it has them, then its others in the order of their names. A column that is
/// called as something computed gives way to it.
fn places<'a>(figures: &Figures<'a>) -> Vec<&'a str> {
    let register = figures.register;
    let nodes = figures.method.nodes.iter().map(|node| node.id.as_str());
    let outputs = figures.index.outputs.iter().map(|output| output.id.as_str());
    let taken: Vec<&str> = ["code", "name"].into_iter().chain(nodes).chain(outputs).collect();
    let others = register.columns().iter().map(String::as_str).filter(|column| {
        let is_computed = |id: &&str| {
            column.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        !PLACES.contains(column) && !taken.iter().any(is_computed)
    });
    let others = others.filter(|_| !is_bundled(register.id()));
    PLACES.into_iter().filter(|place| register.column(place).is_some()).chain(others).collect()
}

/// Units named of a tie; the rest are counted.
const NAMED: usize = 40;

/// Units that share a score.
struct Tie {
    score: f64,
    units: Vec<usize>,
    /// How many there are, those among them of which a pack does not tell.
    all: usize,
}

/// A row for each score that two or more units of the distribution share, the highest first.
pub(crate) fn ties<'a>(figures: &Figures<'a>, language: Language) -> Table<'a> {
    let ties = shared(figures);
    let shown = figures.scores().map_or(2, |scores| decimals(scores.values()).max(4));
    let places = ties.iter().map(|tie| figures.place(tie.units[0]));
    let scores = ties.iter().map(|tie| Some(tie.score));
    let counts = ties.iter().map(|tie| Some(tie.all));
    let names = ties.iter().map(|tie| named(figures, tie, language));
    let mut table = Table::default();
    table.push(
        Column::numbers("place", Column::FIGURES, places)
            .headed(labels::TIE_PLACE.text(language))
            .wide(9)
            .shown_as(Kind::Count),
    );
    table.push(
        Column::numbers("score", Column::FIGURES, scores)
            .headed(labels::TIE_SCORE.text(language))
            .wide(14)
            .shown_as(Kind::Decimals(shown)),
    );
    table.push(
        Column::counts("units", Column::FIGURES, counts)
            .headed(labels::TIE_COUNT.text(language))
            .wide(9)
            .shown_as(Kind::Count),
    );
    table.push(
        Column::text("names", Column::FIGURES, names)
            .headed(labels::TIE_UNITS.text(language))
            .wide(120)
            .shown_as(Kind::Text),
    );
    table
}

fn shared(figures: &Figures<'_>) -> Vec<Tie> {
    let Some(scores) = figures.scores() else { return Vec::new() };
    let mut ties: Vec<Tie> = Vec::new();
    for unit in figures.most_at_risk(usize::MAX) {
        let score = stats::half_up(scores.values()[unit], 9);
        match ties.last_mut() {
            Some(tie) if tie.score.total_cmp(&score).is_eq() => tie.units.push(unit),
            _ => ties.push(Tie { score, units: vec![unit], all: 0 }),
        }
    }
    for tie in &mut ties {
        tie.all = if figures.is_part() { figures.sharing(tie.units[0]) } else { tie.units.len() };
    }
    ties.retain(|tie| tie.all > 1);
    ties
}

fn named(figures: &Figures<'_>, tie: &Tie, language: Language) -> String {
    let (names, codes) = (figures.register.names(), figures.register.codes());
    let name = |&unit: &usize| {
        let county = figures.register_text("county", unit);
        let separator = if county.is_empty() { "" } else { ", " };
        format!("{}{separator}{county} ({})", names[unit], codes[unit])
    };
    let said: Vec<String> = tie.units.iter().take(NAMED).map(name).collect();
    let text = said.join("; ");
    match tie.all.checked_sub(said.len()) {
        None | Some(0) => text,
        Some(more) => {
            format!("{text} {} {}", labels::AND_MORE.text(language), whole(more, language))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::format::csv;

    #[test]
    fn a_row_holds_measured_normalised_score_and_outputs() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let table = index(&view.figures, view.masks, view.language);
        let text = String::from_utf8(csv(&table)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "code,name,kind,county,region,children,children.normalised,unemployed,\
             unemployed.normalised,irc,rank,class"
        );
        assert_eq!(lines[1], "10,Alfa,town,Alba,Centru,20,50,5.5,0,25,4,low");
        assert_eq!(lines[2], "11,=2+3,commune,Alba,Centru,40,100,5.5,0,50,1,high");
        // a measured zero is not an empty cell, and what nobody measured is not a zero
        assert_eq!(lines[4], "20,Delta,commune,Cluj,Nord-Vest,0,0,,100,50,1,high");
        assert_eq!(lines[5], "21,23 August,commune,Cluj,Nord-Vest,,,,100,,,");
        assert_eq!(lines.len(), 1 + 5);
    }

    #[test]
    fn equal_scores_are_one_block_with_its_names() {
        let fixture = Fixture::new();
        let figures = fixture.view().figures;
        let found = shared(&figures);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].units, [1, 3]);
        let text = named(&figures, &found[0], Language::Ro);
        assert_eq!(text, "=2+3, Alba (11); Delta, Cluj (20)");
    }
}
