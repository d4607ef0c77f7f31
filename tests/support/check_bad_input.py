#!/usr/bin/env python3
"""check_bad_input.py RISKSHARE: what people send by mistake, and what the command must say of it. Each case names the exit
status, the rule and the place that must be told; nothing may be written."""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

import openpyxl

from llr import known

HEADINGS = ["Organisation", "RED", "AMBER", "GREEN", "UNIDENTIFIED", "TOTAL"]
ROWS = [["UHL", 4744, 11713, 7125, 3062, 26644], ["LPT", None, 2128, 3929, 954, 7011]]


def book(path, edit=None, title="Efficiencies, £000", headings=HEADINGS, rows=ROWS):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Efficiencies"
    ws["A1"] = title
    ws.append([])
    ws.append(headings)
    for row in rows:
        ws.append(row)
    if edit:
        edit(wb, ws)
    wb.save(path)


def text_among_numbers(wb, ws):
    ws["C4"] = "12,5OO"


def words_among_numbers(wb, ws):
    ws["C4"] = "awaiting sign-off"


def error_value(wb, ws):
    ws["C4"] = "#REF!"
    ws["C4"].data_type = "e"


def two_units(wb, ws):
    ws["D1"] = "£m"


def another_unit_below(wb, ws):
    ws["A2"] = "All figures in £m"


def twice(wb, ws):
    copy = wb.copy_worksheet(ws)
    copy.title = "Efficiencies (2)"
    copy["B4"] = 4745


def sign(wb, ws):
    ws["B4"] = -4744


def wrong_total(wb, ws):
    ws["F4"] = 36644


def same_row_twice(wb, ws):
    ws.append(ROWS[0])


def not_available(wb, ws):
    ws["B4"] = "n/a"
    ws["F4"] = None


