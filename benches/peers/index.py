"""The national index and Copeland's rule as an analyst would vectorise them in numpy.

Usage: python3 index.py COLUMNS.csv

COLUMNS.csv holds one row a unit and one column an indicator, `nan` where there is no value. Prints one line a
work: its name, the least of several times in seconds, and the sum of its squared scores, by which the caller
sees that both did the same. A baseline for time: no trace, no findings, nothing told.
"""

import sys
import time

import numpy as np


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


def normalised(columns):
    out = np.empty_like(columns)
    for j in range(columns.shape[1]):
        x = columns[:, j].copy()
        x[np.isnan(x)] = np.nanmedian(x)
        x = winsorised(x)
        out[:, j] = (x - x.min()) / (x.max() - x.min()) * 100
    return out


def ranks(scores):
    rounded = np.round(scores, 9)
    return np.searchsorted(np.sort(-rounded), -rounded, side="left") + 1


def national(columns):
    scores = normalised(columns).mean(axis=1)
    return scores, ranks(scores)


def copeland(columns):
    x = np.round(normalised(columns), 9)
    margin = np.zeros((len(x), len(x)))
    for j in range(x.shape[1]):
        column = x[:, j]
        margin += np.sign(column[:, None] - column[None, :])
    scores = np.sign(margin).sum(axis=1)
    return scores, ranks(scores)


def main():
    columns = np.loadtxt(sys.argv[1], delimiter=",")
    for name, work, times in [("national", national, 15), ("copeland", copeland, 7)]:
        least = float("inf")
        for _ in range(times):
            since = time.perf_counter()
            scores, _ = work(columns)
            least = min(least, time.perf_counter() - since)
        print(f"{name},{least!r},{float((scores**2).sum())!r}")


main()
