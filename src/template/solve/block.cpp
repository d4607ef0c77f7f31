// Cuts a sheet into blocks of amounts by where texts and amounts stand.
#include "template/solve/block.hpp"

#include "template/account/no_amounts.hpp"

#include <riskshare/decimal.hpp>

#include <algorithm>
#include <set>

namespace riskshare::templates::solve {

namespace {

using columns_of = std::set<std::uint32_t>;

constexpr std::uint32_t most_rows = 2'000, most_columns = 200; // a sheet of more is a list, not a table of this kind

bool holds_text(const grid& g, std::uint32_t row, std::uint32_t column) {
    return !g.blank(row, column) && !holds_amount(g, row, column);
}

/// Years, or 1, 2, 3 …: numbers that head columns.
bool counts_up(const grid& g, std::uint32_t row, const columns_of& amounts) {
    constexpr std::int64_t first_year = 1990, last_year = 2100;
    bool years = true, counted = true;
    std::int64_t before = 0;
    for (const std::uint32_t c : amounts) {
        const result<decimal> n = decimal_of_stored(g.text(row, c));
        if (!n || n->exponent() != 0) return false;
        years = years && first_year <= n->coefficient() && n->coefficient() <= last_year;
        counted = counted && (before == 0 ? n->coefficient() == 1 : n->coefficient() == before + 1);
        before = n->coefficient();
    }
    return !amounts.empty() && (years || (counted && amounts.size() >= 3));
}

struct line {
    std::uint32_t row = 0;
    columns_of texts, amounts;
};

/// The rows of a sheet that hold anything, with what they hold where.
std::vector<line> lines_of(const grid& g) {
    std::vector<line> out;
    const std::uint32_t last = std::min(g.columns(), most_columns);
    for (std::uint32_t row = 1; row <= g.rows(); ++row) {
        line l{row, {}, {}};
        for (std::uint32_t c = 1; c <= last; ++c)
            if (holds_amount(g, row, c))
                l.amounts.insert(c);
            else if (holds_text(g, row, c))
                l.texts.insert(c);
        if (counts_up(g, row, l.amounts)) {
            l.texts.insert(l.amounts.begin(), l.amounts.end());
            l.amounts.clear();
        }
        if (!l.texts.empty() || !l.amounts.empty()) out.push_back(std::move(l));
    }
    return out;
}

bool any_common(const columns_of& a, const columns_of& b) {
    return std::any_of(a.begin(), a.end(), [&](std::uint32_t c) { return b.count(c) != 0; });
}

/// Rows of amounts one below the other under the same headings, over the whole width of the sheet.
struct band {
    std::vector<line> above, body; ///< body: rows of amounts, and rows of texts between them
    columns_of amounts = {};
};

/// Labels without amounts at the end of a table, with a blank row between them and what comes: they are no headings.
void leave_the_last_rows(std::vector<line>& waiting, const band& before) {
    std::size_t last = 0;
    std::uint32_t row = before.body.back().row;
    while (last < waiting.size() && waiting[last].row == row + 1) row = waiting[last++].row;
    if (last < waiting.size()) waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(last));
}

std::vector<band> bands_of(const std::vector<line>& lines) {
    std::vector<band> out;
    std::vector<line> waiting;
    constexpr std::uint32_t widest_gap = 6;
    for (const line& l : lines) {
        if (l.amounts.empty()) {
            waiting.push_back(l);
            continue;
        }
        const bool first = out.empty();
        std::vector<line> above = waiting;
        if (!first) leave_the_last_rows(above, out.back());
        const bool headed = !first && std::any_of(above.begin(), above.end(), [&](const line& w) {
            return any_common(w.texts, out.back().amounts) || any_common(w.texts, l.amounts);
        });
        const bool far = !first && l.row > out.back().body.back().row + widest_gap;
        if (first || headed || far) {
            out.push_back({std::move(above), {l}, l.amounts});
        } else {
            band& b = out.back();
            b.body.insert(b.body.end(), waiting.begin(), waiting.end());
            b.body.push_back(l);
            b.amounts.insert(l.amounts.begin(), l.amounts.end());
        }
        waiting.clear();
    }
    return out;
}

/// Where the columns of one table end and those of the next begin: at labels that stand right of amounts, after a blank
/// column. Without one they are marks or remarks of the same table.
std::vector<std::pair<std::uint32_t, std::uint32_t>> stretches_of(const band& b, const columns_of& labels) {
    std::vector<std::uint32_t> begins{1};
    bool amounts_before = false;
    const std::uint32_t last = std::max(labels.empty() ? 0 : *labels.rbegin(), *b.amounts.rbegin());
    for (std::uint32_t c = 1; c <= last; ++c) {
        const bool after_a_gap = c > 1 && labels.count(c - 1) == 0 && b.amounts.count(c - 1) == 0;
        const bool more = b.amounts.upper_bound(c) != b.amounts.end();
        if (labels.count(c) != 0 && after_a_gap && amounts_before && more) begins.push_back(c);
        amounts_before = amounts_before || b.amounts.count(c) != 0;
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    for (std::size_t i = 0; i < begins.size(); ++i)
        out.emplace_back(begins[i], i + 1 < begins.size() ? begins[i + 1] - 1 : last);
    return out;
}

bool within(const columns_of& columns, std::uint32_t left, std::uint32_t right) {
    const auto at = columns.lower_bound(left);
    return at != columns.end() && *at <= right;
}

/// Titles speak of all; the first row with texts over amounts begins the headings.
void take_rows_above(const band& b, block& to) {
    const columns_of own(to.columns.begin(), to.columns.end());
    const auto texts = [&](const line& l) {
        return std::count_if(l.texts.begin(), l.texts.end(),
                             [&](std::uint32_t c) { return to.left <= c && c <= to.right; });
    };
    std::vector<const line*> heading;
    for (const line& l : b.above) {
        if (!any_common(l.texts, own)) continue;
        if (!heading.empty() && heading.back()->row + 1 != l.row) heading.clear(); // a blank row parts them from these
        heading.push_back(&l);
    }
    // A lone text over several columns, with a row of headings below it, is a title.
    while (heading.size() > 1 && texts(*heading.front()) == 1 && own.size() > 1 &&
           *heading.front()->texts.lower_bound(to.left) <= to.columns.front())
        heading.erase(heading.begin());
    for (const line& l : b.above) {
        if (heading.empty() || l.row < heading.front()->row)
            to.titles.push_back(l.row);
        else if (std::find(heading.begin(), heading.end(), &l) != heading.end())
            to.headings.push_back(l.row);
        else if (l.row > heading.back()->row && within(l.texts, to.left, to.right))
            to.sections.push_back(l.row);
    }
}

block block_of(const band& b, const columns_of& labels, std::uint32_t left, std::uint32_t right) {
    block out;
    out.left = left, out.right = right;
    const auto last = b.amounts.upper_bound(right);
    if (last == b.amounts.begin() || *std::prev(last) < left) return out;
    // Numbers before the first label count the rows, or are codes of them.
    const auto first_label = labels.lower_bound(left);
    const bool labelled = first_label != labels.end() && *first_label < *std::prev(last);
    for (const std::uint32_t c : b.amounts)
        if (left <= c && c <= right && (!labelled || c > *first_label)) out.columns.push_back(c);
    for (const std::uint32_t c : labels)
        if (labelled && left <= c && c < out.columns.front()) out.labels.push_back(c);
    take_rows_above(b, out);
    for (const line& l : b.body)
        if (within(l.amounts, out.columns.front(), right))
            out.rows.push_back(l.row);
        else if (within(l.texts, left, right))
            out.sections.push_back(l.row);
    return out;
}

} // namespace

bool holds_amount(const grid& g, std::uint32_t row, std::uint32_t column) {
    const workbook::cell* c = g.cell(row, column);
    if (c == nullptr) return false;
    switch (c->kind) {
    case workbook::cell_kind::number:
        return !g.source().is_date(*c);
    case workbook::cell_kind::error:
        return true;
    case workbook::cell_kind::blank:
        return c->has_formula;
    case workbook::cell_kind::text:
        return templates::detail::is_amount(*c);
    case workbook::cell_kind::boolean:
        break;
    }
    return false;
}

std::vector<block> blocks_of(const grid& g) {
    std::vector<block> out;
    if (g.rows() > most_rows) return out;
    for (const band& b : bands_of(lines_of(g))) {
        columns_of labels;
        for (const line& l : b.body)
            for (const std::uint32_t c : l.texts)
                if (b.amounts.count(c) == 0) labels.insert(c);
        for (const auto& [left, right] : stretches_of(b, labels)) {
            block one = block_of(b, labels, left, right);
            if (!one.columns.empty() && !one.rows.empty()) out.push_back(std::move(one));
        }
    }
    return out;
}

} // namespace riskshare::templates::solve
