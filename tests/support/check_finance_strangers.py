#!/usr/bin/env python3
"""check_finance_strangers.py RISKSHARE: finance reports as strangers set them out, in shapes that check_finance_layouts.py
does not draw: groups headed over their first column alone, totals on top, expenditure positive, bodies across the columns,
mitigations beside their risks, words for likelihoods, capital to date, dashboards that measure more than money. Every
figure must be read exactly, or the table refused by the rule named here. Figures are drawn by seed and added up here."""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction as F

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter as L

TOOL = os.path.abspath(sys.argv[1])
SCALE = {"£": F(1000), "£000": F(1), "£m": F(1, 1000)}
UT = {"£": ["£", "£s", "GBP"], "£000": ["£000", "£'000", "£k", "£000s", "£K", "£'000s"], "£m": ["£m", "£M", "£ million"]}


def num(v):
    v = F(v)
    return int(v) if v.denominator == 1 else float(v)

class Sh:
    def __init__(s, title): s.title, s.c, s.m, s.h = title, {}, [], {}
    def put(s, r, c, v):
        if v is not None and v != "": s.c[r, c] = v
    def row(s, r, c, vs):
        for i, v in enumerate(vs): s.put(r, c + i, v)

def save(path, sheets):
    b = xlsxwriter.Workbook(path)
    pct = b.add_format({"num_format": "0%"})
    for s in sheets:
        w = b.add_worksheet(s.title)
        for m in s.m: w.merge_range(m[0]-1, m[1]-1, m[2]-1, m[3]-1, "")
        for (r, c), v in s.c.items():
            fmt = pct if s.h.get((r, c)) == "%" else None
            if isinstance(v, tuple): w.write_formula(r-1, c-1, v[0], fmt, v[1])
            elif isinstance(v, str): w.write_string(r-1, c-1, v, fmt)
            else: w.write_number(r-1, c-1, v, fmt)
        for (r, c), k in s.h.items():
            if k == "hide_row": w.set_row(r-1, None, None, {"hidden": True})
            if k == "hide_col": w.set_column(c-1, c-1, None, None, {"hidden": True})
    b.close()

BASES = ("month", "ytd", "year")

