//! A study of six communes that a reader can follow by hand, and ways to break it.

use crate::command::Case;

/// Who is counted.
pub(crate) const REGISTER: &str = "\
code,name,kind,county,region
101,Apa,commune,Satu Mare,Nord-Vest
102,Beltiug,commune,Satu Mare,Nord-Vest
103,Culciu,commune,Satu Mare,Nord-Vest
201,Gruia,commune,Mehedinți,Sud-Vest Oltenia
202,Poroina Mare,commune,Mehedinți,Sud-Vest Oltenia
203,Strehaia,town,Mehedinți,Sud-Vest Oltenia
";

/// What was measured.
pub(crate) const VALUES: &str = "\
Cod;Denumire;Județ;Populație;Copii;Familii
101;Apa;Satu Mare;2.500;500;25
102;Beltiug;Satu Mare;3.000;900;60
103;Culciu;Satu Mare;4.000;800;0
201;Gruia;Mehedinți;2.000;300;100
202;Poroina Mare;Mehedinți;1.000;250;30
203;Strehaia;Mehedinți;10.000;1.800;250
";

/// Which files.
pub(crate) const STUDY: &str = r#"[study]
title       = { ro = "Șase comune", en = "Six communes" }
methodology = "method.toml"

[register]
file    = "register.csv"
code    = "code"
name    = "name"
columns = { kind = "kind", county = "county", region = "region" }

[[source]]
id      = "people"
file    = "values.csv"
key     = { code = "Cod", name = "Denumire", county = "Județ" }
numbers = { decimal = ",", thousands = "." }
concept = "resident"
measure = [
  { id = "total", column = "Populație", nature = "count", counts = "persons" },
  { id = "children", column = "Copii", nature = "count", counts = "persons" },
  { id = "families", column = "Familii", nature = "count", counts = "families" },
]
"#;

/// How risk is measured: two shares, min-max, the mean.
pub(crate) const METHOD: &str = r#"[methodology]
id      = "six"
version = "1"
status  = "illustrative"
title   = { ro = "Șase", en = "Six" }

[[indicator]]
id        = "children_share"
label     = { ro = "Ponderea copiilor", en = "Share of children" }
value     = "people.children / people.total * 100"
unit      = "%"
plausible = [0, 60]
direction = "risk"
steps     = [{ minmax = { to = [0, 100] } }]

[[indicator]]
id        = "vmg_share"
label     = { ro = "Familii VMG la 100 de locuitori", en = "VMG families per 100 people" }
value     = "people.families / people.total * 100"
unit      = "per 100"
direction = "risk"
steps     = [{ minmax = { to = [0, 100] } }]

[[aggregate]]
id     = "score"
label  = { ro = "Scor", en = "Score" }
of     = { children_share = 1, vmg_share = 3 }
method = "arithmetic"

[[output]]
id    = "rank"
of    = "score"
steps = [{ round = { decimals = 9 } }, { rank = { order = "highest-first", ties = "min" } }]
"#;

/// The study as it should be.
pub(crate) fn six() -> Case {
    with(STUDY, METHOD, VALUES)
}

/// The study with other texts.
pub(crate) fn with(study: &str, method: &str, values: &str) -> Case {
    Case::new()
        .file("study.toml", study)
        .file("method.toml", method)
        .file("register.csv", REGISTER)
        .file("values.csv", values)
}
