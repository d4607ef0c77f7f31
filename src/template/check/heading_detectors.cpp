// What headings and references say against each other: a month or a reference that stands twice, a formula under one
// kind of heading that reads a column of another.
#include "template/check/detectors.hpp"

#include "template/totals/sum_formula.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/parse_period.hpp>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

using workbook::address;
using workbook::cell;
using workbook::cell_kind;

std::string folded_text(const cell& c) { return riskshare::detail::folded(c.text); }

/// The calendar month that a cell names alone, 1 to 12; 0 for none.
int month_of(const workbook::sheet& s, const cell& c, bool from_1904) {
    if (c.has_formula) return 0;
    if (c.kind == cell_kind::number && s.is_date(c)) {
        const result<workbook::calendar_date> d = workbook::date_of_serial(c.text, from_1904);
        return d ? d->month : 0;
    }
    constexpr std::size_t longest = 16;
    if (c.kind != cell_kind::text || c.text.size() > longest) return 0;
    const result<month_label> m = parse_month(riskshare::detail::plain(c.text));
    return m ? m->month.calendar_month() : 0;
}

struct month_here {
    int month;
    const cell* at;
};

/// In a run of months that stand side by side: one that is there already, where the next would go on after it.
void look_at_run(const std::vector<month_here>& run, const provenance& place, std::vector<finding>& out) {
    constexpr std::size_t enough = 5;
    const auto after = [](int month, int by) { return (month - 1 + by) % 12 + 1; };
    if (run.size() < enough) return;
    std::size_t in_order = 0, odd = 0;
    for (std::size_t k = 1; k < run.size(); ++k) {
        if (run[k].month == after(run[k - 1].month, 1)) ++in_order;
        const bool goes_on =
            k + 1 < run.size() ? run[k + 1].month == after(run[k - 1].month, 2) : run[k].month == run[k - 1].month;
        if (goes_on && run[k].month != after(run[k - 1].month, 1)) odd = odd == 0 ? k : run.size();
    }
    if (odd == 0 || odd == run.size() || in_order + 2 + 1 < run.size()) return;
    const auto twin = std::find_if(
        run.begin(), run.end(), [&](const month_here& m) { return m.month == run[odd].month && m.at != run[odd].at; });
    if (twin == run.end()) return;
    const cell& c = *run[odd].at;
    finding f{"check.month_twice",
              severity::warning,
              "the month in " + to_string(c.at) + " stands twice, also in " + to_string(twin->at->at) +
                  ", and the month after that in " + to_string(run[odd - 1].at->at) + " is missing",
              {place.at(c.at.row, c.at.column), place.at(twin->at->at.row, twin->at->at.column)}};
    f.advice = "correct the heading; figures under it may be of either month";
    out.push_back(std::move(f));
}

} // namespace

void find_months_twice(const workbook::sheet& s, const provenance& place, bool from_1904, std::vector<finding>& out) {
    std::map<std::uint32_t, std::vector<month_here>> down; // by column: the run that goes on
    std::vector<month_here> along;
    const auto joins = [](const std::vector<month_here>& run, const cell& c) {
        return !run.empty() && (run.back().at->at.row == c.at.row
                                    ? run.back().at->at.column + 1 == c.at.column
                                    : run.back().at->at.column == c.at.column && run.back().at->at.row + 1 == c.at.row);
    };
    const auto take = [&](std::vector<month_here>& run, const cell& c, int month) {
        if (!joins(run, c)) {
            look_at_run(run, place, out);
            run.clear();
        }
        run.push_back({month, &c});
    };
    for (const cell& c : s.cells()) {
        if (c.kind != cell_kind::number && c.kind != cell_kind::text) continue;
        const int month = month_of(s, c, from_1904);
        if (month == 0) continue;
        if (!along.empty() && along.back().at->at.row != c.at.row) {
            look_at_run(along, place, out);
            along.clear();
        }
        take(along, c, month);
        take(down[c.at.column], c, month);
    }
    look_at_run(along, place, out);
    for (const auto& column : down) look_at_run(column.second, place, out);
}

namespace {

bool heads_references(const cell& c) {
    if (c.kind != cell_kind::text || c.text.size() > 24) return false;
    const std::string text = folded_text(c);
    for (const char* heading :
         {"ref", "ref.", "reference", "scheme ref", "scheme reference", "scheme id", "ref no", "ref no.", "id",
          "unique id", "unique reference", "scheme no", "scheme number", "reference number", "risk ref", "risk id"})
        if (text == heading) return true;
    return false;
}

} // namespace

