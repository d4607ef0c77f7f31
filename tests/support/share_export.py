#!/usr/bin/env python3
"""Statements and savings exported to workbooks, and recalculated by LibreOffice.

usage: share_export.py RISKSHARE FIXTURES SHARED [TRIALS]

A filled template keeps every byte but those of its Statement; its formulas stay; recalculated they say that adjustments
net to nil and add up what was filled in. A fresh workbook, recalculated, gives what the second calculation of
share_reference gives. Exit status 77 when openpyxl or LibreOffice is not installed.
"""
import json, os, random, shutil, subprocess, sys, tempfile, zipfile
from decimal import Decimal

try:
    import openpyxl
except ImportError:
    print("skipped: openpyxl is not installed")
    sys.exit(77)
if not shutil.which("soffice"):
    print("skipped: LibreOffice is not installed")
    sys.exit(77)
TOOL, FIXTURES, SHARED = sys.argv[1:4]
TRIALS = int(sys.argv[4]) if len(sys.argv) > 4 else 12
from share_files import run, share, workbook, written
import share_reference as reference

folder = tempfile.mkdtemp()
at = lambda name: os.path.join(folder, name)


def recalculated(files):
    """LibreOffice trusts stored values unless it is told to recalculate always."""
    os.makedirs(at("profile/user"), exist_ok=True)
    written(at("profile/user/registrymodifications.xcu"),
            '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
            '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" '
            'oor:op="fuse"><value>0</value></prop></item></oor:items>')
    subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + at("profile"), "--convert-to", "xlsx",
                    "--outdir", at("out")] + files, check=True, capture_output=True)
    return [openpyxl.load_workbook(at("out/" + os.path.basename(f)), data_only=True) for f in files]


def near(shown, pence, scale=100):
    return abs(Decimal(repr(shown if shown is not None else 0)) * scale - pence) < Decimal("0.5")


def ok(*arguments, status=0):
    got, out, err = run(TOOL, *arguments)
    assert got == status, (arguments, got, out, err)
    return out


# ---- a template is filled, and nothing else in it changes

FIGURES = {5: "variance", 6: "excluded", 7: "shareable", 8: "allocated", 9: "transfer", 10: "final"}


def filled(source, month, name):
    out = at(name)
    listed = ok("export", source, source, "--month", month, "--dry-run")
    assert not os.path.exists(out)
    edits = json.loads(ok("export", source, source, "--month", month, "-o", out, "--force", "--json"))
    assert edits["schema"] == "riskshare.edits/1" and set(edits) >= {"edited", "parts_changed"}
    assert len(edits["edited"]) == 19 == len([l for l in listed.splitlines() if l.startswith("'Statement'!")])
    ok("share", source, "--month", month, "--fill", at("again.xlsx"), "--force")
    with open(out, "rb") as a, open(at("again.xlsx"), "rb") as b:
        assert a.read() == b.read(), "share --fill and export differ"
    before, after = zipfile.ZipFile(source), zipfile.ZipFile(out)
    assert before.namelist() == after.namelist(), "parts came or went"
    names = openpyxl.load_workbook(source).sheetnames
    part = f"xl/worksheets/sheet{names.index('Statement') + 1}.xml"
    changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
    assert {part} <= changed <= {part, "xl/workbook.xml"}, changed
    assert set(edits["parts_changed"]) == changed, edits["parts_changed"]
    was, now = openpyxl.load_workbook(source), openpyxl.load_workbook(out)
    touched = {e["cell"] for e in edits["edited"]}
    for sheet in was:
        for line in sheet.iter_rows():
            for cell in line:
                there = now[sheet.title][cell.coordinate]
                assert not cell.has_style or there._style == cell._style, cell.coordinate
                if sheet.title != "Statement" or cell.coordinate not in touched:
                    assert there.value == cell.value, cell.coordinate
    comparer = os.path.join(SHARED, "tools", "compare-packages")
    if os.path.exists(comparer):
        said = json.loads(subprocess.run([sys.executable, comparer, source, out, "--json"], capture_output=True,
                                         text=True).stdout)
        assert not said["lost"] and not said["added"] and not said["integrity"], said
    else:
        print("skipped: no second comparison of the packages, " + comparer + " is not there")
    return out


