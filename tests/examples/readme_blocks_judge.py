#!/usr/bin/env python3
"""The judge of README.md is judged: it must object to each of these pages, and to none of the good ones."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import readme_blocks  # noqa: E402

GOOD = {
    "exact output": "$ echo one\none",
    "two commands": "$ echo one\none\n$ echo two\ntwo",
    "no output": "$ true",
    "standard error": "$ echo one >&2\none",
    "a status that is shown": "$ sh -c 'exit 3'\n$ echo $?\n3",
    "lines left out": "$ seq 5\n1\n…\n5",
    "a command of two lines": "$ echo one \\\n    two\none two",
}
BAD = {
    "other output": "$ echo one\ntwo",
    "a line too few": "$ seq 2\n1",
    "a line too many": "$ echo one\none\ntwo",
    "a status that is not shown": "$ false",
    "another status": "$ sh -c 'exit 3'\n$ echo $?\n4",
    "blanks differ": "$ echo 'one  two'\none two",
}


def objects(session):
    blocks = readme_blocks.blocks_of(f"A page.\n```console\n{session}\n```\n")
    with tempfile.TemporaryDirectory() as folder:
        return bool(readme_blocks.console(blocks, folder))


wrong = [f"objects to a good page: {name}" for name, session in GOOD.items() if objects(session)]
wrong += [f"accepts a bad page: {name}" for name, session in BAD.items() if not objects(session)]
if readme_blocks.program_of(["#include <a>", "f();"]) != "#include <a>\nint main() {\nf();\n}\n":
    wrong.append("does not make a program of a few lines")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
