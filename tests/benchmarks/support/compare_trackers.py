#!/usr/bin/python3
"""compare_trackers.py TOOL TRACKER.xlsx SCHEMES [NODE_MODULES]: the same job by other programs, in one run.

Processor seconds, least of three: from the workbook to plan by organisation and rating with our tool, pandas over
openpyxl, and LibreOffice (which only converts the sheet to CSV); and a year in memory rolled up by pandas and, where
NODE_MODULES holds @duckdb/node-api, by DuckDB with one thread. What is not installed is said to be not here.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

TOOL, FILE, SCHEMES = sys.argv[1], sys.argv[2], int(sys.argv[3])
PANDAS = """
import pandas as pd
t = pd.read_excel(%r, header=None, skiprows=5)
print(t.groupby([2, 4])[list(range(10, 22))].sum().sum(axis=1))
"""
MEMORY = """
import numpy as np, pandas as pd, time
n = %d
r = np.random.default_rng(1)
a = pd.DataFrame(r.integers(0, 10**7, (n, 24)))
a['org'] = pd.Categorical(r.integers(0, 250, n)); a['rag'] = pd.Categorical(r.integers(0, 4, n))
best = 9e9
for _ in range(5):
    t = time.process_time(); a.groupby(['org', 'rag'], observed=True).sum(); best = min(best, time.process_time() - t)
print(f'pandas, {n:,} schemes of 24 figures by organisation and rating: {best * 1000:.0f} ms')
"""
DUCK = """
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const c = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const months = [...Array(24).keys()];
  await c.run('create table s as select (random() * 250)::int o, (random() * 4)::int r, ' + months.map(m => `(random() * 1e7)::bigint m${m}`).join(', ') + ' from range(%d)');
  let best = Infinity;
  for (let i = 0; i < 5; ++i) {
    const before = process.cpuUsage();
    await c.runAndReadAll('select o, r, ' + months.map(m => `sum(m${m})`).join(', ') + ' from s group by o, r');
    const used = process.cpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1000);
  }
  console.log(`DuckDB, the same: ${best.toFixed(0)} ms`);
})();
"""


def seconds(command, fine=(0,)):
    best = None
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in fine:
            return None
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = used if best is None else min(best, used)
    return best


with tempfile.TemporaryDirectory() as folder:
    jobs = [("riskshare track --by organisation,rag", [TOOL, "track", FILE, "--by", "organisation,rag", "--json"]),
            ("pandas over openpyxl", ["/usr/bin/python3", "-c", PANDAS % FILE]),
            ("LibreOffice, conversion to CSV only", ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                                                     "--convert-to", "csv", "--outdir", folder, FILE])]
    for name, command in jobs:
        took = seconds(command, (0, 1) if command[0] == TOOL else (0,))
        print(f"{name}: " + ("not here" if took is None else f"{took:.2f} s"), flush=True)
said = subprocess.run(["/usr/bin/python3", "-c", MEMORY % SCHEMES], capture_output=True, text=True).stdout
print(said or "pandas in memory: not here\n", end="", flush=True)
if len(sys.argv) > 4:
    duck = subprocess.run(["node", "-e", DUCK % SCHEMES], capture_output=True, text=True, env=dict(os.environ, NODE_PATH=sys.argv[4])).stdout
    print(duck or "DuckDB: not here\n", end="")
