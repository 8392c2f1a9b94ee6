"""The demonstration run as an analyst would script it: pandas reads, numpy computes, openpyxl writes.

Usage: python3 national.py FOLDER_OF_THE_DEMONSTRATION UNITS.csv OUT.xlsx

A baseline for the time of the whole command, not a check of it: it trusts every cell, tells
nothing, keeps no trace and writes one sheet of values.
"""

import glob
import re
import sys
import unicodedata

import numpy as np
import pandas as pd


def fold(text):
    plain = unicodedata.normalize("NFD", str(text)).encode("ascii", "ignore").decode().upper()
    plain = re.sub(r"^(MUNICIPIUL|ORASUL|ORAS|COMUNA|JUDETUL) ", "", plain.strip())
    return re.sub(r"[^A-Z0-9]", "", plain.replace("I", "A"))


def tempo(path):
    with open(path, encoding="utf-8") as file:
        skip = 0 if file.readline().strip() else 1
    table = pd.read_csv(path, sep=", ", engine="python", skiprows=skip, dtype=str, index_col=False)
    table.columns = [column.strip() for column in table.columns]
    return table


def population(folder):
    table = pd.concat([tempo(path) for path in sorted(glob.glob(f"{folder}/inputs/POP107D_*.csv"))])
    age = table.iloc[:, 0].str.strip()
    table = table.assign(age=age, code=table["Localitati"].str.split(" ").str[0], n=table["Valoare"].astype(float))
    table = table[table["code"].str.isdigit()]
    total = table[table["age"] == "Total"].groupby("code")["n"].sum()
    young = table[table["age"].str.fullmatch(r"(\d|1[0-7]) an[i]?")].groupby("code")["n"].sum()
    return total, young


def by_label(path, label_column, value_filter):
    table = tempo(path)
    for column, value in value_filter.items():
        table = table[table[column].str.strip() == value]
    return {fold(label): float(value) for label, value in zip(table[label_column], table["Valoare"])}


def winsorise_and_scale(x, most=5):
    x = x.astype(float).copy()
    changed = 0
    while changed < most and abs(pd.Series(x).skew()) >= 2 and pd.Series(x).kurt() >= 3.5:
        top = np.nanmax(x)
        x[x == top] = np.nanmax(x[x < top])
        changed = int((x == np.nanmax(x)).sum())
    return (x - np.nanmin(x)) / (np.nanmax(x) - np.nanmin(x)) * 100


def main(folder, units_file, out):
    units = pd.read_csv(units_file, dtype=str).set_index("code")
    total, young = population(folder)
    vmg = pd.read_excel(f"{folder}/inputs/VMG_2023.xlsx", sheet_name="2023", header=None, dtype=str)
    code_column = next(c for c in vmg.columns if vmg[c].astype(str).str.fullmatch(r"\d{3,6}").sum() > 3000)
    families = {}
    for row in vmg.itertuples(index=False):
        code = str(row[code_column])
        if code.isdigit():
            families[code] = float(str(row[code_column + 1 + 2]).replace(".", "") or "nan") if False else row
    unemployment = pd.read_csv(
        f"{folder}/inputs/someri_localitati_decembrie_2023.csv", sep=";", encoding="cp1250", skiprows=3, dtype=str
    )
    rate = {
        (fold(row[0]), fold(row[1])): row[-1] for row in unemployment.itertuples(index=False) if isinstance(row[1], str)
    }
    raise SystemExit("filled in once the demonstration's files stand")


if __name__ == "__main__":
    main(*sys.argv[1:])
