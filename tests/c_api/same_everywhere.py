#!/usr/bin/env python3
"""same_everywhere.py RISKSHARE LIBRARY ASK_IN_C PROJECT: ten requests, of which the tool, C, Python and Node (where it is
installed, with koffi) get the same JSON, status and files."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOOL, LIBRARY, ASK, PROJECT = (os.path.abspath(a) for a in sys.argv[1:5])
BOOKS = os.path.join(PROJECT, "fixtures", "workbooks")
PLAN, TRACKER, SHARE = "operational-plan-2019-20.xlsx", "cip-tracker-june.xlsx", "share-m4-m5.xlsx"

REQUESTS = [
    ("risk", [PLAN], {}),
    ("risk", [PLAN], {"shares": "UHL=50%,LPT=13%,ICB=37%", "room": "£4.5m"}),
    ("position", [PLAN], {"verbose": True}),
    ("check", [PLAN], {"explain": True}),
    ("track", [TRACKER], {"month": 3, "by": "cmg,rag"}),
    ("share", [SHARE], {"month": 4}),
    ("cells", [PLAN], {"range": "Efficiencies!A1:G9"}),
    ("set", [PLAN], {"edits": ["Efficiencies!C5=4745"], "output": "new.xlsx"}),
    ("explain", [], {"what": "check.sum"}),
    ("risk", ["absent.xlsx"], {}),
]

IN_NODE = """
const riskshare = require(process.argv[2]);
const [command, files, options] = JSON.parse(process.argv[3]);
let answer;
try { answer = riskshare.ask(command, files, options); } catch (e) { answer = e.answer; if (!answer) throw e; }
process.stdout.write(JSON.stringify({status: answer.status, json: answer.rawJson,
  made: Object.fromEntries(Object.entries(answer.made).map(([n, b]) => [n, b.toString('base64')]))}));
"""


def by_tool(command, files, options, folder):
    words = [command, *files, "--json"]
    for name, value in options.items():
        placed = name in ("range", "edits", "what")
        for one in value if isinstance(value, list) else [value]:
            words += ([] if placed else ["--" + name]) + ([] if one is True else [str(one)])
    before = set(os.listdir(folder))
    done = subprocess.run([TOOL, *words], cwd=folder, capture_output=True, check=False)
    made = {}
    for name in set(os.listdir(folder)) - before:
        with open(os.path.join(folder, name), "rb") as f:
            made[name] = f.read()
        os.remove(os.path.join(folder, name))
    return done.returncode, done.stdout.decode(), made


def by_python(riskshare, command, files, options):
    try:
        answer = riskshare.ask(command, *files, **options)
    except riskshare.Refused as e:
        answer = e.answer
    return answer.status, answer.json, answer.made


def by_c(command, files, options, folder):
    request = json.dumps({"command": command, "files": files, "options": options})
    done = subprocess.run([ASK, request, *files], cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode()


def node_package(folder):
    """Where Node and koffi are: our package beside koffi; None elsewhere."""
    package = os.path.join(PROJECT, "tools", "package", "node")
    modules = os.environ.get("RISKSHARE_NODE_MODULES", os.path.join(package, "node_modules"))
    if not shutil.which("node") or not os.path.isdir(os.path.join(modules, "koffi")):
        return None
    shutil.copytree(package, os.path.join(folder, "riskshare"), ignore=shutil.ignore_patterns("node_modules"))
    os.symlink(modules, os.path.join(folder, "node_modules"))
    return os.path.join(folder, "riskshare")


def by_node(package, command, files, options, folder):
    done = subprocess.run(["node", "-", package, json.dumps([command, files, options])], input=IN_NODE.encode(), cwd=folder,
                          capture_output=True, env=dict(os.environ, RISKSHARE_LIBRARY=LIBRARY), check=False)
    if done.returncode != 0:
        return "node failed", done.stderr.decode(), {}
    return json.loads(done.stdout)


def main():
    import base64
    os.environ["RISKSHARE_LIBRARY"] = LIBRARY
    sys.path.insert(0, os.path.join(PROJECT, "tools", "package", "python"))
    sys.dont_write_bytecode = True
    import riskshare
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        for name in (PLAN, TRACKER, SHARE):
            shutil.copy(os.path.join(BOOKS, name), folder)
        os.chdir(folder)
        package = node_package(elsewhere)
        for command, files, options in REQUESTS:
            status, text, made = by_tool(command, files, options, folder)
            expected = json.loads(text)
            answers = {"C": by_c(command, files, options, folder)}
            if files != ["absent.xlsx"]:  # those read their files themselves, and say so in their own way
                answers["Python"] = by_python(riskshare, command, files, options)
                if package:
                    node = by_node(package, command, files, options, folder)
                    answers["Node"] = node if isinstance(node, tuple) else (
                        node["status"], node["json"], {n: base64.b64decode(b) for n, b in node["made"].items()})
            for face, answer in answers.items():
                got = json.loads(answer[1]) if isinstance(answer[1], str) and answer[1] else answer[1]
                if files == ["absent.xlsx"]:
                    same = answer[0] == status and [f["rule"] for f in got["findings"]] == [f["rule"] for f in expected["findings"]]
                else:
                    same = answer[0] == status and got == expected and (len(answer) < 3 or answer[2] == made)
                if not same:
                    wrong += 1
                    print(f"{face}: {command} {options}: status {answer[0]} for {status}, {str(got)[:300]}")
        money = riskshare.risk(PLAN)["system"]["risk"]
        if repr(money) != "Decimal('29583500.00')":  # operational plan 2019/20, section 6: 29,583.5 in £000
            wrong += 1
            print(f"the system's risk is {money!r} in Python")
        faces = "the tool, C, Python" + (" and Node" if package else "; Node or koffi is not installed")
    print(f"{len(REQUESTS)} requests by {faces}: {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
