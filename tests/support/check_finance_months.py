#!/usr/bin/env python3
"""check_finance_months.py RISKSHARE RECALCULATE: seven months of an invented finance report, M1 to M7, with versions of
the plan, one-offs, a dashboard, assurance and scored risks. `position` and `risk` must tell what the figures below come
to by hand; then the actuals of month 8 are filled in, the workbook is calculated by LibreOffice where RECALCULATE is
there, and its sums are compared."""
import csv
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal as D
from fractions import Fraction

import openpyxl
import xlsxwriter

from llr import known

TOOL, RECALCULATE = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
# By month, £000: actual of the month and its one-offs, for UHL and LPT; the forecasts outturn as reported.
UHL = [(-100, 0), (-120, 30), (-90, 60), (-150, 0), (-200, 40), (-160, 0), (-180, 10)]
LPT = [(20, 0), (10, 0), (15, 5), (0, 0), (-10, 0), (5, 5), (0, 0)]
FORECAST = [0, 0, 100, 100, -400, -300, -600]  # £000 of the system; it first worsens in M5
APRIL, FINAL = [-50] * 12, [-50, -50, -50, -100, -100, -100, -100, 50, 50, 100, 100, 150]
SURPLUS = [sum(u + l for (u, _), (l, _) in zip(UHL[: n + 1], LPT[: n + 1])) for n in range(7)]
problems = []


def expect(what, got, want):
    if got != want:
        problems.append("%s: %r, expected %r" % (what, got, want))


def pounds(thousands):
    return "%d.00" % (thousands * 1000)


def to_date(months, n, i):
    return sum(m[i] for m in months[:n])


def write_month(path, n):
    book = xlsxwriter.Workbook(path)
    s = book.add_worksheet("Position")
    s.write("A1", "System position, month %d 2022/23, £000" % n)
    s.write_row("A3", ("Line", "YTD budget", "YTD actual", "YTD variance"))
    plan = sum((APRIL if n < 4 else FINAL)[:n])
    income = 1000 * n
    rows = [("UHL Income", income, income), ("LPT Income", 500 * n, 500 * n),
            ("UHL Expenditure", -income + plan, -income + to_date(UHL, n, 0)),
            ("LPT Expenditure", -500 * n, -500 * n + to_date(LPT, n, 0))]
    for i, (label, budget, actual) in enumerate(rows):
        s.write_row(3 + i, 0, (label, budget, actual))
        s.write_formula(3 + i, 3, "=C%d-B%d" % (4 + i, 4 + i), None, actual - budget)
    s.write("A8", "System Surplus/(Deficit)")
    s.write_formula("B8", "=SUM(B4:B7)", None, plan)
    s.write_formula("C8", "=SUM(C4:C7)", None, SURPLUS[n - 1])
    s.write_formula("D8", "=C8-B8", None, SURPLUS[n - 1] - plan)

    s = book.add_worksheet("Organisations")
    s.write("A1", "Surplus/(deficit) by organisation, £000")
    s.write_row("A3", ("Organisation", "YTD plan", "YTD actual", "Full-year plan", "Forecast outturn", "YTD non-recurrent",
                       "Forecast non-recurrent", "Full-year effect", "Best case", "Most likely", "Worst case"))
    f = FORECAST[n - 1]
    s.write_row("A4", ("UHL", plan, to_date(UHL, n, 0), 0, f, to_date(UHL, n, 1), 200, -30, f + 500, f - 100, f - 900))
    s.write_row("A5", ("LPT", 0, to_date(LPT, n, 0), 0, 0, to_date(LPT, n, 1), 50, 0, 10, 0, -40))

    s = book.add_worksheet("Plan versions")
    s.write("A1", "Versions of the plan, £000")
    s.write_row("A3", ["Version", "From month"] + ["M%d" % m for m in range(1, 13)])
    s.write_row("A4", ["April plan", "M1"] + APRIL)
    s.write_row("A5", ["Final plan", "M4"] + FINAL)

    s = book.add_worksheet("Dashboard")
    s.write_row("A1", ("Measure", "YTD plan", "YTD actual", "Status", "Better when", "Amber within"))
    s.write_row("A2", ("Surplus £000", plan, SURPLUS[n - 1], "Compliant" if SURPLUS[n - 1] >= plan else "", "Higher", 100))
    s.write_row("A3", ("Agency spend £000", 50 * n, 40 * n + (30 if n == 7 else 0), "", "Lower", 0))

    s = book.add_worksheet("Committee assurance")
    s.write_row("A1", ("Report", "Assurance level", "Matters for escalation"))
    s.write_row("A2", ("Revenue", "Medium", "None"))
    s.write_row("A3", ("Transformation", "LOW"))
    s.write_row("A4", ("Register", "Amber"))

    s = book.add_worksheet("Corporate risks")
    s.write_row("A1", ("Ref", "Risk", "Likelihood", "Impact", "Score"))
    s.write_row("A2", (6, "Workforce", 4, 4, 16))
    s.write_row("A3", (10, "Elective backlog", 4, 5, 20))
    s.write_row("A4", (11, "Misprinted", 3, 3, 12))
    s.write_row("A5", (12, "Off the grid", 6, 3, 18))
    book.close()