# ---- statement truth: list of lines with nature; values signed £000 per basis (plan, actual)
STYLES = {
 "llr": [("UHL Outside System Income", 1), ("LPT Outside System Income", 1), ("CCG Allocation", 1), ("UHL Expenditure", -1), ("LPT Expenditure", -1), ("CCG Expenditure Outside of System", -1), ("Intra-System Misalignment", 0)],
 "trust": [("Income from patient care activities", 1), ("Other operating income", 1), ("Employee expenses", -1), ("Operating expenses excluding employee expenses", -1), ("Net finance costs", -1)],
 "pay": [("NHS clinical income", 1), ("Private patient income", 1), ("Other income", 1), ("Pay costs", -1), ("Non-pay costs", -1), ("Drugs costs", -1), ("PDC expenditure", -1)],
 "icb": [("Allocation", 1), ("Acute services expenditure", -1), ("Community services expenditure", -1), ("Mental health expenditure", -1), ("Prescribing costs", -1), ("Running costs", -1)],
}
def truth(r, style):
    out = []
    for label, nature in STYLES[style]:
        sign = nature or r.choice([-1, 1])
        v = {}
        for i, b in enumerate(BASES):
            p = sign * r.randint(1000, 90000) * (1, 5, 12)[i] 
            v[b] = (p, p + r.randint(-800, 800))
        if nature == 0: v = {b: (x[0] // 50, x[0] // 50) for b, x in v.items()}
        out.append((label, nature, v))
    return out
def add(vs): return {b: tuple(sum(v[b][i] for v in vs) for i in (0, 1)) for b in BASES}

def heading_words(r, basis, what, form):
    W = {
     "plain": {"month": "In Month", "ytd": "YTD", "year": "Full Year"},
     "long": {"month": "Current month", "ytd": "Year to date", "year": "Full year"},
     "m": {"month": "Month 5", "ytd": "Month 5 YTD", "year": "2022/23 full year"},
     "mx": {"month": "M5 in-month", "ytd": "M5 YTD", "year": "Annual"},
     "cum": {"month": "In-Mth", "ytd": "Cumulative", "year": "Annual"},
     "date": {"month": "Aug-22", "ytd": "YTD Aug-22", "year": "FY 2022/23"},
     "todate": {"month": "For the month", "ytd": "To date", "year": "For the year"},
    }[form][basis]
    return W

def statement(r, title, o):
    """o: dict of options; returns sheet, {label: {basis: (p, a)}}, bases"""
    s = Sh(title)
    lines = truth(r, o["style"])
    unit = o["unit"]; sc = SCALE[unit]; ut = r.choice(UT[unit])
    positive = o.get("positive", False)
    bases = o["bases"]
    cols = []  # (basis, what, head1, head2)
    pw, aw, vw = o.get("words", ("Plan", "Actual", "Variance"))
    for b in bases:
        g = heading_words(r, b, None, o["form"])
        order = o.get("order", ["plan", "actual", "variance"])
        for k in order:
            if k == "blank": cols.append((b, k, "", "")); continue
            w = {"plan": pw, "actual": aw, "variance": vw, "pct": "%"}[k]
            if b == "year" and k == "actual": w = o.get("fot", "Forecast")
            cols.append((b, k, g, w))
        if o.get("gap"): cols.append((b, "blank", "", ""))
    top, left = o.get("top", 1), o.get("left", 1)
    s.put(top, left, o.get("title", "Income and expenditure, month 5 2022/23") + (" (%s)" % ut if o["where"] == "title" else ""))
    first = left + 1 + (1 if o.get("refs") else 0)
    hr = top + 2
    two = o.get("two", True)
    for i, (b, k, g, w) in enumerate(cols):
        if k == "blank": continue
        if two:
            if i == 0 or cols[i-1][0] != b or o.get("repeat"): s.put(hr, first + i, g)
            s.put(hr + 1, first + i, w + (" " + ut if o["where"] == "heading" and k != "pct" else ""))
        else:
            s.put(hr, first + i, (g + " " + w if not o.get("flip") else w + " " + g) + (" " + ut if o["where"] == "heading" and k != "pct" else ""))
        if o["where"] == "row": s.put(hr + (2 if two else 1), first + i, ut if k != "pct" else "%")
    if two and o.get("merge"):
        i = 0
        while i < len(cols):
            n = sum(1 for c in cols[i:] if c[0] == cols[i][0] and c[1] != "blank")
            if cols[i][1] == "blank": i += 1; continue
            if n > 1: s.m.append((hr, first + i, hr, first + i + n - 1))
            i += n
    row = hr + (2 if two else 1) + (1 if o["where"] == "row" else 0)
    if o.get("label_head"): s.put(hr + (1 if two else 0), left + (1 if o.get("refs") else 0), o["label_head"])
    inc = [l for l in lines if l[1] > 0]; exp = [l for l in lines if l[1] < 0]; mis = [l for l in lines if l[1] == 0]
    ti, te = add([l[2] for l in inc]), add([l[2] for l in exp])
    net = add([l[2] for l in lines])
    want = {l[0]: l[2] for l in lines}
    plan = []
    top_total = o.get("total_on_top", False)
    def block(head, total_label, members, tv):
        nonlocal plan
        if o.get("sections"): plan.append(("head", head, None, None))
        if top_total: plan.append(("total", total_label, tv, [m[0] for m in members]))
        for m in members: plan.append(("line", m[0], m[2], None))
        if not top_total and not o.get("no_subtotals"): plan.append(("total", total_label, tv, [m[0] for m in members]))
        if o.get("spaced"): plan.append(("blank", "", None, None))
    TI, TE = o.get("totals", ("Total income", "Total expenditure"))
    block("Income", TI, inc, ti); block("Expenditure", TE, exp, te)
    for m in mis: plan.append(("line", m[0], m[2], None))
    netlabel = o.get("net", "Surplus/(deficit)")
    parts = ([TI, TE] if not o.get("no_subtotals") else [l[0] for l in inc + exp]) + [m[0] for m in mis]
    plan.append(("total", netlabel, net, parts))
    if not o.get("no_subtotals"): want[TI], want[TE] = ti, te
    want[netlabel] = net
    expnames = {l[0] for l in exp} | {TE}
    rows = {}
    rr = row
    for kind, label, v, p in plan:
        rows.setdefault(label, rr) if kind in ("line", "total") else None
        rr += 1
    how = o.get("how", "number")
    def wr(x):
        x = F(x) * sc
        if how == "number": return num(x)
        d = format(abs(int(x)), ",") if x.denominator == 1 else format(float(abs(x)), ",")
        return d if x >= 0 else ("(%s)" % d if how == "bracket" else "-" + d)
    refno = 0
    for kind, label, v, p in plan:
        if kind == "blank": row += 1; continue
        ind = o.get("indent", "") if kind == "line" else ""
        s.put(row, left + (1 if o.get("refs") else 0), ind + label)
        if kind == "head": row += 1; continue
        refno += 1
        if o.get("refs"): s.put(row, left, refno if o["refs"] == "num" else "L%02d" % refno)
        shown = -1 if positive and label in expnames else 1
        for i, (b, k, g, w) in enumerate(cols):
            if k == "blank": continue
            pl, ac = v[b]
            at = L(first + i)
            if k == "variance":
                val = (ac - pl)  # favourable positive, always
                if o.get("var_formula") and how == "number":
                    ai = [j for j, c in enumerate(cols) if c[0] == b and c[1] == "actual"][0]; pi = [j for j, c in enumerate(cols) if c[0] == b and c[1] == "plan"][0]
                    f = "=%s%d-%s%d" % ((L(first+ai), row, L(first+pi), row) if shown == 1 else (L(first+pi), row, L(first+ai), row))
                    s.put(row, first + i, (f, num(F(val) * sc)))
                else: s.put(row, first + i, wr(val))
                continue
            if k == "pct":
                s.put(row, first + i, num(round(float(F(ac - pl, abs(pl) or 1)), 4))); s.h[row, first+i] = "%"; continue
            x = shown * (pl if k == "plan" else ac)
            if kind == "total" and o.get("formulas") and how == "number":
                ps = [rows[q] for q in p]
                if label != netlabel and ps == list(range(ps[0], ps[0] + len(ps))): f = "=SUM(%s%d:%s%d)" % (at, ps[0], at, ps[-1])
                else:
                    f = "="
                    for n_, q in enumerate(p):
                        sg = "-" if positive and q in expnames and label == netlabel else "+"
                        f += ("" if n_ == 0 and sg == "+" else sg) + "%s%d" % (at, rows[q])
                s.put(row, first + i, (f, num(F(x) * sc)))
            else: s.put(row, first + i, wr(x))
        if o.get("comments"): s.put(row, first + len(cols), r.choice(["Timing of drugs spend", "Vacancies", "ERF lower than planned by 3%", "See appendix 2", ""]))
        row += 1
    if o.get("comments"): s.put(hr + (1 if two else 0), first + len(cols), "Comments")
    for i, note in enumerate(o.get("notes", [])): s.put(row + 1 + i, left, note)
    s.end = row + 2 + len(o.get("notes", []))
    return s, want, bases

def orgs_sheet(r, title, o):
    sc = SCALE[o["unit"]]; ut = r.choice(UT[o["unit"]])
    s = Sh(title)
    bodies = {b: [r.randint(-9000, 9000) for _ in range(4)] for b in o.get("bodies", ("UHL", "LPT", "ICB"))}
    tot = [sum(v[i] for v in bodies.values()) for i in range(4)]
    heads = o["heads"]
    s.put(1, 1, "Organisation positions, " + ut)
    allrows = list(bodies.items()) + [(o.get("total", "System total"), tot)]
    kinds = [0, 1, 2, 3]
    if o.get("kind") == "across":      # organisations across the columns
        s.row(3, 2, [n for n, _ in allrows])
        for i in kinds:
            s.put(4 + i, 1, heads[i])
            for j, (n, v) in enumerate(allrows): s.put(4 + i, 2 + j, num(F(v[i]) * sc))
    else:
        s.put(3, 1, "Organisation"); s.row(3, 2, heads)
        for j, (n, v) in enumerate(allrows): s.row(4 + j, 1, [n] + [num(F(x) * sc) for x in v])
    bodies["total"] = tot
    return s, bodies

def register(r, title, o):
    sc = SCALE[o["unit"]]; ut = r.choice(UT[o["unit"]])
    items = []
    for n in range(r.randint(3, 7)): items.append(["risk", "R%d" % (n+1), r.choice(["UHL", "LPT", "ICB"]), r.randint(5, 200) * 100, F(r.choice([5, 10, 25, 40, 50, 60, 75, 90]), 100)])
    for n in range(r.randint(1, 4)): items.append(["mitigation", "M%d" % (n+1), r.choice(["UHL", "LPT", "ICB"]), r.randint(5, 100) * 100, F(r.choice([20, 25, 50, 80]), 100)])
    words = {"High": F(3, 4), "Medium": F(1, 2), "Low": F(1, 4)}
    if o["like"].startswith("word"):
        for it in items: it[4] = words[r.choice(list(words))]
    def chance(p):
        return {"pct": ("%", float(p)), "frac": (None, float(p)), "text": (None, "%d%%" % (p * 100)), "num": (None, int(p * 100)),
                "word": (None, [k for k, v in words.items() if v == p][0] if o["like"].startswith("word") else ""),
                "wordpct": (None, ["%s (%d%%)" % (k, v * 100) for k, v in words.items() if v == p][0] if o["like"].startswith("word") else "")}[o["like"] if o["like"] != "wordkey" else "word"]
    s = Sh(title)
    g = lambda it: -it[3] if o.get("mit_negative") and it[0] == "mitigation" else it[3]
    hd = o.get("heads", ["Ref", "Risk / opportunity", "Organisation", "Gross " + ut, "Likelihood", "Risk adjusted " + ut])
    s.put(1, 1, o.get("title", "Risks and mitigations") + ", " + ut)
    row = 3
    def line(row, it, with_kind):
        sign = 1
        vals = [it[1], "%s of demand %s" % (it[0], it[1]), it[2], num(F(g(it)) * sc), None, num(F(g(it)) * it[4] * sc)]
        for i, v in enumerate(vals): s.put(row, 1 + i, v)
        h, v = chance(it[4]); s.put(row, 5, v)
        if h: s.h[row, 5] = h
        if with_kind: s.put(row, 7, it[0].capitalize())
    kind = o["kind"]
    if kind == "one":
        s.row(row, 1, hd + ["Risk/Mitigation"])
        for it in items: row += 1; line(row, it, True)
        if o.get("total"): row += 1; s.put(row, 2, "Net total"); s.put(row, 6, num(sum((1 if i[0]=="risk" else -1)*F(i[3])*i[4] for i in items) * sc))
    elif kind == "sections":
        s.row(row, 1, hd); row += 1
        for k, name in (("risk", "Risks"), ("mitigation", "Mitigations")):
            s.put(row, 1, name); row += 1
            mine = [i for i in items if i[0] == k]
            for it in mine: line(row, it, False); row += 1
            s.put(row, 2, "Total " + name.lower()); s.put(row, 4, num(sum(F(g(i)) for i in mine) * sc)); s.put(row, 6, num(sum(F(g(i)) * i[4] for i in mine) * sc)); row += 1
            if o.get("blank"): row += 1
        s.put(row, 2, "Net risk"); s.put(row, 6, num(sum((1 if i[0]=="risk" else -1)*F(i[3])*i[4] for i in items) * sc))
    elif kind == "same_row":   # mitigation in the same row as its risk
        s.row(row, 1, ["Ref", "Risk", "Owner", "Gross risk " + ut, "Likelihood", "Adjusted risk " + ut, "Mitigation", "Mitigation value " + ut, "Likelihood of mitigation", "Adjusted mitigation " + ut, "Net risk " + ut])
        risks = [i for i in items if i[0] == "risk"]; mits = [i for i in items if i[0] == "mitigation"][:len([i for i in items if i[0] == "risk"])]
        items = risks + mits
        for n, it in enumerate(risks):
            row += 1; line(row, it, False)
            m = mits[n] if n < len(mits) else None
            if m:
                s.row(row, 7, ["action " + m[1], num(F(m[3]) * sc), None, num(F(m[3]) * m[4] * sc)]); h, v = chance(m[4]); s.put(row, 9, v)
                if h: s.h[row, 9] = h
            s.put(row, 11, num((F(it[3]) * it[4] - (F(m[3]) * m[4] if m else 0)) * sc))
        for n, m in enumerate(mits): m[1] = None; m[2] = risks[n][2]
    if o["like"] == "wordkey":
        row += 3; s.row(row, 1, ["Likelihood key"]); 
        for k, v in words.items(): row += 1; s.row(row, 1, [k, "%d%%" % (v * 100)])
    return s, items

def ask(cmd, path, *more):
    p = subprocess.run([TOOL, cmd, "--json", *more, path], capture_output=True, text=True, timeout=60)
    return (json.loads(p.stdout) if p.stdout.strip().startswith("{") else None), p.stderr, p.returncode

KEY = {"month": ("in_month", "budget", "actual"), "ytd": ("to_date", "budget", "actual"), "year": ("full_year", "plan", "forecast")}
def check_statement(pr, said, want, bases):
    main = "ytd" if "ytd" in bases else "month" if "month" in bases else "year"
    got = {l["line"].strip(): l for l in said["lines"]}
    for x in set(got) - set(want): pr.append("EXTRA line %r" % x)
    for lab, v in want.items():
        l = got.get(lab)
        if l is None: pr.append("MISSING line %r" % lab); continue
        for b in bases:
            part = l.get(KEY[b][0]) or {}
            for k, w in ((KEY[b][1], v[b][0]), (KEY[b][2], v[b][1])):
                if part.get(k) is None or F(part[k]) != w * 1000: pr.append("%s %s %s: %s want %s" % (lab, b, k, part.get(k), w * 1000))
def check_orgs(pr, said, bodies, total=True):
    got = {o["organisation"]: o for o in said["organisations"] if not o["total"]}
    tots = [o for o in said["organisations"] if o["total"]]
    if len(tots) != 1: pr.append("org totals %d" % len(tots)); return
    got["total"] = tots[0]
    for n, v in bodies.items():
        for k, w in zip(("plan", "actual", "full_year_plan", "forecast"), v):
            if n not in got or got[n][k] is None or F(got[n][k]) != w * 1000: pr.append("org %s %s: %s want %s" % (n, k, got.get(n, {}).get(k), w*1000))
    for x in set(got) - set(bodies): pr.append("EXTRA org %s" % x)
def check_register(pr, said, items):
    reg = said.get("register")
    if not reg: pr.append("NO register"); return
    a = sorted((i["kind"], i["reference"] if True else "", i["organisation"], F(i["gross"]), F(i["likelihood"])) for i in reg["items"])
    b = sorted((i[0], i[1] if i[1] else "", i[2], F(i[3] * 1000), i[4]) for i in items)
    if any(i[1] is None for i in items):
        a = sorted((x[0], x[2], x[3], x[4]) for x in a); b = sorted((x[0], x[2], x[3], x[4]) for x in b)
    for x in b:
        if x not in a: pr.append("MISSING item %s" % (x,))
    for x in a:
        if x not in b: pr.append("EXTRA item %s" % (x,))

def opt(**k): 
    d = dict(style="llr", unit="£000", bases=("ytd",), form="plain", where="title"); d.update(k); return d
NOTES = ["Note 1: income is shown positive.", "Source: ledger as at 5 September 2022", "Variances over £250k are explained on page 4"]
STATEMENTS = [
 opt(bases=("month", "ytd", "year"), merge=True, where="row", var_formula=True, formulas=True),
 opt(bases=("ytd", "month"), form="cum", two=False, where="heading", unit="£m"),
 opt(style="trust", positive=True, formulas=True, where="title", net="Surplus/(Deficit) for the period", var_formula=True),
 opt(style="trust", positive=True, formulas=False, net="Net surplus / (deficit)", words=("Budget", "Actual", "Var")),
 opt(style="pay", bases=("month", "ytd"), form="m", two=False, where="title", unit="£"),
 opt(style="pay", bases=("ytd", "year"), form="mx", two=True, where="heading", repeat=True, unit="£m", gap=True),
 opt(style="icb", bases=("year", "ytd", "month"), form="long", merge=True, gap=True, order=["plan", "actual", "variance", "pct"]),
 opt(style="icb", total_on_top=True, formulas=True, sections=False, totals=("Income total", "Expenditure total")),
 opt(style="llr", refs="num", comments=True, form="long", notes=NOTES),
 opt(style="trust", refs="code", comments=True, form="todate", bases=("month", "ytd", "year"), label_head="Description"),
 opt(style="pay", spaced=True, sections=True, indent="    ", formulas=True, notes=NOTES, top=3, left=3),
 opt(style="pay", how="bracket", sections=True, form="long", words=("Budget", "Actual", "Variance fav/(adv)")),
 opt(style="trust", how="hyphen", no_subtotals=True, form="plain", two=False, flip=True),
 opt(style="llr", words=("Bud", "Act", "Var"), form="plain", where="heading"),
 opt(style="icb", words=("Bud", "Act", "Var"), form="plain", two=False, unit="£m"),
 opt(style="trust", bases=("month", "ytd"), form="date", two=True, merge=True, label_head="£'000", where="row"),
 opt(style="pay", bases=("ytd", "year"), words=("Plan", "Actual", "Variance"), fot="Forecast Outturn", form="plain", two=False),
 opt(style="pay", bases=("ytd", "year"), words=("Revised plan", "Actual", "Variance"), fot="FOT", form="long"),
 opt(style="llr", positive=True, formulas=True, order=["actual", "plan", "variance"], form="long", var_formula=True, net="System Surplus/(Deficit)"),
 opt(style="trust", positive=True, spaced=True, sections=True, formulas=True, bases=("month", "ytd", "year"), form="long", merge=True, net="SURPLUS/(DEFICIT)", totals=("TOTAL INCOME", "TOTAL EXPENDITURE")),
 opt(style="pay", totals=("Total operating income", "Total operating expenditure"), net="Retained surplus/(deficit)", notes=NOTES, unit="£"),
 opt(style="llr", order=["plan", "blank", "actual", "blank", "variance"], form="plain"),
 opt(style="icb", bases=("year",), form="plain", two=False, fot="Forecast outturn"),
 opt(style="trust", bases=("month",), form="long", two=True),
]
OH = [["YTD Plan", "YTD Actual", "Annual Plan", "Forecast Outturn"], ["Plan YTD", "Actual YTD", "Plan FY", "FOT"], ["Year to date budget", "Year to date actual", "Full year budget", "Full year forecast"]]
ORGS = [
 dict(unit="£000", heads=OH[0]), dict(unit="£m", heads=OH[1], total="LLR System"), dict(unit="£", heads=OH[2], total="Total"),
 dict(unit="£000", heads=OH[0], kind="across"), dict(unit="£m", heads=OH[1], kind="across", total="Total"), dict(unit="£", heads=OH[2], kind="across", total="System"),
]
def ro(**k):
    d = dict(unit="£000", like="pct", kind="one"); d.update(k); return d
H2 = ["ID", "Description of risk", "Owner", "Value", "Probability", "Weighted value"]
REGS = [ro(), ro(like="text", unit="£m"), ro(like="frac", kind="sections"), ro(like="num", kind="sections", heads=["Ref", "Description", "Organisation", "Gross value", "Likelihood %", "Adjusted value"]),
 ro(like="wordpct", kind="one"), ro(like="word"), ro(like="wordkey"), ro(kind="same_row"), ro(kind="same_row", like="text", unit="£m"), ro(kind="sections", blank=True, unit="£m"),
 ro(mit_negative=True), ro(mit_negative=True, kind="sections"), ro(total=True), ro(heads=H2), ro(heads=["Risk no.", "Risk", "Lead", "Potential impact", "Likelihood of occurring", "Expected value"]),
 ro(heads=["No.", "Issue", "Body", "Worst case", "Prob.", "Most likely"]), ro(kind="sections", like="text", heads=["Reference", "Narrative", "Provider", "Full impact", "% likelihood", "Likely impact"])]
TITLES = ["Table 1", "App A", "M05 summary", "Slide 4", "Finance", "I&E (system)", "1.1 SOCI", "data"]


# ---- small workbooks: rows of one sheet or more, what is asked, and what must be said
def rows_book(path, sheets):
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    for title, rows in sheets.items():
        ws = wb.create_sheet(title)
        for row in rows:
            ws.append(list(row))
    wb.save(path)


LINES = [("Income", 100, 110), ("Expenditure", -90, -95), ("Surplus/(deficit)", 10, 15)]
REGISTER = ["Ref", "Description", "Organisation", "Risk/Mitigation", "Gross £m", "Likelihood"]
RISK = ["R1", "Demand", "UHL", "Risk", 5, 0.5]
MATRIX = [["I&E by organisation, £000, YTD month 5"], [], ["", "UHL", "", "LPT", "", "System", ""],
          ["", "Plan", "Actual", "Plan", "Actual", "Plan", "Actual"], ["Income", 100, 110, 50, 40, 150, 150],
          ["Expenditure", -90, -95, -55, -50, -145, -145], ["Surplus/(deficit)", 10, 15, -5, -10, 5, 5]]
CAPITAL = [["Capital programme, month 5 2022/23, £000"], [],
           ["Scheme", "YTD plan", "YTD actual", "Full year plan", "Forecast outturn"], ["Estates", 900, 700, 2000, 2100],
           ["Digital", 300, 350, 800, 800], ["Total", 1200, 1050, 2800, 2900], [], ["Capital limit £000", 3000]]
DASHBOARD = [["Finance dashboard, month 5 2022/23"], [], ["Measure", "Unit", "Plan", "Actual", "Better when"],
             ["Surplus", "£000", -13600, -13500, "Higher"], ["Liquidity days", "Days", 20, 18, "Higher"],
             ["Paid within 30 days", "%", 95, 91.5, "Higher"], ["Staff in post", "WTE", 1204, 1190.5, "Higher"]]


def at(value, *path):
    for step in path:
        value = value[step]
    return value


READ = [  # name, command, sheets, [(path into the JSON, value)]
    ("bodies across with columns of their own", "position", {"Matrix": MATRIX},
     [(("lines", 0, "actual"), "150000.00"), (("organisations", 0, "organisation"), "UHL"),
      (("organisations", 0, "actual"), "15000.00"), (("organisations", 1, "plan"), "-5000.00"),
      (("organisations", 2, "total"), True), (("organisations", 2, "actual"), "5000.00")]),
    ("capital to date", "position", {"Capital": CAPITAL},
     [(("capital", "plan_to_date"), "1200000.00"), (("capital", "spent"), "1050000.00"), (("capital", "limit"), "3000000.00"),
      (("capital", "forecast"), "2900000.00"), (("capital", "underspend_against_plan"), "150000.00"),
      (("capital", "lines", 1, "spent"), "350000.00"), (("capital", "share_spent"), "0.35"), (("organisations",), [])]),
    ("a dashboard of more than money", "position", {"Dashboard": DASHBOARD},
     [(("dashboard", 0, "actual"), "-13500000.00"), (("dashboard", 1, "plan"), "20"), (("dashboard", 1, "measured_in"), "number"),
      (("dashboard", 2, "actual"), "91.5"), (("dashboard", 2, "measured_in"), "percent"), (("dashboard", 2, "status"), "red"),
      (("dashboard", 3, "actual"), "1190.5")]),
    ("forecasts in a table of their own", "position",
     {"A": [["Positions £000"], ["Organisation", "YTD plan", "YTD actual"], ["UHL", 1, 2], ["LPT", 3, 4]],
      "B": [["Forecasts £000"], ["Organisation", "Full year plan", "Forecast outturn"], ["LPT", 7, 8], ["UHL", 5, 6]]},
     [(("organisations", 0, "actual"), "2000.00"), (("organisations", 0, "forecast"), "6000.00"),
      (("organisations", 1, "forecast"), "8000.00")]),
]
PEOPLE = [["Who to call"], ["Organisation", "Name", "Status", "Total"], ["UHL", "First lead", "Green", 12], ["LPT", "Second lead", "Red", 30], ["CITY CCG", "Third lead", "Amber", 7]]
ACTIONS = [["Open actions £000"], ["Organisation", "RAG", "Value"], ["UHL", "Green", 12], ["UHL", "Green", 30], ["CITY CCG", "Amber", 7]]
COUNTS = [["Number of schemes by RAG"], ["Red", 3], ["Amber", 5], ["Green", 12]]
SIGNED = [["Who signs the control total"], ["Organisation", "Control total lead", "Extension"], ["UHL", "Director", 101], ["LPT", "Deputy", 102]]
CODED = [["£'000 M3 2022/23"], ["Code", "Name", "Plan YTD", "Actual YTD", "Var"], ["RWE", "University Hospitals of Leicester NHS Trust", -700, -3100, -2400], ["RT5", "Leicestershire Partnership NHS Trust", -1200, -1200, 0]]
BODIES3 = [["Position month 3 2022/23, £000"], ["Organisation", "YTD plan", "YTD actual"], ["UHL", -3100, -700], ["LPT", -1200, -1200]]
EFFICIENCIES = [["Efficiency programme month 5 2022/23, £m"], ["Organisation", "Plan YTD", "Actual YTD", "Variance", "Full year plan", "Forecast"],
                ["UHL", 8.0, 6.5, -1.5, 35.0, 33.0], ["LPT", 1.5, 1.6, 0.1, 5.6, 5.6], ["Total", 9.5, 8.1, -1.4, 40.6, 38.6]]
MISSPELT = [["Month 3 2022/23 £000"], ["Organsiation", "YTD Plann", "YTD Acutal", "YTD Varience"], ["UHL", -700, -3100, -2400], ["LPT", -1200, -1200, 0]]
NUMBERED = {"Risks": [["Risks £m"], ["No", "Risk", "Body", "Gross", "Probability %"], [1, "Demand", "UHL", 10, 50]],
            "Mitigations": [["Mitigations £m"], ["No", "Mitigation", "Body", "Gross", "Probability %"], [1, "Reserves", "ICB", 3, 100]]}
AGREED = ["UHL", -10680, -12000, -1320], ["LPT", 2140, 2140, 0]
GROUPED = [["£000, month 3 2022/23"], ["Organisation", "YTD Plan", "YTD Actual", "Variance"], ["UHL", -700, -3100, -2400], ["LPT", -1200, -1200, 0],
           ["Providers", -1900, -4300, -2400], ["ICB", 0, 4100, 4100], ["System", -1900, -200, 1700]]
READ += [
    ("control totals and their forecast", "position",
     {"CT": [["Control totals 2019/20, £000"], [], ["Organisation", "Control total", "Forecast", "Variance"], *AGREED, ["Total", -8540, -9860, -1320]]},
     [(("control_totals", 0, "control_total"), "-10680000.00"), (("control_totals", 0, "gross"), None), (("control_totals", 1, "control_total"), "2140000.00"),
      (("control_totals_system", "control_total"), "-8540000.00"), (("organisations", 0, "forecast"), "-12000000.00"),
      (("organisations", 0, "full_year_plan"), "-10680000.00")]),
    ("control totals under plans", "position",
     {"CT": [["£m"], ["Body", "Plan", "Control", "Difference"], ["", "", "Total", ""], ["UHL", -10, -10.7, 0.7], ["LPT", 2.1, 2.1, 0]]},
     [(("control_totals", 0, "control_total"), "-10700000.00"), (("control_totals", 1, "control_total"), "2100000.00")]),
    ("control totals across, with a heading of their own only", "position",
     {"CT": [["£000"], ["", "UHL", "LPT", "Total"], ["Control total", -10680, 2140, -8540], ["Forecast", -12000, 2140, -9860]]},
     [(("control_totals", 0, "control_total"), "-10680000.00"), (("organisations", 0, "forecast"), "-12000000.00")]),
    ("control totals to date are of no year", "position",
     {"CT": [["£000"], ["Organisation", "YTD control total", "YTD actual", "Variance"], ["UHL", -3100, -700, 2400], ["LPT", -1200, -1200, 0]]},
     [(("control_totals",), []), (("organisations", 0, "plan"), "-3100000.00"), (("organisations", 0, "actual"), "-700000.00")]),
    ("control totals of a group are added once", "position",
     {"CT": [["£000"], ["Organisation", "Control total"], ["UHL", -10680], ["LPT", 2140], ["Providers", -8540], ["CITY CCG", 0], ["WEST CCG", 100], ["CCGs", 100], ["LLR total", -8440]]},
     [(("control_totals_system", "control_total"), "-8440000.00"), (("control_totals", 3, "control_total"), "100000.00")]),
    ("positions of a group are added once", "position", {"S": GROUPED},
     [(("organisations", 0, "actual"), "-3100000.00"), (("organisations", 2, "organisation"), "ICB"), (("organisations", 3, "plan"), "-1900000.00"), (("findings",), [])]),
    ("headings misspelt", "position", {"S": MISSPELT}, [(("organisations", 0, "actual"), "-3100000.00"), (("organisations", 0, "variance"), "-2400000.00")]),
    ("risks and mitigations numbered apart", "risk", NUMBERED, [(("register", "gross_risk"), "10000000.00"), (("findings",), [])]),
]
QUIET = [  # name, command, sheets: no error, no warning
    ("a list of people that are rated", "position", {"Leads": PEOPLE, "P": BODIES3}),
    ("a list of actions worth something", "position", {"Actions": ACTIONS, "P": BODIES3}),
    ("numbers of schemes by rating", "position", {"UHL": COUNTS, "P": BODIES3}),
    ("who signs a control total", "position", {"Notes": SIGNED, "P": BODIES3}),
    ("bodies with their codes and names", "position", {"S": CODED}),
    ("a variance to date beside the year's efficiencies", "position", {"Efficiencies": EFFICIENCIES}),
]
REFUSED = [  # name, command, sheets, rule, cell
    ("words without a key", "risk", {"Risks": [REGISTER, RISK[:5] + ["Likely"]]}, "ratio.malformed", "F2"),
    ("a likelihood beyond all", "risk", {"Risks": [REGISTER, RISK[:5] + [1.2]]}, "register.likelihood", "F2"),
    ("scores", "risk", {"Risks": [REGISTER, RISK[:5] + [4]]}, "register.likelihood", "F2"),
    ("two control totals", "position", {"CT": [["£000"], ["Organisation", "Control total", "Revised control total"], ["UHL", -10680, -9000], ["LPT", 2140, 2000]]},
     "table.ambiguous_column", "C2"),
    ("control totals without a unit", "position", {"CT": [["Control totals"], ["Organisation", "Control total", "Forecast"], ["UHL", -10680, -9000], ["LPT", 2140, 2000]]},
     "table.no_unit", "B2"),
    ("a negative risk", "risk", {"Risks": [REGISTER, RISK[:4] + [-5, 0.5]]}, "register.negative", "E2"),
    ("mitigations of both signs", "risk",
     {"Risks": [REGISTER, RISK, ["M1", "a", "UHL", "Mitigation", 2, 0.5], ["M2", "b", "UHL", "Mitigation", -2, 0.5]]},
     "register.negative", "E4"),
    ("neither risk nor mitigation", "risk", {"Risks": [REGISTER, RISK[:3] + ["Issue", 5, 0.5]]}, "register.kind_unknown", "D2"),
    ("mitigations without likelihood", "risk",
     {"Risks": [REGISTER[:3] + REGISTER[4:] + ["Mitigation value £m"], ["R1", "Demand", "UHL", 5, 0.5, 2]]},
     "register.no_likelihood", "F2"),
    ("amounts among texts", "risk",
     {"Risks": [REGISTER[:3] + REGISTER[4:] + ["Mitigation £m"], ["R1", "Demand", "UHL", 5, 0.5, 2]]},
     "register.mitigation_column", "F2"),
    ("a row of a dashboard that says nothing", "position",
     {"Dashboard": [["Measure", "Plan", "Actual"], ["Grip", 3, 4]]}, "dashboard.no_unit", "B2"),
    ("months unsaid", "position", {"Position": [["Position £000"], ["Line", "Plan", "Actual"]] + LINES},
     "position.no_months", "A1"),
    ("an error in a cell", "position",
     {"Position": [["Position £000"], ["Line", "YTD plan", "YTD actual"], ("Income", 100, "#REF!")] + LINES[1:]},
     "cell.error", "C3"),
    ("words for a figure", "position",
     {"Position": [["Position £000"], ["Line", "YTD plan", "YTD actual"], ("Income", 100, "to follow")] + LINES[1:]},
     "cell.text", "C3"),
    ("no unit", "position", {"Position": [["Position"], ["Line", "YTD plan", "YTD actual"]] + LINES}, "table.no_unit", "B2"),
    ("two months of bodies", "position",
     {"A": [["Positions £000"], ["Organisation", "YTD plan", "YTD actual"], ["UHL", 1, 2], ["LPT", 3, 4]],
      "B": [["Positions £000"], ["Organisation", "YTD plan", "YTD actual"], ["UHL", 1, 9], ["LPT", 3, 4]]},
     "report.two_organisations", "C3"),
    ("capital that does not add up", "position", {"Capital": CAPITAL[:5] + [["Total", 1200, 1500, 2800, 2900]]},
     "capital.total", "C6"),
]


def check_small(folder):
    wrong = 0
    path = os.path.join(folder, "small.xlsx")
    for name, command, sheets, want in READ:
        rows_book(path, sheets)
        said, talk, _ = ask(command, path)
        for where, value in want:
            try:
                got = at(said, *where)
            except (KeyError, IndexError, TypeError) as e:
                got = repr(e)
            if got != value:
                wrong += 1
                print("%s: %s is %r, expected %r\n%s" % (name, where, got, value, talk))
    for name, command, sheets in QUIET:
        rows_book(path, sheets)
        said, talk, _ = ask(command, path)
        if said is None or any(f["severity"] != "note" for f in said["findings"]):
            wrong += 1
            print("%s: not without a word\n%s" % (name, talk))
    for name, command, sheets, rule, cell in REFUSED:
        rows_book(path, sheets)
        said, talk, _ = ask(command, path)
        told = "[%s]" % rule in talk and "'!%s" % cell in talk
        if not told:
            wrong += 1
            print("%s: %s at %s is not told\n%s" % (name, rule, cell, talk))
    return wrong


def main():
    bad = 0
    cases = [("s%d" % i, o, None, None) for i, o in enumerate(STATEMENTS)]
    cases += [("o%d" % i, None, o, None) for i, o in enumerate(ORGS)]
    cases += [("r%d" % i, None, None, o) for i, o in enumerate(REGS)]
    cases += [("x%d" % i, STATEMENTS[(i * 5 + 1) % len(STATEMENTS)], ORGS[i % len(ORGS)], REGS[(i * 3) % len(REGS)])
              for i in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        bad += check_small(folder)
        for name, so, oo, rg in cases:
            bad += check_case(folder, name, so, oo, rg)
    print(len(cases) + len(READ) + len(REFUSED), "workbooks,", bad, "differ")
    return 1 if bad else 0


def check_case(folder, name, so, oo, rg):
    r = random.Random(name)
    sheets, pr, talk = [], [], ""
    if name[0] == "x":
        cover = Sh("Cover")
        cover.put(2, 2, "Finance report month 5 2022/23")
        cover.row(5, 2, [1, "Position"])
        cover.row(6, 2, [2, "Risks"])
        sheets.append(cover)
    if so:
        s, want, bases = statement(r, r.choice(TITLES), so)
        sheets.append(s)
    if oo:
        s, bodies = orgs_sheet(r, r.choice(["Orgs", "By organisation", "Table 2"]), oo)
        sheets.append(s)
    if rg:
        s, items = register(r, r.choice(["Risk log", "R&O", "Table 3", "Risks and opps"]), rg)
        sheets.append(s)
    path = os.path.join(folder, name + ".xlsx")
    save(path, sheets)
    if so or oo:
        said, told, _ = ask("position", path)
        talk += told
        if said is None:
            pr.append("position gives no JSON")
        else:
            if so:
                check_statement(pr, said, want, bases)
            if oo:
                check_orgs(pr, said, bodies)
    if rg:
        said, told, _ = ask("risk", path)
        talk += told
        if rg["like"] == "word":  # no key says what they stand for
            if told.count("[ratio.malformed]") != len(items):
                pr.append("words for likelihoods are not refused one by one")
        elif said is None:
            pr.append("risk gives no JSON")
        else:
            check_register(pr, said, items)
    if pr:
        print(name, "differs:", *pr[:5], sep="\n    ")
        print(*talk.splitlines()[:6], sep="\n    ")
    return 1 if pr else 0


if __name__ == "__main__":
    sys.exit(main())
