#!/usr/bin/env python3
"""Agreements and positions that are wrong: each fault is found with its place, and nothing is computed.

usage: share_bad_input.py RISKSHARE

Standard library only.
"""
import json, os, sys, tempfile
from share_files import run, workbook, written

TOOL = sys.argv[1]
THREE = ["UHL", "LPT", "ICB"]
GOOD = ('name = "LLR"\nyear = "2022/23"\nparties = ["UHL", "LPT", "ICB"]\n[timetable]\nsharing_starts = 4\n'
        '[shares]\nUHL = "50%"\nLPT = "13%"\nICB = "37%"\n')
ALL_CONSENT = 'consents = ["UHL", "LPT", "ICB"]\n'
PLAN, ACTUAL = "Year-to-date plan", "Year-to-date actual"


def sheet(parties=THREE, plan=(0, 0, 0), actual=(-1000, 0, 0), title="Month 5 position, £000", more=()):
    return [[title], [], ["Line"] + list(parties), [PLAN] + list(plan), [ACTUAL] + list(actual)] + [list(m) for m in more]


def by_row(*rows):
    return [["Month 5 position, £000"], [], ["Organisation", PLAN, ACTUAL]] + [list(r) for r in rows]


def terms(shares=(0.5, 0.13, 0.37), parties=THREE, title="Risk share agreement 2022/23", starts=4, more=(),
          schemes=()):
    rows = [[title], [], ["Term"] + list(parties), ["Agreed share"] + list(shares)]
    rows += [list(m) for m in more] + [[], ["Sharing starts in month", starts], []]
    if schemes:
        rows += [["Shared scheme", "Amount £000"] + list(parties) + ["Agreed by"]] + [list(s) for s in schemes]
    return rows


