#!/usr/bin/python3
"""check_tracker_shapes.py TOOL [ROUNDS] [FIRST_SEED] [KEEP]: trackers in the odd shapes that finance teams send.

Where check_tracker_layouts.py draws every trait of a plain table, each shape here is one thing that plain tables do not
have: quarters above the months, totals above their schemes, plan and actual of one month only, schemes line by line. A
shape is read to the penny by track, risk and import, or, where it can be read in two ways, refused by a named rule.
"""
import json
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

try:
    import xlsxwriter
    from xlsxwriter.utility import xl_rowcol_to_cell
except ImportError:
    print("skipped: XlsxWriter is not here")
    sys.exit(77)

SHORT = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
UNITS = {"£": 1, "£000": 1000, "£'000": 1000, "£m": 10 ** 6}
DETAILS = ["Scheme Ref", "Scheme name", "Division", "RAG"]


def first_of(m):
    return date(2019 + (m > 8), (m + 3) % 12 + 1, 1)


STYLES = [lambda m: SHORT[m], lambda m: f"M{m + 1}", lambda m: f"{SHORT[m]}-{first_of(m).year % 100}", lambda m: f"Month {m + 1}", first_of]
TEXT_STYLES = STYLES[:4]


def made_schemes(rng, count=None, code="UHL", month=3, prefix="S"):
    out = []
    for i in range(count or rng.randint(5, 12)):
        level, start = Decimal(rng.randint(2, 90) * 1000), rng.randint(0, 6)
        plan = [Decimal(0) if m < start else level for m in range(12)]
        actual = [p if m >= month else p * rng.randint(0, 11) / 10 for m, p in enumerate(plan)]
        out.append(dict(reference=f"{prefix}{i + 1:03}", name=f"{rng.choice(['Theatres', 'Beds', 'Agency', 'Drugs'])} {i + 1}", organisation=code,
                        division=["Surgery", "Medicine", "Corporate"][i * 3 // 12 % 3], rating=rng.choice(["red", "amber", "green"]), plan=plan, actual=actual))
    return sorted(out, key=lambda s: s["division"])


class page:
    """One sheet: cells with their formats, a value of (formula, result) being a formula."""

    def __init__(self, title="CIP tracker", heading="UHL CIP tracker 2019/20", unit="£"):
        self.title, self.unit, self.cells, self.merged, self.hidden = title, unit, {}, [], set()
        if heading:
            self.put(1, 1, heading)
        if unit:
            self.put(2, 1, f"All figures in {unit}")

    def put(self, r, c, v, form=None):
        if v is not None:
            self.cells[r, c] = (v, form or ("mmm-yy" if isinstance(v, date) else None))

    def amount(self, r, c, v):
        if v is not None:
            self.put(r, c, v / UNITS[self.unit or "£"])

    def line(self, r, values, c=1):
        for i, v in enumerate(values):
            self.put(r, c + i, v)

    def amounts(self, r, values, c):
        for i, v in enumerate(values):
            self.amount(r, c + i, v)

    def schemes(self, first, s, amounts=lambda x: x["plan"] + x["actual"]):
        """One below the other, with their details, and their amounts from the fifth column on."""
        for i, x in enumerate(s):
            self.line(first + i, details(x))
            self.amounts(first + i, amounts(x), 5)

    merge = True  # or a group's heading stands over its first column only

    def over(self, r, c, text, width):
        self.put(r, c, text)
        if width > 1 and page.merge:
            self.merged.append((r, c, r, c + width - 1))


def details(s):
    return [s["reference"], s["name"], s["division"], s["rating"].title()]


def write(path, pages):
    book = xlsxwriter.Workbook(str(path))
    forms = {}
    for p in pages:
        sheet = book.add_worksheet(p.title)
        for r1, c1, r2, c2 in p.merged:
            sheet.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, "")
        for (r, c), (v, form) in p.cells.items():
            f = forms.setdefault(form, book.add_format({"bg_color": form} if len(form) == 7 and form[0] == "#" else {"num_format": form})) if form else None
            if isinstance(v, tuple):
                result = v[1]
                sheet.write_formula(r - 1, c - 1, v[0], f, float(result) if isinstance(result, Decimal) else result)
            elif isinstance(v, date):
                sheet.write_datetime(r - 1, c - 1, v, f)
            else:
                sheet.write(r - 1, c - 1, float(v) if isinstance(v, Decimal) else v, f)
        for r in p.hidden:
            sheet.set_row(r - 1, None, None, {"hidden": True})
    book.close()


class case:
    """Pages, and the schemes that they hold; `refused`: the rules one of which may refuse instead, `args` what a person adds."""

    def __init__(self, pages, schemes, month=3, refused=(), args=(), map=None, only_stated=False, only_at_month=False, risk=True, must_say=()):
        self.pages, self.schemes, self.month, self.refused, self.args, self.map = pages, schemes, month, refused, args, map
        self.only_stated, self.only_at_month, self.risk, self.must_say = only_stated, only_stated or only_at_month, risk, must_say


def two_blocks(p, rng, schemes, row=4, style=None, kinds=("Plan", "Actual"), heads=DETAILS, values=details):
    """Headings in two rows, schemes from row + 2; the first columns of plan and actual, and the next free row."""
    style = style or rng.choice(STYLES)
    n = len(heads)
    p.line(row + 1, heads)
    for i, kind in enumerate(kinds):
        p.over(row, n + 1 + 12 * i, kind, 12)
        p.line(row + 1, [style(m) for m in range(12)], n + 1 + 12 * i)
    for i, s in enumerate(schemes):
        p.line(row + 2 + i, values(s))
        p.amounts(row + 2 + i, s["plan"] + s["actual"], n + 1)
    return n + 1, n + 13, row + 2 + len(schemes)


# ---- the shapes

def quarters_above(rng):
    p, s = page(unit=rng.choice(list(UNITS))), made_schemes(rng)
    style = rng.choice(STYLES)
    p.line(6, DETAILS)
    for b, kind in enumerate(("Plan", "Actual / Forecast")):
        at = 5 + 12 * b
        p.over(4, at, kind, 12)
        for q in range(4):
            p.over(5, at + 3 * q, rng.choice([f"Q{q + 1}", f"Quarter {q + 1}"]), 3)
        p.line(6, [style(m) for m in range(12)], at)
    p.schemes(7, s)
    return case([p], s)


def years_above(rng):
    p, s = page(), made_schemes(rng)
    text = rng.random() < 0.5
    p.line(6, DETAILS)
    for b, kind in enumerate(("Plan", "Actual")):
        at = 5 + 12 * b
        p.over(4, at, kind, 12)
        p.over(5, at, "2019" if text else 2019, 9)
        p.over(5, at + 9, "2020" if text else 2020, 3)
        p.line(6, SHORT, at)
    p.schemes(7, s)
    return case([p], s)


def actual_then_forecast_by_letter(rng):
    p, s = page(unit=rng.choice(["£", "£000"])), made_schemes(rng)
    form = rng.choice(["{} {}", "{} ({})", "{}-{}"])
    p.line(5, DETAILS)
    p.over(4, 5, "Plan", 12)
    p.over(4, 17, rng.choice(["Actual / Forecast", "Actual/Forecast"]), 12)
    p.line(5, SHORT, 5)
    p.line(5, [form.format(SHORT[m], "A" if m < 3 else "F") for m in range(12)], 17)
    p.schemes(6, s)
    return case([p], s)


def totals_above(rng):
    p, s = page(), made_schemes(rng, 11)
    formulas = rng.random() < 0.6
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    for b, kind in enumerate(("Plan", "Actual")):
        p.over(4, 5 + 12 * b, kind, 12)
        p.line(5, [style(m) for m in range(12)], 5 + 12 * b)
    row = 6
    for division in sorted({x["division"] for x in s}):
        members = [x for x in s if x["division"] == division]
        p.put(row, 2, division)
        for i in range(24):
            v = sum((x["plan"] + x["actual"])[i] for x in members)
            cells = (xl_rowcol_to_cell(row, 4 + i), xl_rowcol_to_cell(row + len(members) - 1, 4 + i))
            p.put(row, 5 + i, (f"=SUM({cells[0]}:{cells[1]})", v) if formulas else v)
        for i, x in enumerate(members):
            p.line(row + 1 + i, [x["reference"], x["name"], None, x["rating"].title()])
            p.amounts(row + 1 + i, x["plan"] + x["actual"], 5)
        row += 1 + len(members)
    return case([p], s)


def total_first(rng):
    p, s = page(), made_schemes(rng)
    _, _, end = two_blocks(p, rng, [], row=4)
    p.put(6, 2, rng.choice(["Total", "Trust total", "TOTAL CIP"]))
    p.amounts(6, [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)], 5)
    p.schemes(7, s)
    return case([p], s)


def total_above_headings(rng):
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s, row=5)
    p.put(4, 4, "Total")
    for i in range(24):
        cells = (xl_rowcol_to_cell(6, 4 + i), xl_rowcol_to_cell(5 + len(s), 4 + i))
        p.put(4, 5 + i, (f"=SUBTOTAL(9,{cells[0]}:{cells[1]})", sum((x["plan"] + x["actual"])[i] for x in s)))
    return case([p], s)


