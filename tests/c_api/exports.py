#!/usr/bin/env python3
"""exports.py LIBRARY HEADER: the library shows the functions that the page of the C face declares, and nothing else; at most 12."""
import re
import subprocess
import sys

library, header = sys.argv[1:]
with open(header, encoding="utf-8") as f:
    promised = set(re.findall(r"RISKSHARE_PUBLIC [^;(]*?\b(riskshare_\w+)\(", f.read()))
shown = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
names = {line.split()[-1].split("@")[0] for line in shown.splitlines() if line.split()[-2] != "A"}
wrong = sorted(names ^ promised)
print(f"{len(names)} symbols shown, {len(promised)} promised" + (f"; not in both: {' '.join(wrong)}" if wrong else ""))
sys.exit(1 if wrong or not 0 < len(promised) <= 12 else 0)
