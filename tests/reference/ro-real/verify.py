#!/usr/bin/env python3
"""Computes cells of the two reference studies from the raw files, independently of the program.

    python3 verify.py FOLDER          writes expected.csv beside this file
    python3 verify.py FOLDER --check  compares with it instead; exit code 1 when they differ

FOLDER is the one that `--inputs` names. Plain Python, no package. The register is read from the
release of SIRUTA in that folder, not from the program's copy.
"""

import csv
import math
import sys
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent

# The numbers of `data/methodologies/irc.toml` (illustrative).
LOCALITY_TYPE = {"commune": 100.0, "town": 50.0, "municipality": 0.0}
WINSORISE_MAX, SKEW, KURTOSIS = 5, 2.0, 3.5
RANK_DECIMALS = 9
OVER = None  # kind whose distribution sets bounds and ranks; None: every unit

VMG = "vmg/ASS118F - Social allowances assuring the minimum guaranteed income.csv"
DROPOUT = "dropout/SCL113A - Abandon rate in pre-university education.csv"
POVERTY = "marginalisation/SAR111C - AROPE-at risk of poverty or social exclusion rate.csv"
UNEMPLOYMENT = "unemployment/somajul_inregistrat_martie_2024_1.csv"
CENSUS = "population/uat_cif_pop_2021.csv"
COVASNA = "population/tempo_POP107D_2026_covasna.csv"
HEALTH = "other/tempo_SAN101B_2024_covasna.csv"
SIRUTA = "siruta/siruta_2025S1_sirutalib-1.3.0.csv"

REGIONS = ["", "NORD-EST", "SUD-EST", "SUD-MUNTENIA", "SUD-VEST OLTENIA", "VEST", "NORD-VEST", "CENTRU",
           "BUCURESTI - ILFOV"]
# Labels of ANOFM that are not the county's name without diacritics.
COUNTY_SPELLINGS = {"CARA?-SEVERIN": "CARAS-SEVERIN", "BISTRITA NASAUD": "BISTRITA-NASAUD", "MUN. BUC.": "BUCURESTI"}


def plain(text):
    """Upper case without diacritics."""
    return text.upper().translate(str.maketrans("ĂÂÎȘȚŞŢ", "AAISTST"))


class Register:
    """Units by code with kind, county and region."""

    def __init__(self, folder):
        rows = list(csv.DictReader((folder / SIRUTA).open(encoding="utf-8-sig"), delimiter=";"))
        county = {}
        for row in rows:
            if row["NIV"] == "1":
                name = row["DENLOC"].removeprefix("JUDEȚUL ").removeprefix("MUNICIPIUL ")
                county[row["JUD"]] = plain(name.strip())
        self.units = {}
        for row in rows:
            if row["NIV"] == "2":
                kind = {"3": "commune", "2": "town"}.get(row["TIP"], "municipality")
                self.units[row["SIRUTA"]] = (kind, county[row["JUD"]], REGIONS[int(row["REGIUNE"])])
        self.codes = sorted(self.units)


def tempo(folder, path):
    """Rows of a TEMPO export as lists of trimmed labels; the last is the value."""
    lines = (folder / path).read_text(encoding="ascii").splitlines()
    return [[cell.strip() for cell in line.split(", ")] for line in lines if line.strip()][1:]


def county_of_tempo(label):
    return plain(label.removeprefix("Municipiul "))


def county_values(folder, path, keep):
    """Value by county of the rows that `keep` accepts; totals have no county and are passed over."""
    totals = ("TOTAL", "MACROREGIUNEA", "Regiunea")
    return {county_of_tempo(r[-4]): Fraction(r[-1]) for r in tempo(folder, path) if keep(r) and not r[-4].startswith(totals)}


def region_values(folder):
    rows = [r for r in tempo(folder, POVERTY) if r[1] == "Anul 2017" and r[0].startswith("Regiunea ")]
    return {r[0].removeprefix("Regiunea "): Fraction(r[-1]) for r in rows}


def anofm(folder):
    """Unemployed and rate by county, and the totals of the country."""
    counties, total = {}, None
    for row in list(csv.reader((folder / UNEMPLOYMENT).open(encoding="ascii")))[1:]:
        label = row[0].strip()
        if not label:
            continue
        number, rate = int(row[1].strip().replace(",", "")), Fraction(row[6].strip())
        if label == "Total":
            total = (number, rate)
        else:
            counties[COUNTY_SPELLINGS.get(label, label)] = (number, rate)
    return counties, total