def run(*arguments, status=None):
    done = subprocess.run([TOOL, *known(arguments)], capture_output=True, text=True)
    if status is not None:
        expect("status of %s" % (arguments,), done.returncode, status)
    return done.stdout, done.stderr


def check_position(files):
    weights = "1,1,1,1,1,1,1,1,2,2,2,3"
    text, _ = run("position", "--json", "--profile", weights, *files)
    said = json.loads(text)
    f = said["forecast"]
    expect("month", said["month"], 7)
    expect("actual", said["lines"][-1]["actual"], pounds(SURPLUS[6]))
    expect("straight line", Fraction(f["straight_line"]), Fraction(SURPLUS[6] * 1000 * 12, 7))
    expect("profiled", Fraction(f["profiled"]), Fraction(SURPLUS[6] * 1000 * 17, 7))
    expect("rest as planned", f["rest_as_planned"], pounds(SURPLUS[6] - sum(FINAL[:7])))
    one_offs = to_date(UHL, 7, 1) + to_date(LPT, 7, 1)
    expect("one-offs", f["non_recurrent_to_date"], pounds(one_offs))
    expect("underlying to date", f["underlying_to_date"], pounds(SURPLUS[6] - one_offs))
    expect("underlying", Fraction(f["underlying"]), Fraction((SURPLUS[6] - one_offs) * 12000, 7))
    expect("underlying outturn", f["underlying_outturn"], pounds(-600 - 250 - 30))
    expect("deterioration", f["first_deterioration"],
           {"month": "M5 2022/23", "before": pounds(100), "after": pounds(-400), "by": pounds(500)})
    recurrent = [u[0] - u[1] + l[0] - l[1] for u, l in zip(UHL, LPT)]
    expect("months", [m["recurrent"] for m in f["months"]], [pounds(m) for m in recurrent])
    rate = sum(recurrent[-3:]) * 4
    expect("exit run rate", f["exit_run_rate"], pounds(rate))
    expect("next-year effect", f["next_year_effect"], pounds(rate - (-600 - 250)))
    expect("plan version", f["plan_version"],
           {"name": "Final plan", "measured_from": 4, "to_date": pounds(sum(FINAL[:7])), "full_year": pounds(sum(FINAL)),
            "restatement": pounds(sum(FINAL) - sum(APRIL))})
    expect("bodies' outlook", [f[k + "_by_organisations"] for k in ("best", "likely", "worst")],
           [pounds(-600 + 510), pounds(-700), pounds(-1540)])
    for name, bridge in said["bridges"].items():
        expect("bridge " + name, D(bridge["start"]) + sum(D(s["amount"]) for s in bridge["steps"]), D(bridge["end"]))
    expect("bridges", sorted(said["bridges"]), ["forecast_to_underlying", "month_to_month", "plan_to_actual"])
    surplus, agency = said["dashboard"]
    # Cumulative deficits grow: worse than the average of the six months before; agency of £310k against £350k is better
    # than plan, and more than the average of £40k to £240k.
    expect("dashboard", [(d["status"], d["trend"], d["months_before"]) for d in (surplus, agency)],
           [("red", "red", 6), ("green", "red", 6)])
    expect("assurance", [(a["report"], a["strength"], a["colour"]) for a in said["assurance"]],
           [("Revenue", "medium", "amber"), ("Transformation", "low", "red")])
    rules = sorted(x["rule"] for x in said["findings"])
    for rule in ("assurance.unknown", "risk_score.product", "risk_score.out_of_range"):
        expect("findings have " + rule, rule in rules, True)
    text, _ = run("position", "--bridges", *files)
    for words in ("The forecast first worsened in M5 2022/23, by 500 to (400).", 'Measured against "Final plan"',
                  "From plan to actual", "From forecast to underlying", "From M6 to M7", "Exit run rate"):
        expect("page says " + words, words in text, True)


