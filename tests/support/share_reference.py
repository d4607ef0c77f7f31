#!/usr/bin/env python3
"""Statements worked out a second time, with fractions, and compared with what the command says.

usage: share_reference.py RISKSHARE [TRIALS [SEED]]

Random agreements (shares fixed, equal or derived, for periods and for schemes; exclusions; caps and collars; tiers;
dead-bands; gains and deficits shared, held or kept; rounding units; amendments of all of it; consents) and random
positions (to date or forecast, with mitigations and a reserve before sharing) are written as TOML and as a workbook,
the command is run, and every figure is compared. An agreement that a sheet can state is tried from a sheet as well. The
rules are those of the domain's papers; nothing is taken from the library. Standard library only.
"""
import os, random, sys, tempfile
from fractions import Fraction as F
from share_files import Number, in_thousands, pounds, quoted, share, shares_toml, workbook, written

NAMES = ["UHL", "LPT", "ICB", "Aa", "Bb", "Cc"]
SCHEMES = ["Non Elective Gap Closure", "SDF gap closure", "Workforce"]


# ---- writing inputs

def position_sheet(case):
    parties, year = case["parties"], case["basis"] == "forecast"
    rows = [[f"Month {case['month']} position, £000"], [], ["Line"] + parties + ["System"]]

    def line(label, values, system=None):
        cells = [None if v is None else in_thousands(v) for v in values + [system]]
        rows.append([label] + cells)
    line("Full-year plan" if year else "Year-to-date plan", case["plan"])
    line("Forecast outturn" if year else "Year-to-date actual", case["actual"])
    line("Cash-releasing efficiency: " + ("full-year plan" if year else "plan to date"), case["target"])
    line("Cash-releasing efficiency: " + ("forecast delivery" if year else "delivered to date"), case["delivered"])
    if case["mitigation"]:
        line("Own mitigation", case["mitigation"])
    none = [None] * len(parties)
    if case["relief"] is not None:
        line("System mitigation", none, case["relief"])
    if case["reserve"] is not None:
        line("Reserve", none, case["reserve"])
    for s in case["terms"]["schemes"]:
        line(s["name"] + " shortfall", case["shortfalls"][s["name"]])
    return rows


def tables(terms):
    """What may stand in an agreement and in an amendment alike, each as the lines of a TOML table or an inline one."""
    out = {}
    if "sharing" in terms:
        out["sharing"] = "true" if terms["sharing"] else "false"
    if "shares" in terms:
        out["shares"] = shares_toml(terms["shares"])
    if "limit" in terms:
        out["exclusions"] = "{ " + ", ".join([f'limit = "{terms["limit"]}"'] + [
            f'{p} = "{pounds(c)}"' for p, c in terms["caps"].items()]) + " }"
    if "gains" in terms:
        out["policy"] = (f'{{ deficits = "{terms["deficits"]}", gains = "{terms["gains"]}", '
                         f'dead_band = "{pounds(terms["dead_band"])}" }}')
    if "tiers" in terms:
        out["tier"] = "[" + ", ".join("{ " + (f'up_to = "{pounds(t["up_to"])}", ' if t["up_to"] is not None else "") +
                                      f"shares = {shares_toml(t['shares'])} }}" for t in terms["tiers"]) + "]"
    if "bounds" in terms:
        out["limits"] = "{ " + ", ".join(f"{p} = {{ " + ", ".join(
            f'{side} = "{pounds(b)}"' for side, b in bound.items()) + " }" for p, bound in terms["bounds"].items()) + " }"
    return [f"{key} = {text}" for key, text in out.items()]


def agreement_toml(case):
    terms = case["terms"]
    out = ['name = "Random"', 'year = "2022/23"', 'unit = "£"', f"parties = {quoted(case['parties'])}",
           f'rounding_unit = "£{pounds(case["step"])}"'] + tables(terms)
    if case["weights"]:
        # The same shares as whole numbers, to be normalised.
        out[-len(tables(terms)):] = [
            line if not line.startswith("shares =") else "shares = { " + ", ".join(
                [f'{p} = "{w}"' for p, w in case["weights"].items()] + ["normalise = true"]) + " }"
            for line in tables(terms)]
    out += ["[timetable]", f"sharing_starts = {case['starts']}", "[consent]", f'rule = "{case["rule"]}"']
    if case["rule"] == "named":
        out.append(f"parties = {quoted(case['named'])}")
    if case["planned"]:
        out += ["[basis]", 'description = "planned expenditure"'] + [f"{p} = {a}" for p, a in case["planned"].items()]
    for s in terms["schemes"]:
        out += ["[[scheme]]", f'name = "{s["name"]}"']
        if s["shares"]:
            out += [f"shares = {shares_toml(s['shares'])}", f"consents = {quoted(s['consents'])}"]
    for month, shares in case["by_period"]:
        lines = ([f'kind = "{shares}"'] if isinstance(shares, str) else
                 [f'{p} = "{s.numerator}/{s.denominator}"' for p, s in shares.items()])
        out += ["[[shares_from]]", f"month = {month}"] + lines
    for a in case["amendments"]:
        out += ["[[amendment]]", 'what = "other terms"', f"from_month = {a['from']}",
                f"consents = {quoted(a['consents'])}"] + tables(a["terms"])
    return "\n".join(out) + "\n"


