//! Published figures that the demonstration is anchored on. Levels of counties and regions and sizes are
//! these; everything below them is drawn.
//!
//! | figure | source |
//! |---|---|
//! | inhabitants | INS, census of 2021 (RPL 2021), resident population on 1 December 2021 |
//! | families on VMG | INS, TEMPO ASS118F, monthly average of 2017, families and single persons |
//! | unemployment | ANOFM, registered unemployment of March 2024 (data.gov.ro), rate by county |
//! | dropout | INS, TEMPO SCL113A, primary and lower secondary school, 2016/17 |
//! | AROPE | INS, TEMPO SAR111C, 2017, by region |
//! | population by domicile | INS, TEMPO POP107D, 1 January 2026: 21,646,220 beside 19,053,815 residents |
//!
//! No figure was at hand for the children of a region and for how far VMG fell since 2017: those are
//! assumptions and say so.

/// What is published of a county.
#[derive(Clone, Copy, Debug)]
pub(super) struct County {
    pub(super) name: &'static str,
    /// Residents of its communes, at the shares [`SHARES`] of the communes from the smallest up.
    pub(super) communes: [u32; 9],
    /// Residents of its seat; 0 for Ilfov, which has none of its own.
    pub(super) seat: u32,
    /// Families on VMG.
    pub(super) families: u32,
    /// Registered unemployment, in hundredths of a per cent.
    pub(super) unemployment: u32,
    /// Dropout, in tenths of a per cent.
    pub(super) dropout: u32,
}

/// Shares of the places of a list, from the smallest, at which its sizes are given.
pub(super) const SHARES: [f64; 9] = [0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0];

const fn county(
    name: &'static str,
    communes: [u32; 9],
    seat: u32,
    [families, unemployment, dropout]: [u32; 3],
) -> County {
    County { name, communes, seat, families, unemployment, dropout }
}