def lines_of_each_scheme(rng):
    p, s = page(unit=rng.choice(["£", "£000"])), made_schemes(rng)
    lines = rng.choice([["Plan", "Actual"], ["Plan", "Actual", "Variance"], ["Plan", "Forecast", "Variance"], ["Budget", "Actual/Forecast", "Variance", "Cumulative variance"]])
    how = rng.choice(["first", "repeated", "merged"])
    p.line(4, DETAILS + [rng.choice(["Measure", "Line", "Plan/Actual", None])] + [STYLES[rng.randint(0, 3)](m) for m in range(12)] + ["Total"])
    row = 5
    for x in s:
        for i, kind in enumerate(lines):
            if i == 0 or how == "repeated":
                p.line(row, details(x))
            p.put(row, 5, kind)
            values = x["plan"] if i == 0 else x["actual"] if i == 1 else [a - b for a, b in zip(x["actual"], x["plan"])]
            p.amounts(row, values + [sum(values)], 6)
            row += 1
        if how == "merged":
            for c in range(1, 5):
                p.merged.append((row - len(lines), c, row - 1, c))
    return case([p], s)


def a_line_a_month(rng):
    p, s = page(), made_schemes(rng, 6)
    p.line(4, DETAILS + [rng.choice(["Month", "Period"]), "Plan", "Actual"])
    row = 5
    for x in s:
        for m in range(12):
            p.line(row, details(x) + [f"M{m + 1}" if rng.random() < 2 else 0])
            p.amounts(row, [x["plan"][m], x["actual"][m]], 6)
            row += 1
    return case([p], s, refused=("tracker.line_a_month",))


def stacked(rng):
    p, s = page(), made_schemes(rng)
    style, row = rng.choice(STYLES), 4
    for word, key in (("Plan", "plan"), (rng.choice(["Actual", "Actual / forecast"]), "actual")):
        p.put(row, 1, rng.choice(["{} savings by month", "{}"]).format(word))
        p.line(row + 1, DETAILS + [style(m) for m in range(12)])
        for i, x in enumerate(s):
            p.line(row + 2 + i, details(x))
            p.amounts(row + 2 + i, x[key], 5)
        row += 2 + len(s)
        p.put(row, 2, "Total")
        p.amounts(row, [sum(x[key][m] for x in s) for m in range(12)], 5)
        row += 3
    return case([p], s)


