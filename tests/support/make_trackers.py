#!/usr/bin/python3
"""make_trackers.py OUTDIR: the same savings schemes as trackers in many layouts, and expected.json with what they hold.

Written with openpyxl alone, so that what riskshare reads is held against what another program wrote.
"""
import json
import random
import sys
from datetime import date
from decimal import Decimal

import openpyxl
from openpyxl.utils import get_column_letter as letter
from openpyxl.worksheet.table import Table

OUT = sys.argv[1]
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
FULL = ["April", "May", "June", "July", "August", "September", "October", "November", "December", "January", "February",
        "March"]
LABELS = [f"{m}-{19 if i < 9 else 20}" for i, m in enumerate(MONTHS)]
DATES = [date(2019 if i < 9 else 2020, (i + 3) % 12 + 1, 1) for i in range(12)]
RAGS = ["red", "amber", "green"]
expected = []


def make(seed, organisation, count, unidentified=True):
    """Schemes of whole pounds; the actuals of M1 to M3 differ from plan."""
    rng = random.Random(seed)
    out = []
    for i in range(count):
        start = rng.randint(1, 9)
        monthly = rng.randint(200, 90000)
        plan = [0 if m + 1 < start else monthly for m in range(12)]
        plan[11] += rng.randint(0, 11)
        actual = [p if m > 2 else p * rng.randint(50, 110) // 100 for m, p in enumerate(plan)]
        out.append(dict(reference=f"{organisation}-{i + 1:03}", name=f"{rng.choice(['Theatres', 'Beds', 'Estates'])} {i + 1}",
                        organisation=organisation, division=rng.choice(["Surgery", "Medicine", "Corporate"]),
                        workstream=rng.choice(["Workforce", "Procurement", "Outpatients"]),
                        rating=RAGS[i % 3], recurrent=rng.choice([True, False]), cash=rng.choice([True, False]),
                        qia=rng.choice(["Approved", "Submitted"]), start=start, fye=monthly * 12,
                        plan=plan, actual=actual))
    if unidentified:
        out.append(dict(reference=f"{organisation}-U", name="Unidentified", organisation=organisation, division="",
                        workstream="", rating="unidentified", recurrent=None, cash=None, qia="", start=None, fye=None,
                        plan=[1000] * 12, actual=[0] * 12))
    return out


def pounds(v):
    return None if v is None else f"{Decimal(v):.2f}"


def expect(name, schemes, finding=None, unit=None, month=3, stated=False, hidden=0, mapping=None):
    expected.append(dict(
        file=name, unit=unit, month=month, finding=finding, hidden=hidden, map=mapping,
        schemes=[dict(reference=s["reference"], name=s["name"], organisation=s["organisation"], rating=s["rating"],
                      recurrent=s["recurrent"],
                      plan=None if stated else [pounds(v) for v in s["plan"]],
                      actual=None if stated else [pounds(v) for v in s["actual"]],
                      plan_year=pounds(sum(s["plan"])), forecast=pounds(sum(s["actual"])),
                      plan_to_date=pounds(sum(s["plan"][:month])), actual_to_date=pounds(sum(s["actual"][:month])))
                 for s in schemes]))


def save(wb, name):
    wb.save(f"{OUT}/{name}")


def sheet(title="Tracker", note="All figures in £", heading="UHL CIP tracker 2019/20"):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = title
    ws["A1"] = heading
    if note:
        ws["A2"] = note
    return wb, ws


FIELDS = ["Ref", "Scheme", "CMG", "Workstream", "RAG", "Recurrent?", "Cash releasing?", "QIA", "Start date",
          "Full year effect"]


def cells(s, rag=str.capitalize, rec=("R", "NR"), yes=("Y", "N"), scale=lambda v: v):
    flag = lambda v, words: None if v is None else words[0] if v else words[1]
    return [s["reference"], s["name"], s["division"] or None, s["workstream"] or None, rag(s["rating"]),
            flag(s["recurrent"], rec), flag(s["cash"], yes), s["qia"] or None,
            DATES[s["start"] - 1] if s["start"] else None, scale(s["fye"]) if s["fye"] is not None else None]


def write_row(ws, row, values, column=1):
    for i, v in enumerate(values):
        if v is not None:
            ws.cell(row, column + i, v)


def blocks(ws, row, column, month_heads, plan="PLAN", actual="ACTUAL / FORECAST", total=True, merge=True):
    """Two blocks of months side by side; returns the columns of each."""
    width = 13 if total else 12
    for i, word in enumerate((plan, actual)):
        first = column + i * width
        ws.cell(row, first, word)
        if merge:
            ws.merge_cells(start_row=row, end_row=row, start_column=first, end_column=first + width - 1)
        for m in range(12):
            c = ws.cell(row + 1, first + m, month_heads[m])
            if isinstance(month_heads[m], date):
                c.number_format = "mmm-yy"
        if total:
            ws.cell(row + 1, first + 12, "Total")
    return column, column + width


def put_months(ws, row, first, values, total=True, scale=lambda v: v):
    for m, v in enumerate(values):
        ws.cell(row, first + m, scale(v))
    if total:
        ws.cell(row, first + 12, scale(sum(values)))


def standard(name, schemes, month_heads=DATES, note="All figures in £", merge=True, total=True, rag=str.capitalize,
             rec=("R", "NR"), yes=("Y", "N"), scale=lambda v: v, plan="PLAN", actual="ACTUAL / FORECAST", grand=True,
             before=None, **kw):
    wb, ws = sheet(note=note)
    write_row(ws, 4, FIELDS)
    p, a = blocks(ws, 4, 11, month_heads, plan, actual, total, merge)
    row = 6
    for s in schemes:
        write_row(ws, row, cells(s, rag, rec, yes, scale))
        put_months(ws, row, p, s["plan"], total, scale)
        put_months(ws, row, a, s["actual"], total, scale)
        row += 1
    if grand:
        ws.cell(row, 2, "TOTAL")
        for c in range(10, a + (13 if total else 12)):
            ws.cell(row, c, scale(sum(column_values(schemes, c, p, a, total))))
    if before:
        before(wb, ws, row)
    save(wb, name)
    expect(name, schemes, **kw)


def column_values(schemes, c, p, a, total=True, effect=10):
    for s in schemes:
        if c == effect and c < p:
            yield s["fye"] or 0
        elif p <= c < p + 12:
            yield s["plan"][c - p]
        elif total and c == p + 12:
            yield sum(s["plan"])
        elif a <= c < a + 12:
            yield s["actual"][c - a]
        elif total and c == a + 12:
            yield sum(s["actual"])


thousands = lambda v: float(Decimal(v) / 1000)
millions = lambda v: float(Decimal(v) / 1000000)
UHL = make(1, "UHL", 14)
LPT = make(2, "LPT", 7)

standard("two_rows_dates.xlsx", UHL)
standard("two_rows_unmerged_text_months.xlsx", UHL, month_heads=LABELS, merge=False)
standard("thousands_in_title.xlsx", UHL, note="£000 unless stated", scale=thousands)
standard("millions.xlsx", UHL, note="£m", scale=millions, month_heads=FULL)
standard("m_numbers.xlsx", UHL, month_heads=[f"M{m}" for m in range(1, 13)], note=None, plan="Plan £000",
         actual="Actual £000", scale=thousands, unit="£000")
standard("month_words_letters.xlsx", UHL, month_heads=[f"Month {m}" for m in range(1, 13)],
         rag=lambda r: r[0].upper(), rec=("Recurrent", "Non-recurrent"), yes=("Yes", "No"))
standard("bare_numbers.xlsx", UHL, month_heads=list(range(1, 13)), total=False)
standard("long_months.xlsx", UHL, month_heads=[d.strftime("%B %Y") for d in DATES], merge=False, grand=False,
         rag=str.upper, rec=("Rec", "Non Rec"))
standard("no_unit.xlsx", UHL, note=None, finding="tracker.no_unit")
expected[-1]["schemes"] = []
standard("unit_by_option.xlsx", UHL, note=None, scale=thousands, unit="£000")


def dates_1904(wb, ws, row):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    wb.epoch = CALENDAR_MAC_1904


standard("dates_1904.xlsx", UHL, before=dates_1904)


def hide(wb, ws, row):
    ws.auto_filter.ref = f"A5:AK{row - 1}"
    for r in (7, 8, 12):
        ws.row_dimensions[r].hidden = True


standard("hidden_rows.xlsx", UHL, before=hide, hidden=3)


def footer(wb, ws, row):
    ws.cell(row + 3, 1, "Notes")
    ws.cell(row + 4, 1, "1. Savings not yet identified have one row.")
    ws.cell(row + 6, 2, "Red")
    ws.cell(row + 6, 11, 12345)
    ws.cell(row + 7, 2, "Amber")
    ws.cell(row + 7, 11, 999)


standard("summary_below.xlsx", UHL, before=footer)


def scaled(wb, ws, row):
    for r in range(6, row + 1):
        for c in range(10, 37):
            ws.cell(r, c).number_format = "#,##0,"


standard("scaled_display.xlsx", UHL, note="£000", before=scaled)


def interleaved(name, variance, merge, heads, unit_row=False):
    wb, ws = sheet(note=None if unit_row else "All figures in £")
    write_row(ws, 4, FIELDS)
    width = 3 if variance else 2
    for m in range(12):
        c = 11 + m * width
        ws.cell(4, c, heads[m])
        if isinstance(heads[m], date):
            ws.cell(4, c).number_format = "mmm-yy"
        if merge:
            ws.merge_cells(start_row=4, end_row=4, start_column=c, end_column=c + width - 1)
        ws.cell(5, c, "Plan")
        ws.cell(5, c + 1, "Actual")
        if variance:
            ws.cell(5, c + 2, "Variance")
    end = 11 + 12 * width
    for i, word in enumerate(("Total plan", "Total actual")):
        ws.cell(5, end + i, word)
    row = 6
    if unit_row:
        for c in range(10, end + 2):
            ws.cell(6, c, "£")
        row = 7
    for s in UHL:
        write_row(ws, row, cells(s))
        for m in range(12):
            c = 11 + m * width
            ws.cell(row, c, s["plan"][m])
            ws.cell(row, c + 1, s["actual"][m])
            if variance:
                ws.cell(row, c + 2, s["actual"][m] - s["plan"][m])
        ws.cell(row, end, sum(s["plan"]))
        ws.cell(row, end + 1, sum(s["actual"]))
        row += 1
    save(wb, name)
    expect(name, UHL)


interleaved("interleaved_merged.xlsx", False, True, LABELS)
interleaved("interleaved_variance_unmerged.xlsx", True, False, FULL)
interleaved("interleaved_dates_unit_row.xlsx", True, True, DATES, True)


def one_row():
    wb, ws = sheet()
    heads = FIELDS + [f"Plan {m}" for m in LABELS] + [f"Actual {m}" for m in LABELS]
    write_row(ws, 4, heads)
    for i, s in enumerate(UHL):
        write_row(ws, 5 + i, cells(s) + s["plan"] + s["actual"])
    save(wb, "one_row.xlsx")
    expect("one_row.xlsx", UHL)


one_row()


def one_row_units_in_headings():
    wb, ws = sheet(note=None)
    heads = ["Scheme reference", "Scheme description", "Directorate", "Programme", "Delivery RAG", "Rec / Non rec",
             "Cash / Non cash", "QIA status", "Go live", "FYE (£000)"]
    heads += [f"{m} plan (£000)" for m in MONTHS] + [f"{m} forecast (£000)" for m in MONTHS]
    write_row(ws, 3, heads)
    for i, s in enumerate(UHL):
        write_row(ws, 4 + i, cells(s, scale=thousands) + [thousands(v) for v in s["plan"] + s["actual"]])
    save(wb, "units_in_headings.xlsx")
    expect("units_in_headings.xlsx", UHL)


one_row_units_in_headings()


def excel_table():
    wb, ws = sheet()
    heads = FIELDS + [f"Plan {m}" for m in LABELS] + [f"Actual {m}" for m in LABELS]
    write_row(ws, 4, heads)
    for i, s in enumerate(UHL):
        write_row(ws, 5 + i, cells(s) + s["plan"] + s["actual"])
    last = 5 + len(UHL)
    ws.cell(last, 1, "Sum")
    for m in range(12):
        for first, key in ((11, "plan"), (23, "actual")):
            ws.cell(last, first + m, sum(s[key][m] for s in UHL))
    table = Table(displayName="Schemes", ref=f"A4:{letter(len(heads))}{last}", totalsRowCount=1)
    ws.add_table(table)
    save(wb, "excel_table.xlsx")
    expect("excel_table.xlsx", UHL)


excel_table()


def subtotals(name, labels, formulas):
    """Groups by division with a sub-total after each, and a grand total."""
    wb, ws = sheet()
    fields = ["Ref", "Scheme", "Workstream", "RAG", "Recurrent?"]
    write_row(ws, 4, fields)
    p, a = blocks(ws, 4, 6, LABELS)
    row, ordered, subs = 6, [], []
    for division in ["Surgery", "Medicine", "Corporate", ""]:
        group = [s for s in UHL if s["division"] == division]
        if division:
            ws.cell(row, 1, division)
            row += 1
        first = row
        for s in group:
            full = cells(s)
            write_row(ws, row, [full[0], full[1], full[3], full[4], full[5]])
            put_months(ws, row, p, s["plan"])
            put_months(ws, row, a, s["actual"])
            ordered.append(s)
            row += 1
        if not division:
            continue
        if labels:
            ws.cell(row, 2, labels.format(division))
        subs.append(row)
        for c in list(range(p, p + 13)) + list(range(a, a + 13)):
            if formulas:
                ws.cell(row, c, f"=SUM({letter(c)}{first}:{letter(c)}{row - 1})")
            else:
                ws.cell(row, c, sum(column_values(group, c, p, a)))
        row += 2
    ws.cell(row, 2, "Grand total")
    for c in list(range(p, p + 13)) + list(range(a, a + 13)):
        ws.cell(row, c, sum(column_values(UHL, c, p, a)))
    save(wb, name)
    expect(name, ordered)


subtotals("subtotals_labelled.xlsx", "Sub-total {}", False)
subtotals("subtotals_unlabelled.xlsx", None, False)


def organisations(name, how):
    wb, ws = sheet(heading="System CIP tracker 2019/20")
    if how == "sheets":
        wb.remove(ws)
        for group, title in ((UHL, "UHL"), (LPT, "LPT")):
            ws = wb.create_sheet(title)
            ws["A1"] = "CIP tracker, £"
            write_row(ws, 4, FIELDS)
            p, a = blocks(ws, 4, 11, LABELS)
            for i, s in enumerate(group):
                write_row(ws, 6 + i, cells(s))
                put_months(ws, 6 + i, p, s["plan"])
                put_months(ws, 6 + i, a, s["actual"])
        save(wb, name)
        expect(name, UHL + LPT)
        return
    shift = 1 if how in ("column", "merged") else 0
    if shift:
        ws.cell(4, 1, "Organisation")
    write_row(ws, 4, FIELDS, 1 + shift)
    p, a = blocks(ws, 4, 11 + shift, LABELS)
    row = 6
    names = {"UHL": "University Hospitals of Leicester NHS Trust", "LPT": "LPT"}
    for group in (UHL, LPT):
        first = row
        if how == "groups":
            ws.cell(row, 1, names[group[0]["organisation"]])
            row += 1
        for s in group:
            if how == "column" or (how == "merged" and row == first):
                ws.cell(row, 1, names[s["organisation"]])
            write_row(ws, row, cells(s), 1 + shift)
            put_months(ws, row, p, s["plan"])
            put_months(ws, row, a, s["actual"])
            row += 1
        if how == "merged":
            ws.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)
        if how == "groups":
            ws.cell(row, 2, group[0]["organisation"] + " total")
            for c in list(range(p, p + 13)) + list(range(a, a + 13)):
                ws.cell(row, c, sum(column_values(group, c, p, a)))
            row += 2
    save(wb, name)
    expect(name, UHL + LPT)


