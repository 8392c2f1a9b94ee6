//! Imputed cells from donors: in place of a middle, the value of a unit of the same group.

use std::collections::BTreeMap;

use super::draws::{Area, Stream};
use super::laws::one_of;
use super::plan::{Doubt, Plan};
use crate::index::{Column, Graph, Variant};

/// Who gives a value to a unit without one.
pub(super) struct Donors<'e, 'a> {
    pub(super) graph: &'e Graph<'a>,
    pub(super) plan: &'e Plan,
    pub(super) doubt: &'e Doubt,
}

impl Donors<'_, '_> {
    /// The measured column of an indicator with the cells that its imputation would fill taken from
    /// donors: units of the same group that have a value, each as likely. `None` where nothing is imputed.
    pub(super) fn column(&self, node: usize, variant: &Variant, run: u32) -> Option<Column> {
        let (within, may_give) = self.graph.donors(node)?;
        let measured = self.graph.measured_under(variant, node)?;
        let register = self.graph.sources.register;
        let level = within.and_then(|name| register.level(name));
        let group = |unit: usize| level.map_or(0, |level| level.of_unit[unit]);
        let first = self.doubt.with.map_or(self.doubt, |first| &self.plan.doubts[first]);
        let stream = Stream::new(&self.plan.settings.seed, &first.id);
        let mut donors: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for unit in (0..register.len()).filter(|unit| may_give[*unit]) {
            if measured.value(unit).is_some() {
                donors.entry(group(unit)).or_default().push(unit);
            }
        }
        let mut values = measured.values().to_vec();
        for unit in (0..register.len()).filter(|unit| measured.value(*unit).is_none()) {
            if let Some(near) = donors.get(&group(unit)) {
                let u = stream.uniform(run, Area::new(&register.codes()[unit]), 0);
                values[unit] = measured.values()[near[one_of(u, near.len())]];
            }
        }
        Some(measured.with_values(values))
    }
}
