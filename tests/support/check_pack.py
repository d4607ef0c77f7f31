#!/usr/bin/env python3
"""The monthly pack says the same in every format, says what the papers say, and lets no text of a file do anything.

usage: check_pack.py RISKSHARE FIXTURES [SHARED]

Expected figures are those of the published papers and hand arithmetic. Every other format is parsed back and held
against the JSON. Formulas of the workbook are recalculated by LibreOffice where it is installed. Exit status 77 when
openpyxl is not installed.
"""
import base64, csv, hashlib, html.parser, io, json, os, re, shutil, subprocess, sys, tempfile, time
from fractions import Fraction

try:
    import openpyxl
except ImportError:
    print("skipped: openpyxl is not installed")
    sys.exit(77)
from workbooks import values

TOOL, FIXTURES = sys.argv[1:3]
SHARED = sys.argv[3] if len(sys.argv) > 3 and os.path.isdir(sys.argv[3]) else None
LIMIT = float(os.environ.get("PACK_SECONDS", "2"))
folder = tempfile.mkdtemp()
at = lambda name: os.path.join(folder, name)
UNITS = {"£": 1, "£000": 1000, "£m": 1000000, "£bn": 1000000000}


def report(*arguments, out, status=None):
    done = subprocess.run([TOOL, "report", *arguments, "-o", at(out), "--force"], capture_output=True, text=True)
    assert done.returncode in ((0, 1) if status is None else (status,)), (arguments, done.returncode, done.stderr)
    return open(at(out), encoding="utf-8").read() if not out.endswith(".xlsx") else done


class Page(html.parser.HTMLParser):
    """Tables of a page: for each row its cells, with the exact amount where there is one."""

    def __init__(self):
        super().__init__()
        self.rows, self.hidden, self.cell, self.scripts, self.tags, self.script = [], 0, None, [], [], False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = [attributes.get("data-amount"), ""]
        if tag == "span" and attributes.get("class") == "vh":
            self.hidden += 1
        if tag == "script":
            self.script = True

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append(self.cell)
            self.cell = None
        if tag == "span" and self.hidden:
            self.hidden -= 1
        if tag == "script":
            self.script = False

    def handle_data(self, data):
        if self.script:
            self.scripts.append(data)
        if self.cell is not None and not self.hidden:
            self.cell[1] += data


def parsed(shown, unit):
    """A figure as a table prints it, in pounds; a share as a fraction."""
    if shown == "-":
        return Fraction(0)
    text = shown.replace(",", "").replace("(", "-").replace(")", "")
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text) * UNITS.get(unit, 1)


def near(shown, figure, unit, places):
    step = Fraction(1, 1000) if figure["quantity"] == "share" else Fraction(UNITS.get(unit, 1), 10**places)
    if figure["quantity"] == "number":
        step, unit = Fraction(1, 100), "£"
    return abs(parsed(shown, unit) - Fraction(figure["amount"])) * 2 <= step


def cells(pack):
    """(section, table, row label, heading, figure) of every figure that a table shows; its places are those of its column."""
    for s in pack["sections"]:
        for t in s["tables"]:
            for row in t["rows"]:
                for i, c in enumerate(row["cells"]):
                    if isinstance(c, dict):
                        yield s, {**t, "places": t["places"][i]}, row["cells"][0], t["headings"][i], pack["figures"][c["figure"]]


def same_in_page(pack, page):
    parser = Page()
    parser.feed(page)
    shown = [c for row in parser.rows for c in row]
    amounts = [c for c in shown if c[0] is not None]
    expected = [(f, t) for _, t, _, _, f in cells(pack) if f["amount"] is not None]
    assert len(amounts) == len(expected), (len(amounts), len(expected))
    for (exact, text), (figure, table) in zip(amounts, expected):
        assert Fraction(exact) == Fraction(figure["amount"]), (exact, figure)
        assert near(text, figure, table["shown_in"], table["places"]), (text, figure)
    unknown = [f for *_, f in cells(pack) if f["amount"] is None and not f["blank"]]
    assert sum(c[1] == "unknown" and c[0] is None for c in shown) >= len(unknown)
    scripts = [t for t, _ in parser.tags if t == "script"]
    assert len(scripts) == 1, "one script alone"
    told = base64.b64encode(hashlib.sha256("".join(parser.scripts).encode()).digest()).decode()
    assert "script-src 'sha256-" + told + "'" in page, "the policy names the script"
    for tag, attributes in parser.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "action"), (tag, name)
            assert name != "href" or value.startswith("#"), (tag, value)
    assert "default-src 'none'" in page and "@import" not in page and "url(http" not in page
    assert len(page.encode()) < 400_000, len(page)
    ids = [a["id"] for _, a in parser.tags if "id" in a]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for _, a in parser.tags:
        if "href" in a:
            assert a["href"][1:] in ids, a["href"]


