#!/usr/bin/env python3
"""How the time of a command grows with its workbook: 18 shapes, each doubled, the exponent of each printed.

growth.py RISKSHARE [COMMAND] [--small]     COMMAND is check by default; status 1 where an exponent is above 1.2

Processor time, the least of three runs, less that of a workbook of one cell. The exponent is that of the last two
doublings together, so that what is spent once does not flatter it; a shape that stays below 50 ms is too fast to tell.
"""
import math
import os
import resource
import subprocess
import sys
import tempfile

import xlsxwriter


def rows_called_total(s, n):
    s.write_row(0, 0, ["Line", "Plan £000", "Actual £000"])
    for i in range(n):
        s.write_row(i + 1, 0, ["Total", 100 + i, 200 + i])


def one_label_and_a_number(s, n):
    for i in range(n):
        s.write_row(i, 0, ["Label", (i * 7919) % 10007])


def headed_labels(s, n):
    s.write_row(0, 0, ["Organisation", "Red £000", "Amber £000", "Green £000"])
    for i in range(n):
        s.write_row(i + 1, 0, ["Body %d" % i, i % 97, i % 89, i % 83])


def merged_ranges(s, n):
    for i in range(n):
        s.merge_range(i, 0, i, 2, "Text %d" % i)
        s.write(i, 3, i)


def long_texts(s, n):
    for i in range(n):
        s.write(i, 0, ("word%d " % i) * 30)


def three_texts_a_row(s, n):
    for i in range(n):
        for c in range(3):
            s.write(i, c, ("row %d column %d of some text " % (i, c) * 3)[:60])


def short_texts(s, n):
    for i in range(n):
        s.write(i // 10, i % 10, "t%d" % i)


def wide_texts(s, n):
    for i in range(n):
        s.write(i % 20, i // 20, "word %d" % i)


def stale_formulas(s, n):
    s.write_row(0, 0, ["a", "b", "sum"])
    for i in range(n):
        s.write_row(i + 1, 0, [i, 2 * i])
        s.write_formula(i + 1, 2, "=A%d+B%d" % (i + 2, i + 2), None, 3 * i + 1)


def running_sums(s, n):
    s.write_row(0, 0, ["Week", "Amount", "To date"])
    total = 0
    for i in range(n):
        total += i % 100
        s.write_row(i + 1, 0, ["w%d" % i, i % 100])
        s.write_formula(i + 1, 2, "=C%d+B%d" % (i + 1, i + 2) if i else "=B2", None, total)


def blocks_with_totals(s, n):
    row = 0
    for b in range(n // 10):
        for i in range(9):
            s.write_row(row, 0, ["Line %d" % i, 10 + i, 20 + i])
            row += 1
        s.write(row, 0, "Sub-total")
        for c in "BC":
            s.write_formula(row, ord(c) - 65, "=SUM(%s%d:%s%d)" % (c, row - 8, c, row), None, 126 if c == "B" else 216)
        row += 1


def typed_totals_that_miss(s, n):
    row = 0
    for b in range(n // 5):
        for i in range(4):
            s.write_row(row, 0, ["Line %d" % i, 10 + i + b, 20 + i])
            row += 1
        s.write_row(row, 0, ["Sub-total", 46 + 4 * b + (b % 3 == 0) * 7, 86])
        row += 1


def text_columns(s, n):
    for i in range(min(n, 16384)):
        s.write(0, i, "Heading %d" % i)
        s.write(1, i, i)


def months_of_formulas(s, n):
    s.write_row(0, 0, ["£000"] + ["M%d" % m for m in range(1, 13)])
    for i in range(n):
        s.write(i + 1, 0, "Scheme %d" % i)
        for c in range(12):
            s.write_formula(i + 1, 1 + c, "=ROUND(%d*%d/7,0)" % (i % 50, c + 1), None, round((i % 50) * (c + 1) / 7))


def tracker(s, n):
    s.write_row(0, 0, ["Ref", "Scheme", "Organisation", "RAG", "Plan £000", "Actual £000", "Forecast £000"])
    for i in range(n):
        s.write_row(i + 1, 0, ["CIP-%05d" % i, "Scheme %d" % i, "UHL", ["Red", "Amber", "Green"][i % 3], 100 + i % 50,
                               90 + i % 50, 100 + i % 50])


def duplicate_rows(s, n):
    s.write_row(0, 0, ["Line", "Plan £000", "Actual £000"])
    for i in range(n):
        s.write_row(i + 1, 0, ["Line %d" % (i // 2), 100 + i // 2, 200 + i // 2])


def opening_and_closing(s, n):
    s.write_row(0, 0, ["£000", "Apr", "May", "Jun"])
    for i in range(n):
        s.write_row(i + 1, 0, [("Opening balance %d" if i % 2 == 0 else "Closing balance %d") % (i // 2), i, i, i])


def arrays(s, n):
    for i in range(n):
        s.write(i, 0, i)
        s.write_array_formula(i, 1, i, 1, "{=A%d*2}" % (i + 1), None, 2 * i)


SHAPES = {rows_called_total: 400, one_label_and_a_number: 2000, headed_labels: 2000, merged_ranges: 1000,
          long_texts: 2000, three_texts_a_row: 4000, short_texts: 25000, wide_texts: 2500, stale_formulas: 4000,
          running_sums: 4000, blocks_with_totals: 2000, typed_totals_that_miss: 1000, text_columns: 2000,
          months_of_formulas: 1000, tracker: 2000, duplicate_rows: 2000, opening_and_closing: 1000, arrays: 4000}


def made(folder, shape, n):
    path = os.path.join(folder, "%s_%d.xlsx" % (shape.__name__, n))
    book = xlsxwriter.Workbook(path)
    shape(book.add_worksheet(), n)
    book.close()
    return path


def seconds(tool, command, path, runs=3):
    least = math.inf
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([tool, *command, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                       timeout=120)
        least = min(least, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        if least > 2:
            break
    return least


def main():
    arguments = [a for a in sys.argv[1:] if a != "--small"]
    tool, command = arguments[0], (arguments[1:] or ["check"])
    doublings = 2 if "--small" in sys.argv else 3
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        nothing = seconds(tool, command, made(folder, short_texts, 1))
        for shape, first in SHAPES.items():
            sizes = [first << i for i in range(doublings + 1)]
            times = []
            for n in sizes:
                try:
                    times.append(max(seconds(tool, command, made(folder, shape, n)) - nothing, 0.001))
                except subprocess.TimeoutExpired:
                    times.append(120.0)
                    break
            told = times[-1] >= 0.05
            exponent = math.log2(times[-1] / times[max(0, len(times) - 3)]) / min(2, len(times) - 1) if told else 0.0
            worst = max(worst, exponent)
            print("%-26s" % shape.__name__, " ".join("%7d: %6.2f s" % (n, t) for n, t in zip(sizes, times)),
                  "  n^%.2f" % exponent if told else "  too fast to tell", flush=True)
    print("worst exponent: %.2f (goal: 1.2)" % worst)
    return 0 if worst <= 1.2 else 1


if __name__ == "__main__":
    sys.exit(main())
