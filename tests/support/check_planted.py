#!/usr/bin/env python3
"""Faults planted in workbooks that are right: each must be found at its cell, under its name; the rest must stay quiet.

check_planted.py RISKSHARE [WORKBOOKS A KIND]     20 kinds; 3 workbooks of each where nothing is said

A workbook has four sheets: spending by month with totals both ways, a position with three blocks of variances, a list of
schemes, and a summary of that list. Figures are random by seed, results are worked out here; a fault changes one thing and
knows the cell at which a person would look for it.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell as cell

MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
LINES = ["Nursing", "Medical", "Agency", "Drugs", "Supplies", "Estates", "Transport", "Catering", "Laundry"]


class workbook:
    """Sheets of cells by place: a text, a number, or (formula, result)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.sheets = {"Spend": {}, "Position": {}, "Schemes": {}, "Summary": {}}
        self.hidden = []
        self.filter = None
        self.spend()
        self.position()
        self.schemes()
        self.summary()

    def put(self, sheet, row, column, what):
        self.sheets[sheet][(row, column)] = what

    def value(self, sheet, row, column):
        held = self.sheets[sheet][(row, column)]
        return held[1] if isinstance(held, tuple) else held

    def spend(self):
        self.n = self.random.randint(5, len(LINES))
        self.put("Spend", 0, 0, "Spending by line and month, £000")
        for c, m in enumerate(["Line"] + MONTHS + ["Total"]):
            self.put("Spend", 2, c, m)
        for i in range(self.n):
            self.put("Spend", 3 + i, 0, LINES[i])
            size = self.random.randint(300, 900)
            for c in range(6):
                self.put("Spend", 3 + i, 1 + c, size + self.random.randint(-60, 60))
        self.last = 3 + self.n
        self.put("Spend", self.last, 0, "Total")
        self.sums()

    def sums(self):
        for i in range(self.n):
            total = sum(self.value("Spend", 3 + i, 1 + c) for c in range(6))
            self.put("Spend", 3 + i, 7, ("=SUM(%s:%s)" % (cell(3 + i, 1), cell(3 + i, 6)), total))
        for c in range(1, 8):
            total = sum(self.value("Spend", 3 + i, c) for i in range(self.n))
            self.put("Spend", self.last, c, ("=SUM(%s:%s)" % (cell(3, c), cell(self.last - 1, c)), total))

    def position(self):
        self.put("Position", 0, 0, "Position, £000")
        for b, block in enumerate(["In month", "To date", "Full year"]):
            self.put("Position", 1, 1 + 3 * b, block)
            for c, heading in enumerate(["Plan", "Actual", "Variance fav/(adv)"]):
                self.put("Position", 2, 1 + 3 * b + c, heading)
        for i in range(self.n):
            self.put("Position", 3 + i, 0, LINES[i])
            for b in range(3):
                plan, actual = [self.random.randint(1000, 9000) for _ in range(2)]
                row, column = 3 + i, 1 + 3 * b
                self.put("Position", row, column, plan)
                self.put("Position", row, column + 1, actual)
                self.put("Position", row, column + 2, ("=%s-%s" % (cell(row, column), cell(row, column + 1)), plan - actual))

    def schemes(self):
        self.count = self.random.randint(12, 20)
        for c, heading in enumerate(["Ref", "Scheme", "Plan £000", "Actual £000", "Plan £m"]):
            self.put("Schemes", 0, c, heading)
        for i in range(self.count):
            plan = self.random.randint(2, 90) * 10
            for c, what in enumerate(["S-%03d" % (i + 1), "Scheme " + chr(65 + i), plan,
                                      max(10, plan - self.random.randint(1, 9)), round(plan / 1000, 2)]):
                self.put("Schemes", 1 + i, c, what)

    def summary(self):
        for c, heading in enumerate(["Savings, £000", "Plan", "Actual"]):
            self.put("Summary", 0, c, heading)
        self.put("Summary", 1, 0, "All schemes")
        for c, column in ((1, "C"), (2, "D")):
            total = sum(self.value("Schemes", 1 + i, c + 1) for i in range(self.count))
            self.put("Summary", 1, c, ("=SUM(Schemes!%s2:%s%d)" % (column, column, self.count + 1), total))

    def save(self, path):
        book = xlsxwriter.Workbook(path)
        for name, cells in self.sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), what in cells.items():
                if isinstance(what, tuple):
                    sheet.write_formula(row, column, what[0], None, what[1])
                else:
                    sheet.write(row, column, what)
            if name == "Spend":
                if self.filter:
                    sheet.autofilter(*self.filter)
                for row in self.hidden:
                    sheet.set_row(row, None, None, {"hidden": True})
        book.close()