def same_in_list(pack, text):
    rows = list(csv.DictReader(io.StringIO(text)))
    figures = [r for r in rows if r["quantity"]]
    expected = list(cells(pack))
    assert len(figures) == len(expected), (len(figures), len(expected))
    for r, (s, t, _, _, f) in zip(figures, expected):
        assert r["section"] == s["id"]
        assert (r["amount"] == "") == (f["amount"] is None)
        assert r["state"] == ("blank" if f["blank"] else "unknown" if f["amount"] is None else "known")
        if f["amount"] is not None:
            assert Fraction(r["amount"]) == Fraction(f["amount"]), (r, f)
            assert near(r["shown"], f, t["shown_in"], t["places"]), (r, f)
    for r in rows:
        for name, value in r.items():
            if name not in ("amount", "shown"):
                assert not value.lstrip().startswith(("=", "+", "-", "@", "|")), (name, value)
            assert "\n" not in value and "\r" not in value


def same_in_markdown(pack, text):
    lines = [l for l in text.splitlines() if l.startswith("| ") and not l.startswith("|---")]
    heads = sum(len(s["tables"]) for s in pack["sections"])
    rows = [(t, row) for s in pack["sections"] for t in s["tables"] for row in t["rows"]]
    assert len(lines) == len(rows) + heads, (len(lines), len(rows), heads)
    body, i = iter(lines), None
    for s in pack["sections"]:
        for t in s["tables"]:
            next(body)
            for row in t["rows"]:
                line = re.split(r"(?<!\\)\|", next(body))[1:-1]
                assert len(line) == len(row["cells"]), (line, row)
                for text_cell, c, places in zip(line, row["cells"], t["places"]):
                    if isinstance(c, dict) and pack["figures"][c["figure"]]["amount"] is not None:
                        shown = text_cell.strip().strip("*").replace("\\", "")
                        assert near(shown, pack["figures"][c["figure"]], t["shown_in"], places), (line, c)


def same_in_workbook(pack, path):
    """Stored values are ours; a table of a section stands below the one before."""
    stored = openpyxl.load_workbook(path, data_only=True)
    compared = 0
    for s in pack["sections"]:
        sheet = stored[s["name"]]
        row = 3 + len(s["words"])
        for t in s["tables"]:
            row += 2
            for r in t["rows"]:
                for i, c in enumerate(r["cells"]):
                    if isinstance(c, dict):
                        figure, value = pack["figures"][c["figure"]], sheet.cell(row, i + 1).value
                        if figure["amount"] is None:
                            assert value is None if figure["blank"] else value == "unknown", (value, figure)
                            continue
                        exact = Fraction(figure["amount"])
                        assert abs(Fraction(repr(float(value))) - exact) <= abs(exact) * Fraction(1, 10**14), (value, figure)
                        compared += 1
                row += 1
            row += len(t["notes"]) + 1
    return compared


def recalculated(paths):
    os.makedirs(at("profile/user"), exist_ok=True)
    with open(at("profile/user/registrymodifications.xcu"), "w") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
                '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" '
                'oor:op="fuse"><value>0</value></prop></item></oor:items>')
    subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + at("profile"), "--convert-to", "xlsx",
                    "--outdir", at("out")] + paths, check=True, capture_output=True)
    return [at("out/" + os.path.basename(p)) for p in paths]


def same_when_recalculated(path, again):
    """Every formula gives the result that is stored."""
    formulas, ours, theirs = openpyxl.load_workbook(path), values(path), values(again)
    count = 0
    for s in formulas.worksheets:
        for row in s.iter_rows():
            for c in row:
                if c.data_type != "f":
                    continue
                count += 1
                mine, other = ours.get((s.title, c.coordinate)), theirs.get((s.title, c.coordinate))
                assert isinstance(other, (int, float)) and isinstance(mine, (int, float)), (s.title, c.coordinate, c.value, mine, other)
                assert abs(mine - other) <= max(1e-6, abs(mine) * 1e-12), (s.title, c.coordinate, c.value, mine, other)
    return count


