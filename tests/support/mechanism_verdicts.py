#!/usr/bin/env python3
"""Mechanism -> verdict: 24 ways in which public bodies share money, each as its paper writes it, with other numbers than the paper's.

usage: mechanism_verdicts.py RISKSHARE AGREEMENTS [SETS [SEED]]

AGREEMENTS is the folder of the 24 fixtures. Each row of the table below names what the source writes (percentages, quantities, rates): a
fixture that does not hold these words, or that holds an edge worked out in pounds, is "restated". Then positions, targets, prices and gates
are drawn anew, the fixture's own stated amounts are changed with them, and the command's answer is compared with the formula of the source,
worked out here with fractions: to the penny, or within one where a share does not end. Standard library only.
"""
import os, random, re, sys, tempfile
from fractions import Fraction as F
from share_files import Number, pounds, share, workbook, written

MILLION = 100_000_000  # pence


def amount(rng, low, high):
    """Whole ten thousands of pounds, so that parts in whole percent are whole pence."""
    return rng.randint(low, high) * 1_000_000


def slices(size, of, bands):
    """The first party's part: bands of (upper edge in percent of `of`, its share in percent); the last goes on."""
    part, low = F(0), F(0)
    for edge, own in bands:
        high = F(size) if edge is None else min(F(size), F(of) * F(edge) / 100)
        part, low = part + max(F(0), high - low) * F(own) / 100, max(low, high)
    return part


class Trial:
    """One paper and one position: what is put in, and what must come out."""
    def __init__(self, parties, plan, actual, unit=1):
        self.parties, self.lines, self.gates, self.put, self.want, self.month = parties, [], [], [], {}, 12
        self.line("Year-to-date plan", plan)
        self.line("Year-to-date actual", actual)

    def line(self, label, amounts, system=None):
        self.lines.append((label, [None if a is None else Number(pounds(a)) for a in amounts], None if system is None else Number(pounds(system))))

    def number(self, label, values, system=None):
        self.lines.append((label, [None if v is None else Number(str(v)) for v in values], None if system is None else Number(str(system))))

    def state(self, pattern, text):
        """Another amount in the paper, where it states one."""
        self.put.append((pattern, text))

    def final(self, **parts):
        self.want.update({("parties", name.replace("_", " "), "final"): value for name, value in parts.items()})


