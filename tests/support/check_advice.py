#!/usr/bin/env python3
"""check_advice.py RISKSHARE SOURCE: what messages advise must exist.

Every option that a text of the sources names is an option of some command, and every mapping that one proposes,
"[section] key = …", is read without complaint when it is followed to the letter. What following it answers is shown by
the cases of tests/cases/advice: a workbook raises a finding, the advice is followed, the right answer comes. How many of the rules
whose advice names an option or a mapping are shown so is printed, and may not fall.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

TOOL, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# Options of other programs that a text may name.
OTHERS = {"--headless", "--convert-to"}


def unescaped(text):
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def texts_of(path):
    """The texts of a source: neighbours are one, and what is put between two is three points."""
    source = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
    source = re.sub(r'(?<!\\)"\s+"', "", source)
    joined = re.sub(r'"\s*\+\s*(?:[A-Za-z_:][\w:.>()\[\] *&-]*?)\s*\+\s*"', "…", source)
    return [unescaped(t) for t in LITERAL.findall(joined)]


def help_of(*words):
    return subprocess.run([TOOL, *words], capture_output=True, text=True, check=False).stdout


RULE = re.compile(r'\{"([a-z_]+\.[a-z_0-9]+)", severity::\w+,\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"')
FOLLOWED_AT_LEAST = 17


def followed():
    """Rules whose advice names an option or a mapping, and those of them that a case of advice raises."""
    advised = set()
    for path in sorted((SOURCE / "src/rules").glob("*.cpp")):
        source = re.sub(r'(?<!\\)"\s+"', "", path.read_text(encoding="utf-8"))
        advised |= {rule for rule, _, advice in RULE.findall(source) if re.search(r"--[a-z]|mapping", advice)}
    cases = "".join(p.read_text(encoding="utf-8") for p in (SOURCE / "tests/cases/advice").glob("*.case"))
    return advised, {rule for rule in advised if re.search(rf"^finding {re.escape(rule)}\b", cases, re.M)}


def main():
    bad = 0
    commands = re.findall(r"^  ([a-z-]+)  ", help_of("--help"), re.M)
    options = set(re.findall(r"--[a-z][a-z-]+", help_of("--help")))
    for command in commands:
        options |= set(re.findall(r"--[a-z][a-z-]+", help_of(command, "--help")))
    named, snippets = {}, {}
    for folder in ("src", "include"):
        for path in sorted((SOURCE / folder).rglob("*.?pp")):
            for text in texts_of(path):
                for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text):
                    named.setdefault(option, path)
                for snippet in re.findall(r'\[[a-z_]+\] (?:"[^"]+"|[a-z_]+) = (?:\{[^}]*\}|\[[^\]]*\]|"[^"]*")', text):
                    snippets.setdefault(snippet, path)
    for option, path in sorted(named.items()):
        if option not in options and option not in OTHERS:
            bad += 1
            print(f"{path.relative_to(SOURCE)} names {option}, which no command has")
    with tempfile.TemporaryDirectory() as folder:
        for snippet, path in sorted(snippets.items()):
            section, rest = snippet.split("] ", 1)
            # Three points stand for what only the workbook knows.
            for put in ("A", "50%", "amber", "plan"):
                filled = re.sub(r'"…+"', f'"{put}"', rest).replace(", …", "")
                filled = filled.replace("{ … =", "{ plan =" if "blocks" in rest else "{ plan_year =").replace("…_m", "plan_m").replace("…", put)
                toml = pathlib.Path(folder) / "map.toml"
                toml.write_text(f"{section}]\n{filled}\n", encoding="utf-8")
                done = subprocess.run([TOOL, "risk", str(SOURCE / "fixtures/workbooks/operational-plan-2019-20.xlsx"), "--map",
                                       str(toml)], capture_output=True, text=True, check=False)
                if done.returncode in (0, 1):
                    break
            else:
                bad += 1
                print(f"{path.relative_to(SOURCE)} proposes {snippet}, which is refused: {done.stderr.strip()[:200]}")
    print(f"{len(named)} options and {len(snippets)} mappings are named; {bad} of them do not exist")
    advised, shown = followed()
    print(f"{len(shown)} of {len(advised)} rules whose advice names an option or a mapping are followed in cases of advice")
    if len(shown) < FOLLOWED_AT_LEAST:
        bad += 1
    return 1 if bad or len(named) < 10 or len(snippets) < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
