#!/usr/bin/env python3
"""check_table_shapes.py RISKSHARE [NAME|all]: the published savings and control totals (operational plan 2019/20, section 6) as a
stranger may set them out: one function below for each habit that was met, written with openpyxl or XlsxWriter in £, £000 and £m.
Every figure of `risk --json` and `position --json` must be exact; a shape that can be read in two ways must be refused, both
readings named, and settled by a mapping. Each shape is tried in one unit, the next in the next one; those NAMED, or all, in every unit.
check_savings_layouts.py mixes the milder habits at random."""
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter

from check_savings_layouts import CONTROL, SAVINGS, UNITS, WEIGHTS, add, equal

SCALE = {unit: scale for unit, (scale, _) in UNITS.items()}
BODIES = list(SAVINGS)
PAPER = {"UHL": "UHL", "LPT": "LPT", "LCCCG": "CITY CCG", "ELRCCG": "EAST CCG", "WLCCG": "WEST CCG"}
FULL = {
    "UHL": "University Hospitals of Leicester NHS Trust",
    "LPT": "Leicestershire Partnership NHS Trust",
    "LCCCG": "NHS Leicester City Clinical Commissioning Group",
    "ELRCCG": "NHS East Leicestershire and Rutland Clinical Commissioning Group",
    "WLCCG": "NHS West Leicestershire Clinical Commissioning Group",
}
CODES = ["RWE", "RT5", "04C", "03W", "04V", None]
SAVINGS_HEADINGS = ["Organisation", "RED", "AMBER", "GREEN", "UNIDENTIFIED", "TOTAL", "RISK"]
CONTROL_HEADINGS = ["Organisation", "Gross control total", "Centralised funding (PSF, FRF & MRET)", "Control total", "Net unmitigated risk"]


def at_risk(ratings):
    return add(w * v for w, v in zip(WEIGHTS, ratings) if v is not None)


# ---- figures as they are typed


def number(value, unit):
    if value is None:
        return None
    scaled = Fraction(value) * SCALE[unit]
    return int(scaled) if scaled.denominator == 1 else float(scaled)


def digits(value):
    value = abs(value)
    return format(int(value), ",") if value.denominator == 1 else format(float(value), ",.10f").rstrip("0")


def typed(negative, positive="{}"):
    """Figures as text: how a negative is written, and any other."""

    def write(value, unit):
        if value is None:
            return None
        scaled = Fraction(value) * SCALE[unit]
        return (negative if scaled < 0 else positive).format(digits(scaled))

    return write


def typed_in(suffix, per_thousand):
    def write(value, unit):
        if value is None:
            return None
        text = "£" + digits(Fraction(value) * per_thousand) + suffix
        return "(" + text + ")" if value < 0 else text

    return write


# ---- a sheet before it is written


class Sheet:
    def __init__(self, title, state="visible"):
        self.title, self.state = title, state
        self.cells, self.formats, self.merges = {}, {}, []
        self.hidden_rows, self.hidden_columns = set(), set()
        self.first = self.rows = 0  # of the table that `table` laid out

    def put(self, row, column, value, number_format=None):
        if value is not None and value != "":
            self.cells[row, column] = value
            if number_format and not isinstance(value, str):
                self.formats[row, column] = number_format
        return self

    def line(self, row, column, values, number_format=None):
        for i, value in enumerate(values):
            self.put(row, column + i, value, number_format)
        return self

    def lines(self, row, column, lines, step=1):
        for i, values in enumerate(lines):
            self.line(row + i * step, column, values)
        return self

    def merge(self, *corners):
        self.merges.append(corners)
        return self

    def add(self, other, down, right):
        """Another sheet's cells, moved."""
        for (row, column), value in other.cells.items():
            self.put(row + down, column + right, value, other.formats.get((row, column)))
        return self

    def turned(self):
        out = Sheet(self.title, self.state)
        out.cells = {(c, r): v for (r, c), v in self.cells.items()}
        out.formats = {(c, r): v for (r, c), v in self.formats.items()}
        out.merges = [(b, a, d, c) for a, b, c, d in self.merges]
        return out


def savings_lines(unit, names=PAPER, figure=number, total="Total", columns="RAGUTK"):
    def line(label, ratings):
        by_letter = dict(zip("RAGU", ratings), T=add(ratings), K=at_risk(ratings))
        return [label] + [figure(by_letter[k], unit) for k in columns]

    out = [line(names[b], SAVINGS[b]) for b in BODIES]
    return out + ([line(total, [add(SAVINGS[b][i] for b in BODIES) for i in range(4)])] if total else [])


def control_lines(unit, names=PAPER, figure=number, total="LLR STP Total", columns="GFCN"):
    def line(label, gross, funding, risk):
        by_letter = {"G": gross, "F": funding, "C": gross + funding, "N": risk}
        return [label] + [figure(by_letter[k], unit) for k in columns]

    out = [line(names[b], *CONTROL[b]) for b in BODIES]
    return out + ([line(total, *(add(CONTROL[b][i] for b in BODIES) for i in range(3)))] if total else [])


def table(title, about, unit, headings, lines, where="title", row=3, column=2, number_format=None, state="visible", told=None):
    """`where` the unit is named: in the title, in a row of its own, in the headings, or nowhere; `told` how it is spelt."""
    told = told or unit
    sheet = Sheet(title, state)
    sheet.put(row - 2, column, about + (", " + told if where == "title" else ""))
    sheet.line(row, column, [h + (" " + told if where == "heading" and i else "") for i, h in enumerate(headings)])
    sheet.first, sheet.rows = row + 1, len(lines)
    if where == "row":
        sheet.line(sheet.first, column + 1, [told] * (len(headings) - 1))
        sheet.first += 1
    for i, line in enumerate(lines):
        sheet.line(sheet.first + i, column, line, number_format)
    return sheet


