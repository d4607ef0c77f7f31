// Which lines a total adds up is decided by its formulas; where it is typed, by its label and its figures: the run of
// lines above it whose sums agree with most of its figures.
#include "template/detail/table_view.hpp"

#include "template/totals/sum_formula.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates::detail {

namespace {

bool says_sub_total(const std::string& label) {
    return riskshare::detail::folded(label).find("sub") != std::string::npos;
}

class sum_finder {
public:
    sum_finder(const table_view& v, found_relations& out) : view_(v), out_(out) {
        // Enough places to see by; the relation then holds for all of them.
        const std::size_t all = v.places().size(), most = 400;
        for (std::size_t p = 0; p < all; p += std::max<std::size_t>(1, all / most)) sample_.push_back(p);
    }

    void find() {
        const bool small = view_.lines().size() <= 300;
        for (std::size_t i = 0; i < view_.lines().size(); ++i) {
            if (spent_ > most_work) {
                out_.not_looked_at += view_.lines().size() - i;
                break;
            }
            if (!by_formula(i)) {
                if (view_.lines()[i].total || adds_run_)
                    labelled(i);
                else if (!small || view_.lines()[i].doubtful || !unlabelled(i))
                    stack_.push_back(i);
            }
        }
        for (std::size_t i : heads_) total_above(i);
    }

private:
    using lines = std::vector<std::size_t>;

    /// How well a line is the sum of some lines above it. What a fit tells is counted in bits: how many times more
    /// often it would miss than meet by chance.
    struct fit_of {
        std::size_t fits = 0, telling = 0, checked = 0;
        std::size_t sums = 0; ///< fits that add up two figures or more that can be seen, and repeat none
        bool better_than(const fit_of& o) const {
            return telling > o.telling || (telling == o.telling && fits > o.fits);
        }
        bool as_good_as(const fit_of& o) const { return telling == o.telling && fits == o.fits; }
    };

    /// Steps over figures that one table is worth; a table of 10,000 lines and a total for every ten takes a tenth.
    static constexpr std::size_t most_work = 100'000'000;
    /// A typed total adds up at most so many lines.
    static constexpr std::size_t most_open = 4000;
    /// And of other totals among them no more than these.
    static constexpr std::size_t most_totals = 200;

    bool doubtful(std::size_t line) const { return view_.lines()[line].doubtful; }
    bool usable(std::size_t place) const {
        const line& l = view_.places()[place];
        return !l.doubtful || l.of_which;
    }

    /// The lines left to be added up; those that may add nothing only when asked for.
    lines open_lines(bool with_doubtful) const {
        lines out;
        std::size_t from = stack_.size(), totals = 0;
        while (from > 0 && stack_.size() - from < most_open && totals < most_totals)
            totals += view_.lines()[stack_[--from]].total;
        spent_ += stack_.size() - from;
        for (std::size_t k = from; k < stack_.size(); ++k)
            if ((with_doubtful && !view_.lines()[stack_[k]].part) || !doubtful(stack_[k])) out.push_back(stack_[k]);
        return out;
    }

