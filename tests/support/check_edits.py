#!/usr/bin/python3
"""check_edits.py MANIFEST [--recalculate N]

Judges edited workbooks with other programs' eyes. Each line of MANIFEST holds, between tabs: the workbook before, after,
the sheet, the cell, the number it was given, and the parts that the edit says it changed (between "|").
 - every other part holds the same bytes, by Python's zipfile; no part came; none went that was not said;
 - the changed parts are well-formed XML, and every part still has its place in the directory in the same order;
 - openpyxl reads the number from the cell, and from every other cell of the sheet what it read before;
 - with --recalculate N, LibreOffice opens the first N files, calculates all formulas and still finds the number.
Prints what is wrong; ends with 1 when anything is, with 77 when openpyxl is not there."""
import os, subprocess, sys, tempfile, warnings, xml.dom.minidom, zipfile

try:
    import openpyxl
except ImportError:
    print("openpyxl is not installed")
    sys.exit(77)
warnings.simplefilter("ignore")


def content(z, entry):
    try:
        return z.read(entry)
    except zipfile.BadZipFile as damage:  # a part that was damaged before stays so
        return str(damage).encode()


def contents(path):
    with zipfile.ZipFile(path) as z:
        return {i.filename.replace("\\", "/"): content(z, i) for i in z.infolist() if not i.filename.endswith("/")}


def cells(path, sheet):
    book = openpyxl.load_workbook(path)
    if sheet not in book.sheetnames:
        return None
    found = {}
    for row in book[sheet].iter_rows():
        for cell in row:
            if cell.value is not None:
                found[cell.coordinate] = getattr(cell.value, "text", cell.value)
    return found


def as_number(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None


def judge(before, after, sheet, cell, number, parts):
    old, new = contents(before), contents(after)
    said = {p.lower() for p in parts.split("|")}
    for name in old:
        if name not in new:
            if name.lower() not in said:
                yield f"part {name} went unsaid"
        elif old[name] != new[name] and name.lower() not in said:
            yield f"part {name} changed unsaid"
        elif old[name] != new[name]:
            try:
                xml.dom.minidom.parseString(new[name])
            except Exception as e:
                yield f"part {name} is not well-formed: {e}"
    for name in new:
        if name not in old:
            yield f"part {name} came"
    if [n for n in old if n in new] != list(new):
        yield "the parts changed their order"
    try:
        was = cells(before, sheet)
    except Exception:
        return  # what openpyxl could not read before, it need not read now
    if was is None:
        return
    now = cells(after, sheet)
    found = now.pop(cell, None)
    was.pop(cell, None)
    if as_number(found) is not None and float(found) != float(number):
        yield f"{sheet}!{cell} reads {found!r} and not {number}"
    if as_number(found) is None and not hasattr(found, "isoformat") and not hasattr(found, "days"):
        yield f"{sheet}!{cell} reads {found!r}, which is no number"
    if now != was:
        yield f"other cells of {sheet} read differently: {sorted(k for k in set(now) | set(was) if now.get(k) != was.get(k))[:5]}"


def recalculated(after, sheet, cell, number):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx",
                        "--outdir", folder, after], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)
        saved = os.path.join(folder, os.path.splitext(os.path.basename(after))[0] + ".xlsx")
        if not os.path.exists(saved):
            yield "LibreOffice does not open it"
            return
        book = openpyxl.load_workbook(saved, data_only=True)
        found = as_number(book[sheet][cell].value) if sheet in book.sheetnames else None
        if found is not None and abs(found - float(number)) > 1e-9:
            yield f"LibreOffice finds {found} in {sheet}!{cell} and not {number}"


def main():
    lines = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    wrong = 0
    for i, (before, after, sheet, cell, number, parts) in enumerate(lines):
        problems = list(judge(before, after, sheet, cell, number, parts))
        if i < count:
            problems += recalculated(after, sheet, cell, number)
        for problem in problems:
            print(f"{os.path.basename(before)}: {problem}")
        wrong += bool(problems)
    print(f"{len(lines)} edited workbooks judged, {wrong} with problems")
    sys.exit(1 if wrong else 0)


main()
