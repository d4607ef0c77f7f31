#!/usr/bin/env python3
"""The worked cases of the share, read from cases.json where it is, put through the command and compared.

usage: share_cases.py RISKSHARE SHARED

Each case is written as an agreement (TOML) and a workbook of positions; every figure that the case expects is compared,
in pence. Exit status 77 where the cases are not there. Standard library only.
"""
import json, os, re, subprocess, sys, tempfile
from fractions import Fraction as F
from share_files import Number, quoted, share, workbook, written

from llr import known

TOOL, SHARED = sys.argv[1:3]
CASES = os.path.join(SHARED, "cases.json")
if not os.path.exists(CASES):
    print(f"skipped: {CASES} is not there")
    sys.exit(77)
with open(CASES, encoding="utf-8") as f:
    ALL = {c["id"]: c for c in json.load(f)["cases"]}
PARTIES = ["UHL", "LPT", "ICB"]
UNITS = {"GBP_m": ("£m", 100_000_000), "GBP_000": ("£000", 100_000), "GBP_pence": ("£", 1), "units": ("£", 1)}
folder = tempfile.mkdtemp()
compared = 0


def number(value):
    return F(value["num"], value["den"]) if isinstance(value, dict) else F(value)


def decimal(fraction):
    """A fraction whose decimal ends, as its digits."""
    places = 0
    while (fraction * 10 ** places).denominator != 1:
        places += 1
    digits = str(abs((fraction * 10 ** places).numerator)).rjust(places + 1, "0")
    whole, rest = (digits[:-places], "." + digits[-places:]) if places else (digits, "")
    return ("-" if fraction < 0 else "") + whole + rest


def paper(parties=PARTIES, percent=(50, 13, 37), shares=None, starts=4, year="2022/23", unit="£000", rounding="£0.01",
          more=""):
    shares = shares or "".join(f'{p} = "{s}%"\n' for p, s in zip(parties, percent))
    return (f'name = "LLR-2022/23"\nyear = "{year}"\nunit = "{unit}"\nparties = {quoted(parties)}\n'
            f'rounding_unit = "{rounding}"\n[timetable]\nsharing_starts = {starts}\n[shares]\n{shares}{more}')


PRO_RATA = '[policy]\ngains = "pro_rata"\n'
CAPS = '[exclusions]\nUHL = "£21.1m"\nLPT = "£5.6m"\nICB = "£13.2m"\n'


def positions(case, variance, month, plan=None, target=None, delivered=None, more=(), basis="ytd"):
    """A workbook in the unit of the case; pence are written in pounds."""
    unit, pence = UNITS[case["unit"]]
    scale = F(1, 100) if pence == 1 else F(1)
    parties = list(variance)
    cell = lambda v: Number(decimal(number(v) * scale))
    plan = plan or {p: 0 for p in parties}
    rows = [[f"Month {month} position, {unit}"], [], ["Line"] + parties,
            ["Year-to-date plan"] + [cell(plan[p]) for p in parties],
            ["Year-to-date actual"] + [cell(F(number(plan[p]) + number(variance[p]))) for p in parties]]
    if target:
        rows.append(["Cash-releasing efficiency: plan to date"] + [cell(target[p]) for p in parties])
        rows.append(["Cash-releasing efficiency: delivered to date"] + [cell(delivered[p]) for p in parties])
    for label, amounts in more:
        rows.append([label] + [cell(amounts.get(p, 0)) for p in parties])
    path = os.path.join(folder, "positions.xlsx")
    workbook(path, [(f"Position M{month}", rows)])
    return path


def statement(book, toml, month, *more, expect=0):
    path = written(os.path.join(folder, "agreement.toml"), toml)
    status, said, err = share(TOOL, book, "--agreement", path, "--month", str(month), *more)
    assert status == expect, (status, err)
    return said


def same(case, what, got, want):
    global compared
    compared += 1
    assert got == want, f"{case['id']}: {what} is {got}, not {want}"