    /// What the formulas of a line, most of them alike, add up. A list of cells is believed; a run that leaves out the
    /// lines next to it is not, and is left to the figures.
    bool by_formula(std::size_t i) {
        adds_run_ = false;
        std::map<lines, std::pair<std::size_t, bool>> said;
        std::size_t told = 0;
        for (std::size_t p : sample_) {
            if (!view_.at(i, p) || !usable(p) || !view_.at(i, p)->cell->has_formula || ++told > 40) continue;
            bool listed = false;
            const lines parts = added_by(*view_.at(i, p)->cell, listed);
            if (parts.empty()) continue;
            auto& votes = said[parts];
            ++votes.first;
            votes.second = listed;
        }
        if (said.empty()) return false;
        const auto most = std::max_element(
            said.begin(), said.end(), [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
        adds_run_ = true;
        const lines& parts = most->first;
        if (!most->second.second)
            for (std::size_t k = stack_.size(); parts.size() > 1 && k-- > 0 && stack_[k] > parts.back();)
                if (!doubtful(stack_[k])) return false;
        consume(i, parts);
        return true;
    }

    lines added_by(const workbook::cell& c, bool& listed) const {
        lines parts;
        const std::optional<sum_formula> added = sum_formula_of(c.formula);
        if (!added || added->only_repeats || !added->adds_whole_cells_here()) return parts;
        listed = added->listed;
        for (const added_part& part : added->parts) {
            const workbook::range& r = part.cells;
            // A sum along the other direction says nothing about this one.
            const bool along = view_.turned() ? r.first.row == r.last.row && r.first.row == c.at.row
                                              : r.first.column == r.last.column && r.first.column == c.at.column;
            if (!along) return {};
            const std::uint32_t from = view_.turned() ? r.first.column : r.first.row;
            const std::uint32_t to = view_.turned() ? r.last.column : r.last.row;
            // SUBTOTAL leaves out others of its kind: what it adds up may have a sub-total that stands elsewhere.
            const bool roots = added->sub_total;
            for (std::size_t l = first_from(from); l < view_.lines().size() && view_.lines()[l].number <= to; ++l) {
                ++spent_;
                const bool open = std::binary_search(stack_.begin(), stack_.end(), l);
                if (open || roots) parts.push_back(root_of(l));
            }
        }
        std::sort(parts.begin(), parts.end());
        parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
        return parts;
    }

    /// The first line that stands at this row or column of the sheet, or after it.
    std::size_t first_from(std::uint32_t number) const {
        const std::vector<line>& all = view_.lines();
        return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), number,
                                                         [](const line& l, std::uint32_t n) { return l.number < n; }) -
                                        all.begin());
    }

    /// The total that a line was added up to in the end, or the line itself.
    std::size_t root_of(std::size_t line) const {
        for (auto up = added_to_.find(line); up != added_to_.end(); up = added_to_.find(line)) line = up->second;
        return line;
    }

    /// Whether the formula in a total adds up lines that are none of these, nor added up in them.
    bool adds_others(const workbook::cell& total, const lines& parts) const {
        if (!total.has_formula) return false;
        const std::optional<sum_formula> added = sum_formula_of(total.formula);
        if (!added || !added->adds_whole_cells_here()) return false;
        for (const added_part& part : added->parts) {
            const workbook::range& r = part.cells;
            const std::uint32_t from = view_.turned() ? r.first.column : r.first.row;
            const std::uint32_t to = view_.turned() ? r.last.column : r.last.row;
            for (std::size_t l = first_from(from); l < view_.lines().size() && view_.lines()[l].number <= to; ++l)
                if (++spent_; !std::binary_search(parts.begin(), parts.end(), root_of(l))) return true;
        }
        return false;
    }

    static std::size_t bits(wide gross, wide slack) {
        std::size_t n = 0;
        while (gross > 2 * slack && n < 20) gross /= 2, ++n;
        return n;
    }

