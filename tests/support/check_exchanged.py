#!/usr/bin/env python3
"""Tables of cash, staff and pay laid out at random from what they hold; the generator knows nothing of the reader.

usage: check_exchanged.py RISKSHARE [NUMBER] [FIRST_SEED]

Each dimension of a table (items, kinds, bodies, months) lies on rows, on columns, on a group of either or in the title.
Every figure is then read exactly, or the table is refused with an error at one of its cells. A figure that is read wrong,
or missing without an error, fails. The share of each is printed."""
import collections
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

import openpyxl

BODIES = ["UHL", "LPT", "NUH", "Kettering General Hospital NHS Foundation Trust", "Derby Teaching Hospitals NHS Trust"]
MONTHS = [(4, "Apr"), (5, "May"), (6, "Jun"), (7, "Jul"), (8, "Aug"), (9, "Sep")]
ITEMS = {
    "cash": {"opening": ["Opening balance", "Opening cash balance", "Opening cash", "Cash brought forward"],
             "receipts": ["Receipts", "Cash receipts", "Cash inflows"],
             "payments": ["Payments", "Cash payments", "Cash outflows"],
             "closing": ["Closing balance", "Closing cash balance", "Closing cash", "Cash carried forward"],
             "support": ["Cash support requested", "Revenue support", "Support asked for"],
             "days": ["Operating days", "Days cash on hand", "Liquidity days"]},
    "workforce": {"substantive": ["Substantive", "Substantive staff", "Substantive WTE"],
                  "bank": ["Bank", "Bank staff", "Bank WTE"], "agency": ["Agency", "Agency staff", "Agency WTE"]},
    "pay": {"substantive": ["Substantive", "Substantive pay", "Substantive staff"],
            "bank": ["Bank", "Bank pay", "Bank staff"], "agency": ["Agency", "Agency pay", "Agency staff"]},
}
KINDS = {"plan": ["Plan", "Budget", "Planned"], "actual": ["Actual", "Actuals"], "variance": ["Variance", "Var"],
         "forecast": ["Forecast", "FOT"]}
TITLES = {"cash": ["Cash position", "Cash", "Cash flow summary", "Cash balances"],
          "workforce": ["Workforce WTE", "Whole time equivalents against plan", "Staff in post (WTE)"],
          "pay": ["Pay bill year to date", "Pay costs YTD", "YTD pay by type of staff"]}
SHEETS = {"cash": ["Cash", "Sheet3", "Cash flow"], "workforce": ["Workforce", "WTE", "Sheet5"], "pay": ["Pay", "Sheet2"]}
UNITS = {"£": 1, "£000": 1000, "£'000": 1000, "£m": 1000000}


