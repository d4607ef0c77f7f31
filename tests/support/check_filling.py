#!/usr/bin/env python3
"""Filling a month's actuals as a person would check it: which month, what is blank before it, locked cells, titles and figures to
date of the month before, lists as people send them, what was not filled, and files that are there already. Expected figures are
hand arithmetic; the workbooks are made with openpyxl, which knows nothing of ours.

usage: check_filling.py RISKSHARE"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import openpyxl
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter
except ImportError:
    sys.exit(77)

TOOL = sys.argv[1]
FAILED = []
REFERENCES = ["SUR01", "SUR02", "MED01", "MED02"]
PLANS = [1200, 850, 1500, 900]
DONE = [[98, 101, 103, 105], [50, 48, 52, 55], [90, 95, 96, 100], [5, 10, 20, 20]]


def same(what, ours, wanted):
    if ours != wanted:
        FAILED.append(what)
        print(f"{what}: {ours!r}, wanted {wanted!r}")


def run(*args, status=0):
    done = subprocess.run([TOOL, *map(str, args)], capture_output=True, text=True)
    same(f"status of {' '.join(map(str, args))} ({done.stderr.strip()})", done.returncode, status)
    return done


def template(folder, name="return.xlsx", blank=None, protected=False, plan_to_date=None, done=4):
    """£000; months in E:P from row 5 on, their sum in Q; the open month's cells are unlocked where the sheet is protected."""
    book = openpyxl.Workbook()
    s = book.active
    s.title = "Return"
    s["A1"], s["A2"], s["A3"] = "Monthly CIP return 2024/25", "£'000", "Position at Month 4 (July 2024)"
    s["A12"], s["A13"] = "Month 4 narrative:", "Nothing to report"
    heads = ["Ref", "Scheme", "RAG", "Annual Plan"] + [f"Actual M{m}" for m in range(1, 13)] + ["Actual YTD"]
    if plan_to_date:
        heads.append("Plan YTD")
    for c, text in enumerate(heads, 1):
        s.cell(5, c, text)
    for i, ref in enumerate(REFERENCES):
        r = 6 + i
        for c, value in enumerate([ref, "Scheme " + ref, "Green", PLANS[i]] + DONE[i][:done], 1):
            s.cell(r, c, value)
        if blank is not None and i in blank[1]:
            s.cell(r, 4 + blank[0]).value = None
        s.cell(r, 17, f"=SUM(E{r}:P{r})")
        s.cell(r, 9).protection = Protection(locked=False)
    s["B10"] = "Total"
    for c in range(4, 18):
        letter = get_column_letter(c)
        s.cell(10, c, f"=SUM({letter}6:{letter}9)")
    if protected:
        s.protection.sheet = True
    path = Path(folder) / name
    book.save(path)
    return path


def filled(folder, text, *args, status=0, path=None, name="act.csv"):
    source = Path(folder) / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run("export", source, path or Path(folder) / "return.xlsx", "--json", "--dry-run", *args, status=status)
    if status == 3:
        return done.stderr
    return json.loads(done.stdout)


def cells(said):
    return [(c["cell"], c["after"]) for c in said["edited"]]


def rules(said):
    return [f["rule"] for f in said["findings"]]


def month_and_titles():
    with tempfile.TemporaryDirectory() as folder:
        template(folder)
        said = filled(folder, "Ref,Month 5 £000\nSUR01,104\nSUR02,50\nMED01,98\n", "--month", 5)
        same("the month is named", said["month"], 5)
        same("the month's cells, and the title that was plain",
             cells(said), [("A3", "Position at Month 5 (August 2024)"), ("I6", "104"), ("I7", "50"), ("I8", "98")])
        same("what is still of M4 or was not filled", sorted(rules(said)), ["fill.month_left", "fill.row_left"])
        left = next(f for f in said["findings"] if f["rule"] == "fill.row_left")
        same("the scheme left is named", ("MED02" in left["message"], [p["cell"] for p in left["at"]]), (True, ["A9"]))
        title = next(f for f in said["findings"] if f["rule"] == "fill.month_left")
        same("the narrative is named", [p["cell"] for p in title["at"]], ["A12"])
        total = {c["cell"]: c["after"] for c in said["results"]}
        same("the totals by hand", (total["I10"], total["Q6"], total["Q10"]), ("252", "511", "1300"))
        june = filled(folder, "Ref,Month 6 £000\nSUR01,104\nSUR02,50\nMED01,98\nMED02,1\n", "--month", 6)
        before = [f for f in june["findings"] if f["rule"] == "fill.month_before"]
        same("the blank month before", [(f["message"][:11], [p["cell"] for p in f["at"]]) for f in before],
             [("M5 (August)", ["I6", "I7", "I8", "I9"])])
        template(folder, blank=(4, [1, 3]))
        some = filled(folder, "Ref,Month 5 £000\nSUR01,104\nSUR02,50\nMED01,98\nMED02,1\n", "--month", 5)
        before = [f for f in some["findings"] if f["rule"] == "fill.month_before"]
        same("blank for two schemes", [(f["message"], [p["cell"] for p in f["at"]]) for f in before],
             [("M4 (July) is blank for 2 of 4 schemes: SUR02, MED02", ["H7", "H9"])])
        text = run("export", Path(folder) / "act.csv", Path(folder) / "return.xlsx", "--month", 5, "--dry-run").stdout
        same("in words", text.splitlines()[0], "the figures of M5 (August)")


