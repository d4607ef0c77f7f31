#!/usr/bin/env python3
"""Keeps README.md true: its blocks are extracted, run, and compared with what it says they print.

Which blocks are run is said by the word after the three backquotes:

  cpp      compiled against riskshare::riskshare and run. A block without `int main` becomes the body of one, with its
           #include lines put above it. Where a `text` block comes next, before any other block, it is the exact output.
  console  a terminal session. A line "$ command" is run by bash; the lines up to the next "$ " are exactly what it
           prints, standard error included. `echo $?` shows the status of the command before; otherwise it must be 0, unless
           the next command is `echo $?`. A line that is only "…" stands for any number of lines. A command that ends in
           "\\" goes on in the next line.
  anything else (sh, json, toml, none) is only shown.

Everything runs in a fresh folder in which `build`, `fixtures` and the other names of the project's root can be read, so that a
command may be copied from the page, and what it writes spoils nothing.

  readme_blocks.py extract README FOLDER            writes block_<line>.cpp for each cpp block
  readme_blocks.py compare README SOURCES BUILD NAME PROGRAM
  readme_blocks.py console README SOURCES BUILD
"""
import os
import re
import subprocess
import sys
import tempfile

ANY_LINES = "…"
SECONDS = 120


def blocks_of(text):
    """Every fenced block as (line number of its first line, language, lines)."""
    found, language, lines = [], None, []
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.match(r"```(\w*)", line)
        if fence and language is None:
            language, lines, first = fence.group(1), [], number + 1
        elif fence:
            found.append((first, language, lines))
            language = None
        elif language is not None:
            lines.append(line)
    if language is not None:
        raise SystemExit(f"The block that begins before line {first} never ends.")
    return found


def program_of(lines):
    if any("int main" in line for line in lines):
        return "\n".join(lines) + "\n"
    above = [line for line in lines if line.startswith("#include")]
    body = [line for line in lines if not line.startswith("#include")]
    return "\n".join(above + ["int main() {"] + body + ["}"]) + "\n"


def sessions_of(lines):
    """The commands of a console block, each with the lines it is to print."""
    steps = []
    continued = False
    for line in lines:
        if continued:
            steps[-1][0] += "\n" + line
        elif line.startswith("$ "):
            steps.append([line[2:], []])
        elif not steps:
            raise SystemExit(f'A console block begins with "{line}" instead of a command.')
        else:
            steps[-1][1].append(line)
        continued = (continued or line.startswith("$ ")) and line.endswith("\\")
    for step in steps:  # a blank line before the next command is for the eye
        while step[1] and not step[1][-1]:
            step[1].pop()
    return steps


def alike(expected, printed):
    pattern = "".join(r"(?:[^\n]*\n)*?" if line == ANY_LINES else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def lines_printed(output):
    lines = output.decode("utf-8", "backslashreplace").split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def workshop(sources, build):
    folder = tempfile.TemporaryDirectory()
    for name in os.listdir(sources):
        if not name.startswith((".", "build")):
            os.symlink(os.path.join(sources, name), os.path.join(folder.name, name))
    os.symlink(build, os.path.join(folder.name, "build"))
    return folder


def environment():
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    return plain | {"TERM": "dumb", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run(command, folder):
    done = subprocess.run(command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
    return done.returncode, lines_printed(done.stdout)


def complaint(line, command, expected, printed):
    return "\n".join([f"README.md, block at line {line}: {command}", "--- the page says"] + expected +
                     ["--- it prints"] + printed + [""])


def console(blocks, folder):
    """Every complaint about the console blocks, which share one folder from the top of the page to its end."""
    complaints = []
    for line, language, lines in blocks:
        if language != "console":
            continue
        steps = sessions_of(lines)
        status = 0
        for place, (command, expected) in enumerate(steps):
            status, printed = run(["bash", "-c", f"(exit {status})\n{command}"], folder)
            if not alike(expected, printed):
                complaints.append(complaint(line, command, expected, printed))
            told = place + 1 < len(steps) and steps[place + 1][0] == "echo $?"
            if status != 0 and not told:
                complaints.append(f"README.md, block at line {line}: {command}\nends with status {status}, unannounced.\n")
    return complaints


def compare(blocks, folder, name, program):
    for place, (line, language, _) in enumerate(blocks):
        if language != "cpp" or f"block_{line}" != name:
            continue
        status, printed = run([program], folder)
        expected = None
        if place + 1 < len(blocks) and blocks[place + 1][1] == "text":
            expected = blocks[place + 1][2]
        if status != 0:
            return [f"README.md, block at line {line}: ends with status {status}\n" + "\n".join(printed) + "\n"]
        if expected is not None and not alike(expected, printed):
            return [complaint(line, "the program", expected, printed)]
        return []
    return [f"README.md has no such block: {name}\n"]


def extract(blocks, folder):
    os.makedirs(folder, exist_ok=True)
    wanted = {f"block_{line}.cpp": program_of(lines) for line, language, lines in blocks if language == "cpp"}
    for name in os.listdir(folder):
        if name not in wanted:
            os.remove(os.path.join(folder, name))
    for name, text in wanted.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


def main(action, readme, *rest):
    with open(readme, encoding="utf-8") as file:
        blocks = blocks_of(file.read())
    if action == "extract":
        extract(blocks, rest[0])
        return 0
    with workshop(rest[0], rest[1]) as folder:
        complaints = console(blocks, folder) if action == "console" else compare(blocks, folder, *rest[2:])
    print("\n".join(complaints), end="")
    return 1 if complaints else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