def months_only_groups(p, rng, s, m, row=4):
    """The three groups of a board report: the month, the year to date, the year."""
    p.line(row + 1, DETAILS)
    groups = [(rng.choice(["In month", f"Month {m}", "In-month"]), "Actual"), (rng.choice(["Year to date", "YTD", f"YTD M{m}"]), "Actual"), (rng.choice(["Full year", "Year"]), "Forecast")]
    for g, (title, second) in enumerate(groups):
        p.over(row, 5 + 3 * g, title, 3)
        p.line(row + 1, ["Plan", second, "Variance"], 5 + 3 * g)
    for i, x in enumerate(s):
        p.line(row + 2 + i, details(x))
        spans = [(m - 1, m), (0, m), (0, 12)]
        p.amounts(row + 2 + i, [v for a, b in spans for v in (sum(x["plan"][a:b]), sum(x["actual"][a:b]), sum(x["actual"][a:b]) - sum(x["plan"][a:b]))], 5)
    return row + 2 + len(s)


def month_to_date_year(rng):
    p, s = page(unit=rng.choice(["£", "£000"])), made_schemes(rng)
    months_only_groups(p, rng, s, 3)
    return case([p], s, only_stated=True)


def sheets_of_months(rng):
    pages, state, last = [], rng.getstate(), rng.randint(2, 4)
    s = made_schemes(rng, month=last)
    for m in range(1, last + 1):
        p = page(title=rng.choice([f"M{m}"]), heading=f"UHL CIP tracker 2019/20 month {m}")
        months_only_groups(p, rng, s, m)
        pages.append(p)
    return case(pages, s, month=last, only_stated=True)


def all_schemes_and_by_division(rng):
    s = made_schemes(rng, 12)
    whole = page(title=rng.choice(["All schemes", "Master", "Consolidated"]))
    two_blocks(whole, rng, s)
    pages = [whole]
    for division in sorted({x["division"] for x in s}):
        part = page(title=division)
        two_blocks(part, rng, [x for x in s if x["division"] == division])
        pages.append(part)
    if rng.random() < 0.5:
        pages = pages[1:] + pages[:1]
    return case(pages, s, refused=("tracker.repeated_schemes",))


def names_of_totals(rng):
    p, s = page(), made_schemes(rng)
    for x in s:
        x["reference"] = ""
    s[0]["name"], s[1]["name"], s[2]["name"] = "Total hip pathway", "Subtotal colectomy pathway", "Total parenteral nutrition"
    _, _, end = two_blocks(p, rng, s, heads=DETAILS[1:], values=lambda x: details(x)[1:])
    p.put(end, 1, "Total")
    p.amounts(end, [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)], 4)
    return case([p], s)


def headings_once_more(rng):
    p, s, row = page(), made_schemes(rng, 12), 4
    style = rng.choice(STYLES)
    for part in (s[:5], s[5:9], s[9:]):
        _, _, row = two_blocks(p, rng, part, row=row, style=style)
        row += rng.randint(0, 2)
    return case([p], s)


def box_above(rng):
    p, s = page(), made_schemes(rng)
    p.line(4, ["RAG", "Plan", "Forecast", "Variance"], 2)
    for i, r in enumerate(("red", "amber", "green")):
        of = [x for x in s if x["rating"] == r]
        plan, fot = sum(sum(x["plan"]) for x in of), sum(sum(x["actual"]) for x in of)
        p.line(5 + i, [r.title(), plan, fot, fot - plan], 2)
    two_blocks(p, rng, s, row=10)
    return case([p], s)


def many_columns(rng):
    p, s = page(unit=rng.choice(["£", "£'000"])), made_schemes(rng)
    heads = ["#", "Scheme Ref", "PID ref", "Scheme name", "Description of scheme", "Division", "Cost centre", "Exec lead", "Finance lead", "Start date", "End date",
             "Delivery RAG", "Quality RAG", "Finance comment"]
    number = iter(range(1, 99))
    two_blocks(p, rng, s, heads=heads, values=lambda x: [next(number), x["reference"], "PID-9", x["name"], "Words", x["division"], 40123, "A Khan", "B Jones", date(2019, 4, 1),
                                                         date(2020, 3, 31), x["rating"].title(), "Green", "in hand"])
    return case([p], s)


def target_and_gap_below(rng):
    p, s = page(), made_schemes(rng)
    _, _, row = two_blocks(p, rng, s)
    if rng.random() < 0.5:
        row += 1
    total = [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)]
    p.put(row, 2, rng.choice(["Total identified", "Total", "Total schemes"]))
    p.amounts(row, total, 5)
    target = [v + 5000 for v in total]
    p.put(row + 1, 2, rng.choice(["CIP target", "Target", "Savings target 2019/20"]))
    p.amounts(row + 1, target, 5)
    p.put(row + 2, 2, rng.choice(["Gap", "Gap to target", "Shortfall", "Over/(under) identified", "Variance to target"]))
    p.amounts(row + 2, [b - a for a, b in zip(total, target)], 5)
    return case([p], s)


def unidentified_below(rng):
    p, s = page(), made_schemes(rng)
    _, _, row = two_blocks(p, rng, s)
    total = [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)]
    p.put(row, 2, "Total identified")
    p.amounts(row, total, 5)
    gap = dict(reference="", name="Unidentified", organisation="UHL", division="", rating="unidentified", plan=[Decimal(7000)] * 12, actual=[Decimal(0)] * 12)
    p.put(row + 1, 2, "Unidentified")
    p.amounts(row + 1, gap["plan"] + gap["actual"], 5)
    p.put(row + 2, 2, rng.choice(["Total target", "Grand total", "Total CIP"]))
    p.amounts(row + 2, [a + b for a, b in zip(total, gap["plan"] + gap["actual"])], 5)
    return case([p], s + [gap])


