"""check_runner.py TOOL: the runner of cases must fail where an answer is not the one expected, each way that a case can expect one."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RIGHT = (HERE / "risk" / "operational_plan.case").read_text(encoding="utf-8")
HEAD = RIGHT[:RIGHT.index("$ riskshare")]
COMMAND = "$ riskshare risk plan.xlsx\n"
WRONG = {
    "a figure": COMMAND + 'json system.risk = "29583000.00"\n',
    "a path": COMMAND + 'json system.peril = "29583500.00"\n',
    "a status": COMMAND + "status 1\n",
    "a line of output": COMMAND + "> Savings at risk, by fortune\n> …\n",
    "an order of lines": COMMAND + "> …\n> WEST CCG…\n> UHL…\n> …\n",
    "a line of talk": COMMAND + "! nothing of the kind\n",
    "a finding": COMMAND + "finding savings.unheard_of\n",
    "nothing": COMMAND,
    "a word": COMMAND + "perhaps 3\n",
}


def run(tool, text):
    with tempfile.NamedTemporaryFile("w", suffix=".case", dir=HERE, encoding="utf-8", delete=True) as f:
        f.write(text)
        f.flush()
        return subprocess.run([sys.executable, str(HERE / "run_cases.py"), tool, pathlib.Path(f.name).name], capture_output=True, text=True)


def main():
    faults = []
    for what, tail in WRONG.items():
        done = run(sys.argv[1], HEAD.replace("as LibreOffice saves it\n", "") + tail)
        if done.returncode != 1 or "FAILED" not in done.stdout:
            faults.append(f"a case that expects {what} wrongly is called right:\n{done.stdout}{done.stderr}")
    print("\n".join(faults) or f"{len(WRONG)} wrong cases, each found")
    return 1 if faults else 0


sys.exit(main())
