#!/usr/bin/env python3
"""compare_builds.py BEFORE AFTER FOLDER... [--each N]: two builds of the tool must say the same, byte for byte: status, standard
output, standard error and files made, for every command on every workbook and model below the folders. `--each N` takes every
N-th file. Prints what differs; status 1 where anything does. Shown beside it, and no difference: where the first leaves standard
output empty although --json was asked, and the second does not."""
import os
import subprocess
import sys
import tempfile

ALONE = [["risk"], ["position", "--bridges"], ["check", "--explain"], ["track"], ["track", "--month", "4", "--by", "cmg,rag", "-v"],
         ["import"], ["cells"], ["share"], ["share", "--month", "4"], ["export", "--new", "savings", "-o", "made.xlsx"],
         ["track", "--csv", "groups.csv", "--schemes", "-"], ["check", "--annotate", "noted.xlsx"],
         ["check", "--write-baseline", "known.json"], ["risk", "--shares", "UHL=50%,LPT=13%,ICB=37%", "--room", "£4.5m"],
         ["track", "--save-map", "map.toml", "--target", "£1m", "--risk-on", "left"], ["import", "-o", "model.json", "--verbose"],
         ["risk", "--map", "absent.toml"], ["position", "--profile", "1,2,3"], ["track", "--by", "nothing"]]
WITHOUT_JSON = {"import"}
OTHERS = [["risk"], ["man"], ["completions", "bash"], ["completions", "zsh"], ["completions", "fish"], ["completions", "powershell"],
          ["completions", "csh"], ["explain", "check.sum"], ["explain", "check.sum", "--json"], ["explain", "nothing.like.it"],
          ["rsk", "a"], ["track", "--mnth", "4", "a"], ["track", "--month", "13", "a"], ["share", "--basis", "year", "a"],
          ["--help"], ["--version"], ["risk", "absent.xlsx"], ["risk", "."]]
OTHERS += [[c, "--help"] for c in
           "cells set import export risk position share track compare check explain completions man".split()]


def files_below(folders, each):
    found = []
    for folder in folders:
        for where, _, names in sorted(os.walk(folder)):
            found += [os.path.join(where, n) for n in sorted(names) if n.endswith((".xlsx", ".xlsm", ".json"))]
    return found[::each]


def outcome(tool, arguments, source):
    with tempfile.TemporaryDirectory() as folder:
        if source:
            os.symlink(os.path.abspath(source), os.path.join(folder, os.path.basename(source)))
        try:
            done = subprocess.run([tool, *arguments], cwd=folder, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return ("took too long",)
        made = {}
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                with open(path, "rb") as f:
                    made[name] = f.read()
        return done.returncode, done.stdout, done.stderr, made


def first_difference(a, b):
    for x, y in zip(a.split(b"\n"), b.split(b"\n")):
        if x != y:
            return f"{x[:200]!r}\n      is now {y[:200]!r}"
    return f"{len(a)} bytes are now {len(b)}"


def lines_for(path, following):
    name = os.path.basename(path)
    lines = [c[:1] + [name] + c[1:] for c in ALONE]
    lines += [line + ["--json"] for line in lines if line[0] not in WITHOUT_JSON and "--schemes" not in line]
    lines += [["cells", name, "nowhere!A1"], ["set", name, "-o", "set.xlsx", "A1=5"], ["set", name, "--dry-run", "B2=x"],
              ["export", name, name, "-o", "filled.xlsx", "--month", "4"], ["explain", name, "B7"],
              ["explain", name, "C9", "--json"], ["compare", name, name], ["compare", name, name, "--json"]]
    return lines


def main():
    words = sys.argv[1:]
    each = 1
    if "--each" in words:
        at = words.index("--each")
        each = int(words[at + 1])
        del words[at : at + 2]
    before, after, folders = os.path.abspath(words[0]), os.path.abspath(words[1]), words[2:]
    files = files_below(folders, each)
    runs = [(line, None) for line in OTHERS]
    for i, path in enumerate(files):
        runs += [(line, path) for line in lines_for(path, files[(i + 1) % len(files)])]
    differ, new_json = 0, 0
    for line, path in runs:
        a, b = outcome(before, line, path), outcome(after, line, path)
        if a == b:
            continue
        if len(a) == len(b) == 4 and "--json" in line and a[1] == b"" and (a[0], a[2], a[3]) == (b[0], b[2], b[3]):
            new_json += 1
            continue
        differ += 1
        print(f"{' '.join(line)}   ({path})")
        for what, x, y in zip(("status", "output", "messages", "files"), a, b):
            if x != y:
                print(f"   {what}: {first_difference(x, y) if isinstance(x, bytes) else (x, y) if what == 'status' else 'other bytes'}")
    print(f"{len(runs)} runs on {len(files)} files: {differ} differ; {new_json} more had no JSON and have one now")
    return 1 if differ or not runs else 0


if __name__ == "__main__":
    sys.exit(main())