def check_scores(file):
    text, _ = run("risk", "--json", "--bands", "high=15,medium=8", file)
    expect("scores", [(s["reference"], s["score"], s["band"]) for s in json.loads(text)["scores"]],
           [("6", 16, "high"), ("10", 20, "high"), ("11", 9, "medium")])


def check_plan_mismatch(folder):
    path = os.path.join(folder, "old-plan.xlsx")
    write_month(path, 5)
    book = openpyxl.load_workbook(path)
    book["Position"]["B6"] = -5000 + sum(APRIL[:5])
    book["Position"]["B8"] = sum(APRIL[:5])
    book.save(path)
    text, _ = run("position", "--json", path, status=1)
    found = [f for f in json.loads(text)["findings"] if f["rule"] == "position.plan_version"]
    expect("a month against the wrong version", [(f["found"], f["expected"]) for f in found],
           [(pounds(sum(APRIL[:5])), pounds(sum(FINAL[:5])))])


def check_filling(folder, file):
    actuals, out = os.path.join(folder, "m8.csv"), os.path.join(folder, "filled.xlsx")

    def write_actuals(rows):
        with open(actuals, "w", newline="") as f:
            csv.writer(f).writerows(rows)

    write_actuals([("No such line", "1"), ("UHL Income", "8000"), ("System Surplus/(Deficit)", "5"), ("LPT Income", "8OO")])
    text, talk = run("export", "--json", actuals, file, "-o", out, status=1)
    refused = json.loads(text)["refused"]
    expect("refused", sorted(r["rule"] for r in refused), ["fill.formula", "fill.line", "fill.no_line"])
    expect("nothing written", (os.path.exists(out), json.loads(text)["edited"]), (False, []))

    write_actuals([("uhl income ", "8,100.5"), ("LPT Income", "£4.01m"), ("UHL Expenditure", "(9,100)"),
                   ("LPT Expenditure", "\u22123,970")])
    text, _ = run("export", "--json", "--dry-run", actuals, file, status=0)
    said = json.loads(text)
    want = [("C4", "8100.5"), ("C5", "4010"), ("C6", "-9100"), ("C7", "-3970")]
    expect("dry run", (said["schema"], [(e["cell"], e["after"]) for e in said["edited"]]), ("riskshare.edits/1", want))
    expect("a dry run writes nothing", os.path.exists(out), False)
    run("export", actuals, file, "-o", out, status=0)
    before, after = openpyxl.load_workbook(file), openpyxl.load_workbook(out)
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                now = after[sheet.title][cell.coordinate].value
                filled = dict(want).get(cell.coordinate) if sheet.title == "Position" else None
                if filled is None:
                    expect("%s!%s" % (sheet.title, cell.coordinate), now, cell.value)
                else:
                    expect("filled " + cell.coordinate, D(str(now)), D(filled))
    if os.path.exists(RECALCULATE):
        subprocess.run([RECALCULATE, out, os.path.join(folder, "calculated")], check=True, capture_output=True)
        calculated = openpyxl.load_workbook(os.path.join(folder, "calculated", "filled.xlsx"), data_only=True)["Position"]
        expect("LibreOffice's sum", D(str(calculated["C8"].value)), D("8100.5") + 4010 - 9100 - 3970)
    else:
        print("not recalculated: %s is not there" % (RECALCULATE or "a LibreOffice"))


