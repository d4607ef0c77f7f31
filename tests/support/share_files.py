"""What the scripts that try the share have in common: workbooks and agreements written, the command run. Standard
library only."""
import json, os, subprocess, zipfile
from xml.sax.saxutils import escape

from llr import known


def letters(column):
    return chr(ord("A") + column)


class Number:
    """A number cell with these very digits."""
    def __init__(self, digits):
        self.digits = digits

    def __str__(self):
        return self.digits


def workbook(path, sheets):
    """sheets: [(name, [[cell, …], …])]; None is a blank cell."""
    def sheet(rows):
        out = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, str):
                    cells.append(f'<c r="{letters(c)}{r}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
                else:
                    cells.append(f'<c r="{letters(c)}{r}"><v>{value}</v></c>')
            out.append(f'<row r="{r}">{"".join(cells)}</row>')
        return ('<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
                f'spreadsheetml/2006/main"><sheetData>{"".join(out)}</sheetData></worksheet>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    n = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{pack}/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                   'spreadsheetml.sheet.main+xml"/>' + "".join(
                       f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.'
                       'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for i in n) + "</Types>")
        z.writestr("_rels/.rels", f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{pack}/relationships">'
                   f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        z.writestr("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{main}" xmlns:r="{rel}">'
                   "<sheets>" + "".join(f'<sheet name="{escape(s[0])}" sheetId="{i}" r:id="rId{i}"/>'
                                        for i, s in zip(n, sheets)) + "</sheets></workbook>")
        z.writestr("xl/_rels/workbook.xml.rels", f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{pack}'
                   '/relationships">' + "".join(f'<Relationship Id="rId{i}" Type="{rel}/worksheet" '
                                                f'Target="worksheets/sheet{i}.xml"/>' for i in n) + "</Relationships>")
        for i, s in zip(n, sheets):
            z.writestr(f"xl/worksheets/sheet{i}.xml", sheet(s[1]))


def in_thousands(pence):
    """Pence as a decimal in £000, exactly."""
    sign, p = ("-" if pence < 0 else ""), abs(pence)
    return Number(f"{sign}{p // 100000}.{p % 100000:05d}".rstrip("0").rstrip("."))


def pounds(pence):
    sign, p = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}{p // 100}.{p % 100:02d}"


def quoted(names):
    return "[" + ", ".join(f'"{n}"' for n in names) + "]"


def shares_toml(shares, *more):
    """A dict of fractions, or the kind of shares that are worked out."""
    if isinstance(shares, str):
        return f'{{ kind = "{shares}" }}'
    return "{ " + ", ".join([f'{p} = "{s.numerator}/{s.denominator}"' for p, s in shares.items()] + list(more)) + " }"


def written(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def run(tool, *arguments):
    done = subprocess.run([tool] + known(arguments), capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def share(tool, *arguments):
    """What `share --json` says; the status beside it."""
    status, out, err = run(tool, "share", *arguments, "--json")
    return status, (json.loads(out) if out else {}), err