def pence_of(said, figure):
    return [F(p[figure]) * 100 for p in said["parties"]]


def compare(case, said, expected):
    """Every figure of an expected statement; amounts in the unit of the case."""
    scale = UNITS[case["unit"]][1]
    names = {"excluded": "excluded", "shareable": "shareable", "allocated": "allocated", "transfer": "transfer",
             "adjusted": "final", "retained": "retained"}
    for key, figure in names.items():
        if key in expected:
            want = [number(expected[key][p["organisation"]]) * scale for p in said["parties"]]
            same(case, key, pence_of(said, figure), want)
    if "pool" in expected:
        same(case, "pool", F(said["pool"]) * 100, number(expected["pool"]) * scale)
    for key, figure in (("sum_transfer", "transfer"), ("sum_adjusted", "final")):
        if key in expected:
            same(case, key, sum(pence_of(said, figure)), number(expected[key]) * scale)


def plain(case, expected, more=PRO_RATA, rounding="£0.01", month=None, **how):
    i = case["inputs"]
    month = month or i.get("month", 7)
    target = i.get("cash_releasing_target", i.get("target"))
    delivered = i.get("cash_releasing_delivered", i.get("delivered"))
    book = positions(case, i["variance"], month, target=target, delivered=delivered, **how)
    said = statement(book, paper(percent=i.get("percent", (50, 13, 37)), rounding=rounding,
                                 more=(CAPS if target else "") + more), month)
    compare(case, said, expected)
    return said


def exclusions(case):
    plain(case, case["expected"])


def r02(case):
    plain(case, case["expected"]["pro_rata"])
    held = case["expected"]["hold_for_joint_investment"]
    said = plain(case, held, more='[policy]\ngains = "held_for_joint_investment"\n')
    same(case, "held", F(said["held_for_joint_investment"]) * 100, held["system_pool"] * 100_000)


def r04(case):
    for limit in ("declared_deficit", "full_shortfall"):
        plain(case, case["expected"][limit], more=f'limit = "{limit}"\n' + PRO_RATA)


def r08(case):
    # Frozen exclusions are not something that a workbook says: `statement_test` has the second run.
    plain(case, case["expected"]["first"])
    again = dict(case, inputs=dict(case["inputs"], variance=case["expected"]["first"]["adjusted"]))
    plain(again, case["expected"]["second_recomputed_exclusions_WRONG"], rounding="£000")


def divided(case, total, parties, toml, want):
    """A pool that arose at the first party, divided."""
    book = positions(case, {p: (total if p == parties[0] else 0) for p in parties}, 7)
    said = statement(book, toml, 7)
    scale = UNITS[case["unit"]][1]
    same(case, f"{total} divided", pence_of(said, "allocated"), [F(w) * scale for w in want])
    return said


def r09(case):
    for total, want in case["expected"]["allocations"].items():
        divided(case, int(total), PARTIES, paper(percent=case["inputs"]["percent"], more=PRO_RATA), want)


def by_weight(parties, weights):
    return "".join(f'{p} = "{w}"\n' for p, w in zip(parties, weights)) + "normalise = true\n"


def r10(case):
    for total, want in zip(case["inputs"]["totals"], case["expected"]["allocations"]):
        divided(case, total, ["A", "B", "C"], paper(["A", "B", "C"], shares='kind = "equal"\n', more=PRO_RATA), want)


def r11(case):
    planned = case["inputs"]["planned"]
    toml = paper(shares='kind = "derived"\n', rounding="£000",
                 more="[basis]\n" + "".join(f"{p} = {planned[p]}\n" for p in PARTIES))
    divided(case, case["inputs"]["total"], PARTIES, toml, [case["expected"]["allocated"][p] for p in PARTIES])