void find_references_twice(const workbook::sheet& s, const provenance& place, std::vector<finding>& out) {
    constexpr std::size_t enough = 5, most_lists = 40;
    std::size_t lists = 0;
    for (const cell& heading : s.cells()) {
        if (!heads_references(heading) || ++lists > most_lists) continue;
        std::unordered_map<std::string, const cell*> seen;
        std::vector<std::pair<const cell*, const cell*>> twice; // again, before
        std::size_t rows = 0, blanks = 0;
        for (std::uint32_t row = heading.at.row + 1; row <= s.used().last.row && blanks < 10; ++row) {
            const cell* c = s.find({row, heading.at.column});
            const std::string text = c == nullptr ? std::string() : folded_text(*c);
            ++blanks;
            if (text.empty()) continue;
            if (heads_references(*c)) break;
            if (!std::any_of(text.begin(), text.end(), riskshare::detail::is_digit)) continue; // "Total", a group
            blanks = 0;
            ++rows;
            const auto [at, fresh] = seen.emplace(text, c);
            if (!fresh) twice.emplace_back(c, at->second);
        }
        // Where many rows share theirs, a scheme has several lines.
        if (rows < enough || twice.size() * 10 > rows) continue;
        for (const auto& [again, before] : twice) {
            finding f{"check.reference_twice",
                      severity::warning,
                      "the reference \"" + riskshare::detail::plain(again->text) + "\" stands in " +
                          to_string(before->at) + " and again in " + to_string(again->at),
                      {place.at(again->at.row, again->at.column), place.at(before->at.row, before->at.column)}};
            f.advice = "give each row a reference of its own, or delete the one that is counted twice";
            out.push_back(std::move(f));
        }
    }
}

namespace {

enum class measure : std::uint8_t { unsaid, plan, actual };

/// What a heading says alone; "Plan v actual" says neither.
measure measure_said(const std::string& heading) {
    const std::string words = " " + heading + " ";
    const auto any = [&](std::initializer_list<const char*> these) {
        return std::any_of(these.begin(), these.end(), [&](const char* w) {
            const std::size_t at = words.find(w);
            return at != std::string::npos && !riskshare::detail::is_letter(words[at - 1]) &&
                   !riskshare::detail::is_letter(words[at + std::string_view(w).size()]);
        });
    };
    const bool plan = any({"plan", "planned", "budget", "target"});
    const bool actual = any({"actual", "actuals", "delivered", "outturn"});
    if (plan == actual || any({"variance", "var"})) return measure::unsaid;
    return plan ? measure::plan : measure::actual;
}

/// The nearest text above a cell that says either, within some rows.
measure measure_above(const workbook::sheet& s, address at) {
    constexpr std::uint32_t far = 40;
    for (std::uint32_t up = 1; up <= far && up < at.row; ++up) {
        const cell* c = s.find({at.row - up, at.column});
        if (c == nullptr || c->kind != cell_kind::text) continue;
        if (const measure m = measure_said(folded_text(*c)); m != measure::unsaid) return m;
    }
    return measure::unsaid;
}

bool has_column_of(const workbook::sheet& s, address near_to, measure wanted) {
    const std::uint32_t from = near_to.row > 40 ? near_to.row - 40 : 1;
    for (std::uint32_t row = from; row < near_to.row; ++row)
        for (const cell& c : s.row(row))
            if (c.kind == cell_kind::text && c.text.size() < 40 && measure_said(folded_text(c)) == wanted) return true;
    return false;
}

} // namespace

void find_other_columns(const workbook::book& book, const workbook::sheet& s, const provenance& place,
                        std::vector<finding>& out) {
    constexpr std::size_t most_told = 25;
    std::size_t told = 0;
    std::map<std::uint32_t, std::pair<std::uint32_t, measure>> own; // of a column, at the row last asked for
    for (const cell& c : s.cells()) {
        if (!c.has_formula || c.formula.find('!') == std::string_view::npos || told >= most_told) continue;
        const std::optional<sum_formula> sum = sum_formula_of(c.formula);
        if (!sum || sum->parts.size() != 1 || sum->parts.front().sheet.empty()) continue;
        const added_part& p = sum->parts.front();
        if (p.cells.first.column != p.cells.last.column || !book.has(p.sheet)) continue;
        auto known = own.find(c.at.column);
        if (known == own.end() || known->second.first + 1 != c.at.row)
            known = own.insert_or_assign(c.at.column, std::pair{c.at.row, measure_above(s, c.at)}).first;
        known->second.first = c.at.row;
        const measure wanted = known->second.second;
        if (wanted == measure::unsaid) continue;
        const workbook::sheet from = book.read(p.sheet);
        const measure got = measure_above(from, p.cells.first);
        if (got == measure::unsaid || got == wanted || !has_column_of(from, p.cells.first, wanted)) continue;
        ++told;
        const char *ours = wanted == measure::plan ? "plan" : "actual",
                   *theirs = got == measure::plan ? "plan" : "actual";
        finding f{"check.other_column",
                  severity::error,
                  "=" + std::string(c.formula) + " stands under a heading of the " + ours +
                      " and reads the column of the " + theirs + " in '" + p.sheet + "'",
                  {place.at(c.at.row, c.at.column)}};
        f.advice = std::string("point it at the column of the ") + ours;
        f.verdict = verdict::real;
        out.push_back(std::move(f));
    }
}

} // namespace riskshare::templates::detail
