// The result of a statement without sub-totals: income less spending, where the spending is printed positive.
#include "template/detail/number_table.hpp"

#include "template/words/vocabulary.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::detail {

namespace {

using words::term;

/// What a line adds to the result: 1 for income, −1 for anything else.
class result_finder {
public:
    result_finder(const number_table& t, found_relations& out) : table_(t), out_(out) {
        for (const found_relation& r : out.relations)
            if (r.down && !r.terms.empty()) known_.insert(r.terms.front().row);
    }

    void find() {
        std::size_t from = 0;
        for (std::size_t i = 0; i < table_.rows.size(); ++i) {
            const line& l = table_.rows[i];
            if (l.total || known_.count(i) != 0) return; // sub-totals say for themselves what they are
            if (!words::everyday_words().says(l.label, term::surplus_or_deficit)) continue;
            relate(from, i);
            from = i + 1;
        }
    }

private:
    struct parts {
        std::vector<std::size_t> rows;
        std::vector<int> signs;
    };

    parts of(std::size_t from, std::size_t to) const {
        parts out;
        for (std::size_t i = from; i < to; ++i) {
            if (table_.rows[i].doubtful) continue;
            out.rows.push_back(i);
            out.signs.push_back(words::everyday_words().says(table_.rows[i].label, term::income) ? 1 : -1);
        }
        return out;
    }

    /// How far the result is from its parts in a column; nothing where a figure is missing.
    struct gap {
        wide off = 0, slack = 0, gross = 0;
        bool holds() const { return magnitude(off) <= slack; }
        bool telling() const { return holds() && gross > 256 * slack; } // once in a few hundred by chance
    };
    std::optional<gap> gap_in(std::size_t column, std::size_t result, const parts& p, bool signs) const {
        const std::optional<amount>& total = table_.cells[result][column];
        if (!total) return std::nullopt;
        gap g{-wide(total->micro), total->half_step, 0};
        for (std::size_t k = 0; k < p.rows.size(); ++k) {
            const std::optional<amount>& a = table_.cells[p.rows[k]][column];
            if (!a) return std::nullopt;
            g.off += (signs ? p.signs[k] : 1) * wide(a->micro);
            g.slack += a->half_step;
            g.gross += magnitude(a->micro);
        }
        return g;
    }

    /// Spending that is printed positive is taken off; variances, favourable positive, are added.
    bool signs_in(std::size_t column, std::size_t result, const parts& p) const {
        const auto with = gap_in(column, result, p, true), without = gap_in(column, result, p, false);
        if (with && with->holds()) return true;
        if (without && without->holds()) return false;
        return !words::everyday_words().says(table_.columns[column].label, term::variance);
    }

    void relate(std::size_t from, std::size_t result) {
        const parts p = of(from, result);
        const bool both =
            std::count(p.signs.begin(), p.signs.end(), 1) > 0 && std::count(p.signs.begin(), p.signs.end(), -1) > 0;
        if (!both || p.rows.size() < 3) return;
        std::size_t telling = 0, spending_positive = 0;
        for (std::size_t j = 0; j < table_.columns.size(); ++j) {
            const auto with = gap_in(j, result, p, true), without = gap_in(j, result, p, false);
            spending_positive += with && with->telling();
            telling += (with && with->telling()) || (without && without->telling());
        }
        if (telling == 0 || spending_positive == 0) return;
        for (std::size_t j = 0; j < table_.columns.size(); ++j) {
            if (table_.columns[j].doubtful) continue;
            const bool signs = signs_in(j, result, p);
            if (!gap_in(j, result, p, signs)) continue;
            found_relation r;
            r.name = table_.rows[result].label + ", " + table_.columns[j].label;
            r.terms.push_back({result, j, -1});
            for (std::size_t k = 0; k < p.rows.size(); ++k) r.terms.push_back({p.rows[k], j, signs ? p.signs[k] : 1});
            out_.relations.push_back(std::move(r));
        }
    }

    const number_table& table_;
    found_relations& out_;
    std::set<std::size_t> known_; ///< rows that are the outcome of something
};

} // namespace

void find_results(const number_table& t, found_relations& out) {
    constexpr std::size_t most_rows = 200; // a statement; words are looked up line by line
    if (t.rows.size() > 3 && t.rows.size() <= most_rows) result_finder(t, out).find();
}

} // namespace riskshare::templates::detail
