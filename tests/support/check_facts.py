#!/usr/bin/env python3
"""Facts are what the workbook holds, to the penny: read back with Python's own csv, json and sqlite3.

    check_facts.py RISKSHARE WORKBOOK...

Each fact that was read is compared with the cell that openpyxl reads at its place, in the unit that the fact names; and
the three kinds of file with each other.
"""
import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal

import openpyxl

PER_UNIT = {"£": 1, "£000": 1000, "£m": 1000000, "£bn": 1000000000}


def facts_in(path):
    if path.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as f:
            return [{k: v or None for k, v in row.items()} for row in csv.DictReader(f)]
    if path.endswith(".jsonl"):
        with open(path, encoding="utf-8") as f:
            return [{k: None if v is None else str(int(v) if isinstance(v, bool) else v) for k, v in json.loads(line).items()}
                    for line in f]
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        return [{k: None if row[k] is None else str(row[k]) for k in row.keys()} for row in db.execute("SELECT * FROM facts")]


def pence(amount):
    return int((Decimal(amount) * 100).to_integral_value(ROUND_HALF_UP))


def faults_of(tool, workbook, folder):
    got = {}
    for kind in ("csv", "jsonl", "sqlite"):
        out = os.path.join(folder, "facts." + kind)
        run = subprocess.run([tool, "import", workbook, "--facts", out, "--force"], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            yield f"{workbook}: status {run.returncode}: {run.stderr.strip()[:300]}"
            return
        got[kind] = facts_in(out)
    if not got["csv"]:
        yield f"{workbook}: no facts"
    for kind in ("jsonl", "sqlite"):
        if got[kind] != got["csv"]:
            yield f"{workbook}: facts as {kind} are not those of csv"
    book = openpyxl.load_workbook(workbook, data_only=True)
    compared = 0
    for fact in got["csv"]:
        if fact["state"] != "read" or fact["quantity"] != "money" or fact["unit"] is None:
            continue
        held = book[fact["sheet"]][fact["cell"]].value
        if not isinstance(held, (int, float)):
            continue
        compared += 1
        want = pence(Decimal(repr(held)) * PER_UNIT[fact["unit"]])
        # A sign may be read from what the sheet subtracts; the size may not.
        if abs(want) != abs(int(fact["pence"])) or pence(fact["amount"]) != int(fact["pence"]):
            yield f"{workbook} {fact['sheet']}!{fact['cell']}: {held} in {fact['unit']} became {fact['amount']}"
    if not compared:
        yield f"{workbook}: no fact was compared"
    print(f"{os.path.basename(workbook)}: {len(got['csv'])} facts, {compared} compared with openpyxl")


def main():
    tool, workbooks = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        faults = [fault for w in workbooks for fault in faults_of(tool, w, folder)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