def every_format(name, *arguments):
    pack = json.loads(report(*arguments, out=name + ".json"))
    same_in_page(pack, report(*arguments, out=name + ".html"))
    same_in_list(pack, report(*arguments, out=name + ".csv"))
    same_in_markdown(pack, report(*arguments, out=name + ".md"))
    assert report(*arguments, out=name + ".txt").startswith(pack["title"][:20])
    report(*arguments, out=name + ".xlsx")
    assert same_in_workbook(pack, at(name + ".xlsx")) == sum(f["amount"] is not None for *_, f in cells(pack))
    assert len(pack["headline"]) == 5 and all(s["sentence"].endswith(".") for s in pack["headline"])
    made.append(at(name + ".xlsx"))
    return pack


def amount(pack, name):
    found = {f["amount"] for f in pack["figures"] if f["name"] == name}
    assert len(found) == 1, (name, found)
    return None if None in found else Fraction(found.pop())


def the_papers():
    """Operational plan 2019/20, section 6, and the control totals of the same plan."""
    pack = every_format("plan", os.path.join(FIXTURES, "workbooks/operational-plan-2019-20.xlsx"), "--directory",
                        os.path.join(FIXTURES, "directories/llr.toml"))
    risks = {"UHL": 8362250, "LPT": 1486000, "LCCCG": 2431750, "ELRCCG": 9316250, "WLCCG": 7987250, "System": 29583500}
    for body, risk in risks.items():
        assert amount(pack, body + ", at risk") == risk, body
    assert amount(pack, "System, total savings") == 99457000
    lpt = next(f for f in pack["figures"] if f["name"] == "LPT, red")
    assert lpt["amount"] is None and lpt["blank"], "a blank is not nil"
    assert "£29.6m of £99.5m" in next(s for s in pack["sections"] if s["id"] == "savings")["title"]
    assert any(l["section"] == "Position" for l in pack["left_out"])
    cell = next(f for f in pack["figures"] if f["name"] == "UHL, red")["at"][0]
    assert cell["sheet"] and cell["cell"], cell


def a_report():
    """Hand arithmetic on finance-report-m4: bottom line −8,000 against −9,020; risks 20.0m, net 5.0m; forecast −1.2m."""
    pack = every_format("m4", os.path.join(FIXTURES, "workbooks/finance-report-m4.xlsx"))
    assert amount(pack, "System Surplus/(Deficit), variance") == -1020000
    assert amount(pack, "The year if it goes on as so far") == -27060000
    assert amount(pack, "Worst") == -1200000 - 20000000
    words = " ".join(s["sentence"] for s in pack["headline"])
    assert "a deficit of £9.0m, £1.0m worse than the plan of a deficit of £8.0m" in words, words
    shared = every_format("share", os.path.join(FIXTURES, "workbooks/share-m4-m5.xlsx"), "--month", "4")
    lines = [f for f in shared["figures"] if f["name"].endswith("received or (paid)")]
    assert lines and sum(Fraction(f["amount"]) for f in lines if not f["name"].startswith("System")) == 0


def trackers():
    april, june = (os.path.join(FIXTURES, "workbooks/cip-tracker-%s.xlsx" % m) for m in ("april", "june"))
    pack = every_format("since", june, "--since", april)
    changes = next(s for s in pack["sections"] if s["id"] == "changes")
    assert changes["words"]
    for _, t, label, heading, f in cells({**pack, "sections": [changes]}):
        if heading == "Change":
            before, now = (Fraction(pack["figures"][i]["amount"] or 0) for i in reversed(f["from"]))
            assert Fraction(f["amount"]) == now - before, f