class Table:
    """What a table holds: amounts by (item, kind, body, month), and how it lays them out."""

    def __init__(self, rng):
        self.rng = rng
        self.of = rng.choice(["cash", "cash", "workforce", "workforce", "pay"])
        names = list(ITEMS[self.of])
        if self.of == "cash":
            self.items = [i for i in names if i in ("closing",) or rng.random() < 0.6]
        else:
            self.items = names if rng.random() < 0.7 else sorted(rng.sample(names, 2), key=names.index)
        self.kinds = rng.choice([["plan", "actual"], ["plan", "actual", "variance"], ["actual"], ["plan", "forecast"], None])
        if self.of == "pay" and self.kinds == ["plan", "forecast"]:
            self.kinds = ["plan", "actual"]
        self.bodies = rng.sample(BODIES, rng.randint(2, 4)) if rng.random() < 0.6 else None
        self.months = MONTHS[:rng.randint(2, 5)] if not self.bodies and rng.random() < 0.5 and self.of != "pay" else None
        self.total_item = self.of != "cash" and rng.random() < 0.5
        self.total_body = self.bodies is not None and rng.random() < 0.5
        self.unit = rng.choice(list(UNITS))
        self.words = {i: rng.choice(w) for i, w in ITEMS[self.of].items()}
        self.kind_words = {k: rng.choice(w) for k, w in KINDS.items()}
        self.fill()

    def amount(self, item):
        if item == "days":
            return Decimal(self.rng.randint(1, 60))
        if self.of == "workforce":
            return Decimal(self.rng.randint(10, 40000)) / 10
        return Decimal(self.rng.randint(-500 if item == "closing" else 1, 90000)) / (10 if self.unit == "£m" else 1)

    def fill(self):
        """Totals and closing balances are worked out, so that a true table is drawn."""
        self.amounts = {}
        bodies = self.bodies or [None]
        months = self.months or [None]
        kinds = [k for k in (self.kinds or [None]) if k != "variance"]
        for kind, body in itertools.product(kinds, bodies):
            carried = None
            for month in months:
                at = lambda item: (item, kind, body, month)
                for item in self.items:
                    self.amounts[at(item)] = self.amount(item)
                if self.of == "cash":
                    if carried is not None and "opening" in self.items:
                        self.amounts[at("opening")] = carried
                    if {"opening", "receipts", "payments"} <= set(self.items):
                        self.amounts[at("closing")] = (self.amounts[at("opening")] + self.amounts[at("receipts")]
                                                       - self.amounts[at("payments")])
                    carried = self.amounts[at("closing")]
                if self.total_item:
                    self.amounts[at("all")] = sum(self.amounts[at(i)] for i in self.items)
        if self.total_body:
            for (item, kind, body, month) in list(self.amounts):
                if item == "days":
                    continue
                key = (item, kind, "total", month)
                self.amounts[key] = self.amounts.get(key, Decimal(0)) + self.amounts[(item, kind, body, month)]
        if self.kinds and "variance" in self.kinds:
            for (item, kind, body, month), v in list(self.amounts.items()):
                if kind == "plan":
                    self.amounts[(item, "variance", body, month)] = self.amounts[(item, "actual", body, month)] - v

    def dimensions(self):
        out = {"item": self.items + (["all"] if self.total_item else [])}
        if self.kinds and len(self.kinds) > 1:
            out["kind"] = self.kinds
        if self.bodies:
            out["body"] = self.bodies + (["total"] if self.total_body else [])
        if self.months:
            out["month"] = self.months
        return out

    def word(self, dimension, member):
        if dimension == "item":
            return {"all": "Total"}.get(member) or self.words[member]
        if dimension == "kind":
            return self.kind_words[member]
        if dimension == "month":
            return self.month_word(member)
        return "Total" if member == "total" else member

    def month_word(self, member):
        return {0: member[1], 1: "M%d" % (member[0] - 3), 2: member[1] + "-24"}[self.month_style]

    def draw(self):
        """Rows of cells, and what stands where: {(row, column): key}."""
        rng = self.rng
        self.month_style = rng.randrange(3)
        dims = self.dimensions()
        names = list(dims)
        rng.shuffle(names)
        down = [n for n in names if rng.random() < 0.5]
        across = [n for n in names if n not in down]
        if not down:
            down, across = across[:1], across[1:]
        if not across and len(down) > 1:
            across = [down.pop()]
        title = "%s, Month 5 2024/25" % rng.choice(TITLES[self.of])
        unit_in = rng.choice(["title", "corner", "headings", "line"]) if self.of != "workforce" else "none"
        if self.kinds == ["actual"] and rng.random() < 0.3:
            title = "Actual " + title[0].lower() + title[1:]
        if unit_in == "title":
            title += ", " + self.unit
        rows = [[None] * rng.choice([0, 0, 1]) + [title]]
        if unit_in == "line":
            rows.append([self.unit])
        rows += [[] for _ in range(rng.choice([0, 1, 1, 2]))]
        sections = len(down) > 1 and rng.random() < 0.6
        label_columns = 1 if sections else len(down)
        width = list(itertools.product(*[dims[n] for n in across]))
        for depth, name in enumerate(across):
            line = [None] * label_columns
            if depth == len(across) - 1 and unit_in == "corner":
                line[-1] = self.unit
            previous = None
            for members in width:
                text = self.word(name, members[depth])
                bottom = depth == len(across) - 1
                if bottom and unit_in == "headings" and not (name == "item" and members[depth] == "days"):
                    text += " " + self.unit
                repeat = bottom or members[:depth + 1] != previous or rng.random() < 0.0
                line.append(text if repeat else None)
                previous = members[:depth + 1]
            rows.append(line)
        if not across and unit_in in ("headings", "corner"):
            rows.append([None] * label_columns + [self.unit])
        spacer = rng.random() < 0.3
        cells, last = {}, None
        for members in itertools.product(*[dims[n] for n in down]):
            place = dict(zip(down, members))
            if sections and members[0] != last:
                if spacer and last is not None:
                    rows.append([])
                rows.append([self.word(down[0], members[0])])
            labels = [self.word(n, place[n]) for n in (down[1:] if sections else down)]
            if sections and len(down) > 2:
                labels = [" ".join(labels)] if False else labels
            if not sections and len(down) > 1 and members[0] == last and rng.random() < 0.7:
                labels[0] = None
            last = members[0]
            line = [None] * (label_columns if not sections else len(down) - 1)
            line[:len(labels)] = labels
            base = len(line)
            for c, cross in enumerate(width):
                key = dict(place, **dict(zip(across, cross)))
                key = (key["item"], key.get("kind", (self.kinds or [None])[0]), key.get("body"), key.get("month"))
                value = self.amounts.get(key)
                line.append(None if value is None else float(value))
                if value is not None:
                    cells[(len(rows) + 1, base + c + 1)] = key
            rows.append(line)
        self.shift = label_columns
        if sections and len(down) - 1 != label_columns:
            # headings stand over the amounts, whatever number of labels there is
            add = len(down) - 1 - label_columns
            first = next(i for i, r in enumerate(rows) if across and len(r) > label_columns)
            for i in range(first, first + len(across)):
                rows[i] = [None] * add + rows[i]
        if rng.random() < 0.4:
            rows += [[], ["Source: finance ledger, see the note on the next page"]]
        return rows, cells

    def sheet(self):
        return self.rng.choice(SHEETS[self.of])


