// Amounts of one table that speak against each other: variances that run two ways, one heading in two units, a figure a
// thousand times too large.
#include "template/check/detectors.hpp"

#include "template/heading_block.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/template/relations.hpp>

#include <algorithm>
#include <limits>
#include <map>

namespace riskshare::templates::detail {

namespace {

exact pounds(std::int64_t micro, unit u) { return exact(decimal(micro, -6), u); }

std::string written(const amount& a, unit u) { return accounting(pounds(a.micro, u), u, std::min(a.places, 3)); }

bool says_variance(const std::string& heading) {
    const std::string words = " " + riskshare::detail::folded(heading) + " ";
    for (const char* word : {"variance", "fav", "adv", "under", "better", " var "})
        if (words.find(word) != std::string::npos) return words.find('%') == std::string::npos;
    return false;
}

/// 1 where a variance is the second of the two figures to its left less the first, −1 where it is the other way round,
/// 0 where it is neither or nought.
int direction(const number_table& t, std::size_t row, std::size_t column) {
    const auto &v = t.cells[row][column], &second = t.cells[row][column - 1], &first = t.cells[row][column - 2];
    if (!v || !first || !second || v->micro == 0) return 0;
    const wide difference = wide(second->micro) - first->micro;
    const wide slack = wide(v->half_step) + first->half_step + second->half_step;
    if (magnitude(v->micro) <= 2 * slack) return 0;
    if (magnitude(difference - v->micro) <= slack) return 1;
    return magnitude(difference + v->micro) <= slack ? -1 : 0;
}

/// The columns of variances whose two figures stand to their left.
std::vector<std::size_t> variance_columns(const number_table& t) {
    std::vector<std::size_t> out;
    for (std::size_t c = 2; c < t.columns.size(); ++c) {
        if (!says_variance(t.columns[c].label) || says_variance(t.columns[c - 1].label) ||
            says_variance(t.columns[c - 2].label))
            continue;
        std::size_t seen = 0, hold = 0;
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            if (t.cells[i][c] && t.cells[i][c]->micro != 0) ++seen, hold += direction(t, i, c) != 0;
        if (hold >= 2 && hold * 5 >= seen * 4) out.push_back(c);
    }
    return out;
}

} // namespace

void find_turned_variances(const number_table& t, const provenance& sheet, check_result& out) {
    const std::vector<std::size_t> columns = variance_columns(t);
    if (columns.size() < 2) return;
    // Rows that run one way in every column say that the columns follow one convention, row by row.
    std::size_t agree = 0;
    std::vector<std::pair<std::size_t, std::size_t>> odd; // row, column
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        std::size_t up = 0, down = 0;
        for (std::size_t c : columns) {
            up += direction(t, i, c) > 0;
            down += direction(t, i, c) < 0;
        }
        if (up + down < 2) continue;
        if (up == 0 || down == 0) {
            ++agree;
            continue;
        }
        if (up == down) continue; // which of the two is right is not known here
        for (std::size_t c : columns)
            if (direction(t, i, c) == (up < down ? 1 : -1)) odd.emplace_back(i, c);
    }
    if (odd.size() * 4 > agree) return;
    for (const auto& [row, column] : odd) {
        const amount& a = *t.cells[row][column];
        const unit u = t.units[column];
        finding f{"check.variance_sign",
                  severity::error,
                  "the variance of \"" + t.rows[row].label + "\" is " + written(a, u) +
                      ", turned round against the other variances of its row: " +
                      accounting(-pounds(a.micro, u), u, std::min(a.places, 3)) + " is meant",
                  {sheet.at(t.rows[row].number, t.columns[column].number)}};
        f.advice = "turn the variance round, or say why it runs the other way";
        f.looks_like = resemblance::sign_slip;
        f.verdict = verdict::real;
        f.found = pounds(a.micro, u);
        f.expected = -*f.found;
        f.difference = *f.found - *f.expected;
        ++out.counts.real;
        out.findings.push_back(std::move(f));
    }
}

namespace {

/// Half the step in which a column states its amounts: the last zeros of a number without a format are not stored.
std::int64_t finest_half(const number_table& t, std::size_t column) {
    std::int64_t out = std::numeric_limits<std::int64_t>::max();
    for (const auto& row : t.cells)
        if (row[column]) out = std::min(out, row[column]->shown_half);
    return out;
}

} // namespace