def live_tracker():
    """The workbook lists each scheme, and every sum over schemes is a formula over that list; changing one scheme moves them."""
    june = os.path.join(FIXTURES, "workbooks/cip-tracker-june.xlsx")
    report(june, out="live.xlsx")
    made.append(at("live.xlsx"))
    book = openpyxl.load_workbook(at("live.xlsx"))
    states = [r[4] for r in book["Provenance"].iter_rows(min_row=4, values_only=True)]
    assert states and "none: worked out by riskshare" not in states, states
    heads = [c.value for c in book["Schemes"][3]]
    values = openpyxl.load_workbook(at("live.xlsx"), data_only=True)
    lines = [dict(zip(heads, r)) for r in values["Schemes"].iter_rows(min_row=4, values_only=True)]
    added = 0
    for row in values["Tracker"].iter_rows(min_row=1, values_only=True):
        group = [l for l in lines if l["Rating"] == str(row[0]).lower()]
        if group and isinstance(row[1], (int, float)):
            added += 1
            assert row[1] == len(group), row
            for heading, value in zip(("Plan", "Plan to date", "Actual to date"), row[2:5]):
                assert abs(sum(l[heading] or 0 for l in group) - value) < 0.005, (row, heading)
    assert added >= 3, "each rating has a row"
    plan = heads.index("Plan") + 1
    cell = next(c for c in book["Schemes"].iter_rows(min_row=4, min_col=plan, max_col=plan) if c[0].value is not None)[0]
    was = float(values["Schemes"][cell.coordinate].value)
    cell.value = was + 1000
    book.save(at("moved.xlsx"))
    if shutil.which("soffice"):
        moved = openpyxl.load_workbook(recalculated([at("moved.xlsx")])[0], data_only=True)["Tracker"]
        row, column = next((c.row, c.column) for r in values["Tracker"].iter_rows() for c in r if c.value == "All schemes")
        assert moved.cell(row, column + 2).value - values["Tracker"].cell(row, column + 2).value == 1000
    inputs = [c for s in book.worksheets for r in s.iter_rows() for c in r if c.fill.fgColor.rgb == "FFFFF9C4"]
    assert inputs and all(c.style == "Input" for c in inputs), {c.style for c in inputs}


HOSTILE = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202Egnp.exe\u202C", "x" * 10000, "\"><img src=x onerror=alert(1)>",
           "+SUM(1)", "@now", "| a | b", "-1+1", "]]>", "a\nb", "' onclick='x"]


