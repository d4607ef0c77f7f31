#!/usr/bin/env python3
"""check_dependants.py RISKSHARE SHARED [COUNT [SEED]]: random numbers of the workbooks and of the corpus are changed with `set`.
LibreOffice then recalculates every formula of the outcome. Every formula that depends on the cell, by our account or because
LibreOffice's result differs before and after the edit, must hold LibreOffice's result; nothing else may change.
What LibreOffice itself cannot be a judge of is left out and counted: workbooks whose stored results it does not reproduce
before the edit, formula by formula."""
import glob
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

import openpyxl

TOOL, SHARED = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
COUNT, SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 30, int(sys.argv[4]) if len(sys.argv) > 4 else 1
if not os.path.isdir(os.path.join(SHARED, "corpus")) or not shutil.which("soffice"):
    print("skipped: the shared workbooks or LibreOffice are not here")
    sys.exit(77)
warnings.filterwarnings("ignore")
home = tempfile.mkdtemp(prefix="riskshare-dependants-")
random.seed(SEED)
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculated(files):
    """All of them at once: starting LibreOffice is what takes the time."""
    os.makedirs(home + "/profile/user", exist_ok=True)
    with open(home + "/profile/user/registrymodifications.xcu", "w") as f:
        f.write(RECALCULATE)
    out = tempfile.mkdtemp(dir=home)
    for i in range(0, len(files), 20):
        try:
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{home}/profile", "--convert-to", "xlsx", "--outdir", out,
                            *files[i:i + 20]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=400)
        except subprocess.TimeoutExpired:
            print("LibreOffice took too long over some")
    return out


def values(path):
    """{(sheet, cell): value}, of every cell; nothing for a workbook that cannot be read."""
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception:
        return None
    out = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    out[sheet.title, cell.coordinate] = cell.value
    return out


def formulas(path):
    try:
        book = openpyxl.load_workbook(path)
    except Exception:
        return None
    return {(s.title, c.coordinate): str(getattr(c.value, "text", c.value)) for s in book.worksheets for row in s.iter_rows() for c in row
            if c.data_type == "f"}


def same(a, b):
    if a in (None, "") and b in (None, ""):
        return True
    if isinstance(a, bool) or isinstance(b, bool):
        return a == b or (isinstance(a, (bool, int, float)) and isinstance(b, (bool, int, float)) and float(a) == float(b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-7)
    if a is None or b is None:
        return a in (None, 0) and b in (None, 0)
    return str(a) == str(b)


books = sorted(glob.glob(SHARED + "/workbooks/*.xls[xm]")) * 12 + sorted(glob.glob(SHARED + "/corpus/*.xls[xm]"))
fresh, edits = {}, []
tried = 0
originals = {}
while len(edits) < COUNT and tried < COUNT * 12:
    tried += 1
    path = random.choice(books)
    if path not in originals:
        f = formulas(path) if os.path.getsize(path) < 600_000 else None
        originals[path] = (f, values(path)) if f else None
    if not originals[path]:
        continue
    f, stored = originals[path]
    numbers = [k for k, v in stored.items() if isinstance(v, (int, float)) and not isinstance(v, bool) and k not in f]
    if not numbers:
        continue
    sheet, cell = random.choice(numbers)
    new = random.choice([0, 1, -5, 1234.5, round(random.uniform(-1e6, 1e6), 2), 17, 0.25])
    out = f"{home}/{len(edits)}{os.path.splitext(path)[1]}"
    run = subprocess.run([TOOL, "set", path, "-o", out, "--force", "--json", f"{sheet}!{cell}={new}"], capture_output=True, text=True)
    if run.returncode != 0:
        continue
    edits.append((path, out, sheet, cell, new, json.loads(run.stdout)))

befores = recalculated(sorted({e[0] for e in edits}))
afters = recalculated([e[1] for e in edits])
checked = dependants = wrong = unjudged = lost = quiet = 0
reasons = {}
for path, out, sheet, cell, new, said in edits:
    def converted(folder, file):
        return values(os.path.join(folder, os.path.splitext(os.path.basename(file))[0] + ".xlsx"))
    f, stored = originals[path]
    judge_before, judge, ours = converted(befores, path), converted(afters, out), values(out)
    if judge_before is None or judge is None or ours is None:
        unjudged += 1
        continue
    checked += 1
    told = {(r["sheet"], r["cell"]) for r in said["results"]}
    blank = {(r["sheet"], r["cell"]): r["why"] for r in said["not_worked_out"]}
    for key in set(stored) | set(ours):
        if key not in told and key not in blank and key != (sheet, cell) and not same(stored.get(key), ours.get(key)):
            print(f"CHANGED UNSAID {os.path.basename(path)} {key}: {stored.get(key)!r} -> {ours.get(key)!r}")
            wrong += 1
    for key, formula in f.items():
        moved = not same(judge_before.get(key), judge.get(key))
        if key in blank:
            lost += 1
            reasons[blank[key][:60]] = reasons.get(blank[key][:60], 0) + 1
            continue
        if key not in told and not moved:
            continue
        if "RAND" in formula.upper():
            continue  # chance: LibreOffice draws anew each time
        dependants += 1
        if same(ours.get(key), judge.get(key)):
            continue
        if not same(stored.get(key), judge_before.get(key)):
            quiet += 1  # what is stored is not LibreOffice's result to begin with
            continue
        wrong += 1
        print(f"{os.path.basename(path)} after {sheet}!{cell}={new}: {key[0]}!{key[1]} {formula[:120]} is {ours.get(key)!r}, LibreOffice {judge.get(key)!r},"
              f" was {stored.get(key)!r}")
print(f"{checked} edits, {dependants} results of dependants compared, {wrong} differ; {lost} left blank and named; {quiet} not LibreOffice's before the edit; "
      f"{unjudged} edits without a judge")
for why, n in sorted(reasons.items(), key=lambda x: -x[1])[:12]:
    print(f"  blank: {n} × {why}")
shutil.rmtree(home, ignore_errors=True)
sys.exit(1 if wrong else 0)