def figures_of(file, totals):
    said = json.loads(run("position", "--json", file)[0])
    keys = ("organisation", "plan", "actual", "full_year_plan", "forecast")
    return ([(l["line"], l["budget"], l["actual"]) for l in said["lines"] if totals or not l["sub_total"]],
            [[o[k] for k in keys] for o in said["organisations"]])


def check_month_over(folder, before, after):
    """The figures of a month go into the workbook of the month before; what its formulas add follows when calculated."""
    out = os.path.join(folder, "over.xlsx")
    _, talk = run("export", after, before, "-o", out, status=0)
    expect("no title of the month before is left", "fill.month_left" in talk, False)
    expect("the month filled in", figures_of(out, False), figures_of(after, False))
    if os.path.exists(RECALCULATE):
        subprocess.run([RECALCULATE, out, os.path.join(folder, "calculated")], check=True, capture_output=True)
        expect("and calculated", figures_of(os.path.join(folder, "calculated", "over.xlsx"), True), figures_of(after, True))
    changed = {"Position", "Organisations"}
    was, now = openpyxl.load_workbook(before), openpyxl.load_workbook(out)
    for sheet in was.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                other = now[sheet.title][cell.coordinate].value
                formula = isinstance(cell.value, str) and cell.value.startswith("=")
                if isinstance(cell.value, str) and "month 6" in cell.value:
                    expect("moved on", other, cell.value.replace("month 6", "month 7"))
                elif sheet.title not in changed or formula or isinstance(cell.value, str):
                    expect("%s!%s" % (sheet.title, cell.coordinate), other, cell.value)


def check_typed(folder):
    """Where totals and variances are typed, they follow the lines; expenditure written positive stays so."""
    path, actuals, out = (os.path.join(folder, n) for n in ("typed.xlsx", "typed.csv", "typed-filled.xlsx"))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Position"
    for row in (["System position, month 7, £000"], [], ["Line", "YTD plan", "YTD actual", "YTD variance"],
                ["Income", 700, 710, 10], ["Pay costs", 400, 420, -20], ["Non-pay costs", 200, 190, 10],
                ["Surplus/(deficit)", 100, 100, 0]):
        sheet.append(row)
    book.save(path)
    with open(actuals, "w", newline="") as f:
        csv.writer(f).writerows([("Income", "820"), ("Pay costs", "-480"), ("Non-pay costs", "(215.5)")])
    run("export", actuals, path, "-o", out, status=0)
    filled = openpyxl.load_workbook(out)["Position"]
    expect("typed totals follow", [[c.value for c in row] for row in filled["B4:D7"]],
           [[700, 820, 120], [400, 480, -80], [200, 215.5, -15.5], [100, 124.5, 24.5]])
    model, again = os.path.join(folder, "typed.json"), os.path.join(folder, "typed-again.xlsx")
    run("import", out, "-o", model, status=0)
    run("export", model, path, "-o", again, status=0)
    with open(out, "rb") as a, open(again, "rb") as b:
        expect("a model fills the same bytes", a.read() == b.read(), True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, "m%d.xlsx" % n) for n in range(1, 8)]
        for n, path in enumerate(files, 1):
            write_month(path, n)
        check_position(files[::-1])  # whatever their order on the line
        check_scores(files[6])
        check_plan_mismatch(folder)
        check_filling(folder, files[6])
        check_month_over(folder, files[5], files[6])
        check_typed(folder)
    for problem in problems:
        print(problem)
    print("%d differences" % len(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
