//! Minimum guaranteed income (VMG) and the inclusion aid that followed it (VMI), by locality: a workbook
//! a year with titles above the table, a header over two rows, and totals between the rows.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::country::{Country, Place};
use super::draws::uniform;
use super::{File, NOTICE, spelling, tempo};

/// Name by which the list still knows a place: code and name.
const FORMER: (&str, &str) = ("27169", "Comuna Abrămuț");
/// Lei a family and month, for the column of amounts.
const AMOUNT: f64 = 287.5;

/// A county whose agency sent nothing for the years in which [`Book::gaps`] are left.
const ABSENT: &str = "Giurgiu";

/// The workbook of a year.
struct Book {
    file: &'static str,
    year: u16,
    benefit: &'static str,
    /// The header over the two columns of numbers.
    group: &'static str,
    families: fn(&Place) -> u64,
    /// Whether a tenth of the places and a county did not report.
    gaps: bool,
}

const BOOKS: [Book; 3] = [
    Book {
        file: "VMG_2022.xlsx",
        year: 2022,
        benefit: "Ajutor social pentru asigurarea venitului minim garantat (Legea nr. 416/2001)",
        group: "Ajutor social (VMG)",
        families: |place| place.families_before,
        gaps: true,
    },
    Book {
        file: "VMG_2023.xlsx",
        year: 2023,
        benefit: "Ajutor social pentru asigurarea venitului minim garantat (Legea nr. 416/2001)",
        group: "Ajutor social (VMG)",
        families: |place| place.families,
        gaps: false,
    },
    Book {
        file: "VMI_2024.xlsx",
        year: 2024,
        benefit: "Venitul minim de incluziune, componenta ajutor de incluziune (Legea nr. 196/2016)",
        group: "Ajutor de incluziune (VMI)",
        families: |place| place.inclusion,
        gaps: true,
    },
];

impl Book {
    fn titles(&self) -> [String; 5] {
        [
            "AGENȚIA DEMONSTRATIVĂ PENTRU PLĂȚI ȘI INSPECȚIE SOCIALĂ".to_owned(),
            "Direcția beneficii de asistență socială".to_owned(),
            self.benefit.to_owned(),
            format!("Situația pe localități, medie lunară, anul {}", self.year),
            NOTICE.to_owned(),
        ]
    }

    /// The families of a place, where it reported.
    fn reported(&self, place: &Place) -> Option<u64> {
        let is_missing = self.gaps && uniform(self.file, &place.code) < 0.1;
        (!is_missing).then(|| (self.families)(place))
    }
}

struct Formats {
    title: Format,
    header: Format,
    count: Format,
    lei: Format,
    total: Format,
    total_lei: Format,
}

pub(super) fn files(country: &Country) -> impl Iterator<Item = File> {
    BOOKS.iter().map(|book| {
        File::new(book.file, workbook(book, country).expect("the sheet is inside Excel's limits"))
    })
}

fn workbook(book: &Book, country: &Country) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(book.year + 1, 1, 31)?;
    workbook
        .set_properties(&DocProperties::new().set_title(NOTICE).set_creation_datetime(&written));
    let (cover, year) = (workbook.add_worksheet().set_name("Cuprins")?, book.year.to_string());
    cover.write(0, 0, NOTICE)?.write(2, 0, &year)?.write(2, 1, book.benefit)?;
    table(workbook.add_worksheet().set_name(&year)?, book, country)?;
    workbook.save_to_buffer()
}

fn table(sheet: &mut Worksheet, book: &Book, country: &Country) -> Result<(), XlsxError> {
    let formats = Formats::new();
    for (row, title) in (0_u32..).zip(book.titles()) {
        sheet.write_with_format(row, 0, title, &formats.title)?;
    }
    header(sheet, book.group, &formats.header)?;
    let (mut row, mut number, mut country_families) = (7, 0_u32, 0);
    for county in country.counties.keys().filter(|county| !book.gaps || *county != ABSENT) {
        let mut families = 0;
        for place in country.of_county(county) {
            number += 1;
            sheet.write(row, 0, number)?;
            let reported = book.reported(place);
            place_row(sheet, row, (place, reported), &formats)?;
            families += reported.unwrap_or_default();
            row += 1;
        }
        if !tempo::is_capital(county) {
            let name = format!("JUDEȚUL {}", county.to_uppercase());
            sheet.write_with_format(row, 1, county.to_uppercase(), &formats.total)?;
            total_row(sheet, row, &name, families, &formats)?;
            row += 1;
        }
        country_families += families;
    }
    total_row(sheet, row, "TOTAL GENERAL", country_families, &formats)?;
    let note = "*) Cuantumul mediu lunar plătit; dosarele suspendate nu sunt incluse.";
    sheet.write(row + 2, 0, note)?;
    sheet.write(row + 3, 0, "Sursa: program generator; valori fără legătură cu realitatea.")?;
    sheet.set_column_width(3, 34)?.set_column_width(5, 18)?;
    sheet.set_freeze_panes(7, 0)?;
    Ok(())
}

/// A header over rows 6 and 7: columns merged downwards, and a group merged across its two columns.
fn header(sheet: &mut Worksheet, group: &str, format: &Format) -> Result<(), XlsxError> {
    for (column, text) in [(0, "Nr. crt."), (1, "Județ"), (2, "Cod SIRUTA"), (3, "UAT")] {
        sheet.merge_range(5, column, 6, column, text, format)?;
    }
    sheet.merge_range(5, 4, 5, 5, group, format)?;
    sheet.write_with_format(6, 4, "Nr. dosare", format)?;
    sheet.write_with_format(6, 5, "Sume plătite *) (lei)", format)?;
    Ok(())
}

fn place_row(
    sheet: &mut Worksheet,
    row: u32,
    (place, families): (&Place, Option<u64>),
    formats: &Formats,
) -> Result<(), XlsxError> {
    let name = if place.code == FORMER.0 {
        FORMER.1.to_owned()
    } else {
        spelling::addressed(place.kind, &place.name)
    };
    let code: u32 = place.code.parse().expect("a SIRUTA code is a number");
    sheet.write(row, 1, place.county.to_uppercase())?;
    sheet.write(row, 2, code)?;
    sheet.write(row, 3, name)?;
    match families {
        Some(families) => {
            sheet.write_with_format(row, 4, families as f64, &formats.count)?;
            sheet.write_with_format(row, 5, families as f64 * AMOUNT, &formats.lei)?;
        }
        // as agencies mark what they have not received
        None => drop(sheet.write(row, 4, ":")?.write(row, 5, ":")?),
    }
    Ok(())
}

fn total_row(
    sheet: &mut Worksheet,
    row: u32,
    name: &str,
    families: u64,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_with_format(row, 3, name, &formats.total)?;
    sheet.write_with_format(row, 4, families as f64, &formats.total)?;
    sheet.write_with_format(row, 5, families as f64 * AMOUNT, &formats.total_lei)?;
    Ok(())
}

impl Formats {
    fn new() -> Self {
        let bold = Format::new().set_bold();
        Self {
            title: bold.clone(),
            header: bold
                .clone()
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center)
                .set_text_wrap(),
            count: Format::new().set_num_format("#,##0"),
            lei: Format::new().set_num_format("#,##0.00"),
            total: bold.clone().set_num_format("#,##0"),
            total_lei: bold.set_num_format("#,##0.00"),
        }
    }
}