def check_filled(source, month, out, book):
    said = share(TOOL, source, "--month", month)[1]
    sheet = book["Statement"]
    assert sheet["B2"].value == int(month)
    assert sheet["E12"].value == "Adjustments net to nil", sheet["E12"].value
    heads = {sheet.cell(4, c).value: c for c in range(2, 5)}
    for row, figure in FIGURES.items():
        pence = {p["organisation"]: Decimal(p[figure]) * 100 for p in said["parties"]}
        for party, amount in pence.items():
            assert near(sheet.cell(row, heads[party]).value, amount, 100_000), (figure, party)
        assert near(sheet.cell(row, 5).value, sum(pence.values()), 100_000), figure


# ---- a fresh statement, from random agreements and positions

ROWS = {9: "variance", 10: "excluded", 11: "mitigated", 12: "shareable", 14: "retained", 15: "allocated",
        16: "transfer", 17: "final"}


def fresh(trial, rng):
    case = reference.random_case(rng)
    if trial % 2 == 0:  # what formulas can say
        for terms in [case["terms"]] + [a["terms"] for a in case["amendments"]]:
            terms.update({key: empty for key, empty in (("tiers", []), ("bounds", {}), ("dead_band", 0)) if key in terms})
    written(at("agreement.toml"), reference.agreement_toml(case))
    workbook(at("positions.xlsx"), [(f"Position M{case['month']}", reference.position_sheet(case))])
    out = at(f"new{trial}.xlsx")
    how = ["export", at("positions.xlsx"), "--new", "statement", "--agreement", at("agreement.toml"), "--month",
           str(case["month"]), "--basis", case["basis"]]
    ok(*how, "-o", out, "--force")
    with open(out, "rb") as f:
        first = f.read()
    ok(*how, "-o", out, "--force")
    with open(out, "rb") as f:
        assert f.read() == first, "the same figures gave other bytes"
    return case, out


def check_fresh(case, book, stored):
    want, n = reference.expected(case), len(case["parties"])
    for sheet in (book["Statement"], stored["Statement"]):
        for row, figure in ROWS.items():
            for i in range(n):
                assert near(sheet.cell(row, i + 2).value, want[figure][i]), (
                    case, figure, i, sheet.cell(row, i + 2).value, want[figure][i])
        assert near(sheet.cell(21, n + 2).value, want["shared_pool"])
        assert near(sheet.cell(22, n + 2).value, want["held_for_joint_investment"]), case
        assert near(sheet.cell(23, n + 2).value, want["unallocated"])
        says = [sheet.cell(r, 1).value for r in (25, 26, 27)]
        assert says[0] == "Adjustments net to nil", (case, says)
        assert says[1] == "Positions after sharing add up to the variances", (case, says)
        assert says[2] in (None, "The typed shares are of this pool"), (case, says)


def live(book_path):
    sheet = openpyxl.load_workbook(book_path)["Statement"]
    return str(sheet["B15"].value).startswith("=")


