#!/usr/bin/python3
"""Reads the workbooks of the shared folders with `riskshare cells --json` and with openpyxl, and compares all values,
formulas and number formats. Numbers are compared as the decimals that the file stores. Every difference must be explained
below as ours, theirs or the file's; one that is not fails, and so does an explanation that explains nothing.

Workbooks over 120 kB, which take openpyxl a minute, are left out unless RISKSHARE_WHOLE_CORPUS is set.

usage: compare_openpyxl.py RISKSHARE SHARED_FOLDER [GLOB]"""
import collections
import datetime
import decimal
import json
import os
import pathlib
import subprocess
import sys
import warnings

SKIPPED = 77

try:
    import openpyxl
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet import _reader
except ImportError:
    print("skipped: openpyxl is not installed for this Python")
    sys.exit(SKIPPED)

warnings.simplefilter("ignore")

# openpyxl is made to keep what the file says: numbers as decimals, dates as serials, the value and the formula of a cell
# side by side. What it reads, and how it moves shared formulas, is left to it.
_reader._cast_number = decimal.Decimal
_reader.from_excel = lambda value, *_, **__: value
_reader.from_ISO8601 = lambda value: ("iso", value)
_parse_cell = _reader.WorkSheetParser.parse_cell


def both(parser, element):
    cell = _parse_cell(parser, element)
    formula = element.find(_reader.FORMULA_TAG)
    cell["value"] = (cell["value"], parser.parse_formula(element) if formula is not None else None)
    return cell


_reader.WorkSheetParser.parse_cell = both


def is_empty_text(what, mine, other):
    return what == "value" and mine == "" and other is None


def is_data_table(what, mine, other):
    return what == "formula" and mine.startswith("=TABLE(") and other == "="


def is_iso_date(what, mine, other):
    if what != "value" or not isinstance(other, tuple) or other[0] != "iso":
        return False
    text = other[1] if "-" in other[1] else "1899-12-30T" + other[1]
    days = (datetime.datetime.fromisoformat(text) - datetime.datetime(1899, 12, 30)) / datetime.timedelta(1)
    return abs(float(mine) - days) < 1e-9


def is_dollar_format(what, mine, other):
    return what == "format" and other.replace('_)_("$"', '_);_("$"') == mine.replace('_)_("$"', '_);_("$"')


def is_emptied(what, mine, other):
    return what == "emptied"


CELLS = [
    (is_emptied, "theirs: all cells of a merged range but the first are emptied"),
    (is_empty_text, "theirs: the empty text that a formula or a typed apostrophe leaves reads as no value"),
    (is_data_table, "theirs: a data table's input cells are dropped; ours shows them as Excel does"),
    (is_iso_date, "ours: a date stored as text (t=\"d\") is given as the serial number that Excel would show"),
    (is_dollar_format, "theirs: built-in format 44 lacks two semicolons"),
]

FILES = {
    "ClosedXML__tdf111974.xlsm": "theirs: fails on sheets that the workbook lists without a part",
    "bbc_council_changes_2010-11_to_2017-18.xlsx": "theirs: fails on drawings that are missing; ours warns of each",
    "calamine__empty_s_attribute.xlsx": "theirs: fails on s=\"\"; ours takes it as the default style",
    "calamine__issue_530.xlsx": "theirs: fails on a missing table of shared strings that no cell uses",
    "poi__49609.xlsx": "theirs: insists on the case of [Content_Types].xml",
    "poi__65016.xlsx": "theirs: fails on a chart without a data source",
    "poi__duplicate-filename-case-insensitive.xlsx": "the file's: two parts whose names differ in case; ours refuses",
    "poi__duplicate-filename.xlsx": "the file's: two parts of one name; ours refuses",
}


EMPTIED = ("emptied", None, None)


