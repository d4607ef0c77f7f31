// The relations that a table means to hold: its sums, and what its headings and labels say of differences.
#include "template/detail/number_table.hpp"

#include "template/words/months.hpp"
#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

namespace {

/// Whether a less b is c, as far as they are stated.
bool is_difference(const amount& a, const amount& b, const amount& c) {
    return magnitude(wide(a.micro) - b.micro - c.micro) <= wide(a.half_step) + b.half_step + c.half_step;
}

bool says_difference(const std::string& label) {
    const std::string words = " " + riskshare::detail::folded(label) + " ";
    for (const char* word : {"surplus", "deficit", " net ", " margin ", " contribution "})
        if (words.find(word) != std::string::npos) return true;
    return false;
}

/// Variances that are favourable when positive add up where the amounts beside them are taken off.
bool is_sum_of_two(const number_table& t, std::size_t result, std::pair<std::size_t, std::size_t> of,
                   std::size_t column) {
    const amount &x = *t.cells[of.first][column], &y = *t.cells[of.second][column], &z = *t.cells[result][column];
    return magnitude(wide(x.micro) + y.micro - z.micro) <= wide(x.half_step) + y.half_step + z.half_step;
}

/// surplus = income − expenditure, of two totals above it, where most of its figures say so.
void find_differences(const number_table& t, std::vector<found_relation>& out) {
    std::vector<std::size_t> totals;
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        if (says_difference(t.rows[i].label) && !t.rows[i].doubtful && totals.size() >= 2) {
            std::size_t best = 0, checked = 0;
            std::pair<std::size_t, std::size_t> of{0, 0};
            constexpr std::size_t most_tried = 12;
            const auto nearest = totals.size() > most_tried ? totals.end() - most_tried : totals.begin();
            for (auto x_at = nearest; x_at != totals.end(); ++x_at)
                for (auto y_at = nearest; y_at != totals.end(); ++y_at) {
                    const std::size_t a = *x_at, b = *y_at;
                    std::size_t fits = 0, seen = 0;
                    for (std::size_t j = 0; j < t.columns.size(); ++j) {
                        const auto &x = t.cells[a][j], &y = t.cells[b][j], &z = t.cells[i][j];
                        if (a == b || !x || !y || !z || x->micro == 0 || y->micro == 0) continue;
                        ++seen;
                        fits += is_difference(*x, *y, *z);
                    }
                    if (fits > best) best = fits, checked = seen, of = {a, b};
                }
            if (best > 0 && (best * 2 > checked || (best == 1 && checked == 2)))
                for (std::size_t j = 0; j < t.columns.size(); ++j)
                    if (t.cells[i][j] && t.cells[of.first][j] && t.cells[of.second][j])
                        out.push_back(
                            {{{i, j, -1}, {of.first, j, 1}, {of.second, j, is_sum_of_two(t, i, of, j) ? 1 : -1}},
                             true,
                             t.rows[i].label + ", " + t.columns[j].label});
        }
        if (t.rows[i].total) totals.push_back(i);
    }
}

/// Two columns whose difference a third is, in some rows one way and in some the other.
struct two_ways {
    std::size_t fits = 0, a = 0, b = 0;
};

void relate_variances(const number_table& t, std::size_t v, std::size_t a, std::size_t b, bool either_way,
                      std::vector<found_relation>& out) {
    for (std::size_t i = 0; i < t.rows.size(); ++i) {
        const auto &x = t.cells[i][a], &y = t.cells[i][b], &z = t.cells[i][v];
        if (!x || !y || !z) continue;
        const wide difference = wide(x->micro) - y->micro;
        // Income and costs that are both printed positive have variances that run two ways: each row runs its own.
        const int way = either_way && magnitude(difference + z->micro) < magnitude(difference - z->micro) ? -1 : 1;
        found_relation r;
        r.down = false;
        r.name = t.rows[i].label + ", " + t.columns[v].label;
        r.terms = {{i, v, -1}, {i, a, way}, {i, b, -way}};
        out.push_back(std::move(r));
    }
}

/// variance = actual − plan, of two columns to its left.
void find_variances(const number_table& t, std::vector<found_relation>& out) {
    for (std::size_t v = 2; v < t.columns.size(); ++v) {
        const std::string heading = riskshare::detail::folded(t.columns[v].label);
        if (heading.find("variance") == std::string::npos || t.columns[v].doubtful) continue;
        const std::size_t step = std::max<std::size_t>(1, t.rows.size() / 400);
        std::size_t best = 0, best_a = 0, best_b = 0, checked = 0;
        two_ways mixed;
        for (std::size_t a = v; a-- > 0;)
            for (std::size_t b = v; b-- > 0;) {
                if (a == b || v - std::min(a, b) > 4 || t.units[a] != t.units[v] || t.units[b] != t.units[v] ||
                    t.columns[a].doubtful || t.columns[b].doubtful)
                    continue;
                std::size_t fits = 0, other_way = 0, none = 0;
                checked = 0;
                for (std::size_t i = 0; i < t.rows.size(); i += step) {
                    const auto &x = t.cells[i][a], &y = t.cells[i][b], &z = t.cells[i][v];
                    if (!x || !y || !z) continue;
                    ++checked;
                    if (z->micro == 0)
                        none += is_difference(*x, *y, *z);
                    else if (is_difference(*x, *y, *z))
                        ++fits;
                    else
                        other_way += is_difference(*y, *x, *z);
                }
                if (fits > best) best = fits, best_a = a, best_b = b;
                if (std::min(fits, other_way) >= 2 && (fits + other_way + none) * 5 >= checked * 4 &&
                    fits + other_way > mixed.fits)
                    mixed = {fits + other_way, a, b};
            }
        // Two rows and more that run the other way are meant; one is a slip.
        const bool one_way = best > 0 && best * 2 >= checked && mixed.fits <= best + 1;
        if (one_way)
            relate_variances(t, v, best_a, best_b, false, out);
        else if (mixed.fits > 0)
            relate_variances(t, v, mixed.a, mixed.b, true, out);
    }
}

