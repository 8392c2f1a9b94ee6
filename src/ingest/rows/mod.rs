//! What a row is about: the parts of its key, the area that they name, what becomes of it.

pub(crate) mod fill;
mod recogniser;
mod remarks;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::fill::{KeyReader, RowKey, TakenFrom, says_nothing};
pub(crate) use self::recogniser::Recogniser;
pub(crate) use self::recogniser::has_number;
pub(super) use self::remarks::report;
pub(crate) use self::remarks::{At, Refused, Remark};
use super::sheet::Sheet;
use super::sheet::grid::GridRow;
use crate::message::ingest::{AREAS, Noun, UNITS, rows as message};
use crate::observation::Origin;
use crate::quality::Place;
use crate::register::{RowClass, UNIT};
use crate::study::{Key, Source};

/// The parts of a key, of which a source has some: texts of a row, columns, or names of columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyParts<T> {
    /// The code.
    pub(crate) code: Option<T>,
    /// The name.
    pub(crate) name: Option<T>,
    /// The county beside it.
    pub(crate) county: Option<T>,
    /// Code and name together.
    pub(crate) glued: Option<T>,
    /// The label of an area of the source's level.
    pub(crate) area: Option<T>,
    /// Joined with the code, for a panel.
    pub(crate) period: Option<T>,
}

/// The texts of the key cells of a row; the period stands in the code.
pub(crate) type KeyTexts<'t> = KeyParts<&'t str>;
/// The columns of the key, from 1.
pub(crate) type KeyColumns = KeyParts<u32>;

impl<T> KeyParts<T> {
    /// The same parts as `convert` has them, converted in the order of the fields.
    pub(super) fn and_then<U>(self, mut convert: impl FnMut(T) -> Option<U>) -> KeyParts<U> {
        KeyParts {
            code: self.code.and_then(&mut convert),
            name: self.name.and_then(&mut convert),
            county: self.county.and_then(&mut convert),
            glued: self.glued.and_then(&mut convert),
            area: self.area.and_then(&mut convert),
            period: self.period.and_then(&mut convert),
        }
    }

    /// The parts that are there, as references.
    pub(super) fn as_ref(&self) -> KeyParts<&T> {
        KeyParts {
            code: self.code.as_ref(),
            name: self.name.as_ref(),
            county: self.county.as_ref(),
            glued: self.glued.as_ref(),
            area: self.area.as_ref(),
            period: self.period.as_ref(),
        }
    }

    /// The parts that there are, in the order of the fields.
    pub(super) fn parts(self) -> impl Iterator<Item = T> {
        let Self { code, name, county, glued, area, period } = self;
        [code, name, county, glued, area, period].into_iter().flatten()
    }
}

impl<'s> KeyParts<&'s str> {
    /// The texts by which a study names the columns of a key.
    pub(super) fn named(key: &'s Key) -> Self {
        match key {
            Key::Code { code, name, county, period } => Self {
                code: Some(code),
                name: name.as_deref(),
                county: county.as_deref(),
                period: period.as_deref(),
                ..Self::default()
            },
            Key::Glued(column) => Self { glued: Some(column), ..Self::default() },
            Key::Name { name, county } => {
                Self { name: Some(name), county: Some(county), ..Self::default() }
            }
            Key::NameUnder { name, .. } => Self { name: Some(name), ..Self::default() },
            Key::Area { column, .. } => Self { area: Some(column), ..Self::default() },
        }
    }
}

impl KeyColumns {
    /// The column in which the cell of a remark stands.
    pub(super) fn at(&self, at: At) -> u32 {
        let order = match at {
            At::Code => [self.code, self.glued, self.name, self.area],
            At::Name => [self.name, self.glued, self.area, self.code],
        };
        order.into_iter().flatten().next().unwrap_or(1)
    }
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An area of the source's level: the row gives values.
    Area(usize),
    /// A printed total of a larger area: its level and position there, where they are known.
    Total(RowClass, Option<(String, usize)>),
    /// A part of a unit (sector, village); with the position of the unit where it is known.
    Part(RowClass, Option<usize>),
    /// A note, a heading, a blank row.
    Other(RowClass),
    /// A row that should be an area and is none of the register; the remarks say so.
    Refused,
}

impl Subject {
    /// Whether the row gives values.
    pub(super) fn is_area(&self) -> bool {
        matches!(self, Self::Area(_))
    }

    /// Whether numbers of the row are read.
    pub(super) fn has_numbers(&self) -> bool {
        matches!(self, Self::Area(_) | Self::Total(..) | Self::Part(..))
    }
}

/// A row's subject and the remarks on it.
#[derive(Clone, Debug)]
pub(crate) struct Recognised {
    /// What it is about.
    pub(crate) subject: Subject,
    /// How it was recognised, or why it was not.
    pub(crate) remarks: Vec<Remark>,
}

/// A row of data and what it is about.
pub(super) struct DataRow<'g> {
    pub(super) row: GridRow<'g>,
    pub(super) recognised: Recognised,
}

/// A file of a source while it is read.
pub(super) struct OpenFile<'a> {
    pub(super) source: &'a Source,
    pub(super) recogniser: Recogniser<'a>,
    pub(super) sheet: &'a Sheet,
    /// Its position among the files of the run, and that of the sheet among those read of it.
    pub(super) position: [u32; 2],
}

impl OpenFile<'_> {
    /// A cell as an origin of a value.
    pub(super) fn origin(&self, row: u32, column: u32) -> Origin {
        let [file, sheet] = self.position;
        Origin { file, sheet, row, column }
    }
}

/// A name or label of a source that the register does not recognise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLabel {
    /// Id of the source.
    pub(crate) source: String,
    /// The level that the source measures.
    pub(crate) level: String,
    /// As written.
    pub(crate) label: String,
    /// The county beside it, as written.
    pub(crate) county: Option<String>,
    /// What it may mean: codes of units, or areas of the level; best first.
    pub(crate) candidates: Vec<String>,
    /// Where it stands first.
    pub(crate) place: Place,
}

/// What became of the rows of a file.
#[derive(Default)]
pub(super) struct RowAccount {
    /// Where values of areas were seen, in reading order.
    pub(super) seen: Vec<Sighting>,
    /// Rows that give no values, by class.
    pub(super) dropped: BTreeMap<RowClass, Vec<Place>>,
    /// Labels that the register does not recognise.
    pub(super) refused: Vec<RefusedLabel>,
    /// Numbers of the rows that gave values.
    pub(super) used: BTreeSet<u32>,
}

/// That something was read for an area. Where all measures stand in one row, they share the measure 0.
pub(super) struct Sighting {
    pub(super) measure: usize,
    pub(super) area: usize,
    pub(super) place: Place,
}

impl RowAccount {
    /// Counts a row that gives no values.
    pub(super) fn drop_row(&mut self, class: RowClass, place: Place) {
        self.dropped.entry(class).or_default().push(place);
    }
}

/// What rows of a class are called.
pub(super) fn noun_of(class: RowClass) -> &'static Noun {
    match class {
        RowClass::Unit => &UNITS,
        RowClass::Village => &message::VILLAGES,
        RowClass::Sector => &message::SECTORS,
        RowClass::County => &message::COUNTY_ROWS,
        RowClass::Region => &message::REGION_ROWS,
        RowClass::National => &message::NATIONAL_ROWS,
        RowClass::Note => &message::NOTES,
        RowClass::Blank => &message::BLANK_ROWS,
    }
}

/// What areas of a level are called.
pub(super) fn areas_of(level: &str) -> &'static Noun {
    if level == UNIT { &UNITS } else { &AREAS }
}
