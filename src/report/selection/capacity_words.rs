//! Need, supply and gap as people read them: sheets of the workbook, lines of the terminal, JSON.

use serde_json::{Value, json};

use super::Chosen;
use super::capacity::{Account, Profile, named};
use super::list::List;
use super::sentences::Speaker;
use crate::language::Words;
use crate::language::{self, shown};
use crate::message::labels;
use crate::report::View;
use crate::selection::{Balance, Stock};

/// Units named as the first that lack something.
const NAMED: usize = 5;

/// The sheets: areas, then units, the most vulnerable first.
pub(super) fn lists(view: &View<'_>, chosen: Chosen<'_>) -> Vec<List> {
    let Some(profile) = Profile::of(view, chosen) else { return Vec::new() };
    let writer = Writer { view, chosen, speaker: Speaker::new(view, chosen), profile };
    vec![writer.areas(), writer.units()]
}

/// Lines for the terminal: each resource in all, or in the county of the pack.
pub(super) fn spoken(speaker: &Speaker<'_>, view: &View<'_>) -> Vec<String> {
    let chosen = speaker.chosen;
    let Some(profile) = Profile::of(view, chosen) else { return Vec::new() };
    let writer = Writer { view, chosen, speaker: *speaker, profile };
    let whole = chosen.county.unwrap_or(writer.say(labels::WHOLE_COUNTRY));
    let units = writer.profile.units(chosen.county);
    let mut lines = vec![format!("{}, {whole}:", writer.say(labels::LIST_CAPACITY))];
    for account in &writer.profile.accounts {
        lines.extend(writer.resource(account, &units).iter().map(|line| format!("  {line}")));
    }
    lines.extend(writer.absent().into_iter().map(|line| format!("  {line}")));
    lines
}

/// The same for an auditor.
pub(super) fn json(view: &View<'_>, chosen: Chosen<'_>) -> Value {
    let Some(profile) = Profile::of(view, chosen) else { return Value::Null };
    let units = profile.units(chosen.county);
    let resources = profile.accounts.iter().map(|Account { resource, stock }| {
        let balance = stock.balance(&units);
        json!({
            "id": resource.id,
            "source": resource.source,
            "units": balance.units,
            "unknown": balance.unknown,
            "having": balance.having.len(),
            "short": balance.short.len(),
            "need": balance.need,
            "supply": balance.supply,
            "gap": balance.gap,
        })
    });
    let absent = profile.capacity.absent.iter();
    let absent = absent.map(|absent| json!({ "id": absent.id, "no_source": absent.source }));
    json!({
        "by": profile.capacity.by,
        "resources": resources.collect::<Vec<_>>(),
        "absent": absent.collect::<Vec<_>>(),
    })
}

struct Writer<'v, 'a> {
    view: &'v View<'a>,
    chosen: Chosen<'a>,
    speaker: Speaker<'a>,
    profile: Profile<'a>,
}