/// Whether a total lies among its parts, as an average or a median does.
bool lies_among_its_parts(const number_table& t, const found_relation& r) {
    const auto micro = [&](const found_relation::term& term) { return t.cells[term.row][term.column]->micro; };
    std::int64_t least = INT64_MAX, most = INT64_MIN;
    for (std::size_t i = 1; i < r.terms.size(); ++i) {
        if (r.terms[i].weight != 1) return false;
        least = std::min(least, micro(r.terms[i]));
        most = std::max(most, micro(r.terms[i]));
    }
    const std::int64_t total = micro(r.terms.front());
    return r.terms.size() > 2 && (least > 0 || most < 0) && least <= total && total <= most;
}

/// Leaves out the columns (of sums down; rows of sums across) in which no total adds up though there are several: their
/// figures are not amounts that add.
void leave_out_what_never_adds(const number_table& t, std::vector<found_relation>& relations) {
    struct tally {
        std::size_t all = 0, hold = 0, averages = 0;
    };
    std::map<std::pair<bool, std::size_t>, tally> places;
    const auto place_of = [](const found_relation& r) {
        return std::pair{r.down, r.down ? r.terms.front().column : r.terms.front().row};
    };
    std::size_t hold = 0;
    for (const found_relation& r : relations) {
        wide gap = 0, slack = 0;
        for (const auto& term : r.terms) {
            gap += wide(term.weight) * t.cells[term.row][term.column]->micro;
            slack += t.cells[term.row][term.column]->shown_half;
        }
        tally& p = places[place_of(r)];
        ++p.all;
        p.hold += magnitude(gap) <= slack;
        p.averages += lies_among_its_parts(t, r);
        hold += magnitude(gap) <= slack;
    }
    if (hold == 0) return;
    relations.erase(std::remove_if(relations.begin(), relations.end(),
                                   [&](const found_relation& r) {
                                       const tally& p = places[place_of(r)];
                                       return p.hold == 0 && (p.all > 2 || (p.all == 2 && p.averages == 2));
                                   }),
                    relations.end());
}

/// Each month opens with what the month to its left closed with, where the columns are months in order and most of
/// their openings say so.
void find_openings(const number_table& t, std::vector<found_relation>& out) {
    std::vector<int> months;
    for (const line& c : t.columns) {
        const std::optional<month_label> m = words::month_alone(c.label);
        months.push_back(m ? m->month.number() : 0);
    }
    std::map<std::string, std::size_t> closing_below; // by what it is of: the nearest one
    for (std::size_t o = t.rows.size(); o-- > 0;) {
        const balance_words words = balance_words_of(t.rows[o].label);
        if (words.side == balance_side::closing) closing_below[words.others] = o;
        const auto closing = closing_below.find(words.others);
        if (words.side == balance_side::opening && closing != closing_below.end()) {
            const std::size_t c = closing->second;
            std::vector<found_relation> found;
            std::size_t hold = 0;
            for (std::size_t j = 1; j < t.columns.size(); ++j) {
                const auto &now = t.cells[o][j], &then = t.cells[c][j - 1];
                if (months[j] == 0 || months[j - 1] + 1 != months[j] || !now || !then || t.units[j] != t.units[j - 1])
                    continue;
                found.push_back({{{o, j, -1}, {c, j - 1, 1}}, false, t.rows[o].label + ", " + t.columns[j].label});
                hold += magnitude(wide(now->micro) - then->micro) <= wide(now->half_step) + then->half_step;
            }
            if (hold * 2 > found.size()) out.insert(out.end(), found.begin(), found.end());
        }
    }
}

} // namespace

found_relations relations_of(const number_table& t) {
    found_relations out;
    if (t.rows.size() > 1) find_sums(t, false, out);
    bool one_unit = true;
    for (unit u : t.units) one_unit = one_unit && u == t.units.front();
    if (t.columns.size() > 2 && one_unit) find_sums(t, true, out);
    leave_out_what_never_adds(t, out.relations);
    find_variances(t, out.relations);
    find_differences(t, out.relations);
    find_results(t, out);
    find_openings(t, out.relations);
    return out;
}

} // namespace riskshare::templates::detail
