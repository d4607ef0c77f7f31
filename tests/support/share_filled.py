#!/usr/bin/env python3
"""Fills the Statement of a workbook, and lets LibreOffice recalculate it.

usage: share_filled.py RISKSHARE WORKBOOK MONTH

Every other part of the workbook keeps its bytes; the formulas stay; recalculated, they say that adjustments net to nil
and add up what was filled in. Exit status 77 when openpyxl or LibreOffice is not installed.
"""
import json, os, shutil, subprocess, sys, tempfile, zipfile
from decimal import Decimal

try:
    import openpyxl
except ImportError:
    print("skipped: openpyxl is not installed")
    sys.exit(77)
if not shutil.which("soffice"):
    print("skipped: LibreOffice is not installed")
    sys.exit(77)

tool, source, month = sys.argv[1:4]
rows = {5: "variance", 6: "excluded", 7: "shareable", 8: "allocated", 9: "transfer", 10: "final"}
with tempfile.TemporaryDirectory() as folder:
    filled = os.path.join(folder, "filled.xlsx")
    run = subprocess.run([tool, "share", source, "--month", month, "--json", "--fill", filled], capture_output=True,
                         text=True)
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)

    before, after = zipfile.ZipFile(source), zipfile.ZipFile(filled)
    assert before.namelist() == after.namelist(), "parts came or went"
    changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    names = openpyxl.load_workbook(source).sheetnames
    statement_part = f"xl/worksheets/sheet{names.index('Statement') + 1}.xml"
    assert set(changed) <= {statement_part, "xl/workbook.xml"}, changed
    assert statement_part in changed

    was, now = openpyxl.load_workbook(source)["Statement"], openpyxl.load_workbook(filled)["Statement"]
    for line in was.iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                assert now[cell.coordinate].value == cell.value, cell.coordinate

    # LibreOffice trusts stored values unless it is told to recalculate always.
    os.makedirs(os.path.join(folder, "profile", "user"))
    with open(os.path.join(folder, "profile", "user", "registrymodifications.xcu"), "w") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
                '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" '
                'oor:op="fuse"><value>0</value></prop></item></oor:items>')
    profile = "-env:UserInstallation=file://" + os.path.join(folder, "profile")
    subprocess.run(["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir",
                    os.path.join(folder, "out"), filled], check=True, capture_output=True)
    sheet = openpyxl.load_workbook(os.path.join(folder, "out", "filled.xlsx"), data_only=True)["Statement"]
    assert sheet["B2"].value == int(month)
    assert sheet["E12"].value == "Adjustments net to nil", sheet["E12"].value
    heads = {sheet.cell(4, c).value: c for c in range(2, 5)}
    for row, figure in rows.items():
        total = Decimal(0)
        for party in said["parties"]:
            amount = Decimal(party[figure])
            total += amount
            shown = Decimal(repr(sheet.cell(row, heads[party["organisation"]]).value)) * 1000
            assert abs(shown - amount) < Decimal("0.005"), (figure, party["organisation"], shown, amount)
        assert abs(Decimal(repr(sheet.cell(row, 5).value)) * 1000 - total) < Decimal("0.005"), (figure, total)
print("the filled statement recalculates to the same figures; adjustments net to nil")