def savings_book(path, rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Efficiencies"
    sheet.append(["Savings plans by rating, £000"])
    sheet.append(["Organisation", "Red", "Amber", "Green", "Unidentified", "Total"])
    for row in rows:
        sheet.append(["", *row[1:]] if row[0].startswith("=") else row)
        if row[0].startswith("="):
            cell = sheet.cell(sheet.max_row, 1, row[0])
            cell.data_type = "s"
    book.save(path)


def hostile():
    rows = [[name, 100 + i, 200, 300, 50, 650 + i] for i, name in enumerate(HOSTILE)]
    savings_book(at("hostile-in.xlsx"), rows)
    pack = every_format("hostile", at("hostile-in.xlsx"))
    page = open(at("hostile.html"), encoding="utf-8").read()
    assert "<script>alert" not in page and "<img" not in page and "\u202E" not in page
    book = openpyxl.load_workbook(at("hostile.xlsx"))
    assert not any(c.data_type == "f" and "cmd" in str(c.value) for s in book.worksheets for r in s.iter_rows() for c in r)
    assert amount(pack, "System, red") == 1000 * sum(100 + i for i in range(len(HOSTILE)))


def edges():
    savings_book(at("nil-in.xlsx"), [["A", 0, 0, 0, 0, 0], ["B", -0.0, 0, 0, 0, 0]])
    nil = every_format("nil", at("nil-in.xlsx"))
    assert amount(nil, "System, at risk") == 0 and amount(nil, "System, part at risk") is None
    assert "-0" not in json.dumps([f["amount"] for f in nil["figures"]])
    savings_book(at("one-in.xlsx"), [["A", 1, 2, 3, 4, 10]])
    one = every_format("one", at("one-in.xlsx"))
    assert amount(one, "System, at risk") == 1000 * Fraction("5.0")  # 0.5 + 0.5 + 0 + 4
    book = openpyxl.Workbook()
    book.active.append(["nothing", "here"])
    book.save(at("none-in.xlsx"))
    for kind in ("html", "json", "csv", "md", "txt", "xlsx"):
        report(at("none-in.xlsx"), out="none." + kind, status=1)
    none = json.loads(open(at("none.json")).read())
    assert none["sections"] == [] and len(none["left_out"]) > 10 and "no position" in none["headline"][0]["sentence"]
    refused = subprocess.run([TOOL, "report", at("one-in.xlsx"), "-o", at("one.docx")], capture_output=True, text=True)
    assert refused.returncode == 3 and ".html" in refused.stderr and not os.path.exists(at("one.docx"))


def library_says_the_same():
    """The savings of the pack are those that `risk` prints for programs."""
    plan = os.path.join(FIXTURES, "workbooks/operational-plan-2019-20.xlsx")
    risk = json.loads(subprocess.run([TOOL, "risk", plan, "--json"], capture_output=True, text=True).stdout)
    pack = json.loads(report(plan, out="risk.json"))
    for o in risk["organisations"]:
        for field, name in (("red", "red"), ("amber", "amber"), ("green", "green"), ("unidentified", "unidentified"),
                            ("total", "total savings"), ("risk", "at risk")):
            ours = amount(pack, o["organisation"] + ", " + name)
            assert ours == (None if o[field] is None else Fraction(o[field])), (o, field, ours)


def models_and_workbooks():
    """A report that comes as a model stands beside tables of a workbook."""
    report_book = os.path.join(SHARED, "workbooks/llr-ics-finance-report-m3-2022-23.xlsx") if SHARED else None
    if report_book is None:
        return
    subprocess.run([TOOL, "import", report_book, "-o", at("m3.model.json")], check=True, capture_output=True)
    pack = json.loads(report(at("m3.model.json"), os.path.join(FIXTURES, "workbooks/operational-plan-2019-20.xlsx"), out="both.json"))
    ids = [s["id"] for s in pack["sections"]]
    assert "position" in ids and "savings" in ids and "risks" in ids, ids
    assert amount(pack, "Net risk") == 48800000


def template():
    """Names and headings of a workbook that the team has are filled; formulas and all else stay; the rest is listed."""
    book = openpyxl.Workbook()
    s = book.active
    s.title = "Cover"
    s["A1"], s["A2"], s["A3"] = "Risk of the plan, £", "In £000", "No such figure"
    s["B1"], s["B2"], s["B3"] = 0, 0, 77
    s["A5"], s["B5"], s["C5"], s["D5"] = "Organisation", "Red £000", "Amber £000", "Total £000"
    for row, name in ((6, "UHL"), (7, "LPT"), (8, "Elsewhere")):
        s.cell(row, 1, name)
        s.cell(row, 4, f"=B{row}+C{row}")
    for name, cell in (("savings_System_At_risk", "B1"), ("Savings_System_At_risk_000", "B2"), ("nobody_knows", "B3")):
        made_name = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"Cover!${cell[0]}${cell[1]}")
        if hasattr(book.defined_names, "append"):
            book.defined_names.append(made_name)
        else:
            book.defined_names[name] = made_name
    book.save(at("template.xlsx"))
    plan = os.path.join(FIXTURES, "workbooks/operational-plan-2019-20.xlsx")
    directory = os.path.join(FIXTURES, "directories/llr.toml")
    done = report(plan, "--directory", directory, "--template", at("template.xlsx"), out="filled.xlsx")
    filled = openpyxl.load_workbook(at("filled.xlsx"), data_only=True)["Cover"]
    formulas = openpyxl.load_workbook(at("filled.xlsx"))["Cover"]
    assert filled["B1"].value == 29583500 and filled["B2"].value == 29583.5, (filled["B1"].value, filled["B2"].value)
    assert (filled["B6"].value, filled["C6"].value, filled["D6"].value) == (4744, 11713, 16457)
    assert filled["B7"].value is None and filled["C7"].value == 2128, "a blank is not nil"
    assert formulas["D6"].value == "=B6+C6" and filled["B3"].value == 77
    for words in ("nobody_knows", "Elsewhere", "LPT, red is blank", "holds a formula"):
        assert words in done.stderr, (words, done.stderr)


