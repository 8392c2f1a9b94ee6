//! What becomes of units, and whose scores they would have to pass to be judged otherwise.

use std::collections::BTreeMap;

use crate::index::{Figures, Index, OtherRun, OutputColumn};
use crate::report::SelectionView;
use crate::selection::State;

/// Judges a run again: a verdict for each unit of the register; nothing where there is no list.
pub(super) type Rejudge<'a> = Box<dyn FnMut(&OtherRun<'_>) -> Option<Vec<u8>> + 'a>;

/// Lists a run again: for each unit of the register whether it is on the list.
pub type Relist<'a> = Box<dyn FnMut(&OtherRun<'_>) -> Option<Vec<bool>> + 'a>;

/// What became of the units of a run.
pub struct Judge<'a> {
    /// What a verdict is called: `selected`, a class.
    pub(super) names: Vec<String>,
    /// The verdict of each unit, a position in `names`.
    pub(super) verdicts: Vec<u8>,
    /// The node that orders the units.
    pub(super) score: usize,
    /// For each unit those whose scores it would have to pass: below it and above it.
    rivals: Vec<[Option<usize>; 2]>,
    /// Starts to judge other runs.
    pub(super) start: Box<dyn Fn() -> Rejudge<'a> + Sync + 'a>,
}

impl<'a> Judge<'a> {
    /// By what a programme decides: whether a unit is selected. `start` starts to list other runs.
    pub fn by_state(
        chosen: SelectionView<'_>,
        figures: &Figures<'_>,
        start: impl Fn() -> Relist<'a> + Sync + 'a,
    ) -> Self {
        let register = figures.register;
        let (mut verdicts, mut rivals) = (vec![0; register.len()], vec![[None; 2]; register.len()]);
        for outcome in &chosen.selection.units {
            let Some(unit) = register.position(&outcome.code) else { continue };
            let with = outcome.distance.as_ref();
            let with = with.and_then(|distance| register.position(&distance.with));
            let is_in = outcome.state == State::Selected;
            verdicts[unit] = u8::from(is_in);
            rivals[unit] = if is_in { [with, None] } else { [None, with] };
        }
        let start = move || -> Rejudge<'a> {
            let mut relist = start();
            Box::new(move |run| Some(relist(run)?.into_iter().map(u8::from).collect()))
        };
        Self {
            names: ["not selected", "selected"].map(str::to_owned).into(),
            verdicts,
            score: chosen.plan.score,
            rivals,
            start: Box::new(start),
        }
    }

    /// By the class of the score: the first output of classes over the whole register, where the
    /// methodology has one.
    pub fn by_class(figures: &Figures<'_>) -> Option<Self> {
        let score = figures.headline()?;
        let output = figures.method.outputs.iter().find(|output| {
            output.of == score && output.class.is_some() && output.within.is_none()
        })?;
        let id = output.id.clone();
        let mut names: Vec<String> =
            classes(figures.index, &id)?.iter().flatten().cloned().collect();
        names.sort();
        names.dedup();
        names.truncate(usize::from(u8::MAX));
        let numbered = move |classes: &[Option<String>], names: &[String]| -> Vec<u8> {
            let known: BTreeMap<&str, u8> =
                (0..).zip(names).map(|(number, name)| (name.as_str(), number)).collect();
            let none = u8::try_from(names.len()).unwrap_or(u8::MAX);
            let number = |class: &Option<String>| known.get(class.as_deref()?).copied();
            classes.iter().map(|class| number(class).unwrap_or(none)).collect()
        };
        let verdicts = numbered(classes(figures.index, &id)?, &names);
        let rivals = neighbours(figures, &verdicts);
        let mut called: Vec<String> = names.iter().map(|name| format!("{id} {name}")).collect();
        called.push(format!("{id} none"));
        let start = move || -> Rejudge<'a> {
            let (id, names) = (id.clone(), names.clone());
            Box::new(move |run| Some(numbered(classes(&run.index(), &id)?, &names)))
        };
        Some(Self { names: called, verdicts, score, rivals, start: Box::new(start) })
    }

    /// Whom a unit would have to pass, with the sign by which its lead over them counts: fall below the
    /// one, rise above the other.
    pub(super) fn rivals(&self, unit: usize) -> impl Iterator<Item = (usize, f64)> + use<> {
        let [below, above] = self.rivals[unit];
        below.map(|rival| (rival, -1.0)).into_iter().chain(above.map(|rival| (rival, 1.0)))
    }
}

fn classes<'i>(index: &'i Index, id: &str) -> Option<&'i [Option<String>]> {
    let found = index.outputs.iter().find(|output| output.id == id)?;
    match &found.column {
        OutputColumn::Classes(classes) => Some(classes),
        OutputColumn::Numbers(_) => None,
    }
}

/// The nearest units by score with another verdict, below and above each.
fn neighbours(figures: &Figures<'_>, verdicts: &[u8]) -> Vec<[Option<usize>; 2]> {
    let order = figures.most_at_risk(figures.register.len());
    let mut rivals = vec![[None; 2]; verdicts.len()];
    let mut pass = |side: usize, order: &mut dyn Iterator<Item = usize>| {
        let (mut last, mut other): (Option<usize>, Option<usize>) = (None, None);
        for unit in order {
            if last.is_some_and(|last| verdicts[last] != verdicts[unit]) {
                other = last;
            }
            rivals[unit][side] = other;
            last = Some(unit);
        }
    };
    pass(1, &mut order.iter().copied());
    pass(0, &mut order.iter().rev().copied());
    rivals
}
