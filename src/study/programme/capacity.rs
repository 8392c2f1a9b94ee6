//! What units need and what they have: `[capacity]` and its `[[resource]]` tables.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::amounts;
use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::Label;
use crate::message::study::{programme as message, source};
use crate::message::suggest;
use crate::study::expression;
use crate::study::fields::Item;
use crate::study::problem::Problems;
use crate::study::shape::Shape;
use crate::study::table::table;
use crate::study::values::{Identifier, SpannedFormula, Text};

table! {
    /// What units need and what they have, set beside their risk.
    pub(super) struct CapacityTable as "`[capacity]`" {
        /// Register column whose areas are summed up.
        optional by: Text = "county".to_owned(),
        /// Condition of the units that are counted; all when absent.
        optional r#where: SpannedFormula,
        /// Formula that weighs units in the mean score of an area; equal weights when absent.
        optional weight: SpannedFormula,
    }
}

table! {
    /// Something that units have and may need.
    pub(super) struct ResourceTable as "`[[resource]]`" by "id" {
        /// Identifier: lower-case letters, digits and `_`.
        required id: Identifier,
        /// Name for reports; the id when absent.
        optional title: Label,
        /// Condition of the units in which it is counted; that of `[capacity]` when absent.
        optional r#where: SpannedFormula,
        /// Formula over counts and amounts measured by unit: how much of it a unit has.
        inherited supply: SpannedFormula,
        /// A number, or a formula: how much of it a unit needs. Without it there is no gap.
        optional need: NeedText,
        /// Whether reports name the units that have some of it.
        optional named: bool = false,
        /// Whether it is left out, with a finding, where the study has no such source.
        optional optional: bool = false,
        /// The document that need or supply come from.
        optional source: Text,
        /// What they assume.
        optional assumption: Label,
    }
}

/// What units need and what they have, set beside their risk.
#[derive(Clone, Debug)]
pub(crate) struct Capacity {
    /// The register column whose areas are summed up.
    pub(crate) by: String,
    /// What weighs the units in the mean score of an area; equal weights when absent.
    pub(crate) weight: Option<Formula>,
    /// The resources in the order of the file.
    pub(crate) resources: Vec<Resource>,
    /// Optional resources that the study has no source for.
    pub(crate) absent: Vec<AbsentResource>,
}

/// Something that units have and may need.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// Identifier; columns are named after it.
    pub(crate) id: String,
    /// Name for reports.
    pub(crate) title: Label,
    /// The condition of the units in which it is counted.
    pub(crate) counted: Option<Formula>,
    /// How much of it a unit has.
    pub(crate) supply: Formula,
    /// How much of it a unit needs.
    pub(crate) need: Option<Need>,
    /// Whether reports name the units that have some of it.
    pub(crate) named: bool,
    /// Where need or supply come from.
    pub(crate) source: Option<String>,
    /// What they assume.
    pub(crate) assumption: Option<Label>,
}

/// How much of a resource a unit needs.
#[derive(Clone, Debug)]
pub(crate) enum Need {
    /// The same for each unit.
    Each(f64),
    /// A formula.
    Formula(Formula),
}

/// An optional resource that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AbsentResource {
    /// Its identifier.
    pub(crate) id: String,
    /// Its name for reports.
    pub(crate) title: Label,
    /// The source that the study does not have.
    pub(crate) source: String,
}

impl Capacity {
    /// Every formula of it.
    pub(crate) fn formulas(&self) -> impl Iterator<Item = &Formula> {
        self.weight.iter().chain(self.resources.iter().flat_map(Resource::formulas))
    }
}

impl Resource {
    fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let need = match &self.need {
            Some(Need::Formula(need)) => Some(need),
            Some(Need::Each(_)) | None => None,
        };
        self.counted.iter().chain([&self.supply]).chain(need)
    }
}

