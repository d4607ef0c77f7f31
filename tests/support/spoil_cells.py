#!/usr/bin/env python3
"""Spoils one cell of a workbook at a time: no other answer may come with status 0 and without a finding.

    spoil_cells.py RISKSHARE COUNT WORKBOOK...      COUNT cells in all, the same ones in every run

Spoiled are: a text (a heading, a label, a unit, a rating) that is deleted or misspelt, a typed amount that becomes a
text, the stored result of a formula that is taken away. Each spoiled workbook is asked what the sound one answered:
`risk`, `position` and `track`, whichever does. Amounts are compared, not names or references: a body that is
called otherwise keeps its figures. What comes out is printed by outcome.
"""
import collections
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile

CELL = re.compile(r"<c\b[^>]*?(?:/>|>.*?</c>)", re.S)
COMMANDS = ("risk", "position", "track")


def parts_of(path):
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def strings_of(parts):
    text = parts.get("xl/sharedStrings.xml", b"").decode("utf-8")
    return [html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<rPh\b.*?</rPh>", "", item, flags=re.S)))
            for item in re.findall(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", text, re.S)]


def misspelt(text):
    """Two neighbouring letters exchanged, so that no dictionary knows the word."""
    places = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]]
    if not places:
        return None
    i = places[len(places) // 2]
    return text[:i] + text[i + 1] + text[i] + text[i + 2:]


def attribute(cell, name):
    found = re.search(rf'\b{name}="([^"]*)"', cell[:cell.index(">")])
    return found.group(1) if found else ""


def with_text(cell, text):
    style = attribute(cell, "s")
    place = f'<c r="{attribute(cell, "r")}"' + (f' s="{style}"' if style else "")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'{place} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def spoilings(cell, strings):
    """What can be done to one cell: (kind, its new XML)."""
    value = re.search(r"<v>(.*?)</v>", cell, re.S)
    kind, formula = attribute(cell, "t"), "<f" in cell
    if formula:
        if value:
            yield "stored result removed", cell.replace(value.group(0), "")
        return
    text = None
    if kind == "s" and value:
        text = strings[int(value.group(1))]
    elif kind == "inlineStr":
        text = html.unescape(re.sub(r"<[^>]+>", "", cell))
    if text is not None:
        if text.strip():
            yield "text deleted", ""
            wrong = misspelt(text)
            if wrong:
                yield "text misspelt", with_text(cell, wrong)
    elif value and kind in ("", "n"):
        yield "amount made text", with_text(cell, value.group(1) + " tbc")


def candidates(path):
    parts = parts_of(path)
    strings = strings_of(parts)
    out = []
    for name, content in sorted(parts.items()):
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            continue
        xml = content.decode("utf-8")
        for m in CELL.finditer(xml):
            for kind, new in spoilings(m.group(0), strings):
                out.append((kind, name, m.start(), m.end(), new, attribute(m.group(0), "r")))
    return parts, out


def written(parts, change, folder, name):
    kind, part, start, end, new, _ = change
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for other, content in parts.items():
            if other == part:
                xml = content.decode("utf-8")
                content = (xml[:start] + new + xml[end:]).encode("utf-8")
            z.writestr(other, content)
    return path


def amounts(value):
    """Every decimal text of an answer, as a bag; findings and the account are not the answer."""
    bag = collections.Counter()
    stack = [value]
    while stack:
        v = stack.pop()
        if isinstance(v, dict):
            stack += [one for key, one in v.items()
                      if key not in ("findings", "account", "at", "read_as", "reference", "scheme", "year")]
        elif isinstance(v, list):
            stack += v
        elif isinstance(v, str) and re.fullmatch(r"-?\d+(\.\d+)?|-?\d+/\d+", v):
            bag[v] += 1
    for nothing in ("0", "0.00"):
        bag.pop(nothing, None)
    return bag


def asked(tool, command, path):
    run = subprocess.run([tool, command, path, "--json"], capture_output=True, text=True, timeout=120, check=False)
    try:
        answer = json.loads(run.stdout)
    except ValueError:
        answer = {}
    findings = collections.Counter((f["rule"], f["severity"]) for f in answer.get("findings", []))
    return run.returncode, amounts(answer), findings, run.stderr


def outcome(before, after):
    status, found, findings, _ = after
    new = findings - before[2]
    if status >= 3:
        return "refused"
    if found == before[1]:
        return "same answer" if status == before[0] else "same answer, and an error"
    if status != 0:
        return "another answer, and an error" if status != before[0] or new else "another answer, the same error"
    if any(severity != "note" for _, severity in new):
        return "another answer, and a warning"
    return "another answer, and a note" if new else "SILENT"


def main():
    tool, count, files = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    tally, silent = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        plans = []
        for path in files:
            before = {}
            for command in COMMANDS:
                got = asked(tool, command, path)
                if got[0] in (0, 1) and got[1]:
                    before[command] = got
            if before:
                plans.append((path, before) + candidates(path))
        for number, (path, before, parts, changes) in enumerate(plans):
            share = count // len(plans) + (number < count % len(plans))
            picked = random.Random(os.path.basename(path)).sample(changes, min(share, len(changes)))
            for change in picked:
                spoiled = written(parts, change, folder, os.path.basename(path))
                for command, sound in before.items():
                    what = outcome(sound, asked(tool, command, spoiled))
                    tally[what] += 1
                    if what == "SILENT":
                        silent.append(f"{command} {path}: {change[0]} at {change[1]} {change[5]}")
    for what, n in sorted(tally.items(), key=lambda item: -item[1]):
        print(f"{n:6} {what}")
    for line in silent:
        print("SILENT", line)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
