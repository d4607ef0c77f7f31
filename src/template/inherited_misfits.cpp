// A total of lines that miss misses by what they miss, together: figures rounded one by one, or a fault in one of the
// lines, come out again in every line that adds them up.
#include "template/detail/table_check.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace riskshare::templates::detail {

namespace {

/// The lines that carry relations of one kind: sums across rows, or down columns, with their outcome in one place.
class misfit_lines {
public:
    misfit_lines(const number_table& t, const workbook::sheet& in, const std::vector<found_relation>& relations)
        : table_(t), in_(in), relations_(relations) {
        for (std::size_t r = 0; r < relations.size(); ++r)
            if (in_one_line(relations[r])) of_line_[key(relations[r], line_of(relations[r]))] = r;
    }

    /// The relations that the misfit of this one is made of, where its line adds up other lines.
    std::vector<std::size_t> made_of(std::size_t r) const {
        const found_relation& total = relations_[r];
        if (!in_one_line(total)) return {};
        std::vector<std::size_t> lines = run(total, false);
        if (lines.empty()) lines = run(total, true);
        if (lines.empty() && !total.down) lines = of_one_word(total);
        std::vector<std::size_t> out;
        for (std::size_t l : lines) {
            if (gap_in(total, l) == 0) continue;
            const auto own = of_line_.find(key(total, l));
            if (own == of_line_.end()) return {}; // it would be told nowhere
            out.push_back(own->second);
        }
        return out;
    }

private:
    using line_key = std::tuple<bool, std::size_t, std::size_t>;

    static std::size_t line_of(const found_relation& r) {
        return r.down ? r.terms.front().column : r.terms.front().row;
    }
    static std::size_t place_of(const found_relation& r, const found_relation::term& t) {
        return r.down ? t.row : t.column;
    }
    static line_key key(const found_relation& r, std::size_t line) {
        return {r.down, place_of(r, r.terms.front()), line};
    }
    static bool in_one_line(const found_relation& r) {
        return std::all_of(r.terms.begin(), r.terms.end(),
                           [&](const auto& t) { return (r.down ? t.column : t.row) == line_of(r); });
    }

    const std::optional<amount>& at(const found_relation& r, std::size_t line, std::size_t place) const {
        return r.down ? table_.cells[place][line] : table_.cells[line][place];
    }
    std::size_t size(const found_relation& r) const { return r.down ? table_.columns.size() : table_.rows.size(); }

    wide gap_in(const found_relation& r, std::size_t line) const {
        wide sum = 0;
        for (const auto& t : r.terms)
            if (const std::optional<amount>& a = at(r, line, place_of(r, t))) sum += wide(t.weight) * a->micro;
        return sum;
    }

    /// Sums of lines, one for each figure of a relation.
    struct sums {
        std::vector<wide> of;
        std::size_t lines = 0;
    };
    void add(sums& s, const found_relation& r, std::size_t line) const {
        s.of.resize(r.terms.size());
        bool any = false;
        for (std::size_t i = 0; i < r.terms.size(); ++i)
            if (const std::optional<amount>& a = at(r, line, place_of(r, r.terms[i]))) {
                s.of[i] += a->micro;
                any = any || a->micro != 0;
            }
        s.lines += any;
    }
    bool are_the_line(const sums& s, const found_relation& r) const {
        if (s.lines < 2) return false;
        for (std::size_t i = 0; i < r.terms.size(); ++i) {
            const amount& a = *at(r, line_of(r), place_of(r, r.terms[i]));
            if (magnitude(s.of[i] - a.micro) > a.half_step + magnitude(a.micro) / 1'000'000'000) return false;
        }
        return true;
    }

    /// The lines next to it, before or after, that add up to it.
    std::vector<std::size_t> run(const found_relation& r, bool after) const {
        sums s;
        std::vector<std::size_t> lines;
        constexpr std::size_t farthest = 500;
        for (std::size_t l = line_of(r); after ? ++l < size(r) : l-- > 0;) {
            if (lines.size() == farthest) break;
            add(s, r, l);
            lines.push_back(l);
            if (are_the_line(s, r)) return lines;
        }
        return {};
    }

    /// The rows that hold one word of this row in the same column, as a class or a region, and add up to it.
    std::vector<std::size_t> of_one_word(const found_relation& r) const {
        const std::size_t own = line_of(r);
        for (const workbook::cell& c : in_.row(table_.rows[own].number)) {
            if (c.kind != workbook::cell_kind::text) continue;
            const std::string word = riskshare::detail::folded(riskshare::detail::plain(c.text));
            sums s;
            std::vector<std::size_t> lines;
            for (std::size_t l = 0; l < table_.rows.size() && !word.empty(); ++l) {
                const workbook::cell* other = in_.find({table_.rows[l].number, c.at.column});
                if (l == own || other == nullptr || other->kind != workbook::cell_kind::text ||
                    riskshare::detail::folded(riskshare::detail::plain(other->text)) != word)
                    continue;
                add(s, r, l);
                lines.push_back(l);
            }
            if (are_the_line(s, r)) return lines;
        }
        return {};
    }

    const number_table& table_;
    const workbook::sheet& in_;
    const std::vector<found_relation>& relations_;
    std::map<line_key, std::size_t> of_line_;
};

} // namespace

std::vector<inherited_misfit> inherited_misfits(const number_table& t, const workbook::sheet& in,
                                                const std::vector<found_relation>& relations,
                                                const std::vector<std::size_t>& broken) {
    std::vector<inherited_misfit> out;
    if (broken.empty()) return out;
    const misfit_lines lines(t, in, relations);
    std::map<std::size_t, std::vector<std::size_t>> sources;
    // A misfit is told somewhere: none may come from itself by way of others.
    const auto comes_from = [&](std::size_t from, std::size_t r) {
        std::set<std::size_t> seen{from};
        std::vector<std::size_t> next{from};
        while (!next.empty()) {
            const std::size_t now = next.back();
            next.pop_back();
            if (now == r) return true;
            const auto further = sources.find(now);
            if (further == sources.end()) continue;
            for (std::size_t f : further->second)
                if (seen.insert(f).second) next.push_back(f);
        }
        return false;
    };
    for (std::size_t r : broken) {
        const std::vector<std::size_t> from = lines.made_of(r);
        if (from.empty() || std::any_of(from.begin(), from.end(), [&](std::size_t f) { return comes_from(f, r); }))
            continue;
        sources[r] = from;
        out.push_back({r, std::all_of(from.begin(), from.end(), [&](std::size_t f) {
                           return magnitude(gap_of(t, relations[f])) <= slack_of(t, relations[f]);
                       })});
    }
    return out;
}

} // namespace riskshare::templates::detail