def r12(case):
    book = positions(case, {p: 0 for p in PARTIES}, 7)
    zero = "[basis]\n" + "".join(f"{p} = {w}\n" for p, w in zip(PARTIES, case["inputs"]["a"]["weights"]))
    papers = {"a": (paper(shares='kind = "derived"\n', more=zero), "agreement.no_weight", "all weights are zero"),
              "b": (paper(percent=case["inputs"]["b"]["weights"]), "agreement.negative_share", "negative weight"),
              "c": (paper(percent=case["inputs"]["c"]["percent"]), "agreement.shares_do_not_add", "add to 99%, not 100%")}
    for toml, rule, words in papers.values():
        said = statement(book, toml, 7, expect=1)
        same(case, rule, any(f["rule"] == rule and words in f["message"] for f in said["findings"]), True)
        same(case, "nothing computed", "parties" in said, False)


def r13(case):
    for caps, want in zip(case["inputs"]["caps"], case["expected"]["results"]):
        limits = "".join(f"{p} = {{ at_most = {c} }}\n" for p, c in zip(PARTIES, caps) if c is not None)
        said = divided(case, case["inputs"]["total"], PARTIES, paper(more="[limits]\n" + limits), want["allocated"])
        same(case, "unallocated", F(said["unallocated"]) * 100, want["unallocated"] * 100_000)


def r14(case):
    said = plain(case, case["expected"], more=f"[policy]\ndead_band = {case['inputs']['deadband']}\n")
    same(case, "shared pool", sum(pence_of(said, "allocated")), case["expected"]["shared_pool"] * 100_000)


def r15(case):
    tiers = ""
    for up_to, provider in case["inputs"]["bands"]:
        tiers += "[[tier]]\n" + (f"up_to = {up_to}\n" if up_to else "")
        tiers += f'shares = {{ Provider = "{provider}", Commissioner = "{1 - F(provider)}" }}\n'
    parties, want = ["Provider", "Commissioner"], case["expected"]
    divided(case, case["inputs"]["variance"], parties, paper(parties, shares='kind = "equal"\n', more=tiers),
            [want["provider"], want["commissioner"]])


def r16(case):
    divided(case, case["inputs"]["total"], ["A", "B"],
            paper(["A", "B"], shares=by_weight(["A", "B"], case["inputs"]["weights"]), more=PRO_RATA),
            case["expected"]["allocated"])


def r17(case):
    i = case["inputs"]
    total = i["nel_non_delivery"] + i["other_pool"]
    own = ", ".join(f'{p} = "{s}%"' for p, s in zip(PARTIES, i["proposed"]))
    for consents, key in ((PARTIES, "with_3_of_3"), (["UHL", "ICB"], "with_2_of_3")):
        scheme = (f'[[scheme]]\nname = "Non Elective Gap Closure"\nshares = {{ {own} }}\n'
                  f"consents = {quoted(consents)}\n")
        book = positions(case, {"UHL": total, "LPT": 0, "ICB": 0}, 7,
                         more=[("Non Elective Gap Closure shortfall", {"UHL": -i["nel_non_delivery"]})])
        said = statement(book, paper(more=scheme), 7)
        compare(case, said, {"allocated": case["expected"][key]})
        same(case, "missing", said["schemes"][0]["missing_consents"], [p for p in PARTIES if p not in consents])


def r18(case):
    book = positions(case, case["inputs"]["variance"], 7, more=[("Slippage on developments",
                                                                 {"UHL": case["inputs"]["uhl_slippage"]})])
    said = statement(book, paper(), 7)
    compare(case, said, case["expected"]["result"])
    same(case, "to explain", F(said["pass_backs"][0]["to_explain"]), 1_000_000)
    flag = "UHL expected surplus of £1,000,000 for \"Slippage on developments\", reported £0: explain £1,000,000"
    same(case, "flag", [f["message"] for f in said["findings"] if f["rule"] == "statement.pass_back"], [flag])


def r19(case):
    for rounding, key, scale in (("£000", "thousand", 100_000), ("£0.01", "pence", 1)):
        book = positions(case, {"UHL": case["inputs"]["pool_thousand"], "LPT": 0, "ICB": 0}, 7)
        said = statement(book, paper(rounding=rounding), 7)
        same(case, key, pence_of(said, "allocated"), [w * scale for w in case["expected"][key]])