def unreadable_files(folder):
    good = os.path.join(folder, "good.xlsx")
    book(good)
    data = open(good, "rb").read()
    out = {"truncated.xlsx": data[: len(data) // 2], "empty.xlsx": b"", "table.xlsx": b"Organisation,Red\nUHL,4744\n"}
    out["old.xls"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048
    encrypted = bytearray(data)
    at = 0
    while True:  # the encryption bit in every local and central header
        at = data.find(b"PK", at)
        if at < 0:
            break
        if data[at : at + 4] == b"PK\x03\x04":
            encrypted[at + 6] |= 1
        elif data[at : at + 4] == b"PK\x01\x02":
            encrypted[at + 8] |= 1
        at += 2
    out["encrypted.xlsx"] = bytes(encrypted)
    other = os.path.join(folder, "letter.docx")
    with zipfile.ZipFile(other, "w") as z:
        z.writestr("word/document.xml", "<document/>")
    out["letter.xlsx"] = open(other, "rb").read()
    return out


# file, how it is made, status, rule, words that the message must hold
FIGURES = [
    ("misread.xlsx", dict(edit=text_among_numbers), 1, "number.ambiguous", ["'Efficiencies'!C4", "12,5OO"]),
    ("words.xlsx", dict(edit=words_among_numbers), 1, "cell.text", ["'Efficiencies'!C4", "awaiting sign-off"]),
    ("error.xlsx", dict(edit=error_value), 1, "cell.error", ["'Efficiencies'!C4", "#REF!"]),
    ("no-unit.xlsx", dict(title="Efficiencies"), 1, "table.no_unit", ["'Efficiencies'!B3", "--unit"]),
    ("two-units.xlsx", dict(edit=two_units), 1, "table.ambiguous_unit", ["£000", "£m"]),
    ("unit-below-unit.xlsx", dict(edit=another_unit_below), 1, "table.ambiguous_unit", ["£000", "£m"]),
    ("blue.xlsx", dict(headings=HEADINGS + ["Blue"], rows=[r + [5] for r in ROWS]), 1, "rating.unknown", ["Blue", "'Efficiencies'!G3"]),
    ("two-tables.xlsx", dict(edit=twice), 1, "model.two_readings", ["'Efficiencies'!A4", "'Efficiencies (2)'!A4"]),
    ("two-reds.xlsx", dict(headings=["Organisation", "RED", "AMBER", "GREEN", "UNIDENTIFIED", "RED"]), 1, "table.ambiguous_column", ["'Efficiencies'!B3", "'Efficiencies'!F3"]),
    ("negative.xlsx", dict(edit=sign), 1, "savings.negative", ["'Efficiencies'!B4", "(4,744)"]),
    ("total.xlsx", dict(edit=wrong_total), 1, "total.differs", ["'Efficiencies'!F4", "36,644", "26,644"]),
    ("row-twice.xlsx", dict(edit=same_row_twice), 1, "savings.duplicate_organisation", ["'Efficiencies'!A4", "'Efficiencies'!A6"]),
    ("not-available.xlsx", dict(edit=not_available), 0, "cell.not_available", ["'Efficiencies'!B4"]),
    ("nothing.xlsx", dict(headings=["Name", "Colour"], rows=[["a", "b"]]), 1, "risk.nothing_found", ["--map"]),
]
FILES = {
    "truncated.xlsx": "package.",
    "empty.xlsx": "package.",
    "table.xlsx": "package.not_a_zip",
    "old.xls": "package.old_xls",
    "encrypted.xlsx": "package.encrypted",
    "letter.xlsx": "workbook.",
}
# Every command that reads a workbook, as typed with one that cannot be read.
COMMANDS = [
    ["risk", "FILE"], ["position", "FILE"], ["import", "FILE"], ["import", "FILE", "-o", "out.json"], ["check", "FILE"],
    ["check", "good.xlsx", "FILE"], ["cells", "FILE"], ["track", "FILE"], ["share", "FILE", "--month", "4"],
    ["compare", "good.xlsx", "FILE"], ["compare", "FILE", "good.xlsx"], ["explain", "FILE", "Efficiencies!B4"],
    ["set", "FILE", "-o", "out.xlsx", "Efficiencies!B4=1"], ["export", "good.xlsx", "FILE", "-o", "out.xlsx"],
    ["export", "FILE", "good.xlsx", "-o", "out.xlsx"],
]  # fmt: skip
# typed for a cell, what the cell then holds; or None where it is refused
TYPED = [
    ("TRUE", True), ("true", True), ("False", False), ("1e3", 1000), ("-0.5", -0.5), ("'true", "true"), ("'#N/A", "#N/A"),
    ("2022/23", "2022/23"), ("#N/A", None), ("#DIV/0!", None), ("1,234", None), ("(5)", None), ("12%", None),
    ("£12m", None), ("31/7/2022", None),
]  # fmt: skip


def main():
    tool = sys.argv[1]
    wrong = []

    def expect(name, arguments, status, words, cwd):
        before = set(os.listdir(cwd))
        done = subprocess.run([tool] + known(arguments), capture_output=True, text=True, timeout=60, cwd=cwd)
        said = done.stderr + done.stdout
        if done.returncode != status:
            wrong.append("%s: status %d, expected %d: %s" % (name, done.returncode, status, said[:300]))
        for word in words:
            if word not in said:
                wrong.append("%s: \"%s\" is not said: %s" % (name, word, done.stderr[:300]))
        if set(os.listdir(cwd)) != before:
            wrong.append("%s: wrote %s" % (name, set(os.listdir(cwd)) - before))
        return done

    with tempfile.TemporaryDirectory() as folder:
        for name, how, status, rule, words in FIGURES:
            book(os.path.join(folder, name), **how)
            expect(name, ["risk", name], status, [rule] + words, folder)
            done = expect(name + " as JSON", ["risk", "--json", name], status, [rule], folder)
            try:
                json.loads(done.stdout)
            except ValueError:
                wrong.append(name + ": --json is not JSON")
            if status == 1 and rule not in ("total.differs", "savings.negative", "savings.duplicate_organisation", "risk.nothing_found"):
                expect(name + " imported", ["import", name, "-o", "model.json"], 1, ["nothing was written"], folder)
        for name, data in unreadable_files(folder).items():
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
            for command in COMMANDS:
                typed = [name if word == "FILE" else word for word in command]
                expect(" ".join(typed), typed, 3, [FILES[name], name], folder)
        for typed, held in TYPED:
            out = os.path.join(folder, "typed.xlsx")
            done = expect("set " + typed, ["set", "good.xlsx", "-o", "typed.xlsx", "Efficiencies!B4=" + typed, "--dry-run"],
                          2 if held is None else 0, ["apostrophe"] if held is None else [], folder)  # fmt: skip
            if held is not None:
                subprocess.run([tool, "set", "good.xlsx", "-o", out, "--force", "Efficiencies!B4=" + typed], capture_output=True, cwd=folder)
                now = openpyxl.load_workbook(out)["Efficiencies"]["B4"].value
                if now != held or type(now) is not type(held):
                    wrong.append("set %s: the cell holds %r" % (typed, now))
                os.remove(out)
        expect("no such file", ["risk", "absent.xlsx"], 3, ["file.unreadable"], folder)
        expect("a folder", ["risk", "."], 3, ["file.unreadable"], folder)
        expect("an unknown unit", ["risk", "--unit", "euro", "no-unit.xlsx"], 3, ["unit.unknown"], folder)
        # what settles the doubtful ones
        expect("no unit, said", ["risk", "--unit", "£000", "no-unit.xlsx"], 0, ["26,644"], folder)
        with open(os.path.join(folder, "map.toml"), "w") as f:
            f.write('[savings]\nsheet = "Efficiencies"\ncolumns = { red = "B" }\nunit = "£000"\n')
        for name in ("two-tables.xlsx", "two-reds.xlsx", "two-units.xlsx"):
            done = subprocess.run([tool, *known(["risk", "--map", "map.toml", "--json", name])], capture_output=True, text=True, cwd=folder)
            if '"red": "4744000.00"' not in done.stdout:
                wrong.append("%s with a mapping: %s" % (name, done.stderr[:300]))
        with open(os.path.join(folder, "bad.toml"), "w") as f:
            f.write('[savings]\nshet = "Efficiencies"\n')
        expect("a misspelt mapping", ["risk", "--map", "bad.toml", "two-reds.xlsx"], 3, ["mapping.malformed", "line 2", "savings.shet"], folder)
    for line in wrong:
        print(line)
    print("%d cases, %d wrong" % (len(FIGURES) + len(FILES) * len(COMMANDS) + len(TYPED) + 6, len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