def check_row(rng):
    p, s = page(), made_schemes(rng)
    _, _, row = two_blocks(p, rng, s)
    p.put(row, 2, "Total")
    p.amounts(row, [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)], 5)
    p.put(row + 1, 2, rng.choice(["Check", "check total", "Control check"]))
    p.amounts(row + 1, [Decimal(0)] * 24, 5)
    return case([p], s)


def variance_in_other_words(rng):
    p, s = page(), made_schemes(rng)
    word = rng.choice(["Over/(under) delivery", "Better/(worse)", "Favourable/(adverse)", "+/-", "Fav/(Adv)", "Over / (Under) achievement", "Gap"])
    style = rng.choice(STYLES)
    two_blocks(p, rng, s, style=style)
    p.over(4, 29, word, 12)
    p.line(5, [style(m) for m in range(12)], 29)
    for i, x in enumerate(s):
        p.amounts(6 + i, [a - b for a, b in zip(x["actual"], x["plan"])], 29)
    return case([p], s)


def actuals_and_one_forecast(rng):
    p, s = page(unit=rng.choice(["£", "£000"])), made_schemes(rng)
    style = rng.choice(STYLES)
    two_blocks(p, rng, s, style=style)
    for i in range(len(s)):
        for c in range(20, 29):
            p.cells.pop((6 + i, c), None)
    p.put(5, 29, rng.choice(["Forecast outturn", "FOT", "Full year forecast", "Year end forecast"]))
    for i, x in enumerate(s):
        p.amount(6 + i, 29, sum(x["actual"]))
    return case([p], s, only_at_month=True)


def actuals_so_far(rng):
    """Only the months that have passed have a column; the forecast is one figure."""
    p, s = page(), made_schemes(rng)
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    p.over(4, 5, "Plan", 12)
    p.line(5, [style(m) for m in range(12)], 5)
    p.over(4, 17, "Actual", 3)
    p.line(5, [style(m) for m in range(3)], 17)
    p.put(5, 20, "Forecast outturn")
    p.schemes(6, s, lambda x: x["plan"] + x["actual"][:3] + [sum(x["actual"])])
    return case([p], s, only_at_month=True)


def phasing_in_percent(rng):
    p, s = page(), made_schemes(rng)
    style = rng.choice(STYLES)
    head = rng.choice(["Phasing %", "% phasing", "Profile (%)", "Plan phasing %"])
    p.line(5, DETAILS)
    p.over(4, 5, head, 12)
    p.line(5, [style(m) for m in range(12)], 5)
    for b, kind in enumerate(("Plan", "Actual")):
        p.over(4, 17 + 12 * b, kind, 12)
        p.line(5, [style(m) for m in range(12)], 17 + 12 * b)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
        for m in range(12):
            p.put(6 + i, 5 + m, (x["plan"][m] / sum(x["plan"])).quantize(Decimal("0.0001")), "0.0%")
        p.amounts(6 + i, x["plan"] + x["actual"], 17)
    return case([p], s)


def another_year(rng):
    p, s = page(), made_schemes(rng)
    other = rng.choice(["2018/19 actual", "2020/21 plan", "Prior year actual", "18/19 Actual"])
    before = rng.random() < 0.5
    p.line(5, DETAILS)
    blocks = [(other, None), ("2019/20 plan", "plan"), ("2019/20 actual", "actual")]
    for b, (kind, key) in enumerate(blocks if before else blocks[1:] + blocks[:1]):
        p.over(4, 5 + 12 * b, kind, 12)
        p.line(5, SHORT, 5 + 12 * b)
        for i, x in enumerate(s):
            p.amounts(6 + i, x[key] if key else [Decimal(77)] * 12, 5 + 12 * b)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
    return case([p], s, refused=("tracker.ambiguous_column",))


def another_quantity(rng):
    p, s = page(), made_schemes(rng)
    head = rng.choice(["WTE plan", "WTE", "Headcount reduction", "Plan WTE", "Risk adjusted plan", "Investment", "Gross savings"])
    first = rng.random() < 0.5
    p.line(5, DETAILS)
    style = rng.choice(STYLES)
    blocks = [("Plan", "plan"), ("Actual", "actual")]
    blocks.insert(0 if first else 2, (head, None))
    for b, (kind, key) in enumerate(blocks):
        p.over(4, 5 + 12 * b, kind, 12)
        p.line(5, [style(m) for m in range(12)], 5 + 12 * b)
        for i, x in enumerate(s):
            p.amounts(6 + i, x[key] if key else [Decimal("3.5")] * 12, 5 + 12 * b)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
    return case([p], s, refused=("tracker.ambiguous_column",))


def months_by_formula(rng):
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s, style=first_of)
    for b in range(2):
        for m in range(1, 12):
            p.put(5, 5 + 12 * b + m, (f"=EDATE({xl_rowcol_to_cell(4, 3 + 12 * b + m)},1)", (first_of(m) - date(1899, 12, 30)).days), "mmm-yy")
    return case([p], s)


def lines_in_headings(rng):
    p, s = page(unit=None), made_schemes(rng)
    p.unit = rng.choice(["£", "£000"])
    form = rng.choice(["Plan\n{m}\n{u}", "{m}\nPlan\n{u}", "{m}\nPlan ({u})", "Plan {m}\n{u}"])
    p.line(4, DETAILS + [form.format(m=SHORT[m], u=p.unit) for m in range(12)] + [form.format(m=SHORT[m], u=p.unit).replace("Plan", "Actual") for m in range(12)])
    p.schemes(5, s)
    return case([p], s)


