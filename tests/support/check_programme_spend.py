#!/usr/bin/env python3
"""check_programme_spend.py RISKSHARE: writes tables of a commissioner's programme spend in the layouts in which boards
print them, asks `position --json` for each, and compares every figure with its own arithmetic. A layout that leaves its
signs open must be refused (status 1 or 3, and a finding); a wrong figure with status 0 fails."""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

import openpyxl

AREAS = ["Acute services", "Community health services", "Mental health services", "Continuing care",
         "Primary care and prescribing", "Running costs", "Reserves"]
UNITS = {"£": Fraction(1000), "£000": Fraction(1), "£m": Fraction(1, 1000)}
PENCE = 100


def number(value):
    return int(value) if value.denominator == 1 else float(value)


class Table:
    """A sheet under way: rows of cells, and what is expected of each line in £000: (plan, actual), spending positive."""

    def __init__(self, seed, unit="£000", title="ICB programme spend month 6 2025/26, {unit}", sheet="ICB position"):
        self.random, self.unit, self.scale = random.Random(seed), unit, UNITS[unit]
        self.rows, self.expected, self.kind, self.status = [[title.format(unit=unit)], []], {}, "spending", 0
        self.headline, self.sheet, self.refused, self.basis = None, sheet, False, "to_date"

    def draw(self, labels=AREAS):
        return [(l, (self.random.randint(1000, 400000), 0)) for l in labels]

    def amounts(self, labels=AREAS, low=1000, high=400000):
        out = []
        for label in labels:
            plan = self.random.randint(low, high)
            out.append((label, plan, plan + self.random.randint(-plan // 20, plan // 20 or 1)))
        return out

    def cell(self, thousands):
        return number(Fraction(thousands) * self.scale)


def spend_row(t, label, plan, actual, printed=1, variance=True):
    """printed: 1 plan less actual, -1 actual less plan."""
    return [label, t.cell(plan), t.cell(actual)] + ([t.cell(printed * (plan - actual))] if variance else [])


def total(lines):
    return sum(l[1] for l in lines), sum(l[2] for l in lines)


def simple(t, heading, printed, labels=AREAS, name="Total", typed=True, plan="YTD budget", actual="YTD actual",
           first="Programme area", variance=True, lines=None):
    lines = lines or t.amounts(labels)
    t.rows.append([first, plan, actual] + ([heading] if variance else []))
    begin = len(t.rows) + 1
    for l in lines:
        t.rows.append(spend_row(t, *l, printed=printed, variance=variance))
        t.expected[l[0]] = l[1:]
    end = len(t.rows)
    p, a = total(lines)
    if typed:
        t.rows.append(spend_row(t, name, p, a, printed, variance))
    else:
        t.rows.append([name] + ["=SUM(%s%d:%s%d)" % (c, begin, c, end) for c in "BCD"[:3 if variance else 2]])
    t.expected[name], t.headline = (p, a), (p, a)
    return lines


LAYOUTS = {}


def layout(f):
    LAYOUTS[f.__name__] = f
    return f


@layout
def under_over():
    t = Table(1)
    simple(t, "Under/(over) spend", 1)
    return t


@layout
def bracketed_under():
    t = Table(2, "£m")
    simple(t, "(Under)/over spend", -1)
    return t


@layout
def over_first():
    t = Table(3, "£")
    simple(t, "(Over)/Under", 1)
    return t


@layout
def over_positive():
    t = Table(4)
    simple(t, "Over/(under) spend", -1, typed=False)
    return t


@layout
def favourable():
    t = Table(5)
    simple(t, "Variance fav/(adv)", 1, typed=False)
    return t


@layout
def letters():
    t = Table(6, "£m")
    simple(t, "F/(A)", 1)
    return t


@layout
def better_worse():
    t = Table(7)
    simple(t, "Better/(worse)", 1, plan="YTD Plan", name="Total expenditure")
    return t


@layout
def bare_variance_plan_less_actual():
    t = Table(8)
    simple(t, "Variance", 1)
    return t


@layout
def bare_variance_actual_less_plan():
    t = Table(9)
    simple(t, "Variance", -1)
    return t


@layout
def no_variance():
    t = Table(10)
    simple(t, "", 1, variance=False, typed=False)
    return t


@layout
def directorates_under_over():
    """No word of any line says spending: the heading does."""
    t = Table(11, title="Month 6 2025/26 {unit}")
    simple(t, "Under/(over) spend", 1, labels=["Surgery", "Medicine", "Women", "North locality"], first="Directorate")
    return t


@layout
def directorates_fav_adv():
    t = Table(12, title="Directorate report month 6 2025/26 {unit}", sheet="M6")
    simple(t, "Fav/(Adv)", 1, labels=["Surgery", "Medicine", "Women", "North locality"], first="Directorate")
    return t


@layout
def silent_directorates():
    """Actual less plan under a bare heading, and no word: spending or income? Refused."""
    t = Table(13, title="Directorate report month 6 2025/26 {unit}", sheet="M6")
    simple(t, "Variance", -1, labels=["Surgery", "Medicine", "Women", "North locality"], first="Directorate")
    t.refused = True
    return t


@layout
def silent_without_variance():
    t = Table(14, title="Month 6 2025/26 {unit}", sheet="M6")
    simple(t, "", 1, labels=["Surgery", "Medicine", "Women"], variance=False, first="Directorate")
    t.refused = True
    return t


@layout
def words_against_variance():
    """Spending by every word, and variances that call more spending favourable: refused."""
    t = Table(15)
    simple(t, "Variance fav/(adv)", -1)
    t.refused = True
    return t


@layout
def four_bases():
    t = Table(16)
    t.rows.append(["Programme area", "Month budget", "Month actual", "Month under/(over) spend", "YTD budget", "YTD actual",
                   "YTD under/(over) spend", "Annual budget", "Forecast outturn", "Forecast under/(over) spend"])
    month, ytd, year = t.amounts(), t.amounts(), t.amounts()
    for m, y, f in zip(month, ytd, year):
        t.rows.append(spend_row(t, *m) + spend_row(t, *y)[1:] + spend_row(t, *f)[1:])
        t.expected[y[0]] = y[1:]
    t.rows.append(spend_row(t, "Total", *total(month)) + spend_row(t, "Total", *total(ytd))[1:] +
                  spend_row(t, "Total", *total(year))[1:])
    t.expected["Total"] = t.headline = total(ytd)
    return t


@layout
def allocation_above():
    t = Table(17)
    lines = t.amounts()
    p, a = total(lines)
    t.rows += [["Programme area", "YTD budget", "YTD actual", "Under/(over) spend"],
               ["Allocation", t.cell(p), t.cell(p), 0]]
    for l in lines:
        t.rows.append(spend_row(t, *l))
        t.expected[l[0]] = l[1:]
    t.rows.append(spend_row(t, "Total spend", p, a))
    t.expected["Total spend"] = t.headline = (p, a)
    return t


@layout
def allocation_less_spend():
    """A result below: allocation less spending, by formula. It is a deficit then, not an overspend."""
    t = Table(18)
    lines = t.amounts()
    p, a = total(lines)
    t.rows += [["Programme area", "YTD budget", "YTD actual", "Variance fav/(adv)"], ["Allocation", t.cell(p), t.cell(p), 0]]
    first = len(t.rows) + 1
    for l in lines:
        t.rows.append(spend_row(t, *l))
        t.expected[l[0]] = l[1:]
    last = len(t.rows)
    t.rows.append(["Total expenditure"] + ["=SUM(%s%d:%s%d)" % (c, first, c, last) for c in "BCD"])
    t.rows.append(["Surplus/(deficit)"] + ["=%s%d-%s%d" % (c, first - 1, c, last + 1) for c in "BC"] +
                  ["=C%d-B%d" % (last + 2, last + 2)])
    t.expected["Total expenditure"], t.kind, t.headline = (p, a), "result", (0, -(a - p))
    return t


@layout
def typed_result():
    t = Table(19, "£m")
    lines = t.amounts()
    p, a = total(lines)
    allocation = p + 500
    t.rows += [["", "YTD plan", "YTD actual", "Variance fav/(adv)"],
               ["Revenue resource limit", t.cell(allocation), t.cell(allocation), 0]]
    for l in lines:
        t.rows.append(spend_row(t, *l))
        t.expected[l[0]] = l[1:]
    t.rows.append(spend_row(t, "Total expenditure", p, a))
    t.rows.append(["Surplus/(deficit)", t.cell(allocation - p), t.cell(allocation - a), t.cell(p - a)])
    t.expected["Total expenditure"], t.kind, t.headline = (p, a), "result", (allocation - p, allocation - a)
    return t


@layout
def first_line_is_a_sub_total():
    """As NHS England's national table of month 4: the first line adds the three below it, the total counts it once."""
    t = Table(20, "£m", title="Month 4 2024/25 year to date, {unit}", sheet="National")
    icb, provider = t.amounts(["of which ICB", "Provider expenditure"], 10000000, 20000000)
    _, plan, actual = t.amounts(["Provider income"], 1000000, 2000000)[0]
    systems = (icb[1] + provider[1] - plan, icb[2] + provider[2] - actual)
    rest = t.amounts(["Specialised commissioning", "Other direct commissioning", "Central programme costs", "Reserves",
                      "Technical and ringfenced costs"], 100000, 3000000)
    t.rows.append(["", "Full-year allocation", "YTD plan", "YTD actual", "Under/(over) spend"])
    lines = [("Systems",) + systems, ("ICB expenditure",) + icb[1:], provider, ("Provider income", -plan, -actual)] + rest
    for label, p, a in lines:
        t.rows.append([label, t.cell(3 * p), t.cell(p), t.cell(a), t.cell(p - a)])
        t.expected[label] = (p, a)
    p = systems[0] + sum(l[1] for l in rest)
    a = systems[1] + sum(l[2] for l in rest)
    t.rows.append(["Total", t.cell(3 * p), t.cell(p), t.cell(a), t.cell(p - a)])
    t.expected["Total"] = t.headline = (p, a)
    return t


@layout
def net_expenditure():
    """Council style: net expenditure is spending less income, by formula."""
    t = Table(21)
    spend = t.amounts(["Staff costs", "Premises", "Placements"])
    income = t.amounts(["Income from partners"], 100, 900)[0]
    t.rows.append(["", "YTD budget", "YTD actual", "Under/(over) spend"])
    first = len(t.rows) + 1
    for l in spend:
        t.rows.append(spend_row(t, *l))
        t.expected[l[0]] = l[1:]
    p, a = total(spend)
    t.rows.append(["Gross expenditure"] + ["=SUM(%s%d:%s%d)" % (c, first, c, first + 2) for c in "BC"] + [t.cell(p - a)])
    t.rows.append(["Income from partners", t.cell(income[1]), t.cell(income[2]), t.cell(income[2] - income[1])])
    t.rows.append(["Net expenditure"] + ["=%s%d-%s%d" % (c, first + 3, c, first + 4) for c in "BC"] +
                  [t.cell((p - income[1]) - (a - income[2]))])
    t.expected["Net expenditure"] = t.headline = (p - income[1], a - income[2])
    t.expected["Income from partners"] = (-income[1], -income[2])
    return t


@layout
def written_negative():
    t = Table(22)
    lines = t.amounts()
    t.rows.append(["Programme area", "YTD budget", "YTD actual", "Variance"])
    for label, p, a in lines:
        t.rows.append([label, t.cell(-p), t.cell(-a), t.cell(p - a)])
        t.expected[label] = (p, a)
    p, a = total(lines)
    t.rows.append(["Total expenditure", t.cell(-p), t.cell(-a), t.cell(p - a)])
    t.expected["Total expenditure"], t.headline = (p, a), (p, a)
    return t


@layout
def a_credit_among_them():
    t = Table(23)
    lines = t.amounts(AREAS[:-1]) + [("Reserves", -4000, -3000)]
    simple(t, "Under/(over) spend", 1, lines=lines)
    return t


@layout
def no_total():
    t = Table(24)
    t.rows.append(["Programme area", "YTD budget", "YTD actual", "Under/(over) spend"])
    lines = t.amounts()
    for l in lines:
        t.rows.append(spend_row(t, *l))
        t.expected[l[0]] = l[1:]
    t.headline = total(lines)
    return t


@layout
def two_units():
    t = Table(25, title="ICB programme spend month 6 2025/26, £m")
    t.rows.insert(1, ["All figures in £000"])
    simple(t, "Under/(over) spend", 1)
    t.refused = True
    return t


@layout
def savings_by_area():
    """Savings are no position."""
    t = Table(26, title="CIP summary M6 2025/26 {unit}", sheet="Summary")
    simple(t, "Variance", -1)
    t.refused = True
    return t


@layout
def ytd_spend():
    t = Table(27)
    simple(t, "Under/(over)", 1, plan="YTD Trajectory", actual="YTD spend")
    return t


def run(tool, t, path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = t.sheet
    for row in t.rows:
        sheet.append(row)
    book.save(path)
    done = subprocess.run([tool, "position", path, "--json"], capture_output=True, text=True)
    try:
        return done.returncode, json.loads(done.stdout), done.stderr
    except ValueError:
        return done.returncode, None, done.stderr


def pounds(value):
    return None if value is None else Fraction(value)


def check(name, t, status, answer, errors):
    if t.refused:
        if status not in (1, 3) or "error" not in errors:
            return ["not refused: status %d" % status]
        if answer and answer.get("headline"):
            return ["refused, and a headline all the same: %s" % answer["headline"]]
        return []
    if answer is None or status not in (0, 1) or (status == 1):
        return ["status %d: %s" % (status, errors.strip().split("\n")[0])]
    wrong = []
    lines = {l["line"]: l for l in answer["lines"] + answer.get("restated", [])}
    for label, (plan, actual) in t.expected.items():
        if label not in lines:
            wrong.append("no line %r" % label)
            continue
        for key, value in (("budget", -plan), ("actual", -actual), ("variance", plan - actual)):
            if pounds(lines[label][key]) != value * 1000:
                wrong.append("%s %s: %s, expected %s" % (label, key, lines[label][key], value * 1000))
    head = answer.get("headline") or {}
    plan, actual = t.headline
    variance = plan - actual if t.kind == "spending" else actual - plan
    for key, value in (("plan", plan), ("actual", actual), ("variance", variance)):
        if pounds(head.get(key)) != value * 1000:
            wrong.append("headline %s: %s, expected %s" % (key, head.get(key), value * 1000))
    if head.get("kind") != t.kind:
        wrong.append("headline is of %s, expected %s" % (head.get("kind"), t.kind))
    return wrong


def main():
    tool, only = sys.argv[1], sys.argv[2:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, make in LAYOUTS.items():
            if only and name not in only:
                continue
            t = make()
            path = os.path.join(folder, name + ".xlsx")
            wrong = check(name, t, *run(tool, t, path))
            failed += bool(wrong)
            for w in wrong:
                print("%s: %s" % (name, w))
    print("%d layouts of programme spend, %d wrong" % (len(only or LAYOUTS), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
