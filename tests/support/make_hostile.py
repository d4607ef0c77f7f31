#!/usr/bin/python3
"""Builds hostile workbooks into a folder, and expected.tsv beside them: file, what must happen, what must be said.

What must happen is the rule of the refusal, or "read". The same bytes come out on every run."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from hostile import package_cases, workbook_cases  # noqa: E402


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    table, seen = [], set()
    for module in (package_cases, workbook_cases):
        for name, expected, data, *said in module.cases():
            if name in seen:
                raise SystemExit(f'two cases are named {name}')
            seen.add(name)
            (folder / (name + '.xlsx')).write_bytes(data)
            table.append('\t'.join([name + '.xlsx', expected, *said]))
    (folder / 'expected.tsv').write_text('\n'.join(table) + '\n', encoding='utf-8')
    print(f'{len(table)} hostile files in {folder}')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        raise SystemExit('usage: make_hostile.py FOLDER')
    main(pathlib.Path(sys.argv[1]))