def short_words(rng):
    p, s = page(), made_schemes(rng)
    plan, actual = rng.choice([("Pl", "Act"), ("Bud", "Act"), ("Plan", "Fcst"), ("Tgt", "Actual"), ("Planned value", "Achieved value"), ("PLAN £", "ACTUAL £"), ("Budget phasing", "Actual delivery")])
    form = rng.choice(["{k} {m}", "{m} {k}", "{m} - {k}", "{k}: {m}", "{k} - {m}", "{k}_{m}"])
    style = rng.choice(TEXT_STYLES)
    p.line(4, DETAILS + [form.format(k=plan, m=style(m)) for m in range(12)] + [form.format(k=actual, m=style(m)) for m in range(12)])
    p.schemes(5, s)
    return case([p], s)


def rating_by_colour(rng):
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s, values=lambda x: details(x)[:3])
    for i, x in enumerate(s):
        p.put(6 + i, 4, "", {"red": "#FF0000", "amber": "#FFC000", "green": "#00B050"}[x["rating"]])
        x["rating"] = None
    return case([p], s, risk=False, must_say=("rating.missing",))


def rating_in_longer_words(rng):
    p, s = page(), made_schemes(rng)
    form = rng.choice(["{l} - {w}", "{w} ({l})", "{w} RAG", "RAG: {w}", "{w} rated", "1. {w}"])
    two_blocks(p, rng, s, values=lambda x: details(x)[:3] + [form.format(l=x["rating"][0].upper(), w=x["rating"].title())])
    return case([p], s)


def rating_in_two_ways(rng):
    p, s = page(), made_schemes(rng)
    form = rng.choice(["{w} - {o} risk", "{w}/{x}", "{w} (was {x})"])
    degree, other = {"red": "low", "amber": "high", "green": "high"}, {"red": "Amber", "amber": "Green", "green": "Red"}
    two_blocks(p, rng, s, values=lambda x: details(x)[:3] + [form.format(w=x["rating"].title(), o=degree[x["rating"]], x=other[x["rating"]])])
    return case([p], s, refused=("rating.unknown", "savings.unknown_rating", "tracker.unknown_rating"))


def rating_unknown(rng):
    p, s = page(), made_schemes(rng)
    s[0]["rating"] = "green"
    word = rng.choice(["Blue", "Complete", "B", "Delivered"])
    two_blocks(p, rng, s, values=lambda x: details(x)[:3] + [word if x is s[0] else x["rating"].title()])
    return case([p], s, map=f'[ratings]\n"{word}" = "green"\n')


def plan_only(rng):
    p, s = page(unit=rng.choice(list(UNITS))), made_schemes(rng)
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    p.over(4, 5, rng.choice(["Plan", "2019/20 plan", "Planned savings"]), 12)
    p.line(5, [style(m) for m in range(12)], 5)
    for i, x in enumerate(s):
        x["actual"] = [Decimal(0)] * 12
        p.line(6 + i, details(x))
        p.amounts(6 + i, x["plan"], 5)
    return case([p], s)


def four_a_month(rng):
    p, s = page(), made_schemes(rng)
    style = rng.choice(STYLES)
    kinds = rng.choice([["Plan", "Actual", "Var"], ["Plan", "Actual", "Variance", "Cum variance"], ["Plan", "Forecast", "Var", "%"]])
    p.line(5, DETAILS)
    for m in range(12):
        p.over(4, 5 + len(kinds) * m, style(m), len(kinds))
        p.line(5, kinds, 5 + len(kinds) * m)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
        for m in range(12):
            a, b = x["plan"][m], x["actual"][m]
            p.amounts(6 + i, [a, b, b - a, Decimal("0.5")][:len(kinds)], 5 + len(kinds) * m)
    return case([p], s)


def two_plans(rng):
    p, s = page(), made_schemes(rng)
    first, second = rng.choice([("Original plan", "Revised plan"), ("Original plan", "Latest plan"), ("Baseline plan", "Current plan"), ("Plan", "Revised plan"), ("Initial plan", "Re-based plan")])
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    for b, (kind, key) in enumerate(((first, "first"), (second, "plan"), ("Actual", "actual"))):
        p.over(4, 5 + 12 * b, kind, 12)
        p.line(5, [style(m) for m in range(12)], 5 + 12 * b)
        for i, x in enumerate(s):
            p.amounts(6 + i, x.get(key) or [v + 1000 for v in x["plan"]], 5 + 12 * b)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
    out = case([p], s, refused=("tracker.two_blocks",))
    out.map = f'[tracker]\nblocks = {{ plan = "{second}" }}\n'
    return out


def units_in_words(rng):
    words, scale = rng.choice([("£'s", 1), ("£ 000's", 1000), ("£,000", 1000), ("GBP", 1), ("£000s", 1000), ("£k", 1000), ("£ thousands", 1000), ("£ million", 10 ** 6), ("£mn", 10 ** 6), ("£ (000)", 1000)])
    p, s = page(unit=None), made_schemes(rng)
    p.put(2, 1, rng.choice(["All figures in {}", "Units: {}", "({})", "{} unless stated"]).format(words))
    p.unit = {1: "£", 1000: "£000", 10 ** 6: "£m"}[scale]
    two_blocks(p, rng, s)
    return case([p], s, refused=("tracker.no_unit",))


def typed_amounts(rng):
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s)
    forms = [lambda v: f"£{v:,.0f}", lambda v: f"{v:,.2f}", lambda v: f" {v:,.0f} ", lambda v: "–" if v == 0 else f"{v:.0f}", lambda v: "nil" if v == 0 else f"{v:.0f}"]
    form = rng.choice(forms)
    for i, x in enumerate(s):
        for m, v in enumerate(x["plan"] + x["actual"]):
            p.put(6 + i, 5 + m, form(v))
    return case([p], s)


def split_of_recurrence(rng):
    p, s = page(), made_schemes(rng)
    heads = DETAILS + ["Recurrent £", "Non-recurrent £", "Full year plan", "Investment £"]
    two_blocks(p, rng, s, heads=heads, values=lambda x: details(x) + [sum(x["plan"]), 0, sum(x["plan"]), 500])
    return case([p], s)


