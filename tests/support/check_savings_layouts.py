#!/usr/bin/env python3
"""check_savings_layouts.py RISKSHARE: writes the published savings and control-total tables in many layouts with
openpyxl and XlsxWriter, asks RISKSHARE for them, and compares every figure exactly. The truth is the table below
(operational plan 2019/20, section 6) and hand arithmetic; each layout is a seeded choice of ways in which people set
out such tables."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

import openpyxl
import xlsxwriter

from llr import known

SAVINGS = {  # £000: red, amber, green, unidentified
    "UHL": (4744, 11713, 7125, 3062),
    "LPT": (None, 2128, 3929, 954),
    "LCCCG": (2809, 4109, 10112, 0),
    "ELRCCG": (2909, 7527, 10000, 5980),
    "WLCCG": (3060, 4773, 9259, 5264),
}
CONTROL = {  # £000: gross, centralised funding, net unmitigated risk
    "UHL": (-48740, 38060, 3062),
    "LPT": (0, 2140, 954),
    "LCCCG": (0, 0, None),
    "ELRCCG": (0, 0, 5980),
    "WLCCG": (0, 0, 5264),
}
WEIGHTS = (Fraction(1, 2), Fraction(1, 4), Fraction(0), Fraction(1))
NAMES = {
    "UHL": ["UHL", "UHL ", "University Hospitals of Leicester NHS Trust", "uhl"],
    "LPT": ["LPT", "Leicestershire Partnership NHS Trust", " LPT\u00a0"],
    "LCCCG": ["CITY CCG", "LCCCG", "Leicester City CCG"],
    "ELRCCG": ["EAST CCG", "ELRCCG", "East Leicestershire and Rutland CCG"],
    "WLCCG": ["WEST CCG", "WLCCG", "West Leicestershire CCG"],
}
HEADINGS = {
    "organisation": ["Organisation", "Org", "Trust / CCG", "", "Body", "Organization"],
    "red": ["RED", "Red", "R", "Red rated", "RAG Red", "Red schemes"],
    "amber": ["AMBER", "Amber", "A", "Ambr", "Amber rated"],
    "green": ["GREEN", "Green", "G", "Green rated", "Gren"],
    "unidentified": ["UNIDENTIFIED", "Unidentifed", "Unidentified savings", "Un-identified", "U", "Not identified"],
    "total": ["TOTAL SAVING PLANNED", "Total", "Total savings", "Total plan"],
    "risk": ["RISK (100% Unidentified, 50% Red, 25% Amber)", "Risk", "At risk", "Savings at risk"],
    "gross": ["Gross Control Total", "Gross CT", "Gross control totl"],
    "funding": ["Receipt of Centralised Funding (PSF, FRF & MRET)", "Centralised Funding", "Central funding"],
    "control": ["Control Total", "Net control total", "Contol Total"],
    "net_risk": ["Net Unmitigated Risk to achievement of control total", "Net unmitigated risk", "Net risk"],
}
UNITS = {"£": (Fraction(1000), ["£", "(£)", "GBP"]), "£000": (Fraction(1), ["£000", "£'000", "£000s", "£k", "£\u2019000"]),
         "£m": (Fraction(1, 1000), ["£m", "£ million", "(£m)"])}
TOTALS = ["LLR ICS TOTAL", "Total", "LLR STP Total", "System", "Grand total"]


class Sheet:
    """A list of cells and merges, written by either library."""

    def __init__(self, title):
        self.title, self.cells, self.merges, self.hidden = title, {}, [], False

    def put(self, row, column, value):
        if value is not None and value != "":
            self.cells[row, column] = value


def number(value, scale, choice):
    """A figure as a number, or as one of the texts that people type."""
    if value is None:
        return None
    scaled = Fraction(value) * scale
    plain = int(scaled) if scaled.denominator == 1 else float(scaled)
    if choice == "number":
        return plain
    digits = format(abs(scaled.numerator) / scaled.denominator if scaled.denominator > 1 else abs(scaled.numerator), ",")
    return "(%s)" % digits if scaled < 0 else digits


def lay_out(r, sheet, columns, rows, total_row, unit, title):
    """Sets a table out; columns are (id, [cells])."""
    scale, spellings = UNITS[unit]
    top, left = r.randint(1, 9), r.randint(1, 6)
    unit_text = r.choice(spellings)
    where = r.choice(["row", "heading", "title", "heading line", "above"])
    group = r.random() < 0.3
    sheet.put(top, left, title + (", " + unit_text if where == "title" else ""))
    if where == "above":
        sheet.put(top + 1, left + 2, unit_text)
    row = top + r.randint(2, 4)
    if group:
        amounts = [i for i, (name, _) in enumerate(columns) if name != "organisation"]
        sheet.put(row, left + amounts[0], "2019/20 plan")
        if amounts[-1] > amounts[0] and r.random() < 0.7:
            sheet.merges.append((row, left + amounts[0], row, left + amounts[-1]))
        row += 1
    two_lines = r.random() < 0.3
    for i, (name, cells) in enumerate(columns):
        heading = r.choice(HEADINGS.get(name, [name]))
        is_amount = name != "organisation"
        if is_amount and where == "heading":
            heading += " " + unit_text
        if is_amount and where == "heading line":
            heading += "\n" + unit_text
        words = heading.split(" ")
        if two_lines and len(words) > 1 and "(" not in heading:
            sheet.put(row, left + i, " ".join(words[: len(words) // 2]))
            sheet.put(row + 1, left + i, " ".join(words[len(words) // 2 :]))
        else:
            sheet.put(row + (1 if two_lines else 0), left + i, heading)
    row += 2 if two_lines else 1
    if where == "row":
        for i, (name, _) in enumerate(columns):
            if name != "organisation":
                sheet.put(row, left + i, unit_text)
        row += 1
    spacers = r.random() < 0.3
    texts = r.random() < 0.3
    order = list(range(len(rows)))
    if total_row is not None and r.random() < 0.2:
        order = [len(rows)] + order  # the total on top
    elif total_row is not None:
        order.append(len(rows))
    for n in order:
        if spacers and r.random() < 0.4:
            row += 1
        for i, (name, cells) in enumerate(columns):
            value = cells[n] if n < len(rows) else total_row[i]
            if name == "organisation" or name.startswith("Notes"):
                sheet.put(row, left + i, value)
            else:
                sheet.put(row, left + i, number(value, scale, "text" if texts and r.random() < 0.5 else "number"))
        row += 1
    if r.random() < 0.5:
        sheet.put(row + 1, left, "Note: figures are subject to audit.")


def add(values):
    return sum(v for v in values if v is not None)


def savings_sheet(r, title):
    names = list(SAVINGS)
    r.shuffle(names)
    sheet = Sheet(title)
    ids = ["red", "amber", "green", "unidentified"]
    columns = [("organisation", [r.choice(NAMES[n]) for n in names])]
    figures = [(name, [SAVINGS[n][i] for n in names]) for i, name in enumerate(ids)]
    r.shuffle(figures)
    if r.random() < 0.8:
        figures.append(("total", [add(SAVINGS[n]) for n in names]))
    if r.random() < 0.7:
        figures.append(("risk", [add(w * v for w, v in zip(WEIGHTS, SAVINGS[n]) if v is not None) for n in names]))
    if r.random() < 0.3:
        figures.insert(r.randint(0, len(figures)), ("Notes of the lead", ["see plan"] * len(names)))
    columns += figures
    total = [r.choice(TOTALS)] + [None if name.startswith("Notes") else add(c) for name, c in figures] if r.random() < 0.8 else None
    unit = r.choice(list(UNITS))
    lay_out(r, sheet, columns, names, total, unit, "Savings plans by delivery rating")
    return sheet


def control_sheet(r, title):
    names = list(CONTROL)
    r.shuffle(names)
    sheet = Sheet(title)
    figures = [
        ("gross", [CONTROL[n][0] for n in names]),
        ("funding", [CONTROL[n][1] for n in names]),
        ("control", [CONTROL[n][0] + CONTROL[n][1] for n in names]),
        ("net_risk", [CONTROL[n][2] for n in names]),
    ]
    r.shuffle(figures)
    columns = [("organisation", [r.choice(NAMES[n]) for n in names])] + figures
    total = [r.choice(TOTALS)] + [add(c) for _, c in figures] if r.random() < 0.8 else None
    lay_out(r, sheet, columns, names, total, r.choice(list(UNITS)), "Financial plan")
    return sheet


def write(path, sheets, writer):
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        book.remove(book.active)
        for s in sheets:
            ws = book.create_sheet(s.title)
            for (row, column), value in s.cells.items():
                ws.cell(row, column, value)
            for first_row, first, last_row, last in s.merges:
                ws.merge_cells(start_row=first_row, start_column=first, end_row=last_row, end_column=last)
            if s.hidden:
                ws.sheet_state = "hidden"
        book.save(path)
        return
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    for s in sheets:
        ws = book.add_worksheet(s.title)
        for first_row, first, last_row, last in s.merges:
            ws.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, "")
        for (row, column), value in s.cells.items():
            ws.write(row - 1, column - 1, value)
        if s.hidden:
            ws.hide()
    book.close()


def ask(tool, command, path):
    done = subprocess.run([tool, *known([command, "--json", path])], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        return None, "status %d: %s" % (done.returncode, done.stderr.strip()[:600])
    return json.loads(done.stdout), done.stderr


def pounds(value):
    return None if value is None else Fraction(value) * 1000


def equal(text, value):
    return text is None if value is None else text is not None and Fraction(text) == pounds(value)


def differences(tool, path):
    out = []
    answer, said = ask(tool, "risk", path)
    if answer is None:
        return ["risk: " + said]
    rows = {row["organisation"]: row for row in answer["organisations"]}
    if set(rows) != set(SAVINGS):
        return ["risk: organisations are %s" % sorted(rows)]
    for name, figures in SAVINGS.items():
        for rating, value in zip(("red", "amber", "green", "unidentified"), figures):
            if not equal(rows[name][rating], value):
                out.append("risk: %s %s is %s" % (name, rating, rows[name][rating]))
        if not equal(rows[name]["risk"], add(w * v for w, v in zip(WEIGHTS, figures) if v is not None)):
            out.append("risk: %s risk is %s" % (name, rows[name]["risk"]))
    if not equal(answer["system"]["risk"], Fraction("29583.5")):
        out.append("risk: the system's is %s" % answer["system"]["risk"])
    answer, said = ask(tool, "position", path)
    if answer is None:
        return out + ["position: " + said]
    rows = {row["organisation"]: row for row in answer["control_totals"]}
    if set(rows) != set(CONTROL):
        return out + ["position: organisations are %s" % sorted(rows)]
    for name, (gross, funding, risk) in CONTROL.items():
        for key, value in (("gross", gross), ("centralised_funding", funding), ("control_total", gross + funding), ("net_unmitigated_risk", risk)):
            if not equal(rows[name][key], value):
                out.append("position: %s %s is %s" % (name, key, rows[name][key]))
    return out


def rewritten_by_libreoffice(paths, folder):
    """The same workbooks as LibreOffice saves them; none where it is not installed."""
    office = shutil.which("soffice")
    if office is None or not paths:
        print("LibreOffice is not here: no layout was written by it")
        return []
    out = os.path.join(folder, "libreoffice")
    subprocess.run(
        [office, "-env:UserInstallation=file://" + os.path.join(folder, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out] + paths,
        check=True, capture_output=True, timeout=240)  # fmt: skip
    return [os.path.join(out, os.path.basename(path)) for path in paths]


def main():
    tool = sys.argv[1]
    layouts = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for seed in range(layouts):
            r = random.Random(seed)
            sheets = [savings_sheet(r, "Efficiencies"), control_sheet(r, "Control totals")]
            if r.random() < 0.3:
                cover = Sheet("Cover")
                cover.put(2, 2, "LLR operational plan 2019/20")
                cover.put(3, 2, "Control totals are in £m, efficiencies in £000.")
                sheets.insert(0, cover)
            if r.random() < 0.2:
                sheets[-1].hidden = True
            r.shuffle(sheets)
            if all(s.hidden for s in sheets) or sheets[0].hidden:
                for s in sheets:
                    s.hidden = False
            paths.append(os.path.join(folder, "layout-%03d.xlsx" % seed))
            write(paths[-1], sheets, ["openpyxl", "xlsxwriter"][seed % 2])
        again = rewritten_by_libreoffice(paths[::4], folder)
        for path in paths + again:
            wrong = differences(tool, path)
            if wrong:
                failed += 1
                print("%s: %s" % (os.path.relpath(path, folder), "; ".join(wrong[:4])))
                keep = os.environ.get("KEEP")
                if keep:
                    os.makedirs(keep, exist_ok=True)
                    shutil.copy(path, keep)
    print("%d layouts, of them %d written by LibreOffice, %d read wrongly" % (layouts + len(again), len(again), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