def agreement_sheet(case):
    """Nothing where a sheet has no words for the terms."""
    terms = case["terms"]
    ends = lambda s: 10 ** 9 % s.denominator == 0
    own = [s["shares"] for s in terms["schemes"] if s["shares"]]
    fits = (case["step"] == 1 and case["rule"] == "unanimous" and not case["amendments"] and not case["by_period"] and
            terms["sharing"] and not terms["tiers"] and not terms["bounds"] and terms["deficits"] == "shared" and
            terms["limit"] == "declared_deficit" and isinstance(terms["shares"], dict) and
            all(ends(s) for shares in [terms["shares"]] + own for s in shares.values()))
    if not fits:
        return None
    parties = case["parties"]
    rows = [["Random agreement 2022/23"], [], ["Term"] + parties,
            ["Agreed share"] + [digits(terms["shares"][p]) for p in parties],
            ["Cash-releasing efficiency £000 (not shared)"] + [
                in_thousands(terms["caps"][p]) if p in terms["caps"] else None for p in parties], [],
            ["Sharing starts in month", case["starts"]],
            ["Net surplus", {"pro_rata": "shared pro rata", "kept": "kept where it arose",
                             "held_for_joint_investment": "held for joint investment"}[terms["gains"]]],
            ["Dead-band £000", in_thousands(terms["dead_band"])], [],
            ["Shared scheme", "Amount £000"] + parties + ["Agreed by"]]
    for s in terms["schemes"]:
        rows.append([s["name"], 0] + [digits(s["shares"][p]) if s["shares"] else None for p in parties] +
                    [", ".join(s["consents"]) if s["shares"] else None])
    return rows


def digits(share):
    scaled = share * 10 ** 9
    assert scaled.denominator == 1
    return Number(f"0.{scaled.numerator:09d}" if share < 1 else "1")


# ---- random cases

def random_weights(rng, parties):
    weights = [rng.choice([0, 1, 1, 2, 7, 13, 37, 50, rng.randint(1, 1000)]) for _ in parties]
    if sum(weights) == 0:
        weights[0] = 1
    return dict(zip(parties, weights))


def random_shares(rng, parties):
    if rng.random() < 0.3:  # whole percentages
        cuts = sorted(rng.randint(0, 100) for _ in parties[1:])
        return {p: F(b - a, 100) for p, a, b in zip(parties, [0] + cuts, cuts + [100])}
    weights = random_weights(rng, parties)
    return {p: F(w, sum(weights.values())) for p, w in weights.items()}


def random_terms(rng, parties, amount, planned):
    terms = {"sharing": rng.random() < 0.95, "limit": rng.choice(["declared_deficit", "full_shortfall"]), "caps": {},
             "deficits": rng.choice(["shared"] * 5 + ["kept"]),
             "gains": rng.choice(["pro_rata", "held_for_joint_investment", "kept"]),
             "dead_band": rng.choice([0, 0, amount(0, 5000)]), "tiers": [], "bounds": {}}
    terms["shares"] = rng.choice([random_shares(rng, parties)] * 3 + ["equal"] + (["derived"] if planned else []))
    agreed = fractions(terms["shares"], parties, planned)
    for i, p in enumerate(parties):
        if rng.random() < 0.6:
            terms["caps"][p] = amount(0, 9999)
        bound = {}
        if rng.random() < 0.2:
            bound["at_most"] = amount(0, 9999)
        if rng.random() < 0.15 and agreed[i] > 0:
            bound["at_least"] = rng.choice([amount(0, 2000), 0])
            if "at_most" in bound and bound["at_most"] < bound["at_least"]:
                bound["at_most"], bound["at_least"] = bound["at_least"], bound["at_most"]
        if bound:
            terms["bounds"][p] = bound
    if rng.random() < 0.2:
        first = amount(1, 5000)
        terms["tiers"] = [{"up_to": first, "shares": random_shares(rng, parties)},
                          {"up_to": first + amount(1, 5000), "shares": random_shares(rng, parties)},
                          {"up_to": None, "shares": random_shares(rng, parties)}]
    elif rng.random() < 0.1:  # caps that leave part of most deficits to nobody
        terms["bounds"] = {p: {"at_most": amount(0, 300)} for p in parties}
    return terms


