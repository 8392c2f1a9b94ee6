//! Accounts of units of one run. What they share is found once; the units are looked at side by side,
//! and an account does not depend on it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::decision::{Decided, against};
use super::judge::Judge;
use super::measures::Inputs;
use super::nodes;
use super::what_if::{Searcher, WhatIfs};
use super::{Explanation, Standings, UnitFinding};
use crate::ingest::RawCellTexts;
use crate::message::explain::role;
use crate::message::selection::reasons::named;
use crate::report::{View, selection_digest};
use crate::watch::{Interrupted, Stage, Watch};

/// The accounts of one run.
pub struct Accounts<'a> {
    view: View<'a>,
    written: &'a RawCellTexts,
    standings: Standings,
    decided: Option<Decided<'a>>,
    what_ifs: Option<WhatIfs<'a>>,
    list_digest: Option<String>,
}

impl<'a> Accounts<'a> {
    /// The accounts of a run that kept its trace.
    ///
    /// `written` holds the texts of the cells that [`cells_of`](super::cells_of) names; a cell that is
    /// not in it is shown without its text. Without a judge nobody asks what a change would have done.
    pub fn new(view: &View<'a>, written: &'a RawCellTexts, judge: Option<Judge<'a>>) -> Self {
        let figures = view.figures;
        Self {
            view: *view,
            written,
            standings: Standings::new(&figures),
            decided: view.selection.map(|chosen| Decided::new(chosen, figures)),
            what_ifs: judge.map(|judge| WhatIfs::new(figures, &view.study.sources, judge)),
            list_digest: selection_digest(view),
        }
    }

    /// The account of the unit at that position of the register.
    pub fn of(&self, unit: usize) -> Explanation {
        self.account(unit, self.what_ifs.as_ref().map(WhatIfs::searcher).as_mut())
    }

    /// What is made of the account of each unit, in their order.
    pub fn each<T: Send>(
        &self,
        units: &[usize],
        watch: &dyn Watch,
        make: &(dyn Fn(&Explanation) -> T + Sync),
    ) -> Result<Vec<T>, Interrupted> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(units.len());
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let mut made: Vec<Option<T>> = units.iter().map(|_| None).collect();
        let work = |tell: mpsc::Sender<(usize, T)>| {
            let mut searcher = self.what_ifs.as_ref().map(WhatIfs::searcher);
            while !stop.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(&unit) = units.get(at) else { break };
                let one = make(&self.account(unit, searcher.as_mut()));
                if tell.send((at, one)).is_err() {
                    break;
                }
            }
        };
        watch.at(Stage::Explaining, 0, units.len())?;
        thread::scope(|scope| {
            let (tell, told) = mpsc::channel();
            for _ in 0..threads {
                let (tell, work) = (tell.clone(), &work);
                scope.spawn(move || work(tell));
            }
            drop(tell);
            for (done, (at, one)) in (1..).zip(told) {
                made[at] = Some(one);
                watch
                    .at(Stage::Explaining, done, units.len())
                    .inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
            }
            Ok(())
        })?;
        Ok(made.into_iter().flatten().collect())
    }

    fn account(&self, unit: usize, searcher: Option<&mut Searcher<'_, '_>>) -> Explanation {
        let (view, figures) = (&self.view, &self.view.figures);
        let register = figures.register;
        let inputs =
            Inputs { figures: *figures, sources: &view.study.sources, written: self.written };
        let column = |name: &String| (name.clone(), figures.register_text(name, unit).to_owned());
        let code = &register.codes()[unit];
        let about = |finding: &&crate::quality::Finding| finding.units.contains(code);
        let decision = self.decided.and_then(|decided| decided.about(unit));
        let is_open = decision.as_ref().is_none_or(|decision| decision.is_open);
        let searcher = searcher.filter(|_| is_open);
        Explanation {
            code: code.clone(),
            name: register.names()[unit].clone(),
            columns: register.columns().iter().map(column).collect(),
            study: view.study.title.clone(),
            notice: view.study.notice.clone(),
            methodology: format!("{} {}", figures.method.id, figures.method.version),
            method_version: figures.method.version.clone(),
            method_title: figures.method.title.clone(),
            act: nodes::act_of(&figures.method.status),
            version: view.provenance.version.clone(),
            nodes: nodes::nodes(&inputs, unit),
            outputs: nodes::outputs(figures, unit),
            standing: self.standings.of(figures, unit),
            against: if decision.is_some() { None } else { self.neighbour(unit) },
            decision,
            letter: view.study.letter.clone(),
            list_digest: self.list_digest.clone(),
            findings: view.findings.iter().filter(about).map(UnitFinding::from).collect(),
            what_if: searcher.map_or_else(Vec::new, |searcher| searcher.answers(unit)),
        }
    }

    /// The nearest unit by score in another class, above where there is one.
    fn neighbour(&self, unit: usize) -> Option<super::Against> {
        let judge = &self.what_ifs.as_ref()?.judge;
        let (other, _) = judge.rivals(unit).last()?;
        let register = self.view.figures.register;
        let county = self.view.figures.register_text("county", other);
        let name = named(&register.names()[other], county);
        against(&self.view.figures, judge.score, (unit, other), (name, role::next_class()))
    }
}