def savings(unit, title="Efficiencies", headings=SAVINGS_HEADINGS, names=PAPER, figure=number, total="Total", columns="RAGUTK", **how):
    return table(title, "Savings by rating", unit, headings, savings_lines(unit, names, figure, total, columns), **how)


def control(unit, title="Control totals", headings=CONTROL_HEADINGS, names=PAPER, figure=number, total="LLR STP Total", columns="GFCN", **how):
    return table(title, "Control totals 2019/20", unit, headings, control_lines(unit, names, figure, total, columns), **how)


# ---- the shapes: each takes a unit and returns sheets, or None when it makes no sense in that unit

SHAPES = {}


def shape(function):
    SHAPES[function.__name__] = (function, None)
    return function


def refused(rule, says, settled_by):
    """A shape with two readings: the rule, what the message must name, and the mapping that settles it."""

    def register(function):
        SHAPES[function.__name__] = (function, (rule, says, settled_by))
        return function

    return register


def both(name, **how):
    SHAPES[name] = (lambda unit: [savings(unit, **how), control(unit, **how)], None)


both("unit_in_a_row", where="row")
both("unit_in_every_heading", where="heading")
both("full_names", names=FULL)
both("far_from_the_corner", row=57, column=30)
both("accounting_formats", number_format='_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-')
both("decimals_hidden_by_the_format", number_format="#,##0")
both("texts_with_brackets", figure=typed("({})"))
both("texts_with_a_minus_behind", figure=typed("{}-", "{} "))
both("texts_with_a_true_minus", figure=typed("\u2212{}"))
both("texts_with_no_break_spaces", figure=typed("-\u00a0{}\u00a0", "\u00a0{}\u00a0"))
both("texts_that_name_millions", where="nowhere", figure=typed_in("m", Fraction(1, 1000)))
both("texts_that_name_thousands", where="nowhere", figure=typed_in("k", 1))
both("dashes_for_zero", figure=lambda value, unit: "-" if value == 0 else number(value, unit))
both("dust_behind_the_fifteenth_digit", figure=lambda v, u: None if v is None else float(Fraction(v) * SCALE[u]) * (1 + 2.3e-16))
both("no_totals", total=None)
both("totals_without_the_word", total="STP")
both("totals_called_system_position", total="System position")
both("indented_labels", names={b: "    " + PAPER[b] for b in BODIES})
both("bullets", names={b: "\u2022 " + PAPER[b] for b in BODIES})
both("footnote_marks", names={b: PAPER[b] + mark for b, mark in zip(BODIES, ["*", " (1)", "\u00b9", " [2]", "\u2020"])})
both("names_with_their_codes", names={b: "%s (%s)" % (FULL[b], b) for b in BODIES})
both("codes_with_their_names", names={b: "%s - %s" % (b, FULL[b]) for b in BODIES})
both("shouted_names_misspelt", names=dict(PAPER, UHL="University Hospitals of Leicester HNS Trust", ELRCCG="East Leicestershire & Rutland CCG"))


@shape
def formats_that_scale(unit):
    # stored in pounds, shown in the heading's unit
    shown = {"£": '#,##0;"-"#,##0', "£000": '#,##0,;(#,##0,);"-"', "£m": '#,##0.0,,;"-"#,##0.0,,'}[unit]
    return [savings("£", told=unit, number_format=shown, where="row"), control("£", told=unit, number_format=shown, where="heading")]


@shape
def formats_that_scale_thousands_to_millions(unit):
    if unit == "£m":
        return [savings("£000", told=unit, number_format="#,##0.0,"), control("£000", told=unit, number_format="#,##0.00,")]


@shape
def formats_that_print_the_unit(unit):
    shown = {"£": '"£"#,##0', "£000": '"£"#,##0"k"', "£m": '"£"#,##0.000"m"'}[unit]
    return [savings(unit, where="nowhere", number_format=shown), control(unit, where="nowhere", number_format=shown)]


@shape
def formats_that_scale_and_print_the_unit(unit):
    shown = {"£000": '"£"#,##0,"k"', "£m": '"£"#,##0.0,,"m"'}.get(unit)
    if shown:
        return [savings("£", where="nowhere", number_format=shown), control("£", where="nowhere", number_format=shown)]


@shape
def currency_formats_under_another_unit(unit):
    shown = "[$£-809]#,##0" + (".000" if unit == "£m" else "")
    return [savings(unit, where="heading", number_format=shown), control(unit, number_format=shown)]


@shape
def turned(unit):
    return [savings(unit).turned(), control(unit).turned()]


@shape
def turned_units_beside_the_headings(unit):
    return [savings(unit, where="row").turned(), control(unit, where="heading", names=FULL).turned()]


@shape
def turned_units_beside_the_names(unit):
    by_rating = list(zip(*savings_lines(unit, total=None)))
    first = Sheet("S").put(1, 1, "Savings").line(3, 2, by_rating[0]).line(4, 2, [unit] * 5)
    first.lines(5, 1, [[h] + list(values) for h, values in zip(SAVINGS_HEADINGS[1:], by_rating[1:])])
    by_part = list(zip(*control_lines(unit, total=None)))
    second = Sheet("C").put(1, 1, "Control totals").line(3, 2, [name + " " + unit for name in by_part[0]])
    return [first, second.lines(4, 1, [[h] + list(values) for h, values in zip(CONTROL_HEADINGS[1:], by_part[1:])])]


@shape
def one_below_the_other(unit):
    first = savings(unit, total=None)
    return [first.add(control(unit), first.first + first.rows, 0)]