def expected_value(table, key, value):
    if table.of == "workforce" or key[0] == "days":
        return value
    return value * UNITS[table.unit]


def lines_read(table, answer):
    """{key: value} of everything that the answer gives."""
    out = {}
    for line in answer[table.of]:
        body = "total" if line["total"] else line["organisation"]
        month = line["month"]
        if table.of == "cash":
            for item in ITEMS["cash"]:
                if line[item] is not None:
                    out[(item, line["stated"], body, month)] = Decimal(line[item])
        else:
            parts = {"plan": line["plan"], "actual": line["actual"], "forecast": line["forecast"]} \
                if table.of == "workforce" else {"plan": line["to_date"]["plan"], "actual": line["to_date"]["actual"]}
            for kind, value in parts.items():
                if value is not None:
                    out[(line["group"], kind, body, month)] = Decimal(value)
    return out


def judge(tool, folder, seed, second):
    rng = random.Random(seed)
    table = Table(rng)
    rows, cells = table.draw()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table.sheet()
    for row in rows:
        sheet.append(row)
    if second:
        for row in [[], [], ["Position month 5 2024/25, £000"], [None, "YTD plan", "YTD actual"], ["Income", 100, 110],
                    ["Expenditure", -90, -95], ["Surplus/(deficit)", 10, 15]]:
            sheet.append(row)
    path = pathlib.Path(folder) / ("%s-%d.xlsx" % (table.of, seed))
    book.save(path)
    done = subprocess.run([tool, "position", str(path), "--json"], capture_output=True, text=True)
    answer = json.loads(done.stdout)
    want = {}
    for key in cells.values():
        item, kind, body, month = key
        if kind == "variance":
            continue
        stated = kind or (table.kinds or ["actual"])[0]
        number = month[0] - 3 if month else 5
        if kind is None and number > 5:
            stated = "forecast"
        want[(item, stated, body, number)] = expected_value(table, key, table.amounts[key])
    read = lines_read(table, answer)
    errors = [f for f in answer["findings"] if f["severity"] == "error"]
    wrong = {k: (v, want.get(k)) for k, v in read.items() if want.get(k) != v}
    missing = {k for k in want if k not in read}
    others = [t for t in ("cash", "workforce", "pay") if t != table.of and answer[t]]
    if second and (not answer["lines"] or answer["lines"][-1]["actual"] != "15000.00"):
        others.append("the statement below it")
    what = table.of + (" beside a statement" if second else "")
    if wrong or (others and not errors):
        return what, "wrong", path, "read %s" % (wrong or others)
    if not missing:
        return what, "exact" if not errors and done.returncode == 0 else "exact, with an error", path, \
            [f["message"] for f in errors]
    if errors and all(f["at"] or f["rule"] == "position.nothing_found" for f in errors):
        return what, "refused", path, [f["message"] for f in errors]
    return what, "wrong", path, "missing in silence: %s" % list(missing)[:3]


def main():
    tool, number = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    tally, bad = collections.Counter(), []
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else made
        for seed in range(first, first + number):
            what, verdict, path, why = judge(tool, folder, seed, seed % 5 == 0)
            tally[(what, verdict)] += 1
            if verdict != "exact":
                bad.append((verdict, path.name, why))
    for verdict, name, why in bad:
        print(verdict, name, why)
    for (what, verdict), n in sorted(tally.items()):
        print("%-32s %-22s %d" % (what, verdict, n))
    by = collections.Counter()
    for (what, verdict), n in tally.items():
        by[verdict] += n
    print(", ".join("%s %d of %d" % (v, n, number) for v, n in sorted(by.items())))
    return 1 if by["wrong"] or by["exact, with an error"] or by["exact"] * 100 < number * 90 else 0


if __name__ == "__main__":
    sys.exit(main())