for how in ("column", "merged", "groups", "sheets"):
    organisations(f"organisations_{how}.xlsx", how)


def two_blocks_and_forecast():
    wb, ws = sheet()
    write_row(ws, 4, FIELDS)
    for i, word in enumerate(("Plan", "Actual", "Forecast")):
        ws.cell(4, 11 + 12 * i, word)
        ws.merge_cells(start_row=4, end_row=4, start_column=11 + 12 * i, end_column=22 + 12 * i)
        write_row(ws, 5, LABELS, 11 + 12 * i)
    for i, s in enumerate(UHL):
        write_row(ws, 6 + i, cells(s))
        write_row(ws, 6 + i, s["plan"], 11)
        write_row(ws, 6 + i, s["actual"][:3] + [0] * 9, 23)
        write_row(ws, 6 + i, [7] * 3 + s["actual"][3:], 35)
    save(wb, "actual_and_forecast_blocks.xlsx")
    expect("actual_and_forecast_blocks.xlsx", UHL)


two_blocks_and_forecast()


def two_sheets():
    wb, ws = sheet(title="Plan")
    other = wb.create_sheet("Actuals")
    other["A1"] = "UHL CIP tracker 2019/20"
    other["A2"] = "All figures in £"
    for target, key in ((ws, "plan"), (other, "actual")):
        write_row(target, 4, FIELDS + LABELS)
        for i, s in enumerate(UHL):
            write_row(target, 5 + i, cells(s) + s[key])
    save(wb, "plan_and_actual_sheets.xlsx")
    expect("plan_and_actual_sheets.xlsx", UHL)