def theirs(file):
    book = openpyxl.load_workbook(file, data_only=True)

    def read(cell):
        if isinstance(cell, MergedCell):  # openpyxl empties all cells of a merged range but the first
            return EMPTIED
        return (*(cell._value or (None, None)), cell.number_format or "General")

    return {sheet.title: {cell.coordinate: read(cell) for cell in sheet._cells.values()} for sheet in book.worksheets}


def ours(tool, file):
    done = subprocess.run([tool, "cells", "--json", str(file)], capture_output=True)
    if done.returncode != 0:
        return None, done.stderr.decode("utf-8", "replace").strip().splitlines()[-1]
    read = json.loads(done.stdout)
    return {sheet["name"]: {cell["cell"]: cell for cell in sheet["cells"]} for sheet in read["sheets"]}, ""


def our_value(cell):
    if cell["value"] is None:
        return None
    return decimal.Decimal(cell["value"]) if cell["type"] == "number" else cell["value"]


def compare(mine, other, report):
    cells = 0
    for name, sheet in other.items():
        if name not in mine:
            report(name, "", "sheet", None, name)
            continue
        for at in sheet.keys() | mine[name].keys():
            value, formula, number_format = sheet.get(at, (None, None, None))
            cell = mine[name].get(at, {"value": None})
            cells += 1
            if value == "emptied":
                if cell["value"] is not None:
                    report(name, at, "emptied", cell["value"], None)
                continue
            if value != our_value(cell):
                report(name, at, "value", our_value(cell), value)
            if formula != cell.get("formula"):
                report(name, at, "formula", cell.get("formula"), formula)
            if number_format and "format" in cell and number_format != cell["format"]:
                report(name, at, "format", cell["format"], number_format)
    return cells


def chosen(shared, glob):
    files = sorted(f for folder in ("corpus", "workbooks") for f in (shared / folder).glob(glob))
    whole = "RISKSHARE_WHOLE_CORPUS" in os.environ
    small = [f for f in files if whole or f.stat().st_size <= 120_000]
    if len(small) < len(files):
        print("left out for their size:", len(files) - len(small), "files; set RISKSHARE_WHOLE_CORPUS to read them too")
    return small, whole and glob == "*.xls[xm]"


def main():
    tool, shared = sys.argv[1], pathlib.Path(sys.argv[2])
    files, complete = chosen(shared, sys.argv[3] if len(sys.argv) > 3 else "*.xls[xm]")
    if not files:
        print("skipped: there are no workbooks under", shared)
        return SKIPPED
    explained, unexplained, cells, both_read = collections.Counter(), 0, 0, 0
    for file in files:
        mine, why = ours(tool, file)
        try:
            other, their_why = theirs(file), ""
        except Exception as error:  # whatever it is, it is openpyxl's answer
            other, their_why = None, "%s: %s" % (type(error).__name__, error)

        def report(sheet, at, what, mine, other):
            nonlocal unexplained
            for matches, explanation in CELLS:
                if matches(what, mine, other):
                    explained[explanation] += 1
                    return
            unexplained += 1
            print("UNEXPLAINED %s '%s'!%s %s: ours %r, theirs %r" % (file.name, sheet, at, what, mine, other))

        if mine is not None and other is not None:
            both_read += 1
            cells += compare(mine, other, report)
        elif mine is not None or other is not None:
            if file.name in FILES:
                explained[file.name + ", " + FILES[file.name]] += 1
            else:
                unexplained += 1
                print("UNEXPLAINED %s: ours %s, theirs %s" % (file.name, why or "reads it", their_why or "reads it"))
    for explanation, count in sorted(explained.items()):
        print("%6d  %s" % (count, explanation))
    print("%d files, %d read by both, %d cells, %d differences not explained" % (len(files), both_read, cells, unexplained))
    if complete:
        for name in FILES.keys() - {key.split(", ")[0] for key in explained}:
            unexplained += 1
            print("NOT NEEDED: the explanation of", name)
    return 1 if unexplained else 0


sys.exit(main())
