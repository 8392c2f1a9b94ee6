"""The demonstration run as an analyst would script it: pandas reads, numpy computes, openpyxl writes.

Usage: python3 national.py FOLDER_OF_THE_DEMONSTRATION UNITS.csv OUT.xlsx

FOLDER holds `inputs/`, unpacked from data/demo/inputs.zip; UNITS.csv is the bundled register. A
baseline for the time of the whole command, not a check of it: it trusts every cell, tells nothing,
keeps no trace and writes one sheet of values.
"""

import glob
import re
import sys
import unicodedata

import numpy as np
import pandas as pd

PREFIX = re.compile(r"^(MUNICIPIUL|ORASUL|ORAS|COMUNA) ")
YEARS = re.compile(r"(\d|1[0-7]) an[i]?")


def fold(text):
    plain = unicodedata.normalize("NFD", str(text)).encode("ascii", "ignore").decode().upper().strip()
    return re.sub(r"[^A-Z0-9]", "", PREFIX.sub("", plain)).replace("I", "A")


def tempo(path):
    with open(path, encoding="utf-8") as file:
        skip = 0 if file.readline().strip() else 1
    table = pd.read_csv(path, skiprows=skip, dtype=str, skipinitialspace=True)
    table.columns = [column.strip() for column in table.columns]
    return table


def population(folder):
    tables = [tempo(path) for path in sorted(glob.glob(f"{folder}/inputs/POP107D_*.csv"))]
    table = pd.concat(tables, ignore_index=True)
    age = table.iloc[:, 0].str.strip()
    code = table["Localitati"].str.split(" ").str[0]
    number = table["Valoare"].astype(float)
    total = number[age == "Total"].groupby(code).sum()
    young = number[age.str.fullmatch(YEARS)].groupby(code).sum()
    return total, young


def by_label(path, **filters):
    table = tempo(path)
    for column, value in filters.items():
        table = table[table[column.replace("_", " ")] == value]
    label = next(column for column in table.columns if column.startswith("Macroregiuni"))
    return {fold(name): float(value) for name, value in zip(table[label], table["Valoare"])}


def scaled(x, most=5):
    x = x.to_numpy(dtype=float).copy()
    changed = 0
    while changed < most and abs(pd.Series(x).skew()) >= 2 and pd.Series(x).kurt() >= 3.5:
        x[x == np.nanmax(x)] = np.nanmax(x[x < np.nanmax(x)])
        changed = int((x == np.nanmax(x)).sum())
    return (x - np.nanmin(x)) / (np.nanmax(x) - np.nanmin(x)) * 100


def main(folder, units_file, out):
    units = pd.read_csv(units_file, dtype=str).set_index("code")
    total, young = population(folder)
    vmg = pd.read_excel(f"{folder}/inputs/VMG_2023.xlsx", sheet_name="2023", header=None, skiprows=7)
    vmg = vmg[pd.to_numeric(vmg[2], errors="coerce").notna()]
    families = pd.Series(pd.to_numeric(vmg[4], errors="coerce").to_numpy(), index=vmg[2].astype(int).astype(str))
    families = families[~families.index.duplicated()]
    jobless = pd.read_csv(
        f"{folder}/inputs/someri_localitati_decembrie_2023.csv", sep=";", encoding="cp1250", skiprows=3, decimal=","
    )
    rate = {(fold(row[0]), fold(row[1])): row[4] for row in jobless.itertuples(index=False)}
    dropout = by_label(
        f"{folder}/inputs/SCL113A.csv", Niveluri_de_instruire="Invatamant primar si gimnazial", Ani="Anul 2023"
    )
    poverty = by_label(f"{folder}/inputs/SAR114B.csv", Ani="Anul 2023")
    raw = pd.DataFrame(index=units.index)
    raw["locality_type"] = units["kind"].map({"commune": 100.0, "town": 50.0, "municipality": 0.0})
    raw["children_share"] = young / total * 100
    raw["poverty"] = units["region"].map(lambda name: poverty.get(fold(f"Regiunea {name}"), np.nan))
    raw["vmg_share"] = families / total * 100
    raw["unemployed_share"] = [rate.get((fold(c), fold(n)), np.nan) for c, n in zip(units["county"], units["name"])]
    raw["dropout"] = units["county"].map(lambda name: dropout.get(fold(name), np.nan))
    table = units[["name", "kind", "county", "region"]].copy()
    for column in raw:
        table[column] = raw[column]
        table[f"{column}.normalised"] = scaled(raw[column])
    table["irc"] = table[[f"{column}.normalised" for column in raw]].mean(axis=1)
    table["rank"] = table["irc"].rank(ascending=False, method="min")
    table["class"] = pd.qcut(table["irc"], 5, labels=False)
    table.to_csv(out.replace(".xlsx", ".csv"))
    table.to_excel(out, sheet_name="Index")


if __name__ == "__main__":
    main(*sys.argv[1:])