two_sheets()


def paired_rows():
    wb, ws = sheet()
    write_row(ws, 4, FIELDS + ["Line"] + LABELS + ["Total"])
    row = 5
    for s in UHL:
        write_row(ws, row, cells(s) + ["Plan"] + s["plan"] + [sum(s["plan"])])
        write_row(ws, row + 1, [None] * 10 + ["Actual"] + s["actual"] + [sum(s["actual"])])
        write_row(ws, row + 2, [None] * 10 + ["Variance"] + [a - p for a, p in zip(s["actual"], s["plan"])])
        row += 3
    save(wb, "rows_of_plan_and_actual.xlsx")
    expect("rows_of_plan_and_actual.xlsx", UHL)


paired_rows()


def busy_columns():
    """Quarters, year to date, variances and comments between the months."""
    wb, ws = sheet()
    heads, keys = list(FIELDS), []
    for word, key in (("Plan", "plan"), ("Actual", "actual")):
        for q in range(4):
            for m in range(3 * q, 3 * q + 3):
                heads.append(f"{word} {LABELS[m]}")
                keys.append((key, m, m + 1))
            heads.append(f"{word} Q{q + 1}")
            keys.append((key, 3 * q, 3 * q + 3))
        heads.append(f"YTD {word.lower()}")
        keys.append((key, 0, 3))
        heads.append(f"Full year {word.lower() if word == 'Plan' else 'forecast'}")
        keys.append((key, 0, 12))
    heads += ["YTD variance", "Comments"]
    write_row(ws, 6, heads, 3)
    for i, s in enumerate(UHL):
        write_row(ws, 7 + i, cells(s) + [sum(s[k][f:t]) for k, f, t in keys] +
                  [sum(s["actual"][:3]) - sum(s["plan"][:3]), "on track in May"], 3)
    save(wb, "busy_columns.xlsx")
    expect("busy_columns.xlsx", UHL)