def random_case(rng):
    parties = NAMES[:rng.randint(2, 6)]
    rng.shuffle(parties)
    step = rng.choice([1] * 6 + [100, 100_000])
    amount = lambda low, high: rng.randint(low, high) * rng.choice([s for s in (1, 100, 100_000) if s >= step])
    consents = lambda: [p for p in parties if rng.random() < 0.85]
    n = len(parties)
    planned = None
    if rng.random() < 0.4:
        planned = {p: rng.choice([0, rng.randint(0, 500000)]) for p in parties}
        planned[parties[0]] += 1
    terms = random_terms(rng, parties, amount, planned)
    weights = None
    if isinstance(terms["shares"], dict) and rng.random() < 0.2:
        weights = random_weights(rng, parties)
        terms["shares"] = {p: F(w, sum(weights.values())) for p, w in weights.items()}
        terms["bounds"] = {}
    terms["schemes"] = [{"name": name, "shares": random_shares(rng, parties) if rng.random() < 0.6 else None,
                         "consents": consents()} for name in rng.sample(SCHEMES, rng.randint(0, 3))]
    case = {"parties": parties, "month": rng.randint(1, 12), "starts": rng.randint(1, 6), "step": step,
            "basis": rng.choice(["ytd", "ytd", "forecast"]), "rule": rng.choice(["unanimous", "unanimous", "majority", "named"]),
            "named": rng.sample(parties, rng.randint(1, n)), "planned": planned, "terms": terms, "weights": weights,
            "by_period": [], "amendments": [],
            "plan": [amount(-9999, 9999) for _ in parties], "actual": [amount(-19999, 9999) for _ in parties],
            "target": [amount(0, 9999) for _ in parties], "delivered": [amount(-99, 9999) for _ in parties],
            "mitigation": [rng.choice([None, amount(0, 3000)]) for _ in parties] if rng.random() < 0.3 else None,
            "relief": amount(0, 5000) if rng.random() < 0.2 else None,
            "reserve": amount(0, 5000) if rng.random() < 0.2 else None}
    case["shortfalls"] = {s["name"]: [rng.choice([0, None, amount(0, 999)]) for _ in parties] for s in terms["schemes"]}
    if rng.random() < 0.3:  # what a sheet can say
        terms.update({"sharing": True, "tiers": [], "bounds": {}, "limit": "declared_deficit", "deficits": "shared",
                      "shares": random_shares(rng, parties)})
        case.update({"rule": "unanimous", "weights": None})
        return case
    # A collar needs a share in every version, so terms that change with the months keep none.
    changes = rng.random() < 0.4
    if changes:
        for bound in terms["bounds"].values():
            bound.pop("at_least", None)
        terms["bounds"] = {p: b for p, b in terms["bounds"].items() if b}
        for month in sorted(rng.sample(range(2, 13), rng.choice([0, 1, 2]))):
            case["by_period"].append((month, rng.choice([random_shares(rng, parties), "equal"])))
        for _ in range(rng.choice([0, 1, 1, 2])):
            other = random_terms(rng, parties, amount, planned)
            for bound in other["bounds"].values():
                bound.pop("at_least", None)
            other["bounds"] = {p: b for p, b in other["bounds"].items() if b}
            parts = [["sharing"], ["shares"], ["limit", "caps"], ["gains", "deficits", "dead_band"], ["tiers"], ["bounds"]]
            chosen = sum(rng.sample(parts, rng.randint(1, 3)), [])
            case["amendments"].append({"from": rng.randint(1, 12), "consents": consents(),
                                       "terms": {key: other[key] for key in chosen}})
    return case


# ---- the second calculation

def missing(case, given):
    if case["rule"] == "majority" and 2 * len(set(given)) > len(case["parties"]):
        return []
    asked = case["named"] if case["rule"] == "named" else case["parties"]
    return [p for p in case["parties"] if p in asked and p not in given]


def fractions(shares, parties, planned):
    if shares == "equal":
        return [F(1, len(parties))] * len(parties)
    if shares == "derived":
        return [F(planned[p], sum(planned.values())) for p in parties]
    return [shares[p] for p in parties]