@shape
def one_close_below_the_other(unit):
    first = savings(unit)
    return [first.add(control(unit), first.first + first.rows, 0)]


@shape
def side_by_side(unit):
    return [savings(unit).add(control(unit), 0, 9)]


@shape
def side_by_side_in_another_order_and_unit(unit):
    other = {"£": "£m", "£000": "£m", "£m": "£000"}[unit]
    right = table("C", "Control totals", other, CONTROL_HEADINGS, control_lines(other, total=None)[::-1])
    return [savings(unit).add(right, 0, 9)]


@shape
def side_by_side_lower_down(unit):
    return [savings(unit).add(control(unit), 4, 10)]


@shape
def total_on_top(unit):
    sheets = []
    for make, headings, lines in ((savings, SAVINGS_HEADINGS, savings_lines(unit)), (control, CONTROL_HEADINGS, control_lines(unit))):
        sheets.append(table(make.__name__, make.__name__, unit, headings, lines[-1:] + lines[:-1]))
    return sheets


def summed(label, make, unit, bodies):
    rows = [SAVINGS[b] for b in bodies] if make is savings else [CONTROL[b] for b in bodies]
    sums = [add(column) for column in zip(*rows)]
    values = sums + [add(sums), at_risk(sums)] if make is savings else [sums[0], sums[1], sums[0] + sums[1], sums[2]]
    return [label] + [number(v, unit) for v in values]


@shape
def sub_totals_in_groups(unit):
    sheets = []
    for make, headings, lines in ((savings, SAVINGS_HEADINGS, savings_lines(unit)), (control, CONTROL_HEADINGS, control_lines(unit))):
        body = [["Providers"]] + lines[:2] + [summed("Total providers", make, unit, BODIES[:2]), ["Commissioners"]]
        body += lines[2:5] + [summed("Commissioner sub-total", make, unit, BODIES[2:]), [""], lines[5]]
        sheets.append(table(make.__name__, make.__name__, unit, headings, body))
    return sheets


@shape
def sub_total_that_bears_a_bodys_name(unit):
    lines = savings_lines(unit)
    lines[5:5] = [summed("CCGs", savings, unit, BODIES[2:])]
    return [table("S", "Savings", unit, SAVINGS_HEADINGS, lines), control(unit)]


@shape
def blank_rows_between(unit):
    first = Sheet("S").put(1, 1, "Savings, " + unit).line(3, 1, SAVINGS_HEADINGS).lines(5, 1, savings_lines(unit), 2)
    return [first, Sheet("C").put(1, 1, "Control, " + unit).line(3, 1, CONTROL_HEADINGS).lines(5, 1, control_lines(unit), 3)]


@shape
def blank_columns_between(unit):
    sheets = []
    for step, headings, lines in ((2, SAVINGS_HEADINGS, savings_lines(unit)), (3, CONTROL_HEADINGS, control_lines(unit))):
        sheet = Sheet("Step %d" % step).put(1, 1, "Figures in " + unit)
        for row, line in enumerate([headings] + lines):
            for i, value in enumerate(line):
                sheet.put(3 + row, 1 + step * i, value)
        sheets.append(sheet)
    return sheets


@shape
def hidden_sheets(unit):
    return [savings(unit, state="hidden"), control(unit, state="hidden"), Sheet("Cover").put(1, 1, "Cover")]


@shape
def hidden_rows_and_columns(unit):
    first, second = savings(unit), control(unit)
    first.hidden_rows, first.hidden_columns = {first.first + 1}, {4}
    second.hidden_rows, second.hidden_columns = {3, second.first + 2}, {2}
    return [first, second]


@shape
def percentages_among_the_amounts(unit):
    sheet = Sheet("S").put(1, 1, "Savings (%s)" % unit)
    sheet.line(3, 1, ["Organisation", "RED", "% red", "AMBER", "% amber", "GREEN", "% green", "UNIDENTIFIED", "TOTAL", "RISK", "Risk %", "RAG"])
    for i, b in enumerate(BODIES):
        red, amber, green, unidentified = SAVINGS[b]
        whole = add(SAVINGS[b])
        sheet.put(4 + i, 1, PAPER[b])
        for c, value in ((2, red), (4, amber), (6, green), (8, unidentified), (9, whole), (10, at_risk(SAVINGS[b]))):
            sheet.put(4 + i, c, number(value, unit))
        for c, part in ((3, red), (5, amber), (7, green), (11, at_risk(SAVINGS[b]))):
            sheet.put(4 + i, c, float(Fraction(part or 0) / whole), "0.0%")
        sheet.put(4 + i, 12, "A")
    second = control(unit, headings=CONTROL_HEADINGS + ["% of turnover", "Comment"])
    for i in range(5):
        second.put(second.first + i, 7, 0.012, "0.0%").put(second.first + i, 8, "On plan")
    return [sheet, second]


def shares_of_plan(sheet, row, column):
    for i, b in enumerate(BODIES):
        for j, value in enumerate(SAVINGS[b]):
            sheet.put(row + i, column + j, float(Fraction(value or 0) / add(SAVINGS[b])), "0.0%")
    return sheet


@shape
def percentages_under_the_same_headings(unit):
    sheet = savings(unit).put(2, 3, "Plan " + unit).merge(2, 3, 2, 8).put(2, 10, "% of plan").merge(2, 10, 2, 13)
    return [shares_of_plan(sheet.line(3, 10, SAVINGS_HEADINGS[1:5]), 4, 10), control(unit)]


@shape
def percentages_in_a_table_below(unit):
    sheet = savings(unit)
    row = sheet.first + sheet.rows + 2
    sheet.put(row, 2, "Percentage of plan").line(row + 1, 2, SAVINGS_HEADINGS[:5]).lines(row + 2, 2, [[PAPER[b]] for b in BODIES])
    return [shares_of_plan(sheet, row + 2, 3), control(unit)]


