"""Makes the workbook that a case draws, with openpyxl; stored results of formulas are put in as the case gives them."""
import copy
import datetime
import decimal
import json
import re
import zipfile
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils import get_column_letter

import case_file

NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
SUFFIX = re.compile(r"\s*\{([a-z]+)(?:\s+(?:\"([^\"]*)\"|([^\"}]*)))?\}$")
POWERS = {"£000": 3, "£'000": 3, "£m": 6, "£": 0}


class Token:
    """One cell of a grid: what is typed, and what its suffixes in braces say."""

    def __init__(self, text):
        self.marks = {}
        while (m := SUFFIX.search(text)):
            self.marks[m[1]] = m[2] or m[3] or True
            text = text[:m.start()]
        self.result = None
        if text.startswith("="):
            text, arrow, result = text.partition(" -> ")
            self.result = result.strip() if arrow else None
        self.text = "" if text == "~" else text

    @property
    def is_amount(self):
        return bool(NUMBER.match(self.text)) and "fixed" not in self.marks and "%" not in str(self.marks.get("fmt", ""))

    def value(self):
        t = self.text
        if t == "":
            return None
        if t.startswith("'"):
            return t[1:]
        if NUMBER.match(t):
            return float(t) if "." in t else int(t)
        if re.match(r"^\d+(\.\d+)?%$", t):
            return float(decimal.Decimal(t[:-1]) / 100)
        if re.match(r"^\d{4}-\d\d-\d\d$", t):
            return datetime.date.fromisoformat(t)
        if t in ("TRUE", "FALSE"):
            return t == "TRUE"
        return json.loads(t) if t.startswith('"') and t.endswith('"') and len(t) > 1 else t


def tokens(grid):
    return [[Token(cell) for cell in row] for row in grid]


def in_unit(rows, after):
    """The same sheet printed in another unit: its amounts rescaled exactly, the word for the unit changed."""
    before = unit_of(rows)
    out = copy.deepcopy(rows)
    scale = decimal.Decimal(10) ** (POWERS[before] - POWERS[after])
    for row in out:
        for cell in row:
            if cell.is_amount:
                cell.text = format((decimal.Decimal(cell.text) * scale).normalize(), "f")
            elif not cell.text.startswith("="):
                cell.text = cell.text.replace(before, after)
            if cell.result and NUMBER.match(cell.result):
                cell.result = format((decimal.Decimal(cell.result) * scale).normalize(), "f")
    return out


def unit_of(rows):
    return next((u for u in POWERS if any(u in cell.text for row in rows for cell in row)), None)


def naming_a_unit(sheets):
    """The sheets, each of which must name its unit in order to be printed in another."""
    for name, rows in sheets:
        if unit_of(rows) is None:
            raise case_file.CaseError(0, f"the sheet {name} names no unit, so that it cannot be printed in another")
    return sheets


def turned(rows):
    """Rows and columns exchanged. A formula's references are not turned, so a sheet with formulas cannot be."""
    if any(cell.text.startswith("=") for row in rows for cell in row):
        raise case_file.CaseError(0, "a sheet with formulas cannot be turned")
    width = max(len(row) for row in rows)
    full = [row + [Token("") for _ in range(width - len(row))] for row in rows]
    return [list(column) for column in zip(*full)]


def write(path, sheets):
    """`sheets`: (name, rows of tokens) in order."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    results = []
    for index, (name, rows) in enumerate(sheets, 1):
        title, _, state = name.partition(" {")
        sheet = book.create_sheet(title)
        if state:
            sheet.sheet_state = "hidden"
        stored = {}
        for r, row in enumerate(rows, 1):
            for c, token in enumerate(row, 1):
                value = token.value()
                cell = sheet.cell(r, c)
                if value is not None:
                    cell.value = value
                if token.text.startswith("'"):
                    cell.data_type = "s"
                if token.text.endswith("%") and isinstance(value, float):
                    cell.number_format = "0%"
                if isinstance(token.marks.get("fmt"), str):
                    cell.number_format = json.loads(f'"{token.marks["fmt"]}"')
                if "fill" in token.marks:
                    cell.fill = openpyxl.styles.PatternFill("solid", fgColor=token.marks["fill"])
                if "merge" in token.marks:
                    across, _, down = token.marks["merge"].partition("x")
                    sheet.merge_cells(start_row=r, start_column=c, end_row=r + int(down or 1) - 1, end_column=c + int(across) - 1)
                if "hidden" in token.marks:
                    sheet.row_dimensions[r].hidden = True
                if "hiddencolumn" in token.marks:
                    sheet.column_dimensions[get_column_letter(c)].hidden = True
                if token.result is not None:
                    stored[f"{get_column_letter(c)}{r}"] = token.result
        results.append((f"xl/worksheets/sheet{index}.xml", stored))
    book.save(path)
    store_results(path, {part: stored for part, stored in results if stored})


def store_results(path, parts):
    if not parts:
        return
    with zipfile.ZipFile(path) as there:
        contents = [(info, there.read(info)) for info in there.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info, data in contents:
            for cell, result in parts.get(info.filename, {}).items():
                kind = "" if NUMBER.match(result) else ' t="str"'
                text = data.decode("utf-8")
                text, done = re.subn(rf'<c r="{cell}"([^>]*?)(?: t="[a-z]+")?>(<f>.*?</f>)<v ?/?>(?:</v>)?</c>',
                                     lambda m: f'<c r="{cell}"{m[1]}{kind}>{m[2]}<v>{escape(result.lstrip(chr(39)))}</v></c>', text)
                assert done == 1, f"no formula to give a result at {cell}"
                data = text.encode("utf-8")
            out.writestr(info, data)
