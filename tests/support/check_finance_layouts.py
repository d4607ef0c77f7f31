#!/usr/bin/env python3
"""check_finance_layouts.py RISKSHARE [COUNT]: writes finance reports in many layouts with openpyxl and XlsxWriter, asks
`position --json` and `risk --json` for them, and compares every figure exactly. The truth is drawn by seed and added up
here; each layout is a seeded choice of ways in which people set out such reports."""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

import openpyxl
import openpyxl.styles
import xlsxwriter

from llr import known

MINUS = "\u2212"
BASES = ("month", "ytd", "year")
SHAPES = [("month",), ("ytd",), ("ytd", "year"), ("month", "ytd"), ("month", "ytd", "year")]
GROUPS = {"month": ["In month", "Current month", "In-Month", "Month"], "ytd": ["Year to date", "YTD", "Cumulative", "Year-to-date"],
          "year": ["Full year", "Forecast outturn", "Full Year", "Year end"]}
PLAN = ["Budget", "Plan"]
UNITS = {"£": (1000, ["£", "GBP"], "#,##0"), "£000": (1, ["£000", "£'000", "£000s", "£k", "£\u2019000"], "#,##0"),
         "£m": (Fraction(1, 1000), ["£m", "£ million"], "0.0")}
EXPENDITURE = ["Expenditure", "Pay costs", "Non-pay costs"]


class Sheet:
    """A list of cells and merges, written by either library."""

    def __init__(self, title):
        self.title, self.cells, self.merges, self.indents = title, {}, [], {}

    def put(self, row, column, value):
        if value is not None and value != "":
            self.cells[row, column] = value


def letter(column):
    return openpyxl.utils.get_column_letter(column)


def plain(value):
    value = Fraction(value)
    return int(value) if value.denominator == 1 else float(value)


def written(value, scale, how):
    """An amount of whole thousands as a cell holds it: a number, or one of the texts that people type."""
    scaled = Fraction(value) * scale
    if how == "number":
        return plain(scaled)
    digits = format(abs(scaled.numerator) if scaled.denominator == 1 else float(abs(scaled)), ",")
    if scaled >= 0:
        return digits
    return {"bracket": "(%s)", "minus": MINUS + "%s", "hyphen": "-%s"}[how] % digits


def figure(r):
    return {b: r.randint(20, 900) * 10 ** i for i, b in enumerate(BASES)}


def draw_lines(r):
    """Lines of their own and what adds them: (label, section, organisation, {basis: (plan, actual)}), signed, £000."""
    lines = []
    for body, income in (("UHL", "Outside System Income"), ("LPT", "Outside System Income"), ("ICB", "Allocation")):
        lines.append(("%s %s" % (body, income), "income", body, amounts(r, 1)))
    for body in ("UHL", "LPT", "ICB"):
        lines.append(("%s %s" % (body, "Expenditure"), "expenditure", body, amounts(r, -1)))
    if r.random() < 0.7:
        lines.append(("Intra-System Misalignment", "", None, amounts(r, -1)))
    return lines


def amounts(r, sign):
    out = {}
    for i, basis in enumerate(BASES):
        plan = sign * r.randint(1000, 9000) * (1, 4, 12)[i]
        out[basis] = (plan, plan + r.randint(-800, 800))
    return out