def scheme_counts(sheet, row, column):
    sheet.put(row, column, "Number of schemes").line(row + 1, column, SAVINGS_HEADINGS[:6])
    return sheet.lines(row + 2, column, [[PAPER[b], 3 + i, 10, 20, 0, 33 + i] for i, b in enumerate(BODIES)])


@shape
def numbers_of_schemes_on_another_sheet(unit):
    return [scheme_counts(Sheet("Schemes"), 1, 1), savings(unit), control(unit)]


@shape
def numbers_of_schemes_below(unit):
    sheet = savings(unit)
    return [scheme_counts(sheet, sheet.first + sheet.rows + 2, 2), control(unit)]


def numbered_savings(unit, lines):
    """A number of schemes and an amount for each rating, one line a body."""
    return [[PAPER[b]] + lines([3 + i, 10, 20, 0], [number(v, unit) for v in SAVINGS[b]]) for i, b in enumerate(BODIES)]


@shape
def numbers_of_schemes_before_the_amounts(unit):
    sheet = Sheet("S").put(1, 1, "Savings by rating").put(3, 2, "Number of schemes").put(3, 6, unit).merge(3, 2, 3, 5).merge(3, 6, 3, 9)
    sheet.line(4, 1, ["Organisation"] + SAVINGS_HEADINGS[1:5] * 2)
    return [sheet.lines(5, 1, numbered_savings(unit, lambda counts, values: counts + values)), control(unit)]


@shape
def numbers_of_schemes_beside_each_amount(unit):
    sheet = Sheet("S").put(1, 1, "Savings by rating").put(4, 1, "Organisation")
    for i, heading in enumerate(SAVINGS_HEADINGS[1:5]):
        sheet.put(3, 2 + 2 * i, heading).merge(3, 2 + 2 * i, 3, 3 + 2 * i).line(4, 2 + 2 * i, ["No.", unit])
    return [sheet.lines(5, 1, numbered_savings(unit, lambda counts, values: [v for pair in zip(counts, values) for v in pair])), control(unit)]


@shape
def identified_with_a_sub_total(unit):
    sheet = Sheet("S").put(1, 1, "Efficiencies " + unit).line(3, 1, ["Organisation", "Target", "Identified", None, None, None, "Unidentified"])
    sheet.merge(3, 3, 3, 6).line(4, 3, ["Green", "Amber", "Red", "Sub-total"])
    for i, b in enumerate(BODIES):
        red, amber, green, unidentified = SAVINGS[b]
        values = [add(SAVINGS[b]), green, amber, red, add([green, amber, red]), unidentified]
        sheet.line(5 + i, 1, [PAPER[b]] + [number(v, unit) for v in values])
    return [sheet, control(unit)]


@shape
def control_totals_beside_the_savings(unit):
    beside = control(unit, row=3, column=9).put(1, 9, None)
    return [savings(unit, columns="RAGU", headings=SAVINGS_HEADINGS[:5]).add(beside, 0, 0)]


@refused("table.ambiguous_column", ["Month 3", "Month 2", "'S'!B", "'S'!F"],
         '[savings]\ncolumns = { red = "B", amber = "C", green = "D", unidentified = "E" }\n')
def last_month_beside(unit):
    sheet = Sheet("S").put(1, 1, "Savings (%s)" % unit).put(2, 2, "Month 3").merge(2, 2, 2, 5).put(2, 6, "Month 2").merge(2, 6, 2, 9)
    sheet.line(3, 1, SAVINGS_HEADINGS[:5] + SAVINGS_HEADINGS[1:5])
    for i, b in enumerate(BODIES):
        sheet.line(4 + i, 1, [PAPER[b]] + [number(v, unit) for v in SAVINGS[b]] + [number((v or 0) + 100, unit) for v in SAVINGS[b]])
    return [sheet, control(unit)]


@refused("table.ambiguous_column", ["RED Apr", "RED May"],
         '[savings]\ncolumns = { red = "C", amber = "E", green = "G", unidentified = "I" }\n')
def last_month_under_each_rating(unit):
    headings = ["Organisation"] + [h + month for h in SAVINGS_HEADINGS[1:5] for month in (" Apr", " May")]
    sheet = Sheet("S").put(1, 1, "Savings (%s)" % unit).line(3, 1, headings)
    for i, b in enumerate(BODIES):
        sheet.line(4 + i, 1, [PAPER[b]] + [number(v, unit) for rating in SAVINGS[b] for v in ((rating or 0) + 100, rating)])
    return [sheet, control(unit)]


@refused("table.ambiguous_column", ["UNIDENTIFIED Apr", "UNIDENTIFIED May"],
         '[savings]\ncolumns = { unidentified = "F" }\n')
def last_month_under_one_rating(unit):
    sheet = Sheet("S").put(1, 1, "Savings (%s)" % unit).line(3, 1, SAVINGS_HEADINGS[:4] + ["UNIDENTIFIED Apr", "UNIDENTIFIED May"])
    for i, b in enumerate(BODIES):
        values = list(SAVINGS[b])
        sheet.line(4 + i, 1, [PAPER[b]] + [number(v, unit) for v in values[:3] + [values[3] + 100, values[3]]])
    return [sheet, control(unit)]


@refused("model.two_readings", ["'2018-19'", "'Efficiencies'"], '[savings]\nsheet = "Efficiencies"\n')
def last_year_on_another_sheet(unit):
    return [savings(unit, title="2018-19").put(4, 3, 1), savings(unit), control(unit)]