busy_columns()


def untidy():
    """Misspelt headings, odd blanks, amounts typed as text."""
    wb, ws = sheet(note=" all figures\u00a0in £ ")
    heads = ["Scheme\u00a0Ref ", " Schme name", "Care  Group", "Workstrean", "RAG Ratng", "Recurrent (R/NR)",
             "Cash-releasing", "QIA", "Start  date", "Full year efect"]
    write_row(ws, 4, heads)
    p, a = blocks(ws, 4, 11, [m.upper() + " 19" if i < 9 else m.upper() + " 20" for i, m in enumerate(MONTHS)],
                  " Plan ", "Actual/Forecast", merge=False)

    def typed(v, m):
        if v == 0:
            return "-"
        return f"£{v:,}" if m % 3 == 0 else f" {v:,} " if m % 3 == 1 else v

    schemes = [dict(s, plan=list(s["plan"]), actual=list(s["actual"])) for s in UHL]
    schemes[3]["plan"][2] = -1234
    schemes[3]["actual"][2] = -1234
    for i, s in enumerate(schemes):
        row = cells(s)
        row[4] = "Unidentifed" if s["rating"] == "unidentified" else f" {s['rating']} "
        write_row(ws, 6 + i, row)
        for first, key in ((p, "plan"), (a, "actual")):
            for m, v in enumerate(s[key]):
                ws.cell(6 + i, first + m, "(1,234)" if v == -1234 else typed(v, m))
            ws.cell(6 + i, first + 12, sum(s[key]))
    save(wb, "untidy.xlsx")
    expect("untidy.xlsx", schemes)


