#!/usr/bin/env python3
"""check_recalculation.py RISKSHARE SHARED [ALL [-v]]: inputs of workbooks are changed and the results of their formulas left
as they were; LibreOffice recalculates them. `check` must then
- call no result stale that LibreOffice gave, in the same workbook with LibreOffice's results;
- where it evaluates every formula: name what is stale until nothing is, and so arrive at LibreOffice's results.
With ALL the whole corpus is gone through, else a sample. Where LibreOffice writes some TEXT of a workbook otherwise than
Excel stored it, it is no judge of that workbook's TEXT; formula_test holds us to Excel's."""
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
import zipfile
from xml.sax.saxutils import escape, unescape

import openpyxl

from workbooks import formulas as formulas_of, recalculated, values

TOOL, SHARED = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
ALL = "ALL" in sys.argv[3:]
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "fixtures", "workbooks")
if not os.path.isdir(os.path.join(SHARED, "corpus")) or not shutil.which("soffice"):
    print("skipped: the shared workbooks or LibreOffice are not here")
    sys.exit(77)
CELL = re.compile(r'<c ([^>]*?)(?:/>|>(.*?)</c>)', re.S)
VALUE = re.compile(r'<v(?: [^>]*)?>(.*?)</v>', re.S)
VOLATILE = re.compile(r'\b(?:NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO)\(', re.I)
home = tempfile.mkdtemp(prefix="riskshare-recalculation-")


