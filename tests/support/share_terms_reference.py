#!/usr/bin/env python3
"""Terms by sign, pools, balances and funds worked out a second time, with fractions, and compared with the command.

usage: share_terms_reference.py RISKSHARE [TRIALS [SEED]]

Random agreements of every primitive (sizes in pounds and in percent of a named amount, stated or reported or a quantity
at a rate; minimum, part that counts, most that counts, dead-band, tiers that stay, scores, limits, who has the rest;
pools with limits and a reserve in order or in proportion; debts, reserves and claims brought forward; funds with gates,
tapers and quarters) are written as TOML and as a workbook, the command is run, and figures are compared. The rules are
those of tests/cases/agreements and the papers that they name; nothing is taken from the library. Standard library only.
"""
import os, random, sys, tempfile
from fractions import Fraction as F
from share_files import Number, pounds, quoted, share, workbook, written

NAMES = ["UHL", "LPT", "ICB", "Aa"]


def percent(f):
    return f'"{f.numerator}/{f.denominator}"'


def shares_of(rng, parties):
    weights = [rng.choice([0, 1, 2, 5, 10, rng.randint(1, 99)]) for _ in parties]
    if sum(weights) == 0:
        weights[0] = 1
    return {p: F(w, sum(weights)) for p, w in zip(parties, weights)}


def shares_text(s):
    return "{ " + ", ".join(f"{p} = {percent(v)}" for p, v in s.items()) + " }"


class Size:
    """Pounds, or a part of the target."""
    def __init__(self, rng, low, high):
        self.part = F(rng.randint(low, high), 1000)
        self.relative = rng.random() < 0.5
        if rng.random() < 0.3:
            self.part = F(rng.randint(low * 7, high * 7), 7000)

    def worth(self, target):
        return self.part * target if self.relative else F(round(self.part * 1_000_000))

    def text(self):
        if not self.relative:
            return f'"£{pounds(round(self.part * 1_000_000))}"'
        return f'"{self.part.numerator}/{self.part.denominator} of target"'


def random_side(rng, parties):
    side = {"shares": shares_of(rng, parties)} if rng.random() < 0.4 else {"tiers": []}
    if "tiers" in side:
        relative, edge = rng.random() < 0.5, 0
        for _ in range(rng.randint(1, 3)):
            edge += rng.randint(10, 200)
            size = Size(rng, edge, edge)
            size.part, size.relative = F(edge, 1000), relative
            side["tiers"].append((size, None if rng.random() < 0.3 else shares_of(rng, parties)))
        side["tiers"].append((None, shares_of(rng, parties)))
    for key, low, high in (("minimum", 5, 150), ("at_most", 200, 900), ("dead_band", 10, 150)):
        if rng.random() < 0.25:
            side[key] = Size(rng, low, high)
    if rng.random() < 0.25:
        side["counts"] = F(rng.randint(50, 100), 100)
    if rng.random() < 0.25:
        side["score"] = (F(1, 2), F(1))
    if ("counts" in side or "at_most" in side or "score" in side) and rng.random() < 0.6:
        side["rest_to"] = parties[-1]
    if rng.random() < 0.3:
        side["limit"] = (parties[0], Size(rng, 20, 300))
    return side


def side_text(name, side, policy):
    out = [f"[{name}]"] + ([f'policy = "{policy}"'] if policy else [])
    for key in ("minimum", "at_most", "dead_band"):
        if key in side:
            out.append(f"{key} = {side[key].text()}")
    if "counts" in side:
        out.append(f"counts = {percent(side['counts'])}")
    if "shares" in side:
        out.append(f"shares = {shares_text(side['shares'])}")
    if "score" in side:
        out.append('score = { measure = "Performance", at_least = "50%", at_most = "100%" }')
    if "rest_to" in side:
        out.append(f'rest_to = "{side["rest_to"]}"')
    if "limit" in side:
        out.append(f'limits = {{ {side["limit"][0]} = {{ at_most = {side["limit"][1].text()} }} }}')
    for size, shares in side.get("tiers", []):
        out.append(f"[[{name}.tier]]")
        if size is not None:
            out.append(f"up_to = {size.text()}")
        out.append('shares = "where it arose"' if shares is None else f"shares = {shares_text(shares)}")
    return out


