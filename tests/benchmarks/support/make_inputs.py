#!/usr/bin/python3
"""Writes the workbooks that the benchmarks read, always the same: usage: make_inputs.py FOLDER"""
import pathlib
import random
import sys

import xlsxwriter

LABELS = ["Medicines management", "Theatre productivity", "Agency & locum", "Estates", "Procurement"]


def mixed(file):
    """20,000 rows of 30 mixed cells: text, numbers, percentages, dates, booleans and formulas with their values."""
    rng = random.Random(1)
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("Tracker")
    date, money = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0;(#,##0)"})
    for row in range(20_000):
        total = 0
        for column in range(6):
            sheet.write_string(row, column, "%s %d" % (rng.choice(LABELS), row if column == 0 else column))
        sheet.write_number(row, 6, 43556 + rng.randrange(365), date)
        sheet.write_boolean(row, 7, rng.random() < 0.5)
        for column in range(8, 20):
            pence = rng.randrange(-10**8, 10**8)
            total += pence
            sheet.write_number(row, column, pence / 100, money)
        sheet.write_formula(row, 20, "=SUM(I%d:T%d)" % (row + 1, row + 1), money, total / 100)
        for column in range(21, 29):
            sheet.write_formula(row, column, "=ROUND(%s%d/12,2)" % ("IJKLMNOP"[column - 21], row + 1), money,
                                rng.randrange(10**6) / 100)
        sheet.write_blank(row, 29, None, money)
    book.close()


def large(file):
    """300,000 rows of 12 cells, one of text."""
    rng = random.Random(2)
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet("Ledger")
    for row in range(300_000):
        sheet.write_string(row, 0, LABELS[row % 5])
        for column in range(1, 12):
            sheet.write_number(row, column, rng.randrange(-10**9, 10**9) / 100)
    book.close()


def template(file):
    """Ten small sheets with headings, formats, a merged title and formulas."""
    book = xlsxwriter.Workbook(str(file))
    money = book.add_format({"num_format": "#,##0;(#,##0)"})
    for number in range(10):
        sheet = book.add_worksheet("Sheet %d" % (number + 1))
        sheet.merge_range(0, 0, 0, 11, "Return %d" % (number + 1))
        for row in range(2, 60):
            sheet.write_string(row, 0, LABELS[row % 5])
            for column in range(1, 11):
                sheet.write_number(row, column, row * column, money)
            sheet.write_formula(row, 11, "=SUM(B%d:K%d)" % (row + 1, row + 1), money, 55 * row)
    book.close()


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for make, name in ((mixed, "mixed.xlsx"), (large, "large.xlsx"), (template, "template.xlsx")):
    file = folder / name
    if not file.exists():
        make(file.with_suffix(".part"))
        file.with_suffix(".part").rename(file)