class Book:
    """The sheets of a workbook as XML, cell by cell; everything else as it was."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as z:
            self.parts = {n: z.read(n) for n in z.namelist()}
        links = {}
        for tag in re.findall(r'<Relationship [^>]*>', self.parts["xl/_rels/workbook.xml.rels"].decode()):
            target = re.search(r'Target="/?(?:xl/)?([^"]*)"', tag)
            links[re.search(r' Id="([^"]*)"', tag)[1]] = "xl/" + target[1] if target else ""
        self.sheets = {}
        for tag in re.findall(r'<sheet [^>]*>', self.parts["xl/workbook.xml"].decode()):
            part = links.get(re.search(r'r:id="([^"]*)"', tag)[1], "")
            if part.startswith("xl/worksheets/") and part in self.parts:
                name = unescape(re.search(r' name="([^"]*)"', tag)[1], {"&quot;": '"', "&apos;": "'"})
                self.sheets[name] = part

    def each(self, visit):
        """visit(sheet, cell, kind, is_formula, stored, inner) gives the new text of the value, or None."""
        for sheet, part in self.sheets.items():
            def one(m):
                attributes, inner = m[1], m[2] or ""
                at, kind, value = re.search(r'\br="([A-Z]+\d+)"', attributes), re.search(r'\bt="(\w+)"', attributes), VALUE.search(inner)
                if not at or not value:
                    return m[0]
                new = visit(sheet, at[1], kind[1] if kind else "n", "<f" in inner, unescape(value[1]), inner)
                return m[0] if new is None else m[0].replace(value[0], "<v>%s</v>" % escape(new))
            self.parts[part] = CELL.sub(one, self.parts[part].decode()).encode()

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            for name, data in self.parts.items():
                z.writestr(name, data)


def plant(source, target, seed):
    """Changes about one typed number in four; how many formulas there are."""
    book, chance, counts = Book(source), random.Random(seed), [0, 0]

    def change(sheet, at, kind, formula, stored, inner):
        counts[0] += formula
        if formula or kind != "n" or chance.random() > 0.25:
            return None
        counts[1] += 1
        places = 2 if re.fullmatch(r'-?\d+\.\d+', stored) else 0
        try:
            return "%.*f" % (places, float(stored) + chance.choice((-1, 1, 2, 7)) * 10.0 ** -places)
        except ValueError:
            return None
    book.each(change)
    book.save(target)
    return counts if counts[1] else [0, 0]


def check(path):
    p = subprocess.run([TOOL, "check", "--json", path], capture_output=True, text=True, timeout=120)
    if p.returncode not in (0, 1):
        return None, {}
    j, stale = json.loads(p.stdout), {}
    for f in j["findings"]:
        if f["rule"] == "check.stale_value":
            stale[f["at"][0]["sheet"], f["at"][0]["cell"]] = f["message"].split("from the stored inputs: ", 1)[1].split(";")[0]
    return j["formulas"], stale


def same(a, b):
    """Within what is left of the twelve digits that check gives after some additions."""
    try:
        return math.isclose(float(a), float(b), rel_tol=1e-8, abs_tol=1e-6)
    except ValueError:
        return a == b


def text_of(value, kind):
    """A result as a cell of that kind stores it; None where it is of another kind."""
    if kind == "b":
        return str(int(value)) if isinstance(value, bool) else None
    if kind == "n":
        return repr(float(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return value if kind == "str" and isinstance(value, str) else None


def sample():
    files = glob.glob(os.path.join(FIXTURES, "*.xls[xm]")) + glob.glob(os.path.join(SHARED, "workbooks", "*.xls[xm]"))
    corpus = sorted(glob.glob(os.path.join(SHARED, "corpus", "*.xls[xm]")))
    return sorted(files) + (corpus if ALL else [f for f in corpus if os.path.getsize(f) < 60_000][::4])


planted, with_text = {}, {}
for i, source in enumerate(sample()):
    target = os.path.join(home, "%03d-%s.xlsx" % (i, re.sub(r'\W', "_", os.path.basename(source))))
    try:
        if plant(source, target, i)[0]:
            planted[target] = source
            if any("TEXT(" in f for f in (formulas_of(source) or {}).values()):
                with_text[target] = shutil.copy(source, target.replace(".xlsx", "-as_it_is" + os.path.splitext(source)[1]))
    except (KeyError, TypeError, UnicodeDecodeError, zipfile.BadZipFile, NotImplementedError):
        continue  # laid out otherwise than spreadsheet programs do
results = recalculated([*planted, *with_text.values()], home)


def judges_text(path):
    """Whether LibreOffice gives every TEXT of the workbook as it is stored there."""
    if path not in with_text or with_text[path] not in results:
        return True
    stored, theirs = values(with_text[path]), values(results[with_text[path]])
    return all(stored.get(at) == theirs.get(at) for at, f in formulas_of(with_text[path]).items() if "TEXT(" in f)


problems, beside, books, formulas, judged, changed, arrived, whole = [], [], 0, 0, 0, 0, 0, 0
for path, source in planted.items():
    name = os.path.basename(source)
    try:
        theirs = openpyxl.load_workbook(results[path], data_only=True)
        of_text = judges_text(path)
    except Exception:  # openpyxl or LibreOffice refuses it
        continue
    says, stale = check(path)
    if says is None:
        continue
    want, stored, unlike = {}, {}, set()

    def result_of(sheet, at, kind, formula, value, inner):
        if not formula or sheet not in theirs.sheetnames or not hasattr(theirs[sheet], "cell"):
            return None
        result = theirs[sheet][at].value
        new = text_of("" if result is None and kind == "str" else result, kind)
        if new is None or VOLATILE.search(inner) or ("TEXT(" in inner and not of_text):
            unlike.add((sheet, at))
            return None
        want[sheet, at], stored[sheet, at] = new, value
        return new

    book = Book(path)
    book.each(result_of)
    given = os.path.join(home, "given.xlsx")
    book.save(given)
    says, wrong = check(given)
    if says is None:
        continue
    books, formulas, judged = books + 1, formulas + says["all"], judged + says["evaluated"]
    moved = {c for c in want if not same(want[c], stored[c])}
    changed += len(moved)
    if "-v" in sys.argv:
        print("%s: %s of %s evaluated, %d changed, %d of other kinds" % (name, says["evaluated"], says["all"], len(moved), len(unlike)))
    for at, value in wrong.items():
        if at in want:  # beside results of another kind, which were not put in, it may speak of those
            (beside if unlike else problems).append("%s '%s'!%s: LibreOffice gives %s, check says %s" % (name, *at, want[at], value))
    book, healed = Book(path), os.path.join(home, "healed.xlsx")
    now = dict(stored)
    ended = False
    for _ in range(20):  # a longer chain is left unended
        ended = not any(not same(now.get(c, ""), v) for c, v in stale.items())
        if ended:
            break

        def heal(sheet, at, kind, formula, value, inner):
            new = stale.get((sheet, at)) if formula else None
            if new is not None:
                now[sheet, at] = new if kind != "b" else str(int(new == "TRUE"))
                return now[sheet, at]
            return None
        book.each(heal)
        book.save(healed)
        stale = check(healed)[1]
    arrived += sum(same(now[c], want[c]) for c in moved)
    if says["all"] == says["evaluated"] and not unlike and ended:
        whole += 1
        for c in want:
            if not same(now[c], want[c]):
                problems.append("%s '%s'!%s: LibreOffice gives %s, check ends at %s" % (name, *c, want[c], now[c]))
shutil.rmtree(home, ignore_errors=True)
for p in problems + beside if "-v" in sys.argv else problems[:40]:
    print(p)
print("%d workbooks, %d of %d formulas evaluated; LibreOffice changed %d results, of which check arrived at %d; "
      "%d workbooks evaluated whole; %d disagreements, %d beside results of other kinds" %
      (books, judged, formulas, changed, arrived, whole, len(problems), len(beside)))
sys.exit(1 if problems or books < 10 or arrived < changed * 0.5 else 0)