def main():
    fixture = os.path.join(FIXTURES, "workbooks", "share-m4-m5.xlsx")
    plan = os.path.join(FIXTURES, "workbooks", "operational-plan-2019-20.xlsx")
    to_fill = [(fixture, "5")]
    sample = os.path.join(SHARED, "workbooks", "llr-risk-share-2022-23.xlsx")
    if os.path.exists(sample):
        to_fill.append((sample, "4"))
    else:
        print("skipped: the sample of 2022/23 is not there")
    outs = [filled(source, month, f"filled{i}.xlsx") for i, (source, month) in enumerate(to_fill)]

    rng = random.Random(20220801)
    cases = [fresh(i, rng) for i in range(TRIALS)]
    # What is typed in is worth a change: a better plan for the first party moves the whole statement.
    ok("export", fixture, "--new", "statement", "--month", "4", "-o", at("changed.xlsx"))
    ok("set", at("changed.xlsx"), "--in-place", "Position M4!B5=-1500000")
    ok("export", plan, "--new", "savings", "-o", at("savings.xlsx"))
    books = recalculated(outs + [out for _, out in cases] + [at("changed.xlsx"), at("savings.xlsx")])

    for (source, month), out, book in zip(to_fill, outs, books):
        check_filled(source, month, out, book)
    for (case, out), book in zip(cases, books[len(outs):]):
        check_fresh(case, book, openpyxl.load_workbook(out, data_only=True))
    formulas = sum(live(out) for _, out in cases)
    assert formulas > 0 and (TRIALS < 10 or formulas < TRIALS), "both kinds should have been tried"
    # By hand: -1,500 and 200 kept of North's; -1,300 - 200 + 100 = -1,400, of which 200 is Discharge by North alone.
    changed = books[-2]["Statement"]
    assert [near(changed.cell(15, c).value, p) for c, p in ((2, -68000000), (3, -42000000), (4, -30000000))] == [True] * 3
    # The workbook of a new statement is read like any other.
    status, said, err = share(TOOL, at("changed.xlsx"))
    assert status == 0 and [p["allocated"] for p in said["parties"]] == ["-680000.00", "-420000.00", "-300000.00"], err

    # The published plan: risk 29,583.5, by formula.
    savings = books[-1]["Savings"]
    risk = [savings.cell(r, 7).value for r in range(4, 10)]
    assert risk == [8362.25, 1486, 2431.75, 9316.25, 7987.25, 29583.5], risk
    assert savings["B5"].value is None, "a blank stays blank"
    assert str(openpyxl.load_workbook(at("savings.xlsx"))["Savings"]["G4"].value).startswith("=B4*Weight_Red")
    assert json.loads(ok("risk", at("savings.xlsx"), "--json"))["system"]["risk"] == "29583500.00"

    # A model fills the plan's own table: what was changed comes back, the rest was never touched.
    ok("import", plan, "-o", at("model.json"))
    ok("set", plan, "-o", at("spoilt.xlsx"), "Efficiencies!B6=1", "Efficiencies!B7=7", "Control totals!B6=9")
    edits = json.loads(ok("export", at("model.json"), at("spoilt.xlsx"), "-o", at("back.xlsx"), "--json"))
    assert [(e["sheet"], e["cell"], e["before"], e["after"]) for e in edits["edited"]] == [
        ("Control totals", "B6", "9", "-48.7"), ("Efficiencies", "B6", "1", "4744"), ("Efficiencies", "B7", "7", None)]
    for sheet in openpyxl.load_workbook(plan):
        for line in sheet.iter_rows():
            for cell in line:
                assert openpyxl_of(at("back.xlsx"))[sheet.title][cell.coordinate].value == cell.value, cell.coordinate

    # What cannot be done is said, and nothing is written.
    none = at("none.xlsx")
    for arguments, status in ((["export", fixture, "-o", none], 2), (["export", fixture, fixture, "-o", fixture], 2),
                              (["export", fixture, fixture], 2), (["export", fixture, "--new", "nonsense", "-o", none], 2),
                              (["export", fixture, fixture, "-o", none], 1),
                              (["export", fixture, fixture, "--month", "3", "-o", none], 1),
                              (["export", at("model.json"), at("new0.xlsx"), "-o", none], 1),
                              (["export", fixture, plan, "--month", "4", "-o", none], 1),
                              (["export", plan, "--new", "statement", "-o", none], 1),
                              (["export", fixture, "--new", "savings", "-o", none], 1)):
        got, _, err = run(TOOL, *arguments)
        assert got == status and err, (arguments, got, err)
        assert not os.path.exists(none), arguments
    # A statement worked out by formulas has no room to be filled.
    got, _, err = run(TOOL, "export", fixture, at("changed.xlsx"), "--month", "4", "-o", none)
    assert got == 1 and "edit.formula" in err and not os.path.exists(none), err
    print(f"{len(outs)} templates filled, {TRIALS} fresh statements ({formulas} all by formula) and a plan of savings, "
          "recalculated: they agree")


loaded = {}


def openpyxl_of(path):
    if path not in loaded:
        loaded[path] = openpyxl.load_workbook(path)
    return loaded[path]


main()
