"""run_cases.py TOOL [--shared FOLDER] [PATTERN…]: runs every case, prints what differs, ends with "N passed, N failed, N skipped".

Each variant of a case (another unit, turned, as LibreOffice saves it) counts as one. With --only-shared only the cases that need
the folder of shared workbooks run, without it only the others; where the folder is missing they are shown as skipped (status 77).
"""
import concurrent.futures
import decimal
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path.insert(0, str(HERE))
import case_file  # noqa: E402
import case_workbook  # noqa: E402


def fits(expected, line):
    """"…" inside an expected line stands for any text."""
    return re.fullmatch(".*".join(re.escape(part) for part in expected.split("…")), line) is not None


def mismatch(expected, lines):
    """Nothing where the lines are as expected; else what is wrong. A line of "…" alone stands for any lines."""
    texts = [text for _, text in expected]

    def matches(i, j):
        seen = {}

        def go(i, j):
            if (i, j) not in seen:
                if i == len(texts):
                    seen[i, j] = j == len(lines)
                elif texts[i] == "…":
                    seen[i, j] = go(i + 1, j) or (j < len(lines) and go(i, j + 1))
                else:
                    seen[i, j] = j < len(lines) and fits(texts[i], lines[j]) and go(i + 1, j + 1)
            return seen[i, j]
        return go(i, j)

    if matches(0, 0):
        return None
    lost = next((f"line {n} of the case: nothing is \"{t}\"" for n, t in expected if t != "…" and not any(fits(t, l) for l in lines)),
                "every expected line is there, but not in this order or not alone")
    return lost + "\n    printed:\n" + "\n".join("      " + l for l in lines)


def at_path(value, path):
    """organisations[0].risk, or findings[*].rule: the values at a path, as a list where it says [*]."""
    for key, index in re.findall(r"([^.\[\]]+)|\[(\d+|\*|[a-z_]+=[^\]]+)\]", path):
        if key:
            value = [v[key] for v in value] if isinstance(value, list) else value[key]
        elif index == "*":
            continue
        elif index.isdigit():
            value = value[int(index)]
        else:
            name, _, wanted = index.partition("=")
            value = next(v for v in value if str(v.get(name)) == wanted)
    return value


class Variant:
    def __init__(self, case, name, change):
        self.case, self.name, self.change = case, name, change
        self.exact = change is None  # only then is the text compared, which prints in the sheet's unit

    def label(self):
        return str(self.case.path.relative_to(HERE)) + (f" ({self.name})" if self.name else "")


def variants(case):
    out = [Variant(case, "", None)]
    for unit in case.units:
        out.append(Variant(case, f"in {unit}", lambda sheets, unit=unit: [
            (n, case_workbook.in_unit(rows, unit)) for n, rows in case_workbook.naming_a_unit(sheets)]))
    if case.turned:
        out.append(Variant(case, "turned", lambda sheets: [(n, case_workbook.turned(rows)) for n, rows in sheets]))
    if case.resaved:
        out.append(Variant(case, "as LibreOffice saves it", lambda sheets: sheets))
    return out


def lay_out(variant, folder, shared):
    for book in variant.case.workbooks:
        target = folder / book.name
        if book.copied_from:
            source = shared / book.copied_from[len("../shared/"):] if book.copied_from.startswith("../shared/") else PROJECT / book.copied_from
            shutil.copy(source, target)
            target.chmod(0o644)
        else:
            sheets = [(name, case_workbook.tokens(grid)) for name, grid in book.sheets]
            case_workbook.write(target, variant.change(sheets) if variant.change else sheets)
    for name, text in variant.case.texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def resave(folders):
    """LibreOffice opens and saves every workbook of these folders, in one process."""
    with tempfile.TemporaryDirectory() as profile:
        for folder in folders:
            books = [str(p) for p in folder.glob("*.xlsx")]
            if books:
                saved = folder / "saved"
                subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "xlsx", "--outdir", str(saved), *books],
                               check=True, capture_output=True, timeout=300)
                for p in saved.iterdir():
                    shutil.move(str(p), folder / p.name)
                saved.rmdir()


