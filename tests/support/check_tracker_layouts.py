#!/usr/bin/python3
"""check_tracker_layouts.py TOOL COUNT [FIRST_SEED] [KEEP]: trackers in shapes drawn at random, read to the penny.

Each seed draws the schemes and every trait of the layout by itself: how many rows the headings have, where plan and
actual stand, how months, units and ratings are written, what stands among, above and below the schemes, and which
program writes the file. The tool's answers are held against the schemes that were drawn.
"""
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from llr import known

try:
    import openpyxl
    import xlsxwriter
    from openpyxl.utils import get_column_letter as letter
except ImportError:
    print("skipped: openpyxl and XlsxWriter are not here")
    sys.exit(77)

TOOL, COUNT = sys.argv[1], int(sys.argv[2])
FIRST = int(sys.argv[3]) if len(sys.argv) > 3 else 1
KEEP = Path(sys.argv[4]) if len(sys.argv) > 4 else None
SHORT = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
LONG = ["April", "May", "June", "July", "August", "September", "October", "November", "December", "January", "February",
        "March"]
YEAR = 2019


def first_of(m):
    return date(YEAR + (m > 8), (m + 3) % 12 + 1, 1)


def last_of(m):
    d = first_of(m)
    return date(d.year + d.month // 12, d.month % 12 + 1, 1) - timedelta(days=1)


def yy(m):
    return str(first_of(m).year)[2:]


MONTH_STYLES = {
    "dates": first_of, "month ends": last_of, "Apr-19": lambda m: f"{SHORT[m]}-{yy(m)}", "Apr 19": lambda m: f"{SHORT[m]} {yy(m)}",
    "Apr": lambda m: SHORT[m], "April": lambda m: LONG[m], "APR": lambda m: SHORT[m].upper(), "M1": lambda m: f"M{m + 1}",
    "M01": lambda m: f"M{m + 1:02}", "Month 1": lambda m: f"Month {m + 1}", "Mth 1": lambda m: f"Mth {m + 1}",
    "April 2019": lambda m: f"{LONG[m]} {first_of(m).year}", "Apr-2019": lambda m: f"{SHORT[m]}-{first_of(m).year}",
    "P1": lambda m: f"P{m + 1}", "Period 1": lambda m: f"Period {m + 1}", "01/04/2019": lambda m: first_of(m).strftime("%d/%m/%Y"),
    "Apr'19": lambda m: f"{SHORT[m]}'{yy(m)}", "M1 Apr": lambda m: f"M{m + 1} {SHORT[m]}", "M1 (Apr)": lambda m: f"M{m + 1} ({SHORT[m]})",
    "Sept": lambda m: "Sept" if m == 5 else SHORT[m], "2019-04": lambda m: first_of(m).strftime("%Y-%m"),
    "Apr/19": lambda m: f"{SHORT[m]}/{yy(m)}", "Apr19": lambda m: f"{SHORT[m]}{yy(m)}", "1": lambda m: m + 1,
}
UNITS = {"£": 1, "£000": 1000, "£m": 10 ** 6, "£'000": 1000, "£k": 1000, "£000s": 1000, "£'000s": 1000}
RATINGS = {
    "words": dict(red="Red", amber="Amber", green="Green", unidentified="Unidentified"),
    "upper": dict(red="RED", amber="AMBER", green="GREEN", unidentified="UNIDENTIFIED"),
    "letters": dict(red="R", amber="A", green="G", unidentified="U"),
    "lower": dict(red="red ", amber=" amber", green="green", unidentified="unidentified"),
    "blank": dict(red="Red", amber="Amber", green="Green", unidentified=None),
    "misspelt": dict(red="Red", amber="Amber", green="Green", unidentified="Unidentifed"),
}
WORDS = {
    "reference": ["Ref", "Scheme Ref", "CIP Ref", "Reference", "Scheme ID", "Project Ref.", "Scheme No.", "ID", "Unique Ref", "CIP Number", "Scheme code"],
    "name": ["Scheme", "Scheme name", "Scheme title", "Project name", "CIP scheme", "Description", "Scheme description", "Initiative", "Savings scheme"],
    "division": ["CMG", "Division", "Directorate", "Care group", "Business unit", "Clinical Division"],
    "workstream": ["Workstream", "Programme", "Theme", "Work stream"],
    "lead": ["Lead", "Scheme lead", "Executive lead", "SRO", "Owner", "Project lead"],
    "rating": ["RAG", "RAG rating", "RAG Status", "Delivery RAG", "Rating", "Risk rating", "Delivery risk (RAG)"],
    "type": ["Type", "Pay / Non pay / Income", "Category", "Saving type", "Pay/Non-Pay"],
    "recurrent": ["Recurrent?", "R/NR", "Recurrent / Non-recurrent", "Rec/NR", "Recurrent (Y/N)", "Recurrent"],
    "cash": ["Cash releasing?", "Cash releasing (Y/N)", "Cash-releasing", "CR/NCR"],
    "qia": ["QIA", "QIA status", "QIA approved?", "Quality impact assessment"],
    "stage": ["Stage", "Status", "Gateway", "Scheme status", "Maturity"],
    "start": ["Start date", "Start month", "Go live date", "Start", "Go-live"],
    "fye": ["Full year effect", "FYE", "Full Year Effect (FYE)", "FYE value"],
}
FLAGS = {"recurrent": [("R", "NR"), ("Recurrent", "Non-recurrent"), ("Y", "N"), ("Yes", "No"), ("Rec", "Non Rec"), ("Rec", "NR")],
         "cash": [("Y", "N"), ("Yes", "No"), ("CR", "NCR"), ("Cash releasing", "Non cash releasing")]}
KINDS = [("Plan", "Actual"), ("PLAN", "ACTUAL / FORECAST"), ("Plan", "Forecast"), ("Target", "Delivered"), ("Planned savings", "Actual savings"),
         ("Budget", "Actuals"), ("Planned", "Actual/Forecast"), ("CIP Plan", "CIP Actual"), ("Original plan", "Actual & forecast"), ("Plan phasing", "Actual phasing")]
EXTRAS = ["Comments", "Cost centre", "End date", "PID complete?", "Risk description", "Next review", "Budget code", "Exec sponsor", "Confidence %", "Last updated",
          "QIA date", "Milestones"]


def schemes_of(rng, code, count, style):
    out = []
    for i in range(count):
        start, sign = rng.randint(0, 8), -1 if rng.random() < 0.06 else 1
        level = rng.choice([rng.randint(200, 90000), rng.randint(1, 90) * 1000])
        pence = Decimal(rng.randint(0, 99)) / 100 if style["pence"] else Decimal(0)
        plan = [Decimal(0) if m < start else sign * (Decimal(level) + pence) for m in range(12)]
        actual = [p if m >= style["month"] else (p * rng.randint(0, 120) / 100).quantize(Decimal("0.01") if style["pence"] else 1) for m, p in enumerate(plan)]
        out.append(dict(reference=f"{code}{style['dash']}{i + 1:03}", name=f"{rng.choice(['Theatres', 'Bed days', 'Estates', 'Agency', 'Drugs'])} {code} {i + 1}",
                        organisation=code, division=rng.choice(["Surgery", "Medicine", "Corporate"]), workstream=rng.choice(["Workforce", "Digital", "Back office"]),
                        lead=rng.choice(["A Khan", "B Jones", "C Li"]), rating=rng.choice(["red", "amber", "green"]), type=rng.choice(["Pay", "Non-pay", "Income"]),
                        recurrent=rng.random() < 0.7, cash=rng.random() < 0.6, qia=rng.choice(["Approved", "Submitted", "Not started", "Not required"]),
                        stage=rng.choice(["Idea", "In development", "In delivery"]), start=start, fye=sum(plan) + level * start, plan=plan, actual=actual))
    if style["unidentified"]:
        out.append(dict(reference=f"{code}-U" if style["unidentified"] == "row" else "", name=rng.choice(["Unidentified", "Unidentified savings", "Unidentified CIP"]),
                        organisation=code, division="", workstream="", lead="", rating="unidentified", type="", recurrent=None, cash=None, qia="", stage="",
                        start=None, fye=None, plan=[Decimal(rng.randint(1, 50) * 1000)] * 12, actual=[Decimal(0)] * 12))
    return out


class sheet_of:
    """Cells gathered first and written afterwards by either library."""

    def __init__(self, title):
        self.title, self.cells, self.merged, self.hidden_rows, self.hidden_columns = title, {}, [], set(), set()
        self.filter, self.table = None, None

    def put(self, row, column, value, form=None):
        if value is not None:
            self.cells[row, column] = (value, form)

    def merge(self, r1, c1, r2, c2):
        if (r1, c1) != (r2, c2):
            self.merged.append((r1, c1, r2, c2))


def write_openpyxl(path, sheets, epoch_1904):
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904
        wb.epoch = CALENDAR_MAC_1904
    for s in sheets:
        ws = wb.create_sheet(s.title)
        for (r, c), (value, form) in s.cells.items():
            cell = ws.cell(r, c, value[0] if isinstance(value, tuple) else value)
            if isinstance(value, tuple):
                cell.value = value[1]  # without its formula, for openpyxl stores no value beside one
            if form:
                cell.number_format = form
        for m in s.merged:
            ws.merge_cells(start_row=m[0], start_column=m[1], end_row=m[2], end_column=m[3])
        for r in s.hidden_rows:
            ws.row_dimensions[r].hidden = True
        for c in s.hidden_columns:
            ws.column_dimensions[letter(c)].hidden = True
        if s.filter:
            ws.auto_filter.ref = s.filter
        if s.table:
            from openpyxl.worksheet.table import Table
            ws.add_table(Table(displayName="Schemes" + str(len(s.cells)), ref=s.table))
    wb.save(path)


def write_xlsxwriter(path, sheets, epoch_1904):
    wb = xlsxwriter.Workbook(str(path), {"date_1904": epoch_1904})
    forms = {}
    for s in sheets:
        ws = wb.add_worksheet(s.title)
        for r1, c1, r2, c2 in s.merged:
            ws.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, "")
        if s.table:
            ws.add_table(s.table, {"header_row": True, "columns": [{"header": str(s.cells[h][0])} for h in sorted(k for k in s.cells if k[0] == s.table_row)]})
        for (r, c), (value, form) in s.cells.items():
            f = forms.setdefault(form, wb.add_format({"num_format": form})) if form else None
            if isinstance(value, tuple):
                ws.write_formula(r - 1, c - 1, value[0], f, value[1])
            elif isinstance(value, date):
                ws.write_datetime(r - 1, c - 1, value, f)
            else:
                ws.write(r - 1, c - 1, float(value) if isinstance(value, Decimal) else value, f)
        for r in s.hidden_rows:
            ws.set_row(r - 1, None, None, {"hidden": True})
        for c in s.hidden_columns:
            ws.set_column(c - 1, c - 1, None, None, {"hidden": True})
        if s.filter:
            ws.autofilter(s.filter)
    wb.close()