@refused("model.two_readings", ["'Efficiencies'!B4"], "[savings]\nheading_row = 3\n")
def last_year_below(unit):
    sheet = savings(unit)
    return [sheet.add(savings(unit).put(4, 3, 1), sheet.first + sheet.rows + 2, 0), control(unit)]


@refused("cell.ambiguous_unit", ["£4,7", "'Efficiencies'!"], '[savings]\nunit = "£"\n[control_totals]\nunit = "£"\n')
def pound_signs_under_another_unit(unit):
    # the figures are in pounds, as their own signs say; the title says otherwise
    if unit != "£":
        signed = typed("-£{}", "£{}")
        return [savings("£", told=unit, figure=signed), control("£", told=unit, figure=signed)]


@shape
def repeated_on_a_summary(unit):
    return [savings(unit, title="Summary"), savings(unit, title="Detail"), control(unit)]


@shape
def headings_again_on_the_second_page(unit):
    lines = savings_lines(unit)
    sheet = Sheet("S").put(1, 1, "Savings, " + unit).line(3, 1, SAVINGS_HEADINGS).lines(4, 1, lines[:2])
    return [sheet.line(7, 1, SAVINGS_HEADINGS).lines(8, 1, lines[2:]), control(unit)]


@shape
def movement_beside(unit):
    first = savings(unit, headings=SAVINGS_HEADINGS + ["Previous month total", "Movement"])
    second = control(unit, headings=CONTROL_HEADINGS + ["Previous month control total", "Change in month"])
    for sheet, column in ((first, 9), (second, 7)):
        for i in range(5):
            sheet.line(sheet.first + i, column, [number(5000 + i, unit), number(55, unit)])
    return [first, second]


@shape
def headings_on_three_rows(unit):
    first = Sheet("S").put(1, 1, "Section 6 savings").put(3, 2, "2019/20 savings plans").merge(3, 2, 3, 7)
    first.put(4, 2, "Delivery rating").merge(4, 2, 4, 5).put(4, 6, "TOTAL").put(4, 7, "RISK")
    first.line(5, 1, ["Organisation"] + [h + " " + unit for h in SAVINGS_HEADINGS[1:5]] + ["SAVING PLANNED " + unit, unit])
    second = Sheet("C").line(2, 2, ["Gross", "Receipt of", "", "Net"]).line(3, 2, ["control", "centralised", "Control", "unmitigated"])
    second.line(4, 1, ["Organisation", "total", "funding", "total", "risk"]).line(5, 2, [unit] * 4)
    return [first.lines(6, 1, savings_lines(unit)), second.lines(6, 1, control_lines(unit))]


@shape
def headings_merged_downwards(unit):
    first = Sheet("S").put(1, 1, "Savings " + unit).put(3, 1, "Organisation").merge(3, 1, 4, 1).put(3, 2, "Rating").merge(3, 2, 3, 5)
    first.line(4, 2, SAVINGS_HEADINGS[1:5]).put(3, 6, "Total").merge(3, 6, 4, 6).put(3, 7, "Risk").merge(3, 7, 4, 7)
    second = Sheet("C").put(1, 1, "Control totals " + unit).line(3, 1, CONTROL_HEADINGS)
    for c in range(1, 6):
        second.merge(3, c, 5, c)
    return [first.lines(5, 1, savings_lines(unit)), second.lines(6, 1, control_lines(unit))]


@shape
def headings_with_line_feeds(unit):
    first = ["Organisation\n"] + [h + "\n" + unit for h in ("RED", "AMBER\r", "GREEN", "UNIDEN-\nTIFIED", "TOTAL\nSAVING\nPLANNED", "RISK")]
    second = ["Organisation"] + [h.replace(" ", "\n") + "\n" + unit for h in CONTROL_HEADINGS[1:]]
    return [savings(unit, headings=first, where="nowhere"), control(unit, headings=second, where="nowhere")]


@shape
def headings_misspelt(unit):
    first = ["Organsiation", "Redd", "Ambre", "Geren", "Unidentifed", "Totla", "Risk"]
    second = ["Organistion", "Gross contol total", "Recipt of centralised funding", "Contorl total", "Net unmitgated risk"]
    return [savings(unit, headings=first), control(unit, headings=second)]


@shape
def headings_in_capitals_with_marks(unit):
    return [savings(unit, headings=[h + ":" for h in SAVINGS_HEADINGS]), control(unit, headings=[h.upper() + " *" for h in CONTROL_HEADINGS])]


@shape
def headings_with_weights(unit):
    return [savings(unit, headings=["Body", "Red 50%", "Amber (25%)", "Green 0%", "Unidentified 100%", "Total", "Weighted risk"]), control(unit)]


@shape
def letters_for_ratings(unit):
    return [savings(unit, headings=["", "R", "A", "G", "U", "Total", "Risk"]), control(unit)]


@shape
def columns_in_another_order(unit):
    first = savings(unit, headings=["Body", "Unidentified", "Green", "Amber", "Red", "Total"], columns="UGART")
    return [first, control(unit, headings=["Body"] + [CONTROL_HEADINGS[i] for i in (4, 3, 2, 1)], columns="NCFG")]


@shape
def control_totals_in_other_words(unit):
    headings = ["Provider / CCG", "Control total excl. PSF/FRF/MRET", "PSF, FRF and MRET funding", "Control total incl. PSF/FRF/MRET", "Unmitigated risk"]
    return [savings(unit), control(unit, headings=headings)]


