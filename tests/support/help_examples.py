#!/usr/bin/env python3
"""Runs the example of every command's --help as it stands, with workbooks under the names that it uses.

  help_examples.py RISKSHARE FIXTURES
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

FILES = {
    "plan.xlsx": "workbooks/operational-plan-2019-20.xlsx",
    "tracker.xlsx": "workbooks/cip-tracker-june.xlsx",
    "april.xlsx": "workbooks/cip-tracker-april.xlsx",
    "june.xlsx": "workbooks/cip-tracker-june.xlsx",
    "position.xlsx": "workbooks/share-m4-m5.xlsx",
    "statement.xlsx": "workbooks/share-m4-m5.xlsx",
}
AGREEMENT = "agreements/llr-2022-23.toml"
PARTIES = {"UHL": "North", "LPT": "South", "ICB": "Board"}  # as the fixture's position names them
PAGER = "man -l -"  # not on every machine: what is piped into it is judged instead


def main():
    tool, fixtures = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with open(os.path.join(fixtures, AGREEMENT), encoding="utf-8") as f:
        agreement = f.read()
    for theirs, ours in PARTIES.items():
        agreement = agreement.replace(theirs, ours)
    wrong, run = [], 0
    top = subprocess.run([tool, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z]+)  +\S", top[top.index("ommands:"):], re.M)
    for command in commands:
        page = subprocess.run([tool, command, "--help"], capture_output=True, text=True, check=True).stdout
        examples = re.findall(r"^ *riskshare (.+)$", page[page.index("Example:"):], re.M) if "Example:" in page else []
        if not examples:
            wrong.append(f"{command}: its help has no example")
        for example in examples:
            with tempfile.TemporaryDirectory() as folder:
                for name, source in FILES.items():
                    shutil.copy(os.path.join(fixtures, source), os.path.join(folder, name))
                with open(os.path.join(folder, "agreement.toml"), "w", encoding="utf-8") as f:
                    f.write(agreement)
                there = set(os.listdir(folder))
                typed = "riskshare " + example.replace(PAGER, "cat")
                environment = dict(os.environ, PATH=os.path.dirname(tool) + os.pathsep + os.environ["PATH"])
                done = subprocess.run(["bash", "-o", "pipefail", "-c", typed], cwd=folder, env=environment,
                                      capture_output=True, text=True, timeout=60)
                run += 1
                new = sorted(set(os.listdir(folder)) - there)
                if done.returncode not in (0, 1) or not (done.stdout or new):
                    wrong.append(f"{typed}: status {done.returncode}: {done.stderr[:300]}")
                output = re.search(r" -o (\S+)", example)
                if output and new != [output.group(1)]:
                    wrong.append(f"{typed}: wrote {new}")
    for line in wrong:
        print(line)
    print(f"{run} examples of {len(commands)} commands, {len(wrong)} wrong")
    return 1 if wrong or not run else 0


if __name__ == "__main__":
    sys.exit(main())
