#!/usr/bin/env python3
"""Recalculates our workbooks in LibreOffice and compares with what the engine computed.

usage: recalculate.py PROGRAM [REFERENCE_DATA]

For each study the cached result of every formula is first replaced by a wrong one, so that only a
real recalculation can pass: scores must agree within 1e-9, places, classes and phases exactly. Then
one weight and the places of one phase are changed in the file, and the places and phases that
LibreOffice gives must be those that the engine gives for a methodology with that weight and a
programme with those places. The programme of the demonstration has quotas: its phases must stand as
values. openpyxl, where it is there, reads every sheet back and follows every link.

Needs `soffice` (Debian: libreoffice-calc). Nothing but the standard library besides.
"""

import csv
import html
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# every rule that is live and that `irc` does not use
VARIANT = """
[methodology]
id      = "variant"
version = "1"
status  = "illustrative"
title   = { ro = "variantă", en = "variant" }
extends = "irc"
[[indicator]]
id    = "children_share"
steps = [ { zscore = { mean = 50, sd = 10 } } ]
[[indicator]]
id    = "vmg_share"
steps = [ { rank = { order = "lowest-first" } } ]
[[indicator]]
id        = "unemployed_share"
direction = "protective"
steps     = [ { minmax = { to = [0, 100] } } ]
[[output]]
id    = "class"
class = { cuts = [100, 200, 300], labels = ["low", "medium", "high", "very-high"] }
"""
# a selection by places alone, whose phases are live
PLAIN = """
[programme]
id      = "plain"
version = "1"
status  = "illustrative"
title   = {{ ro = "doar locuri", en = "places alone" }}
score   = "irc"
[eligible]
where    = "{where}"
unscored = {{ rule = "exclude", reason = "no score" }}
[order]
ties        = ["population.total DESC"]
accept_ties = "the code decides"
[[phase]]
id   = "I"
upto = {first}
[[phase]]
id   = "II"
upto = {second}
"""
FORMULA = re.compile(r"(<c [^>]*>)(<f[^>]*>[^<]*</f>)<v>[^<]*</v>")