# name, position sheet, agreement (TOML, or rows of an Agreement sheet), month, exit status, rule, place
TRIALS = [
    ("good", sheet(), GOOD, "5", 0, None, None),
    ("good, from a sheet", sheet(), terms(), "5", 0, None, None),
    # positions
    ("a party is missing", sheet(THREE[:2], (0, 0), (-1, 0)), GOOD, "5", 1, "statement.missing_party", "B3"),
    ("two columns of one party", sheet(["UHL", "LPT", "LPT", "ICB"], (0,) * 4, (-1,) * 4), GOOD, "5", 1,
     "statement.duplicate_organisation", "D3"),
    ("two rows of one party", by_row(["UHL", 0, -1], ["LPT", 0, 0], ["UHL", 0, -1], ["ICB", 0, 0]), GOOD, "5", 1,
     "statement.duplicate_organisation", "A6"),
    ("a stranger's row", by_row(["UHL", 0, -1], ["LPT", 0, 0], ["ICB", 0, 0], ["NUH", 0, -5]), GOOD, "5", 1,
     "statement.not_a_party", "A7"),
    ("a stranger's column", sheet(THREE + ["NUH"], (0,) * 4, (-1,) * 4), GOOD, "5", 1, "statement.not_a_party", "E3"),
    ("a name that only resembles a party's", sheet(["University Hospitals of Leicester HNS Trust", "LPT", "ICB"]), GOOD,
     "5", 1, "organisation.resembles", "B3"),
    ("a blank", sheet(actual=(-1000, None, 0)), GOOD, "5", 1, "statement.blank", None),
    ("n/a for a figure", sheet(actual=(-1000, "n/a", 0)), GOOD, "5", 1, None, "C5"),
    ("a word for a figure", sheet(actual=(-1000, "see note", 0)), GOOD, "5", 1, None, "C5"),
    ("a letter in a figure", sheet(actual=(-1000, "1O0", 0)), GOOD, "5", 1, None, "C5"),
    ("no unit", sheet(title="Month 5 position"), GOOD, "5", 1, "table.no_unit", "A4"),
    ("two units", sheet(title="Month 5 position, £000 and £m"), GOOD, "5", 1, "table.ambiguous_unit", "A4"),
    ("the same line twice", sheet(more=[["Actual to date", -1, -1, -1]]), GOOD, "5", 1, "share.duplicate_line", "A6"),
    ("finer than a penny", sheet(actual=(0.000001, 0, 0)), GOOD, "5", 1, "money.finer_than_a_penny", "B5"),
    ("a month that the workbook lacks", sheet(), GOOD, "6", 1, "share.no_month", None),
    ("a month outside the year", sheet(), GOOD, "13", 2, None, None),
    ("month nought", sheet(), GOOD, "0", 2, None, None),
    ("another month in the title", sheet(title="Month 6 position, £000"), GOOD, "5", 1, "share.two_months", "A1"),
    ("a negative target", sheet(more=[["Cash-releasing efficiency plan", -1, 0, 0],
                                      ["Cash-releasing efficiency delivered", 0, 0, 0]]),
     GOOD + "[exclusions]\nUHL = 100\n", "5", 1, "statement.negative", "B6"),
    ("a target without delivery", sheet(more=[["Cash-releasing efficiency plan", 1, 1, 1]]),
     GOOD + "[exclusions]\nUHL = 100\n", "5", 1, "statement.blank", None),
    ("a negative shortfall", sheet(more=[["SDF shortfall", -1, 0, 0]]), GOOD + '[[scheme]]\nname = "SDF"\n', "5", 1,
     "statement.negative", "B6"),
    ("a negative mitigation", sheet(more=[["Own mitigation", -1, 0, 0]]), GOOD, "5", 1, "statement.negative", "B6"),
    ("finer than the rounding unit", sheet(actual=(-1000.5, 0, 0)), 'rounding_unit = "£000"\n' + GOOD, "5", 1,
     "statement.finer_than_rounding_unit", "B5"),
    # agreements
    ("shares that add to 99", sheet(), GOOD.replace("37%", "36%"), "5", 1, "agreement.shares_do_not_add", "line 6"),
    ("a negative share", sheet(), GOOD.replace("13%", "-13%").replace("37%", "63%"), "5", 1,
     "agreement.negative_share", "line 8"),
    ("no weight at all", sheet(), GOOD.replace("50%", "0%").replace("13%", "0%").replace("37%", "0%"), "5", 1,
     "agreement.no_weight", "line 6"),
    ("a share for a stranger", sheet(), GOOD + 'NUH = "0%"\n', "5", 1, "agreement.unknown_party", "line 10"),
    ("a party without a share", sheet(), GOOD.replace('ICB = "37%"\n', "").replace("50%", "87%"), "5", 1,
     "agreement.missing_share", "line 6"),
    ("a party twice", sheet(), GOOD.replace('"LPT", "ICB"]', '"LPT", "LPT", "ICB"]'), "5", 1,
     "agreement.duplicate_party", "line 3"),
    ("no parties", sheet(), GOOD.replace('parties = ["UHL", "LPT", "ICB"]\n', ""), "5", 1, "agreement.parties", None),
    ("no shares", sheet(), GOOD[:GOOD.index("[shares]")], "5", 1, "agreement.missing_share", None),
    ("no name", sheet(), GOOD.replace('name = "LLR"\n', ""), "5", 1, "agreement.name", None),
    ("no year", sheet(), GOOD.replace('year = "2022/23"\n', ""), "5", 1, "agreement.key", None),
    ("no start", sheet(), GOOD.replace("[timetable]\nsharing_starts = 4\n", ""), "5", 1, "agreement.key", None),
    ("an empty timetable", sheet(), GOOD.replace("sharing_starts = 4\n", ""), "5", 1, "agreement.key", "line 4"),
    ("a year that is none", sheet(), GOOD.replace("2022/23", "2022/24"), "5", 1, "agreement.key", "line 2"),
    ("a misspelt key", sheet(), GOOD.replace("sharing_starts", "sharing_start"), "5", 1, "agreement.unknown_key",
     "line 5"),
    ("a binary fraction", sheet(), GOOD.replace('"50%"', "0.5"), "5", 1, "agreement.key", "line 7"),
    ("a consent by a stranger", sheet(), GOOD + '[[amendment]]\nwhat = "x"\nfrom_month = 6\n'
     'consents = ["UHL", "LPT", "ICB", "EMAS"]\nsharing = false\n', "5", 1, "agreement.consent_by_stranger", "line 13"),
    ("an amendment outside the year", sheet(), GOOD + '[[amendment]]\nwhat = "x"\nfrom_month = 13\n' + ALL_CONSENT, "5",
     1, "agreement.month_outside_year", "line 12"),
    ("an amendment without a month", sheet(), GOOD + '[[amendment]]\nwhat = "x"\n' + ALL_CONSENT, "5", 1,
     "agreement.key", "line 10"),
    ("an amendment that changes nothing", sheet(), GOOD + '[[amendment]]\nwhat = "x"\nfrom_month = 6\n' + ALL_CONSENT,
     "5", 1, "agreement.key", "line 10"),
    ("shares of a rejected amendment that add to 99", sheet(), GOOD + '[[amendment]]\nwhat = "x"\nfrom_month = 6\n'
     'consents = []\nshares = { UHL = "50%", LPT = "13%", ICB = "36%" }\n', "5", 1, "agreement.shares_do_not_add",
     "line 14"),
    ("a rule of consent by strangers", sheet(), GOOD + '[consent]\nrule = "named"\nparties = ["NUH"]\n', "5", 1,
     "agreement.unknown_party", "line 10"),
    ("a rule of consent by nobody", sheet(), GOOD + '[consent]\nrule = "named"\n', "5", 1, "agreement.consent_rule",
     "line 10"),
    ("a rule of consent that there is not", sheet(), GOOD + '[consent]\nrule = "most"\n', "5", 1, "agreement.key",
     "line 11"),
    ("a recommendation before sharing starts", sheet(), GOOD.replace("= 4\n", "= 4\nrecommendation = 3\n"), "5", 1,
     "agreement.timetable", None),
    ("a negative dead-band", sheet(), GOOD + "[policy]\ndead_band = -1\n", "5", 1, "agreement.dead_band", None),
    ("a negative annual amount", sheet(), GOOD + "[exclusions]\nUHL = -1\n", "5", 1, "agreement.negative_exclusion",
     "line 11"),
    ("limits that cross", sheet(), GOOD + "[limits]\nUHL = { at_least = 5, at_most = 4 }\n", "5", 1,
     "agreement.limits", "line 11"),
    ("a scheme twice", sheet(), GOOD + '[[scheme]]\nname = "A"\n[[scheme]]\nname = "A"\n', "5", 1,
     "agreement.duplicate_scheme", "line 12"),
    ("shares from a month twice", sheet(), GOOD + '[[shares_from]]\nmonth = 6\nkind = "equal"\n[[shares_from]]\n'
     'month = 6\nUHL = "100%"\nLPT = "0%"\nICB = "0%"\n', "5", 1, "agreement.duplicate_period", "line 13"),
    ("a pass-back by a stranger", sheet(), GOOD + '[[pass_back]]\norganisation = "NUH"\nwhat = "x"\n', "5", 1,
     "agreement.unknown_party", "line 10"),
    ("a zero rounding unit", sheet(), 'rounding_unit = "£0"\n' + GOOD, "5", 1, "agreement.rounding_unit", None),
    ("no TOML", sheet(), GOOD + "= 1\n", "5", 3, "agreement.malformed", "line 10"),
    ("a text that does not end", sheet(), GOOD.replace('"LLR"', '"LLR'), "5", 3, "agreement.malformed", "line 1"),
    ("a key twice", sheet(), GOOD + 'UHL = "50%"\n', "5", 3, "agreement.malformed", "line 10"),
    ("bytes that are no text", sheet(), b"name = \"\xff\xfe\"\n", "5", 3, "agreement.malformed", "line 1"),
    ("an empty file", sheet(), "", "5", 1, "agreement.key", None),
    # agreements in sheets
    ("a sheet's shares add to 99", sheet(), terms((0.5, 0.13, 0.36)), "5", 1, "agreement.shares_do_not_add", "A4"),
    ("a sheet's percentages add to 99", sheet(), terms((50, 13, 36)), "5", 1, "agreement.shares_do_not_add", "A4"),
    ("a share that is a word", sheet(), terms((0.5, "tbc", 0.37)), "5", 1, "agreement.share", "C4"),
    ("a blank share", sheet(), terms((0.5, None, 0.5)), "5", 1, "agreement.missing_share", "A4"),
    ("a negative share in a sheet", sheet(), terms((0.5, -0.13, 0.63)), "5", 1, "agreement.negative_share", "C4"),
    ("a party twice in a sheet", sheet(), terms(parties=["UHL", "UHL", "ICB"]), "5", 1, "agreement.duplicate_party",
     "C3"),
    ("a sheet without parties", sheet(), [["Agreement 2022/23"], ["Sharing starts in month", 4]], "5", 1,
     "agreement.no_parties", None),
    ("a sheet without a year", sheet(), terms(title="Agreement"), "5", 1, "agreement.no_year", None),
    ("a sheet without a start", sheet(), terms(starts=None), "5", 1, "agreement.no_start", None),
    ("a start outside the year", sheet(), terms(starts=13), "5", 1, "agreement.month_outside_year", "B6"),
    ("an amount of no unit", sheet(), terms(more=[["Cash-releasing efficiency", 1, 2, 3]]), "5", 1, "table.no_unit",
     "A5"),
    ("an amount that is a word", sheet(), terms(more=[["Cash-releasing efficiency £000", 1, "two", 3]]), "5", 1, None,
     "C5"),
    ("a scheme's shares that add to 90", sheet(), terms(schemes=[["NEL", 10, 0.6, 0, 0.3, "UHL, LPT and ICB"]]), "5", 1,
     "agreement.shares_do_not_add", "A9"),
    ("a scheme's consent by a stranger", sheet(), terms(schemes=[["NEL", 10, 0.7, 0, 0.3, "UHL, NUH"]]), "5", 1,
     "agreement.consent_by_stranger", "F9"),
    ("two rows of agreed shares", sheet(), terms(more=[["Agreed share", 0.1, 0.2, 0.7]]), "5", 1,
     "agreement.duplicate_line", "A5"),
    ("two rows of one start", sheet(), terms(more=[["Sharing starts in month", 5]]), "5", 1, "agreement.duplicate_line",
     "A7"),
    ("a surplus that is to be who knows what", sheet(), terms(more=[["Net surplus", "to be discussed"]]), "5", 1,
     "agreement.key", "B5"),
    ("a line that nobody understands", sheet(), terms(more=[["Collar of 3", 1, 2, 3]]), "5", 0, "agreement.line_not_read",
     "A5"),
]

