//! The tables that a file of doubts may have: its head, and each doubt with one verb.

use super::choices::{
    DoubtedMethodTable, DoubtedOmissionTable, DoubtedOverTable, DoubtedStepsTable,
};
use super::errors::{DoubtedCountTable, DoubtedErrorTable, DoubtedImputationTable, Rounded};
use super::head::RobustnessTable;
use super::others::{DoubtedMeasureTable, DoubtedSourceTable};
use super::weights::DoubtedWeightsTable;
use crate::language::Label;
use crate::robustness::plan::CountLaw;
use crate::study::fields::Fields;
use crate::study::methodology::Mention;
use crate::study::problem::Spot;
use crate::study::shape::{Entries, List, Tables};
use crate::study::table::table;
use crate::study::values::FileId;

table! {
    /// A file of doubts: how sure a list is.
    pub(in crate::study) struct RobustnessFile as "the file of doubts", "fișierul de incertitudini" {
        /// What the file is, and how much is drawn.
        required robustness: RobustnessTable,
        /// What might be otherwise.
        optional doubt: Tables<DoubtTable>,
    }
}

table! {
    /// Something that might be otherwise, by exactly one verb.
    pub(super) struct DoubtTable as "`[[doubt]]`" by "id" over replace_verb {
        /// Identifier: lower-case letters, digits, `_` and `-`; key of its draws.
        required id: FileId,
        /// Name for reports; the id when absent.
        optional label: Label,
        /// The doubt above with which it shares its draw; both are one group.
        optional with: Mention,
        /// How often each alternative is drawn beside the others; all the same when absent.
        optional odds: Entries<u32>,
        /// Choice: other weights of the children of a node.
        optional weights: DoubtedWeightsTable,
        /// Choice: other steps of the nodes that use a recipe.
        optional steps: DoubtedStepsTable,
        /// Choice: another function by which children become a node.
        optional method: DoubtedMethodTable,
        /// Choice: one child of a node left out.
        optional omit: DoubtedOmissionTable,
        /// Choice: other units that set bounds and ranks.
        optional over: DoubtedOverTable,
        /// Choice: another measure read in place of one.
        optional measure: DoubtedMeasureTable,
        /// Choice: another source read in place of one, measure by measure.
        optional source: DoubtedSourceTable,
        /// Error: counts drawn by the law of small numbers.
        optional counts: Tables<DoubtedCountTable>,
        /// By which law `counts` are drawn.
        optional law: CountLaw,
        /// Error: that of an estimate.
        optional error: DoubtedErrorTable,
        /// Error: what rounding hid of these measures.
        optional rounding: List<Rounded>,
        /// Error: imputed cells drawn from a donor.
        optional impute: DoubtedImputationTable,
    }
}

/// What a doubt says is drawn; a doubt has one of them.
pub(super) const VERBS: [&str; 11] = [
    "weights", "steps", "method", "omit", "over", "measure", "source", "counts", "error",
    "rounding", "impute",
];

/// The verbs that choose one of several alternatives.
pub(super) const WITH_ALTERNATIVES: [&str; 5] = ["steps", "method", "over", "measure", "source"];

/// What belongs to a verb and goes with it.
const OF_A_VERB: [&str; 2] = ["odds", "law"];

/// A doubt laid over the one that it extends: another verb takes the place of the old one.
fn replace_verb<'t>(below: Fields<'t>, above: Fields<'t>) -> Fields<'t> {
    let below = if VERBS.iter().any(|verb| above.has(verb)) {
        below.without(&VERBS).without(&OF_A_VERB)
    } else {
        below
    };
    below.overlaid(above)
}

impl DoubtTable {
    /// The verbs that are written, each with its place.
    pub(super) fn verbs(&self) -> Vec<(&'static str, &Spot)> {
        let written = [
            (self.weights.is_written, &self.weights.at),
            (self.steps.is_written, &self.steps.at),
            (self.method.is_written, &self.method.at),
            (self.omit.is_written, &self.omit.at),
            (self.over.is_written, &self.over.at),
            (self.measure.is_written, &self.measure.at),
            (self.source.is_written, &self.source.at),
            (self.counts.is_written, &self.counts.at),
            (self.error.is_written, &self.error.at),
            (self.rounding.is_written, &self.rounding.at),
            (self.impute.is_written, &self.impute.at),
        ];
        let named = VERBS.into_iter().zip(written);
        named.filter_map(|(verb, (is_written, at))| is_written.then_some((verb, at))).collect()
    }

    /// How messages call it: by its id, where it has one.
    pub(super) fn called(&self) -> &str {
        self.id.value.as_deref().unwrap_or_default()
    }
}