/// The counties in the order of the register.
#[rustfmt::skip]
pub(super) const COUNTIES: [County; 42] = [
    county("Alba", [227, 476, 750, 1119, 1774, 2583, 4005, 4795, 6543], 64227, [4520, 337, 14]),
    county("Arad", [340, 898, 1014, 1477, 2556, 3431, 4363, 5688, 12772], 145_078, [2680, 145, 8]),
    county("Argeș", [815, 1166, 1539, 1972, 2860, 4120, 5296, 5849, 11151], 141_275, [7745, 359, 10]),
    county("Bacău", [1374, 1663, 2055, 2516, 3652, 5247, 6776, 7941, 10236], 136_102, [11084, 296, 18]),
    county("Bihor", [996, 1268, 1607, 2080, 2715, 3754, 4922, 6656, 12448], 183_105, [5525, 188, 17]),
    county("Bistrița-Năsăud", [841, 1174, 1230, 2068, 2800, 4173, 5478, 6069, 7579], 78877, [2526, 398, 13]),
    county("Botoșani", [1328, 1665, 1856, 2244, 3240, 4061, 5647, 6196, 8638], 89987, [4835, 429, 11]),
    county("Brașov", [683, 1063, 1625, 2036, 2864, 4578, 6298, 8124, 12067], 237_589, [5207, 249, 32]),
    county("Brăila", [892, 1195, 1469, 2138, 2804, 3180, 3725, 4500, 6151], 154_686, [4413, 379, 16]),
    county("București", [0, 0, 0, 0, 0, 0, 0, 0, 0], 1_716_983, [272, 84, 12]),
    county("Buzău", [315, 624, 823, 1969, 2866, 3923, 5125, 6736, 9726], 103_481, [11557, 527, 19]),
    county("Caraș-Severin", [166, 618, 782, 1019, 1530, 2145, 2687, 3244, 3514], 58393, [2489, 314, 38]), // dropout of 2014/15: 2016/17 was not published
    county("Cluj", [540, 1040, 1135, 1417, 2191, 3694, 5485, 6679, 52735], 286_598, [3298, 136, 12]),
    county("Constanța", [453, 942, 1242, 1794, 2959, 4831, 6940, 9287, 16617], 263_707, [4440, 200, 17]),
    county("Covasna", [822, 1018, 1106, 1574, 2361, 3850, 4742, 4923, 5559], 50080, [2320, 403, 37]),
    county("Călărași", [1148, 1582, 1663, 2345, 3191, 4532, 6159, 6953, 10052], 58215, [4536, 535, 37]),
    county("Dolj", [523, 1061, 1195, 1644, 2333, 3946, 4764, 5652, 9047], 234_140, [14462, 809, 22]),
    county("Dâmbovița", [1466, 1749, 2010, 2952, 3930, 5267, 6895, 8284, 8835], 66965, [7918, 293, 10]),
    county("Galați", [1131, 1400, 1610, 1882, 3262, 5067, 7030, 9091, 11535], 217_851, [11025, 515, 19]),
    county("Giurgiu", [1491, 1628, 1695, 2223, 3186, 4696, 6194, 7286, 9456], 54551, [3857, 330, 21]),
    county("Gorj", [1305, 1528, 1620, 1976, 2502, 3370, 4969, 5529, 7309], 73544, [4661, 334, 7]),
    county("Harghita", [851, 1228, 1504, 2044, 2560, 3440, 5273, 5763, 6542], 34484, [3453, 459, 19]),
    county("Hunedoara", [88, 320, 649, 926, 1585, 2406, 3155, 3312, 3682], 53113, [3452, 486, 14]),
    county("Ialomița", [761, 1049, 1133, 1628, 2215, 2972, 3493, 4219, 7878], 41553, [3957, 528, 29]),
    county("Iași", [1103, 1482, 2000, 2583, 3668, 5086, 7210, 11006, 28534], 271_692, [8538, 341, 15]),
    county("Ilfov", [2860, 3010, 3258, 6249, 8268, 10635, 12762, 15165, 43584], 0, [1546, 48, 20]),
    county("Maramureș", [792, 1077, 1249, 2052, 2898, 3906, 5236, 6294, 9317], 108_759, [5232, 249, 26]),
    county("Mehedinți", [483, 716, 866, 1155, 1922, 2572, 3289, 3910, 10021], 79865, [6625, 777, 22]),
    county("Mureș", [515, 791, 1188, 1684, 2442, 4090, 5392, 5918, 10403], 116_033, [7266, 359, 29]),
    county("Neamț", [1208, 1527, 1689, 2098, 3536, 4749, 6874, 7580, 10619], 79679, [6701, 525, 10]),
    county("Olt", [755, 1069, 1202, 1550, 2094, 2754, 3490, 3857, 4413], 63487, [7832, 564, 14]),
    county("Prahova", [449, 952, 1398, 1929, 3548, 5256, 7867, 9467, 10787], 180_539, [5333, 244, 12]),
    county("Satu Mare", [1134, 1276, 1412, 2099, 2914, 3734, 5584, 6002, 7936], 91520, [4130, 435, 17]),
    county("Sibiu", [514, 852, 1070, 1502, 2346, 3188, 3844, 4862, 17492], 134_308, [3753, 265, 23]),
    county("Suceava", [1342, 1562, 1921, 2507, 3458, 5198, 6445, 7279, 12792], 84308, [7778, 617, 10]),
    county("Sălaj", [767, 932, 1037, 1556, 2116, 2972, 3509, 3806, 6024], 52132, [3094, 559, 13]),
    county("Teleorman", [887, 1067, 1300, 1549, 2225, 2780, 3694, 4326, 6472], 40390, [10502, 855, 13]),
    county("Timiș", [299, 947, 1227, 1822, 2610, 3537, 5312, 8687, 22270], 250_849, [1808, 86, 12]),
    county("Tulcea", [489, 637, 886, 1276, 1959, 2942, 4060, 4798, 5226], 65624, [2382, 350, 22]),
    county("Vaslui", [1178, 1333, 1535, 1802, 2542, 3369, 4024, 4389, 8804], 63035, [10437, 856, 13]),
    county("Vrancea", [1132, 1449, 1572, 1928, 2981, 4174, 5742, 6437, 8930], 66719, [6584, 242, 32]),
    county("Vâlcea", [646, 986, 1197, 1671, 2261, 3074, 3446, 4088, 6799], 93151, [4193, 299, 7]),
];

