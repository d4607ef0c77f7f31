"""Random tables as strangers lay them out, each rounded cell by cell, then left alone or given one fault: what is said?

usage: check_stranger_tables.py TOOL [COUNT [FIRST_SEED]]   (needs xlsxwriter)

2 to 40 lines, 2 to 15 columns, £, £000 and £m side by side, nested sub-totals, cross-footed or not, typed or by formula,
headings on one to three rows, merged, with a unit row, codes before the labels, zeros left blank, decimals hidden.
Amounts are whole hundredths of a pound here, so that nothing but the rounding that is asked for comes in.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

TOOL = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 150
FIRST = int(sys.argv[3]) if len(sys.argv) > 3 else 1
LINES = ("Pay,Non-pay,Drugs,Estates,Prescribing,Continuing care,Primary care,Income from patients,Other income,"
         "Capital charges,Acute,Community,Mental health,Ambulance,Running costs,Reserves,Theatres,Procurement,Medicines,"
         "Outpatients,UHL,LPT,City CCG,Training,Research,Clinical supplies,Agency,Bank staff,Insurance,Transport,Catering,"
         "Cleaning,Rent,Rates,Utilities,IT,Legal,Audit,Consultancy,Depreciation,Interest").split(",")
UNITS = [("£", 0), ("£000", 3), ("£m", 6)]
TYPED = ["sign_slip", "transposed_digits", "unit_slip", "omitted_line", "double_counted_line", "any"]


def rounded(amount, step):
    return (-1 if amount < 0 else 1) * ((abs(amount) * 2 + step) // (2 * step)) * step


class Table:
    """Rows are (kind, label, parts); amounts[row][column] are true, printed ones are rounded to the column's step."""

    def __init__(self, seed):
        self.r = r = random.Random(seed)
        self.seed = seed
        self.lines = r.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40])
        self.columns = r.choice([2, 3, 4, 5, 6, 8, 10, 12, 15])
        self.by_formula = r.random() < 0.25
        used = r.sample(UNITS, r.choice([1, 1, 1, 2, 3]))
        self.unit = [r.choice(used) for _ in range(self.columns)]
        self.cross = len(set(self.unit)) == 1 and r.random() < 0.7
        if self.cross:
            self.unit.append(self.unit[0])
        places = {u: {"£": r.choice([0, 0, 2]), "£000": r.choice([0, 0, 1, 2]), "£m": r.choice([1, 2, 3])}[u[0]] for u in UNITS}
        self.places = [places[u] for u in self.unit]
        self.step = [10 ** (u[1] + 2 - p) for u, p in zip(self.unit, self.places)]
        self.lay_out()
        self.fill()
        self.fault = self.where = None

    def lay_out(self):
        r = self.r
        self.names = r.sample(LINES, len(LINES))
        self.rows = []
        top = self.block(list(range(self.lines)), r.choice([0, 0, 1, 1, 2]) if self.lines >= 6 else 0)
        self.rows.append(("total", r.choice(["Total", "TOTAL", "Grand total", "Total expenditure", "System total", "Total "]), top))
        self.sums = [(i, p) for i, (_, _, p) in enumerate(self.rows) if p]

    def block(self, lines, depth):
        r, ids = self.r, []
        if depth == 0:
            for l in lines:
                self.rows.append(("line", self.names[l], None))
                ids.append(len(self.rows) - 1)
            return ids
        cuts = sorted(r.sample(range(1, len(lines)), min(r.choice([1, 2]), len(lines) - 1)))
        for n, (a, b) in enumerate(zip([0] + cuts, cuts + [len(lines)])):
            if b - a < 2:
                ids += self.block(lines[a:b], 0)
                continue
            inner = self.block(lines[a:b], depth - 1)
            label = r.choice(["Sub-total", "Subtotal", "Sub total " + "ABC"[n], "Total " + r.choice(["pay", "income", "providers", "clinical"])])
            self.rows.append(("sub", label, inner))
            ids.append(len(self.rows) - 1)
        return ids

    def fill(self):
        r, width = self.r, len(self.unit)
        most, signed = r.choice([10**7, 10**8, 10**9]), r.random() < 0.5
        self.true = [[0] * width for _ in self.rows]
        for i, (kind, _, parts) in enumerate(self.rows):
            for j in range(width):
                if kind != "line":
                    self.true[i][j] = sum(self.true[p][j] for p in parts)
                elif self.cross and j == width - 1:
                    self.true[i][j] = sum(self.true[i][:j])
                elif r.random() > 0.08:
                    v = r.randrange(self.step[j] * 20, max(self.step[j] * 40, most * 10 ** max(0, self.unit[j][1] - 3)))
                    self.true[i][j] = -v if signed and r.random() < 0.3 else v
        self.printed = [[rounded(v, s) for v, s in zip(row, self.step)] for row in self.true]

    def slack(self, i, j):
        """The least that a fault in this cell must exceed, whichever way its sums were rounded."""
        all_ = [(len(p) + 1) * self.step[j] / 2 for t, p in self.sums if i == t or i in p]
        if self.cross:
            all_.append(sum(self.step) / 2)
        return 2 * min(all_)

    def plant(self):
        r = self.r
        kind = r.choice([None, None] + TYPED)
        lines = [i for i, (k, _, _) in enumerate(self.rows) if k == "line"]
        for _ in range(20 if kind else 0):
            i, j = r.choice(lines), r.randrange(self.columns)
            old = self.printed[i][j]
            if kind in ("omitted_line", "double_counted_line"):
                t, parts = r.choice(self.sums)
                line = r.choice(parts)
                if abs(self.true[line][j]) <= self.slack(t, j) or len(parts) < 2:
                    continue
                for c in range(len(self.unit)) if r.random() < 0.5 else [j]:
                    more = self.true[line][c] * (-1 if kind == "omitted_line" else 1)
                    self.printed[t][c] = rounded(self.true[t][c] + more, self.step[c])
                self.fault, self.where = kind, (t, j)
                return
            if kind == "sign_slip":
                new = -old
            elif kind == "unit_slip":
                new = old * 1000
            elif kind == "any":
                new = old + r.choice([-1, 1]) * r.randrange(300, 9000) * self.step[j]
            else:
                digits = list(str(abs(old) // self.step[j]))
                swaps = [k for k in range(len(digits) - 1) if digits[k] != digits[k + 1] and not (k == 0 and digits[1] == "0")]
                if not swaps:
                    continue
                k = r.choice(swaps)
                digits[k], digits[k + 1] = digits[k + 1], digits[k]
                new = (1 if old >= 0 else -1) * int("".join(digits)) * self.step[j]
            if abs(new - old) > self.slack(i, j):
                self.printed[i][j] = new
                self.fault, self.where = kind, (i, j)
                return

    def write(self, path):
        r = self.r
        book = xlsxwriter.Workbook(path)
        page = book.add_worksheet(r.choice(["Table", "M3 report", "Sheet1"]))
        row, left, codes = r.choice([0, 1, 3]), r.choice([0, 0, 1, 2]), r.random() < 0.25
        if row:
            page.write(row - 1, left, r.choice(["Financial position, month 5", "Savings by programme 2022/23", "Annex A"]))
        label, first = left + codes, left + 1 + codes
        if codes:
            page.write(row, left, "Code")
        page.write(row, label, r.choice(["Line", "Organisation", "Description", ""]))
        first_data = self.headings(page, row, first)
        formats = {}

        def style(j):
            p = "0" * self.places[j]
            code = r.choice(["#,##0." + p, "0." + p, f"#,##0.{p};(#,##0.{p})"]) if p and not (self.by_formula and r.random() < 0.5) else r.choice(["#,##0", "#,##0;(#,##0)"])
            if p and code.startswith("#,##0") and "." not in code and not self.by_formula:
                code = "0." + p
            return formats.setdefault(code, book.add_format({"num_format": code}))

        styles = [style(j) if r.random() < 0.8 or self.by_formula else None for j in range(len(self.unit))]
        gap, blanks = r.random() < 0.4, r.random() < 0.3
        at, number = [], first_data
        for kind, _, _ in self.rows:
            at.append(number)
            number += 2 if kind != "line" and gap else 1
        fault = r.choice([None, "typed_over_formula", "stale_value"]) if self.by_formula else None
        for i, (kind, name, parts) in enumerate(self.rows):
            if codes and kind == "line":
                page.write(at[i], left, r.choice("AB") + str(100 + i))
            page.write(at[i], label, name)
            for j in range(len(self.unit)):
                amount = (self.true if self.by_formula else self.printed)[i][j] / 10 ** (2 + self.unit[j][1])
                across = self.cross and j == len(self.unit) - 1
                if not self.by_formula or (kind == "line" and not across):
                    if not (blanks and amount == 0 and kind == "line"):
                        page.write_number(at[i], first + j, amount, styles[j])
                    continue
                stored = amount
                if fault and not self.fault and 0 < j < self.columns - 1 and kind != "line" and r.random() < 0.3:
                    stored = round(amount * 1.1 + 7, 2)
                    self.fault, self.where = fault, (i, j)
                    if fault == "typed_over_formula":
                        page.write_number(at[i], first + j, stored, styles[j])
                        continue
                if kind == "line":
                    formula = xl_range(at[i], first, at[i], first + self.columns - 1)
                elif all(self.rows[p][0] == "line" for p in parts) and at[parts[-1]] - at[parts[0]] == len(parts) - 1:
                    formula = xl_range(at[parts[0]], first + j, at[parts[-1]], first + j)
                else:
                    formula = ",".join(xl_rowcol_to_cell(at[p], first + j) for p in parts)
                page.write_formula(at[i], first + j, "=SUM(" + formula + ")", styles[j], stored)
        book.close()
        return self.where and xl_rowcol_to_cell(at[self.where[0]], first + self.where[1])

    def headings(self, page, row, first):
        r = self.r
        shape = r.choice(["one row", "two rows", "unit row", "merged"])
        if shape == "merged" and self.columns >= 3:
            page.merge_range(row, first, row, first + self.columns - 1, "Year to date")
            row += 1
        months = r.random() < 0.3
        word = r.choice(["Plan", "Budget", "Q", "Contract", "Base"])
        for j, unit in enumerate(self.unit):
            total = self.cross and j == len(self.unit) - 1
            text = "Total" if total else "Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar,M13,M14,M15".split(",")[j] if months else f"{word} {j + 1}"
            page.write(row, first + j, text + ("" if shape in ("unit row", "merged") else " " + unit[0]))
            if shape == "two rows":
                page.write(row + 1, first + j, r.choice(["budget", "actual"]))
            elif shape != "one row":
                page.write(row + 1, first + j, unit[0])
        return row + (1 if shape == "one row" else 2)

    def __str__(self):
        return f"seed {self.seed}: {self.lines} by {self.columns}, {'by formula' if self.by_formula else 'typed'}"


def main():
    tally, wrong = collections.Counter(), []
    with tempfile.TemporaryDirectory(prefix="riskshare-stranger-") as folder:
        for seed in range(FIRST, FIRST + COUNT):
            table = Table(seed)
            if not table.by_formula:
                table.plant()
            path = os.path.join(folder, f"{seed}.xlsx")
            cell = table.write(path)
            p = subprocess.run([TOOL, "check", "--json", path], capture_output=True, text=True, timeout=120)
            if p.returncode not in (0, 1):
                wrong.append(f"{table}: exit {p.returncode} {p.stderr}")
                continue
            said = json.loads(p.stdout)
            real = [f for f in said["findings"] if f["verdict"] == "real" or f["severity"] == "error"]
            os.remove(path)
            if table.fault is None:
                tally["rounding only"] += 1
                tally["looked at"] += said["counts"]["agrees"] + said["counts"]["rounding"] > 0
                if real:
                    wrong.append(f"{table}: FALSE ALARM {real[0]['rule']}: {real[0]['message'][:160]}")
                continue
            tally["faults"] += 1
            if not real:
                wrong.append(f"{table}: MISSED {table.fault} in {cell}")
                continue
            tally["placed"] += cell in [a["cell"] for f in real for a in f["at"]]
            if table.fault == "any":
                continue
            tally["identifiable"] += 1
            if any(f["looks_like"] == table.fault for f in real[:1]):
                tally["named"] += 1
            else:
                print(f"{table}: {table.fault} in {cell} named {real[0]['looks_like']}: {real[0]['message'][:110]}")
    print(", ".join(f"{n} {k}" for k, n in tally.items()))
    print(*wrong, sep="\n")
    good = not wrong and tally["looked at"] == tally["rounding only"] and tally["named"] * 100 >= tally["identifiable"] * 95
    print("all claims hold" if good else "FAILED")
    sys.exit(0 if good else 1)


main()