class layout:
    """One drawn layout: `fields` and amount columns in order, each with its headings from top to bottom."""

    def __init__(self, seed):
        rng = self.rng = random.Random(seed)
        pick = rng.choice
        self.arrangement = pick(["blocks", "blocks", "interleaved", "interleaved", "variance", "three blocks", "sheets", "row pairs", "one row", "one row"])
        self.months = pick(list(MONTH_STYLES))
        if self.months in ("1",) and self.arrangement in ("interleaved", "variance", "one row"):
            self.months = "M1"
        if self.arrangement == "one row" and self.months in ("dates", "month ends"):
            self.months = "Apr-19"
        self.unit = pick(list(UNITS))
        self.unit_at = pick(["title", "title", "title long", "row", "kind", "option", "sheet"])
        if self.unit_at == "kind" and self.arrangement in ("one row", "sheets", "row pairs"):
            self.unit_at = "title"
        self.ratings = pick(list(RATINGS))
        self.kinds = pick(KINDS)
        self.style = dict(month=pick([0, 3, 7, 12]), pence=rng.random() < 0.25, dash=pick(["-", "/", "", "."]), unidentified=pick(["row", "row", "no ref", None]))
        self.flags = {k: pick(v) for k, v in FLAGS.items()}
        self.organisations = pick(["one", "one", "column", "sheets", "groups", "merged"])
        if self.arrangement == "sheets" and self.organisations == "sheets":
            self.organisations = "column"
        self.subtotals = pick([None, None, "label", "formula", "values"]) if self.arrangement not in ("row pairs",) else None
        self.grand = pick([None, "Total", "TOTAL", "Grand Total", "Trust total", "Total CIP"])
        self.merge = rng.random() < 0.6
        self.totals = pick([(), ("year",), ("year", "quarters"), ("year", "ytd"), ("quarters",), ("ytd",), ("year", "quarters", "ytd")])
        self.row, self.column = pick([1, 2, 3, 5, 8]), pick([1, 1, 1, 2, 3])
        self.extras = rng.sample(EXTRAS, rng.randint(0, 4))
        self.hidden = rng.random() < 0.2
        self.table = self.arrangement in ("one row",) and not self.subtotals and self.unit_at in ("title", "option", "title long", "sheet") and rng.random() < 0.6
        self.blank_rows = rng.random() < 0.3 and not self.table
        self.footer = pick([None, None, "notes", "key", "summary", "signature"])
        self.zeros = pick(["zero", "blank", "dash"])
        self.library = pick(["openpyxl", "xlsxwriter"])
        self.epoch_1904 = rng.random() < 0.05
        if self.row < 3 and self.unit_at in ("title", "title long"):
            self.row = 4
        if self.table:
            self.organisations = pick(["one", "column"])
            self.merge = False
        if self.organisations == "groups" or (self.organisations == "merged" and self.subtotals == "label"):
            self.subtotals = None
        self.banner = rng.random() < 0.2 and self.arrangement in ("blocks", "interleaved", "variance")
        self.said_status = rng.random() < 0.3 and self.arrangement == "blocks" and self.kinds == ("PLAN", "ACTUAL / FORECAST")
        if self.banner or self.said_status:
            self.row = max(self.row, 5)
        self.cumulative = rng.random() < 0.2 and self.arrangement in ("blocks", "one row")
        self.repeated = rng.random() < 0.3 and self.organisations == "groups" and self.arrangement != "row pairs"
        self.footer = None if self.repeated else self.footer  # it would stand between the tables
        self.numbered = rng.random() < 0.15
        self.names = {"UHL": "UHL", "LPT": "LPT"}
        if rng.random() < 0.2 and self.organisations in ("column", "sheets"):
            self.names = {"UHL": "Northtown Hospitals", "LPT": "Eastshire Community"}
        self.optional = [f for f in ("division", "workstream", "lead", "type", "recurrent", "cash", "qia", "stage", "start", "fye") if rng.random() < 0.65]
        if self.subtotals:
            self.optional = [f for f in self.optional if f != "division"] + (["division"] if self.subtotals != "label" else [])
        self.fields = ["reference", "name"] + self.optional + ["rating"]
        tail = self.fields[2:]
        rng.shuffle(tail)
        self.fields = (["organisation"] if self.organisations in ("column", "merged") else []) + self.fields[:2] + tail
        self.codes = ["UHL"] if self.organisations == "one" else ["UHL", "LPT"]
        self.schemes = [schemes_of(rng, code, rng.randint(4, 14), self.style) for code in self.codes]
        if self.subtotals:
            order = ["Surgery", "Medicine", "Corporate", ""]
            self.schemes = [sorted(s, key=lambda x: order.index(x["division"])) for s in self.schemes]

    def scaled(self, v):
        if v is None:
            return None
        return float(v / UNITS[self.unit])

    def shown(self, v):
        if v == 0 and self.zeros != "zero":
            return None if self.zeros == "blank" else "-"
        return self.scaled(v)

    def field_value(self, s, f):
        v = s.get(f)
        if f == "rating":
            return RATINGS[self.ratings][v]
        if f in self.flags:
            return None if v is None else self.flags[f][0 if v else 1]
        if f == "start":
            return None if v is None else first_of(v)
        if f == "fye":
            return self.scaled(v)
        if f == "organisation":
            return "University Hospitals of Leicester NHS Trust" if self.names[v] == "UHL" else self.names[v]
        if f == "reference" and self.numbered and v:
            return self.number(s)
        return v or None

    def number(self, s):
        for group in self.schemes:
            for i, x in enumerate(group):
                if x is s:
                    return i + 1

    def amount_columns(self, keys):
        """(kind word, month or total, values) for each column, with its headings from the outside in."""
        out, word = [], dict(zip(("plan", "actual"), self.kinds))
        at = self.style["month"]

        def block(key, months=range(12), title=None):
            title = title or word[key]
            for m in months:
                out.append(((title, MONTH_STYLES[self.months](m)), lambda s, key=key, m=m: s[key][m]))
                if "quarters" in self.totals and m % 3 == 2:
                    out.append(((title, f"Q{m // 3 + 1}"), lambda s, key=key, m=m: sum(s[key][m - 2:m + 1])))
            if "ytd" in self.totals and at:
                out.append(((title, "YTD"), lambda s, key=key: sum(s[key][:at])))
            if "year" in self.totals:
                out.append(((title, self.rng.choice(["Total", "Full year", "2019/20", "Year total"])), lambda s, key=key: sum(s[key])))

        if self.arrangement in ("interleaved", "variance"):
            for m in range(12):
                head = MONTH_STYLES[self.months](m)
                for key in keys:
                    out.append(((head, word[key]), lambda s, key=key, m=m: s[key][m]))
                if self.arrangement == "variance" and len(keys) == 2:
                    out.append(((head, "Variance"), lambda s, m=m: s["actual"][m] - s["plan"][m]))
            if "year" in self.totals:
                for key in keys:
                    out.append((("Total", word[key]), lambda s, key=key: sum(s[key])))
        elif self.arrangement == "three blocks":
            block("plan", title="Plan")
            block("actual", range(at), title="Actual")
            block("actual", range(at, 12), title="Forecast")
        else:
            for key in keys:
                block(key)
            if self.cumulative:
                for key in keys:
                    for m in range(12):
                        out.append((("Cumulative " + word[key], MONTH_STYLES[self.months](m)), lambda s, key=key, m=m: sum(s[key][:m + 1])))
        return out

    def build(self, title, groups, keys):
        s = sheet_of(title)
        self.title_rows(s, groups)
        self.scheme_rows = []
        if self.repeated:
            row = self.row
            for g in groups:
                s.put(row, self.column, {"UHL": "University Hospitals of Leicester NHS Trust", "LPT": "LPT"}[g[0]["organisation"]])
                row = self.table_of(s, title, [g], keys, row + 1) + 2
            return s
        self.table_of(s, title, groups, keys, self.row)
        return s

    def table_of(self, s, title, groups, keys, r0):
        rng, c0 = self.rng, self.column
        heads = []
        for f in self.fields:
            if f == "organisation":
                heads.append("Organisation")
            else:
                heads.append(rng.choice(WORDS[f]) if title == self.first_title else self.chosen[f])
                if title == self.first_title:
                    self.chosen[f] = heads[-1]
        if self.arrangement == "row pairs":
            heads.append("")
        amounts = self.amount_columns(keys)
        extras_before = self.extras[:2]
        heads += extras_before
        first_amount = c0 + len(heads)
        two_rows = self.arrangement not in ("one row", "row pairs") and not (self.arrangement == "sheets")
        last = r0 + (1 if two_rows else 0)
        for i, h in enumerate(heads):
            if two_rows and self.merge:
                s.put(r0, c0 + i, h or None)
                s.merge(r0, c0 + i, last, c0 + i)
            else:
                s.put(last if two_rows and i % 2 == 0 and self.rng.random() < 0 else last, c0 + i, h or None)
        previous, begun = None, first_amount
        for i, ((outer, inner), _) in enumerate(amounts):
            c = first_amount + i
            if self.arrangement == "one row":
                inner_text = inner
                s.put(r0, c, f"{outer} {inner_text}" if self.one_row_order else f"{inner_text} {outer}")
                continue
            if not two_rows:
                s.put(r0, c, inner, "mmm-yy" if isinstance(inner, date) else None)
                continue
            kind_outer = outer if not isinstance(outer, date) else outer
            if self.unit_at == "kind" and self.arrangement not in ("interleaved", "variance"):
                kind_outer = f"{outer} ({self.unit})" if isinstance(outer, str) else outer
            inner_text = inner
            if self.unit_at == "kind" and self.arrangement in ("interleaved", "variance"):
                inner_text = f"{inner} {self.unit}"
            if outer != previous:
                if self.merge and previous is not None:
                    s.merge(r0, begun, r0, c - 1)
                s.put(r0, c, kind_outer, "mmm-yy" if isinstance(outer, date) else None)
                previous, begun = outer, c
            s.put(last, c, inner_text, "mmm-yy" if isinstance(inner, date) else None)
        if two_rows and self.merge and previous is not None:
            s.merge(r0, begun, r0, first_amount + len(amounts) - 1)
        for i, e in enumerate(self.extras[2:]):
            s.put(last, first_amount + len(amounts) + i, e)
        row = last + 1
        if self.unit_at == "row":
            for c in [c0 + i for i, f in enumerate(self.fields) if f == "fye"] + list(range(first_amount, first_amount + len(amounts))):
                s.put(row, c, self.unit)
            row += 1
        if self.banner:
            s.put(r0 - 1, first_amount, "2019/20 CIP phasing")
            s.merge(r0 - 1, first_amount, r0 - 1, first_amount + len(amounts) - 1)
        if self.said_status:
            for i, ((outer, inner), _) in enumerate(amounts):
                if outer == self.kinds[1]:
                    months = [MONTH_STYLES[self.months](m) for m in range(12)]
                    if inner in months:
                        s.put(r0 - 1, first_amount + i, "Actual" if months.index(inner) < self.style["month"] else "Forecast")
        return self.rows(s, groups, row, c0, first_amount, amounts, extras_before, last)

    def title_rows(self, s, groups):
        c, named = self.column, len(groups) == 1 and self.names["UHL"] == "UHL" and self.organisations in ("one", "sheets")
        who = groups[0][0]["organisation"] if named else "System"
        top = f"{who} CIP tracker 2019/20" if not self.arrangement == "sheets" else f"{who} CIP tracker 2019/20 - {s.title}"
        if self.row > 1:
            s.put(1, c, top)
        self.organisation_said = self.row > 1
        if self.unit_at in ("title", "title long"):
            s.put(2 if self.row > 2 else 1, c + (2 if self.rng.random() < 0.3 else 0),
                  self.unit if self.unit_at == "title" else self.rng.choice([f"All figures in {self.unit}", f"Values are in {self.unit} unless stated", f"({self.unit})"]))
        if self.row > 4 and self.rng.random() < 0.5:
            s.put(4, c, "Please update by working day 5 of each month. Savings are positive.")

    def rows(self, s, groups, row, c0, first_amount, amounts, extras_before, last_heading):
        width = first_amount + len(amounts)
        total_columns = [c0 + i for i, f in enumerate(self.fields) if f == "fye"] + list(range(first_amount, width))
        name_at = c0 + self.fields.index("name")

        def value_of(x, c):
            return (x["fye"] or Decimal(0)) if c < first_amount else amounts[c - first_amount][1](x)

        def total(row, label, members, first, last):
            if label:
                s.put(row, name_at, label)
            for c in total_columns:
                v = self.scaled(sum((value_of(x, c) for x in members), Decimal(0)))
                s.put(row, c, (f"=SUM({letter(c)}{first}:{letter(c)}{last})", v) if self.subtotals == "formula" and first else v)

        self.hidden_count, everything, first_row = 0, [], row
        for g in groups:
            if self.organisations == "groups" and not self.repeated:
                s.put(row, c0, {"UHL": "University Hospitals of Leicester NHS Trust", "LPT": "LPT"}[g[0]["organisation"]])
                row += 1
            begun, division, members, division_row = row, None, [], row
            for x in g:
                if self.subtotals and x["division"] != division:
                    if members and division:
                        total(row, f"Sub-total {division}" if self.subtotals == "label" else f"{division} total" if self.subtotals == "formula" else "Subtotal",
                              members, division_row, row - 1)
                        row += 2 if self.blank_rows else 1
                    division, members = x["division"], []
                    if self.subtotals == "label" and division:
                        s.put(row, c0, division)
                        row += 1
                    division_row = row
                members.append(x)
                everything.append(x)
                row = self.scheme_row(s, x, row, c0, first_amount, amounts, extras_before, begun)
                if self.blank_rows and self.rng.random() < 0.15:
                    row += 1
            if self.organisations == "merged":
                s.merge(begun, c0, row - 1, c0)
            if self.organisations == "groups" and self.arrangement != "row pairs":
                total(row, g[0]["organisation"] + " total", g, None, None)
                row += 2
        end = row - 1
        if self.grand and self.arrangement != "row pairs":
            total(row, self.grand, everything, None, None)
            row += 1
        if self.table:
            s.table, s.table_row = f"{letter(c0)}{last_heading}:{letter(width + len(self.extras[2:]) - 1)}{end}", last_heading
            if self.grand:
                pass
        if self.hidden and not self.table and not s.filter:
            s.filter = f"{letter(c0)}{last_heading}:{letter(width - 1)}{end}"
            wanted = self.rng.sample(self.scheme_rows, 2)
            for r in wanted:
                s.hidden_rows.add(r)
        if self.footer == "notes":
            s.put(row + 2, c0, "Notes")
            s.put(row + 3, c0, "1. Unidentified savings have a row of their own.")
            s.put(row + 4, c0, "2. Figures are provisional until month 3 closes.")
        elif self.footer == "key":
            for i, t in enumerate(["Key", "R = Red", "A = Amber", "G = Green"]):
                s.put(row + 2 + i, c0, t)
        elif self.footer == "summary" and self.grand:
            for i, t in enumerate(["Red", "Amber", "Green"]):
                s.put(row + 3 + i, name_at, t)
                s.put(row + 3 + i, first_amount, self.scaled(sum((sum(x["plan"]) for x in everything if x["rating"] == t.lower()), Decimal(0))))
        elif self.footer == "signature":
            s.put(row + 3, c0, "Prepared by: Finance")
            s.put(row + 3, first_amount, "Date:")
        return row

    def scheme_row(self, s, x, row, c0, first_amount, amounts, extras_before, begun):
        self.scheme_rows.append(row)
        for i, f in enumerate(self.fields):
            if f == "organisation" and self.organisations == "merged" and row != begun:
                continue
            v = self.field_value(x, f)
            s.put(row, c0 + i, v, "dd/mm/yyyy" if isinstance(v, date) else None)
        for i, e in enumerate(extras_before):
            s.put(row, first_amount - len(extras_before) + i, self.extra(e))
        if self.arrangement == "row pairs":
            kind_at = first_amount - len(extras_before) - 1
            s.put(row, kind_at, "Plan")
            s.put(row + 1, kind_at, "Actual")
            for i, (_, value) in enumerate(amounts):
                s.put(row, first_amount + i, self.shown(value(x)))
                s.put(row + 1, first_amount + i, self.shown(value(dict(x, plan=x["actual"]))))
            return row + 2
        for i, (_, value) in enumerate(amounts):
            s.put(row, first_amount + i, self.shown(value(x)))
        for i, e in enumerate(self.extras[2:]):
            s.put(row, first_amount + len(amounts) + i, self.extra(e))
        return row + 1

    def extra(self, e):
        rng = self.rng
        return {"Comments": rng.choice(["on track", "slipped from May", None]), "Cost centre": rng.randint(10000, 99999), "End date": date(2020, 3, 31),
                "PID complete?": rng.choice(["Y", "N"]), "Risk description": "staffing in Q3", "Next review": date(2019, 7, 1), "Budget code": f"A{rng.randint(1000, 9999)}",
                "Exec sponsor": "Director of Finance", "Confidence %": 0.85, "Last updated": date(2019, 6, 30), "QIA date": date(2019, 3, 1), "Milestones": 4}[e]

    def write(self, path):
        self.chosen, self.one_row_order = {}, self.rng.random() < 0.5
        marked = f" {self.unit}".replace("'", "") if self.unit_at == "sheet" else ""
        if self.arrangement == "sheets":
            titles = [(f"Plan{marked}", self.schemes, ("plan",)), (f"Actual{marked}", self.schemes, ("actual",))]
        elif self.organisations == "sheets":
            keys = ("plan",) if self.arrangement == "row pairs" else ("plan", "actual")
            titles = [(self.names[code] + marked, [s], keys) for code, s in zip(self.codes, self.schemes)]
        elif self.arrangement == "row pairs":
            titles = [("Tracker" + marked, self.schemes, ("plan",))]
        else:
            titles = [("CIP tracker" + marked, self.schemes, ("plan", "actual"))]
        self.first_title = titles[0][0]
        state = self.rng.getstate()
        sheets = []
        for i, (title, groups, keys) in enumerate(titles):
            if self.arrangement == "sheets" and i == 1:
                hold, self.hidden = self.hidden, False
            sheets.append(self.build(title, groups, keys))
        if self.rng.random() < 0.5:
            cover = sheet_of("Cover")
            cover.put(2, 2, "Cost improvement programme 2019/20")
            cover.put(4, 2, "One row for each scheme.")
            sheets.insert(0, cover)
        (write_openpyxl if self.library == "openpyxl" else write_xlsxwriter)(path, sheets, self.epoch_1904)

    def traits(self):
        return {k: v for k, v in vars(self).items() if k in ("arrangement", "months", "unit", "unit_at", "ratings", "kinds", "organisations", "subtotals", "grand", "merge", "totals",
                                                               "row", "column", "extras", "hidden", "table", "blank_rows", "footer", "zeros", "library", "epoch_1904", "style", "flags", "chosen", "one_row_order",
                                                               "banner", "said_status", "cumulative", "repeated", "numbered", "names")}