def odd_subtotals(rng):
    p, s = page(), made_schemes(rng, 11)
    form = rng.choice(["{} Total", "TOTAL {}", "Sub-total: {}", "S/T {}", "Total for {}", "{} sub total", "{} (total)"])
    where = rng.choice([1, 2, 3])
    two_blocks(p, rng, [])
    row = 6
    for division in sorted({x["division"] for x in s}):
        members = [x for x in s if x["division"] == division]
        for x in members:
            p.line(row, details(x))
            p.amounts(row, x["plan"] + x["actual"], 5)
            row += 1
        p.put(row, where, form.format(division))
        p.amounts(row, [sum((x["plan"] + x["actual"])[i] for x in members) for i in range(24)], 5)
        row += 1 + rng.randint(0, 1)
    return case([p], s)


def far_away(rng):
    p, s = page(unit="£000"), made_schemes(rng)
    q = page(title="Tracker", heading="UHL CIP tracker 2019/20", unit="£000")
    two_blocks(p, rng, s)
    q.cells.update({(r + 28, c + 5): v for (r, c), v in p.cells.items() if r > 3})
    q.merged += [(a + 28, b + 5, c + 28, d + 5) for a, b, c, d in p.merged]
    for i, t in enumerate(["List of ratings", "Red", "Amber", "Green"]):
        q.put(33 + i, 40, t)
    return case([q], s)


def unknown_bodies(rng):
    names = ["Northern Mill Hospitals", "Fenland Mental Health"]
    s = made_schemes(rng, 5, names[0]) + made_schemes(rng, 5, names[1], prefix="T")
    p = page(heading="System CIP tracker 2019/20")
    head = rng.choice(["Provider", "Organisation", "Trust", "Org"])
    two_blocks(p, rng, s, heads=[head] + DETAILS, values=lambda x: [x["organisation"]] + details(x))
    return case([p], s)


def savings_negative(rng):
    p, s = page(), made_schemes(rng)
    for x in s:
        x["plan"], x["actual"] = [-v for v in x["plan"]], [-v for v in x["actual"]]
    two_blocks(p, rng, s)
    return case([p], s, must_say=("savings.negative", "savings.all_negative"))


def months_in_reverse_and_scattered(rng):
    p, s = page(), made_schemes(rng)
    p.line(4, DETAILS + [f"{SHORT[m]} {k}" for m in reversed(range(12)) for k in ("Actual", "Plan")])
    p.schemes(5, s, lambda x: [v for m in reversed(range(12)) for v in (x["actual"][m], x["plan"][m])])
    return case([p], s)


def total_and_quarter_columns(rng):
    p, s = page(unit=rng.choice(["£", "£000"])), made_schemes(rng)
    p.line(5, DETAILS)
    c = 5
    for key, kind in (("plan", "Plan"), ("actual", "Actual / Forecast")):
        first = c
        for m in range(12):
            p.put(5, c, SHORT[m])
            for i, x in enumerate(s):
                p.amount(6 + i, c, x[key][m])
            c += 1
            if m % 3 == 2:
                p.put(5, c, f"Q{m // 3 + 1} total")
                for i, x in enumerate(s):
                    p.amount(6 + i, c, sum(x[key][m - 2:m + 1]))
                c += 1
        p.put(5, c, rng.choice(["FY 19/20", "Total", "2019/20 total", "Annual"]))
        for i, x in enumerate(s):
            p.amount(6 + i, c, sum(x[key]))
        p.over(4, first, kind, c - first + 1)
        c += 2
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
    return case([p], s)


def notes_among_schemes(rng):
    p, s = page(), made_schemes(rng, 9)
    two_blocks(p, rng, [])
    row = 6
    for i, x in enumerate(s):
        if i in (3, 6):
            p.put(row, 1, rng.choice(["Schemes under development", "Note: figures below are subject to QIA sign off by the Medical Director", "Corporate"]))
            row += 1
        p.line(row, details(x))
        p.amounts(row, x["plan"] + x["actual"], 5)
        row += 1
    return case([p], s)


def plan_in_thousands_effect_in_pounds(rng):
    p, s = page(unit=None), made_schemes(rng)
    p.unit = "£000"
    heads = DETAILS + ["Full year effect (£)"]
    two_blocks(p, rng, s, heads=heads, kinds=("Plan (£000)", "Actual (£000)"), values=lambda x: details(x) + [Decimal(120000)])
    return case([p], s)


def more_than_one_tracker(rng):
    a, b = made_schemes(rng, 6), made_schemes(rng, 6, "LPT", prefix="L")
    pages = [page(title="UHL CIP", heading="UHL CIP tracker 2019/20", unit="£000"), page(title="LPT CIP", heading="LPT CIP tracker 2019/20", unit="£")]
    two_blocks(pages[0], rng, a)
    two_blocks(pages[1], rng, b, kinds=("Budget", "Forecast"))
    summary = page(title="Summary", heading="System summary 2019/20", unit="£000")
    summary.line(4, ["Organisation", "Plan", "Forecast", "Variance"])
    for i, (code, s) in enumerate((("UHL", a), ("LPT", b))):
        plan, fot = sum(sum(x["plan"]) for x in s), sum(sum(x["actual"]) for x in s)
        summary.line(5 + i, [code, plan / 1000, fot / 1000, (fot - plan) / 1000])
    return case([summary] + pages, a + b)


def schemes_left_blank(rng):
    """Ideas without a figure yet, and rows kept for later."""
    p, s = page(), made_schemes(rng, 8)
    _, _, row = two_blocks(p, rng, s)
    idea = dict(reference="S900", name="Idea", organisation="UHL", division="Surgery", rating="red", plan=[Decimal(0)] * 12, actual=[Decimal(0)] * 12)
    p.line(row, details(idea))
    for i in range(3):
        p.put(row + 1 + i, 1, f"S90{i + 1}")
    p.put(row + 4, 2, "Total")
    p.amounts(row + 4, [sum((x["plan"] + x["actual"])[i] for x in s) for i in range(24)], 5)
    return case([p], s + [idea])