void find_units_that_disagree(const number_table& t, const provenance& sheet, check_result& out) {
    std::map<std::string, std::size_t> first; // the first column of a heading, its unit taken off
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
        if (!t.unit_known[c] || t.columns[c].doubtful) continue;
        const std::string words = words_of(t.columns[c].label);
        if (words.empty()) continue;
        const auto [at, fresh] = first.emplace(words, c);
        const std::size_t other = at->second;
        if (fresh || t.units[other] == t.units[c]) continue;
        std::size_t agree = 0, differ = 0;
        std::vector<std::size_t> rows;
        const std::int64_t finest_other = finest_half(t, other), finest_here = finest_half(t, c);
        for (std::size_t i = 0; i < t.rows.size(); ++i) {
            const auto &a = t.cells[i][other], &b = t.cells[i][c];
            if (!a || !b || (a->micro == 0 && b->micro == 0)) continue;
            const exact slack = pounds(a->general ? finest_other : a->shown_half, t.units[other]) +
                                pounds(b->general ? finest_here : b->shown_half, t.units[c]);
            if (abs(pounds(a->micro, t.units[other]) - pounds(b->micro, t.units[c])) > slack)
                ++differ, rows.push_back(i);
            else
                ++agree;
        }
        if (agree < 2 || differ == 0 || differ > agree) continue;
        for (std::size_t i : rows) {
            const amount &a = *t.cells[i][other], &b = *t.cells[i][c];
            finding f{
                "check.units_disagree",
                severity::error,
                "\"" + t.rows[i].label + "\" is " + written(a, t.units[other]) + " under \"" + t.columns[other].label +
                    "\" and " + written(b, t.units[c]) + " under \"" + t.columns[c].label +
                    "\": they are not the same amount",
                {sheet.at(t.rows[i].number, t.columns[c].number), sheet.at(t.rows[i].number, t.columns[other].number)}};
            f.advice = "correct the one that is wrong; let one be a formula of the other";
            f.verdict = verdict::real;
            f.found = pounds(b.micro, t.units[c]);
            f.expected = pounds(a.micro, t.units[other]);
            f.difference = *f.found - *f.expected;
            ++out.counts.real;
            out.findings.push_back(std::move(f));
        }
    }
}

namespace {

/// Typed amounts of a line but for one, their sizes in order.
std::vector<std::int64_t> others_of(const number_table& t, std::size_t row, std::size_t column, bool along_row) {
    constexpr std::size_t most = 60;
    std::vector<std::int64_t> out;
    const std::size_t size = along_row ? t.columns.size() : t.rows.size(), own = along_row ? column : row;
    for (std::size_t k = own > most / 2 ? own - most / 2 : 0; k < size && out.size() < most; ++k) {
        const std::size_t i = along_row ? row : k, j = along_row ? k : column;
        if (k == own || t.units[j] != t.units[column] || t.columns[j].doubtful || t.rows[i].doubtful ||
            t.columns[j].total || t.rows[i].total)
            continue;
        if (const auto& a = t.cells[i][j]; a && a->micro != 0 && !a->cell->has_formula)
            out.push_back(std::abs(a->micro));
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Whether a size is about a thousand times sizes that are themselves alike.
bool a_thousand_times(std::int64_t size, const std::vector<std::int64_t>& others) {
    constexpr std::size_t enough = 3;
    if (others.size() < enough) return false;
    const std::int64_t middle = others[others.size() / 2];
    return others.back() / 30 <= middle && size / 200 >= middle && size / 5000 <= middle && size / 20 >= others.back();
}

} // namespace

void find_thousandfold(const number_table& t, const provenance& sheet, std::vector<finding>& out) {
    constexpr std::size_t most_told = 10;
    std::vector<finding> found;
    std::vector<std::int64_t> largest(t.columns.size()); // a column's second largest size: what others come to
    for (std::size_t j = 0; j < t.columns.size(); ++j) {
        std::int64_t first = 0;
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            if (const auto& a = t.cells[i][j]; a && !a->cell->has_formula && !t.rows[i].total) {
                const std::int64_t size = std::abs(a->micro);
                if (size > first)
                    largest[j] = first, first = size;
                else
                    largest[j] = std::max(largest[j], size);
            }
        if (t.columns[j].doubtful || t.columns[j].total || largest[j] == 0 || first / 20 < largest[j]) continue;
        for (std::size_t i = 0; i < t.rows.size(); ++i) {
            const auto& a = t.cells[i][j];
            if (!a || a->cell->has_formula || t.rows[i].total || t.rows[i].doubtful || std::abs(a->micro) != first)
                continue;
            if (!a_thousand_times(first, others_of(t, i, j, true)) ||
                !a_thousand_times(first, others_of(t, i, j, false)))
                continue;
            finding f{"check.thousandfold",
                      severity::warning,
                      "\"" + t.rows[i].label + "\" is " + written(*a, unit::pounds) +
                          " here, about a thousand times the figures beside it and those above and below",
                      {sheet.at(t.rows[i].number, t.columns[j].number)}};
            f.advice = "look whether it was typed in another unit than the rest";
            f.looks_like = resemblance::unit_slip;
            found.push_back(std::move(f));
        }
    }
    if (found.size() <= most_told) std::move(found.begin(), found.end(), std::back_inserter(out));
}

} // namespace riskshare::templates::detail
