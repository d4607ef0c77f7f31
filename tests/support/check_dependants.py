#!/usr/bin/env python3
"""check_dependants.py RISKSHARE SHARED [COUNT [SEED]]: random numbers of the workbooks and of the corpus are changed with `set`.
LibreOffice then recalculates every formula of the outcome. Every formula that depends on the cell, by our account or because
LibreOffice's result differs before and after the edit, must hold LibreOffice's result; nothing else may change.
What LibreOffice itself cannot be a judge of is left out and counted: formulas whose stored results it does not reproduce
before the edit, and those that come out otherwise each time (RAND, NOW and what reads them)."""
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

from workbooks import formulas, recalculated, values

TOOL, SHARED = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
COUNT, SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 30, int(sys.argv[4]) if len(sys.argv) > 4 else 1
if not os.path.isdir(os.path.join(SHARED, "corpus")) or not shutil.which("soffice"):
    print("skipped: the shared workbooks or LibreOffice are not here")
    sys.exit(77)
home = tempfile.mkdtemp(prefix="riskshare-dependants-")
random.seed(SEED)
CHANCE = re.compile(r"\b(RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\(", re.I)


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
edits, asked = [], 0
tried = 0
originals = {}
while asked < COUNT and tried < COUNT * 12:
    tried += 1
    path = random.choice(books)
    if path not in originals:
        f = formulas(path) if os.path.getsize(path) < 600_000 else None
        originals[path] = (f, values(path)) if f else None
    if not originals[path]:
        continue
    f, stored = originals[path]
    numbers = sorted(k for k, v in stored.items() if isinstance(v, (int, float)) and not isinstance(v, bool) and k not in f)
    if not numbers:
        continue
    # Three at once: what takes the time is LibreOffice's reading of the workbook.
    changed = [(*key, random.choice([0, 1, -5, 1234.5, round(random.uniform(-1e6, 1e6), 2), 17, 0.25]))
               for key in random.sample(numbers, min(3, len(numbers)))]
    out = f"{home}/{len(edits)}{os.path.splitext(path)[1]}"
    run = subprocess.run([TOOL, "set", path, "-o", out, "--force", "--json", *(f"{sheet}!{cell}={new}" for sheet, cell, new in changed)],
                         capture_output=True, text=True)
    if run.returncode != 0:
        continue
    said = json.loads(run.stdout)
    if not said["results"] and not said["not_worked_out"] and random.random() < 0.75:
        continue  # mostly cells that something depends on
    edits.append((path, out, changed, said))
    asked += len(changed)

before = sorted({e[0] for e in edits})
befores = recalculated(before, home)
again = recalculated([p for p in before if any(CHANCE.search(f) for f in originals[p][0].values())], home)
afters = recalculated([e[1] for e in edits], home)
checked = dependants = wrong = unjudged = lost = quiet = chance = 0
reasons, judged, by_chance = {}, {}, {}
for path, out, changed, said in edits:
    f, stored = originals[path]
    if path not in judged:
        judged[path] = values(befores[path]) if path in befores else None
        second = values(again[path]) if path in again else None
        by_chance[path] = {k for k in judged[path] or {} if second is not None and not same(judged[path][k], second.get(k))}
    judge_before, judge, ours = judged[path], values(afters[out]) if out in afters else None, values(out)
    if judge_before is None or judge is None or ours is None:
        unjudged += len(changed)
        continue
    checked += len(changed)
    places = {(sheet, cell) for sheet, cell, _ in changed}
    told = {(r["sheet"], r["cell"]) for r in said["results"]}
    blank = {(r["sheet"], r["cell"]): r["why"] for r in said["not_worked_out"]}
    for key in set(stored) | set(ours):
        if key not in told and key not in blank and key not in places and not same(stored.get(key), ours.get(key)):
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
        if CHANCE.search(formula) or key in by_chance[path]:
            chance += 1
            continue
        dependants += 1
        if same(ours.get(key), judge.get(key)):
            continue
        if not same(stored.get(key), judge_before.get(key)):
            quiet += 1  # what is stored is not LibreOffice's result to begin with
            continue
        wrong += 1
        print(f"{os.path.basename(path)} after {', '.join(f'{s}!{c}={n}' for s, c, n in changed)}: {key[0]}!{key[1]} {formula[:120]} is {ours.get(key)!r}, LibreOffice {judge.get(key)!r},"
              f" was {stored.get(key)!r}")
print(f"{checked} edits, {dependants} results of dependants compared, {wrong} differ; {lost} left blank and named; {quiet} not LibreOffice's before the edit; "
      f"{chance} of chance or of the day; {unjudged} edits without a judge")
for why, n in sorted(reasons.items(), key=lambda x: -x[1])[:12]:
    print(f"  blank: {n} × {why}")
shutil.rmtree(home, ignore_errors=True)
sys.exit(1 if wrong else 0)
