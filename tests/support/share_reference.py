#!/usr/bin/env python3
"""Statements worked out a second time, with fractions, and compared with what the command says.

usage: share_reference.py RISKSHARE [TRIALS [SEED]]

Random agreements (shares fixed, equal or derived; exclusions; schemes with shares of their own; caps; tiers; dead-bands;
amendments; consents) and random positions are written as TOML and as a workbook, the command is run, and every figure
is compared. Then inputs that are wrong are tried, each of which must be found. Standard library only.
"""
import json, os, random, subprocess, sys, tempfile, zipfile
from fractions import Fraction as F
from xml.sax.saxutils import escape

TOOL = sys.argv[1]
TRIALS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 20220401


# ---- writing inputs

def letters(column):
    return chr(ord("A") + column)


def workbook(path, sheets):
    """sheets: [(name, [[cell, …], …])]; None is a blank cell."""
    def sheet(rows):
        out = []
        for r, row in enumerate(rows, 1):
            cells = []
            for c, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, str):
                    cells.append(f'<c r="{letters(c)}{r}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
                else:
                    cells.append(f'<c r="{letters(c)}{r}"><v>{value}</v></c>')
            out.append(f'<row r="{r}">{"".join(cells)}</row>')
        return ('<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
                f'spreadsheetml/2006/main"><sheetData>{"".join(out)}</sheetData></worksheet>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = "http://schemas.openxmlformats.org/package/2006"
    n = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{pack}/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                   'spreadsheetml.sheet.main+xml"/>' + "".join(
                       f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.'
                       'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for i in n) + "</Types>")
        z.writestr("_rels/.rels", f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{pack}/relationships">'
                   f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        z.writestr("xl/workbook.xml", f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{main}" xmlns:r="{rel}">'
                   "<sheets>" + "".join(f'<sheet name="{escape(s[0])}" sheetId="{i}" r:id="rId{i}"/>'
                                        for i, s in zip(n, sheets)) + "</sheets></workbook>")
        z.writestr("xl/_rels/workbook.xml.rels", f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{pack}'
                   '/relationships">' + "".join(f'<Relationship Id="rId{i}" Type="{rel}/worksheet" '
                                                f'Target="worksheets/sheet{i}.xml"/>' for i in n) + "</Relationships>")
        for i, s in zip(n, sheets):
            z.writestr(f"xl/worksheets/sheet{i}.xml", sheet(s[1]))


def written(pence):
    """Pence as a decimal in £000, exactly."""
    sign, p = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}{p // 100000}.{p % 100000:05d}".rstrip("0").rstrip(".")


def position_sheet(case):
    parties = case["parties"]
    rows = [[f"Month {case['month']} position, £000"], [], ["Line"] + parties + ["System"]]
    def line(label, values):
        rows.append([label] + [None if v is None else FloatText(written(v)) for v in values])
    line("Year-to-date plan surplus/(deficit)", case["plan"])
    line("Year-to-date actual surplus/(deficit)", case["actual"])
    line("Cash-releasing efficiency: plan to date", case["target"])
    line("Cash-releasing efficiency: delivered to date", case["delivered"])
    for s in case["schemes"]:
        line(s["name"] + " shortfall", s["shortfall"])
    return rows


class FloatText:
    """A number cell with these very digits."""
    def __init__(self, digits):
        self.digits = digits

    def __str__(self):
        return self.digits


def shares_toml(shares):
    if isinstance(shares, str):
        return f'{{ kind = "{shares}" }}'
    return "{ " + ", ".join(f'{p} = "{s.numerator}/{s.denominator}"' for p, s in shares.items()) + " }"


def quoted(names):
    return "[" + ", ".join(f'"{n}"' for n in names) + "]"


def agreement_toml(case):
    out = ['name = "Random"', 'year = "2022/23"', 'unit = "£"', f"parties = {quoted(case['parties'])}",
           f"sharing = {'true' if case['sharing'] else 'false'}", f"shares = {shares_toml(case['shares'])}",
           "[timetable]", f"sharing_starts = {case['starts']}", "[consent]", f'rule = "{case["rule"]}"']
    if case["rule"] == "named":
        out.append(f"parties = {quoted(case['named'])}")
    if case["basis"]:
        out += ["[basis]", 'description = "planned expenditure"'] + [f"{p} = {a}" for p, a in case["basis"].items()]
    if case["caps"]:
        out += ["[exclusions]", f'limit = "{case["limit"]}"']
        out += [f'{p} = "{pounds(c)}"' for p, c in case["caps"].items()]
    for s in case["schemes"]:
        out += ["[[scheme]]", f'name = "{s["name"]}"']
        if s["shares"]:
            out += [f"shares = {shares_toml(s['shares'])}", f"consents = {quoted(s['consents'])}"]
    out += ["[policy]", f'deficits = "{case["deficits"]}"', f'gains = "{case["gains"]}"',
            f'dead_band = "{pounds(case["dead_band"])}"']
    for t in case["tiers"]:
        out += ["[[tier]]"] + ([f'up_to = "{pounds(t["up_to"])}"'] if t["up_to"] is not None else [])
        out += [f"shares = {shares_toml(t['shares'])}"]
    if case["at_most"]:
        out += ["[limits]"] + [f'{p} = {{ at_most = "{pounds(c)}" }}' for p, c in case["at_most"].items()]
    for a in case["amendments"]:
        out += ["[[amendment]]", 'what = "other shares"', f"from_month = {a['from']}",
                f"consents = {quoted(a['consents'])}", f"shares = {shares_toml(a['shares'])}"]
    return "\n".join(out) + "\n"


def pounds(pence):
    sign, p = ("-" if pence < 0 else ""), abs(pence)
    return f"{sign}{p // 100}.{p % 100:02d}"


# ---- random cases

def random_shares(rng, parties):
    weights = [rng.choice([0, 1, 1, 2, 7, 13, 37, 50, rng.randint(1, 1000)]) for _ in parties]
    if sum(weights) == 0:
        weights[0] = 1
    return {p: F(w, sum(weights)) for p, w in zip(parties, weights)}


def random_case(rng):
    parties = ["UHL", "LPT", "ICB", "Aa", "Bb"][:rng.randint(2, 5)]
    rng.shuffle(parties)
    amount = lambda low, high: rng.randint(low, high) * rng.choice([1, 100, 100000])
    def consents():
        return [p for p in parties if rng.random() < 0.8]
    case = {
        "parties": parties, "month": rng.randint(1, 12), "starts": rng.randint(1, 6),
        "sharing": rng.random() < 0.95, "rule": rng.choice(["unanimous", "majority", "named"]),
        "named": rng.sample(parties, rng.randint(1, len(parties))),
        "basis": None, "limit": rng.choice(["declared_deficit", "full_shortfall"]), "caps": {}, "schemes": [],
        "deficits": rng.choice(["shared"] * 5 + ["kept"]),
        "gains": rng.choice(["pro_rata", "held_for_joint_investment", "kept"]),
        "dead_band": rng.choice([0, 0, amount(0, 5000)]), "tiers": [], "at_most": {}, "amendments": [],
        "plan": [amount(-9999, 9999) for _ in parties], "actual": [amount(-19999, 9999) for _ in parties],
        "target": [amount(0, 9999) for _ in parties], "delivered": [amount(-99, 9999) for _ in parties],
    }
    if rng.random() < 0.4:
        case["basis"] = {p: rng.randint(0, 500000) for p in parties}
        case["basis"][parties[0]] += 1
    case["shares"] = rng.choice([random_shares(rng, parties)] * 3 + ["equal"] + (["derived"] if case["basis"] else []))
    for p in parties:
        if rng.random() < 0.6:
            case["caps"][p] = amount(0, 9999)
        if rng.random() < 0.15:
            case["at_most"][p] = amount(0, 9999)
    for name in rng.sample(["Non Elective Gap Closure", "SDF gap closure", "Workforce"], rng.randint(0, 3)):
        case["schemes"].append({"name": name, "shares": random_shares(rng, parties) if rng.random() < 0.6 else None,
                                "consents": consents(),
                                "shortfall": [rng.choice([0, None, amount(0, 999)]) for _ in parties]})
    if rng.random() < 0.2:
        first = amount(1, 5000)
        case["tiers"] = [{"up_to": first, "shares": random_shares(rng, parties)},
                         {"up_to": first + amount(1, 5000), "shares": random_shares(rng, parties)},
                         {"up_to": None, "shares": random_shares(rng, parties)}]
    for _ in range(rng.choice([0, 0, 1, 2])):
        case["amendments"].append({"from": rng.randint(1, 12), "consents": consents(),
                                   "shares": random_shares(rng, parties)})
    return case


# ---- the second calculation

def missing(case, given):
    if case["rule"] == "majority" and 2 * len(set(given)) > len(case["parties"]):
        return []
    asked = case["named"] if case["rule"] == "named" else case["parties"]
    return [p for p in case["parties"] if p in asked and p not in given]


def largest_remainder(total, weights):
    size, whole = abs(total), sum(weights)
    quotas = [F(size) * w / whole for w in weights]
    parts = [q.numerator // q.denominator for q in quotas]
    rest = [q - p for q, p in zip(quotas, parts)]
    for i in sorted(range(len(parts)), key=lambda i: (-rest[i], i))[:size - sum(parts)]:
        parts[i] += 1
    return [-p for p in parts] if total < 0 else parts


def divided(pool, weights, tiers, at_most):
    """Round by round: whoever is above the cap is put on it, the others share what is left."""
    size = abs(pool)
    if tiers:
        exact, low = [F(0)] * len(weights), 0
        for up_to, shares in tiers:
            high = size if up_to is None else min(size, up_to)
            if high > low:
                exact = [e + (high - low) * s for e, s in zip(exact, shares)]
            low = max(low, high if up_to is None else up_to)
        weights = exact
    if size == 0:
        return [0] * len(weights), 0
    parts, active, left = [0] * len(weights), [i for i, w in enumerate(weights) if w > 0], size
    while active:
        whole = sum(weights[i] for i in active)
        over = [i for i in active if at_most[i] is not None and F(left) * weights[i] / whole > at_most[i]]
        if not over:
            for i, part in zip(active, largest_remainder(left, [weights[i] for i in active])):
                parts[i] = part
            left = 0
            break
        for i in over:
            parts[i] = at_most[i]
            left -= at_most[i]
            active.remove(i)
    sign = -1 if pool < 0 else 1
    return [sign * p for p in parts], sign * left


def expected(case):
    parties, n = case["parties"], len(case["parties"])
    agreed, version = case["shares"], 1
    changes = sorted((a for a in case["amendments"] if not missing(case, a["consents"])), key=lambda a: a["from"])
    first = set()
    for a in changes:
        if a["from"] <= case["month"]:
            agreed = a["shares"]
            if a["from"] != 1:
                first.add(a["from"])
    version += len(first)
    if agreed == "equal":
        shares = [F(1, n)] * n
    elif agreed == "derived":
        whole = sum(case["basis"].values())
        shares = [F(case["basis"][p], whole) for p in parties]
    else:
        shares = [agreed[p] for p in parties]
    v = [a - p for a, p in zip(case["actual"], case["plan"])]
    x = [0] * n
    for i, p in enumerate(parties):
        if case["sharing"] and p in case["caps"]:
            kept = min(max(0, case["target"][i] - case["delivered"][i]), case["caps"][p])
            if case["limit"] == "declared_deficit":
                kept = min(kept, max(0, -v[i]))
            x[i] = -kept
    s = [vi - xi for vi, xi in zip(v, x)]
    pool = sum(s)
    applied = case["month"] >= case["starts"]
    result = {"version": version, "status": "applied" if applied else "not_applied", "pool": pool, "held": 0,
              "unallocated": 0, "variance": v, "excluded": x, "shareable": s, "retained": [0] * n}
    stays = (not case["sharing"] or (pool < 0 and case["deficits"] == "kept") or
             (pool > 0 and case["gains"] == "kept"))
    if stays:
        a = list(s)
    elif pool > 0 and applied and case["gains"] == "held_for_joint_investment":
        a, result["held"] = [0] * n, pool
    else:
        a, general, deficits = [0] * n, pool, list(s)
        for scheme in case["schemes"]:
            if not scheme["shares"] or missing(case, scheme["consents"]):
                continue
            q = [amount or 0 for amount in scheme["shortfall"]]
            general += sum(q)
            deficits = [d + qi for d, qi in zip(deficits, q)]
            own = largest_remainder(-sum(q), [scheme["shares"][p] for p in parties])
            a = [ai + oi for ai, oi in zip(a, own)]
        band = min(case["dead_band"], max(0, -general))
        if band:
            result["retained"] = largest_remainder(-band, [max(0, -d) for d in deficits])
            general += band
        tiers = [(t["up_to"], [t["shares"][p] for p in parties]) for t in case["tiers"]]
        rest, result["unallocated"] = divided(general, shares, tiers, [case["at_most"].get(p) for p in parties])
        a = [ai + ri for ai, ri in zip(a, rest)]
    result["allocated"] = a
    result["transfer"] = [r + ai - si for r, ai, si in zip(result["retained"], a, s)]
    result["final"] = [xi + r + ai for xi, r, ai in zip(x, result["retained"], a)]
    result["share"] = shares if case["sharing"] else [F(0)] * n
    return result


def in_pence(text):
    amount = F(text) * 100
    assert amount.denominator == 1, text
    return amount.numerator


def run(arguments):
    done = subprocess.run([TOOL, "share"] + arguments, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def compare(case, folder):
    book, paper = os.path.join(folder, "positions.xlsx"), os.path.join(folder, "agreement.toml")
    workbook(book, [(f"Position M{case['month']}", position_sheet(case))])
    with open(paper, "w", encoding="utf-8") as f:
        f.write(agreement_toml(case))
    status, out, err = run([book, "--agreement", paper, "--month", str(case["month"]), "--json"])
    if status != 0:
        return [f"exit status {status}: {err}{out}"]
    got, want = json.loads(out), expected(case)
    wrong = []
    for key in ("version", "status"):
        if got[key] != want[key]:
            wrong.append(f"{key}: {got[key]}, not {want[key]}")
    for key, name in (("pool", "pool"), ("unallocated", "unallocated"), ("held_for_joint_investment", "held")):
        if in_pence(got[key]) != want[name]:
            wrong.append(f"{key}: {got[key]}, not {pounds(want[name])}")
    if [p["organisation"] for p in got["parties"]] != case["parties"]:
        wrong.append("the parties are in another order")
    for i, p in enumerate(got["parties"]):
        if F(p["share"]) != want["share"][i]:
            wrong.append(f"{p['organisation']} share: {p['share']}, not {want['share'][i]}")
        for key in ("variance", "excluded", "shareable", "retained", "allocated", "transfer", "final"):
            if in_pence(p[key]) != want[key][i]:
                wrong.append(f"{p['organisation']} {key}: {p[key]}, not {pounds(want[key][i])}")
    return wrong


# ---- wrong inputs, each of which must be found and nothing computed

def bad_inputs(folder):
    book, paper = os.path.join(folder, "bad.xlsx"), os.path.join(folder, "bad.toml")
    lines = {"Year-to-date plan": [0, 0, 0], "Year-to-date actual": [-1000, 0, 0]}
    def sheet(parties, figures=lines):
        return [["Month 5 position, £000"], [], ["Line"] + parties] + [[k] + v for k, v in figures.items()]
    good = ('name = "LLR"\nyear = "2022/23"\nparties = ["UHL", "LPT", "ICB"]\n[timetable]\nsharing_starts = 4\n'
            '[shares]\nUHL = "50%"\nLPT = "13%"\nICB = "37%"\n')
    three = ["UHL", "LPT", "ICB"]
    transposed = [["Month 5 position, £000"], [], ["Organisation", "Year-to-date plan", "Year-to-date actual"],
                  ["UHL", 0, -1000], ["UHL", 0, -1000], ["NUH", 0, -5]]
    trials = [
        ("good", sheet(three), good, "5", 0, None),
        ("a party is missing", sheet(["UHL", "LPT"]), good, "5", 1, "statement.missing_party"),
        ("two columns of one party", sheet(["UHL", "LPT", "LPT", "ICB"], {k: v + [0] for k, v in lines.items()}), good,
         "5", 1, "statement.duplicate_organisation"),
        ("two rows of one party", transposed, good, "5", 1, "statement.duplicate_organisation"),
        ("a stranger among the rows", transposed, good, "5", 1, "statement.not_a_party"),
        ("a stranger", sheet(["UHL", "LPT", "ICB", "NUH"], {k: v + [0] for k, v in lines.items()}), good, "5", 1,
         "statement.not_a_party"),
        ("shares that add to 99", sheet(three), good.replace("37%", "36%"), "5", 1, "agreement.shares_do_not_add"),
        ("a consent by a stranger", sheet(three), good + '[[amendment]]\nwhat = "x"\nfrom_month = 6\n'
         'consents = ["UHL", "LPT", "ICB", "EMAS"]\nsharing = false\n', "5", 1, "agreement.consent_by_stranger"),
        ("an amendment outside the year", sheet(three), good + '[[amendment]]\nwhat = "x"\nfrom_month = 13\n'
         'consents = ["UHL", "LPT", "ICB"]\nsharing = false\n', "5", 1, "agreement.month_outside_year"),
        ("a month that the workbook lacks", sheet(three), good, "6", 1, "share.no_month"),
        ("a month outside the year", sheet(three), good, "13", 2, None),
        ("a blank", sheet(three, {"Year-to-date plan": [0, 0, 0], "Year-to-date actual": [-1000, None, 0]}), good, "5",
         1, "statement.blank"),
        ("a misspelt key", sheet(three), good.replace("sharing_starts", "sharing_start"), "5", 1,
         "agreement.unknown_key"),
        ("a binary fraction", sheet(three), good.replace('"50%"', "0.5"), "5", 1, "agreement.key"),
        ("no TOML", sheet(three), good + "= 1\n", "5", 3, None),
        ("finer than a penny", sheet(three, {"Year-to-date plan": [0, 0, 0], "Year-to-date actual": [0.000001, 0, 0]}),
         good, "5", 1, "money.finer_than_a_penny"),
    ]
    wrong = []
    for name, rows, toml, month, status, rule in trials:
        workbook(book, [("Position M5", rows)])
        with open(paper, "w", encoding="utf-8") as f:
            f.write(toml)
        got, out, err = run([book, "--agreement", paper, "--month", month, "--json"])
        if got != status:
            wrong.append(f"{name}: exit status {got}, not {status}: {err}")
        if rule:
            said = json.loads(out) if out else {}
            rules = [f["rule"] for f in said.get("findings", []) if f["severity"] == "error" and
                     (f["at"] or rule == "statement.no_efficiency")]
            if rule not in rules or "parties" in said:
                wrong.append(f"{name}: {rule} with a place is not among {rules}")
    return wrong


def main():
    rng, failures = random.Random(SEED), 0
    with tempfile.TemporaryDirectory() as folder:
        for trial in range(TRIALS):
            case = random_case(rng)
            wrong = compare(case, folder)
            if wrong:
                failures += 1
                print(f"trial {trial}:", *wrong, agreement_toml(case), case, sep="\n  ")
        wrong = bad_inputs(folder)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{TRIALS} random agreements, {failures} differ; wrong inputs, {len(wrong)} not found")
    return 1 if failures or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