BY = "organisation,reference,scheme,rag,recurrent,cash_releasing,qia,stage,start,cmg,workstream,lead,type"


def run(path, l, month):
    command = [TOOL, *known(["track", path, "--json", "--month", month, "--by", BY])]
    if l.unit_at == "option":
        command += ["--unit", l.unit.rstrip("s").replace("'", "").replace("k", "000")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if not done.stdout:
        raise SystemExit(f"{path}: no answer: {done.stderr}")
    return json.loads(done.stdout), done


def money(v):
    return f"{v:.2f}"


def wanted(l, s, month):
    has = set(l.fields)
    word = lambda f, yes, no: None if f not in has or s[f] is None else yes if s[f] else no
    by = {"organisation": l.names[s["organisation"]], "reference": str(l.number(s)) if l.numbered and s["reference"] else s["reference"] or None, "scheme": s["name"], "rag": s["rating"],
          "recurrent": word("recurrent", "recurrent", "non-recurrent"), "cash_releasing": word("cash", "cash-releasing", "non-cash-releasing"),
          "qia": s["qia"] or None if "qia" in has else None, "stage": s["stage"] or None if "stage" in has else None,
          "start": None if "start" not in has or s["start"] is None else f"M{s['start'] + 1}",
          "division": s["division"] or None, "workstream": s["workstream"] or None if "workstream" in has else None,
          "lead": s["lead"] or None if "lead" in has else None, "type": s["type"] or None if "type" in has else None}
    figures = {"plan": money(sum(s["plan"])), "plan_to_date": money(sum(s["plan"][:month])), "actual_to_date": money(sum(s["actual"][:month])),
               "forecast": money(sum(s["actual"]))}
    if "fye" in has and s["fye"] is not None:
        figures["full_year_effect"] = money(s["fye"])
    return by, figures


def problems(l, path):
    out = []
    at = l.style["month"] or 3
    for month in sorted({1, 4, at, 12}):
        got, done = run(path, l, month)
        errors = [f["message"] for f in got["findings"] if f["severity"] == "error"]
        if errors:
            out.append(f"error findings: {errors[:3]}")
        groups = {(g["by"]["organisation"], g["by"]["reference"], g["by"]["scheme"]): g for g in got["groups"]}
        all_schemes = [s for group in l.schemes for s in group]
        if got["schemes"] != len(all_schemes):
            out.append(f"{got['schemes']} schemes, not {len(all_schemes)}")
        for s in all_schemes:
            by, figures = wanted(l, s, month)
            g = groups.get((by["organisation"], by["reference"], by["scheme"]))
            if g is None:
                out.append(f"missing {by['organisation']} {by['reference']} {by['scheme']}")
                break
            if "division" not in l.fields and l.subtotals != "label" or l.repeated:
                by["division"] = g["by"]["division"]
            for k, v in by.items():
                if g["by"].get(k) != v:
                    out.append(f"{s['reference']} {k}: {g['by'].get(k)!r}, not {v!r}")
            for k, v in figures.items():
                # What nobody has planned for is unknown, not nil; so is a nought that the sheet leaves blank.
                unknown = g[k] is None and v == "0.00" and (s["rating"] == "unidentified" or l.zeros == "blank")
                if g[k] != v and not unknown:
                    out.append(f"{s['reference']} M{month} {k}: {g[k]}, not {v}")
        hidden = l.hidden and not l.table
        if hidden and not any("hidden" in f["rule"] for f in got["findings"]):
            out.append("hidden rows are not mentioned")
        if out:
            break
    return out


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(FIRST, FIRST + COUNT):
            l = layout(seed)
            path = Path(KEEP or folder) / f"tracker-{seed}.xlsx"
            l.write(path)
            found = problems(l, path)
            if found:
                bad += 1
                print(f"seed {seed}: {len(found)} problems: " + "; ".join(found[:4]) + f"\n   {l.traits()}")
    print(f"{COUNT - bad} of {COUNT} layouts read exactly")
    return 1 if bad else 0


sys.exit(main())
