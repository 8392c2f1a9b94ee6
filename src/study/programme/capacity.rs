//! What units need and what they have: `[capacity]` and its `[[resource]]` tables.

use super::super::expression;
use super::super::fields::{Fields, Item, any};
use super::super::problem::Problems;
use super::super::shapes::{identifier, label, text};
use super::super::spelling;
use super::super::written::Written;
use super::money;
use super::plan::{Absent, Capacity, Need, Resource};
use super::terms::{Terms, Use};
use crate::language::Label;

/// The register column whose areas are summed up where a programme names none.
const BY: &str = "county";

/// Reads `[capacity]` with the resources of the file.
pub(super) fn capacity(
    mut fields: Fields<'_>,
    resources: Vec<Fields<'_>>,
    terms: &Terms<'_>,
    problems: &mut Problems,
) -> Capacity {
    let by = fields.optional("by", text, problems);
    let by = by.unwrap_or_else(|| BY.to_owned());
    if terms.register.level(&by).is_none() {
        let known: Vec<&str> = terms.register.level_names().collect();
        let hint = spelling::suggest(&by, known);
        let message = format!("the register has no column `{by}`");
        problems.error(&fields.at_key("by"), message, hint);
    }
    let counted = fields.optional("where", Written::read, problems);
    let counted = counted.and_then(|written| terms.condition(&written, problems));
    let weight = fields.optional("weight", Written::read, problems);
    let weight = weight.and_then(|written| terms.value(&written, Use::OfSums, problems));
    if resources.is_empty() {
        let hint = "`[[resource]]` with `id` and `supply`".to_owned();
        problems.error(&fields.at(), "nothing says what is needed or what there is", Some(hint));
    }
    fields.finish(problems);
    let mut capacity = Capacity { by, counted, weight, resources: Vec::new(), absent: Vec::new() };
    for table in resources {
        match resource(table, terms, problems) {
            Some(Shown::Whole(mut resource)) => {
                resource.counted = resource.counted.or_else(|| capacity.counted.clone());
                capacity.resources.push(*resource);
            }
            Some(Shown::Absent(absent)) => capacity.absent.push(absent),
            None => {}
        }
    }
    capacity
}

/// A resource, or what is missing of it.
enum Shown {
    Whole(Box<Resource>),
    Absent(Absent),
}

fn resource(mut fields: Fields<'_>, terms: &Terms<'_>, problems: &mut Problems) -> Option<Shown> {
    let id = fields.required("id", identifier, problems);
    let title = fields.optional("title", label, problems);
    let counted = fields.optional("where", Written::read, problems);
    let supply = fields.required("supply", Written::read, problems);
    let need = fields.optional("need", amount, problems);
    let named = fields.optional("named", any::<bool>, problems).unwrap_or(false);
    let optional = fields.optional("optional", any::<bool>, problems).unwrap_or(false);
    let source = fields.optional("source", text, problems);
    let assumption = fields.optional("assumption", label, problems);
    fields.finish(problems);
    let title = title.or_else(|| id.as_deref().map(Label::same));
    let texts = [counted.as_ref(), supply.as_ref(), need.as_ref().and_then(Amount::formula)];
    let absent = texts.into_iter().flatten().find_map(|written| absent(written, terms));
    if let (true, Some(source)) = (optional, absent) {
        return Some(Shown::Absent(Absent { id: id?, title: title?, source }));
    }
    let counted = counted.map(|written| terms.condition(&written, problems).ok_or(Told));
    let supply = supply.map(|written| terms.value(&written, Use::OfSums, problems));
    let need = need.map(|amount| match amount {
        Amount::Each(each) => Ok(Need::Each(each)),
        Amount::Formula(written) => {
            terms.value(&written, Use::ByUnit, problems).map(Need::Formula).ok_or(Told)
        }
    });
    Some(Shown::Whole(Box::new(Resource {
        id: id?,
        title: title?,
        counted: counted.transpose().ok()?,
        supply: supply??,
        need: need.transpose().ok()?,
        named,
        source,
        assumption,
    })))
}

/// Something is wrong and was told.
struct Told;

/// A number as it stands in the file, or a formula.
enum Amount {
    Each(f64),
    Formula(Written),
}

impl Amount {
    fn formula(&self) -> Option<&Written> {
        match self {
            Self::Each(_) => None,
            Self::Formula(written) => Some(written),
        }
    }
}

fn amount(item: &Item<'_>, problems: &mut Problems) -> Option<Amount> {
    let number = money::written(item).and_then(|text| text.parse::<f64>().ok());
    match number {
        Some(each) if each >= 0.0 && each.is_finite() => Some(Amount::Each(each)),
        Some(_) => {
            item.error("a need cannot be negative", None, problems);
            None
        }
        None => Written::read(item, problems).map(Amount::Formula),
    }
}

/// The first source that a formula names and the study does not have.
fn absent(written: &Written, terms: &Terms<'_>) -> Option<String> {
    let names = expression::names(&written.text).ok()?;
    let known = |id: &str| terms.study.sources.iter().any(|source| source.id == id);
    names.iter().find_map(|name| {
        let (source, _) = name.name.split_once('.')?;
        (!known(source)).then(|| source.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;

    const HEAD: &str =
        "[programme]\nid = 'p'\nstatus = 'illustrative'\ntitle = 't'\nscore = 'score'\n";

    fn read(text: &str) -> Capacity {
        Scene::new().plan(&format!("{HEAD}{text}")).capacity.unwrap()
    }

    #[test]
    fn a_programme_may_only_set_need_beside_supply() {
        let capacity = read(
            "[capacity]\nwhere = \"kind = 'commune'\"\nweight = 'population.total'\n\
             [[resource]]\nid = 'workers'\nsupply = 'population.vulnerable'\nneed = 1\nnamed = true\n\
             [[resource]]\nid = 'other'\nwhere = \"kind = 'town'\"\nsupply = 'population.total'\n\
             need = 'CASE WHEN score > 3 THEN 2 ELSE 1 END'\n\
             [[resource]]\nid = 'gone'\nsupply = 'services.workers'\noptional = true\n",
        );
        assert_eq!(capacity.by, "county");
        let text = |at: usize| capacity.resources[at].counted.as_ref().unwrap().text().to_owned();
        assert_eq!([text(0), text(1)], ["kind = 'commune'", "kind = 'town'"]);
        assert!(matches!(capacity.resources[0].need, Some(Need::Each(1.0))));
        assert!(matches!(capacity.resources[1].need, Some(Need::Formula(_))));
        assert_eq!(capacity.absent[0].source, "services");
    }

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let problems = Scene::new().problems(&format!("{HEAD}{text}"));
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