def locked_cells():
    with tempfile.TemporaryDirectory() as folder:
        path = template(folder, protected=True)
        book = openpyxl.load_workbook(path)
        book["Return"]["A3"] = None
        book["Return"]["A12"] = None
        book.save(path)
        list_of = "Ref,Month {} £000\nSUR01,104\nSUR02,50\nMED01,98\nMED02,1\n"
        open_ones = filled(folder, list_of.format(5), "--month", 5)
        same("open cells", [c for c, _ in cells(open_ones)], ["I6", "I7", "I8", "I9"])
        refused = filled(folder, list_of.format(6), "--month", 6, status=1)
        same("locked cells are refused", [(r["rule"], r["cell"]) for r in refused["refused"]],
             [("edit.locked", c) for c in ("J6", "J7", "J8", "J9")])
        asked = filled(folder, list_of.format(6), "--month", 6, "--unlock")
        same("unless asked", [c for c, _ in cells(asked)], ["J6", "J7", "J8", "J9"])
        same("which is said", any("locks J6, J7, J8, J9" in c for c in asked["consequences"]), True)
        book = openpyxl.load_workbook(path)
        book["Return"].protection.sheet = False
        book.save(path)
        same("no protection, no lock", len(cells(filled(folder, list_of.format(6), "--month", 6))), 4)


def lists():
    wanted = [("I6", "104"), ("I7", "50"), ("I8", "98.5"), ("I9", "-1234.5")]
    with tempfile.TemporaryDirectory() as folder:
        template(folder)
        rows = [("SUR01", "104"), ("SUR02", "50"), ("MED01", "98.5"), ("MED02", "-1234.5")]
        euro = [("SUR01", "104"), ("SUR02", "50"), ("MED01", "98,5"), ("MED02", "-1.234,50")]
        line = "Ref,Month 5 £000\n" + "".join(f"{r},{a}\n" for r, a in rows)
        for what, text in (
                ("a heading line", line),
                ("columns the other way round", "Month 5 £000,Comment,Ref\n" + "".join(f'{a},"a, b",{r}\n' for r, a in rows)),
                ("a title above the headings", "CIP actuals,£000\n\nRef,Month 5\n" + "".join(f"{r},{a}\n" for r, a in rows)),
                ("semicolons and decimal commas", "Ref;Month 5 £000\n" + "".join(f"{r};{a}\n" for r, a in euro)),
                ("sep=", "sep=;\nRef;Month 5 £000\n" + "".join(f"{r};{a}\n" for r, a in euro)),
                ("tabs", line.replace(",", "\t")),
                ("decimal commas in quotes", "Ref,Month 5 £000\n" + "".join(f'{r},"{a}"\n' for r, a in euro)),
                ("UTF-16", ("\ufeff" + line).encode("utf-16-le")), ("UTF-16, big end first", ("\ufeff" + line).encode("utf-16-be")),
                ("UTF-8 with its mark", ("\ufeff" + line).encode()), ("Windows letters", line.encode("cp1252")),
                ("carriage returns", line.replace("\n", "\r\n")),
                ("every month", "Ref,Month 4 £000,Month 5 £000\n" + "".join(f"{r},1,{a}\n" for r, a in rows)),
                ("plan beside actual", "Ref,Plan M5 £000,Actual M5 £000\n" + "".join(f"{r},1,{a}\n" for r, a in rows)),
                ("a line a month", "Ref,Month,Amount £000\n" + "".join(f"{r},M4,7\n{r},Aug-24,{a}\n" for r, a in rows))):
            said = filled(folder, text, "--month", 5)
            same(what, [c for c in cells(said) if c[0] != "A3"], wanted)
        plain = "Ref,Month 5\n" + "".join(f"{r},{a}\n" for r, a in rows)
        said = filled(folder, plain, "--month", 5)
        same("a unit by size is said", ([c for c in cells(said) if c[0] != "A3"], "fill.unit_by_size" in rules(said)), (wanted, True))
        pounds = "Ref,Month 5\n" + "".join(f"{r},{float(a) * 1000:.0f}\n" for r, a in rows)
        said = filled(folder, pounds, "--month", 5)
        same("pounds by size", [c for c in cells(said) if c[0] != "A3"], wanted)
        for what, text, rule in (
                ("no unit and only one amount", "Ref,Month 5\nSUR01,104\n", "fill.no_unit"),
                ("no unit and no size", "Ref,Month 5\n" + "".join(f"{r},{float(a) * 30:.0f}\n" for r, a in rows), "fill.no_unit"),
                ("two decimal marks", "Ref;Month 5 £000\nSUR01;1.5\nSUR02;1,5\n", "fill.decimal_mark"),
                ("either mark", "Ref;Month 5 £000\nSUR01;1.500\n", "fill.decimal_mark"),
                ("another month", "Ref,Month 4 £000\nSUR01,1\n", "of another month"),
                ("no headings", "Something,else,here\nSUR01,1,2\n", "fill.malformed")):
            same(what, rule in filled(folder, text, "--month", 5, status=3), True)
        nothing = filled(folder, "UHL Income,184100\nLPT Income,24500\nSystem,7\n", "--month", 5, "--unit", "£000", status=1)
        same("a list of something else", [r["rule"] for r in nothing["refused"]], ["fill.nothing_matched"])


