//! Minimum guaranteed income by locality: a workbook with titles above the table, a header over
//! two rows, and totals between the rows.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::country::{Country, Place};
use super::{File, NOTICE, spelling, tempo};

/// Name by which the list still knows a place: code and name.
const FORMER: (&str, &str) = ("27169", "Comuna Abrămuț");
/// Lei a family and month, for the column of amounts.
const AMOUNT: f64 = 287.5;

const TITLES: [&str; 5] = [
    "AGENȚIA DEMONSTRATIVĂ PENTRU PLĂȚI ȘI INSPECȚIE SOCIALĂ",
    "Direcția beneficii de asistență socială",
    "Ajutor social pentru asigurarea venitului minim garantat (Legea nr. 416/2001)",
    "Situația pe localități, medie lunară, anul 2023",
    NOTICE,
];

struct Formats {
    title: Format,
    header: Format,
    count: Format,
    lei: Format,
    total: Format,
    total_lei: Format,
}

pub(super) fn file(country: &Country) -> File {
    File::new("VMG_2023.xlsx", workbook(country).expect("the sheet is inside Excel's limits"))
}

fn workbook(country: &Country) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2024, 1, 31)?;
    workbook
        .set_properties(&DocProperties::new().set_title(NOTICE).set_creation_datetime(&written));
    let cover = workbook.add_worksheet().set_name("Cuprins")?;
    cover.write(0, 0, NOTICE)?.write(2, 0, "2023")?.write(2, 1, TITLES[2])?;
    table(workbook.add_worksheet().set_name("2023")?, country)?;
    workbook.save_to_buffer()
}

fn table(sheet: &mut Worksheet, country: &Country) -> Result<(), XlsxError> {
    let formats = Formats::new();
    for (row, title) in (0_u32..).zip(TITLES) {
        sheet.write_with_format(row, 0, title, &formats.title)?;
    }
    header(sheet, &formats.header)?;
    let (mut row, mut number, mut country_families) = (7, 0_u32, 0);
    for county in country.counties.keys() {
        let mut families = 0;
        for place in country.of_county(county) {
            number += 1;
            sheet.write(row, 0, number)?;
            place_row(sheet, row, place, &formats)?;
            families += place.families;
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
fn header(sheet: &mut Worksheet, format: &Format) -> Result<(), XlsxError> {
    for (column, text) in [(0, "Nr. crt."), (1, "Județ"), (2, "Cod SIRUTA"), (3, "UAT")] {
        sheet.merge_range(5, column, 6, column, text, format)?;
    }
    sheet.merge_range(5, 4, 5, 5, "Ajutor social (VMG)", format)?;
    sheet.write_with_format(6, 4, "Nr. dosare", format)?;
    sheet.write_with_format(6, 5, "Sume plătite *) (lei)", format)?;
    Ok(())
}

fn place_row(
    sheet: &mut Worksheet,
    row: u32,
    place: &Place,
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
    sheet.write_with_format(row, 4, place.families as f64, &formats.count)?;
    sheet.write_with_format(row, 5, place.families as f64 * AMOUNT, &formats.lei)?;
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
