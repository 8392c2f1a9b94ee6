//! A small study against which the tests read programmes.

use std::io;

use super::{CheckedProgramme, Programme, ProgrammeContext};
use crate::index::Method;
use crate::language::Label;
use crate::register::{Register, Unit};
use crate::study::{Methodology, MethodologyContext, Problems, Study};

const STUDY: &str = r#"
[study]
title = "t"
methodology = "m.toml"
[register]
bundled = "r"
[[source]]
id = "population"
file = "p.csv"
key = { code = "code" }
measure = [
  { id = "total", nature = "count", column = "total" },
  { id = "vulnerable", nature = "count", column = "vulnerable" },
  { id = "share", nature = "rate", column = "share" },
  { id = "class", nature = "category", column = "class" },
]
[[source]]
id = "borders"
file = "borders.csv"
layout = "borders"
[[source]]
id = "funded"
file = "funded.csv"
layout = "units"
columns = { code = "SIRUTA" }
[[source]]
id = "decisions"
file = "decisions.csv"
layout = "decisions"
[[source]]
id = "published"
file = "selection.csv"
layout = "selection"
"#;

const METHOD: &str = r#"
[methodology]
id = "m"
version = "1"
status = "illustrative"
title = "t"
[[indicator]]
id = "score"
value = "population.share"
direction = "risk"
"#;

/// Study, register and methodology.
pub(in crate::study) struct Fixture {
    study: Study,
    register: Register,
    method: Method,
}

impl Fixture {
    pub(in crate::study) fn new() -> Self {
        let mut problems = Problems::new();
        let study = Study::read("study.toml", STUDY.as_bytes(), &mut problems)
            .unwrap_or_else(|| panic!("{problems}"));
        let unit = |code: &str, name: &str, county: &str| Unit {
            code: code.into(),
            name: name.into(),
            values: vec![county.into(), "commune".into()],
        };
        let units = vec![
            unit("101", "Apa", "Satu Mare"),
            unit("102", "Beltiug", "Satu Mare"),
            unit("201", "Gruia", "Mehedinți"),
        ];
        let columns = vec!["county".into(), "kind".into()];
        let register = Register::new("r", Label::same("r"), columns, units).unwrap();
        let mut load = |_: &str| Ok(METHOD.as_bytes().to_vec());
        let method = Methodology::load("m.toml", &mut load, &mut problems).unwrap();
        let against = MethodologyContext { study: &study, file: "study.toml", register: &register };
        let method = method.check(&against, &mut problems).unwrap_or_else(|| panic!("{problems}"));
        Self { study, register, method }
    }

    /// Reads a programme; further texts are what it extends, by path.
    pub(in crate::study) fn read(
        &self,
        files: &[(&str, &str)],
        problems: &mut Problems,
    ) -> Option<CheckedProgramme> {
        let context = ProgrammeContext {
            study: &self.study,
            file: "study.toml",
            register: &self.register,
            method: &self.method,
        };
        let mut load = |path: &str| {
            let found = files.iter().find(|(name, _)| *name == path);
            found
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        let programme = Programme::load(files[0].0, &mut load, problems)?;
        programme.check(&context, problems)
    }

    /// What is wrong with a programme.
    pub(in crate::study) fn problems(&self, text: &str) -> Problems {
        let mut problems = Problems::new();
        assert!(self.read(&[("p.toml", text)], &mut problems).is_none(), "nothing is wrong");
        problems
    }

    /// A programme that is right.
    pub(in crate::study) fn plan(&self, text: &str) -> CheckedProgramme {
        let mut problems = Problems::new();
        self.read(&[("p.toml", text)], &mut problems).unwrap_or_else(|| panic!("{problems}"))
    }
}