/// Residents of the communes with 12,000 and more, by code: most lie round large towns.
pub(super) const LARGE: [(&str, u32); 22] = [
    ("57706", 52735),  // Florești, Cluj
    ("179249", 43584), // Chiajna, Ilfov
    ("97919", 28534),  // Miroslava, Iași
    ("155314", 22270), // Giroc, Timiș
    ("155261", 20014), // Dumbrăvița, Timiș
    ("143557", 17492), // Șelimbăr, Sibiu
    ("96254", 17254),  // Ciurea, Iași
    ("55687", 17239),  // Apahida, Cluj
    ("179310", 16875), // Dobroești, Ilfov
    ("63125", 16617),  // Valu lui Traian, Constanța
    ("157834", 16424), // Moșnița Nouă, Timiș
    ("61620", 14757),  // Cumpăna, Constanța
    ("100353", 14510), // Valea Lupului, Iași
    ("55838", 13922),  // Baciu, Cluj
    ("101145", 13766), // Berceni, Ilfov
    ("95159", 13697),  // Holboca, Iași
    ("102570", 12861), // Domnești, Ilfov
    ("146432", 12792), // Șcheia, Suceava
    ("9397", 12772),   // Vladimirescu, Arad
    ("26582", 12448),  // Sânmartin, Bihor
    ("95293", 12169),  // Tomești, Iași
    ("42003", 12067),  // Tărlungeni, Brașov
];

/// Residents of municipalities that are no county seat, at [`SHARES`] of them.
pub(super) const MUNICIPALITIES: [u32; 9] =
    [8506, 12_609, 13_573, 15_950, 22_294, 30_766, 34_612, 43_319, 52_475];

/// Residents of towns, at [`SHARES`] of them.
pub(super) const TOWNS: [u32; 9] = [1372, 3134, 4171, 5817, 8061, 10_931, 15_088, 19_996, 53_431];

/// A region: its name, AROPE in tenths of a per cent, and the share of children among its inhabitants
/// in tenths of a per cent, which is an assumption.
pub(super) const REGIONS: [(&str, u32, u32); 8] = [
    ("Nord-Est", 439, 200),
    ("Sud-Est", 425, 182),
    ("Sud-Muntenia", 409, 178),
    ("Sud-Vest Oltenia", 453, 171),
    ("Vest", 325, 175),
    ("Nord-Vest", 264, 187),
    ("Centru", 257, 191),
    ("București-Ilfov", 250, 180),
];

/// Families on VMG of a year beside those of 2017: an assumption.
pub(super) const SINCE_2017: [(u32, f64); 2] = [(2022, 0.78), (2023, 0.72)];

/// Families on the inclusion aid of VMI in 2024 beside those on VMG in 2023: an assumption.
pub(super) const INCLUSION: f64 = 0.92;

/// What is published of a county.
pub(super) fn of_county(name: &str) -> &'static County {
    COUNTIES.iter().find(|county| county.name == name).expect("every county has its figures")
}

/// AROPE and the share of children of a region, in per cent.
pub(super) fn of_region(name: &str) -> (f64, f64) {
    let found = REGIONS.iter().find(|(region, ..)| *region == name);
    let (_, poverty, children) = found.expect("every region has its figures");
    (f64::from(*poverty) / 10.0, f64::from(*children) / 10.0)
}

/// The size at a share of a list that is given at [`SHARES`]; above the middle sizes grow faster and
/// faster.
pub(super) fn at_share(sizes: &[u32; 9], share: f64) -> f64 {
    let above = SHARES.iter().position(|known| *known >= share).unwrap_or(8).max(1);
    let (low, high) = (SHARES[above - 1], SHARES[above]);
    let (from, to) = (f64::from(sizes[above - 1]), f64::from(sizes[above]));
    let way = (share - low) / (high - low);
    let way = if above > 4 { way * (0.4 + 0.6 * way) } else { way };
    from + (to - from) * way
}