def r20(case):
    for total, want in zip(case["inputs"]["totals"], case["expected"]["allocations"]):
        divided(case, total, ["A", "B", "C"],
                paper(["A", "B", "C"], shares=by_weight("ABC", case["inputs"]["weights"]), more=PRO_RATA), want)


STAGES = {"NOT_APPLIED": "not applied", "MONTHLY_STATEMENT+AGREED_FORECAST": "monthly statement",
          "MONTHLY_STATEMENT": "monthly statement", "Q3_YEAR_END_RECOMMENDATION": "year-end recommendation",
          "MONTHLY_STATEMENT (supplementary recommendation only if all CFOs agree)":
          "monthly statement, recommendation may be updated", "YEAR_END": "year end"}


def t01(case):
    calendar = paper().replace("sharing_starts = 4", "sharing_starts = 4\nrecommendation = 9\nupdate = 11")
    for month in case["inputs"]["months"]:
        said = statement(positions(case | {"unit": "GBP_000"}, {p: -1 for p in PARTIES}, month), calendar, month)
        same(case, f"M{month}", said["stage"], STAGES[case["expected"]["states"][str(month)]])


def t02(case):
    # A workbook names months, not years: the years that lie outside are in `statement_test`.
    for month in (4, 12):
        said = statement(positions(case | {"unit": "GBP_000"}, {p: -1 for p in PARTIES}, month), paper(), month)
        same(case, "month", (said["month"], said["year"]), (month, "2022/23"))


def t03(case):
    i = case["inputs"]
    for consents, key in zip(i["consents"], ("unanimous", "not_unanimous")):
        amended = paper(percent=i["v1"], more=f'[[amendment]]\nwhat = "other shares"\n'
                        f"from_month = {i['effective_month']}\nconsents = {quoted(consents)}\nshares = {{ " +
                        ", ".join(f'{p} = "{s}%"' for p, s in zip(PARTIES, i["v2"])) + " }\n")
        expected = case["expected"][key]
        for month, want in expected.items():
            if month == "status":
                continue
            book = positions(case | {"unit": "GBP_000"}, {p: -100 for p in PARTIES}, int(month[1:]))
            said = statement(book, amended, int(month[1:]))
            same(case, month, [F(p["share"]) * 100 for p in said["parties"]], [F(w) for w in want])
            if "status" in expected:
                same(case, "rejected", said["rejected_amendments"][0]["missing_consents"], ["LPT"])


def t06(case):
    unit, _ = UNITS[case["unit"]]
    rows = [[f"Month 7 position, {unit}"], [], ["Organisation", "Year-to-date plan", "Year-to-date actual"]]
    rows += [[name, 0, amount] for name, amount in case["inputs"]["rows"]]
    book = os.path.join(folder, "rows.xlsx")
    workbook(book, [("Position M7", rows)])
    said = statement(book, paper(), 7, expect=1)
    messages = [f["message"] for f in said["findings"]]
    places = [[a["cell"] for a in f["at"]] for f in said["findings"] if f["rule"] == "statement.duplicate_organisation"]
    same(case, "rows", places, [["A4", "A5"]])
    same(case, "stranger", case["expected"]["errors"][1] in " ".join(messages).replace("is not party", "not party"), True)
    same(case, "nothing computed", "parties" in said, False)


def t07(case):
    i, e = case["inputs"], case["expected"]
    first = positions(case, i["m5_v1"], 5)
    before = os.path.join(folder, "before.xlsx")
    os.replace(first, before)
    said = statement(positions(case, i["m5_v2"], 5), paper(percent=i["percent"]), 5, "--since", before)
    same(case, "restated", said["movement"]["restated"], True)
    compare(case, said, {"allocated": e["v2"]})
    compare(case, {"parties": said["movement"]["before"]}, {"allocated": e["v1"]})
    compare(case, {"parties": said["movement"]["parties"]}, {"allocated": e["delta"]})