def with_funds(unit, part, with_sum):
    """Control totals with a column for each fund; the first has one part in so many of the funding."""
    headings = ["Organisation", "Gross control total", "PSF", "FRF", "MRET"] + with_sum + ["Control total", "Net risk"]
    lines = []
    for b in BODIES:
        gross, funding, risk = CONTROL[b]
        figures = [gross, funding // part, funding - funding // part, 0] + [funding for _ in with_sum] + [gross + funding, risk]
        lines.append([PAPER[b]] + [number(v, unit) for v in figures])
    return [savings(unit), table("C", "Control totals", unit, headings, lines)]


@shape
def funds_apart_and_their_sum(unit):
    return with_funds(unit, 2, ["Total centralised funding"])


@shape
def funds_apart(unit):
    return with_funds(unit, 3, [])


@shape
def funding_told_in_brackets(unit):
    headings = ["Organisation", "Control total (excl. PSF, FRF & MRET)", "PSF, FRF & MRET", "Control total (incl. PSF, FRF & MRET)", "Net risk"]
    return [savings(unit), control(unit, headings=headings)]


@shape
def headings_with_footnote_marks(unit):
    marked = [h + mark if h else h for h, mark in zip(SAVINGS_HEADINGS, ["", "\u00b9", "\u00b2", "\u2020", "\u00b3", "", "\u2074"])]
    return [savings(unit, headings=marked), control(unit)]


def listed(unit, headings, name, total=None, where="title", words=("Red", "Amber", "Green", "Unidentified")):
    """One amount a row; `name` says what stands in a row's first cell, given the body and whether it is its first row."""
    lines = []
    for b in BODIES:
        rated = [(word, value) for word, value in zip(words, SAVINGS[b]) if value is not None]
        lines += [[name(b, i == 0), word, number(value, unit)] for i, (word, value) in enumerate(rated)]
        if total:
            lines.append([total % PAPER[b], None, number(add(SAVINGS[b]), unit)])
    return table("List", "Savings", unit, headings, lines, where=where)


@shape
def one_amount_a_row(unit):
    return [listed(unit, ["Organisation", "Rating", "Plan"], lambda b, first: PAPER[b]), control(unit)]


@shape
def one_amount_a_row_under_its_unit(unit):
    return [listed(unit, ["Org", "RAG", unit], lambda b, first: FULL[b], where="nowhere", words="RAGU"), control(unit)]


@shape
def one_amount_a_row_grouped_with_totals(unit):
    return [listed(unit, ["Row Labels", "RAG rating", "Sum of Plan"], lambda b, first: PAPER[b] if first else None, total="%s Total"), control(unit)]


@shape
def weights_above_the_headings(unit):
    return [savings(unit, row=5).put(4, 2, "Weight").line(4, 3, [0.5, 0.25, 0, 1]), control(unit)]


@shape
def weights_below_the_headings(unit):
    sheet = Sheet("S").put(1, 1, "Savings, " + unit).line(3, 1, SAVINGS_HEADINGS).put(4, 1, "Weighting").line(4, 2, [0.5, 0.25, 0, 1], "0%")
    return [sheet.lines(5, 1, savings_lines(unit)), control(unit)]


@shape
def merged_labels(unit):
    sheet = Sheet("S").put(1, 1, "Savings " + unit).put(3, 1, "Organisation").merge(3, 1, 3, 2).line(3, 3, SAVINGS_HEADINGS[1:])
    for i, line in enumerate(savings_lines(unit, names=FULL)):
        sheet.put(4 + i, 1, line[0]).merge(4 + i, 1, 4 + i, 2).line(4 + i, 3, line[1:])
    return [sheet, control(unit)]


@shape
def codes_beside_the_names(unit):
    first = Sheet("S").put(1, 1, "Savings " + unit).line(3, 1, ["Organisation code", "Organisation name"] + SAVINGS_HEADINGS[1:])
    first.lines(4, 1, [[code] + line for code, line in zip(CODES, savings_lines(unit, names=FULL))])
    second = Sheet("C").put(1, 1, "Control totals " + unit).line(3, 3, CONTROL_HEADINGS[1:])
    return [first, second.lines(4, 1, [[code] + line for code, line in zip(CODES, control_lines(unit, names=FULL))])]


@shape
def rows_numbered_and_dated(unit):
    first = Sheet("S").put(1, 1, "Savings " + unit).line(3, 1, ["No.", "Organisation", "Year"] + SAVINGS_HEADINGS[1:])
    first.lines(4, 1, [[i + 1, line[0], "2019/20"] + line[1:] for i, line in enumerate(savings_lines(unit))])
    second = control(unit, row=8).put(1, 2, "Date").put(1, 3, 43556, "dd/mm/yyyy").put(2, 2, "Version").put(2, 3, 2.1).put(3, 3, 2019)
    return [first, second]


@shape
def parts_of_which(unit):
    lines = savings_lines(unit)
    lines[1:1] = [["of which: pay"] + [number(v, unit) for v in (1000, 1000, 100, 0, 2100)], ["  of which non-pay", number(3744, unit)]]
    return [table("S", "Savings", unit, SAVINGS_HEADINGS, lines), control(unit)]


@shape
def notes_that_name_amounts(unit):
    sheet = savings(unit)
    sheet.put(sheet.first + sheet.rows + 1, 2, "Note: UHL includes £1.2m of income schemes; £500k is non-recurrent.")
    return [sheet, control(unit).put(1, 8, "PSF of £38.1m assumed")]


@shape
def unit_in_a_note_below(unit):
    sheets = [savings(unit, where="nowhere"), control(unit, where="nowhere")]
    for sheet in sheets:
        sheet.put(sheet.first + sheet.rows + 1, 2, "All figures are in " + unit)
    return sheets


@shape
def unit_in_the_name_of_the_sheet(unit):
    told = {"£": "GBP"}.get(unit, unit)
    return [savings(unit, where="nowhere", title="Savings " + told), control(unit, where="nowhere", title="CT " + told)]


@shape
def unit_in_words(unit):
    told = {"£": "pounds", "£000": "thousands", "£m": "millions"}[unit]
    return [savings(unit, where="nowhere").put(2, 2, "(all figures in %s)" % told), control(unit, where="nowhere").put(2, 2, "In " + told)]


@shape
def unit_in_other_spellings(unit):
    first, second = {"£": ("£s", "GBP"), "£000": ("£'000s", "GBP 000"), "£m": ("£ Millions", "GBP m")}[unit]
    return [savings(unit, told=first, where="row"), control(unit, told=second, where="heading")]


@shape
def unit_in_the_corner(unit):
    return [savings(unit, headings=[unit] + SAVINGS_HEADINGS[1:], where="nowhere"), control(unit, where="nowhere").put(1, 6, unit)]


@shape
def every_column_in_its_own_unit(unit):
    if unit == "£000":
        sheet = Sheet("S").put(1, 1, "Savings").line(3, 1, ["Body", "RED £m", "AMBER £000", "GREEN £", "UNIDENTIFIED £'000"])
        for i, b in enumerate(BODIES):
            sheet.line(4 + i, 1, [PAPER[b]] + [number(v, u) for v, u in zip(SAVINGS[b], ("£m", "£000", "£", "£000"))])
        return [sheet, control(unit)]


# ---- ratings down the rows, a block for each body


def block(sheet, row, column, unit, body, heading=("RAG", "Plan"), title=None, words=("Red", "Amber", "Green", "Unidentified"), total="Total"):
    lines = [[title]] if title else []
    lines += [list(heading)] if heading else []
    lines += [[w, number(v, unit)] for w, v in zip(words, SAVINGS[body]) if v is not None]
    lines += [[total, number(add(SAVINGS[body]), unit)]] if total else []
    return sheet.lines(row, column, lines)


@shape
def a_block_of_columns_for_each_body(unit):
    sheet = Sheet("S").put(1, 1, "Efficiency plans, " + unit).put(5, 1, "Planned savings")
    for i, b in enumerate(BODIES):
        column = 2 + 4 * i
        sheet.put(3, column, PAPER[b]).merge(3, column, 3, column + 3).line(4, column, SAVINGS_HEADINGS[1:5])
        sheet.line(5, column, [number(v, unit) for v in SAVINGS[b]])
    return [sheet, control(unit)]


def pairs_for_each_body(unit, second, values):
    """Ratings down the rows; under each body its plan and something else of it."""
    sheet = Sheet("S").put(1, 1, "Savings " + unit).put(4, 1, "RAG")
    sheet.lines(5, 1, [[word] for word in SAVINGS_HEADINGS[1:5]])
    for i, b in enumerate(BODIES):
        sheet.put(3, 2 + 2 * i, PAPER[b]).merge(3, 2 + 2 * i, 3, 3 + 2 * i).line(4, 2 + 2 * i, ["Plan", second])
        for k, (value, other) in enumerate(zip(SAVINGS[b], values(SAVINGS[b]))):
            sheet.line(5 + k, 2 + 2 * i, [number(value, unit), number(other, unit)])
    return [sheet, control(unit)]


@shape
def plan_and_risk_under_each_body(unit):
    return pairs_for_each_body(unit, "Risk", lambda ratings: [None if v is None else w * v for w, v in zip(WEIGHTS, ratings)])


@shape
def plan_and_forecast_under_each_body(unit):
    return pairs_for_each_body(unit, "Forecast", lambda ratings: [None if v is None else v * Fraction(9, 10) for v in ratings])


@shape
def a_sheet_for_each_body(unit):
    sheets = [block(Sheet(PAPER[b]).put(1, 1, "CIP by RAG, " + unit), 3, 1, unit, b, heading=None, total=None) for b in BODIES]
    return sheets + [control(unit)]


@shape
def a_sheet_for_each_body_with_shares(unit):
    sheets = []
    for b in BODIES:
        s = block(Sheet(b).put(2, 2, FULL[b] + " efficiencies"), 5, 2, unit, b, heading=("Rating", unit))
        shares = [[v / add(SAVINGS[b])] for v in SAVINGS[b] if v is not None]
        sheets.append(s.put(5, 4, "%").lines(6, 4, shares))
    return sheets + [control(unit)]


@shape
def blocks_below_each_other(unit):
    sheet, row = Sheet("Summary").put(1, 1, "Savings by delivery rating, " + unit), 3
    for b in BODIES:
        block(sheet, row, 1, unit, b, title=FULL[b], words=("Red RAG", "Amber RAG", "Green RAG", "Unidentified savings"))
        row += 8
    return [sheet, control(unit)]


@shape
def blocks_beside_each_other(unit):
    sheet = Sheet("Summary").put(1, 1, "Savings by rating, " + unit)
    for i, b in enumerate(BODIES):
        block(sheet, 3, 1 + 3 * i, unit, b, title=PAPER[b], words="RAGU", heading=("RAG", "Annual plan"))
    return [sheet, control(unit)]


@shape
def bodies_left_of_their_ratings(unit):
    sheet, row = Sheet("S").put(1, 1, "Savings, " + unit), 3
    for b in BODIES:
        block(sheet.put(row, 1, PAPER[b]), row, 2, unit, b, heading=None)
        row += 1 + sum(v is not None for v in SAVINGS[b])
    return [sheet, control(unit)]


@shape
def plan_and_forecast_of_each_rating(unit):
    sheets = []
    for b in BODIES:
        s = block(Sheet(PAPER[b]).put(1, 1, "Savings, " + unit), 3, 1, unit, b, words=("High risk (red)", "Medium risk (amber)", "Low risk (green)", "Unidentified"))
        sheets.append(s.put(3, 3, "Forecast").lines(4, 3, [[number(v // 2, unit)] for v in SAVINGS[b] if v is not None]))
    return sheets + [control(unit)]


@shape
def parts_of_control_totals_only(unit):
    headings = [h for h in CONTROL_HEADINGS if h != "Control total"]
    return [savings(unit), table("Control totals", "Control totals", unit, headings, control_lines(unit, columns="GFN"))]


@refused("table.ambiguous_column", ["Month 2 plan", "Month 3 plan", "'UHL'!B4", "'UHL'!C4"], '[savings]\ncolumns = { amount = "C" }\n')
def two_plans_of_each_rating(unit):
    sheets = []
    for b in BODIES:
        s = Sheet(PAPER[b] if b != "UHL" else b).put(1, 1, "Savings, " + unit).line(3, 1, ["RAG", "Month 2 plan", "Month 3 plan"])
        rated = [(w, v) for w, v in zip(("Red", "Amber", "Green", "Unidentified"), SAVINGS[b]) if v is not None]
        sheets.append(s.lines(4, 1, [[w, number(v + 50, unit), number(v, unit)] for w, v in rated]))
    return sheets + [control(unit)]


# ---- writing and asking


def write_with_openpyxl(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for s in sheets:
        ws = book.create_sheet(s.title)
        for (row, column), value in s.cells.items():
            ws.cell(row, column, value).number_format = s.formats.get((row, column), "General")
        for first_row, first, last_row, last in s.merges:
            ws.merge_cells(start_row=first_row, start_column=first, end_row=last_row, end_column=last)
        for row in s.hidden_rows:
            ws.row_dimensions[row].hidden = True
        for column in s.hidden_columns:
            ws.column_dimensions[get_column_letter(column)].hidden = True
        ws.sheet_state = s.state
    book.save(path)


def write_with_xlsxwriter(path, sheets):
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    for s in sorted(sheets, key=lambda s: s.state != "visible"):  # XlsxWriter cannot hide the first sheet
        ws = book.add_worksheet(s.title)
        for first_row, first, last_row, last in s.merges:
            ws.merge_range(first_row - 1, first - 1, last_row - 1, last - 1, "")
        for (row, column), value in s.cells.items():
            shown = s.formats.get((row, column))
            ws.write(row - 1, column - 1, value, book.add_format({"num_format": shown}) if shown else None)
        for row in s.hidden_rows:
            ws.set_row(row - 1, None, None, {"hidden": True})
        for column in s.hidden_columns:
            ws.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if s.state != "visible":
            ws.hide()
    book.close()


def answer(tool, command, path, *more):
    done = subprocess.run([tool, command, "--json", path, *more], capture_output=True, text=True, timeout=60)
    return (json.loads(done.stdout) if done.returncode == 0 else None), "%s, status %d: %s" % (command, done.returncode, done.stderr[:500])


def differences(tool, path, *more):
    risk, said = answer(tool, "risk", path, *more)
    if risk is None:
        return [said]
    position, said = answer(tool, "position", path, *more)
    if position is None:
        return [said]
    out = []
    rows = {row["organisation"]: row for row in risk["organisations"]}
    totals = {row["organisation"]: row for row in position["control_totals"]}
    if set(rows) != set(SAVINGS) or set(totals) != set(CONTROL):
        return ["the organisations are %s and %s" % (sorted(rows), sorted(totals))]
    for b in BODIES:
        expected = dict(zip(("red", "amber", "green", "unidentified"), SAVINGS[b]), total=add(SAVINGS[b]), risk=at_risk(SAVINGS[b]))
        out += ["%s %s is %s" % (b, k, rows[b][k]) for k, v in expected.items() if not equal(rows[b][k], v)]
        gross, funding, net = CONTROL[b]
        expected = {"gross": gross, "centralised_funding": funding, "control_total": gross + funding, "net_unmitigated_risk": net}
        out += ["%s %s is %s" % (b, k, totals[b][k]) for k, v in expected.items() if not equal(totals[b][k], v)]
    if not equal(risk["system"]["risk"], Fraction("29583.5")):
        out.append("the system's risk is %s" % risk["system"]["risk"])
    return out


def unrefused(tool, path, rule, says, settled_by):
    done = subprocess.run([tool, "risk", path], capture_output=True, text=True, timeout=60)
    out = [] if done.returncode == 1 else ["not refused: status %d" % done.returncode]
    out += ["\"%s\" is not said: %s" % (word, done.stderr[:400]) for word in [rule] + says if word not in done.stderr]
    with open(path + ".toml", "w") as f:
        f.write(settled_by)
    return out + ["with its mapping: " + d for d in differences(tool, path, "--map", path + ".toml")]


def judged(tool, folder, name, unit):
    function, doubt = SHAPES[name]
    sheets = function(unit)
    if sheets is None:
        return None
    path = os.path.join(folder, "%s-%d.xlsx" % (name, list(SCALE).index(unit)))
    (write_with_openpyxl, write_with_xlsxwriter)[(len(name) + len(unit)) % 2](path, sheets)
    return unrefused(tool, path, *doubt) if doubt else differences(tool, path)


def main():
    tool, only = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    tried = failed = 0
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = os.environ.get("KEEP", temporary)
        units = list(SCALE)
        cases = [(name, unit) for i, name in enumerate(SHAPES) if only in ("", "all") or only in name
                 for unit in units if only or unit == units[i % 3]]
        for (name, unit), wrong in zip(cases, pool.map(lambda case: judged(tool, folder, *case), cases)):
            tried += wrong is not None
            failed += bool(wrong)
            if wrong:
                print("%s in %s: %s" % (name, unit, "; ".join(wrong[:3])))
    print("%d shapes, %d workbooks, %d read wrongly" % (len({name for name, _ in cases}), tried, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