impl CapacityTable {
    /// `[capacity]` with the resources of the file.
    pub(super) fn check(
        &self,
        resources: &[ResourceTable],
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Capacity {
        let by = &self.by.value;
        if context.register.level(by).is_none() {
            let known: Vec<&str> = context.register.level_names().collect();
            let hint = suggest(by, known);
            problems.error(&self.by.at, source::register_without_column(by).advise(hint));
        }
        let counted = self.r#where.value.as_ref();
        let counted = counted.and_then(|written| context.condition(written, problems));
        let weight = self.weight.value.as_ref();
        let weight = weight.and_then(|written| context.value(written, Use::OfSums, problems));
        if resources.is_empty() {
            problems.error(&self.site.at, message::capacity_of_nothing());
        }
        let (mut shown, mut absent) = (Vec::new(), Vec::new());
        for table in resources {
            if let Some(source) = table.absent_source(context) {
                absent.extend(table.absent(source));
            } else if let Some(mut resource) = table.check(context, problems) {
                resource.counted = resource.counted.or_else(|| counted.clone());
                shown.push(resource);
            }
        }
        Capacity { by: by.clone(), weight, resources: shown, absent }
    }
}

impl ResourceTable {
    /// The first source that it needs and the study does not have, where it may be left out.
    fn absent_source(&self, context: &ProgrammeContext<'_>) -> Option<String> {
        let need = self.need.value.as_ref().and_then(|need| match need {
            NeedText::Each(_) => None,
            NeedText::Formula(written) => Some(written),
        });
        let texts = [self.r#where.value.as_ref(), self.supply.value.as_ref(), need];
        let mut texts = texts.into_iter().flatten().filter(|_| self.optional.value);
        texts.find_map(|written| absent(written, context))
    }

    fn title(&self) -> Option<Label> {
        self.title.value.clone().or_else(|| self.id.value.as_deref().map(Label::same))
    }

    fn absent(&self, source: String) -> Option<AbsentResource> {
        Some(AbsentResource { id: self.id.value.clone()?, title: self.title()?, source })
    }

    fn check(&self, context: &ProgrammeContext<'_>, problems: &mut Problems) -> Option<Resource> {
        let counted = self.r#where.value.as_ref();
        let counted = counted.map(|written| context.condition(written, problems));
        let supply = self.supply.value.as_ref();
        let supply = supply.and_then(|written| context.value(written, Use::OfSums, problems));
        let need = self.need.value.as_ref().map(|need| match need {
            NeedText::Each(each) => Some(Need::Each(*each)),
            NeedText::Formula(written) => {
                context.value(written, Use::ByUnit, problems).map(Need::Formula)
            }
        });
        Some(Resource {
            id: self.id.value.clone()?,
            title: self.title()?,
            counted: counted.flatten(),
            supply: supply?,
            need: need.flatten(),
            named: self.named.value,
            source: self.source.value.clone(),
            assumption: self.assumption.value.clone(),
        })
    }
}

/// A number as it stands in the file, or a formula.
#[derive(Clone, Debug)]
pub(super) enum NeedText {
    Each(f64),
    Formula(SpannedFormula),
}

impl Shape for NeedText {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let number = amounts::written(item).and_then(|text| text.parse::<f64>().ok());
        match number {
            Some(each) if each >= 0.0 && each.is_finite() => Some(Self::Each(each)),
            Some(_) => {
                item.error(message::negative_need(), problems);
                None
            }
            None => SpannedFormula::read(item, problems).map(Self::Formula),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

/// The first source that a formula names and the study does not have.
fn absent(written: &SpannedFormula, context: &ProgrammeContext<'_>) -> Option<String> {
    let names = expression::names(&written.text).ok()?;
    names.iter().find_map(|name| context.absent_source(&name.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::programme::fixture::Fixture;

    const HEAD: &str =
        "[programme]\nid = 'p'\nstatus = 'illustrative'\ntitle = 't'\nscore = 'score'\n";

    fn read(text: &str) -> Capacity {
        Fixture::new().plan(&format!("{HEAD}{text}")).capacity.unwrap()
    }

    #[test]
    fn a_programme_may_only_set_need_beside_supply() {
        let capacity = read(
            "[capacity]\nwhere = \"kind = 'commune'\"\nweight = 'population.total'\n\
             [[resource]]\nid = 'workers'\nsupply = 'population.vulnerable'\nneed = 1\nnamed = true\n\
             [[resource]]\nid = 'other'\nwhere = \"kind <> 'commune'\"\nsupply = 'population.total'\n\
             need = 'CASE WHEN score.measured > 3 THEN 2 ELSE 1 END'\n\
             [[resource]]\nid = 'gone'\nsupply = 'services.workers'\noptional = true\n",
        );
        assert_eq!(capacity.by, "county");
        let text = |at: usize| capacity.resources[at].counted.as_ref().unwrap().text().to_owned();
        assert_eq!([text(0), text(1)], ["kind = 'commune'", "kind <> 'commune'"]);
        assert!(matches!(capacity.resources[0].need, Some(Need::Each(1.0))));
        assert!(matches!(capacity.resources[1].need, Some(Need::Formula(_))));
        assert_eq!(capacity.absent[0].source, "services");
    }

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let problems = Fixture::new().problems(&format!("{HEAD}{text}"));
        let found = problems.to_string();
        assert!(found.contains(words), "{found}");
    }

    #[test]
    fn what_cannot_be_summed_or_read_is_told() {
        let resource = |rest: &str| format!("[capacity]\n[[resource]]\nid = 'x'\n{rest}\n");
        refused(&resource("supply = 'population.share'"), "cannot be added up over several units");
        refused(&resource("supply = 'services.workers'"), "the study has no source `services`");
        refused(&resource("supply = 'population.total'\nneed = -1"), "a need cannot be negative");
        refused("[capacity]\n", "nothing says what is needed or what there is");
        refused(
            "[capacity]\nby = 'countty'\n[[resource]]\nid = 'x'\nsupply = 'population.total'\n",
            "the register has no column `countty`",
        );
        refused(
            "[[phase]]\nid = 'I'\nupto = 1\n[[resource]]\nid = 'x'\nsupply = 'population.total'\n",
            "a resource is shown by `[capacity]`",
        );
    }
}
