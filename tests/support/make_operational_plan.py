#!/usr/bin/env python3
"""make_operational_plan.py OUT.xlsx: writes, with XlsxWriter, a workbook in the shape in which a system sends its operational
plan: a cover, control totals typed as published, savings by rating with live totals and risks, hidden weights, a chart, a
comment and a validation. Figures: LLR operational plan 2019/20, section 6. Writes the same bytes every time."""
import datetime
import sys

import xlsxwriter

CONTROL_TOTALS = [  # as published, £m
    ("UHL", -48.7, 38.1, -10.7, 3.06),
    ("LPT", 0, 2.1, 2.1, 0.96),
    ("LCCCG", 0, 0, 0, None),
    ("ELRCCG", 0, 0, 0, 5.98),
    ("WLCCG", 0, 0, 0, 5.26),
    ("LLR STP Total", -48.7, 40.2, -8.5, 15.26),
]
SAVINGS = [  # £000
    ("UHL", 4744, 11713, 7125, 3062),
    ("LPT", None, 2128, 3929, 954),
    ("CITY CCG", 2809, 4109, 10112, 0),
    ("EAST CCG", 2909, 7527, 10000, 5980),
    ("WEST CCG", 3060, 4773, 9259, 5264),
]
WEIGHTS = [("Unidentified", 1), ("Red", 0.5), ("Amber", 0.25), ("Green", 0)]

book = xlsxwriter.Workbook(sys.argv[1])
book.set_properties({"title": "Operational plan 2019/20", "created": datetime.datetime(2019, 4, 4, 9, 0)})
bold = book.add_format({"bold": True})
heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
entry = book.add_format({"num_format": '#,##0;(#,##0);"-"', "bg_color": "#FFF9C4"})
thousands = book.add_format({"num_format": '#,##0;(#,##0);"-"'})
millions = book.add_format({"num_format": '#,##0.0;(#,##0.0);"-"'})
pennies = book.add_format({"num_format": '#,##0.00;(#,##0.00);"-"'})
percent = book.add_format({"num_format": "0%"})

cover = book.add_worksheet("Cover")
cover.write("B2", "System operational plan 2019/20", bold)
cover.write("B4", "Yellow cells are for input. All others are calculated.")
cover.write("B5", "Control totals are in £m, efficiencies in £000.")

totals = book.add_worksheet("Control totals")
totals.write("A1", "2019/20 control totals", bold)
totals.write_row("A4", ["Organisation", "Gross Control Total", "Receipt of Centralised Funding (PSF, FRF & MRET)", "Control Total",
                        "Net Unmitigated Risk to achievement of control total"], heading)
totals.write_row("B5", ["£m"] * 4)
for row, (name, *figures) in enumerate(CONTROL_TOTALS, start=5):
    totals.write(row, 0, name)
    for column, figure in enumerate(figures, start=1):
        if figure is not None:
            totals.write(row, column, figure, pennies if column == 4 else millions)
totals.write("A13", "Note: centralised funding is conditional on delivery of the control total.")
totals.write_comment("C7", "PSF 2.1")

plan = book.add_worksheet("Efficiencies")
plan.merge_range("A1:G1", "Savings plans by delivery rating, 2019/20", bold)
plan.write_row("A4", ["Organisation", "RED", "AMBER", "GREEN", "UNIDENTIFIED", "TOTAL SAVING PLANNED",
                      "RISK (100% Unidentified, 50% Red, 25% Amber)"], heading)
plan.write_row("B5", ["£000"] * 6)


def risk(red, amber, green, unidentified):
    return (red or 0) * 0.5 + amber * 0.25 + unidentified


for row, (name, *figures) in enumerate(SAVINGS, start=5):
    plan.write(row, 0, name)
    for column, figure in enumerate(figures, start=1):
        plan.write(row, column, figure, entry) if figure is not None else plan.write_blank(row, column, None, entry)
    r = row + 1
    plan.write_formula(row, 5, "=SUM(B%d:E%d)" % (r, r), thousands, sum(f or 0 for f in figures))
    plan.write_formula(row, 6, "=B%d*Weight_Red+C%d*Weight_Amber+D%d*Weight_Green+E%d*Weight_Unidentified" % (r, r, r, r),
                       thousands, risk(*figures))
plan.write("A11", "LLR ICS TOTAL", bold)
for column in range(1, 7):
    letter = "ABCDEFG"[column]
    cached = (sum(s[column] or 0 for s in SAVINGS) if column < 5 else
              sum(f or 0 for s in SAVINGS for f in s[1:]) if column == 5 else sum(risk(*s[1:]) for s in SAVINGS))
    plan.write_formula(10, column, "=SUM(%s6:%s10)" % (letter, letter), thousands, cached)
plan.data_validation("B6:E10", {"validate": "decimal", "criteria": ">=", "value": 0})
chart = book.add_chart({"type": "column"})
chart.add_series({"name": "Risk", "categories": "=Efficiencies!$A$6:$A$10", "values": "=Efficiencies!$G$6:$G$10"})
plan.insert_chart("A14", chart)

weights = book.add_worksheet("Weights")
weights.write_row("A1", ["Rating", "Risk weight"], heading)
for row, (name, weight) in enumerate(WEIGHTS, start=1):
    weights.write(row, 0, name)
    weights.write(row, 1, weight, percent)
    book.define_name("Weight_" + name, "=Weights!$B$%d" % (row + 1))
weights.hide()
book.close()
