#!/usr/bin/env python3
"""The statement as a page through the year: what is told in which month, in 100 columns, and the same as JSON.

usage: share_page.py RISKSHARE FIXTURES SHARED

Figures by hand: variances of -2,000, -100 and 300 with 200 of UHL's own efficiency not delivered leave -1,600 to share,
50/13/37. Standard library only.
"""
import os, sys, tempfile, unicodedata
from share_files import run, share, workbook

TOOL, FIXTURES, SHARED = sys.argv[1:4]
AGREED = os.path.join(FIXTURES, "agreements", "llr-2022-23.toml")
AMENDED = os.path.join(FIXTURES, "agreements", "llr-2022-23-amended.toml")
folder = tempfile.mkdtemp()


def positions(name, uhl=-2000, months=(3, 4, 9, 10, 11, 12), slippage=None):
    sheets = []
    for m in months:
        rows = [[f"Month {m} position, £000"], [], ["Line", "UHL", "LPT", "ICB", "System"],
                ["Year-to-date plan", 0, 0, 0], ["Year-to-date actual", uhl, -100, 300],
                ["Cash-releasing efficiency: plan to date", 500, 0, 0],
                ["Cash-releasing efficiency: delivered to date", 300, 0, 0],
                ["SDF gap closure shortfall", 40, 0, 0],
                ["Full-year plan", 0, 0, 0], ["Forecast outturn", -6000, -300, 900]]
        if slippage:
            rows.append(["Slippage on developments", slippage, 0, 0])
        sheets.append((f"Position M{m}", rows))
    path = os.path.join(folder, name)
    workbook(path, sheets)
    return path


def width(line):
    return sum(0 if unicodedata.combining(c) else 1 for c in line)


def page(book, month, *more, agreement=AGREED, status=0):
    got, out, err = run(TOOL, "share", book, "--agreement", agreement, "--month", str(month), *more)
    assert got == status, (got, err)
    for line in out.splitlines():
        assert width(line) <= 100, line
    return " ".join(out.split()), err


def told(text, *phrases):
    """Each phrase, in this order."""
    at = 0
    for phrase in phrases:
        found = text.find(phrase, at)
        assert found >= 0, f"\"{phrase}\" is not told, or too early, in: {text}"
        at = found


year = positions("year.xlsx")
m3, _ = page(year, 3)
told(m3, "M3 2022/23 (June 2022), year to date", "NOT APPLIED: sharing starts in M4; the figures are notional",
     "Received/(paid), notional", "The first statement that is applied is that of M4.")
assert "Agreed by" not in m3 and "Recommendation for the year end:" not in m3

m4, _ = page(year, 4)
told(m4, "APPLIED: monthly statement", "a Plan", "b Actual (2,000,000.00) (100,000.00) 300,000.00 (1,800,000.00)",
     "c Variance to plan, b − a (2,000,000.00) (100,000.00) 300,000.00 (1,800,000.00)",
     "d Kept: efficiency not delivered (200,000.00) - - (200,000.00)",
     "e To be shared, c − d (1,800,000.00) (100,000.00) 300,000.00 (1,600,000.00)", "Agreed share 50% 13% 37% 100%",
     "f Share of the pool (800,000.00) (208,000.00) (592,000.00) (1,600,000.00)",
     "g Received/(paid), f − e 1,000,000.00 (108,000.00) (892,000.00) -",
     "h Position after sharing, d + f (1,000,000.00) (208,000.00) (592,000.00) (1,800,000.00)",
     "Agreed forecast: received/(paid) 3,200,000.00 (376,000.00) (2,824,000.00) -",
     "Transfers add up to £0: holds", "Positions after sharing add up to £(1,800,000), as the variances do: holds",
     "SDF gap closure: shortfall £40,000", "Movement since M3 2022/23 (not applied, notional)",
     "The next statement is that of M5.", "Agreed by the chief finance officers",
     "University Hospitals of Leicester NHS Trust (UHL) ____", "Integrated Care Board (ICB) ____", "How each figure comes about",
     "UHL, variance: actual £(2,000,000) less plan £0 ['Position M4'!B5, 'Position M4'!B4]",
     "UHL, excluded: least of the shortfall £200,000 (target £500,000 less delivered £300,000), the annual amount "
     "£21,100,000 and the deficit declared £2,000,000 [slides, Details, exceptions; 'Position M4'!B6, 'Position M4'!B7, "
     "line 43]", "UHL, allocated: 50% of £(1,600,000) [F2, 10; line 26]")