def s12(case):
    i, e = case["inputs"], case["expected"]
    actual = {p: number(i["position"][p]) for p in PARTIES}
    plan = {p: number(i["plan"][p]) for p in PARTIES}
    nothing = {p: 0 for p in PARTIES}
    for against, key in ((nothing, "vs_breakeven_pool"), (plan, "vs_plan_pool")):
        book = positions(case, {p: actual[p] - number(against[p]) for p in PARTIES}, 3, plan=against)
        compare(case, statement(book, paper(), 3), {"pool": e[key]})


def s13(case):
    basis = "[basis]\n" + "".join(f"{p} = {case['inputs'][p]}\n" for p in PARTIES)
    said = statement(positions(case, {p: -1000 for p in PARTIES}, 4), paper(more=basis), 4)
    shown = [f"{float(round(F(p['derived_share']) * 100, 1)):.1f}" for p in said["parties"]]
    same(case, "derived", shown, case["expected"]["percent_1dp"])
    same(case, "agreed", [F(p["share"]) * 100 for p in said["parties"]], [F(s) for s in case["expected"]["agreed"]])


def s14(case):
    i = case["inputs"]
    said = statement(positions(case, i["variance"], i["month"]), paper(percent=i["percent"], rounding="£000"), i["month"])
    same(case, "status", said["status"], "not_applied")
    compare(case, said, case["expected"]["notional"])


def s15(case):
    """The register of the M3 report, shared by an agreement: 24.4, 6.344 and 18.056 by hand."""
    report = os.path.join(SHARED, "workbooks", "llr-ics-finance-report-m3-2022-23.xlsx")
    path = written(os.path.join(folder, "agreement.toml"), paper())
    done = subprocess.run([TOOL, *known(["risk", "--json", report, "--agreement", path])], capture_output=True, text=True)
    said = json.loads(done.stdout)["register"]
    millions = lambda text: F(text) / 1_000_000
    same(case, "net", millions(said["net"]), number(case["expected"]["net_after_mitigation"]))
    same(case, "exposure", {e["organisation"]: millions(e["amount"]) for e in said["exposure"]},
         {"UHL": F("24.4"), "LPT": F("6.344"), "ICB": F("18.056")})
    nothing = written(os.path.join(folder, "none.toml"), paper().split("[shares]")[0].replace("[timetable]", "sharing = false\n[timetable]"))
    done = subprocess.run([TOOL, *known(["risk", report, "--agreement", nothing])], capture_output=True, text=True)
    same(case, "no sharing", "agreement.no_sharing" in done.stdout + done.stderr, True)
    other = written(os.path.join(folder, "other.toml"), paper(year="2023/24"))
    done = subprocess.run([TOOL, *known(["risk", report, "--agreement", other])], capture_output=True, text=True)
    same(case, "another year", (done.returncode, "agreement.not_in_force" in done.stderr), (1, True))


TRIALS = {"R01": exclusions, "R02": r02, "R03": exclusions, "R04": r04, "R05": exclusions, "R06": exclusions,
          "R07": exclusions, "R08": r08, "R09": r09, "R10": r10, "R11": r11, "R12": r12, "R13": r13, "R14": r14,
          "R15": r15, "R16": r16, "R17": r17, "R18": r18, "R19": r19, "R20": r20, "T01": t01, "T02": t02, "T03": t03,
          "T06": t06, "T07": t07, "S12": s12, "S13": s13, "S14": s14,
          "S15": s15}
# T04 is a succession, T05 a directory: named in cause_share_test and organisation_test.
ELSEWHERE = {"T04", "T05"}
asked = {c for c in ALL if re.fullmatch(r"R\d\d|T\d\d|S1[2-5]", c)}
assert asked == set(TRIALS) | ELSEWHERE, asked ^ (set(TRIALS) | ELSEWHERE)
for name, trial in TRIALS.items():
    trial(ALL[name])
print(f"{len(TRIALS)} cases agree, {compared} comparisons")