def skew_kurtosis(xs):
    """As Excel's SKEW and KURT."""
    n = len(xs)
    mean = math.fsum(xs) / n
    s2, s3, s4 = (math.fsum((x - mean) ** k for x in xs) for k in (2, 3, 4))
    if s2 == 0:
        return None
    skew = math.sqrt(n) * s3 / s2**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    kurt = ((n + 1) * (n * s4 / s2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return skew, kurt


def winsorise(column, donors):
    """Moves the extreme values inwards until the distribution is tame; answers the new column, how many
    cells sit at the changed end, and the highest value left."""
    xs, moved = dict(column), 0
    while moved < WINSORISE_MAX:
        shape = skew_kurtosis([xs[c] for c in donors])
        if shape is None or abs(shape[0]) < SKEW or shape[1] < KURTOSIS:
            break
        levels = sorted({xs[c] for c in donors})
        old, new = (levels[-1], levels[-2]) if shape[0] >= 0 else (levels[0], levels[1])
        xs = {c: new if x == old else x for c, x in xs.items()}
        moved = sum(xs[c] == new for c in donors)
    return xs, moved


def minmax(column, donors):
    """To 0..100; None for a constant column."""
    low, high = min(column[c] for c in donors), max(column[c] for c in donors)
    if low == high:
        return None
    return {c: (x - low) / (high - low) * 100 for c, x in column.items()}


def normalise(register, raw):
    """One indicator: winsorise, then min-max; categories have their scores already."""
    donors = [c for c in register.codes if c in raw and OVER in (None, register.units[c][0])]
    treated, moved = winsorise(raw, donors)
    return minmax(treated, donors), moved


def half_up(x, decimals):
    """Half up on the shortest decimal text."""
    scaled = Fraction(repr(x)) * 10**decimals
    return float(Fraction(math.floor(scaled + Fraction(1, 2)), 10**decimals))


class Study:
    """Indicators of one study: raw columns, normalised columns, scores."""

    def __init__(self, register, codes, raw):
        self.raw, self.codes, self.moved, self.normalised = raw, codes, {}, {}
        view = Register.__new__(Register)
        view.units, view.codes = register.units, codes
        self.normalised["locality_type"] = {c: LOCALITY_TYPE[register.units[c][0]] for c in codes}
        for name, column in raw.items():
            self.normalised[name], self.moved[name] = normalise(view, column)
        used = [n for n, column in self.normalised.items() if column is not None]
        self.scores = {}
        for c in codes:
            parts = [self.normalised[n].get(c) for n in used]
            if None not in parts and all(c in raw[n] for n in raw):
                self.scores[c] = math.fsum(parts) / len(parts)
        rounded = {c: half_up(s, RANK_DECIMALS) for c, s in self.scores.items() if OVER in (None, register.units[c][0])}
        self.rank = {c: 1 + sum(other > s for other in rounded.values()) for c, s in rounded.items()}


def quotient(part, whole, times):
    """As the program's formula: one division, one multiplication, both in binary."""
    return float(part) / float(whole) * times


def national(folder, register, out):
    census = list(csv.DictReader((folder / CENSUS).open(encoding="utf-8")))
    people = {r["cod_siruta"]: int(r["pop"]) for r in census if r["cod_siruta"] in register.units}
    printed = {plain(r["judet"]): int(r["pop"]) for r in census if not r["cod_siruta"].isdigit()}
    others = [r for r in census if r["cod_siruta"].isdigit() and r["cod_siruta"] not in register.units]
    county_people = {}
    for code, n in people.items():
        county = register.units[code][1]
        county_people[county] = county_people.get(county, 0) + n
    assert all(county_people[c] == n for c, n in printed.items()), "a printed county total is not the sum of its UATs"
    families = county_values(folder, VMG, lambda r: r[2] == "Anul 2017" and r[0].endswith("beneficiare"))
    total = next(r for r in tempo(folder, VMG) if r[1] == "TOTAL" and r[2] == "Anul 2017" and r[0].endswith("beneficiare"))
    dropout = county_values(folder, DROPOUT, lambda r: r[0] == "Invatamant primar si gimnazial" and r[2] == "Anul 2016")
    unemployment, all_unemployed = anofm(folder)
    poverty = region_values(folder)
    raw = {"poverty": {}, "vmg_share": {}, "unemployed_share": {}, "dropout": {}}
    for code in register.codes:
        _, county, region = register.units[code]
        raw["poverty"][code] = float(poverty[region])
        raw["vmg_share"][code] = quotient(families[county], county_people[county], 100.0)
        raw["unemployed_share"][code] = float(unemployment[county][1])
        if county in dropout:
            raw["dropout"][code] = float(dropout[county])
    study = Study(register, register.codes, raw)

    def put(area, column, value, how):
        out.append(("national", area, column, value, how))

    put("national", "population.total", sum(people.values()), "sum of `pop` over the 3,181 codes that the register has")
    put("national", "population.total rows", len(people), "rows of UATs")
    put("national", "population.total county rows", len(printed), "rows whose code is letters; each equals the sum of its UATs")
    put("national", "population.total sector rows", len(others), "rows of the sectors of Bucharest")
    put("179132", "population.total", people["179132"], "row of the city")
    put("national", "sector sum", sum(int(r["pop"]) for r in others), "sum of the six sectors: equals the city")
    put("county:Dolj", "population.total", county_people["DOLJ"], "sum of its 111 UATs, equals row `DJ`")
    put("county:Dolj", "vmg.families", int(families["DOLJ"]), "cell of 2017")
    put("national", "vmg.families", int(sum(families.values())), "sum of 42 counties; row TOTAL says " + total[-1])
    put("national", "unemployment.registered", sum(n for n, _ in unemployment.values()), f"sum of 42 counties; row `Total` says {all_unemployed[0]}")
    put("national", "dropout counties", len(dropout), "counties with a row for 2016; Caraș-Severin has none")
    put("national", "irc scored", len(study.scores), "UATs with all five indicators")
    put("national", "irc unscored", len(register.codes) - len(study.scores), "the UATs of Caraș-Severin")
    put("national", "irc distinct (communes, 9 decimals)", len({half_up(s, 9) for c, s in study.scores.items() if register.units[c][0] == "commune"}), "one profile a county at most: nothing was measured below it")
    ordered = sorted(study.rank.values())
    block = ordered.count(ordered[1999])
    put("national", "rank at place 2000", ordered[1999], "all units with a score")
    put("national", "units that share place 2000", block, f"places {ordered[1999]} to {ordered[1999] + block - 1} are one block of ties")
    for name, moved in study.moved.items():
        put("national", f"{name} winsorised", moved, "cells at the changed end after winsorising; 0: left as it was")
    units = ["74842", "69900", "1017", "179132", "63394", "38731", "100709", "54975"]
    emit(study, units, put)
    put("50790", "dropout", "", "Caraș-Severin has no row for 2016: not available")
    put("50790", "irc", "", "no score: dropout not available")


def emit(study, units, put):
    for code in units:
        for name, column in study.raw.items():
            put(code, name, repr(column[code]), "raw value")
        for name, column in study.normalised.items():
            put(code, f"{name}.normalised", "" if column is None else repr(column[code]), "constant column" if column is None else "after its steps")
        put(code, "irc", repr(study.scores[code]), "mean of the normalised indicators that are not constant")
        put(code, "rank", study.rank[code], "highest first, ties share the least, compared at 9 decimals")


def covasna(folder, register, out):
    codes = [c for c in register.codes if register.units[c][1] == "COVASNA"]
    people, seniors, health = {}, {}, dict.fromkeys(codes, 0)
    for r in tempo(folder, COVASNA):
        code = r[3].split(" ")[0]
        target = people if r[0] == "Total" else seniors
        target[code] = target.get(code, 0) + int(r[-1])
    seen, zero_rows = set(), 0
    for r in tempo(folder, HEALTH):
        code = r[3].split(" ")[0]
        health[code] += int(r[-1])
        seen.add(code)
        zero_rows += r[-1] == "0"
    families = county_values(folder, VMG, lambda r: r[2] == "Anul 2017" and r[0].endswith("beneficiare"))["COVASNA"]
    dropout = county_values(folder, DROPOUT, lambda r: r[0] == "Invatamant primar si gimnazial" and r[2] == "Anul 2016")["COVASNA"]
    rate = anofm(folder)[0]["COVASNA"][1]
    raw = {
        "poverty": dict.fromkeys(codes, float(region_values(folder)["CENTRU"])),
        "vmg_share": dict.fromkeys(codes, quotient(families, sum(people.values()), 100.0)),
        "unemployed_share": dict.fromkeys(codes, float(rate)),
        "dropout": dict.fromkeys(codes, float(dropout)),
        "seniors_share": {c: quotient(seniors[c], people[c], 100.0) for c in codes},
    }
    study = Study(register, codes, raw)

    def put(area, column, value, how):
        out.append(("covasna", area, column, value, how))

    put("national", "units", len(codes), "UATs of Covasna in the register")
    put("national", "population.total", sum(people.values()), "sum of the rows `Total`")
    put("national", "population.seniors", sum(seniors.values()), "sum of five age groups")
    put("national", "health.units", sum(health.values()), "sum of all rows")
    put("national", "health.units absent", len(set(codes) - seen), "UATs without any row: " + " ".join(sorted(set(codes) - seen)))
    put("national", "health.units zero rows", zero_rows, "rows that print 0")
    put("national", "seniors_share winsorised", study.moved["seniors_share"], "cells at the changed end; 0: left as it was")
    for code in ["63394", "63777", "65113"]:
        put(code, "population.total", people[code], "row `Total`")
        put(code, "population.seniors", seniors[code], "five rows summed")
        how = f"{health[code]} units" if code in seen else "no row at all, declared to mean none"
        put(code, "health_units", repr(quotient(health[code], people[code], 1000.0)), how)
    highest = max(codes, key=lambda c: raw["seniors_share"][c])
    emit(study, ["63394", "63777", "65113", highest], put)


def main():
    folder = Path(sys.argv[1])
    register, out = Register(folder), []
    national(folder, register, out)
    covasna(folder, register, out)
    lines = [("study", "area", "column", "value", "how"), *[tuple(str(cell) for cell in row) for row in out]]
    path = HERE / "expected.csv"
    if "--check" in sys.argv:
        with path.open(encoding="utf-8", newline="") as file:
            same = [tuple(row) for row in csv.reader(file)] == lines
        sys.exit(0 if same else 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


if __name__ == "__main__":
    main()