m9, _ = page(year, 9)
told(m9, "APPLIED: year-end recommendation",
     "Recommendation for the year end: UHL £3,200,000, LPT £(376,000), ICB £(2,824,000).")
told(page(year, 9, "--basis", "forecast")[0], "forecast for the year", "b Forecast",
     "Recommendation for the year end: UHL £3,200,000")
assert "for the year end:" not in page(year, 10)[0]

alone, _ = page(year, 11, "--consents", "UHL,ICB")
told(alone, "the update lacks the consent of LPT: the earlier recommendation stands")
together, _ = page(year, 11, "--consents", "UHL,LPT,ICB")
told(together, "Updated recommendation for the year end: UHL £3,200,000, LPT £(376,000), ICB £(2,824,000).")
_, err = page(year, 11, "--consents", "UHL,LPT,ICB,EMAS", status=1)
told(err, "EMAS, which is not a party to LLR-2022/23")
told(page(year, 12)[0], "APPLIED: year end", "The year is closed; the agreement is for 2022/23 only.")

rejected, _ = page(year, 10, agreement=AMENDED)
told(rejected, "version 2: shares follow the revised plan", "Agreed share 48% 14% 38% 100%",
     "SDF gap closure: shortfall £40,000; own shares REJECTED, ICB missing: the agreed shares apply",
     "Proposed from M10 and REJECTED for want of LPT: no net surplus is shared.")

# UHL restates -1,500 as -2,000: 300 more of the deficit is the others' to share.
restated, _ = page(year, 4, "--since", positions("before.xlsx", uhl=-1500))
told(restated, "Restated: later less earlier report of M4", "UHL, earlier (1,500,000.00)", "UHL, later (2,000,000.00)",
     "difference (500,000.00) - (250,000.00) 250,000.00 (250,000.00)", "Both reports are kept.",
     "UHL: actual £(1,500,000) less plan £0 [before.xlsx 'Position M4'!B5, before.xlsx 'Position M4'!B4]; now actual "
     "£(2,000,000) less plan £0 [year.xlsx 'Position M4'!B5, year.xlsx 'Position M4'!B4]")

slipped, err = page(positions("slipped.xlsx", slippage=1000), 4)
told(slipped, "Slippage to be passed back", "UHL, Slippage on developments: surplus expected £1,000,000, reported "
     "£(2,000,000), to explain £3,000,000.")

# The contract's fields, by name and kind.
_, said, _ = share(TOOL, year, "--agreement", AGREED, "--month", "4")
assert (said["schema"], said["unit"]) == ("riskshare.statement/1", "GBP")
assert (said["agreement"], said["version"], said["year"], said["month"], said["basis"], said["status"]) == (
    "LLR-2022/23", 1, "2022/23", 4, "ytd", "applied")
assert (said["pool"], said["unallocated"], said["held_for_joint_investment"]) == ("-1600000.00", "0.00", "0.00")
assert list(said["parties"][0].items())[:10] == [
    ("organisation", "UHL"), ("plan", "0.00"), ("actual", "-2000000.00"), ("variance", "-2000000.00"),
    ("excluded", "-200000.00"), ("shareable", "-1800000.00"), ("share", "0.5"), ("allocated", "-800000.00"),
    ("transfer", "1000000.00"), ("final", "-1000000.00")], said["parties"][0]
workings = {(w["organisation"], w["figure"]) for w in said["workings"]}
assert workings >= {(p, f) for p in ("UHL", "LPT", "ICB")
                    for f in ("variance", "excluded", "shareable", "allocated", "transfer", "final")}, workings

emas = os.path.join(SHARED, "workbooks", "emas-handover-share-2022-23.xlsx")
if os.path.exists(emas):
    status, said, _ = share(TOOL, emas)
    # £6m by 12,600, 3,365, 4,347, 4,008 and 1,880 of 26,200 hours.
    assert status == 0 and [s["borne"] for s in said["systems"]] == [
        "-2885496.18", "-770610.69", "-995496.18", "-917862.60", "-430534.35"], said
else:
    print("skipped: the ambulance sample is not there")
print("the page is told as it should be in every month, within 100 columns")