def run(program, out, *arguments):
    command = [program, "select", *map(str, arguments), "--lang", "en", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{command} gave {done.returncode}:\n{done.stderr}")
    return out


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return [(entry, archive.read(entry)) for entry in archive.infolist()]


def write(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in members:
            archive.writestr(entry.filename, content)


def sheet_part(members, name):
    """The part of the workbook that holds the sheet of that name."""
    texts = {entry.filename: content for entry, content in members}
    book = texts["xl/workbook.xml"].decode()
    names = [html.unescape(found) for found in re.findall(r'<sheet name="([^"]*)"', book)]
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"


def spoiled(members):
    """The same workbook with a wrong result behind every formula, and how many there were."""
    count = 0

    def wrong(found):
        nonlocal count
        count += 1
        value = "wrong" if 't="str"' in found.group(1) else "-777.25"
        return f"{found.group(1)}{found.group(2)}<v>{value}</v>"

    changed = []
    for entry, content in members:
        if entry.filename.startswith("xl/worksheets/sheet"):
            content = FORMULA.sub(wrong, content.decode()).encode()
        changed.append((entry, content))
    return changed, count


def with_number(members, sheet, cell, number):
    """The same workbook with another number in one cell."""
    part = sheet_part(members, sheet)
    pattern = re.compile(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>')
    changed = []
    for entry, content in members:
        if entry.filename == part:
            content, times = pattern.subn(rf"\g<1><v>{number}</v>", content.decode())
            if times != 1:
                sys.exit(f"{sheet}!{cell} was found {times} times")
            content = content.encode()
        changed.append((entry, content))
    return changed


def recalculated(path, folder):
    """Every sheet of a workbook as LibreOffice recalculates it, as rows of texts."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    out = folder / f"{path.stem}-csv"
    out.mkdir()
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to",
               filter_, "--outdir", str(out), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    sheets = {}
    for found in out.glob("*.csv"):
        name = found.stem.removeprefix(f"{path.stem}-")
        with found.open(encoding="utf-8", newline="") as text:
            sheets[name] = list(csv.reader(text))
    if not sheets:
        sys.exit(f"LibreOffice wrote nothing: {done.stdout}{done.stderr}")
    return sheets


def index_of(rows):
    """The Index sheet as a dictionary of columns by identifier, in the order of units."""
    header = next(at for at, row in enumerate(rows) if row and row[0] == "code")
    identifiers = rows[header]
    units = [row for row in rows[header + 2:] if row and row[0]]
    return {name: [row[at] for row in units] for at, name in enumerate(identifiers) if name}


def number(text):
    """A number as LibreOffice writes it; shares come as percentages."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def table(path):
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return rows


def results(out):
    """The index of a run with the phase of each unit."""
    phases = {row["code"]: row["phase"] or "–" for row in table(out / "tables" / "selection.csv")}
    return [{**row, "phase": phases[row["code"]]} for row in table(out / "tables" / "index.csv")]


def compare(name, sheet, rows, words):
    """Compares a recalculated Index sheet with the results of a run."""
    if len(sheet["code"]) != len(rows):
        sys.exit(f"{name}: {len(sheet['code'])} rows, and {len(rows)} units")
    counts, worst, faults = {}, 0.0, []
    for column in rows[0]:
        if column not in sheet or column in ("code", "name", "kind", "county", "region"):
            continue
        if column == "phase":
            found = {row["phase"] for row in rows}
            if found != {"I", "II", "–"}:
                sys.exit(f"{name}: the phases are {found}")
        for at, row in enumerate(rows):
            ours, theirs = row[column], sheet[column][at]
            if column == "phase":
                good, kind = ours == theirs, "phases"
            elif ours == "":
                good, kind = theirs in (":", "c", "z", "k", ""), "gaps"
            else:
                try:
                    difference = abs(float(ours) - number(theirs))
                    is_place = column.startswith("rank")
                    good = difference == 0 if is_place else difference <= 1e-9
                    kind = "places" if is_place else "numbers"
                    worst = max(worst, difference)
                except ValueError:
                    good, kind = words.get(ours, ours) == theirs, "classes"
            counts[kind] = counts.get(kind, 0) + 1
            if not good:
                faults.append(f"{column} of {row['code']}: {ours} and {theirs}")
    if faults:
        sys.exit(f"{name}: {len(faults)} cells differ:\n" + "\n".join(faults[:20]))
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    print(f"{name}: {told} agree; largest difference {worst:.1e}")


def study(program, folder, name, arguments, methodology, places):
    words = {"very-low": "very low", "very-high": "very high"}
    where, first, second, other_first = places
    plain = folder / f"{name}-plain.toml"
    plain.write_text(PLAIN.format(where=where, first=first, second=second))
    out = run(program, folder / name, *arguments, "--programme", plain)
    members = parts(out / "report.xlsx")
    wrong, formulas = spoiled(members)
    path = folder / f"{name}-spoiled.xlsx"
    write(path, wrong)
    sheets = recalculated(path, folder)
    index = index_of(sheets["Index"])
    print(f"{name}: {formulas} formulas with wrong results before")
    check = next(row[0] for row in sheets["Index"][:6] if row and row[0].startswith("Differences"))
    if not check.endswith(": 0"):
        sys.exit(f"{name}: {check}")
    if "SIMULATION" in sheets["Index"][0][0]:
        sys.exit(f"{name}: the title says simulation before anything was changed")
    compare(name, index, results(out), words)

    rows = sheets["Weights"]
    at, child = next((at, row[2]) for at, row in enumerate(rows) if len(row) > 3 and row[2] == "vmg_share")
    phase = next(at for at, row in enumerate(rows) if row[:2] == ["places alone", "I"])
    path = folder / f"{name}-changed.xlsx"
    changed = with_number(wrong, "Weights", f"D{at + 1}", 3.5)
    write(path, with_number(changed, "Weights", f"D{phase + 1}", other_first))
    changed = recalculated(path, folder)
    if not changed["Index"][0][0].startswith("SIMULATION"):
        sys.exit(f"{name}: a changed weight does not make the title say simulation")
    if not changed["Phase I"][2][0].startswith("Weights, cuts or places changed"):
        sys.exit(f"{name}: the list of a phase does not say that it is not the simulated one")
    other = folder / f"{name}-other.toml"
    other.write_text(methodology(child))
    plain.write_text(PLAIN.format(where=where, first=other_first, second=second))
    given = arguments[:arguments.index("--methodology")] if "--methodology" in arguments else arguments
    again = run(program, folder / f"{name}-again", *given, "--methodology", other, "--programme", plain)
    compare(f"{name} with {child} = 3.5 and {other_first} places in phase I", index_of(changed["Index"]),
            results(again), words)
    read_back(out / "report.xlsx")


def values(program, folder):
    """Quotas make phases that no formula of a sheet gives: they stand as values and say so."""
    out = run(program, folder / "quotas", "--demo", "--programme", "sci-2000")
    sheets = recalculated(out / "report.xlsx", folder)
    index = index_of(sheets["Index"])
    if "phase" in index or "phase.computed" not in index:
        sys.exit("quotas: the phases are live")
    rows = sheets["Index"]
    names = rows[next(at for at, row in enumerate(rows) if row and row[0] == "code") + 1]
    if not any(cell.startswith("Phase") and cell.endswith("fixed value") for cell in names):
        sys.exit("quotas: no header says that the phases are values")
    phases = {row["code"]: row["phase"] or "–" for row in table(out / "tables" / "selection.csv")}
    differing = [code for code, phase in zip(index["code"], index["phase.computed"]) if phases[code] != phase]
    if differing:
        sys.exit(f"quotas: other phases than in the table: {differing[:5]}")
    print(f"quotas: {len(phases)} phases stand as values")


def read_back(path):
    """openpyxl opens the file and reads every cell of every sheet."""
    try:
        import openpyxl
    except ImportError:
        print("openpyxl is not here: not read back with it")
        return
    # it says that it would lose data bars and sparklines on writing; nothing is written
    warnings.simplefilter("ignore")
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    cells = {sheet.title: sum(len(row) for row in sheet.iter_rows()) for sheet in book.worksheets}
    if not all(cells.values()):
        sys.exit(f"openpyxl reads an empty sheet: {cells}")
    print(f"openpyxl reads {len(cells)} sheets, {sum(cells.values())} cells; {follow(book)} links lead somewhere")


def follow(book):
    """Every link leads to a cell that holds something; one of a unit to a cell of the same unit."""
    links = 0
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            name, _, place = (cell.hyperlink.location or "").rpartition("!")
            name = name.strip("'").replace("''", "'")
            if name not in book.sheetnames or book[name][place].value is None:
                sys.exit(f"{sheet.title}!{cell.coordinate} leads nowhere: {cell.hyperlink.location}")
            target = book[name][place]
            if sheet.title == "Index" and sheet.cell(cell.row, 1).value != book[name].cell(target.row, 1).value:
                sys.exit(f"{sheet.title}!{cell.coordinate} leads to another unit: {cell.hyperlink.location}")
            links += 1
    if links < book["Index"].max_row:
        sys.exit(f"only {links} links")
    return links


def heavier(base, children):
    """A methodology like `base` in which one child weighs 3.5."""
    def text(changed):
        weights = ", ".join(f"{child} = {3.5 if child == changed else 1}" for child in children)
        return (f'[methodology]\nid = "other"\nversion = "1"\nstatus = "illustrative"\n'
                f'title = {{ ro = "alta", en = "other" }}\nextends = "{base}"\n'
                f'[[aggregate]]\nid = "irc"\nof = {{ {weights} }}\n')
    return text


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    reference = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    children = ["locality_type", "children_share", "poverty", "vmg_share", "unemployed_share", "dropout"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        values(program, folder)
        communes = ("kind = 'commune'", 500, 1200, 640)
        study(program, folder, "demonstration", ["--demo"], heavier("irc", children), communes)
        (folder / "variant.toml").write_text(VARIANT)
        study(program, folder, "variant", ["--demo", "--methodology", folder / "variant.toml"],
              heavier("variant.toml", children), communes)
        if reference is None or not (reference / "real-data").is_dir():
            print("no reference data: the two real studies are left out")
            return
        for name in ["national", "covasna"]:
            root = ROOT / "tests/reference/ro-real" / name
            arguments = [root / "study.toml", "--inputs", reference / "real-data"]
            base = "irc"
            if name == "covasna":
                base = "irc-covasna.toml"
                shutil.copy(root / base, folder / base)
            more = ["seniors_share"] if name == "covasna" else []
            places = communes if name == "national" else ("kind IN ('commune', 'town')", 10, 25, 15)
            study(program, folder, name, arguments, heavier(base, children + more), places)


if __name__ == "__main__":
    main()