def middle(w):
    return 3 + w.random.randint(1, w.n - 2), w.random.randint(2, 5)


def stale_total(w):
    c = w.random.randint(1, 6)
    formula, total = w.sheets["Spend"][(w.last, c)]
    w.put("Spend", w.last, c, (formula, total + w.random.choice([-37, 41, 205])))
    return "Spend", w.last, c, {"check.stale_value"}


def typed_over(w):
    c = w.random.randint(2, 5)
    w.put("Spend", w.last, c, w.value("Spend", w.last, c) + w.random.choice([-45, 53, 180]))
    return "Spend", w.last, c, {"check.typed_over_formula"}


def misses_first_row(w):
    c = w.random.randint(2, 5)
    w.put("Spend", w.last, c, ("=SUM(%s:%s)" % (cell(4, c), cell(w.last - 1, c)),
                               sum(w.value("Spend", 3 + i, c) for i in range(1, w.n))))
    return "Spend", w.last, c, {"check.sum", "check.formula_differs"}


def misses_last_row(w):
    c = w.random.randint(2, 5)
    w.put("Spend", w.last, c, ("=SUM(%s:%s)" % (cell(3, c), cell(w.last - 2, c)),
                               sum(w.value("Spend", 3 + i, c) for i in range(w.n - 1))))
    return "Spend", w.last, c, {"check.sum", "check.formula_differs"}


def counted_twice(w):
    c = w.random.randint(2, 5)
    extra = 3 + w.random.randint(0, w.n - 1)
    formula, total = w.sheets["Spend"][(w.last, c)]
    w.put("Spend", w.last, c, (formula + "+" + cell(extra, c), total + w.value("Spend", extra, c)))
    return "Spend", w.last, c, {"check.sum", "check.formula_differs"}


def every_total_typed(w):
    for place, what in list(w.sheets["Spend"].items()):
        if isinstance(what, tuple):
            w.sheets["Spend"][place] = what[1]


def typed_total_wrong(w):
    every_total_typed(w)
    c = w.random.randint(1, 6)
    w.put("Spend", w.last, c, w.value("Spend", w.last, c) + w.random.choice([-18, 27, 90, 900]))
    return "Spend", w.last, c, {"check.sum"}


def sign_slip(w):
    every_total_typed(w)
    row, c = middle(w)
    w.put("Spend", row, c, -w.value("Spend", row, c))
    return "Spend", row, c, {"check.sum"}


def digits_exchanged(w):
    every_total_typed(w)
    row, c = middle(w)
    old = str(w.value("Spend", row, c))
    w.put("Spend", row, c, int(old[1] + old[0] + old[2:]) if old[0] != old[1] and old[1] != "0" else int(old) + 90)
    return "Spend", row, c, {"check.sum"}


def every_typed_total_wrong(w):
    every_total_typed(w)
    for c in range(1, 8):
        w.put("Spend", w.last, c, w.value("Spend", w.last, c) + 11 * c + 3)
    return "Spend", w.last, 3, {"check.total_fits_nothing", "check.sum", "check.many"}


def variance_turned(w):
    row, block = 3 + w.random.randint(0, w.n - 1), w.random.randint(0, 2)
    c = 1 + 3 * block
    w.put("Position", row, c + 2, ("=%s-%s" % (cell(row, c + 1), cell(row, c)),
                                   w.value("Position", row, c + 1) - w.value("Position", row, c)))
    return "Position", row, c + 2, {"check.variance_sign"}


def row_total_of_another_row(w):
    row = 3 + w.random.randint(1, w.n - 2)
    w.put("Spend", row, 7, ("=SUM(%s:%s)" % (cell(row - 1, 1), cell(row - 1, 6)),
                            sum(w.value("Spend", row - 1, 1 + c) for c in range(6))))
    total = sum(w.value("Spend", 3 + i, 7) for i in range(w.n))
    w.put("Spend", w.last, 7, (w.sheets["Spend"][(w.last, 7)][0], total))
    return "Spend", row, 7, {"check.sum", "check.formula_differs"}


def shorter_row_total(w):
    row = 3 + w.random.randint(1, w.n - 2)
    w.put("Spend", row, 7, ("=SUM(%s:%s)" % (cell(row, 1), cell(row, 5)),
                            sum(w.value("Spend", row, 1 + c) for c in range(5))))
    total = sum(w.value("Spend", 3 + i, 7) for i in range(w.n))
    w.put("Spend", w.last, 7, (w.sheets["Spend"][(w.last, 7)][0], total))
    return "Spend", row, 7, {"check.sum", "check.formula_differs"}


