#!/usr/bin/env python3
"""windows_test.py EXE RISKSHARE FIXTURES: the command for Windows, run by Wine, answers as the native one does: the same status, the same
bytes on standard output, the same files, also by names beyond ASCII. Ends with 77 where there is no Wine."""
import os
import shutil
import subprocess
import sys
import tempfile

EXE, TOOL, FIXTURES = (os.path.abspath(a) for a in sys.argv[1:4])
WINE = shutil.which("wine64") or shutil.which("wine") or ("/usr/lib/wine/wine64" if os.path.exists("/usr/lib/wine/wine64") else None)
PLAN, TRACKER, SHARE = "operational-plan-2019-20.xlsx", "cip-tracker-june.xlsx", "share-m4-m5.xlsx"
STRANGE = "Prévision £ – Łódź 計画.xlsx"
BODIES_STRANGE = "Ŵest & Ælfric NHS ✓"
LINES = [
    ["--version"], ["--help"], ["risk", PLAN], ["risk", "--json", PLAN], ["risk", "--json", STRANGE], ["risk", "absent £.xlsx", "--json"],
    ["risk", PLAN, "--shares", "UHL=50%,LPT=13%,ICB=37%", "--room", "£4.5m"],
    ["set", PLAN, "-o", "neu £.xlsx", "Efficiencies!B4=" + BODIES_STRANGE], ["risk", "neu £.xlsx", "--json"],
    ["position", PLAN, "--json"], ["position", "finance-report-m4.xlsx"], ["check", PLAN, "--json"], ["check", PLAN, "--annotate", "checked.xlsx"],
    ["track", TRACKER, "--json"], ["track", TRACKER, "--csv", "groups.csv", "--schemes", "list.csv"],
    ["share", SHARE, "--month", "4", "--json"], ["share", SHARE, "--month", "4", "--fill", "filled.xlsx"],
    ["export", SHARE, "--new", "statement", "--month", "4", "-o", "neu-ß.xlsx"], ["report", PLAN, TRACKER, "-o", "pack £.html"], ["report", PLAN, TRACKER, "-o", "pack.xlsx"],
    ["report", PLAN, "-o", "pack.md"], ["import", PLAN, "-o", "model.json"], ["risk", "model.json", "--json"], ["import", PLAN, "--facts", "facts.csv"],
    ["import", PLAN, "--save-map", "map.toml"], ["compare", "cip-tracker-april.xlsx", TRACKER, "--json"], ["cells", PLAN, "Efficiencies!A1:G9"],
    ["explain", "check.sum"], ["explain", PLAN, "Efficiencies!C5"], ["risk", PLAN, "-o", "nowhere"], ["rsik", PLAN], ["risk", PLAN, "--json", "--unit", "£"],
]


def ran(command, folder, words, environment):
    before = {name: os.stat(os.path.join(folder, name)).st_mtime_ns for name in os.listdir(folder)}
    done = subprocess.run([*command, *words], cwd=folder, env=environment, capture_output=True, check=False, timeout=300)
    made = {}
    for name in os.listdir(folder):
        if before.get(name) != os.stat(os.path.join(folder, name)).st_mtime_ns:
            with open(os.path.join(folder, name), "rb") as f:
                made[name] = f.read()
    talk = b"\n".join(line for line in done.stderr.replace(b"\r\n", b"\n").split(b"\n") if not line[5:].startswith((b"fixme:", b"err:")))
    return {"status": done.returncode, "output": done.stdout, "talk": talk, "files": made}


def main():
    if not WINE:
        print("skipped: no Wine on this machine")
        return 77
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, "WINEPREFIX": os.path.join(work, "wine"), "WINEDEBUG": "-all", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
                       "DISPLAY": ""}
        subprocess.run([WINE, EXE, "--version"], env=environment, capture_output=True, check=False, timeout=300)  # its first start makes a prefix
        folders = [os.path.join(work, name) for name in ("native", "windows")]
        for folder in folders:
            shutil.copytree(os.path.join(FIXTURES, "workbooks"), folder)
            shutil.copyfile(os.path.join(folder, PLAN), os.path.join(folder, STRANGE))
        for words in LINES:
            native, windows = (ran(command, folder, words, environment) for command, folder in zip(([TOOL], [WINE, EXE]), folders))
            differ = [what for what in native if native[what] != windows[what]]
            if words == ["--version"]:  # another commit may have been built
                differ = [] if windows["status"] == 0 else differ
            if differ:
                wrong += 1
                print(f"{' '.join(words)}: another {', '.join(differ)}; status {windows['status']}, natively {native['status']}")
                for what in differ:
                    print(f"    {what}: {str(native[what])[:300]}\n    by Wine: {str(windows[what])[:300]}")
    print(f"{len(LINES)} lines, {wrong} answered otherwise by Wine")
    return 1 if wrong else 0


sys.exit(main())