def corridor(first, second, name, gains, losses, who_spends=0):
    """A corridor in percent of a stated amount, for gains and for losses."""
    def made(rng):
        of, over = amount(rng, 2_000, 90_000), 0
        while over == 0:
            over = rng.choice([-1, 1]) * amount(rng, 1, 30) * max(1, of // (100 * 1_000_000))
            over = (over // 1_000_000) * 1_000_000
        t = Trial([first, second], *[[x, 0] if who_spends == 0 else [0, x] for x in (-of, over - of)])
        t.state(rf'(name = "{name}"\namount = )[\d.]+', rf'\g<1>"£{pounds(of)}"')
        own = slices(abs(over), of, gains if over > 0 else losses)
        own = own if over > 0 else -own
        t.final(**{first.replace(" ", "_"): own, second.replace(" ", "_"): over - own})
        return t
    return made


def part_d(rng):
    return corridor("Sponsor", "CMS", "target", [("2.5", 100), (5, 25), (None, 20)], [("2.5", 100), (5, 25), (None, 20)])(rng)


def minimum_savings(rng):
    heads, benchmark = rng.randint(5, 300) * 1000, rng.randint(300, 900) * 100
    spend = benchmark + rng.choice([-1, 1]) * rng.randint(0, benchmark // 4 // 100) * rng.choice([10, 100])
    total, over = heads * benchmark, heads * (benchmark - spend)
    t = Trial(["ACO", "CMS"], [0, None], [0, None])
    t.number("Assigned beneficiaries", [None, heads])
    t.line("Benchmark a head, £", [None, benchmark])
    t.line("Spend a head, £", [None, spend])
    own = F(0) if over <= 0 or F(over) < F(total) / 100 else min(F(over) / 2, F(total) / 10)
    t.final(ACO=own, CMS=over - own)
    return t


def next_generation(rng):
    of = amount(rng, 2_000, 90_000)
    over = rng.choice([-1, 1]) * amount(rng, 1, max(2, of // 1_000_000 // 8))
    t = Trial(["ACO", "CMS"], [0, -of], [0, over - of])
    t.state(r'(name = "benchmark"\namount = )\d+', rf'\g<1>"£{pounds(of)}"')
    counted = min(F(abs(over)) * (F(98, 100) if over > 0 else 1), F(of) / 20) * F(80, 100)
    own = counted if over > 0 else -counted
    t.final(ACO=own, CMS=over - own)
    return t


def michigan(rng):
    of, unspent = amount(rng, 2_000, 90_000), 0
    unspent = amount(rng, 1, of // 1_000_000 // 5)
    t = Trial(["PIHP", "State"], [-of, 0], [unspent - of, 0])
    t.state(r'(name = "budget"\namount = )\d+', rf'\g<1>"£{pounds(of)}"')
    kept = slices(unspent, of, [(5, 100), (10, 50), (None, 0)])
    t.final(PIHP=kept, State=unspent - kept)
    return t


def marginal_rate(rng):
    base, tariff = rng.randint(1_000, 50_000), rng.randint(500, 4_000) * 100
    done = base + rng.randint(-base // 5, base // 5)
    t = Trial(["Provider", "Commissioner"], [None, 0], [None, 0])
    t.number("Baseline activity", [base, None])
    t.number("Activity", [done, None])
    t.line("Tariff, £", [tariff, None])
    above = max(0, done - base) * tariff
    t.final(Provider=(base - done) * tariff + F(above) * 30 / 100, Commissioner=-F(above) * 30 / 100)
    return t


def by_shares(parties, percents, payer=0):
    def made(rng):
        plan = amount(rng, 100, 9_000)
        over = rng.choice([-1, 1]) * amount(rng, 1, 90)
        t = Trial(parties, *[[x if i == payer else 0 for i in range(len(parties))] for x in (-plan, over - plan)])
        t.final(**{p: F(over) * percent / 100 for p, percent in zip(parties, percents)})
        return t
    return made


def sustainability(rng):
    fund, access = amount(rng, 100, 3_000), [rng.choice([80, 89, 90, 92, 94, 95, 97]) for _ in range(4)]
    own = [rng.random() < 0.7 for _ in range(4)]
    t = Trial(["UHL", "LPT"], [0, 0], [0, 0])
    t.state(r"\nUHL = 10\n", f'\nUHL = "£{pounds(fund)}"\n')
    t.gates = [["own position", "UHL"] + ["yes" if g else "no" for g in own],
               ["A&E four hours", "UHL"] + [Number(f"0.{a}") for a in access]]
    earned = F(0)
    for q, phase in enumerate((20, 20, 30, 30)):
        quarter = F(fund) * phase / 100
        earned += quarter * 70 / 100 * own[q]
        earned += quarter * 30 / 100 * (1 if access[q] >= 95 else F(1, 2) if access[q] >= 90 else 0)
    t.want = {("funds", 0, "earned"): earned, ("funds", 0, "lost"): fund - earned, ("funds", 0, "amount"): F(fund)}
    return t


def deficit_support(rng):
    quarter, t = amount(rng, 100, 90_000), Trial(["Systems", "NHSE"], [0, 0], [0, 0])
    gates, due = [rng.random() < 0.6 for _ in range(4)], rng.choice([6, 9, 12])
    t.state(r'Systems = "£1819.6m"', f'Systems = "£{pounds(4 * quarter)}"')
    t.month, t.gates = due, [["own position", "Systems"] + ["yes" if g else "no" for g in gates]]
    met = [q for q in range(due // 3) if gates[q]]
    earned = F(quarter) * (met[-1] + 1 if met else 0)  # what a quarter missed is paid when a later one is met
    open_ = F(quarter) * (due // 3) - earned
    t.want = {("funds", 0, "earned"): earned, ("funds", 0, "withheld"): open_ if due < 12 else F(0),
              ("funds", 0, "lost"): F(0) if due < 12 else open_, ("funds", 0, "not_due"): F(quarter) * (4 - due // 3)}
    return t


def pooled_reserve(rng):
    over, contribution = [amount(rng, 1, 80), amount(rng, 1, 80)], [amount(rng, 200, 900), amount(rng, 200, 900)]
    reserve = amount(rng, 0, 60)
    t = Trial(["Council", "ICB"], [-contribution[0], -contribution[1]], [-contribution[0] - over[0], -contribution[1] - over[1]])
    t.state(r"Council = 4000\nICB = 6000", f'Council = "£{pounds(contribution[0])}"\nICB = "£{pounds(contribution[1])}"')
    t.line("Equipment overspend", [over[0], 0])
    t.line("Reablement overspend", [0, over[1]])
    t.line("Reserve", [None, None], reserve)
    met = [min(reserve, over[0])]
    met.append(min(reserve - met[0], over[1]))
    council = lost = F(0)
    icb = F(0)
    for left, share_, cap in ((over[0] - met[0], 60, 100), (over[1] - met[1], 30, 3)):
        most = F(contribution[0]) * cap / 100
        own = min(F(left) * share_ / 100, most)
        other = min(F(left) - own, F(contribution[1]))
        own = min(F(left) - other, most)  # what the other's cap cuts off comes back, up to one's own
        council, icb, lost = council - own, icb - other, lost - (F(left) - own - other)
    t.final(Council=council, ICB=icb)
    t.want[("unallocated",)] = lost
    return t


def pooled_lines(rng):
    fixed, variable = [rng.choice([-1, 1]) * amount(rng, 1, 80) for _ in range(2)]
    plan = [amount(rng, 200, 900), amount(rng, 200, 900)]
    t = Trial(["Council", "ICB"], [-plan[0], -plan[1]], [fixed - plan[0], variable - plan[1]])
    t.line("Care home block variance", [fixed, 0])
    t.line("Community beds variance", [0, variable])
    t.final(Council=fixed + F(variable) * 45 / 100, ICB=F(variable) * 55 / 100)
    return t


def essex(rng):
    paid = [amount(rng, 200, 900) for _ in range(3)]
    gain = amount(rng, 1, 150)
    t = Trial(["Essex", "Southend", "Thurrock"], [-p for p in paid], [gain - paid[0], -paid[1], -paid[2]])
    t.state(r"amount = 60\n", f'amount = "£{pounds(paid[0])}"\n')
    t.state(r"Essex = 60\nSouthend = 25\nThurrock = 15", "\n".join(f'{p} = "£{pounds(a)}"' for p, a in zip(t.parties, paid)))
    first = min(F(gain), F(paid[0]) / 10)
    rest = gain - first
    t.final(Essex=rest * paid[0] / sum(paid), Southend=first * 5 / 8 + rest * paid[1] / sum(paid), Thurrock=first * 3 / 8 + rest * paid[2] / sum(paid))
    return t


def project(rng):
    profit, plan = amount(rng, 50, 300), amount(rng, 1_000, 5_000)
    over = rng.choice([-1, 1]) * amount(rng, 1, 500)
    t = Trial(["Team", "Owner"], [0, -plan], [0, over - plan])
    t.line("Profit pool", [None, None], profit)
    team = F(over) / 2 if over > 0 else -F(min(-over, profit))
    t.final(Team=team, Owner=over - team)
    return t


def joint_board(rng):
    pay, plan, over = [amount(rng, 10, 90), amount(rng, 10, 90)], amount(rng, 1_000, 9_000), amount(rng, 1, 90)
    recovery, opening, original = amount(rng, 0, 90), amount(rng, 1, 90), 3 * amount(rng, 1, 60)
    t = Trial(["IJB", "Council", "Health Board"], [-plan, 0, 0], [-plan - over, 0, 0])
    t.line("System mitigation: recovery plan", [None] * 3, recovery)
    t.state(r'Council = 40\n"Health Board" = 60', f'Council = "£{pounds(pay[0])}"\n"Health Board" = "£{pounds(pay[1])}"')
    t.state(r'amount = "£1.5m"', f'amount = "£{pounds(original)}"')
    t.state(r'IJB = "£1.0m"', f'IJB = "£{pounds(opening)}"')
    left = F(max(0, over - recovery))
    t.final(IJB=F(0), Council=-left * pay[0] / sum(pay), Health_Board=-left * pay[1] / sum(pay))
    t.want[("carried_forward", 0, "repaid")] = min(F(original) / 3, F(opening))
    t.want[("carried_forward", 0, "closing")] = opening - min(F(original) / 3, F(opening))
    return t


def proration(rng):
    claims, brought = [amount(rng, 100, 900), amount(rng, 100, 900)], [amount(rng, 0, 60), amount(rng, 0, 60)]
    received = amount(rng, 1, sum(claims) // 1_000_000)
    t = Trial(["Programme", "Issuer A", "Issuer B"], [0, 0, 0], [received, 0, 0])
    both = f'"Issuer A" = "£{pounds(claims[0])}"\n"Issuer B" = "£{pounds(claims[1])}"'
    t.state(r'"Issuer A" = 2000\n"Issuer B" = 870', both)
    t.line("Unpaid claims brought forward", [None] + brought)
    first = min(received, sum(brought))
    parts = [F(first) * b / sum(brought) if sum(brought) else F(0) for b in brought]
    share_ = [F(received - first) * c / sum(claims) for c in claims]
    t.final(Programme=F(0), Issuer_A=parts[0] + share_[0], Issuer_B=parts[1] + share_[1])
    return t


def better_care(rng):
    price, most = rng.randint(500, 3_000) * 100, amount(rng, 20, 300)
    avoided = [rng.randint(-200, 600) for _ in range(4)]
    t = Trial(["Council", "CCG"], [0, 0], [0, 0])
    t.state(r'rate = "£1,490"', f'rate = "£{price // 100:,}"')
    t.state(r"Council = 1000000", f'Council = "£{pounds(most)}"')
    t.gates = [["Admissions avoided", "Council"] + [Number(str(a)) for a in avoided]]
    earned, to_date = F(0), 0
    for a in avoided:
        to_date += a
        earned = max(earned, min(F(most), F(max(0, to_date) * price)))
    t.want = {("funds", 0, "earned"): earned}
    return t


def capital(rng):
    allocation, fair = amount(rng, 1_000, 9_000), amount(rng, 100, 3_000)
    over = rng.choice([-1, 1]) * amount(rng, 1, 5_000)
    t = Trial(["ICS", "National"], [-fair, 0], [over - fair, 0])
    t.state(r"amount = 100\n", f'amount = "£{pounds(allocation)}"\n')
    own = F(over) * 30 / 100 if over > 0 else -min(F(-over) * 30 / 100, F(allocation) / 10)
    t.final(ICS=own, National=over - own)
    return t


def opening_balances(rng):
    bodies, opening = ["ICB A", "ICB B", "ICB C"], [amount(rng, 1, 900) for _ in range(3)]
    over, years = [rng.choice([-1, 0, 1]) * amount(rng, 1, 90) for _ in bodies], [rng.randint(0, 1) for _ in bodies]
    t = Trial(bodies, [0, 0, 0], over)
    t.state(r'"ICB A" = 10\n"ICB B" = 8\n"ICB C" = 5', "\n".join(f'"{b}" = "£{pounds(o)}"' for b, o in zip(bodies, opening)))
    t.state(r'"ICB A" = 1, "ICB B" = 1, "ICB C" = 0', ", ".join(f'"{b}" = {y}' for b, y in zip(bodies, years)))
    for i in range(3):
        off = over[i] >= 0 and years[i] + 1 >= 2
        t.want[("carried_forward", i, "written_off")] = F(opening[i] if off else 0)
        t.want[("carried_forward", i, "repaid")] = F(opening[i] if over[i] < 0 else 0)
        t.want[("carried_forward", i, "closing")] = F(0 if off else -over[i] if over[i] < 0 else opening[i])
    return t


def alliance(rng):
    plan, over, score = amount(rng, 500, 5_000), rng.choice([-1, 1]) * amount(rng, 1, 400), rng.randint(10, 150)
    t = Trial(["Alliance", "Owner"], [0, -plan], [0, over - plan])
    t.number("Performance score", [None, None], score / 100)
    own = F(over) / 2 * (F(min(max(score, 50), 120), 100) if over > 0 else 1)
    t.final(Alliance=own, Owner=over - own)
    return t


THREE = [(3, 100), (8, 50), (None, 20)]
REACH = [(5, 50), (10, 35), (15, 15), (None, 5)]
MASS = [(2, 100), (4, 50), (None, 20)]
# mechanism, fixture, verdict, the words of the source, the formula
TABLE = [
    ("NEC4 Option C share ranges", "01", "as written", ["80% of target", "100% of target", "25%"],
     corridor("Contractor", "Client", "target", [(20, 25), (None, 0)], [(10, 50), (None, 100)], 1)),
    ("ACA risk corridor", "02", "as written", ["3% of target", "8% of target", "80%"], corridor("Issuer", "HHS", "target", THREE, THREE)),
    ("Medicare Part D corridor 2006/07", "03", "as written", ["2.5% of target", "5% of target", "25%", "20%"], part_d),
    ("ACO REACH, professional", "04", "as written", ["5% of benchmark", "15% of benchmark", "35%"], corridor("ACO", "CMS", "benchmark", REACH, REACH)),
    ("Minimum savings rate (MSSP)", "05", "as written", ["minimum = \"1% of benchmark\"", "10% of benchmark"], minimum_savings),
    ("Next Generation ACO", "06", "as written", ["98%", "5% of benchmark", "80%"], next_generation),
    ("MassHealth", "07", "as written", ["2% of benchmark", "4% of benchmark", "20%"], corridor("Plan", "State", "benchmark", MASS, MASS)),
    ("Michigan PIHP corridor", "08", "as written", ["95% of budget", "90% of budget"], michigan),
    ("Marginal rate emergency tariff", "09", "as written", ["30%", "Baseline activity", "Tariff"], marginal_rate),
    ("Blended payment 2019/20", "10", "as written", ["20%"], by_shares(["Provider", "Commissioner"], [80, 20])),
    ("STF, PSF and FRF earning", "11", "as written", ["70%", "30%", "95%", "\"20%\", \"20%\", \"30%\", \"30%\""], sustainability),
    ("Deficit support funding 2025/26", "12", "as written", ["gates = [\"own\"]", "recoverable = true"], deficit_support),
    ("Section 75, reserve first", "13", "as written", ["schemes_in_order", "100% of contribution"], pooled_reserve),
    ("Section 75, lines of two kinds", "14", "as written", ["pool = true"], pooled_lines),
    ("Essex, Southend and Thurrock", "15", "as written", ["10% of Essex contribution"], essex),
    ("Integrated project delivery", "16", "as written", ["100% of profit pool", "50%"], project),
    ("Multilateral gain and loss", "17", "as written", ["50%"], by_shares(["Provider", "CCG"], [50, 50], 1)),
    ("Scottish integration joint boards", "18", "as written", ["derived", "1/3 of original contribution"], joint_board),
    ("ACA 2014 proration", "19", "as written", ["derived", "claim"], proration),
    ("ACO distribution", "20", "as written", ["10%", "15%", "75%"], by_shares(["Infrastructure", "Hospital", "Physicians"], [10, 15, 75])),
    ("Better Care Fund performance pay", "21", "as written", ["Admissions avoided", "£1,490", "year"], better_care),
    ("Capital incentive 2024/25", "22", "as written", ["30%", "10% of capital allocation"], capital),
    ("ICB opening balances", "23", "as written", ["written_off_after = 2", "deficits"], opening_balances),
    ("Alliance, scaled by a score", "24", "as written", ["Performance score", "50%", "120%"], alliance),
]
RESTATED = re.compile(r"(up_to|minimum|at_most|at_least|dead_band|between|below|above)\s*=\s*(\[\s*)?(\"£|[\d.]+\s*(#|$))", re.M)
DO_NOT_END = {"15", "18", "19"}


def sheets(t):
    rows = [[f"Month {t.month} position, £"], ["Line"] + t.parties + ["System"]]
    rows += [[label] + parts + [system] for label, parts, system in t.lines]
    out = [(f"Position M{t.month}", rows)]
    if t.gates:
        out.append(("Gates", [["Gate", "Body", "Q1", "Q2", "Q3", "Q4"]] + [g[:2 + t.month // 3] for g in t.gates]))
    return out


def at(got, path):
    if path[0] == "parties":
        return next(p for p in got["parties"] if p["organisation"] == path[1])[path[2]]
    for key in path:
        got = got[key]
    return got


def differences(tool, paper, t, within, book, file):
    for pattern, text in t.put:
        paper, changed = re.subn(pattern, text, paper)
        if not changed:
            return [f"the fixture does not state {pattern}"]
    written(file, paper)
    workbook(book, sheets(t))
    status, got, err = share(tool, book, "--agreement", file, "--month", str(t.month))
    if status != 0:
        return [f"exit status {status}: {err}"]
    wrong = []
    for path, want in t.want.items():
        have = F(at(got, path)) * 100
        if abs(have - want) >= (1 if within else F(1, 1000)):
            wrong.append(f"{'.'.join(map(str, path))} is {have / 100}, not {float(want / 100)}")
    return wrong


def main(tool, folder, sets=5, seed=24):
    rng, failures = random.Random(int(seed)), 0
    with tempfile.TemporaryDirectory() as top:
        for name, number, verdict, words, formula in TABLE:
            file = next(f for f in sorted(os.listdir(folder)) if f.startswith(number + "-"))
            with open(os.path.join(folder, file), encoding="utf-8") as f:
                paper = f.read()
            missing = [w for w in words if w not in paper]
            found, why = "as written", []
            if missing or RESTATED.search(paper):
                found, why = "restated", missing or [RESTATED.search(paper).group(0)]
            for _ in range(int(sets)):
                t = formula(rng)
                wrong = differences(tool, paper, t, number in DO_NOT_END, os.path.join(top, "p.xlsx"), os.path.join(top, "a.toml"))
                if wrong:
                    found, why = "differs", wrong + [str([(l, [str(a) for a in p], str(s)) for l, p, s in t.lines]), str(t.put)]
                    break
            failures += found != verdict
            print(f"{number}  {name:36}  {found}" + "".join("\n      " + w for w in why))
    print(f"{len(TABLE)} mechanisms, {sets} sets of other numbers each; {failures} not as the table says")
    return 1 if failures or len(TABLE) != 24 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
