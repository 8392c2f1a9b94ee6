//! The short codes of Romanian counties, as number plates and forms write them.

/// Code and name, as ISO 3166-2:RO lists them.
const COUNTIES: [(&str, &str); 42] = [
    ("AB", "Alba"),
    ("AR", "Arad"),
    ("AG", "Argeș"),
    ("BC", "Bacău"),
    ("BH", "Bihor"),
    ("BN", "Bistrița-Năsăud"),
    ("BT", "Botoșani"),
    ("BR", "Brăila"),
    ("BV", "Brașov"),
    ("B", "București"),
    ("BZ", "Buzău"),
    ("CL", "Călărași"),
    ("CS", "Caraș-Severin"),
    ("CJ", "Cluj"),
    ("CT", "Constanța"),
    ("CV", "Covasna"),
    ("DB", "Dâmbovița"),
    ("DJ", "Dolj"),
    ("GL", "Galați"),
    ("GR", "Giurgiu"),
    ("GJ", "Gorj"),
    ("HR", "Harghita"),
    ("HD", "Hunedoara"),
    ("IL", "Ialomița"),
    ("IS", "Iași"),
    ("IF", "Ilfov"),
    ("MM", "Maramureș"),
    ("MH", "Mehedinți"),
    ("MS", "Mureș"),
    ("NT", "Neamț"),
    ("OT", "Olt"),
    ("PH", "Prahova"),
    ("SJ", "Sălaj"),
    ("SM", "Satu Mare"),
    ("SB", "Sibiu"),
    ("SV", "Suceava"),
    ("TR", "Teleorman"),
    ("TM", "Timiș"),
    ("TL", "Tulcea"),
    ("VL", "Vâlcea"),
    ("VS", "Vaslui"),
    ("VN", "Vrancea"),
];

/// The name of the county with a short code, whatever its letter case.
pub fn county_of_plate(code: &str) -> Option<&'static str> {
    let same = |(known, _): &&(&str, &str)| known.eq_ignore_ascii_case(code);
    COUNTIES.iter().find(same).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::bundled;

    #[test]
    fn every_county_of_the_bundled_register_has_a_code_and_no_other() {
        let register = bundled("ro-uat-2025").unwrap().register;
        let mut names: Vec<&str> = COUNTIES.iter().map(|(_, name)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, register.level("county").unwrap().areas);
        assert_eq!(county_of_plate("sm"), Some("Satu Mare"));
        assert_eq!(county_of_plate("XX"), None);
    }
}
