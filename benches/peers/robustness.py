"""The joint variants of a run in numpy: winsorised or not, min-max, weighted mean, ranks of the eligible units.

Usage: python3 robustness.py FOLDER

FOLDER holds `index.csv`, `variants.csv` and `robustness.csv` of one run. Prints for a program that holds the
columns as one array, and for one that takes a column at a time: its name, milliseconds a variant, and for how
many units its median rank is another one than in `robustness.csv`. A baseline for time: no list, no failure,
nothing told. Only the variants are timed, not the reading.
"""

import csv
import sys
import time

import numpy as np

NODES = ["locality_type", "children_share", "poverty", "vmg_share", "unemployed_share", "dropout"]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment_shape(x):
    n = len(x)
    d = x - x.mean()
    s2, s3, s4 = (d**2).sum(), (d**3).sum(), (d**4).sum()
    skew = np.sqrt(n) * s3 / s2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    kurt = ((n + 1) * (n * s4 / s2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return skew, kurt


def winsorised(x, most=5):
    x = x.copy()
    moved = 0
    while moved < most:
        skew, kurt = moment_shape(x)
        if not (abs(skew) >= 2 and kurt >= 3.5):
            break
        extreme = x.max() if skew >= 0 else x.min()
        inner = x[x < extreme].max() if skew >= 0 else x[x > extreme].min()
        at = x == extreme
        x[at] = inner
        moved = int(at.sum())
    return x


def ranks(scores):
    rounded = np.round(scores, 9)
    return np.searchsorted(np.sort(-rounded), -rounded, side="left") + 1


def as_array(columns, weights, treats, eligible):
    treated = columns
    if treats:
        treated = np.column_stack([columns[:, 0], *(winsorised(x) for x in columns[:, 1:].T)])
    low, high = treated.min(axis=0), treated.max(axis=0)
    scale = (treated - low) / (high - low) * 100
    return ranks((scale @ weights / weights.sum())[eligible])


def by_column(columns, weights, treats, eligible):
    score = np.zeros(len(columns))
    for j, weight in enumerate(weights):
        x = columns[:, j].copy()
        if treats and j > 0:
            x = winsorised(x)
        scaled = (x - x.min()) / (x.max() - x.min()) * 100
        score += weight * scaled
    return ranks((score / weights.sum())[eligible])


folder = sys.argv[1]
units = rows(f"{folder}/index.csv")
columns = np.array([[float(unit[node]) for node in NODES] for unit in units])
drawn = {row["code"]: row for row in rows(f"{folder}/robustness.csv") if row["rank"]}
eligible = np.array([unit["code"] in drawn for unit in units])
expected = np.array([float(drawn[unit["code"]]["rank_median"]) for unit in units if unit["code"] in drawn])
variants = [row for row in rows(f"{folder}/variants.csv") if row["design"] == "joint"]
choices = [
    (np.array([float(w) for w in row["weights"].split()]), row["outliers"] == "declared")
    for row in variants
]
for name, work in [("one array", as_array), ("a column at a time", by_column)]:
    start = time.perf_counter()
    found = [work(columns, weights, treats, eligible) for weights, treats in choices]
    took = (time.perf_counter() - start) / len(choices) * 1e3
    medians = np.median(np.array(found), axis=0)
    print(f"{name},{took},{int((np.abs(medians - expected) > 1e-9).sum())}")