def banner_in_other_words(rng):
    p, s = page(unit="£000"), made_schemes(rng)
    style = rng.choice(STYLES)
    two_blocks(p, rng, s, row=5, style=style)
    p.over(4, 1, "About the scheme", 4)
    p.over(4, 5, rng.choice(["Financial information", "Savings profile", "Money"]), 24)
    return case([p], s)


def comments_after_months(rng):
    p, s = page(), made_schemes(rng)
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    for m in range(12):
        p.over(4, 5 + 2 * m, style(m), 2)
        p.line(5, ["Plan", "Actual"], 5 + 2 * m)
    p.line(5, [rng.choice(["Comments", "Finance comments", "Risks"]), "Full year effect", "Confidence"], 29)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
        p.amounts(6 + i, [v for m in range(12) for v in (x["plan"][m], x["actual"][m])], 5)
        p.line(6 + i, ["delayed in May", 1200, 3], 29)
    return case([p], s)


def years_planned_twice(rng):
    p, s = page(), made_schemes(rng)
    p.line(4, DETAILS + ["Original plan", "Revised plan", "Plan to date", "Actual to date", "Forecast outturn"])
    p.schemes(5, s, lambda x: [sum(x["plan"]) + 9000, sum(x["plan"]), sum(x["plan"][:3]), sum(x["actual"][:3]), sum(x["actual"])])
    return case([p], s, refused=("tracker.ambiguous_column",), map='[tracker]\ncolumns = { plan_year = "F" }\n', only_stated=True)


def side_by_side(rng):
    """Plan and actual as two tables next to each other, each with its own references."""
    p, s = page(), made_schemes(rng)
    style = rng.choice(STYLES)
    at = 4 + 12 + 3
    p.over(4, 1, "Plan", 16)
    p.over(4, at, "Actual", 16)
    for first, key in ((1, "plan"), (at, "actual")):
        p.line(5, DETAILS + [style(m) for m in range(12)], first)
        for i, x in enumerate(s):
            p.line(6 + i, details(x), first)
            p.amounts(6 + i, x[key], first + 4)
    return case([p], s)


def gaps_between_blocks(rng):
    p, s = page(unit="£m"), made_schemes(rng)
    style = rng.choice(STYLES)
    p.line(5, DETAILS)
    for at, kind, key in ((7, "Plan", "plan"), (21, "Actual / Forecast", "actual")):
        p.over(4, at, kind, 12)
        p.line(5, [style(m) for m in range(12)] + ["Total"], at)
        for i, x in enumerate(s):
            p.amounts(6 + i, x[key] + [sum(x[key])], at)
    for i, x in enumerate(s):
        p.line(6 + i, details(x))
    return case([p], s)


def shown_in_thousands(rng):
    """The cells hold pounds, and their format shows thousands under a heading of £000."""
    p, s = page(unit="£000"), made_schemes(rng)
    two_blocks(p, rng, s)
    for (r, c), (v, form) in list(p.cells.items()):
        if r > 5 and c > 4:
            p.cells[r, c] = (v * 1000, "#,##0,")
    return case([p], s)


def long_titles_and_lists(rng):
    p, s = page(), made_schemes(rng)
    _, _, end = two_blocks(p, rng, s, row=12)
    for i, t in enumerate(["Cost improvement programme: guidance", "1. Plan is the plan agreed in March.", "2. Actual is what the ledger shows; forecast is the lead's.",
                           "3. Red, amber and green are as set out in the policy.", "Month 3 position as at 30 June 2019"]):
        p.put(4 + i, 1, t)
    for i, t in enumerate(["Key", "Red: not started", "Amber: at risk", "Green: on plan"]):
        p.put(end + 2 + i, 2, t)
    return case([p], s)


def columns_to_the_right(rng):
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s)
    heads = ["Total plan", "Total forecast", "Variance", "Delivery %", "Last month's forecast", "Movement", "Next steps"]
    p.line(5, heads, 30)
    for i, x in enumerate(s):
        a, b = sum(x["plan"]), sum(x["actual"])
        p.amounts(6 + i, [a, b, b - a, Decimal("0.9"), b - 100, Decimal(100)], 30)
        p.put(6 + i, 36, "meet the lead")
    return case([p], s)


def months_and_budget_codes(rng):
    """Row numbers, cost centres and years among the fields are no amounts."""
    p, s = page(), made_schemes(rng)
    two_blocks(p, rng, s, heads=["Year", "Scheme Ref", "Scheme name", "Cost centre", "Subjective code", "RAG"],
               values=lambda x: ["2019/20", x["reference"], x["name"], 45021, 3001, x["rating"].title()])
    return case([p], s)


def pay_and_non_pay_of_each_month(rng):
    """Two plans and two actuals of each month, of parts that nobody adds up: refused, not half read."""
    p, s = page(), made_schemes(rng)
    p.line(6, DETAILS)
    for b, (kind, key) in enumerate((("Plan", "plan"), ("Actual", "actual"))):
        p.over(4, 5 + 24 * b, kind, 24)
        for part in range(2):
            at = 5 + 24 * b + 12 * part
            p.over(5, at, ("Pay", "Non-pay")[part], 12)
            p.line(6, SHORT, at)
            for i, x in enumerate(s):
                p.amounts(7 + i, [v / 2 for v in x[key]], at)
    for i, x in enumerate(s):
        p.line(7 + i, details(x))
    return case([p], s, refused=("tracker.other_months", "tracker.two_blocks", "tracker.block_unnamed"))


