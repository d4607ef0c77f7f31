#!/usr/bin/python3
"""make_trackers.py OUTDIR: trackers of 5,000 and 20,000 schemes, as XlsxWriter writes them, for the benchmarks."""
import sys
from datetime import datetime
from random import Random

import xlsxwriter

FIELDS = ["Ref", "Scheme", "Organisation", "Workstream", "RAG", "Recurrent?", "Cash releasing?", "QIA", "Start date",
          "Full year effect"]
MONTHS = [datetime(2019 + (m > 8), (m + 3) % 12 + 1, 1) for m in range(12)]

for schemes in (5000, 20000):
    rng = Random(schemes)
    wb = xlsxwriter.Workbook(f"{sys.argv[1]}/tracker_{schemes}.xlsx", {"constant_memory": False})
    day, amount = wb.add_format({"num_format": "mmm-yy"}), wb.add_format({"num_format": "#,##0"})
    ws = wb.add_worksheet("Tracker")
    ws.write("A1", "System CIP tracker 2019/20, month 3, all figures in £")
    ws.write_row(4, 0, FIELDS)
    for block, word in ((10, "PLAN"), (23, "ACTUAL / FORECAST")):
        ws.merge_range(3, block, 3, block + 12, word)
        for m, d in enumerate(MONTHS):
            ws.write_datetime(4, block + m, d, day)
        ws.write(4, block + 12, "Total")
    for i in range(schemes):
        r = 5 + i
        ws.write_row(r, 0, [f"S-{i:05}", f"{rng.choice(['Beds', 'Theatres', 'Agency'])} scheme {i}",
                            rng.choice(["UHL", "LPT", "ICB"]), rng.choice(["Workforce", "Estates", "Digital"]),
                            rng.choice(["Red", "Amber", "Green"]), rng.choice(["R", "NR"]), rng.choice(["Y", "N"]),
                            rng.choice(["Approved", "Submitted"])])
        ws.write_datetime(r, 8, MONTHS[rng.randrange(12)], day)
        ws.write_number(r, 9, rng.randrange(1000000), amount)
        for block in (10, 23):
            values = [rng.randrange(100000) for _ in range(12)]
            for m, v in enumerate(values):
                ws.write_number(r, block + m, v, amount)
            ws.write_formula(r, block + 12, f"=SUM({xlsxwriter.utility.xl_range(r, block, r, block + 11)})", amount, sum(values))
    wb.close()