def template_of_a_statement():
    """Headings in the team's own words; the variance as its heading says; a total by another name; nothing in silence."""
    book = openpyxl.Workbook()
    s = book.active
    s.append(["Programme spend, month 6 2025/26 year to date, £000"])
    s.append(["Programme area", "YTD budget", "YTD actual", "Under/(over) spend"])
    for row in (("Acute", 500, 520, -20), ("Community", 200, 190, 10), ("Total", 700, 710, -10)):
        s.append(row)
    book.save(at("spend.xlsx"))

    def filled(headings, labels, status):
        team = openpyxl.Workbook()
        board = team.active
        board.append(["Our spend, £000"])
        board.append(headings)
        for label in labels:
            board.append([label])
        team.save(at("team.xlsx"))
        done = report(at("spend.xlsx"), "--template", at("team.xlsx"), out="team-out.xlsx" if status == 0 else "none.xlsx", status=status)
        rows = openpyxl.load_workbook(at("team-out.xlsx"), data_only=True).active.iter_rows(min_row=3, values_only=True) if status == 0 else []
        return [list(r) for r in rows], done.stderr

    rows, said = filled(["Area", "Plan to date", "Actuals YTD", "(Under)/over spend"], ["Acute", "Community", "Whole of it: total"], 0)
    assert rows == [["Acute", 500, 520, 20], ["Community", 200, 190, -10], ["Whole of it: total", 700, 710, 10]], (rows, said)
    rows, said = filled([None, "Budget", "Actual", "Variance", "Comment"], ["Acute", "Elsewhere"], 0)
    assert rows[0][:4] == ["Acute", 500, 520, None] and rows[1][1] is None, (rows, said)
    for words in ("does not say whether an overspend is positive", '"Elsewhere"', '"Comment"', 'no row for "Community"'):
        assert words in said, (words, said)
    _, said = filled(["Ward", "Beds", "Nurses"], ["A1", "A2"], 1)
    assert "nothing of the pack has a place" in said, said


def large():
    """42 bodies, 2,000 schemes of 12 months: made in under 2 s of processor time, the page under 400 kB."""
    import resource
    book = openpyxl.Workbook(write_only=True)
    s = book.create_sheet("Tracker")
    months = [f"M{m}" for m in range(1, 13)]
    s.append(["Ref", "Scheme", "Organisation", "RAG", "Recurrent"] + ["Plan " + m + " £" for m in months] + ["Actual " + m + " £" for m in months])
    for i in range(2000):
        s.append([f"S{i}", f"Scheme {i}", f"Body {i % 42}", "Red Amber Green Unidentified".split()[i % 4], "R" if i % 3 else "NR"]
                 + [1000 + i + m for m in range(12)] + [900 + i + m for m in range(12)])
    book.save(at("large-in.xlsx"))
    for kind in ("html", "xlsx", "json"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        report(at("large-in.xlsx"), "--month", "6", out="large." + kind)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"2,000 schemes as {kind}: {took:.2f} s")
        assert took < LIMIT, took
    pack = json.loads(open(at("large.json")).read())
    same_in_page(pack, open(at("large.html"), encoding="utf-8").read())
    plan = sum(1000 + i + m for i in range(2000) for m in range(12))
    assert amount(pack, "All schemes, plan, by rating") == plan
    assert amount(pack, "All schemes, actual to date, by rating") == sum(900 + i + m for i in range(2000) for m in range(6))


def same_bytes():
    for kind in ("html", "xlsx", "json", "csv", "md"):
        report(os.path.join(FIXTURES, "workbooks/finance-report-m4.xlsx"), out="again." + kind)
        assert open(at("again." + kind), "rb").read() == open(at("m4." + kind), "rb").read(), kind


made = []
the_papers()
a_report()
trackers()
live_tracker()
hostile()
edges()
library_says_the_same()
models_and_workbooks()
template()
template_of_a_statement()
large()
same_bytes()
if SHARED:
    books = os.path.join(SHARED, "workbooks/")
    m3 = every_format("m3", books + "llr-ics-finance-report-m3-2022-23.xlsx", "--directory", os.path.join(FIXTURES, "directories/llr.toml"))
    assert amount(m3, "Net risk") == 48800000 and amount(m3, "All risks, gross") == 127200000
    share = every_format("m4-share", books + "llr-risk-share-2022-23.xlsx", "--month", "4")
    assert amount(share, "UHL, received or (paid)") == 2777500
formulas = 0
if shutil.which("soffice"):
    for path, again in zip(made, recalculated(made)):
        formulas += same_when_recalculated(path, again)
shutil.rmtree(folder)
print(f"{len(made)} packs are the same in six formats; {formulas} formulas recalculated")
