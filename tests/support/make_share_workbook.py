#!/usr/bin/env python3
"""Writes fixtures/workbooks/share-m4-m5.xlsx with XlsxWriter: an agreement, positions of two months, a statement to fill."""
import sys
import xlsxwriter

book = xlsxwriter.Workbook(sys.argv[1])
book.set_properties({"title": "Risk share fixture", "created": __import__("datetime").datetime(2022, 8, 11)})
head = book.add_format({"bold": True, "bottom": 1})
money = book.add_format({"num_format": '#,##0;(#,##0);"-"'})
percent = book.add_format({"num_format": "0%"})
parties = ["North", "South", "Board"]

cover = book.add_worksheet("Cover")
cover.write("B2", "Three-party risk share agreement 2022/23")

a = book.add_worksheet("Agreement")
a.write_row("A3", ["Term"] + parties, head)
a.write("A4", "Agreed share of resultant risk")
a.write_row("B4", [0.4, 0.35, 0.25], percent)
a.write("A5", "Planned expenditure, YTD month 3 £000")
a.write_row("B5", [400, 350, 250], money)
a.write("A6", "Organisational cash-releasing efficiency £000 (not shared)")
a.write_row("B6", [1000, 500, 0], money)
a.write_row("A9", ["Shared scheme", "Amount £000"] + parties + ["Agreed by"], head)
a.write_row("A10", ["Discharge", 5000])
a.write_row("C10", [1, 0, 0], percent)
a.write("F10", "North, South and Board")
a.write_row("A11", ["Workforce", 2000])
a.write_row("C11", [0, 0.5, 0.5], percent)
a.write("F11", "North")
a.write("A12", "A different share needs the agreement of all three.")
a.write_row("A14", ["Sharing starts in month", 4])
a.write_row("A15", ["Year-end recommendation in month", 9])
a.write_row("A16", ["Net surplus", "shared pro rata"])

lines = ["Year-to-date plan surplus/(deficit)", "Year-to-date actual surplus/(deficit)",
         "Cash-releasing efficiency: plan to date", "Cash-releasing efficiency: delivered to date",
         "Discharge shortfall", "Workforce shortfall", "Forecast outturn surplus/(deficit)",
         "Full-year plan surplus/(deficit)"]
figures = {4: [[0, 0, 0], [-1000, -200, 100], [300, 100, 0], [100, 100, 0], [200, 0, 0], [0, 50, 0],
               [-3000, 0, 0], [0, 0, 0]],
           5: [[0, 0, 0], [-1500.25, -200, 100], [400, 120, 0], [100, 120, 0], [200, 0, 0], [0, 50, 0],
               [-3300, 0, 0], [0, 0, 0]]}
for month, rows in figures.items():
    p = book.add_worksheet(f"Position M{month}")
    p.write("A1", f"Month {month} position, £000")
    p.write_row("A3", ["Line"] + parties + ["System"], head)
    for r, (label, values) in enumerate(zip(lines, rows), 4):
        p.write(f"A{r}", label)
        p.write_row(f"B{r}", values, money)
        p.write_formula(f"E{r}", f"=SUM(B{r}:D{r})", money, sum(values))

s = book.add_worksheet("Statement")
s.write("A1", "Risk and gain share statement")
s.write("A2", "Month")
# The columns stand in another order than the parties of the agreement.
s.write_row("A4", ["£000", "Board", "North", "South", "System"], head)
names = ["Variance", "Retained", "Shareable", "Share", "Adjustment", "After"]
for r, name in enumerate(names, 5):
    s.write(f"A{r}", name)
    s.write_formula(f"E{r}", f"=SUM(B{r}:D{r})", money, 0)
    book.define_name(f"Statement_{name}", f"=Statement!$B${r}:$D${r}")
s.write_formula("E12", '=IF(ABS(E9)<0.5,"Adjustments net to nil","CHECK")', None, "Adjustments net to nil")
book.define_name("Statement_Month", "=Statement!$B$2")
book.close()