SHAPES = [v for k, v in list(globals().items()) if callable(v) and getattr(v, "__code__", None) and v.__code__.co_varnames[:1] == ("rng",) and v.__code__.co_argcount == 1]


# ---- held against the tool

def run(tool, *args):
    done = subprocess.run([tool, *map(str, args)], capture_output=True, text=True, timeout=60)
    return done, json.loads(done.stdout) if done.stdout.startswith("{") else None


def money(v):
    return f"{v:.2f}"


def figures_differ(tool, path, c, extra):
    for month in sorted({c.month} if c.only_at_month else {c.month, 12}):
        done, got = run(tool, "track", path, "--json", "--month", month, "--by", "organisation,reference,scheme,rag", *extra)
        if got is None:
            return f"no answer: {done.stderr[:300]}"
        if got["schemes"] != len(c.schemes):
            return f"{got['schemes']} schemes, not {len(c.schemes)}"
        groups = {(g["by"]["organisation"], g["by"]["reference"], g["by"]["scheme"]): g for g in got["groups"]}
        for s in c.schemes:
            g = groups.get((s["organisation"], s["reference"] or None, s["name"]))
            if g is None:
                return f"missing {s['organisation']} {s['reference']} {s['name']}; there is {list(groups)[:3]}"
            if g["by"]["rag"] != s["rating"]:
                return f"{s['reference']} rating {g['by']['rag']}, not {s['rating']}"
            wanted = {"plan": sum(s["plan"]), "plan_to_date": sum(s["plan"][:month]), "actual_to_date": sum(s["actual"][:month]), "forecast": sum(s["actual"])}
            for k, v in wanted.items():
                if g[k] != money(v) and not (v == 0 and g[k] in (None, "0.00")):
                    return f"{s['reference']} M{month} {k}: {g[k]}, not {money(v)}"
        if not c.must_say and any(f["severity"] == "error" for f in got["findings"]):
            return f"read, with errors: {[f['message'] for f in got['findings'] if f['severity'] == 'error'][:2]}"
    if c.must_say and not any(f["rule"] in c.must_say for f in got["findings"]):
        return f"none of {c.must_say} is said: {[f['rule'] for f in got['findings']]}"
    if not c.risk:
        return None
    done, risk = run(tool, "risk", path, "--json", *extra)
    if risk and not c.must_say and any(f["severity"] == "error" for f in risk["findings"]):
        return f"risk, with errors: {[f['message'] for f in risk['findings'] if f['severity'] == 'error'][:2]}"
    for r in ("red", "amber", "green", "unidentified"):
        total = sum(sum(s["plan"]) for s in c.schemes if s["rating"] == r)
        said = risk["system"][r] if risk and risk.get("system") else None
        if said != money(total) and not (total == 0 and said in (None, "0.00")):
            return f"risk {r}: {said}, not {money(total)}"
    return None


def model_differs(tool, path, c, extra, folder):
    model = Path(folder) / "model.json"
    model.unlink(missing_ok=True)
    done, _ = run(tool, "import", path, "-o", model, *extra)
    if not model.exists():
        return f"import: {done.stderr[:400]}"
    rows = json.loads(model.read_text()).get("tracker", {}).get("schemes", [])
    if len(rows) != len(c.schemes):
        return f"import: {len(rows)} schemes, not {len(c.schemes)}"
    if not c.only_stated and sum(Decimal(v or 0) for r in rows for v in r.get("plan", [])) != sum(sum(s["plan"]) for s in c.schemes):
        return "import: another plan"
    return None


def tried(tool, path, c, folder):
    """"exact", "refused", or what is wrong."""
    extra = list(c.args)
    done, got = run(tool, "track", path, "--json", "--month", c.month, *extra)
    if got is None:
        return f"no answer: {done.stderr[:300]}"
    errors = [f for f in got["findings"] if f["severity"] == "error"]
    refused = [f for f in errors if f["rule"] in c.refused]
    if refused and c.map is None:
        return "refused"
    if c.map is not None:
        if not errors:
            return "neither refused nor asked, though a mapping settles it"
        if c.refused and not refused:
            return f"refused by {[f['rule'] for f in errors]}"
        mapping = Path(folder) / "map.toml"
        mapping.write_text(c.map)
        extra += ["--map", str(mapping)]
    wrong = figures_differ(tool, path, c, extra) or (model_differs(tool, path, c, extra, folder) if not c.must_say else None)
    return wrong or "exact"


def converted(paths, folder):
    """The same workbooks as LibreOffice writes them, in one run of it; nothing where it is not installed."""
    if not shutil.which("soffice"):
        print("LibreOffice skipped: it is not installed")
        return []
    out = Path(folder) / "converted"
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)],
                   check=True, capture_output=True)
    return [out / p.name for p in paths]


def main():
    tool, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    bad, tally, cases = 0, {"exact": 0, "refused": 0}, []
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(sys.argv[4] if len(sys.argv) > 4 else folder)
        for shape in SHAPES:
            for seed in range(first, first + rounds):
                page.merge = seed % 2 == 1
                c = shape(random.Random(f"{shape.__name__} {seed}"))
                cases.append((c, kept / f"{shape.__name__}-{seed}.xlsx", seed == first))
                write(cases[-1][1], c.pages)
        again = [(c, p) for c, p, of_first in cases if of_first]
        for c, path in [(c, p) for c, p, _ in cases] + list(zip([c for c, _ in again], converted([p for _, p in again], folder))):
            came_to = tried(tool, path, c, folder)
            if came_to in tally:
                tally[came_to] += 1
            else:
                bad += 1
                print(f"{'converted/' if path.parent.name == 'converted' else ''}{path.stem}: {came_to}")
    print(f"{tally['exact']} read exactly, {tally['refused']} refused by name, {bad} wrong, of {len(SHAPES)} shapes")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