def statement_rows(r, lines):
    """(kind, label, data): a blank, a section heading, a line, an of-which remark, a total with what it adds."""
    rows, added, typed = [], [], r.random() < 0.35
    sections = r.random() < 0.5
    for section, title, total in (("income", "Income", "Total Income"), ("expenditure", "Expenditure", "Total Expenditure")):
        mine = [line for line in lines if line[1] == section]
        if sections:
            rows.append(("heading", title, None))
        for line in mine:
            rows.append(("line", line[0], line))
            if section == "expenditure" and r.random() < 0.3:
                rows.append(("of which", "of which agency", {b: (line[3][b][0] // 10, line[3][b][1] // 10) for b in BASES}))
        rows.append(("total", total, ([line[0] for line in mine], typed)))
        added.append(total)
        if r.random() < 0.6:
            rows.append(("blank", "", None))
    for line in lines:
        if line[1] == "":
            rows.append(("line", line[0], line))
            added.append(line[0])
    rows.append(("total", r.choice(["System Surplus/(Deficit)", "Net position", "Total surplus / (deficit)"]), (added, typed)))
    return rows


def sums(lines, rows):
    values = {line[0]: line[3] for line in lines}
    for kind, label, data in rows:
        if kind == "total":
            values[label] = {b: tuple(sum(values[part][b][i] for part in data[0]) for i in (0, 1)) for b in BASES}
    return values


def headings(r, bases, unit_text, where):
    """One (basis, kind, [heading lines]) a column."""
    plan = r.choice(PLAN)
    variance = r.choice(["Variance", "Variance", "Var", "Variance Fav/(Adv)", None])
    grouped = r.random() < 0.6
    columns = []
    order = list(bases)
    if r.random() < 0.3:
        r.shuffle(order)
    swap = r.random() < 0.3
    for basis in order:
        group = r.choice(GROUPS[basis])
        kinds = ["plan", "actual"] + (["variance"] if variance else [])
        if swap:
            kinds[0:2] = ["actual", "plan"]
        for kind in kinds:
            word = {"plan": plan, "actual": "Actual", "variance": variance}[kind]
            if basis == "year" and kind == "actual":
                word = r.choice(["Forecast", "FOT", "Forecast"])
            if grouped:
                lines = [group, word]
            else:
                lines = [{"month": "In month", "ytd": "YTD", "year": "Full year"}[basis] + " " + word]
                if basis == "year" and kind == "actual":
                    lines = [r.choice(["Forecast outturn", "FOT", "Full year forecast"])]
            if where == "heading":
                lines[-1] += r.choice([" ", "\n"]) + unit_text
            elif where == "row":
                lines.append(unit_text)
            columns.append((basis, kind, lines))
    return columns, grouped


def statement_sheet(r, lines, title, bases, unit):
    scale, spellings, _ = UNITS[unit]
    unit_text = r.choice(spellings)
    where = r.choice(["title", "heading", "row", "above"])
    sheet = Sheet(title)
    top, left = r.randint(1, 6), r.randint(1, 4)
    sheet.put(top, left, "System position, month 5 2022/23" + (", " + unit_text if where == "title" else ""))
    columns, grouped = headings(r, bases, unit_text, where)
    label_columns = r.choice([1, 1, 1, 2])
    first = left + label_columns
    row = top + r.randint(2, 3)
    if where == "above":
        sheet.put(row - 1, first, unit_text)
    height = max(len(c[2]) for c in columns)
    i = 0
    while i < len(columns):
        span = sum(1 for c in columns if c[0] == columns[i][0])
        for j in range(span):
            texts = columns[i + j][2]
            for k, text in enumerate(texts):
                if grouped and k == 0:
                    if j == 0:
                        sheet.put(row, first + i, text)
                else:
                    sheet.put(row + height - len(texts) + k, first + i + j, text)
        if grouped and span > 1 and r.random() < 0.75:
            sheet.merges.append((row, first + i, row, first + i + span - 1))
        elif grouped:
            for j in range(span):
                sheet.put(row, first + i + j, columns[i][2][0])
        i += span
    if r.random() < 0.4:
        sheet.put(row + height - 1, left, r.choice(["Line", "Description", "Income and expenditure"]))
    row += height
    rows = statement_rows(r, lines)
    values = sums(lines, rows)
    where_is, how = {}, r.choice(["number", "number", "bracket", "minus", "hyphen"])
    for kind, label, data in rows:
        if kind == "blank":
            row += 1
            continue
        sub = kind in ("line", "of which")
        column = left + (1 if sub and label_columns == 2 else 0)
        indent = r.choice(["spaces", "format"]) if sub and label_columns == 1 else None
        sheet.put(row, column, ("   " if indent == "spaces" else "") + label + r.choice(["", "", " ", "\u00a0"]))
        if indent == "format":
            sheet.indents[row, column] = 1
        where_is[label] = row
        for n, (basis, what, _) in enumerate(columns):
            if kind == "heading":
                continue
            cell = (row, first + n)
            pair = data[basis] if kind == "of which" else values[label][basis]
            if what == "variance":
                plan_at = [m for m, c in enumerate(columns) if c[0] == basis and c[1] == "plan"][0]
                actual_at = [m for m, c in enumerate(columns) if c[0] == basis and c[1] == "actual"][0]
                sheet.put(*cell, ("=%s%d-%s%d" % (letter(first + actual_at), row, letter(first + plan_at), row),
                                  plain(Fraction(pair[1] - pair[0]) * scale)) if how == "number" else
                          written(pair[1] - pair[0], scale, how))
                continue
            amount = pair[0 if what == "plan" else 1]
            if kind == "total" and not data[1] and how == "number":
                at = letter(first + n)
                parts = [where_is[p] for p in data[0]]
                if parts == list(range(parts[0], parts[0] + len(parts))) and r.random() < 0.7:
                    formula = "=SUM(%s%d:%s%d)" % (at, parts[0], at, parts[-1])
                else:
                    formula = r.choice(["=", "=+"]) + "+".join("%s%d" % (at, p) for p in parts)
                sheet.put(*cell, (formula, plain(Fraction(amount) * scale)))
            else:
                sheet.put(*cell, written(amount, scale, how))
        row += 1
    if r.random() < 0.3:
        sheet.put(row + 1, left, "Income is positive, expenditure negative.")
    return sheet, values


def organisations_sheet(r, title, unit):
    scale, spellings, _ = UNITS[unit]
    bodies = {b: [r.randint(-9000, 9000) for _ in range(4)] for b in ("UHL", "LPT", "ICB")}
    sheet = Sheet(title)
    top, left = r.randint(1, 5), r.randint(1, 4)
    sheet.put(top, left, r.choice(["Surplus/(deficit) by organisation", "Organisation positions"]) + ", " + r.choice(spellings))
    spelt = r.choice([("YTD plan", "YTD actual", "Full-year plan", "Forecast outturn"),
                      ("YTD Budget", "YTD Actual", "Annual plan", "FOT"),
                      ("Plan to date", "Actual to date", "Plan for the year", "Year end forecast")])
    columns = list(zip(("plan", "actual", "full_year_plan", "forecast"), spelt, range(4)))
    if r.random() < 0.4:
        r.shuffle(columns)
    row = top + 2
    sheet.put(row, left, r.choice(["Organisation", "Trust", ""]))
    for i, (_, heading, _) in enumerate(columns):
        sheet.put(row, left + 1 + i, heading)
    total = [sum(v[i] for v in bodies.values()) for i in range(4)]
    for name, values in list(bodies.items()) + [(r.choice(["System", "Total", "LLR system total"]), total)]:
        row += 1
        sheet.put(row, left, name)
        for i, (_, _, which) in enumerate(columns):
            sheet.put(row, left + 1 + i, written(values[which], scale, "number"))
    bodies["total"] = total
    return sheet, bodies


def draw_items(r):
    items = []
    for n in range(r.randint(3, 7)):
        items.append(("risk", "R%02d" % (n + 1), r.choice(["UHL", "LPT", "ICB", "System"]), r.choice(["Demand", "Workforce", "Income"]),
                      r.randint(5, 200) * 100, Fraction(r.choice([5, 10, 20, 25, 40, 50, 60, 75, 80, 90]), 100)))
    for n in range(r.randint(1, 4)):
        items.append(("mitigation", "M%02d" % (n + 1), r.choice(["UHL", "LPT", "ICB", "System"]), r.choice(["Demand", "Workforce"]),
                      r.randint(5, 100) * 100, Fraction(r.choice([20, 25, 50, 60, 80]), 100)))
    return items


def register_sheets(r, items, unit):
    scale, spellings, _ = UNITS[unit]
    unit_text = r.choice(spellings)
    arrangement = r.choice(["one table", "one table", "two sheets", "below", "beside", "sections"])
    likelihood = r.choice(["percent", "fraction", "text percent", "number of percent"])
    spelt = {"ref": r.choice(["Ref", "Risk ref", "ID", "No"]), "description": r.choice(["Description", "Detail", "Risk description"]),
             "owner": r.choice(["Organisation", "Owner", "Org"]), "category": r.choice(["Category", "Theme"]),
             "kind": r.choice(["Type", "Risk / Mitigation", "Kind"]),
             "gross": r.choice(["Gross", "Gross value", "Gross impact", "Value", "Gross amount"]) + " " + unit_text,
             "likelihood": r.choice(["Likelihood", "Probability"]) + (" %" if likelihood == "number of percent" else ""),
             "adjusted": r.choice(["Adjusted", "Risk adjusted", "Adjusted value", "Weighted"]) + " " + unit_text}
    fields = ["ref", "description", "owner", "category", "kind", "gross", "likelihood", "adjusted"]
    if r.random() < 0.3:
        fields.remove("category")
    if r.random() < 0.3:
        fields.remove("adjusted")
    if arrangement != "one table":
        fields.remove("kind")
    if r.random() < 0.3:
        tail = fields[2:]
        r.shuffle(tail)
        fields[2:] = tail

    def chance(p):
        return {"percent": float(p), "fraction": float(p), "text percent": "%d%%" % (p * 100), "number of percent": int(p * 100)}[likelihood]

    def table(sheet, row, left, of, with_heading=True):
        if with_heading:
            for i, f in enumerate(fields):
                sheet.put(row, left + i, spelt[f])
            row += 1
        for kind, ref, owner, category, gross, p in of:
            given = {"ref": ref, "description": kind.capitalize() + " number " + ref, "owner": owner, "category": category,
                     "kind": kind.capitalize(), "gross": written(gross, scale, "number"), "likelihood": chance(p),
                     "adjusted": plain(Fraction(gross) * p * scale)}
            for i, f in enumerate(fields):
                sheet.put(row, left + i, given[f])
            row += 1
            if r.random() < 0.1:
                row += 1
        return row

    risks = [i for i in items if i[0] == "risk"]
    mitigations = [i for i in items if i[0] == "mitigation"]
    top, left = r.randint(1, 4), r.randint(1, 3)
    sheet = Sheet(r.choice(["Risks", "Risk register", "R&M", "Risks and mitigations"]))
    sheet.put(top, left, "Risks and mitigations")
    if arrangement == "one table":
        mixed = items[:]
        if r.random() < 0.5:
            r.shuffle(mixed)
        table(sheet, top + 2, left, mixed)
        return [sheet]
    if arrangement == "two sheets":
        sheet.title, sheet.cells = "Risks", {(1, 1): "Risks"}
        table(sheet, 3, left, risks)
        other = Sheet("Mitigations")
        other.put(1, 1, "Mitigations")
        table(other, 3, left, mitigations)
        return [sheet, other]
    if arrangement == "below":
        sheet.put(top + 2, left, "Risks")
        row = table(sheet, top + 3, left, risks)
        sheet.put(row + 2, left, "Mitigations")
        table(sheet, row + 3, left, mitigations)
        return [sheet]
    if arrangement == "sections":
        for i, f in enumerate(fields):
            sheet.put(top + 2, left + i, spelt[f])
        sheet.put(top + 3, left, "Risks")
        row = table(sheet, top + 4, left, risks, False)
        sheet.put(row, left, "Mitigations")
        table(sheet, row + 1, left, mitigations, False)
        return [sheet]
    sheet.put(top + 2, left, "Risks")
    table(sheet, top + 3, left, risks)
    aside = left + len(fields) + r.randint(0, 2)
    sheet.put(top + 2, aside, "Mitigations")
    table(sheet, top + 3, aside, mitigations)
    return [sheet]


def save(path, sheets, library):
    if library == "xlsxwriter":
        book = xlsxwriter.Workbook(path)
        indent = book.add_format({"indent": 1})
        for s in sheets:
            w = book.add_worksheet(s.title)
            for row1, column1, row2, column2 in s.merges:
                w.merge_range(row1 - 1, column1 - 1, row2 - 1, column2 - 1, "")
            for (row, column), value in s.cells.items():
                style = indent if (row, column) in s.indents else None
                if isinstance(value, tuple):
                    w.write_formula(row - 1, column - 1, value[0], style, value[1])
                elif isinstance(value, str):
                    w.write_string(row - 1, column - 1, value, style)
                else:
                    w.write_number(row - 1, column - 1, value, style)
        book.close()
        return
    book = openpyxl.Workbook()
    book.remove(book.active)
    for s in sheets:
        w = book.create_sheet(s.title)
        for (row, column), value in s.cells.items():
            # openpyxl stores no result beside a formula: such a workbook is one that nothing has calculated.
            w.cell(row, column, value[1] if isinstance(value, tuple) else value)
            if (row, column) in s.indents:
                w.cell(row, column).alignment = openpyxl.styles.Alignment(indent=1)
        for row1, column1, row2, column2 in s.merges:
            w.merge_cells(start_row=row1, start_column=column1, end_row=row2, end_column=column2)
    book.save(path)


def pounds(text):
    return None if text is None else Fraction(text)


def ask(tool, command, path):
    run = subprocess.run([tool, *known([command, "--json", path])], capture_output=True, text=True)
    if run.returncode not in (0, 1):
        return None, run.stderr
    return json.loads(run.stdout), run.stderr


def check_statement(problems, said, values, bases):
    main = "ytd" if "ytd" in bases else "month"
    if said.get("basis") != {"ytd": "to_date", "month": "in_month"}[main]:
        problems.append("basis %s" % said.get("basis"))
    got = {line["line"]: line for line in said["lines"]}
    for extra in set(got) - set(values):
        problems.append("unexpected line %r" % extra)
    names = {"month": ("in_month", "budget", "actual"), "ytd": ("to_date", "budget", "actual"), "year": ("full_year", "plan", "forecast")}
    for label, by_basis in values.items():
        line = got.get(label)
        if line is None:
            problems.append("no line %r" % label)
            continue
        plan, actual = by_basis[main]
        for key, want in (("budget", plan), ("actual", actual), ("variance", actual - plan)):
            if pounds(line[key]) != want * 1000:
                problems.append("%s %s: %s, expected %s" % (label, key, line[key], want * 1000))
        for basis in bases:
            member, plan_key, actual_key = names[basis]
            part = line.get(member) or {}
            for key, want in ((plan_key, by_basis[basis][0]), (actual_key, by_basis[basis][1])):
                if pounds(part.get(key)) != want * 1000:
                    problems.append("%s %s %s: %s, expected %s" % (label, member, key, part.get(key), want * 1000))


def check_organisations(problems, said, bodies):
    got = {o["organisation"]: o for o in said["organisations"] if not o["total"]}
    totals = [o for o in said["organisations"] if o["total"]]
    if len(totals) != 1 or len(got) != 3:
        problems.append("organisations %s, %d totals" % (sorted(got), len(totals)))
        return
    got["total"] = totals[0]
    for name, values in bodies.items():
        for key, want in zip(("plan", "actual", "full_year_plan", "forecast"), values):
            if name not in got or pounds(got[name][key]) != want * 1000:
                problems.append("%s %s: %s, expected %s" % (name, key, got.get(name, {}).get(key), want * 1000))


def distribution(items):
    chances = {0: Fraction(1)}
    for kind, _, _, _, gross, p in items:
        step, after = (gross if kind == "risk" else -gross), {}
        for total, q in chances.items():
            after[total] = after.get(total, 0) + q * (1 - p)
            after[total + step] = after.get(total + step, 0) + q * p
        chances = after
    return chances


def check_register(problems, said, items, bodies):
    register = said.get("register")
    if register is None:
        problems.append("no register")
        return
    got = {i["reference"]: i for i in register["items"]}
    for kind, ref, owner, category, gross, p in items:
        i = got.get(ref)
        if i is None:
            problems.append("no item %s" % ref)
        elif (i["kind"], i["organisation"], pounds(i["gross"]), Fraction(i["likelihood"])) != (kind, owner, gross * 1000, p):
            problems.append("item %s: %s" % (ref, i))
    if len(got) != len(items):
        problems.append("items %s" % sorted(got))
    total = {k: sum(g for kind, _, _, _, g, _ in items if kind == k) for k in ("risk", "mitigation")}
    adjusted = {k: sum(g * p for kind, _, _, _, g, p in items if kind == k) for k in ("risk", "mitigation")}
    for key, want in (("gross_risk", total["risk"]), ("adjusted_risk", adjusted["risk"]), ("gross_mitigation", total["mitigation"]),
                      ("adjusted_mitigation", adjusted["mitigation"]), ("net", adjusted["risk"] - adjusted["mitigation"])):
        if pounds(register[key]) != want * 1000:
            problems.append("%s: %s, expected %s" % (key, register[key], want * 1000))
    chances, d = distribution(items), register["distribution"]
    running, levels = Fraction(0), {"p10": Fraction(1, 10), "p50": Fraction(1, 2), "p90": Fraction(9, 10)}
    for total_net in sorted(chances):
        running += chances[total_net]
        for name in [n for n, level in levels.items() if running >= level]:
            if pounds(d[name]) != total_net * 1000:
                problems.append("%s: %s, expected %s" % (name, d[name], total_net * 1000))
            del levels[name]
    if bodies is not None:
        room = bodies["total"][3] - bodies["total"][2]
        want = sum(q for t, q in chances.items() if t <= room)
        if Fraction(d["chance_inside"]) != want:
            problems.append("chance inside: %s, expected %s" % (d["chance_inside"], want))


def main():
    tool, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    keep = sys.argv[3] if len(sys.argv) > 3 else None
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            r = random.Random(seed)
            bases = SHAPES[seed % len(SHAPES)]
            lines, items = draw_lines(r), draw_items(r)
            unit = r.choice(list(UNITS))
            sheet, values = statement_sheet(r, lines, r.choice(["I&E", "System position", "SOCI", "Sheet1", "Summary", "M5 finance"]), bases, unit)
            sheets, bodies = [sheet], None
            if r.random() < 0.7:
                extra, bodies = organisations_sheet(r, r.choice(["Organisations", "By trust", "Sheet2"]), r.choice(list(UNITS)))
                sheets.append(extra)
            sheets += register_sheets(r, items, r.choice(list(UNITS)))
            r.shuffle(sheets)
            path = os.path.join(keep or folder, "report-%d.xlsx" % seed)
            save(path, sheets, ("xlsxwriter", "openpyxl")[seed % 2])
            problems = []
            said, talk = ask(tool, "position", path)
            if said is None:
                problems.append(talk)
            else:
                check_statement(problems, said, values, bases)
                if bodies is not None:
                    check_organisations(problems, said, bodies)
            risk, more = ask(tool, "risk", path)
            if risk is None:
                problems.append(more)
            else:
                check_register(problems, risk, items, bodies)
            if problems:
                failed += 1
                print("layout %d (%s, %s) differs:" % (seed, bases, [s.title for s in sheets]))
                for p in problems[:6]:
                    print("   ", p)
                errors = [line for line in talk.splitlines() if line.startswith(("error", "warning"))][:4]
                print("    said:", *errors, sep="\n      ")
    print("%d layouts, %d differ" % (count, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
