#!/usr/bin/env python3
"""check_models.py TOOL SCHEMA FOLDER…: a model stands for the workbook that it was imported from.

Every workbook of the folders is imported. The model must be valid by the JSON Schema that ships with the tool, and each
command must give for the model what it gives for the workbook, figure by figure.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

from llr import known

tool, schema_file, folders = sys.argv[1], sys.argv[2], sys.argv[3:]
schema = json.loads(pathlib.Path(schema_file).read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
judge = jsonschema.Draft202012Validator(schema)
faults, compared = [], 0


def run(*words):
    done = subprocess.run([tool, *known(words)], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def without_talk(text):
    """The answer less what speaks of reading: findings name cells, and a model was read once already."""
    answer = json.loads(text)
    answer.pop("findings", None)
    answer.pop("account", None)  # of the cells of workbooks; a model has none
    if "proof" in answer:
        answer["proof"].pop("added_again", None)  # adds up the cells of a workbook
    answer.pop("rating_table", None)  # proved against the table that the workbook prints
    return answer


def commands(model):
    if "savings" in model or "tracker" in model or any("risks" in r for r in model.get("reports", [])):
        yield ["risk"]
    if "control_totals" in model or "reports" in model:
        yield ["position"]
    if "tracker" in model:
        yield ["track", "--month", "3"]
        yield ["track", "--month", "9", "--by", "organisation,rag"]
    for p in model.get("positions", []):
        yield ["share", "--month", p["month"], "--basis", p["basis"]]
    if "cause_periods" in model:
        yield ["share"]


with tempfile.TemporaryDirectory() as work:
    for workbook in sorted(w for f in folders for w in pathlib.Path(f).glob("*.xls[xm]")):
        model_file = pathlib.Path(work) / (workbook.stem + ".json")
        status, _, talk = run("import", workbook, "-o", model_file, "--force")
        if status == 1 and "nothing was written" in talk:
            continue  # what is doubtful is refused, and other tests say so
        if status != 0:
            faults.append(f"import {workbook.name}: status {status}: {talk.strip()}")
            continue
        model = json.loads(model_file.read_text(encoding="utf-8"))
        for error in judge.iter_errors(model):
            faults.append(f"{workbook.name}: not by the schema: {error.json_path}: {error.message[:200]}")
        again = pathlib.Path(work) / "again.json"
        run("import", model_file, "-o", again, "--force")
        if again.read_bytes() != model_file.read_bytes():
            faults.append(f"{workbook.name}: a model imported is not the same model")
        for words in commands(model):
            of_workbook = run(words[0], workbook, *words[1:], "--json")
            of_model = run(words[0], model_file, *words[1:], "--json")
            compared += 1
            if not of_workbook[1] or not of_model[1]:
                faults.append(f"{workbook.name}: {words}: no answer: {of_workbook[2]}{of_model[2]}")
            elif without_talk(of_workbook[1]) != without_talk(of_model[1]):
                faults.append(f"{workbook.name}: {words}: the model answers something else")

for fault in faults:
    print(fault)
print(f"{compared} answers compared, {len(faults)} faults")
sys.exit(1 if faults or compared == 0 else 0)