impl Writer<'_, '_> {
    fn say(&self, words: Words) -> &'static str {
        self.speaker.word(words)
    }

    fn decimals(&self) -> usize {
        usize::from(self.chosen.plan.rules.order.decimals)
    }

    /// Areas with their risk and, for each resource, units, need, supply, gap and who has some.
    fn areas(&self) -> List {
        let about = self.say(labels::ABOUT_CAPACITY);
        let areas = &self.profile.areas;
        let heading = match self.profile.capacity.by.as_str() {
            "county" => labels::COUNTY.text(self.view.language),
            "region" => labels::REGION.text(self.view.language),
            by => by,
        };
        let mut list = List::new(self.say(labels::LIST_CAPACITY), about)
            .text(heading, 20, areas.iter().map(|area| area.name.clone()))
            .numbers(
                self.say(labels::MEAN_SCORE),
                self.decimals(),
                areas.iter().map(|area| area.score),
            );
        for account in &self.profile.accounts {
            let balances: Vec<Balance> =
                areas.iter().map(|area| account.stock.balance(&area.units)).collect();
            list = self.balances(list, account, &balances);
        }
        list
    }

    fn balances(&self, list: List, account: &Account<'_>, balances: &[Balance]) -> List {
        let title = account.resource.title.text(self.view.language);
        let head = |words| format!("{title}: {}", self.say(words));
        let decimals = decimals(&account.stock);
        let count = |of: fn(&Balance) -> usize| balances.iter().map(move |b| Some(of(b)));
        let sum = |of: fn(&Balance) -> Option<f64>| balances.iter().map(of);
        let mut list = list.count(&head(labels::RESOURCE_UNITS), count(|balance| balance.units));
        let has_need = account.stock.need.is_some();
        if has_need {
            list = list.numbers(&head(labels::NEED), decimals, sum(|b| b.need));
        }
        list = list.numbers(&head(labels::SUPPLY), decimals, sum(|b| b.supply));
        if has_need {
            list = list
                .numbers(&head(labels::GAP), decimals, sum(|b| b.gap))
                .count(&head(labels::UNITS_SHORT), count(|b| b.short.len()));
        }
        list = list.count(&head(labels::UNITS_HAVING), count(|b| b.having.len()));
        if balances.iter().any(|balance| balance.unknown > 0) {
            list = list.count(&head(labels::UNITS_UNKNOWN), count(|b| b.unknown));
        }
        if account.resource.named {
            let names = balances.iter().map(|balance| named(self.view, &balance.having));
            list = list.text(&head(labels::UNITS_NAMED), 50, names);
        }
        list
    }

    /// Units with their risk and what each needs, has and lacks.
    fn units(&self) -> List {
        let about = self.say(labels::ABOUT_CAPACITY_UNITS);
        let units = self.profile.by_risk(self.profile.units(self.chosen.county));
        let register = self.view.figures.register;
        let column = |id: &'static str| {
            let text = |unit: &usize| self.view.figures.register_text(id, *unit).to_owned();
            units.iter().map(text).collect::<Vec<_>>().into_iter()
        };
        let mut list = List::new(self.say(labels::LIST_CAPACITY_UNITS), about)
            .text("SIRUTA", 10, units.iter().map(|&unit| register.codes()[unit].clone()))
            .text(self.say(labels::UNIT), 26, units.iter().map(|&u| register.names()[u].clone()))
            .text(labels::COUNTY.text(self.view.language), 18, column("county"))
            .numbers(
                self.say(labels::TIE_SCORE),
                self.decimals(),
                units.iter().map(|&unit| self.profile.score(unit)),
            );
        for Account { resource, stock } in &self.profile.accounts {
            let title = resource.title.text(self.view.language);
            let head = |words| format!("{title}: {}", self.say(words));
            let decimals = decimals(stock);
            if stock.need.is_some() {
                let need = units.iter().map(|&unit| stock.need(unit));
                list = list.numbers(&head(labels::NEED), decimals, need);
            }
            let supply = units.iter().map(|&unit| stock.supply(unit));
            list = list.numbers(&head(labels::SUPPLY), decimals, supply);
            if stock.need.is_some() {
                let gap = units.iter().map(|&unit| stock.gap(unit));
                list = list.numbers(&head(labels::GAP), decimals, gap);
            }
        }
        list
    }

    /// A resource over some units: the sums, then who lacks it first.
    fn resource(&self, account: &Account<'_>, units: &[usize]) -> Vec<String> {
        let Account { resource, stock } = account;
        let title = resource.title.text(self.view.language);
        let balance = stock.balance(units);
        let number = |value: Option<f64>| {
            let text = |value| shown(value, decimals(stock), self.view.language);
            value.map_or_else(|| self.say(labels::NOT_KNOWN).to_owned(), text)
        };
        let mut text = format!("{title}: {}", number(balance.supply));
        if stock.need.is_some() {
            text += &format!(
                " {} {}, {} {}",
                self.say(labels::AGAINST_NEED),
                number(balance.need),
                self.say(labels::IT_LACKS),
                number(balance.gap),
            );
        }
        text += &format!(
            " ({} {} {} {})",
            self.speaker.count(balance.having.len() as i128),
            self.say(labels::OUT_OF),
            labels::UNITS.of(balance.units, self.view.language),
            self.say(labels::HAVE_SOME),
        );
        if resource.named && self.chosen.county.is_some() && !balance.having.is_empty() {
            text += &format!(": {}", named(self.view, &balance.having));
        }
        let mut lines = vec![text];
        if balance.unknown > 0 {
            let words = self.say(labels::WITHOUT_VALUE_IN);
            let units = labels::UNITS.of(balance.unknown, self.view.language);
            lines.push(format!("  {words} {units}"));
        }
        let first = self.profile.by_risk(balance.short);
        if !first.is_empty() {
            let names: Vec<&str> = first
                .iter()
                .take(NAMED)
                .map(|&unit| self.view.figures.register.names()[unit].as_str())
                .collect();
            let dots = if first.len() > NAMED { " …" } else { "" };
            let words = self.say(labels::FIRST_SHORT);
            lines.push(format!("  {words}: {}{dots}", names.join(", ")));
        }
        if let Some(assumption) = &resource.assumption {
            let words = self.say(labels::BASIS_ASSUMPTION);
            lines.push(format!("  {words}: {}", assumption.text(self.view.language)));
        }
        lines
    }

    /// What the study has no source for.
    fn absent(&self) -> Vec<String> {
        let absent = self.profile.capacity.absent.iter();
        absent
            .map(|absent| {
                format!(
                    "{}: {} `{}`",
                    absent.title.text(self.view.language),
                    self.say(labels::NO_SOURCE),
                    absent.source
                )
            })
            .collect()
    }
}

/// Decimals in which a resource is shown.
fn decimals(stock: &Stock) -> usize {
    let mut all: Vec<f64> = stock.supply.iter().copied().flatten().collect();
    all.extend(stock.need.iter().flatten().copied().flatten());
    language::decimals(&all)
}