def faults_of(command, tool, folder, exact):
    words = shlex.split(command.words)
    if words[0] != "riskshare":
        return [f"line {command.line}: a command begins with riskshare"]
    run = subprocess.run([tool, *words[1:]], cwd=folder, capture_output=True, text=True, timeout=120)
    faults = []
    if run.returncode != command.status:
        faults.append(f"line {command.line}: status {run.returncode} in place of {command.status}\n    " + run.stderr.strip().replace("\n", "\n    "))
    if exact and command.out:
        faults.append(mismatch(command.out, run.stdout.splitlines()))
    if exact and command.talk:
        faults.append(mismatch(command.talk, run.stderr.splitlines()))
    said = run.stdout + run.stderr
    for line, code, cell in command.findings:
        # A finding ends with its code in brackets; its places stand between its first line and that.
        told = [t for t in re.split(r"(?m)^(?=(?:error|warning|note): )", said) if f"[{code}]" in t]
        if not told:
            faults.append(f"line {line}: no finding {code}\n    " + run.stderr.strip().replace("\n", "\n    "))
        elif cell and exact and not any(re.search(rf"(?<![A-Z0-9]){re.escape(cell)}(?![0-9])", t) for t in told):
            faults.append(f"line {line}: {code} does not name {cell}:\n    " + told[0].strip().replace("\n", "\n    "))
    faults += [f"line {line}: \"{words}\" is not said\n    " + said.strip().replace("\n", "\n    ") for line, words in command.says if words not in said]
    severities = ["none", "note", "warning", "error"]
    for severity, code in re.findall(r"(?ms)^(error|warning|note): (?:(?!^(?:error|warning|note): ).)*?\[([a-z_]+\.[a-z_0-9]+)\]", said):
        if command.worst and severities.index(severity) > severities.index(command.worst):
            faults.append(f"line {command.line}: {severity} {code} where {command.worst} is the worst allowed")
    if command.json or command.tables:
        spoken = subprocess.run([tool, *words[1:], "--json"], cwd=folder, capture_output=True, text=True, timeout=120)
        try:
            value = json.loads(spoken.stdout)
        except ValueError:
            return faults + [f"line {command.line}: --json prints no JSON: {spoken.stdout[:200]!r} {spoken.stderr[:400]!r}"]
        for line, path, wanted in command.json:
            try:
                there = at_path(value, path)
            except (KeyError, IndexError, StopIteration, TypeError):
                faults.append(f"line {line}: nothing at {path}")
                continue
            try:
                right = there == json.loads(wanted)
            except ValueError:
                faults.append(f"line {line}: {wanted} is not a value of JSON")
                continue
            if not right:
                faults.append(f"line {line}: {path} is {json.dumps(there, ensure_ascii=False)} in place of {wanted}")
        for line, path, key, unit, rows in command.tables:
            faults += [f"line {line}: {fault}" for fault in table_faults(value, path, key, unit, rows)]
    return [f for f in faults if f]


def table_faults(value, path, key, unit, rows):
    """Rows of the answer, found by their key, hold the amounts of a drawn table, and there are no others."""
    try:
        there = {str(at_path(row, key)).strip(): row for row in at_path(value, path)}
    except (KeyError, TypeError):
        return [f"nothing at {path}"]
    heading, *wanted = rows
    faults = [] if set(there) == {r[0] for r in wanted} else [f"{path} holds {sorted(there)}, not {[r[0] for r in wanted]}"]
    for row in wanted:
        for name, cell in zip(heading[1:], row[1:]):
            try:
                said = at_path(there.get(row[0], {}), name)
            except KeyError:
                said = "nothing"
            if cell in ("", "~"):
                right = said is None
            elif re.match(r"^-?[\d.]+$", cell):
                right = isinstance(said, str) and re.match(r"^-?[\d.]+$", said) and \
                    decimal.Decimal(said) == decimal.Decimal(cell).scaleb(case_workbook.POWERS[unit])
            else:
                right = said == cell
            if not right:
                faults.append(f"{row[0]} {name} is {said} in place of {cell} {unit}")
    return faults


def main():
    arguments = sys.argv[1:]
    tool = str(pathlib.Path(arguments.pop(0)).resolve())
    shared, only_shared = PROJECT.parent / "shared", "--only-shared" in arguments
    if "--shared" in arguments:
        at = arguments.index("--shared")
        shared = pathlib.Path(arguments[at + 1])
        del arguments[at:at + 2]
    patterns = [a for a in arguments if a != "--only-shared"]
    passed = failed = skipped = 0
    work = []
    for path in sorted(HERE.glob("**/*.case")):
        if patterns and not any(p in str(path) for p in patterns):
            continue
        try:
            case = case_file.read_case(path)
        except case_file.CaseError as e:
            failed += 1
            print(f"FAILED {path.relative_to(HERE)}: {e}")
            continue
        if case.needs_shared != only_shared and not patterns:
            continue
        if case.needs_shared and not shared.is_dir():
            skipped += 1
            print(f"skipped {path.relative_to(HERE)}: {shared} is not here")
            continue
        work += variants(case)
    with tempfile.TemporaryDirectory() as top:
        folders, ready = [], []
        for i, variant in enumerate(work):
            folder = pathlib.Path(top) / str(i)
            folder.mkdir()
            try:
                lay_out(variant, folder, shared)
            except case_file.CaseError as e:
                failed += 1
                print(f"FAILED {variant.label()}: {e}")
                continue
            folders.append(folder)
            ready.append(variant)
        work = ready
        to_resave = [f for f, v in zip(folders, work) if v.name.startswith("as LibreOffice")]
        if to_resave and shutil.which("soffice"):
            resave(to_resave)
        without_office = to_resave if not shutil.which("soffice") else []

        def judged(folder, variant):
            return [] if folder in without_office else [f for c in variant.case.commands for f in faults_of(c, tool, folder, variant.exact)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(judged, folders, work))
        for folder, variant, faults in zip(folders, work, found):
            if folder in without_office:
                skipped += 1
                print(f"skipped {variant.label()}: no LibreOffice on this machine")
                continue
            if faults:
                failed += 1
                print(f"FAILED {variant.label()}\n  " + "\n  ".join(faults))
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if failed or (not passed and not skipped):
        return 1
    return 77 if skipped and not passed else 0


sys.exit(main())