def number_in_formula(w):
    c, extra = w.random.randint(2, 5), w.random.choice([250, 137, 1040])
    formula, total = w.sheets["Spend"][(w.last, c)]
    w.put("Spend", w.last, c, (formula + "+%d" % extra, total + extra))
    return "Spend", w.last, c, {"check.number_in_formula"}


def units_disagree(w):
    row = w.random.randint(2, w.count - 1)
    w.put("Schemes", row, 4, w.value("Schemes", row, 4) + w.random.choice([0.2, 0.35, 1]))
    return "Schemes", row, 4, {"check.units_disagree"}


def thousandfold(w):
    row, c = middle(w)
    w.put("Spend", row, c, w.value("Spend", row, c) * 1000 + 217)
    w.sums()
    return "Spend", row, c, {"check.thousandfold"}


def month_twice(w):
    c = w.random.randint(2, 5)
    w.put("Spend", 2, c + 1, MONTHS[c - 1])
    return "Spend", 2, c + 1, {"check.month_twice"}


def reference_twice(w):
    row = w.random.randint(5, w.count - 1)
    w.put("Schemes", row, 0, w.value("Schemes", w.random.randint(1, 3), 0))
    return "Schemes", row, 0, {"check.reference_twice", "tracker.duplicate_reference"}


def other_column(w):
    formula, total = w.sheets["Summary"][(1, 1)]
    w.put("Summary", 1, 2, (formula, total))
    return "Summary", 1, 2, {"check.other_column"}


def row_twice(w):
    row = 3 + w.random.randint(1, w.n - 1)
    for c in range(7):
        w.put("Spend", row, c, w.value("Spend", row - 1, c))
    w.sums()
    return "Spend", row, 1, {"check.duplicate_row"}


def filtered_total(w):
    row = 3 + w.random.randint(0, w.n - 1)
    w.filter, w.hidden = (2, 0, w.last - 1, 7), [row]
    for c in range(1, 8):
        total = sum(w.value("Spend", 3 + i, c) for i in range(w.n) if 3 + i != row)
        w.put("Spend", w.last, c, ("=SUBTOTAL(9,%s:%s)" % (cell(3, c), cell(w.last - 1, c)), total))
    return "Spend", w.last, 3, {"check.filtered_subtotal"}


def letter_for_digit(w):
    every_total_typed(w)
    row, c = middle(w)
    old = str(w.value("Spend", row, c))
    w.put("Spend", row, c, old[:-1] + "O")
    return "Spend", row, c, {"check.not_checkable", "cell.text", "check.sum"}


KINDS = [stale_total, typed_over, misses_first_row, misses_last_row, counted_twice, typed_total_wrong, sign_slip,
         digits_exchanged, every_typed_total_wrong, variance_turned, row_total_of_another_row, shorter_row_total,
         number_in_formula, units_disagree, thousandfold, month_twice, reference_twice, other_column, row_twice,
         filtered_total, letter_for_digit]


def findings(tool, path):
    answer = subprocess.run([tool, "check", "--json", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    try:
        return json.loads(answer.stdout)["findings"]
    except ValueError:
        return [{"rule": "no answer: " + answer.stderr.decode()[:200], "severity": "error", "at": [], "message": ""}]


def main():
    tool, each = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    failures = found = planted = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "planted.xlsx")
        for seed in range(each * 2):
            workbook(seed).save(path)
            loud = [f for f in findings(tool, path) if f["severity"] != "note"]
            for f in loud[:3]:
                print("false alarm, seed %d: %s %s %s" % (seed, f["rule"], f["at"][:1], f["message"][:160]))
            failures += bool(loud)
        for kind in KINDS:
            missed = []
            for seed in range(1000, 1000 + each):
                w = workbook(seed)
                sheet, row, column, names = kind(w)
                w.save(path)
                planted += 1
                all_of_it = findings(tool, path)
                if any(f["rule"] in names and any(a["sheet"] == sheet and a["cell"] == cell(row, column) for a in f["at"])
                       for f in all_of_it):
                    found += 1
                else:
                    missed.append("seed %d at %s!%s: %s" % (seed, sheet, cell(row, column), [
                        (f["rule"], f["at"][0]["cell"] if f["at"] else "") for f in all_of_it][:4]))
            print("%-26s %d of %d found and named" % (kind.__name__, each - len(missed), each))
            for m in missed[:2]:
                print("    missed:", m)
    print("%d of %d planted faults found; %d of %d right workbooks with an alarm" % (found, planted, failures, each * 2))
    return 0 if failures == 0 and found == planted else 1


if __name__ == "__main__":
    sys.exit(main())
