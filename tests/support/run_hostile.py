#!/usr/bin/python3
"""Runs the probe on every hostile file: each must end as expected.tsv says, within 1 s of processor time and 256 MiB.
A file that takes longer is run once more, and the shorter of the two runs counts.

usage: run_hostile.py PROBE FOLDER [GLOB]"""
import os
import pathlib
import resource
import subprocess
import sys
import time

SECONDS, BYTES = 1.0, 256 << 20
SLOWER = {'optimised': 1, 'debug': 15, 'sanitised': 30}


def run(probe, file, build):
    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if build != 'sanitised':
            resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20) if build != 'sanitised' else (60, 60))

    begun = time.monotonic()
    child = subprocess.Popen([probe, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    seconds = used.ru_utime + used.ru_stime
    return status, out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace'), seconds, used.ru_maxrss, \
        time.monotonic() - begun


def complaints(expected, said, build, outcome):
    status, out, err, seconds, peak, _ = outcome
    if status != 0 or not out.endswith('\n'):
        signal = status & 127
        return [f'{"died of signal %d" % signal if signal else "ended with status %d" % (status >> 8)}: {(err or out)[-1500:]}']
    found = []
    kind, *fields = out[:-1].split('\t')
    if expected == 'read':
        if kind != 'read':
            found.append(f'is refused ({out.strip()[:300]}) but is to be read')
    elif kind != 'refused' or fields[0] != expected:
        found.append(f'is to be refused by {expected}, but: {out.strip()[:300]}')
    found += [f'says nothing of "{words}": {out.strip()[:300]}' for words in said if words not in out]
    if any(ord(c) < 32 for c in out[:-1] if c != '\t') or '�' in out:
        found.append(f'says what no terminal should print: {out!r:.300}')
    if len(out) > 2000:
        found.append(f'says {len(out)} characters, which nobody reads')
    if seconds > SECONDS * SLOWER[build]:
        found.append(f'took {seconds:.2f} s')
    if build != 'sanitised' and peak * 1024 > BYTES:
        found.append(f'took {peak / 1024:.0f} MiB')
    return found


def main(probe, folder, pattern='*'):
    build = subprocess.run([probe, '--build'], capture_output=True, text=True, check=True).stdout.strip()
    folder = pathlib.Path(folder)
    bad, slowest, largest, count, refused = 0, (0, ''), (0, ''), 0, 0
    for line in (folder / 'expected.tsv').read_text(encoding='utf-8').splitlines():
        name, expected, *said = line.split('\t')
        if not pathlib.PurePath(name).match(pattern):
            continue
        outcome = run(probe, folder / name, build)
        if outcome[3] > SECONDS * SLOWER[build]:  # a busy neighbour slows one run, hardly two
            outcome = min(outcome, run(probe, folder / name, build), key=lambda o: o[3])
        count, refused = count + 1, refused + (expected != 'read')
        slowest, largest = max(slowest, (outcome[3], name)), max(largest, (outcome[4], name))
        for complaint in complaints(expected, said, build, outcome):
            print(f'{name} {complaint}')
            bad += 1
    print(f'{count} hostile files, {refused} to be refused; slowest {slowest[0]:.2f} s ({slowest[1]}), '
          f'largest {largest[0] / 1024:.0f} MiB ({largest[1]}); {bad} not as promised')
    return 1 if bad or not count else 0


if __name__ == '__main__':
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    raise SystemExit(main(*sys.argv[1:]))