def to_date():
    """A plan to date that was typed for M4 is named; the actual to date of a formula that stops at M4, too."""
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        s = book.active
        s["A1"] = "CIP 2024/25 £000"
        heads = ["Ref", "Scheme", "RAG"] + [f"Plan M{m}" for m in range(1, 7)] + [f"Actual M{m}" for m in range(1, 7)] + ["Plan to date", "Actual to date"]
        for c, text in enumerate(heads, 1):
            s.cell(3, c, text)
        for r, ref in enumerate(REFERENCES, 4):
            for c, value in enumerate([ref, "S", "Green"] + [10] * 6 + [9] * 4, 1):
                s.cell(r, c, value)
            s.cell(r, 16, 40)
            s.cell(r, 17, f"=SUM(J{r}:M{r})")
        path = Path(folder) / "t.xlsx"
        book.save(path)
        said = filled(folder, "Ref,M5 £000\n" + "".join(f"{r},9\n" for r in REFERENCES), "--month", 5, path=path)
        same("both are named", sorted(f["message"].split(" of ")[0] for f in said.get("findings", []) if f["rule"] == "fill.to_date_left"),
             ["the actual to date", "the plan to date"])


def files_there():
    with tempfile.TemporaryDirectory() as folder:
        path, out = template(folder), Path(folder) / "out.xlsx"
        act = Path(folder) / "act.csv"
        act.write_text("Ref,Month 5 £000\nSUR01,104\nSUR02,50\nMED01,98\nMED02,1\n")
        export = ("export", act, path, "--month", 5)
        run(*export, "-o", out)
        first = out.read_bytes()
        out.write_bytes(b"mine")
        same("a file that is there", "--force" in run(*export, "-o", out, status=4).stderr, True)
        same("is left as it is", out.read_bytes(), b"mine")
        run(*export, "-o", out, "--force")
        same("unless asked", out.read_bytes(), first)
        before = path.read_bytes()
        for args in ((*export, "-o", path), ("check", path, "--annotate", path), ("share", path, "--month", 5, "--fill", path),
                     ("set", path, "-o", path, "Return!I6=1"), (*export, "-o", Path(folder) / "." / ".." / Path(folder).name / "return.xlsx")):
            run(*args, "--force", status=2)
            same(f"the input is never written over ({args[0]})", path.read_bytes(), before)
        run("set", path, "-o", out, "Return!I6=1", status=4)
        run("import", path, "-o", out, status=4)
        run("check", path, "--annotate", out, status=4)


month_and_titles()
locked_cells()
lists()
to_date()
files_there()
sys.exit(1 if FAILED else 0)