def in_force(case):
    """The terms of the month and the number of their version."""
    terms, version, by_period = dict(case["terms"]), 1, list(case["by_period"])
    standing = [a for a in case["amendments"] if not missing(case, a["consents"])]
    for month in range(1, case["month"] + 1):
        changed = False
        for start, shares in list(by_period):
            if start == month:
                terms["shares"], changed = shares, True
        for a in standing:
            if a["from"] == month:
                terms.update(a["terms"])
                changed = True
                if "shares" in a["terms"]:
                    by_period = [p for p in by_period if p[0] < month]
        if changed and month > 1:
            version += 1
    return terms, version


def largest_remainder(total, weights, step):
    size, whole = abs(total) // step, sum(weights)
    assert size * step == abs(total)
    quotas = [F(size) * w / whole for w in weights]
    parts = [q.numerator // q.denominator for q in quotas]
    rest = [q - p for q, p in zip(quotas, parts)]
    for i in sorted(range(len(parts)), key=lambda i: (-rest[i], i))[:size - sum(parts)]:
        parts[i] += 1
    return [(-p if total < 0 else p) * step for p in parts]


def divided(pool, weights, tiers, bounds, step):
    """Round by round: as long as somebody is beyond a limit, those on the side that weighs more are put on theirs, and
    the others share what is left."""
    size = abs(pool)
    if size == 0:
        return [0] * len(weights), 0
    if tiers:
        exact, low = [F(0)] * len(weights), 0
        for up_to, shares in tiers:
            high = size if up_to is None else min(size, up_to)
            if high > low:
                exact = [e + (high - low) * s for e, s in zip(exact, shares)]
                low = high
        weights = exact
    sign = -1 if pool < 0 else 1
    some = [i for i, w in enumerate(weights) if w > 0]
    least = {i: bounds[i].get("at_least", 0) for i in some}
    most = {i: bounds[i].get("at_most") for i in some}
    parts = [0] * len(weights)
    if size < sum(least.values()):
        for i, part in zip(some, largest_remainder(size, [least[i] for i in some], step)):
            parts[i] = part
        return [sign * p for p in parts], 0
    active, left = list(some), size
    while active:
        whole = sum(weights[i] for i in active)
        share = {i: F(left) * weights[i] / whole for i in active}
        over = [i for i in active if most[i] is not None and share[i] > most[i]]
        under = [i for i in active if share[i] < least[i]]
        if not over and not under:
            for i, part in zip(active, largest_remainder(left, [weights[i] for i in active], step)):
                parts[i] = part
            left = 0
            break
        if sum(share[i] - most[i] for i in over) >= sum(least[i] - share[i] for i in under):
            fixed = [(i, most[i]) for i in over]
        else:
            fixed = [(i, least[i]) for i in under]
        for i, part in fixed:
            parts[i] = part
            left -= part
            active.remove(i)
    return [sign * p for p in parts], sign * left


def expected(case):
    parties, n, step = case["parties"], len(case["parties"]), case["step"]
    terms, version = in_force(case)
    shares = fractions(terms["shares"], parties, case["planned"])
    sharing = terms["sharing"]
    v = [a - p for a, p in zip(case["actual"], case["plan"])]
    x, mitigated = [0] * n, [0] * n
    for i, p in enumerate(parties):
        if sharing and p in terms["caps"]:
            kept = min(max(0, case["target"][i] - case["delivered"][i]), terms["caps"][p])
            if terms["limit"] == "declared_deficit":
                kept = min(kept, max(0, -v[i]))
            x[i] = -kept
        if sharing and case["mitigation"]:
            mitigated[i] = min(case["mitigation"][i] or 0, max(0, x[i] - v[i]))
    s = [vi - xi + mi for vi, xi, mi in zip(v, x, mitigated)]
    pool = left = sum(s)
    if sharing and terms["deficits"] == "shared":
        for available in (case["relief"], case["reserve"]):
            left += min(available or 0, max(0, -left))
    applied = case["month"] >= case["starts"]
    result = {"version": version, "status": "applied" if applied else "not_applied", "pool": pool, "shared_pool": left,
              "held_for_joint_investment": 0, "unallocated": 0, "variance": v, "excluded": x, "mitigated": mitigated,
              "shareable": s, "retained": [0] * n}
    stays = (not sharing or (left < 0 and terms["deficits"] == "kept") or (left > 0 and terms["gains"] == "kept"))
    if stays:
        a = list(s)
    elif left > 0 and applied and terms["gains"] == "held_for_joint_investment":
        a, result["held_for_joint_investment"] = [0] * n, left
    else:
        a, general, deficits = [0] * n, left, list(s)
        for scheme in terms["schemes"]:
            if not scheme["shares"] or missing(case, scheme["consents"]):
                continue
            q = [amount or 0 for amount in case["shortfalls"][scheme["name"]]]
            general += sum(q)
            deficits = [d + qi for d, qi in zip(deficits, q)]
            own = largest_remainder(-sum(q), [scheme["shares"][p] for p in parties], step)
            a = [ai + oi for ai, oi in zip(a, own)]
        whole, band = general, min(terms["dead_band"], max(0, -general))
        if band:
            result["retained"] = largest_remainder(-band, [max(0, -d) for d in deficits], step)
            general += band
        tiers = [(t["up_to"], [t["shares"][p] for p in parties]) for t in terms["tiers"]]
        rest, result["unallocated"] = divided(general, shares, tiers, [terms["bounds"].get(p, {}) for p in parties],
                                              step)
        if terms["tiers"] and whole:
            # What the tiers came to is the share that was used.
            shares = [F(r + k, whole) for r, k in zip(rest, result["retained"])]
        a = [ai + ri for ai, ri in zip(a, rest)]
    result["allocated"] = a
    result["transfer"] = [r + ai - si for r, ai, si in zip(result["retained"], a, s)]
    result["final"] = [xi + r + ai for xi, r, ai in zip(x, result["retained"], a)]
    result["share"] = shares if sharing else [F(0)] * n
    return result


# ---- the comparison

def in_pence(text):
    amount = F(text) * 100
    assert amount.denominator == 1, text
    return amount.numerator


def differences(case, status, got, err):
    if status != 0:
        return [f"exit status {status}: {err}{got}"]
    want, wrong = expected(case), []
    for key in ("version", "status"):
        if got[key] != want[key]:
            wrong.append(f"{key}: {got[key]}, not {want[key]}")
    for key in ("pool", "shared_pool", "unallocated", "held_for_joint_investment"):
        if in_pence(got[key]) != want[key]:
            wrong.append(f"{key}: {got[key]}, not {pounds(want[key])}")
    if [p["organisation"] for p in got["parties"]] != case["parties"]:
        wrong.append("the parties are in another order")
    for i, p in enumerate(got["parties"]):
        if F(p["share"]) != want["share"][i]:
            wrong.append(f"{p['organisation']} share: {p['share']}, not {want['share'][i]}")
        for key in ("variance", "excluded", "mitigated", "shareable", "retained", "allocated", "transfer", "final"):
            if in_pence(p[key]) != want[key][i]:
                wrong.append(f"{p['organisation']} {key}: {p[key]}, not {pounds(want[key][i])}")
    return wrong


def main(tool, trials=100, seed=20220401):
    rng, failures, sheets, seen = random.Random(int(seed)), 0, 0, {}
    with tempfile.TemporaryDirectory() as folder:
        book, paper = os.path.join(folder, "positions.xlsx"), os.path.join(folder, "agreement.toml")
        for trial in range(int(trials)):
            case = random_case(rng)
            how = ["--month", str(case["month"]), "--basis", case["basis"]]
            stated = agreement_sheet(case)
            positions = (f"Position M{case['month']}", position_sheet(case))
            workbook(book, [positions] + ([("Agreement", stated)] if stated else []))
            written(paper, agreement_toml(case))
            wrong = differences(case, *share(tool, book, "--agreement", paper, *how))
            if stated:
                sheets += 1
                wrong += differences(case, *share(tool, book, *how))
            want = expected(case)
            for what, there in (("held", want["held_for_joint_investment"]), ("unallocated", want["unallocated"]),
                                ("in the dead-band", any(want["retained"])), ("relieved", want["pool"] != want["shared_pool"]),
                                ("mitigated", any(want["mitigated"])), ("excluded", any(want["excluded"])),
                                ("of a later version", want["version"] > 1), ("forecast", case["basis"] == "forecast"),
                                ("tiered", case["terms"]["tiers"]),
                                ("collared", any("at_least" in b for b in case["terms"]["bounds"].values())),
                                ("in thousands", case["step"] == 100_000)):
                seen[what] = seen.get(what, 0) + bool(there)
            if wrong:
                failures += 1
                print(f"trial {trial}:", *wrong, agreement_toml(case), case, sep="\n  ")
    print(f"{trials} random agreements, {sheets} from a sheet as well; {failures} differ")
    print("among them " + ", ".join(f"{count} {what}" for what, count in seen.items()))
    if int(trials) >= 100 and not all(seen.values()):
        print("a variant was never tried")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
