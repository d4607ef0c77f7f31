"""What the cells of a workbook hold, by openpyxl; and what LibreOffice makes of its formulas."""
import os
import subprocess
import tempfile
import warnings

import openpyxl

warnings.filterwarnings("ignore")
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def cells(path, results):
    """Every stored cell, with its sheet's name; None for a workbook that openpyxl cannot read."""
    try:
        book = openpyxl.load_workbook(path, data_only=results)
    except Exception:
        return None
    return [(sheet.title, cell) for sheet in book.worksheets for cell in sheet._cells.values() if cell.value is not None]


def values(path):
    """{(sheet, cell): value}, of formulas their stored result."""
    found = cells(path, True)
    return None if found is None else {(sheet, c.coordinate): c.value for sheet, c in found}


def formulas(path):
    """{(sheet, cell): formula}"""
    found = cells(path, False)
    return None if found is None else {(sheet, c.coordinate): str(getattr(c.value, "text", c.value))
                                       for sheet, c in found if c.data_type == "f"}


def recalculated(files, home, seconds=300):
    """LibreOffice's results of every formula: {file: the workbook that it saved}, many at once, for starting it is what
    takes the time. A workbook that keeps it busy for longer is left out."""
    profile, out = os.path.join(home, "profile"), tempfile.mkdtemp(dir=home)
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w") as f:
        f.write(RECALCULATE)

    def saved(file):
        return os.path.join(out, os.path.splitext(os.path.basename(file))[0] + ".xlsx")
    left = list(files)
    while left:
        batch = left[:20]
        try:
            subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + profile, "--convert-to", "xlsx", "--outdir", out, *batch],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds)
            left = left[20:]
        except subprocess.TimeoutExpired:
            waits = next((f for f in batch if not os.path.exists(saved(f))), batch[-1])
            print("LibreOffice took too long over", os.path.basename(waits))
            left = left[left.index(waits) + 1:]
    return {f: saved(f) for f in files if os.path.exists(saved(f))}