def nearest(f):
    """Half a penny goes away from nothing."""
    whole = abs(f) * 2 + 1
    return (-1 if f < 0 else 1) * (whole.numerator // (2 * whole.denominator))


def largest_remainder(total, weights):
    whole = sum(weights)
    quotas = [F(abs(total)) * w / whole for w in weights]
    parts = [q.numerator // q.denominator for q in quotas]
    order = sorted(range(len(parts)), key=lambda i: (-(quotas[i] - parts[i]), i))
    for i in order[:abs(total) - sum(parts)]:
        parts[i] += 1
    return [-p if total < 0 else p for p in parts]


def capped(size, weights, caps):
    """Round by round: those beyond their caps are put on them, the others share the rest."""
    parts, active, left = [0] * len(weights), [i for i, w in enumerate(weights) if w > 0], size
    while active and left:
        whole = sum(weights[i] for i in active)
        over = [i for i in active if caps[i] is not None and F(left) * weights[i] / whole > caps[i]]
        if not over:
            for i, p in zip(active, largest_remainder(left, [weights[i] for i in active])):
                parts[i] = p
            left = 0
        for i in over:
            parts[i] = caps[i]
            left -= caps[i]
            active.remove(i)
    return parts, left


def divided(pool, arose, side, parties, target, score):
    n, size = len(parties), abs(pool)
    if "minimum" in side and size < side["minimum"].worth(target):
        return [0] * n, [0] * n, 0, False
    if size == 0:
        return [0] * n, [0] * n, 0, True
    counted = size * side.get("counts", F(1))
    taken = min(counted, side["at_most"].worth(target)) if "at_most" in side else counted
    dead = min(side["dead_band"].worth(target), taken) if "dead_band" in side else F(0)
    kept, general, rest, low, parts = F(dead), taken - dead, size - taken, F(0), [F(0)] * n
    for edge, shares in side["tiers"] if "tiers" in side else [(None, side["shares"])]:
        high = general if edge is None else min(general, edge.worth(target))
        slice = max(F(0), high - low)
        if shares is None:
            kept += slice
        else:
            parts = [p + slice * shares[name] for p, name in zip(parts, parties)]
        low = max(low, high if edge is None else edge.worth(target))
    last = parties.index(side["rest_to"]) if "rest_to" in side else None
    if "score" in side:
        least, most = side["score"]
        s = min(max(score, least), most)
        off = sum(p * (1 - s) for i, p in enumerate(parts) if i != last)
        parts = [p if i == last else p * s for i, p in enumerate(parts)]
        rest += off
    if last is None:
        kept += rest
    else:
        parts[last] += rest
    whole, caps, sign = nearest(kept), [None] * n, -1 if pool < 0 else 1
    if "limit" in side:
        caps[parties.index(side["limit"][0])] = nearest(side["limit"][1].worth(target))
    retained = largest_remainder(whole, arose) if whole else [0] * n
    left, over = size - whole, 0
    if whole != kept and "limit" not in side:
        together = [p + kept * a / sum(arose) for p, a in zip(parts, arose)]
        allocated = [t - r for t, r in zip(largest_remainder(size, together), retained)]
    elif left == 0:
        allocated = [0] * n
    elif "limit" in side and last is not None:
        held = [min(p, caps[i]) if caps[i] is not None and i != last else p for i, p in enumerate(parts)]
        held[last] = left - sum(p for i, p in enumerate(held) if i != last)
        allocated = largest_remainder(left, held)
    elif "limit" in side:
        allocated, over = capped(left, parts, caps)
    else:
        allocated = largest_remainder(left, parts)
    return [sign * r for r in retained], [sign * a for a in allocated], sign * over, True


def random_case(rng):
    parties = NAMES[:rng.randint(2, 4)]
    case = {"parties": parties, "target": rng.randint(10_000, 2_000_000), "how": rng.choice(["stated", "reported", "rate"]),
            "score": F(rng.randint(0, 120), 100), "gains": random_side(rng, parties),
            "deficits": random_side(rng, parties), "plan": [rng.randint(-10 ** 6, 10 ** 6) for _ in parties],
            "variance": [rng.randint(-10 ** 6, 10 ** 6) for _ in parties], "pools": [], "reserve": None,
            "brought": None, "debt": None, "claims": None, "scheme": None, "policy": {}}
    for side, words in (("gains", ["kept", "held_for_joint_investment"]), ("deficits", ["kept"])):
        if rng.random() < 0.15:
            case["policy"][side] = rng.choice(words)
    if rng.random() < 0.2:
        case["scheme"] = {"shares": shares_of(rng, parties), "shortfall": [rng.randint(0, 300_000) for _ in parties]}
    if case["how"] == "rate":
        case["quantity"], case["rate"] = rng.randint(1, 50), rng.randint(1, 50_000)
        case["target"] = case["quantity"] * case["rate"]
    if rng.random() < 0.3:
        for name in ("Equipment", "Reablement")[:rng.randint(1, 2)]:
            case["pools"].append({"name": name, "shares": shares_of(rng, parties), "kept": rng.random() < 0.3,
                                  "cap": rng.randint(0, 300_000) if rng.random() < 0.4 else None,
                                  "variance": [rng.randint(-300_000, 300_000) for _ in parties]})
        case["reserve"] = (rng.randint(0, 400_000), rng.choice(["schemes_in_order", "schemes_pro_rata"]))
    if rng.random() < 0.2:
        case["brought"] = rng.randint(1, 500_000)
    if rng.random() < 0.2:
        case["claims"] = [rng.randint(0, 100_000) for _ in parties]
    if rng.random() < 0.3:
        case["debt"] = {"opening": [rng.randint(0, 500_000) for _ in parties], "instalment": rng.randint(1, 200_000),
                        "off": rng.choice([None, 1, 2, 3]), "years": [rng.randint(0, 2) for _ in parties],
                        "adds": rng.random() < 0.5}
    return case


def toml(case):
    parties = case["parties"]
    out = ['name = "Random"', 'year = "2025/26"', 'unit = "£"', f"parties = {quoted(parties)}", "[timetable]",
           "sharing_starts = 1", "[shares]"] + [f"{p} = {percent(F(1, len(parties)))}" for p in parties]
    if case["how"] != "reported":
        out += ["[[amount]]", 'name = "target"']
        out += ([f'amount = "£{pounds(case["target"])}"'] if case["how"] == "stated" else
                ['quantity = "Activity"', 'rate = "Tariff"'])
    for name in ("gains", "deficits"):
        out += side_text(name, case[name], case["policy"].get(name))
    if case["scheme"]:
        out += ["[[scheme]]", 'name = "Drugs"', f"shares = {shares_text(case['scheme']['shares'])}",
                f"consents = {quoted(parties)}"]
    if case["reserve"]:
        out += ["[reserve]", f'meets = "{case["reserve"][1]}"']
    for p in case["pools"]:
        out += ["[[scheme]]", f'name = "{p["name"]}"', "pool = true", f"shares = {shares_text(p['shares'])}"]
        if p["kept"]:
            out.append('underspend = "kept"')
        if p["cap"] is not None:
            out.append(f'limits = {{ {parties[0]} = {{ at_most = "£{pounds(p["cap"])}" }} }}')
    if case["brought"]:
        out += ["[[carry_forward]]", 'name = "Balance"', 'kind = "reserve"', f'{parties[0]} = "£{pounds(case["brought"])}"']
    if case["claims"]:
        out += ["[[carry_forward]]", 'name = "Claims"', 'kind = "claim"']
    if case["debt"]:
        d = case["debt"]
        out += ["[[carry_forward]]", 'name = "Debt"', f'instalment = "£{pounds(d["instalment"])}"',
                f'adds = "{"deficits" if d["adds"] else "nothing"}"',
                "balanced_years = { " + ", ".join(f"{p} = {y}" for p, y in zip(parties, d["years"])) + " }"]
        out += [f"written_off_after = {d['off']}"] if d["off"] else []
        out += [f'{p} = "£{pounds(o)}"' for p, o in zip(parties, d["opening"])]
    return "\n".join(out) + "\n"


def sheet(case):
    n = lambda p: Number(pounds(p))
    parties, blank = case["parties"], [None] * len(case["parties"])
    rows = [["Month 12 position, £"], [], ["Line"] + parties + ["System"],
            ["Year-to-date plan"] + [n(p) for p in case["plan"]],
            ["Year-to-date actual"] + [n(p + v) for p, v in zip(case["plan"], case["variance"])],
            ["Performance"] + blank + [Number(str(float(case["score"])))]]
    if case["how"] == "reported":
        rows.append(["Target, £"] + blank + [n(case["target"])])
    if case["how"] == "rate":
        rows += [["Activity"] + blank + [Number(str(case["quantity"]))], ["Tariff, £"] + blank + [n(case["rate"])]]
    for p in case["pools"]:
        rows.append([f"{p['name']} variance"] + [n(v) for v in p["variance"]])
    if case["scheme"]:
        rows.append(["Drugs shortfall"] + [n(v) for v in case["scheme"]["shortfall"]])
    if case["reserve"]:
        rows.append(["Reserve"] + blank + [n(case["reserve"][0])])
    if case["claims"]:
        rows.append(["Claims brought forward"] + [n(c) for c in case["claims"]])
    return rows


def plus(*columns):
    return [sum(each) for each in zip(*columns)]


def expected(case):
    parties, n, s = case["parties"], len(case["parties"]), case["variance"]
    pool = left = sum(s)
    brought = 0 if case["policy"].get("deficits") == "kept" else min(case["brought"] or 0, max(0, -left))
    relief = largest_remainder(brought, [max(0, -v) for v in s]) if brought else [0] * n
    left += brought
    over = [max(0, -sum(p["variance"])) for p in case["pools"]]
    relieved, lost = [0] * len(over), 0
    if case["pools"]:
        used = min(case["reserve"][0], sum(over))
        if case["reserve"][1] == "schemes_pro_rata":
            relieved = largest_remainder(used, over) if used else relieved
        else:
            rest = used
            for i, o in enumerate(over):
                relieved[i] = min(rest, o)
                rest -= relieved[i]
        left += used
    # Each pool stands by itself, whatever becomes of the rest.
    pools, own, net = [0] * n, list(s), left
    for p, r in zip(case["pools"], relieved):
        short = -sum(p["variance"])
        if short - r < 0 and p["kept"]:
            parts = list(p["variance"])
        elif p["cap"] is not None and short - r > 0:
            parts, off = capped(short - r, [p["shares"][q] for q in parties], [p["cap"]] + [None] * (n - 1))
            parts, lost = [-part for part in parts], lost - off
        else:
            parts = largest_remainder(r - short, [p["shares"][q] for q in parties])
        pools, own, net = plus(pools, parts), plus(own, [-v for v in p["variance"]]), net + short - r
    out = {"pool": pool, "shared_pool": left, "unallocated": lost, "held_for_joint_investment": 0, "retained": [0] * n}

    def ended(allocated, retained=None, **more):
        retained = retained or [0] * n
        return dict(out, allocated=allocated, retained=retained, final=plus(allocated, retained), **more)

    policy = {side: case["policy"].get(side) for side in ("gains", "deficits")}
    both_kept = policy["gains"] == policy["deficits"] == "kept"
    if (net < 0 and policy["deficits"] == "kept") or (net > 0 and policy["gains"] == "kept") or (net == 0 and both_kept):
        return ended(plus(pools, own, relief))
    held = net > 0 and policy["gains"] == "held_for_joint_investment"
    general, arose, scheme = net, own, [0] * n
    if case["scheme"]:
        short = case["scheme"]["shortfall"]
        scheme = largest_remainder(-sum(short), [case["scheme"]["shares"][q] for q in parties])
        general, arose = general + sum(short), plus(arose, short)
    sizes = [max(0, -a if general < 0 else a) for a in arose]
    sizes = sizes if any(sizes) else relief
    paid, claims = min(max(0, net if held else general), sum(case["claims"] or [0])), [0] * n
    stays = plus(arose, relief)
    if paid:
        claims = largest_remainder(paid, case["claims"])
        stays = [a - b for a, b in zip(stays, largest_remainder(paid, sizes))]
        general -= paid
    side, other = ("deficits", "gains") if general < 0 else ("gains", "deficits")
    terms = case[other if policy[side] == "kept" else side]
    retained, parts, off, shared = divided(general, sizes, terms, parties, F(case["target"]), case["score"])
    if not shared:
        return ended(plus(pools, scheme, claims, stays))
    if held:
        return ended(plus(pools, claims), held_for_joint_investment=net - paid)
    return ended(plus(pools, scheme, claims, parts), retained, unallocated=lost + off)


def debts(case, final):
    out = []
    for i, p in enumerate(case["parties"]):
        d = case["debt"]
        opening, balanced = d["opening"][i], final[i] >= 0
        years = d["years"][i] + 1 if balanced else 0
        added = -final[i] if d["adds"] and not balanced else 0
        off = opening if d["off"] and years >= d["off"] else 0
        frozen = d["off"] and balanced
        repaid = 0 if off or frozen else min(d["instalment"], opening)
        if opening or added:
            out.append((p, opening + added - off - repaid))
    return out


def pence(text):
    return int(F(text) * 100)


def compare(case, status, got, err):
    if status != 0:
        return [f"exit status {status}: {err}{got}"]
    want, wrong = expected(case), []
    for key in ("pool", "shared_pool", "unallocated", "held_for_joint_investment"):
        if pence(got[key]) != want[key]:
            wrong.append(f"{key}: {got[key]}, not {pounds(want[key])}")
    for i, p in enumerate(got["parties"]):
        for key in ("allocated", "retained", "final"):
            if pence(p[key]) != want[key][i]:
                wrong.append(f"{p['organisation']} {key}: {p[key]}, not {pounds(want[key][i])}")
    if case["debt"]:
        have = [(b["organisation"], pence(b["closing"])) for b in got["carried_forward"] if b["balance"] == "Debt"]
        if have != debts(case, want["final"]):
            wrong.append(f"debts: {have}, not {debts(case, want['final'])}")
    return wrong


# ---- funds

def random_fund(rng):
    cuts = sorted(rng.randint(0, 20) for _ in range(3))
    return {"amount": rng.randint(1, 10 ** 7), "phasing": [F(b - a, 20) for a, b in zip([0] + cuts, cuts + [20])],
            "recoverable": rng.random() < 0.5, "finance": F(rng.randint(1, 19), 20), "any": rng.random() < 0.3,
            "own": [rng.choice([True, False]) for _ in range(4)], "system": [rng.choice([True, False]) for _ in range(4)],
            "standard": [rng.randint(75, 100) for _ in range(4)], "taper": rng.random() < 0.5, "month": rng.randint(1, 12)}


def fund_expected(f):
    quarters, due = largest_remainder(f["amount"], f["phasing"]), f["month"] // 3
    earned, before, to_date = [0, 0], [0, 0], 0
    for q in range(due):
        to_date += quarters[q]
        split = largest_remainder(to_date, [f["finance"], 1 - f["finance"]])
        gates = [f["own"][q], f["system"][q]]
        part = [F(any(gates) if f["any"] else all(gates)), F(f["standard"][q] >= 95)]
        if f["taper"] and part[1] == 0:
            part[1] = F(1, 2) if f["standard"][q] >= 90 else F(1, 4) if f["standard"][q] >= 80 else F(0)
        for i in range(2):
            if f["recoverable"]:
                earned[i] = max(earned[i], nearest(split[i] * part[i]))
            else:
                earned[i] += nearest((split[i] - before[i]) * part[i])
        before = split
    open_ = to_date - sum(earned)
    later = f["recoverable"] and due < 4
    return {"earned": sum(earned), "withheld": open_ if later else 0, "lost": 0 if later else open_,
            "not_due": f["amount"] - to_date}


def fund_files(f, book, paper):
    yes = lambda b: "yes" if b else "no"
    written(paper, f'''name = "Funds"
year = "2025/26"
parties = ["UHL", "ICB"]
sharing = false
[timetable]
sharing_starts = 1
[[fund]]
name = "PSF"
UHL = "£{pounds(f['amount'])}"
phasing = [{", ".join(percent(p) for p in f["phasing"])}]
recoverable = {"true" if f["recoverable"] else "false"}
[[fund.part]]
part = {percent(f["finance"])}
gates = ["own", "system"]
need = "{"one" if f["any"] else "all"}"
[[fund.part]]
part = {percent(1 - f["finance"])}
gates = [{{ measure = "A&E", at_least = "95%" }}]
''' + ('taper = [{ at_least = "90%", earns = "50%" }, { at_least = "80%", earns = "25%" }]\n' if f["taper"] else ""))
    gates = [["Gate", "Body", "Q1", "Q2", "Q3", "Q4"], ["own position", "UHL"] + [yes(b) for b in f["own"]],
             ["system position", "System"] + [yes(b) for b in f["system"]],
             ["A&E", "UHL"] + [Number(f"0.{s:02d}" if s < 100 else "1") for s in f["standard"]]]
    workbook(book, [(f"Position M{f['month']}", [[f"Month {f['month']} position, £"], ["Line", "UHL", "ICB"],
                                                 ["Year-to-date plan", 0, 0], ["Year-to-date actual", 0, 0]]),
                    ("Gates", gates)])


def main(tool, trials=100, seed=20250401):
    rng, failures, seen = random.Random(int(seed)), 0, {}
    with tempfile.TemporaryDirectory() as folder:
        book, paper = os.path.join(folder, "positions.xlsx"), os.path.join(folder, "agreement.toml")
        for trial in range(int(trials)):
            case = random_case(rng)
            workbook(book, [("Position M12", sheet(case))])
            written(paper, toml(case))
            wrong = compare(case, *share(tool, book, "--agreement", paper, "--month", "12"))
            side = case["deficits"] if sum(case["variance"]) < 0 else case["gains"]
            for key in list(side) + [k for k in ("pools", "brought", "debt", "claims", "scheme", "policy") if case[k]] + [case["how"]]:
                seen[key] = seen.get(key, 0) + 1
            if wrong:
                failures += 1
                print(f"trial {trial}:", *wrong, toml(case), case, sep="\n  ")
            if trial % 3:
                continue
            f = random_fund(rng)
            fund_files(f, book, paper)
            status, got, err = share(tool, book, "--agreement", paper, "--month", str(f["month"]))
            want = fund_expected(f)
            have = {key: pence(got["funds"][0][key]) for key in want} if status == 0 else err
            if have != want:
                failures += 1
                print(f"fund {trial}: {have}, not {want}", f, sep="\n  ")
    print(f"{trials} random agreements and {(int(trials) + 2) // 3} funds; {failures} differ")
    print("among them " + ", ".join(f"{count} {what}" for what, count in sorted(seen.items())))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