untidy()


def year_columns_only():
    wb, ws = sheet()
    write_row(ws, 4, ["Ref", "Scheme", "RAG", "Recurrent?", "Plan", "YTD plan", "YTD actual", "Forecast outturn",
                      "Variance"])
    for i, s in enumerate(UHL):
        full = cells(s)
        write_row(ws, 5 + i, [full[0], full[1], full[4], full[5], sum(s["plan"]), sum(s["plan"][:3]),
                              sum(s["actual"][:3]), sum(s["actual"]), sum(s["actual"]) - sum(s["plan"])])
    save(wb, "year_columns_only.xlsx")
    expect("year_columns_only.xlsx", UHL, stated=True)


year_columns_only()


def mapped():
    """Headings that nobody could read."""
    wb, ws = sheet()
    write_row(ws, 4, ["K1", "K2", "K3"] + ["x"] * 24)
    for i, s in enumerate(UHL):
        write_row(ws, 5 + i, [s["reference"], s["name"], s["rating"]] + s["plan"] + s["actual"])
    save(wb, "needs_a_mapping.xlsx")
    columns = ["reference = \"A\"", "name = \"B\"", "rating = \"C\""]
    columns += [f"plan_m{m + 1} = \"{letter(4 + m)}\"" for m in range(12)]
    columns += [f"actual_m{m + 1} = \"{letter(16 + m)}\"" for m in range(12)]
    text = "[tracker]\nsheet = \"Tracker\"\nheading_row = 4\nunit = \"£\"\ncolumns = { " + ", ".join(columns) + " }\n"
    schemes = [dict(s, recurrent=None) for s in UHL]
    expect("needs_a_mapping.xlsx", schemes, mapping=text)


mapped()

with open(f"{OUT}/expected.json", "w") as f:
    json.dump(expected, f, indent=1)
print(len(expected), "trackers")