    /// How well a line is the sum of the last k of the lines, for every k at once.
    std::vector<fit_of> fits(std::size_t i, const lines& open) const {
        std::vector<fit_of> out(open.size() + 1);
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            spent_ += open.size();
            wide sum = 0, slack = total->half_step, gross = 0;
            std::size_t added = 0;
            for (std::size_t k = 1; k <= open.size(); ++k) {
                if (const std::optional<amount>& a = view_.at(open[open.size() - k], p)) {
                    added += magnitude(a->micro) > wide(a->half_step) + total->half_step;
                    sum += a->micro;
                    gross += magnitude(a->micro);
                    slack += a->half_step;
                }
                ++out[k].checked;
                if (magnitude(sum - total->micro) > slack) continue;
                ++out[k].fits;
                out[k].sums += added > 1;
                out[k].telling += bits(gross, slack);
            }
        }
        return out;
    }

    struct choice {
        lines parts;
        fit_of fit;
    };
    choice best_run(std::size_t i, bool with_doubtful) const {
        const lines open = open_lines(with_doubtful);
        const std::vector<fit_of> fit = fits(i, open);
        std::size_t best = 0;
        for (std::size_t k = 1; k < fit.size(); ++k) {
            // A total of one line repeats it everywhere, and leaves nothing else to add up unless one of them is a
            // sub-total.
            const bool all_of_it = open.size() == 1 || says_sub_total(view_.lines()[i].label) ||
                                   (view_.lines()[i].total && only_last_is_total(open));
            if (k == 1 && (!all_of_it || fit[k].telling == 0 || fit[k].fits < fit[k].checked)) continue;
            if (fit[k].better_than(fit[best]) || (fit[k].as_good_as(fit[best]) && fit[k].telling > 0)) best = k;
        }
        return {{open.end() - static_cast<std::ptrdiff_t>(best), open.end()}, fit[best]};
    }

    /// A grand total may repeat the one total there is; where there are others, it is meant to add them up.
    bool only_last_is_total(const lines& open) const {
        return view_.lines()[open.back()].total &&
               std::none_of(open.begin(), open.end() - 1, [&](std::size_t l) { return view_.lines()[l].total; });
    }

    /// A total that stands over its lines, where it was added up by nothing and has nothing above it.
    void total_above(std::size_t i) {
        lines below;
        for (std::size_t l : stack_)
            if (l > i && !doubtful(l)) below.push_back(l);
        below.erase(std::find_if(below.begin(), below.end(), [&](std::size_t l) { return view_.lines()[l].total; }),
                    below.end());
        std::reverse(below.begin(), below.end());
        const std::vector<fit_of> fit = fits(i, below);
        std::size_t best = 0;
        for (std::size_t k = 2; k < fit.size(); ++k)
            if (fit[k].better_than(fit[best]) || fit[k].as_good_as(fit[best])) best = k;
        constexpr std::size_t telling_enough = 6;
        if (best < 2 || fit[best].sums == 0 || fit[best].telling < telling_enough ||
            fit[best].fits * 5 < fit[best].checked * 2)
            return;
        lines parts(below.end() - static_cast<std::ptrdiff_t>(best), below.end());
        std::reverse(parts.begin(), parts.end());
        relate(i, parts);
    }

    void labelled(std::size_t i) {
        if (open_lines(true).empty()) heads_.push_back(i);
        choice best = best_run(i, false);
        choice other = best_run(i, true);
        if (other.fit.better_than(best.fit)) best = std::move(other);
        constexpr std::size_t telling_enough = 6;
        if (!best.parts.empty() && best.fit.fits > 0 &&
            (best.fit.telling >= telling_enough || best.fit.fits == best.fit.checked)) {
            // Most of a total's figures must agree, or what it adds up is not known.
            if (best.fit.fits * 5 >= best.fit.checked * 2) return consume(i, best.parts);
        }
        const lines guess = usual(i);
        if (as_shown(i, guess)) return consume(i, guess);
        const bool some_fit = !guess.empty() && best.parts == guess && best.fit.fits * 3 >= best.fit.checked;
        if (guess.size() >= 2 && (some_fit || plausible(i, guess))) return consume(i, guess);
        if (guess.size() >= 2 && surely_a_total(i, guess)) {
            if (fits(i, guess).back().fits > 0) return consume(i, guess);
            out_.doubtful.push_back({!view_.turned(), i, guess});
        }
        stack_.push_back(i);
    }

    /// Whether a total is the sum of these lines at most places, as far as the cells display them: their formats hide
    /// digits that were typed.
    bool as_shown(std::size_t i, const lines& parts) const {
        std::size_t telling = 0, fits = 0, checked = 0;
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            wide gap = -total->micro, slack = total->shown_half, gross = 0;
            for (std::size_t l : parts)
                if (const std::optional<amount>& a = view_.at(l, p)) {
                    gap += a->micro;
                    slack += a->shown_half;
                    gross += magnitude(a->micro);
                }
            ++checked;
            if (magnitude(gap) > slack) continue;
            ++fits;
            telling += bits(gross, slack);
        }
        constexpr std::size_t telling_enough = 6;
        return parts.size() >= 2 && telling >= telling_enough && fits * 5 >= checked * 3;
    }

    /// Whether a line that fits nothing can hardly be anything but the total of these lines: the only one, the last of
    /// its table, of the order of their sum at every place and near to it at most of them.
    bool surely_a_total(std::size_t i, const lines& parts) const {
        const auto is_total = [](const line& l) { return l.total; };
        const std::vector<line>& all = view_.lines();
        if (view_.turned() || !all[i].total || i + 1 != all.size() || parts.size() + 1 != all.size() ||
            std::count_if(all.begin(), all.end(), is_total) != 1)
            return false;
        std::size_t places = 0, near = 0;
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            wide sum = 0, largest = 0;
            for (std::size_t l : parts)
                if (const std::optional<amount>& a = view_.at(l, p)) {
                    sum += a->micro;
                    largest = std::max(largest, magnitude(a->micro));
                }
            ++places;
            const wide gap = magnitude(sum - total->micro);
            if (magnitude(total->micro) < largest) return false; // an average, a rate, the largest of them
            near += 8 * gap <= magnitude(total->micro);
        }
        return places >= 2 && near * 4 >= places * 3;
    }

    /// What a total usually adds up: a sub-total the lines since the last one, any other total all that is left.
    lines usual(std::size_t i) const {
        const lines open = open_lines(false);
        if (!says_sub_total(view_.lines()[i].label)) return open;
        std::size_t k = 0;
        while (k < open.size() && !view_.lines()[open[open.size() - 1 - k]].total) ++k;
        return {open.end() - static_cast<std::ptrdiff_t>(k), open.end()};
    }

    /// Whether lines of which no figure adds up to the total are still meant to: one line is left out or counted twice
    /// at every place; or there is one place only, and its figure is of the order and sign of a total.
    bool plausible(std::size_t i, const lines& parts) const {
        if (view_.turned() && !view_.lines()[i].total) return false;
        struct misfit {
            std::size_t place;
            wide gap, slack, gross;
        };
        std::vector<misfit> all;
        for (std::size_t p : sample_) {
            const std::optional<amount>& total = view_.at(i, p);
            if (!total || !usable(p)) continue;
            misfit m{p, -total->micro, total->half_step, 0};
            for (std::size_t l : parts)
                if (const std::optional<amount>& a = view_.at(l, p)) {
                    m.gap += a->micro;
                    m.slack += a->half_step;
                    m.gross += magnitude(a->micro);
                }
            if (m.gross != 0 || total->micro != 0) all.push_back(m);
        }
        if (all.empty()) return false;
        // One of them is the total itself, and adds up the others: none of them is left out of anything.
        if (std::all_of(all.begin(), all.end(),
                        [&](const misfit& m) { return magnitude(m.gap - view_.at(i, m.place)->micro) <= 2 * m.slack; }))
            return false;
        // Of two lines, one left out is a total that repeats the other: that may be meant, unless both are totals.
        const bool may_leave_out = parts.size() > 2 || std::all_of(parts.begin(), parts.end(), [&](std::size_t l) {
                                       return view_.lines()[l].total;
                                   });
        for (std::size_t l : parts)
            for (int sign : {1, -1})
                if ((may_leave_out || sign < 0) && std::all_of(all.begin(), all.end(), [&](const misfit& m) {
                        const std::optional<amount>& a = view_.at(l, m.place);
                        return magnitude(m.gap - sign * (a ? a->micro : 0)) <= m.slack;
                    }))
                    return true;
        if (all.size() > 1) return false;
        const misfit& m = all.front();
        const wide total = view_.at(i, m.place)->micro;
        const auto is_total = [](const line& l) { return l.total; };
        const bool only_total = i + 1 == view_.lines().size() && view_.lines()[i].total &&
                                std::count_if(view_.lines().begin(), view_.lines().end(), is_total) == 1;
        const bool one_slip = std::any_of(parts.begin(), parts.end(), [&](std::size_t l) {
            const std::optional<amount>& a = view_.at(l, m.place);
            return a && magnitude(magnitude(m.gap) - 2 * magnitude(a->micro)) <= m.slack;
        });
        return only_total || one_slip || 4 * magnitude(m.gap) <= magnitude(total) || magnitude(total) >= 400 * m.gross;
    }

    bool unlabelled(std::size_t i) {
        const lines open = open_lines(false);
        const std::vector<fit_of> fit = fits(i, open);
        std::size_t best = 0;
        for (std::size_t k = 2; k < fit.size(); ++k)
            if (fit[k].telling > fit[best].telling) best = k;
        if (best < 2) return false;
        const fit_of& f = fit[best];
        const std::size_t needed = view_.turned() ? 3 : 2, bits_each = 7;
        const std::size_t misfits = f.checked - f.fits, slips = std::max<std::size_t>(2, f.checked / 20);
        if (f.fits < needed || f.sums < needed || f.telling < needed * bits_each || f.fits * 3 < f.checked * 2 ||
            misfits > slips) // nobody said that it is a sum: more of them are no slips
            return false;
        lines parts{open.end() - static_cast<std::ptrdiff_t>(best), open.end()};
        if (misfits > 0 && different_fits(i, parts) < needed) return false;
        consume(i, std::move(parts));
        return true;
    }

    /// At how many places a line is the sum of these, those left out that say the same in another unit.
    std::size_t different_fits(std::size_t i, const lines& parts) const {
        std::vector<std::vector<std::int64_t>> seen;
        for (std::size_t p : sample_) {
            if (!view_.at(i, p) || !usable(p) || !holds(i, p, parts)) continue;
            std::vector<std::int64_t> figures{view_.at(i, p)->micro};
            for (std::size_t l : parts) figures.push_back(view_.at(l, p) ? view_.at(l, p)->micro : 0);
            const auto by_ten = [](std::int64_t n) { return n % 10 == 0; };
            const auto none = [](std::int64_t n) { return n == 0; };
            if (std::all_of(figures.begin(), figures.end(), none)) continue;
            while (std::all_of(figures.begin(), figures.end(), by_ten))
                for (std::int64_t& n : figures) n /= 10;
            if (std::find(seen.begin(), seen.end(), figures) == seen.end()) seen.push_back(std::move(figures));
        }
        return seen.size();
    }

    bool holds(std::size_t i, std::size_t p, const lines& parts) const {
        wide gap = -view_.at(i, p)->micro, slack = view_.at(i, p)->half_step;
        for (std::size_t l : parts)
            if (const std::optional<amount>& a = view_.at(l, p)) {
                gap += a->micro;
                slack += a->half_step;
            }
        return magnitude(gap) <= slack;
    }

    /// Where a part is not given, what the total holds for it is not known.
    void relate(std::size_t i, const lines& parts) {
        for (std::size_t p = 0; p < view_.places().size(); ++p) {
            if (!view_.at(i, p) || !usable(p) || adds_others(*view_.at(i, p)->cell, parts)) continue;
            spent_ += parts.size();
            if (spent_ > most_work) return;
            const hidden_lines passed_over = passes_over(*view_.at(i, p)->cell);
            found_relation r;
            r.down = !view_.turned();
            r.name = name_of(i, p);
            r.terms.push_back(view_.term(i, p, -1));
            for (std::size_t l : parts)
                if (view_.at(l, p) && !(passed_over == hidden_lines::passed_over && view_.lines()[l].hidden))
                    r.terms.push_back(view_.term(l, p, 1));
            const auto text =
                std::find_if(parts.begin(), parts.end(), [&](std::size_t l) { return view_.withheld(l, p); });
            if (text != parts.end() && !holds(i, p, parts)) {
                const found_relation::term at = view_.term(*text, p, 1), total = r.terms.front();
                out_.unknown.push_back({total.row, total.column, at.row, at.column});
                continue;
            }
            if (r.terms.size() > 1) out_.relations.push_back(std::move(r));
        }
    }

    /// SUBTOTAL leaves out the rows that a filter hides, and 109 those that were hidden by hand as well.
    enum class hidden_lines : std::uint8_t { added, passed_over };
    hidden_lines passes_over(const workbook::cell& total) const {
        if (view_.turned() || !total.has_formula) return hidden_lines::added;
        const std::optional<sum_formula> sum = sum_formula_of(total.formula);
        const bool passed_over = sum && sum->sub_total && (sum->visible_only || view_.filtered());
        return passed_over ? hidden_lines::passed_over : hidden_lines::added;
    }

    void consume(std::size_t i, const lines& parts) {
        relate(i, parts);
        const std::size_t first = parts.front();
        auto gone = [&](std::size_t l) {
            return std::binary_search(parts.begin(), parts.end(), l) || (l > first && doubtful(l));
        };
        for (std::size_t l : parts) added_to_.emplace(l, i);
        stack_.erase(std::remove_if(stack_.begin(), stack_.end(), gone), stack_.end());
        stack_.push_back(i);
    }

    std::string name_of(std::size_t i, std::size_t p) const {
        const std::string &total = view_.lines()[i].label, &place = view_.places()[p].label;
        if (place.empty()) return total;
        return total.empty() ? place : total + ", " + place;
    }

    const table_view& view_;
    found_relations& out_;
    mutable std::size_t spent_ = 0; ///< figures looked at
    std::vector<std::size_t> sample_;
    lines stack_; ///< not yet added up, in order
    std::map<std::size_t, std::size_t> added_to_;
    lines heads_;           ///< totals above which there is nothing to add up
    bool adds_run_ = false; ///< the line looked at holds formulas that add up
};

} // namespace

void find_sums(const number_table& t, bool across, found_relations& out) {
    const table_view read(t, across);
    sum_finder(read, out).find();
}

} // namespace riskshare::templates::detail
