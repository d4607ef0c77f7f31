#!/usr/bin/env python3
"""The account leaves no cell out: read + proved + workings + no amount + left are all cells that hold something.

    check_account.py RISKSHARE WORKBOOK...

The cells are counted here from the parts of the file, by Python's own zip and XML readers.
"""
import json
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as tree
import zipfile

COMMANDS = ("risk", "track", "check")
WORKSHEET = "/worksheet"


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def holds_something(cell):
    for part in cell:
        if local(part) == "f":
            return True
        if local(part) == "v" and (part.text or cell.get("t") in ("s", "str", "inlineStr")):
            return True
        if local(part) == "is":
            return True
    return False


def worksheets(z):
    """The parts that the workbook's own relationships call worksheets."""
    main = "xl/workbook.xml"
    links = tree.fromstring(z.read(posixpath.join("xl/_rels", "workbook.xml.rels")))
    by_id = {r.get("Id"): r for r in links}
    for sheet in tree.fromstring(z.read(main)).iter():
        if local(sheet) != "sheet":
            continue
        link = by_id.get(next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None))
        if link is not None and link.get("Type", "").endswith(WORKSHEET):
            yield posixpath.normpath(posixpath.join("xl", link.get("Target"))).replace("xl//xl", "xl").lstrip("/")


def cells_in(path):
    places = 0
    with zipfile.ZipFile(path) as z:
        for part in worksheets(z):
            part = part if part in z.namelist() else re.sub(r"^xl/", "", part)
            for _, element in tree.iterparse(z.open(part)):
                if local(element) == "row":
                    places += len({c.get("r") or i for i, c in enumerate(element) if local(c) == "c" and holds_something(c)})
                    element.clear()
    return places


def main():
    tool, files = sys.argv[1], sys.argv[2:]
    wrong = checked = skipped = 0
    for path in files:
        try:
            cells = cells_in(path)
        except (KeyError, zipfile.BadZipFile, tree.ParseError, OSError) as why:
            print(f"not counted here: {path}: {why}")
            skipped += 1
            continue
        for command in COMMANDS:
            run = subprocess.run([tool, command, path, "--json"], capture_output=True, text=True, timeout=300, check=False)
            if run.returncode not in (0, 1):
                continue
            account = json.loads(run.stdout).get("account")
            checked += 1
            if account is None:
                print(f"{command} {path}: no account")
                wrong += 1
                continue
            left = len(account["left"]) + account.get("left_not_listed", 0)
            states = [account[key] for key in ("read", "proved", "workings", "no_amount")] + [left]
            if account["cells"] != cells or sum(states) != cells:
                print(f"{command} {path}: {cells} cells hold something; the account has {account['cells']}: {states}")
                wrong += 1
    print(f"{checked} accounts of {len(files) - skipped} workbooks, {wrong} wrong")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