wrong = []
with tempfile.TemporaryDirectory() as folder:
    book, paper = os.path.join(folder, "bad.xlsx"), os.path.join(folder, "bad.toml")
    for name, rows, agreement, month, status, rule, place in TRIALS:
        in_sheet = isinstance(agreement, list)
        workbook(book, [("Position M5", rows)] + ([("Agreement", agreement)] if in_sheet else []))
        if isinstance(agreement, bytes):
            with open(paper, "wb") as f:
                f.write(agreement)
        elif not in_sheet:
            written(paper, agreement)
        how = ["share", book, "--month", month, "--json"] + ([] if in_sheet else ["--agreement", paper])
        got, out, err = run(TOOL, *how)
        if got != status:
            wrong.append(f"{name}: exit status {got}, not {status}: {err}{out[:300]}")
            continue
        if status == 3:
            if place not in err or "bad.toml" not in err:
                wrong.append(f"{name}: no {place} of bad.toml in: {err}")
            continue
        said = json.loads(out) if out else {}
        if status == 1 and "parties" in said:
            wrong.append(f"{name}: computed all the same")
        found = [(f["rule"], a.get("cell") or a.get("sheet") or a.get("file")) for f in said.get("findings", [])
                 if f["severity"] == "error" or status == 0 for a in f["at"] or [{}]]
        if (rule or place) and not any(rule in (None, r) and place in (None, p) for r, p in found):
            wrong.append(f"{name}: {rule} at {place} is not among {found}")
        if place is None and rule and not any(r == rule and p for r, p in found):
            wrong.append(f"{name}: {rule} has no place: {found}")
print(*wrong, sep="\n", end="\n" if wrong else "")
print(f"{len(TRIALS)} trials, {len(wrong)} go wrong")
sys.exit(1 if wrong else 0)
